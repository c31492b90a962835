//! Texts that are commands to a terminal, by every way in and to every way out: what reaches the
//! terminal is what we meant to send, byte by byte on a real one; and files, paper, clipboard and
//! voice get the same care.

use serde_json::json;

use crate::support::hostile::{dresses, escaped, raw};
use crate::support::pages::{PARAGRAPHS, TITLE, page};
use crate::support::pty::Pty;
use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};
use crate::support::wire;

const WIDE: (u16, u16) = (110, 36);

/// Reads the stream of a terminal as [`wire`] does, and says that no letter of a command stands in
/// it.
#[track_caller]
fn is_ours(mut pty: Pty) -> wire::Wire {
    let wire = wire::read(&pty.all()).unwrap_or_else(|e| panic!("a foreign sequence: {e}"));
    assert!(
        !wire.text.contains("owned"),
        "letters of a command: {}",
        around(&wire.text, "owned")
    );
    wire
}

/// Says that a text for people or programs holds no command and no letter of one.
#[track_caller]
fn is_plain(what: &str, text: &str) {
    let bad = text
        .chars()
        .find(|c| !wire::is_harmless(*c) && *c != '\n' && *c != '\x0c');
    assert!(bad.is_none(), "{what}: {bad:?}");
    assert!(!text.contains("owned"), "{what}: {}", around(text, "owned"));
}

fn around(text: &str, word: &str) -> String {
    let at = text.find(word).unwrap_or(0);
    let from = text[..at]
        .char_indices()
        .rev()
        .nth(30)
        .map_or(0, |(i, _)| i);
    text[from..].chars().take(80).collect()
}

/// A page with a dress in every place that is shown.
fn dressed(n: usize, dress: &str) -> String {
    let quoted = dress.replace('"', "&quot;");
    let address = quoted.replace("owned", "seen");
    let tail = format!(
        "<p>{dress} 여섯째 문단은 {dress} 밤길을 밝힌다고 한다. 가람시는 {dress} 등을 더 단다고 밝혔다.</p>\
         <ul><li>{dress} 하나</li><li>둘 {dress}</li></ul><table><tr><th>{dress}</th><td>칸</td></tr></table>\
         <pre>{dress} 코드</pre><blockquote>{dress} 인용</blockquote><p><a href=\"https://a.example/{address}\">{dress} 링크</a></p>"
    );
    page()
        .replace(TITLE, &format!("{n} {dress}{TITLE}{quoted}"))
        .replace("정하늘 기자", &format!("{dress}정하늘 기자"))
        .replace("밤에 불을 켠", &format!("{dress}밤에 불을 켠"))
        .replace("alt=\"책방\"", &format!("alt=\"{quoted}책방\""))
        .replace("가람신문\"", &format!("{quoted}가람신문\""))
        .replace("/photo/book.jpg", &format!("/photo/{address}book.jpg"))
        .replace("ⓒ 가람신문", &format!("ⓒ {dress}가람신문"))
        .replace(
            "2026-11-20T09:12:00+09:00",
            &format!("2026-11-20T09:12:00+09:00{quoted}"),
        )
        .replace(
            "</div>\n<p class=\"copyright\">",
            &format!("{tail}</div>\n<p class=\"copyright\">"),
        )
}

/// A feed with an item for each dress, each with its page at `/N`.
fn rss(base: &str) -> String {
    let items: String = dresses()
        .iter()
        .enumerate()
        .map(|(n, dress)| {
            format!(
                "<item><title>{n}번 {dress} 소식</title><link>{base}/{n}?{link}</link><guid>{n}{dress}</guid>\
                 <author>{dress} 기자</author><category>{dress}</category><pubDate>Fri, 20 Nov 2026 09:1{n}:00 +0900{dress}</pubDate>\
                 <description>{dress} {} {dress}</description><enclosure url=\"{base}/{}.jpg\" type=\"image/jpeg\" length=\"1\"/></item>",
                PARAGRAPHS[0],
                dress.replace('"', "&quot;").replace("owned", "seen"),
                // What joins addresses encodes it in percent: text, then.
                link = dress.replace("owned", "seen"),
            )
        })
        .collect();
    let all: String = dresses().concat();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>가람신문 {all}</title><link>{base}/{}</link>\
         <description>{all}</description>{items}</channel></rss>",
        all.replace("owned", "seen")
    )
}

