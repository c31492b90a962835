//! What lies over the panes: the keys, and 글자크기 설정.
//!
//! ```text
//! ╭ 글자크기 설정 ──────────────╮
//! │   작게                      │
//! │ ▸ 보통                      │
//! ```

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::letters;
use super::look::Look;
use crate::app::Model;
use crate::app::appearance::size_key;
use crate::app::popup::{HelpLine, Popup, help_lines};
use crate::config::Role;
use crate::text::TextSize;

/// Draws the popup, where there is one.
pub fn draw(model: &Model, look: &Look<'_>, frame: &mut Frame<'_>) {
    match &model.popup {
        None => {}
        Some(Popup::Help { top }) => help(model, look, *top, frame),
        Some(Popup::Size) => size(model, look, frame),
    }
}

/// A box of at most `width`×`height` cells in the middle of the screen, cleared, with a title; gives its inside.
fn open_box(look: &Look<'_>, title: &str, (width, height): (u16, u16), buf: &mut Buffer) -> Rect {
    let screen = buf.area;
    let (width, height) = (width.min(screen.width), height.min(screen.height.saturating_sub(1)));
    let area =
        Rect { x: screen.x + (screen.width - width) / 2, y: screen.y + (screen.height - height) / 2, width, height };
    letters::clear(buf, area);
    let ground = look.style(Role::Text).patch(look.style(Role::Popup));
    buf.set_style(area, ground);
    let edge = ground.patch(look.style(Role::BorderFocus));
    let [tl, tr, bl, br, across, down] = look.box_lines();
    let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
    for x in area.x..area.right() {
        look.put(buf, (x, area.y), 1, across, edge);
        look.put(buf, (x, bottom), 1, across, edge);
    }
    for y in area.y..area.bottom() {
        look.put(buf, (area.x, y), 1, down, edge);
        look.put(buf, (right, y), 1, down, edge);
    }
    for (x, y, corner) in [(area.x, area.y, tl), (right, area.y, tr), (area.x, bottom, bl), (right, bottom, br)] {
        look.put(buf, (x, y), 1, corner, edge);
    }
    let title = format!(" {title} ");
    look.put(buf, (area.x + 2, area.y), width.saturating_sub(4), &title, ground.patch(look.style(Role::Title)));
    Rect { x: area.x + 2, y: area.y + 1, width: width.saturating_sub(4), height: height.saturating_sub(2) }
}

fn help(model: &Model, look: &Look<'_>, top: usize, frame: &mut Frame<'_>) {
    let words = &model.start.words;
    let lines = help_lines(model);
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(3);
    let buf = frame.buffer_mut();
    let inner = open_box(look, words.get("help.title"), (64, height), buf);
    let ground = look.style(Role::Text).patch(look.style(Role::Popup));
    let keys_width = 20.min(inner.width / 2);
    let rows = inner.height.saturating_sub(1);
    let top = top.min(lines.len().saturating_sub(usize::from(rows)));
    for (row, line) in lines.iter().skip(top).take(usize::from(rows)).enumerate() {
        let y = inner.y + u16::try_from(row).unwrap_or(0);
        match line {
            HelpLine::Blank => {}
            HelpLine::Heading(key) => {
                look.put(buf, (inner.x, y), inner.width, words.get(key), ground.patch(look.style(Role::Heading)));
            }
            HelpLine::Keys(keys, key) => {
                look.put(buf, (inner.x, y), keys_width, keys, ground.patch(look.style(Role::Key)));
                let x = inner.x + keys_width + 1;
                look.put(buf, (x, y), inner.width.saturating_sub(keys_width + 1), words.get(key), ground);
            }
        }
    }
    let y = inner.bottom().saturating_sub(1);
    look.put(buf, (inner.x, y), inner.width, words.get("help.close"), ground.patch(look.style(Role::Dim)));
}

fn size(model: &Model, look: &Look<'_>, frame: &mut Frame<'_>) {
    let words = &model.start.words;
    let buf = frame.buffer_mut();
    let scale = model.scales(40).body;
    let sample_rows = scale.rows().min(buf.area.height.saturating_sub(11));
    let steps = TextSize::ALL.len() as u16;
    let inner = open_box(look, words.get("size.title"), (58, steps + sample_rows + 7), buf);
    let ground = look.style(Role::Text).patch(look.style(Role::Popup));
    for (row, step) in TextSize::ALL.into_iter().enumerate() {
        let y = inner.y + u16::try_from(row).unwrap_or(0);
        if y >= inner.bottom() {
            return;
        }
        let chosen = step == model.size();
        let style = if chosen { ground.patch(look.style(Role::Selected)) } else { ground };
        buf.set_style(Rect { x: inner.x, y, width: inner.width, height: 1 }, style);
        let mark = if chosen { ">" } else { " " };
        look.put(buf, (inner.x, y), inner.width, &format!("{mark} {}", words.get(size_key(step))), style);
    }
    let measure = model.start.prefs.measure(&model.start.config).to_string();
    let dim = ground.patch(look.style(Role::Dim));
    let lines = [words.fill("size.measure", &[("n", &measure)]), words.get("size.hint").to_owned()];
    for (row, line) in lines.iter().enumerate() {
        let y = inner.y + steps + 1 + u16::try_from(row).unwrap_or(0);
        if y < inner.bottom() {
            look.put(buf, (inner.x, y), inner.width, line, dim);
        }
    }
    let y = inner.y + steps + 4;
    if y + sample_rows <= inner.bottom() {
        let area = Rect { x: inner.x, y, width: inner.width, height: sample_rows };
        letters::paint(buf, area, inner.x, y, words.get("size.sample"), scale, &look.policy, |_| ground);
    }
}
