//! Cuts off teasers of other articles below the body: titles and sentences in turn that share few
//! words with the body.

use std::ops::Range;

use super::marks::{is_bracketed, is_spoken, item};
use super::page_lines::{PastedLineKind, PastedPage};
use crate::extract::body::lines::columns;
use crate::extract::body::vocabulary::Vocabulary;

/// Fewer teasers in a row than this may be sections of the article.
const MIN_TEASERS: usize = 3;
/// The least share of words that the headings of the article have in common with its text; the
/// titles of teasers have fewer.
const MIN_SHARED_WORDS: f64 = 0.3;

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
    if teasers < MIN_TEASERS || body * 5 < whole * 2 {
        return range;
    }
    let words = Vocabulary::of((range.start..first).map(|i| &*page.lines[i].text));
    let titles: Vec<f64> = (first..range.end)
        .filter(|&i| page.kinds[i] == PastedLineKind::Words && columns(&page.lines[i].text) >= 16)
        .map(|i| words.knows(&page.lines[i].text))
        .collect();
    let known = titles.iter().sum::<f64>() / titles.len().max(1) as f64;
    if titles.len() >= MIN_TEASERS && known < MIN_SHARED_WORDS {
        range.start..first
    } else {
        range
    }
}

/// The start of the last run of lines in which no sentence directly follows another.
fn alternating_from(page: &PastedPage, range: &Range<usize>) -> usize {
    let mut after_prose = false;
    let mut from = range.end;
    for i in range.clone().rev() {
        match page.kinds[i] {
            PastedLineKind::Prose if after_prose => return from,
            PastedLineKind::Prose => after_prose = true,
            // Speakers, marked headings and lists belong to the article.
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
