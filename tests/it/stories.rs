//! Today's issues and versions of an article on the screen: scripts on the pure program.

use gisa::app::protocol::library::{LibraryJob, LibraryOutcome};
use gisa::app::protocol::network::{FirstLinesRequest, NetworkJob};
use gisa::app::protocol::rows::RowsPage;
use gisa::app::protocol::story::{StoryJob, StoryOutcome};
use std::sync::Arc;

use gisa::app::protocol::rows::Row;
use gisa::app::{Collection, Job, Pane, Start};
use gisa::config::{Language, Words};
use gisa::news::{
    ArticleId, Clean, Issue, IssueLine, Moment, RelatedIssue, StoryId, Version, Versions,
};
use gisa::summary;

use crate::support::pages;
use crate::support::screen::{draw, row, text};
use crate::support::session::{Session, start};

/// An issue of the run's first three articles, told in two sentences.
fn issue(s: &Session) -> Arc<Issue> {
    let outlets = ["가람신문", "나래일보", "다온뉴스"];
    let moment = |i: usize| Moment {
        at: s.article(i).published,
        article: s.article(i).id(),
        publisher: Clean::line(outlets[i]),
        title: s.article(i).title.clone(),
    };
    let line = |i: usize, source: usize| {
        let sentence = summary::sentences(s.article(i)).swap_remove(source);
        let (place, text) = (sentence.place(), sentence.text);
        IssueLine {
            text,
            article: s.article(i).id(),
            publisher: Clean::line(outlets[i]),
            source,
            place,
        }
    };
    let other = |id: u64, title: &str, publishers: usize| RelatedIssue {
        id: StoryId(id),
        title: Clean::line(title),
        publishers,
        articles: vec![s.article(3).id(), s.article(2).id()],
    };
    Arc::new(Issue {
        id: StoryId(77),
        topic: None,
        related: vec![other(78, "가람시의 낮", 2), other(79, "한 곳만의 연재", 1)],
        title: Clean::line("가람시의 밤"),
        publishers: outlets.iter().map(|o| Clean::line(o)).collect(),
        articles: (0..3).map(|i| s.article(i).id()).collect(),
        timeline: (0..3).map(moment).collect(),
        copies: vec![vec![s.article(0).id(), s.article(2).id()]],
        summary: vec![line(0, 1), line(1, 40)],
    })
}

/// A run that looks at its one issue.
fn looking(width: u16, height: u16) -> (Session, Arc<Issue>) {
    looking_from(start(width, height), "가람신문, …")
}

/// As [`looking`], from this start; the row of the issue names these outlets.
fn looking_from(start: Start, outlets: &str) -> (Session, Arc<Issue>) {
    let mut s = Session::cold(start, pages::edition());
    s.settle();
    let issue = issue(&s);
    s.keys("I");
    let row = Row {
        id: ArticleId(77),
        title: issue.title.clone(),
        publishers: Some((3, Clean::line(outlets))),
        topic: Some(Clean::line("가람시")),
        ..Row::of(s.article(0))
    };
    let rows = StoryOutcome::IssueRows(Ok(RowsPage {
        offset: 0,
        rows: vec![row],
        total: 1,
        unread: 0,
    }));
    s.answer(|j| matches!(j, Job::Story(StoryJob::IssueRows)), rows);
    s.answer(
        |j| matches!(j, Job::Story(StoryJob::Issue(_))),
        StoryOutcome::Issue(Ok(issue.clone())),
    );
    (s, issue)
}

#[test]
fn an_issue_tells_who_carries_it_three_sentences_and_how_it_was_reported() {
    let (s, issue) = looking(120, 40);
    let screen = text(&draw(&s.model));
    for words in [
        "3곳, 기사 3건",
        "가람시의 밤",
        "가람신문, 나래일보, 다온뉴스",
        "기사 흐름",
        "거의 같은 글",
        "(나래일보)",
    ] {
        assert!(screen.contains(words), "{words} in\n{screen}");
    }
    assert!(screen.contains(&issue.summary[0].text[..30]), "{screen}");
}

