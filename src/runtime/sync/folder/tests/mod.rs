//! Exchanges through a folder, on real libraries and files.
#![cfg(feature = "sync")]

mod faults;
mod kept;
mod replicas;

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::exchange::{FolderReport, exchange};
use crate::app::Failure;
use crate::config::Config;
use crate::news::{Article, ArticleId, Block, Clean};
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::net::Access;
use crate::runtime::store::{Retention, Store};

/// A machine: its library, and its copy of the folder.
pub(super) struct Machine {
    _dir: TempDir,
    pub(super) fetch: Fetch,
    pub(super) folder: PathBuf,
    pub(super) store: Store,
}

impl Machine {
    /// A machine with a folder of its own, as a file sync gives each.
    pub(super) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("folder");
        Self::with(dir, folder)
    }

    /// A machine that has the folder of another one mounted.
    pub(super) fn at(folder: &Path) -> Self {
        Self::with(tempfile::tempdir().unwrap(), folder.to_owned())
    }

    fn with(dir: TempDir, folder: PathBuf) -> Self {
        let library = dir.path().join("data/library.db");
        let store = Store::open(&library).unwrap();
        let mut sync = Config::standard().sync;
        sync.folder = folder.to_string_lossy().into_owned();
        let fetch = Fetch {
            offline: true,
            limit: 1 << 20,
            timeout: 1,
            profiles: Default::default(),
            library,
            home_servers: false,
            access: Access::default(),
            retention: Retention::default(),
            every: 0,
            downloads_mb: 0,
            sync,
            sources: std::sync::Arc::default(),
            rules: std::sync::Arc::new(Config::standard().rule_book()),
            folder_secret: Default::default(),
        };
        Self {
            _dir: dir,
            fetch,
            folder,
            store,
        }
    }

    pub(super) fn try_exchange(&self) -> Result<FolderReport, Failure> {
        Ok(exchange(&self.fetch, &Cancel::new())?.unwrap())
    }

    pub(super) fn exchange(&self) -> FolderReport {
        self.try_exchange().unwrap()
    }

    /// The journals in its folder, this machine's or the others'.
    pub(super) fn journals(&self, own: bool) -> Vec<PathBuf> {
        let name = self.store.own_journal().unwrap().machine.to_string();
        let mut all: Vec<PathBuf> = fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "journal"))
            .filter(|path| path.to_string_lossy().contains(&name) == own)
            .collect();
        all.sort();
        all
    }

    pub(super) fn is_read(&self, id: ArticleId) -> bool {
        self.store.article_row(id).unwrap().unwrap().read
    }
}

pub(super) fn article(url: &str, text: &str) -> Article {
    Article {
        url: Some(Clean::line(url)),
        title: Clean::line(&format!("{text} 소식")),
        blocks: vec![Block::paragraph(text), Block::paragraph("둘째 문단이다.")],
        ..Article::default()
    }
}

/// Brings the journals of one machine into the folder of another, as a file sync does.
pub(super) fn carry(from: &Machine, to: &Machine) {
    fs::create_dir_all(&to.folder).unwrap();
    let theirs: Vec<String> = from.journals(true).iter().map(|path| name(path)).collect();
    for path in from.journals(true) {
        fs::copy(&path, to.folder.join(name(&path))).unwrap();
    }
    let machine = from.store.own_journal().unwrap().machine.to_string();
    for old in to.journals(false) {
        if name(&old).contains(&machine) && !theirs.contains(&name(&old)) {
            fs::remove_file(old).unwrap();
        }
    }
}

pub(super) fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
