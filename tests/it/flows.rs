//! What happens when keys are pressed: scripts on the pure program, with the world's answers given
//! by hand.

use gisa::app::panes::reader::short_news::ShortNewsState;
use gisa::app::panes::showing::Showing;
use gisa::app::protocol::library::{LibraryJob, LibraryOutcome};
use gisa::app::protocol::network::{NetworkJob, NetworkOutcome, RefreshReport, SummaryRequest};
use gisa::app::protocol::rows::{ArticleRequest, RowsRequest};
use gisa::app::{Cause, Change, Collection, Effect, Failure, Job, JobEvent, Message, Pane};
use gisa::news::Block;
use gisa::text::TextSize;

use crate::support::pages;
use crate::support::screen::{draw, text};
use crate::support::session::{Session, start, summarize};

fn is_article(job: &Job) -> bool {
    matches!(job, Job::Library(LibraryJob::Article(_)))
}

fn is_scrap(job: &Job) -> bool {
    matches!(job, Job::Library(LibraryJob::Change(Change::Scrap(_))))
}

fn kept(effects: &[Effect]) -> Vec<&Change> {
    let record = |e| {
        if let &Effect::Start(_, Job::Library(LibraryJob::Change(ref record))) = e {
            Some(record)
        } else {
            None
        }
    };
    effects.iter().filter_map(record).collect()
}

#[test]
fn the_start_asks_for_rows_then_for_the_first_article() {
    let mut s = Session::cold(start(120, 40), pages::edition());
    assert!(matches!(
        s.open[..],
        [(
            _,
            Job::Library(LibraryJob::Rows(RowsRequest {
                collection: Collection::Library,
                offset: 0,
                ..
            }))
        )]
    ));
    s.answer_at(0);
    assert_eq!(s.model.list().rows().len(), 4);
    assert!(
        matches!(&s.open[..], [(_, Job::Library(LibraryJob::Article(ArticleRequest { id, .. })))] if *id == s.article(0).id())
    );
    s.settle();
    assert_eq!(s.model.reader().article(), Some(s.article(0)));
    assert_eq!(s.model.focus(), Pane::List);
}

#[test]
fn enter_opens_marks_read_and_q_comes_back() {
    let mut s = Session::new(120, 40);
    let effects = s.keys("j");
    assert!(
        matches!(
            &effects[..],
            [Effect::Start(_, Job::Library(LibraryJob::Article(_)))]
        ),
        "{effects:?}"
    );
    s.settle();
    let effects = s.keys("Enter");
    assert_eq!(s.model.focus(), Pane::Reader);
    let id = s.article(1).id();
    assert_eq!(
        kept(&effects),
        [&Change::Opened(id), &Change::Read(vec![id], true)]
    );
    assert!(s.model.list().rows()[1].read && !s.model.list().rows()[0].read);
    s.keys("q");
    assert_eq!(
        (s.model.focus(), s.model.list().selected()),
        (Pane::List, 1)
    );
    assert!(s.keys("q").contains(&Effect::Quit));
}

#[test]
fn enter_before_the_article_is_there_opens_it_when_it_comes() {
    let mut s = Session::cold(start(80, 24), pages::edition());
    s.answer_at(0);
    s.keys("Enter");
    assert_eq!(s.model.focus(), Pane::Reader);
    let effects = s.answer(
        is_article,
        LibraryOutcome::Article(Ok(s.article(0).clone().into())),
    );
    assert_eq!(kept(&effects).len(), 2, "it is being read now");
}

#[test]
fn a_scrap_is_shown_at_once_and_taken_back_where_it_cannot_be_kept() {
    let mut s = Session::reading(120, 40, 0);
    let effects = s.keys("s");
    assert!(
        matches!(kept(&effects)[..], [Change::Scrap(scrap)] if scrap.article == **s.article(0))
    );
    assert!(s.model.list().rows()[0].scrapped && !s.notice().0);
    s.refuse(is_scrap, Failure::new(Cause::DiskFull, "x"));
    assert!(!s.model.list().rows()[0].scrapped);
    let (bad, text) = s.notice();
    assert!(
        bad && text == s.model.start().words.get("failure.disk-full"),
        "{text}"
    );
    s.settle();
    assert!(!s.model.list().rows()[0].scrapped && s.model.undo().is_empty());
}

