//! Frames that only a key opens: XChaCha20-Poly1305, with a key that Argon2id makes of what the
//! command of the settings prints and the file's own salt. A frame of one file is none in another.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use crate::runtime::cancel::Cancel;
use crate::runtime::sync::error::SyncError;
use crate::runtime::system::secret::AskedSecret;

/// Bytes of a nonce, which is drawn for each frame.
const NONCE: usize = 24;
/// What making a key costs: 19 MiB and two passes, as OWASP recommends at the least.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// The key of one file.
#[derive(Clone)]
pub(super) struct FolderKey([u8; 32]);

impl FolderKey {
    /// The key that a passphrase gives with a salt.
    pub(super) fn of(passphrase: &str, salt: &[u8; 16]) -> io::Result<Self> {
        let (memory, passes, lanes) = COST;
        let params = Params::new(memory, passes, lanes, Some(32)).map_err(io::Error::other)?;
        let maker = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut key = [0; 32];
        maker
            .hash_password_into(passphrase.as_bytes(), salt, &mut key)
            .map_err(io::Error::other)?;
        Ok(Self(key))
    }

    /// Seals `plain`; `about` must be the same when it is opened.
    pub(super) fn seal(&self, about: &[u8], plain: &[u8]) -> io::Result<Vec<u8>> {
        let nonce: [u8; NONCE] = random()?;
        let cipher = XChaCha20Poly1305::new(&Key::from(self.0));
        let payload = Payload {
            msg: plain,
            aad: about,
        };
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| io::Error::other("too long to be sealed"))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// What was sealed; `None` where the key is another one or a byte was changed.
    pub(super) fn open(&self, about: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let cipher = XChaCha20Poly1305::new(&Key::from(self.0));
        let payload = Payload {
            msg: sealed,
            aad: about,
        };
        cipher.decrypt(&XNonce::from(*nonce), payload).ok()
    }
}

/// Bytes from the system's source of randomness.
pub(super) fn random<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes)
}

/// The keys of the files of a folder. The command of the settings is asked for the passphrase when
/// a key is first needed.
pub(super) struct Keyring<'a> {
    command: &'a [String],
    asked: &'a AskedSecret,
    cancel: &'a Cancel,
    made: RefCell<HashMap<[u8; 16], FolderKey>>,
}

impl<'a> Keyring<'a> {
    pub(super) fn new(command: &'a [String], asked: &'a AskedSecret, cancel: &'a Cancel) -> Self {
        Self {
            command,
            asked,
            cancel,
            made: RefCell::default(),
        }
    }

    /// Whether the settings ask for sealed journals.
    pub(super) fn seals(&self) -> bool {
        !self.command.is_empty()
    }

    /// The key of a file with this salt; `None` where the settings name no command for it.
    pub(super) fn key(&self, salt: &[u8; 16]) -> Result<Option<FolderKey>, SyncError> {
        if let Some(key) = self.made.borrow().get(salt) {
            return Ok(Some(key.clone()));
        }
        if !self.seals() {
            return Ok(None);
        }
        let asked = self.asked.get(self.command, self.cancel);
        let passphrase = asked.map_err(|why| SyncError::NoKey {
            program: self.command.first().cloned().unwrap_or_default(),
            why,
        })?;
        let key = FolderKey::of(passphrase.reveal(), salt)?;
        self.made.borrow_mut().insert(*salt, key.clone());
        Ok(Some(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_in_the_same_file_opens() {
        let key = FolderKey::of("열쇠", &[1; 16]).unwrap();
        let sealed = key.seal(b"head", "비밀 소식".as_bytes()).unwrap();
        assert_eq!(
            key.open(b"head", &sealed).as_deref(),
            Some("비밀 소식".as_bytes())
        );
        assert_ne!(sealed, key.seal(b"head", "비밀 소식".as_bytes()).unwrap());
        assert_eq!(key.open(b"other", &sealed), None);
        assert_eq!(
            FolderKey::of("열쇠 ", &[1; 16])
                .unwrap()
                .open(b"head", &sealed),
            None
        );
        assert_eq!(
            FolderKey::of("열쇠", &[2; 16])
                .unwrap()
                .open(b"head", &sealed),
            None
        );
        let mut damaged = sealed.clone();
        damaged[30] ^= 1;
        assert_eq!(key.open(b"head", &damaged), None);
        assert_eq!(key.open(b"head", &sealed[..20]), None);
    }
}
