//! Laws of the program, whatever is done in between: nothing but asking for it takes a scrap away,
//! and what is taken back is as it was. Actions are drawn from the whole table, so a new one is
//! under these laws from its first day.

use gisa::app::protocol::change::Changed;
use gisa::app::protocol::library::{LibraryJob, LibraryOutcome};
use std::collections::{BTreeMap, BTreeSet};

use gisa::app::input::action::Action;
use gisa::app::update::act;
use gisa::app::{Change, Effect, Job, JobEvent, Message, Outcome, Screen};
use gisa::news::{Article, ArticleId, Scrap};
use proptest::prelude::*;

use crate::support::pages;
use crate::support::screen::draw;
use crate::support::session::{Session, start};

/// What the world holds that a change may touch.
#[derive(Clone, Debug, Default, PartialEq)]
struct Kept {
    scraps: BTreeMap<ArticleId, Scrap>,
    read: BTreeMap<ArticleId, bool>,
}

/// A run whose world remembers what is read and what is kept.
struct Law {
    session: Session,
    kept: Kept,
    /// Everything that the program asked to be kept.
    asked: Vec<Change>,
}

impl Law {
    fn new(screen: Screen) -> Self {
        let session = Session::cold(start(screen.width, screen.height), pages::edition());
        let mut law = Self {
            session,
            kept: Kept::default(),
            asked: Vec::new(),
        };
        law.settle();
        law
    }

    fn act(&mut self, action: Action, count: usize) {
        let effects = act(&mut self.session.model, action, count);
        for effect in effects {
            if let Effect::Start(id, job) = effect {
                self.session.open.push((id, job));
            }
        }
        // What follows from any change.
        self.session.tell(Message::Resumed);
    }

    /// Answers everything, with the marks that this world remembers.
    fn settle(&mut self) {
        for _ in 0..1_000 {
            if self.session.open.is_empty() {
                return;
            }
            let (id, job) = self.session.open.remove(0);
            let outcome = match job {
                Job::Library(LibraryJob::Change(change)) => self.change(change),
                job => {
                    let outcome = self.session.perform(job);
                    self.marked(outcome)
                }
            };
            self.session.tell(Message::Job(id, JobEvent::Done(outcome)));
        }
        panic!("the program asks without end");
    }

    fn change(&mut self, change: Change) -> Outcome {
        self.asked.push(change.clone());
        let marked = |before: Vec<(ArticleId, bool)>| {
            LibraryOutcome::Change(Ok(Changed::Marked(before))).into()
        };
        match &change {
            Change::Scrap(scrap) => drop(self.kept.scraps.insert(scrap.id(), (**scrap).clone())),
            Change::Unscrap(id) => drop(self.kept.scraps.remove(id)),
            Change::Read(ids, read) => {
                let before = ids
                    .iter()
                    .map(|id| (*id, self.kept.read.insert(*id, *read).unwrap_or(false)));
                return marked(before.filter(|(_, was)| was != read).collect());
            }
            Change::All(_, _, read) => {
                let all = ids(&pages::edition()).into_iter();
                let before = all.map(|id| (id, self.kept.read.insert(id, *read).unwrap_or(false)));
                return marked(before.filter(|(_, was)| was != read).collect());
            }
            Change::ReadAgain(before) => self.kept.read.extend(before.iter().copied()),
            _ => {}
        }
        self.session
            .perform(Job::Library(LibraryJob::Change(change)))
    }

    fn marked(&self, mut outcome: Outcome) -> Outcome {
        if let Outcome::Library(LibraryOutcome::Rows(Ok(page))) = &mut outcome {
            for row in &mut page.rows {
                row.read = self.kept.read.get(&row.id).copied().unwrap_or(false);
                row.scrapped = self.kept.scraps.contains_key(&row.id);
            }
        }
        outcome
    }

    /// What the world holds, unread articles being the same as articles that were never touched.
    fn state(&self) -> Kept {
        let mut kept = self.kept.clone();
        kept.read.retain(|_, read| *read);
        kept
    }
}

/// Actions that may take a scrap away, since that is what they are for.
const TAKING: [&str; 4] = ["scrap", "remove", "undo", "scrap-all"];
/// Actions that end or stop the program.
const ENDING: [&str; 2] = ["quit", "suspend"];

fn action(without: &'static [&'static str]) -> impl Strategy<Value = (Action, usize)> {
    let all: Vec<Action> = Action::ALL
        .iter()
        .copied()
        .filter(|a| !without.contains(&a.name()) && !ENDING.contains(&a.name()))
        .collect();
    (
        prop::sample::select(all),
        prop_oneof![8 => Just(1_usize), 1 => 0_usize..12],
    )
}

fn screen() -> impl Strategy<Value = Screen> {
    prop_oneof![(18_u16..60, 4_u16..20), (80_u16..200, 20_u16..60)]
        .prop_map(|(width, height)| Screen { width, height })
}

fn ids(articles: &[Article]) -> BTreeSet<ArticleId> {
    articles.iter().map(Article::id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_but_asking_for_it_takes_a_scrap_away(
        screen in screen(),
        first in 0_usize..4,
        steps in prop::collection::vec((action(&TAKING), any::<bool>()), 1..60),
    ) {
        let mut law = Law::new(screen);
        for _ in 0..first {
            law.act(Action::NextArticle, 1);
            law.settle();
        }
        law.act(Action::Open, 1);
        law.settle();
        law.act(Action::Scrap, 1);
        law.settle();
        let before = law.kept.scraps.clone();
        prop_assert_eq!(before.len(), 1);
        for ((action, count), settle) in steps {
            law.act(action, count);
            if settle {
                law.settle();
            }
        }
        law.settle();
        draw(&law.session.model);
        for id in before.keys() {
            prop_assert!(law.kept.scraps.contains_key(id), "{:?}", law.asked);
        }
        let known = ids(&pages::edition());
        prop_assert!(law.kept.scraps.keys().all(|id| known.contains(id)), "a scrap of nothing");
    }

    #[test]
    fn what_is_taken_back_is_as_it_was(
        screen in screen(),
        walk in prop::collection::vec(prop::sample::select(vec![Action::Down, Action::Up, Action::NextArticle, Action::Open, Action::Back]), 0..6),
        changes in prop::collection::vec(
            prop::sample::select(vec![Action::Scrap, Action::ToggleRead, Action::MarkAllRead, Action::Scrap]), 1..5,
        ),
    ) {
        let mut law = Law::new(screen);
        for step in walk {
            law.act(step, 1);
            law.settle();
        }
        let mut states = vec![law.state()];
        let mut depth = vec![law.session.model.undo().len()];
        for change in changes {
            law.act(change, 1);
            law.settle();
            states.push(law.state());
            depth.push(law.session.model.undo().len());
        }
        // Back through all of them, each to the state in which it was made.
        while let (Some(state), Some(was)) = (states.pop(), depth.pop()) {
            prop_assert_eq!(law.state(), state);
            let Some(before) = depth.last() else { break };
            if was > *before {
                law.act(Action::Undo, 1);
                law.settle();
            }
        }
    }
}
