//! Summaries (숏뉴스) by a language model, where the reader has set one up and asks for it.
//!
//! Nothing leaves this machine unasked: the default settings name no model; each summary is asked
//! for; a remote server is named and agreed to before the first text is sent there, and a publisher
//! may forbid that or require to be asked each time. Each line of the answer is checked against the
//! article ([`crate::summary::model::prompt`]) before it is shown. `key` gets the key of the
//! model's server.

mod key;
#[cfg(test)]
#[cfg(feature = "llm")]
mod tests;

use std::time::Duration;

use url::{Position, Url};

use crate::app::protocol::feature::Feature;
use crate::app::{Cause, Failure};
use crate::config::{LanguageModel, ModelAnswer};
use crate::extract::SummaryPolicy;
use crate::news::{Article, Summary};
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::of_net;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::net::Access;
use crate::runtime::net::chat;
use crate::runtime::net::chat::{ChatRequest, ChatTimeouts};
use crate::runtime::store::Store;
use crate::summary;
use crate::summary::Sentence;
use crate::summary::model::prompt;
use crate::summary::model::prompt::Ask;
use crate::summary::model::quote::{check_quotes, quotes};
use crate::summary::model::stream::{AnswerEnd, AnswerReader};

/// Timeout of the connection.
const CONNECT: Duration = Duration::from_secs(3);
/// The key in the library's table `state` of the servers that were agreed to.
const AGREED: &str = "model servers";

/// The summary that is asked for, and the reader's consent.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The article to summarise.
    pub article: &'a Article,
    /// Number of sentences.
    pub count: usize,
    /// The reader was told where the text goes, and agreed.
    pub agreed: bool,
}

/// The summary of an article by the model, or an extractive one where the article is too short for
/// it. Calls `progress` with the number of characters received.
///
/// # Errors
/// [`Cause::ModelAsk`] with the server's name where the reader must agree first; the other `Model…`
/// causes; those of any request; [`Cause::NotBuilt`] in a program without language models.
pub fn short_news(
    model: &LanguageModel,
    fetch: &Fetch,
    wanted: Wanted<'_>,
    cancel: &Cancel,
    progress: &mut dyn FnMut(u64),
) -> Result<Summary, Failure> {
    Feature::Llm.required()?;
    let Wanted { article, count, .. } = wanted;
    let ask = asked_of(model, count)?;
    let url = Url::parse(&ask.endpoint())
        .ok()
        .filter(|u| matches!(u.scheme(), "http" | "https") && u.has_host());
    let url = url.ok_or_else(|| Failure::new(Cause::BadAddress, &model.url))?;
    let policy = fetch.policy(article);
    if policy == SummaryPolicy::Never {
        let publisher = article
            .publisher
            .as_ref()
            .or(article.address())
            .unwrap_or(&article.title);
        return Err(Failure::new(Cause::ModelNever, publisher));
    }
    let sentences = summary::finished(article);
    let local = summary::summarize_sentences(article, &sentences, count);
    // Of a text that is cut, no more may be left than what is shown anyway.
    if local.whole || (local.cut && sentences.len() <= count) {
        return Ok(local);
    }
    let store = Store::open(&fetch.library).ok();
    let name = ask.cache_key(article, &sentences);
    if let Some(before) = store.as_ref().and_then(|s| s.summary(&name).ok().flatten()) {
        return Ok(Summary {
            cut: local.cut,
            ..before
        });
    }
    let server = format!(
        "{}://{}",
        url.scheme(),
        &url[Position::BeforeHost..Position::BeforePath]
    );
    let away = !chat::is_local(&url);
    if away && fetch.offline {
        return Err(Failure::new(Cause::Offline, &server));
    }
    if !may_send(store.as_ref(), &server, away, policy, wanted.agreed) {
        return Err(Failure::new(Cause::ModelAsk, &server));
    }
    let server = (&url, &fetch.access);
    let summary = answer(&ask, server, model, (article, &sentences), cancel, progress)?;
    // One that was unfaithful too: at temperature 0 the next answer would be the same, and paid for
    // again.
    let kept = store.map(|s| s.put_summary(&name, &summary));
    if let Some(Err(error)) = kept {
        // It is made again the next time.
        tracing::warn!(%error, "a summary could not be stored");
    }
    Ok(Summary {
        cut: local.cut,
        ..summary
    })
}

