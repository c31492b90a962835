//! `gisa scrap` and `gisa scraps`.

use std::io::Write as _;
use std::path::Path;

use jiff::Timestamp;
use serde_json::json;

use super::args::{ExportFormat, Format, Scrap as ScrapArgs, Scraps, ScrapsAction};
use super::context::Context;
use super::extract::written;
use super::{Stop, print, save};
use crate::app::{Cause, Failure};
use crate::news::write::scrap_markdown;
use crate::news::{Clean, Scrap};
use crate::runtime::failures::{of_io, of_store};
use crate::runtime::start::open_store;
use crate::runtime::store::Store;

/// Keeps an article.
pub(super) fn scrap(args: &ScrapArgs, context: &Context) -> Result<(), Stop> {
    let article = context.article(&args.source, None)?;
    let title = article.title.clone();
    let note = args.note.as_deref().map(Clean::lines);
    let tags = args.tags.iter().map(|t| Clean::line(t)).collect();
    let scrap = Scrap { kept: Timestamp::now(), article, note, tags };
    open_store(&context.paths)?.scrap_put(&scrap).map_err(|e| of_store(&e))?;
    print(&context.words.fill("cli.scrapped", &[("title", &title)]))
}

/// Lists scraps, or exports them.
pub(super) fn run(args: &Scraps, context: &Context) -> Result<(), Stop> {
    match &args.action {
        Some(ScrapsAction::Export { dir, format }) => {
            let count = export(&open_store(&context.paths)?, dir, *format)?;
            let name = dir.display().to_string();
            print(&context.words.fill("cli.exported", &[("n", &count.to_string()), ("path", &name)]))
        }
        Some(ScrapsAction::Import { from }) => {
            let (count, failures) = import(&open_store(&context.paths)?, from)?;
            print(&context.words.fill("cli.scraps-imported", &[("n", &count.to_string())]))?;
            for failure in &failures {
                writeln!(std::io::stderr(), "gisa: {}", failure.sentence(&context.words))?;
            }
            if failures.is_empty() { Ok(()) } else { Err(Stop::Said(1)) }
        }
        None => list(args.json, context),
    }
}

fn list(as_json: bool, context: &Context) -> Result<(), Stop> {
    let mut lines = Vec::new();
    for row in open_store(&context.paths)?.scraps().map_err(|e| of_store(&e))? {
        lines.push(if as_json {
            json!({
                "id": row.id.to_string(),
                "title": row.title,
                "url": row.url,
                "publisher": row.publisher,
                "published": row.published,
                "kept": row.kept,
                "tags": row.tags,
                "scrapped": true,
            })
            .to_string()
        } else {
            let publisher = row.publisher.as_deref().unwrap_or_default();
            format!("{}  {}  {publisher}", row.kept.strftime("%Y-%m-%d"), row.title).trim_end().to_owned()
        });
    }
    if lines.is_empty() {
        return if as_json { Ok(()) } else { print(context.words.get("empty.scraps")) };
    }
    print(&lines.join("\n"))
}

/// Writes every scrap into `dir`, one file each, and gives their number. The same scraps make the same files.
fn export(store: &Store, dir: &Path, format: ExportFormat) -> Result<usize, Failure> {
    let name = dir.display().to_string();
    std::fs::create_dir_all(dir).map_err(|e| of_io(&e, &name))?;
    let mut count = 0_usize;
    for row in store.scraps().map_err(|e| of_store(&e))? {
        let Some(scrap) = store.scrap(row.id).map_err(|e| of_store(&e))? else { continue };
        let (extension, text) = match format {
            ExportFormat::Md => ("md", scrap_markdown(&scrap)),
            ExportFormat::Html => ("html", written(&scrap.article, Format::Html)),
            ExportFormat::Json => {
                let shape = scrap.exported().map_err(|e| Failure::new(Cause::Bug, &e.to_string()))?;
                ("json", format!("{shape:#}\n"))
            }
        };
        save(&dir.join(format!("{}.{extension}", file_name(&scrap))), &text)?;
        count += 1;
    }
    Ok(count)
}

/// Keeps what stands in the .json files of a directory, or in one file: their number, and which could not be read.
fn import(store: &Store, from: &Path) -> Result<(usize, Vec<Failure>), Failure> {
    let unreadable = |e: &std::io::Error, path: &Path| of_io(e, &path.display().to_string());
    let mut files = vec![from.to_owned()];
    if from.is_dir() {
        let entries = std::fs::read_dir(from).map_err(|e| unreadable(&e, from))?;
        files = entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
        files.sort();
    }
    let (mut count, mut failures) = (0, Vec::new());
    for file in files {
        let name = file.display().to_string();
        let read = std::fs::read(&file).map_err(|e| unreadable(&e, &file)).and_then(|bytes| {
            let scrap = serde_json::from_slice(&bytes).and_then(|shape| Scrap::imported(shape, Timestamp::now()));
            scrap.map_err(|_| Failure::new(Cause::NoArticle, &name))
        });
        match read {
            Ok(scrap) => {
                let held = store.scrap(scrap.id()).map_err(|e| of_store(&e))?;
                let scrap = held.map_or_else(|| scrap.clone(), |held| held.with(scrap.clone()));
                store.scrap_put(&scrap).map_err(|e| of_store(&e))?;
                count += 1;
            }
            Err(failure) => failures.push(failure),
        }
    }
    Ok((count, failures))
}

