//! An article as a single HTML page without dependencies: with its own style, without scripts, and
//! with all outside text escaped.

use super::annotations::{PictureNames, Written};
use super::body::{block, byline, escape, footer, lines, put};
use super::seal;
use crate::news::{Article, Scrap};

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
        ..Written::plain(&scrap.article)
    }))
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
    footer(&mut out, of);
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
