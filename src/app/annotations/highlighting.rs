//! 하이라이트: the mode in which text is chosen with the keyboard, and what is made of it.

use super::text_range::{KeyboardSelection, Span};
use super::{annotate, scrapped};
use crate::app::input::action::Action;
use crate::app::input::prompt::{self, Prompt};
use crate::app::jobs::JobKind;
use crate::app::panes::reader::Showing;
use crate::app::panes::rebuild_document::{bytes_in, place_of};
use crate::app::panes::sheet::PartRange;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::prefs::Purpose;
use crate::app::update::command;
use crate::app::{Model, Pane};
use crate::news::{Annotation, Clean, Highlight, Point, highlight};

/// Whether the keys choose text.
pub fn has_keys(model: &Model) -> bool {
    model.annotations.selection.is_some() && model.focus == Pane::Reader && model.popup.is_none()
}

/// Begins to choose text, at the top of what is shown.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    let effects = if model.focus == Pane::Reader {
        Vec::new()
    } else {
        command::enter_reader(model)
    };
    let Some(article) = model
        .reader
        .article
        .clone()
        .filter(|_| !model.jobs.is_busy(JobKind::Article))
    else {
        return effects;
    };
    (
        model.reader.story_view,
        model.reader.showing,
        model.reader.spotlight,
    ) = (None, Showing::Body, None);
    model.annotations.selection = KeyboardSelection::begin(&article, top(model));
    if model.annotations.selection.is_none() {
        model.say(model.start.words.get("notice.nothing-to-mark").to_owned());
    }
    show(model);
    effects
}

/// The place in the body of the line at the top.
fn top(model: &Model) -> Point {
    let (Some(body), Some(article)) = (&model.reader.body, &model.reader.article) else {
        return Point::default();
    };
    let anchor = body.layout.anchor(body.top);
    let parts = &body.layout.document().parts;
    let mut from = anchor.byte;
    for part in parts.iter().skip(anchor.part) {
        if let Some((block, item, before)) = place_of(article, part) {
            return Point {
                block,
                item,
                byte: before + from,
            };
        }
        from = 0;
    }
    Point::default()
}

