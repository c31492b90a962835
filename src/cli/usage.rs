//! Reads the command line. Help and errors of usage are in the language of the interface: help in
//! Korean is the same tree of commands with the texts of `assets/locales/help.ko.toml`, and an
//! error is a sentence of ours instead of the parser's.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use clap::builder::{NonEmptyStringValueParser, ValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory as _, FromArgMatches as _};
use serde::Deserialize;

use super::args::row_pattern::NO_FIELD;
use super::args::{Cli, RowField};
use super::output::{Stream, emit};
use crate::config::{Language, Words};
use crate::news::Clean;
use crate::news::printable::Styling;

/// The Korean texts of the help.
const KOREAN: &str = include_str!("../../assets/locales/help.ko.toml");

/// What the parser writes itself, and the key of our text for it.
const FIXED: [(&str, &str, &str); 11] = [
    ("Usage:", "usage.usage", ":"),
    ("Commands:", "usage.commands", ":"),
    ("Arguments:", "usage.arguments", ":"),
    ("Options:", "usage.options", ":"),
    ("[default:", "usage.default", ":"),
    (
        "Print help (see a summary with '-h')",
        "usage.help-long",
        "",
    ),
    (
        "Print help (see more with '--help')",
        "usage.help-short",
        "",
    ),
    (
        "Print this message or the help of the given subcommand(s)",
        "usage.help-command",
        "",
    ),
    ("Print help", "usage.help", ""),
    ("Print version", "usage.version", ""),
    ("OPTIONS]", "usage.option-mark", "]"),
];

/// Parses the arguments after the program's name. Where they ask for help, or are wrong, what there
/// is to say is printed, and the exit code returned.
pub(super) fn parse(arguments: &[OsString], words: &Words) -> Result<Cli, ExitCode> {
    let error = match parse_as(Cli::command(), arguments) {
        Ok(cli) => return Ok(cli),
        Err(error) => error,
    };
    let (stream, code) = if error.use_stderr() {
        (Stream::Err, 2)
    } else {
        (Stream::Out, 0)
    };
    let (text, styling) = match error.kind() {
        ErrorKind::DisplayVersion => (error.render().to_string(), Styling::Plain),
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            help(&error, arguments, stream, words)
        }
        _ => (sentences(&error, words), Styling::Plain),
    };
    // An error while writing can't be reported anywhere.
    let _ = emit(stream, &text, styling);
    Err(ExitCode::from(code))
}

/// Reports a source that stands before a subcommand.
pub(super) fn report_before_command(source: &str, words: &Words) -> ExitCode {
    let said = words.fill("usage.before-command", &[("name", source)]);
    let _ = emit(Stream::Err, &format!("gisa: {said}\n"), Styling::Plain);
    ExitCode::from(2)
}

/// The tree of commands with its texts in the language of the interface.
pub(super) fn commands(words: &Words) -> Command {
    let mut command = Cli::command().bin_name("gisa");
    if words.language == Language::Korean {
        command = in_korean(command, "gisa");
    }
    command.build();
    with_fixed(command, words)
}

/// The tree with our texts for what the parser adds to each command when it is built.
fn with_fixed(command: Command, words: &Words) -> Command {
    let text = |key: &str| words.get(key).to_owned();
    let command = match command.get_name() {
        "help" => command.about(text("usage.help-command")),
        _ => command,
    };
    let command = command.mut_args(|argument| match argument.get_id().as_str() {
        "help" => argument.help(text("usage.help")).long_help(None),
        "version" => argument.help(text("usage.version")).long_help(None),
        _ => argument,
    });
    command.mut_subcommands(|below| with_fixed(below, words))
}

fn parse_as(command: Command, arguments: &[OsString]) -> Result<Cli, clap::Error> {
    // Not the name by which the program was called, which is anybody's text.
    let all = std::iter::once(OsString::from("gisa")).chain(arguments.iter().cloned());
    let command = refusing_empty(command.bin_name("gisa"));
    let matches = command.try_get_matches_from(all)?;
    Cli::from_arg_matches(&matches)
}

/// What is read, subscribed to or named, which nothing can't be.
const NEVER_EMPTY: [&str; 11] = [
    "to", "saved", "sources", "source", "url", "urls", "name", "address", "between", "eojeol",
    "feeds",
];

/// The command with a sentence for arguments without a text, as of a script whose variable is
/// empty. Queries that list may be empty, and files have such a check of their own.
fn refusing_empty(command: Command) -> Command {
    let of_text = ValueParser::string().type_id();
    let checked = move |arg: Arg| {
        let is_text = arg.get_value_parser().type_id() == of_text;
        let id = arg.get_id().as_str();
        let is_needed = id == "query" && arg.is_required_set();
        if is_text && id == "url" && !arg.is_positional() {
            return arg.value_parser(web_address);
        }
        match is_text && (is_needed || NEVER_EMPTY.contains(&id)) {
            true => arg.value_parser(NonEmptyStringValueParser::new()),
            false => arg,
        }
    };
    command.mut_args(checked).mut_subcommands(refusing_empty)
}

