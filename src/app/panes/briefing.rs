//! 브리핑: the unread articles of the list as short news, one key a story.

use super::showing::Showing;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::protocol::effect::Effect;
use crate::app::update::opening::{enter_reader, preview};
use crate::app::update::perform::perform;
use crate::app::update::reading::ensure_short_news;
use crate::app::{Collection, Model};
use crate::news::ArticleId;

/// A walk through unread articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Briefing {
    /// The articles, in the order of the list.
    stories: Vec<ArticleId>,
    /// The one that is shown.
    at: usize,
    /// What the reader showed before.
    before: Showing,
}

impl Briefing {
    /// The story that is shown, from 1, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.at + 1, self.stories.len())
    }
}

/// Begins with the first unread article of the list.
pub fn start(model: &mut Model) -> Vec<Effect> {
    if has_keys(model)
        || matches!(
            model.lists.shown.collection(),
            Collection::Issues | Collection::Scraps
        )
    {
        return Vec::new();
    }
    let stories: Vec<ArticleId> = model
        .lists
        .shown
        .rows()
        .iter()
        .filter(|r| !r.read)
        .map(|r| r.id)
        .collect();
    if stories.is_empty() {
        model.say(model.start.words.get("notice.all-read").to_owned());
        return Vec::new();
    }
    let before = model.reader.showing();
    model.briefing = Some(Briefing {
        stories,
        at: 0,
        before,
    });
    model.focus = Pane::Reader;
    show(model)
}

/// What an action does while the walk lasts; `None` where it does the same as ever.
pub fn act(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    match action {
        Action::Back | Action::Close
            if model.listening.is_active() || model.jobs.is_busy(JobKind::ModelSummary) =>
        {
            None
        }
        Action::PageDown | Action::NextUnread | Action::NextMatch => Some(next(model)),
        Action::NextArticle => Some(skip(model)),
        Action::PageUp | Action::PreviousMatch | Action::PreviousArticle => Some(previous(model)),
        Action::Follow | Action::Open => Some(read(model)),
        Action::Back | Action::Close | Action::NextPane | Action::PreviousPane => {
            Some(leave(model))
        }
        _ => None,
    }
}

/// Whether the keys belong to the walk: in the reader, on the story that it is at.
pub fn has_keys(model: &Model) -> bool {
    let here = model.briefing.as_ref().and_then(|b| b.stories.get(b.at));
    here.is_some() && model.focus == Pane::Reader && model.lists.shown.row().map(|r| &r.id) == here
}

/// Chooses the story and shows its short news; one that has left the list is passed over.
fn show(model: &mut Model) -> Vec<Effect> {
    loop {
        let Some(id) = model
            .briefing
            .as_ref()
            .and_then(|b| b.stories.get(b.at).copied())
        else {
            return end(model);
        };
        if model.lists.shown.select_article(id) {
            model.reader.show(Showing::ShortNews);
            let mut effects = preview(model);
            if effects.is_empty() && !model.jobs.is_busy(JobKind::Article) {
                effects.extend(ensure_short_news(model));
            }
            return effects;
        }
        if let Some(briefing) = &mut model.briefing {
            briefing.stories.remove(briefing.at);
        }
    }
}

/// The next story; this one is read.
fn next(model: &mut Model) -> Vec<Effect> {
    let mut effects = mark(model);
    effects.extend(skip(model));
    effects
}

/// The next story; this one stays unread.
fn skip(model: &mut Model) -> Vec<Effect> {
    if let Some(briefing) = &mut model.briefing {
        briefing.at += 1;
    }
    show(model)
}

fn previous(model: &mut Model) -> Vec<Effect> {
    match &mut model.briefing {
        Some(briefing) if briefing.at > 0 => briefing.at -= 1,
        _ => {
            model.say(model.start.words.get("notice.first").to_owned());
            return Vec::new();
        }
    }
    show(model)
}

/// The story in full. The walk ends here; it begins again behind what was read.
fn read(model: &mut Model) -> Vec<Effect> {
    model.briefing = None;
    model.reader.show(Showing::Body);
    let mut effects = enter_reader(model);
    effects.extend(mark(model));
    effects
}

fn mark(model: &mut Model) -> Vec<Effect> {
    let reply = model.lists.shown.mark_selected_read();
    perform(model, reply)
}

/// After the last story.
fn end(model: &mut Model) -> Vec<Effect> {
    let effects = leave(model);
    model.say(model.start.words.get("notice.briefed").to_owned());
    effects
}

/// Back to the list, and to what the reader showed before.
fn leave(model: &mut Model) -> Vec<Effect> {
    let Some(briefing) = model.briefing.take() else {
        return Vec::new();
    };
    model.reader.show(briefing.before);
    model.zen = false;
    model.focus = Pane::List;
    preview(model)
}
