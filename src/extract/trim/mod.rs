//! From the blocks of a container to the blocks of the article: what is no text of it goes, fields go where they belong.

pub(crate) mod lines;
mod words;

pub(crate) use self::words::flatten;

use std::collections::HashSet;

use self::lines::Line;
use super::blocks::{Piece, line::ends_sentence};
use super::meta::byline;
use super::meta::title::letters;
use crate::news::{Article, Block, Clean, Related};

/// How many blocks at either end may be fields instead of text.
const HEAD: usize = 12;
const TAIL: usize = 8;
/// A shorter paragraph may be repeated on purpose.
const REPEATABLE: usize = 15;

/// Cleans `pieces` and puts them into `article`, whose title, subheads and bylines are known by now.
/// `description` is what the page's head says of it.
pub(crate) fn into_article(mut pieces: Vec<Piece>, description: &str, article: &mut Article) {
    captions(&mut pieces);
    summary(&mut pieces, article);
    sort_lines(&mut pieces, article);
    drop_links(&mut pieces, article);
    repeats(&mut pieces);
    head(&mut pieces, description, article);
    trailing_labels(&mut pieces);
    tail(&mut pieces, article);
    article.blocks = pieces.into_iter().map(|p| p.block).collect();
}

/// The blocks of a text that is all content: captions at their pictures, the paper's own lines gone, nothing twice.
pub(crate) fn content(mut pieces: Vec<Piece>) -> Vec<Block> {
    captions(&mut pieces);
    sort_lines(&mut pieces, &mut Article::default());
    repeats(&mut pieces);
    pieces.into_iter().map(|p| p.block).collect()
}

fn words(piece: &Piece) -> &str {
    match &piece.block {
        Block::Paragraph { text, .. } | Block::Heading { text, .. } | Block::Quote { text } => text,
        _ => "",
    }
}

/// Running text that nobody takes for a label.
fn is_prose(piece: &Piece) -> bool {
    let text = words(piece);
    let long = text.chars().map(|c| if ('가'..='힣').contains(&c) { 2 } else { 1 }).sum::<usize>() >= 60;
    long && ends_sentence(text) && !matches!(piece.block, Block::Heading { .. })
}

/// `▲ 사진 설명` and `사진=연합뉴스` under a picture belong to it.
fn captions(pieces: &mut Vec<Piece>) {
    let mut kept: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces.drain(..) {
        let text = words(&piece);
        let short = !text.is_empty() && text.chars().count() <= 200 && !matches!(piece.block, Block::Heading { .. });
        if short
            && marks_caption(text)
            && let Some(Block::Image { caption, credit, .. }) = kept.last_mut().map(|p| &mut p.block)
        {
            if caption.is_none() {
                *caption = Some(Clean::line(text));
                continue;
            }
            if credit.is_none() && is_credit(text) {
                *credit = Some(Clean::line(text));
                continue;
            }
        }
        kept.push(piece);
    }
    *pieces = kept;
}

fn marks_caption(text: &str) -> bool {
    text.starts_with(['▲', '△', '↑', '▼', '▽', '◀', '▶']) && !text.ends_with("니다.")
        || is_credit(text)
        || text.contains("재판매 및 DB 금지")
}

/// A line that says only whose picture it is.
fn is_credit(text: &str) -> bool {
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let flat = flat.trim_start_matches(['[', '(', '<', '/', 'ⓒ', '©']);
    if text.chars().count() <= 60
        && ["Photo: ", "Photo by ", "Image: ", "Credit: ", "Image via ", "Photograph: ", "Picture: "]
            .iter()
            .any(|w| text.starts_with(w))
    {
        return true;
    }
    let says = ["사진=", "사진제공", "사진출처", "사진:", "자료사진", "출처=", "그래픽=", "이미지="]
        .iter()
        .any(|w| flat.starts_with(w));
    let agency = text.starts_with(['/', 'ⓒ', '©']) && text.chars().count() <= 24;
    (says && text.chars().count() <= 60) || agency
}

/// The page's own summary, under its heading, before the first paragraph.
fn summary(pieces: &mut Vec<Piece>, article: &mut Article) {
    let Some(at) = pieces.iter().take(HEAD).position(|p| lines::is_over_summary(words(p))) else { return };
    let mut taken = Vec::new();
    if let Some(Block::List { items, .. }) = pieces.get(at + 1).map(|p| &p.block) {
        taken.clone_from(items);
        pieces.drain(at..at + 2);
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
            Line::Others if late && seen == prose => others = true,
            Line::Furniture | Line::Hashtags | Line::Others => {}
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
        article.related.push(Related { title: text.clone(), url: link.url.clone() });
    }
}