#[test]
fn a_narrow_row_says_how_many_carry_an_issue_and_no_piece_of_a_name() {
    for width in 24..60 {
        let (s, _) = looking(width, 15);
        let list = s.model.geometry().list.unwrap();
        let screen = draw(&s.model);
        let rows: Vec<String> = (list.y..list.y + 2).map(|y| row(&screen, y)).collect();
        let shown = rows.join("\n");
        assert!(shown.contains("3곳"), "{width}: {shown}");
        assert!(
            !shown.contains("·…") && !shown.contains("· …"),
            "{width}: {shown}"
        );
    }
}

#[test]
fn a_row_names_outlets_whole_and_counts_them_in_whole_words_in_either_language() {
    let outlets = "가람신문, 나래일보, 다온뉴스";
    for (language, count) in [
        (Language::Korean, "3곳"),
        (Language::English, "3 publishers"),
    ] {
        for width in 36..70 {
            let mut start = start(width, 15);
            start.words = Words::of(language);
            let (s, _) = looking_from(start, outlets);
            let list = s.model.geometry().list.unwrap();
            let screen = draw(&s.model);
            let rows: Vec<String> = (list.y..list.y + 2).map(|y| row(&screen, y)).collect();
            let shown = rows.join("\n");
            assert!(shown.contains(count), "{width}: {shown}");
            assert!(!shown.contains(",…"), "{width}: {shown}");
            let second = ["나…", "나래…", "나래일…", "다…", "다온…", "다온뉴…"];
            assert!(
                !second.iter().any(|cut| shown.contains(cut)),
                "{width}: {shown}"
            );
        }
    }
}

#[test]
fn enter_goes_from_a_sentence_to_its_article_and_lights_it_there() {
    let (mut s, issue) = looking(120, 40);
    s.keys("Enter");
    assert_eq!(
        (s.model.focus(), s.model.list().collection()),
        (Pane::Reader, Collection::Issues)
    );
    s.keys("j Enter");
    s.settle();
    assert_eq!(s.model.list().collection(), Collection::Story(77));
    assert_eq!(
        (s.model.reader().id(), s.model.focus()),
        (Some(issue.summary[1].article), Pane::Reader)
    );
    assert!(s.model.reader().story_view().is_none());
    let lit = s.model.reader().spotlight().cloned().unwrap();
    let part = &s.model.reader().sheet().unwrap().document().parts[lit.part];
    assert_eq!(part.text[lit.bytes], *issue.summary[1].text);
    let screen = text(&draw(&s.model));
    assert!(screen.contains("14번째 문단이다."), "{screen}");
    s.keys("q q");
    assert_eq!(
        (s.model.focus(), s.model.list().collection()),
        (Pane::List, Collection::Issues),
        "and back the same way"
    );
}

#[test]
fn enter_goes_from_the_timeline_to_the_article_at_every_width() {
    for width in [40, 80, 200] {
        let (mut s, issue) = looking(width, 24);
        // The last line is that of the other issue on the topic.
        s.keys("Enter G k Enter");
        s.settle();
        assert_eq!(
            s.model.reader().id(),
            issue.articles.last().copied(),
            "{width}"
        );
        assert!(s.model.reader().spotlight().is_none() && s.model.reader().article().is_some());
    }
}

#[test]
fn an_issue_names_the_others_on_its_topic_and_leads_to_each() {
    let (mut s, issue) = looking(120, 40);
    let screen = text(&draw(&s.model));
    assert!(screen.contains("└ 같은 주제 · 3곳"), "{screen}");
    assert!(screen.contains("같은 주제의 이슈"), "{screen}");
    assert!(screen.contains("가람시의 낮 (2곳, 2건)"), "{screen}");
    assert!(
        !screen.contains("한 곳만의 연재"),
        "as in the list: {screen}"
    );
    s.keys("Enter G Enter");
    s.settle();
    assert_eq!(
        (s.model.list().collection(), s.model.reader().id()),
        (Collection::Story(78), Some(issue.related[0].articles[0]))
    );
}

