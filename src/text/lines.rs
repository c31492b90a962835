//! Lays out one part of a document in lines.

use std::ops::Range;

use super::column_count::columns;
use super::part::{Part, PartRole};
use super::wrap::wrap_measured;
use super::{Breaking, Column, Measure, Scale, table};

/// Indent of quotes, captions and code, in cells.
const SET_IN: usize = 2;

/// What a line shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// Text of the part.
    Text,
    /// Nothing: the space below a part.
    Blank,
    /// A line of a table grid.
    Table,
    /// A line of the first row of a grid.
    TableHead,
    /// A row of a picture.
    Picture,
}

/// The size of a picture, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PictureFrame {
    /// Width in columns.
    pub columns: u16,
    /// Height in rows.
    pub rows: u16,
}

/// A line of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    /// What the line shows.
    pub kind: LineKind,
    /// Byte range in the part's text; for a grid, that of the whole row.
    pub range: Range<usize>,
    /// Columns before the text.
    pub indent: u16,
    /// Screen rows, including the space below.
    pub rows: u16,
    /// How its letters are drawn.
    pub scale: Scale,
    /// Columns of the text.
    pub width: u16,
    /// Columns to distribute over its spaces if lines are justified; see [`spread`].
    pub slack: u16,
    /// Whether the part's marker is in its indent, at the first column.
    pub marker: bool,
    /// Index into the part's composed texts.
    pub(super) composed: Option<u32>,
}

impl TextLine {
    /// Rows of the letters, without the space below.
    pub fn letters(&self) -> u16 {
        if self.kind == LineKind::Blank {
            self.rows
        } else {
            self.scale.rows()
        }
    }

    pub(super) const fn blank() -> Self {
        Self {
            kind: LineKind::Blank,
            range: 0..0,
            indent: 0,
            rows: 1,
            scale: Scale::Cells,
            width: 0,
            slack: 0,
            marker: false,
            composed: None,
        }
    }
}

/// A part laid out in lines.
#[derive(Debug)]
pub(super) struct Set {
    /// The lines, blank ones at the end.
    pub(super) lines: Vec<TextLine>,
    /// Number of lines that are not blank.
    pub(super) filled: usize,
    /// Texts of lines that do not occur in the part's text as they are shown, such as rows of a
    /// grid.
    pub(super) composed: Vec<String>,
    /// Total rows of the lines.
    pub(super) rows: usize,
}

/// Lays out a part. `next` is the role of the part below it.
pub(super) fn set(part: &Part, next: Option<PartRole>, measure: &Measure) -> Set {
    let mut scale = scale(part.role, measure);
    // Over several rows of large letters, what stands above the headline would push it down.
    let is_above = part.role == PartRole::Kicker;
    if is_above && columns(&part.text, scale, measure.policy) > usize::from(measure.width) {
        scale = Scale::Cells;
    }
    let mut set = Set {
        lines: Vec::new(),
        filled: 0,
        composed: Vec::new(),
        rows: 0,
    };
    if !set_grid(&mut set, part, scale, measure) {
        set_text(&mut set, part, scale, measure);
    }
    spaced(set, part, next, scale, measure)
}

/// Lays out a picture in place of a part.
pub(super) fn picture(
    part: &Part,
    next: Option<PartRole>,
    frame: PictureFrame,
    measure: &Measure,
) -> Set {
    let row = TextLine {
        kind: LineKind::Picture,
        width: frame.columns,
        ..TextLine::blank()
    };
    let lines = vec![row; usize::from(frame.rows.max(1))];
    let set = Set {
        lines,
        filled: 0,
        composed: Vec::new(),
        rows: 0,
    };
    spaced(set, part, next, Scale::Cells, measure)
}

/// The same with the space below it.
fn spaced(
    mut set: Set,
    part: &Part,
    next: Option<PartRole>,
    scale: Scale,
    measure: &Measure,
) -> Set {
    set.filled = set.lines.len();
    if let Some(next) = next {
        let height = (scale.rows() / 2).max(1);
        let gap = gap(part.role, next, measure.spacing.paragraph_gap).saturating_mul(height);
        // Large letters reach the upper edge of their row, and so a picture above it.
        let touches = (part.role, next) == (PartRole::Image, PartRole::Caption);
        let gap = gap.max(u16::from(touches && measure.scale.rows() > 1));
        let end = part.text.len();
        set.lines.extend((0..gap).map(|_| TextLine {
            range: end..end,
            ..TextLine::blank()
        }));
    }
    set.rows = set.lines.iter().map(|l| usize::from(l.rows)).sum();
    set
}

/// The scale of a part's letters: the terminal's own size if two syllables of the wanted size do
/// not fit beside each other.
fn scale(role: PartRole, measure: &Measure) -> Scale {
    // The kicker and the like stay small if letters are made of blocks: they would fill the screen
    // before the title.
    let aside = matches!(
        role,
        PartRole::Kicker
            | PartRole::Byline
            | PartRole::Copyright
            | PartRole::Source
            | PartRole::Foot
            | PartRole::Image
    );
    if aside && matches!(measure.scale, Scale::Blocks { .. }) {
        return Scale::Cells;
    }
    let wanted = if role == PartRole::Title {
        measure.title_scale
    } else {
        measure.scale
    };
    if wanted.columns(0, 2) <= usize::from(measure.width) {
        wanted
    } else {
        Scale::Cells
    }
}

