//! Sends articles out of the program on request: to the clipboard, a file, mail or another program.
//! Programs get their arguments as a list; no shell is involved.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::atomic_file;
use super::atomic_file::Durability;
use super::command::{fill, installed};
use super::paths::private_dir;
use crate::app::protocol::sharing::{Clipboard, Destination, Parcel};
use crate::app::{Cause, Failure};
use crate::config;
use crate::news::Clean;
use crate::runtime::failures::{of_io, of_write};

/// Programs that put their standard input on the clipboard, each with the environment variable that
/// tells whether it can work here.
const CLIPBOARDS: [(&[&str], &str); 5] = [
    (&["wl-copy"], "WAYLAND_DISPLAY"),
    (&["xclip", "-selection", "clipboard"], "DISPLAY"),
    (&["xsel", "--input", "--clipboard"], "DISPLAY"),
    (&["pbcopy"], ""),
    (&["tmux", "load-buffer", "-w", "-"], "TMUX"),
];
/// How long a started program is watched for a failure: one that fails does so soon, one that opens
/// a window keeps running.
const WATCH: Duration = Duration::from_secs(3);
/// How often it is checked.
const LOOK: Duration = Duration::from_millis(15);
/// Longest file name in characters, without its extension.
const LONGEST_NAME: usize = 60;

/// How text gets to the clipboard on this system. `known`: the terminal is known to support OSC 52.
pub fn clipboard(known: bool) -> Clipboard {
    // Over SSH, the clipboard of this machine is not the reader's.
    let is_far = || std::env::var_os("SSH_CONNECTION").is_some();
    match () {
        () if known => Clipboard::Terminal,
        () if is_far() || program().is_none() => Clipboard::Unsure,
        () => Clipboard::System,
    }
}

/// The first of those programs that can work here.
fn program() -> Option<&'static [&'static str]> {
    let set = |name: &str| name.is_empty() || std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let mut usable = CLIPBOARDS
        .iter()
        .filter(|(argv, needs)| set(needs) && installed(argv[0]));
    usable.next().map(|(argv, _)| *argv)
}

/// Puts text on the system's clipboard through a program.
///
/// # Errors
/// No program for that is installed.
pub fn copy(text: &Clean) -> Result<(), Failure> {
    let argv = program().ok_or_else(|| Failure::new(Cause::NoClipboard, ""))?;
    let argv: Vec<String> = argv.iter().map(|a| (*a).to_owned()).collect();
    run(&argv, text).map_err(|_| Failure::new(Cause::NoClipboard, &argv[0]))
}

/// Sends a parcel; returns where it went: the path of the file, or the name of the program.
///
/// # Errors
/// The file can't be written, or the program is missing or fails.
pub fn send(
    parcel: &Parcel,
    to: &Destination,
    settings: &config::ShareSettings,
) -> Result<Clean, Failure> {
    match to {
        Destination::File(text) => save(parcel, text, &folder(settings)),
        Destination::Mail => mail(parcel, &settings.mail),
        Destination::Program(name, argv) => {
            let (argv, input) = filled(argv, parcel);
            run(&argv, &input).map_err(|_| Failure::new(Cause::ShareFailed, name))?;
            Ok(Clean::line(name))
        }
    }
}

