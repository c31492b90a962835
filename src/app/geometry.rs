//! Where things stand on the screen: one pure function, called by `update` and `view` alike, so
//! that drawing never has to tell the model where it drew.
//!
//! ```text
//! ┌ sources' bar ┬ collection and counts ────┬ the article's buttons ─────────────────┐  1 row
//! │ sources      │ list                 │ reader:    margin · text · scroll bar  │
//! │              │                      │                                        │
//! └ status: notice, keys, progress ─────┴────────────────────────────────────────┘  1 row
//! ```
//!
//! Where there is no room for as many panes as are wished for, fewer stand side by side, and the
//! one with the keys is among them. Below 100 columns the list stands above the reader, so that a
//! headline has the whole width. What a further pane takes is in `CONTRIBUTING.md`.

use serde::{Deserialize, Serialize};

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Area {
    /// Left column, from 0.
    pub x: u16,
    /// Top row, from 0.
    pub y: u16,
    /// Width in columns; 0 where nothing is shown.
    pub width: u16,
    /// Height in rows.
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
    /// Width in columns.
    pub width: u16,
    /// Height in rows.
    pub height: u16,
}

/// Which pane has the keys. In the order in which they stand on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// Where to read from.
    Sources,
    /// The articles of a collection.
    #[default]
    List,
    /// The open article, or its short news.
    Reader,
}

/// How many panes are in sight, and how they are arranged, where there is room for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Panes {
    /// Sources, list and reader.
    Three,
    /// List and reader; the sources take the list's place while they have the keys.
    Two,
    /// The list above the reader; the sources stand beside the reader while they have the keys.
    Stacked,
    /// The one with the keys.
    One,
    /// The same, and the article without bars.
    Zen,
}

impl Panes {
    /// The one after this.
    pub fn next(self) -> Self {
        match self {
            Self::Three => Self::Two,
            Self::Two => Self::Stacked,
            Self::Stacked => Self::One,
            Self::One => Self::Zen,
            Self::Zen => Self::Three,
        }
    }

    /// Those wished for, or as many as fit the screen. Without a wish three on a wide screen, and
    /// the list above the reader on a narrow one.
    pub fn fitting(wish: Option<Self>, screen: Screen) -> Self {
        let is_tall = screen.height >= STACKED_ROWS;
        match wish {
            Some(Self::Zen) => Self::Zen,
            Some(Self::One) => Self::One,
            Some(Self::Three) if screen.width >= THREE_PANES => Self::Three,
            None if screen.width >= ROOMY => Self::Three,
            None if screen.width >= THREE_PANES => Self::Two,
            Some(Self::Two | Self::Three) if screen.width >= TWO_PANES => Self::Two,
            _ if is_tall => Self::Stacked,
            None if screen.width >= TWO_PANES => Self::Two,
            _ => Self::One,
        }
    }
}

/// From this many columns on, list and reader can stand side by side.
pub const TWO_PANES: u16 = 80;
/// From this many on, the sources too.
pub const THREE_PANES: u16 = 100;
/// From this many on they do so unasked, since the reader's measure fits beside them.
pub const ROOMY: u16 = 160;
/// From this many rows on, the list can stand above the reader: two headlines and their bar leave
/// the article a dozen rows.
pub const STACKED_ROWS: u16 = 20;
/// Percent of the rows that the list has above the reader while it has the keys.
const STACKED_PERCENT: u16 = 45;
/// Rows of the list above the reader while the reader has the keys: two headlines of two lines.
const STACKED_LIST: u16 = 4;
/// Least columns of the sources.
const LEAST_SOURCES: u16 = 20;
/// Least columns of the list.
const LEAST_LIST: u16 = 24;
/// Least columns of the reader beside other panes.
const LEAST_READER: u16 = 40;
/// A pane of so many rows can spare one above the text.
const AIRY: u16 = 16;
/// Rows of the guide: a blank one and three lines.
const GUIDE: u16 = 4;
/// Below these the program only asks for room.
pub const LEAST: Screen = Screen {
    width: 20,
    height: 5,
};

