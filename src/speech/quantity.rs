//! Korean numbers with what surrounds them: telephone numbers, dates, times, fractions, ranges and
//! amounts.
//!
//! At the first digit each form is tried in turn. Every look-ahead is bounded, so the whole is
//! linear.

use super::numerals::{by_digit, decimals, native, sino};
use super::tables::{COUNTERS, CURRENCIES, UNITS};
use crate::news::hangul::is_hangul_syllable;

/// Most digits of a number; a longer run is read digit by digit.
const LONGEST: usize = 24;

/// The spoken form, and one past the end of what it replaces.
type Said = Option<(String, usize)>;

/// The spoken form of the number that begins at `at`, a sign or currency before it included.
pub(super) fn at(chars: &[char], at: usize) -> Said {
    let apart = at == 0 || !(chars[at - 1].is_alphanumeric() || matches!(chars[at - 1], ')' | '%'));
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    match chars[at] {
        c if c.is_ascii_digit() => number(chars, at),
        '-' | '−' | '–' if apart && digit(at + 1) => {
            let below = amount(chars, at + 1)?;
            let degrees = below.said.ends_with('도') || chars.get(below.end) == Some(&'도');
            let sign = if degrees { "영하" } else { "마이너스" };
            Some((format!("{sign} {}", below.said), below.end))
        }
        '+' if apart && digit(at + 1) => {
            amount(chars, at + 1).map(|a| (format!("플러스 {}", a.said), a.end))
        }
        '±' if digit(at + 1) => {
            amount(chars, at + 1).map(|a| (format!("플러스마이너스 {}", a.said), a.end))
        }
        c => {
            let [_, money] = CURRENCIES
                .iter()
                .find(|[m, _]| m.starts_with(c) && digit(at + 1))?;
            let paid = amount(chars, at + 1)?;
            let (particle, end) = particle_after(chars, paid.end, money);
            Some((format!("{} {money}{particle}", paid.said), end))
        }
    }
}

/// The particle at `at`, in the form that fits a word ending in a vowel where `word` does, and one
/// past it: `$5을` is read as 오 달러를.
fn particle_after(chars: &[char], at: usize, word: &str) -> (&'static str, usize) {
    let open = word.chars().next_back().is_some_and(|c| {
        is_hangul_syllable(c) && (u32::from(c) - u32::from('가')).is_multiple_of(28)
    });
    let ends = !chars.get(at + 1).is_some_and(|c| is_hangul_syllable(*c));
    match chars.get(at) {
        Some('을') if open && ends => ("를", at + 1),
        Some('은') if open && ends => ("는", at + 1),
        Some('이') if open && ends => ("가", at + 1),
        Some('과') if open && ends => ("와", at + 1),
        _ => ("", at),
    }
}

fn number(chars: &[char], at: usize) -> Said {
    telephone(chars, at)
        .or_else(|| date(chars, at))
        .or_else(|| days(chars, at))
        .or_else(|| clock(chars, at))
        .or_else(|| fraction(chars, at))
        .or_else(|| memorial(chars, at))
        .or_else(|| span(chars, at))
}

/// The run of digits that begins at `at`, and one past its end.
fn digits(chars: &[char], at: usize) -> Option<(String, usize)> {
    let run: String = chars
        .get(at..)?
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .collect();
    (!run.is_empty()).then(|| (run.clone(), at + run.len()))
}

/// Up to three groups of digits with the same one of `marks` between them, that mark, and one past
/// the end.
fn groups(chars: &[char], at: usize, marks: &[char]) -> (Vec<String>, Option<char>, usize) {
    let (mut out, mut mark, mut end) = (Vec::new(), None, at);
    let mut from = at;
    while let Some((run, behind)) =
        digits(chars, from).filter(|(run, _)| run.len() <= LONGEST && out.len() < 3)
    {
        out.push(run);
        end = behind;
        let Some(next) = chars
            .get(behind)
            .filter(|c| marks.contains(c) && mark.is_none_or(|m| m == **c))
        else {
            break;
        };
        mark = Some(*next);
        // A date with blanks: `2026. 11. 22.`
        from = behind + 1 + usize::from(*next == '.' && chars.get(behind + 1) == Some(&' '));
    }
    (out, mark, end)
}