#[test]
fn a_scrap_is_undone_and_s_takes_it_off_again() {
    let mut s = Session::reading(120, 40, 0);
    s.keys("s");
    s.settle();
    let effects = s.keys("u");
    assert_eq!(kept(&effects), [&Change::Unscrap(s.article(0).id())]);
    s.settle();
    assert!(!s.model.list().rows()[0].scrapped);
    s.keys("s");
    s.settle();
    assert!(s.model.list().rows()[0].scrapped);
    s.keys("s");
    s.settle();
    assert!(!s.model.list().rows()[0].scrapped);
    s.keys("u");
    s.settle();
    assert!(
        s.model.list().rows()[0].scrapped,
        "taking it off can be undone too"
    );
}

#[test]
fn late_answers_are_dropped() {
    let mut s = Session::new(120, 40);
    s.keys("j");
    let effects = s.keys("j");
    assert!(
        matches!(effects[..], [Effect::Cancel(_), Effect::Start(..)]),
        "{effects:?}"
    );
    let (late, first) = (s.open[0].0, s.article(1).clone());
    assert_eq!(s.open.len(), 2);
    s.answer_at(1);
    assert_eq!(s.model.reader().article(), Some(s.article(2)));
    assert_eq!(
        s.tell(Message::Job(
            late,
            JobEvent::Done(LibraryOutcome::Article(Ok(first.into())).into())
        )),
        []
    );
    assert_eq!(s.model.reader().article(), Some(s.article(2)));
    s.tell(Message::Job(
        late,
        JobEvent::Done(LibraryOutcome::Article(Err(Failure::new(Cause::Bug, "x"))).into()),
    ));
    assert_eq!(
        (s.notice(), s.model.reader().failure().is_none()),
        ((false, ""), true)
    );
}

#[test]
fn an_article_that_cannot_be_had_says_why_and_the_next_one_opens() {
    let mut s = Session::new(120, 40);
    s.keys("j");
    s.refuse(is_article, Failure::new(Cause::Gone, "x"));
    assert!(s.notice().0 && s.model.reader().failure().is_some());
    s.keys("j");
    s.settle();
    assert_eq!(s.model.reader().article(), Some(s.article(2)));
    assert!(s.model.reader().failure().is_none());
}

#[test]
fn short_news_says_that_it_loads_and_keeps_the_place_of_the_body() {
    let mut s = Session::reading(100, 20, 1);
    s.keys("7 j");
    let place = s.place();
    assert!(place.0 > 1);
    let effects = s.keys("v");
    assert!(
        matches!(
            &effects[..],
            [Effect::Start(
                _,
                Job::Network(NetworkJob::Summary(SummaryRequest { sentences: 3, .. }))
            )]
        ),
        "{effects:?}"
    );
    assert_eq!(
        (
            s.model.reader().showing(),
            s.model.reader().short_news().state()
        ),
        (Showing::ShortNews, &ShortNewsState::Loading)
    );
    s.keys("v");
    assert_eq!(
        (s.model.reader().showing(), s.place()),
        (Showing::Body, place)
    );
    s.keys("v");
    assert_eq!(
        s.open
            .iter()
            .filter(|(_, j)| matches!(j, Job::Network(NetworkJob::Summary(_))))
            .count(),
        1,
        "it is not asked for twice"
    );
    s.settle();
    assert!(
        matches!(s.model.reader().short_news().state(), ShortNewsState::Ready(d, _) if d.sentences.len() == 3)
    );
    s.keys("j");
    assert_eq!(s.model.reader().short_news().chosen(), 1);
    s.keys("v");
    assert_eq!(s.place(), place);
    assert_eq!(s.keys("v"), [], "it is there already");
    assert_eq!(
        s.model.reader().short_news().chosen(),
        1,
        "and its own place is kept"
    );
}

