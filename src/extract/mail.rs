//! Pages and newsletters in the form of mail: a page that a browser saved as one file (`.mhtml`), a
//! message (`.eml`). Addresses in it are what the file says of itself.

use jiff::Timestamp;
use jiff::tz::Offset;
use mail_parser::{MessageParser, MimeHeaders as _};

use super::{PageHint, Profiles};
use crate::news::{Article, Clean, Stamp};

/// Headers with which a message or a saved page begins.
const FIRST_HEADERS: [&str; 12] = [
    "from:",
    "mime-version:",
    "received:",
    "return-path:",
    "subject:",
    "date:",
    "message-id:",
    "delivered-to:",
    "to:",
    "content-type:",
    "dkim-signature:",
    "snapshot-content-location:",
];

/// Whether a file begins as mail does: with a header of mail, and further lines that say what the
/// content is.
pub fn is_mail(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    // Mail folders put such a line above each message.
    let head = match head.strip_prefix("from ") {
        Some(rest) => rest.split_once('\n').map_or("", |(_, rest)| rest),
        None => head.trim_start_matches(['\u{feff}', '\r', '\n']),
    };
    let lines = format!("\n{head}");
    let has = |name: &str| lines.contains(&format!("\n{name}"));
    FIRST_HEADERS.iter().any(|name| head.starts_with(name))
        && (has("content-type:") || has("mime-version:") || has("from:") && has("subject:"))
}

/// Reads the article in a message or a saved page; `None` if there is no text in it. `hint` has no
/// address: the file's own say nothing about where it was had.
pub fn mail(bytes: &[u8], profiles: &Profiles) -> Option<Article> {
    let message = MessageParser::default().parse(bytes)?;
    let hint = PageHint {
        url: None,
        charset: None,
    };
    let page = message.html_bodies().find_map(|part| {
        let is_html = part
            .content_type()
            .is_none_or(|kind| kind.subtype().is_some_and(|s| s.contains("html")));
        part.text_contents().filter(|_| is_html)
    });
    let mut article = match page {
        Some(page) => super::html(page, &hint, profiles),
        None => super::pasted::plain(&message.body_text(0)?, None),
    };
    let subject = message.subject().map(Clean::headline);
    // Browsers write the page's own title into the header; of a newsletter the subject is the
    // headline, and its markup often has none.
    let is_saved_page = message.header("Snapshot-Content-Location").is_some()
        || message
            .content_type()
            .is_some_and(|kind| kind.subtype() == Some("related"))
            && message
                .from()
                .and_then(|f| f.first())
                .is_none_or(|f| f.address().is_none());
    if let Some(subject) = subject.filter(|s| !s.is_blank())
        && (!is_saved_page || article.title.is_blank())
    {
        article.title = subject;
    }
    if !is_saved_page {
        let sender = message.from().and_then(|from| from.first());
        let name = sender.and_then(|s| s.name().or_else(|| s.address()));
        if article.publisher.is_none() {
            article.publisher = name.map(Clean::line);
        }
        if article.published.is_none() {
            article.published = message.date().and_then(stamp);
        }
    }
    Some(article)
}

fn stamp(date: &mail_parser::DateTime) -> Option<Stamp> {
    let at = Timestamp::from_second(date.to_timestamp()).ok()?;
    let east = i32::from(date.tz_hour) * 60 + i32::from(date.tz_minute);
    let seconds = if date.tz_before_gmt { -east } else { east } * 60;
    Some(Stamp::new(at, Offset::from_seconds(seconds).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Article {
        mail(text.as_bytes(), &Profiles::embedded()).expect("an article")
    }

    #[test]
    fn a_newsletter_in_cp949_is_read() {
        let body = "<html><body><h1>아침 편지</h1><p>강나루시는 내년 봄부터 책을 싣고 골목을 도는 \
                    자전거를 열두 대 움직인다고 밝혔다.</p><p>시장은 시청 앞마당에서 그 자전거를 \
                    처음 선보였고 사람들은 줄을 섰다.</p></body></html>";
        let (bytes, _, _) = encoding_rs::EUC_KR.encode(body);
        let hex: String = bytes
            .iter()
            .map(|b| format!("={b:02X}"))
            .collect::<Vec<_>>()
            .chunks(20)
            .map(|line| line.concat() + "=\r\n")
            .collect();
        let article = read(&format!(
            "From: =?utf-8?B?6rCA656M7Y647KeA?= <a@b.example>\r\n\
             Subject: =?euc-kr?Q?=BF=C0=B4=C3?=\r\nDate: Sat, 28 Nov 2026 09:00:00 +0900\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n\
             --x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nplain words\r\n\
             --x\r\nContent-Type: text/html; charset=euc-kr\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n{hex}\r\n--x--\r\n"
        ));
        assert_eq!(&*article.title, "오늘");
        assert_eq!(article.publisher.as_deref(), Some("가람편지"));
        assert!(
            article.text().contains("골목을 도는 자전거를 열두 대"),
            "{}",
            article.text()
        );
        assert_eq!(
            article.published.map(|s| s.to_string()).as_deref(),
            Some("2026-11-28T09:00:00+09:00")
        );
        assert!(article.url.is_none());
    }

    #[test]
    fn plain_messages_and_damaged_ones_are_read() {
        let article = read(
            "From: kim@a.example\nSubject: Two lines\n\nThe council voted on Monday to close the \
             bridge for repairs.\n\nIt opens again in spring.\n",
        );
        assert!(article.text().contains("close the bridge"));
        for damaged in [
            "From: a\nContent-Type: multipart/mixed; boundary=\"\"\n\n--\n",
            "Content-Type: text/html; charset=nonsense\n\n<p>\u{1}",
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x",
        ] {
            let _ = mail(damaged.as_bytes(), &Profiles::embedded());
        }
    }

    #[test]
    fn a_text_that_begins_like_a_header_is_no_mail() {
        assert!(is_mail(b"From: a\r\nSubject: b\r\n\r\nc"));
        assert!(is_mail(
            b"From a@b Sat Nov 28\nMIME-Version: 1.0\nContent-Type: text/html\n"
        ));
        assert!(!is_mail("From: 우리 동네\n오늘은 비가 왔다.".as_bytes()));
        assert!(!is_mail(
            b"Subject to approval, the bridge closes.\nFrom: x"
        ));
    }
}
