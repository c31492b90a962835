//! Subscribers' logins of the settings: cookies and headers that go to one site alone, by https
//! alone, and are shown nowhere.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use ureq::http::{HeaderName, HeaderValue};
use url::{Host, Url};

use super::NetError;
use super::cookies::{CookieScope, is_below};
use crate::config::SiteLogin;
use crate::runtime::cancel::Cancel;
use crate::runtime::system::limited_read;
use crate::runtime::system::secret::{Secret, first_line};

/// Largest file of cookies in bytes.
const LARGEST_FILE: usize = 1 << 20;
/// Longest `Cookie` header in bytes; servers refuse longer ones.
const LONGEST: usize = 8 * 1024;
/// After a command or a file that gave nothing it is not tried again for this long: a refresh of
/// many feeds would otherwise ask once for each.
const AGAIN: Duration = Duration::from_secs(60);
/// How long what a command or a file gave is used: a reader that runs for days takes in a login
/// that was renewed.
const FRESH: Duration = Duration::from_secs(15 * 60);

/// The logins of the settings.
#[derive(Debug, Default)]
pub(super) struct SiteLogins(Vec<Login>);

#[derive(Debug)]
struct Login {
    /// The host that it is for, and those below it.
    host: String,
    /// Whether the settings name this machine by `http://`, where nothing goes over a wire.
    port: Option<u16>,
    settings: SiteLogin,
    /// What command and file gave, and when; `None` in it where they gave nothing.
    found: Mutex<Option<(Option<Material>, Instant)>>,
}

/// What a login consists of.
#[derive(Debug, Default)]
struct Material {
    /// The value of a `Cookie` header, as a command gave it.
    cookies: Option<Secret>,
    /// Cookies of a file.
    jar: Vec<FileCookie>,
}

/// A cookie of a cookies.txt.
struct FileCookie {
    scope: CookieScope,
    pair: Secret,
}

impl std::fmt::Debug for FileCookie {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileCookie(…)")
    }
}

impl SiteLogins {
    pub(super) fn of(logins: &BTreeMap<String, SiteLogin>) -> Self {
        let login = |(key, settings): (&String, &SiteLogin)| {
            let (host, port) = login_host(key)?;
            Some(Login {
                host,
                port,
                settings: settings.clone(),
                found: Mutex::default(),
            })
        };
        Self(logins.iter().filter_map(login).collect())
    }

    /// The headers that go along with a request for `url`; none for a site without a login.
    ///
    /// # Errors
    /// The command or the file gives no login.
    pub(super) fn headers(
        &self,
        url: &Url,
        cancel: &Cancel,
    ) -> Result<Vec<(HeaderName, HeaderValue)>, NetError> {
        let Some(login) = self.0.iter().find(|login| login.is_for(url)) else {
            return Ok(Vec::new());
        };
        login.headers(url, cancel)
    }
}

impl Login {
    /// Whether a request for `url` may carry it.
    fn is_for(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        if let Some(port) = self.port {
            return url.scheme() == "http" && host == self.host && url.port() == Some(port);
        }
        url.scheme() == "https" && (host == self.host || is_below(host, &self.host))
    }

