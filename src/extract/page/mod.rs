//! One page, from tree to article: candidates for the body, the fields beside it, and how sure we
//! are.

pub(crate) mod cards;
pub(crate) mod class_names;
pub(crate) mod class_words;
pub(crate) mod confidence;
pub(crate) mod fields;
pub(crate) mod lead_images;
pub(crate) mod link_lists;
pub(crate) mod mobile;
pub(crate) mod next_page;
pub(crate) mod node_flags;
pub(crate) mod non_articles;
pub(crate) mod score;
pub(crate) mod script;
pub(crate) mod surroundings;
pub(crate) mod text_density;

use super::body::blocks;
use super::body::blocks::media::Addresses;
use super::body::blocks::{Guide, Piece};
use super::body::trim;
use super::dates::evidence;
use super::dates::written;
use super::html::{Dom, Id, Index, ROOT, Selector};
use super::meta::{Described, Head, jsonld};
use super::publishers::{Profile, Profiles};
use super::{Hint, Leaf};
use crate::news::{Article, Clean, ExtractionMethod, Problem};
use node_flags::{CAPTION, HIDDEN, JUNK, LINKS, Marks};
use text_density::Mass;

/// A page under work.
pub(crate) struct Page<'p, 'a> {
    pub(crate) dom: Dom<'a>,
    pub(crate) marks: Marks,
    /// With furniture, without what is hidden.
    pub(crate) mass: Mass,
    pub(crate) index: Index,
    pub(crate) head: Head<'a>,
    pub(crate) described: Described,
    pub(crate) addresses: Addresses,
    /// The publisher's own profile first, then the publishing system's.
    pub(crate) profiles: Vec<&'p Profile>,
    pub(crate) korean: bool,
    /// The zone of its readers.
    pub(crate) home: jiff::tz::Offset,
}

/// A way to the body, and what it yields.
pub(crate) struct Body {
    pub(crate) method: ExtractionMethod,
    pub(crate) pieces: Vec<Piece>,
    /// The element it came from; the document where it came from script.
    pub(crate) at: Id,
    /// Share of the page's prose that it holds.
    pub(crate) share: f32,
}

impl Body {
    /// Letters of its text.
    pub(crate) fn size(&self) -> usize {
        self.pieces.iter().map(|p| p.chars).sum()
    }
}

/// Reads a page.
pub(crate) fn read(text: &str, hint: &Hint<'_>, profiles: &Profiles) -> Article {
    read_leaf(text, hint, profiles).article
}

/// Reads a page and looks for the one after it.
pub(crate) fn read_leaf(text: &str, hint: &Hint<'_>, profiles: &Profiles) -> Leaf {
    let mut page = Page::open(text, hint, profiles);
    page.drop_by_profile();
    page.mass = score::settle(&page.dom, &mut page.marks);
    let best = score::best(&page.dom, &page.marks);
    // The tree may lack the text: little prose, or a page that is drawn by script.
    let thin = best.is_none_or(|c| c.prose < 900.0);
    let state = if thin { script::read(&page.dom) } else { None };
    let wordiest =
        || score::wordiest(&page.dom, &page.marks).filter(|_| evidence::says_article(&page));
    let body = page
        .body(best, state.as_ref())
        .or_else(|| wordiest().map(|c| page.generic(c)));
    if let Some(state) = state.filter(|_| {
        body.as_ref()
            .is_some_and(|b| b.method == ExtractionMethod::Script)
    }) {
        page.described = fields::prefer(state.described, std::mem::take(&mut page.described));
    }
    let mut article = Article {
        url: hint.url.map(Clean::line),
        ..Article::default()
    };
    fields::fill(&page, body.as_ref().map_or(ROOT, |b| b.at), &mut article);
    let found = body.as_ref().map(confidence::Found::of).unwrap_or_default();
    if let Some(mut body) = body {
        article.extraction.method = body.method.clone();
        article.extraction.confidence =
            confidence::confidence(&body, article.published.is_some(), &page);
        let description = page
            .head
            .get(&["og:description", "description", "twitter:description"]);
        let description = description
            .or(page.described.description.as_deref())
            .unwrap_or_default()
            .to_owned();
        let above = lead_images::pictures(&page, &body, &article.title);
        body.pieces.splice(..0, above);
        trim::into_article(std::mem::take(&mut body.pieces), &description, &mut article);
    }
    fields::finish(&page, &mut article);
    link_lists::collect(&page, &mut article);
    confidence::judge(&page, found, &mut article);
    let own = hint.url.or(page.head.canonical.as_deref());
    let next = own
        .filter(|_| article.extraction.problem.is_none())
        .and_then(|own| next_page::next(&page, own));
    let for_phones = own
        .filter(|_| is_drawn(&article))
        .and_then(|own| mobile::address(&page, own));
    Leaf {
        article,
        next,
        for_phones,
    }
}

