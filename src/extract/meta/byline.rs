//! Recognises authors in signatures and metadata: names, roles and e-mail addresses, mostly in the
//! forms that Korean newspapers use. The words are in `signatures.txt`.

use std::sync::LazyLock;

use crate::news::hangul::is_hangul_syllable;
use crate::news::hangul::{is_alphabetic, is_alphanumeric};
use crate::news::word_list::{self, Phrases};
use crate::news::{Byline, Clean};

const WORDS: &str = include_str!("../../../assets/words/signatures.txt");

/// Korean roles, which follow the name; longer ones first.
static ROLES: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "roles"));

/// Words of two to four syllables that are not names.
static NO_NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "not names"));

/// The bylines of a line that is a signature; empty for lines with other text.
pub(crate) fn signature(line: &str) -> Vec<Byline> {
    let line = line.trim();
    if line.chars().count() > 90 || !line.chars().any(is_hangul_syllable) {
        return Vec::new();
    }
    let bylines = named(line);
    if bylines.is_empty() {
        let ways = [credits, with_credit, labelled];
        return ways
            .iter()
            .map(|way| way(line))
            .find(|found| !found.is_empty())
            .unwrap_or_default();
    }
    // Without names, roles and addresses, next to nothing may be left.
    let mut rest = line.to_owned();
    for b in &bylines {
        rest = rest.replace(&*b.name, "");
        if let Some(email) = &b.email {
            rest = rest.replace(&**email, "");
        }
    }
    for role in ROLES.iter().copied() {
        rest = rest.replace(role, "");
    }
    // The units of a date don't count.
    let left = rest
        .chars()
        .filter(|c| is_alphabetic(*c) && !"년월일시분초".contains(*c))
        .count();
    let sentence = line.ends_with("니다.") || line.ends_with("다.");
    if left <= 14 && !sentence {
        bylines
    } else {
        Vec::new()
    }
}

/// The names of a line that consists of kinds of work and names: `글 박세찌 · 사진 이두리`, `글·사진 김하나`.
fn credits(line: &str) -> Vec<Byline> {
    const WORK: [&str; 8] = [
        "글",
        "사진",
        "그림",
        "정리",
        "취재",
        "영상",
        "구성",
        "인터뷰",
    ];
    let words: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || "·/|,=:".contains(c))
        .filter(|w| !w.is_empty())
        .collect();
    let sound = (2..=8).contains(&words.len())
        && WORK.contains(&words[0])
        && words
            .iter()
            .all(|w| WORK.contains(w) || full_name(w).is_some());
    let names = words
        .iter()
        .filter(|w| sound && !WORK.contains(w))
        .filter_map(|w| full_name(w));
    names
        .map(|n| Byline {
            name: Clean::line(&n),
            role: None,
            email: None,
        })
        .collect()
}

/// A guest columnist with position: `홍길동 견본대 국어교육과 교수`.
pub(crate) fn titled(line: &str) -> Vec<Byline> {
    static TITLES: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "titles"));
    let line = line.trim_matches(|c: char| !is_alphanumeric(c));
    let words: Vec<&str> = line
        .split([' ', '\u{a0}', '·', '/', '|', ','])
        .filter(|w| !w.is_empty())
        .collect();
    let (Some(name), Some(title)) = (words.first().and_then(|w| full_name(w)), words.last()) else {
        return Vec::new();
    };
    let title = TITLES.iter().find(|t| title.ends_with(**t));
    let fits = (2..=7).contains(&words.len()) && line.chars().count() <= 40;
    title
        .filter(|_| fits)
        .map(|t| Byline {
            name: Clean::line(&name),
            role: Some(Clean::line(t)),
            email: None,
        })
        .into_iter()
        .collect()
}

/// A line that is a person's name, as in the box below an article.
pub(crate) fn lone(line: &str) -> Option<Byline> {
    full_name(line.trim()).map(|n| Byline {
        name: Clean::line(&n),
        role: None,
        email: None,
    })
}

/// The name after a label: `작성자 홍길동`, `글쓴이: 홍길동`.
fn labelled(line: &str) -> Vec<Byline> {
    static AUTHOR_LABELS: LazyLock<Vec<&str>> =
        LazyLock::new(|| word_list::section(WORDS, "author labels"));
    let name = AUTHOR_LABELS.iter().find_map(|label| {
        let rest = line.strip_prefix(label)?;
        let name = rest.trim_start_matches([' ', '\u{a0}', ':', '：']);
        // Without a mark in between, the label is part of a longer word.
        (name.len() < rest.len()).then_some(name)?;
        person(name).filter(|n| n == name)
    });
    name.map(|n| Byline {
        name: Clean::line(&n),
        role: None,
        email: None,
    })
    .into_iter()
    .collect()
}

