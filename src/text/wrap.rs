//! Line breaking: takes a text and a column and returns byte ranges of lines, in one pass and
//! without copying.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::breaks::{self, Class, RANKS, Rank};
use super::clusters::{cluster_end, is_simple};
use super::column_count::{Chunked, Each, Gauge, Whole, measure};
use super::{Scale, WidthPolicy};
use crate::news::hangul::is_hangul_syllable;

/// How readily an eojeol is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Breaking {
    /// 어절: only if the line would otherwise stay half empty.
    #[default]
    Eojeol,
    /// If the line would otherwise stay a quarter empty.
    Hybrid,
    /// 글자: wherever the line is full, within 금칙.
    Syllable,
    /// Only an eojeol that is wider than a line: for headlines, which are read at a glance.
    #[serde(skip)]
    Whole,
}

impl Breaking {
    /// The share of the measure, in per cent, that a line must fill before an eojeol is kept whole
    /// at its expense.
    fn fill(self) -> usize {
        match self {
            Self::Eojeol => 50,
            Self::Hybrid => 75,
            Self::Syllable => 100,
            Self::Whole => 0,
        }
    }
}

/// The column that text is broken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Column {
    /// Screen columns.
    pub width: usize,
    /// Indent of the first line of a paragraph, in columns.
    pub first: usize,
    /// Indent of its other lines, in columns.
    pub rest: usize,
    /// Size of the letters.
    pub scale: Scale,
    /// Widths of this terminal.
    pub policy: WidthPolicy,
    /// How readily words are broken.
    pub breaking: Breaking,
}

impl Column {
    /// A column of the terminal's own letters, without indents.
    pub fn plain(width: usize, policy: WidthPolicy) -> Self {
        Self {
            width,
            first: 0,
            rest: 0,
            scale: Scale::Cells,
            policy,
            breaking: Breaking::default(),
        }
    }
}

/// The lines of `text` as byte ranges. White space at a break or at the end belongs to no line;
/// `\n` forces a break. No line is wider than the column, except a single cluster that is wider
/// than it. Never empty.
pub fn wrap(text: &str, column: &Column) -> Vec<Range<usize>> {
    let mut out = Vec::with_capacity(1 + text.len() / column.width.max(8));
    match column.scale {
        Scale::Protocol { .. } => {
            Lines::<Chunked>::new(text, column).for_each(|line| out.push(line.range));
        }
        Scale::Drawn { .. } => {
            Lines::<Whole>::new(text, column).for_each(|line| out.push(line.range));
        }
        _ => Lines::<Each>::new(text, column).for_each(|line| out.push(line.range)),
    }
    out
}

/// [`wrap`], with the columns that each line takes.
pub fn wrap_measured(text: &str, column: &Column) -> Vec<Measured> {
    match column.scale {
        Scale::Protocol { .. } => Lines::<Chunked>::new(text, column).collect(),
        Scale::Drawn { .. } => Lines::<Whole>::new(text, column).collect(),
        _ => Lines::<Each>::new(text, column).collect(),
    }
}

/// A line with its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Its byte range.
    pub range: Range<usize>,
    /// Its columns, without the indent.
    pub columns: usize,
    /// Whether it ends at the end of the text or at a forced break.
    pub forced: bool,
}

/// A cluster as needed for breaking.
#[derive(Clone, Copy)]
struct Cluster {
    class: Class,
    /// Its cells, limited to [`u16::MAX`], which is wider than any column.
    cells: u16,
    /// Whether there is always a cluster boundary between it and a neighbour that is simple, too.
    simple: bool,
    /// Length in bytes.
    len: u32,
}

const HANGUL: Cluster = Cluster {
    class: Class::Syllable,
    cells: 2,
    len: 3,
    simple: true,
};

/// The character at `at` as a cluster of its own.
#[inline]
fn decode(text: &str, at: usize, policy: WidthPolicy) -> Option<Cluster> {
    let bytes = text.as_bytes();
    let lead = *bytes.get(at)?;
    if lead < 0x80 {
        let cells = u16::from((0x20..0x7f).contains(&lead));
        return Some(Cluster {
            class: breaks::ASCII[usize::from(lead)],
            cells,
            len: 1,
            simple: true,
        });
    }
    if starts_syllable(lead, bytes.get(at + 1)) {
        Some(HANGUL)
    } else {
        decode_other(text, at, policy)
    }
}

/// Whether these are the first bytes of a Hangul syllable: U+AC00 is EA B0 80, U+D7A3 is ED 9E A3.
/// The few syllables that share ED 9E with conjoining jamo are left to [`decode_other`].
#[inline]
fn starts_syllable(lead: u8, next: Option<&u8>) -> bool {
    match lead {
        0xeb | 0xec => true,
        0xea => next.is_some_and(|b| *b >= 0xb0),
        0xed => next.is_some_and(|b| *b < 0x9e),
        _ => false,
    }
}

