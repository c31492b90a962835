//! Chooses the sentences of a Korean article as an editor would: the news first, then what follows
//! or what it rests on, nothing twice, and the close of a market by its own plan.
//!
//! Weights are a logistic model over 86 articles of eight forms and two older sets, rounded; each
//! half of the articles gave nearly the same ones.

use std::collections::BTreeSet;

use super::features::{Features, HEADING, SentenceFeatures};
use crate::news::Form;

/// Number of places after which the weight of the position has fallen to 1/e.
const FADING: f64 = 3.0;
/// Likeness to the headline from which a sentence is counted as telling it.
const TELLS_TITLE: f64 = 0.4;
/// What counts for the likeness to a headline where there is none.
const UNTITLED: f64 = 2.0;
/// Length in characters below which a sentence is penalised.
const SHORT: f64 = 50.0;
/// Length in characters above which a sentence is penalised.
const LONG: f64 = 60.0;

/// A live report tells the time of day in at least this many sentences.
const TIMED: usize = 3;

/// Penalty per unit of likeness to a sentence that is chosen already.
const REPEATS: f64 = 0.7;
/// Overlap in words from which a sentence says what a chosen one says, and the penalty.
const AGAIN: f64 = 0.75;
const RESTATED: f64 = 10.0;
/// Overlap in words from which a chosen sentence says the fact of the lead.
const SAID: f64 = 0.25;
/// Worth of telling all of the headline that no chosen sentence tells.
const NEW: f64 = 1.0;
/// Penalty for a word that no chosen line explains.
const UNEXPLAINED: f64 = 0.5;
/// Penalty for standing next to a chosen sentence: neighbours tell the same thing further.
const NEXT: f64 = 0.5;

/// The `count` best sentences, best first. Junk is never chosen; what doesn't end as a sentence
/// does only where there are not enough sentences.
pub(super) fn choose(table: &SentenceFeatures, count: usize) -> Vec<usize> {
    let candidates = candidates(table, count);
    let mut chosen = market_plan(table, &candidates, count);
    let by_plan = !chosen.is_empty();
    chosen.extend(newest_state(table, &candidates));
    while chosen.len() < count {
        let best = candidates
            .iter()
            .filter(|i| !chosen.contains(i))
            .map(|&i| (i, worth(table, i, &chosen, count)))
            .reduce(|best, other| if other.1 > best.1 { other } else { best });
        let Some((best, _)) = best else { break };
        chosen.push(best);
    }
    // The closes of a market say what its lead says.
    if !by_plan {
        say_first_fact(table, &candidates, &mut chosen);
    }
    chosen
}

/// The sentence of a live report with the latest time of day: readers ask how things stand.
fn newest_state(table: &SentenceFeatures, candidates: &[usize]) -> Option<usize> {
    let timed = candidates
        .iter()
        .copied()
        .filter(|&i| table.times[i].is_some());
    if table.form != Form::Live || timed.clone().count() < TIMED {
        return None;
    }
    timed.max_by_key(|&i| table.times[i])
}

/// Puts the lead in the place of the last choice where no chosen sentence says what it says.
fn say_first_fact(table: &SentenceFeatures, candidates: &[usize], chosen: &mut [usize]) {
    let lead = candidates
        .iter()
        .copied()
        .find(|&i| table.features[i].rank < 1.0);
    let Some(lead) = lead.filter(|&i| is_news(&table.features[i])) else {
        return;
    };
    let is_said = chosen
        .iter()
        .any(|&c| c == lead || table.overlap(c, lead) >= SAID);
    if let (false, Some(last)) = (is_said || chosen.len() < 2, chosen.last_mut()) {
        *last = lead;
    }
}

/// Whether the sentence states a fact that the headline has.
fn is_news(f: &Features) -> bool {
    let cues = &f.cues;
    let other = cues.empty || cues.bite || cues.author || cues.predicate || cues.stands_for;
    f.title >= TELLS_TITLE && !f.fragment && !other && !cues.comment
}

fn candidates(table: &SentenceFeatures, count: usize) -> Vec<usize> {
    let of = |whole: bool| -> Vec<usize> {
        let fits = |i: &usize| {
            let f = &table.features[*i];
            !(f.junk || whole && f.fragment)
        };
        (0..table.features.len()).filter(fits).collect()
    };
    let sentences = of(true);
    if sentences.len() >= count {
        sentences
    } else {
        of(false)
    }
}

