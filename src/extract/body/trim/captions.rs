//! Turns text below a picture into its caption and credit, and removes portraits of the author.

use std::sync::LazyLock;

use super::super::blocks::{BodyBlock, inline_text::ends_sentence};
use super::prose::{is_prose, words};
use crate::extract::meta::byline;
use crate::extract::meta::title::letters;
use crate::news::word_list::{self, Phrases};
use crate::news::{Article, Block, Clean};

/// Longer text, in characters, is not a caption.
const MAX_CAPTION_CHARS: usize = 260;
/// The longest credit: a name or two with an agency.
const MAX_CREDIT_CHARS: usize = 50;
const MAX_CREDIT_WORDS: usize = 6;

/// Moves captions and credits such as `▲ 사진 설명` and `사진=연합뉴스` to the picture before them.
pub(crate) fn captions(blocks: &mut Vec<BodyBlock>) {
    let is_album = is_album(blocks);
    let mut kept: Vec<BodyBlock> = Vec::with_capacity(blocks.len());
    let prose = blocks
        .iter()
        .filter(|p| is_prose(p) && !is_signed_caption(words(p)))
        .count();
    let mut rest = std::mem::take(blocks).into_iter().peekable();
    while let Some(block) = rest.next() {
        let text = words(&block);
        // Without the picture, which a script loads later, its caption becomes an image without an
        // address.
        if let Some(said) = labelled(text) {
            let before = kept.last_mut().and_then(uncaptioned);
            if let Some(caption) = before.or_else(|| rest.peek_mut().and_then(uncaptioned)) {
                *caption = Some(Clean::line(said));
                continue;
            }
            kept.push(BodyBlock {
                content: nameless(said, None),
                ..block
            });
            continue;
        }
        let is_credited = text.chars().count() <= MAX_CAPTION_CHARS && ends_in_credit(text);
        if text.chars().count() <= MAX_CAPTION_CHARS
            && !matches!(
                kept.last().map(|p| &p.content),
                Some(Block::Image { .. }) | None
            )
            && let Some(owner) = rest.next_if(|next| is_agencys(words(next)))
        {
            kept.push(BodyBlock {
                content: nameless(text, Some(words(&owner))),
                ..block
            });
            continue;
        }
        let short = !text.is_empty()
            && (text.chars().count() <= 200 || is_credited)
            && !matches!(block.content, Block::Heading { .. });
        if short
            && let Some(Block::Image {
                alt,
                caption,
                credit,
                ..
            }) = kept.last_mut().map(|p| &mut p.content)
        {
            // A name at the end is the photographer's, unless this is the only paragraph: then it
            // is the author's.
            let signed = prose > 0 && is_signed_caption(text);
            let said = alt
                .as_deref()
                .is_some_and(|alt| !alt.is_empty() && letters(alt) == letters(text));
            let mut over_credit = || {
                !ends_sentence(text)
                    && rest
                        .peek()
                        .map(words)
                        .is_some_and(|t| is_credit(t) || is_reserved(t))
            };
            let owned = marks_caption(text)
                || is_credited
                || signed
                || said
                || (is_album && is_name_of_picture(text))
                || (text.chars().count() <= 80 && over_credit());
            if !owned {
                kept.push(block);
                continue;
            }
            if caption.is_none() {
                *caption = Some(Clean::line(text));
                continue;
            }
            if credit.is_none() && (is_credit(text) || is_reserved(text)) {
                *credit = Some(Clean::line(text));
                continue;
            }
        }
        kept.push(block);
    }
    *blocks = kept;
}

/// An image without an address.
fn nameless(caption: &str, credit: Option<&str>) -> Block {
    Block::Image {
        url: Clean::default(),
        alt: None,
        caption: Some(Clean::line(caption)),
        credit: credit.map(Clean::line),
    }
}

/// The longest line, in characters, that only names a picture.
const MAX_NAME_CHARS: usize = 30;
/// Pictures with such a line below from which a page is an album.
const MIN_NAMED: usize = 4;

/// Whether two pictures of five or more have a short line of their own below: a blog's walk, a
/// fair's stands.
fn is_album(blocks: &[BodyBlock]) -> bool {
    let is_picture = |p: &BodyBlock| matches!(p.content, Block::Image { .. });
    let pictures = blocks.iter().filter(|p| is_picture(p)).count();
    // A name stands alone: of several short lines below a picture, each is text.
    let is_named = |at: usize| {
        is_picture(&blocks[at])
            && blocks
                .get(at + 1)
                .is_some_and(|p| is_name_of_picture(words(p)))
            && !blocks
                .get(at + 2)
                .is_some_and(|p| is_name_of_picture(words(p)))
    };
    let named = (0..blocks.len()).filter(|at| is_named(*at)).count();
    named >= MIN_NAMED && named * 5 >= pictures * 2
}

fn is_name_of_picture(text: &str) -> bool {
    // Blogs leave out the full stop; their sentences end all the same.
    let is_said = text.ends_with(['요', '다', '죠', '네', '까', '군', '~', 'ㅎ', 'ㅋ', 'ㅠ']);
    (1..=MAX_NAME_CHARS).contains(&text.chars().count())
        && !is_said
        && !ends_sentence(text.trim_end_matches(')'))
}

