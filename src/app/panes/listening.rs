//! 뉴스듣기: what is being read aloud, and what the player wants of the rest of the program.

use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::protocol::failure::Failure;
use crate::app::protocol::speech::{SayRequest, SpeechJob, Spoken};
use crate::app::reply::{Intent, ReaderIntent, Reply};
use crate::news::ArticleId;
use crate::speech::SpeechExtent;
use crate::speech::player::{Event, Player, PlayerOrder, PlayerState};

/// A step of the rate in percent.
const RATE_STEP: i16 = 10;

/// What is being read aloud.
#[derive(Clone, Debug, Default)]
pub struct Listening {
    player: Player,
    /// How much of each article is read.
    extent: SpeechExtent,
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
    pub fn is_active(&self) -> bool {
        self.player.state() != PlayerState::Idle
    }

    /// Whether it waits for the user to go on.
    pub fn is_paused(&self) -> bool {
        self.player.state() == PlayerState::Paused
    }

    /// Whether a sentence is being read.
    pub fn is_playing(&self) -> bool {
        self.player.state() == PlayerState::Playing
    }

    /// The article whose sentences it waits for.
    pub fn awaited(&self) -> Option<ArticleId> {
        let is_waiting = self.player.state() == PlayerState::Waiting;
        self.player.article().filter(|_| is_waiting)
    }

    /// Asks again for the sentences it waits for, where they are those of `open`, which may have
    /// come or failed by now.
    pub fn go_on(&self, open: Option<ArticleId>) -> Reply {
        match self.awaited() {
            Some(id) if Some(id) == open => Reply::none().intent(Intent::GiveSentences(id)),
            _ => Reply::none(),
        }
    }

    /// How much of each article is read.
    pub fn extent(&self) -> SpeechExtent {
        self.extent
    }

    /// The number of the current sentence, from 1, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        self.player.progress()
    }

    /// Does an action of the voice's.
    pub fn on(&mut self, action: Action, count: usize, env: &Env<'_>) -> Reply {
        let step = i16::try_from(count)
            .unwrap_or(i16::MAX)
            .saturating_mul(RATE_STEP);
        match action {
            Action::Listen => self.take(Event::Toggle, env),
            Action::NextSentence => self.take(Event::Next(count), env),
            Action::PreviousSentence => self.take(Event::Previous(count), env),
            Action::Faster => self.change_rate(step, env),
            Action::Slower => self.change_rate(-step, env),
            _ => Reply::none(),
        }
    }

    /// Reads so much of `first`, and then of the articles of `queue`.
    pub fn start(
        &mut self,
        first: ArticleId,
        queue: Vec<ArticleId>,
        extent: SpeechExtent,
        env: &Env<'_>,
    ) -> Reply {
        self.extent = extent;
        self.take(Event::Start(first, queue), env)
    }

    fn change_rate(&mut self, step: i16, env: &Env<'_>) -> Reply {
        let reply = self.take(Event::Rate(step), env);
        let rate = self.player.rate().to_string();
        reply.say(env.fill("notice.rate", &[("n", &rate)]))
    }

    /// Reads no more.
    pub fn stop(&mut self, env: &Env<'_>) -> Reply {
        let reply = self.take(Event::Stop, env);
        Reply::none()
            .intent(ReaderIntent::PutOutSpotlight)
            .and(reply)
    }

    /// Is quiet until the user wants to go on.
    pub fn pause(&mut self, env: &Env<'_>) -> Reply {
        if self.is_playing() {
            self.take(Event::Toggle, env)
        } else {
            Reply::none()
        }
    }

    /// A sentence has been said, or could not be.
    pub fn said(&mut self, answer: Result<Spoken, Failure>, env: &Env<'_>) -> Reply {
        match answer {
            Ok(Spoken::Instead { failed, voice }) => {
                let names = [("failed", &*failed), ("voice", &*voice)];
                let said = Reply::none().say(env.fill("notice.voice-instead", &names));
                said.and(self.take(Event::Said, env))
            }
            Ok(_) => self.take(Event::Said, env),
            Err(failure) => Reply::none().fail(failure).and(self.stop(env)),
        }
    }

    /// Tells the player what happened.
    pub fn take(&mut self, event: Event, env: &Env<'_>) -> Reply {
        let Some(order) = self.player.take(event) else {
            return Reply::none();
        };
        let quiet = Reply::none().cancel(JobKind::Speech);
        match order {
            PlayerOrder::Say(_) => quiet.and(self.say()),
            PlayerOrder::Stop => quiet,
            PlayerOrder::Fetch(id) => quiet.intent(Intent::GiveSentences(id)),
            PlayerOrder::Done => {
                let reply = quiet.intent(ReaderIntent::PutOutSpotlight);
                reply.say(env.text("notice.said"))
            }
        }
    }

    /// Has the current sentence said, and shown where the reader shows its article.
    fn say(&self) -> Reply {
        let Some((id, words)) = self.player.article().zip(self.player.sentence()) else {
            return Reply::none();
        };
        let job = SpeechJob::Say(SayRequest {
            words: words.clone(),
            rate: self.player.rate(),
        });
        Reply::none()
            .intent(ReaderIntent::Light(id, words.place.clone()))
            .restart(JobKind::Speech, job)
    }
}
