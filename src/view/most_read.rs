//! 많이 본 뉴스: each ranking under the name of the publisher that made it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::popup_frame::open_box;
use super::relative_time::ago;
use super::style_resolver::StyleResolver;
use crate::app::Model;
use crate::app::popups::most_read::{MostRead, RankingLine, area, lines, top};
use crate::app::protocol::ranking::Ranking;
use crate::config::Role;

/// Draws the popup.
pub fn draw(model: &Model, styles: &StyleResolver<'_>, popup: &MostRead, buf: &mut Buffer) {
    let words = &model.start().words;
    let (rankings, selected) = (popup.rankings(), popup.selected());
    let lines = lines(rankings);
    let inner = open_box(
        styles,
        words.get("most-read.heading"),
        area(model.start().screen, rankings),
        buf,
    );
    let ground = styles.popup_ground();
    let dim = ground.patch(styles.style(Role::Dim));
    if lines.is_empty() {
        let key = if popup.known() {
            "most-read.empty"
        } else {
            "empty.loading"
        };
        let area = Rect {
            height: inner.height.saturating_sub(1),
            ..inner
        };
        styles.paragraph(buf, area, words.get(key), dim);
    }
    let shown = usize::from(inner.height.saturating_sub(2)).max(1);
    let top = top(&lines, selected, shown);
    for (y, line) in (inner.y..).zip(lines.iter().skip(top).take(shown)) {
        match line {
            RankingLine::Heading(ranking) => {
                let text = heading(model, ranking);
                styles.put(
                    buf,
                    (inner.x, y),
                    inner.width,
                    &text,
                    ground.patch(styles.style(Role::Heading)),
                );
            }
            RankingLine::Entry(index, entry) => {
                let style = styles.popup_row(*index == selected);
                buf.set_style(
                    Rect {
                        x: inner.x,
                        y,
                        width: inner.width,
                        height: 1,
                    },
                    style,
                );
                let times = entry
                    .opened
                    .map(|n| words.fill("most-read.times", &[("n", &n.to_string())]));
                let times = times.unwrap_or_default();
                let taken = u16::try_from(styles.policy.width(&times)).unwrap_or(0);
                let mark = if *index == selected { ">" } else { " " };
                let text = format!("{mark} {:>2} {}", entry.rank, entry.title);
                styles.put(
                    buf,
                    (inner.x, y),
                    inner.width.saturating_sub(taken + 1),
                    &text,
                    style,
                );
                styles.put(
                    buf,
                    (inner.right().saturating_sub(taken), y),
                    taken,
                    &times,
                    style,
                );
            }
        }
    }
    let y = inner.bottom().saturating_sub(1);
    let hint = match lines.is_empty() {
        true => "most-read.hint-empty",
        false => "most-read.hint",
    };
    styles.put(
        buf,
        (inner.x, y),
        inner.width,
        &styles.hints(words.get(hint), inner.width),
        dim,
    );
}

/// The heading of a ranking: its publisher and its date.
fn heading(model: &Model, ranking: &Ranking) -> String {
    let words = &model.start().words;
    let Some(publisher) = &ranking.publisher else {
        return words.get("most-read.own").to_owned();
    };
    let when = ranking
        .seen
        .map(|seen| ago(seen, model.start().now, &model.start().zone, words))
        .unwrap_or_default();
    words.fill(
        "most-read.theirs",
        &[("publisher", publisher), ("when", &when)],
    )
}
