//! 오늘의 이슈 as a shelf: a row a story, its articles, and the issue itself as something to read.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::rows::row;
use super::{Desk, Shelf};
use crate::app::list::Row;
use crate::app::{Cause, Failure};
use crate::brief;
use crate::news::{Article, ArticleId, Block, Clean, Extraction, Filter, Page, Start};
use crate::runtime::failures::of_store;
use crate::stories::{Clusterer, Issue, Policy, StoryInput, issues};

/// Articles that are compared, the latest; more would keep the desk from its other work.
const MOST: usize = 3_000;
/// Articles further apart than this tell different stories.
const WINDOW: SignedDuration = SignedDuration::from_hours(48);

impl Desk {
    /// Counts today's issues anew: among what is subscribed, else among what is open.
    pub(super) fn issue_rows(&mut self) -> Result<(Vec<Row>, usize), Failure> {
        let mut clusterer = Clusterer::new(Policy { window: WINDOW, ..Policy::default() });
        let mut texts: HashMap<ArticleId, Vec<Clean>> = HashMap::new();
        for article in self.recent()? {
            let sentences = brief::sentences(&article);
            clusterer.add(&StoryInput::of(&article, &sentences, true));
            texts.insert(article.id(), sentences.into_iter().map(|s| s.text).collect());
        }
        clusterer.group();
        self.issues = issues(&clusterer, |id| texts.get(&id).cloned().unwrap_or_default());
        let rows: Vec<Row> = self.issues.iter().map(issue_row).collect();
        let total = rows.len();
        Ok((rows, total))
    }

    fn recent(&self) -> Result<Vec<Arc<Article>>, Failure> {
        let since = Timestamp::now().checked_sub(WINDOW).ok();
        let filter = Filter { since, ..Filter::default() };
        let mut articles = Vec::new();
        if let Ok(store) = self.store() {
            let page = Page { start: Start::Offset(0), limit: MOST };
            for row in store.articles(&filter, page).map_err(|e| of_store(&e))? {
                if let Some(mut article) = store.article(row.id).map_err(|e| of_store(&e))? {
                    // An outlet is called as the list calls it.
                    article.publisher = row.publisher;
                    articles.push(Arc::new(article));
                }
            }
        }
        if articles.is_empty() {
            let own = [Shelf::Sources, Shelf::Sample].into_iter().filter_map(|s| self.shelves.get(&s));
            articles = own.flatten().cloned().collect();
        }
        Ok(articles)
    }

    /// The articles of one issue, as they came.
    pub(super) fn story_rows(&self, story: u64) -> (Vec<Row>, usize) {
        let kept = self.kept();
        let articles = self.issues.iter().find(|i| i.id.0 == story).map_or(&[][..], |i| &i.articles);
        let rows: Vec<Row> = articles
            .iter()
            .filter_map(|id| {
                let own = self.shelves.values().flatten().find(|a| a.id() == *id).map(|a| self.own_row(a, &kept));
                own.or_else(|| self.store().ok()?.article_row(*id).ok()?.map(row))
            })
            .collect();
        let total = rows.len();
        (rows, total)
    }

    /// An issue to read: who carries it, three sentences across them, and its articles in order.
    pub(super) fn issue_as_article(&self, id: ArticleId) -> Result<Arc<Article>, Failure> {
        let issue = self.issues.iter().find(|i| i.id.0 == id.0);
        let issue = issue.ok_or_else(|| Failure::new(Cause::Gone, &id.to_string()))?;
        let lines = issue
            .summary
            .iter()
            .map(|line| Block::Quote { text: Clean::line(&format!("{} ({})", line.text, line.outlet)) });
        let moments = issue.timeline.iter().map(|m| {
            let when = m.at.map(|at| at.wall().strftime("%m.%d. %H:%M").to_string()).unwrap_or_default();
            Clean::line(&format!("{when} {} — {}", m.outlet, m.title))
        });
        let blocks = lines.chain([Block::List { ordered: true, items: moments.collect() }]).collect();
        Ok(Arc::new(Article {
            title: issue.title.clone(),
            subheads: vec![outlets(issue)],
            blocks,
            // Names it as its row is named.
            url: None,
            extraction: Extraction { method: Clean::line("issue"), confidence: 1.0, problem: None },
            ..Article::default()
        }))
    }
}

fn issue_row(issue: &Issue) -> Row {
    Row {
        id: ArticleId(issue.id.0),
        title: issue.title.clone(),
        publisher: None,
        when: issue.timeline.last().and_then(|m| m.at),
        read: false,
        scrapped: false,
        outlets: Some((issue.outlets.len(), outlets(issue))),
    }
}

/// Who carries it.
fn outlets(issue: &Issue) -> Clean {
    let names: Vec<&str> = issue.outlets.iter().map(|o| &**o).collect();
    Clean::line(&names.join(", "))
}
