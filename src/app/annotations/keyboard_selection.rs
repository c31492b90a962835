//! Choosing text with the keyboard: by sentence, by word, by letter, and any stretch of them.
//!
//! Two units make a choice: the tail, where it began, and the head, which the keys move. What lies
//! between them is chosen. Unless the user stretches the choice, the tail follows the head.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::app::input::action::Action;
use crate::news::highlight::texts;
use crate::news::{Article, Colour, Point};
use crate::speech;

/// A stretch of the body: its first byte, and one past its last.
pub type Span = (Point, Point);

/// What the head moves by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Sentence,
    Word,
    Letter,
}

/// The choice under way.
#[derive(Clone, Debug)]
pub struct KeyboardSelection {
    sentences: Vec<Span>,
    tail: Span,
    head: Span,
    /// Whether the tail stays where it is.
    stretching: bool,
    /// The colour that a highlight made of it will have.
    colour: Colour,
}

impl KeyboardSelection {
    /// The first sentence that ends after `from`; none where the article has nothing to mark.
    pub fn begin(article: &Article, from: Point) -> Option<Self> {
        let mut sentences: Vec<Span> = speech::sentences(article)
            .into_iter()
            .map(|(block, item, bytes)| {
                let point = |byte| Point { block, item, byte };
                (point(bytes.start), point(bytes.end))
            })
            .collect();
        if sentences.is_empty() {
            sentences = spans(article, 0, usize::MAX, Unit::Word);
        }
        let first = sentences
            .iter()
            .find(|s| s.1 > from)
            .or(sentences.last())
            .copied()?;
        Some(Self {
            sentences,
            tail: first,
            head: first,
            stretching: false,
            colour: Colour::default(),
        })
    }

    /// What is chosen.
    pub fn chosen(&self) -> Span {
        (self.tail.0.min(self.head.0), self.tail.1.max(self.head.1))
    }

    /// Whether moving the head stretches the choice.
    pub fn is_stretching(&self) -> bool {
        self.stretching
    }

    /// Has moving the head stretch the choice, or not any more.
    pub fn toggle_stretching(&mut self) {
        self.stretching = !self.stretching;
    }

    /// The colour that a highlight made of it will have.
    pub fn colour(&self) -> Colour {
        self.colour
    }

    /// Sets the colour that a highlight made of it will have.
    pub fn set_colour(&mut self, colour: Colour) {
        self.colour = colour;
    }

    /// What the keys move.
    pub fn head(&self) -> Span {
        self.head
    }

    /// Selects `span` alone: both ends of the selection are there.
    pub fn choose(&mut self, span: Span) {
        (self.tail, self.head, self.stretching) = (span, span, false);
    }

    /// Moves the head by an action, `count` times. Gives whether the action is one that moves it.
    pub fn go(&mut self, article: &Article, action: Action, count: usize) -> bool {
        let (unit, onwards) = match action {
            Action::Down => (Unit::Sentence, true),
            Action::Up => (Unit::Sentence, false),
            Action::NextWord => (Unit::Word, true),
            Action::PreviousWord => (Unit::Word, false),
            Action::NextLetter => (Unit::Letter, true),
            Action::PreviousLetter => (Unit::Letter, false),
            Action::First | Action::Last => {
                let end = if action == Action::First {
                    self.sentences.first()
                } else {
                    self.sentences.last()
                };
                self.head = end.copied().unwrap_or(self.head);
                self.follow();
                return true;
            }
            _ => return false,
        };
        for _ in 0..count {
            let Some(next) = self.next(article, unit, onwards) else {
                break;
            };
            self.head = next;
        }
        self.follow();
        true
    }

    fn follow(&mut self) {
        if !self.stretching {
            self.tail = self.head;
        }
    }

    /// The unit after the head, or before it. Inside a longer one, a shorter one begins at its end,
    /// or at its beginning.
    fn next(&self, article: &Article, unit: Unit, onwards: bool) -> Option<Span> {
        let (from, until) = self.head;
        let around = (until.block.saturating_sub(2), until.block + 2);
        let near;
        let units = match unit {
            Unit::Sentence => &self.sentences,
            // From the text of the head to its neighbours: a long article is not cut into letters
            // for one step.
            Unit::Word | Unit::Letter => {
                near = spans(article, around.0.min(from.block), around.1, unit);
                &near
            }
        };
        if onwards {
            units.iter().find(|u| u.1 > until).copied()
        } else {
            units.iter().rev().find(|u| u.0 < from).copied()
        }
    }
}

