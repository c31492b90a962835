//! Fetches pictures or finds them in the cache, and draws them. On threads of their own, so that a
//! slow server delays nothing else.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use crate::app::protocol::feature::Feature;
use crate::app::protocol::picture::{PictureJob, PictureOutcome, PictureRequest};
use crate::app::{Cause, Failure};
use crate::config;
use crate::news::address::for_log;
use crate::news::order::Order as _;
use crate::news::{ArticleId, Clean, sample};
use crate::picture;
use crate::picture::{Bounds, DrawnPicture, PictureError, placeholder};
use crate::runtime::archive::Album;
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::{of_io, of_net};
use crate::runtime::fetch::source::Fetch;
use crate::runtime::net::{Net, NetError, Request, UNKNOWN_ORIGIN};
use crate::runtime::store::Store;
use crate::runtime::system::atomic_file;
use crate::runtime::system::atomic_file::Durability;
use crate::runtime::system::paths::private_dir;

/// `Accept`: the formats that can be drawn.
const ACCEPT: &str = "image/jpeg, image/png, image/webp, image/gif, image/*;q=0.5";
/// How long a picture that is not waited for must stay in view before it is fetched.
const REST: Duration = Duration::from_millis(300);

/// Fetches, caches and draws pictures.
#[derive(Debug)]
pub struct Gallery {
    bounds: Bounds,
    /// Size limit of the cache in bytes.
    keep: u64,
    cache: PathBuf,
    /// The path of the library, beside which the pictures of scraps are stored.
    library: PathBuf,
    net: Net,
    offline: bool,
    drawn: AtomicU64,
}

impl Gallery {
    /// A gallery with these settings; `cache` is a directory that may be deleted at any time.
    pub fn new(settings: &config::PictureSettings, fetch: &Fetch, cache: &Path) -> Self {
        Self {
            bounds: Bounds {
                bytes: u64::from(settings.max_mb) << 20,
                pixels: u64::from(settings.max_megapixels) * 1_000_000,
            },
            keep: u64::from(settings.cache_mb) << 20,
            cache: cache.join("pictures"),
            library: fetch.library.clone(),
            net: fetch.net(&fetch.feed_book()),
            offline: fetch.offline,
            drawn: AtomicU64::new(0),
        }
    }

    /// Runs a job.
    pub fn serve(&self, job: PictureJob, cancel: &Cancel) -> PictureOutcome {
        match job {
            PictureJob::Draw(request) => {
                PictureOutcome::Draw(request.slot, self.draw(&request, cancel))
            }
        }
    }

