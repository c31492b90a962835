//! What a publisher rewrote between two versions of an article: headline, lines under it and
//! sentences, compared by what they say.
//!
//! Spacing, punctuation, the form of characters, the order of sentences and the lines that
//! [`furniture`](super::furniture) knows are no change. A sentence that is cut in two, or joined
//! with the next one, has not changed either.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use super::furniture::{is_furniture, is_sentence, rankings, without_marks};
use crate::news::order::Order as _;
use crate::news::{Article, Block, Clean, Rewrite, RewriteKind};
use crate::summary::split;

/// Sentences of one version beyond which the rest is not compared.
const MOST_SENTENCES: usize = 2_000;
/// A sentence takes the place of another if this share of their letter pairs is common.
const ALIKE: f64 = 0.4;
/// The same where both stand between the same neighbours.
const ALIKE_IN_PLACE: f64 = 0.15;
/// Most pairs of sentences that are weighed. Of texts with more, which have hardly a sentence in
/// common, only those at the same place are.
const MOST_PAIRS: usize = 100_000;
/// A line that no full stop ends is reported as added or dropped from this many letters on:
/// shorter ones are labels.
const TELLING_LINE: usize = 20;

/// What was rewritten from `old` to `new`, in reading order; nothing if a reader would call them
/// the same.
pub fn rewrites(old: &Article, new: &Article) -> Vec<Rewrite> {
    let mut found = Vec::new();
    let title = |article: &Article| wording(without_marks(&article.title));
    if title(old) != title(new) && !title(old).is_empty() && !title(new).is_empty() {
        found.push(Rewrite {
            kind: RewriteKind::Headline,
            old: old.title.clone(),
            new: new.title.clone(),
        });
    }
    let (mut before, mut after) = (units(old), units(new));
    let is_cut = old.is_cut() || new.is_cut();
    drop_cut_ends(&mut before, &mut after);
    let mut told = compare(&before, &after);
    if is_cut {
        // Where a text is cut moves with every word before that place.
        let lasts = |r: &Rewrite| matches!(r.kind, RewriteKind::Added | RewriteKind::Dropped);
        while told.pop_if(|last| lasts(last)).is_some() {}
    }
    found.extend(told);
    found
}

/// Drops the last lines of two texts that break off within a sentence, where one begins as the
/// other does: only the place of the cut differs.
fn drop_cut_ends(before: &mut Vec<ComparedLine>, after: &mut Vec<ComparedLine>) {
    let (Some(a), Some(b)) = (before.last(), after.last()) else {
        return;
    };
    let unfinished = !is_sentence(&a.text) || !is_sentence(&b.text);
    let one_begins_as_the_other =
        a.wording.starts_with(&*b.wording) || b.wording.starts_with(&*a.wording);
    if unfinished && a.wording != b.wording && one_begins_as_the_other {
        before.pop();
        after.pop();
    }
}

/// A sentence or line of an article.
#[derive(Clone, Debug)]
struct ComparedLine {
    text: Clean,
    /// What is compared.
    wording: String,
    /// Whether it stands under the headline.
    subhead: bool,
}

/// The sentences and lines of an article that are part of it, those under the headline first.
fn units(article: &Article) -> Vec<ComparedLine> {
    let mut lines: Vec<(Clean, bool)> =
        article.subheads.iter().map(|s| (s.clone(), true)).collect();
    for block in &article.blocks {
        match block {
            Block::Paragraph { text, .. }
            | Block::Quote { text, .. }
            | Block::Heading { text, .. } => {
                lines.push((text.clone(), false));
            }
            Block::List { items, .. } => lines.extend(items.iter().map(|i| (i.clone(), false))),
            Block::Table { rows } => {
                let row = |cells: &Vec<Clean>| {
                    let cells: Vec<&str> = cells.iter().map(|c| &**c).collect();
                    (Clean::line(&cells.join(" · ")), false)
                };
                lines.extend(rows.iter().map(row));
            }
            // Another picture is no correction, and captions go with their pictures.
            Block::Image { .. } | Block::Code { .. } | Block::Embed { .. } => {}
        }
    }
    let texts: Vec<&str> = lines.iter().map(|(text, _)| &**text).collect();
    let ranked = rankings(&texts);
    lines
        .iter()
        .zip(ranked)
        .filter(|((line, _), ranked)| !ranked && !is_furniture(line))
        .flat_map(|((line, subhead), _)| {
            split(line)
                .into_iter()
                .filter_map(|range| line.slice(range))
                .filter(|text| !is_furniture(text))
                .map(|text| ComparedLine {
                    wording: wording(&text),
                    text,
                    subhead: *subhead,
                })
        })
        .filter(|unit| !unit.wording.is_empty())
        .take(MOST_SENTENCES)
        .collect()
}

