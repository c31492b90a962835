//! The voice, with the system's own small tools in place of a synthesizer.

#[cfg(unix)]
use std::fs;
#[cfg(target_os = "linux")]
use std::sync::Arc;
#[cfg(target_os = "linux")]
use std::time::Instant;

use super::*;
use crate::speech::SpokenPlace;

fn words(text: &str, lang: Lang) -> Utterance {
    Utterance {
        text: text.to_owned(),
        lang,
        place: SpokenPlace::Title,
    }
}

fn voice(command: &[&str]) -> Voice {
    Voice::new(&SpeechSettings {
        command: command.iter().map(|a| (*a).to_owned()).collect(),
        rate: 100,
        ..speech()
    })
}

fn speech() -> SpeechSettings {
    crate::config::Config::standard().speech
}

#[cfg(unix)]
#[test]
fn hostile_words_reach_the_program_as_words() {
    let dir = tempfile::tempdir().unwrap();
    let heard = dir.path().join("heard");
    let voice = voice(&["tee", heard.to_str().unwrap()]);
    let text = "가 $(touch x); `id` {lang} 나";
    voice
        .say(&words(text, Lang::Ko), 100, &Cancel::new())
        .unwrap();
    assert_eq!(fs::read_to_string(heard).unwrap(), text);
}

#[test]
fn names_in_a_command_are_filled_once() {
    let own = SpeechProgram::Own(
        ["say", "{lang}", "{text}", "{rate}%", "{x}"]
            .map(str::to_owned)
            .to_vec(),
    );
    let plan = own.plan(&words("말 {lang}", Lang::Ko), 120);
    assert_eq!(
        plan,
        Plan {
            argv: ["say", "ko", "말 {lang}", "120%", "{x}"]
                .map(str::to_owned)
                .to_vec(),
            stdin: None
        }
    );
    for voice in [
        SpeechProgram::SpdSay,
        SpeechProgram::Espeak("espeak-ng"),
        SpeechProgram::Say,
    ] {
        let Plan { argv, stdin } = voice.plan(&words("말", Lang::En), 100);
        let behind = argv
            .iter()
            .position(|a| a == "--")
            .is_some_and(|i| argv[i + 1..] == ["말"]);
        assert!(stdin.as_deref() == Some("말") || behind, "{argv:?}");
    }
}

#[test]
fn no_voice_and_a_broken_voice_are_told_apart() {
    let none = Voice {
        voices: Vec::new().into(),
        ..voice(&["true"])
    };
    assert!(matches!(
        none.say(&words("말", Lang::Ko), 100, &Cancel::new()),
        Err(VoiceError::None)
    ));
    for command in ["false", "no-such-program-here"] {
        let failed = voice(&[command]).say(&words("말", Lang::Ko), 100, &Cancel::new());
        assert!(
            matches!(failed, Err(VoiceError::Failed { .. })),
            "{failed:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn where_one_voice_fails_the_next_is_asked() {
    let own = |program: &str| SpeechProgram::Own(vec![program.to_owned()]);
    let voice = Voice {
        voices: vec![own("false"), own("true")].into(),
        ..voice(&["true"])
    };
    voice
        .say(&words("말", Lang::Ko), 100, &Cancel::new())
        .unwrap();
    assert_eq!(voice.good.load(Ordering::Relaxed), 1);
}

#[cfg(unix)]
#[test]
fn a_voice_that_never_ends_is_noticed_and_the_next_is_asked() {
    let own = |argv: &[&str]| SpeechProgram::Own(argv.iter().map(|a| (*a).to_owned()).collect());
    let voice = Voice {
        voices: vec![own(&["sleep", "600"]), own(&["true"])].into(),
        begin: Duration::ZERO,
        ..voice(&["true"])
    };
    let instead = voice
        .say(&words("말", Lang::Ko), 300, &Cancel::new())
        .unwrap();
    assert_eq!(
        instead,
        Some(Instead {
            failed: "sleep".to_owned(),
            voice: "true".to_owned()
        })
    );
    assert_eq!(
        voice
            .say(&words("말", Lang::Ko), 300, &Cancel::new())
            .unwrap(),
        None,
        "the first is not asked again"
    );
}

#[test]
fn the_time_limit_leaves_room_for_the_slowest_voice() {
    let voice = voice(&["true"]);
    let long = words(&"가".repeat(100), Lang::Ko);
    assert!(
        voice.limit(&long, 50) >= Duration::from_secs(100),
        "a letter a second at half the rate"
    );
    assert!(voice.limit(&long, 300) >= Duration::from_secs(20));
}

/// A program that says its own number and that of a child of its own, and then waits for long.
#[cfg(target_os = "linux")]
fn waiting(dir: &std::path::Path) -> (Arc<Voice>, std::path::PathBuf) {
    let (script, ids) = (dir.join("voice.sh"), dir.join("ids"));
    fs::write(
        &script,
        "sleep 600 &\necho $$ $! > \"$1.part\"\nmv \"$1.part\" \"$1\"\nwait\n",
    )
    .unwrap();
    (
        Arc::new(voice(&[
            "sh",
            script.to_str().unwrap(),
            ids.to_str().unwrap(),
        ])),
        ids,
    )
}

/// The numbers of the programs, once they run.
#[cfg(target_os = "linux")]
fn running(ids: &std::path::Path) -> Vec<String> {
    let begun = Instant::now();
    loop {
        if let Ok(text) = fs::read_to_string(ids) {
            return text.split_whitespace().map(str::to_owned).collect();
        }
        assert!(begun.elapsed().as_secs() < 60, "the program did not start");
        thread::yield_now();
    }
}

#[cfg(target_os = "linux")]
fn gone(id: &str) -> bool {
    // A killed child of somebody else may be waited for by nobody: a zombie counts as gone.
    let begun = Instant::now();
    while begun.elapsed().as_secs() < 60 {
        match fs::read_to_string(format!("/proc/{id}/stat")) {
            Ok(stat) if !stat.contains(") Z") => thread::yield_now(),
            _ => return true,
        }
    }
    false
}

#[cfg(target_os = "linux")]
fn ended_by(end: impl FnOnce(Arc<Voice>, Cancel)) {
    let dir = tempfile::tempdir().unwrap();
    let (voice, ids) = waiting(dir.path());
    let cancel = Cancel::new();
    let saying = {
        let (voice, cancel) = (voice.clone(), cancel.clone());
        thread::spawn(move || voice.say(&words("말", Lang::Ko), 100, &cancel))
    };
    let ids = running(&ids);
    end(voice, cancel);
    assert!(matches!(saying.join().unwrap(), Err(VoiceError::Stopped)));
    assert_eq!(ids.len(), 2);
    for id in ids {
        assert!(gone(&id), "{id} lives on");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_stop_leaves_no_process_behind() {
    ended_by(|_, cancel| cancel.cancel());
    ended_by(|voice, _| voice.close());
}

#[test]
fn after_the_end_nothing_is_said() {
    let voice = voice(&["true"]);
    voice.close();
    assert!(matches!(
        voice.say(&words("말", Lang::Ko), 100, &Cancel::new()),
        Err(VoiceError::Stopped)
    ));
}
