//! Tests of dates on pages and in feeds.

use super::*;
use crate::news::stamp::KST;

fn read(text: &str) -> String {
    first(text, KST).map_or_else(String::new, |s| s.to_string())
}

#[test]
fn the_shapes_of_korean_pages_and_feeds_are_one_instant() {
    for text in [
        "2026-11-22T09:12:00+09:00",
        "2026-11-22 09:12:00",
        "입력 2026.11.22. 오전 9:12",
        "기사입력: 2026/11/22 09:12",
        "2026년 11월 22일 09시 12분",
        "2026년 11월 22일(일) 오전 9시 12분",
        "Sun, 22 Nov 2026 09:12:00 +0900",
        "Sun,22 Nov  2026 09:12:00 KST",
        "22 11 2026 09:12:00",
        "2026-11-22T09:12:00",
        "20261122 09:12",
        "2026.11.22 (일) 09:12",
        "2026-11-22 AM 09:12:00",
        "2026年11月22日 09時12分",
        "2026-11-22T09:12:00,000",
    ] {
        assert_eq!(read(text), "2026-11-22T09:12:00+09:00", "{text}");
    }
}

#[test]
fn a_written_zone_is_kept() {
    assert_eq!(
        read("Published November 20th, 2019 - 07:29 GMT"),
        "2019-11-20T07:29:00+00:00"
    );
    assert_eq!(
        read("Nov. 20, 2019 at 7:29 p.m. EST").get(..16),
        Some("2019-11-20T19:29")
    );
    assert_eq!(
        read("2019-11-20T07:29:00.123Z"),
        "2019-11-20T07:29:00+00:00"
    );
    assert_eq!(
        read("Wed, 2 Oct 2002 08:00:00 -0500"),
        "2002-10-02T08:00:00-05:00"
    );
}

#[test]
fn the_last_hour_of_a_day_is_the_first_of_the_next() {
    assert_eq!(read("2026-11-22 24:00"), "2026-11-23T00:00:00+09:00");
    for no_time in ["2026-11-22 25:10", "2026-11-22 10:61"] {
        assert_eq!(read(no_time), "2026-11-22T00:00:00+09:00");
    }
}

#[test]
fn both_dates_of_a_line_are_found() {
    let two = all("기사입력 2023-04-04 19:01 l 최종수정 2023-04-04 19:56", KST);
    assert_eq!(
        two.iter().map(|s| s.wall().to_string()).collect::<Vec<_>>(),
        ["2023-04-04T19:01:00", "2023-04-04T19:56:00"]
    );
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        "2026",
        "2026-13-45",
        "1234-5678-9012",
        "02-2000-3114",
        "9999999999999999999",
        "may 5",
        "Tue, 3 Nov 15:04:05",
    ] {
        assert_eq!(read(text), "", "{text}");
    }
}