impl<'p, 'a> Page<'p, 'a> {
    fn open(text: &'a str, hint: &Hint<'_>, profiles: &'p Profiles) -> Self {
        let dom = Dom::parse(text);
        let marks = Marks::of(&dom);
        let head = Head::read(&dom);
        let described = jsonld::read(&dom);
        let url = hint
            .url
            .or(head.canonical.as_deref())
            .or_else(|| head.get(&["og:url"]));
        let own = url.and_then(|u| profiles.of_url(u));
        let index = Index::new(&dom);
        let is_family = |p: &&Profile| {
            p.when
                .as_ref()
                .is_some_and(|w| !w.all(&dom, &index, ROOT).is_empty())
        };
        let profiles: Vec<&Profile> = own
            .into_iter()
            .chain(profiles.families().filter(is_family))
            .collect();
        let base = match (&head.base, url) {
            (Some(base), Some(url)) => Addresses::new(Some(url)).join(base).map(|u| u.to_string()),
            (Some(base), None) => Some(base.clone()),
            (None, url) => url.map(str::to_owned),
        };
        let addresses = Addresses::new(base.as_deref());
        let korean = is_korean(&dom, &head);
        let home = written::home(if korean {
            "ko"
        } else {
            head.lang.as_deref().unwrap_or_default()
        });
        Self {
            dom,
            marks,
            mass: Mass::default(),
            index,
            head,
            described,
            addresses,
            profiles,
            korean,
            home,
        }
    }

    /// All matches of a list of selectors' first selector that has any.
    pub(crate) fn find(&self, selectors: &[Selector]) -> Vec<Id> {
        selectors
            .iter()
            .map(|s| s.all(&self.dom, &self.index, ROOT))
            .find(|ids| !ids.is_empty())
            .unwrap_or_default()
    }

    /// Words of the first element that a profile names for a field and that has any.
    pub(crate) fn by_profile(&self, field: impl Fn(&Profile) -> &[Selector]) -> Vec<Id> {
        self.profiles
            .iter()
            .map(|p| self.find(field(p)))
            .find(|ids| !ids.is_empty())
            .unwrap_or_default()
    }

    fn drop_by_profile(&mut self) {
        let dropped: Vec<Id> = self
            .profiles
            .iter()
            .flat_map(|p| &p.drop)
            .flat_map(|s| s.all(&self.dom, &self.index, ROOT))
            .collect();
        for id in dropped {
            self.marks.set(id, HIDDEN);
        }
        for id in self
            .profiles
            .iter()
            .flat_map(|p| &p.captions)
            .flat_map(|s| s.all(&self.dom, &self.index, ROOT))
        {
            self.marks.set(id, CAPTION);
            self.marks.unset(id, JUNK);
        }
    }

    /// The best of all ways to the body.
    fn body(&self, best: Option<score::Candidate>, state: Option<&script::State>) -> Option<Body> {
        let generic = best.map(|c| self.generic(c));
        let own = self.profiles.iter().find_map(|p| self.of_profile(p));
        let size = |b: &Option<Body>| b.as_ref().map_or(0, Body::size);
        // A profile that finds a fraction of what stands there does not match the layout any more.
        let tree = if own.is_some() && size(&own) * 4 >= size(&generic) {
            own
        } else {
            generic
        };
        let ample = size(&tree);
        let script = state
            .map(|s| self.of_html(&s.html, ExtractionMethod::Script))
            .filter(|b| b.size() > ample.max(40) * 5 / 4);
        let ld = self
            .described
            .body
            .as_deref()
            .filter(|b| b.chars().count() > ample * 3 / 2 + 60);
        match (script, ld) {
            (Some(script), Some(text)) if script.size() * 5 >= text.chars().count() * 4 => {
                Some(script)
            }
            (_, Some(text)) => Some(self.of_html(&as_html(text), ExtractionMethod::JsonLd)),
            (Some(script), None) => Some(script),
            (None, None) => tree,
        }
    }

