//! Reads the terminal's answers, and asks tmux about its client.

#[cfg(unix)]
use std::io::{self, IsTerminal as _};
#[cfg(unix)]
use std::os::fd::AsRawFd;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::replies::Replies;

/// Where the terminal's answers are read: standard input, or `/dev/tty` where that is something
/// else.
#[cfg(unix)]
pub(crate) enum AnswerInput {
    Input(io::Stdin),
    Terminal(std::fs::File),
}

#[cfg(unix)]
impl AnswerInput {
    /// Standard input if it is a terminal, else `/dev/tty`; `None` if there is no terminal.
    pub(crate) fn find() -> Option<Self> {
        let stdin = io::stdin();
        if stdin.is_terminal() {
            return Some(Self::Input(stdin));
        }
        Some(Self::Terminal(std::fs::File::open("/dev/tty").ok()?))
    }

    /// Waits until something can be read, for `limit` at most; returns whether it can.
    pub(crate) fn is_ready(&self, limit: Duration) -> bool {
        match self {
            Self::Input(input) => is_ready(input, limit),
            Self::Terminal(file) => is_ready(file, limit),
        }
        .unwrap_or(false)
    }

    /// Reads what is there; `None` at the end of the input or on an error. Not through std's
    /// buffer, which might take in bytes that crossterm is to read.
    pub(crate) fn read(&self, into: &mut Replies) -> Option<()> {
        let mut buffer = [0u8; 1024];
        let read = match self {
            Self::Input(input) => rustix::io::read(input, &mut buffer),
            Self::Terminal(file) => rustix::io::read(file, &mut buffer),
        };
        match read {
            Ok(0) => None,
            Ok(read) => {
                into.feed(&buffer[..read]);
                Some(())
            }
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => Some(()),
            Err(_) => None,
        }
    }
}

/// On other systems terminals are not asked; the usual widths are assumed.
#[cfg(not(unix))]
pub(crate) struct AnswerInput;

#[cfg(not(unix))]
impl AnswerInput {
    pub(crate) fn find() -> Option<Self> {
        None
    }

    pub(crate) fn is_ready(&self, _limit: Duration) -> bool {
        false
    }

    pub(crate) fn read(&self, _into: &mut Replies) -> Option<()> {
        None
    }
}

/// Not by `poll` itself: that of macOS reports terminals as ready at once, and the read would then
/// wait for ever. There this is `select`.
#[cfg(unix)]
fn is_ready(input: &impl AsRawFd, limit: Duration) -> io::Result<bool> {
    use filedescriptor::{Error, POLLIN, poll, pollfd};
    let mut asked = [pollfd {
        fd: input.as_raw_fd(),
        events: POLLIN,
        revents: 0,
    }];
    match poll(&mut asked, Some(limit)) {
        Ok(ready) => Ok(ready > 0),
        Err(Error::Poll(error)) if error.kind() == io::ErrorKind::Interrupted => Ok(true),
        Err(error) => Err(io::Error::other(error)),
    }
}

/// What tmux knows about the terminal that its client runs in.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TmuxClient {
    /// Its answer to XTVERSION, else its `TERM` without `xterm-`.
    pub(crate) name: String,
    /// It shows sixels.
    pub(crate) sixel: bool,
    /// tmux passes wrapped sequences through to it.
    pub(crate) passes: bool,
}

/// Asks tmux about its client.
pub(crate) fn tmux_client() -> Option<TmuxClient> {
    let output = Command::new("tmux")
        .args([
            "display-message",
            "-p",
            "#{client_termfeatures}\n#{allow-passthrough}\n#{client_termtype}\n#{client_termname}",
        ])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    client(&String::from_utf8_lossy(&output.stdout))
}

/// Parses the lines of tmux's answer: features, passthrough, name and version, `TERM`.
fn client(text: &str) -> Option<TmuxClient> {
    let mut lines = text.lines().map(str::trim);
    let sixel = lines.next()?.split(',').any(|feature| feature == "sixel");
    let passes = matches!(lines.next()?, "on" | "all" | "1" | "2");
    let name = lines.find(|line| !line.is_empty())?;
    let name = name
        .strip_prefix("xterm-")
        .unwrap_or(name)
        .chars()
        .filter(|c| !c.is_control())
        .take(64)
        .collect();
    Some(TmuxClient {
        name,
        sixel,
        passes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tmux_says_of_its_client_is_read() {
        let kitty = client("256,RGB,title\non\nkitty(0.41.1)\nxterm-kitty\n").unwrap();
        assert_eq!(
            (kitty.name.as_str(), kitty.passes, kitty.sixel),
            ("kitty(0.41.1)", true, false)
        );
        let foot = client("bpaste,sixel\noff\n\nxterm-foot\n").unwrap();
        assert_eq!(
            (foot.name.as_str(), foot.passes, foot.sixel),
            ("foot", false, true)
        );
        assert_eq!(client("\n\n\n"), None);
    }
}
