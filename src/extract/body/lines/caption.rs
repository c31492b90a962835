//! Recognises captions and credits of pictures.

use std::sync::LazyLock;

use super::byline::byline;
use super::measure::{columns, ends_sentence};
use crate::news::hangul::is_alphanumeric;
use crate::news::{Clean, word_list};

const WORDS: &str = include_str!("../../../../assets/words/captions.txt");

/// Longer lines, in columns, are paragraphs.
const MAX_COLUMNS: usize = 420;
/// The greatest width of a credit in columns: a name or two.
const MAX_CREDIT_COLUMNS: usize = 50;

/// A caption as it is printed, with its credit also on its own if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    /// The whole line without the label in front.
    pub text: Clean,
    /// The photographer or owner of the picture.
    pub credit: Option<Clean>,
    /// How likely its words alone make it a caption, 1 to 6: from 2 on it is one regardless of its
    /// place.
    pub weight: u8,
}

/// Reads a line as a caption; `None` if nothing in it suggests one.
pub fn caption(line: &str) -> Option<Caption> {
    if line.is_empty() || columns(line) > MAX_COLUMNS {
        return None;
    }
    let (text, marked) = unmarked(line);
    let strong = credit_by_mark(text);
    let credit = strong.or_else(|| trailing_name(text));
    let mut weight = 0;
    if marked {
        weight += 2;
    }
    if strong.is_some() {
        weight += 2;
    }
    if credit.is_some() && strong.is_none() {
        weight += 1;
    }
    if shows(text) {
        weight += 1;
        // The photographer's byline at the end: `… 오르고 있다. 성춘향 기자 spring@example.com`.
        weight += u8::from(
            text.rsplit_once(". ")
                .is_some_and(|(_, tail)| byline(tail).is_some()),
        );
    }
    let credit = credit.map(Clean::line).filter(|c| !c.is_blank());
    (weight > 0).then(|| Caption {
        text: Clean::line(text),
        credit,
        weight,
    })
}

/// The line without a label such as `[사진]` in front, and whether it had one.
fn unmarked(line: &str) -> (&str, bool) {
    static LABELS_IN_FRONT: LazyLock<Vec<&str>> =
        LazyLock::new(|| word_list::section(WORDS, "labels in front"));
    for mark in LABELS_IN_FRONT.iter().copied() {
        if let Some(rest) = line.strip_prefix(mark) {
            return (rest.trim_start_matches([' ', ',', ':']), true);
        }
    }
    match line.strip_prefix(['▲', '△', '▼']) {
        // Points of a list begin with ▲ too, so the line must also describe a picture or have a
        // credit.
        Some(rest)
            if !rest.contains(['▲', '△']) && (shows(rest) || credit_by_mark(rest).is_some()) =>
        {
            (rest.trim_start(), true)
        }
        _ => (line, false),
    }
}

/// A credit with a label or an agency's name: `[사진=연합뉴스]`, `사진제공=서울시`, `/연합뉴스`, `AFP=연합뉴스`,
/// `(AP Photo/Jane Doe)`.
fn credit_by_mark(text: &str) -> Option<&str> {
    provided(text)
        .or_else(|| labelled(text))
        .or_else(|| english(text))
        .or_else(|| agency(text))
        .or_else(|| after_slash(text))
        .or_else(|| bracketed(text))
}

/// A line in brackets with a publisher and a photographer: `(The Sample/Jane Doe)`.
fn bracketed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?;
    let (house, name) = inner.split_once('/')?;
    let named = |part: &str| {
        (1..=4).contains(&part.split_whitespace().count())
            && part
                .split_whitespace()
                .all(|w| w.starts_with(char::is_uppercase))
    };
    (named(house) && named(name) && columns(inner) <= MAX_CREDIT_COLUMNS).then_some(inner)
}

/// A credit before 제공 ("provided by"): `[견본시 제공. 재판매 및 DB 금지]`, `(견본시 제공)`.
fn provided(text: &str) -> Option<&str> {
    let inner = text.strip_suffix([']', ')']).unwrap_or(text);
    let at = inner.rfind(" 제공")?;
    let rest = &inner[at + " 제공".len()..];
    let from = inner[..at]
        .rfind(['[', '(', '.', '/', '='])
        .map(|i| i + 1)
        .or_else(|| text.ends_with([']', ')']).then_some(0))?;
    let name = inner[from..at].trim();
    let ends = rest.is_empty()
        || rest
            .trim_start_matches(['.', ',', ' '])
            .starts_with("재판매");
    (ends && !name.is_empty() && columns(name) <= MAX_CREDIT_COLUMNS).then_some(name)
}