    /// Draws a picture as asked for.
    ///
    /// # Errors
    /// It can't be fetched, exceeds the limits, or is no picture; or this program was built without
    /// pictures.
    pub fn draw(
        &self,
        job: &PictureRequest,
        cancel: &Cancel,
    ) -> Result<Arc<DrawnPicture>, Failure> {
        Feature::Pictures.required()?;
        let bytes = self.bytes(job, cancel)?;
        if cancel.is_cancelled() {
            return Err(Failure::new(Cause::Cancelled, &job.url));
        }
        let name = placeholder::name(
            std::process::id(),
            self.drawn.fetch_add(1, Ordering::Relaxed),
        );
        // A decoder that panics on a file must not take more with it than this picture.
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            picture::open(&bytes, self.bounds)
                .and_then(|opened| DrawnPicture::new(&opened, &job.canvas, job.room, name))
        }));
        drawn
            .unwrap_or_else(|_| Err(PictureError::Broken("the decoder gave up".to_owned())))
            .map(Arc::new)
            .map_err(|error| of_picture(&error, &job.url))
    }

    /// The file of a picture for a viewer: the cached one, or the reader's own file.
    pub fn file(&self, url: &str) -> Option<PathBuf> {
        if let Some(path) = own_file(url) {
            return Some(path);
        }
        let cached = self.cached(url);
        if let Some(bytes) = sample::picture(url) {
            self.put(url, bytes);
        }
        cached.is_file().then_some(cached)
    }

    /// What a picture's file may have.
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    fn bytes(&self, job: &PictureRequest, cancel: &Cancel) -> Result<Vec<u8>, Failure> {
        let origin = job.origin.as_deref();
        let wait = if job.at_once { Duration::ZERO } else { REST };
        self.file_of(&job.url, job.article, origin, wait, cancel)
    }

    /// The file of a picture: from the cache, as it was kept with a scrap, or fetched after `wait`.
    /// `origin` is what [`PictureRequest::origin`] says.
    ///
    /// # Errors
    /// It can't be had, or is larger than the settings allow.
    pub fn file_of(
        &self,
        url: &str,
        article: Option<ArticleId>,
        origin: Option<&str>,
        wait: Duration,
        cancel: &Cancel,
    ) -> Result<Vec<u8>, Failure> {
        let from_web = origin.is_some_and(|o| o.is_empty() || o.starts_with("http"));
        if let Some(bytes) = sample::picture(url) {
            return Ok(bytes.to_vec());
        }
        // A page on the web must not name files of this machine.
        if let Some(path) = own_file(url).filter(|_| !from_web) {
            return self.own(&path, url);
        }
        if !(url.starts_with("http://") || url.starts_with("https://")) {
            return Err(Failure::new(Cause::BadAddress, url));
        }
        if let Ok(bytes) = fs::read(self.cached(url)) {
            return Ok(bytes);
        }
        if let Some(bytes) = article.and_then(|article| self.kept(article, url)) {
            return Ok(bytes);
        }
        if self.offline {
            return Err(Failure::new(Cause::Offline, url));
        }
        if !wait.is_zero() {
            cancel.rest(wait);
        }
        let feed = article.and_then(|article| self.feed_of(article));
        let origin = origin.unwrap_or(UNKNOWN_ORIGIN);
        let from: Vec<&str> = feed.as_deref().into_iter().chain([origin]).collect();
        let request = Request {
            accept: ACCEPT,
            max_bytes: self.bounds.bytes,
            from: &from,
            ..Request::page(cancel)
        };
        let response = self.net.get(url, &request).map_err(|e| match e {
            NetError::TooLarge { .. } => Failure::new(Cause::PictureTooLarge, url),
            other => of_net(&other, url),
        })?;
        self.put(url, &response.body);
        Ok(response.body)
    }

    /// The address of the feed that brought an article: the text that names the picture may be the
    /// feed's.
    fn feed_of(&self, article: ArticleId) -> Option<Clean> {
        if !self.library.is_file() {
            return None;
        }
        Store::open(&self.library).ok()?.feed_of(article).ok()?
    }

    /// The picture as stored with the scrap of the article, which outlives the server's.
    fn kept(&self, article: ArticleId, url: &str) -> Option<Vec<u8>> {
        let album = Album::beside(&self.library);
        if album.is_empty() {
            return None;
        }
        let scrap = Store::open(&self.library).ok()?.scrap(article).ok()??;
        let picture = scrap.pictures.iter().find(|p| &*p.url == url)?;
        fs::read(album.path(picture)?).ok()
    }

    fn own(&self, path: &Path, name: &str) -> Result<Vec<u8>, Failure> {
        let size = fs::metadata(path).map_err(|e| of_io(&e, name))?.len();
        if size > self.bounds.bytes {
            return Err(Failure::new(Cause::PictureTooLarge, name));
        }
        fs::read(path).map_err(|e| of_io(&e, name))
    }

    fn cached(&self, url: &str) -> PathBuf {
        self.cache
            .join(blake3::hash(url.as_bytes()).to_hex().as_str())
    }

    /// Caches a picture and deletes the oldest ones to make space. If that fails, it is shown all
    /// the same.
    fn put(&self, url: &str, bytes: &[u8]) {
        if self.keep == 0 || bytes.len() as u64 > self.keep {
            return;
        }
        let to = self.cached(url);
        let kept = private_dir(&self.cache)
            .and_then(|()| atomic_file::write(&to, bytes, Durability::Private));
        if let Err(error) = kept {
            tracing::warn!(%error, "a picture could not be cached");
        }
        self.make_room();
    }

    fn make_room(&self) {
        let Ok(entries) = fs::read_dir(&self.cache) else {
            return;
        };
        let mut files: Vec<(SystemTime, u64, PathBuf)> = entries
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let about = entry.metadata().ok()?;
                Some((about.modified().ok()?, about.len(), entry.path()))
            })
            .collect();
        let mut held: u64 = files.iter().map(|(_, size, _)| size).sum();
        files.order();
        for (_, size, path) in files {
            if held <= self.keep {
                return;
            }
            if fs::remove_file(path).is_ok() {
                held -= size;
            }
        }
    }
}

/// The file of this machine that an address names.
fn own_file(url: &str) -> Option<PathBuf> {
    if url.starts_with('/') {
        return Some(PathBuf::from(url));
    }
    url::Url::parse(url)
        .ok()
        .filter(|u| u.scheme() == "file")?
        .to_file_path()
        .ok()
}

fn of_picture(error: &PictureError, url: &str) -> Failure {
    tracing::warn!(%error, url = for_log(url), "a picture can't be shown");
    let cause = match error {
        PictureError::TooLarge(_) => Cause::PictureTooLarge,
        PictureError::Unknown | PictureError::Broken(_) => Cause::PictureBroken,
    };
    Failure::new(cause, url)
}

#[cfg(test)]
#[cfg(feature = "pictures")]
#[path = "tests/pictures.rs"]
mod tests;
