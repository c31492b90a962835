//! The reader pane: the lines of the text engine, in the styles of their roles.
//!
//! ```text
//!   견본일보 · 사회 · 2026-11-20 09:12
//!   제목
//!   부제
//!   본문은 어절에서 줄을 바꾸고…                                          ┃
//! ```

use std::ops::Range;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::badges::{self, BadgedText, Badges};
use super::style_resolver::StyleResolver;
use super::{letters, links, pictures, rect, strips};
use crate::app::geometry::{Area, Geometry};
use crate::app::input::action::Action;
use crate::app::input::buttons::hint;
use crate::app::jobs::JobKind;
use crate::app::panes::reader::Reader;
use crate::app::panes::reader::places::{bytes_between, place_of};
use crate::app::panes::reader::sheet::{PartRange, Sheet};
use crate::app::panes::reader::short_news::ShortNewsState;
use crate::app::panes::showing::Showing;
use crate::app::{Model, Pane};
use crate::config::Role;
use crate::news::{Colour, SpanStyle};
use crate::text::column_count::columns;
use crate::text::lines::marker_columns;
use crate::text::{Layout, LineKind, Part, PartRole, PartSource, Scale, Spot, spread};

/// Draws the article or its summary, or a message that says why there is neither.
pub fn draw(model: &Model, styles: &StyleResolver<'_>, places: &Geometry, frame: &mut Frame<'_>) {
    if places.reader.is_none() {
        return;
    }
    let buf = frame.buffer_mut();
    match model.reader().sheet().filter(|_| word(model).is_none()) {
        Some(sheet) => {
            text(model, styles, sheet, places.text, buf);
            if let Some(area) = places.scroll {
                scroll_bar(model, styles, sheet, area, buf);
            }
        }
        None => {
            let words = word(model).unwrap_or_default();
            let area = Area {
                y: places.text.y + 1,
                height: places.text.height.saturating_sub(1),
                ..places.text
            };
            styles.paragraph(buf, rect(area), &words, styles.style(Role::Dim));
        }
    }
}

/// The message to show when there is no text.
pub(super) fn word(model: &Model) -> Option<String> {
    let (reader, words) = (model.reader(), &model.start().words);
    if let Some(failure) = reader.failure() {
        return Some(failure.sentence(words));
    }
    if reader.story_view().is_some() {
        return None;
    }
    if reader.article().is_none() {
        let list = model.list();
        let key = match model.jobs().is_busy(JobKind::Article) {
            true => "empty.loading",
            // There is none to choose, and the list says so.
            false if list.is_known() && list.rows().is_empty() => return None,
            false => "empty.reader",
        };
        return Some(words.get(key).to_owned());
    }
    match (reader.showing(), reader.short_news().state()) {
        (Showing::ShortNews, ShortNewsState::Failed(failure)) => Some(failure.sentence(words)),
        (Showing::ShortNews, ShortNewsState::None | ShortNewsState::Loading) => {
            Some(words.get("brief.loading").to_owned())
        }
        _ => None,
    }
}

fn text(model: &Model, styles: &StyleResolver<'_>, sheet: &Sheet, area: Area, buf: &mut Buffer) {
    for (row, spot) in sheet.layout().window(sheet.top(), area.height) {
        let Some(part) = sheet.document().parts.get(spot.part) else {
            continue;
        };
        if sheet.layout().line(spot).kind == LineKind::Picture {
            pictures::row(
                model,
                styles,
                (part, spot),
                Area {
                    y: area.y + row,
                    height: 1,
                    ..area
                },
                buf,
            );
            continue;
        }
        line(
            model,
            styles,
            sheet.layout(),
            (part, spot),
            Area {
                y: area.y + row,
                height: area.height - row,
                ..area
            },
            buf,
        );
    }
}

