//! Reads the date of an element or a label on a page, in several languages.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use crate::news::Stamp;
use crate::news::hangul::is_alphanumeric;

/// The first date in `text` with the time and zone beside it; `home` is assumed if it names no
/// zone.
pub(crate) fn date(text: &str, home: Offset) -> Option<Stamp> {
    let text = text.trim();
    let found = numeric(text)
        .or_else(|| day_first(text))
        .or_else(|| worded(text))?;
    let (date, rest) = found;
    let (time, rest) = clock(rest)
        .or_else(|| Some((clock_before(text)?, rest)))
        .unwrap_or((Time::midnight(), rest));
    let wall = DateTime::from_parts(date, time);
    match zone(rest) {
        // Servers write UTC; the result is shown in the readers' zone.
        Some(Offset::UTC) => Offset::UTC
            .to_timestamp(wall)
            .ok()
            .map(|at| Stamp::new(at, home)),
        Some(offset) => offset
            .to_timestamp(wall)
            .ok()
            .map(|at| Stamp::new(at, offset)),
        None => home.to_timestamp(wall).ok().map(|at| Stamp::new(at, home)),
    }
}

/// Whether the text has a date with a time of day.
pub(crate) fn has_clock(text: &str) -> bool {
    let text = text.trim();
    let date = numeric(text)
        .or_else(|| day_first(text))
        .or_else(|| worded(text));
    date.is_some_and(|(_, rest)| clock(rest).is_some() || clock_before(text).is_some())
}

/// Reads up to `most` digits: the number, how many there were, and the rest of the text.
fn digits(text: &str, most: usize) -> Option<(i64, usize, &str)> {
    let len = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    let number = text.get(..len)?.parse().ok()?;
    Some((number, len, &text[len..]))
}

/// A date with the year first: `2023-04-07`, `2023.04.07.`, `2023/4/7`, `2023년 4월 7일`, `2023年4月7日`,
/// `20230407`.
fn numeric(text: &str) -> Option<(Date, &str)> {
    for (at, _) in text.match_indices(['1', '2']).take(40) {
        if text[..at].ends_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let Some((year, 4, rest)) = digits(&text[at..], 4) else {
            continue;
        };
        if !(1980..2100).contains(&year) {
            continue;
        }
        let part = |rest: &'_ str| -> Option<usize> {
            let bare = rest.trim_start_matches(|c: char| {
                c.is_whitespace() || matches!(c, '-' | '.' | '/' | '년' | '월' | '年' | '月')
            });
            (bare.len() < rest.len()).then(|| rest.len() - bare.len())
        };
        let date = match part(rest) {
            Some(gap) => {
                let Some((month, _, rest)) = digits(&rest[gap..], 2) else {
                    continue;
                };
                let Some(gap) = part(rest) else { continue };
                let Some((day, _, rest)) = digits(&rest[gap..], 2) else {
                    continue;
                };
                day_of(year, month, day).map(|d| (d, rest))
            }
            None => match (
                rest.get(..2).and_then(|s| s.parse().ok()),
                rest.get(2..4).and_then(|s| s.parse().ok()),
            ) {
                (Some(month), Some(day)) => day_of(year, month, day).map(|d| (d, &rest[4..])),
                _ => None,
            },
        };
        if date.is_some() {
            return date;
        }
    }
    None
}

/// A date with dots and the day first, which is the order in every language: `07.04.2023`,
/// `7. 4. 2023`.
fn day_first(text: &str) -> Option<(Date, &str)> {
    let starts = text.char_indices().take(160).filter(|(at, c)| {
        c.is_ascii_digit()
            && !text[..*at].ends_with(|before: char| before.is_ascii_digit() || before == '.')
    });
    starts.take(20).find_map(|(at, _)| {
        let (day, _, rest) = digits(&text[at..], 2)?;
        let (month, _, rest) = digits(rest.strip_prefix('.')?.trim_start_matches(' '), 2)?;
        let (year, 4, rest) = digits(rest.strip_prefix('.')?.trim_start_matches(' '), 4)? else {
            return None;
        };
        let date = (1980..2100)
            .contains(&year)
            .then(|| day_of(year, month, day))??;
        (!rest.starts_with(|c: char| c.is_ascii_digit() || c == '.')).then_some((date, rest))
    })
}

fn day_of(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    )
    .ok()
}

/// Beginnings of the English months in lower case.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Beginnings of months in German, French, Spanish, Portuguese and Italian that differ from
/// English.
const ABROAD: [&[&str]; 12] = [
    &["jän", "ene", "gen"],
    &["fév"],
    &["mär"],
    &["avr", "abr"],
    &["mai", "mag"],
    &["juin", "giu"],
    &["juil", "lug"],
    &["août", "aou", "ago"],
    &["set"],
    &["okt", "out", "ott"],
    &[],
    &["dez", "déc", "dic"],
];