/// An address of the web, which relative addresses of a page are completed by.
fn web_address(text: &str) -> Result<String, &'static str> {
    let is_one = url::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    match is_one {
        true => Ok(text.to_owned()),
        false => Err("http://… https://…"),
    }
}

/// The help that was asked for, and whether it has styles.
fn help(
    error: &clap::Error,
    arguments: &[OsString],
    stream: Stream,
    words: &Words,
) -> (String, Styling) {
    let korean = (words.language == Language::Korean)
        .then(|| parse_as(in_korean(Cli::command(), "gisa"), arguments).err())
        .flatten();
    let rendered = korean.as_ref().unwrap_or(error).render();
    let is_terminal = match stream {
        Stream::Out => io::stdout().is_terminal(),
        Stream::Err => io::stderr().is_terminal(),
    };
    let is_plain = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    let (text, styling) = if is_terminal && !is_dumb && !is_plain("NO_COLOR") {
        (rendered.ansi().to_string(), Styling::Styled)
    } else {
        (rendered.to_string(), Styling::Plain)
    };
    let text = match korean {
        Some(_) => in_words(&text, words),
        None => text,
    };
    (text, styling)
}

/// A text of the parser with its fixed words in the language of the interface.
fn in_words(text: &str, words: &Words) -> String {
    let mut text = text.to_owned();
    for (fixed, key, end) in FIXED {
        let start = if fixed.starts_with("[") { "[" } else { "" };
        text = text.replace(fixed, &format!("{start}{}{end}", words.get(key)));
    }
    let mark = words.get("usage.command-mark");
    text.replace("[COMMAND]", &format!("[{mark}]"))
        .replace("<COMMAND>", &format!("<{mark}>"))
}

/// The Korean texts of commands and arguments.
#[derive(Default, Deserialize)]
struct KoreanHelp {
    commands: HashMap<String, String>,
    arguments: HashMap<String, String>,
}

impl KoreanHelp {
    fn read() -> Self {
        toml::from_str(KOREAN).unwrap_or_default()
    }

    fn of_command(&self, path: &str) -> Option<&str> {
        self.commands.get(path).map(String::as_str)
    }

    fn of_argument(&self, path: &str, id: &str) -> Option<&str> {
        let own = self.arguments.get(&format!("{path}.{id}"));
        own.or_else(|| self.arguments.get(&format!("*.{id}")))
            .map(String::as_str)
    }
}

/// The tree of commands with Korean texts. `path` is what is typed for `command`, without `gisa`.
fn in_korean(command: Command, path: &str) -> Command {
    let texts = KoreanHelp::read();
    translated(command, path, &texts)
}

fn translated(command: Command, path: &str, texts: &KoreanHelp) -> Command {
    let about = texts.of_command(path).map(str::to_owned);
    let command = match about {
        Some(about) => command.about(about).long_about(None),
        None => command,
    };
    let command = command.mut_args(|argument| {
        let help = texts.of_argument(path, argument.get_id().as_str());
        match help.map(|help| with_values(help, &argument)) {
            Some(help) => {
                let is_valued = argument.get_action().takes_values();
                let argument = argument.help(help).long_help(None);
                if is_valued {
                    argument.hide_possible_values(true)
                } else {
                    argument
                }
            }
            None => argument,
        }
    });
    command.mut_subcommands(|below| {
        let path = below_path(path, below.get_name());
        translated(below, &path, texts)
    })
}

/// What is typed for the subcommand `name` of `path`.
fn below_path(path: &str, name: &str) -> String {
    match path {
        "gisa" => name.to_owned(),
        _ => format!("{path} {name}"),
    }
}

/// The text of an argument with the values that it can have.
fn with_values(help: &str, argument: &Arg) -> String {
    let values = argument.get_possible_values();
    let names: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
    // Flags have true and false, which are not typed.
    if names.is_empty() || !argument.get_action().takes_values() {
        return help.to_owned();
    }
    format!("{help} [{}]", names.join(", "))
}

/// An error of usage: what is wrong, what may have been meant, the usage, where there is more.
fn sentences(error: &clap::Error, words: &Words) -> String {
    let mut said = vec![sentence(error, words)];
    for kind in [ContextKind::ValidValue, ContextKind::ValidSubcommand] {
        if let Some(values) = text_of(error, kind).filter(|v| !v.is_empty()) {
            said.push(words.fill("usage.allowed", &[("values", &values)]));
        }
    }
    let suggestions = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
        ContextKind::SuggestedSubcommand,
    ];
    let meant = suggestions.iter().find_map(|kind| text_of(error, *kind));
    if let Some(meant) = meant {
        said.push(words.fill("usage.meant", &[("name", &meant)]));
    }
    let mut out = format!("gisa: {}\n", said.join(" "));
    if let Some(usage) = text_of(error, ContextKind::Usage) {
        let usage = usage.trim_start_matches("Usage:").trim();
        let usage = in_words(&format!("Usage: {usage}"), words);
        out.push_str(&format!("{usage}\n"));
        let command: Vec<&str> = usage
            .split_whitespace()
            .skip_while(|word| *word != "gisa")
            .take_while(|word| word.bytes().all(|b| b.is_ascii_lowercase()))
            .collect();
        let command = format!("{} --help", command.join(" "));
        out.push_str(&words.fill("usage.more", &[("command", &command)]));
        out.push('\n');
    }
    out
}

