//! The frame of a popup.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::Look;
use super::{letters, rect};
use crate::app::geometry::Area;
use crate::config::Role;

/// A box with a title, cleared; gives its inside. Where it stands is for [`crate::app::geometry`]
/// to say, so that the mouse knows it too.
pub(super) fn open_box(look: &Look<'_>, title: &str, area: Area, buf: &mut Buffer) -> Rect {
    let area = rect(area).intersection(buf.area);
    let (width, height) = (area.width, area.height);
    letters::clear(buf, area);
    let ground = look.style(Role::Text).patch(look.style(Role::Popup));
    buf.set_style(area, ground);
    let edge = ground.patch(look.style(Role::BorderFocus));
    let [tl, tr, bl, br, across, down] = look.box_lines();
    let (right, bottom) = (
        area.right().saturating_sub(1),
        area.bottom().saturating_sub(1),
    );
    for x in area.x..area.right() {
        look.put(buf, (x, area.y), 1, across, edge);
        look.put(buf, (x, bottom), 1, across, edge);
    }
    for y in area.y..area.bottom() {
        look.put(buf, (area.x, y), 1, down, edge);
        look.put(buf, (right, y), 1, down, edge);
    }
    for (x, y, corner) in [
        (area.x, area.y, tl),
        (right, area.y, tr),
        (area.x, bottom, bl),
        (right, bottom, br),
    ] {
        look.put(buf, (x, y), 1, corner, edge);
    }
    let title = format!(" {title} ");
    look.put(
        buf,
        (area.x + 2, area.y),
        width.saturating_sub(4),
        &title,
        ground.patch(look.style(Role::Title)),
    );
    Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: width.saturating_sub(4),
        height: height.saturating_sub(2),
    }
}
