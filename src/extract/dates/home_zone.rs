//! The one rule for times that state no zone: they are in the zone of those for whom they were
//! written.

use jiff::tz::Offset;

use crate::news::stamp::KST;

/// The offset of a time without a zone: that of the language in which its page or feed says it is,
/// else that of the country of its host, else Korea's where the text is Korean, else UTC. Languages
/// and countries of several zones, or with summer time, decide nothing.
pub(crate) fn home_zone(
    language: Option<&str>,
    host: Option<&str>,
    is_korean: impl FnOnce() -> bool,
) -> Offset {
    language
        .and_then(of_language)
        .or_else(|| host.and_then(of_country))
        .or_else(|| is_korean().then_some(KST))
        .unwrap_or(Offset::UTC)
}

/// The zone of a language's readers, by its tag: `ko`, `ja-JP`.
pub(crate) fn of_language(tag: &str) -> Option<Offset> {
    let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
    Some(match primary.to_ascii_lowercase().as_str() {
        "ko" | "kor" => KST,
        "ja" | "jpn" => Offset::constant(9),
        "zh" | "zho" => Offset::constant(8),
        "vi" | "th" => Offset::constant(7),
        _ => return None,
    })
}

/// The zone of the country that the host names.
fn of_country(host: &str) -> Option<Offset> {
    let hours = match host.rsplit('.').next()? {
        "kr" | "jp" | "xn--3e0b707e" => 9,
        "cn" | "tw" | "hk" | "sg" | "my" | "ph" => 8,
        "vn" | "th" => 7,
        _ => return None,
    };
    Some(Offset::constant(hours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_then_country_then_hangul_decide() {
        let zone = |language, host, korean: bool| home_zone(language, host, || korean).seconds();
        let hours = |n: i32| n * 3600;
        assert_eq!(zone(Some("ko"), Some("paper.com"), false), hours(9));
        assert_eq!(zone(Some("ja-JP"), Some("paper.cn"), true), hours(9));
        assert_eq!(zone(Some("zh_TW"), None, false), hours(8));
        assert_eq!(zone(Some("en"), Some("paper.co.kr"), false), hours(9));
        assert_eq!(zone(Some("en-US"), Some("paper.com"), true), hours(9));
        assert_eq!(zone(Some("en"), Some("paper.com"), false), 0);
        assert_eq!(zone(None, Some("paper.vn"), true), hours(7));
        assert_eq!(zone(None, None, true), hours(9));
        assert_eq!(zone(Some("kok"), None, false), 0);
        assert_eq!(zone(Some(""), Some(""), false), 0);
    }
}
