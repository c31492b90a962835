//! Whatever is typed: every command with hostile arguments and file names, on a terminal and in a
//! pipe, and wrong usage and help in the language of the interface. The table of commands is the
//! parser's own tree, so that a new command is in it.

use std::process::Stdio;

use clap::{Arg, ArgAction, Command, CommandFactory as _};
use gisa::cli::args::Cli;

use crate::support::hostile::COMMANDS;
use crate::support::pages::page;
use crate::support::pty::Pty;
use crate::support::sandbox::{Sandbox, program};
use crate::support::wire;

/// Every command of the tree: what is typed for it, and its definition.
fn commands() -> Vec<(Vec<String>, Command)> {
    fn below(command: &Command, path: &[String], out: &mut Vec<(Vec<String>, Command)>) {
        out.push((path.to_vec(), command.clone()));
        for command in command.get_subcommands() {
            let path = [path, &[command.get_name().to_owned()]].concat();
            below(command, &path, out);
        }
    }
    let mut out = Vec::new();
    below(&Cli::command(), &[], &mut out);
    out
}

/// Commands to a terminal that can stand in an argument, one after the other, for ever.
fn hostile() -> impl Iterator<Item = &'static str> {
    COMMANDS.into_iter().filter(|c| !c.contains('\0')).cycle()
}

fn is_option(argument: &Arg) -> bool {
    !argument.is_positional() && matches!(argument.get_action(), ArgAction::Set | ArgAction::Append)
}

/// Command lines with something hostile in each place where something can be typed.
fn command_lines(file: &str) -> Vec<Vec<String>> {
    let mut dress = hostile().map(|evil| format!("가{evil}x"));
    let mut next = move || dress.next().unwrap();
    let mut out = Vec::new();
    for (path, command) in commands() {
        let line = |more: Vec<String>| [vec!["--offline".to_owned()], path.clone(), more].concat();
        out.push(line(vec![format!("--{}", next())]));
        out.push(line(vec![format!("-{}", next())]));
        for option in command.get_arguments().filter(|a| is_option(a)) {
            let name = format!("--{}", option.get_long().unwrap());
            // Without a command, the reader would open where the option is right.
            if !path.is_empty() {
                out.push(line(vec![name.clone(), next()]));
                out.push(line(vec![file.to_owned(), name.clone(), next()]));
            }
            out.push(line(vec![name, next(), "--also".to_owned()]));
        }
        if !path.is_empty() {
            for globally in ["--config", "--data-dir", "--lang"] {
                out.push(line(vec![globally.to_owned(), next()]));
            }
            out.push(line(vec![next()]));
            out.push(line(vec![next(), next()]));
            out.push(line((0..7).map(|_| next()).collect()));
            out.push(line(vec![file.to_owned()]));
            out.push([vec![next()], path.clone(), vec!["x".to_owned()]].concat());
        }
    }
    out
}

/// A script that runs the program once for each command line.
fn script(lines: &[Vec<String>]) -> String {
    let quoted = |word: &String| format!("'{}'", word.replace('\'', "'\\''"));
    lines
        .iter()
        .map(|line| {
            let words: Vec<String> = line.iter().map(quoted).collect();
            format!("\"$GISA\" {} </dev/null\n", words.join(" "))
        })
        .collect()
}

#[test]
fn nothing_that_is_typed_commands_the_terminal() {
    let sandbox = Sandbox::new();
    let evil = hostile().find(|c| c.contains("[2J")).unwrap();
    let file = sandbox.file(&format!("x{evil}y.html"), page());
    let lines = command_lines(&file);
    assert!(lines.len() >= 300, "{}", lines.len());
    let script = sandbox.file("all.sh", script(&lines));
    // In a pipe: no control character at all.
    let ran = std::process::Command::new("sh")
        .arg(&script)
        .env_clear()
        .envs(sandbox.environment())
        .env("GISA", program())
        .current_dir(sandbox.path(""))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    for (stream, bytes) in [("out", &ran.stdout), ("err", &ran.stderr)] {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let bad = text
            .char_indices()
            .find(|(_, c)| !wire::is_harmless(*c) && !matches!(c, '\n' | '\t'));
        if let Some((at, c)) = bad {
            let around: String = text[..at].chars().rev().take(200).collect();
            let around: String = around.chars().rev().collect();
            panic!("{stream}: {c:?} after {around:?}");
        }
        assert!(!text.contains("owned"), "{stream}: letters of a command");
    }
    // On a terminal: nothing but what the program itself sends.
    let path = program().to_string_lossy().into_owned();
    let sh = std::path::Path::new("/bin/sh");
    let mut pty = Pty::of(&sandbox, (sh, &[&script]), &[("GISA", &path)], (100, 30));
    let wire = wire::read(&pty.all()).unwrap_or_else(|e| panic!("a foreign sequence: {e}"));
    assert!(!wire.text.contains("owned"), "letters of a command");
}

