//! Exports of other services, as files, in folders and packed.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;
use crate::news::{Colour, Scrap};

struct Place {
    dir: tempfile::TempDir,
    store: Store,
    album: Album,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("library.db")).unwrap();
        let album = Album::beside(store.path());
        Self { dir, store, album }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn zip(&self, name: &str, files: &[(&str, &[u8])]) -> PathBuf {
        let path = self.dir.path().join(name);
        let mut zip = ZipWriter::new(fs::File::create(&path).unwrap());
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        path
    }

    fn import(&self, from: &Path) -> Imported {
        import(&self.store, &self.album, from).unwrap()
    }

    fn all(&self) -> Vec<Scrap> {
        let rows = self.store.scraps().unwrap();
        rows.iter()
            .map(|row| self.store.scrap(row.id).unwrap().unwrap())
            .collect()
    }
}

const POCKET: &str = "title,url,time_added,tags,status\n\
    가,https://a.kr/1,1639793996,경제|금리,unread\nhttps://a.kr/2,https://a.kr/2,1698568488,,archive\n";

#[test]
fn a_packed_export_joins_its_parts() {
    let place = Place::new();
    let more = "title,url,time_added,tags,status\n다,https://a.kr/3,1639793990,,unread\n";
    let marked = r#"[{"url":"https://a.kr/2","title":"나","highlights":[{"quote":"표시한 말","created_at":1700000000}]}]"#;
    let zip = place.zip(
        "pocket.zip",
        &[
            ("pocket/part_000000.csv", POCKET.as_bytes()),
            ("pocket/part_000001.csv", more.as_bytes()),
            ("pocket/annotations/part_000000.json", marked.as_bytes()),
            ("pocket/annotations/part_000001.json", b"[]"),
            ("__MACOSX/pocket/._part_000000.csv", b"\x00\x05"),
            ("pocket/readme.pdf", b"%PDF-"),
        ],
    );
    let done = place.import(&zip);
    assert_eq!((done.new, done.failures.len(), done.textless), (3, 0, 3));
    let all = place.all();
    let second = all
        .iter()
        .find(|s| s.article.url.as_deref() == Some("https://a.kr/2"))
        .unwrap();
    assert_eq!(&*second.highlights[0].quote, "표시한 말");
    assert_eq!(
        second.kept.as_second(),
        1_698_568_488,
        "the earlier of both"
    );
    let again = place.import(&zip);
    assert_eq!((again.new, again.changed, again.ids.len()), (0, 0, 3));
    assert_eq!(place.all(), all);
}

#[test]
fn texts_and_highlights_beside_a_list_are_taken() {
    let list = r#"[{"slug":"gul-하나","title":"가","url":"https://a.kr/1","labels":["경제"],"savedAt":"2024-10-29T08:34:48.000Z"},
        {"slug":"none","title":"나","url":"https://a.kr/2","labels":[],"savedAt":"2024-10-29T08:34:48.000Z"}]"#;
    let html = "<html><body><p>첫 문단의 글이다.</p><p>둘째 문단의 글이다.</p></body></html>";
    let marks = "> 둘째 문단의 글\n\n내 말\n";
    let files = [
        ("export/metadata_0_to_19.json", list),
        ("export/content/gul-하나.html", html),
        ("export/highlights/gul-하나.md", marks),
    ];
    let packed = Place::new();
    let zip = packed.zip(
        "omnivore.zip",
        &files.map(|(name, text)| (name, text.as_bytes())),
    );
    let folder = Place::new();
    for (name, text) in files {
        folder.file(name, text);
    }
    let within = folder.dir.path().join("export/metadata_0_to_19.json");
    for (place, from) in [
        (&packed, zip),
        (&folder, folder.dir.path().join("export")),
        (&folder, within),
    ] {
        let done = place.import(&from);
        assert_eq!(
            (done.ids.len(), done.failures.len(), done.textless),
            (2, 0, 1)
        );
        let all = place.all();
        let scrap = all.iter().find(|s| !s.article.blocks.is_empty()).unwrap();
        assert_eq!(
            scrap.article.text(),
            "첫 문단의 글이다.\n\n둘째 문단의 글이다."
        );
        assert_eq!(scrap.highlights[0].from.block, 1);
        assert_eq!(scrap.highlights[0].note.as_deref(), Some("내 말"));
    }
}

