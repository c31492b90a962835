//! Threads of forums and question sites: the text is what several people wrote, one post after
//! another.

use super::node_flags::{HIDDEN, JUNK, NodeFlags};
use crate::extract::html::{Dom, NodeId};

/// The fewest elements drawn alike that are a thread's posts.
const MIN_POSTS: usize = 2;

/// Whether an address is that of a thread, by a word in its path.
pub(super) fn has_address_of_thread(url: &str) -> bool {
    const STEPS: [&str; 14] = [
        "thread",
        "threads",
        "topic",
        "topics",
        "forum",
        "forums",
        "t",
        "discussion",
        "discussions",
        "questions",
        "comments",
        "viewtopic.php",
        "showthread.php",
        "viewthread.php",
    ];
    let Ok(url) = url::Url::parse(url) else {
        return false;
    };
    let mut steps: Vec<&str> = url.path().split('/').filter(|s| !s.is_empty()).collect();
    // The last step names the thread, unless the program's own name is in it.
    if !steps.last().is_some_and(|last| last.ends_with(".php")) {
        steps.pop();
    }
    steps.iter().any(|step| STEPS.contains(step))
}

/// The elements drawn like `id`, it among them, in page order: the posts, of which it is one.
pub(super) fn posts(dom: &Dom<'_>, flags: &NodeFlags, id: NodeId) -> Vec<NodeId> {
    let class = dom.attr(id, "class").filter(|class| !class.is_empty());
    let mut found = Vec::new();
    let mut at = 1;
    while class.is_some() && at < dom.len() {
        if dom.tag(at).is_text() || flags.has(at, HIDDEN | JUNK) {
            at = dom.end(at);
        } else if dom.tag(at) == dom.tag(id) && dom.attr(at, "class") == class {
            found.push(at);
            at = dom.end(at);
        } else {
            at += 1;
        }
    }
    if found.len() >= MIN_POSTS && found.contains(&id) {
        found
    } else {
        vec![id]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::publishers::Profiles;
    use crate::extract::{PageHint, page};

    #[test]
    fn threads_are_told_by_their_address() {
        for url in [
            "https://forum.example/threads/led-lights.179/",
            "https://example.org/forum/viewtopic.php?t=4",
            "https://talk.example/t/full-size-keyboard/19891",
        ] {
            assert!(has_address_of_thread(url), "{url}");
        }
        for url in [
            "https://paper.example/news/forum",
            "https://paper.example/2024/threads-is-new",
        ] {
            assert!(!has_address_of_thread(url), "{url}");
        }
    }

    #[test]
    fn all_posts_of_a_thread_are_its_text() {
        let post = |words: &str| {
            format!(
                "<article class='message'><div class='who'>Someone</div>\
                 <div class='bbWrapper'>{words} and the cable is the same as before, so far as I \
                 can tell from the drawing in the manual.</div></article>"
            )
        };
        let text = format!(
            "<title>Lights at the rear</title><main>{}{}{}</main>",
            post("First I looked at the lamp"),
            post("Then I took the cover off"),
            post("At last it worked")
        );
        let hint = PageHint {
            url: Some("https://forum.example/threads/lights.1/"),
            charset: None,
            ..PageHint::default()
        };
        let article = page::read(&text, &hint, &Profiles::default());
        let text = article.text();
        for words in ["I looked", "took the cover", "it worked"] {
            assert!(text.contains(words), "{text}");
        }
    }
}
