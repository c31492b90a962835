//! The list pane.
//!
//! ```text
//! ● 서울의 새 도서관, 밤에도 문을
//!   연다…주민 반응 · 견본일보 · 3분 전   ★
//!   새 도서관은 밤 열 시까지…             with three lines a row: the first of the short news
//! ```

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::row_text::{about, put_title};
use super::style_resolver::StyleResolver;
use super::{front, rect};
use crate::app::geometry::{Area, Geometry};
use crate::app::input::action::Action;
use crate::app::input::buttons::hint;
use crate::app::panes::list::front::FRONT_MARGIN;
use crate::app::protocol::rows::Row;
use crate::app::{Collection, Model, Pane};
use crate::config::Role;

/// Draws the visible rows, and the divider between list and reader.
pub fn draw(model: &Model, styles: &StyleResolver<'_>, places: &Geometry, frame: &mut Frame<'_>) {
    let buf = frame.buffer_mut();
    if let Some(divider) = places.divider {
        styles.line_down(buf, divider);
    }
    if let Some(area) = places.guide {
        guide(model, styles, area, buf);
    }
    let Some(area) = places.list else { return };
    if model.list().rows().is_empty() {
        let inner = Area {
            x: area.x + 2,
            y: area.y + 1,
            width: area.width.saturating_sub(4),
            height: area.height - 1,
        };
        return styles.paragraph(
            buf,
            rect(inner),
            model.start().words.get(empty(model)),
            styles.style(Role::Dim),
        );
    }
    if let Some(layout) = model.front(places) {
        let lines = usize::from(area.height);
        let top = model
            .list()
            .front_top(&layout, lines, places.reader.is_none());
        let inner = Area {
            x: area.x + FRONT_MARGIN,
            width: area.width.saturating_sub(2 * FRONT_MARGIN),
            ..area
        };
        return front::draw(model, styles, &layout, (inner, top), buf);
    }
    let lines = model.start().row_height();
    let rows = model
        .list()
        .rows()
        .iter()
        .enumerate()
        .skip(model.list_top(places))
        .take(usize::from(area.height / lines));
    for (place, (index, row)) in rows.enumerate() {
        let y = area.y + u16::try_from(place).unwrap_or(0) * lines;
        let area = Area {
            y,
            height: lines,
            ..area
        };
        draw_row(
            model,
            styles,
            row,
            index == model.list().selected(),
            area,
            buf,
        );
    }
}

/// Draws three lines for a new user: how to read, where news come from, where to find everything
/// else.
fn guide(model: &Model, styles: &StyleResolver<'_>, area: Area, buf: &mut Buffer) {
    let key = |name: &str| {
        Action::named(name)
            .and_then(|a| hint(model, a))
            .unwrap_or_default()
    };
    let (pick, add, help, palette) = (
        key("outlets"),
        key("subscribe"),
        key("help"),
        key("palette"),
    );
    let values = [
        ("pick", &*pick),
        ("add", &*add),
        ("help", &*help),
        ("palette", &*palette),
    ];
    let lines = ["guide.read", "guide.subscribe", "guide.find"];
    for (line, y) in lines.into_iter().zip(area.y + 1..area.y + area.height) {
        let text = model.start().words.fill(line, &values);
        styles.put(
            buf,
            (area.x + 1, y),
            area.width.saturating_sub(2),
            &text,
            styles.style(Role::Key),
        );
    }
}

/// The key of the sentence for a list without rows.
pub(super) fn empty(model: &Model) -> &'static str {
    match (model.list().is_known(), model.list().collection()) {
        (true, _) if model.list().listing().matcher.is_some() => "empty.found",
        (false, _) => "empty.loading",
        (_, Collection::Sources) => "empty.sources",
        (_, Collection::Library | Collection::Front | Collection::Sample) => "empty.library",
        (_, Collection::Issues | Collection::Story(_)) => "empty.issues",
        (_, Collection::Scraps) => "empty.scraps",
    }
}

