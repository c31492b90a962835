//! Exchanges with the user's other machines that the user asks for; those that come by themselves
//! are the runtime's, since nothing on the screen depends on them.

use super::env::Env;
use super::jobs::JobKind;
use super::protocol::failure::{Cause, Failure};
use super::protocol::network::{ExchangeOutcome, NetworkJob};
use super::reply::Reply;

/// Starts an exchange with a refresh, where a folder is set. It needs no network.
pub(super) fn start_exchange(env: &Env<'_>) -> Reply {
    let settings = &env.start.config.sync;
    let is_set = !settings.folder.trim().is_empty() && settings.with_refresh;
    if !is_set || env.is_busy(JobKind::Exchange) {
        return Reply::none();
    }
    Reply::none().start(JobKind::Exchange, NetworkJob::Exchange)
}

/// An exchange ended.
pub(super) fn exchanged(answer: Result<Option<ExchangeOutcome>, Failure>, env: &Env<'_>) -> Reply {
    let done = match answer {
        Ok(Some(done)) => done,
        Ok(None) => return Reply::none(),
        Err(failure) if failure.cause == Cause::Cancelled => return Reply::none(),
        Err(failure) => return Reply::none().fail(failure),
    };
    let ExchangeOutcome {
        changed,
        sent,
        unread,
    } = done;
    if let Some(file) = unread {
        return Reply::none().fail(Failure::new(Cause::SyncJournal, &file));
    }
    if (changed, sent) == (0, 0) {
        return Reply::none();
    }
    let values = [("changed", changed.to_string()), ("sent", sent.to_string())];
    let values = values.each_ref().map(|(name, n)| (*name, n.as_str()));
    Reply::none().say(env.fill("notice.exchanged", &values))
}
