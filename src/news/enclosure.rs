//! What an item of a feed brings along: a recording, a film, a file.

use serde::{Deserialize, Serialize};

use super::Clean;

/// Sizes outside this are no sizes: feeds write 0, 1 or a number of seconds where they don't know.
const SIZES: std::ops::RangeInclusive<u64> = 1_000..=1 << 40;
/// The longest that a recording is said to last, in seconds: a hundred hours.
const LONGEST: u32 = 360_000;

/// A file that an item of a feed encloses, as the feed describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Enclosure {
    /// Its address; of a film that only a page plays, that page.
    pub url: Clean,
    /// Its media type: `audio/mpeg`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Clean>,
    /// Its size in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// How long it lasts, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
    /// Its title, where it has one of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Clean>,
}

/// What kind of thing an enclosure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A recording.
    Sound,
    /// A film.
    Film,
    /// Anything else.
    File,
}

impl Enclosure {
    /// The enclosure without a size or length that can't be true.
    #[must_use]
    pub fn plausible(self) -> Self {
        Self {
            bytes: self.bytes.filter(|n| SIZES.contains(n)),
            seconds: self.seconds.filter(|n| (1..=LONGEST).contains(n)),
            ..self
        }
    }

    /// What it is, by its media type, else by the ending of its address.
    pub fn medium(&self) -> Medium {
        let kind = self.kind.as_deref().unwrap_or_default();
        match kind.split('/').next().unwrap_or_default() {
            "audio" => return Medium::Sound,
            "video" => return Medium::Film,
            _ => {}
        }
        match self.ending().as_str() {
            "mp3" | "m4a" | "aac" | "ogg" | "oga" | "opus" | "flac" | "wav" => Medium::Sound,
            "mp4" | "m4v" | "webm" | "mkv" | "mov" | "ogv" => Medium::Film,
            _ => Medium::File,
        }
    }

    /// Format, length and size, as far as they are known: `mp3 · 32:10 · 24.5 MB`.
    pub fn figures(&self) -> String {
        let ending = Some(self.ending()).filter(|e| !e.is_empty());
        let length = self.seconds.map(|n| match (n / 3600, n / 60 % 60, n % 60) {
            (0, minutes, seconds) => format!("{minutes}:{seconds:02}"),
            (hours, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
        });
        let size = self.bytes.map(|n| {
            let tenths = n / 100_000;
            match tenths {
                0 => format!("{} KB", n / 1_000),
                1..10_000 => format!("{}.{} MB", tenths / 10, tenths % 10),
                _ => format!("{}.{} GB", tenths / 10_000, tenths / 1_000 % 10),
            }
        });
        let known: Vec<String> = [ending, length, size].into_iter().flatten().collect();
        known.join(" · ")
    }

    /// The ending of its file's name, in lower case; empty where there is none.
    pub fn ending(&self) -> String {
        let path = self.url.split(['?', '#']).next().unwrap_or_default();
        let name = path.splitn(4, '/').nth(3).unwrap_or_default();
        let name = name.rsplit('/').next().unwrap_or_default();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_ending =
            (2..=4).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
        if is_ending {
            ending.to_ascii_lowercase()
        } else {
            String::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str, bytes: u64, seconds: u32) -> Enclosure {
        Enclosure {
            url: Clean::line(url),
            bytes: Some(bytes),
            seconds: Some(seconds),
            ..Enclosure::default()
        }
        .plausible()
    }

    #[test]
    fn figures_say_what_is_known_and_no_lies() {
        let told = |url: &str, bytes, seconds| of(url, bytes, seconds).figures();
        assert_eq!(
            told("https://a.kr/e/7.mp3?k=1.x", 24_560_000, 1930),
            "mp3 · 32:10 · 24.5 MB"
        );
        assert_eq!(
            told("https://a.kr/f.MP4", 3_200_000_000, 5025),
            "mp4 · 1:23:45 · 3.2 GB"
        );
        assert_eq!(told("https://a.kr", 0, 0), "");
        assert_eq!(told("https://a.kr/watch", u64::MAX, u32::MAX), "");
        assert_eq!(
            told("https://a.kr/e.opus", 45_000, 59),
            "opus · 0:59 · 45 KB"
        );
        assert_eq!(of("https://a.kr/e.opus", 1, 1).medium(), Medium::Sound);
        assert_eq!(of("https://a.kr/e", 1, 1).medium(), Medium::File);
    }
}
