//! The list pane: rows of a collection, and which one is chosen.

use super::selection;
use crate::app::input::action::Action;
use crate::app::protocol::listing::Listing;
use crate::app::protocol::rows::{Collection, Row, RowsPage};
use crate::news::{ArticleId, Filter, Query};

/// Rows fetched at once.
pub const PAGE: usize = 500;
/// Rows that a search shows first.
pub const FIRST_FOUND: usize = 100;
/// Rows that a search shows at most.
pub const MOST_FOUND: usize = 2_000;

/// The list pane.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// What it shows.
    pub collection: Collection,
    /// Which part of the library.
    pub filter: Filter,
    /// What the rows are filtered by, as typed; empty for all.
    pub query: String,
    /// The same, read.
    pub matcher: Option<Query>,
    /// The rows known so far, from the first on.
    pub rows: Vec<Row>,
    /// Rows on the collection.
    pub total: usize,
    /// Unread rows beyond those known.
    pub beyond: usize,
    /// The chosen row.
    pub selected: usize,
    /// The article to choose once the rows come.
    pub wanted: Option<ArticleId>,
    /// The row at the top.
    pub top: usize,
    /// Whether the first answer has come.
    pub known: bool,
}

impl List {
    /// An empty list of `collection`.
    pub fn of(collection: Collection) -> Self {
        Self {
            collection,
            ..Self::default()
        }
    }

    /// An empty list that shows this.
    pub fn showing(listing: Listing) -> Self {
        Self {
            collection: listing.collection,
            filter: listing.filter,
            query: listing.query,
            matcher: listing.matcher,
            wanted: listing.wanted,
            ..Self::default()
        }
    }

    /// What it shows.
    pub fn listing(&self) -> Listing {
        Listing {
            collection: self.collection,
            filter: self.filter.clone(),
            query: self.query.clone(),
            matcher: self.matcher.clone(),
            wanted: self.wanted,
        }
    }

    /// Shows what matches a query, as typed and parsed: its rows are to be fetched.
    pub fn filter_by(&mut self, text: String, query: Query) {
        self.matcher = Some(query).filter(|q| !q.is_empty());
        self.query = text;
        (self.selected, self.top) = (0, 0);
        self.rows.clear();
    }

    /// The chosen row.
    pub fn row(&self) -> Option<&Row> {
        self.rows.get(self.selected)
    }

    /// The row of this article.
    pub fn row_mut(&mut self, id: ArticleId) -> Option<&mut Row> {
        self.rows.iter_mut().find(|r| r.id == id)
    }

    /// Unread rows of the collection.
    pub fn unread(&self) -> usize {
        self.known_unread() + self.beyond
    }

    fn known_unread(&self) -> usize {
        self.rows.iter().filter(|r| !r.read).count()
    }

    /// Notes that all rows of the collection, those beyond the known too, are read now, or unread.
    pub fn mark_all(&mut self, read: bool) {
        self.rows.iter_mut().for_each(|row| row.read = read);
        self.beyond = if read {
            0
        } else {
            self.total.saturating_sub(self.rows.len())
        };
    }

    /// Takes rows that came. The chosen article stays chosen, wherever it now stands, and stays in the list even where the list is of what
    /// it no longer is: what is being read does not go.
    pub fn take(&mut self, page: RowsPage) {
        let RowsPage {
            offset,
            rows,
            total,
            unread,
        } = page;
        let chosen = self.row().map(|r| r.id);
        let held = self.row().filter(|_| offset <= self.selected).cloned();
        self.rows.truncate(offset);
        self.rows.extend(rows);
        self.total = total.max(self.rows.len());
        self.beyond = unread.saturating_sub(self.known_unread());
        self.known = true;
        if let Some(row) = held.filter(|row| self.rows.iter().all(|r| r.id != row.id)) {
            self.rows.insert(self.selected.min(self.rows.len()), row);
            self.total = self.total.max(self.rows.len());
        }
        if let Some(at) = self
            .wanted
            .take()
            .and_then(|id| self.rows.iter().position(|r| r.id == id))
        {
            self.selected = at;
        } else if let Some(at) = chosen.and_then(|id| self.rows.iter().position(|r| r.id == id)) {
            self.top = self.top.saturating_add(at).saturating_sub(self.selected);
            self.selected = at;
        }
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
    }

