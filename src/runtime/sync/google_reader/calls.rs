//! Single calls: login, subscriptions, marks, and what all calls share.

use serde::de::DeserializeOwned;
use serde_json::Value;
use url::form_urlencoded::Serializer;

use super::super::connection::{Connection, FORM};
use super::super::error::SyncError;
use super::shapes::SubscribedStream;
use super::shapes::Subscriptions;
use crate::news::json;
use crate::news::{Clean, Feed};
use crate::runtime::net::api::{ApiAnswer, Authorization, Verb};
use crate::runtime::store::RemoteFeed;

/// Articles that are changed with one request: FreshRSS on SQLite needs a transaction for each, and
/// silently reads no more than a megabyte of a request.
pub(crate) const BATCH: usize = 100;

pub(super) const READ: &str = "user/-/state/com.google/read";
pub(super) const STARRED: &str = "user/-/state/com.google/starred";
pub(super) const ALL: &str = "user/-/state/com.google/reading-list";
pub(super) const LABEL: &str = "user/-/label/";

/// The token of a new login.
pub(crate) fn log_in(
    server: &mut Connection,
    name: &str,
    password: &str,
) -> Result<String, SyncError> {
    let body = form(&[("Email", name), ("Passwd", password)]);
    server.authorize(None);
    let url = server.at("accounts/ClientLogin", &[]);
    let answer = server.send(Verb::Post, &url, Some((FORM, &body)))?;
    let text = String::from_utf8_lossy(&answer.body);
    let token = text.lines().find_map(|line| line.strip_prefix("Auth="));
    let token = token.map(str::trim).filter(|token| !token.is_empty());
    match token {
        Some(token) if answer.status == 200 => {
            server.authorize(Authorization::google_login(token));
            Ok(token.to_owned())
        }
        _ => Err(server.unsupported("ClientLogin")),
    }
}

pub(crate) fn subscriptions(server: &mut Connection) -> Result<Vec<RemoteFeed>, SyncError> {
    let answer = server.get(&api(server, "subscription/list", &[]))?;
    let list: Subscriptions = object(server, &answer, "subscription/list")?;
    let remote = |feed: SubscribedStream| {
        let url = match feed.url.is_empty() {
            true => feed.id.strip_prefix("feed/").unwrap_or_default(),
            false => &feed.url,
        };
        let folder = feed
            .categories
            .first()
            .map(|folder| Clean::line(&folder.label));
        RemoteFeed {
            feed: Feed {
                url: Clean::line(url),
                title: Clean::headline(&feed.title.replace('＆', "&")),
                site: Some(Clean::line(&feed.html_url)).filter(|site| !site.is_blank()),
                folder: folder.filter(|folder| !folder.is_blank()),
                page: false,
            },
            remote: feed.id,
        }
    };
    Ok(list.subscriptions.into_iter().map(remote).collect())
}

/// Subscribes, and returns the server's id of the feed.
pub(crate) fn subscribe(server: &mut Connection, feed: &Feed) -> Result<String, SyncError> {
    let stream = format!("feed/{}", feed.url);
    let mut fields = vec![("ac", "subscribe"), ("s", &*stream), ("t", &*feed.title)];
    let label = feed
        .folder
        .as_ref()
        .map(|folder| format!("{LABEL}{folder}"));
    fields.extend(label.as_deref().map(|label| ("a", label)));
    change(server, "subscription/edit", &fields, &[])?;
    let made = subscriptions(server)?
        .into_iter()
        .find(|made| made.feed.url == feed.url);
    let made = made.ok_or_else(|| SyncError::Refused {
        host: server.host(),
        status: 404,
    })?;
    Ok(made.remote)
}

pub(crate) fn unsubscribe(server: &mut Connection, remote: &str) -> Result<(), SyncError> {
    let fields = [("ac", "unsubscribe"), ("s", remote)];
    match change(server, "subscription/edit", &fields, &[]) {
        // FreshRSS says so of a feed that is gone already.
        Err(SyncError::Refused { status: 400, .. }) => {
            let is_there = subscriptions(server)?
                .iter()
                .any(|feed| feed.remote == remote);
            match is_there {
                true => Err(SyncError::Refused {
                    host: server.host(),
                    status: 400,
                }),
                false => Ok(()),
            }
        }
        done => done,
    }
}

/// Moves a feed from one folder into another.
pub(crate) fn move_feed(
    server: &mut Connection,
    remote: &str,
    from: &str,
    to: &str,
) -> Result<(), SyncError> {
    let (old, new) = (format!("{LABEL}{from}"), format!("{LABEL}{to}"));
    let mut fields = vec![("ac", "edit"), ("s", remote)];
    if !to.is_empty() {
        fields.push(("a", &new));
    }
    if !from.is_empty() {
        fields.push(("r", &old));
    }
    change(server, "subscription/edit", &fields, &[])
}

