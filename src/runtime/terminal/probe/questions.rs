//! The sequences that ask the terminal what it can do.

use super::environment::TerminalEnvironment;
use super::replies::ROW;

/// What is written to measure each width, in the order of [`super::Widths`]; then a space of double
/// width and one of double size in the text-sizing protocol.
pub(crate) const QUESTIONS: [&str; 13] = [
    "▲",
    "“",
    "·",
    "─",
    "▀",
    "❤\u{FE0F}",
    "👍🏿",
    "👨\u{200D}👩\u{200D}👧",
    "가\u{200D}나",
    "\u{1FB00}",
    "\u{1CD00}",
    "\x1b]66;w=2; \x1b\\",
    "\x1b]66;s=2; \x1b\\",
];

/// Asks for the primary device attributes. Every terminal answers this, and in order, so that its
/// answer shows that there are no more to other questions.
pub(crate) const LAST_QUESTION: &str = "\x1b[c";

/// Asks whether one pixel in kitty's graphics protocol could be shown (`a=q`), without storing it.
const GRAPHICS_ASKED: &str = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\";
/// Asks for the most colours and the largest size of a sixel picture (XTSMGRAPHICS).
const SIXELS_ASKED: &str = "\x1b[?1;1;0S\x1b[?2;1;0S";

/// The questions whose answers are cursor positions. The characters are written invisibly and
/// erased afterwards.
pub(crate) fn widths_asked() -> String {
    let mut out = String::from("\x1b[0;8m");
    for question in QUESTIONS {
        out.push_str(&format!("\x1b[{ROW};1H{question}\x1b[6n"));
    }
    out + "\x1b[0m\x1b[H\x1b[2J"
}

/// The questions for name, version, keyboard protocol, background and pictures. Only a terminal
/// that is known to answer in time is asked these, since late answers to them would be read as
/// keys. GNU screen is not asked about background and pictures: it passes these questions on. tmux
/// is not asked about kitty's graphics: it takes that sequence for the title of a window.
pub(crate) fn names_asked(environment: &TerminalEnvironment) -> String {
    let graphics = if environment.is_in_tmux {
        ""
    } else {
        GRAPHICS_ASKED
    };
    let outer = format!("\x1b]11;?\x1b\\{graphics}{SIXELS_ASKED}\x1b[H\x1b[2J");
    let outer = if environment.passes_questions_on {
        ""
    } else {
        outer.as_str()
    };
    format!("\x1b[>q\x1b[>c\x1b[?u{outer}")
}
