//! Reads plain lists of addresses: one a line, alone, with a title behind it, or as a link in
//! Markdown.

use super::{AfterEntry, EntryFault, SavedEntry, SavedPage};

/// Whether a text is a list of addresses: most of its first lines have one.
pub fn is_address_list(head: &str) -> bool {
    let lines: Vec<&str> = lines(head).map(|(_, line)| line).take(20).collect();
    let found = lines.iter().filter(|line| entry(line).is_some()).count();
    found > 0 && found * 2 >= lines.len()
}

/// Reads a list. What `see` is given is the entry and its line, from 1; it answers whether to go
/// on.
pub fn address_list(
    text: &str,
    see: &mut dyn FnMut(usize, Result<SavedEntry, EntryFault>) -> AfterEntry,
) {
    for (number, line) in lines(text) {
        let page = entry(line).ok_or(EntryFault::NoAddress);
        if see(number, page.map(|page| SavedEntry::Page(Box::new(page)))) == AfterEntry::Stop {
            return;
        }
    }
}

/// The lines that are neither blank nor comments, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.trim_start_matches('\u{feff}');
    let numbered = text.lines().map(str::trim).enumerate();
    numbered
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(at, line)| (at + 1, line))
}

fn entry(line: &str) -> Option<SavedPage> {
    let line = line.trim_start_matches(['-', '*', '+']).trim();
    let page = |url: &str, title: &str| {
        let start = url.get(..8).unwrap_or(url).to_ascii_lowercase();
        let is_web = start.starts_with("http://") || start.starts_with("https://");
        is_web.then(|| SavedPage {
            url: url.to_owned(),
            title: title.trim().to_owned(),
            ..SavedPage::default()
        })
    };
    if let Some((title, rest)) = line.strip_prefix('[').and_then(|l| l.split_once("](")) {
        let end = rest.find([')', ' ']).unwrap_or(rest.len());
        return page(&rest[..end], title);
    }
    let (url, title) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    page(url.trim_matches(['<', '>']), title)
}

#[cfg(test)]
#[path = "tests/address_list.rs"]
mod tests;
