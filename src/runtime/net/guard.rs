//! Decides where a redirect may lead: a public page must not make the program send requests into
//! the reader's private network.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs as _};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// How far out in the network an address is, from this machine to the internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NetworkZone {
    /// This machine: loopback and unspecified addresses.
    Loopback,
    /// The network around it: private, link-local, carrier-grade NAT, multicast and reserved
    /// addresses.
    Private,
    /// Everywhere else.
    Public,
}

impl NetworkZone {
    pub(super) const ALL: [Self; 3] = [Self::Loopback, Self::Private, Self::Public];

    pub(super) fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(v4) => Self::of_v4(v4),
            IpAddr::V6(v6) => Self::of_v6(v6),
        }
    }

    fn of_v4(v4: Ipv4Addr) -> Self {
        let [a, b, ..] = v4.octets();
        if v4.is_loopback() || a == 0 {
            Self::Loopback
        } else if v4.is_private()
            || v4.is_link_local()
            || v4.is_multicast()
            || a >= 240
            || (a == 100 && b & 0xc0 == 64)
        {
            Self::Private
        } else {
            Self::Public
        }
    }

    fn of_v6(v6: Ipv6Addr) -> Self {
        if let Some(v4) = v6.to_ipv4() {
            // IPv4-mapped and IPv4-compatible addresses, including `::1` and `::`.
            return if v6.is_loopback() {
                Self::Loopback
            } else {
                Self::of_v4(v4)
            };
        }
        let first = v6.segments()[0];
        // NAT64 has an IPv4 address in its last 32 bits.
        if first == 0x64 {
            let [.., hi, lo] = v6.segments();
            let ([a, b], [c, d]) = (hi.to_be_bytes(), lo.to_be_bytes());
            return Self::of_v4(Ipv4Addr::new(a, b, c, d));
        }
        let near = first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80 || v6.is_multicast();
        if near { Self::Private } else { Self::Public }
    }

    /// The innermost zone among the addresses of a host; `Public` where none can be seen, as behind
    /// a proxy.
    pub(super) fn of_host(url: &Url) -> Self {
        match url.host() {
            Some(Host::Ipv4(v4)) => Self::of_v4(v4),
            Some(Host::Ipv6(v6)) => Self::of_v6(v6),
            Some(Host::Domain(name)) => {
                let port = url.port_or_known_default().unwrap_or(80);
                let found = (name, port)
                    .to_socket_addrs()
                    .into_iter()
                    .flatten()
                    .map(|a| Self::of(a.ip()))
                    .min();
                found.unwrap_or(Self::Public)
            }
            None => Self::Public,
        }
    }
}

/// Resolves names and leaves out addresses further in than `innermost`. It checks the address that
/// is then connected to, so that a name can't resolve to another one after the check (DNS
/// rebinding).
#[derive(Debug)]
pub(super) struct ZoneResolver {
    pub(super) innermost: NetworkZone,
    pub(super) names: DefaultResolver,
}

impl Resolver for ZoneResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let all = self.names.resolve(uri, config, timeout)?;
        let mut allowed = self.empty();
        for address in all
            .iter()
            .filter(|a| NetworkZone::of(a.ip()) >= self.innermost)
        {
            allowed.push(*address);
        }
        if allowed.is_empty() {
            Err(ureq::Error::Other(Box::new(Inward)))
        } else {
            Ok(allowed)
        }
    }
}

/// The error of [`ZoneResolver`] for a host all of whose addresses are further in.
#[derive(Debug)]
pub(super) struct Inward;

impl fmt::Display for Inward {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("leads into a private network")
    }
}

impl std::error::Error for Inward {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_disguise_of_an_address_is_seen_through() {
        let zone = |a: &str| NetworkZone::of(a.parse().unwrap());
        for own in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
        ] {
            assert_eq!(zone(own), NetworkZone::Loopback, "{own}");
        }
        for near in [
            "10.0.0.1",
            "172.20.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "fe80::1",
            "fd00::1",
            "224.0.0.1",
        ] {
            assert_eq!(zone(near), NetworkZone::Private, "{near}");
        }
        for open in ["8.8.8.8", "172.32.0.1", "2001:db8::1", "::ffff:8.8.8.8"] {
            assert_eq!(zone(open), NetworkZone::Public, "{open}");
        }
        for disguised in [
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::ffff:7f00:1]/",
            "http://localhost/",
        ] {
            assert_eq!(
                NetworkZone::of_host(&Url::parse(disguised).unwrap()),
                NetworkZone::Loopback,
                "{disguised}"
            );
        }
    }
}