    fn generic(&self, best: score::Candidate) -> Body {
        let pieces = blocks::read(&self.dom, &[best.id], &self.marks, &self.addresses);
        Body {
            method: ExtractionMethod::Density,
            pieces,
            at: best.id,
            share: best.share,
        }
    }

    /// What the profile's first fruitful body selector holds. Inside it only what the profile or
    /// the page hides goes, and furniture; the container itself is trusted.
    fn of_profile(&self, profile: &Profile) -> Option<Body> {
        profile.body.iter().find_map(|selector| {
            let mut roots = selector.all(&self.dom, &self.index, ROOT);
            let mut end = 0;
            roots.retain(|id| {
                let outer =
                    *id >= end && !self.dom.ancestors(*id).any(|up| self.marks.has(up, HIDDEN));
                if outer {
                    end = self.dom.end(*id);
                }
                outer
            });
            let root = *roots.first()?;
            let pieces = blocks::read(
                &self.dom,
                &roots,
                &Trusted {
                    marks: &self.marks,
                    roots: &roots,
                },
                &self.addresses,
            );
            let body = Body {
                method: ExtractionMethod::Publisher(Clean::line(&profile.name)),
                pieces,
                at: root,
                share: 1.0,
            };
            (body.size() >= 40).then_some(body)
        })
    }

    fn of_html(&self, html: &str, method: ExtractionMethod) -> Body {
        let dom = Dom::parse(html);
        let mut marks = Marks::of(&dom);
        score::settle(&dom, &mut marks);
        let pieces = blocks::read(&dom, &[ROOT], &marks, &self.addresses);
        Body {
            method,
            pieces,
            at: ROOT,
            share: 1.0,
        }
    }

    /// Elements that hold links to other articles, outermost first.
    pub(crate) fn link_lists(&self) -> Vec<Id> {
        let mut end = 0;
        (1..self.dom.len())
            .filter(|id| {
                let new = *id >= end && self.marks.has(*id, LINKS);
                if new {
                    end = self.dom.end(*id);
                }
                new
            })
            .collect()
    }
}

impl Guide for Marks {
    fn skips(&self, id: Id) -> bool {
        self.has(id, HIDDEN | JUNK)
    }

    fn is_caption(&self, id: Id) -> bool {
        self.has(id, CAPTION)
    }
}

/// The containers that a profile names are read whatever their own names say.
struct Trusted<'r> {
    marks: &'r Marks,
    roots: &'r [Id],
}

impl Guide for Trusted<'_> {
    fn skips(&self, id: Id) -> bool {
        self.marks.skips(id) && !self.roots.contains(&id)
    }

    fn is_caption(&self, id: Id) -> bool {
        self.marks.is_caption(id)
    }
}

/// Whether a script may draw what the page does not hold.
fn is_drawn(article: &Article) -> bool {
    matches!(
        article.extraction.problem,
        Some(Problem::Empty | Problem::Video)
    )
}

/// Plain text as HTML, a line a paragraph; HTML as it is.
fn as_html(text: &str) -> String {
    if text.contains("<p") || text.contains("<br") || text.contains("<div") {
        return text.to_owned();
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    escaped.lines().map(|l| format!("<p>{l}</p>")).collect()
}

/// By the page's word, checked against the letters of its title.
fn is_korean(dom: &Dom<'_>, head: &Head<'_>) -> bool {
    let said = head
        .lang
        .as_deref()
        .is_some_and(|l| l.to_ascii_lowercase().starts_with("ko"));
    let hangul = |s: &str| s.chars().filter(|c| ('가'..='힣').contains(c)).count();
    let title = head.get(&["og:title"]).map_or(0, hangul) + head.title.as_deref().map_or(0, hangul);
    said || title > 3 || (title == 0 && head.title.is_none() && hangul(&dom.text(ROOT)) > 100)
}
