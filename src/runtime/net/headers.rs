//! The response headers that matter to a news reader.

use std::time::Duration;

use jiff::Timestamp;
use ureq::http::HeaderMap;

/// The longest wait in seconds that a server can ask for: a week. A longer one would be as good as
/// unsubscribing.
const LONGEST_WISH: u64 = 7 * 24 * 3600;

/// What the headers of a response say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    /// `ETag`, for the next conditional request.
    pub etag: Option<String>,
    /// `Last-Modified` as the server wrote it, for the next conditional request.
    pub last_modified: Option<String>,
    /// How long the response stays fresh, by `Cache-Control` or `Expires`.
    pub fresh: Option<Duration>,
    /// How long the server asks not to be asked again (`Retry-After`), at most [`LONGEST_WISH`].
    pub retry_after: Option<Duration>,
    /// The media type in lower case, such as `text/html`.
    pub content_type: Option<String>,
    /// The charset as declared; `extract` finds out whether that is true.
    pub charset: Option<String>,
    /// The target of a redirect.
    pub location: Option<String>,
}

impl Headers {
    pub(super) fn of(map: &HeaderMap, now: Timestamp) -> Self {
        let field = |name: &str| {
            map.get(name)
                .and_then(|v| v.to_str().ok())
                .map(str::trim)
                .filter(|v| !v.is_empty())
        };
        let declared = field("content-type").unwrap_or_default();
        let mut parts = declared.split(';');
        let content_type = parts
            .next()
            .map(|t| t.trim().to_ascii_lowercase())
            .filter(|t| !t.is_empty());
        let charset = parts.find_map(|p| {
            let (name, value) = p.split_once('=')?;
            name.trim()
                .eq_ignore_ascii_case("charset")
                .then(|| value.trim().trim_matches(['"', '\'']).to_owned())
        });
        Self {
            etag: field("etag").filter(|v| v.len() <= 512).map(str::to_owned),
            last_modified: field("last-modified")
                .filter(|v| v.len() <= 64)
                .map(str::to_owned),
            fresh: fresh(field("cache-control"), field("expires"), field("date"), now),
            retry_after: field("retry-after").and_then(|v| wait(v, now)),
            content_type,
            charset: charset.filter(|c| !c.is_empty()),
            // A location often contains bare UTF-8, which a header text must not.
            location: map
                .get("location")
                .and_then(|v| std::str::from_utf8(v.as_bytes()).ok())
                .map(|v| v.trim().to_owned()),
        }
    }
}

fn fresh(
    control: Option<&str>,
    expires: Option<&str>,
    date: Option<&str>,
    now: Timestamp,
) -> Option<Duration> {
    for part in control.unwrap_or_default().split(',') {
        let part = part.trim().to_ascii_lowercase();
        if part == "no-cache" || part == "no-store" {
            return None;
        }
        if let Some(seconds) = part
            .strip_prefix("max-age=")
            .and_then(|s| s.trim_matches('"').parse().ok())
        {
            return Some(Duration::from_secs(u64::min(seconds, LONGEST_WISH)));
        }
    }
    let since = date.and_then(http_date).unwrap_or(now);
    until(http_date(expires?)?, since)
}

/// The wait in a header value: a number of seconds, or a date.
fn wait(value: &str, now: Timestamp) -> Option<Duration> {
    match value.parse() {
        Ok(seconds) => Some(Duration::from_secs(u64::min(seconds, LONGEST_WISH))),
        Err(_) => until(http_date(value)?, now),
    }
}

fn until(then: Timestamp, now: Timestamp) -> Option<Duration> {
    let seconds = then.as_second() - now.as_second();
    (seconds > 0).then(|| Duration::from_secs(seconds.unsigned_abs().min(LONGEST_WISH)))
}

pub(super) fn http_date(value: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new()
        .relaxed_weekday(true)
        .parse_timestamp(value)
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> Headers {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.insert(*name, value.parse().unwrap());
        }
        Headers::of(&map, "2026-11-22T06:00:00Z".parse().unwrap())
    }

    #[test]
    fn freshness_comes_from_whichever_field_says_it() {
        let minutes = |n: u64| Some(Duration::from_secs(n * 60));
        assert_eq!(
            headers(&[("cache-control", "public, Max-Age=600"), ("expires", "0")]).fresh,
            minutes(10)
        );
        assert_eq!(
            headers(&[("expires", "Sun, 22 Nov 2026 06:30:00 GMT")]).fresh,
            minutes(30)
        );
        assert_eq!(
            headers(&[
                ("cache-control", "no-cache"),
                ("expires", "Sun, 22 Nov 2026 06:30:00 GMT")
            ])
            .fresh,
            None
        );
        assert_eq!(headers(&[("expires", "-1")]).fresh, None);
    }

    #[test]
    fn a_server_may_ask_us_to_stay_away_in_seconds_or_by_date_but_not_for_ever() {
        assert_eq!(
            headers(&[("retry-after", "120")]).retry_after,
            Some(Duration::from_secs(120))
        );
        assert_eq!(
            headers(&[("retry-after", "Sun, 22 Nov 2026 06:02:00 GMT")]).retry_after,
            Some(Duration::from_secs(120))
        );
        assert_eq!(
            headers(&[("retry-after", "99999999999999")]).retry_after,
            Some(Duration::from_secs(LONGEST_WISH))
        );
        assert_eq!(headers(&[("retry-after", "soon")]).retry_after, None);
    }

    #[test]
    fn type_and_charset_are_told_apart() {
        let h = headers(&[("content-type", "Text/HTML; Charset=\"EUC-KR\"")]);
        assert_eq!(
            (h.content_type.as_deref(), h.charset.as_deref()),
            (Some("text/html"), Some("EUC-KR"))
        );
    }
}
