//! The changes that can be undone.

use super::jobs::PendingChange;
use super::protocol::undo::Undo;

/// The changes that can be undone, newest last.
#[derive(Clone, Debug, Default)]
pub struct UndoList(Vec<Undo>);

impl UndoList {
    /// Adds a change that was made.
    pub fn push(&mut self, undo: Undo) {
        self.0.push(undo);
    }

    /// Takes the newest change off the list, to be undone.
    pub fn pop(&mut self) -> Option<Undo> {
        self.0.pop()
    }

    /// How many changes can be undone.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing can be undone.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes a change off the list that was announced but could not be kept.
    pub fn withdraw(&mut self, refused: &PendingChange) {
        self.0.retain(|undo| match (undo, refused) {
            (Undo::Scrapped(a), PendingChange::Scrap(b, _)) => a != b,
            (Undo::Annotated(a, was), PendingChange::Annotate(b, before)) => {
                (a, was) != (b, before)
            }
            _ => true,
        });
    }
}
