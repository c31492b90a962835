//! What goes over the wire to a terminal, read by a small and suspicious parser: it knows the
//! sequences that we mean to send, each to its last parameter, and names the first thing that is
//! none of them.

use std::ops::RangeInclusive;

/// What a stream held that a person or another program gets to see.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    /// All printed characters.
    pub(crate) text: String,
    /// What was put on the clipboard, decoded.
    pub(crate) copied: Vec<String>,
    /// Addresses of links.
    pub(crate) links: Vec<String>,
    /// Payloads of pictures, in bytes.
    pub(crate) pictures: usize,
}

/// Columns and rows are never larger than this in our tests.
const LARGEST: RangeInclusive<u32> = 1..=250;

/// Reads a whole stream; the error is what does not belong there, and what stands around it.
pub(crate) fn read(bytes: &[u8]) -> Result<Wire, String> {
    let text =
        std::str::from_utf8(bytes).map_err(|e| format!("no UTF-8 at byte {}", e.valid_up_to()))?;
    let mut wire = Wire::default();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let at = text.len() - rest.len();
        let length = match c {
            '\x1b' => sequence(rest, &mut wire),
            // A cooked terminal makes CR LF of every line end.
            '\r' | '\n' => Some(1),
            _ if is_harmless(c) => {
                wire.text.push(c);
                Some(c.len_utf8())
            }
            _ => None,
        };
        let Some(length) = length else {
            let around: String = text[at..].chars().take(60).collect();
            return Err(format!("{around:?} at byte {at}"));
        };
        rest = &rest[length..];
    }
    Ok(wire)
}

/// A character that prints, or joins what prints: no control, nothing that turns the direction,
/// nothing unseen but joiners.
pub(crate) fn is_harmless(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        )
        && !matches!(c, '\u{2061}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        && (c as u32) & 0xfffe != 0xfffe
}

/// The bytes of a sequence that we send, at the start of `rest`.
fn sequence(rest: &str, wire: &mut Wire) -> Option<usize> {
    match rest.as_bytes().get(1)? {
        b'[' => csi(&rest[2..]).map(|n| n + 2),
        b']' => string(&rest[2..], |body| osc(body, wire)).map(|n| n + 2),
        // A picture: control data, and letters of base 64.
        b'_' => string(&rest[2..], |body| graphics(body, wire)).map(|n| n + 2),
        b'P' => string(&rest[2..], |body| sixel(body, wire)).map(|n| n + 2),
        _ => None,
    }
}

fn csi(rest: &str) -> Option<usize> {
    let end = rest.bytes().position(|b| (0x40..=0x7e).contains(&b))?;
    let (parameters, last) = (&rest[..end], rest.as_bytes()[end]);
    let numbers: Option<Vec<u32>> = match parameters {
        "" => Some(Vec::new()),
        _ => parameters.split(';').map(|n| n.parse().ok()).collect(),
    };
    let ours = match (last, parameters, numbers) {
        (b'h' | b'l', mode, _) => matches!(
            mode,
            "?25"
                | "?1049"
                | "?2004"
                | "?2026"
                | "?1000"
                | "?1002"
                | "?1003"
                | "?1006"
                | "?1015"
                | "?1004"
        ),
        (b'm', _, _) => parameters.is_empty() || colours(parameters),
        (b'H', _, Some(place)) => place.len() != 1 && place.iter().all(|n| LARGEST.contains(n)),
        // Cells wiped under large letters, and the way down and up again.
        (b'X' | b'A' | b'B' | b'C' | b'D', _, Some(count)) => {
            count.len() <= 1 && count.iter().all(|n| LARGEST.contains(n))
        }
        (b'J', "2" | "", _) | (b'K', "", _) => true,
        // Keys told apart: asked for, and given back.
        (b'u', "?" | ">1" | "<1", _) => true,
        // Questions at the start.
        (b'n', "6", _) | (b'q' | b'c', ">", _) | (b'c', "", _) => true,
        // How many colours and pixels a picture of sixels may have.
        (b'S', "?1;1;0" | "?2;1;0", _) => true,
        _ => false,
    };
    ours.then_some(end + 1)
}

/// Looks that we use: no blinking, no hiding but for the questions, no fonts.
fn colours(parameters: &str) -> bool {
    let parts: Vec<Option<u32>> = parameters
        .split([';', ':'])
        .map(|n| n.parse().ok())
        .collect();
    let mut parts = parts.as_slice();
    loop {
        parts = match parts {
            [] => return true,
            [Some(38 | 48 | 58), Some(5), Some(0..=255), rest @ ..] => rest,
            [
                Some(38 | 48 | 58),
                Some(2),
                Some(0..=255),
                Some(0..=255),
                Some(0..=255),
                rest @ ..,
            ] => rest,
            [
                Some(0..=4 | 7..=9 | 22..=25 | 27..=37 | 39..=47 | 49 | 59 | 90..=97 | 100..=107),
                rest @ ..,
            ] => rest,
            _ => return false,
        };
    }
}

