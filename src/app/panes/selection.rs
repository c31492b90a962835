//! Which of many rows is chosen, and which is at the top: the arithmetic that all panes of rows
//! share.

use crate::app::input::action::Action;

/// The chosen one of `len` rows after `action`, `count` times; `page` is how many rows are shown.
pub fn moved(chosen: usize, action: Action, count: usize, page: usize, len: usize) -> usize {
    let last = len.saturating_sub(1);
    let (page, half) = (page.max(1), (page / 2).max(1));
    match action {
        Action::Down => chosen.saturating_add(count),
        Action::Up => chosen.saturating_sub(count),
        Action::HalfPageDown => chosen.saturating_add(count.saturating_mul(half)),
        Action::HalfPageUp => chosen.saturating_sub(count.saturating_mul(half)),
        Action::PageDown => chosen.saturating_add(count.saturating_mul(page)),
        Action::PageUp => chosen.saturating_sub(count.saturating_mul(page)),
        Action::First => 0,
        Action::Last => last,
        _ => chosen,
    }
    .min(last)
}

/// The row at the top, moved no more than it takes to have the chosen one among the `page` rows
/// shown.
pub fn top(top: usize, chosen: usize, page: usize, len: usize) -> usize {
    let page = page.max(1);
    let top = top.min(chosen).max((chosen + 1).saturating_sub(page));
    top.min(len.saturating_sub(page.min(len)))
}
