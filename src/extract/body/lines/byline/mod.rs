//! Who wrote it: `배경환 기자 khbae@asiae.co.kr`, `[견본일보 홍길동 기자]`, `By Jane Doe and John Smith, Staff
//! Writers`.

mod email;
mod english;

pub(crate) use self::email::address;
use self::email::email;
use self::english::english;
pub(crate) use self::english::{full_name, is_english_role};
use super::measure::{columns, is_hangul_letter, key};
use crate::news::hangul::is_hangul_syllable;
use crate::news::{Byline, Clean};

/// Longer lines are paragraphs.
const LONGEST: usize = 120;

/// What a Korean newspaper calls those who write for it; longer names first.
const ROLES: [&str; 36] = [
    "의학전문기자",
    "기상전문기자",
    "과학전문기자",
    "전문기자",
    "선임기자",
    "수습기자",
    "인턴기자",
    "객원기자",
    "시민기자",
    "사진기자",
    "영상기자",
    "취재기자",
    "대학생기자",
    "명예기자",
    "여행기자",
    "문화부장",
    "정치부장",
    "경제부장",
    "사회부장",
    "편집국장",
    "논설위원",
    "논설실장",
    "편집위원",
    "기획위원",
    "칼럼니스트",
    "에디터",
    "특파원",
    "통신원",
    "리포터",
    "아나운서",
    "기상캐스터",
    "캐스터",
    "앵커",
    "피디",
    "PD",
    "기자",
];

/// Words that stand before a role without being anybody's name.
const NOT_NAMES: [&str; 54] = [
    "문의",
    "제보",
    "메일",
    "이메일",
    "전화",
    "팩스",
    "주소",
    "광고",
    "구독",
    "독자",
    "편집국",
    "홈페이지",
    "기사",
    "입력",
    "취재",
    "사진",
    "담당",
    "영상",
    "본지",
    "현장",
    "인턴",
    "수습",
    "선임",
    "전문",
    "온라인",
    "디지털",
    "편집",
    "시민",
    "객원",
    "해당",
    "다른",
    "동료",
    "후배",
    "선배",
    "한국",
    "미국",
    "국제",
    "경제",
    "정치",
    "사회",
    "문화",
    "스포츠",
    "연예",
    "이번",
    "어느",
    "모든",
    "여러",
    "일부",
    "전직",
    "현직",
    "남성",
    "여성",
    "기상",
    "출입",
];

/// The first byline of a line that is nothing but bylines.
pub fn byline(line: &str) -> Option<Byline> {
    bylines(line).into_iter().next()
}

/// All bylines of a line that is nothing but bylines; empty for any other line.
pub fn bylines(line: &str) -> Vec<Byline> {
    let line = line.replace('\u{a0}', " ");
    let line = line.trim();
    if line.is_empty() || columns(line) > LONGEST {
        return Vec::new();
    }
    // A line without a Latin letter is none of English.
    let found = if line.contains(|c: char| c.is_alphabetic() && !is_hangul_letter(c)) {
        english(line)
    } else {
        Vec::new()
    };
    if found.is_empty() {
        korean(line)
    } else {
        found
    }
}

/// The writer that a paragraph names in passing: its dateline (`(서울=견본) 홍길동 기자 =`), a bracket in
/// front (`[견본일보 홍길동 기자]`), a sign-off (`견본뉴스 홍길동입니다. (hong@example.com)`) or a tail (`… /홍길동 기자
/// hong@example.com`).
pub fn byline_inside(paragraph: &str) -> Vec<Byline> {
    let head_end = paragraph
        .char_indices()
        .nth(60)
        .map_or(paragraph.len(), |(i, _)| i);
    let head = &paragraph[..head_end];
    if let Some((dateline, _)) = head.split_once(" =").or_else(|| head.split_once(" ＝")) {
        let from = dateline.rfind([')', ']', '】']).map_or(0, |at| {
            at + dateline[at..].chars().next().map_or(1, char::len_utf8)
        });
        let found = korean(&dateline[from..]);
        if !found.is_empty() {
            return found;
        }
    }
    if let Some(inner) = head
        .strip_prefix(['[', '【', '('])
        .and_then(|h| h.split([']', '】', ')']).next())
    {
        let found = korean(inner.rsplit(['=', '｜', '|']).next().unwrap_or(inner));
        if !found.is_empty() {
            return found;
        }
    }
    let found = sign_off(paragraph);
    if !found.is_empty() {
        return found;
    }
    let tail_start = paragraph.char_indices().rev().nth(60).map_or(0, |(i, _)| i);
    let tail = &paragraph[tail_start..];
    tail.rsplit_once(['/', '.', '[', '(', '】'])
        .map_or_else(Vec::new, |_| {
            let at = tail
                .rfind("다.")
                .map(|at| at + "다.".len())
                .or_else(|| tail.find('/').map(|at| at + 1));
            at.map_or_else(Vec::new, |at| {
                korean(tail[at..].trim_start_matches([' ', '/', '[', '(']))
            })
        })
}

