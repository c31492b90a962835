//! What the names of a feed's elements mean. The feed formats and their extension modules have
//! different names for the same things.

/// What an element is, whatever its format calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// The feed itself: its root, or RSS's channel.
    Feed,
    /// One article.
    Entry,
    Title,
    Link,
    /// An article's own address, which FeedBurner and its like put beside their own.
    OriginalLink,
    Summary,
    Content,
    Published,
    Updated,
    Id,
    Author,
    /// The name of Atom's author.
    PersonName,
    /// The e-mail address of Atom's author.
    PersonEmail,
    Category,
    /// The feed from which an aggregator took the article.
    Source,
    /// The page where the article is talked about.
    Comments,
    Language,
    /// The minutes for which the feed need not be asked again.
    Ttl,
    /// A file beside the text.
    Enclosure,
    /// The length of a recording.
    Duration,
    /// The picture of an episode.
    Picture,
    MediaGroup,
    MediaContent,
    MediaThumbnail,
    MediaDescription,
    /// A text that is not shown, in which no element is looked for.
    Text,
    /// Nothing that is known.
    Other,
}

impl Element {
    /// Its bit among those that an article has once; 0 for what it may have several times.
    pub(super) fn bit(self) -> u16 {
        match self {
            Element::Title => 1,
            Element::Summary => 2,
            Element::Content => 4,
            Element::Published => 8,
            Element::Updated => 16,
            Element::Id => 32,
            Element::Author => 64,
            _ => 0,
        }
    }

    /// Whether it holds an article's text.
    pub(super) fn is_body(self) -> bool {
        matches!(self, Element::Summary | Element::Content)
    }

    /// Whether it is a date.
    pub(super) fn is_date(self) -> bool {
        matches!(self, Element::Published | Element::Updated)
    }

    /// Whether its content is text even if it looks like markup. In Atom `type="xhtml"` overrides
    /// this.
    pub(super) fn is_words(self, is_atom: bool) -> bool {
        match self {
            Element::Title | Element::Summary | Element::Content | Element::Text => true,
            Element::Author | Element::Link | Element::Id => !is_atom,
            _ => false,
        }
    }
}

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

/// Names that are recognised in any case, in the standards' spelling.
const SPELLED: [&str; 20] = [
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
    "comments",
    "enclosure",
    "language",
    "source",
    "ttl",
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

/// What an element of an article means, and whether it is only a substitute, used where the proper
/// one is missing.
pub(super) type Meaning = Option<(Element, bool)>;

/// What an article's element means in RSS, where that is not what [`meant_anywhere`] says.
pub(super) fn meant_in_rss(space: Namespace, local: &str) -> Meaning {
    Some(match (space, local) {
        (Namespace::Own | Namespace::Atom, "published" | "issued" | "created" | "date")
        | (Namespace::Dublin, "date" | "created")
        | (Namespace::Terms, "issued" | "created" | "available") => (Element::Published, true),
        (Namespace::Own | Namespace::Atom | Namespace::Terms, "modified" | "updated") => {
            (Element::Updated, false)
        }
        (Namespace::Dublin | Namespace::Atom | Namespace::Media | Namespace::Podcast, "title") => {
            (Element::Title, true)
        }
        (Namespace::Own | Namespace::Atom, "summary" | "abstract")
        | (Namespace::Dublin | Namespace::Media, "description")
        | (Namespace::Terms, "abstract")
        | (Namespace::Podcast, "summary") => (Element::Summary, true),
        (Namespace::Own, "body" | "fullitem" | "content")
        | (Namespace::Atom, "content")
        | (Namespace::Xhtml, "body" | "div") => (Element::Content, true),
        (Namespace::Content, "encoded") => (Element::Content, false),
        (Namespace::Own | Namespace::Atom, "id") | (Namespace::Dublin, "identifier") => {
            (Element::Id, true)
        }
        (Namespace::Dublin, "creator") => (Element::Author, false),
        (Namespace::Dublin | Namespace::Podcast | Namespace::Atom, "author") => {
            (Element::Author, true)
        }
        (Namespace::Dublin, "subject") => (Element::Category, false),
        (Namespace::Dublin, "language") => (Element::Language, false),
        (Namespace::Atom, "link") => (Element::Link, false),
        _ => return None,
    })
}

/// What an article's element means in Atom, where that is not what [`meant_anywhere`] says.
pub(super) fn meant_in_atom(space: Namespace, local: &str) -> Meaning {
    Some(match (space, local) {
        (Namespace::Own, "issued") => (Element::Published, false),
        (Namespace::Own, "modified") => (Element::Updated, false),
        (Namespace::Own, "created" | "pubDate")
        | (Namespace::Dublin, "date" | "created")
        | (Namespace::Terms, "issued" | "created") => (Element::Published, true),
        (Namespace::Terms, "modified") => (Element::Updated, true),
        (Namespace::Own | Namespace::Dublin, "description") => (Element::Summary, true),
        (Namespace::Own, "guid") => (Element::Id, true),
        (Namespace::Dublin, "creator" | "author") => (Element::Author, true),
        (Namespace::Dublin | Namespace::Media, "title") => (Element::Title, true),
        _ => return None,
    })
}

/// What an element means wherever it stands.
pub(super) fn meant_anywhere(space: Namespace, local: &str, is_atom: bool) -> Element {
    match (space, local) {
        (Namespace::Own, "rss" | "RDF" | "rdf" | "feed" | "channel") => Element::Feed,
        (Namespace::Own, "item" | "entry") => Element::Entry,
        (Namespace::Own, "title") => Element::Title,
        (Namespace::Own, "link") => Element::Link,
        (Namespace::Own, "author") => Element::Author,
        (Namespace::Own, "category") => Element::Category,
        (Namespace::Own, "source") => Element::Source,
        (Namespace::Own, "language") => Element::Language,
        (Namespace::Own, local) if is_atom => match local {
            "summary" => Element::Summary,
            "content" => Element::Content,
            "published" => Element::Published,
            "updated" => Element::Updated,
            "id" => Element::Id,
            "name" => Element::PersonName,
            "email" => Element::PersonEmail,
            "subtitle" | "rights" => Element::Text,
            _ => Element::Other,
        },
        (Namespace::Own, local) => match local {
            "description" => Element::Summary,
            "pubDate" => Element::Published,
            "updated" => Element::Updated,
            "guid" => Element::Id,
            "comments" => Element::Comments,
            "enclosure" => Element::Enclosure,
            "ttl" => Element::Ttl,
            _ => Element::Other,
        },
        (Namespace::Atom, "link") => Element::Link,
        (Namespace::Content, "encoded")
        | (Namespace::Dublin, "title" | "creator" | "description") => Element::Text,
        (Namespace::Podcast, "duration") => Element::Duration,
        (Namespace::Podcast, "image") => Element::Picture,
        (Namespace::Media, "group") => Element::MediaGroup,
        (Namespace::Media, "content") => Element::MediaContent,
        (Namespace::Media, "thumbnail") => Element::MediaThumbnail,
        (Namespace::Media, "description") => Element::MediaDescription,
        _ => Element::Other,
    }
}