fn ends_here(chars: &[char], end: usize, mark: Option<char>) -> bool {
    !chars.get(end).is_some_and(|c| {
        c.is_ascii_digit()
            || (Some(*c) == mark && chars.get(end + 1).is_some_and(char::is_ascii_digit))
    })
}

fn telephone(chars: &[char], at: usize) -> Said {
    let (mut parts, mut mark, mut end) = groups(chars, at, &['-', '.']);
    // An area code in brackets: `031)123-4567`.
    if let ([area], Some(')')) = (parts.as_slice(), chars.get(end)) {
        let (rest, between, behind) = groups(chars, end + 1, &['-']);
        (parts, mark, end) = ([vec![area.clone()], rest].concat(), between, behind);
    }
    let lengths: Vec<usize> = parts.iter().map(String::len).collect();
    let fits = match lengths.as_slice() {
        [2..=4, 3..=4, 4] => parts[0].starts_with('0'),
        [4, 4] => mark == Some('-') && parts[0].starts_with('1') && parts[0].as_bytes()[1] >= b'5',
        _ => false,
    };
    let said: Vec<String> = parts.iter().map(|p| by_digit(p)).collect();
    (fits && ends_here(chars, end, mark)).then(|| (said.join(", "), end))
}

fn date(chars: &[char], at: usize) -> Said {
    let (parts, mark, end) = groups(chars, at, &['.', '-', '/']);
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    let (y, m, d): (u32, u32, u32) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let fits = year.len() == 4
        && (1000..=2999).contains(&y)
        && (1..=12).contains(&m)
        && (1..=31).contains(&d);
    if !fits || month.len() > 2 || day.len() > 2 || !ends_here(chars, end, mark) {
        return None;
    }
    let end = end
        + usize::from(
            mark == Some('.') && chars.get(end) == Some(&'.') && chars.get(end + 1).is_some(),
        );
    Some((
        format!("{}년 {} {}일", sino(year), month_name(month), sino(day)),
        end,
    ))
}

/// Two days with a tilde between them: `11.29~12.3`.
fn days(chars: &[char], at: usize) -> Said {
    let (first, until) = day_of_month(chars, at)?;
    let tilde = matches!(chars.get(until)?, '~' | '∼' | '～' | '〜');
    let (last, end) = day_of_month(chars, until + 1).filter(|_| tilde)?;
    let counted = chars
        .get(end)
        .is_some_and(|c| is_hangul_syllable(*c) || matches!(c, '%' | '℃'));
    (!counted).then(|| (format!("{first}부터 {last}까지"), end))
}

/// `11.29` as a day of a month, and one past its end.
fn day_of_month(chars: &[char], at: usize) -> Said {
    let (month, dot) = digits(chars, at)?;
    let (day, end) = digits(chars, dot + 1).filter(|_| chars[dot] == '.')?;
    let fits = |text: &str, most: u32| {
        text.len() <= 2 && text.parse().is_ok_and(|n: u32| (1..=most).contains(&n))
    };
    let alone = ends_here(chars, end, Some('.'));
    (fits(&month, 12) && fits(&day, 31) && alone)
        .then(|| (format!("{} {}일", month_name(&month), sino(&day)), end))
}

/// The name of a month; 유월 and 시월 are irregular.
fn month_name(month: &str) -> String {
    match month.trim_start_matches('0') {
        "6" => "유월".to_owned(),
        "10" => "시월".to_owned(),
        other => format!("{}월", sino(other)),
    }
}

/// `9:30` and `09:30:15` as a time, other pairs as a score.
fn clock(chars: &[char], at: usize) -> Said {
    let (parts, mark, end) = groups(chars, at, &[':']);
    if parts.len() < 2 || !ends_here(chars, end, mark) {
        return None;
    }
    let values: Vec<u32> = parts
        .iter()
        .map(|p| p.parse().unwrap_or(u32::MAX))
        .collect();
    if parts[1].len() == 2 && values[0] <= 24 && values[1] < 60 {
        let mut said = hour(&parts[0]);
        for (value, name) in parts[1..]
            .iter()
            .zip(["분", "초"])
            .filter(|(v, _)| !v.trim_matches('0').is_empty())
        {
            said.push_str(&format!(" {} {name}", sino(value)));
        }
        return Some((said, end));
    }
    (parts.len() == 2).then(|| (format!("{} 대 {}", sino(&parts[0]), sino(&parts[1])), end))
}

