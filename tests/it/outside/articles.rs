//! Saved pages of real publishers, with the article that a person read off each. The floors are the
//! measured figures, less a little.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use gisa::extract::{PageHint, Profiles, charset, page};
use gisa::news::{Article, Block, ExtractionMethod};

use crate::oracle::invented;
use crate::support::skip::outside;

fn folder(part: &str) -> Option<PathBuf> {
    outside(&format!("data/extract/{part}"))
}

/// Letters and digits only, in lower case.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn read(path: &Path, url: Option<&str>, profiles: &Profiles) -> Article {
    page(
        &std::fs::read(path).unwrap(),
        &PageHint {
            is_subscribed: false,
            url,
            charset: None,
        },
        profiles,
    )
}

type Shingles = HashMap<Vec<String>, usize>;

fn shingles(text: &str) -> Shingles {
    let words: Vec<String> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    let n = words.len().clamp(1, 4);
    let mut all = Shingles::new();
    words
        .windows(n)
        .for_each(|w| *all.entry(w.to_vec()).or_default() += 1);
    all
}

fn common(a: &Shingles, b: &Shingles) -> f64 {
    a.iter()
        .map(|(k, n)| *n.min(b.get(k).unwrap_or(&0)))
        .sum::<usize>() as f64
}

fn size(a: &Shingles) -> f64 {
    a.values().sum::<usize>() as f64
}

