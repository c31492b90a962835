//! The body of an article as markup that is both HTML and XHTML: the one writer for HTML pages,
//! EPUB chapters and editions. All outside text is escaped, and only `http` and `https` addresses
//! become links.

use std::fmt::Write as _;

use super::annotations::{PLAIN, TextMarks, Written, html_tag};
use super::{caption_line, clock, shown_address, web, writer};
use crate::news::block_marks::item_marks;
use crate::news::{Article, Block, Clean, ItemMark};

/// The blocks of an article as HTML, without a page around them.
pub(super) fn body(article: &Article) -> String {
    let (mut out, of) = (String::new(), Written::plain(article));
    for (index, b) in article.blocks.iter().enumerate() {
        block(&mut out, of, index, b);
    }
    out
}

/// Authors, publisher and time.
pub(super) fn byline(out: &mut String, article: &Article) {
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
        if let Some(url) = piece.url.and_then(|url| of.link(url)) {
            words = format!("<a href=\"{}\">{words}</a>", escape(&url));
        }
        if let Some(colour) = piece.colour {
            words = format!(
                "<mark class=\"{}\" title=\"{}\">{words}</mark>",
                colour.name(),
                of.colour(colour)
            );
        }
        if let Some(id) = piece.anchor {
            words = format!("<span id=\"{}\">{words}</span>", escape(id));
        }
        out.push_str(&words);
    }
    out
}

/// A block of the body; `index` is its place in the article.
pub(super) fn block(out: &mut String, of: Written<'_>, index: usize, it: &Block) {
    let marked =
        |item: usize, text: &str, marks: TextMarks<'_>| marked(of, (index, item), text, marks);
    match it {
        Block::Paragraph { text, links, spans } => {
            let words = marked(0, text, (links, spans));
            put(out, format_args!("<p>{words}</p>\n"));
        }
        Block::Heading { level, text } => {
            let level = (*level).clamp(2, 6).saturating_add(of.deeper).min(6);
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
            let there = kept
                .as_deref()
                .or_else(|| web(url).filter(|_| of.is_online));
            image(out, there, alt.as_deref().unwrap_or_default(), &caption, of);
        }
        // Highlights count in the plain text.
        Block::Quote { blocks, .. } if !blocks.is_empty() && of.highlights().is_empty() => {
            out.push_str("<blockquote>\n");
            // Sentences are counted in the plain text: a link to one leads to the quotation.
            for (_, id) in of.anchors_in(index) {
                put(out, format_args!("<span id=\"{}\"></span>", escape(id)));
            }
            let inner = Written { anchors: &[], ..of };
            for inside in blocks {
                block(out, inner, index, inside);
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
            match web(url).and_then(|url| of.link(url)) {
                Some(url) => put(
                    out,
                    format_args!(
                        "<p><a href=\"{}\">{}</a></p>\n",
                        escape(&url),
                        escape(title)
                    ),
                ),
                None => put(out, format_args!("<p>{}</p>\n", escape(title))),
            }
        }
    }
}

fn image(out: &mut String, url: Option<&str>, alt: &str, caption: &str, of: Written<'_>) {
    if url.is_none() && caption.is_empty() {
        return;
    }
    out.push_str("<figure>");
    if let Some(url) = url {
        // What lies in the file itself is there at once.
        let when = if of.is_online {
            " loading=\"lazy\""
        } else {
            ""
        };
        let (url, alt) = (escape(url), escape(alt));
        put(
            out,
            format_args!("<img src=\"{url}\" alt=\"{alt}\"{when}/>"),
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
    let mut rows = rows.iter().filter(|row| !row.is_empty()).peekable();
    if rows.peek().is_none() {
        return;
    }
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

/// Copyright and address.
pub(super) fn footer(out: &mut String, of: Written<'_>) {
    let article = of.article;
    let mut said: Vec<String> = article.copyright.iter().map(|c| lines(c)).collect();
    if let Some(url) = web(&shown_address(article)).and_then(|url| of.link(url)) {
        let url = escape(&url);
        said.push(format!("<a href=\"{url}\">{url}</a>"));
    }
    if !said.is_empty() {
        put(
            out,
            format_args!("<footer>{}</footer>\n", said.join("<br/>\n")),
        );
    }
}

/// Writing to a string cannot fail.
pub(super) fn put(out: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(what);
}

/// Escapes a text, with `<br/>` for the author's line breaks.
pub(super) fn lines(text: &str) -> String {
    escape(text).replace('\n', "<br/>\n")
}

/// Escapes a text for use between tags and inside either kind of quotes. Characters that XML can't
/// have, not even escaped, are left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if c.is_control() && c != '\n' && c != '\t' => {}
            _ => out.push(c),
        }
    }
    out
}
