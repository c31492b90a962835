//! The reader pane: one article, its body and its short news, and the place in each.

use std::sync::Arc;

use super::model_summary::ModelProgress;
use super::mouse_selection::Selection;
use super::pictures::Pictures;
use super::places::{point_of, range_of, range_of_span};
use super::sheet::{PartRange, Sheet};
use super::story_view::{StoryView, StoryViewKind};
use super::summary::short_news_document;
use crate::app::input::action::Action;
use crate::app::protocol::failure::Failure;
use crate::config::Words;
use crate::news::{Article, ArticleId, Clean, Passage, Point, Summary};
use crate::text::{Anchor, Document, Measure, PartRole, PartSource};

/// Body or short news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Showing {
    /// The full text.
    #[default]
    Body,
    /// 숏뉴스.
    ShortNews,
}

/// How far the short news is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ShortNewsState {
    /// Not asked for.
    #[default]
    None,
    /// Being made.
    Loading,
    /// Made.
    Ready(Summary, Vec<Passage>),
    /// It can't be made.
    Failed(Failure),
}

/// The short news of the open article.
#[derive(Debug, Default)]
pub struct ShortNews {
    /// How far it is.
    pub state: ShortNewsState,
    /// Its lines as set, once it is made.
    pub sheet: Option<Sheet>,
    /// The index of the chosen line.
    pub chosen: usize,
    /// The language model's work on it.
    pub model: ModelProgress,
}

/// Words found in the article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindState {
    /// Where they stand, in reading order.
    pub hits: Vec<PartRange>,
    /// The one that is looked at.
    pub at: usize,
    /// They are what the list was filtered by: lit, but nothing that a step back would have to end
    /// first.
    pub from_list: bool,
}

/// The reader pane.
#[derive(Debug, Default)]
pub struct Reader {
    /// The article asked for.
    pub id: Option<ArticleId>,
    /// The article that is there.
    pub article: Option<Arc<Article>>,
    /// What it was asked to be done with before it came.
    pub on_arrival: Option<Action>,
    /// Why it could not be fetched.
    pub failure: Option<Failure>,
    /// What stands in the article's place.
    pub story_view: Option<Box<StoryView>>,
    /// Body or short news.
    pub showing: Showing,
    /// The body.
    pub body: Option<Sheet>,
    /// The short news.
    pub short_news: ShortNews,
    /// The sentence of the body that is emphasized: the one read aloud, or the source of a line of
    /// the short news.
    pub spotlight: Option<PartRange>,
    /// Words found in the body.
    pub find: Option<FindState>,
    /// Parts of the body's document that stand above the article.
    pub(crate) above: usize,
    /// Where the button went down.
    pub pressed: Option<Selection>,
    /// Text chosen with the mouse.
    pub selection: Option<Selection>,
    /// Its pictures.
    pub pictures: Pictures,
    /// The words that were last chosen with the mouse, for a quotation.
    pub quoted: Option<Clean>,
    /// That it was opened is remembered.
    pub counted: bool,
}

impl Reader {
    /// Shows `article` from where its reading stopped: part and byte.
    pub fn open(
        &mut self,
        article: Arc<Article>,
        place: Option<(usize, usize)>,
        document: Document,
        measure: &Measure,
    ) {
        let mut body = Sheet::new(document, measure);
        if let Some((part, byte)) = place.filter(|p| *p != (0, 0)) {
            body.put(body.layout.spot(Anchor { part, byte }));
        }
        let showing = self.showing;
        let id = self.id.or_else(|| Some(article.id()));
        let pictures = Pictures::renewed();
        // The versions of an article may be there before it is.
        let card = self
            .story_view
            .take()
            .filter(|c| c.kind == StoryViewKind::Versions && Some(c.of) == id);
        *self = Self {
            id,
            article: Some(article),
            body: Some(body),
            showing,
            pictures,
            story_view: card,
            ..Self::default()
        };
    }

    /// Whether the body is what is shown: not its short news, and no card over it.
    pub fn shows_body(&self) -> bool {
        self.story_view.is_none() && self.showing == Showing::Body
    }

    /// The text that is shown, where there is one.
    pub fn sheet(&self) -> Option<&Sheet> {
        if let Some(card) = &self.story_view {
            return Some(&card.sheet);
        }
        match self.showing {
            Showing::Body => self.body.as_ref(),
            Showing::ShortNews => self.short_news.sheet.as_ref(),
        }
    }

