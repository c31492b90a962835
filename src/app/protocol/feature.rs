//! The parts of the program that a build may leave out: the features of `Cargo.toml`.

use super::failure::{Cause, Failure};

/// A part of the program that a build may leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// Summaries by a language model.
    Llm,
    /// Pictures in the text.
    Pictures,
    /// Printing, and PDFs.
    Print,
    /// Reading aloud.
    Speech,
    /// Keeping the library in step with a server or a folder.
    Sync,
}

impl Feature {
    /// All of them, by name.
    pub const ALL: [Self; 5] = [
        Self::Llm,
        Self::Pictures,
        Self::Print,
        Self::Speech,
        Self::Sync,
    ];

    /// The name in `Cargo.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Llm => "llm",
            Self::Pictures => "pictures",
            Self::Print => "print",
            Self::Speech => "speech",
            Self::Sync => "sync",
        }
    }

    /// Whether this program was built with it. The answer is known when the program is built, so
    /// that what is behind [`Feature::required`] takes no room in a program without it.
    #[inline]
    pub const fn is_built(self) -> bool {
        match self {
            Self::Llm => cfg!(feature = "llm"),
            Self::Pictures => cfg!(feature = "pictures"),
            Self::Print => cfg!(feature = "print"),
            Self::Speech => cfg!(feature = "speech"),
            Self::Sync => cfg!(feature = "sync"),
        }
    }

    /// Checks that this program was built with it.
    ///
    /// # Errors
    /// [`Cause::NotBuilt`] with its name where it was not.
    #[inline]
    pub fn required(self) -> Result<(), Failure> {
        match self.is_built() {
            true => Ok(()),
            false => Err(Failure::new(Cause::NotBuilt, self.name())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_features_are_those_of_the_manifest_and_say_what_they_are() {
        let manifest: toml::Table = toml::from_str(include_str!("../../../Cargo.toml")).unwrap();
        let all: Vec<&str> = Feature::ALL.iter().map(|f| f.name()).collect();
        let default = manifest["features"]["default"].as_array().unwrap();
        let default: Vec<&str> = default.iter().filter_map(toml::Value::as_str).collect();
        assert_eq!(default, all);
        for feature in Feature::ALL {
            let refused = Failure::new(Cause::NotBuilt, feature.name());
            let expected = if feature.is_built() {
                Ok(())
            } else {
                Err(refused)
            };
            assert_eq!(feature.required(), expected);
        }
    }
}
