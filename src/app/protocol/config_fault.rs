//! Errors in settings, themes and profiles as sentences in the language of the interface. The
//! parsers give them as English text, in the fixed forms of serde.

use crate::config::{RuleStep, Words};

/// An error of the form `FILE:LINE: REASON` in the language of the interface. What the parser says
/// beyond that stays in brackets.
pub fn in_words(error: &str, words: &Words) -> String {
    let Some((place, reason)) = split(error) else {
        return error.to_owned();
    };
    format!("{place}: {}", sentence(reason, words))
}

/// Place and reason: the place ends with the first `:NUMBER: `. A line 0 is none.
fn split(error: &str) -> Option<(&str, &str)> {
    error.match_indices(": ").find_map(|(at, colon)| {
        let (file, line) = error[..at].rsplit_once(':')?;
        let is_line = !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit());
        let place = if line == "0" { file } else { &error[..at] };
        is_line.then(|| (place, &error[at + colon.len()..]))
    })
}

fn sentence(reason: &str, words: &Words) -> String {
    // The key is appended by `Config::with_user`.
    let (message, key) = match reason.rsplit_once(" in `") {
        Some((message, key)) if key.ends_with('`') => (message, key.trim_end_matches('`')),
        _ => (reason, ""),
    };
    let key_or = |other: &str| if key.is_empty() { other } else { key }.to_owned();
    if let Some((name, allowed)) = expected(message, "unknown field ") {
        let values = [("key", &*name), ("allowed", &*allowed)];
        return words.fill("config-fault.unknown-key", &values);
    }
    if let Some((value, allowed)) = expected(message, "unknown variant ") {
        let key = key_or(&value);
        let values = [("key", &*key), ("value", &*value), ("allowed", &*allowed)];
        // The keys of a table can be words of a list, too, such as the roles of a theme.
        let is_key = key == *value;
        return match is_key {
            true => words.fill("config-fault.unknown-key", &values),
            false => words.fill("config-fault.unknown-word", &values),
        };
    }
    if let Some((given, wanted)) = mismatch(message) {
        let known = type_key(wanted);
        let wanted = known.map_or(wanted, |name| words.get(name));
        let given = match type_key(given) {
            Some(name) => words.get(name),
            None => quoted(given),
        };
        let key = key_or(given);
        let values = [("key", &*key), ("given", given), ("wanted", wanted)];
        return words.fill("config-fault.wrong-type", &values);
    }
    if let Some((key, range)) = reason
        .strip_prefix('`')
        .and_then(|rest| rest.split_once("`: "))
    {
        let values = [("key", key), ("range", range)];
        let is_range = range.contains("..") && !range.contains(' ');
        return match is_range {
            true => words.fill("config-fault.range", &values),
            false => words.fill("config-fault.form", &values),
        };
    }
    if message == RuleStep::FORM {
        let values = [("key", key), ("range", message)];
        return words.fill("config-fault.form", &values);
    }
    if let Some(name) = message.strip_prefix("missing field ") {
        let place = key_or("");
        let values = [("name", quoted(name)), ("key", &*place)];
        return words.fill("config-fault.missing", &values);
    }
    // What serde says of a number or a list where one of several words belongs.
    if message == "wanted string or table" {
        return words.fill("config-fault.word", &[("key", &*key_or(""))]);
    }
    if let Some(selector) = message.strip_prefix("invalid selector ") {
        let values = [("selector", selector)];
        return words.fill("config-fault.selector", &values);
    }
    let known = SYNTAX_FAULTS
        .iter()
        .find(|(_, starts)| starts.iter().any(|start| message.starts_with(start)));
    let reason = known.map_or(reason, |(key, _)| words.get(key));
    words.fill("config-fault.syntax", &[("reason", reason)])
}

/// What the parser's messages about text that is not TOML begin with (toml_parser 1.1), by the key
/// of our words for it.
const SYNTAX_FAULTS: [(&str, &[&str]); 8] = [
    (
        "config-fault.unclosed",
        &[
            "unclosed",
            "invalid basic string",
            "invalid literal string",
            "invalid multi-line",
        ],
    ),
    ("config-fault.unquoted", &["string values must be quoted"]),
    (
        "config-fault.no-value",
        &["key with no value", "missing value", "missing assignment"],
    ),
    ("config-fault.twice", &["duplicate key"]),
    (
        "config-fault.key-name",
        &["unquoted keys", "invalid unquoted key", "keys cannot be"],
    ),
    ("config-fault.comma", &["missing comma", "extra comma"]),
    (
        "config-fault.escape",
        &["missing escaped", "too few unicode"],
    ),
    (
        "config-fault.garbled",
        &["unexpected", "invalid", "extra", "missing", "redundant"],
    ),
];

/// The name and the permitted ones in a message such as "unknown field `a`, expected `b` or `c`".
fn expected(message: &str, kind: &str) -> Option<(String, String)> {
    let rest = message.strip_prefix(kind)?.strip_prefix('`')?;
    let (name, rest) = rest.split_once('`')?;
    let allowed: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    Some((name.to_owned(), allowed.join(", ")))
}

/// What was given and what was expected in "invalid type: G, expected W" and "invalid value: …".
fn mismatch(message: &str) -> Option<(&str, &str)> {
    let rest = ["invalid type: ", "invalid value: "]
        .iter()
        .find_map(|kind| message.strip_prefix(kind))?;
    rest.split_once(", expected ")
}