/// A name before a picture's credit: `김하나 / 화면캡처 가나`.
fn with_credit(line: &str) -> Vec<Byline> {
    let Some((name, credit)) = line.split_once(['/', '|']) else {
        return Vec::new();
    };
    let name = name.split_whitespace().last().unwrap_or_default();
    let pictured = ["화면", "사진", "캡처", "캡쳐", "제공", "출처"]
        .iter()
        .any(|w| credit.contains(w));
    let fits = pictured && line.chars().count() <= 50 && !line.ends_with("다.");
    person(name)
        .filter(|_| fits)
        .map(|n| Byline {
            name: Clean::line(&n),
            role: None,
            email: None,
        })
        .into_iter()
        .collect()
}

/// Every name with a role in a text, with the e-mail address that follows: `김하나 기자 hana@gana.kr`.
pub(crate) fn named(text: &str) -> Vec<Byline> {
    static ANY_ROLE: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(WORDS, "roles"));
    let mut found: Vec<Byline> = Vec::new();
    if !ANY_ROLE.occurs_in(text) {
        return found;
    }
    let words: Vec<&str> = text
        .split(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '(' | ')'
                        | '['
                        | ']'
                        | '/'
                        | '='
                        | ','
                        | '·'
                        | '|'
                        | '<'
                        | '>'
                        | ':'
                        | '・'
                        | ';'
                )
        })
        .filter(|w| !w.is_empty())
        .take(400)
        .collect();
    for (i, word) in words.iter().enumerate() {
        let role = ROLES.iter().find(|r| {
            word.strip_prefix(**r)
                .is_some_and(|t| t.chars().all(|c| !is_alphanumeric(c)) || email_in(t).is_some())
        });
        let role_apart = role.is_some();
        let name = match role {
            Some(role) => before(&words[..i]).map(|n| (n, *role)),
            None => glued(word),
        };
        let Some((name, role)) = name else { continue };
        // In `김하나 이두리 기자`, all names have the role.
        let before = i.saturating_sub(5)..if role_apart { i.saturating_sub(1) } else { i };
        let together = words[before]
            .iter()
            .rev()
            .map_while(|w| full_name(w))
            .collect::<Vec<_>>();
        for name in together.into_iter().rev() {
            if !found.iter().any(|b| *b.name == *name) {
                found.push(Byline {
                    name: Clean::line(&name),
                    role: Some(Clean::line(role)),
                    email: None,
                });
            }
        }
        // The address may follow the role without a blank: `김하나 기자hana@gana.kr`.
        let own = word.strip_prefix(role).and_then(email_in);
        let email = own.or_else(|| words[i + 1..].iter().take(2).find_map(|w| email_in(w)));
        let email = email.map(|e| Clean::line(&e));
        match found.iter_mut().find(|b| *b.name == *name) {
            Some(known) => known.email = known.email.take().or(email),
            None => found.push(Byline {
                name: Clean::line(&name),
                role: Some(Clean::line(role)),
                email,
            }),
        }
    }
    found
}

/// The name before a role, with the publisher in between or not: `홍길동 기자`, `홍길동 견본일보 기자`.
fn before(words: &[&str]) -> Option<String> {
    static PUBLISHER_ENDINGS: LazyLock<Vec<&str>> =
        LazyLock::new(|| word_list::section(WORDS, "publisher endings"));
    let (last, rest) = words.split_last()?;
    let house = PUBLISHER_ENDINGS.iter().any(|h| last.ends_with(h)) && last.chars().count() > 2;
    if house {
        rest.last().and_then(|w| full_name(w))
    } else {
        person(last)
    }
}

/// The reporter in a broadcaster's closing words: `가나뉴스 김하나입니다. (hana@gana.kr)`.
pub(crate) fn sign_off(line: &str) -> Option<Byline> {
    let said = ["입니다", "였습니다", "이었습니다"]
        .iter()
        .find_map(|w| line.find(w));
    // The verb may be missing: `GANA 김하나 (hana@gana.kr)`.
    let said = said.or_else(|| {
        line.find(['(', '['])
            .filter(|at| *at > 0 && email_in(&line[*at..]).is_some())
    })?;
    let words: Vec<&str> = line[..said].split_whitespace().collect();
    let (name, house) = (words.last()?, words.len().checked_sub(2).map(|i| words[i])?);
    let outlet = ["뉴스", "TV", "방송", "NEWS", "라디오"]
        .iter()
        .any(|w| house.to_uppercase().ends_with(w))
        || house.chars().all(|c| c.is_ascii_uppercase());
    let name = person(name.trim_end_matches("기자"))?;
    let email = line[said..]
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '<' | '>'))
        .find_map(email_in);
    (outlet && words.len() <= 4).then(|| Byline {
        name: Clean::line(&name),
        role: None,
        email: email.map(|e| Clean::line(&e)),
    })
}

/// A name and a role without a blank between: `홍길동기자`.
fn glued(word: &str) -> Option<(String, &'static str)> {
    let word = word.trim_end_matches(|c: char| !is_alphanumeric(c));
    let role = ROLES
        .iter()
        .copied()
        .find(|r| word.ends_with(r) && word.len() > r.len())?;
    person(&word[..word.len() - role.len()]).map(|n| (n, role))
}

/// Whether a name can be that of a Korean person: two to four Hangul syllables.
pub(crate) fn is_korean_name(name: &str) -> bool {
    person(name).is_some()
}

