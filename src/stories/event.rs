//! What tells two events apart that are told in the same words: the places and the amounts that the
//! headlines name, the form of the pieces, and headlines that are one but for their spacing.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::amounts::{self, Unit};
use crate::news::{Form, word_list};
use crate::summary::characters::is_letter;
use crate::summary::tokens::{stem, words};

/// Headlines that share this much of their letter pairs are one headline, spaced or cut otherwise.
const SAME_HEADLINE: f64 = 0.5;
/// Headlines of fewer letter pairs are too short to say so.
const FEWEST_PAIRS: usize = 8;
/// What such headlines count for, as a likeness.
const HEADLINE_WORTH: f64 = 0.6;
const CAPITAL: &str = "서울";
/// Letters of a speaker's name with what stands beside it, at most.
const SPEAKER: usize = 8;
/// Syllables of a name.
const NAME: usize = 3;
/// Words of a headline that are taken for whom it is about, at most.
const HEAD: usize = 3;
/// A routine piece joins a story where it is this many times as like as others have to be.
const ROUTINE: f64 = 2.2;

const WORDS: &str = include_str!("../../assets/words/events.txt");

/// The stems of words that say what kind of thing happened, not which one.
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    word_list::section(WORDS, "kinds").into_iter().map(stem)
}

/// The words of what happens, as headlines have them: their stems are no names.
pub(super) fn happening_words() -> impl Iterator<Item = &'static str> {
    HAPPENINGS.iter().flatten().copied().map(stem)
}

/// What happens, a kind an entry.
static HAPPENINGS: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let lines = word_list::section(WORDS, "happenings");
    lines.into_iter().map(|l| l.split(' ').collect()).collect()
});

static HIGHEST: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| word_list::section(WORDS, "highest"));
static GRAVE: LazyLock<Vec<&'static str>> = LazyLock::new(|| word_list::section(WORDS, "grave"));

static PLACES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| word_list::section(WORDS, "places").into_iter().collect());

/// What a headline tells of its event, beside its words.
#[derive(Debug, Default)]
pub(super) struct Clues {
    form: Form,
    places: BTreeSet<&'static str>,
    /// The places that headline and lead name, but for the capital, where much is said that happens
    /// elsewhere.
    all_places: BTreeSet<&'static str>,
    /// Who is quoted: the words before the first quotation mark.
    speaker: Option<String>,
    /// Its sums of money and percentages.
    amounts: BTreeSet<(Unit, String)>,
    /// What happens by the headline: indices of [`HAPPENINGS`].
    happenings: Vec<usize>,
    /// How much of the two things that a front page is made of it has, 0 to 2.
    gravity: usize,
    /// The words before its first comma or dots, at most [`HEAD`]: who or what it is about.
    head: Vec<String>,
    /// The letters of headline and lead, without blanks.
    told: String,
    /// Nothing but the headline is known.
    no_lead: bool,
    /// Its pairs of letters, blanks and brackets left out, ordered, each once.
    pairs: Vec<(char, char)>,
}

impl Clues {
    /// The clues of a piece of this form with this headline and lead.
    pub(super) fn of(title: &str, lead: &str, form: Form) -> Self {
        let plain = without_tags(title);
        let places: BTreeSet<_> = words(&plain).filter_map(|w| place(&w)).collect();
        let lead = without_tags(lead);
        let in_lead = words(&lead).filter_map(|w| place(&w));
        let all_places = in_lead
            .chain(places.iter().copied())
            .filter(|p| *p != CAPITAL);
        let letters: Vec<char> = plain.chars().filter(|c| is_letter(*c)).collect();
        let mut pairs: Vec<(char, char)> = letters.windows(2).map(|w| (w[0], w[1])).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let head = plain.split(['…', ',']).next().unwrap_or_default();
        let told = plain.chars().chain(lead.chars());
        let no_lead = !lead.contains(is_letter);
        Self {
            form,
            speaker: speaker(&plain),
            amounts: amounts::amounts(&plain),
            happenings: happenings(&plain),
            gravity: gravity(&plain),
            head: words(head)
                .take(HEAD)
                .map(|w| stem(&w).to_owned())
                .collect(),
            told: told.filter(|c| is_letter(*c)).collect(),
            no_lead,
            all_places: all_places.collect(),
            places,
            pairs,
        }
    }

    /// Whether the two may be of one story at all.
    pub(super) fn may_join(&self, other: &Self) -> bool {
        let apart = |c: &Self| {
            matches!(
                c.form,
                Form::Weather | Form::Horoscope | Form::List | Form::Ad
            )
        };
        let elsewhere =
            |a: &BTreeSet<_>, b: &BTreeSet<_>| !a.is_empty() && !b.is_empty() && a.is_disjoint(b);
        let conflict = elsewhere(&self.places, &other.places)
            || elsewhere(&self.places, &other.all_places)
            || elsewhere(&self.all_places, &other.places);
        !apart(self) && !apart(other) && !conflict && !self.is_of_others_than(other)
    }

    /// Whether the headlines say different amounts of different people, firms or things: neither
    /// text has all of the words that the other's headline begins with, and one has none of them.
    fn is_of_others_than(&self, other: &Self) -> bool {
        if !amounts::differ(&self.amounts, &other.amounts) {
            return false;
        }
        let missing = |head: &[String], text: &str| {
            let missing = head.iter().filter(|word| !text.contains(word.as_str()));
            (missing.count(), head.len())
        };
        let (a, of_a) = missing(&self.head, &other.told);
        let (b, of_b) = missing(&other.head, &self.told);
        a > 0 && b > 0 && (a == of_a || b == of_b)
    }

