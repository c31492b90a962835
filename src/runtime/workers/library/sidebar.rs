//! What the library holds, as the sources pane shows it.

use super::LibraryWorker;
use crate::app::panes::sources::SidebarData;
use crate::app::popups::publisher_home::Home;
use crate::app::{Failure, Outcome};
use crate::extract::feed::discovery::is_same_site;
use crate::extract::feed::opml::outlets;
use crate::news::{Clean, Feed, Filter};

/// Feeds that a publisher's card shows at most, of those subscribed to and of those that could be.
const OFFERS: usize = 8;

impl LibraryWorker {
    /// The publishers that come with the program, and what is subscribed to.
    pub(crate) fn outlets(&self) -> Result<Outcome, Failure> {
        let feeds = self.store()?.feeds()?;
        Ok(Outcome::Outlets(
            outlets(),
            feeds.into_iter().map(|f| f.feed.url).collect(),
        ))
    }

    /// What there is to know of a publisher: by its name, and by the site of one of its articles.
    pub(crate) fn home(
        &self,
        publisher: Clean,
        address: Option<&Clean>,
    ) -> Result<Outcome, Failure> {
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
                    .any(|site| address.is_some_and(|a| is_same_site(site, a)))
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
        Ok(Outcome::Home(Box::new(Home {
            publisher,
            site,
            articles,
            feeds,
            offers,
        })))
    }

    /// Subscriptions and counts. Where there is no store, nothing: that was told at the start.
    pub(crate) fn sidebar_data(&self) -> Result<Outcome, Failure> {
        let Ok(store) = &self.store else {
            return Ok(Outcome::SidebarData(Box::default()));
        };
        let feeds = store.feeds()?;
        let counts = store.counts()?;
        let saved = store.saved()?;
        let mutes = store.mutes()?;
        let scraps = store.scraps()?;
        Ok(Outcome::SidebarData(Box::new(SidebarData {
            feeds,
            counts,
            saved,
            mutes,
            scraps,
        })))
    }
}
