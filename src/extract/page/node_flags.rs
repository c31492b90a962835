//! What an element's tag, class, id and style say about it: whether it is hidden, part of the page
//! around the article, or the article itself.

use foldhash::{HashMap, HashMapExt as _};

use super::{class_words, folds};
use crate::extract::body::blocks::Guide;
use crate::extract::html::class_names;
use crate::extract::html::{Dom, NodeId, Tag};

/// Hidden by the element's tag, attributes or style.
pub(crate) const HIDDEN: u16 = 1;
/// Part of the page, not of the article: menus, advertising, sharing, comments, other articles.
pub(crate) const JUNK: u16 = 2;
/// Holds the article's text, by its class, id or `itemprop`.
pub(crate) const BODY: u16 = 4;
/// Byline, date, tags: fields of the article that are not its text.
pub(crate) const FIELD: u16 = 8;
/// A list of other articles, which is kept as links.
pub(crate) const LINKS: u16 = 16;
/// A second headline, by its class or id.
pub(crate) const SUBHEAD: u16 = 32;
/// A picture's caption, as the publisher's profile says.
pub(crate) const CAPTION: u16 = 64;

/// [`JUNK`] by class names and ids alone, which are wrong now and then.
pub(crate) const BY_NAME: u16 = 128;

/// [`HIDDEN`] by attribute, style or class: a script may show it.
pub(crate) const REVEALABLE: u16 = 256;

/// A dialog about cookies: however much it says, it is no article.
pub(crate) const CONSENT: u16 = 512;

/// What readers wrote.
pub(crate) const COMMENTS: u16 = 1024;

/// How much of what a page says about its elements is ignored, where little or nothing is found
/// otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disbelief {
    /// Junk by name counts as text, other than comments and lists of other articles.
    JunkNames,
    /// Hidden text counts as well: a script would show it.
    Hidden,
    /// No class name counts.
    AllNames,
}

/// The flags of each node.
#[derive(Clone)]
pub(crate) struct NodeFlags(Vec<u16>);

impl NodeFlags {
    /// Sets the flags of all elements from their tags and attributes.
    pub(crate) fn of(dom: &Dom<'_>) -> Self {
        let mut flags = vec![0; dom.len() as usize];
        let mut known = HashMap::new();
        for id in 1..dom.len() {
            if !dom.tag(id).is_text() {
                flags[id as usize] = flags_of(dom, id, &mut known);
            }
        }
        Self(flags)
    }

    /// Shows the text in `body` that a fold holds back until someone presses its heading: hidden
    /// elements that say so by their role, that a button names as what it opens, or that follow
    /// one. Whether there are any.
    pub(crate) fn open_folds(&mut self, dom: &Dom<'_>, body: NodeId) -> bool {
        let is_folded = |id: &NodeId| {
            self.0[*id as usize] & (HIDDEN | REVEALABLE | JUNK) == HIDDEN | REVEALABLE
                && folds::holds_text(dom, *id)
        };
        let folded: Vec<NodeId> = (body..dom.end(body)).filter(is_folded).collect();
        if folded.is_empty() {
            return false;
        }
        let openers = folds::Openers::of(dom, body);
        for id in folded {
            if openers.open(dom, id) {
                self.unset(id, HIDDEN);
            }
        }
        true
    }

    /// Clears the flags that are not believed.
    pub(crate) fn disbelieve(&mut self, what: Disbelief) {
        let kept = match what {
            Disbelief::AllNames => CONSENT,
            _ => CONSENT | COMMENTS | LINKS,
        };
        for flags in &mut self.0 {
            if *flags & BY_NAME != 0 && *flags & kept == 0 {
                *flags &= !(JUNK | LINKS);
            }
            if what != Disbelief::JunkNames && *flags & REVEALABLE != 0 {
                *flags &= !HIDDEN;
            }
            if what == Disbelief::AllNames {
                *flags &= !FIELD;
            }
        }
    }

    pub(crate) fn has(&self, id: NodeId, flags: u16) -> bool {
        self.0[id as usize] & flags != 0
    }

