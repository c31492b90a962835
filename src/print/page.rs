//! Lines of a document placed on pages of A4, in points from the upper left corner.

use std::ops::Range;

use crate::news::Clean;
use crate::news::edition::EditionPlace;
use crate::text::typeset::{SetLine, typeset, typeset_headline};
use crate::text::{Document, Part, PartRole};

/// Width and height of A4, in points.
pub const PAPER: (f32, f32) = (595.28, 841.89);
/// Margins in points: beside, above, below.
const SIDE: f32 = 68.0;
pub(super) const TOP: f32 = 76.0;
pub(super) const BOTTOM: f32 = 74.0;
/// The most that a blank is widened in a justified line, in ems.
const STRETCH: f32 = 0.3;
/// The most that letters are spaced out, in ems.
const TRACK: f32 = 0.035;
/// Space between two columns of a table, in points.
const GUTTER: f32 = 16.0;

/// Room for the rule above an article's foot and for the foot's first line, in points.
const FOOT: f32 = 36.0;

/// By how much a list inside another is set in, in points.
const LIST_INSET: f32 = 12.0;

/// How a line is printed; lengths are in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Font size in points.
    pub size: f32,
    /// Distance from one baseline to the next.
    pub leading: f32,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is grey instead of black.
    pub grey: bool,
    /// Space above the part.
    above: f32,
    /// Indent from the left edge of the column.
    indent: f32,
}

pub(super) const fn style(
    size: f32,
    leading: f32,
    bold: bool,
    grey: bool,
    above: f32,
    indent: f32,
) -> Style {
    Style {
        size,
        leading,
        bold,
        grey,
        above,
        indent,
    }
}

/// Head and foot of a page.
const FRAME: Style = style(8.0, 11.0, false, true, 0.0, 0.0);

pub(super) fn style_of(role: PartRole) -> Style {
    match role {
        PartRole::Kicker => style(9.0, 14.0, false, true, 0.0, 0.0),
        PartRole::Title => style(21.0, 30.0, true, false, 6.0, 0.0),
        PartRole::Subhead => style(12.0, 19.0, true, false, 7.0, 0.0),
        PartRole::Byline => style(9.0, 14.0, false, true, 9.0, 0.0),
        PartRole::Heading(_) => style(12.5, 19.0, true, false, 15.0, 0.0),
        PartRole::Quote => style(10.5, 18.0, false, false, 10.0, 16.0),
        PartRole::Item => style(10.5, 17.5, false, false, 4.0, 14.0),
        PartRole::Caption | PartRole::Image | PartRole::Embed | PartRole::Notice => {
            style(9.0, 14.0, false, true, 8.0, 0.0)
        }
        PartRole::Table | PartRole::Code => style(9.0, 14.5, false, false, 9.0, 0.0),
        PartRole::Copyright | PartRole::Source | PartRole::Foot => {
            style(8.5, 13.0, false, true, 10.0, 0.0)
        }
        PartRole::Paragraph | PartRole::Sentence => style(10.5, 18.0, false, false, 9.0, 0.0),
    }
}

/// A line of text at its position, in points.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedText {
    /// Left end, in points.
    pub x: f32,
    /// Baseline, in points.
    pub y: f32,
    /// The words.
    pub text: String,
    /// How it is printed.
    pub style: Style,
    /// Width added to every blank.
    pub stretch: f32,
    /// Width added to every letter.
    pub track: f32,
}

/// A thin line from one point to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageRule {
    /// Its beginning.
    pub from: (f32, f32),
    /// Its end.
    pub to: (f32, f32),
}

/// A picture at its position, in points.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedPicture {
    /// Left and upper edge.
    pub at: (f32, f32),
    /// Width and height.
    pub size: (f32, f32),
    /// The address that it is known by.
    pub url: String,
}

/// An area that leads to a place in the document, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedLink {
    /// Left, upper, right and lower edge.
    pub area: (f32, f32, f32, f32),
    /// Where it leads.
    pub to: EditionPlace,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrintedPage {
    /// Its lines.
    pub lines: Vec<PlacedText>,
    /// Its thin lines.
    pub rules: Vec<PageRule>,
    /// Its pictures.
    pub pictures: Vec<PlacedPicture>,
    /// What leads elsewhere in the document.
    pub links: Vec<PlacedLink>,
}

