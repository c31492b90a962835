//! `gisa brief`: the day in brief.

use serde_json::json;

use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};

const STORY: [&str; 4] = [
    "가람대교 통행이 20일 오전 11시 네 시간 만에 다시 시작됐다.",
    "가람시는 상판 이음새에서 금이 발견돼 통행을 막고 보강 공사를 했다고 밝혔다.",
    "시는 다음 달까지 가람대교의 이음새 36곳을 모두 살피기로 했다.",
    "통행이 막힌 동안 시내버스 12개 노선이 한내교로 돌아갔다.",
];

/// A line of `.jsonl`: an article of that publisher.
fn article(id: &str, publisher: &str, hour: u32, title: &str, texts: &[&str]) -> String {
    let blocks: Vec<_> = texts
        .iter()
        .map(|t| json!({"kind": "paragraph", "text": t}))
        .collect();
    json!({
        "id": id, "title": title, "publisher": publisher, "lang": "ko", "url": format!("https://{id}.example/(1)"),
        "published": format!("2026-11-20T{hour:02}:00:00+09:00"), "blocks": blocks,
    })
    .to_string()
}

/// A story that three publishers carry, one that a publisher carries twice, and one that stands alone.
fn day(sandbox: &Sandbox) -> String {
    let bread = [
        "나래동 빵집이 백 년 된 화덕을 박물관에 기증했다.",
        "화덕은 내년 봄부터 전시된다고 박물관은 설명했다.",
    ];
    let frogs = [
        "한내 습지에서 금개구리 알이 처음으로 발견됐다.",
        "조사단은 알 214개를 세어 기록했다.",
    ];
    let lines = [
        article(
            "a",
            "가람신문",
            11,
            "가람대교 통행 네 시간 만에 재개",
            &STORY,
        ),
        article(
            "b",
            "나래일보",
            12,
            "가람대교 통행 재개…이음새 36곳 점검",
            &[STORY[0], STORY[2], STORY[1]],
        ),
        article(
            "c",
            "다온뉴스",
            13,
            "가람대교 다시 열려…네 시간 만에 통행 재개",
            &[STORY[1], STORY[0], STORY[3]],
        ),
        article("d", "가람신문", 9, "* 백 년 화덕 [단독] 박물관으로", &bread),
        article(
            "e",
            "나래일보",
            10,
            "한내 습지서 금개구리 알 첫 발견",
            &frogs,
        ),
    ];
    sandbox.file("day.jsonl", lines.join("\n"))
}

#[test]
fn the_day_is_its_issues_and_then_what_belongs_to_none() {
    let sandbox = Sandbox::new();
    let file = day(&sandbox);
    let json = sandbox.run(&["brief", &file, "--format", "json"]).json();
    let issues = json["issues"].as_array().unwrap();
    assert_eq!(issues.len(), 1, "{json:#}");
    assert_eq!(issues[0]["articles"].as_array().unwrap().len(), 3);
    assert!((1..=3).contains(&issues[0]["summary"].as_array().unwrap().len()));
    let latest: Vec<&str> = json["latest"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["id"].as_str().unwrap())
        .collect();
    assert_eq!(latest, ["e", "d"], "the newest first");
    assert!(
        json["latest"][0]["summary"]
            .as_str()
            .unwrap()
            .contains("금개구리")
    );
    let one = sandbox
        .run(&["brief", &file, "--format", "json", "--limit", "1"])
        .json();
    assert_eq!(one["latest"].as_array().unwrap().len(), 1);
}

#[test]
fn the_forms_for_people_name_publishers_and_sentences() {
    let sandbox = Sandbox::new();
    let file = day(&sandbox);
    let ran = sandbox.run(&["brief", &file]);
    let text = ran.ok();
    for words in [
        "오늘의 이슈",
        "● 가람대교",
        "3곳",
        "가람신문, 나래일보, 다온뉴스",
        "그 밖의 새 기사",
        "금개구리 알 첫 발견",
        "  - ",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert_eq!(
        text.matches("가람대교 통행 재개…이음새").count()
            + text.matches("네 시간 만에 통행 재개").count(),
        0,
        "{text}"
    );
    let wide = |line: &str| gisa::text::WidthPolicy::default().width(line) > 80;
    assert!(!text.lines().any(wide), "{text}");
    let ran = sandbox.run(&["brief", &file, "--format", "md"]);
    let md = ran.ok();
    for words in [
        "# 기사 브리핑",
        "## 오늘의 이슈",
        "[나래일보](https://b.example/%281%29)",
        "- [\\* 백 년 화덕 \\[단독\\] 박물관으로](",
    ] {
        assert!(md.contains(words), "{words} in {md}");
    }
}

#[test]
fn an_empty_library_says_how_to_fill_it() {
    let sandbox = Sandbox::new();
    assert!(sandbox.run(&["brief"]).ok().contains("gisa refresh"));
    let json = sandbox
        .run(&["brief", "--format", "json", "--hours", "12"])
        .json();
    assert_eq!(json, json!({"hours": 12, "issues": [], "latest": []}));
}

#[test]
fn a_date_in_the_future_is_not_the_latest_for_ever() {
    let feed = |items: &[(&str, i64)]| {
        let items: String = items
            .iter()
            .map(|(title, hours)| {
                let at = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(*hours);
                format!(
                    "<item><title>{title}</title><guid>{title}</guid><link>https://river.example/{hours}</link>\
                     <pubDate>{at}</pubDate><description>{title}에 관한 짧은 글이다.</description></item>"
                )
            })
            .collect();
        format!("<rss version='2.0'><channel><title>강물일보</title>{items}</channel></rss>")
    };
    let sandbox = Sandbox::new();
    let body = feed(&[("먼 훗날의 다리", 300_000), ("어제의 다리", -20)]);
    let server = Server::start([("/rss", Reply::Body(200, "text/xml", body.into_bytes()))]);
    sandbox.run(&["add", &server.url("/rss")]);
    assert_eq!(sandbox.run(&["refresh"]).code, 0);
    // Seen first in a second delivery, and published after the first.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let body = feed(&[("오늘의 빵집", 0)]);
    let second = Server::start([("/rss", Reply::Body(200, "text/xml", body.into_bytes()))]);
    sandbox.run(&["add", &second.url("/rss")]);
    assert_eq!(sandbox.run(&["refresh"]).code, 0);
    for command in [&["list"][..], &["brief"], &["search", "의"]] {
        let ran = sandbox.run(command);
        let at = |title: &str| ran.ok().find(title).expect(&ran.out);
        assert!(
            at("오늘의 빵집") < at("먼 훗날의 다리"),
            "{command:?}: {}",
            ran.out
        );
        assert!(
            at("먼 훗날의 다리") < at("어제의 다리"),
            "{command:?}: {}",
            ran.out
        );
    }
    for row in sandbox.run(&["feeds", "--json"]).ok().lines() {
        let row: serde_json::Value = serde_json::from_str(row).unwrap();
        let newest: jiff::Timestamp = row["newest"].as_str().unwrap().parse().unwrap();
        assert!(newest <= jiff::Timestamp::now(), "{row}");
    }
}
