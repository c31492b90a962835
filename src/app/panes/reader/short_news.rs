//! The short news of the open article: how far it is, and its lines as a text that is set like any
//! other.

use super::sheet::{PartRange, Sheet};
use crate::app::input::action::Action;
use crate::app::protocol::failure::{Cause, Failure};
use crate::app::protocol::network::MadeSummary;
use crate::config::Words;
use crate::news::order::Order as _;
use crate::news::{Clean, Method, Passage, Query, Summary, SummaryLine};
use crate::text::{Anchor, Document, Measure, Part, PartRole, PartSource};

/// How far the short news is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ShortNewsState {
    /// Not asked for.
    #[default]
    None,
    /// It was asked for and has not come.
    Loading,
    /// Made: the summary, and the passages of the article that its lines come from.
    Ready(Summary, Vec<Passage>),
    /// It can't be made.
    Failed(Failure),
}

/// The language model's work on the short news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct ModelProgress {
    /// Characters of the answer so far.
    characters: u64,
    /// Whether the user has been told where the text would be sent: asking again is agreeing.
    is_announced: bool,
}

/// The short news of the open article.
#[derive(Debug, Default)]
pub struct ShortNews {
    state: ShortNewsState,
    /// Its lines as set, once it is made.
    sheet: Option<Sheet>,
    /// The index of the chosen line.
    chosen: usize,
    model: ModelProgress,
    /// The words of its lines that the article has not, in the order of the text.
    doubted: Vec<PartRange>,
    /// The search in force when it was asked for.
    query: Option<Query>,
    /// Whether its lines are the sentences that answer that search.
    answers_search: bool,
}

impl ShortNews {
    /// How far it is.
    pub fn state(&self) -> &ShortNewsState {
        &self.state
    }

    /// The summary, once it is made.
    pub fn summary(&self) -> Option<&Summary> {
        match &self.state {
            ShortNewsState::Ready(summary, _) => Some(summary),
            _ => None,
        }
    }

    /// Its lines as set, once it is made.
    pub fn sheet(&self) -> Option<&Sheet> {
        self.sheet.as_ref()
    }

    /// Its lines as set, to be scrolled.
    pub fn sheet_mut(&mut self) -> Option<&mut Sheet> {
        self.sheet.as_mut()
    }

    /// The words of its lines that the article has not, in the order of the text.
    pub fn doubted(&self) -> &[PartRange] {
        &self.doubted
    }

    /// The index of the chosen line.
    pub fn chosen(&self) -> usize {
        self.chosen
    }

    /// Characters that the language model has answered so far.
    pub fn characters(&self) -> u64 {
        self.model.characters
    }

    /// Notes how many characters the language model has answered so far.
    pub fn note_characters(&mut self, characters: u64) {
        self.model.characters = characters;
    }

    /// Notes that the user was told where the text would be sent.
    pub fn note_announcement(&mut self) {
        self.model.is_announced = true;
    }

    /// The language model is asked from the start; gives whether the reader, who was told where the
    /// text would be sent, agreed by asking again.
    pub fn begin_model_answer(&mut self) -> bool {
        std::mem::take(&mut self.model).is_announced
    }

    /// Whether it is to be asked for before it can be shown.
    pub fn is_wanting(&self) -> bool {
        matches!(self.state, ShortNewsState::None | ShortNewsState::Failed(_))
    }

    /// Whether the article's publisher wants the user to agree before it is made.
    pub fn awaits_agreement(&self) -> bool {
        matches!(&self.state, ShortNewsState::Failed(f) if f.cause == Cause::SummaryAsk)
    }

    /// Whether a language model made it.
    pub fn is_by_model(&self) -> bool {
        let summary = self.summary();
        summary.is_some_and(|s| matches!(s.method, Method::Llm(_)))
    }

    /// Whether it was asked for while this search was in force.
    pub fn is_for(&self, query: Option<&Query>) -> bool {
        self.query.as_ref() == query || self.is_by_model()
    }

    /// Whether its lines are the sentences that answer a search.
    pub fn answers_search(&self) -> bool {
        self.answers_search
    }

    /// Drops what was made.
    pub fn forget(&mut self) {
        self.state = ShortNewsState::None;
    }

