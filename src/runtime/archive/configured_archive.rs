//! Applies the settings for scraps wherever one is made: summary, pictures, mirror.

use std::path::{Path, PathBuf};

use super::mirror::Mirror;
use super::names::{documents, expanded};
use super::{Album, Form, Put, album, export};
use crate::app::Failure;
use crate::config::{ScrapFormat, ScrapSettings};
use crate::news::{ArticleId, Picture, Scrap};
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::of_write;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::store::Store;
use crate::summary;

/// The files of scraps as the settings ask for: pictures, mirror folder, exports.
#[derive(Debug)]
pub struct Archive {
    /// The pictures of scraps.
    pub album: Album,
    /// Whether pictures of scraps are kept.
    keeps_pictures: bool,
    mirror: Option<Mirror>,
    /// The format of exported files where none is named.
    form: Form,
    /// The folder for exports where none is named.
    folder: PathBuf,
}

impl Archive {
    /// The archive of the library at `library`, by the settings.
    pub fn of(settings: &ScrapSettings, library: &Path) -> Self {
        let form = match settings.form {
            ScrapFormat::Md => Form::Md,
            ScrapFormat::Html => Form::Html,
            ScrapFormat::Json => Form::Json,
        };
        let mirror = Some(&settings.mirror).filter(|dir| !dir.trim().is_empty());
        let folder = if settings.folder.trim().is_empty() {
            documents().join("gisa")
        } else {
            expanded(&settings.folder)
        };
        Self {
            album: Album::beside(library),
            keeps_pictures: settings.pictures,
            mirror: mirror.map(|dir| Mirror::new(expanded(dir), form)),
            form,
            folder,
        }
    }

    /// The scrap with a summary, if it has none: the page's own, else an extractive one where the
    /// publisher permits that without asking.
    #[must_use]
    pub fn completed(&self, mut scrap: Scrap, sentences: usize, fetch: &Fetch) -> Scrap {
        if scrap.summary.is_none() {
            let article = &scrap.article;
            let ours = || {
                fetch
                    .may_shorten(article, false)
                    .ok()
                    .map(|()| summary::summarize(article, sentences))
            };
            scrap.summary = summary::page(article)
                .or_else(ours)
                .filter(|summary| !summary.sentences.is_empty());
        }
        scrap
    }

    /// Fetches the pictures that the scrap lacks; returns all pictures it has then, and none where
    /// there was nothing to fetch.
    ///
    /// # Errors
    /// A picture can't be written.
    pub fn pictures(
        &self,
        scrap: &Scrap,
        store: &Store,
        fetch: &Fetch,
        cancel: &Cancel,
    ) -> Result<Option<Vec<Picture>>, Failure> {
        let has = |url: &str| {
            scrap
                .pictures
                .iter()
                .any(|p| &*p.url == url && self.album.path(p).is_some())
        };
        let wanted = self.keeps_pictures
            && !fetch.offline
            && album::addresses(&scrap.article).iter().any(|a| !has(a));
        if !wanted {
            return Ok(None);
        }
        let feed = store.feed_of(scrap.id())?;
        let fetched = self.album.fetch(
            &scrap.article,
            feed.as_ref(),
            &|url| has(url),
            fetch,
            cancel,
        );
        let fetched = fetched.map_err(|e| of_write(&e, "pictures"))?;
        let kept = scrap.pictures.iter().filter(|p| has(&p.url)).cloned();
        Ok(Some(kept.chain(fetched).collect()))
    }

    /// Updates the mirror, if there is one, from what the library has of these scraps.
    ///
    /// # Errors
    /// The mirror can't be written.
    pub fn follow(&self, store: &Store, ids: &[ArticleId]) -> Result<(), Failure> {
        self.mirror
            .as_ref()
            .map_or(Ok(()), |mirror| mirror.follow(store, &self.album, ids))
    }

    /// Updates the whole mirror, and deletes pictures that no scrap uses.
    ///
    /// # Errors
    /// The mirror can't be written.
    pub fn follow_all(&self, store: &Store) -> Result<(), Failure> {
        self.album.sweep(store);
        self.mirror
            .as_ref()
            .map_or(Ok(()), |mirror| mirror.follow_all(store, &self.album))
    }

    /// Writes scraps to `to`: a folder, or for a single scrap a file whose extension names the
    /// format. Where `to` is empty, the folder of the settings is used.
    ///
    /// # Errors
    /// The files can't be written; or a file of that name has other contents.
    pub fn export(&self, scraps: &[Scrap], to: &str) -> Result<Vec<Put>, Failure> {
        export(scraps, &self.place(to), self.form, &self.album)
    }

    /// The path that the reader typed, with `~` expanded; the folder of the settings where it is
    /// empty.
    pub fn place(&self, typed: &str) -> PathBuf {
        if typed.trim().is_empty() {
            self.folder.clone()
        } else {
            expanded(typed)
        }
    }
}
