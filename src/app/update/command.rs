//! Actions that belong to no single pane: opening, keeping, sizes, views, leaving.

use super::opening::{enter_reader, leave_article};
use super::perform::{env, perform};
use super::{focus, opening, popups, reading, scraps, undo};
use crate::app::appearance::{self, change_measure, next_theme};
use crate::app::clipboard::copy;
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::input::prompt::Prompt;
use crate::app::jobs::JobKind;
use crate::app::panes::briefing;
use crate::app::panes::links::Hints;
use crate::app::panes::list::stack::ListStack;
use crate::app::panes::reader::Reader;
use crate::app::panes::showing::Showing;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::network::{NetworkJob, RefreshScope};
use crate::app::protocol::prefs::Purpose;
use crate::app::protocol::rows::Collection;
use crate::app::refresher::selected_scope;
use crate::app::reply::{Intent, Reply};
use crate::app::{Cause, Failure, Model, Start, layout};
use crate::news::{Clean, Query};
use crate::text::TextSize;

/// Does `action`, `count` times where that means something.
pub fn act(model: &mut Model, action: Action, count: usize) -> Vec<Effect> {
    let env = env!(model);
    if let Some(reply) = act_on_lists(&mut model.lists, action, count, &env) {
        return perform(model, reply);
    }
    match action {
        Action::Open if model.focus == Pane::Sources => {
            let reply = model.sources.open();
            perform(model, reply)
        }
        Action::Remove if model.focus == Pane::Sources => {
            let reply = model.sources.remove(&env!(model));
            perform(model, reply)
        }
        Action::Open => enter_reader(model),
        Action::Back | Action::Close if model.listening.is_active() => {
            reading::stop_listening(model)
        }
        Action::Back | Action::Close if model.jobs.is_busy(JobKind::ModelSummary) => {
            reading::stop_model(model)
        }
        Action::Back => back(model, true),
        Action::Close => back(model, false),
        Action::NextMatch => match_on(model, count as isize),
        Action::PreviousMatch => match_on(model, -(count as isize)),
        Action::Scrap => scrap(model),
        Action::Versions => reading::toggle_versions(model),
        Action::Density => adjust(model, appearance::next_density),
        Action::Sources => focus::toggle_sources(model),
        Action::Remove => {
            let Some((id, title)) = model.lists.remove_scrap() else {
                return Vec::new();
            };
            let reply = model.annotations.unscrap(id, &title, &env!(model));
            perform(model, reply.intent(Intent::Preview))
        }
        Action::Find => find(model),
        Action::Subscribe => {
            model.prompt = Some(Prompt::new(Purpose::Subscribe, ""));
            Vec::new()
        }
        Action::Undo => undo::undo(model),
        Action::Refresh => {
            let reply = model.refresher.start(RefreshScope::All, &env!(model));
            perform(model, reply)
        }
        Action::RefreshThis => {
            let scope = selected_scope(&model.sources, &model.lists.shown, model.focus);
            let reply = model.refresher.start(scope, &env!(model));
            perform(model, reply)
        }
        Action::PublisherHome => popups::visit_publisher(model),
        Action::FullText => opening::full_text(model),
        Action::OpenOriginal => open_original(model),
        Action::CopyLink => copy_link(model),
        Action::Links => show_links(model),
        Action::Share
        | Action::Send
        | Action::MostRead
        | Action::Publishers
        | Action::SizePopup
        | Action::Help
        | Action::Palette => popups::open(model, action),
        Action::Pictures => reading::with_reader(model, Reader::toggle_pictures),
        Action::ViewPicture => reading::with_reader(model, |reader, env| reader.view_original(env)),
        Action::NextPane => focus::next_pane(model),
        Action::PreviousPane => focus::previous_pane(model),
        Action::Quit => leave(model),
        Action::Suspend => reading::pause_listening(model)
            .into_iter()
            .chain([Effect::Suspend])
            .collect(),
        Action::Listen
        | Action::NextSentence
        | Action::PreviousSentence
        | Action::Faster
        | Action::Slower => reading::listen(model, action, count),
        Action::Briefing => briefing::start(model),
        Action::ModelNews => reading::ask_model(model),
        Action::Highlight | Action::Note | Action::Labels | Action::Export | Action::Print => {
            scraps::act(model, action)
        }
        Action::Redraw => vec![Effect::Redraw],
        _ => look(model, action, count),
    }
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
        Action::Scraps => lists.toggle(Collection::Scraps, env),
        Action::Issues => lists.toggle(Collection::Issues, env),
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

/// Actions that change how things look, and nothing else.
fn look(model: &mut Model, action: Action, count: usize) -> Vec<Effect> {
    let rows = model.geometry().text.height;
    match action {
        Action::Larger => resize(model, |size| (0..count).fold(size, |s, _| s.larger())),
        Action::Smaller => resize(model, |size| (0..count).fold(size, |s, _| s.smaller())),
        Action::DefaultSize => {
            let usual = model.start.config.reading.size;
            resize(model, |_| usual)
        }
        Action::Narrower => adjust_text(model, |start| change_measure(start, -(count as i32))),
        Action::Wider => adjust_text(model, |start| change_measure(start, count as i32)),
        Action::NextTheme => adjust(model, next_theme),
        Action::Zen => focus::toggle_zen(model),
        Action::NextLayout => {
            model.zen = false;
            adjust(model, layout::next)
        }
        Action::DividerLeft => divide(model, -(count as i32)),
        Action::DividerRight => divide(model, count as i32),
        Action::ShortNews => reading::with_reader(model, Reader::toggle_short_news),
        Action::SkipToBody => {
            model.reader.skip_to_body(rows);
            Vec::new()
        }
        Action::Follow => {
            if model.reader.showing() == Showing::ShortNews {
                model.reader.follow(rows);
                return Vec::new();
            }
            reading::with_reader(model, Reader::open_picture)
        }
        _ => Vec::new(),
    }
}

/// Changes the preferences.
fn adjust(model: &mut Model, change: impl FnOnce(&mut Start) -> Reply) -> Vec<Effect> {
    let reply = change(&mut model.start);
    perform(model, reply)
}

fn resize(model: &mut Model, change: impl Fn(TextSize) -> TextSize) -> Vec<Effect> {
    adjust_text(model, |start| appearance::resize(start, change))
}

/// Changes how text is set. The popup, where it is open, shows the new value itself.
fn adjust_text(model: &mut Model, change: impl FnOnce(&mut Start) -> Reply) -> Vec<Effect> {
    let before = model.popup.is_some().then(|| model.notice.clone());
    let effects = adjust(model, change);
    if let Some(before) = before {
        model.notice = before;
    }
    effects
}

fn divide(model: &mut Model, steps: i32) -> Vec<Effect> {
    let (geometry, focus) = (model.geometry(), model.focus);
    adjust(model, |start| {
        layout::move_divider(start, &geometry, focus, steps)
    })
}

/// One step back; from the lowest list out of the program, where that may be.
fn back(model: &mut Model, out: bool) -> Vec<Effect> {
    // A refresh that nobody asked for does not keep anybody from leaving; Esc stops it all the
    // same.
    if model.jobs.is_busy(JobKind::Refresh)
        && !(out && (model.refresher.is_automatic() || model.focus == Pane::Reader))
    {
        let reply = model.refresher.stop(&env!(model));
        return perform(model, reply);
    }
    if model.focus == Pane::Reader {
        // Esc puts out what is lit first; q leaves at once.
        if model.reader.put_out() && !out {
            return Vec::new();
        }
        model.zen = false;
        model.focus = Pane::List;
        return leave_article(model);
    }
    if model.focus == Pane::Sources {
        model.focus = Pane::List;
        return Vec::new();
    }
    if !model.lists.shown.query().is_empty() {
        let env = env!(model);
        let reply = model
            .lists
            .shown
            .filter(String::new(), Query::default(), &env);
        return perform(model, reply);
    }
    match model.lists.back(&env!(model)) {
        Some(reply) => perform(model, reply),
        None if out => leave(model),
        None => Vec::new(),
    }
}

/// Ends: what must be remembered first, then the end.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    let mut effects = leave_article(model);
    effects.push(Effect::Quit);
    effects
}

