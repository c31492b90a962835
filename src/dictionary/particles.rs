//! Nouns with particles and forms of the copula: `한국은행에서는` is 한국은행.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::news::hangul::letters_of;
use crate::news::word_list;

const WORDS: &str = include_str!("../../assets/words/korean_particles.txt");

/// The words under `heading`, several on a line.
fn set(heading: &str) -> HashSet<&'static str> {
    let lines = word_list::section(WORDS, heading);
    lines.into_iter().flat_map(str::split_whitespace).collect()
}

static AFTER_CONSONANT: LazyLock<HashSet<&str>> = LazyLock::new(|| set("after a consonant"));
static AFTER_VOWEL: LazyLock<HashSet<&str>> = LazyLock::new(|| set("after a vowel"));
static AFTER_LIQUID: LazyLock<HashSet<&str>> = LazyLock::new(|| set("after ㄹ or a vowel"));
static ANYWHERE: LazyLock<HashSet<&str>> = LazyLock::new(|| set("anywhere"));
static WHOLE: LazyLock<HashSet<&str>> = LazyLock::new(|| set("whole nouns"));

/// Final consonants as [`letters_of`] numbers them.
const NIEUN: u32 = 4;
const RIEUL: u32 = 8;

/// A noun that a word may be a form of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NounReading {
    pub(super) noun: String,
    /// Syllables of its particles; 0 for the word itself.
    pub(super) particles: usize,
}

/// Whether the noun is known to end like a noun with a particle.
pub(super) fn is_whole(noun: &str) -> bool {
    WHOLE.contains(noun)
}

/// Whether the particle may stand after the letter.
fn fits(before: char, particle: &str) -> bool {
    if ANYWHERE.contains(particle) {
        return true;
    }
    // After digits and Latin letters either form is met: their names decide.
    let Some((_, _, last)) = letters_of(before) else {
        return AFTER_CONSONANT.contains(particle)
            || AFTER_VOWEL.contains(particle)
            || AFTER_LIQUID.contains(particle);
    };
    match last {
        0 => {
            AFTER_VOWEL.contains(particle)
                || AFTER_LIQUID.contains(particle)
                || (is_copula(particle) && AFTER_CONSONANT.contains(particle))
        }
        RIEUL => AFTER_CONSONANT.contains(particle) || AFTER_LIQUID.contains(particle),
        _ => AFTER_CONSONANT.contains(particle),
    }
}

/// Whether it is a form of the copula in which 이 is heard, which may stand after a vowel too. Those
/// of one syllable are left out: 여인 is no 여.
fn is_copula(particle: &str) -> bool {
    particle.chars().count() >= 2 && particle.starts_with(['이', '인', '일', '임', '입'])
}

/// Whether `tail` can stand after any noun-like form, as after 기 in 가기보다는.
pub(super) fn is_particle_after(before: char, tail: &str) -> bool {
    fits(before, tail)
}

/// The nouns that `word` may be a form of, with the longest particles first and itself last.
pub(super) fn nouns(word: &str) -> Vec<NounReading> {
    let mut found = Vec::new();
    let places: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(1).collect();
    for at in places {
        let (noun, particle) = word.split_at(at);
        let Some(before) = noun.chars().next_back() else {
            continue;
        };
        if fits(before, particle) {
            let particles = particle.chars().count();
            push(&mut found, noun, particles);
            // 에서만의, 까지만은: what is before a particle may end with a longer one.
            for again in nouns_before(noun) {
                push(&mut found, again, particles + 1);
            }
        }
    }
    // 어머닌: a particle as the final consonant.
    let mut chars = word.chars();
    if let Some(last) = chars.next_back()
        && let Some((initial, vowel, NIEUN | RIEUL)) = letters_of(last)
        && let Some(open) = crate::news::hangul::syllable(initial, vowel, 0)
        && !chars.as_str().is_empty()
    {
        push(&mut found, &format!("{}{open}", chars.as_str()), 0);
        if let Some(open) = found.pop() {
            found.push(NounReading {
                particles: 1,
                ..open
            });
        }
    }
    push(&mut found, word, 0);
    found
}

/// The nouns before a second particle of two syllables or more.
fn nouns_before(word: &str) -> Vec<&str> {
    let places = word.char_indices().map(|(at, _)| at).skip(2);
    places
        .map(|at| word.split_at(at))
        .filter(|(noun, particle)| {
            particle.chars().count() >= 2
                && noun
                    .chars()
                    .next_back()
                    .is_some_and(|before| fits(before, particle))
        })
        .map(|(noun, _)| noun)
        .collect()
}

/// Adds a noun, and before it the one that it is the plural of.
fn push(found: &mut Vec<NounReading>, noun: &str, particles: usize) {
    let plural = noun
        .strip_suffix('들')
        .or_else(|| noun.strip_suffix("들끼리"));
    if let Some(one) = plural.filter(|one| one.chars().count() >= 2) {
        found.push(NounReading {
            noun: one.to_owned(),
            particles: particles + 1,
        });
    }
    found.push(NounReading {
        noun: noun.to_owned(),
        particles,
    });
}
