//! 오늘의 신문 in the list pane.
//!
//! ```text
//! 오늘의 이슈 ─────────────────────────────────────────────
//! ● 시립도서관 다섯 곳, 내달부터 밤 11시까지 문 연다
//!   3곳 · 강변뉴스, 새벽신문, 한빛일보
//!
//! 한빛일보 · 안 읽음 3 ─────────    새벽신문 · 안 읽음 2 ──────
//! ● 골목 빵집 열두 곳, 남은 빵      ● 심야 병원 예약, 전화 대신 문자
//!   나누는 선반 만들었다  3시간 전    한 통으로  4시간 전
//! ```

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::rect;
use super::row_text::{about, put_title};
use super::style_resolver::StyleResolver;
use crate::app::geometry::Area;
use crate::app::panes::list::front::{About, FrontItem, FrontLayout};
use crate::app::protocol::rows::{Row, Section};
use crate::app::{Model, Pane};
use crate::config::Role;

/// Draws the part of the front page that is in view.
pub(super) fn draw(
    model: &Model,
    styles: &StyleResolver<'_>,
    layout: &FrontLayout,
    (area, top): (Area, usize),
    buf: &mut Buffer,
) {
    let line = |y: usize| {
        let y = u16::try_from(y.checked_sub(top)?).ok()?;
        (y < area.height).then_some(area.y + y)
    };
    for (index, (item, row)) in layout.items.iter().zip(model.list().rows()).enumerate() {
        if let (Some(y), Some(section)) = (item.heading.and_then(line), &row.section) {
            heading(
                model,
                styles,
                section,
                (area.x + item.x, y, item.width),
                buf,
            );
        }
        let is_selected = index == model.list().selected();
        draw_item(
            model,
            styles,
            (row, item, is_selected),
            (area.x, &line),
            buf,
        );
    }
}

/// A section's name, what is unread of it, and a line to the end of its column.
fn heading(
    model: &Model,
    styles: &StyleResolver<'_>,
    section: &Section,
    (x, y, width): (u16, u16, u16),
    buf: &mut Buffer,
) {
    let words = &model.start().words;
    let (name, about) = match section {
        Section::Issues => (words.get("shelf.issues").to_owned(), String::new()),
        Section::Publisher { name, unread, .. } => {
            let about = match unread {
                0 => words.get("front.all-read").to_owned(),
                n => words.fill("front.unread", &[("n", &n.to_string())]),
            };
            (name.to_string(), about)
        }
    };
    let mut at = styles.put(buf, (x, y), width, &name, styles.style(Role::Key)) + 1;
    let dim = styles.style(Role::Dim);
    if !about.is_empty() && at + 12 < width {
        at += styles.put(buf, (x + at, y), width - at, &about, dim) + 1;
    }
    let bar = styles.box_lines()[4];
    let rule = bar.repeat(usize::from(width.saturating_sub(at)));
    let style = styles.style(Role::Border);
    styles.put(buf, (x + at, y), width.saturating_sub(at), &rule, style);
}

fn draw_item(
    model: &Model,
    styles: &StyleResolver<'_>,
    (row, item, is_selected): (&Row, &FrontItem, bool),
    (left, line): (u16, &impl Fn(usize) -> Option<u16>),
    buf: &mut Buffer,
) {
    let ground = match (is_selected, model.focus()) {
        (false, _) => Style::default(),
        (true, Pane::List) => styles.style(Role::Selected),
        (true, Pane::Sources | Pane::Reader) => styles.style(Role::SelectedAway),
    };
    let x = left + item.x;
    for y in (item.y..item.y + item.height).filter_map(line) {
        let area = Area {
            x,
            y,
            width: item.width,
            height: 1,
        };
        buf.set_style(rect(area), ground);
    }
    let title = styles
        .style(if row.read { Role::Read } else { Role::Unread })
        .patch(ground);
    let mark = styles.style(Role::Mark).patch(ground);
    let dim = styles.style(Role::Dim).patch(ground);
    if let Some(y) = line(item.y) {
        match () {
            () if is_selected && model.focus() == Pane::List => {
                styles.put(buf, (x, y), 1, ">", mark);
            }
            () if row.scrapped => {
                styles.put(buf, (x, y), 1, styles.scrap(), mark);
            }
            () if !row.read => {
                styles.put(buf, (x, y), 1, styles.unread(), mark);
            }
            () => {}
        }
    }
    let room = item.width.saturating_sub(2);
    for (n, bytes) in item.lines.iter().enumerate() {
        let Some(y) = line(item.y + n) else { continue };
        let place = (x + 2, y);
        put_title(model, styles, row, bytes.clone(), place, room, title, buf);
    }
    let Some(y) = line(item.y + item.height - 1) else {
        return;
    };
    let taken = match item.about {
        About::Nowhere => return,
        About::Below => 0,
        About::Beside => {
            let last = item.lines.last().and_then(|l| row.title.get(l.clone()));
            let taken = last.map_or(0, |text| styles.policy.width(text.trim_end()));
            u16::try_from(taken).unwrap_or(room).saturating_add(2)
        }
    };
    let left = room.saturating_sub(taken);
    let about = about(model, styles, row, left);
    styles.put(buf, (x + 2 + taken, y), left, &about, dim);
}
