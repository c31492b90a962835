//! The letters for choosing a link, set in its line at the size of the line: in the blank before
//! the link, or in the margin, so that the link's own words stay whole.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::style_resolver::StyleResolver;
use super::{letters, strips};
use crate::app::Model;
use crate::app::panes::links::Hint;
use crate::config::Role;
use crate::text::{Scale, Spot, WidthPolicy};

/// The badges of one line.
#[derive(Debug, Default)]
pub struct Badges<'a> {
    /// Where each link begins in the part's text, and its letters, in the text's order.
    pub all: Vec<(usize, &'a str)>,
    /// Free columns left of the text.
    pub margin: u16,
}

impl<'a> Badges<'a> {
    /// Those of a line of the article; none while no link is being chosen.
    pub(super) fn of(model: &'a Model, spot: Spot) -> Self {
        let Some(hints) = model.hints() else {
            return Self::default();
        };
        let left = |hint: &&'a Hint| hint.spot == spot && hint.letters.starts_with(&hints.typed);
        let here = hints.all.iter().filter(left);
        let mut all: Vec<_> = here
            .map(|hint| (hint.byte, &hint.letters[hints.typed.len()..]))
            .collect();
        all.sort_unstable();
        let places = model.geometry();
        let pane = places.reader.map_or(places.text.x, |reader| reader.x);
        Self {
            all,
            margin: places.text.x.saturating_sub(pane),
        }
    }
}

/// The colours of badges, over the screen's own ground: reversed, it becomes that of the letters.
pub(super) fn style(styles: &StyleResolver<'_>) -> Style {
    styles
        .style(Role::Text)
        .patch(styles.style(Role::Mark))
        .add_modifier(Modifier::REVERSED | Modifier::BOLD)
}

/// Draws the badge of a link that begins its line at `x`, in the `room` columns before it: as large
/// as the line if that fits.
pub(super) fn in_margin(
    styles: &StyleResolver<'_>,
    buf: &mut Buffer,
    area: Rect,
    (x, room): (u16, u16),
    letters: &str,
    scale: Scale,
) {
    let columns = |scale: Scale| u16::try_from(scale.columns(letters.len(), 0)).unwrap_or(u16::MAX);
    let scale = match (scale, u8::try_from(letters.len())) {
        _ if columns(scale) <= room => scale,
        // A strip of a single cell is not sent to every terminal.
        (Scale::Drawn { rows, .. }, Ok(den)) if room > 1 => Scale::Drawn {
            num: u8::try_from(room.min(3)).unwrap_or(den).max(den),
            den,
            rows,
        },
        _ => Scale::Cells,
    };
    let width = columns(scale);
    let row = area.height.saturating_sub(scale.rows()) / 2;
    let rows = scale.rows().min(area.height);
    let here = Rect::new(x.saturating_sub(width), area.y + row, width, rows);
    letters::clear(buf, here, &styles.policy);
    buf.set_style(here, styles.style(Role::Text));
    let badge = style(styles);
    strips::paint(styles, buf, here, (here.x, here.y), letters, scale, |_| {
        badge
    });
}

/// A line with badges among its letters.
pub(super) struct BadgedText<'a> {
    /// What is shown.
    pub text: Cow<'a, str>,
    /// The bytes of each badge in it, and the byte of the line after what it covers.
    badges: Vec<(Range<usize>, usize)>,
}

impl<'a> BadgedText<'a> {
    /// Sets badges before the links that begin at these bytes of a line. A badge covers what stands
    /// before its link, cell by cell, so that nothing moves; where there is too little, the link's
    /// first letters.
    pub(super) fn of(text: &'a str, badges: &[(usize, &str)], policy: &WidthPolicy) -> Self {
        let mut set = BadgedText {
            text: Cow::Borrowed(text),
            badges: Vec::new(),
        };
        if badges.is_empty() {
            return set;
        }
        let (mut shown, mut done) = (String::new(), 0);
        for (byte, letters) in badges {
            let Some(before) = text.get(done..*byte) else {
                continue;
            };
            let needed = letters.len();
            let (mut from, mut until, mut cells) = (*byte, *byte, 0);
            let clusters: Vec<_> = policy.graphemes(before).collect();
            for (cluster, width) in clusters.into_iter().rev() {
                if cells < needed {
                    (from, cells) = (from - cluster.len(), cells + width);
                }
            }
            for (cluster, width) in policy.graphemes(&text[*byte..]) {
                if cells < needed {
                    (until, cells) = (until + cluster.len(), cells + width);
                }
            }
            shown.push_str(&text[done..from]);
            let blank = " ".repeat(cells.saturating_sub(needed));
            let is_before = until == *byte;
            if is_before {
                shown.push_str(&blank);
            }
            let start = shown.len();
            shown.push_str(letters);
            if !is_before {
                shown.push_str(&blank);
            }
            set.badges.push((start..shown.len(), until));
            done = until;
        }
        shown.push_str(&text[done..]);
        set.text = Cow::Owned(shown);
        set
    }

    /// The byte of the line that is shown at a byte of the text; `None` for a badge.
    pub(super) fn source(&self, at: usize) -> Option<usize> {
        let last = self
            .badges
            .iter()
            .rev()
            .find(|(range, _)| range.start <= at);
        match last {
            Some((range, _)) if range.contains(&at) => None,
            Some((range, after)) => Some(after + (at - range.end)),
            None => Some(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, badges: &[(usize, &str)]) -> String {
        let policy = WidthPolicy::default();
        let set = BadgedText::of(text, badges, &policy);
        assert_eq!(policy.width(&set.text), policy.width(text), "nothing moves");
        for (at, c) in set.text.char_indices() {
            if let Some(source) = set.source(at).filter(|_| c != ' ') {
                assert!(text[source..].starts_with(c), "{:?} {at}", set.text);
            }
        }
        set.text.into_owned()
    }

    #[test]
    fn a_badge_takes_the_blank_before_its_link() {
        assert_eq!(set("a memorandum of", &[(2, "s")]), "asmemorandum of");
        assert_eq!(set("이 도서관의 책", &[(4, "a")]), "이a도서관의 책");
        assert_eq!(
            set("가 나다 · 라마", &[(4, "a"), (14, "s")]),
            "가a나다 ·s라마"
        );
    }

    #[test]
    fn without_a_blank_it_covers_what_stands_before_or_the_first_letter() {
        assert_eq!(set("보도(통계청)", &[(7, "a")]), "보도a통계청)");
        assert_eq!(set("전국도서관", &[(6, "a")]), "전 a도서관");
        assert_eq!(set("도서관 책", &[(0, "a")]), "a 서관 책");
        assert_eq!(set("a memorandum", &[(0, "df"), (2, "dg")]), "dfdgmorandum");
    }

    #[test]
    fn a_line_without_badges_stays() {
        assert_eq!(set("그대로", &[]), "그대로");
    }
}
