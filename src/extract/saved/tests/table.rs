//! Tables in the shapes of services, whole and broken.

use super::*;
use crate::extract::saved::SavedPage;

fn read(text: &str) -> (Vec<SavedPage>, Vec<usize>) {
    let (mut pages, mut faults) = (Vec::new(), Vec::new());
    table(text, &mut |line, entry| {
        match entry {
            Ok(SavedEntry::Page(page)) => pages.push(*page),
            _ => faults.push(line),
        }
        AfterEntry::GoOn
    });
    (pages, faults)
}

#[test]
fn columns_come_in_any_order_and_with_any_mark() {
    for text in [
        "\u{feff}title,url,time_added,tags,status\r\n\"가, \"\"나\"\"\",https://a.kr/1,1639793996,경제|금리,unread\r\n",
        "Tags;URL;Title;Created\n경제,금리;https://a.kr/1;\"가, \"\"나\"\"\";2021-12-18T02:19:56Z\n",
        "URL\tTitle\tDocument tags\tSaved date\nhttps://a.kr/1\t\"가, \"\"나\"\"\"\t['경제', '금리']\t2021-12-18 02:19:56+00:00\n",
        "sep=;\r\nTags;URL;Title;Created;\r\n경제,금리;https://a.kr/1;\"가, \"\"나\"\"\";2021-12-18T02:19:56Z\r\n",
    ] {
        let (pages, faults) = read(text);
        assert_eq!(faults, [] as [usize; 0], "{text}");
        assert_eq!((pages.len(), &*pages[0].title), (1, "가, \"나\""), "{text}");
        assert_eq!(pages[0].tags, ["경제", "금리"], "{text}");
        assert_eq!(pages[0].kept.unwrap().as_second(), 1_639_793_996, "{text}");
    }
}

#[test]
fn text_and_folders_of_each_service_are_read() {
    let (pages, _) = read(
        "URL,Title,Selection,Folder,Timestamp,Tags\n\
         https://a.kr/1,가,\"고른\n글\",Archive,1639793996,\"[\"\"경제\"\"]\"\n\
         https://a.kr/2,나,,읽을거리,1639793996,[]\n",
    );
    assert_eq!(pages[0].quotes[0].words, "고른\n글");
    assert_eq!(
        (&*pages[0].tags, &*pages[1].tags),
        (&["경제".to_owned()][..], &["읽을거리".to_owned()][..])
    );
    let (pages, _) = read(
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n\
         1,가,\"메모\n둘째 줄\",설명,https://a.kr/1,뉴스/경제,\"금리, 한은\",2024-01-02T03:04:05.123Z,,\"Highlight:표시\nNote:말\",true\n",
    );
    let page = &pages[0];
    assert_eq!(page.tags, ["금리", "한은", "뉴스", "경제"]);
    assert_eq!(page.note.as_deref(), Some("메모\n둘째 줄"));
    assert_eq!(page.quotes[0].words, "표시");
    assert_eq!(page.quotes[0].note.as_deref(), Some("말"));
}

#[test]
fn a_broken_row_costs_itself_alone() {
    let (pages, faults) = read(
        "title,url\n가,https://a.kr/1\n\"열기만 함,https://a.kr/2\n다,https://a.kr/3\n,\n라\n마,https://a.kr/5\n",
    );
    let urls: Vec<&str> = pages.iter().map(|p| &*p.url).collect();
    assert_eq!(urls, ["https://a.kr/1", "https://a.kr/3", "https://a.kr/5"]);
    assert_eq!(faults, [3, 6]);
}

#[test]
fn a_table_without_names_is_known_by_its_addresses() {
    let (pages, faults) = read("https://a.kr/1,가,1639793996\nhttps://a.kr/2,나,1639793997\n");
    assert_eq!((pages.len(), faults.len()), (2, 0));
    assert_eq!(&*pages[0].title, "가");
    assert!(pages[1].kept.is_some());
    assert!(!is_table("이름,전화\n가,02-123-4567\n"));
}

#[test]
fn a_note_of_several_lines_in_a_row_of_another_length_is_no_damage() {
    let (pages, faults) =
        read("url,title,note,\nhttps://a.kr/1,가,\"첫 줄\n둘째 줄\"\nhttps://a.kr/2,나,x\n");
    assert_eq!((pages.len(), faults.len()), (2, 0));
    assert_eq!(pages[0].note.as_deref(), Some("첫 줄\n둘째 줄"));
}

#[test]
fn a_table_that_ends_within_a_row_says_so_and_takes_no_half_of_an_address() {
    let ends = |text: &str| {
        let mut urls = Vec::new();
        let is_cut = table(text, &mut |_, entry| {
            if let Ok(SavedEntry::Page(page)) = entry {
                urls.push(page.url);
            }
            AfterEntry::GoOn
        });
        (is_cut, urls.join(" "))
    };
    let whole = "title,url,tags\n가,https://a.kr/1,x\n나,https://a.kr/2,\"y\"";
    for (length, (is_cut, urls)) in [
        (whole.len(), (false, "https://a.kr/1 https://a.kr/2")),
        (whole.len() - 1, (true, "https://a.kr/1 https://a.kr/2")),
        (whole.len() - 4, (true, "https://a.kr/1")),
        (whole.len() - 6, (true, "https://a.kr/1")),
        (whole.find("나").unwrap() + 3, (true, "https://a.kr/1")),
        (whole.find("나").unwrap(), (false, "https://a.kr/1")),
    ] {
        assert_eq!(
            ends(&whole[..length]),
            (is_cut, urls.to_owned()),
            "{length}"
        );
    }
    // Tables that leave empty cells away at the end of a row are whole.
    let short = "url,title,tags\nhttps://a.kr/1\nhttps://a.kr/2";
    assert_eq!(
        ends(short),
        (false, "https://a.kr/1 https://a.kr/2".to_owned())
    );
}

#[test]
fn a_highlight_in_a_book_keeps_the_book_and_who_wrote_it() {
    let text = "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\n\
                \"물은 낮은 데로 흐른다.\n그리고 모인다.\",강의 책,김물가,B00X,다시 볼 것,blue,물,page,12,2024-10-29 08:34:48+00:00,자연\n\
                산은 높다.,산의 책,이언덕,,,,,page,3,2024-10-30 08:34:48+00:00,\n";
    let (pages, faults) = read(text);
    assert_eq!((pages.len(), faults.len()), (2, 0));
    assert_eq!(
        (&*pages[1].title, &*pages[1].authors),
        ("산의 책", &["이언덕".to_owned()][..])
    );
    let now = jiff::Timestamp::from_second(1_800_000_000).unwrap();
    let scrap = pages[0].clone().into_scrap(now).unwrap();
    assert_eq!(&*scrap.article.title, "강의 책");
    assert_eq!(&*scrap.article.bylines[0].name, "김물가");
    assert_eq!(scrap.kept.as_second(), 1_730_190_888);
    assert_eq!(scrap.tags.len(), 2);
    let highlight = &scrap.highlights[0];
    assert_eq!(highlight.note.as_deref(), Some("다시 볼 것"));
    assert_eq!(highlight.colour, crate::news::Colour::Blue);
    assert!(highlight.quote.contains("모인다") && scrap.note.is_none());
    // Again it is the same.
    assert_eq!(pages[0].clone().into_scrap(now).unwrap().id(), scrap.id());
}
