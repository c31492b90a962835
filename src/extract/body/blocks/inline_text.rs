//! Collects inline text for a paragraph: folds blanks, keeps line breaks and the positions of
//! links and of words that are set differently.

use crate::extract::html::NodeId;
use crate::news::{Block, Clean, Link, Span, SpanStyle};

/// The text between two block elements.
#[derive(Default)]
pub(crate) struct InlineText {
    text: String,
    /// Whether any of it is visible.
    inked: bool,
    chars: usize,
    blank: bool,
    links: Vec<(usize, usize, NodeId)>,
    /// Words that are set differently.
    spans: Vec<Span>,
    open: Option<(usize, NodeId)>,
}

/// The text of one paragraph with its links: start and end in characters, and the element.
pub(crate) struct TextRun {
    pub(crate) text: String,
    pub(crate) links: Vec<(usize, usize, NodeId)>,
    /// Words that are set differently.
    pub(crate) spans: Vec<Span>,
}

impl InlineText {
    pub(crate) fn is_empty(&self) -> bool {
        !self.inked
    }

    /// The text that the next words stand directly after; nothing if a blank is between.
    pub(crate) fn before(&self) -> &str {
        if self.blank { "" } else { &self.text }
    }

    /// Appends text; blanks are folded into one, also across calls. Returns where its words start.
    pub(crate) fn push(&mut self, words: &str) -> usize {
        let clean = Clean::line(words);
        self.blank |= words.starts_with(char::is_whitespace);
        if clean.is_empty() {
            self.blank |= !words.is_empty();
            return self.chars;
        }
        if std::mem::take(&mut self.blank) && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
            self.chars += 1;
        }
        self.inked = true;
        let start = self.chars;
        self.text.push_str(&clean);
        self.chars += clean.chars().count();
        self.blank = words.ends_with(char::is_whitespace);
        start
    }

    /// Appends text that is set in `styles`. Words that follow others of the same style go on with
    /// their span.
    pub(crate) fn push_styled(&mut self, words: &str, styles: impl Iterator<Item = SpanStyle>) {
        let before = self.chars;
        let start = self.push(words);
        if start == self.chars {
            return;
        }
        for style in styles {
            let mut last = self.spans.iter_mut().rev().take(LOOK_BACK);
            match last.find(|span| span.style == style && span.end == before) {
                Some(span) => span.end = self.chars,
                None => self.spans.push(Span {
                    start,
                    end: self.chars,
                    style,
                }),
            }
        }
    }

    /// Appends a line break.
    pub(crate) fn newline(&mut self) {
        self.text.push('\n');
        self.chars += 1;
        self.blank = false;
    }

    /// Starts a link at the current position.
    pub(crate) fn link(&mut self, element: NodeId) {
        self.open = Some((
            self.chars + usize::from(self.blank && !self.text.is_empty()),
            element,
        ));
    }

    /// Ends the open link.
    pub(crate) fn unlink(&mut self) {
        if let Some((from, element)) = self.open.take()
            && from < self.chars
        {
            self.links.push((from, self.chars, element));
        }
    }

    /// Takes the collected text as paragraphs and starts anew. An open link continues in the next
    /// text.
    pub(crate) fn take(&mut self) -> Vec<TextRun> {
        let open = self.open.map(|(_, element)| element);
        self.unlink();
        let text = std::mem::take(&mut self.text);
        let links = std::mem::take(&mut self.links);
        let spans = std::mem::take(&mut self.spans);
        let inked = std::mem::take(&mut self.inked);
        self.chars = 0;
        self.blank = false;
        self.open = open.map(|element| (0, element));
        if !inked {
            Vec::new()
        } else {
            split(&text, &links, &spans)
        }
    }
}

/// How many spans back one may go on: as many as there are styles.
const LOOK_BACK: usize = 6;

/// The first link and the first span that may reach into the next run.
#[derive(Default)]
struct NextMarks {
    link: usize,
    span: usize,
}

/// Splits text into paragraphs at empty lines, and at single line breaks unless the lines look like
/// verse or an address.
fn split(text: &str, links: &[(usize, usize, NodeId)], spans: &[Span]) -> Vec<TextRun> {
    let mut runs: Vec<TextRun> = Vec::new();
    let lines: Vec<&str> = text.split('\n').collect();
    let mut at = 0; // characters before the current line
    let mut group: Vec<(usize, &str)> = Vec::new();
    let mut next = NextMarks::default();
    let mut close = |group: &mut Vec<(usize, &str)>| {
        if group.is_empty() {
            return;
        }
        if is_verse(group) {
            push_run(&mut runs, group, links, spans, &mut next);
        } else {
            for line in group.iter() {
                let line = std::slice::from_ref(line);
                push_run(&mut runs, line, links, spans, &mut next);
            }
        }
        group.clear();
    };
    for line in lines {
        if line.trim().is_empty() {
            close(&mut group);
        } else {
            group.push((at, line));
        }
        at += line.chars().count() + 1;
    }
    close(&mut group);
    runs
}

