//! Fetches all pages of one article: the one asked for, its mobile counterpart where that holds
//! more, and the pages that continue it.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use url::Url;

use crate::extract::{self, PageHint, PagePart, Profiles};
use crate::news::Article;
use crate::runtime::cancel::Cancel;
use crate::runtime::net::{Net, Request, Response};

/// Pages of one article at most.
const MOST_PAGES: usize = 20;

/// Fetches the further pages of an article, within limits.
pub struct PaginatedFetch<'v> {
    net: &'v Net,
    profiles: &'v Profiles,
    cancel: &'v Cancel,
    /// Bytes that its remaining pages may have together.
    left: u64,
    /// Time between two requests.
    pause: Duration,
    /// Held while a page is parsed, if only one thread may do that at a time.
    parsing: Option<&'v Mutex<()>>,
}

impl<'v> PaginatedFetch<'v> {
    /// For a reader who waits: without pauses, `limit` bytes in all.
    pub fn new(net: &'v Net, profiles: &'v Profiles, cancel: &'v Cancel, limit: u64) -> Self {
        Self {
            net,
            profiles,
            cancel,
            left: limit,
            pause: Duration::ZERO,
            parsing: None,
        }
    }

    /// For work in the background: with a pause between two requests, and one page parsed at a time.
    #[must_use]
    pub fn unhurried(self, pause: Duration, parsing: &'v Mutex<()>) -> Self {
        Self {
            pause,
            parsing: Some(parsing),
            ..self
        }
    }

    /// The article that begins with the page `first`. It may stand elsewhere for phones, or be told
    /// in several pages, joined; a page that can't be had ends it: what came before is kept. `None`
    /// where no page could be read.
    pub fn article(&mut self, first: &Response) -> Option<Article> {
        self.left = self.left.saturating_sub(first.body.len() as u64);
        let mut part = self.part(first)?;
        let mut at = first.final_url.clone();
        let other = part.mobile_page.take().and_then(|url| self.page(&url, &at));
        if let Some((other, found)) =
            other.filter(|(_, found)| extract::is_counterpart(at.as_str(), found.as_str()))
            && extract::stand_in(&mut part.article, other.article)
        {
            part.next_page = other.next_page;
            at = found;
        }
        let PagePart {
            mut article,
            next_page: mut next,
            ..
        } = part;
        let mut seen = HashSet::from([at.to_string()]);
        while let Some(url) = next
            .take()
            .filter(|url| seen.len() < MOST_PAGES && seen.insert(url.clone()))
        {
            let Some((later, _)) = self
                .page(&url, &at)
                .filter(|(_, found)| found.host_str() == at.host_str())
            else {
                break;
            };
            if !extract::join(&mut article, later.article) {
                break;
            }
            next = later.next_page;
        }
        Some(article)
    }

    /// A page that the one at `from` names, and where it was found.
    fn page(&mut self, url: &str, from: &Url) -> Option<(PagePart, Url)> {
        if self.cancel.rest(self.pause) {
            return None;
        }
        let (from, user_agent) = (Some(from.as_str()), self.profiles.name_for(url));
        let request = Request {
            max_bytes: self.left,
            from,
            user_agent,
            ..Request::page(self.cancel)
        };
        let response = match self.net.get(url, &request) {
            Ok(response) => response,
            Err(error) => {
                tracing::warn!(%error, url, "a further page is missing");
                return None;
            }
        };
        self.left = self.left.saturating_sub(response.body.len() as u64);
        Some((self.part(&response)?, response.final_url))
    }

    /// What is read of one page; `None` where reading it failed, which is a bug of ours and no
    /// reason to end.
    fn part(&self, response: &Response) -> Option<PagePart> {
        let _alone = self
            .parsing
            .map(|parsing| parsing.lock().unwrap_or_else(PoisonError::into_inner));
        let hint = PageHint {
            url: Some(response.final_url.as_str()),
            charset: response.headers.charset.as_deref(),
        };
        catch_unwind(AssertUnwindSafe(|| {
            extract::page_part(&response.body, &hint, self.profiles)
        }))
        .ok()
    }
}
