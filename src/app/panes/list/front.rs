//! 오늘의 신문, laid out: sections with a heading each, today's issues first, then the top stories of
//! each publisher, in as many columns as the pane has room for. Where its rows stand is computed
//! from the rows and the width alone, so that drawing and the mouse agree.

use std::ops::Range;

use super::List;
use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::protocol::listing::Listing;
use crate::app::protocol::rows::{Collection, Row, Section};
use crate::app::reply::{ListIntent, Reply};
use crate::text::{Breaking, Column, Scale, WidthPolicy, wrap};

/// From these widths on there are two columns, and three.
const COLUMN_WIDTHS: [u16; 2] = [96, 150];
/// Cells between two columns.
const GAP: u16 = 3;
/// Cells before the headlines, for their marks.
const MARGIN: u16 = 2;
/// Most lines of a headline.
const MOST_LINES: usize = 3;
/// Cells at the end of a headline that its time takes.
const TIME: usize = 13;
/// Cells left and right of the page.
pub const FRONT_MARGIN: u16 = 1;
/// Lines that one notch of the wheel scrolls.
const NOTCH: usize = 3;

/// Where publisher and time of a row stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// At the end of the headline's last line.
    Beside,
    /// On a line of their own.
    Below,
    /// There is no room for them.
    Nowhere,
}

/// A row of the front page, in lines and columns from its top left corner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontItem {
    /// Left column, that of the mark.
    pub x: u16,
    /// The first line.
    pub y: usize,
    /// Columns.
    pub width: u16,
    /// Lines.
    pub height: usize,
    /// The headline's lines, as bytes of the title; the last one may have to be shortened.
    pub lines: Vec<Range<usize>>,
    /// Where publisher and time stand.
    pub about: About,
    /// The line of the section's heading, where this is the first of a section.
    pub heading: Option<usize>,
}

/// Where everything on the front page stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontLayout {
    /// One for each row of the list.
    pub items: Vec<FrontItem>,
    /// Lines of the whole page.
    pub height: usize,
}

impl FrontLayout {
    /// Lays out `rows` in `width` columns.
    pub fn of(rows: &[Row], width: u16, policy: WidthPolicy) -> Self {
        let count = 1 + COLUMN_WIDTHS.iter().filter(|w| width >= **w).count();
        let columns = u16::try_from(count).unwrap_or(1);
        let column = width.saturating_sub(GAP * (columns - 1)) / columns;
        let mut page = Self::default();
        let mut ends = vec![0; count];
        let mut rows = rows;
        while let Some(first) = rows.first() {
            let len = 1 + rows[1..].iter().take_while(|r| r.section.is_none()).count();
            let (section, rest) = rows.split_at(len);
            rows = rest;
            let is_issues = matches!(first.section, Some(Section::Issues));
            if is_issues && count > 1 {
                page.put_across(section, (width, column, count), policy, &mut ends);
            } else {
                // The shortest column, the left one of equals.
                let at = (0..count).min_by_key(|at| ends[*at]).unwrap_or(0);
                let x = u16::try_from(at).unwrap_or(0) * (column + GAP);
                ends[at] = page.put_down(section, (x, ends[at], column), policy);
            }
        }
        page.height = ends.into_iter().max().unwrap_or(0);
        page
    }

    /// Puts a section over all columns: the first row alone, the others side by side.
    fn put_across(
        &mut self,
        rows: &[Row],
        (width, column, count): (u16, u16, usize),
        policy: WidthPolicy,
        ends: &mut [usize],
    ) {
        let top = ends.iter().copied().max().unwrap_or(0);
        let (lead, others) = rows.split_at(1);
        let mut y = self.put_down(lead, (0, top, width), policy) - 1;
        for line in others.chunks(count) {
            let mut next = y;
            for (at, row) in line.iter().enumerate() {
                let x = u16::try_from(at).unwrap_or(0) * (column + GAP);
                let item = item(row, (x, y, column), policy);
                next = next.max(y + item.height);
                self.items.push(item);
            }
            y = next;
        }
        ends.fill(y + 1);
    }

    /// Puts a section's rows below each other, with their heading; gives the line after the blank
    /// one below them.
    fn put_down(
        &mut self,
        rows: &[Row],
        (x, top, width): (u16, usize, u16),
        policy: WidthPolicy,
    ) -> usize {
        let mut y = top;
        for row in rows {
            let heading = row.section.is_some().then_some(y);
            y += usize::from(heading.is_some());
            let item = FrontItem {
                heading,
                ..item(row, (x, y, width), policy)
            };
            y += item.height;
            self.items.push(item);
        }
        y + 1
    }

    /// The row at a cell of the page; its section's heading counts as none.
    pub fn at(&self, x: u16, y: usize) -> Option<usize> {
        let is_over = |item: &FrontItem| {
            (item.x..item.x + item.width).contains(&x)
                && (item.y..item.y + item.height).contains(&y)
        };
        self.items.iter().position(is_over)
    }

    /// The first row of the section whose heading is at a cell of the page.
    pub fn heading_at(&self, x: u16, y: usize) -> Option<usize> {
        let is_over = |item: &FrontItem| {
            (item.x..item.x + item.width).contains(&x) && item.heading == Some(y)
        };
        self.items.iter().position(is_over)
    }

