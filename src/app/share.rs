//! 공유: the address, title or a quotation to the clipboard; the article to a file, by mail, or to a
//! program of the reader's own.

use super::jobs::JobKind;
use super::popups::Popup;
use super::protocol::effect::Effect;
use super::protocol::network::NetworkJob;
use super::protocol::sharing::{Clipboard, Destination, Parcel, ShareRequest};
use super::update::command::address;
use super::{Failure, Model};
use crate::news::{Clean, write};
use crate::text::PartSource;

/// Something that can be done with an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Share {
    /// Its address to the clipboard.
    Link,
    /// Its title.
    Title,
    /// What is chosen or lit, with where it comes from.
    Quote,
    /// Title and address as Markdown.
    Markdown,
    /// All of it to a file.
    Save,
    /// By mail.
    Mail,
    /// To the command of this name in the settings.
    Command(String),
}

impl Share {
    /// Its words.
    pub fn label(&self, model: &Model) -> String {
        let words = &model.start.words;
        let key = match self {
            Self::Link => "share.link",
            Self::Title => "share.title",
            Self::Quote => "share.quote",
            Self::Markdown => "share.markdown",
            Self::Save => "share.save",
            Self::Mail => "share.mail",
            Self::Command(name) => return words.fill("share.command", &[("name", name)]),
        };
        words.get(key).to_owned()
    }
}

/// The menu: with what is copied first, or only where an article can go.
pub fn menu(model: &mut Model, copies: bool) -> Vec<Effect> {
    if model.reader.article.is_none() {
        return Vec::new();
    }
    let mut rows = Vec::new();
    if copies {
        rows.extend([Share::Link, Share::Title]);
        rows.extend(quoted(model).map(|_| Share::Quote));
        rows.push(Share::Markdown);
    }
    rows.extend(
        model
            .start
            .config
            .share
            .commands
            .keys()
            .map(|name| Share::Command(name.clone())),
    );
    rows.extend([Share::Save, Share::Mail]);
    model.popup = Some(Popup::Share { rows, selected: 0 });
    Vec::new()
}

/// Does what is chosen in the menu.
pub fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Share { rows, selected }) = model.popup.take() else {
        return Vec::new();
    };
    let Some(share) = rows.into_iter().nth(selected) else {
        return Vec::new();
    };
    let Some(article) = model.reader.article.clone() else {
        return Vec::new();
    };
    let title = article.title.clone();
    match share {
        Share::Link => match address(model) {
            Some(url) => copy(model, url, "notice.copied"),
            None => Vec::new(),
        },
        Share::Title => copy(model, title, "notice.copied-title"),
        Share::Quote => match quotation(model) {
            Some(text) => copy(model, text, "notice.copied-quote"),
            None => Vec::new(),
        },
        Share::Markdown => match address(model) {
            Some(url) => copy(
                model,
                Clean::line(&write::markdown_link(&title, Some(&url))),
                "notice.copied-markdown",
            ),
            None => Vec::new(),
        },
        Share::Save => send(model, Destination::File(write::markdown(&article))),
        Share::Mail => send(model, Destination::Mail),
        Share::Command(name) => {
            let argv = model
                .start
                .config
                .share
                .commands
                .get(&name)
                .cloned()
                .unwrap_or_default();
            send(model, Destination::Program(name, argv))
        }
    }
}

fn send(model: &mut Model, to: Destination) -> Vec<Effect> {
    let Some(article) = model.reader.article.clone() else {
        return Vec::new();
    };
    let url = article.address().cloned().unwrap_or_default();
    let text = Clean::lines(&article.text());
    let title = article.title.clone();
    let parcel = Parcel { url, title, text };
    let job = NetworkJob::Share(ShareRequest { parcel, to });
    vec![model.jobs.start(JobKind::Desktop, job)]
}

/// An article was sent, or not.
pub fn sent(model: &mut Model, answer: Result<Clean, Failure>) -> Vec<Effect> {
    match answer {
        Ok(place) => model.say(
            model
                .start
                .words
                .fill("notice.shared", &[("place", &place)]),
        ),
        Err(failure) => model.fail(&failure),
    }
    Vec::new()
}

/// Puts text on the clipboard, by the way that works here, and says so by `key`.
pub fn copy(model: &mut Model, text: Clean, key: &str) -> Vec<Effect> {
    let said = model.start.words.get(key).to_owned();
    copy_saying(model, text, said)
}

/// The same with a sentence of its own.
pub fn copy_saying(model: &mut Model, text: Clean, said: String) -> Vec<Effect> {
    match model.start.clipboard {
        Clipboard::Terminal => {
            model.say(said);
            vec![Effect::Copy(text)]
        }
        Clipboard::Unsure => {
            model.say(model.start.words.get("notice.copied-unsure").to_owned());
            vec![Effect::Copy(text)]
        }
        Clipboard::System => {
            model.say(said);
            vec![model.jobs.start(JobKind::Desktop, NetworkJob::Copy(text))]
        }
    }
}

/// The words to be quoted: those last chosen, else those that are lit or, in the short news, the
/// chosen line.
fn quoted(model: &Model) -> Option<Clean> {
    let reader = &model.reader;
    if let Some(text) = &reader.quoted {
        return Some(text.clone());
    }
    if let (Some(lit), Some(body)) = (&reader.spotlight, &reader.body) {
        return body.layout.part(lit.part)?.text.slice(lit.bytes.clone());
    }
    let short = reader
        .short_news
        .sheet
        .as_ref()
        .filter(|_| reader.showing == super::panes::reader::Showing::ShortNews)?;
    let line = |p: &&crate::text::Part| p.source == PartSource::Sentence(reader.short_news.chosen);
    short
        .layout
        .document()
        .parts
        .iter()
        .find(line)
        .map(|p| p.text.clone())
}

/// The quotation with title, publisher and address.
fn quotation(model: &Model) -> Option<Clean> {
    let article = model.reader.article.as_ref()?;
    let publisher = article
        .publisher
        .as_deref()
        .map(|p| format!(", {p}"))
        .unwrap_or_default();
    let url = article
        .address()
        .map(|a| format!("\n{a}"))
        .unwrap_or_default();
    Some(Clean::lines(&format!(
        "“{}”\n— {}{publisher}{url}",
        quoted(model)?,
        article.title
    )))
}
