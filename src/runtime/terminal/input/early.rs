//! Parses the keys, mouse events and pastes that were read together with the terminal's answers.
//! crossterm never gets those bytes, and its parser can't be called with bytes read elsewhere.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

/// Keys by the end of their control sequence: a letter, or a number and `~`.
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

/// The start and the end of a bracketed paste.
const PASTE: (&str, &str) = ("\x1b[200~", "\x1b[201~");

/// The events in `bytes`. Unknown sequences are left out, and so is a paste without its end: read
/// as keys, pasted text would be commands.
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

/// The event of the control sequence at the start of `text`, whose body begins at the byte `from`,
/// if it is a known one, and the length of the sequence in bytes.
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

/// A key without or with modifiers: `5~` or `A`, `5;5~` or `1;2A`.
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
    let pressed = modifiers
        .into_iter()
        .filter(|(bit, _)| bits & bit > 0)
        .map(|(_, modifier)| modifier);
    Some(key(
        *code,
        pressed.fold(KeyModifiers::NONE, |all, one| all | one),
    ))
}

/// An SGR mouse report, `<0;12;3M`: the button, and the column and row, which count from 1; it ends
/// in `m` where the button is released.
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
