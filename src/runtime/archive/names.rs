//! File names: safe ones from headlines, and folders as the reader types them.

use std::path::{Path, PathBuf};

use crate::news::Scrap;

/// Most bytes of a headline in a file name. With date, id and extension the name stays below 143
/// bytes, the limit of the most restrictive file system (eCryptfs).
const LONGEST: usize = 84;

/// A file name without extension that describes the scrap and is the same in every export: the date
/// of the scrap, the letters and digits of the headline, and the beginning of the article's id.
pub fn file_name(scrap: &Scrap) -> String {
    let title: String = scrap
        .article
        .title
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    let mut short = String::new();
    for word in title.split('-').filter(|w| !w.is_empty()) {
        if !short.is_empty() {
            short.push('-');
        }
        for c in word.chars() {
            if short.len() + c.len_utf8() > LONGEST {
                break;
            }
            short.push(c);
        }
        if short.len() + 4 > LONGEST {
            break;
        }
    }
    let id: String = scrap.id().to_string().chars().take(8).collect();
    let day = scrap.kept.strftime("%Y-%m-%d");
    [&day.to_string(), short.trim_end_matches('-'), &id]
        .into_iter()
        .filter(|p| !p.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// The path of a folder or file as the reader typed it: `~` is the home directory.
pub fn expanded(typed: &str) -> PathBuf {
    let typed = typed.trim();
    let home = || directories::UserDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match (typed.strip_prefix("~/"), typed == "~") {
        (Some(rest), _) => home().map_or_else(|| PathBuf::from(typed), |home| home.join(rest)),
        (None, true) => home().unwrap_or_else(|| PathBuf::from(typed)),
        (None, false) => Path::new(typed).to_owned(),
    }
}

/// The reader's documents folder, else the home directory, else the current directory.
pub fn documents() -> PathBuf {
    let dirs = directories::UserDirs::new();
    let named = dirs.as_ref().and_then(|d| {
        d.document_dir()
            .filter(|p| p.is_dir())
            .or(Some(d.home_dir()))
    });
    named.unwrap_or_else(|| Path::new(".")).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::{Article, Clean};

    #[test]
    fn names_hold_letters_and_stay_short() {
        let named = |title: &str| {
            let article = Article {
                title: Clean::lines(title),
                url: Some(Clean::line("https://a.kr/1")),
                ..Article::default()
            };
            file_name(&Scrap::of(
                article,
                jiff::Timestamp::from_second(1_790_000_000).unwrap(),
            ))
        };
        let hostile = [
            "../../etc/passwd",
            "a\\b:c*?\"<>|",
            "CON",
            "...",
            "",
            "가\n나",
            "\u{202e}abc",
            "-rf /",
        ];
        for title in hostile.into_iter().map(str::to_owned).chain([
            "가".repeat(500),
            "a".repeat(500),
            "🙂".repeat(99),
        ]) {
            let name = named(&title);
            assert!(
                name.chars().all(|c| c.is_alphanumeric() || c == '-'),
                "{name}"
            );
            assert!(
                name.len() <= 120 && name.starts_with("2026-09-2"),
                "{} {name}",
                name.len()
            );
        }
        assert!(named("국회, 예산안 207조원 처리").contains("국회-예산안-207조원-처리"));
    }
}
