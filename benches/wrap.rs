//! Measures line breaking of 10 MB of Korean news text at 72 cells beside textwrap and ratatui's
//! `Paragraph` in one run; the last line of output compares gisa with the faster of the two. Also
//! measures what readers wait for: the first screen of a short and a long article, the end of the
//! long one, and a resize there.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode, Throughput};
use gisa::news::{Article, Block};
use gisa::text::{Column, Document, Labels, Layout, Measure, Spot, WidthPolicy, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Widget as _, Wrap};

const WIDTH: u16 = 72;
const BYTES: usize = 10_000_000;
const ROUNDS: usize = 9;

const WHO: [&str; 8] = [
    "시는",
    "연구진은",
    "김민수 대표는",
    "행정안전부는",
    "교육청 관계자는",
    "A사는",
    "이 병원은",
    "조합(NFC)은",
];
const WHEN: [&str; 8] = [
    "지난 22일",
    "오는 3월부터",
    "2025년 말까지",
    "올해 상반기",
    "이날 오전 10시께",
    "최근 5년간",
    "“내년에는",
    "지난해보다 12.5%",
];
const WHAT: [&str; 8] = [
    "전통시장 주차장 84곳을",
    "‘걷기 좋은 길’ 사업을",
    "중소기업 1,204개사의 수출 계약을",
    "도서관·체육관·문화센터를",
    "전기차 충전기(급속) 설치를",
    "청년 월세 20만원 지원책을",
    "「지방자치법」 개정안을",
    "업무협약(MOU)을",
];
const DOES: [&str; 8] = [
    "확대한다고 밝혔다.",
    "추진하기로 했다.",
    "늘리겠다”고 말했다.",
    "마련했다고 설명했다.",
    "검토하고 있는 것으로 나타났다.",
    "체결했다.",
    "지원하되, 세부 기준은 다음 달 공개한다.",
    "마무리했다고 전했다.",
];

/// Generated paragraphs of two to six sentences.
fn text() -> Vec<String> {
    let mut state = 20_251_122_u64;
    let mut below = |n: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % n).unwrap_or(0)
    };
    let (mut out, mut bytes) = (Vec::new(), 0);
    while bytes < BYTES {
        let mut paragraph = String::new();
        for _ in 0..2 + below(5) {
            for words in [WHO, WHEN, WHAT, DOES] {
                paragraph.push_str(words[below(8)]);
                paragraph.push(' ');
            }
        }
        paragraph.truncate(paragraph.trim_end().len());
        bytes += paragraph.len();
        out.push(paragraph);
    }
    out
}

fn ours(paragraphs: &[String]) -> usize {
    let column = Column::plain(usize::from(WIDTH), WidthPolicy::default());
    paragraphs.iter().map(|p| wrap(p, &column).len()).sum()
}

fn textwrap_first_fit(paragraphs: &[String]) -> usize {
    let options = textwrap::Options::new(usize::from(WIDTH))
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
        .word_separator(textwrap::WordSeparator::UnicodeBreakProperties);
    paragraphs
        .iter()
        .map(|p| textwrap::wrap(p, &options).len())
        .sum()
}

/// Scrolled past its end, a `Paragraph` breaks all of its lines but draws none.
fn ratatui_paragraph(paragraphs: &[String]) -> usize {
    let area = Rect::new(0, 0, WIDTH, 1);
    let mut buffer = Buffer::empty(area);
    for p in paragraphs {
        Paragraph::new(p.as_str())
            .wrap(Wrap { trim: true })
            .scroll((u16::MAX, 0))
            .render(area, &mut buffer);
    }
    black_box(&buffer);
    paragraphs.len()
}

type Run = fn(&[String]) -> usize;