#[test]
fn short_news_that_fails_says_so_and_is_asked_for_again() {
    let mut s = Session::reading(100, 20, 1);
    s.keys("v");
    s.refuse(
        |j| matches!(j, Job::Network(NetworkJob::Summary(_))),
        Failure::new(Cause::Bug, "x"),
    );
    assert!(matches!(
        s.model.reader().short_news().state(),
        ShortNewsState::Failed(_)
    ));
    s.keys("v");
    assert!(matches!(
        s.keys("v")[..],
        [Effect::Start(_, Job::Network(NetworkJob::Summary(_)))]
    ));
}

#[test]
fn a_line_of_the_short_news_leads_to_its_source_and_lights_it() {
    for line in 0..3 {
        let mut s = Session::reading(100, 20, 1);
        s.keys("v");
        s.settle();
        s.keys(&"j ".repeat(line));
        let ShortNewsState::Ready(summary, _) = s.model.reader().short_news().state() else {
            panic!()
        };
        let sentence = summary.sentences[line].text.to_string();
        s.keys("Enter");
        let reader = s.model.reader();
        let lit = reader.spotlight().cloned().unwrap();
        let body = reader.body().unwrap();
        assert_eq!(reader.showing(), Showing::Body);
        assert_eq!(
            &body.document().parts[lit.part].text[lit.bytes.clone()],
            sentence
        );
        let rows = s.model.geometry().text.height;
        let seen = body.layout().window(body.top(), rows);
        assert!(
            seen.iter().any(|(_, spot)| spot.part == lit.part),
            "in view"
        );
        s.keys("Esc");
        assert!(
            s.model.reader().spotlight().is_none() && s.model.focus() == Pane::Reader,
            "the first Esc puts the light out"
        );
    }
}

#[test]
fn the_line_being_read_stays_at_the_top_when_the_screen_changes() {
    let mut s = Session::reading(120, 24, 1);
    s.keys("1 1 j");
    let (part, byte) = s.place();
    let text = s.top();
    for (width, height) in [
        (40, 15),
        (200, 50),
        (81, 9),
        (20, 5),
        (79, 24),
        (300, 12),
        (120, 24),
    ] {
        s.resize(width, height);
        let (now, at) = s.place();
        assert!(
            now == part && at <= byte,
            "{width}×{height}: {now}.{at} after {part}.{byte}"
        );
    }
    assert_eq!(s.top(), text, "and back");
}

#[test]
fn text_size_keys_change_the_size_and_keep_it() {
    let mut s = Session::reading(120, 40, 1);
    s.keys("5 j");
    let place = s.place();
    for (key, size) in [
        ("+", TextSize::Large),
        ("=", TextSize::XLarge),
        ("+", TextSize::XXLarge),
        ("+", TextSize::XXLarge),
        ("-", TextSize::XLarge),
        ("0", TextSize::Normal),
        ("-", TextSize::Small),
        ("-", TextSize::Small),
    ] {
        let effects = s.keys(key);
        assert_eq!(s.model.start().text_size(), size, "{key}");
        let [Change::Prefs(prefs)] = kept(&effects)[..] else {
            panic!("{effects:?}")
        };
        assert_eq!(prefs.sizes.get("test"), Some(&size));
        assert_eq!(
            s.place().0,
            place.0,
            "{size:?}: the paragraph being read stays"
        );
    }
}

