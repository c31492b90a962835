//! Subscribing (구독): finds the feed that any address of a publisher leads to, and adds it to the
//! library.

use std::collections::HashSet;

use jiff::Timestamp;
use url::Url;

use super::source::Fetch;
use crate::app::protocol::network::FeedTrial;
use crate::app::{Cause, Failure};
use crate::extract::charset::decode;
use crate::extract::feed;
use crate::extract::feed::discovery::discover;
use crate::extract::feed::opml;
use crate::extract::section;
use crate::news::{Clean, Feed};
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::of_net;
use crate::runtime::net;
use crate::runtime::net::{ACCEPT_FEED, NetError, Request, Response};
use crate::runtime::store::Store;

/// Most addresses tried in search of a feed.
const TRIES: usize = 8;

/// Fetches an address; the second argument is the page that contained it.
type Get<'a> = dyn Fn(&str, Option<&str>) -> Result<Response, NetError> + 'a;

/// Subscribes to the feed at `address`, or to the feed of the site whose page is there.
///
/// # Errors
/// The address can't be fetched or leads to no feed, or the library can't be written.
pub fn subscribe(address: &Clean, fetch: &Fetch, cancel: &Cancel) -> Result<Feed, Failure> {
    if fetch.offline {
        return Err(Failure::new(Cause::Offline, address));
    }
    let known = known_publisher(address);
    let address = known.as_ref().unwrap_or(address);
    let url = net::address(address).map_err(|e| of_net(&e, address))?;
    let net = fetch.net(&fetch.feed_book());
    let get = |url: &str, from: Option<&str>| {
        let user_agent = fetch.profiles.user_agent_for(url);
        net.get(
            url,
            &Request {
                max_bytes: fetch.limit as u64,
                user_agent,
                from: from.as_slice(),
                ..Request::page(cancel)
            },
        )
    };
    let first = match get(url.as_str(), None) {
        // An address typed without a scheme is tried with https first; some hosts only have http. A
        // host with an invalid certificate is not such a host: someone may be intercepting the
        // connection.
        Err(NetError::NoTls { .. } | NetError::Connect { .. } | NetError::Broken { .. })
            if !address.contains("://") =>
        {
            get(&format!("http://{}", address.trim()), None)
        }
        answer => answer,
    };
    let first = first.map_err(|e| of_net(&e, address))?;
    let mut tried = HashSet::new();
    let mut found = as_feed(&first)
        .or_else(|| feed_beside(&first, &mut tried, &get))
        .or_else(|| as_section(&first, fetch))
        .or_else(|| feed_above(&first, &mut tried, &get))
        .ok_or_else(|| Failure::new(Cause::NotAFeed, address))?;
    // The response's address has no password any more.
    if let Ok(mut at) = Url::parse(&found.url)
        && at.username().is_empty()
    {
        net::carry_credentials(&url, &mut at);
        found.url = Clean::line(at.as_str());
    }
    let store = Store::open(&fetch.library)?;
    store.feed_add(&found)?;
    Ok(found)
}

/// The feed of a publisher of the built-in list that goes by this name, without regard to case and
/// blanks, or an English article before it: of the name as a whole, else the first that begins
/// with it.
fn known_publisher(name: &str) -> Option<Clean> {
    let folded = |name: &str| -> String {
        let name = name.trim().to_lowercase();
        let name = name.strip_prefix("the ").unwrap_or(&name);
        name.chars().filter(|c| !c.is_whitespace()).collect()
    };
    let wanted = folded(name);
    if wanted.chars().count() < 2 || wanted.contains(['.', '/', ':']) {
        return None;
    }
    let known = opml::outlets();
    let whole = known.iter().find(|feed| folded(&feed.title) == wanted);
    let begun = || {
        known
            .iter()
            .find(|feed| folded(&feed.title).starts_with(&wanted))
    };
    whole.or_else(begun).map(|feed| feed.url.clone())
}

/// The feed that a page links to.
fn feed_beside(page: &Response, tried: &mut HashSet<Clean>, get: &Get<'_>) -> Option<Feed> {
    let from = page.final_url.as_str();
    let candidates = discover(&decode(&page.body, page.headers.charset.as_deref()), from);
    let fresh: Vec<Clean> = candidates
        .into_iter()
        .filter(|c| tried.insert(c.clone()))
        .take(TRIES)
        .collect();
    fresh
        .iter()
        .find_map(|candidate| as_feed(&get(candidate, Some(from)).ok()?))
}

