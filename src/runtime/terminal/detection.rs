//! Detects what the terminal can do. The result of an earlier run is used at once where there is
//! one, and corrected when the terminal's answers arrive, while the first frames are already drawn.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, channel};
use std::thread;
use std::time::Duration;

use super::Tty;
use super::input;
use super::probe::{self, Probe, ProbeSession, ProbeSource};
use crate::app::protocol::abilities::{Abilities, AlertWay};
use crate::app::protocol::feature::Feature;
use crate::app::{Cause, Failure, Message};
use crate::config::{AlertMeans, Config, Depth, PictureProtocol};
use crate::glyph::Caps;
use crate::lettering::{LetterFonts, LetterPress};
use crate::picture::{Canvas, Means};
use crate::runtime::store::Store;
use crate::runtime::system::font_files::{usual_fonts, wished_fonts};
use crate::runtime::system::share;
use crate::text::{Ambiguous, Mechanism, WidthPolicy};

/// How long the first frame waits for the answers of a terminal that no earlier run has seen.
const FIRST: Duration = Duration::from_millis(300);

/// How long late answers are awaited while the reader is already in use.
const LISTENING: Duration = Duration::from_secs(5);

/// What is known of the terminal at the start.
pub struct TerminalDetection {
    /// Its abilities, as far as they are known now.
    pub probe: Probe,
    /// The result kept by an earlier run, if any.
    pub before: Option<Probe>,
    /// The questions asked, with the answers that are still to come.
    pub session: ProbeSession,
}

/// What an earlier run found out about this terminal.
pub fn kept_probe(store: &Store) -> Option<Probe> {
    store.state_get(&state_key()).ok().flatten()
}

/// Asks the terminal what it can do; it must be in raw mode and on the alternate screen. If an
/// earlier run has kept a result, that is used and nothing is waited for, even if the result was
/// that the terminal doesn't answer.
pub fn detect(before: Option<Probe>) -> TerminalDetection {
    let mut session = ProbeSession::begin(before.as_ref());
    if let Some(known) = before.clone() {
        let source = if known.source == ProbeSource::Default {
            ProbeSource::Default
        } else {
            ProbeSource::Cached
        };
        return TerminalDetection {
            probe: Probe { source, ..known },
            before,
            session,
        };
    }
    let probe = session.first(FIRST).unwrap_or_else(|| session.unanswered());
    TerminalDetection {
        probe,
        before,
        session,
    }
}

/// The key in the library's table `state` of the result for this terminal.
fn state_key() -> String {
    format!("probe {}", probe::key())
}

/// The thread that reads from the terminal: first its answers, then keys for the rest of the run.
pub struct InputThread {
    /// What was detected at the start.
    pub detection: TerminalDetection,
    /// The library's file, where the result is kept for the next run.
    pub library: PathBuf,
    /// The settings, which may overrule what was detected.
    pub config: Config,
    /// How many colours the environment promises.
    pub depth: Depth,
    /// Finds the fonts for letters that are drawn as pictures.
    pub fonts: FontSearch,
    /// The inbox of the event loop.
    pub keys: SyncSender<Message>,
}

/// Looks for the fonts of letters that are drawn as pictures, once and on a thread of its own, if
/// they are needed at all.
pub struct FontSearch {
    wish: String,
    /// What is said where there is no such font.
    missing: Failure,
    inbox: SyncSender<Message>,
    started: bool,
}

/// The settings name a font that there is not.
pub fn no_font(config: &Config) -> Failure {
    let font = config.reading.font.trim();
    Failure::new(
        Cause::UnknownFont,
        &config.places.told("reading.font", font),
    )
}

/// The font that the settings name for pictures of letters, or the usual one, and whether theirs is
/// missing.
pub fn letter_fonts(wish: &str) -> (LetterFonts, bool) {
    let wished = wished_fonts(wish);
    let is_missing = wished.is_none() && !wish.trim().is_empty();
    (wished.unwrap_or_else(usual_fonts), is_missing)
}

impl FontSearch {
    /// A search for the font of the settings, which reports to `inbox`.
    pub fn new(config: &Config, inbox: SyncSender<Message>) -> Self {
        Self {
            wish: config.reading.font.clone(),
            missing: no_font(config),
            inbox,
            started: false,
        }
    }

    /// Starts the search if letters are drawn as pictures.
    pub fn start_if_needed(&mut self, caps: &Caps) {
        if caps.mechanism().0 != Mechanism::Pictures || self.started {
            return;
        }
        self.started = true;
        let (wish, inbox) = (self.wish.clone(), self.inbox.clone());
        let missing = self.missing.clone();
        // If the thread can't be started, lines keep the terminal's own letters.
        let _ = thread::Builder::new().name("fonts".into()).spawn(move || {
            let (fonts, is_missing) = letter_fonts(&wish);
            let press = LetterPress::new(fonts, std::process::id());
            // At the end of the program there is no one to tell.
            let _ = inbox.send(Message::Fonts(Arc::new(press)));
            if is_missing {
                let _ = inbox.send(Message::FontMissing(missing));
            }
        });
    }
}

impl InputThread {
    /// Starts the thread. The returned channel closes when no more answers are awaited.
    ///
    /// # Errors
    /// The thread can't be started.
    pub fn spawn(self) -> std::io::Result<Receiver<()>> {
        let (awaiting, answered) = channel();
        thread::Builder::new().name("input".into()).spawn(move || {
            let keys = self.keys.clone();
            if self.take_answers().is_none() {
                return;
            }
            drop(awaiting);
            while let Ok(message) = input::next() {
                if keys.send(message).is_err() {
                    return;
                }
            }
            let _ = keys.send(Message::Hangup);
        })?;
        Ok(answered)
    }

