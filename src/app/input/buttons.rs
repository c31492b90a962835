//! The article's buttons in the top bar: 숏뉴스 · 듣기 · 스크랩 · 글자크기 · 인쇄 · 원문. Both the
//! view and the mouse handling take their positions from here.

use super::action::Action;
use super::keymap::Context;
use crate::app::Model;
use crate::app::geometry::Area;
use crate::app::panes::showing::Showing;

/// A button of the top bar, with the columns it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// Its cells on the screen.
    pub area: Area,
    /// The action that it triggers.
    pub action: Action,
    /// The key that triggers the same action, as shown.
    pub key: String,
    /// Its name, in the language of the interface.
    pub label: String,
}

/// Cells between two buttons: the usual gap, and the one used when space is short.
const GAPS: [u16; 2] = [3, 2];

/// The buttons that fit, from left to right.
pub fn buttons(model: &Model) -> Vec<Button> {
    let [airy, tight] = GAPS.map(|gap| apart(model, gap));
    if tight.len() > airy.len() {
        tight
    } else {
        airy
    }
}

/// The buttons that fit with `gap` cells between them.
fn apart(model: &Model, gap: u16) -> Vec<Button> {
    let Some(bar) = model.geometry().reader_bar else {
        return Vec::new();
    };
    let brief = model.reader.showing() == Showing::ShortNews;
    let scrapped = model
        .lists
        .shown
        .rows()
        .iter()
        .any(|r| Some(r.id) == model.reader.id() && r.scrapped);
    let wanted = [
        (
            "short-news",
            if brief {
                "button.full-text"
            } else {
                "button.short-news"
            },
        ),
        (
            "listen",
            if model.listening.is_active() {
                "button.pause"
            } else {
                "button.listen"
            },
        ),
        (
            "scrap",
            if scrapped {
                "button.unscrap"
            } else {
                "button.scrap"
            },
        ),
        ("size-popup", "button.size"),
        ("print", "button.print"),
        ("open-original", "button.original"),
        ("help", "button.help"),
    ];
    let cells = |text: &str| u16::try_from(model.start.policy.width(text)).unwrap_or(u16::MAX);
    let (mut x, mut row) = (bar.x + 2, Vec::new());
    for (name, label) in wanted {
        let Some(action) = Action::named(name) else {
            continue;
        };
        let Some(key) = hint(model, action) else {
            continue;
        };
        let label = model.start.words.get(label).to_owned();
        let width = cells(&key).saturating_add(1).saturating_add(cells(&label));
        if x.saturating_add(width) >= bar.x + bar.width {
            break;
        }
        row.push(Button {
            area: Area {
                x,
                y: bar.y,
                width,
                height: 1,
            },
            action,
            key,
            label,
        });
        x += width + gap;
    }
    row
}

/// The shortest key for an action in the reader pane.
pub fn hint(model: &Model, action: Action) -> Option<String> {
    let keys = [Context::Reader, Context::Global]
        .into_iter()
        .flat_map(|c| model.keymap.keys_of(c, action));
    keys.min_by_key(|k| k.chars().count())
}
