//! `gisa completions` and `gisa man`, generated from the definitions of the parser.

use clap::CommandFactory as _;

use super::args::{Cli, CompletionsArgs, ManArgs};
use super::error::CommandError;
use super::output::print;
use crate::runtime::failures::of_write;

/// Prints the completion script of a shell.
pub(super) fn completions(args: &CompletionsArgs) -> Result<(), CommandError> {
    // The generator panics if writing fails, for instance into a closed pipe.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "gisa", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// Prints the manual page, or writes it and those of the commands into a folder.
pub(super) fn man(args: &ManArgs) -> Result<(), CommandError> {
    if let Some(folder) = &args.to {
        let shown = folder.display().to_string();
        clap_mangen::generate_to(Cli::command(), folder).map_err(|e| of_write(&e, &shown))?;
        return Ok(());
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    print(&String::from_utf8_lossy(&page))
}
