//! The list pane: rows of a collection, and which one is chosen.
//!
//! * [`fetching`] – which rows are asked for, and what follows when they come
//! * [`bulk`] – what is done to all that the list shows: marks, scraps, searches, mute rules, order
//! * [`stack`] – the lists below the one that is shown
//! * [`front`] – where the rows of the front page stand
//! * [`first_lines`] – the first line of the short news of the rows in view

pub mod bulk;
pub mod fetching;
pub mod first_lines;
pub mod front;
pub mod stack;

use std::collections::BTreeMap;

use super::selection;
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::jobs::PendingChange;
use crate::app::protocol::change::Change;
use crate::app::protocol::listing::Listing;
use crate::app::protocol::rows::{Collection, Row, RowsPage};
use crate::app::reply::{Intent, Reply};
use crate::news::{ArticleId, Clean};

/// Rows fetched at once.
pub const PAGE: usize = 500;
/// Rows that a search shows at most.
pub const MOST_FOUND: usize = 2_000;

/// The state of the pane.
#[derive(Clone, Debug, Default)]
pub struct List {
    listing: Listing,
    /// The rows known so far, from the first on.
    rows: Vec<Row>,
    /// How many rows there are, those included that are not known yet.
    total: usize,
    /// How many of the rows that are not known yet are unread.
    beyond: usize,
    /// The index of the selected row.
    selected: usize,
    /// The index of the row at the top of the pane; on the front page, the line.
    top: usize,
    /// Whether the first answer has come.
    known: bool,
}

impl List {
    /// A list of all of a collection, without its rows.
    pub fn of(collection: Collection) -> Self {
        Self::showing(Listing::of(collection))
    }

    /// A list that shows this, without its rows.
    pub fn showing(listing: Listing) -> Self {
        Self {
            listing,
            ..Self::default()
        }
    }

    /// What it shows.
    pub fn listing(&self) -> &Listing {
        &self.listing
    }

    /// Where its rows come from.
    pub fn collection(&self) -> Collection {
        self.listing.collection
    }

    /// The query that filters the rows, as typed; empty for all.
    pub fn query(&self) -> &str {
        &self.listing.query
    }

    /// The rows known so far, from the first on.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// How many rows there are, those included that are not known yet.
    pub fn total(&self) -> usize {
        self.total
    }

    /// The index of the selected row.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The index of the row at the top of the pane.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The index of the row at the top of a pane that shows `page` rows, the selected one among
    /// them.
    pub fn top_in(&self, page: usize) -> usize {
        selection::top(self.top, self.selected, page, self.rows.len())
    }

    /// Whether the first answer has come.
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// Forgets the rows, which are to be fetched, and goes to the first.
    pub fn clear(&mut self) {
        (self.selected, self.top) = (0, 0);
        self.rows.clear();
    }

    /// Selects row `at`; gives whether there is one.
    pub fn select(&mut self, at: usize) -> bool {
        let is_there = at < self.rows.len();
        if is_there {
            self.selected = at;
        }
        is_there
    }

    /// Selects the row of this article; gives whether there is one.
    pub fn select_article(&mut self, id: ArticleId) -> bool {
        let at = self.rows.iter().position(|r| r.id == id);
        at.is_some_and(|at| self.select(at))
    }

    /// Whether the list shows this article as a scrap.
    pub fn is_scrapped(&self, id: ArticleId) -> bool {
        self.rows.iter().any(|r| r.id == id && r.scrapped)
    }

    /// The chosen row.
    pub fn row(&self) -> Option<&Row> {
        self.rows.get(self.selected)
    }

    /// Sets the scrap mark of an article, where the list shows it.
    pub fn set_scrapped(&mut self, id: ArticleId, scrapped: bool) {
        for row in self.rows.iter_mut().filter(|r| r.id == id) {
            row.scrapped = scrapped;
            if !scrapped {
                row.tags.clear();
            }
        }
    }

    /// Sets the labels of an article, where the list shows it.
    pub fn set_labels(&mut self, id: ArticleId, labels: &[Clean]) {
        for row in self.rows.iter_mut().filter(|r| r.id == id) {
            row.tags = labels.to_vec();
        }
    }

