//! Scraps into files and back.

#[cfg(test)]
mod trials;

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::import::import;
use super::mirror::Mirror;
use super::*;
use crate::news::{
    Article, Block, Clean, Colour, Highlight, PageObservation, PageState, Point, Stamp,
};
use crate::runtime::store::Store;

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
    "gisa-0123456789abcdef-0123456789abcdef",
];

/// The first bytes of a picture.
pub(super) const PICTURE: &[u8] = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;";

/// So many scraps of all sorts, the same at every call.
fn scraps(count: usize, album: &Album) -> Vec<Scrap> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut pick = move |n: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let mut words = move || {
        (0..=pick(4))
            .map(|_| HOSTILE[pick(HOSTILE.len())])
            .collect::<Vec<_>>()
            .join(" ")
    };
    (0..count)
        .map(|i| {
            let picture = Clean::line(&format!("https://example.com/{i}.gif"));
            let article = Article {
                url: Some(Clean::line(&format!(
                    "https://example.com/{i}?q={}",
                    words()
                ))),
                title: Clean::line(&words()),
                subheads: vec![Clean::line(&words())],
                published: "2025-07-29T09:12:00+09:00".parse::<Stamp>().ok(),
                blocks: vec![
                    Block::paragraph(&format!("{i}번째 글이다. {}", words())),
                    Block::Code {
                        text: Clean::code(&words()),
                    },
                    Block::list(
                        i % 2 == 0,
                        vec![Clean::line(&words()), Clean::line(&words())],
                    ),
                    Block::Image {
                        url: picture.clone(),
                        alt: None,
                        caption: Some(Clean::line(&words())),
                        credit: None,
                    },
                ],
                extraction: crate::news::Extraction {
                    confidence: i as f32 / 7.0,
                    ..Default::default()
                },
                ..Article::default()
            };
            let until = Point {
                block: 0,
                item: 0,
                byte: article.blocks[0].plain().find(' ').unwrap(),
            };
            let marked = Highlight::of(&article, Point::default(), until, Colour::ALL[i % 4]);
            let marked = marked.map(|h| Highlight {
                note: (i % 5 > 0).then(|| Clean::lines(&words())),
                ..h
            });
            let kept =
                Timestamp::from_microsecond(1_700_000_000_000_000 + i as i64 * 61_000_001).unwrap();
            let state = if i % 2 == 0 {
                PageState::Changed
            } else {
                PageState::Gone
            };
            let file = album
                .keep(&[PICTURE, &i.to_le_bytes()].concat())
                .unwrap()
                .unwrap();
            Scrap {
                note: (i % 3 > 0).then(|| Clean::lines(&words())),
                tags: (0..i % 4).map(|_| Clean::line(&words())).collect(),
                highlights: marked.into_iter().filter(|_| i % 4 > 0).collect(),
                summary: (i % 6 > 0).then(|| crate::summary::summarize(&article, 3)),
                pictures: if i % 7 == 0 {
                    vec![Picture {
                        url: picture,
                        file,
                        bytes: 22,
                    }]
                } else {
                    Vec::new()
                },
                page: (i % 8 > 5).then_some(PageObservation { at: kept, state }),
                ..Scrap::of(article, kept)
            }
        })
        .collect()
}

/// All files of a folder by name, those of folders below it too.
pub(super) fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut out = Vec::new();
    gather(dir, 4, &mut out);
    out.into_iter()
        .map(|p| {
            (
                p.strip_prefix(dir).unwrap().to_owned(),
                fs::read(&p).unwrap(),
            )
        })
        .collect()
}

fn export(store: &Store, dir: &Path, form: Form, album: &Album) -> Vec<Put> {
    let mut folder = Folder::open(dir, form, album).unwrap();
    store
        .scraps()
        .unwrap()
        .iter()
        .map(|row| folder.put(&store.scrap(row.id).unwrap().unwrap()).unwrap())
        .collect()
}

fn place() -> (tempfile::TempDir, Store, Album) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join("data/library.db")).unwrap();
    let album = Album::beside(store.path());
    (dir, store, album)
}

