//! 스크랩: an article that the reader chose to keep, stored with a copy of its own and with the
//! reader's annotations.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::json;
use super::{
    Article, ArticleId, Block, Clean, Form, Highlight, Query, Subject, Summary, highlight,
};

/// A scrapped article. It is a copy, so it stays when the page is deleted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scrap {
    /// When it was scrapped.
    pub kept: Timestamp,
    /// The article as it was then.
    pub article: Article,
    /// The reader's note on the article.
    #[serde(default)]
    pub note: Option<Clean>,
    /// The reader's own labels.
    #[serde(default)]
    pub tags: Vec<Clean>,
    /// The reader's highlights, in reading order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub highlights: Vec<Highlight>,
    /// The short news made of it.
    #[serde(default, rename = "digest", skip_serializing_if = "Option::is_none")]
    pub summary: Option<Summary>,
    /// The pictures stored with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
    /// The state of its page when it was last checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PageObservation>,
}

/// A picture stored with a scrap, in a file beside the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Its address in the article.
    pub url: Clean,
    /// The name of its file: a hash of its bytes, and an extension.
    pub file: Clean,
    /// Size of the file in bytes.
    pub bytes: u64,
}

/// The outcome of one check of a scrap's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageObservation {
    /// When the page was fetched.
    pub at: Timestamp,
    /// What was found.
    pub state: PageState,
}

/// What a scrap's page was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageState {
    /// The same text as the scrap.
    Same,
    /// Another text.
    Changed,
    /// There is no such page any more.
    Gone,
}

/// A change of an annotation, by the reader or by a check of the page: the new value of one field.
#[derive(Clone, Debug, PartialEq)]
pub enum Annotation {
    /// The note.
    Note(Option<Clean>),
    /// The labels.
    Tags(Vec<Clean>),
    /// The highlights.
    Highlights(Vec<Highlight>),
    /// The short news.
    Summary(Option<Summary>),
    /// The stored pictures.
    Pictures(Vec<Picture>),
    /// The state of its page.
    Page(Option<PageObservation>),
}

/// The fields of a scrap besides its article, which are exported under `scrap`.
const OWN: [&str; 7] = [
    "kept",
    "note",
    "tags",
    "highlights",
    "digest",
    "pictures",
    "page",
];

impl Scrap {
    /// A scrap of `article` made at `kept`, without annotations.
    pub fn of(article: Article, kept: Timestamp) -> Self {
        Self {
            kept,
            article,
            note: None,
            tags: Vec::new(),
            highlights: Vec::new(),
            summary: None,
            pictures: Vec::new(),
            page: None,
        }
    }

    /// The identifier of the article.
    pub fn id(&self) -> ArticleId {
        self.article.id()
    }

    /// Changes one annotation. Returns the previous value, with which the change can be undone.
    pub fn annotate(&mut self, change: Annotation) -> Annotation {
        match change {
            Annotation::Note(note) => Annotation::Note(std::mem::replace(&mut self.note, note)),
            Annotation::Tags(tags) => Annotation::Tags(std::mem::replace(&mut self.tags, tags)),
            Annotation::Highlights(all) => {
                Annotation::Highlights(std::mem::replace(&mut self.highlights, all))
            }
            Annotation::Summary(summary) => {
                Annotation::Summary(std::mem::replace(&mut self.summary, summary))
            }
            Annotation::Pictures(all) => {
                Annotation::Pictures(std::mem::replace(&mut self.pictures, all))
            }
            Annotation::Page(look) => Annotation::Page(std::mem::replace(&mut self.page, look)),
        }
    }

    /// Whether its page was found to have changed.
    pub fn changed(&self) -> bool {
        self.page
            .is_some_and(|look| look.state == PageState::Changed)
    }

    /// The reader's notes, on the article and on highlights, for a search.
    pub fn words(&self) -> impl Iterator<Item = &Clean> {
        self.note
            .iter()
            .chain(self.highlights.iter().filter_map(|h| h.note.as_ref()))
    }

