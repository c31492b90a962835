//! The language by examples, and what must hold for any text.

use jiff::ZonedDateTime;
use proptest::prelude::*;

use super::names::{FIELDS, FORMS, ORDERS};
use super::*;

fn now() -> ZonedDateTime {
    "2026-11-22T15:00:00+09:00[Asia/Seoul]".parse().unwrap()
}

fn second(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const FEEDS: &[String] = &[];

static AUTHOR: std::sync::LazyLock<[String; 1]> =
    std::sync::LazyLock::new(|| ["강나루".to_owned()]);

fn subject<'a>(title: &'a str, body: &'a str) -> Subject<'a> {
    Subject {
        form: None,
        title,
        body,
        authors: &*AUTHOR,
        url: "https://paper.example/eco/7",
        publisher: "한겨레",
        feeds: FEEDS,
        tags: FEEDS,
        lang: "ko",
        published: Some(second("2026-11-22T01:00:00+09:00")),
        first_seen: second("2026-11-22T02:00:00+09:00"),
        revised: None,
        later: false,
        read: false,
        scrapped: true,
        pictured: false,
    }
}

fn asks(query: &str, subject: &Subject<'_>) -> bool {
    Query::parse(query, &now()).unwrap().matches(subject)
}

#[test]
fn words_match_inside_words_in_title_or_body() {
    let s = subject(
        "한국은행 기준금리 동결",
        "경제 전망이 OECD\u{a0} 예상보다 나쁘다.",
    );
    for yes in [
        "",
        "금리",
        "리",
        "oecd",
        "금리 전망",
        "\"기준금리 동결\"",
        "title:금리",
        "제목:금리",
        "body:전망",
        "-축구",
        "not 축구",
        "!축구",
        "축구 or 금리",
        "(축구 or 금리) unread",
        "축구 또는 (금리 -야구)",
        "\u{1100}\u{1173}\u{11b7}\u{1105}\u{1175}",
        "OECD  and 예상",
        "\"oecd 예상\"",
        "title:\"금리 동결\"",
    ] {
        assert!(asks(yes, &s), "{yes}");
    }
    for no in [
        "금리 축구",
        "\"동결 경제\"",
        "title:전망",
        "body:금리",
        "-금리",
        "-(축구 or 금리)",
        "\"unread\"",
        "read",
    ] {
        assert!(!asks(no, &s), "{no}");
    }
}

#[test]
fn fields_ask_for_what_they_name() {
    let (feeds, tags) = (["경제 https://a.kr/rss".to_owned()], ["읽을 것".to_owned()]);
    let s = Subject {
        feeds: &feeds,
        tags: &tags,
        pictured: true,
        ..subject("제목", "본문")
    };
    for yes in [
        "publisher:한겨",
        "언론사:한겨레",
        "feed:경제",
        "feed:a.kr",
        "tag:\"읽을 것\"",
        "lang:ko",
        "scrapped",
        "has:image",
        "today",
        "after:2026-11-22",
        "after:2026.11",
        "after:2026",
        "before:2026-11-23",
        "after:1d -before:어제",
        "after:1w",
        "이후:오늘",
    ] {
        assert!(asks(yes, &s), "{yes}");
    }
    for no in [
        "publisher:경향",
        "tag:읽을",
        "lang:en",
        "before:today",
        "before:2026-11-22",
        "after:2026-11-23",
    ] {
        assert!(!asks(no, &s), "{no}");
    }
    let undated = Subject {
        published: None,
        ..s
    };
    assert!(!asks("today", &undated) && asks("after:today", &undated));
}

#[test]
fn a_slip_is_named_with_its_place() {
    for (input, kind, at) in [
        ("금리 \"인상", QueryErrorKind::OpenQuote, 7..14),
        ("(금리", QueryErrorKind::OpenGroup, 0..1),
        ("금리)", QueryErrorKind::StrayClose, 6..7),
        ("금리 or", QueryErrorKind::NothingFollows, 7..9),
        ("금리 -", QueryErrorKind::NothingFollows, 7..8),
        ("or 금리", QueryErrorKind::NothingPrecedes, 0..2),
        ("금리 또는 | 환율", QueryErrorKind::NothingPrecedes, 14..15),
        ("( or 금리)", QueryErrorKind::NothingPrecedes, 2..4),
        ("(\u{85})", QueryErrorKind::NothingFollows, 1..4),
        ("publsher:연합", QueryErrorKind::UnknownField, 0..8),
        ("금리 tag:", QueryErrorKind::NoValue, 7..11),
        ("before:13월", QueryErrorKind::NoDate, 7..12),
        ("before:2026-13", QueryErrorKind::NoDate, 7..14),
        ("has:wings", QueryErrorKind::UnknownProperty, 4..9),
        ("form:poem", QueryErrorKind::UnknownForm, 5..9),
        ("sort:best", QueryErrorKind::UnknownOrder, 5..9),
        ("later:now", QueryErrorKind::UnwantedValue, 6..9),
    ] {
        assert_eq!(
            Query::parse(input, &now()),
            Err(QueryError { kind, at }),
            "{input}"
        );
    }
    assert_eq!(
        Query::parse(&"(".repeat(100_000), &now()).unwrap_err().kind,
        QueryErrorKind::TooDeep
    );
    assert_eq!(
        Query::parse(&"-".repeat(100_000), &now()).unwrap_err().kind,
        QueryErrorKind::TooDeep
    );
    assert!(Query::parse("()", &now()).is_err());
}

#[test]
fn times_addresses_and_korean_colons_are_text() {
    let s = subject("12:30 https://a.kr/ 속보:지진", "");
    for yes in ["12:30", "https://a.kr", "속보:지진"] {
        assert!(asks(yes, &s), "{yes}");
    }
}

#[test]
fn hits_are_lit_where_they_stand() {
    let query = Query::parse("금리 \"k 은행\" title:전망 -경제", &now()).unwrap();
    let text = "경제 전망 K\n 은행금리금리";
    let lit = |part| {
        query
            .spans(text, part)
            .into_iter()
            .map(|r| &text[r])
            .collect::<Vec<_>>()
    };
    assert_eq!(lit(Scope::Body), ["K\n 은행금리금리"]);
    assert_eq!(lit(Scope::Title), ["전망", "K\n 은행금리금리"]);
}

#[test]
fn terms_of_a_part_are_terms_of_the_whole() {
    let terms = |text: &str| {
        let mut out = Vec::new();
        grams(&fold(text), |t| out.push(t));
        out
    };
    let whole = terms("한국은행 기준금리 동결");
    assert!(terms("준금리 동").iter().all(|t| whole.contains(t)));
    // Hangul is found across spaces, other letters are not.
    assert!(terms("행기").iter().all(|t| whole.contains(t)));
    let whole = terms("한국 AI 법");
    assert!(!terms("I법").iter().all(|t| whole.contains(t)));
}

proptest! {
    #[test]
    fn the_quick_way_of_folding_is_the_plain_way(text in "[가a1AÉ  \n\t\u{a0}李\u{f9e1}!ß]{0,24}|\\PC{0,24}") {
        let mut plain = String::new();
        super::fold::fold_composed(&text, &mut plain, |_, _| {});
        prop_assert_eq!(fold_clean(&text), plain);
    }

    #[test]
    fn a_text_has_the_terms_of_its_folded_form(text in "[가a1AİÉ  \n\t\u{a0}李\u{f9e1}!ß]{0,24}|\\PC{0,24}") {
        let terms = |text: &str| {
            let mut out = Vec::new();
            grams(text, |t| out.push(t));
            out
        };
        prop_assert_eq!(terms(&text), terms(&fold_clean(&text)));
    }

    #[test]
    fn any_input_is_read_or_refused_within_its_bounds(input in "[가나다a \"():|!-]{0,24}|\\PC{0,24}") {
        match Query::parse(&input, &now()) {
            Ok(query) => { query.matches(&subject("가나", "다a")); }
            Err(e) => prop_assert!(e.at.start <= e.at.end && e.at.end <= input.len() && input.get(e.at).is_some()),
        }
    }

    #[test]
    fn spans_are_ordered_and_fall_on_letters(text in "[가나Aİ \n]{0,30}", word in "[가나aİ]{1,2}") {
        let query = Query::parse(&word, &now()).unwrap();
        let spans = query.spans(&text, Scope::Body);
        prop_assert_eq!(!spans.is_empty(), fold(&text).contains(&fold(&word)));
        for pair in spans.windows(2) {
            prop_assert!(pair[0].end < pair[1].start);
        }
        for span in spans {
            prop_assert!(text.get(span).is_some_and(|t| !t.is_empty()));
        }
    }
}

#[test]
fn hanja_are_found_by_either_of_their_codes() {
    assert_eq!(
        super::fold::fold_clean("\u{f9e1} 총리"),
        super::fold::fold("\u{674e} 총리")
    );
    assert_eq!(super::fold::fold("\u{f9e1}"), "\u{674e}");
}

#[test]
fn width_accents_and_raised_digits_make_no_difference() {
    let s = subject("ＡＩ반도체와 café, CO₂ 10⁶톤", "Ｒ＆Ｄ naïve");
    for query in [
        "AI",
        "ai반도체",
        "cafe",
        "CAFÉ",
        "co2",
        "CO₂",
        "106톤",
        "r&d",
        "naive",
        "naïve",
    ] {
        assert!(asks(query, &s), "{query}");
    }
    let plain = subject("AI반도체와 cafe, CO2", "");
    for query in ["ＡＩ", "café", "CO₂"] {
        assert!(asks(query, &plain), "{query}");
    }
    let spans = Query::parse("cafe", &now()).unwrap();
    let spans = spans.spans("한 café 앞", Scope::Title);
    assert_eq!(&"한 café 앞"[spans[0].clone()], "café");
}

#[test]
fn hangul_is_found_across_spaces_both_ways() {
    let apart = subject("북한, 미사일 발사 준비", "의사 이야기");
    let solid = subject("북한, 미사일발사 준비", "");
    for query in [
        "미사일발사",
        "\"미사일 발사\"",
        "title:\"미사일 발사\"",
        "미사일발사준비",
    ] {
        assert!(asks(query, &apart), "{query}");
        assert!(asks(query, &solid), "{query}");
    }
    // The end of one word and the beginning of the next are no word.
    assert!(!asks("사이야", &apart) && !asks("사이", &apart));
    assert!(!asks("일발사", &apart));
    let query = Query::parse("미사일발사", &now()).unwrap();
    let spans = query.spans("북한, 미사일 발사 준비", Scope::Title);
    assert_eq!(&"북한, 미사일 발사 준비"[spans[0].clone()], "미사일 발사");
    // The index knows the pair across the space.
    let terms = |text: &str| {
        let mut terms = Vec::new();
        grams(text, |t| terms.push(t));
        terms
    };
    let held = terms("미사일 발사");
    assert!(terms("미사일발사").iter().all(|t| held.contains(t)));
    let held = terms("미사일발사");
    assert!(terms("미사일 발사").iter().all(|t| held.contains(t)));
}

#[test]
fn authors_addresses_lengths_and_patterns_are_asked_for() {
    let s = subject("금리 인상", "하나 둘 셋 넷");
    for query in [
        "author:나루",
        "기자:강나루",
        "url:/eco/",
        "words:4",
        "words:3..",
        "길이:..4",
        "words:>3",
        "words:<5",
        "/금리 (인상|인하)/",
        "/둘\\s+셋/",
        "-/넷$ 다섯/",
        "words:2..9 /인상/",
    ] {
        assert!(asks(query, &s), "{query}");
    }
    for query in ["author:바다", "url:sport", "words:5..", "/인하/"] {
        assert!(!asks(query, &s), "{query}");
    }
    for (query, kind) in [
        ("words:many", QueryErrorKind::NoNumber),
        ("words:..", QueryErrorKind::NoNumber),
        ("/(/", QueryErrorKind::NoPattern),
        ("/(a{1000}){1000}/", QueryErrorKind::NoPattern),
    ] {
        assert_eq!(
            Query::parse(query, &now()).unwrap_err().kind,
            kind,
            "{query}"
        );
    }
    for word in ["/", "//", "a/b", "/usr/bin"] {
        let parsed = Query::parse(word, &now()).unwrap();
        assert!(matches!(parsed.root(), Node::Text(..)), "{word}");
    }
}

#[test]
fn an_order_is_no_condition_and_a_form_is_one() {
    let parsed = |text: &str| Query::parse(text, &now()).unwrap();
    for (text, order) in [
        ("금리 sort:oldest", SortOrder::Oldest),
        ("정렬:언론사 금리", SortOrder::Publisher),
        ("(금리 sort:unread)", SortOrder::Unread),
    ] {
        let query = parsed(text);
        assert_eq!(query.sort(), Some(order), "{text}");
        assert_eq!(query.root(), parsed("금리").root(), "{text}");
    }
    assert!(parsed("sort:oldest").is_empty());
    assert_eq!(parsed("금리").sort(), None);
    for wrong in ["sort:best", "-sort:oldest", "sort:", "form:poem"] {
        assert!(Query::parse(wrong, &now()).is_err(), "{wrong}");
    }
    let matches = |query: &str, form| {
        parsed(query).matches(&Subject {
            form,
            ..Subject::default()
        })
    };
    assert!(matches("form:column", Some(Form::Column)) && matches("형식:칼럼", Some(Form::Column)));
    assert!(!matches("form:column", Some(Form::News)) && !matches("form:column", None));
    assert!(matches("-form:photo", Some(Form::News)));
}

#[test]
fn every_name_of_the_tables_is_read() {
    for names in FIELDS {
        for name in names {
            let value = match names[0] {
                "words" => "1..2",
                "after" | "before" | "changed" => "2026-11-01",
                "has" => "image",
                "form" => "news",
                "sort" => "newest",
                "later" => "",
                _ => "a",
            };
            let query = format!("{name}:{value}");
            let first = Query::parse(&format!("{}:{value}", names[0]), &now());
            assert_eq!(Query::parse(&query, &now()), first, "{query}");
            assert!(first.is_ok(), "{query}");
        }
    }
    for name in FORMS.iter().flat_map(|(_, names)| *names) {
        assert!(
            Query::parse(&format!("form:{name}"), &now()).is_ok(),
            "{name}"
        );
    }
    for name in ORDERS.iter().flat_map(|(_, names)| *names) {
        assert!(
            Query::parse(&format!("sort:{name}"), &now()).is_ok(),
            "{name}"
        );
    }
}
