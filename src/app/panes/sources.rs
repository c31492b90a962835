//! The sources pane: where to read from. Rows of one level below their headings and folders.
//!
//! # A further kind of row
//!
//! 1. What the rows are made of comes in [`SidebarData`], the answer to one job: add a field, and
//!    fill it in `runtime/workers/library/sidebar.rs`.
//! 2. Add a function to [`SECTIONS`] that makes rows of it. A row leads to a list
//!    ([`Target::List`]) or does an action ([`Target::Act`]); one that says what follows leads
//!    nowhere ([`Target::Heading`]).
//!
//! Drawing, selecting, counting and the mouse need no change.

use super::source_row::{Rule, SourceRow, Target};
use super::{scrap_views, selection};
use crate::app::input::action::Action;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::popups::dead_feeds;
use crate::app::protocol::change::Change;
use crate::app::protocol::library::{LibraryJob, SidebarData};
use crate::app::protocol::listing::Listing;
use crate::app::protocol::network::{FeedSettingsRequest, NetworkJob};
use crate::app::protocol::prefs::Purpose;
use crate::app::protocol::rows::Collection;
use crate::app::protocol::undo::Undo;
use crate::app::reply::{Intent, ListIntent, Reply};
use crate::app::{Env, Failure, Start};
use crate::config::FeedSettings;
use crate::news::address::feed_without_secrets;
use crate::news::{Clean, FeedId, FeedRow, Filter, Query};

/// The state of the pane.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    rows: Vec<SourceRow>,
    /// The index of the selected row.
    selected: usize,
    /// The index of the row at the top of the pane.
    top: usize,
    /// What the rows were made of.
    sidebar_data: SidebarData,
    /// Whether the library has changed since `sidebar_data` was asked for.
    stale: bool,
}

/// What makes the rows, from the top down.
const SECTIONS: &[fn(&SidebarData, &Start) -> Vec<SourceRow>] =
    &[library, searches, scrap_views::rows, feeds, muted];

/// The lists that exist without any subscription.
fn library(data: &SidebarData, start: &Start) -> Vec<SourceRow> {
    let (counts, words) = (data.counts, &start.words);
    let row = |key: &'static str, list: Listing| SourceRow::list(words.get(key), list);
    let unread = Listing::filtered(Filter {
        unread: true,
        ..Filter::default()
    });
    let mut rows = vec![
        row("source.front", Listing::of(Collection::Front)),
        row("source.unread", unread).counted(counts.unread),
        row("source.all", Listing::of(Collection::Library)),
        row("source.issues", Listing::of(Collection::Issues)),
        row("source.scraps", Listing::of(Collection::Scraps)).counted(counts.scraps),
    ];
    if counts.later > 0 {
        rows.push(row("source.later", Listing::later()).counted(counts.later));
    }
    if start.collection == Collection::Sources {
        rows.insert(0, row("shelf.sources", Listing::of(Collection::Sources)));
    }
    if counts.articles == 0 {
        rows.push(row("source.sample", Listing::of(Collection::Sample)));
    }
    rows
}

/// The saved searches.
fn searches(data: &SidebarData, start: &Start) -> Vec<SourceRow> {
    let (saved, words) = (&data.saved, &start.words);
    if saved.is_empty() {
        return Vec::new();
    }
    let now = start.now.to_zoned_datetime(start.zone.clone());
    let mut rows = vec![
        SourceRow::heading(""),
        SourceRow::heading(words.get("source.searches")),
    ];
    rows.extend(saved.iter().map(|s| {
        let matcher = Query::parse(&s.query, &now).ok();
        let list = Listing {
            query: s.query.to_string(),
            matcher,
            ..Listing::of(Collection::Library)
        };
        SourceRow {
            rule: Some(Rule::Saved(s.name.clone(), s.query.clone())),
            ..SourceRow::list(&s.name, list)
        }
    }));
    rows
}

