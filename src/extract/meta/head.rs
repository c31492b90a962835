//! Reads `<meta>`, `<link rel=canonical>`, `<title>`, `<time>` and microdata (`itemprop`).

use super::title::letters;
use crate::extract::html::class_names;
use crate::extract::html::{Dom, NodeId, ROOT, Tag};
use crate::news::PageKind;
use crate::news::order::Order as _;

/// The metadata elements of a page, read once.
pub(crate) struct PageHead<'a> {
    /// Names in lower case with their contents, in page order, at most 500.
    metas: Vec<(String, &'a str)>,
    /// Values of `itemprop` with their elements, at most 200.
    properties: Vec<(&'a str, NodeId)>,
    /// Names of the things that microdata describe (`Product`), at most 50.
    item_types: Vec<&'a str>,
    /// The address in `<link rel=canonical>`.
    pub(crate) canonical: Option<String>,
    /// The address in `<base>`, against which others are resolved.
    pub(crate) base: Option<String>,
    /// The language of the `<html>` element.
    pub(crate) lang: Option<String>,
    /// The text of `<title>`.
    pub(crate) title: Option<String>,
    /// The `<time>` elements, at most 20.
    pub(crate) times: Vec<NodeId>,
}

impl<'a> PageHead<'a> {
    pub(crate) fn read(dom: &Dom<'a>) -> Self {
        let mut head = Self {
            metas: Vec::new(),
            properties: Vec::new(),
            item_types: Vec::new(),
            canonical: None,
            base: None,
            lang: None,
            title: None,
            times: Vec::new(),
        };
        for id in 1..dom.len() {
            match dom.tag(id) {
                Tag::Meta => head.meta(dom, id),
                Tag::Link => {
                    let canonical = dom
                        .attr(id, "rel")
                        .is_some_and(|r| r.eq_ignore_ascii_case("canonical"));
                    if canonical && head.canonical.is_none() {
                        head.canonical = dom.attr(id, "href").map(str::to_owned);
                    }
                }
                Tag::Base if head.base.is_none() => {
                    head.base = dom.attr(id, "href").map(str::to_owned);
                }
                Tag::Html => {
                    head.lang = dom
                        .attr(id, "lang")
                        .or_else(|| dom.attr(id, "xml:lang"))
                        .map(str::to_owned);
                }
                Tag::Title if head.title.is_none() => head.title = Some(dom.text(id)),
                Tag::Time if head.times.len() < 20 => head.times.push(id),
                Tag::Text | Tag::Raw => {}
                _ => {}
            }
            if !dom.tag(id).is_text() {
                head.microdata(dom, id);
            }
        }
        head
    }

    fn microdata(&mut self, dom: &Dom<'a>, id: NodeId) {
        for (name, value) in dom.attrs(id) {
            match name {
                "itemprop" if self.properties.len() < 200 => self.properties.push((value, id)),
                "itemtype" if self.item_types.len() < 50 => {
                    let name = value.trim_end_matches('/').rsplit('/').next();
                    self.item_types.extend(name);
                }
                _ => {}
            }
        }
    }

    fn meta(&mut self, dom: &Dom<'a>, id: NodeId) {
        let name = dom
            .attr(id, "property")
            .or_else(|| dom.attr(id, "name"))
            .or_else(|| dom.attr(id, "http-equiv"));
        if let (Some(name), Some(content)) = (name, dom.attr(id, "content"))
            && self.metas.len() < 500
            && !content.trim().is_empty()
        {
            self.metas.push((name.trim().to_ascii_lowercase(), content));
        }
    }

    /// The content of the first of `names` that the page has.
    pub(crate) fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.metas
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, v)| v.trim())
        })
    }

    /// All contents of `name`.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.metas
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, v)| v.trim())
    }

    /// What kind of page the microdata say it is.
    pub(crate) fn page_kind(&self) -> Option<PageKind> {
        let is = |name: &str| self.item_types.contains(&name);
        let has_price = || {
            ["price", "lowPrice", "offers"]
                .iter()
                .any(|p| self.properties(p).next().is_some())
        };
        if is("DiscussionForumPosting") || is("QAPage") {
            Some(PageKind::Thread)
        } else if is("Product") && has_price() {
            Some(PageKind::Product)
        } else {
            None
        }
    }

    /// The elements with an `itemprop`.
    pub(crate) fn properties<'s>(&'s self, name: &'s str) -> impl Iterator<Item = NodeId> + 's {
        self.properties
            .iter()
            .filter(move |(n, _)| *n == name)
            .map(|(_, id)| *id)
    }

    /// The first value of an `itemprop` that is not blank.
    pub(crate) fn property(&self, dom: &Dom<'_>, name: &str) -> Option<String> {
        self.properties(name)
            .map(|id| value_of(dom, id))
            .find(|v| !v.trim().is_empty())
    }
}

