//! What lies over the panes: a box for each popup, and 글자크기 설정.
//!
//! ```text
//! ╭ 글자크기 설정 ──────────────╮
//! │   작게                      │
//! │ ▸ 보통                      │
//! ```

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::Look;
use super::popup_frame::open_box;
use super::{help, letters, most_read, palette, pictures, publishers};
use crate::app::Model;
use crate::app::appearance::size_key;
use crate::app::geometry::{centred, share_box};
use crate::app::popups::Popup;
use crate::app::popups::share_menu::ShareMenu;
use crate::config::Role;
use crate::text::TextSize;

/// Draws the popup, where there is one.
pub(super) fn draw(model: &Model, look: &Look<'_>, frame: &mut Frame<'_>) {
    match &model.popup {
        None => {}
        Some(Popup::Help(help)) => help::draw(model, look, help, frame),
        Some(Popup::Palette(palette)) => palette::draw(model, look, palette, frame),
        Some(Popup::Size) => size(model, look, frame),
        Some(Popup::Publishers(list)) => publishers::draw(model, look, list, frame),
        Some(Popup::Home(home)) => publishers::home(model, look, home, frame),
        Some(Popup::Share(menu)) => share(model, look, menu, frame.buffer_mut()),
        Some(Popup::MostRead(popup)) => most_read::draw(model, look, popup, frame.buffer_mut()),
        Some(Popup::Picture) => pictures::zoom(model, look, frame.buffer_mut()),
    }
}

/// What can be done with the article.
fn share(model: &Model, look: &Look<'_>, menu: &ShareMenu, buf: &mut Buffer) {
    let (rows, selected) = (menu.rows(), menu.selected());
    let words = &model.start.words;
    let area = share_box(model.start.screen, rows.len());
    let inner = open_box(look, words.get("share.heading"), area, buf);
    let ground = look.style(Role::Text).patch(look.style(Role::Popup));
    let shown = usize::from(inner.height.saturating_sub(2)).max(1);
    let top = (selected + 1).saturating_sub(shown);
    for (place, (index, row)) in rows.iter().enumerate().skip(top).take(shown).enumerate() {
        let y = inner.y + u16::try_from(place).unwrap_or(0);
        let style = if index == selected {
            ground.patch(look.style(Role::Selected))
        } else {
            ground
        };
        buf.set_style(
            Rect {
                x: inner.x,
                y,
                width: inner.width,
                height: 1,
            },
            style,
        );
        let mark = if index == selected { ">" } else { " " };
        look.put(
            buf,
            (inner.x, y),
            inner.width,
            &format!("{mark} {}", row.label(words)),
            style,
        );
    }
    let y = inner.bottom().saturating_sub(1);
    let hints = look.hints(words.get("share.hint"), inner.width);
    look.put(
        buf,
        (inner.x, y),
        inner.width,
        &hints,
        ground.patch(look.style(Role::Dim)),
    );
}

fn size(model: &Model, look: &Look<'_>, frame: &mut Frame<'_>) {
    let words = &model.start.words;
    let buf = frame.buffer_mut();
    let scale = model.start.scales(40).body;
    let sample_rows = scale.rows().min(buf.area.height.saturating_sub(11));
    let steps = TextSize::ALL.len() as u16;
    let area = centred(model.start.screen, (58, steps + sample_rows + 7));
    let inner = open_box(look, words.get("size.title"), area, buf);
    let ground = look.style(Role::Text).patch(look.style(Role::Popup));
    for (row, step) in TextSize::ALL.into_iter().enumerate() {
        let y = inner.y + u16::try_from(row).unwrap_or(0);
        if y >= inner.bottom() {
            return;
        }
        let chosen = step == model.start.text_size();
        let style = if chosen {
            ground.patch(look.style(Role::Selected))
        } else {
            ground
        };
        buf.set_style(
            Rect {
                x: inner.x,
                y,
                width: inner.width,
                height: 1,
            },
            style,
        );
        let mark = if chosen { ">" } else { " " };
        look.put(
            buf,
            (inner.x, y),
            inner.width,
            &format!("{mark} {}", words.get(size_key(step))),
            style,
        );
    }
    let measure = model.start.prefs.measure(&model.start.config).to_string();
    let dim = ground.patch(look.style(Role::Dim));
    let lines = [
        words.fill("size.measure", &[("n", &measure)]),
        look.hints(words.get("size.hint"), inner.width),
    ];
    for (row, line) in lines.iter().enumerate() {
        let y = inner.y + steps + 1 + u16::try_from(row).unwrap_or(0);
        if y < inner.bottom() {
            look.put(buf, (inner.x, y), inner.width, line, dim);
        }
    }
    let y = inner.y + steps + 4;
    if y + sample_rows <= inner.bottom() {
        let area = Rect {
            x: inner.x,
            y,
            width: inner.width,
            height: sample_rows,
        };
        letters::paint(
            buf,
            area,
            inner.x,
            y,
            words.get("size.sample"),
            scale,
            &look.policy,
            |_| ground,
        );
    }
}
