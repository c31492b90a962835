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

fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => self::key(key.code, key.modifiers).map(Message::Key),
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
    fn keys_have_the_names_of_the_key_tables() {
        use event::KeyCode as Code;
        assert_eq!(named(Code::Char('G'), KeyModifiers::SHIFT), "G");
        assert_eq!(named(Code::Char(' '), KeyModifiers::SHIFT), "S-Space");
        assert_eq!(named(Code::BackTab, KeyModifiers::SHIFT), "S-Tab");
        assert_eq!(named(Code::Char('d'), KeyModifiers::CONTROL), "C-d");
        assert_eq!(key(Code::Char('ㅎ'), KeyModifiers::SHIFT).unwrap().latin().to_string(), "G");
    }
}
