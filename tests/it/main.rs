//! The tests that see the program from outside, as one binary.
//!
//! * `arch`    – the shape of the source
//! * `cli`     – commands, streams and exit codes
//! * `http`    – pages over the network
//! * `flows`   – keys, effects and answers on the pure program
#![expect(clippy::disallowed_methods, reason = "tests start programs, read files and wait")]

#[cfg(test)]
mod arch;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod flows;
#[cfg(test)]
mod http;
#[cfg(test)]
mod support;
