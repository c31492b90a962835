//! Decodes bytes and finds out which charset a page or feed is really in.
//!
//! The order is: byte-order mark, what the bytes themselves prove, the labels (HTTP header,
//! `<meta>`, XML declaration), and last a statistical guess. A label that the bytes contradict is
//! ignored. `EUC-KR` means CP949 (windows-949), as in browsers.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_KR, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Longer pages, in bytes, are cut; the longest real article pages have about 2 MB.
pub(crate) const MAX_BYTES: usize = 20 << 20;
/// How many bytes from the start of a document a label is looked for.
const LABEL_WITHIN: usize = 8 << 10;
/// With at most one malformed sequence in this many characters outside ASCII, the charset is right
/// and the text has an error.
const ACCIDENT: usize = 200;
/// With at most one in this many, the document is damaged, but its label or the guess is still
/// believed.
const DAMAGE: usize = 10;
/// With at most one in this many, a document is in UTF-8, only damaged: in other charsets few
/// letters beside each other look like one of its characters.
const CHANCE: usize = 2;

/// Decodes `bytes`; those beyond 20 MB are cut. `http_charset` is the label in the `Content-Type`
/// header. It never fails.
pub fn decode<'a>(bytes: &'a [u8], http_charset: Option<&str>) -> Cow<'a, str> {
    decode_unlimited(&bytes[..bytes.len().min(MAX_BYTES)], http_charset)
}

/// As [`decode`], without the limit, of bytes that the caller has limited.
pub(crate) fn decode_unlimited<'a>(bytes: &'a [u8], http_charset: Option<&str>) -> Cow<'a, str> {
    if let Some(text) = utf32(bytes) {
        return Cow::Owned(text);
    }
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[bom..]).0;
    }
    if let Some(encoding) = wide(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    let labels = [http_charset.and_then(by_label), declared(bytes)];
    if let Some(text) = as_utf8(bytes)
        && !labelled_otherwise_and_so(bytes, text, &labels)
    {
        return Cow::Borrowed(text);
    }
    best(bytes, &labels)
}

/// The text if it is valid UTF-8, apart from a character cut off at the very end.
fn as_utf8(bytes: &[u8]) -> Option<&str> {
    // For Hangul, this check is twenty times as fast as that of the standard library.
    if let Some(Cow::Borrowed(text)) =
        UTF_8.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return Some(text);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(e) if e.error_len().is_none() => std::str::from_utf8(&bytes[..e.valid_up_to()]).ok(),
        Err(_) => None,
    }
}

/// Whether text that is valid UTF-8 is rather in the CJK charset of its label. A few characters of
/// such a charset can be valid two-byte sequences by chance, but not three-byte ones.
fn labelled_otherwise_and_so(
    bytes: &[u8],
    text: &str,
    labels: &[Option<&'static Encoding>; 2],
) -> bool {
    if bytes.contains(&0x1b) {
        return labels.iter().flatten().any(|e| e.name() == "ISO-2022-JP");
    }
    labels.iter().flatten().any(|e| is_multibyte(e))
        && !text.is_ascii()
        && text.chars().all(|c| c.len_utf8() <= 2)
        && labels
            .iter()
            .flatten()
            .find(|e| is_multibyte(e))
            .is_some_and(|e| faults(bytes, e).1 == 0)
}

/// Decodes with the first encoding, in order of trust, that gives (nearly) no malformed sequence,
/// or else with the least bad one.
fn best<'a>(bytes: &'a [u8], labels: &[Option<&'static Encoding>; 2]) -> Cow<'a, str> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Not as a whole: a character that is cut off at the end is no fault.
    detector.feed(bytes, false);
    let guess = detector.guess(None, Utf8Detection::Allow);
    let labelled = labels.iter().flatten().copied();
    // Any bytes are valid in a single-byte charset, so such a label proves nothing; servers send
    // ISO-8859-1 for everything.
    let proving = |e: &&'static Encoding| is_multibyte(e) || *e == UTF_8;
    let fits = |e: &&'static Encoding, share: usize| {
        let (foreign, bad) = faults(bytes, e);
        bad * share <= foreign
    };
    if let Some(encoding) = labelled.clone().filter(proving).find(|e| fits(e, ACCIDENT)) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    if is_mostly_utf8(bytes) || fits(&UTF_8, CHANCE) {
        return Cow::Owned(mixed(bytes));
    }
    let guessed = Some(guess).filter(|e| is_multibyte(e));
    if let Some(encoding) = guessed.filter(|e| fits(e, ACCIDENT)) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    let proving: Vec<_> = labelled.clone().filter(proving).chain(guessed).collect();
    if let Some(encoding) = proving.iter().find(|e| is_multibyte(e) && fits(e, DAMAGE)) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    let least = labelled
        .chain([guess, EUC_KR, WINDOWS_1252])
        .min_by_key(|e| faults(bytes, e).1);
    least.unwrap_or(UTF_8).decode_without_bom_handling(bytes).0
}