/// Whether a line is a credit and nothing else.
pub(crate) fn is_credit_only(text: &str) -> bool {
    (text.starts_with(['[', '(']) && text.ends_with([']', ')']) || text.starts_with('/'))
        && credit_by_mark(text).is_some()
}

/// A credit after a Korean label or ⓒ.
fn labelled(text: &str) -> Option<&str> {
    static CREDIT_LABELS: LazyLock<Vec<&str>> =
        LazyLock::new(|| word_list::section(WORDS, "credits"));
    let alone = |at: usize| {
        at == 0 || text[..at].ends_with([' ', '[', '(', '<', '.', '/', '。', '【', ']', ')'])
    };
    let places = CREDIT_LABELS
        .iter()
        .filter_map(|l| text.rfind(l).map(|at| (at, *l)))
        .filter(|&(at, _)| alone(at));
    let (at, label) = places.max_by_key(|&(at, l)| (at, l.len()))?;
    let name = text[at + label.len()..].trim_matches(|c: char| " =:：|ㅣ/[]()<>【】.,".contains(c));
    let is_name = !name.is_empty()
        && columns(name) <= MAX_CREDIT_COLUMNS
        && name.split_whitespace().count() <= 5;
    // "사진 제공 업체는 이날 입장을 냈다" is a sentence.
    let is_sentence = ends_sentence(name) || name.ends_with(['다', '요']);
    (is_name && !is_sentence && name.starts_with(is_alphanumeric)).then_some(name)
}

/// A credit after the last slash: `… 걷고 있다. /연합뉴스`.
fn after_slash(text: &str) -> Option<&str> {
    let (before, name) = text.rsplit_once('/')?;
    let name = name.trim();
    let agency = AGENCIES.iter().any(|a| name.starts_with(a));
    let starts = before.trim().is_empty();
    let ends =
        before.trim_end().ends_with(['.', ')', '"', '”', '\'', '’']) || before.ends_with(' ');
    let plain = (2..=24).contains(&columns(name))
        && !name.contains(['@', '.', '('])
        && !name.ends_with("기자")
        && !name.ends_with(')');
    if plain
        && (agency
            || ((starts || ends)
                && !name.contains(' ')
                && name.chars().all(is_alphanumeric)
                && !before.contains(" / ")))
    {
        return Some(name);
    }
    None
}

/// News agencies as they stand at the end of captions.
static AGENCIES: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "agencies"));

/// A credit that consists of agencies' names: `…하고 있다. AFP=연합뉴스`, `… AP 연합뉴스`, `… 연합뉴스`.
fn agency(text: &str) -> Option<&str> {
    let start = text.rfind(['.', ']', ')', '"', '”']).map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    let tail = text[start..].trim().trim_matches(['.', ' ', '/']);
    if tail.is_empty() || columns(tail) > 30 {
        return None;
    }
    let parts: Vec<&str> = tail
        .split([' ', '=', '/', '·', '-'])
        .filter(|p| !p.is_empty())
        .collect();
    let known = |p: &str| {
        AGENCIES.contains(&p)
            || matches!(p, "자료사진" | "DB" | "Images" | "Getty" | "via" | "Photo")
    };
    (!parts.is_empty()
        && parts.iter().any(|p| AGENCIES.contains(p))
        && parts.iter().all(|p| known(p)))
    .then_some(tail)
}

/// A credit after an English label, or one that ends with an agency: `(AP Photo/Jane Doe)`,
/// `Photograph: Jane Doe/Agency`, `Photo by …`, `Image source, …`.
fn english(text: &str) -> Option<&str> {
    static ENGLISH_CREDIT_LABELS: LazyLock<Vec<&str>> =
        LazyLock::new(|| word_list::section(WORDS, "english credits"));
    for label in ENGLISH_CREDIT_LABELS.iter().copied() {
        if let Some(at) = text.rfind(label) {
            let from = if label == "(AP Photo/" {
                at + 1
            } else {
                at + label.len()
            };
            let name = text[from..].trim_matches(|c: char| " ().[]".contains(c));
            let sound =
                at == 0 || text[..at].ends_with([' ', '.', '(', '[', ')', '\u{a0}', '”', '"']);
            if sound && !name.is_empty() && columns(name) <= MAX_CREDIT_COLUMNS + 10 {
                return Some(name);
            }
        }
    }
    let tail = text
        .rsplit(['.', '(', '|'])
        .next()?
        .trim()
        .trim_end_matches(')');
    let known = [
        "Getty Images",
        "/Reuters",
        "/AFP",
        "/AP",
        "/EPA",
        "/Shutterstock",
        "/Alamy",
    ]
    .iter()
    .any(|a| tail.ends_with(a));
    (known && columns(tail) <= MAX_CREDIT_COLUMNS).then_some(tail)
}

