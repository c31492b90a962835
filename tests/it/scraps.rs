//! Scraps from outside: the real program, a server that goes away, folders of the reader's, and a
//! printer.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::Deserialize as _;

use crate::support::pages::{PARAGRAPHS, TITLE, page};
use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};

const PICTURE: &[u8] = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;";

fn served() -> Server {
    let picture = Reply::Body(200, "image/gif", PICTURE.to_vec());
    Server::start([
        ("/book", Reply::html(&page())),
        ("/photo/book.jpg", picture),
    ])
}

/// Files of a folder and those below it, hidden ones left out, by name.
fn files(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .map(Result::unwrap)
    {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if path.is_dir() {
            out.extend(files(&path));
        } else {
            out.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    out.sort();
    out
}

fn arg(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[test]
fn a_scrap_is_whole_when_its_page_and_server_are_gone() {
    let (sandbox, server) = (Sandbox::new(), served());
    let url = server.url("/book");
    sandbox
        .run(&[
            "scrap",
            &url,
            "--note",
            "다시 읽기",
            "--tag",
            "책",
            "--tag",
            "읽을 것",
        ])
        .ok();
    drop(server);
    let html = sandbox.path("html");
    sandbox
        .run(&["scraps", "export", &arg(&html), "--format", "html"])
        .ok();
    let all = files(&html);
    assert_eq!(all.len(), 1);
    let text = String::from_utf8(all[0].1.clone()).unwrap();
    for word in [
        PARAGRAPHS[2],
        "다시 읽기",
        "#읽을 것",
        "숏뉴스",
        "src=\"data:image/gif;base64,R0lGOD",
    ] {
        assert!(text.contains(word), "{word} in {text}");
    }
    assert!(
        !text.contains("<script") && !text.contains("src=\"http"),
        "nothing else is needed to read it"
    );
    let md = sandbox.path("md");
    sandbox.run(&["scraps", "export", &arg(&md)]).ok();
    let all = files(&md);
    assert_eq!(all.len(), 2, "the note and its picture: {all:?}");
    let note = all
        .iter()
        .find(|(path, _)| path.extension().is_some_and(|e| e == "md"))
        .unwrap();
    let text = String::from_utf8(note.1.clone()).unwrap();
    let (head, body) = text
        .strip_prefix("---\n")
        .unwrap()
        .split_once("\n---\n")
        .unwrap();
    for line in [
        &format!("title: \"{TITLE}\""),
        "date: 2026-11-20T09:12:00+09:00",
        "publisher: \"가람신문\"",
        "tags: [\"책\", \"읽을-것\"]",
    ] {
        assert!(head.contains(line), "{line} in {head}");
    }
    for key in ["gisa: ", "url: ", "aliases: ", "kept: ", "note: "] {
        assert!(head.lines().any(|l| l.starts_with(key)), "{key} in {head}");
    }
    assert!(
        body.contains("](pictures/") && body.contains(PARAGRAPHS[0]),
        "{body}"
    );
}

#[test]
fn scraps_are_found_by_label_note_and_words() {
    let (sandbox, server) = (Sandbox::new(), served());
    sandbox
        .run(&[
            "scrap",
            &server.url("/book"),
            "--note",
            "도서관 자료",
            "--tag",
            "책",
        ])
        .ok();
    let other = sandbox.file(
        "b.json",
        r#"{"title": "다른 기사", "publisher": "견본", "blocks": [{"kind": "paragraph", "text": "아무 말이다."}]}"#,
    );
    sandbox.run(&["scrap", &other, "--tag", "나중"]).ok();
    for (query, titles) in [
        ("tag:책", vec![TITLE]),
        ("도서관", vec![TITLE]),
        ("출판사 열두 곳", vec![TITLE]),
        ("tag:나중 아무", vec!["다른 기사"]),
        ("publisher:견본", vec!["다른 기사"]),
        ("tag:없는것", vec![]),
    ] {
        let ran = sandbox.run(&["scraps", "--json", "--find", query]);
        let found: Vec<serde_json::Value> = ran
            .ok()
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect();
        assert_eq!(
            found
                .iter()
                .map(|s| s["title"].as_str().unwrap())
                .collect::<Vec<_>>(),
            titles,
            "{query}"
        );
    }
    assert!(
        sandbox
            .run(&["scraps", "--find", "tag:"])
            .sentence(1)
            .contains("⟨!⟩")
    );
}

#[test]
fn export_and_import_into_another_place_lose_nothing() {
    let (first, server) = (Sandbox::new(), served());
    first
        .run(&[
            "scrap",
            &server.url("/book"),
            "--note",
            "다시",
            "--tag",
            "책",
        ])
        .ok();
    let out = first.path("out");
    first
        .run(&["scraps", "export", &arg(&out), "--format", "json"])
        .ok();
    let once = files(&out);
    first
        .run(&["scraps", "export", &arg(&out), "--format", "json"])
        .ok();
    assert!(files(&out) == once, "again is the same again");
    let second = Sandbox::new();
    second.run(&["scraps", "import", &arg(&out)]).ok();
    second.run(&["scraps", "import", &arg(&out)]).ok();
    let back = second.path("back");
    second
        .run(&["scraps", "export", &arg(&back), "--format", "json"])
        .ok();
    let bytes = |all: Vec<(PathBuf, Vec<u8>)>| {
        all.into_iter()
            .map(|f| (f.0.file_name().unwrap().to_owned(), f.1))
            .collect::<Vec<_>>()
    };
    assert!(bytes(files(&back)) == bytes(once));
}

#[test]
fn the_mirror_folder_follows_and_where_it_cannot_nothing_is_lost() {
    let (sandbox, server) = (Sandbox::new(), served());
    let mirror = sandbox.path("거울");
    sandbox.file(
        "config.toml",
        format!("[scrap]\nmirror = \"{}\"\n", mirror.display()),
    );
    let url = server.url("/book");
    sandbox.run(&["scrap", &url]).ok();
    let notes = |dir: &Path| {
        files(dir)
            .into_iter()
            .filter(|(p, _)| p.extension().is_some_and(|e| e == "md"))
            .collect::<Vec<_>>()
    };
    assert_eq!(notes(&mirror).len(), 1);
    sandbox.run(&["scrap", &url, "--tag", "책"]).ok();
    let now = notes(&mirror);
    assert!(now.len() == 1 && String::from_utf8_lossy(&now[0].1).contains("tags: [\"책\"]"));
    let file = sandbox.file("no-folder", "x");
    sandbox.file(
        "config.toml",
        format!("[scrap]\nmirror = \"{file}/inner\"\n"),
    );
    let ran = sandbox.run(&["scrap", &url, "--note", "그래도"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.trim_end().lines().count() == 1 && ran.err.contains("no-folder"),
        "{}",
        ran.err
    );
    assert_eq!(
        sandbox
            .run(&["scraps", "--json", "--find", "그래도"])
            .ok()
            .lines()
            .count(),
        1,
        "the scrap is kept all the same"
    );
}

#[test]
fn a_page_that_changed_or_went_away_is_told_and_the_copy_stays() {
    let sandbox = Sandbox::new();
    // The scraps come from files, whose addresses are not asked inside the own network else.
    sandbox.file("config.toml", "[network]\nhome_servers = true\n");
    let local = |path: &str| page().replace("https://news.garam.example/2026/11/20/book", path);
    let server = Server::start([
        ("/same", Reply::html(&local("/same"))),
        ("/changed", Reply::html(&local("/changed"))),
    ]);
    let json = sandbox
        .run(&["extract", &server.url("/same"), "--format", "json"])
        .json();
    let mut kept = Vec::new();
    for path in ["/same", "/changed", "/gone"] {
        let mut article = json.clone();
        article["url"] = server.url(path).into();
        article["canonical_url"] = server.url(path).into();
        article["title"] = format!("{} {path}", if path == "/same" { TITLE } else { "제목" })
            .trim_end_matches(" /same")
            .into();
        sandbox
            .run(&[
                "scrap",
                &sandbox.file(&format!("{}.json", &path[1..]), article.to_string()),
            ])
            .ok();
        kept.push(article);
    }
    let told = sandbox.run(&["scraps", "check"]);
    let lines: Vec<&str> = told.ok().lines().collect();
    assert_eq!(
        lines,
        [
            "없어짐  제목 /gone",
            "바뀜  제목 /changed",
            &format!("그대로  {TITLE}")
        ]
    );
    let states: Vec<bool> = sandbox
        .run(&["scraps", "--json"])
        .ok()
        .lines()
        .map(|l| {
            serde_json::from_str::<serde_json::Value>(l).unwrap()["changed"]
                .as_bool()
                .unwrap()
        })
        .collect();
    assert_eq!(states, [false, true, false]);
    drop(server);
    let unreached = sandbox.run(&["scraps", "check", "--find", "title:changed"]);
    assert_eq!(
        (
            unreached.code,
            unreached.out.as_str(),
            unreached.err.lines().count()
        ),
        (1, "", 1)
    );
    let out = sandbox.path("out");
    sandbox
        .run(&["scraps", "export", &arg(&out), "--format", "json"])
        .ok();
    for (path, bytes) in files(&out) {
        let copy: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let was = kept.iter().find(|k| k["url"] == copy["url"]).unwrap();
        let read = |json: &serde_json::Value| {
            serde_json::from_value::<gisa::news::Article>(json.clone()).unwrap()
        };
        assert_eq!(read(&copy).blocks, read(was).blocks, "{}", path.display());
    }
    assert!(
        sandbox
            .run(&["--offline", "scraps", "check"])
            .sentence(1)
            .contains("--offline")
    );
}

/// A program of ours under another's name.
#[cfg(all(unix, feature = "print"))]
fn program(sandbox: &Sandbox, name: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let path = sandbox.file(&format!("bin/{name}"), format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// `gisa print` with nothing but these programs in its way.
#[cfg(all(unix, feature = "print"))]
fn print(sandbox: &Sandbox, args: &[&str]) -> crate::support::sandbox::Ran {
    let file = sandbox.file("page.html", page());
    let mut command = sandbox.command(&[&["print", &file], args].concat());
    command.env("PATH", sandbox.path("bin"));
    crate::support::sandbox::ran(command.output().unwrap())
}

#[cfg(all(unix, feature = "print"))]
#[test]
fn without_a_printer_it_is_a_file_and_the_reader_is_told_where() {
    let sandbox = Sandbox::new();
    let out = print(&sandbox, &[]);
    let told = out.ok().to_owned();
    let written = files(&sandbox.path("home/gisa"));
    assert_eq!(written.len(), 1, "{told}");
    assert!(told.contains(&arg(&written[0].0)), "{told}");
    assert!(written[0].1.starts_with(b"%PDF-") || written[0].0.extension().unwrap() == "txt");
    print(&sandbox, &[]).ok();
    assert_eq!(
        files(&sandbox.path("home/gisa")),
        written,
        "again is the same file"
    );
    // What is ours under that name is never written over.
    std::fs::write(&written[0].0, "내 글").unwrap();
    print(&sandbox, &[]).ok();
    assert_eq!(files(&sandbox.path("home/gisa")).len(), 2);
    assert_eq!(std::fs::read(&written[0].0).unwrap(), "내 글".as_bytes());
    let file = sandbox.file("busy", "x");
    sandbox.file("config.toml", format!("[print]\nfolder = \"{file}\"\n"));
    assert!(print(&sandbox, &[]).sentence(1).contains("busy"));
}

#[cfg(all(unix, feature = "print"))]
#[test]
fn a_printer_gets_the_very_bytes_and_its_refusal_is_a_sentence() {
    let sandbox = Sandbox::new();
    let paper = sandbox.path("paper");
    program(&sandbox, "lpstat", "echo Haetae");
    program(
        &sandbox,
        "lp",
        &format!("echo \"$@\" > {0}.args\n/bin/cat > {0}", paper.display()),
    );
    assert!(print(&sandbox, &[]).ok().contains("Haetae"));
    let bytes = std::fs::read(&paper).unwrap();
    assert!(bytes.starts_with(b"%PDF-") || String::from_utf8_lossy(&bytes).contains(TITLE));
    assert!(
        std::fs::read_to_string(paper.with_extension("args"))
            .unwrap()
            .contains("-d Haetae")
    );
    program(&sandbox, "lp", "echo 'lp: out of paper' >&2\nexit 1");
    assert!(print(&sandbox, &[]).sentence(1).contains("out of paper"));
    assert!(
        print(&sandbox, &["--to", "Other"])
            .sentence(1)
            .contains("print.to")
    );
}

#[test]
#[cfg(unix)]
fn pictures_of_scraps_and_files_with_secrets_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (sandbox, server) = (Sandbox::new(), served());
    let script = format!(
        "umask 000; \"$GISA\" scrap '{}' && \"$GISA\" export --secrets feeds.opml && \
         \"$GISA\" backup all.gisa && \"$GISA\" scraps export out",
        server.url("/book")
    );
    // What was there before, for everybody to read.
    let open = sandbox.path("feeds.opml");
    std::fs::write(&open, "old").unwrap();
    std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o666)).unwrap();
    let ran = std::process::Command::new("sh")
        .args(["-c", &script])
        .env_clear()
        .envs(sandbox.environment())
        .env("GISA", crate::support::sandbox::program())
        .current_dir(sandbox.path(""))
        .output()
        .unwrap();
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let pictures: Vec<PathBuf> = files(&sandbox.path("data"))
        .into_iter()
        .filter(|(_, bytes)| bytes == PICTURE)
        .map(|(path, _)| path)
        .collect();
    assert!(!pictures.is_empty());
    for path in &pictures {
        assert_eq!(mode(path), 0o600, "{path:?}");
        assert_eq!(mode(path.parent().unwrap()), 0o700, "{path:?}");
    }
    for name in ["feeds.opml", "all.gisa"] {
        assert_eq!(mode(&sandbox.path(name)), 0o600, "{name}");
    }
}

/// Titles and texts of the scraps, as they are exported.
fn kept(sandbox: &Sandbox) -> Vec<(String, String)> {
    let dir = sandbox.path("out");
    let _ = std::fs::remove_dir_all(&dir);
    sandbox
        .run(&[
            "scraps",
            "export",
            &dir.to_string_lossy(),
            "--format",
            "json",
        ])
        .ok();
    let mut all: Vec<(String, String)> = files(&dir)
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|e| e == "json"))
        .map(|(_, bytes)| {
            let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            let article = gisa::news::Article::deserialize(json).unwrap();
            (article.title.to_string(), article.text())
        })
        .collect();
    all.sort();
    all
}

#[test]
fn a_file_that_claims_an_address_takes_no_scraps_place() {
    let server = served();
    let address = server.url("/book");
    let claiming = |title: &str| {
        format!(
            "<html lang=ko><title>{title}</title><link rel=canonical href='{address}'><article><h1>{title}</h1>\
             <p>{title}라는 글의 본문이 여기에 있다.</p></article>"
        )
    };
    for real_first in [true, false] {
        let sandbox = Sandbox::new();
        let one = sandbox.file("one.html", claiming("가짜 하나"));
        let two = sandbox.file("two.html", claiming("가짜 둘"));
        let mut order = vec![one.as_str(), two.as_str(), one.as_str()];
        order.insert(if real_first { 0 } else { 2 }, &address);
        for source in order {
            sandbox.run(&["scrap", source]).ok();
        }
        let titles: Vec<String> = kept(&sandbox).into_iter().map(|(title, _)| title).collect();
        assert_eq!(titles, ["가짜 둘", "가짜 하나", TITLE], "{real_first}");
    }
}

#[test]
fn a_text_that_comes_later_is_kept_with_the_scrap() {
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let late = move |stream: &mut std::net::TcpStream| {
        let is_first = asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0;
        let body = if is_first {
            "<title>나중 글</title><div id=app></div>".to_owned()
        } else {
            page()
        };
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\nconnection: close";
        let length = body.len();
        let _ = write!(stream, "{head}\r\ncontent-length: {length}\r\n\r\n{body}");
    };
    let server = Server::start([("/late", Reply::Raw(Box::new(late)))]);
    let sandbox = Sandbox::new();
    let address = server.url("/late");
    // Told on the error stream: the address alone is kept.
    sandbox.run(&["scrap", &address, "--note", "먼저"]);
    assert_eq!(kept(&sandbox)[0].1, "");
    sandbox.run(&["scrap", &address]).ok();
    let all = kept(&sandbox);
    assert!(
        all.iter().any(|(_, text)| text.contains(PARAGRAPHS[0])),
        "{all:?}"
    );
    let exported = files(&sandbox.path("out"));
    assert!(
        exported
            .iter()
            .any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("먼저"))
    );
}

