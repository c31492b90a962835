//! Turns the blocks of a container into the article: removes what is not its text and moves fields
//! where they belong.
//!
//! * [`captions`] – turns text below a picture into its caption
//! * [`ends`]     – headline, lede, signatures and labels before and after the text
//! * [`verdict`]  – recognises lines by their words
//! * [`phrases`]  – the word lists for it
//! * [`prose`]    – tells which blocks are running text
//! * [`timestamps`] – recognises lines of dates and times

mod captions;
mod ends;
mod phrases;
mod prose;
mod timestamps;
pub(crate) mod verdict;

pub(crate) use self::phrases::flatten;

use std::collections::{HashMap, HashSet};

pub(crate) use self::captions::captions;
use self::captions::portraits;
use self::ends::{HEAD, about_author, head, tail, trailing_labels};
use self::prose::{is_prose, words};
use self::verdict::LineVerdict;
use super::blocks::{BodyBlock, inline_text::ends_sentence};
use crate::extract::meta::title::letters;
use crate::news::site::is_same_site;
use crate::news::{Article, Block, Clean, Related};

/// The most paragraphs of a page's own summary.
const MAX_SUMMARY_PARAGRAPHS: usize = 6;
/// What Korean publishers put before a line that leads to another page.
const TEASER_SIGNS: [char; 9] = ['▶', '▲', '☞', '★', '◆', '■', '●', '→', '※'];
/// Shorter blocks, in letters and digits, may be repeated on purpose.
const MIN_UNIQUE_LETTERS: usize = 15;

/// Trims `blocks` and puts them into `article`, whose title, subheads and bylines are filled
/// already. `description` is the description in the page's head.
pub(crate) fn into_article(mut blocks: Vec<BodyBlock>, description: &str, article: &mut Article) {
    captions(&mut blocks);
    summary(&mut blocks, article);
    sort_lines(&mut blocks, article);
    drop_links(&mut blocks, article);
    repeats(&mut blocks);
    trailing_labels(&mut blocks);
    about_author(&mut blocks, article);
    let signed = tail(&mut blocks, article);
    head(&mut blocks, description, &signed, article);
    portraits(&mut blocks, article);
    article.blocks = blocks.into_iter().map(|p| p.content).collect();
}

/// Trims a text without page around it, such as that of a feed: moves captions to their pictures
/// and removes the publisher's own lines and repeated blocks.
pub(crate) fn content(mut blocks: Vec<BodyBlock>) -> Vec<Block> {
    captions(&mut blocks);
    sort_lines(&mut blocks, &mut Article::default());
    repeats(&mut blocks);
    blocks.into_iter().map(|p| p.content).collect()
}

/// Moves the page's own summary to its field: a list, or paragraphs in a container of their own,
/// below a heading among the first blocks.
fn summary(blocks: &mut Vec<BodyBlock>, article: &mut Article) {
    let Some(at) = blocks
        .iter()
        .take(HEAD)
        .position(|p| verdict::is_over_summary(words(p)))
    else {
        return;
    };
    let mut taken = Vec::new();
    let mut end = at + 1;
    if let Some(Block::List { items, .. }) = blocks.get(at + 1).map(|p| &p.content) {
        taken.clone_from(items);
        end += 1;
    } else if let Some(home) = blocks.get(at + 1).map(|p| p.home) {
        let inside = blocks[at + 1..]
            .iter()
            .take_while(|p| p.home == home && is_prose(p))
            .count();
        let prose = |from: usize| blocks[from..].iter().filter(|p| is_prose(p)).count();
        if (1..=MAX_SUMMARY_PARAGRAPHS).contains(&inside) && prose(at + 1 + inside) > inside {
            end += inside;
            taken.extend(blocks[at + 1..end].iter().map(|p| Clean::line(words(p))));
        }
    }
    if end > at + 1 {
        blocks.drain(at..end);
    }
    if article.page_summary.is_empty() {
        article.page_summary = taken;
    }
}

/// Removes or moves lines that their words identify, and cuts off everything from the publisher's
/// closing lines or the readers' comments on.
fn sort_lines(blocks: &mut Vec<BodyBlock>, article: &mut Article) {
    let prose: usize = blocks.iter().filter(|p| is_prose(p)).count();
    let mut seen = 0;
    let mut kept = Vec::with_capacity(blocks.len());
    let mut others = false;
    // Where the last sentence of each place and look stands: a line before it interrupts the text,
    // which comments and closing lines do not.
    let place = |block: &BodyBlock| (block.home, block.look);
    let sentences = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| is_narrated(block));
    let last: HashMap<_, usize> = sentences.map(|(at, block)| (place(block), at)).collect();
    let mut before = None;
    for (at, block) in blocks.drain(..).enumerate() {
        let goes_on = before.is_some_and(|before| last.get(&before).is_some_and(|end| *end > at));
        if is_prose(&block) || is_narrated(&block) {
            before = Some(place(&block));
        }
        seen += usize::from(is_prose(&block));
        let text = match &block.content {
            Block::List { items, .. } if items.len() == 1 => items[0].to_string(),
            _ => words(&block).to_owned(),
        };
        let late = seen * 3 >= prose * 2;
        match verdict::judge(&text) {
            LineVerdict::Copyright => {
                article.copyright.get_or_insert_with(|| Clean::line(&text));
            }
            LineVerdict::Ending if late && !goes_on => break,
            // A sentence about such lines.
            LineVerdict::Ending if goes_on && verdict::is_narrated(&text) => kept.push(block),
            LineVerdict::Comments if seen * 2 >= prose && !goes_on => break,
            LineVerdict::Others if late && seen == prose => others = true,
            LineVerdict::Furniture
            | LineVerdict::Hashtags
            | LineVerdict::Others
            | LineVerdict::Comments => {}
            _ if others && !is_prose(&block) && !is_narrated(&block) => {
                collect_link(&block, article);
            }
            _ => {
                others = false;
                kept.push(block);
            }
        }
    }
    *blocks = kept;
}

