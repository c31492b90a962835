//! Libraries damaged in twelve ways, and what comes back of them.

use std::path::Path;

use crate::news::{Annotation, Clean, Feed, Scrap};
use crate::runtime::store::tests::{article, at, entry};
use crate::runtime::store::*;

const PAGE: usize = super::super::PAGE as usize;

/// How a library is damaged.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Damage {
    Header,
    PageCount,
    CutShort,
    SchemaPage,
    IndexPages,
    SomePages,
    Bits,
    Emptied,
    Overwritten,
    Journal,
    PageSize,
    Shifted,
}

const ALL: [Damage; 12] = [
    Damage::Header,
    Damage::PageCount,
    Damage::CutShort,
    Damage::SchemaPage,
    Damage::IndexPages,
    Damage::SomePages,
    Damage::Bits,
    Damage::Emptied,
    Damage::Overwritten,
    Damage::Journal,
    Damage::PageSize,
    Damage::Shifted,
];

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

/// A library with articles, 40 scraps with notes and labels, 15 subscriptions and one that ended;
/// returns what is kept in it. With `journal`, the last changes lie in the journal alone.
fn laid_out(dir: &Path, copied: bool, journal: bool) -> Kept {
    let made = dir.join("made");
    std::fs::create_dir_all(&made).unwrap();
    let store = Store::open(&made.join("library.db")).unwrap();
    for n in 0..16 {
        let feed = Feed {
            url: Clean::line(&format!("https://{n}.example/rss")),
            title: Clean::line(&format!("{n}번 신문")),
            folder: (n % 3 == 0).then(|| Clean::line("폴더")),
            page: n % 5 == 0,
            ..Feed::default()
        };
        let id = store.feed_add(&feed).unwrap();
        let entries: Vec<_> = (0..20)
            .map(|i| {
                let url = format!("https://{n}.example/{i}");
                entry(&url, &format!("{n} {i}"), &"긴 글이다. ".repeat(150), i)
            })
            .collect();
        store.put_entries(id, &entries, at(n)).unwrap();
        if n == 15 {
            store.feed_remove(id, at(99)).unwrap();
        }
    }
    let store = if journal {
        store
    } else {
        drop(store);
        Store::open(&made.join("library.db")).unwrap()
    };
    for n in 0..40 {
        // Some of them span many pages.
        let text = format!("{n}번 본문이다. ").repeat(if n % 4 == 0 { 2000 } else { 60 });
        let url = format!("https://a.kr/{n}");
        let mut scrap = Scrap::of(article(&url, &format!("스크랩 {n}"), &text), at(n));
        scrap.tags = vec![Clean::line("이름표")];
        store.scrap_put(&scrap).unwrap();
        if n % 2 == 0 {
            let note = Annotation::Note(Some(Clean::lines(&format!("{n}번 메모"))));
            store.scrap_annotate(scrap.id(), note).unwrap();
        }
    }
    store
        .save_search(&Clean::line("찾기"), &Clean::line("경제"))
        .unwrap();
    if copied {
        assert!(copy_if_changed(&store).unwrap());
    }
    let kept = kept(&store);
    // As a power cut leaves it: journal and all.
    let beside = ["", "-wal"].map(|end| format!("library.db{end}"));
    if !journal {
        drop(store);
    }
    for name in beside {
        let from = made.join(&name);
        if from.exists() {
            std::fs::copy(from, dir.join(&name)).unwrap();
        }
    }
    if copied {
        std::fs::rename(made.join("copies"), dir.join("copies")).unwrap();
    }
    kept
}

fn kept(store: &Store) -> Kept {
    let (_, text) = store.kept_text(at(0)).unwrap();
    let mut kept = Kept::parse(&text).unwrap().0;
    kept.feeds.sort_by(|a, b| a.url.cmp(&b.url));
    kept
}

/// Whether everything in `before` is there.
fn holds(after: &Kept, before: &Kept) -> bool {
    before.feeds.iter().all(|feed| after.feeds.contains(feed))
        && before.scraps.iter().all(|s| after.scraps.contains(s))
        && before.saved.iter().all(|s| after.saved.contains(s))
}

