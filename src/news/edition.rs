//! An edition: articles chosen as a newspaper to take along, with its front page. The same value is
//! written as HTML, EPUB and PDF.

use std::collections::HashMap;

use super::{Article, Clean, Passage};

/// A newspaper made of articles.
#[derive(Clone, Debug, Default)]
pub struct Edition {
    /// Its name: 오늘의 신문, or what was searched for.
    pub title: Clean,
    /// Its date, as it is printed under the name.
    pub date: Clean,
    /// How many articles and issues it has, in words.
    pub counts: Clean,
    /// When it was made, in the form that EPUB asks for (`2026-11-29T06:00:00Z`).
    pub made: String,
    /// The language of the front page, `ko` or `en`.
    pub lang: &'static str,
    /// The program's words on its pages.
    pub labels: EditionLabels,
    /// The stories of several publishers, for the front page.
    pub issues: Vec<EditionIssue>,
    /// The sections, each with some of the articles, in order.
    pub sections: Vec<EditionSection>,
    /// The articles in the order of the sections.
    pub articles: Vec<EditionArticle>,
    /// The pictures that could be had, by their addresses.
    pub pictures: HashMap<String, EditionPicture>,
}

/// The program's words in an edition, in the language of the interface.
#[derive(Clone, Debug, Default)]
pub struct EditionLabels {
    /// Heading of the issues.
    pub issues: Clean,
    /// Said in place of issues where there are none.
    pub no_issues: Clean,
    /// Heading of the table of contents.
    pub contents: Clean,
    /// Heading of an article's short news.
    pub short: Clean,
    /// Leads from the end of an article to the contents.
    pub top: Clean,
    /// Said at the end of a text of which only the beginning is there.
    pub beginning: Clean,
    /// Said of the short news, which a machine chose.
    pub disclaimer: Clean,
}

/// A story of the front page.
#[derive(Clone, Debug, Default)]
pub struct EditionIssue {
    /// Its headline.
    pub title: Clean,
    /// Who carries it, as one line.
    pub publishers: Clean,
    /// What is said of it, each sentence with the article that it comes from.
    pub lines: Vec<EditionLine>,
    /// Indices of its articles in the edition, the first being the one that its headline leads to.
    pub articles: Vec<usize>,
}

/// A sentence of an issue or of an article's short news.
#[derive(Clone, Debug, Default)]
pub struct EditionLine {
    /// The sentence.
    pub text: Clean,
    /// Whose it is; empty in an article's own short news.
    pub publisher: Clean,
    /// Where it stands in the edition.
    pub place: Option<EditionPlace>,
}

/// An article of the edition, or a sentence in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionPlace {
    /// Index of the article in the edition.
    pub article: usize,
    /// Index in [`EditionArticle::sentences`]; `None` for the article itself.
    pub sentence: Option<usize>,
}

impl EditionPlace {
    /// The beginning of an article.
    pub fn article(article: usize) -> Self {
        Self {
            article,
            sentence: None,
        }
    }
}

/// A section.
#[derive(Clone, Debug, Default)]
pub struct EditionSection {
    /// Its name: 정치, a publisher, or what is left over.
    pub name: Clean,
    /// How many articles it has.
    pub articles: usize,
}

/// An article with its short news.
#[derive(Clone, Debug, Default)]
pub struct EditionArticle {
    /// The article.
    pub article: Article,
    /// Its short news; empty where its publisher wants to be asked first, or the text is as short.
    pub short: Vec<EditionLine>,
    /// Where its sentences stand, in order.
    pub sentences: Vec<Passage>,
}

/// A picture, as a JPEG file.
#[derive(Clone, Debug)]
pub struct EditionPicture {
    /// The file.
    pub bytes: Vec<u8>,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

impl Edition {
    /// The sections with the indices of their articles.
    pub fn by_section(&self) -> impl Iterator<Item = (&EditionSection, std::ops::Range<usize>)> {
        let mut at = 0;
        self.sections.iter().map(move |section| {
            let from = at;
            at += section.articles;
            (section, from..at)
        })
    }

    /// The sentences of an article that something in the edition leads to, as indices in
    /// [`EditionArticle::sentences`], in order.
    pub fn targets(&self, article: usize) -> Vec<usize> {
        let issues = self.issues.iter().flat_map(|issue| &issue.lines);
        let own = self.articles.get(article).into_iter();
        let mut out: Vec<usize> = issues
            .chain(own.flat_map(|it| &it.short))
            .filter_map(|line| line.place)
            .filter(|place| place.article == article)
            .filter_map(|place| place.sentence)
            .collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}
