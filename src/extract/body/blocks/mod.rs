//! Reads elements as blocks in reading order.
//!
//! * `body_block` – what goes in and comes out
//! * `inline_text` – the text of a paragraph, `inline` – how its words are set, `raised` – those
//!   above and below the line, `formula` – formulas
//! * `list`, `tabular` – lists and tables, with the words of an item or a cell from `line_words`
//! * `media` – pictures, captions, embedded videos; `code` – preformatted text; `quote` –
//!   quotations of more than paragraphs; `fold_heading` – buttons that are headings
//!
//! It is one pass over the nodes without recursion: a stack holds the open elements. Text collects
//! in an [`InlineText`] until the start or end of a block element turns it into a paragraph,
//! heading, quote or caption, depending on the innermost open element.

mod body_block;
mod code;
mod fold_heading;
mod formula;
mod inline;
pub(crate) mod inline_text;
mod line_words;
mod list;
pub(crate) mod media;
mod quote;
mod raised;
mod tabular;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

pub(crate) use self::body_block::{BodyBlock, Guide};
use self::inline_text::{InlineText, TextRun};
use self::list::ListForm;
use self::media::Addresses;
use crate::extract::html::{Dom, NodeId, ROOT, Tag};
use crate::news::{Block, Clean};

/// What text inside an open element becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TextRole {
    Plain,
    Heading(u8),
    Quote,
    Caption,
    Credit,
    /// A figure with a picture: all its text is caption.
    Figure,
    Link,
}

struct OpenElement {
    /// The first node after the element.
    end: NodeId,
    /// What its text becomes.
    kind: TextRole,
}

/// The most blocks of one page; no article has nearly as many. The text of a page of more goes on
/// as lines of one paragraph.
const MAX_BLOCKS: usize = 20_000;
/// Longer captions, in bytes, are not extended.
const MAX_CAPTION_BYTES: usize = 3_000;

/// The blocks of the subtrees at `roots`, without the elements that `guide` skips.
pub(crate) fn read(
    dom: &Dom<'_>,
    roots: &[NodeId],
    guide: &dyn Guide,
    addresses: &Addresses,
) -> Vec<BodyBlock> {
    let mut writer = BlockWriter::new(dom, guide, addresses);
    for &root in roots {
        writer.nodes(root, dom.end(root));
    }
    writer.finish()
}

struct BlockWriter<'d, 'a> {
    dom: &'d Dom<'a>,
    guide: &'d dyn Guide,
    addresses: &'d Addresses,
    /// Text since the last block.
    line: InlineText,
    /// The node where that text begins.
    line_at: NodeId,
    blocks: Vec<BodyBlock>,
    /// The text after [`MAX_BLOCKS`].
    rest: String,
    /// Open elements, the innermost last.
    frames: Vec<OpenElement>,
    /// Index of the first block of the open figure.
    figure: usize,
}

impl<'d, 'a> BlockWriter<'d, 'a> {
    fn new(dom: &'d Dom<'a>, guide: &'d dyn Guide, addresses: &'d Addresses) -> Self {
        Self {
            dom,
            guide,
            addresses,
            line: InlineText::default(),
            line_at: 0,
            blocks: Vec::new(),
            rest: String::new(),
            frames: Vec::new(),
            figure: 0,
        }
    }

    /// Reads the nodes from `at` up to `end`.
    fn nodes(&mut self, mut at: NodeId, end: NodeId) {
        while at < end {
            self.close_up_to(at);
            at = if self.guide.skips(at) {
                self.skipped(at)
            } else {
                self.node(at)
            };
        }
        self.close_up_to(end);
        self.flush();
    }

    fn finish(mut self) -> Vec<BodyBlock> {
        if !self.rest.is_empty() {
            let chars = self.rest.chars().count();
            let content = Block::paragraph(&self.rest);
            self.blocks.push(BodyBlock::of(content, ROOT, chars, 0));
        }
        self.blocks
    }

    /// Skips an element. A block element still separates the text before from that after it.
    fn skipped(&mut self, at: NodeId) -> NodeId {
        if self.dom.tag(at).is_block() {
            self.flush();
        }
        self.dom.end(at)
    }