/// `견본뉴스 홍길동입니다. (hong@example.com)`, `홍길동 기자입니다.`
fn sign_off(paragraph: &str) -> Vec<Byline> {
    if columns(paragraph) > LONGEST {
        return Vec::new();
    }
    let (email, rest) = email(paragraph);
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    let Some(said) = rest
        .strip_suffix("입니다")
        .or_else(|| rest.strip_suffix("였습니다"))
    else {
        return Vec::new();
    };
    let words: Vec<&str> = said.split_whitespace().collect();
    if let [.., name, role] = words[..]
        && ROLES.contains(&role)
        && is_name(name)
    {
        return vec![Byline {
            name: Clean::line(name),
            role: Some(Clean::line(role)),
            email,
        }];
    }
    match words[..] {
        [ref before @ .., name]
            if (1..=3).contains(&before.len())
                && is_name(name)
                && ((before.len() == 1 && email.is_some())
                    || before.iter().any(|w| is_outlet(w))) =>
        {
            vec![Byline {
                name: Clean::line(name),
                role: None,
                email,
            }]
        }
        _ => Vec::new(),
    }
}

fn is_outlet(word: &str) -> bool {
    ["뉴스", "일보", "방송", "신문", "TV"]
        .iter()
        .any(|w| word.contains(w))
        || (word.len() >= 2 && word.chars().all(|c| c.is_ascii_uppercase()))
}

/// Two to four Hangul syllables that are no common word.
fn is_name(word: &str) -> bool {
    let letters = word.chars().count();
    (2..=4).contains(&letters)
        && word.chars().all(is_hangul_syllable)
        && !NOT_NAMES.contains(&word)
        && !ROLES.contains(&word)
}

/// Words that may stand in a byline beside names, roles and addresses.
fn is_beside(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.is_empty()
        || word.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
        || [
            "글",
            "사진",
            "글사진",
            "그래픽",
            "구독",
            "구독하기",
            "기자페이지",
            "다른",
            "기사",
            "보기",
            "이메일",
            "보내기",
            "정리",
            "취재",
            "제공",
            "팀",
        ]
        .contains(&key(word).trim_end_matches(|c: char| c.is_ascii_digit()))
        || [
            "일보",
            "신문",
            "뉴스",
            "방송",
            "경제",
            "매일",
            "통신",
            "타임스",
            "투데이",
            "닷컴",
            "저널",
            "특파원",
            "스포츠",
            "조선",
            "팀",
            "부",
        ]
        .iter()
        .any(|s| word.ends_with(s))
        || word.contains('=')
}

/// Several names before one role, each name followed by its own, an address after each or at the
/// end.
fn korean(line: &str) -> Vec<Byline> {
    if !line.chars().any(is_hangul_letter) {
        return Vec::new();
    }
    let mut found: Vec<Byline> = Vec::new();
    let mut waiting: Vec<&str> = Vec::new();
    let mut others = 0;
    let mut addresses = 0;
    // `워싱턴=홍길동 특파원`: the place is nobody's name.
    let place = |p: &str| columns(p) <= 16 && !p.contains(' ');
    let named = line
        .split_once('=')
        .filter(|(p, _)| place(p))
        .map_or(line, |(_, named)| named);
    for word in words(named) {
        if word.contains('@') {
            let (address, _) = email(word);
            if address.is_some() {
                addresses += 1;
                adopt(&mut found, &mut waiting, address);
            }
        } else if let Some((name, role)) = named_role(word) {
            if !name.is_empty() {
                waiting.push(name);
            }
            let role = Clean::line(role);
            found.extend(waiting.drain(..).map(|n| Byline {
                name: Clean::line(n),
                role: Some(role.clone()),
                email: None,
            }));
        } else if is_name(word) && !is_beside(word) {
            waiting.push(word);
        } else if !is_beside(word) {
            others += 1;
        }
    }
    let has_role = found.iter().any(|b| b.role.is_some());
    if others > 0
        || !waiting.is_empty()
        || found.is_empty()
        || (!has_role && addresses == 0)
        || found.len() > 8
    {
        return Vec::new();
    }
    found
}

/// An address belongs to the last one named; a name that waits for a role takes it without one.
fn adopt(found: &mut Vec<Byline>, waiting: &mut Vec<&str>, address: Option<Clean>) {
    if let Some(name) = waiting.pop() {
        waiting.clear();
        found.push(Byline {
            name: Clean::line(name),
            role: None,
            email: address,
        });
    } else if let Some(last) = found.iter_mut().rev().find(|b| b.email.is_none()) {
        last.email = address;
    }
}

/// The words of a byline: parted at blanks, commas, middle dots and brackets.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| c.is_whitespace() || ",，·ㆍ/|()[]【】<>:;&=".contains(c))
        .filter(|w| !w.is_empty())
}

/// `기자` → ("", 기자); `홍길동기자` → (홍길동, 기자).
fn named_role(word: &str) -> Option<(&str, &str)> {
    ROLES.iter().find_map(|role| {
        let name = word.strip_suffix(role)?;
        (name.is_empty() || is_name(name)).then_some((name, *role))
    })
}

#[cfg(test)]
mod tests;