/// The value of an element: its `content`, date or `alt` attribute, or else its text.
pub(crate) fn value_of(dom: &Dom<'_>, id: NodeId) -> String {
    [
        "content",
        "datetime",
        "data-date-time",
        "data-published-time",
        "alt",
    ]
    .iter()
    .find_map(|name| dom.attr(id, name))
    .filter(|v| !v.trim().is_empty())
    .map_or_else(|| dom.text(id), str::to_owned)
}

/// The name of the thing that an `itemprop` describes: the `name` within it, or its whole value.
/// Values of 60 characters or more are not names.
pub(crate) fn name_within(dom: &Dom<'_>, head: &PageHead<'_>, property: &str) -> Option<String> {
    head.properties(property).find_map(|id| {
        let name = (id + 1..dom.end(id)).find(|n| dom.attr(*n, "itemprop") == Some("name"));
        let value = value_of(dom, name.unwrap_or(id));
        (!value.trim().is_empty() && value.chars().count() < 60).then_some(value)
    })
}

/// The cell beside one of `labels` in a table or a definition list, as the notice boards of public
/// offices name their fields.
pub(crate) fn labelled(dom: &Dom<'_>, labels: &[&str]) -> Option<String> {
    let label = (1..dom.len())
        .filter(|id| matches!(dom.tag(*id), Tag::Th | Tag::Dt))
        .take(200)
        .find(|id| {
            dom.brief(*id, 60)
                .is_some_and(|t| labels.contains(&letters(&t).as_str()))
        })?;
    let beside = (dom.end(label)..dom.len().min(dom.end(label) + 4))
        .find(|id| matches!(dom.tag(*id), Tag::Td | Tag::Dd))?;
    let text = crate::news::Clean::line(&dom.brief(beside, 600)?).to_string();
    ((4..=150).contains(&text.chars().count())).then_some(text)
}

/// Texts outside headings that the page's `<title>` repeats: old pages set their headlines in bold.
pub(crate) fn repeated(
    dom: &Dom<'_>,
    said: &str,
    headings: &[String],
    hidden: impl Fn(NodeId) -> bool,
) -> Vec<String> {
    let whole = letters(said);
    let holds = |line: &str| {
        let own = letters(line);
        own.chars().count() >= 6 && own.len() * 5 >= whole.len() * 2 && whole.contains(&own)
    };
    if headings.iter().any(|h| holds(h)) {
        return Vec::new();
    }
    let is_shown = |id: NodeId| !dom.ancestors(id).any(|up| hidden(up) || is_trail(dom, up));
    dom.all(ROOT, Tag::Text)
        .filter(|id| (8..600).contains(&dom.words(*id).len()) && dom.tag(dom.parent(*id)) != Tag::A)
        .map(|id| (id, crate::news::Clean::line(dom.words(id)).to_string()))
        .filter(|(id, line)| holds(line) && is_shown(*id))
        .map(|(_, line)| line)
        .take(4)
        .collect()
}

