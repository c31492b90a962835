//! Pages of bookmarks in the shapes of browsers and services.

use super::*;

fn read(text: &str) -> Vec<SavedPage> {
    let mut pages = Vec::new();
    bookmark_page(text, &mut |_, entry| {
        if let Ok(SavedEntry::Page(page)) = entry {
            pages.push(*page);
        }
        AfterEntry::GoOn
    });
    pages
}

#[test]
fn nested_folders_become_labels_and_the_browsers_own_do_not() {
    let text = "<!doctype netscape-bookmark-file-1><title>Bookmarks</title><h1>책갈피</h1>\n<dl><p>\n\
        <DT><H3 ADD_DATE=\"1\" PERSONAL_TOOLBAR_FOLDER=\"true\">도구 모음</H3>\n<DL><p>\n\
          <DT><H3>뉴스</H3>\n<DL><p>\n<DT><H3>경제 &amp; 증권</H3><DL><p>\n\
            <DT><A HREF=\"https://a.kr/1?a=1&amp;b=2&copy=3\" ADD_DATE=\"1698568488\" TAGS=\"금리,뉴스\">가 &lt;나&gt; &eacute;</A>\n\
            <DD>첫 줄\n둘째 줄\n</DL><p>\n</DL><p>\n\
          <DT><A HREF=\"https://a.kr/2\" ADD_DATE=\"1698568488000000\">다</A>\n\
        </DL><p>\n<HR>\n<DT><A HREF=\"https://a.kr/3\" ADD_DATE=\"0\" LAST_MODIFIED=\"1698568488\"></A>\n\
        <DD>설명[linkding-notes]메모[/linkding-notes]\n</DL><p>";
    let pages = read(text);
    assert_eq!(pages.len(), 3);
    assert_eq!(&*pages[0].url, "https://a.kr/1?a=1&b=2&copy=3");
    assert_eq!(&*pages[0].title, "가 <나> é");
    assert_eq!(pages[0].tags, ["금리", "뉴스", "경제 & 증권"]);
    assert_eq!(pages[0].note.as_deref(), Some("첫 줄\n둘째 줄"));
    assert_eq!((&*pages[1].title, pages[1].tags.len()), ("다", 0));
    assert!(
        pages
            .iter()
            .all(|p| p.kept.unwrap().as_second() == 1_698_568_488)
    );
    assert_eq!(pages[2].note.as_deref(), Some("설명\n메모"));
}

#[test]
fn lists_of_pocket_and_instapaper_are_read() {
    let pocket = "<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>\
        <li><a href=\"https://a.kr/1\" time_added=\"1698568488\" tags=\"경제,금리\">가</a></li></ul>\
        <h1>Read Archive</h1><ul><li><a href=\"https://a.kr/2\" time_added=\"1698568488\" tags=\"\">나</a></li></ul>";
    assert!(is_bookmark_page(pocket));
    let pages = read(pocket);
    assert_eq!(
        (pages.len(), pages[0].tags.len(), pages[1].tags.len()),
        (2, 2, 0)
    );
    let instapaper = "<html><head><title>Instapaper: Export</title></head><body>\n<h1>Unread</h1>\n<ol>\n\
        <li><a href=\"https://a.kr/1\">가</a>\n</ol><h1>읽을거리</h1><ol><li><a href=\"https://a.kr/2\">나</a></ol>";
    assert!(is_bookmark_page(instapaper));
    let pages = read(instapaper);
    assert_eq!((pages.len(), pages[0].tags.len()), (2, 0));
    assert_eq!(pages[1].tags, ["읽을거리"]);
    assert!(!is_bookmark_page(
        "<html><body><p>기사 <a href=\"https://a.kr\">글</a></p>"
    ));
}

#[test]
fn a_page_that_breaks_off_says_so() {
    let whole = "<DL><DT><A HREF=\"https://a.kr/1\">가</A>\n<DT><A HREF=\"https://a.kr/2\">나";
    assert!(bookmark_page(whole, &mut |_, _| AfterEntry::GoOn));
    assert_eq!(read(whole).len(), 2);
}

#[test]
fn a_page_that_ends_before_its_list_does_says_so() {
    let whole = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><A HREF=\"https://a.kr/1\">가</A>\n\
                 <DT><A HREF=\"https://a.kr/2\">나</A>\n</DL><p>\n";
    let is_cut = |text: &str| bookmark_page(text, &mut |_, _| AfterEntry::GoOn);
    assert!(!is_cut(whole));
    for end in [
        "</DL>",
        "<DT><A HREF=\"https://a.kr/2\"",
        "f=\"https://a.kr/2",
        "</A>\n</DL>",
    ] {
        let end = whole.find(end).unwrap_or(whole.len() - 9);
        assert!(is_cut(&whole[..end]), "{}", &whole[..end]);
    }
    let list = "<title>Pocket Export</title><ul><li><a href=\"https://a.kr/1\" time_added=\"1\">가</a></li>";
    assert!(is_cut(list) && !is_cut(&format!("{list}</ul>")));
}

#[test]
fn labels_of_shaarli_are_words() {
    let pages = read(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>kim - Shaarli export</TITLE>
         <H1>Shaarli export of all bookmarks</H1><DL><p>
         <DT><A HREF=\"https://a.kr/1\" ADD_DATE=\"1\" TAGS=\"물  산\">가</A><DD>설명
         <DT><A HREF=\"https://a.kr/2\" ADD_DATE=\"1\" TAGS=\"\">나</A></DL><p>",
    );
    assert_eq!(pages[0].tags, ["물", "산"]);
    assert_eq!(pages[1].tags, Vec::<String>::new());
}
