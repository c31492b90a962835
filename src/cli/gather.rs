//! Groups articles into stories, for `gisa issues` and `gisa brief`.

use std::collections::HashMap;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::context::CommandContext;
use super::error::CommandError;
use crate::app::{Cause, Failure};
use crate::extract::dates;
use crate::news::address::without_secrets;
use crate::news::json;
use crate::news::stamp::KST;
use crate::news::{Article, ArticleId, Clean, Filter, Issue, PageStart, RowPage, Stamp, StoryId};
use crate::runtime::grouping::{Grouped, group};
use crate::runtime::start::open_store;
use crate::runtime::store::story_of;
use crate::runtime::system::limited_read;

/// Most articles of the library that are grouped.
const MOST: usize = 20_000;

/// The size of the largest `.jsonl` file in bytes: about fifty thousand
/// articles.
const LARGEST_COLLECTION: usize = 256 << 20;

/// Articles, each with the id that it was given under and the story that it was assigned to before.
type Given = Vec<(String, Article, Option<StoryId>)>;

/// Articles and the issues among them.
pub(super) struct Gathered {
    /// The stories of at least two articles, those of the most publishers first.
    pub issues: Vec<Issue>,
    /// Every article in the order given, by the id that the issues refer to.
    pub articles: Vec<(ArticleId, Article)>,
    names: HashMap<ArticleId, String>,
    addresses: HashMap<ArticleId, Clean>,
}

impl Gathered {
    /// The id that the article was given under.
    pub(super) fn name(&self, id: ArticleId) -> String {
        self.names
            .get(&id)
            .cloned()
            .unwrap_or_else(|| id.to_string())
    }

    /// The article's web address, without passwords and tokens.
    pub(super) fn address(&self, id: ArticleId) -> Option<&Clean> {
        self.addresses.get(&id)
    }
}

/// Groups the articles of `sources`, or without any those of the library's last `hours`. Articles
/// further apart than `hours` are never one story. `whole`: compare the full texts instead of
/// titles and leads.
///
/// # Errors
/// A source or the library can't be read.
pub(super) fn gather(
    sources: &[String],
    hours: SignedDuration,
    whole: bool,
    context: &CommandContext,
) -> Result<Gathered, CommandError> {
    let given = if sources.is_empty() {
        library(context, hours)?
    } else {
        named(sources, context)?
    };
    let (mut named, mut names) = (Vec::new(), HashMap::new());
    let mut addresses = HashMap::new();
    for (name, article, story) in given {
        let id = ArticleId::of_content(&name);
        if let Some(address) = article.address() {
            addresses.insert(id, Clean::line(&without_secrets(address)));
        }
        names.insert(id, name);
        named.push((id, article, story));
    }
    let Grouped { issues, articles } = group(named, hours, whole, &context.fetch);
    Ok(Gathered {
        issues,
        articles,
        names,
        addresses,
    })
}

/// The articles of the library that were published within the window before now.
fn library(context: &CommandContext, window: SignedDuration) -> Result<Given, CommandError> {
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
        // The list's name for a publisher is used, as in `gisa list`.
        article.publisher = row.publisher;
        given.push((row.id.to_string(), article, row.story.map(story_of)));
    }
    Ok(given)
}

/// The articles of sources: a `.jsonl` file holds one article a line with its `id`, everything else
/// is read as by the other commands.
fn named(sources: &[String], context: &CommandContext) -> Result<Given, CommandError> {
    let mut given = Vec::new();
    for source in sources {
        if Path::new(source)
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("jsonl"))
        {
            let bytes = limited_read::file(Path::new(source), LARGEST_COLLECTION)?;
            let text = String::from_utf8_lossy(&bytes);
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

/// An article of a `.jsonl` file with its id. The date may be in any form that pages use.
fn json_line(line: &str) -> Option<(String, Article)> {
    let mut value: Value = serde_json::from_str(line).ok()?;
    let date = value.get_mut("published").map(Value::take);
    let mut article: Article = json::of_value(&value).ok()?;
    let date = date.as_ref().and_then(Value::as_str);
    article.published = date.and_then(|d| d.parse::<Stamp>().ok().or_else(|| dates::first(d, KST)));
    let name = value
        .get("id")
        .and_then(Value::as_str)
        .map_or_else(|| article.id().to_string(), str::to_owned);
    Some((name, article))
}
