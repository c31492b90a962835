//! Three machines, random acts, and a file sync that delivers what it likes: at the end all three
//! have the same, what was done last counts, what was deleted last stays deleted, and no note,
//! label or highlight is gone that nobody took away who had it before his eyes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use jiff::Timestamp;
use proptest::prelude::*;

use super::{Machine, article, carry, name};
use crate::news::{Annotation, ArticleId, Clean, Colour, Feed, Highlight, Point, Scrap};

const ARTICLES: usize = 3;
const FEEDS: usize = 2;
/// Two years, in milliseconds.
const AHEAD: i64 = 2 * 365 * 24 * 3_600_000;

#[derive(Clone, Debug)]
enum Act {
    Read(usize, bool),
    Place(usize, u32),
    Scrap(usize),
    Unscrap(usize),
    /// A note instead of the one that is there, below it, or none.
    Note(usize, u8),
    /// A new label, or one less.
    Tag(usize, u8),
    /// A highlight with a note of its own, beside the others or instead of them.
    Highlight(usize, u8),
    Subscribe(usize, u8),
    Unsubscribe(usize),
}

#[derive(Clone, Debug)]
enum Step {
    Act(usize, Act),
    /// The machine fetches an article that it had not.
    Fetch(usize, usize),
    Exchange(usize),
    /// All of one machine's journals come to another.
    Deliver(usize, usize),
    /// A part of it comes.
    Cut(usize, usize, usize),
    /// It comes a second time, under another name.
    Twice(usize, usize),
}

