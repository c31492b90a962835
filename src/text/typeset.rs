//! Lines for paper: the same breaking rules, measured with a font instead of in cells.

use std::ops::Range;

use super::breaks::{self, Class, RANKS};
use super::clusters::cluster_end;

/// The share of the measure, in per cent, that a line must fill before an eojeol is kept whole at
/// its expense.
const FILL: f32 = 0.82;
/// The same for a headline, which is read at a glance: a short line is better than a cut word.
const HEADLINE_FILL: f32 = 0.4;

/// A line, with its width.
#[derive(Clone, Debug, PartialEq)]
pub struct SetLine {
    /// Its byte range.
    pub range: Range<usize>,
    /// Width of its text.
    pub width: f32,
    /// Whether it ends at the end of the text or at a forced break.
    pub last: bool,
}

/// A boundary in the current line at which it could still end.
#[derive(Clone, Copy, Default)]
struct PaperBreak {
    end: usize,
    next: usize,
    width: f32,
}

/// The lines of `text` in a column of `width`; `advance` returns the width of a cluster. As with
/// [`super::wrap()`], white space at a break belongs to no line, `\n` forces one, and only a single
/// cluster may be wider than the column.
pub fn typeset(text: &str, width: f32, advance: impl Fn(&str) -> f32) -> Vec<SetLine> {
    filled(text, width, FILL, advance)
}

/// As [`typeset`], for a headline: words are kept whole in much shorter lines too.
pub fn typeset_headline(text: &str, width: f32, advance: impl Fn(&str) -> f32) -> Vec<SetLine> {
    filled(text, width, HEADLINE_FILL, advance)
}

fn filled(text: &str, width: f32, fill: f32, advance: impl Fn(&str) -> f32) -> Vec<SetLine> {
    let mut out = Vec::new();
    let mut at = 0;
    loop {
        let (line, next) = one(text, at, (width, fill), &advance);
        out.push(line);
        match next {
            Some(next) => at = next,
            None => return out,
        }
    }
}

/// The line that starts at `start`, and the start of the next one.
fn one(
    text: &str,
    start: usize,
    (limit, fill): (f32, f32),
    advance: &impl Fn(&str) -> f32,
) -> (SetLine, Option<usize>) {
    let mut passed = [PaperBreak::default(); RANKS];
    let (mut before, mut end, mut width) = (None, start, 0.0);
    let (mut at, mut pending) = (start, 0.0);
    while at < text.len() {
        let stop = cluster_end(text, at).max(at + 1);
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        let class = match breaks::class_at(c) {
            class @ (Class::Quote | Class::Hyphen | Class::Star) => {
                breaks::resolve(class, text, at)
            }
            class => class,
        };
        let cluster = &text[at..stop];
        match class {
            Class::Newline => {
                return (
                    SetLine {
                        range: start..end,
                        width,
                        last: true,
                    },
                    Some(stop),
                );
            }
            Class::Blank => {
                // Spaces at the start of a line are dropped; others count once a word follows.
                pending += if before.is_some() {
                    advance(cluster)
                } else {
                    0.0
                };
            }
            _ => {
                if let Some(previous) = before {
                    let rank = breaks::rank(previous, class, end < at);
                    passed[rank] = PaperBreak {
                        end,
                        next: at,
                        width,
                    };
                }
                let wider = width + pending + advance(cluster);
                if wider > limit && before.is_some() {
                    let chosen = choose(&passed, limit, fill);
                    return (
                        SetLine {
                            range: start..chosen.end,
                            width: chosen.width,
                            last: false,
                        },
                        Some(chosen.next),
                    );
                }
                (before, end, width, pending) = (Some(class), stop, wider, 0.0);
            }
        }
        at = stop;
    }
    (
        SetLine {
            range: start..end,
            width,
            last: true,
        },
        None,
    )
}

/// Where a full line ends: at the best boundary between words or syllables that fills the line
/// well; otherwise at the best allowed one that fills at least half of it; otherwise at the best
/// there is.
fn choose(passed: &[PaperBreak; RANKS], limit: f32, fill: f32) -> PaperBreak {
    let find = |ranks: &[PaperBreak], fill: f32| {
        ranks
            .iter()
            .copied()
            .find(|b| b.end > 0 && (fill == 0.0 || b.width >= limit * fill))
    };
    let (words, legal) = (
        &passed[..=breaks::SYLLABLE],
        &passed[..=breaks::SYLLABLE + breaks::INSIDE],
    );
    find(words, fill)
        .or_else(|| find(legal, 0.5))
        .or_else(|| find(passed, 0.0))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: f32) -> Vec<&str> {
        let advance = |g: &str| if g.is_ascii() { 0.5 } else { 1.0 };
        typeset(text, width, advance)
            .into_iter()
            .map(|l| &text[l.range])
            .collect()
    }

    #[test]
    fn words_stay_whole_where_the_line_is_full_all_the_same() {
        assert_eq!(
            lines("가나다 라마바 사아자차", 7.0),
            ["가나다 라마바", "사아자차"]
        );
        assert_eq!(
            lines("가나 다라마바사아자차카타파하", 8.0),
            ["가나 다라마바사", "아자차카타파하"]
        );
    }

    #[test]
    fn a_headline_keeps_its_words_in_short_lines() {
        let advance = |g: &str| if g.is_ascii() { 0.5 } else { 1.0 };
        let text = "오늘 전국 대체로 맑은 가운데 낮부터";
        for width in 6..14 {
            for line in typeset_headline(text, width as f32, advance) {
                let after = text[line.range.end..].chars().next();
                assert!(after.is_none_or(|c| c == ' '), "{width}");
            }
        }
    }

    #[test]
    fn no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one() {
        let text = "가나다라마바사아자차(카타파하)가나다라, “마바사.” 아자차카타파하㎡ 12,345명 50% ▲ 가나다";
        for width in 6..20 {
            for line in lines(text, width as f32) {
                assert!(
                    !line.starts_with([')', ',', '.', '”', '%']),
                    "{width}: {line}"
                );
                assert!(!line.ends_with(['(', '“', '▲']), "{width}: {line}");
            }
        }
    }

    #[test]
    fn every_letter_is_on_exactly_one_line() {
        for text in [
            "",
            " ",
            "가",
            "가\n\n나",
            "aaaaaaaaaaaaaaaaaaaaaaaaa 나",
            "  가  나  ",
        ] {
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(
                letters(&lines(text, 3.0).concat()),
                letters(text),
                "{text:?}"
            );
        }
    }
}
