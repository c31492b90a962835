//! Model → cells. Reads the model, writes a frame, changes nothing.
//!
//! ```text
//! 기사 견본 12/14              │ 숏뉴스 v   스크랩 s   글자크기 + −   원문 o       bars.rs
//! ● 첫 기사의 제목…            │   견본일보 · 사회
//!   견본일보 · 3분 전          │   제목
//! ● 둘째 기사의 제목…          │   본문…                                       ▐  list.rs │ reader.rs
//! Enter 읽기 · v 숏뉴스 · s 스크랩 · ? 도움말                                      bars.rs
//! ```
//! `front` draws the front page in the list's place, `row_text` a row's headline and what stands
//! beside it. Beside the list, `sources` draws what can be chosen; `links` makes links of
//! addresses, `badges` sets the letters for choosing one. Popups lie over that: [`popups`] draws
//! the small ones and calls `palette`, `help`, `publishers` and `most_read` for theirs, with
//! `popup_frame` around them and `field` for what is typed. The pixels of pictures (`pictures`)
//! come last, where nothing lies over them.
//! `strips` draws lines as pictures of letters where the terminal shows pictures, in the same way.
//! `linear` is another screen altogether, for screen readers and braille displays.
//! [`style_resolver`] turns roles into styles, [`letters`] puts letters of any size into cells,
//! [`relative_time`] says times in people's words.

pub mod badges;
pub mod bars;
pub mod field;
mod front;
pub mod help;
pub mod letters;
mod linear;
pub mod links;
pub mod list;
pub mod most_read;
pub mod palette;
pub mod pictures;
mod popup_frame;
pub mod popups;
mod publishers;
pub mod reader;
pub mod relative_time;
mod row_text;
pub mod sources;
mod strips;
pub mod style_resolver;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::geometry::Area;
use crate::app::{Collection, Model, Pane};
use crate::config::Role;
use style_resolver::StyleResolver;

/// Draws a frame.
pub fn view(model: &Model, frame: &mut Frame<'_>) {
    let styles = StyleResolver::of(model);
    if let Some(lettering) = styles.lettering {
        lettering.press.begin_frame();
    }
    let area = frame.area();
    frame.buffer_mut().set_style(area, styles.style(Role::Text));
    let places = model.geometry();
    if places.cramped {
        let words = model.start().words.get("app.cramped");
        styles.paragraph(frame.buffer_mut(), area, words, styles.style(Role::Text));
        return;
    }
    if styles.is_linear() {
        return linear::draw(model, &styles, &places, frame);
    }
    bars::draw(model, &styles, &places, frame);
    sources::draw(model, &styles, &places, frame);
    list::draw(model, &styles, &places, frame);
    reader::draw(model, &styles, &places, frame);
    links::hints(model, &styles, &places, frame.buffer_mut());
    popups::draw(model, &styles, frame);
    bars::notice(model, &styles, &places, frame.buffer_mut());
    pictures::lay_over(model, &styles, &places, frame.buffer_mut());
    strips::lay_over(&styles, frame.buffer_mut());
}

/// The position of the selected item, where the terminal cursor is placed while no text is being
/// typed.
pub fn place(model: &Model) -> Option<(u16, u16)> {
    let g = model.geometry();
    // The linear screen places the cursor as it is drawn.
    if g.cramped || model.start().is_linear() || model.prompt().is_some() || model.popup().is_some()
    {
        return None;
    }
    let row = |area: Area, index: usize, lines: u16| {
        let y = area
            .y
            .saturating_add(u16::try_from(index).unwrap_or(0).saturating_mul(lines));
        Some((area.x, y.min(area.y + area.height.saturating_sub(1))))
    };
    match model.focus() {
        Pane::Sources => row(
            g.sources?,
            model
                .sources()
                .selected()
                .saturating_sub(model.sources().top()),
            1,
        ),
        Pane::List if model.list().collection() == Collection::Front => {
            let (area, layout) = (g.list?, model.front(&g)?);
            let lines = usize::from(area.height);
            let top = model.list().front_top(&layout, lines, g.reader.is_none());
            let item = layout.items.get(model.list().selected())?;
            let y = u16::try_from(item.y.saturating_sub(top)).unwrap_or(0);
            Some((area.x + 1 + item.x, area.y + y.min(area.height - 1)))
        }
        Pane::List => row(
            g.list?,
            model.list().selected().saturating_sub(model.list_top(&g)),
            model.start().row_height(),
        ),
        Pane::Reader => Some((g.text.x, g.text.y)),
    }
}

/// Converts our rectangle to ratatui's.
pub(crate) fn rect(area: Area) -> Rect {
    Rect {
        x: area.x,
        y: area.y,
        width: area.width,
        height: area.height,
    }
}
