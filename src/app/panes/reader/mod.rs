//! The reader pane: one article, its body and its short news, and the place in each.
//!
//! * [`sheet`] – a text as set, with the line at its top; [`places`] – from places in an article to
//!   places in such a text
//! * `line_steps` – how a linear screen goes through the text
//! * [`short_news`] – the short news of the article; `summarizing` – how the reader asks for it
//! * [`story_view`] – an issue, the versions of an article or what was rewritten in it; `story` –
//!   how the reader goes through one; [`story_draft`] – its text while it is written;
//!   [`revisions_draft`] – that of what was rewritten
//! * [`hits`] – words that were found; `find` – how the reader goes from one to the next
//! * [`mouse_selection`] – text selected with the mouse; `mouse` – what the mouse does
//! * [`pictures`] – pictures in the text, and one alone on the screen
//! * `rewritten` – what the publisher rewrote in the article
//! * [`words`] – a word of the text in the user's dictionary
//! * `queue` – whether an article of the read-later queue was read to its end
//! * `rest` – the rest of an article of which only the beginning was there
//! * `spotlight` – the sentence that is emphasized

mod find;
pub mod hits;
mod line_steps;
mod mouse;
pub mod mouse_selection;
pub mod pictures;
pub mod places;
mod queue;
mod rest;
pub mod revisions_draft;
mod rewritten;
pub mod sheet;
pub mod short_news;
mod spotlight;
mod story;
pub mod story_draft;
pub mod story_view;
mod summarizing;
pub mod words;

use std::sync::Arc;

use super::showing::Showing;
use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::protocol::failure::Failure;
use crate::app::protocol::picture::PictureSlot;
use crate::app::reply::Reply;
use crate::news::{Article, ArticleId, Clean, Revision};
use crate::picture::DrawnPicture;
use crate::text::{Anchor, Document, Measure, Part, PartRole};
use hits::FindState;
use mouse_selection::Selection;
use pictures::Pictures;
use sheet::{PartRange, Sheet};
use short_news::ShortNews;
use story_draft::StoryTarget;
use story_view::StoryView;

/// The reader pane.
#[derive(Debug, Default)]
pub struct Reader {
    /// The article asked for.
    id: Option<ArticleId>,
    /// The article that is there.
    article: Option<Arc<Article>>,
    /// What it was asked to be done with before it came.
    on_arrival: Option<Action>,
    /// Why it could not be fetched.
    failure: Option<Failure>,
    /// What tells of a story in the article's place.
    story_view: Option<Box<StoryView>>,
    showing: Showing,
    body: Option<Sheet>,
    short_news: ShortNews,
    /// The sentence of the body that is emphasized.
    spotlight: Option<PartRange>,
    /// Words found in the body.
    find: Option<FindState>,
    /// What was shown before the search that is being typed: body or short news, the place at the
    /// top, and what was found then.
    before_find: Option<(Showing, Option<Anchor>, Option<FindState>)>,
    /// How many parts of the body's document stand above the article.
    above: usize,
    /// Where the button went down.
    pressed: Option<Selection>,
    /// Text selected with the mouse.
    selection: Option<Selection>,
    pictures: Pictures,
    /// The words that were last selected with the mouse, for a quotation.
    quoted: Option<Clean>,
    /// Whether it is remembered that the article was opened.
    counted: bool,
    /// Whether the article is in the read-later queue.
    queued: bool,
    /// Whether its end was in view while it was read.
    end_seen: bool,
    /// Whether the rest of the article was asked for, of which only the beginning is there.
    asked_rest: bool,
    /// What the publisher rewrote in the article, the first time first.
    revisions: Vec<Revision>,
    /// The line above the article that says so.
    revision_line: Option<Part>,
    /// The sentence that a line of a story view led to, until its article is there.
    landing: Option<StoryTarget>,
}

impl Reader {
    /// The article asked for; the one that is there may still be another.
    pub fn id(&self) -> Option<ArticleId> {
        self.id
    }

    /// The article that is there.
    pub fn article(&self) -> Option<&Arc<Article>> {
        self.article.as_ref()
    }

    /// Why the article asked for could not be fetched.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// Whether the body or the short news is shown.
    pub fn showing(&self) -> Showing {
        self.showing
    }

    /// Shows the body, or the short news once it is there.
    pub fn show(&mut self, showing: Showing) {
        self.showing = showing;
    }

    /// The body as set.
    pub fn body(&self) -> Option<&Sheet> {
        self.body.as_ref()
    }

    /// The short news.
    pub fn short_news(&self) -> &ShortNews {
        &self.short_news
    }

    /// The short news, to be changed.
    pub fn short_news_mut(&mut self) -> &mut ShortNews {
        &mut self.short_news
    }

