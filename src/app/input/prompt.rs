//! The line at the bottom into which something is typed: what to find, or what to subscribe to.

use super::field::Field;
use super::key::{Key, KeyCode};
use crate::app::geometry::Pane;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::panes::reader::{FindState, Reader, Showing};
use crate::app::panes::sheet::PartRange;
use crate::app::protocol::change::Change;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::network::NetworkJob;
use crate::app::protocol::prefs::Purpose;
use crate::app::update::fetch_rows;
use crate::app::update::saved_queries;
use crate::app::{Cause, Failure, Model, annotations};
use crate::news::query::QueryError;
use crate::news::{Clean, Query, Scope};

/// Lines that are remembered of each purpose.
const HISTORY: usize = 50;

/// An open prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What for.
    pub purpose: Purpose,
    /// The text.
    pub field: Field,
    /// What the list was filtered by before.
    before: String,
    /// How many lines back in what was typed before; 0 for what is being typed now.
    back: usize,
    /// What was being typed when that was looked into.
    draft: String,
    /// What is wrong with the text so far, and where.
    pub fault: Option<QueryError>,
}

impl Prompt {
    fn new(purpose: Purpose, field: Field, before: String) -> Self {
        Self {
            purpose,
            field,
            before,
            back: 0,
            draft: String::new(),
            fault: None,
        }
    }
}

/// `/`: finds in the pane with the keys.
pub fn find(model: &mut Model) -> Vec<Effect> {
    let purpose = if model.focus == Pane::Reader {
        Purpose::FindWords
    } else {
        Purpose::FindArticles
    };
    let before = model.list.query.clone();
    let field = if purpose == Purpose::FindArticles {
        Field::with(&before)
    } else {
        Field::default()
    };
    model.prompt = Some(Prompt::new(purpose, field, before));
    Vec::new()
}

/// `a`: asks for an address.
pub fn subscribe(model: &mut Model) -> Vec<Effect> {
    open(model, Purpose::Subscribe, "")
}

/// Asks for something, `text` being there already.
pub fn open(model: &mut Model, purpose: Purpose, text: &str) -> Vec<Effect> {
    model.prompt = Some(Prompt::new(purpose, Field::with(text), String::new()));
    Vec::new()
}

/// Stands for a line's end where there is one line to type in.
const LINE_END: char = '↵';

/// Several lines as one.
pub fn one_line(text: &str) -> String {
    text.replace('\n', &LINE_END.to_string())
}

/// The lines that [`one_line`] joined.
pub fn many_lines(typed: &str) -> Clean {
    Clean::lines(&typed.replace(LINE_END, "\n"))
}

/// A key while a prompt is open.
pub fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(prompt) = &mut model.prompt else {
        return Vec::new();
    };
    match key.code {
        KeyCode::Esc => close(model, false),
        KeyCode::Char('c') if key.ctrl => close(model, false),
        KeyCode::Enter
            if key.alt && matches!(prompt.purpose, Purpose::Note | Purpose::HighlightNote) =>
        {
            prompt.field.insert(LINE_END.encode_utf8(&mut [0; 4]));
            Vec::new()
        }
        KeyCode::Enter => close(model, true),
        KeyCode::Up => recall(model, 1),
        KeyCode::Down => recall(model, -1),
        KeyCode::Tab if prompt.purpose == Purpose::Labels => {
            let text = prompt.field.text().to_owned();
            if let (Some((_, whole)), Some(prompt)) =
                (annotations::completion(model, &text), &mut model.prompt)
            {
                prompt.field = Field::with(&whole);
            }
            Vec::new()
        }
        _ if prompt.field.press(key) => changed(model),
        _ => Vec::new(),
    }
}

