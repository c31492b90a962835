//! Where things stand on the screen: one pure function, called by `update` and `view` alike, so that drawing never has
//! to tell the model where it drew.
//!
//! ```text
//! ┌ top bar: shelf and counts ─────────┬ the article's buttons ─────────────────┐  1 row
//! │ list                               │ reader:    margin · text · scroll bar  │
//! │                                    │                                        │
//! └ status: notice, keys, progress ────┴────────────────────────────────────────┘  1 row
//! ```

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Area {
    /// Left column, from 0.
    pub x: u16,
    /// Top row, from 0.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Whether the cell at column `x`, row `y` is inside.
    pub fn holds(&self, x: u16, y: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&x)
            && (self.y..self.y.saturating_add(self.height)).contains(&y)
    }
}

/// Columns and rows of the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// Which pane has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The list.
    #[default]
    List,
    /// The article.
    Reader,
}

/// From this many columns on, list and reader stand side by side.
pub const TWO_PANES: u16 = 80;
/// A pane of so many rows can spare one above the text.
const AIRY: u16 = 16;
/// Below these the program only asks for room.
pub const LEAST: Screen = Screen { width: 20, height: 5 };

/// What the screen is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    /// The pane with the keys.
    pub focus: Pane,
    /// The article alone.
    pub zen: bool,
    /// Percent of the width for the list.
    pub list_percent: u8,
    /// Widest text column in cells.
    pub measure: u16,
}

/// The places of all parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Geometry {
    /// Too small for anything: the whole screen says so.
    pub cramped: bool,
    /// Over the list.
    pub list_bar: Option<Area>,
    /// The list's rows.
    pub list: Option<Area>,
    /// The column between the panes.
    pub divider: Option<Area>,
    /// Over the reader.
    pub reader_bar: Option<Area>,
    /// The reader pane.
    pub reader: Option<Area>,
    /// The column of text in the reader pane; of that pane's size even where it is not shown.
    pub text: Area,
    /// The scroll bar's column.
    pub scroll: Option<Area>,
    /// The last row.
    pub status: Area,
}

impl Geometry {
    /// The places on `screen`.
    pub fn of(screen: Screen, by: Division) -> Self {
        let status = Area { x: 0, y: screen.height.saturating_sub(1), width: screen.width, height: 1 };
        let rows = screen.height.saturating_sub(2);
        let whole = Area { x: 0, y: 1, width: screen.width, height: rows };
        let bar_over = |area: Area| Area { y: 0, height: 1, ..area };
        let mut places = Self {
            cramped: screen.width < LEAST.width || screen.height < LEAST.height,
            list_bar: None,
            list: None,
            divider: None,
            reader_bar: None,
            reader: None,
            text: Area::default(),
            scroll: None,
            status,
        };
        let reader = if screen.width >= TWO_PANES && !by.zen {
            let list_width = (u32::from(screen.width) * u32::from(by.list_percent) / 100) as u16;
            let list = Area { width: list_width.clamp(24, screen.width - 40), ..whole };
            places.list = Some(list);
            places.list_bar = Some(bar_over(list));
            places.divider = Some(Area { x: list.width, width: 1, ..whole });
            let reader = Area { x: list.width + 1, width: screen.width - list.width - 1, ..whole };
            places.reader = Some(reader);
            reader
        } else if by.focus == Pane::List && !by.zen {
            places.list = Some(whole);
            places.list_bar = Some(bar_over(whole));
            whole
        } else {
            places.reader = Some(whole);
            whole
        };
        places.reader_bar =
            places.reader.map(|r| if places.divider.is_some() { from_divider(r) } else { r }).map(bar_over);
        places.scroll = places.reader.map(|r| Area { x: r.x + r.width.saturating_sub(1), width: 1, ..r });
        places.text = column(reader, by.measure);
        places
    }
}

/// The bar begins over the divider, so that no column of the top row is left bare.
fn from_divider(reader: Area) -> Area {
    Area { x: reader.x - 1, width: reader.width + 1, ..reader }
}

/// The text column in a pane: at most `measure` wide, centred, a margin on both sides, the scroll bar's column free.
fn column(pane: Area, measure: u16) -> Area {
    let margin = match pane.width {
        0..=24 => 0,
        25..=59 => 1,
        _ => 2,
    };
    let room = pane.width.saturating_sub(2 * margin + 1).max(2);
    let width = room.min(measure);
    let above = u16::from(pane.height >= AIRY);
    Area { x: pane.x + margin + (room - width) / 2, y: pane.y + above, width, height: pane.height - above }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(width: u16, height: u16, focus: Pane, zen: bool) -> Geometry {
        Geometry::of(Screen { width, height }, Division { focus, zen, list_percent: 36, measure: 80 })
    }

    #[test]
    fn nothing_overlaps_or_leaves_the_screen_at_any_size() {
        for width in 20..260 {
            for height in 5..60 {
                for (focus, zen) in [(Pane::List, false), (Pane::Reader, false), (Pane::Reader, true)] {
                    let g = of(width, height, focus, zen);
                    let parts: Vec<Area> = [g.list_bar, g.list, g.reader, g.reader_bar, Some(g.status), g.divider]
                        .into_iter()
                        .flatten()
                        .collect();
                    let cells: u32 = parts.iter().map(|a| u32::from(a.width) * u32::from(a.height)).sum();
                    assert_eq!(cells, u32::from(width) * u32::from(height), "{width}×{height} {focus:?}");
                    if let Some(reader) = g.reader {
                        assert!(g.text.x >= reader.x && g.text.x + g.text.width < reader.x + reader.width, "{width}");
                    }
                }
            }
        }
    }

    #[test]
    fn under_eighty_columns_one_pane_at_a_time() {
        let g = of(79, 24, Pane::List, false);
        assert!(g.list.is_some() && g.reader.is_none());
        let g = of(79, 24, Pane::Reader, false);
        assert!(g.list.is_none() && g.reader.is_some());
        assert!(of(80, 24, Pane::List, false).reader.is_some());
    }

    #[test]
    fn the_column_is_centred_and_never_wider_than_the_measure() {
        let g = of(200, 50, Pane::Reader, true);
        assert_eq!(g.text.width, 80);
        assert!(g.text.x.abs_diff(200 - g.text.x - g.text.width) <= 2);
    }
}
