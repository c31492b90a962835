//! An article as Markdown with the YAML front matter that Obsidian and Jekyll read.
//!
//! All outside text is escaped: characters with a meaning in CommonMark, GFM tables, kramdown,
//! Obsidian (`#tag`, `==mark==`, `$math$`, `%%comment%%`) or Liquid (`{{ }}`, `{% %}`). A hostile
//! headline stays plain text.

use super::annotations::{PLAIN, PictureNames, StyledRun, TextMarks, Written, html_tag};
use super::{caption_line, photo, seal, shown_address, web, writer};
use crate::news::block_marks::item_marks;
use crate::news::{Article, Block, Clean, Scrap, SpanStyle};

/// The article as a note: front matter, headline, subheads, body, copyright.
pub fn markdown(article: &Article) -> String {
    note(Written::plain(article), &[], &[])
}

/// A scrap as a note: like [`markdown`], with the reader's notes and highlights and the short news.
/// A mark identifies the file later (see [`seal`]).
pub fn scrap_markdown(scrap: &Scrap, pictures: PictureNames<'_>) -> String {
    let article = &scrap.article;
    let first = [
        ("gisa", seal::open(scrap.id())),
        ("aliases", list([article.title.to_string()].into_iter())),
    ];
    let own = [
        (
            "date",
            if article.published.is_none() {
                scrap.kept.to_string()
            } else {
                String::new()
            },
        ),
        ("url", yaml(&shown_address(article))),
        ("kept", scrap.kept.to_string()),
        ("tags", list(scrap.tags.iter().map(|t| tag(t)))),
        ("note", yaml(scrap.note.as_deref().unwrap_or_default())),
        (
            "highlights",
            if scrap.highlights.is_empty() {
                String::new()
            } else {
                scrap.highlights.len().to_string()
            },
        ),
    ];
    seal::close(note(
        Written {
            article,
            scrap: Some(scrap),
            pictures,
            ..Written::plain(&scrap.article)
        },
        &first,
        &own,
    ))
}

/// A label in the form that Obsidian accepts: letters, digits, `-`, `_` and `/`, but not digits
/// alone.
fn tag(label: &str) -> String {
    let kept = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/');
    let words: String = label
        .trim_start_matches('#')
        .chars()
        .map(|c| if kept(c) { c } else { '-' })
        .collect();
    let words = words
        .split('-')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    if !words.is_empty() && words.chars().all(char::is_numeric) {
        format!("_{words}")
    } else {
        words
    }
}

fn note(of: Written<'_>, first: &[(&str, String)], own: &[(&str, String)]) -> String {
    let article = of.article;
    let mut parts = vec![format!("# {}", inline(&article.title))];
    parts.push(
        article
            .subheads
            .iter()
            .map(|s| format!("**{}**", inline(s)))
            .collect::<Vec<_>>()
            .join("  \n"),
    );
    parts.extend(above(of));
    parts.extend(
        article
            .blocks
            .iter()
            .enumerate()
            .map(|(index, b)| block(of, index, b)),
    );
    parts.extend(
        article
            .copyright
            .as_ref()
            .map(|c| format!("*{}*", inline(c))),
    );
    parts.extend(below(of));
    parts.retain(|p| !p.trim().is_empty());
    format!(
        "{}\n{}\n",
        front_matter(article, first, own),
        parts.join("\n\n")
    )
}

/// The reader's note and the short news.
fn above(of: Written<'_>) -> Vec<String> {
    let Some(scrap) = of.scrap else {
        return Vec::new();
    };
    let mut out = Vec::new();
    if let Some(note) = scrap.note.as_ref().filter(|n| !n.is_blank()) {
        out.push(format!("> [!note] {}\n{}", of.note(), quoted(note)));
    }
    if let Some(summary) = &scrap.summary {
        let lines = summary
            .sentences
            .iter()
            .map(|line| format!("> - {}", markdown_line(&line.text)));
        out.push(format!(
            "> [!summary] {}\n{}",
            of.short_news(),
            lines.collect::<Vec<_>>().join("\n")
        ));
    }
    out
}

/// The list of highlights, each with the name of its colour and the reader's note.
fn below(of: Written<'_>) -> Vec<String> {
    if of.highlights().is_empty() {
        return Vec::new();
    }
    let mut out = vec![format!("## {}", of.marked())];
    out.extend(of.highlights().iter().map(|h| {
        let mut item = format!(
            "- **{}**\n\n  {}",
            of.colour(h.colour),
            quoted(&h.quote).replace('\n', "\n  ")
        );
        if let Some(note) = h.note.as_ref().filter(|n| !n.is_blank()) {
            item.push_str(&format!(
                "\n\n  {}",
                settle(&escape(note)).replace('\n', "\n  ")
            ));
        }
        item
    }));
    out
}

