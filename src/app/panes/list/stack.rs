//! The lists on top of each other: the one that is shown, and those that back leads to.

use super::List;
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::protocol::failure::{Cause, Failure};
use crate::app::protocol::listing::Listing;
use crate::app::protocol::network::RefreshScope;
use crate::app::protocol::rows::Collection;
use crate::app::reply::{Intent, Reply};
use crate::news::{ArticleId, Clean, Feed};

/// The list that is shown, and the lists below it.
#[derive(Clone, Debug)]
pub struct ListStack {
    /// The list that is shown.
    pub shown: List,
    /// The lists that back leads to, the lowest first.
    below: Vec<List>,
    /// What was shown before the search that is being typed, and how deep it lay.
    before_search: Option<(Box<List>, usize)>,
}

impl ListStack {
    /// A stack with `list` shown and none below it.
    pub fn new(list: List) -> Self {
        Self {
            shown: list,
            below: Vec::new(),
            before_search: None,
        }
    }

    /// How many lists back leads to.
    pub fn depth(&self) -> usize {
        self.below.len()
    }

    /// Shows a list on top of the one that is there; back leads to it again.
    pub fn go_to(&mut self, listing: Listing, env: &Env<'_>) -> Reply {
        let before = std::mem::replace(&mut self.shown, List::showing(listing));
        self.below.push(before);
        self.enter(env)
    }

    /// Shows a list instead of all that is there.
    fn turn_to(&mut self, listing: Listing, env: &Env<'_>) -> Reply {
        *self = Self::new(List::showing(listing));
        self.enter(env)
    }

    /// Gives the keys to the list that is shown, and asks for its rows in place of those that the
    /// list before it waited for.
    fn enter(&self, env: &Env<'_>) -> Reply {
        Reply::none()
            .intent(Intent::Focus(Pane::List))
            .intent(Intent::LeaveZen)
            .and(self.shown.fetch(env.start.prefs.order))
    }

    /// Shows the library, where another list is shown; its rows anew where it is.
    pub fn show_library(&mut self, env: &Env<'_>) -> Reply {
        if self.shown.collection() == Collection::Library {
            self.shown.fetch(env.start.prefs.order)
        } else {
            self.turn_to(Listing::of(Collection::Library), env)
        }
    }

    /// Remembers what is shown, since a search shows what it finds while it is typed.
    pub fn begin_search(&mut self) {
        self.before_search = Some((Box::new(self.shown.clone()), self.depth()));
    }

    /// Shows what was there before the search was begun, with the same row selected.
    pub fn leave_search(&mut self, env: &Env<'_>) -> Reply {
        let Some((before, depth)) = self.before_search.take() else {
            return Reply::none();
        };
        // Nothing was typed, and newer rows may have come.
        if depth == self.depth() && self.shown.listing().is_same(before.listing()) {
            return Reply::none();
        }
        self.below.truncate(depth);
        self.shown = *before;
        let reply = self.shown.fetch(env.start.prefs.order);
        reply.intent(Intent::LightMatches).intent(Intent::Preview)
    }

    /// Back to the list below; `None` where this is the lowest.
    pub fn back(&mut self, env: &Env<'_>) -> Option<Reply> {
        self.shown = self.below.pop()?;
        let reply = self.shown.fetch(env.start.prefs.order);
        Some(reply.intent(Intent::Preview))
    }

    /// Shows all of a collection, or goes back from it.
    pub fn toggle(&mut self, collection: Collection, env: &Env<'_>) -> Reply {
        if self.shown.collection() == collection
            && let Some(reply) = self.back(env)
        {
            return reply;
        }
        self.go_to(Listing::of(collection), env)
    }

    /// Shows the read-later queue, or goes back from it.
    pub fn toggle_later(&mut self, env: &Env<'_>) -> Reply {
        let queue = Listing::later();
        if self.shown.listing().is_same(&queue)
            && let Some(reply) = self.back(env)
        {
            return reply;
        }
        self.go_to(queue, env)
    }