/// What is wrong, in one sentence.
fn sentence(error: &clap::Error, words: &Words) -> String {
    let text = |kind| text_of(error, kind).unwrap_or_default();
    let argument = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    let both = [("argument", &*argument), ("value", &*value)];
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            words.fill("usage.unknown-argument", &both)
        }
        ErrorKind::UnknownArgument => words.fill("usage.too-many", &both),
        ErrorKind::InvalidSubcommand => {
            let name = text(ContextKind::InvalidSubcommand);
            words.fill("usage.unknown-command", &[("name", &name)])
        }
        ErrorKind::InvalidValue if value.is_empty() => words.fill("usage.no-value", &both),
        ErrorKind::InvalidValue => words.fill("usage.invalid-value", &both),
        ErrorKind::ValueValidation => {
            let mut said = words.fill("usage.invalid-value", &both);
            if let Some(reason) = std::error::Error::source(error) {
                said.push(' ');
                said.push_str(&detail(&reason.to_string(), words));
            }
            said
        }
        ErrorKind::TooManyValues => words.fill("usage.unwanted-value", &both),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            words.fill("usage.wrong-number", &both)
        }
        ErrorKind::ArgumentConflict => {
            let other = text(ContextKind::PriorArg);
            if other.is_empty() || other == argument {
                words.fill("usage.repeated", &both)
            } else {
                let values = [("argument", &*argument), ("other", &*other)];
                words.fill("usage.conflict", &values)
            }
        }
        ErrorKind::MissingRequiredArgument => {
            words.fill("usage.missing", &[("arguments", &argument)])
        }
        ErrorKind::MissingSubcommand => {
            let name = text(ContextKind::InvalidSubcommand);
            words.fill("usage.missing-command", &[("name", &name)])
        }
        ErrorKind::InvalidUtf8 => words.get("usage.not-utf8").to_owned(),
        _ => {
            let reason = error.to_string();
            words.fill("usage.other", &[("reason", &Clean::line(&reason))])
        }
    }
}

/// What a parser of numbers says, in our words where it says one of the usual things.
fn detail(reason: &str, words: &Words) -> String {
    if let Some((_, range)) = reason.rsplit_once(" is not in ") {
        let range = range.replace("..=", "..");
        return words.fill("usage.range", &[("range", &range)]);
    }
    let is_no_number = ["invalid digit", "cannot parse integer", "number too"];
    if is_no_number.iter().any(|start| reason.starts_with(start)) {
        return words.get("usage.number").to_owned();
    }
    if let Some(name) = reason.strip_prefix(NO_FIELD) {
        let fields = RowField::NAMED.map(|(field, _)| format!("{{{field}}}"));
        let values = [("name", name), ("fields", &*fields.join(" "))];
        return words.fill("usage.unknown-field", &values);
    }
    words.fill("usage.detail", &[("reason", reason)])
}

/// A part of an error as one line.
fn text_of(error: &clap::Error, kind: ContextKind) -> Option<String> {
    let text = match error.get(kind)? {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        _ => return None,
    };
    Some(Clean::headline(&text).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command of a tree with what is typed for it.
    fn all(command: &Command, path: &str, out: &mut Vec<(String, Command)>) {
        out.push((path.to_owned(), command.clone()));
        for below in command.get_subcommands() {
            all(below, &below_path(path, below.get_name()), out);
        }
    }

    #[test]
    fn every_command_and_argument_has_its_help_in_korean() {
        let texts = KoreanHelp::read();
        let mut commands = Vec::new();
        all(&Cli::command(), "gisa", &mut commands);
        let mut missing = Vec::new();
        for (path, command) in &commands {
            if texts.of_command(path).is_none() {
                missing.push(format!("[commands] \"{path}\""));
            }
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                if texts.of_argument(path, id).is_none() {
                    missing.push(format!("[arguments] \"{path}.{id}\""));
                }
            }
        }
        assert_eq!(
            missing,
            Vec::<String>::new(),
            "to be added to assets/locales/help.ko.toml"
        );
        // And nothing there is left over from a command that is gone.
        let is_there = |name: &String| commands.iter().any(|(path, _)| path == name);
        assert_eq!(texts.commands.keys().find(|name| !is_there(name)), None);
    }
}
