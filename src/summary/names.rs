//! Finds names in a text that an article does not contain. Names are recognised by their form, not
//! by a list of people and companies.
//!
//! In Korean: words in Latin letters; the word before a title (`강나루 의원`); three syllables that
//! begin with a surname and carry a particle; names of organisations by their ending (`…전자`,
//! `…은행`); countries, cities and days of the week from a list. In English: capitalised words other
//! than the first of the sentence.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::tokens::stem;
use crate::news::hangul::is_hangul_syllable;
use crate::news::word_list;

const WORDS: &str = include_str!("../../assets/words/names.txt");

/// Titles that follow a person's name.
pub(crate) static TITLES: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "titles"));

/// The most frequent surnames, a character each, without those that begin many other words.
pub(super) static SURNAMES: LazyLock<String> =
    LazyLock::new(|| word_list::section(WORDS, "surnames").concat());

/// What the names of companies and offices end with.
static ORGANISATIONS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "organisations"));

/// Countries, cities and days: the name, then the other ways in which news writes it.
static PLACES_AND_DAYS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let lines = word_list::section(WORDS, "places and days");
    lines
        .into_iter()
        .map(|line| line.split(' ').collect())
        .collect()
});

/// What is known of the names in an article.
#[derive(Debug, Default)]
pub(crate) struct KnownNames {
    /// The text of the article, a sentence on each line.
    text: String,
    /// The same in lower case.
    small: String,
    /// All pairs of neighbouring letters, with word boundaries removed.
    pairs: BTreeSet<(char, char)>,
    /// Words before a title.
    people: BTreeSet<String>,
}

impl KnownNames {
    /// Collects the names in `texts`.
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let text = texts.collect::<Vec<_>>().join("\n");
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let pairs = letters.windows(2).map(|w| (w[0], w[1])).collect();
        let all = words(&text);
        let people = all
            .windows(2)
            .filter(|w| is_title(w[1]) && may_be_name(w[0]))
            .map(|w| w[0].to_owned())
            .collect();
        Self {
            small: text.to_lowercase(),
            text,
            pairs,
            people,
        }
    }

    /// The names in `line` that the article does not contain, each once, in order.
    pub(crate) fn unknown(&self, line: &str) -> Vec<String> {
        let mut out: Vec<String> = if line.contains(is_hangul_syllable) {
            self.korean(line)
        } else {
            self.english(line)
        };
        let mut seen = BTreeSet::new();
        out.retain(|name| seen.insert(name.clone()));
        out
    }

    fn korean(&self, line: &str) -> Vec<String> {
        let words = words(line);
        let mut out = Vec::new();
        for (i, word) in words.iter().enumerate() {
            let latin = word
                .split(|c: char| !c.is_ascii_alphabetic())
                .filter(|w| w.len() > 1);
            out.extend(
                latin
                    .filter(|w| !self.small.contains(&w.to_lowercase()))
                    .map(str::to_owned),
            );
            let titled = words.get(i + 1).is_some_and(|next| is_title(next)) && may_be_name(word);
            let name = stem(word);
            if (titled && !self.text.contains(word))
                || self.is_stranger(name, name.len() < word.len())
                || self.is_unknown_body(name)
                || self.is_elsewhere(name)
            {
                out.push(name.to_owned());
            }
        }
        out
    }

    /// Whether the article contains none of the word's pairs of letters.
    fn is_foreign(&self, word: &str) -> bool {
        let letters: Vec<char> = word.chars().collect();
        letters.len() > 1
            && !letters
                .windows(2)
                .any(|w| self.pairs.contains(&(w[0], w[1])))
    }

    /// Whether the word looks like a person whom the article does not name: the article contains
    /// none of its pairs, or it differs in one syllable from a person in the article.
    fn is_stranger(&self, name: &str, particle: bool) -> bool {
        let letters: Vec<char> = name.chars().collect();
        let person = letters.len() == 3
            && letters.iter().all(|c| is_hangul_syllable(*c))
            && SURNAMES.contains(letters[0]);
        // A stem of a verb in 하다 or 되다, not a name.
        let verb = matches!(letters.last(), Some('하' | '되'));
        let nearly =
            |known: &String| known.chars().zip(&letters).filter(|(a, b)| a == *b).count() == 2;
        let like = || {
            self.people
                .iter()
                .filter(|p| p.chars().count() == 3)
                .any(nearly)
        };
        person
            && particle
            && !verb
            && !self.text.contains(name)
            && (self.is_foreign(name) || like())
    }

    fn is_unknown_body(&self, word: &str) -> bool {
        let own = ORGANISATIONS
            .iter()
            .find_map(|body| word.strip_suffix(body));
        own.is_some_and(|own| own.chars().all(is_hangul_syllable) && self.is_foreign(own))
    }

    fn is_elsewhere(&self, word: &str) -> bool {
        let place = PLACES_AND_DAYS.iter().find(|names| names[0] == word);
        place.is_some_and(|names| !names.iter().any(|name| self.text.contains(name)))
    }

    fn english(&self, line: &str) -> Vec<String> {
        let words = line
            .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .filter(|w| !w.is_empty());
        let own = |w: &&str| w.starts_with(char::is_uppercase) && w.chars().nth(1).is_some();
        let whole = |w: &str| w.trim_end_matches("'s").trim_end_matches("’s").to_owned();
        words
            .skip(1)
            .filter(own)
            .map(whole)
            .filter(|w| !self.small.contains(&w.to_lowercase()))
            .collect()
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect()
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&word) || TITLES.contains(&stem(word))
}

