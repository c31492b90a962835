//! Which programs that speak are installed, which voices they have for Korean and English, and
//! which of them would read.

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

use super::speech::{SpeechProgram, programs};
use crate::config::SpeechSettings;
use crate::runtime::system::command::installed;
use crate::runtime::system::process_group;
use crate::speech::Lang;

/// How long a program may take to list its voices. speech-dispatcher may start a server first, and
/// never answers where that hangs.
const PATIENCE: Duration = Duration::from_secs(3);
/// No list of voices is read further than this, in bytes.
const LONGEST: u64 = 4 << 20;

/// An installed program and its voices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstalledVoices {
    /// The program's name.
    pub program: &'static str,
    /// Names of its Korean voices; empty where it has none, or does not list them.
    pub korean: Vec<String>,
    /// Names of its English voices, likewise.
    pub english: Vec<String>,
}

/// What speaks a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingVoice {
    /// The program's name.
    pub program: String,
    /// Whether it is installed, and has a voice for the language as far as it lists them.
    pub works: bool,
    /// Whether the command of the settings gets the words as an argument instead of on standard
    /// input; `None` for a program that the settings don't name.
    pub as_argument: Option<bool>,
}

/// What was found on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceSurvey {
    /// The known programs that are installed, those first that are preferred.
    pub installed: Vec<InstalledVoices>,
    /// What reads Korean; `None` where there is no program.
    pub korean: Option<ReadingVoice>,
    /// What reads English.
    pub english: Option<ReadingVoice>,
}

/// Looks for programs that speak, asks each for its voices, and tells which one the settings and
/// the order of preference choose.
pub fn survey(settings: &SpeechSettings) -> VoiceSurvey {
    let installed: Vec<InstalledVoices> = programs(&[])
        .iter()
        .filter_map(|program| {
            let voices = |lang| {
                let listed = listing(&list_command(program, lang)?)?;
                Some(names(program, &listed, lang))
            };
            Some(InstalledVoices {
                program: program.known_name()?,
                korean: voices(Lang::Ko).unwrap_or_default(),
                english: voices(Lang::En).unwrap_or_default(),
            })
        })
        .collect();
    let reading = |lang| reading(&settings.command, &installed, lang);
    VoiceSurvey {
        korean: reading(Lang::Ko),
        english: reading(Lang::En),
        installed,
    }
}

/// What would read a language: the command of the settings, if it is not empty, or a program of
/// the system.
fn reading(command: &[String], found: &[InstalledVoices], lang: Lang) -> Option<ReadingVoice> {
    if let Some(program) = command.first() {
        let has_text = command.iter().any(|a| a.contains("{text}"));
        let is_path = program.contains('/');
        return Some(ReadingVoice {
            program: program.clone(),
            works: (is_path && std::path::Path::new(program).is_file()) || installed(program),
            as_argument: Some(has_text),
        });
    }
    let first = found.first()?;
    let voices = match lang {
        Lang::Ko => &first.korean,
        Lang::En => &first.english,
    };
    Some(ReadingVoice {
        program: first.program.to_owned(),
        works: !voices.is_empty(),
        as_argument: None,
    })
}

/// The command by which a program lists its voices; `None` for one that the settings name.
fn list_command(program: &SpeechProgram, lang: Lang) -> Option<Vec<String>> {
    let list = match program {
        SpeechProgram::SpdSay => vec!["spd-say".to_owned(), "-L".to_owned()],
        SpeechProgram::Espeak(name) => {
            vec![(*name).to_owned(), format!("--voices={}", lang.tag())]
        }
        SpeechProgram::Say => vec!["say".to_owned(), "-v".to_owned(), "?".to_owned()],
        SpeechProgram::Own(_) => return None,
    };
    Some(list)
}

/// What a program writes within [`PATIENCE`].
fn listing(command: &[String]) -> Option<String> {
    let (program, arguments) = command.split_first()?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = process_group::lead(&mut command).spawn().ok()?;
    let out = child.stdout.take()?;
    let (sender, whole) = sync_channel(1);
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = out.take(LONGEST).read_to_end(&mut bytes);
        let _ = sender.send(read.ok().map(|_| bytes));
    });
    let bytes = whole.recv_timeout(PATIENCE).ok().flatten();
    process_group::end(&mut child);
    bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// The names of the voices for a language in what a program wrote, each once.
