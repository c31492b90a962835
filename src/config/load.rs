//! Parses a settings file into a [`Config`]. A user's file is laid over the defaults, table by
//! table, and errors are reported with line and key.

use toml::de::DeTable;
use url::Url;

use super::choices::LanguageChoice;
use super::error::{ConfigError, line_of};
use super::faults::{self, Reading};
use super::places::Places;
use super::proxy::{PROXIES, is_proxy};
use super::rules::QuietHours;
use super::settings::{Config, FeedLogin, SiteLogin};
use super::sources::LocalSource;

/// The default settings with their comments; `gisa config init` writes this file.
pub const DEFAULT_CONFIG: &str = include_str!("../../assets/config.toml");

impl Config {
    /// The default settings.
    pub fn standard() -> Self {
        // A test checks the embedded file, and an empty user file can't be wrong.
        Self::with_user("", "")
            .unwrap_or_else(|_| unreachable!("assets/config.toml is checked by a test"))
    }

    /// The defaults with a user's file laid over them.
    ///
    /// # Errors
    ///
    /// The text is not TOML, or has an unknown key, a value of the wrong type, an unknown word, or
    /// a number out of range. The error is the first of the file.
    pub fn with_user(file: &str, text: &str) -> Result<Self, ConfigError> {
        let (config, faults) = Self::read(file, text);
        match (config, faults.into_iter().next()) {
            (_, Some(fault)) => Err(fault),
            (Some(config), None) => Ok(config),
            (None, None) => Ok(Self::standard()),
        }
    }

    /// The same, apart from what is wrong in the file, and all that is wrong, in its order. `None`
    /// where nothing can be made of the file.
    pub fn read(file: &str, text: &str) -> (Option<Self>, Vec<ConfigError>) {
        let Reading {
            value: config,
            written,
            sound,
            mut faults,
        } = faults::read::<Self>(file, text, DEFAULT_CONFIG, "");
        let Some(mut config) = config else {
            faults::sort(&mut faults);
            return (None, faults);
        };
        let places = Places::of(file, text, &written);
        let mut tell = |key: &str, reason: String| {
            faults.push(ConfigError {
                file: file.to_owned(),
                line: places.line(key).unwrap_or_default(),
                reason,
            });
        };
        for (table, name, form) in config.wrong_tables() {
            let reason = format!("`{table}.\"{name}\"`: {form}");
            tell(&format!("{table}.{name}"), reason);
        }
        for (key, range) in config.wrong_ranges() {
            tell(key, format!("`{key}`: {range}"));
        }
        faults::sort(&mut faults);
        let rules = sound.get("rules").and_then(|r| r.get_ref().as_array());
        for (rule, at) in config.rules.iter_mut().zip(rules.into_iter().flatten()) {
            rule.place = format!("{file}:{}", line_of(text, at.span().start));
        }
        config.places = places;
        (Some(config), faults)
    }

    /// The tables with a name of the user's own that are wrong: what each is a table of, its name,
    /// and how such a table is written.
    fn wrong_tables(&self) -> Vec<(&'static str, &str, &'static str)> {
        let feeds = self.feeds.iter().filter(|(host, it)| !is_login(host, it));
        let logins = self.login.iter().filter(|(s, it)| !is_site_login(s, it));
        let sources = self.sources.iter().filter(|(n, it)| !is_source(n, it));
        let feeds = feeds.map(|(name, _)| ("feeds", &**name, LOGINS));
        let logins = logins.map(|(name, _)| ("login", &**name, SITES));
        let sources = sources.map(|(name, _)| ("sources", &**name, SOURCES));
        feeds.chain(logins).chain(sources).collect()
    }

