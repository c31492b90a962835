//! `gisa listen`: reads articles aloud.

use super::args::{ListenArgs, ListenExtent};
use super::context::CommandContext;
use super::error::CommandError;
use super::output::print;
use crate::app::Failure;
use crate::news::{Article, Summary};
use crate::runtime::cancel::Cancel;
use crate::runtime::terminal::signals;
use crate::runtime::workers::speech::{Voice, VoiceError};
use crate::speech::player::{Event, Player, PlayerOrder};
use crate::speech::{Utterance, utterances};
use crate::summary;

/// Reads aloud until the last sentence, or until a signal ends the program.
pub(super) fn run(args: &ListenArgs, context: &CommandContext) -> Result<(), CommandError> {
    let articles = context.articles(&args.source, None)?;
    let mut all: Vec<Vec<Utterance>> = Vec::new();
    for article in &articles {
        match context.report_problem(article) {
            // Of several, the others are read.
            Err(_) if articles.len() > 1 => {}
            told => told?,
        }
        if args.what != ListenExtent::Title {
            context.report_cut(article)?;
        }
        // An article among several whose publisher must be asked before it is summarised is read by
        // its headline alone.
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
            Some(PlayerOrder::Fetch(id)) => {
                player.take(Event::Loaded(id, waiting.next().unwrap_or_default()))
            }
            Some(PlayerOrder::Say(_)) => {
                let Some(words) = player.sentence() else {
                    return Ok(());
                };
                match voice.say(words, player.rate(), &cancel) {
                    Ok(_) => player.take(Event::Said),
                    Err(VoiceError::Stopped) => return Ok(()),
                    Err(error) => return Err(Failure::from(&error).into()),
                }
            }
            Some(PlayerOrder::Stop | PlayerOrder::Done) | None => return Ok(()),
        };
    }
}

/// The summary where it is to be read: the page's own, else an extractive one.
fn short(
    article: &Article,
    args: &ListenArgs,
    context: &CommandContext,
) -> Result<Option<Summary>, CommandError> {
    let count = usize::from(context.config.summary.sentences);
    let ours = || super::short::local(article, count, args.agree, context);
    matches!(args.what, ListenExtent::Short)
        .then(|| summary::page(article).map_or_else(ours, Ok))
        .transpose()
}

impl From<ListenExtent> for crate::speech::SpeechExtent {
    fn from(what: ListenExtent) -> Self {
        match what {
            ListenExtent::Title => Self::Title,
            ListenExtent::Short => Self::Short,
            ListenExtent::Full => Self::Full,
        }
    }
}
