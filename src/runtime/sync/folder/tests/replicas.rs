//! Three machines, random acts, and a file sync that delivers what it likes: at the end all three
//! have the same, what was done last counts, and what was deleted last stays deleted.

use std::collections::BTreeMap;
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
    Note(usize, u8),
    Tag(usize, u8),
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

/// Does an act; returns the field that it is on and its new value, `None` where it is none.
fn perform(machine: &Machine, m: usize, act: &Act) -> Option<(String, String)> {
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
            let note = (n > 0).then(|| Clean::line(&format!("메모 {n}")));
            let before = annotate(a, Annotation::Note(note.clone()))?;
            let new = note.as_deref().unwrap_or_default().to_owned();
            (before != Annotation::Note(note)).then(|| (format!("note {a}"), new))
        }
        Act::Tag(a, n) => {
            let mut tags = scrap_of(machine, a)?.tags;
            let tag = Clean::line(&format!("표{n}"));
            let is_there = tags.contains(&tag);
            tags.retain(|t| *t != tag);
            if !is_there {
                tags.push(tag);
            }
            annotate(a, Annotation::Tags(tags))?;
            Some((format!("tag {a} {n}"), (!is_there).to_string()))
        }
        Act::Highlight(a, n) => {
            let scrap = scrap_of(machine, a)?;
            let place = |byte| Point {
                block: 0,
                item: 0,
                byte,
            };
            let new = Highlight::of(
                &scrap.article,
                place(0),
                place(3),
                Colour::ALL[usize::from(n)],
            );
            annotate(a, Annotation::Highlights(vec![new?]))?;
            None
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
        all.insert(
            format!("note {a}"),
            scrap.note.as_deref().unwrap_or_default().to_owned(),
        );
        for n in 0..4 {
            let tag = Clean::line(&format!("표{n}"));
            all.insert(
                format!("tag {a} {n}"),
                scrap.tags.contains(&tag).to_string(),
            );
        }
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

/// The last acts on each field, and by which machine.
type Last = BTreeMap<String, (usize, String)>;

fn play(machines: &[Machine], steps: &[Step], skew: &dyn Fn(usize) -> i64) -> Last {
    let mut last = Last::new();
    let base = Timestamp::now().as_millisecond() + 2_000;
    for (n, step) in steps.iter().enumerate() {
        match step {
            Step::Act(m, act) => {
                if let Some((field, value)) = perform(&machines[*m], *m, act) {
                    if field.starts_with("scrap") && value == "false" {
                        // Its note and labels go with it.
                        let number = field.trim_start_matches("scrap ").to_owned();
                        last.retain(|f, _| {
                            !f.starts_with(&format!("note {number}"))
                                && !f.starts_with(&format!("tag {number}"))
                        });
                    }
                    last.insert(field, (*m, value));
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
    last
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
        let last = play(&machines, &steps, &|_| 0);
        let end = finish(&machines);
        for (field, (_, value)) in &last {
            if !field.starts_with("note") && !field.starts_with("tag") {
                prop_assert_eq!(end.get(field), Some(value), "{}", field);
            }
        }
    }

    #[test]
    fn a_machine_two_years_ahead_wins_nothing_by_it(
        steps in proptest::collection::vec(step(), 5..60),
    ) {
        let machines = three();
        let last = play(&machines, &steps, &|m| if m == 2 { AHEAD } else { 0 });
        let end = finish(&machines);
        for (field, (machine, value)) in &last {
            if *machine != 2 && !field.starts_with("note") && !field.starts_with("tag") {
                prop_assert_eq!(end.get(field), Some(value), "{}", field);
            }
        }
    }
}