    /// The numbers out of range: their keys and ranges.
    fn wrong_ranges(&self) -> Vec<(&'static str, &'static str)> {
        let (reading, model) = (&self.reading, &self.summary.model);
        let (pictures, network) = (&self.pictures, &self.network);
        #[rustfmt::skip]
        let rules = [
            ("reading.measure", "20..200", (20..=200).contains(&reading.measure)),
            ("reading.paragraph_gap", "0..3", reading.paragraph_gap <= 3),
            ("reading.line_gap", "0..2", reading.line_gap <= 2),
            ("reading.first_indent", "0..8", reading.first_indent <= 8),
            ("summary.sentences", "1..5", (1..=5).contains(&self.summary.sentences)),
            ("summary.model.first_word", "1..600", (1..=600).contains(&model.first_word)),
            ("summary.model.timeout", "1..600", (1..=600).contains(&model.timeout)),
            ("summary.model.max_tokens", "50..4000", (50..=4000).contains(&model.max_tokens)),
            ("speech.rate", "50..300", (50..=300).contains(&self.speech.rate)),
            ("edition.articles", "1..500", (1..=500).contains(&self.edition.articles)),
            ("issues.hours", "1..336", (1..=336).contains(&self.issues.hours)),
            ("list.lines", "1..3", (1..=3).contains(&self.list.lines)),
            ("panes.sources_width", "8..40", (8..=40).contains(&self.panes.sources_width)),
            ("list.width", "20..60", (20..=60).contains(&self.list.width)),
            ("network.page_limit", "1..200", (1..=200).contains(&network.page_limit)),
            ("network.downloads_mb", "0..1000000", network.downloads_mb <= 1_000_000),
            ("network.refresh_every", "0..1440", network.refresh_every <= 1440),
            ("network.timeout", "1..300", (1..=300).contains(&network.timeout)),
            ("network.proxy", PROXIES, is_proxy(&network.proxy)),
            ("alerts.quiet", QUIET, is_quiet(&self.alerts.quiet)),
            ("library.keep_days", "0..36500", self.library.keep_days <= 36_500),
            ("pictures.height", "10..100", (10..=100).contains(&pictures.height)),
            ("pictures.max_mb", "1..100", (1..=100).contains(&pictures.max_mb)),
            ("pictures.max_megapixels", "1..400", (1..=400).contains(&pictures.max_megapixels)),
            ("pictures.cache_mb", "0..10000", pictures.cache_mb <= 10_000),
        ];
        let wrong = rules.iter().filter(|(_, _, holds)| !holds);
        wrong.map(|(key, range, _)| (*key, *range)).collect()
    }
}

/// The language that a settings file asks for, also where the rest of the file is wrong.
pub fn language_in(text: &str) -> Option<LanguageChoice> {
    let table = DeTable::parse(text).ok()?;
    match table.get_ref().get("language")?.get_ref().as_str()? {
        "ko" => Some(LanguageChoice::Ko),
        "en" => Some(LanguageChoice::En),
        _ => None,
    }
}

/// What a table of `sources` is, as it is named in an error.
const SOURCES: &str =
    "[sources.\"NAME\"]; exec = [\"…\"] | file = \"…\" | mail = \"…\"; timeout = 1..600";

fn is_source(name: &str, source: &LocalSource) -> bool {
    let is_name = !name.trim().is_empty() && !name.contains(|c: char| c.is_control());
    is_name && source.is_one_thing() && (1..=600).contains(&source.timeout)
}

/// What a table of `login` is, as it is named in an error.
const SITES: &str =
    "[login.\"SITE\"]; cookie_command = [\"…\"], header = \"Name: …\", cookies = \"FILE\"";

/// Whether the key is a site that one owner registered, or a host of one, without a scheme (https
/// is meant), and the login has something to send. This machine may be named by `http://`.
fn is_site_login(site: &str, login: &SiteLogin) -> bool {
    let is_here = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"]
        .iter()
        .any(|start| site.starts_with(start));
    let is_site = is_here
        || Url::parse(&format!("https://{site}")).is_ok_and(|url| {
            url.host_str() == Some(site) && crate::news::site::is_registered(site)
        });
    let is_header = login.header.is_empty()
        || login.header.split_once(':').is_some_and(|(name, value)| {
            let is_token = |b: u8| b.is_ascii_alphanumeric() || b"-_".contains(&b);
            let name = name.trim();
            let is_name = !name.is_empty() && name.bytes().all(is_token);
            is_name && !value.trim().is_empty() && !value.contains(|c: char| c.is_control())
        });
    let is_empty =
        login.cookie_command.is_empty() && login.header.is_empty() && login.cookies.is_empty();
    is_site && is_header && !is_empty
}

