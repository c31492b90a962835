//! The list of publishers to subscribe to, the menu of one publisher, and that of the
//! subscriptions that no longer come.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::field;
use super::popup_frame::open_box;
use super::relative_time;
use super::style_resolver::StyleResolver;
use crate::app::Model;
use crate::app::geometry::{home_box, publishers_box};
use crate::app::popups::dead_feeds::{DeadFeedMenu, DeadFeedRow};
use crate::app::popups::publisher_home::{HomeMenu, HomeRow};
use crate::app::popups::publishers::{FeedState, PublisherList, PublisherRow};
use crate::config::Role;
use crate::news::address::feed_without_secrets;

/// Draws the list of publishers.
pub(super) fn draw(
    model: &Model,
    styles: &StyleResolver<'_>,
    popup: &PublisherList,
    frame: &mut Frame<'_>,
) {
    let words = &model.start().words;
    let buf = frame.buffer_mut();
    let inner = open_box(
        styles,
        words.get("outlets.title"),
        publishers_box(model.start().screen),
        buf,
    );
    let rows = Rect {
        height: inner.height.saturating_sub(1),
        ..inner
    };
    for ((index, row), y) in popup
        .rows()
        .enumerate()
        .skip(popup.top())
        .zip(rows.y..rows.bottom())
    {
        let style = styles.popup_row(index == popup.selected());
        buf.set_style(
            Rect {
                y,
                height: 1,
                ..rows
            },
            style,
        );
        if row.feed.is_none() {
            styles.put(
                buf,
                (rows.x, y),
                rows.width,
                &row.title,
                style.patch(styles.style(Role::Heading)),
            );
            continue;
        }
        let mark = match (&row.state, row.chosen) {
            (FeedState::Subscribed, _) => " · ",
            (_, true) => "[x]",
            (_, false) => "[ ]",
        };
        styles.put(
            buf,
            (rows.x, y),
            1,
            if index == popup.selected() { ">" } else { " " },
            style,
        );
        styles.put(buf, (rows.x + 2, y), 3, mark, style);
        let status = feed_status(model, row);
        let taken = u16::try_from(styles.policy.width(&status))
            .unwrap_or(u16::MAX)
            .min(rows.width * 2 / 3);
        styles.put(
            buf,
            (rows.x + 6, y),
            rows.width.saturating_sub(taken + 8),
            &row.title,
            style,
        );
        // The error colour is made for its own background and would be illegible on the
        // selection's.
        let told_style = match row.state {
            FeedState::Bad(_) => styles.style(Role::Error),
            _ => Style {
                bg: style.bg,
                ..style.patch(styles.style(Role::Dim))
            },
        };
        styles.put(
            buf,
            (rows.right().saturating_sub(taken), y),
            taken,
            &status,
            told_style,
        );
    }
    field::filter_line(
        styles,
        popup.filter(),
        words.get("outlets.hint"),
        inner,
        frame,
    );
}

/// The status of a feed.
fn feed_status(model: &Model, row: &PublisherRow) -> String {
    let (start, words) = (model.start(), &model.start().words);
    match &row.state {
        FeedState::Idle => String::new(),
        FeedState::Subscribed => words.get("outlets.subscribed").to_owned(),
        FeedState::Trying => words.get("outlets.trying").to_owned(),
        FeedState::Good(n, Some(newest)) => {
            let when = relative_time::ago(*newest, start.now, &start.zone, words);
            words.fill("outlets.good", &[("n", &n.to_string()), ("when", &when)])
        }
        FeedState::Good(n, None) => words.fill("outlets.good-undated", &[("n", &n.to_string())]),
        // The sentence is said at the foot of the screen while the row is selected.
        FeedState::Bad(_) => words.get("outlets.bad").to_owned(),
    }
}

/// Draws the menu of a publisher.
pub(super) fn home(
    model: &Model,
    styles: &StyleResolver<'_>,
    card: &HomeMenu,
    frame: &mut Frame<'_>,
) {
    let lines: Vec<String> = card.rows().iter().map(|row| line(model, row)).collect();
    menu(
        model,
        styles,
        card.publisher(),
        (&lines, card.selected()),
        frame,
    );
}

/// Draws the menu of the subscriptions that no longer come.
pub(super) fn dead_feeds(
    model: &Model,
    styles: &StyleResolver<'_>,
    dead: &DeadFeedMenu,
    frame: &mut Frame<'_>,
) {
    let words = &model.start().words;
    let line = |row: &DeadFeedRow| match row {
        DeadFeedRow::Feed(title, since, _) => format!("{title} · {since}"),
        DeadFeedRow::Refresh(_) => format!("  {}", words.get("dead.again")),
        DeadFeedRow::NewAddress(_) => format!("  {}", words.get("dead.new")),
        DeadFeedRow::Unsubscribe(..) => format!("  {}", words.get("dead.unsubscribe")),
    };
    let lines: Vec<String> = dead.rows().iter().map(line).collect();
    let title = words.get("source.dead");
    menu(model, styles, title, (&lines, dead.selected()), frame);
}

/// Draws a menu: its lines, of which one is selected.
fn menu(
    model: &Model,
    styles: &StyleResolver<'_>,
    title: &str,
    (lines, selected): (&[String], usize),
    frame: &mut Frame<'_>,
) {
    let buf = frame.buffer_mut();
    let area = home_box(model.start().screen, lines.len());
    let inner = open_box(styles, title, area, buf);
    let top = (selected + 1).saturating_sub(usize::from(inner.height).max(1));
    for ((index, line), y) in lines
        .iter()
        .enumerate()
        .skip(top)
        .zip(inner.y..inner.bottom())
    {
        let chosen = index == selected;
        let style = styles.popup_row(chosen);
        buf.set_style(
            Rect {
                y,
                height: 1,
                ..inner
            },
            style,
        );
        let line = format!("{} {line}", if chosen { ">" } else { " " });
        styles.put(buf, (inner.x, y), inner.width, &line, style);
    }
}

fn line(model: &Model, row: &HomeRow) -> String {
    let words = &model.start().words;
    match row {
        HomeRow::Articles(articles, unread) => {
            let (articles, unread) = (articles.to_string(), unread.to_string());
            words.fill(
                "home.articles",
                &[("articles", &articles), ("unread", &unread)],
            )
        }
        HomeRow::Site(address) => {
            words.fill("home.site", &[("address", &feed_without_secrets(address))])
        }
        HomeRow::Refresh(_, title) => words.fill("home.refresh", &[("title", title)]),
        HomeRow::Unsubscribe(_, title) => words.fill("home.unsubscribe", &[("title", title)]),
        HomeRow::Subscribe(feed) => words.fill("home.subscribe", &[("title", &feed.title)]),
    }
}