/// The plan of a market report, which gives the close of at least two indices: the first close, who
/// bought and sold, the second close.
fn market_plan(table: &SentenceFeatures, candidates: &[usize], count: usize) -> Vec<usize> {
    let close = |but: Option<&str>| {
        let mut all = candidates.iter().copied();
        all.find(|&i| table.closes[i].is_some() && table.closes[i] != but)
    };
    let Some(first) = close(None) else {
        return Vec::new();
    };
    let Some(second) = close(table.closes[first]) else {
        return Vec::new();
    };
    let trading = candidates.iter().copied().find(|&i| table.trading[i]);
    let plan = [Some(first), trading, Some(second)];
    let mut chosen: Vec<usize> = Vec::new();
    for i in plan.into_iter().flatten().take(count) {
        if !chosen.contains(&i) {
            chosen.push(i);
        }
    }
    chosen
}

/// Sentences of a short news. Where more are asked for, it is less bad that two are neighbours or
/// that one is long.
const FEW: f64 = 3.0;

/// The worth of a sentence beside those that are chosen, of which there are to be `count`.
fn worth(table: &SentenceFeatures, i: usize, chosen: &[usize], count: usize) -> f64 {
    let few = (FEW / count.max(1) as f64).min(1.0);
    let repeats = chosen
        .iter()
        .map(|&c| table.alike(c, i))
        .fold(0.0, f64::max);
    let told: BTreeSet<u32> = chosen
        .iter()
        .flat_map(|&c| table.from_title[c].iter().copied())
        .collect();
    let new = table.from_title[i]
        .iter()
        .filter(|p| !told.contains(p))
        .count();
    let new = new as f64 / table.title_pairs.max(1) as f64;
    let unexplained = table.leans_on[i]
        .iter()
        .filter(|by| !by.iter().any(|j| chosen.contains(j)))
        .count();
    let next = chosen.iter().any(|c| c.abs_diff(i) == 1);
    let again = chosen.iter().any(|&c| table.overlap(c, i) >= AGAIN);
    let again = if again { RESTATED } else { 0.0 };
    let leaning = if unexplained > 0 { UNEXPLAINED } else { 0.0 };
    let next = if next { NEXT * few } else { 0.0 };
    score(&table.features[i], table.titled, few) - leaning - again - REPEATS * repeats + NEW * new
        - next
}

/// The worth of a sentence by itself. `few` is below 1 where many sentences are chosen.
fn score(f: &Features, titled: bool, few: f64) -> f64 {
    let place = (-f.rank / FADING).exp();
    let tells = (f.title / TELLS_TITLE).min(1.0);
    // Without a headline the place takes over its part.
    let tells = if titled { tells } else { UNTITLED };
    let mut score = place * (1.2 + 0.5 * tells) + f.title + 2.8 * f.central;
    score -= 1.4 * (1.0 - f.length / SHORT).max(0.0);
    score -= 0.7 * few * (f.length / LONG - 1.0).max(0.0);
    score += 0.5 * f.cues.figures;
    let holds = [
        (f.fragment, -1.2),
        (f.fragment && f.length < HEADING, -0.9),
        (f.cues.follows, 0.5),
        (f.cues.answers, 0.5),
        (f.cues.background, -0.45),
        (f.cues.comment, -0.3),
        (f.cues.empty, -2.0),
        (f.cues.bite, -1.5),
        (f.cues.subjectless, -0.3),
        (f.cues.predicate, -1.8),
        (f.cues.scene, -1.2),
        (f.cues.author, -4.0),
        (f.cues.stands_for, -0.7),
        (f.last, 0.4),
        (f.opens, 0.3),
        (f.cues.thesis && f.last, 0.3),
        (f.aside, -0.4),
        (f.superseded, -1.5),
    ];
    score + holds.iter().filter(|h| h.0).map(|h| h.1).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_many_sentences_are_asked_for_neighbours_and_length_cost_less() {
        let texts = [
            "가람시는 한내강에 사람과 자전거가 건너는 보행 다리를 놓는다고 3일 밝혔다.",
            "한내강 상류의 두 마을을 잇는 이 다리는 자전거 길과 만나고 장터와 배움터로 가는 길을 \
             줄이며 밤에는 불을 밝혀 강변을 걷는 이들의 길잡이가 된다.",
        ];
        let form = Form::News;
        let table = SentenceFeatures::new("가람시 보행 다리", &texts, |_| true, true, form);
        let cost = |count: usize| worth(&table, 1, &[], count) - worth(&table, 1, &[0], count);
        assert!(cost(6) < cost(3));
        assert!(worth(&table, 1, &[], 6) > worth(&table, 1, &[], 3));
        assert_eq!(worth(&table, 1, &[0], 1), worth(&table, 1, &[0], 3));
    }
}
