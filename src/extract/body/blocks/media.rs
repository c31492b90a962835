//! Reads pictures, captions, credits, and embedded videos and posts.

use std::collections::HashSet;
use std::iter;
use std::sync::LazyLock;

use url::Url;

use crate::extract::html::class_names;
use crate::extract::html::{Dom, NodeId, ROOT, Tag, parse};
use crate::news::{Block, Clean, word_list};

const WORDS: &str = include_str!("../../../../assets/words/embed_hosts.txt");

/// Attributes with a picture's address, the most reliable first. Pages that load pictures late put
/// a placeholder into `src`.
const SOURCES: [&str; 12] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-srcset",
    "data-original-src",
    "data-url",
    "data-hi-res-src",
    "data-image",
    "org_src",
    "srcset",
    "src",
];

/// Hosts whose frames are content; all other frames are advertisements or scripts.
static EMBEDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "hosts").into_iter().collect());

/// Resolves addresses against the page's own.
pub(crate) struct Addresses {
    base: Option<Url>,
}

impl Addresses {
    pub(crate) fn new(base: Option<&str>) -> Self {
        Self {
            base: base.and_then(|b| Url::parse(b).ok()),
        }
    }

    /// The absolute address, or `None` if `href` is not a web address.
    pub(crate) fn join(&self, href: &str) -> Option<Clean> {
        let href = href.trim();
        if href.is_empty() || href.starts_with('#') || href.len() > 4096 {
            return None;
        }
        let url = match &self.base {
            Some(base) => base.join(href).ok()?,
            None if href.starts_with("//") => Url::parse(&format!("https:{href}")).ok()?,
            None => Url::parse(href).ok()?,
        };
        matches!(url.scheme(), "http" | "https" | "mailto").then(|| Clean::line(url.as_str()))
    }
}

/// The image block of an `img` or `amp-img` element, without caption.
pub(crate) fn image(dom: &Dom<'_>, id: NodeId, addresses: &Addresses) -> Option<Block> {
    if is_pixel(dom, id) {
        return None;
    }
    let raw = SOURCES.iter().find_map(|name| {
        let value = dom.attr(id, name)?;
        let first = if name.ends_with("srcset") {
            widest(value)?
        } else {
            value.trim().to_owned()
        };
        let inline = first.starts_with("data:") || first.is_empty();
        (!inline && !is_placeholder(&first)).then_some(first)
    })?;
    let url = addresses.join(&raw)?;
    let alt = dom
        .attr(id, "alt")
        .map(Clean::line)
        .filter(|a| !a.is_empty());
    Some(Block::Image {
        url,
        alt,
        caption: None,
        credit: None,
    })
}

/// Whether `tag`, as HTML source, is a picture.
pub(crate) fn is_picture(tag: &str, addresses: &Addresses) -> bool {
    let html = parse(tag);
    let dom = Dom::of(&html);
    (1..dom.len()).any(|id| image(&dom, id, addresses).is_some())
}

/// The picture that a `noscript` element holds in place of one that only a script loads. Pictures
/// beside it and those that say nothing, as counters of readers do, are left to them.
pub(crate) fn unscripted(dom: &Dom<'_>, id: NodeId, addresses: &Addresses) -> Option<Block> {
    const MAX_BYTES: usize = 8_000;
    let is_shown = |near: NodeId| {
        let inside = near..dom.end(near);
        inside
            .filter(|n| dom.tag(*n) == Tag::Img)
            .any(|n| image(dom, n, addresses).is_some())
    };
    let parent = dom.parent(id);
    let next = |n: NodeId| Some(dom.end(n)).filter(|n| *n < dom.end(parent));
    let younger = next(id).and_then(|n| match dom.tag(n).is_text() {
        true => next(n),
        false => Some(n),
    });
    if dom.elder(id).into_iter().chain(younger).any(is_shown) {
        return None;
    }
    let source: String = dom.all(id, Tag::Raw).map(|n| dom.words(n)).collect();
    if source.len() > MAX_BYTES || !source.contains("<img") {
        return None;
    }
    let html = parse(&source);
    let inside = Dom::of(&html);
    let found = inside
        .all(ROOT, Tag::Img)
        .find_map(|n| image(&inside, n, addresses))?;
    let is_in_picture = matches!(dom.tag(parent), Tag::Picture | Tag::Figure);
    let is_described = matches!(&found, Block::Image { alt: Some(_), .. });
    (is_in_picture || is_described).then_some(found)
}

/// Whether a picture is a tracking pixel or a button, by its size.
fn is_pixel(dom: &Dom<'_>, id: NodeId) -> bool {
    let side = |name: &str| {
        dom.attr(id, name)
            .and_then(|v| v.trim().trim_end_matches("px").parse::<u32>().ok())
    };
    let small = |name| side(name).is_some_and(|n| n <= 40);
    small("width") || small("height")
}

fn is_placeholder(url: &str) -> bool {
    let name = url.rsplit('/').next().unwrap_or(url).to_ascii_lowercase();
    [
        "blank.",
        "spacer",
        "transparent",
        "placeholder",
        "loading.",
        "noimage",
        "no_image",
        "1x1",
        "pixel.gif",
        "btn_",
        "ico_",
        "icon_",
        "bullet",
    ]
    .iter()
    .any(|part| name.contains(part))
        || name.starts_with("icon-")
        || name
            .rsplit_once('.')
            .is_some_and(|(stem, _)| stem.ends_with("-icon"))
}

