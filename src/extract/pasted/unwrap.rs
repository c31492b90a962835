//! Cuts a text into lines and joins those that were only wrapped to a narrow width, as in e-mails
//! and PDF files.

use super::marks::is_spoken;
use crate::extract::body::lines::{columns, ends_sentence};
use crate::news::Clean;

/// A line that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PastedLine {
    /// The line without its indentation.
    pub text: Clean,
    /// Whether a blank line precedes it.
    pub gap: bool,
    /// Indentation in columns, a tab or an ideographic space counting 4.
    pub indent: usize,
}

/// The lines of `text` that are not blank; if the text as a whole was wrapped, soft line breaks are
/// joined.
pub(crate) fn lines(text: &str) -> Vec<PastedLine> {
    let mut out = Vec::new();
    let mut gap = false;
    for raw in text.split(['\n', '\u{c}', '\u{2028}', '\u{2029}']) {
        let line = Clean::line(raw);
        if line.is_blank() {
            gap = true;
            continue;
        }
        let indent = raw
            .chars()
            .take_while(|c| matches!(c, ' ' | '\t' | '\u{3000}'))
            .map(|c| if c == ' ' { 1 } else { 4 })
            .sum();
        out.push(PastedLine {
            text: line,
            gap,
            indent,
        });
        gap = false;
    }
    let out = close_copyright(out);
    match measure(&out) {
        Some(width) => join(&out, width),
        None => out,
    }
}

/// Joins a copyright notice that is spread over several lines, as its bracket shows:
/// `<저작권자(c) 견본뉴스,`.
fn close_copyright(lines: Vec<PastedLine>) -> Vec<PastedLine> {
    let mut out: Vec<PastedLine> = Vec::with_capacity(lines.len());
    for line in lines {
        match out.last_mut() {
            Some(open)
                if !line.gap && is_open_copyright(&open.text) && columns(&line.text) <= 120 =>
            {
                open.text = Clean::line(&format!("{} {}", open.text, line.text));
            }
            _ => out.push(line),
        }
    }
    out
}

fn is_open_copyright(text: &str) -> bool {
    columns(text) <= 120
        && [('<', '>'), ('[', ']')]
            .iter()
            .any(|&(open, close)| text.starts_with(open) && !text.contains(close))
        && ["저작권자", "ⓒ", "©", "Copyright"]
            .iter()
            .any(|m| text.contains(m))
}

/// The width in columns that the text was wrapped to, or `None` if it was not wrapped. In a wrapped
/// text, the first word of most lines would not have fitted on the line before.
fn measure(lines: &[PastedLine]) -> Option<usize> {
    let followed: Vec<(usize, usize)> = lines
        .windows(2)
        .filter(|w| !w[1].gap && !begins_item(&w[1].text))
        .map(|w| (columns(&w[0].text), first_word(&w[1].text)))
        .collect();
    if followed.len() < 4 {
        return None;
    }
    let mut widths: Vec<usize> = followed.iter().map(|f| f.0).collect();
    widths.sort_unstable();
    let width = widths[(widths.len() - 1) * 95 / 100];
    if !(36..=110).contains(&width) {
        return None;
    }
    let full = followed
        .iter()
        .filter(|&&(own, next)| own + 1 + next > width)
        .count();
    let open = lines
        .windows(2)
        .filter(|w| !w[1].gap && !ends_sentence(&w[0].text))
        .count();
    (full * 5 >= followed.len() * 4 && open * 2 >= followed.len()).then_some(width)
}

/// The width of the first word in columns.
fn first_word(text: &str) -> usize {
    text.split_whitespace().next().map_or(0, columns)
}

/// Whether a line begins an item, so that it is never joined to the line before.
fn begins_item(text: &str) -> bool {
    text.starts_with([
        '-', '*', '•', '·', '▲', '▶', '■', '□', '●', '○', '※', '>', '【', '[',
    ]) || is_spoken(text)
}

fn join(lines: &[PastedLine], width: usize) -> Vec<PastedLine> {
    let mut out: Vec<PastedLine> = Vec::with_capacity(lines.len());
    let mut paragraph = String::new();
    let mut last = 0;
    for (i, line) in lines.iter().enumerate() {
        let soft = i > 0
            && !line.gap
            && !begins_item(&line.text)
            && last + 1 + first_word(&line.text) > width;
        if soft {
            paragraph.push(' ');
            paragraph.push_str(&line.text);
        } else {
            flush(&mut out, &mut paragraph);
            paragraph.push_str(&line.text);
            out.push(line.clone());
        }
        last = columns(&line.text);
    }
    flush(&mut out, &mut paragraph);
    out
}

fn flush(out: &mut [PastedLine], paragraph: &mut String) {
    if let Some(open) = out.last_mut() {
        open.text = Clean::line(paragraph);
    }
    paragraph.clear();
}
