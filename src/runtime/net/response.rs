//! A response: first its headers, then its body, which is read within limits of size and time.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::time::Instant;

use url::Url;

use super::unpack::unpacked;
use super::{CHUNK, Headers, NetError, Phase, Request};

/// A response: 200 with its body, another 2xx, or 304 without a body.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status code, 2xx or 304.
    pub status: u16,
    /// The address after all redirects, without user name and password: what the page names is
    /// joined to it, and goes into files that others may see.
    pub final_url: Url,
    /// The address to use from now on, where the chain began with permanent redirects; with the
    /// user name and password of the one asked for, where it is on the same host.
    pub permanent_redirect: Option<Url>,
    /// What its headers say.
    pub headers: Headers,
    /// The body, decompressed.
    pub body: Vec<u8>,
    /// Whether it was asked for with a subscriber's login of the settings.
    pub has_login: bool,
    /// Whether the body was larger than wanted, and `body` is its beginning.
    pub is_cut: bool,
}

impl Response {
    /// Whether the stored response is still the newest (304).
    pub fn unchanged(&self) -> bool {
        self.status == 304
    }
}

/// A response whose body has not been read.
#[derive(Debug)]
pub struct PendingResponse {
    pub(super) status: u16,
    pub(super) final_url: Url,
    pub(super) permanent_redirect: Option<Url>,
    pub(super) headers: Headers,
    pub(super) has_login: bool,
    /// The `Content-Encoding` of the body.
    pub(super) packed: String,
    pub(super) answer: ureq::Body,
    pub(super) deadline: Instant,
}

impl PendingResponse {
    /// Whether the stored response is still the newest (304), so that there is no body.
    pub fn unchanged(&self) -> bool {
        self.status == 304
    }

    /// Whether it is the part of a body that was asked for (206).
    pub fn is_partial(&self) -> bool {
        self.status == 206
    }

    /// The address after all redirects.
    pub fn final_url(&self) -> &Url {
        &self.final_url
    }

    /// What its headers say.
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// Writes the body to `file`, which has `before` bytes already; returns the length of all.
    ///
    /// # Errors
    /// As [`Net::get`](super::Net::get); [`NetError::Broken`] also where the file can't be written,
    /// or fewer bytes came than were announced.
    pub fn save(
        mut self,
        file: &mut File,
        before: u64,
        request: &Request<'_>,
    ) -> Result<u64, NetError> {
        let expected = self.answer.content_length();
        let mut length = before;
        let mut chunk = Vec::new();
        let limit = request.max_bytes;
        let host = || self.final_url.host_str().unwrap_or_default().to_owned();
        let fault = |e| match request.cancel.is_cancelled() {
            true => NetError::Cancelled,
            false => NetError::of_io(e, host()),
        };
        let mut reader = unpacked(self.answer.as_reader(), &self.packed).map_err(fault)?;
        loop {
            if request.cancel.is_cancelled() {
                return Err(NetError::Cancelled);
            }
            if Instant::now() >= self.deadline {
                let phase = Phase::Body;
                return Err(NetError::Timeout {
                    host: host(),
                    phase,
                });
            }
            chunk.resize(CHUNK, 0);
            let n = match reader.read(&mut chunk) {
                Ok(0) => break,
                Ok(n) => n,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(fault(e)),
            };
            length += n as u64;
            if length > limit {
                return Err(NetError::TooLarge {
                    host: host(),
                    limit,
                });
            }
            file.write_all(&chunk[..n]).map_err(fault)?;
        }
        let is_whole = expected.is_none_or(|n| !self.packed.is_empty() || length - before >= n);
        match is_whole {
            true => Ok(length),
            false => Err(fault(std::io::ErrorKind::UnexpectedEof.into())),
        }
    }

    /// Reads the body into `body`; checks the cancel flag and reports progress in between.
    ///
    /// # Errors
    /// As [`Net::get`].
    pub fn read(self, body: Vec<u8>, request: &Request<'_>) -> Result<Response, NetError> {
        self.read_in_pieces(body, request, usize::MAX, &mut |_| {})
    }

    /// As [`PendingResponse::read`], and calls `take` each time that another `piece` bytes are
    /// there, which may take some off the front of the body. What it took counts as read.
    ///
    /// # Errors
    /// As [`Net::get`].
    pub fn read_in_pieces(
        mut self,
        mut body: Vec<u8>,
        request: &Request<'_>,
        piece: usize,
        take: &mut dyn FnMut(&mut Vec<u8>),
    ) -> Result<Response, NetError> {
        body.clear();
        let is_cut = self.status != 304 && self.read_into(&mut body, request, piece, take)?;
        let Self {
            status,
            final_url,
            permanent_redirect,
            headers,
            ..
        } = self;
        Ok(Response {
            status,
            final_url,
            permanent_redirect,
            headers,
            body,
            has_login: self.has_login,
            is_cut,
        })
    }

    /// Reads the body; returns whether it was cut.
    fn read_into(
        &mut self,
        out: &mut Vec<u8>,
        request: &Request<'_>,
        piece: usize,
        take: &mut dyn FnMut(&mut Vec<u8>),
    ) -> Result<bool, NetError> {
        // Bytes that were taken, and the length at which more can be.
        let (mut taken, mut next) = (0, piece);
        let host = || self.final_url.host_str().unwrap_or_default().to_owned();
        let expected = self.answer.content_length();
        out.reserve(expected.map_or(CHUNK, |n| usize::try_from(n.min(1 << 20)).unwrap_or(CHUNK)));
        let body = self.answer.as_reader();
        let fault = |e| {
            if request.cancel.is_cancelled() {
                NetError::Cancelled
            } else {
                NetError::of_io(e, host())
            }
        };
        let mut reader = unpacked(body, &self.packed).map_err(fault)?;
        let mut chunk = vec![0_u8; CHUNK];
        loop {
            if request.cancel.is_cancelled() {
                return Err(NetError::Cancelled);
            }
            if Instant::now() >= self.deadline {
                return Err(NetError::Timeout {
                    host: host(),
                    phase: Phase::Body,
                });
            }
            let n = match reader.read(&mut chunk) {
                Ok(0) => return Ok(false),
                Ok(n) => n,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(fault(e)),
            };
            if (taken + out.len() + n) as u64 > request.max_bytes {
                if let Some(wanted) = request.cut_to {
                    out.truncate(wanted.saturating_sub(taken));
                    return Ok(true);
                }
                return Err(NetError::TooLarge {
                    host: host(),
                    limit: request.max_bytes,
                });
            }
            out.extend_from_slice(&chunk[..n]);
            if out.len() >= next {
                let before = out.len();
                take(out);
                taken += before - out.len();
                next = out.len().saturating_add(piece);
            }
            if let Some(progress) = request.progress {
                progress((taken + out.len()) as u64, expected);
            }
        }
    }
}
