//! Public suites of feeds: nothing panics, and as many of their authors' expectations are met as
//! were when this was last measured.

use std::path::{Path, PathBuf};

use gisa::extract::feed::{ParsedFeed, feed};
use gisa::extract::fragment;

use crate::support::skip::outside;

/// All files below a folder of the outside texts; none, and a skip, where it is missing.
fn files(folder: &str) -> Vec<PathBuf> {
    let Some(root) = outside(&format!("data/{folder}")) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(path) = open.pop() {
        match std::fs::read_dir(&path) {
            Ok(entries) => open.extend(entries.flatten().map(|e| e.path())),
            Err(_) if path.is_file() => found.push(path),
            Err(_) => {}
        }
    }
    found.sort();
    found
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_default()
}

#[expect(
    clippy::print_stdout,
    reason = "figures for whoever runs it with --nocapture"
)]
fn say(what: &str) {
    println!("{what}");
}

/// One thing that feedparser's authors expect: where, which field, what.
struct Expectation {
    entry: Option<usize>,
    field: String,
    value: String,
}

/// `Expect: not bozo and entries[0]['title'] == 'Item 1 title'`.
fn expectation(text: &str) -> Option<Expectation> {
    let line = text
        .lines()
        .find_map(|l| l.trim().strip_prefix("Expect:"))?;
    let (entry, rest) = match line.find("entries[") {
        Some(at) => (
            line[at + 8..].split(']').next()?.parse().ok(),
            line[at + 8..].split_once(']')?.1,
        ),
        None => (None, line.split_once("feed")?.1),
    };
    let (field, rest) = rest.strip_prefix("['")?.split_once("']")?;
    let value = rest.trim_start().strip_prefix("==")?.trim();
    let value = value.strip_prefix('u').unwrap_or(value).trim_end();
    let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let value = value[1..].strip_suffix(quote)?;
    // A feed is named by its address here, so its own id is not kept.
    let kept =
        matches!(field, "title" | "link") || (entry.is_some() && matches!(field, "id" | "guid"));
    kept.then(|| Expectation {
        entry,
        field: field.to_owned(),
        value: value.to_owned(),
    })
}

/// Letters and digits of what an author expects, in lower case. It is written as Python prints it:
/// markup may be escaped, and the title may be markup.
fn letters(text: &str) -> String {
    let text: String = scraper::Html::parse_fragment(&text.replace('<', "&lt;"))
        .root_element()
        .text()
        .collect();
    let is_markup = text
        .split('<')
        .skip(1)
        .any(|t| t.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!'));
    let words: String = if is_markup {
        let blocks = fragment(&text, None);
        blocks.iter().map(|b| b.plain() + " ").collect()
    } else {
        text
    };
    words
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

fn holds(parsed: &ParsedFeed, expected: &Expectation) -> bool {
    let own = match (expected.entry, expected.field.as_str()) {
        (None, "title") => Some(parsed.feed.title.clone()),
        (None, "link") => parsed.feed.site.clone(),
        (Some(n), field) => parsed.entries.get(n).and_then(|e| match field {
            "title" => Some(e.article.title.clone()),
            "link" => e.article.url.clone(),
            _ => Some(e.guid.clone()),
        }),
        _ => None,
    };
    letters(&own.unwrap_or_default()) == letters(&expected.value)
}

#[test]
fn feedparsers_suite_is_read() {
    let (mut read, mut all, mut held, mut asked) = (0, 0, 0, 0);
    for path in files("corpora/feedparser")
        .iter()
        .filter(|p| p.extension().is_some_and(|e| e == "xml"))
    {
        let bytes = bytes(path);
        let parsed = feed(&bytes, None, "http://127.0.0.1:8097/feed");
        all += 1;
        read += usize::from(parsed.is_ok());
        if let (Some(expected), true) = (
            expectation(&String::from_utf8_lossy(&bytes)),
            path.to_string_lossy().contains("formed"),
        ) {
            asked += 1;
            let good = parsed.as_ref().is_ok_and(|p| holds(p, &expected));
            held += usize::from(good);
            if !good && std::env::var_os("GISA_SHOW").is_some() {
                say(&format!(
                    "{} {} {:?}",
                    path.display(),
                    expected.value,
                    parsed.as_ref().map(|p| p.entries.first().map(|e| (
                        &e.article.title,
                        &e.article.url,
                        &e.guid
                    )))
                ));
            }
        }
    }
    say(&format!(
        "feedparser: {read} of {all} read, {held} of {asked} expectations hold"
    ));
    // Not read: a document without any element. Not held: addresses from HTTP headers that no
    // longer mean it, names of articles completed to addresses, and words inside scripts and
    // objects.
    assert!(
        all == 0 || (all - read <= 1 && held * 100 >= asked * FEEDPARSER_SHARE),
        "{read} of {all}, {held} of {asked}"
    );
}

const FEEDPARSER_SHARE: usize = 94;

#[test]
fn feeds_of_every_dialect_are_read() {
    let fixtures = files("corpora/feed-rs");
    let fixtures: Vec<&PathBuf> = fixtures
        .iter()
        .filter(|p| {
            p.extension().is_some_and(|e| e == "xml" || e == "json")
                && !p.to_string_lossy().contains(".serde.")
        })
        .collect();
    let failed: Vec<String> = fixtures
        .iter()
        .filter(|p| feed(&bytes(p), None, "https://example.com/feed").is_err())
        .map(|p| {
            p.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    say(&format!(
        "feed-rs: {} of {} read; not {failed:?}",
        fixtures.len() - failed.len(),
        fixtures.len()
    ));
    // Two are XML of other kinds.
    assert!(failed.len() <= 2, "{failed:?}");
}

#[test]
fn old_korean_feeds_are_free_of_mojibake() {
    let mut entries = 0;
    for path in files("extract/korean/euckr_feeds")
        .iter()
        .filter(|p| p.extension().is_some_and(|e| e == "xml"))
    {
        let Ok(parsed) = feed(&bytes(path), None, "http://example.kr/rss") else {
            panic!("{}", path.display())
        };
        for article in parsed.articles() {
            entries += 1;
            let words = format!("{} {}", article.title, article.text());
            let hangul = words.chars().filter(|c| ('가'..='힣').contains(c)).count();
            let lost = words.chars().filter(|c| *c == '\u{fffd}').count();
            assert!(lost * 50 <= hangul + 49, "{}: {words}", path.display());
            assert!(
                !words.contains("ï¿½") && !words.contains("Ã"),
                "{}: {words}",
                path.display()
            );
        }
    }
    say(&format!("{entries} old Korean entries"));
}