fn quoted(text: &str) -> String {
    settle(&escape(text))
        .lines()
        .map(|l| format!("> {l}"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn front_matter(article: &Article, first: &[(&str, String)], own: &[(&str, String)]) -> String {
    let mut out = String::from("---\n");
    let mut put = |key: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(key);
            out.push_str(": ");
            out.push_str(value);
            out.push('\n');
        }
    };
    if let Some((key, value)) = first.first() {
        put(key, value);
    }
    put("title", &yaml(&article.title));
    for (key, value) in first.iter().skip(1) {
        put(key, value);
    }
    put(
        "subtitle",
        &list(article.subheads.iter().map(|s| s.to_string())),
    );
    put("author", &list(article.bylines.iter().map(writer)));
    put(
        "publisher",
        &yaml(article.publisher.as_deref().unwrap_or_default()),
    );
    put(
        "section",
        &yaml(article.section.as_deref().unwrap_or_default()),
    );
    put(
        "date",
        &article.published.map(|s| s.to_string()).unwrap_or_default(),
    );
    put(
        "updated",
        &article.updated.map(|s| s.to_string()).unwrap_or_default(),
    );
    put("source", &yaml(&shown_address(article)));
    put("lang", &yaml(article.lang.as_deref().unwrap_or_default()));
    for (key, value) in own {
        put(key, value);
    }
    // Backslashes do not escape Liquid inside a code block, so the front matter tells Jekyll not to
    // render the page.
    if article
        .blocks
        .iter()
        .any(|b| matches!(b, Block::Code { text } if text.contains("{{") || text.contains("{%")))
    {
        put("render_with_liquid", "false");
    }
    out.push_str("---\n");
    out
}

/// A YAML flow list of quoted strings; nothing if there are none.
fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.map(|i| yaml(&i)).filter(|i| !i.is_empty()).collect();
    if items.is_empty() {
        String::new()
    } else {
        format!("[{}]", items.join(", "))
    }
}

/// A double-quoted YAML scalar; nothing if there is no value.
fn yaml(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!(
        "\"{}\"",
        text.replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', "\\n")
    )
}

/// A run of text as Markdown. Where signs would not be read as markup – a run ends with a
/// punctuation mark before a letter, or goes on in the same style – HTML stands for them.
fn styled(
    run: &StyledRun<'_>,
    before: Option<&StyledRun<'_>>,
    after: Option<&StyledRun<'_>>,
) -> String {
    let words = run.text.trim_matches(' ');
    if run.styles.is_empty() || words.is_empty() {
        return escape(run.text);
    }
    let goes_on = |other: Option<&StyledRun<'_>>| {
        other.is_some_and(|other| other.styles.iter().any(|s| run.styles.contains(s)))
    };
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let text_before = before.and_then(|run| run.text.chars().next_back());
    let text_after = after.and_then(|run| run.text.chars().next());
    let is_tight = words.len() == run.text.len();
    let is_read = !goes_on(before)
        && !goes_on(after)
        && (!is_tight
            || (is_word(words.chars().next()) || !is_word(text_before))
                && (is_word(words.chars().next_back()) || !is_word(text_after)));
    let is_code = run.styles.contains(&SpanStyle::Code) && is_read && !words.contains('\n');
    let mut out = if is_code {
        code_span(words)
    } else {
        escape(words)
    };
    for style in run.styles.iter().rev() {
        let sign = match style {
            SpanStyle::Code if is_code => continue,
            SpanStyle::Bold if is_read => "**",
            SpanStyle::Italic if is_read => "*",
            SpanStyle::Struck if is_read => "~~",
            other => {
                let tag = html_tag(*other);
                out = format!("<{tag}>{out}</{tag}>");
                continue;
            }
        };
        out = format!("{sign}{out}{sign}");
    }
    let lead = run.text.len() - run.text.trim_start_matches(' ').len();
    let tail = run.text.len() - lead - words.len();
    format!("{}{out}{}", " ".repeat(lead), " ".repeat(tail))
}

/// Code within a line. The fence is longer than any run of backticks in the text.
fn code_span(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A text of the body with its links, spans and highlights, escaped.
fn marked(of: Written<'_>, place: (usize, usize), text: &str, marks: TextMarks<'_>) -> String {
    let mut out = String::new();
    let pieces = of.cut(place, text, marks);
    for (at, piece) in pieces.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| pieces.get(at));
        let mut words = styled(piece, before, pieces.get(at + 1));
        if let Some(url) = piece.url {
            words = format!("[{words}]({})", destination(url));
        }
        match piece.colour {
            Some(colour) => {
                out.push_str(&format!("<mark class=\"{}\">{words}</mark>", colour.name()));
            }
            None => out.push_str(&words),
        }
    }
    out
}

