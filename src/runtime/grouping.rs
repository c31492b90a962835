//! Groups articles into stories at once, for commands and editions. The reader's own stories grow
//! with the library, in [`crate::runtime::workers::stories`].

use std::collections::{HashMap, HashSet};

use jiff::SignedDuration;

use crate::news::{Article, ArticleId, Issue, StoryId};
use crate::runtime::fetch::source::Fetch;
use crate::stories::{Clusterer, Policy, StoryInput, issues, tell};
use crate::summary;

/// An article to group: its id, and the story that it was assigned to before.
pub type GivenArticle = (ArticleId, Article, Option<StoryId>);

/// Articles and the issues among them.
pub struct Grouped {
    /// The stories of at least two articles, those of the most publishers first.
    pub issues: Vec<Issue>,
    /// Every article once, in the order given.
    pub articles: Vec<(ArticleId, Article)>,
}

/// Groups articles. Those further apart than `window` are never one story. `whole`: compare the
/// full texts instead of titles and leads.
pub fn group(
    given: Vec<GivenArticle>,
    window: SignedDuration,
    whole: bool,
    fetch: &Fetch,
) -> Grouped {
    let mut clusterer = Clusterer::new(Policy {
        window,
        ..Policy::default()
    });
    let (mut articles, mut known) = (Vec::new(), HashSet::new());
    for (id, article, story) in given {
        let sentences = summary::sentences(&article);
        let input = StoryInput {
            id,
            ..StoryInput::of(&article, &sentences, whole)
        };
        clusterer.add(&input);
        if let Some(story) = story {
            clusterer.remember(id, story);
        }
        if known.insert(id) {
            articles.push((id, article));
        }
    }
    clusterer.group();
    let mut issues = issues(&clusterer);
    let wanted: HashSet<ArticleId> = issues.iter().flat_map(|i| i.articles.clone()).collect();
    // Quoting a publisher that must be asked first needs the reader's consent, which can't be asked
    // for here.
    let texts: HashMap<ArticleId, _> = articles
        .iter()
        .filter(|(id, article)| wanted.contains(id) && fetch.may_shorten(article, false).is_ok())
        .map(|(id, article)| (*id, summary::finished(article)))
        .collect();
    issues
        .iter_mut()
        .for_each(|issue| tell(issue, |id| texts.get(&id).cloned().unwrap_or_default()));
    Grouped { issues, articles }
}
