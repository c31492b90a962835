//! What may be quoted of an article: of one that is cut, only the sentences that are whole.

use std::borrow::Cow;

use super::sentences::{Sentence, sentences};
use crate::news::{Article, Block, Clean, CutEnd};

/// What stands for the rest of a sentence that is cut.
const MARK: char = '…';

/// The article's sentences without the one in whose middle a cut text ends, and without what only
/// says that there is more. They are the first of [`sentences`]. Where nothing else is there, the
/// unfinished sentence is given, with `…` at its end.
pub fn finished(article: &Article) -> Vec<Sentence> {
    let mut all = sentences(article);
    let Some(end) = article.cut_end() else {
        return all;
    };
    let place = |s: &Sentence| (s.block, s.item, s.start);
    all.retain(|s| place(s) < (end.block, end.item, end.byte));
    let is_last = all
        .last()
        .is_some_and(|s| (s.block, s.item) == (end.block, end.item));
    let Some(mut last) = (if is_last { all.pop() } else { None }) else {
        return all;
    };
    let text = text_of(article, end).unwrap_or_default();
    let words = text.get(last.start..end.byte).unwrap_or(&last.text);
    if !end.is_mid_sentence {
        // The mark may stand in the sentence: `… 밝혔다.더보기`.
        if last.end > end.byte {
            last.text = Clean::line(words);
            last.end = end.byte;
        }
        all.push(last);
    } else if all.iter().all(|s| is_heading(article, s)) {
        last.text = Clean::line(&marked(words));
        last.end = last.end.min(end.byte);
        all.push(last);
    }
    all
}

/// The article as it is printed: of one that is cut, without the sentence in whose middle it ends.
/// Where nothing else is there, that ends with `…`.
pub fn without_unfinished(article: &Article) -> Cow<'_, Article> {
    let Some(end) = article.cut_end() else {
        return Cow::Borrowed(article);
    };
    let kept = finished(article);
    let last = kept
        .iter()
        .rev()
        .find(|s| (s.block, s.item) == (end.block, end.item));
    let mut article = article.clone();
    // It stays known: what is left ends as a whole text does.
    article.extraction.cut = true;
    let later = article
        .blocks
        .split_off((end.block + 1).min(article.blocks.len()));
    let words = last.map(|s| {
        let text = text_of(&article, end).unwrap_or_default();
        let words = text.get(..s.end).unwrap_or_default();
        if s.text.ends_with(MARK) && !words.ends_with(MARK) {
            marked(words)
        } else {
            words.to_owned()
        }
    });
    let is_gone = match article.blocks.last_mut() {
        Some(Block::Paragraph { text, links, spans }) => {
            *text = Clean::lines(&words.unwrap_or_default());
            let length = text.chars().count();
            links.retain(|link| link.end <= length);
            spans.retain(|span| span.end <= length);
            text.is_blank()
        }
        Some(Block::Quote { text, blocks }) => {
            *text = Clean::lines(&words.unwrap_or_default());
            blocks.clear();
            text.is_blank()
        }
        Some(Block::List { items, marks, .. }) => {
            marks.truncate(end.item + 1);
            items.truncate(end.item);
            items.extend(words.as_deref().map(Clean::lines));
            items.is_empty()
        }
        _ => false,
    };
    if is_gone {
        article.blocks.pop();
    }
    let pictures = |b: &Block| matches!(b, Block::Image { .. } | Block::Embed { .. });
    article.blocks.extend(later.into_iter().filter(pictures));
    Cow::Owned(article)
}

/// The text that is cut.
fn text_of(article: &Article, end: CutEnd) -> Option<&str> {
    match article.blocks.get(end.block)? {
        Block::Paragraph { text, .. }
        | Block::Quote { text, .. }
        | Block::Heading { text, .. }
        | Block::Code { text } => Some(text),
        Block::List { items, .. } => items.get(end.item).map(|i| &**i),
        _ => None,
    }
}

fn is_heading(article: &Article, sentence: &Sentence) -> bool {
    matches!(
        article.blocks.get(sentence.block),
        Some(Block::Heading { .. })
    )
}

/// The words with the mark after them.
fn marked(words: &str) -> String {
    let words = words.trim_end_matches([' ', ',', '、', '·', '“', '‘', '"', '\'', '(']);
    format!("{words}{MARK}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::{Extraction, ExtractionMethod};
    use crate::summary::{summarize, summarize_sentences};

    const FIRST: &str = "가람시는 한내강에 보행 다리를 놓는다고 3일 밝혔다.";
    const SECOND: &str = "다리는 길이 420m, 폭 6m로 짓는다.";
    const CUT: &str = "공사비 312억 원은 시와";

    fn article(texts: &[&str]) -> Article {
        Article {
            title: Clean::line("한내강 보행 다리 착공"),
            blocks: texts.iter().map(|t| Block::paragraph(t)).collect(),
            extraction: Extraction {
                method: ExtractionMethod::Feed,
                ..Extraction::default()
            },
            ..Article::default()
        }
    }

    fn texts(article: &Article) -> Vec<String> {
        finished(article)
            .iter()
            .map(|s| s.text.to_string())
            .collect()
    }

    #[test]
    fn a_sentence_that_is_cut_is_left_out_and_alone_has_a_mark() {
        for mark in ["", "…", " [...]", "... 더보기", "… Read more"] {
            let cut = article(&[&format!("{FIRST} {SECOND} {CUT}{mark}")]);
            assert_eq!(texts(&cut), [FIRST, SECOND], "{mark}");
            let all = sentences(&cut);
            assert!(all.starts_with(&finished(&cut)), "{mark}");
            let apart = article(&[FIRST, &format!("{SECOND} {CUT}{mark}"), "더보기"]);
            assert_eq!(texts(&apart), [FIRST, SECOND], "{mark}");
            if !mark.is_empty() {
                let alone = article(&[&format!("{CUT}{mark}")]);
                assert_eq!(texts(&alone), [format!("{CUT}…")], "{mark}");
                let summary = summarize(&alone, 3);
                assert_eq!(&*summary.sentences[0].text, format!("{CUT}…"));
                assert!(summary.cut && !summary.whole);
            }
        }
        let whole = article(&[&format!("{FIRST} {SECOND} 더보기")]);
        assert_eq!(texts(&whole), [FIRST, SECOND]);
        let glued = article(&[&format!("{FIRST} {SECOND}더보기")]);
        assert_eq!(texts(&glued), [FIRST, SECOND]);
        let plain = article(&[FIRST, SECOND]);
        assert_eq!(finished(&plain), sentences(&plain));
        assert!(!summarize_sentences(&plain, &finished(&plain), 3).cut);
    }

    #[test]
    fn what_is_printed_ends_with_a_sentence() {
        let printed = |texts: &[&str]| without_unfinished(&article(texts)).text();
        for mark in ["", "…", " [...]", "... 더보기"] {
            let cut = format!("{FIRST} {CUT}{mark}");
            assert_eq!(printed(&[&cut]), FIRST, "{mark}");
            assert_eq!(
                printed(&[FIRST, &cut, "더보기"]),
                format!("{FIRST}\n\n{FIRST}")
            );
        }
        assert_eq!(printed(&[FIRST, &format!("{CUT}…")]), FIRST);
        assert_eq!(printed(&[&format!("{CUT} …")]), format!("{CUT}…"));
        assert!(without_unfinished(&article(&[FIRST, &format!("{CUT}…")])).is_cut());
        let whole = article(&[FIRST, SECOND]);
        assert!(matches!(without_unfinished(&whole), Cow::Borrowed(_)));
    }
}
