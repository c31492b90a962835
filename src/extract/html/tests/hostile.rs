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

fn time(page: &str) -> Duration {
    let start = Instant::now();
    let html = parse(page);
    let dom = Dom::of(&html);
    assert!(dom.len() >= 1);
    start.elapsed()
}

#[test]
fn twice_the_page_takes_about_twice_the_time() {
    const SIZE: usize = 200_000;
    for ((name, small), (_, large)) in pages(SIZE).into_iter().zip(pages(SIZE * 4)) {
        // The machine may do something else in between: the best of three counts.
        let best = |page: &str| (0..3).map(|_| time(page)).min().unwrap();
        let (small, large) = (best(&small), best(&large));
        let most = small * 10 + Duration::from_millis(60);
        assert!(large < most, "{name}: {small:?}, then {large:?}");
    }
}

/// Ten megabytes of each; slow in a debug build.
#[test]
#[ignore = "takes a minute: cargo test --profile quick -- --ignored --nocapture megabytes"]
#[expect(clippy::print_stderr, reason = "figures for whoever runs it")]
fn ten_megabytes_of_each_are_read_soon() {
    for (name, page) in pages(10_000_000) {
        let taken = time(&page);
        eprintln!("{name}: {taken:?}");
        assert!(taken < Duration::from_secs(8), "{name}: {taken:?}");
    }
}
