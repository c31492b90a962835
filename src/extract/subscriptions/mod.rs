//! Lists of subscriptions as other readers keep or export them, told by their content: OPML,
//! newsboat's `urls`, newsraft's `feeds`, sfeed's `sfeedrc`, JSON, or an address a line.
//!
//! * [`subscription_list`] – [`SubscriptionList`]: what such a list holds
//! * `lines`          – newsboat, newsraft and plain lists; `newsboat_query` – newsboat's searches
//!   in our query language
//! * `sfeed`          – sfeed's shell script; `json_list` – lists in JSON

mod json_list;
mod lines;
mod newsboat_query;
mod sfeed;
pub mod subscription_list;
#[cfg(test)]
mod tests;

pub use subscription_list::SubscriptionList;

use super::feed::opml;

/// Reads a list of subscriptions; `None` where the text is none.
pub fn subscriptions(text: &str) -> Option<SubscriptionList> {
    let text = text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    let list = if start.starts_with(['{', '[']) {
        json_list::read(start)
    } else if start.starts_with('<') || start.contains("<outline") {
        opml::list(text).ok()?
    } else if sfeed::is_sfeed(text) {
        sfeed::read(text)
    } else {
        lines::read(text)?
    };
    (!list.is_empty()).then_some(list)
}
