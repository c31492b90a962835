//! Where a key becomes an action: a look-up in tables, never a test in code.

use std::collections::{BTreeMap, BTreeSet};

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
    /// The reader pane while text is chosen.
    Highlight,
    /// A popup.
    Popup,
}

impl Context {
    /// All, with their names in TOML.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Global, "global"),
        (Self::Sources, "sources"),
        (Self::List, "list"),
        (Self::Reader, "reader"),
        (Self::Highlight, "highlight"),
        (Self::Popup, "popup"),
    ];
}

/// What a run of keys means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// These, one after the other.
    Actions(Vec<Action>),
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
    /// A key that the reader bound everywhere means something else in a pane.
    #[error("keys.global: \"{0}\" ↔ keys.{1}")]
    Covered(String, String),
}

/// Sequences of keys and their actions, by context.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    tables: BTreeMap<Context, BTreeMap<Vec<Key>, Vec<Action>>>,
    /// All bindings in the order in which they were written.
    written: Vec<(Context, Vec<Key>, Vec<Action>)>,
}

impl Keymap {
    /// Reads a table; what is wrong is left out and reported. Of `own`, the reader's part of it,
    /// each binding must come to pass.
    pub fn from_table(table: &KeyTable, own: &KeyTable) -> (Self, Vec<KeymapError>) {
        let (mut keymap, mut errors) = (Self::default(), Vec::new());
        for (name, bindings) in table {
            let Some((context, _)) = Context::ALL.iter().find(|(_, n)| n == name) else {
                errors.push(KeymapError::Context(name.clone()));
                continue;
            };
            for (keys, value) in bindings
                .iter()
                .filter(|(_, value)| value.as_str() != Some("none"))
            {
                match (sequence(keys), actions(value)) {
                    (None, _) => errors.push(KeymapError::Key(name.clone(), keys.clone())),
                    (_, Err(action)) => {
                        errors.push(KeymapError::Action(name.clone(), keys.clone(), action));
                    }
                    (Some(sequence), Ok(actions)) => {
                        keymap
                            .written
                            .push((*context, sequence.clone(), actions.clone()));
                        keymap
                            .tables
                            .entry(*context)
                            .or_default()
                            .insert(sequence, actions);
                    }
                }
            }
        }
        errors.extend(keymap.shadowed());
        errors.extend(keymap.covered(own));
        (keymap, errors)
    }

    /// Sequences that can't be typed, since one of their beginnings is bound where they are looked
    /// up.
    fn shadowed(&self) -> Vec<KeymapError> {
        let mut errors = Vec::new();
        for (context, name) in Context::ALL {
            let seen = [context, Context::Global]
                .into_iter()
                .filter_map(|c| self.tables.get(&c));
            let bound: BTreeSet<&Vec<Key>> = seen.flat_map(BTreeMap::keys).collect();
            for keys in bound.iter().filter(|keys| keys.len() > 1) {
                // What is bound everywhere is told once.
                let told = context != Context::Global
                    && self
                        .tables
                        .get(&Context::Global)
                        .is_some_and(|t| t.contains_key(*keys));
                let beginning = (1..keys.len())
                    .map(|n| keys[..n].to_vec())
                    .find(|b| bound.contains(b));
                if let Some(beginning) = beginning.filter(|_| !told) {
                    errors.push(KeymapError::Shadowed(
                        name.to_owned(),
                        written(&beginning),
                        written(keys),
                    ));
                }
            }
        }
        errors
    }

    /// Keys that the reader bound everywhere and a pane keeps for itself.
    fn covered(&self, own: &KeyTable) -> Vec<KeymapError> {
        let global = own.get("global").into_iter().flatten();
        let bound: Vec<_> = global.filter(|(_, v)| v.as_str() != Some("none")).collect();
        let mut errors = Vec::new();
        for (keys, sequence) in bound
            .into_iter()
            .filter_map(|(keys, _)| Some((keys, sequence(keys)?)))
        {
            // While text is chosen, keys are that mode's.
            let panes = Context::ALL
                .into_iter()
                .filter(|(c, _)| !matches!(c, Context::Global | Context::Highlight));
            for (context, name) in panes {
                let kept = self
                    .tables
                    .get(&context)
                    .is_some_and(|t| t.contains_key(&sequence));
                if kept && !own.get(name).is_some_and(|t| t.contains_key(keys)) {
                    errors.push(KeymapError::Covered(keys.clone(), name.to_owned()));
                }
            }
        }
        errors
    }

    /// What `keys`, pressed in `context`, mean.
    pub fn resolve(&self, context: Context, keys: &[Key]) -> Resolution {
        let mut pending = false;
        for table in [context, Context::Global]
            .into_iter()
            .filter_map(|c| self.tables.get(&c))
        {
            if let Some(actions) = table.get(keys) {
                return Resolution::Actions(actions.clone());
            }
            pending |= table.keys().any(|sequence| sequence.starts_with(keys));
        }
        if pending {
            Resolution::Pending
        } else {
            Resolution::None
        }
    }

    /// The sequences that mean `action` in `context` alone, in the order in which they were
    /// written.
    pub fn keys_of(&self, context: Context, action: Action) -> Vec<String> {
        let bound = self
            .written
            .iter()
            .filter(|(c, _, a)| *c == context && a[..] == [action]);
        bound.map(|(_, keys, _)| written(keys)).collect()
    }

    /// The keys that mean several actions in `context`, in the order in which they were written.
    pub fn chains(&self, context: Context) -> Vec<(String, &[Action])> {
        let bound = self
            .written
            .iter()
            .filter(|(c, _, a)| *c == context && a.len() > 1);
        bound
            .map(|(_, keys, actions)| (written(keys), &actions[..]))
            .collect()
    }
}

