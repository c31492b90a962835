//! The event loop: handles all messages that have arrived, draws once, starts what was asked for,
//! and sleeps until the next message.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::executor::Executor;
use super::preview_delay::PreviewDelay;
use super::system::program;
use super::terminal::Tty;
use super::terminal::detection::is_over_ssh;
use crate::app::protocol::library::LibraryJob;
use crate::app::{Effect, Job, JobKind, Message, Model, update};

/// Most messages handled before a frame is drawn.
const BURST: usize = 256;
/// How long the first frame waits for its rows.
const FIRST_ROWS: Duration = Duration::from_millis(60);
/// How long a frame waits for the article of the selected row. The library usually provides it in a
/// tenth of that.
const ARTICLE: Duration = Duration::from_millis(4);
/// How long the end of the program waits for changes to be written; longer than a writer waits for
/// another process's lock.
const LAST_WRITES: Duration = Duration::from_secs(10);

/// How long the end of the program waits for programs of the settings that were cancelled to be
/// ended, which takes a few hundredths of a second.
const LAST_PROGRAMS: Duration = Duration::from_secs(2);

/// Runs until the reader quits, or the terminal is gone; then waits for what is being written.
/// Tells `drawing` when the first frame is drawn.
///
/// # Errors
/// The terminal is gone.
pub fn run(
    (tty, model, executor): (&mut Tty, &mut Model, &mut Executor),
    inbox: &Receiver<Message>,
    first: Vec<Effect>,
    drawing: Sender<()>,
) -> io::Result<()> {
    let mut effects = VecDeque::from(first);
    let program = (tty, &mut *model, &mut *executor);
    let ended = until_quit(program, inbox, &mut effects, drawing);
    // What came in one burst with the key that quits may have led to a change.
    start_changes(executor, effects);
    finish(model, executor, inbox);
    ended
}

/// Leaves in `effects` what was still to be done.
fn until_quit(
    (tty, model, executor): (&mut Tty, &mut Model, &mut Executor),
    inbox: &Receiver<Message>,
    effects: &mut VecDeque<Effect>,
    drawing: Sender<()>,
) -> io::Result<()> {
    let mut drawing = Some(drawing);
    let mut frame = Frame::First;
    let mut delay = PreviewDelay::new(is_over_ssh());
    loop {
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Start(id, job) => {
                    if let Some(job) = delay.hold(id, job, model) {
                        executor.start(id, job);
                    }
                }
                Effect::Cancel(id) => {
                    if !delay.cancel(id) {
                        executor.cancel(id);
                    }
                }
                Effect::Copy(text) => tty.copy(&text)?,
                Effect::Alert(alert) => tty.alert(&alert)?,
                Effect::Redraw => tty.resume()?,
                Effect::Suspend => {
                    tty.suspend()?;
                    let screen = Tty::size()?;
                    effects.extend(take_in(model, executor, Message::Resized(screen)));
                }
                Effect::Quit => return Ok(()),
            }
        }
        if let Some((id, job)) = delay.take_due(model) {
            executor.start(id, job);
        }
        let due = std::mem::replace(&mut frame, Frame::Waited);
        if !due.is_complete(model) && delay.wait().is_none() {
            complete(due, tty, model, executor, inbox, effects)?;
            if !effects.is_empty() {
                continue;
            }
        }
        tty.draw(model)?;
        if let Some(drawing) = drawing.take() {
            // Nobody waits for it where no thread could be started.
            let _ = drawing.send(());
        }
        frame = Frame::Next;
        let message = match next(model, &delay, inbox) {
            Next::Message(message) => message,
            Next::KeysRest => continue,
            Next::End => return Ok(()),
        };
        effects.extend(take_in(model, executor, Message::Clock(Timestamp::now())));
        delay.note(&message);
        apply_to_terminal(tty, &message)?;
        effects.extend(take_in(model, executor, message));
        for message in inbox.try_iter().take(BURST) {
            delay.note(&message);
            apply_to_terminal(tty, &message)?;
            effects.extend(take_in(model, executor, message));
        }
    }
}

/// A frame to be drawn.
#[derive(Clone, Copy)]
enum Frame {
    First,
    Next,
    /// It has waited for its contents already.
    Waited,
}

