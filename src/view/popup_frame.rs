//! The frame of a popup.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::style_resolver::StyleResolver;
use super::{letters, rect};
use crate::app::geometry::Area;
use crate::config::Role;

/// Draws a frame with a title, cleared inside, and returns the inner area. Its position comes from
/// [`crate::app::geometry`], so that the mouse handling knows it as well.
pub(super) fn open_box(
    styles: &StyleResolver<'_>,
    title: &str,
    area: Area,
    buf: &mut Buffer,
) -> Rect {
    if styles.is_linear() {
        return open_page(styles, title, buf);
    }
    let area = rect(area).intersection(buf.area);
    let (width, height) = (area.width, area.height);
    letters::clear(buf, area, &styles.policy);
    let ground = styles.popup_ground();
    buf.set_style(area, ground);
    let edge = ground.patch(styles.style(Role::BorderFocus));
    let [tl, tr, bl, br, across, down] = styles.box_lines();
    let (right, bottom) = (
        area.right().saturating_sub(1),
        area.bottom().saturating_sub(1),
    );
    for x in area.x..area.right() {
        styles.put(buf, (x, area.y), 1, across, edge);
        styles.put(buf, (x, bottom), 1, across, edge);
    }
    for y in area.y..area.bottom() {
        styles.put(buf, (area.x, y), 1, down, edge);
        styles.put(buf, (right, y), 1, down, edge);
    }
    for (x, y, corner) in [
        (area.x, area.y, tl),
        (right, area.y, tr),
        (area.x, bottom, bl),
        (right, bottom, br),
    ] {
        styles.put(buf, (x, y), 1, corner, edge);
    }
    let title = format!(" {title} ");
    styles.put(
        buf,
        (area.x + 2, area.y),
        width.saturating_sub(4),
        &title,
        ground.patch(styles.style(Role::Title)),
    );
    Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: width.saturating_sub(4),
        height: height.saturating_sub(2),
    }
}

/// The same on a linear screen: the whole of it, the title in the first line, the last one left
/// free.
fn open_page(styles: &StyleResolver<'_>, title: &str, buf: &mut Buffer) -> Rect {
    let area = buf.area;
    letters::clear(buf, area, &styles.policy);
    let style = styles.style(Role::Text);
    buf.set_style(area, style);
    styles.put(buf, (0, 0), area.width, title, style);
    Rect {
        x: 0,
        y: 1,
        width: area.width,
        height: area.height.saturating_sub(2),
    }
}