/// The word without punctuation, if it can be a Korean name: two to four syllables, not a common
/// word, and no particle at the end.
fn person(word: &str) -> Option<String> {
    let name = word.trim_matches(|c: char| !is_alphanumeric(c));
    let syllables = name.chars().count();
    let hangul = name.chars().all(is_hangul_syllable);
    let likely = (2..=4).contains(&syllables)
        && hangul
        && !NO_NAMES.contains(&name)
        && !name.ends_with(['부', '팀', '국', '은', '는', '의', '를', '을', '에']);
    likely.then(|| name.to_owned())
}

/// The word, if it has three syllables and begins with one of the usual family names.
fn full_name(word: &str) -> Option<String> {
    const FAMILIES: &str = "\
        김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구\
        나민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용류";
    let name = person(word)?;
    (name.chars().count() == 3 && name.starts_with(|c| FAMILIES.contains(c))).then_some(name)
}

/// The bylines of a line that is a signature: in Korean by a role or an address, in other languages
/// by the word before the name.
pub(crate) fn signed(line: &str) -> Vec<Byline> {
    let line = line.trim();
    let rest = [
        "by: ",
        "by ",
        "written by ",
        "words by ",
        "story by ",
        "von ",
        "par ",
        "por ",
        "di ",
        "door ",
    ]
    .iter()
    .find(|w| {
        line.get(..w.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(w))
    })
    .map(|w| line[w.len()..].trim());
    match rest {
        Some(names) if line.chars().count() < 80 && names.starts_with(char::is_uppercase) => {
            stated(names)
                .into_iter()
                .filter(|b| plain_name(&b.name).is_some())
                .collect()
        }
        _ => signature(line),
    }
}

/// A byline of two to four capitalised words, where the page says that they are a name.
pub(crate) fn plain_name(text: &str) -> Option<Byline> {
    let name = Clean::line(text);
    let words: Vec<&str> = name.split_whitespace().collect();
    let particle = |w: &str| {
        matches!(
            w,
            "de" | "da" | "di" | "van" | "von" | "der" | "den" | "la" | "le" | "bin" | "al"
        )
    };
    let fits = |w: &&str| {
        particle(w)
            || (w.starts_with(char::is_uppercase)
                && w.chars()
                    .all(|c| is_alphabetic(c) || matches!(c, '.' | '\'' | '’' | '-')))
    };
    static LABELS: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "labels"));
    let sound = (2..=4).contains(&words.len())
        && words.iter().all(fits)
        && !words.iter().any(|w| LABELS.contains(w));
    (sound && name.chars().count() <= 40).then_some(Byline {
        name,
        role: None,
        email: None,
    })
}

/// The e-mail address in a word, without punctuation around it.
pub(crate) fn email_in(word: &str) -> Option<String> {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let (user, host) = word.split_once('@')?;
    let fits = |s: &str| {
        !s.is_empty()
            && s.bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+'))
    };
    (fits(user) && fits(host) && host.contains('.')).then(|| word.to_owned())
}

/// Services that name themselves beside the author.
static SERVICES: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "services"));

/// The bylines in a value of the page's metadata: roles and addresses are split off, and commas
/// separate several names.
pub(crate) fn stated(value: &str) -> Vec<Byline> {
    let value = Clean::line(value);
    if value.is_blank() || value.contains("://") || value.chars().count() > 120 {
        return Vec::new();
    }
    let korean = named(&value);
    if !korean.is_empty() {
        return korean;
    }
    let value = value
        .strip_prefix("By ")
        .or_else(|| value.strip_prefix("by "))
        .unwrap_or(&value);
    value
        .split([',', '|', ';'])
        .flat_map(|part| part.split(" and "))
        .filter_map(|part| {
            let email = part.split_whitespace().find_map(email_in);
            let name: Vec<&str> = part
                .split_whitespace()
                .filter(|w| !w.contains('@'))
                .collect();
            let name = name
                .join(" ")
                .trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '=' | ':'))
                .to_owned();
            // Naver writes `언론사 | 네이버`, and cuts a blog's name short: `견본 블로.. | 블로그`.
            let is_service = SERVICES.contains(&name.as_str()) || name.ends_with("..");
            let fits = name.chars().any(is_alphabetic) && name.chars().count() <= 60 && !is_service;
            fits.then(|| Byline {
                name: Clean::line(&name),
                role: None,
                email: email.map(|e| Clean::line(&e)),
            })
        })
        .take(20)
        .collect()
}

/// Whether a name is an editorial desk or the publisher itself and not a person.
pub(crate) fn is_desk(name: &str, publisher: &str) -> bool {
    let flat = super::title::letters(name);
    let paper = super::title::letters(publisher);
    static DESKS: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "desks"));
    flat.is_empty()
        || (!paper.is_empty() && (flat.contains(&paper) || paper.contains(&flat)))
        || DESKS.iter().any(|d| flat.contains(d))
}

#[cfg(test)]
#[path = "tests/byline.rs"]
mod tests;
