//! Doubles of the servers that gisa syncs with: one state, and two ways to speak of it, Miniflux's
//! own API and that of Google Reader as FreshRSS has it. Shapes and quirks are those that the real
//! servers showed (Miniflux 2.2.6, FreshRSS 1.25): a star that toggles, one mark a request, an
//! unknown label that gives everything. What a request does is done even where the answer is lost.
//!
//! This file has what both share, their state and their connections; `miniflux` and `fresh_rss`
//! have the two ways to speak of it.

mod fresh_rss;
mod miniflux;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;

use jiff::Timestamp;
use serde_json::json;

pub(crate) const NAME: &str = "me";
pub(crate) const PASSWORD: &str = "비밀 pass:word";

/// Which server it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Miniflux,
    FreshRss,
}

/// A feed on the server.
#[derive(Clone, Debug)]
pub(crate) struct ServerFeed {
    pub(crate) id: i64,
    pub(crate) url: String,
    pub(crate) title: String,
    pub(crate) folder: String,
}

/// An article on the server.
#[derive(Clone, Debug)]
pub(crate) struct ServerEntry {
    pub(crate) id: i64,
    pub(crate) feed: i64,
    pub(crate) url: String,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) read: bool,
    pub(crate) star: bool,
    pub(crate) labels: BTreeSet<String>,
    /// Seconds since 1970.
    pub(crate) published: i64,
    /// Milliseconds since 1970.
    pub(crate) changed: i64,
}

/// What happens to a request instead of being answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection breaks before anything is done.
    Before,
    /// The connection breaks after it was done.
    After,
    /// Status 500; nothing is done.
    Error,
}

/// All that a server knows.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) feeds: Vec<ServerFeed>,
    pub(crate) entries: BTreeMap<i64, ServerEntry>,
    pub(crate) folders: Vec<String>,
    /// Method, path and query of each request.
    pub(crate) log: Vec<String>,
    /// The `Authorization` headers that came.
    pub(crate) logins: BTreeSet<String>,
    /// What happens to the next requests, the first first; `None` is an answer.
    pub(crate) faults: Vec<Option<Fault>>,
    /// What the next requests answer instead, by the beginning of their path.
    pub(crate) instead: Vec<(&'static str, u16, &'static str)>,
    /// Addresses that can't be subscribed to.
    pub(crate) refused: BTreeSet<String>,
    last: i64,
}

impl World {
    pub(crate) fn add_feed(&mut self, url: &str, title: &str, folder: &str) -> i64 {
        self.last += 1;
        let folder = if folder.is_empty() { "All" } else { folder };
        self.note_folder(folder);
        self.feeds.push(ServerFeed {
            id: self.last,
            url: url.to_owned(),
            title: title.to_owned(),
            folder: folder.to_owned(),
        });
        self.last
    }

    pub(crate) fn move_feed(&mut self, id: i64, folder: &str) {
        self.note_folder(folder);
        let mut feeds = self.feeds.iter_mut();
        folder.clone_into(&mut feeds.find(|feed| feed.id == id).unwrap().folder);
    }

    fn note_folder(&mut self, folder: &str) {
        if self.folders.is_empty() {
            self.folders.push("All".to_owned());
        }
        if !self.folders.iter().any(|known| known == folder) {
            self.folders.push(folder.to_owned());
        }
    }

    pub(crate) fn add_entry(&mut self, feed: i64, url: &str, title: &str, published: i64) -> i64 {
        self.last += 1;
        let entry = ServerEntry {
            id: self.last,
            feed,
            url: url.to_owned(),
            title: title.to_owned(),
            body: format!("<p>{title}. 강물이 흐르고 사람들이 모였다.</p>"),
            read: false,
            star: false,
            labels: BTreeSet::new(),
            published,
            changed: now(),
        };
        self.entries.insert(self.last, entry);
        self.last
    }

    /// Changes an article as another reader of the server would.
    pub(crate) fn change(&mut self, id: i64, change: impl FnOnce(&mut ServerEntry)) {
        if let Some(entry) = self.entries.get_mut(&id) {
            change(entry);
            entry.changed = now();
        }
    }

    fn remove_feed(&mut self, id: i64) -> bool {
        let before = self.feeds.len();
        self.feeds.retain(|feed| feed.id != id);
        self.entries.retain(|_, entry| entry.feed != id);
        self.feeds.len() < before
    }
}

fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

/// A running double; it ends with this value.
pub(crate) struct SyncServer {
    address: SocketAddr,
    world: Arc<Mutex<World>>,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl SyncServer {
    pub(crate) fn start(kind: Kind) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let ended = Arc::new(AtomicBool::new(false));
        let world = Arc::new(Mutex::new(World::default()));
        let (over, shared) = (ended.clone(), world.clone());
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                // One after the other: no test needs more, and the order of the log is that of the
                // requests.
                answer(stream, kind, &shared);
            }
        });
        Self {
            address,
            world,
            ended,
            thread: Some(thread),
        }
    }

    /// The address to log in at.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    /// The requests since the last call.
    pub(crate) fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.world().log)
    }
}

impl Drop for SyncServer {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        drop(TcpStream::connect(self.address));
        drop(self.thread.take().map(JoinHandle::join));
    }
}

/// A request as it came.
struct Asked {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    login: String,
    body: String,
}

impl Asked {
    fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.query.iter().filter(|(n, _)| n == name);
        found.next().map(|(_, value)| value.as_str())
    }

    fn form(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(self.body.as_bytes())
            .into_owned()
            .collect()
    }
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (mut length, mut login) = (0, String::new());
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "authorization" => value.trim().clone_into(&mut login),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let url = url::Url::parse(&format!("http://x{target}")).ok()?;
    Some(Asked {
        method,
        path: url.path().to_owned(),
        query: url.query_pairs().into_owned().collect(),
        login,
        body: String::from_utf8(body).ok()?,
    })
}

fn answer(mut stream: TcpStream, kind: Kind, world: &Mutex<World>) -> Option<()> {
    let asked = read(&stream)?;
    let mut world = world.lock().unwrap();
    let query: Vec<String> = asked
        .query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let line = format!("{} {}?{}", asked.method, asked.path, query.join("&"));
    world.log.push(line);
    if !asked.login.is_empty() {
        world.logins.insert(asked.login.clone());
    }
    let fault = match world.faults.is_empty() {
        true => None,
        false => world.faults.remove(0),
    };
    if fault == Some(Fault::Before) {
        return None;
    }
    let instead = world
        .instead
        .iter()
        .position(|(path, ..)| asked.path.contains(path));
    let (status, body) = match (fault, instead) {
        (Some(Fault::Error), _) => (500, "{\"error_message\":\"fault\"}".to_owned()),
        (_, Some(at)) => {
            let (_, status, body) = world.instead.remove(at);
            (status, body.to_owned())
        }
        _ => match kind {
            Kind::Miniflux => miniflux::answer(&asked, &mut world),
            Kind::FreshRss => fresh_rss::answer(&asked, &mut world),
        },
    };
    if fault == Some(Fault::After) {
        return None;
    }
    let date = Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT");
    let location = match status {
        300..400 => format!("Location: {body}\r\n"),
        _ => String::new(),
    };
    let head = format!(
        "HTTP/1.1 {status} X\r\nDate: {date}\r\n{location}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()
}

fn refused(why: &str) -> (u16, String) {
    (400, json!({"error_message": why}).to_string())
}
