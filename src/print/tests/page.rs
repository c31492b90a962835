//! What holds of every page.

use super::*;
use crate::text::PartSource;

fn document(paragraphs: usize) -> Document {
    let mut parts = vec![Part::new(
        PartRole::Title,
        Clean::line("긴 제목이 있는 기사"),
        PartSource::Title,
    )];
    for i in 0..paragraphs {
        let words = "국회는 22일 본회의를 열어 예산안(207조원)을 처리했다. ".repeat(1 + i % 7);
        parts.push(Part::new(
            PartRole::Paragraph,
            Clean::line(&words),
            PartSource::Block(i),
        ));
        if i % 5 == 0 {
            parts.push(Part::new(
                PartRole::Heading(2),
                Clean::line("소제목"),
                PartSource::Block(i),
            ));
        }
    }
    Document { parts }
}

fn ems(g: &str, _: bool) -> f32 {
    if g.is_ascii() { 0.5 } else { 1.0 }
}

#[test]
fn every_line_stands_within_the_margins() {
    for page in pages(&document(60), &ems) {
        for line in &page.lines {
            let blanks = line.text.matches(' ').count() as f32;
            let gaps = line.text.chars().count().saturating_sub(1) as f32;
            let width: f32 = line
                .text
                .chars()
                .map(|c| ems(&c.to_string(), false))
                .sum::<f32>()
                * line.style.size;
            let end = line.x + width + blanks * line.stretch + gaps * line.track;
            assert!(line.x >= COLUMN.0 && end <= COLUMN.1 + 0.1, "{line:?}");
            assert!(line.y > 40.0 && line.y < PAPER.1 - 36.0);
        }
    }
}

#[test]
fn no_heading_ends_a_page_and_all_words_are_there() {
    let document = document(60);
    let pages = pages(&document, &ems);
    assert!(pages.len() > 2);
    let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count();
    let mut printed = 0;
    for (i, page) in pages.iter().enumerate() {
        let body: Vec<&PlacedText> = page.lines.iter().filter(|l| l.style != FRAME).collect();
        assert!(
            !body.last().unwrap().style.bold || i + 1 == pages.len(),
            "page {i}"
        );
        printed += body.iter().map(|l| letters(&l.text)).sum::<usize>();
    }
    assert_eq!(
        printed,
        document
            .parts
            .iter()
            .map(|p| letters(&p.text))
            .sum::<usize>()
    );
}

#[test]
fn lines_of_a_headline_are_even() {
    let words = "한강 다리 밑 책방 밤 열 시까지 문 연다 불 켜진 창 하나가 골목을 바꾼다고 말했다";
    let parts = vec![Part::new(
        PartRole::Title,
        Clean::line(words),
        PartSource::Title,
    )];
    let page = &pages(&Document { parts }, &ems)[0];
    let widths: Vec<f32> = page
        .lines
        .iter()
        .filter(|l| l.style != FRAME)
        .map(|l| l.text.chars().map(|c| ems(&c.to_string(), true)).sum())
        .collect();
    assert_eq!(widths.len(), 2);
    assert!((widths[0] - widths[1]).abs() < 5.0, "{widths:?}");
}

#[test]
fn a_table_stands_in_columns_within_the_margins() {
    let cells: Vec<Vec<Clean>> = [
        ["달", "손님", "무슨 일이 있었나"],
        ["9월", "12,410", &"긴 설명이 이어진다. ".repeat(12)],
        ["10월", "3,102", "짧다"],
    ]
    .into_iter()
    .map(|row| row.into_iter().map(Clean::line).collect())
    .collect();
    let text: Vec<&str> = cells.iter().flatten().map(|c| &**c).collect();
    let mut part = Part::new(
        PartRole::Table,
        Clean::lines(&text.join("\n")),
        PartSource::Block(0),
    );
    part.cells = Some(cells);
    let page = &pages(&Document { parts: vec![part] }, &ems)[0];
    let at = |word: &str| {
        page.lines
            .iter()
            .find(|l| l.text == word)
            .map(|l| (l.x, l.y))
            .unwrap()
    };
    assert_eq!(at("달").0, at("9월").0);
    assert_eq!(at("손님").1, at("달").1);
    let end = |word: &str| {
        at(word).0
            + word
                .chars()
                .map(|c| ems(&c.to_string(), false))
                .sum::<f32>()
                * 9.0
    };
    assert!(
        (end("12,410") - end("3,102")).abs() < 0.01,
        "figures end at one edge"
    );
    assert!(
        at("10월").1 > at("9월").1 + 3.0 * 14.0,
        "a long cell makes its row higher"
    );
    for line in &page.lines {
        let width: f32 = line
            .text
            .chars()
            .map(|c| ems(&c.to_string(), false))
            .sum::<f32>()
            * line.style.size;
        assert!(line.x + width <= COLUMN.1 + 0.1, "{line:?}");
    }
}
