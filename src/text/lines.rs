//! One part of a document, set in lines.

use std::ops::Range;

use super::gauge::columns;
use super::part::{Part, PartRole};
use super::wrap::wrap_measured;
use super::{Column, Measure, Scale, table};

/// Cells that quotes, captions and code are set in by.
const SET_IN: usize = 2;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// Words of the part.
    Text,
    /// Nothing: the space below a part.
    Blank,
    /// A line of a grid.
    Table,
    /// A line of the grid's first row.
    TableHead,
    /// A row of a picture.
    Picture,
}

/// Cells across and down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PictureFrame {
    /// Across.
    pub columns: u16,
    /// Down.
    pub rows: u16,
}

/// A line of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    /// What the line shows.
    pub kind: LineKind,
    /// Bytes of the part's text. Of a grid, those of the whole row.
    pub range: Range<usize>,
    /// Columns before the words.
    pub indent: u16,
    /// Rows of the screen, the space below included.
    pub rows: u16,
    /// How its letters are drawn.
    pub scale: Scale,
    /// Columns that the words take.
    pub width: u16,
    /// Columns to be shared out over its blanks, where lines are justified; see [`spread`].
    pub slack: u16,
    /// The part's marker stands in its indent, at the first column.
    pub marker: bool,
    /// Index into the part's composed texts.
    pub(super) composed: Option<u32>,
}

impl TextLine {
    /// Rows of the letters alone.
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
    /// The lines; blank ones last.
    pub(super) lines: Vec<TextLine>,
    /// How many of them are not blank.
    pub(super) filled: usize,
    /// Texts of lines that stand nowhere in the part as they are.
    pub(super) composed: Vec<String>,
    /// Rows of all lines.
    pub(super) rows: usize,
}

/// Sets a part. `next` is what stands below it.
pub(super) fn set(part: &Part, next: Option<PartRole>, measure: &Measure) -> Set {
    let scale = scale(part.role, measure);
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

/// Sets the room of a picture in a part's place.
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
        let end = part.text.len();
        set.lines.extend((0..gap).map(|_| TextLine {
            range: end..end,
            ..TextLine::blank()
        }));
    }
    set.rows = set.lines.iter().map(|l| usize::from(l.rows)).sum();
    set
}

/// The size of a part's letters: the terminal's own where two syllables of the wanted size don't
/// fit side by side.
fn scale(role: PartRole, measure: &Measure) -> Scale {
    // What only names the source stays small where letters are made of blocks: it would fill the
    // screen before the title.
    let aside = matches!(
        role,
        PartRole::Kicker
            | PartRole::Byline
            | PartRole::Copyright
            | PartRole::Source
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

/// Rows between a part and the next one. What is not running text is set apart even where
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

fn set_text(set: &mut Set, part: &Part, scale: Scale, measure: &Measure) {
    let width = usize::from(measure.width);
    let marker = part
        .marker
        .as_ref()
        .map(|m| marker_columns(m, scale, measure));
    let (first, rest) = match (part.role, marker) {
        (_, Some(columns)) => (columns, columns),
        (PartRole::Quote | PartRole::Caption | PartRole::Code, None) => {
            (scale.columns(SET_IN, 0), scale.columns(SET_IN, 0))
        }
        (PartRole::Paragraph, None) => (
            scale.columns(usize::from(measure.spacing.first_indent), 0),
            0,
        ),
        _ => (0, 0),
    };
    // An indent gives way where little would be left beside it.
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
        breaking: measure.breaking,
    };
    // Larger letters only start where their size allows, so their lines stay ragged.
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
            // Wider gaps than this read worse than a ragged edge.
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

/// Columns of a marker with the blank after it.
fn marker_columns(marker: &str, scale: Scale, measure: &Measure) -> usize {
    columns(marker, scale, measure.policy) + scale.columns(1, 0)
}

/// Sets a table as a grid, where it is one that fits.
fn set_grid(set: &mut Set, part: &Part, scale: Scale, measure: &Measure) -> bool {
    let Some(rows) = &part.cells else {
        return false;
    };
    let cell = scale.columns(1, 0);
    // Columns only line up where two narrow letters are as wide as a wide one, in any company.
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

/// How `slack` columns are shared out over the blanks of a line: the byte of each blank and the
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
