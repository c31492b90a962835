//! Lists, quotations, code and the setting of words, as blocks and as they are written out.

use crate::extract::fragment;
use crate::news::write::{html, markdown, text};
use crate::news::{Article, Block, Clean};

fn article(markup: &str) -> Article {
    Article {
        blocks: fragment(markup, Some("https://a.example/")),
        ..Article::default()
    }
}

/// The body in Markdown, without the front matter and the headline.
fn body(markup: &str) -> String {
    let note = markdown(&article(markup));
    let body = note.split_once("# \n").map_or(&*note, |(_, body)| body);
    body.trim().to_owned()
}

#[test]
fn words_keep_how_they_are_set() {
    let markup = "<p>값이 <b>크게</b> <del>백 원</del> <em>조금</em> 올라 <code>cargo add</code>를 쳤다.</p>";
    assert_eq!(
        body(markup),
        "값이 **크게** ~~백 원~~ *조금* 올라 `cargo add`를 쳤다."
    );
    assert!(text(&article(markup)).contains("크게 ~~백 원~~ 조금"));
    assert!(html(&article(markup)).contains("<strong>크게</strong> <s>백 원</s>"));
    // Raised letters of an ordinal; a power is one wherever it is written.
    let raised =
        "<p>그 1<sup>st</sup>의 식은 x<sup>ab</sup>와 a<sub>ij</sub>, 10<sup>6</sup>이다.</p>";
    assert_eq!(
        body(raised),
        "그 1<sup>st</sup>의 식은 x\\^(ab)와 a\\_ij, 10⁶이다."
    );
    assert!(text(&article(raised)).contains("1st의 식은 x^(ab)와 a_ij, 10⁶"));
    // Signs before a letter that follows a quotation mark would not be read as markup.
    assert_eq!(
        body("<p><b>“그렇다”</b>고 <b>한 <i>사</i>람</b>이 말했다.</p>"),
        "<strong>“그렇다”</strong>고 <strong>한 </strong><strong><em>사</em></strong>\
         <strong>람</strong>이 말했다."
            .replace("<strong>한 </strong>", "<strong>한</strong> ")
    );
}

#[test]
fn a_style_over_several_elements_is_one_span() {
    let blocks = fragment("<p><b>하나 <a href=/1>둘</a> 셋</b> 넷</p>", None);
    let Block::Paragraph { text, spans, .. } = &blocks[0] else {
        panic!("{blocks:?}");
    };
    assert_eq!(&**text, "하나 둘 셋 넷");
    let ranges: Vec<_> = spans.iter().map(|s| (s.start, s.end)).collect();
    assert_eq!(ranges, [(0, 6)]);
}

#[test]
fn items_keep_their_numbers_and_depth() {
    let markup =
        "<ol start=4><li>넷<ul><li>안쪽<ol><li>더 안쪽</ol></ul><li>다섯<li value=9>아홉</ol>";
    assert_eq!(
        body(markup),
        "4. 넷\n   - 안쪽\n     1. 더 안쪽\n5. 다섯\n9. 아홉"
    );
    assert!(
        text(&article(markup)).contains("4. 넷\n   - 안쪽\n      1. 더 안쪽\n5. 다섯\n9. 아홉")
    );
    let page = html(&article(markup));
    assert!(page.contains("<li value=\"4\">넷<ul>"), "{page}");
    assert!(page.contains("<li value=\"9\">아홉</li>"), "{page}");
    assert_eq!(page.matches("<ol>").count(), page.matches("</ol>").count());
    assert_eq!(page.matches("<li").count(), page.matches("</li>").count());
    let reversed = "<ol reversed><li>셋<li>둘<li>하나</ol>";
    assert_eq!(body(reversed), "3. 셋\n2. 둘\n1. 하나");
    let reversed = "<ol reversed start=9><li>아홉<li>여덟</ol>";
    assert_eq!(body(reversed), "9. 아홉\n8. 여덟");
    // A plain list is what it always was.
    let plain = fragment("<ol><li>가<li>나</ol>", None);
    assert_eq!(
        serde_json::to_string(&plain)
            .unwrap()
            .matches("marks")
            .count(),
        0
    );
}

#[test]
fn a_number_and_its_unit_stay_together_in_an_item() {
    let list = fragment("<ul><li>값은  5\u{a0}€,\n무게는 3kg</ul>", None);
    let Block::List { items, .. } = &list[0] else {
        panic!("{list:?}");
    };
    assert_eq!(&*items[0], "값은 5\u{a0}€, 무게는 3kg");
}

