//! The command palette.
//!
//! ```text
//! ╭ 하고 싶은 일 ────────────────╮
//! │ : 스크▏                      │
//! │ 스크랩 · 취소           s  f │
//! │ 스크랩함 보기              S │
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;

use super::field;
use super::popup_frame::open_box;
use super::style_resolver::StyleResolver;
use crate::app::Model;
use crate::app::geometry::{Area, palette_box};
use crate::app::popups::palette::Palette;
use crate::app::popups::palette::entries::Entry;
use crate::config::Role;

/// Draws the palette over the panes.
pub fn draw(model: &Model, styles: &StyleResolver<'_>, palette: &Palette, frame: &mut Frame<'_>) {
    let words = &model.start().words;
    let area = palette_box(model.start().screen);
    let inner = open_box(styles, words.get("palette.title"), area, frame.buffer_mut());
    let ground = styles.popup_ground();
    styles.put(
        frame.buffer_mut(),
        (inner.x, inner.y),
        1,
        ":",
        ground.patch(styles.style(Role::Key)),
    );
    let line = Area {
        x: inner.x + 2,
        y: inner.y,
        width: inner.width.saturating_sub(2),
        height: 1,
    };
    field::draw(styles, &palette.picker().field, line, |_| ground, frame);
    let buf = frame.buffer_mut();
    let rows = Rect {
        y: inner.y + 1,
        height: inner.height.saturating_sub(1),
        ..inner
    };
    if palette.found().is_empty() {
        return styles.paragraph(
            buf,
            rows,
            words.get("palette.nothing"),
            ground.patch(styles.style(Role::Dim)),
        );
    }
    let top = palette.picker().top(usize::from(rows.height));
    for ((index, entry), y) in palette
        .found()
        .iter()
        .enumerate()
        .skip(top)
        .zip(rows.y..rows.bottom())
    {
        let chosen = index == palette.picker().selected;
        draw_row(
            styles,
            entry,
            chosen,
            Rect {
                y,
                height: 1,
                ..rows
            },
            buf,
        );
    }
}

fn draw_row(
    styles: &StyleResolver<'_>,
    entry: &Entry,
    chosen: bool,
    row: Rect,
    buf: &mut ratatui::buffer::Buffer,
) {
    let style = styles.popup_row(chosen);
    buf.set_style(row, style);
    // A command is described in what its name leaves; the keys of an action take half at most.
    let name = u16::try_from(styles.policy.width(&entry.name)).unwrap_or(u16::MAX);
    let left = row.width.saturating_sub(3).saturating_sub(name);
    let keys = u16::try_from(styles.policy.width(&entry.keys))
        .unwrap_or(0)
        .min(left.max(row.width / 2));
    styles.put(
        buf,
        (row.x, row.y),
        1,
        if chosen { ">" } else { " " },
        style,
    );
    let x = row.x + 2;
    let room = row.width.saturating_sub(keys + 3);
    styles.put(buf, (x, row.y), room, &entry.name, style);
    let key = if chosen {
        style
    } else {
        style.patch(styles.style(Role::Key))
    };
    let key = ratatui::style::Style {
        bg: style.bg,
        ..key
    };
    styles.put(
        buf,
        (row.right().saturating_sub(keys), row.y),
        keys,
        &entry.keys,
        key,
    );
}
