//! Finds the article in a pasted text: either a whole news page with menus, buttons and lists of
//! other articles around it, or the article's text alone.
//!
//! * [`unwrap`]     – cuts text into lines and joins those that were only wrapped
//! * [`page_lines`] – classifies each line and finds the body, the densest run of prose
//! * [`marks`]      – recognises brackets, list markers and speakers at the start of a line
//! * [`head`]       – title, subheads and section above the body
//! * [`teasers`]    – teasers of other articles below the body
//! * [`body`]       – turns the body's lines into blocks
//!
//! Of a page, only the body and the lines recognised as title, subhead, byline, date or copyright
//! are kept. Of a text alone, every line is kept, and only title, byline and copyright move to
//! fields of their own.

mod body;
mod head;
mod marks;
mod page_lines;
mod teasers;
mod unwrap;

use std::collections::HashSet;
use std::ops::Range;

use jiff::tz::Offset;

use self::marks::{is_bracketed, is_bracketed_alone, is_spoken, item};
use self::page_lines::{PastedLineKind, PastedPage};
use super::body::lines;
use super::body::lines::byline::byline_inside;
use super::body::lines::{bylines, columns, copyright, is_hangul_letter, key, publisher_in};
use super::dates;
use super::dates::home_zone::home_zone;
use crate::news::{Article, Block, Byline, Clean, Extraction, ExtractionMethod, Problem};

/// Longer pastes, in bytes, are cut: no article is nearly as long.
const MAX_BYTES: usize = 8 << 20;
/// How many lines after the body are searched for byline, date and copyright.
const LINES_AFTER: usize = 14;

/// Reads the article in a pasted page or text. `url` is the page's address, if known.
pub fn plain(text: &str, url: Option<&str>) -> Article {
    let cut = (0..=text.len().min(MAX_BYTES))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    let page = PastedPage::new(unwrap::lines(&text[..cut]));
    let mut article = if has_furniture(&page) {
        pasted(&page)
    } else {
        bare(&page)
    };
    article.title = Clean::headline(&article.title);
    article.url = url.map(Clean::line);
    article.lang = language(&text[..cut]).map(Clean::line);
    article
}

/// Whether `bytes` are an HTML page and not text: near the start is a doctype or a tag that text
/// does not contain.
pub fn looks_like_html(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let opens = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<title",
        "<div",
        "<article",
        "<p>",
        "<script",
        "<!--",
    ];
    opens.iter().any(|tag| head.starts_with(tag))
        || ["<html", "<body", "<head>", "<!doctype html"]
            .iter()
            .any(|tag| head.contains(tag))
}

/// Whether the text contains buttons and headings of boxes, as a copied page does. A single word
/// could be a button by chance, so it counts only beside prose or a copyright notice.
fn has_furniture(page: &PastedPage) -> bool {
    let furniture = page.furniture();
    let prose = page
        .kinds
        .iter()
        .filter(|k| **k == PastedLineKind::Prose)
        .count();
    let forbids = page
        .lines
        .iter()
        .any(|l| columns(&l.text) < 300 && lines::copyright::forbids(&l.text));
    furniture >= 3 || (furniture >= 1 && (prose >= 2 || forbids))
}

/// Reads a copied page: the body is the densest prose, and the fields are in the lines around it.
fn pasted(page: &PastedPage) -> Article {
    let range = teasers::without_teasers(page, page.densest());
    if range.is_empty() {
        return no_article(page);
    }
    let head = head::read(page, &range);
    let top = head.title.unwrap_or(range.start);
    let range = grow(page, range, top);
    let text = |i: &usize| page.lines[*i].text.clone();
    let mut skipped: HashSet<usize> = head
        .subheads
        .iter()
        .chain(&head.lead)
        .chain(&head.summary)
        .chain(&head.title)
        .copied()
        .collect();
    if let Some(title) = head.title {
        skipped.extend(range.clone().filter(|&i| page.keys[i] == page.keys[title]));
    }
    let mut article = Article {
        title: head.title.as_ref().map(text).unwrap_or_default(),
        subheads: head.subheads.iter().map(text).collect(),
        page_summary: head.summary.iter().map(text).collect(),
        section: head.section.clone(),
        ..Article::default()
    };
    article.blocks = head
        .lead
        .iter()
        .map(|i| Block::linked(text(i), Vec::new()))
        .collect();
    article
        .blocks
        .extend(body::blocks(page, range.clone(), &skipped, false));
    let around = top..(range.end + LINES_AFTER).min(page.lines.len());
    credit(page, around, &range, &mut article);
    without_site(&mut article);
    article.extraction = Extraction {
        method: ExtractionMethod::Pasted,
        confidence: confidence(&article),
        problem: None,
        form: None,
        page: None,
        cut: false,
    };
    article
}

