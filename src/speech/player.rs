//! The state of reading aloud: the sentences of the current article and the articles that follow. A
//! pure state machine driven by events.

use std::collections::VecDeque;

use super::Utterance;
use crate::news::ArticleId;

/// What the player is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlayerState {
    /// There is nothing to read.
    #[default]
    Idle,
    /// Waiting for the sentences of an article.
    Waiting,
    /// Reading a sentence.
    Playing,
    /// Paused; continues with the same sentence.
    Paused,
}

/// An event that drives the player.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Read this article, then the others in order.
    Start(ArticleId, Vec<ArticleId>),
    /// The sentences of the article that was asked for.
    Loaded(ArticleId, Vec<Utterance>),
    /// The article that was asked for can't be loaded.
    Missing(ArticleId),
    /// Pause or continue.
    Toggle,
    /// Skip this many sentences forward.
    Next(usize),
    /// Go back this many sentences.
    Previous(usize),
    /// The sentence was read to its end.
    Said,
    /// Change the rate by this many percentage points.
    Rate(i16),
    /// Stop and forget everything.
    Stop,
}

/// What the player wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlayerOrder {
    /// Read the sentence of this index; one that is being read stops.
    Say(usize),
    /// Stop the voice, in the middle of a sentence if need be.
    Stop,
    /// Load the sentences of this article.
    Fetch(ArticleId),
    /// The last sentence of the last article has been read.
    Done,
}

/// Slowest and fastest rate, in percent of the voice's normal rate.
pub const RATES: (u16, u16) = (50, 300);

/// What is read and where in it; it neither speaks nor waits itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Player {
    state: PlayerState,
    article: Option<ArticleId>,
    sentences: Vec<Utterance>,
    at: usize,
    queue: VecDeque<ArticleId>,
    /// Rate in percent of the voice's normal one. 0 (not set) counts as 100.
    rate: u16,
}

impl Player {
    /// An idle player with a rate in percent.
    pub fn at_rate(rate: u16) -> Self {
        Self {
            rate: rate.clamp(RATES.0, RATES.1),
            ..Self::default()
        }
    }

    /// What the player is doing.
    pub fn state(&self) -> PlayerState {
        self.state
    }

    /// The article that is being read or waited for.
    pub fn article(&self) -> Option<ArticleId> {
        self.article
    }

    /// The sentence that is being read, or that a paused player continues with.
    pub fn sentence(&self) -> Option<&Utterance> {
        self.sentences
            .get(self.at)
            .filter(|_| matches!(self.state, PlayerState::Playing | PlayerState::Paused))
    }

