//! The voice: one sentence at a time, said by a program of the system's.
//!
//! No shell ever sees the words: they go in on standard input or as one argument behind `--`. At
//! most one such program runs; it is in a process group of its own, and ends with its [`Voice`],
//! whatever ends that.

use std::io::{self, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::app::protocol::speech::{SayRequest, SpeechJob, SpeechOutcome, Spoken};
use crate::app::{Cause, Failure};
use crate::config::SpeechSettings;
use crate::news::Clean;
use crate::runtime::cancel::Cancel;
use crate::runtime::system::command::{fill, installed};
use crate::speech::{Lang, Utterance};

/// How often a sentence under way is looked at: as fast as a pause is felt.
const LOOK: Duration = Duration::from_millis(15);
/// How long speech-dispatcher may take to be called off.
const CALL: Duration = Duration::from_secs(2);
/// How long a voice may take to begin: speech-dispatcher without a sound device never ends.
const BEGIN: Duration = Duration::from_secs(12);
/// How long it may take for a letter at 100 percent: three times what the slowest voices need.
const LETTER: Duration = Duration::from_millis(600);
/// How long it takes for a letter at the least, at any rate: eSpeak without a sound device ends at
/// once, and says that all is well.
const FLASH: Duration = Duration::from_millis(10);
/// Letters of a sentence by which that can be told.
const TELLING: usize = 15;
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
enum SpeechProgram {
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

impl SpeechProgram {
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
                let rate = if rate > 0 { rate / 2 } else { rate * 2 }
                    .clamp(-100, 100)
                    .to_string();
                Plan {
                    argv: argv(&["spd-say", "-w", "-l", lang, "-r", &rate, "--", &text]),
                    stdin: None,
                }
            }
            Self::Espeak(name) => {
                let voice = if words.lang == Lang::Ko { "ko" } else { "en" };
                Plan {
                    argv: argv(&[name, "-b", "1", "-v", voice, "-s", &wpm, "--stdin"]),
                    stdin: Some(text),
                }
            }
            Self::Say => {
                let voice: &[&str] = if words.lang == Lang::Ko {
                    &["-v", "Yuna"]
                } else {
                    &[]
                };
                Plan {
                    argv: argv(&[&["say", "-r", &wpm], voice, &["-f", "-"]].concat()),
                    stdin: Some(text),
                }
            }
            Self::Own(list) => {
                let rate = rate.to_string();
                let stdin = (!list.iter().any(|a| a.contains("{text}"))).then(|| text.clone());
                let fill =
                    |a: &String| fill(a, &[("{text}", &text), ("{lang}", lang), ("{rate}", &rate)]);
                Plan {
                    argv: list.iter().map(fill).collect(),
                    stdin,
                }
            }
        }
    }
}

/// Another voice spoke than the one that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// The one that failed.
    pub failed: String,
    /// The one that spoke.
    pub voice: String,
}

/// What speaks. One sentence at a time, whoever asks.
#[derive(Debug)]
pub struct Voice {
    voices: Vec<SpeechProgram>,
    /// The first of them that is known not to fail.
    good: AtomicUsize,
    /// How long a voice may take to begin.
    begin: Duration,
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
                call_off();
            }
        }
    }
}

/// Tells speech-dispatcher to be quiet. Waited for, so that nothing is left behind, but not for
/// long: it hangs where the voice did.
fn call_off() {
    let quiet = || Stdio::null();
    let call = Command::new("spd-say")
        .arg("-C")
        .stdin(quiet())
        .stdout(quiet())
        .stderr(quiet())
        .spawn();
    let Ok(mut call) = call else { return };
    let deadline = Instant::now() + CALL;
    while matches!(call.try_wait(), Ok(None)) {
        if Instant::now() >= deadline {
            let _ = call.kill();
            let _ = call.wait();
            return;
        }
        thread::sleep(LOOK);
    }
}

impl Drop for Speaking {
    fn drop(&mut self) {
        self.hush();
    }
}

impl Voice {
    /// The command of the settings, else what the system has.
    pub fn new(settings: &SpeechSettings) -> Self {
        let voices = if settings.command.is_empty() {
            let known = [
                SpeechProgram::SpdSay,
                SpeechProgram::Espeak("espeak-ng"),
                SpeechProgram::Say,
                SpeechProgram::Espeak("espeak"),
            ];
            known
                .into_iter()
                .filter(|v| installed(v.program()))
                .collect()
        } else {
            vec![SpeechProgram::Own(settings.command.clone())]
        };
        Self {
            voices,
            good: AtomicUsize::new(0),
            begin: BEGIN,
            speaking: Mutex::default(),
        }
    }

    /// Does a job of the voice.
    pub fn serve(&self, job: SpeechJob, cancel: &Cancel) -> SpeechOutcome {
        match job {
            SpeechJob::Say(SayRequest { words, rate }) => {
                let said = self.say(&words, rate, cancel);
                SpeechOutcome::Say(match said {
                    Ok(None) => Ok(Spoken::AsUsual),
                    Ok(Some(Instead { failed, voice })) => Ok(Spoken::Instead {
                        failed: Clean::line(&failed),
                        voice: Clean::line(&voice),
                    }),
                    Err(error) => Err(Failure::from(&error)),
                })
            }
        }
    }

