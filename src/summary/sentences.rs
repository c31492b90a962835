//! Splits text into sentences by character classes alone, made for Korean news first.
//!
//! A boundary is a terminator outside quotation marks and brackets that a blank follows. Where a
//! page has lost the blank, it must follow a syllable that ends Korean sentences (`했다.이어`). Speech
//! stays with the words that report it (`“…다.”라고 말했다`). Everything is linear in the length of the
//! text.

use std::ops::Range;

use super::characters::{is_letter, terminates};
use super::{abbreviations, quotation_marks};
use crate::news::hangul::is_hangul_syllable;
use crate::news::{Article, Block, Clean, Passage};

/// One sentence of an article's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Index into [`Article::blocks`].
    pub block: usize,
    /// Index of the item in a list; 0 for other blocks.
    pub item: usize,
    /// First byte within the text of the block or item.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The text of the sentence.
    pub text: Clean,
    /// The opening and the closing mark of the speech that the sentence is cut from, where it does
    /// not contain them itself.
    pub cut: (Option<char>, Option<char>),
}

impl Sentence {
    /// Where it stands in the article.
    pub fn place(&self) -> Passage {
        Passage {
            block: self.block,
            item: self.item,
            bytes: self.start..self.end,
        }
    }
}

/// The sentences of the body in reading order: those of paragraphs, quotes and list items, and each
/// line of a heading as one. Captions, tables, code and embeds are left out.
pub fn sentences(article: &Article) -> Vec<Sentence> {
    let mut out = Vec::new();
    for (block, it) in article.blocks.iter().enumerate() {
        match it {
            Block::Paragraph { text, .. } | Block::Quote { text, .. } => {
                push(&mut out, block, 0, text, split(text));
            }
            Block::Heading { text, .. } => push(&mut out, block, 0, text, lines(text)),
            Block::List { items, .. } => {
                for (item, text) in items.iter().enumerate() {
                    push(&mut out, block, item, text, split(text));
                }
            }
            Block::Image { .. }
            | Block::Table { .. }
            | Block::Code { .. }
            | Block::Embed { .. } => {}
        }
    }
    out
}

fn push(
    out: &mut Vec<Sentence>,
    block: usize,
    item: usize,
    text: &Clean,
    ranges: Vec<Range<usize>>,
) {
    let cuts = quotation_marks::cut(text, &ranges);
    out.extend(ranges.into_iter().zip(cuts).filter_map(|(r, cut)| {
        let (start, end) = (r.start, r.end);
        text.slice(r).map(|text| Sentence {
            block,
            item,
            start,
            end,
            text,
            cut,
        })
    }));
}

/// The byte ranges of the lines of `text` without surrounding blanks; blank lines are left out.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in text.split('\n') {
        let kept = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        if !kept.is_empty() {
            out.push(start..start + kept.len());
        }
        at += line.len() + 1;
    }
    out
}

/// The byte ranges of the sentences of `text` in order, without surrounding blanks. Together they
/// contain every character that is not white space. A line break always ends a sentence.
pub fn split(text: &str) -> Vec<Range<usize>> {
    lines(text)
        .into_iter()
        .flat_map(|line| split_line(text, line))
        .collect()
}

/// The sentence of `text` that has the byte `at`; empty where none has it.
pub fn sentence_at(text: &str, at: usize) -> &str {
    let range = split(text).into_iter().find(|range| range.contains(&at));
    range.and_then(|range| text.get(range)).unwrap_or_default()
}

fn split_line(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let Some(words) = text.get(line.clone()) else {
        return Vec::new();
    };
    let chars: Vec<char> = words.chars().collect();
    let bytes: Vec<usize> = words
        .char_indices()
        .map(|(b, _)| b + line.start)
        .chain([line.end])
        .collect();
    let mut out = Vec::new();
    let mut from = 0;
    for end in ends(&chars) {
        let (mut a, mut b) = (from, end);
        while a < b && chars[a].is_whitespace() {
            a += 1;
        }
        while b > a && chars[b - 1].is_whitespace() {
            b -= 1;
        }
        if a < b {
            out.push(bytes[a]..bytes[b]);
        }
        from = end;
    }
    out
}

/// A quotation of at most this many characters is a term, not a headline.
const SHORT_QUOTE: usize = 12;

/// A speech of more characters than this that nothing reports is split into its sentences.
const LONG_SPEECH: usize = 80;

