//! The threads that run the jobs of the program. Each job started gets exactly one answer, even if
//! its worker panics.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::cancel::Cancel;
use super::workers::Report;
use super::workers::library::LibraryWorker;
use super::workers::network::NetworkWorker;
use super::workers::speech::Voice;
use super::workers::stories::StoryWorker;
use crate::app::protocol::job::{Job, JobId, Outcome};
use crate::app::protocol::library::LibraryJob;
use crate::app::protocol::message::{JobEvent, Message, Progress};
use crate::app::protocol::network::NetworkJob;
use crate::app::protocol::picture::PictureJob;
use crate::app::protocol::speech::SpeechJob;
use crate::app::protocol::story::StoryJob;
use crate::app::protocol::table::WorkerJob;
use crate::app::{Cause, Failure};

/// Number of threads for network jobs, which take long.
const WORKERS: usize = 3;

/// Number of threads for pictures.
const PICTURE_WORKERS: usize = 2;

/// A job on its way to its worker.
struct Task<J> {
    id: JobId,
    job: J,
    /// Set when the answer is no longer needed.
    cancel: Cancel,
}

/// The event loop's inbox, where answers are sent.
#[derive(Clone)]
pub struct Answers(pub SyncSender<Message>);

impl Answers {
    /// Sends the answer to the job `id`. Waits where the inbox is full, so that no answer is lost.
    fn done(&self, id: JobId, outcome: Outcome) {
        // Fails only after the event loop has ended.
        let _ = self.0.send(Message::Job(id, JobEvent::Done(outcome)));
    }

    /// Reports the progress of the job `id`; dropped where the inbox is full.
    fn progress(&self, id: JobId, progress: Progress) {
        let _ = self
            .0
            .try_send(Message::Job(id, JobEvent::Progress(progress)));
    }

    /// Runs a task and sends its answer; a panic becomes a failure with [`Cause::Bug`].
    fn answer<J: WorkerJob>(&self, task: Task<J>, serve: impl FnOnce(J, &Cancel) -> J::Outcome)
    where
        Outcome: From<J::Outcome>,
    {
        let Task { id, job, cancel } = task;
        let again = job.clone();
        let outcome = catch_unwind(AssertUnwindSafe(|| serve(job, &cancel)))
            .unwrap_or_else(|panic| again.failed(bug(panic.as_ref())));
        self.done(id, outcome.into());
    }
}

/// The worker threads, and the jobs that they are running.
pub struct Executor {
    library: Sender<Task<LibraryJob>>,
    network: Sender<Task<NetworkJob>>,
    pictures: Sender<Task<PictureJob>>,
    stories: Sender<Task<StoryJob>>,
    speech: Sender<Task<SpeechJob>>,
    voice: Arc<Voice>,
    cancels: BTreeMap<JobId, Cancel>,
    /// Those jobs that change the library.
    writes: BTreeSet<JobId>,
}

impl Executor {
    /// Starts the threads.
    ///
    /// # Errors
    /// A thread can't be started.
    pub fn start_with(
        mut library: LibraryWorker,
        network: NetworkWorker,
        voice: Voice,
        answers: &Answers,
    ) -> io::Result<Self> {
        let (memory, issue_cache) = library.shared();
        let mut stories = StoryWorker::new(
            network.fetch.clone(),
            memory.clone(),
            issue_cache,
            network.window,
        );
        let network = Arc::new(NetworkWorker { memory, ..network });
        let voice = Arc::new(voice);
        let (library_tasks, story_tasks, speech_tasks) = (channel(), channel(), channel());
        work_alone("library", library_tasks.1, answers, move || {
            library.prepare();
            move |_, job, cancel| library.serve(job, cancel)
        })?;
        work_alone("stories", story_tasks.1, answers, move || {
            move |_, job, cancel| stories.serve(job, cancel)
        })?;
        let speaker = voice.clone();
        work_alone("speech", speech_tasks.1, answers, move || {
            move |_, job, cancel| speaker.serve(job, cancel)
        })?;
        let worker = network.clone();
        let network_tasks =
            work_together("network", WORKERS, answers, move |tell, job, cancel| {
                worker.serve(job, cancel, tell)
            })?;
        let pictures = work_together("picture", PICTURE_WORKERS, answers, {
            move |_, job, cancel| network.gallery.serve(job, cancel)
        })?;
        Ok(Self {
            library: library_tasks.0,
            network: network_tasks,
            pictures,
            stories: story_tasks.0,
            speech: speech_tasks.0,
            voice,
            cancels: BTreeMap::new(),
            writes: BTreeSet::new(),
        })
    }

