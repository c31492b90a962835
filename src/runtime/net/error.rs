//! The errors of a request, each with the host that it concerns.

use std::io;
use std::time::Duration;

use super::connector::ProxyFailure;
use super::guard::Inward;
use crate::news::Clean;

/// What a request was waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The address of the host (DNS).
    Lookup,
    /// The connection to the host.
    Connect,
    /// The first byte of the response.
    Answer,
    /// The rest of the response.
    Body,
}

/// Why a request gave no response. Host names are in punycode; text that came from a server has
/// been cleaned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// The request was cancelled.
    #[error("the request was cancelled")]
    Cancelled,
    /// No valid address, or one with a scheme other than http and https.
    #[error("not a web address: {0}")]
    Address(Clean),
    /// The host name can't be resolved, or there is no network.
    #[error("can't resolve the host name {host}")]
    UnknownHost {
        /// The host.
        host: String,
    },
    /// The host accepts no connection.
    #[error("can't connect to {host}: {detail}")]
    Connect {
        /// The host.
        host: String,
        /// The error of the operating system.
        detail: Clean,
    },
    /// TLS failed, for instance because of an invalid certificate.
    #[error("TLS with {host} failed: {detail}")]
    Tls {
        /// The host.
        host: String,
        /// The error of the TLS library.
        detail: Clean,
    },
    /// The host answers, but not in TLS.
    #[error("{host} does not support TLS")]
    NoTls {
        /// The host.
        host: String,
    },
    /// The request timed out.
    #[error("{host} timed out ({phase:?})")]
    Timeout {
        /// The host.
        host: String,
        /// What was being waited for.
        phase: Phase,
    },
    /// The proxy can't be reached, or doesn't connect to the host.
    #[error("the proxy {proxy} does not connect to {host}: {detail}")]
    Proxy {
        /// The host that was to be reached.
        host: String,
        /// The proxy's host and port.
        proxy: String,
        /// The proxy's own words, or those of the operating system.
        detail: Clean,
    },
    /// The command of the settings gave no password for the host.
    #[error("{program} gave no password for {host}")]
    Password {
        /// The host.
        host: String,
        /// The program that the settings name.
        program: Clean,
    },
    /// The command or the file of the settings gave no subscriber's login for the host.
    #[error("no login for {host}")]
    Login {
        /// The host that the settings name.
        host: String,
    },
    /// A redirect or an address on a public page leads into a private network.
    #[error("a redirect leads to a private network: {host}")]
    Inward {
        /// The private host.
        host: String,
    },
    /// The request was redirected too often.
    #[error("too many redirects, the last to {host}")]
    Redirects {
        /// The last host.
        host: String,
    },
    /// The server answered with an error.
    #[error("{host} responded with status {status}")]
    Status {
        /// The host.
        host: String,
        /// 4xx or 5xx, or a redirect without a location.
        status: u16,
        /// How long the server asks not to be asked again, if it says so.
        retry_after: Option<Duration>,
    },
    /// The body is larger than was asked for.
    #[error("{host} sent more than {limit} bytes")]
    TooLarge {
        /// The host.
        host: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// The connection broke, or what was received is no HTTP.
    #[error("the response of {host} is incomplete or invalid: {detail}")]
    Broken {
        /// The host.
        host: String,
        /// The error of the HTTP library or the operating system.
        detail: Clean,
    },
}

impl NetError {
    /// The host that the error concerns, which may be the proxy; `None` for an invalid address or a
    /// cancelled request.
    pub fn host(&self) -> Option<&str> {
        match self {
            Self::Cancelled | Self::Address(_) => None,
            Self::Proxy { proxy, .. } => Some(proxy),
            Self::UnknownHost { host }
            | Self::Connect { host, .. }
            | Self::Tls { host, .. }
            | Self::NoTls { host }
            | Self::Timeout { host, .. }
            | Self::Password { host, .. }
            | Self::Login { host }
            | Self::Inward { host }
            | Self::Redirects { host }
            | Self::Status { host, .. }
            | Self::TooLarge { host, .. }
            | Self::Broken { host, .. } => Some(host),
        }
    }

    /// How long the server asked not to be asked again.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Converts an error of ureq while waiting for a response from `host`.
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
            ureq::Error::Other(inner) => match inner.downcast::<ProxyFailure>() {
                Ok(failure) => Self::Proxy {
                    host,
                    proxy: failure.proxy,
                    detail: Clean::line(&failure.reason),
                },
                Err(_) => Self::Broken { host, detail },
            },
            ureq::Error::ConnectionFailed => Self::Connect { host, detail },
            ureq::Error::Tls(_)
            | ureq::Error::Rustls(_)
            | ureq::Error::Pem(_)
            | ureq::Error::TlsRequired => Self::Tls { host, detail },
            ureq::Error::Io(e) if speaks_no_tls(&e) => Self::NoTls { host },
            ureq::Error::Io(e) if is_about_certificate(&e) => Self::Tls { host, detail },
            ureq::Error::Io(e) => Self::of_io(e, host),
            _ => Self::Broken { host, detail },
        }
    }

    /// What came from `address` can't be stored, or is not what was asked for.
    pub fn of_file(error: io::Error, address: &str) -> Self {
        Self::Broken {
            host: address.to_owned(),
            detail: brief(&error),
        }
    }

    /// Converts an error while reading from `host`.
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
        if is_about_certificate(&error) {
            return Self::Tls { host, detail };
        }
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

/// Whether the first bytes of a connection were no TLS at all. rustls reports that through the
/// error of a read.
fn speaks_no_tls(error: &io::Error) -> bool {
    let text = error.to_string();
    text.contains("corrupt message") || text.contains("InvalidContentType")
}

/// Whether a connection ended because the server's certificate is not trusted: rustls reports that
/// through the error of a read, too.
fn is_about_certificate(error: &io::Error) -> bool {
    let text = error.to_string();
    text.contains("invalid peer certificate") || text.contains("UnknownIssuer")
}

fn phase(waited: ureq::Timeout) -> Phase {
    match waited {
        ureq::Timeout::Resolve => Phase::Lookup,
        ureq::Timeout::Connect => Phase::Connect,
        ureq::Timeout::RecvBody => Phase::Body,
        _ => Phase::Answer,
    }
}

/// An error's message, cleaned and shortened: a server may have chosen part of it.
fn brief(error: &dyn std::error::Error) -> Clean {
    Clean::line(&error.to_string().chars().take(160).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_that_is_not_trusted_is_no_broken_line() {
        let words = "invalid peer certificate: UnknownIssuer";
        let error = || io::Error::new(io::ErrorKind::InvalidData, words);
        let host = "self.example";
        for told in [
            NetError::of(ureq::Error::Io(error()), host),
            NetError::of_io(error(), host.to_owned()),
        ] {
            assert!(matches!(told, NetError::Tls { .. }), "{told:?}");
        }
        let broken = io::Error::new(io::ErrorKind::InvalidData, "unexpected end");
        let told = NetError::of(ureq::Error::Io(broken), host);
        assert!(matches!(told, NetError::Broken { .. }), "{told:?}");
    }
}
