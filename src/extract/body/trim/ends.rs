//! Removes what a container has before and after the text: headline, lede, signatures, dates,
//! labels.

use super::super::blocks::{BodyBlock, inline_text::ends_sentence};
use super::prose::{is_prose, words};
use super::timestamps::{Timestamp, timestamp};
use super::verdict::{self, LineVerdict};
use crate::extract::dates::event::is_of_event;
use crate::extract::dates::home_zone::home_zone;
use crate::extract::dates::parse;
use crate::extract::html::NodeId;
use crate::extract::meta::byline;
use crate::extract::meta::title::letters;
use crate::news::hangul::is_hangul_syllable;
use crate::news::hangul::{is_alphabetic, is_alphanumeric};
use crate::news::{Article, Block, Clean, word_list};

const SIGNATURES: &str = include_str!("../../../../assets/words/signatures.txt");

/// How many blocks at the start may be fields and not text.
pub(crate) const HEAD: usize = 12;
/// How many blocks at the end may be.
const TAIL: usize = 8;
/// More short lines than this above the text are something else than ledes.
const MAX_LEDE_LINES: usize = 6;
/// The longest line about an author, in characters.
const MAX_PORTRAIT: usize = 500;
/// The fewest paragraphs of an article with such a line.
const MIN_PROSE_ABOVE: usize = 3;
/// What ledes begin with.
const DASHES: [char; 4] = ['-', '–', '―', '…'];

/// Removes headline, lede, byline, date and section before the first paragraph and fills fields
/// from them. `signed` has the letters of the signatures after the text, which may be repeated
/// above it.
pub(crate) fn head(
    blocks: &mut Vec<BodyBlock>,
    description: &str,
    signed: &[String],
    article: &mut Article,
) {
    let title = letters(&article.title);
    let first = blocks
        .iter()
        .position(is_prose)
        .unwrap_or(blocks.len().min(HEAD));
    let same = |p: &BodyBlock| !title.is_empty() && letters(words(p)) == title;
    let after_title = blocks
        .iter()
        .take(first.max(HEAD))
        .position(same)
        .map_or(0, |at| at + 1);
    let ledes: String = article.subheads.iter().map(|s| letters(s)).collect();
    let apart = stands_apart(blocks, first, description);
    let ledes_above = lede_lines(blocks, first, after_title > 0, article);
    let mut at = 0;
    blocks.retain(|block| {
        let here = at;
        at += 1;
        let text = words(block);
        if let Block::List { items, .. } = &block.content
            && here < first
            && items.iter().all(|item| {
                is_label(item, article)
                    || verdict::judge(item) != LineVerdict::Text
                    || letters(item) == title
            })
        {
            return false;
        }
        if text.is_empty() {
            return here >= after_title
                || matches!(block.content, Block::Image { .. } | Block::Embed { .. });
        }
        let flat = letters(text);
        if here < after_title
            || (flat.len() > 12
                && (flat == title || ledes.contains(&flat))
                && here < first.max(HEAD))
        {
            return false;
        }
        if (here == first && apart)
            || (here < first && after_title > 0 && is_dek(block, text))
            || (here < first && here + ledes_above >= first)
        {
            for line in text.lines() {
                let line = Clean::line(line.trim_start_matches(DASHES));
                if !article.subheads.contains(&line) {
                    article.subheads.push(line);
                }
            }
            return false;
        }
        let repeated = || {
            flat.chars().count() >= 2
                && text.chars().count() <= 40
                && signed.iter().any(|s| s.contains(&flat))
        };
        let is_stamp = || {
            let is_heading = matches!(block.content, Block::Heading { .. });
            // Inside the text, a date without a word is an entry of a chronicle.
            let is_bare = !text.chars().any(is_alphabetic);
            timestamp(text).is_some_and(|says| {
                let may_stand_inside = says != Timestamp::Part && !is_heading && !is_bare;
                here < first || (may_stand_inside && here < HEAD)
            })
        };
        if is_stamp() {
            note_date(text, article);
            return false;
        }
        let opens = here + 1 == first && !article.bylines.is_empty() && is_unsigned(article);
        if opens
            && is_set_apart(block)
            && let Some(name) = byline::plain_name(text)
        {
            add_bylines(article, vec![name]);
            return false;
        }
        here >= first.max(after_title) || !(repeated() || is_label(text, article))
    });
}

