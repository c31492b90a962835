//! `gisa backup` and `gisa restore`: the whole library in one file, and back.

use std::path::PathBuf;

use super::args::BackupArgs;
use super::context::CommandContext;
use super::error::CommandError;
use crate::app::{Cause, Failure};
use crate::runtime::archive::Album;
use crate::runtime::failures::{of_io, of_write};
use crate::runtime::start::open_store;
use crate::runtime::store::{Kept, Store, StoreError, copy_if_due};
use crate::runtime::system::limited_read;

/// The size of the largest copy that is read, in bytes: some ten thousand scraps.
const LARGEST_COPY: usize = 256 << 20;

/// Writes the library into a file. A backup that is there is replaced, any other file left alone.
pub(super) fn backup(args: &BackupArgs, context: &CommandContext) -> Result<(), CommandError> {
    let name = args.file.display().to_string();
    let library = context.paths.library();
    let same = |a: &std::path::Path, b: &std::path::Path| {
        a.canonicalize()
            .ok()
            .is_some_and(|a| Some(a) == b.canonicalize().ok())
    };
    if args.file.exists() && (same(&args.file, &library) || !Store::is_library(&args.file)) {
        return Err(Failure::new(Cause::NameTaken, &name).into());
    }
    let store = open_store(&context.paths)?;
    let album = Album::beside(&library);
    let mut pictures: Vec<PathBuf> = Vec::new();
    for row in store.scraps()? {
        if let Some(scrap) = store.scrap(row.id)? {
            pictures.extend(scrap.pictures.iter().filter_map(|p| album.path(p)));
        }
    }
    store
        .backup_with(&args.file, &pictures)
        .map_err(|error| written(error, &name))?;
    say(context, &store, "cli.backed-up", &name)
}

/// Puts a backup in the library's place, or adds a copy of what was kept to it.
pub(super) fn restore(args: &BackupArgs, context: &CommandContext) -> Result<(), CommandError> {
    let name = args.file.display().to_string();
    let library = context.paths.library();
    let not = || Failure::new(Cause::NotABackup, &name);
    if args.file.is_dir() {
        return Err(not().into());
    }
    std::fs::File::open(&args.file).map_err(|e| of_io(&e, &name))?;
    if Store::is_library(&args.file) {
        let album = Album::beside(&library);
        let store = Store::restore(&library, &args.file, |bytes| {
            let kept = album.keep(bytes).map(drop);
            kept.map_err(|source| StoreError::Open {
                path: library.clone(),
                source,
            })
        });
        let store = store.map_err(|error| match error {
            StoreError::Corrupt(_) | StoreError::Sql(_) => not(),
            other => other.into(),
        })?;
        return say(context, &store, "cli.restored", &name);
    }
    let bytes = limited_read::file(&args.file, LARGEST_COPY)?;
    let text = String::from_utf8(bytes).map_err(|_| not())?;
    let (kept, acts) = Kept::parse(&text).ok_or_else(not)?;
    let store = open_store(&context.paths)?;
    // What is in the library is newer, and keeps its notes.
    let mut missing = Kept::default();
    for scrap in kept.scraps {
        if store.scrap(scrap.id())?.is_none() {
            missing.scraps.push(scrap);
        }
    }
    (missing.feeds, missing.saved, missing.mutes) = (kept.feeds, kept.saved, kept.mutes);
    store.adopt(&missing, acts)?;
    say(context, &store, "cli.restored", &name)
}

fn say(context: &CommandContext, store: &Store, key: &str, path: &str) -> Result<(), CommandError> {
    let values = [
        ("n", store.counts()?.articles.to_string()),
        ("scraps", store.scraps()?.len().to_string()),
        ("feeds", store.feeds()?.len().to_string()),
        ("path", path.to_owned()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    context.say(key, &values)
}

/// The failure of writing the backup `name`.
fn written(error: StoreError, name: &str) -> Failure {
    match error {
        StoreError::Open { source, .. } => of_write(&source, name),
        StoreError::ReadOnly | StoreError::Disk(_) => Failure::new(Cause::Unwritable, name),
        other => other.into(),
    }
}

/// Copies what is kept after a command that may have changed it. That it can't is no failure of the
/// command, whose work is done: the log has it, and `gisa doctor` shows the age of the last copy.
pub(super) fn copy_after(context: &CommandContext) {
    let library = context.paths.library();
    if !library.is_file() {
        return;
    }
    let copied = Store::open(&library).and_then(|store| copy_if_due(&store));
    if let Err(error) = copied {
        tracing::warn!(%error, "copy");
    }
}
