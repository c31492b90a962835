//! The names of a feed's elements, and what they mean: every kind of feed, and the modules that
//! feeds borrow from, say much the same by different words.

/// Prefixes that feeds use, sometimes without saying what they mean.
pub(super) const PREFIXES: [(&str, &str); 6] = [
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
];

/// A vocabulary that an element's name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// The feed's own elements.
    Own,
    Dublin,
    Terms,
    Content,
    Media,
    Atom,
    Podcast,
    Xhtml,
    /// One that says nothing to us.
    Other,
}

/// The vocabulary with this address.
pub(super) fn space(address: &str) -> Space {
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
        | "my.netscape.com/publish/formats/rss-0.91.dtd" => Space::Own,
        "www.w3.org/2005/atom" | "purl.org/atom/ns#" | "www.w3.org/2005/atom#" => Space::Atom,
        "purl.org/dc/elements/1.1" | "purl.org/dc/elements/1.0" => Space::Dublin,
        "purl.org/dc/terms" => Space::Terms,
        "purl.org/rss/1.0/modules/content" => Space::Content,
        "search.yahoo.com/mrss" | "www.rssboard.org/media-rss" | "tools.search.yahoo.com/mrss" => {
            Space::Media
        }
        "www.itunes.com/dtds/podcast-1.0.dtd" => Space::Podcast,
        "www.w3.org/1999/xhtml" => Space::Xhtml,
        _ => Space::Other,
    }
}

/// The vocabulary that a prefix means where nothing says which.
pub(super) fn usual_space(prefix: &str) -> Space {
    match prefix {
        "" => Space::Own,
        "dc" => Space::Dublin,
        "dcterms" => Space::Terms,
        "content" => Space::Content,
        "media" => Space::Media,
        "atom" | "atom10" => Space::Atom,
        "itunes" => Space::Podcast,
        "xhtml" => Space::Xhtml,
        _ => Space::Other,
    }
}

/// What an address of a vocabulary is called by the parser below, which knows one spelling of each.
pub(super) fn root_value(value: &str) -> &str {
    let usual = match space(value) {
        Space::Dublin => "xmlns:dc",
        Space::Content => "xmlns:content",
        Space::Media => "xmlns:media",
        Space::Atom => "xmlns:atom",
        Space::Podcast => "xmlns:itunes",
        _ => return value,
    };
    PREFIXES
        .iter()
        .find(|(key, _)| *key == usual)
        .map_or(value, |(_, address)| address)
}

/// Names that no feed means otherwise, in whatever case it writes them.
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

/// Prefix and the rest.
pub(super) fn parted(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

/// What an element of an article is called by the parser below, and whether it only stands in for
/// one that is missing.
pub(super) type Meant = Option<(&'static str, bool)>;

/// In RSS.
pub(super) fn meant_in_rss(space: Space, local: &str) -> Meant {
    Some(match (space, local) {
        (Space::Own | Space::Atom, "published" | "issued" | "created" | "date")
        | (Space::Dublin, "date" | "created")
        | (Space::Terms, "issued" | "created" | "available") => ("pubDate", true),
        (Space::Own | Space::Atom | Space::Terms, "modified" | "updated") => ("updated", false),
        (Space::Dublin | Space::Atom | Space::Media | Space::Podcast, "title") => ("title", true),
        (Space::Own | Space::Atom, "summary" | "abstract")
        | (Space::Dublin | Space::Media, "description")
        | (Space::Terms, "abstract")
        | (Space::Podcast, "summary") => ("description", true),
        (Space::Own, "body" | "fullitem" | "content")
        | (Space::Atom, "content")
        | (Space::Xhtml, "body" | "div") => ("content:encoded", true),
        (Space::Content, "encoded") => ("content:encoded", false),
        (Space::Own | Space::Atom, "id") | (Space::Dublin, "identifier") => ("guid", true),
        (Space::Dublin, "creator") => ("dc:creator", false),
        (Space::Dublin | Space::Podcast | Space::Atom, "author") => ("dc:creator", true),
        (Space::Dublin, "subject") => ("category", false),
        (Space::Atom, "link") => ("atom:link", false),
        _ => return None,
    })
}

/// In Atom.
pub(super) fn meant_in_atom(space: Space, local: &str) -> Meant {
    Some(match (space, local) {
        (Space::Own, "issued") => ("published", false),
        (Space::Own, "modified") => ("updated", false),
        (Space::Own, "created" | "pubDate")
        | (Space::Dublin, "date" | "created")
        | (Space::Terms, "issued" | "created") => ("published", true),
        (Space::Terms, "modified") => ("updated", true),
        (Space::Own | Space::Dublin, "description") => ("summary", true),
        (Space::Own, "guid") => ("id", true),
        (Space::Dublin, "creator" | "author") => ("author", true),
        (Space::Dublin | Space::Media, "title") => ("title", true),
        _ => return None,
    })
}

/// Elements of an article of which one is enough; as bits.
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

/// Elements whose markup, if they have any, is text. In Atom that is so unless they say `xhtml`.
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

/// Elements that hold an article's words.
pub(super) fn is_body(name: &str) -> bool {
    matches!(
        name,
        "description" | "content:encoded" | "dc:description" | "summary" | "content"
    )
}
