//! 하이라이트: a passage of an article that the reader marked. It is anchored in the text, not in screen
//! rows.
//!
//! A highlight stores its position (block, item, byte) and the marked text. If the article's text
//! has changed, the highlight is found again by the marked text; if that is gone, too, the
//! highlight is kept without a position.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Article, Block, Clean};
use crate::news::order::Order as _;

/// A place in the body of an article.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Point {
    /// Index in [`Article::blocks`].
    pub block: usize,
    /// Index of the item in a list, otherwise 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub item: usize,
    /// Byte offset in its text.
    pub byte: usize,
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// The colour of a highlight. Each also has a name and a kind of underline, so that nothing depends
/// on colour alone.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Colour {
    /// 노랑.
    #[default]
    Yellow,
    /// 초록.
    Green,
    /// 파랑.
    Blue,
    /// 분홍.
    Pink,
}

impl Colour {
    /// All colours, as the key cycles through them.
    pub const ALL: [Self; 4] = [Self::Yellow, Self::Green, Self::Blue, Self::Pink];

    /// Its name in files: `yellow`, …
    pub fn name(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Pink => "pink",
        }
    }

    /// The next colour in the cycle.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|c| *c == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}

/// A passage that the reader marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Highlight {
    /// Its first byte.
    pub from: Point,
    /// The byte after its last one.
    pub until: Point,
    /// Its colour.
    #[serde(default)]
    pub colour: Colour,
    /// The reader's note on it.
    #[serde(default)]
    pub note: Option<Clean>,
    /// The marked text, with one line for each text that the passage goes through.
    pub quote: Clean,
}

/// A text of the body that can be marked: block index, item index and the text.
pub type Text<'a> = (usize, usize, &'a Clean);

/// The texts of the body that can be marked, in reading order.
pub fn texts(article: &Article) -> Vec<Text<'_>> {
    let mut out = Vec::with_capacity(article.blocks.len());
    for (block, it) in article.blocks.iter().enumerate() {
        match it {
            Block::Paragraph { text, .. }
            | Block::Heading { text, .. }
            | Block::Quote { text, .. }
            | Block::Code { text } => out.push((block, 0, text)),
            Block::List { items, .. } => out.extend(
                items
                    .iter()
                    .enumerate()
                    .map(|(item, text)| (block, item, text)),
            ),
            Block::Image { .. } | Block::Table { .. } | Block::Embed { .. } => {}
        }
    }
    out
}

impl Highlight {
    /// A highlight of the passage from `from` to `until` of `article`; `None` if the passage is
    /// blank.
    pub fn of(article: &Article, from: Point, until: Point, colour: Colour) -> Option<Self> {
        let quote = quote(article, from, until);
        (!quote.is_blank()).then_some(Self {
            from,
            until,
            colour,
            note: None,
            quote,
        })
    }

    /// The bytes that it covers of the text of `len` bytes at `block` and `item`.
    pub fn bytes(&self, block: usize, item: usize, len: usize) -> Range<usize> {
        covered(self.from, self.until, (block, item), len)
    }

    /// Whether it overlaps `other`.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from < other.until && other.from < self.until
    }

    /// The same highlight at its place in `article`: where it was if the text there is the same,
    /// otherwise where the marked text is found; `None` if it is not found.
    pub fn placed(&self, article: &Article) -> Option<Self> {
        if quote(article, self.from, self.until) == self.quote {
            return Some(self.clone());
        }
        let lines: Vec<&str> = self.quote.split('\n').collect();
        let texts = texts(article);
        let (from, until) = find(&texts, &self.quote).or_else(|| {
            texts
                .windows(lines.len())
                .find_map(|window| follow(window, &lines))
                .filter(|_| lines.len() > 1)
        })?;
        Some(Self {
            from,
            until,
            ..self.clone()
        })
    }
}

/// The text between two places, with one line for each text that it goes through.
fn quote(article: &Article, from: Point, until: Point) -> Clean {
    let pieces = texts(article)
        .into_iter()
        .filter_map(|(block, item, text)| {
            let bytes = covered(from, until, (block, item), text.len());
            text.get(bytes)
                .filter(|t| !t.trim().is_empty())
                .map(str::trim)
        });
    Clean::code(&pieces.collect::<Vec<_>>().join("\n"))
}

/// The part of a text of `len` bytes that is between two places.
pub fn covered(from: Point, until: Point, place: (usize, usize), len: usize) -> Range<usize> {
    let (first, last) = ((from.block, from.item), (until.block, until.item));
    if place < first || place > last {
        return 0..0;
    }
    let start = if place == first {
        from.byte.min(len)
    } else {
        0
    };
    let end = if place == last {
        until.byte.min(len)
    } else {
        len
    };
    start..end.max(start)
}

