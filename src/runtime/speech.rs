//! The voice: one sentence at a time, said by a program of the system's.
//!
//! No shell ever sees the words: they go in on standard input or as one argument behind `--`. At most one such program
//! runs; it is in a process group of its own, and ends with its [`Mouth`], whatever ends that.

use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use super::cancel::Cancel;
use crate::app::{Cause, Failure};
use crate::config::Speech;
use crate::speech::{Lang, Utterance};

/// How often a sentence under way is looked at: as fast as a pause is felt.
const LOOK: Duration = Duration::from_millis(15);
/// Words a minute of a voice at 100 percent.
const USUAL: u32 = 175;

/// Why nothing was to be heard.
#[derive(Debug, thiserror::Error)]
pub enum VoiceError {
    /// There is no program that speaks.
    #[error("no voice is installed")]
    None,
    /// There is one, and it fails.
    #[error("{program} failed: {how}")]
    Failed {
        /// Its name.
        program: String,
        /// What it or the system said.
        how: String,
    },
    /// It was told to stop.
    #[error("stopped")]
    Stopped,
}

impl From<&VoiceError> for Failure {
    fn from(error: &VoiceError) -> Self {
        tracing::warn!(%error, "voice");
        match error {
            VoiceError::None => Self::new(Cause::NoVoice, ""),
            VoiceError::Failed { program, .. } => Self::new(Cause::VoiceFailed, program),
            VoiceError::Stopped => Self::new(Cause::Cancelled, ""),
        }
    }
}

/// A program that speaks, and how it wants to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Voice {
    /// speech-dispatcher's client.
    SpdSay,
    /// eSpeak NG, or eSpeak: the program's name.
    Espeak(&'static str),
    /// macOS.
    Say,
    /// The reader's own: program and arguments.
    Own(Vec<String>),
}

/// A program as it is to be started, and what it gets on standard input.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    argv: Vec<String>,
    stdin: Option<String>,
}

impl Voice {
    fn program(&self) -> &str {
        match self {
            Self::SpdSay => "spd-say",
            Self::Espeak(name) => name,
            Self::Say => "say",
            Self::Own(argv) => argv.first().map_or("", String::as_str),
        }
    }

    fn plan(&self, words: &Utterance, rate: u16) -> Plan {
        let (text, lang) = (words.text.clone(), words.lang.tag());
        let wpm = (USUAL * u32::from(rate) / 100).to_string();
        let argv = |list: &[&str]| list.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>();
        match self {
            Self::SpdSay => {
                // From −100 to 100, 0 being the voice's own rate.
                let rate = i32::from(rate) - 100;
                let rate = if rate > 0 { rate / 2 } else { rate * 2 }.clamp(-100, 100).to_string();
                Plan { argv: argv(&["spd-say", "-w", "-l", lang, "-r", &rate, "--", &text]), stdin: None }
            }
            Self::Espeak(name) => {
                let voice = if words.lang == Lang::Ko { "ko" } else { "en" };
                Plan { argv: argv(&[name, "-b", "1", "-v", voice, "-s", &wpm, "--stdin"]), stdin: Some(text) }
            }
            Self::Say => {
                let voice: &[&str] = if words.lang == Lang::Ko { &["-v", "Yuna"] } else { &[] };
                Plan { argv: argv(&[&["say", "-r", &wpm], voice, &["-f", "-"]].concat()), stdin: Some(text) }
            }
            Self::Own(list) => {
                let rate = rate.to_string();
                let stdin = (!list.iter().any(|a| a.contains("{text}"))).then(|| text.clone());
                let fill = |a: &String| fill(a, &[("{text}", &text), ("{lang}", lang), ("{rate}", &rate)]);
                Plan { argv: list.iter().map(fill).collect(), stdin }
            }
        }
    }
}

