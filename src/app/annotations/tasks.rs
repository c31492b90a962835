//! Export and print, and a look at the page of a scrap as it is today.

use std::sync::Arc;

use super::{Annotations, report};
use crate::app::env::Env;
use crate::app::jobs::JobKind;
use crate::app::protocol::failure::{Cause, Failure};
use crate::app::protocol::network::{
    ExportReport, ExportRequest, ExportSource, NetworkJob, PageCheck, PageCheckRequest, Printout,
};
use crate::app::protocol::prefs::Purpose;
use crate::app::protocol::rows::Collection;
use crate::app::reply::{Intent, Reply};
use crate::news::{Article, ArticleId, Clean, PageState};

impl Annotations {
    /// Asks where to export to. `source` is what would be exported.
    pub fn ask_export(&self, source: Option<ExportSource>, env: &Env<'_>) -> Reply {
        if source.is_none() {
            return Reply::none().say(env.text("notice.nothing-to-export"));
        }
        let usual = || env.start.config.scrap.folder.clone();
        let path = self.export_path.clone().unwrap_or_else(usual);
        Reply::none().intent(Intent::Prompt(Purpose::Export, path))
    }

    /// Exports to the path that was typed.
    pub fn export(&mut self, source: Option<ExportSource>, path: &str) -> Reply {
        let Some(source) = source else {
            return Reply::none();
        };
        let path = path.trim().to_owned();
        self.export_path = Some(path.clone()).filter(|p| !p.is_empty());
        let job = NetworkJob::Export(ExportRequest { source, path });
        Reply::none().restart(JobKind::ScrapTask, job)
    }

    /// The open article as something to export: its scrap where it is one.
    pub fn export_source(&self, article: Arc<Article>) -> ExportSource {
        if self.is_of(article.id()) {
            ExportSource::Scraps(vec![article.id()])
        } else {
            ExportSource::Article(article)
        }
    }

    /// Shows the scrap's page of today, or the copy again. `None` where the open article is no
    /// scrap; `address` is its address.
    pub fn toggle_page(&mut self, address: Option<&Clean>, env: &Env<'_>) -> Option<Reply> {
        if env.collection != Collection::Scraps && !self.shows_page {
            return None;
        }
        let scrap = self.scrap.as_ref()?;
        if self.shows_page {
            let copy = Arc::new(scrap.article.clone());
            return Some(self.show(copy, false));
        }
        let Some(url) = address.cloned() else {
            return Some(Reply::none().fail(Failure::new(Cause::NoAddress, "")));
        };
        if env.is_offline() {
            return Some(Reply::none().fail(Failure::new(Cause::Offline, "")));
        }
        let id = scrap.id();
        let job = NetworkJob::CheckPage(PageCheckRequest { id, url });
        let reply = Reply::none().say(env.text("notice.fetching-page"));
        Some(reply.restart(JobKind::ScrapTask, job))
    }

    /// A scrap was compared with its page.
    pub fn page_checked(&mut self, answer: Result<PageCheck, Failure>, env: &Env<'_>) -> Reply {
        let PageCheck {
            id,
            observation,
            article,
        } = match answer {
            Ok(check) => check,
            Err(failure) => return report(failure),
        };
        let Some(scrap) = self.scrap.as_mut().filter(|s| s.id() == id) else {
            return Reply::none();
        };
        scrap.page = Some(observation);
        let key = match observation.state {
            PageState::Same => "notice.page-same",
            PageState::Changed => "notice.page-today",
            PageState::Gone => "notice.page-gone",
        };
        let reply = match article {
            Some(article) => self.show(article, true),
            None => Reply::none().intent(Intent::RebuildArticle),
        };
        reply.say(env.text(key))
    }

    /// Shows a text of the scrap: its page of today, or the copy.
    fn show(&mut self, article: Arc<Article>, is_page: bool) -> Reply {
        self.shows_page = is_page;
        self.selection = None;
        Reply::none().intent(Intent::ShowText(article))
    }
}

/// Prints an article.
pub fn print(article: Arc<Article>, env: &Env<'_>) -> Reply {
    Reply::none()
        .say(env.text("notice.printing"))
        .restart(JobKind::ScrapTask, NetworkJob::Print(article))
}

/// Fetches what belongs to these scraps, which were made or changed: short news, pictures, files.
pub fn complete(ids: Vec<ArticleId>) -> Reply {
    Reply::none().start(JobKind::ScrapCompletion, NetworkJob::CompleteScraps(ids))
}

/// An export ended.
pub fn exported(answer: Result<ExportReport, Failure>, env: &Env<'_>) -> Reply {
    let done = match answer {
        Ok(done) => done,
        Err(failure) => return report(failure),
    };
    let key = if done.skipped > 0 {
        "notice.exported-some"
    } else {
        "notice.exported"
    };
    let (written, skipped) = (done.written.to_string(), done.skipped.to_string());
    let values = [
        ("n", written.as_str()),
        ("left", skipped.as_str()),
        ("path", done.path.as_str()),
    ];
    Reply::none().say(env.fill(key, &values))
}

/// An article was printed.
pub fn printed(answer: Result<Printout, Failure>, env: &Env<'_>) -> Reply {
    let (key, name, value) = match &answer {
        Ok(Printout::Printer(printer)) => ("notice.printed", "printer", printer),
        Ok(Printout::Pdf(path)) => ("notice.paper", "path", path),
        Ok(Printout::Text(path)) => ("notice.paper-text", "path", path),
        Err(failure) => return report(failure.clone()),
    };
    Reply::none().say(env.fill(key, &[(name, value)]))
}
