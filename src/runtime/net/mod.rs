//! HTTP GET with limits: whatever a server does wrong costs a limited time and memory, and ends in
//! one clear error.
//!
//! Redirects are followed here and not by the HTTP library, because each step needs a decision: is
//! it still HTTP, does it lead into a private network (`net/guard.rs`), is it permanent. Bodies are
//! counted after decompression, so that a decompression bomb ends at the limit (`unpack`).
//!
//! * `access` – the proxy and the passwords of the settings; `connector` – opens connections;
//!   `forward` – pages without TLS through an HTTP proxy
//! * `site_login` – subscribers' logins, each for its site
//! * `headers` – the response headers that matter here; `cookies` – those of one fetch;
//!   `credentials` – user and password of an address; `error` – what can fail
//! * `response` – reads the body of an answer, within limits; `inward` – which addresses lead into
//!   the reader's own network
//! * [`chat`] – a request to a language model, answered as a stream; [`api`] – requests to the
//!   server that the reader syncs with: the only ones that are no GET

mod access;
pub mod api;
pub mod chat;
mod connector;
mod cookies;
mod credentials;
mod error;
mod forward;
mod guard;
mod headers;
mod inward;
mod response;
mod site_login;
#[cfg(test)]
pub(crate) mod tests;
mod unpack;

use std::time::{Duration, Instant};

use jiff::Timestamp;
use ureq::Agent;
use ureq::http::header;
use ureq::unversioned::resolver::DefaultResolver;
use url::Url;

pub use access::Access;
pub(crate) use credentials::carry as carry_credentials;
pub use error::{NetError, Phase};
pub use headers::Headers;
pub use inward::inward_addresses;
pub use response::{PendingResponse, Response};

use super::cancel::Cancel;
use crate::news::Clean;
use crate::news::address::without_feed_scheme;
use cookies::Cookies;
use guard::{Inward, NetworkZone, ZoneResolver};

/// The user agent, unless a publisher's profile sets another one.
pub const USER_AGENT: &str = concat!(
    "gisa/",
    env!("CARGO_PKG_VERSION_MAJOR"),
    ".",
    env!("CARGO_PKG_VERSION_MINOR")
);

/// The user agent for servers that only answer browsers: begins like a browser's, and still names
/// this program.
pub const COMPATIBLE: &str = concat!(
    "Mozilla/5.0 (compatible; gisa/",
    env!("CARGO_PKG_VERSION_MAJOR"),
    ".",
    env!("CARGO_PKG_VERSION_MINOR"),
    ")"
);

/// `Accept` for a feed.
pub const ACCEPT_FEED: &str = "application/rss+xml, application/atom+xml, \
    application/feed+json, application/xml;q=0.9, */*;q=0.5";

/// `Accept` for a page.
pub const ACCEPT_PAGE: &str = "text/html, application/xhtml+xml, */*;q=0.5";

/// In [`Request::from`]: what led to the address can't be told, as with a page read from a file, so
/// that nothing inside is asked for its sake.
pub const UNKNOWN_ORIGIN: &str = "";

/// Most redirects followed.
const MAX_REDIRECTS: usize = 10;

/// Most connections closed by the server that one request meets before it gives up: while it asks
/// again, other requests to the host may put back more of them.
const MOST_STALE: usize = 8;
/// Most idle connections to a host that are kept for its next request.
const IDLE_PER_HOST: usize = 2;

/// Bytes read between two checks of the cancel flag.
const CHUNK: usize = 16 * 1024;

/// Timeouts of a request, and where redirects may lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For the name lookup, and for the connection with TLS; each.
    pub connect: Duration,
    /// From the request to the end of the response's headers.
    pub answer: Duration,
    /// Between two reads of the body.
    pub silence: Duration,
    /// For everything, including redirects.
    pub whole: Duration,
    /// Whether a redirect from the public network may lead into a private one.
    pub inward: bool,
}

