//! `gisa completions` and `gisa man`, from the same definitions as the parser.

use std::io;

use clap::CommandFactory as _;

use super::Stop;
use super::args::{Cli, Completions};

/// Prints completions.
pub fn completions(args: &Completions) -> Result<(), Stop> {
    clap_complete::generate(args.shell, &mut Cli::command(), "gisa", &mut io::stdout());
    Ok(())
}

/// Prints the manual page.
pub fn man() -> Result<(), Stop> {
    Ok(clap_mangen::Man::new(Cli::command()).render(&mut io::stdout())?)
}
