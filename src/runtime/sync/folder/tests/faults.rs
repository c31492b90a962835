//! Files that are cut, damaged, alien or half written: a sentence each, and no loss.

use std::fs;

use jiff::Timestamp;
use proptest::prelude::*;

use super::super::journal::FolderFault;
use super::{Machine, article, carry, name};
use crate::news::{ArticleId, Scrap};

/// Articles 0 to `n`, with an exchange after each mark, so that each has a frame of its own.
fn marked(machine: &Machine, n: usize) -> Vec<ArticleId> {
    (0..n)
        .map(|n| {
            let new = article(&format!("https://paper.example/{n}"), "첫 문단");
            let id = machine
                .store
                .put_article(&new, None, Timestamp::now())
                .unwrap();
            machine.store.mark_read(&[id], true).unwrap();
            machine.exchange();
            id
        })
        .collect()
}

fn unread(machine: &Machine, n: usize) -> usize {
    (0..n)
        .map(|n| article(&format!("https://paper.example/{n}"), "첫 문단"))
        .map(|new| {
            machine
                .store
                .put_article(&new, None, Timestamp::now())
                .unwrap()
        })
        .filter(|id| !machine.is_read(*id))
        .count()
}

#[test]
fn what_is_cut_is_read_to_the_cut_and_the_rest_when_it_comes() {
    let a = Machine::new();
    marked(&a, 4);
    let path = a.journals(true)[0].clone();
    let whole = fs::read(&path).unwrap();
    let mut left = Vec::new();
    for length in (0..whole.len()).step_by(7) {
        let b = Machine::new();
        fs::create_dir_all(&b.folder).unwrap();
        let theirs = b.folder.join(name(&path));
        fs::write(&theirs, &whole[..length]).unwrap();
        let faults = b.exchange().faults;
        assert!(
            faults.iter().all(|(_, fault)| *fault == FolderFault::Torn),
            "{length}: {faults:?}"
        );
        left.push(unread(&b, 4));
        fs::write(&theirs, &whole).unwrap();
        assert_eq!(b.exchange().faults, []);
        assert_eq!(unread(&b, 4), 0, "{length}");
    }
    assert!(left.is_sorted_by(|more, less| more >= less), "{left:?}");
    assert!(left.contains(&2), "{left:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_place_costs_no_more_than_its_frame(at in any::<prop::sample::Index>(), to: u8) {
        let a = Machine::new();
        marked(&a, 3);
        let path = a.journals(true)[0].clone();
        let mut bytes = fs::read(&path).unwrap();
        let at = at.index(bytes.len());
        let is_same = bytes[at] == to;
        bytes[at] = to;
        let b = Machine::new();
        fs::create_dir_all(&b.folder).unwrap();
        let theirs = b.folder.join(name(&path));
        fs::write(&theirs, &bytes).unwrap();
        let faults = b.exchange().faults;
        let head = bytes.iter().position(|b| *b == b'\n').unwrap_or(bytes.len());
        if at > head {
            prop_assert!(is_same || faults.len() == 1);
            prop_assert!(unread(&b, 3) <= 1);
        }
        // Its machine notices, and writes it anew.
        fs::write(&path, &bytes).unwrap();
        prop_assert_eq!(a.exchange().faults, vec![]);
        carry(&a, &b);
        fs::remove_file(theirs).ok();
        carry(&a, &b);
        b.exchange();
        prop_assert_eq!(unread(&b, 3), 0);
    }

    #[test]
    fn an_alien_file_costs_a_sentence(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let a = Machine::new();
        fs::create_dir_all(&a.folder).unwrap();
        fs::write(a.folder.join("gisa-photo.journal"), &bytes).unwrap();
        fs::write(a.folder.join("notes.txt"), &bytes).unwrap();
        prop_assert_eq!(a.exchange().faults.len(), 1);
        prop_assert_eq!(fs::read(a.folder.join("gisa-photo.journal")).unwrap(), bytes);
    }
}

#[test]
fn a_newer_form_is_named_as_such() {
    let a = Machine::new();
    fs::create_dir_all(&a.folder).unwrap();
    fs::write(
        a.folder.join("gisa-x.journal"),
        "gisa journal 2 whatever comes\n",
    )
    .unwrap();
    assert_eq!(a.exchange().faults[0].1, FolderFault::Newer);
}

