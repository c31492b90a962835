//! The JSON of the answers, as far as it is read.

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct Subscriptions {
    pub(super) subscriptions: Vec<Subscription>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Subscription {
    pub(super) id: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) url: String,
    #[serde(default)]
    pub(super) html_url: String,
    #[serde(default)]
    pub(super) categories: Vec<Folder>,
}

#[derive(Deserialize)]
pub(super) struct Folder {
    #[serde(default)]
    pub(super) label: String,
}

#[derive(Deserialize)]
pub(super) struct Tags {
    pub(super) tags: Vec<Tag>,
}

#[derive(Deserialize)]
pub(super) struct Tag {
    pub(super) id: String,
    #[serde(default)]
    pub(super) r#type: String,
}

#[derive(Deserialize)]
pub(super) struct Counts {
    pub(super) unreadcounts: Vec<Count>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Count {
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
    pub(super) items: Vec<Item>,
}

#[derive(Deserialize)]
pub(super) struct Item {
    pub(super) id: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) author: String,
    #[serde(default)]
    pub(super) published: i64,
    #[serde(default)]
    pub(super) canonical: Vec<Link>,
    #[serde(default)]
    pub(super) alternate: Vec<Link>,
    #[serde(default)]
    pub(super) summary: Body,
    #[serde(default)]
    pub(super) content: Body,
    pub(super) origin: Option<Origin>,
}

#[derive(Deserialize)]
pub(super) struct Link {
    #[serde(default)]
    pub(super) href: String,
}

#[derive(Default, Deserialize)]
pub(super) struct Body {
    #[serde(default)]
    pub(super) content: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Origin {
    #[serde(default)]
    pub(super) stream_id: String,
}
