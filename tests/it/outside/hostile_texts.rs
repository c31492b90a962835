//! Public suites of hostile and odd texts: nothing panics, and as many of their authors'
//! expectations are met as were when this was last measured.

use std::path::PathBuf;

use gisa::extract;
use gisa::extract::charset::decode;
use gisa::extract::{PageHint, Profiles, fragment, pasted};
use gisa::news::{Block, Clean, Query, write};

use crate::fuzz::bodies;
use crate::support::skip::outside;

#[expect(
    clippy::print_stderr,
    reason = "figures for whoever runs it with --nocapture"
)]
fn say(figure: &str) {
    eprintln!("{figure}");
}

/// One test of html5lib: the source, and the words that a browser would show.
struct Tree {
    source: String,
    shown: String,
}

/// Elements whose words no reader sees, or sees elsewhere.
const UNSEEN: [&str; 15] = [
    "script",
    "style",
    "noscript",
    "template",
    "title",
    "iframe",
    "noframes",
    "noembed",
    "textarea",
    "select",
    "svg",
    "math",
    "head",
    "button",
    "plaintext",
];

/// Elements that hold a page's furniture, or notes, for us: what stands in them is left out on
/// purpose.
const UNASKED: [&str; 18] = [
    "<aside>",
    "<nav>",
    "<footer>",
    "<dialog>",
    "<menu>",
    "<menuitem>",
    "<rt>",
    "<rp>",
    "<rtc>",
    "<rb>",
    "<object>",
    "<math",
    "<svg",
    "<select>",
    "<button>",
    "<noscript>",
    "<xmp>",
    "<form>",
];

fn trees(text: &str) -> Vec<Tree> {
    let mut found = Vec::new();
    for test in text.split("#data\n").skip(1) {
        let Some((source, rest)) = test.split_once("\n#errors") else {
            continue;
        };
        // A piece of some other element's inside is no page.
        let Some((_, tree)) = rest
            .split_once("#document\n")
            .filter(|(before, _)| !before.contains("#document-fragment"))
        else {
            continue;
        };
        let asked = !UNASKED.iter().any(|tag| tree.contains(tag));
        found.push(Tree {
            source: source.to_owned(),
            shown: if asked { shown(tree) } else { String::new() },
        });
    }
    found
}

/// The text nodes of a tree as html5lib writes it, but for those inside [`UNSEEN`].
fn shown(tree: &str) -> String {
    let (mut out, mut hidden, mut open) = (String::new(), None::<usize>, false);
    for line in tree.lines() {
        if open {
            // A text node goes on over several lines.
            open = !line.ends_with('"');
            if hidden.is_none() {
                out.push_str(line.trim_end_matches('"'));
                out.push(' ');
            }
            continue;
        }
        let Some(node) = line.strip_prefix("| ") else {
            continue;
        };
        let depth = node.len() - node.trim_start().len();
        if hidden.is_some_and(|at| depth <= at) {
            hidden = None;
        }
        let node = node.trim_start();
        if let Some(text) = node.strip_prefix('"') {
            open = !text.ends_with('"') || text.is_empty();
            if hidden.is_none() {
                out.push_str(text.strip_suffix('"').unwrap_or(text));
                out.push(' ');
            }
        } else if hidden.is_none()
            && UNSEEN.iter().any(|tag| {
                node.strip_prefix('<')
                    .and_then(|n| n.strip_prefix(tag))
                    .is_some_and(|r| r.starts_with([' ', '>']))
            })
        {
            hidden = Some(depth);
        }
    }
    out
}

