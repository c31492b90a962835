//! What single lines of a news page are, by their words alone: the rules that hold on any outlet's
//! page.
//!
//! * [`byline`]    – who wrote it: `배경환 기자 khbae@asiae.co.kr`, `By Jane Doe`
//! * [`copyright`] – `<ⓒ … 무단전재 배포금지>`, and the publisher that it names
//! * [`caption`]   – what stands under a picture, and whose picture it is
//! * [`chrome`]    – buttons, menus, marks and pleas; headings of boxes that are not the article
//!
//! Pure functions on one line. Knows neither HTML nor the lines around.

pub mod byline;
pub mod caption;
pub mod chrome;
pub mod copyright;

pub use byline::{byline, bylines};
pub use caption::{Caption, caption};
pub use chrome::{Box, Chrome, box_of, chrome, is_chrome};
pub use copyright::{copyright, publisher_in};

/// The letters and digits of a line, in lower case: what is compared where spacing and marks don't
/// matter.
pub(crate) fn key(line: &str) -> String {
    line.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Width in columns as a rough measure of how much a line says: Hangul and other wide letters count
/// two.
pub(crate) fn columns(line: &str) -> usize {
    line.chars()
        .map(|c| if c as u32 >= 0x1100 { 2 } else { 1 })
        .sum()
}

/// Whether the line ends as a sentence does, closing quotes and brackets set aside.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let core =
        line.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»)]』」】》>".contains(c));
    core.ends_with(['.', '!', '?', '。', '！', '？', '…']) && !core.ends_with("www.")
}

/// Whether a letter is Hangul.
pub(crate) fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣' | 'ㄱ'..='ㆎ')
}
