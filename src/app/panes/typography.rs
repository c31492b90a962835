//! The measure in force: how wide, how large and how loose the text engine sets the open article.

use jiff::tz::TimeZone;

use super::article_foot;
use crate::app::geometry::{Division, Geometry, THREE_PANES};
use crate::app::start::Start;
use crate::config::{Config, Words};
use crate::glyph::{self, Caps, Scales};
use crate::news::{Article, Clean};
use crate::text::Mechanism;
use crate::text::{Document, Labels, Measure, Scale, Spacing, TextSize, WidthPolicy};

/// Syllables of a line from which on other panes may stand beside the article.
const ROOMY_SYLLABLES: usize = 20;

impl Start {
    /// The text size in force.
    pub fn text_size(&self) -> TextSize {
        if self.is_linear() {
            return TextSize::Normal;
        }
        self.prefs.size(&self.terminal, &self.config)
    }

    /// The widest that the column of text may be, in cells. Larger letters take a wider column, so
    /// that a line still holds a phrase; small ones take all there is.
    pub fn column_limit(&self) -> u16 {
        let measure = self.prefs.measure(&self.config);
        match self.text_size() {
            TextSize::Small => u16::MAX,
            TextSize::Normal => measure,
            TextSize::Large | TextSize::XLarge | TextSize::XXLarge => measure.saturating_mul(2),
        }
    }

    /// Whether letters of the size in force leave no room for other panes beside the article: on a
    /// wide screen where fewer than [`ROOMY_SYLLABLES`] would stand in a line, on a narrow one
    /// where they are drawn over several cells each.
    pub fn is_crowded(&self, division: Division) -> bool {
        if self.text_size() <= TextSize::Normal {
            return false;
        }
        if self.screen.width < THREE_PANES {
            let mechanism = self.caps.mechanism().0;
            return !matches!(mechanism, Mechanism::Protocol | Mechanism::Pictures);
        }
        let width = Geometry::of(self.screen, division).text.width;
        usize::from(width) < self.scales(width).body.columns(0, ROOMY_SYLLABLES)
    }

    /// How title and body letters are drawn in a column of `width` cells.
    pub fn scales(&self, width: u16) -> Scales {
        glyph::ladder(self.text_size(), &self.caps, width)
    }

    /// Whether small letters are smaller than the terminal's own.
    pub fn can_shrink(&self) -> bool {
        glyph::ladder(TextSize::Small, &self.caps, u16::MAX).body != Scale::Cells
    }

    /// The rows of the largest body letters.
    pub fn largest_rows(&self) -> u16 {
        glyph::ladder(TextSize::XXLarge, &self.caps, u16::MAX)
            .body
            .rows()
    }

    /// The measure of a column of `width` cells.
    pub fn measure(&self, width: u16) -> Measure {
        if self.is_linear() {
            let spacing = Spacing {
                paragraph_gap: 0,
                line_gap: 0,
                first_indent: 0,
            };
            let breaking = self.config.reading.breaking;
            return Measure {
                spacing,
                breaking,
                ..Measure::plain(width, self.policy)
            };
        }
        let size = self.text_size();
        measure_for(&self.config, &self.caps, self.policy, size, width)
    }

    /// An article as a document, by the interface's language and the settings.
    pub fn document(&self, article: &Article) -> Document {
        let labels = Labels {
            rest: Clean::line(self.words.get("label.rest")),
            ..labels(&self.words, &self.zone)
        };
        let mut document = Document::article(article, &labels);
        document.parts.push(article_foot::part(&self.words));
        if self.config.reading.split_bullets {
            document.with_bullets_listed()
        } else {
            document
        }
    }
}

/// The words of the interface's language for pictures, embeds and texts that are cut, and the
/// reader's time zone.
pub fn labels(words: &Words, zone: &TimeZone) -> Labels {
    Labels {
        image: Clean::line(words.get("label.image")),
        embed: Clean::line(words.get("label.embed")),
        enclosed: ["label.sound", "label.film", "label.file"]
            .map(|key| Clean::line(words.get(key))),
        discussion: Clean::line(words.get("label.discussion")),
        claimed: Clean::line(words.get("label.claimed")),
        claims: Clean::line(words.get("label.claims")),
        beginning: Clean::line(words.get("label.beginning")),
        rest: Clean::default(),
        zone: Some(zone.clone()),
    }
}

/// The measure of a column of `width` cells. Small letters are set tighter, too, since not every
/// terminal can show them smaller.
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
