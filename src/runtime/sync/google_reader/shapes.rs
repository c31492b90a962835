//! The JSON of the answers, as far as it is read.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct Subscriptions {
    pub(super) subscriptions: Vec<SubscribedStream>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SubscribedStream {
    pub(super) id: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) url: String,
    #[serde(default)]
    pub(super) html_url: String,
    #[serde(default)]
    pub(super) categories: Vec<StreamFolder>,
}

#[derive(Deserialize)]
pub(super) struct StreamFolder {
    #[serde(default)]
    pub(super) label: String,
}

#[derive(Deserialize)]
pub(super) struct Tags {
    pub(super) tags: Vec<TagStream>,
}

#[derive(Deserialize)]
pub(super) struct TagStream {
    pub(super) id: String,
    #[serde(default)]
    pub(super) r#type: String,
}

/// How much is unread in each feed, folder and label.
#[derive(Deserialize)]
pub(crate) struct UnreadCounts {
    pub(super) unreadcounts: Vec<UnreadCount>,
}

impl UnreadCounts {
    /// What tells one list of subscriptions from another: FreshRSS counts feed by feed, and names
    /// each folder after its feeds. `None` where one of the feeds `known` is not counted: a server
    /// that leaves out what has nothing unread says nothing of its list.
    pub(crate) fn listing(&self, known: &BTreeSet<String>) -> Option<String> {
        let counted: BTreeSet<&str> = self.unreadcounts.iter().map(|c| c.id.as_str()).collect();
        if !known.iter().all(|feed| counted.contains(feed.as_str())) {
            return None;
        }
        let mut hasher = blake3::Hasher::new();
        for count in &self.unreadcounts {
            hasher.update(count.id.as_bytes());
            hasher.update(b"\n");
        }
        Some(hasher.finalize().to_hex().chars().take(16).collect())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UnreadCount {
    pub(super) id: String,
    #[serde(default)]
    pub(super) newest_item_timestamp_usec: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct IdPage {
    #[serde(default)]
    pub(super) item_refs: Vec<ItemRef>,
    #[serde(default)]
    pub(super) continuation: Option<Value>,
}

#[derive(Deserialize)]
pub(super) struct ItemRef {
    pub(super) id: String,
}

#[derive(Deserialize)]
pub(super) struct Items {
    pub(super) items: Vec<StreamItem>,
}

#[derive(Deserialize)]
pub(super) struct StreamItem {
    pub(super) id: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) author: String,
    #[serde(default)]
    pub(super) published: i64,
    #[serde(default)]
    pub(super) canonical: Vec<ItemLink>,
    #[serde(default)]
    pub(super) alternate: Vec<ItemLink>,
    #[serde(default)]
    pub(super) summary: ItemBody,
    #[serde(default)]
    pub(super) content: ItemBody,
    pub(super) origin: Option<ItemOrigin>,
}

#[derive(Deserialize)]
pub(super) struct ItemLink {
    #[serde(default)]
    pub(super) href: String,
}

#[derive(Default, Deserialize)]
pub(super) struct ItemBody {
    #[serde(default)]
    pub(super) content: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ItemOrigin {
    #[serde(default)]
    pub(super) stream_id: String,
}
