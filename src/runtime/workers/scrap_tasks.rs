//! Slow tasks on scraps: summaries and pictures for them, the mirror, exports, printing, and
//! comparing them with their pages.

use std::sync::Arc;

use jiff::Timestamp;

use crate::app::protocol::network::{
    ExportReport, ExportRequest, ExportSource, PageCheck, PageCheckRequest, Printout,
};
use crate::app::{Cause, Failure};
use crate::config::PrintSettings;
use crate::news::{Annotation, Article, ArticleId, Clean, PageObservation, PageState, Scrap};
use crate::runtime::archive::{Archive, Put};
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::source;
use crate::runtime::fetch::source::{Fetch, origins};
use crate::runtime::store::Store;
use crate::runtime::system::printer;
use crate::runtime::system::printer::Paper;
use crate::text::Labels;

/// The archive of scraps, and the settings for summaries and printing.
pub struct ScrapTasks {
    /// How pages are fetched.
    pub fetch: Fetch,
    /// The files of scraps.
    pub archive: Arc<Archive>,
    /// Number of sentences in a summary.
    pub sentences: usize,
    /// Where to print.
    pub print: PrintSettings,
    /// Placeholders for pictures and videos on paper.
    pub labels: Labels,
}

impl ScrapTasks {
    fn open(&self) -> Result<Store, Failure> {
        Store::open(&self.fetch.library).map_err(Failure::from)
    }

    /// Adds what scraps lack: summary, file in the mirror, pictures. The pictures come last, since
    /// fetching them may take long.
    pub(super) fn complete(&self, ids: &[ArticleId], cancel: &Cancel) -> Result<(), Failure> {
        let store = self.open()?;
        let find = |id: ArticleId| store.scrap(id).map_err(Failure::from);
        let change = |id, change| store.scrap_annotate(id, change).map_err(Failure::from);
        for &id in ids {
            let Some(scrap) = find(id)?.filter(|scrap| scrap.summary.is_none()) else {
                continue;
            };
            let summary = self
                .archive
                .completed(scrap, self.sentences, &self.fetch)
                .summary;
            if summary.is_some() {
                change(id, Annotation::Summary(summary))?;
            }
        }
        self.archive.follow(&store, ids)?;
        for &id in ids {
            let Some(scrap) = find(id)? else { continue };
            let Some(pictures) = self.archive.pictures(&scrap, &store, &self.fetch, cancel)? else {
                continue;
            };
            if pictures != scrap.pictures {
                change(id, Annotation::Pictures(pictures))?;
                self.archive.follow(&store, &[id])?;
            }
        }
        Ok(())
    }

    /// Writes scraps or an article to a folder or file.
    pub(super) fn export(&self, request: &ExportRequest) -> Result<ExportReport, Failure> {
        let to = request.path.as_str();
        let scraps = match &request.source {
            ExportSource::Article(article) => {
                // Not a scrap, so it has no date of its own: the date of publication goes into the
                // file name, so that exporting the article again writes the same file.
                let kept = article.published.map_or_else(Timestamp::now, |p| p.at);
                vec![self.archive.completed(
                    Scrap::of((**article).clone(), kept),
                    self.sentences,
                    &self.fetch,
                )]
            }
            ExportSource::Scraps(ids) => {
                let store = self.open()?;
                let found = ids
                    .iter()
                    .map(|id| store.scrap(*id))
                    .collect::<Result<Vec<_>, _>>();
                found?.into_iter().flatten().collect()
            }
        };
        let done = self.archive.export(&scraps, to)?;
        let left = done
            .iter()
            .filter(|put| matches!(put, Put::Left(_)))
            .count();
        let place = match &done[..] {
            [Put::Written(path) | Put::Same(path) | Put::Left(path)] => path.clone(),
            _ => self.archive.place(to),
        };
        Ok(ExportReport {
            written: done.len() - left,
            skipped: left,
            path: place.display().to_string(),
        })
    }

    /// Prints an article, or writes it to a file where there is no printer.
    pub(super) fn print(&self, article: &Article) -> Result<Printout, Failure> {
        Ok(match printer::put(article, &self.labels, &self.print)? {
            Paper::Printer(name) => Printout::Printer(name),
            Paper::Pdf(path) => Printout::Pdf(path.display().to_string()),
            Paper::Text(path) => Printout::Text(path.display().to_string()),
        })
    }

    /// Compares a scrap with its page.
    pub(super) fn check_page(
        &self,
        request: &PageCheckRequest,
        cancel: &Cancel,
    ) -> Result<PageCheck, Failure> {
        let (id, url) = (request.id, &request.url);
        let store = self.open()?;
        let scrap = store
            .scrap(id)?
            .ok_or_else(|| Failure::new(Cause::Gone, url))?;
        let (observation, page) = observe_page(&store, &scrap, url, &self.fetch, cancel)?;
        // The file in the mirror shows the result too. If it can't be written, the reader is told
        // when a scrap is changed.
        let _ = self.archive.follow(&store, &[id]);
        Ok(PageCheck {
            id,
            observation,
            article: page.map(Arc::new),
        })
    }
}

/// Fetches the page of a scrap, compares it with the copy, and stores the result. The copy is not
/// changed. Returns the page where its text differs.
///
/// # Errors
/// The page can't be fetched, so that nothing is known about it; or the library can't be written.
pub fn observe_page(
    store: &Store,
    scrap: &Scrap,
    url: &Clean,
    fetch: &Fetch,
    cancel: &Cancel,
) -> Result<(PageObservation, Option<Article>), Failure> {
    // The address that it was fetched from, not the one that its page calls its own.
    let url = scrap.article.url.as_ref().unwrap_or(url);
    let feed = store.feed_of(scrap.id())?;
    let from = origins(&scrap.article, feed.as_ref());
    let page: Option<Article> = match source::download(url, &from, fetch, cancel) {
        Ok(articles) => articles.into_iter().next(),
        // The server answers that the page does not exist.
        Err(failure)
            if matches!(
                failure.cause,
                Cause::Refused | Cause::NoPage | Cause::NoArticle | Cause::Redirects
            ) =>
        {
            None
        }
        Err(failure) => return Err(failure),
    };
    let state = match &page {
        None => PageState::Gone,
        Some(page) if page.wording() == scrap.article.wording() => PageState::Same,
        Some(_) => PageState::Changed,
    };
    let observation = PageObservation {
        at: Timestamp::now(),
        state,
    };
    store.scrap_annotate(scrap.id(), Annotation::Page(Some(observation)))?;
    let page = page
        .filter(|_| state == PageState::Changed)
        .map(|mut page| {
            // Shown in place of the copy, so it gets the same addresses and thereby the same id.
            (page.url, page.canonical_url) = (
                scrap.article.url.clone(),
                scrap.article.canonical_url.clone(),
            );
            page
        });
    Ok((observation, page))
}