/// Whether bytes are damaged UTF-8, or UTF-8 with a piece in another charset. Sequences of three
/// bytes and more are not valid by chance, so they must outnumber the malformed ones.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    bytes.utf8_chunks().fold(0_isize, |sum, chunk| {
        let proofs = chunk.valid().chars().filter(|c| c.len_utf8() > 2).count();
        sum + proofs.cast_signed() - isize::from(!chunk.invalid().is_empty())
    }) > 0
}

/// Whether a piece of UTF-8 only has a fault: at most a few bytes that belong to no character, or
/// nothing but the punctuation of windows-1252, which CP949 has as first bytes of its rarest
/// syllables.
fn is_damaged_utf8(piece: &[u8]) -> bool {
    let (foreign, bad) = faults(piece, UTF_8);
    let is_western = || piece.iter().all(|b| *b < 0xa0);
    (foreign > 0 && bad * CHANCE <= foreign) || is_western()
}

/// Appends damaged UTF-8. A quotation mark or dash of windows-1252 is read for what it is.
fn push_damaged(piece: &[u8], out: &mut String) {
    for chunk in piece.utf8_chunks() {
        out.push_str(chunk.valid());
        match chunk.invalid() {
            [] => {}
            mark @ [0x80..0xa0] => {
                out.push_str(&WINDOWS_1252.decode_without_bom_handling(mark).0);
            }
            _ => out.push('\u{fffd}'),
        }
    }
}

/// Decodes UTF-8 with pieces in CP949, as in pages assembled from old and new files. A piece ends
/// with a line or a tag.
fn mixed(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for piece in bytes.split_inclusive(|b| b"\n<>".contains(b)) {
        match std::str::from_utf8(piece) {
            Ok(text) => out.push_str(text),
            Err(_) if is_damaged_utf8(piece) => push_damaged(piece, &mut out),
            Err(_) if faults(piece, EUC_KR).1 == 0 => {
                out.push_str(&EUC_KR.decode_without_bom_handling(piece).0);
            }
            Err(_) => out.push_str(&String::from_utf8_lossy(piece)),
        }
    }
    out
}

/// The number of characters outside ASCII, and how many of them stand for malformed bytes.
fn faults(bytes: &[u8], encoding: &'static Encoding) -> (usize, usize) {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    text.chars()
        .filter(|c| !c.is_ascii())
        .fold((0, 0), |(n, bad), c| {
            // Private-use characters are user-defined rows of CP949: a sign of the wrong charset.
            (
                n + 1,
                bad + usize::from(c == '\u{fffd}' || ('\u{e000}'..='\u{f8ff}').contains(&c)),
            )
        })
}

fn is_multibyte(encoding: &'static Encoding) -> bool {
    !encoding.is_single_byte() && encoding != UTF_8 && encoding != UTF_16LE && encoding != UTF_16BE
}

/// Recognises UTF-16 without a byte-order mark by its zero bytes.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512)];
    let zeros = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    if head.len() < 8 {
        return None;
    }
    let (even, odd) = (zeros(0), zeros(1));
    match head.len() / 5 {
        enough if odd > enough && even * 8 < odd => Some(UTF_16LE),
        enough if even > enough && odd * 8 < even => Some(UTF_16BE),
        _ => None,
    }
}

