//! `gisa doctor --voices`: which programs can read aloud, their Korean and English voices, which of
//! them reads, and how to choose another.

use super::context::CommandContext;
use super::error::CommandError;
use super::findings::{self, Finding, finding};
use crate::app::protocol::feature::Feature;
use crate::app::{Cause, Failure};
use crate::runtime::workers::voices::{InstalledVoices, ReadingVoice, VoiceSurvey, survey};

/// As many names of voices are printed of a program and a language.
const SHOWN: usize = 4;

/// Prints the report. The exit code is 1 where a language can't be read.
pub(super) fn run(is_json: bool, context: &CommandContext) -> Result<(), CommandError> {
    if !Feature::Speech.is_built() {
        return Err(Failure::new(Cause::NotBuilt, Feature::Speech.name()).into());
    }
    findings::report(
        &of(&survey(&context.config.speech), context),
        is_json,
        context,
    )
}

fn of(survey: &VoiceSurvey, context: &CommandContext) -> Vec<Finding> {
    let words = &context.words;
    let installed = survey.installed.iter().map(|found| {
        let value = voices(found, context);
        finding("doctor.voices", found.program, value, false)
    });
    let reading = [
        ("doctor.reads-ko", &survey.korean),
        ("doctor.reads-en", &survey.english),
    ];
    let reading = reading.map(|(name, voice)| match voice {
        Some(voice) => finding("doctor.voices", name, used(voice, context), !voice.works),
        None => {
            let none = Failure::new(Cause::NoVoice, "");
            finding("doctor.voices", name, none.sentence(words), true)
        }
    });
    let how = words.fill("doctor.voice-how-value", &[("text", "{text}")]);
    let how = finding("doctor.voices", "doctor.voice-how", how, false);
    installed.chain(reading).chain([how]).collect()
}

/// The voices of a program: `ko Korean · en English (America), … (+2)`.
fn voices(found: &InstalledVoices, context: &CommandContext) -> String {
    let of = |tag: &str, names: &[String]| {
        let shown = names.iter().take(SHOWN).map(String::as_str);
        let mut list = shown.collect::<Vec<_>>().join(", ");
        if list.is_empty() {
            context.words.get("doctor.no-voice").clone_into(&mut list);
        }
        if names.len() > SHOWN {
            list.push_str(&format!(" (+{})", names.len() - SHOWN));
        }
        format!("{tag}: {list}")
    };
    format!("{} · {}", of("ko", &found.korean), of("en", &found.english))
}

fn used(voice: &ReadingVoice, context: &CommandContext) -> String {
    let key = match (voice.as_argument, voice.works) {
        (None, true) => return voice.program.clone(),
        (None, false) => "doctor.voice-lacking",
        (Some(_), false) => "doctor.voice-missing",
        (Some(true), true) => "doctor.voice-argument",
        (Some(false), true) => "doctor.voice-input",
    };
    let values = [("program", voice.program.as_str()), ("text", "{text}")];
    context.words.fill(key, &values)
}
