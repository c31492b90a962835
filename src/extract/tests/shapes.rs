//! Texts that are no row of paragraphs: release notes, minutes, pages that frame another.

use crate::extract::{PageHint, Profiles, html, page_part};
use crate::news::{Article, Block};

const ADDRESS: &str = "https://docs.example.com/v2";

fn read(body: &str) -> Article {
    let page = format!("<!doctype html><title>판 소식</title><body>{body}</body>");
    let hint = PageHint {
        is_subscribed: false,
        url: Some(ADDRESS),
        charset: None,
    };
    html(&page, &hint, &Profiles::embedded())
}

fn kinds(article: &Article) -> String {
    let letter = |block: &Block| match block {
        Block::Paragraph { .. } => 'p',
        Block::Heading { .. } => 'h',
        Block::List { .. } => 'l',
        Block::Table { .. } => 't',
        Block::Code { .. } => 'c',
        _ => '?',
    };
    article.blocks.iter().map(letter).collect()
}

#[test]
fn short_sections_belong_to_the_introduction_above_them() {
    let notes = "<div class=wrap><h1>둘째 판이 나왔습니다</h1><div><p>반년 만에 새 판을 냅니다. \
        바뀐 곳이 많으니 차례로 읽어 보세요.</p></div><h2>새로 생긴 것</h2><ul><li>밤에 보는 색\
        <li>낱말 찾기</ul><h2>고친 것</h2><ul><li>글꼴 깨짐<li>느린 시작</ul></div>";
    let article = read(&format!("<main>{notes}</main>"));
    assert!(kinds(&article).ends_with("phlhl"), "{}", article.text());
    // A list of links beside it is not part of it.
    let beside = "<div class=x><h3>다른 글</h3><ul><li><a href=/1>첫째 글의 제목이 여기 있다</a>\
        <li><a href=/2>둘째 글의 제목이 여기 있다</a></ul></div>";
    let article = read(&format!("<div>{notes}{beside}</div>"));
    assert!(kinds(&article).ends_with("phlhl"), "{}", article.text());
    assert!(!article.text().contains("다른 글"));
}

#[test]
fn a_heading_goes_with_the_links_that_it_names() {
    let prose = "<p>강가의 오래된 다리가 이번 달부터 여섯 달 동안 닫힌다고 시청이 월요일에 밝혔다. \
        시민은 아래쪽 다리로 건너야 한다.</p>";
    let article = read(&format!(
        "<article><h1>다리</h1>{prose}{prose_2}<h2>까닭</h2>{prose_3}<h2>이어 읽기</h2>\
         <ul><li><a href=/a>첫째 항목</a><li><a href=/b>둘째 항목</a><li><a href=/c>셋째 항목</a></ul>\
         <h2>주</h2><ol><li>시청이 낸 보도자료의 첫 쪽에 있는 말이다.</ol></article>",
        prose_2 = prose.replace("월요일", "화요일"),
        prose_3 = prose.replace("월요일", "수요일"),
    ));
    let text = article.text();
    assert!(text.contains("까닭") && text.contains("보도자료"), "{text}");
    assert!(!text.contains("이어 읽기"), "{text}");
}

#[test]
fn a_page_that_only_frames_another_names_its_frame() {
    let part = |body: &str| {
        let page = format!("<!doctype html><title>글</title>{body}");
        let hint = PageHint {
            is_subscribed: false,
            url: Some(ADDRESS),
            charset: None,
        };
        page_part(page.as_bytes(), &hint, &Profiles::embedded()).mobile_page
    };
    let own = Some("https://docs.example.com/text");
    for body in [
        "<body><iframe src=/text></iframe></body>",
        "<body><iframe src=/menu></iframe><iframe name=mainFrame src=/text></iframe></body>",
        "<frameset><frame src=/menu><frame src=/text></frameset>",
        "<body><iframe src=https://ads.example.net/1></iframe><iframe src=/text></iframe></body>",
    ] {
        assert_eq!(part(body).as_deref(), own, "{body}");
    }
    for body in [
        "<body><iframe src=https://ads.example.net/1></iframe></body>",
        "<body><iframe src=http://127.0.0.1/text></iframe></body>",
        "<body><iframe src=/one></iframe><iframe src=/two></iframe></body>",
        "<body><iframe src=javascript:alert(1)></iframe><iframe></iframe></body>",
    ] {
        assert_eq!(part(body), None, "{body}");
    }
}

