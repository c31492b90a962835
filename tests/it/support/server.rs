//! A web server on the loopback that answers as a test tells it, and is gone when the test says so.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// What a path answers.
pub(crate) enum Reply {
    /// Status, content type, body.
    Body(u16, &'static str, Vec<u8>),
    /// A redirection to this path or address.
    Redirect(String),
    /// Nothing, until the other side gives up.
    Silence,
    /// Whatever this writes.
    Raw(Box<dyn Fn(&mut TcpStream) + Send + Sync>),
}

impl Reply {
    pub(crate) fn html(text: &str) -> Self {
        Self::Body(200, "text/html; charset=utf-8", text.as_bytes().to_vec())
    }
}

/// A running server; it ends with this value.
pub(crate) struct Server {
    address: SocketAddr,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(replies: impl IntoIterator<Item = (&'static str, Reply)>) -> Self {
        Self::start_with(replies, |_| Vec::new())
    }

    /// As [`Server::start`], with more answers that need to know the server's own address.
    pub(crate) fn start_with(
        replies: impl IntoIterator<Item = (&'static str, Reply)>,
        more: impl FnOnce(&str) -> Vec<(&'static str, Reply)>,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let ended = Arc::new(AtomicBool::new(false));
        let more = more(&format!("http://{address}"));
        let replies: Arc<BTreeMap<&str, Reply>> =
            Arc::new(replies.into_iter().chain(more).collect());
        let over = ended.clone();
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let replies = replies.clone();
                std::thread::spawn(move || stream.map(|s| answer(s, &replies)));
            }
        });
        Self {
            address,
            ended,
            thread: Some(thread),
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        drop(TcpStream::connect(self.address));
        drop(self.thread.take().map(JoinHandle::join));
    }
}

fn answer(stream: TcpStream, replies: &BTreeMap<&str, Reply>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let request = lines.next()?.ok()?;
    while !lines.next()?.ok()?.is_empty() {}
    let path = request.split(' ').nth(1)?;
    let mut stream = stream;
    let plain = path.split('?').next()?;
    let (status, kind, body) = match replies.get(path).or_else(|| replies.get(plain)) {
        Some(Reply::Body(status, kind, body)) => {
            (*status, format!("Content-Type: {kind}"), body.as_slice())
        }
        Some(Reply::Redirect(to)) => (302, format!("Location: {to}"), &b""[..]),
        Some(Reply::Raw(write)) => {
            write(&mut stream);
            return None;
        }
        Some(Reply::Silence) => {
            let _ = stream.read(&mut [0]);
            return None;
        }
        None => (
            404,
            "Content-Type: text/html".to_owned(),
            &b"<html><body><h1>404</h1></body></html>"[..],
        ),
    };
    let head = format!(
        "HTTP/1.1 {status} X\r\n{kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()
}