    /// The place to remember: part and byte at the top of the body, and whose body it is; the
    /// article asked for may be another one already.
    pub fn place(&self) -> Option<(ArticleId, usize, usize)> {
        let body = self.body.as_ref()?;
        let anchor = body.layout.anchor(body.top);
        let id = self.article.as_ref()?.id();
        Some(
            anchor
                .part
                .checked_sub(self.above)
                .map_or((id, 0, 0), |part| (id, part, anchor.byte)),
        )
    }

    /// Takes the short news that came.
    pub fn take_short_news(
        &mut self,
        summary: Summary,
        sources: Vec<Passage>,
        words: &Words,
        measure: &Measure,
    ) {
        let title = self
            .article
            .as_ref()
            .map(|a| a.title.clone())
            .unwrap_or_default();
        self.short_news.sheet = Some(Sheet::new(
            short_news_document(&summary, title, words),
            measure,
        ));
        self.short_news.state = ShortNewsState::Ready(summary, sources);
        self.short_news.chosen = 0;
    }

    /// Sets both texts to the measure in force.
    pub fn settle(&mut self, measure: &Measure) {
        let card = self.story_view.as_mut().map(|c| &mut c.sheet);
        for sheet in [self.body.as_mut(), self.short_news.sheet.as_mut(), card]
            .into_iter()
            .flatten()
        {
            sheet.settle(measure);
        }
    }

    /// Scrolls, or in the short news chooses another line.
    pub fn go(&mut self, action: Action, count: usize, rows: u16) {
        if let Some(card) = &mut self.story_view {
            return card.sheet.go(action, count, rows);
        }
        if self.showing == Showing::ShortNews
            && matches!(
                action,
                Action::Down | Action::Up | Action::First | Action::Last
            )
        {
            return self.choose(action, count, rows);
        }
        let sheet = match self.showing {
            Showing::Body => self.body.as_mut(),
            Showing::ShortNews => self.short_news.sheet.as_mut(),
        };
        if let Some(sheet) = sheet {
            sheet.go(action, count, rows);
        }
    }

    fn choose(&mut self, action: Action, count: usize, rows: u16) {
        let ShortNewsState::Ready(summary, _) = &self.short_news.state else {
            return;
        };
        let last = summary.sentences.len().saturating_sub(1);
        self.short_news.chosen = match action {
            Action::Down => (self.short_news.chosen + count).min(last),
            Action::Up => self.short_news.chosen.saturating_sub(count),
            Action::First => 0,
            _ => last,
        };
        self.show_chosen(rows);
        if let (0, Some(sheet)) = (self.short_news.chosen, self.short_news.sheet.as_mut())
            && action != Action::Down
        {
            sheet.put(sheet.layout.first());
        }
    }

    /// Chooses a line of the short news.
    pub(crate) fn choose_line(&mut self, line: usize, rows: u16) {
        self.short_news.chosen = line;
        self.show_chosen(rows);
    }

    fn show_chosen(&mut self, rows: u16) {
        let Some(sheet) = self.short_news.sheet.as_mut() else {
            return;
        };
        let source = PartSource::Sentence(self.short_news.chosen);
        if let Some(part) = sheet
            .layout
            .document()
            .parts
            .iter()
            .position(|p| p.source == source)
        {
            sheet.show(Anchor { part, byte: 0 }, rows);
        }
    }

    /// From the chosen line of the short news to its source in the body, lit. Gives whether there
    /// is one.
    pub fn follow(&mut self, rows: u16) -> bool {
        let (ShortNewsState::Ready(summary, sources), Some(body)) =
            (&self.short_news.state, self.body.as_mut())
        else {
            return false;
        };
        let source = summary
            .sentences
            .get(self.short_news.chosen)
            .and_then(|line| line.source)
            .and_then(|i| sources.get(i));
        let Some(lit) = source.and_then(|s| range_of(body.layout.document(), s)) else {
            return false;
        };
        body.show(
            Anchor {
                part: lit.part,
                byte: lit.bytes.start,
            },
            rows,
        );
        self.spotlight = Some(lit);
        self.showing = Showing::Body;
        true
    }