/// What was typed for the same purpose before: `steps` lines further back.
fn recall(model: &mut Model, steps: isize) -> Vec<Effect> {
    let Some(prompt) = &mut model.prompt else {
        return Vec::new();
    };
    let past = model
        .start
        .prefs
        .typed
        .get(&prompt.purpose)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let back = prompt.back.saturating_add_signed(steps).min(past.len());
    if back == prompt.back {
        return Vec::new();
    }
    if prompt.back == 0 {
        prompt.draft = prompt.field.text().to_owned();
    }
    prompt.back = back;
    let text = if back == 0 {
        &prompt.draft
    } else {
        &past[past.len() - back]
    };
    prompt.field = Field::with(text);
    changed(model)
}

/// Keeps what was typed, the newest last, each once, over restarts too. Notes are no lines to be
/// typed again: they are remembered nowhere but where they belong.
fn remember(model: &mut Model, purpose: Purpose, text: &str) -> Option<Effect> {
    if text.trim().is_empty() || matches!(purpose, Purpose::Note | Purpose::HighlightNote) {
        return None;
    }
    let past = model.start.prefs.typed.entry(purpose).or_default();
    past.retain(|t| t != text);
    past.push(text.to_owned());
    let over = past.len().saturating_sub(HISTORY);
    past.drain(..over);
    Some(model.jobs.change(
        Change::Prefs(model.start.prefs.clone()),
        PendingChange::Quiet,
    ))
}

/// Text pasted while a prompt is open.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some(prompt) = &mut model.prompt else {
        return Vec::new();
    };
    prompt.field.insert(text);
    changed(model)
}

