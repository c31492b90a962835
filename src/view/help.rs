//! The help popup: key bindings and a search line.

use ratatui::Frame;

use super::field;
use super::popup_frame::open_box;
use super::style_resolver::StyleResolver;
use crate::app::Model;
use crate::app::geometry::centred;
use crate::app::popups::help::{Help, HelpLine};
use crate::config::Role;

/// Draws the popup over the panes.
pub fn draw(model: &Model, styles: &StyleResolver<'_>, help: &Help, frame: &mut Frame<'_>) {
    let words = &model.start().words;
    let area = centred(model.start().screen, help.size(model.start().screen));
    let inner = open_box(styles, words.get("help.title"), area, frame.buffer_mut());
    let ground = styles.popup_ground();
    let widest = help.lines().iter().map(|line| match line {
        HelpLine::Keys(keys, _) => styles.policy.width(keys),
        HelpLine::Blank | HelpLine::Heading(_) => 0,
    });
    let widest = u16::try_from(widest.max().unwrap_or(0)).unwrap_or(u16::MAX);
    let keys_width = widest.saturating_add(2).min(22).min(inner.width / 2);
    let rows = inner.height.saturating_sub(1);
    let buf = frame.buffer_mut();
    if help.lines().is_empty() {
        styles.put(
            buf,
            (inner.x, inner.y),
            inner.width,
            words.get("palette.nothing"),
            ground.patch(styles.style(Role::Dim)),
        );
    }
    let mut y = inner.y;
    for line in help.lines().iter().skip(help.top()) {
        if y >= inner.y + rows {
            break;
        }
        match line {
            HelpLine::Blank => {}
            HelpLine::Heading(key) => {
                styles.put(
                    buf,
                    (inner.x, y),
                    inner.width,
                    words.get(key),
                    ground.patch(styles.style(Role::Heading)),
                );
            }
            HelpLine::Keys(keys, says) => {
                let says: Vec<&str> = says.iter().map(|key| words.get(key)).collect();
                styles.put(
                    buf,
                    (inner.x, y),
                    keys_width,
                    keys,
                    ground.patch(styles.style(Role::Key)),
                );
                let x = inner.x + keys_width + 1;
                let width = inner.width.saturating_sub(keys_width + 1);
                let said = says.join(" → ");
                let lines = styles.lines(&said, width);
                let below = lines.len().saturating_sub(1);
                for (line, y) in lines.into_iter().zip(y..inner.y + rows) {
                    styles.put(buf, (x, y), width, line, ground);
                }
                y += u16::try_from(below).unwrap_or(0);
            }
        }
        y += 1;
    }
    field::filter_line(styles, help.filter(), words.get("help.close"), inner, frame);
}
