//! What environment variables and tmux say about the terminal.

use super::tty;

/// An environment variable; empty where it is unset or not UTF-8.
pub(crate) fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// What environment variables and tmux say about the terminal.
#[derive(Clone, Debug, Default)]
pub(crate) struct TerminalEnvironment {
    /// `TERM_PROGRAM`, else `LC_TERMINAL`, else `TERM`.
    pub(crate) name: String,
    /// The terminal that the tmux client runs in; empty without tmux.
    pub(crate) outer: String,
    /// tmux passes wrapped sequences through to the outer terminal (`allow-passthrough`).
    pub(crate) passes: bool,
    /// The outer terminal shows sixels.
    pub(crate) outer_sixel: bool,
    /// `TERM` is unset or `dumb`: the terminal understands no sequences.
    pub(crate) is_dumb: bool,
    /// The locale has a character set other than UTF-8.
    pub(crate) has_foreign_charset: bool,
    /// The program runs in tmux.
    pub(crate) is_in_tmux: bool,
    /// The program runs in GNU screen, which answers the last question itself but passes the one
    /// for the background colour on: that answer comes after the last one, and would be read as
    /// keys.
    pub(crate) passes_questions_on: bool,
}

impl TerminalEnvironment {
    pub(crate) fn of_env() -> Self {
        let term = variable("TERM");
        // On most systems SSH passes variables that begin with `LC_` on, but not `TERM_PROGRAM`.
        let named = ["TERM_PROGRAM", "LC_TERMINAL"]
            .map(variable)
            .into_iter()
            .find(|name| !name.is_empty());
        // Alacritty sets no `TERM_PROGRAM`: one in its environment is from the terminal that it was
        // started in.
        let is_alacritty = term.starts_with("alacritty");
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
            is_dumb: term.is_empty() || term == "dumb",
            is_in_tmux: !variable("TMUX").is_empty(),
            passes_questions_on: !variable("STY").is_empty(),
            has_foreign_charset: charset.is_some_and(|charset| !charset.starts_with("utf")),
            name: named.filter(|_| !is_alacritty).unwrap_or(term),
            ..Self::default()
        }
    }

    /// Adds what tmux says about its client. This runs `tmux`, which takes as long as ten frames.
    pub(crate) fn with_tmux_client(self) -> Self {
        let client = if self.is_in_tmux {
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

    /// Whether asking makes sense: standard output is a terminal that understands sequences.
    pub(crate) fn can_answer(&self) -> bool {
        !self.is_dumb && std::io::IsTerminal::is_terminal(&std::io::stdout())
    }
}
