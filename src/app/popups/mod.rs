//! Popups: what is shown over the panes.
//!
//! * [`help`] – the key bindings · [`palette`] – the command palette
//! * [`publishers`] – publishers to subscribe to · [`publisher_home`] – 언론사 홈
//! * [`dead_feeds`] – subscriptions that no longer come
//! * [`share_menu`] – 공유 · [`most_read`] – 많이 본 뉴스
//! * [`picker`] – the input line and the row selection that the palette is made of
//! * [`filter_field`] – the filter that `/` opens in the popups that can be searched
//!
//! What a new popup takes is in `CONTRIBUTING.md`. Keys while one is open come from `[popup]` in
//! `assets/keys.toml`.

pub mod dead_feeds;
pub mod filter_field;
pub mod help;
pub mod most_read;
pub mod palette;
pub mod picker;
pub mod publisher_home;
pub mod publishers;
pub mod share_menu;

use super::env::Env;
use super::geometry::{Area, Screen, centred, home_box, palette_box, publishers_box, share_box};
use super::input::action::Action;
use super::input::key::Key;
use super::protocol::prefs::Prefs;
use super::reply::{Intent, ReaderIntent, Reply};
use crate::config::Words;
use dead_feeds::DeadFeedMenu;
use help::Help;
use most_read::MostRead;
use palette::Palette;
use publisher_home::HomeMenu;
use publishers::PublisherList;
use share_menu::ShareMenu;

/// An open popup.
#[derive(Clone, Debug)]
pub enum Popup {
    /// The key bindings.
    Help(Box<Help>),
    /// The command palette.
    Palette(Box<Palette>),
    /// 글자크기 설정: the choice of text size, with the one that it began with.
    Size(Box<Prefs>),
    /// Publishers to subscribe to.
    Publishers(Box<PublisherList>),
    /// 언론사 홈.
    Home(Box<HomeMenu>),
    /// Subscriptions that no longer come.
    DeadFeeds(Box<DeadFeedMenu>),
    /// A picture on the whole screen.
    Picture,
    /// 공유: ways to copy or send the article.
    Share(Box<ShareMenu>),
    /// 많이 본 뉴스.
    MostRead(Box<MostRead>),
}

impl Popup {
    /// Handles a key as typed text; `None` if the popup is not being typed into, so that the keymap
    /// applies.
    pub fn press(&mut self, key: Key, env: &Env<'_>) -> Option<Reply> {
        match self {
            Self::Palette(palette) => Some(palette.press(key, env)),
            Self::Help(help) if help.filter().is_typing() => {
                help.press(key);
                Some(Reply::none())
            }
            Self::Publishers(list) => list.press(key),
            _ => None,
        }
    }

    /// Inserts pasted text into the popup's input line.
    pub fn paste(&mut self, text: &str, env: &Env<'_>) {
        match self {
            Self::Palette(palette) => palette.paste(text, env),
            Self::Help(help) if help.filter().is_typing() => help.paste(text),
            Self::Publishers(list) if list.filter().is_typing() => list.paste(text),
            _ => {}
        }
    }

    /// Handles an action.
    pub fn on(&mut self, action: Action, count: usize, env: &Env<'_>) -> Reply {
        match (self, action) {
            (Self::Picture, action) => in_picture(action, count),
            // The sizes are shown as they are chosen; Esc goes back to the first.
            (Self::Size(before), Action::Close) => before_sizes(before, env),
            (_, Action::Back | Action::Close | Action::Quit) => {
                Reply::none().intent(Intent::ClosePopup)
            }
            (Self::Help(help), action) => help.on(action, count, env),
            (Self::Palette(palette), action) => palette.on(action, count, env),
            (Self::Size(_), action) => in_sizes(action, count),
            (Self::Publishers(publishers), action) => publishers.on(action, count, env),
            (Self::Home(home), action) => home.on(action, count, env),
            (Self::DeadFeeds(menu), action) => menu.on(action, count, env),
            (Self::Share(menu), action) => menu.on(action, count, env),
            (Self::MostRead(most_read), action) => most_read.on(action, count),
        }
    }