/// The next found word; the next unread article where nothing is looked for.
fn match_on(model: &mut Model, steps: isize) -> Vec<Effect> {
    let rows = model.geometry().text.height;
    if model.reader.next_hit(steps, rows) {
        return Vec::new();
    }
    if steps <= 0 {
        return Vec::new();
    }
    let env = env!(model);
    let reply = model.lists.shown.step_unread(Action::NextUnread, &env);
    perform(model, reply)
}

/// Keeps the open article, or takes it out of the scraps; one that is still on its way is kept when
/// it comes.
pub fn scrap(model: &mut Model) -> Vec<Effect> {
    let Some(article) = model.reader.arrived().cloned() else {
        let env = env!(model);
        model.reader.do_on_arrival(Action::Scrap, &env);
        return Vec::new();
    };
    let id = article.id();
    let title = article.title.to_string();
    if model.lists.shown.is_scrapped(id) {
        let reply = model.annotations.unscrap(id, &title, &env!(model));
        return perform(model, reply);
    }
    let Some(open) = scraps::open_article(model) else {
        return Vec::new();
    };
    let reply = model.annotations.make_scrap(&open, &env!(model));
    perform(model, reply)
}

/// `/`: asks what to find in the pane with the keys.
fn find(model: &mut Model) -> Vec<Effect> {
    let query = &model.lists.shown.query();
    model.prompt = Some(match model.focus {
        Pane::Reader => Prompt::new(Purpose::FindWords, ""),
        Pane::Sources | Pane::List => Prompt::query(query, query),
    });
    Vec::new()
}

/// Puts letters beside every link in view.
fn show_links(model: &mut Model) -> Vec<Effect> {
    let rows = model.geometry().text.height;
    let sheet = model.reader.sheet();
    model.hints = sheet.and_then(|s| Hints::in_view(s.layout(), s.top(), rows));
    if model.hints.is_none() {
        model.say(model.start.words.get("notice.no-links").to_owned());
    }
    Vec::new()
}

/// The address of the open article; where it has none, that is told.
pub fn address(model: &mut Model) -> Option<Clean> {
    let address = model
        .reader
        .article()?
        .address()
        .cloned()
        .filter(|a| a.starts_with("http"));
    if address.is_none() {
        model.fail(&Failure::new(Cause::NoAddress, ""));
    }
    address
}

fn open_original(model: &mut Model) -> Vec<Effect> {
    let Some(address) = address(model) else {
        return Vec::new();
    };
    let job = NetworkJob::Browse(address);
    vec![model.jobs.start(JobKind::Desktop, job)]
}

fn copy_link(model: &mut Model) -> Vec<Effect> {
    let Some(address) = address(model) else {
        return Vec::new();
    };
    let reply = copy(address, model.env().text("notice.copied"), &model.env());
    perform(model, reply)
}
