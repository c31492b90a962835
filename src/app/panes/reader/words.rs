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

/// The word around a byte of a text, and the sentence that it stands in.
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
    let ends = |pair: &(usize, char)| matches!(pair.1, '.' | '!' | '?' | '\n' | '。');
    let sentence_start = text[..start]
        .char_indices()
        .rev()
        .take(LONGEST_SIDE)
        .find(ends)
        .map_or_else(|| nth_back(&text[..start]), |(at, c)| at + c.len_utf8());
    let last = |c: char| matches!(c, '.' | '!' | '?' | '\n' | '。');
    let sentence_end = if text[start..end].ends_with(last) {
        end
    } else {
        let mut rest = text[end..].char_indices().take(LONGEST_SIDE);
        let found = rest.find(ends);
        found.map_or_else(
            || end + nth(&text[end..]),
            |(at, c)| end + at + c.len_utf8(),
        )
    };
    Some(WordRequest {
        eojeol,
        sentence: Clean::line(text.get(sentence_start..sentence_end)?),
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

    fn asked(text: &str, mark: &str) -> (String, String) {
        let request = word_at(text, text.find(mark).unwrap()).unwrap();
        (request.eojeol.to_string(), request.sentence.to_string())
    }

    #[test]
    fn the_word_around_a_letter_is_meant_and_its_sentence() {
        let text = "첫 문장이다. 한국은행에서는 금리를 올렸다. 끝.";
        let sentence = "한국은행에서는 금리를 올렸다.".to_owned();
        assert_eq!(
            asked(text, "은행"),
            ("한국은행에서는".to_owned(), sentence.clone())
        );
        assert_eq!(asked(text, "올렸"), ("올렸다.".to_owned(), sentence));
        assert_eq!(asked(text, "첫").1, "첫 문장이다.");
        assert!(word_at("  ", 1).is_none());
        assert!(word_at("가", 1_000).is_none());
        let long = "가나 ".repeat(2_000);
        assert!(
            word_at(&long, 3_000 / 7 * 7)
                .unwrap()
                .sentence
                .chars()
                .count()
                < 500
        );
    }
}
