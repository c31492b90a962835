//! Finds articles whose text is only in the page's scripts: Arc's `Fusion.globalContent`, the state
//! of Next.js and Nuxt, query caches.
//!
//! * [`arc`]   – stories of the Arc publishing system
//! * [`forms`] – state that is not plain JSON: program text, references, lists of paragraphs
//! * [`state`] – the article that is found, and the keys that hold a body

mod arc;
mod forms;
mod state;

use serde_json::Value;

pub(super) use self::state::ScriptArticle;
use self::state::{BODIES, MIN_BODY_BYTES};

use crate::extract::html::{Dom, ROOT, Tag};
use crate::extract::meta::Described;

/// How many JSON values are examined in one script.
const MAX_VALUES: usize = 200_000;
/// Longer scripts, in bytes, are not read.
const MAX_SCRIPT_BYTES: usize = 4 << 20;

/// Several texts of which the longest has fewer bytes are the teasers of a list.
const MAX_TEASER_BYTES: usize = 1_200;

/// The best article in the page's scripts.
pub(crate) fn read(dom: &Dom<'_>) -> Option<ScriptArticle> {
    let mut best: Option<ScriptArticle> = None;
    let mut stream = String::new();
    for script in dom.all(ROOT, Tag::Script) {
        let Some(text) = dom.children(script).map(|c| dom.words(c)).next() else {
            continue;
        };
        let is_ld = dom
            .attr(script, "type")
            .is_some_and(|t| t.contains("ld+json"));
        if is_ld || text.len() < MIN_BODY_BYTES || text.len() > MAX_SCRIPT_BYTES {
            continue;
        }
        if text.contains("__next_f.push") {
            flight(text, &mut stream);
        } else if text.contains("content_elements") || BODIES.iter().any(|key| text.contains(key)) {
            let values = values(text);
            for value in &values {
                better(&mut best, search(value));
                for whole in value
                    .as_array()
                    .map(|list| forms::flat(list))
                    .unwrap_or_default()
                {
                    better(&mut best, plain(&whole));
                }
            }
            if best.is_none() {
                forms::program(text)
                    .iter()
                    .for_each(|value| better(&mut best, plain(value)));
            }
        }
    }
    for line in stream.lines() {
        let row = line.split_once(':').map_or(line, |(_, row)| row);
        for value in values(row) {
            better(&mut best, search(&value));
        }
    }
    let is_teaser = |found: &ScriptArticle| found.peers >= 3 && found.html.len() < MAX_TEASER_BYTES;
    best.filter(|found| !is_teaser(found))
}

fn better(best: &mut Option<ScriptArticle>, found: Option<ScriptArticle>) {
    let Some(mut found) = found else { return };
    let Some(old) = best else {
        *best = Some(found);
        return;
    };
    let peers = if old.rank == found.rank {
        old.peers + found.peers + 1
    } else {
        old.peers.min(found.peers)
    };
    if (found.rank, old.html.len()) < (old.rank, found.html.len()) {
        std::mem::swap(old, &mut found);
    }
    old.peers = peers;
}

/// Appends a part of Next.js's stream to `stream`: rows of JSON that the page cuts into calls of
/// `self.__next_f.push([1,"…"])`.
fn flight(text: &str, stream: &mut String) {
    let Some(at) = text.find('[') else { return };
    let mut parts = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
    if let Some(Ok(Value::Array(items))) = parts.next()
        && let Some(piece) = items.get(1).and_then(Value::as_str)
        && stream.len() + piece.len() <= MAX_SCRIPT_BYTES
    {
        stream.push_str(piece);
    }
}

/// The JSON values in a script: the whole text if it is JSON, otherwise what follows `=` and `(`.
fn values(text: &str) -> Vec<Value> {
    let text = text.trim();
    let mut found = Vec::new();
    let mut rest = text;
    // At most 16 attempts, so that a hostile script can't make each of its braces cost a parse.
    for _ in 0..16 {
        let Some(at) = rest.find(['{', '[']) else {
            break;
        };
        let starts = at == 0 || rest[..at].trim_end().ends_with(['=', '(', ',', ':']);
        let mut parts = serde_json::Deserializer::from_str(&rest[at..]).into_iter::<Value>();
        match parts.next() {
            Some(Ok(value)) if starts => {
                rest = &rest[at + parts.byte_offset()..];
                found.push(value);
            }
            _ => rest = next_assignment(&rest[at + 1..]),
        }
    }
    found
}

/// The rest of a script from the next place where a value may begin.
fn next_assignment(text: &str) -> &str {
    let marks = ["={", "= {", "({", "=[", "= [", "([", ", {"];
    marks
        .iter()
        .filter_map(|m| text.find(m))
        .min()
        .map_or("", |at| &text[at..])
}

/// The article in a value: an Arc story, or the object whose body is under the most reliable key.
fn search(root: &Value) -> Option<ScriptArticle> {
    let mut best: Option<ScriptArticle> = None;
    let mut queue: Vec<&Value> = vec![root];
    let mut seen = 0;
    while let Some(value) = queue.pop() {
        seen += 1;
        if seen > MAX_VALUES {
            break;
        }
        match value {
            Value::Array(items) => queue.extend(items),
            Value::Object(map) => {
                if let Some(elements) = map.get("content_elements").and_then(Value::as_array) {
                    better(&mut best, arc::story(value, elements));
                }
                better(&mut best, plain(value));
                queue.extend(map.values().filter(|v| v.is_object() || v.is_array()));
            }
            _ => {}
        }
    }
    best
}