/// Left and right end of the column, in points.
pub const COLUMN: (f32, f32) = (SIDE, PAPER.0 - SIDE);

/// Returns the width of a cluster in ems; the second argument is whether it is bold.
pub type Advance<'a> = &'a dyn Fn(&str, bool) -> f32;

/// The document laid out on pages, with running heads and page numbers.
pub fn pages(document: &Document, advance: Advance<'_>) -> Vec<PrintedPage> {
    let mut setter = Setter::new(advance);
    let parts = &document.parts;
    for i in 0..parts.len() {
        setter.nth(parts, i);
    }
    let title = parts
        .iter()
        .find(|p| p.role == PartRole::Title)
        .map(|p| p.text.replace('\n', " "))
        .unwrap_or_default();
    setter.frame(&title);
    setter.pages
}

fn is_head(role: PartRole) -> bool {
    matches!(
        role,
        PartRole::Kicker | PartRole::Title | PartRole::Subhead | PartRole::Byline
    )
}

fn is_foot(role: PartRole) -> bool {
    matches!(role, PartRole::Copyright | PartRole::Source)
}

/// The width to add to each space and to each letter for a line to grow by `slack`; zero if the
/// gaps would be too wide.
fn spread(text: &str, slack: f32, size: f32) -> (f32, f32) {
    let blanks = text.matches(' ').count() as f32;
    let gaps = text.chars().count().saturating_sub(1) as f32;
    let stretch = if blanks > 0.0 {
        (slack / blanks).min(STRETCH * size)
    } else {
        0.0
    };
    let track = if gaps > 0.0 {
        (slack - stretch * blanks) / gaps
    } else {
        0.0
    };
    if track <= TRACK * size {
        (stretch, track.max(0.0))
    } else {
        (0.0, 0.0)
    }
}

/// Widths that fit into `room`: columns that need less than their share keep their width.
fn shared(wanted: &[f32], room: f32) -> Vec<f32> {
    let mut out = wanted.to_vec();
    let mut wide: Vec<usize> = (0..wanted.len()).collect();
    let mut left = room;
    loop {
        let share = left / wide.len().max(1) as f32;
        let (narrow, rest): (Vec<usize>, Vec<usize>) =
            wide.iter().partition(|&&i| wanted[i] <= share);
        if narrow.is_empty() || rest.is_empty() {
            rest.iter().for_each(|&i| out[i] = share);
            return out;
        }
        left -= narrow.iter().map(|&i| wanted[i]).sum::<f32>();
        wide = rest;
    }
}

/// Sets one part below the other, page after page.
pub(super) struct Setter<'a> {
    advance: Advance<'a>,
    pub(super) pages: Vec<PrintedPage>,
    /// Where the next line's upper edge is.
    pub(super) y: f32,
}

/// A line of a part that was set: its bytes in the part's text, its page and its upper edge.
pub(super) struct PlacedLine {
    pub(super) bytes: Range<usize>,
    pub(super) page: usize,
    pub(super) y: f32,
}

impl<'a> Setter<'a> {
    /// A setter at the top of a first page.
    pub(super) fn new(advance: Advance<'a>) -> Self {
        Self {
            advance,
            pages: vec![PrintedPage::default()],
            y: TOP,
        }
    }

    /// Goes on at the top of a new page, unless nothing stands on this one yet.
    pub(super) fn new_page(&mut self) {
        if self.y > TOP {
            self.pages.push(PrintedPage::default());
            self.y = TOP;
        }
    }

    /// Index of the page that is being set.
    pub(super) fn page(&self) -> usize {
        self.pages.len().saturating_sub(1)
    }

    /// The height that is left on the page, in points.
    pub(super) fn room(&self) -> f32 {
        PAPER.1 - BOTTOM - self.y
    }

    /// Whether this height is left on the page.
    pub(super) fn has_room(&self, height: f32) -> bool {
        height <= self.room()
    }

    pub(super) fn width(&self, text: &str, style: Style) -> f32 {
        let mut buffer = [0; 4];
        text.chars()
            .map(|c| (self.advance)(c.encode_utf8(&mut buffer), style.bold))
            .sum::<f32>()
            * style.size
    }

