//! The doubles held to what real servers answered (`tests/servers/*.json`, recorded by
//! `tests/servers/record.py`): the same status, and no field that a real server does not have or
//! has as another kind.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::Value;

use super::stocked;
use crate::support::sync_server::{Kind, NAME, PASSWORD, SyncServer};

fn ask(server: &SyncServer, line: &str, login: &str, body: &str) -> (u16, String) {
    let address = server.url();
    let mut stream = TcpStream::connect(address.trim_start_matches("http://")).unwrap();
    let (length, login) = (
        body.len(),
        match login {
            "" => String::new(),
            login => format!("Authorization: {login}\r\n"),
        },
    );
    let head = format!("{line} HTTP/1.1\r\nHost: x\r\n{login}Content-Length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, body.to_owned())
}

/// What is wrong with `told` where `recorded` is the shape of a real answer.
fn differences(told: &Value, recorded: &Value, at: &str, wrong: &mut Vec<String>) {
    match (told, recorded) {
        (Value::Object(told), Value::Object(recorded)) => {
            for (name, part) in told {
                match recorded.get(name) {
                    Some(recorded) => differences(part, recorded, &format!("{at}.{name}"), wrong),
                    None => wrong.push(format!("{at}.{name} is not recorded")),
                }
            }
        }
        (Value::Array(told), Value::Array(recorded)) => {
            for part in recorded
                .first()
                .into_iter()
                .flat_map(|first| told.iter().map(move |t| (t, first)))
            {
                differences(part.0, part.1, &format!("{at}[]"), wrong);
            }
        }
        (Value::String(_), Value::String(kind)) if kind == "string" => {}
        (Value::Number(_), Value::String(kind)) if kind == "number" => {}
        (Value::Bool(_), Value::String(kind)) if kind == "boolean" => {}
        // Of some answers nothing was there to be recorded.
        (Value::Null, _) => {}
        (_, Value::String(kind)) if kind == "null" => {}
        (told, recorded) => wrong.push(format!("{at}: {told} where {recorded} is recorded")),
    }
}

fn check(kind: Kind, recorded: &str, login: &str, right: &str, wrong_login: (&str, &str)) {
    let (server, ids) = stocked(kind);
    let recorded: serde_json::Map<String, Value> = serde_json::from_str(recorded).unwrap();
    let mut wrong = Vec::new();
    let mut asked = BTreeSet::new();
    for (call, real) in &recorded {
        let known = ids[0].to_string();
        let (line, login, body) = match call.as_str() {
            "wrong password" => (
                wrong_login.0.to_owned(),
                "Basic eDp5",
                wrong_login.1.to_owned(),
            ),
            call if call.contains("ClientLogin") => (call.to_owned(), "", right.to_owned()),
            call if call.contains("items/contents") => {
                let id = format!("i=tag:google.com,2005:reader/item/{:016x}", ids[0]);
                (call.to_owned(), login, id)
            }
            call if call.starts_with("PUT") => {
                let body = "{\"entry_ids\": [999999999], \"status\": \"read\"}";
                (call.to_owned(), login, body.to_owned())
            }
            call => (call.replace("{}", &known), login, String::new()),
        };
        let (status, body) = ask(&server, &line, login, &body);
        if status != real["status"] {
            wrong.push(format!(
                "{call}: {status} where {} is recorded",
                real["status"]
            ));
        }
        if let Ok(told) = serde_json::from_str(&body) {
            differences(&told, &real["body"], call, &mut wrong);
        }
        asked.insert(call);
    }
    assert!(asked.len() > 8);
    assert!(wrong.is_empty(), "{kind:?}\n{}", wrong.join("\n"));
}

#[test]
fn the_miniflux_double_answers_as_the_real_one_did() {
    use base64::Engine as _;
    let pair = base64::engine::general_purpose::STANDARD.encode(format!("{NAME}:{PASSWORD}"));
    let recorded = include_str!("../../servers/miniflux.json");
    let login = format!("Basic {pair}");
    check(Kind::Miniflux, recorded, &login, "", ("GET /v1/me", ""));
}

#[test]
fn the_fresh_rss_double_answers_as_the_real_one_did() {
    let recorded = include_str!("../../servers/fresh-rss.json");
    let right = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("Email", NAME), ("Passwd", PASSWORD)])
        .finish();
    let login = "GoogleLogin auth=me/0123456789abcdef0123456789abcdef01234567";
    let wrong = (
        "POST /api/greader.php/accounts/ClientLogin",
        "Email=x&Passwd=y",
    );
    check(Kind::FreshRss, recorded, login, &right, wrong);
}
