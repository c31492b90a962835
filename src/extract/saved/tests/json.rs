//! JSON in the shapes of services and browsers.

use super::*;
use crate::extract::saved::SavedPage;

fn read(text: &str) -> (Vec<SavedPage>, Vec<usize>, Result<(), SavedError>) {
    let (mut pages, mut faults) = (Vec::new(), Vec::new());
    let names = folder_names(text.as_bytes());
    let done = json(text.as_bytes(), &names, &mut |number, entry| {
        match entry {
            Ok(SavedEntry::Page(page)) => pages.push(*page),
            Ok(SavedEntry::Own(_)) => pages.push(SavedPage::default()),
            Err(_) => faults.push(number),
        }
        AfterEntry::GoOn
    });
    (pages, faults, done)
}

#[test]
fn lists_are_found_wherever_services_put_them() {
    for (text, count) in [
        (r#"[{"url":"https://a.kr/1"},{"url":"https://a.kr/2"}]"#, 2),
        (
            r#"{"title":"별표","items":[{"title":"가","alternate":[{"href":"https://a.kr/1"}]}]}"#,
            1,
        ),
        (
            r#"{"bookmarks":[{"content":{"type":"link","url":"https://a.kr/1"}}],"lists":[{"id":"1","name":"가"}]}"#,
            1,
        ),
        (
            r#"{"page":1,"_embedded":{"items":[{"url":"https://a.kr/1"},{"url":"https://a.kr/2"}]}}"#,
            2,
        ),
        (
            r#"{"list":{"12":{"given_url":"https://a.kr/1"},"13":{"given_url":"https://a.kr/2"}}}"#,
            2,
        ),
        (r#"{"count":1,"results":[{"url":"https://a.kr/1"}]}"#, 1),
        (
            "{\"url\":\"https://a.kr/1\"}\n{\"url\":\"https://a.kr/2\",\"links\":[\"https://a.kr/9\"]}\n",
            2,
        ),
        (r#"["https://a.kr/1","https://a.kr/2"]"#, 2),
        (r#"{"title":"글","blocks":[]}"#, 1),
        (r#"{"items":[]}"#, 0),
    ] {
        let (pages, faults, done) = read(text);
        assert_eq!(
            (pages.len(), faults.len(), done),
            (count, 0, Ok(())),
            "{text}"
        );
    }
}

#[test]
fn trees_of_browsers_are_read_with_their_folders() {
    let firefox = r#"{"guid":"root________","title":"","children":[
        {"guid":"menu________","title":"menu","typeCode":2,"children":[
          {"guid":"a","title":"뉴스","typeCode":2,"children":[
            {"guid":"b","title":"가","typeCode":1,"dateAdded":1698568488000000,"uri":"https://a.kr/1","tags":"경제,금리"},
            {"guid":"c","typeCode":3}]}]},
        {"guid":"toolbar_____","title":"toolbar","typeCode":2,"children":[]}]}"#;
    let (pages, faults, done) = read(firefox);
    assert_eq!((pages.len(), faults.len(), done), (1, 0, Ok(())));
    assert_eq!(pages[0].tags, ["경제", "금리", "뉴스"]);
    assert_eq!(pages[0].kept.unwrap().as_second(), 1_698_568_488);
    let chrome = r#"{"checksum":"x","roots":{"bookmark_bar":{"name":"북마크바","type":"folder","children":[
        {"name":"뉴스","type":"folder","children":[{"name":"가","type":"url","url":"https://a.kr/1","date_added":"13343042088000000"}]}]},
        "sync_transaction_version":"1"},"version":1}"#;
    let (pages, faults, _) = read(chrome);
    assert_eq!((pages.len(), faults.len()), (1, 0));
    assert_eq!(pages[0].tags, ["뉴스"]);
    assert_eq!(pages[0].kept.unwrap().as_second(), 1_698_568_488);
}

#[test]
fn what_came_before_the_damage_is_taken() {
    let whole = r#"[{"url":"https://a.kr/1"},{"title":"주소 없음"},7,{"url":"https://a.kr/2"},{"url":"https"#;
    let (pages, faults, done) = read(whole);
    assert_eq!(
        (pages.len(), &*faults, done),
        (3, &[3][..], Err(SavedError::EndsEarly))
    );
    let (pages, _, done) = read("[{\"url\":\"https://a.kr/1\"},{url:1}]");
    assert_eq!((pages.len(), done), (1, Err(SavedError::Unreadable)));
    assert_eq!(read("").2, Ok(()));
    assert!(read(&"[".repeat(100_000)).2.is_err());
    let deep = format!("{}{}", "{\"children\":[".repeat(50), "]}".repeat(50));
    assert!(read(&deep).0.is_empty());
}

#[test]
fn lists_of_karakeep_are_labels_by_their_names() {
    let text = r#"{"bookmarks":[{"createdAt":1700000000,"title":"가","tags":["경제"],"lists":["x1","gone"],
        "content":{"type":"link","url":"https://a.kr/1"},"note":null,"archived":false}],
        "lists":[{"id":"x0","name":"뉴스","parentId":null},{"id":"x1","name":"금리","parentId":"x0","type":"manual"}]}"#;
    let (pages, faults, done) = read(text);
    assert_eq!((faults.len(), done), (0, Ok(())));
    assert_eq!(pages[0].tags, ["경제", "뉴스", "금리"]);
}
