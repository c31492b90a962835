//! Headlines spelled out as the text spells them: `美총영사` as `미국 총영사`, `張 “…”` as `장동혁 “…”`,
//! `LA콘서트` as `LA 콘서트`. Versions of one story differ in such spellings most.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::news::hangul::is_hangul_syllable;
use crate::news::word_list;
use crate::summary::TITLES;
use crate::summary::characters::is_letter;
use crate::summary::tokens::stem;

/// A title stands at most this many words after the name that it belongs to:
/// `장동혁 국민의힘 대표`.
const TO_TITLE: usize = 3;
/// Syllables of a full name.
const NAME: usize = 3;

/// Single Chinese characters and the words that they stand for.
static ABBREVIATIONS: LazyLock<HashMap<char, &str>> = LazyLock::new(|| {
    let lines = word_list::section(include_str!("../../assets/words/speech.txt"), "hanja");
    let pairs = lines.into_iter().filter_map(|line| line.split_once(" | "));
    pairs
        .filter_map(|(hanja, word)| Some((hanja.chars().next()?, word)))
        .collect()
});

/// Surnames in Chinese characters and their syllables.
static SURNAMES: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let lines = word_list::section(include_str!("../../assets/words/events.txt"), "surnames");
    let pairs = lines.into_iter().filter_map(|line| line.split_once(' '));
    pairs
        .filter_map(|(hanja, hangul)| Some((hanja.chars().next()?, hangul.chars().next()?)))
        .collect()
});

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Hangul,
    Han,
    Other,
}

fn script(c: char) -> Script {
    match c {
        c if is_hangul_syllable(c) => Script::Hangul,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => Script::Han,
        _ => Script::Other,
    }
}

/// `text` with words cut where Hangul meets Latin letters or Chinese characters, and with the
/// characters that stand for a word replaced by it. `lead` is where the full names are looked for.
pub(super) fn spelled_out<'a>(text: &'a str, lead: &str) -> Cow<'a, str> {
    let mixed = |w: &str| {
        w.contains(|c| script(c) == Script::Han)
            || (w.contains(is_hangul_syllable) && w.contains(|c: char| c.is_ascii_alphabetic()))
    };
    if !mixed(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for word in text
        .split(|c: char| !is_letter(c))
        .filter(|w| !w.is_empty())
    {
        if mixed(word) {
            parts(word, lead, &mut out);
        } else {
            out.push_str(word);
        }
        out.push(' ');
    }
    Cow::Owned(out)
}

/// Appends the parts of a word in several scripts, blanks between them.
fn parts(word: &str, lead: &str, out: &mut String) {
    let chars: Vec<char> = word.chars().collect();
    let mut before: Option<Script> = None;
    for run in chars.chunk_by(|a, b| {
        let (x, y) = (script(*a), script(*b));
        x == y || (a.is_ascii_digit() && y == Script::Hangul) || b.is_ascii_digit()
    }) {
        let kind = script(run[0]);
        match kind {
            Script::Han => spell(run, before.is_some(), lead, out),
            // A particle.
            Script::Hangul if before.is_some() && run.len() == 1 => {}
            _ => out.extend(run),
        }
        out.push(' ');
        before = Some(kind);
    }
}

/// Appends a run of Chinese characters, each as the word that it stands for. After a word (`검토中`)
/// they stand for none.
fn spell(run: &[char], follows: bool, lead: &str, out: &mut String) {
    let name = SURNAMES
        .get(&run[0])
        .filter(|_| run.len() == 1)
        .and_then(|surname| full_name(*surname, lead));
    let words: Option<Vec<&&str>> = run.iter().map(|c| ABBREVIATIONS.get(c)).collect();
    match (name, words) {
        (Some(name), _) => out.push_str(name),
        (None, Some(words)) if !follows => {
            for word in words.into_iter().filter(|w| w.chars().count() > 1) {
                out.push_str(word);
                out.push(' ');
            }
        }
        (None, Some(_)) => {}
        (None, None) => out.extend(run),
    }
}

/// The first name in `lead` that begins with this syllable and has a title after it.
fn full_name(surname: char, lead: &str) -> Option<&str> {
    let words: Vec<&str> = lead
        .split(|c: char| !is_letter(c))
        .filter(|w| !w.is_empty())
        .collect();
    let titled = |at: usize| {
        let next = words.iter().skip(at + 1).take(TO_TITLE);
        next.map(|w| stem(w)).any(|w| TITLES.contains(&w))
    };
    (0..words.len()).find_map(|at| {
        let name = stem(words[at]);
        let fits = name.starts_with(surname)
            && name.chars().count() == NAME
            && name.chars().all(is_hangul_syllable);
        (fits && titled(at)).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_are_spelled_as_the_text_is() {
        let lead = "가람당 강나루 대표가 한별 의원과 만났다. 이누리 나래당 대표도 왔다.";
        for (headline, expected) in [
            ("美총영사 “곧 귀국”", "미국 총영사 곧 귀국"),
            ("韓美 회담, 美서 열려", "한국 미국 회담 미국 열려"),
            ("李 “함께 가자”", "이누리 함께 가자"),
            ("李대표 나선다", "이누리 대표 나선다"),
            ("LA콘서트 394억원", "LA 콘서트 394억원"),
            ("출시 검토中", "출시 검토"),
            ("張 “만나자”", "張 만나자"),
        ] {
            let words = spelled_out(headline, lead);
            let words: Vec<&str> = words.split_whitespace().collect();
            assert_eq!(words.join(" "), expected, "{headline}");
        }
        assert!(matches!(
            spelled_out("다리 3개 놓는다", lead),
            Cow::Borrowed(_)
        ));
    }
}
