//! What the settings say about scraps, for all who make one: short news, pictures, mirror.

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

/// Album, mirror, and what goes where.
#[derive(Debug)]
pub struct Archive {
    /// The pictures of scraps.
    pub album: Album,
    /// Pictures are kept.
    keeps_pictures: bool,
    mirror: Option<Mirror>,
    /// The form of a file where none is named.
    form: Form,
    /// The folder of exports where none is named.
    folder: PathBuf,
}

impl Archive {
    /// As the settings have it, for the library at `library`.
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

    /// The scrap with the short news that it lacks: the page's own, else ours where the publisher
    /// lets it be made unasked.
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

    /// Fetches the pictures that the scrap lacks; gives all it has then, and none where nothing was
    /// to be fetched.
    ///
    /// # Errors
    /// One can't be kept.
    pub fn pictures(
        &self,
        scrap: &Scrap,
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
        let fetched = self
            .album
            .fetch(&scrap.article, &|url| has(url), fetch, cancel);
        let fetched = fetched.map_err(|e| of_write(&e, "pictures"))?;
        let kept = scrap.pictures.iter().filter(|p| has(&p.url)).cloned();
        Ok(Some(kept.chain(fetched).collect()))
    }

    /// Brings the mirror, where there is one, up to what the library holds of these scraps.
    ///
    /// # Errors
    /// It can't be written.
    pub fn follow(&self, store: &Store, ids: &[ArticleId]) -> Result<(), Failure> {
        self.mirror
            .as_ref()
            .map_or(Ok(()), |mirror| mirror.follow(store, &self.album, ids))
    }

    /// Brings all of it up, and takes away pictures that nobody names.
    ///
    /// # Errors
    /// The mirror can't be written.
    pub fn follow_all(&self, store: &Store) -> Result<(), Failure> {
        self.album.sweep(store);
        self.mirror
            .as_ref()
            .map_or(Ok(()), |mirror| mirror.follow_all(store, &self.album))
    }

    /// Writes scraps to `to`: a folder, or, of one scrap, a file whose ending names the form; the
    /// folder of the settings where empty.
    ///
    /// # Errors
    /// They can't be written; or a file of that name holds something else.
    pub fn export(&self, scraps: &[Scrap], to: &str) -> Result<Vec<Put>, Failure> {
        export(scraps, &self.place(to), self.form, &self.album)
    }

    /// The place that a reader means by what they typed.
    pub fn place(&self, typed: &str) -> PathBuf {
        if typed.trim().is_empty() {
            self.folder.clone()
        } else {
            expanded(typed)
        }
    }
}
