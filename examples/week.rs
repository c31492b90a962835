//! A week in fast motion: feeds that go on publishing, refreshed round after round from a server on
//! the loopback into a real library, with a reader who presses keys all the while. Says whether
//! memory stays flat, the library grows as predicted, and keys are answered at the end as at the
//! start.
//!
//! `cargo run --profile quick --example week -- [FEEDS] [ROUNDS] [NEW ARTICLES A FEED AND ROUND]
//! [KEYS A ROUND]`; 100 40 5 125 where nothing is said, which makes 20,000 articles and 5,000 keys.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program of its own: it has a clock, and says what it saw"
)]

use gisa::app::protocol::network::{MadeSummary, NetworkJob, NetworkOutcome};
use gisa::app::protocol::table::WorkerJob;
use std::error::Error;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use gisa::app::{
    Cause, Collection, Effect, Failure, Job, JobEvent, Message, Model, Outcome, Prefs, Screen,
    Start, update,
};
use gisa::config::{Config, Depth, Language, Theme, Words};
use gisa::glyph::Caps;
use gisa::news::Passage;
use gisa::news::{Clean, Feed, sample};
use gisa::runtime::cancel::Cancel;
use gisa::runtime::refresh::{FetchPolicy, refresh};
use gisa::runtime::store::Store;
use gisa::runtime::workers::library::LibraryWorker;
use gisa::summary;
use gisa::text::WidthPolicy;
use gisa::view::view;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// What a reader presses, over and over.
const KEYS: &str = "j Enter j j Space v v Space n Enter G g g q j j j Enter + - s q J J u K m m L q j k / 다 리 Enter Esc q G g g S q n n Enter z z q";
/// Entries that a feed shows at once.
const SHOWN: usize = 25;

fn item(feed: usize, n: usize) -> String {
    let words = [
        "다리",
        "책방",
        "음악회",
        "예산",
        "공사",
        "버스",
        "강변",
        "시장",
        "학교",
        "병원",
        "첫차",
        "등대",
    ];
    let say = |k: usize| words[(feed * 31 + n * 17 + k * 7 + n / 12) % words.len()];
    let text: String = (0..12)
        .map(|k| {
            format!(
                "{}시는 {}일 {}와 {}에 {}억 원을 더 쓰기로 했다고 밝혔다. ",
                say(k),
                n % 28 + 1,
                say(k + 1),
                say(k + 2),
                n * k % 900
            )
        })
        .collect();
    let minutes = n * 7;
    format!(
        "<item><title>{} {} {n}번째 소식, {}호</title><link>http://news{feed}.example/{n}</link><pubDate>{}</pubDate><description>{text}</description></item>",
        say(0),
        say(1),
        feed,
        Timestamp::from_second(1_795_000_000 + minutes as i64 * 60)
            .map(|t| t.to_string())
            .unwrap_or_default(),
    )
}

/// Serves every feed as it stands in the present round.
fn serve(stream: TcpStream, round: &AtomicUsize, fresh: usize) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|l| !l.is_empty()) {}
    let feed: usize = first
        .split(['/', ' '])
        .nth(2)
        .and_then(|n| n.parse().ok())
        .unwrap_or(0);
    let newest = (round.load(Ordering::SeqCst) + 1) * fresh;
    let items: String = (newest.saturating_sub(SHOWN)..newest)
        .rev()
        .map(|n| item(feed, n))
        .collect();
    let body = format!(
        "<rss version=\"2.0\"><channel><title>가람신문 {feed}</title>{items}</channel></rss>"
    );
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The program, its library, and how long keys took.
struct Reader {
    model: Model,
    library: LibraryWorker,
    screen: Terminal<TestBackend>,
}

impl Reader {
    fn new(store: Store) -> Result<Self, Box<dyn Error>> {
        let start = Start {
            config: Config::standard(),
            prefs: Prefs::default(),
            words: Words::of(Language::Korean),
            theme: Theme::named("dark"),
            themes: gisa::config::Themes::default(),
            depth: Depth::True,
            terminal: "week".to_owned(),
            policy: WidthPolicy::default(),
            caps: Caps::default(),
            canvas: gisa::picture::Canvas::default(),
            pictures: false,
            clipboard: gisa::app::protocol::sharing::Clipboard::Terminal,
            links: false,
            press: None,
            ground: None,
            screen: Screen {
                width: 100,
                height: 30,
            },
            now: Timestamp::now(),
            zone: TimeZone::UTC,
            collection: Collection::Library,
            failures: Vec::new(),
        };
        let (model, effects) = Model::new(start);
        let mut reader = Self {
            model,
            library: LibraryWorker::new(Ok(store), sample::edition()),
            screen: Terminal::new(TestBackend::new(100, 30))?,
        };
        reader.settle(effects);
        Ok(reader)
    }

    /// Does what is asked, and what follows from it.
    fn settle(&mut self, effects: Vec<Effect>) {
        let mut open = effects;
        while let Some(effect) = open.pop() {
            if let Effect::Start(id, job) = effect {
                let outcome = self.perform(job);
                open.extend(update(
                    &mut self.model,
                    Message::Job(id, JobEvent::Done(outcome)),
                ));
            }
        }
    }