    pub(crate) fn set(&mut self, id: NodeId, flags: u16) {
        self.0[id as usize] |= flags;
    }

    pub(crate) fn unset(&mut self, id: NodeId, flags: u16) {
        self.0[id as usize] &= !flags;
    }
}

impl Guide for NodeFlags {
    fn skips(&self, id: NodeId) -> bool {
        self.has(id, HIDDEN | JUNK)
    }

    fn is_caption(&self, id: NodeId) -> bool {
        self.has(id, CAPTION)
    }
}

/// The flags of an element; `known` holds what the class names seen so far say.
fn flags_of<'a>(dom: &Dom<'a>, id: NodeId, known: &mut HashMap<&'a str, ClassWords>) -> u16 {
    let tag = dom.tag(id);
    let mut flags = match tag {
        Tag::Aside if is_remark(dom, id) => 0,
        Tag::Nav | Tag::Footer | Tag::Aside | Tag::Menu | Tag::Dialog => JUNK,
        Tag::Html | Tag::Body | Tag::Head => return 0,
        Tag::Other => element_flags(dom.name(id)),
        _ => 0,
    };
    let attributes = dom.tells_role(id).then(|| dom.attrs(id));
    for (name, value) in attributes.into_iter().flatten() {
        match name.len() {
            4 if name.eq_ignore_ascii_case("role") => flags |= role_flags(value),
            5 if name.eq_ignore_ascii_case("style") && hides(value) => flags |= HIDDEN,
            6 if name.eq_ignore_ascii_case("hidden")
                && value != "until-found"
                && !dom.own_id(id).is_some_and(|i| i.starts_with("S:")) =>
            {
                // React shows parts called `S:0` once they are all there.
                flags |= HIDDEN;
            }
            8 if name.eq_ignore_ascii_case("itemprop") => flags |= property_flags(value),
            11 if name.eq_ignore_ascii_case("aria-hidden")
                && value == "true"
                && tag != Tag::Img =>
            {
                flags |= HIDDEN;
            }
            _ => {}
        }
    }
    let mut words = ClassWords::default();
    for name in class_names::of(dom, id) {
        words.join(*known.entry(name).or_insert_with(|| {
            let mut own = ClassWords::default();
            if is_about_layout(name) {
                return own;
            }
            class_names::words(name, |whole, part| own.see(whole, part));
            own
        }));
    }
    if flags & HIDDEN != 0 {
        flags |= REVEALABLE;
    }
    let by_name = words.flags(tag);
    if by_name & JUNK != 0 && flags & JUNK == 0 {
        flags |= BY_NAME;
    }
    flags | by_name
}

/// Whether an `aside` is part of the text: a note to it, or what it quotes of another.
fn is_remark(dom: &Dom<'_>, id: NodeId) -> bool {
    const NOTES: [&str; 6] = [
        "admonition",
        "callout",
        "footnote",
        "footnotes",
        "note",
        "notecard",
    ];
    let class = dom.class(id).unwrap_or_default();
    class.split_ascii_whitespace().any(|name| {
        NOTES.contains(&name) || name == "quote" && dom.all(id, Tag::Blockquote).next().is_some()
    })
}

/// Flags of AMP elements by their name: those for advertising, menus and messages are junk.
fn element_flags(name: &str) -> u16 {
    let lower = name.to_ascii_lowercase();
    let is_chrome = lower.strip_prefix("amp-").is_some_and(|kind| {
        [
            "ad", "ads", "sticky", "auto", "social", "sidebar", "consent", "user", "lightbox",
            "list", "next", "app", "embed",
        ]
        .contains(&kind.split('-').next().unwrap_or_default())
    });
    if is_chrome { JUNK } else { 0 }
}

fn role_flags(value: &str) -> u16 {
    match value {
        "navigation" | "complementary" | "contentinfo" | "banner" | "search" | "dialog"
        | "alert" | "toolbar" | "menu" => JUNK,
        _ => 0,
    }
}

