//! A source, as it is named on the command line, to articles: an address, a file, a directory of
//! files, or `-`.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::pagination::PaginatedFetch;
use crate::app::{Cause, Failure};
use crate::extract::{self, PageHint, Profiles, SummaryPolicy};
use crate::news::{Article, ExtractionMethod};
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::{of_io, of_net};
use crate::runtime::net::{Limits, Net, Request};
use crate::runtime::store::Retention;

/// Files of a directory that are read at most.
const MOST_FILES: usize = 10_000;

/// How pages are fetched and read.
#[derive(Clone, Debug)]
pub struct Fetch {
    /// Never use the network.
    pub offline: bool,
    /// Largest page in bytes.
    pub limit: usize,
    /// Seconds to wait for an answer.
    pub timeout: u16,
    /// Publishers' profiles.
    pub profiles: std::sync::Arc<Profiles>,
    /// The library's file.
    pub library: PathBuf,
    /// What the library holds no longer.
    pub retention: Retention,
    /// Minutes between two requests for one feed, where it does not wish for more; 0 for the usual.
    pub every: u16,
    /// Addresses of the open network may lead into the reader's own.
    pub home_servers: bool,
}

impl Fetch {
    /// How long servers are waited for, and where they may send us.
    pub fn limits(&self) -> Limits {
        let wait = Duration::from_secs(self.timeout.into());
        Limits {
            answer: wait,
            silence: wait,
            whole: wait * 2,
            inward: self.home_servers,
            ..Limits::default()
        }
    }
}

impl Fetch {
    /// What the publisher's profile says of machines that shorten its text.
    pub fn policy(&self, article: &Article) -> SummaryPolicy {
        article
            .address()
            .and_then(|url| self.profiles.of_url(url))
            .map(|p| p.summary)
            .unwrap_or_default()
    }

    /// Whether the text may be shortened on this machine; `agreed` where the reader was told what
    /// the publisher wants.
    ///
    /// # Errors
    /// The publisher wants the reader to be asked first, or lets no machine shorten its text.
    pub fn may_shorten(&self, article: &Article, agreed: bool) -> Result<(), Failure> {
        let publisher = article
            .publisher
            .as_ref()
            .or(article.address())
            .unwrap_or(&article.title);
        match self.policy(article) {
            SummaryPolicy::Never => Err(Failure::new(Cause::ModelNever, publisher)),
            SummaryPolicy::Ask if !agreed => Err(Failure::new(Cause::SummaryAsk, publisher)),
            SummaryPolicy::Ask | SummaryPolicy::Local => Ok(()),
        }
    }
}

/// What kind of text some bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SourceKind {
    Page,
    Plain,
    Feed,
    Json,
}

/// Reads all sources; what could not be read is told beside what could.
pub fn read_all(
    sources: &[String],
    stdin: Option<&[u8]>,
    fetch: &Fetch,
    cancel: &Cancel,
) -> (Vec<Article>, Vec<Failure>) {
    let (mut articles, mut failures) = (Vec::new(), Vec::new());
    for source in sources {
        if cancel.is_cancelled() {
            break;
        }
        match read(source, None, stdin, fetch, cancel) {
            Ok(found) => articles.extend(found),
            Err(failure) => failures.push(failure),
        }
    }
    let mut seen = std::collections::HashSet::new();
    articles.retain(|a| seen.insert(a.id()));
    (articles, failures)
}

