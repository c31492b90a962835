//! Refreshes of the subscriptions: those that the user asks for and those that come in their time,
//! and what follows when articles came.

use jiff::{SignedDuration, Timestamp};

use super::Start;
use super::annotations::tasks;
use super::env::Env;
use super::folder_sync::start_exchange;
use super::geometry::Pane;
use super::jobs::JobKind;
use super::panes::list::List;
use super::panes::source_row::Target;
use super::panes::sources::Sources;
use super::protocol::effect::Effect;
use super::protocol::failure::{Cause, Failure};
use super::protocol::library::LibraryJob;
use super::protocol::message::Progress;
use super::protocol::network::{NetworkJob, RefreshReport, RefreshScope, SyncOutcome};
use super::protocol::rows::Collection;
use super::protocol::rules::{Alert, RuleReport};
use super::protocol::story::StoryJob;
use super::protocol::undo::Undo;
use super::reply::{Intent, ListIntent, Reply};
use super::server_sync::ServerSync;
use crate::news::Clean;

/// How long after its start the program asks what is due: the list is painted by then.
const FIRST: SignedDuration = SignedDuration::from_secs(2);

/// The refresh under way, and when the next one is due.
#[derive(Clone, Debug, Default)]
pub struct Refresher {
    /// Whether the refresh under way came in its time, without the user's asking.
    automatic: bool,
    /// When the next automatic refresh is due; `None` where there are none.
    next: Option<Timestamp>,
    /// How far the refresh under way is.
    progress: Option<Progress>,
    /// The sync that goes along.
    sync: ServerSync,
    /// Articles that arrived and are shown once the rules are applied to them.
    arrived: usize,
}

/// The instant `wait` from now, where there are automatic refreshes.
fn later(start: &Start, wait: SignedDuration) -> Option<Timestamp> {
    let network = &start.config.network;
    (network.refresh_every > 0 && !network.offline).then(|| start.now + wait)
}

/// When the automatic refresh after this one is due.
fn after_interval(start: &Start) -> Option<Timestamp> {
    let minutes = i64::from(start.config.network.refresh_every);
    later(start, SignedDuration::from_mins(minutes))
}

impl Refresher {
    /// The state at the program's start: what the command line names is not refreshed by itself.
    pub fn at_start(start: &Start) -> Self {
        let is_library = start.collection != Collection::Sources;
        Self {
            next: is_library.then(|| later(start, FIRST)).flatten(),
            ..Self::default()
        }
    }

    /// When the next automatic refresh is due.
    pub fn next(&self) -> Option<Timestamp> {
        self.next
    }

    /// Whether the refresh under way came without the user's asking.
    pub fn is_automatic(&self) -> bool {
        self.automatic
    }

    /// How far the refresh under way is.
    pub fn progress(&self) -> Option<Progress> {
        self.progress
    }

    /// The refresh under way has come that far.
    pub fn note_progress(&mut self, progress: Progress) {
        self.progress = Some(progress);
    }

    /// The sync that goes along.
    pub fn sync(&self) -> &ServerSync {
        &self.sync
    }

    /// The sync under way has come that far.
    pub fn note_sync_progress(&mut self, progress: Progress) {
        self.sync.note_progress(progress);
    }

    /// Starts an automatic refresh where its time has come.
    pub fn start_due(&mut self, env: &Env<'_>) -> Reply {
        if self.next.is_none_or(|at| at > env.start.now) || env.is_busy(JobKind::Refresh) {
            return Reply::none();
        }
        self.automatic = true;
        let sync = self.sync.start(true, env);
        Reply::none()
            .start(JobKind::Refresh, NetworkJob::Refresh(RefreshScope::Due))
            .and(sync)
    }

    /// Fetches the subscriptions of `scope`, as the user asked.
    pub fn start(&mut self, scope: RefreshScope, env: &Env<'_>) -> Reply {
        let exchange = start_exchange(env);
        if env.is_offline() {
            return exchange.fail(Failure::new(Cause::Offline, ""));
        }
        if env.is_busy(JobKind::Refresh) {
            return exchange;
        }
        self.automatic = false;
        let sync = self.sync.start(false, env);
        Reply::none()
            .start(JobKind::Refresh, NetworkJob::Refresh(scope))
            .and(sync)
            .and(exchange)
    }

