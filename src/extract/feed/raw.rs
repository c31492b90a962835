//! A feed as its file says it, whatever its format: texts as they were written, nothing cleaned.

use std::borrow::Cow;

use url::Url;

use super::angle_brackets::HeadlineMarkup;
use crate::news::Stamp;

/// A feed.
#[derive(Debug, Default)]
pub(super) struct RawFeed<'a> {
    pub title: Option<RawTitle>,
    /// The language tag that it declares.
    pub language: Option<String>,
    pub links: Vec<RawLink>,
    /// Who wrote the articles that don't say who.
    pub authors: Vec<RawPerson>,
    /// The least minutes between two requests.
    pub ttl: Option<u32>,
    pub entries: Vec<RawEntry<'a>>,
}

/// One article of a feed.
#[derive(Debug, Default)]
pub(super) struct RawEntry<'a> {
    /// Empty where it has none.
    pub id: String,
    pub title: Option<RawTitle>,
    pub links: Vec<RawLink>,
    /// Markup; empty where it has none.
    pub summary: Cow<'a, str>,
    /// Markup; empty where it has none.
    pub content: Cow<'a, str>,
    pub authors: Vec<RawPerson>,
    pub categories: Vec<String>,
    pub published: Option<Stamp>,
    pub updated: Option<Stamp>,
    /// The language tag of its text.
    pub language: Option<String>,
    /// The name of the feed from which an aggregator took it.
    pub source: Option<String>,
    /// What stands beside its text by itself, then what stands in groups.
    pub media: RawMedia,
    pub media_groups: Vec<RawMedia>,
    /// RSS's enclosures.
    pub enclosures: Vec<RawFile>,
    /// The picture of an episode.
    pub picture: Option<String>,
    /// The length in seconds of what it encloses.
    pub seconds: Option<u32>,
}

/// A headline or a name.
#[derive(Debug)]
pub(super) struct RawTitle {
    pub written: String,
    pub markup: HeadlineMarkup,
}

/// An address of a feed or an article.
#[derive(Debug, Default)]
pub(super) struct RawLink {
    pub href: String,
    pub rel: Option<String>,
    pub media_type: Option<String>,
    pub title: Option<String>,
    /// In bytes.
    pub length: Option<u64>,
    /// Whether it leads to where the article is talked about.
    pub is_comments: bool,
}

/// Who wrote an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RawPerson {
    pub name: Option<String>,
    pub email: Option<String>,
}

/// Pictures, recordings and films that belong together.
#[derive(Debug, Default)]
pub(super) struct RawMedia {
    pub files: Vec<RawFile>,
    pub thumbnails: Vec<String>,
    pub description: Option<String>,
}

/// A file beside an article's text.
#[derive(Debug)]
pub(super) struct RawFile {
    pub url: Url,
    /// Its media type, or only what Media RSS calls its medium: `image`.
    pub kind: Option<String>,
    pub bytes: Option<u64>,
    pub seconds: Option<u32>,
}

impl RawEntry<'_> {
    /// All its media, in order.
    pub(super) fn media(&self) -> impl Iterator<Item = &RawMedia> {
        std::iter::once(&self.media).chain(&self.media_groups)
    }

    /// All files beside its text. RSS's enclosures are there only where Media RSS names nothing but
    /// pictures: it names the same files otherwise, and says more of them.
    pub(super) fn files(&self) -> impl Iterator<Item = &RawFile> {
        let media = || self.media().flat_map(|m| &m.files);
        let is_played = media().any(|file| !file.is_picture());
        media().chain(self.enclosures.iter().filter(move |_| !is_played))
    }
}

impl RawFile {
    /// Whether it is a picture, by its type or else by its name.
    pub(super) fn is_picture(&self) -> bool {
        match &self.kind {
            Some(kind) => kind.starts_with("image"),
            None => self.is_named(&["jpg", "jpeg", "png", "webp", "gif"]),
        }
    }

    /// Whether it may be a picture: one by its type or name, or nothing says what it is.
    pub(super) fn may_be_picture(&self) -> bool {
        self.is_picture() || (self.kind.is_none() && !self.is_played())
    }

    /// Whether it is a file of another kind than a picture. Media RSS names pages that play films
    /// without a media type.
    pub(super) fn is_played(&self) -> bool {
        match &self.kind {
            Some(kind) if kind.contains('/') => !kind.starts_with("image/") && !self.is_flash(),
            _ => self.is_named(&["mp3", "m4a", "ogg", "opus", "mp4", "m4v", "webm"]),
        }
    }

