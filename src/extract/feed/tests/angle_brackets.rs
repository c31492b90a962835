//! Words in angle brackets, in headlines and in texts.

use crate::extract::body::trim::verdict::{LineVerdict, judge};
use proptest::prelude::*;

use super::*;

fn usual(written: &str) -> String {
    headline_words(written, HeadlineMarkup::Usual).into_owned()
}

#[test]
fn words_in_angle_brackets_stay_in_a_headline() {
    for whole in [
        "<KBS 스페셜> 다시 본다",
        "<SNL> 새 진행자에 <B급> 배우",
        "소설 <Object> 와 <button> 사이",
        "<Style of Eye> 내한, <script> 공연",
        "<A> 조 1위, <p> 는 문단",
        "새 태그 <search> 와 <textarea>",
        "<!긴급> 속보, <?> 물음표",
        "1<2, 3>2, a<b, <3",
        "<b>만 있고 닫지 않음",
        "</b> 로 시작",
        "<img of the year> 선정",
    ] {
        assert_eq!(usual(whole), whole);
    }
}

#[test]
fn closed_pairs_breaks_and_pictures_are_markup_in_a_headline() {
    for (written, read) in [
        ("<b>속보</b> 오늘", "속보 오늘"),
        ("<SPAN class='x'>가</SPAN>나", "가나"),
        ("H<sub>2</sub>O, <i>Cats</i>", "H2O, Cats"),
        ("앞<br/>뒤", "앞 뒤"),
        ("앞<img src='a.png' alt='x'>뒤", "앞 뒤"),
        ("<a href='https://a.kr'>글</a>", "글"),
        ("<b>가 <i>나</b> 다</i>", "가 나 다"),
        ("&lt;title&gt; &amp; A&amp;B", "<title> & A&B"),
        ("<u>밑줄</u>", "<u>밑줄</u>"),
    ] {
        assert_eq!(usual(written), read, "{written}");
    }
    assert_eq!(
        headline_words("<u>밑줄</u> <Cats>", HeadlineMarkup::Html),
        "밑줄 <Cats>"
    );
    assert_eq!(
        headline_words("<b>가</b> &amp;", HeadlineMarkup::None),
        "<b>가</b> &amp;"
    );
}

#[test]
fn a_text_keeps_its_markup_and_its_words() {
    for (written, read) in [
        ("<MBC 뉴스> 를 본다", "&lt;MBC 뉴스> 를 본다"),
        (
            "<p>그룹의 <Map of the Soul> 앨범</p>",
            "<p>그룹의 &lt;Map of the Soul> 앨범</p>",
        ),
        ("<p>책 <select> 이야기</p>", "<p>책 &lt;select> 이야기</p>"),
        ("The <title> and <p> tags", "The &lt;title> and &lt;p> tags"),
        ("첫 문단.<p>둘째 문단.", "첫 문단.<p>둘째 문단."),
        ("하나<br>둘<hr>", "하나<br>둘<hr>"),
        (
            "<a href='https://a.kr'>잘린 <b>글",
            "<a href='https://a.kr'>잘린 <b>글",
        ),
        ("<a href=\"https://a.kr/잘", "<a href=\"https://a.kr/잘"),
        (
            "<amp-img src='a.png'></amp-img>",
            "<amp-img src='a.png'></amp-img>",
        ),
        ("<o:p></o:p>글", "<o:p></o:p>글"),
        ("<e-book> 출간", "&lt;e-book> 출간"),
        (
            "<video controls><source src='a.mp4'></video>",
            "<video controls><source src='a.mp4'></video>",
        ),
        (
            "<!-- 숨김 <Cats> -->글<!주의>",
            "<!-- 숨김 <Cats> -->글&lt;!주의>",
        ),
        (
            "<script>if (a <b) x()</script>글",
            "<script>if (a <b) x()</script>글",
        ),
        ("<p>가", "<p>가"),
    ] {
        assert_eq!(words_escaped(written), read, "{written}");
    }
}

#[test]
fn unclosed_tags_by_the_thousand_end() {
    for piece in [
        "<x-a>", "</b>", "<b>", "<a b='", "<", "<!--", "<a ", "</", "<script>",
    ] {
        let text = piece.repeat(100_000);
        assert!(words_escaped(&text).len() >= text.len());
        assert!(usual(&text).len() <= text.len());
    }
}

/// The letters and digits of a text: what nothing may take away.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    /// Whatever stands in brackets, a headline's words all stay, as text and through a feed.
    #[test]
    fn no_word_of_a_headline_is_lost(
        parts in prop::collection::vec(("[A-Za-z가-힣0-9]{1,8}( [A-Za-z가-힣]{1,6}){0,2}", 0..5_u8), 1..6)
    ) {
        let title = parts.iter().map(|(words, shape)| match shape {
            0 => words.clone(),
            1 => format!("<{words}>"),
            2 => format!("<{words}"),
            3 => format!("{words}>"),
            _ => format!("({words})"),
        }).collect::<Vec<_>>().join(" ");
        // `<br>` and `<img>` are markup; so are closed pairs, which this writes none of.
        let lower = title.to_lowercase();
        prop_assume!(!["<br>", "<img>", "<p>"].iter().any(|tag| lower.contains(tag)));
        prop_assume!(!lower.ends_with("<p"));
        // `AD` alone is the label of an advertisement.
        prop_assume!(judge(&title) == LineVerdict::Text);
        prop_assert_eq!(&usual(&title), &title);
        let mut escaped = String::new();
        crate::extract::html::markup::escape(&title, &mut escaped);
        for written in [format!("<![CDATA[{title}]]>"), escaped] {
            let feed = format!(
                "<rss version='2.0'><channel><title>x</title><item><title>{written}</title>\
                 <link>https://a.kr/1</link><description>{written}</description></item></channel></rss>"
            );
            let read = crate::extract::feed::feed(feed.as_bytes(), None, "https://a.kr/").unwrap();
            let article = read.articles().next().unwrap();
            prop_assert_eq!(&*article.title, &*crate::news::Clean::line(&title));
            prop_assert_eq!(letters(&article.text()), letters(&title));
        }
    }
}

#[test]
fn elements_are_found_by_their_whole_name_in_any_case() {
    for (name, _) in &ELEMENTS.known {
        assert!(name.len() <= LONGEST_NAME, "{name}");
        let found = ELEMENTS.find(&name.to_uppercase()).unwrap();
        assert_eq!(ELEMENTS.known[found].0, *name);
    }
    for none in [
        "",
        "pp",
        "scripts",
        "뉴스",
        "a-rather-long-name-of-an-element",
    ] {
        assert_eq!(ELEMENTS.find(none), None, "{none}");
    }
}

#[test]
fn an_end_closes_the_last_open_tag_of_its_element() {
    let mut tags = tags("<b><i><b>x</b><br></b></b><i></i></i>");
    pair(&mut tags);
    let paired: Vec<bool> = tags.iter().map(|tag| tag.is_paired).collect();
    assert_eq!(
        paired,
        [true, true, true, true, false, true, false, true, true, true]
    );
}