/// Does an action while text is chosen; `None` where it means what it always means.
pub fn act(model: &mut Model, action: Action, count: usize) -> Option<Vec<Effect>> {
    let article = model.reader.article.clone()?;
    let marking = model.annotations.selection.as_mut()?;
    if marking.go(&article, action, count) {
        show(model);
        return Some(Vec::new());
    }
    match action {
        Action::Stretch => marking.stretching = !marking.stretching,
        Action::NextColour => return Some(recolour(model)),
        Action::Open => return Some(keep(model)),
        Action::Note => return Some(ask_note(model)),
        Action::Remove => return Some(remove(model)),
        Action::NextMatch => to_highlight(model, true),
        Action::PreviousMatch => to_highlight(model, false),
        Action::Back | Action::Close | Action::Highlight => model.annotations.selection = None,
        // These would take the text away from under the choice; others, such as sizes and undo, do
        // not.
        Action::NextArticle
        | Action::PreviousArticle
        | Action::ShortNews
        | Action::Scrap
        | Action::FullText => {
            return Some(Vec::new());
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Brings the head of the choice into view.
fn show(model: &mut Model) {
    let rows = model.geometry().text.height;
    let Some(head) = model
        .annotations
        .selection
        .as_ref()
        .map(KeyboardSelection::head)
    else {
        return;
    };
    let lit = lit_of(model, head);
    if let (Some(lit), Some(body)) = (lit, model.reader.body.as_mut()) {
        body.show_range(&lit, rows);
    }
}

/// Where a stretch of the body begins in the document.
fn lit_of(model: &Model, (from, until): Span) -> Option<PartRange> {
    let (body, article) = (model.reader.body.as_ref()?, model.reader.article.as_ref()?);
    let span = Highlight {
        from,
        until,
        colour: Default::default(),
        note: None,
        quote: Clean::default(),
    };
    body.layout
        .document()
        .parts
        .iter()
        .enumerate()
        .find_map(|(part, p)| {
            let bytes = bytes_in(&span, place_of(article, p)?, p.text.len());
            (!bytes.is_empty()).then_some(PartRange { part, bytes })
        })
}

/// The highlight in which the head of the choice begins, in the scrap's list.
pub fn under(model: &Model) -> Option<usize> {
    let head = model.annotations.selection.as_ref()?.head();
    let holds = |h: &Highlight| h.from < head.1 && head.0 < h.until;
    model
        .annotations
        .placed
        .iter()
        .find(|(_, h)| holds(h))
        .map(|(index, _)| *index)
}

/// Keeps what is chosen as a highlight. What is one already, and is chosen in the same colour,
/// stays as it is.
fn keep(model: &mut Model) -> Vec<Effect> {
    let Some((_, mut effects)) = scrapped(model) else {
        return Vec::new();
    };
    let (Some(marking), Some(article), Some(scrap)) = (
        model.annotations.selection.as_mut(),
        &model.reader.article,
        &model.annotations.scrap,
    ) else {
        return effects;
    };
    let (from, until) = marking.chosen();
    // The copy is what a highlight is anchored in; another text of the page may be on the screen.
    let new =
        Highlight::of(article, from, until, marking.colour).and_then(|h| h.placed(&scrap.article));
    let Some(new) = new else {
        model.say(model.start.words.get("notice.not-in-copy").to_owned());
        return effects;
    };
    marking.choose((from, until));
    let all = highlight::with(&scrap.highlights, new, &scrap.article);
    if all == scrap.highlights {
        return effects;
    }
    let name = model
        .start
        .words
        .get(crate::app::panes::rebuild_document::colour_key(
            marking.colour,
        ))
        .to_owned();
    effects.extend(annotate(model, Annotation::Highlights(all)));
    model.say(
        model
            .start
            .words
            .fill("notice.highlighted", &[("colour", &name)]),
    );
    effects
}

/// The next colour: of the highlight under the choice, else of the one to be made.
fn recolour(model: &mut Model) -> Vec<Effect> {
    let under = under(model);
    let Some(marking) = model.annotations.selection.as_mut() else {
        return Vec::new();
    };
    let Some((index, scrap)) = under.zip(model.annotations.scrap.as_ref()) else {
        marking.colour = marking.colour.next();
        return Vec::new();
    };
    let mut all = scrap.highlights.clone();
    if let Some(highlight) = all.get_mut(index) {
        highlight.colour = highlight.colour.next();
        marking.colour = highlight.colour;
    }
    annotate(model, Annotation::Highlights(all))
}

/// Asks for words about the highlight under the choice, which becomes one first.
fn ask_note(model: &mut Model) -> Vec<Effect> {
    let effects = if under(model).is_none() {
        keep(model)
    } else {
        Vec::new()
    };
    let Some(index) = under(model) else {
        return effects;
    };
    let note = model
        .annotations
        .scrap
        .as_ref()
        .and_then(|s| s.highlights.get(index)?.note.clone())
        .unwrap_or_default();
    let text = prompt::one_line(&note);
    model.prompt = Some(Prompt::new(Purpose::HighlightNote, &text));
    effects
}

/// The words about a highlight were typed.
pub fn noted(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some((index, scrap)) = under(model).zip(model.annotations.scrap.as_ref()) else {
        return Vec::new();
    };
    let mut all = scrap.highlights.clone();
    if let Some(highlight) = all.get_mut(index) {
        highlight.note = Some(prompt::many_lines(text)).filter(|n| !n.is_blank());
    }
    if all == scrap.highlights {
        Vec::new()
    } else {
        annotate(model, Annotation::Highlights(all))
    }
}

/// Takes the highlight under the choice away.
fn remove(model: &mut Model) -> Vec<Effect> {
    let Some((index, scrap)) = under(model).zip(model.annotations.scrap.as_ref()) else {
        model.say(model.start.words.get("notice.no-highlight").to_owned());
        return Vec::new();
    };
    let mut all = scrap.highlights.clone();
    all.remove(index);
    let effects = annotate(model, Annotation::Highlights(all));
    model.say(model.start.words.get("notice.highlight-removed").to_owned());
    effects
}

/// Chooses the next highlight, or the one before, around the end.
fn to_highlight(model: &mut Model, onwards: bool) {
    let Some(marking) = model.annotations.selection.as_mut() else {
        return;
    };
    let head = marking.head();
    let spans: Vec<Span> = model
        .annotations
        .placed
        .iter()
        .map(|(_, h)| (h.from, h.until))
        .collect();
    let found = if onwards {
        spans.iter().find(|s| s.0 > head.0).or(spans.first())
    } else {
        spans.iter().rev().find(|s| s.0 < head.0).or(spans.last())
    };
    match found {
        Some(span) => {
            marking.choose(*span);
            show(model);
        }
        None => model.say(model.start.words.get("notice.no-highlight").to_owned()),
    }
}
