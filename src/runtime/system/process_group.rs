//! Programs that are ended with all that they started: each leads a process group of its own. Where
//! there are none (Windows), the program alone is ended.

use std::process::{Child, Command};

/// Lets the program lead a process group of its own.
pub(crate) fn lead(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command
}

/// Ends a program that leads its group, and all that it started.
pub(crate) fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        // It may have ended by itself just now.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    // Fails where it has ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}