fn act() -> impl Strategy<Value = Act> {
    let article = 0..ARTICLES;
    prop_oneof![
        (article.clone(), any::<bool>()).prop_map(|(a, read)| Act::Read(a, read)),
        (article.clone(), 0..9_u32).prop_map(|(a, byte)| Act::Place(a, byte)),
        article.clone().prop_map(Act::Scrap),
        article.clone().prop_map(Act::Unscrap),
        (article.clone(), 0..4_u8).prop_map(|(a, n)| Act::Note(a, n)),
        (article.clone(), 0..4_u8).prop_map(|(a, n)| Act::Tag(a, n)),
        (article, 0..4_u8).prop_map(|(a, n)| Act::Highlight(a, n)),
        (0..FEEDS, 0..3_u8).prop_map(|(f, n)| Act::Subscribe(f, n)),
        (0..FEEDS).prop_map(Act::Unsubscribe),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let (m, other) = (0..3_usize, 1..3_usize);
    prop_oneof![
        6 => (m.clone(), act()).prop_map(|(m, act)| Step::Act(m, act)),
        1 => (m.clone(), 0..ARTICLES).prop_map(|(m, a)| Step::Fetch(m, a)),
        4 => m.clone().prop_map(Step::Exchange),
        3 => (m.clone(), other.clone()).prop_map(|(m, o)| Step::Deliver(m, (m + o) % 3)),
        1 => (m.clone(), other.clone(), 1..100_usize)
            .prop_map(|(m, o, part)| Step::Cut(m, (m + o) % 3, part)),
        1 => (m, other).prop_map(|(m, o)| Step::Twice(m, (m + o) % 3)),
    ]
}

/// The machines know an article by other forms of its address.
fn address(machine: usize, article: usize) -> String {
    let front = ["https://", "http://", "https://www."][machine];
    format!("{front}paper.example/{article}?utm_source=m{machine}")
}

fn feed_address(feed: usize) -> String {
    format!("https://paper.example/{feed}.xml")
}

/// The id by which a machine has an article.
fn id_of(machine: &Machine, article: usize) -> Option<ArticleId> {
    (0..3)
        .map(|m| ArticleId::of_url(&address(m, article)))
        .find(|id| machine.store.article_row(*id).unwrap().is_some())
}

fn scrap_of(machine: &Machine, article: usize) -> Option<Scrap> {
    (0..3)
        .map(|m| ArticleId::of_url(&address(m, article)))
        .find_map(|id| machine.store.scrap(id).unwrap())
}

fn fetch(machine: &Machine, m: usize, a: usize) {
    if id_of(machine, a).is_none() {
        let new = article(&address(m, a), &format!("{a}번 글의 첫 문단"));
        machine
            .store
            .put_article(&new, None, Timestamp::now())
            .unwrap();
    }
}

/// All that is written or marked on a scrap: each word is written once in all of a play.
fn words_on(machine: &Machine, article: usize) -> BTreeSet<String> {
    let Some(scrap) = scrap_of(machine, article) else {
        return BTreeSet::new();
    };
    let notes = scrap.highlights.iter().filter_map(|h| h.note.as_ref());
    let lines = scrap.note.iter().chain(notes).flat_map(|n| n.lines());
    let tags = scrap.tags.iter().map(ToString::to_string);
    lines.map(str::to_owned).chain(tags).collect()
}

/// Does an act; `word` is a number for what it writes. Returns the field that it is on and its new value, `None` where
/// it is none.
fn perform(machine: &Machine, m: usize, act: &Act, word: usize) -> Option<(String, String)> {
    let store = &machine.store;
    let annotate = |a: usize, change: Annotation| {
        let scrap = scrap_of(machine, a)?;
        store.scrap_annotate(scrap.id(), change).unwrap()
    };
    match *act {
        Act::Read(a, read) => {
            let changed = store.mark_read(&[id_of(machine, a)?], read).unwrap();
            (!changed.is_empty()).then(|| (format!("read {a}"), read.to_string()))
        }
        Act::Place(a, byte) => {
            let id = id_of(machine, a)?;
            let before = store.position(id).unwrap();
            store.put_position(id, 0, byte).unwrap();
            (before != Some((0, byte))).then(|| (format!("place {a}"), byte.to_string()))
        }
        Act::Scrap(a) => {
            if scrap_of(machine, a).is_some() {
                return None;
            }
            let new = article(&address(m, a), &format!("{a}번 글의 첫 문단"));
            let new = match id_of(machine, a) {
                Some(id) => store.article(id).unwrap().unwrap(),
                None => new,
            };
            store.scrap_put(&Scrap::of(new, Timestamp::now())).unwrap();
            Some((format!("scrap {a}"), "true".to_owned()))
        }
        Act::Unscrap(a) => {
            store.scrap_drop(scrap_of(machine, a)?.id()).unwrap();
            Some((format!("scrap {a}"), "false".to_owned()))
        }
        Act::Note(a, n) => {
            let before = scrap_of(machine, a)?.note;
            let new = format!("메모 {word}");
            let note = match (n, &before) {
                (0, _) => None,
                (1, Some(before)) => Some(Clean::lines(&format!("{before}\n{new}"))),
                _ => Some(Clean::lines(&new)),
            };
            annotate(a, Annotation::Note(note.clone()))?;
            (before != note).then(|| (format!("scrap {a}"), "true".to_owned()))
        }
        Act::Tag(a, n) => {
            let mut tags = scrap_of(machine, a)?.tags;
            match (n, tags.is_empty()) {
                (0, false) => drop(tags.remove(0)),
                _ => tags.push(Clean::line(&format!("표{word}"))),
            }
            annotate(a, Annotation::Tags(tags))?;
            Some((format!("scrap {a}"), "true".to_owned()))
        }
        Act::Highlight(a, n) => {
            let scrap = scrap_of(machine, a)?;
            let place = |byte| Point {
                block: 0,
                item: 0,
                byte,
            };
            // Two passages, so that often two machines mark the same one.
            let until = place(3 + usize::from(n % 2) * 3);
            let colour = Colour::ALL[usize::from(n)];
            let mut new = Highlight::of(&scrap.article, place(0), until, colour)?;
            new.note = Some(Clean::line(&format!("줄 {word}")));
            let mut all = scrap.highlights;
            all.retain(|h| n < 2 && h.until != new.until);
            all.push(new);
            annotate(a, Annotation::Highlights(all))?;
            Some((format!("scrap {a}"), "true".to_owned()))
        }
        Act::Subscribe(f, n) => {
            let feed = Feed {
                url: Clean::line(&feed_address(f)),
                title: Clean::line(&format!("{f}번 신문")),
                folder: Some(Clean::line(&format!("{n}번 묶음"))),
                ..Feed::default()
            };
            let feeds = store.feeds().unwrap();
            let is_there = feeds.iter().any(|row| *row.feed.url == feed_address(f));
            store.feed_add(&feed).unwrap();
            (!is_there).then(|| (format!("feed {f}"), "true".to_owned()))
        }
        Act::Unsubscribe(f) => {
            let feeds = store.feeds().unwrap();
            let found = feeds.iter().find(|row| *row.feed.url == feed_address(f))?;
            store.feed_remove(found.id, Timestamp::now()).unwrap();
            Some((format!("feed {f}"), "false".to_owned()))
        }
    }
}

/// All that the machines share, by field.
fn state(machine: &Machine) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for a in 0..ARTICLES {
        if let Some(id) = id_of(machine, a) {
            let row = machine.store.article_row(id).unwrap().unwrap();
            all.insert(format!("read {a}"), row.read.to_string());
            if let Some((_, byte)) = machine.store.position(id).unwrap() {
                all.insert(format!("place {a}"), byte.to_string());
            }
        }
        let scrap = scrap_of(machine, a);
        all.insert(format!("scrap {a}"), scrap.is_some().to_string());
        let Some(scrap) = scrap else { continue };
        all.insert(format!("note {a}"), format!("{:?}", scrap.note));
        let tags: BTreeSet<&Clean> = scrap.tags.iter().collect();
        all.insert(format!("tags {a}"), format!("{tags:?}"));
        all.insert(format!("marks {a}"), format!("{:?}", scrap.highlights));
        all.insert(
            format!("text {a}"),
            format!("{} {}", scrap.kept, scrap.article.text()),
        );
    }
    let feeds = machine.store.feeds().unwrap();
    for f in 0..FEEDS {
        let found = feeds.iter().find(|row| *row.feed.url == feed_address(f));
        all.insert(format!("feed {f}"), found.is_some().to_string());
        if let Some(row) = found {
            let (title, folder) = (
                &row.feed.title,
                row.feed.folder.as_deref().unwrap_or_default(),
            );
            all.insert(format!("folder {f}"), format!("{title} {folder}"));
        }
    }
    all
}

