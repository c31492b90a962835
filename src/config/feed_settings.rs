//! Settings of single subscriptions: a file of their own beside the settings, with a table for each
//! address, and the same as one line that is edited in the reader.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::error::ConfigError;
use super::faults;
use super::places::Places;
use super::proxy::is_proxy;
use super::rules::QuietHours;
use super::sources::LocalSource;
use crate::news::SortOrder;

/// Settings of one subscription. What is `None` is as the settings for all say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct FeedSettings {
    /// Minutes between two requests, 5 to 10,080.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<u32>,
    /// Whether the pages of its articles are fetched, ahead of reading and when they are opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_text: Option<bool>,
    /// The user agent for its feed and its pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// The address of a proxy for its site; `none` for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
    /// Days that its articles are kept, 1 to 36,500.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_days: Option<u32>,
    /// How many of its newest recordings or films are fetched ahead, up to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub download: Option<u32>,
    /// The order in which it is listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<SortOrder>,
    /// The hours in which it is not asked by itself, and its articles give no alert.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet: Option<String>,
}

/// What is wrong with a line of settings, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingError {
    /// What is wrong.
    pub kind: SettingErrorKind,
    /// The byte range of the wrong word in the line.
    pub at: Range<usize>,
}

/// What can be wrong with a word of such a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingErrorKind {
    /// There is no setting of this name.
    UnknownName,
    /// The value is missing, or none of those that the setting takes, which are given.
    WrongValue(&'static str),
}

/// The settings of a subscription, each with the values that it takes.
pub const SETTINGS: [(&str, &str); 8] = [
    ("every", "5..10080"),
    ("keep_days", "1..36500"),
    ("full_text", "true, false"),
    ("order", "newest, oldest, unread, publisher"),
    ("quiet", "23:00-07:00"),
    ("proxy", "none, http://HOST:PORT, socks5://…"),
    ("user_agent", "ASCII"),
    ("download", "0..100"),
];

/// The settings of subscriptions, by their addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct FeedBook(BTreeMap<String, FeedSettings>);

/// What the settings say of sources: those without a feed on the web, and where the settings of
/// single subscriptions are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceBook {
    /// Sources without a feed on the web, by their names.
    pub local: BTreeMap<String, LocalSource>,
    /// The file with the settings of single subscriptions; empty for none.
    pub file: PathBuf,
}

impl FeedSettings {
    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The hours in which the subscription is left alone.
    pub fn quiet_hours(&self) -> Option<QuietHours> {
        QuietHours::parse(self.quiet.as_deref()?)
    }