#[test]
fn a_quotation_holds_its_lists_and_quotations() {
    let markup = "<blockquote><p>그는 물었다.</p><ul><li>하나</li><li>둘</li></ul>\
                  <blockquote><p>안의 말이다.</p></blockquote></blockquote><p>끝이다.</p>";
    assert_eq!(
        body(markup),
        "> 그는 물었다.\n>\n> - 하나\n> - 둘\n>\n> > 안의 말이다.\n\n끝이다."
    );
    let blocks = article(markup).blocks;
    assert_eq!(blocks.len(), 2);
    assert_eq!(
        blocks[0].plain(),
        "그는 물었다.\n• 하나\n• 둘\n> 안의 말이다."
    );
    assert!(
        html(&article(markup)).contains("<blockquote>\n<p>안의")
            || html(&article(markup)).contains("<blockquote>안의")
    );
}

#[test]
fn code_keeps_its_lines_and_loses_their_numbers() {
    for markup in [
        "<pre><code><span class=line>let a;</span>\n<span class=line>  b();</span></code></pre>",
        "<pre><code><span class='line hl'>let a;</span><span class=line>  b();</span></code></pre>",
        "<pre><div class=token-line>let a;</div><div class=token-line>  b();</div></pre>",
        "<pre><span class=lineno>1 </span>let a;\n<span class=lineno>2 </span>  b();</pre>",
        "<table class=highlight><tr><td class=gutter><pre>1\n2</pre><td class=code><pre>let a;\n  b();</pre></table>",
        "<table><tr><td class=blob-num data-line-number=1></td><td>let a;</td></tr>\
         <tr><td class=blob-num data-line-number=2></td><td>  b();</td></tr></table>",
        "<pre><code><table><tr><td class='hljs-ln-line hljs-ln-numbers'>1</td><td class=hljs-ln-line>let a;</td></tr>\
         <tr><td class=hljs-ln-numbers>2</td><td>  b();</td></tr></table></code></pre>",
    ] {
        let blocks = fragment(markup, None);
        let codes: Vec<&str> = blocks
            .iter()
            .map(|b| match b {
                Block::Code { text } => text.trim_end(),
                _ => "",
            })
            .collect();
        assert_eq!(codes, ["let a;\n  b();"], "{markup}");
    }
}

#[test]
fn a_table_with_a_head_may_hold_pictures_and_lists() {
    let markup = "<table><tr><th>이름<th>얼굴<th>한 일</tr>\
                  <tr><td>가람<td><img src=a.jpg><td><ul><li>집<li>길</ul></tr></table>";
    let Some(Block::Table { rows }) = fragment(markup, None).into_iter().next() else {
        panic!("no table");
    };
    let rows: Vec<Vec<&str>> = rows
        .iter()
        .map(|r| r.iter().map(|c| &**c).collect())
        .collect();
    assert_eq!(rows, [["이름", "얼굴", "한 일"], ["가람", "", "집 · 길"]]);
    // One that arranges pictures and text does not become a table.
    let layout =
        "<table><tr><td><img src=a.jpg></td><td>본문 글이다.</td></tr><tr><td>끝</td></tr></table>";
    assert!(
        !fragment(layout, None)
            .iter()
            .any(|b| matches!(b, Block::Table { .. }))
    );
}

#[test]
fn cells_stay_in_their_columns() {
    let markup = "<table><tr><th>해<th>지역<th>수<tr><td rowspan=2>2025<td>가람<td>11\
                  <tr><td>나루<td>12<tr><td colspan=2>모두<td>23</table>";
    let Some(Block::Table { rows }) = fragment(markup, None).into_iter().next() else {
        panic!("no table");
    };
    let rows: Vec<Vec<&str>> = rows
        .iter()
        .map(|r| r.iter().map(|c| &**c).collect())
        .collect();
    assert_eq!(
        rows,
        [
            ["해", "지역", "수"],
            ["2025", "가람", "11"],
            ["", "나루", "12"],
            ["모두", "", "23"]
        ]
    );
}

fn rows(markup: &str) -> Vec<String> {
    let blocks = fragment(markup, Some("https://a.example/"));
    let tables = blocks.iter().filter_map(|b| match b {
        Block::Table { rows } => Some(rows),
        _ => None,
    });
    let line = |row: &Vec<Clean>| row.iter().map(|c| &**c).collect::<Vec<_>>().join("|");
    tables.flatten().map(line).collect()
}

