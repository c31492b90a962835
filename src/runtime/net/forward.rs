//! Pages without TLS through an HTTP proxy. Such a proxy is asked for the whole address
//! (`GET http://HOST/…`); ureq asks it for a tunnel instead, which many allow for TLS only.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, NextTimeout, TcpConnector, Transport,
};
use ureq::{Proxy, ProxyProtocol};

/// Connects to an HTTP proxy for addresses without TLS.
#[derive(Debug)]
pub(super) struct ForwardConnector;

impl<In: Transport> Connector<In> for ForwardConnector {
    type Out = Either<In, ForwardTransport>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        if let Some(transport) = chained {
            return Ok(Some(Either::A(transport)));
        }
        let is_forwarded = |proxy: &&Proxy| {
            proxy.protocol() == ProxyProtocol::Http
                && details.uri.scheme_str() == Some("http")
                && !proxy.is_no_proxy(details.uri)
        };
        let Some(proxy) = details.config.proxy().filter(is_forwarded) else {
            return Ok(None);
        };
        let to_proxy = ConnectionDetails {
            uri: proxy.uri(),
            addrs: details
                .resolver
                .resolve(proxy.uri(), details.config, details.timeout)?,
            config: details.config,
            request_level: details.request_level,
            resolver: details.resolver,
            now: details.now,
            timeout: details.timeout,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        let inner = TcpConnector::default().connect(&to_proxy, None::<()>)?;
        let host = details.uri.authority().map_or("", |a| a.as_str());
        let authorization = proxy.username().map(|name| {
            let pair = format!("{name}:{}", proxy.password().unwrap_or_default());
            format!("Proxy-Authorization: Basic {}\r\n", STANDARD.encode(pair))
        });
        Ok(inner.map(|inner| {
            Either::B(ForwardTransport {
                inner: Box::new(inner),
                origin: format!("http://{host}"),
                authorization: authorization.unwrap_or_default(),
                is_at_start: true,
            })
        }))
    }
}

/// A connection to a proxy, over which requests for one host go. All requests have the method GET
/// and no body.
pub(super) struct ForwardTransport {
    inner: Box<dyn Transport>,
    /// Scheme and host of the addresses that are asked for.
    origin: String,
    /// The header with the proxy's user name and password; empty for none.
    authorization: String,
    /// Whether the next bytes are the beginning of a request.
    is_at_start: bool,
}

impl fmt::Debug for ForwardTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ForwardTransport({})", self.origin)
    }
}

impl ForwardTransport {
    /// The beginning of a request with the whole address, and the header for the proxy.
    fn addressed(&self, head: &[u8]) -> Vec<u8> {
        let find = |what: &[u8]| head.windows(what.len()).position(|w| w == what);
        let target = find(b" ").map_or(0, |at| at + 1);
        let headers = find(b"\r\n").map_or(head.len(), |at| at + 2);
        let mut out = head[..target].to_vec();
        out.extend_from_slice(self.origin.as_bytes());
        out.extend_from_slice(&head[target..headers]);
        if headers < head.len() {
            out.extend_from_slice(self.authorization.as_bytes());
        }
        out.extend_from_slice(&head[headers..]);
        out
    }
}

impl Transport for ForwardTransport {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        if !std::mem::take(&mut self.is_at_start) {
            return self.inner.transmit_output(amount, timeout);
        }
        let head = self.inner.buffers().output()[..amount].to_vec();
        let mut rest = &*self.addressed(&head);
        while !rest.is_empty() {
            let room = self.inner.buffers().output();
            let length = rest.len().min(room.len());
            room[..length].copy_from_slice(&rest[..length]);
            self.inner.transmit_output(length, timeout)?;
            rest = &rest[length..];
        }
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.is_at_start = true;
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }
}