    fn perform(&mut self, job: Job) -> Outcome {
        match job {
            Job::Network(NetworkJob::Summary(request)) => {
                let article = &request.article;
                let all = summary::sentences(article);
                let summary = summary::summarize_sentences(article, &all, request.sentences);
                let places = all.into_iter().map(|s| Passage {
                    block: s.block,
                    item: s.item,
                    bytes: s.start..s.end,
                });
                NetworkOutcome::Summary(Ok(MadeSummary {
                    article: article.id(),
                    summary,
                    answers_search: false,
                    sources: places.collect(),
                }))
                .into()
            }
            Job::Library(job) => self.library.serve(job, &Cancel::new()).into(),
            job => job.failed(Failure::new(Cause::Cancelled, "")),
        }
    }

    /// Presses a key; how long it took until the screen showed what came of it.
    fn press(&mut self, key: &str) -> Result<Duration, Box<dyn Error>> {
        let key = key.parse().map_err(|()| format!("no key: {key}"))?;
        let begun = Instant::now();
        let effects = update(&mut self.model, Message::Key(key));
        self.settle(effects);
        self.screen.draw(|frame| view(&self.model, frame))?;
        Ok(begun.elapsed())
    }
}

/// Kilobytes of memory in use.
fn memory() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    text.lines()
        .find_map(|l| {
            l.strip_prefix("VmRSS:")?
                .trim()
                .strip_suffix(" kB")?
                .trim()
                .parse()
                .ok()
        })
        .unwrap_or(0)
}

/// What one round left.
struct Round {
    articles: u64,
    bytes: u64,
    memory: u64,
    median: Duration,
    slow: Duration,
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// A server of its own thread; its address.
fn publish(round: Arc<AtomicUsize>, fresh: usize) -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let now = round.clone();
            std::thread::spawn(move || serve(stream, &now, fresh));
        }
    });
    Ok(address)
}

/// Compares the second fifth of the week with its last: the first fills caches.
fn judge(rounds: &[Round], expected: u64) {
    let (count, last) = (rounds.len(), &rounds[rounds.len() - 1]);
    let (early, late) = (
        &rounds[count / 5..(count * 2 / 5).max(count / 5 + 1)],
        &rounds[count * 4 / 5..],
    );
    let mean = |part: &[Round], value: fn(&Round) -> f64| {
        part.iter().map(value).sum::<f64>() / part.len().max(1) as f64
    };
    let both = |value: fn(&Round) -> f64| (mean(early, value), mean(late, value));
    let memory = both(|r| r.memory as f64 / 1e3);
    let median = both(|r| milliseconds(r.median));
    let slow = both(|r| milliseconds(r.slow));
    let half = &rounds[count / 2];
    let predicted = half.bytes as f64 / half.articles.max(1) as f64 * last.articles as f64;
    println!("memory {:.0} → {:.0} MB", memory.0, memory.1);
    println!(
        "key median {:.2} → {:.2} ms, p95 {:.2} → {:.2} ms",
        median.0, median.1, slow.0, slow.1
    );
    let each = last.bytes / last.articles.max(1);
    println!(
        "library {:.1} MB, predicted from its half {:.1} MB, {each} bytes an article",
        last.bytes as f64 / 1e6,
        predicted / 1e6
    );
    let sound = memory.1 < memory.0 * 1.3 + 8.0
        && (last.bytes as f64 - predicted).abs() < predicted * 0.15
        && last.articles == expected;
    println!("{}", if sound { "sound" } else { "NOT as predicted" });
}

fn main() -> Result<(), Box<dyn Error>> {
    let numbers: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|a| a.parse().ok())
        .collect();
    let number = |at: usize, usual: usize| numbers.get(at).copied().unwrap_or(usual).max(1);
    let (feeds, rounds, fresh, keys) =
        (number(0, 100), number(1, 40), number(2, 5), number(3, 125));
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("library.db");
    let store = Store::open(&path)?;
    let round = Arc::new(AtomicUsize::new(0));
    let address = publish(round.clone(), fresh)?;
    for feed in 0..feeds {
        let url = Clean::line(&format!("http://{address}/{feed}"));
        store.feed_add(&Feed {
            url,
            title: Clean::line("x"),
            ..Feed::default()
        })?;
    }
    let mut reader = Reader::new(Store::open(&path)?)?;
    let mut pressed = KEYS.split_whitespace().cycle();
    let mut all = Vec::new();
    for n in 0..rounds {
        round.store(n, Ordering::SeqCst);
        let begun = Instant::now();
        let policy = FetchPolicy {
            per_host: 8,
            ..FetchPolicy::default()
        };
        let sum = refresh(
            &store,
            store.feeds_due(None)?,
            &policy,
            &Cancel::new(),
            &mut |_| (),
        )?;
        let refreshed = begun.elapsed().as_secs_f64();
        let mut took = Vec::with_capacity(keys);
        for _ in 0..keys {
            took.push(reader.press(pressed.next().unwrap_or("j"))?);
        }
        took.sort();
        let (bytes, articles) = store.size()?;
        let (median, slow) = (took[took.len() / 2], took[took.len() * 95 / 100]);
        let one = Round {
            articles,
            bytes,
            memory: memory(),
            median,
            slow,
        };
        println!(
            "round {n:3}: {:4} new, {articles:6} articles, {:6.1} MB library, {:4} MB memory, key {:6.2} ms median {:6.2} ms p95, \
             refresh {refreshed:.2} s",
            sum.new,
            bytes as f64 / 1e6,
            one.memory / 1000,
            milliseconds(median),
            milliseconds(slow)
        );
        all.push(one);
    }
    judge(&all, (feeds * rounds * fresh) as u64);
    println!("integrity: {:?}", store.check()?);
    Ok(())
}
