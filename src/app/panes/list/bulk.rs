//! What is done to all that the list shows: read marks, scraps, saved searches, mute rules, the
//! order.

use super::List;
use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::jobs::PendingChange;
use crate::app::protocol::change::Change;
use crate::app::protocol::prefs::Purpose;
use crate::app::protocol::rows::Collection;
use crate::app::protocol::undo::Undo;
use crate::app::reply::{Intent, Reply};
use crate::news::{ArticleId, Clean, Query, SortOrder};

impl List {
    /// Does one of these actions.
    pub fn act_on_all(&mut self, action: Action, env: &Env<'_>) -> Reply {
        match action {
            Action::MarkAllRead => self.set_all(true, env),
            Action::MarkAllUnread => self.set_all(false, env),
            Action::ScrapAll | Action::TagAll if self.collection() == Collection::Sample => {
                Reply::none().say(env.text("notice.sample-fixed"))
            }
            Action::ScrapAll => self.scrap_all(None),
            Action::TagAll if self.collection() == Collection::Library => ask(Purpose::Tag, ""),
            Action::SortOrder => self.next_order(env),
            Action::SaveSearch if self.query().is_empty() => {
                Reply::none().say(env.text("notice.no-search"))
            }
            Action::SaveSearch => ask(Purpose::SaveSearch, self.query()),
            Action::Mute => ask(Purpose::Mute, self.query()),
            _ => Reply::none(),
        }
    }

    /// Marks all that the list shows: with its filter and its query, the rows that are not fetched
    /// yet too.
    fn set_all(&mut self, read: bool, env: &Env<'_>) -> Reply {
        if matches!(self.collection(), Collection::Scraps | Collection::Issues) {
            return Reply::none();
        }
        let changed = if read {
            self.unread()
        } else {
            self.total - self.unread().min(self.total)
        };
        let other = self.rows.iter().filter(|r| r.read != read && !r.is_issue());
        let ids: Vec<ArticleId> = other.map(|r| r.id).collect();
        self.mark_all(read);
        let change = match self.collection() {
            Collection::Library => Change::All(
                self.listing.filter.clone(),
                self.listing.matcher.clone(),
                read,
            ),
            // On the front page, those that are on it.
            _ => Change::Read(ids, read),
        };
        Reply::none()
            .say(env.fill(marked_key(read), &[("n", &changed.to_string())]))
            .change(change, PendingChange::Other)
    }

    /// Scraps all that the list shows, under this label where there is one.
    fn scrap_all(&self, label: Option<Clean>) -> Reply {
        if self.collection() != Collection::Library {
            return Reply::none();
        }
        let (filter, query) = (self.listing.filter.clone(), self.listing.matcher.clone());
        let change = Change::ScrapAll(filter, query, label);
        Reply::none().change(change, PendingChange::Other)
    }

    /// Sorts the library by the next order.
    fn next_order(&mut self, env: &Env<'_>) -> Reply {
        if self.collection() != Collection::Library {
            return Reply::none();
        }
        let mut prefs = env.start.prefs.clone();
        prefs.order = prefs.order.next();
        let name = env.text(order_key(prefs.order));
        self.clear();
        Reply::none()
            .say(env.fill("notice.sorted", &[("order", &name)]))
            .and(self.fetch(prefs.order))
            .intent(Intent::Prefs(Box::new(prefs)))
    }

    /// Does what was typed for one of these actions.
    pub fn typed(&self, purpose: Purpose, text: &str, env: &Env<'_>) -> Reply {
        let text = text.trim();
        if text.is_empty() {
            return Reply::none();
        }
        match purpose {
            Purpose::SaveSearch => {
                let (name, query) = (Clean::line(text), Clean::line(self.query()));
                Reply::none()
                    .say(env.fill("notice.saved", &[("name", &name)]))
                    .intent(Intent::Undoable(Undo::Saved(name.clone())))
                    .change(Change::SaveSearch(name, query), PendingChange::Other)
            }
            Purpose::Tag => self.scrap_all(Some(Clean::line(text))),
            Purpose::Mute => match Query::parse(text, &env.now()) {
                Ok(query) => {
                    let change = Change::Mute(Clean::line(text), query);
                    Reply::none().change(change, PendingChange::Other)
                }
                Err(_) => Reply::none(),
            },
            _ => Reply::none(),
        }
    }
}

fn ask(purpose: Purpose, text: &str) -> Reply {
    Reply::none().intent(Intent::Prompt(purpose, text.to_owned()))
}

/// The key of the sentence that says how many articles were marked.
pub fn marked_key(read: bool) -> &'static str {
    if read {
        "notice.marked"
    } else {
        "notice.marked-unread"
    }
}

/// The key of an order's name.
pub fn order_key(order: SortOrder) -> &'static str {
    match order {
        SortOrder::Newest => "order.newest",
        SortOrder::Oldest => "order.oldest",
        SortOrder::Unread => "order.unread",
        SortOrder::Publisher => "order.publisher",
    }
}
