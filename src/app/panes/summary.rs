//! The short news: its answer taken in, and its lines as a text that is set like any other.

use super::listening;
use super::reader::ShortNewsState;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::network::MadeSummary;
use crate::app::{Failure, Model};
use crate::config::Words;
use crate::news::{Clean, Method, Summary};
use crate::text::{Document, Part, PartRole, PartSource};

/// The short news as a text: how it was made, headline, the lines, and what to bear in mind.
pub fn short_news_document(summary: &Summary, title: Clean, words: &Words) -> Document {
    let method = match &summary.method {
        Method::Page => words.get("brief.method.page").to_owned(),
        Method::Local => words.get("brief.method.local").to_owned(),
        Method::Llm(model) => words.fill("brief.method.llm", &[("model", model)]),
    };
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
        parts.push(sentence.marked(&format!("{}.", i + 1)));
        if line.replaced {
            parts.push(Part::new(
                PartRole::Caption,
                Clean::line(words.get("brief.replaced")),
                PartSource::Other,
            ));
        }
    }
    let notice = match summary.method {
        _ if summary.whole => "brief.whole",
        Method::Llm(_) => "brief.disclaimer-model",
        Method::Page | Method::Local => "brief.disclaimer",
    };
    parts.push(Part::new(
        PartRole::Notice,
        Clean::line(words.get(notice)),
        PartSource::Other,
    ));
    Document { parts }
}

/// The short news came, or why it can't be made.
pub(crate) fn came(model: &mut Model, answer: Result<MadeSummary, Failure>) -> Vec<Effect> {
    match answer {
        Ok(MadeSummary {
            summary, sources, ..
        }) => {
            let measure = model.measure();
            model
                .reader
                .take_short_news(summary, sources, &model.start.words, &measure);
        }
        Err(failure) => model.reader.short_news.state = ShortNewsState::Failed(failure),
    }
    listening::article_came(model)
}
