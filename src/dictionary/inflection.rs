//! Inflected Korean verbs taken apart: the stems that a word may be a form of, by the rules of
//! endings, contraction and irregular stems. Which of them is a word is for `verbs` to say.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::particles::is_particle_after;
use crate::news::hangul::{letters_of, syllable};
use crate::news::word_list;

const WORDS: &str = include_str!("../../assets/words/korean_endings.txt");

/// The endings under `heading`, several on a line; `""` is the empty one.
fn set(heading: &str) -> HashSet<&'static str> {
    let lines = word_list::section(WORDS, heading);
    let words = lines.into_iter().flat_map(str::split_whitespace);
    words.map(|w| if w == "\"\"" { "" } else { w }).collect()
}

static PLAIN: LazyLock<HashSet<&str>> = LazyLock::new(|| set("plain"));
static JOINED: LazyLock<HashSet<&str>> = LazyLock::new(|| set("joined"));
static PAST: LazyLock<HashSet<&str>> = LazyLock::new(|| set("past"));
static INFINITIVE: LazyLock<HashSet<&str>> = LazyLock::new(|| set("infinitive"));
/// Endings by the final consonant that joins the stem: ㄴ, ㄹ, ㅁ, ㅂ.
static FINAL: LazyLock<[(u32, HashSet<&str>); 4]> = LazyLock::new(|| {
    [
        (NIEUN, set("final ㄴ")),
        (RIEUL, set("final ㄹ")),
        (MIEUM, set("final ㅁ")),
        (PIEUP, set("final ㅂ")),
    ]
});

// Final consonants as `letters_of` numbers them.
const NIEUN: u32 = 4;
const DIGEUT: u32 = 7;
const RIEUL: u32 = 8;
const MIEUM: u32 = 16;
const PIEUP: u32 = 17;
const SIOS: u32 = 19;
const SSANG_SIOS: u32 = 20;
const HIEUT: u32 = 27;

/// Which rule gave a stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum StemRule {
    /// The stem stands as it is, or lost ㄹ or 으.
    Regular,
    /// ㄷ, ㅂ, ㅅ, 르, 러, ㅎ: the irregular classes.
    Digeut,
    Pieup,
    Sios,
    Reu,
    Reo,
    Hieut,
}

/// A stem that a word may be a form of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StemReading {
    pub(super) stem: String,
    pub(super) rule: StemRule,
    /// How many syllables and final consonants of the word are the ending.
    pub(super) ending: usize,
    /// Whether nouns are seldom followed by the like of this ending.
    pub(super) telling: bool,
}

/// The letters of the last syllable, and what is before it.
fn last_of(text: &str) -> Option<(&str, (u32, u32, u32))> {
    let mut chars = text.chars();
    let letters = letters_of(chars.next_back()?)?;
    Some((chars.as_str(), letters))
}

/// `text` with another final consonant in its last syllable.
fn with_final(text: &str, last: u32) -> Option<String> {
    let (before, (initial, vowel, _)) = last_of(text)?;
    Some(format!("{before}{}", syllable(initial, vowel, last)?))
}

/// The final consonant of the last syllable; 0 for none.
fn final_of(text: &str) -> Option<u32> {
    last_of(text).map(|(_, (_, _, last))| last)
}

/// All stems that `word` may be a form of.
pub(super) fn stems(word: &str) -> Vec<StemReading> {
    let mut found = Stems {
        found: Vec::new(),
        ending: 0,
        telling: false,
    };
    let places = word.char_indices().map(|(at, _)| at).skip(1);
    for at in places.chain([word.len()]) {
        let (head, tail) = word.split_at(at);
        found.ending = tail.chars().count();
        found.plain(head, tail);
        found.joined(head, tail);
        found.final_consonant(head, tail);
        found.infinitive(head, tail);
    }
    found.found
}

/// The stems whose form in 아 or 어 is `form`: 붙여 is of 붙이다.
pub(super) fn stems_of_infinitive(form: &str) -> Vec<StemReading> {
    let mut found = Stems {
        found: Vec::new(),
        ending: 1,
        telling: true,
    };
    found.of_infinitive(form);
    found.found
}

struct Stems {
    found: Vec<StemReading>,
    ending: usize,
    telling: bool,
}

