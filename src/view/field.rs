//! A text field in one row, scrolled sideways so that the cursor is visible. The terminal's cursor
//! is placed in it, because that is where input methods show the text being composed.
//!
//! ```text
//! 기사 찾기 …에서 열린 음악회▏오늘                              Enter 확인 · Esc 그만
//! ```
//!
//! The filter at the foot of a popup is one, too.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::style_resolver::StyleResolver;
use super::{letters, rect};
use crate::app::geometry::Area;
use crate::app::input::field::Field;
use crate::app::popups::filter_field::FilterField;
use crate::config::Role;
use crate::text::Scale;

/// Draws the text into the first row of `area`, each letter with the style for its byte, and places
/// the cursor. Returns the column after the text.
pub fn draw(
    styles: &StyleResolver<'_>,
    field: &Field,
    area: Area,
    style_at: impl Fn(usize) -> Style,
    frame: &mut Frame<'_>,
) -> u16 {
    let (before, after) = field.halves();
    let cells = |text: &str| u16::try_from(styles.policy.width(text)).unwrap_or(u16::MAX);
    // The cell of the letter after the cursor, which the cursor covers.
    let under = styles
        .policy
        .graphemes(after)
        .next()
        .map_or(1, |(_, width)| u16::try_from(width).unwrap_or(1))
        .max(1);
    let room = area.width.saturating_sub(under);
    let mut shown = before;
    while cells(shown) > room {
        let first = styles
            .policy
            .graphemes(shown)
            .next()
            .map_or(shown.len(), |(g, _)| g.len());
        shown = &shown[first..];
    }
    let from = before.len() - shown.len();
    let text = &field.text()[from..];
    let row = rect(Area { height: 1, ..area });
    letters::paint(
        frame.buffer_mut(),
        row,
        area.x,
        area.y,
        text,
        Scale::Cells,
        &styles.policy,
        |at| style_at(from + at),
    );
    let cursor = area.x + cells(shown);
    frame.set_cursor_position((cursor, area.y));
    area.x + cells(text).min(area.width)
}

/// The last line of a popup that can be filtered: what is typed, or else what the keys do.
pub(super) fn filter_line(
    styles: &StyleResolver<'_>,
    filter: &FilterField,
    hints: &str,
    inner: Rect,
    frame: &mut Frame<'_>,
) {
    let ground = styles.popup_ground();
    let dim = ground.patch(styles.style(Role::Dim));
    let y = inner.bottom().saturating_sub(1);
    let buf = frame.buffer_mut();
    if !filter.is_shown() {
        let hints = styles.hints(hints, inner.width);
        styles.put(buf, (inner.x, y), inner.width, &hints, dim);
        return;
    }
    let key = ground.patch(styles.style(Role::Key));
    styles.put(buf, (inner.x, y), 1, "/", key);
    let line = Area {
        x: inner.x + 2,
        y,
        width: inner.width.saturating_sub(2),
        height: 1,
    };
    if filter.is_typing() {
        draw(styles, filter.field(), line, |_| ground, frame);
    } else {
        styles.put(buf, (line.x, y), line.width, filter.field().text(), dim);
    }
}
