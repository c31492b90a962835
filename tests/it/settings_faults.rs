//! Faults of the settings and of the files beside them: each is told with its file and line, in
//! both languages, the first of a file first, and `doctor` lists them all.

use crate::support::sandbox::{Ran, Sandbox};

/// A faulty settings file: its text, the line of the fault, and words that both languages say.
const FAULTY: [(&str, usize, &[&str]); 31] = [
    ("them = \"dark\"\n", 1, &["them", "theme"]),
    ("[reading]\nmesure = 60\n", 2, &["mesure", "measure"]),
    ("[redaing]\nmeasure = 60\n", 1, &["redaing"]),
    ("\n[reading]\nmeasure = \"wide\"\n", 3, &["reading.measure"]),
    ("language = 3\n", 1, &["language"]),
    ("[list]\nlines = true\n", 2, &["list.lines"]),
    ("reading = 3\n", 1, &["reading"]),
    (
        "[reading]\nmeasure = 900\n",
        2,
        &["reading.measure", "20..200"],
    ),
    ("[reading]\nmeasure = 201\n", 2, &["20..200"]),
    ("[summary.model]\n\ntimeout = 0\n", 3, &["1..600"]),
    ("[pictures]\nshow = \"no\"\n", 2, &["pictures.show", "auto"]),
    ("theme = \"sepia\"\n", 1, &["sepia"]),
    (
        "[reading]\n\nfont = \"No Such Font\"\n",
        3,
        &["No Such Font"],
    ),
    (
        "[keys.list]\n\"x\" = \"scrap\"\n\"g\" = \"first\"\n",
        3,
        &["keys.list", "\"g\""],
    ),
    ("[keys.global]\n\"n\" = \"zen\"\n", 2, &["\"n\"", "keys."]),
    ("[keys.reader]\n\"Ctrl+x\" = \"zen\"\n", 2, &["Ctrl+x"]),
    ("[keys.reader]\n\n\"x\" = \"fly\"\n", 3, &["fly"]),
    ("[keys.readr]\n\"x\" = \"zen\"\n", 1, &["keys.readr"]),
    (
        "[[rules]]\nwhen = \"/금리(/\"\ndo = [\"scrap\"]\n",
        1,
        &["/금리("],
    ),
    (
        "[[rules]]\nwhen = \"금리\"\ndo = [\"scrap\"]\n[[rules]]\nwhen = \"(금리\"\ndo = [\"scrap\"]\n",
        4,
        &["(금리"],
    ),
    (
        "\n[[rules]]\nwhen = \"금리\"\ndo = [\"erase\"]\n",
        2,
        &["erase"],
    ),
    ("[[rules]]\nwhen = \"금리\"\ndo = [3]\n", 3, &["rules.do"]),
    ("[[rules]]\nwhen = \"금리\"\n", 1, &["do"]),
    ("[alerts]\nquiet = \"night\"\n", 2, &["23:00-07:00"]),
    ("[network]\nproxy = \"x\"\n", 2, &["socks5h"]),
    (
        "[sources.\"a\"]\nfile = \"a\"\nmail = \"b\"\n",
        1,
        &["exec"],
    ),
    (
        "[login.\"co.kr\"]\ncookies = \"a\"\n",
        1,
        &["cookie_command"],
    ),
    ("[feeds.\"a.kr\"]\nuser = \"x\"\n", 1, &["password_command"]),
    ("theme = dark\n", 1, &["TOML"]),
    ("theme = \"dark\"\n[reading\nmeasure = 80\n", 2, &["TOML"]),
    ("theme = \"dark\"\ntheme = \"light\"\n", 2, &["TOML"]),
];

/// Faulty files beside the settings: name, text, line, words.
const BESIDE: [(&str, &str, usize, &[&str]); 9] = [
    (
        "feeds.toml",
        "[\"https://a.kr/\"]\nevry = 10\n",
        2,
        &["evry"],
    ),
    (
        "feeds.toml",
        "[\"https://a.kr/\"]\n\nevery = 1\n",
        3,
        &["5..10080"],
    ),
    (
        "feeds.toml",
        "[\"https://a.kr/\"]\nfull_text = 1\n",
        2,
        &["full_text"],
    ),
    ("themes/mine.toml", "[titel]\nfg = \"red\"\n", 1, &["titel"]),
    (
        "themes/mine.toml",
        "[title]\nfg = \"rot\"\n",
        2,
        &["rot", "#rrggbb"],
    ),
    (
        "themes/mine.toml",
        "base = \"night\"\n",
        1,
        &["night", "dark"],
    ),
    (
        "publishers/a.toml",
        "hosts = [\"a.kr\"]\nbodyy = \"x\"\n",
        2,
        &["bodyy"],
    ),
    ("publishers/a.toml", "hosts = 3\n", 1, &["hosts"]),
    (
        "publishers/a.toml",
        "hosts = [\"a.kr\"]\nbody = [\n  \"p\",\n  \"p:::x[\",\n]\n",
        4,
        &["p:::x["],
    ),
];

fn doctor(sandbox: &Sandbox, language: &str) -> Ran {
    sandbox.run(&["--lang", language, "doctor"])
}

/// The lines of a report that need attention.
fn faults(ran: &Ran) -> Vec<&str> {
    ran.out
        .lines()
        .filter(|line| line.starts_with('!'))
        .collect()
}