fn block(of: Written<'_>, index: usize, it: &Block) -> String {
    let article = of.article;
    match it {
        Block::Paragraph { text, links, spans } => {
            settle(&marked(of, (index, 0), text, (links, spans)))
        }
        Block::Heading { level, text } => {
            let words = marked(of, (index, 0), text, PLAIN).replace('\n', " ");
            format!("{} {words}", "#".repeat(usize::from((*level).clamp(2, 6))))
        }
        Block::Image {
            url,
            alt,
            caption,
            credit,
        } => {
            let line = caption_line(caption.as_ref(), credit.as_ref());
            let kept = (of.pictures)(url);
            image(
                photo(article),
                url,
                kept.as_deref(),
                alt.as_deref().unwrap_or_default(),
                &line,
            )
        }
        Block::Quote { text, blocks } => {
            // Highlights count in the plain text.
            let words = if blocks.is_empty() || !of.highlights().is_empty() {
                settle(&marked(of, (index, 0), text, PLAIN))
            } else {
                let inside = blocks.iter().map(|inside| block(of, index, inside));
                inside.collect::<Vec<_>>().join("\n\n")
            };
            words
                .lines()
                .map(|l| format!("> {l}").trim_end().to_owned())
                .collect::<Vec<_>>()
                .join("\n")
        }
        Block::List {
            ordered,
            items,
            marks,
        } => {
            // An inner list is indented by the width of the mark that it stands under.
            let mut indents = vec![0];
            let mut lines = Vec::with_capacity(items.len());
            for (i, mark) in item_marks(*ordered, items.len(), marks).enumerate() {
                let depth = usize::from(mark.depth).min(indents.len() - 1);
                indents.truncate(depth + 1);
                let label = format!("{} ", mark.label("-"));
                let indent = " ".repeat(indents[depth]);
                let inner = indents[depth] + label.len();
                indents.push(inner);
                let words = settle(&marked(of, (index, i), &items[i], PLAIN));
                let words = words.replace('\n', &format!("\n{}", " ".repeat(inner)));
                lines.push(format!("{indent}{label}{words}"));
            }
            lines.join("\n")
        }
        Block::Table { rows } => table(rows),
        Block::Code { text } => code(text),
        Block::Embed { url, title } => {
            let title = title.as_ref().filter(|t| !t.is_blank()).unwrap_or(url);
            web(url).map_or_else(
                || inline(title),
                |u| format!("[{}]({})", inline(title), destination(u)),
            )
        }
    }
}

fn image(word: &str, url: &str, kept: Option<&str>, alt: &str, caption: &str) -> String {
    let picture = kept
        .or_else(|| web(url))
        .map(|u| format!("![{}]({})", inline(alt), destination(u)));
    match (picture, caption.is_empty()) {
        (Some(picture), true) => picture,
        (Some(picture), false) => format!("{picture}  \n*{}*", inline(caption)),
        (None, true) => String::new(),
        (None, false) => format!("*\\[{word}\\] {}*", inline(caption)),
    }
}

/// A GFM table. Its first row becomes the head, which GFM requires.
fn table(rows: &[Vec<Clean>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let line = |cells: &mut dyn Iterator<Item = String>| {
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut out = Vec::with_capacity(rows.len() + 1);
    for (i, row) in rows.iter().enumerate() {
        let mut cells = (0..width).map(|c| {
            row.get(c)
                .map_or_else(String::new, |c| escape(c).replace('\n', "<br>"))
        });
        out.push(line(&mut cells));
        if i == 0 {
            out.push(line(&mut (0..width).map(|_| "---".to_owned())));
        }
    }
    out.join("\n")
}

/// A fenced code block. The fence is longer than any run of backticks in the text.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{text}\n{fence}")
}

/// A text as a line of Markdown: escaped, on one line, and not readable as the start of a list or a
/// rule.
pub fn markdown_line(text: &str) -> String {
    guard(inline(text).trim())
}

/// A link to `url` with this text; the text alone if `url` is not a web address.
pub fn markdown_link(text: &str, url: Option<&str>) -> String {
    match url.and_then(web) {
        Some(url) => format!("[{}]({})", inline(text), destination(url)),
        None => inline(text),
    }
}

/// Escapes a text, on one line.
fn inline(text: &str) -> String {
    escape(text).replace('\n', " ")
}

/// Puts a backslash before every character that one of the readers takes for markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = '\n';
    for c in text.chars() {
        let special = match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '~' | '$' | '|'
            | '&' | '^' => true,
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

/// Escaped lines in a form that is not readable as a list item, a rule, a setext underline or an
/// indented block. The author's line breaks become hard ones.
fn settle(escaped: &str) -> String {
    escaped
        .lines()
        .map(|l| guard(l.trim()))
        .collect::<Vec<_>>()
        .join("  \n")
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

/// An address for use in parentheses. Characters that could end it or start markup are
/// percent-encoded.
fn destination(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' | ')' | '<' | '>' | '\\' | '"' | '`' | '|' | '{' | '}' => {
                out.push_str(&format!("%{:02X}", c as u32));
            }
            _ if c.is_whitespace() => out.push_str("%20"),
            _ => out.push(c),
        }
    }
    out
}
