//! A card in the reader's place: one of today's issues, or the versions of an article. Its lines
//! can be chosen, and each leads to an article and the sentence in it.

use std::sync::Arc;

use super::list::List;
use super::pictures::Pictures;
use super::places::range_of;
use super::reader::Reader;
use super::sheet::{PartRange, Sheet};
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::listing::Listing;
use crate::app::protocol::rows::Collection;
use crate::app::protocol::story::StoryJob;
use crate::app::update::navigation;
use crate::app::update::opening;
use crate::app::{Failure, Model};
use crate::config::Words;
use crate::news::{ArticleId, Clean, Issue, Moment, Passage, StoryId, Version, Versions};
use crate::text::{Document, Part, PartRole, PartSource};

/// Sentences of a version that are shown, each way.
const MOST: usize = 5;

/// What a card tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoryViewKind {
    /// One of today's issues.
    Issue,
    /// The versions of the article that lies under it.
    Versions,
}

/// Where a line of a card leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The article.
    pub article: ArticleId,
    /// The sentence in it: its place, and its words, by which it is found where the text has
    /// changed meanwhile.
    pub sentence: Option<(Passage, Clean)>,
}

/// A card.
#[derive(Debug)]
pub struct StoryView {
    /// What it tells of.
    pub kind: StoryViewKind,
    /// What it tells of by name: the issue, or the article that others are held against.
    pub of: ArticleId,
    /// The story.
    pub story: StoryId,
    /// The text as set; the part of a line has its number as [`PartSource::Sentence`].
    pub sheet: Sheet,
    /// Where its lines lead.
    pub targets: Vec<Target>,
    /// The chosen line.
    pub chosen: usize,
}

/// A card's text while it is written.
#[derive(Default)]
struct Draft {
    parts: Vec<Part>,
    targets: Vec<Target>,
}

impl Draft {
    fn tell(&mut self, role: PartRole, text: &str) {
        self.parts
            .push(Part::new(role, Clean::line(text), PartSource::Other));
    }

    /// A line that leads somewhere.
    fn lead(&mut self, role: PartRole, marker: &str, text: &str, target: Target) {
        let part = Part::new(
            role,
            Clean::line(text),
            PartSource::Sentence(self.targets.len()),
        );
        self.parts.push(if marker.is_empty() {
            part
        } else {
            part.marked(marker)
        });
        self.targets.push(target);
    }
}

/// Hour, publisher and headline.
fn moment_line(moment: &Moment) -> String {
    let when = moment
        .at
        .map(|at| at.wall().strftime("%m.%d %H:%M").to_string());
    let parts: Vec<&str> = [when.as_deref(), Some(&*moment.publisher)]
        .into_iter()
        .flatten()
        .filter(|p| !p.is_empty())
        .collect();
    parts.join(" ")
}

/// An issue: who carries it, three sentences across its articles, and its articles as they came.
fn issue_draft(issue: &Issue, words: &Words) -> Draft {
    let mut draft = Draft::default();
    let numbers = [
        ("n", issue.publishers.len().to_string()),
        ("articles", issue.articles.len().to_string()),
    ];
    let values: Vec<(&str, &str)> = numbers.iter().map(|(k, v)| (*k, v.as_str())).collect();
    draft.tell(PartRole::Kicker, &words.fill("issue.kicker", &values));
    draft.parts.push(Part::new(
        PartRole::Title,
        issue.title.clone(),
        PartSource::Title,
    ));
    let publishers: Vec<&str> = issue.publishers.iter().map(|o| &**o).collect();
    draft.tell(PartRole::Byline, &publishers.join(", "));
    for (i, line) in issue.summary.iter().enumerate() {
        let text = if line.publisher.is_empty() {
            line.text.to_string()
        } else {
            format!("{} ({})", line.text, line.publisher)
        };
        let target = Target {
            article: line.article,
            sentence: Some((line.place.clone(), line.text.clone())),
        };
        draft.lead(PartRole::Sentence, &format!("{}.", i + 1), &text, target);
    }
    if !issue.summary.is_empty() {
        draft.tell(PartRole::Notice, words.get("issue.disclaimer"));
    }
    draft.tell(PartRole::Heading(2), words.get("issue.timeline"));
    for moment in &issue.timeline {
        let target = Target {
            article: moment.article,
            sentence: None,
        };
        let line = format!("{} — {}", moment_line(moment), moment.title);
        match issue.copied_from(moment.article) {
            None => draft.lead(PartRole::Item, "•", &line, target),
            Some(publisher) => {
                let copy = words.fill(
                    "issue.copy",
                    &[("moment", &moment_line(moment)), ("outlet", publisher)],
                );
                draft.lead(PartRole::Item, "↳", &copy, target);
            }
        }
    }
    draft
}

