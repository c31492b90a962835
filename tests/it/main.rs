//! The tests that see the program from outside, as one binary.
//!
//! * `arch`    – the shape of the source
#![expect(clippy::disallowed_methods, reason = "tests start programs, read files and wait")]

#[cfg(test)]
mod arch;
#[cfg(test)]
mod support;
