//! Finds fields that no markup names in the lines near the text: bylines and dates between the
//! headline and the first paragraph, and bylines after the last. Used only for fields that the
//! page's markup and metadata don't give.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::tz::Offset;

use super::node_flags::{HIDDEN, LINKS};
use super::parsed::ParsedPage;
use crate::extract::body::blocks;
use crate::extract::body::blocks::Guide;
use crate::extract::body::lines::is_chrome;
use crate::extract::body::trim::verdict;
use crate::extract::body::trim::verdict::LineVerdict;
use crate::extract::body::vocabulary::Vocabulary;
use crate::extract::dates::parse;
use crate::extract::html::{NodeId, ROOT, Tag};
use crate::extract::meta::byline;
use crate::extract::meta::title::letters;
use crate::news::hangul::is_alphanumeric;
use crate::news::{Article, Block, Byline, Clean, Stamp, word_list};

const WORDS: &str = include_str!("../../../assets/words/date_labels.txt");

/// How many lines above the text are searched.
const ABOVE: usize = 14;
/// How many lines below the text are searched.
const BELOW: usize = 7;
/// Longer lines, in characters, are prose and not a field.
const MAX_LINE_CHARS: usize = 120;
/// More lines than this between headline and text are a menu and not subheads.
const MAX_SUBHEADS: usize = 6;
/// The least share of a subhead's words that also occur in the text.
const MIN_SHARED_WORDS: f64 = 0.4;

/// Short lines before and after the article's text.
pub(crate) struct TextSurroundings {
    /// Whether the lines above begin after the headline; otherwise it was not found.
    titled: bool,
    /// The two lines before the headline, where blogs put the date.
    over_title: Vec<String>,
    /// Lines before the text, in page order.
    above: Vec<String>,
    /// Lines after the text, in page order.
    below: Vec<String>,
    /// The start of the text up to its `=`, where Korean news agencies name the reporter.
    dateline: Option<String>,
}

/// How many runs of text before and after the element that contains the article are read: lines
/// further away are not searched, and a long page has thousands.
const MAX_RUNS_BEFORE: usize = 160;
const MAX_RUNS_AFTER: usize = 40;

/// Reads a part of the page except hidden elements, navigation and lists of other articles.
struct AllText<'p, 'm, 'a> {
    page: &'m ParsedPage<'p, 'a>,
    part: Range<NodeId>,
}

impl<'p, 'm, 'a> AllText<'p, 'm, 'a> {
    /// The part of the page around the element `body`.
    fn around(page: &'m ParsedPage<'p, 'a>, body: NodeId) -> Self {
        let dom = &page.dom;
        let is_run = |id: &NodeId| dom.tag(*id) == Tag::Text && !dom.words(*id).trim().is_empty();
        let before = (0..body).rev().filter(is_run).nth(MAX_RUNS_BEFORE);
        let after = (dom.end(body)..dom.len())
            .filter(is_run)
            .nth(MAX_RUNS_AFTER);
        Self {
            page,
            part: before.unwrap_or(ROOT)..after.unwrap_or(dom.len()),
        }
    }
}

impl Guide for AllText<'_, '_, '_> {
    fn skips(&self, id: NodeId) -> bool {
        let dom = &self.page.dom;
        dom.end(id) <= self.part.start
            || id >= self.part.end
            || self.page.flags.has(id, HIDDEN | LINKS)
            || matches!(dom.tag(id), Tag::Nav | Tag::Footer | Tag::Head | Tag::Form)
    }

    fn is_caption(&self, _: NodeId) -> bool {
        false
    }
}

