//! The form of an article, recognised by rules on its headline, its section and its first words.
//! The words are data: `assets/words/forms.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Article, Form};
use crate::news::hangul::is_alphanumeric;

/// Characters at the start of the body that are looked at.
const LEAD: usize = 400;
/// A body of at most this many characters that describes a picture is its caption.
const CAPTION: usize = 320;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Words {
    tags: FormWords,
    titles: FormWords,
    words: FormWords,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FormWords {
    horoscope: Vec<String>,
    weather: Vec<String>,
    personnel: Vec<String>,
    photo: Vec<String>,
    list: Vec<String>,
    market: Vec<String>,
    ad: Vec<String>,
    release: Vec<String>,
    interview: Vec<String>,
    column: Vec<String>,
    live: Vec<String>,
    severe: Vec<String>,
    sports: Vec<String>,
}

impl FormWords {
    /// The lists in the order in which they are asked: the surest first.
    fn ordered(&self) -> [(Form, &[String]); 11] {
        [
            (Form::Horoscope, &self.horoscope),
            (Form::Weather, &self.weather),
            (Form::Ad, &self.ad),
            (Form::List, &self.list),
            (Form::Photo, &self.photo),
            (Form::Interview, &self.interview),
            (Form::Market, &self.market),
            (Form::Personnel, &self.personnel),
            (Form::Release, &self.release),
            (Form::Live, &self.live),
            (Form::Column, &self.column),
        ]
    }

    /// The first form one of whose words `holds`.
    fn find_by(&self, holds: impl Fn(&str) -> bool) -> Option<Form> {
        let mut all = self.ordered().into_iter();
        all.find(|(_, words)| words.iter().any(|word| holds(word)))
            .map(|(form, _)| form)
    }
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/words/forms.toml")).unwrap_or_default()
});

impl Form {
    /// The form of `article`: the one it was extracted with, else by the rules.
    pub fn of(article: &Article) -> Self {
        article
            .extraction
            .form
            .unwrap_or_else(|| Self::by_rules(article))
    }

    /// The form by headline, section and body.
    pub fn by_rules(article: &Article) -> Self {
        let body = article.text();
        let section = article.section.as_deref().unwrap_or_default();
        let form = of_title(&article.title)
            .or_else(|| of_section(section))
            .or_else(|| of_body(&article.title, &body));
        form.unwrap_or_default()
    }
}

/// What the brackets at either end of the headline say, or words that name a form.
fn of_title(title: &str) -> Option<Form> {
    let title = title.to_lowercase();
    tags(&title)
        .find_map(|tag| WORDS.tags.find_by(|word| is_in_tag(word, tag)))
        .or_else(|| WORDS.titles.find_by(|word| title.contains(word)))
}

/// Whether a tag has this word of the list. Anywhere inside a word it would be chance: `ad` is in
/// `road`, 인사 in 인사이드.
fn is_in_tag(word: &str, tag: &str) -> bool {
    if word.contains(' ') {
        return tag.contains(word);
    }
    tag.split(|c: char| !is_alphanumeric(c))
        .any(|part| match word.strip_suffix('*') {
            Some(beginning) => part.starts_with(beginning) || part.ends_with(beginning),
            None => part == word || (!word.is_ascii() && part.ends_with(word)),
        })
}

/// The brackets that open or close a headline, without what is around them.
fn tags(title: &str) -> impl Iterator<Item = &str> {
    let title = title.trim();
    let pairs = [('[', ']'), ('<', '>'), ('【', '】'), ('〈', '〉')];
    pairs.into_iter().flat_map(move |(open, close)| {
        let first = title
            .strip_prefix(open)
            .and_then(|rest| rest.split(close).next());
        let last = title
            .strip_suffix(close)
            .and_then(|rest| rest.rsplit(open).next());
        first.into_iter().chain(last)
    })
}

