//! The desktop around the terminal: browser and viewer. Programs are started with a vector of
//! arguments; no shell sees an address.

use std::process::{Command, Stdio};

use crate::app::{Cause, Failure};
use crate::news::Clean;
use crate::runtime::workers::pictures::Gallery;

/// What opens anything, by system.
const OPENERS: [&str; 3] = ["xdg-open", "open", "wslview"];

/// Shows an address in the browser: `$BROWSER`, else the system's opener.
///
/// # Errors
/// None of them is there, or it is no address of the web.
pub fn browse(address: &Clean) -> Result<(), Failure> {
    let known = ["http://", "https://", "mailto:"];
    if !known.iter().any(|scheme| {
        address
            .get(..scheme.len())
            .is_some_and(|a| a.eq_ignore_ascii_case(scheme))
    }) {
        return Err(Failure::new(Cause::BadAddress, address));
    }
    let named = std::env::var("BROWSER").unwrap_or_default();
    let named = named
        .split(':')
        .filter(|b| !b.trim().is_empty())
        .map(|b| command(b, address));
    let openers = OPENERS
        .iter()
        .map(|program| vec![(*program).to_owned(), address.to_string()]);
    if named.chain(openers).any(|argv| start(&argv)) {
        Ok(())
    } else {
        Err(Failure::new(Cause::NoBrowser, ""))
    }
}

/// A command of `$BROWSER`: words, of which `%s` stands for the address; without one it comes last.
fn command(browser: &str, address: &str) -> Vec<String> {
    let mut words: Vec<String> = browser.split_whitespace().map(str::to_owned).collect();
    if words.iter().any(|w| w.contains("%s")) {
        words.iter_mut().for_each(|w| *w = w.replace("%s", address));
    } else {
        words.push(address.to_owned());
    }
    words
}

/// Shows a picture: the settings' viewer, where `{url}` and `{file}` are filled in, else the
/// browser for an address of the web and the system's opener for a file.
///
/// # Errors
/// None of them is there.
pub fn view(url: &Clean, viewer: &[String], gallery: &Gallery) -> Result<(), Failure> {
    let file = gallery.file(url).map(|path| path.display().to_string());
    if !viewer.is_empty() {
        let place = file.unwrap_or_else(|| url.to_string());
        let named = viewer
            .iter()
            .any(|a| a.contains("{url}") || a.contains("{file}"));
        let fill = |a: &String| a.replace("{url}", url).replace("{file}", &place);
        let argv: Vec<String> = viewer
            .iter()
            .map(fill)
            .chain((!named).then(|| place.clone()))
            .collect();
        return if start(&argv) {
            Ok(())
        } else {
            Err(Failure::new(Cause::NoViewer, &viewer[0]))
        };
    }
    if url.starts_with("http") {
        return browse(url);
    }
    let file = file.ok_or_else(|| Failure::new(Cause::NotFound, url))?;
    let opened = OPENERS
        .iter()
        .any(|program| start(&[(*program).to_owned(), file.clone()]));
    if opened {
        Ok(())
    } else {
        Err(Failure::new(Cause::NoViewer, OPENERS[0]))
    }
}

/// Starts a program that is left to itself; whether it could be started.
fn start(argv: &[String]) -> bool {
    let Some((program, args)) = argv.split_first() else {
        return false;
    };
    let spawned = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    // Waited for, so that no dead process is left; browsers that fork away end at once.
    spawned
        .map(|mut child| std::thread::spawn(move || child.wait()))
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_get_the_address_where_they_want_it() {
        let address = "https://a.kr/?q=%s";
        assert_eq!(command("w3m -M", address), ["w3m", "-M", address]);
        assert_eq!(
            command("run --url=%s --new", "https://a.kr"),
            ["run", "--url=https://a.kr", "--new"]
        );
    }

    #[test]
    fn nothing_but_web_and_mail_is_opened() {
        for bad in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "-x",
            "",
            "ssh://a.kr",
        ] {
            assert_eq!(
                browse(&Clean::line(bad)).unwrap_err().cause,
                Cause::BadAddress,
                "{bad}"
            );
        }
    }
}
