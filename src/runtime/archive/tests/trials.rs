//! Scraps in trouble: the program killed while it keeps, exports, imports and mirrors them.

use std::io::{BufRead as _, BufReader, Write as _};

use jiff::Timestamp;

use super::{PICTURE, files};
use crate::news::{Annotation, Article, Block, Clean, Colour, Highlight, Point};
use crate::runtime::archive::import::import;
use crate::runtime::archive::mirror::Mirror;
use crate::runtime::archive::*;
use crate::runtime::store::Store;
use crate::runtime::system::child::{child, trial};

/// Kills the child after it has told of `turns` turns; gives the last turn told.
fn killed_after(name: &str, path: &Path, turns: usize) -> usize {
    let mut child = child(&format!("runtime::archive::tests::trials::{name}"), path);
    let lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let told = lines
        .filter_map(|l| l.strip_prefix("turn ").and_then(|n| n.parse().ok()))
        .nth(turns);
    child.kill().unwrap();
    child.wait().unwrap();
    told.unwrap()
}

fn tell(turn: usize) {
    writeln!(std::io::stdout(), "turn {turn}").unwrap();
}

fn scrap(turn: usize, album: &Album) -> Scrap {
    let picture = Clean::line(&format!("https://a.kr/{turn}.gif"));
    let article = Article {
        url: Some(Clean::line(&format!("https://a.kr/{turn}"))),
        title: Clean::line(&format!("스크랩 {turn}")),
        blocks: (0..40)
            .map(|i| {
                Block::paragraph(&format!(
                    "{i}째 문단이다. {}",
                    "긴 글이 이어진다. ".repeat(40)
                ))
            })
            .collect(),
        ..Article::default()
    };
    let file = album
        .keep(&[PICTURE, &turn.to_le_bytes(), &[7; 4000]].concat())
        .unwrap()
        .unwrap();
    let kept = Timestamp::from_second(1_700_000_000 + turn as i64).unwrap();
    Scrap {
        pictures: vec![Picture {
            url: picture,
            file,
            bytes: 4022,
        }],
        ..Scrap::of(article, kept)
    }
}

/// Keeps a scrap a turn with a note and a highlight, and brings the mirror up, and says so after
/// each.
#[test]
fn keeps_and_mirrors() {
    let Some(path) = trial() else { return };
    let store = Store::open(&path.join("data/library.db")).unwrap();
    let album = Album::beside(store.path());
    let mirror = Mirror::new(path.join("mirror"), Form::Md);
    let first = store.scraps().unwrap().len();
    for turn in first.. {
        let scrap = scrap(turn, &album);
        store.scrap_put(&scrap).unwrap();
        let until = Point {
            block: 0,
            item: 0,
            byte: 4,
        };
        let marked = Highlight::of(&scrap.article, Point::default(), until, Colour::Blue).unwrap();
        store
            .scrap_annotate(scrap.id(), Annotation::Highlights(vec![marked]))
            .unwrap();
        store
            .scrap_annotate(scrap.id(), Annotation::Note(Some(Clean::line("메모"))))
            .unwrap();
        tell(turn);
        mirror.follow(&store, &album, &[scrap.id()]).unwrap();
        if turn % 3 == 0 {
            store.scrap_drop(scrap.id()).unwrap();
            mirror.follow(&store, &album, &[scrap.id()]).unwrap();
            store.scrap_put(&scrap).unwrap();
            store
                .scrap_annotate(scrap.id(), Annotation::Note(Some(Clean::line("메모"))))
                .unwrap();
        }
    }
}

/// Exports everything again and again, in every form.
#[test]
fn exports_on_and_on() {
    let Some(path) = trial() else { return };
    let store = Store::open(&path.join("data/library.db")).unwrap();
    let album = Album::beside(store.path());
    for turn in 0.. {
        let form = [Form::Md, Form::Html, Form::Json][turn % 3];
        let mut folder =
            Folder::open(&path.join(format!("out-{}", form.ending())), form, &album).unwrap();
        for row in store.scraps().unwrap() {
            let mut scrap = store.scrap(row.id).unwrap().unwrap();
            scrap.note = Some(Clean::line(&format!("{turn}째")));
            folder.put(&scrap).unwrap();
            tell(turn);
        }
    }
}

/// Imports the same files into a library of its own, again and again.
#[test]
fn imports_on_and_on() {
    let Some(path) = trial() else { return };
    let from = path.join("out-json");
    for turn in 0.. {
        let store = Store::open(&path.join(format!("in-{turn}/library.db"))).unwrap();
        let album = Album::beside(store.path());
        for file in files(&from).into_keys() {
            import(&store, &album, &from.join(file)).unwrap();
            tell(turn);
        }
    }
}

/// No file under a final name is anything but whole.
fn all_whole(dir: &Path) -> usize {
    let mut paths = Vec::new();
    gather(dir, 4, &mut paths);
    for path in &paths {
        let bytes = fs::read(path).unwrap();
        if path.parent().is_some_and(|p| p.ends_with(PICTURES)) {
            assert_eq!(
                (bytes.starts_with(PICTURE), bytes.len()),
                (true, PICTURE.len() + 8 + 4000),
                "{}",
                path.display()
            );
        } else {
            assert!(
                seal::is_unchanged(&String::from_utf8(bytes).unwrap()),
                "{}",
                path.display()
            );
        }
    }
    paths.len()
}

#[test]
fn a_kill_in_the_middle_of_anything_loses_nothing_that_was_told_and_leaves_no_half_file() {
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path();
    let library = at.join("data/library.db");
    for round in 1..4 {
        let told = killed_after("keeps_and_mirrors", at, 4 * round + 1);
        let store = Store::open(&library).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        let album = Album::beside(&library);
        // What was told stays, but for the one that was being taken back and kept again.
        let rows = store.scraps().unwrap();
        assert!(rows.len() + 1 > told, "{} of {told}", rows.len());
        let noted = rows.iter().filter(|r| r.noted).count();
        assert!(noted + 2 > told, "{noted} notes of {told}");
        for row in &rows {
            let scrap = store.scrap(row.id).unwrap().unwrap();
            assert!(scrap.pictures.iter().all(|p| album.path(p).is_some()));
        }
        all_whole(&at.join("mirror"));
        // The next start makes up for what the kill left undone.
        let mirror = Mirror::new(at.join("mirror"), Form::Md);
        mirror.follow_all(&store, &album).unwrap();
        let known = Folder::open(&at.join("mirror"), Form::Md, &album)
            .unwrap()
            .ids();
        let mut held: Vec<ArticleId> = rows.iter().map(|r| r.id).collect();
        held.sort();
        assert_eq!(known, held);
    }
    let scraps = Store::open(&library).unwrap().scraps().unwrap().len();
    for turns in [3, scraps + 2, scraps * 2 + 1, scraps * 4 + 2] {
        killed_after("exports_on_and_on", at, turns);
        for form in ["md", "html", "json"] {
            all_whole(&at.join(format!("out-{form}")));
        }
    }
    for turns in [2, scraps + 1] {
        let last = killed_after("imports_on_and_on", at, turns);
        let store = Store::open(&at.join(format!("in-{last}/library.db"))).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        let album = Album::beside(store.path());
        let done = import(&store, &album, &at.join("out-json")).unwrap();
        assert_eq!(
            (done.ids.len(), done.failures.len()),
            (scraps, 0),
            "what was begun is made whole"
        );
        assert_eq!(store.scraps().unwrap().len(), scraps);
    }
}