#[test]
fn a_size_that_the_screen_has_no_room_for_is_not_announced() {
    let mut s = Session::reading(40, 15, 1);
    s.keys("+");
    let said = |s: &Session| s.model.notice().map(|n| n.text.clone()).unwrap_or_default();
    assert_eq!(said(&s), "글자크기: 크게");
    let before = text(&draw(&s.model));
    for _ in 0..2 {
        assert!(kept(&s.keys("+")).is_empty());
        let most = "이 화면에는 더 큰 글자가 들어가지 않습니다: 크게";
        assert_eq!(said(&s), most);
    }
    assert_eq!(s.model.start().text_size(), TextSize::Large);
    s.keys("F");
    assert!(text(&draw(&s.model)).contains("최대 (크게와 같음)"));
    s.keys("Esc -");
    assert_eq!(said(&s), "글자크기: 보통");
    assert_ne!(text(&draw(&s.model)), before);
    // One chosen on a larger screen looks like a smaller one here, and the next below is smaller.
    s.resize(120, 40);
    s.keys("+ + +");
    s.resize(40, 15);
    assert_eq!(s.model.start().text_size(), TextSize::XXLarge);
    s.keys("-");
    assert_eq!(s.model.start().text_size(), TextSize::Normal);
}

#[test]
fn the_popup_of_sizes_changes_them_and_closes() {
    let mut s = Session::reading(120, 40, 1);
    s.keys("F j");
    assert_eq!(s.model.start().text_size(), TextSize::Large);
    s.keys("k k");
    assert_eq!(s.model.start().text_size(), TextSize::Small);
    let before = s.place();
    assert!(kept(&s.keys(">")).len() == 1 && s.model.popup().is_some());
    s.keys("Enter");
    assert!(s.model.popup().is_none() && s.place() == before && s.model.focus() == Pane::Reader);
}

#[test]
fn counts_and_sequences_mean_what_they_mean_in_vi() {
    let mut s = Session::new(120, 40);
    s.keys("2 j");
    assert_eq!(s.model.list().selected(), 2);
    s.keys("9 9 9 9 9 9 k");
    assert_eq!(s.model.list().selected(), 0);
    s.keys("G");
    assert_eq!(s.model.list().selected(), 3);
    s.keys("g");
    assert_eq!(
        (s.model.list().selected(), s.model.keys().pending().len()),
        (3, 1)
    );
    s.keys("g");
    assert_eq!(
        (s.model.list().selected(), s.model.keys().pending().len()),
        (0, 0)
    );
    s.keys("g x j");
    assert_eq!(
        s.model.list().selected(),
        1,
        "a sequence that means nothing is forgotten"
    );
    s.keys("5 x j");
    assert_eq!(s.model.list().selected(), 2, "and so is its count");
    s.settle();
    s.keys("k k Enter");
    s.settle();
    s.keys("1 0 j");
    let mut one_by_one = Session::reading(120, 40, 0);
    one_by_one.keys(&"j ".repeat(10));
    assert_eq!(s.place(), one_by_one.place(), "ten lines are ten times one");
}

#[test]
fn a_hangul_layout_presses_the_same_keys() {
    let mut s = Session::new(120, 40);
    s.keys("ㅓ");
    assert_eq!(s.model.list().selected(), 1);
    s.keys("ㅎ ㅎ");
    assert_eq!(s.model.list().selected(), 0);
    s.keys("S-ㅎ");
    assert_eq!(s.model.list().selected(), 3);
    s.settle();
    s.keys("ㅣ ㄴ");
    assert!(s.model.focus() == Pane::Reader && s.model.list().rows()[3].scrapped);
}

