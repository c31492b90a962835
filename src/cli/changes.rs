//! `gisa changes`: what publishers rewrote in articles after publication.

use serde_json::json;

use super::args::ChangesArgs;
use super::context::CommandContext;
use super::error::CommandError;
use super::output::print;
use crate::config::Words;
use crate::news::{Rewrite, RewriteKind};
use crate::stories::rewrites;

/// Prints what was rewritten between two sources.
pub(super) fn run(args: &ChangesArgs, context: &CommandContext) -> Result<(), CommandError> {
    let Some([old, new]) = args.between.as_deref() else {
        return Ok(());
    };
    let changed = rewrites(&context.article(old, None)?, &context.article(new, None)?);
    if args.json {
        return print(&json!({ "changed": changed }).to_string());
    }
    if changed.is_empty() {
        return context.say("changes.none", &[]);
    }
    print(&text(&changed, &context.words).join("\n"))
}

/// Each rewrite in a block of lines: what part, then the words before and after.
fn text(changed: &[Rewrite], words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    for rewrite in changed {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(words.get(kind_key(rewrite.kind)).to_owned());
        for (sign, text) in [('-', &rewrite.old), ('+', &rewrite.new)] {
            if !text.is_blank() {
                lines.push(format!("  {sign} {}", text.replace('\n', " ")));
            }
        }
    }
    lines
}

/// The key of the words for a kind of rewrite.
fn kind_key(kind: RewriteKind) -> &'static str {
    match kind {
        RewriteKind::Headline => "changes.headline",
        RewriteKind::Subhead => "changes.subhead",
        RewriteKind::Rewritten => "changes.rewritten",
        RewriteKind::Added => "changes.added",
        RewriteKind::Dropped => "changes.dropped",
    }
}
