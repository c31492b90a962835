//! Pages as a PDF: the letters used are embedded, and their text can be searched and copied.

use std::collections::HashMap;

use krilla::Data;
use krilla::Document;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::luma;
use krilla::destination::{Destination, XyzDestination};
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image as raster;
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::edition::{EditionPages, edition_pages};
use super::page::{PAPER, PlacedText, PrintedPage, pages};
use crate::news::Article;
use crate::news::edition::{Edition, EditionPlace};
use crate::text::{Document as Words, Labels};
use crate::typeface::{FontFace, FontGlyph, Ruler};

/// The grey of secondary text, 0 to 255, where 0 is black.
const GREY: u8 = 96;

/// The faces to print with. Each character is taken from the first face that has it.
pub struct Faces {
    /// Faces for text.
    pub text: Vec<FontFace>,
    /// Faces for headlines; if empty, those for text are used.
    pub bold: Vec<FontFace>,
}

/// Why no PDF could be made.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A font face can't be read.
    #[error("the font can't be used")]
    Font,
    /// The PDF library failed, with its message.
    #[error("{0}")]
    Library(String),
}

/// A face for measuring and for drawing.
struct Cut<'a> {
    ruler: Ruler<'a>,
    font: Font,
}

fn cuts(faces: &[FontFace]) -> Result<Vec<Cut<'_>>, PdfError> {
    faces
        .iter()
        .map(|face| {
            let (bytes, index) = face.bytes();
            let font = Font::new(Data::from(bytes), index).ok_or(PdfError::Font)?;
            Ok(Cut {
                ruler: face.ruler().ok_or(PdfError::Font)?,
                font,
            })
        })
        .collect()
}

/// The first face that has the character, and its glyph there.
fn find(cuts: &[Cut<'_>], c: char) -> Option<(usize, FontGlyph)> {
    cuts.iter()
        .enumerate()
        .find_map(|(i, cut)| cut.ruler.glyph(c).map(|g| (i, g)))
}

/// The document of `article` as the bytes of a PDF.
///
/// # Errors
/// There is no face, one can't be read, or the PDF library fails.
pub fn pdf(article: &Article, document: &Words, faces: &Faces) -> Result<Vec<u8>, PdfError> {
    let cuts = Cuts::of(faces)?;
    let mut pdf = Document::new();
    pdf.set_metadata(metadata(article));
    for page in pages(document, &|cluster, bold| cuts.advance(cluster, bold)) {
        sheet(&mut pdf, &page, &cuts, |_| None, |_| None)?;
    }
    finished(pdf)
}

/// An edition as the bytes of a PDF, with bookmarks and links. `labels` are those of printed
/// articles.
///
/// # Errors
/// There is no face, one can't be read, or the PDF library fails.
pub fn edition_pdf(edition: &Edition, labels: &Labels, faces: &Faces) -> Result<Vec<u8>, PdfError> {
    let cuts = Cuts::of(faces)?;
    let made = edition_pages(edition, labels, &|cluster, bold| {
        cuts.advance(cluster, bold)
    });
    // Each file goes in once, however often it is shown. What is no picture leaves its room empty.
    let images: HashMap<&str, raster::Image> = edition
        .pictures
        .iter()
        .filter_map(|(url, picture)| {
            let image = raster::Image::from_jpeg(Data::from(picture.bytes.clone()), true).ok()?;
            Some((url.as_str(), image))
        })
        .collect();
    let mut pdf = Document::new();
    pdf.set_metadata(
        Metadata::new()
            .title(format!("{} · {}", edition.title, edition.date))
            .language(edition.lang.to_owned())
            .creator("gisa".into()),
    );
    for page in &made.pages {
        let place = |to: EditionPlace| made.places.get(&to).copied();
        sheet(&mut pdf, page, &cuts, |url| images.get(url).cloned(), place)?;
    }
    pdf.set_outline(outline(edition, &made));
    finished(pdf)
}

/// The bookmarks: contents, and the sections with their articles.
fn outline(edition: &Edition, made: &EditionPages) -> Outline {
    let mut outline = Outline::new();
    let contents = edition.labels.contents.to_string();
    outline.push_child(OutlineNode::new(contents, destination(made.contents)));
    for (section, articles) in edition.by_section() {
        let first = made.places.get(&EditionPlace::article(articles.start));
        let Some(first) = first else { continue };
        let mut node = OutlineNode::new(section.name.to_string(), destination(*first));
        for index in articles {
            let at = made.places.get(&EditionPlace::article(index));
            if let (Some(at), Some(it)) = (at, edition.articles.get(index)) {
                let title = it.article.title.to_string();
                node.push_child(OutlineNode::new(title, destination(*at)));
            }
        }
        outline.push_child(node);
    }
    outline
}

fn destination((page, y): (usize, f32)) -> XyzDestination {
    XyzDestination::new(page, Point::from_xy(0.0, (y - 12.0).max(0.0)))
}

fn finished(pdf: Document) -> Result<Vec<u8>, PdfError> {
    pdf.finish()
        .map_err(|e| PdfError::Library(format!("{e:?}")))
}

/// Adds a page with its pictures, texts and links.
fn sheet(
    pdf: &mut Document,
    page: &PrintedPage,
    cuts: &Cuts<'_>,
    image: impl Fn(&str) -> Option<raster::Image>,
    place: impl Fn(EditionPlace) -> Option<(usize, f32)>,
) -> Result<(), PdfError> {
    let settings = PageSettings::from_wh(PAPER.0, PAPER.1).ok_or(PdfError::Font)?;
    let mut sheet = pdf.start_page_with(settings);
    let mut surface = sheet.surface();
    for picture in &page.pictures {
        let size = Size::from_wh(picture.size.0, picture.size.1);
        if let (Some(image), Some(size)) = (image(&picture.url), size) {
            surface.push_transform(&Transform::from_translate(picture.at.0, picture.at.1));
            surface.draw_image(image, size);
            surface.pop();
        }
    }
    draw(&mut surface, page, &cuts.text, &cuts.bold);
    surface.finish();
    for link in &page.links {
        let (left, top, right, bottom) = link.area;
        let area = Rect::from_ltrb(left, top, right, bottom);
        if let (Some(area), Some(to)) = (area, place(link.to)) {
            let target = Target::Destination(Destination::Xyz(destination(to)));
            let link = LinkAnnotation::new(area, target);
            sheet.add_annotation(Annotation::new_link(link, None));
        }
    }
    sheet.finish();
    Ok(())
}

/// The faces for text and for headlines.
struct Cuts<'a> {
    text: Vec<Cut<'a>>,
    bold: Vec<Cut<'a>>,
}