    /// The lines of a text; those of a headline are balanced in length.
    pub(super) fn lines(&self, text: &str, measure: f32, style: Style, even: bool) -> Vec<SetLine> {
        let advance = |g: &str| (self.advance)(g, style.bold) * style.size;
        if !even {
            return typeset(text, measure, advance);
        }
        let set = |width: f32| typeset_headline(text, width, advance);
        let lines = set(measure);
        if lines.len() < 2 || text.contains('\n') {
            return lines;
        }
        let (mut low, mut high) = (measure / lines.len() as f32, measure);
        for _ in 0..8 {
            let middle = f32::midpoint(low, high);
            let fits = |l: &SetLine| l.width <= measure;
            let narrower = set(middle);
            if narrower.len() == lines.len() && narrower.iter().all(fits) {
                high = middle;
            } else {
                low = middle;
            }
        }
        set(high)
    }

    /// The part of this index among `parts`, with the rules around head and foot of an article.
    pub(super) fn nth(&mut self, parts: &[Part], i: usize) -> Vec<PlacedLine> {
        let Some(part) = parts.get(i) else {
            return Vec::new();
        };
        let next = parts.get(i + 1);
        let table = part.cells.as_deref();
        let placed = match table.filter(|rows| rows.iter().any(|row| row.len() > 1)) {
            Some(rows) => {
                self.table(rows);
                Vec::new()
            }
            None => self.part(
                part,
                next.is_some(),
                i.checked_sub(1).and_then(|i| parts.get(i)),
            ),
        };
        let head_ends = is_head(part.role) && !next.is_some_and(|p| is_head(p.role));
        let foot_begins = !is_foot(part.role) && next.is_some_and(|p| is_foot(p.role));
        if foot_begins {
            // The rule is not left behind by what it stands above.
            self.make_room(FOOT);
        }
        if head_ends || foot_begins {
            self.rule();
        }
        placed
    }

    pub(super) fn part(
        &mut self,
        part: &Part,
        more: bool,
        before: Option<&Part>,
    ) -> Vec<PlacedLine> {
        let style = style_of(part.role);
        let left = COLUMN.0 + style.indent + f32::from(part.depth) * LIST_INSET;
        let measure = COLUMN.1 - left;
        let even = matches!(
            part.role,
            PartRole::Title | PartRole::Subhead | PartRole::Heading(_)
        );
        let lines = self.lines(&part.text, measure, style, even);
        // Consecutive subheads form a group.
        let grouped =
            part.role == PartRole::Subhead && before.is_some_and(|b| b.role == PartRole::Subhead);
        let above = if grouped { 0.0 } else { style.above };
        self.y += if before.is_none() || self.y <= TOP {
            0.0
        } else {
            above
        };
        // A heading is kept with two lines of what follows; a paragraph does not leave a single
        // line on a page.
        let together = match (part.role, lines.len()) {
            (PartRole::Heading(_), n) if more => n + 3,
            (_, 2..=3) => lines.len(),
            (_, n) => n.min(2),
        };
        self.make_room(together as f32 * style.leading);
        let mut placed = Vec::with_capacity(lines.len());
        for (i, line) in lines.iter().enumerate() {
            let left_alone = i + 2 == lines.len() && i > 1;
            self.make_room(style.leading * if left_alone { 2.0 } else { 1.0 });
            if i == 0
                && let Some(marker) = &part.marker
            {
                let x = (left - self.width(marker, style) - 4.0).max(COLUMN.0);
                self.put(x, marker, style, (0.0, 0.0));
            }
            let text = &part.text[line.range.clone()];
            let justified = matches!(
                part.role,
                PartRole::Paragraph | PartRole::Quote | PartRole::Item | PartRole::Sentence
            ) && !line.last;
            let spread = if justified {
                spread(text, measure - line.width, style.size)
            } else {
                (0.0, 0.0)
            };
            if part.role == PartRole::Quote {
                let x = COLUMN.0 + 5.0;
                self.line_from((x, self.y + 1.0), (x, self.y + style.leading + 1.0));
            }
            self.put(left, text, style, spread);
            placed.push(PlacedLine {
                bytes: line.range.clone(),
                page: self.page(),
                y: self.y,
            });
            self.y += style.leading;
        }
        placed
    }

