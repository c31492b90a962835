//! Public sets of articles with the sentences and summaries that people chose or wrote for them.
//! The floors are the measured figures, less a little.

use std::collections::{BTreeMap, BTreeSet};

use gisa::news::{Article, Block, Clean};
use gisa::summary::{Evidence, sentences, split, summarize, summarize_sentences};

use crate::support::skip::outside;

fn set_of(name: &str) -> Option<String> {
    outside(&format!("data/summary/{name}")).map(|path| std::fs::read_to_string(path).unwrap())
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Letters before each boundary inside a text.
fn boundaries<'a>(parts: impl Iterator<Item = &'a str>) -> BTreeSet<usize> {
    let mut at = 0;
    let mut out: BTreeSet<usize> = parts
        .map(|p| {
            at += letters(p);
            at
        })
        .collect();
    out.pop_last();
    out
}

fn boundary_f1(set: &str) -> Option<f64> {
    let rows: Vec<(String, Vec<String>)> = serde_json::from_str(&set_of(set)?).unwrap();
    let (mut both, mut all) = (0, 0);
    for (text, gold) in &rows {
        let gold = boundaries(gold.iter().map(String::as_str));
        let ours = boundaries(split(text).into_iter().map(|r| &text[r]));
        both += 2 * gold.intersection(&ours).count();
        all += gold.len() + ours.len();
    }
    Some(f64::from(both as u32) / f64::from(all as u32))
}

#[test]
fn sentences_of_news_end_where_people_say() {
    for (set, floor) in [
        ("sentences_news_sci.json", 0.975),
        ("sentences_news_sci_glued.json", 0.972),
    ] {
        if let Some(f1) = boundary_f1(set) {
            assert!(f1 >= floor, "{set} {f1:.3}");
        }
    }
}

#[derive(serde::Deserialize)]
struct Row {
    title: Option<String>,
    lang: String,
    sentences: Vec<String>,
    #[serde(default)]
    human: Option<Vec<usize>>,
    reference: Option<String>,
}

fn rows(set: &str) -> Vec<(Row, Article)> {
    let Some(text) = set_of(set) else {
        return Vec::new();
    };
    text.lines()
        .map(|l| serde_json::from_str::<Row>(l).unwrap())
        .map(|r| {
            let blocks = r.sentences.iter().map(|s| Block::paragraph(s)).collect();
            let title = Clean::line(r.title.as_deref().unwrap_or_default());
            let article = Article {
                title,
                lang: Some(Clean::line(&r.lang)),
                blocks,
                ..Article::default()
            };
            (r, article)
        })
        .collect()
}

