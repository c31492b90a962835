//! Maps keys to actions by look-up in tables.

use std::collections::{BTreeMap, BTreeSet};

use super::action::Action;
use super::key::Key;
use crate::app::protocol::failure::{Cause, Failure};
use crate::config::Config;
use crate::config::settings::KeyTable;
use crate::news::order::Order as _;

/// Where a key was pressed. The bindings of a pane take precedence over the global ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Everywhere, unless a pane overrides it.
    Global,
    /// The sources pane.
    Sources,
    /// The list pane.
    List,
    /// The reader pane.
    Reader,
    /// The reader pane while text is being selected.
    Highlight,
    /// An open popup.
    Popup,
}

impl Context {
    /// All contexts, with their names in TOML.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Global, "global"),
        (Self::Sources, "sources"),
        (Self::List, "list"),
        (Self::Reader, "reader"),
        (Self::Highlight, "highlight"),
        (Self::Popup, "popup"),
    ];
}

/// What a sequence of keys means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// These actions, one after the other.
    Actions(Vec<Action>),
    /// It is the beginning of a longer sequence.
    Pending,
    /// It is not bound.
    None,
}

/// What is wrong with a table of key bindings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// There is no context of this name.
    #[error("keys.{0}")]
    Context(String),
    /// In this context, this is not a key sequence.
    #[error("keys.{0}: \"{1}\"")]
    Key(String, String),
    /// In this context, this key is bound to a name that is not an action.
    #[error("keys.{0}: \"{1}\" = \"{2}\"")]
    Action(String, String, String),
    /// In this context, this sequence can never be typed, because this beginning of it is bound
    /// itself.
    #[error("keys.{0}: \"{1}\" ↔ \"{2}\"")]
    Shadowed(String, String, String),
    /// The user bound this key globally, but a pane overrides it.
    #[error("keys.global: \"{0}\" ↔ keys.{1}")]
    Covered(String, String),
}

impl KeymapError {
    /// The dotted key in `own`, the user's part of the table, that it is about.
    fn setting(&self, own: &KeyTable) -> Option<String> {
        let (contexts, wanted) = match self {
            Self::Context(name) => return Some(format!("keys.{name}")),
            Self::Key(context, keys) | Self::Action(context, keys, _) => {
                return Some(format!("keys.{context}.{keys}"));
            }
            Self::Shadowed(context, one, other) => ([&**context, "global"], [&**one, other]),
            Self::Covered(keys, _) => (["global"; 2], [&**keys; 2]),
        };
        let bound = contexts.into_iter().flat_map(|context| {
            let keys = own.get(context).into_iter().flat_map(toml::Table::keys);
            keys.map(move |keys| (context, keys))
        });
        let is_it = |keys: &str| {
            let sequence = sequence(keys).map(|keys| written(&keys));
            wanted.contains(&keys) || sequence.is_some_and(|keys| wanted.contains(&&*keys))
        };
        let mut bound = bound.filter(|(_, keys)| is_it(keys));
        bound
            .next()
            .map(|(context, keys)| format!("keys.{context}.{keys}"))
    }

    fn cause(&self) -> Cause {
        match self {
            Self::Context(_) => Cause::KeyTable,
            Self::Key(..) => Cause::KeyName,
            Self::Action(..) => Cause::KeyAction,
            Self::Shadowed(..) | Self::Covered(..) => Cause::Keys,
        }
    }
}

/// What is wrong with the user's key bindings, in the order of the settings file, each with its
/// line. What one binding takes away from several others is told once.
pub fn faults(config: &Config, errors: &[KeymapError]) -> Vec<(Option<usize>, Failure)> {
    let mut told: Vec<(Option<String>, Option<usize>, Failure)> = Vec::new();
    for error in errors {
        let setting = error.setting(&config.keys);
        if setting.is_some() && told.iter().any(|(other, ..)| *other == setting) {
            continue;
        }
        let (line, place) = match &setting {
            Some(key) => (
                config.places.line(key),
                config.places.told(key, &error.to_string()),
            ),
            None => (None, error.to_string()),
        };
        told.push((setting, line, Failure::new(error.cause(), &place)));
    }
    told.order_by_key(|(_, line, _)| line.unwrap_or(usize::MAX));
    told.into_iter()
        .map(|(_, line, failure)| (line, failure))
        .collect()
}

/// The key bindings, by context.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    tables: BTreeMap<Context, BTreeMap<Vec<Key>, Vec<Action>>>,
    /// All bindings: context, sequence and actions, in the order of the file.
    written: Vec<(Context, Vec<Key>, Vec<Action>)>,
}

impl Keymap {
    /// Reads a table. Invalid bindings are left out and reported. A binding in `own`, the user's
    /// part of the table, is also reported if it can never take effect.
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

    /// Sequences that can't be typed because a beginning of them is bound in the same context or
    /// globally.
    fn shadowed(&self) -> Vec<KeymapError> {
        let mut errors = Vec::new();
        for (context, name) in Context::ALL {
            let seen = [context, Context::Global]
                .into_iter()
                .filter_map(|c| self.tables.get(&c));
            let bound: BTreeSet<&Vec<Key>> = seen.flat_map(BTreeMap::keys).collect();
            for keys in bound.iter().filter(|keys| keys.len() > 1) {
                // A problem of the global table is reported once, not for every pane.
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

    /// Keys that the user bound globally but a pane overrides.
    fn covered(&self, own: &KeyTable) -> Vec<KeymapError> {
        let global = own.get("global").into_iter().flatten();
        let bound: Vec<_> = global.filter(|(_, v)| v.as_str() != Some("none")).collect();
        let mut errors = Vec::new();
        for (keys, sequence) in bound
            .into_iter()
            .filter_map(|(keys, _)| Some((keys, sequence(keys)?)))
        {
            // Text selection has a keyboard of its own, so it may override anything.
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

    /// What `keys` mean in `context`.
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

    /// The sequences bound to `action` alone in `context`, in the order of the file.
    pub fn keys_of(&self, context: Context, action: Action) -> Vec<String> {
        let bound = self
            .written
            .iter()
            .filter(|(c, _, a)| *c == context && a[..] == [action]);
        bound.map(|(_, keys, _)| written(keys)).collect()
    }

    /// The sequences bound to several actions in `context`, in the order of the file.
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

/// Parses a sequence of keys separated by blanks.
fn sequence(text: &str) -> Option<Vec<Key>> {
    let keys = text
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<Vec<Key>, ()>>()
        .ok()?;
    (!keys.is_empty()).then_some(keys)
}

/// Parses an action or a list of actions; the error is the name that is not an action.
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
            Resolution::Actions(vec![Action::NextPane])
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
        let user = "[keys.list]\n\"j\" = \"none\"\n\"C-n\" = \"down\"\n\"g\" = \"first\"\n\
            \"x\" = \"fly\"\n";
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
        let user = "[keys.global]\n\"E\" = [\"scrap\", \"next-article\"]\n\
            \"U\" = [\"scrap\", \"sing\"]\n\"M\" = []\n";
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
