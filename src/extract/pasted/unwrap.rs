//! A text cut into lines, with the line ends that only a narrow page made (e-mail, PDF) taken back.

use super::marks::is_spoken;
use crate::extract::body::lines::{columns, ends_sentence};
use crate::news::Clean;

/// A line that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PastedLine {
    /// The words.
    pub text: Clean,
    /// Whether an empty line stands before it.
    pub gap: bool,
    /// Blanks in front, in columns: a list under a list, program text.
    pub indent: usize,
}

/// The lines of `text`, cleaned; soft line ends joined where the text as a whole was wrapped.
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

/// `<저작권자(c) 견본뉴스,` goes on until its bracket closes.
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

/// The width that the text was wrapped to: nearly every line that another follows was full, as its
/// neighbour's first word would not have fitted. `None` where line ends mean something.
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

fn first_word(text: &str) -> usize {
    text.split_whitespace().next().map_or(0, columns)
}

/// A line that starts something of its own, however full the line before it is.
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