fn letters(text: &str) -> String {
    Clean::line(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Of trees whose words we can compare, at least so many in a hundred show the same. What is left:
/// words that a browser moves out of tables, and unfinished tags at the end of a page.
const TREES_SHARE: usize = 95;

#[test]
fn html5libs_trees_go_through_the_cleaner() {
    let Some(folder) = outside("data/corpora/html5lib-tests/tree-construction") else {
        return;
    };
    let (mut all, mut asked, mut held) = (0, 0, 0);
    for path in files(folder, "dat") {
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        for tree in trees(&text) {
            all += 1;
            let blocks = fragment(&tree.source, Some("https://a.example/"));
            let words: String = blocks.iter().map(|b| b.plain() + " ").collect();
            assert!(
                words.chars().all(|c| c == '\n' || !c.is_control()),
                "{:?}",
                tree.source
            );
            for block in &blocks {
                if let Block::Paragraph { links, .. } = block {
                    assert!(
                        links
                            .iter()
                            .all(|l| !l.url.to_lowercase().starts_with("javascript:")),
                        "{:?}",
                        tree.source
                    );
                }
            }
            let _ = extract::html(&tree.source, &PageHint::default(), &Profiles::default());
            if !tree.shown.trim().is_empty() {
                asked += 1;
                let same = letters(&words) == letters(&tree.shown);
                held += usize::from(same);
                if !same && std::env::var_os("GISA_SHOW").is_some() {
                    say(&format!(
                        "{:?}\n  want {:?}\n  got  {:?}",
                        tree.source, tree.shown, words
                    ));
                }
            }
        }
    }
    say(&format!(
        "html5lib: {all} trees, none panics; {held} of {asked} that show words show the same"
    ));
    assert!(
        all > 1_000 && held * 100 >= asked * TREES_SHARE,
        "{held} of {asked}"
    );
}

fn files(folder: PathBuf, extension: &str) -> Vec<PathBuf> {
    let (mut open, mut found) = (vec![folder], Vec::new());
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn html5libs_entities_are_read_as_browsers_read_them() {
    let Some(folder) = outside("data/corpora/html5lib-tests/tokenizer") else {
        return;
    };
    let (mut asked, mut held) = (0, 0);
    for name in [
        "entities.test",
        "namedEntities.test",
        "numericEntities.test",
    ] {
        let suite: serde_json::Value =
            serde_json::from_slice(&std::fs::read(folder.join(name)).unwrap()).unwrap();
        for test in suite["tests"].as_array().unwrap() {
            let [output] = test["output"].as_array().unwrap().as_slice() else {
                continue;
            };
            let (Some("Character"), Some(wanted), Some(input)) = (
                output[0].as_str(),
                output[1].as_str(),
                test["input"].as_str(),
            ) else {
                continue;
            };
            asked += 1;
            let words: String = fragment(&format!("<p>x{input}x</p>"), None)
                .iter()
                .map(Block::plain)
                .collect();
            // What our cleaning takes away is taken from both.
            let same = words == *Clean::line(&format!("x{wanted}x"));
            held += usize::from(same);
            if !same && std::env::var_os("GISA_SHOW").is_some() {
                say(&format!("{input:?}: want {wanted:?}, got {words:?}"));
            }
        }
    }
    say(&format!(
        "html5lib: {held} of {asked} character references as expected"
    ));
    assert!(
        asked > 2_000 && held * 100 >= asked * 99,
        "{held} of {asked}"
    );
}

#[test]
fn the_utf8_stress_files_are_read_to_their_ends() {
    let mut lines = 0;
    for name in [
        "data/corpora/UTF-8-test-2003.txt",
        "data/corpora/utf8tests/utf8tests.bin",
        "data/corpora/utf8tests/utf8tests.txt",
    ] {
        let Some(path) = outside(name) else { return };
        let bytes = std::fs::read(path).unwrap();
        let whole = decode(&bytes, Some("utf-8"));
        assert!(
            whole.chars().filter(char::is_ascii_alphabetic).count() * 10
                > bytes.iter().filter(|b| b.is_ascii_alphabetic()).count() * 9
        );
        for line in bytes.split(|b| *b == b'\n') {
            lines += 1;
            // Each line as a page, a feed, a text to be set and a query.
            for (_, body) in bodies::ALL
                .iter()
                .filter(|(name, _)| ["page", "feed", "query", "opml", "config"].contains(name))
            {
                body(line);
            }
            bodies::layout(&[&[30, 1, 0, 0], line].concat());
            let shown = Clean::line(&String::from_utf8_lossy(line));
            assert!(
                shown
                    .chars()
                    .all(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
            );
        }
    }
    say(&format!("UTF-8 stress: {lines} lines"));
}

#[test]
fn the_big_list_of_naughty_strings_stays_words() {
    let Some(path) = outside("data/corpora/blns/blns.json") else {
        return;
    };
    let strings: Vec<String> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let now = "2026-11-20T12:00:00+09:00[Asia/Seoul]".parse().unwrap();
    for string in &strings {
        for (_, body) in bodies::ALL {
            body(string.as_bytes());
        }
        for width in [2, 9, 40, 120] {
            bodies::layout(&[&[width, 1, 0, 0], string.as_bytes()].concat());
        }
        let article = pasted::plain(
            &format!("제목 {string}\n\n본문이다. {string} 끝이다.\n\n{string}\n"),
            None,
        );
        let html = write::html(&article);
        // Tags in words are words: every tag in a page of ours is one that we write.
        for tag in html.split('<').skip(1) {
            let name: String = tag
                .trim_start_matches('/')
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            let ours = [
                "html",
                "meta",
                "title",
                "style",
                "article",
                "h1",
                "h2",
                "h3",
                "h4",
                "h5",
                "h6",
                "p",
                "a",
                "figure",
                "img",
                "figcaption",
                "blockquote",
                "ol",
                "ul",
                "li",
                "table",
                "tr",
                "td",
                "pre",
                "code",
                "footer",
                "br",
                "time",
            ];
            assert!(
                ours.contains(&name.as_str()) || tag.starts_with('!'),
                "<{name}> from {string:?}"
            );
        }
        assert!(
            !html.to_lowercase().contains("href=\"javascript:"),
            "{string:?}"
        );
        if let Ok(query) = Query::parse(string, &now) {
            let _ = query.spans(&Clean::line(string), gisa::news::Scope::Anywhere);
        }
    }
    say(&format!(
        "naughty strings: {}, as pages, feeds, texts, queries, settings, keys and exports",
        strings.len()
    ));
    assert!(strings.len() > 400);
}
