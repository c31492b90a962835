//! What leaves the program for others: the clipboard's and the mail's programs as they find it, and
//! a terminal that takes pictures as files in its stream.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::support::pty::Pty;
use crate::support::sandbox::Sandbox;

const WIDE: (u16, u16) = (100, 40);
/// How long anything may take before a test gives up.
const DEADLINE: Duration = Duration::from_secs(30);
const TITLE: &str = "제목 $(touch pwned) `touch pwned`; touch pwned \"'";
const ADDRESS: &str = "https://garam.example/1?a=$(touch%20pwned)&b='";

/// A stand-in for a program: it writes down its arguments, each ended by a zero, and its standard
/// input.
fn stand_in(sandbox: &Sandbox, name: &str) {
    let out = sandbox.path(name);
    let out = out.display();
    let script = format!(
        "#!/bin/sh\n: > '{out}.args'\nfor a in \"$@\"; do printf '%s\\0' \"$a\" >> '{out}.args'; done\ncat > '{out}.part'\nmv '{out}.part' '{out}.heard'\n"
    );
    let path = PathBuf::from(sandbox.file(&format!("bin/{name}"), script));
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// Arguments and standard input, as soon as they are there.
fn heard(sandbox: &Sandbox, name: &str) -> (Vec<String>, String) {
    let file = sandbox.path(&format!("{name}.heard"));
    let begun = Instant::now();
    while !file.exists() {
        assert!(begun.elapsed() < DEADLINE, "{name} was not called");
        std::thread::sleep(Duration::from_millis(20));
    }
    let args = std::fs::read_to_string(sandbox.path(&format!("{name}.args"))).unwrap();
    let args = args.split_terminator('\0').map(str::to_owned).collect();
    let input = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(file).unwrap();
    (args, input)
}

/// The program on a hostile article, with nothing on its path but the stand-ins and what they need.
fn open(sandbox: &Sandbox, variables: &[(&str, &str)]) -> Pty {
    for tool in ["sh", "cat", "mv"] {
        let real = ["/bin", "/usr/bin"]
            .iter()
            .map(|dir| Path::new(dir).join(tool))
            .find(|path| path.exists());
        std::os::unix::fs::symlink(real.unwrap(), sandbox.path("bin").join(tool)).unwrap();
    }
    let article = serde_json::json!({
        "title": TITLE, "url": ADDRESS, "lang": "ko",
        "blocks": [{ "kind": "paragraph", "text": "다리를 새로 놓는다. 배는 그대로 다닌다." }],
    });
    let file = sandbox.file("a.json", article.to_string());
    let path = sandbox.path("bin").display().to_string();
    let variables: Vec<(&str, &str)> = variables
        .iter()
        .copied()
        .chain([("PATH", path.as_str())])
        .collect();
    let pty = Pty::start(sandbox, &[&file], &variables, WIDE);
    pty.wait_for("다리를 새로 놓는다");
    pty
}

fn end(sandbox: &Sandbox, mut pty: Pty) {
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    assert!(
        !sandbox.path("pwned").exists() && !Path::new("pwned").exists(),
        "a shell was there"
    );
}

#[test]
fn the_clipboards_programs_get_the_very_text_on_standard_input_and_no_shell_sees_it() {
    for (name, variable, args) in [
        ("wl-copy", ("WAYLAND_DISPLAY", "wayland-7"), &[][..]),
        ("xclip", ("DISPLAY", ":77"), &["-selection", "clipboard"]),
        ("xsel", ("DISPLAY", ":77"), &["--input", "--clipboard"]),
    ] {
        let sandbox = Sandbox::new();
        stand_in(&sandbox, name);
        let mut pty = open(&sandbox, &[variable]);
        pty.send("y");
        pty.wait_for("주소를 복사했습니다");
        assert_eq!(
            heard(&sandbox, name),
            (
                args.iter().map(|a| (*a).to_owned()).collect(),
                ADDRESS.to_owned()
            ),
            "{name}"
        );
        pty.send("Yj\r");
        pty.wait_for("제목을 복사했습니다");
        assert_eq!(heard(&sandbox, name).1, TITLE, "{name}");
        end(&sandbox, pty);
    }
}

#[test]
fn mail_gets_subject_and_body_as_arguments_of_their_own() {
    let sandbox = Sandbox::new();
    stand_in(&sandbox, "xdg-email");
    let mut pty = open(&sandbox, &[]);
    pty.send("|G\r");
    let (args, input) = heard(&sandbox, "xdg-email");
    assert_eq!(
        args,
        [
            "--subject",
            TITLE,
            "--body",
            &format!("{TITLE}\n\n{ADDRESS}\n")
        ]
    );
    assert_eq!(input, "");
    pty.wait_for("보냈습니다: xdg-email");
    end(&sandbox, pty);
}

#[test]
fn a_command_of_the_readers_gets_its_places_filled_and_the_text_on_standard_input() {
    let sandbox = Sandbox::new();
    stand_in(&sandbox, "keeper");
    sandbox.file(
        "config.toml",
        "[share.commands]\n\"모음\" = [\"keeper\", \"--url={url}\", \"{title}\", \"$(touch pwned)\"]\n",
    );
    let mut pty = open(&sandbox, &[]);
    pty.send("|\r");
    let (args, input) = heard(&sandbox, "keeper");
    assert_eq!(args, [&format!("--url={ADDRESS}"), TITLE, "$(touch pwned)"]);
    assert_eq!(
        input,
        format!("{TITLE}\n\n다리를 새로 놓는다. 배는 그대로 다닌다.\n")
    );
    pty.wait_for("보냈습니다: 모음");
    end(&sandbox, pty);
}

#[cfg(feature = "pictures")]
#[test]
fn iterm2_gets_its_pictures_as_files_that_open() {
    for (name, value) in [("TERM_PROGRAM", "iTerm.app"), ("LC_TERMINAL", "iTerm2")] {
        let sandbox = Sandbox::new();
        let mut pty = Pty::start(
            &sandbox,
            &["--offline"],
            &[(name, value), ("COLORTERM", "truecolor")],
            WIDE,
        );
        // It says no more than that it is there.
        pty.wait_bytes("\x1b[c");
        pty.send("\x1b[?62;4c");
        pty.wait_bytes("\x1b[?u");
        pty.send("\x1b[?62;4c");
        pty.wait_for("강나루시, 자전거 도서관");
        pty.send("jj\r");
        pty.wait_bytes("\x1b]1337;File=inline=1;");
        pty.wait_bytes("\x07");
        let out = String::from_utf8_lossy(&pty.bytes()).into_owned();
        let (before, file) = out.split_once("\x1b]1337;File=inline=1;").unwrap();
        let (file, after) = file.split_once('\x07').unwrap();
        let (head, data) = file.split_once(':').unwrap();
        let number = |key: &str| -> usize {
            let value = head
                .split(';')
                .find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
                .unwrap();
            value.parse().unwrap()
        };
        let bytes = STANDARD.decode(data).unwrap();
        assert_eq!(bytes.len(), number("size"), "{head}");
        assert!(
            head.contains("preserveAspectRatio=0") && head.contains("doNotMoveCursor=1"),
            "{head}"
        );
        let picture = image::load_from_memory(&bytes).unwrap();
        let cells = (number("width"), number("height"));
        assert!(
            cells.0 >= 20 && cells.1 >= 5 && cells.0 <= 100 && cells.1 <= 40,
            "{head}"
        );
        // As many pixels as the cells have, so that nothing is stretched.
        assert_eq!(
            (picture.width() as usize, picture.height() as usize),
            (cells.0 * 8, cells.1 * 16)
        );
        assert!(before.contains("\x1b[?1049h"), "on its own screen");
        assert!(
            !after.contains("\x1b_G") && !out.contains("\x1bPq"),
            "and by no other means"
        );
        pty.send("Q");
        assert_eq!(pty.ended().exit_code(), 0);
        pty.is_restored();
    }
}