#[test]
fn a_hostile_feed_says_nothing_to_the_terminal_whatever_is_pressed() {
    let pages: Vec<(&'static str, Reply)> = ["/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7"]
        .into_iter()
        .enumerate()
        .map(|(n, path)| (path, Reply::html(&dressed(n, &dresses()[n]))))
        .collect();
    let server = Server::start_with(pages, |base| {
        vec![("/rss", Reply::Body(200, "text/xml", rss(base).into_bytes()))]
    });
    let sandbox = Sandbox::new();
    is_ours(Pty::start(
        &sandbox,
        &["add", &server.url("/rss")],
        &[],
        WIDE,
    ));
    let mut pty = Pty::start(&sandbox, &[], &[], WIDE);
    pty.wait_for("아직 받은 기사가");
    pty.send("R");
    pty.wait_for("0번");
    for _ in 0..8 {
        // Open, the whole text, short news, both ends, larger and smaller, address to the
        // clipboard, scrap, back.
        pty.send("\rxvvGgg++--0ysq\x0c");
        pty.send("j");
    }
    pty.send("\r");
    pty.wait_for("소식");
    pty.send("q");
    // Collections, issues, scraps, help, and hostile pastes into the prompts.
    pty.send("L");
    pty.send("jjq");
    pty.send("IqSq?q");
    pty.send(&format!(
        "/\x1b[200~{}\x1b[201~\r",
        raw().replace("\x1b[201~", "")
    ));
    pty.send("\x1b\x1b");
    pty.send("q");
    pty.send("Q");
    is_ours(pty);
    for args in [
        &["list"][..],
        &["list", "--json"],
        &["search", "소식"],
        &["feeds"],
        &["feeds", "--json"],
        &["issues"],
        &["brief"],
        &["scraps"],
        &["scraps", "--json"],
        &["doctor"],
        &["export"],
        &["read", &server.url("/1"), "--color", "always"],
        &["short", &server.url("/2")],
        &["sentences", &server.url("/3")],
        &["listen", &server.url("/4"), "--text"],
        &["extract", &server.url("/0")],
        &["extract", &server.url("/1"), "--format", "html"],
        &["refresh"],
    ] {
        is_ours(Pty::start(&sandbox, args, &[], WIDE));
    }
}

/// An article with commands in every field, as JSON that a careless or hostile program might write.
fn article() -> String {
    let evil = raw();
    let mut json = json!({
        "url": format!("https://a.example/{evil}"), "canonical_url": format!("https://b.example/{evil}"), "publisher": format!("신문{evil}"),
        "section": evil, "lang": evil, "title": format!("제목{evil}끝"), "subheads": [format!("부제{evil}")],
        "bylines": [{"name": format!("기자{evil}"), "role": evil, "email": format!("a@b.kr{evil}")}], "copyright": format!("ⓒ{evil}"),
        "page_summary": [format!("요약{evil}")], "lead_image": evil, "extraction": {"method": evil, "confidence": 1.0, "problem": null},
        "related": [{"title": evil, "url": evil}], "most_read": [{"rank": 1, "title": evil, "url": evil}],
        "blocks": [
            {"kind": "paragraph", "text": format!("본문{evil}끝. 둘째 문장이다. 셋째 문장도 있다."), "links": [{"start": 0, "end": 2, "url": format!("javascript:alert(1){evil}")}]},
            {"kind": "heading", "level": 2, "text": format!("소제목{evil}")}, {"kind": "quote", "text": format!("인용{evil}")},
            {"kind": "code", "text": format!("코드{evil}")}, {"kind": "list", "ordered": true, "items": [format!("항목{evil}")]},
            {"kind": "table", "rows": [[format!("칸{evil}"), "둘"]]},
            {"kind": "image", "url": format!("https://a.example/p.jpg{evil}"), "alt": evil, "caption": format!("사진{evil}"), "credit": evil},
            {"kind": "embed", "url": format!("file:///etc/passwd{evil}"), "title": format!("영상{evil}")},
        ],
    });
    json["extraction"]["problem"] = evil.into();
    json.to_string()
}

#[test]
fn exports_paper_and_voice_get_the_same_care() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("a.json", article());
    let escaped = sandbox.file(
        "b.json",
        format!(
            "{{\"title\": \"나 {}\", \"blocks\": [{{\"kind\": \"paragraph\", \"text\": \"{}\"}}]}}",
            escaped().replace("\\u0000", ""),
            "글"
        ),
    );
    for format in ["text", "json", "md", "html"] {
        let ran = sandbox.run(&["extract", &file, "--format", format]);
        is_plain(format, ran.ok());
        assert!(
            !ran.out.contains("href=\"javascript:") && !ran.out.contains("](javascript:"),
            "{format}"
        );
        assert!(
            !ran.out.contains("href=\"file:") && !ran.out.contains("](file:"),
            "{format}"
        );
    }
    for args in [
        &["read", &file][..],
        &["short", &file],
        &["sentences", &file, "--json"],
        &["listen", &file, "--text"],
        &["print", &file, "--to", "-"],
    ] {
        is_plain(args[0], &sandbox.run(args).out);
    }
    // Halves of pairs are no JSON; if they are refused, then in one sentence.
    let ran = sandbox.run(&["extract", &escaped]);
    is_plain("escaped", &(ran.out + &ran.err));
    sandbox
        .run(&[
            "scrap",
            &file,
            "--note",
            &raw().replace('\0', ""),
            "--tag",
            &raw().replace('\0', ""),
        ])
        .ok();
    for format in ["md", "html", "json"] {
        let dir = sandbox.path(format).to_string_lossy().into_owned();
        is_plain(
            format,
            sandbox
                .run(&["scraps", "export", &dir, "--format", format])
                .ok(),
        );
        let mut names = 0;
        for entry in std::fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            is_plain("a file's name", &name);
            assert!(
                !name.contains(['/', '\\', '\n', ':'])
                    && !name.starts_with('.')
                    && name.len() < 200,
                "{name}"
            );
            is_plain(&name, &std::fs::read_to_string(&path).unwrap());
            names += 1;
        }
        assert_eq!(names, 1);
    }
    let pdf = sandbox.path("a.pdf").to_string_lossy().into_owned();
    let printed = sandbox.run(&["print", &file, "--to", &pdf]);
    is_plain("print", &(printed.out + &printed.err));
    if let Ok(bytes) = std::fs::read(&pdf) {
        // Neither plain nor as UTF-16, as titles in PDFs are.
        let wide: Vec<u8> = "owned".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(
            !bytes.windows(5).any(|w| w == b"owned")
                && !bytes.windows(wide.len()).any(|w| w == wide)
        );
        assert!(
            !bytes.windows(11).any(|w| w == b"/JavaScript")
                && !bytes.windows(7).any(|w| w == b"/Launch")
        );
    }
}

