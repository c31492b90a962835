//! Quantities in running text: `131만 7000명` and `1,317,000명` are read as equal.

use crate::news::hangul::is_hangul_syllable;

/// A number and what it counts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quantity {
    /// The value in thousandths.
    pub(crate) value: i128,
    /// The first syllable of what is counted (명, 원, 년), or `%`.
    pub(crate) unit: Option<char>,
    /// Byte range in the text, multipliers included.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Longer runs of digits are telephone numbers or ids.
const LONGEST: usize = 15;

/// The quantities of `text`, in order.
pub(crate) fn quantities(text: &str) -> Vec<Quantity> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let scan = if chars[i].1.is_ascii_digit() {
            number(&chars, i)
        } else {
            native(&chars, i)
                .or_else(|| written(&chars, i))
                .or_else(|| english(&chars, i))
        };
        match scan {
            Some((value, end)) => {
                let (unit, end) = unit(&chars, end);
                let stop = chars.get(end).map_or(text.len(), |c| c.0);
                out.push(Quantity {
                    value,
                    unit,
                    start: chars[i].0,
                    end: stop,
                });
                i = end.max(i + 1);
            }
            None => i += 1,
        }
    }
    out
}

/// Digits with commas, decimals and multipliers, which may continue after a blank: the value in
/// thousandths and one past its end.
fn number(chars: &[(usize, char)], from: usize) -> Option<(i128, usize)> {
    let (mut total, mut section) = (0_i128, 0_i128);
    let mut i = from;
    let mut end;
    let mut last_scale = i128::MAX;
    loop {
        let (part, after) = digits(chars, i)?;
        let (scale, after) = multiplier(chars, after);
        end = after;
        match scale {
            Some(s @ (10 | 100 | 1000)) => {
                let inner = part.checked_mul(s)?;
                section = section.checked_add(inner)?;
                if let (Some(big), next) = multiplier(chars, after) {
                    total = total.checked_add(section.checked_mul(big)?)?;
                    (section, end, last_scale) = (0, next, big);
                }
            }
            Some(s) => {
                total = total.checked_add(section.checked_add(part)?.checked_mul(s)?)?;
                section = 0;
                last_scale = s;
            }
            None => {
                return Some((total.checked_add(section)?.checked_add(part)?, end));
            }
        }
        // A number goes on after a multiplier: `1억 3500만`, `3천459`.
        let blank =
            usize::from(last_scale < i128::MAX && chars.get(end).is_some_and(|c| c.1 == ' '));
        if chars.get(end + blank).is_some_and(|c| c.1.is_ascii_digit())
            && continues(chars, end + blank, last_scale)
        {
            i = end + blank;
        } else {
            return Some((total.checked_add(section)?, end));
        }
    }
}

/// Whether the number at `i` is smaller than the multiplier before it, and so belongs to the same
/// number.
fn continues(chars: &[(usize, char)], i: usize, scale: i128) -> bool {
    digits(chars, i).is_some_and(|(part, after)| match multiplier(chars, after).0 {
        Some(s) => s < scale,
        None => scale == i128::MAX || part / 1000 < scale,
    })
}

/// The value of a run of digits in thousandths, and one past its end.
fn digits(chars: &[(usize, char)], from: usize) -> Option<(i128, usize)> {
    let digit = |i: usize| chars.get(i).and_then(|c| c.1.to_digit(10));
    let mut i = from;
    let mut value = 0_i128;
    while let Some(d) = digit(i) {
        value = value * 10 + i128::from(d);
        i += 1;
        if chars.get(i).is_some_and(|c| c.1 == ',')
            && (1..=3).all(|n| digit(i + n).is_some())
            && digit(i + 4).is_none()
        {
            i += 1;
        }
        if i - from > LONGEST + LONGEST / 3 {
            return None;
        }
    }
    if i == from {
        return None;
    }
    value *= 1000;
    if chars.get(i).is_some_and(|c| c.1 == '.') && digit(i + 1).is_some() {
        i += 1;
        let mut place = 100;
        while let Some(d) = digit(i) {
            value += i128::from(d) * place;
            place /= 10;
            i += 1;
        }
    }
    Some((value, i))
}

