//! What is on the front page, and in which order.

use super::*;
use crate::news::{ListPosition, StoredText};

fn article(id: u64, publisher: &str, feed: i64, story: Option<i64>) -> ArticleRow {
    ArticleRow {
        id: ArticleId(id),
        place: ListPosition(1_000 - id.cast_signed()),
        feed: Some(FeedId(feed)),
        publisher: Some(Clean::line(publisher)),
        title: Clean::line(&format!("제목 {id}")),
        url: None,
        published: None,
        first_seen: Timestamp::UNIX_EPOCH,
        read: id.is_multiple_of(2),
        scrapped: false,
        stored_text: StoredText::Feed,
        pictured: false,
        story,
        copies: 0,
        revisions: 0,
        revised: None,
        later: None,
    }
}

fn feed(id: i64, title: &str) -> (FeedId, Clean) {
    (FeedId(id), Clean::line(title))
}

fn sections(page: &[Row]) -> Vec<(String, usize)> {
    let mut out: Vec<(String, usize)> = Vec::new();
    for row in page {
        match &row.section {
            Some(Section::Issues) => out.push(("이슈".to_owned(), 0)),
            Some(Section::Publisher { name, .. }) => out.push((name.to_string(), 0)),
            None => {}
        }
        out.last_mut().unwrap().1 += 1;
    }
    out
}

#[test]
fn issues_stand_first_by_weight_and_their_articles_nowhere_else() {
    let all = vec![
        article(1, "가", 1, Some(7)),
        article(2, "나", 2, Some(7)),
        article(3, "가", 1, Some(8)),
        article(4, "나", 2, Some(8)),
        article(5, "다", 3, Some(8)),
        // One publisher's series is no issue.
        article(6, "다", 3, Some(9)),
        article(7, "다", 3, Some(9)),
        article(8, "가", 1, None),
    ];
    let feeds = [feed(3, "다"), feed(1, "가"), feed(2, "나")];
    let page = front_page(&all, all.clone(), &feeds, |id| {
        (id.0 == 7).then(|| (0, Clean::line("묶음의 제목")))
    });
    let shown = sections(&page);
    let expected = [("이슈", 2), ("다", 2), ("가", 1)];
    assert_eq!(shown, expected.map(|(name, n)| (name.to_owned(), n)));
    assert_eq!(
        (page[0].id, page[0].title.as_str()),
        (ArticleId(7), "묶음의 제목"),
        "weighed by the last grouping, and so before one of more publishers"
    );
    assert_eq!(
        (page[1].id, page[1].title.as_str()),
        (ArticleId(8), "제목 3")
    );
    assert_eq!(page[1].publishers.as_ref().unwrap().0, 3);
    assert!(page[2..].iter().all(|row| !row.is_issue()));
    assert_eq!(page[2].publisher, None, "the heading says it");
}

#[test]
fn a_feed_of_many_publishers_is_one_section_and_no_section_is_long() {
    let mut all: Vec<ArticleRow> = (1..=9)
        .map(|id| article(id, &format!("매체 {id}"), 1, None))
        .collect();
    all.extend((10..=30).map(|id| article(id, "가람일보", 2, None)));
    let page = front_page(&all, all.clone(), &[feed(1, "모음"), feed(2, "")], |_| {
        None
    });
    let shown = sections(&page);
    let expected = [("모음", STORIES), ("가람일보", STORIES)];
    assert_eq!(shown, expected.map(|(name, n)| (name.to_owned(), n)));
    assert_eq!(page[0].publisher.as_deref(), Some("매체 1"));
    let Some(Section::Publisher { unread, filter, .. }) = &page[STORIES].section else {
        panic!("{page:?}");
    };
    assert_eq!(
        (*unread, filter.publisher.as_deref()),
        (10, Some("가람일보"))
    );
}
