//! Links: which are on the screen, letters to choose one by, and which addresses may leave the
//! program.

use super::article_foot;
use crate::app::clipboard::copy;
use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::input::key::{Key, KeyCode};
use crate::app::jobs::JobKind;
use crate::app::protocol::network::{NetworkJob, PageRequest};
use crate::app::reply::{Intent, Reply};
use crate::news::Clean;
use crate::text::{Layout, LineKind, Part, PartRole, Spot};
use std::ops::Range;

/// Letters that stand for links, those under the fingers first.
const LETTERS: &[u8] = b"asdfghjklqwertyuiopzxcvbnm";
/// The longest address that is made a link, in bytes; VTE ignores those of more than 2083.
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
    /// What it does instead of leading to an address, in the row below an article.
    pub action: Option<Action>,
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

impl Hints {
    /// Letters for every link on the `rows` lines from `top` on; `None` where there is no link.
    pub fn in_view(layout: &Layout, top: Spot, rows: u16) -> Option<Self> {
        let all = in_view(layout, top, rows);
        let typed = String::new();
        (!all.is_empty()).then_some(Self { all, typed })
    }

    /// Takes in a key: a letter chooses, a capital copies, anything else puts the letters away.
    /// Gives the letters where more are to be typed.
    pub fn press(mut self, key: Key, env: &Env<'_>) -> (Option<Self>, Reply) {
        let Some(&Key {
            code: KeyCode::Char(c),
            ..
        }) = key.latin().first()
        else {
            return (None, Reply::none());
        };
        if key.ctrl || key.alt || !c.is_ascii_alphabetic() {
            return (None, Reply::none());
        }
        self.typed.push(c.to_ascii_lowercase());
        if let Some(hint) = self.all.iter().find(|h| h.letters == self.typed) {
            let reply = if c.is_ascii_uppercase() && hint.action.is_none() {
                copy(hint.url.clone(), env.text("notice.copied"), env)
            } else {
                hint.follow()
            };
            return (None, reply);
        }
        let is_begun = |h: &Hint| h.letters.starts_with(&self.typed);
        let rest = self.all.iter().any(is_begun).then_some(self);
        (rest, Reply::none())
    }
}

impl Hint {
    fn follow(&self) -> Reply {
        if let Some(action) = self.action {
            return Reply::none().intent(Intent::Act(action, 1));
        }
        let url = self.url.clone();
        let job = if self.is_picture {
            NetworkJob::ViewPicture(url)
        } else {
            NetworkJob::Browse(PageRequest::chosen(url))
        };
        Reply::none().start(JobKind::Desktop, job)
    }
}

/// Opens the link at `byte` of a part that was clicked.
pub fn click(part: &Part, byte: usize) -> Reply {
    if let Some(action) = article_foot::action_at(part, byte) {
        return Reply::none().intent(Intent::Act(action, 1));
    }
    let links = of(part);
    let link = links
        .into_iter()
        .find(|(range, url)| range.contains(&byte) && address(url).is_some());
    link.map_or_else(Reply::none, |(_, url)| {
        Reply::none().start(
            JobKind::Desktop,
            NetworkJob::Browse(PageRequest::chosen(url.clone())),
        )
    })
}

fn in_view(layout: &Layout, top: Spot, rows: u16) -> Vec<Hint> {
    let mut found: Vec<Hint> = Vec::new();
    let mut seen: Vec<(usize, usize)> = Vec::new();
    for (_, spot) in layout.window(top, rows) {
        let Some(part) = layout.part(spot.part) else {
            continue;
        };
        let line = layout.line(spot);
        for (index, (range, url)) in of(part).into_iter().enumerate() {
            let is_here = match line.kind {
                LineKind::Picture => part.role == PartRole::Image,
                LineKind::Text => range.start < line.range.end && line.range.start < range.end,
                LineKind::Blank | LineKind::Table | LineKind::TableHead => false,
            };
            let is_picture = part.role == PartRole::Image;
            let action = article_foot::action_at(part, range.start);
            if is_here
                && !seen.contains(&(spot.part, index))
                && (is_picture || action.is_some() || address(url).is_some())
            {
                seen.push((spot.part, index));
                let byte = range.start.max(line.range.start);
                found.push(Hint {
                    letters: String::new(),
                    url: url.clone(),
                    spot,
                    byte,
                    is_picture,
                    action,
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