    /// Stops the refresh under way; the next automatic one comes in its time.
    pub fn stop(&mut self, env: &Env<'_>) -> Reply {
        self.progress = None;
        self.automatic = false;
        self.next = after_interval(env.start);
        Reply::none()
            .cancel(JobKind::Refresh)
            .cancel(JobKind::Sync)
            .cancel(JobKind::Exchange)
    }

    /// A refresh ended.
    pub fn ended(&mut self, answer: Result<RefreshReport, Failure>, env: &Env<'_>) -> Reply {
        self.progress = None;
        self.next = after_interval(env.start);
        let automatic = std::mem::take(&mut self.automatic);
        let report = match answer {
            Ok(report) => report,
            Err(_) if automatic => return Reply::none(),
            Err(failure) => return Reply::none().fail(failure),
        };
        let said = Self::said(automatic, report, env);
        said.and(self.arrived(report.new, env))
    }

    /// What is said of a refresh that ended.
    fn said(automatic: bool, report: RefreshReport, env: &Env<'_>) -> Reply {
        let RefreshReport {
            new,
            feeds,
            failed,
            cut,
        } = report;
        if automatic && new == 0 {
            return Reply::none();
        }
        if (feeds, failed) == (0, 0) && is_synced(env) {
            // All subscriptions are the server's: the sync says what came.
            return Reply::none();
        }
        if (feeds, failed) == (0, 0) {
            return Reply::none().fail(Failure::new(Cause::NoFeeds, ""));
        }
        if !automatic && feeds == 0 {
            return Reply::none().fail(Failure::new(Cause::NothingFetched, ""));
        }
        let key = match (automatic, failed) {
            (true, _) => "notice.arrived",
            (false, 0) if cut > 0 => "notice.refreshed-cut",
            (false, 0) => "notice.refreshed",
            (false, _) => "notice.refreshed-some",
        };
        let values = [
            ("new", new.to_string()),
            ("feeds", feeds.to_string()),
            ("failed", failed.to_string()),
            ("cut", cut.to_string()),
        ];
        let values = values.each_ref().map(|(name, n)| (*name, n.as_str()));
        Reply::none().say(env.fill(key, &values))
    }

    /// Shows what arrived: where there are rules, once they are applied to it.
    fn arrived(&mut self, new: usize, env: &Env<'_>) -> Reply {
        if env.start.config.rules.is_empty() {
            return shown(new, env);
        }
        self.arrived += new;
        apply_rules()
    }

    /// The rules were applied to what arrived: shows it, tells what they did, and does what they
    /// ask for.
    pub fn rules_applied(&mut self, answer: Result<RuleReport, Failure>, env: &Env<'_>) -> Reply {
        let reply = shown(std::mem::take(&mut self.arrived), env);
        match answer {
            Ok(report) => reply.and(ruled(report, env)),
            Err(failure) => reply.fail(failure),
        }
    }

    /// The sync that went along ended.
    pub fn sync_ended(
        &mut self,
        answer: Result<Option<SyncOutcome>, Failure>,
        env: &Env<'_>,
    ) -> Reply {
        let (reply, new) = self.sync.ended(answer, env);
        match new {
            Some(new) => reply.and(self.arrived(new, env)),
            None => reply,
        }
    }
}

/// Whether refreshes go along with syncs.
fn is_synced(env: &Env<'_>) -> bool {
    let settings = &env.start.config.sync;
    settings.has_account && settings.with_refresh
}

/// Shows what came, and does what follows, where `new` articles came.
fn shown(new: usize, env: &Env<'_>) -> Reply {
    if new == 0 || !matches!(env.collection, Collection::Sample | Collection::Library) {
        return Reply::none();
    }
    Reply::none()
        .intent(Intent::ShowArrivals)
        .and(fetch_ahead(env))
        .and(group())
}

/// Applies the rules to what arrived.
fn apply_rules() -> Reply {
    Reply::none().start(JobKind::Rules, NetworkJob::ApplyRules)
}

