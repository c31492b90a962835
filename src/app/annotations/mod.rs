//! What the reader adds to an article: highlights, notes, labels; and where it goes: files, paper,
//! its page of today.
//!
//! All of it hangs on the scrap of the article in the reader. A highlight, a note or a label on an
//! article that is no scrap yet makes it one first. Each change is shown at once, kept, and can be
//! taken back.

pub mod highlighting;
pub mod text_range;
pub mod undo;

use std::sync::Arc;

use super::geometry::Pane;
use super::input::action::Action;
use super::input::labels;
use super::input::prompt::{self, Prompt};
use super::jobs::{JobKind, PendingChange};
use super::panes::reader::ShortNewsState;
use super::panes::rebuild_document;
use super::protocol::change::Change;
use super::protocol::effect::Effect;
use super::protocol::library::{LibraryJob, ScrapLookup};
use super::protocol::network::{
    ExportReport, ExportRequest, ExportSource, NetworkJob, PageCheck, PageCheckRequest, Printout,
};
use super::protocol::prefs::Purpose;
use super::protocol::rows::Collection;
use super::update::command;
use super::{Cause, Failure, Model};
use crate::app::protocol::undo::Undo;
use crate::news::{Annotation, Article, ArticleId, Clean, Highlight, PageState, Scrap};
use text_range::KeyboardSelection;

/// The state of all that.
#[derive(Debug, Default)]
pub struct Annotations {
    /// The scrap of the article in the reader, where there is one.
    pub scrap: Option<Box<Scrap>>,
    /// Its highlights where they stand in the article that is shown, with their places in the
    /// scrap's list.
    pub placed: Vec<(usize, Highlight)>,
    /// The choice of text under way.
    pub selection: Option<KeyboardSelection>,
    /// The page of today is shown instead of the copy.
    pub today: bool,
    /// Labels in use.
    pub labels: Vec<Clean>,
    /// Where was exported to last.
    place: Option<String>,
}

/// Does an action of these.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Highlight => highlighting::begin(model),
        Action::Note => ask_note(model),
        Action::Labels => ask_labels(model),
        Action::Export => ask_export(model),
        Action::Print => print(model),
        _ => Vec::new(),
    }
}

/// Another article is in the reader: what was kept of the one before is forgotten, and its own
/// asked for.
pub fn article_came(model: &mut Model) -> Vec<Effect> {
    let annotations = &mut model.annotations;
    (annotations.selection, annotations.today) = (None, false);
    let Some(id) = model.reader.article.as_ref().map(|a| a.id()) else {
        return Vec::new();
    };
    let known = annotations.scrap.as_ref().is_some_and(|s| s.id() == id);
    if !known {
        annotations.scrap = None;
        annotations.placed.clear();
    }
    let is_scrap = model.list.collection() == Collection::Scraps || model.list.is_scrapped(id);
    if !is_scrap {
        return Vec::new();
    }
    if known {
        rebuild_document::dress(model);
    }
    ask(model, id)
}

/// Asks for the scrap of the article in the reader.
fn ask(model: &mut Model, id: ArticleId) -> Vec<Effect> {
    model.jobs.restart(JobKind::Scrap, LibraryJob::Scrap(id))
}

/// Tells of a failure, unless it is that the reader stopped the job.
fn tell(model: &mut Model, failure: &Failure) -> Vec<Effect> {
    if failure.cause != Cause::Cancelled {
        model.fail(failure);
    }
    Vec::new()
}

/// The scrap of the article in the reader came.
pub fn scrap_came(model: &mut Model, answer: Result<ScrapLookup, Failure>) -> Vec<Effect> {
    let ScrapLookup { id, scrap } = match answer {
        Ok(found) => found,
        Err(failure) => return tell(model, &failure),
    };
    if model.reader.article.as_ref().is_some_and(|a| a.id() == id) {
        let is_news =
            scrap.as_ref().is_some_and(|s| s.changed()) && model.annotations.scrap.is_none();
        model.annotations.scrap = scrap;
        rebuild_document::dress(model);
        if is_news && !model.annotations.today {
            model.say(model.start.words.get("notice.page-changed").to_owned());
        }
    }
    Vec::new()
}