fn property_flags(value: &str) -> u16 {
    match value {
        "articleBody" | "reviewBody" => BODY,
        "author" | "datePublished" | "dateModified" | "keywords" | "publisher" => FIELD,
        "comment" => JUNK | COMMENTS,
        "relatedLink" => JUNK,
        _ => 0,
    }
}

/// Whether a style hides its element; `--menu-display: none` sets a variable and hides nothing.
fn hides(style: &str) -> bool {
    style.split(';').any(|declaration| {
        let (name, value) = declaration.split_once(':').unwrap_or_default();
        let value = value.trim_start();
        let is = |what: &str| name.trim().eq_ignore_ascii_case(what);
        let begins = |word: &str| {
            value
                .get(..word.len())
                .is_some_and(|v| v.eq_ignore_ascii_case(word))
        };
        (is("display") && begins("none")) || (is("visibility") && begins("hidden"))
    })
}

/// `no-ads`, `has-sidebar`: what the page has or lacks, not what the element is.
fn is_about_layout(name: &str) -> bool {
    ["no-", "no_", "not-", "has-", "has_", "with-", "without-"]
        .iter()
        .any(|start| {
            name.get(..start.len())
                .is_some_and(|n| n.eq_ignore_ascii_case(start))
        })
}

/// Whether the class and id of one element contain words of each meaning.
#[derive(Clone, Copy, Default)]
struct ClassWords {
    junk: bool,
    hidden: bool,
    article: bool,
    body: bool,
    /// A whole name that means the article's text on every site.
    exact_body: bool,
    subhead: bool,
    field: bool,
    links: bool,
    consent: bool,
    comments: bool,
    /// A word that turns a junk word into the name of a layout: `has-sidebar`, `no-ads`.
    layout: bool,
}

impl ClassWords {
    fn join(&mut self, other: Self) {
        self.junk |= other.junk;
        self.hidden |= other.hidden;
        self.article |= other.article;
        self.body |= other.body;
        self.exact_body |= other.exact_body;
        self.subhead |= other.subhead;
        self.field |= other.field;
        self.links |= other.links;
        self.consent |= other.consent;
        self.comments |= other.comments;
        self.layout |= other.layout;
    }

    fn see(&mut self, whole: &str, part: &str) {
        self.layout |= matches!(
            part.as_bytes(),
            b"has"
                | b"no"
                | b"with"
                | b"without"
                | b"enabled"
                | b"open"
                | b"layout"
                | b"wrapper"
                | b"container"
                | b"page"
        );
        let (name, word) = (class_words::of_name(whole), class_words::of_part(part));
        self.exact_body |= name & class_words::BODY != 0;
        self.subhead |= name & class_words::SUBHEAD != 0;
        match part {
            "article" | "post" | "entry" | "story" | "news" => self.article = true,
            "body" | "content" | "text" | "txt" | "contents" | "cont" => self.body = true,
            _ => {}
        }
        self.hidden |= name & class_words::HIDDEN != 0;
        self.field |= (name | word) & class_words::FIELD != 0;
        self.links |= word & class_words::LINKS != 0;
        self.consent |= word & class_words::CONSENT != 0;
        self.comments |= word & class_words::COMMENTS != 0;
        self.junk |= (name | word) & class_words::JUNK != 0;
    }

    fn flags(&self, tag: Tag) -> u16 {
        let mut flags = 0;
        if self.hidden {
            flags |= HIDDEN | REVEALABLE;
        }
        if self.consent {
            flags |= CONSENT;
        }
        if self.comments {
            flags |= COMMENTS;
        }
        if self.exact_body {
            flags |= BODY;
        }
        if self.subhead {
            flags |= SUBHEAD;
        }
        if (self.junk || self.links)
            && !(self.layout && self.article && !self.links)
            && tag != Tag::Main
            // A gallery in the text.
            && (tag != Tag::Figure || self.links || self.comments)
        {
            flags |= JUNK;
        }
        if self.links {
            flags |= LINKS;
        }
        if self.field && !(self.article && self.body) {
            flags |= FIELD;
        }
        flags
    }
}
