//! A parsed page: its tree with the flags of its elements, what its head says, and the profiles
//! that apply to it.

use super::node_flags::{CAPTION, HIDDEN, JUNK, LINKS, NodeFlags};
use super::other_articles;
use super::text_density::TextDensity;
use super::threads;
use crate::extract::body::blocks::media::Addresses;
use crate::extract::dates::home_zone::home_zone;
use crate::extract::html::{Dom, NodeId, ROOT, Selector, SelectorIndex};
use crate::extract::meta::{Described, PageHead, jsonld};
use crate::extract::publishers::{Profile, Profiles};
use crate::news::PageKind;
use crate::news::hangul::is_hangul_syllable;

/// A page during extraction. Later steps change its flags; the tree stays as it was parsed.
pub(crate) struct ParsedPage<'p, 'a> {
    pub(crate) dom: Dom<'a>,
    pub(crate) flags: NodeFlags,
    /// Includes menus and other page chrome, but no hidden elements.
    pub(crate) density: TextDensity,
    pub(crate) index: SelectorIndex,
    pub(crate) head: PageHead<'a>,
    /// What the page's JSON-LD says about the article, with gaps filled from script state.
    pub(crate) described: Described,
    /// Joins relative links to the page's base address.
    pub(crate) addresses: Addresses,
    /// The publisher's own profile first, then the publishing system's.
    pub(crate) profiles: Vec<&'p Profile>,
    /// The profiles of all publishers.
    pub(crate) known: &'p Profiles,
    pub(crate) korean: bool,
    /// The page's address: where it was found, or what it says.
    pub(crate) url: Option<String>,
    /// Whether the page is a thread of a forum or of a question site.
    pub(crate) is_thread: bool,
    /// The time zone of dates without one.
    pub(crate) home: jiff::tz::Offset,
}

impl<'p, 'a> ParsedPage<'p, 'a> {
    /// Prepares the page found at `url`, and looks for its publisher's profile.
    pub(super) fn open(html: &'a scraper::Html, url: Option<&str>, known: &'p Profiles) -> Self {
        let dom = Dom::of(html);
        let flags = NodeFlags::of(&dom);
        let head = PageHead::read(&dom);
        let mut described = jsonld::read(&dom);
        described.page = described.page.or_else(|| head.page_kind());
        let url = url
            .or(head.canonical.as_deref())
            .or_else(|| head.get(&["og:url"]));
        let own = url.and_then(|u| known.of_url(u));
        let index = SelectorIndex::new(&dom);
        let is_family = |p: &&Profile| {
            p.when
                .as_ref()
                .is_some_and(|w| !w.all(&dom, &index, ROOT).is_empty())
        };
        let profiles: Vec<&Profile> = own
            .into_iter()
            .chain(known.families().filter(is_family))
            .collect();
        let base = match (&head.base, url) {
            (Some(base), Some(url)) => Addresses::new(Some(url)).join(base).map(|u| u.to_string()),
            (Some(base), None) => Some(base.clone()),
            (None, url) => url.map(str::to_owned),
        };
        let addresses = Addresses::new(base.as_deref());
        let korean = is_korean(&dom, &head);
        let is_thread = described.page == Some(PageKind::Thread)
            || url.is_some_and(threads::has_address_of_thread)
            || head
                .get(&["generator"])
                .is_some_and(threads::is_made_by_forum);
        let said = url.map(str::to_owned);
        let host = url.and_then(|url| url::Url::parse(url).ok());
        let host = host.as_ref().and_then(url::Url::host_str);
        let home = home_zone(head.lang.as_deref(), host, || korean);
        Self {
            dom,
            flags,
            density: TextDensity::default(),
            index,
            head,
            described,
            addresses,
            profiles,
            known,
            korean,
            url: said,
            is_thread,
            home,
        }
    }

    /// All matches of the first selector that matches anything.
    pub(crate) fn find(&self, selectors: &[Selector]) -> Vec<NodeId> {
        selectors
            .iter()
            .map(|s| s.all(&self.dom, &self.index, ROOT))
            .find(|ids| !ids.is_empty())
            .unwrap_or_default()
    }

    /// The elements that the first profile with a match names for a field.
    pub(crate) fn by_profile(&self, field: impl Fn(&Profile) -> &[Selector]) -> Vec<NodeId> {
        self.profiles
            .iter()
            .map(|p| self.find(field(p)))
            .find(|ids| !ids.is_empty())
            .unwrap_or_default()
    }

    /// The text of the first of some elements that has any.
    pub(super) fn words_of(&self, ids: &[NodeId]) -> Option<String> {
        ids.iter()
            .map(|id| self.dom.text(*id))
            .find(|text| !text.trim().is_empty())
    }

    /// Sets the flags of elements that the profiles drop or name as captions.
    pub(super) fn drop_by_profile(&mut self) {
        let dropped: Vec<NodeId> = self
            .profiles
            .iter()
            .flat_map(|p| &p.drop)
            .flat_map(|s| s.all(&self.dom, &self.index, ROOT))
            .collect();
        for id in dropped {
            self.flags.set(id, HIDDEN);
        }
        for id in self
            .profiles
            .iter()
            .flat_map(|p| &p.captions)
            .flat_map(|s| s.all(&self.dom, &self.index, ROOT))
        {
            self.flags.set(id, CAPTION);
            self.flags.unset(id, JUNK);
        }
    }

    /// Hides whole articles below the page's own.
    pub(super) fn hide_other_articles(&mut self) {
        let said = ["og:title", "twitter:title", "headline"].map(|name| self.head.get(&[name]));
        let title = self.head.title.as_deref();
        let headline = self.described.headline.as_deref();
        let titles = said.into_iter().chain([title, headline]).flatten();
        let titles: Vec<&str> = titles.collect();
        other_articles::hide(&self.dom, &mut self.flags, &titles);
    }

    /// The outermost elements that hold links to other articles, in page order.
    pub(crate) fn link_lists(&self) -> Vec<NodeId> {
        let mut end = 0;
        (1..self.dom.len())
            .filter(|id| {
                let new = *id >= end && self.flags.has(*id, LINKS);
                if new {
                    end = self.dom.end(*id);
                }
                new
            })
            .collect()
    }
}

/// Whether the page is Korean by the language it declares, checked against its title's letters.
fn is_korean(dom: &Dom<'_>, head: &PageHead<'_>) -> bool {
    let said = head
        .lang
        .as_deref()
        .is_some_and(|l| l.to_ascii_lowercase().starts_with("ko"));
    let hangul = |s: &str| s.chars().filter(|c| is_hangul_syllable(*c)).count();
    let title = head.get(&["og:title"]).map_or(0, hangul) + head.title.as_deref().map_or(0, hangul);
    said || title > 3 || (title == 0 && head.title.is_none() && hangul(&dom.text(ROOT)) > 100)
}