#[test]
fn scraps_are_shown_removed_put_back_and_left() {
    let mut s = Session::reading(120, 40, 0);
    s.keys("s J");
    s.settle();
    s.keys("s q");
    s.settle();
    s.keys("S");
    s.settle();
    assert_eq!(
        (s.model.list().collection(), s.model.list().rows().len()),
        (Collection::Scraps, 2)
    );
    let first = s.model.list().rows()[0].id;
    s.keys("d");
    assert_eq!(s.model.list().rows().len(), 1);
    s.settle();
    assert_ne!(
        s.model.reader().id(),
        Some(first),
        "the reader shows what is chosen now"
    );
    s.keys("u");
    s.settle();
    assert!(
        s.model.list().rows().len() == 2 && s.model.list().rows().iter().any(|r| r.id == first)
    );
    s.keys("S");
    s.settle();
    assert_eq!(
        (
            s.model.list().collection(),
            s.model.list().selected(),
            s.model.list().rows().len()
        ),
        (Collection::Library, 1, 4)
    );
    assert!(s.model.list().rows()[0].scrapped && s.model.list().rows()[1].scrapped);
    s.keys("S");
    s.settle();
    s.keys("q");
    assert_eq!(
        s.model.list().collection(),
        Collection::Library,
        "q leaves the scraps, not the program"
    );
}

#[test]
fn a_removal_that_fails_is_on_the_list_again() {
    let mut s = Session::reading(120, 40, 0);
    s.keys("s q S");
    s.settle();
    s.keys("d");
    assert_eq!(s.model.list().rows().len(), 0);
    s.refuse(
        |j| matches!(j, Job::Library(LibraryJob::Change(Change::Unscrap(_)))),
        Failure::new(Cause::Locked, "x"),
    );
    assert!(s.notice().0);
    s.settle();
    assert_eq!(s.model.list().rows().len(), 1);
}

#[test]
fn a_place_is_remembered_under_the_article_it_belongs_to() {
    let mut s = Session::reading(120, 24, 1);
    s.keys("9 j");
    let (place, own) = (s.place(), s.article(1).id());
    // Twice, before the next article is there: what is still on the screen is the first.
    let effects: Vec<Effect> = s.keys("J K").into_iter().chain(s.keys("J")).collect();
    for record in kept(&effects) {
        if let Change::Position(id, part, byte) = record {
            assert_eq!((*id, (*part, *byte)), (own, place));
        }
    }
    s.settle();
    s.keys("K");
    s.settle();
    assert_eq!(s.place(), place, "and found again");
}

#[test]
fn a_reader_who_leaves_is_kept_where_he_was() {
    let mut s = Session::reading(120, 24, 1);
    s.keys("9 j");
    let (part, byte) = s.place();
    let effects = s.tell(Message::Hangup);
    assert_eq!(
        kept(&effects),
        [&Change::Position(s.article(1).id(), part, byte)]
    );
    assert_eq!(effects.last(), Some(&Effect::Quit));
}

#[test]
fn refreshing_is_one_job_that_esc_stops() {
    let mut s = Session::new(120, 40);
    let effects = s.keys("R R");
    assert!(
        matches!(
            effects[..],
            [Effect::Start(_, Job::Network(NetworkJob::Refresh(_)))]
        ),
        "{effects:?}"
    );
    assert!(matches!(s.keys("Esc")[..], [Effect::Cancel(_)]));
    s.answer(
        |j| matches!(j, Job::Network(NetworkJob::Refresh(_))),
        NetworkOutcome::Refresh(Ok(RefreshReport {
            new: 9,
            feeds: 1,
            failed: 0,
            cut: 0,
        })),
    );
    assert_eq!(s.notice().1, "", "its answer comes too late");
}

#[test]
fn an_address_is_copied_and_opened_and_missed_where_there_is_none() {
    let mut s = Session::reading(120, 40, 0);
    assert!(matches!(&s.keys("y")[..], [Effect::Copy(url)] if url.contains("garam.example/rich")));
    assert!(
        matches!(&s.keys("o")[..], [Effect::Start(_, Job::Network(NetworkJob::Browse(page)))] if page.url.contains("rich"))
    );
    let mut s = Session::reading(120, 40, 3);
    assert_eq!(s.keys("o"), []);
    assert!(s.notice().0);
}

