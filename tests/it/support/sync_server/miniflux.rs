//! Miniflux's own API.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Asked, NAME, PASSWORD, ServerEntry, ServerFeed, World, refused};

pub(super) fn answer(asked: &Asked, world: &mut World) -> (u16, String) {
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