/// The Korean or English multiplier at `i`, and one past its end.
fn multiplier(chars: &[(usize, char)], i: usize) -> (Option<i128>, usize) {
    let scale = match chars.get(i).map(|c| c.1) {
        Some('십') => 10,
        Some('백') => 100,
        Some('천') => 1000,
        Some('만') => 10_000,
        Some('억') => 100_000_000,
        Some('조') => 1_000_000_000_000,
        _ => {
            let word: String = chars
                .iter()
                .skip(i)
                .map(|c| c.1)
                .skip_while(|c| matches!(c, ' ' | '-'))
                .take(8)
                .collect();
            let lower = word.to_lowercase();
            let known = [
                ("thousand", 1000),
                ("million", 1_000_000),
                ("billion", 1_000_000_000),
                ("trillion", 1_000_000_000_000),
            ];
            return match known.iter().find(|(name, _)| lower.starts_with(name)) {
                Some((name, scale)) => {
                    let skipped =
                        usize::from(chars.get(i).is_some_and(|c| matches!(c.1, ' ' | '-')));
                    (Some(*scale), (i + skipped + name.len()).min(chars.len()))
                }
                None => (None, i),
            };
        }
    };
    // `천` begins many words: it is a multiplier only directly after the digits and not as the start
    // of such a word.
    (Some(scale), i + 1)
}

/// The first syllables of counters and units.
const COUNTERS: &str =
    "명개곳번차년월일시분초원달살대배건권편종가팀국회위층도석표점승패주쪽장채마군척기";

/// The unit after a number: `%`, or the first syllable of a counter; and one past its end.
fn unit(chars: &[(usize, char)], i: usize) -> (Option<char>, usize) {
    let blank = usize::from(chars.get(i).is_some_and(|c| c.1 == ' '));
    match chars.get(i).map(|c| c.1) {
        Some('%' | '％') => match chars.get(i + 1).map(|c| c.1) {
            // A percentage point is another unit than a percent.
            Some('p' | 'P' | '포') => (Some('p'), i + 2),
            _ => (Some('%'), i + 1),
        },
        Some('퍼' | '프') => (Some('%'), i + 1),
        // `1GWh` is not `1MWh`.
        Some(c) if c.is_ascii_alphabetic() => (Some(c), i + 1),
        Some('가') if !chars.get(i + 1).is_some_and(|c| matches!(c.1, '구' | '지')) => (None, i),
        Some(c) if is_hangul_syllable(c) && COUNTERS.contains(c) => (Some(c), i + 1),
        Some(' ') => match chars.get(i + blank).map(|c| c.1) {
            Some(c @ ('원' | '명' | '개' | '건')) => (Some(c), i + blank + 1),
            Some(c) if c.is_ascii_alphabetic() => english_unit(chars, i + blank),
            _ => (None, i),
        },
        Some('-') => english_unit(chars, i + 1),
        _ => (None, i),
    }
}

/// The English word at `i` where it is a unit, under the Korean one's syllable, and one past the
/// number before it.
fn english_unit(chars: &[(usize, char)], i: usize) -> (Option<char>, usize) {
    const UNITS: [(&str, char); 7] = [
        ("year", '년'),
        ("month", '월'),
        ("week", '주'),
        ("day", '일'),
        ("hour", '시'),
        ("minute", '분'),
        ("percent", '%'),
    ];
    let word: String = chars.iter().skip(i).take(7).map(|c| c.1).collect();
    let lower = word.to_lowercase();
    let unit = UNITS.iter().find(|(name, _)| lower.starts_with(name));
    (unit.map(|u| u.1), i.saturating_sub(1))
}

/// A native numeral before a counter (`두 명`): the value in thousandths and one past its end.
fn native(chars: &[(usize, char)], i: usize) -> Option<(i128, usize)> {
    const NUMERALS: &[(&str, i128)] = &[
        ("한", 1),
        ("두", 2),
        ("세", 3),
        ("네", 4),
        ("다섯", 5),
        ("여섯", 6),
        ("일곱", 7),
        ("여덟", 8),
        ("아홉", 9),
        ("열", 10),
    ];
    if i > 0 && chars[i - 1].1.is_alphanumeric() {
        return None;
    }
    NUMERALS.iter().find_map(|&(name, value)| {
        let len = name.chars().count();
        let reads = name
            .chars()
            .enumerate()
            .all(|(n, c)| chars.get(i + n).is_some_and(|x| x.1 == c));
        let counted = chars.get(i + len).is_some_and(|c| c.1 == ' ')
            && chars
                .get(i + len + 1)
                .is_some_and(|c| "명개곳번차달살대배건권편종가팀".contains(c.1));
        (reads && counted).then_some((value * 1000, i + len + 1))
    })
}

