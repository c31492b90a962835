//! Answers of jobs: one match for each worker, each arm hands the answer to the part that asked.

use super::commit::Committer;
use super::{popups, reading};
use crate::app::annotations::tasks;
use crate::app::folder_sync;
use crate::app::geometry::Pane;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::model::{Model, env};
use crate::app::panes::reader::Reader;
use crate::app::popups::Popup;
use crate::app::popups::share_menu::sent;
use crate::app::protocol::failure::Failure;
use crate::app::protocol::job::{JobId, Outcome};
use crate::app::protocol::library::LibraryOutcome;
use crate::app::protocol::network::{FetchedText, NetworkOutcome};
use crate::app::protocol::picture::PictureOutcome;
use crate::app::protocol::rows::{Collection, OpenedArticle, RowsPage};
use crate::app::protocol::speech::SpeechOutcome;
use crate::app::protocol::story::StoryOutcome;
use crate::app::refresher;
use crate::app::reply::{Intent, ReaderIntent, Reply};
use crate::news::{ArticleId, Problem};

/// Takes in what a job ended with.
pub(super) fn answered(model: &mut Model, id: JobId, outcome: Outcome) -> Reply {
    // A job that was cancelled, or replaced by another of its kind, still answers; nothing waits
    // for that.
    let Some(waiting) = model.jobs.finish(id) else {
        return Reply::none();
    };
    match outcome {
        Outcome::Library(outcome) => library_answered(model, &waiting.change, outcome),
        Outcome::Network(outcome) => network_answered(model, outcome),
        Outcome::Story(outcome) => story_answered(model, outcome),
        Outcome::Picture(PictureOutcome::Draw(slot, answer)) => {
            model.reader.picture_came(slot, answer);
            Reply::none()
        }
        Outcome::Speech(SpeechOutcome::Say(answer)) => model.listening.said(answer, &env!(model)),
    }
}

fn library_answered(model: &mut Model, change: &PendingChange, outcome: LibraryOutcome) -> Reply {
    match outcome {
        LibraryOutcome::Change(answer) => {
            model.sources.invalidate();
            let env = env!(model);
            let committer = Committer {
                annotations: &mut model.annotations,
                undo: &mut model.undo,
                open: open_id(&model.reader),
            };
            committer.answered(change, answer, &env)
        }
        LibraryOutcome::Rows(answer) => rows_came(model, answer),
        LibraryOutcome::Article(answer) => article_came(model, answer),
        LibraryOutcome::CheckLibraryVersion(answer) => {
            refresher::library_checked(answer, &env!(model))
        }
        LibraryOutcome::Sidebar(Ok(data)) => {
            model.sources.take(*data, &model.start);
            popups::renew_palette(model);
            Reply::none()
        }
        LibraryOutcome::Sidebar(Err(failure)) => Reply::none().fail(failure),
        LibraryOutcome::Publishers(answer) => {
            popups::publishers_came(model, answer);
            Reply::none()
        }
        LibraryOutcome::PublisherHome(answer) => {
            popups::publisher_home_came(model, answer);
            Reply::none()
        }
        LibraryOutcome::MostRead(answer) => {
            popups::rankings_came(model, answer);
            Reply::none()
        }
        LibraryOutcome::Scrap(answer) => {
            let open = open_id(&model.reader);
            model.annotations.scrap_came(answer, open, &env!(model))
        }
        LibraryOutcome::LookUp(Ok(word)) => {
            model.reader.show_word(&word, &env!(model));
            Reply::none().intent(Intent::Focus(Pane::Reader))
        }
        LibraryOutcome::LookUp(Err(failure)) => Reply::none().fail(failure),
        LibraryOutcome::Labels(answer) => model.annotations.labels_came(answer),
    }
}

