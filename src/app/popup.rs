//! What may lie over the panes: the keys, and 글자크기 설정.
//!
//! A further popup is a variant of [`Popup`] with its own state, an arm in [`act`] for what actions do while it is open,
//! and a function in `view/popups.rs` that draws it; keys while it is open come from `[popup]` in `assets/keys.toml`.

use super::Model;
use super::action::Action;
use super::effect::Effect;

/// A popup.
#[derive(Clone, Debug)]
pub enum Popup {
    /// The keys, from this line on.
    Help {
        /// Topmost line.
        top: usize,
    },
    /// 글자크기 설정.
    Size,
}

/// What an action does while a popup is open.
pub fn act(model: &mut Model, action: Action, count: usize) -> Vec<Effect> {
    let Some(popup) = &mut model.popup else { return Vec::new() };
    match (popup, action) {
        (_, Action::Back | Action::Close | Action::Quit) => {
            model.popup = None;
            Vec::new()
        }
        (Popup::Help { .. }, Action::Help) | (Popup::Size, Action::SizePopup | Action::Open) => {
            model.popup = None;
            Vec::new()
        }
        (Popup::Help { top }, action) => {
            *top = match action {
                Action::Down => *top + count,
                Action::Up => top.saturating_sub(count),
                Action::PageDown | Action::HalfPageDown => *top + 8 * count,
                Action::PageUp | Action::HalfPageUp => top.saturating_sub(8 * count),
                Action::First => 0,
                Action::Last => usize::MAX,
                _ => *top,
            };
            let last = super::popup::help_lines(model).len().saturating_sub(1);
            if let Some(Popup::Help { top }) = &mut model.popup {
                *top = (*top).min(last);
            }
            Vec::new()
        }
        (Popup::Size, Action::Down) => super::command::act(model, Action::Larger, count),
        (Popup::Size, Action::Up) => super::command::act(model, Action::Smaller, count),
        (Popup::Size, Action::Larger | Action::Smaller | Action::DefaultSize | Action::Narrower | Action::Wider) => {
            super::command::act(model, action, count)
        }
        (Popup::Size, _) => Vec::new(),
    }
}

/// One line of help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpLine {
    /// A heading: the key of its words.
    Heading(&'static str),
    /// Keys, and the key of what they do.
    Keys(String, String),
    /// Room.
    Blank,
}

/// The lines of help: the keys of the pane in focus first, then those of everywhere. Made from the keymap.
pub fn help_lines(model: &Model) -> Vec<HelpLine> {
    use super::geometry::Pane;
    use super::keymap::Context;
    let (own, heading) = match model.focus {
        Pane::Sources => (Context::Sources, "help.sources"),
        Pane::List => (Context::List, "help.list"),
        Pane::Reader => (Context::Reader, "help.reader"),
    };
    let mut lines = Vec::new();
    for (context, heading) in [(own, heading), (Context::Global, "help.global")] {
        lines.push(HelpLine::Heading(heading));
        lines.extend(Action::ALL.iter().filter_map(|action| {
            let keys = model.keymap.keys_of(context, *action);
            (!keys.is_empty()).then(|| HelpLine::Keys(keys.join("  "), format!("action.{}", action.name())))
        }));
        lines.push(HelpLine::Blank);
    }
    lines.push(HelpLine::Heading("help.jamo"));
    lines
}