impl Stems {
    fn put(&mut self, stem: impl Into<String>, rule: StemRule) {
        let stem = stem.into();
        if !stem.is_empty() {
            self.found.push(StemReading {
                stem,
                rule,
                ending: self.ending,
                telling: self.telling,
            });
        }
    }

    fn put_if(&mut self, stem: Option<String>, rule: StemRule) {
        if let Some(stem) = stem {
            self.put(stem, rule);
        }
    }

    /// 먹고, 가는, 도는 (돌다), 갔지만, 가기보다는.
    fn plain(&mut self, head: &str, tail: &str) {
        let noun_like = |mark: &str| {
            let rest = tail.strip_prefix(mark).filter(|rest| !rest.is_empty());
            let before = mark.chars().next_back();
            rest.zip(before)
                .is_some_and(|(rest, before)| is_particle_after(before, rest))
        };
        let is_plain = PLAIN.contains(tail) || noun_like("기");
        let past = PAST.contains(tail) || is_plain || noun_like("음");
        self.telling = self.ending >= 2 || tail == "고" || tail == "며" || tail == "던";
        if past && final_of(head) == Some(SSANG_SIOS) {
            let open = with_final(head, 0);
            self.telling = true;
            self.ending += 1;
            if let Some(open) = open {
                self.of_infinitive(&open);
            }
            self.ending -= 1;
        }
        if !is_plain {
            return;
        }
        self.put(head, StemRule::Regular);
        let drops = last_of(tail.get(..3).unwrap_or_default())
            .is_some_and(|(_, (initial, _, _))| matches!(initial, 2 | 9));
        if drops && final_of(head) == Some(0) {
            self.put_if(with_final(head, RIEUL), StemRule::Regular);
        }
    }

    /// 가면, 먹으면, 걸으면 (걷다), 지으면 (짓다), 도우면 (돕다), 빨가면 (빨갛다).
    fn joined(&mut self, head: &str, tail: &str) {
        self.telling = self.ending >= 2 || matches!(tail, "면" | "며" | "려");
        if JOINED.contains(tail) {
            match final_of(head) {
                Some(0) => {
                    self.put(head, StemRule::Regular);
                    self.put_if(with_final(head, RIEUL), StemRule::Regular);
                    self.put_if(with_final(head, HIEUT), StemRule::Hieut);
                    self.of_pieup(head);
                }
                Some(RIEUL) => self.put(head, StemRule::Regular),
                _ => {}
            }
        }
        if let Some(rest) = tail.strip_prefix('으')
            && JOINED.contains(rest)
        {
            self.after_consonant(head);
        }
    }

    /// A stem that ends in a consonant, before 으, 은, 을, 음.
    fn after_consonant(&mut self, head: &str) {
        match final_of(head) {
            Some(0) => self.put_if(with_final(head, SIOS), StemRule::Sios),
            Some(RIEUL) => self.put_if(with_final(head, DIGEUT), StemRule::Digeut),
            Some(_) => self.put(head, StemRule::Regular),
            None => {}
        }
    }

    /// 도우, 귀여우: a stem in ㅂ before a vowel.
    fn of_pieup(&mut self, head: &str) {
        let Some((before, (11, 13 | 8, 0))) = last_of(head) else {
            return;
        };
        if final_of(before) == Some(0) {
            self.put_if(with_final(before, PIEUP), StemRule::Pieup);
        }
    }

    /// 간, 갈, 갑니다, 끈 (끌다), 빨간 (빨갛다), 귀여운 (귀엽다); 먹은, 지은 (짓다), 들을 (듣다).
    fn final_consonant(&mut self, head: &str, tail: &str) {
        let Some((before, (initial, vowel, last))) = last_of(head) else {
            return;
        };
        let is_ending = FINAL.iter().any(|(consonant, tails)| {
            let particles = *consonant == MIEUM
                && !tail.is_empty()
                && is_particle_after(head.chars().next_back().unwrap_or('음'), tail);
            *consonant == last && (tails.contains(tail) || particles)
        });
        if !is_ending {
            return;
        }
        self.ending += 1;
        self.telling = self.ending >= 2;
        let open = with_final(head, 0);
        if let Some(open) = &open {
            self.put(open.clone(), StemRule::Regular);
            self.of_pieup(open);
            if last != MIEUM {
                self.put_if(with_final(head, HIEUT), StemRule::Hieut);
            }
        }
        // A stem in ㄹ takes ㄹ and loses it before the others.
        self.put_if(with_final(head, RIEUL), StemRule::Regular);
        // 은, 을, 음 after a consonant.
        if (initial, vowel) == (11, 18) && !before.is_empty() {
            self.after_consonant(before);
        }
        self.ending -= 1;
    }

