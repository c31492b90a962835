//! An article as Markdown with the YAML front matter that Obsidian and Jekyll read.
//!
//! Whatever means something to CommonMark, GFM tables, kramdown, Obsidian (`#tag`, `==mark==`, `$math$`, `%%comment%%`)
//! or Liquid (`{{ }}`, `{% %}`) in the outside's words is escaped, so that a hostile headline stays a headline.

use super::{caption_line, photo, pieces, web, writer};
use crate::news::{Article, Block, Clean, Scrap};

/// The article as a note: front matter, headline, subheads, body, copyright.
pub fn markdown(article: &Article) -> String {
    note(article, &[])
}

/// A scrap as a note: as [`markdown`], with date, tags and the reader's own words in the front matter.
pub fn scrap_markdown(scrap: &Scrap) -> String {
    let own = [
        ("kept", scrap.kept.to_string()),
        ("tags", list(scrap.tags.iter().map(ToString::to_string))),
        ("note", yaml(scrap.note.as_deref().unwrap_or_default())),
    ];
    note(&scrap.article, &own)
}

fn note(article: &Article, own: &[(&str, String)]) -> String {
    let mut parts = vec![format!("# {}", inline(&article.title))];
    parts.push(article.subheads.iter().map(|s| format!("**{}**", inline(s))).collect::<Vec<_>>().join("  \n"));
    parts.extend(article.blocks.iter().map(|b| block(article, b)));
    parts.extend(article.copyright.as_ref().map(|c| format!("*{}*", inline(c))));
    parts.retain(|p| !p.trim().is_empty());
    format!("{}\n{}\n", front_matter(article, own), parts.join("\n\n"))
}

fn front_matter(article: &Article, own: &[(&str, String)]) -> String {
    let mut out = String::from("---\n");
    let mut put = |key: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(key);
            out.push_str(": ");
            out.push_str(value);
            out.push('\n');
        }
    };
    put("title", &yaml(&article.title));
    put("subtitle", &list(article.subheads.iter().map(|s| s.to_string())));
    put("author", &list(article.bylines.iter().map(writer)));
    put("publisher", &yaml(article.publisher.as_deref().unwrap_or_default()));
    put("section", &yaml(article.section.as_deref().unwrap_or_default()));
    put("date", &article.published.map(|s| s.to_string()).unwrap_or_default());
    put("updated", &article.updated.map(|s| s.to_string()).unwrap_or_default());
    put("source", &yaml(article.address().map_or("", |u| u)));
    put("lang", &yaml(article.lang.as_deref().unwrap_or_default()));
    for (key, value) in own {
        put(key, value);
    }
    // Backslashes cannot hide Liquid inside a code block, so Jekyll is told to leave the page alone.
    if article.blocks.iter().any(|b| matches!(b, Block::Code { text } if text.contains("{{") || text.contains("{%"))) {
        put("render_with_liquid", "false");
    }
    out.push_str("---\n");
    out
}

/// A YAML flow list of quoted strings; nothing for no items.
fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.map(|i| yaml(&i)).filter(|i| !i.is_empty()).collect();
    if items.is_empty() { String::new() } else { format!("[{}]", items.join(", ")) }
}