/// What stands in quotes in the parser's name of a value, such as "integer `3`"; all of it where
/// nothing does.
fn quoted(text: &str) -> &str {
    let inner = |mark: char| {
        let from = text.find(mark)? + 1;
        let to = text.rfind(mark)?;
        text.get(from..to)
    };
    inner('`').or_else(|| inner('"')).unwrap_or(text)
}

/// The key of the name of a type as serde calls it.
fn type_key(wanted: &str) -> Option<&'static str> {
    Some(match wanted {
        "a boolean" => "config-fault.boolean",
        "a string" | "string" => "config-fault.string",
        "a sequence" | "sequence" => "config-fault.list",
        "a map" | "map" => "config-fault.table",
        _ if wanted.starts_with("struct ") => "config-fault.table",
        "u8" | "u16" | "u32" | "u64" | "usize" | "i64" => "config-fault.number",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Language, Theme};

    fn told(text: &str, language: Language) -> String {
        let error = Config::with_user("나의.toml", text).unwrap_err();
        in_words(&error.to_string(), &Words::of(language))
    }

    #[test]
    fn errors_in_settings_are_korean_sentences_with_their_place() {
        for (text, place, parts) in [
            (
                "[reading]\nmesure = 3\n",
                ":2: ",
                &["mesure", "measure"][..],
            ),
            (
                "pictures.show = \"no\"\n",
                ":1: ",
                &["pictures.show", "auto, on, off"],
            ),
            (
                "\n[network]\noffline = \"yes\"\n",
                ":3: ",
                &["network.offline", "true나 false"],
            ),
            (
                "reading.size = 3\n",
                ":1: ",
                &["reading.size", "따옴표 안에"],
            ),
            ("list = 3\n", ":1: ", &["list", "표"]),
            ("[summary]\nsentences = 9\n", ":2: ", &["1..5"]),
            (
                "[summary]\nsentences = 900\n",
                ":2: ",
                &["sentences", "수", "900"],
            ),
            (
                "network.proxy = \"x\"\n",
                ":1: ",
                &["network.proxy", "socks5h"],
            ),
            (
                "[feeds.\"a.kr\"]\nuser = \"x\"\n",
                ":1: ",
                &["password_command"],
            ),
        ] {
            let korean = told(text, Language::Korean);
            assert!(korean.starts_with("나의.toml:"), "{korean}");
            for part in [place].iter().chain(parts) {
                assert!(korean.contains(part), "{korean}: {part}");
            }
            for english in ["unknown", "invalid", "expected"] {
                assert!(!korean.contains(english), "{korean}");
            }
            let english = told(text, Language::English);
            assert!(
                english.is_ascii() || english.starts_with("나의"),
                "{english}"
            );
        }
    }

    #[test]
    fn what_is_no_toml_is_said_in_our_words() {
        for (text, line, part) in [
            ("[reading\nmeasure = 80\n", 1, "닫는"),
            ("x = \"abc\n", 1, "닫는"),
            ("\nx = abc\n", 2, "따옴표"),
            ("x\n", 1, "= 값"),
            ("[reading]\nmeasure = 80\nmeasure = 81\n", 3, "두 번"),
            ("글 = 3\n", 1, "영문자"),
            ("x = [1 2]\n", 1, ""),
            ("x = \"\\q\"\n", 1, ""),
            ("x = 3 y = 4\n", 1, "알아볼 수 없습니다"),
            ("a = = 2\n", 1, ""),
        ] {
            let korean = told(text, Language::Korean);
            let start = format!("나의.toml:{line}: TOML로 읽을 수 없습니다");
            assert!(korean.starts_with(&start), "{korean}");
            assert!(korean.contains(part), "{korean}: {part}");
            for english in ["unclosed", "invalid", "expected", "missing", "duplicate"] {
                assert!(!korean.contains(english), "{korean}");
            }
            assert!(told(text, Language::English).contains("not TOML"), "{text}");
        }
    }

    #[test]
    fn a_profile_is_wrong_in_our_words_too() {
        for (text, place, part) in [
            ("hosts = [\"a.kr\"]\nbodyy = \"x\"\n", "x.toml:2: ", "bodyy"),
            ("hosts = 3\n", "x.toml:1: ", "목록"),
            (
                "hosts = [\"a.kr\"]\nbody = [\"p:::x[\"]\n",
                "x.toml:2: ",
                "p:::x[",
            ),
        ] {
            let (_, errors) = crate::extract::Profiles::with_user(&[("x.toml", text)]);
            let told = in_words(&errors[0].to_string(), &Words::of(Language::Korean));
            assert!(told.starts_with(place) && told.contains(part), "{told}");
            assert!(
                !told.contains("expected") && !told.contains("invalid"),
                "{told}"
            );
        }
    }

    #[test]
    fn themes_are_no_exception() {
        let error = Theme::read("x", "themes/x.toml", "[titel]\nfg = \"red\"\n").unwrap_err();
        let told = in_words(&error[0].to_string(), &Words::of(Language::Korean));
        assert!(
            told.contains("titel") && told.contains("없습니다"),
            "{told}"
        );
    }
}