fn draw_row(
    model: &Model,
    styles: &StyleResolver<'_>,
    row: &Row,
    selected: bool,
    area: Area,
    buf: &mut Buffer,
) {
    let ground = match (selected, model.focus()) {
        (false, _) => Style::default(),
        (true, Pane::List) => styles.style(Role::Selected),
        (true, Pane::Sources | Pane::Reader) => styles.style(Role::SelectedAway),
    };
    buf.set_style(rect(area), ground);
    let title = styles
        .style(if row.read { Role::Read } else { Role::Unread })
        .patch(ground);
    let mark = styles.style(Role::Mark).patch(ground);
    let dim = styles.style(Role::Dim).patch(ground);
    if !row.read {
        styles.put(buf, (area.x, area.y), 1, styles.unread(), mark);
    }
    // The selected row has a mark, too, for screens without background colours.
    if selected && model.focus() == Pane::List {
        let at = match (area.height, row.read, row.scrapped) {
            (1, false, true) => None,
            (1, false, false) => Some((area.x + 1, area.y)),
            (1, true, _) => Some((area.x, area.y)),
            _ => Some((area.x, area.y + 1)),
        };
        at.map(|at| styles.put(buf, at, 1, ">", mark));
    }
    let (x, end) = (area.x + 2, area.x + area.width.saturating_sub(1));
    if area.height == 1 {
        // At most a third of the row, because the title matters more.
        let about = about(model, styles, row, ((end - x) / 3).max(12));
        let taken = u16::try_from(styles.policy.width(&about)).unwrap_or(0) + 1;
        let room = (end - x).saturating_sub(if end - x > taken + 20 { taken } else { 0 });
        let whole = 0..row.title.len();
        put_title(model, styles, row, whole, (x, area.y), room, title, buf);
        if room < end - x {
            styles.put(buf, (end - taken + 1, area.y), taken, &about, dim);
        }
        if row.scrapped {
            styles.put(buf, (area.x + 1, area.y), 1, styles.scrap(), mark);
        }
        return;
    }
    two_lines(model, styles, row, (x, end, area.y), (title, dim), buf);
    if row.scrapped {
        styles.put(buf, (end - 1, area.y + 1), 1, styles.scrap(), mark);
    }
    if area.height > 2
        && let Some(line) = model.first_lines().of(model.list().collection(), row.id)
    {
        let line = styles
            .policy
            .ellipsis(line, usize::from(end.saturating_sub(x)));
        styles.put(
            buf,
            (x, area.y + 2),
            end.saturating_sub(x),
            &line,
            styles.style(Role::Read).patch(ground),
        );
    }
}

/// The fewest cells that the rest of a headline needs in the second line.
const LEAST_REST: u16 = 8;

/// Draws the headline, and publisher and time below it. A headline that is longer than a line goes
/// on in the second one, and publisher and time stand at the end of that, as far as there is room.
fn two_lines(
    model: &Model,
    styles: &StyleResolver<'_>,
    row: &Row,
    (x, end, y): (u16, u16, u16),
    (title, dim): (Style, Style),
    buf: &mut Buffer,
) {
    let width = end.saturating_sub(x);
    // The mark of a scrap stands at the end.
    let room = width.saturating_sub(2);
    let cells = |text: &str| u16::try_from(styles.policy.width(text)).unwrap_or(u16::MAX);
    let first = styles
        .lines(&row.title, width)
        .first()
        .map_or(0, |l| l.len());
    let rest_at = row.title[first..]
        .find(|c: char| !c.is_whitespace())
        .map(|blank| first + blank);
    let least = match &row.publishers {
        Some(_) => LEAST_REST.max(cells(&about(model, styles, row, 0))),
        None => cells(&about(model, styles, row, 0)),
    };
    let rest = rest_at.filter(|_| room >= least + 2 + LEAST_REST);
    let Some(rest) = rest else {
        let whole = 0..row.title.len();
        put_title(model, styles, row, whole, (x, y), width, title, buf);
        let about = about(model, styles, row, room);
        styles.put(buf, (x, y + 1), room, &about, dim);
        return;
    };
    put_title(model, styles, row, 0..first, (x, y), width, title, buf);
    let most = room - least - 2;
    let taken = cells(&row.title[rest..]).min(most);
    let rest = rest..row.title.len();
    put_title(model, styles, row, rest, (x, y + 1), most, title, buf);
    let about = about(model, styles, row, room - taken - 2);
    let about_cells = cells(&about).min(room - taken - 2);
    let about_x = x + room - about_cells;
    styles.put(buf, (about_x, y + 1), about_cells, &about, dim);
}