    /// Notes that it is being made, and the search in force.
    pub fn begin(&mut self, query: Option<Query>) {
        self.query = query;
        self.state = ShortNewsState::Loading;
    }

    /// Notes why it can't be made.
    pub fn fail(&mut self, failure: Failure) {
        self.state = ShortNewsState::Failed(failure);
    }

    /// Takes what was made of the article under this headline.
    pub fn take(&mut self, made: MadeSummary, title: Clean, words: &Words, measure: &Measure) {
        let method = made
            .answers_search
            .then(|| words.get("brief.method.search"));
        let document = document(&made.summary, method, title, words);
        self.answers_search = made.answers_search;
        self.doubted = doubted(&made.summary, &document);
        self.sheet = Some(Sheet::new(document, measure));
        self.state = ShortNewsState::Ready(made.summary, made.sources);
        self.chosen = 0;
    }

    /// Goes to another line.
    pub fn go(&mut self, action: Action, count: usize, rows: u16) {
        let Some(summary) = self.summary() else {
            return;
        };
        let last = summary.sentences.len().saturating_sub(1);
        let line = match action {
            Action::Down => (self.chosen + count).min(last),
            Action::Up => self.chosen.saturating_sub(count),
            Action::First => 0,
            _ => last,
        };
        self.choose(line, rows);
        if let (0, Some(sheet)) = (self.chosen, self.sheet.as_mut())
            && action != Action::Down
        {
            sheet.put_first();
        }
    }

    /// Chooses a line and brings it into view.
    pub fn choose(&mut self, line: usize, rows: u16) {
        self.chosen = line;
        let Some(sheet) = self.sheet.as_mut() else {
            return;
        };
        if let Some(part) = sheet.part_of(PartSource::Sentence(line)) {
            sheet.show(Anchor { part, byte: 0 }, rows);
        }
    }

    /// The passage of the article that the chosen line comes from, where it is known.
    pub fn source(&self) -> Option<&Passage> {
        let ShortNewsState::Ready(summary, sources) = &self.state else {
            return None;
        };
        sources.get(summary.sentences.get(self.chosen)?.source?)
    }

    /// The words of the chosen line.
    pub fn chosen_text(&self) -> Option<&Clean> {
        let sheet = self.sheet.as_ref()?;
        let part = sheet.part_of(PartSource::Sentence(self.chosen))?;
        Some(&sheet.document().parts.get(part)?.text)
    }
}

/// The short news as a text: how it was made, headline, the lines, and what to bear in mind.
pub fn short_news_document(summary: &Summary, title: Clean, words: &Words) -> Document {
    document(summary, None, title, words)
}

/// What is said under a line that a model wrote with words of its own, or under one that replaces
/// a line: what that said is not repeated.
pub fn line_mark(line: &SummaryLine, words: &Words) -> Option<String> {
    let Some(sentence) = line.against.as_deref() else {
        return line
            .replaced
            .then(|| words.get("brief.replaced").to_owned());
    };
    let doubts: Vec<String> = doubts(line)
        .map(|said| words.fill("brief.doubt", &[("words", said)]))
        .collect();
    let values = [("doubts", &*doubts.join(", ")), ("sentence", sentence)];
    Some(words.fill("brief.doubted", &values))
}

/// The words of a line that the article has not.
fn doubts(line: &SummaryLine) -> impl Iterator<Item = &str> {
    let doubts = line.doubts.iter();
    doubts.filter_map(|d| d.split_once(": ").map(|(_, said)| said))
}

/// The words of the lines that the article has not, where they stand in the text.
fn doubted(summary: &Summary, document: &Document) -> Vec<PartRange> {
    let mut out = Vec::new();
    for (part, p) in document.parts.iter().enumerate() {
        let PartSource::Sentence(at) = p.source else {
            continue;
        };
        let line = summary.sentences.get(at).filter(|l| l.against.is_some());
        let mut found: Vec<PartRange> = line
            .into_iter()
            .flat_map(doubts)
            .filter_map(|said| {
                let from = p.text.find(said)?;
                let bytes = from..from + said.len();
                Some(PartRange { part, bytes })
            })
            .collect();
        found.order_by_key(|range| range.bytes.start);
        out.append(&mut found);
    }
    out
}