#[test]
fn names_settings_and_surroundings_are_texts_from_outside_too() {
    let sandbox = Sandbox::new();
    let evil = raw().replace(['\0', '/'], "");
    let short: String = "\x1b]0;owned\x07\x1b[5m\u{202e}\u{9b}2J".to_owned();
    sandbox.file(&format!("in/{short}.html"), page());
    let dir = sandbox.path("in").to_string_lossy().into_owned();
    let opml = format!(
        "<opml><body><outline text=\"{0}\" title=\"{0}\"><outline text=\"{0}\" xmlUrl=\"https://a.example/{0}\" htmlUrl=\"{0}\"/></outline></body></opml>",
        dresses()[1]
    );
    let opml = sandbox.file("a.opml", opml);
    let lists = [
        vec![format!("{short}.html")],
        vec!["read".to_owned(), format!("https://a.example:1/{evil}")],
        vec!["extract".to_owned(), format!("{short}://x")],
        vec!["add".to_owned(), evil.clone()],
        vec!["remove".to_owned(), evil.clone()],
        vec!["search".to_owned(), format!("\"{evil}")],
        vec!["import".to_owned(), opml],
        vec!["feeds".to_owned()],
        vec![
            "scraps".to_owned(),
            "import".to_owned(),
            format!("/nowhere/{short}"),
        ],
        vec![
            "scraps".to_owned(),
            "export".to_owned(),
            sandbox.path(&short).to_string_lossy().into_owned(),
        ],
        vec!["doctor".to_owned()],
        vec!["read".to_owned(), dir.clone()],
    ];
    let mean = [
        ("TERM_PROGRAM", short.as_str()),
        ("COLORTERM", &short),
        ("TERM_PROGRAM_VERSION", &short),
        ("GISA_LOG", &short),
    ];
    for args in &lists[1..] {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        is_ours(Pty::start(&sandbox, &args, &mean, WIDE));
    }
    sandbox.file(
        "config.toml",
        format!(
            "theme = \"{}\"\n[reading]\n\"{}\" = 3\n",
            escaped().replace("\\u0000", ""),
            escaped().replace("\\u0000", "")
        ),
    );
    sandbox.file(
        "publishers/x.toml",
        format!("\"{}\" = 1\n", escaped().replace("\\u0000", "")),
    );
    for args in [&["list"][..], &["config", "show"], &["doctor"]] {
        is_ours(Pty::start(&sandbox, args, &mean, WIDE));
    }
    let mut pty = Pty::start(&sandbox, &[&dir, &lists[0][0]], &mean, WIDE);
    pty.wait_for("책방");
    pty.send("j\rq?qQ");
    is_ours(pty);
}

