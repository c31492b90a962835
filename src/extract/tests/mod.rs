//! Tests of whole pages: short ones written here, hostile ones, and sample files with the expected
//! result.

mod beside_text;
mod containers;
mod fields;
mod hostile;
mod pages;
mod publishers;
mod second_try;
mod shapes;
mod written;
