//! 많이 본 뉴스: each ranking under the name of who made it.
//!
//! ```text
//! ╭ 많이 본 뉴스 ────────────────────╮
//! │ 견본일보의 순위 · 11월 20일       │
//! │  1 첫째 기사                      │
//! │ 내가 많이 연 기사                 │
//! │  1 어떤 기사                 3번  │
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::Look;
use super::popups::open_box;
use super::when::ago;
use crate::app::Model;
use crate::app::geometry::centred;
use crate::app::most_read::{Entry, Ranking};
use crate::config::Role;

/// One row of the popup.
enum Line<'a> {
    /// Whose ranking follows.
    Heading(String),
    /// Which entry of all, and what.
    Entry(usize, &'a Entry),
}

/// Draws it.
pub fn draw(model: &Model, look: &Look<'_>, (rankings, selected, known): (&[Ranking], usize, bool), buf: &mut Buffer) {
    let words = &model.start.words;
    let lines = lines(model, rankings);
    let height = u16::try_from(lines.len().max(1)).unwrap_or(u16::MAX).saturating_add(4);
    let area = centred(model.start.screen, (76, height));
    let inner = open_box(look, words.get("most-read.heading"), area, buf);
    let ground = look.style(Role::Text).patch(look.style(Role::Popup));
    let dim = ground.patch(look.style(Role::Dim));
    if lines.is_empty() {
        let key = if known { "most-read.empty" } else { "empty.loading" };
        let area = Rect { height: inner.height.saturating_sub(1), ..inner };
        look.paragraph(buf, area, words.get(key), dim);
    }
    let shown = usize::from(inner.height.saturating_sub(2)).max(1);
    let at = lines.iter().position(|l| matches!(l, Line::Entry(n, _) if *n == selected)).unwrap_or(0);
    // The heading above the first line stays with it.
    let top = if at < shown { 0 } else { at + 1 - shown };
    for (y, line) in (inner.y..).zip(lines.iter().skip(top).take(shown)) {
        match line {
            Line::Heading(text) => {
                look.put(buf, (inner.x, y), inner.width, text, ground.patch(look.style(Role::Heading)));
            }
            Line::Entry(index, entry) => {
                let style = if *index == selected { ground.patch(look.style(Role::Selected)) } else { ground };
                buf.set_style(Rect { x: inner.x, y, width: inner.width, height: 1 }, style);
                let times = entry.opened.map(|n| words.fill("most-read.times", &[("n", &n.to_string())]));
                let times = times.unwrap_or_default();
                let taken = u16::try_from(look.policy.width(&times)).unwrap_or(0);
                let text = format!("{:>2} {}", entry.rank, entry.title);
                look.put(buf, (inner.x, y), inner.width.saturating_sub(taken + 1), &text, style);
                look.put(buf, (inner.right().saturating_sub(taken), y), taken, &times, style);
            }
        }
    }
    let y = inner.bottom().saturating_sub(1);
    look.put(buf, (inner.x, y), inner.width, words.get("most-read.hint"), dim);
}

fn lines<'a>(model: &Model, rankings: &'a [Ranking]) -> Vec<Line<'a>> {
    let words = &model.start.words;
    let (mut out, mut index) = (Vec::new(), 0);
    for ranking in rankings {
        out.push(Line::Heading(match &ranking.publisher {
            Some(publisher) => {
                let date =
                    ranking.seen.map(|seen| ago(seen, model.start.now, &model.start.zone, words)).unwrap_or_default();
                words.fill("most-read.theirs", &[("publisher", publisher), ("when", &date)])
            }
            None => words.get("most-read.own").to_owned(),
        }));
        for entry in &ranking.entries {
            out.push(Line::Entry(index, entry));
            index += 1;
        }
    }
    out
}