    /// A table: each column as wide as it needs, numbers right-aligned, the first row as its head.
    fn table(&mut self, rows: &[Vec<Clean>]) {
        let style = style_of(PartRole::Table);
        let head = Style {
            bold: true,
            ..style
        };
        let style_in = |row: usize| if row == 0 { head } else { style };
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        let room = COLUMN.1 - COLUMN.0 - GUTTER * count.saturating_sub(1) as f32;
        let wanted: Vec<f32> = (0..count)
            .map(|c| {
                let cells = rows
                    .iter()
                    .enumerate()
                    .filter_map(|(r, row)| Some((r, row.get(c)?)));
                cells
                    .map(|(r, cell)| self.width(cell, style_in(r)) + 0.5)
                    .fold(12.0, f32::max)
            })
            .collect();
        let widths = shared(&wanted, room);
        // The first column has the names of the rows.
        let figures = |c: usize| {
            let mut cells = rows
                .iter()
                .skip(1)
                .filter_map(|row| row.get(c))
                .filter(|t| !t.is_blank())
                .peekable();
            c > 0
                && cells.peek().is_some()
                && cells.all(|t| {
                    t.trim_start_matches(['-', '+', '△', '▲', '▼'])
                        .starts_with(|c: char| c.is_ascii_digit())
                })
        };
        let right: Vec<bool> = (0..count).map(figures).collect();
        self.y += if self.y <= TOP { 0.0 } else { style.above };
        for (r, row) in rows.iter().enumerate() {
            let style = style_in(r);
            let cells: Vec<Vec<SetLine>> = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| self.lines(cell, *width, style, false))
                .collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(1) as f32 * style.leading;
            // The head is kept with the first row.
            self.make_room(height + if r == 0 { style.leading + 4.0 } else { 0.0 });
            let top = self.y;
            let mut left = COLUMN.0;
            for (c, (lines, width)) in cells.iter().zip(&widths).enumerate() {
                for (i, line) in lines.iter().enumerate() {
                    self.y = top + i as f32 * style.leading;
                    let x = if right[c] {
                        left + width - line.width
                    } else {
                        left
                    };
                    self.put(
                        x,
                        row[c].get(line.range.clone()).unwrap_or_default(),
                        style,
                        (0.0, 0.0),
                    );
                }
                left += width + GUTTER;
            }
            self.y = top + height;
            if r == 0 || r + 1 == rows.len() {
                self.y += 1.5;
                self.line_from((COLUMN.0, self.y), (left - GUTTER, self.y));
                self.y += 1.5;
            }
        }
    }

    pub(super) fn put(&mut self, x: f32, text: &str, style: Style, (stretch, track): (f32, f32)) {
        let y = self.y + style.leading * 0.5 + style.size * 0.36;
        if let Some(page) = self.pages.last_mut() {
            page.lines.push(PlacedText {
                x,
                y,
                text: text.to_owned(),
                style,
                stretch,
                track,
            });
        }
    }

    fn line_from(&mut self, from: (f32, f32), to: (f32, f32)) {
        if let Some(page) = self.pages.last_mut() {
            page.rules.push(PageRule { from, to });
        }
    }

    pub(super) fn rule(&mut self) {
        self.y += 9.0;
        self.line_from((COLUMN.0, self.y), (COLUMN.1, self.y));
        self.y += 3.0;
    }

    pub(super) fn make_room(&mut self, height: f32) {
        if self.y + height > PAPER.1 - BOTTOM && self.y > TOP {
            self.pages.push(PrintedPage::default());
            self.y = TOP;
        }
    }

    /// Adds the headline at the top of every page except the first, and page numbers at the bottom.
    pub(super) fn frame(&mut self, title: &str) {
        let count = self.pages.len();
        let measure = COLUMN.1 - COLUMN.0;
        let lines = typeset(title, measure, |g| (self.advance)(g, false) * FRAME.size);
        let head = lines
            .first()
            .and_then(|l| title.get(l.range.clone()))
            .unwrap_or_default()
            .to_owned();
        for index in 0..count {
            let number = format!("{} / {count}", index + 1);
            let x = (PAPER.0 - self.width(&number, FRAME)) / 2.0;
            let placed = |x, y, text| PlacedText {
                x,
                y,
                text,
                style: FRAME,
                stretch: 0.0,
                track: 0.0,
            };
            if let Some(page) = self.pages.get_mut(index) {
                page.lines.push(placed(x, PAPER.1 - 40.0, number));
                if index > 0 && !head.is_empty() {
                    page.lines.push(placed(COLUMN.0, 46.0, head.clone()));
                }
            }
        }
    }
}

#[cfg(test)]
#[path = "tests/page.rs"]
mod tests;
