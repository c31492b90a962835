//! The linear screen, for screen readers and braille displays: no panes, one column, no boxes, bars
//! or marks. The terminal's cursor is on what is chosen: a row of the list, a line of the article.
//!
//! ```text
//! 모든 기사 안 읽음 2 / 14                              what this is
//! 14건 가운데 1, 견본일보, 3분 전, 새 도서관, 밤에도     a row, the chosen one whole
//! 14건 가운데 2, 읽음, 견본일보, 1시간 전, 열린 음악회
//! ```
//!
//! Text is shown by pages that stay where they are while the cursor goes through them, since what
//! moves under a resting cursor is not read out, and what scrolls is read out again.

use ratatui::Frame;
use ratatui::buffer::Buffer;

use super::style_resolver::StyleResolver;
use super::{bars, links, popups, reader, rect, relative_time};
use crate::app::geometry::{Area, Geometry};
use crate::app::panes::source_row::{SourceRow, Target};
use crate::app::popups::Popup;
use crate::app::protocol::rows::{Row, Section};
use crate::app::{Model, Pane};
use crate::config::Role;
use crate::text::{LineKind, PartRole, Spot};

/// Below this width, a row begins with its headline, of which little would be left at its end.
const NARROW: u16 = 60;

/// Lines of a page of the list beside one for each row: for the rest of the chosen headline.
fn wrapped(width: u16) -> u16 {
    if width < NARROW { 4 } else { 2 }
}

/// Draws the screen, and places the cursor.
pub(super) fn draw(
    model: &Model,
    styles: &StyleResolver<'_>,
    places: &Geometry,
    frame: &mut Frame<'_>,
) {
    let whole = Area {
        y: 1,
        height: frame.area().height.saturating_sub(2),
        ..Area {
            x: 0,
            y: 0,
            width: frame.area().width,
            height: 0,
        }
    };
    let buf = frame.buffer_mut();
    let (title, cursor) = match model.focus() {
        Pane::Sources => sources(model, styles, whole, buf),
        Pane::List => list(model, styles, whole, buf),
        Pane::Reader => article(model, styles, whole, buf),
    };
    let style = styles.style(Role::Text);
    styles.put(buf, (0, 0), whole.width, &title, style);
    frame.set_cursor_position(cursor);
    bars::foot(model, styles, places, frame);
    let is_typed = match model.popup() {
        Some(popup) => {
            popups::draw(model, styles, frame);
            place_in_popup(popup, frame)
        }
        None => model.prompt().is_some(),
    };
    bars::notice(model, styles, places, frame.buffer_mut());
    // A sentence that came is where the cursor is, as long as nothing is typed or chosen instead.
    if model.notice().is_some_and(|notice| notice.bad) && !is_typed {
        frame.set_cursor_position((0, places.status.y));
    }
}

/// Places the cursor on the chosen row of a popup, unless it is in a line that is typed into.
/// Returns whether it is in such a line.
fn place_in_popup(popup: &Popup, frame: &mut Frame<'_>) -> bool {
    let is_typed = match popup {
        // What is found is gone through with the arrow keys: then the cursor is there.
        Popup::Palette(palette) => palette.picker().selected == 0,
        Popup::Help(help) => help.filter().is_typing(),
        Popup::Publishers(list) => list.filter().is_typing(),
        _ => false,
    };
    if !is_typed {
        let buf = frame.buffer_mut();
        let is_chosen = |y: &u16| buf.cell((0, *y)).is_some_and(|cell| cell.symbol() == ">");
        let y = (1..buf.area.bottom()).find(is_chosen).unwrap_or(1);
        frame.set_cursor_position((0, y));
    }
    is_typed
}

/// The rows of the page that has the row `selected`, with their lines on the screen.
fn page(selected: usize, area: Area) -> (usize, usize) {
    let rows = usize::from(area.height.saturating_sub(wrapped(area.width))).max(1);
    (selected - selected % rows, rows)
}

