//! 브리핑: the unread articles of the list as short news, one key a story.

use super::list::List;
use super::reader::Reader;
use super::showing::Showing;
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::protocol::rows::Collection;
use crate::app::reply::{Intent, Reply};
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

    /// Whether the keys belong to the walk: in the reader, on the story that it is at.
    pub fn has_keys(&self, list: &List, focus: Pane) -> bool {
        let here = self.stories.get(self.at);
        here.is_some() && focus == Pane::Reader && list.row().map(|r| &r.id) == here
    }
}

/// Begins with the first unread article of the list.
pub fn start(
    briefing: &mut Option<Briefing>,
    list: &mut List,
    reader: &mut Reader,
    env: &Env<'_>,
) -> Reply {
    let is_under_way = briefing
        .as_ref()
        .is_some_and(|b| b.has_keys(list, env.focus));
    if is_under_way || matches!(env.collection, Collection::Issues | Collection::Scraps) {
        return Reply::none();
    }
    let unread = list.rows().iter().filter(|r| !r.read);
    let stories: Vec<ArticleId> = unread.map(|r| r.id).collect();
    if stories.is_empty() {
        return Reply::none().say(env.text("notice.all-read"));
    }
    *briefing = Some(Briefing {
        stories,
        at: 0,
        before: reader.showing(),
    });
    Reply::none()
        .intent(Intent::Focus(Pane::Reader))
        .and(show(briefing, list, reader, env))
}

/// What an action does while the walk lasts; `None` where it does the same as ever.
pub fn act(
    briefing: &mut Option<Briefing>,
    list: &mut List,
    reader: &mut Reader,
    action: Action,
    env: &Env<'_>,
) -> Option<Reply> {
    let walk = briefing.as_mut().filter(|b| b.has_keys(list, env.focus))?;
    Some(match action {
        // The next story; this one is read.
        Action::PageDown | Action::NextUnread | Action::NextMatch => {
            walk.at += 1;
            let marked = list.mark_selected_read();
            marked.and(show(briefing, list, reader, env))
        }
        // The next story; this one stays unread.
        Action::NextArticle => {
            walk.at += 1;
            show(briefing, list, reader, env)
        }
        Action::PageUp | Action::PreviousMatch | Action::PreviousArticle => {
            if walk.at == 0 {
                return Some(Reply::none().say(env.text("notice.first")));
            }
            walk.at -= 1;
            show(briefing, list, reader, env)
        }
        // The story in full. The walk ends here; it begins again behind what was read.
        Action::Follow | Action::Open => {
            *briefing = None;
            reader.show(Showing::Body);
            Reply::none()
                .intent(Intent::EnterReader)
                .intent(Intent::MarkSelectedRead)
        }
        Action::Back | Action::Close | Action::NextPane | Action::PreviousPane => {
            leave(briefing, reader)
        }
        _ => return None,
    })
}

/// Chooses the story and shows its short news; one that has left the list is passed over. After the
/// last story the walk ends.
fn show(
    briefing: &mut Option<Briefing>,
    list: &mut List,
    reader: &mut Reader,
    env: &Env<'_>,
) -> Reply {
    if let Some(walk) = briefing {
        while let Some(id) = walk.stories.get(walk.at).copied() {
            if list.select_article(id) {
                reader.show(Showing::ShortNews);
                return Reply::none()
                    .intent(Intent::Preview)
                    .intent(Intent::EnsureShortNews);
            }
            walk.stories.remove(walk.at);
        }
    }
    leave(briefing, reader).say(env.text("notice.briefed"))
}

/// Back to the list, and to what the reader showed before.
fn leave(briefing: &mut Option<Briefing>, reader: &mut Reader) -> Reply {
    let Some(walk) = briefing.take() else {
        return Reply::none();
    };
    reader.show(walk.before);
    Reply::none()
        .intent(Intent::LeaveZen)
        .intent(Intent::Focus(Pane::List))
        .intent(Intent::Preview)
}
