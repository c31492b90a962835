//! Keys as values: what a terminal sends, without the terminal.

use std::fmt;
use std::str::FromStr;

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyCode {
    /// A key that writes this character; a shifted letter is its capital.
    Char(char),
    /// Function key.
    F(u8),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
}

/// A key press. `shift` is set only for keys that write no character, and for the blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// Control held.
    pub ctrl: bool,
    /// Alt held.
    pub alt: bool,
    /// Shift held.
    pub shift: bool,
}

/// Names of keys in TOML and on screen.
const NAMED: [(&str, KeyCode); 15] = [
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("BS", KeyCode::Backspace),
    ("Del", KeyCode::Delete),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Minus", KeyCode::Char('-')),
];

/// 두벌식: the jamo that a Hangul layout writes, and the Latin letter on the same key.
const DUBEOLSIK: [(char, char); 33] = [
    ('ㅂ', 'q'),
    ('ㅈ', 'w'),
    ('ㄷ', 'e'),
    ('ㄱ', 'r'),
    ('ㅅ', 't'),
    ('ㅛ', 'y'),
    ('ㅕ', 'u'),
    ('ㅑ', 'i'),
    ('ㅐ', 'o'),
    ('ㅔ', 'p'),
    ('ㅁ', 'a'),
    ('ㄴ', 's'),
    ('ㅇ', 'd'),
    ('ㄹ', 'f'),
    ('ㅎ', 'g'),
    ('ㅗ', 'h'),
    ('ㅓ', 'j'),
    ('ㅏ', 'k'),
    ('ㅣ', 'l'),
    ('ㅋ', 'z'),
    ('ㅌ', 'x'),
    ('ㅊ', 'c'),
    ('ㅍ', 'v'),
    ('ㅠ', 'b'),
    ('ㅜ', 'n'),
    ('ㅡ', 'm'),
    ('ㅃ', 'Q'),
    ('ㅉ', 'W'),
    ('ㄸ', 'E'),
    ('ㄲ', 'R'),
    ('ㅆ', 'T'),
    ('ㅒ', 'O'),
    ('ㅖ', 'P'),
];

impl Key {
    /// A key with nothing held.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character key with nothing held.
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// The same key as a Latin layout would send it: jamo become the letter on their key. With a shifted key that has
    /// no jamo of its own (`J` on a Hangul layout sends `ㅓ` and shift) the letter is the capital.
    pub fn latin(self) -> Self {
        let KeyCode::Char(c) = self.code else { return self };
        let Some((_, letter)) = DUBEOLSIK.iter().find(|(jamo, _)| *jamo == c) else { return self };
        let letter = if self.shift { letter.to_ascii_uppercase() } else { *letter };
        Self { code: KeyCode::Char(letter), shift: false, ..self }
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut key = Self::plain(KeyCode::Esc);
        let mut rest = text;
        while let Some((modifier, tail)) = rest.split_at_checked(2).filter(|(m, t)| m.ends_with('-') && !t.is_empty()) {
            match modifier {
                "C-" => key.ctrl = true,
                "M-" => key.alt = true,
                "S-" => key.shift = true,
                _ => return Err(()),
            }
            rest = tail;
        }
        let mut chars = rest.chars();
        key.code = match (chars.next(), chars.next()) {
            (Some(c), None) => KeyCode::Char(c),
            (Some('F'), Some(_)) => KeyCode::F(rest[1..].parse().map_err(|_| ())?),
            _ => NAMED.iter().find(|(name, _)| *name == rest).ok_or(())?.1,
        };
        Ok(key)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "C-"), (self.alt, "M-"), (self.shift, "S-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::F(n) => write!(f, "F{n}"),
            KeyCode::Char(c) if c != ' ' => write!(f, "{c}"),
            code => f.write_str(NAMED.iter().find(|(_, named)| *named == code).map_or("?", |(name, _)| name)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for name in ["j", "G", "C-d", "S-Tab", "Space", "S-Space", "PgDn", "F1", "F12", "+", "-", "<", "?", "Enter"] {
            assert_eq!(name.parse::<Key>().unwrap().to_string(), name);
        }
        assert!("C-".parse::<Key>().is_err() && "Enterr".parse::<Key>().is_err() && "".parse::<Key>().is_err());
    }

    #[test]
    fn a_hangul_layout_presses_the_same_keys() {
        assert_eq!(Key::char('ㅓ').latin(), Key::char('j'));
        assert_eq!(Key::char('ㄲ').latin(), Key::char('R'));
        assert_eq!(Key { shift: true, ..Key::char('ㅎ') }.latin(), Key::char('G'));
        assert_eq!(Key::char('가').latin(), Key::char('가'));
    }
}
