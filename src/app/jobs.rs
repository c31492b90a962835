//! The jobs under way, and what waits for each.

use std::collections::BTreeMap;

use super::protocol::change::Change;
use super::protocol::effect::Effect;
use super::protocol::job::{Job, JobId};
use super::protocol::library::LibraryJob;
use super::protocol::picture::PictureSlot;
use crate::news::{Annotation, ArticleId, Clean};

/// What a job is for. Of most kinds one job is of use, the latest ([`Jobs::restart`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// The list's rows.
    Rows,
    /// The article in the reader.
    Article,
    /// The rest of it, where only the beginning is there.
    Rest,
    /// Its short news.
    Summary,
    /// Its short news by a language model.
    ModelSummary,
    /// First summary lines for the list.
    FirstLines,
    /// A refresh of subscriptions.
    Refresh,
    /// A sync with the user's server.
    Sync,
    /// The rules, applied to what arrived. Several may be under way.
    Rules,
    /// An exchange with the user's other machines, through a folder.
    Exchange,
    /// Pages of unread articles, fetched ahead.
    FetchAhead,
    /// Pages of the read-later queue.
    FetchLater,
    /// A subscription.
    Subscription,
    /// What the sources pane shows.
    Sidebar,
    /// Whether others wrote to the library.
    LibraryCheck,
    /// What is known of publishers, or of one.
    Publishers,
    /// Whether a publisher's feed is alive. Several may be under way.
    FeedTrial,
    /// The rankings.
    MostRead,
    /// The versions of an article.
    Versions,
    /// Which articles tell one story.
    Grouping,
    /// The sentence that is read aloud.
    Speech,
    /// A picture for this place.
    Picture(PictureSlot),
    /// The scrap of the open article.
    Scrap,
    /// The labels in use.
    Labels,
    /// A word in the user's dictionaries.
    Word,
    /// What scraps lack: short news, pictures, files. Several may be under way.
    ScrapCompletion,
    /// An export, a print, a look at a scrap's page.
    ScrapTask,
    /// The newspaper to take along.
    Edition,
    /// Something for another program: an address, a picture, a text. Several may be under way.
    Desktop,
    /// A change of the library. Several may be under way.
    Change,
}

/// What a change of the library is for: how its answer is shown, and how the screen is put right
/// where it failed.
#[derive(Clone, Debug, PartialEq)]
pub enum PendingChange {
    /// Scrapping the article of this title, which is announced once it is kept; where it failed,
    /// the mark is taken off again.
    Scrap(ArticleId, Clean),
    /// Unscrapping; where it failed, the mark is put on again.
    Unscrap(ArticleId),
    /// Unscrapping that was undone before its answer came: the scrap that comes is kept again.
    UnscrapUndone(ArticleId),
    /// Replacing one annotation of a scrap; where it failed, this one is put back.
    Annotate(ArticleId, Annotation),
    /// Scraps are restored or deleted again by an undo: the list is fetched again, and their files
    /// follow.
    Rescrap(Vec<ArticleId>),
    /// Another undo: the list is fetched again.
    Undo,
    /// All that a query finds is marked read, or unread.
    Marked(bool),
    /// An article of this title is put into the read-later queue, or taken out.
    Queue(Clean),
    /// Anything else. A failure needs no more than its sentence.
    Other,
    /// The same, and not undoable: the read mark of what was opened.
    Quiet,
}

/// A job under way.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// What it is for.
    pub kind: JobKind,
    /// Of a change, what it is for; of all else [`PendingChange::Other`].
    pub change: PendingChange,
}

/// The jobs under way. A job that was cancelled is not: its answer will be dropped.
#[derive(Clone, Debug, Default)]
pub struct Jobs {
    last: u64,
    under_way: BTreeMap<JobId, Waiting>,
}

impl Jobs {
    fn add(&mut self, kind: JobKind, change: PendingChange, job: Job) -> Effect {
        self.last += 1;
        let id = JobId(self.last);
        self.under_way.insert(id, Waiting { kind, change });
        Effect::Start(id, job)
    }

    /// Starts a job beside those of its kind that are under way.
    pub fn start(&mut self, kind: JobKind, job: impl Into<Job>) -> Effect {
        self.add(kind, PendingChange::Other, job.into())
    }

    /// Starts a job in place of the one of its kind that is under way, which is cancelled.
    pub fn restart(&mut self, kind: JobKind, job: impl Into<Job>) -> Vec<Effect> {
        let mut effects = self.cancel(kind);
        effects.push(self.start(kind, job));
        effects
    }

    /// Has a change of the library kept.
    pub fn change(&mut self, change: Change, pending: PendingChange) -> Effect {
        self.add(JobKind::Change, pending, LibraryJob::Change(change).into())
    }

    /// Cancels the jobs of a kind.
    pub fn cancel(&mut self, kind: JobKind) -> Vec<Effect> {
        self.cancel_all(|other| *other == kind)
    }

    /// Cancels the jobs whose kind is among these.
    pub fn cancel_all(&mut self, is_one: impl Fn(&JobKind) -> bool) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.under_way.retain(|id, waiting| {
            let cancelled = is_one(&waiting.kind);
            effects.extend(cancelled.then_some(Effect::Cancel(*id)));
            !cancelled
        });
        effects
    }

    /// Notes that a job's answer has come; gives what waited for it, and nothing where it was
    /// cancelled.
    pub fn finish(&mut self, id: JobId) -> Option<Waiting> {
        self.under_way.remove(&id)
    }

    /// What a job is for, while it is under way.
    pub fn kind(&self, id: JobId) -> Option<JobKind> {
        self.under_way.get(&id).map(|waiting| waiting.kind)
    }

    /// Whether a job of a kind is under way.
    pub fn is_busy(&self, kind: JobKind) -> bool {
        self.under_way.values().any(|waiting| waiting.kind == kind)
    }

    /// Whether no job is under way.
    pub fn is_empty(&self) -> bool {
        self.under_way.is_empty()
    }

    /// Turns the latest unscrapping under way into one whose answer is kept again; whether there is
    /// one.
    pub fn undo_unscrap(&mut self) -> bool {
        let changes = self.under_way.values_mut().rev().map(|w| &mut w.change);
        for change in changes {
            if let PendingChange::Unscrap(id) = *change {
                *change = PendingChange::UnscrapUndone(id);
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::protocol::story::StoryJob;

    #[test]
    fn an_answer_to_an_old_job_does_not_fit() {
        let mut jobs = Jobs::default();
        let first = jobs.restart(JobKind::Rows, StoryJob::IssueRows);
        let second = jobs.restart(JobKind::Rows, StoryJob::IssueRows);
        let [Effect::Start(first, _)] = first[..] else {
            panic!("{first:?}");
        };
        let [Effect::Cancel(cancelled), Effect::Start(second, _)] = second[..] else {
            panic!("{second:?}");
        };
        assert_eq!(first, cancelled);
        assert!(jobs.finish(first).is_none());
        assert!(jobs.finish(second).is_some() && !jobs.is_busy(JobKind::Rows));
    }
}
