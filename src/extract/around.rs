//! What stands around the text without a name of its own: signatures and dates between headline and first paragraph, and
//! signatures after the last. Asked only where the page's own words for these fields gave nothing.

use jiff::tz::Offset;

use super::blocks::{self, Guide};
use super::dom::{Id, ROOT, Tag};
use super::marks::{HIDDEN, LINKS};
use super::meta::title::letters;
use super::meta::{byline, dates};
use super::page::Page;
use crate::news::{Article, Block, Byline, Stamp};

/// Lines above the text that are looked at, and below.
const ABOVE: usize = 14;
const BELOW: usize = 7;
/// A longer line is text.
const LONGEST: usize = 120;

/// Short lines before and after the text.
pub(crate) struct Around {
    above: Vec<String>,
    below: Vec<String>,
    /// How the text itself begins: Korean agencies sign there.
    dateline: Option<String>,
}

/// Nothing is left out but what is hidden, and what leads elsewhere.
struct Whole<'p, 'm, 'a>(&'m Page<'p, 'a>);

impl Guide for Whole<'_, '_, '_> {
    fn skips(&self, id: Id) -> bool {
        self.0.marks.has(id, HIDDEN | LINKS)
            || matches!(self.0.dom.tag(id), Tag::Nav | Tag::Footer | Tag::Head | Tag::Form)
    }

    fn is_caption(&self, _: Id) -> bool {
        false
    }
}

/// Reads what stands around the text of `article` on its page.
pub(crate) fn read(page: &Page<'_, '_>, article: &Article) -> Around {
    let lines: Vec<String> = blocks::read(&page.dom, &[ROOT], &Whole(page), &page.addresses)
        .into_iter()
        .flat_map(|p| p.block.plain().lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|t| !t.is_empty())
        .collect();
    let text: Vec<String> = article.blocks.iter().filter(|b| is_text(b)).map(|b| letters(&b.plain())).collect();
    let place =
        |wanted: &String| lines.iter().position(|l| !wanted.is_empty() && letters(l).ends_with(wanted.as_str()));
    let first = text.first().and_then(place);
    let last = text.last().and_then(place).or(first);
    let title = letters(&article.title);
    let top = first.unwrap_or(lines.len().min(ABOVE));
    let headline = lines[..top].iter().rposition(|l| !title.is_empty() && letters(l) == title);
    let from = headline.map_or(top.saturating_sub(ABOVE), |at| at + 1);
    let short = |l: &&String| l.chars().count() <= LONGEST;
    let below = last.map_or(lines.len(), |at| at + 1);
    Around {
        above: lines[from..top].iter().filter(short).take(ABOVE).cloned().collect(),
        below: lines[below..].iter().filter(short).take(BELOW).cloned().collect(),
        dateline: article.blocks.iter().find(|b| is_text(b)).map(Block::plain).and_then(|t| dateline(&t)),
    }
}

fn is_text(block: &Block) -> bool {
    matches!(block, Block::Paragraph { .. } | Block::Quote { .. })
}

/// `(가나=다라통신) 김하나 기자 = …`: what stands before the mark.
fn dateline(text: &str) -> Option<String> {
    let head: String = text.chars().take(70).collect();
    let (before, _) = head.split_once('=').filter(|_| !head.starts_with(['(', '[', '【'])).or_else(|| {
        let close = head.find([')', ']', '】'])?;
        let mark = head[close..].find('=')? + close;
        Some((&head[..mark], &head[mark..]))
    })?;
    before.contains("기자").then(|| before.to_owned()).or_else(|| before.contains("특파원").then(|| before.to_owned()))
}

impl Around {
    /// The people that sign, where the first signature stands.
    pub(crate) fn bylines(&self) -> Vec<Byline> {
        let above: Vec<Byline> = self.above.iter().flat_map(|l| byline::signed(&without_date(l))).collect();
        if !above.is_empty() {
            return above;
        }
        let dateline = self.dateline.as_deref().map(byline::named).unwrap_or_default();
        if !dateline.is_empty() {
            return dateline;
        }
        self.below.iter().map(|l| byline::signed(l)).find(|b| !b.is_empty()).unwrap_or_default()
    }

    /// The first date above the text.
    pub(crate) fn published(&self, home: Offset) -> Option<Stamp> {
        self.above.iter().filter(|l| !l.ends_with("다.")).find_map(|l| dates::parse(l, home))
    }
}

/// A signature shares its line with a date often: `김하나 기자 | 입력 2024.03.20 09:12`.
fn without_date(line: &str) -> String {
    let cut = ["입력", "등록", "승인", "송고", "기사입력", "작성"].iter().filter_map(|w| line.find(w)).min();
    let cut = cut.or_else(|| line.find("20").filter(|at| line[*at..].bytes().take(4).all(|b| b.is_ascii_digit())));
    match cut {
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
        assert_eq!(without_date("김하나 기자 | 입력 2024.03.20 09:12"), "김하나 기자 | ");
        assert_eq!(without_date("입력 2024.03.20 김하나 기자"), "입력 2024.03.20 김하나 기자");
    }
}