    /// Says one sentence and comes back when it has been said, or when `cancel` or another sentence
    /// ended it. Where a voice of the system fails, or does not come to an end, the next one is
    /// asked, from then on; then both are named.
    ///
    /// # Errors
    /// There is no voice, none works, or it was stopped.
    pub fn say(
        &self,
        words: &Utterance,
        rate: u16,
        cancel: &Cancel,
    ) -> Result<Option<Instead>, VoiceError> {
        let mut last = VoiceError::None;
        for (index, voice) in self
            .voices
            .iter()
            .enumerate()
            .skip(self.good.load(Ordering::Relaxed))
        {
            match self.attempt(voice, words, rate, cancel) {
                Err(error @ VoiceError::Failed { .. }) => {
                    tracing::warn!(%error, "voice");
                    last = error;
                }
                Err(error) => return Err(error),
                Ok(()) => {
                    self.good.store(index, Ordering::Relaxed);
                    let voice = voice.program().to_owned();
                    return Ok(match last {
                        VoiceError::Failed { program, .. } => Some(Instead {
                            failed: program,
                            voice,
                        }),
                        VoiceError::None | VoiceError::Stopped => None,
                    });
                }
            }
        }
        Err(last)
    }

    /// How long a sentence may take at the most.
    fn limit(&self, words: &Utterance, rate: u16) -> Duration {
        let letters = u32::try_from(words.text.chars().count()).unwrap_or(u32::MAX);
        self.begin + LETTER.saturating_mul(letters) * 100 / u32::from(rate.max(1))
    }

    fn attempt(
        &self,
        voice: &SpeechProgram,
        words: &Utterance,
        rate: u16,
        cancel: &Cancel,
    ) -> Result<(), VoiceError> {
        let failed = |how: String| VoiceError::Failed {
            program: voice.program().to_owned(),
            how,
        };
        let Plan { argv, stdin } = voice.plan(words, rate);
        let turn = {
            let mut speaking = self.lock();
            speaking.hush();
            if speaking.closed || cancel.is_cancelled() {
                return Err(VoiceError::Stopped);
            }
            let mut child = start(&argv, stdin.is_some()).map_err(|e| failed(e.to_string()))?;
            if let (Some(mut pipe), Some(text)) = (child.stdin.take(), stdin) {
                // On a thread of its own: a program that does not read must not hold us. It ends
                // with the program.
                thread::spawn(move || pipe.write_all(text.as_bytes()));
            }
            speaking.child = Some(child);
            speaking.elsewhere = *voice == SpeechProgram::SpdSay;
            speaking.turn += 1;
            speaking.turn
        };
        let begun = Instant::now();
        let ended = self
            .wait(turn, cancel, begun + self.limit(words, rate))
            .map_err(|e| failed(e.to_string()))?;
        let letters = u32::try_from(words.text.chars().count()).unwrap_or(u32::MAX);
        let is_own = matches!(voice, SpeechProgram::Own(_));
        match ended {
            None => Err(VoiceError::Stopped),
            Some(status) if !status.success() => Err(failed(status.to_string())),
            Some(_)
                if !is_own && letters as usize >= TELLING && begun.elapsed() < FLASH * letters =>
            {
                Err(failed("ended too soon to have been heard".to_owned()))
            }
            Some(_) => Ok(()),
        }
    }

    /// Until the program of `turn` has ended by itself; `None` where it was ended. At `deadline` it
    /// is, and that is a failure of its own.
    fn wait(
        &self,
        turn: u64,
        cancel: &Cancel,
        deadline: Instant,
    ) -> io::Result<Option<ExitStatus>> {
        loop {
            {
                let mut speaking = self.lock();
                if speaking.turn != turn {
                    return Ok(None);
                }
                if cancel.is_cancelled() {
                    speaking.hush();
                }
                let Some(child) = speaking.child.as_mut() else {
                    return Ok(None);
                };
                if let Some(status) = child.try_wait()? {
                    speaking.child = None;
                    return Ok(Some(status));
                }
                if Instant::now() >= deadline {
                    speaking.hush();
                    return Err(io::ErrorKind::TimedOut.into());
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

/// Ends a program with us, even where we are killed and can do nothing any more; what it does not
/// know it hands on.
const LEASH: [&str; 3] = ["setpriv", "--pdeathsig", "KILL"];

fn start(argv: &[String], piped: bool) -> io::Result<Child> {
    let Some((program, args)) = argv.split_first() else {
        return Err(io::ErrorKind::NotFound.into());
    };
    let found = program.contains('/') || installed(program);
    let mut command = if cfg!(target_os = "linux") && found && installed(LEASH[0]) {
        let mut command = Command::new(LEASH[0]);
        command.args(&LEASH[1..]).arg("--").arg(program);
        command
    } else {
        Command::new(program)
    };
    command
        .args(args)
        .stdin(if piped { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
}

#[cfg(test)]
#[path = "tests/speech.rs"]
mod tests;
