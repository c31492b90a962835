//! 뉴스듣기 with real programs: what is heard, and that nothing is left when the reader is killed.

use std::fs;
#[cfg(target_os = "linux")]
use std::path::Path;
#[cfg(target_os = "linux")]
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::sandbox::Sandbox;
#[cfg(target_os = "linux")]
use crate::support::sandbox::program;
use crate::support::skip;

/// How long anything may take before a test gives up.
const DEADLINE: Duration = Duration::from_secs(60);

/// Waits until it is so.
#[track_caller]
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < DEADLINE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A program that ends with this value.
#[cfg(target_os = "linux")]
struct Running(Child);

#[cfg(target_os = "linux")]
impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(target_os = "linux")]
fn article(sandbox: &Sandbox) -> String {
    let title =
        r#"{"title": "바닷가 등대가 오늘 밤 다시 불을 밝힌다", "lang": "ko", "blocks": []}"#;
    sandbox.file("a.json", title)
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_is_killed_leaves_no_voice_behind() {
    if !skip::programs(&["setpriv", "sh", "sleep"]) {
        return;
    }
    let sandbox = Sandbox::new();
    let dir = tempfile::tempdir().unwrap();
    let (script, ids, config) = (
        dir.path().join("voice.sh"),
        dir.path().join("ids"),
        dir.path().join("c.toml"),
    );
    fs::write(
        &script,
        "echo $$ > \"$1.part\"; mv \"$1.part\" \"$1\"; exec sleep 600\n",
    )
    .unwrap();
    let argv = ["sh", script.to_str().unwrap(), ids.to_str().unwrap()]
        .map(|a| format!("{a:?}"))
        .join(", ");
    fs::write(&config, format!("[speech]\ncommand = [{argv}]\n")).unwrap();
    let mut command = Command::new(program());
    command
        .env_clear()
        .envs(sandbox.environment())
        .args(["listen", &article(&sandbox), "--config"])
        .arg(&config);
    let mut reader = Running(
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    until("the voice", || ids.is_file());
    let id = fs::read_to_string(&ids).unwrap().trim().to_owned();
    assert!(Path::new(&format!("/proc/{id}")).exists());
    reader.0.kill().unwrap();
    until("the end of the voice", || {
        fs::read_to_string(format!("/proc/{id}/stat")).map_or(true, |stat| stat.contains(") Z"))
    });
}

/// Sentences without numbers, so that what is said is what is written.
const SENTENCES: [&str; 5] = [
    "바닷가 등대가 오늘 밤 다시 불을 밝힌다.",
    "등대지기는 마지막 불을 끄지 않았다.",
    "The old lamp is lit again tonight.",
    "배들은 그 불을 보고 항구로 돌아온다.",
    "마을 사람들은 언덕에 모여 손을 흔들었다.",
];

/// The text of the cells that are lit, in the order of reading.
fn lit(screen: &vt100::Screen) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let all = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let lit = all.filter_map(|(row, column)| screen.cell(row, column));
    let lit = lit.filter(|cell| cell.bgcolor() == vt100::Color::Rgb(0xf2, 0xc5, 0x5c));
    lit.map(|cell| cell.contents().to_owned()).collect()
}

/// Letters alone: lines break where they please.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a WAV file holds something that can be heard.
fn is_heard(wav: &[u8]) -> bool {
    let samples = wav.get(44..).unwrap_or_default().chunks_exact(2);
    samples
        .filter(|s| i16::from_le_bytes([s[0], s[1]]).unsigned_abs() > 400)
        .count()
        > 2_000
}

#[test]
fn the_sentence_that_is_recorded_is_the_sentence_that_is_lit() {
    use crate::support::pty::Pty;
    if !skip::programs(&["espeak-ng", "sh", "mv", "sleep"]) {
        return;
    }
    let sandbox = Sandbox::new();
    let dir = sandbox.path("said");
    fs::create_dir(&dir).unwrap();
    // The command of the settings, with the words as an argument: each sentence into a recording of
    // its own. It waits until the test has looked at the screen, as a slow voice does.
    let script = "n=$(ls \"$0\" | grep -c 'wav$'); espeak-ng -v \"$1\" -w \"$0/$n.part\" -- \"$2\"; printf %s \"$2\" > \"$0/$n.words\"; \
                  mv \"$0/$n.part\" \"$0/$n.wav\"; until [ -e \"$0/$n.seen\" ]; do sleep 0.02; done";
    let argv = [
        "sh",
        "-c",
        script,
        &dir.display().to_string(),
        "{lang}",
        "{text}",
    ]
    .map(|a| format!("{a:?}"))
    .join(", ");
    sandbox.file(
        "config.toml",
        format!("theme = \"dark\"\n[speech]\ncommand = [{argv}]\n"),
    );
    let blocks: Vec<_> = SENTENCES[1..]
        .chunks(2)
        .map(|s| serde_json::json!({"kind": "paragraph", "text": s.join(" ")}))
        .collect();
    let article = serde_json::json!({ "title": SENTENCES[0].trim_end_matches('.'), "lang": "ko", "blocks": blocks });
    let file = sandbox.file("a.json", article.to_string());
    let mut pty = Pty::start(&sandbox, &[&file], &[("COLORTERM", "truecolor")], (60, 20));
    pty.wait_for("손을 흔들었다");
    pty.send("p");
    for (n, sentence) in SENTENCES.iter().enumerate() {
        let wav = dir.join(format!("{n}.wav"));
        until("the recording", || wav.exists());
        let said = fs::read_to_string(dir.join(format!("{n}.words"))).unwrap();
        assert_eq!(
            letters(&said),
            letters(sentence),
            "the sentence in its turn"
        );
        assert!(is_heard(&fs::read(&wav).unwrap()), "{sentence}");
        pty.wait(&format!("{sentence} lit"), |screen| {
            letters(&lit(screen)) == letters(&said)
        });
        fs::write(dir.join(format!("{n}.seen")), "").unwrap();
    }
    pty.wait_for("끝까지 읽었습니다");
    assert_eq!(
        fs::read_dir(&dir).unwrap().count(),
        SENTENCES.len() * 3,
        "no more was said"
    );
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
}

#[test]
fn espeak_speaks_korean_and_english_into_a_file() {
    if !skip::programs(&["espeak-ng"]) {
        return;
    }
    let sandbox = Sandbox::new();
    let recorded = |name: &str, lang: &str, text: &str| {
        let wav = sandbox.path(name);
        let argv = [
            "espeak-ng",
            "-v",
            "{lang}",
            "-w",
            &wav.to_string_lossy(),
            "--stdin",
        ]
        .map(|a| format!("{a:?}"))
        .join(", ");
        sandbox.file("config.toml", format!("[speech]\ncommand = [{argv}]\n"));
        let article = serde_json::json!({"title": text, "lang": lang, "blocks": []});
        let file = sandbox.file("a.json", article.to_string());
        sandbox.run(&["listen", &file]).ok();
        let sound = fs::read(wav).unwrap();
        assert!(sound.starts_with(b"RIFF"), "{name}");
        sound.len()
    };
    let long = recorded("ko", "ko", "전국 열한 개 구에서 이백칠만 명이 참여했다.");
    recorded("en", "en", "Prices rose 3.5 percent.");
    let short = recorded("short", "ko", "전국.");
    assert!(
        long > 3 * short,
        "the longer sentence takes longer: {long} and {short} bytes"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn speech_dispatcher_is_heard() {
    if !skip::programs(&[
        "spd-say",
        "speech-dispatcher",
        "pulseaudio",
        "parec",
        "espeak-ng",
    ]) {
        return;
    }
    let sandbox = Sandbox::new();
    let dir = tempfile::tempdir().unwrap();
    let run = dir.path().join("run");
    fs::create_dir(&run).unwrap();
    fs::set_permissions(&run, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let own = |name: &str| {
        let mut command = Command::new(name);
        command
            .env("XDG_RUNTIME_DIR", &run)
            .env("HOME", dir.path())
            .env_remove("PULSE_SERVER");
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    };
    let mut sound = own("pulseaudio");
    sound.args([
        "-n",
        "--daemonize=no",
        "--exit-idle-time=-1",
        "-L",
        "module-native-protocol-unix",
    ]);
    sound.args(["-L", "module-null-sink sink_name=null"]);
    let mut sound = Running(sound.spawn().unwrap());
    let socket = run.join("pulse/native");
    let begun = Instant::now();
    while !socket.exists() {
        if sound.0.try_wait().unwrap().is_some() || begun.elapsed() > DEADLINE {
            skip::skip("pulseaudio does not run here");
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let heard = dir.path().join("heard.raw");
    let mut ear = own("parec");
    ear.args([
        "-d",
        "null.monitor",
        "--format=s16le",
        "--rate=22050",
        "--channels=1",
        "--latency-msec=20",
    ]);
    let _ear = Running(
        ear.stdout(fs::File::create(&heard).unwrap())
            .spawn()
            .unwrap(),
    );
    until("the ear", || {
        fs::metadata(&heard).is_ok_and(|m| m.len() > 0)
    });
    // Ours, so that it ends with the test: one that is called for by itself outlives who called.
    let place = run.join("speechd.sock");
    let mut dispatcher = own("speech-dispatcher");
    dispatcher
        .args([
            "--run-single",
            "--communication-method",
            "unix_socket",
            "--socket-path",
        ])
        .arg(&place);
    let _dispatcher = Running(dispatcher.spawn().unwrap());
    until("the dispatcher", || place.exists());
    let mut reader = own(program().to_str().unwrap());
    reader
        .envs(sandbox.environment())
        .env("XDG_RUNTIME_DIR", &run)
        .env("HOME", dir.path());
    reader.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    reader.env(
        "SPEECHD_ADDRESS",
        format!("unix_socket:{}", place.display()),
    );
    reader.args(["listen", &article(&sandbox), "--what", "title"]);
    let mut reader = Running(reader.spawn().unwrap());
    until("the end of the sentence", || {
        reader.0.try_wait().unwrap().is_some()
    });
    let done = reader.0.wait().unwrap();
    let loud = |bytes: &[u8]| {
        bytes
            .chunks_exact(2)
            .filter(|b| i16::from_le_bytes([b[0], b[1]]).unsigned_abs() > 400)
            .count()
    };
    until("sound", || loud(&fs::read(&heard).unwrap()) > 2_000);
    assert!(done.success());
}

/// The settings of the recipes' voices that get the words as an argument.
fn recipes() -> Vec<String> {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/recipes.md")).unwrap();
    let blocks = page.split("```toml\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap().to_owned());
    blocks.filter(|b| b.starts_with("[speech]")).collect()
}

#[cfg(unix)]
#[test]
fn a_voice_of_the_recipes_gets_each_sentence_as_one_argument_and_doctor_names_it() {
    use std::os::unix::fs::PermissionsExt as _;

    assert!(recipes().len() >= 2);
    for settings in recipes() {
        let sandbox = Sandbox::new();
        let home = sandbox.path("");
        let settings = settings.replace("/home/me/", &format!("{}/", home.display()));
        sandbox.file("config.toml", &settings);
        let program = settings.split('"').nth(1).unwrap();
        let path = format!("{}:/usr/bin:/bin", sandbox.path("bin").display());
        let run = |path: &str, args: &[&str]| {
            let mut command = sandbox.command(args);
            let output = command.env("PATH", path).output().unwrap();
            (
                output.status.code(),
                String::from_utf8(output.stdout).unwrap(),
            )
        };
        let doctor = ["--lang", "en", "doctor", "--voices"];
        let (code, told) = run("/none", &doctor);
        assert_eq!(code, Some(1), "{told}");
        assert!(told.contains("was not found"), "{told}");
        let name = program.strip_prefix(home.to_str().unwrap());
        let name = name.map_or(format!("bin/{program}"), |n| {
            n.trim_start_matches('/').to_owned()
        });
        let said = sandbox.path("said");
        let script = format!("#!/bin/sh\nfor last; do :; done\necho \"$last\" >> {said:?}\n");
        let voice = sandbox.file(&name, script);
        fs::set_permissions(&voice, fs::Permissions::from_mode(0o755)).unwrap();
        let title = "-5도 \\\"추위\\\"; 등대가 $HOME {lang} 불을 밝힌다";
        let article = format!("{{\"title\": \"{title}\", \"lang\": \"ko\", \"blocks\": []}}");
        let article = sandbox.file("a.json", article);
        assert_eq!(run(&path, &["listen", &article]).0, Some(0));
        let said = fs::read_to_string(&said).unwrap();
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains("등대가"), "{said}");
        let (code, told) = run(&path, &doctor);
        assert_eq!(code, Some(0), "{told}");
        assert!(told.contains("in place of {text})"), "{told}");
    }
}

#[cfg(unix)]
#[test]
fn doctor_lists_the_voices_and_says_how_to_choose_another() {
    use std::os::unix::fs::PermissionsExt as _;

    let sandbox = Sandbox::new();
    sandbox.file("config.toml", "");
    let told = |path: &str, args: &[&str]| {
        let mut command = sandbox.command(args);
        let output = command.env("PATH", path).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let none = sandbox.path("none").display().to_string();
    let (code, text) = told(&none, &["doctor", "--voices"]);
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("! 한국어는") && text.contains("{text}"),
        "{text}"
    );
    // One that has a voice for English alone.
    let listing = "#!/bin/sh\necho 'Pty Language Age/Gender VoiceName File Other'\n\
        case \"$1\" in --voices=en) echo ' 2 en-us --/M English_(America) gmw/en-US (en 3)' ;; esac\n";
    let voice = sandbox.file("bin/espeak-ng", listing);
    fs::set_permissions(&voice, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/none", sandbox.path("bin").display());
    let (code, json) = told(&path, &["doctor", "--voices", "--json"]);
    assert_eq!(code, Some(1));
    let rows: serde_json::Value = serde_json::from_str(&json).unwrap();
    let row = |name: &str| {
        let mut rows = rows.as_array().unwrap().iter();
        rows.find(|r| r["name"] == name).unwrap().clone()
    };
    assert_eq!(
        row("espeak-ng")["value"],
        "ko: 없음 · en: English (America)"
    );
    assert_eq!(
        (&row("reads-ko")["care"], &row("reads-en")["care"]),
        (&true.into(), &false.into())
    );
    assert_eq!(row("reads-en")["value"], "espeak-ng");
    assert!(
        row("voice-how")["value"]
            .as_str()
            .unwrap()
            .contains("{text}")
    );
}