/// Whether lines are verse or an address: several short ones, few of which end a sentence.
fn is_verse(lines: &[(usize, &str)]) -> bool {
    let short = lines.iter().all(|(_, l)| l.chars().count() < 40);
    let ends = lines.iter().filter(|(_, l)| ends_sentence(l)).count();
    let marked = lines.iter().any(|(_, l)| {
        l.trim_start().starts_with([
            '[', '【', '<', '(', '▲', '△', '■', '◆', '●', '○', '▶', '#', '※', 'ⓒ',
        ])
    });
    lines.len() >= 3 && short && !marked && ends * 4 < lines.len()
}

/// Whether a line ends a sentence; closing quotation marks and brackets also count as an end.
pub(crate) fn ends_sentence(line: &str) -> bool {
    line.trim_end().ends_with([
        '.', '?', '!', '"', '”', '’', '\'', '…', '。', ')', ']', '】', '」', '』', ':', '>',
    ])
}

fn push_run(
    runs: &mut Vec<TextRun>,
    group: &[(usize, &str)],
    links: &[(usize, usize, NodeId)],
    spans: &[Span],
    next: &mut NextMarks,
) {
    let (Some(&(start, first)), Some(&(last_at, last))) = (group.first(), group.last()) else {
        return;
    };
    let lead = first.chars().take_while(|c| c.is_whitespace()).count();
    let begin = start + lead;
    let text = group.iter().map(|(_, l)| *l).collect::<Vec<_>>().join("\n");
    let text = text.trim().to_owned();
    let end = last_at + last.trim_end().chars().count();
    while links.get(next.link).is_some_and(|l| l.1 <= begin) {
        next.link += 1;
    }
    let mut own = Vec::new();
    for &(from, to, element) in &links[next.link..] {
        if from >= end {
            break;
        }
        own.push((from.max(begin) - begin, to.min(end) - begin, element));
    }
    while spans.get(next.span).is_some_and(|s| s.end <= begin) {
        next.span += 1;
    }
    let inside = spans[next.span..].iter().take_while(|s| s.start < end);
    let cut = |span: &Span| Span {
        start: span.start.max(begin) - begin,
        end: span.end.min(end).max(begin) - begin,
        ..*span
    };
    runs.push(TextRun {
        text,
        links: own,
        spans: inside.map(cut).filter(|s| s.start < s.end).collect(),
    });
}

impl TextRun {
    /// The number of characters inside links.
    pub(crate) fn linked(&self) -> usize {
        self.links.iter().map(|(from, to, _)| to - from).sum()
    }

    /// The number of characters set in bold.
    pub(crate) fn bold(&self) -> usize {
        let bold = self.spans.iter().filter(|s| s.style == SpanStyle::Bold);
        bold.map(|s| s.end - s.start).sum()
    }

    /// A paragraph with the cleaned `text`; `href` returns the absolute address of a link.
    pub(crate) fn paragraph(&self, text: Clean, href: impl Fn(NodeId) -> Option<Clean>) -> Block {
        // If cleaning moved characters, the positions of links and spans are no longer right.
        let kept = *text == *self.text;
        let link = |&(start, end, element): &(usize, usize, NodeId)| {
            Some(Link {
                start,
                end,
                url: href(element)?,
            })
        };
        let links = if kept {
            self.links.iter().filter_map(link).collect()
        } else {
            Vec::new()
        };
        Block::Paragraph {
            text,
            links,
            spans: if kept { self.spans.clone() } else { Vec::new() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(parts: &[&str]) -> Vec<String> {
        let mut line = InlineText::default();
        for part in parts {
            if *part == "\n" {
                line.newline();
            } else {
                line.push(part);
            }
        }
        line.take().into_iter().map(|r| r.text).collect()
    }

    #[test]
    fn blanks_fold_across_elements() {
        assert_eq!(runs(&["가 ", " 나", "다\n", "\t라 "]), ["가 나다 라"]);
    }

    #[test]
    fn breaks_part_sentences_but_not_verse() {
        assert_eq!(runs(&["첫 문장입니다.", "\n", "둘째 문장입니다."]).len(), 2);
        assert_eq!(
            runs(&["산에는 꽃 피네", "\n", "꽃이 피네", "\n", "갈 봄 여름 없이"]).len(),
            1
        );
        assert_eq!(runs(&["서울", "\n", "\n", "부산"]).len(), 2);
    }

    #[test]
    fn links_keep_their_place_over_a_cut() {
        let mut line = InlineText::default();
        line.push("앞 문장입니다.");
        line.newline();
        line.push("여기 ");
        line.link(7);
        line.push("고리");
        line.unlink();
        line.push(" 끝.");
        let runs = line.take();
        assert_eq!(runs[1].text, "여기 고리 끝.");
        assert_eq!(runs[1].links, [(3, 5, 7)]);
    }
}