fn versions(s: &Session) -> Arc<Versions> {
    let issue = issue(s);
    let all = summary::sentences(s.article(1));
    let pick = |i: usize| (all[i].text.clone(), all[i].place());
    let own = summary::sentences(s.article(0));
    let version = |i: usize, copy: bool, added, lacking| Version {
        moment: issue.timeline[i].clone(),
        copy,
        own: false,
        added,
        lacking,
    };
    Arc::new(Versions {
        story: issue.id,
        base: issue.timeline[0].clone(),
        others: vec![
            version(2, true, Vec::new(), Vec::new()),
            version(
                1,
                false,
                (0..8).map(pick).collect(),
                vec![(own[1].text.clone(), own[1].place())],
            ),
        ],
    })
}

/// A run with the versions of the first article over it.
fn comparing() -> (Session, Arc<Versions>) {
    let mut s = Session::reading(120, 40, 0);
    s.keys("W");
    let versions = versions(&s);
    s.answer(
        |j| matches!(j, Job::Story(StoryJob::Versions(_))),
        StoryOutcome::Versions(Ok(versions.clone())),
    );
    (s, versions)
}

#[test]
fn versions_are_shown_with_what_each_has_and_lacks_and_go_as_they_came() {
    let (mut s, _) = comparing();
    let screen = text(&draw(&s.model));
    for words in [
        "다른 곳의 같은 소식 2건",
        "거의 같은 글",
        "다른 점이 없습니다",
        "+ ",
        "외 3문장",
        "− ",
    ] {
        assert!(screen.contains(words), "{words} in\n{screen}");
    }
    for key in ["W", "Esc", "q", "v"] {
        let (mut s, _) = comparing();
        s.keys(key);
        assert!(
            s.model.reader().story_view().is_none() && s.model.focus() == Pane::Reader,
            "{key}"
        );
    }
    s.keys("J");
    s.settle();
    assert!(
        s.model.reader().story_view().is_none(),
        "another article has other versions"
    );
}

#[test]
fn what_its_own_publisher_made_of_it_is_called_another_version_of_it() {
    let mut s = Session::reading(120, 40, 0);
    s.keys("W");
    let mut versions = (*versions(&s)).clone();
    versions.others[0].own = true;
    s.answer(
        |j| matches!(j, Job::Story(StoryJob::Versions(_))),
        StoryOutcome::Versions(Ok(Arc::new(versions))),
    );
    let screen = text(&draw(&s.model));
    for words in [
        "다른 곳의 같은 소식 1건",
        "다른 판 1개",
        "이 기사의 다른 판 —",
    ] {
        assert!(screen.contains(words), "{words} in\n{screen}");
    }
    assert!(!screen.contains("거의 같은 글"), "{screen}");
}

#[test]
fn a_line_of_a_version_leads_to_the_article_that_has_it() {
    let (mut s, versions) = comparing();
    s.keys("j j Enter");
    s.settle();
    let other = &versions.others[1];
    assert_eq!(
        (s.model.reader().id(), s.model.list().collection()),
        (Some(other.moment.article), Collection::Story(77))
    );
    let lit = s.model.reader().spotlight().cloned().unwrap();
    assert_eq!(
        s.model.reader().body().unwrap().document().parts[lit.part].text[lit.bytes],
        *other.added[0].0
    );
    let (mut s, versions) = comparing();
    s.keys("G Enter");
    assert_eq!(
        s.model.reader().id(),
        Some(versions.base.article),
        "what only this one has is here"
    );
    assert!(s.model.reader().story_view().is_none() && s.model.reader().spotlight().is_some());
}

#[test]
fn an_article_that_nobody_else_tells_says_so() {
    let mut s = Session::new(120, 40);
    s.keys("W");
    s.settle();
    assert_eq!(
        s.notice(),
        (true, s.model.start().words.get("failure.no-versions"))
    );
    assert!(s.model.reader().story_view().is_none());
}

