//! Acts as text: a line that says whose they are, and then a line for each, as JSON. Numbers and
//! times are differences from the line before, which takes a third less room once it is deflated.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

use crate::runtime::store::{ActStamp, MachineId, SharedAct};

/// The first line.
#[derive(Serialize, Deserialize)]
struct Author {
    by: String,
}

/// Any other line: differences of number, wall and floor, then field, thing, part, value.
#[derive(Serialize, Deserialize)]
struct Line<'a>(
    i64,
    i64,
    i64,
    #[serde(borrow)] Cow<'a, str>,
    i64,
    #[serde(borrow)] Cow<'a, str>,
    #[serde(borrow)] &'a RawValue,
);

/// Acts of one machine, in the order of their numbers, as text.
pub(super) fn to_lines(
    machine: MachineId,
    acts: &[SharedAct],
) -> Result<String, serde_json::Error> {
    let by = machine.to_string();
    let mut text = serde_json::to_string(&Author { by })?;
    text.push('\n');
    let mut before = ActStamp::default();
    for act in acts {
        let value: &RawValue = serde_json::from_str(act.value.as_deref().unwrap_or("null"))?;
        let stamp = act.stamp;
        let line = Line(
            stamp.seq.wrapping_sub(before.seq),
            stamp.wall.wrapping_sub(before.wall),
            stamp.floor.wrapping_sub(before.floor),
            Cow::Borrowed(&act.field),
            act.thing,
            Cow::Borrowed(&act.part),
            value,
        );
        text.push_str(&serde_json::to_string(&line)?);
        text.push('\n');
        before = stamp;
    }
    Ok(text)
}

/// The acts of a text; `None` where it is not one. A newer version may add to a line.
pub(super) fn of_lines(text: &str) -> Option<Vec<SharedAct>> {
    let (first, rest) = text.split_once('\n')?;
    let author: Author = serde_json::from_str(first).ok()?;
    let machine = MachineId::parse(&author.by)?;
    let mut stamp = ActStamp::default();
    let mut acts = Vec::new();
    for line in rest.lines() {
        let line: Line<'_> = serde_json::from_str(line).ok()?;
        stamp.seq = stamp.seq.wrapping_add(line.0);
        stamp.wall = stamp.wall.wrapping_add(line.1);
        stamp.floor = stamp.floor.wrapping_add(line.2);
        let value = line.6.get();
        acts.push(SharedAct {
            machine,
            stamp,
            field: line.3.into_owned(),
            thing: line.4,
            part: line.5.into_owned(),
            value: (value != "null").then(|| value.to_owned()),
        });
    }
    Some(acts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn act() -> impl Strategy<Value = SharedAct> {
        let stamp = (any::<i64>(), any::<i64>(), any::<i64>());
        let value = proptest::option::of("\\PC{0,9}");
        (stamp, any::<i64>(), "\\PC{0,9}", value).prop_map(
            |((seq, wall, floor), thing, part, v)| SharedAct {
                machine: MachineId(7),
                stamp: ActStamp { seq, wall, floor },
                field: "note".to_owned(),
                thing,
                part,
                value: v.map(|text| serde_json::to_string(&text).unwrap()),
            },
        )
    }

    proptest! {
        #[test]
        fn acts_come_back_as_they_were(acts in proptest::collection::vec(act(), 0..9)) {
            let text = to_lines(MachineId(7), &acts).unwrap();
            prop_assert_eq!(of_lines(&text), Some(acts));
        }

        #[test]
        fn no_text_is_a_panic(text in "\\PC{0,40}\n\\PC{0,40}") {
            let _ = of_lines(&text);
        }
    }
}
