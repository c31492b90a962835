//! Printing with the fonts and tools of this machine: a PDF read by another program.

use std::fs;
use std::process::Command;

use gisa::news::{Article, Block, Clean};
use gisa::print::pdf::pdf;
use gisa::runtime::system::printer::faces;
use gisa::text::{Document, Labels};

use crate::support::skip;

#[test]
fn the_text_of_a_pdf_can_be_found_again() {
    let Some(faces) = faces() else {
        skip::skip("no Korean font");
        return;
    };
    let words = "국회는 22일 본회의를 열어 예산안을 처리했다고 밝혔다. ".repeat(12);
    let article = Article {
        title: Clean::line("뷁쀍 같은 드문 글자와 MOU 체결"),
        blocks: (0..12).map(|_| Block::paragraph(&words)).collect(),
        ..Article::default()
    };
    let bytes = pdf(
        &article,
        &Document::article(&article, &Labels::default()),
        &faces,
    )
    .unwrap();
    assert!(
        bytes.starts_with(b"%PDF-") && bytes.len() < 400_000,
        "{}",
        bytes.len()
    );
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a.pdf");
    fs::write(&file, bytes).unwrap();
    if !skip::programs(&["pdftotext"]) {
        return;
    }
    let read = Command::new("pdftotext")
        .args(["-enc", "UTF-8", file.to_str().unwrap(), "-"])
        .output()
        .unwrap();
    let text = String::from_utf8(read.stdout).unwrap();
    let folded = text.split_whitespace().collect::<String>();
    assert!(text.contains("뷁쀍 같은 드문 글자와 MOU 체결"), "{text}");
    assert!(
        folded.matches("예산안을처리했다고").count() >= 130,
        "{}",
        folded.matches("예산안을처리했다고").count()
    );
    let pages = text.matches('\u{c}').count();
    assert!(
        pages > 1 && folded.contains(&format!("{pages}/{pages}")),
        "{pages}"
    );
}
