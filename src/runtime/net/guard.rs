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
        let [a, b, c, _] = v4.octets();
        if v4.is_loopback() || a == 0 {
            Self::Loopback
        } else if v4.is_private()
            || v4.is_link_local()
            || v4.is_multicast()
            || a >= 240
            || (a == 100 && b & 0xc0 == 64)
            // Protocol assignments, such as the router's side of a DS-Lite tunnel.
            || (a == 192 && b == 0 && c == 0)
            // For measuring devices (RFC 2544), so in use in some laboratory's network only.
            || (a == 198 && b & 0xfe == 18)
        {
            Self::Private
        } else {
            Self::Public
        }
    }

    fn of_v6(v6: Ipv6Addr) -> Self {
        if v6.is_loopback() || v6.is_unspecified() {
            return Self::Loopback;
        }
        let v4 = |hi: u16, lo: u16| {
            let ([a, b], [c, d]) = (hi.to_be_bytes(), lo.to_be_bytes());
            Self::of_v4(Ipv4Addr::new(a, b, c, d))
        };
        match v6.segments() {
            // IPv4-mapped, and NAT64 with its well-known prefix: the way to every IPv4 host in a
            // network that only has IPv6, so these are as far out as the address inside.
            [0, 0, 0, 0, 0, 0xffff, hi, lo] | [0x64, 0xff9b, 0, 0, 0, 0, hi, lo] => v4(hi, lo),
            // IPv4-compatible and -translated addresses, the rest of NAT64, ISATAP: no public
            // server has one, so they count as inside also where the address in them is public.
            [0, 0, 0, 0, 0, 0, hi, lo]
            | [0, 0, 0, 0, 0xffff, 0, hi, lo]
            | [0x64, 0xff9b, _, _, _, _, hi, lo]
            | [_, _, _, _, 0 | 0x200, 0x5efe, hi, lo] => v4(hi, lo).min(Self::Private),
            // 6to4 has the address behind its prefix.
            [0x2002, hi, lo, ..] => v4(hi, lo).min(Self::Private),
            // Teredo has that of its server there, and the client's inverted at the end.
            [0x2001, 0, hi, lo, _, _, last_hi, last_lo] => {
                v4(hi, lo).min(v4(!last_hi, !last_lo)).min(Self::Private)
            }
            [first, ..] => {
                let near = first & 0xfe00 == 0xfc00
                    // Link-local, and the site-local addresses that went before `fc00::/7`.
                    || first & 0xff80 == 0xfe80
                    // Nothing below `2000::/3` is public, discard and reserved ranges included.
                    || first < 0x2000
                    || v6.is_multicast();
                if near { Self::Private } else { Self::Public }
            }
        }
    }

    /// The zone of a host that is written as a number, or whose name always means this machine;
    /// `None` for other names, which have to be looked up.
    pub(super) fn of_literal(url: &Url) -> Option<Self> {
        match url.host()? {
            Host::Ipv4(v4) => Some(Self::of_v4(v4)),
            Host::Ipv6(v6) => Some(Self::of_v6(v6)),
            Host::Domain(name) => {
                let name = name.trim_end_matches('.');
                (name == "localhost" || name.ends_with(".localhost")).then_some(Self::Loopback)
            }
        }
    }

    /// The zone of a host whose pages name other addresses: the outermost of its addresses, so
    /// that a public name can't gain access by one more address that is private. `Public` where
    /// none can be seen, as behind a proxy.
    pub(super) fn of_host(url: &Url) -> Self {
        Self::looked_up(url)
            .into_iter()
            .max()
            .unwrap_or(Self::Public)
    }

    /// The innermost zone among the addresses of a host; `Public` where none can be seen.
    pub(super) fn innermost_of_host(url: &Url) -> Self {
        Self::looked_up(url)
            .into_iter()
            .min()
            .unwrap_or(Self::Public)
    }

    fn looked_up(url: &Url) -> Vec<Self> {
        if let Some(zone) = Self::of_literal(url) {
            return vec![zone];
        }
        let port = url.port_or_known_default().unwrap_or(80);
        let name = url.domain().unwrap_or_default();
        let found = (name, port).to_socket_addrs().into_iter().flatten();
        found.map(|a| Self::of(a.ip())).collect()
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
        // The proxy itself was named by the reader, and may be inside.
        if config.proxy().is_some_and(|proxy| proxy.uri() == uri) {
            return Ok(all);
        }
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
            "::127.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::127.0.0.1",
            "2002:7f00:1::",
            "2001:0:7f00:1::1",
            "2001:0:808:808:0:0:80ff:fffe",
            "2001:db8::5efe:127.0.0.1",
        ] {
            assert_eq!(zone(own), NetworkZone::Loopback, "{own}");
        }
        for near in [
            "10.0.0.1",
            "172.20.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "198.19.255.254",
            "fe80::1",
            "fec0::1",
            "fd00::1",
            "100::1",
            "224.0.0.1",
            "::ffff:10.0.0.1",
            "::10.0.0.1",
            "::8.8.8.8",
            "64:ff9b::192.168.0.1",
            "64:ff9b:1:1::8.8.8.8",
            "2002:a00:1::1",
            "2002:808:808::1",
            "2001:0:808:808:0:0:f7f7:f7f7",
            "fe80::200:5efe:192.168.0.1",
        ] {
            assert_eq!(zone(near), NetworkZone::Private, "{near}");
        }
        for open in [
            "8.8.8.8",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "2001:db8::1",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ] {
            assert_eq!(zone(open), NetworkZone::Public, "{open}");
        }
        for disguised in [
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://127.1/",
            "http://①②⑦.0.0.1/",
            "http://[::ffff:7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://localhost/",
            "http://LOCALHOST./",
            "http://a.localhost/",
        ] {
            assert_eq!(
                NetworkZone::of_literal(&Url::parse(disguised).unwrap()),
                Some(NetworkZone::Loopback),
                "{disguised}"
            );
        }
    }
}
