//! The contents of the sources pane: subscriptions, counts, publishers.

use super::LibraryWorker;
use crate::app::Failure;
use crate::app::protocol::library::{
    PublisherDirectory, PublisherHome, PublisherHomeRequest, SidebarData,
};
use crate::extract::feed::opml::outlets;
use crate::news::site::is_same_site;
use crate::news::{Feed, Filter};

/// Most feeds shown for a publisher, of those subscribed to and of those offered.
const OFFERS: usize = 8;

impl LibraryWorker {
    /// The publishers that come with the program, and which of their feeds are subscribed to.
    pub(crate) fn publishers(&self) -> Result<PublisherDirectory, Failure> {
        let feeds = self.store()?.feeds()?;
        Ok(PublisherDirectory {
            publishers: outlets(),
            subscribed: feeds.into_iter().map(|f| f.feed.url).collect(),
        })
    }

    /// What is known of a publisher, found by its name and the site of one of its articles.
    pub(crate) fn publisher_home(
        &self,
        request: PublisherHomeRequest,
    ) -> Result<Box<PublisherHome>, Failure> {
        let PublisherHomeRequest { publisher, address } = request;
        let store = self.store()?;
        let filter = Filter {
            publisher: Some(publisher.clone()),
            ..Filter::default()
        };
        let count = |filter: &Filter| store.count(filter).map_err(Failure::from);
        let articles = (
            count(&filter)?,
            count(&Filter {
                unread: true,
                ..filter
            })?,
        );
        let is_its = |feed: &Feed| {
            let sites = [feed.site.as_ref(), Some(&feed.url)];
            feed.title.starts_with(&*publisher)
                || sites
                    .into_iter()
                    .flatten()
                    .any(|site| address.as_ref().is_some_and(|a| is_same_site(site, a)))
        };
        let rows = store.feeds()?;
        let own: Vec<_> = rows
            .into_iter()
            .filter(|row| is_its(&row.feed))
            .take(OFFERS)
            .collect();
        let offers = outlets()
            .into_iter()
            .filter(|o| is_its(o) && own.iter().all(|row| row.feed.url != o.url));
        let offers: Vec<Feed> = offers.take(OFFERS).collect();
        let site = own
            .iter()
            .map(|row| &row.feed)
            .chain(&offers)
            .find_map(|feed| feed.site.clone());
        let feeds = own
            .into_iter()
            .map(|row| (row.id, row.feed.title))
            .collect();
        Ok(Box::new(PublisherHome {
            publisher,
            site,
            articles,
            feeds,
            offers,
        }))
    }

    /// Subscriptions and counts; empty without a library, which was reported at the start.
    pub(crate) fn sidebar_data(&self) -> Result<Box<SidebarData>, Failure> {
        let Ok(store) = &self.store else {
            return Ok(Box::default());
        };
        let feeds = store.feeds()?;
        let counts = store.counts()?;
        let saved = store.saved()?;
        let mutes = store.mutes()?;
        let scraps = store.scraps()?;
        Ok(Box::new(SidebarData {
            feeds,
            counts,
            saved,
            mutes,
            scraps,
        }))
    }
}