/// A file name that says what is in it and is the same at every export: day, id, and the title's letters.
fn file_name(scrap: &Scrap) -> String {
    let title: String = scrap.article.title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let title: Vec<&str> = title.split('-').filter(|w| !w.is_empty()).collect();
    let short: String = title.join("-").chars().take(40).collect();
    format!("{}-{short}-{}", scrap.kept.strftime("%Y-%m-%d"), scrap.id())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::news::{Article, Block, Stamp};

    /// Pieces of text that break careless writers of files, JSON and YAML.
    const HOSTILE: &[&str] = &[
        "../../etc/passwd",
        "a/b\\c",
        "\"quoted\"",
        "\u{202e}abc",
        "\u{1b}[31m",
        "가나다",
        "줄\n바꿈",
        "\t탭",
        "---",
        "{{ liquid }}",
        "\u{1f468}\u{200d}\u{1f469}",
        "e\u{301}\u{301}",
        "CON",
        ".",
        "",
        "  ",
        "null",
        "漢字(한자)",
        "\u{a0}칸",
        "]]>",
        "%p",
    ];

    fn scraps(count: usize) -> Vec<Scrap> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut pick = move |n: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % n
        };
        let mut words = move || (0..=pick(4)).map(|_| HOSTILE[pick(HOSTILE.len())]).collect::<Vec<_>>().join(" ");
        (0..count)
            .map(|i| Scrap {
                kept: Timestamp::from_microsecond(1_700_000_000_000_000 + i as i64 * 61_000_001).unwrap(),
                article: Article {
                    url: Some(Clean::line(&format!("https://example.com/{i}?q={}", words()))),
                    title: Clean::line(&words()),
                    subheads: vec![Clean::line(&words())],
                    published: "2025-07-29T09:12:00+09:00".parse::<Stamp>().ok(),
                    blocks: vec![
                        Block::paragraph(&words()),
                        Block::Code { text: Clean::code(&words()) },
                        Block::List { ordered: i % 2 == 0, items: vec![Clean::line(&words()), Clean::line(&words())] },
                    ],
                    extraction: crate::news::Extraction { confidence: i as f32 / 7.0, ..Default::default() },
                    ..Article::default()
                },
                note: (i % 3 > 0).then(|| Clean::lines(&words())),
                tags: (0..i % 4).map(|_| Clean::line(&words())).collect(),
            })
            .collect()
    }

    fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
        let entries = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap());
        entries.map(|e| (e.file_name().into_string().unwrap(), std::fs::read(e.path()).unwrap())).collect()
    }

    #[test]
    fn a_thousand_scraps_come_back_byte_for_byte() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        let (first, second) = (Store::open(&path("a.db")).unwrap(), Store::open(&path("b.db")).unwrap());
        for scrap in scraps(1000) {
            first.scrap_put(&scrap).unwrap();
        }
        for round in ["one", "again"] {
            assert_eq!(export(&first, &path(round), ExportFormat::Json).unwrap(), 1000);
        }
        assert!(files(&path("one")) == files(&path("again")), "the same scraps make the same files");
        let (count, failures) = import(&second, &path("one")).unwrap();
        assert_eq!((count, failures.len()), (1000, 0));
        import(&second, &path("one")).unwrap();
        export(&second, &path("two"), ExportFormat::Json).unwrap();
        assert!(files(&path("one")) == files(&path("two")));
        for scrap in scraps(1000) {
            assert_eq!(second.scrap(scrap.id()).unwrap().as_ref(), Some(&scrap));
        }
    }

    #[test]
    fn file_names_hold_letters_and_are_short() {
        for scrap in scraps(200) {
            let name = file_name(&scrap);
            assert!(name.chars().all(|c| c.is_alphanumeric() || c == '-') && name.len() < 200, "{name}");
        }
    }

    #[test]
    fn an_import_adds_to_what_is_there() {
        let mut all = scraps(2);
        let mut mine = all.remove(1);
        let mut theirs = mine.clone();
        (mine.note, theirs.note) = (Some(Clean::line("내 말")), Some(Clean::line("다른 말")));
        (mine.tags, theirs.tags) = (vec![Clean::line("가")], vec![Clean::line("나"), Clean::line("가")]);
        let both = mine.with(theirs.clone());
        assert_eq!(both.note.as_deref(), Some("내 말\n다른 말"));
        assert_eq!(both.tags.len(), 2);
        assert_eq!(both.clone().with(theirs), both, "twice adds nothing");
    }
}
