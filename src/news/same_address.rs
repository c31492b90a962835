//! When two addresses lead to the same article: they differ in the scheme, in `www.`, or in
//! parameters that only tell the publisher where a reader came from.

use std::borrow::Cow;

/// Parameters that count readers and choose nothing (by their whole name; `utm_…` besides).
const TRACKING: [&str; 22] = [
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "twclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "at_medium",
    "at_campaign",
    "at_link_origin",
    "at_format",
    "at_ptr_name",
    "cmpid",
    "cmp",
    "ns_mchannel",
    "ns_source",
    "ns_campaign",
    "wt_mc",
    "xtor",
    "ref_src",
];

/// `address` without the parameters that only count readers.
pub fn untracked(address: &str) -> Cow<'_, str> {
    let Some((before, query)) = address.split_once('?') else {
        return Cow::Borrowed(address);
    };
    let (query, fragment) = query
        .split_once('#')
        .map_or((query, None), |(query, fragment)| (query, Some(fragment)));
    let is_tracking = |part: &&str| {
        let name = part
            .split('=')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let is_of_feed = || {
            let value = part.split_once('=').map_or("", |(_, value)| value);
            matches!(name.as_str(), "ref" | "from" | "source" | "rss")
                && matches!(value, "rss" | "feed" | "rssfeed")
        };
        name.starts_with("utm_") || TRACKING.contains(&name.as_str()) || is_of_feed()
    };
    if !query.split('&').any(|part| is_tracking(&part)) {
        return Cow::Borrowed(address);
    }
    let kept: Vec<&str> = query.split('&').filter(|p| !is_tracking(p)).collect();
    let mut out = before.to_owned();
    if !kept.is_empty() {
        out.push('?');
        out.push_str(&kept.join("&"));
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(fragment);
    }
    Cow::Owned(out)
}

/// What addresses of the same article have in common, or `None` if `address` is not one of the web.
pub fn common_form(address: &str) -> Option<Cow<'_, str>> {
    fn common(address: &str) -> Option<&str> {
        bare(address).map(|rest| rest.strip_suffix('/').unwrap_or(rest))
    }
    match untracked(address) {
        Cow::Borrowed(address) => Some(Cow::Borrowed(common(address)?)),
        Cow::Owned(address) => Some(Cow::Owned(common(&address)?.to_owned())),
    }
}

/// The other forms of a web address: with the other scheme, with `www.` or without, and this one
/// with or without a slash at the end of its path.
pub fn other_forms(address: &str) -> Vec<String> {
    let Some(bare) = bare(address) else {
        return Vec::new();
    };
    ["https://", "http://", "https://www.", "http://www."]
        .iter()
        .map(|front| format!("{front}{bare}"))
        .filter(|form| form != address)
        .chain(other_end(address))
        .collect()
}

/// `address` with a slash at its end, or without, where a path ends it.
fn other_end(address: &str) -> Option<String> {
    if address.contains(['?', '#']) {
        return None;
    }
    match address.strip_suffix('/') {
        Some(rest) if rest.ends_with(':') || rest.ends_with('/') => None,
        Some(rest) => Some(rest.to_owned()),
        None => Some(format!("{address}/")),
    }
}

/// A web address without scheme and `www.`.
fn bare(address: &str) -> Option<&str> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let (front, rest) = address.split_at_checked(scheme.len())?;
        front.eq_ignore_ascii_case(scheme).then_some(rest)
    })?;
    Some(rest.strip_prefix("www.").unwrap_or(rest)).filter(|r| !r.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_article_have_one_form() {
        for (address, form) in [
            (
                "https://www.a.kr/1?utm_source=x&id=3&fbclid=9#c",
                Some("a.kr/1?id=3#c"),
            ),
            ("http://a.kr/1?UTM_Medium=rss", Some("a.kr/1")),
            ("https://a.kr/1/", Some("a.kr/1")),
            ("https://a.kr/", Some("a.kr")),
            ("HTTP://a.kr/?a=1&b=2", Some("a.kr/?a=1&b=2")),
            ("https://a.kr/?q=utm_source", Some("a.kr/?q=utm_source")),
            ("https://a.kr/d?id=4&ref=rss", Some("a.kr/d?id=4")),
            ("https://a.kr/d?ref=4", Some("a.kr/d?ref=4")),
            ("tag:a.kr,2026:1", None),
            ("https://", None),
            ("가나다라마바사", None),
        ] {
            assert_eq!(common_form(address).as_deref(), form, "{address}");
        }
        assert_eq!(
            other_forms("http://www.a.kr/1"),
            [
                "https://a.kr/1",
                "http://a.kr/1",
                "https://www.a.kr/1",
                "http://www.a.kr/1/"
            ]
        );
        assert_eq!(other_forms("https://a.kr/?p=1/").len(), 3);
        assert_eq!(other_forms("urn:1"), Vec::<String>::new());
    }
}
