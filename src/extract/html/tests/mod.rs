//! Pages as trees and as vectors.

use super::*;

mod hostile;
mod standard;

/// What stands in the body: elements in parentheses, and words.
fn shape(html: &str) -> String {
    let html = parse(html);
    let dom = Dom::of(&html);
    let mut out = String::new();
    fn walk(dom: &Dom<'_>, id: NodeId, out: &mut String) {
        for child in dom.children(id) {
            if dom.tag(child).is_text() {
                out.push_str(dom.words(child).trim());
            } else {
                out.push_str(&format!("({}", dom.name(child)));
                walk(dom, child, out);
                out.push(')');
            }
        }
    }
    let body = dom.all(ROOT, Tag::Body).next().unwrap_or(ROOT);
    walk(&dom, body, &mut out);
    out
}

#[test]
fn left_out_end_tags_are_implied() {
    assert_eq!(shape("<p>a<p>b<div>c</div>"), "(pa)(pb)(divc)");
    assert_eq!(
        shape("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>"),
        "(ul(lia)(lib(ul(lic)))(lid))"
    );
    assert_eq!(
        shape("<table><tr><td>a<td>b<tr><td>c</table>d"),
        "(table(tbody(tr(tda)(tdb))(tr(tdc))))d"
    );
    assert_eq!(shape("<head><title>t</title><div>x"), "(divx)");
}

#[test]
fn stray_end_tags_close_nothing_outside() {
    assert_eq!(
        shape("<table><tr><td>a</div>b</td></tr></table>"),
        "(table(tbody(tr(tdab))))"
    );
    assert_eq!(shape("<div>a</span></b>b</div>c"), "(divab)c");
    assert_eq!(shape("<div>a</body></html>b</div>"), "(divab)");
}

#[test]
fn a_paragraphs_and_a_breaks_stray_end_tags_stand_for_elements() {
    assert_eq!(shape("a</br>b</p>c"), "a(br)b(p)c");
}

#[test]
fn scripts_and_comments_are_not_markup() {
    assert_eq!(
        shape("<p><script>if (a</b) '<p>'</script>x<!-- <p>y --></p>"),
        "(p(scriptif (a</b) '<p>')x)"
    );
    assert_eq!(shape("<!doctype html><!--><p>a"), "(pa)");
    let text = |source: &str| Dom::of(&parse(source)).text(ROOT).trim().to_owned();
    assert_eq!(text("1 < 2 <3 & <"), "1 < 2 <3 & <");
    assert_eq!(text("a<!-- x --->b<!-- y --!>c"), "abc");
    assert_eq!(text("<script><!--\nad('<p>그림')\n//--></script>a"), "a");
}

#[test]
fn attributes_are_read_however_they_are_written() {
    let html = parse("<a HREF=/x?a=1&amp;b=2&section=3 data-x='1>2' checked class = \"c\">t</a>");
    let dom = Dom::of(&html);
    let a = dom.all(ROOT, Tag::A).next().unwrap();
    assert_eq!(dom.attr(a, "href").unwrap(), "/x?a=1&b=2&section=3");
    assert_eq!(dom.attr(a, "data-x").unwrap(), "1>2");
    assert_eq!(dom.attr(a, "checked").unwrap(), "");
    assert_eq!(dom.class(a).unwrap(), "c");
}

#[test]
fn nodes_stand_in_document_order_and_know_their_ends() {
    let html = parse("<p>a<!-- c -->b<i>c</i></p><template><b>d</b></template><table>x<td>y");
    let dom = Dom::of(&html);
    for id in 1..dom.len() {
        assert!(dom.parent(id) < id && dom.within(id, dom.parent(id)));
        assert!(dom.end(id) > id && dom.end(id) <= dom.end(dom.parent(id)));
    }
    let b = dom.all(ROOT, Tag::B).next().unwrap();
    assert_eq!(dom.tag(dom.parent(b)), Tag::Template);
    assert_eq!(dom.end(ROOT), dom.len());
}

#[test]
fn nesting_stops_at_the_bound_and_text_survives() {
    let html = format!(
        "{}core{}after",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let html = parse(&html);
    let dom = Dom::of(&html);
    assert!(dom.len() < 400);
    assert!(dom.text(ROOT).contains("core"));
    let after = (1..dom.len()).find(|id| dom.words(*id) == "after").unwrap();
    assert_eq!(dom.tag(dom.parent(after)), Tag::Body);
}

#[test]
fn a_flood_of_open_formatting_elements_is_cut() {
    let html = parse(&format!("<p>{}x</p><p>y</p>", "<b id=i>".repeat(50_000)));
    assert!(Dom::of(&html).len() < 100);
}

#[test]
fn links_and_cells_are_no_flood() {
    let row = "<table><tr><td><font><b>a<td><font><b>b<td><font><b>c<td><font><b>d<td><a href=x>e</a></table>";
    let html = parse(&row.repeat(50));
    let dom = Dom::of(&html);
    assert_eq!(dom.all(ROOT, Tag::B).count(), 200);
    assert_eq!(dom.all(ROOT, Tag::A).count(), 50);
}

#[test]
fn broken_ends_of_input_are_survived() {
    for html in [
        "",
        "<",
        "</",
        "<a",
        "<a href",
        "<a href=",
        "<a href=\"x",
        "<!--",
        "<!",
        "<![CDATA[x",
        "<script>",
        "&",
        "<a/",
        "</a",
        "<svg><![CDATA[x",
        "<frameset><frame>",
        "<plaintext></body>",
    ] {
        let html = parse(html);
        assert!(Dom::of(&html).len() >= 1);
    }
}

#[test]
fn a_tag_of_endless_attributes_ends_and_the_text_goes_on() {
    let many: String = (0..5_000).map(|n| format!(" a{n}=\"x>{n}\"")).collect();
    let html = parse(&format!("<div class=c{many} id=i/>가</div{many}><p>나"));
    let dom = Dom::of(&html);
    let div = (0..dom.len()).find(|id| dom.tag(*id) == Tag::Div).unwrap();
    assert_eq!(dom.class(div), Some("c"));
    assert_eq!(dom.attrs(div).count(), 128);
    assert_eq!(
        dom.text(ROOT).split_whitespace().collect::<String>(),
        "가나"
    );
}
