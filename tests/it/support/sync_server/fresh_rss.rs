//! The API of Google Reader, as FreshRSS has it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Asked, NAME, PASSWORD, ServerEntry, ServerFeed, World};

const TOKEN: &str = "me/0123456789abcdef0123456789abcdef01234567";

pub(super) fn answer(asked: &Asked, world: &mut World) -> (u16, String) {
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
