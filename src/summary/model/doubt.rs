//! What a line of a model says otherwise than the article.

/// Something that a line says and the article does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A number, date or amount, as the line writes it.
    Number(String),
    /// A name, as the line writes it.
    Name(String),
    /// A negation that the line has and its source has not, or the reverse.
    Denial,
    /// A noun of which the article contains nothing.
    Word(String),
    /// A change in the other direction than the article's, as the line writes it.
    Direction(String),
    /// The line tells as done what the article leaves open.
    Certainty,
    /// A speaker whom neither the source nor its neighbours name.
    Speaker(String),
    /// Somebody who does in the line what the article has done to them, or the reverse.
    Role(String),
}

/// Ends of the names of bridges, stations and other places.
pub(super) const PLACE_ENDS: [&str; 7] = [
    "대교",
    "공항",
    "공원",
    "터널",
    "시장",
    "초등학교",
    "해수욕장",
];

impl Doubt {
    /// Whether the line is replaced: what it says otherwise is a fact. A noun that the article has
    /// not may be another word for one that it has; the line is then shown beside its source.
    pub fn is_of_fact(&self) -> bool {
        match self {
            Self::Word(word) => PLACE_ENDS.iter().any(|end| word.ends_with(end)),
            _ => true,
        }
    }
}

impl std::fmt::Display for Doubt {
    /// The kind of the doubt and the words that raise it: `number: 520m`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(words) => write!(f, "number: {words}"),
            Self::Name(words) => write!(f, "name: {words}"),
            Self::Word(words) => write!(f, "word: {words}"),
            Self::Direction(words) => write!(f, "direction: {words}"),
            Self::Speaker(words) => write!(f, "speaker: {words}"),
            Self::Role(words) => write!(f, "role: {words}"),
            Self::Denial => f.write_str("negation"),
            Self::Certainty => f.write_str("certainty"),
        }
    }
}
