//! An edition as an EPUB 3 file: a front page, a table of contents, and a chapter for each article.
//! Faces are the reading system's, which has Korean ones where it reads Korean.

use std::collections::HashMap;
use std::io::{Cursor, Write as _};

use zip::CompressionMethod;
use zip::result::ZipResult;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::news::edition::{Edition, EditionPlace};
use crate::news::order::Order as _;
use crate::news::write::{
    BOOK_STYLE, EditionLinks, edition_article, edition_front, edition_text, place_id,
};

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n\
<rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\
</rootfiles>\n</container>\n";

/// The bytes of the EPUB file.
///
/// # Errors
/// The archive's index can't be written, which in memory happens only beyond 4 GB.
pub(super) fn epub(edition: &Edition) -> ZipResult<Vec<u8>> {
    let names = picture_names(edition);
    let links = EditionLinks {
        place: &|place| {
            let file = chapter(place.article);
            match place.sentence {
                Some(_) => format!("{file}#{}", place_id(place)),
                None => file,
            }
        },
        picture: &|url| names.get(url).cloned(),
        level: 1,
        is_book: true,
    };
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Readers know the format by its first bytes: this entry comes first and is not packed.
    put(
        &mut zip,
        "mimetype",
        b"application/epub+zip",
        CompressionMethod::Stored,
    )?;
    text(&mut zip, "META-INF/container.xml", CONTAINER)?;
    text(&mut zip, "EPUB/package.opf", &package(edition, &names))?;
    text(&mut zip, "EPUB/nav.xhtml", &contents(edition, &links))?;
    text(&mut zip, "EPUB/style.css", BOOK_STYLE)?;
    let mut front = String::new();
    edition_front(&mut front, edition, &links);
    text(
        &mut zip,
        "EPUB/front.xhtml",
        &page(edition, &edition_text(&edition.title), &front),
    )?;
    for (index, it) in edition.articles.iter().enumerate() {
        let mut body = String::new();
        edition_article(&mut body, edition, index, &links);
        let title = edition_text(&it.article.title);
        text(
            &mut zip,
            &format!("EPUB/{}", chapter(index)),
            &page(edition, &title, &body),
        )?;
    }
    for (url, name) in &names {
        if let Some(picture) = edition.pictures.get(url) {
            let name = format!("EPUB/{name}");
            put(&mut zip, &name, &picture.bytes, CompressionMethod::Stored)?;
        }
    }
    Ok(zip.finish()?.into_inner())
}

fn text(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, text: &str) -> ZipResult<()> {
    put(zip, name, text.as_bytes(), CompressionMethod::Deflated)
}

fn put(
    zip: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    bytes: &[u8],
    how: CompressionMethod,
) -> ZipResult<()> {
    // Without times, the same edition is the same file.
    zip.start_file(name, SimpleFileOptions::default().compression_method(how))?;
    Ok(zip.write_all(bytes)?)
}

/// The file of an article.
fn chapter(index: usize) -> String {
    format!("article-{:03}.xhtml", index + 1)
}

/// File names of the pictures that articles show, by their addresses.
fn picture_names(edition: &Edition) -> HashMap<String, String> {
    let mut urls: Vec<&String> = edition.pictures.keys().collect();
    urls.order();
    let named = urls.into_iter().enumerate();
    named
        .map(|(i, url)| (url.clone(), format!("picture-{:03}.jpg", i + 1)))
        .collect()
}

fn page(edition: &Edition, title: &str, body: &str) -> String {
    let lang = edition.lang;
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{lang}\" xml:lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <title>{}</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n\
         </head>\n<body>\n{body}</body>\n</html>\n",
        titled(title)
    )
}

/// A title, which must not be empty in a book.
fn titled(title: &str) -> &str {
    if title.trim().is_empty() {
        "…"
    } else {
        title
    }
}

/// The table of contents: the front page, and the sections with their articles.
fn contents(edition: &Edition, links: &EditionLinks<'_>) -> String {
    let heading = edition_text(&edition.labels.contents);
    let mut body = format!(
        "<nav epub:type=\"toc\" id=\"toc\">\n<h1>{heading}</h1>\n<ol>\n\
         <li><a href=\"front.xhtml\">{}</a></li>\n",
        titled(&edition_text(&edition.labels.issues))
    );
    for (section, articles) in edition.by_section() {
        let name = edition_text(&section.name);
        body.push_str(&format!("<li><span>{}</span>\n<ol>\n", titled(&name)));
        for index in articles {
            let title = edition
                .articles
                .get(index)
                .map(|it| edition_text(&it.article.title));
            let title = title.unwrap_or_default();
            let address = (links.place)(EditionPlace::article(index));
            body.push_str(&format!(
                "<li><a href=\"{address}\">{}</a></li>\n",
                titled(&title)
            ));
        }
        body.push_str("</ol>\n</li>\n");
    }
    body.push_str("</ol>\n</nav>\n");
    page(edition, &heading, &body)
}

fn package(edition: &Edition, names: &HashMap<String, String>) -> String {
    let (title, date) = (edition_text(&edition.title), edition_text(&edition.date));
    let lang = edition.lang;
    let mut items = String::new();
    let mut spine = String::new();
    for index in 0..edition.articles.len() {
        let file = chapter(index);
        let id = place_id(EditionPlace::article(index));
        items.push_str(&format!(
            "<item id=\"{id}\" href=\"{file}\" media-type=\"application/xhtml+xml\"/>\n"
        ));
        spine.push_str(&format!("<itemref idref=\"{id}\"/>\n"));
    }
    let mut files: Vec<&String> = names.values().collect();
    files.order();
    for (index, file) in files.into_iter().enumerate() {
        items.push_str(&format!(
            "<item id=\"p{}\" href=\"{file}\" media-type=\"image/jpeg\"/>\n",
            index + 1
        ));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" \
         unique-identifier=\"id\" xml:lang=\"{lang}\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:identifier id=\"id\">urn:gisa:edition:{made}</dc:identifier>\n\
         <dc:title>{} · {date}</dc:title>\n<dc:language>{lang}</dc:language>\n\
         <dc:creator>gisa</dc:creator>\n<dc:date>{made}</dc:date>\n\
         <meta property=\"dcterms:modified\">{made}</meta>\n</metadata>\n<manifest>\n\
         <item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" \
         properties=\"nav\"/>\n\
         <item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n\
         <item id=\"front\" href=\"front.xhtml\" media-type=\"application/xhtml+xml\"/>\n\
         {items}</manifest>\n<spine>\n<itemref idref=\"front\"/>\n<itemref idref=\"nav\"/>\n\
         {spine}</spine>\n</package>\n",
        titled(&title),
        made = edition.made,
    )
}