    /// Words found in the body.
    pub fn find(&self) -> Option<&FindState> {
        self.find.as_ref()
    }

    /// Text selected with the mouse.
    pub fn selection(&self) -> Option<&Selection> {
        self.selection.as_ref()
    }

    /// The pictures of the article.
    pub fn pictures(&self) -> &Pictures {
        &self.pictures
    }

    /// Notes that the article `id` is asked for.
    pub fn ask_for(&mut self, id: ArticleId) {
        self.id = Some(id);
        (self.on_arrival, self.failure) = (None, None);
    }

    /// Puts the article away.
    pub fn close(&mut self) {
        *self = Self {
            showing: self.showing,
            ..Self::default()
        };
    }

    /// Forgets which article is there, so that it is asked for anew.
    pub fn forget_article(&mut self) {
        self.id = None;
    }

    /// Notes that the article asked for can't be had.
    pub fn fail(&mut self, failure: Failure) {
        self.failure = Some(failure);
    }

    /// Notes an action that is to be done once the article comes, where it is on its way.
    pub fn do_on_arrival(&mut self, action: Action, env: &Env<'_>) {
        self.on_arrival = env.is_busy(JobKind::Article).then_some(action);
    }

    /// What the article was asked to be done with before it came.
    pub fn take_on_arrival(&mut self) -> Option<Action> {
        self.on_arrival.take()
    }

    /// The article, where it was not given as opened before.
    pub fn take_newly_opened(&mut self) -> Option<Arc<Article>> {
        let article = self.article.clone()?;
        (!std::mem::replace(&mut self.counted, true)).then_some(article)
    }

    /// Forgets the words that were searched for and the sentence that is emphasized; gives whether
    /// there were any. Those that the list is filtered by stay lit.
    pub fn put_out(&mut self) -> bool {
        let found = self.find.take_if(|find| !find.is_from_list()).is_some();
        self.put_out_spotlight() || found
    }

    /// Shows `article` from where its reading stopped: part and byte. `revised`: what was rewritten
    /// in it, and the line above it that says so.
    pub fn open(
        &mut self,
        article: Arc<Article>,
        place: Option<(usize, usize)>,
        document: Document,
        revised: Option<(Vec<Revision>, Part)>,
        measure: &Measure,
    ) {
        let (revisions, line) = revised.unzip();
        let revisions = revisions.unwrap_or_default();
        let (document, above) = below(line.as_ref(), document);
        let mut body = Sheet::new(document, measure);
        if let Some((part, byte)) = place.filter(|p| *p != (0, 0)) {
            let part = part + above;
            body.put_anchor(Anchor { part, byte });
        }
        let id = self.id.unwrap_or_else(|| article.id());
        // The versions of an article may be there before it is.
        let versions = self.story_view.take();
        *self = Self {
            id: Some(id),
            body: Some(body),
            showing: self.showing,
            pictures: self.pictures.of_other_article(id, &article),
            story_view: versions.filter(|view| view.is_over(id)),
            landing: self.landing.take(),
            article: Some(article),
            above,
            revisions,
            revision_line: line,
            ..Self::default()
        };
    }

    /// Whether the body is what is shown: not its short news, and no story view over it.
    pub fn shows_body(&self) -> bool {
        self.story_view.is_none() && self.showing == Showing::Body
    }

    /// The text that is shown, where there is one.
    pub fn sheet(&self) -> Option<&Sheet> {
        if let Some(view) = &self.story_view {
            return Some(view.sheet());
        }
        match self.showing {
            Showing::Body => self.body.as_ref(),
            Showing::ShortNews => self.short_news.sheet(),
        }
    }

    /// The place to remember: part and byte at the top of the body, and whose body it is; the
    /// article asked for may be another one already.
    pub fn place(&self) -> Option<(ArticleId, usize, usize)> {
        let anchor = self.body.as_ref()?.top_anchor();
        let id = self.article.as_ref()?.id();
        Some(
            anchor
                .part
                .checked_sub(self.above)
                .map_or((id, 0, 0), |part| (id, part, anchor.byte)),
        )
    }

    /// Sets all texts to the measure in force, for a pane of so many rows.
    pub fn settle(&mut self, measure: &Measure, rows: u16) {
        let view = self.story_view.as_mut().map(|view| view.sheet_mut());
        let sheets = [self.body.as_mut(), self.short_news.sheet_mut(), view];
        for sheet in sheets.into_iter().flatten() {
            sheet.settle(measure, rows);
        }
    }

