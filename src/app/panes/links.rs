//! Links: which are on the screen, letters to choose one by, and which addresses may leave the
//! program.

use super::sheet::Sheet;
use crate::app::input::key::{Key, KeyCode};
use crate::app::jobs::JobKind;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::network::NetworkJob;
use crate::app::{Model, share};
use crate::news::Clean;
use crate::text::{LineKind, Part, PartRole, Spot};
use std::ops::Range;

/// Letters that stand for links, those under the fingers first.
const LETTERS: &[u8] = b"asdfghjklqwertyuiopzxcvbnm";
/// Terminals take addresses of about this length in a link; no honest one is longer.
const LONGEST: usize = 2000;

/// A link on the screen, and the letters that choose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// To be typed.
    pub letters: String,
    /// Where it leads.
    pub url: Clean,
    /// The line that it is on.
    pub spot: Spot,
    /// The byte of the part's text where it begins on that line.
    pub byte: usize,
    /// It is a picture.
    pub is_picture: bool,
}

/// Links to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// All of them.
    pub all: Vec<Hint>,
    /// Letters typed so far.
    pub typed: String,
}

/// The links of a part: those in its text, and the whole of what stands for something elsewhere.
pub fn of(part: &Part) -> Vec<(Range<usize>, &Clean)> {
    let whole = match part.role {
        PartRole::Image | PartRole::Embed => part.url.as_ref(),
        PartRole::Source => Some(&part.text),
        _ => None,
    };
    let whole = whole
        .filter(|url| !url.is_blank())
        .map(|url| (0..part.text.len(), url));
    part.links
        .iter()
        .map(|l| (l.range.clone(), &l.url))
        .chain(whole)
        .collect()
}

/// An address as it may be handed to a terminal: of the web or of mail, in printable ASCII, of a
/// bearable length.
pub fn address(url: &str) -> Option<String> {
    let scheme = ["http://", "https://", "mailto:"];
    let known = scheme.iter().any(|s| {
        url.get(..s.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(s))
    });
    if !known {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if (0x21..=0x7e).contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    (out.len() <= LONGEST).then_some(out)
}

/// Puts letters beside every link in view.
pub fn show(model: &mut Model) -> Vec<Effect> {
    let rows = model.geometry().text.height;
    let all = model
        .reader
        .sheet()
        .map(|sheet| in_view(sheet, rows))
        .unwrap_or_default();
    if all.is_empty() {
        model.say(model.start.words.get("notice.no-links").to_owned());
        return Vec::new();
    }
    model.hints = Some(Hints {
        all,
        typed: String::new(),
    });
    Vec::new()
}

fn in_view(sheet: &Sheet, rows: u16) -> Vec<Hint> {
    let mut found: Vec<Hint> = Vec::new();
    let mut seen: Vec<(usize, usize)> = Vec::new();
    for (_, spot) in sheet.layout.window(sheet.top, rows) {
        let Some(part) = sheet.layout.part(spot.part) else {
            continue;
        };
        let line = sheet.layout.line(spot);
        for (index, (range, url)) in of(part).into_iter().enumerate() {
            let is_here = match line.kind {
                LineKind::Picture => part.role == PartRole::Image,
                LineKind::Text => range.start < line.range.end && line.range.start < range.end,
                LineKind::Blank | LineKind::Table | LineKind::TableHead => false,
            };
            let is_picture = part.role == PartRole::Image;
            if is_here
                && !seen.contains(&(spot.part, index))
                && (is_picture || address(url).is_some())
            {
                seen.push((spot.part, index));
                let byte = range.start.max(line.range.start);
                found.push(Hint {
                    letters: String::new(),
                    url: url.clone(),
                    spot,
                    byte,
                    is_picture,
                });
            }
        }
    }
    let count = found.len();
    for (index, hint) in found.iter_mut().enumerate() {
        hint.letters = letters(index, count);
    }
    found
}

/// One letter where all links can have one of their own, else two.
fn letters(index: usize, count: usize) -> String {
    let letter = |n: usize| char::from(LETTERS[n % LETTERS.len()]);
    if count <= LETTERS.len() {
        letter(index).to_string()
    } else {
        [letter(index / LETTERS.len()), letter(index)]
            .iter()
            .collect()
    }
}

/// A key while links have letters: a letter chooses, a capital copies, anything else puts the
/// letters away.
pub fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(mut hints) = model.hints.take() else {
        return Vec::new();
    };
    let Some(&Key {
        code: KeyCode::Char(c),
        ..
    }) = key.latin().first()
    else {
        return Vec::new();
    };
    if key.ctrl || key.alt || !c.is_ascii_alphabetic() {
        return Vec::new();
    }
    hints.typed.push(c.to_ascii_lowercase());
    if let Some(hint) = hints.all.iter().find(|h| h.letters == hints.typed) {
        return if c.is_ascii_uppercase() {
            let url = hint.url.clone();
            share::copy(model, url, "notice.copied")
        } else {
            follow(model, hint)
        };
    }
    if hints
        .all
        .iter()
        .any(|h| h.letters.starts_with(&hints.typed))
    {
        model.hints = Some(hints);
    }
    Vec::new()
}

/// A click on the letter at `byte` of that part: the link that is there is opened.
pub(crate) fn click(model: &mut Model, part: usize, byte: usize) -> Vec<Effect> {
    let part = model
        .reader
        .sheet()
        .and_then(|sheet| sheet.layout.part(part));
    let links = part.map(of).unwrap_or_default();
    let link = links
        .into_iter()
        .find(|(range, url)| range.contains(&byte) && address(url).is_some());
    let Some(url) = link.map(|(_, url)| url.clone()) else {
        return Vec::new();
    };
    vec![model.jobs.start(JobKind::Desktop, NetworkJob::Browse(url))]
}

fn follow(model: &mut Model, hint: &Hint) -> Vec<Effect> {
    let url = hint.url.clone();
    let job = if hint.is_picture {
        NetworkJob::ViewPicture(url)
    } else {
        NetworkJob::Browse(url)
    };
    vec![model.jobs.start(JobKind::Desktop, job)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_web_and_mail_leave_and_in_plain_ascii() {
        assert_eq!(
            address("https://a.kr/가?q= 1").as_deref(),
            Some("https://a.kr/%EA%B0%80?q=%201")
        );
        assert_eq!(address("HTTP://a.kr/;x").as_deref(), Some("HTTP://a.kr/;x"));
        assert_eq!(address("mailto:a@b.kr").as_deref(), Some("mailto:a@b.kr"));
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "",
            "http",
            "ssh://a",
        ] {
            assert_eq!(address(bad), None, "{bad}");
        }
        assert_eq!(
            address("https://a.kr/\x1b\\\x07").as_deref(),
            Some("https://a.kr/%1B\\%07")
        );
        assert_eq!(
            address(&format!("https://a.kr/{}", "가".repeat(300))),
            None,
            "longer than a terminal takes"
        );
    }

    #[test]
    fn letters_are_never_the_beginning_of_others() {
        for count in [1, 2, 26, 27, 300] {
            let all: Vec<String> = (0..count.min(676)).map(|i| letters(i, count)).collect();
            for (i, a) in all.iter().enumerate() {
                assert!(
                    all.iter()
                        .enumerate()
                        .all(|(j, b)| i == j || !b.starts_with(a.as_str())),
                    "{count}: {a}"
                );
            }
        }
    }
}