#[test]
fn a_text_that_comes_late_is_taken_and_what_the_reader_added_stays() {
    let place = Place::new();
    place.import(&place.file("part_000000.csv", POCKET));
    let id = place.all()[1].id();
    let note = crate::news::Annotation::Note(Some(crate::news::Clean::line("내 말")));
    place.store.scrap_annotate(id, note).unwrap();
    let later = r#"[{"url":"http://www.a.kr/1?utm_source=x","title":"새 제목","tags":["새"],"content":"<p>글이 왔다.</p>",
        "annotations":[{"quote":"글이","text":"표시"}],"created_at":"2024-10-29T08:34:48+0900"}]"#;
    let later = place.file("wallabag.json", later);
    let done = place.import(&later);
    assert_eq!((done.new, done.changed, done.textless), (0, 1, 0));
    let scrap = place.store.scrap(id).unwrap().unwrap();
    assert_eq!(scrap.article.text(), "글이 왔다.");
    assert_eq!(scrap.article.url.as_deref(), Some("https://a.kr/1"));
    assert_eq!(scrap.note.as_deref(), Some("내 말"));
    assert_eq!(scrap.tags.len(), 3);
    assert_eq!(scrap.highlights[0].note.as_deref(), Some("표시"));
    assert_eq!(scrap.kept.as_second(), 1_639_793_996);
    // The reader's own colour and words stay when the file comes again.
    let mut marks = scrap.highlights;
    (marks[0].colour, marks[0].note) = (Colour::Blue, Some(crate::news::Clean::line("표시, 고침")));
    let change = crate::news::Annotation::Highlights(marks.clone());
    place.store.scrap_annotate(id, change).unwrap();
    assert_eq!(place.import(&later).changed, 0);
    assert_eq!(place.store.scrap(id).unwrap().unwrap().highlights, marks);
}