/// Extends the body by captions, speaker marks and list items above its first and below its last
/// sentence.
fn grow(page: &PastedPage, range: Range<usize>, top: usize) -> Range<usize> {
    let belongs = |i: usize| {
        page.kinds[i] == PastedLineKind::Words
            && (body::is_caption(page, i)
                || is_bracketed(&page.lines[i].text)
                || item(&page.lines[i].text).is_some())
    };
    let (mut start, mut end) = (range.start, range.end);
    // Buttons such as "원본보기" may be between a caption and the first sentence.
    let mut reach = start;
    while reach > top + 1 && start - reach < 6 {
        reach -= 1;
        if belongs(reach)
            || (page.kinds[reach] == PastedLineKind::Prose && body::is_caption(page, reach))
        {
            start = reach;
        } else if !matches!(page.kinds[reach], PastedLineKind::Chrome(_)) {
            break;
        }
    }
    while end < page.lines.len() && belongs(end) && end - range.end < 40 {
        end += 1;
    }
    start..end
}

/// Fills byline, dates, copyright and publisher from the lines around the body, and the byline also
/// from the body itself.
fn credit(page: &PastedPage, around: Range<usize>, range: &Range<usize>, article: &mut Article) {
    let zone = home_zone(article.lang.as_deref(), None, || article.is_korean());
    for i in around.clone() {
        let text = &page.lines[i].text;
        match page.kinds[i] {
            PastedLineKind::Byline => add_bylines(&mut article.bylines, bylines(text)),
            PastedLineKind::Date => {
                add_bylines(&mut article.bylines, named_beside(text));
                date(article, text, zone);
            }
            PastedLineKind::Words => {
                if let (Some(address), Some(last)) =
                    (lines::byline::address(text), article.bylines.last_mut())
                {
                    last.email = last.email.take().or(Some(address));
                }
            }
            _ => {}
        }
    }
    if article.bylines.is_empty() {
        let inside = range.clone().filter(|&i| {
            page.kinds[i] == PastedLineKind::Prose || page.kinds[i] == PastedLineKind::Words
        });
        let found: Vec<Vec<Byline>> = inside
            .map(|i| byline_inside(&page.lines[i].text))
            .filter(|b| !b.is_empty())
            .collect();
        // A sign-off has the e-mail address, so it is preferred to the byline at the start.
        let best = found
            .iter()
            .find(|b| b.iter().any(|b| b.email.is_some()))
            .or_else(|| found.first());
        add_bylines(&mut article.bylines, best.cloned().unwrap_or_default());
    }
    if article.bylines.is_empty() && !article.is_korean() {
        // A name on a line above a role: `Jane Doe`, `Transport correspondent`.
        let role = |i: usize| {
            page.lines
                .get(i)
                .map(|l| &l.text)
                .filter(|t| lines::byline::is_english_role(t) && columns(t) <= 40)
        };
        let named = (around.start + 1..range.start)
            .find_map(|i| Some((lines::byline::full_name(&page.lines[i].text)?, role(i + 1)?)));
        article.bylines.extend(named.map(|(name, role)| Byline {
            name,
            role: Some(role.clone()),
            email: None,
        }));
    }
    let forbidding = |i: &usize| {
        page.kinds[*i] == PastedLineKind::Copyright
            && lines::copyright::forbids(&page.lines[*i].text)
    };
    let marked = |i: &usize| page.kinds[*i] == PastedLineKind::Copyright;
    let after = range.end.min(page.lines.len())..page.lines.len();
    let line = after
        .clone()
        .find(forbidding)
        .or_else(|| after.clone().find(marked))
        .or_else(|| around.clone().find(forbidding));
    article.copyright = line.and_then(|i| copyright(&page.lines[i].text));
    article.publisher = article.copyright.as_deref().and_then(publisher_in);
}

