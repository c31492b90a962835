//! Where a key becomes an action: a look-up in tables, never a test in code.

use std::collections::BTreeMap;

use super::action::Action;
use super::key::Key;
use crate::config::settings::KeyTable;

/// Where a key was pressed. A pane's own table wins over the global one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Everywhere.
    Global,
    /// The sources pane.
    Sources,
    /// The list pane.
    List,
    /// The reader pane.
    Reader,
    /// A popup.
    Popup,
}

impl Context {
    /// All, with their names in TOML.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Global, "global"),
        (Self::Sources, "sources"),
        (Self::List, "list"),
        (Self::Reader, "reader"),
        (Self::Popup, "popup"),
    ];
}

/// What a run of keys means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// This.
    Action(Action),
    /// The beginning of a longer sequence.
    Pending,
    /// Nothing.
    None,
}

/// What is wrong with a key table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// No such context.
    #[error("keys.{0}")]
    Context(String),
    /// Not a key.
    #[error("keys.{0}: \"{1}\"")]
    Key(String, String),
    /// No such action.
    #[error("keys.{0}: \"{1}\" = \"{2}\"")]
    Action(String, String, String),
    /// A sequence can never be typed, since its beginning is bound.
    #[error("keys.{0}: \"{1}\" ↔ \"{2}\"")]
    Shadowed(String, String, String),
}

/// Sequences of keys and their actions, by context.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    tables: BTreeMap<Context, BTreeMap<Vec<Key>, Action>>,
    /// All bindings in the order in which they were written.
    written: Vec<(Context, Vec<Key>, Action)>,
}

impl Keymap {
    /// Reads a table; what is wrong is left out and reported.
    pub fn from_table(table: &KeyTable) -> (Self, Vec<KeymapError>) {
        let (mut keymap, mut errors) = (Self::default(), Vec::new());
        for (name, bindings) in table {
            let Some((context, _)) = Context::ALL.iter().find(|(_, n)| n == name) else {
                errors.push(KeymapError::Context(name.clone()));
                continue;
            };
            let own = keymap.tables.entry(*context).or_default();
            for (keys, action) in
                bindings.iter().map(|(k, a)| (k, a.as_str().unwrap_or_default())).filter(|(_, a)| *a != "none")
            {
                let Ok(sequence) = keys.split_whitespace().map(str::parse).collect::<Result<Vec<Key>, ()>>() else {
                    errors.push(KeymapError::Key(name.clone(), keys.clone()));
                    continue;
                };
                match Action::named(action) {
                    Some(action) if !sequence.is_empty() => {
                        keymap.written.push((*context, sequence.clone(), action));
                        own.insert(sequence, action);
                    }
                    _ => errors.push(KeymapError::Action(name.clone(), keys.clone(), action.to_owned())),
                }
            }
            errors.extend(shadowed(name, own));
        }
        (keymap, errors)
    }

    /// What `keys`, pressed in `context`, mean.
    pub fn resolve(&self, context: Context, keys: &[Key]) -> Resolution {
        let mut pending = false;
        for table in [context, Context::Global].into_iter().filter_map(|c| self.tables.get(&c)) {
            if let Some(action) = table.get(keys) {
                return Resolution::Action(*action);
            }
            pending |= table.keys().any(|sequence| sequence.starts_with(keys));
        }
        if pending { Resolution::Pending } else { Resolution::None }
    }

    /// The sequences that mean `action` in `context` alone, in the order in which they were written.
    pub fn keys_of(&self, context: Context, action: Action) -> Vec<String> {
        let bound = self.written.iter().filter(|(c, _, a)| *c == context && *a == action);
        bound.map(|(_, keys, _)| written(keys)).collect()
    }
}

fn written(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

fn shadowed(name: &str, table: &BTreeMap<Vec<Key>, Action>) -> Vec<KeymapError> {
    let longer = table.keys().filter(|keys| keys.len() > 1);
    longer
        .filter_map(|keys| {
            let prefix = (1..keys.len()).map(|n| &keys[..n]).find(|prefix| table.contains_key(*prefix))?;
            Some(KeymapError::Shadowed(name.to_owned(), written(prefix), written(keys)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn keys(text: &str) -> Vec<Key> {
        text.split(' ').map(|k| k.parse().unwrap()).collect()
    }

    #[test]
    fn the_default_keys_are_sound() {
        let (keymap, errors) = Keymap::from_table(&Config::standard().key_table());
        assert_eq!(errors, []);
        assert_eq!(keymap.resolve(Context::List, &keys("j")), Resolution::Action(Action::Down));
        assert_eq!(keymap.resolve(Context::List, &keys("g")), Resolution::Pending);
        assert_eq!(keymap.resolve(Context::List, &keys("g g")), Resolution::Action(Action::First));
        assert_eq!(keymap.resolve(Context::Reader, &keys("s")), Resolution::Action(Action::Scrap));
        assert_eq!(keymap.resolve(Context::Reader, &keys("Tab")), Resolution::Action(Action::ShortNews));
    }

    #[test]
    fn every_action_is_bound_somewhere() {
        let (keymap, _) = Keymap::from_table(&Config::standard().key_table());
        for action in Action::ALL {
            let bound = Context::ALL.iter().any(|(c, _)| !keymap.keys_of(*c, *action).is_empty());
            assert!(bound, "{}", action.name());
        }
    }

    #[test]
    fn a_user_can_rebind_unbind_and_is_told_of_conflicts() {
        let user = "[keys.list]\n\"j\" = \"none\"\n\"C-n\" = \"down\"\n\"g\" = \"first\"\n\"x\" = \"fly\"\n";
        let config = Config::with_user("c", user).unwrap();
        let (keymap, errors) = Keymap::from_table(&config.key_table());
        assert_eq!(keymap.resolve(Context::List, &keys("j")), Resolution::None);
        assert_eq!(keymap.resolve(Context::List, &keys("C-n")), Resolution::Action(Action::Down));
        assert!(errors.contains(&KeymapError::Shadowed("list".into(), "g".into(), "g g".into())), "{errors:?}");
        assert!(errors.contains(&KeymapError::Action("list".into(), "x".into(), "fly".into())));
    }
}
