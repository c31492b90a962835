//! Printing: makes pages, and hands them to CUPS or writes them to a
//! file.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, io};

use jiff::Timestamp;

use super::atomic_file;
use super::atomic_file::Durability;
use super::font_files::{font_files, load, lower};
use super::paths::private_dir;
use crate::app::{Cause, Failure};
use crate::config::{PrintSettings, PrintTarget};
use crate::news::edition::Edition;
use crate::news::{Article, Scrap};
use crate::print::pdf::Faces;
use crate::print::text::paginated;
use crate::runtime::archive::{documents, expanded, file_name};
use crate::runtime::failures::of_write;
use crate::summary::without_unfinished;
use crate::text::{Document, Labels, PartRole};
use crate::typeface::FontFace;

/// File names of Korean fonts and their bold faces, the best on paper first; compared without case.
const FAMILIES: &[(&str, &str)] = &[
    ("nanummyeongjo.ttf", "nanummyeongjobold.ttf"),
    ("nanumbarungothic.ttf", "nanumbarungothicbold.ttf"),
    ("nanumgothic.ttf", "nanumgothicbold.ttf"),
    ("notoserifkr-regular.otf", "notoserifkr-bold.otf"),
    ("notosanskr-regular.otf", "notosanskr-bold.otf"),
    ("notoserifcjk-regular.ttc", "notoserifcjk-bold.ttc"),
    ("notosanscjk-regular.ttc", "notosanscjk-bold.ttc"),
    ("pretendard-regular.otf", "pretendard-bold.otf"),
    ("applesdgothicneo.ttc", ""),
    ("applemyungjo.ttf", ""),
    ("malgun.ttf", "malgunbd.ttf"),
    ("batang.ttc", ""),
    ("undotum.ttf", "undotumbold.ttf"),
    ("nanumgothiccoding.ttf", "nanumgothiccodingbold.ttf"),
];

/// The Korean fonts to print with; `None` where the system has none.
pub fn faces() -> Option<Faces> {
    let files = font_files();
    let named = |name: &str| {
        files
            .iter()
            .find(|p| lower(p) == name)
            .and_then(|p| load(p))
    };
    let mut text: Vec<FontFace> = Vec::new();
    let mut bold: Vec<FontFace> = Vec::new();
    for (regular, heavy) in FAMILIES {
        let Some(face) = named(regular) else { continue };
        // A second family supplies characters that the first lacks.
        let first = text.is_empty();
        bold.extend(if first { named(heavy) } else { None });
        bold.push(face.clone());
        text.push(face);
        if !first {
            break;
        }
    }
    if text.is_empty() {
        let any = files
            .iter()
            .filter(|p| lower(p).contains("coding") || lower(p).contains("kr"))
            .find_map(|p| load(p));
        text.extend(any);
    }
    (!text.is_empty()).then_some(Faces { text, bold })
}

/// Where an article was printed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paper {
    /// This printer; the default printer where the name is empty.
    Printer(String),
    /// This PDF file.
    Pdf(PathBuf),
    /// This text file, because no Korean font was found.
    Text(PathBuf),
}

/// An article as printable pages.
pub struct Sheets {
    /// The contents: a PDF or plain text.
    pub bytes: Vec<u8>,
    /// Whether it is a PDF.
    pub is_pdf: bool,
}

/// Makes pages of an article: a PDF where `pdf` is wanted and the system has a Korean font, else
/// text.
///
/// # Errors
/// The PDF can't be made, which is a bug of this program or of the PDF library.
pub fn sheets(article: &Article, labels: &Labels, pdf: bool) -> Result<Sheets, Failure> {
    let article = &*without_unfinished(article);
    let mut document = Document::article(article, labels);
    // The placeholders of pictures are useless on paper; their captions stay.
    document.parts.retain(|part| part.role != PartRole::Image);
    let Some(faces) = pdf.then(faces).flatten() else {
        return Ok(Sheets {
            bytes: paginated(document).into_bytes(),
            is_pdf: false,
        });
    };
    let made = crate::print::pdf::pdf(article, &document, &faces);
    made.map(|bytes| Sheets {
        bytes,
        is_pdf: true,
    })
    .map_err(|e| Failure::new(Cause::Bug, &e.to_string()))
}

