//! Replies of panes, carried out.

use std::collections::VecDeque;

use super::{actions, opening, popups, reading, scraps};
use crate::app::appearance::{keep_prefs, theme_named};
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::input::fault::Fault;
use crate::app::input::prompt::Prompt;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::model::{Model, env};
use crate::app::panes::list::stack::ListStack;
use crate::app::panes::reader::Reader;
use crate::app::popups::Popup;
use crate::app::protocol::change::Change;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::listing::Listing;
use crate::app::protocol::network::FeedSettingsRequest;
use crate::app::protocol::picture::PictureSlot;
use crate::app::protocol::prefs::Purpose;
use crate::app::protocol::rows::Collection;
use crate::app::reply::{Intent, ListIntent, ReaderIntent, Reply, Request};
use crate::news::Query;

/// Carries out what a part wants, in order; gives what to ask of the world. What an intent leads to
/// comes before what was wanted after it.
pub(super) fn perform(model: &mut Model, reply: Reply) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut requests = VecDeque::from(reply.into_requests());
    while let Some(request) = requests.pop_front() {
        match request {
            Request::Start(kind, job) => effects.push(model.jobs.start(kind, job)),
            Request::Restart(kind, job) => effects.extend(model.jobs.restart(kind, job)),
            Request::Cancel(kind) => effects.extend(model.jobs.cancel(kind)),
            Request::CancelInlinePictures => {
                let is_inline =
                    |kind: &JobKind| matches!(kind, JobKind::Picture(PictureSlot::InText(_)));
                effects.extend(model.jobs.cancel_all(is_inline));
            }
            Request::Change(change, pending) => effects.push(model.jobs.change(change, pending)),
            Request::Effect(effect) => effects.push(effect),
            Request::Intent(intent) => {
                let then = carry_out(model, intent).into_requests();
                then.into_iter().rev().for_each(|r| requests.push_front(r));
            }
        }
    }
    effects
}

/// Does what a part wants of another; gives what follows from that.
fn carry_out(model: &mut Model, intent: Intent) -> Reply {
    let env = env!(model);
    let (lists, reader, annotations) =
        (&mut model.lists, &mut model.reader, &mut model.annotations);
    match intent {
        Intent::Say(text) => model.say(text),
        Intent::Fail(failure) => model.fail(&failure),
        Intent::ClearNotice => model.notice = None,
        Intent::Act(action, count) => return actions::act(model, action, count),
        Intent::ActBelowPopup(action, count) => {
            return actions::act_below_popup(model, action, count);
        }
        Intent::Focus(pane) => model.focus = pane,
        Intent::LeaveZen => model.zen = false,
        Intent::Prompt(purpose, text) => model.prompt = Some(Prompt::new(purpose, &text)),
        Intent::ClosePrompt => model.prompt = None,
        Intent::ClosePopup => model.popup = None,
        Intent::OpenPalette(line) => popups::open_palette(model, &line),
        Intent::ShowZoomedPicture => model.popup = Some(Popup::Picture),
        Intent::LightMatches => reader.light_matches(lists.shown.listing().matcher.as_ref()),
        Intent::ContinueListening => return model.listening.go_on(reader.id()),
        Intent::GiveSentences(id) => {
            let voice = &mut model.listening;
            return reading::give_sentences(id, &mut lists.shown, reader, voice, &env);
        }
        Intent::Preview => return opening::preview(&lists.shown, reader, &env),
        Intent::PreviewAgain => {
            reader.forget_article();
            return opening::preview(&lists.shown, reader, &env);
        }
        Intent::EnterReader => return opening::enter_reader(&lists.shown, reader, &env),
        Intent::LeaveArticle => return opening::leave_article(reader, &env),
        Intent::OpenElsewhere(id, url) => return opening::open_elsewhere(reader, id, url, &env),
        Intent::OpenInStory(story, id) => {
            return opening::open_in_story(lists, reader, story, id, &env);
        }
        Intent::NoteOpened => {
            let briefing = &model.briefing;
            return opening::note_opened(&mut lists.shown, reader, briefing, &env);
        }
        Intent::BeginSelection => return scraps::begin_selection(reader, annotations, &env),
        Intent::RebuildArticle => scraps::rebuild(reader, annotations, &env),
        Intent::ShowText(article) => scraps::show_text(reader, annotations, article, &env),
        Intent::ShowArrivals => {
            model.first_lines.forget();
            return lists.show_arrivals(&env);
        }
        Intent::ForgetFirstLines => model.first_lines.forget(),
        Intent::FilterLibrary(text) => {
            return filter_library(lists, &mut model.prompt, &text, &env);
        }
        Intent::Typed(
            purpose @ (Purpose::Note | Purpose::HighlightNote | Purpose::Labels | Purpose::Export),
            text,
        ) => return scraps::typed(&lists.shown, reader, annotations, (purpose, &text), &env),
        Intent::Typed(purpose @ (Purpose::SaveSearch | Purpose::Mute | Purpose::Tag), text) => {
            return lists.shown.typed(purpose, &text, &env);
        }
        Intent::Typed(Purpose::FeedSettings, text) => {
            return model.sources.settings_typed(&text);
        }
        Intent::FeedSettings(request) => {
            let FeedSettingsRequest { url, settings } = &*request;
            model.start.config.feed_book.put(url, settings.clone());
            model.sources.make_rows(&model.start);
        }
        Intent::Typed(Purpose::FindArticles | Purpose::FindWords | Purpose::Subscribe, _) => {}
        Intent::Remember(purpose, text) => {
            if model.start.prefs.remember(purpose, text) {
                let change = Change::Prefs(model.start.prefs.clone());
                return Reply::none().change(change, PendingChange::Quiet);
            }
        }
        Intent::FileFeeds(folder) => return model.sources.file_feeds(&folder, &env),
        Intent::Theme(name) => return theme_named(&mut model.start, &name),
        Intent::Prefs(prefs) => {
            model.start.prefs = *prefs;
            return keep_prefs(&model.start);
        }
        Intent::Refresh(scope) => return model.refresher.start(scope, &env),
        Intent::Undoable(undo) => model.undo.push(undo),
        Intent::SelectShownSource => model.sources.select_listing(lists.shown.listing()),
        Intent::InvalidateSidebar => model.sources.invalidate(),
        Intent::List(intent) => return carry_out_in_lists(lists, intent, &env),
        Intent::Reader(intent) => return carry_out_in_reader(reader, intent, &env),
    }
    Reply::none()
}

