//! Values that the program keeps between runs: its state, and summaries that were expensive to
//! make.

use rusqlite::{OptionalExtension as _, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Store, StoreError};
use crate::news::{Method, Summary, SummaryLine};

impl Store {
    /// The value stored under `key`; `None` where there is none, or where it doesn't have the type
    /// asked for.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn state_get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select json from state where key = ?")?;
        let json: Option<String> = query.query_row([key], |r| r.get(0)).optional()?;
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
    }

    /// Stores `value` under `key`.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn state_put<T: Serialize + ?Sized>(&self, key: &str, value: &T) -> Result<(), StoreError> {
        let json = serde_json::to_string(value)?;
        self.write(|step| {
            step.prepare_cached("insert or replace into state (key, json) values (?, ?)")?
                .execute([key, &json])?;
            Ok(())
        })
    }

    /// The summary stored under `key`, which its maker derives from the summarised text and the way
    /// of summarising.
    ///
    /// # Errors
    /// `Entry` where the stored form is damaged.
    pub fn summary(&self, key: &str) -> Result<Option<Summary>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select method, whole, json from digest where key = ?")?;
        let found = query
            .query_row([key], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
            .optional()?;
        let Some((method, whole, json)) = found else {
            return Ok(None);
        };
        let (method, json): (String, String) = (method, json);
        let sentences: Vec<SummaryLine> = serde_json::from_str(&json)?;
        let method = Method::from(method.as_str());
        Ok(Some(Summary {
            sentences,
            method,
            whole,
            cut: false,
        }))
    }

    /// Stores a summary under `key`.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn put_summary(&self, key: &str, summary: &Summary) -> Result<(), StoreError> {
        let json = serde_json::to_string(&summary.sentences)?;
        self.db
            .prepare_cached(
                "insert or replace into digest (key, method, whole, json) values (?, ?, ?, ?)",
            )?
            .execute(params![
                key,
                summary.method.to_string(),
                summary.whole,
                json
            ])?;
        Ok(())
    }
}