    /// Reads one node and returns the next one to read.
    fn node(&mut self, at: NodeId) -> NodeId {
        let tag = self.dom.tag(at);
        let after = self.dom.end(at);
        match tag {
            Tag::Text => {
                if self.line.is_empty() {
                    self.line_at = at;
                }
                let styles = inline::styles(self.dom, at);
                self.line.push_styled(self.dom.words(at), styles);
            }
            Tag::Sup | Tag::Sub => {
                let Some(raised) = raised::raised(self.dom, at, self.line.before()) else {
                    return at + 1;
                };
                if self.line.is_empty() {
                    self.line_at = at;
                }
                self.line.push(&raised);
                return after;
            }
            Tag::Br => self.line.newline(),
            Tag::Hr => self.flush(),
            Tag::Img => self.push_media(at, media::image(self.dom, at, self.addresses)),
            Tag::Iframe | Tag::Embed | Tag::Object | Tag::Video | Tag::Audio => {
                self.push_media(at, media::embed(self.dom, at, self.addresses));
                return after;
            }
            Tag::Noscript => {
                self.push_media(at, media::unscripted(self.dom, at, self.addresses));
                return after;
            }
            Tag::Button if fold_heading::is_one(self.dom, self.guide, at) => {
                self.open_fold_heading(at);
            }
            _ if tag.is_machinery() || matches!(tag, Tag::Input | Tag::Dialog | Tag::Rp) => {
                return after;
            }
            Tag::Ruby => {
                let Some(words) = inline::ruby(self.dom, at) else {
                    return at + 1;
                };
                if self.line.is_empty() {
                    self.line_at = at;
                }
                let styles = inline::styles(self.dom, at);
                self.line.push_styled(&words, styles);
                return after;
            }
            Tag::Rt => {
                let Some(reading) = inline::reading(self.dom, at) else {
                    self.line.push(" ");
                    return at + 1;
                };
                self.line.push(&reading);
                return after;
            }
            Tag::A => return self.open_link(at),
            Tag::Figure => self.open_figure(at),
            Tag::Blockquote => return self.quote(at),
            _ if tag.heading().is_some() => {
                self.open(at, TextRole::Heading(tag.heading().unwrap_or(2).max(2)));
            }
            _ if (self.guide.is_caption(at) || media::is_caption(self.dom, at))
                && (self.near_picture() || media::is_of_missing_picture(self.dom, at)) =>
            {
                self.open(at, TextRole::Caption);
            }
            Tag::Other if self.dom.name(at) == "math" => {
                if self.line.is_empty() {
                    self.line_at = at;
                }
                self.line.push(&formula::line(self.dom, at));
                return after;
            }
            Tag::Other if self.is_amp_image(at) => {
                self.push_media(at, media::image(self.dom, at, self.addresses));
            }
            Tag::Div | Tag::Span | Tag::P | Tag::Td | Tag::Table
                if !self.in_picture() && media::is_frame(self.dom, at) =>
            {
                self.open(at, TextRole::Figure);
                self.figure = self.blocks.len();
            }
            Tag::Ul | Tag::Ol | Tag::Table | Tag::Pre | Tag::Xmp => {
                return self.composite(at, tag);
            }
            _ if self.in_picture() && media::is_credit(self.dom, at) => {
                self.open(at, TextRole::Credit);
            }
            _ if tag.is_block() => {
                self.end_heading(at);
                self.open(at, TextRole::Plain);
            }
            _ => {}
        }
        at + 1
    }

    fn is_amp_image(&self, at: NodeId) -> bool {
        self.dom.name(at) == "amp-img"
    }

    fn open(&mut self, at: NodeId, kind: TextRole) {
        match kind {
            TextRole::Link => self.line.link(at),
            _ => self.flush(),
        }
        self.frames.push(OpenElement {
            end: self.dom.end(at),
            kind,
        });
    }

    /// Opens a link, and reads the one that is the mark of a note.
    fn open_link(&mut self, at: NodeId) -> NodeId {
        self.open(at, TextRole::Link);
        let Some(mark) = inline::note_mark(self.dom, at, self.line.before()) else {
            return at + 1;
        };
        self.line.push(&mark);
        self.dom.end(at)
    }

    /// Opens a button that is a heading, if it does not stand in one.
    fn open_fold_heading(&mut self, at: NodeId) {
        let is_heading = |f: &OpenElement| matches!(f.kind, TextRole::Heading(_));
        if !self.frames.iter().any(is_heading) {
            self.open(at, TextRole::Heading(fold_heading::LEVEL));
        }
    }

    /// Ends an open heading before the block at `at`, where it goes on with paragraphs.
    fn end_heading(&mut self, at: NodeId) {
        let is_heading = |f: &OpenElement| matches!(f.kind, TextRole::Heading(_));
        let Some(nth) = self.frames.iter().position(is_heading) else {
            return;
        };
        if self.dom.holds_paragraphs(at..self.frames[nth].end) {
            self.flush();
            self.frames[nth].kind = TextRole::Plain;
        }
    }

    /// Opens a `figure`. If it contains a picture and no longer text, its text is caption.
    fn open_figure(&mut self, at: NodeId) {
        let has = |tag| self.dom.all(at, tag).next().is_some();
        if self.in_picture() {
            return self.open(at, TextRole::Plain);
        }
        let is_unscripted = |n| media::unscripted(self.dom, n, self.addresses).is_some();
        let picture = has(Tag::Img)
            || self.dom.all(at, Tag::Other).any(|n| self.is_amp_image(n))
            || self.dom.all(at, Tag::Noscript).any(is_unscripted);
        let text = has(Tag::Table)
            || has(Tag::Blockquote)
            || has(Tag::Pre)
            || self.dom.all(at, Tag::P).nth(4).is_some();
        self.open(
            at,
            if picture && !text {
                TextRole::Figure
            } else {
                TextRole::Plain
            },
        );
        self.figure = self.blocks.len();
    }

