//! The threads that do what the program asks for. Each start gets exactly one answer, a worker's
//! panic included.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use super::cancel::Cancel;
use super::workers::library::{LibraryWorker, Order};
use super::workers::network;
use super::workers::network::World;
use super::workers::speech::{Instead, Voice};
use super::workers::stories::StoryWorker;
use crate::app::protocol::jobs::JobId;
use crate::app::protocol::scrap_task::Errand;
use crate::app::{Cause, Collection, Failure, Job, JobEvent, Message, Outcome};
use crate::news::Clean;

/// Threads for work that takes long; the desk has one of its own.
const WORKERS: usize = 3;

/// Threads for pictures.
const PICTURE_WORKERS: usize = 2;

/// One piece of work.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its number.
    pub id: JobId,
    /// What to do.
    pub job: Job,
    /// Set when nobody waits any more.
    pub cancel: Cancel,
}

/// Where answers go.
#[derive(Clone)]
pub struct Answers(pub SyncSender<Message>);

impl Answers {
    /// The one answer to `id`. Waits where the inbox is full: an answer is never dropped.
    pub fn done(&self, id: JobId, answer: Result<Outcome, Failure>) {
        // Nobody listens any more only when the program has ended.
        let _ = self.0.send(Message::Job(id, JobEvent::Done(answer)));
    }

    /// How far `id` is. Dropped where the inbox is full.
    pub fn progress(&self, id: JobId, done: u64, total: Option<u64>) {
        let progress = crate::app::protocol::message::Progress { done, total };
        let _ = self
            .0
            .try_send(Message::Job(id, JobEvent::Progress(progress)));
    }
}

/// Which threads do a job.
#[derive(Clone, Copy)]
enum Lane {
    /// The one that owns collections and store.
    LibraryWorker,
    /// Those for what takes long.
    Hands,
    /// Those for pictures, so that no text waits behind them.
    Pictures,
    /// The one that holds articles against each other.
    News,
    /// The one that reads aloud.
    Speech,
}

impl Lane {
    fn of(job: &Job) -> Self {
        match job {
            Job::Say { .. } => Self::Speech,
            Job::Picture(_) => Self::Pictures,
            Job::Group
            | Job::Versions(_)
            | Job::Rows {
                collection: Collection::Issues,
                ..
            }
            | Job::FirstLines {
                collection: Collection::Issues,
                ..
            }
            | Job::Article {
                collection: Collection::Issues,
                ..
            } => Self::News,
            // What was named on the command line is gathered before it is listed.
            Job::Rows {
                collection: Collection::Sources,
                offset: 0,
                query: None,
                ..
            } => Self::Hands,
            Job::MostRead
            | Job::Rows { .. }
            | Job::Article { .. }
            | Job::Keep(_)
            | Job::Sidebar
            | Job::Tide
            | Job::Outlets
            | Job::Home { .. }
            | Job::Keeping(Errand::Scrap(_) | Errand::Labels) => Self::LibraryWorker,
            Job::Keeping(_)
            | Job::Summary { .. }
            | Job::ModelNews { .. }
            | Job::Refresh(_)
            | Job::FetchAhead
            | Job::FullText { .. }
            | Job::Subscribe(_)
            | Job::Try(_)
            | Job::Browse(_)
            | Job::View(_)
            | Job::Copy(_)
            | Job::Share(..)
            | Job::Page(_)
            | Job::FirstLines { .. } => Self::Hands,
        }
    }
}

/// The threads, and what they have in hand.
pub struct Executor {
    desk: Sender<Order>,
    hands: Sender<Task>,
    pictures: Sender<Task>,
    news: Sender<Task>,
    voice: Sender<Task>,
    mouth: Arc<Voice>,
    cancels: BTreeMap<JobId, Cancel>,
    writes: BTreeSet<JobId>,
}

