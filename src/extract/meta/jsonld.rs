//! Reads the article's description in JSON-LD, also in `@graph`, in arrays and in broken JSON.

use std::fmt::Write as _;

use serde_json::Value;

use crate::extract::html::{Dom, ROOT, Tag};
use crate::news::PageKind;

/// Longer scripts, in bytes, are data and not descriptions.
const LONGEST: usize = 2 << 20;
/// The most values that are read in one script.
const OBJECTS: usize = 400;

/// The article's fields in JSON-LD; those not given are empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Described {
    /// Whether an article is described.
    pub(crate) found: bool,
    /// Whether the page describes a video and no article.
    pub(crate) is_video: bool,
    /// What the page is said to be besides an article.
    pub(crate) page: Option<PageKind>,
    /// Whether a thing is described that can be sold, with or without a price.
    pub(crate) names_product: bool,
    /// Whether the text is only for subscribers.
    pub(crate) paywalled: bool,
    pub(crate) headline: Option<String>,
    pub(crate) alternative: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) image: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) authors: Vec<String>,
}

/// Reads all JSON-LD scripts: the first article's fields count, and later ones fill those that it
/// lacks.
pub(crate) fn read(dom: &Dom<'_>) -> Described {
    let mut all = Described::default();
    for script in dom.all(ROOT, Tag::Script) {
        let is_ld = dom
            .attr(script, "type")
            .is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"));
        let text = dom
            .children(script)
            .map(|c| dom.words(c))
            .next()
            .unwrap_or_default();
        if !is_ld || text.len() > LONGEST {
            continue;
        }
        if let Some(value) = parse(text) {
            collect(&value, &mut all);
        }
    }
    all
}

/// Parses JSON, also with stray quotation marks, commas, comments or control characters.
pub(crate) fn parse(text: &str) -> Option<Value> {
    let text = text
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let text = text
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let mended = mend(text);
    serde_json::from_str(&mended).ok().or_else(|| {
        // Of several documents in one script, the first one counts.
        serde_json::Deserializer::from_str(&mended)
            .into_iter::<Value>()
            .next()?
            .ok()
    })
}

/// Escapes raw control characters and stray quotation marks in strings, and drops commas before a
/// closing bracket.
fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    let (mut inside, mut escaped) = (false, false);
    while let Some(c) = chars.next() {
        if inside {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => {
                    // A quotation mark that no punctuation of JSON follows is part of the text.
                    let next = chars.clone().find(|c| !c.is_whitespace());
                    inside = !matches!(next, None | Some(',' | ':' | '}' | ']'));
                    if inside {
                        out.push('\\');
                    }
                }
                '\n' | '\r' | '\t' => {
                    out.push(' ');
                    continue;
                }
                _ if c.is_control() => {
                    let _ = write!(out, "\\u{:04x}", c as u32);
                    continue;
                }
                _ => {}
            }
            out.push(c);
            continue;
        }
        if c == ',' && matches!(chars.clone().find(|c| !c.is_whitespace()), Some('}' | ']')) {
            continue;
        }
        inside = c == '"';
        out.push(c);
    }
    out
}

fn collect(value: &Value, all: &mut Described) {
    let mut queue: Vec<&Value> = vec![value];
    let mut seen = 0;
    while let Some(value) = queue.pop() {
        seen += 1;
        if seen > OBJECTS {
            return;
        }
        match value {
            Value::Array(items) => queue.extend(items.iter().rev()),
            Value::Object(map) => {
                all.page = all.page.or_else(|| page_kind(value));
                all.names_product |= kind(value, "Product");
                if is_article(value) {
                    merge(value, all);
                } else {
                    if kind(value, "VideoObject") && !all.found {
                        all.is_video = true;
                    }
                    for key in [
                        "@graph",
                        "mainEntity",
                        "mainEntityOfPage",
                        "itemListElement",
                    ] {
                        queue.extend(map.get(key));
                    }
                }
            }
            _ => {}
        }
    }
}

fn kind(value: &Value, name: &str) -> bool {
    match &value["@type"] {
        Value::String(t) => t.ends_with(name),
        Value::Array(types) => types
            .iter()
            .filter_map(Value::as_str)
            .any(|t| t.ends_with(name)),
        _ => false,
    }
}

/// What kind of page an object describes. A thing without a price is what an article or a service
/// is about.
fn page_kind(value: &Value) -> Option<PageKind> {
    let is_any = |names: &[&str]| names.iter().any(|name| kind(value, name));
    if is_any(&["SearchResultsPage"]) {
        Some(PageKind::Search)
    } else if is_any(&["Product", "ProductGroup"]) && !value["offers"].is_null() {
        Some(PageKind::Product)
    } else if is_any(&["CollectionPage", "OfferCatalog"]) {
        Some(PageKind::Listing)
    } else if is_any(&["DiscussionForumPosting", "QAPage"]) {
        Some(PageKind::Thread)
    } else {
        None
    }
}

