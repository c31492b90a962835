//! Turns terminal events into messages. Only this folder knows crossterm's key codes.
//!
//! * `early` – parses what was typed while the terminal's answers were awaited

mod early;

use crossterm::event::{self, Event, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

use crate::app::input::key::{Key, KeyCode};
use crate::app::protocol::message::{Mouse, MouseKind};
use crate::app::{Message, Screen};

/// Waits for the next event that has a message; others, such as releases of keys, are skipped.
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

/// The messages of what was typed while the terminal's answers were read, which crossterm didn't
/// get to see.
pub fn typed(bytes: &[u8]) -> Vec<Message> {
    early::events(bytes)
        .into_iter()
        .filter_map(message)
        .collect()
}

fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => {
            self::key(key.code, key.modifiers).map(Message::Key)
        }
        // After a time in the background everything is redrawn, since ages are shown in minutes.
        Event::FocusGained => Some(Message::FocusGained),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(width, height) => Some(Message::Resized(Screen { width, height })),
        Event::Mouse(mouse) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
                MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
                MouseEventKind::Down(MouseButton::Right) => MouseKind::RightPress,
                MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
                MouseEventKind::ScrollUp => MouseKind::WheelUp,
                MouseEventKind::ScrollDown => MouseKind::WheelDown,
                _ => return None,
            };
            Some(Message::Mouse(Mouse {
                kind,
                x: mouse.column,
                y: mouse.row,
            }))
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
            // A shifted character is another character, except that of the jamo keys only seven
            // have one of their own.
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
    Some(Key {
        code,
        ctrl,
        alt: modifiers.contains(KeyModifiers::ALT),
        shift,
    })
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
            let keys = typed(bytes).into_iter().filter_map(|m| {
                if let Message::Key(key) = m {
                    Some(key.to_string())
                } else {
                    None
                }
            });
            keys.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            names("jㅎ\x1b[B\r\x04\x1b[6~\x1b".as_bytes()),
            "j ㅎ Down Enter C-d PgDn Esc"
        );
        assert_eq!(
            names(b"\x1b[<0;3;4M\x1b[9;5Vq\xff\x00"),
            "q",
            "mouse and unknown sequences are no keys"
        );
        assert_eq!(
            names(b"\x1b[200~dd\x1b[201~\x1b[200~dd"),
            "",
            "a paste is no row of commands"
        );
        assert_eq!(
            names(b"\x1b[1;5A\x1b[5;2~\x1bOP\x1b[24~"),
            "C-Up S-PgUp F1 F12"
        );
    }

    #[test]
    fn the_mouse_and_a_paste_are_taken_in_before_the_first_frame_too() {
        let press = Mouse {
            kind: MouseKind::Press,
            x: 2,
            y: 3,
        };
        let wheel = Mouse {
            kind: MouseKind::WheelDown,
            x: 0,
            y: 0,
        };
        assert_eq!(
            typed(b"\x1b[<0;3;4M\x1b[<65;1;1M\x1b[I"),
            [
                Message::Mouse(press),
                Message::Mouse(wheel),
                Message::FocusGained
            ]
        );
        assert_eq!(
            typed("\x1b[200~기사\x1b[201~".as_bytes()),
            [Message::Paste("기사".to_owned())]
        );
    }

    #[test]
    fn keys_have_the_names_of_the_key_tables() {
        use event::KeyCode as Code;
        assert_eq!(named(Code::Char('G'), KeyModifiers::SHIFT), "G");
        assert_eq!(named(Code::Char(' '), KeyModifiers::SHIFT), "S-Space");
        assert_eq!(named(Code::BackTab, KeyModifiers::SHIFT), "S-Tab");
        assert_eq!(named(Code::Char('d'), KeyModifiers::CONTROL), "C-d");
        assert_eq!(
            key(Code::Char('ㅎ'), KeyModifiers::SHIFT).unwrap().latin()[0].to_string(),
            "G"
        );
    }
}
