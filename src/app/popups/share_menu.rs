//! 공유: copies the address, title or a quotation, or sends the article to a file, by mail or to
//! one of the user's programs.

use std::sync::Arc;

use super::picker::moved;
use crate::app::clipboard::copy;
use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::protocol::failure::{Cause, Failure};
use crate::app::protocol::network::{NetworkJob, PageRequest};
use crate::app::protocol::sharing::{Destination, Parcel, ShareRequest};
use crate::app::reply::{Intent, Reply};
use crate::config::Words;
use crate::news::address::shown;
use crate::news::{Article, ArticleId, Clean, Enclosure, Medium, write};

/// A row of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Share {
    /// Copies the address.
    Link,
    /// Copies the title.
    Title,
    /// Copies the selected or marked text, with its source.
    Quote,
    /// Copies title and address as a Markdown link.
    Markdown,
    /// Saves the article to a file.
    Save,
    /// Sends the article by mail.
    Mail,
    /// Passes the article to the command with this name in the settings.
    Command(String),
    /// Opens the article's page.
    Page(Clean),
    /// Opens the page where it is talked about.
    Discussion(Clean),
    /// Plays a recording or film, or opens a file.
    Enclosure(Enclosure),
}

impl Share {
    /// The row's text in the menu.
    pub fn label(&self, words: &Words) -> String {
        let key = match self {
            Self::Link => "share.link",
            Self::Title => "share.title",
            Self::Quote => "share.quote",
            Self::Markdown => "share.markdown",
            Self::Save => "share.save",
            Self::Mail => "share.mail",
            Self::Command(name) => return words.fill("share.command", &[("name", name)]),
            Self::Page(url) => return words.fill("share.page", &[("place", &shown(url))]),
            Self::Discussion(url) => {
                return words.fill("share.discussion", &[("place", &shown(url))]);
            }
            Self::Enclosure(it) => {
                let key = match it.medium() {
                    Medium::Sound => "share.play-sound",
                    Medium::Film => "share.play-film",
                    Medium::File => "share.open-file",
                };
                let known = [it.title.as_deref().unwrap_or_default(), &it.figures()].join(" ");
                let place = shown(&it.url);
                let what = match known.trim() {
                    "" => &*place,
                    known => known,
                };
                return words.fill(key, &[("what", what)]);
            }
        };
        words.get(key).to_owned()
    }
}

/// The menu for an article.
#[derive(Clone, Debug)]
pub struct ShareMenu {
    /// The identity under which the article was opened.
    id: ArticleId,
    article: Arc<Article>,
    quoted: Option<Clean>,
    rows: Vec<Share>,
    selected: usize,
    /// The key of its heading.
    heading: &'static str,
}

impl ShareMenu {
    /// The menu for `article`, of which the text `quoted` is selected. With `copies`, the rows that
    /// copy come first; without, only those that send are there.
    pub fn of(article: Arc<Article>, quoted: Option<Clean>, copies: bool, env: &Env<'_>) -> Self {
        let mut rows = Vec::new();
        if copies {
            rows.extend([Share::Link, Share::Title]);
            rows.extend(quoted.as_ref().map(|_| Share::Quote));
            rows.push(Share::Markdown);
        }
        let commands = env.start.config.share.commands.keys();
        rows.extend(commands.map(|name| Share::Command(name.clone())));
        rows.extend([Share::Save, Share::Mail]);
        Self {
            id: article.id(),
            article,
            quoted,
            rows,
            selected: 0,
            heading: "share.heading",
        }
    }

    /// What `article`, opened as `id`, leads to: its page, its discussion, and what its feed
    /// encloses.
    pub fn to_open(id: ArticleId, article: Arc<Article>) -> Self {
        let page = web_address(&article).ok().map(Share::Page);
        let discussion = article.discussion.clone().map(Share::Discussion);
        let enclosures = article.enclosures.iter().cloned().map(Share::Enclosure);
        Self {
            id,
            rows: page
                .into_iter()
                .chain(discussion)
                .chain(enclosures)
                .collect(),
            article,
            quoted: None,
            selected: 0,
            heading: "share.open-heading",
        }
    }