#[track_caller]
fn is_told(file: &str, text: &str, line: usize, words: &[&str]) {
    let sandbox = Sandbox::new();
    sandbox.file(file, text);
    for language in ["ko", "en"] {
        let ran = doctor(&sandbox, language);
        assert_eq!(ran.code, 1, "{text}: {}", ran.out);
        let name = file.rsplit('/').next().unwrap_or(file);
        let place = format!("{name}:{line}: ");
        let told = faults(&ran);
        let fault = told.iter().find(|told| told.contains(&place));
        assert!(fault.is_some(), "{place} of {text}\n{}{}", ran.out, ran.err);
        let fault = fault.copied().unwrap_or_default();
        for word in words {
            assert!(fault.contains(word), "{word}: {fault}");
        }
        let is_korean = fault
            .replace("금리", "")
            .chars()
            .any(gisa::news::hangul::is_hangul_syllable);
        assert_eq!(is_korean, language == "ko", "{fault}");
        for english in ["expected", "unknown field", "invalid type", "missing field"] {
            assert!(!fault.contains(english), "{fault}");
        }
    }
}

#[test]
fn each_fault_of_the_settings_is_told_with_its_line() {
    for (text, line, words) in FAULTY {
        // Without drawn letters no font is looked for.
        if text.contains("font =") && !cfg!(feature = "pictures") {
            continue;
        }
        is_told("config.toml", text, line, words);
    }
}

#[test]
fn each_fault_of_the_files_beside_the_settings_is_told_with_its_line() {
    for (file, text, line, words) in BESIDE {
        is_told(file, text, line, words);
    }
}

#[test]
fn of_several_faults_the_first_in_the_file_comes_first_and_all_are_listed() {
    let text = "theme = \"sepia\"\n\
        [summary]\nsentences = 9\nsentence = 3\n\
        [reading]\nmeasure = \"x\"\nline_gap = 9\n\
        [[rules]]\nwhen = \"a\"\ndo = [3]\n[[rules]]\nwhen = \"(a\"\ndo = [\"scrap\"]\n\
        [keys.list]\n\"x\" = \"fly\"\n\
        [network]\ntimeout = 0\n";
    let lines = [1, 3, 4, 6, 7, 10, 11, 15, 17];
    let sandbox = Sandbox::new();
    sandbox.file("config.toml", text);
    let places = |told: &str| -> Vec<usize> {
        let after = told.split("config.toml:").skip(1);
        after
            .filter_map(|rest| rest.split(':').next()?.parse().ok())
            .collect()
    };
    let report = doctor(&sandbox, "ko");
    assert_eq!(places(&faults(&report).join("\n")), lines, "{}", report.out);
    let ran = sandbox.run(&["list"]);
    assert_eq!((ran.code, places(&ran.err)), (2, vec![1]), "{}", ran.err);
    assert!(
        ran.err.contains("8") && ran.err.contains("gisa doctor"),
        "{}",
        ran.err
    );
    // What one needs to mend the file works.
    assert_eq!(sandbox.run(&["config", "path"]).code, 0);
    // What stands before a place where the file is no TOML is told, too.
    sandbox.file("config.toml", "them = 3\n[reading\nmesure = 3\n");
    assert_eq!(places(&faults(&doctor(&sandbox, "en")).join("\n")), [1, 2]);
    for (file, text, lines) in [
        (
            "feeds.toml",
            "[\"https://b.kr/\"]\nevery = 1\n[\"https://a.kr/\"]\nevry = 2\nkeep_days = 0\n",
            vec![2, 4, 5],
        ),
        (
            "themes/x.toml",
            "base = \"x\"\n[title]\nfg = \"rot\"\nbg = \"#12\"\n[titel]\n",
            vec![1, 3, 4, 5],
        ),
    ] {
        let sandbox = Sandbox::new();
        sandbox.file(file, text);
        let report = doctor(&sandbox, "ko");
        let told = faults(&report)
            .join("\n")
            .replace("feeds.toml:", "config.toml:")
            .replace("x.toml:", "config.toml:");
        assert_eq!(places(&told), lines, "{told}");
    }
}

#[test]
fn a_theme_whose_file_is_wrong_is_told_as_wrong_and_not_as_missing() {
    let sandbox = Sandbox::new();
    sandbox.file("config.toml", "theme = \"mine\"\n");
    for (text, told) in [
        ("titel = { fg = \"#ffffff\" }\n", "mine.toml:1"),
        ("foo = { fg = \"#ffffff\" }\n", "there is no key foo"),
        ("base = \"dark\"\ntext = { fg = \n", "mine.toml:2"),
    ] {
        sandbox.file("themes/mine.toml", text);
        let list = sandbox.run(&["--lang", "en", "list"]);
        assert!(list.err.contains(told), "{}", list.err);
        assert!(!list.err.contains("no such theme"), "{}", list.err);
        let report = doctor(&sandbox, "en");
        assert!(faults(&report).join("\n").contains(told), "{}", report.out);
        assert!(!report.out.contains("no such theme"), "{}", report.out);
    }
    sandbox.file("themes/mine.toml", "base = \"dark\"\n");
    assert_eq!(sandbox.run(&["list"]).err, "");
}