/// Reads one source. `url` is where its bytes came from, where they come from a file.
///
/// # Errors
/// It can't be read or fetched, or holds nothing to read.
pub fn read(
    source: &str,
    url: Option<&str>,
    stdin: Option<&[u8]>,
    fetch: &Fetch,
    cancel: &Cancel,
) -> Result<Vec<Article>, Failure> {
    if source == "-" {
        let bytes = match stdin {
            Some(bytes) => bytes.to_vec(),
            None => read_stdin(fetch.limit)?,
        };
        let kind = sniff(&bytes, Path::new(""));
        return understood(&bytes, kind, &PageHint { url, charset: None }, "-", fetch);
    }
    if source.starts_with("http://") || source.starts_with("https://") {
        return download(source, None, fetch, cancel);
    }
    if source.contains("://") {
        return Err(Failure::new(Cause::BadAddress, source));
    }
    let path = Path::new(source);
    if path.is_dir() {
        return read_directory(path, fetch, cancel);
    }
    read_file(path, url, fetch)
}

/// The whole of standard input, up to the limit of a page.
///
/// # Errors
/// It can't be read, or is too large.
pub fn read_stdin(limit: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut input = std::io::stdin().lock().take(limit as u64 + 1);
    input.read_to_end(&mut bytes).map_err(|e| of_io(&e, "-"))?;
    if bytes.len() > limit {
        Err(Failure::new(Cause::TooLarge, "-"))
    } else {
        Ok(bytes)
    }
}

fn read_file(path: &Path, url: Option<&str>, fetch: &Fetch) -> Result<Vec<Article>, Failure> {
    let name = path.display().to_string();
    let size = fs::metadata(path).map_err(|e| of_io(&e, &name))?.len();
    if size > fetch.limit as u64 {
        return Err(Failure::new(Cause::TooLarge, &name));
    }
    let bytes = fs::read(path).map_err(|e| of_io(&e, &name))?;
    understood(
        &bytes,
        sniff(&bytes, path),
        &PageHint { url, charset: None },
        &name,
        fetch,
    )
}

/// The files of a directory that may hold articles, by name, one level deep.
fn read_directory(path: &Path, fetch: &Fetch, cancel: &Cancel) -> Result<Vec<Article>, Failure> {
    let name = path.display().to_string();
    let entries = fs::read_dir(path).map_err(|e| of_io(&e, &name))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| readable(p))
        .collect();
    files.sort();
    files.truncate(MOST_FILES);
    let mut articles = Vec::new();
    for file in files {
        if cancel.is_cancelled() {
            return Err(Failure::new(Cause::Cancelled, &name));
        }
        match read_file(&file, None, fetch) {
            Ok(found) => articles.extend(found),
            Err(failure) => tracing::warn!(?failure, "skipped"),
        }
    }
    if articles.is_empty() {
        Err(Failure::new(Cause::NoArticle, &name))
    } else {
        Ok(articles)
    }
}

fn readable(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    path.is_file()
        && matches!(
            extension.as_deref(),
            Some("html" | "htm" | "xhtml" | "txt" | "xml" | "rss" | "atom" | "json")
        )
}

/// What the bytes are: by the file's name where that tells, else by how they begin.
fn sniff(bytes: &[u8], path: &Path) -> SourceKind {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("html" | "htm" | "xhtml") => return SourceKind::Page,
        Some("txt") => return SourceKind::Plain,
        Some("rss" | "atom") => return SourceKind::Feed,
        Some("json") => return SourceKind::Json,
        _ => {}
    }
    let head = extract::charset::decode(&bytes[..bytes.len().min(4096)], None).to_lowercase();
    let head = head
        .trim_start_matches(['\u{feff}', '\u{fffd}', '\0'])
        .trim_start();
    let has = |marks: &[&str]| marks.iter().any(|mark| head.contains(mark));
    if head.starts_with('{') {
        SourceKind::Json
    } else if has(&["<rss", "<feed", "<rdf:rdf"]) {
        SourceKind::Feed
    } else if has(&[
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<div",
        "<script",
        "<p>",
        "<article",
    ]) {
        SourceKind::Page
    } else {
        SourceKind::Plain
    }
}