/// A double-quoted YAML scalar; nothing for nothing.
fn yaml(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

fn block(article: &Article, block: &Block) -> String {
    match block {
        Block::Paragraph { text, links } => {
            let mut out = String::new();
            for (piece, url) in pieces(text, links) {
                match url {
                    Some(url) => out.push_str(&format!("[{}]({})", escape(piece), destination(url))),
                    None => out.push_str(&escape(piece)),
                }
            }
            settle(&out)
        }
        Block::Heading { level, text } => {
            format!("{} {}", "#".repeat(usize::from((*level).clamp(2, 6))), inline(text))
        }
        Block::Image { url, alt, caption, credit } => {
            let line = caption_line(caption.as_ref(), credit.as_ref());
            image(photo(article), url, alt.as_deref().unwrap_or_default(), &line)
        }
        Block::Quote { text } => settle(&escape(text)).lines().map(|l| format!("> {l}")).collect::<Vec<_>>().join("\n"),
        Block::List { ordered, items } => items
            .iter()
            .enumerate()
            .map(|(i, item)| {
                let mark = if *ordered { format!("{}. ", i + 1) } else { "- ".to_owned() };
                format!("{mark}{}", settle(&escape(item)).replace('\n', &format!("\n{}", " ".repeat(mark.len()))))
            })
            .collect::<Vec<_>>()
            .join("\n"),
        Block::Table { rows } => table(rows),
        Block::Code { text } => code(text),
        Block::Embed { url, title } => {
            let title = title.as_ref().filter(|t| !t.is_blank()).unwrap_or(url);
            web(url).map_or_else(|| inline(title), |u| format!("[{}]({})", inline(title), destination(u)))
        }
    }
}

fn image(word: &str, url: &str, alt: &str, caption: &str) -> String {
    let picture = web(url).map(|u| format!("![{}]({})", inline(alt), destination(u)));
    match (picture, caption.is_empty()) {
        (Some(picture), true) => picture,
        (Some(picture), false) => format!("{picture}  \n*{}*", inline(caption)),
        (None, true) => String::new(),
        (None, false) => format!("*\\[{word}\\] {}*", inline(caption)),
    }
}

/// A GFM table; the first row is its head, as the form demands one.
fn table(rows: &[Vec<Clean>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let line = |cells: &mut dyn Iterator<Item = String>| format!("| {} |", cells.collect::<Vec<_>>().join(" | "));
    let mut out = Vec::with_capacity(rows.len() + 1);
    for (i, row) in rows.iter().enumerate() {
        let mut cells = (0..width).map(|c| row.get(c).map_or_else(String::new, |c| escape(c).replace('\n', "<br>")));
        out.push(line(&mut cells));
        if i == 0 {
            out.push(line(&mut (0..width).map(|_| "---".to_owned())));
        }
    }
    out.join("\n")
}

/// A fenced block whose fence is longer than any run of backticks inside.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{text}\n{fence}")
}

/// Words as they stand in a line of Markdown: escaped, on one line, never the beginning of a list or a rule.
pub fn markdown_line(text: &str) -> String {
    guard(inline(text).trim())
}

/// A link to a page, with these words.
pub fn markdown_link(text: &str, url: Option<&str>) -> String {
    match url.and_then(web) {
        Some(url) => format!("[{}]({})", inline(text), destination(url)),
        None => inline(text),
    }
}

/// Escaped, on one line.
fn inline(text: &str) -> String {
    escape(text).replace('\n', " ")
}

/// Every character that any of the readers takes for a mark gets its backslash.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = '\n';
    for c in text.chars() {
        let special = match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '~' | '$' | '|' | '&' | '^' => true,
            // Only in pairs: `==mark==`, `%%comment%%`, and Liquid's `{%`.
            '=' => before == '=',
            '%' => before == '%' || before == '{',
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Lines that cannot be taken for a list item, a rule, a setext underline or an indented block; author's line breaks
/// kept as hard ones.
fn settle(escaped: &str) -> String {
    escaped.lines().map(|l| guard(l.trim())).collect::<Vec<_>>().join("  \n")
}

fn guard(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = &line[digits..];
    if (1..=9).contains(&digits)
        && after.starts_with(['.', ')'])
        && matches!(after[1..].chars().next(), None | Some(' '))
    {
        return format!("{}\\{after}", &line[..digits]);
    }
    match line.chars().next() {
        Some('-' | '+' | '=' | ':') => format!("\\{line}"),
        _ => line.to_owned(),
    }
}

/// An address between round brackets: what could end it or start a mark is percent-encoded.
fn destination(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' | ')' | '<' | '>' | '\\' | '"' | '`' | '|' | '{' | '}' => out.push_str(&format!("%{:02X}", c as u32)),
            _ if c.is_whitespace() => out.push_str("%20"),
            _ => out.push(c),
        }
    }
    out
}
