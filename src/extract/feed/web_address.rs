//! Which addresses in a feed can be fetched and opened.

/// Whether an address is of the web, so that it can be fetched and opened.
pub(super) fn is_web(url: &str) -> bool {
    ["http://", "https://"].iter().any(|s| {
        url.get(..s.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(s))
    })
}
