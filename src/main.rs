//! gisa: a terminal news reader.

fn main() {}
