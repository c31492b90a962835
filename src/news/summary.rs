//! 숏뉴스: a few sentences that give the gist of an article.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Clean;

/// How a summary was made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// The page's own summary.
    Page,
    /// The program's own extractive summary, offline.
    Local,
    /// A language model, by its name.
    Llm(Clean),
}

impl std::fmt::Display for Method {
    /// `page`, `local` or `llm:MODEL`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Page => f.write_str("page"),
            Self::Local => f.write_str("local"),
            Self::Llm(model) => write!(f, "llm:{model}"),
        }
    }
}

impl From<&str> for Method {
    /// Reads what `Display` wrote. Anything else counts as the program's own summary.
    fn from(written: &str) -> Self {
        match written.strip_prefix("llm:") {
            Some(model) => Self::Llm(Clean::line(model)),
            None if written == "page" => Self::Page,
            None => Self::Local,
        }
    }
}

impl Serialize for Method {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Method {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(|written| Self::from(written.as_str()))
    }
}

/// One sentence of a summary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SummaryLine {
    /// The sentence.
    pub text: Clean,
    /// The whole sentence, where words of it were left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<Clean>,
    /// Words in `text` that were put in from elsewhere in the article, with their square brackets:
    /// the first character of each and one past the last, counted in characters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inserted: Vec<(usize, usize)>,
    /// Index of the sentence in `gisa sentences` that it was taken from, or that best supports it.
    pub source: Option<usize>,
    /// Whether it replaces a line by a language model that was not supported by the article.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub replaced: bool,
    /// The sentence of the article beside which a line with words of its own is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Clean>,
    /// What the line, or the one that it replaces, says otherwise than the article: `number: 520m`,
    /// `direction: 늘었다`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Clean>,
}

/// The short news of one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The sentences, in reading order.
    pub sentences: Vec<SummaryLine>,
    /// How it was made.
    pub method: Method,
    /// Whether the article is too short to summarise; the sentences are then the whole text.
    #[serde(default)]
    pub whole: bool,
    /// Whether only the beginning of the article was there to choose from.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

impl Summary {
    /// Whether a language model wrote any of its lines: each of them may have been replaced by a
    /// sentence of the article.
    pub fn has_model_lines(&self) -> bool {
        matches!(self.method, Method::Llm(_)) && self.sentences.iter().any(|l| !l.replaced)
    }

    /// How the lines that are shown were made: the program's own choice where none is the model's.
    pub fn shown_method(&self) -> &Method {
        match &self.method {
            Method::Llm(_) if !self.has_model_lines() => &Method::Local,
            method => method,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_model(replaced: [bool; 2]) -> Summary {
        let line = |replaced| SummaryLine {
            replaced,
            ..SummaryLine::default()
        };
        Summary {
            sentences: replaced.map(line).to_vec(),
            method: Method::Llm(Clean::line("exa")),
            whole: false,
            cut: false,
        }
    }

    #[test]
    fn lines_that_were_all_replaced_are_not_the_models() {
        let all = by_model([true, true]);
        assert_eq!(all.shown_method(), &Method::Local);
        assert!(!all.has_model_lines());
        let one = by_model([true, false]);
        assert_eq!(one.shown_method().to_string(), "llm:exa");
        assert!(one.has_model_lines());
    }
}