/// Carries out what concerns the lists alone.
fn carry_out_in_lists(lists: &mut ListStack, intent: ListIntent, env: &Env<'_>) -> Reply {
    match intent {
        ListIntent::Filter(text, query) => return lists.shown.filter(text, *query, env),
        ListIntent::LeaveSearch => return lists.leave_search(env),
        ListIntent::GoTo(listing) => return lists.go_to(listing, env),
        ListIntent::Choose(listing) => return lists.choose(listing, env),
        ListIntent::ShowLibrary => return lists.show_library(env),
        ListIntent::FetchRows => return lists.shown.fetch(env.start.prefs.order),
        ListIntent::ReloadRows => {
            lists.shown.clear();
            return lists.shown.fetch(env.start.prefs.order);
        }
        ListIntent::MarkSelectedRead => return lists.shown.mark_selected_read(),
        ListIntent::MarkScrapped(id, scrapped) => lists.set_scrapped(id, scrapped),
        ListIntent::MarkLabels(id, labels) => lists.set_labels(id, &labels),
        ListIntent::MarkLater(id, later) => lists.set_later(id, later),
        ListIntent::SelectArticle(id) => {
            lists.shown.select_article(id);
        }
    }
    Reply::none()
}

/// Carries out what concerns the reader alone.
fn carry_out_in_reader(reader: &mut Reader, intent: ReaderIntent, env: &Env<'_>) -> Reply {
    match intent {
        ReaderIntent::StepPicture(steps) => return reader.step_picture(steps, env),
        ReaderIntent::EnsureShortNews if env.is_busy(JobKind::Article) => {}
        ReaderIntent::EnsureShortNews => return reader.ensure_short_news(env),
        ReaderIntent::AskModel => return reader.ask_model(env),
        ReaderIntent::Mouse(mouse) => return reader.on_mouse(mouse, env),
        ReaderIntent::Light(id, place) => reader.light(id, &place, env.text_rows()),
        ReaderIntent::PutOutSpotlight => {
            reader.put_out_spotlight();
        }
        ReaderIntent::Land => reader.land(env.text_rows()),
        ReaderIntent::Show(showing) => reader.show(showing),
        ReaderIntent::ShowSpan(from, until) => reader.show_span((from, until), env.text_rows()),
        ReaderIntent::FindWords(text) => reader.find_words(&text, env),
        ReaderIntent::FoundWords(text) if reader.found_nothing() => {
            return Reply::none().say(env.fill("notice.no-match", &[("text", &text)]));
        }
        ReaderIntent::SetQueued(id, is_queued) => {
            if reader.article().is_some_and(|a| a.id() == id) {
                reader.set_queued(is_queued);
            }
        }
        ReaderIntent::FoundWords(_) => {}
        ReaderIntent::LeaveFind => reader.leave_find(),
    }
    Reply::none()
}

/// Shows what matches a query in the library; where it is wrong, it is asked for again.
fn filter_library(
    lists: &mut ListStack,
    prompt: &mut Option<Prompt>,
    text: &str,
    env: &Env<'_>,
) -> Reply {
    let reply = match env.collection {
        Collection::Library | Collection::Sources | Collection::Sample => Reply::none(),
        _ => lists.choose(Listing::of(Collection::Library), env),
    };
    let reply = reply.intent(Intent::Focus(Pane::List));
    match Query::parse(text, &env.now()) {
        Ok(query) => reply.and(lists.shown.filter(text.trim().to_owned(), query, env)),
        Err(fault) => {
            lists.begin_search();
            *prompt =
                Some(Prompt::new(Purpose::FindArticles, text).with_fault(Fault::Query(fault)));
            reply
        }
    }
}
