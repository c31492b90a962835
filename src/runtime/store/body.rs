//! The stored form of an article's body: the article as JSON, or the feed's markup after those of
//! its fields that have no column.

use std::borrow::Cow;

use encoding_rs::UTF_8;
use memchr::memchr;
use rusqlite::{OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize};

use super::StoreError;
use super::hangul_codec::{lengthen, shorten};
use crate::extract::feed::{with_blocks, words};
use crate::news::json;
use crate::news::{Article, ArticleRow, Byline, Clean, Enclosure, Markup, Stamp};

/// First byte of a body made of a feed's text: the fields as JSON on one line, then the markup,
/// shortened by `hangul_codec`. An article as JSON begins with a brace instead.
const FEED: u8 = 2;
/// First byte of the same with the markup in UTF-8, as earlier versions of the program wrote it.
const FEED_AS_IT_CAME: u8 = 1;

/// The fields of a feed's article that have no column.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct FeedFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<Clean>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<Clean>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bylines: Vec<Byline>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<Stamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_image: Option<Clean>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    enclosures: Vec<Enclosure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discussion: Option<Clean>,
}

/// What a feed says of an article, and its page often does not.
#[derive(Default, Deserialize)]
#[serde(default)]
struct SaidByFeed {
    section: Option<Clean>,
    bylines: Vec<Byline>,
    enclosures: Vec<Enclosure>,
    discussion: Option<Clean>,
}

/// As [`pack`], for the text of a page that takes the place of `body`. It keeps what a feed said
/// and the page does not: authors, section, recordings, a discussion.
pub(super) fn of_page(
    step: &Transaction<'_>,
    body: i64,
    article: &Article,
) -> Result<Vec<u8>, StoreError> {
    let stored: Option<Vec<u8>> = step
        .prepare_cached("select json from body where id = ?")?
        .query_row([body], |r| r.get(0))
        .optional()?;
    let stored = stored.unwrap_or_default();
    let kept = match of_feed(&stored) {
        Some((head, _)) => json::of_bytes(head),
        None => json::of_bytes(&stored),
    };
    // A body that can't be read has nothing to keep.
    let kept: SaidByFeed = kept.unwrap_or_default();
    let mut article = article.clone();
    article.section = article.section.or(kept.section);
    article.discussion = article.discussion.or(kept.discussion);
    if article.bylines.is_empty() {
        article.bylines = kept.bylines;
    }
    if article.enclosures.is_empty() {
        article.enclosures = kept.enclosures;
    }
    pack(&article, None)
}

/// The stored form of an article: with its `markup`, if it comes from a feed, else as JSON.
pub(super) fn pack(article: &Article, markup: Option<&Markup>) -> Result<Vec<u8>, StoreError> {
    let Some(markup) = markup else {
        return Ok(serde_json::to_vec(article)?);
    };
    let head = FeedFields {
        section: article.section.clone(),
        lang: article.lang.clone(),
        bylines: article.bylines.clone(),
        updated: article.updated,
        lead_image: article.lead_image.clone(),
        enclosures: article.enclosures.clone(),
        discussion: article.discussion.clone(),
    };
    let mut out = Vec::with_capacity(markup.source().len() + 256);
    out.push(FEED);
    serde_json::to_writer(&mut out, &head)?;
    out.push(b'\n');
    shorten(markup.source(), &mut out);
    Ok(out)
}

/// The article of `row`, with the text in `stored`.
pub(super) fn unpack(row: ArticleRow, stored: Option<&[u8]>) -> Result<Article, StoreError> {
    let light = |row: ArticleRow| Article {
        url: row.url,
        publisher: row.publisher,
        title: row.title,
        published: row.published,
        ..Article::default()
    };
    let Some(stored) = stored else {
        return Ok(light(row));
    };
    let Some((head, markup)) = of_feed(stored) else {
        let mut article: Article = json::of_bytes(stored)?;
        // The page need not say what the feed said.
        article.publisher = article.publisher.or(row.publisher);
        article.published = article.published.or(row.published);
        return Ok(article.known_at(row.id, row.url));
    };
    let FeedFields {
        section,
        lang,
        bylines,
        updated,
        lead_image,
        enclosures,
        discussion,
    } = json::of_bytes(head)?;
    let article = Article {
        section,
        lang,
        bylines,
        updated,
        lead_image,
        enclosures,
        discussion,
        ..light(row)
    };
    Ok(with_blocks(article, &Markup::new(&markup)))
}

