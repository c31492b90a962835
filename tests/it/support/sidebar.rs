//! A run with four subscriptions and the sources pane in view.

use gisa::app::Job;
use gisa::app::Outcome;
use gisa::app::Start;
use gisa::app::protocol::library::LibraryJob;
use gisa::app::protocol::library::LibraryOutcome;
use gisa::app::protocol::library::SidebarData;
use gisa::news::Clean;
use gisa::news::Counts;
use gisa::news::Feed;
use gisa::news::FeedId;
use gisa::news::FeedRow;

use crate::support::pages;
use crate::support::session::Session;
use crate::support::session::start;

pub(crate) fn feed(id: i64, title: &str, folder: Option<&str>, unread: u64) -> FeedRow {
    let url = Clean::line(&format!("https://feeds.example/{id}.xml"));
    FeedRow {
        id: FeedId(id),
        feed: Feed {
            url,
            title: Clean::line(title),
            folder: folder.map(Clean::line),
            ..Feed::default()
        },
        articles: 40,
        unread,
        last_ok: None,
        last_error: (id == 3).then(|| Clean::line("busy: feeds.example answered 429")),
        failures: u32::from(id == 3),
        due: "2026-11-20T12:00:00+09:00".parse().unwrap(),
        newest: None,
    }
}

/// The contents of the sources pane, as changed by `change`.
pub(crate) fn sidebar_outcome(change: impl Fn(&mut SidebarData)) -> Outcome {
    let feeds = vec![
        feed(1, "가람일보", None, 12),
        feed(2, "하루경제", Some("경제"), 30),
        feed(3, "", Some("경제"), 1),
        feed(4, "오솔골신문", Some("마을"), 0),
    ];
    let counts = Counts {
        articles: 160,
        unread: 43,
        scraps: 2,
        later: 0,
        muted: 0,
    };
    let mut data = SidebarData {
        feeds,
        counts,
        ..SidebarData::default()
    };
    change(&mut data);
    LibraryOutcome::Sidebar(Ok(Box::new(data))).into()
}

/// A run with four subscriptions and the sources in view.
pub(crate) fn subscribed(width: u16, height: u16) -> Session {
    subscribed_to(width, height, |_| {})
}

/// The same, with what the sources pane shows changed by `change`.
pub(crate) fn subscribed_to(width: u16, height: u16, change: impl Fn(&mut SidebarData)) -> Session {
    subscribed_from(start(width, height), change)
}

/// The same from any start.
pub(crate) fn subscribed_from(start: Start, change: impl Fn(&mut SidebarData)) -> Session {
    let mut s = Session::cold(start, pages::edition());
    // Where the sources are in view from the start, they are asked for at once.
    answer_sidebar(&mut s, &change);
    s.settle();
    s.keys("L");
    answer_sidebar(&mut s, &change);
    s
}

/// Answers what asks for the contents of the sources pane, where something does.
pub(crate) fn answer_sidebar(s: &mut Session, change: impl Fn(&mut SidebarData)) {
    let is_sidebar = |job: &Job| *job == Job::Library(LibraryJob::Sidebar);
    if s.open.iter().any(|(_, job)| is_sidebar(job)) {
        s.answer(is_sidebar, sidebar_outcome(change));
    }
}