/// The number of Hangul syllables, at most `most`, that start at `at` and are certainly clusters of
/// their own.
#[inline]
fn syllables(bytes: &[u8], at: usize, most: usize) -> usize {
    let mut count = 0;
    let mut end = at;
    while count < most {
        match bytes.get(end) {
            Some(&lead) if starts_syllable(lead, bytes.get(end + 1)) => {
                count += 1;
                end += 3;
            }
            // The character after the last one may join it, unless it is ASCII.
            Some(0x80..) => return count.saturating_sub(1),
            _ => return count,
        }
    }
    // Stopped by `most`, so what follows is not known.
    count.saturating_sub(1)
}

/// [`decode`] for characters other than ASCII and Hangul syllables.
#[inline(never)]
fn decode_other(text: &str, at: usize, policy: WidthPolicy) -> Option<Cluster> {
    let c = text[at..].chars().next()?;
    let cells = u16::try_from(policy.char(c)).unwrap_or(u16::MAX);
    Some(Cluster {
        class: breaks::class_of(c),
        cells,
        len: c.len_utf8() as u32,
        simple: is_simple(c),
    })
}

/// The cluster at `at` if its first character or the next one is not simple.
#[cold]
fn decode_cluster(text: &str, at: usize, first: Cluster, policy: WidthPolicy) -> Cluster {
    let end = cluster_end(text, at);
    let len = u32::try_from(end - at).unwrap_or(u32::MAX);
    let cells = u16::try_from(policy.grapheme(&text[at..end])).unwrap_or(u16::MAX);
    if len == first.len {
        return Cluster { cells, ..first };
    }
    let class = match first.class {
        // A space with a combining mark is visible; a digit with a keycap is an emoji.
        Class::Blank => Class::Word,
        Class::Digit => Class::Other,
        class => class,
    };
    Cluster {
        class,
        cells,
        len,
        simple: true,
    }
}

/// A boundary in the current line at which it could still end.
#[derive(Clone, Copy, Default)]
struct BreakPoint {
    /// End of this line; 0 if there is no such boundary.
    end: usize,
    /// Start of the next line.
    next: usize,
    /// Columns of this line.
    columns: usize,
}

/// The latest boundary of each rank.
type Passed = [BreakPoint; RANKS];

/// Breaks one line after another.
struct Lines<'a, G> {
    text: &'a str,
    column: Column,
    /// Start of the next line; `None` at the end.
    at: Option<usize>,
    /// The current web address, or the last one.
    address: Range<usize>,
    /// Columns that the next line may take.
    limit: usize,
    gauge: std::marker::PhantomData<G>,
}

impl<'a, G: Gauge> Lines<'a, G> {
    fn new(text: &'a str, column: &Column) -> Self {
        Self {
            text,
            column: *column,
            at: Some(0),
            address: 0..0,
            limit: column.width.saturating_sub(column.first),
            gauge: std::marker::PhantomData,
        }
    }

    /// Where a full line that starts at `start` ends.
    fn choose(&self, start: usize, passed: &Passed) -> BreakPoint {
        let least = self.limit * self.column.breaking.fill() / 100;
        let (word, rest) = passed.split_at(breaks::SYLLABLE + 1);
        let latest = word
            .iter()
            .copied()
            .max_by_key(|b| b.end)
            .unwrap_or_default();
        if self.column.breaking == Breaking::Syllable {
            return if latest.end > 0 {
                latest
            } else {
                self.inside(rest)
            };
        }
        let [whole, inner, syllable] = [
            word[breaks::SPACE],
            word[breaks::INNER],
            word[breaks::SYLLABLE],
        ];
        for candidate in [whole, inner] {
            if candidate.end > 0 && candidate.columns >= least {
                return candidate;
            }
        }
        if syllable.end > 0 && syllable.columns >= least {
            return self.without_orphan(start, syllable, whole, least);
        }
        match (whole.end, latest.end) {
            (0, 0) => self.inside(rest),
            (0, _) => latest,
            _ => whole,
        }
    }

    /// A boundary inside a Latin word or number, or, if there is none, a bad one: the best rank
    /// that fills half of the line, otherwise the best there is.
    fn inside(&self, passed: &[BreakPoint]) -> BreakPoint {
        let fills = |b: &&BreakPoint| b.end > 0 && b.columns * 2 >= self.limit;
        let well = passed[..breaks::INSIDE].iter().find(fills);
        well.or_else(|| passed.iter().find(|b| b.end > 0))
            .copied()
            .unwrap_or_default()
    }