#[test]
fn stop_and_continue_come_from_the_system_too() {
    let mut s = Session::new(80, 24);
    assert_eq!(s.keys("C-z"), [Effect::Suspend]);
    assert_eq!(s.tell(Message::Stop), [Effect::Suspend]);
    assert_eq!(s.tell(Message::Resumed), [Effect::Redraw]);
    s.keys("?");
    assert_eq!(s.keys("C-z"), [Effect::Suspend], "under a popup too");
}

#[test]
fn every_line_of_a_long_text_can_be_reached() {
    for (width, height) in [(40, 15), (80, 24), (120, 40), (20, 5)] {
        let mut s = Session::reading(width, height, 1);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..2000 {
            let body = s.model.reader().body().unwrap();
            let rows = s.model.geometry().text.height;
            seen.extend(
                body.layout()
                    .window(body.top(), rows)
                    .into_iter()
                    .map(|(_, spot)| spot),
            );
            let before = s.place();
            s.keys("Space");
            if s.place() == before {
                break;
            }
        }
        let layout = s.model.reader().body().unwrap().layout();
        let mut at = Some(layout.first());
        while let Some(spot) = at {
            assert!(seen.contains(&spot), "{width}×{height}: {spot:?}");
            at = layout.next(spot);
        }
    }
}

#[test]
fn a_summary_of_another_article_is_not_shown_for_this_one() {
    let mut s = Session::reading(120, 40, 1);
    s.keys("v J");
    s.answer(
        is_article,
        LibraryOutcome::Article(Ok(s.article(2).clone().into())),
    );
    let late = summarize(s.article(1), 3);
    s.answer(|j| matches!(j, Job::Network(NetworkJob::Summary(_))), late);
    assert!(
        matches!(
            s.model.reader().short_news().state(),
            ShortNewsState::Loading
        ),
        "{:?}",
        s.model.reader().short_news().state()
    );
    s.settle();
    let ShortNewsState::Ready(summary, _) = s.model.reader().short_news().state() else {
        panic!()
    };
    let text = s
        .article(2)
        .blocks
        .iter()
        .map(Block::plain)
        .collect::<String>();
    assert!(
        summary
            .sentences
            .iter()
            .all(|line| text.contains(&*line.text))
    );
}

#[test]
fn beside_a_list_in_which_nothing_is_stands_no_article() {
    let mut s = Session::new(120, 24);
    s.settle();
    assert!(s.model.reader().article().is_some());
    s.keys("S");
    s.settle();
    assert!(s.model.list().rows().is_empty());
    assert!(s.model.reader().article().is_none());
    s.keys("Enter");
    assert_eq!(s.model.focus(), Pane::List, "there is nothing to enter");
    s.keys("q");
    s.settle();
    assert!(s.model.reader().article().is_some());
}

#[test]
fn the_end_of_an_article_is_a_full_page_at_every_size() {
    let mut s = Session::reading(80, 24, 0);
    s.keys("+ + G");
    let largest = s.place();
    s.keys("0");
    let rows = s.model.geometry().text.height;
    let sheet = s.model.reader().body().unwrap();
    let shown: u16 = sheet
        .layout()
        .window(sheet.top(), rows)
        .iter()
        .map(|(_, spot)| sheet.layout().line(*spot).scale.rows())
        .sum();
    assert!(shown + 2 >= rows, "{shown} of {rows} rows");
    s.keys("+ +");
    assert_eq!(s.place(), largest, "and back");
}

#[test]
fn a_refresh_that_brought_nothing_is_told_as_a_failure() {
    let mut s = Session::new(120, 40);
    s.keys("R");
    s.answer(
        |j| matches!(j, Job::Network(NetworkJob::Refresh(_))),
        NetworkOutcome::Refresh(Ok(RefreshReport {
            new: 0,
            feeds: 0,
            failed: 3,
            cut: 0,
        })),
    );
    let (is_bad, said) = s.notice();
    assert!(is_bad && said.contains("받지 못했습니다"), "{said}");
}
