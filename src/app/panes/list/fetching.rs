//! Fetching the rows of a list: which are asked for, and what follows when they come.

use super::{List, MOST_FOUND, PAGE};
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::protocol::failure::Failure;
use crate::app::protocol::job::Job;
use crate::app::protocol::library::LibraryJob;
use crate::app::protocol::network::NetworkJob;
use crate::app::protocol::rows::{Collection, RowsPage, RowsRequest};
use crate::app::protocol::story::StoryJob;
use crate::app::reply::{Intent, Reply};
use crate::news::{Filter, Query, SortOrder};

/// Rows that a search shows first.
const FIRST_FOUND: usize = 100;

impl List {
    /// Asks for the rows, from the first on.
    pub fn fetch(&self, order: SortOrder) -> Reply {
        self.fetch_from(0, order)
    }

    /// Asks for the rows that follow, where the selected one is near the end of those known.
    pub fn fetch_more(&self, env: &Env<'_>) -> Reply {
        if self.wants_more() && !env.is_busy(JobKind::Rows) {
            self.fetch_from(self.rows.len(), env.start.prefs.order)
        } else {
            Reply::none()
        }
    }

    fn fetch_from(&self, offset: usize, order: SortOrder) -> Reply {
        let job: Job = match self.collection() {
            Collection::Issues => StoryJob::IssueRows.into(),
            // What the command line named is read anew, before it is listed.
            Collection::Sources if offset == 0 && self.listing.matcher.is_none() => {
                NetworkJob::ReadSources.into()
            }
            _ => LibraryJob::Rows(self.request(offset, order)).into(),
        };
        Reply::none().restart(JobKind::Rows, job)
    }

    /// The order of the list: what its query asks for, else what the settings say of its
    /// subscription, else `usual`.
    pub fn order(&self, usual: SortOrder) -> SortOrder {
        let asked = self.listing.matcher.as_ref().and_then(Query::sort);
        asked.or(self.listing.order).unwrap_or(usual)
    }

    fn request(&self, offset: usize, order: SortOrder) -> RowsRequest {
        let limit = match (offset, &self.listing.matcher) {
            // The first matches are shown while the rest is searched for.
            (0, Some(_)) if self.rows.is_empty() => FIRST_FOUND,
            (0, Some(_)) => MOST_FOUND,
            (0, None) => self.rows.len().max(PAGE),
            _ => PAGE,
        };
        RowsRequest {
            collection: self.collection(),
            filter: Filter {
                order: self.order(order),
                ..self.listing.filter.clone()
            },
            query: self.listing.matcher.clone(),
            offset,
            limit,
        }
    }

    /// Shows only what a query finds, as typed and parsed.
    pub fn filter(&mut self, text: String, query: Query, env: &Env<'_>) -> Reply {
        self.listing.matcher = Some(query).filter(|q| !q.is_empty() || q.sort().is_some());
        self.listing.query = text;
        self.clear();
        self.fetch(env.start.prefs.order)
    }

    /// The sources of the command line were read: their rows can be asked for now.
    pub fn sources_read(&mut self, answer: Result<Vec<Failure>, Failure>, env: &Env<'_>) -> Reply {
        match answer {
            Ok(failures) => {
                let reply = match failures.into_iter().next() {
                    Some(failure) => Reply::none().fail(failure),
                    None => Reply::none(),
                };
                let request = self.request(0, env.start.prefs.order);
                reply.restart(JobKind::Rows, LibraryJob::Rows(request))
            }
            Err(failure) => self.fetch_failed(failure),
        }
    }

    fn fetch_failed(&mut self, failure: Failure) -> Reply {
        self.known = true;
        Reply::none().fail(failure)
    }

    /// Rows came, or could not be fetched. `is_reading` says whether the reader has an article.
    pub fn rows_came(
        &mut self,
        answer: Result<RowsPage, Failure>,
        is_reading: bool,
        env: &Env<'_>,
    ) -> Reply {
        let page = match answer {
            Ok(page) => page,
            Err(failure) => return self.fetch_failed(failure),
        };
        let is_first = self.listing.matcher.is_some()
            && page.rows.len() == FIRST_FOUND
            && self.rows.is_empty();
        // What another program fetched meanwhile is in no story yet.
        let is_front = self.collection() == Collection::Front;
        let is_new_front = is_front && !self.known;
        let is_at_lead = is_front && self.selected == 0 && env.focus == Pane::List;
        self.take(page);
        if is_at_lead {
            // Issues that came above do not push the page of one who has not begun to read.
            self.selected = 0;
        }
        let mut reply = Reply::none().intent(Intent::LightMatches);
        if is_new_front {
            reply = reply.restart(JobKind::Grouping, StoryJob::Group);
        }
        if is_first {
            let rest = self.fetch(env.start.prefs.order);
            return reply.intent(Intent::Preview).and(rest);
        }
        // A single article that was named on the command line is opened at once.
        if self.collection() == Collection::Sources && self.total == 1 && !is_reading {
            return reply.intent(Intent::Act(Action::Open, 1));
        }
        reply.intent(Intent::Preview)
    }
}
