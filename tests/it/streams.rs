//! Anything that can happen, in any order: the program stays sound and can always be drawn.

use gisa::app::input::action::Action;
use gisa::app::input::key::{Key, KeyCode};
use gisa::app::protocol::library::LibraryJob;
use gisa::app::protocol::message::{Mouse, MouseKind, Progress};
use gisa::app::protocol::network::NetworkJob;
use gisa::app::protocol::network::NetworkOutcome;
use gisa::app::protocol::table::WorkerJob;
use gisa::app::update::act;
use gisa::app::{Cause, Collection, Failure, Job, JobEvent, Message, Screen};
use proptest::prelude::*;

use crate::support::pages;
use crate::support::screen::draw;
use crate::support::session::{Session, start};

/// One thing that happens.
#[derive(Clone, Debug)]
enum Step {
    /// To the program, as it is.
    Tell(Message),
    /// An action, whatever key it is on.
    Do(Action, usize),
    /// An open job is answered by the world.
    Answer(usize),
    /// An open job fails.
    Fail(usize, Cause),
    /// An answer that nobody waits for.
    Stray(u64),
}

fn key() -> impl Strategy<Value = Key> {
    let names = "j k g G Enter Esc q v v V V B s S u d J K n m A R + - 0 F ? < > z t o y b l h Tab S-Tab Space PgDn PgUp C-d C-u \
                 C-f C-b C-l C-z ㅓ ㅏ ㄴ ㅍ 1 5 9 Home End";
    let named: Vec<Key> = names
        .split_whitespace()
        .map(|k| k.parse().unwrap())
        .collect();
    prop_oneof![9 => prop::sample::select(named), 1 => any::<char>().prop_map(Key::char), 1 => (1_u8..13).prop_map(|n| Key::plain(KeyCode::F(n)))]
}

fn screen() -> impl Strategy<Value = Screen> {
    prop_oneof![
        (0_u16..30, 0_u16..12),
        (18_u16..100, 4_u16..30),
        (80_u16..260, 10_u16..70)
    ]
    .prop_map(|(width, height)| Screen { width, height })
}

fn mouse() -> impl Strategy<Value = Mouse> {
    use MouseKind::{Drag, Press, Release, WheelDown, WheelUp};
    let kinds = prop::sample::select(vec![Press, Press, Drag, Release, WheelDown, WheelUp]);
    (kinds, 0_u16..140, 0_u16..50).prop_map(|(kind, x, y)| Mouse { kind, x, y })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        10 => key().prop_map(|k| Step::Tell(Message::Key(k))),
        2 => screen().prop_map(|s| Step::Tell(Message::Resized(s))),
        2 => mouse().prop_map(|m| Step::Tell(Message::Mouse(m))),
        1 => any::<String>().prop_map(|s| Step::Tell(Message::Paste(s))),
        3 => (prop::sample::select(Action::ALL.to_vec()), 0_usize..12).prop_map(|(action, count)| Step::Do(action, count)),
        1 => Just(Step::Tell(Message::Stop)),
        1 => Just(Step::Tell(Message::Resumed)),
        7 => (0_usize..6).prop_map(Step::Answer),
        2 => ((0_usize..6), prop::sample::select(Cause::ALL)).prop_map(|(n, c)| Step::Fail(n, c)),
        1 => (0_u64..40).prop_map(Step::Stray),
    ]
}

fn happen(session: &mut Session, step: Step) {
    match step {
        Step::Tell(message) => drop(session.tell(message)),
        Step::Do(action, count) => {
            let effects = act(&mut session.model, action, count);
            session.note(&effects);
            // What follows from any change.
            session.tell(Message::Resumed);
        }
        Step::Answer(n) if !session.open.is_empty() => session.answer_at(n % session.open.len()),
        Step::Fail(n, cause) if !session.open.is_empty() => {
            let (id, job) = session.open.remove(n % session.open.len());
            let outcome = job.failed(Failure::new(cause, "가나"));
            session.tell(Message::Job(id, JobEvent::Done(outcome)));
        }
        Step::Stray(n) => {
            let id = gisa::app::protocol::job::JobId(n);
            if !session.open.iter().any(|(open, _)| *open == id) {
                session.tell(Message::Job(
                    id,
                    JobEvent::Done(NetworkOutcome::Browse(Ok(())).into()),
                ));
                session.tell(Message::Job(
                    id,
                    JobEvent::Progress(Progress {
                        done: n,
                        total: None,
                    }),
                ));
            }
        }
        Step::Answer(_) | Step::Fail(..) => {}
    }
}

/// What must hold at any time.
fn sound(session: &Session) -> Result<(), TestCaseError> {
    let (model, list) = (&session.model, session.model.list());
    prop_assert!(
        list.selected() < list.rows().len().max(1),
        "chosen {} of {}",
        list.selected(),
        list.rows().len()
    );
    // The front page scrolls by lines, of which a row has several.
    let by_rows = list.collection() != Collection::Front;
    prop_assert!(!by_rows || list.top() <= list.selected());
    prop_assert!(
        list.rows().len() <= list.total() || !list.is_known(),
        "{} of {}",
        list.rows().len(),
        list.total()
    );
    prop_assert!(
        model.keys().count().is_none_or(|n| n <= 9_999) && model.keys().pending().len() < 4
    );
    let live = |kind: fn(&Job) -> bool| session.live().filter(|job| kind(job)).count();
    prop_assert!(
        live(|j| matches!(j, Job::Library(LibraryJob::Rows(_)))) <= 1,
        "rows"
    );
    prop_assert!(
        live(|j| matches!(j, Job::Library(LibraryJob::Article(_)))) <= 1,
        "article"
    );
    prop_assert!(
        live(|j| matches!(j, Job::Network(NetworkJob::Summary(_)))) <= 1,
        "summary"
    );
    prop_assert!(
        live(|j| matches!(j, Job::Network(NetworkJob::ModelSummary(_)))) <= 1,
        "model"
    );
    prop_assert!(
        live(|j| matches!(j, Job::Network(NetworkJob::Refresh(_)))) <= 1,
        "refresh"
    );
    if let Some(sheet) = model.reader().sheet() {
        prop_assert!(sheet.top() <= sheet.layout().last());
        prop_assert_eq!(
            sheet.layout().measure(),
            &model.measure(),
            "the text is set to the measure in force"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_program_is_sound_and_can_be_drawn(
        first in screen(),
        collection in prop::sample::select(vec![Collection::Library, Collection::Sample, Collection::Sources]),
        steps in prop::collection::vec(step(), 1..80),
    ) {
        let mut start = start(first.width, first.height);
        start.collection = collection;
        start.config.summary.model.url = "http://127.0.0.1:1/v1".into();
        start.config.summary.model.model = "exa".into();
        let mut session = Session::cold(start, pages::edition());
        sound(&session)?;
        for (n, step) in steps.into_iter().enumerate() {
            happen(&mut session, step);
            sound(&session)?;
            if n % 4 == 0 {
                draw(&session.model);
            }
        }
        draw(&session.model);
        session.settle();
        sound(&session)?;
        let model = &session.model;
        prop_assert!(model.jobs().is_empty(), "every job was answered: {:?}", model.jobs());
        draw(model);
    }

    #[test]
    fn drawing_is_the_same_each_time(screen in screen(), keys in prop::collection::vec(key(), 0..12)) {
        let mut session = Session::new(screen.width, screen.height);
        for key in keys {
            session.tell(Message::Key(key));
        }
        prop_assert_eq!(draw(&session.model), draw(&session.model));
    }
}
