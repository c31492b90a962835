//! Lists and counts. A page of rows is read along one index, so that its cost doesn't depend on how
//! much is stored.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, params_from_iter};

use super::row::{self, LISTED_COLUMNS};
use super::{Store, StoreError};
use crate::news::{ArticleRow, Counts, Filter, PageStart, RowPage, SortOrder};

impl Store {
    /// Rows of the list, in the filter's order.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn articles(&self, filter: &Filter, page: RowPage) -> Result<Vec<ArticleRow>, StoreError> {
        let mut clauses = Clauses::of(filter);
        let limit = i64::try_from(page.limit).unwrap_or(i64::MAX);
        if filter.order != SortOrder::Newest || filter.later {
            let PageStart::Offset(skipped) = page.start else {
                return Ok(Vec::new());
            };
            if filter.order == SortOrder::Oldest {
                clauses.walk_in_order("");
            }
            let sql = format!(
                "{} order by {} limit {limit} offset {skipped}",
                clauses.select(LISTED_COLUMNS),
                clauses.order(filter)
            );
            let mut query = self.db.prepare(&sql)?;
            let rows = query.query_map(params_from_iter(&clauses.values), row::article_row)?;
            return Ok(rows.collect::<Result<_, _>>()?);
        }
        match page.start {
            PageStart::Below(place) => clauses.and_place("<", place.0),
            PageStart::Offset(0) => {}
            PageStart::Offset(skipped) => match self.place_after(&clauses, skipped)? {
                Some(n) => clauses.and_place("<=", n),
                None => return Ok(Vec::new()),
            },
        }
        clauses.walk_in_order("");
        let sql = format!(
            "{} order by {} desc limit {limit}",
            clauses.select(LISTED_COLUMNS),
            clauses.place
        );
        let mut query = self.db.prepare_cached(&sql)?;
        let rows = query.query_map(params_from_iter(&clauses.values), row::article_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The number of rows in the whole list.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn count(&self, filter: &Filter) -> Result<u64, StoreError> {
        let unfolded = Filter {
            folded: false,
            ..filter.clone()
        };
        if let Some(column) = tallied(&unfolded) {
            let mut tally = self
                .db
                .prepare_cached(&format!("select {column} from tally"))?;
            let all = tally.query_row([], |r| r.get::<_, i64>(0))?;
            // Copies are few and have an index of their own.
            let copies = if filter.folded {
                self.copies(filter.unread)?
            } else {
                0
            };
            return Ok((all - copies).unsigned_abs());
        }
        let clauses = Clauses::of(filter);
        let mut query = self.db.prepare_cached(&clauses.select("count(*)"))?;
        let count: i64 = query.query_row(params_from_iter(&clauses.values), |r| r.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// The number of listed articles that are folded under another one as its copies.
    fn copies(&self, unread: bool) -> Result<i64, StoreError> {
        let sql = "select count(*) from article
                   where copy is not null and gone = 0 and (read = 0 or not ?)";
        Ok(self
            .db
            .prepare_cached(sql)?
            .query_row([unread], |r| r.get(0))?)
    }

    /// The counts of the whole library.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let one = |sql: &str| -> Result<u64, StoreError> {
            Ok(self
                .db
                .prepare_cached(sql)?
                .query_row([], |r| r.get::<_, i64>(0))?
                .unsigned_abs())
        };
        Ok(Counts {
            articles: one("select shown from tally")?,
            unread: one("select unread from tally")?,
            scraps: one("select count(*) from scrap")?,
            later: one("select count(*) from article where later is not null")?,
            muted: one("select count(*) from article where gone in (2, 3)")?,
        })
    }

    /// The key of the row after `skipped` others, read from an index alone where there is one.
    fn place_after(&self, clauses: &Clauses, skipped: usize) -> Result<Option<i64>, StoreError> {
        let skipped = i64::try_from(skipped).unwrap_or(i64::MAX);
        let sql = format!(
            "{} order by {} desc limit 1 offset {skipped}",
            clauses.select("a.n"),
            clauses.place
        );
        let mut query = self.db.prepare(&sql)?;
        Ok(query
            .query_row(params_from_iter(&clauses.values), |r| r.get(0))
            .optional()?)
    }
}

/// The counter column that has the number of rows for `filter`, where there is one.
fn tallied(filter: &Filter) -> Option<&'static str> {
    let rest = Filter {
        unread: false,
        order: SortOrder::Newest,
        ..filter.clone()
    };
    (rest == Filter::default()).then_some(if filter.unread { "unread" } else { "shown" })
}

