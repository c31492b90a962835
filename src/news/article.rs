//! An article: the fields of a newspaper page, and the body as blocks in reading order.
//!
//! The serialised shape is the contract of `gisa extract --format json`; what is read back may
//! leave out all but `title` and `blocks`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::hangul::is_hangul_syllable;
use super::site::{is_same_site, is_web_address};
use super::{Clean, Enclosure, Extraction, ItemMark, Span, Stamp};

/// A stable identifier of an article: a hash of its canonical address, or of its content if it has
/// no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub u64);

impl ArticleId {
    /// The id of the article at the address `canonical`.
    pub fn of_url(canonical: &str) -> Self {
        Self(hash("url", &[canonical]))
    }

    /// The id of an article without an address, from its content.
    pub fn of_content(content: &str) -> Self {
        Self::of_parts(&[content])
    }

    /// Like [`ArticleId::of_content`], for content given in parts.
    pub(crate) fn of_parts(content: &[&str]) -> Self {
        Self(hash("content", content))
    }
}

fn hash(domain: &str, text: &[&str]) -> u64 {
    // In one piece: then several blocks are hashed at once.
    let whole = [&[domain, "\0"], text].concat().concat();
    let mut first = [0_u8; 8];
    first.copy_from_slice(&blake3::hash(whole.as_bytes()).as_bytes()[..8]);
    u64::from_le_bytes(first)
}

impl fmt::Display for ArticleId {
    /// Sixteen hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A link inside a text. Offsets count Unicode scalar values from the start of the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Link {
    /// Index of the first character.
    pub start: usize,
    /// Index after the last character.
    pub end: usize,
    /// Absolute address.
    pub url: Clean,
}

/// A block of the body.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// Running text.
    Paragraph {
        /// The words; `\n` is a line break that the author set.
        text: Clean,
        /// Links in it, in order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        links: Vec<Link>,
        /// Words that are set differently.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        spans: Vec<Span>,
    },
    /// A heading inside the body.
    Heading {
        /// 2 (largest) to 6.
        #[serde(default = "second")]
        level: u8,
        /// The words.
        text: Clean,
    },
    /// A picture with its caption.
    Image {
        /// Absolute address; empty where only the caption is known (a pasted page).
        #[serde(default)]
        url: Clean,
        /// What stands for the picture where it can't be shown.
        #[serde(default)]
        alt: Option<Clean>,
        /// 사진 설명.
        #[serde(default)]
        caption: Option<Clean>,
        /// Whose picture it is.
        #[serde(default)]
        credit: Option<Clean>,
    },
    /// A quotation set apart.
    Quote {
        /// The words; of what is not running text, as plain text.
        text: Clean,
        /// What it consists of, where that is more than one paragraph: lists, quotations.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        blocks: Vec<Block>,
    },
    /// A list.
    List {
        /// Numbered.
        #[serde(default)]
        ordered: bool,
        /// The items, with those of lists inside it after the item that they stand in.
        items: Vec<Clean>,
        /// Number and depth of each item, where they are not those of a plain list.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<ItemMark>,
    },
    /// A table; the first row is its head where the page says so.
    Table {
        /// Rows of cells.
        rows: Vec<Vec<Clean>>,
    },
    /// Preformatted text.
    Code {
        /// The text, blanks kept.
        text: Clean,
    },
    /// Something that lives elsewhere: a video, a post.
    Embed {
        /// Its address.
        url: Clean,
        /// Its title, where given.
        #[serde(default)]
        title: Option<Clean>,
    },
}

fn null_is_empty<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Clean, D::Error> {
    Option::<Clean>::deserialize(from).map(Option::unwrap_or_default)
}

fn second() -> u8 {
    2
}

impl Block {
    /// A paragraph without links.
    pub fn paragraph(text: &str) -> Self {
        Self::linked(Clean::lines(text), Vec::new())
    }

    /// A paragraph with links.
    pub fn linked(text: Clean, links: Vec<Link>) -> Self {
        Self::Paragraph {
            text,
            links,
            spans: Vec::new(),
        }
    }

    /// A quotation of running text.
    pub fn quote(text: Clean) -> Self {
        Self::Quote {
            text,
            blocks: Vec::new(),
        }
    }

    /// A list without other lists in it, numbered from 1 if `ordered`.
    pub fn list(ordered: bool, items: Vec<Clean>) -> Self {
        Self::List {
            ordered,
            items,
            marks: Vec::new(),
        }
    }

