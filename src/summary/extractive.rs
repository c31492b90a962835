//! The extractive summary of an article: sentences of its own in reading order, each with its
//! source.

use super::boilerplate::{self, hides_speaker};
use super::features::SentenceFeatures;
use super::ranking::ChoiceScope;
use super::references::{Reference, answering_person, defined, explain, references};
use super::shorten::shorten;
use super::standalone::{shown, without_dateline};
use super::turns::{Speaker, labelled, speakers};
use super::{Sentence, finished, ranking, sentences};
use crate::news::order::Order as _;
use crate::news::{Article, Block, Clean, Form, Method, Summary, SummaryLine};

/// Sentences of a summary unless the settings say otherwise.
pub const DEFAULT_COUNT: usize = 3;

/// A body of at most this many characters is shown whole instead of being summarised.
const SHORT_BODY: usize = 160;

/// The `count` most important sentences (at least 1), without datelines and without connectives
/// that refer to a sentence that is not shown. A body of a few words is given whole. The summary is
/// marked as the whole article only where it has every sentence of the body. Empty for an article
/// without sentences.
pub fn summarize(article: &Article, count: usize) -> Summary {
    summarize_sentences(article, &finished(article), count)
}

/// As [`summarize`], for a caller that has the sentences that may be quoted ([`finished`]) already.
pub fn summarize_sentences(article: &Article, sentences: &[Sentence], count: usize) -> Summary {
    let (korean, cut) = (article.is_korean(), article.is_cut());
    let speakers = speakers(article, sentences);
    let texts = texts(sentences, &speakers);
    let table = table(article, sentences, &texts, &speakers);
    let good: Vec<usize> = (0..table.features.len())
        .filter(|&i| !table.features[i].junk)
        .collect();
    let count = count.max(1);
    let body = body(sentences);
    // A table or a listing is part of the body that no line can show.
    let complete = !cut && !body.is_empty() && !article.blocks.iter().any(is_unread);
    // Of a few words what belongs to the programme or the picture is left out; the rest is shown
    // whole where that is all there is.
    let is_short = complete && length(&body, sentences) <= SHORT_BODY;
    let mut chosen = if is_short && (good.is_empty() || body.iter().all(|i| good.contains(i))) {
        body.clone()
    } else if good.is_empty() {
        (0..sentences.len().min(count)).collect()
    } else if good.len() <= count {
        good
    } else {
        ranking::choose(&table, count, korean, ChoiceScope::Article)
    };
    chosen.sort_unstable();
    let whole = complete && body.iter().all(|i| chosen.contains(i));
    let edit = korean && !whole;
    let sentences = lines(
        article,
        sentences,
        &texts,
        &chosen,
        edit.then_some(&speakers[..]),
    );
    Summary {
        sentences,
        method: Method::Local,
        whole,
        cut,
    }
}

/// The `count` most important of the sentences that `answers` holds of, as lines of a summary;
/// `None` where it holds of none that can be a line.
pub fn answering(
    article: &Article,
    sentences: &[Sentence],
    count: usize,
    answers: impl Fn(&str) -> bool,
) -> Option<Summary> {
    let korean = article.is_korean();
    let speakers = speakers(article, sentences);
    let texts = texts(sentences, &speakers);
    let mut table = table(article, sentences, &texts, &speakers);
    for (f, text) in table.features.iter_mut().zip(&texts) {
        f.junk |= !answers(text);
    }
    let mut chosen = ranking::choose(&table, count.max(1), korean, ChoiceScope::Article);
    chosen.sort_unstable();
    (!chosen.is_empty()).then(|| Summary {
        sentences: lines(article, sentences, &texts, &chosen, None),
        method: Method::Local,
        whole: false,
        cut: article.is_cut(),
    })
}

/// The sentences that are the article's own: not those without a letter, and not the publisher's
/// notices and credits.
fn body(sentences: &[Sentence]) -> Vec<usize> {
    let is_own = |text: &str| text.contains(char::is_alphanumeric) && !boilerplate::is_notice(text);
    (0..sentences.len())
        .filter(|&i| is_own(&sentences[i].text))
        .collect()
}

/// Whether the block has words that are not read as sentences.
fn is_unread(block: &Block) -> bool {
    matches!(block, Block::Table { .. } | Block::Code { .. })
}