/// The keys of a sequence as it is written, blanks between.
fn sequence(text: &str) -> Option<Vec<Key>> {
    let keys = text
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<Vec<Key>, ()>>()
        .ok()?;
    (!keys.is_empty()).then_some(keys)
}

/// One action or a list of them; the name that is none where one isn't.
fn actions(value: &toml::Value) -> Result<Vec<Action>, String> {
    let one = std::slice::from_ref(value);
    let names = value.as_array().map_or(one, Vec::as_slice);
    let named = names.iter().map(|name| {
        let name = name
            .as_str()
            .map_or_else(|| name.to_string(), str::to_owned);
        Action::named(&name).ok_or(name)
    });
    let actions: Vec<Action> = named.collect::<Result<_, _>>()?;
    if actions.is_empty() {
        Err("[]".to_owned())
    } else {
        Ok(actions)
    }
}

fn written(keys: &[Key]) -> String {
    keys.iter()
        .map(Key::to_string)
        .collect::<Vec<_>>()
        .join(" ")
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
        let (keymap, errors) =
            Keymap::from_table(&Config::standard().key_table(), &KeyTable::new());
        assert_eq!(errors, []);
        assert_eq!(
            keymap.resolve(Context::List, &keys("j")),
            Resolution::Actions(vec![Action::Down])
        );
        assert_eq!(
            keymap.resolve(Context::List, &keys("g")),
            Resolution::Pending
        );
        assert_eq!(
            keymap.resolve(Context::List, &keys("g g")),
            Resolution::Actions(vec![Action::First])
        );
        assert_eq!(
            keymap.resolve(Context::Reader, &keys("s")),
            Resolution::Actions(vec![Action::Scrap])
        );
        assert_eq!(
            keymap.resolve(Context::Reader, &keys("Tab")),
            Resolution::Actions(vec![Action::ShortNews])
        );
    }

    #[test]
    fn every_action_is_bound_somewhere() {
        let (keymap, _) = Keymap::from_table(&Config::standard().key_table(), &KeyTable::new());
        for action in Action::ALL {
            let bound = Context::ALL
                .iter()
                .any(|(c, _)| !keymap.keys_of(*c, *action).is_empty());
            assert!(bound, "{}", action.name());
        }
    }

    #[test]
    fn a_user_can_rebind_unbind_and_is_told_of_conflicts() {
        let user = "[keys.list]\n\"j\" = \"none\"\n\"C-n\" = \"down\"\n\"g\" = \"first\"\n\"x\" = \"fly\"\n";
        let config = Config::with_user("c", user).unwrap();
        let (keymap, errors) = Keymap::from_table(&config.key_table(), &config.keys);
        assert_eq!(keymap.resolve(Context::List, &keys("j")), Resolution::None);
        assert_eq!(
            keymap.resolve(Context::List, &keys("C-n")),
            Resolution::Actions(vec![Action::Down])
        );
        assert!(
            errors.contains(&KeymapError::Shadowed(
                "list".into(),
                "g".into(),
                "g g".into()
            )),
            "{errors:?}"
        );
        assert!(errors.contains(&KeymapError::Action(
            "list".into(),
            "x".into(),
            "fly".into()
        )));
    }

    #[test]
    fn a_key_does_several_things_and_each_of_them_must_exist() {
        let user = "[keys.global]\n\"E\" = [\"scrap\", \"next-article\"]\n\"U\" = [\"scrap\", \"sing\"]\n\"M\" = []\n";
        let config = Config::with_user("c", user).unwrap();
        let (keymap, errors) = Keymap::from_table(&config.key_table(), &config.keys);
        let both = vec![Action::Scrap, Action::NextArticle];
        assert_eq!(
            keymap.resolve(Context::Reader, &keys("E")),
            Resolution::Actions(both)
        );
        assert!(
            errors.contains(&KeymapError::Action(
                "global".into(),
                "U".into(),
                "sing".into()
            )),
            "{errors:?}"
        );
        assert!(errors.contains(&KeymapError::Action(
            "global".into(),
            "M".into(),
            "[]".into()
        )));
        assert_eq!(keymap.chains(Context::Global).len(), 1);
        assert!(
            !keymap
                .keys_of(Context::Global, Action::Scrap)
                .contains(&"E".to_owned()),
            "that key does more"
        );
    }

    #[test]
    fn what_a_pane_keeps_for_itself_and_what_can_not_be_typed_is_named() {
        let user = "[keys.global]\n\"n\" = \"scrap\"\n\"g\" = \"zen\"\n\"j\" = \"none\"\n";
        let config = Config::with_user("c", user).unwrap();
        let (_, errors) = Keymap::from_table(&config.key_table(), &config.keys);
        assert!(
            errors.contains(&KeymapError::Covered("n".into(), "reader".into())),
            "{errors:?}"
        );
        assert!(
            errors.contains(&KeymapError::Shadowed(
                "reader".into(),
                "g".into(),
                "g g".into()
            )),
            "{errors:?}"
        );
        assert!(
            !errors
                .iter()
                .any(|e| matches!(e, KeymapError::Covered(k, _) if k == "j"))
        );
        let own = "[keys.global]\n\"n\" = \"scrap\"\n[keys.reader]\n\"n\" = \"none\"\n";
        let config = Config::with_user("c", own).unwrap();
        assert_eq!(Keymap::from_table(&config.key_table(), &config.keys).1, []);
    }
}
