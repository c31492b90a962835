//! Quotation marks and brackets in a line: which characters stand inside a pair, and which marks
//! lack their partner.

use std::ops::Range;

use super::characters::terminates;

/// A pair that spans more characters than this is treated as two unpaired marks, so that one
/// forgotten mark does not swallow a page.
const LONGEST_SPAN: usize = 200;

/// The role of a character in a pair of marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum QuoteMark {
    Open(char),
    Close(char),
    /// `"` and `'`: whether they open or close depends on their neighbours.
    Straight,
}

fn mark(c: char) -> Option<QuoteMark> {
    Some(match c {
        '“' | '‘' | '「' | '『' | '《' | '〈' | '<' | '＜' | '(' | '[' | '（' | '［' | '【'
        | '｢' => QuoteMark::Open(partner(c)),
        '”' | '’' | '」' | '』' | '》' | '〉' | '>' | '＞' | ')' | ']' | '）' | '］' | '】'
        | '｣' => QuoteMark::Close(c),
        '"' | '\'' | '＂' => QuoteMark::Straight,
        _ => return None,
    })
}

fn partner(open: char) -> char {
    match open {
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        '〈' => '〉',
        '<' => '>',
        '＜' => '＞',
        '[' => ']',
        '（' => '）',
        '［' => '］',
        '【' => '】',
        '｢' => '｣',
        _ => ')',
    }
}

/// Whether `c` can close a pair.
pub(crate) fn closes(c: char) -> bool {
    matches!(mark(c), Some(QuoteMark::Close(_) | QuoteMark::Straight))
}

/// Whether `c` can open a pair.
pub(crate) fn opens(c: char) -> bool {
    matches!(mark(c), Some(QuoteMark::Open(_) | QuoteMark::Straight))
}

/// Whether `c` marks direct speech rather than a term, a title or an aside.
pub(crate) fn speaks(c: char) -> bool {
    matches!(c, '“' | '”' | '"' | '＂' | '「' | '」')
}

/// For each character, the index of the first character of the outermost pair that encloses it (the
/// marks themselves included), else `None`.
///
/// Linear: each opening mark is pushed once and popped once. A straight opening mark while another
/// of its kind is open means that the older one was never closed, so that one is dropped. A closing
/// mark without an opening one is ignored.
pub(crate) fn enclosed(line: &[char]) -> Vec<Option<usize>> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (i, &c) in line.iter().enumerate() {
        let straight_opener = || {
            let before = i.checked_sub(1).map(|b| line[b]);
            let after = line.get(i + 1).copied();
            after.is_some_and(|a| !a.is_whitespace())
                && before.is_none_or(|b| b.is_whitespace() || opens(b) || terminates(b) || b == '·')
        };
        match mark(c) {
            None => {}
            // The less-than sign of `a < 3`.
            Some(QuoteMark::Open('>'))
                if line
                    .get(i + 1)
                    .is_none_or(|c| c.is_whitespace() || c.is_ascii_digit()) => {}
            Some(QuoteMark::Open(close)) => open.push((i, close)),
            Some(QuoteMark::Straight) if straight_opener() && !closes_here(line, i, &open) => {
                open.retain(|&(_, close)| close != c);
                open.push((i, c));
            }
            Some(_) if matches!(c, '’' | '\'') && is_apostrophe(line, i) => {}
            Some(QuoteMark::Close(close)) => close_at(i, close, &mut open, &mut spans),
            Some(QuoteMark::Straight) => close_at(i, c, &mut open, &mut spans),
        }
        // Deeper nesting than this is noise. The limit keeps the search for partners linear.
        if open.len() > 16 {
            open.remove(0);
        }
    }
    fill(line.len(), &mut spans)
}

/// For each of `ranges` (bytes of `text`), the marks of the speech that it is cut from: the opening
/// mark where the speech begins before the range, the closing mark where it ends after it.
pub(crate) fn cut(text: &str, ranges: &[Range<usize>]) -> Vec<(Option<char>, Option<char>)> {
    let speech = |c: char| speaks(c) || matches!(c, '‘' | '\'');
    if ranges.len() < 2 || !text.contains(speech) {
        return vec![(None, None); ranges.len()];
    }
    let (bytes, chars): (Vec<usize>, Vec<char>) = text.char_indices().unzip();
    let inside = enclosed(&chars);
    let at = |byte: usize| bytes.partition_point(|b| *b < byte);
    let around = |i: usize| {
        inside
            .get(i)
            .copied()
            .flatten()
            .filter(|open| speech(chars[*open]))
    };
    let one = |range: &Range<usize>| {
        let (first, end) = (at(range.start), at(range.end));
        let before = around(first)
            .filter(|open| *open < first)
            .map(|open| chars[open]);
        let behind = around(end.saturating_sub(1)).filter(|open| around(end) == Some(*open));
        (before, behind.map(|open| closing(chars[open])))
    };
    ranges.iter().map(one).collect()
}

/// The quotation marks that have no partner in `text`, as (to be added before it, to be added after
/// it).
pub(crate) fn lacking(text: &str) -> (Option<char>, Option<char>) {
    let (mut before, mut open) = (None, None);
    let mut last = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // The inch sign of `55"`.
        let inches = last.is_ascii_digit() && open.is_none();
        match c {
            '“' => open = Some('”'),
            '"' if open.is_none()
                && (last.is_whitespace() || opens(last))
                && rest.peek().is_some_and(|c| !c.is_whitespace()) =>
            {
                open = Some('"');
            }
            '"' if inches => {}
            '”' | '"' => {
                let alone = open
                    .take()
                    .is_none()
                    .then_some(if c == '"' { c } else { '“' });
                before = before.or(alone);
            }
            _ => {}
        }
        last = c;
    }
    (before, open)
}

/// The closing mark that belongs to `open`.
fn closing(open: char) -> char {
    match mark(open) {
        Some(QuoteMark::Open(close)) => close,
        _ => open,
    }
}

/// Whether the straight mark at `i` closes an open one because it follows a full stop (`했다."그는`),
/// although its neighbours look like those of an opening mark.
fn closes_here(line: &[char], i: usize, open: &[(usize, char)]) -> bool {
    i > 0
        && terminates(line[i - 1])
        && open
            .iter()
            .any(|&(at, close)| close == line[i] && i - at <= LONGEST_SPAN)
}

fn close_at(i: usize, close: char, open: &mut Vec<(usize, char)>, spans: &mut Vec<(usize, usize)>) {
    if let Some(at) = open.iter().rposition(|&(_, c)| c == close) {
        let from = open[at].0;
        open.truncate(at);
        if i - from <= LONGEST_SPAN {
            spans.push((from, i));
        }
    }
}

/// An apostrophe between letters: `don't`.
fn is_apostrophe(line: &[char], i: usize) -> bool {
    let latin = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    i > 0 && latin(line.get(i - 1)) && latin(line.get(i + 1))
}

fn fill(len: usize, spans: &mut [(usize, usize)]) -> Vec<Option<usize>> {
    spans.sort_unstable();
    let mut inside = vec![None; len];
    let mut done = 0;
    let mut outer = 0;
    for &(from, to) in spans.iter() {
        if from >= done {
            outer = from;
        }
        for slot in inside.iter_mut().take(to + 1).skip(from.max(done)) {
            *slot = Some(outer);
        }
        done = done.max(to + 1);
    }
    inside
}
