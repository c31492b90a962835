//! Words of a line that mean somebody or something named elsewhere in the article: `A씨`, `최씨`,
//! `강 시장`, `HERI`, `개정안`; and the words that can be put in to tell what they mean.

use std::sync::LazyLock;

use super::names::{SURNAMES, TITLES};
use super::tokens::stem;
use crate::news::hangul::is_hangul_syllable;
use crate::news::order::Order as _;
use crate::news::word_list;

/// Nouns that mean a thing named before.
static NAMED_BEFORE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    word_list::section(
        include_str!("../../assets/words/references.txt"),
        "named before",
    )
});

/// Titles that follow a name.
static FURTHER_TITLES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    word_list::section(include_str!("../../assets/words/references.txt"), "titles")
});

/// What a pointing word before it makes a time or a manner, not a thing.
static POINTED_TIMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    word_list::section(include_str!("../../assets/words/references.txt"), "times")
});

/// Words without a particle that are no part of a description.
static SAY_NOTHING: LazyLock<Vec<&str>> = LazyLock::new(|| {
    word_list::section(
        include_str!("../../assets/words/references.txt"),
        "say nothing",
    )
});

/// Abbreviations that need no explanation.
static WELL_KNOWN: LazyLock<Vec<&str>> = LazyLock::new(|| {
    word_list::section(
        include_str!("../../assets/words/references.txt"),
        "well known",
    )
});

/// Most words between a name and the title that it carries.
const TITLE_WITHIN: usize = 3;
/// The topic of a definition stands among this many words at the start.
const TOPIC_WITHIN: usize = 4;
/// Letters of a name; longer and shorter ones can't be told from other words.
const NAME: usize = 3;
/// Most words that are put in.
const WORDS_PUT_IN: usize = 2;

/// A word that means something named elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    /// Letters of which a text that explains the word has one.
    pub known_by: String,
    /// Where words are put in: a byte of the sentence.
    pub at: usize,
    /// The words that are put in, without brackets; `None` where none are found.
    pub words: Option<String>,
}

/// The references in `text`, a sentence of an article, to what `before` (the sentences before it)
/// introduces. `title` is the headline.
pub(crate) fn references(text: &str, before: &[&str], title: &str) -> Vec<Reference> {
    let words = words(text);
    (0..words.len())
        .filter_map(|i| {
            person(&words, i, before, title)
                .or_else(|| titled(&words, i, before, title))
                .or_else(|| abbreviation(&words, i, before))
                .or_else(|| creator(&words, i, before))
                .or_else(|| thing(&words, i, before))
                .or_else(|| pointed_at(&words, i, before))
        })
        .collect()
}

/// Whether `known` (headline and lines before) explains the reference.
pub(crate) fn is_explained(reference: &Reference, known: &str) -> bool {
    letters(known).contains(&reference.known_by)
}

/// `text` with what explains its references put in in square brackets, and the places of these in
/// characters. `known` is the headline and the lines before.
pub(crate) fn explain(
    text: &str,
    references: &[Reference],
    known: &str,
) -> Option<(String, Vec<(usize, usize)>)> {
    let mut out = String::new();
    let mut places = Vec::new();
    let mut from = 0;
    let mut said: Vec<&str> = Vec::new();
    for reference in references {
        let Some(words) = &reference.words else {
            continue;
        };
        let again = said.contains(&&*reference.known_by) || reference.at < from;
        if again || is_explained(reference, known) {
            continue;
        }
        said.push(&reference.known_by);
        out.push_str(text.get(from..reference.at)?);
        let start = out.chars().count();
        out.push_str(&format!("[{words}]"));
        places.push((start, out.chars().count()));
        from = reference.at;
        // `[병원장] 최씨`, but `강[나루] 시장`.
        if !text[from..].starts_with(' ') {
            out.push(' ');
        }
    }
    out.push_str(text.get(from..)?);
    (!places.is_empty()).then_some((out, places))
}

/// A word and the byte at which it begins.
type PlacedWord<'a> = (usize, &'a str);

fn words(text: &str) -> Vec<PlacedWord<'_>> {
    let mut at = 0;
    let mut out = Vec::new();
    for word in text.split(' ') {
        if !word.is_empty() {
            let lead = word.len()
                - word
                    .trim_start_matches(|c: char| !c.is_alphanumeric())
                    .len();
            out.push((at + lead, &word[lead..]));
        }
        at += word.len() + 1;
    }
    out
}