/// The key of the sentence under the lines, which says what they are; `None` where the usual one
/// holds.
pub fn short_news_notice(summary: &Summary) -> Option<&'static str> {
    match summary.method {
        _ if summary.sentences.is_empty() => Some("brief.empty"),
        _ if summary.whole => Some("brief.whole"),
        Method::Local if summary.cut => Some("brief.cut"),
        _ if summary.has_model_lines() => Some("brief.disclaimer-model"),
        Method::Page | Method::Local | Method::Llm(_) => None,
    }
}

/// As [`short_news_document`]; `method` is said of how it was made instead of the summary's own.
fn document(summary: &Summary, method: Option<&str>, title: Clean, words: &Words) -> Document {
    let made = || match summary.shown_method() {
        Method::Page => words.get("brief.method.page").to_owned(),
        Method::Local => words.get("brief.method.local").to_owned(),
        Method::Llm(model) => words.fill("brief.method.llm", &[("model", model)]),
    };
    let method = method.map_or_else(made, str::to_owned);
    let mut parts = vec![
        Part::new(PartRole::Kicker, Clean::line(&method), PartSource::Other),
        Part::new(PartRole::Title, title, PartSource::Title),
    ];
    for (i, line) in summary.sentences.iter().enumerate() {
        let sentence = Part::new(
            PartRole::Sentence,
            line.text.clone(),
            PartSource::Sentence(i),
        );
        let mark = if line.whole.is_some() { "*" } else { "" };
        parts.push(sentence.marked(&format!("{}.{mark}", i + 1)));
        if let Some(mark) = line_mark(line, words) {
            parts.push(Part::new(
                PartRole::Caption,
                Clean::line(&mark),
                PartSource::Other,
            ));
        }
    }
    if summary.sentences.iter().any(|l| l.whole.is_some()) {
        parts.push(Part::new(
            PartRole::Caption,
            Clean::line(words.get("brief.shortened")),
            PartSource::Other,
        ));
    }
    let notice = short_news_notice(summary).unwrap_or("brief.disclaimer");
    parts.push(Part::new(
        PartRole::Notice,
        Clean::line(words.get(notice)),
        PartSource::Other,
    ));
    Document { parts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Language;
    use crate::news::Article;
    use crate::summary::summarize;

    #[test]
    fn an_article_without_text_says_so() {
        let words = Words::of(Language::Korean);
        let made = summarize(&Article::default(), 3);
        let document = short_news_document(&made, Clean::line("빈 기사"), &words);
        let last = document.parts.last().map(|p| p.text.to_string());
        assert_eq!(last.as_deref(), Some(words.get("brief.empty")));
    }

    #[test]
    fn a_doubted_line_shows_its_sentence_and_one_replaced_names_no_model() {
        let words = Words::of(Language::Korean);
        let line = |against: Option<&str>, doubt: &str| SummaryLine {
            text: Clean::line("시는 보행 육교를 놓는다."),
            against: against.map(Clean::line),
            replaced: against.is_none(),
            doubts: vec![Clean::line(doubt)],
            ..SummaryLine::default()
        };
        let by = |line| Summary {
            sentences: vec![line],
            method: Method::Llm(Clean::line("exa")),
            whole: false,
            cut: false,
        };
        let text = |document: &Document| {
            let parts = document.parts.iter().map(|p| p.text.to_string());
            parts.collect::<Vec<_>>().join("\n")
        };
        let doubted_one = by(line(Some("시는 보행 다리를 놓는다."), "word: 육교"));
        let document = short_news_document(&doubted_one, Clean::line("다리"), &words);
        let shown = text(&document);
        for said in ["기사에 없는 말 ‘육교’", "“시는 보행 다리를 놓는다.”", "exa"]
        {
            assert!(shown.contains(said), "{said} in\n{shown}");
        }
        let marked = doubted(&doubted_one, &document).swap_remove(0);
        assert_eq!(&document.parts[marked.part].text[marked.bytes], "육교");
        let replaced = by(line(None, "number: 520m"));
        let shown = text(&short_news_document(&replaced, Clean::line("다리"), &words));
        assert!(shown.contains("⚠ 원문 문장"), "{shown}");
        assert!(!shown.contains("520") && !shown.contains("exa"), "{shown}");
    }
}
