//! What an item brings beside its text: recordings, films and files as embeds, described pictures
//! as pictures. They are written as markup after the text.

use std::borrow::Cow;

use feed_rs::model::{Entry, Link, LinkTarget, MediaContent};

use super::web_address::is_web;
use crate::extract::html::markup::{escape, unescape};
use crate::news::{Clean, Enclosure};

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
    for Enclosure { url, .. } in enclosures(raw).take(MAX_ATTACHMENTS) {
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
    enclosures(raw).next().map(|it| it.url)
}

/// What an item encloses, as its feed describes it. Of a film that only a page plays (YouTube), the
/// item's page at `address`.
pub(super) fn described(raw: &Entry, address: Option<&Clean>) -> Vec<Enclosure> {
    let mut all: Vec<Enclosure> = enclosures(raw).take(MAX_ATTACHMENTS).collect();
    let contents = || raw.media.iter().flat_map(|m| &m.content);
    let is_played = contents().any(is_flash);
    if let Some(address) = address.filter(|_| is_played && all.is_empty()) {
        let lengths = contents()
            .filter(|c| is_flash(c))
            .filter_map(|c| c.duration);
        all.push(Enclosure {
            url: address.clone(),
            kind: Some(Clean::line("video")),
            seconds: lengths.map(seconds).next(),
            ..Enclosure::default()
        });
    }
    if let [only] = &mut all[..] {
        // iTunes and Media RSS say how long the item is, not which file.
        let of_item = raw.media.iter().find_map(|m| m.duration);
        let length = of_item.or_else(|| contents().find_map(|c| c.duration));
        only.seconds = only.seconds.or_else(|| length.map(seconds));
    }
    all.into_iter().map(Enclosure::plausible).collect()
}

/// The page where an item is talked about: RSS's `comments`. Not where that is the item's page
/// itself.
pub(super) fn discussion(raw: &Entry, address: Option<&Clean>) -> Option<Clean> {
    let named = raw
        .links
        .iter()
        .filter(|l| l.target == Some(LinkTarget::Comments));
    let page = |url: &str| url.split('#').next().unwrap_or_default().to_owned();
    named
        .map(|l| Clean::line(&unescape(l.href.trim())))
        .filter(|url| is_web(url) && !url.contains(' '))
        .find(|url| address.is_none_or(|address| page(address) != page(url)))
}

fn seconds(length: std::time::Duration) -> u32 {
    u32::try_from(length.as_secs()).unwrap_or(u32::MAX)
}

fn is_flash(content: &MediaContent) -> bool {
    let kind = content.content_type.as_ref();
    kind.is_some_and(|kind| kind.subty().as_str().contains("flash"))
}

/// Recordings, films and files, without pictures and Flash.
fn enclosures(raw: &Entry) -> impl Iterator<Item = Enclosure> {
    let of_media = raw.media.iter().flat_map(|m| &m.content).filter_map(|c| {
        let kind = c.content_type.as_ref()?;
        let url = (!is_image(c) && !is_flash(c)).then_some(c.url.as_ref()?)?;
        Some(Enclosure {
            url: Clean::line(url.as_str()),
            kind: Some(Clean::line(kind.as_str())),
            bytes: c.size,
            seconds: c.duration.map(seconds),
            title: None,
        })
    });
    let of_links = raw
        .links
        .iter()
        .filter(|l| is_enclosed(l))
        .filter(|l| {
            l.media_type
                .as_deref()
                .is_none_or(|t| !t.starts_with("image/"))
        })
        .map(|l| Enclosure {
            url: Clean::line(&unescape(l.href.trim())),
            kind: l.media_type.as_deref().map(Clean::line),
            bytes: l.length,
            seconds: None,
            title: l.title.as_deref().map(Clean::headline),
        });
    let mut seen = std::collections::HashSet::new();
    of_media
        .chain(of_links)
        .filter(move |it| is_web(&it.url) && !it.url.contains(' ') && seen.insert(it.url.clone()))
}

/// Whether a link leads to an enclosed file. Those of JSON feeds have a media type alone.
pub(super) fn is_enclosed(link: &Link) -> bool {
    let kind = link.media_type.as_deref().unwrap_or_default();
    match link.rel.as_deref() {
        Some(rel) => rel == "enclosure",
        None => ["audio/", "video/"].iter().any(|k| kind.starts_with(k)),
    }
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
