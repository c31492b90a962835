//! Short news by a language model, and the briefing: keys on the pure program, and the command line
//! with a server.

use gisa::app::protocol::library::{LibraryJob, LibraryOutcome};
use gisa::app::protocol::network::{NetworkJob, SummaryRequest};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;

use gisa::app::panes::reader::short_news::ShortNewsState;
use gisa::app::panes::showing::Showing;
use gisa::app::protocol::message::Progress;
use gisa::app::{Cause, Change, Effect, Failure, Job, JobEvent, Message, Pane};
use gisa::news::{Method, Summary};

use crate::support::pages;
use crate::support::sandbox::Sandbox;
use crate::support::screen::{draw, text};
use crate::support::session::{Session, model_summary, start, summarize};

fn is_model(job: &Job) -> bool {
    matches!(job, Job::Network(NetworkJob::ModelSummary(_)))
}

/// A run with a model in the settings, that article open.
fn reading(index: usize) -> Session {
    let mut start = start(100, 30);
    start.config.summary.model.url = "http://127.0.0.1:1/v1".into();
    start.config.summary.model.model = "exa".into();
    let mut s = Session::cold(start, pages::edition());
    s.settle();
    s.keys(&"j ".repeat(index));
    s.settle();
    s.keys("Enter");
    s.settle();
    s
}

fn shown(s: &Session) -> &Summary {
    let ShortNewsState::Ready(summary, _) = s.model.reader().short_news().state() else {
        panic!("{:?}", s.model.reader().short_news().state())
    };
    summary
}

#[test]
fn the_local_short_news_stands_until_the_model_has_answered() {
    let mut s = reading(1);
    let effects = s.keys("V");
    assert!(
        matches!(
            &effects[..],
            [
                Effect::Start(_, Job::Network(NetworkJob::Summary(_))),
                Effect::Start(
                    _,
                    Job::Network(NetworkJob::ModelSummary(SummaryRequest {
                        agreed: false,
                        ..
                    }))
                )
            ]
        ),
        "{effects:?}"
    );
    s.answer_at(0);
    assert_eq!(shown(&s).method, Method::Local);
    let id = s.open[0].0;
    s.tell(Message::Job(
        id,
        JobEvent::Progress(Progress {
            done: 57,
            total: None,
        }),
    ));
    let screen = text(&draw(&s.model));
    assert!(
        screen.contains("exa") && screen.contains("57자") && screen.contains("Esc"),
        "{screen}"
    );
    assert_eq!(s.keys("V"), [], "it is not asked for twice");
    let answer = model_summary(s.article(1), 3, true);
    s.answer(is_model, answer);
    assert!(matches!(shown(&s).method, Method::Llm(_)));
    let screen = text(&draw(&s.model));
    assert!(
        screen.contains("exa의 요약") && screen.contains("⚠ 원문 문장"),
        "{screen}"
    );
    s.keys("V");
    s.settle();
    assert_eq!(shown(&s).method, Method::Local, "and back");
}

#[test]
fn asked_for_where_only_the_list_is_seen_it_is_opened() {
    for key in ["v", "V"] {
        let mut start = start(40, 16);
        start.config.summary.model.url = "http://127.0.0.1:1/v1".into();
        start.config.summary.model.model = "exa".into();
        let mut s = Session::cold(start, pages::edition());
        s.settle();
        s.keys(&format!("j {key}"));
        s.settle();
        assert_eq!(
            (s.model.focus(), s.model.reader().showing()),
            (Pane::Reader, Showing::ShortNews),
            "{key}"
        );
        let line = &shown(&s).sentences[0].text;
        let first = line.split(' ').next().unwrap();
        assert!(text(&draw(&s.model)).contains(first), "{key}");
        assert_eq!(matches!(shown(&s).method, Method::Llm(_)), key == "V");
        assert!(s.model.list().rows()[1].read, "it is opened");
    }
}

#[test]
fn the_model_may_answer_before_the_local_one_is_made() {
    let mut s = reading(1);
    s.keys("V");
    let effects = s.answer(is_model, model_summary(&s.article(1).clone(), 3, false));
    assert!(matches!(effects[..], [Effect::Cancel(_)]), "{effects:?}");
    let local = summarize(s.article(1), 3);
    s.answer(|j| matches!(j, Job::Network(NetworkJob::Summary(_))), local);
    assert!(
        matches!(shown(&s).method, Method::Llm(_)),
        "the late local one does not take its place"
    );
}

#[test]
fn escape_calls_the_model_off_and_stays() {
    let mut s = reading(1);
    s.keys("V");
    s.answer_at(0);
    assert!(matches!(s.keys("Esc")[..], [Effect::Cancel(_)]));
    assert_eq!(
        (s.model.focus(), s.model.reader().showing()),
        (Pane::Reader, Showing::ShortNews)
    );
    s.answer(is_model, model_summary(&s.article(1).clone(), 3, false));
    assert_eq!(shown(&s).method, Method::Local, "its answer comes too late");
}

