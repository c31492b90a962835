//! Words of our own in sentences of the news: their headword is among the first two.

use super::*;

#[test]
fn particles_and_the_copula_are_taken_off() {
    for (eojeol, headword) in [
        ("한국은행에서는", "한국은행"),
        ("다리까지만이라도", "다리"),
        ("시민들에게서도", "시민"),
        ("개발자였지만", "개발자"),
        ("이야기입니다만", "이야기"),
        ("학교로부터의", "학교"),
        ("“전문가라고는", "전문가"),
        ("연구실이었다.", "연구실"),
        ("1200여명이", "명"),
        ("할머닌", "할머니"),
        ("AI가", "AI"),
        ("국회(의사당)에서", "국회"),
    ] {
        let found = headwords(eojeol);
        assert!(
            found.iter().take(2).any(|w| w == headword),
            "{eojeol}: {found:?}"
        );
    }
}

#[test]
fn verbs_are_found_under_their_dictionary_form() {
    for (eojeol, headword) in [
        ("물었더니", "묻다"),
        ("도와주던", "도와주다"),
        ("알아봐주는", "알아봐주다"),
        ("접어두는", "접어두다"),
        ("고마웠습니다", "고맙다"),
        ("그었다", "긋다"),
        ("불러서", "부르다"),
        ("푸르러", "푸르다"),
        ("파래진", "파래지다"),
        ("만드는", "만들다"),
        ("잠갔다", "잠그다"),
        ("놓쳤지만", "놓치다"),
        ("발표했으며", "발표하다"),
        ("구속됐다고", "구속되다"),
        ("가르쳐", "가르치다"),
        ("꺼졌는데도", "꺼지다"),
        ("울렸다", "울리다"),
        ("까만", "까맣다"),
        ("무거운", "무겁다"),
        ("쉬웠던", "쉽다"),
        ("견뎌냈다", "견뎌내다"),
        ("보였습니다", "보이다"),
        ("따랐다", "따르다"),
        ("멀어지기보다는", "멀어지다"),
    ] {
        let found = headwords(eojeol);
        assert!(
            found.iter().take(2).any(|w| w == headword),
            "{eojeol}: {found:?}"
        );
    }
}

#[test]
fn forms_adverbs_and_hanja_are_known() {
    for (eojeol, headword) in [
        ("우린", "우리"),
        ("뭘", "무엇"),
        ("좀처럼", "좀처럼"),
        ("끊임없이", "끊임없이"),
        ("日에", "일본"),
        ("大統領이", "대통령"),
    ] {
        let found = headwords(eojeol);
        assert!(
            found.iter().take(2).any(|w| w == headword),
            "{eojeol}: {found:?}"
        );
    }
}

#[test]
fn whatever_is_asked_is_answered() {
    for odd in [
        "",
        "…",
        "ㅋㅋㅋ",
        "\u{1100}\u{1161}",
        "가",
        "123",
        "(( ))",
        &"가".repeat(5000),
        "🎉다",
    ] {
        assert!(headwords(odd).len() <= MOST);
    }
}
