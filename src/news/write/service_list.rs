//! Scraps as one list in a form that services for saving pages read: bookmarks of Netscape, tables
//! of Pocket and Raindrop, JSON of wallabag and Karakeep.
//!
//! What a form has no place for stands in fields of our own where the form bears them (readers go
//! by the names of columns and keys), so that what is read back here is whole.

use serde_json::{Value, json};

use super::body::{body, escape};
use super::web;
use crate::news::{Block, Scrap};

/// The form of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListForm {
    /// The bookmarks that every browser reads, and most services.
    Netscape,
    /// Pocket's table, which Karakeep, Linkwarden, wallabag, Instapaper and Readwise Reader read.
    Pocket,
    /// Raindrop's table.
    Raindrop,
    /// wallabag's JSON, with the texts; Linkwarden reads it, too.
    Wallabag,
    /// Karakeep's JSON.
    Karakeep,
}

impl ListForm {
    /// The usual extension, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Netscape => "html",
            Self::Pocket | Self::Raindrop => "csv",
            Self::Wallabag | Self::Karakeep => "json",
        }
    }
}

/// Writes a list, a scrap at a time.
#[derive(Debug)]
pub struct ServiceList {
    form: ListForm,
    out: String,
    count: usize,
}

/// Before the first bookmark. The comment is part of the form: browsers look for it.
const NETSCAPE: &str = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n\
    <!-- This is an automatically generated file.\n     It will be read and overwritten.\n     \
    DO NOT EDIT! -->\n\
    <META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=UTF-8\">\n\
    <TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n";

impl ServiceList {
    /// An empty list.
    pub fn new(form: ListForm) -> Self {
        let out = match form {
            ListForm::Netscape => NETSCAPE,
            ListForm::Pocket => "title,url,time_added,tags,status,note,highlights\n",
            ListForm::Raindrop => "url,folder,title,note,tags,created,highlights\n",
            ListForm::Wallabag => "[",
            ListForm::Karakeep => "{\"bookmarks\":[",
        };
        Self {
            form,
            out: out.to_owned(),
            count: 0,
        }
    }

    /// Adds a scrap. Returns whether the form has a place for it: one without an address is none of
    /// a list of addresses.
    pub fn add(&mut self, scrap: &Scrap) -> bool {
        let address = scrap.article.address().and_then(|url| web(url));
        let entry = match (self.form, address) {
            (ListForm::Netscape, Some(url)) => bookmark(scrap, url),
            (ListForm::Pocket, Some(url)) => pocket_row(scrap, url),
            (ListForm::Raindrop, Some(url)) => raindrop_row(scrap, url),
            (ListForm::Wallabag, Some(url)) => wallabag(scrap, url, self.count + 1).to_string(),
            (ListForm::Karakeep, url) => karakeep(scrap, url).to_string(),
            (_, None) => return false,
        };
        let is_json = matches!(self.form, ListForm::Wallabag | ListForm::Karakeep);
        if is_json && self.count > 0 {
            self.out.push_str(",\n");
        }
        self.out.push_str(&entry);
        self.count += 1;
        true
    }

    /// The whole list.
    pub fn finish(mut self) -> String {
        self.out.push_str(match self.form {
            ListForm::Netscape => "</DL><p>\n",
            ListForm::Pocket | ListForm::Raindrop => "",
            ListForm::Wallabag => "]\n",
            ListForm::Karakeep => "]}\n",
        });
        self.out
    }
}

/// The labels, joined by `mark`, which none of them may contain.
fn labels(scrap: &Scrap, mark: char) -> String {
    let labels: Vec<String> = scrap
        .tags
        .iter()
        .map(|tag| tag.replace(mark, " "))
        .collect();
    labels.join(&mark.to_string())
}

fn title<'a>(scrap: &'a Scrap, url: &'a str) -> &'a str {
    match scrap.article.title.is_blank() {
        true => url,
        false => &scrap.article.title,
    }
}

fn bookmark(scrap: &Scrap, url: &str) -> String {
    let mut line = format!(
        "    <DT><A HREF=\"{}\" ADD_DATE=\"{}\"",
        escape(url),
        scrap.kept.as_second()
    );
    if !scrap.tags.is_empty() {
        line += &format!(" TAGS=\"{}\"", escape(&labels(scrap, ',')));
    }
    line += &format!(">{}</A>\n", escape(title(scrap, url)));
    if let Some(note) = &scrap.note {
        line += &format!("    <DD>{}\n", escape(note));
    }
    line
}

fn pocket_row(scrap: &Scrap, url: &str) -> String {
    row(&[
        title(scrap, url),
        url,
        &scrap.kept.as_second().to_string(),
        &labels(scrap, '|'),
        "unread",
        scrap.note.as_deref().unwrap_or_default(),
        &highlight_cell(scrap),
    ])
}

fn raindrop_row(scrap: &Scrap, url: &str) -> String {
    row(&[
        url,
        "",
        title(scrap, url),
        scrap.note.as_deref().unwrap_or_default(),
        &labels(scrap, ','),
        &scrap.kept.to_string(),
        &highlight_cell(scrap),
    ])
}

/// The highlights in one cell, as JSON; empty without any.
fn highlight_cell(scrap: &Scrap) -> String {
    match scrap.highlights.is_empty() {
        true => String::new(),
        false => highlights(scrap).to_string(),
    }
}

fn highlights(scrap: &Scrap) -> Value {
    let marks = scrap.highlights.iter().map(|mark| {
        json!({
            "quote": mark.quote,
            "note": mark.note.as_deref().unwrap_or_default(),
            "color": mark.colour.name(),
        })
    });
    marks.collect()
}

/// A row of a table. A cell that a spreadsheet would take for a formula is quoted like all others:
/// the form has no other means, and who reads it back wants the words as they are.
fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| match cell.contains(['"', ',', '\n', '\r']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => (*cell).to_owned(),
        })
        .collect();
    cells.join(",") + "\n"
}

fn wallabag(scrap: &Scrap, url: &str, number: usize) -> Value {
    let article = &scrap.article;
    let kept = scrap.kept.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string();
    let marks = scrap.highlights.iter().map(|mark| {
        json!({
            "text": mark.note.as_deref().unwrap_or_default(),
            "quote": mark.quote,
            "ranges": [],
            "created_at": kept,
        })
    });
    let host = url.split('/').nth(2).unwrap_or_default();
    json!({
        "is_archived": 0,
        "is_starred": 0,
        "tags": scrap.tags,
        "is_public": false,
        "id": number,
        "title": title(scrap, url),
        "url": url,
        "content": body(article),
        "created_at": kept,
        "updated_at": kept,
        "published_at": article.published.map(|at| at.to_string()),
        "published_by": article.bylines.iter().map(|by| &by.name).collect::<Vec<_>>(),
        "annotations": marks.collect::<Vec<_>>(),
        "mimetype": "text/html",
        "language": article.lang,
        "domain_name": host,
        "note": scrap.note,
    })
}

fn karakeep(scrap: &Scrap, url: Option<&str>) -> Value {
    let words = |block: &Block| block.plain();
    let content = match url {
        Some(url) => json!({ "type": "link", "url": url }),
        None => {
            let text: Vec<String> = scrap.article.blocks.iter().map(words).collect();
            json!({ "type": "text", "text": text.join("\n\n") })
        }
    };
    json!({
        "createdAt": scrap.kept.as_second(),
        "title": scrap.article.title,
        "tags": scrap.tags,
        "lists": [],
        "content": content,
        "note": scrap.note,
        "archived": false,
        "highlights": highlights(scrap),
    })
}
