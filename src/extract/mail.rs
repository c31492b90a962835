//! Pages and newsletters in the form of mail: a page that a browser saved as one file (`.mhtml`), a
//! message (`.eml`). Addresses in it are what the file says of itself.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::Offset;
use mail_parser::{MessageParser, MimeHeaders as _, PartType};

use super::{PageHint, Profiles};
use crate::news::{Article, ArticleId, Block, Clean, FeedEntry, Stamp};

/// How far into a file the names of its parts are looked for, in bytes.
const MOST_HEADERS: usize = 64 << 10;
/// Most names of parts that are looked for.
const MOST_PARTS: usize = 20;

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
    let bytes = with_ends(bytes);
    let message = MessageParser::default().parse(&*bytes)?;
    let hint = PageHint {
        is_subscribed: false,
        url: None,
        charset: None,
    };
    let page = message.html_bodies().find_map(|part| {
        let is_html = part
            .content_type()
            .is_some_and(|kind| kind.subtype().is_some_and(|s| s.contains("html")));
        part.text_contents().filter(|_| is_html)
    });
    let mut article = match page {
        Some(page) => super::html(page, &hint, profiles),
        None => match &message.text_part(0)?.body {
            PartType::Text(text) => super::pasted::plain(text, None),
            _ => return None,
        },
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
        // A letter of a line or two is too short to be found on a page.
        if article.blocks.is_empty()
            && let Some(part) = message.text_part(0)
        {
            // Not `body_text`: it brings a table of all character references along, the third.
            article.blocks = match &part.body {
                PartType::Text(text) => super::pasted::plain(text, None).blocks,
                PartType::Html(markup) => super::page::fragment::fragment(markup, None),
                _ => Vec::new(),
            };
            article.extraction.problem = None;
        }
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

/// A message as an article of its sender. What it says of addresses, and what it would have
/// fetched, is left out: nothing tells the sender that it was read. `None` without any text.
pub fn newsletter(bytes: &[u8], profiles: &Profiles) -> Option<FeedEntry> {
    let mut article = mail(bytes, profiles)?;
    let message = MessageParser::default().parse(bytes)?;
    let sender = message.from().and_then(|from| from.first());
    let sender = sender.and_then(|s| s.name().or_else(|| s.address()));
    article.publisher = sender.map(Clean::line);
    article.published = message.date().and_then(stamp).or(article.published);
    (article.url, article.canonical_url, article.lead_image) = (None, None, None);
    article
        .blocks
        .retain(|block| !matches!(block, Block::Image { .. } | Block::Embed { .. }));
    (article.related, article.most_read) = (Vec::new(), Vec::new());
    // Anyone can write any sender into a message.
    article.claimed = true;
    if article.blocks.is_empty() {
        return None;
    }
    let guid = match message.message_id() {
        // A sender may use an id again: what says something else is another message.
        Some(id) => Clean::line(&format!("{id} {}", article.id())),
        None => Clean::line(&ArticleId::of_content(&String::from_utf8_lossy(bytes)).to_string()),
    };
    Some(FeedEntry {
        guid,
        published: article.published,
        article,
        markup: None,
    })
}

/// The bytes with the end of each part that lacks one: a file that was cut off is read as far as it
/// goes, which the parser does not do of a part in base64.
fn with_ends(bytes: &[u8]) -> Cow<'_, [u8]> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(MOST_HEADERS)]);
    let mut ends = Vec::new();
    for (at, _) in head.match_indices("boundary=").take(MOST_PARTS) {
        let rest = head[at + "boundary=".len()..].trim_start_matches('"');
        let name = rest.split(['"', ';', '\r', '\n', ' ']).next();
        let end = format!("--{}--", name.unwrap_or_default());
        if end.len() > 4 && memchr::memmem::find(bytes, end.as_bytes()).is_none() {
            ends.push(end);
        }
    }
    if ends.is_empty() {
        return Cow::Borrowed(bytes);
    }
    let mut all = bytes.to_vec();
    for end in ends.iter().rev() {
        all.extend_from_slice(format!("\r\n{end}").as_bytes());
    }
    all.extend_from_slice(b"\r\n");
    Cow::Owned(all)
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
    fn letters_of_a_line_are_read_whatever_their_type() {
        for kind in [
            "",
            "Content-Type: text/plain\r\n",
            "Content-Type: text/html\r\n",
        ] {
            for words in ["Backup done.", "내일 회의는 세 시입니다."] {
                let body = if kind.contains("html") {
                    format!("<p>{words}</p>")
                } else {
                    words.to_owned()
                };
                let letter = format!("From: cron\r\nSubject: News\r\n{kind}\r\n{body}\r\n");
                let entry = newsletter(letter.as_bytes(), &Profiles::embedded()).expect(&letter);
                assert_eq!(entry.article.text(), words, "{kind}");
            }
        }
    }

    #[test]
    fn an_id_used_again_is_another_message_where_it_says_something_else() {
        let letter = |words: &str| {
            let text =
                format!("From: a@b.example\r\nMessage-ID: <1@b>\r\nSubject: S\r\n\r\n{words}\r\n");
            newsletter(text.as_bytes(), &Profiles::embedded())
                .unwrap()
                .guid
        };
        assert_ne!(letter("First letter."), letter("Second letter."));
        assert_eq!(letter("First letter."), letter("First letter."));
    }

    #[test]
    fn a_subject_of_any_length_costs_no_message() {
        let long = "긴 제목 ".repeat(10_000);
        let folded = long.split_inclusive(' ').collect::<Vec<_>>().join("\r\n ");
        for subject in [long, folded, "x".repeat(100_000)] {
            for body in [
                "Content-Type: text/html\r\n\r\n<p>내일 만난다.</p>",
                "\r\n내일 만난다.",
            ] {
                let text = format!("From: a@b.example\r\nSubject: {subject}\r\n{body}\r\n");
                let entry = newsletter(text.as_bytes(), &Profiles::embedded()).expect("a message");
                assert_eq!(entry.article.text(), "내일 만난다.");
                assert!(entry.article.title.chars().count() < 2_000);
            }
        }
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
    fn a_file_that_was_cut_off_is_read_as_far_as_it_goes() {
        use base64::Engine as _;
        let page = "<html><title>다리</title><article><h1>다리</h1><p>강가의 오래된 다리가 이번 달부터 \
                    여섯 달 동안 닫힌다고 시청이 월요일에 밝혔다.</p><p>시민은 그동안 아래쪽 다리로 \
                    건너야 하고 버스도 그쪽으로 돈다.</p></article></html>";
        let packed = base64::engine::general_purpose::STANDARD.encode(page);
        for end in ["", "\r\n--XX--\r\n"] {
            let article = read(&format!(
                "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/1\r\n\
                 MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"XX\"\r\n\r\n--XX\r\n\
                 Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n\
                 {packed}{end}"
            ));
            assert!(article.text().contains("버스도 그쪽으로"), "{end:?}");
        }
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
