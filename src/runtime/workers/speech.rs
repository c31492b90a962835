//! Reads aloud: one sentence at a time, spoken by a program of the system.
//!
//! No shell is involved: the text goes to standard input or is one argument after `--`. At most one
//! such program runs. It has a process group of its own, which is killed when its [`Voice`] is
//! dropped.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::protocol::feature::Feature;
use crate::app::protocol::speech::{SayRequest, SpeechJob, SpeechOutcome, Spoken};
use crate::app::{Cause, Failure};
use crate::config::SpeechSettings;
use crate::news::Clean;
use crate::runtime::cancel::Cancel;
use crate::runtime::system::command::{fill, installed};
use crate::runtime::system::process_group;
use crate::speech::{Lang, Utterance};

/// How often a running program is checked; short enough that a pause takes effect at once.
const LOOK: Duration = Duration::from_millis(15);
/// How long speech-dispatcher may take to stop speaking.
const CALL: Duration = Duration::from_secs(2);
/// How long a voice may take to start. speech-dispatcher without a sound device never ends.
const BEGIN: Duration = Duration::from_secs(12);
/// Longest time for one letter at a rate of 100 percent: three times what the slowest voices need.
const LETTER: Duration = Duration::from_millis(600);
/// Shortest time for one letter at any rate. eSpeak without a sound device ends at once and reports
/// success.
const FLASH: Duration = Duration::from_millis(10);
/// Shortest sentence, in letters, in which that can be recognised.
const TELLING: usize = 15;
/// Words a minute of a voice at 100 percent.
const USUAL: u32 = 175;

/// Why a sentence was not spoken.
#[derive(Debug, thiserror::Error)]
pub enum VoiceError {
    /// This program was built without reading aloud.
    #[error("this program was built without reading aloud")]
    NotBuilt,
    /// No program that speaks is installed.
    #[error("no voice is installed")]
    None,
    /// The program failed.
    #[error("{program} failed: {how}")]
    Failed {
        /// The program's name.
        program: String,
        /// The error message of the program or the system.
        how: String,
    },
    /// It was stopped.
    #[error("reading aloud was stopped")]
    Stopped,
}

impl From<&VoiceError> for Failure {
    fn from(error: &VoiceError) -> Self {
        tracing::warn!(%error, "reading aloud failed");
        match error {
            VoiceError::NotBuilt => Self::new(Cause::NotBuilt, Feature::Speech.name()),
            VoiceError::None => Self::new(Cause::NoVoice, ""),
            VoiceError::Failed { program, .. } => Self::new(Cause::VoiceFailed, program),
            VoiceError::Stopped => Self::new(Cause::Cancelled, ""),
        }
    }
}

/// A program that speaks, and how it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SpeechProgram {
    /// speech-dispatcher's client.
    SpdSay,
    /// eSpeak NG, or eSpeak: the program's name.
    Espeak(&'static str),
    /// `say` of macOS.
    Say,
    /// The command of the settings: program and arguments.
    Own(Vec<String>),
}

/// A program ready to be started, and the text for its standard input.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    argv: Vec<String>,
    stdin: Option<String>,
}

