//! Labels as they are typed: separated by commas, each with an optional `#`.

use crate::news::Clean;

/// The labels in the typed text, without duplicates.
pub fn parse(typed: &str) -> Vec<Clean> {
    let mut out: Vec<Clean> = Vec::new();
    for piece in typed.split([',', '、', '，']) {
        let label = Clean::line(piece.trim().trim_start_matches('#'));
        if !label.is_blank() && !out.contains(&label) {
            out.push(label);
        }
    }
    out
}

/// The first known label that begins with the last one being typed, and the text completed to it.
pub fn completion(known: &[Clean], typed: &str) -> Option<(Clean, String)> {
    let (before, piece) = typed.rsplit_once(',').unwrap_or(("", typed));
    let stem = piece.trim().trim_start_matches('#');
    let used = parse(before);
    let fits = |l: &&Clean| {
        !used.contains(l)
            && l.len() > stem.len()
            && l.to_lowercase().starts_with(&stem.to_lowercase())
    };
    let label = known.iter().find(fits)?.clone();
    let text = if before.is_empty() {
        label.to_string()
    } else {
        format!("{before}, {label}")
    };
    Some((label, text))
}
