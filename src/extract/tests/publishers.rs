//! Tests each profile on a page generated from it: every selector must find its element, and
//! nothing that the profile drops may contain text of the article.
#![expect(clippy::disallowed_methods, reason = "profiles are files")]

use toml::{Table, Value};

use super::super::{PageHint, Profiles, html};
use crate::news::{Clean, ExtractionMethod};

const TITLE: &str = "지하철 첫차, 다음 달부터 빨라진다";
const SUBHEAD: &str = "노조는 사람부터 뽑으라고 요구했다";
const DROPPED: &str = "이 줄은 언론사가 덧붙인 것이라 본문이 아닙니다.";

/// Nested elements that a profile's selector matches, around `inside`.
fn elements(selector: &str, inside: &str) -> String {
    let mut html = inside.to_owned();
    for step in selector.split([' ', '>']).filter(|s| !s.is_empty()).rev() {
        let (mut tag, mut classes, mut rest) = ("div".to_owned(), Vec::new(), String::new());
        let mut part = step;
        let name: String = part
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect();
        if !name.is_empty() {
            part = &part[name.len()..];
            tag = name;
        }
        while let Some(mark) = part.chars().next() {
            let end = if mark == '[' {
                part.find(']').unwrap()
            } else {
                part[1..]
                    .find(['.', '#', '['])
                    .map_or(part.len(), |i| i + 1)
            };
            let value = &part[1..end];
            match mark {
                '.' => classes.push(value.to_owned()),
                '#' => rest.push_str(&format!(" id='{value}'")),
                _ => match value.split_once('=') {
                    Some((key, value)) if key.starts_with("class") => {
                        classes.push(value.to_owned());
                    }
                    Some((key, value)) => {
                        rest.push_str(&format!(
                            " {}='{value}'",
                            key.trim_end_matches(['^', '*', '$'])
                        ));
                    }
                    None => rest.push_str(&format!(" {value}='1'")),
                },
            }
            part = if mark == '[' {
                &part[end + 1..]
            } else {
                &part[end..]
            };
        }
        let class = if classes.is_empty() {
            String::new()
        } else {
            format!(" class='{}'", classes.join(" "))
        };
        html = match tag.as_str() {
            "meta" | "img" => format!("<{tag}{class}{rest} content='{inside}' alt='{inside}'>"),
            _ => format!("<{tag}{class}{rest}>{html}</{tag}>"),
        };
    }
    html
}

fn list<'t>(profile: &'t Table, field: &str) -> Vec<&'t str> {
    profile
        .get(field)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// A page with everything the profile names, with `body` as its text.
fn page(profile: &Table, body: &str) -> String {
    let first = |field: &str, inside: &str| {
        list(profile, field)
            .first()
            .map(|s| elements(s, inside))
            .unwrap_or_default()
    };
    let inside = |s: &&&str| !body.split([' ', '>']).any(|step| s.contains(step));
    let dropped: String = list(profile, "drop")
        .iter()
        .filter(inside)
        .map(|s| elements(s, DROPPED))
        .collect();
    let text: String = super::written::BODY
        .iter()
        .map(|p| format!("<p>{p}</p>"))
        .collect();
    // A publishing system is recognised by its body element or by a class of the whole page.
    let when = profile
        .get("when")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let class = when
        .strip_prefix("body.")
        .map_or("", |w| w.split(' ').next().unwrap_or_default());
    format!(
        "<html lang=ko><head><title>{TITLE}</title></head><body class='{class}'>{}{}{}{}{}{dropped}</body></html>",
        first("title", TITLE),
        first("subheads", SUBHEAD),
        first("bylines", "김하나 기자"),
        first("published", "2024-03-20 09:12"),
        elements(body, &text),
    )
}

#[test]
fn every_profile_reads_the_page_that_it_describes() {
    let profiles = Profiles::embedded();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/publishers");
    let (mut proved, mut faults) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let profile: Table = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let host = list(&profile, "hosts")
            .first()
            .map_or("paper.example".to_owned(), |h| h.replace("*.", "www."));
        // The selector of a paragraph matches several of them and is no container.
        for body in list(&profile, "body")
            .into_iter()
            .filter(|b| !b.split(' ').next_back().is_some_and(|s| s.starts_with('p')))
        {
            let text = page(&profile, body);
            let article = html(
                &text,
                &PageHint {
                    is_subscribed: false,
                    url: Some(&format!("https://{host}/news/7")),
                    charset: None,
                },
                &profiles,
            );
            let got = article.text();
            let mut fault = |what: &str| faults.push(format!("{name} {body}: {what}"));
            if article.extraction.method != ExtractionMethod::Publisher(Clean::line(&name)) {
                fault(&format!("read by {}", article.extraction.method));
            }
            if !super::written::BODY.iter().all(|p| got.contains(p)) || got.contains(DROPPED) {
                fault(&format!("text {got}"));
            }
            if &*article.title != TITLE {
                fault(&format!("title {}", article.title));
            }
            if profile.contains_key("subheads") && !article.subheads.iter().any(|s| &**s == SUBHEAD)
            {
                fault("no subhead");
            }
            if profile.contains_key("bylines")
                && !article.bylines.iter().any(|b| &*b.name == "김하나")
            {
                fault("no byline");
            }
            if profile.contains_key("published") && article.published.is_none() {
                fault("no date");
            }
        }
        proved += usize::from(!list(&profile, "hosts").is_empty());
    }
    faults.sort();
    assert!(
        proved >= 30 && faults.is_empty(),
        "{proved} publishers\n{}",
        faults.join("\n")
    );
}
