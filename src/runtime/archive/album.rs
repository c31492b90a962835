//! The pictures of scraps: files beside the library, each named after a hash of its contents.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::news::address::for_log;
use crate::news::{Article, Block, Clean, Picture};
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::source::{Fetch, origins};
use crate::runtime::net::Request;
use crate::runtime::store::Store;
use crate::runtime::system::atomic_file;
use crate::runtime::system::paths::private_dir;

/// Most pictures kept for one scrap.
const MOST: usize = 40;
/// Largest size of a picture in bytes.
const LARGEST: u64 = 12 << 20;
/// Largest size in bytes of all pictures of one scrap.
const ALL: u64 = 64 << 20;
/// Number of characters of the hash in a file name.
const HASH: usize = 32;
/// How long a picture that no scrap uses is kept, in case the deletion of its scrap is undone.
const GRACE: Duration = Duration::from_secs(24 * 3600);

/// The folder of pictures.
#[derive(Clone, Debug)]
pub struct Album {
    dir: PathBuf,
}

impl Album {
    /// The album beside the library at `library`.
    pub fn beside(library: &Path) -> Self {
        Self {
            dir: library.with_file_name("pictures"),
        }
    }

    /// Whether no picture was ever stored.
    pub fn is_empty(&self) -> bool {
        !self.dir.is_dir()
    }