/// A string command that `body` knows, with its end.
fn string(rest: &str, body: impl FnOnce(&str) -> bool) -> Option<usize> {
    let end = rest.find(['\x1b', '\x07'])?;
    let close = if rest[end..].starts_with("\x1b\\") {
        2
    } else if rest[end..].starts_with('\x07') {
        1
    } else {
        return None;
    };
    body(&rest[..end]).then_some(end + close)
}

fn osc(body: &str, wire: &mut Wire) -> bool {
    if let Some(sized) = body.strip_prefix("66;") {
        let Some((how, letters)) = sized.split_once(';') else {
            return false;
        };
        let known = how.split(':').all(|part| {
            part.split_once('=').is_some_and(|(k, v)| {
                matches!(k, "s" | "w" | "n" | "d" | "v" | "h") && v.parse::<u8>().is_ok()
            })
        });
        wire.text.push_str(letters);
        return known && letters.chars().all(is_harmless);
    }
    if let Some(data) = body.strip_prefix("52;c;") {
        let Some(text) = unbase64(data).and_then(|bytes| String::from_utf8(bytes).ok()) else {
            return false;
        };
        let clean = text.chars().all(|c| c == '\n' || is_harmless(c));
        wire.copied.push(text);
        return clean;
    }
    if let Some(link) = body.strip_prefix("8;") {
        let Some((parameters, address)) = link.split_once(';') else {
            return false;
        };
        let plain = |s: &str| s.bytes().all(|b| (0x21..=0x7e).contains(&b));
        let web = ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| address.starts_with(scheme));
        if !address.is_empty() {
            wire.links.push(address.to_owned());
        }
        return plain(parameters) && plain(address) && (address.is_empty() || web);
    }
    body == "11;?"
}

fn graphics(body: &str, wire: &mut Wire) -> bool {
    let Some(picture) = body.strip_prefix('G') else {
        return false;
    };
    let (control, data) = picture.split_once(';').unwrap_or((picture, ""));
    wire.pictures += data.len();
    let known = |part: &str| {
        let Some((key, value)) = part.split_once('=') else {
            return false;
        };
        key.len() == 1
            && value
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !(key == "t" && value != "d")
    };
    (control.is_empty() || control.split(',').all(known))
        && (data.is_empty() || unbase64(data).is_some())
}

fn sixel(body: &str, wire: &mut Wire) -> bool {
    let Some((head, data)) = body.split_once('q') else {
        return false;
    };
    wire.pictures += data.len();
    head.bytes().all(|b| b.is_ascii_digit() || b == b';')
        && data
            .bytes()
            .all(|b| (0x21..=0x7e).contains(&b) || b == b'\n')
}

fn unbase64(text: &str) -> Option<Vec<u8>> {
    let letters = text.trim_end_matches('=');
    let mut out = Vec::with_capacity(letters.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0);
    for b in letters.bytes() {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(out)
}

#[test]
fn what_we_send_passes_and_nothing_else_does() {
    let fine = "\x1b[?1049h\x1b[?2004h\x1b[?25l\x1b[?2026h\x1b[1;1H\x1b[38;2;1;2;3;48;5;7;1m가나 a\x1b[0m\x1b[8X\x1b[B\x1b[8X\x1b[1A\
        \x1b]66;s=2:w=3;큰\x1b\\\x1b]52;c;6rCA\x1b\\\x1b]8;;https://a.kr/\x1b\\링크\x1b]8;;\x1b\\\x1b]11;?\x1b\\\x1b[6n\x1b[>q\x1b[c\x1b_Ga=T,f=100;AAAA\x1b\\\
        \x1bPq#0;2;0;0;0~~\x1b\\\r\n";
    let wire = read(fine.as_bytes()).unwrap();
    assert_eq!(
        (wire.copied, wire.links),
        (vec!["가".to_owned()], vec!["https://a.kr/".to_owned()])
    );
    assert_eq!(wire.text, "가나 a큰링크");
    for bad in [
        "\x1b]0;t\x07",
        "\x1b]2;t\x1b\\",
        "\x1b]52;p;QQ==\x07",
        "\x1b]52;c;G1s=\x07",
        "\x1b]8;;file:///x\x1b\\",
        "\x1b]8;;javascript:x\x1b\\",
        "\x1b[5m",
        "\x1b[31337;1H",
        "\x1b[3J",
        "\x1b[2Jx\x1bc",
        "\x1b(0",
        "\x1b[?1h",
        "\x1b[6;1t",
        "\x1b[0c",
        "\x1b[!p",
        "\x1b]4;1;?\x07",
        "\x1b]66;s=2;\u{202e}\x1b\\",
        "\x1b]1337;File=:\x07",
        "\x1b_Gt=f;L2V0Yw==\x1b\\",
        "\x1bP+q544e\x1b\\",
        "\x1b^x\x1b\\",
        "\x07",
        "\x08",
        "\t",
        "\0",
        "\u{9b}m",
        "\u{9d}0;x\u{9c}",
        "\u{202e}",
        "\u{2066}",
        "\u{200f}",
        "\x7f",
        "\u{feff}",
        "\u{e0041}",
        "\x1b",
        "\x1b[",
        "\x1b]66;s=2;x",
        "\x0e",
        "\u{85}",
    ] {
        assert!(read(bad.as_bytes()).is_err(), "{bad:?}");
    }
    assert!(read(b"\xff").is_err());
}