/// Draws one line at the top of `area`, with selections and matches marked.
fn line(
    model: &Model,
    styles: &StyleResolver<'_>,
    layout: &Layout,
    (part, spot): (&Part, Spot),
    area: Area,
    buf: &mut Buffer,
) {
    let chosen = chosen(model, part) && layout.line(spot).kind != LineKind::Blank;
    let lit = styles.style(Role::Lit);
    let lit_bytes = lit_bytes(model.reader(), spot.part);
    let (here, elsewhere) = hits(model.reader(), spot.part);
    let found = styles.style(Role::Mark).add_modifier(Modifier::UNDERLINED);
    let selected = styles.style(Role::Selected);
    if chosen {
        let height = layout.line(spot).letters().min(area.height);
        buf.set_style(rect(Area { height, ..area }), selected);
        // The selected sentence has a mark in the margin, if there is one, because not every screen
        // shows backgrounds.
        if layout.line(spot).range.start == 0
            && area.x > 0
            && model.geometry().reader.is_some_and(|r| r.x < area.x)
        {
            styles.put(buf, (area.x - 1, area.y), 1, ">", styles.style(Role::Mark));
        }
    }
    let taken = model
        .reader()
        .selection()
        .map_or(0..0, |s| s.bytes(spot.part, part.text.len()));
    let grip = styles.style(Role::Lit);
    let marks = marks(model, part);
    let choice = choice(model, part);
    original(model, styles, layout, (part, spot), area, buf);
    draw_line(
        styles,
        layout,
        (part, spot),
        rect(area),
        buf,
        &Badges::of(model, spot),
        |style, byte| {
            if taken.contains(&byte) || choice.contains(&byte) {
                return style.patch(grip);
            }
            let style = match marks.iter().find(|(bytes, _)| bytes.contains(&byte)) {
                // A link's colour is made for the ground of the text.
                Some((_, colour)) => Style {
                    fg: styles.style(Role::Text).fg,
                    ..style
                }
                .patch(styles.style(role_of(*colour))),
                None => style,
            };
            let style = if chosen { style.patch(selected) } else { style };
            let is_lit = lit_bytes
                .as_ref()
                .or(here.as_ref())
                .is_some_and(|r| r.contains(&byte));
            if is_lit {
                style.patch(lit)
            } else if elsewhere.iter().any(|h| h.bytes.contains(&byte)) {
                style.patch(found)
            } else {
                style
            }
        },
    );
}

/// 원본보기, with its key: at the end of a picture's caption, where there is room.
fn original(
    model: &Model,
    styles: &StyleResolver<'_>,
    layout: &Layout,
    (part, spot): (&Part, Spot),
    area: Area,
    buf: &mut Buffer,
) {
    let line = layout.line(spot);
    let is_last = line.kind == LineKind::Text && line.range.end >= part.text.trim_end().len();
    // The short news and the issues have captions too, under their lines, but no pictures.
    if part.role != PartRole::Caption || !is_last || !model.reader().shows_body() {
        return;
    }
    let above = spot.part.checked_sub(1);
    let shot = above.and_then(|part| model.reader().pictures().in_text().get(&part));
    let key = Action::named("view-picture").and_then(|action| hint(model, action));
    let (Some(_), Some(key)) = (shot.and_then(|shot| shot.drawn.as_ref()), key) else {
        return;
    };
    let label = model.start().words.fill("label.original", &[("key", &key)]);
    // As small as the caption, but never in letters of several rows.
    let scale = match line.scale.rows() {
        1 => line.scale,
        _ => Scale::Cells,
    };
    let width = u16::try_from(columns(&label, scale, styles.policy)).unwrap_or(u16::MAX);
    let taken = line.indent.saturating_add(line.width).saturating_add(2);
    let Some(free) = area.width.checked_sub(taken).filter(|free| *free >= width) else {
        return;
    };
    let at = (
        area.x + taken + free - width,
        area.y + line.letters().min(area.height).max(1) - 1,
    );
    let dim = styles.style(Role::Dim);
    strips::paint(styles, buf, rect(area), at, &label, scale, |_| dim);
}