/// The fields and the markup of a stored body; `None` where it is not a feed's text.
fn of_feed(stored: &[u8]) -> Option<(&[u8], Cow<'_, str>)> {
    let (&form, rest) = stored.split_first().filter(|(form, _)| is_feed(**form))?;
    let end = memchr(b'\n', rest)?;
    let markup = &rest[end + 1..];
    let text = match form {
        FEED => Cow::Owned(lengthen(markup)),
        _ => UTF_8.decode_without_bom_handling(markup).0,
    };
    Some((&rest[..end], text))
}

/// The markup of a stored body; `None` where it is not a feed's text.
pub(super) fn markup(stored: &[u8]) -> Option<Markup> {
    of_feed(stored).map(|(_, text)| Markup::new(&text))
}

fn is_feed(form: u8) -> bool {
    matches!(form, FEED | FEED_AS_IT_CAME)
}

/// Whether the stored bytes may spell letters of the text differently: as entities, interrupted by
/// tags, or shortened.
pub(super) fn is_spelled_otherwise(stored: &[u8]) -> bool {
    stored.first().is_some_and(|form| is_feed(*form))
}

/// The text of a stored body; empty where it is damaged, so that one bad entry does not stop a
/// search. For an article stored as JSON it equals [`Article::text`] except for white space. The
/// text is borrowed and not cleaned again, which took ten times as long.
pub(super) fn text(stored: Option<&[u8]>) -> String {
    let Some(stored) = stored else {
        return String::new();
    };
    if let Some((_, markup)) = of_feed(stored) {
        return words(&Markup::new(&markup)).to_string();
    }
    let words: JsonText<'_> = json::of_bytes(stored).unwrap_or_default();
    let mut out = String::with_capacity(stored.len());
    for block in &words.blocks {
        for incoming in block
            .text
            .iter()
            .chain(&block.caption)
            .chain(&block.items)
            .chain(block.rows.iter().flatten())
        {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(incoming);
        }
    }
    out
}

/// The names of the authors in a stored body; none where it is damaged.
pub(super) fn authors(stored: Option<&[u8]>) -> Vec<String> {
    #[derive(Default, Deserialize)]
    struct Authors {
        #[serde(default)]
        bylines: Vec<Byline>,
    }
    let Some(stored) = stored else {
        return Vec::new();
    };
    let head = of_feed(stored).map_or(stored, |(head, _)| head);
    let authors: Authors = json::of_bytes(head).unwrap_or_default();
    let names = authors.bylines.into_iter();
    names.map(|byline| byline.name.to_string()).collect()
}

/// The parts of an article as JSON that contain text.
#[derive(Default, Deserialize)]
struct JsonText<'a> {
    #[serde(borrow, default)]
    blocks: Vec<JsonBlock<'a>>,
}

#[derive(Deserialize)]
struct JsonBlock<'a> {
    #[serde(borrow, default)]
    text: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    caption: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    items: Vec<Cow<'a, str>>,
    #[serde(borrow, default)]
    rows: Vec<Vec<Cow<'a, str>>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_older_programs_stored_is_read_as_what_this_one_stores() {
        let markup = Markup::new("<p>금리를 <b>묶</b>었다.</p><p>R&amp;D “한국은행” 漢字</p>");
        let article = Article {
            section: Some(Clean::line("경제")),
            ..Article::default()
        };
        let now = pack(&article, Some(&markup)).unwrap();
        let old = [
            &[FEED_AS_IT_CAME],
            "{\"section\":\"경제\"}\n".as_bytes(),
            markup.source().as_bytes(),
        ]
        .concat();
        assert!(now.len() < old.len());
        assert_eq!(text(Some(&now)), "금리를 묶었다.\nR&D “한국은행” 漢字");
        assert_eq!(text(Some(&old)), text(Some(&now)));
        assert!(is_spelled_otherwise(&old) && is_spelled_otherwise(&now));
        let read =
            |stored: &[u8]| of_feed(stored).map(|(head, text)| (head.to_vec(), text.into_owned()));
        assert_eq!(read(&old), read(&now));
        // A truncated body is still read as far as it goes.
        assert_eq!(
            text(Some(&old[..old.len() - 5])),
            "금리를 묶었다.\nR&D “한국은행” 漢\u{fffd}"
        );
        assert!(text(Some(&now[..now.len() - 6])).starts_with("금리를 묶었다."));
    }
}