fn damage(how: Damage, dir: &Path, dice: &mut Dice) {
    let path = dir.join("library.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let pages = bytes.len() / PAGE;
    match how {
        Damage::Header => {
            // All of it, or the numbers in it that SQLite takes at their word.
            let places = [0..100, 16..24, 18..20, 60..64, 56..60, 44..48];
            let place = places[dice.below(places.len())].clone();
            bytes[place].fill(0xa5);
        }
        Damage::PageCount => {
            let count = u32::try_from(dice.below(3 * pages)).unwrap();
            bytes[28..32].copy_from_slice(&count.to_be_bytes());
        }
        Damage::CutShort => bytes.truncate(dice.below(bytes.len() - 1) + 1),
        Damage::SchemaPage => bytes[..PAGE].fill(0),
        Damage::IndexPages => {
            for page in bytes.chunks_mut(PAGE).skip(1) {
                if [0x02, 0x0a].contains(&page[0]) {
                    page.fill(0);
                }
            }
        }
        Damage::SomePages => {
            for _ in 0..pages / 4 {
                let at = dice.below(pages) * PAGE;
                bytes[at..at + PAGE].fill(0xa5);
            }
        }
        Damage::Bits => {
            for _ in 0..300 {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
        }
        Damage::Emptied => bytes.clear(),
        Damage::Overwritten => bytes = "이것은 책이다. ".repeat(2000).into_bytes(),
        Damage::Journal => {
            let journal = dir.join("library.db-wal");
            let mut bytes = std::fs::read(&journal).unwrap();
            let from = dice.below(bytes.len());
            let to = (from + 3 * PAGE).min(bytes.len());
            bytes[from..to].fill(0x5a);
            std::fs::write(journal, bytes).unwrap();
        }
        Damage::PageSize => {
            let others = [512_u16, 1024, 4096, 16_384, 1, 777];
            let size = others[dice.below(others.len())];
            bytes[16..18].copy_from_slice(&size.to_be_bytes());
        }
        Damage::Shifted => {
            // Between two pages, or before the first.
            let at = dice.below(pages) * PAGE;
            let added = vec![b'x'; 1 + dice.below(PAGE - 1)];
            bytes.splice(at..at, added);
        }
    }
    std::fs::write(path, bytes).unwrap();
}

/// Damages copies of one library, `times` for each kind, and counts those of which everything
/// comes back, by kind.
fn trial(copied: bool, times: u64) -> Vec<(Damage, u64)> {
    let mut out = Vec::new();
    for how in ALL {
        let made = tempfile::tempdir().unwrap();
        let before = laid_out(made.path(), copied, how == Damage::Journal);
        let mut whole = 0;
        for seed in 1..=times {
            let dir = tempfile::tempdir().unwrap();
            for name in ["library.db", "library.db-wal"] {
                let from = made.path().join(name);
                if from.exists() {
                    std::fs::copy(from, dir.path().join(name)).unwrap();
                }
            }
            if copied {
                std::fs::create_dir(dir.path().join("copies")).unwrap();
                let name = "copies/kept-000001.jsonl";
                std::fs::copy(made.path().join(name), dir.path().join(name)).unwrap();
            }
            let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            damage(how, dir.path(), &mut dice);
            let path = dir.path().join("library.db");
            Store::rescue_if_damaged(&path).unwrap();
            let store = Store::open(&path).unwrap();
            assert_eq!(store.check().unwrap(), Vec::<String>::new());
            whole += u64::from(holds(&kept(&store), &before));
        }
        out.push((how, whole));
    }
    out
}

#[expect(
    clippy::print_stderr,
    reason = "figures for whoever runs it with --nocapture"
)]
#[test]
fn of_sixty_damaged_libraries_everything_comes_back_up_to_the_last_copy() {
    let times = std::env::var("GISA_DAMAGED").map_or(5, |n| n.parse().unwrap());
    let counts = trial(true, times);
    let whole: u64 = counts.iter().map(|(_, n)| n).sum();
    let all = times * ALL.len() as u64;
    eprintln!("{whole} of {all}: {counts:?}");
    assert!(whole * 60 >= all * 58, "{whole} of {all}: {counts:?}");
}

