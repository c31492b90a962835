//! A page that another service saved, and how it becomes a scrap.

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::extract::html::markup::unescape;
use crate::extract::{fragment, pasted};
use crate::news::address::without_secrets;
use crate::news::{
    Article, Block, Byline, Clean, Colour, Extraction, ExtractionMethod, Highlight, Point, Scrap,
    Stamp,
};

/// How far ahead of ours the clock of a service may be.
const AHEAD: SignedDuration = SignedDuration::from_hours(48);
/// Longest address that is kept, in bytes; servers refuse longer ones.
const LONGEST_ADDRESS: usize = 8 << 10;
/// Longest label, in characters.
const LONGEST_LABEL: usize = 120;
/// Most labels, and most highlights, of one page.
const MOST_LABELS: usize = 200;
const MOST_HIGHLIGHTS: usize = 2_000;

/// The text of a page as its service saved it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum SavedText {
    /// The service did not save it.
    #[default]
    None,
    /// With markup.
    Html(String),
    /// Without.
    Plain(String),
}

/// A passage that the reader marked at the service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SavedQuote {
    /// The marked words.
    pub words: String,
    /// The reader's note on them.
    pub note: Option<String>,
    /// Name of the colour.
    pub colour: Option<String>,
}

/// A page as a service exported it: text from outside, nothing of it cleaned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SavedPage {
    /// Its address.
    pub url: String,
    /// Its title; at some services the address where the page had none.
    pub title: String,
    /// When it was saved.
    pub kept: Option<Timestamp>,
    /// The reader's labels, those of folders among them.
    pub tags: Vec<String>,
    /// The reader's note on the page.
    pub note: Option<String>,
    /// The reader's highlights.
    pub quotes: Vec<SavedQuote>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The site's name.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<Stamp>,
    /// A description that the page gives of itself.
    pub excerpt: Option<String>,
    /// Its language.
    pub lang: Option<String>,
    /// Its text.
    pub text: SavedText,
    /// The name under which the service put text and highlights into files of their own.
    pub slug: Option<String>,
}

/// Why an entry can't be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryFault {
    /// It names no address, and has no text either.
    NoAddress,
    /// Its address is not one of the web: a bookmarklet, a file, a page of the browser's.
    NotWeb,
    /// It is not of the form of the entries around it.
    Unreadable,
}

impl SavedPage {
    /// The scrap of it; one that does not say when it was saved is dated `now`.
    ///
    /// # Errors
    /// [`EntryFault`] where neither an address of the web nor a text is there.
    pub fn into_scrap(self, now: Timestamp) -> Result<Scrap, EntryFault> {
        let address = web_address(&self.url);
        let base = address.as_deref();
        let blocks = match &self.text {
            SavedText::None => Vec::new(),
            SavedText::Html(html) => fragment(html, base),
            SavedText::Plain(text) => paragraphs(text),
        };
        if address.is_none() && blocks.is_empty() {
            return Err(match self.url.trim() {
                "" => EntryFault::NoAddress,
                _ => EntryFault::NotWeb,
            });
        }
        let lang = self.lang.as_deref().map(Clean::line);
        let mut article = Article {
            title: title(&self.title, base),
            url: address,
            claimed: true,
            publisher: named(self.publisher.as_deref()),
            lang: lang.filter(|lang| !lang.is_blank() && lang.len() <= 12),
            bylines: self
                .authors
                .iter()
                .filter_map(|name| byline(name))
                .collect(),
            published: self.published,
            page_summary: self
                .excerpt
                .as_deref()
                .map(Clean::lines)
                .into_iter()
                .collect(),
            blocks,
            extraction: Extraction {
                method: ExtractionMethod::Other(Clean::line("import")),
                ..Extraction::default()
            },
            ..Article::default()
        };
        article.page_summary.retain(|summary| !summary.is_blank());
        // A clock that was ahead must not put a page above all that is kept from now on.
        let kept = self.kept.filter(|at| *at <= now + AHEAD).unwrap_or(now);
        let mut scrap = Scrap::of(article, kept);
        scrap.note = self.note.as_deref().map(Clean::code);
        scrap.note = scrap.note.filter(|note| !note.is_blank());
        scrap.tags = labels(&self.tags);
        for quote in self.quotes.into_iter().take(MOST_HIGHLIGHTS) {
            if let Some(highlight) = quote.placed(&scrap.article) {
                scrap.add_highlight(highlight);
            }
        }
        Ok(scrap)
    }
}

impl SavedQuote {
    /// The highlight of `article`; at no place where its words are not found there.
    pub fn placed(self, article: &Article) -> Option<Highlight> {
        let quote = Clean::lines(&self.words);
        let note = self.note.as_deref().map(Clean::lines);
        let unplaced = Highlight {
            from: Point::default(),
            until: Point::default(),
            colour: colour(self.colour.as_deref().unwrap_or_default()),
            note: note.filter(|note| !note.is_blank()),
            quote,
        };
        if unplaced.quote.is_blank() {
            return None;
        }
        Some(unplaced.placed(article).unwrap_or(unplaced))
    }
}

/// The address, where it is one of the web.
fn web_address(written: &str) -> Option<Clean> {
    let line = Clean::line(written);
    let is_web = Url::parse(&line)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some());
    Some(line).filter(|line| is_web && line.len() <= LONGEST_ADDRESS)
}

/// The title; the address, without passwords, where there is none.
fn title(written: &str, address: Option<&str>) -> Clean {
    // Services write the titles of feeds as they came, with their character references.
    let title = Clean::headline(&unescape(written));
    match address {
        Some(address) if title.is_blank() || *title == *address => {
            Clean::headline(&without_secrets(address))
        }
        _ => title,
    }
}