/// What the screen is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    /// The pane with the keys.
    pub focus: Pane,
    /// How many panes the user wishes for.
    pub panes: Option<Panes>,
    /// The reader needs the whole width.
    pub alone: bool,
    /// The list is the front page, which has the reader's room too while one chooses from it.
    pub front: bool,
    /// The article and nothing else.
    pub bare: bool,
    /// Percent of the width for the sources.
    pub sources_percent: u8,
    /// Percent of the width for the list.
    pub list_percent: u8,
    /// Rows of a row of the list.
    pub row_height: u16,
    /// Widest text column in cells.
    pub measure: u16,
    /// A newcomer's guide stands below the list.
    pub guide: bool,
}

/// A line between two panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Divider {
    /// Right of the sources.
    Sources,
    /// Left of the reader.
    List,
}

/// The places of all parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Geometry {
    /// Too small for anything: the whole screen says so.
    pub cramped: bool,
    /// Over the sources.
    pub sources_bar: Option<Area>,
    /// The sources' rows.
    pub sources: Option<Area>,
    /// The column between sources and list.
    pub sources_divider: Option<Area>,
    /// Over the list.
    pub list_bar: Option<Area>,
    /// The list's rows.
    pub list: Option<Area>,
    /// Rows of the list while it has the keys. Above the reader it has fewer at other times.
    pub list_rows: u16,
    /// A newcomer's guide below the list.
    pub guide: Option<Area>,
    /// The column left of the reader.
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
        let status = Area {
            x: 0,
            y: screen.height.saturating_sub(1),
            width: screen.width,
            height: 1,
        };
        let whole = Area {
            x: 0,
            y: 1,
            width: screen.width,
            height: screen.height.saturating_sub(2),
        };
        let cramped = screen.width < LEAST.width || screen.height < LEAST.height;
        let mut places = Self {
            cramped,
            status,
            ..Self::default()
        };
        let panes = if by.alone {
            Panes::One
        } else {
            Panes::fitting(by.panes, screen)
        };
        let is_whole_front = by.front
            && match by.focus {
                Pane::List => true,
                Pane::Sources => panes == Panes::Three,
                Pane::Reader => false,
            };
        let reader = match panes {
            Panes::Three if is_whole_front => places.front_beside_sources(whole, by),
            _ if is_whole_front => places.one(whole, by, false),
            // A few lines of it would be of no use above the article.
            Panes::Stacked if by.front => places.one(whole, by, false),
            Panes::Three => places.three(whole, by),
            Panes::Two => places.two(whole, by),
            // A column suits the sources better than a few rows.
            Panes::Stacked if by.focus == Pane::Sources && screen.width >= TWO_PANES => {
                places.two(whole, by)
            }
            Panes::Stacked if by.focus == Pane::Sources => places.one(whole, by, false),
            Panes::Stacked => places.stacked(whole, by),
            Panes::One | Panes::Zen => places.one(whole, by, panes == Panes::Zen),
        };
        let list_rows = places.list_rows;
        places.list_rows = match places.list {
            Some(list) if list_rows == 0 => list.height,
            _ => list_rows,
        };
        if by.guide {
            places.put_guide();
        }
        places.scroll = places.reader.map(|r| Area {
            x: r.x + r.width.saturating_sub(1),
            width: 1,
            ..r
        });
        places.text = column(reader, by.measure);
        places
    }

    /// The places of the linear screen: the pane with the keys alone. Its text is a line at a time,
    /// so that what is brought into view is where the cursor is; `measure` is its widest.
    pub fn linear(screen: Screen, focus: Pane, measure: u16) -> Self {
        let by = Division {
            focus,
            panes: Some(Panes::One),
            alone: true,
            front: false,
            bare: false,
            sources_percent: 0,
            list_percent: 0,
            row_height: 1,
            measure,
            guide: false,
        };
        let places = Self::of(screen, by);
        Self {
            text: Area {
                x: 0,
                y: 1,
                width: screen.width.min(measure),
                height: 1,
            },
            scroll: None,
            ..places
        }
    }

    fn three(&mut self, whole: Area, by: Division) -> Area {
        let most = whole.width - LEAST_LIST - LEAST_READER - 2;
        let sources = Area {
            width: share(whole.width, by.sources_percent).clamp(LEAST_SOURCES, most),
            ..whole
        };
        let (rest, divider) = beside(sources, whole);
        self.sources = Some(sources);
        self.sources_bar = Some(bar_over(sources));
        self.sources_divider = Some(divider);
        let list = Area {
            width: share(whole.width, by.list_percent)
                .clamp(LEAST_LIST, rest.width - LEAST_READER - 1),
            ..rest
        };
        let (reader, divider) = beside(list, rest);
        self.list = Some(list);
        self.list_bar = Some(bar_over(from_divider(list)));
        self.divider = Some(divider);
        self.put_reader(reader, true)
    }

    fn front_beside_sources(&mut self, whole: Area, by: Division) -> Area {
        let reader = self.three(whole, by);
        (self.divider, self.reader, self.reader_bar) = (None, None, None);
        let widened = |area: Option<Area>| {
            area.map(|a| Area {
                width: whole.width - a.x,
                ..a
            })
        };
        (self.list, self.list_bar) = (widened(self.list), widened(self.list_bar));
        reader
    }

    fn two(&mut self, whole: Area, by: Division) -> Area {
        let left = Area {
            width: share(whole.width, by.list_percent)
                .clamp(LEAST_LIST, whole.width - LEAST_READER - 1),
            ..whole
        };
        let (reader, divider) = beside(left, whole);
        self.divider = Some(divider);
        if by.focus == Pane::Sources {
            (self.sources, self.sources_bar) = (Some(left), Some(bar_over(left)));
        } else {
            (self.list, self.list_bar) = (Some(left), Some(bar_over(left)));
        }
        self.put_reader(reader, true)
    }

    fn stacked(&mut self, whole: Area, by: Division) -> Area {
        let most = whole.height.saturating_sub(STACKED_LIST + 1);
        let full =
            (whole.height * STACKED_PERCENT / 100).clamp(STACKED_LIST, most.max(STACKED_LIST));
        // Whole rows, so that nothing is left bare above the article.
        let whole_rows = |rows: u16| rows - rows % by.row_height.clamp(1, STACKED_LIST);
        let full = whole_rows(full);
        let height = match by.focus {
            Pane::Reader => whole_rows(STACKED_LIST),
            // The guide comes out of this again.
            _ if by.guide && full >= 2 * GUIDE && full + GUIDE < most => full + GUIDE,
            _ => full,
        };
        let upper = Area { height, ..whole };
        (self.list, self.list_bar) = (Some(upper), Some(bar_over(upper)));
        self.list_rows = full.max(height);
        let bar = Area {
            y: upper.y + height,
            height: 1,
            ..whole
        };
        let reader = Area {
            y: bar.y + 1,
            height: whole.height - height - 1,
            ..whole
        };
        (self.reader, self.reader_bar) = (Some(reader), Some(bar));
        reader
    }

    fn one(&mut self, whole: Area, by: Division, zen: bool) -> Area {
        match by.focus {
            Pane::Sources => {
                (self.sources, self.sources_bar) = (Some(whole), Some(bar_over(whole)));
            }
            Pane::List if !by.bare => {
                (self.list, self.list_bar) = (Some(whole), Some(bar_over(whole)));
            }
            _ if by.bare || zen => {
                let reader = Area {
                    y: 0,
                    height: whole.height + 1,
                    ..whole
                };
                self.reader = Some(reader);
                return reader;
            }
            _ => return self.put_reader(whole, false),
        }
        whole
    }

    fn put_reader(&mut self, reader: Area, beside: bool) -> Area {
        self.reader = Some(reader);
        self.reader_bar = Some(bar_over(if beside { from_divider(reader) } else { reader }));
        reader
    }

    fn put_guide(&mut self) {
        let Some(list) = self.list.as_mut().filter(|l| l.height >= 3 * GUIDE) else {
            return;
        };
        list.height -= GUIDE;
        self.list_rows = self.list_rows.saturating_sub(GUIDE);
        self.guide = Some(Area {
            y: list.y + list.height,
            height: GUIDE,
            ..*list
        });
    }

    /// The divider at this cell.
    pub fn divider_at(&self, x: u16, y: u16) -> Option<Divider> {
        let is = |divider: Option<Area>| divider.is_some_and(|d| d.holds(x, y));
        match (is(self.sources_divider), is(self.divider)) {
            (true, _) => Some(Divider::Sources),
            (_, true) => Some(Divider::List),
            _ => None,
        }
    }
}

