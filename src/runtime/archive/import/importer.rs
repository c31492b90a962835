//! Puts entries into the library, each once, many in one transaction.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::super::Album;
use super::imported::Imported;
use crate::app::Failure;
use crate::extract::saved::{EntryFault, SavedPage};
use crate::news::same_address::common_form;
use crate::news::{Article, ArticleId, Scrap};
use crate::runtime::failures::of_write;
use crate::runtime::store::Store;

/// Scraps that are stored in one transaction. Each waits for the disk.
const BATCH: usize = 200;

/// An import under way.
pub(super) struct Importer<'a> {
    store: &'a Store,
    album: &'a Album,
    now: Timestamp,
    /// How many entries so far do not say when they were saved.
    undated: i64,
    pub(super) done: Imported,
    /// Why nothing further can be stored.
    pub(super) trouble: Option<Failure>,
    /// Scraps to be stored, and where each is.
    batch: Vec<Scrap>,
    places: HashMap<ArticleId, usize>,
    /// The scraps of the library by what the addresses of an article have in common.
    known: HashMap<String, ArticleId>,
    seen: HashSet<ArticleId>,
    textless: HashSet<ArticleId>,
}

impl<'a> Importer<'a> {
    /// # Errors
    /// The library can't be read.
    pub(super) fn new(store: &'a Store, album: &'a Album) -> Result<Self, Failure> {
        let mut known = HashMap::new();
        for row in store.scraps()? {
            if let Some(form) = row.url.as_deref().and_then(common_form) {
                known.insert(form.into_owned(), row.id);
            }
        }
        Ok(Self {
            store,
            album,
            now: Timestamp::now(),
            undated: 0,
            done: Imported::default(),
            trouble: None,
            batch: Vec::new(),
            places: HashMap::new(),
            known,
            seen: HashSet::new(),
            textless: HashSet::new(),
        })
    }

    /// Puts a page that a service saved. It joins the scrap of the same article, also where their
    /// addresses differ in what chooses nothing.
    pub(super) fn put_page(&mut self, page: SavedPage) -> Result<(), EntryFault> {
        // Those without a date keep the order of their list.
        let now = self.now - SignedDuration::from_micros(self.undated);
        self.undated += i64::from(page.kept.is_none());
        let scrap = page.into_scrap(now)?;
        let form = scrap.article.address().and_then(|a| common_form(a));
        let known = form
            .as_deref()
            .and_then(|form| self.known.get(form))
            .copied();
        let id = known.unwrap_or_else(|| scrap.id());
        if let Some(form) = form {
            self.known.insert(form.into_owned(), id);
        }
        self.put(id, scrap);
        Ok(())
    }

    /// Puts an article of our own JSON, with its pictures.
    pub(super) fn put_own(&mut self, mut shape: Value) -> Result<(), EntryFault> {
        let pictures = shape
            .pointer_mut("/scrap/pictures")
            .and_then(Value::as_array_mut);
        for picture in pictures.into_iter().flatten() {
            let Some(data) = picture.as_object_mut().and_then(|p| p.shift_remove("data")) else {
                continue;
            };
            if let Err(e) = self.album.keep_base64(data.as_str().unwrap_or_default()) {
                self.trouble = Some(of_write(&e, "pictures"));
                return Ok(());
            }
        }
        let mut scrap = Scrap::imported(shape, self.now).map_err(|_| EntryFault::Unreadable)?;
        scrap.article.claimed = true;
        self.put(scrap.id(), scrap);
        Ok(())
    }

    fn put(&mut self, id: ArticleId, scrap: Scrap) {
        let waiting = self.places.get(&id).copied();
        let held = match waiting.and_then(|at| self.batch.get(at)) {
            Some(held) => Ok(Some(held.clone())),
            None => self.store.scrap(id),
        };
        let held = match held {
            Ok(held) => held,
            Err(error) => {
                self.trouble = Some(error.into());
                return;
            }
        };
        let is_first = self.seen.insert(id);
        if is_first {
            self.done.ids.push(id);
        }
        let joined = match &held {
            Some(held) => joined(held, scrap),
            None => scrap,
        };
        if joined.article.blocks.is_empty() {
            self.textless.insert(id);
        } else {
            self.textless.remove(&id);
        }
        if held.as_ref() == Some(&joined) {
            return;
        }
        match (&held, is_first) {
            (None, _) => self.done.new += 1,
            (Some(_), true) => self.done.changed += 1,
            (Some(_), false) => {}
        }
        if let Some(place) = waiting.and_then(|at| self.batch.get_mut(at)) {
            *place = joined;
        } else {
            self.places.insert(id, self.batch.len());
            self.batch.push(joined);
        }
        if self.batch.len() >= BATCH {
            self.store_batch();
        }
    }

    fn store_batch(&mut self) {
        if let Err(error) = self.store.scraps_put(&self.batch) {
            self.trouble = Some(error.into());
        }
        self.batch.clear();
        self.places.clear();
    }

    /// Stores what is left, and reports.
    ///
    /// # Errors
    /// The library can't be written.
    pub(super) fn finish(mut self) -> Result<Imported, Failure> {
        if !self.batch.is_empty() {
            self.store_batch();
        }
        self.done.textless = self.textless.len();
        match self.trouble {
            Some(failure) => Err(failure),
            None => Ok(self.done),
        }
    }
}

/// A scrap with what an import has of its article. A text that comes for one that has none is
/// taken; the address by which it is known stays.
fn joined(held: &Scrap, new: Scrap) -> Scrap {
    if !held.article.blocks.is_empty() || new.article.blocks.is_empty() {
        return held.clone().with(new);
    }
    let article = Article {
        url: held.article.url.clone(),
        canonical_url: held.article.canonical_url.clone(),
        ..new.article
    };
    let mut whole = Scrap::of(article, held.kept);
    for scrap in [
        held.clone(),
        Scrap {
            article: whole.article.clone(),
            ..new
        },
    ] {
        whole = whole.with(scrap);
    }
    whole
}