    /// 먹어서, 가서, 구워 (굽다), 흘러 (흐르다).
    fn infinitive(&mut self, head: &str, tail: &str) {
        if !INFINITIVE.contains(tail) {
            return;
        }
        self.telling = self.ending >= 1 && tail != "도" && tail != "라";
        self.ending += 1;
        self.of_infinitive(head);
        self.ending -= 1;
    }

    /// The stems whose form in 아 or 어 is `head`.
    fn of_infinitive(&mut self, head: &str) {
        let Some((before, (initial, vowel, 0))) = last_of(head) else {
            return;
        };
        let with = |vowel: u32| syllable(initial, vowel, 0).map(|c| format!("{before}{c}"));
        match (initial, vowel) {
            // 아, 어 after a consonant; 나아 is 낫다, 들어 is 듣다 or 들다.
            (11, 0 | 4) if !before.is_empty() => {
                match final_of(before) {
                    Some(0) => self.put_if(with_final(before, SIOS), StemRule::Sios),
                    Some(RIEUL) => {
                        self.put(before, StemRule::Regular);
                        self.put_if(with_final(before, DIGEUT), StemRule::Digeut);
                    }
                    _ => self.put(before, StemRule::Regular),
                }
                // 되어, 피어, 뛰어.
                if final_of(before) == Some(0) {
                    self.put(before, StemRule::Regular);
                }
            }
            // 하여; 들여 is 들이다.
            (11, 6) => {
                if before.ends_with('하') {
                    self.put(before, StemRule::Regular);
                }
                self.put_if(with(20), StemRule::Regular);
            }
            // 와 of 오다, 도와 of 돕다; 봐, 놔.
            (_, 9) => {
                self.put_if(with(8), StemRule::Regular);
                if initial == 11 && final_of(before) == Some(0) {
                    self.put_if(with_final(before, PIEUP), StemRule::Pieup);
                }
                if initial == 2 {
                    self.put(format!("{before}놓"), StemRule::Regular);
                }
            }
            // 배워 of 배우다, 귀여워 of 귀엽다; 춰, 줘.
            (_, 14) => {
                self.put_if(with(13), StemRule::Regular);
                if initial == 11 && final_of(before) == Some(0) {
                    self.put_if(with_final(before, PIEUP), StemRule::Pieup);
                }
            }
            // 져 of 지다, 켜 of 켜다.
            (_, 6) => {
                self.put_if(with(20), StemRule::Regular);
                self.put(head, StemRule::Regular);
            }
            // 돼.
            (_, 10) => self.put_if(with(11), StemRule::Regular),
            // 해 of 하다, 내 of 내다, 빨개 of 빨갛다.
            (_, 1) => {
                if initial == 18 {
                    self.put_if(with(0), StemRule::Regular);
                }
                self.put(head, StemRule::Regular);
                for vowel in [0, 4] {
                    let open = with(vowel).and_then(|open| with_final(&open, HIEUT));
                    self.put_if(open, StemRule::Hieut);
                }
            }
            // 가, 서; 써 of 쓰다, 담가 of 담그다; 흘러 of 흐르다, 이르러 of 이르다, 따라 of 따르다.
            (_, 0 | 4) => {
                self.put(head, StemRule::Regular);
                self.put_if(with(18), StemRule::Regular);
                if initial == 5 && final_of(before) == Some(RIEUL) {
                    let open = with_final(before, 0).map(|open| format!("{open}르"));
                    self.put_if(open, StemRule::Reu);
                }
                if initial == 5 && vowel == 4 && before.ends_with('르') {
                    self.put(before, StemRule::Reo);
                }
            }
            // 데 of 데다, 세 of 세다; 쉬어 is above.
            _ => self.put(head, StemRule::Regular),
        }
    }
}
