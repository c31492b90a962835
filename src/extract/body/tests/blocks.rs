//! Lists, quotations, code and the setting of words, as blocks and as they are written out.

use crate::extract::fragment;
use crate::news::write::{html, markdown, text};
use crate::news::{Article, Block};

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
