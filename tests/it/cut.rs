//! Texts of which only the beginning is there: told by every way out, and completed when opened.

use std::sync::Arc;

use gisa::app::protocol::network::{FetchedText, FullTextRequest, NetworkJob, NetworkOutcome};
use gisa::app::{Cause, Collection, Failure, Job, Pane, Start};
use gisa::news::{Article, Block, Clean, Extraction, ExtractionMethod};

use crate::support::pages::{PARAGRAPHS, page};
use crate::support::pty::Pty;
use crate::support::sandbox::Sandbox;
use crate::support::screen::{draw, text};
use crate::support::server::{Reply, Server};
use crate::support::session::{Session, start};

const FIRST: &str = "가람시는 한내강에 보행 다리를 놓는다고 3일 밝혔다.";
const SECOND: &str = "다리는 길이 420m, 폭 6m로 자전거와 사람이 나란히 건널 수 있게 짓는다.";
const THIRD: &str = "공사비 312억 원은 시와 도가 절반씩 내기로 지난달 합의했다.";
/// What a feed left of the third.
const CUT: &str = "공사비 312억 원은 시와";

/// A feed's article of which only the beginning is there.
fn beginning() -> Article {
    Article {
        url: Some(Clean::line("https://river.example/bridge")),
        title: Clean::line("한내강 보행 다리, 내년 봄 착공"),
        blocks: vec![Block::paragraph(&format!("{FIRST} {SECOND} {CUT}…"))],
        extraction: Extraction {
            method: ExtractionMethod::Feed,
            ..Extraction::default()
        },
        ..Article::default()
    }
}

/// The whole of it.
fn whole() -> Article {
    let mut blocks: Vec<Block> = [FIRST, SECOND, THIRD].map(Block::paragraph).into();
    blocks.extend((1..=60).map(|n| Block::paragraph(&format!("{n}번째 문단이 이어진다."))));
    Article {
        blocks,
        extraction: Extraction {
            method: ExtractionMethod::Density,
            ..Extraction::default()
        },
        ..beginning()
    }
}

fn session(set: impl FnOnce(&mut Start)) -> Session {
    let mut start = start(100, 20);
    set(&mut start);
    let mut session = Session::cold(start, vec![beginning()]);
    session.settle();
    session
}

fn is_rest(job: &Job) -> bool {
    matches!(job, Job::Network(NetworkJob::Rest(_)))
}

fn came(article: Article) -> NetworkOutcome {
    let (id, article) = (article.id(), Arc::new(article));
    let opened = article.into();
    NetworkOutcome::Rest(id, Ok(opened))
}

#[test]
fn opening_a_beginning_fetches_the_rest_once_in_its_place() {
    let mut s = session(|_| {});
    assert!(!s.live().any(is_rest), "chosen is not opened");
    s.keys("Enter");
    let asked = s.live().filter(|job| is_rest(job)).cloned();
    let request = FullTextRequest {
        id: beginning().id(),
        url: Clean::line("https://river.example/bridge"),
    };
    assert_eq!(
        asked.collect::<Vec<_>>(),
        [Job::Network(NetworkJob::Rest(request))]
    );
    assert!(text(&draw(&s.model)).contains("앞부분만 있는 글입니다. x를 누르면"));
    s.answer(is_rest, came(whole()));
    let screen = text(&draw(&s.model));
    assert!(
        screen.contains("절반씩 내기로") && !screen.contains("앞부분만"),
        "{screen}"
    );
    assert_eq!(s.model.focus(), Pane::Reader);
    s.settle();
    s.keys("q Enter j k");
    assert!(!s.live().any(is_rest), "asked for once");
}

#[test]
fn the_words_at_the_top_stay_there_when_the_rest_comes() {
    let mut s = session(|start| start.screen.height = 7);
    s.keys("Enter j j j j");
    let top = s.top();
    assert!(top.contains("짓는다. 공사비"), "{top}");
    s.answer(is_rest, came(whole()));
    let after = s.top();
    assert!(after.starts_with("공사비"), "{top:?} became {after:?}");
    // Above the foot of the article.
    s.keys("G k k k");
    assert!(text(&draw(&s.model)).contains("60번째 문단이"));
}

