//! CSS selectors as publisher profiles use them: all that scraper knows, matched by Servo's engine
//! on scraper's elements. [`SelectorIndex`] spares it the elements that cannot match.

use scraper::ElementRef;
use scraper::selector::{Parser, Simple};
use selectors::context::{
    MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode, SelectorCaches,
};
use selectors::matching::{MatchingContext, matches_selector};
use selectors::parser::{Component, ParseRelative, SelectorList};

use super::dom::{Dom, NodeId};

/// A parsed selector list.
#[derive(Clone, Debug)]
pub(crate) struct Selector {
    list: SelectorList<Simple>,
    /// What an element must have to match each of the list, where an index holds it.
    keys: Vec<Option<u64>>,
}

impl Selector {
    /// Reads a selector list.
    ///
    /// # Errors
    /// `text` is no selector list, or has a pseudo-class that only a browser can know.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parser = cssparser::Parser::new(text);
        let list = SelectorList::parse(&Parser, &mut parser, ParseRelative::No)
            .map_err(|_| text.to_owned())?;
        let key = |s: &selectors::parser::Selector<Simple>| {
            s.iter().find_map(|component| match component {
                Component::ID(name) => Some(hash(b'#', &name.0)),
                Component::Class(name) => Some(hash(b'.', &name.0)),
                _ => None,
            })
        };
        let keys = list.slice().iter().map(key).collect();
        Ok(Self { list, keys })
    }

    /// All matches inside `scope`, in document order.
    pub(crate) fn all(&self, dom: &Dom<'_>, index: &SelectorIndex, scope: NodeId) -> Vec<NodeId> {
        let mut caches = SelectorCaches::default();
        let mut context = MatchingContext::new(
            MatchingMode::Normal,
            None,
            &mut caches,
            QuirksMode::NoQuirks,
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        let mut found = Vec::new();
        for (selector, key) in self.list.slice().iter().zip(&self.keys) {
            let mut see = |id: NodeId| {
                let fits = |element: &ElementRef<'_>| {
                    matches_selector(selector, 0, None, element, &mut context)
                };
                if dom.within(id, scope) && dom.element_ref(id).as_ref().is_some_and(fits) {
                    found.push(id);
                }
            };
            match key {
                Some(key) => index.get(*key).for_each(|(_, id)| see(*id)),
                None => (scope..dom.end(scope)).for_each(see),
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Where each id and class stands, so that a selector looks at a handful of elements instead of
/// all.
pub(crate) struct SelectorIndex {
    entries: Vec<(u64, NodeId)>,
}

impl SelectorIndex {
    pub(crate) fn new(dom: &Dom<'_>) -> Self {
        let mut entries = Vec::new();
        for id in 0..dom.len() {
            entries.extend(dom.own_id(id).map(|own| (hash(b'#', own), id)));
            let classes = dom.class(id).unwrap_or_default().split_ascii_whitespace();
            entries.extend(classes.map(|class| (hash(b'.', class), id)));
        }
        entries.sort_unstable();
        Self { entries }
    }

    fn get(&self, key: u64) -> impl Iterator<Item = &(u64, NodeId)> {
        let from = self.entries.partition_point(|(k, _)| *k < key);
        self.entries[from..]
            .iter()
            .take_while(move |(k, _)| *k == key)
    }
}

/// FNV-1a of a sign and a name; a collision costs one failed comparison.
fn hash(sign: u8, name: &str) -> u64 {
    std::iter::once(sign)
        .chain(name.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::html::{ROOT, parse};

    fn texts(html: &str, selector: &str) -> Vec<String> {
        let html = parse(html);
        let dom = Dom::of(&html);
        let index = SelectorIndex::new(&dom);
        Selector::parse(selector)
            .unwrap()
            .all(&dom, &index, ROOT)
            .into_iter()
            .map(|id| dom.text(id))
            .collect()
    }

    const PAGE: &str = "<div id=x class='a b'><p ref=1>one</p><section><p class=c>two</p></section></div><p>three</p>";

    #[test]
    fn the_usual_selectors_find_their_elements() {
        assert_eq!(texts(PAGE, "#x p").join("|"), "\none|\ntwo");
        assert_eq!(texts(PAGE, ".a.b > p"), ["\none"]);
        assert_eq!(texts(PAGE, "p[ref], .c").len(), 2);
        assert_eq!(texts(PAGE, "[class^=\"a \"] p.c"), ["\ntwo"]);
        assert_eq!(texts(PAGE, "div p[ref='2']").len(), 0);
    }

    #[test]
    fn every_way_up_is_tried() {
        let page = "<div class=art><div><div><p>in</p></div></div></div>";
        assert_eq!(texts(page, ".art > div p"), ["\nin"]);
        assert_eq!(texts(page, ".art > div > p").len(), 0);
    }

    #[test]
    fn what_css_has_beyond_that_works_too() {
        assert_eq!(texts(PAGE, "div:has(section) > p"), ["\none"]);
        assert_eq!(texts(PAGE, "p:not(.c, [ref])"), ["\nthree"]);
        assert_eq!(texts(PAGE, "#x + p"), ["\nthree"]);
        assert_eq!(texts(PAGE, ":is(.c, [ref])").len(), 2);
        assert_eq!(texts(PAGE, "body > :nth-child(2)"), ["\nthree"]);
        assert_eq!(texts(PAGE, "[class~=b i] p").len(), 2);
    }

    #[test]
    fn nonsense_is_refused() {
        for bad in ["", "p >", "p:hover", "[=x]", "..a", "p::before"] {
            assert!(Selector::parse(bad).is_err(), "{bad}");
        }
    }
}
