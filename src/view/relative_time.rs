//! Times in everyday words.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::config::Words;
use crate::news::Stamp;

/// "방금", "3분 전", "어제", "11월 20일": the time of `stamp` as seen from `now` in the user's time
/// zone.
pub fn ago(stamp: Stamp, now: Timestamp, zone: &TimeZone, words: &Words) -> String {
    let minutes = now.duration_since(stamp.at).as_mins();
    let (then, today) = (
        stamp.local(zone).date(),
        now.to_zoned_datetime(zone.clone()).date(),
    );
    let days = today.since(then).map_or(i32::MAX, |span| span.get_days());
    let n = |key: &str, n: i64| words.fill(key, &[("n", &n.to_string())]);
    match (minutes, days) {
        (-60..1, _) => words.get("when.now").to_owned(),
        (1..60, _) => n("when.minutes", minutes),
        (60.., 0) => n("when.hours", minutes / 60),
        (_, 1) => words.get("when.yesterday").to_owned(),
        (_, 2..7) => n("when.days", i64::from(days)),
        _ => {
            let (year, month, day) = (
                then.year().to_string(),
                then.month().to_string(),
                then.day().to_string(),
            );
            let key = if then.year() == today.year() {
                "when.date"
            } else {
                "when.full-date"
            };
            words.fill(key, &[("year", &year), ("month", &month), ("day", &day)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Language;
    use crate::news::stamp::KST;

    #[test]
    fn a_time_is_said_as_people_say_it() {
        let (words, zone) = (Words::of(Language::Korean), TimeZone::fixed(KST));
        let now: Timestamp = "2026-11-22T12:00:00+09:00".parse().unwrap();
        for (then, said) in [
            ("2026-11-22T11:59:50+09:00", "방금"),
            ("2026-11-22T11:57:00+09:00", "3분 전"),
            ("2026-11-22T00:10:00+09:00", "11시간 전"),
            ("2026-11-21T23:50:00+09:00", "어제"),
            ("2026-11-19T12:00:00+09:00", "3일 전"),
            ("2026-03-05T12:00:00+09:00", "3월 5일"),
            ("2025-03-05T12:00:00+09:00", "2025년 3월 5일"),
            ("2026-11-22T12:30:00+09:00", "방금"),
        ] {
            assert_eq!(
                ago(then.parse().unwrap(), now, &zone, &words),
                said,
                "{then}"
            );
        }
    }
}