/// An hour, in native numerals up to twelve.
fn hour(digits: &str) -> String {
    match digits.parse::<usize>() {
        Ok(1..=12) => format!("{} 시", native(digits)),
        _ => format!("{} 시", sino(digits)),
    }
}

fn fraction(chars: &[char], at: usize) -> Said {
    let (parts, mark, end) = groups(chars, at, &['/']);
    let [above, below] = parts.as_slice() else {
        return None;
    };
    let (a, b): (u32, u32) = (above.parse().ok()?, below.parse().ok()?);
    (a < b && below.len() <= 4 && ends_here(chars, end, mark))
        .then(|| (format!("{}분의 {}", sino(below), sino(above)), end))
}

/// Days known by their date: `4·19`, `3·1절`.
fn memorial(chars: &[char], at: usize) -> Said {
    let (parts, mark, end) = groups(chars, at, &['·', 'ㆍ', '・', '∙']);
    let [month, day] = parts.as_slice() else {
        return None;
    };
    let (m, d): (u32, u32) = (month.parse().ok()?, day.parse().ok()?);
    let counted = chars.get(end).is_some_and(|c| {
        "위호차분년월일등층번단동심급과권조항부회선세명개만억조천백%㎞".contains(*c)
            && !(*c == '일' && d > 9)
    });
    if !(1..=12).contains(&m) || !(1..=31).contains(&d) || counted || !ends_here(chars, end, mark) {
        return None;
    }
    // 오일팔, 육이오 and 팔일오 are read digit by digit; 십이십이 and 십이삼 are not.
    let day = if m >= 10 && d < 20 {
        sino(day)
    } else {
        decimals(day)
    };
    Some((format!("{}{day}", sino(month)), end))
}

/// One amount, or two with a tilde between them.
fn span(chars: &[char], at: usize) -> Said {
    let first = amount(chars, at)?;
    let second = chars
        .get(first.end)
        .filter(|c| matches!(c, '~' | '∼' | '～' | '〜' | '–'))
        .and_then(|_| amount(chars, first.end + 1));
    if let Some(second) = second {
        // `3~5명`: the counter after the second number applies to the first too.
        let said = match (&second.counter, first.counter.is_none() && first.plain) {
            (Some(counter), true) => format!("{} {counter}", native(&first.digits)),
            _ => first.said,
        };
        return Some((format!("{said}에서 {}", second.said), second.end));
    }
    let hyphen = chars.get(first.end) == Some(&'-') && first.plain;
    if let Some(second) = hyphen.then(|| amount(chars, first.end + 1)).flatten() {
        let score = chars
            .get(second.end)
            .is_some_and(|c| matches!(c, '로' | '으' | '승' | '패' | '무'));
        let between = if score { "대" } else { "다시" };
        return Some((
            format!("{} {between} {}", first.said, second.said),
            second.end,
        ));
    }
    Some((first.said, first.end))
}

/// An amount and its spoken form.
struct Amount {
    said: String,
    end: usize,
    /// The digits before the decimal point.
    digits: String,
    /// Whether it is digits alone, without commas, decimals or multipliers.
    plain: bool,
    /// Its counter, if that takes native numerals.
    counter: Option<&'static str>,
}

