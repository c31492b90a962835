//! The keys, and the line that searches them.
//!
//! ```text
//! ╭ 단축키 ──────────────────────╮
//! │ 기사에서                     │
//! │ j  Down      한 줄 아래로    │
//! ```

use ratatui::Frame;

use super::field;
use super::look::Look;
use super::popup_frame::open_box;
use crate::app::Model;
use crate::app::geometry::{Area, centred};
use crate::app::popups::help::{Help, HelpLine};
use crate::config::Role;

/// Draws it over the panes.
pub fn draw(model: &Model, look: &Look<'_>, help: &Help, frame: &mut Frame<'_>) {
    let words = &model.start.words;
    let area = centred(model.start.screen, help.size(model.start.screen));
    let inner = open_box(look, words.get("help.title"), area, frame.buffer_mut());
    let ground = look.style(Role::Text).patch(look.style(Role::Popup));
    let widest = help.lines().iter().map(|line| match line {
        HelpLine::Keys(keys, _) => look.policy.width(keys),
        HelpLine::Blank | HelpLine::Heading(_) => 0,
    });
    let widest = u16::try_from(widest.max().unwrap_or(0)).unwrap_or(u16::MAX);
    let keys_width = widest.saturating_add(2).min(22).min(inner.width / 2);
    let rows = inner.height.saturating_sub(1);
    let buf = frame.buffer_mut();
    if help.lines().is_empty() {
        look.put(
            buf,
            (inner.x, inner.y),
            inner.width,
            words.get("palette.nothing"),
            ground.patch(look.style(Role::Dim)),
        );
    }
    for (line, y) in help
        .lines()
        .iter()
        .skip(help.top())
        .zip(inner.y..inner.y + rows)
    {
        match line {
            HelpLine::Blank => {}
            HelpLine::Heading(key) => {
                look.put(
                    buf,
                    (inner.x, y),
                    inner.width,
                    words.get(key),
                    ground.patch(look.style(Role::Heading)),
                );
            }
            HelpLine::Keys(keys, says) => {
                let says: Vec<&str> = says.iter().map(|key| words.get(key)).collect();
                look.put(
                    buf,
                    (inner.x, y),
                    keys_width,
                    keys,
                    ground.patch(look.style(Role::Key)),
                );
                let x = inner.x + keys_width + 1;
                look.put(
                    buf,
                    (x, y),
                    inner.width.saturating_sub(keys_width + 1),
                    &says.join(" → "),
                    ground,
                );
            }
        }
    }
    let y = inner.bottom().saturating_sub(1);
    let dim = ground.patch(look.style(Role::Dim));
    if help.searched() {
        look.put(
            buf,
            (inner.x, y),
            1,
            "/",
            ground.patch(look.style(Role::Key)),
        );
        let line = Area {
            x: inner.x + 2,
            y,
            width: inner.width.saturating_sub(2),
            height: 1,
        };
        if help.typing() {
            field::draw(look, help.field(), line, |_| ground, frame);
        } else {
            look.put(buf, (line.x, y), line.width, help.field().text(), dim);
        }
    } else {
        look.put(
            buf,
            (inner.x, y),
            inner.width,
            &look.hints(words.get("help.close"), inner.width),
            dim,
        );
    }
}
