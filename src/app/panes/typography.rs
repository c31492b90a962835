//! The measure in force: how wide, how large and how loose the text engine sets the open article.

use crate::app::Model;
use crate::app::geometry::{Division, Pane};
use crate::app::protocol::rows::Collection;
use crate::config::{Config, Words};
use crate::glyph::{self, Caps, Mechanism, Scales};
use crate::news::{Article, Clean};
use crate::text::{Document, Labels, Measure, Scale, Spacing, TextSize, WidthPolicy};

/// Columns that a step of the measure key changes.
pub const MEASURE_STEP: u16 = 4;

impl Model {
    /// The text size in force.
    pub fn size(&self) -> TextSize {
        self.start
            .prefs
            .size(&self.start.terminal, &self.start.config)
    }

    /// What the screen is divided by. Larger letters take a wider column, so that a line still
    /// holds a phrase; small ones take all there is.
    pub fn division(&self) -> Division {
        let measure = self.start.prefs.measure(&self.start.config);
        let measure = match self.size() {
            TextSize::Small => u16::MAX,
            TextSize::Normal => measure,
            TextSize::Large | TextSize::XLarge | TextSize::XXLarge => measure.saturating_mul(2),
        };
        Division {
            focus: self.focus,
            panes: self.start.prefs.panes(&self.start.config),
            alone: self.zen || self.crowded(),
            bare: self.zen,
            sources_percent: self.start.prefs.sources_percent(&self.start.config),
            list_percent: self.start.prefs.list_percent(&self.start.config),
            measure,
            guide: self.list.collection == Collection::Sample,
        }
    }

    /// Whether an article in block letters needs the list's room too: they take four cells and more
    /// each.
    fn crowded(&self) -> bool {
        self.focus == Pane::Reader
            && self.size() > TextSize::Normal
            && self.start.caps.mechanism().0 != Mechanism::Protocol
    }

    /// How title and body letters are drawn in a column of `width` cells.
    pub fn scales(&self, width: u16) -> Scales {
        glyph::ladder(self.size(), &self.start.caps, width)
    }

    /// The measure of the reader's column as it stands.
    pub fn measure(&self) -> Measure {
        let start = &self.start;
        measure_for(
            &start.config,
            &start.caps,
            start.policy,
            self.size(),
            self.geometry().text.width,
        )
    }

    /// The article as a document for this reader.
    pub fn document(&self, article: &Article) -> Document {
        let document = Document::article(article, &labels(&self.start.words));
        if self.start.config.reading.split_bullets {
            document.with_bullets_listed()
        } else {
            document
        }
    }
}

/// The words of the interface's language for pictures and embeds.
pub fn labels(words: &Words) -> Labels {
    Labels {
        image: Clean::line(words.get("label.image")),
        embed: Clean::line(words.get("label.embed")),
    }
}

/// The measure of a column of `width` cells. Small letters can't be smaller than a cell; they are
/// set tighter.
pub fn measure_for(
    config: &Config,
    caps: &Caps,
    policy: WidthPolicy,
    size: TextSize,
    width: u16,
) -> Measure {
    let reading = &config.reading;
    let mut scales = glyph::ladder(size, caps, width);
    // Half blocks make a headline of the usual size coarse and braille makes it faint; bold letters
    // read better.
    if size == TextSize::Normal
        && matches!(caps.mechanism().0, Mechanism::Blocks | Mechanism::Braille)
    {
        scales.title = Scale::Cells;
    }
    let spacing = if size == TextSize::Small {
        Spacing {
            paragraph_gap: 0,
            line_gap: 0,
            first_indent: 2,
        }
    } else {
        Spacing {
            paragraph_gap: reading.paragraph_gap.into(),
            line_gap: reading.line_gap.into(),
            first_indent: reading.first_indent.into(),
        }
    };
    Measure {
        width,
        size,
        scale: scales.body,
        title_scale: scales.title,
        policy,
        breaking: reading.breaking,
        spacing,
        justify: reading.justify,
    }
}