/// The publisher (언론사) as rows show it.
const PUBLISHER: &str = "coalesce(a.publisher, (select title from feed f where f.id = a.feed))";

/// The condition that an article is listed: not hidden, and its feed still subscribed to.
const LISTED: &str = "a.gone = 0";

/// A filter as SQL over `article a`.
pub(super) struct Clauses {
    from: &'static str,
    /// The column with the article's key, in the table that is walked.
    pub(super) place: &'static str,
    conditions: Vec<String>,
    pub(super) values: Vec<Value>,
}

impl Clauses {
    /// All articles that satisfy `condition`.
    pub(super) fn all(condition: &str) -> Self {
        Self {
            from: "article a",
            place: "a.n",
            conditions: vec![condition.to_owned()],
            values: Vec::new(),
        }
    }

    pub(super) fn of(filter: &Filter) -> Self {
        let mut out = Self::all(match filter.later {
            true => "a.later is not null",
            false => LISTED,
        });
        if let Some(feed) = filter.feed {
            // Walks the feed's own listing, which is sorted in the required order.
            out.from = "listing l cross join article a on a.n = l.n";
            out.place = "l.n";
            out.and("l.feed = ?", Value::Integer(feed.0));
        }
        if let Some(folder) = &filter.folder {
            out.and(
                "exists (select 1 from listing i join feed f on f.id = i.feed
                         where i.n = a.n and f.gone is null and f.folder = ?)",
                Value::Text(folder.to_string()),
            );
        }
        if let Some(publisher) = &filter.publisher {
            out.and(
                &format!("{PUBLISHER} = ?"),
                Value::Text(publisher.to_string()),
            );
        }
        if let Some(story) = filter.story {
            out.and("a.story = ?", Value::Integer(story));
        }
        if let Some(since) = filter.since {
            out.and("a.n >= ?", Value::Integer(row::first_place(since)));
        }
        if filter.unread {
            out.conditions.push("a.read = 0".to_owned());
        }
        if filter.folded {
            out.conditions.push("a.copy is null".to_owned());
        }
        if filter.scrapped {
            out.conditions.push("a.scrapped = 1".to_owned());
        }
        out
    }

    pub(super) fn and(&mut self, condition: &str, value: Value) {
        self.conditions.push(condition.to_owned());
        self.values.push(value);
    }

    /// The `order by` expressions for the order of `filter`.
    fn order(&self, filter: &Filter) -> String {
        let place = self.place;
        match filter.order {
            _ if filter.later => "a.later asc".to_owned(),
            SortOrder::Newest => format!("{place} desc"),
            SortOrder::Oldest => format!("{place} asc"),
            SortOrder::Unread => format!("a.read asc, {place} desc"),
            SortOrder::Publisher => format!("{PUBLISHER} asc, {place} desc"),
        }
    }

    /// Restricts the rows to keys that compare with `n` as asked.
    pub(super) fn and_place(&mut self, comparison: &str, n: i64) {
        self.and(&format!("{} {comparison} ?", self.place), Value::Integer(n));
    }

    /// Has SQLite walk the table in the order of the list, unless these conditions and the `further`
    /// ones have an index that is in this order too. SQLite counts a few hundred rows for its
    /// statistics, so that it takes the listed articles, which are nearly all, for few: it would
    /// fetch them by an index and sort them, which took 80 ms for each list of 100,000. The sign
    /// before a column forbids its indexes.
    pub(super) fn walk_in_order(&mut self, further: &str) {
        let all = self.conditions.iter().map(String::as_str);
        let mut all = all.chain(further.split(" and "));
        if !all.any(|one| one.starts_with("a.read = ") || one == "a.copy is null") {
            let listed = self.conditions.iter_mut().find(|one| *one == LISTED);
            listed.into_iter().for_each(|one| one.insert(0, '+'));
        }
    }

    /// `select COLUMNS from … where …`
    pub(super) fn select(&self, columns: &str) -> String {
        format!(
            "select {columns} from {} where {}",
            self.from,
            self.conditions.join(" and ")
        )
    }
}

#[cfg(test)]
#[path = "tests/list.rs"]
mod tests;
