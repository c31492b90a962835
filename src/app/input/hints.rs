//! What the keys do here: the hint at the lower left, made from the state of the program and from
//! the keymap, so that it names what works, by the keys that do it.

use super::action::Action;
use super::key::Key;
use super::keymap::{Context, Resolution};
use crate::app::geometry::Pane;
use crate::app::model::Model;
use crate::app::panes::showing::Showing;
use crate::app::protocol::rows::Collection;

/// Actions that are named together, and the locale key of what they do.
type Wanted = (&'static [Action], &'static str);

const HELP: Wanted = (&[Action::Help], "hint.help");

/// What one or two keys do here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHint {
    /// The keys, one for each action.
    pub keys: Vec<String>,
    /// What they do, in the language of the interface.
    pub label: String,
}

/// The hints for the pane with the keys. The first is the most important one, the last two are help
/// and the way out. An action without a key is left out.
pub fn hints(model: &Model) -> Vec<KeyHint> {
    let context = model.pane_context();
    let named = wanted(model).into_iter().filter_map(|(actions, label)| {
        let keys = actions
            .iter()
            .map(|action| key_of(model, context, *action))
            .collect::<Option<Vec<String>>>()?;
        let label = model.start.words.get(label).to_owned();
        Some(KeyHint { keys, label })
    });
    named.collect()
}

/// The same in one line: `key what it does · key what it does`.
pub fn line(model: &Model) -> String {
    let parts: Vec<String> = hints(model)
        .iter()
        .map(|hint| format!("{} {}", hint.keys.join(" "), hint.label))
        .collect();
    parts.join(" · ")
}

/// The key by which an action is named in a context: the first that the tables have for it, those
/// of all panes before the pane's own, and none that the pane uses for something else.
pub fn key_of(model: &Model, context: Context, action: Action) -> Option<String> {
    let keys = [Context::Global, context]
        .into_iter()
        .flat_map(|c| model.keymap.keys_of(c, action));
    let mut keys = keys.filter(|written| {
        let typed: Result<Vec<Key>, ()> = written.split(' ').map(str::parse).collect();
        typed.is_ok_and(|typed| {
            model.keymap.resolve(context, &typed) == Resolution::Actions(vec![action])
        })
    });
    keys.next()
}

/// Scrapping, or taking the scrap back where there is one.
fn scrap(is_scrapped: bool) -> Wanted {
    let label = if is_scrapped {
        "hint.unscrap"
    } else {
        "hint.scrap"
    };
    (&[Action::Scrap], label)
}

fn wanted(model: &Model) -> Vec<Wanted> {
    match model.focus {
        Pane::Sources => in_sources(model),
        Pane::List => in_list(model),
        Pane::Reader => in_reader(model),
    }
}

fn in_sources(model: &Model) -> Vec<Wanted> {
    let mut out: Vec<Wanted> = vec![
        (&[Action::Open], "hint.open-source"),
        (&[Action::Publishers], "hint.pick"),
        (&[Action::Subscribe], "hint.add"),
    ];
    match model.sources.row() {
        Some(row) if row.rule.is_some() => out.push((&[Action::Remove], "hint.remove")),
        Some(row) if row.feed.is_some() => out.push((&[Action::Remove], "hint.unsubscribe")),
        _ => {}
    }
    out.extend([
        (&[Action::NextLayout] as &[Action], "hint.layout"),
        HELP,
        (&[Action::Back], "hint.to-list"),
    ]);
    out
}