#[test]
fn usage_is_wrong_in_the_language_of_the_interface() {
    let sandbox = Sandbox::new();
    let is_korean = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
    for (args, parts) in [
        (&["read"][..], &["<SOURCE>"][..]),
        (&["read", "x", "--widht", "3"], &["--widht", "--width"]),
        (&["read", "x", "--width", "0"], &["--width", "0", "2..500"]),
        (&["read", "x", "--width", "many"], &["many"]),
        (&["read", "x", "--width"], &["--width"]),
        (&["read", "x", "--size", "giant"], &["giant", "xxlarge"]),
        (&["read", "x", "--short=3"], &["--short"]),
        (&["extract", "a", "b"], &["b"]),
        (&["doctor", "--json", "--rescue"], &["--json", "--rescue"]),
        (&["--lang", "fr", "doctor"], &["fr", "ko, en"]),
        (&["scraps", "exprot", "x"], &["exprot", "export"]),
        (&["x.txt", "doctor"], &["x.txt"]),
        (&["list", "--limit", "-1"], &["-1"]),
        (&["read", ""], &["<SOURCE>"]),
        (&["remove", ""], &["<URL>"]),
        (&["saved", "add", "", "x"], &["<NAME>"]),
    ] {
        let korean = sandbox.run(args);
        assert_eq!((korean.code, &*korean.out), (2, ""), "{args:?}");
        let first = korean.err.lines().next().unwrap();
        assert!(first.starts_with("gisa: ") && is_korean(first), "{first}");
        for part in parts {
            assert!(first.contains(part), "{first}: {part}");
        }
        let english = [args, &["--lang", "en"]].concat();
        let english = if args[0] == "--lang" {
            sandbox.command(args).env("LC_ALL", "C").output().unwrap()
        } else {
            sandbox.command(&english).output().unwrap()
        };
        let english = String::from_utf8(english.stderr).unwrap();
        assert!(!is_korean(&english), "{english}");
    }
}

#[test]
fn help_is_in_the_language_of_the_interface() {
    let sandbox = Sandbox::new();
    for (path, _) in commands() {
        let mut args: Vec<&str> = path.iter().map(String::as_str).collect();
        args.push("--help");
        let korean = sandbox.run(&args);
        let text = korean.ok();
        assert!(text.contains("사용법: gisa"), "{text}");
        for english in ["Usage", "Options", "Arguments", "Commands", "Print help"] {
            assert!(!text.contains(english), "{args:?} {english}: {text}");
        }
        let english = sandbox.run(&[&args[..], &["--lang", "en"]].concat());
        assert!(english.ok().contains("Usage: gisa"), "{}", english.out);
    }
    // Settings have a say too.
    sandbox.file("config.toml", "language = \"en\"\n");
    assert!(sandbox.run(&["read", "--help"]).ok().contains("Usage:"));
    assert!(sandbox.run(&["read"]).err.contains("Missing"));
}

#[test]
fn a_pipe_gets_no_command_for_a_cursor() {
    let sandbox = Sandbox::new();
    // Letters that some terminals draw wider than they say, which the screen wipes before.
    let text = "깃발 🇰🇷 하나 🇯 둘 ⚠️ 셋 ❤️ 넷 1️⃣ 다섯 👩‍🚀 여섯 ☎️ 가나다라마바사 아자차카타파하.";
    let body = page().replace("밤에 불을 켠", text);
    let file = sandbox.file("flag.html", body);
    for args in [
        &["read", &file][..],
        &["read", &file, "--color", "never"],
        &["read", &file, "--color", "never", "--size", "xlarge"],
        &["read", &file, "--short"],
        &[&*file],
    ] {
        let ran = sandbox.run(args);
        assert!(!ran.out.contains('\x1b'), "{args:?}");
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
    }
    let coloured = sandbox.run(&["read", &file, "--color", "always"]);
    let sequences: Vec<&str> = coloured.ok().split('\x1b').skip(1).collect();
    assert!(!sequences.is_empty());
    for sequence in sequences {
        let end = sequence.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        assert_eq!(&sequence[end..=end], "m", "{sequence:?}");
    }
}

#[test]
fn clip_and_clippings_are_names_of_scrap_and_scraps() {
    let sandbox = Sandbox::new();
    let page = sandbox.path("page.html");
    std::fs::write(
        &page,
        "<html><head><title>강변길</title></head><body><article><h1>강변길 서른 곳</h1>\
         <p>가람시가 강변길 서른 곳을 걷기 좋게 고친다. 공사는 봄에 시작한다고 시가 밝혔다.</p>\
         <p>시는 길마다 나무를 심고 의자를 놓는다. 비가 오면 물이 고이던 곳부터 고친다.</p></article></body></html>",
    )
    .unwrap();
    let page = page.display().to_string();
    sandbox.run(&["clip", &page]).ok();
    let names = [["scraps", "--json"], ["clippings", "--json"]];
    let listed = names.map(|args| sandbox.run(&args).ok().to_owned());
    assert!(listed[0].contains("강변길"), "{}", listed[0]);
    assert_eq!(listed[0], listed[1]);
}

#[test]
fn settings_are_written_where_config_says() {
    let sandbox = Sandbox::new();
    let file = sandbox.path("new.toml");
    let file = file.to_str().unwrap();
    assert_eq!(sandbox.run(&["--config", file, "config", "path"]).code, 0);
    let made = sandbox.run(&["--config", file, "config", "init"]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(std::path::Path::new(file).exists());
    let missing = format!("{file}.not");
    assert_eq!(
        sandbox.run(&["--config", &missing, "config", "show"]).code,
        1
    );
}

#[test]
fn a_feed_without_articles_has_no_document_but_a_sentence() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("a.xml", "<rss><channel><title>강변</title></channel></rss>");
    let extract = |format| {
        let ran = sandbox.run(&["extract", "--all", &file, "--format", format]);
        ran.ok().to_owned()
    };
    assert_eq!(extract("json"), "");
    assert_eq!(extract("text").lines().count(), 1);
    assert!(extract("text").contains("기사가 없습니다"));
}
