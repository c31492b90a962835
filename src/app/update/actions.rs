//! What every action does. An action is for the first of these that knows it: the open popup
//! ([`Popup::on`](crate::app::popups::Popup::on)), the selection of text, the briefing, the story
//! view; the panes, as far as it moves through them ([`travel`]); then, in [`act_below_popup`], the
//! settings of the text, the lists, the reader, the open article's scrap, and the whole program.

use super::{focus, opening, popups, reading, scraps, undo};
use crate::app::annotations::{Annotations, tasks};
use crate::app::appearance::{self, change_measure, next_density, next_theme};
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::layout;
use crate::app::model::{Model, env};
use crate::app::panes::following::follow;
use crate::app::panes::links::Hints;
use crate::app::panes::list::List;
use crate::app::panes::list::front::FrontLayout;
use crate::app::panes::list::stack::ListStack;
use crate::app::panes::reader::Reader;
use crate::app::panes::showing::Showing;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::listing::Listing;
use crate::app::protocol::network::RefreshScope;
use crate::app::protocol::prefs::Purpose;
use crate::app::protocol::rows::{Collection, Row};
use crate::app::refresher::selected_scope;
use crate::app::reply::{Intent, ReaderIntent, Reply};
use crate::app::start::Start;

/// Does an action, `count` times where that means something: in what has the keys where that knows
/// the action, else in the panes.
pub(super) fn act(model: &mut Model, action: Action, count: usize) -> Reply {
    let is_selecting = model.is_selecting_text();
    let env = env!(model);
    if let Some(popup) = &mut model.popup
        && !matches!(action, Action::Suspend | Action::Redraw)
    {
        return popup.on(action, count, &env);
    }
    if is_selecting
        && let Some(open) = scraps::open_article(&model.lists.shown, &model.reader)
        && let Some(reply) = model.annotations.on_selection(action, count, &open, &env)
    {
        return reply;
    }
    // Esc ends the reading aloud first.
    let stops_listening =
        matches!(action, Action::Back | Action::Close) && model.listening.is_active();
    if !stops_listening
        && model.is_briefing()
        && let Some(reply) = model.briefing.on(action, model.lists.shown.rows(), &env)
    {
        return reply;
    }
    if let Some(reply) = model.reader.on_story_view(action, count, &env) {
        return reply;
    }
    match action {
        Action::Down
        | Action::Up
        | Action::First
        | Action::Last
        | Action::HalfPageDown
        | Action::HalfPageUp
        | Action::PageDown
        | Action::PageUp => travel(model, model.focus, action, count),
        _ => act_below_popup(model, action, count),
    }
}

/// Goes through what a pane shows.
pub(super) fn travel(model: &mut Model, pane: Pane, action: Action, count: usize) -> Reply {
    let front = model.whole_front();
    let env = env!(model);
    match pane {
        Pane::Sources => model.sources.go(action, count, env.sources_page),
        Pane::List if go_in_list(&mut model.lists.shown, front.as_ref(), action, count, &env) => {
            opening::preview(&model.lists.shown, &mut model.reader, &env)
        }
        Pane::List => Reply::none(),
        Pane::Reader => {
            if env.start.is_linear() {
                let height = env.geometry.reader.map_or(1, |area| area.height);
                model.reader.go_by_lines(action, count, usize::from(height));
            } else {
                model.reader.go(action, count, env.text_rows());
            }
            Reply::none()
        }
    }
}

/// Moves the choice in the list; gives whether it moved. A page of the front page is one of lines.
fn go_in_list(
    list: &mut List,
    front: Option<&FrontLayout>,
    action: Action,
    count: usize,
    env: &Env<'_>,
) -> bool {
    let is_by_page = matches!(
        action,
        Action::PageDown | Action::PageUp | Action::HalfPageDown | Action::HalfPageUp
    );
    match front {
        Some(layout) if is_by_page => list.go_on_front(action, layout, env.list_lines()),
        _ => list.go(action, count, env.list_page),
    }
}