/// The mute rules, and the way to one more.
fn muted(data: &SidebarData, start: &Start) -> Vec<SourceRow> {
    let words = &start.words;
    if data.mutes.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![
        SourceRow::heading(""),
        SourceRow::heading(words.get("source.muted")),
    ];
    rows.extend(data.mutes.iter().map(|rule| SourceRow {
        rule: Some(Rule::Muted(rule.clone())),
        ..SourceRow::act(rule, Action::Mute)
    }));
    rows
}

/// The subscriptions, those of a folder below its name.
fn feeds(data: &SidebarData, start: &Start) -> Vec<SourceRow> {
    let (feeds, words) = (&data.feeds, &start.words);
    let mut rows = vec![
        SourceRow::heading(""),
        SourceRow::heading(words.get("source.feeds")),
    ];
    let mut folder: Option<&Clean> = None;
    for row in feeds {
        let own = row.feed.folder.as_ref().filter(|f| !f.is_blank());
        if own != folder {
            folder = own;
            rows.extend(own.map(|name| folder_row(name, feeds)));
        }
        let filter = Filter {
            feed: Some(row.id),
            ..Filter::default()
        };
        let unnamed = Clean::line(&feed_without_secrets(&row.feed.url));
        let name = if row.feed.title.is_blank() {
            &unnamed
        } else {
            &row.feed.title
        };
        rows.push(SourceRow {
            depth: u16::from(own.is_some()),
            count: Some(row.unread),
            trouble: row.last_error.clone(),
            feed: Some(row.id),
            ..SourceRow::list(
                name,
                Listing {
                    order: start
                        .config
                        .feed_book
                        .of(&row.feed.url)
                        .and_then(|own| own.order),
                    ..Listing::filtered(filter)
                },
            )
        });
    }
    let dead = dead_feeds::count(feeds, start.now);
    if dead > 0 {
        let row = SourceRow::act(words.get("source.dead"), Action::DeadFeeds);
        rows.push(row.counted(dead));
    }
    rows.push(SourceRow::act(
        words.get("source.outlets"),
        Action::Publishers,
    ));
    rows.push(SourceRow::act(
        words.get("source.subscribe"),
        Action::Subscribe,
    ));
    rows
}

fn folder_row(name: &Clean, feeds: &[FeedRow]) -> SourceRow {
    let inside = feeds
        .iter()
        .filter(|f| f.feed.folder.as_ref() == Some(name));
    let filter = Filter {
        folder: Some(name.clone()),
        ..Filter::default()
    };
    SourceRow::list(name, Listing::filtered(filter)).counted(inside.map(|f| f.unread).sum())
}

impl Sources {
    /// The rows, from the top down.
    pub fn rows(&self) -> &[SourceRow] {
        &self.rows
    }

    /// The index of the selected row.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The index of the row at the top of the pane.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The selected row.
    pub fn row(&self) -> Option<&SourceRow> {
        self.rows.get(self.selected)
    }

    /// What the rows were made of.
    pub fn sidebar_data(&self) -> &SidebarData {
        &self.sidebar_data
    }

    /// Notes that the library has changed: the rows are asked for again when they are next shown.
    pub fn invalidate(&mut self) {
        self.stale = true;
    }

    /// Asks for new rows where the pane is shown and its rows are out of date.
    pub fn ask_if_shown(&mut self, env: &Env<'_>) -> Reply {
        if env.geometry.sources.is_some() {
            self.ask(env)
        } else {
            Reply::none()
        }
    }

    /// Asks for new rows where those known are out of date.
    pub fn ask(&mut self, env: &Env<'_>) -> Reply {
        if !self.stale || env.is_busy(JobKind::Sidebar) {
            return Reply::none();
        }
        self.stale = false;
        Reply::none().start(JobKind::Sidebar, LibraryJob::Sidebar)
    }

    /// Takes what the rows are made of.
    pub fn take(&mut self, data: SidebarData, start: &Start) {
        self.sidebar_data = data;
        self.make_rows(start);
    }

