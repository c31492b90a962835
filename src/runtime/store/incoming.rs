//! An article about to be stored, and the keys by which it is recognised when it is delivered
//! again.

use std::borrow::Cow;

use rusqlite::Transaction;
use url::Url;

use super::body;
use super::error::StoreError;
use super::row::key;
use crate::extract::feed::words_and_picture;
use crate::news::same_address::{common_form, other_forms};
use crate::news::{Article, ArticleId, Block, Clean, FeedEntry, Markup, Stamp, StoredText};

/// Shortest text in bytes (80 syllables) by which an article is recognised. Shorter texts are too
/// likely to be the same in different articles.
const TELLING: usize = 240;

/// An article about to be stored.
pub(super) struct IncomingArticle<'a> {
    pub(super) id: ArticleId,
    /// Keys of the ids that it would have under the other forms of its address.
    pub(super) other_ids: Cow<'a, [i64]>,
    /// Hash of the feed's id for it; of an id that is an address, what its forms have in common.
    pub(super) guid: i64,
    /// Hashes of the forms in which an earlier version stored an id that is an address.
    pub(super) old_guids: Cow<'a, [i64]>,
    pub(super) article: &'a Article,
    /// The feed's markup, if the article comes from a feed and its body is not made yet.
    pub(super) markup: Option<&'a Markup>,
    /// The stored form of its body, made of a feed's markup ahead.
    pub(super) packed: Option<&'a [u8]>,
    pub(super) words: Cow<'a, str>,
    pub(super) is_pictured: bool,
    pub(super) published: Option<Stamp>,
    pub(super) stored_text: StoredText,
    pub(super) order: u32,
    /// Hash of host, title and text. The host is part of it because an agency's report in two
    /// papers counts as two articles, while the same text at two addresses of one paper is one
    /// article.
    pub(super) content: i64,
}

impl<'a> IncomingArticle<'a> {
    pub(super) fn of_page(article: &'a Article) -> Self {
        Self::new(article, None, StoredText::Page, &mut HostCache::default())
    }

    pub(super) fn of_feed(entry: &'a FeedEntry, order: usize, host_cache: &mut HostCache) -> Self {
        let incoming = Self::new(
            &entry.article,
            entry.markup.as_ref(),
            StoredText::Feed,
            host_cache,
        );
        let hash = |guid: &str| key(ArticleId::of_content(guid));
        let (guid, old_guids) = if entry.guid.is_blank() {
            (incoming.guid, Vec::new())
        } else if let Some(form) = common_form(&entry.guid) {
            let mut forms = other_forms(&entry.guid);
            forms.push(entry.guid.to_string());
            // As stored by versions that told `/1` from `/1/`.
            forms.push(format!("{form}/"));
            (hash(&form), forms.iter().map(|f| hash(f)).collect())
        } else {
            (hash(&entry.guid), Vec::new())
        };
        let published = entry.published.or(incoming.published);
        Self {
            guid,
            old_guids: Cow::Owned(old_guids),
            published,
            order: u32::try_from(order).unwrap_or(u32::MAX),
            ..incoming
        }
    }

    fn new(
        article: &'a Article,
        markup: Option<&'a Markup>,
        stored_text: StoredText,
        host_cache: &mut HostCache,
    ) -> Self {
        let base = article.url.as_deref();
        let (words, shows_picture) = match markup.map(|markup| words_and_picture(markup, base)) {
            Some((words, shows_picture)) => (words.into_string(), shows_picture),
            None => (article.text(), false),
        };
        let is_picture = |b: &Block| matches!(b, Block::Image { url, .. } if !Clean::is_blank(url));
        let id = article.id();
        let address = article.address();
        let forms = address
            .map(|address| other_forms(address))
            .unwrap_or_default();
        let other_ids = forms.iter().map(|form| key(ArticleId::of_url(form)));
        Self {
            id,
            other_ids: other_ids.collect(),
            guid: key(ArticleId::of_content(&id.to_string())),
            old_guids: Cow::default(),
            article,
            markup,
            packed: None,
            published: article.published,
            stored_text: if words.is_empty() && article.blocks.is_empty() {
                StoredText::Headline
            } else {
                stored_text
            },
            order: 0,
            content: content(article, &words, host_cache),
            words: Cow::Owned(words),
            is_pictured: shows_picture
                || article.lead_image.is_some()
                || article.blocks.iter().any(is_picture),
        }
    }

