//! An article as a single HTML page without dependencies: with its own style, without scripts, and
//! with all outside text escaped.

use std::fmt::Write as _;

use super::annotations::{PLAIN, PictureNames, TextMarks, Written, html_tag};
use super::{caption_line, clock, seal, shown_address, web, writer};
use crate::news::block_marks::item_marks;
use crate::news::{Article, Block, Clean, ItemMark, Scrap};

const STYLE: &str = "body{max-width:40rem;margin:2rem auto;\
padding:0 1rem;line-height:1.7;word-break:keep-all;\
overflow-wrap:anywhere;font-family:serif}h1{line-height:1.3}.sub{font-weight:bold;margin:.2rem 0}\
.by,figcaption,footer{color:#666;font-size:.9rem}figure{margin:1.5rem 0}img{max-width:100%}\
table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3rem .6rem}pre{overflow-x:auto}\
blockquote{border-left:3px solid #bbb;margin-left:0;padding-left:1rem}\
mark{color:inherit;text-decoration:underline;text-underline-offset:.2em}\
mark.yellow{background:#f2c55c55}\
mark.green{background:#7fc98f55;text-decoration-style:double}\
mark.blue{background:#7fb2f055;text-decoration-style:dotted}\
mark.pink{background:#ef9fc055;text-decoration-style:wavy}\
.own{border:1px solid #bbb;border-radius:.3rem;\
padding:.2rem 1rem;margin:1rem 0}.own h2{font-size:1rem}.tag{margin-right:.6rem}\
@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}a{color:#8bf}}";

/// The article as a page of its own. Only `http` and `https` addresses become links or pictures.
pub fn html(article: &Article) -> String {
    page(Written::plain(article))
}

/// A scrap as an HTML page, with the reader's notes and highlights, the short news and the stored
/// pictures. A mark in its head identifies the file later (see [`seal`]). `pictures` returns a
/// picture as a `data:` address.
pub fn scrap_html(scrap: &Scrap, pictures: PictureNames<'_>) -> String {
    seal::close(page(Written {
        article: &scrap.article,
        scrap: Some(scrap),
        pictures,
    }))
}

/// The blocks of an article as HTML, without a page around them.
pub(super) fn body(article: &Article) -> String {
    let (mut out, of) = (String::new(), Written::plain(article));
    for (index, b) in article.blocks.iter().enumerate() {
        block(&mut out, of, index, b);
    }
    out
}

fn page(of: Written<'_>) -> String {
    let article = of.article;
    let lang = article
        .lang
        .as_deref()
        .unwrap_or(if article.is_korean() { "ko" } else { "" });
    let title = escape(&article.title);
    let mark = of
        .scrap
        .map(|s| format!("<meta name=\"gisa\" content=\"{}\">\n", seal::open(s.id())));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n{}\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src http: \
         https: data:; \
         style-src 'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n<article>\n<h1>{title}</h1>\n",
        escape(lang),
        mark.unwrap_or_default()
    );
    for subhead in &article.subheads {
        put(
            &mut out,
            format_args!("<p class=\"sub\">{}</p>\n", lines(subhead)),
        );
    }
    byline(&mut out, article);
    own(&mut out, of);
    for (index, b) in article.blocks.iter().enumerate() {
        block(&mut out, of, index, b);
    }
    highlights(&mut out, of);
    footer(&mut out, article);
    out.push_str("</article>\n</html>\n");
    out
}

