//! What may lie over the panes: the keys, and 글자크기 설정.
//!
//! A further popup is a variant of [`Popup`] with its own state, an arm in [`act`] for what actions do while it is open,
//! and a function in `view/popups.rs` that draws it; keys while it is open come from `[popup]` in `assets/keys.toml`.

use super::action::Action;
use super::effect::Effect;
use super::geometry::{centred, home_box, outlets_box, palette_box};
use super::help::Help;
use super::home::Card;
use super::key::Key;
use super::most_read::Ranking;
use super::outlets::Outlets;
use super::palette::Palette;
use super::share::Share;
use super::{Model, most_read, palette, pictures, share};

/// A popup.
#[derive(Clone, Debug)]
pub enum Popup {
    /// The keys.
    Help(Box<Help>),
    /// Everything that can be done.
    Palette(Box<Palette>),
    /// 글자크기 설정.
    Size,
    /// Publishers to choose among.
    Outlets(Box<Outlets>),
    /// 언론사 홈.
    Home(Box<Card>),
    /// A picture alone on the screen.
    Picture,
    /// What can be done with the article.
    Share {
        /// All of it.
        rows: Vec<Share>,
        /// The chosen one.
        selected: usize,
    },
    /// 많이 본 뉴스.
    MostRead {
        /// Whose, and what.
        rankings: Vec<Ranking>,
        /// The chosen line, counted over all of them.
        selected: usize,
        /// The answer has come.
        known: bool,
    },
}

/// A key while the popup has a line that is typed into; `None` where keys mean what the keymap says.
pub fn press(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    match &mut model.popup {
        Some(Popup::Palette(_)) => Some(palette::press(model, key)),
        Some(Popup::Help(help)) if help.typing => {
            help.press(key);
            Some(Vec::new())
        }
        _ => None,
    }
}

/// Text pasted into the popup's line.
pub fn paste(model: &mut Model, text: &str) {
    match &mut model.popup {
        Some(Popup::Palette(_)) => palette::paste(model, text),
        Some(Popup::Help(help)) if help.typing => help.paste(text),
        _ => {}
    }
}

/// A click: on a row of the palette it does what that says; beside the popup it closes it.
pub fn click(model: &mut Model, x: u16, y: u16) -> Vec<Effect> {
    let screen = model.start.screen;
    let area = match &mut model.popup {
        Some(Popup::Palette(open)) => {
            let area = palette_box(screen);
            let rows = area.height.saturating_sub(3);
            let row = y.checked_sub(area.y + 2).filter(|row| *row < rows && area.holds(x, y));
            if let Some(row) = row {
                open.picker.selected = open.picker.top(usize::from(rows)) + usize::from(row);
                return palette::accept(model);
            }
            Some(area)
        }
        Some(Popup::Help(help)) => Some(centred(screen, help.size(screen))),
        Some(Popup::Outlets(_)) => Some(outlets_box(screen)),
        Some(Popup::Home(card)) => Some(home_box(screen, card.rows.len())),
        Some(Popup::Size | Popup::Picture | Popup::Share { .. } | Popup::MostRead { .. }) | None => None,
    };
    if !area.is_some_and(|a| a.holds(x, y)) {
        model.popup = None;
    }
    Vec::new()
}

/// What an action does while a popup is open.
pub fn act(model: &mut Model, action: Action, count: usize) -> Vec<Effect> {
    let Some(popup) = &mut model.popup else { return Vec::new() };
    match (popup, action) {
        (Popup::Picture, action) => picture(model, action, count),
        (Popup::Share { .. }, Action::Open) => share::choose(model),
        (Popup::MostRead { .. }, Action::Open) => most_read::choose(model),
        (_, Action::Back | Action::Close | Action::Quit) => {
            model.popup = None;
            Vec::new()
        }
        (Popup::Help(_), Action::Help) | (Popup::Size, Action::SizePopup | Action::Open) => {
            model.popup = None;
            Vec::new()
        }
        (Popup::Help(help), Action::Find) => {
            help.typing = true;
            Vec::new()
        }
        (Popup::Outlets(_), action) => super::outlets::act(model, action, count),
        (Popup::Home(_), action) => super::home::act(model, action, count),
        // What chooses a row elsewhere goes on where there is none to choose.
        (Popup::Help(help), Action::Choose) => {
            help.scroll(Action::PageDown, count, model.start.screen);
            Vec::new()
        }
        (Popup::Help(help), action) => {
            help.scroll(action, count, model.start.screen);
            Vec::new()
        }
        (Popup::Palette(_), Action::Open) => palette::accept(model),
        (Popup::Palette(palette), action) => {
            (0..count).for_each(|_| palette.picker.travel(action, palette.found.len()));
            Vec::new()
        }
        (Popup::Size, Action::Down) => super::command::act(model, Action::Larger, count),
        (Popup::Size, Action::Up) => super::command::act(model, Action::Smaller, count),
        (Popup::Size, Action::Larger | Action::Smaller | Action::DefaultSize | Action::Narrower | Action::Wider) => {
            super::command::act(model, action, count)
        }
        (Popup::Size, _) => Vec::new(),
        (Popup::Share { rows, selected }, action) => {
            *selected = moved(*selected, rows.len(), action, count);
            Vec::new()
        }
        (Popup::MostRead { rankings, selected, .. }, action) => {
            let lines = rankings.iter().map(|r| r.entries.len()).sum();
            *selected = moved(*selected, lines, action, count);
            Vec::new()
        }
    }
}

/// The chosen one of `lines` after an action.
fn moved(selected: usize, lines: usize, action: Action, count: usize) -> usize {
    let last = lines.saturating_sub(1);
    match action {
        Action::Down => selected.saturating_add(count).min(last),
        Action::Up => selected.saturating_sub(count),
        Action::PageDown => selected.saturating_add(8).min(last),
        Action::PageUp => selected.saturating_sub(8),
        Action::First => 0,
        Action::Last => last,
        _ => selected,
    }
}

/// In the full view of a picture.
fn picture(model: &mut Model, action: Action, count: usize) -> Vec<Effect> {
    let steps = isize::try_from(count).unwrap_or(isize::MAX);
    match action {
        Action::Back | Action::Close | Action::Quit | Action::Open => pictures::close(model),
        Action::Down | Action::PageDown | Action::NextArticle => pictures::step(model, steps),
        Action::Up | Action::PageUp | Action::PreviousArticle => pictures::step(model, -steps),
        Action::First => pictures::step(model, isize::MIN / 2),
        Action::Last => pictures::step(model, isize::MAX / 2),
        Action::ViewPicture => pictures::view_original(model),
        _ => Vec::new(),
    }
}
