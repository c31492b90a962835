//! All texts of the interface, as data: `assets/locales/ko.toml` and `en.toml`, one flat table
//! each.
//!
//! `{name}` is replaced by a value; `{name:을/를}` by the value followed by the particle that fits
//! it.

use std::collections::HashMap;

use toml::{Table, Value};

use super::choices::LanguageChoice;
use super::particle::particle;
use crate::news::Clean;

const KO: &str = include_str!("../../assets/locales/ko.toml");
const EN: &str = include_str!("../../assets/locales/en.toml");

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// 한국어.
    Korean,
    /// English.
    English,
}

impl Language {
    /// Its tag by BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Korean => "ko",
            Self::English => "en",
        }
    }

    /// The language from the setting, or else from the environment's locale (the first of `LC_ALL`,
    /// `LC_MESSAGES` and `LANG` that is set).
    pub fn choose(setting: LanguageChoice, locale: Option<&str>) -> Self {
        match (setting, locale) {
            (LanguageChoice::Ko, _) => Self::Korean,
            (LanguageChoice::En, _) => Self::English,
            (LanguageChoice::Auto, Some(locale)) if locale.starts_with("ko") => Self::Korean,
            _ => Self::English,
        }
    }
}

/// The texts of one language.
#[derive(Clone, Debug)]
pub struct Words {
    /// The language of these texts.
    pub language: Language,
    table: HashMap<String, String>,
}

impl Words {
    /// The texts of `language`.
    pub fn of(language: Language) -> Self {
        let text = match language {
            Language::Korean => KO,
            Language::English => EN,
        };
        let mut table = HashMap::new();
        flatten("", &toml::from_str(text).unwrap_or_default(), &mut table);
        Self { language, table }
    }

    /// The text for `key`, or the key itself if there is none, which a test rules out.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.table.get(key).map_or(key, String::as_str)
    }

    /// Whether there is a text for `key`.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The text for `key` with its placeholders filled in. Values are cleaned here, because they
    /// may come from outside: a path, a title, a server's message.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut out = String::new();
        let mut rest = self.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((place, tail)) = after.split_once('}') else {
                break;
            };
            let (name, particles) = place
                .split_once(':')
                .map_or((place, None), |(n, p)| (n, Some(p)));
            let value = Clean::lines(
                values
                    .iter()
                    .find(|(n, _)| *n == name)
                    .map_or("", |(_, v)| *v),
            );
            out.push_str(&value);
            if let Some((closed, open)) = particles.and_then(|p| p.split_once('/')) {
                out.push_str(particle(&value, closed, open));
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// All keys, sorted.
    pub fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<_> = self.table.keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys
    }
}

fn flatten(prefix: &str, table: &Table, out: &mut HashMap<String, String>) {
    for (key, value) in table {
        let path = if prefix.is_empty() {
            key.clone()
        } else {
            format!("{prefix}.{key}")
        };
        match value {
            Value::Table(inner) => flatten(&path, inner, out),
            Value::String(text) => {
                out.insert(path, text.clone());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_keys() {
        let (ko, en) = (Words::of(Language::Korean), Words::of(Language::English));
        assert!(!ko.keys().is_empty());
        assert_eq!(ko.keys(), en.keys());
    }

    #[test]
    fn the_locale_decides_where_the_setting_does_not() {
        assert_eq!(
            Language::choose(LanguageChoice::Auto, Some("ko_KR.UTF-8")),
            Language::Korean
        );
        assert_eq!(
            Language::choose(LanguageChoice::Auto, Some("C.UTF-8")),
            Language::English
        );
        assert_eq!(
            Language::choose(LanguageChoice::Ko, Some("en_US")),
            Language::Korean
        );
    }
}
