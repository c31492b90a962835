//! An edition as one HTML page, and its parts as XHTML for the chapters of an EPUB.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::annotations::Written;
use super::body::{block, byline, escape, footer, lines, put};
use crate::news::edition::{Edition, EditionLine, EditionPlace};
use crate::news::{Clean, Passage};

/// The style of chapters in a book: faces and sizes are the reading system's.
pub const BOOK_STYLE: &str = include_str!("../../../assets/edition/book.css");

/// What a page of its own adds: width, colours of light and dark, and two columns of issues and
/// contents where there is room.
const PAGE_STYLE: &str = include_str!("../../../assets/edition/page.css");

/// Where the parts of an edition are, for links between them and for pictures.
pub struct EditionLinks<'a> {
    /// The address of a place.
    pub place: &'a dyn Fn(EditionPlace) -> String,
    /// The address of a picture that is there.
    pub picture: &'a dyn Fn(&str) -> Option<String>,
    /// Level of an article's headline, 1 to 3.
    pub level: u8,
    /// Whether it is a chapter of a book, which is checked by the letter.
    pub is_book: bool,
}

/// The id of a place in its file: `a3` for an article, `a3s12` for a sentence of it.
pub fn place_id(place: EditionPlace) -> String {
    match place.sentence {
        Some(sentence) => format!("a{}s{sentence}", place.article + 1),
        None => format!("a{}", place.article + 1),
    }
}