#[test]
fn a_third_line_is_the_first_of_the_short_news_made_for_what_is_in_view() {
    let mut s = Session::cold(start(60, 40), pages::edition());
    s.settle();
    assert!(
        !s.live()
            .any(|j| matches!(j, Job::Network(NetworkJob::FirstLines(_))))
    );
    s.keys("D");
    let asked = s.open.iter().find_map(|(_, j)| {
        if let Job::Network(NetworkJob::FirstLines(FirstLinesRequest { ids, .. })) = j {
            Some(ids.len())
        } else {
            None
        }
    });
    assert_eq!((s.model.start().row_height(), asked), (3, Some(4)));
    assert!(
        !text(&draw(&s.model)).contains("주민 300여 명이 모였다"),
        "until it is there"
    );
    s.settle();
    assert!(
        text(&draw(&s.model)).contains("골목 음악회에 19일"),
        "{}",
        text(&draw(&s.model))
    );
    s.keys("j k");
    s.settle();
    assert!(s.open.is_empty(), "what is made is kept");
    s.keys("D D");
    assert_eq!(s.model.start().row_height(), 2);
}

#[test]
fn what_lies_under_a_card_is_not_reached_through_it() {
    let (mut s, _) = comparing();
    assert!(s.model.reader().story_view().is_some() && !s.model.reader().shows_body());
    s.keys("O");
    assert!(
        s.model.reader().story_view().is_some() && s.model.popup().is_none(),
        "no picture of the hidden text"
    );
    s.keys("e");
    assert!(
        s.model.annotations().selection().is_some() && s.model.reader().shows_body(),
        "text is chosen where it is seen"
    );
}

#[test]
fn the_third_line_of_an_issue_is_its_own_and_not_that_of_the_article_it_is_named_for() {
    let (mut s, issue) = looking(120, 40);
    s.keys("D");
    let lines = vec![(ArticleId(77), issue.summary[0].text.clone())];
    let lines = StoryOutcome::FirstLines(Ok(lines));
    s.answer(|j| matches!(j, Job::Story(StoryJob::FirstLines(_))), lines);
    assert_eq!(
        s.model.first_lines().of(Collection::Issues, ArticleId(77)),
        Some(&issue.summary[0].text)
    );
    assert_eq!(
        s.model.first_lines().of(Collection::Library, ArticleId(77)),
        None
    );
}

#[test]
fn a_narrow_row_drops_the_outlet_and_then_the_hour_before_how_many_carry_the_same() {
    let publisher = Some(Clean::line("가람시민자치신문"));
    let about = |density: u8| -> Vec<String> {
        let mut start = start(120, 40);
        start.prefs.lines = Some(density);
        let mut s = Session::cold(start, pages::edition());
        let rows = [0, 2].map(|copies| Row {
            title: Clean::line("제목 한 줄"),
            publisher: publisher.clone(),
            copies,
            ..Row::of(s.article(0))
        });
        let page = RowsPage {
            offset: 0,
            rows: rows.to_vec(),
            total: 2,
            unread: 2,
        };
        let is_rows = |job: &Job| matches!(job, Job::Library(LibraryJob::Rows(_)));
        s.answer(is_rows, LibraryOutcome::Rows(Ok(page)));
        let lines: Vec<String> = text(&draw(&s.model)).lines().map(str::to_owned).collect();
        let of = |row: usize| {
            lines[1 + (row + 1) * usize::from(density) - 1]
                .split('│')
                .next()
                .unwrap()
                .trim()
                .to_owned()
        };
        vec![of(0), of(1)]
    };
    let roomy = about(2);
    assert!(
        roomy[0].contains("가람시민자치신문 · ") && roomy[1].contains("가람시민자치신문 외 2곳 · "),
        "{roomy:?}"
    );
    let narrow = about(1);
    assert!(
        !narrow[0].ends_with('…') && !narrow[0].contains("… ·"),
        "{narrow:?}"
    );
    assert!(
        narrow[1].contains("3곳") && !narrow[1].contains("외 "),
        "{narrow:?}"
    );
}
