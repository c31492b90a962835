//! What tells of a story in the reader's place: one of today's issues, the versions of an article,
//! or what was rewritten in it. Its lines can be chosen, and each leads to an article and the
//! sentence in it.

use jiff::tz::TimeZone;

use super::revisions_draft::revisions_draft;
use super::sheet::{PartRange, Sheet};
use super::story_draft::{Draft, StoryTarget};
use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::config::Words;
use crate::news::{Article, ArticleId, Issue, Moment, Revision, StoryId, Version, Versions};
use crate::text::{Document, PartRole, PartSource};

/// Sentences of a version that are shown, each way.
const MOST: usize = 5;

/// What a story view tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StoryViewKind {
    /// One of today's issues.
    Issue,
    /// The versions of the article that lies under it.
    Versions,
    /// What was rewritten in the article that lies under it.
    Revisions,
    /// A word of the article that lies under it.
    Word,
}

/// A text in the reader's place that tells of a story.
#[derive(Debug)]
pub struct StoryView {
    kind: StoryViewKind,
    /// The issue, or the article that the other versions are compared with.
    of: ArticleId,
    story: StoryId,
    /// The text as set; the part of a line has its number as [`PartSource::Sentence`].
    sheet: Sheet,
    /// Where its lines lead.
    targets: Vec<StoryTarget>,
    /// Words that are marked, in the order of the text.
    marked: Vec<PartRange>,
    /// The index of the chosen line.
    chosen: usize,
}

/// Hour and publisher of a version.
fn moment_line(moment: &Moment, zone: &TimeZone) -> String {
    let when = moment
        .at
        .map(|at| at.local(zone).strftime("%m.%d %H:%M").to_string());
    let parts: Vec<&str> = [when.as_deref(), Some(&*moment.publisher)]
        .into_iter()
        .flatten()
        .filter(|p| !p.is_empty())
        .collect();
    parts.join(" ")
}

/// An issue: who carries it, three sentences across its articles, and its articles as they came.
fn issue_draft(issue: &Issue, words: &Words, zone: &TimeZone) -> Draft {
    let mut draft = Draft::default();
    let numbers = [
        ("n", issue.publishers.len().to_string()),
        ("articles", issue.articles.len().to_string()),
    ];
    let values: Vec<(&str, &str)> = numbers.iter().map(|(k, v)| (*k, v.as_str())).collect();
    draft.tell(PartRole::Kicker, &words.fill("issue.kicker", &values));
    draft.title(&issue.title);
    let publishers: Vec<&str> = issue.publishers.iter().map(|o| &**o).collect();
    draft.tell(PartRole::Byline, &publishers.join(", "));
    for (i, line) in issue.summary.iter().enumerate() {
        let text = if line.publisher.is_empty() {
            line.text.to_string()
        } else {
            format!("{} ({})", line.text, line.publisher)
        };
        let target = StoryTarget {
            article: line.article,
            story: None,
            sentence: Some((line.place.clone(), line.text.clone())),
        };
        draft.lead(PartRole::Sentence, &format!("{}.", i + 1), &text, target);
    }
    if !issue.summary.is_empty() {
        draft.tell(PartRole::Notice, words.get("issue.disclaimer"));
    }
    draft.tell(PartRole::Heading(2), words.get("issue.timeline"));
    for moment in &issue.timeline {
        let target = StoryTarget {
            article: moment.article,
            story: None,
            sentence: None,
        };
        let line = format!("{} — {}", moment_line(moment, zone), moment.title);
        match issue.copied_from(moment.article) {
            None => draft.lead(PartRole::Item, "•", &line, target),
            Some(publisher) => {
                let copy = words.fill(
                    "issue.copy",
                    &[
                        ("moment", &moment_line(moment, zone)),
                        ("outlet", publisher),
                    ],
                );
                draft.lead(PartRole::Item, "↳", &copy, target);
            }
        }
    }
    // As in the list, no story of a single publisher, unless this is one.
    let mut related = issue
        .related
        .iter()
        .filter(|r| r.publishers != 1 || !issue.is_shared());
    let mut related = related.by_ref().peekable();
    if related.peek().is_some() {
        draft.tell(PartRole::Heading(2), words.get("issue.related"));
    }
    for other in related {
        let (n, articles) = (
            other.publishers.to_string(),
            other.articles.len().to_string(),
        );
        let values = [
            ("title", &*other.title),
            ("n", &*n),
            ("articles", &*articles),
        ];
        let Some(&article) = other.articles.first() else {
            continue;
        };
        let target = StoryTarget {
            article,
            story: Some(other.id),
            sentence: None,
        };
        draft.lead(
            PartRole::Item,
            "└",
            &words.fill("issue.related-row", &values),
            target,
        );
    }
    draft
}

