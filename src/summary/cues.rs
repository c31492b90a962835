//! What a Korean sentence does in an article, by its words: it tells what follows, gives figures,
//! closes a market, comments, leans on the sentence before. The words are data:
//! `assets/words/cues.txt`.

use std::sync::LazyLock;

use super::subjects::has_subject;
use crate::news::hangul::is_hangul_syllable;
use crate::news::{Form, word_list};

const WORDS: &str = include_str!("../../assets/words/cues.txt");

macro_rules! lists {
    ($($name:ident = $heading:literal;)*) => {
        $(static $name: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, $heading));)*
    };
}

lists! {
    FOLLOWS = "what follows";
    BACKGROUND = "background";
    COMMENT = "comment";
    EMPTY_ENDS = "empty ends";
    THESIS = "thesis";
    AUTHOR = "author";
    STANDS_FOR = "stands for";
    INDICES = "indices";
    CLOSES = "closes";
    INVESTORS = "investors";
    TRADES = "trades";
    ASKS = "asks";
    REASONS = "reasons";
    MEETINGS = "meetings";
}

/// A predicate in `…이다` longer than this says more than what the headline is about.
const SHORT_PREDICATE: usize = 50;

/// What one sentence does.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Cues {
    /// Says what is to come: a date, a plan, a decision.
    pub follows: bool,
    /// Numbers in it, from 0 to 1 (three or more).
    pub figures: f64,
    /// Tells what was before the news.
    pub background: bool,
    /// Comments on the news, or only says that there is some.
    pub comment: bool,
    pub empty: bool,
    /// A person's words under a label, as scripts give them.
    pub bite: bool,
    /// No word outside quotation marks has a particle of the subject.
    pub subjectless: bool,
    /// Says what something is, without a number: `…의 첫 회견이었다.`
    pub predicate: bool,
    /// Says what should be done, in the article's own voice.
    pub thesis: bool,
    /// The author speaks of himself.
    pub author: bool,
    /// Tells where the interviewer met whom he asks.
    pub meeting: bool,
    /// Gives a reason, where the headline asks for one.
    pub answers: bool,
    /// Describes what the pictures of a broadcast show: `소방대원들이 삽으로 흙을 퍼냅니다.`
    pub scene: bool,
    /// Begins with a word that stands for something in the sentence before.
    pub stands_for: bool,
}

impl Cues {
    /// The cues of a sentence of an article of this form.
    pub(crate) fn of(text: &str, form: Form, title: &str) -> Self {
        let bare = bare(text);
        let own = outside_speech(text);
        let has = |words: &[&str], text: &str| words.iter().any(|w| text.contains(w));
        let personal = matches!(form, Form::Interview | Form::Column | Form::Broadcast);
        let subjectless = !own.split(' ').any(has_subject);
        let forecast = form == Form::Weather;
        Self {
            follows: has(&FOLLOWS, text)
                || number_follows(text, "오는 ")
                || (forecast && text.contains('겠')),
            figures: numbers(text).min(3) as f64 / 3.0,
            background: has(&BACKGROUND, text)
                || (forecast && is_past(bare))
                || number_follows(text, "지난 ")
                || has_year(text),
            comment: has(&COMMENT, text),
            empty: EMPTY_ENDS.iter().any(|e| bare.ends_with(e)),
            bite: is_bite(text),
            subjectless,
            predicate: is_predicate(bare, subjectless),
            answers: has(&ASKS, title) && has(&REASONS, text),
            thesis: has(&THESIS, &own) && own.len() == text.len(),
            author: !personal && own.split(' ').any(|w| AUTHOR.contains(&w)),
            meeting: form == Form::Interview && MEETINGS.iter().any(|e| bare.ends_with(e)),
            scene: form == Form::Broadcast && is_scene(text, bare),
            stands_for: STANDS_FOR.contains(&first_word(text)),
        }
    }
}

/// Most characters of a sentence that describes a scene.
const SCENE: usize = 36;

