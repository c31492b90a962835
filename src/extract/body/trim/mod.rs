//! From the blocks of a container to the blocks of the article: what is no text of it goes, fields
//! go where they belong.

mod captions;
mod ends;
pub(crate) mod lines;
mod prose;
mod words;

pub(crate) use self::words::flatten;

use std::collections::HashSet;

pub(crate) use self::captions::captions;
use self::captions::portraits;
use self::ends::{HEAD, head, tail, trailing_labels};
use self::lines::Line;
use self::prose::{is_prose, words};
use super::blocks::{Piece, line::ends_sentence};
use crate::extract::meta::title::letters;
use crate::news::{Article, Block, Clean, Related};

/// Paragraphs of a page's own summary.
const SUMMARY: usize = 6;
/// A shorter paragraph may be repeated on purpose.
const REPEATABLE: usize = 15;

/// Cleans `pieces` and puts them into `article`, whose title, subheads and bylines are known by
/// now. `description` is what the page's head says of it.
pub(crate) fn into_article(mut pieces: Vec<Piece>, description: &str, article: &mut Article) {
    captions(&mut pieces);
    summary(&mut pieces, article);
    sort_lines(&mut pieces, article);
    drop_links(&mut pieces, article);
    repeats(&mut pieces);
    trailing_labels(&mut pieces);
    let signed = tail(&mut pieces, article);
    head(&mut pieces, description, &signed, article);
    portraits(&mut pieces, article);
    article.blocks = pieces.into_iter().map(|p| p.block).collect();
}

/// The blocks of a text that is all content: captions at their pictures, the paper's own lines
/// gone, nothing twice.
pub(crate) fn content(mut pieces: Vec<Piece>) -> Vec<Block> {
    captions(&mut pieces);
    sort_lines(&mut pieces, &mut Article::default());
    repeats(&mut pieces);
    pieces.into_iter().map(|p| p.block).collect()
}

/// The page's own summary, under its heading, before the first paragraph: a list, or paragraphs of
/// a box of its own.
fn summary(pieces: &mut Vec<Piece>, article: &mut Article) {
    let Some(at) = pieces
        .iter()
        .take(HEAD)
        .position(|p| lines::is_over_summary(words(p)))
    else {
        return;
    };
    let mut taken = Vec::new();
    let mut end = at + 1;
    if let Some(Block::List { items, .. }) = pieces.get(at + 1).map(|p| &p.block) {
        taken.clone_from(items);
        end += 1;
    } else if let Some(home) = pieces.get(at + 1).map(|p| p.home) {
        let inside = pieces[at + 1..]
            .iter()
            .take_while(|p| p.home == home && is_prose(p))
            .count();
        let prose = |from: usize| pieces[from..].iter().filter(|p| is_prose(p)).count();
        if (1..=SUMMARY).contains(&inside) && prose(at + 1 + inside) > inside {
            end += inside;
            taken.extend(pieces[at + 1..end].iter().map(|p| Clean::line(words(p))));
        }
    }
    if end > at + 1 {
        pieces.drain(at..end);
    }
    if article.page_summary.is_empty() {
        article.page_summary = taken;
    }
}

/// Lines that their words give away.
fn sort_lines(pieces: &mut Vec<Piece>, article: &mut Article) {
    let prose: usize = pieces.iter().filter(|p| is_prose(p)).count();
    let mut seen = 0;
    let mut kept = Vec::with_capacity(pieces.len());
    let mut others = false;
    for piece in pieces.drain(..) {
        seen += usize::from(is_prose(&piece));
        let text = match &piece.block {
            Block::List { items, .. } if items.len() == 1 => items[0].to_string(),
            _ => words(&piece).to_owned(),
        };
        let late = seen * 3 >= prose * 2;
        match lines::judge(&text) {
            Line::Copyright => {
                article.copyright.get_or_insert_with(|| Clean::line(&text));
            }
            Line::Ending if late => break,
            Line::Comments if seen * 2 >= prose => break,
            Line::Others if late && seen == prose => others = true,
            Line::Furniture | Line::Hashtags | Line::Others | Line::Comments => {}
            _ if others && !is_prose(&piece) => collect_link(&piece, article),
            _ => {
                others = false;
                kept.push(piece);
            }
        }
    }
    *pieces = kept;
}

/// A line of links is another article's headline.
fn collect_link(piece: &Piece, article: &mut Article) {
    if let Block::Paragraph { text, links } = &piece.block
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
fn drop_links(pieces: &mut Vec<Piece>, article: &mut Article) {
    let alone = pieces.iter().map(|p| p.chars).sum::<usize>();
    pieces.retain(|piece| {
        // Bars between links are no words.
        let bars = words(piece)
            .chars()
            .filter(|c| matches!(c, '|' | '·' | '>' | '/' | 'ㅣ'))
            .count()
            * 3;
        let share = piece.linked as f32 / piece.chars.saturating_sub(bars).max(1) as f32;
        let dense = match &piece.block {
            Block::List { items, .. } => share > 0.6 && items.len() > 1 || share > 0.85,
            Block::Table { .. } => share > 0.8,
            Block::Paragraph { text, links } => {
                let inside = links.iter().all(|l| is_same_site(&l.url, article));
                share > 0.85 && piece.chars < 160 && !ends_sentence(text) && inside
            }
            Block::Heading { .. } => share > 0.85 && piece.chars > 20,
            _ => false,
        };
        let whole = piece.linked * 2 > alone;
        if dense && !whole {
            collect_link(piece, article);
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
fn repeats(pieces: &mut Vec<Piece>) {
    let mut seen: HashSet<String> = HashSet::new();
    let mut pictures: HashSet<String> = HashSet::new();
    let mut captions: Vec<String> = Vec::new();
    for piece in pieces.iter_mut() {
        if let Block::Image {
            caption: caption @ Some(_),
            ..
        } = &mut piece.block
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
    pieces.retain(|piece| match &piece.block {
        Block::Image { url, caption, .. } => {
            (!url.is_empty() && pictures.insert(url.to_string())) || caption.is_some()
        }
        _ => {
            let flat = letters(&piece.block.plain());
            flat.chars().count() < REPEATABLE
                || (!captions.iter().any(|c| same_start(c, &flat)) && seen.insert(flat))
        }
    });
}

/// Equal, or one the other's beginning.
fn same_start(a: &str, b: &str) -> bool {
    a == b || (a.len().min(b.len()) > 120 && (a.starts_with(b) || b.starts_with(a)))
}
