//! What the terminal sends, as messages. Terminal key codes are known here alone.

use crossterm::event::{self, Event, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

use crate::app::key::{Key, KeyCode};
use crate::app::message::{Mouse, MouseKind};
use crate::app::{Message, Screen};

/// Waits for the next event that means something.
///
/// # Errors
/// The terminal is gone.
pub fn next() -> std::io::Result<Message> {
    loop {
        if let Some(message) = message(event::read()?) {
            return Ok(message);
        }
    }
}

/// Keys out of bytes that were read past this module, while the terminal was asked what it does. What is no plain key is
/// left out, and so is all of a paste: as keys it would be commands.
pub fn typed(bytes: &[u8]) -> Vec<Message> {
    let text = String::from_utf8_lossy(bytes);
    let mut messages = Vec::new();
    let mut rest = if text.contains("\x1b[200~") { "" } else { text.as_ref() };
    while let Some(c) = rest.chars().next() {
        let (code, modifiers, length) = plain_key(c, rest);
        messages.extend(code.and_then(|code| key(code, modifiers)).map(Message::Key));
        rest = &rest[length..];
    }
    messages
}

/// The key at the start of `text`, if it is one, and its bytes.
fn plain_key(first: char, text: &str) -> (Option<event::KeyCode>, KeyModifiers, usize) {
    use event::KeyCode as Code;
    const SEQUENCES: [(&str, Code); 10] = [
        ("A", Code::Up),
        ("B", Code::Down),
        ("C", Code::Right),
        ("D", Code::Left),
        ("H", Code::Home),
        ("F", Code::End),
        ("3~", Code::Delete),
        ("5~", Code::PageUp),
        ("6~", Code::PageDown),
        ("Z", Code::BackTab),
    ];
    let none = KeyModifiers::NONE;
    if let Some(sequence) = text.strip_prefix("\x1b[") {
        let end = sequence.find(|c: char| ('@'..='~').contains(&c)).map_or(sequence.len(), |end| end + 1);
        let known = SEQUENCES.iter().find(|(name, _)| *name == &sequence[..end]);
        return (known.map(|(_, code)| *code), none, end + 2);
    }
    let length = first.len_utf8();
    match first {
        '\r' => (Some(Code::Enter), none, length),
        '\t' => (Some(Code::Tab), none, length),
        '\x1b' => (Some(Code::Esc), none, length),
        '\x7f' | '\x08' => (Some(Code::Backspace), none, length),
        '\x01'..='\x1a' => (Some(Code::Char((first as u8 + b'a' - 1) as char)), KeyModifiers::CONTROL, length),
        c if c.is_control() || c == char::REPLACEMENT_CHARACTER => (None, none, length),
        c => (Some(Code::Char(c)), none, length),
    }
}

fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => self::key(key.code, key.modifiers).map(Message::Key),
        // What lay in the background is drawn anew as of now: times are said in minutes.
        Event::FocusGained => Some(Message::Looked),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(width, height) => Some(Message::Resized(Screen { width, height })),
        Event::Mouse(mouse) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
                MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
                MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
                MouseEventKind::ScrollUp => MouseKind::WheelUp,
                MouseEventKind::ScrollDown => MouseKind::WheelDown,
                _ => return None,
            };
            Some(Message::Mouse(Mouse { kind, x: mouse.column, y: mouse.row }))
        }
        _ => None,
    }
}

fn key(code: event::KeyCode, modifiers: KeyModifiers) -> Option<Key> {
    use event::KeyCode as Code;
    let mut shift = modifiers.contains(KeyModifiers::SHIFT);
    let ctrl = modifiers.contains(KeyModifiers::CONTROL);
    let code = match code {
        Code::Char(c) => {
            // A shifted character says so by itself; of jamo only five keys do.
            let jamo = ('ㄱ'..='ㅣ').contains(&c);
            shift = shift && (c == ' ' || jamo);
            KeyCode::Char(if ctrl { c.to_ascii_lowercase() } else { c })
        }
        Code::BackTab => {
            shift = true;
            KeyCode::Tab
        }
        Code::Enter => KeyCode::Enter,
        Code::Esc => KeyCode::Esc,
        Code::Tab => KeyCode::Tab,
        Code::Backspace => KeyCode::Backspace,
        Code::Delete => KeyCode::Delete,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::F(n) => KeyCode::F(n),
        _ => return None,
    };
    Some(Key { code, ctrl, alt: modifiers.contains(KeyModifiers::ALT), shift })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(code: event::KeyCode, modifiers: KeyModifiers) -> String {
        key(code, modifiers).map_or_else(String::new, |k| k.to_string())
    }

    #[test]
    fn keys_typed_before_the_first_frame_are_keys() {
        let names = |bytes: &[u8]| {
            let keys = typed(bytes)
                .into_iter()
                .filter_map(|m| if let Message::Key(key) = m { Some(key.to_string()) } else { None });
            keys.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names("jㅎ\x1b[B\r\x04\x1b[6~\x1b".as_bytes()), "j ㅎ Down Enter C-d PgDn Esc");
        assert_eq!(names(b"\x1b[<0;3;4M\x1b[1;5Rq\xff\x00"), "q", "mouse and unknown sequences are no keys");
        assert_eq!(names(b"\x1b[200~dd\x1b[201~"), "", "a paste is no row of commands");
    }

    #[test]
    fn keys_have_the_names_of_the_key_tables() {
        use event::KeyCode as Code;
        assert_eq!(named(Code::Char('G'), KeyModifiers::SHIFT), "G");
        assert_eq!(named(Code::Char(' '), KeyModifiers::SHIFT), "S-Space");
        assert_eq!(named(Code::BackTab, KeyModifiers::SHIFT), "S-Tab");
        assert_eq!(named(Code::Char('d'), KeyModifiers::CONTROL), "C-d");
        assert_eq!(key(Code::Char('ㅎ'), KeyModifiers::SHIFT).unwrap().latin()[0].to_string(), "G");
    }
}
