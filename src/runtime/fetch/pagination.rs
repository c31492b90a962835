//! Fetches all pages of an article: the one asked for, its mobile version where that contains more,
//! and the pages that continue it.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use url::Url;

use crate::extract::{self, PageHint, PagePart, Profiles};
use crate::news::Article;
use crate::news::address::for_log;
use crate::runtime::cancel::Cancel;
use crate::runtime::net::{Net, Request, Response};

/// Most pages fetched for one article.
const MOST_PAGES: usize = 20;

/// Fetches the further pages of an article within limits of number and size.
pub struct PaginatedFetch<'v> {
    net: &'v Net,
    profiles: &'v Profiles,
    cancel: &'v Cancel,
    /// Bytes that the remaining pages may have together.
    left: u64,
    /// Time between two requests.
    pause: Duration,
    /// Locked while a page is parsed, if only one thread may do so at a time.
    parsing: Option<&'v Mutex<()>>,
}

impl<'v> PaginatedFetch<'v> {
    /// For a reader who is waiting: without pauses, `limit` bytes in all.
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

    /// For work in the background: with a pause between two requests, and only one page parsed at a
    /// time.
    #[must_use]
    pub fn unhurried(self, pause: Duration, parsing: &'v Mutex<()>) -> Self {
        Self {
            pause,
            parsing: Some(parsing),
            ..self
        }
    }

    /// The article that begins with the page `first`, joined from all its pages, or from its mobile
    /// version. It ends at a page that can't be fetched; the pages before are kept. `None` where no
    /// page could be read.
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

    /// The part of the article on the page `url`, which the page at `from` links to, and its final
    /// address.
    fn page(&mut self, url: &str, from: &Url) -> Option<(PagePart, Url)> {
        if self.cancel.rest(self.pause) {
            return None;
        }
        let user_agent = self.profiles.user_agent_for(url);
        let request = Request {
            max_bytes: self.left,
            from: &[from.as_str()],
            user_agent,
            ..Request::page(self.cancel)
        };
        let response = match self.net.get(url, &request) {
            Ok(response) => response,
            Err(error) => {
                tracing::warn!(%error, url = for_log(url), "a further page of an article could not be fetched");
                return None;
            }
        };
        self.left = self.left.saturating_sub(response.body.len() as u64);
        Some((self.part(&response)?, response.final_url))
    }

    /// The part of the article on one page; `None` where parsing panicked, which is a bug but no
    /// reason to give up the other pages.
    fn part(&self, response: &Response) -> Option<PagePart> {
        let _alone = self
            .parsing
            .map(|parsing| parsing.lock().unwrap_or_else(PoisonError::into_inner));
        let hint = PageHint {
            is_subscribed: response.has_login,
            url: Some(response.final_url.as_str()),
            charset: response.headers.charset.as_deref(),
        };
        catch_unwind(AssertUnwindSafe(|| {
            extract::page_part(&response.body, &hint, self.profiles)
        }))
        .ok()
    }
}