#[test]
fn a_table_in_a_cell_leaves_the_outer_one_whole() {
    let markup = "<table><tr><th>품목<th>값</tr><tr><td>쌀<td>10<table><tr><td>가<td>1\
                  <tr><td>나<td>2</table></tr><tr><td><p>보리</p><p>콩</p><td>12</tr></table>";
    assert_eq!(rows(markup), ["품목|값", "쌀|10 가 1 · 나 2", "보리 콩|12"]);
    // One without a head arranges the page; the tables in it are read.
    let layout = "<table><tr><td>메뉴<td><table><tr><td>가<td>1<tr><td>나<td>2</table></table>";
    assert_eq!(rows(layout), ["가|1", "나|2"]);
}

#[test]
fn wide_cells_make_no_columns_of_blanks() {
    let markup = "<table><tr><td colspan=1000>제목<tr><td>가<td>나<tr><td rowspan=9999>다<td>라\
                  <tr><td>마</table>";
    assert_eq!(rows(markup), ["제목|", "가|나", "다|라", "|마"]);
    let markup = "<table><tr><th colspan=2>이름<th>수<tr><td colspan=2>가람<td>1</table>";
    assert_eq!(rows(markup), ["이름|수", "가람|1"]);
    let foot =
        "<table><thead><tr><th>달<th>수<tfoot><tr><td>모두<td>3<tbody><tr><td>1월<td>3</table>";
    assert_eq!(rows(foot), ["달|수", "1월|3", "모두|3"]);
}

#[test]
fn a_cell_with_nothing_but_a_picture_is_not_lost() {
    let markup = "<table><tr><th>일<th>됨<th>모습<tr><td>청소<td><img src=/o.png alt=예>\
                  <td><img src=/p.jpg><tr><td>빨래<td><img src=/x.png alt=아니요><td>없음</table>";
    assert_eq!(rows(markup), ["일|됨|모습", "청소|예|", "빨래|아니요|없음"]);
    let pictures = fragment(markup, Some("https://a.example/"));
    let is_picture = |b: &&Block| matches!(b, Block::Image { .. });
    assert_eq!(pictures.iter().filter(is_picture).count(), 1);
}

#[test]
fn steps_keep_their_numbers_around_what_is_no_line() {
    let markup = "<ol>재료를 씻는다<li>썬다<li><p>볶는다</p><p>십 분쯤 걸린다.</p>\
                  <li><img src=/a.jpg>담는다<ul><li>그릇</ul></ol>";
    assert_eq!(
        body(markup),
        "재료를 씻는다\n\n1. 썬다\n2. 볶는다\n\n십 분쯤 걸린다.\n\n![](https://a.example/a.jpg)\n\n\
         3. 담는다\n   - 그릇"
    );
    let loose = "<ul>머리말 <b>글</b>이다<li>하나</li>사이 글이다<li>둘</ul>";
    assert_eq!(
        body(loose),
        "머리말 **글**이다\n\n- 하나\n\n사이 글이다\n\n- 둘"
    );
    // An item that is only a list has a number too.
    assert_eq!(body("<ol><li><ul><li>안</ul><li>둘</ol>"), "- 안\n2. 둘");
    // Items with headings are parts of the page.
    assert!(body("<ol><li><h3>제목</h3><p>글이다.</p></ol>").starts_with("### 제목"));
}

#[test]
fn a_reading_stands_after_its_word() {
    for (markup, words) in [
        ("<ruby>漢字<rt>한자</ruby>와", "漢字(한자)와"),
        ("<ruby>漢<rt>한</rt>字<rt>자</rt></ruby>와", "漢字(한자)와"),
        (
            "<ruby><rb>서울</rb><rp>(</rp><rtc><rt>首爾</rt></rtc><rp>)</rp></ruby>이",
            "서울(首爾)이",
        ),
        ("<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>は", "東京は"),
        (
            "<ruby>漢字<rt>한자를 닫지 않은 글이다.",
            "漢字(한자를 닫지 않은 글이다.)",
        ),
    ] {
        assert_eq!(body(&format!("<p>{markup}</p>")), words, "{markup}");
        let cell = format!("<table><tr><th>가<th>나<tr><td>{markup}</td><td>1</table>");
        assert_eq!(rows(&cell)[1], format!("{words}|1"));
    }
    let long = "닫지 않은 글이 길게 이어진다. ".repeat(20);
    assert!(body(&format!("<p><ruby>漢字<rt>한자 {long}")).contains("漢字 한자 닫지"));
}