#[test]
fn a_model_that_fails_is_one_sentence_and_the_local_one_stays() {
    let mut s = reading(1);
    s.keys("V");
    s.answer_at(0);
    s.refuse(is_model, Failure::new(Cause::ModelBusy, "127.0.0.1"));
    assert_eq!(shown(&s).method, Method::Local);
    assert!(
        s.notice().0 && s.notice().1.contains("127.0.0.1"),
        "{:?}",
        s.notice()
    );
}

#[test]
fn the_first_text_to_a_server_waits_for_the_key_to_be_pressed_again() {
    let mut s = reading(1);
    s.keys("V");
    s.answer_at(0);
    s.refuse(is_model, Failure::new(Cause::ModelAsk, "https://a.example"));
    let (bad, sentence) = s.notice();
    assert!(
        !bad && sentence.contains("https://a.example") && sentence.contains('V'),
        "{sentence}"
    );
    assert!(matches!(
        s.keys("V")[..],
        [Effect::Start(
            _,
            Job::Network(NetworkJob::ModelSummary(SummaryRequest {
                agreed: true,
                ..
            }))
        )]
    ));
    s.settle();
    s.keys("J");
    s.settle();
    assert!(matches!(
        s.keys("V").last(),
        Some(Effect::Start(
            _,
            Job::Network(NetworkJob::ModelSummary(SummaryRequest {
                agreed: false,
                ..
            }))
        ))
    ));
}

#[test]
fn another_article_calls_the_model_off() {
    let mut s = reading(1);
    s.keys("V");
    let answer = model_summary(s.article(1), 3, false);
    s.keys("J");
    s.answer(
        |j| matches!(j, Job::Library(LibraryJob::Article(_))),
        LibraryOutcome::Article(Ok(s.article(2).clone().into())),
    );
    assert!(!s.live().any(is_model));
    s.answer(is_model, answer);
    s.settle();
    assert_eq!(shown(&s).method, Method::Local);
}

#[test]
fn without_a_model_the_key_says_so_and_shows_the_local_one() {
    let mut s = Session::reading(100, 30, 1);
    assert!(matches!(
        s.keys("V")[..],
        [Effect::Start(_, Job::Network(NetworkJob::Summary(_)))]
    ));
    assert!(s.notice().1.contains("summary.model"), "{:?}", s.notice());
}

fn read_now(s: &Session) -> Vec<bool> {
    s.model.list().rows().iter().map(|r| r.read).collect()
}

#[test]
fn a_briefing_walks_the_unread_articles_one_key_a_story() {
    let mut s = Session::new(100, 30);
    s.keys("j m B");
    s.settle();
    assert_eq!(
        (
            s.model.list().selected(),
            s.model.reader().showing(),
            s.model.focus()
        ),
        (0, Showing::ShortNews, Pane::Reader)
    );
    assert_eq!(
        read_now(&s),
        [false, true, false, false],
        "seen is not read"
    );
    assert!(text(&draw(&s.model)).contains("1/3"));
    let effects = s.keys("Space");
    let id = s.article(0).id();
    assert!(effects.iter().any(
        |e| matches!(e, Effect::Start(_, Job::Library(LibraryJob::Change(Change::Read(ids, true)))) if ids[..] == [id])
    ));
    s.settle();
    assert_eq!(
        (s.model.list().selected(), read_now(&s)),
        (2, vec![true, true, false, false])
    );
    assert!(text(&draw(&s.model)).contains("2/3") && !shown(&s).sentences.is_empty());
    s.keys("J");
    s.settle();
    assert_eq!(
        (s.model.list().selected(), read_now(&s)),
        (3, vec![true, true, false, false]),
        "what is skipped stays unread"
    );
    s.keys("K");
    s.settle();
    s.keys("s");
    assert!(s.model.list().rows()[2].scrapped);
    s.settle();
    s.keys("n");
    s.settle();
    s.keys("Space");
    s.settle();
    assert_eq!(read_now(&s), [true; 4]);
    assert!(
        !s.model.briefing().is_active()
            && s.model.focus() == Pane::List
            && s.model.reader().showing() == Showing::Body
    );
    s.keys("B");
    assert_eq!(s.notice().1, s.model.start().words.get("notice.all-read"));
}

#[test]
fn a_briefing_is_left_for_the_list_or_for_a_story_in_full() {
    for key in ["q", "Esc"] {
        let mut s = Session::new(100, 30);
        s.keys("B");
        s.settle();
        s.keys(key);
        assert!(
            !s.model.briefing().is_active() && s.model.focus() == Pane::List && !read_now(&s)[0],
            "{key}"
        );
        assert_eq!(s.model.reader().showing(), Showing::Body);
    }
    let mut s = Session::new(100, 30);
    s.keys("B Enter");
    s.settle();
    assert!(!s.model.briefing().is_active() && s.model.focus() == Pane::Reader && read_now(&s)[0]);
    assert_eq!(s.model.reader().showing(), Showing::Body);
}

/// One answer to one request, however it is asked.
fn serve(status: &'static str, body: String) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut line, mut length) = (String::new(), 0);
        while reader.read_line(&mut line).unwrap() > 2 {
            if let Some(n) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = n.trim().parse().unwrap();
            }
            line.clear();
        }
        reader.read_exact(&mut vec![0; length]).unwrap();
        let head = format!(
            "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).unwrap();
    });
    port
}