/// The versions of an article: each with what it has that this one lacks, and the other way round.
fn versions_draft(versions: &Versions, words: &Words) -> Draft {
    let mut draft = Draft::default();
    draft.tell(
        PartRole::Kicker,
        &words.fill(
            "versions.kicker",
            &[("n", &versions.others.len().to_string())],
        ),
    );
    draft.parts.push(Part::new(
        PartRole::Title,
        versions.base.title.clone(),
        PartSource::Title,
    ));
    draft.tell(
        PartRole::Byline,
        &words.fill("versions.base", &[("moment", &moment_line(&versions.base))]),
    );
    draft.tell(PartRole::Notice, words.get("versions.hint"));
    for version in &versions.others {
        version_draft(&mut draft, version, versions.base.article, words);
    }
    draft
}

fn version_draft(draft: &mut Draft, version: &Version, base: ArticleId, words: &Words) {
    let moment = &version.moment;
    let key = if version.copy {
        "versions.copy"
    } else {
        "versions.same"
    };
    let head = words.fill(
        key,
        &[("moment", &moment_line(moment)), ("title", &moment.title)],
    );
    draft.lead(
        PartRole::Heading(3),
        "",
        &head,
        Target {
            article: moment.article,
            sentence: None,
        },
    );
    if version.added.is_empty() && version.lacking.is_empty() {
        draft.tell(PartRole::Notice, words.get("versions.none"));
    }
    for (marker, article, lines) in [
        ("+", moment.article, &version.added),
        ("−", base, &version.lacking),
    ] {
        for (text, place) in lines.iter().take(MOST) {
            let target = Target {
                article,
                sentence: Some((place.clone(), text.clone())),
            };
            draft.lead(PartRole::Sentence, marker, text, target);
        }
        if lines.len() > MOST {
            let rest = (lines.len() - MOST).to_string();
            draft.tell(
                PartRole::Notice,
                &words.fill("versions.more", &[("marker", marker), ("n", &rest)]),
            );
        }
    }
}

fn put(model: &mut Model, kind: StoryViewKind, (of, story): (ArticleId, StoryId), draft: Draft) {
    let sheet = Sheet::new(Document { parts: draft.parts }, &model.measure());
    model.reader.story_view = Some(Box::new(StoryView {
        kind,
        of,
        story,
        sheet,
        targets: draft.targets,
        chosen: 0,
    }));
}

/// One of today's issues came: it stands in the reader's place.
pub fn issue_came(model: &mut Model, issue: &Issue) -> Vec<Effect> {
    let draft = issue_draft(issue, &model.start.words);
    let (id, showing) = (model.reader.id, model.reader.showing);
    let pictures = Pictures::renewed();
    model.reader = Reader {
        id,
        showing,
        pictures,
        ..Reader::default()
    };
    put(
        model,
        StoryViewKind::Issue,
        (ArticleId(issue.id.0), issue.id),
        draft,
    );
    let mut effects = model.jobs.cancel(JobKind::Summary);
    effects.extend(model.jobs.cancel(JobKind::ModelSummary));
    effects
}

/// The versions of the chosen article, or away with them.
pub fn versions(model: &mut Model) -> Vec<Effect> {
    if model
        .reader
        .story_view
        .as_ref()
        .is_some_and(|c| c.kind == StoryViewKind::Versions)
    {
        model.reader.story_view = None;
        return Vec::new();
    }
    let id = match model.focus {
        Pane::List if model.list.collection() != Collection::Issues => {
            model.list.row().map(|r| r.id)
        }
        Pane::Reader => model.reader.article.as_ref().and(model.reader.id),
        Pane::List | Pane::Sources => None,
    };
    let Some(id) = id else { return Vec::new() };
    model.say(model.start.words.get("notice.comparing").to_owned());
    model
        .jobs
        .restart(JobKind::Versions, StoryJob::Versions(id))
}

/// The versions came. They lie over their article; where another one is read meanwhile, they are of
/// no use.
pub fn versions_came(model: &mut Model, answer: Result<Arc<Versions>, Failure>) -> Vec<Effect> {
    match answer {
        Ok(versions) if model.reader.id == Some(versions.base.article) => {
            let draft = versions_draft(&versions, &model.start.words);
            model.notice = None;
            put(
                model,
                StoryViewKind::Versions,
                (versions.base.article, versions.story),
                draft,
            );
            model.focus = Pane::Reader;
        }
        Ok(_) => {}
        Err(failure) => model.fail(&failure),
    }
    Vec::new()
}

