//! The reader pane: one article, its body and its short news, and the place in each.

use std::ops::Range;
use std::sync::Arc;

use super::model_summary::Modelling;
use super::mouse_selection::Selection;
use super::pictures::Pictures;
use super::story_view::{Card, Kind as CardKind};
use super::summary::brief_document;
use crate::app::input::action::Action;
use crate::app::protocol::failure::Failure;
use crate::config::Words;
pub use crate::news::Passage as SourceSentence;
use crate::news::{Article, ArticleId, Clean, Summary};
use crate::text::{
    Anchor, Document, Layout, Measure, Part, PartRole, PartSource, PictureFrame, Spot,
};

/// Body or short news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Showing {
    /// The full text.
    #[default]
    Body,
    /// 숏뉴스.
    Brief,
}

/// The short news, as far as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Brief {
    /// Not asked for.
    #[default]
    None,
    /// Being made.
    Loading,
    /// Made.
    Ready(Summary, Vec<SourceSentence>),
    /// It can't be made.
    Failed(Failure),
}

/// A text as set, and the line at its top.
#[derive(Debug)]
pub struct Sheet {
    /// The lines.
    pub layout: Layout,
    /// The topmost line shown.
    pub top: Spot,
    /// The place that the reader brought to the top. It moves only when they move, so that going
    /// through other widths and sizes and back ends where it began.
    pub(crate) held: Anchor,
}

/// A stretch of text that is lit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lit {
    /// The part of the document.
    pub part: usize,
    /// Bytes in it.
    pub bytes: Range<usize>,
}

/// Words found in the article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    /// Where they stand, in reading order.
    pub hits: Vec<Lit>,
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
    pub card: Option<Box<Card>>,
    /// Body or short news.
    pub showing: Showing,
    /// The body.
    pub body: Option<Sheet>,
    /// The short news.
    pub brief: Brief,
    /// The short news as set.
    pub short: Option<Sheet>,
    /// The language model at work on it.
    pub modelling: Modelling,
    /// The chosen line of the short news.
    pub chosen: usize,
    /// What is lit in the body.
    pub lit: Option<Lit>,
    /// Words found in the body.
    pub find: Option<Find>,
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

impl Sheet {
    pub(crate) fn new(document: Document, measure: &Measure) -> Self {
        let layout = Layout::new(Arc::new(document), measure.clone());
        let top = layout.first();
        let held = layout.anchor(top);
        Self { layout, top, held }
    }

    /// Sets the text anew where the measure is another one; the text at the top stays at the top.
    fn settle(&mut self, measure: &Measure) {
        if self.layout.measure() != measure {
            self.layout = Layout::new(self.layout.document().clone(), measure.clone());
            self.top = self.layout.spot(self.held);
        }
    }

    /// Keeps room for a picture in a part's place, or gives it back; the text at the top stays at
    /// the top.
    pub(crate) fn reserve(&mut self, part: usize, frame: Option<PictureFrame>) {
        self.layout.reserve(part, frame);
        self.top = self.layout.spot(self.held);
    }

    /// Brings a line to the top.
    fn put(&mut self, top: Spot) {
        self.top = top;
        self.held = self.layout.anchor(top);
    }

    /// Moves by an action; `rows` is the pane's height.
    pub(crate) fn go(&mut self, action: Action, count: usize, rows: u16) {
        let lines = isize::try_from(count).unwrap_or(isize::MAX);
        let layout = &self.layout;
        let top = match action {
            Action::Down => layout.scroll(self.top, lines, rows),
            Action::Up => layout.scroll(self.top, -lines, rows),
            Action::HalfPageDown => layout.scroll(self.top, lines * half(rows), rows),
            Action::HalfPageUp => layout.scroll(self.top, -lines * half(rows), rows),
            Action::PageDown => (0..count).fold(self.top, |top, _| layout.page(top, rows, true)),
            Action::PageUp => (0..count).fold(self.top, |top, _| layout.page(top, rows, false)),
            Action::First => layout.first(),
            Action::Last => layout.bottom(rows),
            _ => self.top,
        };
        self.put(top);
    }

    /// Brings the line of `anchor` into view, a third down where it has to scroll.
    fn show(&mut self, anchor: Anchor, rows: u16) {
        let spot = self.layout.spot(anchor);
        if !self
            .layout
            .window(self.top, rows)
            .iter()
            .any(|(_, s)| *s == spot)
        {
            // Counted in rows: a line of large letters has many.
            let third = u16::try_from(half(rows) * 2 / 3).unwrap_or(0);
            let (mut top, mut above) = (spot, 0_u16);
            while let Some(line) = self.layout.prev(top) {
                above = above.saturating_add(self.layout.line(line).rows);
                if above > third {
                    break;
                }
                top = line;
            }
            self.put(top);
        }
    }
}