#[test]
fn a_thousand_scraps_come_back_byte_for_byte() {
    let (dir, first, album) = place();
    let path = |name: &str| dir.path().join(name);
    let all = scraps(1000, &album);
    for scrap in &all {
        first.scrap_put(scrap).unwrap();
    }
    assert!(
        export(&first, &path("one"), Form::Json, &album)
            .iter()
            .all(|p| matches!(p, Put::Written(_)))
    );
    let one = files(&path("one"));
    assert_eq!(one.len(), 1000);
    assert!(
        export(&first, &path("one"), Form::Json, &album)
            .iter()
            .all(|p| matches!(p, Put::Same(_)))
    );
    assert!(
        files(&path("one")) == one,
        "again changes nothing and doubles nothing"
    );

    let second = Store::open(&path("other/library.db")).unwrap();
    let other = Album::beside(second.path());
    for _ in 0..2 {
        let done = import(&second, &other, &path("one")).unwrap();
        assert_eq!((done.ids.len(), done.failures.len()), (1000, 0));
    }
    export(&second, &path("two"), Form::Json, &other);
    assert!(files(&path("two")) == one, "not a byte is lost on the way");
    for scrap in &all {
        // All of it, as what a file says.
        let mut came = second.scrap(scrap.id()).unwrap().unwrap();
        assert!(std::mem::take(&mut came.article.claimed));
        assert_eq!(came, *scrap);
        for picture in &scrap.pictures {
            assert_eq!(
                fs::read(other.path(picture).unwrap()).unwrap(),
                fs::read(album.path(picture).unwrap()).unwrap()
            );
        }
    }
}

#[test]
fn every_form_is_sealed_whole_and_the_same_again() {
    let (dir, store, album) = place();
    for scrap in scraps(60, &album) {
        store.scrap_put(&scrap).unwrap();
    }
    for form in [Form::Md, Form::Html, Form::Json] {
        let at = dir.path().join(form.ending());
        export(&store, &at, form, &album);
        let once = files(&at);
        let own = once.iter().filter(|(name, _)| !name.starts_with(PICTURES));
        for (name, bytes) in own.clone() {
            assert!(
                seal::is_unchanged(&String::from_utf8(bytes.clone()).unwrap()),
                "{}",
                name.display()
            );
        }
        assert_eq!(own.count(), 60, "{form:?}");
        export(&store, &at, form, &album);
        assert!(files(&at) == once, "{form:?}");
    }
    assert!(
        files(&dir.path().join("md"))
            .keys()
            .any(|p| p.starts_with(PICTURES))
    );
    let html = files(&dir.path().join("html"));
    assert!(
        html.values()
            .any(|b| String::from_utf8_lossy(b).contains("src=\"data:image/gif;base64,"))
    );
}

#[test]
fn a_file_that_was_renamed_is_not_doubled_and_one_that_was_changed_is_left_alone() {
    let (dir, store, album) = place();
    let scrap = scraps(2, &album).remove(1);
    store.scrap_put(&scrap).unwrap();
    let at = dir.path().join("md");
    let Put::Written(path) = export(&store, &at, Form::Md, &album).remove(0) else {
        panic!()
    };
    fs::create_dir(at.join("분류")).unwrap();
    let moved = at.join("분류/내가 붙인 이름.md");
    fs::rename(&path, &moved).unwrap();
    store
        .scrap_put(&Scrap {
            note: Some(Clean::line("새 메모")),
            ..scrap.clone()
        })
        .unwrap();
    assert_eq!(
        export(&store, &at, Form::Md, &album),
        [Put::Written(moved.clone())]
    );
    assert!(fs::read_to_string(&moved).unwrap().contains("새 메모"));
    assert!(!path.exists());

    let own = fs::read_to_string(&moved).unwrap() + "\n내가 덧붙인 글\n";
    fs::write(&moved, &own).unwrap();
    store.scrap_put(&scrap).unwrap();
    assert_eq!(
        export(&store, &at, Form::Md, &album),
        [Put::Left(moved.clone())]
    );
    assert_eq!(fs::read_to_string(&moved).unwrap(), own);
    assert_eq!(
        files(&at)
            .keys()
            .filter(|p| !p.starts_with(PICTURES))
            .count(),
        1
    );
}

#[test]
fn a_stranger_under_the_name_is_never_written_over() {
    let (dir, store, album) = place();
    let scrap = scraps(2, &album).remove(1);
    store.scrap_put(&scrap).unwrap();
    let at = dir.path().join("md");
    fs::create_dir(&at).unwrap();
    let taken = at.join(format!("{}.md", file_name(&scrap)));
    fs::write(&taken, "남의 글").unwrap();
    let one = [scrap];
    let Put::Written(path) = export(&store, &at, Form::Md, &album).remove(0) else {
        panic!()
    };
    assert!(path != taken && fs::read_to_string(&taken).unwrap() == "남의 글");
    let failure = super::export(&one, &taken, Form::Md, &album).unwrap_err();
    assert_eq!(failure.cause, Cause::NameTaken);
    let named = at.join("이름.html");
    assert_eq!(
        super::export(&one, &named, Form::Md, &album).unwrap(),
        [Put::Written(named.clone())]
    );
    assert_eq!(
        super::export(&one, &named, Form::Md, &album).unwrap(),
        [Put::Same(named.clone())]
    );
    assert!(
        fs::read_to_string(&named)
            .unwrap()
            .starts_with("<!doctype html>")
    );
}

