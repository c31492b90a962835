//! The top bars and the status line.
//!
//! ```text
//! 기사 견본 12/14        │ v 숏뉴스  s 스크랩  + − 글자크기  o 원문  ? 도움말
//! …
//! 스크랩했습니다: 제목 · u 되돌리기
//! ```

use ratatui::Frame;
use ratatui::buffer::Buffer;

use super::style_resolver::StyleResolver;
use super::{field, letters, rect};
use crate::app::annotations::document::colour_key;
use crate::app::geometry::{Area, Geometry};
use crate::app::input::buttons::buttons;
use crate::app::input::fault::Fault;
use crate::app::input::hints;
use crate::app::input::labels::completion;
use crate::app::input::prompt::{Prompt, one_line};
use crate::app::jobs::JobKind;
use crate::app::panes::list::bulk::order_key;
use crate::app::popups::Popup;
use crate::app::protocol::prefs::Purpose;
use crate::app::{Collection, Model, Pane};
use crate::config::Role;
use crate::news::{Filter, SortOrder};
use crate::picture::Means;
use crate::text::sparkline::sparkline;

/// Draws the bars.
pub fn draw(model: &Model, styles: &StyleResolver<'_>, places: &Geometry, frame: &mut Frame<'_>) {
    let buf = frame.buffer_mut();
    let panes = [
        (Pane::Sources, places.sources_bar),
        (Pane::List, places.list_bar),
        (Pane::Reader, places.reader_bar),
    ];
    for (pane, area) in panes {
        let Some(area) = area else { continue };
        let style = styles.style(bar_role(model, places, pane));
        buf.set_style(rect(area), style);
        let title = match pane {
            Pane::Sources => model.start().words.get("source.title").to_owned(),
            Pane::List => heading(model),
            Pane::Reader => continue,
        };
        let room = area.width.saturating_sub(2);
        styles.put(buf, (area.x + 1, area.y), room, &title, style);
    }
    draw_buttons(model, styles, places, buf);
    foot(model, styles, places, frame);
}

/// Draws the last row: what is typed, or what the keys do.
pub(super) fn foot(
    model: &Model,
    styles: &StyleResolver<'_>,
    places: &Geometry,
    frame: &mut Frame<'_>,
) {
    match model.prompt() {
        Some(prompt) => type_line(model, styles, prompt, places.status, frame),
        None => status(model, styles, places.status, frame.buffer_mut()),
    }
}

/// How a pane's bar looks. Where several panes are in sight, the one with the keys stands out, even
/// if its text is too short for a scroll bar.
fn bar_role(model: &Model, places: &Geometry, pane: Pane) -> Role {
    let bars = [places.sources_bar, places.list_bar, places.reader_bar];
    if pane == model.focus() && bars.into_iter().flatten().count() > 1 {
        Role::BarFocus
    } else {
        Role::Bar
    }
}

/// The notice: what happened, or what is wrong with the typed text. It covers the last row and as
/// many above it as it needs, over everything else, because the advice at its end must not be cut
/// off.
pub fn notice(model: &Model, styles: &StyleResolver<'_>, places: &Geometry, buf: &mut Buffer) {
    let status = places.status;
    let (bad, text, above) = match (model.prompt(), model.notice()) {
        (Some(prompt), _) => match prompt.fault() {
            Some(fault) if !has_room_for_fault(model, styles, prompt, status) => {
                (true, fault.sentence(&model.start().words), 1)
            }
            _ => return,
        },
        // A failure has a mark, too, for screens without colours.
        (None, Some(notice)) if notice.bad => (true, format!("! {}", notice.text), 0),
        (None, Some(notice)) => (false, notice.text.clone(), 0),
        (None, None) => match model.popup().and_then(|p| p.failure(&model.start().words)) {
            Some(failure) => (true, format!("! {failure}"), 0),
            None => return,
        },
    };
    let lines = styles.lines(&text, status.width.saturating_sub(2));
    let height = u16::try_from(lines.len())
        .unwrap_or(u16::MAX)
        .clamp(1, (status.y / 2).max(1));
    let area = Area {
        y: (status.y + 1).saturating_sub(height + above),
        height,
        ..status
    };
    let style = styles.style(if bad { Role::Error } else { Role::Notice });
    letters::clear(buf, rect(area), &styles.policy);
    buf.set_style(rect(area), style);
    // A wide letter over the edge of a sixel picture loses its right half in foot 1.21, unless the
    // row is erased before it is written. This cell is the same in all notices, so that it is sent
    // only with the whole row.
    if matches!(model.start().canvas.means, Means::Sixel | Means::Inline) {
        for y in area.y..area.y + area.height {
            letters::erase_first(buf, rect(area), y);
        }
    }
    for (line, y) in lines.iter().zip(area.y..area.y + area.height) {
        // If it does not fit even so, it ends in an ellipsis.
        let is_cut = y + 1 == area.y + area.height && lines.len() > usize::from(area.height);
        let line = if is_cut {
            format!("{line}…")
        } else {
            (*line).to_owned()
        };
        styles.put(
            buf,
            (area.x + 1, y),
            area.width.saturating_sub(1),
            &line,
            style,
        );
    }
}