fn deliver_all(machines: &[Machine]) {
    for round in 0..3 {
        for machine in machines {
            let report = machine.exchange();
            assert!(round < 2 || report.faults.is_empty(), "{:?}", report.faults);
        }
        for from in machines {
            for to in machines {
                if !std::ptr::eq(from, to) {
                    carry(from, to);
                }
            }
        }
    }
    machines.iter().for_each(|machine| drop(machine.exchange()));
}

/// What must be so at the end.
#[derive(Default)]
struct Expected {
    /// The last acts on each field, and by which machine.
    last: BTreeMap<String, (usize, String)>,
    /// What was written on each article and not taken away by a machine that had it.
    words: [BTreeSet<String>; ARTICLES],
}

impl Act {
    /// The article whose scrap it is about.
    fn scrap(&self) -> Option<usize> {
        match *self {
            Self::Scrap(a)
            | Self::Unscrap(a)
            | Self::Note(a, _)
            | Self::Tag(a, _)
            | Self::Highlight(a, _) => Some(a),
            _ => None,
        }
    }
}

fn play(machines: &[Machine], steps: &[Step], skew: &dyn Fn(usize) -> i64) -> Expected {
    let mut expected = Expected::default();
    let base = Timestamp::now().as_millisecond() + 2_000;
    for (n, step) in steps.iter().enumerate() {
        match step {
            Step::Act(m, act) => {
                let scrap = act.scrap();
                let words = |machine| scrap.map(|a| words_on(machine, a)).unwrap_or_default();
                let before = words(&machines[*m]);
                if let Some((field, value)) = perform(&machines[*m], *m, act, n) {
                    expected.last.insert(field, (*m, value));
                }
                let after = words(&machines[*m]);
                if let Some(a) = scrap {
                    let all = &mut expected.words[a];
                    all.retain(|word| after.contains(word) || !before.contains(word));
                    all.extend(after.difference(&before).cloned());
                }
                let wall = base + i64::try_from(n).unwrap() * 1000 + skew(*m);
                machines[*m].store.date_touched(wall).unwrap();
            }
            Step::Fetch(m, a) => fetch(&machines[*m], *m, *a),
            Step::Exchange(m) => drop(machines[*m].exchange()),
            Step::Deliver(from, to) => carry(&machines[*from], &machines[*to]),
            Step::Cut(from, to, part) => {
                carry(&machines[*from], &machines[*to]);
                for path in machines[*from].journals(true) {
                    let path = machines[*to].folder.join(name(&path));
                    let bytes = fs::read(&path).unwrap();
                    fs::write(&path, &bytes[..bytes.len() * part / 100]).unwrap();
                }
            }
            Step::Twice(from, to) => {
                for path in machines[*from].journals(true) {
                    let copy = name(&path).replace(".journal", ".sync-conflict-7.journal");
                    fs::create_dir_all(&machines[*to].folder).unwrap();
                    fs::copy(&path, machines[*to].folder.join(copy)).unwrap();
                }
            }
        }
    }
    expected
}