/// Rows between a part and the next one. Parts that are not running text are set apart even if
/// paragraphs are not.
fn gap(above: PartRole, below: PartRole, paragraph: u16) -> u16 {
    use PartRole::{
        Caption, Copyright, Heading, Image, Item, Kicker, Paragraph, Sentence, Source, Subhead,
        Title,
    };
    match (above, below) {
        (Item, Item)
        | (Subhead, Subhead)
        | (Image | Sentence, Caption)
        | (Kicker, Title)
        | (Copyright, Source) => 0,
        (Heading(_), Paragraph | Item) => 0,
        (Paragraph | Item, Paragraph | Item) | (Sentence, Sentence) => paragraph,
        _ => paragraph.max(1),
    }
}

fn narrow(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}

/// By how many columns a list inside another is set in.
const LIST_INSET: usize = 2;

fn set_text(set: &mut Set, part: &Part, scale: Scale, measure: &Measure) {
    let width = usize::from(measure.width);
    let marker = part
        .marker
        .as_ref()
        .map(|m| marker_columns(m, scale, measure.policy));
    let (first, rest) = match (part.role, marker) {
        (_, Some(columns)) => {
            let inset = scale.columns(usize::from(part.depth) * LIST_INSET, 0);
            (columns + inset, columns + inset)
        }
        (PartRole::Quote | PartRole::Caption | PartRole::Code, None) => {
            (scale.columns(SET_IN, 0), scale.columns(SET_IN, 0))
        }
        (PartRole::Paragraph, None) => (
            scale.columns(usize::from(measure.spacing.first_indent), 0),
            0,
        ),
        _ => (0, 0),
    };
    // The indent is reduced if little space would be left beside it.
    let fits = |indent: usize| indent + scale.columns(0, 1) <= width && indent * 2 <= width.max(8);
    let (first, rest) = if fits(first.max(rest)) {
        (first, rest)
    } else {
        (0, 0)
    };
    let column = Column {
        width,
        first,
        rest,
        scale,
        policy: measure.policy,
        breaking: match (part.role, measure.breaking) {
            (PartRole::Title, Breaking::Eojeol | Breaking::Hybrid) => Breaking::Whole,
            (_, breaking) => breaking,
        },
    };
    // Larger letters can't start at every column, so their lines stay ragged.
    let spreads = measure.justify
        && scale == Scale::Cells
        && matches!(
            part.role,
            PartRole::Paragraph | PartRole::Quote | PartRole::Item | PartRole::Sentence
        );
    let mut starts_paragraph = true;
    for (index, line) in wrap_measured(&part.text, &column).into_iter().enumerate() {
        let indent = if starts_paragraph { first } else { rest };
        starts_paragraph = line.forced;
        let slack = width.saturating_sub(indent + line.columns);
        set.lines.push(TextLine {
            kind: LineKind::Text,
            range: line.range,
            indent: narrow(indent),
            rows: scale.rows().saturating_add(measure.spacing.line_gap),
            scale,
            width: narrow(line.columns),
            // Wider gaps than this are harder to read than a ragged edge.
            slack: if spreads && !line.forced && slack * 4 <= width {
                narrow(slack)
            } else {
                0
            },
            marker: index == 0 && marker.is_some() && first > 0,
            composed: None,
        });
    }
}

/// Columns of a marker and the space after it.
pub fn marker_columns(marker: &str, scale: Scale, policy: super::WidthPolicy) -> usize {
    columns(marker, scale, policy) + scale.columns(1, 0)
}

/// Lays out a table as a grid; `None` if it does not fit.
fn set_grid(set: &mut Set, part: &Part, scale: Scale, measure: &Measure) -> bool {
    let Some(rows) = &part.cells else {
        return false;
    };
    let cell = scale.columns(1, 0);
    // Columns only align if two narrow letters are always exactly as wide as a wide one.
    if cell == 0 || scale.columns(0, 1) != 2 * cell || scale.columns(7, 0) != 7 * cell {
        return false;
    }
    let cells = usize::from(measure.width) / cell;
    let Some(grid) = table::grid(rows, &part.text, cells, measure.policy) else {
        return false;
    };
    for (index, line) in grid.into_iter().enumerate() {
        set.lines.push(TextLine {
            kind: if line.head {
                LineKind::TableHead
            } else {
                LineKind::Table
            },
            range: line.range,
            rows: scale.rows().saturating_add(measure.spacing.line_gap),
            scale,
            width: narrow(columns(&line.text, scale, measure.policy)),
            composed: u32::try_from(index).ok(),
            ..TextLine::blank()
        });
        set.composed.push(line.text);
    }
    !set.lines.is_empty()
}

/// How `slack` columns are distributed over the spaces of a line: the byte of each space and the
/// columns to add to it.
pub fn spread(text: &str, slack: u16) -> Vec<(usize, u16)> {
    let blanks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    let count = narrow(blanks.len());
    if count == 0 {
        return Vec::new();
    }
    let (each, more) = (slack / count, slack % count);
    blanks
        .into_iter()
        .zip(0_u16..)
        .map(|(at, index)| (at, each + u16::from(index < more)))
        .collect()
}

#[cfg(test)]
#[path = "tests/lines.rs"]
mod tests;
