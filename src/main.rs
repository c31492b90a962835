//! gisa: a terminal news reader.

use std::process::ExitCode;

fn main() -> ExitCode {
    gisa::cli::run()
}