/// Whether paragraph `first` is a lede: it repeats the page's description, and neither stands in the
/// element that contains the other paragraphs nor looks like them.
fn stands_apart(blocks: &[BodyBlock], first: usize, description: &str) -> bool {
    let said = letters(description);
    let after = || blocks.iter().skip(first + 1).filter(|p| is_prose(p));
    let (Some(lede), Some(next)) = (blocks.get(first), after().next()) else {
        return false;
    };
    let own = letters(words(lede));
    let same = said.chars().count() >= 20
        && (own == said
            || (said.chars().count() > 60
                && own.starts_with(said.trim_end_matches(|c: char| !is_alphanumeric(c)))));
    let place = |p: &BodyBlock| (p.home, p.look);
    let in_place = |of: (NodeId, u64)| after().filter(|p| place(p) == of).count();
    same && place(lede) != place(next) && in_place(place(next)) >= 2 && in_place(place(lede)) == 0
}

/// How many of the blocks before paragraph `first` are ledes: Korean papers and ministries set them
/// as lines above the text, without a sentence's end, in bold or below the repeated headline.
fn lede_lines(blocks: &[BodyBlock], first: usize, titled: bool, article: &Article) -> usize {
    if !article.is_korean() || first >= blocks.len() {
        return 0;
    }
    let is_bold = |p: &BodyBlock| p.bold * 10 >= p.chars * 9;
    let is_line = |p: &BodyBlock| {
        matches!(p.content, Block::Paragraph { .. } | Block::Heading { .. })
            && p.linked * 2 < p.chars
            && words(p).lines().all(is_lede_line)
    };
    let run = blocks[..first].iter().rev().take_while(|p| is_line(p));
    let run: Vec<&BodyBlock> = run.collect();
    let lines: usize = run.iter().map(|p| words(p).lines().count()).sum();
    let is_marked = |p: &&BodyBlock| words(p).starts_with(DASHES) || is_bold(p);
    // A section's heading is set in bold as well, but others follow it.
    let has_sections = || {
        let mut after = blocks[first..].iter();
        after.any(|p| matches!(p.content, Block::Heading { .. }) || (is_line(p) && is_bold(p)))
    };
    let enough = titled || lines >= 2 || !has_sections();
    if (1..=MAX_LEDE_LINES).contains(&lines) && enough && (titled || run.iter().all(is_marked)) {
        run.len()
    } else {
        0
    }
}

/// Whether a line may be a lede: short, and neither a sentence nor a label of something else.
fn is_lede_line(line: &str) -> bool {
    const OTHERS: [char; 14] = [
        '[', '【', '<', '(', '▲', '△', '▼', '■', '◆', '◇', '○', '●', '#', '※',
    ];
    let line = line.trim();
    (8..=100).contains(&line.chars().count())
        && !line.starts_with(OTHERS)
        && !line.ends_with(['.', '?', '!', '。', ':', '>', ')', ']'])
        && verdict::judge(line) == LineVerdict::Text
        && byline::signed(line).is_empty()
        && parse::date(line, crate::news::stamp::KST).is_none()
}

/// Whether a block is a second headline: a heading of level 2 or 3 with at least 40 characters.
fn is_dek(block: &BodyBlock, text: &str) -> bool {
    matches!(block.content, Block::Heading { level: 2 | 3, .. }) && text.chars().count() >= 40
}

/// Whether nobody but the publisher signed the article so far.
fn is_unsigned(article: &Article) -> bool {
    let publisher = article.publisher.as_deref().unwrap_or_default();
    let mut bylines = article.bylines.iter();
    bylines.all(|b| byline::is_desk(&b.name, publisher))
}

/// Whether a line is printed in bold as a whole, as names are below a text or above it.
fn is_set_apart(block: &BodyBlock) -> bool {
    matches!(block.content, Block::Paragraph { .. }) && block.bold * 10 >= block.chars * 9
}