/// Reads an object that has a long string under one of the keys for a body.
fn plain(value: &Value) -> Option<ScriptArticle> {
    let (rank, html) = BODIES.iter().enumerate().find_map(|(rank, key)| {
        let found = value.get(key)?;
        let html = match found.as_array() {
            Some(items) => forms::parts(items)?,
            None => found.as_str()?.to_owned(),
        };
        (html.len() >= MIN_BODY_BYTES && reads(&html)).then_some((rank, html))
    })?;
    let text = |keys: &[&str]| {
        keys.iter()
            .filter_map(|k| value.get(k))
            .find_map(|v| v.as_str())
            .filter(|s| !s.trim().is_empty())
            .map(str::to_owned)
    };
    let described = Described {
        found: true,
        headline: text(&["title", "headline", "articleTitle", "newsTitle", "subject"]),
        alternative: text(&[
            "subTitle",
            "subtitle",
            "subHeadline",
            "subheadline",
            "sub_title",
        ]),
        published: text(&[
            "datePublished",
            "publishedAt",
            "published_at",
            "deployDt",
            "publishDate",
            "regDt",
            "regDate",
            "firstPublishDate",
            "createdAt",
        ]),
        modified: text(&[
            "dateModified",
            "updatedAt",
            "updated_at",
            "modifiedAt",
            "lastModified",
            "updDt",
            "modDate",
        ]),
        section: text(&["section", "categoryName", "sectionName"]),
        authors: people(value),
        ..Described::default()
    };
    Some(ScriptArticle {
        html,
        described,
        rank,
        peers: 0,
    })
}

/// Whether a text is prose and not styles or code: mostly letters, with sentences.
fn reads(text: &str) -> bool {
    let head: String = text.chars().take(2000).collect();
    let odd = head
        .chars()
        .filter(|c| matches!(c, '{' | '}' | ';' | '=' | '\\' | '_'))
        .count();
    let marks =
        head.contains("<p") || head.contains("<br") || head.contains(". ") || head.contains("다.");
    marks && odd * 8 < head.chars().count()
}

/// The names under the keys that hold authors.
fn people(value: &Value) -> Vec<String> {
    let lists = [
        "byLines",
        "bylines",
        "byline",
        "authors",
        "author",
        "reporters",
        "reporter",
        "writers",
        "writer",
        "writerName",
        "reporterName",
    ];
    let name = |v: &Value| match v {
        Value::String(s) => Some(s.clone()),
        Value::Object(map) => [
            "name",
            "byline",
            "nm",
            "writerName",
            "reporterName",
            "byLine",
            "title",
        ]
        .iter()
        .find_map(|k| map.get(*k).and_then(Value::as_str))
        .map(str::to_owned),
        _ => None,
    };
    lists
        .iter()
        .filter_map(|k| value.get(k))
        .map(|v| match v {
            Value::Array(items) => items.iter().filter_map(name).collect::<Vec<_>>(),
            one => name(one).into_iter().collect(),
        })
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "새벽 첫차가 다섯 시로 당겨진다. 서울교통공사는 다음 달부터 시행한다고 밝혔다. \
        이용자들은 반기는 분위기다. 노조는 인력이 먼저라고 했다.";

    #[test]
    fn an_arc_story_is_read() {
        let html = format!(
            r#"<script>window.Fusion=window.Fusion||{{}};Fusion.arcSite="x";
            Fusion.globalContent={{"headlines":{{"basic":"첫차"}},
            "credits":{{"by":[{{"name":"김하나"}}]}},
            "content_elements":[{{"type":"text","content":"{TEXT}"}},
            {{"type":"image","url":"https://a.kr/1.jpg","caption":"역"}}]}};Fusion.x=1;</script>"#
        );
        let state = read(&Dom::of(&crate::extract::html::parse(&html))).unwrap();
        assert!(state.html.contains("다섯 시로") && state.html.contains("<figcaption>역"));
        assert_eq!(state.described.authors, ["김하나"]);
    }

    #[test]
    fn a_query_cache_and_a_flight_stream_are_read() {
        let push = format!(
            r#"<script>(window["__RQ1"]=window["__RQ1"]||[]).push({{"detail":{{
            "title":"첫차","contentHtml":"<p>{TEXT}</p>"}}}})</script>"#
        );
        assert_eq!(
            read(&Dom::of(&crate::extract::html::parse(&push)))
                .unwrap()
                .described
                .headline
                .unwrap(),
            "첫차"
        );
        let row = serde_json::to_string(&format!(
            "4:[\"$\",{{\"data\":{{\"contentHtml\":\"<p>{TEXT}</p>\"}}}}]\n"
        ))
        .unwrap();
        let flight = format!("<script>self.__next_f.push([1,{row}])</script>");
        assert!(
            read(&Dom::of(&crate::extract::html::parse(&flight)))
                .unwrap()
                .html
                .contains("첫차가")
        );
    }

    #[test]
    fn code_is_not_an_article() {
        let html = format!(
            "<script>var x = {{\"content\": \"{}\"}}</script>",
            "a{b:c;d_e=f} ".repeat(40)
        );
        assert!(read(&Dom::of(&crate::extract::html::parse(&html))).is_none());
    }
}
