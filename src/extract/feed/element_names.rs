//! What the names of a feed's elements mean. The feed formats and their extension modules have
//! different names for the same things.

/// Usual namespace prefixes with their addresses: feeds often use them without declaring them.
pub(super) const PREFIXES: [(&str, &str); 6] = [
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
];

/// The namespace of an element's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Namespace {
    /// The feed's own elements.
    Own,
    Dublin,
    Terms,
    Content,
    Media,
    Atom,
    Podcast,
    Xhtml,
    /// A namespace that no rule knows.
    Other,
}

/// The namespace with this address.
pub(super) fn space(address: &str) -> Namespace {
    let address = address.trim().trim_end_matches('/').to_ascii_lowercase();
    let bare = address
        .split_once("://")
        .map_or(address.as_str(), |(_, rest)| rest);
    match bare {
        "purl.org/rss/1.0"
        | "purl.org/net/rss1.1#"
        | "backend.userland.com/rss"
        | "backend.userland.com/rss2"
        | "backend.userland.com/rss091"
        | "backend.userland.com/rss092"
        | "blogs.law.harvard.edu/tech/rss"
        | "my.netscape.com/rdf/simple/0.9"
        | "channel.netscape.com/rdf/simple/0.9"
        | "my.netscape.com/publish/formats/rss-0.91.dtd" => Namespace::Own,
        "www.w3.org/2005/atom" | "purl.org/atom/ns#" | "www.w3.org/2005/atom#" => Namespace::Atom,
        "purl.org/dc/elements/1.1" | "purl.org/dc/elements/1.0" => Namespace::Dublin,
        "purl.org/dc/terms" => Namespace::Terms,
        "purl.org/rss/1.0/modules/content" => Namespace::Content,
        "search.yahoo.com/mrss" | "www.rssboard.org/media-rss" | "tools.search.yahoo.com/mrss" => {
            Namespace::Media
        }
        "www.itunes.com/dtds/podcast-1.0.dtd" => Namespace::Podcast,
        "www.w3.org/1999/xhtml" => Namespace::Xhtml,
        _ => Namespace::Other,
    }
}

/// The namespace that a prefix usually means, for feeds that don't declare it.
pub(super) fn usual_space(prefix: &str) -> Namespace {
    match prefix {
        "" => Namespace::Own,
        "dc" => Namespace::Dublin,
        "dcterms" => Namespace::Terms,
        "content" => Namespace::Content,
        "media" => Namespace::Media,
        "atom" | "atom10" => Namespace::Atom,
        "itunes" => Namespace::Podcast,
        "xhtml" => Namespace::Xhtml,
        _ => Namespace::Other,
    }
}

/// The spelling of a namespace's address that feed-rs knows: it accepts one for each namespace.
pub(super) fn root_value(value: &str) -> &str {
    let usual = match space(value) {
        Namespace::Dublin => "xmlns:dc",
        Namespace::Content => "xmlns:content",
        Namespace::Media => "xmlns:media",
        Namespace::Atom => "xmlns:atom",
        Namespace::Podcast => "xmlns:itunes",
        _ => return value,
    };
    PREFIXES
        .iter()
        .find(|(key, _)| *key == usual)
        .map_or(value, |(_, address)| address)
}

/// Names that are recognised in any case, in the standards' spelling.
const SPELLED: [&str; 15] = [
    "rss",
    "abstract",
    "channel",
    "item",
    "title",
    "link",
    "description",
    "pubDate",
    "guid",
    "author",
    "category",
    "encoded",
    "date",
    "creator",
    "lastBuildDate",
];

/// `local` as the standards spell it.
pub(super) fn canonical(local: &str) -> &str {
    if !local.bytes().any(|b| b.is_ascii_uppercase()) && local != "pubdate" {
        return local;
    }
    SPELLED
        .iter()
        .find(|n| n.eq_ignore_ascii_case(local))
        .map_or(local, |n| n)
}