/// An edition as a PDF.
///
/// # Errors
/// The system has no Korean font, or the PDF can't be made.
pub fn edition_sheets(edition: &Edition, labels: &Labels) -> Result<Vec<u8>, Failure> {
    let faces = faces().ok_or_else(|| Failure::new(Cause::NoFont, ""))?;
    let made = crate::print::pdf::edition_pdf(edition, labels, &faces);
    made.map_err(|e| Failure::new(Cause::Bug, &e.to_string()))
}

/// Prints as the settings ask for: on a printer where there is one, else to a file.
///
/// # Errors
/// The printer rejects the job, or the file can't be written.
pub fn put(article: &Article, labels: &Labels, settings: &PrintSettings) -> Result<Paper, Failure> {
    let known = if settings.to == PrintTarget::Auto {
        printers()
    } else {
        Vec::new()
    };
    let named = match (&settings.to, &known[..]) {
        (PrintTarget::Pdf | PrintTarget::Text, _) | (PrintTarget::Auto, []) => None,
        // A single printer is used even where it was never made the default.
        (PrintTarget::Auto, [only]) => Some(Some(only.as_str())),
        (PrintTarget::Auto, _) => Some(None),
        (PrintTarget::Printer(name), _) => Some(Some(name.as_str())),
    };
    let Sheets { bytes, is_pdf } = sheets(article, labels, settings.to != PrintTarget::Text)?;
    if let Some(printer) = named {
        return print(&bytes, printer)
            .map(|()| Paper::Printer(printer.unwrap_or_default().to_owned()));
    }
    let dir = if settings.folder.trim().is_empty() {
        documents().join("gisa")
    } else {
        expanded(&settings.folder)
    };
    let path = write_new_file(&dir, article, if is_pdf { "pdf" } else { "txt" }, &bytes)?;
    Ok(if is_pdf {
        Paper::Pdf(path)
    } else {
        Paper::Text(path)
    })
}

/// Writes a new file named after the article into `dir`; never overwrites one.
fn write_new_file(
    dir: &Path,
    article: &Article,
    ending: &str,
    bytes: &[u8],
) -> Result<PathBuf, Failure> {
    let shown = dir.display().to_string();
    private_dir(dir).map_err(|e| of_write(&e, &shown))?;
    let kept = article.published.map_or_else(Timestamp::now, |p| p.at);
    let name = file_name(&Scrap::of(article.clone(), kept));
    for n in 1_u32..1000 {
        let name = if n == 1 {
            name.clone()
        } else {
            format!("{name}-{n}")
        };
        let path = dir.join(format!("{name}.{ending}"));
        if fs::read(&path).is_ok_and(|there| there == bytes)
            || atomic_file::create(&path, bytes, Durability::Buffered)
                .map_err(|e| of_write(&e, &shown))?
        {
            return Ok(path);
        }
    }
    Err(Failure::new(Cause::NameTaken, &shown))
}

/// The names of the printers that CUPS knows; empty without CUPS.
fn printers() -> Vec<String> {
    let listed = Command::new("lpstat")
        .arg("-e")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    let listed = listed
        .ok()
        .filter(|o| o.status.success())
        .map(|o| o.stdout)
        .unwrap_or_default();
    String::from_utf8_lossy(&listed)
        .lines()
        .map(|l| l.trim().to_owned())
        .filter(|l| !l.is_empty())
        .collect()
}

/// Sends `bytes` to CUPS, for `printer` or the default printer.
///
/// # Errors
/// There is no `lp`, or it fails; the failure has its message.
pub fn print(bytes: &[u8], printer: Option<&str>) -> Result<(), Failure> {
    let mut lp = Command::new("lp");
    lp.args(["-s", "-t", "gisa"]);
    if let Some(printer) = printer {
        lp.args(["-d", printer]);
    }
    let spawned = lp
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = spawned.map_err(|_| Failure::new(Cause::NoPrinter, ""))?;
    let written = child
        .stdin
        .take()
        .map_or(Ok(()), |mut pipe| pipe.write_all(bytes));
    let broken = |e: io::Error| Failure::new(Cause::PrinterFailed, &e.to_string());
    let output = child.wait_with_output().map_err(broken)?;
    if output.status.success() {
        return written.map_err(broken);
    }
    Err(Failure::new(
        Cause::PrinterFailed,
        String::from_utf8_lossy(&output.stderr).trim(),
    ))
}