    /// The feed's markup, if the article comes from a feed.
    pub(super) fn markup(&self) -> Option<Cow<'a, Markup>> {
        match self.packed {
            Some(packed) => body::markup(packed).map(Cow::Owned),
            None => self.markup.map(Cow::Borrowed),
        }
    }

    /// Its body as it is stored, in the place of the one with the key `former`.
    pub(super) fn body(
        &self,
        step: &Transaction<'_>,
        former: Option<i64>,
    ) -> Result<Cow<'a, [u8]>, StoreError> {
        Ok(match (self.packed, self.markup, former) {
            (Some(packed), ..) => Cow::Borrowed(packed),
            (None, None, Some(former)) => Cow::Owned(body::of_page(step, former, self.article)?),
            (None, markup, _) => Cow::Owned(body::pack(self.article, markup)?),
        })
    }

    /// Whether the text is long enough to recognise the article by it.
    pub(super) fn is_telling(&self) -> bool {
        self.words.len() >= TELLING
    }
}

/// An entry with its text, the keys by which it is recognised, and its body as it is stored. They
/// take longer to make than to store, and need no library, so that the threads that parse feeds
/// make them.
#[derive(Debug)]
pub struct KeyedEntry {
    /// The entry; its markup is in the body.
    pub entry: FeedEntry,
    packed: Option<Vec<u8>>,
    id: ArticleId,
    other_ids: Vec<i64>,
    guid: i64,
    old_guids: Vec<i64>,
    words: String,
    is_pictured: bool,
    published: Option<Stamp>,
    stored_text: StoredText,
    content: i64,
}

impl KeyedEntry {
    /// The entries of one feed, with their keys; and with their bodies, if the feed `is_new`. Most
    /// entries of another one are stored already, so that their bodies would be made in vain.
    pub fn of_feed(entries: Vec<FeedEntry>, is_new: bool) -> Vec<Self> {
        let mut host_cache = HostCache::default();
        let keyed = |entry| Self::of(entry, is_new, &mut host_cache);
        entries.into_iter().map(keyed).collect()
    }

    fn of(mut entry: FeedEntry, is_new: bool, host_cache: &mut HostCache) -> Self {
        let incoming = IncomingArticle::of_feed(&entry, 0, host_cache);
        let (id, guid, content) = (incoming.id, incoming.guid, incoming.content);
        let (published, stored_text) = (incoming.published, incoming.stored_text);
        let is_pictured = incoming.is_pictured;
        let other_ids = incoming.other_ids.into_owned();
        let (old_guids, words) = (incoming.old_guids.into_owned(), incoming.words.into_owned());
        let pack = |markup| body::pack(&entry.article, Some(markup)).ok();
        let markup = entry.markup.as_ref().filter(|_| is_new);
        let packed = markup.and_then(pack);
        if packed.is_some() {
            entry.markup = None;
        }
        Self {
            packed,
            id,
            other_ids,
            guid,
            old_guids,
            words,
            is_pictured,
            published,
            stored_text,
            content,
            entry,
        }
    }

    /// The article to be stored, which comes at the place `order` in its feed.
    pub(super) fn incoming(&self, order: usize) -> IncomingArticle<'_> {
        IncomingArticle {
            id: self.id,
            other_ids: Cow::Borrowed(&self.other_ids),
            guid: self.guid,
            old_guids: Cow::Borrowed(&self.old_guids),
            article: &self.entry.article,
            markup: self.entry.markup.as_ref(),
            packed: self.packed.as_deref(),
            words: Cow::Borrowed(&self.words),
            is_pictured: self.is_pictured,
            published: self.published,
            stored_text: self.stored_text,
            order: u32::try_from(order).unwrap_or(u32::MAX),
            content: self.content,
        }
    }
}

