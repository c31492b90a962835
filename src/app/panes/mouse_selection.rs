//! Text chosen with the mouse, at any size: from letter to letter of the article, not from cell to
//! cell of the screen.

use std::ops::Range;

use super::links;
use super::sheet::Sheet;
use crate::app::Model;
use crate::app::clipboard::copy;
use crate::app::geometry::Area;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::message::{Mouse, MouseKind};
use crate::app::update::perform::perform;
use crate::glyph;
use crate::news::Clean;
use crate::text::{LineKind, WidthPolicy, spread};

/// A letter: its part and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Letter {
    part: usize,
    bytes: Range<usize>,
}

/// What is chosen: from the letter where the button went down to the one where the pointer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    from: Letter,
    to: Letter,
}

impl Selection {
    /// The bytes of `part` that are chosen; `len` is the length of its text.
    pub fn bytes(&self, part: usize, len: usize) -> Range<usize> {
        let key = |l: &Letter| (l.part, l.bytes.start);
        let (first, last) = if key(&self.from) <= key(&self.to) {
            (&self.from, &self.to)
        } else {
            (&self.to, &self.from)
        };
        if part < first.part || part > last.part {
            return 0..0;
        }
        let start = if part == first.part {
            first.bytes.start
        } else {
            0
        };
        let end = if part == last.part {
            last.bytes.end
        } else {
            len
        };
        start..end.max(start)
    }

    /// The text that is chosen, as the author wrote it: lines of the screen are no lines of the
    /// text.
    fn text(&self, sheet: &Sheet) -> Clean {
        let parts = sheet.layout.document().parts.iter().enumerate();
        let pieces = parts.filter_map(|(i, part)| {
            part.text
                .get(self.bytes(i, part.text.len()))
                .filter(|t| !t.is_empty())
        });
        Clean::lines(&pieces.collect::<Vec<_>>().join("\n"))
    }
}

/// The left button over the article: down begins, drag goes on, up copies; up where it went down
/// opens the link that is there. Gives nothing where it means nothing.
pub fn point(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let area = model.geometry().text;
    let policy = model.start.policy;
    let at = model
        .reader
        .sheet()
        .and_then(|sheet| letter_at(sheet, area, policy, (mouse.x, mouse.y)));
    match (mouse.kind, at) {
        (MouseKind::Press, at) => {
            model.reader.selection = None;
            model.reader.pressed = at.map(|(letter, _)| Selection {
                from: letter.clone(),
                to: letter,
            });
            Vec::new()
        }
        (MouseKind::Drag, Some((letter, _))) => {
            if let Some(pressed) = &model.reader.pressed {
                model.reader.selection = Some(Selection {
                    to: letter,
                    ..pressed.clone()
                });
            }
            Vec::new()
        }
        (MouseKind::Release, at) => {
            let pressed = model.reader.pressed.take();
            let (Some(selection), Some(sheet)) = (&model.reader.selection, model.reader.sheet())
            else {
                return match at
                    .filter(|(letter, on_it)| *on_it && pressed.is_some_and(|p| p.from == *letter))
                {
                    Some((letter, _)) => {
                        let sheet = model.reader.sheet();
                        let part = sheet.and_then(|s| s.layout.part(letter.part));
                        let click = part.map(|part| links::click(part, letter.bytes.start));
                        perform(model, click.unwrap_or_default())
                    }
                    None => Vec::new(),
                };
            };
            let text = selection.text(sheet);
            let n = text
                .chars()
                .filter(|c| !c.is_whitespace())
                .count()
                .to_string();
            model.reader.quoted = Some(text.clone());
            let said = model.start.words.fill("notice.copied-text", &[("n", &n)]);
            let reply = copy(text, said, &model.env());
            perform(model, reply)
        }
        _ => Vec::new(),
    }
}

/// The letter under the pointer, and whether it is right under it: beside a line's end its last one
/// is meant.
fn letter_at(
    sheet: &Sheet,
    area: Area,
    policy: WidthPolicy,
    (x, y): (u16, u16),
) -> Option<(Letter, bool)> {
    let row = y.checked_sub(area.y).filter(|row| *row < area.height)?;
    let window = sheet.layout.window(sheet.top, area.height);
    let (_, spot) = window.into_iter().rev().find(|(first, _)| *first <= row)?;
    let line = sheet.layout.line(spot);
    if line.kind != LineKind::Text {
        return None;
    }
    let from = area.x.saturating_add(line.indent);
    let column = usize::from(x.saturating_sub(from));
    // Each letter on its own, also where the terminal scales a run of them as a whole.
    let text = sheet.layout.text(spot);
    let pieces = glyph::line(line.scale, text, &policy, |_| true);
    let wider = if line.slack > 0 {
        spread(text, line.slack)
    } else {
        Vec::new()
    };
    let end = |p: &glyph::LinePiece| {
        let more: u16 = wider
            .iter()
            .filter(|(at, _)| *at < p.bytes.end)
            .map(|(_, more)| *more)
            .sum();
        p.column + p.columns + usize::from(more)
    };
    let under = pieces.iter().find(|p| end(p) > column);
    let piece = under.or(pieces.last())?;
    let bytes = line.range.start + piece.bytes.start..line.range.start + piece.bytes.end;
    Some((
        Letter {
            part: spot.part,
            bytes,
        },
        under.is_some() && x >= from,
    ))
}
