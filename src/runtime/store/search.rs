//! Runs a query: takes candidates from the index, or rows by their columns, checks each against the
//! query, and returns the matches, newest first.

use crate::news::hangul::is_hangul_syllable;
use crate::news::order::Order as _;
use memchr::memmem;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::body;
use super::list::Clauses;
use super::row::{self, ARTICLE_COLUMNS, BEHIND_ARTICLE};
use super::{Store, StoreError};
use crate::news::query::{Node, Query, Scope, Subject};
use crate::news::{ArticleId, ArticleRow, Filter, Form, SortOrder};
use crate::runtime::cancel::Cancel;

/// Which articles are searched.
pub(super) enum ArticleSet<'a> {
    /// Those that a filter lists.
    Listed(&'a Filter),
    /// All that are not muted.
    Unmuted,
    /// The muted ones.
    Muted,
}

impl ArticleSet<'_> {
    fn clauses(&self) -> Clauses {
        match self {
            Self::Listed(filter) => Clauses::of(filter),
            Self::Unmuted => Clauses::all("not a.gone & 2 and a.scrapped = 0"),
            Self::Muted => Clauses::all("a.gone & 2"),
        }
    }

    fn oldest_first(&self) -> bool {
        matches!(
            self,
            Self::Listed(Filter {
                order: SortOrder::Oldest,
                ..
            })
        )
    }
}

impl Store {
    /// At most `limit` articles that match `query` among those that `filter` lists: the newest, or
    /// the oldest where the filter sorts by age.
    ///
    /// # Errors
    /// The library can't be read; `Cancelled`.
    pub fn search(
        &self,
        filter: &Filter,
        query: &Query,
        limit: usize,
        cancel: &Cancel,
    ) -> Result<Vec<ArticleRow>, StoreError> {
        let mut rows = Vec::new();
        if limit > 0 {
            self.each(query, &ArticleSet::Listed(filter), cancel, &mut |row| {
                rows.push(row);
                rows.len() < limit
            })?;
        }
        Ok(rows)
    }

