//! 뉴스듣기: the player's orders as effects, and the sentence being read lit and kept in view.

use super::reader::{ShortNewsState, Showing};
use super::sheet::PartRange;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::rows::Collection;
use crate::app::protocol::speech::{SayRequest, SpeechJob, Spoken};
use crate::app::update::{command, opening};
use crate::app::{Failure, Model};
use crate::config::ListeningExtent;
use crate::news::{ArticleId, Passage};
use crate::speech::player::{Event, Player, PlayerOrder, PlayerState};
use crate::speech::{SpeechExtent, SpokenPlace, utterances};
use crate::text::PartSource;

/// A step of the rate in percent.
const RATE_STEP: i16 = 10;

/// What is being read aloud.
#[derive(Clone, Debug, Default)]
pub struct Listening {
    /// What is read next.
    pub player: Player,
    /// How much of each article.
    pub what: SpeechExtent,
}

impl Listening {
    /// Nothing yet, at the settings' rate.
    pub fn at_rate(rate: u16) -> Self {
        Self {
            player: Player::at_rate(rate),
            ..Self::default()
        }
    }

    /// Whether something is being read, or paused.
    pub fn active(&self) -> bool {
        self.player.state() != PlayerState::Idle
    }

    /// Whether it waits for the reader to go on.
    pub fn paused(&self) -> bool {
        self.player.state() == PlayerState::Paused
    }
}

/// Does an action of the voice's.
pub fn act(model: &mut Model, action: Action, count: usize) -> Vec<Effect> {
    let step = i16::try_from(count)
        .unwrap_or(i16::MAX)
        .saturating_mul(RATE_STEP);
    match action {
        Action::Listen if model.listening.active() => drive(model, Event::Toggle),
        Action::Listen => start(model),
        Action::NextSentence => drive(model, Event::Next(count)),
        Action::PreviousSentence => drive(model, Event::Previous(count)),
        Action::Faster => rate(model, step),
        Action::Slower => rate(model, -step),
        _ => Vec::new(),
    }
}

/// Reads the article in the reader; from a list, the chosen one and those below it.
fn start(model: &mut Model) -> Vec<Effect> {
    let list = &model.list;
    if model.focus == Pane::List && list.collection() != Collection::Issues {
        let mut ids = list.rows().iter().skip(list.selected()).map(|r| r.id);
        let Some(first) = ids.next() else {
            return Vec::new();
        };
        let queue = ids.collect();
        model.listening.what = match model.start.config.speech.list {
            ListeningExtent::Title => SpeechExtent::Title,
            ListeningExtent::Short => SpeechExtent::Short,
            ListeningExtent::Full => SpeechExtent::Full,
        };
        return drive(model, Event::Start(first, queue));
    }
    let Some(id) = model.reader.id else {
        return Vec::new();
    };
    model.listening.what = if model.reader.showing == Showing::ShortNews {
        SpeechExtent::Short
    } else {
        SpeechExtent::Full
    };
    drive(model, Event::Start(id, Vec::new()))
}

fn rate(model: &mut Model, step: i16) -> Vec<Effect> {
    let effects = drive(model, Event::Rate(step));
    let rate = model.listening.player.rate().to_string();
    model.say(model.start.words.fill("notice.rate", &[("n", &rate)]));
    effects
}

/// No more.
pub fn stop(model: &mut Model) -> Vec<Effect> {
    model.reader.spotlight = None;
    drive(model, Event::Stop)
}

/// Quiet until the reader wants to go on.
pub fn pause(model: &mut Model) -> Vec<Effect> {
    if model.listening.player.state() == PlayerState::Playing {
        drive(model, Event::Toggle)
    } else {
        Vec::new()
    }
}

/// A sentence has been said, or could not be.
pub fn said(model: &mut Model, answer: Result<Spoken, Failure>) -> Vec<Effect> {
    match answer {
        Ok(answer) => {
            if let Spoken::Instead { failed, voice } = answer {
                let names = [("failed", &*failed), ("voice", &*voice)];
                model.say(model.start.words.fill("notice.voice-instead", &names));
            }
            drive(model, Event::Said)
        }
        Err(failure) => {
            model.fail(&failure);
            stop(model)
        }
    }
}

