//! An article as one HTML page that needs nothing else: own style, no script, every letter of the outside escaped.

use std::fmt::Write as _;

use super::{caption_line, clock, pieces, web, writer};
use crate::news::{Article, Block, Clean};

const STYLE: &str = "body{max-width:40rem;margin:2rem auto;padding:0 1rem;line-height:1.7;word-break:keep-all;\
overflow-wrap:anywhere;font-family:serif}h1{line-height:1.3}.sub{font-weight:bold;margin:.2rem 0}\
.by,figcaption,footer{color:#666;font-size:.9rem}figure{margin:1.5rem 0}img{max-width:100%}\
table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3rem .6rem}pre{overflow-x:auto}\
blockquote{border-left:3px solid #bbb;margin-left:0;padding-left:1rem}\
@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}a{color:#8bf}}";

/// The article as a page of its own. Only `http` and `https` addresses become links or pictures.
pub fn html(article: &Article) -> String {
    let lang = article.lang.as_deref().unwrap_or(if article.is_korean() { "ko" } else { "" });
    let title = escape(&article.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src http: https:; \
         style-src 'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n<article>\n<h1>{title}</h1>\n",
        escape(lang)
    );
    for subhead in &article.subheads {
        put(&mut out, format_args!("<p class=\"sub\">{}</p>\n", lines(subhead)));
    }
    byline(&mut out, article);
    for b in &article.blocks {
        block(&mut out, b);
    }
    footer(&mut out, article);
    out.push_str("</article>\n</html>\n");
    out
}

fn byline(out: &mut String, article: &Article) {
    let mut said: Vec<String> = article
        .bylines
        .iter()
        .map(|b| escape(format!("{} {}", writer(b), b.email.as_deref().unwrap_or_default()).trim()))
        .collect();
    said.extend(article.publisher.iter().map(|p| escape(p)));
    said.extend(article.published.map(|s| format!("<time datetime=\"{s}\">{}</time>", clock(s))));
    said.retain(|s| !s.is_empty());
    if !said.is_empty() {
        put(out, format_args!("<p class=\"by\">{}</p>\n", said.join(" · ")));
    }
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Paragraph { text, links } => {
            out.push_str("<p>");
            for (piece, url) in pieces(text, links) {
                match url {
                    Some(url) => put(out, format_args!("<a href=\"{}\">{}</a>", escape(url), lines(piece))),
                    None => out.push_str(&lines(piece)),
                }
            }
            out.push_str("</p>\n");
        }
        Block::Heading { level, text } => {
            let level = (*level).clamp(2, 6);
            put(out, format_args!("<h{level}>{}</h{level}>\n", lines(text)));
        }
        Block::Image { url, alt, caption, credit } => {
            image(out, url, alt.as_deref().unwrap_or_default(), &caption_line(caption.as_ref(), credit.as_ref()));
        }
        Block::Quote { text } => put(out, format_args!("<blockquote>{}</blockquote>\n", lines(text))),
        Block::List { ordered, items } => list(out, *ordered, items),
        Block::Table { rows } => table(out, rows),
        Block::Code { text } => put(out, format_args!("<pre><code>{}</code></pre>\n", escape(text))),
        Block::Embed { url, title } => {
            let title = title.as_ref().filter(|t| !t.is_blank()).unwrap_or(url);
            match web(url) {
                Some(url) => put(out, format_args!("<p><a href=\"{}\">{}</a></p>\n", escape(url), escape(title))),
                None => put(out, format_args!("<p>{}</p>\n", escape(title))),
            }
        }
    }
}

fn image(out: &mut String, url: &str, alt: &str, caption: &str) {
    let url = web(url);
    if url.is_none() && caption.is_empty() {
        return;
    }
    out.push_str("<figure>");
    if let Some(url) = url {
        put(out, format_args!("<img src=\"{}\" alt=\"{}\" loading=\"lazy\">", escape(url), escape(alt)));
    }
    if !caption.is_empty() {
        put(out, format_args!("<figcaption>{}</figcaption>", lines(caption)));
    }
    out.push_str("</figure>\n");
}

fn list(out: &mut String, ordered: bool, items: &[Clean]) {
    let tag = if ordered { "ol" } else { "ul" };
    put(out, format_args!("<{tag}>\n"));
    for item in items {
        put(out, format_args!("<li>{}</li>\n", lines(item)));
    }
    put(out, format_args!("</{tag}>\n"));
}

fn table(out: &mut String, rows: &[Vec<Clean>]) {
    out.push_str("<table>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            put(out, format_args!("<td>{}</td>", lines(cell)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

fn footer(out: &mut String, article: &Article) {
    let mut said: Vec<String> = article.copyright.iter().map(|c| lines(c)).collect();
    if let Some(url) = article.address().and_then(|u| web(u)) {
        let url = escape(url);
        said.push(format!("<a href=\"{url}\">{url}</a>"));
    }
    if !said.is_empty() {
        put(out, format_args!("<footer>{}</footer>\n", said.join("<br>\n")));
    }
}

/// Writing to a string cannot fail.
fn put(out: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(what);
}

/// Escaped, with `<br>` for the line breaks that the author set.
fn lines(text: &str) -> String {
    escape(text).replace('\n', "<br>\n")
}

/// Text that is safe between tags and between either kind of quotes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
