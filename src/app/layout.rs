//! How the screen is divided, as the user changes it: how many panes stand side by side, and how
//! wide. All of it is remembered among the preferences.

use super::appearance::keep_prefs;
use super::geometry::{Divider, Geometry, Pane, Panes};
use super::reply::Reply;
use super::start::Start;

/// Least columns that a step moves a divider.
const STEP: u16 = 2;

/// Goes by the next layout that fits this screen.
pub fn next(start: &mut Start) -> Reply {
    let screen = start.screen;
    let mut panes = Panes::fitting(start.prefs.panes(&start.config), screen).next();
    while Panes::fitting(Some(panes), screen) != panes {
        panes = panes.next();
    }
    start.prefs.panes = Some(panes);
    let name = start.words.get(match panes {
        Panes::Three => "layout.three",
        Panes::Two => "layout.two",
        Panes::Stacked => "layout.stacked",
        Panes::One => "layout.one",
        Panes::Zen => "layout.zen",
    });
    keep_prefs(start).say(name.to_owned())
}

/// Goes by the layout that suits the screen, where the one in force is the article alone; `None`
/// where another is.
pub fn leave_zen(start: &mut Start) -> Option<Reply> {
    if start.prefs.panes(&start.config) != Some(Panes::Zen) {
        return None;
    }
    start.prefs.panes = Some(Panes::fitting(None, start.screen));
    Some(keep_prefs(start))
}

/// Moves the divider beside the pane with the keys that many steps to the right.
pub fn move_divider(start: &mut Start, geometry: &Geometry, focus: Pane, steps: i32) -> Reply {
    let (divider, line) = match (focus, geometry.sources_divider) {
        (Pane::Sources, Some(line)) => (Divider::Sources, Some(line)),
        _ => (Divider::List, geometry.divider),
    };
    let Some(line) = line else {
        return Reply::none();
    };
    let step = i32::from(STEP.max(start.screen.width.div_ceil(100)));
    let x = (i32::from(line.x) + steps * step).clamp(1, i32::from(start.screen.width));
    put_divider(start, geometry, divider, u16::try_from(x).unwrap_or(1));
    keep_prefs(start)
}

/// Puts a divider into column `x`, or as near as the least widths of the panes allow.
pub fn put_divider(start: &mut Start, geometry: &Geometry, divider: Divider, x: u16) {
    let left = match divider {
        Divider::Sources => 0,
        Divider::List => geometry.sources_divider.map_or(0, |d| d.x + 1),
    };
    let width = u32::from(start.screen.width).max(1);
    let percent = (u32::from(x.saturating_sub(left)) * 100)
        .div_ceil(width)
        .clamp(1, 99);
    let percent = u8::try_from(percent).ok();
    match divider {
        Divider::Sources => start.prefs.sources_percent = percent,
        Divider::List => start.prefs.list_percent = percent,
    }
}