/// Whether a sentence of a script only describes what is seen: short, without a figure, in the
/// present, of a verb of doing.
fn is_scene(text: &str, bare: &str) -> bool {
    const NOT_SEEN: [&str; 10] = [
        "입니다",
        "됩니다",
        "합니다",
        "집니다",
        "립니다",
        "킵니다",
        "릅니다",
        "랍니다",
        "듭니다",
        "답니다",
    ];
    // A syllable with ㅆ before the ending is the past, or what will be.
    let closed = bare
        .strip_suffix("습니다")
        .and_then(|s| s.chars().next_back());
    let past = closed.is_some_and(|c| (c as u32).wrapping_sub(0xac00) % 28 == 20);
    let doing = bare.ends_with("니다") && !past && !NOT_SEEN.iter().any(|e| bare.ends_with(e));
    let shown = ["고 있습니다", "여 있습니다", "어 있습니다"];
    let standing = shown.iter().any(|e| bare.ends_with(e)) && !text.contains("것으로");
    let to_come = ["다음 ", "오는 ", "내일", "내년", "앞으로"];
    text.chars().count() <= SCENE
        && numbers(text) == 0
        && !to_come.iter().any(|w| text.contains(w))
        && (doing || standing)
}

/// The market index whose close the sentence gives in figures.
pub(crate) fn index_close(text: &str) -> Option<&'static str> {
    let start: String = text.chars().take(30).collect();
    let index = INDICES.iter().find(|i| start.contains(**i))?;
    let in_figures = ["포인트", "p ", "p(", "p,", "원 "].iter().any(|unit| {
        text.match_indices(unit)
            .any(|(at, _)| ends_in_digit(&text[..at]))
    });
    (in_figures && CLOSES.iter().any(|c| text.contains(c))).then_some(*index)
}

/// The first time of day in the sentence, in minutes: `오후 1시 20분`.
pub(crate) fn time_of_day(text: &str) -> Option<u32> {
    let number = |text: &str| -> Option<(u32, usize)> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        Some((text.get(..digits)?.parse().ok()?, digits))
    };
    ["오전 ", "오후 ", "새벽 ", "낮 ", "저녁 ", "밤 "]
        .iter()
        .find_map(|half| {
            let (_, rest) = text.split_once(half)?;
            let (hour, digits) = number(rest).filter(|(hour, _)| *hour <= 12)?;
            let rest = rest[digits..].strip_prefix('시')?;
            let minute = number(rest.trim_start());
            let minute =
                minute.filter(|(_, digits)| rest.trim_start()[*digits..].starts_with('분'));
            let behind = match minute {
                Some((_, digits)) => &rest.trim_start()[digits + '분'.len_utf8()..],
                None => rest,
            };
            // `오후 6시까지 막힌다` is no time at which something was.
            if ["까지", "부터"]
                .iter()
                .any(|to_come| behind.starts_with(to_come))
            {
                return None;
            }
            let minute = minute.map_or(0, |(minute, _)| minute.min(59));
            let noon = match *half {
                "오전 " | "새벽 " => 0,
                "밤 " if hour == 12 || hour < 5 => 24,
                "낮 " if hour == 11 => 0,
                _ => 12,
            };
            Some((hour % 12 + noon) * 60 + minute)
        })
}

/// Whether the sentence says who bought and sold, and for how much.
pub(crate) fn is_trading(text: &str) -> bool {
    let sum = ["억", "조"].iter().any(|unit| {
        text.match_indices(unit)
            .any(|(at, _)| ends_in_digit(&text[..at]))
    });
    sum && INVESTORS.iter().any(|w| text.contains(w)) && TRADES.iter().any(|w| text.contains(w))
}

/// `text` without the characters inside double quotation marks; as long as `text` where there are
/// none.
pub(crate) fn outside_speech(text: &str) -> String {
    let mut speech = false;
    let outside = |c: char| {
        match c {
            '“' => speech = true,
            '”' => speech = false,
            '"' => speech = !speech,
            _ if !speech => return c,
            _ => {}
        }
        ' '
    };
    text.chars().map(outside).collect()
}

/// Whether the word carries a particle of the subject or the topic.
pub(crate) fn is_subject(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    word.chars().nth(1).is_some() && word.ends_with(['은', '는', '이', '가', '도'])
}