impl Frame {
    /// Whether everything that belongs in the frame is there: the first frame should show a list
    /// and not an empty one just before it, and a newly selected row its article.
    fn is_complete(self, model: &Model) -> bool {
        match self {
            Self::First => model.list().is_known(),
            Self::Next => !model.jobs().is_busy(JobKind::Article),
            Self::Waited => true,
        }
    }

    fn patience(self) -> Duration {
        if matches!(self, Self::First) {
            FIRST_ROWS
        } else {
            ARTICLE
        }
    }
}

/// Handles messages until the frame is complete, or has waited long enough.
fn complete(
    frame: Frame,
    tty: &mut Tty,
    model: &mut Model,
    executor: &mut Executor,
    inbox: &Receiver<Message>,
    effects: &mut VecDeque<Effect>,
) -> io::Result<()> {
    let deadline = Instant::now() + frame.patience();
    while !frame.is_complete(model) {
        let Ok(message) = inbox.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        else {
            break;
        };
        apply_to_terminal(tty, &message)?;
        effects.extend(take_in(model, executor, message));
    }
    Ok(())
}

/// Does what a message asks of the terminal itself.
fn apply_to_terminal(tty: &mut Tty, message: &Message) -> io::Result<()> {
    match message {
        Message::Terminal(abilities) => {
            tty.alert_by(abilities.alerts);
            match abilities.late {
                true => tty.ask_rest(),
                false => tty.distinguish_keys(abilities.keyboard),
            }
        }
        _ => Ok(()),
    }
}

/// Why the event loop goes on.
enum Next {
    /// A message has come, or the time at which the model asked to be woken.
    Message(Message),
    /// The keys rest, so that the article that waited for that can be fetched.
    KeysRest,
    /// The program ends.
    End,
}

/// Sleeps until there is something to do.
fn next(model: &Model, delay: &PreviewDelay, inbox: &Receiver<Message>) -> Next {
    let wake = model
        .wake()
        .map(|at| Duration::try_from(at.duration_since(Timestamp::now())).unwrap_or_default());
    let rest = delay.wait();
    let Some(wait) = wake.into_iter().chain(rest).min() else {
        return inbox.recv().map_or(Next::End, Next::Message);
    };
    match inbox.recv_timeout(wait) {
        Ok(message) => Next::Message(message),
        Err(RecvTimeoutError::Timeout) if rest == Some(wait) => Next::KeysRest,
        Err(RecvTimeoutError::Timeout) => Next::Message(Message::Due),
        Err(RecvTimeoutError::Disconnected) => Next::End,
    }
}

fn take_in(model: &mut Model, executor: &mut Executor, message: Message) -> Vec<Effect> {
    executor.note(&message);
    // Only the kind is logged, since messages contain what someone reads and types.
    tracing::trace!(message = message.kind());
    let mut effects = Vec::new();
    // When the window or its font has another size, a cell may have other dimensions in pixels.
    if let Message::Resized(_) = message
        && let Some((width, height)) = Tty::cell()
    {
        effects.extend(update(model, Message::Cell(width, height)));
    }
    effects.extend(update(model, message));
    effects
}

/// Ends what still runs, and waits until pending changes are written, before the program ends.
fn finish(model: &mut Model, executor: &mut Executor, inbox: &Receiver<Message>) {
    executor.cancel_all();
    executor.close_voice();
    write_all(model, executor, inbox);
    program::wait_for_all(LAST_PROGRAMS);
}

/// Waits until pending changes are written.
fn write_all(model: &mut Model, executor: &mut Executor, inbox: &Receiver<Message>) {
    let deadline = Instant::now() + LAST_WRITES;
    while executor.writing() {
        match inbox.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            // An answer may lead to one more change: an undo that waited for it.
            Ok(message) => {
                let effects = take_in(model, executor, message);
                start_changes(executor, effects);
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                tracing::error!("ended before all changes were written");
                return;
            }
        }
    }
}

/// Starts those of `effects` that change the library: nothing else matters any more at the end.
fn start_changes(executor: &mut Executor, effects: impl IntoIterator<Item = Effect>) {
    for effect in effects {
        if let Effect::Start(id, job @ Job::Library(LibraryJob::Change(_))) = effect {
            executor.start(id, job);
        }
    }
}
