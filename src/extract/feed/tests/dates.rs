//! Dates in the formats of feeds of all ages and countries.

use crate::extract::feed::*;
use crate::news::stamp::KST;

fn read(written: &str) -> String {
    let at = crate::extract::dates::feed::stamp(written, KST)
        .map(|stamp| KST.to_datetime(stamp.at).to_string());
    at.unwrap_or_default()
}

#[test]
fn one_instant_in_every_shape() {
    for written in [
        "2026년 11월 22일 09:12",
        "2026년 11월 22일 오전 9시 12분",
        "2026년11월22일 9시12분",
        "2026/11/22 09:12",
        "2026.11.22. 09:12:00",
        "2026. 11. 22. 오전 9:12:00",
        "2026-11-22 오전 09:12:00",
        "2026-11-22(일) 09:12",
        "26.11.22 09:12",
        "26-11-22 09:12:00",
        "20261122091200",
        "20261122091200123",
        "20261122 09:12:00",
        "20261122T091200+0900",
        "20261122T0012Z",
        "2026-11-22T09:12:00.000+0900",
        "2026-11-22T00:12:00Z",
        "2026-11-22T09:12+09:00",
        "2026-11-22T00:12:00.123456789Z",
        "Sun, 22 Nov 2026 09:12:00 GMT+9",
        "Sun, 22 Nov 2026 09:12:00 GMT+0900",
        "Sun, 22 Nov 2026 09:12:00 GMT+09:00",
        "Sun, 22 Nov 26 09:12:00 +0900",
        "Sun Nov 22 09:12:00 KST 2026",
        "Sun Nov 22 09:12:00 2026 KST",
        "Sun Nov 22 00:12:00 +0000 2026",
        "Sun Nov 22 2026 09:12:00 GMT+0900 (한국 표준시)",
        "22 Nov 2026 09:12 +0900",
        "Sunday, 22 November 2026 09:12:00 +0900",
        "Sunday, 22-Nov-26 00:12:00 GMT",
        "Sun, 22 Nov 2026 00:12:00 UT",
        "Sat, 21 Nov 2026 19:12:00 -0500",
        "Sat, 21 Nov 2026 16:12:00 PST",
        "일, 22 11월 2026 09:12:00 +0900",
        "日, 22 11月 2026 09:12:00 +0900",
        "2026年11月22日 09:12",
        "22.11.2026 09:12",
        "22-11-2026 09:12",
        "22/11/2026 - 09:12",
        "11/22/2026 9:12 AM",
        "November 22, 2026, 9:12 a.m. KST",
        "1795306320",
        "1795306320.25",
        "1795306320000",
    ] {
        assert_eq!(read(written), "2026-11-22T09:12:00", "{written}");
    }
}

#[test]
fn a_day_or_a_month_alone_begins() {
    for (written, at) in [
        ("2026-11-22", "2026-11-22T00:00:00"),
        ("Sun, 22 Nov 2026", "2026-11-22T00:00:00"),
        ("20261122", "2026-11-22T00:00:00"),
        ("20261122T", "2026-11-22T00:00:00"),
        ("Sat, 21 Nov 2026 19:12 ET", "2026-11-22T09:12:00"),
        ("2026-11", "2026-11-01T00:00:00"),
        ("2026", "2026-01-01T00:00:00"),
        ("3/11/2026", "2026-11-03T00:00:00"),
        ("3/11/2026 3:04 PM", "2026-03-11T15:04:00"),
        ("Thu, 31 Dec 98 23:59:60 +0900", "1998-12-31T23:59:59"),
    ] {
        assert_eq!(read(written), at, "{written}");
    }
}

#[test]
fn what_is_no_date_is_none() {
    for written in [
        "",
        "어제",
        "now",
        "P1D",
        "0000-00-00 00:00:00",
        "1970-01-01T00:00:00Z",
        "0",
        "Sun, 99 Jun 2009 12:00:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 +0000",
        "2026-13-01",
        "13.13.2026",
        "2026-02-30",
        "99999999999999999999",
        "...",
        "1.2.3",
        "-",
        "T",
        "/////",
    ] {
        assert_eq!(read(written), "", "{written}");
    }
}

#[test]
fn a_date_keeps_the_offset_that_it_states() {
    let published = |head: &str, date: &str, url: &str| {
        let rss = format!(
            "<rss version='2.0'><channel><title>Wire</title>{head}<item><title>t</title>\
             <link>https://a.com/1</link><pubDate>{date}</pubDate></item></channel></rss>"
        );
        let read = feed(rss.as_bytes(), None, url).unwrap();
        read.entries[0].published.unwrap().to_string()
    };
    let com = "https://a.com/rss";
    for (head, date, url, read) in [
        (
            "<language>en</language>",
            "Fri, 27 Nov 2026 07:30:00 +0900",
            com,
            "2026-11-27T07:30:00+09:00",
        ),
        (
            "<language>ko</language>",
            "Fri, 27 Nov 2026 07:30:00 -0330",
            com,
            "2026-11-27T07:30:00-03:30",
        ),
        (
            "<language>ko</language>",
            "Fri, 27 Nov 2026 07:30:00 GMT",
            com,
            "2026-11-27T07:30:00+00:00",
        ),
        // None stated: the feed's language, its host, then UTC.
        (
            "<language>ja-JP</language>",
            "2026-11-27 07:30",
            com,
            "2026-11-27T07:30:00+09:00",
        ),
        (
            "<language>zh-tw</language>",
            "2026-11-27 07:30",
            com,
            "2026-11-27T07:30:00+08:00",
        ),
        (
            "<language>ko</language>",
            "20261127073000",
            com,
            "2026-11-27T07:30:00+09:00",
        ),
        (
            "<language>en</language>",
            "2026-11-27 07:30",
            "https://a.co.kr/rss",
            "2026-11-27T07:30:00+09:00",
        ),
        (
            "<language>en</language>",
            "2026-11-27 07:30",
            com,
            "2026-11-27T07:30:00+00:00",
        ),
    ] {
        assert_eq!(published(head, date, url), read, "{head} {date} {url}");
    }
}