/// The values of `alerts.quiet`, as they are named in an error.
const QUIET: &str = "\"\", \"23:00-07:00\"";

fn is_quiet(hours: &str) -> bool {
    hours.is_empty() || QuietHours::parse(hours).is_some()
}

/// What a table of `feeds` is, as it is named in an error.
const LOGINS: &str = "[feeds.\"HOST\"], [feeds.\"http://HOST:PORT\"]; password_command = [\"…\"]";

fn is_login(host: &str, login: &FeedLogin) -> bool {
    let address = match host.contains("://") {
        true => host.to_owned(),
        false => format!("https://{host}"),
    };
    let is_host = Url::parse(&address).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && matches!(url.path(), "" | "/")
    });
    is_host && !login.password_command.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_table_of_a_name_is_named_with_its_line() {
        let reason = |text: &str| {
            let error = Config::with_user("config.toml", text).unwrap_err();
            (error.line, error.reason)
        };
        let good = "[sources.\"good\"]\nfile = \"a\"\n";
        let (line, told) = reason(&format!(
            "{good}[sources.\"bad.one\"]\nfile = \"a\"\nmail = \"b\"\n"
        ));
        assert!(told.starts_with("`sources.\"bad.one\"`"), "{told}");
        assert_eq!(line, 3);
        let (line, told) = reason(&format!("{good}timeout = 0\n"));
        assert!(told.starts_with("`sources.\"good\"`"), "{told}");
        assert_eq!(line, 1);
        let (_, told) =
            reason("[login.\"a.kr\"]\nheader = \"X: 1\"\n[login.\"b.kr\"]\nheader = \"none\"\n");
        assert!(told.starts_with("`login.\"b.kr\"`"), "{told}");
    }

    #[test]
    fn the_embedded_defaults_parse() {
        let config = Config::standard();
        assert_eq!(config.reading.measure, 80);
        assert!(config.key_table().contains_key("reader"));
    }

    #[test]
    fn settings_written_as_toml_read_back_as_they_were() {
        let user = "theme = \"paper\"\n[print]\nto = \"office\"\n[keys.reader]\nj = \"down\"\n";
        for user in ["", user] {
            let config = Config::with_user("c", user).unwrap();
            let written = config.to_toml().unwrap();
            let again = Config::with_user("c", &written).unwrap();
            assert_eq!(again.to_toml().unwrap(), written);
        }
    }

    #[test]
    fn a_proxys_password_is_not_written() {
        let user = "[network]\nproxy = \"http://me:s3cret@proxy.kr:8080\"\n";
        let written = Config::with_user("c", user).unwrap().to_toml().unwrap();
        assert!(written.contains("http://proxy.kr:8080"), "{written}");
        assert!(!written.contains("s3cret") && !written.contains("me:"));
    }

    #[test]
    fn a_user_file_changes_only_what_it_names() {
        let config = Config::with_user("c", "[reading]\nmeasure = 60\n").unwrap();
        assert_eq!(config.reading.measure, 60);
        assert_eq!(config.summary, Config::standard().summary);
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line_and_name() {
        let error = Config::with_user("c.toml", "theme = \"dark\"\n\n[reading]\nmesure = 60\n")
            .unwrap_err();
        assert_eq!(
            (error.line, error.reason.contains("mesure")),
            (4, true),
            "{error}"
        );
    }

    #[test]
    fn a_value_out_of_range_is_refused_with_its_line() {
        let error = Config::with_user("c.toml", "[summary]\nsentences = 9\n").unwrap_err();
        assert_eq!(error.to_string(), "c.toml:2: `summary.sentences`: 1..5");
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_refused_with_its_line_in_its_own_table() {
        let user = "# width = 3\n[list]\nwidth = 30\n[reading]\nsize = \"huge\"\n";
        let error = Config::with_user("c.toml", user).unwrap_err();
        assert_eq!(
            (error.line, error.reason.contains("`reading.size`")),
            (5, true),
            "{error}"
        );
        for (user, line) in [
            ("[list]\nwidth = 30\n[reading]\nwidth = 30\n", 4),
            ("theme = \"dark\"\n\n[redaing]\n", 3),
            ("reading.justify = 1\n", 1),
            ("\nlist = 3\n", 2),
        ] {
            let error = Config::with_user("c.toml", user).unwrap_err();
            assert_eq!(error.line, line, "{error}");
        }
    }

    #[test]
    fn a_word_that_is_not_allowed_is_refused_with_its_key_and_those_that_are() {
        for (user, key, allowed) in [
            ("pictures.show = \"no\"\n", "`pictures.show`", "`off`"),
            ("[speech]\nlist = \"all\"\n", "`speech.list`", "`full`"),
            ("language = \"fr\"\n", "`language`", "`ko`"),
            (
                "[terminal]\nletters = \"big\"\n",
                "`terminal.letters`",
                "`sextants`",
            ),
        ] {
            let error = Config::with_user("c.toml", user).unwrap_err().to_string();
            assert!(error.contains(key) && error.contains(allowed), "{error}");
        }
    }

    #[test]
    fn a_number_out_of_range_is_found_in_its_own_table() {
        let user = "[summary.model]\ntimeout = 60\n[network]\ntimeout = 0\n";
        let error = Config::with_user("c.toml", user).unwrap_err();
        assert_eq!(error.to_string(), "c.toml:4: `network.timeout`: 1..300");
    }

    #[test]
    fn a_rule_knows_its_line_and_a_wrong_one_is_refused_with_it() {
        let user = "theme = \"dark\"\n\n[[rules]]\nwhen = \"금리\"\n\
            do = [\"scrap\", { run = [\"a\", \"{url}\"] }]\n\n[[rules]]\nwhen = \"\"\ndo = []\n";
        let config = Config::with_user("c.toml", user).unwrap();
        let places: Vec<&str> = config.rules.iter().map(|r| r.place.as_str()).collect();
        assert_eq!(places, ["c.toml:3", "c.toml:7"]);
        for wrong in ["do = [3]", "do = [{ ran = [\"a\"] }]", "do = \"scrap\""] {
            let user = format!("[[rules]]\nwhen = \"금리\"\n{wrong}\n");
            let error = Config::with_user("c.toml", &user).unwrap_err();
            assert_eq!(error.line, 3, "{error}");
        }
        let error = Config::with_user("c.toml", "[alerts]\nquiet = \"night\"\n").unwrap_err();
        assert_eq!(error.line, 2, "{error}");
    }

    #[test]
    fn a_login_is_for_a_site_and_its_header_is_never_written() {
        let user = "[login.\"hani.co.kr\"]\nheader = \"Authorization: Bearer s3cret\"\n";
        let config = Config::with_user("c", user).unwrap();
        let written = config.to_toml().unwrap();
        assert!(written.contains("Authorization: ***"), "{written}");
        assert!(!written.contains("s3cret") && !format!("{config:?}").contains("s3cret"));
        for wrong in [
            "[login.\"co.kr\"]\ncookies = \"a\"\n",
            "[login.\"https://hani.co.kr\"]\ncookies = \"a\"\n",
            "[login.\"http://hani.co.kr\"]\ncookies = \"a\"\n",
            "[login.\"hani.co.kr/a\"]\ncookies = \"a\"\n",
            "[login.\"hani.co.kr\"]\n",
            "[login.\"hani.co.kr\"]\nheader = \"s3cret\"\n",
        ] {
            let error = Config::with_user("c", wrong).unwrap_err().to_string();
            assert!(
                error.contains("login") && !error.contains("s3cret"),
                "{error}"
            );
        }
    }

    #[test]
    fn broken_toml_is_refused_with_its_line() {
        assert_eq!(
            Config::with_user("c", "theme = \"dark\"\nb = = 2\n")
                .unwrap_err()
                .line,
            2
        );
    }
}