    fn headers(
        &self,
        url: &Url,
        cancel: &Cancel,
    ) -> Result<Vec<(HeaderName, HeaderValue)>, NetError> {
        let failed = || NetError::Login {
            host: self.host.clone(),
        };
        let mut headers = Vec::new();
        if let Some((name, value)) = header(&self.settings.header) {
            headers.push((name, value));
        }
        let settings = &self.settings;
        if settings.cookie_command.is_empty() && settings.cookies.is_empty() {
            return Ok(headers);
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let is_stale = |(material, at): &(Option<Material>, Instant)| match material {
            None => at.elapsed() > AGAIN,
            Some(_) => at.elapsed() > FRESH,
        };
        if found.as_ref().is_none_or(is_stale) {
            let material = self.material(cancel);
            if cancel.is_cancelled() {
                return Err(NetError::Cancelled);
            }
            *found = Some((material, Instant::now()));
        }
        let Some((Some(material), _)) = &*found else {
            return Err(failed());
        };
        let mut pairs: Vec<&str> = material.cookies.iter().map(Secret::reveal).collect();
        let own = material
            .jar
            .iter()
            .filter(|cookie| cookie.scope.covers(url));
        pairs.extend(own.map(|cookie| cookie.pair.reveal()));
        if !pairs.is_empty() {
            let line = pairs.join("; ");
            let value = HeaderValue::from_str(&line).ok();
            let mut value = value.filter(|_| line.len() <= LONGEST).ok_or_else(failed)?;
            value.set_sensitive(true);
            headers.push((HeaderName::from_static("cookie"), value));
        }
        Ok(headers)
    }

    /// What command and file give; `None` where one of them gives nothing.
    fn material(&self, cancel: &Cancel) -> Option<Material> {
        let mut material = Material::default();
        let settings = &self.settings;
        if !settings.cookie_command.is_empty() {
            let line = first_line(&settings.cookie_command, cancel)?;
            let bare = line.reveal().trim_start_matches("Cookie:").trim();
            material.cookies = Some(Secret::new(bare).filter(|c| c.reveal().contains('='))?);
        }
        if !settings.cookies.is_empty() {
            let path = expanded(&settings.cookies);
            let bytes = limited_read::file(&path, LARGEST_FILE).ok()?;
            let text = String::from_utf8(bytes).ok()?;
            material.jar = cookies_of_file(&text, &self.host, Timestamp::now())?;
        }
        Some(material)
    }
}

/// The cookies for `site`, and what is below it, of a file in the form of Netscape's cookies.txt;
/// `None` where it is no such file, or has none for the site that is still valid.
fn cookies_of_file(text: &str, site: &str, now: Timestamp) -> Option<Vec<FileCookie>> {
    let mut cookies = Vec::new();
    for line in text.lines() {
        let line = line.strip_prefix("#HttpOnly_").unwrap_or(line);
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut fields = line.splitn(7, '\t');
        let mut next = || fields.next();
        // Any other line means that this is another kind of file, whose words are not to be sent.
        let (host, below, path, _, expiry, name, value) = (
            next()?,
            next()?,
            next()?,
            next()?,
            next()?,
            next()?,
            next()?,
        );
        let expiry: i64 = expiry.trim().parse().ok()?;
        let host = host.trim_start_matches('.').to_ascii_lowercase();
        let is_flag = matches!(below, "TRUE" | "FALSE");
        if !is_flag || !path.starts_with('/') || host.is_empty() {
            return None;
        }
        let is_own = host == site || is_below(&host, site);
        if !is_own || (expiry != 0 && expiry <= now.as_second()) || name.is_empty() {
            continue;
        }
        cookies.push(FileCookie {
            scope: CookieScope {
                host,
                is_for_subdomains: below == "TRUE",
                path: path.to_owned(),
            },
            pair: Secret::new(&format!("{name}={}", value.trim_end()))?,
        });
    }
    (!cookies.is_empty()).then_some(cookies)
}

/// The header `Name: value`.
fn header(text: &str) -> Option<(HeaderName, HeaderValue)> {
    let (name, value) = text.split_once(':')?;
    let name = HeaderName::from_bytes(name.trim().as_bytes()).ok()?;
    let mut value = HeaderValue::from_str(value.trim()).ok()?;
    value.set_sensitive(true);
    Some((name, value))
}

/// Host, and for this machine the port, that a key of `[login]` names.
fn login_host(key: &str) -> Option<(String, Option<u16>)> {
    let Some(rest) = key.strip_prefix("http://") else {
        let url = Url::parse(&format!("https://{key}")).ok()?;
        return Some((url.host_str()?.to_owned(), None));
    };
    let url = Url::parse(&format!("http://{rest}")).ok()?;
    let is_here = match url.host()? {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => name == "localhost",
    };
    let port = url.port().filter(|_| is_here)?;
    Some((url.host_str()?.to_owned(), Some(port)))
}

/// A path with `~/` as the reader types it.
fn expanded(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), directories::BaseDirs::new()) {
        (Some(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => PathBuf::from(path),
    }
}

#[cfg(test)]
#[path = "tests/site_login.rs"]
mod tests;
