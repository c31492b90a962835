//! Who speaks in the transcript of an interview, whose turns begin with a sign, a name and a colon:
//! `▶이연구 : 네.`

use std::collections::BTreeMap;

use super::Sentence;
use crate::news::{Article, Block};

/// Most characters of the name in a label.
const NAME: usize = 12;

/// Fewest turns of one who takes part, and fewest questions of one who asks.
const TURNS: usize = 2;

/// Who says a sentence of a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaker<'a> {
    /// The one who asks.
    Host,
    /// One who answers, by name.
    Guest(&'a str),
}

/// The name in the label at the start of a turn, and what is said behind it.
pub(super) fn labelled(text: &str) -> Option<(&str, &str)> {
    let signs = ['▷', '▶', '◇', '◆', '□', '■', '○', '●', '△', '▲'];
    let (name, said) = text.strip_prefix(signs)?.split_once([':', '：'])?;
    let (name, said) = (name.trim(), said.trim_start());
    let is_name = (1..=NAME).contains(&name.chars().count())
        && name.chars().all(|c| c.is_alphanumeric() || c == ' ');
    (is_name && said.contains(char::is_alphanumeric)).then_some((name, said))
}

/// The speaker of each sentence; `None` for all where the article is no transcript, with one who
/// asks in half of the turns or more and one who does not.
pub(super) fn speakers<'a>(
    article: &'a Article,
    sentences: &[Sentence],
) -> Vec<Option<Speaker<'a>>> {
    let mut names = Vec::new();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut current = None;
    for block in &article.blocks {
        current = match block {
            Block::Paragraph { text, .. } => match labelled(text) {
                Some((name, said)) => {
                    let (turns, questions) = counts.entry(name).or_default();
                    *turns += 1;
                    *questions += usize::from(said.trim_end().ends_with(['?', '？']));
                    Some(name)
                }
                None => current,
            },
            Block::Heading { .. } => None,
            _ => current,
        };
        names.push(current);
    }
    counts.retain(|_, (turns, _)| *turns >= TURNS);
    let asks = |name: &str| {
        let (turns, questions) = counts.get(name).copied().unwrap_or_default();
        questions >= TURNS && 2 * questions >= turns
    };
    let is_transcript = counts.keys().any(|n| asks(n)) && counts.keys().any(|n| !asks(n));
    let of = |sentence: &Sentence| {
        let name = names.get(sentence.block).copied().flatten()?;
        if asks(name) {
            Some(Speaker::Host)
        } else {
            counts.contains_key(name).then_some(Speaker::Guest(name))
        }
    };
    sentences
        .iter()
        .map(|s| of(s).filter(|_| is_transcript))
        .collect()
}