    /// The settings as one line: `every=120 order=oldest user_agent="A B"`.
    pub fn line(&self) -> String {
        let table = toml::Table::try_from(self).unwrap_or_default();
        let words = table.into_iter().map(|(key, value)| match value {
            toml::Value::String(text) if text.contains([' ', '"', '=']) => {
                format!("{key}=\"{}\"", text.replace('"', ""))
            }
            toml::Value::String(text) => format!("{key}={text}"),
            other => format!("{key}={other}"),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// Parses such a line; an empty one sets nothing. Of a setting that is named twice, the last
    /// counts.
    ///
    /// # Errors
    /// The first word that is no setting, or has a value that its setting does not take.
    pub fn parse_line(line: &str) -> Result<Self, SettingError> {
        let mut table = toml::Table::new();
        for at in words(line) {
            let word = &line[at.clone()];
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            let fault = |kind| SettingError {
                kind,
                at: at.clone(),
            };
            let (_, form) = SETTINGS
                .iter()
                .find(|(known, _)| *known == name)
                .ok_or_else(|| fault(SettingErrorKind::UnknownName))?;
            let text = value.trim_matches('"');
            let value = match name {
                "every" | "keep_days" | "download" => text.parse().ok().map(toml::Value::Integer),
                "full_text" => text.parse().ok().map(toml::Value::Boolean),
                _ => Some(toml::Value::String(text.to_owned())),
            };
            let one = value.and_then(|value| {
                let one = toml::Table::from_iter([(name.to_owned(), value)]);
                let read: Self = one.clone().try_into().ok()?;
                read.faults().is_empty().then_some(one)
            });
            table.extend(one.ok_or_else(|| fault(SettingErrorKind::WrongValue(form)))?);
        }
        // Each was read by itself, so that all of them can be.
        Ok(table.try_into().unwrap_or_default())
    }

    /// The settings whose values are out of range, with those that they take.
    fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let is_in = |value: Option<u32>, least, most| {
            value.is_none_or(|value| (least..=most).contains(&value))
        };
        let is_own = |proxy: &String| proxy == "none" || is_proxy(proxy);
        let is_agent = |agent: &String| {
            !agent.is_empty() && agent.len() <= 300 && agent.bytes().all(|b| (32..127).contains(&b))
        };
        let holds = |name| match name {
            "every" => is_in(self.every, 5, 10_080),
            "download" => is_in(self.download, 0, 100),
            "keep_days" => is_in(self.keep_days, 1, 36_500),
            "user_agent" => self.user_agent.as_ref().is_none_or(is_agent),
            "proxy" => self.proxy.as_ref().is_none_or(is_own),
            "quiet" => self.quiet.is_none() || self.quiet_hours().is_some(),
            _ => true,
        };
        SETTINGS
            .into_iter()
            .filter(|(name, _)| !holds(*name))
            .collect()
    }
}

/// The byte ranges of a line's words; what stands in quotation marks is part of one.
fn words(line: &str) -> Vec<Range<usize>> {
    let (mut words, mut start, mut is_quoted) = (Vec::new(), 0, false);
    for (at, c) in line.char_indices() {
        is_quoted ^= c == '"';
        if c.is_whitespace() && !is_quoted {
            words.push(start..at);
            start = at + c.len_utf8();
        }
    }
    words.push(start..line.len());
    words.retain(|word| !word.is_empty());
    words
}

impl FeedBook {
    /// Parses the file.
    ///
    /// # Errors
    /// The text is not TOML, has unknown keys or values out of range: all of them, in their order.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<ConfigError>> {
        let reading = faults::read::<Self>(file, text, "", "");
        let mut faults = reading.faults;
        let book = reading.value.unwrap_or_default();
        let places = Places::of(file, text, &reading.written);
        for (url, settings) in &book.0 {
            for (key, reason) in settings.faults() {
                let line = places.line(&format!("{url}.{key}"));
                faults.push(ConfigError {
                    file: file.to_owned(),
                    line: line.unwrap_or_default(),
                    reason: format!("`{key}`: {reason}"),
                });
            }
        }
        faults::sort(&mut faults);
        match faults.is_empty() {
            true => Ok(book),
            false => Err(faults),
        }
    }

    /// The settings of the subscription with this address.
    pub fn of(&self, url: &str) -> Option<&FeedSettings> {
        self.0.get(url)
    }

    /// All addresses with their settings.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &FeedSettings)> {
        self.0.iter()
    }

    /// Sets those of a subscription.
    pub fn put(&mut self, url: &str, settings: FeedSettings) {
        match settings.is_empty() {
            true => self.0.remove(url),
            false => self.0.insert(url.to_owned(), settings),
        };
    }
}