/// A name split into prefix and local name; the prefix may be empty.
pub(super) fn parted(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

/// The name by which feed-rs knows an element of an article, and whether the element is only a
/// substitute, used where the proper one is missing.
pub(super) type KnownElement = Option<(&'static str, bool)>;

/// What an element means in RSS.
pub(super) fn meant_in_rss(space: Namespace, local: &str) -> KnownElement {
    Some(match (space, local) {
        (Namespace::Own | Namespace::Atom, "published" | "issued" | "created" | "date")
        | (Namespace::Dublin, "date" | "created")
        | (Namespace::Terms, "issued" | "created" | "available") => ("pubDate", true),
        (Namespace::Own | Namespace::Atom | Namespace::Terms, "modified" | "updated") => {
            ("updated", false)
        }
        (Namespace::Dublin | Namespace::Atom | Namespace::Media | Namespace::Podcast, "title") => {
            ("title", true)
        }
        (Namespace::Own | Namespace::Atom, "summary" | "abstract")
        | (Namespace::Dublin | Namespace::Media, "description")
        | (Namespace::Terms, "abstract")
        | (Namespace::Podcast, "summary") => ("description", true),
        (Namespace::Own, "body" | "fullitem" | "content")
        | (Namespace::Atom, "content")
        | (Namespace::Xhtml, "body" | "div") => ("content:encoded", true),
        (Namespace::Content, "encoded") => ("content:encoded", false),
        (Namespace::Own | Namespace::Atom, "id") | (Namespace::Dublin, "identifier") => {
            ("guid", true)
        }
        (Namespace::Dublin, "creator") => ("dc:creator", false),
        (Namespace::Dublin | Namespace::Podcast | Namespace::Atom, "author") => {
            ("dc:creator", true)
        }
        (Namespace::Dublin, "subject") => ("category", false),
        (Namespace::Atom, "link") => ("atom:link", false),
        _ => return None,
    })
}

/// What an element means in Atom.
pub(super) fn meant_in_atom(space: Namespace, local: &str) -> KnownElement {
    Some(match (space, local) {
        (Namespace::Own, "issued") => ("published", false),
        (Namespace::Own, "modified") => ("updated", false),
        (Namespace::Own, "created" | "pubDate")
        | (Namespace::Dublin, "date" | "created")
        | (Namespace::Terms, "issued" | "created") => ("published", true),
        (Namespace::Terms, "modified") => ("updated", true),
        (Namespace::Own | Namespace::Dublin, "description") => ("summary", true),
        (Namespace::Own, "guid") => ("id", true),
        (Namespace::Dublin, "creator" | "author") => ("author", true),
        (Namespace::Dublin | Namespace::Media, "title") => ("title", true),
        _ => return None,
    })
}

/// The bit of an element that an article has once; 0 for those it may have several times.
pub(super) fn bit(name: &str) -> u16 {
    match name {
        "title" => 1,
        "description" | "summary" => 2,
        "content:encoded" | "content" => 4,
        "pubDate" | "published" => 8,
        "updated" => 16,
        "guid" | "id" => 32,
        "author" | "dc:creator" => 64,
        "link" => 128,
        _ => 0,
    }
}

pub(super) fn is_date(name: &str) -> bool {
    matches!(
        name,
        "pubDate"
            | "published"
            | "updated"
            | "lastBuildDate"
            | "dc:date"
            | "atom:updated"
            | "atom:published"
    )
}

/// Elements whose content is text even if it looks like markup. In Atom `type="xhtml"` overrides
/// this.
pub(super) fn is_words(name: &str, atom: bool) -> bool {
    if atom {
        return matches!(
            name,
            "title" | "subtitle" | "summary" | "content" | "rights"
        );
    }
    matches!(
        name,
        "title"
            | "description"
            | "content:encoded"
            | "dc:title"
            | "dc:creator"
            | "author"
            | "dc:description"
            | "link"
            | "guid"
    )
}

/// Elements that hold an article's text.
pub(super) fn is_body(name: &str) -> bool {
    matches!(
        name,
        "description" | "content:encoded" | "dc:description" | "summary" | "content"
    )
}
