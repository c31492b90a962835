//! What the commands share: settings, texts, paths, and how pages are fetched.

use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;
use std::sync::Arc;

use super::args::GlobalArgs;
use super::error::CommandError;
use super::output::{note, print};
use super::settings_faults::all_faults;
use crate::app::{Cause, Failure};
use crate::config::load::language_in;
use crate::config::{Config, Language, LanguageChoice, LibrarySettings, SourceBook, Words};
use crate::extract::{ProfileError, Profiles};
use crate::news::address::without_secrets;
use crate::news::order::Order as _;
use crate::news::same_address::other_forms;
use crate::news::{Article, ArticleId, PageKind, Problem};
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::of_io;
use crate::runtime::feed_settings;
use crate::runtime::fetch::source;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::net::Access;
use crate::runtime::start::{OpeningLibrary, open_store};
use crate::runtime::store::{Retention, Store};
use crate::runtime::sync::Account;
use crate::runtime::system::paths::Paths;
use crate::runtime::system::secret::AskedSecret;

/// What the commands share.
#[derive(Clone)]
pub(super) struct CommandContext {
    /// The settings in force: the user's file over the defaults, with the global flags applied.
    pub config: Config,
    /// The texts of the interface in the language in force.
    pub words: Words,
    /// The paths of settings, library, scraps and log.
    pub paths: Paths,
    /// Limits, profiles and permissions for fetching pages.
    pub fetch: Fetch,
    /// What is wrong with the settings, profiles and settings of subscriptions, the first of each
    /// file first. Where there is anything, the defaults are in force.
    pub faults: Vec<Failure>,
}

fn paths(flags: &GlobalArgs) -> Option<Paths> {
    Paths::find(flags.data_dir.as_deref(), flags.config.as_deref())
}

/// Begins to open the library for the reader, which there is only on a terminal.
pub(super) fn opening_library(flags: &GlobalArgs) -> OpeningLibrary {
    match paths(flags).filter(|_| io::stdout().is_terminal()) {
        Some(paths) => OpeningLibrary::begin(&paths),
        None => OpeningLibrary::default(),
    }
}

impl CommandContext {
    /// Reads settings and profiles by flags and environment. `is_read`: whether a settings file
    /// named by `--config` must be there; `config init` makes it.
    ///
    /// # Errors
    /// There is no home directory, or the settings file named by `--config` can't be read.
    pub(super) fn new(flags: &GlobalArgs, is_read: bool) -> Result<Self, Failure> {
        let paths = paths(flags).ok_or_else(|| Failure::new(Cause::NotFound, "HOME"))?;
        let (mut config, mut faults) = settings(&paths, is_read && flags.config.is_some())?;
        let (profiles, wrong) = profiles(&paths);
        faults.extend(wrong);
        match feed_settings::read(&paths.config.with_file_name("feeds.toml")) {
            Ok(book) => config.feed_book = book,
            Err(wrong) => faults.extend(wrong),
        }
        config.network.offline |= flags.offline;
        config.sync.has_account = Account::exists(&paths.library());
        let language = flags.language().unwrap_or(config.language);
        let words = Words::of(Language::choose(language, locale().as_deref()));
        let fetch = Fetch {
            offline: config.network.offline,
            limit: usize::from(config.network.page_limit) << 20,
            timeout: config.network.timeout,
            profiles: Arc::new(profiles),
            library: paths.library(),
            home_servers: config.network.home_servers,
            access: Access::of(&config),
            retention: retention(&config.library),
            every: config.network.refresh_every,
            downloads_mb: config.network.downloads_mb,
            sync: config.sync.clone(),
            rules: Arc::new(config.rule_book()),
            folder_secret: AskedSecret::default(),
            sources: Arc::new(SourceBook {
                local: config.sources.clone(),
                file: paths.config.with_file_name("feeds.toml"),
            }),
        };
        Ok(Self {
            config,
            words,
            paths,
            fetch,
            faults,
        })
    }

    /// The same without the publishers' profiles, to see how an unknown publisher's page is read.
    pub(super) fn without_profiles(&self) -> Self {
        let mut context = self.clone();
        context.fetch.profiles = Arc::new(Profiles::default());
        context
    }