fn of_section(section: &str) -> Option<Form> {
    let known = [
        ("날씨", Form::Weather),
        ("운세", Form::Horoscope),
        ("포토", Form::Photo),
        ("인사", Form::Personnel),
        ("부고", Form::Personnel),
        ("사설", Form::Column),
        ("칼럼", Form::Column),
        ("오피니언", Form::Column),
        ("스포츠", Form::Sports),
    ];
    known
        .iter()
        .find(|(word, _)| is_in_tag(word, section))
        .map(|(_, form)| *form)
}

fn of_body(title: &str, body: &str) -> Option<Form> {
    let lead: String = body.chars().take(LEAD).collect();
    let hits = |text: &str, words: &[String]| words.iter().filter(|w| text.contains(*w)).count();
    let words = &WORDS.words;
    let severe = hits(title, &words.severe) > 0 || hits(&lead, &words.severe) > 1;
    if !severe && hits(title, &words.weather) >= 2 && hits(&lead, &words.weather) >= 3 {
        return Some(Form::Weather);
    }
    if hits(&lead, &words.ad) >= 3 {
        return Some(Form::Ad);
    }
    if lead.trim_start().starts_with('■') || lead.matches(['▲', '△', '◇', '■']).count() >= 6
    {
        return Some(Form::List);
    }
    if is_caption(body) {
        return Some(Form::Photo);
    }
    if questions(body) >= 3 {
        return Some(Form::Interview);
    }
    if is_spoken(body) {
        return Some(Form::Broadcast);
    }
    if hits(title, &words.sports) + hits(&lead, &words.sports) >= 4 {
        return Some(Form::Sports);
    }
    let said = ["밝혔다", "선보", "출시"];
    if hits(title, &words.release) > 0 && said.iter().any(|w| lead.contains(w)) {
        return Some(Form::Release);
    }
    None
}

/// A short text that says what is to be seen.
fn is_caption(body: &str) -> bool {
    let body = body.trim();
    let short = body.chars().count() <= CAPTION;
    let first = body.split(". ").next().unwrap_or_default();
    let seen = [
        "모습",
        "모습이다",
        "장면",
        "포즈를 취하고 있다",
        "답하고 있다",
    ];
    let credit = ["갤러리 이동", "사진 :", "사진:", "사진="];
    short
        && (seen
            .iter()
            .any(|w| first.trim_end_matches('.').ends_with(w))
            || credit.iter().any(|w| body.contains(w)))
}

/// Lines that ask: a mark or a letter before them, or the guest's name on the first line.
fn questions(body: &str) -> usize {
    let lines = body.lines().map(str::trim);
    let asks = |l: &&str| {
        let marked = ["Q.", "Q:", "Q ", "-", "―", "▶", "▷", "<질문"];
        marked.iter().any(|m| l.starts_with(m)) && (l.ends_with('?') || l.starts_with('Q'))
    };
    let guest = usize::from(body.trim_start().starts_with("<출연")) * 3;
    guest + lines.filter(asks).count()
}

