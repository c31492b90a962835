//! Requests to the one server that the reader named for syncing, with its password.
//!
//! Unlike a page, such a server may be anywhere, this machine and the network around it included,
//! since the reader typed its address. Redirects are not followed, and a request to another origin
//! is refused here, so that name and password reach that server alone.

use std::io::{self, Read as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use ureq::Agent;
use ureq::http::{HeaderValue, Method, Request, header};
use ureq::unversioned::resolver::DefaultResolver;
use url::Url;

use super::chat::is_local;
use super::headers::http_date;
use super::unpack::unpacked;
use super::{Access, CHUNK, NetError, Phase, USER_AGENT, connector};
use crate::news::Clean;
use crate::runtime::cancel::Cancel;

/// Largest answer in bytes: some thousand articles with their texts.
const LARGEST: usize = 128 << 20;

/// Name and password, or a token, as a header that no log shows.
#[derive(Clone, Debug)]
pub struct Authorization(HeaderValue);

impl Authorization {
    /// HTTP's Basic authentication.
    pub fn basic(name: &str, password: &str) -> Option<Self> {
        Self::of(&format!(
            "Basic {}",
            STANDARD.encode(format!("{name}:{password}"))
        ))
    }

    /// The token that Google Reader's login gives.
    pub fn google_login(token: &str) -> Option<Self> {
        Self::of(&format!("GoogleLogin auth={token}"))
    }

    fn of(text: &str) -> Option<Self> {
        let mut value = HeaderValue::from_str(text).ok()?;
        value.set_sensitive(true);
        Some(Self(value))
    }
}

/// What a request does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Reads.
    Get,
    /// Makes or changes something.
    Post,
    /// Changes something.
    Put,
    /// Deletes something.
    Delete,
}

/// One request.
#[derive(Clone, Copy, Debug)]
pub struct ApiRequest<'a> {
    /// What it does.
    pub verb: Verb,
    /// Its address, of the server's origin.
    pub url: &'a Url,
    /// Media type and text of the body.
    pub body: Option<(&'static str, &'a str)>,
    /// Name and password.
    pub authorization: Option<&'a Authorization>,
}

/// The answer to a request, whatever its status.
#[derive(Clone, Debug)]
pub struct ApiAnswer {
    /// The status code.
    pub status: u16,
    /// The server's clock.
    pub date: Option<Timestamp>,
    /// Where a redirect leads.
    pub location: Option<String>,
    /// The body, decompressed.
    pub body: Vec<u8>,
}

/// Connections to one server.
#[derive(Clone, Debug)]
pub struct Api {
    agent: Agent,
    base: Url,
    whole: Duration,
    requests: Arc<AtomicU64>,
    bytes: Arc<AtomicU64>,
    received: Arc<AtomicU64>,
}

/// What went over the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Requests sent.
    pub requests: u64,
    /// Bytes of the answers' bodies, decompressed.
    pub bytes: u64,
    /// Bytes of the answers' bodies as they came.
    pub received: u64,
}

/// Counts what is read through it.
struct CountingReader<R> {
    source: R,
    count: Arc<AtomicU64>,
}

