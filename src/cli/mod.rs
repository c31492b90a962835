//! The command line: parsing, and one file for each subcommand or pair of them. Help, completions
//! and manual page are generated from the same definitions ([`args`]).
//!
//! * `extract`, `read`, `short`, `listen`, `paper` – one article: cleaned, as the reader pane shows
//!   it, summarised, aloud, on paper
//! * `feeds`, `dead_feeds`, `opml` – subscriptions; `sync` – in step with a server; `library`,
//!   `rules` – lists and searches, saved searches, mute rules, marks; `arrival_rules` – rules for
//!   what arrives; `scraps` – articles that are kept; `later` – the read-later queue
//! * `word` – a word of a text in the dictionary; `changes` – what publishers rewrote
//! * `issues`, `brief` – the day's stories, which `gather` groups; `edition` – a newspaper to take
//!   along
//! * `doctor`, `voices` (`doctor --voices`), both with `findings`; `settings_faults`; `backup`,
//!   `config`, `generate`, `manual` – this installation: terminal, library, settings, completions,
//!   manual pages
//! * `context` – what the commands share; `output` – where they write; `error` – why one ends
//!   early
//! * `usage` – reads the command line, and says what is wrong with it; `suggest` – what a mistyped
//!   name may have meant
//!
//! Scripts depend on the JSON shapes and on the exit codes: 0 done, 1 failed, 2 wrong usage or
//! settings.
#![expect(
    clippy::disallowed_methods,
    reason = "clock, files and the environment are read here"
)]

pub mod args;
mod arrival_rules;
mod backup;
mod brief;
mod changes;
mod config;
mod context;
mod dead_feeds;
mod doctor;
mod edition;
mod error;
mod extract;
mod feeds;
mod findings;
mod gather;
mod generate;
mod issues;
mod later;
mod library;
mod listen;
mod manual;
mod opml;
mod output;
mod paper;
mod read;
mod rules;
mod scraps;
mod settings_faults;
mod short;
mod suggest;
mod sync;
mod usage;
mod voices;
mod word;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use crate::app::Cause;
use crate::app::protocol::feature::Feature;
use crate::config::Words;
use crate::runtime::start::{self, OpeningLibrary};
use crate::runtime::system::log;
use args::{Cli, CliCommand, ConfigAction, ConfigArgs, Maker, ScrapsAction, ScrapsArgs, ShortArgs};
use context::CommandContext;
use error::CommandError;

