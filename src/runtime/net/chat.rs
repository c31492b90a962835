//! A request to a chat completion endpoint, with its response as a stream.
//!
//! The connection has a thread of its own: a read that waits for a silent server cannot be
//! cancelled, so the thread is abandoned and its connection broken. Redirects are not followed, so
//! that text and key reach only the server that was named.

use std::io::Read as _;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::http::{HeaderValue, header};
use ureq::unversioned::resolver::DefaultResolver;
use url::{Host, Url};

use super::super::cancel::Cancel;
use super::{Access, NetError, Phase, USER_AGENT, connector};
use crate::news::Clean;

/// How often the cancel flag is checked while the server is silent; short enough to react to a key
/// at once.
const LOOK: Duration = Duration::from_millis(30);
/// Largest read in bytes.
const CHUNK: usize = 4096;

/// Timeouts of a request.
#[derive(Clone, Copy, Debug)]
pub struct ChatTimeouts {
    /// For the connection.
    pub connect: Duration,
    /// From the request to the first byte of the response's body.
    pub first: Duration,
    /// For everything.
    pub whole: Duration,
}

/// A request to a chat endpoint.
#[derive(Debug)]
pub struct ChatRequest<'a> {
    /// The endpoint's address.
    pub url: &'a Url,
    /// The value of `Authorization`, marked as sensitive so that no log shows it.
    pub authorization: Option<HeaderValue>,
    /// The body, as JSON.
    pub body: String,
    /// How long to wait for each step.
    pub timeouts: ChatTimeouts,
    /// The proxy of the settings.
    pub access: &'a Access,
    /// Cancels the request.
    pub cancel: &'a Cancel,
}

/// What the connection's thread sends.
enum ChatEvent {
    Status(u16),
    Bytes(Vec<u8>),
    End(Result<(), NetError>),
}

/// The `Authorization` header for `key`; `None` where it has characters that no header may have.
pub fn bearer(key: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(&format!("Bearer {key}")).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Whether `url` leads to this machine. A name that merely resolves to it doesn't count, since it
/// may resolve to another address the next time.
pub fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(v4)) => v4.is_loopback(),
        Some(Host::Ipv6(v6)) => {
            v6.is_loopback() || v6.to_ipv4_mapped().is_some_and(|v4| v4.is_loopback())
        }
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Sends the request and passes the status and the bytes of the response to `take` as they arrive,
/// until that returns `false`. Returns the status.
///
/// A [`NetError`] where there is no response. An error status is returned like any other.
pub fn ask(
    request: ChatRequest<'_>,
    mut take: impl FnMut(u16, &[u8]) -> bool,
) -> Result<u16, NetError> {
    let ChatRequest {
        url,
        authorization,
        body,
        timeouts,
        access,
        cancel,
    } = request;
    let host = url.host_str().unwrap_or_default().to_owned();
    let begun = Instant::now();
    let agent = agent(url, timeouts, access);
    let (events, answer) = sync_channel(8);
    let (connection, address) = (agent.clone(), url.to_string());
    let name = host.clone();
    let spawned = thread::Builder::new().name("chat".into()).spawn(move || {
        let end = speak(&connection, &address, authorization, &body, &events)
            .map_err(|e| e.into_net(name));
        // After a cancellation there is no receiver any more.
        let _ = events.send(ChatEvent::End(end));
    });
    spawned.map_err(|e| NetError::Broken {
        host: host.clone(),
        detail: Clean::line(&e.to_string()),
    })?;
    let (mut status, mut phase) = (0, Phase::Answer);
    let end = loop {
        if cancel.is_cancelled() {
            break Err(NetError::Cancelled);
        }
        let limit = if phase == Phase::Answer {
            timeouts.first.min(timeouts.whole)
        } else {
            timeouts.whole
        };
        let left = limit.saturating_sub(begun.elapsed());
        if left.is_zero() {
            break Err(NetError::Timeout { host, phase });
        }
        match answer.recv_timeout(left.min(LOOK)) {
            Ok(ChatEvent::Status(code)) => status = code,
            Ok(ChatEvent::Bytes(bytes)) => {
                phase = Phase::Body;
                if !take(status, &bytes) {
                    break Ok(status);
                }
            }
            Ok(ChatEvent::End(end)) => break end.map(|()| status),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                break Err(NetError::Broken {
                    host,
                    detail: Clean::default(),
                });
            }
        }
    };
    // Most servers go on computing until the connection breaks.
    agent.shutdown();
    end
}

fn agent(url: &Url, timeouts: ChatTimeouts, access: &Access) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_resolve(Some(timeouts.connect))
        .timeout_connect(Some(timeouts.connect))
        .timeout_recv_response(Some(timeouts.first))
        .timeout_global(Some(timeouts.whole))
        .max_idle_connections(0)
        .max_response_header_size(64 * 1024)
        .input_buffer_size(CHUNK)
        // A request to this machine does not leave it through a proxy.
        .proxy(access.proxy_for(url).filter(|_| !is_local(url)).cloned());
    Agent::with_parts(
        config.build(),
        connector::connector(),
        DefaultResolver::default(),
    )
}

/// What ended the exchange.
enum TransportError {
    Ask(ureq::Error),
    Read(std::io::Error),
}

impl TransportError {
    fn into_net(self, host: String) -> NetError {
        match self {
            Self::Ask(error) => NetError::of(error, &host),
            Self::Read(error) => NetError::of_io(error, host),
        }
    }
}

fn speak(
    agent: &Agent,
    address: &str,
    authorization: Option<HeaderValue>,
    body: &str,
    events: &SyncSender<ChatEvent>,
) -> Result<(), TransportError> {
    let mut ask = agent
        .post(address)
        .header(header::USER_AGENT, USER_AGENT)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "text/event-stream, application/json");
    if let Some(value) = authorization {
        ask = ask.header(header::AUTHORIZATION, value);
    }
    let answer = ask.send(body).map_err(TransportError::Ask)?;
    if events
        .send(ChatEvent::Status(answer.status().as_u16()))
        .is_err()
    {
        return Ok(());
    }
    let mut reader = answer.into_body().into_reader();
    let mut chunk = vec![0_u8; CHUNK];
    loop {
        match reader.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(n) => {
                if events.send(ChatEvent::Bytes(chunk[..n].to_vec())).is_err() {
                    return Ok(());
                }
            }
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(TransportError::Read(e)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_this_machine() {
        let here = |u: &str| is_local(&Url::parse(u).unwrap());
        for own in [
            "http://localhost:1/v1",
            "http://127.0.0.1/v1",
            "http://[::1]:8/",
            "http://127.9.9.9/",
        ] {
            assert!(here(own), "{own}");
        }
        for away in [
            "http://192.168.0.2/",
            "https://api.example/v1",
            "http://localhost.example/",
            "http://0.0.0.0/",
        ] {
            assert!(!here(away), "{away}");
        }
    }
}
