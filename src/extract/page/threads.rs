//! Threads of forums and question sites: the text is what several people wrote, one post after
//! another.

use super::node_flags::{COMMENTS, HIDDEN, JUNK, NodeFlags};
use super::text_density::TextDensity;
use crate::extract::html::{Dom, NodeId, Tag};

/// The fewest elements drawn alike that are a thread's posts.
const MIN_POSTS: usize = 2;
/// Wider elements are the posts where they hold this many times the prose of narrower ones.
const MIN_MORE_PROSE: f32 = 1.1;
/// What has fewer bytes of words is a signature or a button, no post.
const MIN_WORDS: usize = 20;

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

/// Whether a page was made by a forum's program, by what its `generator` says.
pub(super) fn is_made_by_forum(generator: &str) -> bool {
    const PROGRAMS: [&str; 9] = [
        "discourse",
        "flarum",
        "invision",
        "mybb",
        "nodebb",
        "phpbb",
        "simple machines",
        "vbulletin",
        "xenforo",
    ];
    let generator = generator.to_ascii_lowercase();
    PROGRAMS.iter().any(|program| generator.contains(program))
}

/// The posts that microdata name, in page order; `None` where there is only one.
pub(super) fn stated(dom: &Dom<'_>, flags: &NodeFlags) -> Option<Vec<NodeId>> {
    // The first post is often the article, and the others are its comments.
    let is_text = |id: &NodeId| matches!(dom.attr(*id, "itemprop"), Some("text" | "articleBody"));
    let texts = (1..dom.len()).filter(is_text);
    let mut end = 0;
    let is_post = |id: &NodeId| {
        let is_outer = *id >= end && !flags.has(*id, HIDDEN) && dom.tag(*id) != Tag::Meta;
        if is_outer {
            end = dom.end(*id);
        }
        is_outer
    };
    let posts: Vec<NodeId> = texts.filter(is_post).collect();
    (posts.len() >= MIN_POSTS).then_some(posts)
}

/// The posts of a thread of which `id` is one, part of one, or holds some, in page order; `id` alone
/// where nothing else on the page is drawn like it. Of the elements around the first words of `id`,
/// the one is a post whose likes hold the most prose, and the innermost of several such.
pub(super) fn posts(
    dom: &Dom<'_>,
    flags: &NodeFlags,
    density: &TextDensity,
    id: NodeId,
) -> Vec<NodeId> {
    let prose = |ids: &[NodeId]| -> f32 {
        let of = |id: &NodeId| density.of_subtree(dom, *id).prose;
        ids.iter().map(of).sum()
    };
    let is_words = |at: &NodeId| dom.words(*at).trim().len() >= MIN_WORDS;
    let first = dom.all(id, Tag::Text).find(is_words).unwrap_or(id);
    let around = std::iter::once(first).chain(dom.ancestors(first));
    let around = around.take_while(|up| !matches!(dom.tag(*up), Tag::Body | Tag::Html));
    let mut best = vec![id];
    // What is called a comment is no part of `id`, and is a post.
    let shown = TextDensity::of(dom, flags, false);
    let mut most = shown.of_subtree(dom, id).prose;
    for up in around {
        let found = alike(dom, flags, up);
        let prose = prose(&found);
        if found.len() >= MIN_POSTS && prose > most * MIN_MORE_PROSE {
            most = prose;
            best = found;
        }
    }
    best
}

/// The elements drawn like `id` that have words, it among them, in page order.
fn alike(dom: &Dom<'_>, flags: &NodeFlags, id: NodeId) -> Vec<NodeId> {
    let look = Look::of(dom, id);
    let mut found = Vec::new();
    let mut at = 1;
    while !look.is_plain() && at < dom.len() {
        // What is junk because it is called a comment is a post here.
        let is_junk = flags.has(at, JUNK) && !flags.has(at, COMMENTS);
        if dom.tag(at).is_text() || flags.has(at, HIDDEN) || is_junk {
            at = dom.end(at);
        } else if dom.tag(at) == dom.tag(id) && Look::of(dom, at).is_like(&look) {
            found.push(at);
            at = dom.end(at);
        } else {
            at += 1;
        }
    }
    let has_words = |at: &NodeId| dom.brief(*at, MIN_WORDS).is_none();
    found.retain(|at| *at == id || has_words(at));
    found
}

