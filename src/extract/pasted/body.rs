//! Turns the body's lines into blocks: paragraphs, headings, lists, and captions as images without
//! an address.

use std::collections::HashSet;
use std::ops::Range;

use super::marks::{is_bracketed, is_quoted_item, is_spoken, item};
use super::page_lines::{PastedLineKind, PastedPage};
use crate::extract::body::lines;
use crate::extract::body::lines::caption::is_credit_only;
use crate::extract::body::lines::{BoxHeading, caption, columns, copyright};
use crate::extract::body::vocabulary::Vocabulary;
use crate::news::{Block, Clean};

/// The blocks of the lines in `range`. Lines in `skipped` became fields and are left out; with
/// `keep`, all other lines are kept, whatever they look like.
pub(crate) fn blocks(
    page: &PastedPage,
    range: Range<usize>,
    skipped: &HashSet<usize>,
    keep: bool,
) -> Vec<Block> {
    let mut writer = PastedBlockWriter {
        page,
        seen: HashSet::new(),
        blocks: Vec::new(),
        list: Vec::new(),
        verse: Vec::new(),
        in_box: false,
    };
    let strange = if keep {
        HashSet::new()
    } else {
        strange_runs(page, range.clone())
    };
    let kept: Vec<usize> = range
        .filter(|i| !skipped.contains(i) && !strange.contains(i))
        .collect();
    for (place, &i) in kept.iter().enumerate() {
        if keep {
            writer.keep(i);
        } else {
            writer.read(i, kept.get(place + 1).copied());
        }
    }
    writer.close();
    writer.blocks
}

struct PastedBlockWriter<'a> {
    page: &'a PastedPage,
    seen: HashSet<&'a str>,
    blocks: Vec<Block>,
    /// Items of the list being read.
    list: Vec<Clean>,
    /// Short lines that continue the last paragraph.
    verse: Vec<&'a Clean>,
    /// Whether the line is below the heading of a box with other articles or comments.
    in_box: bool,
}

impl<'a> PastedBlockWriter<'a> {
    /// Adds a line of a copied page, or drops it if it does not belong to the article.
    fn read(&mut self, i: usize, next: Option<usize>) {
        let text = &self.page.lines[i].text;
        match self.page.kinds[i] {
            PastedLineKind::Box(BoxHeading::Others | BoxHeading::Comments) => {
                self.in_box = !has_own_words(text);
            }
            PastedLineKind::Copyright => self.credit(text),
            PastedLineKind::Chrome(_)
            | PastedLineKind::Byline
            | PastedLineKind::Date
            | PastedLineKind::Tags
            | PastedLineKind::Summary
            | PastedLineKind::Box(BoxHeading::Summary) => {}
            _ if self.is_repeated(i) => {}
            _ if is_caption(self.page, i) => self.image(text),
            PastedLineKind::Prose => {
                self.in_box = false;
                self.paragraph(text);
            }
            PastedLineKind::Words if self.in_box || !text.chars().any(char::is_alphanumeric) => {}
            PastedLineKind::Words => self.words(i, next),
        }
    }

    /// Adds a line of a text without a page around it; nothing is dropped.
    fn keep(&mut self, i: usize) {
        let text = &self.page.lines[i].text;
        if caption(text).is_some_and(|c| c.weight >= 4 || (c.weight >= 2 && text.starts_with('[')))
        {
            self.image(text);
        } else if self.page.kinds[i] == PastedLineKind::Words && item(text).is_some() {
            self.words(i, None);
        } else if self.continues_verse(i) {
            self.verse(text);
        } else {
            self.paragraph(text);
        }
    }

    /// Whether line `i` continues the line before without a gap, both being short and no sentences,
    /// as in verse, an address or a signature.
    fn continues_verse(&self, i: usize) -> bool {
        let short = |i: usize| {
            self.page.kinds[i] == PastedLineKind::Words
                && columns(&self.page.lines[i].text) <= 56
                && !is_spoken(&self.page.lines[i].text)
        };
        i > 0
            && !self.page.lines[i].gap
            && short(i)
            && short(i - 1)
            && self.list.is_empty()
            && item(&self.page.lines[i - 1].text).is_none()
    }

    fn verse(&mut self, text: &'a Clean) {
        match self.blocks.last_mut() {
            Some(Block::Paragraph { .. }) => self.verse.push(text),
            _ => self.paragraph(text),
        }
    }

