//! Recognises bylines: `배경환 기자 khbae@asiae.co.kr`, `[견본일보 홍길동 기자]`,
//! `By Jane Doe and John Smith, Staff Writers`.
//!
//! The Korean forms are here; `english` has the English ones, `email` finds addresses in a line.

mod email;
mod english;

pub(crate) use self::email::address;
use std::sync::LazyLock;

use self::email::email;
use self::english::english;
pub(crate) use self::english::{full_name, is_english_role};
use super::measure::{columns, is_hangul_letter, key};
use crate::news::hangul::is_hangul_syllable;
use crate::news::hangul::{is_alphabetic, is_alphanumeric};
use crate::news::{Byline, Clean, word_list};

const WORDS: &str = include_str!("../../../../../assets/words/bylines.txt");

/// Longer lines, in columns, are paragraphs.
const MAX_COLUMNS: usize = 120;

/// Korean titles of journalists; longer ones first.
static ROLES: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "roles"));

/// Words that stand before a role without being a name.
static NOT_NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "not names"));

/// The first byline of a line that consists of bylines.
pub fn byline(line: &str) -> Option<Byline> {
    bylines(line).into_iter().next()
}

/// All bylines of a line that consists of bylines; empty for any other line.
pub fn bylines(line: &str) -> Vec<Byline> {
    let line = line.replace('\u{a0}', " ");
    let line = line.trim();
    if line.is_empty() || columns(line) > MAX_COLUMNS {
        return Vec::new();
    }
    // A line without a Latin letter can't be an English byline.
    let found = if line.contains(|c: char| is_alphabetic(c) && !is_hangul_letter(c)) {
        english(line)
    } else {
        Vec::new()
    };
    if found.is_empty() {
        korean(line)
    } else {
        found
    }
}

/// The authors named within a paragraph: in its dateline (`(서울=견본) 홍길동 기자 =`), a bracket in front
/// (`[견본일보 홍길동 기자]`), a sign-off (`견본뉴스 홍길동입니다. (hong@example.com)`) or at the end
/// (`… /홍길동 기자 hong@example.com`).
pub fn byline_inside(paragraph: &str) -> Vec<Byline> {
    let head_end = paragraph
        .char_indices()
        .nth(60)
        .map_or(paragraph.len(), |(i, _)| i);
    let head = &paragraph[..head_end];
    if let Some((dateline, _)) = head.split_once(" =").or_else(|| head.split_once(" ＝")) {
        let from = dateline.rfind([')', ']', '】']).map_or(0, |at| {
            at + dateline[at..].chars().next().map_or(1, char::len_utf8)
        });
        let found = korean(&dateline[from..]);
        if !found.is_empty() {
            return found;
        }
    }
    if let Some(inner) = head
        .strip_prefix(['[', '【', '('])
        .and_then(|h| h.split([']', '】', ')']).next())
    {
        let found = korean(inner.rsplit(['=', '｜', '|']).next().unwrap_or(inner));
        if !found.is_empty() {
            return found;
        }
    }
    let found = sign_off(paragraph);
    if !found.is_empty() {
        return found;
    }
    let tail_start = paragraph.char_indices().rev().nth(60).map_or(0, |(i, _)| i);
    let tail = &paragraph[tail_start..];
    tail.rsplit_once(['/', '.', '[', '(', '】'])
        .map_or_else(Vec::new, |_| {
            let at = tail
                .rfind("다.")
                .map(|at| at + "다.".len())
                .or_else(|| tail.find('/').map(|at| at + 1));
            at.map_or_else(Vec::new, |at| {
                korean(tail[at..].trim_start_matches([' ', '/', '[', '(']))
            })
        })
}

/// The reporter in a broadcaster's closing words: `견본뉴스 홍길동입니다. (hong@example.com)`, `홍길동 기자입니다.`
fn sign_off(paragraph: &str) -> Vec<Byline> {
    if columns(paragraph) > MAX_COLUMNS {
        return Vec::new();
    }
    let (email, rest) = email(paragraph);
    let rest = rest.trim_matches(|c: char| !is_alphanumeric(c));
    let Some(said) = rest
        .strip_suffix("입니다")
        .or_else(|| rest.strip_suffix("였습니다"))
    else {
        return Vec::new();
    };
    let words: Vec<&str> = said.split_whitespace().collect();
    if let [.., name, role] = words[..]
        && ROLES.contains(&role)
        && is_name(name)
    {
        return vec![Byline {
            name: Clean::line(name),
            role: Some(Clean::line(role)),
            email,
        }];
    }
    match words[..] {
        [ref before @ .., name]
            if (1..=3).contains(&before.len())
                && is_name(name)
                && ((before.len() == 1 && email.is_some())
                    || before.iter().any(|w| is_outlet(w))) =>
        {
            vec![Byline {
                name: Clean::line(name),
                role: None,
                email,
            }]
        }
        _ => Vec::new(),
    }
}