/// An English number word from two to twelve: the value in thousandths and one past its end.
fn english(chars: &[(usize, char)], i: usize) -> Option<(i128, usize)> {
    const WORDS: [(&str, i128); 11] = [
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
    ];
    if !chars[i].1.is_ascii_alphabetic() || (i > 0 && chars[i - 1].1.is_alphanumeric()) {
        return None;
    }
    let letters = chars[i..].iter().take_while(|c| c.1.is_alphabetic());
    let word: String = letters.take(7).map(|c| c.1.to_ascii_lowercase()).collect();
    let value = WORDS.iter().find(|(name, _)| *name == word)?.1;
    let (scale, end) = multiplier(chars, i + word.len());
    Some((value * 1000 * scale.unwrap_or(1), end))
}

/// A Sino-Korean number before a counter (`삼백억 원`, `이십명`): the value in thousandths and one past
/// its end. A single syllable is usually a word, and so is a number that ends in 조 (`구조대`) or has
/// no multiplier (`이사`).
fn written(chars: &[(usize, char)], from: usize) -> Option<(i128, usize)> {
    if from > 0 && chars[from - 1].1.is_alphanumeric() {
        return None;
    }
    let (mut total, mut section, mut digit) = (0_i128, 0_i128, 0_i128);
    let mut i = from;
    let mut multiplied = false;
    while let Some(&(_, c)) = chars.get(i) {
        match (c, "일이삼사오육칠팔구".chars().position(|d| d == c)) {
            (_, Some(value)) => digit = value as i128 + 1,
            ('십' | '백' | '천' | '만' | '억', _) => {
                let scale = multiplier(chars, i).0?;
                multiplied = true;
                if scale <= 1000 {
                    section += digit.max(1) * scale;
                } else {
                    total += (section + digit).max(1) * scale;
                    section = 0;
                }
                digit = 0;
            }
            _ => break,
        }
        i += 1;
    }
    let counted = unit(chars, i)
        .0
        .is_some_and(|c| "원명개건년월일대세".contains(c));
    (multiplied && i >= from + 2 && counted).then_some(((total + section + digit) * 1000, i))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(i128, Option<char>)> {
        quantities(text)
            .into_iter()
            .map(|q| (q.value / 1000, q.unit))
            .collect()
    }

    #[test]
    fn one_quantity_however_it_is_written() {
        for text in ["131만 7000명", "1,317,000명", "131만7천명", "131만7,000 명"] {
            assert_eq!(read(text), [(1_317_000, Some('명'))], "{text}");
        }
        assert_eq!(read("1억 7849만원"), [(178_490_000, Some('원'))]);
        assert_eq!(read("3천459종"), [(3459, Some('종'))]);
        assert_eq!(read("5조 3000억원"), [(5_300_000_000_000, Some('원'))]);
        assert_eq!(read("$2.5 million"), [(2_500_000, None)]);
    }

    #[test]
    fn a_number_in_letters_is_one_before_a_counter() {
        assert_eq!(read("삼백억 원"), [(30_000_000_000, Some('원'))]);
        assert_eq!(
            read("공사비는 이천오백만원이다"),
            [(25_000_000, Some('원'))]
        );
        assert_eq!(read("주민 이십오 명"), [(25, Some('명'))]);
        assert_eq!(
            read("만 명, 사천시, 오만한 이, 일이 있다, 구조대, 조사팀, 이사 한다"),
            []
        );
    }

    #[test]
    fn neighbours_are_two_quantities() {
        assert_eq!(
            read("2023년 12월 20일"),
            [(2023, Some('년')), (12, Some('월')), (20, Some('일'))]
        );
        assert_eq!(read("3만 20대"), [(30_020, Some('대'))]);
        assert_eq!(read("두 곳과 3곳"), [(2, Some('곳')), (3, Some('곳'))]);
        assert_eq!(quantities("3.4%")[0].value, 3400);
    }
}
