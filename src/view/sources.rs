//! The sources pane.
//!
//! ```text
//! • 안 읽은 기사          128    shown in the list
//! > 모든 기사             210    the keys are here
//!   구독
//!   경제                   31
//!     하루경제             31
//! ```

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::rect;
use super::style_resolver::StyleResolver;
use crate::app::geometry::{Area, Geometry};
use crate::app::panes::source_row::{SourceRow, Target};
use crate::app::{Model, Pane};
use crate::config::Role;

/// Draws the visible rows, and the divider between sources and list.
pub fn draw(model: &Model, styles: &StyleResolver<'_>, places: &Geometry, frame: &mut Frame<'_>) {
    let buf = frame.buffer_mut();
    if let Some(divider) = places.sources_divider {
        styles.line_down(buf, divider);
    }
    let Some(area) = places.sources else { return };
    let rows = model
        .sources()
        .rows()
        .iter()
        .enumerate()
        .skip(model.sources().top());
    for ((index, row), y) in rows.zip(area.y..area.y + area.height) {
        let area = Area {
            y,
            height: 1,
            ..area
        };
        draw_row(
            model,
            styles,
            row,
            index == model.sources().selected(),
            area,
            buf,
        );
    }
}

fn draw_row(
    model: &Model,
    styles: &StyleResolver<'_>,
    row: &SourceRow,
    selected: bool,
    area: Area,
    buf: &mut Buffer,
) {
    let ground = match (selected, model.focus()) {
        (true, Pane::Sources) => styles.style(Role::Selected),
        _ => Style::default(),
    };
    buf.set_style(rect(area), ground);
    let shown = row.leads_to(model.list().listing());
    let name = match row.target {
        Target::Heading => Role::Dim,
        Target::Act(_) => Role::Key,
        Target::List(_) if shown => Role::Unread,
        Target::List(_) => Role::Text,
    };
    // The background is already drawn; that of the name's role would cover the selection's.
    let name = Style {
        bg: None,
        ..styles.style(name)
    }
    .patch(ground);
    // Marks, too, for screens without backgrounds and bold letters.
    let mark = styles.style(Role::Mark).patch(ground);
    if selected && model.focus() == Pane::Sources {
        styles.put(buf, (area.x, area.y), 1, ">", mark);
    } else if shown {
        styles.put(buf, (area.x, area.y), 1, styles.here(), mark);
    }
    let unread = row
        .count
        .filter(|n| *n > 0)
        .map(|n| n.to_string())
        .unwrap_or_default();
    let ailing = row.trouble.is_some();
    let count = if ailing {
        format!("! {unread}").trim_end().to_owned()
    } else {
        unread
    };
    let taken = u16::try_from(count.len()).unwrap_or(0);
    let (x, end) = (
        area.x + 2 + 2 * row.depth,
        area.x + area.width.saturating_sub(1),
    );
    let room = end.saturating_sub(x + taken + u16::from(taken > 0));
    styles.put(buf, (x, area.y), room, &row.title, name);
    let style = styles
        .style(if ailing { Role::Mark } else { Role::Dim })
        .patch(ground);
    styles.put(
        buf,
        (end.saturating_sub(taken), area.y),
        taken,
        &count,
        style,
    );
}
