//! Reads the command lines that most starts of the reader have, without the parser.

use std::ffi::OsString;

use super::{Cli, GlobalArgs, LANGUAGES};

impl Cli {
    /// What the arguments after the program's name say, where they are nothing but options of the
    /// place and language of the library, each with its value: what the parser would say, which
    /// takes a tenth of the time to the first frame.
    pub(in crate::cli) fn of_plain(arguments: &[OsString]) -> Option<Self> {
        let mut global = GlobalArgs::default();
        let (pairs, rest) = arguments.as_chunks::<2>();
        for [option, value] in pairs {
            let option = option.to_str()?;
            let is_odd = value.is_empty() || value.as_encoded_bytes().starts_with(b"-");
            let is_repeated = match option {
                "--config" => global.config.replace(value.into()).is_some(),
                "--data-dir" => global.data_dir.replace(value.into()).is_some(),
                "--lang" => {
                    let lang = value.to_str().filter(|lang| LANGUAGES.contains(lang))?;
                    global.lang.replace(lang.to_owned()).is_some()
                }
                _ => return None,
            };
            if is_odd || is_repeated {
                return None;
            }
        }
        rest.is_empty().then_some(Self {
            global,
            sources: Vec::new(),
            linear: false,
            command: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    #[test]
    fn a_plain_command_line_says_what_the_parser_would_say() {
        let plain = |line: &str| {
            let arguments: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
            Cli::of_plain(&arguments).map(|cli| format!("{cli:?}"))
        };
        let parsed = |line: &str| {
            let cli = Cli::try_parse_from(format!("gisa {line}").split_whitespace());
            cli.ok().map(|cli| format!("{cli:?}"))
        };
        for line in [
            "",
            "--lang ko",
            "--data-dir d",
            "--config ~/c.toml --lang en --data-dir /한글",
        ] {
            assert!(plain(line).is_some());
            assert_eq!(plain(line), parsed(line), "{line}");
        }
        for line in [
            "--lang de",
            "--lang ko --lang en",
            "--config",
            "--config --lang",
        ] {
            assert_eq!((plain(line), parsed(line)), (None, None), "{line}");
        }
        for line in [
            "read a",
            "--lang=ko",
            "--offline",
            "a.html",
            "--linear --lang ko",
        ] {
            assert!(plain(line).is_none() && parsed(line).is_some(), "{line}");
        }
    }
}
