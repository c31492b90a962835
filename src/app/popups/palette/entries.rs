//! The entries of the palette: how they are found and what they do.

use super::bulk;
use super::matching::rank;
use super::synonyms;
use crate::app::appearance;
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::input::keymap::Context;
use crate::app::input::prompt;
use crate::app::protocol::listing::Listing;
use crate::app::reply::{Intent, Reply};
use crate::config::Words;
use crate::news::order::Order as _;

/// What choosing an entry does.
#[derive(Clone, Debug)]
pub enum Does {
    /// Triggers an action.
    Action(Action),
    /// Shows a list from the sources pane.
    List(Box<Listing>),
    /// Runs a command with the text after its name.
    Command(&'static Command, String),
}

/// A command with arguments.
#[derive(Debug)]
pub struct Command {
    /// Its names in both languages; either can be typed whatever the language of the interface.
    pub names: [&'static str; 2],
    /// The locale key of its description.
    pub about: &'static str,
    /// Runs it with the text after its name.
    pub run: fn(&str, &Env<'_>) -> Reply,
    /// The arguments that it can suggest, each with its description.
    pub words: fn(&Env<'_>) -> Vec<(String, String)>,
    /// What kind of arguments it takes.
    pub takes: Takes,
}

/// The kind of arguments of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Arguments that name what to show or do, each once.
    Words,
    /// A query whose matches are changed. Entries found by name are listed before the command.
    Query,
    /// A name followed by such a query.
    NameAndQuery,
}

/// All commands with arguments.
pub const COMMANDS: &[Command] = &[
    Command {
        names: ["filter", "찾기"],
        about: "command.filter",
        run: filter,
        words: query_words,
        takes: Takes::Words,
    },
    Command {
        names: ["subscribe", "구독"],
        about: "command.subscribe",
        run: prompt::subscribe_to,
        words: |_| Vec::new(),
        takes: Takes::Words,
    },
    Command {
        names: ["theme", "색"],
        about: "command.theme",
        run: theme,
        words: themes,
        takes: Takes::Words,
    },
    Command {
        names: ["folder", "폴더"],
        about: "command.folder",
        run: file_feeds,
        words: |_| Vec::new(),
        takes: Takes::Words,
    },
    over(
        "mark-read",
        "읽음",
        "command.mark-read",
        bulk::mark_read,
        Takes::Query,
    ),
    over(
        "mark-unread",
        "안읽음",
        "command.mark-unread",
        bulk::mark_unread,
        Takes::Query,
    ),
    over(
        "scrap",
        "스크랩",
        "command.scrap",
        bulk::scrap,
        Takes::Query,
    ),
    over("tag", "태그", "command.tag", bulk::tag, Takes::NameAndQuery),
    over("mute", "감추기", "command.mute", bulk::mute, Takes::Query),
    over(
        "save",
        "저장",
        "command.save",
        bulk::save,
        Takes::NameAndQuery,
    ),
];

/// Declares a command that changes everything matching a query.
const fn over(
    name: &'static str,
    korean: &'static str,
    about: &'static str,
    run: fn(&str, &Env<'_>) -> Reply,
    takes: Takes,
) -> Command {
    Command {
        names: [name, korean],
        about,
        run,
        words: query_words,
        takes,
    }
}

/// Lists the articles of the library that match a query. An invalid query is shown in the prompt to
/// be corrected.
fn filter(words: &str, _: &Env<'_>) -> Reply {
    Reply::none().intent(Intent::FilterLibrary(words.to_owned()))
}

/// Puts the chosen subscription into the folder with this name, or renames the chosen folder.
fn file_feeds(folder: &str, _: &Env<'_>) -> Reply {
    Reply::none().intent(Intent::FileFeeds(folder.to_owned()))
}

/// Switches to the theme with this name.
fn theme(name: &str, _: &Env<'_>) -> Reply {
    Reply::none().intent(Intent::Theme(name.to_owned()))
}

/// The words of the query language that are offered, each with the locale key of its meaning.
pub const QUERY_WORDS: [(&str, &str); 19] = [
    ("unread", "term.unread"),
    ("read", "term.read"),
    ("scrapped", "term.scrapped"),
    ("later:", "term.later"),
    ("today", "term.today"),
    ("title:", "term.title"),
    ("body:", "term.body"),
    ("publisher:", "term.publisher"),
    ("feed:", "term.feed"),
    ("tag:", "term.tag"),
    ("after:", "term.after"),
    ("before:", "term.before"),
    ("changed:", "term.changed"),
    ("has:image", "term.image"),
    ("lang:", "term.lang"),
    ("author:", "term.author"),
    ("url:", "term.url"),
    ("words:", "term.words"),
    ("/", "term.pattern"),
];

fn query_words(env: &Env<'_>) -> Vec<(String, String)> {
    QUERY_WORDS
        .iter()
        .map(|(word, key)| ((*word).to_owned(), env.text(key)))
        .collect()
}

fn themes(env: &Env<'_>) -> Vec<(String, String)> {
    let titled = |name: String| (name.clone(), appearance::theme_title(env.words(), &name));
    env.start.themes.names().into_iter().map(titled).collect()
}

/// A suggested argument of a command.
#[derive(Clone, Debug)]
pub struct Word {
    command: &'static Command,
    word: String,
    about: String,
}

/// The suggested arguments of all commands.
pub fn words(env: &Env<'_>) -> Vec<Word> {
    let of = |command: &'static Command| {
        (command.words)(env)
            .into_iter()
            .map(move |(word, about)| Word {
                command,
                word,
                about,
            })
    };
    COMMANDS.iter().flat_map(of).collect()
}

/// An entry of the palette.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name in the language of the interface.
    pub name: String,
    /// The keys that do the same, as shown.
    pub keys: String,
    /// What choosing it does.
    pub does: Does,
    /// Other names that it is found by: in the other language, and in the settings.
    also: Vec<String>,
    /// Ordinary words that mean it.
    synonyms: Vec<String>,
}

impl Entry {
    /// The input line's text when it is completed to this entry.
    pub fn completion(&self) -> String {
        match &self.does {
            Does::Action(action) => action.name().to_owned(),
            Does::List(_) => self.name.clone(),
            Does::Command(command, words) => format!("{} {words}", command.names[0]),
        }
    }
}

/// All actions, and all lists in the sources pane by their titles.
pub fn all(sources: &[(String, Listing)], other: &Words, env: &Env<'_>) -> Vec<Entry> {
    let own = match env.focus {
        Pane::Sources => Context::Sources,
        Pane::List => Context::List,
        Pane::Reader => Context::Reader,
    };
    let actions = Action::ALL.iter().filter(|a| **a != Action::Palette);
    let actions = actions.map(|action| {
        let key = format!("action.{}", action.name());
        let keys = [own, Context::Global]
            .into_iter()
            .flat_map(|c| env.keymap.keys_of(c, *action));
        Entry {
            name: env.text(&key),
            keys: keys.collect::<Vec<_>>().join("  "),
            does: Does::Action(*action),
            also: vec![other.get(&key).to_owned(), action.name().to_owned()],
            synonyms: synonyms::words_of(action.name()),
        }
    });
    let sources = sources.iter().map(|(title, listing)| Entry {
        name: title.clone(),
        keys: env.text("palette.list"),
        does: Does::List(Box::new(listing.clone())),
        also: Vec::new(),
        synonyms: Vec::new(),
    });
    actions.chain(sources).collect()
}

/// The commands that are found by ordinary words, `theme dark` by night. They are listed only
/// where such a word is typed; where nothing else is found, its beginning is enough.
pub fn by_words(typed: &str, words: &Words, is_begun: bool) -> Vec<Entry> {
    let entries = synonyms::commands().filter_map(|(name, argument)| {
        let command = COMMANDS.iter().find(|c| c.names[0] == name)?;
        if argument.is_empty() && Action::named(name).is_some() {
            return None;
        }
        // One that takes words of the reader's stays to be completed.
        let (whole, shown) = if argument.is_empty() {
            (name.to_owned(), format!("{} …", command.names.join(" · ")))
        } else {
            (format!("{name} {argument}"), format!("{name} {argument}"))
        };
        let wanted = typed.trim().to_lowercase();
        let meant = synonyms::words_of(&whole);
        let is_meant = |word: &String| match is_begun {
            true => !wanted.is_empty() && word.starts_with(&wanted),
            false => *word == wanted,
        };
        meant.iter().any(is_meant).then(|| Entry {
            name: shown,
            keys: words.get(command.about).to_owned(),
            does: Does::Command(command, argument.to_owned()),
            also: Vec::new(),
            synonyms: Vec::new(),
        })
    });
    entries.collect()
}

/// The place of an entry in an empty palette: what people do before movements, then lists.
fn place(entry: &Entry) -> usize {
    match &entry.does {
        Does::Action(action) => synonyms::place(action.name()),
        Does::List(_) | Does::Command(..) => usize::MAX,
    }
}

/// How well an entry matches, lower is better: first by a whole name or word, then by part of one
/// name, by the beginning of a word, then by parts of several names.
fn rank_of(entry: &Entry, typed: &str) -> Option<usize> {
    let names = || std::iter::once(&entry.name).chain(&entry.also);
    if names().any(|n| n.to_lowercase() == typed.trim().to_lowercase()) {
        return Some(0);
    }
    let wanted = typed.trim().to_lowercase();
    if entry.synonyms.contains(&wanted) {
        return Some(0);
    }
    let begun = wanted.chars().count() > 1 && entry.synonyms.iter().any(|w| w.starts_with(&wanted));
    let whole = || names().map(String::as_str).collect::<Vec<_>>().join(" ");
    let by_name = rank(typed, &entry.name)
        .map(|r| 2 * r + 1)
        .or_else(|| rank(typed, &whole()).map(|r| 2 * r + 2));
    by_name.into_iter().chain(begun.then_some(5)).min()
}

/// The entries that match `typed`, the best first.
pub fn found(all: &[Entry], follow: &[Word], typed: &str, words: &Words) -> Vec<Entry> {
    let mut ranked: Vec<(usize, &Entry)> = all
        .iter()
        .filter_map(|e| Some((rank_of(e, typed)?, e)))
        .collect();
    if typed.trim().is_empty() {
        ranked.order_by_key(|(_, entry)| place(entry));
    } else {
        ranked.order_by_key(|(rank, _)| *rank);
    }
    let commands = COMMANDS.iter().filter_map(|c| command(c, typed, words));
    let (given, bare): (Vec<Entry>, Vec<Entry>) =
        commands.partition(|e| matches!(&e.does, Does::Command(_, words) if !words.is_empty()));
    let (sweeping, given): (Vec<Entry>, Vec<Entry>) = given
        .into_iter()
        .partition(|e| matches!(&e.does, Does::Command(c, _) if c.takes != Takes::Words));
    let ranked = ranked.into_iter().map(|(_, e)| e.clone());
    let follow = follow.iter().filter_map(|w| followed(w, typed));
    // A suggestion that extends a query is listed below the command as typed, because Enter must
    // not do more than the line says.
    let (follow, further): (Vec<Entry>, Vec<Entry>) =
        follow.partition(|e| matches!(&e.does, Does::Command(c, _) if c.takes == Takes::Words));
    let all: Vec<Entry> = given
        .into_iter()
        .chain(by_words(typed, words, false))
        .chain(follow)
        .chain(ranked)
        .chain(sweeping)
        .chain(further)
        .chain(bare)
        .collect();
    if all.is_empty() {
        return by_words(typed, words, true);
    }
    all
}

/// The command line with one more argument, if that begins with what is typed.
fn followed(word: &Word, typed: &str) -> Option<Entry> {
    let (name, rest) = typed.trim_start().split_once(char::is_whitespace)?;
    let last = rest.rsplit(char::is_whitespace).next().unwrap_or_default();
    if word.command.takes == Takes::NameAndQuery && !rest.contains(char::is_whitespace) {
        return None;
    }
    let fits =
        word.command.names.contains(&name) && word.word.starts_with(last) && word.word != last;
    let words = format!(
        "{}{}",
        rest.strip_suffix(last).unwrap_or_default(),
        word.word
    );
    fits.then(|| Entry {
        name: format!("{name} {words}"),
        keys: word.about.clone(),
        does: Does::Command(word.command, words),
        also: Vec::new(),
        synonyms: Vec::new(),
    })
}

/// The command, if the typed text begins with its name or is the beginning of it.
fn command(command: &'static Command, typed: &str, words: &Words) -> Option<Entry> {
    let typed = typed.trim_start();
    let (name, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let called = command.names.contains(&name);
    let begun = rest.is_empty() && command.names.iter().any(|n| n.starts_with(name));
    let about = words.get(command.about);
    (called || begun).then(|| Entry {
        name: if rest.trim().is_empty() {
            format!("{} …", command.names.join(" · "))
        } else {
            typed.trim_end().to_owned()
        },
        keys: about.to_owned(),
        does: Does::Command(command, rest.trim().to_owned()),
        also: Vec::new(),
        synonyms: Vec::new(),
    })
}