impl SpeechProgram {
    /// Its name; `None` for the command of the settings.
    pub(super) fn known_name(&self) -> Option<&'static str> {
        match self {
            Self::SpdSay => Some("spd-say"),
            Self::Espeak(name) => Some(name),
            Self::Say => Some("say"),
            Self::Own(_) => None,
        }
    }

    fn program(&self) -> &str {
        match self {
            Self::Own(argv) => argv.first().map_or("", String::as_str),
            known => known.known_name().unwrap_or_default(),
        }
    }

    /// How it writes a WAV file instead of speaking; `None` where it can't. The command of the
    /// settings is one that writes files then.
    fn record_plan(&self, words: &Utterance, rate: u16, file: &str) -> Option<Plan> {
        let mut plan = self.plan(words, rate);
        match self {
            Self::SpdSay => return None,
            Self::Espeak(_) => plan.argv.extend(["-w".to_owned(), file.to_owned()]),
            Self::Say => {
                let form = "--data-format=LEI16@22050";
                plan.argv.extend(["-o", file, form].map(str::to_owned));
            }
            Self::Own(_) => {
                let argv = plan.argv.iter();
                plan.argv = argv.map(|a| fill(a, &[("{file}", file)])).collect();
            }
        }
        Some(plan)
    }

    fn plan(&self, words: &Utterance, rate: u16) -> Plan {
        let (text, lang) = (words.text.clone(), words.lang.tag());
        let wpm = (USUAL * u32::from(rate) / 100).to_string();
        let argv = |list: &[&str]| list.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>();
        match self {
            Self::SpdSay => {
                // From −100 to 100; 0 is the voice's default rate.
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

/// The programs that are tried: the command `own`, else those that the system has, the preferred
/// one first.
pub(super) fn programs(own: &[String]) -> Vec<SpeechProgram> {
    let known = [
        SpeechProgram::SpdSay,
        SpeechProgram::Espeak("espeak-ng"),
        SpeechProgram::Say,
        SpeechProgram::Espeak("espeak"),
    ];
    if own.is_empty() {
        let found = known.into_iter().filter(|v| installed(v.program()));
        found.collect()
    } else {
        vec![SpeechProgram::Own(own.to_vec())]
    }
}

/// Another voice spoke than the preferred one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// The program that failed.
    pub failed: String,
    /// The program that spoke.
    pub voice: String,
}

/// Speaks one sentence at a time, whichever thread asks.
#[derive(Debug)]
pub struct Voice {
    settings: SpeechSettings,
    /// Looked for when first needed, since that takes as long as a frame.
    voices: OnceLock<Vec<SpeechProgram>>,
    /// The programs that write files.
    recorders: OnceLock<Vec<SpeechProgram>>,
    /// Index of the first program that has not failed.
    good: AtomicUsize,
    /// How long a voice may take to start.
    begin: Duration,
    speaking: Mutex<Speaking>,
}

/// The program that is speaking.
#[derive(Debug, Default)]
struct Speaking {
    child: Option<Child>,
    /// Nothing may be spoken any more.
    closed: bool,
    /// speech-dispatcher is speaking, in a process that this program did not start.
    elsewhere: bool,
    /// Number of the sentence, by which a waiting thread notices that another sentence replaced its
    /// own.
    turn: u64,
}

impl Speaking {
    /// Kills the program and everything that it started.
    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            process_group::end(&mut child);
            if std::mem::take(&mut self.elsewhere) {
                call_off();
            }
        }
    }
}

/// Tells speech-dispatcher to stop. Waits for that, so that no process is left behind, but not for
/// long, since it hangs where its voice did.
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
        self.kill();
    }
}

impl Voice {
    /// The command of the settings, else the programs that the system has.
    pub fn new(settings: &SpeechSettings) -> Self {
        Self {
            settings: settings.clone(),
            voices: OnceLock::new(),
            recorders: OnceLock::new(),
            good: AtomicUsize::new(0),
            begin: BEGIN,
            speaking: Mutex::default(),
        }
    }

    fn voices(&self) -> &[SpeechProgram] {
        self.voices.get_or_init(|| programs(&self.settings.command))
    }

    fn recorders(&self) -> &[SpeechProgram] {
        self.recorders
            .get_or_init(|| programs(&self.settings.file_command))
    }

    /// Runs a job.
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

