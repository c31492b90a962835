//! Articles of the library or of sources, gathered into stories.

use std::collections::HashMap;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::CommandError;
use super::context::Context;
use crate::app::{Cause, Failure};
use crate::extract::dates;
use crate::news::stamp::KST;
use crate::news::{Article, ArticleId, Clean, Filter, Issue, PageStart, RowPage, Stamp, StoryId};
use crate::runtime::failures::of_io;
use crate::runtime::start::open_store;
use crate::runtime::store::story_of;
use crate::stories::{Clusterer, Policy, StoryInput, issues, tell};
use crate::summary;

/// Articles of the library that are looked at, at most.
const MOST: usize = 20_000;

/// Articles, with the name by which each was given, and the story that it was found to tell before.
type Given = Vec<(String, Article, Option<StoryId>)>;

/// Articles and the issues among them.
pub(super) struct Gathered {
    /// The stories of two articles or more, the most carried first.
    pub issues: Vec<Issue>,
    /// Every article, by the name that issues use, in the order in which they were given.
    pub articles: Vec<(ArticleId, Article)>,
    names: HashMap<ArticleId, String>,
    addresses: HashMap<ArticleId, Clean>,
}

impl Gathered {
    /// The name by which the article was given.
    pub(super) fn name(&self, id: ArticleId) -> String {
        self.names
            .get(&id)
            .cloned()
            .unwrap_or_else(|| id.to_string())
    }

    /// Where the article stands.
    pub(super) fn address(&self, id: ArticleId) -> Option<&Clean> {
        self.addresses.get(&id)
    }
}

/// The articles of `sources`, or of the library's last `hours` without any, and their issues.
/// Articles further apart than `hours` tell different stories; without `whole`, titles and leads
/// are all that is compared.
///
/// # Errors
/// As sources and the store give them.
pub(super) fn gather(
    sources: &[String],
    hours: SignedDuration,
    whole: bool,
    context: &Context,
) -> Result<Gathered, CommandError> {
    let given = if sources.is_empty() {
        library(context, hours)?
    } else {
        named(sources, context)?
    };
    let mut clusterer = Clusterer::new(Policy {
        window: hours,
        ..Policy::default()
    });
    let (mut articles, mut names) = (Vec::new(), HashMap::new());
    let (mut addresses, mut texts) = (HashMap::new(), HashMap::new());
    for (name, article, story) in given {
        let sentences = summary::sentences(&article);
        let id = ArticleId::of_content(&name);
        let input = StoryInput {
            id,
            ..StoryInput::of(&article, &sentences, whole)
        };
        clusterer.add(&input);
        if let Some(story) = story {
            clusterer.remember(id, story);
        }
        // Of publishers that want to be asked first no sentence is drawn: nobody is here to be
        // asked.
        if context.fetch.may_shorten(&article, false).is_ok() {
            texts.insert(id, sentences);
        }
        if let Some(address) = article.address() {
            addresses.insert(id, address.clone());
        }
        if names.insert(id, name).is_none() {
            articles.push((id, article));
        }
    }
    clusterer.group();
    let mut issues = issues(&clusterer);
    issues
        .iter_mut()
        .for_each(|issue| tell(issue, |id| texts.get(&id).cloned().unwrap_or_default()));
    Ok(Gathered {
        issues,
        articles,
        names,
        addresses,
    })
}

/// Articles of the library that came within the window.
fn library(context: &Context, window: SignedDuration) -> Result<Given, CommandError> {
    let store = open_store(&context.paths)?;
    let filter = Filter {
        since: Timestamp::now().checked_sub(window).ok(),
        ..Filter::default()
    };
    let page = RowPage {
        start: PageStart::Offset(0),
        limit: MOST,
    };
    let mut given = Vec::new();
    for row in store.articles(&filter, page)? {
        let Some(mut article) = store.article(row.id)? else {
            continue;
        };
        // What a publisher is called is what the list calls it.
        article.publisher = row.publisher;
        given.push((row.id.to_string(), article, row.story.map(story_of)));
    }
    Ok(given)
}

/// Articles of sources: `.jsonl`, one article a line with its `id`; anything else as everywhere.
fn named(sources: &[String], context: &Context) -> Result<Given, CommandError> {
    let mut given = Vec::new();
    for source in sources {
        if Path::new(source)
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("jsonl"))
        {
            let text = std::fs::read_to_string(source).map_err(|e| of_io(&e, source))?;
            for (index, line) in text
                .lines()
                .enumerate()
                .filter(|(_, l)| !l.trim().is_empty())
            {
                let at = format!("{source}:{}", index + 1);
                let (name, article) =
                    json_line(line).ok_or_else(|| Failure::new(Cause::NoArticle, &at))?;
                given.push((name, article, None));
            }
        } else {
            given.extend(
                context
                    .articles(source, None)?
                    .into_iter()
                    .map(|a| (a.id().to_string(), a, None)),
            );
        }
    }
    Ok(given)
}

/// An article with its name. Its date may be written as people write it.
fn json_line(line: &str) -> Option<(String, Article)> {
    let mut value: Value = serde_json::from_str(line).ok()?;
    let date = value.get_mut("published").map(Value::take);
    let mut article: Article = serde_json::from_value(value.clone()).ok()?;
    let date = date.as_ref().and_then(Value::as_str);
    article.published = date.and_then(|d| d.parse::<Stamp>().ok().or_else(|| dates::first(d, KST)));
    let name = value
        .get("id")
        .and_then(Value::as_str)
        .map_or_else(|| article.id().to_string(), str::to_owned);
    Some((name, article))
}