/// Results as you type.
fn changed(model: &mut Model) -> Vec<Effect> {
    let Some(prompt) = &mut model.prompt else {
        return Vec::new();
    };
    prompt.fault = None;
    let text = prompt.field.text().to_owned();
    match prompt.purpose {
        Purpose::FindArticles => filter(model, &text),
        Purpose::FindWords => {
            light(model, &text);
            Vec::new()
        }
        Purpose::Mute => {
            let now = model.start.now.to_zoned(model.start.zone.clone());
            prompt.fault = Query::parse(&text, &now).err();
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn close(model: &mut Model, accepted: bool) -> Vec<Effect> {
    let Some(prompt) = model.prompt.take() else {
        return Vec::new();
    };
    let (purpose, text) = (prompt.purpose, prompt.field.text().to_owned());
    let is_sound = accepted && prompt.fault.is_none();
    let mut effects = closed(model, prompt, accepted);
    // What has to be mended first is not worth being typed again.
    if is_sound && model.prompt.is_none() {
        effects.extend(remember(model, purpose, &text));
    }
    effects
}

fn closed(model: &mut Model, prompt: Prompt, accepted: bool) -> Vec<Effect> {
    match (prompt.purpose, accepted) {
        (Purpose::FindArticles, false) => filter(model, &prompt.before),
        (Purpose::FindWords, false) => {
            model.reader.find = None;
            Vec::new()
        }
        (Purpose::FindArticles, true) => {
            if prompt.fault.is_some() {
                model.fail(&Failure::new(Cause::Query, prompt.field.text()));
            }
            Vec::new()
        }
        (Purpose::FindWords, true) => {
            if model
                .reader
                .find
                .as_ref()
                .is_some_and(|f| f.hits.is_empty())
            {
                model.say(
                    model
                        .start
                        .words
                        .fill("notice.no-match", &[("text", prompt.field.text())]),
                );
            }
            Vec::new()
        }
        (_, false) => Vec::new(),
        (purpose @ (Purpose::SaveSearch | Purpose::Mute | Purpose::Tag), true) => {
            let done = saved_queries::typed(model, purpose, prompt.field.text());
            done.unwrap_or_else(|fault| {
                model.prompt = Some(Prompt {
                    fault: Some(fault),
                    ..prompt
                });
                Vec::new()
            })
        }
        (Purpose::Note | Purpose::HighlightNote | Purpose::Labels | Purpose::Export, true) => {
            annotations::typed(model, prompt.purpose, prompt.field.text())
        }
        (Purpose::Subscribe, true) => subscribe_to(model, prompt.field.text()),
    }
}

/// Subscribes to an address.
pub fn subscribe_to(model: &mut Model, address: &str) -> Vec<Effect> {
    let address = Clean::line(address);
    if address.is_blank() {
        return Vec::new();
    }
    model.say(
        model
            .start
            .words
            .fill("notice.subscribing", &[("address", &address)]),
    );
    model
        .jobs
        .restart(JobKind::Subscription, NetworkJob::Subscribe(address))
}

/// Filters by `text`; where that can't be read, it stands in the prompt with the fault marked.
pub fn filter_or_ask(model: &mut Model, text: &str) -> Vec<Effect> {
    let before = model.list.query.clone();
    model.prompt = Some(Prompt::new(
        Purpose::FindArticles,
        Field::with(text),
        before,
    ));
    let effects = filter(model, text);
    if model.prompt.as_ref().is_some_and(|p| p.fault.is_none()) {
        model.prompt = None;
    }
    effects
}

/// Shows the list's articles that answer `text`; a query that can't be read yet changes nothing.
pub fn filter(model: &mut Model, text: &str) -> Vec<Effect> {
    let now = model.start.now.to_zoned(model.start.zone.clone());
    match Query::parse(text, &now) {
        Ok(query) => {
            model.list.matcher = Some(query).filter(|q| !q.is_empty());
            model.list.query = text.trim().to_owned();
            (model.list.selected, model.list.top) = (0, 0);
            model.list.rows.clear();
            fetch_rows(model)
        }
        Err(error) => {
            if let Some(prompt) = &mut model.prompt {
                prompt.fault = Some(error);
            }
            Vec::new()
        }
    }
}

/// Lights the words in the article and goes to the first from the top line on.
fn light(model: &mut Model, text: &str) {
    let rows = model.geometry().text.height;
    model.reader.find = None;
    model.reader.showing = Showing::Body;
    let now = model.start.now.to_zoned(model.start.zone.clone());
    let phrase = format!("\"{}\"", text.replace('"', " ").trim());
    let Some(query) = Query::parse(&phrase, &now)
        .ok()
        .filter(|_| !text.trim().is_empty())
    else {
        return;
    };
    model.reader.find = hits(&model.reader, &query).map(|(hits, at)| FindState {
        hits,
        at,
        from_list: false,
    });
    model.reader.go_to_hit(rows);
}

/// Lights in the article what the list is filtered by; the text stays where it is.
pub fn light_found(model: &mut Model) {
    if model
        .reader
        .find
        .as_ref()
        .is_some_and(|find| !find.from_list)
    {
        return;
    }
    let found = model
        .list
        .matcher
        .as_ref()
        .and_then(|query| hits(&model.reader, query));
    let found = found.filter(|(hits, _)| !hits.is_empty());
    let lit_already = |hits: &Vec<PartRange>| {
        model
            .reader
            .find
            .as_ref()
            .is_some_and(|find| find.hits == *hits)
    };
    if found.as_ref().is_some_and(|(hits, _)| lit_already(hits)) {
        return;
    }
    // The next hit is the one from the top line on.
    model.reader.find = found.map(|(hits, at)| FindState {
        at: (at + hits.len() - 1) % hits.len(),
        hits,
        from_list: true,
    });
}

/// Where the words of `query` stand in the article, and which of them is the first from the top
/// line on.
fn hits(reader: &Reader, query: &Query) -> Option<(Vec<PartRange>, usize)> {
    let body = reader.body.as_ref()?;
    let parts = body.layout.document().parts.iter().enumerate();
    let hits: Vec<PartRange> = parts
        .flat_map(|(part, p)| {
            query
                .spans(&p.text, Scope::Anywhere)
                .into_iter()
                .map(move |bytes| PartRange { part, bytes })
        })
        .collect();
    let top = body.layout.anchor(body.top);
    let at = hits
        .iter()
        .position(|h| (h.part, h.bytes.end) > (top.part, top.byte))
        .unwrap_or(0);
    Some((hits, at))
}