impl Default for Limits {
    fn default() -> Self {
        let s = Duration::from_secs;
        Self {
            connect: s(6),
            answer: s(12),
            silence: s(10),
            whole: s(40),
            inward: false,
        }
    }
}

/// What to ask for besides the address.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// `ETag` of the response that is stored.
    pub etag: Option<&'a str>,
    /// `Last-Modified` of the response that is stored.
    pub last_modified: Option<&'a str>,
    /// A user agent that the publisher's server requires; `None` for [`USER_AGENT`].
    pub user_agent: Option<&'a str>,
    /// The pages and feeds that led to the address; none where the reader entered it. An address in
    /// a network further in than the outermost of them is not requested. One that is no web address
    /// (a file, [`UNKNOWN_ORIGIN`]) counts as public.
    pub from: &'a [&'a str],
    /// `Accept`: the media types wanted.
    pub accept: &'a str,
    /// Largest body in bytes, after decompression.
    pub max_bytes: u64,
    /// How many bytes of a larger body's beginning are wanted; `None` makes it an error.
    pub cut_to: Option<usize>,
    /// From which byte on the body is wanted, and the strong `ETag` of what is there before it.
    /// Where the server has another body by now, it sends all of that. From 0: all of it, unpacked,
    /// so that it can be gone on with.
    pub resume: Option<(u64, &'a str)>,
    /// Stops the request between two reads.
    pub cancel: &'a Cancel,
    /// Called with the bytes read, and their total where that is known.
    pub progress: Option<&'a dyn Fn(u64, Option<u64>)>,
}

impl<'a> Request<'a> {
    /// An unconditional request for a page of up to 8 MiB.
    pub fn page(cancel: &'a Cancel) -> Self {
        let max_bytes = 8 << 20;
        Self {
            etag: None,
            last_modified: None,
            user_agent: None,
            from: &[],
            accept: ACCEPT_PAGE,
            max_bytes,
            cut_to: None,
            resume: None,
            cancel,
            progress: None,
        }
    }
}