    fn words(&mut self, i: usize, next: Option<usize>) {
        let text = &self.page.lines[i].text;
        if let Some(said) = item(text).filter(|_| !is_quoted_item(text)) {
            self.list.push(Clean::line(said));
            return;
        }
        let before_prose = next.is_some_and(|n| {
            self.page.kinds[n] == PastedLineKind::Prose || is_caption(self.page, n)
        });
        let heading = self.page.lines[i].gap
            && before_prose
            && columns(text) <= 100
            && !is_bracketed(text)
            && !is_spoken(text);
        if heading && !self.blocks.is_empty() {
            self.close();
            self.blocks.push(Block::Heading {
                level: 2,
                text: text.clone(),
            });
        } else {
            self.paragraph(text);
        }
    }

    fn paragraph(&mut self, text: &Clean) {
        self.close();
        self.blocks.push(Block::linked(text.clone(), Vec::new()));
    }

    fn image(&mut self, text: &Clean) {
        self.close();
        let read = caption(text);
        let (text, credit) = read.map_or((text.clone(), None), |c| (c.text, c.credit));
        match self.blocks.last_mut() {
            // Screen-reader text is often copied along, which repeats the caption.
            Some(Block::Image {
                caption: Some(above),
                ..
            }) if *above == text => return,
            // The credit on a line of its own below the caption: `[견본시 제공]`.
            Some(Block::Image {
                caption: Some(above),
                credit: whose @ None,
                ..
            }) if is_credit_only(&text) => {
                *above = Clean::line(&format!("{above} {text}"));
                *whose = credit;
                return;
            }
            _ => {}
        }
        // `Image source, …` above `Image caption, …` belongs to the same picture.
        if let Some(Block::Image {
            caption: Some(above),
            credit: Some(whose),
            ..
        }) = self.blocks.last_mut()
            && credit.is_none()
            && columns(above) <= columns(whose) + 18
        {
            *above = text;
            return;
        }
        self.blocks.push(Block::Image {
            url: Clean::default(),
            alt: None,
            caption: Some(text),
            credit,
        });
    }

    /// Adds a copyright line such as `ⓒ 이름` directly below a picture as its credit.
    fn credit(&mut self, text: &Clean) {
        if let (
            Some(Block::Image {
                credit: credit @ None,
                ..
            }),
            Some(line),
        ) = (self.blocks.last_mut(), copyright(text))
        {
            *credit = Some(Clean::line(line.trim_start_matches(['ⓒ', '©', ' '])));
        }
    }

    /// Finishes the open paragraph and the open list. The lines that continue a paragraph are
    /// joined only here, so that many of them don't take quadratic time.
    fn close(&mut self) {
        if let (Some(Block::Paragraph { text, .. }), false) =
            (self.blocks.last_mut(), self.verse.is_empty())
        {
            let mut whole = text.to_string();
            for line in self.verse.drain(..) {
                whole.push('\n');
                whole.push_str(line);
            }
            *text = Clean::lines(&whole);
        }
        if !self.list.is_empty() {
            self.blocks
                .push(Block::list(false, std::mem::take(&mut self.list)));
        }
    }

    /// Whether the same line came before. Lines with fewer than 12 letters and digits may be
    /// repeated on purpose.
    fn is_repeated(&mut self, i: usize) -> bool {
        let key = self.page.keys[i].as_str();
        key.chars().count() >= 12 && !self.seen.insert(key)
    }
}

/// Finds boxes of other articles that no heading announces: three or more titles without gaps, few
/// of whose words occur in the article.
fn strange_runs(page: &PastedPage, range: Range<usize>) -> HashSet<usize> {
    let words = Vocabulary::of(
        range
            .clone()
            .filter(|&i| page.kinds[i] == PastedLineKind::Prose)
            .map(|i| &*page.lines[i].text),
    );
    let is_title = |i: usize| {
        let text = &page.lines[i].text;
        page.kinds[i] == PastedLineKind::Words
            && item(text).is_none()
            && !is_bracketed(text)
            && !is_spoken(text)
            && !is_caption(page, i)
    };
    let mut out = HashSet::new();
    let mut from = range.start;
    while from < range.end {
        let end = (from + 1..range.end)
            .find(|&i| page.lines[i].gap || !is_title(i))
            .unwrap_or(range.end);
        if is_title(from) && end - from >= 3 {
            let known: f64 = (from..end).map(|i| words.knows(&page.lines[i].text)).sum();
            if known / ((end - from) as f64) < 0.25 {
                out.extend(from..end);
            }
        }
        from = end;
    }
    out
}

