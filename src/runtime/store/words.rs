//! The words that the reader looked up, the latest first.

use super::{Store, StoreError};
use crate::dictionary::LookedUp;

/// The key of the list among the state.
const KEY: &str = "words looked up";

/// Most words that are kept.
const MOST: usize = 2_000;

impl Store {
    /// The words that were looked up, the latest first.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn words(&self) -> Result<Vec<LookedUp>, StoreError> {
        Ok(self.state_get(KEY)?.unwrap_or_default())
    }

    /// Adds a word to the list. One that is looked up again comes to the top, with the sentence that
    /// it stands in now.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn note_word(&self, word: &LookedUp) -> Result<(), StoreError> {
        let mut words = self.words()?;
        words.retain(|known| known.headword() != word.headword());
        words.insert(0, word.clone());
        words.truncate(MOST);
        self.state_put(KEY, &words)
    }

    /// Forgets all words that were looked up; returns how many there were.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn forget_words(&self) -> Result<usize, StoreError> {
        let words = self.words()?.len();
        self.state_put::<[LookedUp]>(KEY, &[])?;
        Ok(words)
    }
}