    /// The number of the current sentence, from 1, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (
            (self.at + 1).min(self.sentences.len()),
            self.sentences.len(),
        )
    }

    /// How many articles follow the current one.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Rate in percent of the voice's normal one.
    pub fn rate(&self) -> u16 {
        if self.rate == 0 { 100 } else { self.rate }
    }

    /// Applies an event and returns what is to be done, if anything.
    pub fn take(&mut self, event: Event) -> Option<PlayerOrder> {
        match event {
            Event::Start(article, queue) => {
                *self = Self {
                    rate: self.rate,
                    queue: queue.into(),
                    ..Self::default()
                };
                self.fetch(article)
            }
            Event::Loaded(article, sentences) if self.awaits(article) => {
                (self.sentences, self.at, self.state) = (sentences, 0, PlayerState::Playing);
                self.say()
            }
            Event::Missing(article) if self.awaits(article) => self.next_article(),
            Event::Toggle => match self.state {
                PlayerState::Playing => {
                    self.state = PlayerState::Paused;
                    Some(PlayerOrder::Stop)
                }
                PlayerState::Paused => {
                    self.state = PlayerState::Playing;
                    self.say()
                }
                PlayerState::Idle | PlayerState::Waiting => None,
            },
            Event::Said if self.state == PlayerState::Playing => {
                self.at += 1;
                self.say()
            }
            Event::Next(count) => self.step(self.at.saturating_add(count)),
            Event::Previous(count) => self.step(self.at.saturating_sub(count)),
            Event::Rate(step) => {
                let rate = i32::from(self.rate()) + i32::from(step);
                self.rate =
                    u16::try_from(rate.clamp(RATES.0.into(), RATES.1.into())).unwrap_or(100);
                if self.state == PlayerState::Playing {
                    self.say()
                } else {
                    None
                }
            }
            Event::Stop => {
                let quiet = self.state == PlayerState::Idle;
                *self = Self {
                    rate: self.rate,
                    ..Self::default()
                };
                (!quiet).then_some(PlayerOrder::Stop)
            }
            Event::Loaded(..) | Event::Missing(_) | Event::Said => None,
        }
    }

    fn awaits(&self, article: ArticleId) -> bool {
        self.state == PlayerState::Waiting && self.article == Some(article)
    }

    fn fetch(&mut self, article: ArticleId) -> Option<PlayerOrder> {
        (self.article, self.state) = (Some(article), PlayerState::Waiting);
        Some(PlayerOrder::Fetch(article))
    }

    /// Goes to the sentence `at`, or past the last one to the next article. A paused player stays
    /// paused and stays within the article.
    fn step(&mut self, at: usize) -> Option<PlayerOrder> {
        match self.state {
            PlayerState::Playing => {
                self.at = at;
                self.say()
            }
            PlayerState::Paused => {
                self.at = at.min(self.sentences.len().saturating_sub(1));
                None
            }
            PlayerState::Idle | PlayerState::Waiting => None,
        }
    }

    fn say(&mut self) -> Option<PlayerOrder> {
        if self.at < self.sentences.len() {
            Some(PlayerOrder::Say(self.at))
        } else {
            self.next_article()
        }
    }

    fn next_article(&mut self) -> Option<PlayerOrder> {
        self.sentences.clear();
        self.at = 0;
        match self.queue.pop_front() {
            Some(next) => self.fetch(next),
            None => {
                *self = Self {
                    rate: self.rate,
                    ..Self::default()
                };
                Some(PlayerOrder::Done)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Lang, SpokenPlace};
    use super::*;

    const A: ArticleId = ArticleId(1);
    const B: ArticleId = ArticleId(2);

    fn sentences(count: usize) -> Vec<Utterance> {
        let one = Utterance {
            text: "말".into(),
            lang: Lang::Ko,
            place: SpokenPlace::Title,
        };
        vec![one; count]
    }

    fn playing(count: usize, queue: Vec<ArticleId>) -> Player {
        let mut player = Player::default();
        assert_eq!(
            player.take(Event::Start(A, queue)),
            Some(PlayerOrder::Fetch(A))
        );
        assert_eq!(
            player.take(Event::Loaded(A, sentences(count))),
            Some(PlayerOrder::Say(0))
        );
        player
    }

    #[test]
    fn sentences_follow_each_other_and_then_the_next_article() {
        let mut player = playing(2, vec![B]);
        assert_eq!(player.take(Event::Said), Some(PlayerOrder::Say(1)));
        assert_eq!(player.take(Event::Said), Some(PlayerOrder::Fetch(B)));
        assert_eq!(player.state(), PlayerState::Waiting);
        assert_eq!(
            player.take(Event::Loaded(B, sentences(1))),
            Some(PlayerOrder::Say(0))
        );
        assert_eq!(player.take(Event::Said), Some(PlayerOrder::Done));
        assert_eq!(player.state(), PlayerState::Idle);
    }

    #[test]
    fn a_pause_goes_on_from_the_same_sentence() {
        let mut player = playing(3, vec![]);
        player.take(Event::Said);
        assert_eq!(player.take(Event::Toggle), Some(PlayerOrder::Stop));
        assert_eq!(
            player.take(Event::Said),
            None,
            "an answer that comes during the pause moves nothing"
        );
        assert_eq!(player.take(Event::Toggle), Some(PlayerOrder::Say(1)));
    }

    #[test]
    fn steps_stay_within_the_article_backwards_and_leave_it_forwards() {
        let mut player = playing(3, vec![B]);
        assert_eq!(player.take(Event::Previous(5)), Some(PlayerOrder::Say(0)));
        assert_eq!(player.take(Event::Next(2)), Some(PlayerOrder::Say(2)));
        assert_eq!(player.take(Event::Next(1)), Some(PlayerOrder::Fetch(B)));
        assert_eq!(
            player.take(Event::Next(1)),
            None,
            "nothing to step through while waiting"
        );
    }

    #[test]
    fn steps_in_a_pause_move_silently() {
        let mut player = playing(3, vec![]);
        player.take(Event::Toggle);
        assert_eq!(player.take(Event::Next(9)), None);
        assert_eq!(player.progress(), (3, 3));
        assert_eq!(player.take(Event::Toggle), Some(PlayerOrder::Say(2)));
    }

    #[test]
    fn what_comes_for_another_article_is_dropped() {
        let mut player = Player::default();
        player.take(Event::Start(A, vec![]));
        assert_eq!(player.take(Event::Loaded(B, sentences(1))), None);
        assert_eq!(player.take(Event::Missing(B)), None);
        assert_eq!(player.take(Event::Missing(A)), Some(PlayerOrder::Done));
    }

    #[test]
    fn an_article_with_nothing_to_say_is_passed_over() {
        let mut player = Player::default();
        player.take(Event::Start(A, vec![B]));
        assert_eq!(
            player.take(Event::Loaded(A, vec![])),
            Some(PlayerOrder::Fetch(B))
        );
    }

    #[test]
    fn the_rate_stays_in_bounds_and_survives_a_stop() {
        let mut player = playing(1, vec![]);
        assert_eq!(
            player.take(Event::Rate(20)),
            Some(PlayerOrder::Say(0)),
            "said again at the new rate"
        );
        assert_eq!(player.rate(), 120);
        player.take(Event::Rate(1000));
        assert_eq!(player.rate(), 300);
        assert_eq!(player.take(Event::Stop), Some(PlayerOrder::Stop));
        assert_eq!((player.rate(), player.take(Event::Stop)), (300, None));
    }
}