/// Collects the lines around the text of `article` on its page, which the element `body` contains.
pub(crate) fn read(page: &ParsedPage<'_, '_>, body: NodeId, article: &Article) -> TextSurroundings {
    let around = AllText::around(page, body);
    let lines: Vec<String> = blocks::read(&page.dom, &[ROOT], &around, &page.addresses)
        .into_iter()
        .flat_map(|p| {
            p.content
                .plain()
                .lines()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .filter(|t| !t.is_empty())
        .collect();
    let mut text = article.blocks.iter().filter(|b| is_text(b));
    let (opening, closing) = (text.next(), text.next_back());
    let words = |block: &Block| letters(&block.plain());
    let place = |wanted: &String| {
        let mut lines = lines.iter().filter(|_| !wanted.is_empty());
        // Letters in lower case take up to twice the bytes.
        lines.position(|l| l.len() * 2 >= wanted.len() && letters(l).ends_with(wanted.as_str()))
    };
    let first = opening.map(words).as_ref().and_then(place);
    let last = closing.map(words).as_ref().and_then(place).or(first);
    let title = letters(&article.title);
    let top = first.unwrap_or(lines.len().min(ABOVE));
    let headline = lines[..top]
        .iter()
        .rposition(|l| !title.is_empty() && letters(l) == title);
    let from = headline.map_or(top.saturating_sub(ABOVE), |at| at + 1);
    let short = |l: &&String| l.chars().count() <= MAX_LINE_CHARS;
    let below = last.map_or(lines.len(), |at| at + 1);
    TextSurroundings {
        titled: headline.is_some(),
        over_title: headline
            .map(|at| lines[at.saturating_sub(2)..at].to_vec())
            .unwrap_or_default(),
        above: lines[from..top]
            .iter()
            .filter(short)
            .take(ABOVE)
            .cloned()
            .collect(),
        below: lines[below..]
            .iter()
            .filter(short)
            .take(BELOW)
            .cloned()
            .collect(),
        dateline: opening.map(Block::plain).and_then(|t| dateline(&t)),
    }
}

fn is_text(block: &Block) -> bool {
    matches!(block, Block::Paragraph { .. } | Block::Quote { .. })
}

/// The part before the last `=` of `(가나=다라통신) 김하나 기자 = …`, if it names a reporter.
fn dateline(text: &str) -> Option<String> {
    let head: String = text.chars().take(70).collect();
    let (before, _) = head
        .split_once('=')
        .filter(|_| !head.starts_with(['(', '[', '【']))
        .or_else(|| {
            let close = head.find([')', ']', '】'])?;
            let mark = head[close..].find('=')? + close;
            Some((&head[..mark], &head[mark..]))
        })?;
    before
        .contains("기자")
        .then(|| before.to_owned())
        .or_else(|| before.contains("특파원").then(|| before.to_owned()))
}

impl TextSurroundings {
    /// The bylines of the first place that has any: above the text, its dateline, below it.
    pub(crate) fn bylines(&self) -> Vec<Byline> {
        let above: Vec<Byline> = self
            .above
            .iter()
            .flat_map(|l| byline::signed(&without_date(l)))
            .collect();
        if !above.is_empty() {
            return above;
        }
        let dateline = self
            .dateline
            .as_deref()
            .map(byline::named)
            .unwrap_or_default();
        if !dateline.is_empty() {
            return dateline;
        }
        self.below
            .iter()
            .map(|l| byline::signed(l))
            .find(|b| !b.is_empty())
            .unwrap_or_default()
    }

    /// The line above the first byline or date, which is the headline of a page without markup for
    /// it.
    pub(crate) fn headline(&self, home: Offset) -> Option<&str> {
        let dated = |l: &&String| parse::date(l, home).is_some() || !byline::signed(l).is_empty();
        let at = self.above.iter().position(|l| dated(&l))?;
        let line = self.above[..at].last()?;
        ((8..=100).contains(&line.chars().count()) && verdict::judge(line) == LineVerdict::Text)
            .then_some(line)
    }

    /// Lines between headline and text that share words with the text: the subheads of a page
    /// without markup for them.
    pub(crate) fn subheads(&self, article: &Article, home: Offset) -> Vec<Clean> {
        if !self.titled {
            return Vec::new();
        }
        // Few pages have a line that comes so far.
        let words = LazyCell::new(|| {
            let text = article.blocks.iter().filter(|b| is_text(b));
            Vocabulary::of(text.map(Block::plain))
        });
        let is_of_text = |line: &str| {
            let mut blocks = article.blocks.iter().filter(|b| is_text(b));
            blocks.any(|b| b.plain().lines().any(|own| own == line))
        };
        let own = |line: &&String| {
            (10..=120).contains(&line.chars().count())
                && (article.is_korean() || line.split_whitespace().count() >= 5)
                && verdict::judge(line) == LineVerdict::Text
                && !is_chrome(line)
                && parse::date(line, home).is_none()
                && byline::signed(&without_date(line)).is_empty()
                && !article
                    .blocks
                    .iter()
                    .any(|b| matches!(b, Block::Image { .. }) && b.plain().contains(line.as_str()))
                && words.knows(line) >= MIN_SHARED_WORDS
                && !is_of_text(line)
        };
        let found: Vec<Clean> = self
            .above
            .iter()
            .filter(own)
            .map(|l| Clean::line(l))
            .collect();
        if found.len() <= MAX_SUBHEADS {
            found
        } else {
            Vec::new()
        }
    }

    /// An e-mail address that has a line of its own below the text.
    pub(crate) fn email(&self) -> Option<Clean> {
        let alone = |line: &str, email: &str| {
            line.chars().filter(|c| is_alphanumeric(*c)).count() <= email.len() + 16
        };
        self.below.iter().take(3).find_map(|line| {
            let email = line.split([' ', '(', ')']).find_map(byline::email_in)?;
            alone(line, &email).then(|| Clean::line(&email))
        })
    }

    /// The first date above the text.
    pub(crate) fn published(&self, home: Offset) -> Option<Stamp> {
        let short = self.over_title.iter().filter(|l| l.chars().count() <= 30);
        self.above
            .iter()
            .chain(short)
            .filter(|l| !l.ends_with("다."))
            .find_map(|l| parse::date(l, home))
    }
}

/// Cuts off the date that often follows a byline on the same line: `김하나 기자 | 입력 2024.03.20
/// 09:12`, `Par Jeanne Roe Publié le 20 mars`.
fn without_date(line: &str) -> String {
    static DATE_LABELS: LazyLock<Vec<&str>> =
        LazyLock::new(|| word_list::section(WORDS, "after a byline"));
    let label = DATE_LABELS.iter().filter_map(|w| line.find(w)).min();
    let digit = line.find(|c: char| c.is_ascii_digit());
    match label.into_iter().chain(digit).min() {
        Some(0) | None => line.to_owned(),
        Some(at) => line[..at].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_sign_where_the_text_begins() {
        assert!(dateline("(가나=다라통신) 김하나 이두리 기자 = 가나시는").is_some());
        assert!(dateline("[가나=마바]김하나 기자 = 가나시는").is_some());
        assert!(dateline("[가나=마바] 20일 오전 시민들이 기다리고 있다.").is_none());
        assert!(dateline("가나시는 첫차를 당긴다고 밝혔다.").is_none());
    }

    #[test]
    fn a_date_beside_a_signature_is_set_aside() {
        assert_eq!(
            without_date("김하나 기자 | 입력 2024.03.20 09:12"),
            "김하나 기자 | "
        );
        assert_eq!(
            without_date("Par Jeanne Roe Publié le 20 mars 2024"),
            "Par Jeanne Roe "
        );
        assert_eq!(
            without_date("입력 2024.03.20 김하나 기자"),
            "입력 2024.03.20 김하나 기자"
        );
    }
}