fn is_article(value: &Value) -> bool {
    let named = [
        "Article",
        "BlogPosting",
        "Report",
        "Posting",
        "Review",
        "LiveBlogPosting",
    ]
    .iter()
    .any(|k| kind(value, k));
    named
        || (value["headline"].is_string()
            && (value["datePublished"].is_string() || value["articleBody"].is_string()))
}

fn merge(value: &Value, all: &mut Described) {
    all.found = true;
    all.is_video = false;
    all.paywalled |= match &value["isAccessibleForFree"] {
        Value::Bool(free) => !free,
        Value::String(free) => free.eq_ignore_ascii_case("false"),
        _ => false,
    };
    let fill = |slot: &mut Option<String>, found: Option<String>| {
        if slot.is_none() {
            *slot = found.filter(|s| !s.trim().is_empty());
        }
    };
    fill(
        &mut all.headline,
        words(&value["headline"]).or_else(|| words(&value["name"])),
    );
    fill(&mut all.alternative, words(&value["alternativeHeadline"]));
    fill(&mut all.description, words(&value["description"]));
    fill(
        &mut all.body,
        words(&value["articleBody"]).or_else(|| words(&value["reviewBody"])),
    );
    fill(&mut all.published, words(&value["datePublished"]));
    fill(&mut all.modified, words(&value["dateModified"]));
    fill(&mut all.section, words(&value["articleSection"]));
    fill(&mut all.publisher, words(&value["publisher"]));
    fill(
        &mut all.url,
        words(&value["url"])
            .or_else(|| value["mainEntityOfPage"]["@id"].as_str().map(str::to_owned)),
    );
    fill(&mut all.image, picture(&value["image"]));
    fill(&mut all.language, words(&value["inLanguage"]));
    if all.authors.is_empty() {
        all.authors = names(&value["author"]);
    }
}

/// A string, the name of an object, or the first of an array of them.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(crate::extract::html::entity::resolve(s).into_owned()),
        Value::Array(items) => items.first().filter(|v| !v.is_array()).and_then(words),
        Value::Object(map) => map
            .get("name")
            .or_else(|| map.get("@value"))
            .filter(|v| v.is_string())
            .and_then(words)
            .or_else(|| in_parts(map)),
        _ => None,
    }
}

/// The name of a person whose given and family names are stated apart.
fn in_parts(person: &serde_json::Map<String, Value>) -> Option<String> {
    let part = |key: &str| person.get(key).filter(|v| v.is_string()).and_then(words);
    Some(format!("{} {}", part("givenName")?, part("familyName")?))
}

fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().take(20).filter_map(words).collect(),
        one => words(one).into_iter().collect(),
    }
}

fn picture(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.clone()),
        Value::Array(items) => items.first().filter(|v| !v.is_array()).and_then(picture),
        Value::Object(map) => map
            .get("url")
            .or_else(|| map.get("contentUrl"))
            .and_then(Value::as_str)
            .map(str::to_owned),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(json: &str) -> Described {
        let html = format!("<script type='application/ld+json'>{json}</script>");
        read(&Dom::of(&crate::extract::html::parse(&html)))
    }

    #[test]
    fn an_article_in_a_graph_is_found() {
        let d = described(
            r#"{"@graph":[{"@type":"WebSite","name":"신문"},
               {"@type":["NewsArticle"],"headline":"제목 &quot;인용&quot;",
               "author":[{"@type":"Person","name":"김하나"},{"name":"이두리"}],
               "isAccessibleForFree":"False"}]}"#,
        );
        assert_eq!(d.headline.unwrap(), "제목 \"인용\"");
        assert_eq!(d.authors, ["김하나", "이두리"]);
        assert!(d.paywalled);
    }

    #[test]
    fn a_name_in_parts_is_one() {
        let d = described(
            r#"{"@type":"NewsArticle","author":[
               {"@type":"Person","familyName":"Doe","givenName":"Jane Mary"}]}"#,
        );
        assert_eq!(d.authors, ["Jane Mary Doe"]);
    }

    #[test]
    fn broken_json_is_mended() {
        let d = described(
            "<!-- {\"@type\":\"NewsArticle\",\"headline\":\"그는 \"간다\"고\n말했다\",\
             \"datePublished\":\"2024-01-02\",} -->",
        );
        assert_eq!(d.headline.unwrap(), "그는 \"간다\"고 말했다");
        assert_eq!(d.published.unwrap(), "2024-01-02");
    }

    #[test]
    fn deep_or_foreign_json_is_survived() {
        assert!(!described(&"[".repeat(100_000)).found);
        assert!(!described("not json").found);
    }
}