/// Whether a line is a date, a byline, a name or an address and not text; fills dates and bylines
/// from it.
fn is_label(text: &str, article: &mut Article) -> bool {
    let length = text.chars().count();
    if text.starts_with(['[', '【', '<', '■', '◆', '●', '▲', '△', '○', '◇']) && !text.contains('@')
    {
        return false;
    }
    let dated =
        length <= 90 && !is_of_event(text) && parse::date(text, crate::news::stamp::KST).is_some();
    let besides = text.chars().filter(|c| is_alphabetic(*c)).count();
    let korean = text.chars().filter(|c| is_hangul_syllable(*c)).count();
    // A sentence may be followed by its day in brackets.
    let said = match text.rsplit_once('(') {
        Some((said, _)) if text.ends_with(')') => said.trim_end(),
        _ => text,
    };
    if dated && korean <= 20 && besides <= 50 && !ends_sentence(said) {
        // A byline may be on the same line: `홍길동 기자 | 입력 2024.03.20 09:12`.
        let signed = text
            .lines()
            .flat_map(byline::signed)
            .chain(byline::named(text))
            .collect();
        add_bylines(article, signed);
        note_date(text, article);
        return true;
    }
    let lower = text.to_lowercase();
    let stamp = [
        "published ",
        "updated ",
        "posted ",
        "last updated",
        "and last updated",
        "first published",
        "입력 ",
        "수정 ",
        "등록 ",
        "송고 ",
        "승인 ",
    ];
    if length <= 90
        && stamp.iter().any(|w| lower.starts_with(w))
        && text.contains("20")
        && !ends_sentence(text)
    {
        note_date(text, article);
        return true;
    }
    let signed = byline::signed(text);
    if !signed.is_empty() {
        add_bylines(article, signed);
        return true;
    }
    let by =
        (lower.starts_with("by ") || lower.starts_with("by: ")) && length <= 80 || lower == "by";
    let known = article.bylines.iter().any(|b| {
        b.name.chars().count() > 3
            && text.contains(&*b.name)
            && length <= 70
            && !ends_sentence(text)
    });
    by || known || is_address(text)
}

/// Takes the date of a line unless the article already has one: the last update if the line says
/// so, else the publication.
fn note_date(text: &str, article: &mut Article) {
    let lower = text.to_lowercase();
    let changed = ["updat", "and last updat", "수정", "최종수정"]
        .iter()
        .any(|w| lower.starts_with(w));
    let language = article.lang.as_deref().or(Some("ko"));
    let home = home_zone(language, None, || false);
    let slot = if changed {
        &mut article.updated
    } else {
        &mut article.published
    };
    *slot = slot.or_else(|| parse::date(text, home));
}

/// Whether a line is an e-mail address with at most a few words beside it: `◎가나뉴스 hana@gana.kr`. A
/// single author without an address gets it.
fn is_contact(text: &str, article: &mut Article) -> bool {
    let Some(email) = text.split_whitespace().find_map(byline::email_in) else {
        return false;
    };
    let besides = text
        .replace(&email, "")
        .chars()
        .filter(|c| is_alphanumeric(*c))
        .count();
    if besides > 16 || (besides > 0 && ends_sentence(text)) {
        return false;
    }
    if let [only] = article.bylines.as_mut_slice() {
        only.email.get_or_insert_with(|| Clean::line(&email));
    }
    true
}

/// Whether a line is a web address or an account name.
fn is_address(text: &str) -> bool {
    !text.contains(' ')
        && (text.starts_with("http") || text.starts_with("www.") || text.starts_with('@'))
}

/// Removes signatures, tags and empty headings after the last paragraph and fills the bylines from
/// them. Returns the letters of the signatures.
pub(crate) fn tail(blocks: &mut Vec<BodyBlock>, article: &mut Article) -> Vec<String> {
    let mut taken = Vec::new();
    let mut looked = 0;
    let mut at = blocks.len();
    while at > 0 && looked < TAIL {
        at -= 1;
        looked += 1;
        if matches!(
            blocks[at].content,
            Block::Image { .. } | Block::Embed { .. }
        ) {
            continue;
        }
        let text = words(&blocks[at]).to_owned();
        let mut signed = byline::signature(&text);
        if signed.is_empty() && article.bylines.len() < 2 {
            signed = byline::titled(&text);
        }
        if !signed.is_empty() {
            add_bylines(article, signed);
            taken.push(letters(&text));
            // A signature with an address ends the article unless prose follows.
            let tells = |p: &BodyBlock| is_prose(p) || verdict::is_narrated(words(p));
            let over = text.contains('@') && !blocks[at + 1..].iter().any(tells);
            if over {
                blocks.truncate(at);
            } else {
                blocks.remove(at);
            }
            continue;
        }
        if text.is_empty() || is_prose(&blocks[at]) {
            break;
        }
        let set_apart = || is_set_apart(&blocks[at]).then(|| byline::plain_name(&text))?;
        if let Some(name) =
            byline::lone(&text).or_else(|| set_apart().filter(|_| is_unsigned(article)))
        {
            add_bylines(article, vec![name]);
            blocks.remove(at);
            continue;
        }
        let heading = matches!(blocks[at].content, Block::Heading { .. });
        let is_picture = |p: &BodyBlock| matches!(&p.content, Block::Image { caption: None, .. });
        if heading && blocks[at + 1..].iter().all(is_picture) {
            // Pictures without words below a last heading are those of teasers.
            blocks.truncate(at);
            continue;
        }
        if timestamp(&text).is_some_and(|says| says != Timestamp::Part)
            || is_contact(&text, article)
            || is_label(&text, article)
        {
            blocks.remove(at);
        }
    }
    taken
}

