//! Throughput of line breaking on 10 MB of Korean news text at 72 cells, beside textwrap and ratatui's `Paragraph`, all
//! in one run; the last line says how we compare with the faster of the two.

use std::cell::RefCell;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode, Throughput};
use gisa::text::{Column, WidthPolicy, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Widget as _, Wrap};

const WIDTH: u16 = 72;
const BYTES: usize = 10_000_000;

const WHO: [&str; 8] =
    ["시는", "연구진은", "김민수 대표는", "행정안전부는", "교육청 관계자는", "A사는", "이 병원은", "조합(NFC)은"];
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

/// Paragraphs of two to six sentences.
fn text() -> Vec<String> {
    let mut state = 20_251_122_u64;
    let mut below = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
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
    paragraphs.iter().map(|p| textwrap::wrap(p, &options).len()).sum()
}

/// Scrolled past its end, a `Paragraph` breaks all of its lines and draws none.
fn ratatui_paragraph(paragraphs: &[String]) -> usize {
    let area = Rect::new(0, 0, WIDTH, 1);
    let mut buffer = Buffer::empty(area);
    for p in paragraphs {
        Paragraph::new(p.as_str()).wrap(Wrap { trim: true }).scroll((u16::MAX, 0)).render(area, &mut buffer);
    }
    black_box(&buffer);
    paragraphs.len()
}

type Run = fn(&[String]) -> usize;

fn main() {
    let paragraphs = text();
    let bytes: usize = paragraphs.iter().map(String::len).sum();
    let runs: [(&str, Run); 3] =
        [("gisa", ours), ("textwrap first-fit", textwrap_first_fit), ("ratatui Paragraph", ratatui_paragraph)];
    let best = RefCell::new([Duration::MAX; 3]);
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("wrap 10 MB of Korean at 72 cells");
    group.sampling_mode(SamplingMode::Flat).sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(3));
    for (index, (name, run)) in runs.into_iter().enumerate() {
        group.bench_function(name, |b| {
            b.iter_custom(|times| {
                let mut sum = Duration::ZERO;
                for _ in 0..times {
                    let spent = timed(run, &paragraphs);
                    let mut best = best.borrow_mut();
                    best[index] = best[index].min(spent);
                    sum += spent;
                }
                sum
            });
        });
    }
    group.finish();
    report(bytes, &best.into_inner());
}

#[expect(clippy::disallowed_methods, reason = "a bench is about the clock")]
fn timed(run: Run, paragraphs: &[String]) -> Duration {
    let start = Instant::now();
    black_box(run(black_box(paragraphs)));
    start.elapsed()
}

#[expect(clippy::print_stdout, reason = "a bench prints what it found")]
fn report(bytes: usize, best: &[Duration; 3]) {
    let [ours, textwrap, ratatui] = best.map(|d| bytes as f64 / d.as_secs_f64() / 1e6);
    println!("best of each: gisa {ours:.0} MB/s, textwrap {textwrap:.0} MB/s, ratatui {ratatui:.0} MB/s");
    println!("ratio to the faster of the two: {:.1}", ours / textwrap.max(ratatui));
}
