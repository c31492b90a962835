//! The names of the query language: its fields, and the values that are words. The documentation is
//! checked against these tables.

use crate::news::{Form, SortOrder};

/// The fields: the names of each, the usual one first.
pub const FIELDS: [&[&str]; 16] = [
    &["title", "제목"],
    &["body", "본문"],
    &["publisher", "언론사"],
    &["author", "by", "기자"],
    &["feed", "피드"],
    &["url", "주소"],
    &["tag", "태그"],
    &["lang", "언어"],
    &["words", "길이"],
    &["after", "이후"],
    &["before", "이전"],
    &["changed", "고침"],
    &["has"],
    &["form", "형식"],
    &["later", "나중에"],
    &["sort", "정렬"],
];

/// What `form:` takes: a form of article, and its names as folded text.
pub const FORMS: [(Form, &[&str]); 14] = [
    (Form::News, &["news", "기사", "뉴스"]),
    (Form::Broadcast, &["broadcast", "방송"]),
    (Form::Interview, &["interview", "인터뷰", "문답"]),
    (Form::Column, &["column", "칼럼", "사설", "의견"]),
    (Form::Market, &["market", "시황"]),
    (Form::List, &["list", "목록"]),
    (Form::Photo, &["photo", "사진", "포토"]),
    (Form::Ad, &["ad", "광고"]),
    (Form::Personnel, &["personnel", "인사", "부고"]),
    (Form::Horoscope, &["horoscope", "운세"]),
    (Form::Weather, &["weather", "날씨"]),
    (Form::Sports, &["sports", "스포츠", "운동"]),
    (Form::Live, &["live", "속보"]),
    (Form::Release, &["release", "보도자료"]),
];

/// What `sort:` takes: an order, and its names as folded text.
pub const ORDERS: [(SortOrder, &[&str]); 4] = [
    (SortOrder::Newest, &["newest", "최신", "최신순"]),
    (SortOrder::Oldest, &["oldest", "오래된", "오래된순"]),
    (SortOrder::Unread, &["unread", "안읽음"]),
    (SortOrder::Publisher, &["publisher", "언론사"]),
];
