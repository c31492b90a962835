//! Keeps libraries in step through a folder that any file sync carries. `docs/sync.md` has the
//! format and the rule; what is done is caught by the library
//! ([`crate::runtime::store::SharedAct`]).
//!
//! Each machine writes one file, its journal, and no other. It appends what was done since; where
//! that has grown to twice what it need be, it writes a new file and deletes the old one. What was
//! read is stored in the library, so that a file that is late, cut or gone takes nothing back.
//!
//! * `exchange` – reads the others' journals, and writes one's own
//! * `journal` – a journal's file: its first line, and frames that each stand for themselves
//! * `act_lines` – acts as the lines of a frame; `seal` – frames that only a key opens
//! * `own_file` – appends to this machine's journal, and compacts it
//! * `folder_status` – who uses the folder, and when there was the last exchange

mod act_lines;
mod exchange;
mod folder_status;
mod journal;
mod own_file;
mod seal;
#[cfg(test)]
mod tests;

pub use exchange::{FolderReport, exchange, hand_over};
pub use folder_status::{FolderStatus, SeenMachine, folder_stamp, folder_status};
pub use journal::FolderFault;
