//! Commands to a terminal in every dress in which a page, a feed or a file can bring them.

/// Commands as a terminal would obey them. Each word in them that begins with `owned` must not be
/// seen anywhere: it stands inside a sequence.
pub(crate) const COMMANDS: [&str; 20] = [
    "\x1b]0;owned1\x07",
    "\x1b]2;owned2\x1b\\",
    "\x1b]52;c;b3duZWQz\x07",
    "\x1b]8;;https://owned4.example/\x1b\\\x1b]8;;\x1b\\",
    "\x1b]1337;File=name=owned5:AAAA\x07",
    "\x1b]777;notify;owned6;owned6\x07",
    "\x1b]4;1;?\x07",
    "\x1bP+q6f776e65643700owned7\x1b\\",
    "\x1b_Gf=100,t=f;b3duZWQ4\x1b\\",
    "\x1b^owned9\x1b\\",
    "\x1b[2J\x1b[3J\x1b[31337;1H",
    "\x1b[5;7;31m",
    "\x1b[?1049l\x1b[?25h\x1b[6n\x1b[21t",
    "\x1bc\x1b(0\x1b#8",
    "\u{9b}2J\u{9d}0;owned10\u{9c}\u{90}qowned11\u{9c}",
    "\0\x07\x08\x0b\x0c\x0e\x0f\x7f\u{84}\u{85}",
    "\u{202e}\u{202d}\u{2066}\u{2067}\u{2068}\u{200f}\u{61c}",
    "\u{feff}\u{e0041}\u{fff9}\u{ffff}\u{ad}",
    "\x1bPtmux;\x1b\x1b]52;c;b3duZWQxMg==\x07\x1b\\",
    "\x1b]66;s=7;\x1b[5m\x1b\\",
];

/// All commands in one piece.
pub(crate) fn raw() -> String {
    COMMANDS.concat()
}

/// With what only the outside can write: controls as references of the given form.
fn referenced(text: &str, form: impl Fn(u32) -> String) -> String {
    text.chars()
        .map(|c| {
            if c.is_alphanumeric() || c == ' ' {
                c.to_string()
            } else {
                form(c as u32)
            }
        })
        .collect()
}

/// Every dress for markup: raw, decimal, hexadecimal, without semicolon, twice escaped,
/// percent-encoded, and a few that are no characters at all.
pub(crate) fn dresses() -> Vec<String> {
    let raw = raw().replace('\0', "");
    // What is escaped once too often, or in percent, is text: it may be read, not obeyed.
    let text = raw.replace("owned", "seen");
    let percent: String = text
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    vec![
        raw.replace('&', "&amp;").replace('<', "&lt;"),
        referenced(&raw, |c| format!("&#{c};")),
        referenced(&raw, |c| format!("&#x{c:x};")),
        referenced(&text, |c| format!("&amp;#{c};")),
        referenced(&text, |c| format!("&amp;amp;#x{c:X};")),
        percent,
        "&#xD800;&#xDFFF;&#0;&#x110000;&#99999999999;&#x80;&#x9b;31m&rlm;&lrm;&zwj;&shy;&NewLine;&Tab;".to_owned(),
        format!("e{}\u{200b}{}", "\u{301}".repeat(3_000), "\u{200b}".repeat(3_000)),
    ]
}

/// The same for JSON strings: `\u` escapes, of halves of pairs too.
pub(crate) fn escaped() -> String {
    let mut out = String::new();
    for unit in raw().encode_utf16() {
        out.push_str(&format!("\\u{unit:04x}"));
    }
    out
}
