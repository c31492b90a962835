//! The account on the server: its address and name, and the password where the settings name no
//! command for it. It lies in a file of its own beside the library, for the owner alone (0600), and
//! not in the library, so that no copy, backup or export holds it.

use std::fmt;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use url::Url;

use super::error::SyncError;
use crate::config::SyncSettings;
use crate::news::json;
use crate::runtime::cancel::Cancel;
use crate::runtime::system::atomic_file::{self, Durability};
use crate::runtime::system::secret::{Secret, first_line};

/// Longest account file, in bytes.
const LARGEST: u64 = 64 << 10;

/// How a server is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protocol {
    /// Miniflux's own API.
    Miniflux,
    /// The API of Google Reader, as FreshRSS and others have it.
    GoogleReader,
}

impl Protocol {
    /// Its name, as it is shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Miniflux => "Miniflux",
            Self::GoogleReader => "Google Reader",
        }
    }
}

/// An account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The address below which the server's API is.
    pub address: String,
    /// How it is spoken to.
    pub protocol: Protocol,
    /// The user's name.
    pub name: String,
    /// The password; none where the settings name a command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    password: Option<String>,
    /// The token that the last login gave. As secret as the password, and stored only with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("address", &self.address)
            .field("protocol", &self.protocol)
            .finish_non_exhaustive()
    }
}

impl Account {
    /// An account whose password is stored with it, where there is one.
    pub(super) fn new(base: &Url, protocol: Protocol, name: &str, password: Option<&str>) -> Self {
        Self {
            address: base.to_string(),
            protocol,
            name: name.to_owned(),
            password: password.map(str::to_owned),
            token: None,
        }
    }

    /// The account beside the library; `None` where none is set up.
    ///
    /// # Errors
    /// The file can't be read, or is no account.
    pub fn load(library: &Path) -> Result<Option<Self>, SyncError> {
        let mut bytes = Vec::new();
        match std::fs::File::open(file(library)) {
            Ok(file) => file.take(LARGEST).read_to_end(&mut bytes)?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(e.into()),
        };
        let account = json::of_bytes(&bytes).map_err(std::io::Error::other)?;
        Ok(Some(account))
    }

    /// Whether an account is set up beside the library.
    pub fn exists(library: &Path) -> bool {
        file(library).exists()
    }

    /// Stores the account for its owner alone.
    pub(super) fn save(&self, library: &Path) -> Result<(), SyncError> {
        let json = serde_json::to_vec(self).map_err(std::io::Error::other)?;
        Ok(atomic_file::write(
            &file(library),
            &json,
            Durability::PrivateSynced,
        )?)
    }

    /// Deletes the account, if there is one.
    pub(super) fn delete(library: &Path) -> Result<(), SyncError> {
        match std::fs::remove_file(file(library)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e.into()),
            _ => Ok(()),
        }
    }

    /// The server's host, as it is shown.
    pub fn host(&self) -> String {
        let url = Url::parse(&self.address).ok();
        let host = url.as_ref().and_then(Url::host_str);
        host.unwrap_or_default().to_owned()
    }

    /// The password: what the command of the settings prints, else the stored one.
    pub(super) fn password(
        &self,
        settings: &SyncSettings,
        cancel: &Cancel,
    ) -> Result<Secret, SyncError> {
        let secret = match settings.password_command.is_empty() {
            true => self.password.as_deref().and_then(Secret::exact),
            false => first_line(&settings.password_command, cancel),
        };
        secret.ok_or_else(|| SyncError::NoPassword { host: self.host() })
    }

    /// The token of the last login.
    pub(super) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Remembers a token with the password, without storing either.
    pub(super) fn keep_token(&mut self, token: &str) {
        self.token = self.password.is_some().then(|| token.to_owned());
    }

    /// Remembers a token, on the disk only where the password is there too.
    pub(super) fn put_token(&mut self, token: &str, library: &Path) -> Result<(), SyncError> {
        if self.password.is_none() || self.token.as_deref() == Some(token) {
            return Ok(());
        }
        self.token = Some(token.to_owned());
        self.save(library)
    }
}

fn file(library: &Path) -> PathBuf {
    library.with_file_name("sync.json")
}