fn names(program: &SpeechProgram, listed: &str, lang: Lang) -> Vec<String> {
    let speaks = |tag: &str| {
        let tag = tag.split(['-', '_']).next().unwrap_or_default();
        tag.eq_ignore_ascii_case(lang.tag())
    };
    let name = |line: &str| -> Option<String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (tag, name) = match program {
            // NAME LANGUAGE VARIANT; a name may have blanks.
            SpeechProgram::SpdSay => {
                let tag = words.len().checked_sub(2)?;
                (words[tag], words[..tag].join(" "))
            }
            // Pty Language Age/Gender VoiceName File Other
            SpeechProgram::Espeak(_) => (*words.get(1)?, words.get(3)?.replace('_', " ")),
            // Name language # a sentence
            SpeechProgram::Say => {
                let head = line.split('#').next().unwrap_or_default();
                let words: Vec<&str> = head.split_whitespace().collect();
                let (tag, name) = words.split_last()?;
                (*tag, name.join(" "))
            }
            SpeechProgram::Own(_) => return None,
        };
        // eSpeak's voices of speech-dispatcher come in fifty timbres: `English+male1`.
        let plain = name.split('+').next().unwrap_or_default().to_owned();
        (speaks(tag) && !plain.is_empty()).then_some(plain)
    };
    let mut out: Vec<String> = Vec::new();
    for name in listed.lines().filter_map(name) {
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_are_found_in_what_each_program_lists() {
        let of = |program: &SpeechProgram, listed: &str| {
            [Lang::Ko, Lang::En].map(|lang| names(program, listed, lang).join("|"))
        };
        let espeak = "Pty Language       Age/Gender VoiceName          File                 Other\n \
             5  ko              --/M      Korean             ko                   \n \
             2  en-gb           --/M      English_(Great_Britain) gmw/en            (en 2)\n";
        let found = of(&SpeechProgram::Espeak("espeak-ng"), espeak);
        assert_eq!(found, ["Korean", "English (Great Britain)"]);
        let dispatcher = "                NAME   LANGUAGE  VARIANT\n\
             Korean         ko   none\nKorean+male1   ko   male1\n\
             English (America)  en-US  none\nKorana  kok  none\n";
        let found = of(&SpeechProgram::SpdSay, dispatcher);
        assert_eq!(found, ["Korean", "English (America)"]);
        let say = "Yuna                ko_KR    # 안녕하세요. 제 이름은 유나입니다.\n\
             Bad News            en_US    # Hello! en_GB\n";
        assert_eq!(of(&SpeechProgram::Say, say), ["Yuna", "Bad News"]);
        assert_eq!(of(&SpeechProgram::Say, "#\n\n \n"), ["", ""]);
    }

    #[test]
    fn the_command_of_the_settings_goes_first_and_the_system_s_programs_in_their_order() {
        let found = [InstalledVoices {
            program: "espeak-ng",
            korean: Vec::new(),
            english: vec!["English".to_owned()],
        }];
        let mut command: Vec<String> = Vec::new();
        let voice = |command: &[String], lang| {
            let voice = reading(command, &found, lang).unwrap();
            (voice.program, voice.works, voice.as_argument)
        };
        let espeak = "espeak-ng".to_owned();
        assert_eq!(voice(&command, Lang::Ko), (espeak.clone(), false, None));
        assert_eq!(voice(&command, Lang::En), (espeak, true, None));
        assert_eq!(reading(&command, &[], Lang::Ko), None);
        command = vec!["/no/such/voice".to_owned(), "{text}".to_owned()];
        let own = "/no/such/voice".to_owned();
        assert_eq!(voice(&command, Lang::Ko), (own.clone(), false, Some(true)));
        command.pop();
        assert_eq!(voice(&command, Lang::En), (own, false, Some(false)));
    }

    #[cfg(unix)]
    #[test]
    fn what_never_ends_or_is_not_there_lists_nothing() {
        let command = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(listing(&command(&["echo", "Yuna"])), Some("Yuna\n".into()));
        assert_eq!(listing(&command(&["sleep", "600"])), None);
        assert_eq!(listing(&command(&["/no/such/program"])), None);
        assert_eq!(listing(&[]), None);
    }
}
