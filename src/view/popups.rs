//! Popups: dispatches to the function for each one, and draws the small ones itself.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::popup_frame::open_box;
use super::style_resolver::StyleResolver;
use super::{help, most_read, palette, pictures, publishers, strips};
use crate::app::Model;
use crate::app::appearance::size_key;
use crate::app::geometry::{centred, share_box};
use crate::app::popups::Popup;
use crate::app::popups::share_menu::ShareMenu;
use crate::config::Role;
use crate::text::{Scale, TextSize, WidthPolicy, column_count};

/// Draws the open popup, if there is one.
pub(super) fn draw(model: &Model, styles: &StyleResolver<'_>, frame: &mut Frame<'_>) {
    match model.popup() {
        None => {}
        Some(Popup::Help(help)) => help::draw(model, styles, help, frame),
        Some(Popup::Palette(palette)) => palette::draw(model, styles, palette, frame),
        Some(Popup::Size(_)) => size(model, styles, frame),
        Some(Popup::Publishers(list)) => publishers::draw(model, styles, list, frame),
        Some(Popup::Home(home)) => publishers::home(model, styles, home, frame),
        Some(Popup::DeadFeeds(menu)) => publishers::dead_feeds(model, styles, menu, frame),
        Some(Popup::Share(menu)) => share(model, styles, menu, frame.buffer_mut()),
        Some(Popup::MostRead(popup)) => most_read::draw(model, styles, popup, frame.buffer_mut()),
        Some(Popup::Picture) => pictures::zoom(model, styles, frame.buffer_mut()),
    }
}

/// Draws the menu for sending the article.
fn share(model: &Model, styles: &StyleResolver<'_>, menu: &ShareMenu, buf: &mut Buffer) {
    let (rows, selected) = (menu.rows(), menu.selected());
    let words = &model.start().words;
    let area = share_box(model.start().screen, rows.len());
    let inner = open_box(styles, words.get(menu.heading()), area, buf);
    let ground = styles.popup_ground();
    let shown = usize::from(inner.height.saturating_sub(2)).max(1);
    let top = (selected + 1).saturating_sub(shown);
    for (place, (index, row)) in rows.iter().enumerate().skip(top).take(shown).enumerate() {
        let y = inner.y + u16::try_from(place).unwrap_or(0);
        let style = styles.popup_row(index == selected);
        buf.set_style(
            Rect {
                x: inner.x,
                y,
                width: inner.width,
                height: 1,
            },
            style,
        );
        let mark = if index == selected { ">" } else { " " };
        styles.put(
            buf,
            (inner.x, y),
            inner.width,
            &format!("{mark} {}", row.label(words)),
            style,
        );
    }
    let y = inner.bottom().saturating_sub(1);
    let hints = styles.hints(words.get("share.hint"), inner.width);
    styles.put(
        buf,
        (inner.x, y),
        inner.width,
        &hints,
        ground.patch(styles.style(Role::Dim)),
    );
}

/// The columns of a text at this scale.
fn columns(policy: &WidthPolicy, text: &str, scale: Scale) -> usize {
    column_count::columns(text, scale, *policy)
}

/// As many words of a text as fit in a line of `width` columns at this scale.
fn fitting_words<'a>(policy: &WidthPolicy, text: &'a str, scale: Scale, width: u16) -> &'a str {
    let fits = |text: &&str| columns(policy, text, scale) <= usize::from(width);
    let shorter = text.rmatch_indices(' ').map(|(end, _)| &text[..end]);
    std::iter::once(text)
        .chain(shorter)
        .find(fits)
        .unwrap_or_default()
}

/// The most rows that the size popup keeps free for larger letters.
const MOST_KEPT: u16 = 4;

fn size(model: &Model, styles: &StyleResolver<'_>, frame: &mut Frame<'_>) {
    let words = &model.start().words;
    let buf = frame.buffer_mut();
    // The letters of the article, as they are behind the popup.
    let scale = model.measure().scale;
    let most_rows = buf.area.height.saturating_sub(11);
    let sample_rows = scale.rows().min(most_rows);
    // With room for the largest, the popup stands still while sizes are tried. Block letters would
    // leave most of it empty.
    let largest = Some(model.start().largest_rows()).filter(|rows| *rows <= MOST_KEPT);
    let kept_rows = largest.unwrap_or(0).min(most_rows).max(sample_rows);
    let steps = TextSize::ALL.len() as u16;
    // Wide enough for the first word of the sample.
    let sample = words.get("size.sample");
    let first = sample.split(' ').next().unwrap_or_default();
    let needed = u16::try_from(columns(&styles.policy, first, scale)).unwrap_or(u16::MAX);
    let width = needed.saturating_add(4).max(70);
    // What 작게 does where letters can't shrink, in as many lines as it takes.
    let width = centred(model.start().screen, (width, 0)).width;
    let note = match model.start().can_shrink() {
        true => Vec::new(),
        false => styles.lines(words.get("size.tighter"), width.saturating_sub(4)),
    };
    let below = 3 + u16::try_from(note.len()).unwrap_or(0);
    let area = centred(model.start().screen, (width, steps + kept_rows + below + 4));
    let inner = open_box(styles, words.get("size.title"), area, buf);
    let ground = styles.popup_ground();
    for (row, step) in TextSize::ALL.into_iter().enumerate() {
        let y = inner.y + u16::try_from(row).unwrap_or(0);
        if y >= inner.bottom() {
            return;
        }
        let chosen = step == model.start().text_size();
        let style = styles.popup_row(chosen);
        buf.set_style(
            Rect {
                x: inner.x,
                y,
                width: inner.width,
                height: 1,
            },
            style,
        );
        let mark = if chosen { ">" } else { " " };
        let name = words.get(size_key(step));
        let row = match model.start().same_as(step).map(size_key) {
            Some(same) => {
                let same = words.fill("size.same", &[("size", words.get(same))]);
                format!("{mark} {name} ({same})")
            }
            None => format!("{mark} {name}"),
        };
        styles.put(buf, (inner.x, y), inner.width, &row, style);
    }
    // On a narrow screen, a line is as wide as the screen lets it be.
    let wanted = model.start().prefs.measure(&model.start().config);
    let measure = wanted.min(model.start().screen.width).to_string();
    let dim = ground.patch(styles.style(Role::Dim));
    let lines = [
        words.fill("size.measure", &[("n", &measure)]),
        styles.hints(words.get("size.hint"), inner.width),
    ];
    let lines = lines.iter().map(String::as_str).chain(note);
    for (line, y) in lines.zip(inner.y + steps + 1..inner.bottom()) {
        styles.put(buf, (inner.x, y), inner.width, line, dim);
    }
    let y = inner.y + steps + 1 + below;
    if y + sample_rows <= inner.bottom() {
        let area = Rect {
            x: inner.x,
            y,
            width: inner.width,
            height: sample_rows,
        };
        let sample = fitting_words(&styles.policy, sample, scale, inner.width);
        strips::paint(styles, buf, area, (inner.x, y), sample, scale, |_| ground);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_wider_than_its_line_loses_whole_words() {
        let policy = WidthPolicy::default();
        let drawn = Scale::Drawn {
            num: 5,
            den: 2,
            rows: 3,
        };
        let shown = |width| fitting_words(&policy, "가나다 기사 15%", drawn, width);
        assert_eq!(shown(38), "가나다 기사 15%");
        assert_eq!(shown(37), "가나다 기사");
        assert_eq!(shown(20), "가나다");
        assert_eq!(shown(3), "");
    }
}