    /// Makes the rows from what is known. The selected row stays selected where it is still there.
    pub fn make_rows(&mut self, start: &Start) {
        let data = &self.sidebar_data;
        let rows: Vec<SourceRow> = SECTIONS.iter().flat_map(|make| make(data, start)).collect();
        let name = |r: &SourceRow| (r.title.clone(), r.feed);
        let before = self.row().map(name);
        let again = before.and_then(|before| rows.iter().position(|r| name(r) == before));
        self.rows = rows;
        self.selected = again
            .unwrap_or(self.selected)
            .min(self.rows.len().saturating_sub(1));
        self.skip_headings(true);
    }

    /// Moves the selection; `page` is how many rows the pane shows. Says why the feed that is
    /// selected then could not be fetched, if it could not.
    pub fn go(&mut self, action: Action, count: usize, page: usize) -> Reply {
        let before = self.selected;
        self.selected = selection::moved(before, action, count, page, self.rows.len());
        self.skip_headings(self.selected >= before);
        self.report_trouble()
    }

    fn report_trouble(&self) -> Reply {
        let trouble = self
            .row()
            .and_then(|row| Some((row.trouble.as_ref()?, &row.title)));
        match trouble.map(|(trouble, title)| Failure::of_log(trouble, title)) {
            Some(Ok(failure)) => Reply::none().fail(failure),
            Some(Err(words)) => Reply::none().say(words.to_string()),
            None => Reply::none(),
        }
    }

    /// Selects the row that leads to the list that is shown.
    pub fn select_listing(&mut self, shown: &Listing) {
        if let Some(at) = self.rows.iter().position(|row| row.leads_to(shown)) {
            self.selected = at;
        }
    }

    /// A click on line `line` of the pane: selects the row there, unless it is a heading, and opens
    /// it.
    pub fn click(&mut self, line: usize) -> Reply {
        let at = self.top + line;
        if !self.rows.get(at).is_some_and(SourceRow::is_place) {
            return Reply::none();
        }
        self.selected = at;
        self.open()
    }

    /// Moves the selection off a heading: to the next row that is none, or the one before.
    fn skip_headings(&mut self, downwards: bool) {
        let place = |at: &usize| self.rows.get(*at).is_some_and(SourceRow::is_place);
        let below = (self.selected..self.rows.len()).find(place);
        let above = (0..=self.selected).rev().find(place);
        let found = if downwards {
            below.or(above)
        } else {
            above.or(below)
        };
        self.selected = found.unwrap_or(0);
    }

    /// Scrolls so that the selected row is among the `page` rows shown.
    pub fn keep_in_view(&mut self, page: usize) {
        self.top = selection::top(self.top, self.selected, page, self.rows.len());
    }

    /// Does what the selected row is for.
    pub fn open(&self) -> Reply {
        match self.row().map(|r| &r.target) {
            Some(Target::List(listing)) => {
                Reply::none().intent(ListIntent::Choose(listing.as_ref().clone()))
            }
            Some(Target::Act(action)) => Reply::none().intent(Intent::Act(*action, 1)),
            Some(Target::Heading) | None => Reply::none(),
        }
    }

    /// The address of the selected subscription.
    fn selected_feed(&self) -> Option<&Clean> {
        let id = self.row()?.feed?;
        let row = self.sidebar_data.feeds.iter().find(|row| row.id == id)?;
        Some(&row.feed.url)
    }

    /// Asks for the settings of the selected subscription, with those that it has in the line.
    pub fn ask_settings(&self, env: &Env<'_>) -> Reply {
        let Some(url) = self.selected_feed() else {
            return Reply::none().say(env.text("notice.no-feed"));
        };
        let own = env.start.config.feed_book.of(url);
        let line = own.map(FeedSettings::line).unwrap_or_default();
        Reply::none().intent(Intent::Prompt(Purpose::FeedSettings, line))
    }

