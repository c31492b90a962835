//! Names that a text bears and another does not, told by their form: there is no list of people and
//! companies.
//!
//! In Korean: words in Latin letters; what stands before a title (`강나루 의원`); three syllables that
//! begin with a surname and bear a particle; bodies by what they are called by (`…전자`, `…은행`);
//! countries, cities and days of the week by list. In English: words with a capital that does not
//! begin the sentence.

use std::collections::BTreeSet;

use super::tokens::stem;
use crate::news::hangul::is_hangul_syllable;

/// What people are called by, behind their name.
pub(crate) const TITLES: &[&str] = &[
    "조합장",
    "대표",
    "의원",
    "장관",
    "차관",
    "위원장",
    "회장",
    "부회장",
    "교수",
    "연구원",
    "대통령",
    "총리",
    "감독",
    "선수",
    "기자",
    "사장",
    "이사장",
    "원장",
    "총장",
    "후보",
    "대변인",
    "검사",
    "판사",
    "변호사",
    "시장",
    "지사",
    "군수",
    "구청장",
    "실장",
    "국장",
    "팀장",
    "부장",
    "본부장",
    "센터장",
    "작가",
    "배우",
    "가수",
    "박사",
    "씨",
    "전무",
    "상무",
    "이사",
    "소장",
    "단장",
    "청장",
    "처장",
    "대사",
    "특보",
    "애널리스트",
];

/// The surnames that most people bear; not those that many other words begin with.
const SURNAMES: &str =
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노곽성차주우구민엄채";

/// What companies and offices are called by, behind a name of their own.
const BODIES: &[&str] = &[
    "전자",
    "은행",
    "그룹",
    "건설",
    "증권",
    "자동차",
    "화학",
    "제약",
    "항공",
    "보험",
    "카드",
    "텔레콤",
    "통신",
    "일보",
    "신문",
    "방송",
    "대학교",
    "대학",
    "병원",
    "재단",
    "협회",
    "연구원",
    "연구소",
    "위원회",
    "공사",
    "공단",
    "경찰서",
    "검찰청",
    "법원",
];

/// Countries, cities and days, each with the other ways in which news writes it.
const PLACES_AND_DAYS: &[&[&str]] = &[
    &["미국", "美", "한미", "대미", "북미", "미중"],
    &["중국", "中", "한중", "대중", "미중", "북중"],
    &["일본", "日", "한일", "대일", "미일"],
    &["영국", "英"],
    &["독일", "獨"],
    &["프랑스", "佛"],
    &["러시아", "露", "러"],
    &["북한", "北", "남북"],
    &["인도", "印"],
    &["대만", "臺"],
    &["호주", "濠"],
    &["캐나다"],
    &["브라질"],
    &["멕시코"],
    &["베트남"],
    &["태국"],
    &["인도네시아"],
    &["필리핀"],
    &["싱가포르"],
    &["이스라엘"],
    &["이란"],
    &["이라크"],
    &["사우디"],
    &["튀르키예", "터키"],
    &["우크라이나"],
    &["폴란드"],
    &["스페인"],
    &["이탈리아"],
    &["네덜란드"],
    &["스위스"],
    &["스웨덴"],
    &["팔레스타인"],
    &["이집트"],
    &["서울"],
    &["부산"],
    &["대구"],
    &["인천"],
    &["광주"],
    &["대전"],
    &["울산"],
    &["세종"],
    &["제주"],
    &["경기도", "경기"],
    &["강원"],
    &["충북", "충청북도"],
    &["충남", "충청남도"],
    &["전북", "전라북도"],
    &["전남", "전라남도"],
    &["경북", "경상북도"],
    &["경남", "경상남도"],
    &["월요일", "(월"],
    &["화요일", "(화"],
    &["수요일", "(수"],
    &["목요일", "(목"],
    &["금요일", "(금"],
    &["토요일", "(토"],
    &["일요일", "(일"],
];

/// The names of an article.
#[derive(Debug, Default)]
pub(crate) struct KnownNames {
    /// All that it says, a sentence a line.
    text: String,
    /// The same in small letters.
    small: String,
    /// The pairs of syllables in it, words joined.
    pairs: BTreeSet<(char, char)>,
    /// Names before a title.
    people: BTreeSet<String>,
}

