//! What Omnivore puts into files beside its list: the text of a page, and the highlights on it.

use super::SavedText;
use super::fields::saved_text;
use super::saved_page::SavedQuote;

/// The text of a page, from a file of its own.
pub fn beside_text(text: &str) -> SavedText {
    match text.trim() {
        "" => SavedText::None,
        _ => saved_text(text),
    }
}

/// The highlights in a file of Markdown, a quotation each, with the note that follows it; and the
/// words before the first, which are the note on the page.
pub fn quotes_in_markdown(text: &str) -> (Option<String>, Vec<SavedQuote>) {
    let mut quotes: Vec<SavedQuote> = Vec::new();
    let (mut page_note, mut was_quote) = (String::new(), false);
    for line in text.lines().map(str::trim_end) {
        if let Some(words) = line.trim_start().strip_prefix('>') {
            let words = without_labels(words.trim());
            match quotes.last_mut().filter(|_| was_quote) {
                Some(quote) => {
                    quote.words.push('\n');
                    quote.words.push_str(words);
                }
                None => quotes.push(SavedQuote {
                    words: words.to_owned(),
                    ..SavedQuote::default()
                }),
            }
            was_quote = true;
            continue;
        }
        was_quote = false;
        let is_rule =
            line.starts_with('#') || line.bytes().all(|b| matches!(b, b'-' | b'*' | b' '));
        if is_rule {
            continue;
        }
        let note = match quotes.last_mut() {
            Some(quote) => quote.note.get_or_insert_default(),
            None => &mut page_note,
        };
        if !note.is_empty() {
            note.push('\n');
        }
        note.push_str(line);
    }
    quotes.retain(|quote| !quote.words.trim().is_empty());
    (Some(page_note).filter(|note| !note.is_empty()), quotes)
}

/// A quotation without the labels (`#word`) that stand behind it.
fn without_labels(words: &str) -> &str {
    let mut rest = words;
    while let Some((before, last)) = rest.rsplit_once(' ') {
        if !(last.starts_with('#') && last.len() > 1) {
            break;
        }
        rest = before.trim_end();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_belong_to_the_quotation_above_them() {
        let (note, quotes) = quotes_in_markdown(
            "글 전체에 대한 말\n\n> 첫 인용\n> 둘째 줄 #경제\n\n첫 메모\n둘째 메모\n\n---\n> 다음 인용\n",
        );
        assert_eq!(note.as_deref(), Some("글 전체에 대한 말"));
        assert_eq!(quotes.len(), 2);
        assert_eq!(quotes[0].words, "첫 인용\n둘째 줄");
        assert_eq!(quotes[0].note.as_deref(), Some("첫 메모\n둘째 메모"));
        assert_eq!(quotes[1].note, None);
    }
}
