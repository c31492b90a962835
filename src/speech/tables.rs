//! Tables of what is read for units, currencies, letters, acronyms and Chinese characters, and of
//! the Korean counters that take native numerals.

use std::sync::LazyLock;

use crate::news::word_list;

const WORDS: &str = include_str!("../../assets/words/speech.txt");

/// Units of measure as written, in Korean and in English. A longer one stands before those it
/// begins with.
pub(super) static UNITS: LazyLock<Vec<[&str; 3]>> = LazyLock::new(|| columns("units"));

/// Signs of currencies that precede the amount, as written and in Korean.
pub(super) static CURRENCIES: LazyLock<Vec<[&str; 2]>> = LazyLock::new(|| columns("currencies"));

/// Korean counters that take native numerals, with the largest number for which they do. 0: never,
/// the word only begins like a counter. A longer one stands before those it begins with.
pub(super) static COUNTERS: LazyLock<Vec<(&str, usize)>> = LazyLock::new(|| {
    let rows = columns("counters").into_iter();
    rows.map(|[word, most]| (word, most.parse().unwrap_or_default()))
        .collect()
});

/// The Korean names of the Latin letters, A to Z.
pub(super) static LETTERS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "letters"));

/// Acronyms that are read as words, as written and in Korean.
pub(super) static ACRONYMS: LazyLock<Vec<[&str; 2]>> = LazyLock::new(|| columns("acronyms"));

/// Single Chinese characters as headlines use them, with what they are read as.
pub(super) static HANJA: LazyLock<Vec<(char, &str)>> = LazyLock::new(|| {
    let rows = columns("hanja").into_iter();
    rows.filter_map(|[written, said]| Some((written.chars().next()?, said)))
        .collect()
});

fn columns<const N: usize>(heading: &str) -> Vec<[&'static str; N]> {
    let rows = word_list::section(WORDS, heading).into_iter();
    rows.filter_map(|row| row.split(" | ").collect::<Vec<_>>().try_into().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_entry_hides_behind_its_own_beginning() {
        fn hidden<'a>(
            written: impl Iterator<Item = &'a str> + Clone,
        ) -> Option<(&'a str, &'a str)> {
            let all: Vec<&str> = written.collect();
            all.iter().enumerate().find_map(|(i, later)| {
                all[..i]
                    .iter()
                    .find(|earlier| later.starts_with(**earlier))
                    .map(|earlier| (*earlier, *later))
            })
        }
        // Latin units are matched as whole words, so their order does not matter.
        let symbols = UNITS
            .iter()
            .map(|u| u[0])
            .filter(|u| !u.ends_with(|c: char| c.is_ascii_alphabetic()));
        assert_eq!(hidden(symbols), None);
        assert_eq!(hidden(COUNTERS.iter().map(|c| c.0)), None);
    }
}