/// `pattern` with each name replaced once over: what is filled in is never looked at again.
fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let (mut out, mut rest) = (String::new(), pattern);
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        match values.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, value)) => {
                out.push_str(value);
                rest = &rest[name.len()..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// What speaks. One sentence at a time, whoever asks.
#[derive(Debug)]
pub struct Mouth {
    voices: Vec<Voice>,
    /// The first of them that is known not to fail.
    good: AtomicUsize,
    speaking: Mutex<Speaking>,
}

/// What is being said.
#[derive(Debug, Default)]
struct Speaking {
    child: Option<Child>,
    /// Nothing is to be said any more.
    closed: bool,
    /// It is speech-dispatcher that speaks, in a process that is not ours.
    elsewhere: bool,
    /// Counts sentences, so that one knows when another took its place.
    turn: u64,
}

impl Speaking {
    /// Ends the program and all that it started.
    fn hush(&mut self) {
        if let Some(mut child) = self.child.take() {
            if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
                // It may have ended by itself just now.
                let _ = kill_process_group(group, Signal::KILL);
            }
            let _ = child.kill();
            let _ = child.wait();
            if std::mem::take(&mut self.elsewhere) {
                let _ = Command::new("spd-say").arg("-C").stdout(Stdio::null()).stderr(Stdio::null()).status();
            }
        }
    }
}

impl Drop for Speaking {
    fn drop(&mut self) {
        self.hush();
    }
}

impl Mouth {
    /// The command of the settings, else what the system has.
    pub fn new(settings: &Speech) -> Self {
        let voices = if settings.command.is_empty() {
            let known = [Voice::SpdSay, Voice::Espeak("espeak-ng"), Voice::Say, Voice::Espeak("espeak")];
            known.into_iter().filter(|v| installed(v.program())).collect()
        } else {
            vec![Voice::Own(settings.command.clone())]
        };
        Self { voices, good: AtomicUsize::new(0), speaking: Mutex::default() }
    }

    /// Says one sentence and comes back when it has been said, or when `cancel` or another sentence ended it. Where a
    /// voice of the system fails, the next one is asked.
    ///
    /// # Errors
    /// There is no voice, none works, or it was stopped.
    pub fn say(&self, words: &Utterance, rate: u16, cancel: &Cancel) -> Result<(), VoiceError> {
        let mut last = VoiceError::None;
        for (index, voice) in self.voices.iter().enumerate().skip(self.good.load(Ordering::Relaxed)) {
            match self.attempt(voice, words, rate, cancel) {
                Err(error @ VoiceError::Failed { .. }) => last = error,
                done => {
                    self.good.store(index, Ordering::Relaxed);
                    return done;
                }
            }
        }
        Err(last)
    }

    fn attempt(&self, voice: &Voice, words: &Utterance, rate: u16, cancel: &Cancel) -> Result<(), VoiceError> {
        let failed = |how: String| VoiceError::Failed { program: voice.program().to_owned(), how };
        let Plan { argv, stdin } = voice.plan(words, rate);
        let turn = {
            let mut speaking = self.lock();
            speaking.hush();
            if speaking.closed || cancel.is_cancelled() {
                return Err(VoiceError::Stopped);
            }
            let mut child = start(&argv, stdin.is_some()).map_err(|e| failed(e.to_string()))?;
            if let (Some(mut pipe), Some(text)) = (child.stdin.take(), stdin) {
                // On a thread of its own: a program that does not read must not hold us. It ends with the program.
                thread::spawn(move || pipe.write_all(text.as_bytes()));
            }
            speaking.child = Some(child);
            speaking.elsewhere = *voice == Voice::SpdSay;
            speaking.turn += 1;
            speaking.turn
        };
        match self.wait(turn, cancel).map_err(|e| failed(e.to_string()))? {
            None => Err(VoiceError::Stopped),
            Some(status) if status.success() => Ok(()),
            Some(status) => Err(failed(status.to_string())),
        }
    }

    /// Until the program of `turn` has ended by itself; `None` where it was ended.
    fn wait(&self, turn: u64, cancel: &Cancel) -> io::Result<Option<ExitStatus>> {
        loop {
            {
                let mut speaking = self.lock();
                if speaking.turn != turn {
                    return Ok(None);
                }
                if cancel.is_cancelled() {
                    speaking.hush();
                }
                let Some(child) = speaking.child.as_mut() else { return Ok(None) };
                if let Some(status) = child.try_wait()? {
                    speaking.child = None;
                    return Ok(Some(status));
                }
            }
            thread::sleep(LOOK);
        }
    }

    /// Ends what is being said, and says nothing more.
    pub fn close(&self) {
        let mut speaking = self.lock();
        speaking.closed = true;
        speaking.hush();
    }

    fn lock(&self) -> MutexGuard<'_, Speaking> {
        self.speaking.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn start(argv: &[String], piped: bool) -> io::Result<Child> {
    let Some((program, args)) = argv.split_first() else { return Err(io::ErrorKind::NotFound.into()) };
    Command::new(program)
        .args(args)
        .stdin(if piped { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
}

/// Whether a program of that name is on the path.
fn installed(program: &str) -> bool {
    let paths = std::env::var_os("PATH");
    let mut paths = paths.iter().flat_map(|p| std::env::split_paths(OsStr::new(p)).collect::<Vec<PathBuf>>());
    paths.any(|dir| dir.join(program).is_file())
}

#[cfg(test)]
#[path = "speech_tests.rs"]
mod tests;