/// The versions of an article: each with what it has that this one lacks, and the other way round.
fn versions_draft(versions: &Versions, words: &Words, zone: &TimeZone) -> Draft {
    let mut draft = Draft::default();
    let own = versions.others.iter().filter(|v| v.own).count();
    let counts = [
        ("versions.kicker", versions.others.len() - own),
        ("versions.editions", own),
    ];
    let counts = counts.iter().filter(|(_, n)| *n > 0);
    let counts: Vec<String> = counts
        .map(|(key, n)| words.fill(key, &[("n", &n.to_string())]))
        .collect();
    draft.tell(PartRole::Kicker, &counts.join(" · "));
    draft.title(&versions.base.title);
    draft.tell(
        PartRole::Byline,
        &words.fill(
            "versions.base",
            &[("moment", &moment_line(&versions.base, zone))],
        ),
    );
    draft.tell(PartRole::Notice, words.get("versions.hint"));
    for version in &versions.others {
        version_draft(&mut draft, version, versions.base.article, (words, zone));
    }
    draft
}

fn version_draft(
    draft: &mut Draft,
    version: &Version,
    base: ArticleId,
    (words, zone): (&Words, &TimeZone),
) {
    let moment = &version.moment;
    let key = match version {
        Version { own: true, .. } => "versions.edition",
        Version { copy: true, .. } => "versions.copy",
        _ => "versions.same",
    };
    let head = words.fill(
        key,
        &[
            ("moment", &moment_line(moment, zone)),
            ("title", &moment.title),
        ],
    );
    draft.lead(
        PartRole::Heading(3),
        "",
        &head,
        StoryTarget {
            article: moment.article,
            story: None,
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
            let target = StoryTarget {
                article,
                story: None,
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

impl StoryView {
    /// One of today's issues.
    pub fn issue(issue: &Issue, env: &Env<'_>) -> Self {
        let draft = issue_draft(issue, env.words(), &env.start.zone);
        let of = ArticleId(issue.id.0);
        Self::of_draft(StoryViewKind::Issue, of, issue.id, draft, env)
    }

    /// The versions of an article.
    pub fn versions(versions: &Versions, env: &Env<'_>) -> Self {
        let draft = versions_draft(versions, env.words(), &env.start.zone);
        let of = versions.base.article;
        Self::of_draft(StoryViewKind::Versions, of, versions.story, draft, env)
    }

    /// What was rewritten in the article `id`.
    pub fn revisions(
        id: ArticleId,
        article: &Article,
        revisions: &[Revision],
        env: &Env<'_>,
    ) -> Self {
        let draft = revisions_draft(id, article, revisions, (env.words(), &env.start.zone));
        Self::of_draft(StoryViewKind::Revisions, id, StoryId(id.0), draft, env)
    }

    /// A word of the article `id`.
    pub(super) fn word(id: ArticleId, draft: Draft, env: &Env<'_>) -> Self {
        Self::of_draft(StoryViewKind::Word, id, StoryId(id.0), draft, env)
    }

    fn of_draft(
        kind: StoryViewKind,
        of: ArticleId,
        story: StoryId,
        draft: Draft,
        env: &Env<'_>,
    ) -> Self {
        let document = Document { parts: draft.parts };
        Self {
            kind,
            of,
            story,
            sheet: Sheet::new(document, &env.measure),
            targets: draft.targets,
            marked: draft.marked,
            chosen: 0,
        }
    }

    /// Whether it shows the versions of an article.
    pub fn is_of_versions(&self) -> bool {
        self.kind == StoryViewKind::Versions
    }

    /// Whether it shows what was rewritten in an article.
    pub fn is_of_revisions(&self) -> bool {
        self.kind == StoryViewKind::Revisions
    }

    /// Whether an article lies under it.
    pub fn is_over_article(&self) -> bool {
        self.kind != StoryViewKind::Issue
    }

    /// Whether the article `id` lies under it.
    pub fn is_over(&self, id: ArticleId) -> bool {
        self.is_over_article() && self.of == id
    }

    /// The words that are marked, in the order of the text.
    pub fn marked(&self) -> &[PartRange] {
        &self.marked
    }

    /// The story that is told here.
    pub fn story(&self) -> StoryId {
        self.story
    }

    /// The text as set.
    pub fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// The text as set, to be scrolled.
    pub fn sheet_mut(&mut self) -> &mut Sheet {
        &mut self.sheet
    }

    /// The index of the chosen line.
    pub fn chosen(&self) -> usize {
        self.chosen
    }

    /// Where the chosen line leads.
    pub fn target(&self) -> Option<&StoryTarget> {
        self.targets.get(self.chosen)
    }

    /// Goes to another line.
    pub fn choose(&mut self, action: Action, count: usize, rows: u16) {
        if self.targets.is_empty() {
            return self.sheet.go(action, count, rows);
        }
        let last = self.targets.len() - 1;
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
        let part = self.sheet.part_of(PartSource::Sentence(self.chosen));
        let lit = part.and_then(|part| PartRange::whole(part, self.sheet.document()));
        if let Some(lit) = lit {
            self.sheet.show_range(&lit, rows);
        }
    }
}