/// Parses the command line and runs the reader or a subcommand.
pub fn run() -> ExitCode {
    // A panic's message may hold words of a page. The reader adds its own hook before this one.
    std::panic::set_hook(Box::new(|info| output::progress(&info.to_string())));
    let given: Vec<OsString> = std::env::args_os().skip(1).collect();
    let plain = Cli::of_plain(&given);
    // Before all else, since the first frame waits for it.
    let library = match &plain {
        Some(cli) => context::opening_library(&cli.global),
        None => OpeningLibrary::default(),
    };
    let arguments: Vec<String> = given
        .iter()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let words = Words::of(context::language_of(&arguments));
    if let Some((typed, meant)) = suggest::mistyped_command(&arguments) {
        let sentence = words.fill("cli.no-command", &[("name", &typed), ("meant", &meant)]);
        // An error while writing to standard error can't be reported anywhere.
        let _ = output::note(&sentence);
        return ExitCode::from(2);
    }
    let parsed = plain.map_or_else(|| usage::parse(&given, &words), Ok);
    let cli = match parsed {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    if let (Some(_), Some(source)) = (&cli.command, cli.sources.first()) {
        return usage::report_before_command(source, &words);
    }
    let is_read = !matches!(
        &cli.command,
        Some(CliCommand::Config(ConfigArgs {
            action: ConfigAction::Init | ConfigAction::Path
        }))
    );
    let library = match &cli.command {
        None if !library.is_begun() => context::opening_library(&cli.global),
        _ => library,
    };
    let mut context = match CommandContext::new(&cli.global, is_read) {
        Ok(context) => context,
        Err(failure) => return exit_code(&words, Err(failure.into())),
    };
    if cli.linear {
        context.config.reading.linear = true;
    }
    log::begin(&context.paths.log());
    let words = context.words.clone();
    let done = match cli.command {
        None => open(context, library, cli.sources),
        Some(command) => {
            if !context.faults.is_empty() && needs_settings(&command) {
                return exit_code(&words, Err(refused(&context)));
            }
            note_settings(&command, &context);
            let keeps = keeps(&command);
            let done = perform(command, &context);
            if keeps {
                backup::copy_after(&context);
            }
            suggested(done, &context)
        }
    };
    exit_code(&words, done)
}

/// Whether a command may change what is kept.
fn keeps(command: &CliCommand) -> bool {
    matches!(
        command,
        CliCommand::Scrap(_)
            | CliCommand::Scraps(ScrapsArgs {
                action: Some(
                    ScrapsAction::Import { .. }
                        | ScrapsAction::Check { .. }
                        | ScrapsAction::Fetch { .. }
                ),
                ..
            })
            | CliCommand::Add(_)
            | CliCommand::Remove(_)
            | CliCommand::Import(_)
            | CliCommand::Restore(_)
            | CliCommand::Sync(_)
            | CliCommand::Saved(_)
            | CliCommand::Mute(_)
            | CliCommand::Mark(_)
            | CliCommand::Doctor(_)
    )
}

/// Reports a failure whose subject is the name of a publisher, with what to type instead.
fn suggested(done: Result<(), CommandError>, context: &CommandContext) -> Result<(), CommandError> {
    let Err(CommandError::Failed(failure)) = &done else {
        return done;
    };
    let Some((name, meant)) = suggest::instead(failure, context) else {
        return done;
    };
    output::note(&failure.sentence(&context.words))?;
    let values = [("name", &*name), ("meant", &*meant)];
    output::note(&context.words.fill("cli.meant", &values))?;
    Err(CommandError::Reported(1))
}

/// Whether a command is refused where the settings are wrong: not those by which one mends them.
fn needs_settings(command: &CliCommand) -> bool {
    !matches!(
        command,
        CliCommand::Doctor(_)
            | CliCommand::Completions(_)
            | CliCommand::Man(_)
            | CliCommand::Config(ConfigArgs {
                action: ConfigAction::Init | ConfigAction::Path
            })
    )
}

/// Says the first thing that is wrong with the settings, and how many more there are.
fn refused(context: &CommandContext) -> CommandError {
    let Some((first, more)) = context.faults.split_first() else {
        return CommandError::Reported(2);
    };
    // An error while writing to standard error can't be reported anywhere.
    let _ = output::note(&first.sentence(&context.words));
    if !more.is_empty() {
        let n = more.len().to_string();
        let _ = output::note(&context.words.fill("cli.more-faults", &[("n", &n)]));
    }
    CommandError::Reported(2)
}

/// Says which theme and keys of the settings don't exist; the command is performed all the same.
/// `doctor` lists them itself, and the commands that print for a shell don't use them.
fn note_settings(command: &CliCommand, context: &CommandContext) {
    if matches!(
        command,
        CliCommand::Doctor(_) | CliCommand::Completions(_) | CliCommand::Man(_)
    ) {
        return;
    }
    for failure in settings_faults::wrong_settings(&context.config, &context.paths) {
        // An error while writing to standard error can't be reported anywhere.
        let _ = output::note(&failure.sentence(&context.words));
    }
}

/// The part of the program that a command needs, which a build may leave out.
fn needed(command: &CliCommand) -> Option<Feature> {
    match command {
        CliCommand::Listen(_) => Some(Feature::Speech),
        CliCommand::Print(_) => Some(Feature::Print),
        CliCommand::Sync(_) => Some(Feature::Sync),
        CliCommand::Short(ShortArgs {
            with: Some(Maker::Llm),
            ..
        }) => Some(Feature::Llm),
        _ => None,
    }
}

fn perform(command: CliCommand, context: &CommandContext) -> Result<(), CommandError> {
    if let Some(feature) = needed(&command) {
        feature.required()?;
    }
    match command {
        CliCommand::Read(args) => read::run(&args, context),
        CliCommand::Extract(args) => extract::run(&args, context),
        CliCommand::Short(args) => short::run(&args, context),
        CliCommand::Sentences(args) => short::sentences(&args, context),
        CliCommand::Listen(args) => listen::run(&args, context),
        CliCommand::Print(args) => paper::run(&args, context),
        CliCommand::Edition(args) => edition::run(&args, context),
        CliCommand::Scrap(args) => scraps::scrap(&args, context),
        CliCommand::Scraps(args) => scraps::run(&args, context),
        CliCommand::Later(args) => later::run(&args, context),
        CliCommand::Add(args) => feeds::add(&args, context),
        CliCommand::Remove(args) => feeds::remove(&args, context),
        CliCommand::Feeds(args) => feeds::list(&args, context),
        CliCommand::Import(args) => opml::import(&args, context),
        CliCommand::Export(args) => opml::export(&args, context),
        CliCommand::Backup(args) => backup::backup(&args, context),
        CliCommand::Restore(args) => backup::restore(&args, context),
        CliCommand::Refresh(args) => feeds::refresh(&args, context),
        CliCommand::Sync(args) => sync::run(&args, context),
        CliCommand::List(args) | CliCommand::Search(args) => library::run(&args, context),
        CliCommand::Saved(args) => rules::saved(&args, context),
        CliCommand::Mute(args) => rules::mute(&args, context),
        CliCommand::Rules(args) => arrival_rules::run(&args, context),
        CliCommand::Mark(args) => rules::mark(&args, context),
        CliCommand::Word(args) => word::run(&args, context),
        CliCommand::Words(args) => word::list(&args, context),
        CliCommand::Changes(args) => changes::run(&args, context),
        CliCommand::Issues(args) => issues::run(&args, context),
        CliCommand::Brief(args) => brief::run(&args, context),
        CliCommand::Doctor(args) => doctor::run(&args, context),
        CliCommand::Config(args) => config::run(&args, context),
        CliCommand::Completions(args) => generate::completions(&args),
        CliCommand::Man(args) => manual::run(&args, context),
    }
}

/// Opens the reader; without a terminal, prints the articles instead.
fn open(
    context: CommandContext,
    library: OpeningLibrary,
    sources: Vec<String>,
) -> Result<(), CommandError> {
    let dumb = std::env::var("TERM").is_ok_and(|t| t == "dumb");
    if dumb || !io::stdout().is_terminal() {
        if !context.faults.is_empty() {
            return Err(refused(&context));
        }
        return suggested(read::plain(&sources, &context), &context);
    }
    let stdin = if sources.iter().any(|s| s == "-") {
        Some(crate::runtime::fetch::source::read_stdin(
            context.fetch.limit,
        )?)
    } else {
        None
    };
    let CommandContext {
        config,
        words,
        paths,
        fetch,
        faults,
    } = context;
    start::open(start::Launch {
        config,
        words,
        paths,
        library,
        fetch,
        sources,
        stdin,
        failures: faults,
    })?;
    Ok(())
}

/// Reports a failure and gives the exit code.
fn exit_code(words: &Words, done: Result<(), CommandError>) -> ExitCode {
    match done {
        Ok(()) | Err(CommandError::Pipe) => ExitCode::SUCCESS,
        Err(CommandError::Reported(code)) => ExitCode::from(code),
        Err(CommandError::Failed(failure)) => {
            let code = if matches!(failure.cause, Cause::Config | Cause::EditionName) {
                2
            } else {
                1
            };
            let sentence = failure.sentence(words);
            // An error while writing to standard error can't be reported anywhere.
            let _ = output::note(&sentence);
            ExitCode::from(code)
        }
    }
}