/// The labels in use came.
pub fn labels_came(model: &mut Model, answer: Result<Vec<Clean>, Failure>) -> Vec<Effect> {
    match answer {
        Ok(labels) => model.annotations.labels = labels,
        Err(failure) => return tell(model, &failure),
    }
    Vec::new()
}

/// Scraps have all that belongs to them.
pub fn completed(model: &mut Model, answer: Result<Vec<ArticleId>, Failure>) -> Vec<Effect> {
    let ids = match answer {
        Ok(ids) => ids,
        Err(failure) => return tell(model, &failure),
    };
    let shown = model.annotations.scrap.as_ref().map(|s| s.id());
    // Only where no change is under way that would be undone on the screen by it.
    match shown.filter(|id| ids.contains(id) && !model.jobs.is_busy(JobKind::Change)) {
        Some(id) => ask(model, id),
        None => Vec::new(),
    }
}

/// An export ended.
pub fn exported(model: &mut Model, answer: Result<ExportReport, Failure>) -> Vec<Effect> {
    let report = match answer {
        Ok(report) => report,
        Err(failure) => return tell(model, &failure),
    };
    let key = if report.skipped > 0 {
        "notice.exported-some"
    } else {
        "notice.exported"
    };
    let numbers = (report.written.to_string(), report.skipped.to_string());
    let values = [
        ("n", numbers.0.as_str()),
        ("left", numbers.1.as_str()),
        ("path", report.path.as_str()),
    ];
    model.say(model.start.words.fill(key, &values));
    Vec::new()
}

/// An article was printed.
pub fn printed(model: &mut Model, answer: Result<Printout, Failure>) -> Vec<Effect> {
    let (key, name, value) = match &answer {
        Ok(Printout::Printer(printer)) => ("notice.printed", "printer", printer),
        Ok(Printout::Pdf(path)) => ("notice.paper", "path", path),
        Ok(Printout::Text(path)) => ("notice.paper-text", "path", path),
        Err(failure) => return tell(model, failure),
    };
    model.say(model.start.words.fill(key, &[(name, value)]));
    Vec::new()
}

/// A scrap was kept, or changed: what belongs to it follows.
pub fn kept(model: &mut Model, ids: Vec<ArticleId>) -> Vec<Effect> {
    let job = NetworkJob::CompleteScraps(ids);
    vec![model.jobs.start(JobKind::ScrapCompletion, job)]
}

/// The scrap of the article in the reader; it is made one where it is none. `None` where that can't
/// be now: what the reader is told then is said.
pub fn scrapped(model: &mut Model) -> Option<(ArticleId, Vec<Effect>)> {
    let article = model
        .reader
        .article
        .clone()
        .filter(|a| model.reader.id == Some(a.id()))?;
    let id = article.id();
    if model
        .annotations
        .scrap
        .as_ref()
        .is_some_and(|s| s.id() == id)
    {
        return Some((id, Vec::new()));
    }
    if model.jobs.is_busy(JobKind::Scrap) {
        model.say(model.start.words.get("empty.loading").to_owned());
        return None;
    }
    if model.list.is_scrapped(id) {
        // It is one, and its answer was never had.
        model.say(model.start.words.get("empty.loading").to_owned());
        return None;
    }
    let effects = make(model, &article);
    Some((id, effects))
}

/// Makes a scrap of the article in the reader.
pub fn make(model: &mut Model, article: &Arc<Article>) -> Vec<Effect> {
    let id = article.id();
    command::mark_scrapped(model, id, true);
    let mut scrap = Scrap::of((**article).clone(), model.start.now);
    if let ShortNewsState::Ready(summary, _) = &model.reader.short_news.state {
        scrap.summary = Some(summary.clone());
    }
    model.undo.push(Undo::Scrapped(id));
    took(model, &scrap);
    vec![model.jobs.change(
        Change::Scrap(Box::new(scrap)),
        PendingChange::Scrap(id, article.title.clone()),
    )]
}