/// Fills the dates: the first one is the publication and a later one the last update, unless the
/// line begins with a word for an update.
fn date(article: &mut Article, text: &str, zone: Offset) {
    let lower = text.to_lowercase();
    let changed = ["updated", "수정", "최종수정", "업데이트"]
        .iter()
        .any(|w| lower.starts_with(w));
    let mut dates = dates::all(text, zone).into_iter();
    if changed {
        article.updated = article.updated.or_else(|| dates.next());
        article.published = article.published.or_else(|| dates.next());
    } else {
        article.published = article.published.or_else(|| dates.next());
        let later = |d: &crate::news::Stamp| article.published.is_some_and(|p| *d > p);
        article.updated = article.updated.or_else(|| dates.find(later));
    }
}

/// The byline before a date on the same line: `홍길동 기자 승인 2026.11.20 14:05`.
fn named_beside(text: &str) -> Vec<Byline> {
    let before = text
        .split(|c: char| c.is_ascii_digit())
        .next()
        .unwrap_or_default();
    let ends = [
        "기사입력",
        "기사승인",
        "승인",
        "입력",
        "등록",
        "작성",
        "l",
        "|",
        ":",
    ];
    let mut before = before.trim();
    while let Some(rest) = ends.iter().find_map(|e| before.strip_suffix(e)) {
        before = rest.trim_end();
    }
    bylines(before)
}

/// Adds bylines whose names are new, and completes known ones with the e-mail address and role
/// found later.
fn add_bylines(known: &mut Vec<Byline>, found: Vec<Byline>) {
    for byline in found {
        match known.iter_mut().find(|k| k.name == byline.name) {
            Some(old) => {
                old.email = old.email.take().or(byline.email);
                old.role = old.role.take().or(byline.role);
            }
            None => known.push(byline),
        }
    }
}

/// Cuts the publisher's name off the title: `제목 - 견본일보` → `제목`.
fn without_site(article: &mut Article) {
    let Some(publisher) = article.publisher.as_deref() else {
        return;
    };
    for mark in [" - ", " | ", " :: ", " < "] {
        if let Some((title, site)) = article.title.rsplit_once(mark)
            && key(site) == key(publisher)
        {
            article.title = Clean::line(title);
            return;
        }
    }
}

/// The result for a page without an article: all of its lines, with the problem stated. Twelve
/// lines or more are taken for a front page.
fn no_article(page: &PastedPage) -> Article {
    let blocks = body::blocks(page, 0..page.lines.len(), &HashSet::new(), true);
    let problem = if page.lines.len() >= 12 {
        Problem::Front
    } else {
        Problem::Empty
    };
    let extraction = Extraction {
        method: ExtractionMethod::Pasted,
        confidence: 0.1,
        problem: Some(problem),
        form: None,
        page: None,
        cut: false,
    };
    Article {
        blocks,
        extraction,
        ..Article::default()
    }
}

/// Reads a text that has no page around it.
fn bare(page: &PastedPage) -> Article {
    let count = page.lines.len();
    let mut article = Article::default();
    let mut skipped = HashSet::new();
    if let Some(title) = bare_title(page) {
        article.title = subject(&page.lines[title].text)
            .map_or_else(|| page.lines[title].text.clone(), Clean::line);
        skipped.insert(title);
        for i in bare_subheads(page, title) {
            article.subheads.push(page.lines[i].text.clone());
            skipped.insert(i);
        }
    }
    // Only near the ends: in the middle, a line that looks like a byline can be anything.
    for i in (0..count).filter(|&i| i < 8 || i + 6 >= count) {
        if matches!(
            page.kinds[i],
            PastedLineKind::Byline | PastedLineKind::Date | PastedLineKind::Copyright
        ) && !skipped.contains(&i)
            && count > 2
        {
            skipped.insert(i);
        }
    }
    credit(page, 0..count, &(0..count), &mut article);
    if article.published.is_none() && article.updated.is_none() {
        skipped.retain(|&i| page.kinds[i] != PastedLineKind::Date);
    }
    if article.copyright.is_none() {
        skipped.retain(|&i| page.kinds[i] != PastedLineKind::Copyright);
    }
    article.blocks = body::blocks(page, 0..count, &skipped, true);
    let (confidence, problem) = match (count, article.title.is_blank()) {
        (0, _) => (0.0, Some(Problem::Empty)),
        (_, true) => (0.6, None),
        (_, false) => (0.8, None),
    };
    article.extraction = Extraction {
        method: ExtractionMethod::Pasted,
        confidence,
        problem,
        form: None,
        page: None,
        cut: false,
    };
    article
}

