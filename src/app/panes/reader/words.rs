//! A word of the text in the user's dictionary: which word is meant, and what was found.

use super::Reader;
use super::mouse_selection::letter_at;
use super::story_draft::Draft;
use super::story_view::StoryView;
use crate::app::env::Env;
use crate::app::jobs::JobKind;
use crate::app::protocol::library::{LibraryJob, WordRequest};
use crate::app::protocol::message::Mouse;
use crate::app::reply::Reply;
use crate::dictionary::LookedUp;
use crate::news::Clean;
use crate::text::PartRole;

/// Most characters of a sentence that are kept on each side of the word.
const LONGEST_SIDE: usize = 200;

/// Asks for the word at a byte of a text.
pub fn look_up(text: &str, byte: usize) -> Reply {
    match word_at(text, byte) {
        Some(request) => Reply::none().restart(JobKind::Word, LibraryJob::LookUp(request)),
        None => Reply::none(),
    }
}

/// The word around a byte of a text, and the text around it.
fn word_at(text: &str, byte: usize) -> Option<WordRequest> {
    let (before, after) = text.split_at_checked(byte)?;
    let start = before.rfind(char::is_whitespace).map_or(0, |at| {
        at + before[at..].chars().next().map_or(0, char::len_utf8)
    });
    let end = byte + after.find(char::is_whitespace).unwrap_or(after.len());
    let eojeol = Clean::line(text.get(start..end)?);
    if eojeol.is_blank() {
        return None;
    }
    let near = nth_back(&text[..start])..end + nth(&text[end..]);
    Some(WordRequest {
        eojeol,
        at: start - near.start,
        near: text.get(near)?.to_owned(),
    })
}

/// The place of the first of the last [`LONGEST_SIDE`] characters.
fn nth_back(text: &str) -> usize {
    let mut places = text.char_indices().rev();
    places
        .nth(LONGEST_SIDE)
        .map_or(0, |(at, c)| at + c.len_utf8())
}

/// The place after the first [`LONGEST_SIDE`] characters.
fn nth(text: &str) -> usize {
    let mut places = text.char_indices();
    places.nth(LONGEST_SIDE).map_or(text.len(), |(at, _)| at)
}

impl Reader {
    /// Looks up the word under the pointer.
    pub fn look_up_at(&self, mouse: Mouse, env: &Env<'_>) -> Reply {
        let area = env.geometry.text;
        let Some(sheet) = self.sheet() else {
            return Reply::none();
        };
        let Some((letter, true)) = letter_at(sheet, area, env.start, (mouse.x, mouse.y)) else {
            return Reply::none();
        };
        let part = sheet.document().parts.get(letter.part);
        part.map_or_else(Reply::none, |part| look_up(&part.text, letter.bytes.start))
    }

    /// Shows a word that was looked up over the article.
    pub fn show_word(&mut self, word: &LookedUp, env: &Env<'_>) {
        let Some(id) = self.id.or_else(|| self.article.as_ref().map(|a| a.id())) else {
            return;
        };
        let mut draft = Draft::default();
        draft.tell(PartRole::Kicker, &env.text("word.kicker"));
        draft.title(&word.eojeol);
        for entry in &word.entries {
            draft.tell(PartRole::Heading(3), &entry.headword);
            let lines = entry.entry.iter().flat_map(|text| text.lines());
            lines.for_each(|line| draft.tell(PartRole::Paragraph, line));
        }
        if word.entries.is_empty() {
            draft.tell(PartRole::Notice, &env.text("word.none"));
        } else if word.entries.iter().all(|e| e.entry.is_none()) {
            draft.tell(PartRole::Notice, &env.text("word.none-entry"));
        }
        if !word.sentence.is_blank() {
            draft.tell(PartRole::Quote, &word.sentence);
        }
        self.story_view = Some(Box::new(StoryView::word(id, draft, env)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_around_a_letter_is_meant_and_the_text_around_it() {
        let text = "첫 문장이다. 한국은행에서는 금리를 올렸다. 끝.";
        for (mark, eojeol) in [
            ("은행", "한국은행에서는"),
            ("올렸", "올렸다."),
            ("첫", "첫"),
        ] {
            let asked = word_at(text, text.find(mark).unwrap()).unwrap();
            assert_eq!(&*asked.eojeol, eojeol);
            assert!(asked.near[asked.at..].starts_with(eojeol));
            assert_eq!(asked.near, text);
        }
        assert!(word_at("  ", 1).is_none());
        assert!(word_at("가", 1_000).is_none());
        let long = "가나 ".repeat(2_000);
        let asked = word_at(&long, 3_000 / 7 * 7).unwrap();
        assert!(asked.near.chars().count() < 500);
        assert!(asked.near[asked.at..].starts_with("가나"));
    }
}