/// The locale key of a prompt's label.
fn label_key(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::FindArticles => "prompt.articles",
        Purpose::FindWords => "prompt.words",
        Purpose::Subscribe => "prompt.subscribe",
        Purpose::SaveSearch => "prompt.save",
        Purpose::Mute => "prompt.mute",
        Purpose::Tag => "prompt.tag",
        Purpose::Note => "prompt.note",
        Purpose::HighlightNote => "prompt.highlight-note",
        Purpose::Labels => "prompt.labels",
        Purpose::Export => "prompt.export",
        Purpose::FeedSettings => "prompt.feed-settings",
    }
}

/// Whether the error fits behind the typed text.
fn has_room_for_fault(
    model: &Model,
    styles: &StyleResolver<'_>,
    prompt: &Prompt,
    status: Area,
) -> bool {
    let words = &model.start().words;
    let width = |text: &str| styles.policy.width(text);
    let label = width(words.get(label_key(prompt.purpose()))).min(usize::from(status.width) / 2);
    let fault = prompt
        .fault()
        .as_ref()
        .map_or(0, |f| width(&f.sentence(words)));
    1 + label + 1 + width(prompt.field().text()) + 2 + fault < usize::from(status.width)
}

/// Draws the prompt. The terminal's cursor is placed in it, because that is where input methods
/// show the text being composed.
fn type_line(
    model: &Model,
    styles: &StyleResolver<'_>,
    prompt: &Prompt,
    area: Area,
    frame: &mut Frame<'_>,
) {
    let words = &model.start().words;
    let label = words.get(label_key(prompt.purpose()));
    let buf = frame.buffer_mut();
    buf.set_style(rect(area), styles.style(Role::Bar));
    let style = styles.style(Role::Bar);
    let mut x = area.x + 1;
    x += styles.put(
        buf,
        (x, area.y),
        area.width / 2,
        label,
        style.patch(styles.style(Role::Key)),
    ) + 1;
    // The part of the text that can't be parsed is marked.
    let wrong = prompt.fault().map_or(0..0, Fault::at);
    let bad = style.patch(styles.style(Role::Error));
    let line = Area {
        x,
        width: (area.x + area.width).saturating_sub(x + 1),
        ..area
    };
    let x = field::draw(
        styles,
        prompt.field(),
        line,
        |at| if wrong.contains(&at) { bad } else { style },
        frame,
    );
    let bad = if prompt.fault().is_some() { bad } else { style };
    let hint = match (prompt.fault(), model.reader().find()) {
        (Some(fault), _) => fault.sentence(words),
        (None, Some(find)) if prompt.purpose() == Purpose::FindWords => {
            let at = if find.hits().is_empty() {
                0
            } else {
                find.at() + 1
            };
            words.fill(
                "notice.matches",
                &[
                    ("at", &at.to_string()),
                    ("n", &find.hits().len().to_string()),
                ],
            )
        }
        _ if prompt.purpose() == Purpose::FeedSettings => {
            let config = &model.start().config;
            let (every, days) = (
                config.network.refresh_every.to_string(),
                config.library.keep_days.to_string(),
            );
            words.fill(
                "prompt.feed-settings-default",
                &[("every", &every), ("days", &days)],
            )
        }
        _ => styles.hints(
            &keys_hint(model, prompt),
            (area.x + area.width).saturating_sub(x + 3),
        ),
    };
    let taken = u16::try_from(styles.policy.width(&hint)).unwrap_or(0);
    if x + 2 + taken < area.x + area.width {
        styles.put(
            frame.buffer_mut(),
            (area.x + area.width - taken - 1, area.y),
            taken,
            &hint,
            bad,
        );
    }
}

/// What the keys do with what is typed: a label is completed, and an article is scrapped to be
/// annotated.
fn keys_hint(model: &Model, prompt: &Prompt) -> String {
    let words = &model.start().words;
    let annotates = matches!(
        prompt.purpose(),
        Purpose::Note | Purpose::HighlightNote | Purpose::Labels
    );
    let accept = match annotates && model.annotations().scrap().is_none() {
        true => words.get("prompt.hint-scrap"),
        false => words.get("prompt.hint"),
    };
    let known = model.annotations().labels();
    let label = completion(known, prompt.field().text());
    match label.filter(|_| prompt.purpose() == Purpose::Labels) {
        Some((label, _)) => {
            let complete = words.fill("prompt.complete", &[("label", &label)]);
            format!("{complete} · {accept}")
        }
        None => accept.to_owned(),
    }
}

