//! The profiles that come with the program: `assets/publishers`, a line each.

/// File name and text.
pub(super) const EMBEDDED: &[(&str, &str)] = &[];
