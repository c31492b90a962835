//! The pattern of `--format`: text with fields of an article in braces.

use std::str::FromStr;

/// How a pattern that names an unknown field is refused; the name of the field follows.
pub(crate) const NO_FIELD: &str = "no field ";

/// A field of an article that a pattern can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowField {
    /// The headline.
    Title,
    /// The address, without what is secret in it.
    Url,
    /// The publisher's name.
    Publisher,
    /// When it was published.
    Published,
    /// The number of the article in the library.
    Id,
    /// 1 if it was read, else 0.
    Read,
    /// 1 if it is kept, else 0.
    Scrapped,
}

impl RowField {
    /// All fields by their names.
    pub(crate) const NAMED: [(&'static str, Self); 7] = [
        ("title", Self::Title),
        ("url", Self::Url),
        ("publisher", Self::Publisher),
        ("published", Self::Published),
        ("id", Self::Id),
        ("read", Self::Read),
        ("scrapped", Self::Scrapped),
    ];
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternPart {
    /// Text as it is.
    Text(String),
    /// The value of a field.
    Field(RowField),
}

/// The pattern of a row: `{title}\t{url}`. A word in braces is a field; braces around anything else
/// stay as they are, so that patterns can be JSON or Org. `\t` and `\n` are a tab and a line break,
/// `\{` a brace that opens no field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPattern(pub Vec<PatternPart>);

impl FromStr for RowPattern {
    type Err = String;

    fn from_str(pattern: &str) -> Result<Self, String> {
        let (mut parts, mut text) = (Vec::new(), String::new());
        let mut rest = pattern;
        while let Some(at) = rest.find(['{', '\\']) {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            let escape = [("\\t", '\t'), ("\\n", '\n'), ("\\{", '{')];
            if let Some((sign, meant)) = escape.iter().find(|(sign, _)| rest.starts_with(sign)) {
                text.push(*meant);
                rest = &rest[sign.len()..];
            } else if let Some((name, after)) = braced(rest) {
                let known = RowField::NAMED.iter().find(|(known, _)| *known == name);
                let (_, field) = known.ok_or_else(|| format!("{NO_FIELD}{name}"))?;
                parts.push(PatternPart::Text(std::mem::take(&mut text)));
                parts.push(PatternPart::Field(*field));
                rest = after;
            } else {
                let (sign, after) = rest.split_at(1);
                text.push_str(sign);
                rest = after;
            }
        }
        text.push_str(rest);
        parts.push(PatternPart::Text(text));
        Ok(Self(parts))
    }
}

/// The word in braces that `text` starts with, and what follows it.
fn braced(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix('{')?.split_once('}')?;
    let is_word = |c: char| c.is_alphanumeric() || "-_".contains(c);
    (!name.is_empty() && name.chars().all(is_word)).then_some((name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(pattern: &str) -> Result<String, String> {
        let shown = |part: &PatternPart| match part {
            PatternPart::Text(text) => text.clone(),
            PatternPart::Field(field) => format!("<{field:?}>"),
        };
        pattern
            .parse()
            .map(|RowPattern(parts)| parts.iter().map(shown).collect())
    }

    #[test]
    fn words_in_braces_are_fields_and_other_braces_text() {
        for (pattern, wanted) in [
            ("{title}\\t{url}\\n", "<Title>\t<Url>\n"),
            (
                "- [[{url}][{title}]] {publisher}",
                "- [[<Url>][<Title>]] <Publisher>",
            ),
            (r#"{"id": "{id}", "x": {}}"#, r#"{"id": "<Id>", "x": {}}"#),
            ("{ title }{", "{ title }{"),
            ("{{read}{scrapped}}", "{<Read><Scrapped>}"),
            (r"\{title} \{nosuch}", "{title} {nosuch}"),
            (r"\d 가\", r"\d 가\"),
            ("", ""),
        ] {
            assert_eq!(parsed(pattern).as_deref(), Ok(wanted), "{pattern}");
        }
        for (pattern, name) in [
            ("{nosuch}", "nosuch"),
            ("{title} {Title}", "Title"),
            ("{제목}", "제목"),
            ("{published_at}", "published_at"),
        ] {
            assert_eq!(
                parsed(pattern),
                Err(format!("{NO_FIELD}{name}")),
                "{pattern}"
            );
        }
    }
}