#[test]
fn what_a_scrapped_file_claims_is_listed_as_a_claim() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("page.html", page());
    sandbox.run(&["scrap", &file]).ok();
    let list = sandbox.run(&["scraps"]).ok().to_owned();
    assert!(list.contains("가람신문 (확인 안 됨)"), "{list}");
    assert_eq!(sandbox.run(&["scraps", "--json"]).json()["claimed"], true);

    let server = served();
    let sandbox = Sandbox::new();
    sandbox.run(&["scrap", &server.url("/book")]).ok();
    let list = sandbox.run(&["scraps"]).ok().to_owned();
    assert!(
        list.contains("가람신문") && !list.contains("확인 안 됨"),
        "{list}"
    );
}

#[test]
fn texts_of_imported_scraps_are_fetched_later_and_what_is_gone_keeps_its_link() {
    let (sandbox, server) = (Sandbox::new(), served());
    let (book, gone) = (server.url("/book"), server.url("/none"));
    let list = format!(
        "title,url,time_added,tags,status\n{book},{book},1639793996,책,unread\n없어진 글,{gone},1639793990,,archive\n"
    );
    let list = sandbox.file("part_000000.csv", list);
    let said = sandbox.run(&["scraps", "import", &list]);
    assert!(said.ok().contains("gisa scraps fetch"), "{}", said.out);
    // A file may say anything; the network around the reader is asked only where that is asked for.
    let refused = sandbox.run(&["scraps", "fetch"]);
    assert!(refused.out.contains("2건 가운데 0건"), "{}", refused.out);
    assert!(
        refused.code == 1 && refused.err.contains("--inward"),
        "{}",
        refused.err
    );
    let fetched = sandbox.run(&["scraps", "fetch", "--inward"]);
    let lines = fetched.ok();
    assert!(
        lines.contains("받음") && lines.contains("없어짐"),
        "{lines}"
    );
    assert!(lines.contains("2건 가운데 1건"), "{lines}");
    let rows = sandbox.run(&["scraps", "--json"]);
    let rows: Vec<serde_json::Value> = rows
        .ok()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(rows[0]["title"], TITLE);
    assert_eq!(rows[0]["tags"][0], "책");
    assert_eq!(rows[0]["claimed"], serde_json::Value::Null);
    assert_eq!(
        (&rows[1]["title"], &rows[1]["url"]),
        (&"없어진 글".into(), &gone.into())
    );
    // Neither is asked for again, and the list adds nothing to what came.
    assert!(
        sandbox
            .run(&["scraps", "fetch", "--inward"])
            .ok()
            .contains("0건 가운데 0건")
    );
    assert!(
        sandbox
            .run(&["scraps", "import", &list])
            .ok()
            .contains("스크랩 0건")
    );
    let again = sandbox.run(&["scraps", "fetch", "--inward", "--again"]);
    assert!(again.ok().contains("1건 가운데 0건"));
}