    /// Goes on by `steps` found words, around the end; gives whether there are any.
    pub fn next_hit(&mut self, steps: isize, rows: u16) -> bool {
        let Some(find) = self.find.as_mut().filter(|f| !f.hits.is_empty()) else {
            return false;
        };
        let count = find.hits.len() as isize;
        find.at = (find.at as isize + steps).rem_euclid(count).unsigned_abs();
        self.go_to_hit(rows);
        true
    }

    /// Brings the found word that is looked at into view.
    pub fn go_to_hit(&mut self, rows: u16) {
        let (Some(find), Some(body)) = (&self.find, self.body.as_mut()) else {
            return;
        };
        let Some(hit) = find.hits.get(find.at) else {
            return;
        };
        self.showing = Showing::Body;
        body.show(
            Anchor {
                part: hit.part,
                byte: hit.bytes.start,
            },
            rows,
        );
    }

    /// 본문 바로가기: the first paragraph at the top.
    pub fn skip_to_body(&mut self, rows: u16) {
        self.showing = Showing::Body;
        let Some(body) = self.body.as_mut() else {
            return;
        };
        let paragraph = body
            .layout
            .document()
            .parts
            .iter()
            .position(|p| p.role == PartRole::Paragraph);
        if let Some(part) = paragraph {
            let spot = body.layout.spot(Anchor { part, byte: 0 });
            body.put(body.layout.scroll(spot, 0, rows));
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
        let shown = self.article.as_ref();
        let is_same = shown.is_some_and(|a| Arc::ptr_eq(a, &article) || **a == *article);
        if !is_same {
            self.article = Some(article);
        }
        let below = self.above;
        let moved = |part: usize| (part + above).saturating_sub(below);
        let mut body = Sheet::new(document, measure);
        if let Some(sheet) = self.body.take().filter(|_| is_same) {
            let framed = self
                .pictures
                .in_text
                .keys()
                .map(|part| (moved(*part), sheet.layout.frame(*part)));
            framed.for_each(|(part, frame)| body.layout.reserve(part, frame));
            if sheet.top != sheet.layout.first() {
                body.held = Anchor {
                    part: moved(sheet.held.part),
                    ..sheet.held
                };
                body.top = body.layout.spot(body.held);
            }
            self.pictures.shift(moved);
        } else {
            self.pictures = Pictures::renewed();
        }
        let hits = self.find.iter_mut().flat_map(|f| f.hits.iter_mut());
        self.spotlight
            .iter_mut()
            .chain(hits)
            .for_each(|lit| lit.part = moved(lit.part));
        self.above = above;
        self.body = Some(body);
    }

    /// Shows the body without anything over it or emphasized in it; gives the place of the article
    /// at its top.
    pub fn show_plain_body(&mut self) -> Point {
        (self.story_view, self.showing, self.spotlight) = (None, Showing::Body, None);
        let (Some(body), Some(article)) = (&self.body, &self.article) else {
            return Point::default();
        };
        let layout = &body.layout;
        point_of(article, layout.document(), layout.anchor(body.top))
    }

    /// Brings a stretch of the article's body into view.
    pub fn show_span(&mut self, span: (Point, Point), rows: u16) {
        let (Some(body), Some(article)) = (self.body.as_mut(), &self.article) else {
            return;
        };
        if let Some(range) = range_of_span(article, body.layout.document(), span) {
            body.show_range(&range, rows);
        }
    }

    /// The article asked for, once it is there.
    pub fn arrived(&self) -> Option<&Arc<Article>> {
        self.article.as_ref().filter(|a| self.id == Some(a.id()))
    }

    /// The words to be quoted: those selected last, else those that are lit or, in the short news,
    /// the chosen line.
    pub fn quotable(&self) -> Option<Clean> {
        if let Some(text) = &self.quoted {
            return Some(text.clone());
        }
        if let (Some(lit), Some(body)) = (&self.spotlight, &self.body) {
            return body.layout.part(lit.part)?.text.slice(lit.bytes.clone());
        }
        let sheet = self.short_news.sheet.as_ref();
        let sheet = sheet.filter(|_| self.showing == Showing::ShortNews)?;
        let chosen = PartSource::Sentence(self.short_news.chosen);
        let mut parts = sheet.layout.document().parts.iter();
        parts.find(|p| p.source == chosen).map(|p| p.text.clone())
    }

    /// Whether there is something to read.
    pub fn readable(&self) -> bool {
        self.article.is_some() || self.story_view.is_some()
    }
}