/// Where `words` are within a single text.
fn find(texts: &[Text<'_>], words: &str) -> Option<(Point, Point)> {
    texts.iter().find_map(|(block, item, text)| {
        let byte = text.find(words)?;
        let point = |byte| Point {
            block: *block,
            item: *item,
            byte,
        };
        Some((point(byte), point(byte + words.len())))
    })
}

/// Where `lines` are in that many consecutive texts: the end of the first, all of those between,
/// the beginning of the last.
fn follow(texts: &[Text<'_>], lines: &[&str]) -> Option<(Point, Point)> {
    let ((first, last), (head, tail)) = (
        (texts.first()?, texts.last()?),
        (lines.first()?, lines.last()?),
    );
    let whole = texts.len().saturating_sub(1);
    let fits = first.2.ends_with(head)
        && last.2.starts_with(tail)
        && texts
            .iter()
            .zip(lines)
            .take(whole)
            .skip(1)
            .all(|((_, _, text), line)| text.as_str() == *line);
    fits.then(|| {
        let from = Point {
            block: first.0,
            item: first.1,
            byte: first.2.len() - head.len(),
        };
        (
            from,
            Point {
                block: last.0,
                item: last.1,
                byte: tail.len(),
            },
        )
    })
}

/// `highlights` with `new` added, in reading order. Those that `new` overlaps are merged into it,
/// with their notes.
#[must_use]
pub fn with(highlights: &[Highlight], mut new: Highlight, article: &Article) -> Vec<Highlight> {
    let (met, mut rest): (Vec<&Highlight>, Vec<&Highlight>) =
        highlights.iter().partition(|h| h.overlaps(&new));
    for old in met {
        new.from = new.from.min(old.from);
        new.until = new.until.max(old.until);
        new.note = match (new.note, &old.note) {
            (Some(mine), Some(theirs)) if !theirs.contains(&*mine) => {
                Some(Clean::lines(&format!("{theirs}\n{mine}")))
            }
            (mine, theirs) => theirs.clone().or(mine),
        };
    }
    new.quote = quote(article, new.from, new.until);
    rest.push(&new);
    rest.order_by_key(|h| (h.from, h.until));
    rest.into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article() -> Article {
        Article {
            blocks: vec![
                Block::paragraph("첫 문장이다. 둘째 문장이다."),
                Block::Image {
                    url: Clean::default(),
                    alt: None,
                    caption: None,
                    credit: None,
                },
                Block::list(false, vec![Clean::line("하나"), Clean::line("둘 셋")]),
                Block::paragraph("끝 문단이다."),
            ],
            ..Article::default()
        }
    }

    fn point(block: usize, item: usize, byte: usize) -> Point {
        Point { block, item, byte }
    }

    #[test]
    fn a_highlight_reads_what_it_covers_over_blocks_and_items() {
        let a = article();
        let second = a.blocks[0].plain().find("둘째").unwrap();
        let h = Highlight::of(
            &a,
            point(0, 0, second),
            point(2, 1, "둘".len()),
            Colour::Green,
        )
        .unwrap();
        assert_eq!(&*h.quote, "둘째 문장이다.\n하나\n둘");
        assert_eq!(h.bytes(2, 0, 6), 0..6);
        assert_eq!(h.bytes(3, 0, 9), 0..0);
        assert!(
            Highlight::of(&a, point(1, 0, 0), point(1, 0, 9), Colour::Blue).is_none(),
            "a picture has no words"
        );
    }

    #[test]
    fn words_find_their_highlight_again_where_the_page_grew_a_paragraph() {
        let mut a = article();
        let one = Highlight::of(
            &a,
            point(0, 0, 0),
            point(0, 0, "첫 문장이다.".len()),
            Colour::Pink,
        )
        .unwrap();
        let two = Highlight::of(&a, point(2, 1, 0), point(3, 0, "끝".len()), Colour::Pink).unwrap();
        a.blocks.insert(0, Block::paragraph("새 문단이다."));
        let (moved, over) = (one.placed(&a).unwrap(), two.placed(&a).unwrap());
        assert_eq!(
            (moved.from, moved.until),
            (point(1, 0, 0), point(1, 0, "첫 문장이다.".len()))
        );
        assert_eq!(
            (over.from, over.until),
            (point(3, 1, 0), point(4, 0, "끝".len()))
        );
        a.blocks[1] = Block::paragraph("고친 문장이다.");
        assert_eq!(one.placed(&a), None);
    }

    #[test]
    fn what_a_new_highlight_meets_becomes_part_of_it() {
        let a = article();
        let of = |from, until, note: Option<&str>| {
            let h = Highlight::of(&a, from, until, Colour::Yellow).unwrap();
            Highlight {
                note: note.map(Clean::line),
                ..h
            }
        };
        let (one, two) = (
            of(point(0, 0, 0), point(0, 0, 7), Some("가")),
            of(point(3, 0, 0), point(3, 0, 3), Some("나")),
        );
        let both = with(std::slice::from_ref(&one), two.clone(), &a);
        assert_eq!(both, [one, two]);
        let all = with(
            &both,
            Highlight {
                colour: Colour::Blue,
                ..of(point(0, 0, 3), point(3, 0, 7), None)
            },
            &a,
        );
        assert_eq!(all.len(), 1);
        assert_eq!(
            (all[0].from, all[0].until, all[0].colour),
            (point(0, 0, 0), point(3, 0, 7), Colour::Blue)
        );
        assert!(
            all[0]
                .note
                .as_deref()
                .is_some_and(|n| n.contains("가") && n.contains("나")),
            "{:?}",
            all[0].note
        );
    }
}
