//! What the machines of one reader share through a folder (`docs/sync.md`): each change is an *act*
//! of one machine on one field of one thing, and of the acts on a field the latest counts. The
//! files in the folder are written and read by [`crate::runtime::sync`].
//!
//! * `act` – an act; `clock` – which of several acts on a field counts
//! * `captured` – what was changed here becomes acts; `kept_scrap`, `kept_feed` – what acts say of
//!   a scrap or a subscription, and what they make of it
//! * `marks` – read marks and places, also of articles that come here after them
//! * `taken` – takes in acts of other machines; `applied` – brings the library up to what counts
//! * `names` – what the machines call the articles and subscriptions of this library
//! * `words` – notes, labels and highlights, of which nothing goes that was not seen
//! * `values` – the act that counts for a field, and texts
//! * `state` – this machine's number, and how far its journal is written

mod act;
mod applied;
mod captured;
mod clock;
mod kept_feed;
mod kept_scrap;
mod marks;
mod names;
mod state;
mod taken;
#[cfg(test)]
mod tests;
mod values;
mod words;

pub use act::{ActField, ActStamp, MachineId, SharedAct};
pub(super) use marks::{meet, name};
pub use state::{KnownMachine, OwnJournal};
pub use taken::ActsTaken;