/// By what an element is drawn or said to be.
struct Look<'a> {
    class: &'a str,
    property: &'a str,
}

impl<'a> Look<'a> {
    fn of(dom: &Dom<'a>, id: NodeId) -> Self {
        Self {
            class: dom.class(id).unwrap_or_default(),
            property: dom.attr(id, "itemprop").unwrap_or_default(),
        }
    }

    fn is_plain(&self) -> bool {
        self.class.is_empty() && self.property.is_empty()
    }

    /// Whether both are the same, but for class names that one post alone has: the first is often
    /// marked, and numbers in a name tell one from another.
    fn is_like(&self, other: &Look<'_>) -> bool {
        if self.class == other.class && self.property == other.property {
            return true;
        }
        let all_in = |one: &Look<'_>, other: &Look<'_>| {
            let has = |name| other.class.split_ascii_whitespace().any(|o| o == name);
            let mut shared = one
                .class
                .split_ascii_whitespace()
                .filter(|n| !has_digit(n))
                .peekable();
            shared.peek().is_some() && shared.all(has)
        };
        all_in(self, other) || all_in(other, self)
    }
}

fn has_digit(name: &str) -> bool {
    name.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::publishers::Profiles;
    use crate::extract::{PageHint, page};
    use crate::news::PageKind;

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
    fn threads_are_told_by_the_program_that_made_the_page() {
        assert!(is_made_by_forum(
            "Discourse 2026.2.0 - https://github.com/discourse"
        ));
        assert!(is_made_by_forum("phpBB"));
        assert!(!is_made_by_forum("WordPress 6.4"));
    }

    #[test]
    fn a_list_of_threads_is_none() {
        let rows: String = (0..30)
            .map(|n| {
                format!(
                    "<tr><td><a href=/t/{n}>Lamp {n} at the rear does not come on</a></td></tr>"
                )
            })
            .collect();
        let text = format!(
            "<meta name=generator content=Discourse><title>Lamps</title><table>{rows}</table>"
        );
        let hint = PageHint {
            url: Some("https://forum.example/"),
            ..PageHint::default()
        };
        let extraction = page::read(&text, &hint, &Profiles::default()).extraction;
        assert_eq!(extraction.page, None, "{extraction:?}");
        assert!(extraction.problem.is_some());
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

    #[test]
    fn posts_are_told_by_what_they_share() {
        let words = |n: usize| {
            format!("Post {n} says that the cable is the same as before, so far as one can tell.")
        };
        let first = format!("<div class='post first n1'><p>{}</p></div>", words(1));
        let second = format!("<div class='post n2'><p>{}</p></div>", words(2));
        // Replies are junk by their name elsewhere, and lie in what they reply to.
        let reply = format!(
            "<div class='comments'><div class='post n3'><p>{}</p></div></div>",
            words(3)
        );
        let marked = |n| {
            let property = if n == 1 { "articleBody" } else { "text" };
            format!("<td><div itemprop={property}>{}</div></td>", words(n))
        };
        let by_class = format!("<main>{first}{second}{reply}</main>");
        let by_property = format!(
            "<table itemscope itemtype='https://schema.org/DiscussionForumPosting'><tr>{}</tr><tr>{}</tr>\
             <tr itemprop=comment>{}</tr></table>",
            marked(1),
            marked(2),
            marked(3)
        );
        for (text, url) in [
            (by_class, "https://forum.example/t/lights/1"),
            (by_property, "https://forum.example/760/lights"),
        ] {
            let hint = PageHint {
                url: Some(url),
                ..PageHint::default()
            };
            let article = page::read(&text, &hint, &Profiles::default());
            assert_eq!(article.extraction.page, Some(PageKind::Thread), "{url}");
            for n in 1..=3 {
                assert!(
                    article.text().contains(&words(n)),
                    "{url} {n} {}",
                    article.text()
                );
            }
        }
    }
}