/// A line that is being split.
struct SentenceLine<'a> {
    chars: &'a [char],
    inside: Vec<Option<usize>>,
    /// First character of the sentence that is being read.
    unit: usize,
    /// The page has lost the blanks after full stops.
    glued: bool,
}

/// Whether more full stops in the line lack their blank than have it.
fn is_glued(chars: &[char]) -> bool {
    let (mut glued, mut apart) = (0_usize, 0_usize);
    for w in chars.windows(3) {
        if w[1] == '.' && matches!(w[0], '다' | '요' | '죠') {
            *(if w[2].is_whitespace() {
                &mut apart
            } else {
                &mut glued
            }) += usize::from(!terminates(w[2]));
        }
    }
    glued > apart
}

/// The ends of the sentences of a line as character positions, the length of the line last.
fn ends(chars: &[char]) -> Vec<usize> {
    let mut inside = quotation_marks::enclosed(chars);
    open_long_speeches(chars, &mut inside);
    let mut line = SentenceLine {
        chars,
        inside,
        unit: 0,
        glued: is_glued(chars),
    };
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        match line.end_at(i) {
            Some(end) => {
                if end < chars.len() {
                    out.push(end);
                }
                line.unit = end
                    + chars[end..]
                        .iter()
                        .take_while(|c| c.is_whitespace())
                        .count();
                i = line.unit.max(i + 1);
            }
            None => i += 1,
        }
    }
    out.push(chars.len());
    out
}

/// Removes long speeches that stand by themselves from `inside`, so that their sentences are split.
fn open_long_speeches(chars: &[char], inside: &mut [Option<usize>]) {
    let mut at = 0;
    while at < chars.len() {
        let Some(open) = inside[at] else {
            at += 1;
            continue;
        };
        let end = at
            + inside[at..]
                .iter()
                .take_while(|o| **o == Some(open))
                .count();
        if end - open > LONG_SPEECH && stands_by_itself(chars, open, end) {
            let inner = quotation_marks::enclosed(&chars[open + 1..end - 1]);
            for (slot, inner) in inside[open + 1..end - 1].iter_mut().zip(inner) {
                *slot = inner.map(|i| i + open + 1);
            }
            (inside[open], inside[end - 1]) = (None, None);
        }
        at = end;
    }
}

/// Whether the speech between `open` and `end` begins and ends as a sentence does and no words
/// around it report it.
fn stands_by_itself(chars: &[char], open: usize, end: usize) -> bool {
    let last = chars[open..end]
        .iter()
        .rfind(|c| !quotation_marks::closes(**c));
    let before = chars[..open].iter().rfind(|c| !c.is_whitespace());
    let next = end
        + chars[end..]
            .iter()
            .take_while(|c| c.is_whitespace())
            .count();
    (quotation_marks::speaks(chars[open]) || matches!(chars[open], '‘' | '\''))
        && last.is_some_and(|c| terminates(*c))
        && before.is_none_or(|c| terminates(*c) || quotation_marks::closes(*c))
        && !chars
            .get(next)
            .is_some_and(|c| c.is_lowercase() || matches!(c, ',' | '.' | '!' | '?'))
        && !abbreviations::reports(&chars[next..], next == end)
}

