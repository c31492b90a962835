//! The answer to a change that was to be kept.

use crate::app::annotations::{Annotations, tasks};
use crate::app::env::Env;
use crate::app::jobs::PendingChange;
use crate::app::panes::list::bulk::marked_key;
use crate::app::protocol::change::{Change, Changed};
use crate::app::protocol::failure::Failure;
use crate::app::protocol::network::RefreshScope;
use crate::app::protocol::rows::Collection;
use crate::app::protocol::undo::Undo;
use crate::app::refresher::fetch_later;
use crate::app::reply::{Intent, ListIntent, ReaderIntent, Reply};
use crate::app::undo_list::UndoList;
use crate::news::{ArticleId, Clean, QueuePlace, Scrap};

/// What an answer may change at once: the annotations of the open article, and what can be undone.
pub(super) struct Committer<'a> {
    /// The annotations of the open article.
    pub annotations: &'a mut Annotations,
    /// The changes that can be undone.
    pub undo: &'a mut UndoList,
    /// The article that is open now.
    pub open: Option<ArticleId>,
}

impl Committer<'_> {
    /// A change was kept, or not: then what is on the screen goes back to what is true.
    pub(super) fn answered(
        self,
        pending: &PendingChange,
        answer: Result<Changed, Failure>,
        env: &Env<'_>,
    ) -> Reply {
        match (pending, answer) {
            (PendingChange::Unscrap(id), Ok(Changed::Unscrapped(scrap))) => {
                self.undo.push(Undo::Unscrapped(scrap));
                tasks::complete(vec![*id])
            }
            // Not announced before: what is said to be kept must be there whatever happens.
            (PendingChange::Scrap(id, title), Ok(_)) => Reply::none()
                .say(env.fill("notice.scrapped", &[("title", title)]))
                .and(tasks::complete(vec![*id])),
            (PendingChange::Annotate(id, _), Ok(_)) => tasks::complete(vec![*id]),
            (PendingChange::Rescrap(ids), Ok(_)) => {
                tasks::complete(ids.clone()).intent(ListIntent::FetchRows)
            }
            (PendingChange::Other, Ok(Changed::Marked(before))) => {
                if !before.is_empty() {
                    self.undo.push(Undo::Marked(before));
                }
                Reply::none()
            }
            (PendingChange::Marked(read), Ok(Changed::Marked(before))) => {
                self.marked(*read, before, env)
            }
            (pending, Ok(Changed::Queued(before))) => self.queued(pending, before, env),
            (PendingChange::Other, Ok(Changed::Muted(rule, n))) => self.muted(rule, n, env),
            (PendingChange::Other, Ok(Changed::ScrappedAll(ids, before))) => {
                self.scrapped_all(ids, before, env)
            }
            (PendingChange::Other, Ok(Changed::SubscribedAll(feeds))) => {
                self.undo.push(Undo::SubscribedAll(feeds));
                // The articles of the new subscriptions are fetched.
                Reply::none()
                    .intent(ListIntent::ShowLibrary)
                    .intent(Intent::Refresh(RefreshScope::Due))
            }
            (PendingChange::UnscrapUndone(id), Ok(Changed::Unscrapped(scrap))) => {
                let rebuilt = self.annotations.scrapped(&scrap, self.open);
                let pending = PendingChange::Rescrap(vec![*id]);
                Reply::none()
                    .intent(ListIntent::MarkScrapped(*id, true))
                    .and(rebuilt)
                    .change(Change::Scrap(scrap), pending)
            }
            (PendingChange::Undo, Ok(Changed::Unscrapped(scrap))) => {
                tasks::complete(vec![scrap.id()]).intent(ListIntent::FetchRows)
            }
            (PendingChange::Undo, Ok(_)) => Reply::none().intent(ListIntent::FetchRows),
            (_, Ok(_)) => Reply::none(),
            (pending, Err(failure)) => self.refused(pending, failure),
        }
    }

    /// A change was not kept.
    fn refused(self, pending: &PendingChange, failure: Failure) -> Reply {
        let reply = match pending {
            PendingChange::Scrap(id, _) => Reply::none()
                .intent(ListIntent::MarkScrapped(*id, false))
                .and(self.annotations.unscrapped(*id)),
            PendingChange::Unscrap(id) | PendingChange::UnscrapUndone(id) => {
                Reply::none().intent(ListIntent::MarkScrapped(*id, true))
            }
            PendingChange::Annotate(id, before) => self.annotations.restore(*id, before.clone()),
            PendingChange::Rescrap(_)
            | PendingChange::Undo
            | PendingChange::Marked(_)
            | PendingChange::Queue(_)
            | PendingChange::Other
            | PendingChange::Quiet => Reply::none(),
        };
        self.undo.withdraw(pending);
        reply
            .fail(failure)
            .and(self.annotations.ask_again())
            .intent(ListIntent::FetchRows)
    }

    /// All that a query found was marked; these had another mark before.
    fn marked(self, read: bool, before: Vec<(ArticleId, bool)>, env: &Env<'_>) -> Reply {
        if before.is_empty() {
            return Reply::none().say(env.text("notice.nothing-changed"));
        }
        let text = env.fill(marked_key(read), &[("n", &before.len().to_string())]);
        self.undo.push(Undo::Marked(before));
        Reply::none().say(text).intent(ListIntent::FetchRows)
    }

    /// Articles were put into the read-later queue, or taken out; `before` is where they stood.
    fn queued(self, pending: &PendingChange, before: Vec<QueuePlace>, env: &Env<'_>) -> Reply {
        let Some((id, place)) = before.first().copied() else {
            return Reply::none();
        };
        let is_queued = place.is_none();
        let mut reply = Reply::none()
            .intent(ReaderIntent::SetQueued(id, is_queued))
            .intent(ListIntent::MarkLater(id, is_queued));
        if env.shows_queue {
            reply = reply.intent(ListIntent::FetchRows);
        }
        if is_queued {
            reply = reply.and(fetch_later(env));
        }
        let key = match (pending, is_queued) {
            (PendingChange::Undo, _) => return reply,
            (PendingChange::Queue(_), true) => "notice.queued",
            (PendingChange::Queue(_), false) => "notice.unqueued",
            _ => "notice.read-through",
        };
        self.undo.push(Undo::Queued(before));
        let title = match pending {
            PendingChange::Queue(title) => title.to_string(),
            _ => String::new(),
        };
        reply.say(env.fill(key, &[("title", &title)]))
    }

    /// A mute rule was made, which hides `n` articles.
    fn muted(self, rule: Clean, n: usize, env: &Env<'_>) -> Reply {
        let text = env.fill("notice.muted", &[("query", &rule), ("n", &n.to_string())]);
        self.undo.push(Undo::Muted(rule));
        let reply = Reply::none().say(text);
        if env.collection == Collection::Library {
            reply.intent(ListIntent::ReloadRows)
        } else {
            reply
        }
    }

    /// All that the list shows was scrapped; `before` are scraps that existed already.
    fn scrapped_all(self, ids: Vec<ArticleId>, before: Vec<Scrap>, env: &Env<'_>) -> Reply {
        let reply = if ids.is_empty() {
            Reply::none().say(env.text("notice.nothing-changed"))
        } else {
            let text = env.fill("notice.scrapped-all", &[("n", &ids.len().to_string())]);
            self.undo.push(Undo::ScrappedAll(ids.clone(), before));
            Reply::none().say(text).and(tasks::complete(ids))
        };
        reply.intent(ListIntent::FetchRows)
    }
}