#[test]
fn without_a_copy_the_pages_are_walked() {
    let counts = trial(false, 4);
    for (how, whole) in &counts {
        // Nothing of what is kept lies where these are damaged.
        if [
            Damage::Header,
            Damage::PageCount,
            Damage::SchemaPage,
            Damage::IndexPages,
            Damage::PageSize,
            Damage::Shifted,
        ]
        .contains(how)
        {
            assert_eq!(*whole, 4, "{how:?}: {counts:?}");
        }
    }
}

#[test]
fn what_was_kept_after_the_last_copy_comes_back_from_the_file() {
    let dir = tempfile::tempdir().unwrap();
    laid_out(dir.path(), true, false);
    let path = dir.path().join("library.db");
    let store = Store::open(&path).unwrap();
    let late = Scrap::of(article("https://a.kr/late", "늦은 것", "본문"), at(900));
    store.scrap_put(&late).unwrap();
    let gone = store.feeds().unwrap()[0].clone();
    store.feed_remove(gone.id, at(901)).unwrap();
    let before = kept(&store);
    drop(store);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..PAGE].fill(0);
    std::fs::write(&path, bytes).unwrap();
    let rescued = Store::rescue_if_damaged(&path).unwrap().unwrap();
    assert_eq!((rescued.scraps, rescued.feeds), (41, 14));
    assert_eq!(kept(&Store::open(&path).unwrap()), before);
}

#[test]
fn copies_are_checked_and_rotate_and_the_largest_stays() {
    let (_dir, store) = crate::runtime::store::tests::fresh();
    let folder = copies::folder(store.path());
    let numbers = || -> Vec<u64> {
        let mut names: Vec<u64> = std::fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .filter_map(|e| {
                let name = e.unwrap().file_name().into_string().unwrap();
                name[5..11].parse().ok()
            })
            .collect();
        names.sort_unstable();
        names
    };
    assert!(
        !copy_if_changed(&store).unwrap(),
        "there is nothing to copy"
    );
    for n in 0..5 {
        let scrap = Scrap::of(article(&format!("https://a.kr/{n}"), "제목", "본문"), at(n));
        store.scrap_put(&scrap).unwrap();
    }
    assert!(copy_if_due(&store).unwrap());
    assert!(!copy_if_due(&store).unwrap(), "nothing has changed");
    let ids: Vec<_> = store.scraps().unwrap().iter().map(|s| s.id).collect();
    for id in ids {
        store.scrap_drop(id).unwrap();
    }
    for day in 0..20 {
        copies::make(&store, at(day * 24 * 3600)).unwrap();
    }
    // The one with the scraps, and one of each of the last seven days.
    assert_eq!(numbers(), [1, 15, 16, 17, 18, 19, 20, 21]);
    // One that was damaged is passed over.
    let last = folder.join("kept-000021.jsonl");
    let text = std::fs::read_to_string(&last).unwrap();
    std::fs::write(&last, text.replace("\"scraps\":0", "\"scraps\":9")).unwrap();
    assert!(Kept::parse(&std::fs::read_to_string(&last).unwrap()).is_none());
    assert!(copies::furthest_sound(store.path()).is_some());
}

#[test]
fn what_an_emptied_library_held_outlasts_a_larger_new_one_and_comes_back() {
    for emptied in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("library.db");
        let keep = |name: &str, count: i64| {
            let store = Store::open(&path).unwrap();
            for n in 0..count {
                let url = format!("https://a.kr/{name}/{n}");
                let scrap = Scrap::of(article(&url, "제목", "본문"), at(n));
                store.scrap_put(&scrap).unwrap();
                assert!(copy_if_changed(&store).unwrap());
            }
            store
        };
        assert!(!keep("old", 12).lacks_former().unwrap());
        if emptied {
            std::fs::write(&path, "").unwrap();
        } else {
            std::fs::remove_file(&path).unwrap();
        }
        let store = keep("new", 14);
        assert!(!store.is_behind().unwrap(), "its count has overtaken");
        assert!(store.lacks_former().unwrap());
        // The latest three, of which one is the largest, and the one of the former library.
        assert_eq!(copies::copies(&path).len(), 4);
        drop(store);
        let rescued = Store::rescue_if_damaged(&path).unwrap().unwrap();
        assert_eq!((rescued.scraps, rescued.aside), (26, None));
        assert_eq!(Store::rescue_if_damaged(&path).unwrap(), None);
        // What is deleted from now on was deleted on purpose.
        let store = Store::open(&path).unwrap();
        store.scrap_drop(store.scraps().unwrap()[0].id).unwrap();
        assert!(!store.lacks_former().unwrap());
    }
}