/// A box of at most `width`×`height` cells in the middle of the screen; the status line stays free.
pub fn centred(screen: Screen, (width, height): (u16, u16)) -> Area {
    let (width, height) = (
        width.min(screen.width),
        height.min(screen.height.saturating_sub(1)),
    );
    Area {
        x: (screen.width - width) / 2,
        y: (screen.height - height) / 2,
        width,
        height,
    }
}

/// Where the palette stands: high enough that its first row stays where it is while it is typed
/// into.
pub fn palette_box(screen: Screen) -> Area {
    let height = (screen.height * 2 / 3).clamp(4.min(screen.height), 24);
    Area {
        y: (screen.height / 8).min(screen.height - height),
        ..centred(screen, (76, height))
    }
}

/// Where the publishers to choose among stand.
pub fn publishers_box(screen: Screen) -> Area {
    centred(screen, (72, screen.height.saturating_sub(2)))
}

/// Where a publisher's card with so many rows stands.
pub fn home_box(screen: Screen, rows: usize) -> Area {
    centred(
        screen,
        (
            64,
            u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2),
        ),
    )
}

/// Where the menu of what can be done with an article stands.
pub fn share_box(screen: Screen, rows: usize) -> Area {
    centred(
        screen,
        (
            52,
            u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(4),
        ),
    )
}

