//! Syncing with the reader's server: goes along with refreshes, beside them, so
//! that a server that is slow or out of reach holds up neither keys nor other feeds.

use super::env::Env;
use super::jobs::JobKind;
use super::protocol::failure::Failure;
use super::protocol::message::Progress;
use super::protocol::network::{NetworkJob, SyncOutcome};
use super::reply::Reply;

/// The sync under way.
#[derive(Clone, Debug, Default)]
pub struct ServerSync {
    /// Whether the sync under way came in its time, without the user's asking.
    automatic: bool,
    /// How many of the changes are sent.
    progress: Option<Progress>,
}

impl ServerSync {
    /// How far the sync under way is.
    pub fn progress(&self) -> Option<Progress> {
        self.progress
    }

    /// The sync under way has come that far.
    pub fn note_progress(&mut self, progress: Progress) {
        self.progress = Some(progress);
    }

    /// Whether a sync that the user asked for is under way with a server.
    pub(super) fn is_asked_for(&self, env: &Env<'_>) -> bool {
        !self.automatic && env.is_busy(JobKind::Sync)
    }

    /// Starts a sync with a refresh, where the settings ask for it. The server is asked for all
    /// that is new, whatever is refreshed: its protocols have no cheaper question.
    pub(super) fn start(&mut self, automatic: bool, env: &Env<'_>) -> Reply {
        let settings = &env.start.config.sync;
        if !settings.has_account || !settings.with_refresh || env.is_offline() {
            return Reply::none();
        }
        if env.is_busy(JobKind::Sync) {
            // What comes in its time is asked for now.
            self.automatic &= automatic;
            return Reply::none();
        }
        self.automatic = automatic;
        self.progress = None;
        Reply::none().start(JobKind::Sync, NetworkJob::Sync)
    }

    /// A sync ended. The second value is how many articles came; `None` without a server.
    pub(super) fn ended(
        &mut self,
        answer: Result<Option<SyncOutcome>, Failure>,
        env: &Env<'_>,
    ) -> (Reply, Option<usize>) {
        self.progress = None;
        let automatic = std::mem::take(&mut self.automatic);
        let synced = match answer {
            Ok(Some(synced)) => synced,
            Ok(None) => return (Reply::none(), None),
            Err(_) if automatic => return (Reply::none(), None),
            Err(failure) => return (Reply::none().fail(failure), None),
        };
        let SyncOutcome {
            new,
            changed,
            sent,
            refused,
        } = synced;
        let key = match (automatic, refused) {
            (true, _) if new == 0 => return (Reply::none(), Some(new)),
            (true, _) => "notice.arrived",
            (false, 0) => "notice.synced",
            (false, _) => "notice.synced-some",
        };
        let values = [
            ("new", new.to_string()),
            ("changed", changed.to_string()),
            ("sent", sent.to_string()),
            ("refused", refused.to_string()),
        ];
        let values = values.each_ref().map(|(name, n)| (*name, n.as_str()));
        (Reply::none().say(env.fill(key, &values)), Some(new))
    }
}