    /// Sets whether an article is in the read-later queue, where the list shows it.
    pub fn set_later(&mut self, id: ArticleId, later: bool) {
        for row in self.rows.iter_mut().filter(|r| r.id == id) {
            row.later = later;
        }
    }

    /// Marks an article as read that is being read.
    pub fn mark_opened(&mut self, id: ArticleId) -> Reply {
        let row = self.rows.iter_mut().find(|r| r.id == id && !r.is_issue());
        mark_read(row, PendingChange::Quiet)
    }

    /// Marks the selected row as read.
    pub fn mark_selected_read(&mut self) -> Reply {
        let row = self.rows.get_mut(self.selected).filter(|r| !r.is_issue());
        mark_read(row, PendingChange::Other)
    }

    /// Marks the selected row as read, or as unread where it was read.
    pub fn toggle_read(&mut self) -> Reply {
        let Some(row) = self.rows.get_mut(self.selected) else {
            return Reply::none();
        };
        row.read = !row.read;
        let change = Change::Read(vec![row.id], row.read);
        Reply::none().change(change, PendingChange::Other)
    }

    /// Gives these articles back the read marks that they had.
    pub fn restore_marks(&mut self, before: &[(ArticleId, bool)]) {
        let before: BTreeMap<ArticleId, bool> = before.iter().copied().collect();
        for row in &mut self.rows {
            row.read = before.get(&row.id).copied().unwrap_or(row.read);
        }
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

    /// Takes rows that came. The selected article stays selected, wherever its row is now, and
    /// stays in the list even where it no longer belongs there: what is being read does not go
    /// away.
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
            .listing
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

    /// Goes to the next article, or to the one before, and says so where there is none.
    pub fn step(&mut self, action: Action, count: usize, env: &Env<'_>) -> Reply {
        if self.go(action, count, env.list_page) {
            return Reply::none().intent(Intent::Preview);
        }
        let end = if action == Action::Down {
            "notice.last"
        } else {
            "notice.first"
        };
        Reply::none().say(env.text(end))
    }

    /// Goes to the next unread article, or to the one before, and says so where all are read.
    pub fn step_unread(&mut self, action: Action, env: &Env<'_>) -> Reply {
        let found = match action {
            Action::PreviousUnread => self.go_unread_back(),
            _ => self.go_unread(),
        };
        if found {
            Reply::none().intent(Intent::Preview)
        } else {
            Reply::none().say(env.text("notice.all-read"))
        }
    }

    /// A click on line `line` of the pane selects the row there; a second one opens it.
    pub fn click(&mut self, line: usize, env: &Env<'_>) -> Reply {
        let height = env.start.row_height();
        let shown = env.geometry.list.map_or(0, |area| area.height) / height;
        let row = self.top_in(usize::from(shown)) + line / usize::from(height);
        self.click_row(row, env)
    }

    /// A click on a row selects it; a second one opens it.
    fn click_row(&mut self, row: usize, env: &Env<'_>) -> Reply {
        let is_again = env.focus == Pane::List && self.selected == row;
        if !self.select(row) {
            return Reply::none();
        }
        let reply = Reply::none().intent(Intent::Focus(Pane::List));
        reply.intent(if is_again {
            Intent::Act(Action::Open, 1)
        } else {
            Intent::Preview
        })
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
        self.top = self.top_in(page);
    }

    /// Takes the row of `id` away.
    pub fn remove(&mut self, id: ArticleId) {
        let before = self.rows.len();
        self.rows.retain(|r| r.id != id);
        self.total = self.total.saturating_sub(before - self.rows.len());
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
    }
}

/// Marks a row as read, where it is not.
fn mark_read(row: Option<&mut Row>, pending: PendingChange) -> Reply {
    let Some(row) = row.filter(|row| !row.read) else {
        return Reply::none();
    };
    row.read = true;
    Reply::none().change(Change::Read(vec![row.id], true), pending)
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
            revisions: 0,
            tags: Vec::new(),
            later: false,
            publishers: None,
            section: None,
            topic: None,
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
