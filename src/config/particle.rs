//! The Korean particle that fits a word: 을/를, 이/가, 은/는, 과/와, 으로/로. It depends on how the
//! word ends when spoken: Hangul by its last letter, digits as read in Korean, Latin words as
//! pronounced in Korean, and capitals by the names of the letters.

/// How a word ends when it is spoken in Korean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// In a vowel, as in 나무.
    Open,
    /// In the consonant ㄹ, as in 서울; only 으로/로 treats it like a vowel.
    Rieul,
    /// In another consonant, as in 신문.
    Closed,
}

/// Returns `closed` after a consonant and `open` after a vowel; for 으로/로, ㄹ counts as a vowel.
pub fn particle<'a>(word: &str, closed: &'a str, open: &'a str) -> &'a str {
    match ending(word) {
        Ending::Rieul if closed == "으로" => open,
        Ending::Open => open,
        Ending::Rieul | Ending::Closed => closed,
    }
}

fn ending(word: &str) -> Ending {
    // Percent, degrees and metres are spoken, though they are not letters.
    let read = |c: &char| {
        c.is_alphanumeric()
            || matches!(
                c,
                '%' | '℃' | '㎞' | '㎡' | '㎏' | '㎜' | '㎝' | '₩' | '$' | '€'
            )
    };
    match word.chars().rev().find(read) {
        Some(c @ '가'..='힣') => match (c as u32 - '가' as u32) % 28 {
            0 => Ending::Open,
            8 => Ending::Rieul,
            _ => Ending::Closed,
        },
        // The names of consonants (기역, 니은, …) end in consonants, those of vowels in vowels.
        Some('ㄹ') => Ending::Closed,
        Some('ㄱ'..='ㅎ') => Ending::Closed,
        // 일, 칠, 팔 end in ㄹ; 영, 삼, 육, 십, 백, 천, 만 in another consonant.
        Some('1' | '7' | '8') => Ending::Rieul,
        Some('0' | '3' | '6') => Ending::Closed,
        Some('㎏' | '₩') => Ending::Closed,
        Some('$') => Ending::Open,
        Some(c) if c.is_ascii_alphabetic() => latin(word),
        _ => Ending::Open,
    }
}

fn is_vowel(c: char) -> bool {
    "aeiouy".contains(c)
}

/// The ending of a Latin word, by rules of thumb from the 외래어 표기법: after a short vowel, k, c,
/// t, p and b close the syllable (북, 맥, 앱); after another consonant they get a vowel of their
/// own (링크, 포스트).
fn latin(word: &str) -> Ending {
    let end = word
        .rfind(|c: char| c.is_ascii_alphabetic())
        .map_or(word.len(), |at| at + 1);
    let start = word[..end]
        .rfind(|c: char| !c.is_ascii_alphabetic())
        .map_or(0, |at| {
            at + word[at..].chars().next().map_or(1, char::len_utf8)
        });
    let word = &word[start..end];
    if word.chars().all(|c| c.is_ascii_uppercase()) {
        return match word.chars().next_back() {
            // 엘, 알 end in ㄹ, 엠, 엔 in another consonant, and all other names in a vowel.
            Some('L' | 'R') => Ending::Rieul,
            Some('M' | 'N') => Ending::Closed,
            _ => Ending::Open,
        };
    }
    let word = word.to_ascii_lowercase();
    // A doubled consonant is pronounced once: app, Mall.
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup_by(|b, a| a == b && !is_vowel(*a));
    let mut back = letters.into_iter().rev();
    let (last, before) = (back.next().unwrap_or(' '), back.next().unwrap_or(' '));
    let third = back.next().unwrap_or(' ');
    match (last, before) {
        ('l', _) => Ending::Rieul,
        ('e', 'l') if !is_vowel(third) => Ending::Rieul,
        ('m' | 'n', _) => Ending::Closed,
        ('e', 'm' | 'n') if is_vowel(third) => Ending::Closed,
        ('g', 'n') => Ending::Closed,
        ('k', 'c') => Ending::Closed,
        // A double o before k is short (북, 룩); other double vowels are long (위크, 브레이크).
        ('k', 'o') => Ending::Closed,
        ('c' | 'k' | 'p' | 't' | 'b', v)
            if is_vowel(v) && (!is_vowel(third) || (v == 'e' && third == 'n')) =>
        {
            Ending::Closed
        }
        _ => Ending::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_follow_the_last_sound() {
        for (words, i_ga, eul_reul, ro) in [
            // Final consonants of every kind.
            (
                "본문 신문 밥 옷 꽃 부엌 앞 값 닭 삶 넋 여덟이를읽음",
                "이",
                "을",
                "으로",
            ),
            ("서울 물 오늘 하늘", "이", "을", "로"),
            ("기사 뉴스 나무 하루 예 얘", "가", "를", "로"),
            // Digits and what stands behind them.
            ("1 27 108 17", "이", "을", "로"),
            ("10 3 26 100 2030", "이", "을", "으로"),
            ("2 45 9 15% 30℃ 12㎞ $", "가", "를", "로"),
            ("5㎏ 3000₩", "이", "을", "으로"),
            // Capitals by their names.
            (
                "KBS MBC SBS YTN2 JTBC AI IT GPU SNS UHD PDF X",
                "가",
                "를",
                "로",
            ),
            ("URL XML HTML RER", "이", "을", "로"),
            ("MBN YTN FM ATM", "이", "을", "으로"),
            // Words as they are spoken.
            ("Google Apple Gmail model Seoul title", "이", "을", "로"),
            (
                "Facebook Mac music app internet web robot Busan Chrome phone ranking WebP_jpg_bot",
                "이",
                "을",
                "으로",
            ),
            (
                "Naver server Twitter link Post desk blog Yahoo news cloud Nike Times",
                "가",
                "를",
                "로",
            ),
            // Marks around and behind the word.
            ("‘제목’ \"본문\" (신문) 주간】", "이", "을", "으로"),
            ("‘기사’ <뉴스> 하루!", "가", "를", "로"),
            ("exa ㅏ", "가", "를", "로"),
            ("ㄱ ㅎ", "이", "을", "으로"),
        ] {
            for word in words.split(' ') {
                assert_eq!(particle(word, "이", "가"), i_ga, "{word}");
                assert_eq!(particle(word, "을", "를"), eul_reul, "{word}");
                assert_eq!(particle(word, "으로", "로"), ro, "{word}");
            }
        }
        assert_eq!(
            [particle("", "은", "는"), particle("…", "과", "와")],
            ["는", "와"]
        );
    }
}
