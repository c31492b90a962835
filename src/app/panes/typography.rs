//! The measure in force: how wide, how large and how loose the text engine sets the open article.

use jiff::tz::TimeZone;

use super::article_foot;
use crate::app::geometry::{self, Division, Geometry, THREE_PANES};
use crate::app::start::Start;
use crate::config::{Config, Words};
use crate::glyph::{self, Caps, LinePiece, Room, Scales};
use crate::lettering::LineText;
use crate::news::{Article, Clean, SpanStyle};
use crate::text::{
    Document, Labels, Layout, Measure, Mechanism, PartRole, Scale, Spacing, Spot, TextSize,
    WidthPolicy,
};

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
        self.limit_of(self.text_size())
    }

    fn limit_of(&self, size: TextSize) -> u16 {
        let measure = self.prefs.measure(&self.config);
        match size {
            TextSize::Small => u16::MAX,
            TextSize::Normal => measure,
            TextSize::Large | TextSize::XLarge | TextSize::XXLarge => measure.saturating_mul(2),
        }
    }

    /// Whether letters of the size in force leave no room for other panes beside the article: on a
    /// wide screen where fewer than [`ROOMY_SYLLABLES`] would stand in a line, on a narrow one
    /// where they are drawn over several cells each.
    pub fn is_crowded(&self, division: Division) -> bool {
        let scale = self.scales_alone(self.text_size()).body;
        if self.text_size() <= TextSize::Normal || scale == Scale::Cells {
            return false;
        }
        if self.screen.width < THREE_PANES {
            return matches!(scale, Scale::Blocks { .. });
        }
        let width = Geometry::of(self.screen, division).text.width;
        usize::from(width) < scale.columns(0, ROOMY_SYLLABLES)
    }

    /// How letters of a size are drawn where the article has the screen to itself, which it has
    /// where other panes would leave too little for them.
    fn scales_alone(&self, size: TextSize) -> Scales {
        let columns = geometry::text_alone(self.screen, self.limit_of(size)).width;
        glyph::ladder(size, &self.caps, self.room(columns))
    }

    /// The room of a column of so many cells.
    fn room(&self, columns: u16) -> Room {
        let rows = geometry::text_alone(self.screen, columns).height;
        Room { columns, rows }
    }

    /// The smaller size that looks the same on this screen, which has no room for a larger one.
    pub fn same_as(&self, size: TextSize) -> Option<TextSize> {
        let scales = self.scales_alone(size);
        let smaller = TextSize::ALL.into_iter().filter(|s| *s < size);
        smaller
            .filter(|s| *s >= TextSize::Normal)
            .find(|s| self.scales_alone(*s).body == scales.body)
    }

    /// The next larger size that this screen can show.
    pub fn larger(&self, size: TextSize) -> Option<TextSize> {
        let mut larger = TextSize::ALL.into_iter().filter(|s| *s > size);
        larger.find(|s| self.same_as(*s).is_none())
    }

    /// The next smaller size that looks smaller, or the smallest.
    pub fn smaller(&self, size: TextSize) -> TextSize {
        self.same_as(size).unwrap_or(size).smaller()
    }

    /// Whether small letters are smaller than the terminal's own.
    pub fn can_shrink(&self) -> bool {
        let room = Room::endless(u16::MAX);
        glyph::ladder(TextSize::Small, &self.caps, room).body != Scale::Cells
    }

    /// The rows of the largest body letters that this screen has room for.
    pub fn largest_rows(&self) -> u16 {
        self.scales_alone(TextSize::XXLarge).body.rows()
    }

    /// Where the letters of a line of the text stand, each on its own, also where the terminal
    /// scales a run of them as a whole.
    pub fn pieces(&self, layout: &Layout, spot: Spot) -> Vec<LinePiece> {
        let (line, text) = (layout.line(spot), layout.text(spot));
        let part = layout.document().parts.get(spot.part);
        let is_bold = |byte: usize| {
            let at = line.range.start + byte;
            part.is_some_and(|part| {
                let mut spans = part.spans.iter();
                part.role == PartRole::Title
                    || spans.any(|(range, span)| *span == SpanStyle::Bold && range.contains(&at))
            })
        };
        let set = self.press.as_ref().and_then(|press| {
            let line = LineText {
                text,
                scale: line.scale,
                policy: &self.policy,
                cell: self.canvas.cell,
            };
            press.pieces(line, is_bold)
        });
        set.unwrap_or_else(|| glyph::line(line.scale, text, &self.policy, |_| true))
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
        let (size, room) = (self.text_size(), self.room(width));
        measure_for(&self.config, &self.caps, self.policy, size, room)
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

/// The measure of a column with this room. Small letters are set tighter, too, since not every
/// terminal can show them smaller.
pub fn measure_for(
    config: &Config,
    caps: &Caps,
    policy: WidthPolicy,
    size: TextSize,
    room: Room,
) -> Measure {
    let reading = &config.reading;
    let mut scales = glyph::ladder(size, caps, room);
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
        width: room.columns,
        size,
        scale: scales.body,
        title_scale: scales.title,
        policy,
        breaking: reading.breaking,
        spacing,
        justify: reading.justify,
    }
}
