//! Every command of `docs/recipes.md`, run.

use std::process::Command;

use crate::support::sandbox::{Sandbox, program, ran};
use crate::support::server::{Reply, Server};

const FEED: &str = "<rss version='2.0'><channel><title>강물일보</title>\
    <item><title>도서관 '밤'에도</title><link>https://river.example/1</link><description>새 도서관.</description><pubDate>Sun, 22 Nov 2026 09:00:00 +0900</pubDate></item>\
    <item><title>금리 그대로</title><link>https://river.example/2</link><description>기준금리.</description><pubDate>Sun, 22 Nov 2026 10:00:00 +0900</pubDate></item>\
    </channel></rss>";

/// The calls of gisa in the page: up to what ends them there.
fn calls(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fence = None;
    for line in page.lines() {
        if let Some(kind) = line.strip_prefix("```") {
            fence = if fence.is_some() {
                None
            } else {
                Some(kind.to_owned())
            };
            continue;
        }
        let Some(kind) = &fence else { continue };
        let mut rest = line;
        while let Some(at) = rest.find("gisa ") {
            let before = rest[..at].chars().next_back();
            let call = &rest[at..];
            let end = match (kind.as_str(), before) {
                ("tmux", _) => call.find(')'),
                ("json" | "elisp", Some('"')) => call.find('"'),
                ("vim", Some('!')) => Some(call.find(" id:'").map_or(call.len(), |at| at + 4)),
                ("sh" | "cron", _) => Some(call.len()),
                _ => None,
            };
            found.extend(end.map(|end| call[..end].to_owned()));
            rest = &call[end.unwrap_or(5)..];
        }
    }
    found
}

#[test]
fn every_command_of_the_recipes_does_what_the_page_says() {
    let server = Server::start([(
        "/rss",
        Reply::Body(200, "application/rss+xml", FEED.as_bytes().to_vec()),
    )]);
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run(&["add", &server.url("/rss")]).code, 0);
    assert_eq!(sandbox.run(&["refresh"]).code, 0);
    assert_eq!(sandbox.run(&["mark", "scrapped", "금리"]).code, 0);
    assert_eq!(sandbox.run(&["saved", "add", "금리", "금리"]).code, 0);
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/recipes.md"));
    let calls = calls(&page.unwrap());
    assert!(calls.len() >= 12, "{calls:?}");
    let row = sandbox.run(&["list", "금리", "--format", "{id}\\t{title}"]);
    let id = row.ok().split('\t').next().unwrap().to_owned();
    let folder = program().parent().unwrap().to_string_lossy().into_owned();
    for call in &calls {
        let line = match call.ends_with("id:") {
            true => format!("{call}{id}"),
            false => call.clone(),
        };
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &line])
            .env_clear()
            .envs(sandbox.environment())
            .env("PATH", format!("{folder}:/usr/bin:/bin"))
            .current_dir(sandbox.path(""));
        let ran = ran(shell.output().unwrap());
        assert_eq!(ran.code, 0, "{line}: {}", ran.err);
        let expected = match line.as_str() {
            l if l.contains("--count") => "2\n",
            l if l.contains("today") || l.contains("brief") || l.contains("column") => "",
            l if l.contains("refresh") || l.contains("rules") => "",
            _ => "금리 그대로",
        };
        let is_said = ran.out.contains(expected) || l_is_list_of_saved(&line, &ran.out);
        assert!(is_said, "{line}: {}", ran.out);
    }
}

/// `gisa saved` names the search, not the article.
fn l_is_list_of_saved(line: &str, out: &str) -> bool {
    line.contains("saved") && out.contains("금리\t")
}
