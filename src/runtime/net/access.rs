//! How the network is reached, by the settings and the environment: through which proxy, and with
//! which user names and passwords.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::Proxy;
use ureq::http::{HeaderName, HeaderValue, Uri};
use url::Url;

use super::NetError;
use super::site_login::SiteLogins;
use crate::config::{Config, FeedBook, FeedLogin, FeedSettings};
use crate::news::Clean;
use crate::news::site::is_same_site;
use crate::runtime::cancel::Cancel;
use crate::runtime::system::secret::{Secret, first_line};

/// After a command that gave no password it is not run again for this long: a refresh of many feeds
/// would otherwise ask once for each.
const AGAIN: Duration = Duration::from_secs(60);

/// How the network is reached.
#[derive(Clone, Debug)]
pub struct Access {
    proxy: Option<Proxy>,
    logins: Arc<Logins>,
    site_logins: Arc<SiteLogins>,
    /// Proxies of the sites of single subscriptions; `None` for none.
    own_proxies: Arc<Vec<(String, Option<Proxy>)>>,
}

impl Default for Access {
    /// With the proxy of the environment, and no passwords.
    fn default() -> Self {
        Self {
            proxy: Proxy::try_from_env(),
            logins: Arc::default(),
            site_logins: Arc::default(),
            own_proxies: Arc::default(),
        }
    }
}

impl Access {
    /// The access that the settings ask for.
    pub fn of(config: &Config) -> Self {
        let network = &config.network;
        let proxy = match &*network.proxy {
            "auto" => Proxy::try_from_env(),
            "none" => None,
            // The settings were checked when they were read.
            address => Proxy::new(address)
                .ok()
                .map(|p| with_exceptions(p, &network.no_proxy)),
        };
        Self {
            proxy,
            logins: Arc::new(Logins::of(&config.feeds)),
            site_logins: Arc::new(SiteLogins::of(&config.login)),
            own_proxies: Arc::default(),
        }
    }

    /// The access with what single subscriptions ask for.
    pub fn for_feeds(&self, feeds: &FeedBook) -> Self {
        let own = |(url, settings): (&String, &FeedSettings)| {
            let proxy = match settings.proxy.as_deref()? {
                "none" => None,
                address => Some(Proxy::new(address).ok()?),
            };
            Some((url.clone(), proxy))
        };
        let own: Vec<_> = feeds.iter().filter_map(own).collect();
        if own.is_empty() {
            return self.clone();
        }
        Self {
            own_proxies: Arc::new(own),
            ..self.clone()
        }
    }

    /// The proxy, whoever is asked.
    pub(super) fn proxy(&self) -> Option<Proxy> {
        self.proxy.clone()
    }

    /// The proxy through which `url` is asked; `None` for a host that is excepted.
    pub(super) fn proxy_for(&self, url: &Url) -> Option<&Proxy> {
        let of_site = |(feed, _): &&(String, Option<Proxy>)| is_same_site(feed, url.as_str());
        if let Some((_, own)) = self.own_proxies.iter().find(of_site) {
            return own.as_ref();
        }
        let proxy = self.proxy.as_ref()?;
        let uri = url.as_str().parse::<Uri>();
        let is_excepted = uri.is_ok_and(|uri| proxy.is_no_proxy(&uri));
        (!is_excepted).then_some(proxy)
    }

    /// Whether the site of `url` has a proxy of its own, or none of its own.
    pub(super) fn has_own_proxy(&self, url: &Url) -> bool {
        let mut own = self.own_proxies.iter();
        own.any(|(feed, _)| is_same_site(feed, url.as_str()))
    }

    /// Whether a proxy resolves the name of this host, so that it must not be looked up here.
    pub(super) fn is_resolved_elsewhere(&self, url: &Url) -> bool {
        self.proxy_for(url)
            .is_some_and(|proxy| !proxy.resolve_target())
    }

    /// The headers of a subscriber's login for the site of `url`; none where there is no login.
    pub(super) fn login_headers(
        &self,
        url: &Url,
        cancel: &Cancel,
    ) -> Result<Vec<(HeaderName, HeaderValue)>, NetError> {
        self.site_logins.headers(url, cancel)
    }

    /// Puts the user name and password of the settings into an address that lacks them. Returns
    /// whether it did.
    pub(super) fn lend_login(&self, url: &mut Url, cancel: &Cancel) -> Result<bool, NetError> {
        self.logins.lend(url, cancel)
    }
}

/// A proxy that is not used for the hosts in `exceptions`.
fn with_exceptions(proxy: Proxy, exceptions: &[String]) -> Proxy {
    let mut builder = Proxy::builder(proxy.protocol())
        .host(proxy.host())
        .port(proxy.port());
    if let Some(name) = proxy.username() {
        builder = builder.username(name);
    }
    if let Some(password) = proxy.password() {
        builder = builder.password(password);
    }
    for host in exceptions {
        builder = builder.no_proxy(host);
    }
    builder.build().unwrap_or(proxy)
}

/// The logins of the settings.
#[derive(Debug, Default)]
struct Logins(Vec<Login>);

#[derive(Debug)]
struct Login {
    /// Scheme, host and port of the pages that it is for.
    site: Url,
    user: String,
    command: Vec<String>,
    /// What the command gave, and when.
    found: Mutex<Option<(Option<Secret>, Instant)>>,
}

