//! Recordings and films fetched ahead, for subscriptions whose settings wish it: the newest few of
//! each, within a limit of size for all. A file under its final name is whole; what was broken off
//! goes on where it stopped.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::policy::FetchPolicy;
use crate::app::Failure;
use crate::news::{ArticleId, Clean, Enclosure, Filter, Medium, RowPage};
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::{of_io, of_net};
use crate::runtime::fetch::source::Fetch;
use crate::runtime::net::{Limits, Net, NetError, Request};
use crate::runtime::store::Store;
use crate::runtime::system::paths::private_dir;

/// What may be fetched: anything, since servers name recordings as they please.
const ACCEPT: &str = "audio/*, video/*, */*;q=0.5";
/// How long one file may take; the rest comes with the next refresh.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
/// Smallest file in bytes: less is an error page.
const LEAST: u64 = 1_000;

/// A file that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// The headline of its article.
    pub title: Clean,
    /// Where it is.
    pub path: PathBuf,
}

/// What fetching ahead did.
#[derive(Clone, Debug, Default)]
pub struct Downloads {
    /// The files that came.
    pub came: Vec<Download>,
    /// Why others did not.
    pub failures: Vec<Failure>,
}

/// A file that is wanted.
struct WantedFile {
    enclosure: Enclosure,
    title: Clean,
    /// The feed that named it.
    feed: String,
}

/// The folder of the files, beside the library.
pub fn folder(library: &Path) -> PathBuf {
    library.with_file_name("downloads")
}

/// The file of the recording or film at `url`, where it was fetched.
pub fn held(library: &Path, url: &str) -> Option<PathBuf> {
    let name = format!("{}.", stem(url));
    let entries = fs::read_dir(folder(library)).ok()?;
    let names = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let is_it = |path: &PathBuf| {
        let own = path.file_name().unwrap_or_default().to_string_lossy();
        own.starts_with(&name) && !is_unfinished(path)
    };
    names.filter(|path| path.is_file()).find(is_it)
}

fn stem(url: &str) -> String {
    ArticleId::of_content(url).to_string()
}

/// Whether a file is a beginning, or the note beside one.
fn is_unfinished(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "part" || e == "tag")
}

/// Fetches what is wanted and not there, and removes what is wanted no longer.
///
/// # Errors
/// The library can't be read, or the folder can't be written.
pub fn fetch_downloads(fetch: &Fetch, cancel: &Cancel) -> Result<Downloads, Failure> {
    if fetch.offline {
        return Ok(Downloads::default());
    }
    let policy = FetchPolicy::of(fetch);
    let folder = folder(&fetch.library);
    let mut done = Downloads::default();
    let wanted = wanted(&Store::open(&fetch.library)?, &policy)?;
    if wanted.is_empty() && !folder.exists() {
        return Ok(done);
    }
    let shown = folder.display().to_string();
    private_dir(&folder).map_err(|e| of_io(&e, &shown))?;
    let limits = Limits {
        whole: PATIENCE,
        ..policy.limits
    };
    let net = Net::with_access(limits, policy.access);
    let mut room = u64::from(fetch.downloads_mb) << 20;
    let mut kept = BTreeSet::new();
    for one in &wanted {
        let url = &one.enclosure.url;
        if cancel.is_cancelled() {
            return Ok(done);
        }
        let name = format!("{}.{}", stem(url), ending(&one.enclosure));
        let path = folder.join(&name);
        let size = |path: &Path| fs::metadata(path).map_or(0, |about| about.len());
        let needed = one.enclosure.bytes.unwrap_or(LEAST).max(size(&path));
        if needed > room {
            // Older ones may be smaller.
            continue;
        }
        if !path.exists() {
            match fetch_one(&net, one, &path, room, cancel) {
                Ok(()) => done.came.push(Download {
                    title: one.title.clone(),
                    path: path.clone(),
                }),
                Err(NetError::Cancelled) => return Ok(done),
                Err(NetError::TooLarge { .. }) => continue,
                Err(error) => done.failures.push(of_net(&error, url)),
            }
        }
        room = room.saturating_sub(size(&path));
        kept.insert(name.clone());
        kept.insert(format!("{name}.part"));
        kept.insert(format!("{name}.tag"));
    }
    let entries = fs::read_dir(&folder).map_err(|e| of_io(&e, &shown))?;
    for entry in entries.flatten() {
        if !kept.contains(&*entry.file_name().to_string_lossy()) {
            let path = entry.path();
            fs::remove_file(&path).map_err(|e| of_io(&e, &path.display().to_string()))?;
        }
    }
    Ok(done)
}