    /// Prints the text under `key` with `values` filled in.
    pub(super) fn say(&self, key: &str, values: &[(&str, &str)]) -> Result<(), CommandError> {
        print(&self.words.fill(key, values))
    }

    /// Prints rows, one a line. Where there are none, prints the sentence under `empty`, or nothing
    /// for JSON.
    pub(super) fn print_rows(
        &self,
        rows: &[String],
        json: bool,
        empty: &str,
    ) -> Result<(), CommandError> {
        match (rows.is_empty(), json) {
            (false, _) => print(&rows.join("\n")),
            (true, false) => print(self.words.get(empty)),
            (true, true) => Ok(()),
        }
    }

    /// Tells of copies that have what a library without anything to print lacks.
    pub(super) fn note_copies(&self, store: &Store) -> Result<(), CommandError> {
        if store.is_behind().unwrap_or(false) || store.lacks_former().unwrap_or(false) {
            note(&Failure::new(Cause::LibraryBehind, "").sentence(&self.words))?;
        }
        Ok(())
    }

    /// All articles of a source, fetched where it is an address. `url` is the address that a file
    /// came from.
    ///
    /// # Errors
    /// The source can't be read or fetched.
    pub(super) fn articles(
        &self,
        source: &str,
        url: Option<&str>,
    ) -> Result<Vec<Article>, Failure> {
        if let Some(article) = self.of_library(source)? {
            return Ok(vec![article]);
        }
        source::read(source, url, None, &self.fetch, &Cancel::new())
    }

    /// The article of the library that `id:…` names; without the network, also the one at an
    /// address.
    ///
    /// # Errors
    /// There is no article with that id, or the library can't be read.
    fn of_library(&self, source: &str) -> Result<Option<Article>, Failure> {
        if let Some(id) = source.strip_prefix("id:") {
            let gone = || Failure::new(Cause::Gone, source);
            let id = u64::from_str_radix(id, 16).map_err(|_| gone())?;
            let found = open_store(&self.paths)?.article(ArticleId(id))?;
            return found.map(Some).ok_or_else(gone);
        }
        let is_address = source.starts_with("http://") || source.starts_with("https://");
        if !self.fetch.offline || !is_address {
            return Ok(None);
        }
        let store = open_store(&self.paths)?;
        let mut forms = vec![source.to_owned()];
        forms.extend(other_forms(source));
        for form in forms {
            if let Some(article) = store.article(ArticleId::of_url(&form))? {
                return Ok(Some(article));
            }
        }
        Ok(None)
    }

    /// Says on standard error what a page is, where it is not a readable article.
    ///
    /// # Errors
    /// It has no text at all; that is reported then.
    pub(super) fn report_problem(&self, article: &Article) -> Result<(), CommandError> {
        let Some(problem) = &article.extraction.problem else {
            return self.report_page(article);
        };
        let key = match problem {
            Problem::Empty => "cli.problem-empty",
            Problem::Front => "cli.problem-front",
            Problem::Paywall => "cli.problem-paywall",
            Problem::Video => "cli.problem-video",
            Problem::Error => "cli.problem-error",
            // Another program's word, which has no sentence.
            Problem::Other(_) => return Ok(()),
        };
        self.note_about(article, key)?;
        if *problem == Problem::Empty {
            Err(CommandError::Reported(1))
        } else {
            Ok(())
        }
    }

    /// Says on standard error what a page with a text is, where it is not one article.
    fn report_page(&self, article: &Article) -> Result<(), CommandError> {
        let key = match article.extraction.page {
            Some(PageKind::Thread) => "cli.page-thread",
            Some(PageKind::Product) => "cli.page-product",
            Some(PageKind::Listing) => "cli.page-listing",
            Some(PageKind::Search) => "cli.page-search",
            None => return Ok(()),
        };
        self.note_about(article, key)
    }

    fn note_about(&self, article: &Article, key: &str) -> Result<(), CommandError> {
        let subject = article.address().unwrap_or(&article.title);
        let subject = without_secrets(subject);
        note(&self.words.fill(key, &[("subject", &subject)]))
    }