/// An edition as one HTML page with its pictures in it.
pub fn edition_html(edition: &Edition) -> String {
    let links = EditionLinks {
        place: &|place| format!("#{}", place_id(place)),
        picture: &|url| {
            let picture = edition.pictures.get(url)?;
            let bytes = STANDARD.encode(&picture.bytes);
            Some(format!("data:image/jpeg;base64,{bytes}"))
        },
        level: 3,
        is_book: false,
    };
    let (title, date) = (escape(&edition.title), escape(&edition.date));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; \
         style-src 'unsafe-inline'\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <title>{title} · {date}</title>\n<style>\n{BOOK_STYLE}{PAGE_STYLE}</style>\n</head>\n\
         <body>\n",
        edition.lang
    );
    edition_front(&mut out, edition, &links);
    put(
        &mut out,
        format_args!(
            "<nav id=\"contents\">\n<h2>{}</h2>\n<div class=\"list\">\n",
            escape(&edition.labels.contents)
        ),
    );
    for (section, articles) in edition.by_section() {
        put(
            &mut out,
            format_args!("<div><h3>{}</h3>\n<ol>\n", escape(&section.name)),
        );
        for index in articles {
            let it = &edition.articles[index];
            let publisher = it.article.publisher.as_deref().unwrap_or_default();
            put(
                &mut out,
                format_args!(
                    "<li><a href=\"{}\">{}</a> <span class=\"by\">{}</span></li>\n",
                    (links.place)(EditionPlace::article(index)),
                    escape(&it.article.title),
                    escape(publisher)
                ),
            );
        }
        out.push_str("</ol></div>\n");
    }
    out.push_str("</div>\n</nav>\n<main>\n");
    for (section, articles) in edition.by_section() {
        put(
            &mut out,
            format_args!("<section>\n<h2>{}</h2>\n", escape(&section.name)),
        );
        for index in articles {
            edition_article(&mut out, edition, index, &links);
        }
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// The front page: name and date, and the issues with their sentences.
pub fn edition_front(out: &mut String, edition: &Edition, links: &EditionLinks<'_>) {
    let labels = &edition.labels;
    put(
        out,
        format_args!(
            "<header class=\"mast\">\n<p class=\"by\">{}</p>\n<h1>{}</h1>\n<p class=\"by\">{}</p>\n\
             </header>\n<section class=\"issues\">\n<h2>{}</h2>\n",
            escape(&edition.date),
            escape(&edition.title),
            escape(&edition.counts),
            escape(&labels.issues)
        ),
    );
    if edition.issues.is_empty() {
        put(
            out,
            format_args!("<p class=\"by\">{}</p>\n", escape(&labels.no_issues)),
        );
    } else {
        out.push_str("<div class=\"list\">\n");
    }
    for issue in &edition.issues {
        let title = escape(&issue.title);
        let title = match issue.articles.first() {
            Some(first) => linked(&title, &(links.place)(EditionPlace::article(*first))),
            None => title,
        };
        put(
            out,
            format_args!(
                "<div class=\"issue\">\n<h3>{title}</h3>\n<p class=\"by\">{}</p>\n",
                escape(&issue.publishers)
            ),
        );
        short_lines(out, &issue.lines, links);
        out.push_str("</div>\n");
    }
    if !edition.issues.is_empty() {
        out.push_str("</div>\n");
    }
    if edition.issues.iter().any(|issue| !issue.lines.is_empty()) {
        put(
            out,
            format_args!("<p class=\"by\">{}</p>\n", escape(&labels.disclaimer)),
        );
    }
    out.push_str("</section>\n");
}

/// One article, with its short news before its body.
pub fn edition_article(
    out: &mut String,
    edition: &Edition,
    index: usize,
    links: &EditionLinks<'_>,
) {
    let Some(it) = edition.articles.get(index) else {
        return;
    };
    let article = &it.article;
    let anchors: Vec<(Passage, String)> = edition
        .targets(index)
        .into_iter()
        .filter_map(|sentence| {
            let place = EditionPlace {
                article: index,
                sentence: Some(sentence),
            };
            Some((it.sentences.get(sentence)?.clone(), place_id(place)))
        })
        .collect();
    let of = Written {
        pictures: links.picture,
        anchors: &anchors,
        is_online: false,
        deeper: links.level.saturating_sub(1),
        is_strict: links.is_book,
        ..Written::plain(article)
    };
    let level = links.level;
    put(
        out,
        format_args!(
            "<article id=\"{}\"{}>\n<h{level}>{}</h{level}>\n",
            place_id(EditionPlace::article(index)),
            language(article.lang.as_deref(), links.is_book),
            lines(&article.title)
        ),
    );
    for subhead in article.subheads.iter().filter(|s| !s.is_blank()) {
        put(
            out,
            format_args!("<p class=\"sub\">{}</p>\n", lines(subhead)),
        );
    }
    byline(out, article);
    if !it.short.is_empty() {
        put(
            out,
            format_args!(
                "<aside class=\"short\">\n<p class=\"label\">{}</p>\n",
                escape(&edition.labels.short)
            ),
        );
        short_lines(out, &it.short, links);
        out.push_str("</aside>\n");
    }
    for (index, it) in article.blocks.iter().enumerate() {
        block(out, of, index, it);
    }
    if article.is_cut() {
        put(
            out,
            format_args!(
                "<p class=\"by\">{}</p>\n",
                escape(&edition.labels.beginning)
            ),
        );
    }
    footer(out, of);
    if !links.is_book {
        put(
            out,
            format_args!(
                "<p class=\"top\"><a href=\"#contents\">{}</a></p>\n",
                escape(&edition.labels.top)
            ),
        );
    }
    out.push_str("</article>\n");
}

/// Sentences, each leading to where it stands.
fn short_lines(out: &mut String, lines: &[EditionLine], links: &EditionLinks<'_>) {
    if lines.is_empty() {
        return;
    }
    out.push_str("<ul>\n");
    for line in lines {
        let text = escape(&line.text);
        let text = match line.place {
            Some(place) => linked(&text, &(links.place)(place)),
            None => text,
        };
        put(out, format_args!("<li>{text}"));
        if !line.publisher.is_blank() {
            put(
                out,
                format_args!(" <span class=\"by\">({})</span>", escape(&line.publisher)),
            );
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
}

fn linked(words: &str, address: &str) -> String {
    format!("<a href=\"{}\">{words}</a>", escape(address))
}

/// The attributes for an article's language; none where it is no valid tag.
fn language(lang: Option<&str>, is_book: bool) -> String {
    let is_tag = |lang: &&str| {
        let mut parts = lang.split('-');
        let first = parts.next().unwrap_or_default();
        (2..=3).contains(&first.len())
            && first.bytes().all(|b| b.is_ascii_alphabetic())
            && parts
                .all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
    };
    match lang.filter(is_tag) {
        Some(lang) if is_book => format!(" lang=\"{lang}\" xml:lang=\"{lang}\""),
        Some(lang) => format!(" lang=\"{lang}\""),
        None => String::new(),
    }
}

/// A title on one line, for tables of contents.
pub fn edition_text(text: &Clean) -> String {
    escape(text).replace('\n', " ")
}
