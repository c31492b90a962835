//! The sources pane: where to read from. Rows of one level below their headings and folders.
//!
//! # A further kind of row
//!
//! 1. What the rows are made of comes in [`SidebarData`], the answer to one job: add a field, and fill
//!    it in `runtime/workers/library/sidebar.rs`.
//! 2. Add a function to [`SECTIONS`] that makes rows of it. A row leads to a list
//!    ([`Target::List`]) or does an action ([`Target::Act`]); one that says what follows leads
//!    nowhere ([`Target::Heading`]).
//!
//! Drawing, choosing, counting and the mouse need nothing more.

use super::list::List;
use super::{navigation, selection};
use crate::app::annotations::scrap_views;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::protocol::change::Change;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::library::{LibraryJob, SidebarData};
use crate::app::protocol::rows::Collection;
use crate::app::protocol::undo::Undo;
use crate::app::update::popups;
use crate::app::update::{command, saved_queries};
use crate::app::{Failure, Model, update};
use crate::news::{Clean, FeedId, FeedRow, Filter, Query};

/// What a row leads to.
#[derive(Clone, Debug)]
pub enum Target {
    /// Nothing: it says what follows.
    Heading,
    /// This list.
    List(Box<List>),
    /// What this action does.
    Act(Action),
}

/// A query that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A saved search: its name and its query.
    Saved(Clean, Clean),
    /// A mute rule.
    Muted(Clean),
}

/// One row.
#[derive(Clone, Debug)]
pub struct SourceRow {
    /// Its name.
    pub title: String,
    /// How far it is moved in: a feed in its folder.
    pub depth: u16,
    /// What is counted in it: unread articles, scraps.
    pub count: Option<u64>,
    /// What went wrong when it was last asked, in a log's words.
    pub trouble: Option<Clean>,
    /// The subscription, where it is one.
    pub feed: Option<FeedId>,
    /// What else can be taken away with it.
    pub rule: Option<Rule>,
    /// What it leads to.
    pub target: Target,
}

impl SourceRow {
    fn new(title: &str, target: Target) -> Self {
        Self {
            title: title.to_owned(),
            depth: 0,
            count: None,
            trouble: None,
            feed: None,
            rule: None,
            target,
        }
    }

    /// A heading.
    pub fn heading(title: &str) -> Self {
        Self::new(title, Target::Heading)
    }

    /// A row that leads to `list`.
    pub fn list(title: &str, list: List) -> Self {
        Self::new(title, Target::List(Box::new(list)))
    }

    /// A row that does `action`.
    pub fn act(title: &str, action: Action) -> Self {
        Self::new(title, Target::Act(action))
    }

    fn counted(self, count: u64) -> Self {
        Self {
            count: Some(count),
            ..self
        }
    }

    /// Whether it leads somewhere.
    fn is_place(&self) -> bool {
        !matches!(self.target, Target::Heading)
    }

    /// Whether it leads to the list that is shown.
    pub fn leads_to(&self, list: &List) -> bool {
        matches!(&self.target, Target::List(own) if own.collection == list.collection && own.filter == list.filter && own.query == list.query)
    }
}

/// The pane.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The rows.
    pub rows: Vec<SourceRow>,
    /// The chosen one.
    pub selected: usize,
    /// The one at the top.
    pub top: usize,
    /// What they are made of, as it was last told.
    sidebar_data: SidebarData,
    /// What is known is older than the last change.
    stale: bool,
}

/// What makes the rows, from the top down.
const SECTIONS: &[fn(&Model) -> Vec<SourceRow>] =
    &[library, searches, scrap_views::rows, feeds, muted];

