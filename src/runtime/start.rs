//! Starts the reader: makes the model from settings, library and terminal, and runs the event loop.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::archive::Archive;
use super::executor::{Answers, Executor};
use super::failures::of_io;
use super::fetch::source::Fetch;
use super::store::Store;
use super::system::library_watch;
use super::system::paths::{Paths, private_dir};
use super::terminal::Tty;
use super::terminal::detection::{self, FontSearch, InputThread, abilities, depth, detect};
use super::terminal::probe::Probe;
use super::terminal::signals;
use super::workers::edition_task::EditionTask;
use super::workers::library::LibraryWorker;
use super::workers::network::NetworkWorker;
use super::workers::pictures::Gallery;
use super::workers::scrap_tasks::ScrapTasks;
use super::workers::speech::Voice;
use super::workers::{copies, folder};
use super::{event_loop, terminal};
use crate::app::panes::typography::labels;
use crate::app::protocol::abilities::Abilities;
use crate::app::{Cause, Collection, Failure, Message, Model, Prefs, Start};
use crate::config::{Config, ConfigError, StartPage, Theme, ThemeChoice, Themes, Words};
use crate::news::order::Order as _;
use crate::news::{Clean, sample};

/// How long the end of the program waits for late answers of the terminal.
const LAST_ANSWERS: Duration = Duration::from_millis(300);

/// With so many subscriptions, the front page is what is shown first.
const FRONT_FEEDS: u32 = 3;

/// Most messages waiting in the inbox.
const INBOX: usize = 256;

/// What the command line passes to the reader.
pub struct Launch {
    /// The settings in force.
    pub config: Config,
    /// The texts of the interface.
    pub words: Words,
    /// Where the program's files are.
    pub paths: Paths,
    /// The library.
    pub library: OpeningLibrary,
    /// How pages are fetched.
    pub fetch: Fetch,
    /// Sources to open; the library where empty.
    pub sources: Vec<String>,
    /// The contents of standard input, where a source is `-`.
    pub stdin: Option<Vec<u8>>,
    /// Failures so far, shown at the start.
    pub failures: Vec<Failure>,
}

/// A library that is being opened while settings and texts are read, which takes as long; and
/// where it is.
#[derive(Debug, Default)]
pub struct OpeningLibrary(Option<(PathBuf, JoinHandle<Result<Store, Failure>>)>);

impl OpeningLibrary {
    /// Begins to open the library, if there is one: nothing is created before the settings are
    /// read.
    pub fn begin(paths: &Paths) -> Self {
        let (paths, library) = (paths.clone(), paths.library());
        if !library.is_file() {
            return Self::default();
        }
        let opening = thread::Builder::new().name("opening".to_owned());
        let opening = opening.spawn(move || open_store(&paths));
        Self(opening.ok().map(|opening| (library, opening)))
    }

    /// Whether a library is being opened.
    pub fn is_begun(&self) -> bool {
        self.0.is_some()
    }

    /// The library, as [`open_store`] opens it.
    fn opened(&mut self, paths: &Paths) -> Result<Store, Failure> {
        let begun = self.0.take().filter(|(path, _)| *path == paths.library());
        let opened = begun.and_then(|(_, opening)| opening.join().ok());
        opened.unwrap_or_else(|| open_store(paths))
    }
}

