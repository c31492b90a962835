//! Entries in the words of each service.

use super::*;
use serde_json::json;

fn page(value: Value) -> SavedPage {
    page_of(value.as_object().unwrap(), &[]).unwrap()
}

#[test]
fn the_words_are_read() {
    assert!(NAMES.is_some());
    assert!(is_container("_embedded") && is_container("Bookmarks") && !is_container("blocks"));
    assert!(is_state("Read Archive") && !is_state("경제"));
}

#[test]
fn an_entry_of_each_service_is_read_by_the_same_rules() {
    let wallabag = page(json!({
        "is_archived": 1, "tags": ["경제"], "id": 7, "title": "가", "url": "https://a.kr/1",
        "content": "<p>글</p>", "created_at": "2024-10-29T08:34:48+0900",
        "published_by": ["김견본"], "language": "ko_KR",
        "annotations": [{"text": "내 말", "quote": "글", "ranges": []}],
    }));
    assert_eq!(wallabag.quotes[0].words, "글");
    assert_eq!(wallabag.quotes[0].note.as_deref(), Some("내 말"));
    assert_eq!(wallabag.text, SavedText::Html("<p>글</p>".to_owned()));
    assert_eq!(wallabag.authors, ["김견본"]);
    let lost = page(json!({
        "url": "https://a.kr/2",
        "content": "wallabag can't retrieve contents for this article. Please <a>…</a>",
    }));
    assert_eq!(lost.text, SavedText::None);
    let hoarder = page(json!({
        "createdAt": 1_730_158_488, "title": null, "tags": ["경제"], "note": "메모",
        "content": {"type": "link", "url": "https://a.kr/3", "title": "다"},
    }));
    assert_eq!((&*hoarder.url, &*hoarder.title), ("https://a.kr/3", "다"));
    assert_eq!(hoarder.note.as_deref(), Some("메모"));
    let note = page(json!({"content": {"type": "text", "text": "적은 글"}, "tags": []}));
    assert_eq!(note.text, SavedText::Plain("적은 글".to_owned()));
    let starred = page(json!({
        "title": "라", "published": 1_698_568_000, "crawlTimeMsec": "1698568488000",
        "alternate": [{"href": "https://a.kr/4", "type": "text/html"}],
        "categories": ["user/-/state/com.google/starred", "user/1/label/읽을 것", "경제"],
        "origin": {"title": "견본일보"}, "summary": {"content": "<p>글</p>"},
    }));
    assert_eq!(starred.tags, ["읽을 것", "경제"]);
    assert_eq!(starred.kept.unwrap().as_second(), 1_698_568_488);
    assert_eq!(starred.publisher.as_deref(), Some("견본일보"));
    assert_eq!(starred.text, SavedText::Html("<p>글</p>".to_owned()));
    assert_eq!(starred.excerpt, None);
    let noted = page(json!({
        "url": "https://a.kr/9", "description": "<b>설명</b> 글", "note": "하나",
        "highlights": [{"type": "NOTE", "quote": null, "annotation": "둘"}],
    }));
    assert_eq!(noted.note.as_deref(), Some("하나\n둘"));
    assert_eq!(
        (noted.excerpt.as_deref(), noted.quotes.len()),
        (Some("설명 글"), 0)
    );
    let linkding = page(json!({
        "url": "https://a.kr/5", "title": "마", "notes": "메모", "tag_names": ["경제"],
        "description": "설명", "date_added": "2024-10-29T08:34:48.123456Z",
    }));
    assert_eq!(linkding.tags, ["경제"]);
    let pinboard = page(json!({
        "href": "https://a.kr/6", "description": "바", "extended": "메모",
        "time": "2024-10-29T08:34:48Z", "tags": "경제 금리",
    }));
    assert_eq!((&*pinboard.title, pinboard.tags.len()), ("바", 2));
    let readwise = page(json!({
        "url": "https://read.readwise.io/read/1", "source_url": "https://a.kr/7",
        "tags": {"경제": {"name": "경제"}}, "saved_at": "2024-10-29T08:34:48Z",
    }));
    assert_eq!(
        (&*readwise.url, &*readwise.tags),
        ("https://a.kr/7", &["경제".to_owned()][..])
    );
    let raindrop = page(json!({
        "link": "https://a.kr/8", "title": "사", "tags": ["가"], "note": "",
        "collection": {"title": "뉴스"}, "created": "2024-10-29T08:34:48.000Z",
        "highlights": [{"text": "표시", "note": "말", "color": "blue"}],
    }));
    assert_eq!(raindrop.tags, ["가", "뉴스"]);
    assert_eq!(raindrop.quotes[0].note.as_deref(), Some("말"));
    assert_eq!(page_of(&Map::new(), &[]), None);
}

#[test]
fn a_page_of_which_only_highlights_are_known_was_saved_by_the_first() {
    let page = page(json!({
        "url": "https://a.kr/1", "title": "가",
        "highlights": [
            {"quote": "둘", "created_at": 1_719_900_060}, {"quote": "하나", "created_at": 1_719_900_000},
        ],
    }));
    assert_eq!(page.kept.unwrap().as_second(), 1_719_900_000);
    assert_eq!(page.quotes.len(), 2);
}

#[test]
fn a_title_of_the_site_stands_in_for_one_of_ones_own() {
    let page = page(json!({
        "url": "https://a.kr/1", "title": "", "website_title": "누리집의 제목", "tag_names": ["물"],
    }));
    assert_eq!(page.title, "누리집의 제목");
}
