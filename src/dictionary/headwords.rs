//! The headwords that an eojeol may be a form of, the likeliest first.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::hanja::{gloss, is_hanja, reading};
use super::particles::{is_whole, nouns};
use super::verbs::verbs;
use crate::news::Clean;
use crate::news::hangul::is_hangul_syllable;
use crate::news::order::Order as _;
use crate::news::word_list;

const WORDS: &str = include_str!("../../assets/words/korean_words.txt");

/// Contractions and forms of pronouns with their headwords.
static FORMS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let lines = word_list::section(WORDS, "forms");
    let split = |line: &'static str| {
        let (form, headwords) = line.split_once(' ')?;
        Some((form, headwords.split('|').map(str::trim).collect()))
    };
    lines.into_iter().filter_map(split).collect()
});

/// Words that take no ending.
static WHOLE: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = word_list::section(WORDS, "whole");
    lines.into_iter().flat_map(str::split_whitespace).collect()
});

/// Most headwords that are given.
const MOST: usize = 8;
/// Longest eojeol in characters that is looked at: there is no longer one in Korean text.
const LONGEST: usize = 40;

/// The headwords that `eojeol` may be a form of, the likeliest first. Marks around it are left out.
pub fn headwords(eojeol: &str) -> Vec<String> {
    let word = bare(&Clean::line(eojeol));
    if word.is_empty() || word.chars().count() > LONGEST {
        return Vec::new();
    }
    let mut found: Vec<(i32, String)> = Vec::new();
    if let Some(headwords) = FORMS.get(word.as_str()) {
        let listed = headwords.iter().enumerate();
        found.extend(listed.map(|(i, w)| (200 - i as i32, (*w).to_owned())));
    }
    if WHOLE.contains(word.as_str()) {
        found.push((190, word.clone()));
    }
    if word.chars().any(is_hanja) {
        of_hanja(&word, &mut found);
    }
    of_nouns(&word, &mut found);
    found.extend(verbs(&word).into_iter().map(|v| (v.weight, v.verb)));
    found.order_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let mut headwords: Vec<String> = Vec::new();
    for (_, word) in found {
        if !headwords.contains(&word) {
            headwords.push(word);
        }
    }
    headwords.truncate(MOST);
    headwords
}

/// The word without marks around it, without what stands in brackets in it, and without a number
/// and its counting 여 in front.
fn bare(eojeol: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_u32;
    for c in eojeol.trim().chars() {
        match c {
            '(' | '[' | '（' | '「' | '『' => depth += 1,
            ')' | ']' | '）' | '」' | '』' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    if out.chars().all(|c| !c.is_alphanumeric()) {
        // All of it stands in brackets.
        out = eojeol.to_owned();
    }
    let word = out.trim_matches(|c: char| !c.is_alphanumeric());
    let counted = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '.');
    let counted = match counted.len() < word.len() {
        true => counted.strip_prefix('여').unwrap_or(counted),
        false => counted,
    };
    let has_word = counted.chars().any(char::is_alphabetic);
    if has_word { counted } else { word }.to_owned()
}

/// A word with hanja: what stands before the Hangul is read, and glossed where it is one character.
fn of_hanja(word: &str, found: &mut Vec<(i32, String)>) {
    let end = word.find(|c| !is_hanja(c)).unwrap_or(word.len());
    let (hanja, rest) = word.split_at(end);
    let mut chars = hanja.chars();
    if let (Some(one), None) = (chars.next(), chars.next()) {
        found.extend(reading(hanja).map(|read| (150, read)));
        found.extend(gloss(one).map(|meaning| (149, meaning.to_owned())));
    } else if !hanja.is_empty() {
        found.extend(reading(hanja).map(|read| (150, read)));
    }
    if hanja.is_empty() || !rest.is_empty() {
        // 無함성: the whole word read.
        let whole = reading(word).into_iter();
        for (weight, noun) in whole.flat_map(|read| weighted_nouns(&read)) {
            found.push((weight + 60, noun));
        }
    }
}

fn of_nouns(word: &str, found: &mut Vec<(i32, String)>) {
    // 활발히, 조용히: an adverb of a verb in 하다.
    if let Some(stem) = word.strip_suffix('히').filter(|s| s.chars().count() >= 2) {
        found.push((63, word.to_owned()));
        found.push((62, format!("{stem}하다")));
    }
    if let Some(stem) = word.strip_suffix("없이").filter(|s| !s.is_empty()) {
        found.push((63, word.to_owned()));
        found.push((62, format!("{stem}없다")));
    }
    found.extend(weighted_nouns(word));
}

/// The nouns that a word may be a form of, with how likely each is.
fn weighted_nouns(word: &str) -> Vec<(i32, String)> {
    let Some(last) = word.chars().next_back() else {
        return Vec::new();
    };
    let is_korean = is_hangul_syllable(last);
    nouns(word)
        .into_iter()
        .map(|reading| {
            let particles = i32::try_from(reading.particles).unwrap_or(0);
            let syllables = reading.noun.chars().count();
            let weight = match reading.particles {
                0 if is_whole(&reading.noun) => 90,
                0 if is_korean => 44,
                0 => 80,
                _ if is_whole(&reading.noun) => 62 + particles,
                _ if syllables == 1 => 48 + particles,
                _ => 56 + 2 * particles,
            };
            (weight, reading.noun)
        })
        .collect()
}

#[cfg(test)]
#[path = "tests/headwords.rs"]
mod tests;