/// Holds the end to what must be so. Acts of `disbelieved` needn't have won.
fn hold(machines: &[Machine], expected: &Expected, disbelieved: Option<usize>) {
    let end = finish(machines);
    for (a, words) in expected.words.iter().enumerate() {
        assert_eq!(words_on(&machines[0], a), *words, "on {a}");
    }
    for (field, (machine, value)) in &expected.last {
        let by_words = field.strip_prefix("scrap ").is_some_and(|a| {
            let a: usize = a.parse().unwrap();
            !expected.words[a].is_empty()
        });
        let value = if by_words { "true" } else { value };
        if Some(*machine) != disbelieved {
            assert_eq!(end.get(field).map(String::as_str), Some(value), "{field}");
        }
    }
}

fn three() -> Vec<Machine> {
    let machines: Vec<Machine> = (0..3).map(|_| Machine::new()).collect();
    // All know the first article, and exchange from the beginning.
    for (m, machine) in machines.iter().enumerate() {
        fetch(machine, m, 0);
        machine.exchange();
    }
    machines
}

fn finish(machines: &[Machine]) -> BTreeMap<String, String> {
    for (m, machine) in machines.iter().enumerate() {
        for a in 0..ARTICLES {
            fetch(machine, m, a);
        }
    }
    deliver_all(machines);
    let first = state(&machines[0]);
    for machine in machines {
        assert_eq!(state(machine), first);
        assert_eq!(machine.store.check().unwrap(), Vec::<String>::new());
        // The files say all of it: a new machine with nothing but them has the same.
    }
    let new = Machine::at(&machines[0].folder);
    new.exchange();
    for a in 0..ARTICLES {
        fetch(&new, 0, a);
    }
    assert_eq!(state(&new), first, "a new machine");
    first
}

fn cases() -> ProptestConfig {
    let set = std::env::var("GISA_SYNC_RUNS")
        .ok()
        .and_then(|n| n.parse().ok());
    ProptestConfig {
        cases: set.unwrap_or(12),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn in_whatever_order_it_comes_all_end_with_the_same_and_the_last_act_counts(
        steps in proptest::collection::vec(step(), 5..60),
    ) {
        let machines = three();
        let expected = play(&machines, &steps, &|_| 0);
        hold(&machines, &expected, None);
    }

    #[test]
    fn a_machine_two_years_ahead_wins_nothing_by_it(
        steps in proptest::collection::vec(step(), 5..60),
    ) {
        let machines = three();
        let expected = play(&machines, &steps, &|m| if m == 2 { AHEAD } else { 0 });
        hold(&machines, &expected, Some(2));
    }
}