/// Asks for the scrap of the article in the reader again: what is shown of it may not be true.
pub fn ask_again(model: &mut Model) -> Vec<Effect> {
    let shown = model.annotations.scrap.as_ref().map(|s| s.id());
    shown.map_or_else(Vec::new, |id| ask(model, id))
}

/// Takes a change of a scrap back.
pub fn take_back(model: &mut Model, id: ArticleId, before: Annotation) -> Vec<Effect> {
    let after = match model.annotations.scrap.as_mut().filter(|s| s.id() == id) {
        Some(scrap) => scrap.annotate(before.clone()),
        None => before.clone(),
    };
    rebuild_document::dress(model);
    model.say(model.start.words.get("notice.undone").to_owned());
    vec![model.jobs.change(
        Change::Annotate(id, before),
        PendingChange::Annotate(id, after),
    )]
}

/// Changes one thing of the scrap in the reader: shown at once, kept, and to be taken back.
pub fn annotate(model: &mut Model, change: Annotation) -> Vec<Effect> {
    let Some(scrap) = model.annotations.scrap.as_mut() else {
        return Vec::new();
    };
    let id = scrap.id();
    let before = scrap.annotate(change.clone());
    model.undo.push(Undo::Annotated(id, before.clone()));
    rebuild_document::dress(model);
    vec![model.jobs.change(
        Change::Annotate(id, change),
        PendingChange::Annotate(id, before),
    )]
}

/// Puts back what a change was made from: it was taken back, or could not be kept.
pub fn restore(model: &mut Model, id: ArticleId, before: Annotation) {
    if let Some(scrap) = model.annotations.scrap.as_mut().filter(|s| s.id() == id) {
        scrap.annotate(before);
        rebuild_document::dress(model);
    }
}

/// The scrap in the reader is one no more.
pub fn unscrapped(model: &mut Model, id: ArticleId) {
    if model
        .annotations
        .scrap
        .as_ref()
        .is_some_and(|s| s.id() == id)
    {
        model.annotations.scrap = None;
        rebuild_document::dress(model);
    }
}

/// The scrap of the article in the reader is this one.
pub fn took(model: &mut Model, scrap: &Scrap) {
    if model
        .reader
        .article
        .as_ref()
        .is_some_and(|a| a.id() == scrap.id())
    {
        model.annotations.scrap = Some(Box::new(scrap.clone()));
        rebuild_document::dress(model);
    }
}

fn ask_note(model: &mut Model) -> Vec<Effect> {
    let Some((_, effects)) = scrapped(model) else {
        return Vec::new();
    };
    let note = model
        .annotations
        .scrap
        .as_ref()
        .and_then(|s| s.note.as_deref())
        .unwrap_or_default();
    let note = prompt::one_line(note);
    model.prompt = Some(Prompt::new(Purpose::Note, &note));
    effects
}

fn ask_labels(model: &mut Model) -> Vec<Effect> {
    let Some((_, mut effects)) = scrapped(model) else {
        return Vec::new();
    };
    let labels = model
        .annotations
        .scrap
        .as_ref()
        .map(|s| s.tags.iter().map(|t| &**t).collect::<Vec<_>>().join(", "))
        .unwrap_or_default();
    model.prompt = Some(Prompt::new(Purpose::Labels, &labels));
    effects.extend(model.jobs.restart(JobKind::Labels, LibraryJob::Labels));
    effects
}

fn ask_export(model: &mut Model) -> Vec<Effect> {
    if export_source(model).is_none() {
        model.say(model.start.words.get("notice.nothing-to-export").to_owned());
        return Vec::new();
    }
    let place = model
        .annotations
        .place
        .clone()
        .unwrap_or_else(|| model.start.config.scrap.folder.clone());
    model.prompt = Some(Prompt::new(Purpose::Export, &place));
    Vec::new()
}