fn is_outlet(word: &str) -> bool {
    ["뉴스", "일보", "방송", "신문", "TV"]
        .iter()
        .any(|w| word.contains(w))
        || (word.len() >= 2 && word.chars().all(|c| c.is_ascii_uppercase()))
}

/// Whether a word can be a Korean name: two to four Hangul syllables and not a common word.
fn is_name(word: &str) -> bool {
    let letters = word.chars().count();
    (2..=4).contains(&letters)
        && word.chars().all(is_hangul_syllable)
        && !NOT_NAMES.contains(&word)
        && !ROLES.contains(&word)
}

/// Words that may stand in a byline beside names, roles and addresses.
static COMPANIONS: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "companions"));

/// Endings of other such words: names of newspapers and departments.
static COMPANION_ENDINGS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "companion endings"));

/// Whether a word may stand in a byline beside names, roles and addresses.
fn is_beside(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !is_alphanumeric(c));
    word.is_empty()
        || word.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
        || COMPANIONS.contains(&key(word).trim_end_matches(|c: char| c.is_ascii_digit()))
        || COMPANION_ENDINGS.iter().any(|s| word.ends_with(s))
        || word.contains('=')
}

/// Reads a Korean byline: several names before one role or each before its own, with an e-mail
/// address after each or at the end.
fn korean(line: &str) -> Vec<Byline> {
    if !line.chars().any(is_hangul_letter) {
        return Vec::new();
    }
    let mut found: Vec<Byline> = Vec::new();
    let mut waiting: Vec<&str> = Vec::new();
    let mut others = 0;
    let mut addresses = 0;
    // In `워싱턴=홍길동 특파원`, the word before `=` is a place and not a name.
    let place = |p: &str| columns(p) <= 16 && !p.contains(' ');
    let named = line
        .split_once('=')
        .filter(|(p, _)| place(p))
        .map_or(line, |(_, named)| named);
    for word in words(named) {
        if word.contains('@') {
            let (address, _) = email(word);
            if address.is_some() {
                addresses += 1;
                adopt(&mut found, &mut waiting, address);
            }
        } else if let Some((name, role)) = named_role(word) {
            if !name.is_empty() {
                waiting.push(name);
            }
            let role = Clean::line(role);
            found.extend(waiting.drain(..).map(|n| Byline {
                name: Clean::line(n),
                role: Some(role.clone()),
                email: None,
            }));
        } else if is_name(word) && !is_beside(word) {
            waiting.push(word);
        } else if !is_beside(word) {
            others += 1;
        }
    }
    let has_role = found.iter().any(|b| b.role.is_some());
    if others > 0
        || !waiting.is_empty()
        || found.is_empty()
        || (!has_role && addresses == 0)
        || found.len() > 8
    {
        return Vec::new();
    }
    found
}

/// Gives an e-mail address to the last name; a name still without a role becomes a byline without
/// one.
fn adopt(found: &mut Vec<Byline>, waiting: &mut Vec<&str>, address: Option<Clean>) {
    if let Some(name) = waiting.pop() {
        waiting.clear();
        found.push(Byline {
            name: Clean::line(name),
            role: None,
            email: address,
        });
    } else if let Some(last) = found.iter_mut().rev().find(|b| b.email.is_none()) {
        last.email = address;
    }
}

/// The words of a byline, split at blanks, commas, middle dots, brackets and similar punctuation.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| c.is_whitespace() || ",，·ㆍ/|()[]【】<>:;&=".contains(c))
        .filter(|w| !w.is_empty())
}

/// Splits a role off the end of a word: `홍길동기자` → (홍길동, 기자), `기자` → ("", 기자).
fn named_role(word: &str) -> Option<(&str, &str)> {
    ROLES.iter().find_map(|role| {
        let name = word.strip_suffix(role)?;
        (name.is_empty() || is_name(name)).then_some((name, *role))
    })
}

#[cfg(test)]
mod tests;