/// Does an action of the panes or of the whole program, also where a popup is open.
pub(super) fn act_below_popup(model: &mut Model, action: Action, count: usize) -> Reply {
    if action == Action::Undo && model.jobs.undo_unscrap() {
        // The unscrapping is not on the undo list before its answer has come. That will bring the
        // scrap, which is kept again then.
        return Reply::none().say(model.start.words.get("notice.undone").to_owned());
    }
    if let Some(reply) = set_text(&mut model.start, action, count) {
        // 글자크기 설정 shows the new value itself.
        return match model.popup {
            Some(_) => reply.without_notices(),
            None => reply,
        };
    }
    let env = env!(model);
    if is_about_an_issue(&model.lists, &model.reader, &env)
        && is_of_one_article(action)
        && !(action == Action::Listen && model.listening.is_active())
    {
        return Reply::none().say(env.text("notice.issue-first"));
    }
    if let Some(reply) = act_on_lists(&mut model.lists, action, count, &env)
        .or_else(|| act_on_reader(&mut model.reader, action, &env))
    {
        return reply;
    }
    let annotations = &mut model.annotations;
    if let Some(reply) = act_on_scrap(
        &mut model.lists,
        &mut model.reader,
        annotations,
        action,
        &env,
    ) {
        return reply;
    }
    act_on_program(model, action, count)
}

/// Does an action of the sources, the voice or the whole program.
fn act_on_program(model: &mut Model, action: Action, count: usize) -> Reply {
    let env = env!(model);
    let (lists, reader, voice) = (&mut model.lists, &mut model.reader, &mut model.listening);
    let annotations = &mut model.annotations;
    match action {
        Action::Open if env.focus == Pane::Sources => model.sources.open(),
        Action::Remove if env.focus == Pane::Sources => model.sources.remove(&env),
        Action::FollowAuthor | Action::FollowSeries => {
            follow(action, reader.article().map(|a| &**a), &env)
        }
        Action::FeedSettings => model.sources.ask_settings(&env),
        Action::Open => opening::enter_reader(&lists.shown, reader, &env),
        Action::Back | Action::Close if voice.is_active() => voice.stop(&env),
        Action::Back | Action::Close if env.is_busy(JobKind::ModelSummary) => Reply::none()
            .say(env.text("notice.model-stopped"))
            .cancel(JobKind::ModelSummary),
        Action::Back => focus::back(lists, reader, &mut model.refresher, true, &env),
        Action::Close => focus::back(lists, reader, &mut model.refresher, false, &env),
        Action::Quit => opening::leave_program(reader, &env),
        Action::Suspend => voice.pause(&env).effect(Effect::Suspend),
        Action::Redraw => Reply::none().effect(Effect::Redraw),
        Action::NextPane => focus::next_pane(&env),
        Action::PreviousPane => focus::previous_pane(&env),
        Action::Sources => focus::toggle_sources(&env),
        Action::Zen => focus::toggle_zen(&mut model.start, &mut model.zen, reader),
        Action::NextTheme => next_theme(&mut model.start),
        Action::Density => next_density(&mut model.start),
        Action::NextLayout => Reply::none()
            .intent(Intent::LeaveZen)
            .and(layout::next(&mut model.start)),
        Action::DividerLeft | Action::DividerRight => {
            let steps = signed(count, action == Action::DividerRight);
            let (geometry, pane) = (env.geometry, env.focus);
            layout::move_divider(&mut model.start, &geometry, pane, steps)
        }
        Action::NextMatch if reader.next_hit(count as isize, env.text_rows()) => Reply::none(),
        Action::NextMatch => lists.shown.step_unread(Action::NextUnread, &env),
        Action::PreviousMatch => {
            reader.next_hit(-(count as isize), env.text_rows());
            Reply::none()
        }
        Action::Find => find(lists, reader, &env),
        Action::Subscribe => {
            Reply::none().intent(Intent::Prompt(Purpose::Subscribe, String::new()))
        }
        Action::Links => {
            let sheet = reader.sheet();
            model.hints = sheet.and_then(|s| Hints::in_view(s.layout(), s.top(), env.text_rows()));
            match model.hints {
                Some(_) => Reply::none(),
                None => Reply::none().say(env.text("notice.no-links")),
            }
        }
        Action::Refresh => model.refresher.start(RefreshScope::All, &env),
        Action::RefreshThis => {
            let scope = selected_scope(&model.sources, &lists.shown, env.focus);
            model.refresher.start(scope, &env)
        }
        Action::Versions => reading::toggle_versions(&lists.shown, reader, &env),
        Action::Undo => undo::undo(&mut model.undo, lists, annotations, reader, &env),
        Action::Listen if !voice.is_active() => {
            reading::start_listening(&lists.shown, reader, voice, &env)
        }
        Action::Listen
        | Action::NextSentence
        | Action::PreviousSentence
        | Action::Faster
        | Action::Slower => voice.on(action, count, &env),
        Action::Briefing => model
            .briefing
            .start(lists.shown.rows(), reader.showing(), &env),
        Action::PublisherHome => popups::visit_publisher(model),
        Action::Edition => reading::make_edition(&env),
        Action::Share
        | Action::Send
        | Action::OpenOriginal
        | Action::MostRead
        | Action::DeadFeeds
        | Action::Publishers
        | Action::SizePopup
        | Action::Help
        | Action::Palette => popups::open(model, action),
        _ => Reply::none(),
    }
}

