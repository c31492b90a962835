//! A word of a text in the user's dictionary: by key, by mouse, and as flash cards.

use gisa::app::Job;
use gisa::app::protocol::library::LibraryJob;
use gisa::app::protocol::message::{Message, Mouse, MouseKind};
use gisa::dictionary::{LookedUp, WordEntry};
use gisa::news::Clean;
use gisa::runtime::store::Store;

use crate::support::sandbox::Sandbox;
use crate::support::screen::{draw, text};
use crate::support::session::Session;

#[test]
fn the_chosen_word_is_shown_over_the_article_with_its_entry() {
    let mut s = Session::new(100, 30);
    s.keys("Enter");
    s.settle();
    s.keys("e w K");
    s.settle();
    let screen = text(&draw(&s.model));
    assert!(screen.contains("풀이"), "{screen}");
    assert!(!s.model.is_selecting_text());
    s.keys("j Esc");
    assert!(s.model.reader().story_view().is_none());
}

#[test]
fn the_right_button_looks_up_the_word_under_it() {
    let mut s = Session::new(100, 30);
    s.keys("Enter");
    s.settle();
    let area = s.model.geometry().text;
    // Blank rows and rows of pictures have no word.
    let mut asked = None;
    for y in area.y..area.y + area.height {
        s.tell(Message::Mouse(Mouse {
            kind: MouseKind::RightPress,
            x: area.x + 1,
            y,
        }));
        asked = asked.or_else(|| {
            s.live().find_map(|job| match job {
                Job::Library(LibraryJob::LookUp(request)) => Some(request.clone()),
                _ => None,
            })
        });
    }
    let asked = asked.unwrap();
    assert!(
        asked.near[asked.at..].starts_with(&*asked.eojeol),
        "{asked:?}"
    );
}

#[test]
fn looked_up_words_are_listed_written_as_cards_and_forgotten() {
    let sandbox = Sandbox::new();
    let store = Store::open(&sandbox.path("data/library.db")).unwrap();
    let word = |eojeol: &str, headword: &str, sentence: &str| LookedUp {
        eojeol: Clean::line(eojeol),
        sentence: Clean::line(sentence),
        entries: vec![WordEntry {
            headword: Clean::line(headword),
            entry: None,
        }],
    };
    store
        .note_word(&word("지었다", "짓다", "집을 지었다."))
        .unwrap();
    store
        .note_word(&word("다리에", "다리", "다리에 올랐다."))
        .unwrap();
    store
        .note_word(&word("지은", "짓다", "새로 지은 집이다."))
        .unwrap();
    drop(store);
    let listed = sandbox.run(&["words"]).ok().to_owned();
    assert_eq!(
        listed,
        "짓다\t지은\t새로 지은 집이다.\n다리\t다리에\t다리에 올랐다.\n"
    );
    let cards = sandbox.path("cards.txt");
    sandbox
        .run(&["words", "--anki", &cards.to_string_lossy()])
        .ok();
    let cards = std::fs::read_to_string(cards).unwrap();
    assert!(
        cards.contains("새로 <b>지은</b> 집이다.\t짓다\n"),
        "{cards}"
    );
    sandbox.run(&["words", "--forget"]).ok();
    assert_eq!(sandbox.run(&["words", "--json"]).ok(), "");
}

#[test]
fn a_dictionary_of_the_users_own_explains_the_word() {
    let sandbox = Sandbox::new();
    let info = "StarDict's dict ifo file\nversion=2.4.2\nbookname=우리\nsametypesequence=h\n";
    let entry = "<b>집</b>을 만들다";
    let mut index = "짓다\0\0\0\0\0".as_bytes().to_vec();
    index.extend(u32::try_from(entry.len()).unwrap().to_be_bytes());
    sandbox.file("data/dictionaries/우리.ifo", info);
    sandbox.file("data/dictionaries/우리.idx", index);
    sandbox.file("data/dictionaries/우리.dict", entry);
    let told = sandbox.run(&["word", "지었습니다", "--json"]).json();
    assert_eq!(told[0]["headword"], "짓다");
    assert_eq!(told[0]["entry"], "집을 만들다");
    assert_eq!(
        sandbox.run(&["word", "지었습니다"]).ok().lines().nth(1),
        Some("  집을 만들다")
    );
}
