//! What an item brings beside its text: recordings, films and files as embeds, described pictures
//! as pictures. They are written as markup after the text.

use std::borrow::Cow;

use super::raw::{RawEntry, RawLink};
use super::web_address::is_web;
use crate::extract::html::markup::{escape, unescape};
use crate::news::{Clean, Enclosure};

/// More attachments of one item are not shown.
const MAX_ATTACHMENTS: usize = 12;

/// `text` with the attachments of its item after it.
pub(super) fn with_attachments<'t>(text: &'t str, raw: &RawEntry<'_>) -> Cow<'t, str> {
    let mut added = String::new();
    let is_pictured = text.contains("<img") || text.contains("&lt;img");
    let pictures = raw.media().filter_map(|media| {
        let words = media
            .description
            .as_ref()
            .or(raw.media.description.as_ref());
        let words = words?.trim();
        let picture = media.files.iter().find(|file| file.is_picture())?;
        (!is_pictured && !words.is_empty() && words != text.trim())
            .then_some((picture.url.as_str(), words))
    });
    for (url, words) in pictures
        .take(MAX_ATTACHMENTS)
        .filter(|(url, _)| is_web(url))
    {
        added.push_str("<figure><img src=\"");
        escape(url, &mut added);
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
pub(super) fn enclosure(raw: &RawEntry<'_>) -> Option<Clean> {
    enclosures(raw).next().map(|it| it.url)
}

/// What an item encloses, as its feed describes it. Of a film that only a page plays (YouTube), the
/// item's page at `address`.
pub(super) fn described(raw: &RawEntry<'_>, address: Option<&Clean>) -> Vec<Enclosure> {
    let mut all: Vec<Enclosure> = enclosures(raw).take(MAX_ATTACHMENTS).collect();
    let flash = || raw.files().filter(|file| file.is_flash());
    if let (Some(address), true, Some(film)) = (address, all.is_empty(), flash().next()) {
        all.push(Enclosure {
            url: address.clone(),
            kind: Some(Clean::line("video")),
            seconds: film.seconds,
            ..Enclosure::default()
        });
    }
    let is_heard = |it: &&mut Enclosure| {
        let kind = it.kind.as_deref().unwrap_or("audio");
        kind.starts_with("audio") || kind.starts_with("video")
    };
    let is_one = all.len() == 1;
    let mut heard: Vec<&mut Enclosure> =
        all.iter_mut().filter(|it| is_one || is_heard(it)).collect();
    if let [only] = &mut heard[..] {
        // iTunes and Media RSS say how long the item is, not which file.
        let length = || raw.files().find_map(|file| file.seconds);
        only.seconds = only.seconds.or(raw.seconds).or_else(length);
    }
    all.into_iter().map(Enclosure::plausible).collect()
}

/// The page where an item is talked about: RSS's `comments`. Not where that is the item's page
/// itself.
pub(super) fn discussion(raw: &RawEntry<'_>, address: Option<&Clean>) -> Option<Clean> {
    let named = raw.links.iter().filter(|l| l.is_comments);
    let page = |url: &str| url.split('#').next().unwrap_or_default().to_owned();
    named
        .map(|l| Clean::line(&unescape(l.href.trim())))
        .filter(|url| is_web(url) && !url.contains(' '))
        .find(|url| address.is_none_or(|address| page(address) != page(url)))
}

/// Recordings, films and files, without pictures and Flash.
fn enclosures(raw: &RawEntry<'_>) -> impl Iterator<Item = Enclosure> {
    let of_media = raw.files().filter(|file| file.is_played());
    let of_media = of_media.map(|file| Enclosure {
        url: Clean::line(file.url.as_str()),
        kind: file.kind.as_deref().map(Clean::line),
        bytes: file.bytes,
        seconds: file.seconds,
        title: None,
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
pub(super) fn is_enclosed(link: &RawLink) -> bool {
    let kind = link.media_type.as_deref().unwrap_or_default();
    match link.rel.as_deref() {
        Some(rel) => rel == "enclosure",
        None => ["audio/", "video/"].iter().any(|k| kind.starts_with(k)),
    }
}
