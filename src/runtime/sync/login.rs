//! Sets up an account: finds out by probe which protocol a server speaks, and whether it has what
//! syncing needs.

use url::Url;

use super::account::{Account, Protocol};
use super::connection::Connection;
use super::error::SyncError;
use super::{google_reader, miniflux, session};
use crate::app::protocol::feature::Feature;
use crate::app::{Cause, Failure};
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::of_net;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::net;
use crate::runtime::net::api::Authorization;
use crate::runtime::store::Store;

/// Who logs in, and where.
pub struct LoginRequest<'a> {
    /// The server's address as it was typed.
    pub address: &'a str,
    /// The user's name there.
    pub name: &'a str,
    /// The password; `None` where the settings name a command.
    pub password: Option<&'a str>,
}

/// Logs in, and stores the account. Another account that was set up before is forgotten.
///
/// # Errors
/// There is no network, the server refuses name and password, or it speaks neither protocol well
/// enough. Nothing is changed then.
pub fn log_in(
    request: &LoginRequest<'_>,
    fetch: &Fetch,
    cancel: &Cancel,
) -> Result<Account, Failure> {
    Feature::Sync.required()?;
    if fetch.offline {
        return Err(Failure::new(Cause::Offline, ""));
    }
    let mut typed = net::address(request.address).map_err(|e| of_net(&e, request.address))?;
    // These only fail where an address has no host.
    let _ = typed.set_username("");
    let _ = typed.set_password(None);
    typed.set_query(None);
    typed.set_fragment(None);
    let store = Store::open(&fetch.library)?;
    if let Some(obstacle) = store.obstacle() {
        return Err(obstacle.into());
    }
    let before = Account::load(&fetch.library)?;
    let account = find(&typed, request, fetch, cancel)?;
    let is_same = |old: &Account| (&old.address, &old.name) == (&account.address, &account.name);
    if before.as_ref().is_none_or(|old| !is_same(old)) {
        session::forget(&store)?;
    }
    account.save(&fetch.library)?;
    store.start_journal(fetch.sync.new_feeds)?;
    Ok(account)
}

/// Ends the account. The library keeps its subscriptions and articles; what was not sent is
/// forgotten. Returns how many changes that were; `None` where there is no account.
///
/// # Errors
/// The account or the library can't be written.
pub fn log_out(fetch: &Fetch) -> Result<Option<u64>, Failure> {
    if Account::load(&fetch.library).is_ok_and(|account| account.is_none()) {
        return Ok(None);
    }
    let store = Store::open(&fetch.library)?;
    let pending = store.wish_count()?;
    session::forget(&store)?;
    Account::delete(&fetch.library)?;
    Ok(Some(pending))
}

/// An account at the address, by the first protocol that the server speaks.
fn find(
    typed: &Url,
    request: &LoginRequest<'_>,
    fetch: &Fetch,
    cancel: &Cancel,
) -> Result<Account, SyncError> {
    let mut refusal = None;
    for (base, protocol) in candidates(typed) {
        let mut account = Account::new(&base, protocol, request.name, request.password);
        match try_account(&mut account, fetch, cancel) {
            Ok(()) => return Ok(account),
            // A server of the other protocol may say so of addresses that it does not have.
            Err(
                error @ (SyncError::Denied { .. }
                | SyncError::Unsupported { .. }
                | SyncError::Refused { .. }
                | SyncError::Moved { .. }),
            ) => refusal = Some(worse(refusal, error)),
            Err(error) => return Err(error),
        }
    }
    Err(refusal.unwrap_or(SyncError::NoAccount))
}

/// Of two reasons the one that tells the reader more.
fn worse(old: Option<SyncError>, new: SyncError) -> SyncError {
    let rank = |error: &SyncError| match error {
        SyncError::Denied { .. } => 2,
        SyncError::Moved { .. } => 1,
        _ => 0,
    };
    match old {
        Some(old) if rank(&old) >= rank(&new) => old,
        _ => new,
    }
}

/// Where the APIs may be, given what was typed.
fn candidates(typed: &Url) -> Vec<(Url, Protocol)> {
    let path = typed.path().trim_end_matches('/').to_owned();
    let below = |end: &str| {
        let mut url = typed.clone();
        url.set_path(end);
        url
    };
    if path.contains("greader") {
        return vec![(below(&path), Protocol::GoogleReader)];
    }
    let bare = path.strip_suffix("/v1").unwrap_or(&path);
    vec![
        (below(bare), Protocol::Miniflux),
        (
            below(&format!("{bare}/api/greader.php")),
            Protocol::GoogleReader,
        ),
        (below(bare), Protocol::GoogleReader),
    ]
}

fn try_account(account: &mut Account, fetch: &Fetch, cancel: &Cancel) -> Result<(), SyncError> {
    let base = Url::parse(&account.address).map_err(std::io::Error::other)?;
    let mut server = Connection::new(&base, &fetch.access, fetch.timeout, cancel);
    let password = account.password(&fetch.sync, cancel)?;
    match account.protocol {
        Protocol::Miniflux => {
            server.authorize(Authorization::basic(&account.name, password.reveal()));
            match miniflux::probe(&mut server)? {
                true => Ok(()),
                false => Err(server.unsupported("v1/me")),
            }
        }
        Protocol::GoogleReader => {
            let token = google_reader::log_in(&mut server, &account.name, password.reveal())?;
            google_reader::probe(&mut server)?;
            account.keep_token(&token);
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_api_is_looked_for_where_servers_have_it() {
        let of = |typed: &str| -> Vec<String> {
            let all = candidates(&Url::parse(typed).unwrap());
            all.into_iter().map(|(url, _)| url.to_string()).collect()
        };
        assert_eq!(
            of("https://a.kr"),
            [
                "https://a.kr/",
                "https://a.kr/api/greader.php",
                "https://a.kr/"
            ]
        );
        assert_eq!(of("https://a.kr/rss/v1/")[0], "https://a.kr/rss");
        assert_eq!(
            of("https://a.kr/api/greader.php/"),
            ["https://a.kr/api/greader.php"]
        );
    }
}