#[test]
fn the_mirror_follows_scraps_their_end_and_their_return() {
    let (dir, store, album) = place();
    let all = scraps(12, &album);
    for scrap in &all {
        store.scrap_put(scrap).unwrap();
    }
    let at = dir.path().join("거울");
    let mirror = Mirror::new(at.clone(), Form::Md);
    mirror.follow_all(&store, &album).unwrap();
    let full = files(&at);
    let (gone, edited) = (&all[3], &all[4]);
    let path_of = |id| {
        Folder::open(&at, Form::Md, &album)
            .unwrap()
            .known
            .get(&id)
            .cloned()
    };
    let mine = path_of(edited.id()).unwrap();
    fs::write(&mine, fs::read_to_string(&mine).unwrap() + "내 글").unwrap();
    for scrap in [gone, edited] {
        store.scrap_drop(scrap.id()).unwrap();
    }
    mirror
        .follow(&store, &album, &[gone.id(), edited.id()])
        .unwrap();
    assert_eq!((path_of(gone.id()), path_of(edited.id())), (None, None));
    for scrap in [gone, edited] {
        store.scrap_put(scrap).unwrap();
    }
    mirror
        .follow(&store, &album, &[gone.id(), edited.id()])
        .unwrap();
    assert!(
        fs::read_to_string(&mine).unwrap().ends_with("내 글"),
        "what the reader wrote comes back with it"
    );
    fs::write(&mine, &full[mine.strip_prefix(&at).unwrap()]).unwrap();
    assert!(files(&at) == full);
    // What was missed while nobody looked is made up for.
    store.scrap_drop(gone.id()).unwrap();
    fs::remove_file(path_of(all[5].id()).unwrap()).unwrap();
    mirror.follow_all(&store, &album).unwrap();
    assert!(path_of(gone.id()).is_none() && path_of(all[5].id()).is_some());
}

#[test]
fn a_mirror_that_cannot_be_written_is_a_sentence_and_loses_nothing() {
    let (dir, store, album) = place();
    let scrap = scraps(1, &album).remove(0);
    store.scrap_put(&scrap).unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "x").unwrap();
    let failure = Mirror::new(file.join("inner"), Form::Md)
        .follow(&store, &album, &[scrap.id()])
        .unwrap_err();
    assert_eq!(failure.cause, Cause::NotFolder);
    assert_eq!(store.scrap(scrap.id()).unwrap(), Some(scrap));
    assert_eq!(fs::read(&file).unwrap(), b"x");
}

#[test]
fn what_is_no_scrap_is_named_and_the_rest_is_imported() {
    let (dir, store, album) = place();
    let at = dir.path().join("in");
    for scrap in scraps(3, &album) {
        Folder::open(&at, Form::Json, &album)
            .unwrap()
            .put(&scrap)
            .unwrap();
    }
    fs::write(at.join("a.json"), "{\"title\": \"제목만\"}").unwrap();
    fs::write(at.join("b.json"), "[1, 2]").unwrap();
    fs::write(at.join("c.json"), "{ half").unwrap();
    fs::write(at.join("notes.txt"), "x").unwrap();
    let done = import(&store, &album, &at).unwrap();
    assert_eq!((done.ids.len(), done.failures.len()), (4, 2));
    assert!(
        import(&store, &album, &dir.path().join("none"))
            .unwrap()
            .failures[0]
            .cause
            == Cause::NotFound
    );
}

#[test]
fn an_import_adds_to_what_is_there() {
    let (_dir, _store, album) = place();
    let mut mine = scraps(2, &album).remove(1);
    let mut theirs = mine.clone();
    (mine.note, theirs.note) = (Some(Clean::line("내 말")), Some(Clean::line("다른 말")));
    (mine.tags, theirs.tags) = (
        vec![Clean::line("가")],
        vec![Clean::line("나"), Clean::line("가")],
    );
    mine.highlights.clear();
    let both = mine.with(theirs.clone());
    assert_eq!(both.note.as_deref(), Some("내 말\n다른 말"));
    assert_eq!((both.tags.len(), &both.highlights), (2, &theirs.highlights));
    assert_eq!(both.clone().with(theirs), both, "twice adds nothing");
}