#[test]
fn a_beginning_stays_and_says_so_where_the_rest_is_not_to_be_had() {
    let unreachable = Failure::new(Cause::Unreachable, "river.example");
    let mut s = session(|_| {});
    s.keys("Enter");
    s.refuse(is_rest, unreachable);
    assert!(text(&draw(&s.model)).contains("앞부분만 있는 글입니다"));
    assert_eq!(s.notice(), (false, ""), "no key asked for it");
    let off: [fn(&mut Start); 3] = [
        |start| start.config.network.fetch_on_open = false,
        |start| start.config.network.offline = true,
        |start| start.collection = Collection::Sources,
    ];
    for set in off {
        let mut s = session(set);
        s.keys("Enter");
        assert!(!s.live().any(is_rest));
        assert!(text(&draw(&s.model)).contains("앞부분만 있는 글입니다"));
    }
    // A text of which a part is being selected is not put under other words.
    let mut s = session(|_| {});
    s.keys("Enter e");
    s.answer(is_rest, came(whole()));
    assert!(text(&draw(&s.model)).contains("앞부분만 있는 글입니다"));
}

#[test]
fn a_page_with_less_than_is_here_is_said_to_have_no_more() {
    let mut s = session(|start| start.config.network.fetch_on_open = false);
    s.keys("Enter x");
    assert_eq!(s.notice(), (false, "기사 전문을 받는 중…"));
    let fetched = FetchedText {
        opened: Arc::new(beginning()).into(),
        is_taken: false,
        is_other: false,
        problem: None,
    };
    s.answer(
        |job| matches!(job, Job::Network(NetworkJob::FullText(_))),
        NetworkOutcome::FullText(Ok(fetched)),
    );
    let sentence = "페이지에도 이보다 긴 글은 없습니다 · o 브라우저에서 열기";
    assert_eq!(s.notice(), (false, sentence));
    assert!(text(&draw(&s.model)).contains("앞부분만 있는 글입니다"));
}

#[test]
fn a_page_that_is_not_the_article_is_said_to_be_another() {
    let mut s = session(|start| start.config.network.fetch_on_open = false);
    s.keys("Enter x");
    let fetched = FetchedText {
        opened: Arc::new(beginning()).into(),
        is_taken: false,
        is_other: true,
        problem: None,
    };
    s.answer(
        |job| matches!(job, Job::Network(NetworkJob::FullText(_))),
        NetworkOutcome::FullText(Ok(fetched)),
    );
    let sentence = "페이지에 이 기사가 아닌 것이 있습니다(로그인 화면 등) · o 브라우저에서 열기";
    assert_eq!(s.notice(), (false, sentence));
    assert!(text(&draw(&s.model)).contains("앞부분만 있는 글입니다"));
}

#[test]
fn the_voice_reads_whole_sentences_and_says_that_there_is_more() {
    let mut s = session(|start| start.config.network.fetch_on_open = false);
    s.keys("Enter p");
    assert_eq!(s.notice(), (false, "앞부분만 있는 글입니다."));
    let said = s.model.listening().progress().1;
    assert_eq!(said, 3, "the headline and two sentences");
}

#[test]
fn an_answer_for_another_article_is_left_alone() {
    let mut s = session(|_| {});
    s.keys("Enter");
    let other = Article {
        url: Some(Clean::line("https://river.example/other")),
        ..whole()
    };
    s.answer(is_rest, came(other));
    assert!(text(&draw(&s.model)).contains("앞부분만 있는 글입니다"));
}

fn json(article: &Article) -> String {
    gisa::news::write::json(article).to_string()
}

