//! Labels as they are typed: commas between them, a `#` in front of none.

use crate::news::Clean;

/// The labels that were typed, each once.
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

/// The known label that the one being typed may become, and the text with it in place.
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
