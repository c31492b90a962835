//! Events out of bytes that were read past the terminal's library, while answers were awaited among
//! them.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

/// The keys that end in a letter, or in `~` after a number.
const NAMED: [(&str, KeyCode); 25] = [
    ("A", KeyCode::Up),
    ("B", KeyCode::Down),
    ("C", KeyCode::Right),
    ("D", KeyCode::Left),
    ("H", KeyCode::Home),
    ("F", KeyCode::End),
    ("Z", KeyCode::BackTab),
    ("P", KeyCode::F(1)),
    ("Q", KeyCode::F(2)),
    ("R", KeyCode::F(3)),
    ("S", KeyCode::F(4)),
    ("1~", KeyCode::Home),
    ("3~", KeyCode::Delete),
    ("4~", KeyCode::End),
    ("5~", KeyCode::PageUp),
    ("6~", KeyCode::PageDown),
    ("7~", KeyCode::Home),
    ("8~", KeyCode::End),
    ("15~", KeyCode::F(5)),
    ("17~", KeyCode::F(6)),
    ("18~", KeyCode::F(7)),
    ("19~", KeyCode::F(8)),
    ("20~", KeyCode::F(9)),
    ("21~", KeyCode::F(10)),
    ("24~", KeyCode::F(12)),
];

const PASTE: (&str, &str) = ("\x1b[200~", "\x1b[201~");

/// What `bytes` say. What is not known is left out, and so is a paste without its end: as keys it
/// would be commands.
pub(crate) fn events(bytes: &[u8]) -> Vec<Event> {
    let text = String::from_utf8_lossy(bytes);
    let mut events = Vec::new();
    let mut rest = text.as_ref();
    while let Some(c) = rest.chars().next() {
        if let Some(pasted) = rest.strip_prefix(PASTE.0) {
            let Some((words, after)) = pasted.split_once(PASTE.1) else {
                break;
            };
            events.push(Event::Paste(words.to_owned()));
            rest = after;
            continue;
        }
        let (event, length) = match rest.as_bytes() {
            [0x1b, b'[', ..] => sequence(rest, 2),
            [0x1b, b'O', _, ..] => sequence(rest, 2),
            _ => (plain(c), c.len_utf8()),
        };
        events.extend(event);
        rest = &rest[length..];
    }
    events
}

/// The control sequence at the start of `text`, whose body begins at `from`, and its bytes.
fn sequence(text: &str, from: usize) -> (Option<Event>, usize) {
    let body = &text[from..];
    let end = body
        .find(|c: char| ('@'..='~').contains(&c))
        .map_or(body.len(), |end| end + 1);
    let body = &body[..end];
    let event = match body {
        "I" => Some(Event::FocusGained),
        "O" => Some(Event::FocusLost),
        _ if body.starts_with('<') => mouse(body),
        _ => named(body),
    };
    (event, from + end)
}

/// `5~`, `A`, or either with a modifier: `5;5~`, `1;2A`.
fn named(body: &str) -> Option<Event> {
    let last = body.len().checked_sub(1)?;
    let (number, modifier) = body[..last].split_once(';').unwrap_or((&body[..last], "1"));
    let name = if &body[last..] == "~" {
        format!("{number}~")
    } else {
        body[last..].to_owned()
    };
    let (_, code) = NAMED.iter().find(|(known, _)| *known == name)?;
    let bits = modifier.parse::<u8>().ok()?.checked_sub(1)?;
    let modifiers = [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
    ];
    let held = modifiers
        .into_iter()
        .filter(|(bit, _)| bits & bit > 0)
        .map(|(_, held)| held);
    Some(key(
        *code,
        held.fold(KeyModifiers::NONE, |all, one| all | one),
    ))
}

/// `<0;12;3M`: button, column and row from 1, and whether it is down.
fn mouse(body: &str) -> Option<Event> {
    let mut numbers = body[1..body.len().checked_sub(1)?]
        .split(';')
        .map(|n| n.parse::<u16>().ok());
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let kind = match (button & 0b110_0011, body.ends_with('M')) {
        (0, true) => MouseEventKind::Down(MouseButton::Left),
        (0, false) => MouseEventKind::Up(MouseButton::Left),
        (0b010_0000, _) => MouseEventKind::Drag(MouseButton::Left),
        (0b100_0000, _) => MouseEventKind::ScrollUp,
        (0b100_0001, _) => MouseEventKind::ScrollDown,
        _ => return None,
    };
    let (column, row) = (column.checked_sub(1)?, row.checked_sub(1)?);
    Some(Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers: KeyModifiers::NONE,
    }))
}

/// A key that is one character.
fn plain(c: char) -> Option<Event> {
    let none = KeyModifiers::NONE;
    Some(match c {
        '\r' => key(KeyCode::Enter, none),
        '\t' => key(KeyCode::Tab, none),
        '\x1b' => key(KeyCode::Esc, none),
        '\x7f' | '\x08' => key(KeyCode::Backspace, none),
        '\x01'..='\x1a' => key(
            KeyCode::Char((c as u8 + b'a' - 1) as char),
            KeyModifiers::CONTROL,
        ),
        c if c.is_control() || c == char::REPLACEMENT_CHARACTER => return None,
        c => key(KeyCode::Char(c), none),
    })
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}
