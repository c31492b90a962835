//! `gisa man`: the manual page of the program, of one command, or all of them into a folder.
//! Commands and options come from the parser, keys from the keymap in force, the query language
//! from what the palette offers, so that the page says what the program does.

use std::path::Path;

use clap::Command;
use clap_mangen::Man;

use super::args::ManArgs;
use super::context::CommandContext;
use super::error::CommandError;
use super::output::print;
use super::usage;
use crate::app::input::action::Action;
use crate::app::input::keymap::{Context, Keymap};
use crate::app::popups::palette::entries::QUERY_WORDS;
use crate::config::Words;
use crate::runtime::failures::of_write;
use crate::runtime::system::paths::Paths;

/// What is shown as an example, and the locale key of what it does.
const EXAMPLES: [(&str, &str); 7] = [
    ("gisa add 한겨레 https://example.org/feed.xml", "man.add"),
    ("gisa refresh && gisa brief", "man.brief"),
    ("gisa https://example.org/article.html", "man.open"),
    ("gisa list unread publisher:한겨레 after:7d", "man.list"),
    ("gisa short - < page.html", "man.short"),
    (
        "gisa clip https://example.org/article.html --tag 읽을것",
        "man.clip",
    ),
    ("gisa backup ~/gisa.backup", "man.backup"),
];

/// The headings that the parser writes, and the locale keys of ours for them.
const HEADINGS: [(&str, &str); 6] = [
    ("NAME", "man.name"),
    ("SYNOPSIS", "man.synopsis"),
    ("DESCRIPTION", "man.description"),
    ("OPTIONS", "man.options"),
    ("SUBCOMMANDS", "man.subcommands"),
    ("VERSION", "man.version"),
];

/// Prints the page.
pub(super) fn run(args: &ManArgs, context: &CommandContext) -> Result<(), CommandError> {
    let words = &context.words;
    let whole = usage::commands(words);
    if let Some(folder) = &args.to {
        return write_all(&whole, "gisa", folder, context);
    }
    let mut command = &whole;
    for name in &args.command {
        let Some(found) = command.find_subcommand(name) else {
            context.say("man.no-command", &[("name", name)])?;
            return Err(CommandError::Reported(2));
        };
        command = found;
    }
    let is_whole = args.command.is_empty();
    let name = std::iter::once("gisa").chain(args.command.iter().map(String::as_str));
    let name = name.collect::<Vec<_>>().join("-");
    let page = page(command.clone(), name, is_whole, context)?;
    print(&String::from_utf8_lossy(&page))
}

/// Writes the page of a command and those of all below it.
fn write_all(
    command: &Command,
    name: &str,
    folder: &Path,
    context: &CommandContext,
) -> Result<(), CommandError> {
    let page = page(command.clone(), name.to_owned(), name == "gisa", context)?;
    let shown = folder.display().to_string();
    let path = folder.join(format!("{name}.1"));
    std::fs::write(path, page).map_err(|e| of_write(&e, &shown))?;
    for below in command.get_subcommands().filter(|c| c.get_name() != "help") {
        write_all(
            below,
            &format!("{name}-{}", below.get_name()),
            folder,
            context,
        )?;
    }
    Ok(())
}

fn page(
    command: Command,
    name: String,
    is_whole: bool,
    context: &CommandContext,
) -> Result<Vec<u8>, CommandError> {
    let words = &context.words;
    let has_subcommands = command.has_subcommands();
    // The parser's own would be the command's name and its version, which it has none.
    let source = concat!("gisa ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command).title(name).source(source);
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if has_subcommands {
        man.render_subcommands_section(&mut page)?;
    }
    if is_whole {
        let config = &context.config;
        let (keymap, _) = Keymap::from_table(&config.key_table(), &config.keys);
        for section in [
            keys(&keymap, words),
            query_language(words),
            files(&context.paths, words),
            examples(words),
        ] {
            page.extend(section.bytes());
        }
        man.render_version_section(&mut page)?;
    }
    Ok(with_headings(page, words))
}

/// A page whose headings of the parser are in the language of the interface.
fn with_headings(page: Vec<u8>, words: &Words) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(&page).into_owned();
    for (fixed, key) in HEADINGS {
        text = text.replace(&format!(".SH {fixed}\n"), &heading(words, key));
    }
    text.into_bytes()
}

/// Text as roff prints it: no word of it is a command.
fn plain(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('-', "\\-");
    if text.starts_with(['.', '\'']) {
        format!("\\&{text}")
    } else {
        text
    }
}

fn heading(words: &Words, key: &str) -> String {
    format!(".SH \"{}\"\n", plain(words.get(key)))
}

/// A term in bold, and what it means.
fn entry(term: &str, meaning: &str) -> String {
    format!(".TP\n\\fB{}\\fR\n{}\n", plain(term), plain(meaning))
}

/// The keys, each with the name of its action, by which one binds another.
fn keys(keymap: &Keymap, words: &Words) -> String {
    let mut out = heading(words, "man.keys");
    for (context, name) in Context::ALL {
        let key = format!("help.{name}");
        let heading = words.get(&key);
        out.push_str(&format!(".SS \"{}\"\n", plain(heading)));
        for action in Action::ALL {
            let keys = keymap.keys_of(context, *action);
            if !keys.is_empty() {
                let key = format!("action.{}", action.name());
                let (keys, name) = (plain(&keys.join("  ")), plain(action.name()));
                let meaning = plain(words.get(&key));
                out.push_str(&format!(".TP\n\\fB{keys}\\fR  \\fI{name}\\fR\n{meaning}\n"));
            }
        }
    }
    out
}

fn query_language(words: &Words) -> String {
    let mut out = heading(words, "man.query");
    out.push_str(&format!("{}\n", plain(words.get("man.about-queries"))));
    for (word, key) in QUERY_WORDS {
        out.push_str(&entry(word, words.get(key)));
    }
    out
}

fn files(paths: &Paths, words: &Words) -> String {
    let library = paths.library();
    let files = [
        (&paths.config, "man.settings"),
        (&library, "man.library"),
        (&paths.cache, "man.cache"),
        (&paths.state, "man.state"),
    ];
    let mut out = heading(words, "man.files");
    for (path, key) in files {
        out.push_str(&entry(&path.display().to_string(), words.get(key)));
    }
    out
}

fn examples(words: &Words) -> String {
    let mut out = heading(words, "man.examples");
    for (line, key) in EXAMPLES {
        out.push_str(&entry(line, words.get(key)));
    }
    out
}