/// What a text says, in the form in which two versions are compared: letters and digits in one form
/// and case, and the signs that change a number. Addresses are left out.
fn wording(text: &str) -> String {
    let text = without_dateline(text);
    let kept: Vec<&str> = text.split_whitespace().filter(|w| !is_address(w)).collect();
    let chars: Vec<char> = kept.join(" ").nfkc().collect();
    let digit = |at: Option<usize>| {
        at.and_then(|i| chars.get(i))
            .is_some_and(char::is_ascii_digit)
    };
    let mut out = String::new();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1);
        let keeps = match c {
            '%' | '‰' | '$' | '€' | '£' | '¥' | '₩' | '°' | '+' | '±' | '↑' | '↓' => {
                true
            }
            '.' => digit(before) && digit(Some(at + 1)),
            '-' | '−' | '–' => {
                digit(Some(at + 1))
                    && before
                        .and_then(|i| chars.get(i))
                        .is_none_or(|c| !c.is_alphanumeric())
            }
            _ => c.is_alphanumeric(),
        };
        if keeps {
            out.extend(c.to_lowercase());
        }
    }
    out
}

/// The text after `[가나=하나뉴스] 강나루 기자 =`, which names place and reporter.
fn without_dateline(text: &str) -> &str {
    let opening = text.trim_start();
    if !opening.starts_with(['[', '(', '【']) {
        return text;
    }
    let limit = opening
        .char_indices()
        .nth(60)
        .map_or(opening.len(), |(at, _)| at);
    let Some(at) = opening[..limit].find(" = ") else {
        return text;
    };
    let front = &opening[..at];
    if front.contains("기자") || front.contains("특파원") {
        &opening[at + 3..]
    } else {
        text
    }
}

/// Whether a word is an e-mail or web address.
fn is_address(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.starts_with("http://")
        || bare.starts_with("https://")
        || (bare.is_ascii()
            && bare
                .split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.')))
}

fn compare(before: &[ComparedLine], after: &[ComparedLine]) -> Vec<Rewrite> {
    let (mut same_before, mut same_after) = equal(before, after);
    joined(before, &mut same_before, after, &mut same_after);
    joined(after, &mut same_after, before, &mut same_before);
    let gone: Vec<usize> = (0..before.len())
        .filter(|i| same_before[*i].is_none())
        .collect();
    let fresh: Vec<usize> = (0..after.len())
        .filter(|i| same_after[*i].is_none())
        .collect();
    let partners = pair(before, &gone, &same_before, after, &fresh, &same_after);
    let mut found: Vec<(f64, Rewrite)> = Vec::new();
    for (&i, partner) in gone.iter().zip(&partners) {
        let unit = &before[i];
        match partner {
            Some(j) => found.push((
                *j as f64,
                Rewrite {
                    kind: if unit.subhead || after[*j].subhead {
                        RewriteKind::Subhead
                    } else {
                        RewriteKind::Rewritten
                    },
                    old: unit.text.clone(),
                    new: after[*j].text.clone(),
                },
            )),
            // After the sentence before it, wherever that stands now.
            None if is_told(unit) => found.push((
                same_before[..i]
                    .iter()
                    .rev()
                    .find_map(|s| *s)
                    .map_or(-1.0, |j| j as f64 + 0.5),
                Rewrite {
                    kind: RewriteKind::Dropped,
                    old: unit.text.clone(),
                    new: Clean::default(),
                },
            )),
            None => {}
        }
    }
    for &j in &fresh {
        let unit = &after[j];
        if !partners.contains(&Some(j)) && is_told(unit) {
            found.push((
                j as f64,
                Rewrite {
                    kind: RewriteKind::Added,
                    old: Clean::default(),
                    new: unit.text.clone(),
                },
            ));
        }
    }
    found.order_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, rewrite)| rewrite).collect()
}