    /// Says on standard error that only the beginning of a text is there, where it is so.
    ///
    /// # Errors
    /// Standard error is closed.
    pub(super) fn report_cut(&self, article: &Article) -> Result<(), CommandError> {
        // A paywall is a problem of its own, and reported as such.
        if !article.is_cut() || article.extraction.problem.is_some() {
            return Ok(());
        }
        let subject = article.address().unwrap_or(&article.title);
        note(&self.words.fill("cli.cut", &[("subject", subject)]))
    }

    /// The first article of a source.
    ///
    /// # Errors
    /// The source can't be read or fetched, or has no article.
    pub(super) fn article(&self, source: &str, url: Option<&str>) -> Result<Article, Failure> {
        self.articles(source, url)?
            .into_iter()
            .next()
            .ok_or_else(|| Failure::new(Cause::NoArticle, source))
    }
}

/// The language of the interface by the arguments, the settings file and the environment, for what
/// is said before the command line is parsed or where the settings are wrong.
pub(super) fn language_of(arguments: &[String]) -> Language {
    let options = || {
        arguments
            .iter()
            .take_while(|word| *word != "--")
            .enumerate()
    };
    let value_of = |name: &str| {
        options().find_map(|(at, word)| {
            let rest = word.strip_prefix(name)?;
            match rest.strip_prefix('=') {
                Some(value) => Some(value),
                None if rest.is_empty() => arguments.get(at + 1).map(String::as_str),
                None => None,
            }
        })
    };
    let choice = match value_of("--lang") {
        Some("ko") => LanguageChoice::Ko,
        Some("en") => LanguageChoice::En,
        _ => {
            let file = value_of("--config").map(Path::new);
            Paths::find(None, file)
                .and_then(|paths| read_settings(&paths.config).ok())
                .and_then(|text| language_in(&text))
                .unwrap_or_default()
        }
    };
    Language::choose(choice, locale().as_deref())
}

/// The locale of the environment: the first of `LC_ALL`, `LC_MESSAGES`, `LANG` that is set.
pub(super) fn locale() -> Option<String> {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|v| std::env::var(v).ok())
        .find(|v| !v.is_empty())
}

/// The publishers' profiles, the user's in `publishers/*.toml` beside the settings before the
/// embedded ones; and the errors of the user's.
fn profiles(paths: &Paths) -> (Profiles, Vec<Failure>) {
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
    files.order();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let (profiles, errors) = Profiles::with_user(&files);
    let failure =
        |e: &ProfileError| Failure::new(Cause::Config, &format!("{}/{e}", folder.display()));
    (profiles, errors.iter().map(failure).collect())
}

/// How long the settings keep articles.
fn retention(asked: &LibrarySettings) -> Retention {
    Retention {
        days: asked.keep_days,
        bytes: u64::from(asked.keep_megabytes) << 20,
        unread_too: asked.forget_unread,
    }
}

/// The text of a settings file, to a length that no such file has: `/dev/zero` has no end.
fn read_settings(file: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    let mut file = std::fs::File::open(file)?.take(LONGEST_SETTINGS);
    file.read_to_string(&mut text)?;
    Ok(text)
}

/// Longest settings file that is read, in bytes.
const LONGEST_SETTINGS: u64 = 4 << 20;

/// The settings, and the faults of the user's file, in which case they are the defaults. `named`:
/// the file was named on the command line, so it must exist.
fn settings(paths: &Paths, named: bool) -> Result<(Config, Vec<Failure>), Failure> {
    let file = paths.config.display().to_string();
    let text = match read_settings(&paths.config) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && !named => {
            return Ok((Config::standard(), Vec::new()));
        }
        Err(e) => return Err(of_io(&e, &file)),
    };
    match Config::read(&file, &text) {
        (Some(config), faults) if faults.is_empty() => Ok((config, Vec::new())),
        (config, faults) => {
            let defaults = Config {
                language: language_in(&text).unwrap_or_default(),
                ..Config::standard()
            };
            let faults = all_faults(&faults, config.as_ref(), paths);
            Ok((defaults, faults))
        }
    }
}
