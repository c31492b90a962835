//! Exports cut off anywhere, with bytes that are not theirs: nothing panics, and what stands before
//! the damage is read.

use super::*;
use crate::extract::subscriptions::subscriptions;

const WHOLE: [&str; 6] = [
    "title,url,time_added,tags,status\n\"가, \"\"나\"\"\",https://a.kr/1,1639793996,경제|금리,unread\n다,https://a.kr/2,0,,\n",
    "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><H3>뉴스</H3><DL><p><DT><A HREF=\"https://a.kr/1\" ADD_DATE=\"1698568488\" TAGS=\"가,나\">제목 &amp; 말</A><DD>메모</DL><p></DL>",
    r#"{"bookmarks":[{"createdAt":1,"title":"가","tags":["나"],"lists":["x"],"content":{"type":"link","url":"https://a.kr/1"},"highlights":[{"text":"말"}]}],"lists":[{"id":"x","name":"다"}]}"#,
    r#"[{"url":"https://a.kr/1","annotations":[{"quote":"말","text":"글"}],"content":"<p>글</p>","tags":["['가', 'b']"]}]"#,
    "https://a.kr/rss \"~가\" 나 \"다 라\"\n\"query:이름:unread = \\\"yes\\\" and ( title =~ \\\"a|b\\\" )\"\nfeed 'a' 'https://b.kr'\n@ 가\n",
    "> 인용 #표\n\n말\n- [가](https://a.kr/1)\n",
];

fn read_all(bytes: &[u8]) -> usize {
    let mut count = 0;
    let text = String::from_utf8_lossy(bytes);
    let mut see = |_, entry: Result<SavedEntry, EntryFault>| {
        if let Ok(SavedEntry::Page(page)) = entry {
            count += usize::from(page.into_scrap(jiff::Timestamp::UNIX_EPOCH).is_ok());
        }
        AfterEntry::GoOn
    };
    let _ = json(bytes, &folder_names(bytes), &mut see);
    table(&text, &mut see);
    bookmark_page(&text, &mut see);
    address_list(&text, &mut see);
    let _ = (
        SavedForm::of(&text),
        quotes_in_markdown(&text),
        subscriptions(&text),
    );
    count
}

#[test]
fn damage_anywhere_costs_no_more_than_what_stands_there() {
    let mut state = 7_u32;
    let mut next = |most: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % most.max(1)
    };
    let strange = b"\0\"'<>&,;|[]{}:\\\n\r\t\xff\xed\xa0\x80=~@$(#";
    for whole in WHOLE {
        for end in 0..whole.len() {
            read_all(&whole.as_bytes()[..end]);
        }
        for _ in 0..400 {
            let mut bytes = whole.as_bytes().to_vec();
            for _ in 0..=next(4) {
                let at = next(bytes.len());
                match next(3) {
                    0 => bytes[at] = strange[next(strange.len())],
                    1 => bytes.insert(at, strange[next(strange.len())]),
                    _ => drop(bytes.remove(at)),
                }
            }
            read_all(&bytes);
        }
    }
    assert!(
        WHOLE[..4]
            .iter()
            .all(|whole| read_all(whole.as_bytes()) > 0)
    );
}
