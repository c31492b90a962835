//! An independent HTML parser as the oracle: every paragraph that we print must be in the page.

use gisa::extract::{PageHint, Profiles, page};
use gisa::news::Block;

/// Letters and digits only: we set spaces and punctuation anew.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// All text that the other parser finds in a page.
fn everything(html: &str) -> String {
    letters(
        &scraper::Html::parse_document(html)
            .root_element()
            .text()
            .collect::<String>(),
    )
}

/// The paragraphs that we find in `html` and the other parser does not.
pub(crate) fn invented(html: &str) -> Vec<String> {
    let article = page(html.as_bytes(), &PageHint::default(), &Profiles::embedded());
    let known = everything(html);
    let paragraphs = article.blocks.iter().filter_map(|block| match block {
        Block::Paragraph { text, .. } | Block::Heading { text, .. } | Block::Quote { text, .. } => {
            Some(text.to_string())
        }
        _ => None,
    });
    paragraphs
        .filter(|p| !known.contains(&letters(p)))
        .collect()
}

#[test]
fn no_word_of_a_written_page_is_invented() {
    let html = "<html lang=ko><title>첫차 - 견본일보</title><body><nav><a href=/>홈</a></nav><article><h1>첫차가 빨라진다</h1>\
        <p>가나시는 다음 달부터 <b>첫차</b>를 30분 앞당긴다고 22일 밝혔다.<br><br>시민들은 &lsquo;늦은 감이 있다&rsquo;며 반겼다.</p>\
        <div>버스 <i>열두</i> 노선이 먼저 바뀐다. 나머지는 내년 3월부터다.<p>시는 \"승객이 는 곳부터\"라고 설명했다.</div>\
        </article></body></html>";
    assert_eq!(invented(html), Vec::<String>::new());
}
