//! The system around the program.
//!
//! * `paths` – XDG directories; `log` – the log file; `atomic_file` – atomic file writes;
//!   `limited_read` – reads up to a limit
//! * `library_watch` – notices when another process has written to the library
//! * `desktop` – browser and picture viewer; `share` – clipboard, files, mail, the reader's own
//!   programs
//! * `printer` – fonts and CUPS; `command` – programs that the settings name; `program` – runs
//!   them within limits; `secret` – what a
//!   password store prints

pub mod atomic_file;
#[cfg(test)]
pub(crate) mod child;
pub(crate) mod command;
pub mod desktop;
pub mod library_watch;
pub mod limited_read;
pub mod log;
pub mod paths;
pub mod printer;
pub(crate) mod program;
pub(crate) mod secret;
pub mod share;