/// A date with the month's name: `7 April 2023`, `April 7, 2023`, `Fri, 07 Apr 2023 …`.
fn worded(text: &str) -> Option<(Date, &str)> {
    let mut words = Vec::new();
    let mut from = None;
    for (i, c) in text
        .char_indices()
        .take(200)
        .chain(std::iter::once((text.len().min(200), ' ')))
    {
        match (is_alphanumeric(c), from) {
            (true, None) => from = Some(i),
            (false, Some(start)) => {
                words.extend(text.get(start..i).map(|w| (i, w)));
                from = None;
            }
            _ => {}
        }
    }
    // Spanish and Portuguese put words between: `20 de marzo de 2024`.
    words.retain(|(_, w)| !matches!(*w, "de" | "del"));
    let month_of = |w: &str| {
        let lower = w.to_lowercase();
        let begins = |names: &[&str]| names.iter().any(|m| lower.starts_with(m));
        let english = || MONTHS.iter().position(|m| lower.starts_with(m));
        let abroad = ABROAD.iter().position(|names| begins(names));
        abroad.or_else(|| {
            (lower.len() >= 3 && lower.is_ascii())
                .then(english)
                .flatten()
        })
    };
    let number = |w: &str| {
        w.trim_end_matches(|c: char| c.is_ascii_alphabetic())
            .parse::<i64>()
            .ok()
    };
    words.windows(3).find_map(|w| {
        let (day, month, year) = match (month_of(w[0].1), month_of(w[1].1)) {
            (Some(m), _) => (number(w[1].1)?, m, number(w[2].1)?),
            (None, Some(m)) => (number(w[0].1)?, m, number(w[2].1)?),
            _ => return None,
        };
        let date = (1980..2100)
            .contains(&year)
            .then(|| day_of(year, month as i64 + 1, day))??;
        Some((date, text.get(w[2].0..)?))
    })
}

/// The time within 24 characters after a date: `T18:36:58`, ` 오후 6:36`, `(금) 18시 36분`,
/// `at 6:36 p.m.`.
fn clock(rest: &str) -> Option<(Time, &str)> {
    let near: usize = rest.char_indices().nth(24).map_or(rest.len(), |(i, _)| i);
    let head = &rest[..near];
    let at = head.find(|c: char| c.is_ascii_digit())?;
    // A time after a bar or a word for an update belongs to another date.
    let between = head[..at].to_lowercase();
    if between.contains(['|', '·', 'ㅣ'])
        || ["updat", "modif", "수정", "최종"]
            .iter()
            .any(|w| between.contains(w))
    {
        return None;
    }
    time_at(rest, at)
}

/// The time before a date in a short line: `Published: 09:12, 20 March 2024`.
fn clock_before(text: &str) -> Option<Time> {
    let colon = text.match_indices(':').map(|(at, _)| at).take(4);
    let mut places = colon.filter(|at| text[..*at].ends_with(|c: char| c.is_ascii_digit()));
    let at = places.next().filter(|at| *at <= 24 && text.len() <= 80)?;
    let from = text[..at]
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .len();
    time_at(text, from).map(|(time, _)| time)
}

