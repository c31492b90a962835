//! One block of the text-sizing protocol (OSC 66): written for the terminal, read back from a cell,
//! and cut where something lies over a part of it.

use std::fmt::Write;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::WidthPolicy;

/// What every block begins with, after the erasing of its cells.
const START: &str = "\x1b]66;s=";
/// The end of a block.
const END: &str = "\x1b\\";
/// The most bytes of a cluster that are sent. No legible letter has more, and the protocol accepts
/// 4096 for a block.
const MAX_CLUSTER: usize = 128;

/// The size: `scale × scale` cells for a cell, letters at `num/den` of that. One fraction is sent
/// for all blocks of a text, so that its letters are of one size. On cells of an odd width 3/4 may
/// round up, and the last letter of a full block loses at most two pixels at its right edge, which
/// are blank in a syllable; 5/7 would lose nothing, but leaves a hole of half a cell after each
/// pair of syllables in fonts narrower than the cell (kitty 0.41, D2Coding at 12 and 13 points).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ratio {
    pub(super) scale: usize,
    pub(super) num: usize,
    pub(super) den: usize,
}

/// A block of letters that the terminal scales.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScaledRun {
    /// Its letters.
    text: String,
    ratio: Ratio,
    /// Its width in scaled cells.
    units: usize,
    /// Whether its letters stand in the middle of it.
    is_centred: bool,
}

impl ScaledRun {
    pub(super) fn new(text: &str, ratio: Ratio, units: usize) -> Self {
        Self {
            text: text.to_owned(),
            ratio,
            units,
            is_centred: false,
        }
    }

    /// A block that its letters may not fill and that another follows without a space: what is left
    /// over stands half before them and half after, where it is no hole.
    pub(super) fn centred(self) -> Self {
        Self {
            is_centred: true,
            ..self
        }
    }

    /// The block that the symbol of a cell sends, if it sends one.
    pub fn parse(symbol: &str) -> Option<Self> {
        // Nearly all cells hold one letter. A search in each was half the time of a frame with a
        // notice.
        if symbol.len() <= START.len() {
            return None;
        }
        let (_, sequence) = symbol.split_once(START)?;
        let (head, text) = sequence.strip_suffix(END)?.split_once(';')?;
        let mut fields = head.split(':');
        let scale = fields.next()?.parse().ok()?;
        let mut run = Self::new(
            text,
            Ratio {
                scale,
                num: 1,
                den: 1,
            },
            0,
        );
        for field in fields {
            let (key, value) = field.split_once('=')?;
            let value = value.parse().ok()?;
            match key {
                "w" => run.units = value,
                "n" => run.ratio.num = value,
                "d" => run.ratio.den = value,
                "h" => run.is_centred = value == 2,
                _ => {}
            }
        }
        (run.ratio.den > 0 && run.ratio.num > 0).then_some(run)
    }

    /// Whether nothing of it is seen.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Columns of the screen that it takes.
    pub fn columns(&self) -> usize {
        self.units * self.ratio.scale
    }

    /// Rows of the screen that it takes.
    pub fn rows(&self) -> usize {
        self.ratio.scale
    }

    /// What stays of it beside `covered`, a part of its columns: the column, the columns and the
    /// sequence of each block. A letter that would reach into them is left out: at another size it
    /// would look like a word of its own.
    pub fn remains(
        &self,
        covered: Range<usize>,
        policy: &WidthPolicy,
    ) -> Vec<(usize, usize, String)> {
        let Ratio { scale, num, den } = self.ratio;
        // Clusters with the cells before and after them.
        let mut cells = 0;
        let clusters: Vec<(&str, usize, usize)> = policy
            .graphemes(&self.text)
            .map(|(cluster, width)| {
                let before = cells;
                cells += width;
                (cluster, before, cells)
            })
            .collect();
        let units = |cells: usize| (cells * num).div_ceil(den);
        let text = |part: &[(&str, usize, usize)]| -> String {
            part.iter().map(|(cluster, ..)| *cluster).collect()
        };
        let block = |part: &[(&str, usize, usize)], column: usize, units: usize| {
            let run = Self::new(&text(part), self.ratio, units);
            (column, run.columns(), run.sequence())
        };
        let is_seen = |part: &[(&str, usize, usize)]| !text(part).trim().is_empty();
        // What is left unused at the end of the first part lies under the cover.
        let head = clusters
            .iter()
            .take_while(|(_, _, after)| units(*after) * scale <= covered.start)
            .count();
        let tail = (head..clusters.len()).find(|&at| {
            let before = clusters[at].1;
            let start = before * num * scale;
            start.is_multiple_of(den)
                && start / den >= covered.end
                && start / den + units(cells - before) * scale <= self.columns()
        });
        let tail = tail.unwrap_or(clusters.len());
        let mut blocks = Vec::new();
        if is_seen(&clusters[..head]) {
            let cells = clusters[head - 1].2;
            blocks.push(block(&clusters[..head], 0, units(cells)));
        }
        if is_seen(&clusters[tail..]) {
            let before = clusters[tail].1;
            let column = before * num * scale / den;
            blocks.push(block(&clusters[tail..], column, units(cells - before)));
        }
        blocks
    }

