//! Cell widths: how many cells of this terminal a text takes. All other modules count cells with
//! this one.
//!
//! A terminal is described by a [`WidthPolicy`], which is probed or configured elsewhere. The unit
//! is the grapheme cluster (UAX #29); a cluster is never cut.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthChar as _;

use super::clusters::{cluster_end, is_simple};
use crate::news::hangul::is_hangul_syllable;

/// Cells of an East Asian ambiguous character (`▲ ※ … “ ” · ① ─ █`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ambiguous {
    /// One cell: every terminal but those below.
    #[default]
    Narrow,
    /// Two cells: `xterm -cjk_width`, GNU screen in a Korean locale, and terminals configured so.
    Wide,
}

/// How an emoji that is written as a sequence (ZWJ, skin tone) is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sequences {
    /// As one picture of two cells.
    #[default]
    Joined,
    /// As its parts, side by side.
    Apart,
    /// Skin tones join the picture before them, ZWJ sequences fall apart (kitty 0.41).
    Tones,
    /// ZWJ sequences are joined, skin tones stand apart (tmux 3.3).
    Links,
}

/// The cell widths of one terminal. The default is a modern terminal with narrow ambiguous
/// characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct WidthPolicy {
    /// Width of ambiguous characters.
    pub ambiguous: Ambiguous,
    /// Cells of a text character made an emoji by U+FE0F (`❤️`, `1️⃣`): 1 or 2.
    pub emoji_vs16: u8,
    /// How emoji sequences are drawn.
    pub emoji_sequence: Sequences,
}

impl Default for WidthPolicy {
    fn default() -> Self {
        Self {
            ambiguous: Ambiguous::Narrow,
            emoji_vs16: 2,
            emoji_sequence: Sequences::Joined,
        }
    }
}

impl WidthPolicy {
    /// Cells of a single character; control characters take none.
    pub fn char(&self, c: char) -> usize {
        if c < '\u{7f}' {
            return usize::from(c >= ' ');
        }
        if is_hangul_syllable(c) || c == '\u{3164}' {
            return 2;
        }
        match self.ambiguous {
            Ambiguous::Narrow => c.width(),
            Ambiguous::Wide => c.width_cjk(),
        }
        .unwrap_or(0)
    }

    /// Cells of a grapheme cluster: 0, 1 or 2, or more if the terminal draws its parts side by
    /// side.
    pub fn grapheme(&self, g: &str) -> usize {
        let mut chars = g.chars();
        match (chars.next(), chars.next()) {
            (None, _) => 0,
            // A single regional indicator: drawn as a letter in a box, to which some terminals give
            // two cells.
            (Some('\u{1f1e6}'..='\u{1f1ff}'), None) => 2,
            (Some(c), None) => self.char(c),
            _ => self.cluster(g),
        }
    }

    /// Cells of a cluster of several characters.
    fn cluster(&self, g: &str) -> usize {
        let tones = matches!(self.emoji_sequence, Sequences::Joined | Sequences::Tones);
        let links = matches!(self.emoji_sequence, Sequences::Joined | Sequences::Links);
        let mut total = 0;
        let mut linked = false;
        let mut before = '\0';
        for c in g.chars() {
            match c {
                // U+FE0F widens the narrow character before it.
                '\u{fe0f}' => total += usize::from(self.emoji_vs16 > 1 && self.char(before) == 1),
                // A skin tone that joins turns the character before it into an emoji.
                '\u{1f3fb}'..='\u{1f3ff}' if tones && self.char(before) > 0 => {
                    total += 2 - self.char(before).min(2);
                }
                '\u{1f3fb}'..='\u{1f3ff}' => total += 2,
                _ => {
                    linked |= before == '\u{200d}' && self.char(c) > 0;
                    total += self.char(c);
                }
            }
            before = c;
        }
        if links && linked { total.min(2) } else { total }
    }

    /// Cells of a text of any length; line breaks take none.
    pub fn width(&self, s: &str) -> usize {
        // Nearly all text is of letters that no cluster joins.
        let plain = s.chars().try_fold(0, |cells, c| match c {
            ' '..='~' => Some(cells + 1),
            c if is_hangul_syllable(c) => Some(cells + 2),
            _ => None,
        });
        plain.unwrap_or_else(|| self.graphemes(s).map(|(_, cells)| cells).sum())
    }

    /// The grapheme clusters of a text, each with its cells.
    pub fn graphemes<'a>(&self, s: &'a str) -> Graphemes<'a> {
        Graphemes {
            policy: *self,
            text: s,
            at: 0,
            ahead: ahead(s, 0),
        }
    }

    /// The longest prefix of `s` that takes at most `cells` cells, and its cells. Clusters are not
    /// cut.
    pub fn clip<'a>(&self, s: &'a str, cells: usize) -> (&'a str, usize) {
        let (mut end, mut used) = (0, 0);
        for (g, w) in self.graphemes(s) {
            if used + w > cells {
                return (&s[..end], used);
            }
            used += w;
            end += g.len();
        }
        (s, used)
    }

    /// `s`, shortened with `…` if it takes more than `cells` cells, or with dots if `…` itself does
    /// not fit.
    pub fn ellipsis<'a>(&self, s: &'a str, cells: usize) -> Cow<'a, str> {
        if self.clip(s, cells).0.len() == s.len() {
            return Cow::Borrowed(s);
        }
        let mark = if self.char('…') == 1 { "…" } else { ".." };
        let mark = self.clip(mark, cells).0;
        let (head, _) = self.clip(s, cells - self.width(mark));
        // After an ellipsis of its own, a shortened headline needs no second one.
        let head =
            head.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '…' | '‥' | '.'));
        Cow::Owned(format!("{head}{mark}"))
    }

    /// `s`, shortened or padded with spaces to exactly `cells` cells.
    #[cfg(test)]
    pub fn pad(&self, s: &str, cells: usize) -> String {
        let mut out = self.ellipsis(s, cells).into_owned();
        let used = self.width(&out);
        out.extend(std::iter::repeat_n(' ', cells.saturating_sub(used)));
        out
    }
}

/// See [`WidthPolicy::graphemes`].
#[derive(Clone, Debug)]
pub struct Graphemes<'a> {
    policy: WidthPolicy,
    text: &'a str,
    at: usize,
    /// The character at `at`, and whether it is simple.
    ahead: Option<(char, bool)>,
}

fn ahead(text: &str, at: usize) -> Option<(char, bool)> {
    let c = text[at..].chars().next()?;
    Some((c, is_simple(c)))
}

impl<'a> Iterator for Graphemes<'a> {
    /// The cluster and its cells.
    type Item = (&'a str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let (c, simple) = self.ahead?;
        let start = self.at;
        let mut end = start + c.len_utf8();
        let mut next = ahead(self.text, end);
        let cells = if simple && next.is_none_or(|(_, simple)| simple) {
            self.policy.char(c)
        } else {
            end = cluster_end(self.text, start);
            next = ahead(self.text, end);
            self.policy.grapheme(&self.text[start..end])
        };
        (self.at, self.ahead) = (end, next);
        Some((&self.text[start..end], cells))
    }
}

#[cfg(test)]
#[path = "tests/width.rs"]
mod tests;