/// The folder for files: that of the settings, else the reader's downloads, else the current
/// directory.
fn folder(settings: &config::ShareSettings) -> PathBuf {
    let dirs = directories::UserDirs::new();
    if settings.folder.is_empty() {
        return dirs
            .as_ref()
            .and_then(|d| d.download_dir())
            .map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    }
    match (settings.folder.strip_prefix("~/"), dirs) {
        (Some(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => PathBuf::from(&settings.folder),
    }
}

fn save(parcel: &Parcel, text: &str, folder: &Path) -> Result<Clean, Failure> {
    let shown = folder.display().to_string();
    private_dir(folder).map_err(|e| of_io(&e, &shown))?;
    let stem = file_name(&parcel.title);
    for n in 1..1000 {
        let path = folder.join(if n == 1 {
            format!("{stem}.md")
        } else {
            format!("{stem} {n}.md")
        });
        let name = path.display().to_string();
        if atomic_file::create(&path, text.as_bytes(), Durability::Private)
            .map_err(|e| of_write(&e, &name))?
        {
            return Ok(Clean::line(&name));
        }
    }
    Err(Failure::new(Cause::ReadOnly, &shown))
}

/// A title as a file name that is valid on any system.
fn file_name(title: &str) -> String {
    let safe = title
        .chars()
        .map(|c| if "/\\:*?\"<>|\n".contains(c) { ' ' } else { c })
        .take(LONGEST_NAME);
    let name = safe
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let name = name.trim_matches(['.', ' ', '-']).to_owned();
    if name.is_empty() {
        "gisa".to_owned()
    } else {
        name
    }
}

fn mail(parcel: &Parcel, own: &[String]) -> Result<Clean, Failure> {
    if !own.is_empty() {
        let (argv, input) = filled(own, parcel);
        run(&argv, &input).map_err(|_| Failure::new(Cause::ShareFailed, &own[0]))?;
        return Ok(Clean::line(&own[0]));
    }
    let body = format!("{}\n\n{}\n", parcel.title, parcel.url);
    let words = |list: &[&str]| list.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let tries = [
        words(&["xdg-email", "--subject", &parcel.title, "--body", &body]),
        words(&["open", &mailto(&parcel.title, &body)]),
        words(&[
            "rundll32.exe",
            "url.dll,FileProtocolHandler",
            &mailto(&parcel.title, &body),
        ]),
    ];
    let sent = tries
        .iter()
        .find(|argv| installed(&argv[0]) && run(argv, "").is_ok());
    sent.map(|argv| Clean::line(&argv[0]))
        .ok_or_else(|| Failure::new(Cause::NoMail, ""))
}

fn mailto(subject: &str, body: &str) -> String {
    let packed = |text: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
        text.bytes()
            .map(|b| {
                if plain(b) {
                    char::from(b).to_string()
                } else {
                    format!("%{b:02X}")
                }
            })
            .collect::<String>()
    };
    format!("mailto:?subject={}&body={}", packed(subject), packed(body))
}

/// The arguments with their placeholders replaced, and the text for standard input, which is empty
/// where an argument contains it.
fn filled(argv: &[String], parcel: &Parcel) -> (Vec<String>, String) {
    let values = [
        ("{url}", &*parcel.url),
        ("{title}", &*parcel.title),
        ("{text}", &*parcel.text),
    ];
    let takes_text = argv.iter().any(|a| a.contains("{text}"));
    let argv = argv.iter().map(|a| fill(a, &values)).collect();
    (
        argv,
        if takes_text {
            String::new()
        } else {
            format!("{}\n\n{}\n", parcel.title, parcel.text)
        },
    )
}

/// Runs a program with `input`. If it is still running after [`WATCH`], it is left running.
fn run(argv: &[String], input: &str) -> std::io::Result<()> {
    let Some((program, args)) = argv.split_first() else {
        return Err(std::io::ErrorKind::NotFound.into());
    };
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut pipe) = child.stdin.take() {
        let input = input.to_owned();
        // On a thread of its own, since a program that doesn't read its input would block this one.
        thread::spawn(move || pipe.write_all(input.as_bytes()));
    }
    watch(child)
}

fn watch(mut child: Child) -> std::io::Result<()> {
    let begun = Instant::now();
    while begun.elapsed() < WATCH {
        if let Some(status) = child.try_wait()? {
            return if status.success() {
                Ok(())
            } else {
                Err(std::io::Error::other(status.to_string()))
            };
        }
        thread::sleep(LOOK);
    }
    // Waited for, so that no zombie process is left.
    thread::spawn(move || child.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn parcel(title: &str) -> Parcel {
        Parcel {
            url: Clean::line("https://a.kr/1"),
            title: Clean::line(title),
            text: Clean::lines("첫 줄\n{url} $(id)"),
        }
    }

    fn settings() -> config::ShareSettings {
        config::Config::standard().share
    }

    #[cfg(unix)]
    #[test]
    fn a_program_gets_arguments_and_text_as_they_are() {
        let dir = tempfile::tempdir().unwrap();
        let heard = dir.path().join("heard");
        let path = heard.display().to_string();
        let argv = [
            "sh",
            "-c",
            "printf '%s|' \"$@\" > \"$0\"; cat >> \"$0\"",
            &path,
            "{url}",
            "{title}",
        ]
        .map(str::to_owned);
        let to = Destination::Program("시험".to_owned(), argv.to_vec());
        assert_eq!(
            send(&parcel("제목 `id` {text}"), &to, &settings())
                .unwrap()
                .as_str(),
            "시험"
        );
        let expected = "https://a.kr/1|제목 `id` {text}|제목 `id` {text}\n\n첫 줄\n{url} $(id)\n";
        assert_eq!(fs::read_to_string(heard).unwrap(), expected);
    }

    #[test]
    fn a_program_that_is_missing_or_fails_is_told_by_its_name() {
        for program in ["no-such-program-here", "false"] {
            let to = Destination::Program("내 명령".to_owned(), vec![program.to_owned()]);
            let failure = send(&parcel("제목"), &to, &settings()).unwrap_err();
            assert_eq!(
                (failure.cause, &*failure.subject),
                (Cause::ShareFailed, "내 명령")
            );
        }
    }

    #[test]
    fn files_have_safe_names_and_never_take_the_place_of_others() {
        let dir = tempfile::tempdir().unwrap();
        let parcel = parcel("../가:나/다\\라?  “마”");
        let first = save(&parcel, "하나\n", dir.path()).unwrap();
        let second = save(&parcel, "둘", dir.path()).unwrap();
        assert_ne!(first, second);
        assert!(
            Path::new(&*first).parent() == Some(dir.path())
                && Path::new(&*second).parent() == Some(dir.path())
        );
        assert_eq!(fs::read_to_string(&*first).unwrap(), "하나\n");
        assert_eq!(
            fs::read_dir(dir.path()).unwrap().count(),
            2,
            "no parts are left"
        );
        assert_eq!(file_name("…/.. "), "…");
        assert_eq!(file_name("///"), "gisa");
    }

    #[test]
    fn mail_addresses_carry_no_syntax_of_their_own() {
        assert_eq!(
            mailto("a&b=c", "가\n"),
            "mailto:?subject=a%26b%3Dc&body=%EA%B0%80%0A"
        );
    }
}
