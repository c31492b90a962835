//! Teasers of other articles under the body: a title, a sentence; a title, a sentence; and none of
//! it the body's matter.

use std::ops::Range;

use super::marks::{is_bracketed, is_spoken, item};
use super::page_lines::{PastedLineKind, PastedPage};
use crate::extract::body::lines::columns;
use crate::extract::body::vocabulary::Vocabulary;

/// Fewer teasers in a row than these may be sections of the article.
const TEASERS: usize = 3;
/// Teasers know fewer of the body's words than its own headings do.
const STRANGE: f64 = 0.3;

/// `range` without the teasers at its end.
pub(crate) fn without_teasers(page: &PastedPage, range: Range<usize>) -> Range<usize> {
    let from = alternating_from(page, &range);
    let Some(first) = (from..range.end).find(|&i| {
        matches!(
            page.kinds[i],
            PastedLineKind::Words | PastedLineKind::Box(_)
        )
    }) else {
        return range;
    };
    let teasers = (first..range.end)
        .filter(|&i| page.kinds[i] == PastedLineKind::Prose)
        .count();
    let (body, whole) = (page.prose(range.start..first), page.prose(range.clone()));
    if teasers < TEASERS || body * 5 < whole * 2 {
        return range;
    }
    let words = Vocabulary::of((range.start..first).map(|i| &*page.lines[i].text));
    let titles: Vec<f64> = (first..range.end)
        .filter(|&i| page.kinds[i] == PastedLineKind::Words && columns(&page.lines[i].text) >= 16)
        .map(|i| words.knows(&page.lines[i].text))
        .collect();
    let known = titles.iter().sum::<f64>() / titles.len().max(1) as f64;
    if titles.len() >= TEASERS && known < STRANGE {
        range.start..first
    } else {
        range
    }
}

/// Where the last stretch begins in which no sentence follows another.
fn alternating_from(page: &PastedPage, range: &Range<usize>) -> usize {
    let mut after_prose = false;
    let mut from = range.end;
    for i in range.clone().rev() {
        match page.kinds[i] {
            PastedLineKind::Prose if after_prose => return from,
            PastedLineKind::Prose => after_prose = true,
            // Speakers, marked headings and lists are the article's own.
            PastedLineKind::Words
                if is_bracketed(&page.lines[i].text) || is_spoken(&page.lines[i].text) =>
            {
                return from;
            }
            PastedLineKind::Words
                if item(&page.lines[i].text).is_some() || page.lines[i].text.ends_with('?') =>
            {
                return from;
            }
            PastedLineKind::Words | PastedLineKind::Box(_) | PastedLineKind::Byline => {
                after_prose = false;
            }
            _ => {}
        }
        from = i;
    }
    from
}