    fn close_up_to(&mut self, at: NodeId) {
        while self.frames.last().is_some_and(|f| f.end <= at) {
            let kind = self.frames.last().map_or(TextRole::Plain, |f| f.kind);
            match kind {
                TextRole::Link => self.line.unlink(),
                _ => self.flush(),
            }
            if kind == TextRole::Figure {
                self.one_picture();
            }
            self.frames.pop();
        }
    }

    /// Merges copies of one picture in several sizes within the open figure.
    fn one_picture(&mut self) {
        let inside = self.blocks.split_off(self.figure.min(self.blocks.len()));
        let mut seen: Option<usize> = None;
        for block in inside {
            if let Block::Image { alt, caption, .. } = &block.content {
                if let Some(first) = seen
                    && (caption.is_none()
                        || media::same_picture(&self.blocks[first].content, alt.as_ref()))
                {
                    media::adopt(&mut self.blocks[first].content, block.content);
                    continue;
                }
                seen = Some(self.blocks.len());
            }
            self.blocks.push(block);
        }
    }

    fn in_picture(&self) -> bool {
        self.frames
            .iter()
            .any(|f| matches!(f.kind, TextRole::Figure | TextRole::Caption))
    }

    /// Whether a caption may follow here: within a figure, or directly after a picture.
    fn near_picture(&self) -> bool {
        self.in_picture()
            || self
                .blocks
                .last()
                .is_some_and(|p| matches!(p.content, Block::Image { .. } | Block::Embed { .. }))
    }

    fn push_media(&mut self, at: NodeId, block: Option<Block>) {
        let Some(block) = block else { return };
        // A picture within a paragraph does not split it.
        if self.line.is_empty() {
            self.flush();
        }
        self.blocks.push(BodyBlock::of(block, at, 0, 0));
    }

    fn composite(&mut self, at: NodeId, tag: Tag) -> NodeId {
        self.flush();
        let read = match tag {
            Tag::Table => {
                code::table(self.dom, at).or_else(|| tabular::table(self.dom, at, self.guide))
            }
            Tag::Pre | Tag::Xmp => code::pre(self.dom, at),
            _ => match list::form(self.dom, at, self.guide) {
                ListForm::Whole(block) => Some(block),
                ListForm::ItemByItem => return self.item_by_item(at),
                ListForm::Arranges => None,
            },
        };
        let Some((block, chars, linked)) = read else {
            self.open(at, TextRole::Plain);
            return at + 1;
        };
        if tag == Tag::Table
            && let Some((caption, chars)) = tabular::caption(self.dom, at, self.guide)
        {
            self.blocks.push(BodyBlock::of(caption, at, chars, 0));
        }
        if chars > 0 {
            self.blocks.push(BodyBlock::of(block, at, chars, linked));
        }
        if tag == Tag::Table {
            for picture in tabular::pictures(self.dom, at, self.guide) {
                self.push_media(picture, media::image(self.dom, picture, self.addresses));
            }
        }
        self.dom.end(at)
    }

    fn item_by_item(&mut self, at: NodeId) -> NodeId {
        let dom = self.dom;
        let mut items = list::Items::of(dom.tag(at) == Tag::Ol);
        let mut numbers = list::Numbers::of(dom, at);
        let (mut child, end) = (at + 1, dom.end(at));
        while child < end {
            let tag = dom.tag(child);
            let mut after = dom.end(child);
            let is_item = tag == Tag::Li || line_words::is_list(tag);
            // Words between two items are one text, whatever elements they stand in.
            while !is_item
                && after < end
                && dom.tag(after) != Tag::Li
                && !line_words::is_list(dom.tag(after))
            {
                after = dom.end(after);
            }
            if !is_item || !self.guide.skips(child) {
                let mut inside = BlockWriter::new(dom, self.guide, self.addresses);
                inside.nodes(if tag == Tag::Li { child + 1 } else { child }, after);
                let blocks = inside.finish();
                match tag {
                    Tag::Li => items.add(blocks, numbers.take(dom, child)),
                    _ if is_item => items.add(blocks, None),
                    _ => items.add_between(blocks),
                }
            }
            child = after;
        }
        for block in items.finish() {
            if self.blocks.len() < MAX_BLOCKS {
                self.blocks.push(block);
            } else {
                self.rest.push_str(&block.content.plain());
                self.rest.push('\n');
            }
        }
        end
    }