/// Whether a box heading contains its only link, as in `관련기사: 제목`. A bare `관련기사` is followed by
/// lines that belong to the box.
fn has_own_words(text: &str) -> bool {
    text.split_once([':', ']'])
        .is_some_and(|(_, rest)| rest.trim().chars().count() > 4)
}

/// Whether line `i` is a caption: by its words, because it is repeated, or by the button beside it.
pub(crate) fn is_caption(page: &PastedPage, i: usize) -> bool {
    if !matches!(page.kinds[i], PastedLineKind::Prose | PastedLineKind::Words) {
        return false;
    }
    let text = &page.lines[i].text;
    let width = columns(text);
    if !(4..=420).contains(&width) {
        return false;
    }
    let mut weight =
        caption(text).map_or(0, |c| c.weight) + if is_marked_alone(page, i) { 2 } else { 0 };
    // A short line above a credit is a caption, even if it is repeated in between.
    let under = |n: usize| page.lines.get(n).is_some_and(|l| is_credit_only(&l.text));
    if width <= 120
        && (under(i + 1) || (under(i + 2) && page.keys[i + 1] == page.keys[i]))
        && page.kinds[i] == PastedLineKind::Words
    {
        weight += 2;
    }
    if weight < 2 && is_spoken(text) {
        return false;
    }
    let mut near = i.saturating_sub(2)..(i + 3).min(page.lines.len());
    if near.any(|n| n != i && page.keys[n] == page.keys[i]) && width >= 20 {
        weight += 2;
    }
    let button = |n: usize, words: &[&str]| {
        page.lines
            .get(n)
            .is_some_and(|l| words.contains(&lines::key(&l.text).as_str()))
    };
    let opens = [
        "사진확대",
        "이미지확대",
        "이미지확대보기",
        "이미지확대하기",
        "enlargeimage",
        "enlargethisimage",
        "imagecaption",
    ];
    let closes = [
        "원본보기",
        "원본보기아이콘",
        "원본이미지보기",
        "크게보기",
        "hidecaption",
        "togglecaption",
    ];
    if i > 0 && button(i - 1, &opens) {
        weight += 2;
    }
    if button(i + 1, &closes)
        || (button(i + 2, &closes) && page.kinds[i + 1] != PastedLineKind::Prose)
    {
        weight += 1;
    }
    weight >= 2
}

/// Whether a credit follows line `i` directly or after a repetition of it.
fn stands_over_credit(page: &PastedPage, i: usize) -> bool {
    let credit = |n: usize| page.lines.get(n).is_some_and(|l| is_credit_only(&l.text));
    page.kinds[i] == PastedLineKind::Words
        && columns(&page.lines[i].text) <= 120
        && (credit(i + 1) || (credit(i + 2) && page.keys[i + 1] == page.keys[i]))
}

/// Whether line `i` begins with `▲` or `△`, is the only one to do so and is followed by a sentence:
/// `▲ 강가에 서 있는 옛 양조장`. Several such lines are points of a list and not captions.
fn is_marked_alone(page: &PastedPage, i: usize) -> bool {
    let marked = |n: usize| {
        page.lines
            .get(n)
            .is_some_and(|l| l.text.starts_with(['▲', '△']))
    };
    let text = &page.lines[i].text;
    let among_others = text.chars().skip(1).any(|c| matches!(c, '▲' | '△'))
        || marked(i + 1)
        || (i > 0 && marked(i - 1));
    marked(i)
        && !among_others
        && page.kinds[i] == PastedLineKind::Words
        && page.kinds.get(i + 1) == Some(&PastedLineKind::Prose)
}

/// Whether line `i` is a caption and cannot be a title. Titles are repeated, too, but are not
/// sentences.
pub(crate) fn is_surely_caption(page: &PastedPage, i: usize) -> bool {
    let text = &page.lines[i].text;
    caption(text).is_some_and(|c| c.weight >= 2)
        || is_marked_alone(page, i)
        || stands_over_credit(page, i)
        || ((text.contains("다. ") || lines::ends_sentence(text)) && is_caption(page, i))
}
