//! Doubles of the servers that gisa syncs with: one state, and two ways to speak of it, Miniflux's
//! own API and that of Google Reader as FreshRSS has it. Shapes and quirks are those that the real
//! servers showed (Miniflux 2.2.6, FreshRSS 1.25): a star that toggles, one mark a request, an
//! unknown label that gives everything. What a request does is done even where the answer is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;

use jiff::Timestamp;
use serde_json::{Value, json};

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
            Kind::Miniflux => miniflux(&asked, &mut world),
            Kind::FreshRss => fresh_rss(&asked, &mut world),
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

fn miniflux(asked: &Asked, world: &mut World) -> (u16, String) {
    use base64::Engine as _;
    let pair = base64::engine::general_purpose::STANDARD.encode(format!("{NAME}:{PASSWORD}"));
    if !asked.path.starts_with("/v1/") {
        return (404, "404 page not found".to_owned());
    }
    if asked.login != format!("Basic {pair}") {
        return (
            401,
            json!({"error_message": "access unauthorized"}).to_string(),
        );
    }
    let parts: Vec<&str> = asked.path.trim_matches('/').split('/').skip(1).collect();
    let body: Value = serde_json::from_str(&asked.body).unwrap_or_default();
    let number = |text: &str| text.parse::<i64>().unwrap_or(0);
    match (&*asked.method, &*parts) {
        ("GET", ["me"]) => (200, json!({"id": 1, "username": NAME}).to_string()),
        ("GET", ["feeds"]) => {
            let feeds: Vec<Value> = world.feeds.iter().map(|f| feed_json(f, world)).collect();
            (200, json!(feeds).to_string())
        }
        ("GET", ["categories"]) => {
            world.note_folder("All");
            (200, categories(world).to_string())
        }
        ("POST", ["categories"]) => {
            let title = body["title"].as_str().unwrap_or_default().to_owned();
            world.note_folder(&title);
            let id = world.folders.iter().position(|f| *f == title).unwrap() + 1;
            (201, json!({"id": id, "title": title}).to_string())
        }
        ("POST", ["feeds"]) => {
            let url = body["feed_url"].as_str().unwrap_or_default().to_owned();
            if world.feeds.iter().any(|feed| feed.url == url) {
                return refused("This feed already exists.");
            }
            if world.refused.contains(&url) {
                return (500, json!({"error_message": "no such feed"}).to_string());
            }
            let folder = folder_of(&body["category_id"], world);
            let id = world.add_feed(&url, "", &folder);
            (201, json!({"feed_id": id}).to_string())
        }
        ("PUT", ["feeds", id]) => {
            let folder = folder_of(&body["category_id"], world);
            let id = number(id);
            match world.feeds.iter_mut().find(|feed| feed.id == id) {
                Some(feed) => feed.folder = folder,
                None => return (404, "{}".to_owned()),
            }
            (201, "{}".to_owned())
        }
        ("DELETE", ["feeds", id]) => match world.remove_feed(number(id)) {
            true => (204, String::new()),
            false => (404, "{}".to_owned()),
        },
        ("GET", ["entries"]) => (200, entries(asked, world).to_string()),
        ("GET", ["entries", id]) => match world.entries.get(&number(id)) {
            Some(entry) => (200, entry_json(entry, world).to_string()),
            None => (404, json!({"error_message": "not found"}).to_string()),
        },
        ("PUT", ["entries"]) => {
            let read = body["status"] == "read";
            let named = body["entry_ids"].as_array().into_iter().flatten();
            if !named
                .filter_map(Value::as_i64)
                .any(|id| world.entries.contains_key(&id))
            {
                let why = "store: nothing has been updated";
                return (500, json!({"error_message": why}).to_string());
            }
            for id in body["entry_ids"].as_array().into_iter().flatten() {
                world.change(id.as_i64().unwrap(), |entry| entry.read = read);
            }
            (204, String::new())
        }
        ("PUT", ["entries", id, "bookmark"]) => {
            world.change(number(id), |entry| entry.star = !entry.star);
            (204, String::new())
        }
        _ => (404, "404 page not found".to_owned()),
    }
}

fn categories(world: &World) -> Value {
    let all = world.folders.iter().enumerate();
    all.map(|(at, title)| json!({"id": at + 1, "title": title, "user_id": 1}))
        .collect()
}

fn folder_of(category: &Value, world: &World) -> String {
    let at = category.as_u64().unwrap_or(1).max(1) - 1;
    let folder = world.folders.get(usize::try_from(at).unwrap());
    folder.cloned().unwrap_or_else(|| "All".to_owned())
}

fn feed_json(feed: &ServerFeed, world: &World) -> Value {
    let category = world
        .folders
        .iter()
        .position(|f| *f == feed.folder)
        .unwrap()
        + 1;
    json!({
        "id": feed.id, "user_id": 1, "feed_url": feed.url, "site_url": "", "title": feed.title,
        "category": {"id": category, "title": feed.folder},
    })
}