/// A script: anchor and reporter named, or most sentences end as one speaks to an audience.
fn is_spoken(body: &str) -> bool {
    let labels = ["[앵커]", "[기자]", "앵커멘트", "[리포트]", "【 기자 】"];
    let formal = body.matches("니다.").count();
    let plain = body.matches("다.").count() - formal;
    labels.iter().any(|l| body.contains(l)) || (formal >= 3 && plain == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::{Block, Clean};

    fn form(title: &str, body: &str) -> Form {
        Form::by_rules(&Article {
            title: Clean::line(title),
            blocks: body.lines().map(Block::paragraph).collect(),
            ..Article::default()
        })
    }

    #[test]
    fn the_word_lists_are_read() {
        assert!(WORDS.tags.weather.len() > 1 && WORDS.words.sports.len() > 9);
    }

    #[test]
    fn each_form_is_recognised() {
        for (title, body, expected) in [
            (
                "가람시, 한내강에 다리 놓는다",
                "가람시가 내년 봄 다리 공사를 시작한다.",
                Form::News,
            ),
            (
                "가람대교 다시 열려",
                "[앵커] 가람대교가 다시 열렸습니다.\n[기자] 차들이 다리를 건넙니다.",
                Form::Broadcast,
            ),
            (
                "가람시 축제 열려",
                "축제가 열렸습니다. 많은 이가 모였습니다. 내일 끝납니다.",
                Form::Broadcast,
            ),
            (
                "[인터뷰] 강나루 작가 “천천히 쓴다”",
                "새 책을 낸 강나루 작가를 만났다.",
                Form::Interview,
            ),
            (
                "강나루 작가를 만나다",
                "Q. 왜 쓰나?\n쓰고 싶어서다.\nQ. 다음 책은?\n바다다.\nQ. 언제 나오나?\n봄이다.",
                Form::Interview,
            ),
            (
                "[기자수첩] 다리 이름을 짓자",
                "다리에는 이름이 있어야 한다.",
                Form::Column,
            ),
            (
                "한빛證 “가온전자, 실적 나아져”",
                "한빛증권은 목표주가를 올렸다.",
                Form::Market,
            ),
            ("[코스피] 3.2p 오른 2,500.1(개장)", "", Form::Market),
            (
                "[가람통신 이 시각 헤드라인] - 07:30",
                "■ 가람대교 열려",
                Form::List,
            ),
            ("아침 소식", "■ 가람대교 열려\n■ 한내강 축제", Form::List),
            (
                "[포토] 다리를 건너는 시민",
                "시민들이 다리를 건너고 있다.",
                Form::Photo,
            ),
            (
                "다리를 건너는 사람들",
                "20일 가람대교를 건너는 시민들의 모습.",
                Form::Photo,
            ),
            (
                "고구마칩 한 봉 4천원 초특가",
                "가람몰이 싸게 판다.",
                Form::Ad,
            ),
            ("[인사] 가람시", "◇국장급 ▲건설국장 강나루", Form::Personnel),
            ("[부고] 강나루씨 모친상", "빈소 가람병원.", Form::Personnel),
            (
                "오늘의 운세 (11월 28일)",
                "48년생 느긋하게.",
                Form::Horoscope,
            ),
            (
                "오늘 전국 맑고 낮 기온 올라…일교차 주의",
                "오늘은 전국이 맑겠다. 낮 최고 기온은 10도, 일교차가 크겠다.",
                Form::Weather,
            ),
            (
                "가람FC 결승골로 선두",
                "가람FC가 리그 10라운드에서 이겼다. 감독은 선수를 칭찬했다.",
                Form::Sports,
            ),
            ("[속보] 가람대교 통제", "", Form::Live),
            (
                "가온전자, 새 시계 출시",
                "가온전자는 새 시계를 다음 달 판다고 28일 밝혔다.",
                Form::Release,
            ),
        ] {
            assert_eq!(form(title, body), expected, "{title}");
        }
    }

    #[test]
    fn a_word_inside_another_is_no_form() {
        let body = "가람시는 20일 다리를 다시 열었다고 밝혔다.";
        for title in [
            "[인사이드] 가람시, 다리 다시 연다",
            "[Road safety] 가람시, 다리 다시 연다",
            "[사고] 한내대교서 화물차 추돌",
            "[WHO] 가람시에 사무소 연다",
        ] {
            assert_eq!(form(title, body), Form::News, "{title}");
        }
        assert_eq!(form("[주간 날씨] 맑고 쌀쌀", body), Form::Weather);
        assert_eq!(form("[포토뉴스] 다시 열린 다리", body), Form::Photo);
        assert_eq!(form("[인사] 가람시", body), Form::Personnel);
    }

    #[test]
    fn a_cold_wave_is_an_event_and_no_forecast() {
        let title = "내일 전국 영하 15도 한파…올겨울 최저 기온";
        assert_eq!(
            form(title, "전국에 한파가 몰려와 기온이 뚝 떨어진다."),
            Form::News
        );
    }

    #[test]
    fn the_form_it_was_extracted_with_stands() {
        let mut article = Article {
            title: Clean::line("오늘의 운세"),
            ..Article::default()
        };
        article.extraction.form = Some(Form::Column);
        assert_eq!(Form::of(&article), Form::Column);
    }
}
