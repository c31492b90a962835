//! `gisa listen`: an article, or several, read aloud.

use super::args::{Listen, What};
use super::context::Context;
use super::{Stop, print};
use crate::app::Failure;
use crate::news::{Article, Summary};
use crate::runtime::cancel::Cancel;
use crate::runtime::terminal::signals;
use crate::runtime::workers::speech::{Voice, VoiceError};
use crate::speech::player::{Event, Order, Player};
use crate::speech::{Utterance, utterances};
use crate::summary;

/// Reads aloud until the end, or until the person or the system wants it to end.
pub(super) fn run(args: &Listen, context: &Context) -> Result<(), Stop> {
    let articles = context.articles(&args.source, None)?;
    let mut all: Vec<Vec<Utterance>> = Vec::new();
    for article in &articles {
        // Of several, the publisher of one can't be asked about: of that one, the headline is said.
        let short = match short(article, args, context) {
            Err(failure) if articles.len() == 1 => return Err(failure),
            short => short.unwrap_or_default(),
        };
        all.push(utterances(article, args.what.into(), short.as_ref()));
    }
    if args.text {
        let lines: Vec<&str> = all.iter().flatten().map(|u| u.text.as_str()).collect();
        return print(&lines.join("\n"));
    }
    let cancel = Cancel::new();
    signals::cancel_at_end(&cancel)?;
    let voice = Voice::new(&context.config.speech);
    let mut player = Player::at_rate(args.rate.unwrap_or(context.config.speech.rate));
    let mut ids = articles.iter().map(crate::news::Article::id);
    let Some(first) = ids.next() else {
        return Ok(());
    };
    let mut order = player.take(Event::Start(first, ids.collect()));
    let mut waiting = all.into_iter();
    loop {
        order = match order {
            Some(Order::Fetch(id)) => {
                player.take(Event::Loaded(id, waiting.next().unwrap_or_default()))
            }
            Some(Order::Say(_)) => {
                let Some(words) = player.sentence() else {
                    return Ok(());
                };
                match voice.say(words, player.rate(), &cancel) {
                    Ok(_) => player.take(Event::Said),
                    Err(VoiceError::Stopped) => return Ok(()),
                    Err(error) => return Err(Failure::from(&error).into()),
                }
            }
            Some(Order::Hush | Order::Done) | None => return Ok(()),
        };
    }
}

/// The short news, where that is to be read: the page's own, else ours.
fn short(article: &Article, args: &Listen, context: &Context) -> Result<Option<Summary>, Stop> {
    let count = usize::from(context.config.summary.sentences);
    let ours = || super::short::local(article, count, args.agree, context);
    matches!(args.what, What::Short)
        .then(|| summary::page(article).map_or_else(ours, Ok))
        .transpose()
}

impl From<What> for crate::speech::What {
    fn from(what: What) -> Self {
        match what {
            What::Title => Self::Title,
            What::Short => Self::Short,
            What::Full => Self::Full,
        }
    }
}