/// The reader's tags and note, and the short news.
fn own(out: &mut String, of: Written<'_>) {
    let Some(scrap) = of.scrap else { return };
    if !scrap.tags.is_empty() {
        let tags = scrap
            .tags
            .iter()
            .map(|t| format!("<span class=\"tag\">#{}</span>", escape(t)));
        put(
            out,
            format_args!("<p class=\"by\">{}</p>\n", tags.collect::<String>()),
        );
    }
    if let Some(note) = scrap.note.as_ref().filter(|n| !n.is_blank()) {
        put(
            out,
            format_args!(
                "<aside class=\"own\"><h2>{}</h2><p>{}</p></aside>\n",
                of.note(),
                lines(note)
            ),
        );
    }
    if let Some(summary) = &scrap.summary {
        let items = summary
            .sentences
            .iter()
            .map(|l| format!("<li>{}</li>\n", lines(&l.text)))
            .collect::<String>();
        let heading = of.short_news();
        put(
            out,
            format_args!("<aside class=\"own\"><h2>{heading}</h2><ul>\n{items}</ul></aside>\n"),
        );
    }
}

/// The list of highlights, each with the name of its colour and the reader's note.
fn highlights(out: &mut String, of: Written<'_>) {
    if of.highlights().is_empty() {
        return;
    }
    put(out, format_args!("<h2>{}</h2>\n", of.marked()));
    for h in of.highlights() {
        let (class, name) = (h.colour.name(), of.colour(h.colour));
        put(
            out,
            format_args!(
                "<blockquote><mark class=\"{class}\">{}</mark> <small>({name})</small>",
                lines(&h.quote)
            ),
        );
        if let Some(note) = h.note.as_ref().filter(|n| !n.is_blank()) {
            put(out, format_args!("<p>{}</p>", lines(note)));
        }
        out.push_str("</blockquote>\n");
    }
}

fn byline(out: &mut String, article: &Article) {
    let mut said: Vec<String> = article
        .bylines
        .iter()
        .map(|b| escape(format!("{} {}", writer(b), b.email.as_deref().unwrap_or_default()).trim()))
        .collect();
    said.extend(article.publisher.iter().map(|p| escape(p)));
    said.extend(
        article
            .published
            .map(|s| format!("<time datetime=\"{s}\">{}</time>", clock(s))),
    );
    said.retain(|s| !s.is_empty());
    if !said.is_empty() {
        put(
            out,
            format_args!("<p class=\"by\">{}</p>\n", said.join(" · ")),
        );
    }
}

/// A text of the body with its links and highlights.
fn marked(of: Written<'_>, place: (usize, usize), text: &str, marks: TextMarks<'_>) -> String {
    let mut out = String::new();
    for piece in of.cut(place, text, marks) {
        let mut words = lines(piece.text);
        for style in piece.styles.iter().rev() {
            let tag = html_tag(*style);
            words = format!("<{tag}>{words}</{tag}>");
        }
        if let Some(url) = piece.url {
            words = format!("<a href=\"{}\">{words}</a>", escape(url));
        }
        match piece.colour {
            Some(colour) => put(
                &mut out,
                format_args!(
                    "<mark class=\"{}\" title=\"{}\">{words}</mark>",
                    colour.name(),
                    of.colour(colour)
                ),
            ),
            None => out.push_str(&words),
        }
    }
    out
}

fn block(out: &mut String, of: Written<'_>, index: usize, it: &Block) {
    let marked =
        |item: usize, text: &str, marks: TextMarks<'_>| marked(of, (index, item), text, marks);
    match it {
        Block::Paragraph { text, links, spans } => {
            let words = marked(0, text, (links, spans));
            put(out, format_args!("<p>{words}</p>\n"));
        }
        Block::Heading { level, text } => {
            let level = (*level).clamp(2, 6);
            put(
                out,
                format_args!("<h{level}>{}</h{level}>\n", marked(0, text, PLAIN)),
            );
        }
        Block::Image {
            url,
            alt,
            caption,
            credit,
        } => {
            let kept = (of.pictures)(url);
            let caption = caption_line(caption.as_ref(), credit.as_ref());
            image(
                out,
                kept.as_deref().or_else(|| web(url)),
                alt.as_deref().unwrap_or_default(),
                &caption,
            );
        }
        // Highlights count in the plain text.
        Block::Quote { blocks, .. } if !blocks.is_empty() && of.highlights().is_empty() => {
            out.push_str("<blockquote>\n");
            for inside in blocks {
                block(out, of, index, inside);
            }
            out.push_str("</blockquote>\n");
        }
        Block::Quote { text, .. } => put(
            out,
            format_args!("<blockquote>{}</blockquote>\n", marked(0, text, PLAIN)),
        ),
        Block::List {
            ordered,
            items,
            marks,
        } => {
            let marks = item_marks(*ordered, items.len(), marks);
            let items = items
                .iter()
                .enumerate()
                .map(|(i, item)| marked(i, item, PLAIN));
            list(out, marks.zip(items));
        }
        Block::Table { rows } => table(out, rows),
        Block::Code { text } => put(
            out,
            format_args!("<pre><code>{}</code></pre>\n", escape(text)),
        ),
        Block::Embed { url, title } => {
            let title = title.as_ref().filter(|t| !t.is_blank()).unwrap_or(url);
            match web(url) {
                Some(url) => put(
                    out,
                    format_args!("<p><a href=\"{}\">{}</a></p>\n", escape(url), escape(title)),
                ),
                None => put(out, format_args!("<p>{}</p>\n", escape(title))),
            }
        }
    }
}

