//! Times, labels, and how a saved page becomes a scrap.

use super::*;

#[test]
fn times_are_read_in_every_form_that_services_use() {
    for (written, time) in [
        ("1639793996", "2021-12-18T02:19:56Z"),
        ("1639793996000", "2021-12-18T02:19:56Z"),
        ("1639793996000000", "2021-12-18T02:19:56Z"),
        ("1639793996.5", "2021-12-18T02:19:56Z"),
        ("13284267596000000", "2021-12-18T02:19:56Z"),
        ("2021-12-18T02:19:56.000Z", "2021-12-18T02:19:56Z"),
        ("2021-12-18T11:19:56+0900", "2021-12-18T02:19:56Z"),
        ("2021-12-18 02:19:56+00:00", "2021-12-18T02:19:56Z"),
        ("2021-12-18 02:19:56", "2021-12-18T02:19:56Z"),
        ("Sat, 18 Dec 2021 02:19:56 GMT", "2021-12-18T02:19:56Z"),
        ("2021-12-18", "2021-12-18T00:00:00Z"),
        ("20211218", "2021-12-18T00:00:00Z"),
    ] {
        let read = moment(written).map(|stamp| stamp.at.to_string());
        let whole = read.as_deref().map(|t| t.replace(".5Z", "Z"));
        assert_eq!(whole.as_deref(), Some(time), "{written}");
    }
    for none in ["", "0", "-1", "어제", "null"] {
        assert_eq!(moment(none), None, "{none}");
    }
}

#[test]
fn labels_are_read_in_every_form_that_services_use() {
    for (written, labels) in [
        ("경제|금리 정책", &["경제", "금리 정책"][..]),
        ("경제, 금리", &["경제", "금리"]),
        ("경제;금리", &["경제", "금리"]),
        (r#"["경제","a, b"]"#, &["경제", "a, b"]),
        ("['경제', \"it's\", 'a, b']", &["경제", "it's", "a, b"]),
        ("[]", &[]),
        ("", &[]),
        ("하나", &["하나"]),
        ("하나 둘", &["하나 둘"]),
        ("하나 \"두 낱말\" 셋", &["하나", "두 낱말", "셋"]),
        ("경제,\"금리, 물가\"", &["경제", "금리, 물가"]),
        ("5\" 화면, 둘", &["5\" 화면", "둘"]),
        ("\"열기만, 둘", &["열기만", "둘"]),
    ] {
        assert_eq!(split_labels(written), labels, "{written}");
    }
}

#[test]
fn an_entry_without_an_address_is_kept_only_with_a_text() {
    let now = Timestamp::UNIX_EPOCH;
    let page = |url: &str, text: SavedText| SavedPage {
        url: url.to_owned(),
        text,
        ..SavedPage::default()
    };
    let fault = |url: &str| page(url, SavedText::None).into_scrap(now).unwrap_err();
    assert_eq!(fault(" "), EntryFault::NoAddress);
    assert_eq!(fault("javascript:alert(1)"), EntryFault::NotWeb);
    assert_eq!(fault("place:sort=8"), EntryFault::NotWeb);
    let noted = page("", SavedText::Plain("적어 둔 글".to_owned()));
    assert_eq!(noted.into_scrap(now).unwrap().article.text(), "적어 둔 글");
    let bare = page("https://a.kr/1?token=12", SavedText::None);
    assert_eq!(
        &*bare.into_scrap(now).unwrap().article.title,
        "https://a.kr/1?token=…"
    );
}

#[test]
fn highlights_find_their_place_or_stay_without_one() {
    let quote = |words: &str| SavedQuote {
        words: words.to_owned(),
        note: Some("메모".to_owned()),
        colour: Some("red".to_owned()),
    };
    let page = SavedPage {
        url: "https://a.kr/1".to_owned(),
        text: SavedText::Html("<p>처음 문단이다.</p><p>둘째 문단이다.</p>".to_owned()),
        quotes: vec![quote("둘째 문단"), quote("없는 말"), quote("둘째 문단")],
        ..SavedPage::default()
    };
    let scrap = page.into_scrap(Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(scrap.highlights.len(), 2);
    let of = |words: &str| {
        scrap
            .highlights
            .iter()
            .find(|h| &*h.quote == words)
            .unwrap()
    };
    assert_eq!(of("둘째 문단").from.block, 1);
    assert_eq!(of("둘째 문단").colour, Colour::Pink);
    assert!(of("없는 말").placed(&scrap.article).is_none());
}

#[test]
fn a_day_that_is_still_to_come_is_none() {
    let now = Timestamp::from_second(1_700_000_000).unwrap();
    let kept = |second: i64| {
        let page = SavedPage {
            url: "https://a.kr/1".to_owned(),
            kept: Some(Timestamp::from_second(second).unwrap()),
            ..SavedPage::default()
        };
        page.into_scrap(now).unwrap().kept.as_second()
    };
    assert_eq!(kept(1_600_000_000), 1_600_000_000);
    assert_eq!(kept(1_700_003_600), 1_700_003_600);
    assert_eq!(kept(4_000_000_000), 1_700_000_000);
}
