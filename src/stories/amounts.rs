//! Sums of money and percentages of a headline: who gave how much, which firm earned what. Formula
//! headlines about different people or firms share all words but these.

use std::collections::BTreeSet;

/// Units by which a number is a sum of money.
const MONEY: [&str; 6] = ["원", "달러", "유로", "위안", "엔", "파운드"];
/// Units that make other counts of large numbers: `3만명`, `2억주`.
const COUNTERS: [char; 14] = [
    '명', '개', '건', '대', '주', '회', '톤', '가', '장', '권', '병', '마', '표', '곳',
];
/// The kinds of amounts that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Money,
    Percent,
}

/// The amounts of a headline: unit and number as written, without blanks, commas and the money's
/// own name, so that `1천만 원` and `1천만원` are one.
pub(super) fn amounts(headline: &str) -> BTreeSet<(Unit, String)> {
    let letters: Vec<char> = headline.chars().filter(|c| !c.is_whitespace()).collect();
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let is_part = |c: &char| c.is_ascii_digit() || ".,십백천만억조".contains(*c);
        let end = at + letters[at..].iter().take_while(|c| is_part(c)).count();
        let number: String = letters[at..end].iter().filter(|c| **c != ',').collect();
        let rest: String = letters[end..].iter().take(3).collect();
        if let Some(unit) = unit(&number, &rest) {
            found.insert((unit, number.trim_end_matches('.').to_owned()));
        }
        at = end;
    }
    found
}

/// What a number counts, by what follows it; `None` where it is neither money nor a percentage.
fn unit(number: &str, rest: &str) -> Option<Unit> {
    let after = rest.strip_prefix(['%', '％']);
    let is_percent = after.is_some_and(|after| !after.starts_with(['p', 'P', '포']));
    let is_large = number.ends_with(['억', '조']) && !rest.starts_with(COUNTERS);
    if is_percent {
        Some(Unit::Percent)
    } else if is_large || MONEY.iter().any(|money| rest.starts_with(money)) {
        Some(Unit::Money)
    } else {
        None
    }
}

/// Whether two headlines state amounts of one unit and none of them is the same.
pub(super) fn differ(a: &BTreeSet<(Unit, String)>, b: &BTreeSet<(Unit, String)>) -> bool {
    [Unit::Money, Unit::Percent].into_iter().any(|unit| {
        let of = |all: &BTreeSet<(Unit, String)>| -> BTreeSet<String> {
            let own = all.iter().filter(|(u, _)| *u == unit);
            own.map(|(_, number)| number.clone()).collect()
        };
        let (a, b) = (of(a), of(b));
        !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_percentages_are_found_and_counts_are_not() {
        let read = |text| -> Vec<String> { amounts(text).into_iter().map(|a| a.1).collect() };
        assert_eq!(read("이웃돕기에 1천만 원 기탁"), ["1천만"]);
        assert_eq!(
            read("3분기 영업이익 1,120억…전년比 15% 증가"),
            ["1120억", "15"]
        );
        assert!(read("관객 3만명, 2억주 발행, 0.5%p 인상").is_empty());
    }

    #[test]
    fn amounts_differ_only_within_a_unit() {
        let differ = |a, b| differ(&amounts(a), &amounts(b));
        assert!(differ("성금 500만원", "성금 1천만 원"));
        assert!(!differ("성금 500만원", "성금 500만 원 전달"));
        assert!(!differ("성금 500만원", "지지율 30%"));
    }
}
