//! The world: threads, clock, sockets, disk.
#![expect(clippy::disallowed_methods, reason = "clock, threads, files and the environment live here")]

pub mod cancel;
pub mod net;
pub mod paths;
pub mod probe;
pub mod refresh;
pub mod store;
