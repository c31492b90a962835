//! Words that were looked up, with the sentence that they stood in, and their form for Anki.

use serde::{Deserialize, Serialize};

use crate::news::Clean;

/// A headword and what the user's dictionary says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordEntry {
    /// As dictionaries list it.
    pub headword: Clean,
    /// The entry; `None` where no dictionary has it.
    pub entry: Option<Clean>,
}

/// A word that was looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedUp {
    /// As it stood in the text.
    pub eojeol: Clean,
    /// The sentence that it stood in; empty where that is not known.
    pub sentence: Clean,
    /// What it may be a form of, the likeliest first.
    pub entries: Vec<WordEntry>,
}

impl LookedUp {
    /// The likeliest headword.
    pub fn headword(&self) -> &Clean {
        self.entries.first().map_or(&self.eojeol, |e| &e.headword)
    }
}

/// The words as a file that Anki imports: a card a line, front and back with a tab between. The
/// front is the sentence with the word in bold, the back the headword and its entry.
pub fn flash_cards(words: &[LookedUp]) -> String {
    let mut out = String::from("#separator:tab\n#html:true\n#deck:gisa\n");
    for word in words {
        let front = match word.sentence.find(&*word.eojeol) {
            Some(at) => {
                let (before, rest) = word.sentence.split_at(at);
                let (eojeol, after) = rest.split_at(word.eojeol.len());
                format!("{}<b>{}</b>{}", field(before), field(eojeol), field(after))
            }
            None => field(&word.eojeol),
        };
        let entry = word.entries.first().and_then(|e| e.entry.as_deref());
        let back = match entry {
            Some(entry) => format!("{}<br>{}", field(word.headword()), field(entry)),
            None => field(word.headword()),
        };
        out.push_str(&format!("{front}\t{back}\n"));
    }
    out
}

/// A text as a field of a card: no tab, no line break, no markup of its own.
fn field(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    text.replace('\t', " ").replace('\n', "<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_has_the_sentence_before_and_the_entry_behind() {
        let word = LookedUp {
            eojeol: Clean::line("지었다"),
            sentence: Clean::line("<새> 집을\t지었다."),
            entries: vec![WordEntry {
                headword: Clean::line("짓다"),
                entry: Some(Clean::lines("만들다\n세우다")),
            }],
        };
        let cards = flash_cards(&[word]);
        let card = cards.lines().nth(3).unwrap();
        assert_eq!(
            card,
            "&lt;새&gt; 집을 <b>지었다</b>.\t짓다<br>만들다<br>세우다"
        );
    }
}
