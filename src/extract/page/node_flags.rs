//! What an element's tag, class, id and style say about it: hidden, furniture of the page, or the
//! article itself.

use super::class_words::{is_body, is_field, is_junk, is_junk_name, is_links, is_subhead};
use crate::extract::body::blocks::Guide;
use crate::extract::html::class_names;
use crate::extract::html::{Dom, NodeId, Tag};

/// Hidden by the element's tag, attributes or style.
pub(crate) const HIDDEN: u8 = 1;
/// Part of the page, not of the article: menus, advertising, sharing, comments, other articles.
pub(crate) const JUNK: u8 = 2;
/// Says of itself that it holds the article's text.
pub(crate) const BODY: u8 = 4;
/// Byline, date, tags: fields of the article that are not its text.
pub(crate) const FIELD: u8 = 8;
/// A list of other articles, worth keeping as links.
pub(crate) const LINKS: u8 = 16;

/// Says of itself that it is a second headline.
pub(crate) const SUBHEAD: u8 = 32;

/// A picture's caption, by its publisher's profile.
pub(crate) const CAPTION: u8 = 64;

/// One byte of flags a node.
pub(crate) struct NodeFlags(Vec<u8>);

impl NodeFlags {
    /// Looks at every element once.
    pub(crate) fn of(dom: &Dom<'_>) -> Self {
        let mut flags = vec![0; dom.len() as usize];
        for id in 1..dom.len() {
            if !dom.tag(id).is_text() {
                flags[id as usize] = flags_of(dom, id);
            }
        }
        Self(flags)
    }

    pub(crate) fn has(&self, id: NodeId, flags: u8) -> bool {
        self.0[id as usize] & flags != 0
    }

    pub(crate) fn set(&mut self, id: NodeId, flags: u8) {
        self.0[id as usize] |= flags;
    }

    pub(crate) fn unset(&mut self, id: NodeId, flags: u8) {
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

fn flags_of(dom: &Dom<'_>, id: NodeId) -> u8 {
    let tag = dom.tag(id);
    let mut flags = match tag {
        Tag::Nav | Tag::Footer | Tag::Aside | Tag::Menu | Tag::Dialog => JUNK,
        Tag::Html | Tag::Body | Tag::Head => return 0,
        Tag::Other => element(dom.raw_attr(id, "").unwrap_or_default()),
        _ => 0,
    };
    for (name, value) in dom.attrs(id) {
        match name.len() {
            4 if name.eq_ignore_ascii_case("role") => flags |= role(value),
            5 if name.eq_ignore_ascii_case("style") && hides(value) => flags |= HIDDEN,
            6 if name.eq_ignore_ascii_case("hidden") && value != "until-found" => flags |= HIDDEN,
            8 if name.eq_ignore_ascii_case("itemprop") => flags |= property(value),
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
    class_names::each(dom, id, |whole, part| words.see(whole, part));
    flags | words.flags(tag)
}

/// Elements that accelerated pages have for advertising, menus and messages.
fn element(name: &str) -> u8 {
    let lower = name.to_ascii_lowercase();
    let machinery = lower.strip_prefix("amp-").is_some_and(|kind| {
        [
            "ad", "ads", "sticky", "auto", "social", "sidebar", "consent", "user", "lightbox",
            "list", "next", "app", "embed",
        ]
        .contains(&kind.split('-').next().unwrap_or_default())
    });
    if machinery { JUNK } else { 0 }
}

fn role(value: &str) -> u8 {
    match value {
        "navigation" | "complementary" | "contentinfo" | "banner" | "search" | "dialog"
        | "alert" | "toolbar" | "menu" => JUNK,
        _ => 0,
    }
}

fn property(value: &str) -> u8 {
    match value {
        "articleBody" | "reviewBody" => BODY,
        "author" | "datePublished" | "dateModified" | "keywords" | "publisher" => FIELD,
        "comment" | "relatedLink" => JUNK,
        _ => 0,
    }
}

fn hides(style: &str) -> bool {
    let plain: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    plain.contains("display:none") || plain.contains("visibility:hidden")
}

/// What the words of one element's class and id add up to.
#[derive(Default)]
struct ClassWords {
    junk: bool,
    hidden: bool,
    article: bool,
    body: bool,
    exact_body: bool,
    subhead: bool,
    field: bool,
    links: bool,
    /// ClassWords that turn a junk word into a layout's name: `has-sidebar`, `no-ads`.
    layout: bool,
}

impl ClassWords {
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
        self.exact_body |= is_body(whole);
        self.subhead |= is_subhead(whole);
        match part {
            "article" | "post" | "entry" | "story" | "news" => self.article = true,
            "body" | "content" | "text" | "txt" | "contents" | "cont" => self.body = true,
            _ => {}
        }
        self.hidden |= matches!(
            whole.as_bytes(),
            b"hide"
                | b"hidden"
                | b"sr-only"
                | b"visually-hidden"
                | b"visuallyhidden"
                | b"screen-reader-text"
                | b"screen_out"
                | b"blind"
                | b"u_skip"
                | b"offscreen"
                | b"is-hidden"
                | b"d-none"
                | b"a11y"
                | b"ir_txt"
                | b"element-invisible"
                | b"print-only"
        );
        self.field |= is_field(part) || is_field(whole);
        self.links |= is_links(part);
        self.junk |= is_junk(part) || is_junk_name(whole);
    }

    fn flags(&self, tag: Tag) -> u8 {
        let mut flags = 0;
        if self.hidden {
            flags |= HIDDEN;
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
