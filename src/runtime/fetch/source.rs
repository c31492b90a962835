//! Turns a source as named on the command line into articles: an address, a file, a directory of
//! files, or `-` for standard input.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use super::pagination::PaginatedFetch;
use crate::app::{Cause, Failure};
use crate::config::{FeedBook, RuleBook, SourceBook, SyncSettings};
use crate::extract::feed::ParsedFeed;
use crate::extract::{self, PageHint, Profiles, SummaryPolicy};
use crate::news::json;
use crate::news::order::Order as _;
use crate::news::{Article, Clean, ExtractionMethod};
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::{of_io, of_net};
use crate::runtime::feed_settings;
use crate::runtime::net::{Access, Limits, Net, Request, UNKNOWN_ORIGIN};
use crate::runtime::store::Retention;
use crate::runtime::system::limited_read;
use crate::runtime::system::limited_read::limited;
use crate::runtime::system::secret::AskedSecret;

/// Most files read from a directory.
const MOST_FILES: usize = 10_000;

/// How pages are fetched and read, by the settings and the command line.
#[derive(Clone, Debug)]
pub struct Fetch {
    /// Whether the network must not be used.
    pub offline: bool,
    /// Size of the largest page in bytes, after decompression.
    pub limit: usize,
    /// Timeout of a request in seconds.
    pub timeout: u16,
    /// The publishers' profiles.
    pub profiles: std::sync::Arc<Profiles>,
    /// The path of the library's file.
    pub library: PathBuf,
    /// How long articles are kept in the library.
    pub retention: Retention,
    /// Minutes between two requests for a feed that doesn't ask for a longer interval; 0 for the
    /// default.
    pub every: u16,
    /// Megabytes that recordings and films fetched ahead may take.
    pub downloads_mb: u32,
    /// Whether public pages may lead into the reader's private network.
    pub home_servers: bool,
    /// The proxy and the passwords of the settings.
    pub access: Access,
    /// Syncing with a server or through a folder.
    pub sync: SyncSettings,
    /// Sources without a feed on the web, and where the settings of subscriptions are.
    pub sources: std::sync::Arc<SourceBook>,
    /// The rules for articles that arrive.
    pub rules: std::sync::Arc<RuleBook>,
    /// The passphrase of the folder.
    pub folder_secret: AskedSecret,
}

impl Fetch {
    /// Connections by the settings, and by those of single subscriptions.
    pub fn net(&self, feeds: &FeedBook) -> Net {
        Net::with_access(self.limits(), self.access.for_feeds(feeds))
    }

    /// The settings of single subscriptions. Where the file is wrong, there are none: the next
    /// refresh reports it.
    pub fn feed_book(&self) -> FeedBook {
        feed_settings::load(&self.sources.file).unwrap_or_default()
    }

    /// The timeouts of a request, and where redirects may lead.
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
    /// What the publisher's profile says about summaries of its text.
    pub fn policy(&self, article: &Article) -> SummaryPolicy {
        article
            .address()
            .and_then(|url| self.profiles.of_url(url))
            .map(|p| p.summary)
            .unwrap_or_default()
    }

    /// Checks whether the text may be summarised on this machine. `agreed`: the reader was told
    /// what the publisher wants, and agreed.
    ///
    /// # Errors
    /// The publisher must be asked first and the reader has not agreed, or it permits no summaries.
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

/// What led to the addresses that an article names: the feed that brought it, and the page that it
/// was read from, for [`Request::from`].
pub fn origins<'a>(article: &'a Article, feed: Option<&'a Clean>) -> Vec<&'a str> {
    let page = article.provenance().map_or(UNKNOWN_ORIGIN, |url| url);
    feed.map(|url| &**url).into_iter().chain([page]).collect()
}

/// The kind of text in a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SourceKind {
    Page,
    Plain,
    Feed,
    Json,
    Mail,
}

/// Reads all sources; returns the articles, and the failures of sources that could not be read.
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

/// Reads one source. `url` is the address that a file was downloaded from, if any.
///
/// # Errors
/// The source can't be read or fetched, or contains no article.
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
        let bytes = unpacked(&bytes, fetch.limit, "-")?;
        let kind = sniff(&bytes, Path::new(""));
        return extract_articles(
            &bytes,
            kind,
            &PageHint {
                is_subscribed: false,
                url,
                charset: None,
            },
            "-",
            fetch,
        );
    }
    if source.starts_with("http://") || source.starts_with("https://") {
        return download(source, &[], fetch, cancel);
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

/// Reads standard input to its end; `limit` is the size of the largest page in bytes.
///
/// # Errors
/// Standard input can't be read, or is larger than `limit`.
pub fn read_stdin(limit: usize) -> Result<Vec<u8>, Failure> {
    limited(io::stdin().lock(), limit, "-")
}

fn read_file(path: &Path, url: Option<&str>, fetch: &Fetch) -> Result<Vec<Article>, Failure> {
    let name = path.display().to_string();
    let packed = limited_read::file(path, fetch.limit)?;
    let (bytes, path) = (unpacked(&packed, fetch.limit, &name)?, without_gz(path));
    extract_articles(
        &bytes,
        sniff(&bytes, &path),
        &PageHint {
            is_subscribed: false,
            url,
            charset: None,
        },
        &name,
        fetch,
    )
}

/// What a file packed with gzip holds, up to `limit` bytes; other bytes as they are.
fn unpacked<'b>(bytes: &'b [u8], limit: usize, name: &str) -> Result<Cow<'b, [u8]>, Failure> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(Cow::Borrowed(bytes));
    }
    let gzip = flate2::read::MultiGzDecoder::new(bytes);
    limited(gzip, limit, name).map(Cow::Owned)
}