/// Runs the reader until it is quit.
///
/// # Errors
/// The terminal can't be used, or a thread can't be started.
pub fn open(mut launch: Launch) -> Result<(), Failure> {
    let no_terminal = |e: std::io::Error| of_io(&e, "tty");
    terminal::install_panic_hook();
    let (sender, inbox) = sync_channel(INBOX);
    let zone = zone();
    let answers = Answers(sender.clone());
    let archive = Arc::new(Archive::of(&launch.config.scrap, &launch.paths.library()));
    let network = NetworkWorker {
        fetch: launch.fetch.clone(),
        sources: launch.sources.clone(),
        stdin: launch.stdin.clone(),
        model: launch.config.summary.model.clone(),
        gallery: Gallery::new(&launch.config.pictures, &launch.fetch, &launch.paths.cache),
        share: launch.config.share.clone(),
        viewer: launch.config.pictures.viewer.clone(),
        scraps: ScrapTasks {
            fetch: launch.fetch.clone(),
            archive: archive.clone(),
            sentences: usize::from(launch.config.summary.sentences),
            print: launch.config.print.clone(),
            labels: labels(&launch.words, &zone),
        },
        edition: EditionTask {
            settings: launch.config.edition.clone(),
            speech: launch.config.speech.clone(),
            sentences: usize::from(launch.config.summary.sentences),
            words: launch.words.clone(),
            labels: labels(&launch.words, &zone),
            zone: zone.clone(),
        },
        memory: super::workers::memory_articles::MemoryArticles::default(),
        window: SignedDuration::from_hours(i64::from(launch.config.issues.hours)),
    };
    let voice = Voice::new(&launch.config.speech);
    let mut tty = Tty::new(launch.config.terminal.mouse).map_err(no_terminal)?;
    // Last of all that needs no library: it is being opened meanwhile.
    let store = launch.library.opened(&launch.paths);
    let library = launch.paths.library();
    let collection = first_collection(&launch, &store);
    let prefs: Prefs = store
        .as_ref()
        .ok()
        .and_then(|s| s.state_get("prefs").ok().flatten())
        .unwrap_or_default();
    let mut failures = launch.failures.clone();
    failures.extend(troubles(&store));
    let kept_probe = store.as_ref().ok().and_then(detection::kept_probe);
    let sample = match collection {
        Collection::Sample => sample::edition_in(launch.words.language.tag()),
        _ => Vec::new(),
    };
    // Set to work before the terminal is asked, which takes as long as the rows of the front page.
    let worker = LibraryWorker::new(store, sample).beginning_with(collection);
    let mut executor =
        Executor::start_with(worker, network, voice, &answers).map_err(no_terminal)?;
    // Before the terminal is changed: from then on no signal may end the program by itself.
    signals::watch(sender.clone()).map_err(no_terminal)?;
    tty.enter().map_err(no_terminal)?;
    let detection = detect(kept_probe);
    let probe = detection.probe.clone();
    let able = abilities(&launch.config, &probe, depth());
    let mut fonts = FontSearch::new(&launch.config, sender.clone());
    fonts.start_if_needed(&able.caps);
    let (library_file, config) = (library.clone(), launch.config.clone());
    let input_thread = InputThread {
        detection,
        library: library_file,
        config,
        depth: depth(),
        fonts,
        keys: sender.clone(),
    };
    tty.alert_by(able.alerts);
    let fetch = launch.fetch.clone();
    let begun = (prefs, collection, zone, failures);
    let start = begin(launch, (&probe, able), begun).map_err(no_terminal)?;
    let answered = input_thread.spawn().map_err(no_terminal)?;
    let (drawing, first_frame) = channel();
    look_after(
        library.clone(),
        archive,
        fetch.clone(),
        (sender, first_frame),
    )
    .map_err(no_terminal)?;
    let (mut model, effects) = Model::new(start);
    let program = (&mut tty, &mut model, &mut executor);
    let ended = event_loop::run(program, &inbox, effects, drawing);
    // Answers that arrive after the end of the program would be read as commands by the shell.
    let _ = answered.recv_timeout(LAST_ANSWERS);
    drop(tty);
    folder::finish(fetch);
    copies::finish(&library);
    if let Err(error) = ended {
        // The terminal is gone, so that the error can't be shown to anyone.
        tracing::warn!(%error, "the terminal is gone");
    }
    Ok(())
}

/// Starts the threads that look after the library while it is read, once the first frame is drawn:
/// they would take processors from what that waits for.
fn look_after(
    library: PathBuf,
    archive: Arc<Archive>,
    fetch: Fetch,
    (inbox, first_frame): (SyncSender<Message>, Receiver<()>),
) -> std::io::Result<()> {
    let later = thread::Builder::new().name("later".to_owned());
    later.spawn(move || {
        // The program may end before.
        if first_frame.recv().is_err() {
            return;
        }
        let begun = copies::start(library.clone())
            .and_then(|()| folder::start(fetch, inbox.clone()))
            .and_then(|()| library_watch::watch(library.clone(), inbox));
        if let Err(error) = begun {
            tracing::warn!(%error, "no thread for the library");
        }
        follow_scraps(&archive, &library);
    })?;
    Ok(())
}

/// Updates the mirror of the scraps with what another process, or one that was killed, left undone.
fn follow_scraps(archive: &Archive, library: &Path) {
    let followed = Store::open(library)
        .map_err(Failure::from)
        .and_then(|store| archive.follow_all(&store));
    if let Err(failure) = followed {
        // Not shown here, since the reader is told whenever a scrap is changed.
        tracing::warn!(?failure, "the mirror of the scraps could not be updated");
    }
}

/// Opens the library; creates its directory where it is missing.
///
/// # Errors
/// The directory can't be created, or [`Store::open`] fails.
pub fn open_store(paths: &Paths) -> Result<Store, Failure> {
    private_dir(&paths.data).map_err(|e| of_io(&e, &paths.data.display().to_string()))?;
    Store::open(&paths.library()).map_err(Failure::from)
}

/// What is to be said of a library that was opened, or could not be.
fn troubles(store: &Result<Store, Failure>) -> Vec<Failure> {
    match store {
        Err(failure) => vec![failure.clone()],
        Ok(store) => {
            let is_behind = store.is_behind().unwrap_or(false);
            let behind = is_behind.then(|| Failure::new(Cause::LibraryBehind, ""));
            let obstacle = store.obstacle().map(Failure::from);
            obstacle.into_iter().chain(behind).collect()
        }
    }
}

