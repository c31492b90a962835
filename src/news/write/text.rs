//! An article as plain text: title, subheads, byline, body, copyright.

use super::{caption_line, clock, photo, writer};
use crate::news::block_marks::{in_bytes, item_marks};
use crate::news::{Article, Block, Span, SpanStyle};

/// The whole article as text to read, mail or print. Blocks are separated by blank lines; a picture
/// is represented by its caption.
pub fn text(article: &Article) -> String {
    let mut parts: Vec<String> = vec![article.title.to_string()];
    parts.push(
        article
            .subheads
            .iter()
            .map(|s| &**s)
            .collect::<Vec<_>>()
            .join("\n"),
    );
    parts.push(byline(article));
    parts.extend(article.blocks.iter().map(|b| block(article, b)));
    parts.push(article.copyright.as_deref().unwrap_or_default().to_owned());
    parts.retain(|p| !p.trim().is_empty());
    let mut out = parts.join("\n\n");
    out.push('\n');
    out
}

/// `배경환 기자 khbae@asiae.co.kr · 아시아경제 · 2025-07-29 09:12`.
fn byline(article: &Article) -> String {
    let mut said: Vec<String> = article
        .bylines
        .iter()
        .map(|b| {
            format!("{} {}", writer(b), b.email.as_deref().unwrap_or_default())
                .trim()
                .to_owned()
        })
        .collect();
    said.extend(article.publisher.iter().map(ToString::to_string));
    said.extend(article.published.map(clock));
    said.retain(|s| !s.is_empty());
    said.join(" · ")
}

/// A text with `~~` around what is struck out, which would say the opposite without a sign.
fn with_struck(text: &str, spans: &[Span]) -> String {
    let mut out = text.to_owned();
    let spans = in_bytes(text, spans);
    for (bytes, _) in spans
        .iter()
        .rev()
        .filter(|(_, style)| *style == SpanStyle::Struck)
    {
        out.insert_str(bytes.end, "~~");
        out.insert_str(bytes.start, "~~");
    }
    out
}

fn block(article: &Article, block: &Block) -> String {
    match block {
        Block::Paragraph { text, spans, .. } => with_struck(text, spans),
        Block::Heading { text, .. } => text.to_string(),
        Block::Image {
            caption, credit, ..
        } => match caption_line(caption.as_ref(), credit.as_ref()) {
            line if line.is_empty() => line,
            line => format!("[{}] {line}", photo(article)),
        },
        Block::Quote { text, .. } => text
            .lines()
            .map(|l| format!("> {l}"))
            .collect::<Vec<_>>()
            .join("\n"),
        Block::List {
            ordered,
            items,
            marks,
        } => items
            .iter()
            .zip(item_marks(*ordered, items.len(), marks))
            .map(|(item, mark)| {
                let indent = "   ".repeat(usize::from(mark.depth));
                format!("{indent}{} {item}", mark.label("-"))
            })
            .collect::<Vec<_>>()
            .join("\n"),
        Block::Table { rows } => rows
            .iter()
            .map(|row| row.iter().map(|c| &**c).collect::<Vec<_>>().join(" | "))
            .collect::<Vec<_>>()
            .join("\n"),
        Block::Code { text } => text
            .lines()
            .map(|l| format!("    {l}"))
            .collect::<Vec<_>>()
            .join("\n"),
        Block::Embed { url, title } => match title.as_deref() {
            Some(title) if !title.is_empty() => format!("[{title}] {url}"),
            _ => url.to_string(),
        },
    }
}
