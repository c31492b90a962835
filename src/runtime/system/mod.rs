//! The system around the program.
//!
//! * `paths` – XDG directories; `log` – the log file; `atomic_file` – atomic file writes;
//!   `limited_read` – reads up to a limit
//! * `library_watch` – notices when another process has written to the library
//! * `desktop` – browser and picture viewer; `share` – clipboard, files, mail, the reader's own
//!   programs
//! * `font_files` – the fonts of the system
//! * `printer` – pages and CUPS; in a program without the feature `print`, `printer_not_built.rs`
//!   stands there
//! * `command` – programs that the settings name; `program` – runs them within limits;
//!   `process_group` – ends one with all that it started; `secret` – what a password store prints

pub mod atomic_file;
#[cfg(test)]
pub(crate) mod child;
pub(crate) mod command;
pub mod desktop;
pub(crate) mod font_files;
pub mod library_watch;
pub mod limited_read;
pub mod log;
pub mod paths;
#[cfg(feature = "print")]
pub mod printer;
#[cfg(not(feature = "print"))]
#[path = "printer_not_built.rs"]
pub mod printer;
pub(crate) mod process_group;
pub(crate) mod program;
pub(crate) mod secret;
pub mod share;