#[cfg(all(
    feature = "llm",
    feature = "print",
    feature = "speech",
    feature = "sync"
))]
#[test]
fn no_command_says_or_prints_a_sentence_that_ends_in_its_middle() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("a.json", json(&beginning()));
    let short = sandbox.run(&["short", &file]);
    assert!(short.ok().contains(FIRST) && short.ok().contains(SECOND));
    assert!(short.ok().contains("앞부분만 있는 글에서") && !short.ok().contains(CUT));
    assert!(!short.ok().contains("전부 보여 드립니다"));
    let lines = sandbox.run(&["short", &file, "--json"]).json();
    assert_eq!(lines["cut"], true);
    assert_eq!(lines["sentences"].as_array().unwrap().len(), 2);
    for what in [&[][..], &["--what", "short"]] {
        let ran = sandbox.run(&[&["listen", &file, "--text"], what].concat());
        assert!(ran.out.contains("밝혔다"), "{}", ran.out);
        assert!(!ran.out.contains("시와"), "{}", ran.out);
        assert!(ran.err.contains("앞부분만 있는 글입니다"), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 1);
    }
    let paper = sandbox.path("paper.txt");
    let ran = sandbox.run(&["print", &file, "--to", &paper.to_string_lossy()]);
    assert!(
        ran.code == 0 && ran.err.contains("앞부분만 있는"),
        "{}",
        ran.err
    );
    let printed = std::fs::read_to_string(&paper).unwrap();
    assert!(printed.contains("420m"), "{printed}");
    assert!(printed.contains("앞부분만 있는 글입니다"), "{printed}");
    assert!(!printed.contains("312억"), "{printed}");
    let read = sandbox.run(&["read", &file]);
    assert!(read.ok().contains("앞부분만 있는 글입니다."));
    assert!(read.ok().contains(CUT) && !read.ok().contains("x를 누르면"));
    let extract = sandbox.run(&["extract", &file, "--format", "json"]).json();
    assert_eq!(extract["extraction"]["cut"], true);
    let sentences = sandbox.run(&["sentences", &file, "--json"]).json();
    assert_eq!(sentences.as_array().unwrap().len(), 3, "as they stand");
}

#[test]
fn the_day_in_brief_and_issues_leave_out_what_is_cut() {
    let sandbox = Sandbox::new();
    let lines = ["하나", "두리"].map(|outlet| {
        let mut value = gisa::news::write::json(&beginning());
        value["id"] = outlet.into();
        value["publisher"] = outlet.into();
        value["url"] = format!("https://{outlet}.example/1").into();
        value.to_string()
    });
    let file = sandbox.file("day.jsonl", lines.join("\n"));
    for command in [
        &["issues", &file][..],
        &["issues", &file, "--json"],
        &["brief", &file],
    ] {
        let ran = sandbox.run(command);
        assert!(ran.ok().contains("짓는다"), "{command:?}: {}", ran.out);
        assert!(!ran.ok().contains("312억"), "{command:?}: {}", ran.out);
    }
}

#[test]
fn a_cut_lead_of_a_feed_becomes_the_article_when_it_is_opened() {
    let marks = ["…", " [...]", "&lt;a href='/0'&gt;더보기&lt;/a&gt;", ""];
    let server = Server::start_with(
        // Its page calls itself otherwise than the feed does.
        ["/0", "/1", "/2", "/3"].map(|path| {
            let own = format!("<head><link rel=canonical href='{path}'>");
            (path, Reply::html(&page().replace("<head>", &own)))
        }),
        |base| {
            let items: String = marks
                .iter()
                .enumerate()
                .map(|(n, mark)| {
                    format!(
                        "<item><title>다리 소식 {n}</title><link>{base}/{n}?from=rss</link>\
                         <pubDate>Fri, 20 Nov 2026 0{n}:00:00 +0900</pubDate>\
                         <description>{FIRST} {CUT}{mark}</description></item>"
                    )
                })
                .collect();
            let feed = format!(
                "<rss version='2.0'><channel><title>강물일보</title>\
                 <language>ko</language>{items}</channel></rss>"
            );
            let feed = Reply::Body(200, "application/rss+xml", feed.into_bytes());
            vec![("/rss", feed)]
        },
    );
    let sandbox = Sandbox::new();
    sandbox.file(
        "config.toml",
        "[network]\nrefresh_every = 0\nfetch_ahead = false\n",
    );
    assert_eq!(sandbox.run(&["add", &server.url("/rss")]).code, 0);
    sandbox.run(&["refresh"]);
    let mut pty = Pty::start(&sandbox, &[], &[], (100, 30));
    let whole: String = PARAGRAPHS[0].chars().take(12).collect();
    for n in (0..4).rev() {
        pty.wait_for("앞부분만 있는");
        pty.send("\r");
        pty.wait(&format!("the whole of {n}"), |s| {
            s.contents().contains(&whole) && !s.contents().contains("앞부분만 있는")
        });
        pty.send("s");
        pty.wait_for("스크랩했습니다");
        pty.send("qj");
    }
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    assert_eq!(sandbox.run(&["scraps", "--json"]).ok().lines().count(), 4);
    for row in sandbox.run(&["list", "--json"]).ok().lines() {
        assert!(row.contains("\"scrapped\":true"), "{row}");
    }
}