/// The features of the article's sentences; headings and the words of
/// one who asks are no prose.
fn table(
    article: &Article,
    sentences: &[Sentence],
    texts: &[&str],
    speakers: &[Option<Speaker<'_>>],
) -> SentenceFeatures {
    let prose = |i: usize| {
        !matches!(
            article.blocks.get(sentences[i].block),
            Some(Block::Heading { .. })
        )
    };
    let form = Form::of(article);
    let prose = |i: usize| prose(i) && speakers[i] != Some(Speaker::Host);
    SentenceFeatures::new(&article.title, texts, prose, article.is_korean(), form)
}

/// The sentences without datelines, and without the labels of those who answer.
fn texts<'a>(sentences: &'a [Sentence], speakers: &[Option<Speaker<'_>>]) -> Vec<&'a str> {
    let one = |(sentence, speaker): (&'a Sentence, &Option<Speaker<'_>>)| {
        let text = without_dateline(&sentence.text);
        match (speaker, labelled(text)) {
            (Some(Speaker::Guest(_)), Some((_, said))) => said,
            _ => text,
        }
    };
    sentences.iter().zip(speakers).map(one).collect()
}

/// The lines of a summary: the chosen sentences, in their order. With the speakers of the sentences
/// they are edited: long ones are shortened, and what a line leaves unexplained is put in.
fn lines(
    article: &Article,
    sentences: &[Sentence],
    texts: &[&str],
    chosen: &[usize],
    edit: Option<&[Option<Speaker<'_>>]>,
) -> Vec<SummaryLine> {
    let before = |i: usize| i > 0 && chosen.contains(&(i - 1));
    let shown: Vec<Clean> = chosen
        .iter()
        .map(|&i| {
            let text = shown(&sentences[i], !before(i));
            match labelled(&text).filter(|_| edit.is_some_and(|s| s[i].is_some())) {
                Some((_, said)) => Clean::line(said),
                None => text,
            }
        })
        .collect();
    let mut known = article.title.to_string();
    // Who answers is told once, at the first answer that does not name him.
    let interview = Form::of(article) == Form::Interview;
    let mut speaker = interview
        .then(|| answering_person(&article.title))
        .flatten();
    let mut named = None;
    let mut out = Vec::new();
    for (at, (&i, whole)) in chosen.iter().zip(&shown).enumerate() {
        let others = shown.iter().enumerate().filter(|(other, _)| *other != at);
        let used = |word: &str| {
            let explained = format!("({word})");
            let mut others = others.clone();
            others.any(|(_, t)| t.replace(&explained, "").contains(word))
        };
        let mut line = SummaryLine {
            text: whole.clone(),
            source: Some(i),
            ..SummaryLine::default()
        };
        if let Some(speakers) = edit {
            let mut found = references(whole, &texts[..i], &article.title);
            found.extend(defined(whole, texts));
            match speakers[i] {
                Some(Speaker::Guest(name)) if named != Some(name) => {
                    found.push(Reference {
                        // A name in another line does not say whose words these are.
                        known_by: format!("[{name}] {whole}"),
                        at: 0,
                        words: Some(name.to_owned()),
                    });
                    named = Some(name);
                }
                Some(_) => {}
                None => found.extend(speaker.take_if(|_| hides_speaker(whole, true))),
            }
            found.order_by_key(|r| r.at);
            if let Some((text, places)) = explain(whole, &found, &known) {
                line.text = Clean::line(&text);
                line.inserted = places;
            } else if let Some(short) = shorten(whole, &article.title, used) {
                line.text = short;
            }
            line.whole = (line.text != *whole).then(|| whole.clone());
        }
        known.push('\n');
        known.push_str(&line.text);
        out.push(line);
    }
    out
}

fn length(good: &[usize], sentences: &[Sentence]) -> usize {
    good.iter()
        .map(|&i| sentences[i].text.chars().count())
        .sum()
}

/// The summary that the page itself contains, each line with the sentence that best supports it;
/// `None` where the page has none.
pub fn page(article: &Article) -> Option<Summary> {
    if article.page_summary.is_empty() {
        return None;
    }
    let all = sentences(article);
    let lines = article
        .page_summary
        .iter()
        .map(|text| SummaryLine {
            text: text.clone(),
            source: super::model::faithfulness::support(text, &all),
            replaced: false,
            doubts: Vec::new(),
            ..SummaryLine::default()
        })
        .collect();
    Some(Summary {
        sentences: lines,
        method: Method::Page,
        whole: false,
        cut: false,
    })
}

/// The `count` of `lines` that best summarise a story carried by several articles, without
/// repetition and from several publishers where it can be: their indices, ordered by their place in
/// their articles. A line is its text, its place in its article, and its publisher.
pub(crate) fn choose_across(
    title: &str,
    lines: &[(&str, usize, &str)],
    count: usize,
) -> Vec<usize> {
    let korean = title.contains(crate::news::hangul::is_hangul_syllable);
    let texts: Vec<&str> = lines.iter().map(|l| l.0).collect();
    let mut table = SentenceFeatures::new(title, &texts, |_| true, korean, Form::News);
    for (f, (_, place, _)) in table.features.iter_mut().zip(lines) {
        f.rank = *place as f64;
    }
    let mut publishers: Vec<&str> = lines.iter().map(|l| l.2).collect();
    publishers.sort_unstable();
    publishers.dedup();
    let publisher = |i: usize| publishers.binary_search(&lines[i].2).unwrap_or(0);
    let mut chosen = ranking::choose_across(&table, count, korean, publisher);
    chosen.order_by_key(|&i| (lines[i].1, i));
    chosen
}
