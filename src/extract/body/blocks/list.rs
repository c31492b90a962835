//! Reads lists, each as a whole where its items are lines of text.

use super::body_block::{BodyBlock, Guide};
use super::line_words::{Lists, is_list, words};
use super::tabular::{MAX_ITEMS, MeasuredBlock};
use crate::extract::html::{Dom, NodeId, Tag};
use crate::news::block_marks::{beyond_plain, item_marks};
use crate::news::{Block, Clean, ItemMark};

/// How a list is read.
pub(super) enum ListForm {
    /// All of it is one block.
    Whole(MeasuredBlock),
    /// Its items hold more than a line, or words stand between them: what is a line of it stays an
    /// item with its number.
    ItemByItem,
    /// It arranges the page.
    Arranges,
}

/// How to read the list at `at`.
pub(super) fn form(dom: &Dom<'_>, at: NodeId, guide: &dyn Guide) -> ListForm {
    let holds =
        |rich: fn(Tag) -> bool| (at + 1..dom.end(at)).any(|n| rich(dom.tag(n)) && !guide.skips(n));
    if holds(|tag| tag.heading().is_some() || tag == Tag::Article) {
        return ListForm::Arranges;
    }
    let ordered = dom.tag(at) == Tag::Ol;
    let is_rich = holds(|tag| {
        matches!(
            tag,
            Tag::Figure
                | Tag::Img
                | Tag::Table
                | Tag::Blockquote
                | Tag::Pre
                | Tag::Iframe
                | Tag::Video
        )
    });
    let unless_ordered = if ordered {
        ListForm::ItemByItem
    } else {
        ListForm::Arranges
    };
    if is_rich {
        return unless_ordered;
    }
    let mut list = ListReader {
        dom,
        guide,
        items: Vec::new(),
        marks: Vec::new(),
        chars: 0,
        linked: 0,
    };
    match list.read(at, 0) {
        Ok(()) => {
            let content = Block::List {
                ordered,
                items: list.items,
                marks: beyond_plain(ordered, list.marks),
            };
            ListForm::Whole((content, list.chars, list.linked))
        }
        Err(Obstacle::Loose) => ListForm::ItemByItem,
        Err(Obstacle::Paragraphs) => unless_ordered,
        Err(Obstacle::Many) => ListForm::Arranges,
    }
}

/// Why a list is no single block.
enum Obstacle {
    /// Words stand between the items.
    Loose,
    /// An item has several paragraphs.
    Paragraphs,
    Many,
}

/// The numbers of a list's items.
pub(super) struct Numbers {
    ordered: bool,
    next: i64,
    step: i64,
}

impl Numbers {
    pub(super) fn of(dom: &Dom<'_>, list: NodeId) -> Self {
        let ordered = dom.tag(list) == Tag::Ol;
        let is_reversed = ordered && dom.attr(list, "reversed").is_some();
        let last = || {
            let items = dom.children(list).filter(|n| dom.tag(*n) == Tag::Li);
            i64::try_from(items.count()).unwrap_or(i64::MAX)
        };
        let first = || if is_reversed { last() } else { 1 };
        Self {
            ordered,
            next: whole(dom, list, "start").unwrap_or_else(first),
            step: if is_reversed { -1 } else { 1 },
        }
    }

    /// The number of the next item; none where there are bullets.
    pub(super) fn take(&mut self, dom: &Dom<'_>, item: NodeId) -> Option<i64> {
        if !self.ordered {
            return None;
        }
        let number = whole(dom, item, "value").unwrap_or(self.next);
        self.next = number + self.step;
        Some(number)
    }
}

fn whole(dom: &Dom<'_>, id: NodeId, name: &str) -> Option<i64> {
    let number = dom.attr(id, name)?.trim().parse::<i32>().ok()?;
    Some(i64::from(number))
}

/// Reads a list and those inside it.
struct ListReader<'d, 'a> {
    dom: &'d Dom<'a>,
    guide: &'d dyn Guide,
    items: Vec<Clean>,
    marks: Vec<ItemMark>,
    chars: usize,
    linked: usize,
}

