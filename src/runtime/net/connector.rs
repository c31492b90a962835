//! Opens connections, directly or through a proxy. Errors of a proxy are told apart from those of
//! the server behind it, and so are new connections from reused ones.

use std::cell::Cell;
use std::fmt;

use ureq::unversioned::transport::{
    ConnectProxyConnector, ConnectionDetails, Connector, RustlsConnector, SocksConnector,
    TcpConnector, Transport,
};

use super::forward::ForwardConnector;

thread_local! {
    /// Whether a connection was opened on this thread since [`watch`].
    static OPENED: Cell<bool> = const { Cell::new(false) };
}

/// Begins to watch whether this thread opens a connection.
pub(super) fn watch() {
    OPENED.set(false);
}

/// Whether this thread opened a connection since [`watch`]; if not, a request went over one that
/// was kept from before, which the server may have closed meanwhile.
pub(super) fn has_opened() -> bool {
    OPENED.get()
}

/// As ureq's default connector, watched, and with [`ForwardConnector`].
pub(super) fn connector() -> impl Connector {
    Watch
        .chain(ProxyStep(SocksConnector::default()))
        .chain(ProxyStep(ForwardConnector))
        .chain(ProxyStep(ConnectProxyConnector::default()))
        .chain(TcpConnector::default())
        .chain(RustlsConnector::default())
}

/// Notes that a connection is opened.
#[derive(Debug)]
struct Watch;

impl Connector for Watch {
    type Out = ();

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<()>, ureq::Error> {
        OPENED.set(true);
        Ok(chained)
    }
}

/// A connector to a proxy, whose errors become [`ProxyFailure`].
#[derive(Debug)]
struct ProxyStep<C>(C);

impl<In: Transport, C: Connector<In>> Connector<In> for ProxyStep<C> {
    type Out = C::Out;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        self.0.connect(details, chained).map_err(|error| {
            let proxy = details.config.proxy();
            let place = proxy.map(|proxy| format!("{}:{}", proxy.host(), proxy.port()));
            ureq::Error::Other(Box::new(ProxyFailure {
                proxy: place.unwrap_or_default(),
                reason: error.to_string(),
            }))
        })
    }
}

/// The error where a proxy can't be reached, or doesn't connect to the server.
#[derive(Debug)]
pub(super) struct ProxyFailure {
    /// Its host and port.
    pub(super) proxy: String,
    /// Its own words, or those of the operating system.
    pub(super) reason: String,
}

impl fmt::Display for ProxyFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "proxy {}: {}", self.proxy, self.reason)
    }
}

impl std::error::Error for ProxyFailure {}