impl Sheet {
    /// Brings a stretch of text into view, its beginning before its end.
    pub(crate) fn show_range(&mut self, lit: &Lit, rows: u16) {
        for byte in [lit.bytes.end.saturating_sub(1), lit.bytes.start] {
            self.show(
                Anchor {
                    part: lit.part,
                    byte,
                },
                rows,
            );
        }
    }
}

fn half(rows: u16) -> isize {
    (rows / 2).max(1) as isize
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
            .card
            .take()
            .filter(|c| c.kind == CardKind::Versions && Some(c.of) == id);
        *self = Self {
            id,
            article: Some(article),
            body: Some(body),
            showing,
            pictures,
            card,
            ..Self::default()
        };
    }

    /// Whether the body is what is shown: not its short news, and no card over it.
    pub fn shows_body(&self) -> bool {
        self.card.is_none() && self.showing == Showing::Body
    }

    /// The text that is shown, where there is one.
    pub fn sheet(&self) -> Option<&Sheet> {
        if let Some(card) = &self.card {
            return Some(&card.sheet);
        }
        match self.showing {
            Showing::Body => self.body.as_ref(),
            Showing::Brief => self.short.as_ref(),
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
    pub fn take_brief(
        &mut self,
        summary: Summary,
        sources: Vec<SourceSentence>,
        words: &Words,
        measure: &Measure,
    ) {
        let title = self
            .article
            .as_ref()
            .map(|a| a.title.clone())
            .unwrap_or_default();
        self.short = Some(Sheet::new(brief_document(&summary, title, words), measure));
        self.brief = Brief::Ready(summary, sources);
        self.chosen = 0;
    }

    /// Sets both texts to the measure in force.
    pub fn settle(&mut self, measure: &Measure) {
        let card = self.card.as_mut().map(|c| &mut c.sheet);
        for sheet in [self.body.as_mut(), self.short.as_mut(), card]
            .into_iter()
            .flatten()
        {
            sheet.settle(measure);
        }
    }

    /// Scrolls, or in the short news chooses another line.
    pub fn go(&mut self, action: Action, count: usize, rows: u16) {
        if let Some(card) = &mut self.card {
            return card.sheet.go(action, count, rows);
        }
        if self.showing == Showing::Brief
            && matches!(
                action,
                Action::Down | Action::Up | Action::First | Action::Last
            )
        {
            return self.choose(action, count, rows);
        }
        let sheet = match self.showing {
            Showing::Body => self.body.as_mut(),
            Showing::Brief => self.short.as_mut(),
        };
        if let Some(sheet) = sheet {
            sheet.go(action, count, rows);
        }
    }

    fn choose(&mut self, action: Action, count: usize, rows: u16) {
        let Brief::Ready(summary, _) = &self.brief else {
            return;
        };
        let last = summary.sentences.len().saturating_sub(1);
        self.chosen = match action {
            Action::Down => (self.chosen + count).min(last),
            Action::Up => self.chosen.saturating_sub(count),
            Action::First => 0,
            _ => last,
        };
        self.show_chosen(rows);
        if let (0, Some(sheet)) = (self.chosen, self.short.as_mut())
            && action != Action::Down
        {
            sheet.put(sheet.layout.first());
        }
    }

    /// Chooses a line of the short news.
    pub(crate) fn choose_line(&mut self, line: usize, rows: u16) {
        self.chosen = line;
        self.show_chosen(rows);
    }

    fn show_chosen(&mut self, rows: u16) {
        let Some(sheet) = self.short.as_mut() else {
            return;
        };
        let source = PartSource::Sentence(self.chosen);
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
        let (Brief::Ready(summary, sources), Some(body)) = (&self.brief, self.body.as_mut()) else {
            return false;
        };
        let source = summary
            .sentences
            .get(self.chosen)
            .and_then(|line| line.source)
            .and_then(|i| sources.get(i));
        let Some(lit) = source.and_then(|s| place_of(body.layout.document(), s)) else {
            return false;
        };
        body.show(
            Anchor {
                part: lit.part,
                byte: lit.bytes.start,
            },
            rows,
        );
        self.lit = Some(lit);
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

    /// The article asked for, once it is there.
    pub fn arrived(&self) -> Option<&Arc<Article>> {
        self.article.as_ref().filter(|a| self.id == Some(a.id()))
    }

    /// Whether there is something to read.
    pub fn readable(&self) -> bool {
        self.article.is_some() || self.card.is_some()
    }
}

/// Where a sentence of the article stands in its document.
pub(crate) fn place_of(document: &Document, sentence: &SourceSentence) -> Option<Lit> {
    let fits = |part: &Part| match part.source {
        PartSource::Block(block) => block == sentence.block,
        PartSource::Item { block, item } => block == sentence.block && item == sentence.item,
        _ => false,
    };
    let part = document.parts.iter().position(fits)?;
    Some(Lit {
        part,
        bytes: sentence.bytes.clone(),
    })
}