    /// Whether only a page plays it.
    pub(super) fn is_flash(&self) -> bool {
        self.kind.as_deref().is_some_and(|k| k.contains("flash"))
    }

    fn is_named(&self, endings: &[&str]) -> bool {
        let ending = self.url.path().rsplit_once('.').map_or("", |(_, end)| end);
        endings.iter().any(|it| it.eq_ignore_ascii_case(ending))
    }
}

impl RawPerson {
    /// A person as RSS writes them: `hong@a.kr (홍길동)`, `홍길동 <hong@a.kr>`, or a name alone.
    pub(super) fn written(text: &str) -> RawPerson {
        let Some((before, email, after)) = around_email(text) else {
            let name = text.trim();
            return RawPerson {
                name: (!name.is_empty()).then(|| name.to_owned()),
                email: None,
            };
        };
        let before = before.trim_end_matches("mailto:");
        let before = before.trim_end_matches(|c: char| !c.is_alphanumeric() && !").".contains(c));
        let after = after.trim_start_matches(|c: char| !c.is_alphanumeric());
        // A closing bracket belongs to one that was taken off the front.
        let after = match after.matches(['(', ')']).count() {
            1 => after.trim_end_matches(')'),
            _ => after,
        };
        let name = if before.len() > after.len() {
            before
        } else {
            after
        }
        .trim();
        RawPerson {
            name: (!name.is_empty()).then(|| name.to_owned()),
            email: Some(email.to_owned()),
        }
    }
}

/// The first e-mail address in a text, with what stands before and after it.
fn around_email(text: &str) -> Option<(&str, &str, &str)> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    text.match_indices('@').find_map(|(at, _)| {
        let (head, tail) = (&text[..at], &text[at + 1..]);
        let from = head.trim_end_matches(is_local).len();
        let host = &tail[..tail.len() - tail.trim_start_matches(is_host).len()];
        let host = host.trim_end_matches(['.', '-']);
        let (_, top) = host.rsplit_once('.')?;
        let is_top = top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic());
        let to = at + 1 + host.len();
        (from < at && is_top).then(|| (&text[..from], &text[from..to], &text[to..]))
    })
}

/// An address, made whole by `base`, as a browser would write it; as it is where it is none.
pub(super) fn resolved(written: &str, base: Option<&Url>) -> String {
    let written = written.trim();
    resolved_url(written, base).map_or_else(|| written.to_owned(), String::from)
}

/// An address, made whole by `base`.
pub(super) fn resolved_url(written: &str, base: Option<&Url>) -> Option<Url> {
    match Url::parse(written) {
        Ok(url) => Some(url),
        Err(url::ParseError::RelativeUrlWithoutBase) => base?.join(written).ok(),
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_a_name_and_an_address() {
        for (written, name, email) in [
            ("홍길동", "홍길동", ""),
            ("hong@a.kr (홍길동)", "홍길동", "hong@a.kr"),
            ("홍길동 기자(hong@a.kr)", "홍길동 기자", "hong@a.kr"),
            ("홍길동 <hong@a.kr>", "홍길동", "hong@a.kr"),
            ("<a href=mailto:hong@a.kr>", "<a href", "hong@a.kr"),
            ("[hong@a.kr] 홍길동", "홍길동", "hong@a.kr"),
            ("mailto:hong@a.kr", "", "hong@a.kr"),
            ("hong@a.kr", "", "hong@a.kr"),
            ("hong@a.kr, 가람 신문", "가람 신문", "hong@a.kr"),
            ("가·hong@a.kr·나다라", "나다라", "hong@a.kr"),
            ("홍길동 (a@b)", "홍길동 (a@b)", ""),
            ("@홍길동", "@홍길동", ""),
            ("a@@hong@a.kr.", "a", "hong@a.kr"),
            ("홍길동 (편집부) hong@a.kr", "홍길동 (편집부)", "hong@a.kr"),
            ("  ", "", ""),
        ] {
            let read = RawPerson::written(written);
            let told = (
                read.name.as_deref().unwrap_or_default(),
                read.email.as_deref().unwrap_or_default(),
            );
            assert_eq!(told, (name, email), "{written}");
        }
    }
}
