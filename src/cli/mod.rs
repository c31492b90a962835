//! The command line: one small file a subcommand. Help, completions and man page come from the same
//! definitions.
//!
//! What people script against (JSON shapes, exit codes) is a contract: 0 done, 1 it failed, 2 wrong
//! usage.
#![expect(
    clippy::disallowed_methods,
    reason = "clock, files and the environment are read here"
)]

pub mod args;
mod brief;
mod config;
mod context;
mod doctor;
mod extract;
mod feeds;
mod gather;
mod generate;
mod issues;
mod library;
mod listen;
mod opml;
mod paper;
mod read;
mod rules;
mod scraps;
mod short;

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};

use crate::app::{Cause, Failure};
use crate::config::{Language, Words};
use crate::runtime::failures::of_write;
use crate::runtime::start;
use crate::runtime::system::atomic_file;
use crate::runtime::system::atomic_file::Durability;
use crate::runtime::system::log;
use args::{Cli, CliCommand};
use context::Context;

/// Why a command ended without doing its work.
pub enum CommandError {
    /// It failed; the sentence is still to be said.
    Failed(Failure),
    /// It said all there was to say.
    Said(u8),
    /// Nobody reads what it writes any more.
    Pipe,
}

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<crate::runtime::store::StoreError> for CommandError {
    fn from(error: crate::runtime::store::StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Pipe
        } else {
            Self::Failed(crate::runtime::failures::of_io(&error, "-"))
        }
    }
}

/// Runs the program.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    if let (Some(_), Some(source)) = (&cli.command, cli.sources.first()) {
        let words = format!("'{source}' stands before the command");
        // Where even this can't be written, the exit code is all there is.
        let _ = Cli::command()
            .error(ErrorKind::ArgumentConflict, words)
            .print();
        return ExitCode::from(2);
    }
    let setting = cli.global.language();
    let (context, trouble) = match Context::new(&cli.global) {
        Ok(context) => context,
        Err(failure) => {
            let words = Words::of(Language::choose(
                setting.unwrap_or_default(),
                context::locale().as_deref(),
            ));
            return ended(&words, Err(failure.into()));
        }
    };
    log::begin(&context.paths.log());
    let words = context.words.clone();
    let done = match cli.command {
        None => open(context, cli.sources, trouble),
        // `gisa FILE list` names both something to read and something to do.
        Some(_) if !cli.sources.is_empty() => {
            let _ = Cli::command()
                .error(ErrorKind::ArgumentConflict, cli.sources.join(" "))
                .print();
            return ExitCode::from(2);
        }
        Some(command) => {
            if let Some(failure) = trouble {
                return ended(&words, Err(failure.into()));
            }
            perform(command, &context)
        }
    };
    ended(&words, done)
}

fn perform(command: CliCommand, context: &Context) -> Result<(), CommandError> {
    match command {
        CliCommand::Read(args) => read::run(&args, context),
        CliCommand::Extract(args) => extract::run(&args, context),
        CliCommand::Short(args) => short::run(&args, context),
        CliCommand::Sentences(args) => short::sentences(&args, context),
        CliCommand::Listen(args) => listen::run(&args, context),
        CliCommand::Print(args) => paper::run(&args, context),
        CliCommand::Scrap(args) => scraps::scrap(&args, context),
        CliCommand::Scraps(args) => scraps::run(&args, context),
        CliCommand::Add(args) => feeds::add(&args, context),
        CliCommand::Remove(args) => feeds::remove(&args, context),
        CliCommand::Feeds(args) => feeds::list(&args, context),
        CliCommand::Import(args) => opml::import(&args, context),
        CliCommand::Export(args) => opml::export(&args, context),
        CliCommand::Refresh(args) => feeds::refresh(&args, context),
        CliCommand::List(args) | CliCommand::Search(args) => library::run(&args, context),
        CliCommand::Saved(args) => rules::saved(&args, context),
        CliCommand::Mute(args) => rules::mute(&args, context),
        CliCommand::Mark(args) => rules::mark(&args, context),
        CliCommand::Issues(args) => issues::run(&args, context),
        CliCommand::Brief(args) => brief::run(&args, context),
        CliCommand::Doctor(args) => doctor::run(&args, context),
        CliCommand::Config(args) => config::run(&args, context),
        CliCommand::Completions(args) => generate::completions(&args),
        CliCommand::Man => generate::man(),
    }
}

/// Opens the reader; without a terminal, prints what it would show.
fn open(
    context: Context,
    sources: Vec<String>,
    trouble: Option<Failure>,
) -> Result<(), CommandError> {
    let dumb = std::env::var("TERM").is_ok_and(|t| t == "dumb");
    if dumb || !io::stdout().is_terminal() {
        if let Some(failure) = trouble {
            return Err(failure.into());
        }
        return read::plain(&sources, &context);
    }
    let stdin = if sources.iter().any(|s| s == "-") {
        Some(crate::runtime::fetch::source::read_stdin(
            context.fetch.limit,
        )?)
    } else {
        None
    };
    let Context {
        config,
        words,
        paths,
        fetch,
    } = context;
    start::open(start::Launch {
        config,
        words,
        paths,
        fetch,
        sources,
        stdin,
        failures: trouble.into_iter().collect(),
    })?;
    Ok(())
}

/// The exit code, after the sentence that explains it.
fn ended(words: &Words, done: Result<(), CommandError>) -> ExitCode {
    match done {
        Ok(()) | Err(CommandError::Pipe) => ExitCode::SUCCESS,
        Err(CommandError::Said(code)) => ExitCode::from(code),
        Err(CommandError::Failed(failure)) => {
            let code = if failure.cause == Cause::Config { 2 } else { 1 };
            let sentence = failure.sentence(words);
            // Where even this can't be written, the exit code is all there is.
            let _ = writeln!(io::stderr(), "gisa: {sentence}");
            ExitCode::from(code)
        }
    }
}

/// Writes lines to standard output.
fn print(text: &str) -> Result<(), CommandError> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Writes a file whole or not at all.
fn save(path: &std::path::Path, text: &str) -> Result<(), Failure> {
    let name = path.display().to_string();
    atomic_file::write(path, text.as_bytes(), Durability::Buffered).map_err(|e| of_write(&e, &name))
}
