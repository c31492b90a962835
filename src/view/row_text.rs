//! What a row of the list says: its headline, with the matches of a search highlighted, and its
//! publisher and time.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::style_resolver::StyleResolver;
use super::{letters, relative_time};
use crate::app::Model;
use crate::app::protocol::rows::Row;
use crate::config::Role;
use crate::news::Scope;
use crate::text::Scale;

/// Draws these bytes of the title, shortened with an ellipsis, with the matches of a search
/// highlighted.
#[expect(
    clippy::too_many_arguments,
    reason = "target, position, text and style vary independently"
)]
pub(super) fn put_title(
    model: &Model,
    styles: &StyleResolver<'_>,
    row: &Row,
    bytes: Range<usize>,
    (x, y): (u16, u16),
    width: u16,
    style: Style,
    buf: &mut Buffer,
) {
    let cut = styles
        .policy
        .ellipsis(&row.title[bytes.clone()], usize::from(width));
    let hits = model
        .list()
        .listing()
        .matcher
        .as_ref()
        .map(|q| q.spans(&row.title, Scope::Title))
        .unwrap_or_default();
    let lit = style.patch(styles.style(Role::Lit));
    let area = Rect {
        x,
        y,
        width,
        height: 1,
    };
    let style_at = |byte: usize| {
        if hits.iter().any(|h| h.contains(&(bytes.start + byte))) {
            lit
        } else {
            style
        }
    };
    letters::paint(
        buf,
        area,
        x,
        y,
        &cut,
        Scale::Cells,
        &styles.policy,
        style_at,
    );
}

/// The fewest cells that a publisher's name is shortened to.
const LEAST_NAME: usize = 6;

/// Fewer and fewer of the names, each whole, with an ellipsis for those left out.
fn whole_names(names: &str) -> impl Iterator<Item = String> + '_ {
    names
        .rmatch_indices(", ")
        .map(|(end, _)| format!("{}…", &names[..end]))
}

/// The publisher and the time in `room` cells. If space is short, the publisher's name is
/// shortened, but how many carry the same article stays.
pub(super) fn about(model: &Model, styles: &StyleResolver<'_>, row: &Row, room: u16) -> String {
    let room = usize::from(room);
    if let Some((n, publishers)) = &row.publishers {
        let words = &model.start().words;
        let n = n.to_string();
        let under = |outlets: String| match &row.topic {
            Some(_) => words.fill("issue.under", &[("outlets", &outlets)]),
            None => outlets,
        };
        let all = under(words.fill("issue.outlets", &[("n", &n), ("outlets", publishers)]));
        let count = words.fill("issue.count", &[("n", &n)]);
        let short = under(count.clone());
        // A part of the names is worth its room, but not a part that is no name.
        let cells = |text: &str| styles.policy.width(text);
        let has_names = cells(&all) <= room || room >= cells(&short) + 3 + LEAST_NAME;
        return match () {
            () if cells(&all) <= room => all,
            () if has_names => {
                let fewer = whole_names(publishers)
                    .map(|names| {
                        under(words.fill("issue.outlets", &[("n", &n), ("outlets", &names)]))
                    })
                    .find(|text| cells(text) <= room);
                fewer.unwrap_or_else(|| styles.policy.ellipsis(&all, room).into_owned())
            }
            () if cells(&short) <= room => short,
            () => count,
        };
    }
    let words = &model.start().words;
    let when = row
        .when
        .map(|stamp| relative_time::ago(stamp, model.start().now, &model.start().zone, words));
    let publisher = row.publisher.as_deref().unwrap_or_default();
    let copies = |key| {
        words.fill(
            key,
            &[("outlet", publisher), ("n", &row.copies.to_string())],
        )
    };
    let revised = (row.revisions > 0).then(|| words.get("changes.mark"));
    let later = row.later.then(|| words.get("list.later"));
    let tags: Vec<String> = row.tags.iter().map(|tag| format!("#{tag}")).collect();
    let tags = Some(tags.join(" ")).filter(|tags| !tags.is_empty());
    let both = |who: &str| {
        let parts: Vec<&str> = [Some(who), when.as_deref(), revised, later, tags.as_deref()]
            .into_iter()
            .flatten()
            .filter(|s| !s.is_empty())
            .collect();
        parts.join(" · ")
    };
    let fits = |text: &String| styles.policy.width(text) <= room;
    if row.copies > 0 {
        // On the front page, the heading says the publisher. Elsewhere "and others" says nothing
        // without it: where the name has no room, the count tells of all.
        let count = (row.copies + 1).to_string();
        let (all, few) = match publisher.is_empty() {
            true => (copies("list.more"), copies("list.more")),
            false => (
                copies("list.copies"),
                words.fill("issue.count", &[("n", &count)]),
            ),
        };
        return [both(&all), both(&few)]
            .into_iter()
            .find(fits)
            .unwrap_or(few);
    }
    let all = both(publisher);
    let left = room.saturating_sub(styles.policy.width(&both("")) + 3);
    match () {
        () if fits(&all) => all,
        // A shorter part of the name would not be recognised.
        () if left >= LEAST_NAME => both(&styles.policy.ellipsis(publisher, left)),
        () => both(""),
    }
}
