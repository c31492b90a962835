//! Keys as plain values, independent of the terminal library.

use std::fmt;
use std::str::FromStr;

use super::dubeolsik;

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyCode {
    /// A key that types this character; a shifted letter is the capital.
    Char(char),
    /// A function key, by its number.
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
    /// Up arrow.
    Up,
    /// Down arrow.
    Down,
    /// Left arrow.
    Left,
    /// Right arrow.
    Right,
}

/// A key press. `shift` is set only for keys that type no character, and for the blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The key that the modifiers were held with.
    pub code: KeyCode,
    /// Whether Control is held.
    pub ctrl: bool,
    /// Whether Alt is held.
    pub alt: bool,
    /// Whether Shift is held.
    pub shift: bool,
}

/// Names of keys, in TOML and on the screen.
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

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// A character key without modifiers.
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// The keys that a Latin layout would have sent, so that commands work while a Hangul layout is
    /// active: one key for a jamo, two for a compound jamo, and all keys of a syllable that the
    /// input method composed. A shifted key without a jamo of its own (`J` sends `ㅓ` with shift)
    /// becomes the capital.
    pub fn latin(self) -> Vec<Self> {
        let KeyCode::Char(c) = self.code else {
            return vec![self];
        };
        let letters = dubeolsik::letters(c);
        if letters.is_empty() {
            return vec![self];
        }
        let letter = |l: char| {
            if self.shift {
                l.to_ascii_uppercase()
            } else {
                l
            }
        };
        letters
            .chars()
            .map(|l| Self {
                code: KeyCode::Char(letter(l)),
                shift: false,
                ..self
            })
            .collect()
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut key = Self::plain(KeyCode::Esc);
        let mut rest = text;
        while let Some((modifier, tail)) = rest
            .split_at_checked(2)
            .filter(|(m, t)| m.ends_with('-') && !t.is_empty())
        {
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
            code => f.write_str(
                NAMED
                    .iter()
                    .find(|(_, named)| *named == code)
                    .map_or("?", |(name, _)| name),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for name in [
            "j", "G", "C-d", "S-Tab", "Space", "S-Space", "PgDn", "F1", "F12", "+", "-", "<", "?",
            "Enter",
        ] {
            assert_eq!(name.parse::<Key>().unwrap().to_string(), name);
        }
        assert!(
            "C-".parse::<Key>().is_err()
                && "Enterr".parse::<Key>().is_err()
                && "".parse::<Key>().is_err()
        );
    }

    #[test]
    fn a_hangul_layout_presses_the_same_keys() {
        let latin = |key: Key| key.latin().iter().map(Key::to_string).collect::<String>();
        for (typed, keys) in [
            ('ㅓ', "j"),
            ('ㄲ', "R"),
            ('ㅃ', "Q"),
            ('ㅉ', "W"),
            ('ㄸ', "E"),
            ('ㅆ', "T"),
            ('ㅒ', "O"),
            ('ㅖ', "P"),
            ('ㅘ', "hk"),
            ('ㅢ', "ml"),
            ('ㄳ', "rt"),
            ('ㅄ', "qt"),
            ('허', "gj"),
            ('쐈', "ThkT"),
            ('닭', "ekfr"),
            ('j', "j"),
            ('漢', "漢"),
        ] {
            assert_eq!(latin(Key::char(typed)), keys, "{typed}");
        }
        assert_eq!(
            latin(Key {
                shift: true,
                ..Key::char('ㅎ')
            }),
            "G"
        );
    }
}
