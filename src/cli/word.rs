//! `gisa word`: the headwords that a word of a text may be a form of.

use serde_json::json;

use super::args::WordArgs;
use super::context::CommandContext;
use super::error::CommandError;
use super::output::print;
use crate::dictionary::headwords;

/// Prints the candidates, the likeliest first.
pub(super) fn run(args: &WordArgs, context: &CommandContext) -> Result<(), CommandError> {
    let found = headwords(&args.eojeol);
    if args.json {
        let shape: Vec<_> = found
            .iter()
            .map(|word| json!({ "headword": word, "entry": null }))
            .collect();
        return print(&json!(shape).to_string());
    }
    context.print_rows(&found, false, "word.none")
}