/// The locale key of a collection's name.
fn collection_key(collection: Collection) -> &'static str {
    match collection {
        Collection::Sources => "shelf.sources",
        Collection::Sample => "shelf.sample",
        Collection::Library => "shelf.library",
        Collection::Front => "shelf.front",
        Collection::Issues => "shelf.issues",
        Collection::Story(_) => "shelf.story",
        Collection::Scraps => "shelf.scraps",
    }
}

/// What the list is, and how much is in it.
pub(super) fn heading(model: &Model) -> String {
    let (words, list) = (&model.start().words, model.list());
    let own = model
        .sources()
        .rows()
        .iter()
        .find(|r| r.leads_to(list.listing()))
        .map(|r| r.title.as_str());
    let total = list.total().to_string();
    let queue = list.listing().filter.later;
    let own = own
        .or(list.listing().filter.publisher.as_deref())
        .or(queue.then(|| words.get("source.later")));
    let collection = own
        .filter(|_| list.listing().filter != Filter::default())
        .unwrap_or(words.get(collection_key(list.collection())));
    if !list.query().is_empty() {
        return words.fill(
            "shelf.found",
            &[
                ("shelf", collection),
                ("query", list.query()),
                ("total", &total),
            ],
        );
    }
    if list.collection() == Collection::Front {
        let now = model.env().now();
        let values = [
            ("month", now.month().to_string()),
            ("day", now.day().to_string()),
            ("unread", list.unread().to_string()),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let date = words.fill("when.date", &values);
        return words.fill(
            "front.title",
            &[("shelf", collection), ("date", &date), values[2]],
        );
    }
    if matches!(list.collection(), Collection::Scraps | Collection::Issues) {
        return words.fill("shelf.count", &[("shelf", collection), ("total", &total)]);
    }
    let unread = list.unread().to_string();
    words.fill(
        "shelf.counts",
        &[
            ("shelf", collection),
            ("unread", &unread),
            ("total", &total),
        ],
    )
}

/// Draws the article's buttons, each with its key.
fn draw_buttons(model: &Model, styles: &StyleResolver<'_>, places: &Geometry, buf: &mut Buffer) {
    let bar = styles.style(bar_role(model, places, Pane::Reader));
    // The colours of keys are chosen for the plain bar; on the accent they keep its own.
    let key = match bar_role(model, places, Pane::Reader) {
        Role::BarFocus => styles.style(Role::Key).patch(bar),
        _ => bar.patch(styles.style(Role::Key)),
    };
    for button in buttons(model) {
        let Area { x, y, width, .. } = button.area;
        let taken = styles.put(buf, (x, y), width, &button.key, key) + 1;
        styles.put(buf, (x + taken, y), width - taken, &button.label, bar);
    }
}

fn status(model: &Model, styles: &StyleResolver<'_>, area: Area, buf: &mut Buffer) {
    let dim = styles.style(Role::Dim);
    let width = area.width.saturating_sub(1);
    let right = right(model);
    let taken = u16::try_from(styles.policy.width(&right)).unwrap_or(0);
    let beside = taken + 12 < width && taken > 0;
    if beside {
        styles.put(
            buf,
            (area.x + area.width - taken - 1, area.y),
            taken,
            &right,
            dim,
        );
    }
    let room = if beside { width - taken - 2 } else { width };
    styles.put(
        buf,
        (area.x + 1, area.y),
        room,
        &styles.hints(&hint(model), room),
        dim,
    );
}

/// The hint at the left: what the keys do here, or what is in progress.
fn hint(model: &Model) -> String {
    let words = &model.start().words;
    let mut left = match model.popup() {
        Some(Popup::Palette(_)) => words.get("status.palette").to_owned(),
        Some(Popup::Help(help)) if help.filter().is_typing() => words.get("status.help").to_owned(),
        Some(_) => words.get("status.popup").to_owned(),
        None => hints::line(model),
    };
    if model.popup().is_none()
        && model.is_briefing()
        && let Some((at, n)) = model.briefing().progress()
    {
        left = words.fill(
            "status.briefing",
            &[("at", &at.to_string()), ("n", &n.to_string())],
        );
    }
    if let Some(marking) = model
        .annotations()
        .selection()
        .filter(|_| model.is_selecting_text())
    {
        let about = model.annotations().selected_highlight();
        let colour = words.get(colour_key(about.map_or(marking.colour(), |h| h.colour)));
        let key = if marking.is_stretching() {
            "status.stretching"
        } else {
            "status.marking"
        };
        left = match about.and_then(|h| h.note.as_ref()) {
            Some(note) => words.fill(
                "status.marked",
                &[("colour", colour), ("note", &one_line(note))],
            ),
            None => words.fill(key, &[("colour", colour)]),
        };
    }
    if model.listening().is_active() && model.popup().is_none() {
        let (at, n) = model.listening().progress();
        let key = if model.listening().is_paused() {
            "status.listening-paused"
        } else {
            "status.listening"
        };
        left = words.fill(key, &[("at", &at.to_string()), ("n", &n.to_string())]);
    }
    // One that came by itself is not worth a word before there is something to fetch.
    let is_told = !model.refresher().is_automatic() || model.refresher().progress().is_some();
    if model.jobs().is_busy(JobKind::Refresh) && is_told {
        let (done, total) = model
            .refresher()
            .progress()
            .map_or((0, None), |p| (p.done, p.total));
        let total = total.map_or_else(|| "…".to_owned(), |t| t.to_string());
        left = words.fill(
            "status.refreshing",
            &[("done", &done.to_string()), ("total", &total)],
        );
    }
    if let Some(sent) = model.refresher().sync().progress()
        && model.jobs().is_busy(JobKind::Sync)
        && !model.jobs().is_busy(JobKind::Refresh)
    {
        let total = sent.total.unwrap_or_default().to_string();
        let values = [("done", &*sent.done.to_string()), ("total", &*total)];
        left = words.fill("status.syncing", &values);
    }
    if model.hints().is_some() {
        words.get("status.links").clone_into(&mut left);
    }
    if model.jobs().is_busy(JobKind::ModelSummary) {
        let characters = model.reader().short_news().characters().to_string();
        let values = [
            ("model", model.start().config.summary.model.model.as_str()),
            ("n", &characters),
        ];
        left = words.fill("status.modelling", &values);
    }
    left
}

/// The hint at the right: keys of an unfinished sequence; else which match of a search is looked
/// at, the order of the list where it is not the usual one, and a missing network.
fn right(model: &Model) -> String {
    let mut typed: String = model
        .keys()
        .count()
        .map(|n| n.to_string())
        .unwrap_or_default();
    typed.extend(model.keys().pending().iter().map(ToString::to_string));
    if !typed.is_empty() {
        return typed;
    }
    let words = &model.start().words;
    let mut parts = Vec::new();
    let find = model.reader().find().filter(|find| {
        model.focus() == Pane::Reader && model.reader().shows_body() && !find.hits().is_empty()
    });
    if let Some(find) = find {
        let (at, n) = (find.at() + 1, find.hits().len());
        let values = [("at", &*at.to_string()), ("n", &*n.to_string())];
        parts.push(words.fill("notice.matches", &values));
    }
    let order = model.list().order(model.start().prefs.order);
    let is_ordered = model.focus() == Pane::List
        && model.popup().is_none()
        && model.list().collection() == Collection::Library;
    if is_ordered && !model.list().query().is_empty() {
        parts.extend(by_day(model));
    }
    if is_ordered && order != SortOrder::default() {
        parts.push(words.get(order_key(order)).to_owned());
    }
    if model.start().config.network.offline {
        parts.push(words.get("status.offline").to_owned());
    }
    parts.join(" · ")
}

/// Days that a sparkline covers.
const DAYS: i64 = 14;

/// The narrowest screen on which the sparkline leaves the hints their room, in columns.
const SPARKLINE_SCREEN: u16 = 80;

/// What the list found, by the days of the last two weeks; `None` where it found something on at
/// most one of them, which the times in the list say better.
fn by_day(model: &Model) -> Option<String> {
    let start = model.start();
    if start.screen.width < SPARKLINE_SCREEN {
        return None;
    }
    let today = start.now.to_zoned_datetime(start.zone.clone()).date();
    let mut counts = vec![0_usize; DAYS as usize];
    for row in model.list().rows() {
        let Some(when) = row.when else { continue };
        let day = when.at.to_zoned_datetime(start.zone.clone()).date();
        let ago = i64::from((today - day).get_days());
        if let Some(count) = usize::try_from(DAYS - 1 - ago)
            .ok()
            .and_then(|at| counts.get_mut(at))
        {
            *count += 1;
        }
    }
    let days = counts.iter().filter(|n| **n > 0).count();
    let bars = (days > 1).then(|| sparkline(&counts))?;
    let values = [("n", &*DAYS.to_string()), ("bars", &*bars)];
    Some(start.words.fill("status.by-day", &values))
}
