//! Writes an article as text, JSON, Markdown or HTML, with one file for each format (`text`,
//! `json`, `markdown`, `html`).
//!
//! The body is written once for everything that is made of HTML (`body`): pages, the chapters of an
//! EPUB, and an edition of many articles (`edition`).
//!
//! Shared parts are here: which addresses may be linked, cutting a text at its links, and the few
//! words that are written in the article's language. A scrap is written like its article, with its
//! annotations (`annotations`) and a mark that identifies the file later (`seal`). Many scraps
//! become one list that other services read (`service_list`).

mod annotations;
mod body;
mod edition;
mod html;
mod json;
mod markdown;
pub mod seal;
mod service_list;
mod text;

pub use annotations::PictureNames;
pub use edition::{
    BOOK_STYLE, EditionLinks, edition_article, edition_front, edition_html, edition_text, place_id,
};
pub use html::{html, scrap_html};
pub use json::{json, scrap_json};
pub use markdown::{markdown, markdown_line, markdown_link, scrap_markdown};
pub use service_list::{ListForm, ServiceList};
pub use text::text;

use std::borrow::Cow;

use super::address::without_secrets;
use super::{Article, Byline, Clean, Link, Stamp};

/// The address if a written page may link to it: only `http` and `https`.
fn web(url: &str) -> Option<&str> {
    let scheme = url.split_once("://")?.0;
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")).then_some(url)
}

/// The address of an article for others' eyes; empty where it has none.
fn shown_address(article: &Article) -> Cow<'_, str> {
    article
        .address()
        .map_or(Cow::Borrowed(""), |url| without_secrets(url))
}

/// The text cut at its links, each piece with its address. Links outside the text, links that
/// overlap an earlier one, and links that do not lead to the web become plain text.
fn pieces<'a>(text: &'a str, links: &'a [Link]) -> Vec<(&'a str, Option<&'a str>)> {
    let mut out = Vec::with_capacity(links.len() * 2 + 1);
    let mut at = Cursor {
        text,
        chars: 0,
        bytes: 0,
    };
    for link in links {
        let Some(url) = web(&link.url) else { continue };
        if link.start < at.chars || link.end <= link.start {
            continue;
        }
        let mut ahead = at;
        let (Some(before), Some(inside)) = (ahead.take_to(link.start), ahead.take_to(link.end))
        else {
            break;
        };
        at = ahead;
        out.push((before, None));
        out.push((inside, Some(url)));
    }
    out.push((&text[at.bytes..], None));
    out.retain(|(piece, _)| !piece.is_empty());
    out
}

/// A position in a text, in scalar values and in bytes.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    text: &'a str,
    chars: usize,
    bytes: usize,
}

impl<'a> Cursor<'a> {
    /// Moves to the `chars`-th scalar value and returns the text between; `None` if that is past
    /// the end.
    fn take_to(&mut self, chars: usize) -> Option<&'a str> {
        let rest = &self.text[self.bytes..];
        let wanted = chars - self.chars;
        let length = match rest.char_indices().nth(wanted) {
            Some((byte, _)) => byte,
            None if rest.chars().count() == wanted => rest.len(),
            None => return None,
        };
        self.chars = chars;
        self.bytes += length;
        Some(&rest[..length])
    }
}

/// The label of a picture.
fn photo(article: &Article) -> &'static str {
    if article.is_korean() {
        "사진"
    } else {
        "Photo"
    }
}

/// `name role`, as a newspaper prints it.
fn writer(byline: &Byline) -> String {
    match byline.role.as_deref() {
        Some(role) if !role.is_empty() => format!("{} {role}", byline.name).trim().to_owned(),
        _ => byline.name.to_string(),
    }
}

/// Local time of publication: `2025-07-29 09:12`.
fn clock(stamp: Stamp) -> String {
    stamp.wall().strftime("%Y-%m-%d %H:%M").to_string()
}

/// Caption and credit as one line. A credit that is part of the caption is not repeated.
fn caption_line(caption: Option<&Clean>, credit: Option<&Clean>) -> String {
    match (
        caption.filter(|c| !c.is_blank()),
        credit.filter(|c| !c.is_blank()),
    ) {
        (Some(caption), Some(credit)) if caption.contains(&**credit) => caption.to_string(),
        (Some(caption), Some(credit)) => format!("{caption} ({credit})"),
        (Some(one), None) | (None, Some(one)) => one.to_string(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests;
