//! Classifies the lines of a pasted page and finds the article among them.

use std::collections::HashMap;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::marks::{is_bracketed, item};
use super::unwrap::PastedLine;
use crate::extract::body::lines;
use crate::extract::body::lines::{
    BoxHeading, Chrome, bylines, chrome, columns, ends_sentence, is_hangul_letter, key,
};
use crate::extract::dates;
use crate::news::stamp::KST;
use crate::news::word_list;

const WORDS: &str = include_str!("../../../assets/words/date_labels.txt");

/// How many lines after the last sentence are searched for the signature.
const SIGNATURE_LINES: usize = 16;

/// The kind of a line, by its words alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PastedLineKind {
    /// At least one sentence.
    Prose,
    /// Words that are not a sentence: a title, a heading, a menu entry.
    Words,
    /// A button, a label or a request to the reader.
    Chrome(Chrome),
    /// The heading of a box beside the article.
    Box(BoxHeading),
    /// A copyright notice.
    Copyright,
    /// A byline and nothing else.
    Byline,
    /// A date and little else.
    Date,
    /// Hashtags: `#태그 #태그`.
    Tags,
    /// A sentence of the page's own summary.
    Summary,
}

/// The lines of a page with what is known of each; all vectors have the same length.
pub(crate) struct PastedPage {
    /// The lines in page order.
    pub lines: Vec<PastedLine>,
    /// The kind of each line.
    pub kinds: Vec<PastedLineKind>,
    /// How many lines of the page have the same key as this one, itself included.
    pub counts: Vec<usize>,
    /// The letters and digits of each line in lower case, to compare lines.
    pub keys: Vec<String>,
}

impl PastedPage {
    /// Classifies `lines`.
    pub(crate) fn new(lines: Vec<PastedLine>) -> Self {
        let mut kinds: Vec<PastedLineKind> = lines.iter().map(|l| kind(&l.text)).collect();
        let keys: Vec<String> = lines.iter().map(|l| key(&l.text)).collect();
        mark_summaries(&mut kinds, &keys);
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for k in &keys {
            *seen.entry(k).or_default() += 1;
        }
        let counts = keys
            .iter()
            .map(|k| seen.get(k.as_str()).copied().unwrap_or(1))
            .collect();
        Self {
            lines,
            kinds,
            counts,
            keys,
        }
    }

    /// The number of lines that are certainly page chrome.
    pub(crate) fn furniture(&self) -> usize {
        self.kinds
            .iter()
            .filter(|k| {
                matches!(
                    k,
                    PastedLineKind::Chrome(Chrome::Sure) | PastedLineKind::Box(_)
                )
            })
            .count()
    }

    /// The width of the prose in a range, in columns.
    pub(crate) fn prose(&self, range: Range<usize>) -> usize {
        range
            .filter(|&i| self.kinds[i] == PastedLineKind::Prose)
            .map(|i| columns(&self.lines[i].text))
            .sum()
    }

    /// The body: the run of lines with the highest sum of weights, in which prose counts for and
    /// other lines against. It begins and ends with a sentence.
    pub(crate) fn densest(&self) -> Range<usize> {
        let (mut best, mut best_range) = (0.0_f64, 0..0);
        let (mut sum, mut start) = (0.0_f64, 0);
        for i in 0..self.lines.len() {
            if sum <= 0.0 {
                sum = 0.0;
                start = i;
            }
            sum += self.weight(i);
            if sum > best {
                best = sum;
                best_range = start..i + 1;
            }
        }
        let range = self.until_end(best_range);
        self.to_signature(range)
    }

    /// Extends the body to the last sentence before the signature, because a box with other
    /// articles may be between the last paragraphs. The signature is a byline with an address or a
    /// copyright notice.
    fn to_signature(&self, range: Range<usize>) -> Range<usize> {
        let ahead = range.end..(range.end + SIGNATURE_LINES).min(self.lines.len());
        let signs = |i: &usize| match self.kinds[*i] {
            PastedLineKind::Byline => self.lines[*i].text.contains('@'),
            PastedLineKind::Copyright => lines::copyright::forbids(&self.lines[*i].text),
            _ => false,
        };
        let comments = ahead
            .clone()
            .find(|&i| self.kinds[i] == PastedLineKind::Box(BoxHeading::Comments))
            .unwrap_or(ahead.end);
        let Some(end) = (ahead.start..comments).find(signs) else {
            return range;
        };
        match (range.end..end)
            .rev()
            .find(|&i| self.kinds[i] == PastedLineKind::Prose)
        {
            Some(last) if !range.clone().any(|i| signs(&i)) => range.start..last + 1,
            _ => range,
        }
    }

    /// What a line adds to the weight of a run. The weights were set by trial on pasted pages.
    fn weight(&self, i: usize) -> f64 {
        match self.kinds[i] {
            PastedLineKind::Prose => 1.3 + columns(&self.lines[i].text).min(320) as f64 / 80.0,
            PastedLineKind::Words
                if lines::caption(&self.lines[i].text).is_some_and(|c| c.weight >= 2) =>
            {
                0.0
            }
            PastedLineKind::Words
                if is_bracketed(&self.lines[i].text) || item(&self.lines[i].text).is_some() =>
            {
                -0.2
            }
            PastedLineKind::Words | PastedLineKind::Chrome(_) | PastedLineKind::Date => -0.6,
            PastedLineKind::Box(BoxHeading::Comments) => -5.0,
            PastedLineKind::Box(_) => -1.0,
            PastedLineKind::Copyright if lines::copyright::forbids(&self.lines[i].text) => -5.0,
            PastedLineKind::Copyright
            | PastedLineKind::Byline
            | PastedLineKind::Tags
            | PastedLineKind::Summary => -0.3,
        }
    }