/// What is there without any subscription.
fn library(model: &Model) -> Vec<SourceRow> {
    let (counts, words) = (model.sources.sidebar_data.counts, &model.start.words);
    let row = |key: &'static str, list: List| SourceRow::list(words.get(key), list);
    let unread = List {
        filter: Filter {
            unread: true,
            ..Filter::default()
        },
        ..List::of(Collection::Library)
    };
    let mut rows = vec![
        row("source.unread", unread).counted(counts.unread),
        row("source.all", List::of(Collection::Library)),
        row("source.issues", List::of(Collection::Issues)),
        row("source.scraps", List::of(Collection::Scraps)).counted(counts.scraps),
    ];
    if model.start.collection == Collection::Sources {
        rows.insert(0, row("shelf.sources", List::of(Collection::Sources)));
    }
    if counts.articles == 0 {
        rows.push(row("source.sample", List::of(Collection::Sample)));
    }
    rows
}

/// The saved searches.
fn searches(model: &Model) -> Vec<SourceRow> {
    let (saved, words) = (&model.sources.sidebar_data.saved, &model.start.words);
    if saved.is_empty() {
        return Vec::new();
    }
    let now = model.start.now.to_zoned(model.start.zone.clone());
    let mut rows = vec![
        SourceRow::heading(""),
        SourceRow::heading(words.get("source.searches")),
    ];
    rows.extend(saved.iter().map(|s| {
        let matcher = Query::parse(&s.query, &now).ok();
        let list = List {
            query: s.query.to_string(),
            matcher,
            ..List::of(Collection::Library)
        };
        SourceRow {
            rule: Some(Rule::Saved(s.name.clone(), s.query.clone())),
            ..SourceRow::list(&s.name, list)
        }
    }));
    rows
}

/// The mute rules, and the way to one more.
fn muted(model: &Model) -> Vec<SourceRow> {
    let (sidebar_data, words) = (&model.sources.sidebar_data, &model.start.words);
    if sidebar_data.mutes.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![
        SourceRow::heading(""),
        SourceRow::heading(words.get("source.muted")),
    ];
    rows.extend(sidebar_data.mutes.iter().map(|rule| SourceRow {
        rule: Some(Rule::Muted(rule.clone())),
        ..SourceRow::act(rule, Action::Mute)
    }));
    rows
}

/// The subscriptions, those of a folder below its name.
fn feeds(model: &Model) -> Vec<SourceRow> {
    let (feeds, words) = (&model.sources.sidebar_data.feeds, &model.start.words);
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
        let name = if row.feed.title.is_blank() {
            &row.feed.url
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
                List {
                    filter,
                    ..List::of(Collection::Library)
                },
            )
        });
    }
    rows.push(SourceRow::act(words.get("source.outlets"), Action::Outlets));
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
    SourceRow::list(
        name,
        List {
            filter,
            ..List::of(Collection::Library)
        },
    )
    .counted(inside.map(|f| f.unread).sum())
}

impl Sources {
    /// Takes new rows; the chosen one stays chosen where it is still there.
    fn take(&mut self, rows: Vec<SourceRow>) {
        let name = |r: &SourceRow| (r.title.clone(), r.feed);
        let chosen = self.row().map(name);
        let again = chosen.and_then(|chosen| rows.iter().position(|r| name(r) == chosen));
        self.rows = rows;
        self.selected = again
            .unwrap_or(self.selected)
            .min(self.rows.len().saturating_sub(1));
        self.off_headings(true);
    }

    /// What the rows are made of.
    pub fn sidebar_data(&self) -> &SidebarData {
        &self.sidebar_data
    }

    /// Says that what is known is out of date: it is asked for again when it is next looked at.
    pub fn invalidate(&mut self) {
        self.stale = true;
    }

    /// The chosen row.
    pub fn row(&self) -> Option<&SourceRow> {
        self.rows.get(self.selected)
    }

    /// Moves the choice; `page` is how many rows the pane shows.
    pub fn go(&mut self, action: Action, count: usize, page: usize) {
        let before = self.selected;
        self.selected = selection::moved(before, action, count, page, self.rows.len());
        self.off_headings(self.selected >= before);
    }

    /// Chooses row `at`, if it is one that leads somewhere.
    pub fn choose(&mut self, at: usize) -> bool {
        let is_place = self.rows.get(at).is_some_and(SourceRow::is_place);
        if is_place {
            self.selected = at;
        }
        is_place
    }