fn entry_json(entry: &ServerEntry, world: &World) -> Value {
    let feed = world.feeds.iter().find(|feed| feed.id == entry.feed);
    json!({
        "id": entry.id, "user_id": 1, "feed_id": entry.feed,
        "status": if entry.read { "read" } else { "unread" },
        "hash": format!("{:064x}", entry.id), "title": entry.title, "url": entry.url,
        "comments_url": "", "published_at": second(entry.published),
        "created_at": millisecond(entry.changed), "changed_at": millisecond(entry.changed),
        "content": entry.body, "author": "", "share_code": "", "starred": entry.star,
        "reading_time": 1, "enclosures": [], "tags": [],
        "feed": feed.map(|feed| feed_json(feed, world)),
    })
}

fn second(at: i64) -> String {
    Timestamp::from_second(at).unwrap().to_string()
}

fn millisecond(at: i64) -> String {
    Timestamp::from_millisecond(at).unwrap().to_string()
}

fn entries(asked: &Asked, world: &World) -> Value {
    let number = |name: &str| asked.get(name).and_then(|value| value.parse::<i64>().ok());
    let fits = |entry: &&ServerEntry| {
        let status = if entry.read { "read" } else { "unread" };
        asked.get("status").is_none_or(|wanted| wanted == status)
            && asked.get("starred").is_none_or(|_| entry.star)
            && number("after_entry_id").is_none_or(|after| entry.id > after)
            && number("changed_after").is_none_or(|after| entry.changed > after * 1000)
            && number("published_after").is_none_or(|after| entry.published > after)
            && number("published_before").is_none_or(|before| entry.published < before)
    };
    let found: Vec<&ServerEntry> = world.entries.values().filter(fits).collect();
    let limit = number("limit").map_or(100, |n| usize::try_from(n).unwrap());
    let page: Vec<Value> = found
        .iter()
        .take(limit)
        .map(|entry| entry_json(entry, world))
        .collect();
    json!({"total": found.len(), "entries": page})
}

const TOKEN: &str = "me/0123456789abcdef0123456789abcdef01234567";

fn fresh_rss(asked: &Asked, world: &mut World) -> (u16, String) {
    let Some(call) = asked.path.strip_prefix("/api/greader.php") else {
        return (404, "<html>not found</html>".to_owned());
    };
    let form = asked.form();
    let field = |name: &str| {
        let mut found = form.iter().filter(|(n, _)| n == name);
        found.next_back().map(|(_, value)| value.clone())
    };
    if call == "/accounts/ClientLogin" {
        let is_right =
            (field("Email").as_deref(), field("Passwd").as_deref()) == (Some(NAME), Some(PASSWORD));
        return match is_right {
            true => (200, format!("SID={TOKEN}\nLSID=null\nAuth={TOKEN}\n")),
            false => (401, "Unauthorized!".to_owned()),
        };
    }
    if asked.login != format!("GoogleLogin auth={TOKEN}") {
        return (401, "Unauthorized!".to_owned());
    }
    let call = call.trim_start_matches("/reader/api/0/");
    match (&*asked.method, call) {
        ("GET", "token") => (200, format!("{:Z<57}\n", "0123456789")),
        _ if asked.get("output") != Some("json") => (501, "Not implemented!".to_owned()),
        ("GET", "subscription/list") => {
            let all: Vec<Value> = world.feeds.iter().map(subscription_json).collect();
            (200, json!({"subscriptions": all}).to_string())
        }
        ("GET", "unread-count") => (200, unread_counts(world).to_string()),
        ("GET", "tag/list") => (200, tags(world).to_string()),
        ("GET", "stream/items/ids") => {
            let refs: Vec<Value> = stream(asked, world)
                .iter()
                .map(|id| json!({"id": id.to_string()}))
                .collect();
            (200, json!({"itemRefs": refs}).to_string())
        }
        ("POST", "stream/items/contents") => {
            let items: Vec<Value> = long_ids(&form)
                .into_iter()
                .filter_map(|id| world.entries.get(&id))
                .map(|entry| item_json(entry, world))
                .collect();
            (
                200,
                json!({"id": "user/-/state/com.google/reading-list", "items": items}).to_string(),
            )
        }
        ("POST", "edit-tag") => {
            for id in long_ids(&form) {
                for (name, set) in [("a", true), ("r", false)] {
                    if let Some(stream) = field(name) {
                        world.change(id, |entry| edit(entry, &stream, set));
                    }
                }
            }
            (200, "OK".to_owned())
        }
        ("POST", "subscription/edit") => edit_subscription(&field, world),
        _ => (400, "Bad Request!".to_owned()),
    }
}

fn long_ids(form: &[(String, String)]) -> Vec<i64> {
    form.iter()
        .filter(|(name, _)| name == "i")
        .filter_map(|(_, value)| {
            let hex = value.strip_prefix("tag:google.com,2005:reader/item/")?;
            i64::from_str_radix(hex, 16).ok()
        })
        .collect()
}

fn edit(entry: &mut ServerEntry, stream: &str, set: bool) {
    if stream.ends_with("/state/com.google/read") {
        entry.read = set;
    } else if stream.ends_with("/state/com.google/starred") {
        entry.star = set;
    } else if let Some((_, label)) = stream.split_once("/label/") {
        if set {
            entry.labels.insert(label.to_owned());
        } else {
            entry.labels.remove(label);
        }
    }
}

