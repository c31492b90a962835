//! The addresses of proxies that settings may name.

use url::Url;

/// The values of a setting for a proxy, as they are named in an error.
pub(super) const PROXIES: &str =
    "auto, none, http://HOST:PORT, https://…, socks5://…, socks5h://…, socks4://…";

/// Whether a setting for a proxy has one of these values.
pub(super) fn is_proxy(value: &str) -> bool {
    let schemes = [
        "http", "https", "socks5", "socks5h", "socks4", "socks4a", "socks",
    ];
    matches!(value, "auto" | "none")
        || Url::parse(value).is_ok_and(|url| schemes.contains(&url.scheme()) && url.has_host())
}