/// Whether a sentence that stands in one version alone is reported.
fn is_told(unit: &ComparedLine) -> bool {
    is_sentence(&unit.text) || unit.wording.chars().count() >= TELLING_LINE
}

/// For each unit of both versions the one of the other that says the same; each is taken once.
fn equal(
    before: &[ComparedLine],
    after: &[ComparedLine],
) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (j, unit) in after.iter().enumerate().rev() {
        places.entry(&unit.wording).or_default().push(j);
    }
    let mut same_after = vec![None; after.len()];
    let same_before = before
        .iter()
        .enumerate()
        .map(|(i, unit)| {
            let j = places.get_mut(unit.wording.as_str())?.pop()?;
            same_after[j] = Some(i);
            Some(j)
        })
        .collect();
    (same_before, same_after)
}

/// Takes sentences of `whole` as unchanged that `parts` has in several pieces.
fn joined(
    whole: &[ComparedLine],
    same_whole: &mut [Option<usize>],
    parts: &[ComparedLine],
    same_parts: &mut [Option<usize>],
) {
    for i in 0..whole.len() {
        if same_whole[i].is_some() {
            continue;
        }
        let Some(run) = run_of(&whole[i].wording, parts, same_parts) else {
            continue;
        };
        same_whole[i] = Some(run.start);
        same_parts[run].iter_mut().for_each(|s| *s = Some(i));
    }
}

/// Consecutive units, none of them taken, whose wording put together is `wording`.
fn run_of(wording: &str, parts: &[ComparedLine], taken: &[Option<usize>]) -> Option<Range<usize>> {
    (0..parts.len()).find_map(|start| {
        let mut rest = wording;
        let mut end = start;
        while end < parts.len() && taken[end].is_none() && !rest.is_empty() {
            rest = rest.strip_prefix(parts[end].wording.as_str())?;
            end += 1;
        }
        (rest.is_empty() && end > start).then_some(start..end)
    })
}

/// For each of `gone` the one of `fresh` that took its place. The most alike pairs come first; what
/// remains is paired where it stands between the same neighbours.
fn pair(
    before: &[ComparedLine],
    gone: &[usize],
    same_before: &[Option<usize>],
    after: &[ComparedLine],
    fresh: &[usize],
    same_after: &[Option<usize>],
) -> Vec<Option<usize>> {
    let bags = |units: &[ComparedLine], of: &[usize]| -> Vec<Vec<(char, char)>> {
        of.iter().map(|i| pairs_of(&units[*i].wording)).collect()
    };
    let is_many = gone.len() * fresh.len() > MOST_PAIRS;
    let (old_bags, new_bags) = (bags(before, gone), bags(after, fresh));
    let mut alike: Vec<(f64, usize, usize)> = Vec::new();
    for (a, &i) in gone.iter().enumerate() {
        for (b, &j) in fresh.iter().enumerate() {
            if is_many && a != b {
                continue;
            }
            let share = share(&old_bags[a], &new_bags[b]);
            let neighbours = || {
                let back = i.checked_sub(1).and_then(|i| same_before[i]) == j.checked_sub(1);
                let on = after
                    .get(j + 1)
                    .is_none_or(|_| same_after[j + 1] == Some(i + 1));
                back && on
            };
            if share >= ALIKE || (share >= ALIKE_IN_PLACE && neighbours()) {
                alike.push((share, a, b));
            }
        }
    }
    alike.order_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut partners = vec![None; gone.len()];
    let mut taken = vec![false; fresh.len()];
    for (_, a, b) in alike {
        if partners[a].is_none() && !taken[b] {
            partners[a] = Some(fresh[b]);
            taken[b] = true;
        }
    }
    partners
}

/// The pairs of neighbouring letters of a text, sorted.
fn pairs_of(text: &str) -> Vec<(char, char)> {
    let mut pairs: Vec<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
    pairs.sort_unstable();
    pairs
}

/// The share of letter pairs that two texts have in common, 0 to 1.
fn share(a: &[(char, char)], b: &[(char, char)]) -> f64 {
    let (mut i, mut j, mut both) = (0, 0, 0_usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, both) = (i + 1, j + 1, both + 1),
        }
    }
    2.0 * both as f64 / (a.len() + b.len()).max(1) as f64
}

#[cfg(test)]
#[path = "tests/revisions.rs"]
mod tests;