    /// Whether it matches a query; the reader's notes count as part of the body.
    pub fn answers(&self, query: &Query) -> bool {
        let article = &self.article;
        let mut body = String::new();
        if query.reads_body() {
            body = article.text();
            self.words().for_each(|words| {
                body.push('\n');
                body.push_str(words);
            });
        }
        let tags: Vec<String> = self.tags.iter().map(ToString::to_string).collect();
        query.matches(&Subject {
            form: Some(Form::of(article)),
            title: &article.title,
            body: &body,
            authors: &article.author_names(),
            url: article.address().map_or("", |url| url),
            publisher: article.publisher.as_deref().unwrap_or_default(),
            feeds: &[],
            tags: &tags,
            lang: article.lang.as_deref().unwrap_or_default(),
            published: article.published.map(|p| p.at),
            first_seen: self.kept,
            revised: None,
            later: false,
            read: true,
            scrapped: true,
            pictured: article
                .blocks
                .iter()
                .any(|b| matches!(b, Block::Image { .. })),
        })
    }

    /// The scrap as JSON: the article in the form that every command reads, with everything else
    /// under `scrap`. [`Scrap::imported`] restores it without loss.
    ///
    /// # Errors
    /// An error of the serialisation; none is known to occur.
    pub fn exported(&self) -> serde_json::Result<Value> {
        let mut shape = serde_json::to_value(&self.article)?;
        let mut all = serde_json::to_value(self)?;
        let own: Map<String, Value> = OWN
            .iter()
            .filter_map(|key| Some(((*key).to_owned(), all.get_mut(*key)?.take())))
            .collect();
        if let Value::Object(fields) = &mut shape {
            // So is whatever a file says, to whoever reads it.
            fields.shift_remove("claimed");
            fields.insert("scrap".to_owned(), Value::Object(own));
        }
        Ok(shape)
    }

    /// Reads the JSON of [`Scrap::exported`]. A plain article is read as a scrap made at `now`.
    ///
    /// # Errors
    /// The JSON is not an article, or what is under `scrap` is of the wrong form.
    pub fn imported(mut shape: Value, now: Timestamp) -> serde_json::Result<Self> {
        let own = shape
            .as_object_mut()
            .and_then(|fields| fields.shift_remove("scrap"));
        let Some(Value::Object(mut own)) = own else {
            return Ok(Self::of(json::of_value(&shape)?, now));
        };
        own.retain(|key, _| OWN.contains(&key.as_str()));
        own.entry("kept")
            .or_insert_with(|| Value::String(now.to_string()));
        own.insert("article".to_owned(), shape);
        json::of_value(&Value::Object(own))
    }

    /// Adds a highlight that was made elsewhere, once. It is put where its text is found in this
    /// copy, and kept without a place where it is not.
    pub fn add_highlight(&mut self, theirs: Highlight) {
        let Some(mut placed) = theirs.placed(&self.article) else {
            let mut held = self.highlights.iter_mut();
            match held.find(|mine| mine.quote == theirs.quote) {
                Some(mine) => mine.note = mine.note.take().or(theirs.note),
                None => self.highlights.push(theirs),
            }
            return;
        };
        // The reader's own colour stays.
        if let Some(mine) = self.highlights.iter().find(|mine| mine.overlaps(&placed)) {
            placed.colour = mine.colour;
        }
        if !self.highlights.contains(&placed) {
            self.highlights = highlight::with(&self.highlights, placed, &self.article);
        }
    }

    /// Adds what `other`, a scrap of the same article, has beyond this one: notes, tags, highlights
    /// and pictures of both are kept, and the earlier date.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.kept = self.kept.min(other.kept);
        self.tags.extend(
            other
                .tags
                .into_iter()
                .filter(|t| !self.tags.contains(t))
                .collect::<Vec<_>>(),
        );
        self.note = match (self.note, other.note) {
            (Some(mine), Some(theirs)) if !mine.contains(&*theirs) => {
                Some(Clean::code(&format!("{mine}\n{theirs}")))
            }
            (mine, theirs) => mine.or(theirs),
        };
        for theirs in other.highlights {
            self.add_highlight(theirs);
        }
        self.summary = self.summary.or(other.summary);
        let new = |p: &Picture| !self.pictures.iter().any(|mine| mine.url == p.url);
        let pictures: Vec<Picture> = other.pictures.into_iter().filter(new).collect();
        self.pictures.extend(pictures);
        self.page = [self.page, other.page]
            .into_iter()
            .flatten()
            .max_by_key(|look| look.at);
        self
    }
}
