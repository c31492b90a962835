use super::*;

fn shape(html: &str) -> String {
    let dom = Dom::parse(html);
    let mut out = String::new();
    fn walk(dom: &Dom<'_>, id: NodeId, out: &mut String) {
        for child in dom.children(id) {
            if dom.tag(child).is_text() {
                out.push_str(dom.words(child).trim());
            } else {
                out.push_str(&format!("({}", dom.tag(child).name()));
                walk(dom, child, out);
                out.push(')');
            }
        }
    }
    walk(&dom, ROOT, &mut out);
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
        "(table(tr(tda)(tdb))(tr(tdc)))d"
    );
    assert_eq!(
        shape("<head><title>t</title><div>x"),
        "(head(titlet))(divx)"
    );
}

#[test]
fn stray_end_tags_close_nothing_outside() {
    assert_eq!(
        shape("<table><tr><td>a</div>b</td></tr></table>"),
        "(table(tr(tda".to_owned() + "b)))"
    );
    assert_eq!(shape("<div>a</p></span></b>b</div>c"), "(divab)c");
    assert_eq!(shape("<div>a</body></html>b</div>"), "(divab)");
}

#[test]
fn scripts_and_comments_are_not_markup() {
    assert_eq!(
        shape("<script>if (a</b) '<p>'</script><p>x<!-- <p>y --></p>"),
        "(scriptif (a</b) '<p>')(px)"
    );
    assert_eq!(shape("<!doctype html><!--><p>a"), "(pa)");
    assert_eq!(Dom::parse("1 < 2 <3 & <").text(ROOT), "1 < 2 <3 & <");
}

#[test]
fn attributes_are_read_however_they_are_written() {
    let dom = Dom::parse("<a HREF=/x?a=1&amp;b=2 data-x='1>2' checked class = \"c\">t</a>");
    assert_eq!(dom.attr(1, "href").unwrap(), "/x?a=1&b=2");
    assert_eq!(dom.attr(1, "data-x").unwrap(), "1>2");
    assert_eq!(dom.attr(1, "checked").unwrap(), "");
    assert_eq!(dom.attr(1, "class").unwrap(), "c");
}

#[test]
fn nesting_stops_at_the_cap_and_text_survives() {
    let html = format!(
        "{}core{}after",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let dom = Dom::parse(&html);
    assert!(dom.len() < 400);
    assert!(dom.text(ROOT).contains("core"));
    let after = (1..dom.len()).find(|id| dom.raw(*id) == "after").unwrap();
    assert_eq!(dom.parent(after), ROOT);
}

#[test]
fn a_flood_of_open_inline_tags_is_cut() {
    let html = format!("<p>{}x</p><p>y</p>", "<b>".repeat(50_000));
    let dom = Dom::parse(&html);
    assert!(dom.len() < 100);
}

#[test]
fn broken_ends_of_input_are_survived() {
    for html in [
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
    ] {
        let _ = Dom::parse(html);
    }
}