/// Lists and lines that are nothing but links.
fn drop_links(pieces: &mut Vec<Piece>, article: &mut Article) {
    let alone = pieces.iter().map(|p| p.chars).sum::<usize>();
    pieces.retain(|piece| {
        // Bars between links are no words.
        let bars = words(piece).chars().filter(|c| matches!(c, '|' | '·' | '>' | '/' | 'ㅣ')).count() * 3;
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
    let host =
        |u: &str| url::Url::parse(u).ok().and_then(|u| u.host_str().map(|h| h.trim_start_matches("www.").to_owned()));
    let own = article.address().and_then(|a| host(a));
    own.is_none_or(|own| {
        host(url).is_none_or(|h| h == own || h.ends_with(&format!(".{own}")) || own.ends_with(&format!(".{h}")))
    })
}

/// What stands before the first paragraph: headline, lede, byline, date, section.
fn head(pieces: &mut Vec<Piece>, description: &str, article: &mut Article) {
    let title = letters(&article.title);
    let first = pieces.iter().position(is_prose).unwrap_or(pieces.len().min(HEAD));
    let same = |p: &Piece| !title.is_empty() && letters(words(p)) == title;
    let after_title = pieces.iter().take(first.max(HEAD)).position(same).map_or(0, |at| at + 1);
    let ledes: String = article.subheads.iter().map(|s| letters(s)).collect();
    let apart = stands_apart(pieces, first, description);
    let mut at = 0;
    pieces.retain(|piece| {
        let here = at;
        at += 1;
        let text = words(piece);
        if text.is_empty() {
            return here >= after_title || matches!(piece.block, Block::Image { .. } | Block::Embed { .. });
        }
        let flat = letters(text);
        if here < after_title || (flat.len() > 12 && (flat == title || ledes.contains(&flat)) && here < first.max(HEAD))
        {
            return false;
        }
        if (here == first && apart) || (here < first && after_title > 0 && is_dek(piece, text)) {
            article.subheads.push(Clean::line(text));
            return false;
        }
        here >= first.max(after_title) || !is_label(text, article)
    });
}

/// The page's description as a paragraph of its own, outside the element that holds the text: a lede.
fn stands_apart(pieces: &[Piece], first: usize, description: &str) -> bool {
    let said = letters(description);
    let (Some(lede), Some(next)) = (pieces.get(first), pieces.iter().skip(first + 1).find(|p| is_prose(p))) else {
        return false;
    };
    let own = letters(words(lede));
    let same = said.chars().count() >= 20
        && (own == said
            || (said.chars().count() > 60 && own.starts_with(said.trim_end_matches(|c: char| !c.is_alphanumeric()))));
    let more = pieces.iter().skip(first + 1).filter(|p| p.home == next.home && is_prose(p)).count();
    same && lede.home != next.home
        && more >= 2
        && !pieces.iter().skip(first + 1).any(|p| p.home == lede.home && is_prose(p))
}

/// A second headline under the first.
fn is_dek(piece: &Piece, text: &str) -> bool {
    matches!(piece.block, Block::Heading { level: 2 | 3, .. }) && text.chars().count() >= 40
}

/// A date, a signature, a section's name.
fn is_label(text: &str, article: &mut Article) -> bool {
    let length = text.chars().count();
    if text.starts_with(['[', '【', '<', '■', '◆', '●', '▲', '△', '○', '◇']) && !text.contains('@') {
        return false;
    }
    let dated = length <= 90 && super::meta::dates::parse(text, crate::news::stamp::KST).is_some();
    let besides = text.chars().filter(|c| c.is_alphabetic()).count();
    let korean = text.chars().filter(|c| ('가'..='힣').contains(c)).count();
    if dated && korean <= 20 && besides <= 50 && !ends_sentence(text.trim_end_matches(')')) {
        // `홍길동 기자 | 입력 2024.03.20 09:12`
        let signed = text.lines().flat_map(byline::signed).chain(byline::named(text)).collect();
        add_bylines(article, signed);
        return true;
    }
    let stamp = [
        "published ",
        "updated ",
        "posted ",
        "last updated",
        "first published",
        "입력 ",
        "수정 ",
        "등록 ",
        "송고 ",
        "승인 ",
    ];
    if length <= 90
        && stamp.iter().any(|w| text.to_lowercase().starts_with(w))
        && text.contains("20")
        && !ends_sentence(text)
    {
        return true;
    }
    let signed = byline::signed(text);
    if !signed.is_empty() {
        add_bylines(article, signed);
        return true;
    }
    let lower = text.to_lowercase();
    let by = lower.starts_with("by ") && length <= 80 || lower == "by";
    let known = article
        .bylines
        .iter()
        .any(|b| b.name.chars().count() > 3 && text.contains(&*b.name) && length <= 70 && !ends_sentence(text));
    by || known || is_address(text)
}

/// A line that only says where to write, with the paper's motto perhaps: `◎가나뉴스 hana@gana.kr`.
fn is_contact(text: &str, article: &mut Article) -> bool {
    let Some(email) = text.split_whitespace().find_map(byline::email_in) else { return false };
    let besides = text.replace(&email, "").chars().filter(|c| c.is_alphanumeric()).count();
    if besides > 16 || ends_sentence(text) {
        return false;
    }
    if let [only] = article.bylines.as_mut_slice() {
        only.email.get_or_insert_with(|| Clean::line(&email));
    }
    true
}

fn is_address(text: &str) -> bool {
    !text.contains(' ') && (text.starts_with("http") || text.starts_with("www.") || text.starts_with('@'))
}

/// What stands after the last paragraph: signatures, tags, headings over nothing.
fn tail(pieces: &mut Vec<Piece>, article: &mut Article) {
    let mut looked = 0;
    let mut at = pieces.len();
    while at > 0 && looked < TAIL {
        at -= 1;
        looked += 1;
        if matches!(pieces[at].block, Block::Image { .. } | Block::Embed { .. }) {
            continue;
        }
        let text = words(&pieces[at]).to_owned();
        let signed = byline::signature(&text);
        if !signed.is_empty() {
            add_bylines(article, signed);
            pieces.remove(at);
            continue;
        }
        if text.is_empty() || is_prose(&pieces[at]) {
            break;
        }
        if let Some(name) = byline::lone(&text) {
            add_bylines(article, vec![name]);
            pieces.remove(at);
            continue;
        }
        let over_nothing = matches!(pieces[at].block, Block::Heading { .. }) && at + 1 == pieces.len();
        if over_nothing || is_contact(&text, article) || is_label(&text, article) {
            pieces.remove(at);
        }
    }
}

/// A long row of short lines after the last paragraph is a list of something else.
fn trailing_labels(pieces: &mut Vec<Piece>) {
    let label = |p: &Piece| {
        let text = words(p);
        let link = matches!(&p.block, Block::List { .. } if p.linked * 2 > p.chars);
        link || (!text.is_empty() && text.chars().count() < 45 && !ends_sentence(text))
    };
    let run = pieces.iter().rev().take_while(|p| label(p)).count();
    if run >= 6 && run < pieces.len() {
        pieces.truncate(pieces.len() - run);
    }
}

fn add_bylines(article: &mut Article, found: Vec<crate::news::Byline>) {
    for byline in found {
        match article.bylines.iter_mut().find(|b| b.name.contains(&*byline.name)) {
            Some(known) => {
                known.email = known.email.take().or(byline.email);
                known.role = known.role.take().or(byline.role);
            }
            None => article.bylines.push(byline),
        }
    }
}

/// What the page carries twice: a block whose words all came before, a caption under several pictures or in the text.
fn repeats(pieces: &mut Vec<Piece>) {
    let mut seen: HashSet<String> = HashSet::new();
    let mut pictures: HashSet<String> = HashSet::new();
    let mut captions: Vec<String> = Vec::new();
    for piece in pieces.iter_mut() {
        if let Block::Image { caption: caption @ Some(_), .. } = &mut piece.block {
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
        Block::Image { url, caption, .. } => (!url.is_empty() && pictures.insert(url.to_string())) || caption.is_some(),
        _ => {
            let flat = letters(&piece.block.plain());
            flat.chars().count() < REPEATABLE || (!captions.iter().any(|c| same_start(c, &flat)) && seen.insert(flat))
        }
    });
}

/// Equal, or one the other's beginning.
fn same_start(a: &str, b: &str) -> bool {
    a == b || (a.len().min(b.len()) > 120 && (a.starts_with(b) || b.starts_with(a)))
}