fn edit_subscription(field: &dyn Fn(&str) -> Option<String>, world: &mut World) -> (u16, String) {
    let bad = (400, "Bad Request!".to_owned());
    let named = field("s").unwrap_or_default();
    let named = named.strip_prefix("feed/").unwrap_or_default().to_owned();
    let label = |name: &str| {
        let stream = field(name)?;
        stream
            .split_once("/label/")
            .map(|(_, label)| label.to_owned())
    };
    let folder = label("a").or(label("r").map(|_| "All".to_owned()));
    let found = world
        .feeds
        .iter()
        .find(|feed| feed.id.to_string() == named || feed.url == named)
        .map(|feed| feed.id);
    match (field("ac").as_deref(), found) {
        (Some("subscribe"), None) if !world.refused.contains(&named) => {
            let title = field("t").unwrap_or_default();
            world.add_feed(&named, &title, &folder.unwrap_or_default());
        }
        (Some("unsubscribe"), Some(id)) => {
            world.remove_feed(id);
        }
        (Some("edit"), Some(id)) => {
            if let Some(folder) = folder {
                world.move_feed(id, &folder);
            }
        }
        _ => return bad,
    }
    (200, "OK".to_owned())
}

fn subscription_json(feed: &ServerFeed) -> Value {
    json!({
        "id": format!("feed/{}", feed.id), "title": feed.title,
        "categories": [{"id": format!("user/-/label/{}", feed.folder), "label": feed.folder}],
        "url": feed.url, "htmlUrl": "", "iconUrl": "",
    })
}

fn unread_counts(world: &World) -> Value {
    let newest = world.entries.keys().next_back().unwrap_or(&0).to_string();
    let count = |id: String| json!({"id": id, "count": 0, "newestItemTimestampUsec": newest});
    let labels: BTreeSet<&String> = world.entries.values().flat_map(|e| &e.labels).collect();
    let mut all = Vec::new();
    // Each folder after its feeds, all of them.
    for folder in &world.folders {
        let inside = world.feeds.iter().filter(|feed| feed.folder == *folder);
        all.extend(inside.map(|feed| count(format!("feed/{}", feed.id))));
        all.push(count(format!("user/-/label/{folder}")));
    }
    all.extend(labels.iter().map(|l| count(format!("user/-/label/{l}"))));
    all.push(count("user/-/state/com.google/reading-list".to_owned()));
    json!({"max": 0, "unreadcounts": all})
}

fn tags(world: &World) -> Value {
    let mut all = vec![json!({"id": "user/-/state/com.google/starred"})];
    let folders = world.folders.iter();
    all.extend(folders.map(|f| json!({"id": format!("user/-/label/{f}"), "type": "folder"})));
    let labels: BTreeSet<&String> = world.entries.values().flat_map(|e| &e.labels).collect();
    all.extend(
        labels
            .iter()
            .map(|l| json!({"id": format!("user/-/label/{l}"), "type": "tag", "unread_count": 0})),
    );
    json!({"tags": all})
}

fn stream(asked: &Asked, world: &World) -> Vec<i64> {
    let name = asked.get("s").unwrap_or_default();
    let label = name.split_once("/label/").map(|(_, label)| label);
    // A label that is not known gives everything.
    let label = label.filter(|l| world.entries.values().any(|e| e.labels.contains(*l)));
    let since = asked.get("ot").and_then(|at| at.parse::<i64>().ok());
    let is_unread = asked.get("xt").is_some_and(|xt| xt.ends_with("/read"));
    let fits = |entry: &&ServerEntry| {
        (!is_unread || !entry.read)
            && (!name.ends_with("/starred") || entry.star)
            && label.is_none_or(|label| entry.labels.contains(label))
            && since.is_none_or(|since| entry.changed / 1000 >= since)
    };
    world
        .entries
        .values()
        .rev()
        .filter(fits)
        .map(|entry| entry.id)
        .collect()
}

/// As FreshRSS writes headlines.
fn full_width(title: &str) -> String {
    title
        .replace('&', "＆")
        .replace('<', "＜")
        .replace('>', "＞")
}

fn item_json(entry: &ServerEntry, world: &World) -> Value {
    let feed = world
        .feeds
        .iter()
        .find(|feed| feed.id == entry.feed)
        .unwrap();
    let mut categories = vec!["user/-/state/com.google/reading-list".to_owned()];
    categories.push(format!("user/-/label/{}", feed.folder));
    if entry.read {
        categories.push("user/-/state/com.google/read".to_owned());
    }
    json!({
        "id": format!("tag:google.com,2005:reader/item/{:016x}", entry.id),
        "crawlTimeMsec": entry.changed.to_string(), "timestampUsec": entry.id.to_string(),
        "published": entry.published, "title": full_width(&entry.title),
        "canonical": [{"href": entry.url}], "alternate": [{"href": entry.url}],
        "categories": categories,
        "origin": {"streamId": format!("feed/{}", feed.id), "title": feed.title, "htmlUrl": ""},
        "summary": {"content": entry.body},
    })
}
