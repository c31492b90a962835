//! Settings of the short news, of the model that may make it, and of today's issues.

use serde::Deserialize;

/// The short news.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Sentences, 1 to 5.
    pub sentences: u8,
    /// A language model that makes it on request.
    pub model: LanguageModel,
}

/// A language model behind an OpenAI-compatible chat endpoint. Holds no secret: only where the key
/// is to be had.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageModel {
    /// Address up to, but not including, `/chat/completions`; empty for none.
    pub url: String,
    /// Its name there.
    pub model: String,
    /// The environment variable that holds the key; empty for none.
    pub key_env: String,
    /// Program and arguments whose first line is the key; empty for none.
    pub key_command: Vec<String>,
    /// Seconds until its first word.
    pub first_word: u16,
    /// Seconds for the whole answer.
    pub timeout: u16,
    /// Most tokens of the answer.
    pub max_tokens: u32,
}

impl LanguageModel {
    /// Whether there is one.
    pub fn is_set(&self) -> bool {
        !self.url.trim().is_empty() && !self.model.trim().is_empty()
    }
}

/// 오늘의 이슈.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issues {
    /// Articles further apart than so many hours tell different stories.
    pub hours: u16,
}