    /// The number of articles that match `query` among those that `filter` lists. A query about
    /// columns alone is counted by SQLite, without reading the rows.
    ///
    /// # Errors
    /// As [`Store::search`].
    pub fn count_found(
        &self,
        filter: &Filter,
        query: &Query,
        cancel: &Cancel,
    ) -> Result<u64, StoreError> {
        if *query.root() == Node::Read(false) {
            return self.count(&Filter {
                unread: true,
                ..filter.clone()
            });
        }
        if query.is_empty() {
            return self.count(filter);
        }
        let Some(exact) = QueryMatcher::new(self, query).exact(query.root())? else {
            return Ok(self.search(filter, query, usize::MAX, cancel)?.len() as u64);
        };
        let clauses = Clauses::of(filter);
        let sql = format!("{} and {exact}", clauses.select("count(*)"));
        let mut count = self.db.prepare_cached(&sql)?;
        let count: i64 = count.query_row(params_from_iter(&clauses.values), |r| r.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// As [`Store::search`], sorted in any order that the filter asks for.
    ///
    /// # Errors
    /// As [`Store::search`].
    pub fn in_order(
        &self,
        filter: &Filter,
        query: &Query,
        limit: usize,
        cancel: &Cancel,
    ) -> Result<Vec<ArticleRow>, StoreError> {
        if matches!(filter.order, SortOrder::Newest | SortOrder::Oldest) && !filter.later {
            return self.search(filter, query, limit, cancel);
        }
        let mut rows = self.search(filter, query, usize::MAX, cancel)?;
        match filter.order {
            _ if filter.later => rows.order_by_key(|row| row.later),
            SortOrder::Unread => rows.order_by_key(|row| row.read),
            _ => rows.order_by(|a, b| a.publisher.cmp(&b.publisher)),
        }
        rows.truncate(limit);
        Ok(rows)
    }

    /// The articles among `ids` that are shown and match `query`, in the order of `ids`.
    pub(super) fn among(
        &self,
        query: &Query,
        ids: &[ArticleId],
    ) -> Result<Vec<ArticleRow>, StoreError> {
        let look = QueryMatcher::new(self, query);
        let clauses = Clauses::all("a.gone = 0");
        let columns = format!("{ARTICLE_COLUMNS}, a.lang, a.body");
        let conditions = look.conditions()?;
        let sql = format!("{}{conditions} and a.id = ?", clauses.select(&columns));
        let mut one = self.db.prepare_cached(&sql)?;
        let mut found = Vec::new();
        for id in ids {
            let mut rows = one.query([row::key(*id)])?;
            if let Some(row) = rows.next()? {
                found.extend(look.at(row)?);
            }
        }
        Ok(found)
    }

    /// Calls `found` with each article that matches `query`, in order, until it returns that it
    /// needs no more.
    pub(super) fn each(
        &self,
        query: &Query,
        among: &ArticleSet<'_>,
        cancel: &Cancel,
        found: &mut dyn FnMut(ArticleRow) -> bool,
    ) -> Result<(), StoreError> {
        let look = QueryMatcher::new(self, query);
        let mut clauses = among.clauses();
        let conditions = look.conditions()?;
        let columns = format!("{ARTICLE_COLUMNS}, a.lang, a.body");
        let mut take = |row: &Row<'_>| -> Result<bool, StoreError> {
            if cancel.is_cancelled() {
                return Err(StoreError::Cancelled);
            }
            Ok(look.at(row)?.is_none_or(&mut *found))
        };
        match self.candidates(query.root())? {
            Some(mut places) => {
                if among.oldest_first() {
                    places.reverse();
                }
                clauses.and_place("=", 0);
                let mut one = self
                    .db
                    .prepare_cached(&format!("{}{conditions}", clauses.select(&columns)))?;
                for n in places {
                    if let Some(last) = clauses.values.last_mut() {
                        *last = Value::Integer(n);
                    }
                    let mut rows = one.query(params_from_iter(&clauses.values))?;
                    if let Some(row) = rows.next()?
                        && !take(row)?
                    {
                        return Ok(());
                    }
                }
            }
            None => {
                clauses.walk_in_order(&conditions);
                let direction = if among.oldest_first() { "asc" } else { "desc" };
                let sql = format!(
                    "{}{conditions} order by {} {direction}",
                    clauses.select(&columns),
                    clauses.place
                );
                let mut all = self.db.prepare_cached(&sql)?;
                let mut rows = all.query(params_from_iter(&clauses.values))?;
                while let Some(row) = rows.next()? {
                    if !take(row)? {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }
}

/// A query over a store.
struct QueryMatcher<'a> {
    store: &'a Store,
    query: &'a Query,
    /// A text that the title or body of every match contains literally, where the query asks for
    /// one.
    literal: Option<memmem::Finder<'a>>,
}

impl<'a> QueryMatcher<'a> {
    fn new(store: &'a Store, query: &'a Query) -> Self {
        let literal = literal(query.root()).map(|needle| memmem::Finder::new(needle.as_bytes()));
        Self {
            store,
            query,
            literal,
        }
    }

    /// The article of `row`, where it matches the query.
    fn at(&self, row: &Row<'_>) -> Result<Option<ArticleRow>, StoreError> {
        let light = row::article_row(row)?;
        let body = if self.query.reads_body() {
            self.body(row.get(BEHIND_ARTICLE + 1)?, &light.title)?
        } else {
            Some(String::new())
        };
        let Some(body) = body else { return Ok(None) };
        let feeds = if self.query.reads_feeds() {
            self.feeds(light.place.0)?
        } else {
            Vec::new()
        };
        let tags = if self.query.reads_tags() && light.scrapped {
            self.tags(row::key(light.id))?
        } else {
            Vec::new()
        };
        let authors = if self.query.reads_authors() {
            self.authors(row.get(BEHIND_ARTICLE + 1)?)?
        } else {
            Vec::new()
        };
        let form = match self.query.reads_form() {
            true => self.store.article(light.id)?.map(|a| Form::of(&a)),
            false => None,
        };
        let subject = Subject {
            form,
            title: &light.title,
            body: &body,
            authors: &authors,
            url: light.url.as_deref().unwrap_or_default(),
            publisher: light.publisher.as_deref().unwrap_or_default(),
            feeds: &feeds,
            tags: &tags,
            lang: row
                .get_ref(BEHIND_ARTICLE)?
                .as_str_or_null()
                .unwrap_or_default()
                .unwrap_or_default(),
            published: light.published.map(|p| p.at),
            first_seen: light.first_seen,
            revised: light.revised,
            read: light.read,
            scrapped: light.scrapped,
            later: light.later.is_some(),
            pictured: light.pictured,
        };
        Ok(self.query.matches(&subject).then_some(light))
    }

    /// The text of the body; `None` where neither it nor the title contains the required literal.
    fn body(&self, id: Option<i64>, title: &str) -> Result<Option<String>, StoreError> {
        let may = self
            .literal
            .as_ref()
            .is_none_or(|literal| literal.find(title.as_bytes()).is_some());
        let nothing = may.then(String::new);
        let Some(id) = id else { return Ok(nothing) };
        let mut query = self
            .store
            .db
            .prepare_cached("select json from body where id = ?")?;
        let mut rows = query.query([id])?;
        let Some(row) = rows.next()? else {
            return Ok(nothing);
        };
        let stored = row.get_ref(0)?.as_blob_or_null().unwrap_or_default();
        // Hangul is not escaped in JSON, so a literal missing from the JSON is missing from the
        // text too, and parsing the JSON takes far longer than searching it.
        if !may
            && let (Some(literal), Some(stored)) = (&self.literal, stored)
            && !body::is_spelled_otherwise(stored)
            && literal.find(stored).is_none()
        {
            return Ok(None);
        }
        Ok(Some(body::text(stored)))
    }

    fn authors(&self, id: Option<i64>) -> Result<Vec<String>, StoreError> {
        let mut query = self
            .store
            .db
            .prepare_cached("select json from body where id = ?")?;
        let mut rows = query.query([id])?;
        let Some(row) = rows.next()? else {
            return Ok(Vec::new());
        };
        Ok(body::authors(
            row.get_ref(0)?.as_blob_or_null().unwrap_or_default(),
        ))
    }

    fn feeds(&self, n: i64) -> Result<Vec<String>, StoreError> {
        let mut query = self.store.db.prepare_cached(
            "select f.title || ' ' || f.url from listing l join feed f on f.id = l.feed
             where l.n = ? and f.gone is null",
        )?;
        let names = query.query_map([n], |r| r.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    fn tags(&self, id: i64) -> Result<Vec<String>, StoreError> {
        let mut query = self
            .store
            .db
            .prepare_cached("select tags from scrap where id = ?")?;
        let mut rows = query.query([id])?;
        let Some(row) = rows.next()? else {
            return Ok(Vec::new());
        };
        Ok(serde_json::from_str(row.get_ref(0)?.as_str().unwrap_or_default()).unwrap_or_default())
    }

    /// The part of the query that SQLite can check exactly, as ` and …`; saves reading rows that
    /// cannot match.
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

    /// `node` as SQL, where it can be expressed exactly. Only numbers computed here are inserted
    /// into the SQL text.
    fn exact(&self, node: &Node) -> Result<Option<String>, StoreError> {
        Ok(match node {
            Node::And(parts) => self.all_exact(parts, " and ")?,
            Node::Or(parts) => self.all_exact(parts, " or ")?,
            Node::Not(part) => self.exact(part)?.map(|sql| format!("not {sql}")),
            Node::Read(read) => Some(format!("a.read = {}", i64::from(*read))),
            Node::Scrapped => Some("a.scrapped = 1".to_owned()),
            Node::Later => Some("a.later is not null".to_owned()),
            Node::Pictured => Some("a.pictured = 1".to_owned()),
            // By the index of articles that were rewritten.
            Node::Revised(since) => {
                Some(format!("(a.revised is not null and a.revised >= {since})"))
            }
            Node::Within { from, until, dated } => {
                let date = if *dated {
                    "coalesce(a.published, -1 << 62)"
                } else {
                    "coalesce(a.published, a.seen)"
                };
                Some(format!("({date} >= {from} and {date} < {until})"))
            }
            Node::Feed(name) => {
                let mut query = self.store.db.prepare_cached(
                    "select id, title || ' ' || url from feed where gone is null",
                )?;
                let feeds =
                    query.query_map([], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?)))?;
                let mut ids = Vec::new();
                for feed in feeds {
                    let (id, names) = feed?;
                    if crate::news::query::fold(&names).contains(name) {
                        ids.push(id.to_string());
                    }
                }
                let ids = ids.join(",");
                Some(format!(
                    "exists (select 1 from listing l where l.n = a.n and l.feed in ({ids}))"
                ))
            }
            Node::Text(..)
            | Node::Publisher(_)
            | Node::Author(_)
            | Node::Url(_)
            | Node::Words { .. }
            | Node::Pattern(_)
            | Node::Tag(_)
            | Node::Form(_)
            | Node::Lang(_) => None,
        })
    }

    fn all_exact(&self, parts: &[Node], tie: &str) -> Result<Option<String>, StoreError> {
        let mut all = Vec::new();
        for part in parts {
            let Some(sql) = self.exact(part)? else {
                return Ok(None);
            };
            all.push(sql);
        }
        Ok((!all.is_empty()).then(|| format!("({})", all.join(tie))))
    }
}

/// A part of `node` that consists of Hangul only, where every match must contain one literally in
/// its title or body.
fn literal(node: &Node) -> Option<&str> {
    match node {
        Node::And(parts) => parts
            .iter()
            .filter_map(literal)
            .max_by_key(|text| text.len()),
        Node::Text(scope, needle) if *scope != Scope::Title => {
            // Only letters that case folding leaves unchanged are stored literally.
            let runs = needle.split(|c: char| !is_hangul_syllable(c));
            let longest = runs.max_by_key(|run| run.len())?;
            // The text may have a space anywhere in a longer one.
            let last = longest.char_indices().next_back()?.0;
            Some(if longest.chars().count() > 2 {
                &longest[last..]
            } else {
                longest
            })
        }
        _ => None,
    }
}
