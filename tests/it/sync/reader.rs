//! A library with an account, in this process.

use std::sync::Arc;

use gisa::app::Failure;
use gisa::config::Config;
use gisa::extract::Profiles;
use gisa::news::{Annotation, ArticleId, Clean, Feed, FeedId, Scrap};
use gisa::runtime::cancel::Cancel;
use gisa::runtime::fetch::source::Fetch;
use gisa::runtime::net::Access;
use gisa::runtime::store::{Retention, Store};
use gisa::runtime::sync::{LoginRequest, SyncReport, log_in, sync};
use jiff::Timestamp;

use crate::support::sync_server::{NAME, PASSWORD, SyncServer};

pub(super) struct Reader {
    _dir: tempfile::TempDir,
    fetch: Fetch,
}

impl Reader {
    pub(super) fn new(server: &SyncServer) -> Self {
        Self::at(&server.url(), NAME, PASSWORD)
    }

    pub(super) fn at(address: &str, name: &str, password: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let config = Config::standard();
        let fetch = Fetch {
            offline: false,
            limit: 8 << 20,
            timeout: 20,
            profiles: Arc::new(Profiles::embedded()),
            library: dir.path().join("library.db"),
            retention: Retention::default(),
            every: 30,
            downloads_mb: 0,
            home_servers: false,
            access: Access::default(),
            sources: Arc::default(),
            rules: Arc::new(config.rule_book()),
            sync: config.sync,
            folder_secret: Default::default(),
        };
        let request = LoginRequest {
            address,
            name,
            password: Some(password),
        };
        log_in(&request, &fetch, &Cancel::new()).unwrap();
        Self { _dir: dir, fetch }
    }

    pub(super) fn sync(&self) -> Result<SyncReport, Failure> {
        sync(&self.fetch, &Cancel::new(), &mut |_, _| {})
    }

    pub(super) fn store(&self) -> Store {
        Store::open(&self.fetch.library).unwrap()
    }

    pub(super) fn mark(&self, urls: &[&str], read: bool) {
        let ids: Vec<ArticleId> = urls.iter().map(|url| ArticleId::of_url(url)).collect();
        self.store().mark_read(&ids, read).unwrap();
    }

    pub(super) fn scrap(&self, urls: &[&str]) {
        let store = self.store();
        for url in urls {
            let article = store.article(ArticleId::of_url(url)).unwrap();
            if let Some(article) = article {
                store
                    .scrap_put(&Scrap::of(article, Timestamp::now()))
                    .unwrap();
            }
        }
    }

    pub(super) fn unscrap(&self, url: &str) {
        self.store().scrap_drop(ArticleId::of_url(url)).unwrap();
    }

    pub(super) fn subscribe(&self, url: &str, title: &str, folder: &str) -> FeedId {
        let feed = Feed {
            url: Clean::line(url),
            title: Clean::line(title),
            folder: Some(Clean::line(folder)),
            ..Feed::default()
        };
        self.store().feed_add(&feed).unwrap()
    }

    pub(super) fn tag(&self, url: &str, labels: &[&str]) {
        let labels = labels.iter().map(|label| Clean::line(label)).collect();
        let id = ArticleId::of_url(url);
        self.store()
            .scrap_annotate(id, Annotation::Tags(labels))
            .unwrap();
    }
}