/// What is exported: the article in the reader; from the list of scraps, all that it shows.
fn export_source(model: &Model) -> Option<ExportSource> {
    if model.focus != Pane::Reader && model.list.collection() == Collection::Scraps {
        let ids: Vec<ArticleId> = model.list.rows().iter().map(|r| r.id).collect();
        return (!ids.is_empty()).then_some(ExportSource::Scraps(ids));
    }
    let article = model.reader.article.clone()?;
    match &model.annotations.scrap {
        Some(scrap) if scrap.id() == article.id() => Some(ExportSource::Scraps(vec![scrap.id()])),
        _ => Some(ExportSource::Article(article)),
    }
}

/// What was typed into the prompt of one of these.
pub fn typed(model: &mut Model, purpose: Purpose, text: &str) -> Vec<Effect> {
    match purpose {
        Purpose::Note => {
            let note = Some(prompt::many_lines(text)).filter(|n| !n.is_blank());
            if model
                .annotations
                .scrap
                .as_ref()
                .is_none_or(|s| s.note == note)
            {
                return Vec::new();
            }
            annotate(model, Annotation::Note(note))
        }
        Purpose::Labels => {
            let labels = labels::parse(text);
            if model
                .annotations
                .scrap
                .as_ref()
                .is_none_or(|s| s.tags == labels)
            {
                return Vec::new();
            }
            annotate(model, Annotation::Tags(labels))
        }
        Purpose::HighlightNote => highlighting::noted(model, text),
        Purpose::Export => {
            let Some(source) = export_source(model) else {
                return Vec::new();
            };
            model.annotations.place = Some(text.trim().to_owned()).filter(|p| !p.is_empty());
            let request = ExportRequest {
                source,
                path: text.trim().to_owned(),
            };
            model
                .jobs
                .restart(JobKind::ScrapTask, NetworkJob::Export(request))
        }
        _ => Vec::new(),
    }
}

fn print(model: &mut Model) -> Vec<Effect> {
    let Some(article) = model.reader.article.clone() else {
        return Vec::new();
    };
    model.say(model.start.words.get("notice.printing").to_owned());
    model
        .jobs
        .restart(JobKind::ScrapTask, NetworkJob::Print(article))
}

/// `x` on a scrap: its page of today, and from there back to the copy. `None` where the article is
/// no scrap.
pub fn look(model: &mut Model) -> Option<Vec<Effect>> {
    if model.list.collection() != Collection::Scraps && !model.annotations.today {
        return None;
    }
    let scrap = model.annotations.scrap.clone()?;
    if model.annotations.today {
        show(model, Arc::new(scrap.article.clone()), false);
        return Some(Vec::new());
    }
    let url = command::address(model)?;
    if model.start.config.network.offline {
        model.fail(&Failure::new(Cause::Offline, ""));
        return Some(Vec::new());
    }
    model.say(model.start.words.get("notice.fetching-page").to_owned());
    let request = PageCheckRequest {
        id: scrap.id(),
        url,
    };
    let job = NetworkJob::CheckPage(request);
    Some(model.jobs.restart(JobKind::ScrapTask, job))
}

/// A scrap was compared with its page.
pub fn page_checked(model: &mut Model, answer: Result<PageCheck, Failure>) -> Vec<Effect> {
    let PageCheck { id, look, article } = match answer {
        Ok(check) => check,
        Err(failure) => return tell(model, &failure),
    };
    let Some(scrap) = model.annotations.scrap.as_mut().filter(|s| s.id() == id) else {
        return Vec::new();
    };
    scrap.page = Some(look);
    let key = match look.state {
        PageState::Same => "notice.page-same",
        PageState::Changed => "notice.page-today",
        PageState::Gone => "notice.page-gone",
    };
    match article {
        Some(article) => show(model, article, true),
        None => rebuild_document::dress(model),
    }
    model.say(model.start.words.get(key).to_owned());
    Vec::new()
}

/// Shows a text of the scrap: its page of today, or the copy.
fn show(model: &mut Model, article: Arc<Article>, today: bool) {
    model.annotations.today = today;
    model.annotations.selection = None;
    rebuild_document::turn(model, article);
}