/// `page.html` of `page.html.gz`.
fn without_gz(path: &Path) -> PathBuf {
    let is_packed = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("gz"));
    if is_packed {
        path.with_extension("")
    } else {
        path.to_path_buf()
    }
}

/// Reads the files of a directory that may contain articles, sorted by name, without
/// subdirectories.
fn read_directory(path: &Path, fetch: &Fetch, cancel: &Cancel) -> Result<Vec<Article>, Failure> {
    let name = path.display().to_string();
    let entries = fs::read_dir(path).map_err(|e| of_io(&e, &name))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| readable(p))
        .collect();
    files.order();
    files.truncate(MOST_FILES);
    let mut articles = Vec::new();
    for file in files {
        if cancel.is_cancelled() {
            return Err(Failure::new(Cause::Cancelled, &name));
        }
        match read_file(&file, None, fetch) {
            Ok(found) => articles.extend(found),
            Err(failure) => tracing::warn!(?failure, "file skipped"),
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
            Some(
                "html"
                    | "htm"
                    | "xhtml"
                    | "txt"
                    | "xml"
                    | "rss"
                    | "atom"
                    | "json"
                    | "eml"
                    | "mht"
                    | "mhtml"
            )
        )
}

/// Bytes at the beginning of a file that tell its kind. Before its first element may stand a
/// licence in a comment.
const HEAD: usize = 16 << 10;

/// A text from its first element on, without the declaration and the comments before it.
fn first_element(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ => return rest,
        };
        let Some((_, after)) = rest.split_once(end) else {
            return rest;
        };
        rest = after.trim_start();
    }
}

/// The kind of some bytes: by the file name where that tells, else by how they begin.
fn sniff(bytes: &[u8], path: &Path) -> SourceKind {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("html" | "htm" | "xhtml") => return SourceKind::Page,
        Some("txt") => return SourceKind::Plain,
        Some("rss" | "atom") => return SourceKind::Feed,
        Some("json") => return SourceKind::Json,
        Some("eml" | "mht" | "mhtml") => return SourceKind::Mail,
        _ => {}
    }
    if extract::mail::is_mail(&bytes[..bytes.len().min(4096)]) {
        return SourceKind::Mail;
    }
    let head = extract::charset::decode(&bytes[..bytes.len().min(HEAD)], None).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', '\u{fffd}', '\0']);
    let head = first_element(head);
    let has = |marks: &[&str]| marks.iter().any(|mark| head.contains(mark));
    let tag = head.strip_prefix('<').unwrap_or_default();
    let name = tag.split(|c: char| c.is_whitespace() || "/>".contains(c));
    let name = name.take(1).flat_map(|name| name.rsplit(':')).next();
    let is_entry = name == Some("entry") && has(&["www.w3.org/2005/atom"]);
    if head.starts_with('{') {
        SourceKind::Json
    } else if name == Some("html") || head.starts_with("<!doctype html") {
        SourceKind::Page
    } else if is_entry || matches!(name, Some("rss" | "feed" | "rdf")) || has(&["<rss", "<feed "]) {
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

/// Whether the bytes are a picture, a document or a program rather than text. A few zero bytes
/// occur in damaged texts, so they count only where one of twenty other characters is a control
/// character. UTF-16 and UTF-32 are full of zeros until they are decoded.
fn is_binary(bytes: &[u8], charset: Option<&str>) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let controls = || {
        let text = extract::charset::decode(head, charset);
        let others = || text.chars().filter(|c| *c != '\0');
        let controls = others().filter(|c| c.is_control() && !c.is_whitespace());
        text.contains('\0')
            && (controls.count() * 20 > others().count() || others().next().is_none())
    };
    let is_packed = bytes.starts_with(b"%PDF-") || bytes.starts_with(b"PK\x03\x04");
    is_packed || (head.contains(&0) && controls())
}