/// Draws one line at the top of `area`. `mark` may change the style of the grapheme at a byte of
/// the part's text.
pub fn draw_line(
    styles: &StyleResolver<'_>,
    layout: &Layout,
    (part, spot): (&Part, Spot),
    area: Rect,
    buf: &mut Buffer,
    badges: &Badges<'_>,
    mark: impl Fn(Style, usize) -> Style,
) {
    let line = layout.line(spot);
    if matches!(line.kind, LineKind::Blank | LineKind::Picture) {
        return;
    }
    let base = style(styles, part.role);
    let base = if line.kind == LineKind::TableHead {
        base.add_modifier(Modifier::BOLD)
    } else {
        base
    };
    let area = Rect {
        height: line.letters().min(area.height),
        ..area
    };
    if let Some(marker) = part.marker.as_deref().filter(|_| line.marker) {
        let style = mark(base.patch(styles.style(Role::Mark)), usize::MAX);
        let columns = marker_columns(marker, line.scale, styles.policy);
        let columns = u16::try_from(columns).unwrap_or(u16::MAX);
        let x = area.x.saturating_add(line.indent.saturating_sub(columns));
        strips::paint(styles, buf, area, (x, area.y), marker, line.scale, |_| {
            style
        });
    }
    let text = layout.text(spot);
    let badge = badges::style(styles);
    // The composed lines of a table do not occur in the part's text, so they can't be marked.
    let start = if line.kind == LineKind::Text {
        line.range.start
    } else {
        usize::MAX / 2
    };
    let x = area.x.saturating_add(line.indent);
    // Where a link begins the line, its badge stands in the margin if there is room.
    let room = match line.marker {
        true => 1.min(line.indent),
        false => line.indent.saturating_add(badges.margin),
    };
    // Letters that were set for a line of another layout may not fit this one.
    let fitting = |(at, l): &(usize, _)| Some((at.checked_sub(start)?, *l));
    let mut within: Vec<_> = badges.all.iter().filter_map(fitting).collect();
    let outside = within
        .first()
        .copied()
        .filter(|(at, letters)| *at == 0 && letters.len() <= usize::from(room));
    if let Some((_, letters)) = outside {
        within.remove(0);
        badges::in_margin(styles, buf, area, (x, room), letters, line.scale);
    }
    let badged = BadgedText::of(text, &within, &styles.policy);
    let text = &*badged.text;
    let link = base.patch(styles.style(Role::Link));
    let style_at = |byte: usize| {
        let Some(byte) = badged.source(byte) else {
            return badge;
        };
        let at = start + byte;
        let style = if part.links.iter().any(|l| l.range.contains(&at)) {
            link
        } else {
            base
        };
        let spans = part.spans.iter().filter(|(range, _)| range.contains(&at));
        let style = spans.fold(style, |style, (_, span)| set_in(style, *span));
        mark(style, at)
    };
    if line.slack > 0 && line.scale == Scale::Cells {
        justified(styles, text, (x, line.slack), area, buf, style_at);
    } else {
        strips::paint(styles, buf, area, (x, area.y), text, line.scale, style_at);
    }
    if badges.all.is_empty() {
        links::mark(styles, layout, (part, spot), (x, area), buf);
    }
}

/// `base` with what a style of words adds. Words in code keep their look: a terminal has one width
/// of type, and no colour means code in all themes.
fn set_in(base: Style, span: SpanStyle) -> Style {
    match span {
        SpanStyle::Bold => base.add_modifier(Modifier::BOLD),
        SpanStyle::Italic => base.add_modifier(Modifier::ITALIC),
        SpanStyle::Struck => base.add_modifier(Modifier::CROSSED_OUT),
        SpanStyle::Code | SpanStyle::Sup | SpanStyle::Sub => base,
    }
}

/// Draws a line whose blanks are widened so that it ends at the edge of the column; only at the
/// normal size.
fn justified(
    styles: &StyleResolver<'_>,
    text: &str,
    (mut x, slack): (u16, u16),
    area: Rect,
    buf: &mut Buffer,
    style_at: impl Fn(usize) -> Style,
) {
    let mut from = 0;
    let ends = spread(text, slack).into_iter().chain([(text.len(), 0)]);
    for (blank, more) in ends {
        let word = text.get(from..blank).unwrap_or_default();
        let start = from;
        letters::paint(
            buf,
            area,
            x,
            area.y,
            word,
            Scale::Cells,
            &styles.policy,
            |byte| style_at(start + byte),
        );
        x = x
            .saturating_add(u16::try_from(styles.policy.width(word)).unwrap_or(0))
            .saturating_add(more);
        from = blank;
    }
}

/// Whether this part is the selected line of the summary.
pub(super) fn chosen(model: &Model, part: &Part) -> bool {
    let chosen = match (model.reader().story_view(), model.reader().showing()) {
        (Some(view), _) => view.chosen(),
        (None, Showing::ShortNews) => model.reader().short_news().chosen(),
        (None, Showing::Body) => return false,
    };
    model.focus() == Pane::Reader && part.source == PartSource::Sentence(chosen)
}

/// The highlights in this part.
fn marks(model: &Model, part: &Part) -> Vec<(Range<usize>, Colour)> {
    let (annotations, reader) = (model.annotations(), model.reader());
    let Some(article) = reader.article().filter(|_| reader.shows_body()) else {
        return Vec::new();
    };
    if annotations.placed().next().is_none() {
        return Vec::new();
    }
    let Some(place) = place_of(article, part) else {
        return Vec::new();
    };
    annotations
        .placed()
        .map(|h| {
            (
                bytes_between((h.from, h.until), place, part.text.len()),
                h.colour,
            )
        })
        .collect()
}

