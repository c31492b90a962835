//! A part of the tree → blocks in reading order.
//!
//! One pass over the nodes, no recursion: a stack of frames remembers which elements are open. Text
//! gathers in a [`Line`] until a block's edge flushes it as a paragraph, heading, quote or caption,
//! whatever the innermost frame says.

pub(crate) mod line;
pub(crate) mod media;
mod piece;
mod tabular;

use self::line::{Line, Run};
use self::media::Addresses;
pub(crate) use self::piece::{Guide, Piece};
use crate::extract::html::{Dom, Id, ROOT, Tag};
use crate::news::{Block, Clean};

/// What text inside an open element becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Heading(u8),
    Quote,
    Caption,
    Credit,
    /// A picture with its frame: all its text is caption.
    Figure,
    Link,
}

struct Frame {
    end: Id,
    kind: Kind,
}

/// No article has more blocks; a page of nothing but short lines ends here.
const BLOCKS: usize = 20_000;
/// A longer caption is no caption; bytes.
const CAPTION: usize = 3_000;

/// The blocks of the subtrees at `roots`, without the elements that `guide` skips.
pub(crate) fn read(
    dom: &Dom<'_>,
    roots: &[Id],
    guide: &dyn Guide,
    addresses: &Addresses,
) -> Vec<Piece> {
    let line = Line::default();
    let mut writer = Writer {
        dom,
        guide,
        addresses,
        line,
        line_at: 0,
        pieces: Vec::new(),
        frames: Vec::new(),
        figure: 0,
    };
    for &root in roots {
        writer.subtree(root);
    }
    writer.pieces
}

struct Writer<'d, 'a> {
    dom: &'d Dom<'a>,
    guide: &'d dyn Guide,
    addresses: &'d Addresses,
    line: Line,
    line_at: Id,
    pieces: Vec<Piece>,
    frames: Vec<Frame>,
    /// Where the pieces of the open figure begin.
    figure: usize,
}

