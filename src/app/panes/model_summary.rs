//! 숏뉴스 by a language model: asked for by key, the local one on screen until the answer is whole.

use super::reader::{ShortNewsState, Showing};
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::network::{MadeSummary, NetworkJob, SummaryRequest};
use crate::app::update::command::ensure_brief;
use crate::app::update::opening::{enter_reader, reader_in_sight};
use crate::app::{Cause, Failure, Model};
use crate::news::Method;

/// A model at work on the open article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ModelProgress {
    /// Characters of the answer so far.
    pub characters: u64,
    /// The reader has been told where the text goes: asking again is agreeing.
    pub told: bool,
}

/// Asks the model; where its short news is there already, goes back to the local one.
pub fn ask(model: &mut Model) -> Vec<Effect> {
    let mut opened = if reader_in_sight(model) {
        Vec::new()
    } else {
        enter_reader(model)
    };
    let Some(article) = model.reader.arrived().cloned() else {
        model.reader.showing = Showing::ShortNews;
        model.reader.on_arrival = model
            .jobs
            .is_busy(JobKind::Article)
            .then_some(Action::ModelNews);
        return opened;
    };
    let by_model = matches!(&model.reader.short_news.state, ShortNewsState::Ready(summary, _) if matches!(summary.method, Method::Llm(_)));
    if by_model && model.reader.showing == Showing::ShortNews {
        model.reader.short_news.state = ShortNewsState::None;
        opened.extend(ensure_brief(model));
        return opened;
    }
    model.reader.showing = Showing::ShortNews;
    let mut effects = opened;
    effects.extend(ensure_brief(model));
    if by_model || model.jobs.is_busy(JobKind::ModelSummary) {
        return effects;
    }
    if !model.start.config.summary.model.is_set() {
        model.fail(&Failure::new(Cause::ModelOff, ""));
        return effects;
    }
    let agreed = std::mem::take(&mut model.reader.short_news.model.told);
    model.reader.short_news.model.characters = 0;
    let sentences = usize::from(model.start.config.summary.sentences);
    let job = NetworkJob::ModelSummary(SummaryRequest {
        article,
        sentences,
        agreed,
    });
    effects.push(model.jobs.start(JobKind::ModelSummary, job));
    effects
}

/// Its answer came: it takes the local one's place. Where there is none, the local one stays.
pub fn came(model: &mut Model, answer: Result<MadeSummary, Failure>) -> Vec<Effect> {
    match answer {
        Ok(made)
            if model
                .reader
                .article
                .as_ref()
                .is_some_and(|a| a.id() == made.article) =>
        {
            let mut effects = model.jobs.cancel(JobKind::Summary);
            let measure = model.measure();
            model
                .reader
                .take_short_news(made.summary, made.sources, &model.start.words, &measure);
            effects.extend(super::listening::article_came(model));
            return effects;
        }
        Ok(_) => {}
        Err(failure) if failure.cause == Cause::ModelAsk => {
            model.reader.short_news.model.told = true;
            model.say(failure.sentence(&model.start.words));
        }
        Err(failure) => model.fail(&failure),
    }
    Vec::new()
}

/// Calls it off.
pub fn stop(model: &mut Model) -> Vec<Effect> {
    model.say(model.start.words.get("notice.model-stopped").to_owned());
    model.jobs.cancel(JobKind::ModelSummary)
}
