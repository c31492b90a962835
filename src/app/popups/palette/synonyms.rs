//! Ordinary words for what can be done, in both languages, and what an empty palette opens on.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The file, as it is written.
#[derive(Debug, Default, Deserialize)]
struct SynonymFile {
    /// What comes first where nothing is typed, as names of actions.
    first: Vec<String>,
    /// Words by action or command, separated by commas.
    words: BTreeMap<String, String>,
}

static FILE: LazyLock<SynonymFile> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../assets/words/palette.toml")).unwrap_or_default()
});

/// The words by which an action, or a command with its argument, is found.
pub fn words_of(name: &str) -> Vec<String> {
    let words = FILE.words.get(name).map(String::as_str).unwrap_or_default();
    let words = words.split(',').map(str::trim).filter(|w| !w.is_empty());
    words.map(str::to_owned).collect()
}

/// The commands with an argument that have words of their own: `theme dark`.
pub fn commands() -> impl Iterator<Item = (&'static str, &'static str)> {
    let names = FILE.words.keys().map(String::as_str);
    names.map(|name| name.split_once(' ').unwrap_or((name, "")))
}

/// The place of an action in an empty palette; those without one come last.
pub fn place(name: &str) -> usize {
    let place = FILE.first.iter().position(|first| first == name);
    place.unwrap_or(FILE.first.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::input::action::Action;
    use crate::app::popups::palette::entries::COMMANDS;

    #[test]
    fn every_key_is_an_action_or_a_command_and_no_word_belongs_to_two() {
        let mut seen = BTreeMap::new();
        for (key, words) in &FILE.words {
            let (name, _) = key.split_once(' ').unwrap_or((key, ""));
            let is_known =
                Action::named(key).is_some() || COMMANDS.iter().any(|c| c.names[0] == name);
            assert!(is_known, "{key}");
            for word in words.split(',').map(str::trim) {
                assert_eq!(seen.insert(word, key), None, "{word}");
            }
        }
        for name in &FILE.first {
            assert!(Action::named(name).is_some(), "{name}");
        }
    }
}
