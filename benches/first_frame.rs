//! Measures the way from a pasted news page to the first frame: extraction, document, lines and
//! cells, one by one and together.

use gisa::app::protocol::change::Changed;
use gisa::app::protocol::library::{LibraryJob, LibraryOutcome};
use gisa::app::protocol::network::{NetworkJob, NetworkOutcome};
use gisa::app::protocol::rows::RowsPage;
use gisa::app::protocol::table::WorkerJob;
use std::hint::black_box;
use std::sync::Arc;

use criterion::Criterion;
use gisa::app::protocol::rows::Row;
use gisa::app::{
    Cause, Collection, Failure, Job, JobEvent, Message, Model, Outcome, Prefs, Screen, Start,
    update,
};
use gisa::config::{Config, Depth, Language, Theme, Words};
use gisa::extract::pasted::plain;
use gisa::glyph::Caps;
use gisa::news::Article;
use gisa::text::WidthPolicy;
use gisa::view::view;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const SCREEN: Screen = Screen {
    width: 120,
    height: 40,
};

/// A pasted page: menus above, the article with its buttons and caption, lists below.
fn page() -> String {
    let paragraphs: Vec<String> = (1..=9)
        .map(|n| {
            format!(
                "가람시는 {n}일 강을 따라 난 길 {n}0곳을 걷기 좋게 고치고, 나무 {}그루를 더 심는다고 밝혔다. 공사는 밤에 하지 \
                 않으며 ▲물이 고이는 곳 ▲가로등이 먼 곳 ▲다리 아래부터 먼저 손본다. 시 관계자는 \"걷는 사람이 늘면 골목 가게도 \
                 산다\"며 \"올해 안에 절반을 끝내겠다\"고 말했다.",
                n * 120
            )
        })
        .collect();
    format!(
        "본문 바로가기\n\n강변길 서른 곳, 걷기 좋게 고친다\n\n스크랩 글자크기\n\n닫기\n인쇄\n\n나무 천 그루 더 심어\n공사는 낮에만\n\n{}\n\n\
         한가람 기자 han@garam.example\nAD\n\n<ⓒ가람신문(garam.example) 무단전재 배포금지>\n\n많이 본 뉴스\n\n강 건너 첫눈\n\n언론사 홈 구독\ntop버튼\n",
        paragraphs.join("\n\n")
    )
}

fn start() -> Start {
    Start {
        config: Config::standard(),
        prefs: Prefs::default(),
        words: Words::of(Language::Korean),
        theme: Theme::named("dark"),
        themes: gisa::config::Themes::default(),
        depth: Depth::True,
        terminal: String::new(),
        policy: WidthPolicy::default(),
        caps: Caps::default(),
        canvas: gisa::picture::Canvas::default(),
        pictures: false,
        clipboard: gisa::app::protocol::sharing::Clipboard::Terminal,
        links: false,
        press: None,
        ground: None,
        screen: SCREEN,
        now: jiff::Timestamp::UNIX_EPOCH,
        zone: TimeZone::UTC,
        collection: Collection::Sources,
        failures: Vec::new(),
    }
}

/// The program with the article open, after the messages that the event loop would send.
fn opened(start: Start, article: Arc<Article>) -> Model {
    let (mut model, first) = Model::new(start);
    let mut effects = first;
    while let Some(effect) = effects.pop() {
        let gisa::app::Effect::Start(id, job) = effect else {
            continue;
        };
        let outcome: Outcome = match job {
            Job::Network(NetworkJob::ReadSources) => {
                NetworkOutcome::ReadSources(Ok(Vec::new())).into()
            }
            Job::Library(LibraryJob::Rows(request)) => LibraryOutcome::Rows(Ok(RowsPage {
                offset: request.offset,
                rows: vec![Row::of(&article)],
                total: 1,
                unread: 1,
            }))
            .into(),
            Job::Library(LibraryJob::Article(_)) => {
                LibraryOutcome::Article(Ok(article.clone().into())).into()
            }
            Job::Library(LibraryJob::Change(_)) => LibraryOutcome::Change(Ok(Changed::Done)).into(),
            job => job.failed(Failure::new(Cause::Cancelled, "")),
        };
        effects.extend(update(
            &mut model,
            Message::Job(id, JobEvent::Done(outcome)),
        ));
    }
    model
}

/// Draws the first frame on an empty terminal.
fn frame(model: &Model) -> usize {
    let Ok(mut terminal) = Terminal::new(TestBackend::new(SCREEN.width, SCREEN.height));
    let Ok(done) = terminal.draw(|frame| view(model, frame));
    done.buffer
        .content()
        .iter()
        .filter(|cell| cell.symbol() != " ")
        .count()
}

fn main() {
    let text = page();
    let article = Arc::new(plain(&text, None));
    let model = opened(start(), article.clone());
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("a pasted page to the first frame");
    group.bench_function("extract", |b| b.iter(|| plain(black_box(&text), None)));
    group.bench_function("open", |b| {
        b.iter_batched(
            start,
            |s| opened(s, article.clone()),
            criterion::BatchSize::SmallInput,
        );
    });
    group.bench_function("draw", |b| b.iter(|| frame(black_box(&model))));
    group.bench_function("all", |b| {
        b.iter_batched(
            start,
            |s| frame(&opened(s, Arc::new(plain(black_box(&text), None)))),
            criterion::BatchSize::SmallInput,
        );
    });
    group.finish();
    criterion.final_summary();
}