/// Asks for what to find: in the article that has the keys, else in the list.
fn find(lists: &mut ListStack, reader: &mut Reader, env: &Env<'_>) -> Reply {
    if env.focus == Pane::Reader {
        reader.begin_find();
        return Reply::none().intent(Intent::Prompt(Purpose::FindWords, String::new()));
    }
    lists.begin_search();
    // The front page is no list that could be filtered; all articles are searched.
    let reply = match lists.shown.collection() {
        Collection::Front => lists.go_to(Listing::of(Collection::Library), env),
        _ => Reply::none(),
    };
    let query = lists.shown.query().to_owned();
    reply.intent(Intent::Prompt(Purpose::FindArticles, query))
}

/// Whether what has the keys is one of today's issues, in the list or in the reader.
fn is_about_an_issue(lists: &ListStack, reader: &Reader, env: &Env<'_>) -> bool {
    match env.focus {
        Pane::Sources => false,
        Pane::List => {
            let list = &lists.shown;
            list.collection() == Collection::Issues || list.row().is_some_and(Row::is_issue)
        }
        Pane::Reader => reader
            .story_view()
            .is_some_and(|view| !view.is_over_article()),
    }
}

/// Whether an action is done to one article, which an issue is not.
fn is_of_one_article(action: Action) -> bool {
    matches!(
        action,
        Action::ShortNews
            | Action::ModelNews
            | Action::Versions
            | Action::Scrap
            | Action::Later
            | Action::Highlight
            | Action::Note
            | Action::Labels
            | Action::Print
            | Action::FullText
            | Action::OpenOriginal
            | Action::CopyLink
            | Action::Share
            | Action::Send
            | Action::PublisherHome
            | Action::ToggleRead
            | Action::SkipToBody
            | Action::Listen
    )
}