    /// The boundary `syllable`, or a better one near it if that would leave a single syllable of a
    /// word on a line.
    fn without_orphan(
        &self,
        start: usize,
        syllable: BreakPoint,
        whole: BreakPoint,
        least: usize,
    ) -> BreakPoint {
        let (head, tail) = (&self.text[start..syllable.end], &self.text[syllable.next..]);
        let before = head
            .chars()
            .rev()
            .take_while(|&c| is_hangul_syllable(c))
            .take(3)
            .count();
        let after = tail
            .chars()
            .take_while(|&c| is_hangul_syllable(c))
            .take(2)
            .count();
        if before == 1 && whole.end > 0 && whole.next + '가'.len_utf8() == syllable.end {
            return whole;
        }
        if after == 1 && before == 3 {
            let end = syllable.end - '가'.len_utf8();
            let columns = measure::<G>(
                &self.text[start..end],
                self.column.scale,
                self.column.policy,
            );
            if columns >= least {
                return BreakPoint {
                    end,
                    next: end,
                    columns,
                };
            }
        }
        syllable
    }

    /// The class of a cluster at its place. Also notes where a web address starts.
    #[inline]
    fn class(&mut self, glyph: Cluster, at: usize) -> Class {
        match glyph.class {
            Class::Quote | Class::Hyphen | Class::Star => {
                breaks::resolve(glyph.class, self.text, at)
            }
            Class::Comma if self.text[at..].starts_with("://") => {
                self.address = at..usize::MAX;
                Class::Comma
            }
            class => class,
        }
    }

    #[inline]
    fn rank(&self, before: Class, after: Class, blanks: bool, at: usize) -> Rank {
        let rank = breaks::rank(before, after, blanks);
        if self.address.contains(&at) && !blanks {
            breaks::rank_in_address(before, after, rank)
        } else {
            rank
        }
    }
}

impl<G: Gauge> Iterator for Lines<'_, G> {
    type Item = Measured;

    fn next(&mut self) -> Option<Measured> {
        let mut start = self.at?;
        let (text, policy) = (self.text, self.column.policy);
        let mut passed = Passed::default();
        let mut gauge = G::new(self.column.scale);
        // The last cluster that is not white space: its class, its end, and the columns up to
        // there.
        let (mut before, mut end, mut columns) = (None, start, 0);
        let mut at = start;
        let mut ahead = decode(text, at, policy);
        while let Some(mut glyph) = ahead {
            ahead = decode(text, at + glyph.len as usize, policy);
            if !(glyph.simple && ahead.is_none_or(|a| a.simple)) {
                glyph = decode_cluster(text, at, glyph, policy);
                ahead = decode(text, at + glyph.len as usize, policy);
            }
            let class = self.class(glyph, at);
            if class == Class::Newline {
                self.finish(Some(at + 1), true);
                return Some(Measured {
                    range: start..end,
                    columns,
                    forced: true,
                });
            }
            if class == Class::Blank {
                gauge = gauge.blank(usize::from(glyph.cells));
                if self.address.contains(&at) {
                    self.address.end = at;
                }
                at += glyph.len as usize;
                continue;
            }
            if let Some(before) = before {
                let rank = self.rank(before, class, at > end, at);
                passed[rank] = BreakPoint {
                    end,
                    next: at,
                    columns,
                };
            }
            let longer = gauge.glyph(usize::from(glyph.cells));
            gauge = if longer.used() <= self.limit || (glyph.cells == 0 && at == end) {
                longer
            } else if before.is_some() {
                let boundary = self.choose(start, &passed);
                self.finish(Some(boundary.next), false);
                return Some(Measured {
                    range: start..boundary.end,
                    columns: boundary.columns,
                    forced: false,
                });
            } else {
                // Spaces at the start of a line, or a cluster wider than the line: drop the spaces.
                start = at;
                G::new(self.column.scale).glyph(usize::from(glyph.cells))
            };
            at += glyph.len as usize;
            (before, end, columns) = (Some(class), at, gauge.used());
            if ahead.is_some_and(|a| class == Class::Syllable && a.class == Class::Syllable) {
                let run = syllables(text.as_bytes(), at, gauge.room(self.limit));
                if run > 0 {
                    let last = at + 3 * (run - 1);
                    let columns_there = gauge.syllables(run - 1).used();
                    passed[breaks::SYLLABLE] = BreakPoint {
                        end: last,
                        next: last,
                        columns: columns_there,
                    };
                    gauge = gauge.syllables(run);
                    (at, end, columns) = (last + 3, last + 3, gauge.used());
                    ahead = decode(text, at, policy);
                }
            }
        }
        self.finish(None, true);
        Some(Measured {
            range: start..end,
            columns,
            forced: true,
        })
    }
}

impl<G> Lines<'_, G> {
    /// Continues with the line that starts at `at`; after a `forced` end it is the first of a
    /// paragraph.
    fn finish(&mut self, at: Option<usize>, forced: bool) {
        self.at = at;
        let indent = if forced {
            self.column.first
        } else {
            self.column.rest
        };
        self.limit = self.column.width.saturating_sub(indent);
    }
}

#[cfg(test)]
#[path = "tests/wrap.rs"]
mod tests;