fn named(name: Option<&str>) -> Option<Clean> {
    name.map(Clean::headline).filter(|name| !name.is_blank())
}

fn byline(name: &str) -> Option<Byline> {
    let name = Clean::headline(name);
    (!name.is_blank()).then(|| Byline {
        name,
        ..Byline::default()
    })
}

/// The labels, each once, without the mark that some services put before them.
fn labels(written: &[String]) -> Vec<Clean> {
    let mut labels: Vec<Clean> = Vec::new();
    for label in written {
        let label = Clean::line(label.trim().trim_start_matches('#'));
        let fits = !label.is_blank() && label.chars().count() <= LONGEST_LABEL;
        if fits && labels.len() < MOST_LABELS && !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// The nearest of our colours.
fn colour(name: &str) -> Colour {
    match name.to_ascii_lowercase().as_str() {
        "green" | "teal" | "cyan" => Colour::Green,
        "blue" | "indigo" | "purple" => Colour::Blue,
        "pink" | "red" | "orange" | "brown" => Colour::Pink,
        _ => Colour::Yellow,
    }
}

/// Text without markup: a blank line, or where there is none a line, ends a paragraph.
fn paragraphs(text: &str) -> Vec<Block> {
    let text = text.replace("\r\n", "\n");
    let ends = if text.contains("\n\n") { "\n\n" } else { "\n" };
    let pieces = text.split(ends).map(str::trim);
    let whole: Vec<Block> = pieces
        .filter(|piece| !piece.is_empty())
        .map(Block::paragraph)
        .collect();
    // What services save as text may be HTML all the same.
    if pasted::looks_like_html(text.as_bytes()) {
        return fragment(&text, None);
    }
    whole
}

/// A time as services write it: in words of any form, or as a number since 1970 in whatever unit
/// gives a plausible year. `zone` is UTC, in which nearly all exports are.
pub(super) fn moment(written: &str) -> Option<Stamp> {
    let written = written.trim();
    let whole = written.split_once('.').map_or(written, |(whole, part)| {
        if part.bytes().all(|b| b.is_ascii_digit()) {
            whole
        } else {
            written
        }
    });
    let is_count = !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit());
    // 8, 12 and 14 digits that begin like a year are a date without separators.
    let is_date = matches!(whole.len(), 8 | 12 | 14) && whole.starts_with(['1', '2']);
    if is_count && !is_date {
        return counted(whole.parse().ok()?);
    }
    super::super::dates::feed::stamp(written, Offset::UTC)
}

/// Microseconds from 1601, with which Chrome counts, to 1970.
const FROM_1601: i64 = 11_644_473_600_000_000;

/// The time that is `count` seconds, milliseconds, microseconds or nanoseconds after 1970, or as
/// Chrome counts; `None` for 0, with which services say that they don't know.
pub(super) fn counted(count: i64) -> Option<Stamp> {
    let at = match count {
        ..=0 => return None,
        1..100_000_000_000 => Timestamp::from_second(count),
        100_000_000_000..100_000_000_000_000 => Timestamp::from_millisecond(count),
        100_000_000_000_000..10_000_000_000_000_000 => Timestamp::from_microsecond(count),
        10_000_000_000_000_000..100_000_000_000_000_000 => {
            Timestamp::from_microsecond(count - FROM_1601)
        }
        _ => Timestamp::from_microsecond(count / 1000),
    };
    at.ok().map(|at| Stamp::new(at, Offset::UTC))
}

/// The labels in one text: a JSON array, a list as Python prints it, or words between `|`, `,` or
/// `;`.
pub(super) fn split_labels(text: &str) -> Vec<String> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
        if let Ok(list) = serde_json::from_str::<Vec<String>>(text) {
            return list;
        }
        return quoted_list(inner);
    }
    let mark = ['|', ',', ';']
        .into_iter()
        .find(|mark| outside_quotes(text, *mark).len() > 1);
    let pieces = match mark {
        Some(mark) => outside_quotes(text, mark),
        // Diigo's: a label of several words is quoted.
        None if text.contains('"') => outside_quotes(text, ' '),
        None => vec![text],
    };
    let pieces = pieces.into_iter().map(|p| p.trim().trim_matches('"'));
    pieces
        .filter(|p| !p.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The pieces between marks that are in no quotation. A quotation mark within a word is none.
fn outside_quotes(text: &str, mark: char) -> Vec<&str> {
    let (mut pieces, mut begin, mut is_open, mut before) = (Vec::new(), 0, false, mark);
    for (at, c) in text.char_indices() {
        if c == '"' {
            is_open = !is_open && (before == mark || before.is_whitespace());
        } else if c == mark && !is_open {
            pieces.push(&text[begin..at]);
            begin = at + c.len_utf8();
        }
        before = c;
    }
    // A quotation that is not closed is none.
    if is_open {
        return text.split(mark).collect();
    }
    pieces.push(&text[begin..]);
    pieces
}

/// `'a', "it's", b`: what stands between commas outside of quotation marks.
fn quoted_list(inner: &str) -> Vec<String> {
    let (mut list, mut item, mut open) = (Vec::new(), String::new(), None);
    let mut letters = inner.chars();
    while let Some(c) = letters.next() {
        match (c, open) {
            ('\\', Some(_)) => item.extend(letters.next()),
            ('\'' | '"', None) if item.trim().is_empty() => open = Some(c),
            (_, Some(mark)) if c == mark => open = None,
            (',', None) => list.push(std::mem::take(&mut item)),
            _ => item.push(c),
        }
    }
    list.push(item);
    let list = list.into_iter().map(|item| item.trim().to_owned());
    list.filter(|item| !item.is_empty()).collect()
}

#[cfg(test)]
#[path = "tests/saved_page.rs"]
mod tests;