/// Removes the line about the author at the end of an article that is not Korean: `Jane Writer is
/// our reporter in Rome.` Korean columns print it as part of the text.
pub(crate) fn about_author(blocks: &mut Vec<BodyBlock>, article: &Article) {
    if article.is_korean() || blocks.iter().filter(|p| is_prose(p)).count() < MIN_PROSE_ABOVE {
        return;
    }
    let verbs = word_list::section(SIGNATURES, "verbs of portraits");
    let names: Vec<&str> = article
        .bylines
        .iter()
        .map(|b| &*b.name)
        .filter(|name| name.contains(' '))
        .collect();
    let is_about = |text: &str| {
        text.chars().count() <= MAX_PORTRAIT
            && names.iter().any(|name| {
                text.split_once(name).is_some_and(|(before, after)| {
                    // A title may stand before the name.
                    let next = after.trim_start_matches(',').split_whitespace().next();
                    before.split_whitespace().count() <= 2
                        && next.is_some_and(|verb| verbs.contains(&verb))
                })
            })
    };
    let from = blocks.len().saturating_sub(TAIL);
    let mut at = 0;
    blocks.retain(|block| {
        at += 1;
        at <= from || !is_about(words(block))
    });
}

/// Removes six or more short lines at the end, which are a list of something else.
pub(crate) fn trailing_labels(blocks: &mut Vec<BodyBlock>) {
    let label = |p: &BodyBlock| {
        let text = words(p);
        let link = matches!(&p.content, Block::List { .. } if p.linked * 2 > p.chars);
        link || (!text.is_empty() && text.chars().count() < 45 && !ends_sentence(text))
    };
    end_at_prose(blocks);
    let run = blocks.iter().rev().take_while(|p| label(p)).count();
    let text = blocks.len() - run;
    if run >= 6 && blocks[..text].iter().any(is_prose) && !continue_text(blocks, text) {
        blocks.truncate(text);
    }
}

/// Whether the lines from `at` on are more of the text: paragraphs in the element of the last
/// sentence before them and with its look, as lists of places, results and names are.
fn continue_text(blocks: &[BodyBlock], at: usize) -> bool {
    let place = |p: &BodyBlock| (p.home, p.look);
    let Some(last) = blocks[..at].iter().rev().find(|p| is_prose(p)).map(place) else {
        return false;
    };
    let lines = &blocks[at..];
    lines.iter().filter(|p| place(p) == last).count() * 10 >= lines.len() * 9
}

/// Removes headings and lines that announce something when nothing follows them: what they named is
/// left out already.
fn end_at_prose(blocks: &mut Vec<BodyBlock>) {
    let announces = |p: &BodyBlock| {
        let text = words(p);
        matches!(p.content, Block::Heading { .. })
            || (text.ends_with([':', '：']) && text.chars().count() < 60)
    };
    while blocks.len() > 1 && blocks.last().is_some_and(announces) {
        blocks.pop();
    }
}

/// Adds new bylines; those already known get a missing address or role.
fn add_bylines(article: &mut Article, found: Vec<crate::news::Byline>) {
    for byline in found {
        match article
            .bylines
            .iter_mut()
            .find(|b| b.name.contains(&*byline.name))
        {
            Some(known) => {
                known.email = known.email.take().or(byline.email);
                known.role = known.role.take().or(byline.role);
            }
            None => article.bylines.push(byline),
        }
    }
}
