//! A point in time with the zone offset it was written in, as newspapers print it.

use std::fmt;
use std::str::FromStr;

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime, civil};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Korean Standard Time, +09:00, assumed where a Korean page names no zone.
pub const KST: Offset = Offset::constant(9);

/// A point in time and the offset that its source gave (RFC 3339). Ordered by the instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The point in time.
    pub at: Timestamp,
    /// The offset from UTC that its source states, in seconds.
    offset: i32,
}

impl Stamp {
    /// The time `at`, as seen at `offset`.
    pub fn new(at: Timestamp, offset: Offset) -> Self {
        Self {
            at,
            offset: offset.seconds(),
        }
    }

    /// The offset.
    pub fn offset(self) -> Offset {
        Offset::from_seconds(self.offset).unwrap_or(Offset::UTC)
    }

    /// Date and time as a reader in `zone` sees them.
    pub fn local(self, zone: &TimeZone) -> civil::DateTime {
        zone.to_datetime(self.at)
    }

    /// As [`Stamp::local`], in figures: `2025-07-29 09:12`.
    pub fn shown(self, zone: &TimeZone) -> String {
        self.local(zone).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// Local date and time at that offset.
    pub fn wall(self) -> civil::DateTime {
        self.offset().to_datetime(self.at)
    }
}

impl fmt::Display for Stamp {
    /// RFC 3339 with a numeric offset: `2025-07-29T09:12:00+09:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.at.display_with_offset(self.offset()))
    }
}

impl FromStr for Stamp {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        if let Ok(zoned) = text.parse::<ZonedDateTime>() {
            return Ok(Self::new(zoned.timestamp(), zoned.offset()));
        }
        let pieces = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text)?;
        let at: Timestamp = text.parse()?;
        Ok(Self::new(
            at,
            pieces.to_numeric_offset().unwrap_or(Offset::UTC),
        ))
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_in_the_readers_zone() {
        let zone = |hours| TimeZone::fixed(Offset::constant(hours));
        for (stated, hours, shown) in [
            ("2026-11-29T00:00:00Z", 9, "2026-11-29 09:00"),
            ("2026-11-29T00:00:00+09:00", 0, "2026-11-28 15:00"),
            ("2026-11-29T08:30:00+09:00", -5, "2026-11-28 18:30"),
        ] {
            let stamp: Stamp = stated.parse().unwrap();
            assert_eq!(stamp.shown(&zone(hours)), shown, "{stated} {hours}");
        }
    }

    #[test]
    fn the_offset_survives_a_round_trip() {
        let stamp: Stamp = "2025-07-29T09:12:00+09:00".parse().unwrap();
        assert_eq!(stamp.to_string(), "2025-07-29T09:12:00+09:00");
        assert_eq!(stamp.at.to_string(), "2025-07-29T00:12:00Z");
    }
}