#[test]
fn a_first_paragraph_that_looks_otherwise_and_is_the_description_is_a_subhead() {
    let said =
        "Nach vier Jahren Streit öffnet die Brücke im Herbst wieder für alle, die zu Fuß gehen.";
    let rest = "<p class=body>Der Rat der Stadt stimmte am Montag mit großer Mehrheit für den Plan, \
        den die Verwaltung vorgelegt hatte.</p><p class=body>Die Arbeiten beginnen im März und dauern \
        nach Angaben der Stadt ein halbes Jahr.</p>";
    let page = |class: &str| {
        format!(
            "<!doctype html><title>Brücke</title><meta name=description content=\"{said}\">\
             <article><h1>Brücke</h1><p class={class}>{said}</p>{rest}</article>"
        )
    };
    let hint = PageHint {
        is_subscribed: false,
        url: Some(ADDRESS),
        charset: None,
    };
    let apart = html(&page("intro"), &hint, &Profiles::embedded());
    assert_eq!(apart.subheads.first().map(|s| &**s), Some(said));
    assert!(!apart.text().contains("Nach vier Jahren"));
    let alike = html(&page("body"), &hint, &Profiles::embedded());
    assert!(alike.text().contains("Nach vier Jahren"));
}

const PROSE: &str = "강가의 오래된 다리가 이번 달부터 여섯 달 동안 닫힌다고 시청이 월요일에 밝혔다. 시민은 \
    아래쪽 다리로 건너야 한다.";

/// The article of a page with `part` between two paragraphs.
fn with(part: &str) -> Article {
    read(&format!(
        "<h1>다리가 닫힌다</h1><div class=article-body><p>하나. {PROSE}</p><p>둘. {PROSE}</p>{part}\
         <p>셋. {PROSE}</p></div>"
    ))
}

#[test]
fn what_is_never_closed_takes_nothing_with_it() {
    for open in [
        "<h2>까닭",
        "<h3>까닭",
        "<button>까닭",
        "<label>까닭",
        "<a href=/x>까닭",
    ] {
        let part = format!("{open}<p>넷. {PROSE}</p><p>다섯. {PROSE}</p>");
        let text = with(&part).text();
        let all = ["하나.", "둘.", "넷.", "다섯.", "셋."];
        assert!(all.iter().all(|word| text.contains(word)), "{open}: {text}");
    }
    let article = with("<h2>까닭<p>넷. 그렇다.</p><p>다섯. 그렇다.</p></h2>");
    assert_eq!(kinds(&article), "pphppp");
}

#[test]
fn words_between_the_items_of_a_list_stay() {
    let text = with("<ul>건널 수 있는 다리는 <b>둘</b>이다<li>윗다리<li>아랫다리</ul>").text();
    assert!(text.contains("다리는 둘이다\n\n윗다리"), "{text}");
}

#[test]
fn a_table_has_its_caption_unless_that_lists_its_heads() {
    let table = |caption: &str| {
        with(&format!(
            "<table><caption>{caption}</caption><tr><th>다리<th>여는 때<th>닫는 때\
             <tr><td>윗다리<td>5시<td>9시</table>"
        ))
        .text()
    };
    for shown in [
        "다리마다의 시간",
        "다리마다 여는 때",
        "Hours of the bridges",
    ] {
        assert!(table(shown).contains(shown), "{shown}");
    }
    for hidden in [
        "다리와 여는 때, 닫는 때를 담은 표",
        "시간표 - 다리, 여는 때, 닫는 때 등의 정보를 제공",
    ] {
        assert!(!table(hidden).contains(hidden), "{hidden}");
    }
}

#[test]
fn readings_stand_in_brackets_and_kana_are_left_out() {
    let text = with(
        "<p><ruby>橋<rp>(</rp><rt>다리</rt><rp>)</rp></ruby>와 <ruby>河<rt>かわ</rt></ruby>를 잇는다.</p>\
         <p><rt>이 줄은 어디에도 딸리지 않았다.</rt></p>",
    )
    .text();
    assert!(text.contains("橋(다리)와 河를"), "{text}");
    assert!(text.contains("딸리지 않았다"), "{text}");
}

#[test]
fn a_formulas_source_is_not_printed_beside_it() {
    let text = with(
        "<p>식은 <math><semantics><mi>a</mi><annotation encoding=TeX>\\alpha</annotation></semantics>\
         </math> 하나다.</p><xmp>if (a < b)</xmp>",
    )
    .text();
    assert!(text.contains("식은 a 하나다"), "{text}");
    assert!(text.contains("if (a < b)"), "{text}");
}

#[test]
fn a_page_of_very_many_paragraphs_keeps_its_last_ones() {
    let lines: String = (0..20_050)
        .map(|n| format!("<p>{n}째 줄이다.</p>"))
        .collect();
    let text = read(&format!("<article><h1>긴 글</h1>{lines}</article>")).text();
    assert!(text.contains("\n20049째 줄이다."));
    let rows: String = (0..5_050)
        .map(|n| format!("<tr><td>{n}줄<td>{n}칸"))
        .collect();
    assert!(
        with(&format!("<table>{rows}</table>"))
            .text()
            .contains("5049칸")
    );
    let items: String = (0..5_050).map(|n| format!("<li>{n}째 항목이다")).collect();
    assert!(
        with(&format!("<ul>{items}</ul>"))
            .text()
            .contains("5049째 항목")
    );
}