    /// Keeps the settings of the selected subscription that were typed. The prompt gives no wrong
    /// line.
    pub fn settings_typed(&self, text: &str) -> Reply {
        let (Some(url), Ok(settings)) = (self.selected_feed(), FeedSettings::parse_line(text))
        else {
            return Reply::none();
        };
        let url = url.clone();
        let request = FeedSettingsRequest { url, settings };
        Reply::none()
            .intent(Intent::FeedSettings(Box::new(request.clone())))
            .start(JobKind::Desktop, NetworkJob::KeepFeedSettings(request))
    }

    /// Puts the chosen subscription into the folder `name`, or out of its folder where that is
    /// `-` (the palette asks for words where there are none). Where a folder is chosen, this moves
    /// all in it: the folder is renamed, or joined with another.
    pub fn file_feeds(&self, name: &str, env: &Env<'_>) -> Reply {
        let folder =
            Some(Clean::line(name.trim())).filter(|name| !name.is_blank() && **name != *"-");
        let Some(row) = self.row() else {
            return Reply::none().say(env.text("notice.no-feed"));
        };
        let of = match &row.target {
            Target::List(listing) if row.feed.is_none() => listing.filter.folder.as_ref(),
            _ => None,
        };
        let feeds = self.sidebar_data.feeds.iter();
        let before: Vec<(FeedId, Option<Clean>)> = feeds
            .filter(|it| Some(it.id) == row.feed || (of.is_some() && it.feed.folder.as_ref() == of))
            .map(|it| (it.id, it.feed.folder.clone()))
            .collect();
        if before.is_empty() {
            return Reply::none().say(env.text("notice.no-feed"));
        }
        let after = before.iter().map(|(id, _)| (*id, folder.clone())).collect();
        let said = match &folder {
            Some(folder) => {
                let values = [("title", &*row.title), ("folder", &**folder)];
                env.fill("notice.filed", &values)
            }
            None => env.fill("notice.unfiled", &[("title", &row.title)]),
        };
        Reply::none()
            .intent(Intent::Undoable(Undo::FiledFeeds(before)))
            .say(said)
            .change(Change::FileFeeds(after), PendingChange::Other)
    }

    /// Ends the subscription, the saved search or the mute rule that the selected row stands for.
    pub fn remove(&mut self, env: &Env<'_>) -> Reply {
        let Some(row) = self.row() else {
            return Reply::none();
        };
        match (&row.rule, row.feed) {
            (Some(Rule::Saved(name, query)), _) => forget_search(name, query, env),
            (Some(Rule::Muted(rule)), _) => unmute(rule, env),
            (None, Some(feed)) => {
                let title = self.rows.remove(self.selected).title;
                self.skip_headings(true);
                Reply::none()
                    .intent(Intent::Undoable(Undo::Unsubscribed(feed)))
                    .say(env.fill("notice.unsubscribed", &[("title", &title)]))
                    .change(Change::Unsubscribe(feed), PendingChange::Other)
            }
            (None, None) => Reply::none(),
        }
    }
}

/// Deletes a saved search.
fn forget_search(name: &Clean, query: &Clean, env: &Env<'_>) -> Reply {
    Reply::none()
        .intent(Intent::Undoable(Undo::Forgotten(
            name.clone(),
            query.clone(),
        )))
        .say(env.fill("notice.forgotten", &[("name", name)]))
        .change(Change::ForgetSearch(name.clone()), PendingChange::Other)
}

/// Ends a mute rule.
fn unmute(rule: &Clean, env: &Env<'_>) -> Reply {
    let undo = Query::parse(rule, &env.now()).map(|query| Undo::Unmuted(rule.clone(), query));
    let reply = match undo {
        Ok(undo) => Reply::none().intent(Intent::Undoable(undo)),
        Err(_) => Reply::none(),
    };
    reply
        .say(env.fill("notice.unmuted", &[("query", rule)]))
        .change(Change::Unmute(rule.clone()), PendingChange::Undo)
}