    /// Speaks one sentence; returns when it has been spoken, or when `cancel` or another sentence
    /// stopped it. Where a voice of the system fails or doesn't end, the next one is used from then
    /// on, and both are named in the result.
    ///
    /// # Errors
    /// There is no voice, none works, or the sentence was stopped.
    pub fn say(
        &self,
        words: &Utterance,
        rate: u16,
        cancel: &Cancel,
    ) -> Result<Option<Instead>, VoiceError> {
        if !Feature::Speech.is_built() {
            return Err(VoiceError::NotBuilt);
        }
        let mut last = VoiceError::None;
        for (index, voice) in self
            .voices()
            .iter()
            .enumerate()
            .skip(self.good.load(Ordering::Relaxed))
        {
            match self.attempt(voice, words, rate, cancel) {
                Err(error @ VoiceError::Failed { .. }) => {
                    tracing::warn!(%error, "voice failed, trying the next one");
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
                        VoiceError::NotBuilt | VoiceError::None | VoiceError::Stopped => None,
                    });
                }
            }
        }
        Err(last)
    }

    /// Writes a text into a WAV file instead of speaking it; returns the program that did. Where
    /// one fails, the next one is tried.
    ///
    /// # Errors
    /// There is no program that writes files, none works, or it was stopped.
    pub fn record(
        &self,
        words: &Utterance,
        rate: u16,
        file: &Path,
        cancel: &Cancel,
    ) -> Result<String, VoiceError> {
        if !Feature::Speech.is_built() {
            return Err(VoiceError::NotBuilt);
        }
        let file = file.display().to_string();
        let mut last = VoiceError::None;
        for recorder in self.recorders() {
            let Some(plan) = recorder.record_plan(words, rate, &file) else {
                continue;
            };
            match self.run(recorder, plan, words, rate, cancel) {
                Err(error @ VoiceError::Failed { .. }) => last = error,
                Err(error) => return Err(error),
                Ok(_) => return Ok(recorder.program().to_owned()),
            }
        }
        Err(last)
    }

    /// The longest time that a sentence may take.
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
        let took = self.run(voice, voice.plan(words, rate), words, rate, cancel)?;
        let letters = u32::try_from(words.text.chars().count()).unwrap_or(u32::MAX);
        let is_own = matches!(voice, SpeechProgram::Own(_));
        if !is_own && letters as usize >= TELLING && took < FLASH * letters {
            return Err(VoiceError::Failed {
                program: voice.program().to_owned(),
                how: "ended too soon to have been heard".to_owned(),
            });
        }
        Ok(())
    }

    /// Runs a program to its end; returns how long it took.
    fn run(
        &self,
        voice: &SpeechProgram,
        Plan { argv, stdin }: Plan,
        words: &Utterance,
        rate: u16,
        cancel: &Cancel,
    ) -> Result<Duration, VoiceError> {
        let failed = |how: String| VoiceError::Failed {
            program: voice.program().to_owned(),
            how,
        };
        let turn = {
            let mut speaking = self.lock();
            speaking.kill();
            if speaking.closed || cancel.is_cancelled() {
                return Err(VoiceError::Stopped);
            }
            let mut child = start(&argv, stdin.is_some()).map_err(|e| failed(e.to_string()))?;
            if let (Some(mut pipe), Some(text)) = (child.stdin.take(), stdin) {
                // On a thread of its own, since a program that doesn't read its input would block
                // this one. The thread ends with the program.
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
        match ended {
            None => Err(VoiceError::Stopped),
            Some(status) if !status.success() => Err(failed(status.to_string())),
            Some(_) => Ok(begun.elapsed()),
        }
    }

    /// Waits until the program of `turn` has ended; `None` where it was stopped. At `deadline` it
    /// is killed, which counts as its failure.
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
                    speaking.kill();
                }
                let Some(child) = speaking.child.as_mut() else {
                    return Ok(None);
                };
                if let Some(status) = child.try_wait()? {
                    speaking.child = None;
                    return Ok(Some(status));
                }
                if Instant::now() >= deadline {
                    speaking.kill();
                    return Err(io::ErrorKind::TimedOut.into());
                }
            }
            thread::sleep(LOOK);
        }
    }

    /// Stops speaking for good.
    pub fn close(&self) {
        let mut speaking = self.lock();
        speaking.closed = true;
        speaking.kill();
    }

    fn lock(&self) -> MutexGuard<'_, Speaking> {
        self.speaking.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Has the kernel kill a program when this process ends in any way, even by SIGKILL.
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
        .stderr(Stdio::null());
    process_group::lead(&mut command).spawn()
}

#[cfg(test)]
#[cfg(feature = "speech")]
#[path = "tests/speech.rs"]
mod tests;
