//! What may lie over the panes: the keys, and 글자크기 설정.
//!
//! A further popup is a variant of [`Popup`] with its own state, an arm in [`act`] for what actions
//! do while it is open, and a function in `view/popups.rs` that draws it; keys while it is open
//! come from `[popup]` in `assets/keys.toml`.

pub mod help;
pub mod most_read;
pub mod palette;
pub mod picker;
pub mod publisher_home;
pub mod publishers;

use super::geometry::{Area, Screen, centred, home_box, outlets_box, palette_box, share_box};
use super::input::action::Action;
use super::input::key::Key;
use super::panes::pictures;
use super::protocol::effect::Effect;
use super::protocol::ranking::Ranking;
use super::share::Share;
use super::update::perform::{env, perform};
use super::{Model, share};
use help::Help;
use palette::Palette;
use publisher_home::Card;
use publishers::Outlets;

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

/// A key while the popup has a line that is typed into; `None` where keys mean what the keymap
/// says.
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

/// A click: on a row it does what that says, beside the popup it closes it.
pub fn click(model: &mut Model, x: u16, y: u16) -> Vec<Effect> {
    let screen = model.start.screen;
    let Some(area) = model
        .popup
        .as_ref()
        .and_then(|p| area(p, screen))
        .filter(|a| a.holds(x, y))
    else {
        model.popup = None;
        return Vec::new();
    };
    // The frame is no row, nor is the hint in the last line.
    let Some(line) = y.checked_sub(area.y + 1).map(usize::from) else {
        return Vec::new();
    };
    let lines = usize::from(area.height.saturating_sub(2));
    match &mut model.popup {
        Some(Popup::Palette(open)) => {
            let rows = lines.saturating_sub(1);
            let Some(row) = line.checked_sub(1).filter(|row| *row < rows) else {
                return Vec::new();
            };
            open.picker.selected = open.picker.top(rows) + row;
            palette::accept(model)
        }
        Some(Popup::Outlets(open)) if line + 1 < lines => {
            let at = open.top + line;
            if open.rows.get(at).is_none_or(|row| row.feed.is_none()) {
                return Vec::new();
            }
            open.selected = at;
            act(model, Action::Choose, 1)
        }
        Some(Popup::Home(card)) => {
            let row = row_at(line, lines, card.selected, card.rows.len());
            row.map(|row| card.selected = row)
                .map_or_else(Vec::new, |()| act(model, Action::Open, 1))
        }
        Some(Popup::Share { rows, selected }) => {
            let row = row_at(line, lines.saturating_sub(2), *selected, rows.len());
            row.map(|row| *selected = row)
                .map_or_else(Vec::new, |()| act(model, Action::Open, 1))
        }
        Some(Popup::MostRead {
            rankings, selected, ..
        }) => {
            let entry = most_read::entry_at(rankings, *selected, line, lines.saturating_sub(2));
            entry
                .map(|entry| *selected = entry)
                .map_or_else(Vec::new, |()| act(model, Action::Open, 1))
        }
        _ => Vec::new(),
    }
}

/// The row at a line of a popup that shows so many, scrolled so that the chosen one is among them.
fn row_at(line: usize, shown: usize, selected: usize, rows: usize) -> Option<usize> {
    let shown = shown.max(1);
    let row = (selected + 1).saturating_sub(shown) + line;
    (line < shown && row < rows).then_some(row)
}

/// Where a popup stands whose rows can be clicked.
fn area(popup: &Popup, screen: Screen) -> Option<Area> {
    match popup {
        Popup::Palette(_) => Some(palette_box(screen)),
        Popup::Help(help) => Some(centred(screen, help.size(screen))),
        Popup::Outlets(_) => Some(outlets_box(screen)),
        Popup::Home(card) => Some(home_box(screen, card.rows.len())),
        Popup::Share { rows, .. } => Some(share_box(screen, rows.len())),
        Popup::MostRead { rankings, .. } => Some(most_read::area(screen, rankings)),
        Popup::Size | Popup::Picture => None,
    }
}

/// What an action does while a popup is open.
pub fn act(model: &mut Model, action: Action, count: usize) -> Vec<Effect> {
    let env = env!(model);
    let Some(popup) = &mut model.popup else {
        return Vec::new();
    };
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
        (Popup::Outlets(popup), action) => {
            let reply = popup.on(action, count, &env);
            perform(model, reply)
        }
        (Popup::Home(_), action) => publisher_home::act(model, action, count),
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
        (Popup::Size, Action::Down) => super::update::command::act(model, Action::Larger, count),
        (Popup::Size, Action::Up) => super::update::command::act(model, Action::Smaller, count),
        (
            Popup::Size,
            Action::Larger
            | Action::Smaller
            | Action::DefaultSize
            | Action::Narrower
            | Action::Wider,
        ) => super::update::command::act(model, action, count),
        (Popup::Size, _) => Vec::new(),
        (Popup::Share { rows, selected }, action) => {
            *selected = moved(*selected, rows.len(), action, count);
            Vec::new()
        }
        (
            Popup::MostRead {
                rankings, selected, ..
            },
            action,
        ) => {
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