/// The letters and digits of `text`.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A word without the marks around it.
fn core(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// `A씨`, `A 씨`, `최씨`, `최 씨`: a person known by a letter or a surname.
fn person(words: &[PlacedWord<'_>], i: usize, before: &[&str], title: &str) -> Option<Reference> {
    let (at, word) = words[i];
    let mut rest = word.chars();
    let first = rest
        .next()
        .filter(|c| c.is_ascii_uppercase() || SURNAMES.contains(*c))?;
    let rest = rest.as_str();
    let next = words.get(i + 1).map_or("", |w| w.1);
    if !(rest.starts_with('씨') || (rest.is_empty() && next.starts_with('씨'))) {
        return None;
    }
    let alias = format!("{first}씨");
    // A surname is explained by a whole name too, which then stands in front of `씨`.
    if letters(title).contains(&alias) {
        return None;
    }
    let earlier = before.iter().find(|s| letters(s).contains(&alias))?;
    let theirs = self::words(earlier);
    let place = theirs.iter().enumerate().position(|(j, (_, w))| {
        let next = theirs.get(j + 1).map_or("", |w| w.1);
        let mut letters = w.chars();
        letters.next() == Some(first)
            && (letters.as_str().starts_with('씨')
                || (letters.as_str().is_empty() && next.starts_with('씨')))
    });
    Some(Reference {
        words: place.and_then(|j| nouns_before(&theirs[..j])),
        known_by: alias,
        at,
    })
}

/// `강 시장`: a surname and a title.
fn titled(words: &[PlacedWord<'_>], i: usize, before: &[&str], title: &str) -> Option<Reference> {
    let (at, word) = words[i];
    let surname = word.chars().next().filter(|c| SURNAMES.contains(*c))?;
    if word.chars().nth(1).is_some() {
        return None;
    }
    let title_word = core(words.get(i + 1)?.1);
    let role = TITLES.iter().chain(FURTHER_TITLES.iter()).find(|t| {
        title_word == **t
            || stem(title_word) == **t
            || title_word
                .strip_prefix(**t)
                .is_some_and(|p| p.chars().count() <= 2)
    })?;
    let name = before
        .iter()
        .copied()
        .chain([title])
        .find_map(|text| name_with(text, surname, role));
    // `이` and `그` also point at things; a person they are only where the article names one.
    let Some(name) = name else {
        return (surname != '이').then(|| Reference {
            known_by: format!("{surname}{role}"),
            at: at + word.len(),
            words: None,
        });
    };
    let given = name[surname.len_utf8()..].to_owned();
    Some(Reference {
        known_by: name,
        at: at + word.len(),
        words: Some(given),
    })
}

/// A name in `text` that begins with `surname` and carries the title `role`.
fn name_with(text: &str, surname: char, role: &str) -> Option<String> {
    let words = words(text);
    words.iter().enumerate().find_map(|(i, (_, word))| {
        let name = word
            .split(|c: char| !is_hangul_syllable(c))
            .next()
            .unwrap_or_default();
        let bare = stem(name);
        let carries = |word: &PlacedWord<'_>| core(word.1).starts_with(role);
        let behind = words[i + 1..].iter().take(TITLE_WITHIN).any(carries);
        let in_front = i > 0 && core(words[i - 1].1) == role;
        let name = if in_front { bare } else { name };
        ((behind || in_front) && name.starts_with(surname) && name.chars().count() == NAME)
            .then(|| name.to_owned())
    })
}

/// `HERI`: an abbreviation that a sentence before explains, `한내환경연구소(HERI)`.
fn abbreviation(words: &[PlacedWord<'_>], i: usize, before: &[&str]) -> Option<Reference> {
    let (at, word) = words[i];
    let end = word
        .find(|c: char| !c.is_ascii_uppercase())
        .unwrap_or(word.len());
    let short = &word[..end];
    let whole = !word[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '(');
    if end < 2 || !whole || WELL_KNOWN.contains(&short) {
        return None;
    }
    let bracket = format!("({short}");
    if words.iter().any(|(_, w)| w.contains(&bracket)) {
        return None;
    }
    let meaning = before.iter().find_map(|s| meaning_of(short, s))?;
    Some(Reference {
        known_by: letters(&meaning),
        at,
        words: Some(meaning),
    })
}

/// Fewest letters of an abbreviation that explains itself without a bracket: `AI` and `TV` follow
/// other nouns by chance.
const APPOSED: usize = 3;

/// What `short` stands for by the sentence: `한내환경연구소(HERI)`, `한내 환경연구소, HERI는`.
fn meaning_of(short: &str, sentence: &str) -> Option<String> {
    if !sentence.contains(short) {
        return None;
    }
    let words = words(sentence);
    let front = |j: usize| nouns_before(&words[..j]);
    words.iter().enumerate().find_map(|(j, (_, word))| {
        if let Some((full, bracket)) = word.split_once('(')
            && bracket
                .strip_prefix(short)
                .is_some_and(|r| !r.starts_with(char::is_alphabetic))
            && full.contains(is_hangul_syllable)
        {
            let front = front(j);
            let front = front.as_deref().and_then(|n| n.split(' ').next_back());
            let front = front.filter(|f| !f.contains(|c: char| c.is_ascii_digit()));
            return Some(
                [front.unwrap_or_default(), full]
                    .join(" ")
                    .trim()
                    .to_owned(),
            );
        }
        let listed = words[..j].iter().rev().take(3).any(|w| w.1.ends_with(','));
        let named = word
            .strip_suffix(',')
            .filter(|w| is_bare_noun(w) && !listed)?;
        let next = words.get(j + 1)?.1;
        let same = next
            .strip_prefix(short)
            .filter(|_| short.len() >= APPOSED)
            .is_some_and(|r| !r.starts_with(|c: char| c.is_ascii()));
        same.then(|| match front(j) {
            Some(front) => format!("{front} {named}"),
            None => named.to_owned(),
        })
    })
}

/// `개정안은` at the start: a thing that a sentence before names in full.
fn thing(words: &[PlacedWord<'_>], i: usize, before: &[&str]) -> Option<Reference> {
    let (at, word) = words[i];
    if i > 0 {
        return None;
    }
    let noun = core(word).strip_suffix(['은', '는', '이', '가'])?;
    let noun = NAMED_BEFORE.iter().find(|n| **n == noun)?;
    let full = before.iter().find_map(|s| {
        let theirs = self::words(s);
        let j = theirs.iter().position(|(_, w)| stem(core(w)) == *noun)?;
        nouns_before(&theirs[..j]).and_then(|n| n.split(' ').next_back().map(str::to_owned))
    });
    Some(Reference {
        known_by: full
            .as_ref()
            .map_or((*noun).to_owned(), |f| letters(&format!("{f}{noun}"))),
        at,
        words: full,
    })
}

/// Who made a work, by what he did: with a particle these stand for a name given before.
const CREATORS: [&str; 6] = ["저자", "지은이", "감독", "작가", "연출가", "작곡가"];

/// `저자는` at the start: somebody whom a sentence before names behind the word, `저자 강나루 교수는`.
fn creator(words: &[PlacedWord<'_>], i: usize, before: &[&str]) -> Option<Reference> {
    let (at, word) = words[i];
    let noun = stem(core(word));
    if i > 0 || noun == core(word) || !CREATORS.contains(&noun) {
        return None;
    }
    let named = before.iter().find_map(|s| {
        let theirs = self::words(s);
        let j = theirs.iter().position(|(_, w)| *w == noun)?;
        let behind = theirs[j + 1..].iter().map(|w| w.1).take(WORDS_PUT_IN);
        let is_name = |w: &&str| {
            let letters = |c: char| is_hangul_syllable(c) || c.is_ascii_alphabetic() || c == '.';
            w.chars().all(letters) && !TITLES.contains(w) && stem(w) == *w
        };
        let name: Vec<&str> = behind.take_while(is_name).collect();
        (!name.is_empty()).then(|| name.join(" "))
    })?;
    Some(Reference {
        known_by: letters(&named),
        at,
        words: Some(named),
    })
}

/// Who answers in an interview, by its headline: `강나루 감독`. Put in at the start of a line.
pub(crate) fn answering_person(headline: &str) -> Option<Reference> {
    let words = words(headline);
    let pair = words.windows(2).find_map(|pair| {
        let (name, role) = (core(pair[0].1), stem(core(pair[1].1)));
        let is_name = name.chars().count() == NAME
            && name.chars().all(is_hangul_syllable)
            && name.starts_with(|c| SURNAMES.contains(c));
        let mut roles = TITLES.iter().chain(FURTHER_TITLES.iter()).chain(&CREATORS);
        (is_name && roles.any(|r| *r == role)).then(|| format!("{name} {role}"))
    })?;
    Some(Reference {
        // The headline names the person; that these are his words is what the line lacks.
        known_by: format!("[{pair}]"),
        at: 0,
        words: Some(pair),
    })
}

/// Longest sentence that only says who somebody is, in characters.
const DEFINITION: usize = 45;

/// Names in `text` that a sentence of the article says no more of than whose relative or helper
/// they bear: `고 강나루 씨는 가람시장의 부친이다.` Such a sentence often stands behind the first mention.
pub(crate) fn defined(text: &str, sentences: &[&str]) -> Vec<Reference> {
    let defining = sentences
        .iter()
        .filter(|s| s.chars().count() <= DEFINITION && **s != text);
    let mut found: Vec<Reference> = defining
        .filter_map(|sentence| {
            let (name, relation) = definition(sentence)?;
            let (at, _) = words(text)
                .into_iter()
                .find(|(_, w)| w.starts_with(&name))?;
            Some(Reference {
                known_by: name,
                at,
                words: Some(relation),
            })
        })
        .collect();
    found.order_by_key(|r| r.at);
    found
}

/// The name and the relation that a sentence gives: `강나루`, `가람시장의 부친`.
fn definition(sentence: &str) -> Option<(String, String)> {
    let bare = sentence.trim_end_matches(|c: char| !c.is_alphanumeric());
    let copulas = ["이었습니다", "입니다", "이었다", "이다"];
    let bare = copulas.iter().find_map(|end| bare.strip_suffix(end))?;
    let words = words(bare);
    let topic = words
        .iter()
        .take(TOPIC_WITHIN)
        .position(|(_, w)| w.ends_with(['은', '는']))?;
    let said = bare.get(words.get(topic + 1)?.0..)?;
    let owner = said.split(' ').rev().nth(1)?;
    let name = match core(words[topic].1) {
        "씨는" | "씨" => words.get(topic.checked_sub(1)?)?.1,
        word => word
            .strip_suffix("씨는")
            .or_else(|| word.strip_suffix(['은', '는']))?,
    };
    let is_name = name.chars().count() == NAME
        && name.chars().all(is_hangul_syllable)
        && name.starts_with(|c| SURNAMES.contains(c));
    let related = owner.ends_with('의') && !said.contains(|c: char| c.is_ascii_digit() || c == ',');
    (is_name && related).then(|| (name.to_owned(), said.to_owned()))
}

/// Words that point at the thing that the next word names.
const POINTERS: [&str; 7] = ["이번", "이", "그", "해당", "같은", "이런", "이러한"];
/// A word that points is looked for among this many first words.
const POINTS_WITHIN: usize = 3;

/// `이번 대회에서`, `이 대책은`: a thing that a line before must name.
fn pointed_at(words: &[PlacedWord<'_>], i: usize, before: &[&str]) -> Option<Reference> {
    if i >= POINTS_WITHIN || !POINTERS.contains(&words[i].1) {
        return None;
    }
    let (at, noun) = words.get(i + 1)?;
    let noun = stem(core(noun));
    if POINTED_TIMES.contains(&noun) || noun.chars().nth(1).is_none() {
        return None;
    }
    let name = OCCASIONS
        .contains(&noun)
        .then(|| occasion(before))
        .flatten();
    Some(Reference {
        known_by: letters(name.as_deref().unwrap_or(noun)),
        at: *at,
        words: name,
    })
}

/// What takes place under a name.
const OCCASIONS: [&str; 9] = [
    "대회",
    "행사",
    "전시",
    "전시회",
    "공연",
    "축제",
    "콘서트",
    "포럼",
    "박람회",
];
/// What is done with them, in the sentence that names one.
const HELD: [&str; 6] = ["개최", "개막", "열린다", "열렸", "연다", "열고"];
/// Most characters of the name of an occasion.
const OCCASION: usize = 24;

/// The name in quotation marks or brackets of what one of the two sentences before tells to be
/// held: `'가람 한마당'을 개최한다`.
fn occasion(before: &[&str]) -> Option<String> {
    let mut near = before.iter().rev().take(2);
    near.find_map(|sentence| {
        let pairs = [
            ('‘', '’'),
            ('\'', '\''),
            ('<', '>'),
            ('《', '》'),
            ('「', '」'),
        ];
        let name = pairs.into_iter().find_map(|(open, close)| {
            let (_, rest) = sentence.split_once(open)?;
            let (name, behind) = rest.split_once(close)?;
            HELD.iter().any(|w| behind.contains(w)).then_some(name)
        })?;
        let length = name.chars().count();
        ((2..=OCCASION).contains(&length) && name.contains(char::is_alphabetic))
            .then(|| name.to_owned())
    })
}

/// The nouns without a particle that stand at the end of `words`: what they say of what follows.
fn nouns_before(words: &[PlacedWord<'_>]) -> Option<String> {
    let nouns: Vec<&str> = words
        .iter()
        .rev()
        .map(|w| w.1)
        .take_while(|w| is_bare_noun(w))
        .take(WORDS_PUT_IN)
        .collect();
    let nouns: Vec<&str> = nouns.into_iter().rev().collect();
    (!nouns.is_empty()).then(|| nouns.join(" "))
}

/// Whether the word can be a noun without a particle: `50대`, `병원장`, `건강보험법`.
fn is_bare_noun(word: &str) -> bool {
    let tail = [
        '은', '는', '이', '가', '을', '를', '의', '에', '로', '와', '과', '도', '서', '고', '며',
        '한', '된', '던', '인', '할', '될', '해', '여', '둔', '온', '간', '본', '난', '린', '친',
    ];
    word.chars().nth(1).is_some()
        && word
            .chars()
            .all(|c| is_hangul_syllable(c) || c.is_ascii_alphanumeric())
        && !word.ends_with(tail)
        && !SAY_NOTHING.contains(&word)
}
