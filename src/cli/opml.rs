//! `gisa import` and `gisa export`: subscriptions as OPML.

use super::args::OpmlArgs;
use super::context::CommandContext;
use super::error::CommandError;
use super::output::save;
use crate::app::{Cause, Failure};
use crate::extract::charset::decode;
use crate::extract::feed::opml;
use crate::news::Feed;
use crate::runtime::failures::of_io;
use crate::runtime::start::open_store;

/// Subscribes to every feed in an OPML file.
pub(super) fn import(args: &OpmlArgs, context: &CommandContext) -> Result<(), CommandError> {
    let name = args.file.display().to_string();
    let bytes = std::fs::read(&args.file).map_err(|e| of_io(&e, &name))?;
    let feeds =
        opml::parse(&decode(&bytes, None)).map_err(|_| Failure::new(Cause::NotAnOutline, &name))?;
    let store = open_store(&context.paths)?;
    store.feeds_add(&feeds)?;
    context.say("cli.imported", &[("n", &feeds.len().to_string())])
}

/// Writes the subscriptions to an OPML file.
pub(super) fn export(args: &OpmlArgs, context: &CommandContext) -> Result<(), CommandError> {
    let feeds = open_store(&context.paths)?.feeds()?;
    let feeds: Vec<Feed> = feeds.into_iter().map(|f| f.feed).collect();
    save(&args.file, &opml::write(&feeds))?;
    let (n, path) = (feeds.len().to_string(), args.file.display().to_string());
    context.say("cli.exported", &[("n", &n), ("path", &path)])
}