impl ListReader<'_, '_> {
    /// Reads the items of the list at `at`. The parser bounds how deep lists stand in each other.
    fn read(&mut self, at: NodeId, depth: u8) -> Result<(), Obstacle> {
        let dom = self.dom;
        let mut numbers = Numbers::of(dom, at);
        for item in dom.children(at) {
            if is_loose(dom, item) {
                return Err(Obstacle::Loose);
            }
            if dom.tag(item).is_text() || self.guide.skips(item) {
                continue;
            }
            if self.items.len() >= MAX_ITEMS {
                return Err(Obstacle::Many);
            }
            let deeper = (depth + 1).min(ItemMark::DEEPEST);
            if is_list(dom.tag(item)) {
                self.read(item, deeper)?;
                continue;
            }
            if dom.all(item, Tag::P).nth(1).is_some() {
                return Err(Obstacle::Paragraphs);
            }
            let mut inner = Vec::new();
            let (text, chars, linked) = words(dom, item, self.guide, Lists::Apart(&mut inner));
            let text = Clean::line(&text);
            let number = numbers.take(dom, item);
            if !text.is_blank() {
                self.chars += chars;
                self.linked += linked;
                self.items.push(text);
                self.marks.push(ItemMark { depth, number });
            }
            for list in inner {
                self.read(list, deeper)?;
            }
        }
        Ok(())
    }
}

/// Whether a child of a list is words that no item holds.
pub(super) fn is_loose(dom: &Dom<'_>, child: NodeId) -> bool {
    dom.tag(child) == Tag::Text && dom.words(child).contains(char::is_alphanumeric)
}

/// The blocks of a list that is read item by item: what follows on an item of the same list is one
/// block with it.
#[derive(Default)]
pub(super) struct Items {
    ordered: bool,
    blocks: Vec<BodyBlock>,
}

impl Items {
    pub(super) fn of(ordered: bool) -> Self {
        Self {
            ordered,
            blocks: Vec::new(),
        }
    }

    /// Adds the blocks of one item. Its first paragraph is the item's line, its lists stand one
    /// deeper, all else for itself.
    pub(super) fn add(&mut self, blocks: Vec<BodyBlock>, number: Option<i64>) {
        let mut mark = Some(ItemMark { depth: 0, number });
        for block in blocks {
            let (chars, linked, home) = (block.chars, block.linked, block.home);
            let (items, marks) = match block.content {
                Block::Paragraph { text, .. } if mark.is_some() => {
                    (vec![Clean::line(&text)], mark.take().into_iter().collect())
                }
                Block::List {
                    ordered,
                    items,
                    marks,
                } => {
                    let deeper = |mark: ItemMark| ItemMark {
                        depth: (mark.depth + 1).min(ItemMark::DEEPEST),
                        ..mark
                    };
                    let marks = item_marks(ordered, items.len(), &marks).map(deeper);
                    let marks = marks.collect();
                    (items, marks)
                }
                _ => {
                    self.blocks.push(block);
                    continue;
                }
            };
            self.append((items, marks), (home, chars, linked));
        }
    }

    /// Adds blocks that no item holds.
    pub(super) fn add_between(&mut self, blocks: Vec<BodyBlock>) {
        self.blocks.extend(blocks);
    }

    fn append(
        &mut self,
        (items, marks): (Vec<Clean>, Vec<ItemMark>),
        (home, chars, linked): (NodeId, usize, usize),
    ) {
        if let Some(last) = self.blocks.last_mut()
            && let Block::List {
                items: known,
                marks: known_marks,
                ..
            } = &mut last.content
        {
            known.extend(items);
            known_marks.extend(marks);
            (last.chars, last.linked) = (last.chars + chars, last.linked + linked);
            return;
        }
        let content = Block::List {
            ordered: self.ordered,
            items,
            marks,
        };
        self.blocks
            .push(BodyBlock::of(content, home, chars, linked));
    }

    pub(super) fn finish(mut self) -> Vec<BodyBlock> {
        for block in &mut self.blocks {
            if let Block::List { ordered, marks, .. } = &mut block.content {
                *marks = beyond_plain(*ordered, std::mem::take(marks));
            }
        }
        self.blocks
    }
}
