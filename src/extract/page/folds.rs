//! Text that a page holds back until someone presses the heading over it.

use foldhash::{HashSet, HashSetExt as _};

use crate::extract::html::{Dom, NodeId, Tag};

/// The least text outside links, in characters, of a fold without paragraphs.
const MIN_TEXT: usize = 15;
/// How many elements are looked through for the one that a button names.
const MAX_WRAPPERS: usize = 3;
/// How many nodes of a fold without paragraphs are looked at.
const MAX_NODES: u32 = 400;

/// Longer text, in bytes, does not only say that it is to come.
const MAX_LOADING: usize = 80;

/// Whether a hidden element holds a paragraph, or words that are not mostly links.
pub(super) fn holds_text(dom: &Dom<'_>, id: NodeId) -> bool {
    if dom.all(id, Tag::P).next().is_some() {
        return true;
    }
    let (mut plain, mut linked, mut link_end) = (0, 0, 0);
    for n in id..dom.end(id).min(id.saturating_add(MAX_NODES)) {
        match dom.tag(n) {
            Tag::A | Tag::Button | Tag::Select | Tag::Script | Tag::Style => {
                link_end = link_end.max(dom.end(n));
            }
            Tag::Text => {
                let own = dom.words(n).trim().chars().count();
                *(if n < link_end {
                    &mut linked
                } else {
                    &mut plain
                }) += own;
            }
            _ => {}
        }
    }
    // A script has yet to put something there.
    let is_loading = || {
        let text = dom.brief(id, MAX_LOADING);
        text.is_some_and(|text| text.trim_end().ends_with(['…', '.']) && text.contains("oading"))
    };
    plain >= MIN_TEXT && plain > linked && !is_loading()
}

/// What buttons say of what they open.
pub(super) struct Openers<'a> {
    /// The ids of what they open, and their own.
    names: HashSet<&'a str>,
    /// The elements just after which the folds of those stand that name nothing there is.
    places: HashSet<NodeId>,
}

impl<'a> Openers<'a> {
    /// The buttons in `body`.
    pub(super) fn of(dom: &Dom<'a>, body: NodeId) -> Self {
        let (mut names, mut places) = (HashSet::new(), HashSet::new());
        // Those that name what they open, until it is known that there is none of that name.
        let mut naming: Vec<(NodeId, Vec<&str>)> = Vec::new();
        let mut ids: HashSet<&str> = HashSet::new();
        for id in body..dom.end(body) {
            if dom.tag(id).is_text() {
                continue;
            }
            ids.extend(dom.own_id(id));
            if !is_opener(dom, id) {
                continue;
            }
            let opened = ["aria-controls", "data-bs-target", "data-target"];
            let opened = opened.into_iter().filter_map(|name| dom.attr(id, name));
            let opened = opened.flat_map(str::split_ascii_whitespace);
            naming.push((
                id,
                opened.map(|name| name.trim_start_matches('#')).collect(),
            ));
            names.extend(dom.own_id(id));
        }
        for (id, opened) in naming {
            if !opened.iter().any(|name| ids.contains(name)) {
                places.insert(id);
                let parent = dom.parent(id);
                if dom.tag(parent).heading().is_some() || dom.tag(parent) == Tag::Dt {
                    places.insert(parent);
                }
            }
            names.extend(opened);
        }
        Self { names, places }
    }

    /// Whether a hidden element is one that opens, or holds nothing but one.
    pub(super) fn open(&self, dom: &Dom<'_>, id: NodeId) -> bool {
        let sole = |id: &NodeId| {
            let mut said = dom
                .children(*id)
                .filter(|n| !dom.tag(*n).is_text() || !dom.words(*n).trim().is_empty());
            said.next().filter(|_| said.next().is_none())
        };
        std::iter::successors(Some(id), sole)
            .take(MAX_WRAPPERS)
            .any(|id| self.opens(dom, id))
    }

    fn opens(&self, dom: &Dom<'_>, id: NodeId) -> bool {
        let is_named = |name: Option<&str>| name.is_some_and(|name| self.names.contains(name));
        let is_panel = || {
            dom.own_id(id).is_some() && matches!(dom.attr(id, "role"), Some("region" | "tabpanel"))
        };
        let follows = || {
            dom.elder(id)
                .is_some_and(|elder| self.places.contains(&elder))
        };
        is_named(dom.own_id(id))
            || is_named(dom.attr(id, "aria-labelledby"))
            || is_panel()
            || follows()
    }
}

fn is_opener(dom: &Dom<'_>, id: NodeId) -> bool {
    let may_be_pressed = dom.tag(id).heading().is_some()
        || matches!(
            dom.tag(id),
            Tag::Button | Tag::A | Tag::Div | Tag::Span | Tag::Li | Tag::Dt
        );
    may_be_pressed
        && (dom.attr(id, "aria-expanded").is_some() || dom.attr(id, "role") == Some("tab"))
}