fn network_answered(model: &mut Model, outcome: NetworkOutcome) -> Reply {
    match outcome {
        NetworkOutcome::ReadSources(answer) => model.lists.shown.sources_read(answer, &env!(model)),
        NetworkOutcome::Summary(answer) => {
            model.reader.summary_came(answer, &env!(model));
            Reply::none().intent(Intent::ContinueListening)
        }
        NetworkOutcome::ModelSummary(answer) => {
            model.reader.model_summary_came(answer, &env!(model))
        }
        NetworkOutcome::Refresh(answer) => {
            model.sources.invalidate();
            model.refresher.ended(answer, &env!(model))
        }
        NetworkOutcome::Sync(answer) => {
            model.sources.invalidate();
            model.refresher.sync_ended(answer, &env!(model))
        }
        NetworkOutcome::Exchange(answer) => {
            model.sources.invalidate();
            folder_sync::exchanged(answer, &env!(model))
        }
        NetworkOutcome::ApplyRules(answer) => {
            model.sources.invalidate();
            model.refresher.rules_applied(answer, &env!(model))
        }
        NetworkOutcome::KeepFeedSettings(Err(failure)) => Reply::none().fail(failure),
        NetworkOutcome::KeepFeedSettings(Ok(())) => {
            Reply::none().say(model.env().text("notice.feed-kept"))
        }
        NetworkOutcome::RunCommands(answer) => {
            let failures = answer.unwrap_or_else(|failure| vec![failure]);
            let first = failures.into_iter().next();
            first.map_or_else(Reply::none, |failure| Reply::none().fail(failure))
        }
        NetworkOutcome::FetchAhead(answer) | NetworkOutcome::FetchLater(answer) => {
            refresher::fetched_ahead(answer, &env!(model))
        }
        NetworkOutcome::FullText(answer) => full_text_came(model, answer),
        NetworkOutcome::Page(answer) => article_came(model, answer),
        NetworkOutcome::Rest(id, answer) => rest_came(model, id, answer),
        NetworkOutcome::Subscribe(answer) => {
            model.sources.invalidate();
            model.lists.subscribed(answer, &env!(model))
        }
        NetworkOutcome::TryFeed(address, answer) => {
            let Some(Popup::Publishers(list)) = &mut model.popup else {
                return Reply::none();
            };
            list.tried(&address, answer)
        }
        NetworkOutcome::FirstLines(answer) => {
            model.first_lines.take(answer);
            Reply::none()
        }
        NetworkOutcome::Browse(answer)
        | NetworkOutcome::ViewPicture(answer)
        | NetworkOutcome::Copy(answer) => match answer {
            Ok(()) => Reply::none(),
            Err(failure) => Reply::none().fail(failure),
        },
        NetworkOutcome::Share(answer) => sent(answer, &model.env()),
        NetworkOutcome::CompleteScraps(answer) => model.annotations.completed(answer, &env!(model)),
        NetworkOutcome::Export(answer) => tasks::exported(answer, &env!(model)),
        NetworkOutcome::Print(answer) => tasks::printed(answer, &env!(model)),
        NetworkOutcome::Edition(answer) => reading::edition_made(answer, &model.env()),
        NetworkOutcome::CheckPage(answer) => model.annotations.page_checked(answer, &env!(model)),
    }
}

fn story_answered(model: &mut Model, outcome: StoryOutcome) -> Reply {
    match outcome {
        StoryOutcome::IssueRows(answer) => rows_came(model, answer),
        StoryOutcome::Issue(Ok(issue)) => model.reader.show_issue(&issue, &env!(model)),
        StoryOutcome::Issue(Err(failure)) => article_failed(&mut model.reader, failure),
        StoryOutcome::FirstLines(answer) => {
            model.first_lines.take(answer);
            Reply::none()
        }
        StoryOutcome::Group(answer) => refresher::grouped(answer, &env!(model)),
        StoryOutcome::Versions(answer) => {
            let env = env!(model);
            reading::versions_came(&mut model.reader, answer, &env)
        }
    }
}

fn rows_came(model: &mut Model, answer: Result<RowsPage, Failure>) -> Reply {
    let is_reading = model.reader.id().is_some();
    let env = env!(model);
    model.lists.shown.rows_came(answer, is_reading, &env)
}

