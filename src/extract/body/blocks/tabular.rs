//! Reads lists and tables, each as a whole.

use super::body_block::Guide;
use super::formula;
use super::inline::reading;
use super::raised::raised;
use crate::extract::html::{Dom, NodeId, Tag};
use crate::news::block_marks::beyond_plain;
use crate::news::{Block, Clean, ItemMark};

/// The most rows, cells of a row and items of a list, so that a page of nothing else does not grow
/// without limit.
const MAX_ITEMS: usize = 5_000;

/// More columns or rows than this one cell does not take: a page may state any number.
const MOST_SPANNED: usize = 50;

/// The most blank cells that spans add to a table.
const MOST_BLANKS: usize = 10_000;

/// A block, the length of its text in characters and how many of them are inside links.
pub(crate) type MeasuredBlock = (Block, usize, usize);

/// The list at `at`, or `None` if its items contain more than text and must be read as blocks.
pub(crate) fn list(dom: &Dom<'_>, at: NodeId, guide: &dyn Guide) -> Option<MeasuredBlock> {
    let rich = |tag: Tag| {
        tag.heading().is_some()
            || matches!(
                tag,
                Tag::Figure
                    | Tag::Img
                    | Tag::Table
                    | Tag::Blockquote
                    | Tag::Pre
                    | Tag::Iframe
                    | Tag::Video
                    | Tag::Article
            )
    };
    if (at + 1..dom.end(at)).any(|n| rich(dom.tag(n)) && !guide.skips(n)) {
        return None;
    }
    let mut list = ListReader {
        dom,
        guide,
        items: Vec::new(),
        marks: Vec::new(),
        chars: 0,
        linked: 0,
    };
    list.read(at, 0)?;
    let ordered = dom.tag(at) == Tag::Ol;
    Some((
        Block::List {
            ordered,
            items: list.items,
            marks: beyond_plain(ordered, list.marks),
        },
        list.chars,
        list.linked,
    ))
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
    /// Reads the items of the list at `at`, or returns `None` if one has several paragraphs, if
    /// words stand between them, or if there are too many. The parser bounds how deep lists stand
    /// in each other.
    fn read(&mut self, at: NodeId, depth: u8) -> Option<()> {
        let dom = self.dom;
        let whole = |id, name| {
            dom.attr(id, name)?
                .trim()
                .parse::<i32>()
                .ok()
                .map(i64::from)
        };
        let ordered = dom.tag(at) == Tag::Ol;
        let is_reversed = ordered && dom.attr(at, "reversed").is_some();
        let step = if is_reversed { -1 } else { 1 };
        let last = || {
            let items = dom.children(at).filter(|n| dom.tag(*n) == Tag::Li);
            i64::try_from(items.count()).unwrap_or(i64::MAX)
        };
        let first = || if is_reversed { last() } else { 1 };
        let mut number = whole(at, "start").unwrap_or_else(first);
        for item in dom.children(at) {
            // Words that no item holds go on between the items as they stand.
            if dom.tag(item) == Tag::Text && dom.words(item).contains(char::is_alphanumeric) {
                return None;
            }
            if dom.tag(item).is_text() || self.guide.skips(item) {
                continue;
            }
            if self.items.len() >= MAX_ITEMS {
                return None;
            }
            let deeper = (depth + 1).min(ItemMark::DEEPEST);
            if is_list(dom.tag(item)) {
                self.read(item, deeper)?;
                continue;
            }
            if dom.all(item, Tag::P).nth(1).is_some() {
                return None;
            }
            let mut inner = Vec::new();
            let (text, chars, linked) = words(dom, item, self.guide, &mut inner);
            let text = Clean::line(&text);
            number = whole(item, "value").filter(|_| ordered).unwrap_or(number);
            if !text.is_blank() {
                self.chars += chars;
                self.linked += linked;
                self.items.push(text);
                self.marks.push(ItemMark {
                    depth,
                    number: ordered.then_some(number),
                });
                number += step;
            }
            for list in inner {
                self.read(list, deeper)?;
            }
        }
        Some(())
    }
}