    /// Sends a job to its worker.
    pub fn start(&mut self, id: JobId, job: Job) {
        let cancel = Cancel::new();
        self.cancels.insert(id, cancel.clone());
        if matches!(job, Job::Library(LibraryJob::Change(_))) {
            self.writes.insert(id);
        }
        // Sending can't fail: the threads live as long as this value.
        let _ = match job {
            Job::Library(job) => self.library.send(Task { id, job, cancel }).is_ok(),
            Job::Network(job) => self.network.send(Task { id, job, cancel }).is_ok(),
            Job::Story(job) => self.stories.send(Task { id, job, cancel }).is_ok(),
            Job::Picture(job) => self.pictures.send(Task { id, job, cancel }).is_ok(),
            Job::Speech(job) => self.speech.send(Task { id, job, cancel }).is_ok(),
        };
    }

    /// Asks a job to stop.
    pub fn cancel(&mut self, id: JobId) {
        if let Some(cancel) = self.cancels.get(&id) {
            cancel.cancel();
        }
    }

    /// Asks all jobs to stop, except those that change the library.
    pub fn cancel_all(&mut self) {
        for (_, cancel) in self
            .cancels
            .iter()
            .filter(|(id, _)| !self.writes.contains(id))
        {
            cancel.cancel();
        }
    }

    /// Stops reading aloud for good.
    pub fn close_voice(&self) {
        self.voice.close();
    }

    /// Removes a job from the running ones when its answer passes by.
    pub fn note(&mut self, message: &Message) {
        if let Message::Job(id, JobEvent::Done(_)) = message {
            self.cancels.remove(id);
            self.writes.remove(id);
        }
    }

    /// Whether changes are still being written.
    pub fn writing(&self) -> bool {
        !self.writes.is_empty()
    }
}

impl Drop for Executor {
    fn drop(&mut self) {
        self.close_voice();
    }
}

/// Starts a thread that makes its worker ready, and then runs tasks one after the other until the
/// executor is dropped.
fn work_alone<J: WorkerJob + Send + 'static, S>(
    name: &str,
    tasks: Receiver<Task<J>>,
    answers: &Answers,
    ready: impl FnOnce() -> S + Send + 'static,
) -> io::Result<()>
where
    S: FnMut(&mut Report<'_>, J, &Cancel) -> J::Outcome,
    Outcome: From<J::Outcome>,
{
    let answers = answers.clone();
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || {
            let mut serve = ready();
            for task in tasks {
                let id = task.id;
                let mut tell = |progress| answers.progress(id, progress);
                answers.answer(task, |job, cancel| serve(&mut tell, job, cancel));
            }
        })?;
    Ok(())
}

/// Starts a thread that takes tasks from a queue, and that starts another one like it once it has
/// got a task, up to `most`.
fn work_together<J: WorkerJob + Send + 'static>(
    name: &'static str,
    most: usize,
    answers: &Answers,
    serve: impl Fn(&mut Report<'_>, J, &Cancel) -> J::Outcome + Clone + Send + 'static,
) -> io::Result<Sender<Task<J>>>
where
    Outcome: From<J::Outcome>,
{
    let (sender, tasks) = channel();
    let tasks = Arc::new(Mutex::new(tasks));
    work_beside(name, most, tasks, answers.clone(), serve)?;
    Ok(sender)
}

/// Starts a thread that may have `most - 1` others beside it.
fn work_beside<J: WorkerJob + Send + 'static>(
    name: &'static str,
    most: usize,
    tasks: Arc<Mutex<Receiver<Task<J>>>>,
    answers: Answers,
    serve: impl Fn(&mut Report<'_>, J, &Cancel) -> J::Outcome + Clone + Send + 'static,
) -> io::Result<()>
where
    Outcome: From<J::Outcome>,
{
    let work = move || {
        let mut others = most - 1;
        loop {
            let next = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(task) = next else { return };
            if std::mem::take(&mut others) > 0 {
                let (tasks, answers, serve) = (tasks.clone(), answers.clone(), serve.clone());
                // If it can't be started, there are as many as the system bears.
                let _ = work_beside(name, most - 1, tasks, answers, serve);
            }
            let id = task.id;
            let mut tell = |progress| answers.progress(id, progress);
            answers.answer(task, |job, cancel| serve(&mut tell, job, cancel));
        }
    };
    thread::Builder::new()
        .name(format!("{name}-{most}"))
        .spawn(work)
        .map(drop)
}

fn bug(panic: &(dyn std::any::Any + Send)) -> Failure {
    let words = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Failure::new(Cause::Bug, words.unwrap_or("?"))
}
