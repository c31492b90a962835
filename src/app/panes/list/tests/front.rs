//! Where the rows of the front page stand, at every width.

use super::*;
use crate::news::{ArticleId, Clean, Filter};

fn row(id: u64, title: &str, section: Option<Section>) -> Row {
    Row {
        id: ArticleId(id),
        title: Clean::line(title),
        publisher: None,
        when: None,
        read: false,
        scrapped: false,
        copies: 0,
        revisions: 0,
        tags: Vec::new(),
        later: false,
        publishers: None,
        section,
        topic: None,
    }
}

fn publisher(name: &str) -> Option<Section> {
    Some(Section::Publisher {
        name: Clean::line(name),
        unread: 1,
        filter: Box::new(Filter::default()),
    })
}

/// Three issues, then four publishers of three stories.
fn page() -> Vec<Row> {
    let long = "다리가 마흔 해 만에 다시 열려 마을 사람 삼백 명이 널판에 이름을 적고 건넜다";
    let mut rows = vec![
        row(1, long, Some(Section::Issues)),
        row(2, "짧은 제목", None),
        row(3, long, None),
    ];
    rows.iter_mut()
        .for_each(|r| r.publishers = Some((2, Clean::line("가, 나"))));
    for n in 1..=4 {
        rows.push(row(n * 10, long, publisher("가람일보")));
        rows.push(row(n * 10 + 1, "짧은 제목", None));
        rows.push(row(n * 10 + 2, long, None));
    }
    rows
}

fn layout(width: u16) -> FrontLayout {
    FrontLayout::of(&page(), width, WidthPolicy::default())
}

#[test]
fn rows_stand_inside_the_page_and_none_lies_over_another() {
    for width in 18..=240 {
        let layout = layout(width);
        assert_eq!(layout.items.len(), page().len());
        for (at, item) in layout.items.iter().enumerate() {
            assert!(item.x + item.width <= width, "{width} {item:?}");
            assert!(item.y + item.height <= layout.height, "{width} {item:?}");
            assert!(item.lines.len() <= MOST_LINES && !item.lines.is_empty());
            for y in item.y..item.y + item.height {
                assert_eq!(layout.at(item.x, y), Some(at), "{width}");
                assert_eq!(layout.heading_at(item.x, y), None, "{width}");
            }
            if let Some(heading) = item.heading {
                assert_eq!(layout.heading_at(item.x, heading), Some(at));
                assert_eq!(layout.at(item.x, heading), None, "{width}");
            }
        }
    }
}

#[test]
fn there_are_as_many_columns_as_have_room_and_the_lead_has_all_of_them() {
    let columns = |width| {
        let mut xs: Vec<u16> = layout(width).items.iter().map(|i| i.x).collect();
        xs.sort_unstable();
        xs.dedup();
        xs.len()
    };
    assert_eq!((columns(80), columns(110), columns(180)), (1, 2, 3));
    assert_eq!(layout(180).items[0].width, 180);
}

#[test]
fn what_is_chosen_is_in_view_with_its_heading_and_a_page_stays_in_its_column() {
    for width in [40, 110, 200] {
        let layout = layout(width);
        let mut list = List {
            rows: page(),
            ..List::default()
        };
        for at in 0..page().len() {
            list.select(at);
            list.keep_front_in_view(&layout, 12);
            let item = &layout.items[at];
            let from = item.heading.unwrap_or(item.y);
            assert!(list.top() <= from && item.y + item.height <= list.top() + 12);
        }
        for action in [Action::PageUp, Action::PageDown, Action::HalfPageUp] {
            let x = layout.items[list.selected()].x;
            list.go_on_front(action, &layout, 12);
            assert_eq!(layout.items[list.selected()].x, x);
        }
        list.select(0);
        list.keep_front_in_view(&layout, 12);
        for _ in 0..layout.height {
            list.scroll_front(Action::Down, &layout, 12);
            let top = list.top();
            list.keep_front_in_view(&layout, 12);
            assert_eq!(list.top(), top, "the wheel's place stays");
        }
        assert_eq!(list.top(), layout.height.saturating_sub(12));
    }
    let mut empty = List::default();
    let layout = FrontLayout::of(&[], 80, WidthPolicy::default());
    assert!(!empty.go_on_front(Action::PageDown, &layout, 5));
    assert!(!empty.scroll_front(Action::Down, &layout, 5));
    empty.keep_front_in_view(&layout, 0);
}