/// The feed of the pages above an article in the address, since article pages seldom link to a
/// feed.
fn feed_above(page: &Response, tried: &mut HashSet<Clean>, get: &Get<'_>) -> Option<Feed> {
    let mut above: Vec<Url> = ["./", "/"]
        .iter()
        .filter_map(|up| page.final_url.join(up).ok())
        .collect();
    above.dedup();
    above.retain(|url| *url != page.final_url);
    above.iter().find_map(|url| {
        let answer = get(url.as_str(), Some(page.final_url.as_str())).ok()?;
        as_feed(&answer).or_else(|| feed_beside(&answer, tried, get))
    })
}

/// Tests the feed at `address` before subscribing: the number of its articles, and the date of the
/// newest.
///
/// # Errors
/// As [`subscribe`]; a feed without articles counts as no feed.
pub fn attempt(address: &Clean, fetch: &Fetch, cancel: &Cancel) -> Result<FeedTrial, Failure> {
    if fetch.offline {
        return Err(Failure::new(Cause::Offline, address));
    }
    let net = fetch.net(&fetch.feed_book());
    let user_agent = fetch.profiles.user_agent_for(address);
    let request = Request {
        max_bytes: fetch.limit as u64,
        user_agent,
        accept: ACCEPT_FEED,
        ..Request::page(cancel)
    };
    let answer = net
        .get(address, &request)
        .map_err(|e| of_net(&e, address))?;
    let parsed = feed::feed(
        &answer.body,
        answer.headers.charset.as_deref(),
        answer.final_url.as_str(),
    );
    let entries = parsed.map(|p| p.entries).unwrap_or_default();
    if entries.is_empty() {
        return Err(Failure::new(Cause::NotAFeed, address));
    }
    // A date in the future is not when anything was published.
    let now = Timestamp::now();
    let newest = entries
        .iter()
        .filter_map(|e| e.published)
        .filter(|p| p.at <= now)
        .max_by_key(|p| p.at);
    Ok(FeedTrial {
        articles: entries.len(),
        newest,
    })
}

/// The response as a section page with a list of articles; `None` where it is none.
fn as_section(response: &Response, fetch: &Fetch) -> Option<Feed> {
    let url = response
        .permanent_redirect
        .as_ref()
        .unwrap_or(&response.final_url)
        .as_str();
    let parsed = section(
        &response.body,
        response.headers.charset.as_deref(),
        url,
        &fetch.profiles,
    )
    .ok()?;
    Some(parsed.feed)
}

/// The response as a feed; `None` where it is none.
fn as_feed(response: &Response) -> Option<Feed> {
    let url = response
        .permanent_redirect
        .as_ref()
        .unwrap_or(&response.final_url)
        .as_str();
    let parsed = feed::feed(&response.body, response.headers.charset.as_deref(), url).ok()?;
    let mut feed = parsed.feed;
    feed.url = Clean::line(url);
    if feed.title.is_blank() {
        feed.title = Clean::line(response.final_url.host_str().unwrap_or(url));
    }
    Some(feed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_publisher_goes_by_its_name() {
        let url = |name: &str| known_publisher(&Clean::line(name));
        assert_eq!(url("한겨레"), url(" 한 겨 레 "));
        for name in [
            "한겨레",
            "경향신문",
            "매일경제",
            "bbc news",
            "BBC",
            "npr",
            "guardian",
            "The Guardian",
            "블로터",
            "연합뉴스",
        ] {
            assert!(url(name).is_some_and(|u| u.starts_with("http")), "{name}");
        }
        let whole = opml::outlets().into_iter().find(|f| &*f.title == "한겨레");
        assert_eq!(
            url("한겨레"),
            whole.map(|f| f.url),
            "not one of its sections"
        );
        for other in [
            "example.com",
            "https://hani.co.kr",
            "localhost",
            "없는신문사",
            "",
            "한",
        ] {
            assert_eq!(url(other), None, "{other}");
        }
    }
}