    /// The block's words as plain text, as they count for `text`: a caption for an image, nothing
    /// for an embed.
    pub fn plain(&self) -> String {
        match self {
            Self::Paragraph { text, .. }
            | Self::Heading { text, .. }
            | Self::Quote { text, .. }
            | Self::Code { text } => text.to_string(),
            Self::Image { caption, .. } => caption.as_deref().unwrap_or_default().to_owned(),
            Self::List { items, .. } => items.iter().map(|i| &**i).collect::<Vec<_>>().join("\n"),
            Self::Table { rows } => rows
                .iter()
                .map(|row| row.iter().map(|c| &**c).collect::<Vec<_>>().join("\t"))
                .collect::<Vec<_>>()
                .join("\n"),
            Self::Embed { .. } => String::new(),
        }
    }
}

/// A person or agency that wrote the article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Byline {
    /// The person or agency.
    pub name: Clean,
    /// 기자, 특파원, …
    pub role: Option<Clean>,
    /// Address.
    pub email: Option<Clean>,
}

/// A link to another article.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Related {
    /// Its title.
    pub title: Clean,
    /// Its address.
    pub url: Clean,
}

/// An entry of the publisher's ranking.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ranked {
    /// From 1.
    pub rank: u32,
    /// Its title.
    pub title: Clean,
    /// Its address.
    pub url: Clean,
}

/// A cleaned article. A field that was not found is empty, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// The address that it was read from.
    pub url: Option<Clean>,
    /// The address that the page declares as canonical: of its own site where `url` is known, else
    /// a mere claim.
    pub canonical_url: Option<Clean>,
    /// Whether publisher and addresses were not fetched but stand in a file, whose author may be
    /// anybody.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub claimed: bool,
    /// 언론사.
    pub publisher: Option<Clean>,
    /// 사회, 경제, …
    pub section: Option<Clean>,
    /// BCP 47, mostly `ko` or `en`.
    pub lang: Option<Clean>,
    /// Headline, without the site's name; `null` reads as empty.
    #[serde(deserialize_with = "null_is_empty")]
    pub title: Clean,
    /// 부제: the lede lines under the headline.
    pub subheads: Vec<Clean>,
    /// The authors.
    pub bylines: Vec<Byline>,
    /// When it was first published.
    pub published: Option<Stamp>,
    /// When it was last changed.
    pub updated: Option<Stamp>,
    /// The picture that the page shows for it elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_image: Option<Clean>,
    /// The body in reading order.
    pub blocks: Vec<Block>,
    /// The copyright line.
    pub copyright: Option<Clean>,
    /// A summary that the page itself carries.
    pub page_summary: Vec<Clean>,
    /// The page's own list of related articles.
    pub related: Vec<Related>,
    /// The publisher's own 많이 본 뉴스.
    pub most_read: Vec<Ranked>,
    /// Recordings, films and files that its feed encloses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub enclosures: Vec<Enclosure>,
    /// The page where it is talked about, where its feed names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discussion: Option<Clean>,
    /// How the text was obtained.
    pub extraction: Extraction,
}

impl Article {
    /// The body as plain text: blocks in reading order, a blank line between two; without title,
    /// subheads, byline and copyright.
    pub fn text(&self) -> String {
        let parts: Vec<String> = self
            .blocks
            .iter()
            .map(Block::plain)
            .filter(|t| !t.trim().is_empty())
            .collect();
        parts.join("\n\n")
    }

    /// The names of its authors.
    pub fn author_names(&self) -> Vec<String> {
        self.bylines.iter().map(|b| b.name.to_string()).collect()
    }

    /// Its stable identifier.
    pub fn id(&self) -> ArticleId {
        match self.canonical_url.as_deref().or(self.url.as_deref()) {
            Some(url) if !url.is_empty() => ArticleId::of_url(url),
            _ => ArticleId::of_content(&format!("{}\n{}", self.title, self.text())),
        }
    }

    /// The article without the addresses that it claims: it is known by its text then. So are files
    /// that claim to be what is known under an address already, and say something else.
    #[must_use]
    pub fn without_claims(mut self) -> Self {
        if self.claimed {
            self.canonical_url = None;
            self.url = None;
        }
        self
    }

    /// The article under the identifier `id`, which it has by the address at which a feed listed
    /// it. Its page may call itself otherwise, and would then be another article to all that goes
    /// by identifiers: its row, its reading place, its scrap.
    #[must_use]
    pub fn known_at(mut self, id: ArticleId, listed: Option<Clean>) -> Self {
        if self.id() != id
            && let Some(listed) = listed.filter(|url| ArticleId::of_url(url) == id)
        {
            self.canonical_url = Some(listed);
        }
        self
    }

