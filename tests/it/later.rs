//! The read-later queue: its key, its list, its end, and the command.

use gisa::app::protocol::library::LibraryJob;
use gisa::app::protocol::network::NetworkJob;
use gisa::app::{Change, Effect, Job};

#[cfg(unix)]
use crate::support::pty::Pty;
use crate::support::sandbox::Sandbox;
use crate::support::screen::{draw, text};
use crate::support::session::Session;

fn asked(effects: &[Effect], wanted: impl Fn(&Change) -> bool) -> bool {
    effects.iter().any(|effect| {
        matches!(effect, Effect::Start(_, Job::Library(LibraryJob::Change(change))) if wanted(change))
    })
}

#[test]
fn one_key_puts_an_article_aside_with_its_text_and_u_undoes_it() {
    let mut s = Session::new(120, 40);
    let id = s.model.list().row().unwrap().id;
    assert!(asked(&s.keys("'"), |c| *c == Change::ToggleLater(id)));
    s.settle();
    assert!(s.queue.contains(&id));
    assert!(
        s.notice().1.starts_with("나중에 읽을 것에 넣었습니다"),
        "{:?}",
        s.notice()
    );
    let marked = |s: &Session| {
        let screen = text(&draw(&s.model));
        screen.lines().any(|line| line.contains("시간 전 · 나중에"))
    };
    assert!(marked(&s), "{}", text(&draw(&s.model)));
    let back = s.keys("u");
    assert!(asked(&back, |c| *c == Change::QueueAgain(vec![(id, None)])));
    s.settle();
    assert!(s.queue.is_empty() && !marked(&s));
    // Again, and out again by the same key.
    s.keys("'");
    let fetches = |j: &Job| matches!(j, Job::Network(NetworkJob::FetchLater));
    let mut fetched = false;
    while let Some((_, job)) = s.open.first() {
        fetched |= fetches(job);
        s.answer_at(0);
    }
    assert!(fetched);
    s.keys("'");
    s.settle();
    assert!(s.notice().1.starts_with("나중에 읽을 것에서 뺐습니다"));
    assert!(s.queue.is_empty());
}

#[test]
fn the_list_is_shown_and_left_by_its_keys() {
    let mut s = Session::new(120, 40);
    s.keys("g l");
    assert!(s.model.list().listing().filter.later);
    s.settle();
    s.keys("g l");
    assert!(!s.model.list().listing().filter.later);
}

#[test]
fn what_is_read_to_its_end_leaves_and_what_is_not_stays() {
    let mut s = Session::new(80, 24);
    s.keys("'");
    s.settle();
    // Seen beside the list is not read.
    assert!(!asked(&s.keys("j"), |c| matches!(
        c,
        Change::ReadThrough(_)
    )));
    s.settle();
    s.keys("k");
    s.settle();
    let id = s.model.list().row().unwrap().id;
    s.keys("Enter");
    s.settle();
    assert!(!asked(&s.keys("q"), |c| matches!(
        c,
        Change::ReadThrough(_)
    )));
    s.settle();
    s.keys("Enter G");
    s.settle();
    assert!(asked(&s.keys("q"), |c| *c == Change::ReadThrough(id)));
    s.settle();
    assert!(s.queue.is_empty());
    assert!(s.notice().1.starts_with("끝까지 읽어"), "{:?}", s.notice());
    s.keys("u");
    s.settle();
    assert!(s.queue.contains(&id));
}

#[test]
fn the_command_puts_aside_lists_and_takes_out() {
    let sandbox = Sandbox::new();
    assert!(sandbox.run(&["later"]).ok().contains("gisa later"));
    let page = |n: u8| {
        let html = format!(
            "<html><head><title>새 다리 {n}</title></head><body><article><h1>새 다리 {n}</h1>\
             <p>강 위에 새 다리가 놓였다. 사람들이 걸어서 건넌다. 시장까지 십 분이 걸린다.</p>\
             </article></body></html>"
        );
        sandbox.file(&format!("{n}.html"), html)
    };
    let (first, second) = (page(1), page(2));
    assert!(sandbox.run(&["later", &first]).ok().contains("새 다리 1"));
    sandbox.run(&["later", &second]).ok();
    let lines: Vec<serde_json::Value> = sandbox
        .run(&["later", "--json"])
        .ok()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let titles: Vec<&str> = lines.iter().map(|l| l["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["새 다리 1", "새 다리 2"]);
    assert!(lines[0]["later"].is_string());
    let id = format!("id:{}", lines[0]["id"].as_str().unwrap());
    // Its text is there without the file.
    std::fs::remove_file(&first).unwrap();
    let read = sandbox.run(&["read", &id, "--offline"]);
    assert!(read.ok().contains("시장까지 십 분이"), "{}", read.out);
    assert_eq!(sandbox.run(&["list", "later:", "--count"]).ok().trim(), "2");
    // A second time is no other place.
    assert!(sandbox.run(&["later", &id]).err.contains("이미"));
    sandbox.run(&["later", "--done", &id]).ok();
    assert_eq!(
        sandbox.run(&["list", "나중에:", "--count"]).ok().trim(),
        "1"
    );
    assert_eq!(sandbox.run(&["later", "--done", "id:ffff"]).code, 1);
}

#[cfg(unix)]
#[test]
fn the_reader_s_lists_show_what_is_put_aside_and_the_labels_of_scraps() {
    let sandbox = Sandbox::new();
    let page = "<html><head><title>새 다리</title></head><body><article><h1>새 다리</h1>\
                <p>강 위에 새 다리가 놓였다. 사람들이 걸어서 건넌다. 시장까지 십 분이 걸린다.</p>\
                </article></body></html>";
    let page = sandbox.file("1.html", page);
    sandbox.run(&["later", &page]).ok();
    let listed = sandbox.run(&["later", "--json"]);
    let line: serde_json::Value = serde_json::from_str(listed.ok().trim()).unwrap();
    let id = format!("id:{}", line["id"].as_str().unwrap());
    sandbox.run(&["scrap", &id, "--tag", "다리"]).ok();
    let mut pty = Pty::start(&sandbox, &[], &[], (100, 24));
    pty.wait("both marks", |s| s.contents().contains("나중에 · #다리"));
    pty.send("Q");
    pty.ended();
}
