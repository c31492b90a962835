//! The sentence of the body that is emphasized: the one read aloud, the source of a line of the
//! short news, or the one that a line of a story view led to.

use super::Reader;
use super::places::{point_of, range_of, range_of_span};
use super::sheet::PartRange;
use crate::app::panes::showing::Showing;
use crate::news::{ArticleId, Clean, Passage, Point};
use crate::speech::SpokenPlace;
use crate::text::PartSource;

impl Reader {
    /// The sentence of the body that is emphasized.
    pub fn spotlight(&self) -> Option<&PartRange> {
        self.spotlight.as_ref()
    }

    /// Emphasizes no sentence any more; gives whether one was.
    pub fn put_out_spotlight(&mut self) -> bool {
        self.spotlight.take().is_some()
    }

    /// From the chosen line of the short news to its source in the body, emphasized.
    pub fn follow(&mut self, rows: u16) {
        let (Some(source), Some(body)) = (self.short_news.source(), self.body.as_mut()) else {
            return;
        };
        let Some(lit) = range_of(body.document(), source) else {
            return;
        };
        body.show(lit.start(), rows);
        self.spotlight = Some(lit);
        self.showing = Showing::Body;
    }

    /// Emphasizes the place of the article `id` that is being read aloud, and brings it into view.
    pub fn light(&mut self, id: ArticleId, place: &SpokenPlace, rows: u16) {
        let Some(body) = self.body.as_mut().filter(|_| self.id == Some(id)) else {
            return;
        };
        let document = body.document();
        let of = |source: PartSource| PartRange::whole(body.part_of(source)?, document);
        self.spotlight = match place {
            SpokenPlace::Line(line) => {
                self.short_news.choose(*line, rows);
                return;
            }
            SpokenPlace::Title => of(PartSource::Title),
            SpokenPlace::Subhead(index) => of(PartSource::Subhead(*index)),
            SpokenPlace::Body { block, item, bytes } => {
                let sentence = Passage {
                    block: *block,
                    item: *item,
                    bytes: bytes.clone(),
                };
                range_of(document, &sentence)
            }
        };
        if let Some(lit) = &self.spotlight {
            body.show_range(lit, rows);
        }
    }

    /// Brings the sentence that a line of a story view led to into view, emphasized, once its
    /// article is there.
    pub fn land(&mut self, rows: u16) {
        let Some(target) = self.landing.take_if(|t| self.id == Some(t.article)) else {
            return;
        };
        let Some(body) = self.body.as_mut() else {
            return;
        };
        if let Some(lit) = target.range_in(body.document()) {
            self.showing = Showing::Body;
            body.show_range(&lit, rows);
            self.spotlight = Some(lit);
        }
    }

    /// Shows the body without anything over it or emphasized in it; gives the place of the article
    /// at its top.
    pub fn show_plain_body(&mut self) -> Point {
        (self.story_view, self.showing, self.spotlight) = (None, Showing::Body, None);
        let (Some(body), Some(article)) = (&self.body, &self.article) else {
            return Point::default();
        };
        point_of(article, body.document(), body.top_anchor())
    }

    /// Brings a stretch of the article's body into view.
    pub fn show_span(&mut self, span: (Point, Point), rows: u16) {
        let (Some(body), Some(article)) = (self.body.as_mut(), &self.article) else {
            return;
        };
        if let Some(range) = range_of_span(article, body.document(), span) {
            body.show_range(&range, rows);
        }
    }

    /// The words to be quoted: those selected last, else those that are emphasized or, in the short
    /// news, the chosen line.
    pub fn quotable(&self) -> Option<Clean> {
        if let Some(text) = &self.quoted {
            return Some(text.clone());
        }
        if let (Some(lit), Some(body)) = (&self.spotlight, &self.body) {
            let part = body.document().parts.get(lit.part)?;
            return part.text.slice(lit.bytes.clone());
        }
        let is_shown = self.showing == Showing::ShortNews;
        let chosen = self.short_news.chosen_text().filter(|_| is_shown);
        chosen.cloned()
    }
}