/// `text` without the marks at its end.
fn bare(text: &str) -> &str {
    text.trim_end_matches(|c: char| !c.is_alphanumeric())
}

fn first_word(text: &str) -> &str {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.find(|w| !w.is_empty()).unwrap_or_default()
}

fn ends_in_digit(text: &str) -> bool {
    let text = text.trim_end_matches('(');
    text.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a number stands behind `word` somewhere.
fn number_follows(text: &str, word: &str) -> bool {
    let mut places = text.match_indices(word);
    places.any(|(at, w)| text[at + w.len()..].starts_with(|c: char| c.is_ascii_digit()))
}

/// Runs of digits; a comma or point between digits belongs to the number.
fn numbers(text: &str) -> usize {
    let marks = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    text.split(|c: char| !marks(c))
        .filter(|part| part.contains(|c: char| c.is_ascii_digit()))
        .count()
}

/// Whether a year of the last or this century is named: `2019년`.
fn has_year(text: &str) -> bool {
    text.match_indices('년').any(|(at, _)| {
        let digits = text[..at]
            .bytes()
            .rev()
            .take_while(u8::is_ascii_digit)
            .count();
        let year = &text[at - digits..at];
        digits == 4 && (year.starts_with("19") || year.starts_with("20"))
    })
}

/// `[강나루/시장 : …]`, `▶ 인터뷰 : … - "…"`, `- "…"`, `<현장음> …`.
fn is_bite(text: &str) -> bool {
    let quote = |t: &str| t.trim_start().starts_with(['"', '“']);
    let label: String = text.chars().take(42).collect();
    let label = label.split(['"', '“', ']']).next().unwrap_or_default();
    text.starts_with("<현장음>")
        || text.strip_prefix('-').is_some_and(quote)
        || label.contains(" : ")
        || ["]", "】"].iter().any(|close| {
            text.starts_with(['[', '【'])
                && text.split_once(close).is_some_and(|(_, rest)| quote(rest))
        })
}

/// Whether the sentence tells what was, as far as its last word shows.
fn is_past(bare: &str) -> bool {
    [
        "었습니다",
        "았습니다",
        "졌습니다",
        "렸습니다",
        "였습니다",
        "했습니다",
    ]
    .iter()
    .any(|end| bare.ends_with(end))
}

/// Whether the sentence ends in a noun and a copula and has no number in it; without a subject,
/// numbers or not.
fn is_predicate(bare: &str, subjectless: bool) -> bool {
    let Some(noun) = ["이었습니다", "이었다", "입니다", "이다"]
        .iter()
        .find_map(|end| bare.strip_suffix(end))
    else {
        return false;
    };
    let plans = ["것", "예정", "계획", "방침", "입장", "전망", "상태"];
    noun.ends_with(is_hangul_syllable)
        && !plans.iter().any(|p| noun.ends_with(p))
        && (subjectless || !bare.contains(|c: char| c.is_ascii_digit()))
        && bare.chars().count() < SHORT_PREDICATE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues(text: &str) -> Cues {
        Cues::of(text, Form::News, "")
    }

    #[test]
    fn what_follows_and_what_was_before_are_told_apart() {
        for text in [
            "다리는 내년 3월에 열린다.",
            "시는 오는 7일 공청회를 연다.",
            "시는 다리를 넓히겠다고 밝혔다.",
            "착공은 가을로 미뤄질 것으로 보인다는 전망이다.",
        ] {
            assert!(cues(text).follows, "{text}");
        }
        for text in [
            "시는 지난 4월에도 다리를 막았다.",
            "2019년에 다리를 놓았다.",
            "시는 앞서 길을 막은 바 있다.",
        ] {
            assert!(cues(text).background && !cues(text).follows, "{text}");
        }
        assert!(!cues("시는 오는 사람을 막지 않는다.").follows);
        assert!(!cues("12345년이 걸린다.").background);
    }

    #[test]
    fn a_sentence_without_news_is_recognised() {
        assert!(cues("오래 기다린 결과가 나왔습니다.").empty);
        assert!(cues("가람시의 첫 다리였고 첫 배움터이었다.").predicate);
        assert!(!cues("시가 놓은 다리는 3곳이다.").predicate);
        assert!(!cues("다리를 놓을 예정이다.").predicate);
        assert!(cues("다리 위에서 나를 본다.").author);
        assert!(!Cues::of("다리 위에서 나를 본다.", Form::Column, "").author);
        assert!(!cues("강나루는 \"나를 믿으라\"고 말했다.").author);
        assert!(cues("가장 오래된 다리 2곳이다.").predicate);
        assert!(cues("이는 다리가 좁은 탓이다.").stands_for);
        assert!(!cues("이웃은 다리를 건넜다.").stands_for);
    }

    #[test]
    fn a_headline_that_asks_gets_its_answer_and_a_forecast_what_comes() {
        let answers = |title: &str| Cues::of("소음이 컸기 때문이다.", Form::News, title).answers;
        assert!(answers("시가 다리를 막은 이유는") && answers("다리 왜 막았나"));
        assert!(!answers("시, 다리 막았다"));
        let forecast = |text: &str| Cues::of(text, Form::Weather, "");
        assert!(forecast("내일은 맑겠습니다.").follows);
        assert!(forecast("오늘은 맑았습니다.").background);
        assert!(!cues("오늘은 맑았습니다.").background);
    }

    #[test]
    fn a_voice_under_a_label_is_a_bite() {
        for text in [
            "[강나루/가람시장 : 내년에 다리를 놓겠습니다.]",
            "- \"다리가 좁아요.\"",
            "[강나루] \"다리가 좁아요.\"",
            "강나루 / 가람시장 - 주민 : \"다리가 좁아요.\"",
        ] {
            assert!(cues(text).bite, "{text}");
        }
        assert!(!cues("시장은 \"시간 : 3시\"라고 적었다.").bite);
        assert!(!cues("[속보] 다리가 열렸다.").bite);
    }

    #[test]
    fn a_scene_is_what_the_pictures_show() {
        let scene = |text| Cues::of(text, Form::Broadcast, "").scene;
        for text in [
            "소방대원들이 삽으로 흙을 퍼냅니다.",
            "조리사들이 오븐에 닭을 넣습니다.",
            "담장이 있던 자리에 흙더미가 쌓여 있습니다.",
        ] {
            assert!(scene(text), "{text}");
        }
        for text in [
            "구청은 오늘 안에 흙을 치우기로 했습니다.",
            "담장은 다음 달 다시 쌓습니다.",
            "조리사 120명이 오븐에 닭을 넣습니다.",
            "시는 배수구가 막힌 것으로 보고 있습니다.",
        ] {
            assert!(!scene(text), "{text}");
        }
    }

    #[test]
    fn times_of_day_are_read_in_minutes() {
        assert_eq!(time_of_day("오후 1시 20분 큰 불길이 잡혔다."), Some(800));
        assert_eq!(time_of_day("3일 오전 9시께 불이 났다."), Some(540));
        assert_eq!(time_of_day("오전 12시 5분 문을 닫았다."), Some(5));
        assert_eq!(time_of_day("[낮 12시 30분] 불이 꺼졌다."), Some(750));
        assert_eq!(time_of_day("밤 11시 5분 다리를 막았다."), Some(1385));
        assert_eq!(time_of_day("터널은 오후 6시까지 막힌다."), None);
        assert_eq!(time_of_day("오후 내내 비가 왔다. 13시간이 걸렸다."), None);
    }

    #[test]
    fn a_meeting_is_no_answer() {
        let met = |form| Cues::of("감독을 3일 찻집에서 만났다.", form, "").meeting;
        assert!(met(Form::Interview) && !met(Form::News));
    }

    #[test]
    fn markets_close_in_figures() {
        assert_eq!(
            index_close("가람 코스피는 전날보다 12.34포인트(0.5%) 오른 2500.12에 거래를 마쳤다."),
            Some("코스피")
        );
        assert_eq!(index_close("코스피가 사흘째 올라 거래를 마쳤다."), None);
        assert_eq!(index_close("코스닥은 3.2포인트 오른 채 출발했다."), None);
        assert!(is_trading("외국인은 123억원을 팔아치웠다."));
        assert!(!is_trading("외국인이 123명 찾았다."));
    }
}
