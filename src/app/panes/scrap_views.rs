//! The scraps by label, publisher and month, as rows of the sources pane. Each is a query in the
//! user's own language, so that it can be typed, changed and left like any other.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::source_row::SourceRow;
use crate::app::Start;
use crate::app::protocol::library::SidebarData;
use crate::app::protocol::listing::Listing;
use crate::app::protocol::rows::Collection;
use crate::news::order::Order as _;
use crate::news::{Query, ScrapRow};

/// Rows of each kind at most; the others can be found with a query.
const MOST: usize = 12;

/// The rows; none where nothing is scrapped.
pub fn rows(data: &SidebarData, start: &Start) -> Vec<SourceRow> {
    let scraps = &data.scraps;
    let mut out = Vec::new();
    let labels = counted(
        scraps
            .iter()
            .flat_map(|s| s.tags.iter().map(|t| t.to_string())),
    );
    let publishers = counted(
        scraps
            .iter()
            .filter_map(|s| s.publisher.as_ref().map(ToString::to_string)),
    );
    let mut months = counted(scraps.iter().map(|s| month(start, s)));
    months.order_by_key(|(first, _)| std::cmp::Reverse(*first));
    for (label, count) in labels.into_iter().take(MOST) {
        out.extend(row(
            start,
            &format!("#{label}"),
            &format!("tag:{}", quoted(&label)),
            count,
        ));
    }
    for (publisher, count) in publishers.into_iter().take(MOST) {
        out.extend(row(
            start,
            &publisher,
            &format!("publisher:{}", quoted(&publisher)),
            count,
        ));
    }
    for (first, count) in months.into_iter().take(MOST) {
        let Ok(next) = first.checked_add(1.month()) else {
            continue;
        };
        let values = [
            ("year", first.year().to_string()),
            ("month", first.month().to_string()),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let title = start.words.fill("source.month", &values);
        out.extend(row(
            start,
            &title,
            &format!("after:{first} before:{next}"),
            count,
        ));
    }
    if !out.is_empty() {
        let heading = SourceRow::heading(start.words.get("source.scraps-by"));
        out.splice(0..0, [SourceRow::heading(""), heading]);
    }
    out
}

/// The first day of the month in which a scrap's article appeared; in which it was scrapped, where
/// that is not known.
fn month(start: &Start, scrap: &ScrapRow) -> Date {
    let at = scrap.published.map_or(scrap.kept, |p| p.at);
    at.to_zoned_datetime(start.zone.clone())
        .date()
        .first_of_month()
}

/// How often each value occurs, the most frequent first.
fn counted<T: Ord>(all: impl Iterator<Item = T>) -> Vec<(T, u64)> {
    let mut counts: BTreeMap<T, u64> = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    let mut out: Vec<(T, u64)> = counts.into_iter().collect();
    out.order_by_key(|(_, count)| std::cmp::Reverse(*count));
    out
}

/// The value as the query language quotes it.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('"', " ").trim())
}

fn row(start: &Start, title: &str, query: &str, count: u64) -> Option<SourceRow> {
    let now = start.now.to_zoned_datetime(start.zone.clone());
    let matcher = Some(Query::parse(query, &now).ok()?);
    let listing = Listing {
        query: query.to_owned(),
        matcher,
        ..Listing::of(Collection::Scraps)
    };
    Some(SourceRow {
        count: Some(count),
        depth: 1,
        ..SourceRow::list(title, listing)
    })
}