/// Decodes UTF-32, which the Encoding Standard lacks: by its byte-order mark, which begins like
/// that of UTF-16, or by three zero bytes in each of the first two characters.
fn utf32(bytes: &[u8]) -> Option<String> {
    let (head, _) = bytes.get(..8)?.as_chunks::<4>();
    let little = head
        .iter()
        .all(|c| *c == [0xff, 0xfe, 0, 0] || (c[0] > 0 && c[1..] == [0; 3]));
    let big = head
        .iter()
        .all(|c| *c == [0, 0, 0xfe, 0xff] || (c[3] > 0 && c[..3] == [0; 3]));
    let number = match (little, big) {
        (true, false) => u32::from_le_bytes,
        (false, true) => u32::from_be_bytes,
        _ => return None,
    };
    let (letters, _) = bytes.as_chunks::<4>();
    Some(
        letters
            .iter()
            .map(|c| char::from_u32(number(*c)).unwrap_or('\u{fffd}'))
            .collect(),
    )
}

/// The encoding of a label, including Korean names that the Encoding Standard lacks.
fn by_label(label: &str) -> Option<&'static Encoding> {
    let label =
        label.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | ','));
    let known = match label.to_ascii_lowercase().as_str() {
        "cp949" | "ms949" | "x-windows-949" | "uhc" | "euckr" | "euc_kr" | "ksc5601"
        | "ks_c_5601" | "ksc_5601" | "x-euc-kr" | "johab" => Some(EUC_KR),
        "utf8mb4" | "utf_8" | "unicode" => Some(UTF_8),
        other => Encoding::for_label_no_replacement(other.as_bytes()),
    };
    // A label that was readable as ASCII cannot be right about UTF-16.
    known.map(|e| {
        if e == UTF_16LE || e == UTF_16BE {
            UTF_8
        } else {
            e
        }
    })
}

/// The label in the document: `<meta charset>`, `<meta http-equiv>` or the XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(LABEL_WITHIN)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    if let Some(xml) = head.trim_start().strip_prefix("<?xml")
        && let Some(encoding) = xml
            .split("?>")
            .next()
            .and_then(|d| after(d, "encoding"))
            .and_then(|label| by_label(&label))
    {
        return Some(encoding);
    }
    let head = strip_comments(&head);
    head.split("<meta")
        .skip(1)
        .filter_map(|tag| after(tag.split('>').next().unwrap_or_default(), "charset"))
        .find_map(|label| by_label(&label))
}

fn strip_comments(text: &str) -> String {
    let mut parts = text.split("<!--");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once("-->").map_or("", |(_, rest)| rest));
    }
    out
}