/// Whether the word before a title can be a name: two to four syllables without a particle. A
/// surname alone is too ambiguous.
fn may_be_name(word: &str) -> bool {
    (2..=4).contains(&word.chars().count())
        && word.chars().all(is_hangul_syllable)
        && stem(word) == word
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "가람시가 한내강에 보행 다리를 놓는다고 강나루 시장이 화요일 밝혔다. 다리는 한빛건설이 짓는다. \
        전문 기관과 美 기업도 돕는다. 시민의 소비는 는다. Acme와 함께 정치를 바꾼다.";

    fn unknown(line: &str) -> Vec<String> {
        KnownNames::of([TEXT].into_iter()).unknown(line)
    }

    #[test]
    fn names_that_the_article_does_not_bear_are_told() {
        for (line, name) in [
            ("박철수 시장이 다리를 놓는다고 밝혔다.", "박철수"),
            ("박철수는 다리를 놓는다.", "박철수"),
            ("강나래는 다리를 놓는다고 밝혔다.", "강나래"),
            ("다리는 푸른전자가 짓는다.", "푸른전자"),
            ("다리는 너울은행이 돈을 댄다.", "너울은행"),
            ("독일에서 온 기업이 돕는다.", "독일"),
            ("시장이 금요일에 밝혔다.", "금요일"),
            ("Globex와 함께 다리를 놓는다.", "Globex"),
        ] {
            assert_eq!(unknown(line), [name], "{line}");
        }
    }

    #[test]
    fn what_the_article_says_in_other_words_is_no_name() {
        for line in [
            "강나루 시장은 보행 다리를 놓는다고 화요일에 밝혔다.",
            "강나루는 한내강에 다리를 놓는다.",
            "전문가들은 미국 기업이 돕는다고 본다.",
            "정치권이 바뀌고 소비자가 는다.",
            "한빛건설은 acme의 도움을 받는다.",
            "이용하는 시민의 움직임과 가능성이 늘어난다.",
            "조사하는 기관도 있다.",
        ] {
            assert_eq!(unknown(line), [""; 0], "{line}");
        }
    }

    #[test]
    fn english_names_are_told_by_their_capitals() {
        let known =
            KnownNames::of(["The mayor of Garam, Ann Lee, opens a bridge on Tuesday."].into_iter());
        assert_eq!(
            known.unknown("Ann Lee's bridge opens in Garam on Tuesday."),
            [""; 0]
        );
        assert_eq!(
            known.unknown("The bridge was built by Globex, said Bob Lee on Friday."),
            ["Globex", "Bob", "Friday"]
        );
    }
}
