//! An edition on pages: the front page with the issues, the contents with page numbers, and the
//! articles section by section, with their pictures.

use std::collections::HashMap;

use super::page::{
    Advance, COLUMN, PAPER, PlacedLink, PlacedPicture, PlacedText, PrintedPage, Setter, Style, TOP,
    style,
};
use crate::news::Clean;
use crate::news::edition::{Edition, EditionArticle, EditionLine, EditionPlace};
use crate::text::{Document, Labels, Part, PartRole, PartSource};

/// Largest height of a picture, in points: somewhat more than a quarter of a page.
const TALLEST: f32 = 240.0;
/// A picture is made smaller down to this height, in points, to stay on the page of its text.
const LEAST: f32 = 120.0;
/// Points for a pixel where a picture is smaller than the column: 96 pixels to an inch.
const POINT: f32 = 0.75;
/// Room that the beginning of an article needs on a page, in points; else it begins the next one.
const BEGINNING: f32 = 150.0;
/// Space before an article that follows another on its page.
const BETWEEN: f32 = 34.0;

const NAME: Style = style(34.0, 46.0, true, false, 0.0, 0.0);
const SMALL: Style = style(9.0, 14.0, false, true, 0.0, 0.0);
const SECTION: Style = style(15.0, 22.0, true, false, 0.0, 0.0);
const ISSUE: Style = style(13.5, 20.0, true, false, 0.0, 0.0);
const ENTRY: Style = style(10.5, 18.0, false, false, 0.0, 0.0);
const LABEL: Style = style(9.5, 15.0, true, false, 0.0, 0.0);

/// The pages of an edition, and where its sections and articles begin.
pub struct EditionPages {
    /// The pages.
    pub pages: Vec<PrintedPage>,
    /// Page index and upper edge in points of every place that is led to.
    pub places: HashMap<EditionPlace, (usize, f32)>,
    /// Page index and upper edge of the contents.
    pub contents: (usize, f32),
}

/// Sets an edition. `labels` are those of printed articles.
pub fn edition_pages(edition: &Edition, labels: &Labels, advance: Advance<'_>) -> EditionPages {
    let mut setter = EditionSetter {
        edition,
        labels,
        set: Setter::new(advance),
        places: HashMap::new(),
        numbers: Vec::new(),
    };
    setter.front();
    let contents = setter.contents();
    setter.set.new_page();
    for (section, articles) in edition.by_section() {
        if setter.set.y > TOP && setter.set.has_room(BETWEEN + SECTION.leading + BEGINNING) {
            setter.set.y += BETWEEN;
        } else {
            setter.set.new_page();
        }
        setter.line(&section.name, SECTION, COLUMN.0);
        setter.set.rule();
        for (n, index) in articles.enumerate() {
            if n > 0 {
                setter.between();
            }
            setter.article(index);
        }
    }
    setter.number_contents();
    let name = format!("{} · {}", edition.title, edition.date);
    setter.set.frame(&name);
    EditionPages {
        pages: setter.set.pages,
        places: setter.places,
        contents,
    }
}

struct EditionSetter<'a> {
    edition: &'a Edition,
    labels: &'a Labels,
    set: Setter<'a>,
    places: HashMap<EditionPlace, (usize, f32)>,
    /// Entries of the contents whose page is not known yet: their page, baseline and article.
    numbers: Vec<(usize, f32, usize)>,
}