    /// The key of its heading.
    pub fn heading(&self) -> &'static str {
        self.heading
    }

    /// The rows of the menu.
    pub fn rows(&self) -> &[Share] {
        &self.rows
    }

    /// Index of the selected row.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Selects a row.
    pub fn select(&mut self, row: usize) {
        self.selected = row;
    }

    /// Handles an action.
    pub fn on(&mut self, action: Action, count: usize, env: &Env<'_>) -> Reply {
        if action == Action::Open {
            let close = Reply::none().intent(Intent::ClosePopup);
            return close.and(self.accept(env));
        }
        self.selected = moved(self.selected, self.rows.len(), action, count);
        Reply::none()
    }

    fn accept(&self, env: &Env<'_>) -> Reply {
        let Some(share) = self.rows.get(self.selected) else {
            return Reply::none();
        };
        let title = &self.article.title;
        match share {
            Share::Link => self.with_address(|url| copy(url, env.text("notice.copied"), env)),
            Share::Title => copy(title.clone(), env.text("notice.copied-title"), env),
            Share::Quote => self.quotation().map_or_else(Reply::none, |text| {
                copy(text, env.text("notice.copied-quote"), env)
            }),
            Share::Markdown => self.with_address(|url| {
                let link = Clean::line(&write::markdown_link(title, Some(&url)));
                copy(link, env.text("notice.copied-markdown"), env)
            }),
            Share::Save => self.send(Destination::File(write::markdown(&self.article))),
            Share::Mail => self.send(Destination::Mail),
            Share::Page(url) | Share::Discussion(url) => self.browse(url),
            Share::Enclosure(it) => self.play(it, env),
            Share::Command(name) => {
                let argv = env.start.config.share.commands.get(name);
                self.send(Destination::Program(
                    name.clone(),
                    argv.cloned().unwrap_or_default(),
                ))
            }
        }
    }

    /// Hands a recording or film to the player of the settings, or to the browser without one.
    fn play(&self, it: &Enclosure, env: &Env<'_>) -> Reply {
        let player = &env.start.config.share.player;
        let Some(name) = player.first().filter(|_| it.medium() != Medium::File) else {
            return self.browse(&it.url);
        };
        let parcel = Parcel {
            url: it.url.clone(),
            title: self.article.title.clone(),
            text: Clean::default(),
        };
        let to = Destination::Program(name.clone(), player.clone());
        Reply::none().start(
            JobKind::Desktop,
            NetworkJob::Share(ShareRequest {
                parcel,
                to,
                named_by: Some(self.named_by()),
            }),
        )
    }

    /// Opens an address that the article names in the browser.
    fn browse(&self, url: &Clean) -> Reply {
        let request = PageRequest {
            url: url.clone(),
            named_by: Some(self.named_by()),
        };
        Reply::none().start(JobKind::Desktop, NetworkJob::Browse(request))
    }

    fn named_by(&self) -> (ArticleId, Clean) {
        (self.id, self.article.origin())
    }

    fn with_address(&self, done: impl FnOnce(Clean) -> Reply) -> Reply {
        match web_address(&self.article) {
            Ok(url) => done(url),
            Err(failure) => Reply::none().fail(failure),
        }
    }

    fn send(&self, to: Destination) -> Reply {
        let parcel = Parcel {
            url: self.article.address().cloned().unwrap_or_default(),
            title: self.article.title.clone(),
            text: Clean::lines(&self.article.text()),
        };
        Reply::none().start(
            JobKind::Desktop,
            NetworkJob::Share(ShareRequest {
                parcel,
                to,
                named_by: None,
            }),
        )
    }

    /// The quoted text with title, publisher and address.
    fn quotation(&self) -> Option<Clean> {
        let article = &self.article;
        let publisher = article.publisher.as_deref();
        let publisher = publisher.map(|p| format!(", {p}")).unwrap_or_default();
        let url = article.address().map(|a| format!("\n{a}"));
        Some(Clean::lines(&format!(
            "“{}”\n— {}{publisher}{}",
            self.quoted.as_ref()?,
            article.title,
            url.unwrap_or_default()
        )))
    }
}

/// The address of an article on the web.
///
/// # Errors
///
/// The article has no web address.
pub fn web_address(article: &Article) -> Result<Clean, Failure> {
    let address = article.address().filter(|a| a.starts_with("http"));
    address
        .cloned()
        .ok_or_else(|| Failure::new(Cause::NoAddress, ""))
}

/// Reports whether the article was sent.
pub fn sent(answer: Result<Clean, Failure>, env: &Env<'_>) -> Reply {
    match answer {
        Ok(place) => Reply::none().say(env.fill("notice.shared", &[("place", &place)])),
        Err(failure) => Reply::none().fail(failure),
    }
}
