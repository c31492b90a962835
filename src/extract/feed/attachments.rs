//! What an item brings beside its text: recordings, films and files as embeds, described pictures
//! as pictures. They are written as markup after the text.

use std::borrow::Cow;

use feed_rs::model::{Entry, MediaContent};

use super::web_address::is_web;
use crate::extract::html::markup::{escape, unescape};
use crate::news::Clean;

/// More attachments of one item are not shown.
const MAX_ATTACHMENTS: usize = 12;

/// `text` with the attachments of its item after it.
pub(super) fn with_attachments<'t>(text: &'t str, raw: &Entry) -> Cow<'t, str> {
    let mut added = String::new();
    let is_pictured = text.contains("<img") || text.contains("&lt;img");
    let pictures = raw.media.iter().filter_map(|media| {
        let words = media.description.as_ref()?.content.trim();
        let picture = media.content.iter().find(|c| is_image(c))?;
        (!is_pictured && !words.is_empty() && words != text.trim())
            .then_some((picture.url.as_ref()?.to_string(), words))
    });
    for (url, words) in pictures
        .take(MAX_ATTACHMENTS)
        .filter(|(url, _)| is_web(url))
    {
        added.push_str("<figure><img src=\"");
        escape(&url, &mut added);
        added.push_str("\" alt=\"");
        escape(words, &mut added);
        added.push_str("\"><figcaption>");
        escape(words, &mut added);
        added.push_str("</figcaption></figure>");
    }
    for url in enclosures(raw).take(MAX_ATTACHMENTS) {
        if text.contains(&*url) {
            continue;
        }
        added.push_str("<audio src=\"");
        escape(&url, &mut added);
        added.push_str("\"></audio>");
    }
    if added.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + added.len() + 16);
    if text.contains('<') || !text.contains('\n') {
        out.push_str(text);
    } else {
        // Its lines are paragraphs, which they would no longer be beside markup.
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            out.push_str("<p>");
            out.push_str(line);
            out.push_str("</p>");
        }
    }
    if !out.trim().is_empty() && !out.trim_end().ends_with('>') {
        out.push_str("<br>");
    }
    out.push_str(&added);
    Cow::Owned(out)
}

/// The address of the first file that an item encloses.
pub(super) fn enclosure(raw: &Entry) -> Option<Clean> {
    enclosures(raw).next()
}

/// The addresses of recordings, films and files, without pictures and Flash.
fn enclosures(raw: &Entry) -> impl Iterator<Item = Clean> {
    let of_media = raw.media.iter().flat_map(|m| &m.content).filter_map(|c| {
        let kind = c.content_type.as_ref()?;
        (!is_image(c) && !kind.subty().as_str().contains("flash"))
            .then(|| c.url.as_ref().map(ToString::to_string))?
    });
    let of_links = raw
        .links
        .iter()
        .filter(|l| l.rel.as_deref() == Some("enclosure"))
        .filter(|l| {
            l.media_type
                .as_deref()
                .is_none_or(|t| !t.starts_with("image/"))
        })
        .map(|l| unescape(l.href.trim()));
    let mut seen = std::collections::HashSet::new();
    of_media
        .chain(of_links)
        .map(|u| Clean::line(&u))
        .filter(move |u| is_web(u) && !u.contains(' ') && seen.insert(u.clone()))
}

fn is_image(content: &MediaContent) -> bool {
    let path = content.url.as_ref().map_or("", |u| u.path());
    content.content_type.as_ref().map_or_else(
        || {
            let ends = |e: &&str| path.to_ascii_lowercase().ends_with(*e);
            [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().any(ends)
        },
        |kind| kind.ty() == "image",
    )
}
