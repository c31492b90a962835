//! `gisa completions`, generated from the definitions of the parser.

use clap::CommandFactory as _;

use super::args::{Cli, CompletionsArgs};
use super::error::CommandError;
use super::output::print;

/// Prints the completion script of a shell.
pub(super) fn completions(args: &CompletionsArgs) -> Result<(), CommandError> {
    // The generator panics if writing fails, for instance into a closed pipe.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "gisa", &mut script);
    print(&String::from_utf8_lossy(&script))
}