    /// Stores a picture and returns its file name; `None` where the bytes are no picture.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn keep(&self, bytes: &[u8]) -> io::Result<Option<Clean>> {
        let Some(kind) = kind(bytes) else {
            return Ok(None);
        };
        let hash = blake3::hash(bytes).to_hex();
        let name = format!("{}.{kind}", &hash[..HASH]);
        let path = self.dir.join(&name);
        if fs::metadata(&path).is_ok_and(|m| m.len() == bytes.len() as u64) {
            return Ok(Some(Clean::line(&name)));
        }
        private_dir(&self.dir)?;
        atomic_file::write(&path, bytes, atomic_file::Durability::Private)?;
        Ok(Some(Clean::line(&name)))
    }

    /// The path of a picture; `None` where the name can't be one of this folder, or the file is
    /// missing.
    pub fn path(&self, picture: &Picture) -> Option<PathBuf> {
        // The name may come from an imported file, so it is checked before use as a path.
        let (hash, kind) = picture.file.split_once('.')?;
        let ours = hash.len() == HASH
            && hash.bytes().all(|b| b.is_ascii_hexdigit())
            && KINDS.contains(&kind);
        let path = self.dir.join(&*picture.file);
        (ours && path.is_file()).then_some(path)
    }

    /// A picture in base64; `None` where it can't be read.
    pub fn base64(&self, picture: &Picture) -> Option<String> {
        fs::read(self.path(picture)?)
            .ok()
            .map(|bytes| STANDARD.encode(bytes))
    }

    /// A picture as a `data:` URL; `None` where it can't be read.
    pub fn data_address(&self, picture: &Picture) -> Option<String> {
        let kind = picture
            .file
            .rsplit('.')
            .next()
            .map(|k| if k == "jpg" { "jpeg" } else { k })?;
        Some(format!(
            "data:image/{kind};base64,{}",
            self.base64(picture)?
        ))
    }

    /// Stores a picture as [`Album::base64`] encodes it; `None` where it is no picture.
    ///
    /// # Errors
    /// As [`Album::keep`].
    pub fn keep_base64(&self, text: &str) -> io::Result<Option<Clean>> {
        STANDARD
            .decode(text)
            .map_or(Ok(None), |bytes| self.keep(&bytes))
    }

    /// Fetches the pictures of an article that `feed` brought, if any, up to the limits, except
    /// those it already `has`. Pictures that can't be fetched are left out.
    ///
    /// # Errors
    /// As [`Album::keep`].
    pub fn fetch(
        &self,
        article: &Article,
        feed: Option<&Clean>,
        has: &dyn Fn(&str) -> bool,
        fetch: &Fetch,
        cancel: &Cancel,
    ) -> io::Result<Vec<Picture>> {
        let net = fetch.net(&fetch.feed_book());
        let from = origins(article, feed);
        let mut out: Vec<Picture> = Vec::new();
        let mut left = ALL;
        for url in addresses(article).into_iter().filter(|url| !has(url)) {
            if cancel.is_cancelled() || fetch.offline {
                break;
            }
            let request = Request {
                accept: "image/*",
                max_bytes: LARGEST.min(left),
                from: &from,
                ..Request::page(cancel)
            };
            let answer = match net.get(&url, &request) {
                Ok(answer) => answer,
                Err(error) => {
                    tracing::info!(%error, url = for_log(&url), "a picture of a scrap could not be fetched");
                    continue;
                }
            };
            let bytes = answer.body.len() as u64;
            if let Some(file) = self.keep(&answer.body)? {
                left = left.saturating_sub(bytes);
                out.push(Picture { url, file, bytes });
            }
        }
        Ok(out)
    }

    /// Deletes pictures that no scrap uses any more.
    pub fn sweep(&self, store: &Store) {
        let Some(named) = named(store) else { return };
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            let old = entry.metadata().and_then(|m| m.modified()).is_ok_and(|at| {
                SystemTime::now()
                    .duration_since(at)
                    .is_ok_and(|age| age > GRACE)
            });
            if old && !named.contains(&entry.file_name().to_string_lossy().into_owned()) {
                // One that can't be deleted is tried again by the next sweep.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The file names of all pictures of scraps; `None` where not all scraps can be read.
fn named(store: &Store) -> Option<BTreeSet<String>> {
    let mut out = BTreeSet::new();
    for row in store.scraps().ok()? {
        let scrap = store.scrap(row.id).ok()??;
        out.extend(scrap.pictures.iter().map(|p| p.file.to_string()));
    }
    Some(out)
}

/// The addresses of the pictures in an article, each once.
pub fn addresses(article: &Article) -> Vec<Clean> {
    let mut out: Vec<Clean> = Vec::new();
    for block in &article.blocks {
        let Block::Image { url, .. } = block else {
            continue;
        };
        if (url.starts_with("https://") || url.starts_with("http://"))
            && !out.contains(url)
            && out.len() < MOST
        {
            out.push(url.clone());
        }
    }
    out
}

/// File name extensions of the formats that are kept.
const KINDS: [&str; 5] = ["jpg", "png", "gif", "webp", "avif"];

/// The format of a picture, by its first bytes.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    let at = |from: usize, mark: &[u8]| bytes.get(from..from + mark.len()) == Some(mark);
    let found = [
        at(0, b"\xff\xd8\xff"),
        at(0, b"\x89PNG\r\n\x1a\n"),
        at(0, b"GIF87a") || at(0, b"GIF89a"),
        at(0, b"RIFF") && at(8, b"WEBP"),
        at(4, b"ftypavif") || at(4, b"ftypavis"),
    ];
    KINDS
        .into_iter()
        .zip(found)
        .find_map(|(kind, is)| is.then_some(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Scrap;

    const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;";

    #[test]
    fn a_picture_comes_back_as_it_was_and_nothing_else_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let album = Album::beside(&dir.path().join("library.db"));
        let file = album.keep(GIF).unwrap().unwrap();
        assert_eq!(
            album.keep(GIF).unwrap(),
            Some(file.clone()),
            "the same picture is one file"
        );
        assert_eq!(
            fs::read_dir(dir.path().join("pictures")).unwrap().count(),
            1
        );
        let picture = Picture {
            url: Clean::line("https://a.kr/1.gif"),
            file,
            bytes: GIF.len() as u64,
        };
        let text = album.base64(&picture).unwrap();
        let other = Album::beside(&dir.path().join("other/library.db"));
        assert_eq!(
            other.keep_base64(&text).unwrap(),
            Some(picture.file.clone())
        );
        assert!(
            album
                .data_address(&picture)
                .unwrap()
                .starts_with("data:image/gif;base64,R0lGODlh")
        );
        for bytes in [
            &b""[..],
            b"<svg onload=alert(1)>",
            b"<html>",
            b"GIF",
            b"\x7fELF",
        ] {
            assert_eq!(album.keep(bytes).unwrap(), None);
        }
        assert_eq!(album.keep_base64("?!").unwrap(), None);
    }

    #[test]
    fn a_name_from_outside_leads_nowhere() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("library.db"), "x").unwrap();
        let album = Album::beside(&dir.path().join("library.db"));
        album.keep(GIF).unwrap();
        for file in [
            "../library.db",
            "/etc/passwd",
            "",
            ".gif",
            "0123456789abcdef0123456789abcdef.db",
        ] {
            let picture = Picture {
                url: Clean::default(),
                file: Clean::line(file),
                bytes: 0,
            };
            assert_eq!(album.path(&picture), None, "{file}");
        }
    }

    #[test]
    fn what_no_scrap_names_is_swept_away_in_time() {
        let dir = tempfile::tempdir().unwrap();
        let album = Album::beside(&dir.path().join("library.db"));
        let (kept, gone) = (
            album.keep(GIF).unwrap().unwrap(),
            album.keep(b"GIF87a;").unwrap().unwrap(),
        );
        let fresh = album.keep(b"GIF87a;;").unwrap().unwrap();
        let path = |file: &Clean| dir.path().join("pictures").join(&**file);
        for file in [&kept, &gone] {
            let old = SystemTime::now() - GRACE * 2;
            fs::File::options()
                .append(true)
                .open(path(file))
                .unwrap()
                .set_modified(old)
                .unwrap();
        }
        let picture = Picture {
            url: Clean::default(),
            file: kept.clone(),
            bytes: 1,
        };
        let now = jiff::Timestamp::UNIX_EPOCH;
        let scrap = Scrap {
            pictures: vec![picture],
            ..Scrap::of(Article::default(), now)
        };
        let store = Store::in_memory().unwrap();
        store.scrap_put(&scrap).unwrap();
        album.sweep(&store);
        assert_eq!(
            [&kept, &gone, &fresh].map(|f| path(f).exists()),
            [true, false, true]
        );
    }
}