fn is_list(tag: Tag) -> bool {
    matches!(tag, Tag::Ul | Tag::Ol | Tag::Menu)
}

/// What stands over the table at `at`, and its length in characters. What lists the heads of the
/// columns is for those who hear the page, and is hidden from others: `번호, 제목을 담은 표`.
pub(super) fn caption(dom: &Dom<'_>, at: NodeId, guide: &dyn Guide) -> Option<(Block, usize)> {
    let is_caption = |n: &NodeId| dom.tag(*n) == Tag::Caption && !guide.skips(*n);
    let (text, chars, _) = words_with_lists(dom, dom.children(at).find(is_caption)?, guide);
    let heads = dom.all(at, Tag::Th).take(MOST_SPANNED);
    let heads = heads.filter_map(|head| dom.brief(head, 100));
    let is_told = |head: &String| head.trim().len() > 1 && text.contains(head.trim());
    // Two heads are often what a table is about: `지역별 인구`.
    let is_for_ears = heads.filter(is_told).nth(2).is_some();
    let content = || Block::paragraph(&Clean::line(&text));
    (chars > 0 && !is_for_ears).then(|| (content(), chars))
}

/// The table at `at`, or `None` if it only arranges the page or has too many cells.
pub(crate) fn table(dom: &Dom<'_>, at: NodeId, guide: &dyn Guide) -> Option<MeasuredBlock> {
    let has = |arranges: fn(Tag) -> bool| {
        (at + 1..dom.end(at)).any(|n| arranges(dom.tag(n)) && !guide.skips(n))
    };
    if has(|tag| {
        matches!(
            tag,
            Tag::Figure | Tag::Table | Tag::Iframe | Tag::Blockquote
        )
    }) {
        return None;
    }
    // Pictures and lists arrange a page, unless they stand in the cells of a table with a head.
    let is_plain = !has(|tag| matches!(tag, Tag::Img | Tag::Ul));
    if !is_plain && dom.all(at, Tag::Th).next().is_none() {
        return None;
    }
    let mut rows = Vec::new();
    let (mut chars, mut linked, mut long, mut widest) = (0, 0, 0, 0);
    let mut is_even = true;
    // For each column, how many of the next rows a cell above reaches into.
    let mut reaching: Vec<usize> = Vec::new();
    let mut spare = MOST_BLANKS;
    if dom.all(at, Tag::Tr).nth(MAX_ITEMS).is_some() {
        return None;
    }
    for row in dom.all(at, Tag::Tr) {
        let mut cells = Vec::new();
        for cell in dom
            .children(row)
            .filter(|n| matches!(dom.tag(*n), Tag::Td | Tag::Th))
            .take(MAX_ITEMS)
        {
            let mut lists = Vec::new();
            let (mut text, mut own, mut links) = words(dom, cell, guide, &mut lists);
            for list in lists {
                let (items, chars, linked) = items_of(dom, list, guide);
                text.push(' ');
                text.push_str(&items);
                (own, links) = (own + chars, links + linked);
            }
            chars += own;
            linked += links;
            long += usize::from(own > 300 || dom.all(cell, Tag::P).nth(1).is_some());
            skip_reached(&mut cells, &mut reaching, &mut spare);
            let (wide, high) = (span(dom, cell, "colspan"), span(dom, cell, "rowspan"));
            let wide = wide.min(spare + 1);
            spare -= wide - 1;
            let start = cells.len();
            cells.push(Clean::line(&text));
            cells.resize(start + wide, Clean::default());
            if reaching.len() < cells.len() {
                reaching.resize(cells.len(), 0);
            }
            reaching[start..]
                .iter_mut()
                .take(wide)
                .for_each(|rows| *rows = high - 1);
        }
        skip_reached(&mut cells, &mut reaching, &mut spare);
        is_even &= widest == 0 || widest == cells.len();
        widest = widest.max(cells.len());
        if cells.iter().any(|c| !c.is_blank()) {
            rows.push(cells);
        }
    }
    let is_data = rows.len() > 1 && widest > 1 && long == 0 && (is_plain || is_even);
    is_data.then_some((Block::Table { rows }, chars, linked))
}