/// Whether an element is a menu or the path of links to the page. Some sites end the path with the
/// headline as they wrote it for search engines, as the page's only heading of level 1.
pub(crate) fn is_trail(dom: &Dom<'_>, id: NodeId) -> bool {
    let mut found = dom.tag(id) == Tag::Nav;
    // First the letters: taking all names of a page apart takes a while.
    let names = [dom.class(id), dom.own_id(id)];
    let may_say = names.into_iter().flatten().any(|n| n.contains("readcrumb"));
    if may_say
        && matches!(
            dom.tag(id),
            Tag::Ul | Tag::Ol | Tag::Li | Tag::Div | Tag::Section
        )
    {
        class_names::each(dom, id, |whole, part| {
            found |= matches!(part, "breadcrumb" | "breadcrumbs")
                && !whole.contains("page")
                && !whole.contains("main");
        });
    }
    found
}

/// The text of a heading without the short line above the headline that some papers set in the same
/// element; `None` where there is none.
fn without_kicker(dom: &Dom<'_>, heading: NodeId) -> Option<String> {
    let is_kicker = |id: NodeId| {
        let mut found = false;
        class_names::each(dom, id, |_, part| found |= KICKERS.contains(&part));
        found
    };
    let mut inside = heading + 1..dom.end(heading);
    let kicker = inside.find(|id| !dom.tag(*id).is_text() && is_kicker(*id))?;
    let texts = dom.all(heading, Tag::Text);
    let rest: String = texts
        .filter(|id| !dom.within(*id, kicker))
        .map(|id| dom.words(id))
        .collect();
    (rest.trim().chars().count() >= 10).then_some(rest)
}

/// Parts of the class names of the short line above a headline.
const KICKERS: [&str; 9] = [
    "kicker",
    "topline",
    "overline",
    "eyebrow",
    "dachzeile",
    "roofline",
    "spitzmarke",
    "supertitle",
    "pretitle",
];

/// The visible headings of the page, those of level 1 first and otherwise in page order, each on
/// one line; one with a kicker is there as a whole and without it. The heading in the path of links
/// is there if all that the head says, `said`, has it or if no other heading is said.
pub(crate) fn headings(
    dom: &Dom<'_>,
    said: &[String],
    hidden: impl Fn(NodeId) -> bool,
) -> Vec<String> {
    let said: Vec<String> = said.iter().map(|s| letters(s)).collect();
    let is_agreed = |trail: NodeId| {
        dom.all(trail, Tag::H1).next().is_some_and(|id| {
            let own = letters(&dom.brief(id, 900).unwrap_or_default());
            said.iter().all(|s| s.contains(&own))
        })
    };
    let mut found: Vec<(u8, String)> = Vec::new();
    let mut in_trail: Vec<String> = Vec::new();
    let mut at = ROOT;
    while at < dom.len() {
        if hidden(at) || (is_trail(dom, at) && !is_agreed(at)) {
            let heading = dom.all(at, Tag::H1).next();
            if dom.tag(at) != Tag::Nav && !hidden(at) {
                in_trail.extend(heading.and_then(|id| dom.brief(id, 900)));
            }
            at = dom.end(at);
            continue;
        }
        if let Some(level) = dom.tag(at).heading()
            && found.len() < 60
        {
            let whole = dom.brief(at, 900).unwrap_or_default();
            for text in [Some(whole), without_kicker(dom, at)].into_iter().flatten() {
                let text = crate::news::Clean::line(&text);
                if !text.is_blank() && text.chars().count() < 300 {
                    found.push((level, text.to_string()));
                }
            }
        }
        at += 1;
    }
    let is_said = |heading: &str| {
        let own = letters(heading);
        own.chars().count() >= 12 && said.iter().any(|s| s.contains(&own) || own.ends_with(s))
    };
    if !found.iter().any(|(_, text)| is_said(text)) {
        let lines = in_trail.iter().map(|text| crate::news::Clean::line(text));
        found.extend(lines.map(|text| (1, text.to_string())));
    }
    found.order_by_key(|(level, _)| *level != 1);
    found.into_iter().map(|(_, text)| text).collect()
}
