//! 숏뉴스 by a language model: asked for by key, the local one on screen until the answer is whole.

use super::reader::{Brief, Showing};
use crate::app::input::action::Action;
use crate::app::protocol::effect::{Effect, Job};
use crate::app::protocol::jobs::Slot;
use crate::app::protocol::message::Outcome;
use crate::app::update::command::{ensure_brief, enter_reader, reader_in_sight};
use crate::app::{Cause, Failure, Model};
use crate::news::Method;

/// A model at work on the open article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modelling {
    /// The job.
    pub slot: Slot,
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
        model.reader.showing = Showing::Brief;
        model.reader.on_arrival = model.reader.loading.busy().then_some(Action::ModelNews);
        return opened;
    };
    let by_model = matches!(&model.reader.brief, Brief::Ready(summary, _) if matches!(summary.method, Method::Llm(_)));
    if by_model && model.reader.showing == Showing::Brief {
        model.reader.brief = Brief::None;
        opened.extend(ensure_brief(model));
        return opened;
    }
    model.reader.showing = Showing::Brief;
    let mut effects = opened;
    effects.extend(ensure_brief(model));
    if by_model || model.reader.modelling.slot.busy() {
        return effects;
    }
    if !model.start.config.summary.model.is_set() {
        model.fail(&Failure::new(Cause::ModelOff, ""));
        return effects;
    }
    let agreed = std::mem::take(&mut model.reader.modelling.told);
    let (id, _) = model.reader.modelling.slot.start(&mut model.jobs);
    model.reader.modelling.characters = 0;
    let sentences = usize::from(model.start.config.summary.sentences);
    effects.push(Effect::Start(
        id,
        Job::ModelNews {
            article,
            sentences,
            agreed,
        },
    ));
    effects
}

/// Its answer came: it takes the local one's place. Where there is none, the local one stays.
pub fn came(model: &mut Model, answer: Result<Outcome, Failure>) -> Vec<Effect> {
    match answer {
        Ok(Outcome::Summary(id, summary, sources))
            if model.reader.article.as_ref().is_some_and(|a| a.id() == id) =>
        {
            let local = model.reader.summarizing.stop();
            let measure = model.measure();
            model
                .reader
                .take_brief(summary, sources, &model.start.words, &measure);
            return local
                .map(Effect::Cancel)
                .into_iter()
                .chain(super::listening::article_came(model))
                .collect();
        }
        Ok(_) => {}
        Err(failure) if failure.cause == Cause::ModelAsk => {
            model.reader.modelling.told = true;
            model.say(failure.sentence(&model.start.words));
        }
        Err(failure) => model.fail(&failure),
    }
    Vec::new()
}

/// Calls it off.
pub fn stop(model: &mut Model) -> Vec<Effect> {
    model.say(model.start.words.get("notice.model-stopped").to_owned());
    model
        .reader
        .modelling
        .slot
        .stop()
        .map(Effect::Cancel)
        .into_iter()
        .collect()
}