#[test]
fn what_is_kept_waits_for_the_disk_and_a_refresh_does_not() {
    let (_dir, store) = crate::runtime::store::tests::fresh();
    let level = |db: &rusqlite::Connection| -> i64 {
        db.query_row("pragma synchronous", [], |r| r.get(0))
            .unwrap()
    };
    assert_eq!(store.keep(|step| Ok(level(step))).unwrap(), 2, "full");
    assert_eq!(store.write(|step| Ok(level(step))).unwrap(), 1, "normal");
}

#[test]
fn a_backup_is_restored_whole_and_a_damaged_one_is_refused() {
    let (dir, store) = crate::runtime::store::tests::fresh();
    let path = store.path().to_path_buf();
    let feed = crate::runtime::store::tests::subscribed(&store, "https://a.kr/rss");
    let news = [entry("https://a.kr/1", "소식", "글", 1)];
    store.put_entries(feed, &news, at(1)).unwrap();
    let scrap = Scrap::of(article("https://a.kr/s", "스크랩", "본문"), at(1));
    store.scrap_put(&scrap).unwrap();
    let picture = dir.path().join("picture.gif");
    std::fs::write(&picture, b"GIF89a").unwrap();
    let backup = dir.path().join("backup.db");
    store.backup_with(&backup, &[picture]).unwrap();
    assert!(Store::is_library(&backup));
    store.scrap_drop(scrap.id()).unwrap();
    copy_if_changed(&store).unwrap();
    let acts = store.acts().unwrap();
    let before = store.data_version().unwrap();
    let mut pictures = Vec::new();
    let restored = Store::restore(&path, &backup, |bytes| {
        pictures.push(bytes.to_vec());
        Ok(())
    })
    .unwrap();
    assert_eq!(pictures, [b"GIF89a"]);
    assert_eq!(restored.scrap(scrap.id()).unwrap(), Some(scrap));
    assert_eq!(restored.counts().unwrap().articles, 1);
    assert!(restored.acts().unwrap() > acts, "older than the next copy");
    assert_eq!(restored.check().unwrap(), Vec::<String>::new());
    // A program that has it open sees it.
    assert_ne!(store.data_version().unwrap(), before);
    assert_eq!(store.scraps().unwrap().len(), 1);
    let replaced = copies::folder(&path).join("before-restore-1.db");
    assert_eq!(Store::open(&replaced).unwrap().scraps().unwrap().len(), 0);

    let mut bytes = std::fs::read(&backup).unwrap();
    let middle = bytes.len() / PAGE / 2 * PAGE;
    bytes[middle..].fill(0xa5);
    std::fs::write(&backup, bytes).unwrap();
    let refused = Store::restore(&path, &backup, |_| Ok(()));
    assert!(refused.is_err());
    assert_eq!(store.scraps().unwrap().len(), 1);
}

#[test]
fn a_scrap_that_cannot_be_read_is_damage_and_comes_back_from_a_copy() {
    let (_dir, store) = crate::runtime::store::tests::fresh();
    let path = store.path().to_path_buf();
    let scrap = Scrap::of(article("https://a.kr/s", "스크랩", "본문"), at(1));
    store.scrap_put(&scrap).unwrap();
    copy_if_changed(&store).unwrap();
    store
        .db
        .execute("update scrap set json = '{}'", [])
        .unwrap();
    assert_eq!(store.check().unwrap().len(), 1);
    let other = Scrap::of(article("https://a.kr/t", "다음", "본문"), at(2));
    store.scrap_put(&other).unwrap();
    assert!(
        copy_if_changed(&store).is_err(),
        "no sound copy is replaced"
    );
    drop(store);
    let rescued = Store::rescue_if_damaged(&path).unwrap().unwrap();
    assert_eq!(rescued.scraps, 2);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.scrap(scrap.id()).unwrap(), Some(scrap));
}
