//! Measures summaries: the time that the slowest of many articles take and that of one long
//! article, and the grouping of ten thousand articles into stories.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a bench reads the clock and tells what it read"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use gisa::news::{Article, ArticleId, Block, Clean, Form, Stamp};
use gisa::stories::{Clusterer, Policy, StoryInput, issues};
use gisa::summary::{sentences, summarize_sentences};

/// The number of sentences of a long article.
const SENTENCES: u64 = 60;
/// The number of articles: about those of two busy days.
const ARTICLES: u64 = 10_000;
/// How many of them belong to one story.
const PER_STORY: u64 = 4;

/// A number mixed so that numbers in a row have nothing in common (the last steps of SplitMix64).
/// Without that the common words of one subject were those of another, and a row of subjects ran
/// into one another.
fn mixed(n: u64) -> u64 {
    let n = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

/// A different word for each number, of two to four syllables.
fn word(n: u64) -> String {
    let mut n = mixed(n);
    let len = 2 + n % 3;
    (0..len)
        .map(|_| {
            n = n.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            char::from_u32(0xac00 + ((n >> 33) % 2350) as u32 * 4).unwrap_or('가')
        })
        .collect()
}

/// A sentence of common words with the frequency of running text, and with words of `subject`.
fn sentence(subject: u64, n: u64) -> String {
    let common = |k: u64| {
        let x = mixed(subject << 32 | n << 8 | k) >> 40;
        word((x % 3000) * (x % 3000) / 3000)
    };
    let own = |k: u64| word(1_000_000 + subject * 40 + (n * 3 + k) % 40);
    format!(
        "{}은 {}에 {} {}을 {}과 {}로 {} “{}가 {}한다”며 {}했다고 {}일 밝혔다.",
        own(0),
        common(1),
        common(2),
        own(1),
        common(3),
        common(4),
        own(2),
        common(5),
        common(6),
        common(7),
        n % 30 + 1
    )
}

fn article(subject: u64, sentences: u64) -> Article {
    let pair = |n: u64| {
        format!(
            "{} {}",
            sentence(subject, 2 * n),
            sentence(subject, 2 * n + 1)
        )
    };
    let blocks = (0..sentences / 2).map(|n| Block::paragraph(&pair(n)));
    Article {
        title: Clean::line(&sentence(subject, 3)),
        blocks: blocks.collect(),
        ..Article::default()
    }
}

/// A thousand articles of four to sixty sentences.
fn articles() -> Vec<Article> {
    (0..1_000).map(|n| article(n, 4 + n * 7 % 57)).collect()
}

/// Reports the median, the 95th percentile and the maximum of the time for splitting and ranking an
/// article. Each time is the median of seven runs, so that other load on the machine does not
/// count.
fn percentiles() {
    let articles = articles();
    let once = |article: &Article| {
        let begun = Instant::now();
        let all = sentences(black_box(article));
        black_box(summarize_sentences(article, &all, 3));
        begun.elapsed()
    };
    let mut took: Vec<Duration> = articles
        .iter()
        .map(|article| {
            let mut times: Vec<Duration> = (0..7).map(|_| once(article)).collect();
            times.sort_unstable();
            times[3]
        })
        .collect();
    took.sort_unstable();
    let at = |hundredths: usize| took[(took.len() * hundredths / 100).min(took.len() - 1)];
    let n = took.len();
    eprintln!(
        "split and rank, {n} articles: p50 {:.2?}, p95 {:.2?}, max {:.2?}",
        at(50),
        at(95),
        at(100)
    );
}

fn inputs() -> Vec<StoryInput> {
    (0..ARTICLES)
        .map(|i| {
            let subject = i / PER_STORY;
            let body: Vec<Clean> = (0..15)
                .map(|n| Clean::line(&sentence(subject, n + i % PER_STORY * 5)))
                .collect();
            StoryInput {
                id: ArticleId(i),
                publisher: Clean::line(&word(i % 40)),
                title: body[2].clone(),
                lead: Clean::line(&format!("{} {}", body[0], body[1])),
                body,
                published: format!("2025-07-{:02}T{:02}:00:00+09:00", 1 + i % 2, i % 24)
                    .parse::<Stamp>()
                    .ok(),
                form: Form::News,
            }
        })
        .collect()
}

/// Reports the time for grouping alone, first and after a hundred further articles, beside that for
/// splitting the same texts into sentences on one thread: the step without which nothing can be
/// grouped, so that the figure can be compared between machines. Each is the best of five runs.
fn grouping(inputs: &[StoryInput]) {
    fn best(mut once: impl FnMut() -> Duration) -> Duration {
        (0..5).map(|_| once()).min().unwrap_or_default()
    }
    let timed = |work: &mut dyn FnMut()| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    let texts: Vec<Article> = inputs
        .iter()
        .map(|i| Article {
            title: i.title.clone(),
            blocks: i.body.iter().map(|s| Block::paragraph(s)).collect(),
            ..Article::default()
        })
        .collect();
    let split = best(|| timed(&mut || texts.iter().for_each(|a| drop(black_box(sentences(a))))));
    let (most, rest) = inputs.split_at(inputs.len() - 100);
    let (mut first, mut again, mut stay, mut stories) = (Vec::new(), Vec::new(), 0, 0);
    for _ in 0..5 {
        let mut clusterer = Clusterer::new(Policy::default());
        most.iter().for_each(|i| clusterer.add(i));
        first.push(timed(&mut || {
            stories = black_box(clusterer.group().len());
        }));
        let ids: Vec<_> = most.iter().map(|i| clusterer.story_of(i.id)).collect();
        again.push(timed(&mut || {
            rest.iter().for_each(|i| clusterer.add(i));
            black_box(clusterer.group().len());
        }));
        let kept = most.iter().zip(&ids);
        stay = kept
            .filter(|(i, id)| clusterer.story_of(i.id) == **id)
            .count();
    }
    let first = first.into_iter().min().unwrap_or_default();
    let again = again.into_iter().min().unwrap_or_default();
    let ratio = |d: Duration| d.as_secs_f64() / split.as_secs_f64().max(f64::EPSILON);
    let n = inputs.len();
    eprintln!(
        "{n} articles: split {split:.2?}; group {first:.2?}, {:.2} of it, {stories} stories; 100 more {again:.2?}, {:.2} \
         of it; {stay} of {} keep the id of their story",
        ratio(first),
        ratio(again),
        most.len()
    );
}

fn brief(c: &mut Criterion) {
    percentiles();
    let article = article(1, SENTENCES);
    c.bench_function("split and rank 60 sentences", |b| {
        b.iter(|| {
            let all = sentences(black_box(&article));
            summarize_sentences(&article, &all, 3)
        });
    });
    let inputs = inputs();
    grouping(&inputs);
    let mut group = c.benchmark_group("stories");
    group.sample_size(10);
    group.bench_function("add one article", |b| {
        let mut clusterer = Clusterer::new(Policy::default());
        let mut all = inputs.iter().cycle();
        b.iter(|| all.next().map(|i| clusterer.add(i)));
    });
    let mut heads = Clusterer::new(Policy::default());
    inputs.iter().for_each(|i| {
        heads.add(&StoryInput {
            body: Vec::new(),
            ..i.clone()
        });
    });
    group.bench_function("group 10,000 articles by title and lead", |b| {
        b.iter(|| heads.group().len());
    });
    let mut clusterer = Clusterer::new(Policy::default());
    inputs.iter().for_each(|i| clusterer.add(i));
    group.bench_function("group 10,000 articles", |b| {
        b.iter(|| clusterer.group().len());
    });
    group.bench_function("rank their issues", |b| b.iter(|| issues(&clusterer).len()));
    group.finish();
}

criterion_group!(benches, brief);
criterion_main!(benches);
