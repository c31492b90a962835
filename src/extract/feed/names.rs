//! The names of a feed's elements, and what they mean.

/// Prefixes that feeds use, sometimes without saying what they mean.
pub(super) const PREFIXES: [(&str, &str); 6] = [
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
];

/// Names that no feed means otherwise, in whatever case it writes them.
const SPELLED: [&str; 14] = [
    "rss",
    "channel",
    "item",
    "title",
    "link",
    "description",
    "pubDate",
    "guid",
    "author",
    "category",
    "content:encoded",
    "dc:date",
    "dc:creator",
    "lastBuildDate",
];

/// `name` as the standards spell it.
pub(super) fn canonical(name: &str) -> &str {
    if !name.bytes().any(|b| b.is_ascii_uppercase()) && name != "pubdate" {
        return name;
    }
    SPELLED.iter().find(|n| n.eq_ignore_ascii_case(name)).map_or(name, |n| n)
}

pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Namespaces of old versions mean what the new one means.
pub(super) fn root_value<'v>(key: &str, value: &'v str) -> &'v str {
    match value.trim() {
        "http://purl.org/atom/ns#" => "http://www.w3.org/2005/Atom",
        "http://my.netscape.com/rdf/simple/0.9/"
        | "http://channel.netscape.com/rdf/simple/0.9/"
        | "http://purl.org/net/rss1.1#" => "http://purl.org/rss/1.0/",
        "http://backend.userland.com/rss2"
        | "http://backend.userland.com/RSS2"
        | "http://blogs.law.harvard.edu/tech/rss"
            if key == "xmlns" =>
        {
            ""
        }
        _ => value,
    }
}

pub(super) fn is_date(name: &str) -> bool {
    matches!(
        name,
        "pubDate"
            | "pubdate"
            | "dc:date"
            | "published"
            | "updated"
            | "lastBuildDate"
            | "atom:updated"
            | "atom:published"
            | "created"
    )
}

/// Elements whose markup, if they have any, is text. In Atom that is so unless they say `xhtml`.
pub(super) fn is_words(name: &str, atom: bool) -> bool {
    if atom {
        return matches!(name, "title" | "subtitle" | "summary" | "content" | "rights");
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
    matches!(name, "description" | "content:encoded" | "dc:description" | "summary" | "content")
}