impl Writer<'_, '_> {
    fn subtree(&mut self, root: Id) {
        let end = self.dom.end(root);
        let mut at = root;
        while at < end && self.pieces.len() < BLOCKS {
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

    /// A part left out still parts the text before it from the text after it where it is a block.
    fn skipped(&mut self, at: Id) -> Id {
        if self.dom.tag(at).is_block() {
            self.flush();
        }
        self.dom.end(at)
    }

    /// Takes in one node; returns the next to look at.
    fn node(&mut self, at: Id) -> Id {
        let tag = self.dom.tag(at);
        let after = self.dom.end(at);
        match tag {
            Tag::Text => {
                if self.line.is_empty() {
                    self.line_at = at;
                }
                self.line.push(&self.dom.words(at));
            }
            Tag::Br => self.line.newline(),
            Tag::Hr => self.flush(),
            Tag::Img => self.push_media(at, media::image(self.dom, at, self.addresses)),
            Tag::Iframe | Tag::Embed | Tag::Object | Tag::Video | Tag::Audio => {
                self.push_media(at, media::embed(self.dom, at, self.addresses));
                return after;
            }
            _ if tag.is_raw()
                || matches!(
                    tag,
                    Tag::Raw | Tag::Svg | Tag::Template | Tag::Noscript | Tag::Canvas | Tag::Map
                ) =>
            {
                return after;
            }
            Tag::Button | Tag::Select | Tag::Input | Tag::Dialog | Tag::Rp | Tag::Rt => {
                return after;
            }
            Tag::A => self.open(at, Kind::Link),
            Tag::Figure => self.open_figure(at),
            Tag::Blockquote => return self.quote(at),
            _ if tag.heading().is_some() => {
                self.open(at, Kind::Heading(tag.heading().unwrap_or(2).max(2)));
            }
            _ if (self.guide.is_caption(at) || media::is_caption(self.dom, at))
                && self.near_picture() =>
            {
                self.open(at, Kind::Caption);
            }
            Tag::Other if self.is_amp_image(at) => {
                self.push_media(at, media::image(self.dom, at, self.addresses));
            }
            Tag::Div | Tag::Span | Tag::P | Tag::Td | Tag::Table
                if !self.in_picture() && media::is_frame(self.dom, at) =>
            {
                self.open(at, Kind::Figure);
                self.figure = self.pieces.len();
            }
            Tag::Ul | Tag::Ol | Tag::Table | Tag::Pre => return self.composite(at, tag),
            _ if self.in_picture() && media::is_credit(self.dom, at) => self.open(at, Kind::Credit),
            _ if tag.is_block() => self.open(at, Kind::Plain),
            _ => {}
        }
        at + 1
    }

    fn is_amp_image(&self, at: Id) -> bool {
        self.dom
            .raw_attr(at, "")
            .is_some_and(|name| name.eq_ignore_ascii_case("amp-img"))
    }

    fn open(&mut self, at: Id, kind: Kind) {
        match kind {
            Kind::Link => self.line.link(at),
            _ => self.flush(),
        }
        self.frames.push(Frame {
            end: self.dom.end(at),
            kind,
        });
    }

    /// A figure with a picture makes captions of its text; any other is a plain box.
    fn open_figure(&mut self, at: Id) {
        let has = |tag| self.dom.all(at, tag).next().is_some();
        if self.in_picture() {
            return self.open(at, Kind::Plain);
        }
        let picture = has(Tag::Img) || self.dom.all(at, Tag::Other).any(|n| self.is_amp_image(n));
        let text = has(Tag::Table)
            || has(Tag::Blockquote)
            || has(Tag::Pre)
            || self.dom.all(at, Tag::P).nth(4).is_some();
        self.open(
            at,
            if picture && !text {
                Kind::Figure
            } else {
                Kind::Plain
            },
        );
        self.figure = self.pieces.len();
    }

    fn close_up_to(&mut self, at: Id) {
        while self.frames.last().is_some_and(|f| f.end <= at) {
            let kind = self.frames.last().map_or(Kind::Plain, |f| f.kind);
            match kind {
                Kind::Link => self.line.unlink(),
                _ => self.flush(),
            }
            if kind == Kind::Figure {
                self.one_picture();
            }
            self.frames.pop();
        }
    }

    /// The copies of one picture in several sizes become one.
    fn one_picture(&mut self) {
        let inside = self.pieces.split_off(self.figure.min(self.pieces.len()));
        let mut seen: Option<usize> = None;
        for piece in inside {
            if let Block::Image { alt, caption, .. } = &piece.block {
                if let Some(first) = seen
                    && (caption.is_none() || same_picture(&self.pieces[first].block, alt.as_ref()))
                {
                    adopt(&mut self.pieces[first].block, piece.block);
                    continue;
                }
                seen = Some(self.pieces.len());
            }
            self.pieces.push(piece);
        }
    }

    fn in_picture(&self) -> bool {
        self.frames
            .iter()
            .any(|f| matches!(f.kind, Kind::Figure | Kind::Caption))
    }

    /// A caption belongs to the picture just before it.
    fn near_picture(&self) -> bool {
        self.in_picture()
            || self
                .pieces
                .last()
                .is_some_and(|p| matches!(p.block, Block::Image { .. } | Block::Embed { .. }))
    }

    fn push_media(&mut self, at: Id, block: Option<Block>) {
        let Some(block) = block else { return };
        // A picture inside running text does not part the sentence.
        if self.line.is_empty() {
            self.flush();
        }
        self.pieces.push(Piece {
            block,
            home: at,
            chars: 0,
            linked: 0,
        });
    }

    fn composite(&mut self, at: Id, tag: Tag) -> Id {
        self.flush();
        let read = match tag {
            Tag::Table => tabular::table(self.dom, at, self.guide),
            Tag::Pre => tabular::pre(self.dom, at),
            _ => tabular::list(self.dom, at, self.guide),
        };
        match read {
            Some((block, chars, linked)) => {
                if chars > 0 {
                    self.pieces.push(Piece {
                        block,
                        home: at,
                        chars,
                        linked,
                    });
                }
                self.dom.end(at)
            }
            None => {
                self.open(at, Kind::Plain);
                at + 1
            }
        }
    }

    fn quote(&mut self, at: Id) -> Id {
        self.flush();
        let post = self
            .dom
            .raw_attr(at, "class")
            .is_some_and(|c| c.contains("instagram-media") || c.contains("tiktok-embed"));
        if post && let Some(block) = media::embed(self.dom, at, self.addresses) {
            self.pieces.push(Piece {
                block,
                home: at,
                chars: 0,
                linked: 0,
            });
            return self.dom.end(at);
        }
        self.open(at, Kind::Quote);
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
            .find(|k| !matches!(k, Kind::Plain | Kind::Link));
        for run in runs {
            self.push_run(&run, kind.unwrap_or(Kind::Plain));
        }
    }

    fn push_run(&mut self, run: &Run, kind: Kind) {
        let text = Clean::lines(&run.text);
        if text.is_blank() {
            return;
        }
        let block = match kind {
            Kind::Heading(level) => Block::Heading {
                level,
                text: Clean::line(&run.text),
            },
            Kind::Quote => Block::Quote { text },
            Kind::Caption | Kind::Figure => return self.caption(&text, false),
            Kind::Credit => return self.caption(&text, true),
            Kind::Plain | Kind::Link => {
                run.paragraph(text, |a| self.addresses.join(&self.dom.attr(a, "href")?))
            }
        };
        let chars = run.text.chars().count();
        self.pieces.push(Piece {
            block,
            home: self.home(self.line_at),
            chars,
            linked: run.linked(),
        });
    }

    fn home(&self, at: Id) -> Id {
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

    /// Gives words to the picture before; without one, they wait at a picture of no address.
    fn caption(&mut self, words: &Clean, is_credit: bool) {
        let nameless = || Block::Image {
            url: Clean::default(),
            alt: None,
            caption: None,
            credit: None,
        };
        if !matches!(
            self.pieces.last().map(|p| &p.block),
            Some(Block::Image { .. } | Block::Embed { .. })
        ) {
            self.pieces.push(Piece {
                block: nameless(),
                home: ROOT,
                chars: 0,
                linked: 0,
            });
        }
        match self.pieces.last_mut().map(|p| &mut p.block) {
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
        Some(before) if before.len() > CAPTION || before.contains(&**words) => before,
        Some(before) => Clean::line(&format!("{before} {words}")),
        None => Clean::line(words),
    });
}

fn same_picture(first: &Block, alt: Option<&Clean>) -> bool {
    matches!(first, Block::Image { alt: Some(a), .. } if Some(a) == alt)
}

/// Takes over what a second copy knows and the first does not.
fn adopt(first: &mut Block, copy: Block) {
    if let (
        Block::Image {
            caption,
            credit,
            alt,
            ..
        },
        Block::Image {
            caption: c,
            credit: r,
            alt: a,
            ..
        },
    ) = (first, copy)
    {
        *caption = caption.take().or(c);
        *credit = credit.take().or(r);
        *alt = alt.take().or(a);
    }
}