/// Leaves the columns blank that cells of rows above reach into.
fn skip_reached(cells: &mut Vec<Clean>, reaching: &mut [usize], spare: &mut usize) {
    while let Some(rows) = reaching.get_mut(cells.len()).filter(|rows| **rows > 0) {
        if *spare == 0 {
            return;
        }
        *spare -= 1;
        *rows -= 1;
        cells.push(Clean::default());
    }
}

/// How many columns or rows a cell takes, at most [`MOST_SPANNED`].
fn span(dom: &Dom<'_>, cell: NodeId, name: &str) -> usize {
    let stated = dom.attr(cell, name).and_then(|n| n.trim().parse().ok());
    stated.unwrap_or(1).clamp(1, MOST_SPANNED)
}

/// The items of a list in a cell, on one line.
fn items_of(dom: &Dom<'_>, at: NodeId, guide: &dyn Guide) -> (String, usize, usize) {
    let items = dom.children(at).filter(|n| !dom.tag(*n).is_text());
    let (mut out, mut chars, mut linked) = (Vec::new(), 0, 0);
    for item in items.filter(|n| !guide.skips(*n)).take(MAX_ITEMS) {
        let (text, own, links) = words_with_lists(dom, item, guide);
        (chars, linked) = (chars + own, linked + links);
        let text = Clean::line(&text);
        if !text.is_blank() {
            out.push(text.into_string());
        }
    }
    (out.join(" · "), chars, linked)
}

/// The text of a subtree on one line, its length in characters and how many of them are inside
/// links. The lists in it are left out, and added to `lists`.
fn words(
    dom: &Dom<'_>,
    at: NodeId,
    guide: &dyn Guide,
    lists: &mut Vec<NodeId>,
) -> (String, usize, usize) {
    collect(dom, at, guide, Some(lists))
}

/// As [`words`], with the words of lists.
fn words_with_lists(dom: &Dom<'_>, at: NodeId, guide: &dyn Guide) -> (String, usize, usize) {
    collect(dom, at, guide, None)
}

fn collect(
    dom: &Dom<'_>,
    at: NodeId,
    guide: &dyn Guide,
    mut lists: Option<&mut Vec<NodeId>>,
) -> (String, usize, usize) {
    let mut out = String::new();
    let (mut chars, mut linked, mut link_end) = (0, 0, 0);
    let (mut n, end) = (at, dom.end(at));
    while n < end {
        let tag = dom.tag(n);
        let machinery = tag.is_raw()
            || matches!(
                tag,
                Tag::Raw | Tag::Svg | Tag::Noscript | Tag::Button | Tag::Select | Tag::Template
            );
        if machinery || (n > at && guide.skips(n)) {
            n = dom.end(n);
            continue;
        }
        if n > at
            && is_list(tag)
            && let Some(lists) = &mut lists
        {
            lists.push(n);
            out.push(' ');
            n = dom.end(n);
            continue;
        }
        if tag == Tag::Text {
            let words = dom.words(n);
            let own = words
                .split_whitespace()
                .map(|w| w.chars().count())
                .sum::<usize>();
            chars += own;
            linked += if n < link_end { own } else { 0 };
            out.push_str(words);
        } else if matches!(tag, Tag::Sup | Tag::Sub)
            && let Some(raised) = raised(dom, n, &out)
        {
            chars += raised.chars().count();
            out.push_str(&raised);
            n = dom.end(n);
            continue;
        } else if tag == Tag::Rp || (tag == Tag::Rt && dom.tag(dom.parent(n)) == Tag::Ruby) {
            let reading = reading(dom, n).filter(|_| tag == Tag::Rt);
            out.push_str(&reading.unwrap_or_default());
            n = dom.end(n);
            continue;
        } else if tag == Tag::Other && dom.name(n) == "math" {
            let text = formula::line(dom, n);
            chars += text.chars().count();
            out.push_str(&text);
            n = dom.end(n);
            continue;
        } else if tag == Tag::A {
            link_end = dom.end(n);
        } else if tag.is_block() || tag == Tag::Br {
            out.push(' ');
        }
        n += 1;
    }
    (out, chars, linked)
}