const STORY: &str = "가나시 한내강 보행 다리\n\n가나시는 한내강에 보행 다리를 새로 놓는다고 3일 밝혔다.\n\n공사비는 삼백억 원이며 시와 \
    도가 절반씩 낸다고 시는 설명했다.\n\n다리는 길이 420m로 내년 4월에 착공해 두 해 뒤에 열린다.\n\n시장은 다리가 열리면 강 건너까지 \
    10분이 덜 걸린다고 말했다.\n\n주민 모임은 밤에도 다리에 불을 밝혀 달라고 시에 요청했다.\n";

fn settings(port: u16) -> String {
    format!(
        "[summary.model]\nurl = \"http://127.0.0.1:{port}/v1\"\nmodel = \"exa\"\nkey_env = \"EXA_KEY\"\nanswer = \"free\"\n"
    )
}

#[cfg(feature = "llm")]
#[test]
fn the_command_prints_what_the_model_says_and_marks_what_it_invented() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("story.txt", STORY);
    let said = "가나시가 한내강에 보행 다리를 새로 놓는다.\\n다리는 길이 520m로 내년 4월에 착공한다.\\n주민 모임은 다리에 불을 밝혀 달라고 요청했다.";
    let body = format!(
        "{{\"choices\":[{{\"message\":{{\"content\":\"{said}\"}},\"finish_reason\":\"stop\"}}]}}"
    );
    sandbox.file("config.toml", settings(serve("200 OK", body)));
    let short = |json: &[&str]| {
        let mut command = sandbox.command(&[&["short", &file, "--with", "llm"], json].concat());
        crate::support::sandbox::ran(command.env("EXA_KEY", "geheim-77").output().unwrap())
    };
    let ran = short(&[]);
    assert!(
        ran.ok().contains("exa의 요약")
            && ran.out.contains("⚠ 원문 문장")
            && !ran.out.contains("520"),
        "{}",
        ran.out
    );
    let json = short(&["--json"]).json();
    assert_eq!(
        json["method"], "llm:exa",
        "the second time without the server"
    );
    assert_eq!(
        (
            &json["sentences"][1]["replaced"],
            &json["sentences"][0]["replaced"]
        ),
        (&true.into(), &().into())
    );
}

#[cfg(feature = "llm")]
#[test]
fn the_command_names_no_model_where_none_of_its_lines_stands() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("story.txt", STORY);
    let said = "다리는 길이 520m로 내년 9월에 착공한다.\\n공사비는 구백억 원이며 나라가 모두 낸다.";
    let body = format!(
        "{{\"choices\":[{{\"message\":{{\"content\":\"{said}\"}},\"finish_reason\":\"stop\"}}]}}"
    );
    sandbox.file("config.toml", settings(serve("200 OK", body)));
    let mut command = sandbox.command(&["short", &file, "--with", "llm", "--json"]);
    let ran = command.env("EXA_KEY", "geheim-77").output().unwrap();
    let json = crate::support::sandbox::ran(ran).json();
    let lines = json["sentences"].as_array().unwrap();
    assert!(lines.iter().all(|l| l["replaced"] == true), "{json}");
    assert_eq!(json["method"], "local");
}

#[cfg(feature = "llm")]
#[test]
fn the_command_fails_in_one_sentence_and_no_key_is_written_anywhere() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("story.txt", STORY);
    let unset = sandbox.run(&["short", &file, "--with", "llm"]);
    assert!(unset.sentence(1).contains("summary.model"));
    sandbox.file(
        "config.toml",
        settings(serve(
            "401 Unauthorized",
            "{\"error\":{\"message\":\"geheim-77\"}}".into(),
        )),
    );
    let mut command = sandbox.command(&["short", &file, "--with", "llm"]);
    let ran = command
        .env("EXA_KEY", "geheim-77")
        .env("GISA_LOG", "trace")
        .output()
        .unwrap();
    let ran = crate::support::sandbox::ran(ran);
    assert!(ran.sentence(1).contains("127.0.0.1") && !ran.err.contains("geheim"));
    let mut logs = 0;
    let mut open = vec![sandbox.path("")];
    while let Some(place) = open.pop() {
        for entry in std::fs::read_dir(place).unwrap().flatten() {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                let bytes = std::fs::read(entry.path()).unwrap();
                logs += usize::from(bytes.windows(5).any(|w| w == b" WARN"));
                assert!(
                    !bytes.windows(6).any(|w| w == b"geheim"),
                    "{:?}",
                    entry.path()
                );
            }
        }
    }
    assert!(logs > 0, "the log says what was done");
    let away = settings(1).replace("127.0.0.1:1", "a.example");
    sandbox.file("config.toml", away);
    let asked = sandbox.run(&["short", &file, "--with", "llm"]);
    assert!(
        asked.sentence(1).contains("http://a.example") && asked.err.contains("--agree"),
        "{}",
        asked.err
    );
}
