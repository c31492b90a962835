//! Tests of the forms in which Korean and English pages print bylines.

use super::*;

fn read(line: &str) -> Vec<String> {
    bylines(line).iter().map(show).collect()
}

fn show(b: &Byline) -> String {
    let field = |f: &Option<Clean>| f.as_deref().unwrap_or("-").to_owned();
    format!("{}/{}/{}", b.name, field(&b.role), field(&b.email))
}

#[test]
fn korean_bylines_give_name_role_and_address() {
    assert_eq!(
        read("배경환 기자 khbae@asiae.co.kr"),
        ["배경환/기자/khbae@asiae.co.kr"]
    );
    assert_eq!(
        read("홍길동기자 hong@example.com"),
        ["홍길동/기자/hong@example.com"]
    );
    assert_eq!(read("[견본일보 홍길동 기자]"), ["홍길동/기자/-"]);
    assert_eq!(
        read("홍길동·임꺽정 기자 a@example.com"),
        ["홍길동/기자/-", "임꺽정/기자/a@example.com"]
    );
    assert_eq!(
        read("홍길동 선임기자(hong@example.com)"),
        ["홍길동/선임기자/hong@example.com"]
    );
    assert_eq!(
        read("YTN 나혜인 (dglee@ytn.co.kr)"),
        ["나혜인/-/dglee@ytn.co.kr"]
    );
    assert_eq!(read("글·사진 홍길동 기자"), ["홍길동/기자/-"]);
    assert_eq!(read("워싱턴=홍길동 특파원"), ["홍길동/특파원/-"]);
}

#[test]
fn english_bylines_give_names_and_roles() {
    assert_eq!(read("By Jane Doe"), ["Jane Doe/-/-"]);
    assert_eq!(
        read("By JANE DOE and John Smith, Staff Writers"),
        ["JANE DOE/Staff Writers/-", "John Smith/Staff Writers/-"]
    );
    assert_eq!(read("By Jane Doe, CNN"), ["Jane Doe/-/-"]);
    assert_eq!(
        read("By Jane Doe Updated Nov 19, 2026, 8:00am EST"),
        ["Jane Doe/-/-"]
    );
    assert_eq!(
        read("Jane Doe, Reporter jane@example.com"),
        ["Jane Doe/Reporter/jane@example.com"]
    );
}

#[test]
fn sentences_are_no_bylines() {
    for line in [
        "취재 기자",
        "기자회견을 열었다.",
        "서울시는 기자 간담회를 열었다",
        "By the time he arrived, it was over.",
        "By 2030 it will double",
        "이 기자는 말했다",
        "문의: info@example.com",
    ] {
        assert_eq!(read(line), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn a_paragraph_names_its_writer_in_passing() {
    let read = |p: &str| byline_inside(p).iter().map(show).collect::<Vec<_>>();
    assert_eq!(
        read("(서울=견본뉴스) 홍길동 기자 = 서울시가 23일 밝혔다."),
        ["홍길동/기자/-"]
    );
    assert_eq!(
        read("[견본일보 홍길동 기자] 가수 아무개가 밝혔다."),
        ["홍길동/기자/-"]
    );
    assert_eq!(
        read("견본뉴스 홍길동입니다. (hong@example.com)"),
        ["홍길동/-/hong@example.com"]
    );
    assert_eq!(read("홍길동 기자입니다."), ["홍길동/기자/-"]);
    assert_eq!(
        read("시는 이같이 밝혔다. /홍길동 기자 hong@example.com"),
        ["홍길동/기자/hong@example.com"]
    );
    assert_eq!(read("서울시가 나선다고 밝혔다."), Vec::<String>::new());
}