/// The article that was to be read, or its short news, may have come, or not.
pub fn article_came(model: &mut Model) -> Vec<Effect> {
    let player = &model.listening.player;
    let Some(id) = player
        .article()
        .filter(|id| player.state() == PlayerState::Waiting && Some(*id) == model.reader.id)
    else {
        return Vec::new();
    };
    let (event, mut effects) = known(model, id);
    if let Some(event) = event {
        effects.extend(drive(model, event));
    }
    effects
}

/// Tells the player what happened, and does what it asks for until it waits for something.
fn drive(model: &mut Model, event: Event) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut next = Some(event);
    while let Some(event) = next.take() {
        let Some(order) = model.listening.player.take(event) else {
            break;
        };
        effects.extend(model.jobs.cancel(JobKind::Speech));
        match order {
            PlayerOrder::Say(_) => effects.extend(say(model)),
            PlayerOrder::Hush => {}
            PlayerOrder::Fetch(id) => {
                let (event, more) = known(model, id);
                effects.extend(more);
                next = event;
            }
            PlayerOrder::Done => {
                model.reader.spotlight = None;
                model.say(model.start.words.get("notice.said").to_owned());
            }
        }
    }
    effects
}

fn say(model: &mut Model) -> Vec<Effect> {
    light(model);
    let player = &model.listening.player;
    let Some(words) = player.sentence().cloned() else {
        return Vec::new();
    };
    let job = SpeechJob::Say(SayRequest {
        words,
        rate: player.rate(),
    });
    model.jobs.restart(JobKind::Speech, job)
}

/// The sentences of an article where the reader has it; else the list goes to it and the reader
/// asks for it.
fn known(model: &mut Model, id: ArticleId) -> (Option<Event>, Vec<Effect>) {
    let mut effects = Vec::new();
    if model.reader.id != Some(id) {
        if !model.list.select_article(id) {
            return (Some(Event::Missing(id)), effects);
        }
        effects = opening::preview(model);
    }
    if model.jobs.is_busy(JobKind::Article) {
        return (None, effects);
    }
    let what = model.listening.what;
    let Some(article) = model
        .reader
        .article
        .as_ref()
        .filter(|_| model.reader.failure.is_none())
    else {
        return (Some(Event::Missing(id)), effects);
    };
    let short = match &model.reader.short_news.state {
        _ if what != SpeechExtent::Short => None,
        ShortNewsState::Ready(summary, _) => Some(summary),
        // It can't be made, or its publisher wants the reader to be asked first: the headline is
        // said.
        ShortNewsState::Failed(_) => None,
        ShortNewsState::Loading => return (None, effects),
        ShortNewsState::None => {
            effects.extend(command::summarize(model, false));
            return (None, effects);
        }
    };
    (
        Some(Event::Loaded(id, utterances(article, what, short))),
        effects,
    )
}

/// Lights the sentence that is being read, where the reader shows its article.
fn light(model: &mut Model) {
    let rows = model.geometry().text.height;
    let player = &model.listening.player;
    let Some(place) = player
        .sentence()
        .map(|s| s.place.clone())
        .filter(|_| player.article() == model.reader.id)
    else {
        return;
    };
    model.reader.light(&place, rows);
}

impl super::reader::Reader {
    /// Lights a place of the article, and brings it into view.
    fn light(&mut self, place: &SpokenPlace, rows: u16) {
        let of = |source: PartSource, sheet: &super::sheet::Sheet| {
            let parts = &sheet.layout.document().parts;
            let part = parts.iter().position(|p| p.source == source)?;
            Some(PartRange {
                part,
                bytes: 0..parts[part].text.len(),
            })
        };
        let Some(body) = self.body.as_mut() else {
            return;
        };
        self.spotlight = match place {
            SpokenPlace::Line(line) => {
                self.choose_line(*line, rows);
                return;
            }
            SpokenPlace::Title => of(PartSource::Title, body),
            SpokenPlace::Subhead(index) => of(PartSource::Subhead(*index), body),
            SpokenPlace::Body { block, item, bytes } => {
                let sentence = Passage {
                    block: *block,
                    item: *item,
                    bytes: bytes.clone(),
                };
                super::places::range_of(body.layout.document(), &sentence)
            }
        };
        if let Some(lit) = &self.spotlight {
            body.show_range(lit, rows);
        }
    }
}

#[cfg(test)]
#[path = "tests/listening.rs"]
mod tests;