/// Whether the bytes are a picture, a document or a program rather than text. A zero may slip into
/// a text; where there are some, and one letter in twenty controls something, it is none. UTF-16
/// and UTF-32 are full of zeros until they are decoded.
fn is_binary(bytes: &[u8], charset: Option<&str>) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let controls = || {
        let text = extract::charset::decode(head, charset);
        let controls = text
            .chars()
            .filter(|c| c.is_control() && !c.is_whitespace())
            .count();
        text.contains('\0') && controls * 20 > text.chars().count()
    };
    bytes.starts_with(b"%PDF-") || (head.contains(&0) && controls())
}

/// Articles out of bytes.
fn understood(
    bytes: &[u8],
    kind: SourceKind,
    hint: &PageHint<'_>,
    name: &str,
    fetch: &Fetch,
) -> Result<Vec<Article>, Failure> {
    let nothing = || Failure::new(Cause::NoArticle, name);
    if is_binary(bytes, hint.charset) {
        return Err(nothing());
    }
    let article = match kind {
        SourceKind::Page => extract::page(bytes, hint, &fetch.profiles),
        SourceKind::Plain => {
            extract::pasted::plain(&extract::charset::decode(bytes, hint.charset), hint.url)
        }
        SourceKind::Json => match json(bytes) {
            Some(article) => article,
            None => {
                let feed = extract::feed::feed(bytes, hint.charset, hint.url.unwrap_or_default());
                return feed
                    .map(|feed| feed.articles().collect())
                    .map_err(|_| nothing());
            }
        },
        SourceKind::Feed => {
            let feed = extract::feed::feed(bytes, hint.charset, hint.url.unwrap_or_default());
            let feed = feed.map_err(|_| Failure::new(Cause::NotAFeed, name))?;
            return Ok(feed.articles().collect());
        }
    };
    let empty = article.title.is_blank() && article.blocks.is_empty();
    if empty {
        Err(nothing())
    } else {
        Ok(vec![article])
    }
}

/// An article in the shape of `gisa extract --format json`. What has items is a feed.
fn json(bytes: &[u8]) -> Option<Article> {
    let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    if value.get("items").is_some_and(serde_json::Value::is_array) {
        return None;
    }
    let mut article: Article = serde_json::from_value(value).ok()?;
    if article.extraction.method == ExtractionMethod::Unknown {
        article.extraction.method = ExtractionMethod::Json;
    }
    Some(article)
}

/// A page over the network, to which the page or feed `from` led, if not the reader.
///
/// # Errors
/// It can't be fetched, or holds nothing to read.
pub fn download(
    source: &str,
    from: Option<&str>,
    fetch: &Fetch,
    cancel: &Cancel,
) -> Result<Vec<Article>, Failure> {
    if fetch.offline {
        return Err(Failure::new(Cause::Offline, source));
    }
    let net = Net::new(fetch.limits());
    let name = fetch.profiles.name_for(source);
    let request = Request {
        max_bytes: fetch.limit as u64,
        from,
        user_agent: name,
        ..Request::page(cancel)
    };
    let response = net.get(source, &request).map_err(|e| of_net(&e, source))?;
    let kind = match response.headers.content_type.as_deref() {
        Some("text/html" | "application/xhtml+xml") => SourceKind::Page,
        Some("text/plain") => SourceKind::Plain,
        Some("application/json") => SourceKind::Json,
        _ => sniff(&response.body, Path::new("")),
    };
    let hint = PageHint {
        url: Some(response.final_url.as_str()),
        charset: response.headers.charset.as_deref(),
    };
    if kind == SourceKind::Page && !is_binary(&response.body, hint.charset) {
        let mut paginated = PaginatedFetch::new(&net, &fetch.profiles, cancel, fetch.limit as u64);
        let article = paginated
            .article(&response)
            .filter(|a| !a.title.is_blank() || !a.blocks.is_empty());
        return article
            .map(|a| vec![a])
            .ok_or_else(|| Failure::new(Cause::NoArticle, source));
    }
    understood(&response.body, kind, &hint, source, fetch)
}