/// An article came, or why it can't be had. What follows is done in order, as each step may change
/// what the next one finds.
fn article_came(model: &mut Model, answer: Result<OpenedArticle, Failure>) -> Reply {
    let OpenedArticle {
        article,
        place,
        revisions,
        is_queued,
    } = match answer {
        Ok(opened) => opened,
        Err(failure) => return article_failed(&mut model.reader, failure),
    };
    let (document, measure) = (model.start.document(&article), model.measure());
    let revised = reading::with_line(model, revisions);
    let (list, reader) = (&model.lists.shown, &mut model.reader);
    let then = reader.take_on_arrival();
    reader.open(article, place, document, revised, &measure);
    reader.set_queued(is_queued);
    reader.light_matches(list.listing().matcher.as_ref());
    let mut reply = Reply::none()
        .cancel(JobKind::Summary)
        .cancel(JobKind::ModelSummary);
    let under_way = model.start.words.get("notice.fetching-page");
    if model.notice.as_ref().is_some_and(|n| n.text == under_way) {
        reply = reply.intent(Intent::ClearNotice);
    }
    if let Some(id) = open_id(reader) {
        let is_scrapped = list.is_scrapped(id) || list.collection() == Collection::Scraps;
        reply = reply.and(model.annotations.article_came(id, is_scrapped));
    }
    reply = reply.intent(ReaderIntent::EnsureShortNews);
    if let Some(action) = then {
        reply = reply.intent(Intent::ActBelowPopup(action, 1));
    }
    reply
        .intent(Intent::NoteOpened)
        .intent(ReaderIntent::Land)
        .intent(Intent::ContinueListening)
}

/// The page of the open article was fetched: its text takes the place of what was shown, or a
/// notice says what the page is instead, and what to do.
fn full_text_came(model: &mut Model, answer: Result<FetchedText, Failure>) -> Reply {
    let fetched = match answer {
        Ok(fetched) => fetched,
        Err(failure) => return article_failed(&mut model.reader, failure),
    };
    let top = model.reader.top_words();
    let key = match fetched.problem {
        Some(Problem::Empty) => Some("notice.page-empty"),
        Some(Problem::Front) => Some("notice.page-front"),
        Some(Problem::Paywall) => Some("notice.page-paywall"),
        Some(Problem::Video) => Some("notice.page-video"),
        Some(Problem::Error) => Some("notice.page-error"),
        Some(Problem::Other(_)) | None if fetched.is_other => Some("notice.page-other"),
        // Another program's word, which has no sentence.
        Some(Problem::Other(_)) | None => (!fetched.is_taken).then_some("notice.page-no-fuller"),
    };
    let reply = article_came(model, Ok(fetched.opened));
    model.reader.put_top_words(top.as_ref());
    match key {
        Some(key) => reply.say(model.env().text(key)),
        None => reply,
    }
}

/// The rest of an article came that was opened when only its beginning was there. Where it can't be
/// had, the beginning stays, which says so at its end.
fn rest_came(model: &mut Model, id: ArticleId, answer: Result<OpenedArticle, Failure>) -> Reply {
    let Ok(OpenedArticle { article, .. }) = answer else {
        return Reply::none();
    };
    let is_open = model.reader.id() == Some(id) && !model.jobs.is_busy(JobKind::Article);
    let is_new = model.reader.article().is_some_and(|a| **a != *article);
    // What is being selected or read aloud would be under other words.
    let is_held = model.is_selecting_text() || model.listening.is_active();
    if !is_open || !is_new || is_held {
        return Reply::none();
    }
    let (document, measure) = (model.start.document(&article), model.measure());
    model.reader.put_rest(article, document, &measure);
    let matcher = model.lists.shown.listing().matcher.as_ref();
    model.reader.light_matches(matcher);
    Reply::none()
        .cancel(JobKind::Summary)
        .cancel(JobKind::ModelSummary)
        .intent(ReaderIntent::EnsureShortNews)
}

fn article_failed(reader: &mut Reader, failure: Failure) -> Reply {
    reader.fail(failure.clone());
    Reply::none()
        .fail(failure)
        // Put off while the article was under way; the text that is shown has its short news now.
        .intent(ReaderIntent::EnsureShortNews)
        .intent(Intent::ContinueListening)
}

/// The article that is open now.
fn open_id(reader: &Reader) -> Option<ArticleId> {
    reader.article().map(|a| a.id())
}