#[test]
fn a_page_asked_for_says_what_it_gave_where_that_is_no_article() {
    let video = "<meta property='og:type' content='video.other'>";
    let wall = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\
                \"isAccessibleForFree\":false,\"headline\":\"다리 소식\"}</script>";
    let links =
        (0..80).map(|n| format!("<li><a href='/news/{n}'>한내강 다리 소식 {n}번째 제목</a>"));
    let pages = [
        (
            "/0",
            "<div id=app></div>".to_owned(),
            "본문을 찾지 못했습니다",
        ),
        (
            "/1",
            "<title>강물일보</title><div id=app></div>".to_owned(),
            "본문을 찾지 못했습니다",
        ),
        (
            "/2",
            format!("<title>강물일보</title>{}", links.collect::<String>()),
            "기사 목록인 페이지입니다",
        ),
        (
            "/3",
            format!("{video}<title>다리</title><p>짧은 말.</p>"),
            "영상 페이지라",
        ),
        (
            "/4",
            format!("{wall}<title>다리</title><p>{FIRST}</p>"),
            "구독자만 볼 수 있습니다",
        ),
        (
            "/5",
            "<title>404 Not Found</title><h1>404 Not Found</h1>".to_owned(),
            "오류 페이지를",
        ),
    ];
    let replies = pages.clone().map(|(path, html, _)| {
        let html = format!("<!doctype html><meta charset=utf-8>{html}");
        (path, Reply::html(&html))
    });
    let whole = [("/6", Reply::html(&page()))];
    let server = Server::start_with(replies.into_iter().chain(whole), |base| {
        let items: String = (0..7)
            .map(|n| {
                format!(
                    "<item><title>다리 소식 {n}</title><link>{base}/{n}</link>\
                     <pubDate>Fri, 20 Nov 2026 0{}:00:00 +0900</pubDate></item>",
                    9 - n
                )
            })
            .collect();
        let feed = format!(
            "<rss version='2.0'><channel><title>강물일보</title>\
             <language>ko</language>{items}</channel></rss>"
        );
        let feed = Reply::Body(200, "application/rss+xml", feed.into_bytes());
        vec![("/rss", feed)]
    });
    let sandbox = Sandbox::new();
    sandbox.file(
        "config.toml",
        "[network]\nrefresh_every = 0\nfetch_ahead = false\nfetch_on_open = false\n",
    );
    assert_eq!(sandbox.run(&["add", &server.url("/rss")]).code, 0);
    sandbox.run(&["refresh"]);
    // From the library, and from the feed named on the command line.
    let feed = server.url("/rss");
    for args in [&[][..], &[feed.as_str()]] {
        let mut pty = Pty::start(&sandbox, args, &[], (100, 30));
        pty.wait_for("다리 소식 6");
        for (path, _, sentence) in &pages {
            pty.wait_for(&server.url(path));
            pty.send("\rx");
            pty.wait(&format!("{path}: {sentence}"), |s| {
                let screen = s.contents();
                screen.contains(sentence) && screen.contains("브라우저에서 열기")
            });
            pty.send("qj");
        }
        pty.wait_for(&server.url("/6"));
        pty.send("\rx");
        pty.wait("the whole text and nothing under way", |s| {
            let screen = s.contents();
            screen.contains("한강 다리 아래 버려진") && !screen.contains("받는 중")
        });
        pty.send("Q");
        assert_eq!(pty.ended().exit_code(), 0);
    }
}
