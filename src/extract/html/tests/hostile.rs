//! Pages made to take long: each is read in time and memory that grow with its size.

#![expect(
    clippy::disallowed_methods,
    reason = "the time taken is what is tested"
)]

use std::time::{Duration, Instant};

use super::super::*;

/// The pages, each of about `size` bytes.
fn pages(size: usize) -> Vec<(&'static str, String)> {
    let many = |unit: &str| unit.repeat(size / unit.len());
    let quoted: String = (0..size / 12).map(|n| format!(" a{n:06}=\"x\"")).collect();
    let names: String = (0..size / 8).map(|n| format!(" a{n:06}")).collect();
    vec![
        ("nested", many("<div>")),
        ("nested, self-closing", many("<div/>")),
        ("nested, stray ends", many("<div></x>")),
        ("nested, mixed", many("<div><span></p>x")),
        ("formatting", many("<b><i>")),
        ("formatting with ids", many("<p><b id=i>")),
        ("formatting, misnested", many("<b><p>x</b>")),
        ("adoption of links", many("<a href=x><div>")),
        ("adoption of one link", format!("<a>{}", many("<div></a>"))),
        ("fonts", many("<font color=a><p>")),
        ("tables", many("<table>")),
        ("cells", many("<table><tr><td>")),
        ("foster-parented", many("<table>x<b>y")),
        ("lists", many("<ul><li>")),
        ("headings", many("<h2>")),
        ("forms", many("<form><button>")),
        ("selects", many("<select><option>")),
        ("templates", many("<template>")),
        ("rubies", many("<ruby><rt>")),
        ("foreign", many("<svg><g>")),
        ("foreign and back", many("<svg><foreignObject><math><mi>")),
        ("attributes", format!("<div{names}>x</div>")),
        ("quoted attributes", format!("<div{quoted}>x</div>")),
        (
            "quoted attributes of an end",
            format!("<div>x</div{quoted}>"),
        ),
        ("attributes of an end", format!("<div>x</div{names}>")),
        (
            "attributes after a trap",
            format!("<script>a<b x='</script><p{names}>"),
        ),
        (
            "attributes in foreign titles",
            format!("<svg><title><p{names}>"),
        ),
        ("attributes of bodies", many("<body a=b>")),
        ("attributes in attributes", many("<a b=\"<a c='")),
        ("references", many("&amp;")),
        (
            "references in an attribute",
            format!("<p title='{}'>", many("&amp;")),
        ),
        ("references without ends", many("&ampx")),
        ("long numbers", format!("&#{}", many("1"))),
        ("no references", many("&")),
        ("unclosed comments", many("<!-- ")),
        ("dashes", format!("<!--{}", many("-"))),
        ("doctypes", many("<!doctype ")),
        ("NULs", many("\0")),
        ("NULs in tables", format!("<table>{}", many("\0"))),
        ("opening signs", many("<")),
        ("ends", many("</p>")),
        ("stray ends", many("</div>")),
        ("breaks", many("<br>")),
        ("unclosed quotes", many("<a href=\"")),
        ("scripts", many("<script>")),
        ("script comments", many("<script><!--<script>")),
        ("noscripts", many("<noscript>")),
        ("sections", many("<svg><![CDATA[")),
    ]
}

/// What the builder can multiply stays within the size of the page: elements, levels, attributes.
#[test]
fn what_is_kept_is_bounded_by_the_page() {
    const SIZE: usize = 100_000;
    for (name, page) in pages(SIZE) {
        let html = parse(&page);
        let dom = Dom::of(&html);
        let nodes: usize = html.tree.nodes().count();
        assert!(nodes < SIZE, "{name}: {nodes} nodes");
        let mut depths = vec![0_u16; nodes];
        for id in 1..dom.len() {
            depths[id as usize] = depths[dom.parent(id) as usize] + 1;
        }
        // Each level past the gate's 256 costs one more stray end tag than the one before.
        let deepest = depths.iter().max().unwrap();
        assert!(*deepest < 512, "{name}: {deepest} levels");
        let attributes: usize = (0..dom.len()).map(|id| dom.attrs(id).count()).sum();
        assert!(attributes <= SIZE, "{name}: {attributes} attributes");
    }
}

fn time(page: &str) -> Duration {
    let start = Instant::now();
    let html = parse(page);
    let dom = Dom::of(&html);
    assert!(dom.len() >= 1);
    start.elapsed()
}

/// Prints what each page takes at one, four and ten megabytes, for whoever changes the parser.
#[test]
#[ignore = "takes a minute: cargo test --release --lib -- --ignored --nocapture megabytes"]
#[expect(clippy::print_stderr, reason = "figures for whoever runs it")]
fn ten_megabytes_of_each_are_read_soon() {
    let sizes = [1_000_000, 4_000_000, 10_000_000].map(pages);
    let [small, middle, large] = sizes;
    for (((name, small), (_, middle)), (_, large)) in small.into_iter().zip(middle).zip(large) {
        let taken = [small, middle, large].map(|page| time(&page));
        eprintln!("{name}: {taken:?}");
        assert!(taken[2] < Duration::from_secs(8), "{name}: {taken:?}");
    }
}