impl EditionSetter<'_> {
    /// Name and date, then the issues.
    fn front(&mut self) {
        let edition = self.edition;
        for (text, style) in [
            (&edition.date, SMALL),
            (&edition.title, NAME),
            (&edition.counts, SMALL),
        ] {
            self.centred(text, style);
        }
        self.set.rule();
        self.set.y += 16.0;
        self.line(&edition.labels.issues, SECTION, COLUMN.0);
        if edition.issues.is_empty() {
            self.set.y += 6.0;
            self.line(&edition.labels.no_issues, SMALL, COLUMN.0);
        }
        for issue in &edition.issues {
            self.set.y += 13.0;
            self.set.make_room(ISSUE.leading * 2.0 + ENTRY.leading);
            let first = issue.articles.first().map(|a| EditionPlace::article(*a));
            self.text(&issue.title, ISSUE, COLUMN.0, first);
            self.text(&issue.publishers, SMALL, COLUMN.0, None);
            self.short(&issue.lines);
        }
        if edition.issues.iter().any(|issue| !issue.lines.is_empty()) {
            self.set.y += 12.0;
            self.text(&edition.labels.disclaimer, SMALL, COLUMN.0, None);
        }
    }

    /// Sentences with a bullet, each leading to where it stands.
    fn short(&mut self, lines: &[EditionLine]) {
        for line in lines {
            self.set.y += 4.0;
            let text = if line.publisher.is_blank() {
                line.text.clone()
            } else {
                Clean::line(&format!("{} ({})", line.text, line.publisher))
            };
            self.set.make_room(ENTRY.leading);
            self.set.put(COLUMN.0 + 2.0, "•", ENTRY, (0.0, 0.0));
            self.text(&text, ENTRY, COLUMN.0 + 14.0, line.place);
        }
    }

    /// The contents: every article with the number of its page, which is filled in at the end.
    fn contents(&mut self) -> (usize, f32) {
        let edition = self.edition;
        self.set.new_page();
        let at = (self.set.page(), TOP);
        self.line(&edition.labels.contents, SECTION, COLUMN.0);
        self.set.rule();
        for (section, articles) in edition.by_section() {
            self.set.y += 10.0;
            self.set.make_room(LABEL.leading + ENTRY.leading * 2.0);
            self.line(&section.name, LABEL, COLUMN.0);
            for index in articles {
                let Some(it) = edition.articles.get(index) else {
                    continue;
                };
                self.set.make_room(ENTRY.leading);
                let title = self.fitted(&it.article.title, COLUMN.1 - COLUMN.0 - 40.0);
                let top = self.set.y;
                self.line(&title, ENTRY, COLUMN.0);
                self.link(
                    EditionPlace::article(index),
                    (COLUMN.0, top, COLUMN.1, self.set.y),
                );
                self.numbers.push((self.set.page(), top, index));
            }
        }
        at
    }

    /// A title cut to one line of this width.
    fn fitted(&self, title: &str, width: f32) -> String {
        let title = title.replace('\n', " ");
        let lines = self.set.lines(&title, width - ENTRY.size, ENTRY, false);
        match &lines[..] {
            [first, _, ..] => format!("{}…", title.get(first.range.clone()).unwrap_or_default()),
            _ => title,
        }
    }

    fn number_contents(&mut self) {
        for (page, top, article) in std::mem::take(&mut self.numbers) {
            let Some((at, _)) = self.places.get(&EditionPlace::article(article)) else {
                continue;
            };
            let number = (at + 1).to_string();
            let x = COLUMN.1 - self.set.width(&number, ENTRY);
            if let Some(page) = self.set.pages.get_mut(page) {
                page.lines.push(PlacedText {
                    x,
                    y: top + ENTRY.leading * 0.5 + ENTRY.size * 0.36,
                    text: number,
                    style: ENTRY,
                    stretch: 0.0,
                    track: 0.0,
                });
            }
        }
    }

    /// Space and a rule before the next article, or a new page where too little is left.
    fn between(&mut self) {
        if self.set.has_room(BETWEEN + BEGINNING) {
            self.set.y += BETWEEN / 2.0;
            self.set.rule();
            self.set.y += BETWEEN / 2.0;
        } else {
            self.set.new_page();
        }
    }

    fn article(&mut self, index: usize) {
        let edition = self.edition;
        let Some(it) = edition.articles.get(index) else {
            return;
        };
        let here = (self.set.page(), self.set.y);
        self.places.insert(EditionPlace::article(index), here);
        let document = Document::article(&it.article, self.labels);
        let targets = edition.targets(index);
        let is_head = |role| {
            matches!(
                role,
                PartRole::Kicker | PartRole::Title | PartRole::Subhead | PartRole::Byline
            )
        };
        let mut is_short_due = !it.short.is_empty();
        for (i, part) in document.parts.iter().enumerate() {
            if is_short_due && !is_head(part.role) {
                is_short_due = false;
                self.box_of_short(&it.short);
            }
            if part.role == PartRole::Image {
                let has_caption = document
                    .parts
                    .get(i + 1)
                    .is_some_and(|p| p.role == PartRole::Caption);
                self.picture(part, has_caption);
                continue;
            }
            let placed = self.set.nth(&document.parts, i);
            for sentence in &targets {
                let Some(bytes) = sentence_in(it, *sentence, part) else {
                    continue;
                };
                let line = placed.iter().rev().find(|line| line.bytes.start <= bytes);
                if let Some(line) = line.or(placed.first()) {
                    let place = EditionPlace {
                        article: index,
                        sentence: Some(*sentence),
                    };
                    self.places.entry(place).or_insert((line.page, line.y));
                }
            }
        }
        if is_short_due {
            self.box_of_short(&it.short);
        }
    }

    fn box_of_short(&mut self, lines: &[EditionLine]) {
        self.set.y += 4.0;
        self.set.make_room(LABEL.leading + ENTRY.leading * 2.0);
        self.line(&self.edition.labels.short, LABEL, COLUMN.0);
        self.short(lines);
        self.set.rule();
    }

    /// A picture in the column, with room for the first lines of its caption.
    fn picture(&mut self, part: &Part, has_caption: bool) {
        let url = part.url.as_ref();
        let Some((url, picture)) =
            url.and_then(|url| Some((url, self.edition.pictures.get(url.as_str())?)))
        else {
            return;
        };
        let room = COLUMN.1 - COLUMN.0;
        let (width, height) = (picture.size.0 as f32 * POINT, picture.size.1 as f32 * POINT);
        if width < 1.0 || height < 1.0 {
            return;
        }
        let scale = (room / width).min(TALLEST / height).min(1.0);
        self.set.y += if self.set.y <= TOP { 0.0 } else { 11.0 };
        let below = if has_caption { 36.0 } else { 0.0 };
        let left = self.set.room() - below;
        let scale = if left >= LEAST {
            scale.min(left / height)
        } else {
            scale
        };
        let size = (width * scale, height * scale);
        self.set.make_room(size.1 + below);
        let at = (COLUMN.0 + (room - size.0) / 2.0, self.set.y);
        if let Some(page) = self.set.pages.last_mut() {
            page.pictures.push(PlacedPicture {
                at,
                size,
                url: url.to_string(),
            });
        }
        self.set.y += size.1 + if has_caption { 0.0 } else { 6.0 };
    }

    /// One line, which is not broken.
    fn line(&mut self, text: &str, style: Style, x: f32) {
        self.set.make_room(style.leading);
        self.set.put(x, text, style, (0.0, 0.0));
        self.set.y += style.leading;
    }

    fn centred(&mut self, text: &str, style: Style) {
        let lines = self.set.lines(text, COLUMN.1 - COLUMN.0, style, true);
        for line in lines {
            let words = text.get(line.range).unwrap_or_default();
            self.line(words, style, (PAPER.0 - line.width) / 2.0);
        }
    }

    /// Text in the column from `x` on, which leads to `to`.
    fn text(&mut self, text: &str, style: Style, x: f32, to: Option<EditionPlace>) {
        for line in self.set.lines(text, COLUMN.1 - x, style, false) {
            let words = text.get(line.range).unwrap_or_default();
            self.set.make_room(style.leading);
            let top = self.set.y;
            self.line(words, style, x);
            if let Some(to) = to {
                self.link(to, (x, top, x + line.width, self.set.y));
            }
        }
    }

    fn link(&mut self, to: EditionPlace, area: (f32, f32, f32, f32)) {
        if let Some(page) = self.set.pages.last_mut() {
            page.links.push(PlacedLink { area, to });
        }
    }
}

/// Where a sentence begins in the text of a part; `None` where it stands in another part.
fn sentence_in(it: &EditionArticle, sentence: usize, part: &Part) -> Option<usize> {
    let place = it.sentences.get(sentence)?;
    let is_here = match part.source {
        PartSource::Block(block) => block == place.block,
        PartSource::Item { block, item } => (block, item) == (place.block, place.item),
        _ => false,
    };
    (is_here && part.role != PartRole::Caption).then_some(place.bytes.start)
}
