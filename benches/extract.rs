//! Measures pages a second beside another library, and how the time grows with the page.
#![expect(clippy::disallowed_methods, reason = "the sample pages are files")]

use std::hint::black_box;
use std::io::Read as _;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gisa::extract::{PageHint, Profiles, html};

/// The sample pages of the tests, in the markup of many publishers, and longer generated ones.
fn pages() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/extract");
    let written = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "html"))
        .filter_map(|path| std::fs::read_to_string(path).ok());
    written.chain((1..40).map(|n| page(n * 5))).collect()
}

/// A page with `n` paragraphs and menus and teasers around them.
fn page(n: usize) -> String {
    let text = "<p>가나시는 다음 달부터 <a href='/1'>첫차</a>를 30분 앞당긴다고 밝혔다. 시민들은 반기는 분위기다.</p>\n";
    let menu = "<li class=menu><a href='/m'>메뉴의 이름</a></li>";
    let card = "<div class=card><a href='/c'>다른 기사의 제목이 여기에 있다</a><p>다른 기사의 첫 문장이다.</p></div>";
    format!(
        "<html lang=ko><title>첫차</title><ul>{}</ul><div class=text>{}</div>{}</html>",
        menu.repeat(n),
        text.repeat(n),
        card.repeat(n)
    )
}

/// Pages of 30 countries as they were served, where `GISA_OUTSIDE` names a folder that has them.
fn real_pages() -> Vec<String> {
    let folder = std::env::var_os("GISA_OUTSIDE")
        .map(|outside| Path::new(&outside).join("data/extract/world/pages"));
    let read = |path: &Path| {
        let mut page = Vec::new();
        flate2::read::GzDecoder::new(std::fs::File::open(path).ok()?)
            .read_to_end(&mut page)
            .ok()?;
        Some(String::from_utf8_lossy(&page).into_owned())
    };
    folder
        .and_then(|folder| std::fs::read_dir(folder).ok())
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| read(&entry.path()))
        .collect()
}

fn speed(c: &mut Criterion) {
    compare(c, "extract", &pages());
    let real = real_pages();
    if !real.is_empty() {
        compare(c, "extract, real pages", &real);
    }
}

/// Extracts `pages` with each library in turn.
fn compare(c: &mut Criterion, name: &str, pages: &[String]) {
    let profiles = Profiles::embedded();
    let mut group = c.benchmark_group(name);
    group
        .throughput(Throughput::Elements(pages.len() as u64))
        .sample_size(20);
    group.bench_function("gisa", |b| {
        b.iter(|| {
            pages
                .iter()
                .map(|p| {
                    html(black_box(p), &PageHint::default(), &profiles)
                        .blocks
                        .len()
                })
                .sum::<usize>()
        });
    });
    group.bench_function("dom_smoothie", |b| {
        let read = |p: &str| {
            dom_smoothie::Readability::new(p, None, None)
                .ok()?
                .parse()
                .ok()
                .map(|a| a.text_content.len())
        };
        b.iter(|| {
            pages
                .iter()
                .filter_map(|p| read(black_box(p)))
                .sum::<usize>()
        });
    });
    // The lower bound for libraries that build the same tree: it parses the page and takes every
    // paragraph as text.
    group.bench_function("scraper, all paragraphs", |b| {
        let Ok(paragraphs) = scraper::Selector::parse("p") else {
            return;
        };
        let read = |p: &str| {
            let page = scraper::Html::parse_document(p);
            page.select(&paragraphs)
                .flat_map(|e| e.text())
                .map(str::len)
                .sum::<usize>()
        };
        b.iter(|| pages.iter().map(|p| read(black_box(p))).sum::<usize>());
    });
    group.finish();
}

/// The throughput in bytes must be the same for all sizes, of ordinary pages and of hostile ones.
fn growth(c: &mut Criterion) {
    let profiles = Profiles::embedded();
    let mut group = c.benchmark_group("growth");
    group.sample_size(10);
    for factor in [1_usize, 4, 16, 50] {
        let many = 20_000 * factor;
        let kinds = [
            ("article", page(many / 40)),
            ("nested", "<div>".repeat(many)),
            ("unclosed", "<b><p>가".repeat(many)),
            (
                "siblings",
                "<div class=c><a href=/x>제목이 여기 있다</a></div>".repeat(many / 4),
            ),
            (
                "attribute",
                format!("<div class='{}'>x</div>", "ad ".repeat(many)),
            ),
        ];
        for (name, html_text) in kinds {
            group.throughput(Throughput::Bytes(html_text.len() as u64));
            group.bench_with_input(BenchmarkId::new(name, factor), &html_text, |b, text| {
                b.iter(|| {
                    html(black_box(text), &PageHint::default(), &profiles)
                        .blocks
                        .len()
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, speed, growth);
criterion_main!(benches);
