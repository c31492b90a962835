//! What was rewritten in an article as the text of a story view: each time that it was seen, with
//! the sentences before and after, the words that differ marked.

use jiff::tz::TimeZone;

use super::story_draft::{Draft, StoryTarget};
use crate::config::Words;
use crate::news::{
    Article, ArticleId, Clean, Passage, Revision, Rewrite, RewriteKind, word_differences,
};
use crate::text::PartRole;

/// The latest revision first.
pub(super) fn revisions_draft(
    id: ArticleId,
    article: &Article,
    revisions: &[Revision],
    (words, zone): (&Words, &TimeZone),
) -> Draft {
    let mut draft = Draft::default();
    let count = revisions.len().to_string();
    draft.tell(
        PartRole::Kicker,
        &words.fill("changes.kicker", &[("n", &count)]),
    );
    draft.title(&article.title);
    draft.tell(PartRole::Notice, words.get("changes.hint"));
    for revision in revisions.iter().rev() {
        let seen = zone.to_datetime(revision.seen);
        let seen = seen.strftime("%Y-%m-%d %H:%M").to_string();
        draft.tell(
            PartRole::Heading(3),
            &words.fill("changes.seen", &[("when", &seen)]),
        );
        for rewrite in &revision.changed {
            rewrite_draft(&mut draft, id, rewrite, words);
        }
    }
    draft
}

fn rewrite_draft(draft: &mut Draft, id: ArticleId, rewrite: &Rewrite, words: &Words) {
    let (kind, old, new) = (rewrite.kind, &rewrite.old, &rewrite.new);
    if matches!(kind, RewriteKind::Headline | RewriteKind::Subhead) {
        draft.tell(PartRole::Notice, words.get(rewrite_key(kind)));
    }
    let (gone, fresh) = match (old.is_blank(), new.is_blank()) {
        (false, false) => word_differences(old, new),
        // A whole sentence that came or went needs no marks in it.
        _ => (Vec::new(), Vec::new()),
    };
    for (marker, text, marked) in [("−", old, gone), ("+", new, fresh)] {
        if !text.is_blank() {
            draft.lead_marked(marker, text, marked, target(id, new));
        }
    }
}

/// The sentence as it is now, which is found by its words.
fn target(id: ArticleId, new: &Clean) -> StoryTarget {
    let place = Passage {
        block: usize::MAX,
        item: 0,
        bytes: 0..0,
    };
    StoryTarget {
        article: id,
        story: None,
        sentence: (!new.is_blank()).then(|| (place, new.clone())),
    }
}

/// The key of the words for a kind of rewrite.
pub fn rewrite_key(kind: RewriteKind) -> &'static str {
    match kind {
        RewriteKind::Headline => "changes.headline",
        RewriteKind::Subhead => "changes.subhead",
        RewriteKind::Rewritten => "changes.rewritten",
        RewriteKind::Added => "changes.added",
        RewriteKind::Dropped => "changes.dropped",
    }
}
