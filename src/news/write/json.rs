//! An article in the JSON of `gisa extract --format json`: every field present, in the order of the
//! contract.

use serde_json::{Map, Value, json};

use super::seal;
use crate::news::address::without_secrets;
use crate::news::form::Form;
use crate::news::{Article, Block, Clean, Enclosure, Problem, Scrap};

/// The article as the command line prints it. Missing fields are `null` or `[]`; `text` is the body
/// as plain text.
pub fn json(article: &Article) -> Value {
    let mut page = Map::new();
    let mut put = |key: &str, value: Value| drop(page.insert(key.to_owned(), value));
    let shown = |url: &Option<Clean>| json!(url.as_deref().map(without_secrets));
    put("url", shown(&article.url));
    put("canonical_url", shown(&article.canonical_url));
    put("publisher", json!(article.publisher));
    put("section", json!(article.section));
    put("lang", json!(article.lang));
    put("title", json!(article.title));
    put("subheads", json!(article.subheads));
    put("bylines", bylines(article));
    put("published", json!(article.published));
    put("updated", json!(article.updated));
    put("blocks", article.blocks.iter().map(block).collect());
    put("copyright", json!(article.copyright));
    put("page_summary", json!(article.page_summary));
    put(
        "related",
        article
            .related
            .iter()
            .map(|r| json!({"title": r.title, "url": r.url}))
            .collect(),
    );
    put(
        "most_read",
        article
            .most_read
            .iter()
            .map(|r| json!({"rank": r.rank, "title": r.title, "url": r.url}))
            .collect(),
    );
    put("text", json!(article.text()));
    put("extraction", extraction(article));
    if article.claims_its_origin() {
        put("claimed", json!(true));
    }
    if let Some(image) = &article.lead_image {
        put("lead_image", json!(image));
    }
    if !article.enclosures.is_empty() {
        let bare = article.enclosures.iter().map(|it| Enclosure {
            url: Clean::line(&without_secrets(&it.url)),
            ..it.clone()
        });
        put("enclosures", json!(bare.collect::<Vec<_>>()));
    }
    if article.discussion.is_some() {
        put("discussion", shown(&article.discussion));
    }
    Value::Object(page)
}

/// A scrap as a file of that JSON, with its other fields under `scrap`. A mark identifies the file
/// later (see [`seal`]). `data` returns the bytes of a stored picture in base 64, by the name of
/// its file.
///
/// # Errors
/// An error of the serialisation; none is known to occur.
pub fn scrap_json(
    scrap: &Scrap,
    data: &dyn Fn(&str) -> Option<String>,
) -> serde_json::Result<String> {
    let mut shape = scrap.exported()?;
    for picture in shape
        .pointer_mut("/scrap/pictures")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        let data = picture.get("file").and_then(Value::as_str).and_then(data);
        if let (Some(data), Value::Object(fields)) = (data, picture) {
            fields.insert("data".to_owned(), Value::String(data));
        }
    }
    let enclosed = scrap.article.enclosures.len();
    let enclosed = (0..enclosed).map(|i| format!("/enclosures/{i}/url"));
    let own = ["/url", "/canonical_url", "/discussion"].map(str::to_owned);
    for place in own.into_iter().chain(enclosed) {
        if let Some(url) = shape.pointer_mut(&place)
            && let Some(text) = url.as_str()
        {
            *url = json!(without_secrets(text));
        }
    }
    let mut file = Map::new();
    file.insert("gisa".to_owned(), Value::String(seal::open(scrap.id())));
    if let Value::Object(fields) = shape {
        file.extend(fields);
    }
    Ok(seal::close(format!("{:#}\n", Value::Object(file))))
}

fn bylines(article: &Article) -> Value {
    article
        .bylines
        .iter()
        .map(|b| json!({"name": b.name, "role": b.role, "email": b.email}))
        .collect()
}

fn block(it: &Block) -> Value {
    match it {
        Block::Paragraph { text, links, spans } => {
            let links: Value = links
                .iter()
                .map(|l| json!({"start": l.start, "end": l.end, "url": l.url}))
                .collect();
            let mut value = json!({"kind": "paragraph", "text": text, "links": links});
            if !spans.is_empty() {
                value["spans"] = json!(spans);
            }
            value
        }
        Block::Heading { level, text } => json!({"kind": "heading", "level": level, "text": text}),
        Block::Image {
            url,
            alt,
            caption,
            credit,
        } => {
            json!({"kind": "image", "url": url, "alt": alt, "caption": caption, "credit": credit})
        }
        Block::Quote { text, blocks } => {
            let mut value = json!({"kind": "quote", "text": text});
            if !blocks.is_empty() {
                value["blocks"] = blocks.iter().map(block).collect();
            }
            value
        }
        Block::List {
            ordered,
            items,
            marks,
        } => {
            let mut value = json!({"kind": "list", "ordered": ordered, "items": items});
            if !marks.is_empty() {
                value["marks"] = json!(marks);
            }
            value
        }
        Block::Table { rows } => json!({"kind": "table", "rows": rows}),
        Block::Code { text } => json!({"kind": "code", "text": text}),
        Block::Embed { url, title } => json!({"kind": "embed", "url": url, "title": title}),
    }
}

/// Confidence rounded to three decimals: more would print the rounding noise of a 32-bit float.
fn extraction(article: &Article) -> Value {
    let how = &article.extraction;
    let confidence = (f64::from(how.confidence) * 1000.0).round() / 1000.0;
    let form = Form::of(article);
    let mut value = json!({"method": how.method, "confidence": confidence, "form": form});
    let is_named = |p: &&Problem| !matches!(p, Problem::Other(other) if other.is_blank());
    if let Some(problem) = how.problem.as_ref().filter(is_named) {
        value["problem"] = json!(problem);
    }
    if let Some(page) = how.page {
        value["page"] = json!(page);
    }
    if article.is_cut() {
        value["cut"] = json!(true);
    }
    value
}