/// Takes in what the rules did and what they ask for. One undo takes all of it back.
fn ruled(report: RuleReport, env: &Env<'_>) -> Reply {
    let mut reply = Reply::none();
    let changes = report.changes;
    if !changes.is_empty() {
        let n = report.articles.to_string();
        let scrapped = changes.scrapped.clone();
        reply = reply
            .say(env.fill("notice.ruled", &[("n", &n)]))
            .intent(Intent::Undoable(Undo::Ruled(Box::new(changes))))
            .intent(ListIntent::FetchRows)
            .intent(Intent::InvalidateSidebar);
        if !scrapped.is_empty() {
            reply = reply.and(tasks::complete(scrapped));
        }
    }
    for alert in report.alerts {
        reply = reply.effect(Effect::Alert(alert));
    }
    if report.more_alerts > 0 {
        let n = report.more_alerts.to_string();
        reply = reply.effect(Effect::Alert(Alert {
            title: Clean::line(&env.fill("notice.more-alerts", &[("n", &n)])),
            publisher: Clean::default(),
        }));
    }
    if !report.commands.is_empty() {
        reply = reply.start(JobKind::Desktop, NetworkJob::RunCommands(report.commands));
    }
    match report.failures.into_iter().next() {
        Some(failure) => reply.fail(failure),
        None => reply,
    }
}

/// What refreshing only what is selected means: the source, or the subscription that brought the
/// article.
pub fn selected_scope(sources: &Sources, list: &List, focus: Pane) -> RefreshScope {
    let filter = match sources.row().map(|row| &row.target) {
        Some(Target::List(listing)) if focus == Pane::Sources => &listing.filter,
        _ => &list.listing().filter,
    };
    match (filter.feed, &filter.folder, list.row()) {
        (Some(feed), ..) => RefreshScope::Feed(feed),
        (None, Some(folder), _) => RefreshScope::Folder(folder.clone()),
        (None, None, Some(row)) if list.collection() == Collection::Library => {
            RefreshScope::Of(row.id)
        }
        _ => RefreshScope::All,
    }
}

/// Fetches the pages of unread articles, while something else is read.
fn fetch_ahead(env: &Env<'_>) -> Reply {
    if !env.start.config.network.fetch_ahead {
        return fetch_later(env);
    }
    if env.is_offline() || env.is_busy(JobKind::FetchAhead) {
        return Reply::none();
    }
    Reply::none().start(JobKind::FetchAhead, NetworkJob::FetchAhead)
}

/// Fetches the pages of the read-later queue, also where those of other articles are not to be
/// fetched ahead.
pub fn fetch_later(env: &Env<'_>) -> Reply {
    if env.is_offline() {
        return Reply::none();
    }
    Reply::none().restart(JobKind::FetchLater, NetworkJob::FetchLater)
}

/// Finds out which of the articles that came tell one story, and which are copies.
pub fn group() -> Reply {
    Reply::none().restart(JobKind::Grouping, StoryJob::Group)
}

/// Takes in how many pages were fetched ahead. The article under the cursor of the list is loaded
/// again; one that is being read stays as it is until it is opened again.
pub fn fetched_ahead(answer: Result<usize, Failure>, env: &Env<'_>) -> Reply {
    match answer {
        Ok(n) if n > 0 => {
            let mut reply = Reply::none().intent(Intent::ForgetFirstLines).and(group());
            if !env.start.config.rules.is_empty() {
                reply = reply.and(apply_rules());
            }
            if env.focus == Pane::List {
                reply.intent(Intent::PreviewAgain)
            } else {
                reply
            }
        }
        // What could not be fetched ahead is fetched when it is opened, and reported then.
        _ => Reply::none(),
    }
}

/// Takes in whether grouping changed which articles tell one story. After a failure, the list keeps
/// its rows.
pub fn grouped(answer: Result<bool, Failure>, env: &Env<'_>) -> Reply {
    if !matches!(answer, Ok(true)) {
        return Reply::none();
    }
    let reply = Reply::none().intent(Intent::ForgetFirstLines);
    match env.collection {
        Collection::Library | Collection::Front | Collection::Issues => {
            reply.intent(ListIntent::FetchRows)
        }
        _ => reply,
    }
}

/// The library's file was written to: asks the library worker whether another program did that.
pub fn library_changed(env: &Env<'_>) -> Reply {
    if env.is_busy(JobKind::LibraryCheck) {
        return Reply::none();
    }
    Reply::none().start(JobKind::LibraryCheck, LibraryJob::CheckLibraryVersion)
}

/// Shows what other programs wrote; nothing jumps, and what is read stays.
pub fn library_checked(answer: Result<bool, Failure>, env: &Env<'_>) -> Reply {
    if !matches!(answer, Ok(true)) {
        return Reply::none();
    }
    let reply = Reply::none().intent(Intent::InvalidateSidebar);
    match env.collection {
        Collection::Library | Collection::Scraps => reply.intent(ListIntent::FetchRows),
        // Its issues are those that were grouped.
        Collection::Front => reply.intent(ListIntent::FetchRows).and(group()),
        _ => reply,
    }
}
