//! What the environment tells of the terminal before anything is asked.

use super::tty;

pub(crate) fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// What the environment tells.
#[derive(Clone, Debug, Default)]
pub(crate) struct TerminalEnvironment {
    pub(crate) name: String,
    pub(crate) outer: String,
    pub(crate) passes: bool,
    pub(crate) outer_sixel: bool,
    pub(crate) is_mute: bool,
    pub(crate) is_foreign: bool,
    /// tmux is around.
    pub(crate) is_inside: bool,
    /// GNU screen answers the last question itself and passes the one for the background on: that
    /// answer comes late, and would be read as keys.
    pub(crate) passes_questions_on: bool,
}

impl TerminalEnvironment {
    pub(crate) fn of_env() -> Self {
        let term = variable("TERM");
        // The second is handed on over SSH, the first is not.
        let named = ["TERM_PROGRAM", "LC_TERMINAL"]
            .map(variable)
            .into_iter()
            .find(|name| !name.is_empty());
        let is_named_well = term.starts_with("alacritty");
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .map(variable)
            .into_iter()
            .find(|value| !value.is_empty());
        let charset = locale.and_then(|locale| {
            locale
                .split_once('.')
                .map(|(_, charset)| charset.to_lowercase())
        });
        Self {
            is_mute: term.is_empty() || term == "dumb",
            is_inside: !variable("TMUX").is_empty(),
            passes_questions_on: !variable("STY").is_empty(),
            is_foreign: charset.is_some_and(|charset| !charset.starts_with("utf")),
            name: named.filter(|_| !is_named_well).unwrap_or(term),
            ..Self::default()
        }
    }

    /// With what tmux tells of the terminal around it. That asks another program, and takes as long
    /// as ten frames.
    pub(crate) fn within(self) -> Self {
        let client = if self.is_inside {
            tty::tmux_client()
        } else {
            None
        };
        let client = client.unwrap_or_default();
        Self {
            outer: client.name,
            passes: client.passes,
            outer_sixel: client.sixel,
            ..self
        }
    }

    pub(crate) fn can_answer(&self) -> bool {
        !self.is_mute && std::io::IsTerminal::is_terminal(&std::io::stdout())
    }
}
