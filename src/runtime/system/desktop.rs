//! Opens addresses and files in the desktop's programs: browser and picture viewer. Programs get
//! their arguments as a list; no shell sees an address.

use std::process::{Command, Stdio};

use crate::app::{Cause, Failure};
use crate::news::Clean;
use crate::runtime::workers::pictures::Gallery;

/// Programs that open an address or file, which follows their arguments: Linux, macOS, WSL.
#[cfg(not(windows))]
const OPENERS: [&[&str]; 3] = [&["xdg-open"], &["open"], &["wslview"]];

/// On Windows what `start` does, but without a shell, which would read `&` in an address.
#[cfg(windows)]
const OPENERS: [&[&str]; 1] = [&["rundll32.exe", "url.dll,FileProtocolHandler"]];

/// What separates the commands in `$BROWSER`. On Windows paths have colons.
const BETWEEN_BROWSERS: char = if cfg!(windows) { ';' } else { ':' };

/// The commands that open `target` in the system's programs, the usual one first.
pub(crate) fn opening(target: &str) -> impl Iterator<Item = Vec<String>> {
    OPENERS.iter().map(move |opener| {
        let words = opener.iter().chain([&target]);
        words.map(|word| (*word).to_owned()).collect()
    })
}

/// Opens an address in the browser: `$BROWSER`, else the system's opener.
///
/// # Errors
/// None of them could be started, or it is no web address.
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
        .split(BETWEEN_BROWSERS)
        .filter(|b| !b.trim().is_empty())
        .map(|b| command(b, address));
    if named.chain(opening(address)).any(|argv| start(&argv)) {
        Ok(())
    } else {
        Err(Failure::new(Cause::NoBrowser, ""))
    }
}

/// The arguments of a command in `$BROWSER`: its words, with `%s` replaced by the address, which is
/// appended where there is no `%s`.
fn command(browser: &str, address: &str) -> Vec<String> {
    let mut words: Vec<String> = browser.split_whitespace().map(str::to_owned).collect();
    if words.iter().any(|w| w.contains("%s")) {
        words.iter_mut().for_each(|w| *w = w.replace("%s", address));
    } else {
        words.push(address.to_owned());
    }
    words
}

/// Opens a picture: in the viewer of the settings, with `{url}` and `{file}` replaced; else a web
/// address in the browser, and a file with the system's opener.
///
/// # Errors
/// None of them could be started.
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
    if opening(&file).any(|argv| start(&argv)) {
        Ok(())
    } else {
        Err(Failure::new(Cause::NoViewer, OPENERS[0][0]))
    }
}

/// Starts a program without waiting for it; returns whether it could be started.
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
    // Waited for, so that no zombie process is left; browsers that fork end at once.
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
