//! Lines of a document placed on pages of A4, in points from the upper left corner.

use crate::text::typeset::typeset;
use crate::text::{Document, Part, Role};

/// Width and height of A4.
pub const PAPER: (f32, f32) = (595.28, 841.89);
/// Margins: beside, above, below.
const SIDE: f32 = 68.0;
const TOP: f32 = 76.0;
const BOTTOM: f32 = 74.0;
/// Most that a blank is stretched by, in ems, for lines to end at the edge.
const STRETCH: f32 = 0.45;

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Size of the letters.
    pub size: f32,
    /// From one line to the next.
    pub leading: f32,
    /// Bold.
    pub bold: bool,
    /// Grey instead of black.
    pub grey: bool,
    /// Space above the part.
    above: f32,
    /// Set in from the left.
    indent: f32,
}

const fn style(size: f32, leading: f32, bold: bool, grey: bool, above: f32, indent: f32) -> Style {
    Style { size, leading, bold, grey, above, indent }
}

/// Head and foot of a page.
const FRAME: Style = style(8.0, 11.0, false, true, 0.0, 0.0);

fn style_of(role: Role) -> Style {
    match role {
        Role::Kicker => style(9.0, 14.0, false, true, 0.0, 0.0),
        Role::Title => style(21.0, 30.0, true, false, 6.0, 0.0),
        Role::Subhead => style(12.0, 19.0, true, false, 7.0, 0.0),
        Role::Byline => style(9.0, 14.0, false, true, 9.0, 0.0),
        Role::Heading(_) => style(12.5, 19.0, true, false, 15.0, 0.0),
        Role::Quote => style(10.5, 18.0, false, true, 9.0, 16.0),
        Role::Item => style(10.5, 17.5, false, false, 4.0, 14.0),
        Role::Caption | Role::Image | Role::Embed | Role::Notice => style(9.0, 14.0, false, true, 8.0, 0.0),
        Role::Table | Role::Code => style(9.0, 14.5, false, false, 9.0, 0.0),
        Role::Copyright | Role::Source => style(8.5, 13.0, false, true, 10.0, 0.0),
        Role::Paragraph | Role::Sentence => style(10.5, 18.0, false, false, 9.0, 0.0),
    }
}

/// Words in their place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Left end.
    pub x: f32,
    /// Base line.
    pub y: f32,
    /// The words.
    pub text: String,
    /// How they are drawn.
    pub style: Style,
    /// Added to every blank.
    pub stretch: f32,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its lines.
    pub lines: Vec<Placed>,
    /// Heights of thin rules across the column.
    pub rules: Vec<f32>,
}

/// Left and right end of the column.
pub const COLUMN: (f32, f32) = (SIDE, PAPER.0 - SIDE);

/// How wide a cluster is in ems; bold or not.
pub type Advance<'a> = &'a dyn Fn(&str, bool) -> f32;

/// The document on pages, headed and numbered.
pub fn pages(document: &Document, advance: Advance<'_>) -> Vec<Page> {
    let mut setter = Setter { advance, pages: vec![Page::default()], y: TOP };
    let parts = &document.parts;
    for (i, part) in parts.iter().enumerate() {
        setter.part(part, parts.get(i + 1).is_some(), i == 0);
        let head_ends = matches!(part.role, Role::Kicker | Role::Title | Role::Subhead | Role::Byline)
            && !parts
                .get(i + 1)
                .is_some_and(|p| matches!(p.role, Role::Kicker | Role::Title | Role::Subhead | Role::Byline));
        let foot_begins = !is_foot(part.role) && parts.get(i + 1).is_some_and(|p| is_foot(p.role));
        if head_ends || foot_begins {
            setter.rule();
        }
    }
    let title = parts.iter().find(|p| p.role == Role::Title).map(|p| p.text.replace('\n', " ")).unwrap_or_default();
    setter.frame(&title);
    setter.pages
}

fn is_foot(role: Role) -> bool {
    matches!(role, Role::Copyright | Role::Source)
}

struct Setter<'a> {
    advance: Advance<'a>,
    pages: Vec<Page>,
    /// Where the next line's upper edge is.
    y: f32,
}