    /// Handles a click: on a row it triggers the row, outside the popup it closes the popup.
    pub fn click(&mut self, x: u16, y: u16, env: &Env<'_>) -> Reply {
        let Some(area) = self.area(env.screen()).filter(|a| a.holds(x, y)) else {
            return Reply::none().intent(Intent::ClosePopup);
        };
        // The frame is not a row, and neither is the hint in the last line.
        let Some(line) = y.checked_sub(area.y + 1).map(usize::from) else {
            return Reply::none();
        };
        let lines = usize::from(area.height.saturating_sub(2));
        let chosen = match self {
            Self::Palette(palette) => {
                let rows = lines.saturating_sub(1);
                let row = line.checked_sub(1).filter(|row| *row < rows);
                row.map(|row| palette.select(palette.picker().top(rows) + row))
                    .map(|()| Action::Open)
            }
            Self::Publishers(list) if line + 1 < lines => {
                list.select_line(line).then_some(Action::Choose)
            }
            Self::Home(home) => row_at(line, lines, home.selected(), home.rows().len())
                .map(|row| home.select(row))
                .map(|()| Action::Open),
            Self::DeadFeeds(menu) => row_at(line, lines, menu.selected(), menu.rows().len())
                .filter(|row| menu.select(*row))
                .map(|_| Action::Open),
            Self::Share(menu) => {
                let shown = lines.saturating_sub(2);
                row_at(line, shown, menu.selected(), menu.rows().len())
                    .map(|row| menu.select(row))
                    .map(|()| Action::Open)
            }
            Self::MostRead(most_read) => most_read
                .select_line(line, lines.saturating_sub(2))
                .then_some(Action::Open),
            Self::Help(_) | Self::Publishers(_) | Self::Size(_) | Self::Picture => None,
        };
        chosen.map_or_else(Reply::none, |action| self.on(action, 1, env))
    }

    /// What went wrong with the selected row, as a sentence that a row has no room for.
    pub fn failure(&self, words: &Words) -> Option<String> {
        match self {
            Self::Publishers(list) => list.failure(words),
            Self::DeadFeeds(menu) => menu.failure().map(str::to_owned),
            _ => None,
        }
    }

    /// The popup's area, if it has rows that can be clicked.
    fn area(&self, screen: Screen) -> Option<Area> {
        match self {
            Self::Palette(_) => Some(palette_box(screen)),
            Self::Help(help) => Some(centred(screen, help.size(screen))),
            Self::Publishers(_) => Some(publishers_box(screen)),
            Self::Home(home) => Some(home_box(screen, home.rows().len())),
            Self::DeadFeeds(menu) => Some(home_box(screen, menu.rows().len())),
            Self::Share(menu) => Some(share_box(screen, menu.rows().len())),
            Self::MostRead(most_read) => Some(most_read::area(screen, most_read.rankings())),
            Self::Size(_) | Self::Picture => None,
        }
    }
}

/// The row at a line of a popup that shows `shown` of `rows` rows, scrolled so that the selected
/// one is visible.
fn row_at(line: usize, shown: usize, selected: usize, rows: usize) -> Option<usize> {
    let shown = shown.max(1);
    let row = (selected + 1).saturating_sub(shown) + line;
    (line < shown && row < rows).then_some(row)
}

/// Closes 글자크기 설정 with what was in force before.
fn before_sizes(before: &Prefs, env: &Env<'_>) -> Reply {
    let close = Reply::none().intent(Intent::ClosePopup);
    match *before == env.start.prefs {
        true => close,
        false => close.intent(Intent::Prefs(Box::new(before.clone()))),
    }
}

/// Handles an action in 글자크기 설정.
fn in_sizes(action: Action, count: usize) -> Reply {
    let below = match action {
        Action::SizePopup | Action::Open => return Reply::none().intent(Intent::ClosePopup),
        Action::Down => Action::Larger,
        Action::Up => Action::Smaller,
        Action::Larger
        | Action::Smaller
        | Action::DefaultSize
        | Action::Narrower
        | Action::Wider => action,
        _ => return Reply::none(),
    };
    Reply::none().intent(Intent::ActBelowPopup(below, count))
}

/// Handles an action while a picture fills the screen.
fn in_picture(action: Action, count: usize) -> Reply {
    let steps = isize::try_from(count).unwrap_or(isize::MAX);
    let step = |steps| Intent::from(ReaderIntent::StepPicture(steps));
    let intent = match action {
        Action::Back | Action::Close | Action::Quit | Action::Open => Intent::ClosePopup,
        Action::Down | Action::PageDown | Action::NextArticle => step(steps),
        Action::Up | Action::PageUp | Action::PreviousArticle => step(-steps),
        Action::First => step(isize::MIN / 2),
        Action::Last => step(isize::MAX / 2),
        Action::ViewPicture => Intent::ActBelowPopup(Action::ViewPicture, 1),
        _ => return Reply::none(),
    };
    Reply::none().intent(intent)
}
