//! Records the demo: drives the real program in a terminal of 100×30 and writes what it draws as an
//! asciinema cast.
//!
//! `cargo run --example demo -- target/release/gisa assets/demo.cast`; play it with `asciinema play
//! assets/demo.cast`.
#![expect(
    clippy::disallowed_methods,
    reason = "starts the program, writes a file, and waits"
)]

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// Keys, and how long each screen is looked at, in tenths of a second.
const SCRIPT: [(&str, u64); 22] = [
    ("", 25),
    ("j", 6),
    ("j", 12),
    ("\r", 20),
    (" ", 15),
    ("v", 30),
    ("\r", 20),
    ("+", 20),
    ("+", 20),
    ("0", 10),
    ("s", 15),
    ("q", 8),
    ("/", 6),
    ("등대", 18),
    ("\x1b", 8),
    ("L", 15),
    ("q", 8),
    ("?", 20),
    ("\x1b", 6),
    (":색 밝게", 15),
    ("\r", 25),
    ("Q", 5),
];
/// Longest time in which a screen is drawn.
const SETTLED: Duration = Duration::from_millis(1500);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let program = args
        .next()
        .unwrap_or_else(|| "target/debug/gisa".to_owned());
    let into = args.next().unwrap_or_else(|| "assets/demo.cast".to_owned());
    let home = tempfile::tempdir()?;
    let pair = native_pty_system().openpty(PtySize {
        rows: 30,
        cols: 100,
        ..PtySize::default()
    })?;
    let mut command = CommandBuilder::new(std::path::absolute(program)?);
    let config = home.path().join("config.toml");
    std::fs::write(&config, "theme = \"dark\"\n")?;
    command.args(["--lang", "ko", "--offline"]);
    // Nothing of the machine that it is recorded on.
    command.env_clear();
    for (name, value) in [
        ("TERM", "xterm-256color"),
        ("COLORTERM", "truecolor"),
        ("LC_ALL", "ko_KR.UTF-8"),
        ("TZ", "Asia/Seoul"),
        ("PATH", "/usr/bin:/bin"),
    ] {
        command.env(name, value);
    }
    command.env("HOME", home.path());
    command.env("GISA_DATA_DIR", home.path());
    command.env("GISA_CONFIG", config);
    let mut child = pair.slave.spawn_command(command)?;
    let drawn = Arc::new(Mutex::new(Vec::new()));
    let (mut reader, into_drawn) = (pair.master.try_clone_reader()?, drawn.clone());
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(n @ 1..) = reader.read(&mut buffer) {
            if let Ok(mut drawn) = into_drawn.lock() {
                drawn.extend_from_slice(&buffer[..n]);
            }
        }
    });
    let mut writer = pair.master.take_writer()?;
    let mut cast =
        String::from("{\"version\": 2, \"width\": 100, \"height\": 30, \"title\": \"gisa\"}\n");
    let mut tenths = 0;
    for (keys, pause) in SCRIPT {
        writer.write_all(keys.as_bytes())?;
        writer.flush()?;
        std::thread::sleep(SETTLED);
        let bytes = drawn
            .lock()
            .map(|mut d| std::mem::take(&mut *d))
            .unwrap_or_default();
        let text = serde_json::to_string(&String::from_utf8_lossy(&bytes))?;
        writeln!(cast, "[{}.{}, \"o\", {text}]", tenths / 10, tenths % 10)?;
        tenths += pause;
    }
    child.wait()?;
    std::fs::write(into, cast)?;
    Ok(())
}