/// The words or letters of the blocks from `first` to `last`.
fn spans(article: &Article, first: usize, last: usize, unit: Unit) -> Vec<Span> {
    let mut out = Vec::new();
    for (block, item, text) in texts(article)
        .into_iter()
        .filter(|(block, ..)| (first..=last).contains(block))
    {
        let point = |byte| Point { block, item, byte };
        let mut put = |at: usize, piece: &str| {
            if !piece.trim().is_empty() {
                out.push((point(at), point(at + piece.len())));
            }
        };
        match unit {
            Unit::Letter => text.grapheme_indices(true).for_each(|(at, g)| put(at, g)),
            Unit::Word | Unit::Sentence => {
                let mut at = 0;
                for word in text.split(char::is_whitespace) {
                    put(at, word);
                    at += word.len()
                        + text[at + word.len()..]
                            .chars()
                            .next()
                            .map_or(0, char::len_utf8);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::{Block, Clean, Highlight};

    fn article() -> Article {
        Article {
            blocks: vec![
                Block::paragraph("국회는 22일 예산안을 처리했다. 표결에는 한국👨‍👩‍👧 의원이 나왔다."),
                Block::list(true, vec![Clean::line("첫째 것"), Clean::line("둘째 것")]),
                Block::paragraph("끝 문단이다."),
            ],
            ..Article::default()
        }
    }

    fn read(article: &Article, marking: &KeyboardSelection) -> String {
        let (from, until) = marking.chosen();
        Highlight::of(article, from, until, Colour::Yellow)
            .unwrap()
            .quote
            .to_string()
    }

    fn go(article: &Article, marking: &mut KeyboardSelection, actions: &[Action]) -> String {
        for action in actions {
            assert!(marking.go(article, *action, 1));
        }
        read(article, marking)
    }

    #[test]
    fn sentences_are_walked_and_stretched_over() {
        use Action::{Down, First, Last, Up};
        let a = article();
        let mut m = KeyboardSelection::begin(&a, Point::default()).unwrap();
        assert_eq!(read(&a, &m), "국회는 22일 예산안을 처리했다.");
        assert_eq!(go(&a, &mut m, &[Down, Down]), "첫째 것");
        assert_eq!(
            go(&a, &mut m, &[Down, Down, Down, Down]),
            "끝 문단이다.",
            "the end is the end"
        );
        assert_eq!(
            go(&a, &mut m, &[Up, Up, Up]),
            "표결에는 한국👨‍👩‍👧 의원이 나왔다."
        );
        m.stretching = true;
        assert_eq!(
            go(&a, &mut m, &[Down]),
            "표결에는 한국👨‍👩‍👧 의원이 나왔다.\n첫째 것"
        );
        assert_eq!(
            go(&a, &mut m, &[Up, Up]),
            "국회는 22일 예산안을 처리했다. 표결에는 한국👨‍👩‍👧 의원이 나왔다."
        );
        assert_eq!(
            go(&a, &mut m, &[Last, First]),
            "국회는 22일 예산안을 처리했다. 표결에는 한국👨‍👩‍👧 의원이 나왔다."
        );
    }

    #[test]
    fn words_and_letters_go_on_from_where_the_head_is() {
        use Action::{NextLetter, NextWord, PreviousLetter, PreviousWord};
        let a = article();
        let mut m = KeyboardSelection::begin(&a, Point::default()).unwrap();
        assert_eq!(go(&a, &mut m, &[NextWord]), "표결에는");
        assert_eq!(go(&a, &mut m, &[PreviousWord, PreviousWord]), "예산안을");
        m.stretching = true;
        assert_eq!(
            go(&a, &mut m, &[NextWord, NextWord, NextWord]),
            "예산안을 처리했다. 표결에는 한국👨‍👩‍👧"
        );
        assert_eq!(
            go(&a, &mut m, &[PreviousLetter]),
            "예산안을 처리했다. 표결에는"
        );
        assert_eq!(
            go(&a, &mut m, &[NextLetter, NextLetter, NextLetter]),
            "예산안을 처리했다. 표결에는 한국👨‍👩‍👧",
            "a family is one letter"
        );
        assert_eq!(
            go(&a, &mut m, &[NextWord, NextWord, NextWord]),
            "예산안을 처리했다. 표결에는 한국👨‍👩‍👧 의원이 나왔다.\n첫째"
        );
    }

    #[test]
    fn an_article_without_sentences_has_nothing_to_mark() {
        assert!(KeyboardSelection::begin(&Article::default(), Point::default()).is_none());
        let code = Article {
            blocks: vec![Block::Code {
                text: Clean::code("let a = 1;"),
            }],
            ..Article::default()
        };
        let m = KeyboardSelection::begin(&code, Point::default()).unwrap();
        assert_eq!(read(&code, &m), "let");
    }
}