/// The address with the greatest width or pixel density in a `srcset`.
fn widest(srcset: &str) -> Option<String> {
    srcset
        .split(", ")
        .filter_map(|entry| {
            let mut parts = entry.split_whitespace();
            let url = parts.next()?.trim_matches(',');
            let size = parts.next().map_or(1.0, |s| {
                s.trim_end_matches(['w', 'x', ','])
                    .parse::<f64>()
                    .unwrap_or(1.0)
            });
            Some((size, url))
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, url)| url.to_owned())
}

/// The embed block of a frame of a known host, or of a video or audio player.
pub(crate) fn embed(dom: &Dom<'_>, id: NodeId, addresses: &Addresses) -> Option<Block> {
    let source = [
        "src",
        "data-src",
        "data-lazy-src",
        "data",
        "data-instgrm-permalink",
        "cite",
    ]
    .iter()
    .filter_map(|name| dom.attr(id, name))
    .chain(dom.all(id, Tag::Source).filter_map(|s| dom.attr(s, "src")))
    .find_map(|src| addresses.join(src))?;
    let parsed = Url::parse(&source).ok()?;
    let host = parsed.host_str()?.trim_start_matches("www.");
    let known =
        iter::successors(Some(host), |h| Some(h.split_once('.')?.1)).any(|h| EMBEDS.contains(h));
    let player = matches!(dom.tag(id), Tag::Video | Tag::Audio);
    if !known && !player {
        return None;
    }
    let title = dom
        .attr(id, "title")
        .or_else(|| dom.attr(id, "aria-label"))
        .map(Clean::line);
    Some(Block::Embed {
        url: source,
        title: title.filter(|t| !t.is_empty()),
    })
}

/// Whether an element is a picture's caption by its tag, class or id.
pub(crate) fn is_caption(dom: &Dom<'_>, id: NodeId) -> bool {
    if dom.tag(id) == Tag::Figcaption {
        return true;
    }
    let found = class_names::of(dom, id).any(|name| {
        let whole = name.to_ascii_lowercase();
        let of_picture = ["photo", "img", "image", "pic", "thum", "figure"]
            .iter()
            .any(|p| whole.contains(p));
        let words = ["desc", "txt", "text", "about", "explain"]
            .iter()
            .any(|p| whole.contains(p));
        (whole.contains("caption") && !whole.contains("video-caption-track"))
            || (of_picture && words && whole.len() < 28)
            || matches!(&*whole, "cap" | "figcap" | "wp-caption-text")
    });
    found
        && !matches!(
            dom.tag(id),
            Tag::Img | Tag::Figure | Tag::A | Tag::Body | Tag::Html
        )
}

/// Whether a caption is that of a picture which is not in the markup: all that its figure says, or
/// short and called a picture's caption by its class.
pub(crate) fn is_of_missing_picture(dom: &Dom<'_>, id: NodeId) -> bool {
    const MAX_CAPTION: usize = 1_200;
    let length = |id: NodeId| -> usize {
        let words = dom.all(id, Tag::Text).map(|n| dom.words(n).trim().len());
        words.sum()
    };
    if !(8..=MAX_CAPTION).contains(&length(id)) {
        return false;
    }
    let asks_for_scripts = |n| dom.words(n).to_ascii_lowercase().contains("javascript");
    if dom.all(id, Tag::Text).any(asks_for_scripts) {
        return false;
    }
    if dom.tag(id) == Tag::Figcaption {
        let figure = dom.ancestors(id).take(4);
        return figure
            .filter(|up| dom.tag(*up) == Tag::Figure)
            .any(|up| length(up) == length(id));
    }
    class_names::of(dom, id).any(|name| {
        let name = name.to_ascii_lowercase();
        let of_picture = ["photo", "image", "img", "picture", "embed"];
        name.contains("caption") && of_picture.iter().any(|word| name.contains(word))
    }) && dom.all(id, Tag::P).nth(2).is_none()
}

/// Whether an element contains a picture and little else, and its class says so.
pub(crate) fn is_frame(dom: &Dom<'_>, id: NodeId) -> bool {
    // Names last: most elements have no picture, and their names take longest.
    if dom.end(id) - id > 30 || dom.all(id, Tag::Img).next().is_none() {
        return false;
    }
    let runs = || {
        let words = dom.all(id, Tag::Text).map(|t| dom.words(t).trim());
        words.filter(|words| !words.is_empty())
    };
    let words: usize = runs().map(|words| words.chars().count()).sum();
    if !(1..=260).contains(&words) || runs().count() > 4 {
        return false;
    }
    let mut says = false;
    class_names::each(dom, id, |_, part| {
        says |= matches!(
            part,
            "photo" | "img" | "image" | "pic" | "picture" | "thum" | "thumb" | "figure"
        );
    });
    says
}

/// Whether an element is a picture's credit by its class.
pub(crate) fn is_credit(dom: &Dom<'_>, id: NodeId) -> bool {
    let mut found = false;
    class_names::each(dom, id, |_, part| {
        found |= matches!(part, "credit" | "credits" | "copyright" | "photographer");
    });
    found
}

/// Whether a picture is a copy of `first`, by what stands for it.
pub(super) fn same_picture(first: &Block, alt: Option<&Clean>) -> bool {
    matches!(first, Block::Image { alt: Some(a), .. } if Some(a) == alt)
}

/// Fills fields that the first image lacks from its copy.
pub(super) fn adopt(first: &mut Block, copy: Block) {
    if let (
        Block::Image {
            caption,
            credit,
            alt,
            ..
        },
        Block::Image {
            caption: c,
            credit: r,
            alt: a,
            ..
        },
    ) = (first, copy)
    {
        *caption = caption.take().or(c);
        *credit = credit.take().or(r);
        *alt = alt.take().or(a);
    }
}
