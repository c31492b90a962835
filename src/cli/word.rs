//! `gisa word` and `gisa words`: a word of a text in the user's dictionary, and the words that were
//! looked up in the reader.

use serde_json::json;

use super::args::{WordArgs, WordsArgs};
use super::context::CommandContext;
use super::error::CommandError;
use super::output::{print, save};
use crate::dictionary::flash_cards;
use crate::runtime::dictionaries::{folder, look_up};
use crate::runtime::start::open_store;
use crate::runtime::system::atomic_file::Durability;

/// Prints what a word may be a form of, with the entries of the user's dictionaries.
pub(super) fn run(args: &WordArgs, context: &CommandContext) -> Result<(), CommandError> {
    let sentence = args.sentence.as_deref().unwrap_or_default();
    let found = look_up(&folder(&context.paths.library()), &args.eojeol, sentence);
    if args.json {
        return print(&json!(found.entries).to_string());
    }
    let line = |word: &crate::dictionary::WordEntry| match &word.entry {
        Some(entry) => format!("{}\n  {}", word.headword, entry.replace('\n', "\n  ")),
        None => word.headword.to_string(),
    };
    let lines: Vec<String> = found.entries.iter().map(line).collect();
    context.print_rows(&lines, false, "word.none")
}

/// Lists the words that were looked up, writes them as flash cards, or forgets them.
pub(super) fn list(args: &WordsArgs, context: &CommandContext) -> Result<(), CommandError> {
    let store = open_store(&context.paths)?;
    if args.forget {
        let n = store.forget_words()?.to_string();
        return context.say("cli.marked", &[("n", &n)]);
    }
    let words = store.words()?;
    if let Some(path) = &args.anki {
        save(path, &flash_cards(&words), Durability::Synced)?;
        let (n, path) = (words.len().to_string(), path.display().to_string());
        return context.say("cli.exported", &[("n", &n), ("path", &path)]);
    }
    let lines: Vec<String> = words
        .iter()
        .map(|word| {
            if args.json {
                json!(word).to_string()
            } else {
                format!("{}\t{}\t{}", word.headword(), word.eojeol, word.sentence)
            }
        })
        .collect();
    context.print_rows(&lines, args.json, "word.empty")
}
