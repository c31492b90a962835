//! The popups and the prompt: opened, and given what they are to take in.

use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::model::{Model, env};
use crate::app::panes::source_row::Target;
use crate::app::popups::Popup;
use crate::app::popups::dead_feeds::DeadFeedMenu;
use crate::app::popups::help::Help;
use crate::app::popups::most_read::MostRead;
use crate::app::popups::palette::Palette;
use crate::app::popups::publisher_home::{self, HomeMenu};
use crate::app::popups::publishers::PublisherList;
use crate::app::popups::share_menu::ShareMenu;
use crate::app::protocol::failure::Failure;
use crate::app::protocol::library::{PublisherDirectory, PublisherHome};
use crate::app::protocol::listing::Listing;
use crate::app::protocol::ranking::Ranking;
use crate::app::reply::Reply;

/// Opens the popup of an action.
pub(crate) fn open(model: &mut Model, action: Action) -> Reply {
    let (popup, reply) = match action {
        Action::SizePopup => {
            let before = Box::new(model.start.prefs.clone());
            (Popup::Size(before), Reply::none())
        }
        Action::Help => {
            let help = Help::of(model.pane_context(), &env!(model));
            (Popup::Help(Box::new(help)), Reply::none())
        }
        Action::Palette => {
            open_palette(model, "");
            return model.sources.ask(&env!(model));
        }
        Action::Publishers => {
            let (list, reply) = PublisherList::open();
            (Popup::Publishers(Box::new(list)), reply)
        }
        Action::DeadFeeds => {
            let env = env!(model);
            let menu = DeadFeedMenu::of(&model.sources.sidebar_data().feeds, &env);
            if menu.rows().is_empty() {
                return Reply::none().say(env.text("cli.no-dead"));
            }
            (Popup::DeadFeeds(Box::new(menu)), Reply::none())
        }
        Action::MostRead => {
            let (most_read, reply) = MostRead::open();
            (Popup::MostRead(Box::new(most_read)), reply)
        }
        Action::OpenOriginal => {
            let Some(article) = model.reader.article().cloned() else {
                return Reply::none();
            };
            let id = model.reader.id().unwrap_or_else(|| article.id());
            let menu = ShareMenu::to_open(id, article);
            (Popup::Share(Box::new(menu)), Reply::none())
        }
        Action::Share | Action::Send => {
            let Some(article) = model.reader.article().cloned() else {
                return Reply::none();
            };
            let copies = action == Action::Share;
            let menu = ShareMenu::of(article, model.reader.quotable(), copies, &env!(model));
            (Popup::Share(Box::new(menu)), Reply::none())
        }
        _ => return Reply::none(),
    };
    model.popup = Some(popup);
    reply
}

/// Opens the palette with `line` in its line.
pub(crate) fn open_palette(model: &mut Model, line: &str) {
    let palette = Palette::open(line, &palette_sources(model), &env!(model));
    model.popup = Some(Popup::Palette(Box::new(palette)));
}

/// The sources pane shows other lists now: they are among what the palette finds.
pub(crate) fn renew_palette(model: &mut Model) {
    let sources = palette_sources(model);
    let env = env!(model);
    if let Some(Popup::Palette(palette)) = &mut model.popup {
        palette.renew(&sources, &env);
    }
}

/// The lists that the sources pane leads to, with their titles.
fn palette_sources(model: &Model) -> Vec<(String, Listing)> {
    let rows = model.sources.rows().iter();
    rows.filter_map(|row| match &row.target {
        Target::List(list) => Some((row.title.clone(), list.as_ref().clone())),
        _ => None,
    })
    .collect()
}

/// Goes to the home of the publisher of what is selected, or of what is read.
pub(crate) fn visit_publisher(model: &mut Model) -> Reply {
    let row = model
        .lists
        .shown
        .row()
        .filter(|_| model.focus != Pane::Reader);
    let read = model.reader.article();
    let publisher = row
        .and_then(|r| r.publisher.clone())
        .or_else(|| read.and_then(|a| a.publisher.clone()))
        .filter(|p| !p.is_blank());
    let Some(publisher) = publisher else {
        model.say(model.start.words.get("notice.no-publisher").to_owned());
        return Reply::none();
    };
    let address = read
        .filter(|a| a.publisher.as_ref() == Some(&publisher))
        .and_then(|a| a.address().cloned());
    publisher_home::visit(publisher, address)
}

/// What is known of a publisher came.
pub(crate) fn publisher_home_came(model: &mut Model, answer: Result<Box<PublisherHome>, Failure>) {
    match answer {
        Ok(home) => model.popup = Some(Popup::Home(Box::new(HomeMenu::of(*home)))),
        Err(failure) => model.fail(&failure),
    }
}

/// The publishers that come with the program came.
pub(crate) fn publishers_came(model: &mut Model, answer: Result<PublisherDirectory, Failure>) {
    match (answer, &mut model.popup) {
        (Ok(directory), Some(Popup::Publishers(list))) => {
            list.take(directory, &model.start.words);
        }
        (Ok(_), _) => {}
        (Err(failure), _) => model.fail(&failure),
    }
}

/// The rankings came.
pub(crate) fn rankings_came(model: &mut Model, answer: Result<Vec<Ranking>, Failure>) {
    if let Err(failure) = &answer {
        model.fail(failure);
    }
    if let Some(Popup::MostRead(popup)) = &mut model.popup {
        popup.take(answer.ok());
    }
}