#[test]
fn scraps_go_into_one_file_for_other_services() {
    let sandbox = Sandbox::new();
    let list = sandbox.file(
        "list.csv",
        "title,url,tags\n가,https://a.example/1,경제|금리\n",
    );
    sandbox.run(&["scraps", "import", &list]).ok();
    let path = |name: &str| sandbox.path(name).to_string_lossy().into_owned();
    for (name, form, start) in [
        ("out.html", None, "<!DOCTYPE NETSCAPE-Bookmark-file-1>"),
        ("out.csv", None, "title,url,time_added,tags,status"),
        (
            "raindrop.csv",
            Some("raindrop"),
            "url,folder,title,note,tags,created",
        ),
        ("out.json", None, "["),
        ("karakeep.json", Some("karakeep"), "{\"bookmarks\":["),
    ] {
        let to = path(name);
        let mut args = vec!["scraps", "export", &to];
        args.extend(form.iter().flat_map(|form| ["--format", form]));
        sandbox.run(&args).ok();
        let text = std::fs::read_to_string(&to).unwrap();
        assert!(
            text.starts_with(start) && text.contains("https://a.example/1"),
            "{text}"
        );
    }
    sandbox
        .run(&["scraps", "export", &path("folder"), "--format", "csv"])
        .ok();
    assert!(sandbox.path("folder/scraps.csv").is_file());
    sandbox.run(&["scraps", "export", &path("plain")]).ok();
    // Another file of that name is left alone.
    let own = sandbox.file("own.csv", "my notes\n");
    let refused = sandbox.run(&["scraps", "export", &own]);
    assert!(refused.sentence(1).contains("own.csv"));
    assert_eq!(std::fs::read_to_string(&own).unwrap(), "my notes\n");
    sandbox.run(&["scraps", "export", &own, "--replace"]).ok();
    assert!(std::fs::read_to_string(&own).unwrap().starts_with("title,"));
    assert!(!files(&sandbox.path("plain")).is_empty());
}