    /// Shows the front page: the one that lies below the list, else a new one. From the lowest
    /// front page, the list of all articles.
    pub fn toggle_front(&mut self, env: &Env<'_>) -> Reply {
        if self.shown.collection() == Collection::Front {
            return match self.back(env) {
                Some(reply) => reply,
                None => self.go_to(Listing::of(Collection::Library), env),
            };
        }
        if self.shown.collection() == Collection::Sample {
            return Reply::none().say(env.text("notice.sample-front"));
        }
        let is_front = |list: &List| list.collection() == Collection::Front;
        let Some(at) = self.below.iter().rposition(is_front) else {
            return self.go_to(Listing::of(Collection::Front), env);
        };
        self.below.truncate(at + 1);
        let reply = self.back(env).unwrap_or_default();
        reply
            .intent(Intent::Focus(Pane::List))
            .intent(Intent::LeaveZen)
    }

    /// Shows a list that was chosen among the sources.
    pub fn choose(&mut self, listing: Listing, env: &Env<'_>) -> Reply {
        match listing.collection {
            _ if self.shown.listing().is_same(&listing) => {
                Reply::none().intent(Intent::Focus(Pane::List))
            }
            Collection::Issues | Collection::Scraps => self.go_to(listing, env),
            _ => self.turn_to(listing, env),
        }
    }

    /// A subscription was made: the library is what the user wants to see.
    pub fn subscribed(&mut self, answer: Result<Feed, Failure>, env: &Env<'_>) -> Reply {
        let feed = match answer {
            Ok(feed) => feed,
            Err(failure) => {
                // A word that is no address was meant as a name.
                let is_name = !failure.subject.contains(['.', ':', '/']);
                let cause = match failure.cause {
                    Cause::BadAddress if is_name => Cause::UnknownPublisher,
                    cause => cause,
                };
                return Reply::none().fail(Failure { cause, ..failure });
            }
        };
        let rows = match self.shown.collection() {
            Collection::Sample | Collection::Library => self.show_library(env),
            Collection::Front => self.shown.fetch(env.start.prefs.order),
            _ => Reply::none(),
        };
        Reply::none()
            .say(env.fill("notice.subscribed", &[("title", &feed.title)]))
            .and(rows)
            .intent(Intent::Refresh(RefreshScope::All))
    }

    /// Shows what came to the library, also where the sample edition stood in for it.
    pub fn show_arrivals(&mut self, env: &Env<'_>) -> Reply {
        if self.shown.collection() == Collection::Sample {
            self.shown = List::of(Collection::Library);
        }
        self.shown.fetch(env.start.prefs.order)
    }

    /// Takes the selected row off the list of scraps; gives the article and its title.
    pub fn remove_scrap(&mut self) -> Option<(ArticleId, String)> {
        let list = &mut self.shown;
        let row = list
            .row()
            .filter(|_| list.collection() == Collection::Scraps)?;
        let (id, title) = (row.id, row.title.to_string());
        list.remove(id);
        Some((id, title))
    }

    /// Sets the scrap mark of an article wherever it is listed.
    pub fn set_scrapped(&mut self, id: ArticleId, scrapped: bool) {
        self.each(|list| list.set_scrapped(id, scrapped));
    }

    /// Sets the labels of an article wherever it is listed.
    pub fn set_labels(&mut self, id: ArticleId, labels: &[Clean]) {
        self.each(|list| list.set_labels(id, labels));
    }

    /// Sets wherever an article is listed whether it is in the read-later queue.
    pub fn set_later(&mut self, id: ArticleId, later: bool) {
        self.each(|list| list.set_later(id, later));
    }

    fn each(&mut self, change: impl Fn(&mut List)) {
        let lists = std::iter::once(&mut self.shown).chain(&mut self.below);
        lists.for_each(change);
    }
}