    /// The escape sequence. Control characters are left out, because they could end it; so are
    /// spaces at the end of a fraction, for which the block may have no room.
    pub(super) fn sequence(&self) -> String {
        let Ratio { scale, num, den } = self.ratio;
        let mut out = erase(self.columns(), scale);
        let _ = write!(out, "{START}{scale}:w={}", self.units);
        if num < den {
            let _ = write!(out, ":n={num}:d={den}");
            if self.is_centred {
                out.push_str(":h=2");
            }
            if scale == 1 {
                // In the middle of the row, so that small letters stand in line with ordinary ones.
                out.push_str(":v=2");
            }
        }
        out.push(';');
        let sent = if num < den {
            self.text.trim_end()
        } else {
            &self.text
        };
        for cluster in sent.graphemes(true) {
            let letters = cluster
                .char_indices()
                .take_while(|(at, _)| *at < MAX_CLUSTER)
                .map(|(_, c)| c);
            out.extend(letters.filter(|c| !c.is_control()));
        }
        out.push_str(END);
        out
    }
}

/// Erases the cells that a block will cover, and returns to its start. A terminal drops an older
/// block if one of its cells is erased, but if its lower rows are overwritten it keeps the block
/// and moves the new text aside.
fn erase(columns: usize, rows: usize) -> String {
    let mut out = format!("\x1b[{columns}X");
    for _ in 1..rows {
        let _ = write!(out, "\x1b[B\x1b[{columns}X");
    }
    if rows > 1 {
        let _ = write!(out, "\x1b[{}A", rows - 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, (scale, num, den): (usize, usize, usize), units: usize) -> ScaledRun {
        ScaledRun::new(text, Ratio { scale, num, den }, units)
    }

    /// The remains in short: blocks with their columns.
    fn left(run: &ScaledRun, covered: Range<usize>) -> Vec<String> {
        let remains = run.remains(covered, &WidthPolicy::default());
        let block = |(column, columns, sequence): &(usize, usize, String)| {
            let run = ScaledRun::parse(sequence).unwrap();
            assert_eq!(run.columns(), *columns);
            format!("{column}+{columns} {}", run.text)
        };
        remains.iter().map(block).collect()
    }

    #[test]
    fn a_block_is_read_back_as_it_was_sent() {
        for run in [
            run("가나 다", (2, 1, 1), 7),
            run("기준금리", (2, 3, 4), 6),
            run("a;b:c=1", (1, 3, 4), 6),
            run("2", (2, 3, 4), 1).centred(),
        ] {
            assert_eq!(ScaledRun::parse(&run.sequence()), Some(run));
        }
        for other in [
            "가",
            "",
            "\x1b]66;s=2",
            "\x1b]66;s=2:w=x;가\x1b\\",
            "\x1b]8;;http://a.b\x1b\\",
        ] {
            assert_eq!(ScaledRun::parse(other), None, "{other:?}");
        }
    }

    #[test]
    fn letters_beside_the_cover_keep_their_size() {
        let double = run("가나다라", (2, 1, 1), 8);
        assert_eq!(left(&double, 5..8), ["0+4 가", "8+8 다라"]);
        assert_eq!(left(&double, 0..9), ["12+4 라"]);
        assert_eq!(left(&double, 16..20), ["0+16 가나다라"]);
        assert_eq!(left(&run("가 나", (2, 1, 1), 5), 0..5), ["6+4 나"]);
    }

    #[test]
    fn a_fraction_is_cut_where_its_letters_fill_their_columns() {
        let half_more = run("기준금리", (2, 3, 4), 6);
        assert_eq!(left(&half_more, 8..9), ["0+6 기준"]);
        assert_eq!(left(&half_more, 2..5), ["6+6 금리"]);
        // What a lone syllable leaves unused lies under the cover, never beside it.
        assert_eq!(left(&half_more, 4..5), ["0+4 기", "6+6 금리"]);
    }
}