/// A name after the last sentence, as local governments sign the pictures that they send out:
/// `…을 체결했다. 서울시`.
fn trailing_name(text: &str) -> Option<&str> {
    let at = text
        .rfind("다. ")
        .map(|at| at + "다. ".len())
        .or_else(|| text.rfind("모습. ").map(|at| at + "모습. ".len()))?;
    let name = text[at..].trim();
    let short = (2..=24).contains(&columns(name)) && name.split_whitespace().count() <= 3;
    (short
        && name
            .chars()
            .all(|c| is_alphanumeric(c) || " ·=/-".contains(c))
        && !name.ends_with(['다', '요']))
    .then_some(name)
}

/// Whether the words describe a picture.
fn shows(text: &str) -> bool {
    static DESCRIPTIONS: LazyLock<Vec<&str>> =
        LazyLock::new(|| word_list::section(WORDS, "descriptions"));
    const ENGLISH: [&str; 6] = [
        "pictured",
        "(left)",
        "(right)",
        "from left",
        "file photo",
        "is seen ",
    ];
    let tail: String = {
        let skip = text.chars().count().saturating_sub(48);
        text.chars().skip(skip).collect()
    };
    DESCRIPTIONS.iter().any(|w| {
        if w.starts_with('(') || w.starts_with("왼") {
            text.contains(w)
        } else {
            tail.contains(w)
        }
    }) || {
        let lower = text.to_lowercase();
        ENGLISH.iter().any(|w| lower.contains(w))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> (u8, String) {
        caption(line).map_or((0, String::new()), |c| {
            (
                c.weight,
                c.credit.map(|c| c.to_string()).unwrap_or_default(),
            )
        })
    }

    #[test]
    fn credits_are_told_from_captions() {
        for (line, credit) in [
            ("홍길동 시장(우)이 23일 협정을 체결했다. 견본시", "견본시"),
            (
                "1978년 시절의 모습. [사진 출처 = 견본당 캠프]",
                "견본당 캠프",
            ),
            ("시민들이 걷고 있다. 사진제공=견본시", "견본시"),
            ("대표가 인사하고 있다. [사진 = 홍길동 기자]", "홍길동 기자"),
            ("선수들이 환호하고 있다. AFP=연합뉴스", "AFP=연합뉴스"),
            ("[견본시 제공. 재판매 및 DB 금지]", "견본시"),
            ("/연합뉴스", "연합뉴스"),
            ("사진제공 : 연합뉴스", "연합뉴스"),
            (
                "A man walks in the rain. (AP Photo/Jane Doe)",
                "AP Photo/Jane Doe",
            ),
            (
                "The bridge at dawn. Photograph: Jane Doe/The Sample",
                "Jane Doe/The Sample",
            ),
            (
                "The bridge at dawn. John Doe/Getty Images",
                "John Doe/Getty Images",
            ),
            ("▲ 홍길동 군수가 시장을 둘러보고 있다. ⓒ견본군", "견본군"),
        ] {
            let (weight, found) = read(line);
            assert_eq!(found, credit, "{line}");
            assert!(weight >= 2, "{line} {weight}");
        }
    }

    #[test]
    fn paragraphs_are_no_captions() {
        for line in [
            "서울시가 말레이시아와 도시 협력에 나선다. 스마트 정책도 공유하기로 했다.",
            "▲지속 가능한 도시 발전 ▲스마트시티 정책을 논의했다.",
            "He said the ratio was 3/4 and rising.",
            "사진 제공 업체는 이날 입장을 냈다.",
            "그는 \"기쁘다\"고 말했다.",
        ] {
            assert!(read(line).0 < 2, "{line} {:?}", read(line));
        }
    }
}
