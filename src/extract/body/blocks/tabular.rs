//! Reads tables, each as a whole.

use super::body_block::Guide;
use super::line_words::{Lists, words};
use crate::extract::html::{Dom, NodeId, Tag};
use crate::news::{Block, Clean};

/// The most rows, cells of a row and items of a list, so that a page of nothing else does not grow
/// without limit.
pub(super) const MAX_ITEMS: usize = 5_000;

/// More columns or rows than this one cell does not take: a page may state any number.
const MOST_SPANNED: usize = 50;

/// The most blank cells that spans add to a table.
const MOST_BLANKS: usize = 10_000;

/// Longer cells, in characters, arrange the page, in a table without a head and in one with.
const MAX_CELL: usize = 300;
const MAX_CELL_UNDER_HEAD: usize = 1_000;

/// Of more pictures than these, such as the flags of a ranking, a table shows none.
const MAX_PICTURES: usize = 12;

/// A block, the length of its text in characters and how many of them are inside links.
pub(crate) type MeasuredBlock = (Block, usize, usize);

/// What stands over the table at `at`, and its length in characters. What lists the heads of the
/// columns is for those who hear the page, and is hidden from others: `번호, 제목을 담은 표`.
pub(super) fn caption(dom: &Dom<'_>, at: NodeId, guide: &dyn Guide) -> Option<(Block, usize)> {
    let is_caption = |n: &NodeId| dom.tag(*n) == Tag::Caption && !guide.skips(*n);
    let (text, chars, _) = words(
        dom,
        dom.children(at).find(is_caption)?,
        guide,
        Lists::OnTheLine,
    );
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
    let holds = |arranges: fn(Tag) -> bool| {
        (at + 1..dom.end(at)).any(|n| arranges(dom.tag(n)) && !guide.skips(n))
    };
    let own = rows_of(dom, at);
    let cells = |row: NodeId| {
        let is_cell = |n: &NodeId| matches!(dom.tag(*n), Tag::Td | Tag::Th);
        dom.children(row).filter(is_cell).take(MAX_ITEMS)
    };
    let is_head = |row: &NodeId| {
        let count = |tag| cells(*row).filter(|n| dom.tag(*n) == tag).count();
        count(Tag::Th) > 1 && count(Tag::Td) == 0
            || dom.tag(dom.parent(*row)) == Tag::Thead && cells(*row).nth(1).is_some()
    };
    // What a cell of a table with a head holds is its own; without one it may arrange the page.
    let has_head = own.first().is_some_and(is_head);
    let is_mixed = holds(|tag| matches!(tag, Tag::Figure | Tag::Table | Tag::Blockquote));
    if is_mixed && !has_head || holds(|tag| matches!(tag, Tag::Iframe | Tag::Article)) {
        return None;
    }
    // So may pictures and lists, unless any cell is a head.
    let is_plain = !is_mixed && !holds(|tag| matches!(tag, Tag::Img | Tag::Ul));
    let is_headed = || {
        own.iter()
            .any(|row| cells(*row).any(|n| dom.tag(n) == Tag::Th))
    };
    if !is_plain && !is_headed() || own.len() > MAX_ITEMS {
        return None;
    }
    let mut rows = Vec::new();
    let (mut chars, mut linked, mut long) = (0, 0, 0);
    let (mut widest, mut is_even) = (0, true);
    // For each column, how many of the next rows a cell above reaches into.
    let mut reaching: Vec<usize> = Vec::new();
    let mut spare = MOST_BLANKS;
    for row in own {
        let mut line = Vec::new();
        for cell in cells(row) {
            let (mut text, own, links) = words(dom, cell, guide, Lists::OnTheLine);
            if own == 0 {
                text = told_by_picture(dom, cell, guide).unwrap_or_default();
            }
            chars += own;
            linked += links;
            long += usize::from(if has_head {
                own > MAX_CELL_UNDER_HEAD
            } else {
                own > MAX_CELL || dom.all(cell, Tag::P).nth(1).is_some()
            });
            skip_reached(&mut line, &mut reaching, &mut spare);
            let (wide, high) = (span(dom, cell, "colspan"), span(dom, cell, "rowspan"));
            let wide = wide.min(spare + 1);
            spare -= wide - 1;
            let start = line.len();
            line.push(Clean::line(&text));
            line.resize(start + wide, Clean::default());
            if reaching.len() < line.len() {
                reaching.resize(line.len(), 0);
            }
            reaching[start..]
                .iter_mut()
                .take(wide)
                .for_each(|rows| *rows = high - 1);
        }
        skip_reached(&mut line, &mut reaching, &mut spare);
        is_even &= widest == 0 || widest == line.len();
        widest = widest.max(line.len());
        if line.iter().any(|c| !c.is_blank()) {
            rows.push(line);
        }
    }
    let widest = without_blank_columns(&mut rows);
    let is_data = rows.len() > 1 && widest > 1 && long == 0 && (is_plain || is_even || has_head);
    is_data.then_some((Block::Table { rows }, chars, linked))
}

/// The rows of a table in the order in which they are shown, without those of tables inside it.
fn rows_of(dom: &Dom<'_>, at: NodeId) -> Vec<NodeId> {
    let (mut rows, mut last) = (Vec::new(), Vec::new());
    let (mut n, end) = (at + 1, dom.end(at));
    while n < end {
        match dom.tag(n) {
            Tag::Table => n = dom.end(n) - 1,
            Tag::Tr if dom.tag(dom.parent(n)) == Tag::Tfoot => last.push(n),
            Tag::Tr => rows.push(n),
            _ => {}
        }
        n += 1;
    }
    rows.append(&mut last);
    rows
}

/// The pictures of a table that is read as one: those that are all that a cell holds, where no
/// words stand for them.
pub(super) fn pictures(dom: &Dom<'_>, at: NodeId, guide: &dyn Guide) -> Vec<NodeId> {
    let is_all = |n: &NodeId| {
        let cell = dom
            .ancestors(*n)
            .find(|up| matches!(dom.tag(*up), Tag::Td | Tag::Th));
        let is_said = dom
            .attr(*n, "alt")
            .is_some_and(|alt| !alt.trim().is_empty());
        !is_said
            && cell
                .and_then(|c| dom.brief(c, 100))
                .is_some_and(|words| words.trim().is_empty())
    };
    let pictures = dom
        .all(at, Tag::Img)
        .filter(|n| !guide.skips(*n) && is_all(n));
    let pictures: Vec<NodeId> = pictures.take(MAX_PICTURES + 1).collect();
    if pictures.len() > MAX_PICTURES {
        Vec::new()
    } else {
        pictures
    }
}

/// What stands for the picture that is all that a cell holds: a tick, a logo.
fn told_by_picture(dom: &Dom<'_>, cell: NodeId, guide: &dyn Guide) -> Option<String> {
    let picture = dom.all(cell, Tag::Img).find(|n| !guide.skips(*n))?;
    dom.attr(picture, "alt").map(str::to_owned)
}

/// Takes out the columns in which no row says anything, such as those that only a wide cell makes,
/// and counts those left.
fn without_blank_columns(rows: &mut [Vec<Clean>]) -> usize {
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut says = vec![false; widest];
    for row in rows.iter() {
        for (says, cell) in says.iter_mut().zip(row) {
            *says |= !cell.is_blank();
        }
    }
    for row in rows.iter_mut() {
        let mut column = says.iter();
        row.retain(|_| column.next() == Some(&true));
    }
    says.into_iter().filter(|says| *says).count()
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