/// The amount at `at`: digits with commas and decimals, 천, 만 and 억, and what is counted.
fn amount(chars: &[char], at: usize) -> Option<Amount> {
    let (first, mut end, mut said, mut plain) = figure(chars, at)?;
    let mut large = false;
    let mut value = first.clone();
    while let Some((multiple, behind)) = multiple(chars, end) {
        if value == "1" && !multiple.starts_with(['억', '조', '경']) {
            let kept = said.len() - "일".len();
            said.truncate(kept);
        }
        said.push_str(&multiple);
        (plain, large, end) = (false, true, behind);
        let next = end
            + usize::from(
                chars.get(end) == Some(&' ') && multiple.ends_with(['만', '억', '조', '경']),
            );
        match figure(chars, next) {
            Some((digits, figure_end, more, _))
                if next == end || multiple_or_counter(chars, figure_end) =>
            {
                said.push(' ');
                said.push_str(&more);
                (value, end) = (digits, figure_end);
            }
            _ => break,
        }
    }
    let mut amount = Amount {
        said,
        end,
        digits: first,
        plain,
        counter: None,
    };
    amount.count(chars, at, large);
    Some(amount)
}

/// Whether the number at `at` continues an amount: `5천` and `5원` do, `5` alone is another number.
fn multiple_or_counter(chars: &[char], at: usize) -> bool {
    multiple(chars, at).is_some() || chars.get(at) == Some(&'원')
}

/// Digits with commas and decimals: the digits before the point, one past the end, the spoken form,
/// and whether it is a plain number.
fn figure(chars: &[char], at: usize) -> Option<(String, usize, String, bool)> {
    let (mut whole, mut end) = digits(chars, at)?;
    if whole.len() <= 3 {
        while let Some((group, behind)) =
            digits(chars, end + 1).filter(|(g, _)| g.len() == 3 && chars[end] == ',')
        {
            if whole.len() + 3 > LONGEST {
                break;
            }
            whole.push_str(&group);
            end = behind;
        }
    }
    let coded = whole.len() > 1 && whole.starts_with('0');
    let mut said = if coded {
        by_digit(&whole)
    } else {
        sino(&whole)
    };
    let mut plain = !coded;
    while let Some((part, behind)) = digits(chars, end + 1).filter(|_| chars[end] == '.') {
        said.push('점');
        said.push_str(&decimals(&part));
        (plain, end) = (false, behind);
    }
    Some((whole, end, said, plain))
}

/// The multipliers at `at` (십, 백, 천 and 만, 억, 조, 경), and one past them.
fn multiple(chars: &[char], at: usize) -> Option<(String, usize)> {
    let small = usize::from(
        chars
            .get(at)
            .is_some_and(|c| matches!(c, '십' | '백' | '천')),
    );
    let big = usize::from(
        chars
            .get(at + small)
            .is_some_and(|c| matches!(c, '만' | '억' | '조' | '경')),
    );
    // 조각, 조항 and 경기 begin like a multiplier.
    let word = big == 1
        && matches!(chars[at + small], '조' | '경')
        && chars
            .get(at + small + 1)
            .is_some_and(|c| matches!(c, '각' | '항' | '례' | '기'));
    let end = at + small + if word { 0 } else { big };
    (end > at).then(|| (chars[at..end].iter().collect(), end))
}

impl Amount {
    /// Adds what is counted: a unit, or a Korean counter, which may take native numerals. `large`:
    /// the number has a multiplier.
    fn count(&mut self, chars: &[char], at: usize, large: bool) {
        if let Some((said, end)) = unit(chars, self.end) {
            // 시속 120km/h says twice that it is a speed.
            let hourly = at > 2 && chars[at - 3..at] == ['시', '속', ' '];
            let said = if hourly {
                said.trim_end_matches(" 매시")
            } else {
                said
            };
            self.said = format!("{} {said}", self.said);
            self.end = end;
            return;
        }
        let next = chars.get(self.end).copied();
        if next == Some('월') && self.plain {
            self.said = month_name(&self.digits);
            self.end += 1;
            return;
        }
        if !next.is_some_and(is_hangul_syllable) {
            return self.count_apart(chars);
        }
        if self.plain
            && !large
            && let Some(counter) = counter(chars, self.end, &self.digits, at)
        {
            return self.take(chars, counter, self.end);
        }
        // A particle is attached to the number (이십이일, 삼은); a counted noun follows after a blank (삼
        // 년).
        let particle = next.is_some_and(|c| "은는이가을를의에로과와도".contains(c))
            && !chars
                .get(self.end + 1)
                .is_some_and(|c| is_hangul_syllable(*c));
        if next != Some('일') && !particle {
            self.said.push(' ');
        }
    }