/// The packings that may be used. A part of a packed body could not be unpacked.
fn packings(request: &Request<'_>) -> &'static str {
    match request.resume {
        Some(_) => "identity",
        None => "gzip, br, zstd",
    }
}

/// The address that `typed` means: `https` where no scheme was typed.
///
/// # Errors
/// [`NetError::Address`] where it is no web address.
pub fn address(typed: &str) -> Result<Url, NetError> {
    let typed = without_feed_scheme(typed.trim());
    let typed = &*typed;
    let refused = || NetError::Address(Clean::line(&typed.chars().take(200).collect::<String>()));
    let url = match Url::parse(typed) {
        // `localhost:8080/x` and `a.kr:8080` parse as a scheme and a path.
        Ok(url) if typed.contains("://") => url,
        _ => Url::parse(&format!("https://{typed}")).map_err(|_| refused())?,
    };
    if is_web(&url)
        && (url
            .domain()
            .is_none_or(|d| d.contains('.') || d == "localhost"))
    {
        Ok(url)
    } else {
        Err(refused())
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

/// Whether `to` is the same address as `from` with https instead of http.
fn is_upgrade(from: &Url, to: &Url) -> bool {
    from.scheme() == "http"
        && to.scheme() == "https"
        && from[url::Position::BeforeHost..] == to[url::Position::BeforeHost..]
}

/// The headers of one request that others gave: a server in this fetch, and the settings.
#[derive(Clone, Copy)]
struct SentHeaders<'a> {
    cookies: &'a Cookies,
    login: &'a [(header::HeaderName, header::HeaderValue)],
}

impl SentHeaders<'_> {
    /// The headers for `url`, with all cookies in one.
    fn of(self, url: &Url) -> Vec<(header::HeaderName, header::HeaderValue)> {
        let mut headers = self.login.to_vec();
        let Some(given) = self.cookies.header(url) else {
            return headers;
        };
        let own = headers.iter_mut().find(|(name, _)| *name == header::COOKIE);
        match own {
            None => headers.push((header::COOKIE, given)),
            Some((_, value)) => {
                let both = [value.as_bytes(), b"; ", given.as_bytes()].concat();
                if let Ok(mut both) = header::HeaderValue::from_bytes(&both) {
                    both.set_sensitive(true);
                    *value = both;
                }
            }
        }
        headers
    }
}

/// HTTP connections, kept open for a while and shared by threads.
#[derive(Clone, Debug)]
pub struct Net {
    /// One agent for each zone, which connects only to addresses in that zone or further out.
    agents: [Agent; 3],
    limits: Limits,
    access: Access,
}

impl Default for Net {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl Net {
    /// A client with these limits; proxies as set in the environment.
    pub fn new(limits: Limits) -> Self {
        Self::with_access(limits, Access::default())
    }

    /// A client with these limits, and with the proxy and passwords of the settings.
    pub fn with_access(limits: Limits, access: Access) -> Self {
        let agent = |innermost: NetworkZone| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .timeout_resolve(Some(limits.connect))
                .timeout_connect(Some(limits.connect))
                .timeout_recv_response(Some(limits.answer))
                .timeout_per_read(Some(limits.silence.max(limits.answer)))
                .timeout_per_write(Some(limits.silence))
                .max_idle_connections(16)
                .max_idle_connections_per_host(IDLE_PER_HOST)
                .max_idle_age(Duration::from_secs(5))
                .max_response_header_size(64 * 1024)
                .input_buffer_size(CHUNK)
                .output_buffer_size(4 * 1024)
                .proxy(access.proxy())
                .build();
            Agent::with_parts(
                config,
                connector::connector(),
                ZoneResolver {
                    innermost,
                    names: DefaultResolver::default(),
                },
            )
        };
        Self {
            agents: NetworkZone::ALL.map(agent),
            limits,
            access,
        }
    }

    /// Breaks every connection at once, so that all pending requests fail. Used at the end of the
    /// program, and when a refresh that waits for silent servers is cancelled.
    pub fn hang_up(&self) {
        for agent in self.agents.clone() {
            agent.shutdown();
        }
    }

    /// Fetches `url`.
    ///
    /// # Errors
    /// A [`NetError`] for everything that gives no response, and for every status from 400 on; 304
    /// is no error.
    pub fn get(&self, url: &str, request: &Request<'_>) -> Result<Response, NetError> {
        self.open(url, request)?.read(Vec::new(), request)
    }

    /// Requests `url`, follows redirects and reads the headers, but not yet the body.
    ///
    /// # Errors
    /// As [`Net::get`].
    pub fn open(&self, url: &str, request: &Request<'_>) -> Result<PendingResponse, NetError> {
        let mut url = Url::parse(url)
            .ok()
            .filter(is_web)
            .ok_or_else(|| NetError::Address(Clean::line(url)))?;
        let deadline = Instant::now() + self.limits.whole;
        let mut at_least = self.innermost(&mut url, request.from);
        let mut is_lent = self.access.lend_login(&mut url, request.cancel)?;
        let mut cookies = Cookies::default();
        let mut lasting = true;
        let mut permanent: Option<Url> = None;
        let mut name = request.user_agent;
        for _ in 0..=MAX_REDIRECTS {
            if request.cancel.is_cancelled() {
                return Err(NetError::Cancelled);
            }
            let login = self.access.login_headers(&url, request.cancel)?;
            let sent = SentHeaders {
                cookies: &cookies,
                login: &login,
            };
            let answer = self.ask(&url, at_least, name, request, sent, deadline);
            let answer = answer.map_err(|e| {
                if request.cancel.is_cancelled() {
                    NetError::Cancelled
                } else {
                    e
                }
            })?;
            let status = answer.status().as_u16();
            let headers = Headers::of(answer.headers(), Timestamp::now());
            cookies.take(&url, answer.headers(), Timestamp::now());
            let next = headers
                .location
                .as_deref()
                .filter(|_| matches!(status, 301 | 302 | 303 | 307 | 308));
            let Some(next) = next else {
                // The server may have refused our user agent: try once more with the other one.
                if matches!(status, 403 | 406) && name.is_none() {
                    name = Some(COMPATIBLE);
                    continue;
                }
                if !(status == 304 || (200..300).contains(&status)) {
                    return Err(self.status_error(&url, status, &headers));
                }
                let packed = answer.headers().get(header::CONTENT_ENCODING);
                let packed = packed
                    .and_then(|how| how.to_str().ok())
                    .unwrap_or_default()
                    .trim()
                    .to_owned();
                let answer = answer.into_body();
                // A password of the settings goes into no address that is stored.
                let permanent_redirect = match permanent {
                    Some(url) if is_lent => Some(credentials::split(&url).0),
                    other => other,
                };
                return Ok(PendingResponse {
                    status,
                    final_url: credentials::split(&url).0,
                    permanent_redirect,
                    headers,
                    has_login: !login.is_empty(),
                    packed,
                    answer,
                    deadline,
                });
            };
            let mut target = url
                .join(next)
                .ok()
                .filter(is_web)
                .ok_or_else(|| NetError::Address(Clean::line(next)))?;
            at_least = at_least.max(self.zone_of(&url));
            credentials::carry(&url, &mut target);
            if credentials::is_tls_of_same_host(&url, &target) {
                is_lent |= self.access.lend_login(&mut target, request.cancel)?;
            }
            // A redirect from http to the same address with https is permanent, whatever its
            // status.
            lasting &= matches!(status, 301 | 308) || is_upgrade(&url, &target);
            if lasting {
                permanent = Some(target.clone());
            }
            url = target;
        }
        Err(NetError::Redirects {
            host: url.host_str().unwrap_or_default().to_owned(),
        })
    }

    /// Whether `url` leads further in than what led to it, `from` ([`Request::from`]). For
    /// addresses that another program is going to ask for. Names are looked up unless `offline`.
    pub fn leads_inward(&self, url: &str, from: &[&str], offline: bool) -> bool {
        let Some(mut url) = Url::parse(url).ok().filter(is_web) else {
            return false;
        };
        let innermost = self.innermost(&mut url, from);
        if innermost == NetworkZone::Loopback {
            return false;
        }
        match NetworkZone::of_literal(&url) {
            Some(zone) => zone < innermost,
            None if inward::is_local_name(url.domain().unwrap_or_default()) => {
                innermost == NetworkZone::Public
            }
            // The other program may take any of the host's addresses.
            None => {
                !offline
                    && !self.access.is_resolved_elsewhere(&url)
                    && NetworkZone::innermost_of_host(&url) < innermost
            }
        }
    }

    /// How far in a request may lead for the sake of what led to it, `from`. The user name and
    /// password of the latter go along where both are of one host.
    fn innermost(&self, url: &mut Url, from: &[&str]) -> NetworkZone {
        let mut at_least = NetworkZone::Loopback;
        for from in from {
            let from = Url::parse(from).ok().filter(is_web);
            // The articles of a feed that needs a password are behind the same one.
            if let Some(from) = from.as_ref().filter(|_| url.username().is_empty()) {
                credentials::carry(from, url);
            }
            at_least = at_least.max(match &from {
                Some(from) => self.zone_of(from),
                None if self.limits.inward => NetworkZone::Loopback,
                None => NetworkZone::Public,
            });
        }
        at_least
    }

    /// How far in the pages of a server may lead: no further than where it is itself.
    fn zone_of(&self, by: &Url) -> NetworkZone {
        if self.limits.inward {
            return NetworkZone::Loopback;
        }
        // Asking for the name here would tell this network what the proxy is asked for.
        if self.access.is_resolved_elsewhere(by) {
            return NetworkZone::of_literal(by).unwrap_or(NetworkZone::Public);
        }
        NetworkZone::of_host(by)
    }

    /// The error that a status other than 2xx and 304 is.
    fn status_error(&self, url: &Url, status: u16, headers: &Headers) -> NetError {
        let host = url.host_str().unwrap_or_default().to_owned();
        match self.access.proxy_for(url) {
            Some(proxy) if status == 407 => NetError::Proxy {
                host,
                proxy: format!("{}:{}", proxy.host(), proxy.port()),
                detail: Clean::line("status 407"),
            },
            _ => NetError::Status {
                host,
                status,
                retry_after: headers.retry_after,
            },
        }
    }

    fn ask(
        &self,
        url: &Url,
        innermost: NetworkZone,
        name: Option<&str>,
        request: &Request<'_>,
        sent: SentHeaders<'_>,
        deadline: Instant,
    ) -> Result<ureq::http::Response<ureq::Body>, NetError> {
        let host = url.host_str().unwrap_or_default();
        // A server may close an idle connection just as the next request is on its way. Asking
        // again does no harm, since all requests here only read.
        let mut reused = 0;
        loop {
            connector::watch();
            let answer = self.ask_once(url, innermost, name, request, sent, deadline);
            match answer {
                Err(ureq::Error::Io(error))
                    if !connector::has_opened()
                        && !request.cancel.is_cancelled()
                        && reused < MOST_STALE =>
                {
                    tracing::debug!(%error, host, "a kept connection was closed by the server");
                    reused += 1;
                }
                answer => return answer.map_err(|e| NetError::of(e, host)),
            }
        }
    }

    fn ask_once(
        &self,
        url: &Url,
        innermost: NetworkZone,
        name: Option<&str>,
        request: &Request<'_>,
        sent: SentHeaders<'_>,
        deadline: Instant,
    ) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ureq::Error::Timeout(ureq::Timeout::RecvResponse));
        }
        // Behind a proxy the name is looked up elsewhere, and a number not at all. Of names, only
        // those that mean a host of a private network anywhere can be told there.
        let is_further_in = match NetworkZone::of_literal(url) {
            Some(zone) => zone < innermost,
            None => {
                innermost == NetworkZone::Public
                    && self.access.is_resolved_elsewhere(url)
                    && inward::is_local_name(url.domain().unwrap_or_default())
            }
        };
        if is_further_in {
            return Err(ureq::Error::Other(Box::new(Inward)));
        }
        let (bare, authorization) = credentials::split(url);
        let mut ask = self.agents[innermost as usize]
            .get(bare.as_str())
            .header(header::USER_AGENT, name.unwrap_or(USER_AGENT))
            .header(header::ACCEPT, request.accept)
            .header(header::ACCEPT_ENCODING, packings(request))
            .header(header::ACCEPT_LANGUAGE, "ko, en;q=0.7");
        if let Some(authorization) = authorization {
            ask = ask.header(header::AUTHORIZATION, authorization);
        }
        if let Some((from, etag)) = request.resume.filter(|(from, _)| *from > 0) {
            ask = ask
                .header(header::RANGE, format!("bytes={from}-"))
                .header(header::IF_RANGE, etag);
        }
        if let Some(etag) = request.etag {
            ask = ask.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(date) = request.last_modified {
            ask = ask.header(header::IF_MODIFIED_SINCE, date);
        }
        for (name, value) in sent.of(url) {
            ask = ask.header(name, value);
        }
        let mut config = ask.config().timeout_global(Some(left));
        // Connections are shared only between requests with one and the same proxy setting.
        if self.access.has_own_proxy(url) {
            config = config.proxy(self.access.proxy_for(url).cloned());
        } else if self.access.proxy().is_some() && self.access.proxy_for(url).is_none() {
            config = config.proxy(None);
        }
        config.build().call()
    }
}
