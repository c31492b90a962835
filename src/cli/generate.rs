//! `gisa completions` and `gisa man`, from the same definitions as the parser.

use std::io;

use clap::CommandFactory as _;

use super::args::{Cli, CompletionsArgs};
use super::{CommandError, print};

/// Prints completions.
pub(super) fn completions(args: &CompletionsArgs) -> Result<(), CommandError> {
    // The generator panics where its writer fails, as a closed pipe does.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "gisa", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// Prints the manual page.
pub(super) fn man() -> Result<(), CommandError> {
    Ok(clap_mangen::Man::new(Cli::command()).render(&mut io::stdout())?)
}
