//! What can go wrong on the way to a server, each with the host it concerns.

use std::io;
use std::time::Duration;

use super::guard::Inward;
use crate::news::Clean;

/// What was being waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The host's address.
    Lookup,
    /// The host.
    Connect,
    /// The first byte of an answer.
    Answer,
    /// More of the answer.
    Body,
}

/// Why there is no answer to read. Host names are as in an address (punycode); no text of a
/// server's gets in uncleaned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// The reader called it off.
    #[error("called off")]
    Cancelled,
    /// No address, or of a kind that we do not fetch.
    #[error("not an address to fetch: {0}")]
    Address(Clean),
    /// The name is unknown, or there is no network.
    #[error("cannot find {host}")]
    UnknownHost {
        /// Whose.
        host: String,
    },
    /// Nobody answers there.
    #[error("cannot connect to {host}: {detail}")]
    Connect {
        /// To whom.
        host: String,
        /// The system's word.
        detail: Clean,
    },
    /// No secure connection.
    #[error("no secure connection to {host}: {detail}")]
    Tls {
        /// To whom.
        host: String,
        /// What TLS says.
        detail: Clean,
    },
    /// It answers, but knows nothing of TLS.
    #[error("{host} has no secure connection")]
    NoTls {
        /// Who.
        host: String,
    },
    /// It took too long.
    #[error("{host} took too long ({phase:?})")]
    Timeout {
        /// Whose answer.
        host: String,
        /// Waiting for what.
        phase: Phase,
    },
    /// A page of the open network pointed into the reader's own.
    #[error("a redirect leads into a private network: {host}")]
    Inward {
        /// Where it leads.
        host: String,
    },
    /// Round in circles.
    #[error("{host} sent us on too often")]
    Redirects {
        /// Who was last.
        host: String,
    },
    /// The server says no.
    #[error("{host} answered {status}")]
    Status {
        /// Who.
        host: String,
        /// 4xx or 5xx, or a redirect without a place.
        status: u16,
        /// How long to stay away.
        retry_after: Option<Duration>,
    },
    /// More than was asked for.
    #[error("{host} sent more than {limit} bytes")]
    TooLarge {
        /// Who.
        host: String,
        /// Bytes allowed.
        limit: u64,
    },
    /// The connection broke, or what came is no HTTP.
    #[error("{host} broke off: {detail}")]
    Broken {
        /// Who.
        host: String,
        /// How.
        detail: Clean,
    },
}

impl NetError {
    /// The host it concerns.
    pub fn host(&self) -> Option<&str> {
        match self {
            Self::Cancelled | Self::Address(_) => None,
            Self::UnknownHost { host }
            | Self::Connect { host, .. }
            | Self::Tls { host, .. }
            | Self::NoTls { host }
            | Self::Timeout { host, .. }
            | Self::Inward { host }
            | Self::Redirects { host }
            | Self::Status { host, .. }
            | Self::TooLarge { host, .. }
            | Self::Broken { host, .. } => Some(host),
        }
    }

    /// How long the server asked us to stay away.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// The cause of an error of ureq's at `host`, while waiting for an answer.
    pub(super) fn of(error: ureq::Error, host: &str) -> Self {
        let host = host.to_owned();
        let detail = brief(&error);
        match error {
            ureq::Error::Timeout(waited) => Self::Timeout {
                host,
                phase: phase(waited),
            },
            ureq::Error::HostNotFound => Self::UnknownHost { host },
            ureq::Error::Other(inner) if inner.is::<Inward>() => Self::Inward { host },
            ureq::Error::ConnectionFailed | ureq::Error::ConnectProxyFailed(_) => {
                Self::Connect { host, detail }
            }
            ureq::Error::Tls(_)
            | ureq::Error::Rustls(_)
            | ureq::Error::Pem(_)
            | ureq::Error::TlsRequired => Self::Tls { host, detail },
            ureq::Error::Io(e) if speaks_no_tls(&e) => Self::NoTls { host },
            ureq::Error::Io(e) => Self::of_io(e, host),
            _ => Self::Broken { host, detail },
        }
    }

    /// The cause of an error while reading from `host`.
    pub(super) fn of_io(error: io::Error, host: String) -> Self {
        if error.get_ref().is_some_and(|e| e.is::<ureq::Error>()) {
            return match error.into_inner().map(|e| e.downcast::<ureq::Error>()) {
                Some(Ok(inner)) => Self::of(*inner, &host),
                _ => Self::Broken {
                    host,
                    detail: Clean::default(),
                },
            };
        }
        let detail = brief(&error);
        match error.kind() {
            io::ErrorKind::ConnectionRefused
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::NetworkDown
            | io::ErrorKind::AddrNotAvailable
            | io::ErrorKind::PermissionDenied => Self::Connect { host, detail },
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Self::Timeout {
                host,
                phase: Phase::Body,
            },
            // The resolver's errors have no kind of their own.
            _ if detail.contains("failed to lookup address") => Self::UnknownHost { host },
            _ => Self::Broken { host, detail },
        }
    }
}

/// Whether the first bytes of a connection were no TLS at all, as rustls tells it through the error
/// of a read.
fn speaks_no_tls(error: &io::Error) -> bool {
    let text = error.to_string();
    text.contains("corrupt message") || text.contains("InvalidContentType")
}

fn phase(waited: ureq::Timeout) -> Phase {
    match waited {
        ureq::Timeout::Resolve => Phase::Lookup,
        ureq::Timeout::Connect => Phase::Connect,
        ureq::Timeout::RecvBody => Phase::Body,
        _ => Phase::Answer,
    }
}

/// An error's words, made harmless and short: a server may have chosen some of them.
fn brief(error: &dyn std::error::Error) -> Clean {
    Clean::line(&error.to_string().chars().take(160).collect::<String>())
}