    /// Adds a counter after a blank, if only a particle or the end follows it: `3 명`.
    fn count_apart(&mut self, chars: &[char]) {
        let at = self.end + 1;
        let known = ["명", "개", "곳", "마리", "가지", "건", "살", "시간"];
        let fits = chars.get(self.end) == Some(&' ') && self.plain;
        let Some(word) = known.iter().find(|w| fits && starts(chars, at, w)) else {
            return;
        };
        let behind = chars.get(at + word.chars().count()).copied();
        if behind.is_none_or(|c| !is_hangul_syllable(c) || "이가은는을를의에로과와도씩".contains(c))
            && let Some(counter) = counter(chars, at, &self.digits, self.end)
        {
            self.take(chars, counter, at);
        }
    }

    fn take(&mut self, chars: &[char], counter: &'static str, at: usize) {
        let first = counter == "번째" && self.digits == "1";
        self.said = format!(
            "{} {counter}",
            if first {
                "첫".to_owned()
            } else {
                native(&self.digits)
            }
        );
        self.end = at + counter.chars().count();
        self.counter = Some(counter);
        // A noun after the counter is a word of its own: 열한 개 구.
        let noun = chars.get(self.end).is_some_and(|c| {
            is_hangul_syllable(*c)
                && !"가는를은을의에로와과도만씩당째뿐나인이까정보라다였입예든들".contains(*c)
        });
        if counter == "개" && noun {
            self.said.push(' ');
        }
    }
}

/// The counter at `at`, if it takes native numerals for `digits`.
fn counter(chars: &[char], at: usize, digits: &str, number: usize) -> Option<&'static str> {
    let value: usize = digits.parse().ok().filter(|v| *v > 0)?;
    // 제21대, 3번 출구: a place in an order or a name, not a number of things.
    let ordinal = at == number + digits.len() && number > 0 && chars[number - 1] == '제';
    let named = [
        "번 출구",
        "번 버스",
        "번 국도",
        "번 게이트",
        "번 창구",
        "번 승강장",
        "번 홀",
        "번 타자",
        "번 트랙",
    ];
    if ordinal || named.iter().any(|w| starts(chars, at, w)) {
        return None;
    }
    if starts(chars, at, "대") {
        return vehicles(chars, at, value, number).then_some("대");
    }
    let (word, most) = COUNTERS.iter().find(|(w, _)| starts(chars, at, w))?;
    (value <= *most).then_some(*word)
}

/// Whether 대 at `at` counts vehicles (`버스 3대`) rather than being part of a name (`3대 과제`, `20대`,
/// `4대강`).
fn vehicles(chars: &[char], at: usize, value: usize, number: usize) -> bool {
    if value.is_multiple_of(10) && value < 100 {
        return false;
    }
    match chars.get(at + 1) {
        Some(c) if is_hangul_syllable(*c) => "가를의는에로와도만".contains(*c),
        Some(' ') => {
            let before = chars[..number]
                .iter()
                .rev()
                .skip_while(|c| **c == ' ')
                .take(1)
                .next();
            before.is_some_and(|c| {
                is_hangul_syllable(*c) && !"의은는이가을를에서와과로도".contains(*c)
            })
        }
        _ => true,
    }
}

/// The name of the unit at `at`, with or without a blank before it, and one past its end.
fn unit(chars: &[char], at: usize) -> Option<(&'static str, usize)> {
    let start = at + usize::from(chars.get(at) == Some(&' '));
    UNITS.iter().find_map(|[written, said, _]| {
        let end = start + written.chars().count();
        let letters = written.ends_with(|c: char| c.is_ascii_alphabetic());
        let cut = letters && chars.get(end).is_some_and(char::is_ascii_alphanumeric);
        (starts(chars, start, written) && !cut).then_some((*said, end))
    })
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    chars.get(at..).is_some_and(|rest| {
        rest.iter()
            .copied()
            .take(word.chars().count())
            .eq(word.chars())
    })
}
