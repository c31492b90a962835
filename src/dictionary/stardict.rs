//! Dictionaries in the format of StarDict: what the files `.ifo`, `.idx`, `.syn` and the head of
//! `.dict.dz` say. Reading the files is for others.

use std::ops::Range;

use crate::news::Clean;

/// What the file `.ifo` says of a dictionary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StarDictInfo {
    /// The dictionary's name.
    pub name: Clean,
    /// One letter for each field of an entry, where all entries have the same fields.
    pub fields: Option<String>,
    /// Whether places in the data take eight bytes instead of four.
    pub wide: bool,
}

/// Where an entry stands in the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryPlace {
    /// The index of the word among those that were asked for.
    pub word: usize,
    /// First byte.
    pub start: u64,
    /// Bytes.
    pub length: u32,
}

/// Reads a file `.ifo`; `None` where it is none.
pub fn info(text: &str) -> Option<StarDictInfo> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    if !lines.next()?.trim().starts_with("StarDict's dict ifo file") {
        return None;
    }
    let mut info = StarDictInfo::default();
    for (key, value) in lines.filter_map(|line| line.split_once('=')) {
        match key.trim() {
            "bookname" => info.name = Clean::line(value),
            "sametypesequence" => info.fields = Some(value.trim().to_owned()),
            "idxoffsetbits" => info.wide = value.trim() == "64",
            _ => {}
        }
    }
    Some(info)
}

/// The entries of an index `.idx`, each with its word's bytes.
fn entries(index: &[u8], wide: bool) -> impl Iterator<Item = (&[u8], u64, u32)> {
    let mut rest = index;
    let width = if wide { 8 } else { 4 };
    std::iter::from_fn(move || {
        let end = memchr::memchr(0, rest)?;
        let (word, numbers) = rest.split_at(end);
        let numbers = numbers.get(1..)?;
        let start = big_endian(numbers.get(..width)?);
        let length = big_endian(numbers.get(width..width + 4)?);
        rest = numbers.get(width + 4..)?;
        Some((word, start, u32::try_from(length).ok()?))
    })
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b))
}

/// Where the entries of `words` stand, by an index `.idx` and, where there is one, the synonyms of
/// `.syn`.
pub fn places(index: &[u8], wide: bool, synonyms: &[u8], words: &[String]) -> Vec<EntryPlace> {
    let which = |word: &[u8]| words.iter().position(|w| is_same_word(w.as_bytes(), word));
    // Synonyms name entries by their number.
    let mut numbered: Vec<(u64, usize)> = Vec::new();
    let mut rest = synonyms;
    while let Some(end) = memchr::memchr(0, rest) {
        let Some(number) = rest.get(end + 1..end + 5) else {
            break;
        };
        numbered.extend(which(&rest[..end]).map(|word| (big_endian(number), word)));
        rest = &rest[end + 5..];
    }
    let mut found = Vec::new();
    for (number, (word, start, length)) in (0_u64..).zip(entries(index, wide)) {
        let by_number = numbered.iter().find(|(n, _)| *n == number);
        if let Some(word) = which(word).or(by_number.map(|(_, word)| *word)) {
            found.push(EntryPlace {
                word,
                start,
                length,
            });
        }
    }
    found
}

/// Whether two words are the same but for the case of Latin letters. `대학 병원` is 대학병원:
/// Korean dictionaries differ in blanks and hyphens inside compounds.
fn is_same_word(wanted: &[u8], listed: &[u8]) -> bool {
    // The first byte rules out nearly all.
    let (Some(a), Some(b)) = (wanted.first(), listed.first()) else {
        return false;
    };
    if !a.eq_ignore_ascii_case(b) {
        return false;
    }
    let solid = |word: &[u8]| -> Vec<u8> {
        let kept = word.iter().filter(|b| !matches!(b, b' ' | b'-' | b'^'));
        kept.map(u8::to_ascii_lowercase).collect()
    };
    wanted.eq_ignore_ascii_case(listed) || solid(wanted) == solid(listed)
}

/// The text of an entry's data: its fields of text, markup left out.
pub fn text(data: &[u8], fields: Option<&str>) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut rest = data;
    let mut kinds = fields.unwrap_or_default().chars();
    while !rest.is_empty() && out.len() < MOST_FIELDS {
        let kind = match fields {
            Some(_) => kinds.next(),
            None => {
                let kind = char::from(rest[0]);
                rest = &rest[1..];
                Some(kind)
            }
        };
        let Some(kind) = kind else { break };
        // The last field of a known sequence has no end mark.
        let is_last = fields.is_some() && kinds.as_str().is_empty();
        let field = if kind.is_ascii_uppercase() {
            let Some(length) = rest.get(..4).filter(|_| !is_last) else {
                break;
            };
            let length = usize::try_from(big_endian(length)).unwrap_or(usize::MAX);
            rest = rest
                .get(4usize.saturating_add(length)..)
                .unwrap_or_default();
            continue;
        } else {
            let end = memchr::memchr(0, rest).unwrap_or(rest.len());
            let field = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or_default();
            String::from_utf8_lossy(field).into_owned()
        };
        match kind {
            'm' | 'l' | 't' | 'y' => out.push(field),
            'g' | 'h' | 'x' | 'k' | 'w' => out.push(without_tags(&field)),
            _ => {}
        }
    }
    out.join("\n").trim().to_owned()
}

