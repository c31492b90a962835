//! Writes to the terminal, and reads from it until it has answered or time is up.

use std::io::{self, IsTerminal as _, Write as _};
#[cfg(unix)]
use std::os::fd::AsFd;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::replies::Replies;

/// How long answers may come after the last one.
#[cfg(unix)]
const GRACE: Duration = Duration::from_millis(12);

/// Writes the batches, each of which must end with a question for the primary device attributes, one when the one before
/// is answered, and reads the answers. `None` where there is nothing to ask. Waits `limit` in all, twice that once an
/// answer has come.
#[cfg(unix)]
pub(super) fn ask(batches: &[String], limit: Duration) -> Option<Replies> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return converse(&stdin, batches, limit).ok();
    }
    let tty = std::fs::File::open("/dev/tty").ok()?;
    converse(&tty, batches, limit).ok()
}

/// Other systems' terminals are taken at their usual widths.
#[cfg(not(unix))]
pub(super) fn ask(_batches: &[String], _limit: Duration) -> Option<Replies> {
    None
}

#[cfg(unix)]
fn converse(input: &impl AsFd, batches: &[String], limit: Duration) -> io::Result<Replies> {
    let start = Instant::now();
    let mut replies = Replies::default();
    for batch in batches {
        let before = replies.attributes.take();
        let mut out = io::stdout().lock();
        out.write_all(batch.as_bytes())?;
        out.flush()?;
        if !listen(input, start, limit, &mut replies)? {
            replies.attributes = before;
            break;
        }
    }
    // The last question is answered last by what keeps to the rules; what does not must not have its other answers taken
    // for keys.
    let mut buffer = [0u8; 1024];
    while replies.attributes.is_some() && !replies.are_whole() && is_ready(input, GRACE)? {
        match rustix::io::read(input, &mut buffer) {
            Ok(read) if read > 0 => drop(replies.feed(&buffer[..read])),
            _ => break,
        }
    }
    replies.end();
    Ok(replies)
}

/// Reads until the last answer of a batch; whether it came.
#[cfg(unix)]
fn listen(input: &impl AsFd, start: Instant, limit: Duration, replies: &mut Replies) -> io::Result<bool> {
    let mut buffer = [0u8; 1024];
    loop {
        let patience = if replies.columns.is_empty() { limit } else { limit * 2 };
        let left = patience.saturating_sub(start.elapsed());
        if left.is_zero() || !is_ready(input, left)? {
            return Ok(false);
        }
        // Unbuffered: what belongs to the next reader stays with the system.
        let read = match rustix::io::read(input, &mut buffer) {
            Ok(0) => return Ok(false),
            Ok(read) => read,
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => continue,
            Err(error) => return Err(error.into()),
        };
        if replies.feed(&buffer[..read]) {
            return Ok(true);
        }
    }
}

#[cfg(unix)]
fn is_ready(input: &impl AsFd, limit: Duration) -> io::Result<bool> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let limit = Timespec::try_from(limit).map_err(io::Error::other)?;
    match poll(&mut [PollFd::new(input, PollFlags::IN)], Some(&limit)) {
        Ok(ready) => Ok(ready > 0),
        Err(rustix::io::Errno::INTR) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// The terminal that the tmux client runs in, as tmux knows it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Client {
    /// Its own answer, else its `TERM` without `xterm-`.
    pub(super) name: String,
    /// It draws sixels.
    pub(super) sixel: bool,
    /// tmux hands wrapped sequences on to it.
    pub(super) passes: bool,
}

/// Asks tmux about its client.
pub(super) fn tmux_client() -> Option<Client> {
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

/// What tmux says of it: features, whether sequences are handed on, names.
fn client(text: &str) -> Option<Client> {
    let mut lines = text.lines().map(str::trim);
    let sixel = lines.next()?.split(',').any(|feature| feature == "sixel");
    let passes = matches!(lines.next()?, "on" | "all" | "1" | "2");
    let name = lines.find(|line| !line.is_empty())?;
    let name = name.strip_prefix("xterm-").unwrap_or(name).chars().filter(|c| !c.is_control()).take(64).collect();
    Some(Client { name, sixel, passes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tmux_says_of_its_client_is_read() {
        let kitty = client("256,RGB,title\non\nkitty(0.41.1)\nxterm-kitty\n").unwrap();
        assert_eq!((kitty.name.as_str(), kitty.passes, kitty.sixel), ("kitty(0.41.1)", true, false));
        let foot = client("bpaste,sixel\noff\n\nxterm-foot\n").unwrap();
        assert_eq!((foot.name.as_str(), foot.passes, foot.sixel), ("foot", false, true));
        assert_eq!(client("\n\n\n"), None);
    }
}
