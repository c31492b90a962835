//! Korean numerals: Sino-Korean (삼), native before a counter (세), and digit by digit (공일공).

const DIGITS: [&str; 10] = ["영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"];
const ONES: [&str; 10] = [
    "", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉",
];
const TENS: [&str; 10] = [
    "", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔",
];
const MYRIADS: [&str; 5] = ["", "만", "억", "조", "경"];

/// A run of ASCII digits as a Sino-Korean number; digit by digit beyond 20 digits.
pub(super) fn sino(digits: &str) -> String {
    let kept = digits.trim_start_matches('0');
    if kept.is_empty() {
        return DIGITS[0].to_owned();
    }
    if kept.len() > MYRIADS.len() * 4 {
        return by_digit(digits);
    }
    let values: Vec<usize> = kept
        .bytes()
        .map(|b| usize::from(b.wrapping_sub(b'0')).min(9))
        .collect();
    let mut out = String::new();
    let mut said_in_group = 0;
    for (i, value) in values.iter().enumerate() {
        let place = values.len() - 1 - i;
        // A one before 천, 백 and 십 is not read.
        if *value > 0 {
            if *value > 1 || place.is_multiple_of(4) {
                out.push_str(DIGITS[*value]);
            }
            out.push_str(["", "십", "백", "천"][place % 4]);
            said_in_group += value;
        }
        if place.is_multiple_of(4) {
            if said_in_group > 0 && place > 0 {
                // 10000 is 만, not 일만.
                if place == 4 && kept.len() == 5 && *value == 1 {
                    out.clear();
                }
                out.push_str(MYRIADS[place / 4]);
            }
            said_in_group = 0;
        }
    }
    out
}

/// A number in native numerals, in the form before a counter: 한, 두, 스무, 백스물세.
pub(super) fn native(digits: &str) -> String {
    let Ok(value) = digits.parse::<usize>() else {
        return sino(digits);
    };
    let rest = value % 100;
    if rest == 0 || value >= 10_000 {
        return sino(digits);
    }
    let above = if value > 99 {
        sino(&(value - rest).to_string())
    } else {
        String::new()
    };
    let tens = if rest == 20 {
        "스무"
    } else {
        TENS[rest / 10]
    };
    format!("{above}{tens}{}", ONES[rest % 10])
}

/// The name of each digit; zero is 공, as in telephone numbers.
pub(super) fn by_digit(digits: &str) -> String {
    digits
        .chars()
        .filter_map(|c| c.to_digit(10))
        .map(|d| if d == 0 { "공" } else { DIGITS[d as usize] })
        .collect()
}

/// The name of each digit after a decimal point; zero is 영.
pub(super) fn decimals(digits: &str) -> String {
    digits
        .chars()
        .filter_map(|c| c.to_digit(10))
        .map(|d| DIGITS[d as usize])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sino_korean_numbers_drop_the_ones_that_nobody_says() {
        let cases = [
            ("0", "영"),
            ("1", "일"),
            ("10", "십"),
            ("11", "십일"),
            ("105", "백오"),
            ("1000", "천"),
            ("1234", "천이백삼십사"),
            ("10000", "만"),
            ("11000", "만천"),
            ("15000", "만오천"),
            ("110000", "십일만"),
            ("2070000", "이백칠만"),
            ("100000000", "일억"),
            ("100010000", "일억일만"),
            ("1000000000000", "일조"),
            ("20260000000000000000", "이천이십육경"),
            ("007", "칠"),
            (
                "123456789012345678901",
                "일이삼사오육칠팔구공일이삼사오육칠팔구공일",
            ),
        ];
        for (digits, said) in cases {
            assert_eq!(sino(digits), said, "{digits}");
        }
    }

    #[test]
    fn native_numbers_stand_before_counters() {
        let cases = [
            ("1", "한"),
            ("4", "네"),
            ("11", "열한"),
            ("20", "스무"),
            ("21", "스물한"),
            ("99", "아흔아홉"),
            ("100", "백"),
            ("123", "백스물세"),
            ("1205", "천이백다섯"),
            ("20000", "이만"),
        ];
        for (digits, said) in cases {
            assert_eq!(native(digits), said, "{digits}");
        }
    }
}
