//! What stands in a row of bodies: an article as JSON, or the text as its feed wrote it, behind the
//! few fields that have no column of their own.

use std::borrow::Cow;

use encoding_rs::UTF_8;
use memchr::memchr;
use serde::{Deserialize, Serialize};

use super::StoreError;
use super::hangul_codec::{lengthen, shorten};
use crate::extract::feed::{dressed, words};
use crate::news::{Article, ArticleRow, Byline, Clean, Markup, Stamp};

/// Opens a feed's text: fields as JSON on one line, then markup, shortened. An article as JSON
/// begins with a brace.
const FEED: u8 = 2;
/// The same with the markup as it came, as older programs wrote it.
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
}

/// An article as it is stored.
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
    };
    let mut out = Vec::with_capacity(markup.source().len() + 256);
    out.push(FEED);
    serde_json::to_writer(&mut out, &head)?;
    out.push(b'\n');
    shorten(markup.source(), &mut out);
    Ok(out)
}

/// The article of `row`, whose body is `stored`.
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
        return Ok(serde_json::from_slice(stored)?);
    };
    let FeedFields {
        section,
        lang,
        bylines,
        updated,
        lead_image,
    } = serde_json::from_slice(head)?;
    let article = Article {
        section,
        lang,
        bylines,
        updated,
        lead_image,
        ..light(row)
    };
    Ok(dressed(article, &Markup::new(&markup)))
}

/// Fields and markup of what is stored, where it is a feed's text.
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

fn is_feed(form: u8) -> bool {
    matches!(form, FEED | FEED_AS_IT_CAME)
}

/// Whether letters of the text may be spelled otherwise in what is stored: as entities, parted by
/// tags, or shortened.
pub(super) fn is_spelled_otherwise(stored: &[u8]) -> bool {
    stored.first().is_some_and(|form| is_feed(*form))
}

/// The words of a stored body; none where it is damaged, so that one bad entry does not stop a
/// search. Of an article as JSON they are as [`Article::text`] has them but for white space,
/// borrowed where that can be: to clean all text again took ten times as long.
pub(super) fn text(stored: Option<&[u8]>) -> String {
    let Some(stored) = stored else {
        return String::new();
    };
    if let Some((_, markup)) = of_feed(stored) {
        return words(&Markup::new(&markup)).to_string();
    }
    let words: JsonText<'_> = serde_json::from_slice(stored).unwrap_or_default();
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

/// The parts of an article as JSON that hold words.
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
        // Cut short, either is still read as far as it goes.
        assert_eq!(
            text(Some(&old[..old.len() - 5])),
            "금리를 묶었다.\nR&D “한국은행” 漢\u{fffd}"
        );
        assert!(text(Some(&now[..now.len() - 6])).starts_with("금리를 묶었다."));
    }
}