    /// Whether both headlines tell of one kind of happening.
    pub(super) fn tells_the_same_kind(&self, other: &Self) -> bool {
        self.happenings.iter().any(|h| other.happenings.contains(h))
    }

    /// How much of what a front page is made of the headline has: 1 for one of the highest offices
    /// of a country, 1 for a change of power, war or disaster.
    pub(super) fn gravity(&self) -> usize {
        self.gravity
    }

    /// Who is quoted in the headline, if anyone is named there.
    pub(super) fn speaker(&self) -> Option<&str> {
        self.speaker.as_deref()
    }

    /// Whether it is a headline alone (`[속보] …`), the text of which is still to come.
    pub(super) fn is_flash(&self) -> bool {
        self.form == Form::Live && self.no_lead
    }

    /// Whether headline or lead name this speaker: by the whole of what stood before a quotation,
    /// or by its first syllables, the name without what its bearer is.
    pub(super) fn names(&self, speaker: &str) -> bool {
        let name: String = speaker.chars().take(NAME).collect();
        self.told.contains(&name)
    }

    /// The share of the headline's letter pairs, those of its speaker apart, that headline and lead
    /// of another have.
    pub(super) fn told_by(&self, other: &Self) -> f64 {
        let speaker = self.speaker.as_deref().unwrap_or_default();
        let pairs = self.pairs.iter().map(|&(a, b)| String::from_iter([a, b]));
        let own: Vec<String> = pairs.filter(|pair| !speaker.contains(pair)).collect();
        let told = own.iter().filter(|pair| other.told.contains(*pair)).count();
        told as f64 / own.len().max(1) as f64
    }

    /// Whether its form tells no event of its own.
    pub(super) fn is_routine(&self) -> bool {
        self.form.is_routine()
    }

    /// The likeness of two articles in the light of their clues; 0 where they are of two stories.
    pub(super) fn judge(&self, other: &Self, likeness: f64, least: f64) -> f64 {
        let shared = self.headline_shared(other);
        let one = shared >= SAME_HEADLINE;
        let own_subject =
            |c: &Self| matches!(c.form, Form::Interview | Form::Column | Form::Release);
        let routine = self.form.is_routine()
            || other.form.is_routine()
            || (own_subject(self) && own_subject(other));
        if routine && !one && likeness < ROUTINE * least {
            return 0.0;
        }
        if one {
            likeness.max(HEADLINE_WORTH * shared)
        } else {
            likeness
        }
    }

    /// The share of letter pairs that two headlines have in common (Dice).
    fn headline_shared(&self, other: &Self) -> f64 {
        let (a, b) = (&self.pairs, &other.pairs);
        if a.len().min(b.len()) < FEWEST_PAIRS {
            return 0.0;
        }
        let (mut i, mut j, mut found) = (0, 0, 0);
        while i < a.len() && j < b.len() {
            let (x, y) = (a[i], b[j]);
            found += usize::from(x == y);
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        2.0 * found as f64 / (a.len() + b.len()) as f64
    }
}

/// The kinds of happening that a headline tells of.
fn happenings(headline: &str) -> Vec<usize> {
    let words: Vec<_> = words(headline).collect();
    let told = |kind: &[&str]| words.iter().any(|w| kind.iter().any(|k| w.starts_with(k)));
    let kinds = HAPPENINGS.iter().enumerate();
    kinds
        .filter(|(_, kind)| told(kind))
        .map(|(n, _)| n)
        .collect()
}

/// How much of what a front page is made of a headline has.
fn gravity(headline: &str) -> usize {
    let words: Vec<_> = words(headline).collect();
    // `李대통령` and `미국대통령` end with the office.
    let highest = |w: &str| HIGHEST.iter().any(|h| stem(w).ends_with(h));
    let grave = |w: &str| GRAVE.contains(&stem(w));
    usize::from(words.iter().any(|w| highest(w))) + usize::from(words.iter().any(|w| grave(w)))
}

/// A headline without what stands in brackets: `[속보]`, `(종합)`.
pub(super) fn without_tags(title: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in title.chars() {
        match c {
            '[' | '(' | '【' => depth += 1,
            ']' | ')' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    if out.chars().filter(|c| is_letter(*c)).count() < 4 {
        return title.to_owned();
    }
    out
}

/// The letters before a headline's first quotation mark, where they are few enough to be a name and
/// what its bearer is: `강나루 시장 “다리 연다”`.
fn speaker(headline: &str) -> Option<String> {
    let (before, _) = headline.split_once(['“', '"'])?;
    let name: String = before.chars().filter(|c| is_letter(*c)).collect();
    let plain = !before.contains(['…', ',', '‘', '\'']) && !before.contains("..");
    (plain && (2..=SPEAKER).contains(&name.chars().count())).then_some(name)
}

/// The place that a word names, with what may hang on it: 대구, 대구시, 대구서, 대구에서.
fn place(word: &str) -> Option<&'static str> {
    let name = stem(word);
    let whole = |w: &str| PLACES.get(w).copied();
    whole(name).or_else(|| {
        let cut = ['시', '군', '서']
            .iter()
            .find_map(|s| name.strip_suffix(*s));
        cut.and_then(whole)
    })
}

#[cfg(test)]
mod tests {
    use super::speaker;

    #[test]
    fn the_speaker_is_who_stands_before_the_quotation() {
        for (headline, expected) in [
            ("강나루 “다리 연다”", Some("강나루")),
            ("강나루 시장 \"다리 연다\"…주민 환영", Some("강나루시장")),
            ("다리 닫자… 강나루 “다시 연다”", None),
            ("“다리 연다” 강나루 시장", None),
            ("가람대교 다시 열려", None),
        ] {
            assert_eq!(speaker(headline).as_deref(), expected, "{headline}");
        }
    }
}
