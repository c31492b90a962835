//! Reads all dates in a line of text, in order: `2026-11-22T09:12:00+09:00`, `2026.11.22. 오전 9:12`,
//! `2026년 11월 22일 09시 12분`, `2026-11-22 09:12:00`, `Sun, 22 Nov 2026 09:12:00 +0900`,
//! `Sun,22 Nov  2026 09:12 KST`, `22 11 2026 09:12:00`, `November 22nd, 2026 - 9:12 AM EST`.
//!
//! The caller's zone is assumed only where none is written.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use crate::news::Stamp;
use crate::news::hangul::is_alphabetic;

/// How many characters of a text are read: a line with a date is short.
const LOOKED_AT: usize = 400;

/// The first date in `text`. `zone` is assumed if it names none, and midnight if it has no time.
pub fn first(text: &str, zone: Offset) -> Option<Stamp> {
    scan(text, zone, 1).pop()
}

/// All dates in `text`, in order, with the same assumptions.
pub fn all(text: &str, zone: Offset) -> Vec<Stamp> {
    scan(text, zone, usize::MAX)
}

fn scan(text: &str, zone: Offset, wanted: usize) -> Vec<Stamp> {
    let tokens = tokens(text);
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() && out.len() < wanted {
        let Some((date, next)) = date(&tokens, at) else {
            at += 1;
            continue;
        };
        let (time, tomorrow, next) = time(&tokens, next).unwrap_or((Time::midnight(), false, next));
        let date = if tomorrow {
            date.tomorrow().unwrap_or(date)
        } else {
            date
        };
        let (named, next) = zone_name(&tokens, next).map_or((None, next), |(z, n)| (Some(z), n));
        let zone = named.unwrap_or(zone);
        if let Ok(instant) = zone.to_timestamp(DateTime::from_parts(date, time)) {
            out.push(Stamp::new(instant, zone));
        }
        at = next;
    }
    out
}

#[derive(Clone, Debug, PartialEq)]
enum DateToken {
    /// The value and the number of digits.
    Number(u32, usize),
    /// Letters, in lower case.
    Word(String),
    /// Any other character except blanks.
    Mark(char),
}

fn tokens(text: &str) -> Vec<DateToken> {
    let mut out = Vec::new();
    let mut chars = text.chars().take(LOOKED_AT).peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = c.to_digit(10) {
            let (mut value, mut digits) = (digit, 1);
            while let Some(d) = chars.peek().and_then(|c| c.to_digit(10)) {
                value = value.saturating_mul(10).saturating_add(d);
                digits += 1;
                chars.next();
            }
            out.push(DateToken::Number(value, digits));
        } else if is_alphabetic(c) {
            let mut word: String = c.to_lowercase().collect();
            while let Some(c) = chars.next_if(|n| is_alphabetic(*n)) {
                word.extend(c.to_lowercase());
            }
            split_marks(&mut out, word);
        } else if !c.is_whitespace() {
            out.push(DateToken::Mark(c));
        }
    }
    out
}

/// Adds a word, and splits a Korean or Chinese unit after a number from what follows it without a
/// blank.
fn split_marks(out: &mut Vec<DateToken>, word: String) {
    for unit in [
        '년', '월', '일', '시', '분', '초', '年', '月', '日', '時', '时', '分', '秒',
    ] {
        if let Some(rest) = word
            .strip_prefix(unit)
            .filter(|r| !r.is_empty() && matches!(out.last(), Some(DateToken::Number(..))))
        {
            out.push(DateToken::Word(unit.to_string()));
            out.push(DateToken::Word(rest.to_owned()));
            return;
        }
    }
    out.push(DateToken::Word(word));
}

fn number(tokens: &[DateToken], at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    match tokens.get(at)? {
        DateToken::Number(value, n) if digits.contains(n) => Some(*value),
        _ => None,
    }
}

fn word(tokens: &[DateToken], at: usize) -> Option<&str> {
    match tokens.get(at)? {
        DateToken::Word(word) => Some(word),
        _ => None,
    }
}

fn date(tokens: &[DateToken], at: usize) -> Option<(Date, usize)> {
    numeric(tokens, at)
        .or_else(|| day_first(tokens, at))
        .or_else(|| month_first(tokens, at))
}

