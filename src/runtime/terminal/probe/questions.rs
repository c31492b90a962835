//! What a terminal is asked.

use super::environment::TerminalEnvironment;
use super::replies::ROW;

/// What is written for each width, in the order of [`super::Widths`]; then a blank at double width
/// and one at double size in the text-sizing protocol.
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

/// Primary device attributes: every terminal answers, after all that it was asked before.
pub(crate) const LAST_QUESTION: &str = "\x1b[c";

/// One pixel in kitty's graphics, which is not kept.
const GRAPHICS_ASKED: &str = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\";
/// How many colours and pixels a picture of sixels may have.
const SIXELS_ASKED: &str = "\x1b[?1;1;0S\x1b[?2;1;0S";

/// The questions whose answers are cursor positions. Characters are written invisibly, and erased.
pub(crate) fn widths_asked() -> String {
    let mut out = String::from("\x1b[0;8m");
    for question in QUESTIONS {
        out.push_str(&format!("\x1b[{ROW};1H{question}\x1b[6n"));
    }
    out + "\x1b[0m\x1b[H\x1b[2J"
}

/// Name, version, keyboard protocol, background, and what pictures it takes. Asked only of a
/// terminal that is known to answer in time: these answers, come late, would be read as keys. One
/// that passes questions on is not asked what is around it. Inside tmux kitty's graphics are not
/// asked for: it takes such a string for a window's title.
pub(crate) fn names_asked(environment: &TerminalEnvironment) -> String {
    let graphics = if environment.is_inside {
        ""
    } else {
        GRAPHICS_ASKED
    };
    let around = format!("\x1b]11;?\x1b\\{graphics}{SIXELS_ASKED}\x1b[H\x1b[2J");
    let around = if environment.passes_questions_on {
        ""
    } else {
        around.as_str()
    };
    format!("\x1b[>q\x1b[>c\x1b[?u{around}")
}