/// Where a picture's caption goes that has none yet.
fn uncaptioned(block: &mut BodyBlock) -> Option<&mut Option<Clean>> {
    match &mut block.content {
        Block::Image { caption, .. } if caption.is_none() => Some(caption),
        _ => None,
    }
}

/// The caption that a label names: `Image caption The ferry at dawn`, `*사진설명 : 새벽의 나루`. An
/// English label is written for those who hear the page, and goes; a Korean one is printed, and
/// stays.
fn labelled(text: &str) -> Option<&str> {
    if let Some(said) = labelled_in_korean(text) {
        return Some(said);
    }
    let said = ["Image caption ", "Media caption ", "Image caption: "]
        .iter()
        .find_map(|l| text.strip_prefix(l))?;
    (said.starts_with(char::is_uppercase) && text.chars().count() <= MAX_CAPTION_CHARS)
        .then_some(said)
}

fn labelled_in_korean(text: &str) -> Option<&str> {
    let line = text.trim_start_matches(['*', '※', '▲', ' ']);
    let rest = line
        .trim_start_matches(['<', '[', '('])
        .strip_prefix("사진설명")
        .or_else(|| line.strip_prefix("사진 설명"))?;
    let said = rest.trim_start_matches([' ', ':', '：', '=', '-', ')', '>', ']', '/']);
    let parted = said.len() < rest.len();
    (parted && !said.is_empty() && text.chars().count() <= MAX_CAPTION_CHARS).then_some(line)
}

/// Whether a text ends with a credit after its label: `Nurses at the gate. Foto: Jane Doe`.
fn ends_in_credit(text: &str) -> bool {
    const WORDS: &str = include_str!("../../../../assets/words/captions.txt");
    const HEADING: &str = "credits abroad";
    static LABELS: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, HEADING));
    static ANY: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(WORDS, HEADING));
    ANY.occurs_in(text)
        && LABELS.iter().any(|label| {
            text.rfind(label).is_some_and(|at| {
                let before = text[..at]
                    .trim_end_matches(['(', '[', ' '])
                    .chars()
                    .next_back();
                let name = text[at + label.len()..].trim();
                let stands_apart = before.is_none_or(|c| !c.is_lowercase());
                let is_name = name.starts_with(char::is_uppercase) || !name.is_ascii();
                stands_apart
                    && is_name
                    && name.chars().count() <= MAX_CREDIT_CHARS
                    && name.split_whitespace().count() <= MAX_CREDIT_WORDS
            })
        })
}

/// Whether a line is a credit that ends with an agency: `Jane Doe | Agency | Getty Images`.
fn is_agencys(text: &str) -> bool {
    let parts: Vec<&str> = text.split(" | ").map(str::trim).collect();
    let known = [
        "Getty Images",
        "Reuters",
        "AP",
        "AFP",
        "Bloomberg",
        "EPA",
        "Shutterstock",
        "Alamy",
    ];
    (2..=4).contains(&parts.len())
        && text.chars().count() <= 90
        && parts.last().is_some_and(|last| known.contains(last))
        && parts.iter().all(|p| p.split_whitespace().count() <= 4)
}

/// Whether the words of a line show that it belongs to a picture.
fn marks_caption(text: &str) -> bool {
    text.starts_with(['▲', '△', '↑', '▼', '▽', '◀', '▶']) && !text.ends_with("니다.")
        || is_credit(text)
        || is_reserved(text)
}

/// Whether a line contains the notice of news agencies against resale: `[견본 제공. 재판매 및 DB 금지]`.
fn is_reserved(text: &str) -> bool {
    text.contains("재판매 및 DB 금지")
}

/// Whether a short line ends with a reporter's name after its last sentence: `… 담는 손이 바쁘다. 홍길동 기자`.
fn is_signed_caption(text: &str) -> bool {
    let tail = text
        .rsplit_once(". ")
        .map(|(_, tail)| tail.trim_matches(['/', ' ', '(', ')', '[', ']', '=']));
    text.chars().count() <= 200
        && tail.is_some_and(|t| {
            t.chars().count() <= 40 && t.contains("기자") && !byline::signature(t).is_empty()
        })
}

/// Removes the author's portrait, with which columns begin.
pub(crate) fn portraits(blocks: &mut Vec<BodyBlock>, article: &Article) {
    blocks.retain(|block| match &block.content {
        Block::Image {
            alt: Some(alt),
            caption: None,
            ..
        } => !article.bylines.iter().any(|b| {
            alt.starts_with(&*b.name) && alt.chars().count() <= b.name.chars().count() + 8
        }),
        _ => true,
    });
}

/// Whether a line is a picture's credit and nothing else.
fn is_credit(text: &str) -> bool {
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let flat = flat.trim_start_matches(['[', '(', '<', '/', 'ⓒ', '©']);
    if text.chars().count() <= 60
        && [
            "Photo: ",
            "Photo by ",
            "Image: ",
            "Credit: ",
            "Image via ",
            "Photograph: ",
            "Picture: ",
        ]
        .iter()
        .any(|w| text.starts_with(w))
    {
        return true;
    }
    let says = [
        "사진=",
        "사진제공",
        "사진출처",
        "사진:",
        "자료사진",
        "출처=",
        "그래픽=",
        "이미지=",
    ]
    .iter()
    .any(|w| flat.starts_with(w));
    let agency = text.starts_with(['/', 'ⓒ', '©']) && text.chars().count() <= 24;
    (says && text.chars().count() <= 60) || agency
}