/// The index of the title: the subject line of a letter, or the first line if it is set off from
/// the text, short and not a sentence.
fn bare_title(page: &PastedPage) -> Option<usize> {
    if let Some(i) = (0..page.lines.len().min(10)).find(|&i| subject(&page.lines[i].text).is_some())
    {
        return Some(i);
    }
    let (first, next) = (page.lines.first()?, page.lines.get(1)?);
    let text = &first.text;
    let set_off = next.gap
        || (columns(&next.text) > 2 * columns(text) && page.kinds[1] == PastedLineKind::Prose);
    let plain = page.kinds[0] == PastedLineKind::Words
        && columns(text) <= 120
        && !text.ends_with([',', ':', ';', '，', '：']);
    (set_off && plain && item(text).is_none() && !is_spoken(text) && !is_bracketed_alone(text))
        .then_some(0)
}

/// The subject in a line such as `제목: …`.
fn subject(text: &str) -> Option<&str> {
    ["Subject: ", "제목: ", "제목 : ", "Title: "]
        .iter()
        .find_map(|l| text.strip_prefix(l))
        .map(str::trim)
        .filter(|t| !t.is_empty())
}

/// The subheads: one to four lines without gaps between the title and the first sentence.
fn bare_subheads(page: &PastedPage, title: usize) -> Vec<usize> {
    let from = title + 1;
    let until = (from..page.lines.len())
        .find(|&i| page.kinds[i] != PastedLineKind::Words)
        .unwrap_or(page.lines.len());
    let is_subhead = |i: usize| {
        let text = &page.lines[i].text;
        (10..=90).contains(&columns(text))
            && item(text).is_none()
            && !is_spoken(text)
            && !is_bracketed_alone(text)
    };
    let block = from..until;
    let prose_follows = page.kinds.get(until).is_some_and(|k| {
        matches!(
            k,
            PastedLineKind::Prose | PastedLineKind::Byline | PastedLineKind::Date
        )
    });
    let set_off = page.lines.get(until).is_some_and(|l| l.gap);
    let close = !block.is_empty() && block.clone().skip(1).all(|i| !page.lines[i].gap);
    let fits = (1..=4).contains(&block.len()) && block.clone().all(is_subhead);
    if prose_follows && set_off && close && fits {
        block.collect()
    } else {
        Vec::new()
    }
}

/// The confidence, between 0.35 and 0.93, by how many of the usual fields were found and by the
/// length of the text in columns.
fn confidence(article: &Article) -> f32 {
    let prose: usize = article.blocks.iter().map(|b| columns(&b.plain())).sum();
    let mut score: f32 = 0.35;
    score += if article.title.is_blank() { 0.0 } else { 0.2 };
    score += match prose {
        0..200 => 0.0,
        200..600 => 0.1,
        _ => 0.2,
    };
    score += if article.bylines.is_empty() {
        0.0
    } else {
        0.08
    };
    score += if article.copyright.is_none() {
        0.0
    } else {
        0.05
    };
    score
        + if article.published.is_none() {
            0.0
        } else {
            0.05
        }
}

/// `ko`, `ja` or `en` by the script of the letters, or `None` for other languages.
fn language(text: &str) -> Option<&'static str> {
    let (mut hangul, mut kana, mut latin, mut all) = (0_usize, 0_usize, 0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()).take(20_000) {
        all += 1;
        hangul += usize::from(is_hangul_letter(c) || ('\u{1100}'..='\u{11ff}').contains(&c));
        kana += usize::from(('\u{3040}'..='\u{30ff}').contains(&c));
        latin += usize::from(c.is_ascii_alphabetic());
    }
    if all < 2 {
        None
    } else if hangul * 5 >= all {
        Some("ko")
    } else if kana * 5 >= all {
        Some("ja")
    } else if latin * 10 >= all * 9 && is_english(text) {
        Some("en")
    } else {
        None
    }
}

/// Whether several of the most common English words occur; other languages in Latin letters have
/// one or two of them at most.
fn is_english(text: &str) -> bool {
    const COMMON: [&str; 12] = [
        "the", "and", "of", "to", "is", "was", "that", "with", "for", "it", "on", "are",
    ];
    let words: HashSet<String> = text.split_whitespace().take(3_000).map(key).collect();
    let found = COMMON.iter().filter(|w| words.contains(**w)).count();
    found >= 3 || (found >= 1 && words.len() < 40)
}

#[cfg(test)]
mod tests;
