//! Reads dates in the forms that only feeds use, such as digits without separators and the default
//! formats of programming languages, and leaves the others to [`scan`].

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::Offset;

use super::scan;
use crate::news::Stamp;
use crate::news::stamp::KST;

/// The time that `written` means, with the offset that it states; `zone` is assumed if it states
/// none.
pub(crate) fn stamp(written: &str, zone: Offset) -> Option<Stamp> {
    let written = written.trim();
    let whole = written
        .split_once('.')
        .filter(|(_, part)| is_digits(part))
        .map_or(written, |(whole, _)| whole);
    let at = if is_digits(whole) {
        packed(whole, zone).map(|at| Stamp::new(at, zone))
    } else if let Some(at) = standard(written) {
        Some(at)
    } else {
        let turned = year_last(written)
            .or_else(|| basic(written))
            .or_else(|| turned(written, zone));
        scan::first(turned.as_deref().unwrap_or(written), zone)
    };
    // Many systems write 1970-01-01 if they don't know the date.
    at.filter(|stamp| stamp.at != Timestamp::UNIX_EPOCH)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The years 1970 to 2199 in seconds, without the epoch itself.
const PLAUSIBLE: std::ops::Range<i64> = 1..7_258_118_400;

/// Reads `Sun, 22 Nov 2026 09:12:00 +0900` and `2026-11-22T09:12:00+09:00`, which nearly all feeds
/// use; this takes a tenth of the time that a search for a date takes. Zones with names are left to
/// [`scan`], which knows more of them.
fn standard(written: &str) -> Option<Stamp> {
    let at = match written.as_bytes() {
        [.., b'+' | b'-', a, b, c, d] if [a, b, c, d].into_iter().all(u8::is_ascii_digit) => {
            DateTimeParser::new()
                .relaxed_weekday(true)
                .parse_timestamp(written)
                .ok()
        }
        [b'0'..=b'9', ..] => written.parse().ok(),
        _ => None,
    };
    at.map(Timestamp::as_second)
        .filter(|at| PLAUSIBLE.contains(at))
        .and_then(|at| Timestamp::from_second(at).ok())
        .map(|at| Stamp::new(at, stated_offset(written)))
}

/// The offset at the end of a date in a standard form: `+0900`, `-05:00`, `Z`.
fn stated_offset(written: &str) -> Offset {
    let bytes = written.as_bytes();
    let sign = bytes
        .iter()
        .rposition(|b| matches!(b, b'+' | b'-'))
        .filter(|at| bytes.len() - at <= 6 && *at > 10);
    let Some(sign) = sign else {
        return Offset::UTC;
    };
    let digits: Vec<i32> = bytes[sign + 1..]
        .iter()
        .filter(|b| b.is_ascii_digit())
        .map(|b| i32::from(b - b'0'))
        .collect();
    let [a, b, c, d] = digits[..] else {
        return Offset::UTC;
    };
    let seconds = ((a * 10 + b) * 60 + c * 10 + d) * 60;
    let signed = if bytes[sign] == b'-' {
        -seconds
    } else {
        seconds
    };
    Offset::from_seconds(signed).unwrap_or(Offset::UTC)
}

/// Reads `2026`, `20261122`, `202611220912`, `20261122091200` with or without milliseconds, and
/// seconds or milliseconds since 1970.
fn packed(digits: &str, zone: Offset) -> Option<Timestamp> {
    let number = |from: usize, to: usize| {
        digits
            .get(from..to)
            .map_or(Some(0), |part| part.parse::<i8>().ok())
    };
    match digits.len() {
        10 => Timestamp::from_second(digits.parse().ok()?).ok(),
        13 => Timestamp::from_millisecond(digits.parse().ok()?).ok(),
        4 | 8 | 12 | 14 | 17 => {
            let year = digits[..4]
                .parse()
                .ok()
                .filter(|year| (1900..2200).contains(year))?;
            let (month, day) = if digits.len() == 4 {
                (1, 1)
            } else {
                (number(4, 6)?, number(6, 8)?)
            };
            let at = DateTime::new(
                year,
                month,
                day,
                number(8, 10)?,
                number(10, 12)?,
                number(12, 14)?,
                0,
            );
            zone.to_timestamp(at.ok()?).ok()
        }
        _ => None,
    }
}

/// Rewrites `Sun Nov 22 09:12:00 KST 2026` and `Sun Nov 22 09:12:00 2026 KST` with the year before
/// the time.
fn year_last(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.split_whitespace().collect();
    let (day, rest) = match parts[..] {
        [day, month, date, ref rest @ ..] if rest.len() >= 2 => {
            (format!("{day}, {date} {month}"), rest)
        }
        _ => return None,
    };
    let year = rest
        .iter()
        .rposition(|part| part.len() == 4 && is_digits(part))
        .filter(|at| *at + 2 >= rest.len())?;
    let time: Vec<&str> = rest
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != year)
        .map(|(_, part)| *part)
        .collect();
    time.first()?
        .contains(':')
        .then(|| format!("{day} {} {}", rest[year], time.join(" ")))
}

/// Rewrites `20261122T091200Z` with separators, and `2026-11` as the first of the month.
fn basic(written: &str) -> Option<String> {
    if let Some((year, month)) = written.split_once('-')
        && (year.len(), month.len()) == (4, 2)
        && is_digits(month)
    {
        return Some(format!("{written}-01"));
    }
    let (day, time) = written.split_once('T')?;
    let digits = time.bytes().take_while(u8::is_ascii_digit).count();
    if day.len() != 8 || !is_digits(day) || !matches!(digits, 4 | 6) {
        return None;
    }
    let (time, zone) = time.split_at(digits);
    Some(format!(
        "{day} {}:{}:{}{zone}",
        &time[..2],
        &time[2..4],
        time.get(4..6).unwrap_or("00")
    ))
}

/// Rewrites `22.11.2026 09:12`, `11/22/2026 9:12 AM` and `26.11.22` with the year first. Of day and
/// month, a number above 12 is the day; else AM or PM with slashes means that the month is first. A
/// year of two digits is first in Korea and between dashes.
fn turned(written: &str, zone: Offset) -> Option<String> {
    let end = written
        .find(|c: char| !c.is_ascii_digit() && !"./-".contains(c))
        .unwrap_or(written.len());
    let (date, rest) = written.split_at(end);
    let date = date.trim_end_matches('.');
    let mark = date.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = date.split(mark).collect();
    let [a, b, c] = parts[..] else { return None };
    if ![a, b, c].into_iter().all(is_digits) || a.len() > 2 || b.len() > 2 {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    let (year, month, day) = match c.len() {
        4 => {
            let halves = rest.to_ascii_lowercase();
            let american = mark == '/' && (halves.contains("am") || halves.contains("pm"));
            let month_first = number(a) <= 12 && (number(b) > 12 || american);
            if month_first {
                (c.to_owned(), a, b)
            } else {
                (c.to_owned(), b, a)
            }
        }
        2 if a.len() == 2 && (mark == '-' || zone == KST) => (
            format!("{}{a}", if number(a) < 70 { "20" } else { "19" }),
            b,
            c,
        ),
        _ => return None,
    };
    Some(format!("{year}-{month}-{day}{rest}"))
}
