//! A text field in one row, scrolled sideways so that the cursor is visible. The terminal's cursor
//! is placed in it, because that is where input methods show the text being composed.
//!
//! ```text
//! 기사 찾기 …에서 열린 음악회▏오늘                              Enter 확인 · Esc 그만
//! ```

use ratatui::Frame;
use ratatui::style::Style;

use super::style_resolver::StyleResolver;
use super::{letters, rect};
use crate::app::geometry::Area;
use crate::app::input::field::Field;
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
