//! The machine around the program: paths, log, files written whole, browser, clipboard, printer.

pub mod atomic_file;
#[cfg(test)]
pub(crate) mod child;
pub mod desktop;
pub mod library_watch;
pub mod log;
pub mod paths;
pub mod printer;
pub mod share;
