//! What every command needs: settings, words, paths, and how to fetch.

use std::sync::Arc;

use super::args::GlobalArgs;
use crate::app::{Cause, Failure};
use crate::config::{Config, Language, LibrarySettings, Words};
use crate::extract::Profiles;
use crate::news::Article;
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::of_io;
use crate::runtime::fetch::source;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::store::Retention;
use crate::runtime::system::paths::Paths;

/// What every command needs.
pub(super) struct Context {
    /// Settings in force.
    pub config: Config,
    /// The interface's sentences.
    pub words: Words,
    /// Where files are.
    pub paths: Paths,
    /// How pages are fetched.
    pub fetch: Fetch,
}

impl Context {
    /// By flags, environment and settings file. Wrong settings are told beside a context with the
    /// defaults.
    ///
    /// # Errors
    /// There is no home directory, or the settings file that was named can't be read.
    pub(super) fn new(flags: &GlobalArgs) -> Result<(Self, Option<Failure>), Failure> {
        let paths = Paths::find(flags.data_dir.as_deref(), flags.config.as_deref())
            .ok_or_else(|| Failure::new(Cause::NotFound, "HOME"))?;
        let (mut config, mut trouble) = settings(&paths, flags.config.is_some())?;
        let (profiles, wrong) = profiles(&paths);
        trouble = trouble.or(wrong);
        config.network.offline |= flags.offline;
        let language = flags.language().unwrap_or(config.language);
        let words = Words::of(Language::choose(language, locale().as_deref()));
        let fetch = Fetch {
            offline: config.network.offline,
            limit: usize::from(config.network.page_limit) << 20,
            timeout: config.network.timeout,
            profiles: Arc::new(profiles),
            library: paths.library(),
            home_servers: config.network.home_servers,
            retention: retention(&config.library),
            every: config.network.refresh_every,
        };
        Ok((
            Self {
                config,
                words,
                paths,
                fetch,
            },
            trouble,
        ))
    }

    /// The articles of a source.
    ///
    /// # Errors
    /// As the source gives them.
    pub(super) fn articles(
        &self,
        source: &str,
        url: Option<&str>,
    ) -> Result<Vec<Article>, Failure> {
        source::read(source, url, None, &self.fetch, &Cancel::new())
    }

    /// The first article of a source.
    ///
    /// # Errors
    /// There is none.
    pub(super) fn article(&self, source: &str, url: Option<&str>) -> Result<Article, Failure> {
        self.articles(source, url)?
            .into_iter()
            .next()
            .ok_or_else(|| Failure::new(Cause::NoArticle, source))
    }
}

/// The locale of the environment: the first of `LC_ALL`, `LC_MESSAGES`, `LANG` that is set.
pub(super) fn locale() -> Option<String> {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|v| std::env::var(v).ok())
        .find(|v| !v.is_empty())
}

/// Publishers' profiles: the user's, in `publishers/*.toml` beside the settings, before ours; and
/// what is wrong with one.
fn profiles(paths: &Paths) -> (Profiles, Option<Failure>) {
    let folder = paths.config.with_file_name("publishers");
    let entries = std::fs::read_dir(&folder)
        .map(|entries| entries.flatten().collect::<Vec<_>>())
        .unwrap_or_default();
    let mut files: Vec<(String, String)> = entries
        .into_iter()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .filter_map(|p| {
            Some((
                p.file_name()?.to_string_lossy().into_owned(),
                std::fs::read_to_string(&p).ok()?,
            ))
        })
        .collect();
    files.sort();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let (profiles, errors) = Profiles::with_user(&files);
    (
        profiles,
        errors
            .first()
            .map(|e| Failure::new(Cause::Config, &e.to_string())),
    )
}

/// How long the settings ask for articles to be held.
fn retention(asked: &LibrarySettings) -> Retention {
    Retention {
        days: asked.keep_days,
        bytes: u64::from(asked.keep_megabytes) << 20,
        unread_too: asked.forget_unread,
    }
}

/// The settings, and what is wrong with the user's file.
fn settings(paths: &Paths, named: bool) -> Result<(Config, Option<Failure>), Failure> {
    let file = paths.config.display().to_string();
    let text = match std::fs::read_to_string(&paths.config) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && !named => {
            return Ok((Config::standard(), None));
        }
        Err(e) => return Err(of_io(&e, &file)),
    };
    Ok(match Config::with_user(&file, &text) {
        Ok(config) => (config, None),
        Err(error) => (
            Config::standard(),
            Some(Failure::new(Cause::Config, &error.to_string())),
        ),
    })
}