/// Most fields of an entry that are read.
const MOST_FIELDS: usize = 16;

/// Marked-up text without its tags and with the five entities of XML read.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>') else {
            rest = "";
            break;
        };
        let tag = rest[open + 1..open + close]
            .trim_start_matches('/')
            .to_lowercase();
        let breaks = ["br", "p", "div", "li", "tr", "def", "ex"];
        let name: String = tag
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if breaks.contains(&name.as_str()) && !out.ends_with('\n') {
            out.push('\n');
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    for (entity, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, letter);
    }
    out
}

/// How a file `.dict.dz` is cut in pieces that can be unpacked on their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pieces {
    /// Unpacked bytes of each piece but the last.
    length: u64,
    /// Where each piece begins in the file, and where the last one ends.
    bounds: Vec<u64>,
}

impl Pieces {
    /// Reads the head of a file `.dict.dz`; `None` where it is packed in one piece.
    pub fn of_head(head: &[u8]) -> Option<Self> {
        let number = |at: usize| -> Option<usize> {
            let bytes = head.get(at..at + 2)?;
            Some(usize::from(u16::from_le_bytes([bytes[0], bytes[1]])))
        };
        let flags = *head.get(3)?;
        if !head.starts_with(&[0x1f, 0x8b, 8]) || flags & 4 == 0 {
            return None;
        }
        let extra_end = 12 + number(10)?;
        let mut at = 12;
        let (length, sizes_at, count) = loop {
            if at >= extra_end {
                return None;
            }
            let size = number(at + 2)?;
            if head.get(at..at + 2)? == b"RA" {
                break (number(at + 6)?, at + 10, number(at + 8)?);
            }
            at += 4 + size;
        };
        let mut start = extra_end;
        for flag in [8, 16] {
            if flags & flag > 0 {
                start += memchr::memchr(0, head.get(start..)?)? + 1;
            }
        }
        if flags & 2 > 0 {
            start += 2;
        }
        let mut bounds = vec![start as u64];
        for piece in 0..count {
            let size = number(sizes_at + 2 * piece)? as u64;
            bounds.push(bounds.last()? + size);
        }
        (length > 0).then_some(Self {
            length: length as u64,
            bounds,
        })
    }

    /// The pieces that hold these unpacked bytes, as ranges of the file; and how many unpacked
    /// bytes before the first one wanted they begin with.
    pub fn holding(&self, start: u64, length: u32) -> (Vec<Range<u64>>, usize) {
        let first = start / self.length;
        let last = (start + u64::from(length.max(1)) - 1) / self.length;
        let pieces = (first..=last)
            .filter_map(|piece| usize::try_from(piece).ok())
            .filter_map(|piece| Some(*self.bounds.get(piece)?..*self.bounds.get(piece + 1)?))
            .collect();
        let skipped = usize::try_from(start % self.length).unwrap_or(usize::MAX);
        (pieces, skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_searched_whatever_the_width_and_the_case() {
        let entry = |word: &str, start: u8, wide: bool| {
            let mut bytes = word.as_bytes().to_vec();
            bytes.push(0);
            bytes.extend(vec![0; if wide { 7 } else { 3 }]);
            bytes.extend([start, 0, 0, 0, 9]);
            bytes
        };
        let words = [
            "다리".to_owned(),
            "Bridge".to_owned(),
            "대학병원".to_owned(),
        ];
        for wide in [false, true] {
            let index = [
                entry("bridge", 1, wide),
                entry("다리", 2, wide),
                entry("다리미", 3, wide),
                entry("대학^병원", 4, wide),
            ]
            .concat();
            let found = places(&index, wide, b"", &words);
            let told: Vec<_> = found.iter().map(|p| (p.word, p.start, p.length)).collect();
            assert_eq!(told, [(1, 1, 9), (0, 2, 9), (2, 4, 9)]);
            let cut = places(&index[..index.len() - 3], wide, b"", &words);
            assert_eq!(cut.len(), 2);
        }
        let index = [entry("교량", 7, false), entry("산", 8, false)].concat();
        let synonyms = "다리\0\0\0\0\0".as_bytes();
        assert_eq!(places(&index, false, synonyms, &words)[0].start, 7);
    }

    #[test]
    fn fields_of_text_are_read_and_others_passed_over() {
        assert_eq!(text("뜻".as_bytes(), Some("m")), "뜻");
        assert_eq!(
            text("tari\0<b>뜻</b> &amp;<br>보기".as_bytes(), Some("th")),
            "tari\n뜻 &\n보기"
        );
        assert_eq!(
            text("m뜻\0W\0\0\0\x02xxm다른 뜻\0".as_bytes(), None),
            "뜻\n다른 뜻"
        );
        for odd in [&b"W\xff\xff\xff\xff"[..], b"\0\0\0", b"m", b"h<"] {
            text(odd, None);
            text(odd, Some("Wm"));
        }
    }

    #[test]
    fn what_is_no_dictionary_is_none() {
        assert_eq!(info("hello"), None);
        let told =
            info("StarDict's dict ifo file\nversion=2.4.2\nbookname=우리말\nsametypesequence=m\n");
        assert_eq!(&*told.unwrap().name, "우리말");
        assert_eq!(Pieces::of_head(b"\x1f\x8b\x08\x04"), None);
        assert_eq!(Pieces::of_head(b""), None);
    }
}
