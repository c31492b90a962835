//! Syncing in the reader: it goes along with refreshes, and nothing waits for it.

use gisa::app::protocol::network::{NetworkJob, NetworkOutcome, RefreshReport, SyncOutcome};
use gisa::app::{Cause, Effect, Failure, Job, Message};

use crate::support::pages;
use crate::support::session::{Session, start};

fn with_account() -> Session {
    let mut start = start(120, 40);
    start.config.sync.has_account = true;
    let mut s = Session::cold(start, pages::edition());
    s.settle();
    s
}

fn is_sync(job: &Job) -> bool {
    matches!(job, Job::Network(NetworkJob::Sync))
}

fn is_refresh(job: &Job) -> bool {
    matches!(job, Job::Network(NetworkJob::Refresh(_)))
}

fn started(effects: &[Effect]) -> (usize, usize) {
    let count = |is: fn(&Job) -> bool| {
        let jobs = effects.iter();
        jobs.filter(|e| matches!(e, Effect::Start(_, job) if is(job)))
            .count()
    };
    (count(is_refresh), count(is_sync))
}

fn no_feeds() -> NetworkOutcome {
    NetworkOutcome::Refresh(Ok(RefreshReport::default()))
}

#[test]
fn a_refresh_syncs_too_and_no_key_waits_for_it() {
    let mut s = with_account();
    assert_eq!(started(&s.keys("R")), (1, 1));
    s.answer(is_refresh, no_feeds());
    assert_eq!(s.notice().1, "", "the sync says what came");
    // The server is silent: keys do what they do, and another refresh starts without another sync.
    let before = s.model.list().row().unwrap().id;
    s.keys("j");
    assert_ne!(s.model.list().row().unwrap().id, before);
    assert_eq!(started(&s.keys("R")), (1, 0));
    s.answer(is_refresh, no_feeds());
    let synced = SyncOutcome {
        new: 3,
        changed: 21,
        sent: 14,
        refused: 0,
    };
    s.answer(is_sync, NetworkOutcome::Sync(Ok(Some(synced))));
    let (is_failure, said) = s.notice();
    assert!(
        !is_failure && said.contains("21") && said.contains("14"),
        "{said}"
    );
    // Esc stops one that was asked for.
    s.keys("R");
    s.answer(is_refresh, no_feeds());
    assert!(matches!(s.keys("Esc")[..], [Effect::Cancel(_)]));
}

#[test]
fn a_failure_is_one_sentence_where_it_was_asked_for_and_none_where_it_was_not() {
    let mut s = with_account();
    let failure = || Failure::new(Cause::SyncDenied, "reader.example");
    s.keys("R");
    s.answer(is_refresh, no_feeds());
    s.answer(is_sync, NetworkOutcome::Sync(Err(failure())));
    let (is_failure, said) = s.notice();
    assert!(is_failure && said.contains("reader.example"), "{said}");
    let mut s = with_account();
    s.tell(Message::Clock(s.model.wake().unwrap()));
    assert_eq!(started(&s.tell(Message::Due)), (1, 1));
    s.answer(is_refresh, no_feeds());
    s.answer(is_sync, NetworkOutcome::Sync(Err(failure())));
    assert_eq!(s.notice().1, "");
}

#[test]
fn without_an_account_or_where_it_is_not_wanted_nothing_syncs() {
    let mut s = Session::new(120, 40);
    assert_eq!(started(&s.keys("R")), (1, 0));
    let mut start = start(120, 40);
    start.config.sync.has_account = true;
    start.config.sync.with_refresh = false;
    let mut s = Session::cold(start, pages::edition());
    s.settle();
    assert_eq!(started(&s.keys("R")), (1, 0));
}