fn in_list(model: &Model) -> Vec<Wanted> {
    let list = &model.lists.shown;
    let is_scrapped = list.row().is_some_and(|row| row.scrapped);
    let mut out: Vec<Wanted> = Vec::new();
    let is_empty = list.is_known() && list.rows().is_empty();
    if !list.query().is_empty() {
        out.push((&[Action::Close], "hint.clear"));
    }
    if !is_empty {
        out.push((&[Action::Open], "hint.open"));
    }
    let refresh: Option<Wanted> =
        (!model.start.config.network.offline).then_some((&[Action::Refresh], "hint.refresh"));
    let find: Wanted = (&[Action::Find], "hint.find");
    match list.collection() {
        Collection::Sample => out.extend([
            (&[Action::Publishers] as &[Action], "hint.pick"),
            (&[Action::Subscribe], "hint.add"),
            (&[Action::Palette], "hint.palette"),
        ]),
        Collection::Library | Collection::Front if is_empty && list.query().is_empty() => {
            if list.collection() == Collection::Front {
                out.push((&[Action::FrontPage], "hint.all"));
            }
            out.extend([
                (&[Action::Publishers] as &[Action], "hint.pick"),
                (&[Action::Subscribe], "hint.add"),
            ]);
            out.extend(refresh);
        }
        Collection::Library | Collection::Sources => {
            out.push(find);
            out.extend(refresh);
            out.extend([
                (&[Action::FrontPage] as &[Action], "hint.front"),
                (&[Action::Issues], "hint.issues"),
                (&[Action::Sources], "hint.sources"),
                scrap(is_scrapped),
                (&[Action::Scraps], "hint.scraps"),
                (&[Action::ShortNews], "hint.short-news"),
            ]);
        }
        Collection::Front => {
            out.push((&[Action::FrontPage], "hint.all"));
            out.push(find);
            out.extend(refresh);
            out.extend([
                (&[Action::Sources] as &[Action], "hint.sources"),
                (&[Action::ShortNews], "hint.short-news"),
                scrap(is_scrapped),
            ]);
        }
        Collection::Issues => out.extend(refresh),
        Collection::Story(_) => out.extend([
            (&[Action::ShortNews] as &[Action], "hint.short-news"),
            scrap(is_scrapped),
        ]),
        Collection::Scraps if is_empty => out.push((&[Action::Undo], "hint.undo")),
        Collection::Scraps => out.extend([
            find,
            (&[Action::Remove], "hint.remove"),
            (&[Action::Undo], "hint.undo"),
            (&[Action::Export], "hint.export"),
        ]),
    }
    let is_lowest = model.lists.depth() == 0 && list.query().is_empty();
    let way_out = if is_lowest { "hint.quit" } else { "hint.back" };
    out.extend([HELP, (&[Action::Back], way_out)]);
    out
}

fn in_reader(model: &Model) -> Vec<Wanted> {
    let reader = &model.reader;
    if reader.story_view().is_some() {
        return vec![
            (&[Action::Down, Action::Up], "hint.choose"),
            (&[Action::Follow], "hint.follow"),
            HELP,
            (&[Action::Back], "hint.back"),
        ];
    }
    if reader.article().is_none() {
        return vec![HELP, (&[Action::Back], "hint.to-list")];
    }
    let is_scrapped = reader
        .id()
        .is_some_and(|id| model.lists.shown.is_scrapped(id));
    if reader.showing() == Showing::ShortNews {
        return vec![
            (&[Action::ShortNews], "hint.body"),
            (&[Action::Down, Action::Up], "hint.choose"),
            (&[Action::Follow], "hint.to-place"),
            (&[Action::Listen], "hint.listen"),
            scrap(is_scrapped),
            HELP,
            (&[Action::Back], "hint.to-list"),
        ];
    }
    let mut out: Vec<Wanted> = Vec::new();
    if let Some(find) = reader.find().filter(|find| !find.hits().is_empty()) {
        out.push((&[Action::NextMatch, Action::PreviousMatch], "hint.matches"));
        // What the list is filtered by stays lit.
        if !find.is_from_list() {
            out.push((&[Action::Close], "hint.clear"));
        }
    }
    out.push((&[Action::ShortNews], "hint.short-news"));
    if reader.article().is_some_and(|a| a.is_cut()) && !model.start.config.network.offline {
        out.push((&[Action::FullText], "hint.full-text"));
    }
    out.extend([
        scrap(is_scrapped),
        (&[Action::Find], "hint.find-words"),
        (&[Action::Larger, Action::Smaller], "hint.size"),
        (&[Action::NextArticle, Action::PreviousArticle], "hint.step"),
        (&[Action::PublisherHome], "hint.home"),
        HELP,
        (&[Action::Back], "hint.to-list"),
    ]);
    out
}