/// The bytes of this part that are selected.
fn choice(model: &Model, part: &Part) -> Range<usize> {
    let marking = model
        .annotations()
        .selection()
        .filter(|_| model.is_selecting_text());
    let place = marking
        .and(model.reader().article())
        .and_then(|article| place_of(article, part));
    let (Some(marking), Some(place)) = (marking, place) else {
        return 0..0;
    };
    bytes_between(marking.chosen(), place, part.text.len())
}

fn role_of(colour: Colour) -> Role {
    match colour {
        Colour::Yellow => Role::HighlightYellow,
        Colour::Green => Role::HighlightGreen,
        Colour::Blue => Role::HighlightBlue,
        Colour::Pink => Role::HighlightPink,
    }
}

/// The bytes of this part that are marked as the current sentence.
fn lit_bytes(reader: &Reader, part: usize) -> Option<Range<usize>> {
    let lit = reader
        .spotlight()
        .filter(|l| l.part == part && reader.shows_body())?;
    Some(lit.bytes.clone())
}

/// The search matches in this part, the current one and all of them; in a story view and in short
/// news, the words that are marked there.
fn hits(reader: &Reader, part: usize) -> (Option<Range<usize>>, &[PartRange]) {
    if let Some(view) = reader.story_view() {
        return (None, of_part(view.marked(), part));
    }
    if reader.showing() == Showing::ShortNews {
        return (None, of_part(reader.short_news().doubted(), part));
    }
    let Some(find) = reader.find().filter(|_| reader.shows_body()) else {
        return (None, &[]);
    };
    let here = find
        .hits()
        .get(find.at())
        .filter(|h| h.part == part)
        .map(|h| h.bytes.clone());
    (here, of_part(find.hits(), part))
}

/// Those of `ranges`, which are in the order of the text, that are in this part.
fn of_part(ranges: &[PartRange], part: usize) -> &[PartRange] {
    let from = ranges.partition_point(|r| r.part < part);
    let to = ranges.partition_point(|r| r.part <= part);
    &ranges[from..to]
}

fn style(styles: &StyleResolver<'_>, role: PartRole) -> Style {
    styles.style(match role {
        PartRole::Title => Role::Title,
        PartRole::Subhead => Role::Subhead,
        PartRole::Heading(_) => Role::Heading,
        PartRole::Byline => Role::Byline,
        PartRole::Caption | PartRole::Image | PartRole::Embed => Role::Caption,
        PartRole::Quote => Role::Quote,
        PartRole::Kicker
        | PartRole::Copyright
        | PartRole::Notice
        | PartRole::Source
        | PartRole::Foot => Role::Dim,
        PartRole::Paragraph
        | PartRole::Item
        | PartRole::Table
        | PartRole::Code
        | PartRole::Sentence => Role::Text,
    })
}

/// Draws the thumb of the scroll bar. It is computed from bytes of text, which are known exactly
/// before all lines are laid out.
fn scroll_bar(
    model: &Model,
    styles: &StyleResolver<'_>,
    sheet: &Sheet,
    area: Area,
    buf: &mut Buffer,
) {
    let rows = model.geometry().text.height;
    let seen = sheet.layout().progress(sheet.top(), rows);
    let above = sheet.layout().bytes_above(sheet.top());
    if seen.total == 0 || (above == 0 && seen.seen >= seen.total) {
        return;
    }
    let height = usize::from(area.height);
    let first = (above * height / seen.total).min(height.saturating_sub(1));
    let end = (seen.seen * height)
        .div_ceil(seen.total)
        .clamp(first + 1, height);
    let style = styles.style(if model.focus() == Pane::Reader {
        Role::BorderFocus
    } else {
        Role::Border
    });
    // A line that comes from the font has gaps between rows, and one that the terminal draws leaves
    // its last pixel behind in the row below (xterm); a ground does neither.
    let (thumb, style) = if model.start().caps.seams {
        (" ", style.add_modifier(Modifier::REVERSED))
    } else {
        (styles.thumb(), style)
    };
    for row in first..end {
        styles.put(
            buf,
            (area.x, area.y + u16::try_from(row).unwrap_or(0)),
            1,
            thumb,
            style,
        );
    }
}