    /// Ends the body at a copyright notice if at least a quarter of the prose precedes it, and at
    /// the readers' comments if at least a third does.
    fn until_end(&self, range: Range<usize>) -> Range<usize> {
        let whole = self.prose(range.clone());
        let mut before = 0;
        for i in range.clone() {
            match self.kinds[i] {
                PastedLineKind::Prose => before += columns(&self.lines[i].text),
                PastedLineKind::Copyright
                    if lines::copyright::forbids(&self.lines[i].text) && before * 4 >= whole =>
                {
                    return range.start..i;
                }
                PastedLineKind::Box(BoxHeading::Comments) if before * 3 >= whole => {
                    return range.start..i;
                }
                _ => {}
            }
        }
        range
    }
}

/// Marks the one to six sentences below the heading of a summary. A disclaimer and one close button
/// may be in between, and a button or another heading must follow.
fn mark_summaries(kinds: &mut [PastedLineKind], keys: &[String]) {
    let mut at = 0;
    while at < kinds.len() {
        if kinds[at] != PastedLineKind::Box(BoxHeading::Summary) {
            at += 1;
            continue;
        }
        let mut from = at + 1;
        let mut buttons = 0;
        while from < kinds.len() && from < at + 8 {
            match kinds[from] {
                PastedLineKind::Box(BoxHeading::Summary)
                | PastedLineKind::Chrome(Chrome::Likely) => {}
                PastedLineKind::Chrome(Chrome::Sure) if keys[from] == "닫기" && buttons == 0 => {
                    buttons += 1;
                }
                _ => break,
            }
            from += 1;
        }
        let end = (from..kinds.len())
            .find(|&i| kinds[i] != PastedLineKind::Prose)
            .unwrap_or(kinds.len());
        let ended = kinds
            .get(end)
            .is_some_and(|k| matches!(k, PastedLineKind::Chrome(_) | PastedLineKind::Box(_)));
        if (1..=6).contains(&(end - from)) && ended {
            kinds[from..end].fill(PastedLineKind::Summary);
        }
        at = end.max(at + 1);
    }
}

fn kind(text: &str) -> PastedLineKind {
    if let Some(found) = lines::box_of(text) {
        return PastedLineKind::Box(found);
    }
    let furniture = chrome(text);
    if furniture == Some(Chrome::Sure) {
        return PastedLineKind::Chrome(Chrome::Sure);
    }
    // `홍길동 기자 이메일 보내기` is a button and a byline at once: the name matters more.
    if !bylines(text).is_empty() {
        return PastedLineKind::Byline;
    }
    if let Some(likely) = furniture {
        return PastedLineKind::Chrome(likely);
    }
    if lines::copyright(text).is_some() {
        return PastedLineKind::Copyright;
    }
    if is_tags(text) {
        return PastedLineKind::Tags;
    }
    if is_date(text) {
        return PastedLineKind::Date;
    }
    if is_prose(text) {
        PastedLineKind::Prose
    } else {
        PastedLineKind::Words
    }
}

/// Whether a line is prose: it ends like a sentence and is longer than headlines that do.
fn is_prose(text: &str) -> bool {
    let width = columns(text);
    let punctuated = [". ", "다.", ", ", "? ", "! "]
        .iter()
        .any(|p| text.contains(p));
    if width >= 150 && (punctuated || ends_sentence(text)) {
        return true;
    }
    let text = before_address(text);
    if !ends_sentence(text) {
        return false;
    }
    let core =
        text.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»)]』」】》>".contains(c));
    let full_stop = core.ends_with(['.', '。']) && !core.ends_with("..");
    let spoken = text.starts_with(['"', '“']) && full_stop;
    if text.chars().any(is_hangul_letter) {
        (full_stop && width >= 14) || (spoken && width >= 8) || width >= 76
    } else {
        let words = text.split_whitespace().count();
        (full_stop && words >= 6) || words >= 14
    }
}

/// Cuts off an e-mail address in brackets at the end: `견본뉴스 홍길동입니다. (hong@example.com)`.
fn before_address(text: &str) -> &str {
    match text.rfind(['(', '[']) {
        Some(at) if text[at..].contains('@') && text.ends_with([')', ']']) => text[..at].trim_end(),
        _ => text,
    }
}

fn is_tags(text: &str) -> bool {
    text.starts_with('#')
        && text
            .split_whitespace()
            .all(|w| w.starts_with('#') && w.len() > 1)
}

/// Whether a line is a date, or the label of one, and little else.
fn is_date(text: &str) -> bool {
    static DATE_LABELS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| word_list::section(WORDS, "lines").into_iter().collect());
    if columns(text) > 110 {
        return false;
    }
    let letters = key(text);
    if DATE_LABELS.contains(letters.as_str()) {
        return true;
    }
    if !letters.contains(|c: char| c.is_ascii_digit()) || text.ends_with("다.") {
        return false;
    }
    let dates = dates::all(text, KST).len();
    let others = letters.chars().filter(|c| !c.is_ascii_digit()).count();
    dates > 0 && others <= 14 + dates * 16
}