fn main() {
    let paragraphs = text();
    let bytes: usize = paragraphs.iter().map(String::len).sum();
    let runs: [(&str, Run); 3] = [
        ("gisa", ours),
        ("textwrap first-fit", textwrap_first_fit),
        ("ratatui Paragraph", ratatui_paragraph),
    ];
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("wrap 10 MB of Korean at 72 cells");
    group
        .sampling_mode(SamplingMode::Flat)
        .sample_size(10)
        .throughput(Throughput::Bytes(bytes as u64));
    group
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(3));
    for (name, run) in runs {
        group.bench_function(name, |b| b.iter(|| run(&paragraphs)));
    }
    group.finish();
    reading(&mut criterion, &paragraphs);
    report(bytes, &paragraphs, runs.map(|(_, run)| run));
}

const ROWS: u16 = 40;

fn screen(layout: &Layout, top: Spot) -> usize {
    layout
        .window(top, ROWS)
        .iter()
        .map(|&(_, spot)| layout.text(spot).len())
        .sum()
}

/// Measures from a finished document to the lines on the screen.
fn reading(criterion: &mut Criterion, paragraphs: &[String]) {
    let article = |bytes: usize, one: bool| {
        let mut sum = 0;
        let taken: Vec<&str> = paragraphs
            .iter()
            .take_while(|p| {
                sum += p.len();
                sum <= bytes
            })
            .map(String::as_str)
            .collect();
        let blocks = if one {
            vec![Block::paragraph(&taken.join(" "))]
        } else {
            taken.into_iter().map(Block::paragraph).collect()
        };
        Arc::new(Document::article(
            &Article {
                blocks,
                ..Article::default()
            },
            &Labels::default(),
        ))
    };
    let measure = |width| Measure::plain(width, WidthPolicy::default());
    let mut group = criterion.benchmark_group("reading");
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(1))
        .warm_up_time(Duration::from_millis(300));
    for (name, document) in [
        ("5 KB", article(5_000, false)),
        ("1 MB", article(1_000_000, false)),
        ("1 MB in one paragraph", article(1_000_000, true)),
    ] {
        let open = || Layout::new(Arc::clone(&document), measure(WIDTH));
        group.bench_function(format!("{name}: first screen"), |b| {
            b.iter(|| {
                let layout = open();
                screen(&layout, layout.first())
            });
        });
        group.bench_function(format!("{name}: to the end"), |b| {
            b.iter(|| {
                let layout = open();
                screen(&layout, layout.bottom(ROWS))
            });
        });
        let layout = open();
        let anchor = layout.anchor(layout.bottom(ROWS));
        group.bench_function(format!("{name}: resize at the end"), |b| {
            b.iter(|| {
                let layout = Layout::new(Arc::clone(&document), measure(WIDTH - 12));
                screen(&layout, layout.spot(anchor))
            });
        });
    }
    group.finish();
}

#[expect(clippy::disallowed_methods, reason = "a bench is about the clock")]
fn timed(run: Run, paragraphs: &[String]) -> Duration {
    let start = Instant::now();
    black_box(run(black_box(paragraphs)));
    start.elapsed()
}

/// Runs the three in turns, so that other load on the machine affects all of them, and reports the
/// median of the ratios.
#[expect(clippy::print_stdout, reason = "a bench prints what it found")]
fn report(bytes: usize, paragraphs: &[String], runs: [Run; 3]) {
    let mut rounds: Vec<[f64; 3]> = (0..ROUNDS)
        .map(|_| runs.map(|run| bytes as f64 / timed(run, paragraphs).as_secs_f64() / 1e6))
        .collect();
    let ratio = |r: &[f64; 3]| r[0] / r[1].max(r[2]);
    rounds.sort_by(|a, b| ratio(a).total_cmp(&ratio(b)));
    let middle = rounds[ROUNDS / 2];
    println!(
        "gisa {:.0} MB/s, textwrap {:.0} MB/s, ratatui {:.0} MB/s",
        middle[0], middle[1], middle[2]
    );
    println!(
        "ratio to the faster of the two: {:.1} (median of {ROUNDS} rounds)",
        ratio(&middle)
    );
}
