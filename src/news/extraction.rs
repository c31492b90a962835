//! How an article was obtained: by which method, how certain the result is, and what is wrong with
//! the page where it is not an article.
//!
//! In JSON both are plain strings, as they always were. A value that this version does not know
//! (another program's, or a later version's) is kept and written back unchanged.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Clean, Form};

/// How an article was obtained, and how certain the result is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Extraction {
    /// What the article was read from.
    pub method: ExtractionMethod,
    /// From 0 (a guess) to 1 (certain).
    pub confidence: f32,
    /// What the page is, where it is not a readable article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// What kind of piece it is, where the rules saw another than news.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "known")]
    pub form: Option<Form>,
    /// What the page is, where it has a text but is not one article.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "known")]
    pub page: Option<PageKind>,
    /// Whether its source said that the text is only the beginning. [`Article::is_cut`] knows more.
    ///
    /// [`Article::is_cut`]: super::Article::is_cut
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

/// The value that JSON names; none where this version does not know it.
fn known<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let name = Option::<String>::deserialize(from)?;
    Ok(name.and_then(|name| {
        T::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(&name))
            .ok()
    }))
}

/// What a page is that has a text but is not one article, by its address and markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageKind {
    /// The posts of several people, one after another.
    Thread,
    /// A thing for sale.
    Product,
    /// Many things of one sort: goods with their prices, places, offers.
    Listing,
    /// The results of a search.
    Search,
}

/// What an article was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum ExtractionMethod {
    /// Not stated (an empty string): an article built by hand or read from incomplete JSON.
    #[default]
    Unknown,
    /// `publisher:NAME`: the page, by the rules of that publisher profile.
    Publisher(Clean),
    /// `jsonld`: the `articleBody` of the page's JSON-LD.
    JsonLd,
    /// `script`: the state object that a script of the page carries.
    Script,
    /// `density`: the part of the page with the most running text.
    Density,
    /// `section`: a row of a section page that serves as a feed.
    Section,
    /// `feed`: an entry of a feed.
    Feed,
    /// `plain`: pasted text.
    Pasted,
    /// `json`: an article in gisa's own JSON that does not say how it was obtained.
    Json,
    /// `sample`: an article that comes with the program.
    Sample,
    /// Any other value.
    Other(Clean),
}

/// Why a page can't be read as an article.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    /// `front`: a list of articles, such as a front page or a section page.
    Front,
    /// `paywall`: only the beginning is there, the rest is for subscribers.
    Paywall,
    /// `video`: a video with hardly any text.
    Video,
    /// `error`: an error page of the server.
    Error,
    /// `empty`: no text at all.
    Empty,
    /// Any other value.
    Other(Clean),
}

const PUBLISHER: &str = "publisher:";

impl From<Clean> for ExtractionMethod {
    fn from(value: Clean) -> Self {
        match &*value {
            "" => Self::Unknown,
            "jsonld" => Self::JsonLd,
            "script" => Self::Script,
            "density" => Self::Density,
            "section" => Self::Section,
            "feed" => Self::Feed,
            "plain" => Self::Pasted,
            "json" => Self::Json,
            "sample" => Self::Sample,
            other => match other.strip_prefix(PUBLISHER) {
                Some(name) => Self::Publisher(Clean::line(name)),
                None => Self::Other(value),
            },
        }
    }
}

impl fmt::Display for ExtractionMethod {
    /// The value in JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "",
            Self::Publisher(name) => return write!(f, "{PUBLISHER}{name}"),
            Self::JsonLd => "jsonld",
            Self::Script => "script",
            Self::Density => "density",
            Self::Section => "section",
            Self::Feed => "feed",
            Self::Pasted => "plain",
            Self::Json => "json",
            Self::Sample => "sample",
            Self::Other(value) => value,
        })
    }
}

impl From<Clean> for Problem {
    fn from(value: Clean) -> Self {
        match &*value {
            "front" => Self::Front,
            "paywall" => Self::Paywall,
            "video" => Self::Video,
            "error" => Self::Error,
            "empty" => Self::Empty,
            _ => Self::Other(value),
        }
    }
}

impl fmt::Display for Problem {
    /// The value in JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Front => "front",
            Self::Paywall => "paywall",
            Self::Video => "video",
            Self::Error => "error",
            Self::Empty => "empty",
            Self::Other(value) => value,
        })
    }
}

impl Serialize for ExtractionMethod {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ExtractionMethod {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Clean::deserialize(from).map(Self::from)
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Problem {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Clean::deserialize(from).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_read_and_written_unchanged() {
        let methods = [
            "",
            "publisher:ndsoft",
            "publisher:",
            "jsonld",
            "script",
            "density",
            "section",
            "feed",
            "plain",
            "json",
            "sample",
            "telepathy",
        ];
        let problems = ["front", "paywall", "video", "error", "empty", "", "eclipse"];
        for method in methods {
            for problem in problems {
                let json =
                    format!(r#"{{"method":"{method}","confidence":0.5,"problem":"{problem}"}}"#);
                let read: Extraction = serde_json::from_str(&json).unwrap();
                assert_eq!(serde_json::to_string(&read).unwrap(), json);
            }
        }
        let bare: Extraction = serde_json::from_str("{}").unwrap();
        assert_eq!(bare, Extraction::default());
    }

    #[test]
    fn known_values_become_variants() {
        let read: Extraction =
            serde_json::from_str(r#"{"method": "publisher:ndsoft", "problem": "paywall"}"#)
                .unwrap();
        assert_eq!(
            read.method,
            ExtractionMethod::Publisher(Clean::line("ndsoft"))
        );
        assert_eq!(read.problem, Some(Problem::Paywall));
        assert_eq!(
            ExtractionMethod::from(Clean::line("telepathy")),
            ExtractionMethod::Other(Clean::line("telepathy"))
        );
    }
}