#[test]
fn what_cannot_be_read_is_reported_and_the_rest_taken() {
    let place = Place::new();
    let cases: [(&str, &[u8], usize, Option<Cause>); 8] = [
        ("a.csv", b"url,title\nhttps://a.kr/1,a\n,b\nhttps://a.kr/2,c\n", 2, Some(Cause::BadEntry)),
        ("b.json", br#"[{"url":"https://a.kr/3"},{"url":"https://a.kr/4"},{"ur"#, 2, Some(Cause::BreaksOff)),
        ("c.html", b"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF=\"https://a.kr/5\">a</A><DT><A HREF=\"javascript:x\">b</A></DL>", 1, None),
        ("d.zip", b"PK\x03\x04 half", 0, Some(Cause::BreaksOff)),
        ("e.json", b"[1, 2]", 0, Some(Cause::NotAnExport)),
        ("f.html", b"<html><body><p>page</p></body></html>", 0, Some(Cause::NotAnExport)),
        ("g.csv", b"", 0, Some(Cause::NotAnExport)),
        ("h.txt", b"https://a.kr/6\nhttps://a.kr/7 b\n", 2, None),
    ];
    for (name, bytes, count, cause) in cases {
        let done = place.import(&place.file(name, bytes));
        assert_eq!(done.ids.len(), count, "{name}");
        let causes: Vec<Cause> = done.failures.iter().map(|f| f.cause).collect();
        assert_eq!(causes, Vec::from_iter(cause), "{name}");
    }
    let many = (0..100).map(|_| ",x\n").collect::<String>();
    let done = place.import(&place.file("i.csv", format!("url,title\nhttps://a.kr/8,a\n{many}")));
    assert_eq!(
        (done.failures.len(), done.unreported),
        (MOST_REPORTED, 100 - MOST_REPORTED)
    );
}

#[test]
fn other_charsets_are_read() {
    let place = Place::new();
    let (cp949, _, _) = encoding_rs::EUC_KR
        .encode("제목,주소,태그,저장일\n한국은행 기준금리 동결,https://a.kr/1,경제,2024-01-02\n");
    place.import(&place.file("a.csv", cp949));
    let json = r#"[{"url":"https://a.kr/2","title":"한국은행 기준금리 동결"}]"#;
    let wide: Vec<u8> = std::iter::once(0xfeff_u16)
        .chain(json.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    place.import(&place.file("b.json", wide));
    let titles: Vec<String> = place
        .all()
        .iter()
        .map(|s| s.article.title.to_string())
        .collect();
    assert_eq!(titles, ["한국은행 기준금리 동결"; 2]);
}

#[test]
fn a_zip_that_unpacks_to_too_much_costs_a_sentence() {
    let place = Place::new();
    let blank = vec![b' '; 1 << 20];
    let path = place.dir.path().join("bomb.zip");
    let mut zip = ZipWriter::new(fs::File::create(&path).unwrap());
    for n in 0..12 {
        zip.start_file(format!("{n:02}.json"), SimpleFileOptions::default())
            .unwrap();
        zip.write_all(br#"[{"url":"https://a.kr/1"}"#).unwrap();
        zip.write_all(&blank).unwrap();
        zip.write_all(b"]").unwrap();
    }
    zip.finish().unwrap();
    let done = place.import(&path);
    assert_eq!(done.ids.len(), 1);
    assert!(
        done.failures
            .iter()
            .all(|f| f.cause == Cause::ImportTooLarge)
    );
    assert!(!done.failures.is_empty());
}

#[test]
fn ten_thousand_entries_are_stored() {
    let place = Place::new();
    let rows: String = (0..10_000)
        .map(|n| format!("제목 {n},https://a.kr/{n},{}\n", 1_600_000_000 + n))
        .collect();
    let file = place.file("many.csv", format!("title,url,time_added\n{rows}"));
    assert_eq!(place.import(&file).new, 10_000);
    let again = place.import(&file);
    assert_eq!((again.new, again.changed, again.ids.len()), (0, 0, 10_000));
}

#[test]
fn what_is_exported_for_other_services_comes_back() {
    use crate::news::write::{ListForm, ServiceList};
    let first = Place::new();
    let source = r#"[{"url":"https://a.kr/1?a=1&b=2&copy=3","title":"가 <나>, \"다\"","tags":["경제","a, b|c"],
        "content":"<p>첫 문단.</p><p>둘째 문단 &amp; 끝.</p>","note":"첫 줄\n둘째 <줄>",
        "annotations":[{"quote":"둘째 문단","text":"말"}],"created_at":"2024-10-29T08:34:48+0900"},
        {"url":"https://a.kr/2","title":"=1+1","tags":[],"created_at":"2024-10-29T08:34:48+0900"},
        {"content":{"type":"text","text":"주소 없이 적은 글"},"createdAt":1700000000}]"#;
    first.import(&first.file("a.json", source));
    let all = first.all();
    let forms = [
        ListForm::Netscape,
        ListForm::Pocket,
        ListForm::Raindrop,
        ListForm::Wallabag,
        ListForm::Karakeep,
    ];
    for form in forms {
        let mut list = ServiceList::new(form);
        let taken = all.iter().filter(|scrap| list.add(scrap)).count();
        assert_eq!(
            taken,
            if form == ListForm::Karakeep { 3 } else { 2 },
            "{form:?}"
        );
        let second = Place::new();
        let text = list.finish();
        let done = second.import(&second.file(&format!("out.{}", form.ending()), &text));
        assert_eq!(
            (done.new, done.failures.len()),
            (taken, 0),
            "{form:?}: {text}"
        );
        let back = second.all();
        for old in all.iter().filter(|scrap| scrap.article.url.is_some()) {
            let new = back.iter().find(|scrap| scrap.id() == old.id()).unwrap();
            assert_eq!(new.article.title, old.article.title, "{form:?}");
            assert_eq!(new.kept, old.kept, "{form:?}");
            assert_eq!(new.note, old.note, "{form:?}");
            assert_eq!(new.tags.len(), old.tags.len(), "{form:?} {:?}", new.tags);
            if form != ListForm::Netscape {
                let words = |scrap: &Scrap| -> Vec<String> {
                    let marks = scrap.highlights.iter();
                    marks.map(|h| format!("{} {:?}", h.quote, h.note)).collect()
                };
                assert_eq!(words(new), words(old), "{form:?}");
            }
            if form == ListForm::Wallabag {
                assert_eq!(new.article.text(), old.article.text());
                assert_eq!(new.highlights, old.highlights);
            }
        }
    }
}

#[test]
fn what_is_whole_in_a_zip_that_is_cut_off_is_taken() {
    let place = Place::new();
    let more: String = (10..2_000)
        .map(|n| {
            format!(
                "{n},https://a.kr/{n},{},,unread\n",
                1_600_000_000 + n * 7919
            )
        })
        .collect();
    let more = format!("title,url,time_added,tags,status\n{more}");
    let files = [
        ("a/part_000000.csv", POCKET.as_bytes()),
        ("a/part_000001.csv", more.as_bytes()),
    ];
    let zip = place.zip("whole.zip", &files);
    let bytes = fs::read(zip).unwrap();
    let cut = place.file("cut.zip", &bytes[..bytes.len() * 2 / 3]);
    let done = place.import(&cut);
    assert!(done.failures.iter().all(|f| f.cause == Cause::BreaksOff));
    assert!(!done.failures.is_empty());
    assert!((3..1_990).contains(&done.new), "{}", done.new);
}