/// What an action does while a card has the keys; `None` where it does the same as ever.
pub fn act(model: &mut Model, action: Action, count: usize) -> Option<Vec<Effect>> {
    let rows = model.geometry().text.height;
    let card = model
        .reader
        .story_view
        .as_mut()
        .filter(|_| model.focus == Pane::Reader)?;
    match action {
        Action::Down | Action::Up | Action::First | Action::Last => {
            card.choose(action, count, rows);
        }
        Action::PageDown | Action::PageUp | Action::HalfPageDown | Action::HalfPageUp => {
            card.sheet.go(action, count, rows);
        }
        Action::Follow | Action::Open => return Some(follow(model)),
        Action::Back | Action::Close | Action::ShortNews
            if card.kind == StoryViewKind::Versions =>
        {
            model.reader.story_view = None;
        }
        Action::ShortNews | Action::ModelNews | Action::SkipToBody | Action::FullText
            if card.kind == StoryViewKind::Issue => {}
        Action::SkipToBody | Action::ModelNews | Action::NextMatch | Action::PreviousMatch => {}
        _ => return None,
    }
    Some(Vec::new())
}

impl StoryView {
    fn choose(&mut self, action: Action, count: usize, rows: u16) {
        let last = self.targets.len().saturating_sub(1);
        let before = self.chosen;
        self.chosen = match action {
            Action::Down => (before + count).min(last),
            Action::Up => before.saturating_sub(count),
            Action::First => 0,
            _ => last,
        };
        if before == 0 && self.chosen == 0 && action != Action::Down {
            self.sheet.go(Action::First, 1, rows);
            return;
        }
        let source = PartSource::Sentence(self.chosen);
        let parts = &self.sheet.layout.document().parts;
        if let Some((part, found)) = parts.iter().enumerate().find(|(_, p)| p.source == source) {
            let lit = PartRange {
                part,
                bytes: 0..found.text.len(),
            };
            self.sheet.show_range(&lit, rows);
        }
    }
}

/// From the chosen line to its article, and to the sentence there.
fn follow(model: &mut Model) -> Vec<Effect> {
    let Some(card) = &model.reader.story_view else {
        return Vec::new();
    };
    let Some(target) = card.targets.get(card.chosen).cloned() else {
        return Vec::new();
    };
    let collection = Collection::Story(card.story.0);
    if model.reader.article.is_some() && model.reader.id == Some(target.article) {
        model.reader.story_view = None;
        model.reader.showing = super::reader::Showing::Body;
        model.landing = Some(target);
        land(model);
        return Vec::new();
    }
    let id = target.article;
    model.landing = Some(target);
    if model.list.collection() == collection {
        if !model.list.select_article(id) {
            return Vec::new();
        }
        return opening::preview(model);
    }
    let effects = {
        let listing = Listing {
            wanted: Some(id),
            ..Listing::of(collection)
        };
        navigation::go_to(model, List::showing(listing))
    };
    model.focus = Pane::Reader;
    effects
}

/// The letters alone: what is shown of a sentence may lack a dateline and have the marks of a
/// speech.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Brings the sentence that a card's line led to into view, lit, once its article is there.
pub fn land(model: &mut Model) {
    let Some(target) = model
        .landing
        .take_if(|t| model.reader.id == Some(t.article))
    else {
        return;
    };
    let rows = model.geometry().text.height;
    let (Some((place, text)), Some(body)) = (target.sentence, model.reader.body.as_mut()) else {
        return;
    };
    let parts = &body.layout.document().parts;
    let says = |lit: &PartRange| {
        parts[lit.part]
            .text
            .get(lit.bytes.clone())
            .is_some_and(|t| letters(t).contains(&letters(&text)))
    };
    let found = range_of(body.layout.document(), &place)
        .filter(says)
        .or_else(|| {
            parts.iter().enumerate().find_map(|(part, p)| {
                let at = p.text.find(&*text)?;
                Some(PartRange {
                    part,
                    bytes: at..at + text.len(),
                })
            })
        });
    if let Some(lit) = found {
        model.reader.showing = super::reader::Showing::Body;
        body.show_range(&lit, rows);
        model.reader.spotlight = Some(lit);
    }
}