    /// The row nearest to line `y` in the column of row `chosen`.
    fn nearest(&self, chosen: usize, y: usize) -> Option<usize> {
        let x = self.items.get(chosen)?.x;
        let rows = self.items.iter().enumerate().filter(|(_, i)| i.x == x);
        rows.min_by_key(|(_, item)| item.y.abs_diff(y))
            .map(|(at, _)| at)
    }

    /// The line at the top of a pane of `height` lines, moved from `top` no more than it takes to
    /// have a row in view, with its section's heading where it is the first.
    fn top(&self, top: usize, chosen: usize, height: usize) -> usize {
        let Some(item) = self.items.get(chosen) else {
            return 0;
        };
        let from = item.heading.unwrap_or(item.y);
        let until = item.y + item.height;
        top.max(until.saturating_sub(height)).min(from).min(
            self.height
                .saturating_sub(1)
                .saturating_sub(height.saturating_sub(1)),
        )
    }
}

fn item(row: &Row, (x, y, width): (u16, usize, u16), policy: WidthPolicy) -> FrontItem {
    let room = usize::from(width.saturating_sub(MARGIN)).max(2);
    let column = Column {
        width: room,
        first: 0,
        rest: 0,
        scale: Scale::Cells,
        policy,
        breaking: Breaking::Eojeol,
    };
    let mut lines = wrap(&row.title, &column);
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut() {
            last.end = row.title.len();
        }
    }
    let last = lines.last().and_then(|l| row.title.get(l.clone()));
    let taken = last.map_or(0, |text| policy.width(text));
    let has_room = taken + TIME <= room;
    let about = match () {
        () if row.is_issue() => About::Below,
        () if has_room => About::Beside,
        () if row.copies > 0 || row.when.is_some() => About::Below,
        () => About::Nowhere,
    };
    let height = lines.len().max(1) + usize::from(about == About::Below);
    FrontItem {
        x,
        y,
        width,
        height,
        lines,
        about,
        heading: None,
    }
}

impl List {
    /// The line at the top of the front page in a pane of `height` lines. `is_whole`: the page has
    /// its own pane, and the line that it was left at counts.
    pub fn front_top(&self, layout: &FrontLayout, height: usize, is_whole: bool) -> usize {
        let top = if is_whole { self.top } else { 0 };
        layout.top(top, self.selected, height)
    }

    /// Scrolls the front page so that the chosen row is in view.
    pub fn keep_front_in_view(&mut self, layout: &FrontLayout, height: usize) {
        self.top = self.front_top(layout, height, true);
    }

    /// A click on a cell of the pane selects the row there, a second one opens it; one on a heading
    /// lists all that its section has.
    pub fn click_front(
        &mut self,
        (x, y): (u16, usize),
        layout: &FrontLayout,
        env: &Env<'_>,
    ) -> Reply {
        let is_whole = env.geometry.reader.is_none();
        let y = y + self.front_top(layout, env.list_lines(), is_whole);
        if let Some(row) = layout.heading_at(x, y).and_then(|at| self.rows().get(at)) {
            let listing = match &row.section {
                Some(Section::Publisher { filter, .. }) => Listing::filtered((**filter).clone()),
                _ => Listing::of(Collection::Issues),
            };
            return Reply::none().intent(ListIntent::GoTo(listing));
        }
        match layout.at(x, y) {
            Some(row) => self.click_row(row, env),
            None => Reply::none(),
        }
    }

    /// Goes a page, or half of one, through the front page; gives whether the choice moved.
    pub fn go_on_front(&mut self, action: Action, layout: &FrontLayout, height: usize) -> bool {
        let Some(item) = layout.items.get(self.selected) else {
            return false;
        };
        let lines = match action {
            Action::HalfPageDown | Action::HalfPageUp => height / 2,
            _ => height.saturating_sub(1),
        };
        let y = match action {
            Action::PageUp | Action::HalfPageUp => item.y.saturating_sub(lines),
            _ => item.y + lines,
        };
        let before = self.selected;
        self.selected = layout.nearest(before, y).unwrap_or(before);
        self.selected != before
    }

    /// Scrolls the front page by a notch of the wheel; the choice goes along where it would be out
    /// of view. Gives whether the choice moved.
    pub fn scroll_front(&mut self, action: Action, layout: &FrontLayout, height: usize) -> bool {
        let most = layout.height.saturating_sub(height);
        self.top = match action {
            Action::Up => self.top.saturating_sub(NOTCH),
            _ => (self.top + NOTCH).min(most),
        };
        let Some(item) = layout.items.get(self.selected) else {
            return false;
        };
        let from = item.heading.unwrap_or(item.y);
        let in_view = from >= self.top && item.y + item.height <= self.top + height;
        if in_view {
            return false;
        }
        let edge = if from < self.top {
            self.top + 1
        } else {
            (self.top + height).saturating_sub(item.height + 1)
        };
        let before = self.selected;
        let fits = |at: &usize| {
            let i = &layout.items[*at];
            i.heading.unwrap_or(i.y) >= self.top && i.y + i.height <= self.top + height
        };
        let near = (0..layout.items.len()).filter(fits);
        let nearest = near.min_by_key(|at| {
            let i = &layout.items[*at];
            (i.x.abs_diff(item.x), i.y.abs_diff(edge))
        });
        self.selected = nearest.unwrap_or(before);
        self.selected != before
    }
}

#[cfg(test)]
#[path = "tests/front.rs"]
mod tests;