/// The time whose digits begin at `at`, with AM or PM before or after it, and the rest of the text.
fn time_at(rest: &str, at: usize) -> Option<(Time, &str)> {
    let head = rest;
    let (hour, _, after) = digits(&rest[at..], 2)?;
    let after = after.strip_prefix([':', 'h', 'H']).or_else(|| {
        after
            .trim_start()
            .strip_prefix(['시', '時', '时'])
            .map(str::trim_start)
    })?;
    let (minute, second, mut tail) = match digits(after, 2) {
        Some((minute, _, tail)) => match tail.strip_prefix(':').and_then(|t| digits(t, 2)) {
            Some((second, _, tail)) => (minute, second, tail),
            None => (minute, 0, tail),
        },
        None => (0, 0, after),
    };
    let marks = tail.trim_start().to_ascii_lowercase();
    let afternoon = head[..at].contains("오후")
        || head[..at].contains("PM")
        || marks.starts_with("pm")
        || marks.starts_with("p.m");
    let morning =
        head[..at].contains("오전") || marks.starts_with("am") || marks.starts_with("a.m");
    let hour = match hour {
        12 if morning => 0,
        1..=11 if afternoon => hour + 12,
        h => h,
    };
    if let Some(fraction) = tail.strip_prefix('.') {
        tail = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    for mark in ["am", "pm", "a.m.", "p.m.", "a.m", "p.m"] {
        let bare = tail.trim_start();
        if bare
            .get(..mark.len())
            .is_some_and(|m| m.eq_ignore_ascii_case(mark))
        {
            tail = &bare[mark.len()..];
            break;
        }
    }
    let time = Time::new(
        hour.try_into().ok()?,
        minute.try_into().ok()?,
        second.try_into().ok()?,
        0,
    )
    .ok()?;
    Some((time, tail))
}

/// The zone that the text begins with: `Z`, `+09:00`, `+0900`, `KST`, `GMT`.
fn zone(rest: &str) -> Option<Offset> {
    let rest = rest.trim_start();
    if rest.starts_with(['Z', 'z']) || rest.starts_with("GMT") || rest.starts_with("UTC") {
        return Some(Offset::UTC);
    }
    if rest.starts_with("KST") || rest.starts_with("JST") {
        return Some(Offset::constant(9));
    }
    let name = rest
        .trim_start_matches(['.', ',', ' '])
        .trim_start_matches("m.")
        .trim_start();
    let named = [
        ("EDT", -4),
        ("EST", -5),
        ("ET", -5),
        ("CDT", -5),
        ("CST", -6),
        ("MDT", -6),
        ("MST", -7),
        ("PDT", -7),
        ("PST", -8),
        ("BST", 1),
        ("CEST", 2),
        ("CET", 1),
    ];
    let whole = |w: &str| {
        name.strip_prefix(w)
            .is_some_and(|r| !r.starts_with(is_alphanumeric))
    };
    if let Some((_, hours)) = named.iter().find(|(w, _)| whole(w)) {
        return Some(Offset::constant(*hours));
    }
    let sign = match rest.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let (hours, 2, after) = digits(rest.get(1..)?, 2)? else {
        return None;
    };
    let after = after.strip_prefix(':').unwrap_or(after);
    let minutes = digits(after, 2)
        .filter(|(_, n, _)| *n == 2)
        .map_or(0, |(m, _, _)| m);
    Offset::from_seconds(i32::try_from(sign * (hours * 3600 + minutes * 60)).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::dates::home_zone::home_zone;
    use crate::news::stamp::KST;

    fn home(language: &str) -> Offset {
        home_zone(Some(language), None, || false)
    }

    fn read(text: &str) -> String {
        date(text, KST).map_or_else(|| "-".to_owned(), |s| s.to_string())
    }

    #[test]
    fn korean_ways_to_write_a_date_are_read() {
        for text in [
            "입력 2023.04.07 18:36",
            "2023-04-07T18:36:00+09:00",
            "2023-04-07T18:36:00+0900",
            "송고시간2023년 4월 7일 오후 6시 36분",
            "등록 2023-04-07 오후 6:36:00",
            "2023.04.07. (금) 18:36",
            "Fri, 07 Apr 2023 18:36:00 +0900",
            "20230407 18:36",
        ] {
            assert_eq!(read(text), "2023-04-07T18:36:00+09:00", "{text}");
        }
    }

    #[test]
    fn a_named_zone_is_kept() {
        assert_eq!(
            read("2023-04-07T10:20:47.123Z"),
            "2023-04-07T19:20:47+09:00"
        );
        assert_eq!(
            date("2023-04-07T10:20:47Z", Offset::UTC)
                .unwrap()
                .to_string(),
            "2023-04-07T10:20:47+00:00"
        );
        assert_eq!(
            read("2023-04-07T10:20:47-05:00"),
            "2023-04-07T10:20:47-05:00"
        );
        assert_eq!(read("April 7, 2023 6:36 p.m."), "2023-04-07T18:36:00+09:00");
    }

    #[test]
    fn other_tongues_write_dates_their_own_way() {
        assert_eq!(
            date("2024年3月20日 9時12分", home("ja"))
                .unwrap()
                .to_string(),
            "2024-03-20T09:12:00+09:00"
        );
        assert_eq!(
            date("Stand: 20.03.2024, 09:12 Uhr", home("de"))
                .unwrap()
                .to_string(),
            "2024-03-20T09:12:00+00:00"
        );
        assert_eq!(
            date("20. März 2024", home("de")).unwrap().to_string(),
            "2024-03-20T00:00:00+00:00"
        );
        let french = date("Publié le 20 mars 2024 à 09h12", home("fr")).unwrap();
        assert_eq!(french.to_string(), "2024-03-20T09:12:00+00:00");
        for text in [
            "20 de marzo de 2024",
            "20 août 2023",
            "20 dicembre 2024",
            "15 juin 2024",
        ] {
            assert!(date(text, home("es")).is_some(), "{text}");
        }
        let early = date("Published: 09:12, 20 March 2024", home("en")).unwrap();
        assert_eq!(early.to_string(), "2024-03-20T09:12:00+00:00");
        let both = date("20 March 2024 | Updated: 11:40", home("en")).unwrap();
        assert_eq!(both.to_string(), "2024-03-20T00:00:00+00:00");
        let eastern = date("Updated March 20, 2024 9:12 a.m. EDT", home("en")).unwrap();
        assert_eq!(eastern.to_string(), "2024-03-20T09:12:00-04:00");
        assert!(
            date("1.2.2024.5", home("de")).is_none(),
            "an address or a version"
        );
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "1234",
            "2023-13-45",
            "call 02-398-8585",
            "99999999999999",
            "가나다",
        ] {
            assert_eq!(read(text), "-", "{text}");
        }
    }
}
