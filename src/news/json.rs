//! Reading JSON by one reader of `serde_json`, that of text. It has others for bytes and for
//! values, and each brings code of its own for every type that it reads: 0.2 MB.

use serde::de::{Deserialize, DeserializeOwned, Error as _};
use serde_json::{Result, Value};

/// What the bytes of a JSON text say.
///
/// # Errors
/// They are not UTF-8, not JSON, or not of this type.
pub fn of_bytes<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T> {
    serde_json::from_str(std::str::from_utf8(bytes).map_err(serde_json::Error::custom)?)
}

/// What a value says.
///
/// # Errors
/// It is not of this type.
pub fn of_value<T: DeserializeOwned>(value: &Value) -> Result<T> {
    serde_json::from_str(&value.to_string())
}
