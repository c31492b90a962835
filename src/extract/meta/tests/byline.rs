use super::*;

fn names(list: &[Byline]) -> String {
    list.iter()
        .map(|b| {
            format!(
                "{}/{}/{}",
                b.name,
                b.role.as_deref().unwrap_or(""),
                b.email.as_deref().unwrap_or("")
            )
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn signatures_are_read() {
    assert_eq!(
        names(&signature("김하나 기자 hana@example.com")),
        "김하나/기자/hana@example.com"
    );
    assert_eq!(names(&signature("(가나뉴스 이두리 기자)")), "이두리/기자/");
    assert_eq!(
        names(&signature("[가나일보=박세찌 특파원]")),
        "박세찌/특파원/"
    );
    assert_eq!(names(&signature("김하나 / 화면캡처 가나")), "김하나//");
    assert_eq!(
        names(&signature("최네오·정다섯 기자 a@b.kr")),
        "최네오/기자/ 정다섯/기자/a@b.kr"
    );
    assert_eq!(
        names(&signature("김하나 이두리 기자")),
        "김하나/기자/ 이두리/기자/"
    );
    assert!(signature("촬영기자 : 최네오").is_empty());
    assert_eq!(
        names(&signature("김하나 기자hana@gana.kr")),
        "김하나/기자/hana@gana.kr"
    );
    assert_eq!(
        names(&signature("김하나 가나경제 기자 hana@gana.kr")),
        "김하나/기자/hana@gana.kr"
    );
    assert_eq!(
        names(&signature(
            "2006년 10월 16일 (월) 09:12:33 김하나 기자 hana@gana.kr"
        )),
        "김하나/기자/hana@gana.kr"
    );
    assert_eq!(
        names(&titled("서하늘 가나대 국어교육과 교수")),
        "서하늘/교수/"
    );
    assert!(titled("대통령과 만난 가나대 교수").is_empty());
    assert_eq!(
        names(&signature("글 박세찌 · 사진 이두리")),
        "박세찌// 이두리//"
    );
    assert!(signature("글 쓰는 사람").is_empty());
}

#[test]
fn a_sentence_about_a_reporter_is_no_signature() {
    assert!(
        signature("그는 김하나 기자에게 오늘 아침에 있었던 일을 처음부터 끝까지 다 털어놓았다.")
            .is_empty()
    );
    assert!(signature("이 기자 회견은 취소됐다.").is_empty());
}

#[test]
fn a_sign_off_names_the_speaker() {
    assert_eq!(
        &*sign_off("가나TV 김하나입니다. (hana@gana.kr)")
            .unwrap()
            .name,
        "김하나"
    );
    assert!(sign_off("이번이 세 번째 시도입니다.").is_none());
}

#[test]
fn names_of_other_tongues_need_a_word_before_them() {
    assert_eq!(
        names(&signed("By Jane Roe and John Doe")),
        "Jane Roe// John Doe//"
    );
    assert_eq!(names(&signed("Von Hanna Schreiber")), "Hanna Schreiber//");
    assert!(signed("By the time the train came, it was light.").is_empty());
    assert!(plain_name("Read More").is_none() && plain_name("Jane van Roe").is_some());
}

#[test]
fn stated_names_lose_their_trimmings() {
    assert_eq!(
        names(&stated("By Jane Roe and John Doe")),
        "Jane Roe// John Doe//"
    );
    assert_eq!(names(&stated("홍길동기자")), "홍길동/기자/");
    assert!(stated("https://www.facebook.com/paper").is_empty());
}