fn strings(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

#[test]
fn korean_pages_come_out_whole() {
    let Some(dir) = folder("korean") else { return };
    for (profiles, name) in [
        (Profiles::embedded(), "with profiles"),
        (Profiles::default(), "without"),
    ] {
        let (mut f1, mut intact) = (Vec::new(), Vec::new());
        for entry in std::fs::read_dir(dir.join("truth")).unwrap() {
            let truth: Value =
                serde_json::from_slice(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap();
            let file = dir
                .join("pages")
                .join(format!("{}.html", truth["name"].as_str().unwrap()));
            let article = read(&file, truth["url"].as_str(), &profiles);
            let body = strings(&truth["body"]);
            let (wanted, got) = (shingles(&body.join("\n")), shingles(&article.text()));
            let mut may = body.join("\n");
            for key in ["lede", "captions", "captions_in_alt", "optional"] {
                may.push_str(&format!("\n{}", strings(&truth[key]).join("\n")));
            }
            let (recall, precision) = (
                common(&got, &wanted) / size(&wanted),
                common(&got, &shingles(&may)) / size(&got).max(1.0),
            );
            f1.push(2.0 * precision * recall / (precision + recall).max(0.001));
            let blocks: Vec<String> = article.blocks.iter().map(|b| letters(&b.plain())).collect();
            intact.push(
                body.iter().filter(|p| blocks.contains(&letters(p))).count() as f64
                    / body.len() as f64,
            );
            assert_eq!(
                letters(&article.title),
                letters(truth["title"].as_str().unwrap()),
                "{file:?}"
            );
            if let Some(day) = truth["published"].as_str().and_then(|d| d.get(..10)) {
                assert!(
                    article.published.unwrap().to_string().starts_with(day),
                    "{file:?}"
                );
            }
            let captions: String = article
                .blocks
                .iter()
                .filter(|b| matches!(b, Block::Image { .. }))
                .map(|b| letters(&b.plain()) + "\n")
                .collect();
            assert!(
                strings(&truth["captions"])
                    .iter()
                    .all(|c| captions.contains(&letters(c))),
                "{file:?}"
            );
            assert_eq!(article.extraction.problem, None, "{file:?}");
        }
        assert!(mean(&f1) >= 0.98, "{name}: F1 {}", mean(&f1));
        assert!(
            mean(&intact) >= 0.97,
            "{name}: paragraphs {}",
            mean(&intact)
        );
    }
}

/// Share of the page's listed furniture whose letters stand in `text`, as the scorer counts it.
fn leak(truth: &Value, text: &str) -> f64 {
    let flat = letters(text);
    let listed: Vec<String> = strings(&truth["must_not"])
        .iter()
        .map(|m| letters(m))
        .filter(|m| !m.is_empty())
        .collect();
    listed.iter().filter(|m| flat.contains(m.as_str())).count() as f64
        / strings(&truth["must_not"]).len().max(1) as f64
}

/// Some hashtags that count as furniture are words of the articles themselves: nobody can leak less
/// than the truth does.
#[test]
fn no_more_furniture_is_left_than_the_truth_itself_holds() {
    let Some(dir) = folder("korean") else { return };
    for profiles in [Profiles::embedded(), Profiles::default()] {
        let (mut ours, mut least) = (Vec::new(), Vec::new());
        for entry in std::fs::read_dir(dir.join("truth")).unwrap() {
            let truth: Value =
                serde_json::from_slice(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap();
            let file = dir
                .join("pages")
                .join(format!("{}.html", truth["name"].as_str().unwrap()));
            ours.push(leak(
                &truth,
                &read(&file, truth["url"].as_str(), &profiles).text(),
            ));
            least.push(leak(&truth, &strings(&truth["body"]).join("\n")));
            assert!(ours.last() <= least.last(), "{file:?}");
        }
        assert!(
            mean(&least) > 0.01 && mean(&ours) <= mean(&least),
            "{} of {}",
            mean(&ours),
            mean(&least)
        );
    }
}

#[test]
fn every_charset_variant_gives_the_same_article() {
    let Some(dir) = folder("korean") else { return };
    let profiles = Profiles::embedded();
    let url = Some("http://news.tvchosun.com/x");
    let plain = read(&dir.join("pages/tvchosun_1.html"), url, &profiles);
    for entry in std::fs::read_dir(dir.join("charset")).unwrap() {
        let path = entry.unwrap().path();
        let article = read(&path, url, &profiles);
        assert_eq!(
            (&article.title, &article.blocks),
            (&plain.title, &plain.blocks),
            "{path:?}"
        );
    }
}

#[test]
fn old_korean_feeds_decode_without_a_fault() {
    let Some(dir) = folder("korean/euckr_feeds") else {
        return;
    };
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let text = charset::decode(&bytes, None);
        let foreign = text.chars().filter(|c| !c.is_ascii()).count();
        let hangul = text.chars().filter(|c| ('가'..='힣').contains(c)).count();
        assert!(hangul * 10 > foreign * 7, "{path:?}: {hangul} of {foreign}");
        assert!(
            text.chars().filter(|c| *c == '\u{fffd}').count() * 200 <= foreign,
            "{path:?}"
        );
    }
}

#[test]
fn english_pages_reach_the_benchmarks_mark() {
    let Some(dir) = folder("english") else { return };
    let truth: Value =
        serde_json::from_slice(&std::fs::read(dir.join("ground-truth.json")).unwrap()).unwrap();
    let profiles = Profiles::embedded();
    let (mut precision, mut recall) = (Vec::new(), Vec::new());
    for (key, t) in truth.as_object().unwrap() {
        let packed = std::fs::read(dir.join("html").join(format!("{key}.html.gz"))).unwrap();
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(&*packed)
            .read_to_end(&mut bytes)
            .unwrap();
        let article = page(
            &bytes,
            &PageHint {
                is_subscribed: false,
                url: t["url"].as_str(),
                charset: None,
            },
            &profiles,
        );
        let (wanted, got) = (
            shingles(t["articleBody"].as_str().unwrap()),
            shingles(&article.text()),
        );
        precision.push(common(&got, &wanted) / size(&got).max(1.0));
        recall.push(common(&got, &wanted) / size(&wanted).max(1.0));
    }
    let (p, r) = (mean(&precision), mean(&recall));
    assert!(2.0 * p * r / (p + r) >= 0.97, "precision {p} recall {r}");
}

#[test]
fn no_word_of_a_real_page_is_invented() {
    let Some(dir) = folder("korean/pages") else {
        return;
    };
    let mut read = 0;
    for path in std::fs::read_dir(dir).unwrap().flatten().map(|e| e.path()) {
        let html = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let method = page(html.as_bytes(), &PageHint::default(), &Profiles::embedded())
            .extraction
            .method;
        // The oracle does not see text that is only in a script.
        if matches!(method, ExtractionMethod::Script | ExtractionMethod::JsonLd) {
            continue;
        }
        read += 1;
        assert_eq!(invented(&html), Vec::<String>::new(), "{}", path.display());
    }
    assert!(read >= 8, "{read}");
}
