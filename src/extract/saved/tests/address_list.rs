//! Plain lists of addresses.

use super::*;

#[test]
fn an_address_stands_alone_with_a_title_or_in_a_link() {
    let text = "# 읽을 것\nhttps://a.kr/1\n\n- [둘](https://a.kr/2)\n<https://a.kr/3>\nHTTPS://a.kr/4\t넷째 글\n아무 말\n";
    assert!(is_address_list(text));
    let (mut pages, mut faults) = (Vec::new(), Vec::new());
    address_list(text, &mut |line, entry| {
        match entry {
            Ok(SavedEntry::Page(page)) => pages.push((page.url, page.title)),
            _ => faults.push(line),
        }
        AfterEntry::GoOn
    });
    let pages: Vec<(&str, &str)> = pages.iter().map(|(u, t)| (&**u, &**t)).collect();
    assert_eq!(
        pages,
        [
            ("https://a.kr/1", ""),
            ("https://a.kr/2", "둘"),
            ("https://a.kr/3", ""),
            ("HTTPS://a.kr/4", "넷째 글"),
        ]
    );
    assert_eq!(faults, [7]);
}
