//! Reads tables of saved pages (CSV, with commas, semicolons or tabs).

use std::collections::HashSet;

use csv::{ReaderBuilder, StringRecord, Trim};
use serde_json::{Map, Value};

use super::fields::{FieldNames, page_of, plain_name};
use super::{EntryFault, SavedEntry, Seen};

/// Reads a table whose first row may name its columns. What `see` is given is the entry and the
/// line that it begins on, from 1; it answers whether to go on. A row that swallows those after it,
/// by a quotation mark that nothing closes, costs its first line alone.
pub fn table(text: &str, see: &mut dyn FnMut(usize, Result<SavedEntry, EntryFault>) -> Seen) {
    let text = text.trim_start_matches('\u{feff}');
    let Some(columns) = Columns::of(text) else {
        return;
    };
    let (mut at, mut line) = (0, 1);
    if columns.named {
        (at, line) = after_header(text, columns.mark);
    }
    while at < text.len() {
        let rest = &text[at..];
        let mut reader = reader(rest, columns.mark);
        let mut record = StringRecord::new();
        loop {
            let place = reader.position().clone();
            let begins = (at + to_index(place.byte()), line + to_index(place.line()) - 1);
            // The text is UTF-8, and rows may differ in length: only its end ends the reading.
            if !matches!(reader.read_record(&mut record), Ok(true)) {
                return;
            }
            let ends = reader.position();
            let lines = to_index(ends.line() - place.line());
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let entry = columns.entry(&record);
            let is_odd = record.len() != columns.names.len() || entry.is_err();
            let start = &text[begins.0..];
            let leading = start.len() - start.trim_start_matches(['\r', '\n']).len();
            if lines > 1 + leading && is_odd {
                let first = &start[leading..];
                let length = first.find('\n').map_or(first.len(), |end| end + 1);
                let skipped = start[..leading].matches('\n').count();
                if see(begins.1 + skipped, Err(EntryFault::Unreadable)) == Seen::Stop {
                    return;
                }
                at = begins.0 + leading + length;
                line = begins.1 + skipped + 1;
                break;
            }
            if see(begins.1, entry) == Seen::Stop {
                return;
            }
        }
    }
}

/// Whether the text is a table of pages: the first row names a column of addresses, or holds one.
pub(super) fn is_table(head: &str) -> bool {
    Columns::of(head.trim_start_matches('\u{feff}')).is_some()
}

fn to_index(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn reader(text: &str, mark: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(mark)
        .flexible(true)
        .has_headers(false)
        .trim(Trim::None)
        .from_reader(text.as_bytes())
}

fn after_header(text: &str, mark: u8) -> (usize, usize) {
    let mut reader = reader(text, mark);
    let mut record = StringRecord::new();
    let _ = reader.read_record(&mut record);
    let end = reader.position();
    (to_index(end.byte()).min(text.len()), to_index(end.line()))
}

/// What stands in which column.
struct Columns {
    names: Vec<String>,
    /// Whether the first row names them.
    named: bool,
    /// What stands between two.
    mark: u8,
}

impl Columns {
    fn of(text: &str) -> Option<Self> {
        let start = text.trim_start();
        let head = &start[..start.find('\n').unwrap_or(start.len())];
        // A line of more than one column, by the mark that gives the most.
        let count = |mark: u8| head.bytes().filter(|b| *b == mark).count();
        let mark = *b"\t;,".iter().max_by_key(|mark| count(**mark))?;
        let mut record = StringRecord::new();
        let mut reader = reader(start, mark);
        if !matches!(reader.read_record(&mut record), Ok(true)) {
            return None;
        }
        let names: Vec<String> = record.iter().map(plain_name).collect();
        if names.iter().any(|name| FieldNames::of("url").contains(name)) {
            let named = true;
            return Some(Self { names, named, mark });
        }
        Self::guessed(&record, mark)
    }

    /// The columns of a table that does not name them: an address, a title, a time.
    fn guessed(first: &StringRecord, mark: u8) -> Option<Self> {
        if first.len() < 2 {
            return None;
        }
        let mut free = HashSet::from(["url", "title", "timeadded"]);
        let names: Vec<String> = first
            .iter()
            .map(|cell| {
                let cell = cell.trim();
                let kind = if cell.starts_with("http://") || cell.starts_with("https://") {
                    "url"
                } else if cell.len() >= 9 && cell.bytes().all(|b| b.is_ascii_digit()) {
                    "timeadded"
                } else {
                    "title"
                };
                if free.remove(kind) { kind } else { "" }.to_owned()
            })
            .collect();
        (!free.contains("url")).then_some(Self {
            names,
            named: false,
            mark,
        })
    }

    fn entry(&self, record: &StringRecord) -> Result<SavedEntry, EntryFault> {
        let cells = self.names.iter().zip(record.iter());
        let map: Map<String, Value> = cells
            .filter(|(name, cell)| !name.is_empty() && !cell.trim().is_empty())
            .map(|(name, cell)| (name.clone(), Value::String(cell.to_owned())))
            .collect();
        let page = page_of(&map, &[]).ok_or(EntryFault::NoAddress)?;
        if page.url.trim().is_empty() && page.text == super::SavedText::None {
            return Err(EntryFault::NoAddress);
        }
        Ok(SavedEntry::Page(Box::new(page)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::saved::SavedPage;

    fn read(text: &str) -> (Vec<SavedPage>, Vec<usize>) {
        let (mut pages, mut faults) = (Vec::new(), Vec::new());
        table(text, &mut |line, entry| {
            match entry {
                Ok(SavedEntry::Page(page)) => pages.push(*page),
                _ => faults.push(line),
            }
            Seen::GoOn
        });
        (pages, faults)
    }

    #[test]
    fn columns_come_in_any_order_and_with_any_mark() {
        for text in [
            "\u{feff}title,url,time_added,tags,status\r\n\"가, \"\"나\"\"\",https://a.kr/1,1639793996,경제|금리,unread\r\n",
            "Tags;URL;Title;Created\n경제,금리;https://a.kr/1;\"가, \"\"나\"\"\";2021-12-18T02:19:56Z\n",
            "URL\tTitle\tDocument tags\tSaved date\nhttps://a.kr/1\t\"가, \"\"나\"\"\"\t['경제', '금리']\t2021-12-18 02:19:56+00:00\n",
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
        assert_eq!((&*pages[0].tags, &*pages[1].tags), (&["경제".to_owned()][..], &["읽을거리".to_owned()][..]));
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
}