impl Setter<'_> {
    fn width(&self, text: &str, style: Style) -> f32 {
        let mut buffer = [0; 4];
        text.chars().map(|c| (self.advance)(c.encode_utf8(&mut buffer), style.bold)).sum::<f32>() * style.size
    }

    fn part(&mut self, part: &Part, more: bool, first: bool) {
        let style = style_of(part.role);
        let left = COLUMN.0 + style.indent;
        let measure = COLUMN.1 - left;
        let lines = typeset(&part.text, measure, |g| (self.advance)(g, style.bold) * style.size);
        self.y += if first || self.y <= TOP { 0.0 } else { style.above };
        // A heading stays with two lines of what follows, a paragraph does not leave one line alone.
        let together = match (part.role, lines.len()) {
            (Role::Heading(_), n) if more => n + 3,
            (_, 2..=3) => lines.len(),
            (_, n) => n.min(2),
        };
        self.make_room(together as f32 * style.leading);
        for (i, line) in lines.iter().enumerate() {
            let left_alone = i + 2 == lines.len() && i > 1;
            self.make_room(style.leading * if left_alone { 2.0 } else { 1.0 });
            if i == 0
                && let Some(marker) = &part.marker
            {
                let x = (left - self.width(marker, style) - 4.0).max(COLUMN.0);
                self.put(x, marker, style, 0.0);
            }
            let text = &part.text[line.range.clone()];
            let blanks = text.matches(' ').count();
            let slack = measure - line.width;
            let justified =
                matches!(part.role, Role::Paragraph | Role::Quote | Role::Item | Role::Sentence) && !line.last;
            let stretch = if justified && blanks > 0 { slack / blanks as f32 } else { 0.0 };
            let stretch = if stretch <= STRETCH * style.size { stretch } else { 0.0 };
            self.put(left, text, style, stretch);
            self.y += style.leading;
        }
    }

    fn put(&mut self, x: f32, text: &str, style: Style, stretch: f32) {
        let y = self.y + style.leading * 0.5 + style.size * 0.36;
        if let Some(page) = self.pages.last_mut() {
            page.lines.push(Placed { x, y, text: text.to_owned(), style, stretch });
        }
    }

    fn rule(&mut self) {
        self.y += 9.0;
        let y = self.y;
        if let Some(page) = self.pages.last_mut() {
            page.rules.push(y);
        }
        self.y += 3.0;
    }

    fn make_room(&mut self, height: f32) {
        if self.y + height > PAPER.1 - BOTTOM && self.y > TOP {
            self.pages.push(Page::default());
            self.y = TOP;
        }
    }

    /// The headline above every page but the first, and numbers below.
    fn frame(&mut self, title: &str) {
        let count = self.pages.len();
        let measure = COLUMN.1 - COLUMN.0;
        let lines = typeset(title, measure, |g| (self.advance)(g, false) * FRAME.size);
        let head = lines.first().and_then(|l| title.get(l.range.clone())).unwrap_or_default().to_owned();
        for index in 0..count {
            let number = format!("{} / {count}", index + 1);
            let x = (PAPER.0 - self.width(&number, FRAME)) / 2.0;
            let placed = |x, y, text| Placed { x, y, text, style: FRAME, stretch: 0.0 };
            if let Some(page) = self.pages.get_mut(index) {
                page.lines.push(placed(x, PAPER.1 - 40.0, number));
                if index > 0 && !head.is_empty() {
                    page.lines.push(placed(COLUMN.0, 46.0, head.clone()));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Clean;
    use crate::text::Source;

    fn document(paragraphs: usize) -> Document {
        let mut parts = vec![Part::new(Role::Title, Clean::line("긴 제목이 있는 기사"), Source::Title)];
        for i in 0..paragraphs {
            let words = "국회는 22일 본회의를 열어 예산안(207조원)을 처리했다. ".repeat(1 + i % 7);
            parts.push(Part::new(Role::Paragraph, Clean::line(&words), Source::Block(i)));
            if i % 5 == 0 {
                parts.push(Part::new(Role::Heading(2), Clean::line("소제목"), Source::Block(i)));
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
                let width: f32 = line.text.chars().map(|c| ems(&c.to_string(), false)).sum::<f32>() * line.style.size;
                assert!(line.x >= COLUMN.0 && line.x + width + blanks * line.stretch <= COLUMN.1 + 0.1, "{line:?}");
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
            let body: Vec<&Placed> = page.lines.iter().filter(|l| l.style != FRAME).collect();
            assert!(!body.last().unwrap().style.bold || i + 1 == pages.len(), "page {i}");
            printed += body.iter().map(|l| letters(&l.text)).sum::<usize>();
        }
        assert_eq!(printed, document.parts.iter().map(|p| letters(&p.text)).sum::<usize>());
    }
}
