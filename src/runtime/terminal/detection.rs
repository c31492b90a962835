//! Meeting the terminal: what it does is known from earlier runs where it has answered in one, and
//! put right when it answers again, beside the first frames.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, channel};
use std::thread;
use std::time::Duration;

use super::Tty;
use super::input;
use super::probe::{self, Probe, Source, Talk};
use crate::app::Message;
use crate::app::protocol::abilities::Abilities;
use crate::config::{Config, Depth, PictureProtocol};
use crate::glyph::Caps;
use crate::picture::{Canvas, Means};
use crate::runtime::store::Store;
use crate::runtime::system::share;
use crate::text::{Ambiguous, WidthPolicy};

/// How long the first frame waits for a terminal that was never met.
const FIRST: Duration = Duration::from_millis(300);

/// How long answers are awaited beside everything else.
const LISTENING: Duration = Duration::from_secs(5);

/// A terminal, met.
pub struct Met {
    /// What it does, as far as that is known now.
    pub probe: Probe,
    /// What was known before.
    pub before: Option<Probe>,
    /// The conversation, with what is still to be heard of it.
    pub talk: Talk,
}

/// Asks the terminal what it does. It must be in raw mode and on the alternate screen. One that has
/// answered in an earlier run is believed to do what it did then, and not waited for; nor is one
/// that did not answer.
pub fn meet(store: Option<&Store>) -> Met {
    let before: Option<Probe> = store.and_then(|store| store.state_get(&kept_as()).ok().flatten());
    let mut talk = Talk::begin(before.as_ref());
    if let Some(known) = before.clone() {
        let source = if known.source == Source::Default {
            Source::Default
        } else {
            Source::Cached
        };
        return Met {
            probe: Probe { source, ..known },
            before,
            talk,
        };
    }
    let probe = talk.first(FIRST).unwrap_or_else(|| talk.unasked());
    Met {
        probe,
        before,
        talk,
    }
}

fn kept_as() -> String {
    format!("probe {}", probe::key())
}

/// Who listens to the terminal: its answers first, keys for the rest of the run.
pub struct Ear {
    /// What it was when it was met.
    pub met: Met,
    /// Where what it does is kept.
    pub library: PathBuf,
    /// What the settings say of it.
    pub config: Config,
    /// Its colours.
    pub depth: Depth,
    /// Where what it tells goes.
    pub keys: SyncSender<Message>,
}

impl Ear {
    /// Listens, on a thread of its own, and has `later` done on another once the terminal has
    /// answered: the first frame is there by then. What comes back tells, by its end, that no more
    /// answers are awaited.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn listen(self, later: impl FnOnce() + Send + 'static) -> std::io::Result<Receiver<()>> {
        let (awaiting, answered) = channel();
        thread::Builder::new().name("input".into()).spawn(move || {
            let keys = self.keys.clone();
            if self.take_answers().is_none() {
                return;
            }
            drop(awaiting);
            // Without a thread for it, it is done at the next start.
            let _ = thread::Builder::new().name("later".into()).spawn(later);
            while let Ok(message) = input::next() {
                if keys.send(message).is_err() {
                    return;
                }
            }
            let _ = keys.send(Message::Hangup);
        })?;
        Ok(answered)
    }

    /// Takes in the terminal's answers, and tells of them; `None` where nobody wants to know any
    /// more.
    fn take_answers(self) -> Option<()> {
        let Met {
            before, mut talk, ..
        } = self.met;
        let unasked = talk.unasked();
        let mut size = Tty::size().ok();
        let mut typed = |bytes: &[u8]| {
            input::typed(bytes)
                .into_iter()
                .for_each(|m| drop(self.keys.send(m)));
            // Nobody else watches the window's size meanwhile.
            if let Some(now) = Tty::size()
                .ok()
                .filter(|now| size.replace(*now) != Some(*now))
            {
                let _ = self.keys.send(Message::Resized(now));
            }
        };
        let tell = |probe: &Probe, late| {
            let able = Abilities {
                late,
                ..abilities(&self.config, probe, self.depth)
            };
            self.keys.send(Message::Terminal(Box::new(able))).ok()
        };
        let mut told = talk.rest(LISTENING, &mut typed);
        if let Some(probe) = told.as_ref().filter(|_| talk.expects_more()) {
            tell(probe, true)?;
            told = talk.rest(LISTENING, &mut typed);
        }
        if let Some(probe) = &told {
            tell(probe, false)?;
        }
        let known = told.or_else(|| Some(unasked).filter(|_| before.is_none()));
        if let Some(probe) = known.filter(|known| before.as_ref() != Some(known)) {
            // Not kept: asked for again the next time anyway.
            let _ =
                Store::open(&self.library).and_then(|store| store.state_put(&kept_as(), &probe));
        }
        Some(())
    }
}

/// What a terminal does, by its answers and the settings.
pub fn abilities(config: &Config, probe: &Probe, depth: Depth) -> Abilities {
    Abilities {
        policy: policy(config, probe),
        caps: caps(config, probe),
        canvas: canvas(config, probe),
        pictures: shows_pictures(config, probe, depth),
        clipboard: share::clipboard(probe.takes_clipboard()),
        links: config.terminal.links.is_on(|| probe.links()),
        light: probe.is_light(),
        keyboard: probe.keyboard,
        late: false,
    }
}

/// The colours that the environment promises.
pub fn depth() -> Depth {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    Depth::of(
        !variable("NO_COLOR").is_empty(),
        &variable("COLORTERM"),
        &variable("TERM"),
    )
}

/// The widths that the terminal has, or that the settings say it has.
pub fn policy(config: &Config, probe: &Probe) -> WidthPolicy {
    let probed = probe.policy();
    let set = config.terminal.ambiguous.width();
    WidthPolicy {
        ambiguous: set.unwrap_or(probed.ambiguous),
        ..probed
    }
}

/// How pictures are drawn here, or how the settings want it.
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

/// Whether pictures are shown from the start: not where the line may be slow, nor where they would
/// be rough shades.
fn shows_pictures(config: &Config, probe: &Probe, depth: Depth) -> bool {
    let is_far = ["SSH_CONNECTION", "SSH_TTY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()));
    let is_rough = canvas(config, probe).means == Means::Blocks
        && matches!(depth, Depth::Sixteen | Depth::None);
    let automatic = || !is_far && !is_rough && probe.source != probe::Source::Default;
    config.pictures.show.is_on(automatic)
}

/// What large letters can be drawn with here, and what the settings ask for.
pub fn caps(config: &Config, probe: &Probe) -> Caps {
    let probed = probe.caps();
    let set = config.terminal.ambiguous.width();
    Caps {
        wish: config.terminal.letters,
        blocks_are_wide: set.map_or(probed.blocks_are_wide, |width| width == Ambiguous::Wide),
        ..probed
    }
}