/// A date with the year first: `2026-11-22`, `2026.11.22.`, `2026년 11월 22일`, `20261122`.
fn numeric(tokens: &[DateToken], at: usize) -> Option<(Date, usize)> {
    if let Some(packed) = number(tokens, at, 8..=8) {
        return calendar(packed / 10_000, packed / 100 % 100, packed % 100).map(|d| (d, at + 1));
    }
    let year = number(tokens, at, 4..=4)?;
    let mut next = separator(tokens, at + 1, "년")?;
    let month = number(tokens, next, 1..=2)?;
    next = separator(tokens, next + 1, "월")?;
    let day = number(tokens, next, 1..=2)?;
    Some((calendar(year, month, day)?, next + 1))
}

fn separator(tokens: &[DateToken], at: usize, unit: &str) -> Option<usize> {
    match tokens.get(at)? {
        DateToken::Mark('-' | '.' | '/') => Some(at + 1),
        DateToken::Word(word) if is_unit(word, unit) => Some(at + 1),
        _ => None,
    }
}

/// Whether a word is a unit, given in Korean, or its Chinese character.
fn is_unit(word: &str, unit: &str) -> bool {
    let other: &[&str] = match unit {
        "년" => &["年"],
        "월" => &["月"],
        "시" => &["時", "时"],
        "분" => &["分"],
        _ => &[],
    };
    word == unit || other.contains(&word)
}

/// A date with the day first: `22 Nov 2026`, `22nd November, 2026`, `22-Nov-2026`, `22 11 2026`.
fn day_first(tokens: &[DateToken], at: usize) -> Option<(Date, usize)> {
    let day = number(tokens, at, 1..=2)?;
    let mut next = at + 1;
    if matches!(word(tokens, next), Some("st" | "nd" | "rd" | "th" | "of")) {
        next += 1;
    }
    next = skip(tokens, next, "-./,");
    let spelled = word(tokens, next).and_then(month);
    let month = spelled.or_else(|| number(tokens, next, 2..=2))?;
    next = skip(
        tokens,
        next + 1,
        if spelled.is_some() { "-./," } else { "" },
    );
    // Java writes `22 11월 2026` in a Korean locale.
    next += usize::from(word(tokens, next).is_some_and(|w| is_unit(w, "월")));
    let year = number(tokens, next, 4..=4).or_else(|| {
        // RFC 822 allowed years of two digits; only after a month's name are they taken for one.
        let year = number(tokens, next, 2..=2)
            .filter(|_| tokens.get(next + 1) != Some(&DateToken::Mark(':')));
        spelled
            .and(year)
            .map(|y| if y < 70 { 2000 + y } else { 1900 + y })
    })?;
    Some((calendar(year, month, day)?, next + 1))
}

/// A date with the month first: `Nov. 22, 2026`, `November 22nd 2026`.
fn month_first(tokens: &[DateToken], at: usize) -> Option<(Date, usize)> {
    let month = month(word(tokens, at)?)?;
    let mut next = skip(tokens, at + 1, ".");
    let day = number(tokens, next, 1..=2)?;
    next += 1;
    if matches!(word(tokens, next), Some("st" | "nd" | "rd" | "th")) {
        next += 1;
    }
    next = skip(tokens, next, ",");
    let year = number(tokens, next, 4..=4)?;
    Some((calendar(year, month, day)?, next + 1))
}

/// The token after `at` if `at` is one of `marks`, else `at`.
fn skip(tokens: &[DateToken], at: usize, marks: &str) -> usize {
    match tokens.get(at) {
        Some(DateToken::Mark(m)) if marks.contains(*m) => at + 1,
        _ => at,
    }
}

/// English names of the months in lower case.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month(word: &str) -> Option<u32> {
    if word.len() < 3 {
        return None;
    }
    let place = MONTHS
        .iter()
        .position(|m| m.starts_with(word) || (*m == "september" && word == "sept"))?;
    u32::try_from(place + 1).ok()
}