impl Logins {
    fn of(feeds: &BTreeMap<String, FeedLogin>) -> Self {
        let login = |(host, login): (&String, &FeedLogin)| {
            Some(Login {
                site: login_site(host)?,
                user: login.user.clone(),
                command: login.password_command.clone(),
                found: Mutex::default(),
            })
        };
        Self(feeds.iter().filter_map(login).collect())
    }

    fn lend(&self, url: &mut Url, cancel: &Cancel) -> Result<bool, NetError> {
        if url.password().is_some() {
            return Ok(false);
        }
        let fits = |login: &&Login| {
            let user = url.username();
            login.site.origin() == url.origin() && (user.is_empty() || user == login.user)
        };
        let Some(login) = self.0.iter().find(fits) else {
            return Ok(false);
        };
        let mut found = login.found.lock().unwrap_or_else(PoisonError::into_inner);
        let is_stale =
            |(secret, at): &(Option<Secret>, Instant)| secret.is_none() && at.elapsed() > AGAIN;
        if found.as_ref().is_none_or(is_stale) {
            let secret = first_line(&login.command, cancel);
            if cancel.is_cancelled() {
                return Err(NetError::Cancelled);
            }
            *found = Some((secret, Instant::now()));
        }
        let Some((Some(password), _)) = &*found else {
            return Err(NetError::Password {
                host: url.host_str().unwrap_or_default().to_owned(),
                program: Clean::line(login.command.first().map_or("", String::as_str)),
            });
        };
        // These only fail where an address has no host.
        let _ = url.set_username(&login.user);
        let _ = url.set_password(Some(password.reveal()));
        Ok(true)
    }
}

/// Scheme, host and port that a key of `[feeds]` names: `paper.example` and `paper.example:8443` by
/// https, another scheme only where it is written out, so that no password goes over the wire in
/// the clear by accident.
fn login_site(key: &str) -> Option<Url> {
    let url = if key.contains("://") {
        Url::parse(key)
    } else {
        Url::parse(&format!("https://{key}"))
    };
    url.ok().filter(|url| url.has_host())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn access(host: &str, user: &str, command: &[&str]) -> Access {
        let login = FeedLogin {
            user: user.to_owned(),
            password_command: command.iter().map(|w| (*w).to_owned()).collect(),
        };
        let feeds = BTreeMap::from([(host.to_owned(), login)]);
        Access {
            proxy: None,
            logins: Arc::new(Logins::of(&feeds)),
            site_logins: Arc::default(),
            own_proxies: Arc::default(),
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_login_is_for_its_host_port_and_scheme_alone() {
        let lent = |access: &Access, address: &str| {
            let mut url = Url::parse(address).unwrap();
            access.lend_login(&mut url, &Cancel::new()).unwrap();
            url.to_string()
        };
        let own = access("paper.example", "me", &["echo", "p@w"]);
        assert_eq!(
            lent(&own, "https://paper.example/rss"),
            "https://me:p%40w@paper.example/rss"
        );
        assert_eq!(
            lent(&own, "https://me@paper.example/"),
            "https://me:p%40w@paper.example/"
        );
        for other in [
            "http://paper.example/rss",
            "https://paper.example:8443/rss",
            "https://www.paper.example/rss",
            "https://you@paper.example/",
            "https://me:own@paper.example/",
        ] {
            assert_eq!(lent(&own, other), other);
        }
        let plain = access("http://nas.lan:8080", "me", &["echo", "pw"]);
        assert!(lent(&plain, "http://nas.lan:8080/x").contains("me:pw@"));
    }

    #[test]
    #[cfg(unix)]
    fn a_command_is_run_once_and_one_without_a_password_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("runs").display().to_string();
        let script = format!("echo x >> {log}; printf ti; echo ef");
        let own = access("a.example", "me", &["sh", "-c", &script]);
        for _ in 0..3 {
            let mut url = Url::parse("https://a.example/").unwrap();
            assert!(own.lend_login(&mut url, &Cancel::new()).unwrap());
        }
        assert_eq!(std::fs::read_to_string(&log).unwrap(), "x\n");
        assert!(!format!("{own:?}").contains("tief"));
        for command in [&["false"][..], &["no such program"], &["true"]] {
            let none = access("a.example", "me", command);
            let mut url = Url::parse("https://a.example/").unwrap();
            let error = none.lend_login(&mut url, &Cancel::new()).unwrap_err();
            assert!(matches!(error, NetError::Password { .. }), "{error}");
        }
    }

    #[test]
    fn excepted_hosts_are_asked_without_the_proxy() {
        let proxy = Proxy::new("socks5h://u:p%40@[::1]:9050").unwrap();
        let names = ["*.lan", "paper.example", "localhost", "127.0.0.1"].map(str::to_owned);
        let access = Access {
            proxy: Some(with_exceptions(proxy, &names)),
            logins: Arc::default(),
            site_logins: Arc::default(),
            own_proxies: Arc::default(),
        };
        let proxied = |address: &str| {
            let url = Url::parse(address).unwrap();
            access.proxy_for(&url).is_some()
        };
        assert!(proxied("https://hill.example/") && proxied("http://127.0.0.2/"));
        for direct in [
            "http://127.0.0.1:1/",
            "http://localhost/",
            "http://nas.lan/",
            "https://paper.example/x",
        ] {
            assert!(!proxied(direct), "{direct}");
        }
        let kept = access.proxy.as_ref().unwrap();
        assert_eq!(
            (kept.username(), kept.password(), kept.port()),
            (Some("u"), Some("p@"), 9050)
        );
    }
}