    /// Reads the terminal's answers and reports them to the event loop; `None` if that has ended.
    fn take_answers(mut self) -> Option<()> {
        let TerminalDetection {
            before,
            mut session,
            ..
        } = self.detection;
        let unanswered = session.unanswered();
        let mut size = Tty::size().ok();
        let mut typed = |bytes: &[u8]| {
            input::typed(bytes)
                .into_iter()
                .for_each(|m| drop(self.keys.send(m)));
            // crossterm would report a resize, but it is not read from until the answers have
            // arrived.
            if let Some(now) = Tty::size()
                .ok()
                .filter(|now| size.replace(*now) != Some(*now))
            {
                let _ = self.keys.send(Message::Resized(now));
            }
        };
        let mut report = |probe: &Probe, late| {
            let able = Abilities {
                late,
                ..abilities(&self.config, probe, self.depth)
            };
            self.fonts.start_if_needed(&able.caps);
            self.keys.send(Message::Terminal(Box::new(able))).ok()
        };
        let mut answer = session.rest(LISTENING, &mut typed);
        if let Some(probe) = answer.as_ref().filter(|_| session.start_second_round()) {
            report(probe, true)?;
            answer = session.rest(LISTENING, &mut typed);
        }
        if let Some(probe) = &answer {
            report(probe, false)?;
        }
        let known = answer.or_else(|| Some(unanswered).filter(|_| before.is_none()));
        if let Some(probe) = known.filter(|known| before.as_ref() != Some(known)) {
            // A result that can't be kept is asked for again in the next run.
            let _ =
                Store::open(&self.library).and_then(|store| store.state_put(&state_key(), &probe));
        }
        Some(())
    }
}

/// What the terminal can do, by its answers and the settings.
pub fn abilities(config: &Config, probe: &Probe, depth: Depth) -> Abilities {
    let canvas = canvas(config, probe);
    Abilities {
        policy: policy(config, probe),
        caps: caps(config, probe, canvas),
        pictures: shows_pictures(config, probe, canvas, depth),
        canvas,
        clipboard: share::clipboard(probe.takes_clipboard()),
        alerts: alert_way(config, probe),
        links: config.terminal.links.is_on(|| probe.links()),
        light: probe.is_light(),
        ground: probe.background,
        keyboard: probe.keyboard,
        late: false,
    }
}

/// How many colours `NO_COLOR`, `COLORTERM` and `TERM` promise.
pub fn depth() -> Depth {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    // Windows names no terminal. Its consoles have all colours since Windows 10 1703, older than
    // any that Rust's programs start on.
    let is_console = cfg!(windows) && variable("TERM").is_empty();
    if is_console && variable("NO_COLOR").is_empty() {
        return Depth::True;
    }
    Depth::of(
        !variable("NO_COLOR").is_empty(),
        &variable("COLORTERM"),
        &variable("TERM"),
    )
}

/// How the terminal alerts: as it is known to, unless the settings name a way.
fn alert_way(config: &Config, probe: &Probe) -> AlertWay {
    let wished = config.alerts.means;
    let means = match wished {
        AlertMeans::Auto => probe.alerts(),
        named => named,
    };
    AlertWay {
        means,
        bell: config.alerts.bell,
        wrapped: !probe.outer.is_empty(),
    }
}

/// Character widths as measured, unless the settings name them.
pub fn policy(config: &Config, probe: &Probe) -> WidthPolicy {
    let probed = probe.policy();
    let set = config.terminal.ambiguous.width();
    WidthPolicy {
        ambiguous: set.unwrap_or(probed.ambiguous),
        ..probed
    }
}

/// How pictures are drawn: as the terminal can, unless the settings name a way.
pub fn canvas(config: &Config, probe: &Probe) -> Canvas {
    let cell = Tty::cell();
    let means = match config.pictures.means {
        PictureProtocol::Auto => return probe.canvas(cell),
        PictureProtocol::Kitty => Means::Placed,
        PictureProtocol::Sixel => Means::Sixel,
        PictureProtocol::Iterm2 => Means::Inline,
        PictureProtocol::Blocks => Means::Blocks,
    };
    probe.canvas_by(means, cell)
}

/// Whether the terminal is at the other end of an SSH connection, which may be slow.
pub fn is_over_ssh() -> bool {
    ["SSH_CONNECTION", "SSH_TTY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()))
}

/// Whether pictures are shown from the start: not over SSH, where the connection may be slow, nor
/// in blocks of 16 colours or none, where little can be recognised.
fn shows_pictures(config: &Config, probe: &Probe, canvas: Canvas, depth: Depth) -> bool {
    let is_rough = canvas.means == Means::Blocks && matches!(depth, Depth::Sixteen | Depth::None);
    let automatic = || !is_over_ssh() && !is_rough && probe.source != probe::ProbeSource::Default;
    !config.reading.linear && config.pictures.show.is_on(automatic)
}

/// How large letters can be drawn where pictures are drawn on `canvas`, and which way the settings
/// ask for.
pub fn caps(config: &Config, probe: &Probe, canvas: Canvas) -> Caps {
    let probed = probe.caps();
    let set = config.terminal.ambiguous.width();
    // What is drawn in the terminal's own colours must know its background.
    let shows = Feature::Pictures.is_built() && canvas.means != Means::Blocks;
    let wish = match config.terminal.letters {
        Mechanism::Pictures if !shows => Mechanism::Auto,
        wish => wish,
    };
    Caps {
        pictures: shows && probe.background.is_some() && !is_over_ssh(),
        wish,
        blocks_are_wide: set.map_or(probed.blocks_are_wide, |width| width == Ambiguous::Wide),
        ..probed
    }
}