impl KnownNames {
    /// The names in `texts`.
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let text = texts.collect::<Vec<_>>().join("\n");
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let pairs = letters.windows(2).map(|w| (w[0], w[1])).collect();
        let all = words(&text);
        let people = all
            .windows(2)
            .filter(|w| is_title(w[1]) && may_be_name(w[0]))
            .map(|w| w[0].to_owned())
            .collect();
        Self {
            small: text.to_lowercase(),
            text,
            pairs,
            people,
        }
    }

    /// The names in `line` that are none of these, in the order in which it says them, each once.
    pub(crate) fn unknown(&self, line: &str) -> Vec<String> {
        let mut out: Vec<String> = if line.contains(is_hangul_syllable) {
            self.korean(line)
        } else {
            self.english(line)
        };
        let mut seen = BTreeSet::new();
        out.retain(|name| seen.insert(name.clone()));
        out
    }

    fn korean(&self, line: &str) -> Vec<String> {
        let words = words(line);
        let mut out = Vec::new();
        for (i, word) in words.iter().enumerate() {
            let latin = word
                .split(|c: char| !c.is_ascii_alphabetic())
                .filter(|w| w.len() > 1);
            out.extend(
                latin
                    .filter(|w| !self.small.contains(&w.to_lowercase()))
                    .map(str::to_owned),
            );
            let titled = words.get(i + 1).is_some_and(|next| is_title(next)) && may_be_name(word);
            let name = stem(word);
            if (titled && !self.text.contains(word))
                || self.is_stranger(name, name.len() < word.len())
                || self.is_unknown_body(name)
                || self.is_elsewhere(name)
            {
                out.push(name.to_owned());
            }
        }
        out
    }

    /// Whether none of the word's pairs of syllables stands in the article.
    fn is_foreign(&self, word: &str) -> bool {
        let letters: Vec<char> = word.chars().collect();
        letters.len() > 1
            && !letters
                .windows(2)
                .any(|w| self.pairs.contains(&(w[0], w[1])))
    }

    /// Whether it looks like somebody whom the article does not name: nothing of it stands there,
    /// or it is nearly the name of one of its people.
    fn is_stranger(&self, name: &str, particle: bool) -> bool {
        let letters: Vec<char> = name.chars().collect();
        let person = letters.len() == 3
            && letters.iter().all(|c| is_hangul_syllable(*c))
            && SURNAMES.contains(letters[0]);
        // 하, 되: a verb before its ending.
        let verb = matches!(letters.last(), Some('하' | '되'));
        let nearly =
            |known: &String| known.chars().zip(&letters).filter(|(a, b)| a == *b).count() == 2;
        let like = || {
            self.people
                .iter()
                .filter(|p| p.chars().count() == 3)
                .any(nearly)
        };
        person
            && particle
            && !verb
            && !self.text.contains(name)
            && (self.is_foreign(name) || like())
    }

    fn is_unknown_body(&self, word: &str) -> bool {
        let own = BODIES.iter().find_map(|body| word.strip_suffix(body));
        own.is_some_and(|own| own.chars().all(is_hangul_syllable) && self.is_foreign(own))
    }

    fn is_elsewhere(&self, word: &str) -> bool {
        let place = PLACES_AND_DAYS.iter().find(|names| names[0] == word);
        place.is_some_and(|names| !names.iter().any(|name| self.text.contains(name)))
    }

    fn english(&self, line: &str) -> Vec<String> {
        let words = line
            .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .filter(|w| !w.is_empty());
        let own = |w: &&str| w.starts_with(char::is_uppercase) && w.chars().nth(1).is_some();
        let whole = |w: &str| w.trim_end_matches("'s").trim_end_matches("’s").to_owned();
        words
            .skip(1)
            .filter(own)
            .map(whole)
            .filter(|w| !self.small.contains(&w.to_lowercase()))
            .collect()
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect()
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&word) || TITLES.contains(&stem(word))
}

/// Whether the word before a title can be a name: two to four syllables without a particle (a
/// surname alone is said of too many).
fn may_be_name(word: &str) -> bool {
    (2..=4).contains(&word.chars().count())
        && word.chars().all(is_hangul_syllable)
        && stem(word) == word
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "가람시가 한내강에 보행 다리를 놓는다고 강나루 시장이 화요일 밝혔다. 다리는 한빛건설이 짓는다. \
        전문 기관과 美 기업도 돕는다. 시민의 소비는 는다. Acme와 함께 정치를 바꾼다.";

    fn unknown(line: &str) -> Vec<String> {
        KnownNames::of([TEXT].into_iter()).unknown(line)
    }

    #[test]
    fn names_that_the_article_does_not_bear_are_told() {
        for (line, name) in [
            ("박철수 시장이 다리를 놓는다고 밝혔다.", "박철수"),
            ("박철수는 다리를 놓는다.", "박철수"),
            ("강나래는 다리를 놓는다고 밝혔다.", "강나래"),
            ("다리는 푸른전자가 짓는다.", "푸른전자"),
            ("다리는 너울은행이 돈을 댄다.", "너울은행"),
            ("독일에서 온 기업이 돕는다.", "독일"),
            ("시장이 금요일에 밝혔다.", "금요일"),
            ("Globex와 함께 다리를 놓는다.", "Globex"),
        ] {
            assert_eq!(unknown(line), [name], "{line}");
        }
    }

    #[test]
    fn what_the_article_says_in_other_words_is_no_name() {
        for line in [
            "강나루 시장은 보행 다리를 놓는다고 화요일에 밝혔다.",
            "강나루는 한내강에 다리를 놓는다.",
            "전문가들은 미국 기업이 돕는다고 본다.",
            "정치권이 바뀌고 소비자가 는다.",
            "한빛건설은 acme의 도움을 받는다.",
            "이용하는 시민의 움직임과 가능성이 늘어난다.",
            "조사하는 기관도 있다.",
        ] {
            assert_eq!(unknown(line), [""; 0], "{line}");
        }
    }

    #[test]
    fn english_names_are_told_by_their_capitals() {
        let known =
            KnownNames::of(["The mayor of Garam, Ann Lee, opens a bridge on Tuesday."].into_iter());
        assert_eq!(
            known.unknown("Ann Lee's bridge opens in Garam on Tuesday."),
            [""; 0]
        );
        assert_eq!(
            known.unknown("The bridge was built by Globex, said Bob Lee on Friday."),
            ["Globex", "Bob", "Friday"]
        );
    }
}