    /// Whether more rows should be fetched, since the chosen one is near the end of those known.
    pub fn wants_more(&self) -> bool {
        self.known && self.rows.len() < self.total && self.selected + PAGE / 4 >= self.rows.len()
    }

    /// Moves the choice; `page` is how many rows the pane shows. Gives whether it moved.
    pub fn go(&mut self, action: Action, count: usize, page: usize) -> bool {
        let before = self.selected;
        self.selected = selection::moved(before, action, count, page, self.rows.len());
        self.selected != before
    }

    /// Chooses the next unread row after the chosen one, from the top again after the last.
    pub fn go_unread(&mut self) -> bool {
        let after = self.selected + 1;
        let (ahead, behind) = (after..self.rows.len(), 0..after.min(self.rows.len()));
        let Some(next) = ahead.chain(behind).find(|&i| !self.rows[i].read) else {
            return false;
        };
        self.selected = next;
        true
    }

    /// Chooses the unread row before the chosen one, from the end again before the first.
    pub fn go_unread_back(&mut self) -> bool {
        let here = self.selected.min(self.rows.len());
        let (behind, ahead) = ((0..here).rev(), (here..self.rows.len()).rev());
        let Some(found) = behind.chain(ahead).find(|&i| !self.rows[i].read) else {
            return false;
        };
        self.selected = found;
        true
    }

    /// Scrolls so that the chosen row is among the `page` rows shown.
    pub fn keep_in_view(&mut self, page: usize) {
        self.top = selection::top(self.top, self.selected, page, self.rows.len());
    }

    /// Takes the row of `id` away.
    pub fn remove(&mut self, id: ArticleId) {
        let before = self.rows.len();
        self.rows.retain(|r| r.id != id);
        self.total = self.total.saturating_sub(before - self.rows.len());
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Clean;

    fn list(n: u64) -> List {
        let row = |i| Row {
            id: ArticleId(i),
            title: Clean::line("제목"),
            publisher: None,
            when: None,
            read: i % 2 == 0,
            scrapped: false,
            copies: 0,
            outlets: None,
        };
        List {
            rows: (0..n).map(row).collect(),
            total: n as usize,
            known: true,
            ..List::default()
        }
    }

    fn page(rows: Vec<Row>, total: usize, unread: usize) -> RowsPage {
        RowsPage {
            offset: 0,
            rows,
            total,
            unread,
        }
    }

    #[test]
    fn new_rows_above_do_not_move_the_choice() {
        let mut l = list(10);
        (l.selected, l.top) = (4, 2);
        let mut rows = list(10).rows;
        rows.insert(
            0,
            Row {
                id: ArticleId(99),
                ..rows[0].clone()
            },
        );
        l.take(page(rows, 11, 20));
        assert_eq!((l.row().unwrap().id, l.top), (ArticleId(4), 3));
        assert_eq!(l.unread(), 20, "those beyond the known count too");
        l.mark_all(true);
        assert_eq!(l.unread(), 0);
    }

    #[test]
    fn what_is_chosen_stays_in_a_list_of_what_it_no_longer_is() {
        let mut l = list(10);
        l.selected = 4;
        let rows: Vec<Row> = list(10)
            .rows
            .into_iter()
            .filter(|r| r.id != ArticleId(4))
            .collect();
        l.take(page(rows, 9, 5));
        assert_eq!(
            (l.row().unwrap().id, l.selected, l.total),
            (ArticleId(4), 4, 10)
        );
    }

    #[test]
    fn the_choice_stays_inside_whatever_is_asked() {
        let mut l = list(10);
        for (action, at) in [
            (Action::PageDown, 8),
            (Action::Down, 9),
            (Action::First, 0),
            (Action::Up, 0),
            (Action::Last, 9),
        ] {
            l.go(action, 5, 8);
            assert!(l.selected < 10, "{action:?} {at}");
        }
        let mut empty = list(0);
        assert!(!empty.go(Action::Last, 1, 8) && !empty.go_unread());
        empty.keep_in_view(0);
    }

    #[test]
    fn the_next_unread_is_found_around_the_end() {
        let mut l = list(4);
        l.selected = 3;
        assert!(l.go_unread());
        assert_eq!(l.selected, 1);
        assert!(l.go_unread_back());
        assert_eq!(l.selected, 3);
    }
}
