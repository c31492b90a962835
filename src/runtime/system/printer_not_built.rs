//! What stands for [`printer`](super::printer) in a program that was built without printing: each
//! call says so.

use std::path::PathBuf;

use crate::app::Failure;
use crate::app::protocol::feature::Feature;
use crate::config::PrintSettings;
use crate::news::Article;
use crate::news::edition::Edition;
use crate::text::Labels;

/// Where an article was printed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paper {
    /// This printer.
    Printer(String),
    /// This PDF file.
    Pdf(PathBuf),
    /// This text file.
    Text(PathBuf),
}

/// An article as printable pages.
#[derive(Default)]
pub struct Sheets {
    /// The contents.
    pub bytes: Vec<u8>,
    /// Whether it is a PDF.
    pub is_pdf: bool,
}

/// Makes no pages.
///
/// # Errors
/// Always: printing was not built.
pub fn sheets(_: &Article, _: &Labels, _: bool) -> Result<Sheets, Failure> {
    Feature::Print.required().map(|()| Sheets::default())
}

/// Makes no pages.
///
/// # Errors
/// Always: printing was not built.
pub fn edition_sheets(_: &Edition, _: &Labels) -> Result<Vec<u8>, Failure> {
    Feature::Print.required().map(|()| Vec::new())
}

/// Prints nothing.
///
/// # Errors
/// Always: printing was not built.
pub fn put(_: &Article, _: &Labels, _: &PrintSettings) -> Result<Paper, Failure> {
    Feature::Print
        .required()
        .map(|()| Paper::Text(PathBuf::new()))
}

/// Sends nothing to a printer.
///
/// # Errors
/// Always: printing was not built.
pub fn print(_: &[u8], _: Option<&str>) -> Result<(), Failure> {
    Feature::Print.required()
}
