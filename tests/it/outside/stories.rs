//! One day of real articles, labelled by hand with the story that each tells. The floors are the
//! measured figures, less a little.

use std::collections::BTreeSet;

use gisa::news::{Article, ArticleId, Clean};
use gisa::stories::{Clusterer, Policy, StoryInput};
use gisa::summary::sentences;

use crate::support::skip::outside;

fn grouped(inputs: &[StoryInput]) -> Clusterer {
    let mut clusterer = Clusterer::new(Policy::default());
    inputs.iter().for_each(|i| clusterer.add(i));
    clusterer.group();
    clusterer
}

/// The articles, each with its label and its sentences.
fn day() -> Vec<(Option<String>, StoryInput, StoryInput)> {
    let Some(path) = outside("data/stories/articles.jsonl") else {
        return Vec::new();
    };
    std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .map(|line| {
            let mut row: serde_json::Value = serde_json::from_str(line).unwrap();
            row["published"] = serde_json::Value::Null;
            let label = row["story"].as_str().map(str::to_owned);
            let article: Article = serde_json::from_value(row).unwrap();
            let all = sentences(&article);
            (
                label,
                StoryInput::of(&article, &all, true),
                StoryInput::of(&article, &all, false),
            )
        })
        .collect()
}

fn pairs(names: &[Option<String>]) -> BTreeSet<(usize, usize)> {
    let same = |a: usize, b: usize| names[a].is_some() && names[a] == names[b];
    (0..names.len())
        .flat_map(|b| (0..b).map(move |a| (a, b)))
        .filter(|&(a, b)| same(a, b))
        .collect()
}

fn f1(labels: &[Option<String>], inputs: &[StoryInput]) -> f64 {
    let clusterer = grouped(inputs);
    let ours: Vec<Option<String>> = inputs
        .iter()
        .map(|i| clusterer.story_of(i.id).map(|s| s.to_string()))
        .collect();
    let (gold, ours) = (pairs(labels), pairs(&ours));
    2.0 * gold.intersection(&ours).count() as f64 / (gold.len() + ours.len()) as f64
}

#[test]
fn stories_of_a_real_day_are_found() {
    let day = day();
    if day.is_empty() {
        return;
    }
    let labels: Vec<Option<String>> = day.iter().map(|d| d.0.clone()).collect();
    let whole: Vec<StoryInput> = day.iter().map(|d| d.1.clone()).collect();
    let leads: Vec<StoryInput> = day.iter().map(|d| d.2.clone()).collect();
    let (whole, leads) = (f1(&labels, &whole), f1(&labels, &leads));
    assert!(whole >= 0.93 && leads >= 0.88, "{whole:.3} {leads:.3}");
}

/// What publishers do to wire copy: another byline and notice; a cut tail; changed words and dropped
/// sentences.
fn copies_of(body: &[Clean]) -> [Vec<Clean>; 3] {
    let notice = [
        "(가나=하나통신) 홍길동 기자 = ",
        "저작권자 하나통신, 무단 전재와 재배포를 금지합니다.",
        "제보는 전화로 받습니다.",
    ];
    let framed = notice
        .iter()
        .map(|n| Clean::line(n))
        .chain(body.iter().cloned())
        .collect();
    let cut = body[..body.len() * 7 / 10].to_vec();
    let reworded = body
        .iter()
        .enumerate()
        .filter(|(i, _)| i % 7 != 3)
        .map(|(_, s)| {
            Clean::line(
                &s.replace("말했다", "밝혔다")
                    .replace("지난", "앞선")
                    .replace("이번", "올해"),
            )
        })
        .collect();
    [framed, cut, reworded]
}

#[test]
fn all_copies_of_a_wire_story_are_folded() {
    let mut inputs = Vec::new();
    for (_, input, _) in day().into_iter().filter(|d| d.1.body.len() >= 6) {
        for (n, body) in copies_of(&input.body).into_iter().enumerate() {
            let id = ArticleId::of_content(&format!("{n} {}", input.id));
            inputs.push(StoryInput {
                id,
                body,
                ..input.clone()
            });
        }
        inputs.push(input);
    }
    let clusterer = grouped(&inputs);
    for set in inputs.chunks(4) {
        let of_one = |ids: &[ArticleId]| set.iter().all(|i| ids.contains(&i.id));
        assert!(
            clusterer
                .stories()
                .iter()
                .any(|s| s.copies.iter().any(|c| of_one(c))),
            "{}",
            set[0].title
        );
    }
}