impl<R: io::Read> io::Read for CountingReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Api {
    /// Connections to the server of `base`, which is given up after `wait` of silence.
    pub fn new(base: &Url, access: &Access, wait: Duration) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_resolve(Some(wait))
            .timeout_connect(Some(wait))
            .timeout_recv_response(Some(wait))
            .timeout_per_read(Some(wait))
            .timeout_per_write(Some(wait))
            .max_idle_connections(1)
            .max_idle_connections_per_host(1)
            .max_idle_age(Duration::from_secs(5))
            .max_response_header_size(64 * 1024)
            .input_buffer_size(CHUNK)
            // A request to this machine does not leave it through a proxy.
            .proxy(access.proxy_for(base).filter(|_| !is_local(base)).cloned())
            .build();
        Self {
            agent: Agent::with_parts(config, connector::connector(), DefaultResolver::default()),
            base: base.clone(),
            whole: wait * 4,
            requests: Arc::default(),
            bytes: Arc::default(),
            received: Arc::default(),
        }
    }

    /// What went over the network so far.
    pub fn traffic(&self) -> Traffic {
        Traffic {
            requests: self.requests.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
            received: self.received.load(Ordering::Relaxed),
        }
    }

    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// There is no answer, or it is too large; `Address` where the request is not for this server.
    pub fn send(&self, request: ApiRequest<'_>, cancel: &Cancel) -> Result<ApiAnswer, NetError> {
        if request.url.origin() != self.base.origin() {
            return Err(NetError::Address(Clean::line(request.url.as_str())));
        }
        let deadline = Instant::now() + self.whole;
        let mut is_again = false;
        loop {
            if cancel.is_cancelled() {
                return Err(NetError::Cancelled);
            }
            connector::watch();
            self.requests.fetch_add(1, Ordering::Relaxed);
            match self.exchange(&request, deadline, cancel) {
                // The server closed an idle connection just then. What only reads is asked again.
                Err(NetError::Broken { .. })
                    if request.verb == Verb::Get && !connector::has_opened() && !is_again =>
                {
                    is_again = true;
                }
                answer => return answer,
            }
        }
    }

    fn exchange(
        &self,
        request: &ApiRequest<'_>,
        deadline: Instant,
        cancel: &Cancel,
    ) -> Result<ApiAnswer, NetError> {
        let host = self.base.host_str().unwrap_or_default();
        let method = match request.verb {
            Verb::Get => Method::GET,
            Verb::Post => Method::POST,
            Verb::Put => Method::PUT,
            Verb::Delete => Method::DELETE,
        };
        let mut ask = Request::builder()
            .method(method)
            .uri(request.url.as_str())
            .header(header::USER_AGENT, USER_AGENT)
            .header(
                header::ACCEPT,
                "application/json, text/plain;q=0.9, */*;q=0.5",
            )
            .header(header::ACCEPT_ENCODING, "gzip, br");
        if let Some(Authorization(value)) = request.authorization {
            ask = ask.header(header::AUTHORIZATION, value);
        }
        let broken = |detail: String| NetError::Broken {
            host: host.to_owned(),
            detail: Clean::line(&detail),
        };
        let answer = match request.body {
            Some((media_type, text)) => {
                let ask = ask.header(header::CONTENT_TYPE, media_type).body(text);
                self.agent.run(ask.map_err(|e| broken(e.to_string()))?)
            }
            None => {
                let ask = ask.body(());
                self.agent.run(ask.map_err(|e| broken(e.to_string()))?)
            }
        };
        let answer = answer.map_err(|error| match cancel.is_cancelled() {
            true => NetError::Cancelled,
            false => NetError::of(error, host),
        })?;
        let text = |name| {
            let value = answer.headers().get(name);
            value.and_then(|value: &HeaderValue| value.to_str().ok().map(str::to_owned))
        };
        let (status, date) = (answer.status().as_u16(), text(header::DATE));
        let (location, packed) = (text(header::LOCATION), text(header::CONTENT_ENCODING));
        let mut body = answer.into_body();
        let counted = CountingReader {
            source: body.as_reader(),
            count: self.received.clone(),
        };
        let reader = unpacked(counted, packed.as_deref().unwrap_or_default());
        let mut reader = reader.map_err(|e| NetError::of_io(e, host.to_owned()))?;
        let mut bytes = Vec::new();
        let mut chunk = vec![0_u8; CHUNK];
        loop {
            if cancel.is_cancelled() {
                return Err(NetError::Cancelled);
            }
            if Instant::now() >= deadline {
                return Err(NetError::Timeout {
                    host: host.to_owned(),
                    phase: Phase::Body,
                });
            }
            match reader.read(&mut chunk) {
                Ok(0) => break,
                Ok(n) => bytes.extend_from_slice(&chunk[..n]),
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(e) => return Err(NetError::of_io(e, host.to_owned())),
            }
            if bytes.len() > LARGEST {
                return Err(NetError::TooLarge {
                    host: host.to_owned(),
                    limit: LARGEST as u64,
                });
            }
        }
        self.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(ApiAnswer {
            status,
            date: date.and_then(|date| http_date(&date)),
            location,
            body: bytes,
        })
    }
}