/// Sets or takes away one mark of articles, at most [`BATCH`].
pub(crate) fn mark(
    server: &mut Connection,
    remotes: &[i64],
    stream: &str,
    set: bool,
) -> Result<(), SyncError> {
    let names: Vec<String> = remotes.iter().map(|id| long_form(*id)).collect();
    let names: Vec<(&str, &str)> = names.iter().map(|name| ("i", name.as_str())).collect();
    // One mark a request: of two, FreshRSS takes the last.
    change(
        server,
        "edit-tag",
        &[(if set { "a" } else { "r" }, stream)],
        &names,
    )
}

pub(crate) fn mark_read(
    server: &mut Connection,
    remotes: &[i64],
    read: bool,
) -> Result<(), SyncError> {
    mark(server, remotes, READ, read)
}

pub(crate) fn mark_starred(
    server: &mut Connection,
    remotes: &[i64],
    star: bool,
) -> Result<(), SyncError> {
    mark(server, remotes, STARRED, star)
}

pub(crate) fn mark_labelled(
    server: &mut Connection,
    remotes: &[i64],
    label: &str,
    set: bool,
) -> Result<(), SyncError> {
    mark(server, remotes, &format!("{LABEL}{label}"), set)
}

/// Sends a change, which has succeeded where the server says `OK` and nothing else.
fn change(
    server: &mut Connection,
    call: &str,
    fields: &[(&str, &str)],
    more: &[(&str, &str)],
) -> Result<(), SyncError> {
    let token = write_token(server)?;
    let mut all = vec![("T", &*token)];
    all.extend_from_slice(fields);
    all.extend_from_slice(more);
    let url = api(server, call, &[]);
    let answer = server.send(Verb::Post, &url, Some((FORM, &form(&all))))?;
    let said = String::from_utf8_lossy(&answer.body);
    match answer.status {
        200 if said.trim() == "OK" => Ok(()),
        200 => Err(server.unsupported("edit-tag")),
        _ => Err(server.refused(&answer)),
    }
}

/// The token that changes have to carry.
pub(crate) fn write_token(server: &mut Connection) -> Result<String, SyncError> {
    if let Some(token) = server.write_token() {
        return Ok(token);
    }
    let url = server.at("reader/api/0/token", &[]);
    let answer = server.get(&url)?;
    if answer.status != 200 {
        return Err(server.refused(&answer));
    }
    let token = String::from_utf8_lossy(&answer.body).trim().to_owned();
    server.put_write_token(&token);
    Ok(token)
}

/// The JSON object of an answer; `[]` is none.
pub(crate) fn object<T: DeserializeOwned>(
    server: &Connection,
    answer: &ApiAnswer,
    what: &'static str,
) -> Result<T, SyncError> {
    let value: Value = server.json(answer, what)?;
    match value {
        Value::Object(_) => json::of_value(&value).map_err(|_| server.unsupported(what)),
        _ => Err(server.unsupported(what)),
    }
}

pub(crate) fn api(server: &Connection, call: &str, query: &[(&str, &str)]) -> url::Url {
    let mut all = vec![("output", "json")];
    all.extend_from_slice(query);
    server.at(&format!("reader/api/0/{call}"), &all)
}

pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The long form of an id, which all servers read alike.
pub(crate) fn long_form(id: i64) -> String {
    format!(
        "tag:google.com,2005:reader/item/{:016x}",
        id.cast_unsigned()
    )
}

/// An id in its long form, or as a decimal number with or without a sign.
pub(crate) fn id_of(text: &str) -> Option<i64> {
    if let Some((_, hex)) = text.split_once("reader/item/") {
        return u64::from_str_radix(hex, 16).ok().map(u64::cast_signed);
    }
    let unsigned = || text.parse().ok().map(u64::cast_signed);
    text.parse().ok().or_else(unsigned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_in_every_form_and_sent_in_one() {
        for (text, id) in [
            ("1795913157101099", 1_795_913_157_101_099),
            (
                "tag:google.com,2005:reader/item/0006615e6b0b2a2b",
                0x6_615e_6b0b_2a2b,
            ),
            ("-1", -1),
            ("18446744073709551615", -1),
            ("tag:google.com,2005:reader/item/ffffffffffffffff", -1),
            ("40", 40),
        ] {
            assert_eq!(id_of(text), Some(id), "{text}");
            assert_eq!(id_of(&long_form(id)), Some(id), "{text}");
        }
        assert_eq!(
            long_form(40),
            "tag:google.com,2005:reader/item/0000000000000028"
        );
        assert_eq!((id_of(""), id_of("feed/3")), (None, None));
    }
}