fn list(
    model: &Model,
    styles: &StyleResolver<'_>,
    area: Area,
    buf: &mut Buffer,
) -> (String, (u16, u16)) {
    let (list, words) = (model.list(), &model.start().words);
    let title = bars::heading(model);
    if list.rows().is_empty() {
        let text = words.get(super::list::empty(model));
        styles.paragraph(buf, rect(area), text, styles.style(Role::Text));
        return (title, (0, area.y));
    }
    let (first, rows) = page(list.selected(), area);
    let shown = list.rows().iter().enumerate().skip(first).take(rows);
    let lines = shown.map(|(index, row)| (row_sentence(model, index, row, area.width), index));
    (title, put_rows(styles, lines, list.selected(), area, buf))
}

/// Draws rows, each on a line, the selected one on as many as it needs; returns where that begins.
fn put_rows(
    styles: &StyleResolver<'_>,
    rows: impl Iterator<Item = (String, usize)>,
    selected: usize,
    area: Area,
    buf: &mut Buffer,
) -> (u16, u16) {
    let style = styles.style(Role::Text);
    let bottom = area.y + area.height;
    let (mut y, mut cursor) = (area.y, (0, area.y));
    for (text, index) in rows {
        if y >= bottom {
            break;
        }
        if index != selected {
            styles.put(buf, (0, y), area.width, &text, style);
            y += 1;
            continue;
        }
        cursor = (0, y);
        let text = super::style_resolver::spoken(&text);
        let lines = styles.lines(&text, area.width);
        for line in lines.iter().take(usize::from(bottom - y)) {
            styles.put(buf, (0, y), area.width, line, style);
            y += 1;
        }
    }
    cursor
}

/// A row of the list as a sentence: which it is, what is known of it, its headline.
fn row_sentence(model: &Model, index: usize, row: &Row, width: u16) -> String {
    let (list, start) = (model.list(), model.start());
    let words = &start.words;
    let (at, total) = ((index + 1).to_string(), list.total().to_string());
    let place = words.fill("linear.place", &[("at", &at), ("n", &total)]);
    let section = row.section.as_ref().map(|section| match section {
        Section::Issues => words.get("shelf.issues").to_owned(),
        Section::Publisher { name, .. } => name.to_string(),
    });
    let topic = row.topic.as_deref();
    let topic = topic.map(|title| words.fill("issue.topic-of", &[("title", title)]));
    let when = row
        .when
        .map(|stamp| relative_time::ago(stamp, start.now, &start.zone, words));
    let outlet = match &row.publishers {
        Some((n, names)) => {
            let n = n.to_string();
            Some(words.fill("issue.outlets", &[("n", &n), ("outlets", names)]))
        }
        None => row.publisher.as_ref().map(ToString::to_string),
    };
    let flag = |is: bool, key| is.then(|| words.get(key).to_owned());
    let tags: Vec<String> = row.tags.iter().map(|tag| format!("#{tag}")).collect();
    let headline = |is_here: bool| is_here.then(|| row.title.to_string());
    let parts = [
        Some(place),
        headline(width < NARROW),
        section,
        topic,
        flag(row.read && !row.is_issue(), "linear.read"),
        flag(row.scrapped, "linear.scrapped"),
        flag(row.later, "list.later"),
        outlet,
        when,
        flag(row.revisions > 0, "changes.mark"),
        Some(tags.join(" ")),
        headline(width >= NARROW),
    ];
    join(parts)
}

fn join<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|p| !p.is_empty())
        .collect();
    parts.join(", ")
}

fn sources(
    model: &Model,
    styles: &StyleResolver<'_>,
    area: Area,
    buf: &mut Buffer,
) -> (String, (u16, u16)) {
    let sources = model.sources();
    let is_row = |row: &&SourceRow| !row.title.is_empty();
    let total = sources.rows().iter().filter(|row| row.is_place()).count();
    let mut at = 0;
    // Blank headings only keep rows apart.
    let sentences: Vec<(String, usize)> = sources
        .rows()
        .iter()
        .enumerate()
        .filter(|(_, row)| is_row(row))
        .map(|(index, row)| {
            at += usize::from(row.is_place());
            (source_sentence(model, row, (at, total)), index)
        })
        .collect();
    let of_selected = |(_, index): &(String, usize)| *index == sources.selected();
    let selected = sentences.iter().position(of_selected).unwrap_or(0);
    let (first, rows) = page(selected, area);
    let shown = sentences.into_iter().skip(first).take(rows);
    let title = model.start().words.get("source.title").to_owned();
    (
        title,
        put_rows(styles, shown, sources.selected(), area, buf),
    )
}

