//! Recognises English bylines: `By Jane Doe and John Smith, Staff Writers`.

use std::sync::LazyLock;

use super::email::email;
use crate::extract::body::lines::measure::{columns, is_hangul_letter};
use crate::extract::dates::MONTHS;
use crate::news::hangul::is_alphabetic;
use crate::news::{Byline, Clean, word_list};

const WORDS: &str = include_str!("../../../../../assets/words/bylines.txt");

/// The bylines of an English line: `By JANE DOE and John Smith | Staff Writer`, `Written by …`, or
/// a name with an e-mail address.
pub(crate) fn english(line: &str) -> Vec<Byline> {
    let lower = line.to_lowercase();
    const OPENERS: [&str; 9] = [
        "by: ",
        "by ",
        "written by ",
        "reported by ",
        "posted by ",
        "story by ",
        "words by ",
        "author: ",
        "reporting by ",
    ];
    let Some(opener) = OPENERS.iter().find(|o| lower.starts_with(**o)) else {
        return english_with_address(line);
    };
    // Lower case can change the length of a line, so the original is cut only where both are ASCII.
    let Some(rest) = line.get(opener.len()..) else {
        return Vec::new();
    };
    let (email, rest) = email(rest);
    let rest = before_date(&rest);
    let rest = rest
        .split([';', '|', '•', '·', '—', '–'])
        .next()
        .unwrap_or_default();
    let rest = rest
        .split(" - ")
        .next()
        .unwrap_or_default()
        .replace(" AND ", " and ")
        .replace(" & ", " and ")
        .replace(" with ", " and ");
    let mut found: Vec<Byline> = Vec::new();
    for (i, part) in rest
        .split(" and ")
        .flat_map(|p| p.split(", "))
        .map(str::trim)
        .enumerate()
    {
        if part.is_empty() {
            continue;
        }
        if is_english_role(part) && !found.is_empty() {
            for b in found.iter_mut().filter(|b| b.role.is_none()) {
                b.role = Some(Clean::line(part));
            }
        } else if is_english_name(part)
            && !(i > 0 && (is_english_outlet(part) || columns(part) <= 4))
        {
            found.push(Byline {
                name: Clean::line(part.trim_matches(|c: char| " ().".contains(c))),
                role: None,
                email: None,
            });
        } else if i == 0 {
            return Vec::new();
        } else {
            break;
        }
    }
    if let Some(first) = found.first_mut() {
        first.email = email;
    }
    found
}

/// Cuts off a date and the words before it: `Jane Doe Updated Nov 19, 2026` → `Jane Doe`.
fn before_date(text: &str) -> &str {
    let Some(at) = text.find(|c: char| c.is_ascii_digit()) else {
        return text;
    };
    let mut head = text[..at].trim_end();
    while let Some((before, last)) = head.rsplit_once(' ') {
        let word: String = last
            .chars()
            .filter(|c| is_alphabetic(*c))
            .flat_map(char::to_lowercase)
            .collect();
        let dates = word.is_empty()
            || ["updated", "published", "posted", "on", "at"].contains(&word.as_str())
            || (word.len() >= 3 && MONTHS.iter().chain(&DAYS).any(|m| m.starts_with(&word)));
        if !dates {
            break;
        }
        head = before.trim_end();
    }
    head
}

/// The days of the week in lower case, to recognise their abbreviations.
const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A byline without "By" but with an e-mail address: `Jane Doe jane@example.com`,
/// `Jane Doe, Reporter, jane@example.com`.
fn english_with_address(line: &str) -> Vec<Byline> {
    let (Some(address), rest) = email(line) else {
        return Vec::new();
    };
    let mut parts = rest
        .split([',', '|', '(', ')', '·'])
        .map(str::trim)
        .filter(|p| !p.is_empty());
    let name = parts.next().unwrap_or_default();
    let role = parts.next().filter(|p| is_english_role(p));
    if !is_english_name(name) || columns(&rest) > 60 || name.split_whitespace().count() < 2 {
        return Vec::new();
    }
    vec![Byline {
        name: Clean::line(name),
        role: role.map(Clean::line),
        email: Some(address),
    }]
}

/// Whether a text can be a person's name: one to five capitalised words or particles such as `van`.
fn is_english_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    const PARTICLES: [&str; 12] = [
        "de", "van", "von", "der", "la", "le", "del", "di", "da", "bin", "al", "the",
    ];
    (1..=5).contains(&words.len())
        && !text
            .chars()
            .any(|c| c.is_ascii_digit() || is_hangul_letter(c) || "?!:\"".contains(c))
        && words
            .iter()
            .all(|w| w.starts_with(|c: char| c.is_uppercase()) || PARTICLES.contains(w))
        && words
            .iter()
            .any(|w| w.starts_with(|c: char| c.is_uppercase()))
        && !text.ends_with("ing")
}

/// The name, if the text is two to four words that can be one and nothing else.
pub(crate) fn full_name(text: &str) -> Option<Clean> {
    let words = text.split_whitespace().count();
    let plain = text
        .chars()
        .all(|c| is_alphabetic(c) || " .'’-".contains(c));
    ((2..=4).contains(&words) && plain && is_english_name(text)).then(|| Clean::line(text))
}

/// Whether a short text contains a journalist's role.
pub(crate) fn is_english_role(text: &str) -> bool {
    static ENGLISH_ROLES: LazyLock<Vec<&str>> =
        LazyLock::new(|| word_list::section(WORDS, "english roles"));
    let lower = text.to_lowercase();
    columns(text) <= 40 && ENGLISH_ROLES.iter().any(|r| lower.contains(r))
}

/// Whether a text contains a word of publishers' names or is an acronym.
fn is_english_outlet(text: &str) -> bool {
    const MARKS: [&str; 12] = [
        "News",
        "Press",
        "Times",
        "Post",
        "CNN",
        "BBC",
        "Reuters",
        "Journal",
        "Tribune",
        "Herald",
        "USA",
        "Associated",
    ];
    MARKS.iter().any(|m| text.contains(m))
        || (text.len() <= 5 && text.chars().all(|c| c.is_ascii_uppercase()))
}
