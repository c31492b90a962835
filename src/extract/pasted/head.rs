//! Finds the title, the subheads and the section above the body.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::body;
use super::marks::item;
use super::page_lines::{PastedLineKind, PastedPage};
use crate::extract::body::lines;
use crate::extract::body::lines::{caption, columns, is_hangul_letter};
use crate::extract::body::vocabulary::Vocabulary;
use crate::news::{Clean, word_list};

const WORDS: &str = include_str!("../../../assets/words/sections.txt");

/// What was found above the body, as indices of lines.
#[derive(Debug, Default)]
pub(crate) struct HeadLines {
    /// Index of the line with the title.
    pub title: Option<usize>,
    /// The subheads, at most [`MAX_SUBHEADS`].
    pub subheads: Vec<usize>,
    /// Sentences between byline and body, with which the text begins.
    pub lead: Vec<usize>,
    /// The sentences of the page's own summary.
    pub summary: Vec<usize>,
    /// The newspaper's section, such as 사회 or 경제.
    pub section: Option<Clean>,
}

/// The greatest width of a title in columns.
const MAX_TITLE_COLUMNS: usize = 220;
/// More lines than this below a title are a menu and not subheads.
const MAX_SUBHEADS: usize = 6;

/// Reads the lines above `body`.
pub(crate) fn read(page: &PastedPage, body: &Range<usize>) -> HeadLines {
    let words = Vocabulary::of(
        body.clone()
            .filter(|&i| page.kinds[i] == PastedLineKind::Prose)
            .map(|i| &*page.lines[i].text),
    );
    let mut head = HeadLines {
        title: title(page, body.start, &words),
        ..HeadLines::default()
    };
    for i in (0..body.end).filter(|&i| page.kinds[i] == PastedLineKind::Summary) {
        if !head.summary.iter().any(|&s| page.keys[s] == page.keys[i]) {
            head.summary.push(i);
        }
    }
    let Some(top) = head.title else { return head };
    head.section = section(page, top);
    let by = (top + 1..body.start)
        .rfind(|&i| matches!(page.kinds[i], PastedLineKind::Byline | PastedLineKind::Date))
        .unwrap_or(top);
    for i in (top + 1..body.start).filter(|i| page.kinds[*i] == PastedLineKind::Prose) {
        let again = page.keys[i] == page.keys[top];
        if !again
            && caption(&page.lines[i].text).is_none_or(|c| c.weight < 2)
            && words.knows(&page.lines[i].text) > 0.2
        {
            if i < by {
                head.subheads.push(i);
            } else {
                head.lead.push(i);
            }
        }
    }
    head.subheads
        .extend(subheads(page, top, body.start, &words));
    head.subheads.sort_unstable();
    head.subheads.truncate(MAX_SUBHEADS);
    head
}

/// The line that is most likely the title: it shares words with the body, is set off or above the
/// date, and may be repeated.
fn title(page: &PastedPage, end: usize, words: &Vocabulary) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for i in (0..end).filter(|&i| could_be_title(page, i)) {
        let text = &page.lines[i].text;
        let alone = page.lines[i].gap
            && page
                .lines
                .get(i + 1)
                .is_none_or(|n| n.gap || page.kinds[i + 1] != PastedLineKind::Words);
        let date = (i + 1..end.min(i + 5))
            .find(|&n| matches!(page.kinds[n], PastedLineKind::Date | PastedLineKind::Byline));
        let dated = date.is_some();
        // The line nearest above the date is the title; the one above that is a kicker.
        let nearest = date.is_some_and(|d| {
            !(i + 1..d).any(|n| could_be_title(page, n) && columns(&page.lines[n].text) >= 24)
        });
        let again = page.keys[i].chars().count() >= 8 && page.counts[i] > 1;
        let known = words.knows(text);
        // Directly below another possible title and above the body, it is a subhead.
        let under =
            i > 0 && !page.lines[i].gap && could_be_title(page, i - 1) && is_last_run(page, i, end);
        // One known word of one proves little, six of eight prove much.
        let many = words_of(text) as f64;
        let score = 4.0 * known * many / (many + 2.0)
            + f64::from(u8::from(again)) * 1.2
            + if nearest {
                2.0
            } else {
                f64::from(u8::from(dated)) * 0.8
            }
            - f64::from(u8::from(under)) * 1.2
            + f64::from(u8::from(alone)) * 0.6
            + match columns(text) {
                24..=150 => 0.8,
                16..24 => 0.3,
                _ => 0.0,
            }
            - if many < 3.0 { 0.6 } else { 0.0 };
        // Of equal candidates the last one wins: the title above the text, not its copy in the
        // page's header.
        if (known > 0.15 || dated)
            && best.is_none_or(|(b, at)| score > b || (score >= b && page.keys[at] == page.keys[i]))
        {
            best = Some((score, i));
        }
    }
    let (_, mut at) = best?;
    // Of several headlines without gaps above the body, or of two by themselves, the first one is
    // the title.
    while at > 0 && could_be_title(page, at - 1) && is_headline(&page.lines[at - 1].text, words) {
        let alone = at == 1 || !could_be_title(page, at - 2);
        if page.lines[at].gap && !alone {
            break;
        }
        at -= 1;
    }
    Some(at)
}