/// The text of the file with the settings of one subscription replaced, and all else as it is:
/// comments, order, what follows.
pub fn with_settings(text: &str, url: &str, settings: &FeedSettings) -> String {
    let heading = heading(url);
    let mut out: Vec<&str> = Vec::new();
    let mut is_inside = false;
    for line in text.lines() {
        if line.trim_start().starts_with('[') {
            is_inside = line.trim() == heading;
        }
        // Comments and blank lines belong to what follows.
        if !is_inside || line.trim_start().starts_with('#') {
            out.push(line);
        }
    }
    let mut text = out.join("\n").trim_end().to_owned();
    if !settings.is_empty() {
        let table = toml::to_string(settings).unwrap_or_default();
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&format!("{heading}\n{}", table.trim_end()));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The heading of a subscription's table.
fn heading(url: &str) -> String {
    let escaped: String = url
        .chars()
        .map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
            c => c.to_string(),
        })
        .collect();
    format!("[\"{escaped}\"]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_the_file_says() {
        let line = "every=120 full_text=false user_agent=\"Reader (news)\" proxy=none \
            keep_days=30 order=oldest quiet=23:00-07:00";
        let settings = FeedSettings::parse_line(line).unwrap();
        assert_eq!(settings.every, Some(120));
        assert_eq!(settings.order, Some(SortOrder::Oldest));
        assert_eq!(
            FeedSettings::parse_line(&settings.line()).unwrap(),
            settings
        );
        assert!(FeedSettings::parse_line("  ").unwrap().is_empty());
        for wrong in [
            "every",
            "every=1",
            "every=soon",
            "evry=30",
            "order=random",
            "proxy=ftp://a",
            "quiet=night",
            "user_agent=가",
            "keep_days=0",
            "full_text=\"x\"\nproxy=none",
        ] {
            assert!(FeedSettings::parse_line(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_wrong_word_is_told_with_its_place_and_what_it_takes() {
        let cases = [
            ("every=30 evry=60", "evry=60", SettingErrorKind::UnknownName),
            ("가격 every=30", "가격", SettingErrorKind::UnknownName),
            (
                "order=oldest  every",
                "every",
                SettingErrorKind::WrongValue("5..10080"),
            ),
            (
                "every=99999999999 order=x",
                "every=99999999999",
                SettingErrorKind::WrongValue("5..10080"),
            ),
            (
                "full_text=maybe",
                "full_text=maybe",
                SettingErrorKind::WrongValue("true, false"),
            ),
        ];
        for (line, word, kind) in cases {
            let error = FeedSettings::parse_line(line).unwrap_err();
            assert_eq!((&line[error.at], error.kind), (word, kind), "{line}");
        }
        let last = FeedSettings::parse_line("every=30 every=60").unwrap();
        assert_eq!(last.every, Some(60));
    }

    #[test]
    fn every_setting_can_be_typed() {
        let values = [
            "120",
            "30",
            "false",
            "unread",
            "23:00-07:00",
            "none",
            "A",
            "3",
        ];
        for ((name, _), value) in SETTINGS.iter().zip(values) {
            let settings = FeedSettings::parse_line(&format!("{name}={value}")).unwrap();
            assert_eq!(settings.line(), format!("{name}={value}"));
        }
        let orders: Vec<String> = SortOrder::ALL
            .map(|order| {
                toml::Value::try_from(order)
                    .unwrap()
                    .as_str()
                    .unwrap()
                    .to_owned()
            })
            .to_vec();
        assert!(SETTINGS.contains(&("order", orders.join(", ").as_str())));
    }

    #[test]
    fn a_subscription_is_replaced_in_the_file_and_the_rest_stays() {
        let text = "# 내 것\n[\"https://a.kr/rss\"]\nevery = 30\n# 밤에는 쉼\n\n\
            [\"https://b.kr/rss\"]\nkeep_days = 3\n";
        let settings = FeedSettings::parse_line("every=60 order=oldest").unwrap();
        let changed = with_settings(text, "https://a.kr/rss", &settings);
        assert!(
            changed.contains("# 내 것") && changed.contains("# 밤에는 쉼"),
            "{changed}"
        );
        let book = FeedBook::parse("feeds.toml", &changed).unwrap();
        assert_eq!(book.of("https://a.kr/rss"), Some(&settings));
        assert_eq!(book.of("https://b.kr/rss").unwrap().keep_days, Some(3));
        let gone = with_settings(&changed, "https://a.kr/rss", &FeedSettings::default());
        assert!(
            FeedBook::parse("f", &gone)
                .unwrap()
                .of("https://a.kr/rss")
                .is_none()
        );
        let odd = "https://a.kr/\"x\\y\"]\n";
        let text = with_settings("", odd, &settings);
        assert!(
            FeedBook::parse("f", &text).unwrap().of(odd).is_some(),
            "{text}"
        );
    }

    #[test]
    fn what_is_wrong_is_refused_with_its_line() {
        let text = "[\"https://a.kr/\"]\nevery = 30\n\n[\"https://b.kr/\"]\nevery = 1\n";
        assert_eq!(FeedBook::parse("f", text).unwrap_err()[0].line, 5);
        assert_eq!(
            FeedBook::parse("f", "[\"a\"]\nevry = 3\n").unwrap_err()[0].line,
            2
        );
    }
}