fn image(out: &mut String, url: Option<&str>, alt: &str, caption: &str) {
    if url.is_none() && caption.is_empty() {
        return;
    }
    out.push_str("<figure>");
    if let Some(url) = url {
        put(
            out,
            format_args!(
                "<img src=\"{}\" alt=\"{}\" loading=\"lazy\">",
                escape(url),
                escape(alt)
            ),
        );
    }
    if !caption.is_empty() {
        put(
            out,
            format_args!("<figcaption>{}</figcaption>", lines(caption)),
        );
    }
    out.push_str("</figure>\n");
}

/// A list and those inside it. An item's number is written where it doesn't follow by itself.
fn list(out: &mut String, items: impl Iterator<Item = (ItemMark, String)>) {
    // The open lists, the innermost last: whether numbered, and the next number.
    let mut open: Vec<(bool, i64)> = Vec::new();
    let close = |out: &mut String, open: &mut Vec<(bool, i64)>| {
        let tag = if open.pop().is_some_and(|(ordered, _)| ordered) {
            "ol"
        } else {
            "ul"
        };
        put(out, format_args!("</li>\n</{tag}>\n"));
    };
    for (mark, words) in items {
        let depth = usize::from(mark.depth) + 1;
        let ordered = mark.number.is_some();
        while open.len() > depth || open.len() == depth && open[depth - 1].0 != ordered {
            close(out, &mut open);
        }
        if open.len() == depth {
            out.push_str("</li>\n");
        }
        while open.len() < depth {
            let is_last = open.len() + 1 == depth;
            let tag = if is_last && ordered { "ol" } else { "ul" };
            put(out, format_args!("<{tag}>\n"));
            open.push((is_last && ordered, 1));
            if !is_last {
                out.push_str("<li>");
            }
        }
        match (mark.number, open.last_mut()) {
            (Some(number), Some((_, next))) => {
                if number == *next {
                    out.push_str("<li>");
                } else {
                    put(out, format_args!("<li value=\"{number}\">"));
                }
                *next = number.saturating_add(1);
            }
            _ => out.push_str("<li>"),
        }
        out.push_str(&words);
    }
    while !open.is_empty() {
        close(out, &mut open);
    }
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
    if let Some(url) = web(&shown_address(article)) {
        let url = escape(url);
        said.push(format!("<a href=\"{url}\">{url}</a>"));
    }
    if !said.is_empty() {
        put(
            out,
            format_args!("<footer>{}</footer>\n", said.join("<br>\n")),
        );
    }
}

/// Writing to a string cannot fail.
fn put(out: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(what);
}

/// Escapes a text, with `<br>` for the author's line breaks.
fn lines(text: &str) -> String {
    escape(text).replace('\n', "<br>\n")
}

/// Escapes a text for use between tags and inside either kind of quotes.
pub(super) fn escape(text: &str) -> String {
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
