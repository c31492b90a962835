//! Requests to the server as both protocols make them: addresses below one base, JSON in and out,
//! and the errors that mean the same in both.

use std::time::Duration;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use url::Url;

use super::error::SyncError;
use crate::news::json;
use crate::runtime::cancel::Cancel;
use crate::runtime::net::Access;
use crate::runtime::net::api::{Api, ApiAnswer, ApiRequest, Authorization, Traffic, Verb};

/// Shortest time to wait for an answer: FreshRSS on SQLite takes ten seconds and more for a hundred
/// changes on a slow machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Form fields as they stand in a request's body.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// The server, and how far its clock is ahead of ours.
pub(super) struct Connection {
    api: Api,
    base: Url,
    cancel: Cancel,
    authorization: Option<Authorization>,
    /// Google Reader's token for changes.
    write_token: Option<String>,
    /// The server's clock at the last answer, in seconds since 1970.
    clock: Option<i64>,
    /// By how many milliseconds it was ahead of ours.
    ahead: i64,
}

impl Connection {
    pub(super) fn new(base: &Url, access: &Access, timeout: u16, cancel: &Cancel) -> Self {
        let wait = Duration::from_secs(timeout.into()).max(PATIENCE);
        Self {
            api: Api::new(base, access, wait),
            base: base.clone(),
            cancel: cancel.clone(),
            authorization: None,
            write_token: None,
            clock: None,
            ahead: 0,
        }
    }

    pub(super) fn authorize(&mut self, authorization: Option<Authorization>) {
        self.authorization = authorization;
    }

    /// Google Reader's token for changes, once it is known.
    pub(super) fn write_token(&self) -> Option<String> {
        self.write_token.clone()
    }

    pub(super) fn put_write_token(&mut self, token: &str) {
        self.write_token = Some(token.to_owned());
    }

    pub(super) fn host(&self) -> String {
        self.base.host_str().unwrap_or_default().to_owned()
    }

    /// What went over the network so far.
    pub(super) fn traffic(&self) -> Traffic {
        self.api.traffic()
    }

    /// The server's clock at the last answer, in seconds since 1970.
    pub(super) fn clock(&self) -> Option<i64> {
        self.clock
    }

    /// By how many milliseconds the server's clock is ahead of ours; 0 where it is not known or no
    /// further off than its answers can tell.
    pub(super) fn ahead(&self) -> i64 {
        if self.ahead.abs() > 2_000 {
            self.ahead
        } else {
            0
        }
    }

    /// An address below the base, with a query.
    pub(super) fn at(&self, path: &str, query: &[(&str, &str)]) -> Url {
        let mut url = self.base.clone();
        let below = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{below}/{path}"));
        url.set_query(None);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    pub(super) fn get(&mut self, url: &Url) -> Result<ApiAnswer, SyncError> {
        self.send(Verb::Get, url, None)
    }

    /// Sends a request; an answer of 401 or 403 and redirects are errors, other statuses are not.
    pub(super) fn send(
        &mut self,
        verb: Verb,
        url: &Url,
        body: Option<(&'static str, &str)>,
    ) -> Result<ApiAnswer, SyncError> {
        let request = ApiRequest {
            verb,
            url,
            body,
            authorization: self.authorization.as_ref(),
        };
        let answer = self.api.send(request, &self.cancel)?;
        if let Some(date) = answer.date {
            self.clock = Some(date.as_second());
            // The header has whole seconds: half of one more is the best guess.
            self.ahead = date.as_millisecond() + 500 - Timestamp::now().as_millisecond();
        }
        match (answer.status, &answer.location) {
            (401 | 403, _) => Err(SyncError::Denied { host: self.host() }),
            (301 | 302 | 303 | 307 | 308, Some(to)) => Err(SyncError::Moved {
                host: self.host(),
                to: url
                    .join(to)
                    .map_or_else(|_| to.clone(), |to| to.to_string()),
            }),
            _ => Ok(answer),
        }
    }

    /// The JSON of an answer to a read of `what`.
    pub(super) fn json<T: DeserializeOwned>(
        &self,
        answer: &ApiAnswer,
        what: &'static str,
    ) -> Result<T, SyncError> {
        let read = || match answer.status {
            200..300 => json::of_bytes(&answer.body).ok(),
            _ => None,
        };
        match answer.status {
            429 | 500.. => Err(self.refused(answer)),
            _ => read().ok_or_else(|| self.unsupported(what)),
        }
    }

    pub(super) fn refused(&self, answer: &ApiAnswer) -> SyncError {
        SyncError::Refused {
            host: self.host(),
            status: answer.status,
        }
    }

    pub(super) fn unsupported(&self, what: &'static str) -> SyncError {
        SyncError::Unsupported {
            host: self.host(),
            what,
        }
    }
}
