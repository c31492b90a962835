//! Lists of subscriptions in JSON, as services with the interface of Google Reader and others give
//! them.

use serde_json::{Map, Value};

use super::subscription_list::SubscriptionList;
use crate::news::{Clean, Feed};

/// Objects nested deeper are not read.
const DEEPEST: usize = 8;

/// Reads a list; it is empty where nothing in the text is a subscription.
pub(super) fn read(text: &str) -> SubscriptionList {
    let mut list = SubscriptionList::default();
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        collect(&value, None, 0, &mut list);
    }
    list
}

fn collect(value: &Value, folder: Option<&Clean>, depth: usize, list: &mut SubscriptionList) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(values) => {
            for value in values {
                collect(value, folder, depth + 1, list);
            }
        }
        Value::String(url) if url.starts_with("http") => {
            list.add(url, Feed::default(), folder.cloned().as_slice());
        }
        Value::Object(map) => match address(map) {
            Some(url) => {
                let feed = Feed {
                    title: words(map, &["title", "name", "text", "label"]).unwrap_or_default(),
                    site: words(map, &["site_url", "htmlUrl", "siteUrl", "website", "link"]),
                    ..Feed::default()
                };
                let mut folders: Vec<Clean> = folder.cloned().into_iter().collect();
                folders.extend(own_folders(map));
                list.add(url, feed, &folders);
            }
            None => {
                let name = words(map, &["title", "name", "label", "text"]);
                let folder = name.as_ref().filter(|_| depth > 0).or(folder);
                for value in map.values().filter(|v| v.is_array() || v.is_object()) {
                    collect(value, folder, depth + 1, list);
                }
            }
        },
        _ => {}
    }
}

/// The address of a feed; `feed/ADDRESS` is Google Reader's name of one.
fn address(map: &Map<String, Value>) -> Option<&str> {
    let names = [
        "feed_url", "feedUrl", "xmlUrl", "feedURL", "rss", "url", "feed",
    ];
    let text = |name: &str| {
        map.get(name)
            .and_then(Value::as_str)
            .filter(|t| t.contains("://"))
    };
    let stream = || text("id").and_then(|id| id.strip_prefix("feed/"));
    names.iter().find_map(|name| text(name)).or_else(stream)
}

fn words(map: &Map<String, Value>, names: &[&str]) -> Option<Clean> {
    let mut found = names.iter().filter_map(|name| map.get(*name)?.as_str());
    found
        .next()
        .map(Clean::headline)
        .filter(|words| !words.is_blank())
}

fn own_folders(map: &Map<String, Value>) -> Vec<Clean> {
    let names = [
        "categories",
        "category",
        "folder",
        "folders",
        "group",
        "tags",
    ];
    let mut folders = Vec::new();
    let mut put = |value: &Value| match value {
        Value::String(name) => folders.push(Clean::headline(name)),
        Value::Object(map) => folders.extend(words(map, &["label", "title", "name"])),
        _ => {}
    };
    for value in names.iter().filter_map(|name| map.get(*name)) {
        match value {
            Value::Array(list) => list.iter().for_each(&mut put),
            value => put(value),
        }
    }
    folders
}