/// The host of the last address. Most entries of a feed share it, which saves parsing each address.
#[derive(Default)]
pub(super) struct HostCache {
    /// The beginning of addresses at this host, up to the path.
    front: String,
    host: String,
}

impl HostCache {
    fn over(&mut self, address: &str) -> &str {
        if self.front.is_empty() || !address.starts_with(&self.front) {
            let url = Url::parse(address).ok();
            self.host = url
                .as_ref()
                .and_then(Url::host_str)
                .unwrap_or_default()
                .to_owned();
            let front = address
                .match_indices('/')
                .nth(2)
                .map_or("", |(end, _)| &address[..=end]);
            // Slashes alone don't end the host: it may follow them.
            self.front = if front.starts_with("http") && !front.ends_with("//") {
                front
            } else {
                ""
            }
            .to_owned();
        }
        &self.host
    }
}

fn content(article: &Article, words: &str, host_cache: &mut HostCache) -> i64 {
    let host = article
        .address()
        .map_or("", |address| host_cache.over(address));
    key(ArticleId::of_parts(&[
        host,
        "\n",
        &article.title,
        "\n",
        words,
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    // What was made on another thread is stored as what is made where it is stored.
    #[test]
    fn an_entry_with_its_keys_is_the_same_article() {
        let entry = |guid: &str, markup: &str| FeedEntry {
            guid: Clean::line(guid),
            article: Article {
                url: Some(Clean::line("https://a.kr/1?utm_source=rss")),
                title: Clean::line("금리를 묶었다"),
                ..Article::default()
            },
            markup: Some(Markup::new(markup)),
            published: Some(Stamp::new(
                jiff::Timestamp::UNIX_EPOCH,
                jiff::tz::Offset::UTC,
            )),
        };
        let entries = vec![
            entry("urn:1", "<p>한국은행이 금리를 묶었다.</p>"),
            entry("https://a.kr/2/", "<img src='https://a.kr/2.jpg'>"),
            entry("", ""),
        ];
        for is_new in [true, false] {
            let keyed = KeyedEntry::of_feed(entries.clone(), is_new);
            assert!(keyed.iter().all(|keyed| keyed.packed.is_some() == is_new));
            assert_same(&entries, &keyed);
        }
    }

    fn assert_same(entries: &[FeedEntry], keyed: &[KeyedEntry]) {
        for (order, (entry, keyed)) in entries.iter().zip(keyed).enumerate() {
            let here = IncomingArticle::of_feed(entry, order, &mut HostCache::default());
            let there = keyed.incoming(order);
            let told = |incoming: &IncomingArticle<'_>| {
                (
                    (incoming.id, incoming.other_ids.to_vec()),
                    (incoming.guid, incoming.old_guids.to_vec()),
                    (incoming.content, incoming.words.to_string(), incoming.order),
                    (incoming.is_pictured, incoming.published),
                    (incoming.stored_text, incoming.markup().map(Cow::into_owned)),
                )
            };
            assert_eq!(told(&here), told(&there), "{}", entry.guid);
            assert_eq!(here.is_pictured, order == 1);
        }
    }

    #[test]
    fn the_host_is_that_of_the_address_whatever_came_before() {
        let addresses = [
            "https://a.kr/1",
            "https://a.kr/2",
            "https://a.kr.b.kr/1",
            "https://A.kr/3",
            "http://a.kr/4",
            "https://a.kr?x=/",
            "http:///c.kr/1",
            "http:///d.kr/1",
            "https://u@e.kr:8/1",
            "https://u@e.kr:8/2",
            "mailto:a@f.kr",
            "",
            "https://a.kr/5",
        ];
        let mut host_cache = HostCache::default();
        for address in addresses {
            let url = Url::parse(address).ok();
            assert_eq!(
                host_cache.over(address),
                url.as_ref().and_then(Url::host_str).unwrap_or_default(),
                "{address}"
            );
        }
    }
}