impl Executor {
    /// Starts the threads.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start_with(
        desk: LibraryWorker,
        world: World,
        mouth: Voice,
        answers: &Answers,
    ) -> std::io::Result<Self> {
        let (memory, issue_cache) = desk.shared();
        let stories = StoryWorker::new(
            world.fetch.clone(),
            memory.clone(),
            issue_cache,
            world.window,
        );
        let (desk_orders, orders) = channel();
        let (hands, tasks) = channel();
        let tasks = Arc::new(Mutex::new(tasks));
        let world = Arc::new(World { memory, ..world });
        let desk_answers = answers.clone();
        thread::Builder::new()
            .name("desk".into())
            .spawn(move || serve(desk, &orders, &desk_answers))?;
        for hand in 0..WORKERS {
            let (tasks, world, answers, desk) = (
                tasks.clone(),
                world.clone(),
                answers.clone(),
                desk_orders.clone(),
            );
            thread::Builder::new()
                .name(format!("work-{hand}"))
                .spawn(move || labour(&tasks, &world, &answers, &desk))?;
        }
        let (pictures, wanted) = channel();
        let wanted = Arc::new(Mutex::new(wanted));
        for eye in 0..PICTURE_WORKERS {
            let (tasks, world, answers, desk) = (
                wanted.clone(),
                world.clone(),
                answers.clone(),
                desk_orders.clone(),
            );
            thread::Builder::new()
                .name(format!("picture-{eye}"))
                .spawn(move || labour(&tasks, &world, &answers, &desk))?;
        }
        let (news, questions) = channel();
        let news_answers = answers.clone();
        thread::Builder::new()
            .name("stories".into())
            .spawn(move || hold_together(stories, &questions, &news_answers))?;
        let (voice, sentences) = channel();
        let mouth = Arc::new(mouth);
        let (speaker, voice_answers) = (mouth.clone(), answers.clone());
        thread::Builder::new()
            .name("voice".into())
            .spawn(move || read_aloud(&speaker, &sentences, &voice_answers))?;
        let (cancels, writes) = (BTreeMap::new(), BTreeSet::new());
        Ok(Self {
            desk: desk_orders,
            hands,
            pictures,
            news,
            voice,
            mouth,
            cancels,
            writes,
        })
    }

    /// Puts a job where it belongs.
    pub fn start(&mut self, id: JobId, job: Job) {
        let cancel = Cancel::new();
        self.cancels.insert(id, cancel.clone());
        if matches!(job, Job::Keep(_)) {
            self.writes.insert(id);
        }
        let lane = Lane::of(&job);
        let task = Task { id, job, cancel };
        // All threads live as long as this value.
        let _ = match lane {
            Lane::LibraryWorker => self.desk.send(Order::Task(task)).is_ok(),
            Lane::Hands => self.hands.send(task).is_ok(),
            Lane::Pictures => self.pictures.send(task).is_ok(),
            Lane::News => self.news.send(task).is_ok(),
            Lane::Speech => self.voice.send(task).is_ok(),
        };
    }

    /// Asks a job to stop.
    pub fn cancel(&mut self, id: JobId) {
        if let Some(cancel) = self.cancels.get(&id) {
            cancel.cancel();
        }
    }

    /// Asks everything but writes to stop.
    pub fn cancel_all(&mut self) {
        for (_, cancel) in self
            .cancels
            .iter()
            .filter(|(id, _)| !self.writes.contains(id))
        {
            cancel.cancel();
        }
    }

    /// Ends the voice for good.
    pub fn hush(&self) {
        self.mouth.close();
    }

    /// Notes an answer that went by.
    pub fn note(&mut self, message: &Message) {
        if let Message::Job(id, JobEvent::Done(_)) = message {
            self.cancels.remove(id);
            self.writes.remove(id);
        }
    }

    /// Whether changes are on their way to the disk.
    pub fn writing(&self) -> bool {
        !self.writes.is_empty()
    }
}

impl Drop for Executor {
    fn drop(&mut self) {
        self.hush();
    }
}

/// The voice's thread: a sentence may take as long as all other work.
fn read_aloud(mouth: &Voice, sentences: &Receiver<Task>, answers: &Answers) {
    for task in sentences {
        let Job::Say { words, rate } = &task.job else {
            continue;
        };
        let said = caught(|| match mouth.say(words, *rate, &task.cancel) {
            Ok(None) => Ok(Outcome::Said),
            Ok(Some(Instead { failed, voice })) => Ok(Outcome::SaidInstead(
                Clean::line(&failed),
                Clean::line(&voice),
            )),
            Err(error) => Err(Failure::from(&error)),
        });
        answers.done(task.id, said);
    }
}

/// The stories's thread.
fn hold_together(mut stories: StoryWorker, questions: &Receiver<Task>, answers: &Answers) {
    for task in questions {
        let answer = caught(|| stories.serve(task.job, &task.cancel));
        answers.done(task.id, answer);
    }
}

/// The desk's thread.
fn serve(mut desk: LibraryWorker, orders: &Receiver<Order>, answers: &Answers) {
    for order in orders {
        let id = order.id();
        let answer = caught(|| desk.serve(order));
        answers.done(id, answer);
    }
}

/// A working thread.
fn labour(tasks: &Mutex<Receiver<Task>>, world: &World, answers: &Answers, desk: &Sender<Order>) {
    loop {
        let next = match tasks.lock() {
            Ok(tasks) => tasks.recv(),
            Err(poisoned) => poisoned.into_inner().recv(),
        };
        let Ok(task) = next else { return };
        let id = task.id;
        if let Some(answer) = caught_some(|| network::perform(task, world, answers, desk)) {
            answers.done(id, answer);
        }
    }
}

fn caught(work: impl FnOnce() -> Result<Outcome, Failure>) -> Result<Outcome, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(bug(panic.as_ref())))
}

/// As [`caught`], for work whose answer somebody else may give.
fn caught_some(
    work: impl FnOnce() -> Option<Result<Outcome, Failure>>,
) -> Option<Result<Outcome, Failure>> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Some(Err(bug(panic.as_ref()))))
}

fn bug(panic: &(dyn std::any::Any + Send)) -> Failure {
    let words = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Failure::new(Cause::Bug, words.unwrap_or("?"))
}
