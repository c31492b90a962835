use proptest::prelude::*;

use super::super::{PageHint, Profiles, fragment, html, page};

/// Enough to notice quadratic time: 10^5 squared is 10^10 steps.
const MANY: usize = 100_000;

fn read(text: &str) -> usize {
    let hint = PageHint {
        is_subscribed: false,
        url: Some("https://news.kbs.co.kr/news/view.do?ncd=1"),
        charset: None,
    };
    html(text, &hint, &Profiles::embedded()).blocks.len()
}

#[test]
fn floods_of_one_thing_end_soon() {
    let sentence = "새벽 첫차가 다섯 시로 당겨진다. 이용자들은 반기는 분위기다. ";
    for unit in [
        "<div>",
        "<b>",
        "<a href=x>",
        "<p>",
        "<table><tr><td>",
        "<ul><li>",
        "<h2>",
        "<br> ",
        "</div>",
        "<",
        "&amp;",
        "<!--",
        "<script>",
        "<select>",
        "<div class='c'><a href='/x'>제목이 여기 있다 그렇다</a></div>",
        "<h3>관련기사</h3>",
        "<span>2023.01.01 10:00</span>",
        "<div class=subtitle>",
        "<figure><img src=/a.jpg>",
        "<img src=/a.jpg><p>▲ 사진 설명</p>",
        "<span class=byline>김하나 기자",
        "<div><p><b>x</i></div></section>",
        "<noscript></noscript>",
        "<noscript><img src=a.png alt=b></noscript>",
    ] {
        let _ = read(&unit.repeat(MANY));
        let _ = read(&format!(
            "<p>{sentence}</p>{}<p>{sentence}</p>",
            unit.repeat(MANY)
        ));
    }
}

#[test]
fn huge_attributes_end_soon() {
    let _ = read(&format!("<div class=\"{}\">x</div>", "ad ".repeat(MANY)));
    let _ = read(&format!("<div {}>x</div>", "a=b ".repeat(MANY)));
    let _ = read(&"<a href=\"".repeat(MANY));
}

#[test]
fn deep_data_in_script_ends_soon() {
    let _ = read(&format!(
        "<script type='application/ld+json'>{}</script>",
        "[".repeat(MANY)
    ));
    let _ = read(&format!(
        "<script>{}</script>",
        "x={\"content\":".repeat(MANY / 10)
    ));
}

#[test]
fn a_page_is_cut_at_the_size_cap() {
    let bytes = "<p>가나다라 마바사.</p>".repeat(1_000_000).into_bytes();
    assert!(bytes.len() > crate::extract::charset::MAX_BYTES);
    let article = page(&bytes, &PageHint::default(), &Profiles::default());
    assert!(article.blocks.len() <= 20_001);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_make_an_article(bytes in proptest::collection::vec(any::<u8>(), 0..2000), label in "[a-z0-9-]{0,12}") {
        let hint = PageHint { is_subscribed: false, url: Some("https://n.news.naver.com/article/1/2"), charset: Some(&label) };
        let article = page(&bytes, &hint, &Profiles::default());
        prop_assert!((0.0..=1.0).contains(&article.extraction.confidence));
    }

    #[test]
    fn any_markup_makes_blocks_with_links_inside_their_text(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "<p>", "</p>", "<div>", "</div>", "<a href='/x'>", "</a>", "<br>", "<b>", "</b>", "<li>", "<ul>", "</ul>", "<table>", "<td>", "<tr>",
                "<figure>", "<img src=a.jpg>", "<figcaption>", "</figure>", "<h2>", "</h2>", "<blockquote>", "<pre>", "가나 다라.", " x ", "&nbsp;", "e\u{301}",
            ]),
            0..60,
        ),
    ) {
        for block in fragment(&parts.concat(), Some("https://a.kr/")) {
            if let crate::news::Block::Paragraph { text, links, .. } = block {
                let length = text.chars().count();
                prop_assert!(links.iter().all(|l| l.start < l.end && l.end <= length));
            }
        }
    }
}
