//! The article's buttons in the top bar: 숏뉴스 · 듣기 · 스크랩 · 글자크기 · 언론사 홈 · 원문. Both the
//! view and the mouse handling take their positions from here.

use super::action::Action;
use super::hints::key_of;
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
    let wanted = wanted(model);
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

/// Names of the actions that do something for what the reader shows, each with its locale key.
fn wanted(model: &Model) -> Vec<(&'static str, &'static str)> {
    if model.reader.story_view().is_some() {
        return vec![
            ("size-popup", "button.size"),
            ("most-read", "button.most-read"),
            ("refresh", "button.refresh"),
            ("help", "button.help"),
        ];
    }
    let Some(article) = model.reader.article() else {
        return vec![
            ("outlets", "button.outlets"),
            ("subscribe", "button.subscribe"),
            ("palette", "button.palette"),
            ("help", "button.help"),
        ];
    };
    let short_news = if model.reader.showing() == Showing::ShortNews {
        "button.full-text"
    } else {
        "button.short-news"
    };
    let listen = if model.listening.is_active() {
        "button.pause"
    } else {
        "button.listen"
    };
    let id = model.reader.id();
    let mut rows = model.lists.shown.rows().iter();
    let scrap = if rows.any(|r| Some(r.id) == id && r.scrapped) {
        "button.unscrap"
    } else {
        "button.scrap"
    };
    let mut out = vec![("short-news", short_news), ("listen", listen)];
    if article.is_cut() && !model.start.config.network.offline {
        out.push(("full-text", "button.rest"));
    }
    out.extend([("scrap", scrap), ("size-popup", "button.size")]);
    if article.publisher.as_ref().is_some_and(|p| !p.is_blank()) {
        out.push(("publisher-home", "button.home"));
    }
    if article.address().is_some() {
        out.push(("open-original", "button.original"));
    }
    // Where room is short, printing gives way to help.
    out.extend([
        ("help", "button.help"),
        ("skip-to-body", "button.to-body"),
        ("print", "button.print"),
    ]);
    out
}

/// The key for an action in the reader pane.
pub fn hint(model: &Model, action: Action) -> Option<String> {
    key_of(model, Context::Reader, action)
}