/// The recordings and films of the newest articles, as many of each subscription as its settings
/// wish.
fn wanted(store: &Store, policy: &FetchPolicy) -> Result<Vec<WantedFile>, Failure> {
    let mut wanted = Vec::new();
    for feed in store.feeds()? {
        let own = policy.feeds.of(&feed.feed.url);
        let Some(most) = own.and_then(|own| own.download).filter(|n| *n > 0) else {
            continue;
        };
        let filter = Filter {
            feed: Some(feed.id),
            ..Filter::default()
        };
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        for row in store.articles(&filter, RowPage::at(0, most))? {
            let Some(article) = store.article(row.id)? else {
                continue;
            };
            let is_file = |it: &&Enclosure| {
                it.medium() != Medium::File
                    && it.url.starts_with("http")
                    // A film that only a page plays is no file.
                    && it.kind.as_deref().is_none_or(|kind| !kind.contains("html"))
            };
            if let Some(enclosure) = article.enclosures.iter().find(is_file) {
                wanted.push(WantedFile {
                    enclosure: enclosure.clone(),
                    title: row.title.clone(),
                    feed: feed.feed.url.to_string(),
                });
            }
        }
    }
    Ok(wanted)
}

/// The ending of the file's name: that of the address, else one by the media type.
fn ending(enclosure: &Enclosure) -> String {
    let own = enclosure.ending();
    if !own.is_empty() {
        return own;
    }
    let kind = enclosure.kind.as_deref().unwrap_or_default();
    match kind.split('/').next_back().unwrap_or_default() {
        "mpeg" if kind.starts_with("audio") => "mp3",
        "mp4" => "mp4",
        "ogg" => "ogg",
        _ => "media",
    }
    .to_owned()
}

/// Fetches a file, from where an earlier attempt stopped if it is the same file still. It gets its
/// name once it is whole.
fn fetch_one(
    net: &Net,
    wanted: &WantedFile,
    path: &Path,
    room: u64,
    cancel: &Cancel,
) -> Result<(), NetError> {
    let beside = |more: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(more);
        PathBuf::from(name)
    };
    let (part, tag) = (beside(".part"), beside(".tag"));
    let known = fs::read_to_string(&tag).unwrap_or_default();
    let there = fs::metadata(&part).map_or(0, |about| about.len());
    let from = [wanted.feed.as_str()];
    let resumes = there > 0 && !known.is_empty();
    let request = Request {
        from: &from,
        accept: ACCEPT,
        max_bytes: room,
        resume: Some(if resumes {
            (there, known.as_str())
        } else {
            (0, "")
        }),
        ..Request::page(cancel)
    };
    let host = wanted.enclosure.url.to_string();
    let of_io = |e| NetError::of_file(e, &host);
    let answer = net.open(&wanted.enclosure.url, &request)?;
    let kind = answer.headers().content_type.clone().unwrap_or_default();
    if kind.contains("html") {
        return Err(of_io(std::io::ErrorKind::InvalidData.into()));
    }
    let goes_on = resumes && answer.is_partial();
    let mut file: File = OpenOptions::new()
        .create(true)
        .write(true)
        .append(goes_on)
        .truncate(!goes_on)
        .open(&part)
        .map_err(of_io)?;
    // A weak tag does not promise the same bytes.
    let new_tag = answer
        .headers()
        .etag
        .clone()
        .filter(|tag| !tag.starts_with("W/"));
    match new_tag {
        Some(new) => fs::write(&tag, new).map_err(of_io)?,
        None if !goes_on => drop(fs::remove_file(&tag)),
        None => {}
    }
    let before = if goes_on { there } else { 0 };
    let length = answer.save(&mut file, before, &request)?;
    file.sync_all().map_err(of_io)?;
    drop(file);
    if length < LEAST {
        let _ = fs::remove_file(&part);
        return Err(of_io(std::io::ErrorKind::InvalidData.into()));
    }
    fs::rename(&part, path).map_err(of_io)?;
    let _ = fs::remove_file(&tag);
    Ok(())
}
