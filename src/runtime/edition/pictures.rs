//! The pictures of an edition, made small: from the cache, kept scraps or the network.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::news::edition::{Edition, EditionPicture};
use crate::news::{ArticleId, Clean};
use crate::picture::jpeg;
use crate::runtime::archive::album::addresses;
use crate::runtime::cancel::Cancel;
use crate::runtime::workers::pictures::Gallery;

/// Most pictures of one article.
const MOST: usize = 4;
/// Threads that fetch and shrink them.
const THREADS: usize = 4;
/// Most bytes of all pictures together, as they go into the file.
const ALL: usize = 96 << 20;
/// No further picture is begun after this time: a slow server must not hold the newspaper up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A picture to be had.
struct PictureWish {
    url: Clean,
    article: ArticleId,
    origin: Option<Clean>,
}

/// Puts into the edition the pictures of its articles that can be had; returns how many could not.
pub fn add_pictures(edition: &mut Edition, gallery: &Gallery, cancel: &Cancel) -> usize {
    let mut wishes: Vec<PictureWish> = Vec::new();
    for it in &edition.articles {
        let article = &it.article;
        let of_web = article.claimed || article.url.is_some();
        for url in addresses(article).into_iter().take(MOST) {
            if !wishes.iter().any(|wish| wish.url == url) {
                wishes.push(PictureWish {
                    url,
                    article: article.id(),
                    origin: of_web.then(|| article.origin()),
                });
            }
        }
    }
    let (next, bytes) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let made: Mutex<Vec<(String, EditionPicture)>> = Mutex::default();
    let begun = Instant::now();
    let work = || {
        while let Some(wish) = wishes.get(next.fetch_add(1, Ordering::Relaxed)) {
            let is_full = bytes.load(Ordering::Relaxed) > ALL;
            if cancel.is_cancelled() || is_full || begun.elapsed() > PATIENCE {
                return;
            }
            if let Some(picture) = picture(wish, gallery, cancel) {
                bytes.fetch_add(picture.bytes.len(), Ordering::Relaxed);
                let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
                made.push((wish.url.to_string(), picture));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..THREADS.min(wishes.len()) {
            scope.spawn(work);
        }
    });
    let made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    let missing = wishes.len() - made.len();
    edition.pictures.extend(made);
    missing
}

fn picture(wish: &PictureWish, gallery: &Gallery, cancel: &Cancel) -> Option<EditionPicture> {
    let origin = wish.origin.as_deref();
    let file = gallery
        .file_of(
            &wish.url,
            Some(wish.article),
            origin,
            Duration::ZERO,
            cancel,
        )
        .inspect_err(|failure| tracing::info!(?failure, "a picture of an edition is not to be had"))
        .ok()?;
    // A decoder that panics on a file must not take more with it than this picture.
    let made = catch_unwind(AssertUnwindSafe(|| jpeg(&file, gallery.bounds())));
    let made = made.ok()?.ok()?;
    Some(EditionPicture {
        bytes: made.bytes,
        size: (made.extent.width, made.extent.height),
    })
}