    /// A heading can't be chosen: the next row can, or the one before.
    fn off_headings(&mut self, downwards: bool) {
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

    /// Scrolls so that the chosen row is among the `page` rows shown.
    pub fn keep_in_view(&mut self, page: usize) {
        self.top = selection::top(self.top, self.selected, page, self.rows.len());
    }
}

/// Gives the keys to the pane, on the row of the list that is shown; where it has them already,
/// back to the list.
pub fn toggle(model: &mut Model) -> Vec<Effect> {
    if model.focus == Pane::Sources {
        model.focus = Pane::List;
        return Vec::new();
    }
    enter(model)
}

/// Gives the keys to the pane, on the row of the list that is shown.
pub fn enter(model: &mut Model) -> Vec<Effect> {
    let effects = command::leave_article(model);
    model.focus = Pane::Sources;
    model.zen = false;
    if let Some(at) = model
        .sources
        .rows
        .iter()
        .position(|r| r.leads_to(&model.list))
    {
        model.sources.selected = at;
    }
    effects
}

/// Says what is wrong with the chosen feed, if anything is.
pub fn tell(model: &mut Model) {
    let told = model
        .sources
        .row()
        .and_then(|row| Some((row.trouble.clone()?, row.title.clone())));
    match told.map(|(trouble, title)| Failure::of_log(&trouble, &title)) {
        Some(Ok(failure)) => model.fail(&failure),
        Some(Err(words)) => model.say(words.to_string()),
        None => {}
    }
}

/// Makes the rows from what is known.
pub fn fill(model: &mut Model) {
    let rows = SECTIONS.iter().flat_map(|section| section(model)).collect();
    model.sources.take(rows);
}

/// Asks for the sidebar_data where they are shown and out of date.
pub fn ask(model: &mut Model) -> Vec<Effect> {
    if model.geometry().sources.is_some() {
        ask_anyway(model)
    } else {
        Vec::new()
    }
}

/// Asks for the sidebar_data where they are out of date.
pub fn ask_anyway(model: &mut Model) -> Vec<Effect> {
    if !model.sources.stale || model.jobs.is_busy(JobKind::Sidebar) {
        return Vec::new();
    }
    model.sources.stale = false;
    vec![model.jobs.start(JobKind::Sidebar, LibraryJob::Sidebar)]
}

/// The sidebar_data came.
pub fn came(model: &mut Model, answer: Result<Box<SidebarData>, Failure>) -> Vec<Effect> {
    match answer {
        Ok(sidebar_data) => {
            model.sources.sidebar_data = *sidebar_data;
            fill(model);
            popups::renew_palette(model);
        }
        Err(failure) => model.fail(&failure),
    }
    Vec::new()
}

/// Does what the chosen row is for.
pub fn open(model: &mut Model) -> Vec<Effect> {
    match model.sources.row().map(|r| r.target.clone()) {
        Some(Target::List(list)) => navigation::choose(model, *list),
        Some(Target::Act(action)) => update::act(model, action, 1),
        Some(Target::Heading) | None => Vec::new(),
    }
}

/// Unsubscribes from the chosen source.
pub fn remove(model: &mut Model) -> Vec<Effect> {
    let selected = model.sources.selected;
    match model.sources.row().and_then(|r| r.rule.clone()) {
        Some(Rule::Saved(name, query)) => return saved_queries::forget(model, &name, &query),
        Some(Rule::Muted(rule)) => return saved_queries::unmute(model, &rule),
        None => {}
    }
    let Some(feed) = model.sources.row().and_then(|r| r.feed) else {
        return Vec::new();
    };
    let title = model.sources.rows.remove(selected).title;
    model.sources.off_headings(true);
    model.undo.push(Undo::Unsubscribed(feed));
    model.say(
        model
            .start
            .words
            .fill("notice.unsubscribed", &[("title", &title)]),
    );
    vec![
        model
            .jobs
            .change(Change::Unsubscribe(feed), PendingChange::Other),
    ]
}
