//! Find: candidates from the index, or rows by their marks, each looked at before it is told, newest first.

use std::borrow::Cow;

use rusqlite::Row;
use serde::Deserialize;

use super::row::{self, ARTICLE_COLUMNS};
use super::{Store, StoreError};
use crate::news::ArticleRow;
use crate::news::query::{Node, Query, Subject};
use crate::runtime::cancel::Cancel;

impl Store {
    /// The newest articles that answer `query`, at most `limit`.
    ///
    /// # Errors
    /// As any read; `Cancelled`.
    pub fn search(&self, query: &Query, limit: usize, cancel: &Cancel) -> Result<Vec<ArticleRow>, StoreError> {
        let mut rows = Vec::new();
        if limit > 0 {
            self.search_each(query, cancel, &mut |row| {
                rows.push(row);
                rows.len() < limit
            })?;
        }
        Ok(rows)
    }

    /// Tells of each article that answers `query` as it is found, newest first, until `found` says that it is enough.
    ///
    /// # Errors
    /// As any read; `Cancelled`.
    pub fn search_each(
        &self,
        query: &Query,
        cancel: &Cancel,
        found: &mut dyn FnMut(ArticleRow) -> bool,
    ) -> Result<(), StoreError> {
        let look = Look { store: self, query };
        let conditions = look.conditions()?;
        let columns = format!("{ARTICLE_COLUMNS}, a.lang, a.body from article a where a.gone = 0{conditions}");
        match self.candidates(query.root())? {
            Some(places) => {
                let mut one = self.db.prepare_cached(&format!("select {columns} and a.n = ?"))?;
                for n in places {
                    if cancel.is_cancelled() {
                        return Err(StoreError::Cancelled);
                    }
                    let mut rows = one.query([n])?;
                    let Some(row) = rows.next()? else { continue };
                    if let Some(row) = look.at(row)?
                        && !found(row)
                    {
                        return Ok(());
                    }
                }
            }
            None => {
                let mut all = self.db.prepare_cached(&format!("select {columns} order by a.n desc"))?;
                let mut rows = all.query([])?;
                while let Some(row) = rows.next()? {
                    if cancel.is_cancelled() {
                        return Err(StoreError::Cancelled);
                    }
                    if let Some(row) = look.at(row)?
                        && !found(row)
                    {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }
}

/// A query over a store.
struct Look<'a> {
    store: &'a Store,
    query: &'a Query,
}

impl Look<'_> {
    /// The article of `row`, where it answers.
    fn at(&self, row: &Row<'_>) -> Result<Option<ArticleRow>, StoreError> {
        let light = row::article_row(row)?;
        let body = if self.query.reads_body() { self.body(row.get(15)?)? } else { String::new() };
        let feeds = if self.query.reads_feeds() { self.feeds(light.place.0)? } else { Vec::new() };
        let tags = if self.query.reads_tags() && light.scrapped { self.tags(row::key(light.id))? } else { Vec::new() };
        let subject = Subject {
            title: &light.title,
            body: &body,
            publisher: light.publisher.as_deref().unwrap_or_default(),
            feeds: &feeds,
            tags: &tags,
            lang: row.get_ref(14)?.as_str_or_null().unwrap_or_default().unwrap_or_default(),
            published: light.published.map(|p| p.at),
            first_seen: light.first_seen,
            read: light.read,
            scrapped: light.scrapped,
            pictured: light.pictured,
        };
        Ok(self.query.matches(&subject).then_some(light))
    }

    fn body(&self, id: Option<i64>) -> Result<String, StoreError> {
        let Some(id) = id else { return Ok(String::new()) };
        let mut query = self.store.db.prepare_cached("select json from body where id = ?")?;
        let mut rows = query.query([id])?;
        let Some(row) = rows.next()? else { return Ok(String::new()) };
        Ok(body_text(row.get_ref(0)?.as_blob_or_null().unwrap_or_default()))
    }

    fn feeds(&self, n: i64) -> Result<Vec<String>, StoreError> {
        let mut query = self.store.db.prepare_cached(
            "select f.title || ' ' || f.url from listing l join feed f on f.id = l.feed where l.n = ? and f.gone is null",
        )?;
        let names = query.query_map([n], |r| r.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    fn tags(&self, id: i64) -> Result<Vec<String>, StoreError> {
        let mut query = self.store.db.prepare_cached("select tags from scrap where id = ?")?;
        let mut rows = query.query([id])?;
        let Some(row) = rows.next()? else { return Ok(Vec::new()) };
        Ok(serde_json::from_str(row.get_ref(0)?.as_str().unwrap_or_default()).unwrap_or_default())
    }

    /// What of the query SQLite can judge by itself, as ` and …`: saves the reading of rows that cannot answer.
    fn conditions(&self) -> Result<String, StoreError> {
        let parts = match self.query.root() {
            Node::And(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        };
        let mut out = String::new();
        for part in parts {
            if let Some(sql) = self.exact(part)? {
                out.push_str(" and ");
                out.push_str(&sql);
            }
        }
        Ok(out)
    }

    /// `node` in SQL, where it can be said exactly. Only numbers of ours go into the text.
    fn exact(&self, node: &Node) -> Result<Option<String>, StoreError> {
        Ok(match node {
            Node::And(parts) => self.all_exact(parts, " and ")?,
            Node::Or(parts) => self.all_exact(parts, " or ")?,
            Node::Not(part) => self.exact(part)?.map(|sql| format!("not {sql}")),
            Node::Read(read) => Some(format!("a.read = {}", i64::from(*read))),
            Node::Scrapped => Some("a.scrapped = 1".to_owned()),
            Node::Pictured => Some("a.pictured = 1".to_owned()),
            Node::Within { from, until, dated } => {
                let date = if *dated { "coalesce(a.published, -1 << 62)" } else { "coalesce(a.published, a.seen)" };
                Some(format!("({date} >= {from} and {date} < {until})"))
            }
            Node::Feed(name) => {
                let mut query =
                    self.store.db.prepare_cached("select id, title || ' ' || url from feed where gone is null")?;
                let feeds = query.query_map([], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?)))?;
                let mut ids = Vec::new();
                for feed in feeds {
                    let (id, names) = feed?;
                    if crate::news::query::fold(&names).contains(name) {
                        ids.push(id.to_string());
                    }
                }
                let ids = ids.join(",");
                Some(format!("exists (select 1 from listing l where l.n = a.n and l.feed in ({ids}))"))
            }
            Node::Text(..) | Node::Publisher(_) | Node::Tag(_) | Node::Lang(_) => None,
        })
    }

    fn all_exact(&self, parts: &[Node], tie: &str) -> Result<Option<String>, StoreError> {
        let mut all = Vec::new();
        for part in parts {
            let Some(sql) = self.exact(part)? else { return Ok(None) };
            all.push(sql);
        }
        Ok((!all.is_empty()).then(|| format!("({})", all.join(tie))))
    }
}

/// The words of a stored body, as [`crate::news::Article::text`] has them but for white space; none where it is damaged,
/// so that one bad entry does not stop a search. Borrows where it can: to clean all text again took ten times as long.
pub(super) fn body_text(json: Option<&[u8]>) -> String {
    let words: Words<'_> = json.and_then(|json| serde_json::from_slice(json).ok()).unwrap_or_default();
    let mut out = String::with_capacity(json.map_or(0, <[u8]>::len));
    for block in &words.blocks {
        for piece in block.text.iter().chain(&block.caption).chain(&block.items).chain(block.rows.iter().flatten()) {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(piece);
        }
    }
    out
}

/// The parts of a stored article that hold words.
#[derive(Default, Deserialize)]
struct Words<'a> {
    #[serde(borrow, default)]
    blocks: Vec<WordsOfBlock<'a>>,
}

#[derive(Deserialize)]
struct WordsOfBlock<'a> {
    #[serde(borrow, default)]
    text: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    caption: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    items: Vec<Cow<'a, str>>,
    #[serde(borrow, default)]
    rows: Vec<Vec<Cow<'a, str>>>,
}