/// Whether a line is wide enough for a headline and shares words with the body, which a kicker does
/// not.
fn is_headline(text: &str, words: &Vocabulary) -> bool {
    columns(text) >= 24 && words.knows(text) >= 0.34
}

/// Whether all lines between `i` and the body could be titles.
fn is_last_run(page: &PastedPage, i: usize, end: usize) -> bool {
    (i..end.min(i + MAX_SUBHEADS + 2)).all(|n| could_be_title(page, n))
        && end <= i + MAX_SUBHEADS + 2
}

fn words_of(text: &str) -> usize {
    text.split_whitespace().count()
}

fn could_be_title(page: &PastedPage, i: usize) -> bool {
    let text = &page.lines[i].text;
    page.kinds[i] == PastedLineKind::Words
        && (8..=MAX_TITLE_COLUMNS).contains(&columns(text))
        && !is_section(text)
        && !body::is_surely_caption(page, i)
        && item(text).is_none()
        && !text.ends_with([',', ':'])
}

/// The subheads: lines between title and body that share words with the body. Lines without gaps
/// are judged together.
fn subheads(page: &PastedPage, top: usize, end: usize, words: &Vocabulary) -> Vec<usize> {
    let mut out = Vec::new();
    let mut block: Vec<usize> = Vec::new();
    let mut close = |block: &mut Vec<usize>| {
        // A line at the start that shares no words is a button missing from the word lists.
        while block
            .first()
            .is_some_and(|&i| words.knows(&page.lines[i].text) < 0.1)
        {
            block.remove(0);
        }
        let known: f64 = block
            .iter()
            .map(|&i| words.knows(&page.lines[i].text))
            .sum();
        // Several lines without gaps support each other.
        let enough = if block.len() > 1 { 0.25 } else { 0.34 };
        if !block.is_empty() && block.len() <= MAX_SUBHEADS && known / block.len() as f64 >= enough
        {
            out.append(block);
        }
        block.clear();
    };
    for i in top + 1..end {
        let text = &page.lines[i].text;
        // Fewer than four English words are a label or a name.
        let says = text.chars().any(is_hangul_letter) || words_of(text) >= 4;
        let fits = says && could_be_title(page, i) && page.keys[i] != page.keys[top];
        if !fits || page.lines[i].gap {
            close(&mut block);
        }
        if fits {
            block.push(i);
        }
    }
    close(&mut block);
    out
}

/// The newspaper's section, if its name is on one of the three lines above the title.
fn section(page: &PastedPage, title: usize) -> Option<Clean> {
    let names = |i: usize| is_section(&page.lines[i].text);
    (title.saturating_sub(3)..title)
        .rev()
        .find(|&i| names(i))
        .and_then(|i| {
            // Beside other section names it is an entry of a menu.
            let menu = (i > 0 && names(i - 1)) || names(i + 1);
            let last = page.lines[i].text.rsplit('>').next().unwrap_or_default();
            (!menu).then(|| Clean::line(last)).filter(|s| !s.is_blank())
        })
}

fn is_section(text: &str) -> bool {
    static SECTIONS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| word_list::section(WORDS, "sections").into_iter().collect());
    columns(text) <= 40
        && text
            .split('>')
            .next_back()
            .is_some_and(|last| SECTIONS.contains(lines::key(last).as_str()))
}
