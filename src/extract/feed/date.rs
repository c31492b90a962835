//! Dates as feeds alone write them, beside the shapes that people read: numbers without a mark, and what programs print by
//! default.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use crate::extract::when;

/// The instant that `written` names; `zone` is assumed where it names none.
pub(super) fn instant(written: &str, zone: Offset) -> Option<Timestamp> {
    let written = written.trim();
    if !written.is_empty() && written.bytes().all(|b| b.is_ascii_digit()) {
        return packed(written, zone);
    }
    let dated = year_last(written);
    when::first(dated.as_deref().unwrap_or(written), zone).map(|stamp| stamp.at)
}

/// `20261122091200`, `202611220912`, `20261122`, and seconds or milliseconds since 1970.
fn packed(digits: &str, zone: Offset) -> Option<Timestamp> {
    let number = |from: usize, to: usize| digits.get(from..to).map_or(Some(0), |part| part.parse::<i8>().ok());
    match digits.len() {
        10 => Timestamp::from_second(digits.parse().ok()?).ok(),
        13 => Timestamp::from_millisecond(digits.parse().ok()?).ok(),
        8 | 12 | 14 => {
            let year = digits[..4].parse().ok().filter(|year| (1900..2200).contains(year))?;
            let at =
                DateTime::new(year, number(4, 6)?, number(6, 8)?, number(8, 10)?, number(10, 12)?, number(12, 14)?, 0);
            zone.to_timestamp(at.ok()?).ok()
        }
        _ => None,
    }
}

/// `Sun Nov 22 09:12:00 KST 2026`, with the year where it is looked for.
fn year_last(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.split_whitespace().collect();
    let (day, rest) = match parts[..] {
        [day, month, date, ref rest @ ..] if rest.len() >= 2 => (format!("{day}, {date} {month}"), rest),
        _ => return None,
    };
    let (year, time) = rest.split_last()?;
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    (is_year && time.first()?.contains(':')).then(|| format!("{day} {year} {}", time.join(" ")))
}