fn source_sentence(model: &Model, row: &SourceRow, (at, total): (usize, usize)) -> String {
    let words = &model.start().words;
    if matches!(row.target, Target::Heading) {
        return row.title.clone();
    }
    let (at, total) = (at.to_string(), total.to_string());
    let count = row.count.filter(|n| *n > 0).map(|n| n.to_string());
    let failed = row.trouble.is_some();
    join([
        Some(words.fill("linear.place", &[("at", &at), ("n", &total)])),
        Some(row.title.clone()),
        count.map(|n| words.fill("linear.count", &[("n", &n)])),
        failed.then(|| words.get("linear.failed").to_owned()),
        row.leads_to(model.list().listing())
            .then(|| words.get("linear.here").to_owned()),
    ])
}

/// Draws the page of the article, its short news or what else the reader shows.
fn article(
    model: &Model,
    styles: &StyleResolver<'_>,
    area: Area,
    buf: &mut Buffer,
) -> (String, (u16, u16)) {
    let words = &model.start().words;
    let style = styles.style(Role::Text);
    let message = reader::word(model);
    let Some(sheet) = model.reader().sheet().filter(|_| message.is_none()) else {
        let text = message.unwrap_or_default();
        styles.paragraph(buf, rect(area), &text, style);
        return (words.get("linear.reader").to_owned(), (0, area.y));
    };
    if let Some(hints) = links::linear_hints(model) {
        for (line, y) in hints.iter().zip(area.y..area.y + area.height) {
            styles.put(buf, (0, y), area.width, line, style);
        }
        return (words.get("linear.links").to_owned(), (0, area.y));
    }
    let layout = sheet.layout();
    let is_shown =
        |spot: &Spot| !matches!(layout.line(*spot).kind, LineKind::Blank | LineKind::Picture);
    let spots: Vec<Spot> = std::iter::successors(Some(layout.first()), |spot| layout.next(*spot))
        .filter(is_shown)
        .collect();
    let is_chosen = |spot: &&Spot| {
        layout
            .part(spot.part)
            .is_some_and(|p| reader::chosen(model, p))
    };
    let current = spots.iter().find(is_chosen).copied().unwrap_or(sheet.top());
    let at = spots
        .partition_point(|spot| *spot < current)
        .min(spots.len().saturating_sub(1));
    let height = usize::from(area.height).max(1);
    let first = at - at % height;
    let shown = spots.iter().skip(first).take(height);
    for (y, spot) in (area.y..).zip(shown) {
        let (line, part) = (layout.line(*spot), layout.part(spot.part));
        let text = layout.text(*spot);
        let is_own = part.is_some_and(|part| {
            matches!(
                part.role,
                PartRole::Paragraph | PartRole::Title | PartRole::Subhead | PartRole::Code
            )
        });
        let marker = part
            .and_then(|part| part.marker.as_deref())
            .filter(|_| line.marker);
        let text = match (marker, is_own) {
            (Some(marker), _) => format!("{} {text}", spoken_marker(marker)),
            (None, _) => text.to_owned(),
        };
        let text = match line.kind {
            LineKind::Table | LineKind::TableHead => without_lines(&text),
            _ => text,
        };
        match is_own {
            true => styles.put_as_it_is(buf, (0, y), area.width, &text, style),
            false => styles.put(buf, (0, y), area.width, &text, style),
        };
    }
    let (line, total) = ((at + 1).to_string(), spots.len().to_string());
    let title = words.fill("linear.line", &[("at", &line), ("n", &total)]);
    let row = u16::try_from(at - first).unwrap_or(0);
    (title, (0, area.y + row))
}

/// The marker of an item: its number, or a dash for a drawn one.
fn spoken_marker(marker: &str) -> &str {
    match marker.chars().any(char::is_alphanumeric) {
        true => marker.trim(),
        false => "-",
    }
}

/// A line of a table without the lines between its cells.
fn without_lines(text: &str) -> String {
    let is_line = |c: char| ('\u{2500}'..='\u{257f}').contains(&c) || c == '|';
    let cells = text
        .split(is_line)
        .map(str::trim)
        .filter(|cell| !cell.is_empty());
    cells.collect::<Vec<_>>().join(", ")
}
