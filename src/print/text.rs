//! Pages of plain text: headline at the top, page number at the bottom, a form feed between pages.

use std::sync::Arc;

use crate::text::{Document, Layout, Measure, PartRole, WidthPolicy};

/// Columns and rows of a page, within margins, for 10 characters and 6 lines per inch on A4 or
/// Letter.
pub const PAGE: (u16, u16) = (76, 60);
/// Rows of a page for head and foot, with the blank rows beside them.
const FRAME: usize = 4;

/// The document on pages of the size [`PAGE`].
pub fn paginated(document: Document) -> String {
    let (width, rows) = (usize::from(PAGE.0), usize::from(PAGE.1) - FRAME);
    let policy = WidthPolicy::default();
    let title = document
        .parts
        .iter()
        .find(|p| p.role == PartRole::Title)
        .map(|p| p.text.replace('\n', " "));
    let lines = lines(document, policy);
    let pages: Vec<&[String]> = lines.chunks(rows).collect();
    let mut out = String::new();
    for (index, page) in pages.iter().enumerate() {
        if index > 0 {
            out.push('\u{c}');
            out.push_str(&policy.ellipsis(title.as_deref().unwrap_or_default(), width));
        }
        out.push_str("\n\n");
        for line in *page {
            out.push_str(line);
            out.push('\n');
        }
        out.push_str(&"\n".repeat(rows - page.len() + 1));
        let number = format!("{} / {}", index + 1, pages.len());
        out.push_str(&" ".repeat((width - number.len().min(width)) / 2));
        out.push_str(&number);
        out.push('\n');
    }
    out
}

/// The rows of the document, without spaces at their ends.
fn lines(document: Document, policy: WidthPolicy) -> Vec<String> {
    let layout = Layout::new(Arc::new(document), Measure::plain(PAGE.0, policy));
    let mut out = Vec::new();
    let mut at = Some(layout.first());
    while let Some(spot) = at {
        let line = layout.line(spot);
        let mut row = String::new();
        let marker = layout
            .document()
            .parts
            .get(spot.part)
            .and_then(|p| p.marker.as_deref())
            .filter(|_| line.marker);
        if let Some(marker) = marker {
            let column = usize::from(line.indent).saturating_sub(policy.width(marker) + 1);
            row = format!("{}{marker}", " ".repeat(column));
        }
        row.push_str(&" ".repeat(usize::from(line.indent).saturating_sub(policy.width(&row))));
        row.push_str(layout.text(spot));
        out.push(row.trim_end().to_owned());
        out.extend((1..line.rows).map(|_| String::new()));
        at = layout.next(spot);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Clean;
    use crate::text::{Part, PartSource};

    #[test]
    fn no_page_is_longer_or_wider_than_paper_and_all_are_numbered() {
        let mut parts = vec![Part::new(
            PartRole::Title,
            Clean::line("제목"),
            PartSource::Title,
        )];
        let words = Clean::line(&"국회는 22일 본회의를 열었다. ".repeat(40));
        parts.extend(
            (0..20).map(|i| Part::new(PartRole::Paragraph, words.clone(), PartSource::Block(i))),
        );
        let text = paginated(Document { parts });
        let pages: Vec<&str> = text.split('\u{c}').collect();
        assert!(pages.len() > 3);
        for (i, page) in pages.iter().enumerate() {
            assert_eq!(page.lines().count(), usize::from(PAGE.1), "page {i}");
            assert!(
                page.lines()
                    .all(|l| WidthPolicy::default().width(l) <= usize::from(PAGE.0))
            );
            assert!(
                page.trim_end()
                    .ends_with(&format!("{} / {}", i + 1, pages.len()))
            );
            assert!(i == 0 || page.starts_with("제목\n"));
        }
    }
}