#[test]
fn a_terminal_that_answers_with_commands_is_not_obeyed() {
    let sandbox = Sandbox::new();
    sandbox.file("in/a.html", page());
    let dir = sandbox.path("in").to_string_lossy().into_owned();
    let mut pty = Pty::start(&sandbox, &[&dir], &[], WIDE);
    // Not sooner: what comes while lines are still echoed comes back from the system, not from us.
    pty.wait("its own screen", |s| s.alternate_screen());
    // Answers to questions, asked or not, with commands in them; and what looks like keys.
    pty.send("\x1bP>|owned1\x1b]0;owned2\x07\x1b\\\x1b[?62;4c\x1b]11;rgb:owned3/0000/0000\x1b\\\x1b]52;c;b3du\x07\x1b[>41;999999999999;0c");
    pty.wait_for("책방");
    pty.send("Q");
    is_ours(pty);
    is_ours(Pty::start(&sandbox, &["doctor"], &[], WIDE));
}

#[test]
fn hosts_that_pass_for_others_are_shown_for_what_they_are() {
    let sandbox = Sandbox::new();
    let article = |host: &str| {
        format!(
            "{{\"url\": \"https://{host}/a\", \"title\": \"제목\", \"blocks\": [{{\"kind\": \"paragraph\", \"text\": \"본문이다.\"}}]}}"
        )
    };
    for (host, seen) in [
        ("nаver.com", "xn--nver-53d.com"),
        ("한겨레.한국", "한겨레.한국"),
        ("xn--nver-53d.com", "xn--nver-53d.com"),
    ] {
        let file = sandbox.file("a.json", article(host));
        assert!(sandbox.run(&["read", &file]).ok().contains(seen), "{host}");
    }
}