/// The value of `name=`, with or without quotation marks.
fn after(text: &str, name: &str) -> Option<String> {
    text.match_indices(name).find_map(|(at, _)| {
        let rest = text[at + name.len()..]
            .trim_start()
            .strip_prefix('=')?
            .trim_start();
        let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
        let end =
            rest.find(|c: char| matches!(c, '"' | '\'' | ';' | '>' | '/') || c.is_whitespace());
        let label = &rest[..end.unwrap_or(rest.len())];
        (!label.is_empty()).then(|| label.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "<html><head><title>서울 지하철 첫차 시간 변경</title></head>\
        <p>똠방각하 펲시콜라, 새벽 다섯 시부터 운행한다.</p>";

    fn cp949(text: &str) -> Vec<u8> {
        EUC_KR.encode(text).0.into_owned()
    }

    #[test]
    fn a_lying_utf8_label_is_overruled() {
        let page = cp949(&format!("<meta charset=utf-8>{LINE}"));
        assert!(decode(&page, Some("utf-8")).contains("똠방각하"));
    }

    #[test]
    fn a_lying_euckr_label_is_overruled() {
        let page = format!("<meta charset=euc-kr>{LINE}");
        assert!(decode(page.as_bytes(), Some("EUC-KR")).contains("똠방각하"));
    }

    #[test]
    fn a_latin_header_over_korean_bytes_is_overruled() {
        for page in [
            cp949(LINE),
            cp949(&format!("<meta charset=ks_c_5601-1987>{LINE}")),
        ] {
            assert!(decode(&page, Some("ISO-8859-1")).contains("펲시콜라"));
        }
    }

    #[test]
    fn labels_of_windows_949_mean_cp949() {
        for label in [
            "euc-kr",
            "ks_c_5601-1987",
            "cp949",
            "MS949",
            "x-windows-949",
            "\"EUC-KR\"",
        ] {
            assert_eq!(by_label(label), Some(EUC_KR), "{label}");
        }
    }

    #[test]
    fn a_bom_beats_every_label() {
        let mut page = b"\xef\xbb\xbf".to_vec();
        page.extend(format!("<meta charset=euc-kr>{LINE}").bytes());
        assert!(decode(&page, Some("euc-kr")).starts_with("<meta"));
    }

    #[test]
    fn the_xml_declaration_counts() {
        let feed =
            cp949("<?xml version=\"1.0\" encoding=\"euc-kr\"?><rss><title>새 글</title></rss>");
        assert!(decode(&feed, None).contains("새 글"));
    }

    #[test]
    fn one_broken_letter_does_not_cost_the_page() {
        let mut page = LINE.repeat(20).into_bytes();
        page.extend(b"\xb0\xff");
        page.extend(LINE.bytes());
        assert!(decode(&page, None).contains("서울 지하철"));
    }

    #[test]
    fn damage_does_not_make_western_letters_of_korean() {
        let line = "<p>첫차는 새벽 다섯 시부터 운행한다.</p>\n";
        let mut page = Vec::new();
        for _ in 0..5 {
            page.extend(line.bytes());
            page.extend(b"<p>\xff\xfe\x80 \xc0</p>");
        }
        for label in [None, Some("utf-8"), Some("iso-8859-1")] {
            assert!(
                decode(&page, label).contains("새벽 다섯 시부터"),
                "{label:?}"
            );
        }
        let mut page = cp949(&line.repeat(5));
        page.extend(b"\xff\xff\xff");
        assert!(decode(&page, Some("euc-kr")).contains("새벽 다섯 시부터"));
    }

    #[test]
    fn a_piece_of_another_age_is_read_for_what_it_is() {
        let mut page = "<p>첫차는 새벽 다섯 시부터 운행한다.</p>\n"
            .repeat(3)
            .into_bytes();
        page.extend(cp949("<p>똠방각하 펲시콜라</p>"));
        let text = decode(&page, Some("utf-8"));
        assert!(
            text.contains("새벽 다섯 시부터") && text.contains("똠방각하"),
            "{text}"
        );
    }

    #[test]
    fn western_text_stays_western() {
        let text = "<p>L’été dernier, à Séoul, le maire a déclaré que le café fermerait dès \
            septembre.</p>"
            .repeat(4);
        let page = WINDOWS_1252.encode(&text).0.into_owned();
        for label in [None, Some("utf-8"), Some("windows-1252")] {
            assert!(
                decode(&page, label).contains("été dernier, à Séoul"),
                "{label:?}"
            );
        }
    }

    #[test]
    fn utf16_without_a_mark_is_read() {
        let wide: Vec<u8> = "<p>Plain words, 한글</p>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(decode(&wide, None).contains("한글"));
    }

    #[test]
    fn empty_and_binary_input_end_quietly() {
        assert_eq!(decode(b"", None), "");
        let noise: Vec<u8> = (0..4096_u32)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        let _ = decode(&noise, Some("no-such-charset"));
    }

    #[test]
    fn one_wrong_byte_costs_one_letter() {
        for (text, at) in [
            ("Brøndby vandt over Køge i går", "over"),
            ("Цены выросли на десять процентов", "на"),
            ("Ελλάδα και Κύπρος", "και"),
            ("café crème brûlée", "crème"),
        ] {
            let (before, after) = text.split_once(at).unwrap();
            for wrong in [&b"\x92"[..], b"\xff", b"\xc3 "] {
                let bytes = [before.as_bytes(), wrong, at.as_bytes(), after.as_bytes()].concat();
                let read = decode(&bytes, None);
                assert!(read.starts_with(before) && read.ends_with(after), "{read}");
            }
        }
        let bytes = [
            "<p>시세는 don".as_bytes(),
            b"\x92",
            "t</p><p>it".as_bytes(),
            b"\x92s</p>",
        ];
        assert_eq!(
            decode(&bytes.concat(), Some("utf-8")),
            "<p>시세는 don’t</p><p>it’s</p>"
        );
        // What is not UTF-8 stays what it is.
        let (bytes, ..) = WINDOWS_1252.encode("café crème brûlée déjà vu");
        assert_eq!(decode(&bytes, None), "café crème brûlée déjà vu");
        let (bytes, ..) = EUC_KR.encode("금리를 묶었다. 물가가 오른다.");
        for cut in [bytes.len(), bytes.len() - 2] {
            let read = decode(&bytes[..cut], Some("utf-8"));
            assert!(read.starts_with("금리를 묶었다. 물가가 오"), "{read}");
        }
    }
}
