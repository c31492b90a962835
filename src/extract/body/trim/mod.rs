//! From the blocks of a container to the blocks of the article: what is not its text goes, and
//! fields go where they belong.
//!
//! * [`captions`] – words under a picture become its caption
//! * [`ends`]     – headline, lede, signatures and labels before and after the text
//! * [`verdict`]  – lines that their words give away; [`phrases`] – those words
//! * [`prose`]    – which blocks are running text

mod captions;
mod ends;
mod phrases;
mod prose;
pub(crate) mod verdict;

pub(crate) use self::phrases::flatten;

use std::collections::HashSet;

pub(crate) use self::captions::captions;
use self::captions::portraits;
use self::ends::{HEAD, head, tail, trailing_labels};
use self::prose::{is_prose, words};
use self::verdict::LineVerdict;
use super::blocks::{BodyBlock, inline_text::ends_sentence};
use crate::extract::meta::title::letters;
use crate::news::{Article, Block, Clean, Related};

/// Paragraphs of a page's own summary.
const SUMMARY: usize = 6;
/// A shorter paragraph may be repeated on purpose.
const REPEATABLE: usize = 15;

/// Cleans `blocks` and puts them into `article`, whose title, subheads and bylines are known by
/// now. `description` is what the page's head says of it.
pub(crate) fn into_article(mut blocks: Vec<BodyBlock>, description: &str, article: &mut Article) {
    captions(&mut blocks);
    summary(&mut blocks, article);
    sort_lines(&mut blocks, article);
    drop_links(&mut blocks, article);
    repeats(&mut blocks);
    trailing_labels(&mut blocks);
    let signed = tail(&mut blocks, article);
    head(&mut blocks, description, &signed, article);
    portraits(&mut blocks, article);
    article.blocks = blocks.into_iter().map(|p| p.content).collect();
}

/// The blocks of a text that is all content: captions at their pictures, the paper's own lines
/// gone, nothing twice.
pub(crate) fn content(mut blocks: Vec<BodyBlock>) -> Vec<Block> {
    captions(&mut blocks);
    sort_lines(&mut blocks, &mut Article::default());
    repeats(&mut blocks);
    blocks.into_iter().map(|p| p.content).collect()
}

/// The page's own summary, under its heading, before the first paragraph: a list, or paragraphs of
/// a box of its own.
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
        if (1..=SUMMARY).contains(&inside) && prose(at + 1 + inside) > inside {
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

/// Lines that their words give away.
fn sort_lines(blocks: &mut Vec<BodyBlock>, article: &mut Article) {
    let prose: usize = blocks.iter().filter(|p| is_prose(p)).count();
    let mut seen = 0;
    let mut kept = Vec::with_capacity(blocks.len());
    let mut others = false;
    for block in blocks.drain(..) {
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
            LineVerdict::Ending if late => break,
            LineVerdict::Comments if seen * 2 >= prose => break,
            LineVerdict::Others if late && seen == prose => others = true,
            LineVerdict::Furniture
            | LineVerdict::Hashtags
            | LineVerdict::Others
            | LineVerdict::Comments => {}
            _ if others && !is_prose(&block) => collect_link(&block, article),
            _ => {
                others = false;
                kept.push(block);
            }
        }
    }
    *blocks = kept;
}

/// A line of links is another article's headline.
fn collect_link(block: &BodyBlock, article: &mut Article) {
    if let Block::Paragraph { text, links } = &block.content
        && let [link] = links.as_slice()
        && article.related.len() < 20
    {
        article.related.push(Related {
            title: text.clone(),
            url: link.url.clone(),
        });
    }
}

/// Lists and lines that are nothing but links.
fn drop_links(blocks: &mut Vec<BodyBlock>, article: &mut Article) {
    let alone = blocks.iter().map(|p| p.chars).sum::<usize>();
    blocks.retain(|block| {
        // Bars between links are no words.
        let bars = words(block)
            .chars()
            .filter(|c| matches!(c, '|' | '·' | '>' | '/' | 'ㅣ'))
            .count()
            * 3;
        let share = block.linked as f32 / block.chars.saturating_sub(bars).max(1) as f32;
        let dense = match &block.content {
            Block::List { items, .. } => share > 0.6 && items.len() > 1 || share > 0.85,
            Block::Table { .. } => share > 0.8,
            Block::Paragraph { text, links } => {
                let inside = links.iter().all(|l| is_same_site(&l.url, article));
                share > 0.85 && block.chars < 160 && !ends_sentence(text) && inside
            }
            Block::Heading { .. } => share > 0.85 && block.chars > 20,
            _ => false,
        };
        let whole = block.linked * 2 > alone;
        if dense && !whole {
            collect_link(block, article);
        }
        !dense || whole
    });
}

/// A link to the page's own site; unknown counts as its own.
fn is_same_site(url: &str, article: &Article) -> bool {
    let host = |u: &str| {
        url::Url::parse(u).ok().and_then(|u| {
            u.host_str()
                .map(|h| h.trim_start_matches("www.").to_owned())
        })
    };
    let own = article.address().and_then(|a| host(a));
    own.is_none_or(|own| {
        host(url).is_none_or(|h| {
            h == own || h.ends_with(&format!(".{own}")) || own.ends_with(&format!(".{h}"))
        })
    })
}

/// What the page carries twice: a block whose words all came before, a caption under several
/// pictures or in the text.
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
            if flat.chars().count() >= REPEATABLE && captions.len() < 200 {
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
            flat.chars().count() < REPEATABLE
                || (!captions.iter().any(|c| same_start(c, &flat)) && seen.insert(flat))
        }
    });
}

/// Equal, or one the other's beginning.
fn same_start(a: &str, b: &str) -> bool {
    a == b || (a.len().min(b.len()) > 120 && (a.starts_with(b) || b.starts_with(a)))
}