impl<'a> Cuts<'a> {
    fn of(faces: &'a Faces) -> Result<Self, PdfError> {
        let bold = if faces.bold.is_empty() {
            &faces.text
        } else {
            &faces.bold
        };
        let cuts = Self {
            text: cuts(&faces.text)?,
            bold: cuts(bold)?,
        };
        if cuts.text.is_empty() {
            return Err(PdfError::Font);
        }
        Ok(cuts)
    }

    /// The width of a cluster in ems.
    fn advance(&self, cluster: &str, is_bold: bool) -> f32 {
        let cuts = if is_bold { &self.bold } else { &self.text };
        let chars = cluster.chars();
        chars
            .map(|c| find(cuts, c).map_or(0.0, |(_, g)| g.advance))
            .sum()
    }
}

fn metadata(article: &Article) -> Metadata {
    let authors: Vec<String> = article
        .bylines
        .iter()
        .map(|b| b.name.to_string())
        .filter(|n| !n.is_empty())
        .collect();
    let language = article
        .lang
        .as_deref()
        .unwrap_or(if article.is_korean() { "ko" } else { "en" });
    Metadata::new()
        .title(article.title.to_string())
        .authors(authors)
        .language(language.to_owned())
        .creator("gisa".into())
}

fn draw(surface: &mut Surface<'_>, page: &PrintedPage, text: &[Cut<'_>], bold: &[Cut<'_>]) {
    for rule in &page.rules {
        let mut path = PathBuilder::new();
        path.move_to(rule.from.0, rule.from.1);
        path.line_to(rule.to.0, rule.to.1);
        if let Some(path) = path.finish() {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: luma::Color::new(176).into(),
                width: 0.5,
                ..Stroke::default()
            }));
            surface.draw_path(&path);
        }
    }
    surface.set_stroke(None);
    for line in &page.lines {
        let paint = luma::Color::new(if line.style.grey { GREY } else { 0 }).into();
        surface.set_fill(Some(Fill {
            paint,
            opacity: NormalizedF32::ONE,
            ..Fill::default()
        }));
        draw_line(surface, line, if line.style.bold { bold } else { text });
    }
}

/// One line, face after face.
fn draw_line(surface: &mut Surface<'_>, line: &PlacedText, cuts: &[Cut<'_>]) {
    let mut x = line.x;
    let mut run: Vec<KrillaGlyph> = Vec::new();
    let (mut run_x, mut run_cut) = (x, 0);
    let mut flush = |run: &mut Vec<KrillaGlyph>, x: f32, cut: usize| {
        if let Some(cut) = cuts.get(cut).filter(|_| !run.is_empty()) {
            surface.draw_glyphs(
                Point::from_xy(x, line.y),
                run,
                cut.font.clone(),
                &line.text,
                line.style.size,
                false,
            );
        }
        run.clear();
    };
    for (at, c) in line.text.char_indices() {
        let Some((cut, glyph)) = find(cuts, c) else {
            continue;
        };
        if cut != run_cut {
            flush(&mut run, run_x, run_cut);
        }
        if run.is_empty() {
            (run_x, run_cut) = (x, cut);
        }
        let stretch = if c == ' ' { line.stretch } else { 0.0 };
        let advance = glyph.advance + (stretch + line.track) / line.style.size;
        let range = at..at + c.len_utf8();
        run.push(KrillaGlyph::new(
            GlyphId::new(glyph.id),
            advance,
            0.0,
            0.0,
            0.0,
            range,
            None,
        ));
        x += advance * line.style.size;
    }
    flush(&mut run, run_x, run_cut);
}