fn asked_of(model: &LanguageModel, count: usize) -> Result<Ask, Failure> {
    if !model.is_set() {
        return Err(Failure::new(Cause::ModelOff, ""));
    }
    let (base_url, name) = (model.url.trim().to_owned(), model.model.trim().to_owned());
    Ok(Ask {
        base_url,
        model: name,
        count: count.max(1),
        max_tokens: model.max_tokens,
        temperature: 0.0,
        quote: model.answer == ModelAnswer::Quote,
    })
}

/// Whether the text may be sent to `server`: on this machine it may, elsewhere once the reader has
/// agreed to that server. Where the publisher must be asked first, the reader must agree each time.
fn may_send(
    store: Option<&Store>,
    server: &str,
    away: bool,
    policy: SummaryPolicy,
    agreed: bool,
) -> bool {
    let mut servers: Vec<String> = store
        .and_then(|s| s.state_get(AGREED).ok().flatten())
        .unwrap_or_default();
    let known = servers.iter().any(|s| s == server);
    if away && agreed && !known {
        servers.push(server.to_owned());
        // If it can't be stored, the reader is asked again.
        let _ = store.map(|s| s.state_put(AGREED, &servers));
    }
    agreed || (policy != SummaryPolicy::Ask && (known || !away))
}

/// Whether most lines of a summary had to be replaced.
fn is_astray(summary: &Summary) -> bool {
    let kept = summary.sentences.iter().filter(|l| !l.replaced).count();
    kept * 2 < summary.sentences.len() || kept == 0
}

fn answer(
    ask: &Ask,
    (url, access): (&Url, &Access),
    model: &LanguageModel,
    (article, sentences): (&Article, &[Sentence]),
    cancel: &Cancel,
    progress: &mut dyn FnMut(u64),
) -> Result<Summary, Failure> {
    let host = url.host_str().unwrap_or_default();
    let key = key::find(model, cancel)?;
    let authorization = match &key {
        Some(key) => {
            Some(chat::bearer(key.reveal()).ok_or_else(|| Failure::new(Cause::ModelKey, host))?)
        }
        None => None,
    };
    let seconds = |s: u16| Duration::from_secs(s.into());
    let timeouts = ChatTimeouts {
        connect: CONNECT,
        first: seconds(model.first_word),
        whole: seconds(model.timeout),
    };
    let body = ask.body(article, sentences).to_string();
    let mut reader = AnswerReader::new();
    let status = chat::ask(
        ChatRequest {
            url,
            authorization,
            body,
            timeouts,
            access,
            cancel,
        },
        |status, bytes| {
            // An error response may repeat what the server was sent, so it is not read.
            let more = status == 200 && reader.push(bytes);
            progress(reader.words().chars().count() as u64);
            more
        },
    );
    let status = status.map_err(|e| of_net(&e, host))?;
    if status != 200 {
        tracing::warn!(status, host, "the language model responded with an error");
        let cause = match status {
            401 | 403 => Cause::ModelDenied,
            429 | 503 | 529 => Cause::ModelBusy,
            _ => Cause::ModelRefused,
        };
        return Err(Failure::new(cause, host));
    }
    let (words, end) = reader.finish();
    match end {
        AnswerEnd::Done | AnswerEnd::Cut => {}
        AnswerEnd::Refused(_) => return Err(Failure::new(Cause::ModelRefused, host)),
        AnswerEnd::Broken if words.is_empty() => {
            return Err(Failure::new(Cause::ModelRefused, host));
        }
        AnswerEnd::Broken => return Err(Failure::new(Cause::ModelBroken, host)),
    }
    let quotes = if ask.quote {
        quotes(&words, ask.count)
    } else {
        Vec::new()
    };
    let lines = if quotes.is_empty() {
        prompt::lines(&words, &end, ask.count)
    } else {
        Vec::new()
    };
    if lines.is_empty() && quotes.is_empty() {
        let cause = if end == AnswerEnd::Cut {
            Cause::ModelBroken
        } else {
            Cause::ModelRefused
        };
        return Err(Failure::new(cause, host));
    }
    let (summary, _) = if ask.quote {
        // Lines without a number are no quotes, and the model's own words were not asked for.
        check_quotes(article, sentences, &ask.model, &quotes)
    } else {
        prompt::check(article, sentences, &ask.model, &lines)
    };
    if !is_astray(&summary) {
        return Ok(summary);
    }
    let summary = prompt::all_local(article, sentences, &ask.model, ask.count);
    // No sentence of the article can replace the model's.
    if summary.sentences.is_empty() {
        return Err(Failure::new(Cause::ModelAstray, &ask.model));
    }
    Ok(summary)
}
