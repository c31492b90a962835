//! Carries the offset that a date states through the parser, which keeps only instants: as the
//! microseconds of the instant, which no feed needs.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::news::Stamp;

/// The microseconds that stand for UTC; each minute east of it adds one.
const MICROS_OF_UTC: i32 = 10_000;

/// A date for the parser.
pub(super) fn with_offset(stamp: Stamp) -> String {
    let minutes = stamp.offset().seconds() / 60;
    let micros = i64::from(MICROS_OF_UTC + minutes);
    let whole = stamp.at.as_second().saturating_mul(1_000_000);
    Timestamp::from_microsecond(whole.saturating_add(micros))
        .map_or_else(|_| stamp.at.to_string(), |at| at.to_string())
}

/// The date that the parser read in `micros` microseconds after `seconds`; `zone` is its offset
/// where it did not come from [`with_offset`].
pub(super) fn stamp_of(seconds: i64, micros: u32, zone: Offset) -> Option<Stamp> {
    let at = Timestamp::from_second(seconds).ok()?;
    let minutes = i32::try_from(micros).ok()? - MICROS_OF_UTC;
    let offset = (minutes.abs() < 26 * 60)
        .then(|| Offset::from_seconds(minutes * 60).ok())
        .flatten();
    Some(Stamp::new(at, offset.unwrap_or(zone)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_comes_back() {
        for written in [
            "2026-11-28T09:00:00-05:00",
            "1999-01-02T03:04:05+05:45",
            "2026-11-28T09:00:00+00:00",
            "1969-05-01T00:00:00+09:00",
        ] {
            let stamp: Stamp = written.parse().unwrap();
            let read: Timestamp = with_offset(stamp).parse().unwrap();
            let micros = read.as_microsecond().rem_euclid(1_000_000);
            let seconds = read.as_microsecond().div_euclid(1_000_000);
            let micros = u32::try_from(micros).unwrap();
            let back = stamp_of(seconds, micros, Offset::UTC).unwrap();
            assert_eq!(back.to_string(), written);
        }
        let plain = stamp_of(0, 0, Offset::constant(9)).unwrap();
        assert_eq!(plain.to_string(), "1970-01-01T09:00:00+09:00");
    }
}
