//! Keys on their way to an action: the number typed before them, and sequences that are not
//! finished.

use super::action::Action;
use super::key::{Key, KeyCode};
use super::keymap::{Context, Keymap, Resolution};

/// The largest count that can be typed before a key.
const MOST: usize = 9_999;

/// What was typed and has not become an action yet.
#[derive(Clone, Debug, Default)]
pub struct KeyInput {
    /// The keys of a sequence that is not finished.
    pending: Vec<Key>,
    /// The number typed before a key.
    count: Option<usize>,
}

impl KeyInput {
    /// The keys of a sequence that is not finished.
    pub fn pending(&self) -> &[Key] {
        &self.pending
    }

    /// The number typed before a key.
    pub fn count(&self) -> Option<usize> {
        self.count
    }

    /// Takes in a key as a Latin layout sends it: a digit of a count, or a part of a sequence.
    /// Gives the actions that it completes, and how many times each is to be done.
    pub fn press(&mut self, key: Key, keymap: &Keymap, context: Context) -> (Vec<Action>, usize) {
        if let KeyCode::Char(digit @ '0'..='9') = key.code
            && !key.ctrl
            && !key.alt
            && self.pending.is_empty()
            && (digit != '0' || self.count.is_some())
        {
            let count = self.count.unwrap_or(0) * 10 + digit as usize - '0' as usize;
            self.count = Some(count.min(MOST));
            return (Vec::new(), 1);
        }
        self.pending.push(key);
        let actions = match keymap.resolve(context, &self.pending) {
            Resolution::Pending => return (Vec::new(), 1),
            Resolution::None => Vec::new(),
            Resolution::Actions(actions) => actions,
        };
        self.pending.clear();
        (actions, self.count.take().unwrap_or(1))
    }
}