/// A valid date of the years 1900 to 2199.
fn calendar(year: u32, month: u32, day: u32) -> Option<Date> {
    if !(1900..=2199).contains(&year) {
        return None;
    }
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// The time within six tokens after a date, whether it is midnight of the next day (24:00), and the
/// token after it.
fn time(tokens: &[DateToken], from: usize) -> Option<(Time, bool, usize)> {
    let mut afternoon = None;
    for at in from..(from + 6).min(tokens.len()) {
        match &tokens[at] {
            DateToken::Number(..) => return clock(tokens, at, afternoon),
            DateToken::Word(w) => match w.as_str() {
                "오전" | "am" => afternoon = Some(false),
                "오후" | "pm" => afternoon = Some(true),
                // Days of the week and the like may be in between; other words end the date.
                "t" | "at" | "일" | "월" | "화" | "수" | "목" | "금" | "토" | "日" => {}
                _ if w.ends_with("요일") => {}
                _ => return None,
            },
            DateToken::Mark('.' | ',' | '(' | ')' | '-' | '–' | '|' | '·' | ':' | '/') => {}
            DateToken::Mark(_) => return None,
        }
    }
    None
}

/// The time whose hour is token `at`; `afternoon` is what a word before it says.
fn clock(tokens: &[DateToken], at: usize, afternoon: Option<bool>) -> Option<(Time, bool, usize)> {
    let hour = number(tokens, at, 1..=2)?;
    let colon = |i: usize, unit: &str| match tokens.get(i) {
        Some(DateToken::Mark(':')) => true,
        Some(DateToken::Word(w)) => is_unit(w, unit),
        _ => false,
    };
    if !colon(at + 1, "시") {
        return None;
    }
    let (minute, mut next) = match number(tokens, at + 2, 1..=2) {
        Some(minute) => (minute, at + 3),
        None => (0, at + 2),
    };
    let mut second = 0;
    if colon(next, "분") {
        next += 1;
        if let Some(s) = number(tokens, next, 1..=2) {
            second = s.min(59);
            next += 1;
            if matches!(tokens.get(next), Some(DateToken::Mark('.' | ',')))
                && number(tokens, next + 1, 1..=9).is_some()
            {
                next += 2;
            }
            if word(tokens, next) == Some("초") {
                next += 1;
            }
        }
    }
    let afternoon = match word(tokens, next) {
        Some("am" | "a") => Some(false),
        Some("pm" | "p") => Some(true),
        _ => afternoon,
    };
    if matches!(word(tokens, next), Some("am" | "pm")) {
        next += 1;
    }
    let hour = match (afternoon, hour) {
        (Some(true), 1..=11) => hour + 12,
        (Some(false), 12) => 0,
        _ => hour,
    };
    let narrow = |n: u32| i8::try_from(n).ok();
    let tomorrow = hour == 24 && minute == 0;
    Time::new(
        narrow(if tomorrow { 0 } else { hour })?,
        narrow(minute)?,
        narrow(second)?,
        0,
    )
    .ok()
    .map(|t| (t, tomorrow, next))
}

/// The zone or offset at a token, in brackets or not.
fn zone_name(tokens: &[DateToken], at: usize) -> Option<(Offset, usize)> {
    let at = skip(tokens, at, "(");
    match tokens.get(at)? {
        DateToken::Word(name) => {
            let hours = match name.as_str() {
                "z" | "ut" | "utc" | "gmt" => {
                    let named = offset(tokens, at + 1).or_else(|| short_offset(tokens, at + 1));
                    return Some(named.unwrap_or((Offset::UTC, at + 1)));
                }
                "kst" | "jst" => 9,
                "edt" => -4,
                "est" | "et" | "cdt" => -5,
                "cst" | "ct" | "mdt" => -6,
                "mst" | "mt" | "pdt" => -7,
                "pst" | "pt" => -8,
                "wet" => 0,
                "bst" | "cet" | "met" | "west" => 1,
                "cest" | "mest" | "eet" => 2,
                "eest" | "msk" => 3,
                "hkt" | "sgt" => 8,
                "aest" => 10,
                "aedt" => 11,
                _ => return None,
            };
            Some((Offset::constant(hours), at + 1))
        }
        _ => offset(tokens, at),
    }
}

/// An offset of one digit such as `+9`, which is one only directly after a zone's name.
fn short_offset(tokens: &[DateToken], at: usize) -> Option<(Offset, usize)> {
    let hours = i8::try_from(number(tokens, at + 1, 1..=1)?).ok()?;
    match tokens.get(at)? {
        DateToken::Mark('+') => Some((Offset::constant(hours), at + 2)),
        DateToken::Mark('-') => Some((Offset::constant(-hours), at + 2)),
        _ => None,
    }
}

/// An offset: `+09:00`, `+0900`, `-05`.
fn offset(tokens: &[DateToken], at: usize) -> Option<(Offset, usize)> {
    let sign = match tokens.get(at)? {
        DateToken::Mark('+') => 1,
        DateToken::Mark('-' | '−') => -1,
        _ => return None,
    };
    let (hours, minutes, next) = match tokens.get(at + 1)? {
        DateToken::Number(packed, 4) => (packed / 100, packed % 100, at + 2),
        DateToken::Number(hours, 2) if tokens.get(at + 2) == Some(&DateToken::Mark(':')) => {
            (*hours, number(tokens, at + 3, 2..=2)?, at + 4)
        }
        DateToken::Number(hours, 2) => (*hours, 0, at + 2),
        _ => return None,
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    Offset::from_seconds(sign * seconds).ok().map(|o| (o, next))
}