/// What an action does to the lists; `None` where it is for another part.
fn act_on_lists(
    lists: &mut ListStack,
    action: Action,
    count: usize,
    env: &Env<'_>,
) -> Option<Reply> {
    Some(match action {
        Action::NextArticle => lists.shown.step(Action::Down, count, env),
        Action::PreviousArticle => lists.shown.step(Action::Up, count, env),
        Action::NextUnread | Action::PreviousUnread => lists.shown.step_unread(action, env),
        Action::LaterList => lists.toggle_later(env),
        Action::Scraps => lists.toggle(Collection::Scraps, env),
        Action::Issues => lists.toggle(Collection::Issues, env),
        Action::FrontPage => lists.toggle_front(env),
        Action::ToggleRead => lists.shown.toggle_read(),
        Action::MarkAllRead
        | Action::MarkAllUnread
        | Action::ScrapAll
        | Action::TagAll
        | Action::SortOrder
        | Action::SaveSearch
        | Action::Mute => lists.shown.act_on_all(action, env),
        _ => return None,
    })
}

/// What an action does to the article in the reader; `None` where it is for another part.
fn act_on_reader(reader: &mut Reader, action: Action, env: &Env<'_>) -> Option<Reply> {
    Some(match action {
        Action::OpenOriginal if !opening::has_choice(reader) => opening::open_original(reader),
        Action::CopyLink => opening::copy_link(reader, env),
        Action::Pictures => reader.toggle_pictures(env),
        Action::ViewPicture => reader.view_original(env),
        Action::Revisions => reading::toggle_revisions(reader, env),
        Action::ShortNews => reader.toggle_short_news(env),
        Action::ModelNews if env.geometry.reader.is_some() => reader.ask_model(env),
        Action::ModelNews => Reply::none()
            .intent(Intent::EnterReader)
            .intent(ReaderIntent::AskModel),
        Action::SkipToBody => {
            reader.skip_to_body(env.text_rows());
            Reply::none()
        }
        Action::Follow if reader.showing() == Showing::ShortNews => {
            reader.follow(env.text_rows());
            Reply::none()
        }
        Action::Follow => reader.open_picture(env),
        _ => return None,
    })
}

/// What an action does to the open article's scrap or its annotations; `None` where it is for
/// another part.
fn act_on_scrap(
    lists: &mut ListStack,
    reader: &mut Reader,
    annotations: &mut Annotations,
    action: Action,
    env: &Env<'_>,
) -> Option<Reply> {
    let list = &lists.shown;
    Some(match action {
        Action::Remove if env.focus != Pane::Sources => {
            scraps::remove_selected(lists, annotations, env)
        }
        Action::Later => opening::toggle_later(list, reader, env),
        Action::Scrap => scraps::scrap(list, reader, annotations, env),
        Action::FullText => opening::full_text(reader, annotations, env),
        Action::Highlight if env.focus == Pane::Reader => {
            scraps::begin_selection(reader, annotations, env)
        }
        Action::Highlight => Reply::none()
            .intent(Intent::EnterReader)
            .intent(Intent::BeginSelection),
        Action::Export => {
            let source = scraps::export_source(list, reader, annotations, env);
            annotations.ask_export(source, env)
        }
        Action::Note | Action::Labels | Action::Print => {
            match (action, scraps::open_article(list, reader)) {
                (Action::Note, Some(open)) => annotations.ask_note(&open, env),
                (Action::Labels, Some(open)) => annotations.ask_labels(&open, env),
                (_, Some(open)) => tasks::print(open.article, env),
                (_, None) => Reply::none(),
            }
        }
        _ => return None,
    })
}

/// What an action changes about how text is set; `None` where it is for another part.
fn set_text(start: &mut Start, action: Action, count: usize) -> Option<Reply> {
    Some(match action {
        Action::Larger => appearance::enlarge(start, count),
        Action::Smaller => appearance::reduce(start, count),
        Action::DefaultSize => appearance::resize(start, start.config.reading.size),
        Action::Narrower => change_measure(start, signed(count, false)),
        Action::Wider => change_measure(start, signed(count, true)),
        _ => return None,
    })
}

/// That many steps onwards, or back.
fn signed(count: usize, onwards: bool) -> i32 {
    let steps = i32::try_from(count).unwrap_or(i32::MAX);
    if onwards { steps } else { -steps }
}
