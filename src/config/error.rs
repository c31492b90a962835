//! An error in a file of the user's, with its place.

/// An error in a user's settings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {reason}")]
pub struct ConfigError {
    /// The file's name, as given by the user.
    pub file: String,
    /// The line, from 1; 0 if the error concerns no particular line.
    pub line: usize,
    /// What is wrong: the key, and which values are allowed.
    pub reason: String,
}

impl ConfigError {
    /// The TOML parser's message about `text` on one line, with its line number.
    pub(super) fn of_toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        Self {
            file: file.to_owned(),
            line: error.span().map_or(0, |span| line_of(text, span.start)),
            reason: error.message().lines().collect::<Vec<_>>().join(" "),
        }
    }
}

/// The line of `text`, from 1, that contains `byte`.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    text.get(..byte)
        .map_or(0, |before| before.matches('\n').count() + 1)
}
