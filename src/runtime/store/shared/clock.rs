//! Which of several acts on one field counts. Pure: values in, a verdict out.
//!
//! Each machine's own acts are in the order of their numbers, so that its last act on a field is
//! the only one that matters. Between machines the later act counts: each act has the time of its
//! machine's clock (`wall`), and a time that it is later than, since the machine knew of acts of
//! that time (`floor`). The greater of the two is its time, so that who acts upon another's act
//! wins over it, whatever the clocks say.
//!
//! A clock that is ahead must not win by that. A machine that reads an act which its own clock has
//! not reached says so in its journal (`Sighting`). From then on the `wall` of that act is not
//! believed, by any machine, and its `floor` counts instead: of two acts of which neither knew, the
//! one of the clock that is ahead loses. All of that is in the journals, so that all machines come
//! to the same result, in whichever order they read them.

use std::collections::HashMap;

use super::act::{ActStamp, MachineId};

/// By how many milliseconds a clock may be ahead and is still believed.
pub(super) const TOLERANCE: i64 = 5 * 60 * 1000;

/// That the acts of a machine up to a number were there at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sighting {
    /// The last number that was there.
    pub(super) seq: i64,
    /// When, in milliseconds since 1970, by the clock of the machine that saw it.
    pub(super) at: i64,
}

/// The sightings of all journals, by the machine that was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sightings(HashMap<MachineId, Vec<Sighting>>);

impl Sightings {
    pub(super) fn add(&mut self, seen: MachineId, sighting: Sighting) {
        let of_machine = self.0.entry(seen).or_default();
        if !of_machine.contains(&sighting) {
            of_machine.push(sighting);
        }
    }

    /// The time of an act, in milliseconds since 1970.
    pub(super) fn time(&self, machine: MachineId, stamp: ActStamp) -> i64 {
        let later = stamp.wall.max(stamp.floor);
        let Some(limit) = self.limit(machine, stamp.seq) else {
            return later;
        };
        if later <= limit {
            later
        } else if stamp.floor <= limit {
            // The machine's own clock is what is ahead.
            stamp.floor.max(0)
        } else if stamp.wall <= limit {
            stamp.wall.max(0)
        } else {
            0
        }
    }

    /// The latest time that an act of this number can have.
    fn limit(&self, machine: MachineId, seq: i64) -> Option<i64> {
        let of_machine = self.0.get(&machine)?;
        let covering = of_machine.iter().filter(|seen| seen.seq >= seq);
        let earliest = covering.map(|seen| seen.at).min()?;
        Some(earliest.saturating_add(TOLERANCE))
    }

    /// What decides between acts of several machines on one field: the greatest counts. Where the
    /// times are the same, any order will do that is the same everywhere.
    pub(super) fn rank(&self, machine: MachineId, stamp: ActStamp) -> (i64, i64, MachineId) {
        (self.time(machine, stamp), stamp.wall, machine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: MachineId = MachineId(1);
    const B: MachineId = MachineId(2);
    const HOUR: i64 = 3_600_000;
    const YEARS: i64 = 2 * 365 * 24 * HOUR;
    const NOW: i64 = 1_800_000_000_000;

    fn stamp(seq: i64, wall: i64, floor: i64) -> ActStamp {
        ActStamp { seq, wall, floor }
    }

    #[test]
    fn the_later_act_counts_and_who_knew_of_the_other_wins() {
        let none = Sightings::default();
        let early = none.rank(A, stamp(9, NOW, 0));
        assert!(early < none.rank(B, stamp(1, NOW + 1, 0)));
        // B's clock is behind by years; it knew of A's act.
        assert!(early < none.rank(B, stamp(1, NOW - YEARS, NOW + 1)));
    }

    #[test]
    fn a_clock_that_is_ahead_wins_nothing() {
        let mut seen = Sightings::default();
        let ahead = stamp(4, NOW + YEARS, NOW - 2 * HOUR);
        let later = stamp(7, NOW + HOUR, NOW - 2 * HOUR);
        assert!(seen.rank(A, ahead) > seen.rank(B, later), "not seen yet");
        seen.add(
            A,
            Sighting {
                seq: 4,
                at: NOW + 2 * HOUR,
            },
        );
        assert!(seen.rank(A, ahead) < seen.rank(B, later));
        assert_eq!(seen.time(A, ahead), NOW - 2 * HOUR);
        // It still wins over what it knew of.
        assert!(seen.rank(A, ahead) > seen.rank(B, stamp(6, NOW - 2 * HOUR - 1, 0)));
        // Once its clock is right, its acts count as any others.
        let mended = stamp(5, NOW + 3 * HOUR, 0);
        seen.add(
            A,
            Sighting {
                seq: 5,
                at: NOW + 4 * HOUR,
            },
        );
        assert_eq!(seen.time(A, mended), NOW + 3 * HOUR);
        assert_eq!(
            seen.time(A, ahead),
            NOW - 2 * HOUR,
            "and the old ones stay where they are"
        );
        // A clock of a few minutes is believed, and numbers that overflow are no times.
        let near = stamp(5, NOW + 4 * HOUR + TOLERANCE, 0);
        assert_eq!(seen.time(A, near), NOW + 4 * HOUR + TOLERANCE);
        assert_eq!(seen.time(A, stamp(2, i64::MAX, i64::MAX)), 0);
    }
}
