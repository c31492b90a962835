//! Sources without a feed on the web, which the settings name: a program's output, a file, a folder
//! of mail.

use serde::{Deserialize, Serialize};

/// How the address of such a source begins; its name in the settings follows. What the source is
/// stands in the settings alone, so that no list, server or library can have a program run.
pub const LOCAL: &str = "local:";

/// A source without a feed on the web. One of its ways is set.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct LocalSource {
    /// The command that writes a feed to its standard output, as program and arguments.
    pub exec: Vec<String>,
    /// The path of a file that is a feed.
    pub file: String,
    /// The path of a maildir, of an mbox, or of a folder of messages.
    pub mail: String,
    /// Seconds that the command may take, 1 to 600.
    pub timeout: u16,
    /// The folder of the subscriptions in which it is listed; empty for none.
    pub folder: String,
}

impl Default for LocalSource {
    fn default() -> Self {
        Self {
            exec: Vec::new(),
            file: String::new(),
            mail: String::new(),
            timeout: 60,
            folder: String::new(),
        }
    }
}

impl LocalSource {
    /// Whether exactly one way is set.
    pub fn is_one_thing(&self) -> bool {
        let ways = [
            self.exec.first().is_some_and(|program| !program.is_empty()),
            !self.file.is_empty(),
            !self.mail.is_empty(),
        ];
        ways.iter().filter(|is_set| **is_set).count() == 1
    }
}
