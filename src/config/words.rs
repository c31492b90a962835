//! All texts of the interface, as data: `assets/locales/ko.toml` and `en.toml`, one flat table
//! each.
//!
//! `{name}` is replaced by a value; `{name:을/를}` by the value followed by the particle that fits
//! it.
//!
//! Every start of the program needs them, so that they are read here line by line and stay where
//! they stand in the program: a parser of all of TOML took a tenth of the time to the first frame.

use std::borrow::Cow;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};
use memchr::{memchr, memchr_iter};

use super::choices::LanguageChoice;
use super::particle::particle;
use crate::news::Clean;

/// Texts by table and key.
type Texts = HashMap<(&'static str, &'static str), Cow<'static, str>>;

const KO: &str = include_str!("../../assets/locales/ko.toml");
const EN: &str = include_str!("../../assets/locales/en.toml");

static KOREAN: LazyLock<Texts> = LazyLock::new(|| read(KO));
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| read(EN));

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
    texts: &'static Texts,
}

impl Words {
    /// The texts of `language`.
    pub fn of(language: Language) -> Self {
        let texts = match language {
            Language::Korean => &*KOREAN,
            Language::English => &*ENGLISH,
        };
        Self { language, texts }
    }

    /// The text for `key`, or the key itself if there is none, which a test rules out.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.text(key).unwrap_or(key)
    }

    /// Whether there is a text for `key`.
    pub fn has(&self, key: &str) -> bool {
        self.text(key).is_some()
    }

    fn text<'a>(&'a self, key: &'a str) -> Option<&'a str> {
        let texts: &HashMap<(&'a str, &'a str), Cow<'static, str>> = self.texts;
        texts.get(&key.split_once('.')?).map(|text| &**text)
    }

    /// The text for `key` with its placeholders filled in: `{n}` by a value, `{n:을/를}` by a value
    /// with the particle that follows it, `{n|day|days}` by the word for one or that for many.
    /// Values are cleaned here, because they may come from outside: a path, a title, a server's
    /// message.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut out = String::new();
        let mut rest = self.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((place, tail)) = after.split_once('}') else {
                break;
            };
            let name = place.split([':', '|']).next().unwrap_or_default();
            let value = values.iter().find(|(n, _)| *n == name);
            let value = value.map_or("", |(_, value)| *value);
            let form = &place[name.len()..];
            if let Some((one, many)) = form.strip_prefix('|').and_then(|it| it.split_once('|')) {
                out.push_str(if value == "1" { one } else { many });
            } else {
                let value = Clean::lines(value);
                out.push_str(&value);
                if let Some((closed, open)) =
                    form.strip_prefix(':').and_then(|it| it.split_once('/'))
                {
                    out.push_str(particle(&value, closed, open));
                }
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// All keys, sorted.
    pub fn keys(&self) -> Vec<String> {
        let keys = self.texts.keys();
        let mut keys: Vec<_> = keys.map(|(table, key)| format!("{table}.{key}")).collect();
        keys.sort_unstable();
        keys
    }
}

/// Room for the texts of a language, of which there are some 900.
const ROOM: usize = 1_000;

/// Reads a file of texts: `[table]` and `key = "text"`, one a line. A test holds the files to this
/// part of TOML.
fn read(file: &'static str) -> Texts {
    let mut texts = Texts::with_capacity(ROOM);
    let mut table = "";
    let mut start = 0;
    for end in memchr_iter(b'\n', file.as_bytes()) {
        let line = &file[start..end];
        start = end + 1;
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_end_matches(']');
        } else if let Some((key, text)) = parted(line).filter(|_| !line.starts_with('#')) {
            texts.insert((table, key), unescaped(text));
        }
    }
    texts
}

/// The key and the text of a line `key = "text"`.
fn parted(line: &str) -> Option<(&str, &str)> {
    let (key, text) = line.split_at_checked(memchr(b'=', line.as_bytes())?)?;
    let text = text.strip_prefix("= \"")?.strip_suffix('"')?;
    Some((key.trim_end(), text))
}

/// The text that a string of TOML stands for: `\n` is an end of line, and any other character after
/// a backslash itself.
fn unescaped(text: &'static str) -> Cow<'static, str> {
    if memchr(b'\\', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => out.push('\n'),
                escaped => out.extend(escaped),
            },
            plain => out.push(plain),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use toml::{Table, Value};

    use super::*;

    fn flatten(prefix: &str, table: &Table, out: &mut BTreeMap<String, String>) {
        for (key, value) in table {
            let path = format!("{prefix}{key}");
            match value {
                Value::Table(inner) => flatten(&format!("{path}."), inner, out),
                Value::String(text) => drop(out.insert(path, text.clone())),
                other => panic!("{path}: {other}"),
            }
        }
    }

    #[test]
    fn the_files_are_the_toml_that_they_are_read_as() {
        for (file, language) in [(KO, Language::Korean), (EN, Language::English)] {
            let mut texts = BTreeMap::new();
            flatten("", &toml::from_str(file).unwrap(), &mut texts);
            let words = Words::of(language);
            let text = |key: String| (key.clone(), words.get(&key).to_owned());
            assert!(words.keys().iter().all(|key| words.has(key)));
            assert_eq!(
                words
                    .keys()
                    .into_iter()
                    .map(text)
                    .collect::<BTreeMap<_, _>>(),
                texts
            );
        }
    }

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

    #[test]
    fn a_count_has_the_word_for_one_or_for_many() {
        let words = Words::of(Language::English);
        let key = words
            .keys()
            .into_iter()
            .find(|key| words.get(key) == "{n} {n|article|articles}");
        let key = key.unwrap();
        let count = |n| words.fill(&key, &[("n", n)]);
        assert_eq!(
            (count("1"), count("0"), count("21")),
            (
                "1 article".into(),
                "0 articles".into(),
                "21 articles".into()
            )
        );
    }

    #[test]
    fn no_word_for_many_stands_behind_a_number_that_may_be_one() {
        let many = regex::Regex::new(
            r"\{(n|new|changed|articles|feeds|scraps)\}( \p{L}+)? (articles|publishers|days|changes|clippings|files|pictures|times|addresses|subscriptions)",
        );
        let (many, words) = (many.unwrap(), Words::of(Language::English));
        let wrong = words
            .keys()
            .into_iter()
            .filter(|key| many.is_match(words.get(key)));
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