impl SentenceLine<'_> {
    fn at(&self, i: usize) -> Option<char> {
        self.chars.get(i).copied()
    }

    /// The first position from `i` on that holds no blank.
    fn skip(&self, i: usize) -> usize {
        i + self.chars[i.min(self.chars.len())..]
            .iter()
            .take_while(|c| c.is_whitespace())
            .count()
    }

    /// One past the end of the sentence whose last mark stands at `i`; `None` where none ends
    /// there.
    fn end_at(&self, i: usize) -> Option<usize> {
        let c = self.chars[i];
        match self.inside[i] {
            Some(open) => (self.inside.get(i + 1).copied().flatten() != Some(open))
                .then(|| self.end_of_span(open, i))
                .flatten(),
            None if terminates(c) => self.end_of_run(i),
            None if c == '다' => self.end_without_stop(i),
            None => self.bullet_behind(i).or_else(|| self.byline_behind(i)),
        }
    }

    /// Where a pair that closes at `i` ends a sentence: the text inside ends as a sentence does,
    /// and what follows does not report it.
    fn end_of_span(&self, open: usize, i: usize) -> Option<usize> {
        let last = self.chars[open..i]
            .iter()
            .rposition(|c| !quotation_marks::closes(*c))
            .map(|at| self.chars[open + at])?;
        if self.at(i + 1).is_some_and(terminates) {
            return None;
        }
        let whole = open == self.unit;
        let speech = quotation_marks::speaks(self.chars[open]);
        let ends = if terminates(last) {
            whole || (speech && matches!(last, '.' | '。'))
        } else {
            self.stands_alone(open, i)
        };
        if ends {
            self.next_sentence(i, self.aside_behind(i + 1))
        } else {
            None
        }
    }

    /// Whether a pair without a full stop is a line of its own that was joined to the next: a
    /// picture credit in brackets, or a headline that ends with a quotation. Speech inside a
    /// sentence always has a particle or a verb of saying after it.
    fn stands_alone(&self, open: usize, i: usize) -> bool {
        let next = self.skip(i + 1);
        if next == i + 1 && !self.glued {
            return false;
        }
        if self.chars[open] == '[' {
            let credit: String = self.chars[open..i].iter().collect();
            let begins = open == self.unit
                || open
                    .checked_sub(1)
                    .is_some_and(|b| terminates(self.chars[b]));
            return begins
                && ["제공", "캡처", "자료사진"]
                    .iter()
                    .any(|w| credit.contains(w));
        }
        let eojeol = self.chars[next..]
            .iter()
            .take_while(|c| !c.is_whitespace())
            .count();
        // “We were not warned,” Smith said.
        let is_attributed = i > 0 && self.chars[i - 1] == ',';
        quotation_marks::speaks(self.chars[open])
            && !is_attributed
            && i - open > SHORT_QUOTE
            && self.chars[open..i].contains(&' ')
            && eojeol > 1
            && self
                .at(next)
                .is_some_and(|c| c.is_alphanumeric() || quotation_marks::speaks(c))
    }

    /// One past the bracket that follows `end` directly (a speaker's name, or a note); `end`
    /// without one.
    fn aside_behind(&self, end: usize) -> usize {
        match (self.at(end), self.inside.get(end)) {
            (Some('('), Some(&Some(open))) if open == end => {
                end + self.inside[end..]
                    .iter()
                    .take_while(|o| **o == Some(open))
                    .count()
            }
            _ => self.note_behind(end),
        }
    }

    /// The end of a sentence at a run of terminators that begins at `i`, outside any pair.
    fn end_of_run(&self, i: usize) -> Option<usize> {
        if i > 0 && self.inside[i - 1].is_none() && terminates(self.chars[i - 1]) {
            return None;
        }
        let mut end = i + self.chars[i..]
            .iter()
            .take_while(|c| terminates(**c))
            .count();
        let run = &self.chars[i..end];
        // A closing mark without an opening one belongs to the sentence.
        while self
            .at(end)
            .is_some_and(|c| quotation_marks::closes(c) && self.inside[end].is_none())
        {
            end += 1;
        }
        end = self.aside_behind(end);
        let trailing_off = run.contains(&'…') || (run.len() > 1 && run.iter().all(|&c| c == '.'));
        if trailing_off && !(i > 0 && matches!(self.chars[i - 1], '다' | '요' | '죠' | '까')) {
            return None;
        }
        let goes_on = || {
            abbreviations::is_part_of_word(self.chars, self.unit, i)
                || abbreviations::is_in_address(self.chars, i)
                || abbreviations::is_in_dateline(self.chars, self.unit, i)
        };
        if run == ['.'] && goes_on() {
            return None;
        }
        self.next_sentence(i, end)
    }

    /// `end` if a new sentence can begin at or after it, where the terminator stands at `i`.
    fn next_sentence(&self, i: usize, end: usize) -> Option<usize> {
        let next = self.skip(end);
        let Some(c) = self.at(next) else {
            return Some(self.chars.len());
        };
        // `했다. /사진=…` is a credit; any other slash continues the sentence.
        let credit = c == '/' && next > end && self.at(next + 1).is_some_and(is_hangul_syllable);
        if c.is_lowercase()
            || (matches!(
                c,
                ',' | '·' | ')' | ']' | ';' | ':' | '~' | '→' | '”' | '’' | '/' | '=' | '|' | '—'
            ) && !credit)
        {
            return None;
        }
        // `“…다.”는 말` and `…다…는 말`.
        let tied = next == end
            && self.chars[..end]
                .last()
                .is_some_and(|c| quotation_marks::closes(*c) || *c == '…');
        if abbreviations::reports(&self.chars[next..], tied) {
            return None;
        }
        if next == end && !self.starts_glued(i, c) {
            return None;
        }
        Some(end)
    }

    /// Whether a sentence can begin with `next` although no blank precedes it: after a syllable
    /// that ends Korean sentences, or at a capital after an English word. In a line that has lost
    /// its blanks, almost anywhere.
    fn starts_glued(&self, i: usize, next: char) -> bool {
        let wide =
            is_letter(next) || quotation_marks::opens(next) || is_bullet(next) || next == '-';
        let Some(before) = self.word_end(i) else {
            return false;
        };
        let line_of_its_own = self.glued && self.inside[i].is_some();
        if is_hangul_syllable(before)
            && wide
            && (line_of_its_own || ends_korean(before) || matches!(self.chars[i], '?' | '!'))
        {
            return true;
        }
        let word = self.chars[..i]
            .iter()
            .rev()
            .take_while(|c| c.is_alphanumeric())
            .count();
        if self.glued && wide && (word > 1 || !before.is_alphanumeric()) {
            return !(before.is_ascii() && next.is_ascii())
                || quotation_marks::opens(next)
                || next == '-';
        }
        let lower = self.chars[..i]
            .iter()
            .rev()
            .take_while(|c| c.is_lowercase())
            .count();
        lower >= 3 && next.is_uppercase()
    }

    /// The last character of the text before `i`, looking into a bracket that closes there.
    fn word_end(&self, i: usize) -> Option<char> {
        self.chars[..i]
            .iter()
            .rev()
            .copied()
            .find(|&c| !terminates(c) && !matches!(c, '"' | '”' | '’' | '\'' | '」'))
    }

    /// One past a note such as `[1]` after a full stop, which belongs to the sentence.
    fn note_behind(&self, end: usize) -> usize {
        if self.at(end) != Some('[') {
            return end;
        }
        let digits = self.chars[end + 1..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count();
        if (1..=3).contains(&digits) && self.at(end + 1 + digits) == Some(']') {
            end + digits + 2
        } else {
            end
        }
    }

    /// The end of a sentence without a full stop: `…합니다 다음 말`.
    fn end_without_stop(&self, i: usize) -> Option<usize> {
        let polite = i >= self.unit + 2
            && self.chars[i - 1] == '니'
            && final_consonant(self.chars[i - 2]) == 17;
        let next = self.skip(i + 1);
        let blank = next > i + 1 && next < self.chars.len();
        (polite && blank && !abbreviations::reports(&self.chars[next..], false)).then_some(i + 1)
    }

    /// The end of a sentence before a bullet.
    fn bullet_behind(&self, i: usize) -> Option<usize> {
        if i <= self.unit || !self.chars[i].is_whitespace() {
            return None;
        }
        let next = self.skip(i);
        (self.at(next).is_some_and(is_bullet) && self.inside.get(next).copied().flatten().is_none())
            .then_some(i)
    }

    /// The end of a byline at the reporter's mail address: `홍길동 기자 a@b.kr`.
    fn byline_behind(&self, i: usize) -> Option<usize> {
        if !self.chars[i].is_whitespace() {
            return None;
        }
        let before = &self.chars[self.unit..i];
        let (rest, address) = before.split_at(before.iter().rposition(|c| c.is_whitespace())?);
        let named = rest
            .iter()
            .rev()
            .skip_while(|c| c.is_whitespace())
            .take(2)
            .eq(['자', '기'].iter());
        (named && address.contains(&'@') && address.iter().all(char::is_ascii)).then_some(i)
    }
}

fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '▶' | '■' | '◆' | '●' | '○' | '※' | '☞' | '◇' | '□' | '▷' | '◎' | '★' | '☆'
    )
}

/// Index of a syllable's final consonant in Unicode's order (0: none, 16: ㅁ, 17: ㅂ).
fn final_consonant(c: char) -> u32 {
    if is_hangul_syllable(c) {
        (c as u32 - 0xac00) % 28
    } else {
        0
    }
}

/// Whether a Korean sentence can end on the syllable: a final ending, or a nominal one in ㅁ.
fn ends_korean(c: char) -> bool {
    matches!(c, '다' | '요' | '죠' | '까' | '네' | '라' | '군' | '냐') || final_consonant(c) == 16
}
