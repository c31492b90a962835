//! Reads stories of Arc, a publishing system of many large newspapers: `Fusion.globalContent`.

use serde_json::Value;

use super::state::{ScriptArticle, wrap};
use crate::extract::meta::Described;

/// Reads an Arc story, whose `elements` are paragraphs, headings, pictures and lists.
pub(super) fn story(story: &Value, elements: &[Value]) -> Option<ScriptArticle> {
    let mut html = String::new();
    for element in elements {
        arc_element(element, &mut html);
    }
    if html.is_empty() {
        return None;
    }
    let text = |path: &[&str]| {
        path.iter()
            .try_fold(story, |v, k| v.get(k))
            .and_then(Value::as_str)
            .filter(|s| !s.is_empty())
            .map(str::to_owned)
    };
    let authors = story["credits"]["by"].as_array().map(|by| {
        by.iter()
            .filter_map(|a| {
                a["name"]
                    .as_str()
                    .filter(|n| !n.is_empty())
                    .or_else(|| a["byline"].as_str())
            })
            .map(str::to_owned)
            .collect()
    });
    let described = Described {
        found: true,
        headline: text(&["headlines", "basic"]),
        alternative: text(&["subheadlines", "basic"]),
        description: text(&["description", "basic"]),
        published: text(&["display_date"]).or_else(|| text(&["first_publish_date"])),
        modified: text(&["last_updated_date"]),
        section: text(&["taxonomy", "primary_section", "name"]),
        publisher: text(&["distributor", "name"]),
        image: text(&["promo_items", "basic", "url"]),
        authors: authors.unwrap_or_default(),
        ..Described::default()
    };
    Some(ScriptArticle {
        html,
        described,
        rank: 0,
        peers: 0,
    })
}

fn arc_element(element: &Value, html: &mut String) {
    let text = |key: &str| element[key].as_str().unwrap_or_default();
    match text("type") {
        "text" => wrap(html, "p", text("content")),
        "quote" => {
            let inner = element["content_elements"].as_array().map(|e| {
                e.iter()
                    .filter_map(|e| e["content"].as_str())
                    .collect::<Vec<_>>()
                    .join("<br>")
            });
            wrap(html, "blockquote", &inner.unwrap_or_default());
        }
        "header" => wrap(html, "h3", text("content")),
        "image" => {
            let credit = element["credits"]["affiliation"][0]["name"]
                .as_str()
                .unwrap_or_default();
            html.push_str("<figure><img src=\"");
            html.push_str(&text("url").replace('"', "%22"));
            html.push_str("\"><figcaption>");
            html.push_str(text("caption"));
            html.push_str("</figcaption>");
            if !credit.is_empty() && !text("caption").contains(credit) {
                wrap(html, "span class=credit", credit);
            }
            html.push_str("</figure>");
        }
        "list" => {
            html.push_str("<ul>");
            for item in element["items"].as_array().into_iter().flatten() {
                wrap(html, "li", item["content"].as_str().unwrap_or_default());
            }
            html.push_str("</ul>");
        }
        _ => {}
    }
}