/// What to show first: the sources named, else the library, else the sample edition if the library
/// is empty.
fn first_collection(launch: &Launch, store: &Result<Store, Failure>) -> Collection {
    if !launch.sources.is_empty() {
        return Collection::Sources;
    }
    let empty = store.as_ref().is_ok_and(|s| s.is_empty().unwrap_or(true));
    let feeds = store
        .as_ref()
        .map_or(0, |s| s.feed_count(FRONT_FEEDS).unwrap_or(0));
    let is_front = match launch.config.list.start {
        // Laid out side by side, which says nothing where it is read out.
        _ if launch.config.reading.linear => false,
        StartPage::Auto => feeds >= FRONT_FEEDS,
        StartPage::Front => true,
        StartPage::List => false,
    };
    if empty && feeds == 0 {
        Collection::Sample
    } else if is_front {
        Collection::Front
    } else {
        Collection::Library
    }
}

/// Gathers what the model starts with: settings, themes, and the abilities of the terminal.
fn begin(
    launch: Launch,
    (probe, able): (&Probe, Abilities),
    (prefs, collection, zone, mut failures): (Prefs, Collection, TimeZone, Vec<Failure>),
) -> std::io::Result<Start> {
    let depth = depth();
    let OwnThemes { themes, wrong } = own_themes(&launch.paths);
    let wished = match (&launch.config.theme, &prefs.theme) {
        (ThemeChoice::Auto, Some(name)) => ThemeChoice::from(name.clone()),
        (setting, _) => setting.clone(),
    };
    let theme = themes.choose(&wished, probe.is_light(), depth);
    let is_known =
        |name: &str| themes.named(name).is_some() || wrong.iter().any(|(file, _)| file == name);
    if let Some(name) = wished.name().filter(|name| !is_known(name)) {
        let is_of_settings = wished == launch.config.theme;
        failures.push(match is_of_settings {
            true => no_theme(&launch.config, name),
            false => Failure::new(Cause::NoTheme, name),
        });
    }
    failures.extend(wrong.into_iter().map(|(_, failure)| failure));
    Ok(Start {
        theme,
        themes,
        depth,
        terminal: terminal_name(),
        policy: able.policy,
        caps: able.caps,
        canvas: able.canvas,
        press: None,
        ground: able.ground,
        pictures: able.pictures,
        clipboard: able.clipboard,
        links: able.links,
        screen: Tty::size()?,
        now: Timestamp::now(),
        zone,
        collection,
        failures,
        config: launch.config,
        prefs,
        words: launch.words,
    })
}

/// The reader's time zone. Where the environment names none, only the system's file is read:
/// finding out the name of the zone would mean reading all zones of the system.
pub fn zone() -> TimeZone {
    let named = std::env::var_os("TZ").is_some();
    let file = || TimeZone::tzif("localtime", &std::fs::read("/etc/localtime").ok()?).ok();
    Some(())
        .filter(|()| !named)
        .and_then(|()| file())
        .unwrap_or_else(TimeZone::system)
}

/// The reader's own themes.
pub struct OwnThemes {
    /// Those that can be read, behind the shipped ones.
    pub themes: Themes,
    /// What is wrong with each of the others, with its name.
    pub wrong: Vec<(String, Failure)>,
}

/// Reads the reader's own themes from the folder `themes` beside the settings.
pub fn own_themes(paths: &Paths) -> OwnThemes {
    let folder = paths.config.with_file_name("themes");
    let files = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<_> = files
        .filter(|f| f.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.order();
    let (mut themes, mut wrong) = (Vec::new(), Vec::new());
    for path in files {
        let name = Clean::line(&path.file_stem().unwrap_or_default().to_string_lossy()).to_string();
        let file = path.display().to_string();
        let theme = match std::fs::read_to_string(&path) {
            Ok(text) => Theme::read(&name, &file, &text).map_err(|faults| {
                let failure = |e: &ConfigError| Failure::new(Cause::Config, &e.to_string());
                faults.iter().map(failure).collect()
            }),
            Err(error) => Err(vec![of_io(&error, &file)]),
        };
        match theme {
            Ok(theme) => themes.push(theme),
            Err(failures) => wrong.extend(failures.into_iter().map(|it| (name.clone(), it))),
        }
    }
    OwnThemes {
        themes: Themes::with(themes),
        wrong,
    }
}

/// The settings name a theme that there is not.
pub fn no_theme(config: &Config, name: &str) -> Failure {
    Failure::new(Cause::NoTheme, &config.places.told("theme", name))
}

/// A name for this terminal, under which values that only apply to it are stored.
fn terminal_name() -> String {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let program = variable("TERM_PROGRAM");
    if program.is_empty() {
        variable("TERM")
    } else {
        program
    }
}
