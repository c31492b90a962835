//! The desktop around the terminal: a browser.

use std::process::{Command, Stdio};

use crate::app::{Cause, Failure};
use crate::news::Clean;

/// Shows an address in the browser: `$BROWSER`, else the system's opener. No shell sees the address.
///
/// # Errors
/// None of them is there.
pub fn browse(address: &Clean) -> Result<(), Failure> {
    let named = std::env::var("BROWSER").ok();
    let named = named.as_deref().into_iter().flat_map(|list| list.split(':')).filter(|b| !b.is_empty());
    for browser in named.chain(["xdg-open", "open", "wslview"]) {
        let mut words = browser.split_whitespace();
        let Some(program) = words.next() else { continue };
        let spawned = Command::new(program)
            .args(words)
            .arg(address.as_str())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Ok(mut child) = spawned {
            // Waited for, so that no dead process is left; browsers that fork away end at once.
            std::thread::spawn(move || child.wait());
            return Ok(());
        }
    }
    Err(Failure::new(Cause::NoBrowser, ""))
}