#[test]
fn a_kill_between_any_two_steps_is_made_good() {
    let (a, b) = (Machine::new(), Machine::new());
    marked(&a, 2);
    let as_left = a.store.own_journal().unwrap();
    let path = a.journals(true)[0].clone();
    let before = fs::read(&path).unwrap();
    // Killed in the middle of appending.
    marked(&a, 3);
    let whole = fs::read(&path).unwrap();
    for length in [
        before.len() + 1,
        before.len() + 10,
        whole.len() - 1,
        whole.len(),
    ] {
        a.store.put_own_journal(&as_left).unwrap();
        fs::write(a.folder.join(&as_left.file), &whole[..length]).unwrap();
        assert_eq!(a.exchange().faults, [], "{length}");
        assert_eq!(a.journals(true).len(), 1);
        carry(&a, &b);
        assert_eq!(b.exchange().faults, [], "{length}");
        assert_eq!(unread(&b, 3), 0);
        fs::remove_file(&a.journals(true)[0]).unwrap();
    }
    // Killed in the middle of compacting: before and after the new file has its name.
    a.exchange();
    let left = a.store.own_journal().unwrap();
    let old = fs::read(a.folder.join(&left.file)).unwrap();
    fs::write(
        a.folder.join(format!(".gisa-{}.partial", left.machine)),
        &old[..50],
    )
    .unwrap();
    let next = left.file.replace("-1.journal", "-8.journal");
    fs::write(a.folder.join(&next), &old).unwrap();
    a.exchange();
    assert_eq!(a.journals(true).len(), 1);
    carry(&a, &b);
    assert_eq!(b.exchange().faults, []);
    // The folder was emptied: the library has all of it.
    fs::remove_dir_all(&a.folder).unwrap();
    fs::create_dir(&a.folder).unwrap();
    a.exchange();
    let c = Machine::at(&a.folder);
    c.exchange();
    assert_eq!(unread(&c, 3), 0);
}

#[test]
fn a_folder_that_is_on_another_disk_is_not_made_anew() {
    let a = Machine::new();
    a.exchange();
    fs::remove_dir_all(&a.folder).unwrap();
    let failure = a.try_exchange().unwrap_err();
    assert_eq!(failure.cause, crate::app::Cause::SyncFolder);
    assert!(!a.folder.exists());
    let mut never = Machine::new();
    never.fetch.sync.folder = never
        .folder
        .join("deep/down")
        .to_string_lossy()
        .into_owned();
    assert_eq!(
        never.try_exchange().unwrap_err().cause,
        crate::app::Cause::SyncFolder
    );
}

#[test]
fn a_file_named_as_the_folder_is_called_that() {
    let mut machine = Machine::new();
    fs::create_dir_all(&machine.folder).unwrap();
    let file = machine.folder.join("notes.txt");
    fs::write(&file, "x").unwrap();
    for place in [file.clone(), file.join("gisa")] {
        machine.fetch.sync.folder = place.to_string_lossy().into_owned();
        let failure = machine.try_exchange().unwrap_err();
        let wanted = match place == file {
            true => crate::app::Cause::NotFolder,
            false => crate::app::Cause::SyncFolder,
        };
        assert_eq!(failure.cause, wanted, "{failure:?}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "x");
    }
}

#[test]
fn a_journal_that_grew_is_compacted_and_deleting_leaves_no_text() {
    let a = Machine::new();
    let text = "긴 문단이다. ".repeat(40);
    for n in 0..120 {
        let words = format!(
            "{n} {}",
            (0..200)
                .map(|w| format!("{}", w * n * 7919))
                .collect::<String>()
        );
        let new = article(
            &format!("https://paper.example/{n}"),
            &format!("{words} {text}"),
        );
        let scrap = Scrap::of(new, Timestamp::now());
        a.store.scrap_put(&scrap).unwrap();
        a.exchange();
        a.store.scrap_drop(scrap.id()).unwrap();
    }
    let largest = a.journals(true)[0].metadata().unwrap().len();
    a.exchange();
    assert_eq!(a.journals(true).len(), 1);
    assert!(!a.store.own_journal().unwrap().file.ends_with("-1.journal"));
    assert!(largest < 200 << 10, "{largest}");
    let b = Machine::at(&a.folder);
    b.exchange();
    assert_eq!(b.store.scraps().unwrap(), []);
}