    /// A hash of title and text that ignores white space, by which two versions of a page are
    /// compared.
    pub fn wording(&self) -> ArticleId {
        let text = format!("{}\n{}", self.title, self.text());
        ArticleId::of_content(&text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Its address as it is shown, shared and exported: the canonical one, where that is a web
    /// address of the site that the article was read from, else the latter.
    pub fn address(&self) -> Option<&Clean> {
        let canonical = self.canonical_url.as_ref();
        let of_its_site = |own: &Clean| match &self.url {
            Some(url) => url == own || is_same_site(url, own),
            None => is_web_address(own),
        };
        canonical
            .filter(|own| of_its_site(own))
            .or(self.url.as_ref())
    }

    /// The address that it was fetched from, which decides what its pictures and links may lead to.
    /// `None` where it was read from a file: what that says of its address is a claim.
    pub fn provenance(&self) -> Option<&Clean> {
        self.url.as_ref().filter(|_| !self.claimed)
    }

    /// Whether publisher or address are only what a file says of itself.
    pub fn claims_its_origin(&self) -> bool {
        self.claimed && (self.publisher.is_some() || self.address().is_some())
    }

    /// [`Article::provenance`], empty where there is none: that of the addresses in its text, which
    /// it may not lead further into a private network.
    pub fn origin(&self) -> Clean {
        self.provenance().cloned().unwrap_or_default()
    }

    /// Whether its language is Korean; if the page does not say, judged by its letters.
    pub fn is_korean(&self) -> bool {
        match self.lang.as_deref() {
            Some(lang) => lang.starts_with("ko"),
            None => {
                is_mostly_hangul(&self.title)
                    || self.blocks.iter().any(|b| is_mostly_hangul(&b.plain()))
            }
        }
    }
}

/// Whether at least a quarter of the first letters are Hangul syllables. Only a few are looked at,
/// because whole articles pass through here.
fn is_mostly_hangul(text: &str) -> bool {
    let hangul = text
        .chars()
        .filter(|c| is_hangul_syllable(*c))
        .take(8)
        .count();
    hangul >= 2 && hangul * 4 >= text.chars().filter(|c| c.is_alphabetic()).take(32).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_and_blocks_are_enough_to_read_one_back() {
        let json = r#"{"title": "제목", "blocks": [{"kind": "paragraph", "text": "본문."}]}"#;
        let article: Article = serde_json::from_str(json).unwrap();
        assert_eq!(article.text(), "본문.");
        let untitled: Article = serde_json::from_str(r#"{"title": null, "blocks": []}"#).unwrap();
        assert!(untitled.title.is_empty());
        assert!(article.is_korean());
    }

    #[test]
    fn a_canonical_address_of_another_site_is_no_address() {
        let of = |url: Option<&str>, canonical: &str| Article {
            url: url.map(Clean::line),
            canonical_url: Some(Clean::line(canonical)),
            ..Article::default()
        };
        let own = "https://m.paper.co.kr/7?from=rss";
        for canonical in ["https://www.paper.co.kr/7", "https://paper.co.kr/n/7"] {
            let article = of(Some(own), canonical);
            assert_eq!(&**article.address().unwrap(), canonical);
            assert_eq!(&**article.provenance().unwrap(), own);
        }
        for canonical in [
            "https://other.co.kr/7",
            "http://127.0.0.1/",
            "data:text/html,x",
            "javascript:x",
            "",
        ] {
            let article = of(Some(own), canonical);
            assert_eq!(&**article.address().unwrap(), own, "{canonical}");
        }
        let mut claimed = of(None, "https://paper.co.kr/7");
        assert!(claimed.address().is_some() && claimed.provenance().is_none());
        assert_eq!(of(None, "data:text/html,x").address(), None);
        (claimed.url, claimed.claimed) = (Some(Clean::line(own)), true);
        assert_eq!(claimed.provenance(), None);
    }

    #[test]
    fn the_canonical_address_names_it() {
        let mut a = Article {
            url: Some(Clean::line("https://a/?utm=1")),
            ..Article::default()
        };
        let b = a.id();
        a.canonical_url = Some(Clean::line("https://a/"));
        assert_ne!(a.id(), b);
        assert_eq!(a.id(), ArticleId::of_url("https://a/"));
    }
}