    /// Scrolls, or in the short news chooses another line.
    pub fn go(&mut self, action: Action, count: usize, rows: u16) {
        let is_step = matches!(
            action,
            Action::Down | Action::Up | Action::First | Action::Last
        );
        let sheet = match (&mut self.story_view, self.showing) {
            (Some(view), _) => Some(view.sheet_mut()),
            (None, Showing::ShortNews) if is_step => {
                return self.short_news.go(action, count, rows);
            }
            (None, Showing::ShortNews) => self.short_news.sheet_mut(),
            (None, Showing::Body) => self.body.as_mut(),
        };
        if let Some(sheet) = sheet {
            sheet.go(action, count, rows);
        }
    }

    /// 본문 바로가기: the first paragraph at the top.
    pub fn skip_to_body(&mut self, rows: u16) {
        self.showing = Showing::Body;
        let Some(body) = self.body.as_mut() else {
            return;
        };
        let mut parts = body.document().parts.iter();
        if let Some(part) = parts.position(|p| p.role == PartRole::Paragraph) {
            body.put_anchor_in_page(Anchor { part, byte: 0 }, rows);
        }
    }

    /// Shows `article`, set as `document` with the parts `above` standing before the article's own.
    /// Where it is the article that is shown already, the place in it stays, except at its very
    /// beginning, from where what stands above is seen; and its pictures keep their rooms.
    pub fn replace_document(
        &mut self,
        article: Arc<Article>,
        document: Document,
        above: usize,
        measure: &Measure,
    ) {
        let (document, line) = below(self.revision_line.as_ref(), document);
        let above = above + line;
        let shown = self.article.as_ref();
        let is_same = shown.is_some_and(|a| Arc::ptr_eq(a, &article) || **a == *article);
        let below = self.above;
        let moved = |part: usize| (part + above).saturating_sub(below);
        let before = self.body.take().filter(|_| is_same);
        self.body = Some(if let Some(before) = before {
            let pictured = self.pictures.in_text().keys().copied();
            let body = Sheet::replacing(&before, document, pictured, moved, measure);
            self.pictures.shift(moved);
            body
        } else {
            let id = self.id.unwrap_or_else(|| article.id());
            self.pictures = self.pictures.of_other_article(id, &article);
            Sheet::new(document, measure)
        });
        if !is_same {
            self.article = Some(article);
        }
        if let Some(lit) = &mut self.spotlight {
            lit.part = moved(lit.part);
        }
        if let Some(find) = &mut self.find {
            find.shift(moved);
        }
        if let Some((_, top, find)) = &mut self.before_find {
            top.iter_mut().for_each(|top| top.part = moved(top.part));
            find.iter_mut().for_each(|find| find.shift(moved));
        }
        self.above = above;
    }

    /// The article asked for, once it is there.
    pub fn arrived(&self) -> Option<&Arc<Article>> {
        self.article.as_ref().filter(|a| self.id == Some(a.id()))
    }

    /// Whether there is something to read.
    pub fn readable(&self) -> bool {
        self.article.is_some() || self.story_view.is_some()
    }

    /// Pictures on or off.
    pub fn toggle_pictures(&mut self, env: &Env<'_>) -> Reply {
        self.pictures.toggle(env)
    }

    /// Shows the picture in view alone on the screen, where there is one.
    pub fn open_picture(&mut self, env: &Env<'_>) -> Reply {
        match &self.body {
            Some(body) if self.shows_body() => self.pictures.open(body, env),
            _ => Reply::none(),
        }
    }

    /// Shows the picture `steps` further on, in the full view.
    pub fn step_picture(&mut self, steps: isize, env: &Env<'_>) -> Reply {
        match &self.body {
            Some(body) => self.pictures.step(body, steps, env),
            None => Reply::none(),
        }
    }

    /// 원본보기: the picture in view, in the viewer.
    pub fn view_original(&self, env: &Env<'_>) -> Reply {
        self.pictures.view_original(self.body.as_ref(), env)
    }

    /// A picture came, or can't be had.
    pub fn picture_came(&mut self, slot: PictureSlot, answer: Result<Arc<DrawnPicture>, Failure>) {
        self.pictures.came(slot, answer);
    }

    /// What follows for the pictures from any change. `is_zoom_open` says that one of them is alone
    /// on the screen.
    pub fn settle_pictures(&mut self, is_zoom_open: bool, env: &Env<'_>) -> Reply {
        let is_body_shown = self.shows_body() && env.geometry.reader.is_some();
        let body = self.body.as_mut();
        self.pictures.settle(body, is_zoom_open, is_body_shown, env)
    }
}

/// `document` with `line` above it, and how many parts that are.
fn below(line: Option<&Part>, mut document: Document) -> (Document, usize) {
    let Some(line) = line else {
        return (document, 0);
    };
    document.parts.insert(0, line.clone());
    (document, 1)
}