    fn quote(&mut self, at: NodeId) -> NodeId {
        self.flush();
        let post = self
            .dom
            .class(at)
            .is_some_and(|c| c.contains("instagram-media") || c.contains("tiktok-embed"));
        if post && let Some(block) = media::embed(self.dom, at, self.addresses) {
            self.blocks.push(BodyBlock::of(block, at, 0, 0));
            return self.dom.end(at);
        }
        if quote::is_composite(self.dom, at) {
            let mut inside = BlockWriter::new(self.dom, self.guide, self.addresses);
            inside.nodes(at + 1, self.dom.end(at));
            let count = |of: fn(&BodyBlock) -> usize| inside.blocks.iter().map(of).sum();
            let (chars, linked, bold) =
                (count(|b| b.chars), count(|b| b.linked), count(|b| b.bold));
            let blocks: Vec<Block> = inside.finish().into_iter().map(|b| b.content).collect();
            if chars > 0 {
                self.blocks.push(BodyBlock {
                    content: Block::Quote {
                        text: quote::plain(&blocks),
                        blocks,
                    },
                    home: at,
                    look: 0,
                    chars,
                    linked,
                    bold,
                });
            }
            return self.dom.end(at);
        }
        self.open(at, TextRole::Quote);
        at + 1
    }

    fn flush(&mut self) {
        let runs = self.line.take();
        if runs.is_empty() {
            return;
        }
        let kind = self
            .frames
            .iter()
            .rev()
            .map(|f| f.kind)
            .find(|k| !matches!(k, TextRole::Plain | TextRole::Link));
        for run in runs {
            self.push_run(&run, kind.unwrap_or(TextRole::Plain));
        }
    }

    fn push_run(&mut self, run: &TextRun, kind: TextRole) {
        let text = Clean::lines(&run.text);
        if text.is_blank() {
            return;
        }
        if self.blocks.len() >= MAX_BLOCKS {
            self.rest.push_str(&text);
            self.rest.push('\n');
            return;
        }
        let block = match kind {
            TextRole::Heading(level) => Block::Heading {
                level,
                // Sites that link to their headings put a mark after them.
                text: Clean::line(run.text.trim_end_matches(['¶', ' '])),
            },
            TextRole::Quote => Block::quote(text),
            TextRole::Caption | TextRole::Figure => return self.caption(&text, false),
            TextRole::Credit => return self.caption(&text, true),
            TextRole::Plain | TextRole::Link => {
                run.paragraph(text, |a| self.addresses.join(self.dom.attr(a, "href")?))
            }
        };
        let chars = run.text.chars().count();
        self.blocks.push(BodyBlock {
            content: block,
            home: self.home(self.line_at),
            look: self.look(self.line_at),
            chars,
            linked: run.linked(),
            bold: run.bold(),
        });
    }

    fn home(&self, at: NodeId) -> NodeId {
        let block = self
            .dom
            .ancestors(at)
            .find(|up| self.dom.tag(*up).is_block());
        match block {
            Some(id)
                if matches!(self.dom.tag(id), Tag::P | Tag::Li)
                    || self.dom.tag(id).heading().is_some() =>
            {
                self.dom.parent(id)
            }
            Some(id) => id,
            None => ROOT,
        }
    }

    /// The class of the block element around a text, hashed.
    fn look(&self, at: NodeId) -> u64 {
        let mut around = self.dom.ancestors(at);
        let block = around.find(|up| self.dom.tag(*up).is_block());
        let class = block.and_then(|id| self.dom.class(id));
        let mut hasher = DefaultHasher::new();
        class.hash(&mut hasher);
        hasher.finish()
    }

    /// Adds text to the caption or credit of the picture before, or to a new image without an
    /// address.
    fn caption(&mut self, words: &Clean, is_credit: bool) {
        let nameless = || Block::Image {
            url: Clean::default(),
            alt: None,
            caption: None,
            credit: None,
        };
        if !matches!(
            self.blocks.last().map(|p| &p.content),
            Some(Block::Image { .. } | Block::Embed { .. })
        ) {
            self.blocks.push(BodyBlock::of(nameless(), ROOT, 0, 0));
        }
        match self.blocks.last_mut().map(|p| &mut p.content) {
            Some(Block::Image {
                caption, credit, ..
            }) => join(if is_credit { credit } else { caption }, words),
            Some(Block::Embed { title, .. }) => join(title, words),
            _ => {}
        }
    }
}

fn join(slot: &mut Option<Clean>, words: &Clean) {
    *slot = Some(match slot.take() {
        Some(before) if before.len() > MAX_CAPTION_BYTES || before.contains(&**words) => before,
        Some(before) => Clean::line(&format!("{before} {words}")),
        None => Clean::line(words),
    });
}

#[cfg(test)]
#[path = "../tests/blocks.rs"]
mod tests;