/// Whether a paragraph is a sentence in the style of Korean articles, without links.
fn is_narrated(block: &BodyBlock) -> bool {
    matches!(block.content, Block::Paragraph { .. })
        && block.linked == 0
        && verdict::is_narrated(words(block))
}

/// Adds a paragraph that is a single link to the related articles, of which at most 20 are kept.
fn collect_link(block: &BodyBlock, article: &mut Article) {
    if let Block::Paragraph { text, links, .. } = &block.content
        && let [link] = links.as_slice()
        && article.related.len() < 20
    {
        article.related.push(Related {
            title: text.clone(),
            url: link.url.clone(),
        });
    }
}

/// Removes blocks that are mostly links, unless they are most of the text, and the headings above
/// them.
fn drop_links(blocks: &mut Vec<BodyBlock>, article: &mut Article) {
    let alone = blocks.iter().map(|p| p.chars).sum::<usize>();
    let level = |block: &BodyBlock| match block.content {
        Block::Heading { level, .. } => Some(level),
        _ => None,
    };
    let levels: Vec<Option<u8>> = blocks.iter().map(level).collect();
    let mut gone = Vec::with_capacity(blocks.len());
    blocks.retain(|block| {
        // A bar between links does not count as text, with its blanks 3 characters.
        let bars = words(block)
            .chars()
            .filter(|c| matches!(c, '|' | '·' | '>' | '/' | 'ㅣ'))
            .count()
            * 3;
        let share = block.linked as f32 / block.chars.saturating_sub(bars).max(1) as f32;
        let dense = match &block.content {
            Block::List { items, .. } => share > 0.6 && items.len() > 1 || share > 0.85,
            Block::Table { .. } => share > 0.8,
            Block::Paragraph { text, links, .. } => {
                let inside = links.iter().all(|l| is_own_site(&l.url, article));
                let bare = text.trim_start_matches(TEASER_SIGNS).trim_start();
                let is_teaser = bare.len() < text.len()
                    && article.is_korean()
                    && block.linked * 20 > bare.chars().count() * 17;
                // A pointer to another article is its headline, not sentences.
                let says = ends_sentence(text) || text.contains(". ");
                let is_pointer = share > 0.85 && inside && !says;
                let is_control = links.is_empty() && block.linked == block.chars && !says;
                block.chars < 160 && (is_teaser || is_pointer || is_control)
            }
            Block::Heading { .. } => share > 0.85 && block.chars > 20,
            _ => false,
        };
        let whole = block.linked * 2 > alone;
        let goes = dense && !whole;
        if goes {
            collect_link(block, article);
        }
        gone.push(goes);
        !goes
    });
    let mut at = 0;
    let bare: Vec<bool> = (0..gone.len())
        .filter(|n| !gone[*n])
        .map(|n| levels[n].is_some_and(|level| is_emptied(&levels, &gone, n, level)))
        .collect();
    blocks.retain(|_| {
        at += 1;
        !bare[at - 1]
    });
}

/// Whether all that the heading at `at` names went: what follows it up to the next heading of its
/// rank.
fn is_emptied(levels: &[Option<u8>], gone: &[bool], at: usize, level: u8) -> bool {
    let after = levels[at + 1..].iter().zip(&gone[at + 1..]);
    let mut own = after.take_while(|(other, _)| other.is_none_or(|other| other > level));
    gone.get(at + 1) == Some(&true) && own.all(|(_, gone)| *gone)
}

/// Whether a link leads to the page's own site; of a page without an address, every link does.
fn is_own_site(url: &str, article: &Article) -> bool {
    article.address().is_none_or(|own| is_same_site(own, url))
}

/// Removes repeated blocks, pictures and captions; a caption that is also in the text is removed
/// there.
fn repeats(blocks: &mut Vec<BodyBlock>) {
    let mut seen: HashSet<String> = HashSet::new();
    let mut pictures: HashSet<String> = HashSet::new();
    let mut captions: Vec<String> = Vec::new();
    for block in blocks.iter_mut() {
        if let Block::Image {
            caption: caption @ Some(_),
            ..
        } = &mut block.content
        {
            let flat = letters(caption.as_deref().unwrap_or_default());
            if flat.chars().count() >= MIN_UNIQUE_LETTERS && captions.len() < 200 {
                if captions.iter().any(|c| same_start(c, &flat)) {
                    *caption = None;
                } else {
                    captions.push(flat);
                }
            }
        }
    }
    blocks.retain(|block| match &block.content {
        Block::Image { url, caption, .. } => {
            (!url.is_empty() && pictures.insert(url.to_string())) || caption.is_some()
        }
        _ => {
            let flat = letters(&block.content.plain());
            flat.chars().count() < MIN_UNIQUE_LETTERS
                || (!captions.iter().any(|c| same_start(c, &flat)) && seen.insert(flat))
        }
    });
}

/// Whether two texts are equal, or one longer than 120 bytes begins the other.
fn same_start(a: &str, b: &str) -> bool {
    a == b || (a.len().min(b.len()) > 120 && (a.starts_with(b) || b.starts_with(a)))
}