/// So many percent of `width`.
fn share(width: u16, percent: u8) -> u16 {
    (u32::from(width) * u32::from(percent) / 100) as u16
}

/// The bar in the top row over a pane.
fn bar_over(pane: Area) -> Area {
    Area {
        y: 0,
        height: 1,
        ..pane
    }
}

/// What is left of `whole` right of `pane`, and the column between.
fn beside(pane: Area, whole: Area) -> (Area, Area) {
    let x = pane.x + pane.width;
    let rest = Area {
        x: x + 1,
        width: whole.x + whole.width - x - 1,
        ..whole
    };
    (
        rest,
        Area {
            x,
            width: 1,
            ..whole
        },
    )
}

/// The bar begins over the divider, so that no column of the top row is left bare.
fn from_divider(pane: Area) -> Area {
    Area {
        x: pane.x - 1,
        width: pane.width + 1,
        ..pane
    }
}

/// The text column of an article that stands alone under its bar.
pub fn text_alone(screen: Screen, measure: u16) -> Area {
    let pane = Area {
        x: 0,
        y: 1,
        width: screen.width,
        height: screen.height.saturating_sub(2),
    };
    column(pane, measure)
}

/// The text column in a pane: at most `measure` wide, centred, a margin on both sides, the scroll
/// bar's column free.
fn column(pane: Area, measure: u16) -> Area {
    let margin = match pane.width {
        0..=24 => 0,
        25..=59 => 1,
        _ => 2,
    };
    let room = pane.width.saturating_sub(2 * margin + 1).max(2);
    let width = room.min(measure);
    let above = u16::from(pane.height >= AIRY);
    Area {
        x: pane.x + margin + (room - width) / 2,
        y: pane.y + above,
        width,
        height: pane.height - above,
    }
}

#[cfg(test)]
#[path = "tests/geometry.rs"]
mod tests;