/// The sentences of the set that a summary of `count` is drawn from.
fn picks(article: &Article, count: usize) -> BTreeSet<usize> {
    let all = sentences(article);
    summarize_sentences(article, &all, count)
        .sentences
        .iter()
        .filter_map(|l| l.source)
        .map(|s| all[s].block)
        .collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

#[test]
fn the_summary_holds_what_people_picked() {
    // The first two sets were used for tuning until gains on them were none elsewhere (.70 here
    // was .58 on articles not looked at); an editor's picks over eight forms are the measure now.
    for (set, floor, floor_of_three) in [
        ("sci50.jsonl", 0.59, 0.62),
        ("naver_bot.jsonl", 0.53, 0.50),
        ("dacon11.jsonl", 0.55, 0.55),
    ] {
        let (mut f1, mut precision, mut lead) = (Vec::new(), Vec::new(), Vec::new());
        for (row, article) in rows(set) {
            let human: BTreeSet<usize> = row.human.unwrap_or_default().into_iter().collect();
            let got = picks(&article, human.len());
            f1.push(
                2.0 * human.intersection(&got).count() as f64 / (human.len() + got.len()) as f64,
            );
            precision.push(human.intersection(&picks(&article, 3)).count() as f64 / 3.0);
            lead.push(
                (0..human.len()).filter(|i| human.contains(i)).count() as f64 / human.len() as f64,
            );
        }
        if !f1.is_empty() {
            let (f1, precision, lead) = (mean(&f1), mean(&precision), mean(&lead));
            assert!(
                f1 >= floor && f1 > lead && precision >= floor_of_three,
                "{set} {f1:.3} {precision:.3} {lead:.3}"
            );
        }
    }
}

/// F1 of character pairs (single letters whole), as the scorer counts them.
fn rouge(text: &str, reference: &str) -> f64 {
    let count = |text: &str| {
        let mut out: BTreeMap<String, usize> = BTreeMap::new();
        let words = text.split(|c: char| !c.is_alphanumeric());
        for word in words.filter(|w| !w.is_empty()).map(str::to_lowercase) {
            let chars: Vec<char> = word.chars().collect();
            for pair in chars.windows(2.min(chars.len())) {
                *out.entry(pair.iter().collect()).or_default() += 1;
            }
        }
        out
    };
    let (a, b) = (count(text), count(reference));
    let both: usize = a
        .iter()
        .map(|(pair, n)| *n.min(b.get(pair).unwrap_or(&0)))
        .sum();
    2.0 * both as f64 / (a.values().sum::<usize>() + b.values().sum::<usize>()).max(1) as f64
}

#[test]
fn english_is_never_below_its_first_three_sentences() {
    let (mut ours, mut lead) = (Vec::new(), Vec::new());
    for (row, article) in rows("inshorts.jsonl") {
        let reference = row.reference.unwrap_or_default();
        let lines = summarize(&article, 3).sentences;
        ours.push(rouge(
            &lines.iter().map(|l| &*l.text).collect::<Vec<_>>().join(" "),
            &reference,
        ));
        lead.push(rouge(
            &row.sentences[..3.min(row.sentences.len())].join(" "),
            &reference,
        ));
    }
    assert!(
        ours.is_empty() || mean(&ours) > mean(&lead) + 0.005,
        "{:.3} {:.3}",
        mean(&ours),
        mean(&lead)
    );
}

/// Each number of `line` with one digit changed.
fn altered(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        if c.is_ascii_digit() && !before.is_ascii_digit() {
            for step in [1, 3, 7] {
                let digit = (c as u8 - b'0' + step) % 10 + b'0';
                out.push(format!(
                    "{}{}{}",
                    &line[..at],
                    digit as char,
                    &line[at + 1..]
                ));
            }
        }
        before = c;
    }
    out
}

#[test]
fn altered_numbers_are_caught_and_true_ones_pass() {
    let (mut caught, mut all, mut articles, mut alarms) = (0.0, 0.0, 0.0, 0.0);
    for (row, article) in rows("naver_bot.jsonl") {
        let evidence = Evidence::of(&article, &sentences(&article));
        let reference = row.reference.unwrap_or_default();
        let lines: Vec<&str> = reference
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .collect();
        articles += 1.0;
        alarms += f64::from(u8::from(
            lines.iter().any(|l| !evidence.doubts(l).is_empty()),
        ));
        for line in lines.iter().flat_map(|l| altered(l)) {
            all += 1.0;
            caught += f64::from(u8::from(!evidence.doubts(&line).is_empty()));
        }
    }
    if articles > 0.0 {
        assert!(
            caught / all >= 43.0 / 47.0 && alarms / articles <= 1.0 / 50.0,
            "{caught} of {all}, {alarms} of {articles}"
        );
    }
}

/// What people wrote and picked of Korean articles is not doubted but now and then.
#[test]
fn what_people_wrote_is_hardly_ever_doubted() {
    let (mut articles, mut alarms) = (0, Vec::new());
    for set in ["dacon11.jsonl", "sci50.jsonl", "naver_bot.jsonl"] {
        for (row, article) in rows(set) {
            let evidence = Evidence::of(&article, &sentences(&article));
            let picked = row
                .human
                .unwrap_or_default()
                .into_iter()
                .map(|i| row.sentences[i].clone());
            let lines: Vec<String> = picked.chain(row.reference).collect();
            articles += 1;
            alarms.extend(
                lines
                    .into_iter()
                    .map(|l| (evidence.doubts(&l), l))
                    .filter(|(d, _)| !d.is_empty()),
            );
        }
    }
    assert!(
        articles == 0 || alarms.len() * 40 <= articles,
        "{} of {articles}: {alarms:?}",
        alarms.len()
    );
}