/// Extracts the articles from the bytes of a source.
fn extract_articles(
    bytes: &[u8],
    kind: SourceKind,
    hint: &PageHint<'_>,
    name: &str,
    fetch: &Fetch,
) -> Result<Vec<Article>, Failure> {
    let nothing = || Failure::new(Cause::NoArticle, name);
    let articles = |mut feed: ParsedFeed| -> Vec<Article> {
        let from = hint.url.unwrap_or_default();
        fetch.profiles.disown_entries(&mut feed.entries, from);
        let mut found: Vec<Article> = feed.articles().collect();
        // Without an address to begin with, those in the feed are what its file says.
        found
            .iter_mut()
            .for_each(|a| a.claimed = hint.url.is_none());
        found
    };
    if kind != SourceKind::Mail && is_binary(bytes, hint.charset) {
        return Err(nothing());
    }
    let article = match kind {
        SourceKind::Page => extract::page(bytes, hint, &fetch.profiles),
        SourceKind::Plain => {
            extract::pasted::plain(&extract::charset::decode(bytes, hint.charset), hint.url)
        }
        SourceKind::Mail => Article {
            claimed: true,
            ..extract::mail::mail(bytes, &fetch.profiles).ok_or_else(nothing)?
        },
        SourceKind::Json => match json(bytes) {
            Some(article) => article,
            None => {
                let feed = extract::feed::feed(bytes, hint.charset, hint.url.unwrap_or_default());
                return feed.map(articles).map_err(|_| nothing());
            }
        },
        SourceKind::Feed => {
            let feed = extract::feed::feed(bytes, hint.charset, hint.url.unwrap_or_default());
            let feed = feed.map_err(|_| Failure::new(Cause::NotAFeed, name))?;
            return Ok(articles(feed));
        }
    };
    let empty = article.title.is_blank() && article.blocks.is_empty();
    if empty {
        return Err(nothing());
    }
    let claimed = article.claimed || hint.url.is_none();
    Ok(vec![Article { claimed, ..article }])
}

/// Reads an article in the form of `gisa extract --format json`. JSON with items is a feed and not
/// read here.
fn json(bytes: &[u8]) -> Option<Article> {
    let value: serde_json::Value = json::of_bytes(bytes).ok()?;
    if value.get("items").is_some_and(serde_json::Value::is_array) {
        return None;
    }
    let mut article: Article = json::of_bytes(bytes).ok()?;
    // Whatever addresses it has were written by whoever wrote the file.
    article.claimed = true;
    if article.extraction.method == ExtractionMethod::Unknown {
        article.extraction.method = ExtractionMethod::Json;
    }
    Some(article)
}

/// Downloads a page. `from` are the pages and feeds that led to its address; none if the reader
/// entered it.
///
/// # Errors
/// The page can't be fetched, or contains no article.
pub fn download(
    source: &str,
    from: &[&str],
    fetch: &Fetch,
    cancel: &Cancel,
) -> Result<Vec<Article>, Failure> {
    if fetch.offline {
        return Err(Failure::new(Cause::Offline, source));
    }
    let feeds = fetch.feed_book();
    let net = fetch.net(&feeds);
    let own = from
        .iter()
        .find_map(|from| feeds.of(from)?.user_agent.as_deref());
    let name = own.or_else(|| fetch.profiles.user_agent_for(source));
    let request = Request {
        max_bytes: fetch.limit as u64,
        from,
        user_agent: name,
        ..Request::page(cancel)
    };
    let response = net.get(source, &request).map_err(|e| of_net(&e, source))?;
    let kind = match response.headers.content_type.as_deref() {
        Some("text/html" | "application/xhtml+xml") => SourceKind::Page,
        Some("application/json") => SourceKind::Json,
        // Servers say `text/plain` of whatever they have no type for, feeds above all.
        _ => sniff(&response.body, Path::new("")),
    };
    let hint = PageHint {
        is_subscribed: response.has_login,
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
    extract_articles(&response.body, kind, &hint, source, fetch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_known_by_its_first_element() {
        let kind = |text: &str| sniff(text.as_bytes(), Path::new("a.xml"));
        let comment = format!(
            "<?xml version='1.0'?>\n<!-- {} -->\n",
            "<html> ".repeat(900)
        );
        for (text, is_feed) in [
            ("<rss version='2.0'/>", true),
            (
                "<r:RSS xmlns:r='http://backend.userland.com/rss2'><channel/></r:RSS>",
                true,
            ),
            (
                "\u{feff} <?xml version='1.0'?><a:feed xmlns:a='urn:a'/>",
                true,
            ),
            (
                "<entry xmlns='http://www.w3.org/2005/Atom'><title>가</title></entry>",
                true,
            ),
            ("<rdf:RDF/>", true),
            ("<!DOCTYPE rss PUBLIC 'a' 'b'><rss/>", true),
            ("<entry><title>가</title></entry>", false),
            (
                "<html><!-- <rdf:RDF><License/></rdf:RDF> --><p>가</p></html>",
                false,
            ),
            ("<!DOCTYPE html><script>'<rss version=2>'</script>", false),
            ("<!-- 끝나지 않는 ", false),
            ("가나다 <feedback>", false),
        ] {
            assert_eq!(kind(text) == SourceKind::Feed, is_feed, "{text}");
        }
        assert_eq!(kind(&format!("{comment}<rss/>")), SourceKind::Feed);
        assert_eq!(kind(&format!("{comment}<html/>")), SourceKind::Page);
    }
}
