//! Sample pages in the usual layouts of the web with the expected results beside them, in
//! `tests/pages/extract`. Each is read with the program's profiles and without any, because most
//! publishers have none.
#![expect(clippy::disallowed_methods, reason = "the sample pages are files")]

use std::path::Path;

use serde::Deserialize;

use super::super::meta::title::letters;
use super::super::{PageHint, Profiles, page};
use crate::extract::pasted::plain;
use crate::news::{Article, Block, Clean, Problem};

/// The expected result for a page. Fields left out are not compared.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Truth {
    url: String,
    title: Option<String>,
    publisher: Option<String>,
    section: Option<String>,
    lang: Option<String>,
    subheads: Option<Vec<String>>,
    bylines: Option<Vec<String>>,
    emails: Option<Vec<String>>,
    published: Option<String>,
    updated: Option<String>,
    copyright: Option<String>,
    /// The problem, if the page is no article.
    problem: Option<String>,
    #[serde(default)]
    captions: Vec<String>,
    /// Strings that must not be in the text.
    #[serde(default)]
    absent: Vec<String>,
    body: Option<Vec<String>>,
}

fn same<T: PartialEq + std::fmt::Debug>(faults: &mut Vec<String>, what: &str, got: T, wanted: T) {
    if got != wanted {
        faults.push(format!("{what}: {got:?} instead of {wanted:?}"));
    }
}

fn begins(faults: &mut Vec<String>, what: &str, got: Option<String>, wanted: Option<&String>) {
    if let Some(wanted) =
        wanted.filter(|w| !got.as_deref().unwrap_or_default().starts_with(w.as_str()))
    {
        faults.push(format!("{what}: {got:?} instead of {wanted:?}"));
    }
}

fn fields(article: &Article, truth: &Truth, faults: &mut Vec<String>) {
    let owned = |c: &Option<Clean>| c.as_deref().map(str::to_owned);
    let list = |l: &[Clean]| l.iter().map(|c| c.to_string()).collect::<Vec<_>>();
    for (what, got, wanted) in [
        ("title", Some(article.title.to_string()), &truth.title),
        ("publisher", owned(&article.publisher), &truth.publisher),
        ("section", owned(&article.section), &truth.section),
        ("language", owned(&article.lang), &truth.lang),
        ("copyright", owned(&article.copyright), &truth.copyright),
    ] {
        if wanted.is_some() {
            same(faults, what, &got, wanted);
        }
    }
    begins(
        faults,
        "published",
        article.published.map(|p| p.to_string()),
        truth.published.as_ref(),
    );
    begins(
        faults,
        "updated",
        article.updated.map(|p| p.to_string()),
        truth.updated.as_ref(),
    );
    if let Some(subheads) = &truth.subheads {
        same(faults, "subheads", &list(&article.subheads), subheads);
    }
    if let Some(names) = &truth.bylines {
        same(
            faults,
            "bylines",
            &article.bylines.iter().map(|b| b.name.to_string()).collect(),
            names,
        );
    }
    if let Some(emails) = &truth.emails {
        same(
            faults,
            "addresses",
            &article
                .bylines
                .iter()
                .filter_map(|b| owned(&b.email))
                .collect(),
            emails,
        );
    }
}

fn text(article: &Article, truth: &Truth, faults: &mut Vec<String>) {
    let is_text = |b: &&Block| !matches!(b, Block::Image { .. } | Block::Embed { .. });
    if let Some(body) = &truth.body {
        let got: Vec<String> = article
            .blocks
            .iter()
            .filter(is_text)
            .map(Block::plain)
            .collect();
        faults.extend(
            body.iter()
                .filter(|line| !got.contains(line))
                .map(|line| format!("missing: {line}")),
        );
        faults.extend(
            got.iter()
                .filter(|line| !body.contains(line))
                .map(|line| format!("too much: {line}")),
        );
    }
    let captions: String = article
        .blocks
        .iter()
        .filter(|b| !is_text(b))
        .map(|b| letters(&b.plain()))
        .collect();
    faults.extend(
        truth
            .captions
            .iter()
            .filter(|c| !captions.contains(&letters(c)))
            .map(|c| format!("no caption: {c}")),
    );
    let all = letters(&article.text());
    faults.extend(
        truth
            .absent
            .iter()
            .filter(|a| all.contains(&letters(a)))
            .map(|a| format!("left in: {a}")),
    );
}

fn faults(article: &Article, truth: &Truth) -> Vec<String> {
    let mut faults = Vec::new();
    let problem = article.extraction.problem.as_ref().map(Problem::to_string);
    same(&mut faults, "problem", &problem, &truth.problem);
    let sure = article.extraction.confidence;
    if (truth.problem.is_some() && sure > 0.35) || (truth.problem.is_none() && sure < 0.4) {
        faults.push(format!("confidence {sure}"));
    }
    if truth.problem.is_none() {
        fields(article, truth, &mut faults);
        text(article, truth, &mut faults);
    }
    faults
}

/// Reads every page of a folder with `read`, and returns the number of pages and all differences
/// from what is expected.
fn told(folder: &str, ending: &str, read: impl Fn(&[u8], &str) -> Article) -> (usize, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/pages")
        .join(folder);
    let (mut pages, mut told) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let truth: Truth = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let article = read(
            &std::fs::read(path.with_extension(ending)).unwrap(),
            &truth.url,
        );
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        told.extend(
            faults(&article, &truth)
                .into_iter()
                .map(|f| format!("{name}: {f}")),
        );
        pages += 1;
    }
    told.sort();
    (pages, told)
}

#[test]
fn every_layout_is_read_with_profiles_and_without() {
    for (profiles, which) in [
        (Profiles::embedded(), "with"),
        (Profiles::default(), "without"),
    ] {
        let read = |bytes: &[u8], url: &str| {
            page(
                bytes,
                &PageHint {
                    is_subscribed: false,
                    url: Some(url),
                    charset: None,
                },
                &profiles,
            )
        };
        let (pages, told) = told("extract", "html", read);
        assert!(
            pages >= 60 && told.is_empty(),
            "{pages} pages {which} profiles\n{}",
            told.join("\n")
        );
    }
}

/// The page with meaningless classes, ids and properties, and nothing in its head but the title.
fn renamed(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if !rest[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c)) {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        }
        let end = rest[at..].find('>').map_or(rest.len(), |i| at + i + 1);
        let tag = &rest[at..end];
        out.push_str(&rest[..at]);
        let name = tag
            .trim_start_matches(['<', '/'])
            .split([' ', '>', '\n'])
            .next()
            .unwrap_or_default()
            .to_lowercase();
        match name.as_str() {
            "meta" if !tag.to_lowercase().contains("charset") => {}
            "article" | "main" | "section" | "aside" | "header" | "footer" | "nav" => {
                out.push_str(if tag.starts_with("</") {
                    "</div>"
                } else {
                    "<div>"
                });
            }
            "script" | "img" | "a" | "iframe" | "link" | "meta" | "time" | "base" => {
                out.push_str(tag);
            }
            _ => {
                let shown = !tag.contains("display:none") && !tag.contains(" hidden");
                let keep = tag.contains(" lang=") || !shown || tag.starts_with("<!");
                let bare = if tag.starts_with("</") {
                    format!("</{name}>")
                } else {
                    format!("<{name}>")
                };
                out.push_str(if keep { tag } else { &bare });
            }
        }
        rest = &rest[end..];
    }
    out + rest
}

#[test]
fn text_is_found_where_no_name_on_the_page_means_anything() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/extract");
    let (mut wanted, mut found, mut got, mut strange) = (0, 0, 0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(html) = std::fs::read_to_string(path.with_extension("html")) else {
            continue;
        };
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let truth: Truth = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let Some(body) = truth.body.filter(|_| truth.problem.is_none()) else {
            continue;
        };
        let hint = PageHint {
            is_subscribed: false,
            url: Some(&truth.url),
            charset: None,
        };
        let article = super::super::html(&renamed(&html), &hint, &Profiles::default());
        let blocks: Vec<String> = article
            .blocks
            .iter()
            .map(|b| letters(&b.plain()))
            .filter(|b| !b.is_empty())
            .collect();
        let all = letters(&article.text());
        let own: String = body
            .iter()
            .chain(&truth.captions)
            .map(|line| letters(line))
            .collect();
        let missing = body
            .iter()
            .filter(|line| !all.contains(&letters(line)))
            .count();
        let more = blocks.iter().filter(|b| !own.contains(b.as_str())).count();
        wanted += body.len();
        found += body.len() - missing;
        got += blocks.len();
        if missing + more > 0 {
            strange.push(format!(
                "{}: {missing} missing, {more} too many",
                path.file_stem().unwrap().to_string_lossy()
            ));
        }
    }
    strange.sort();
    let more: usize = got.saturating_sub(found);
    assert!(
        found * 100 >= wanted * 97 && more * 100 <= got * 20,
        "{found} of {wanted}, {got}\n{}",
        strange.join("\n")
    );
}

#[test]
fn every_pasted_page_loses_its_furniture() {
    let (pages, told) = told("paste", "txt", |bytes, url| {
        plain(&String::from_utf8_lossy(bytes), Some(url))
    });
    assert!(
        pages >= 8 && told.is_empty(),
        "{pages} pages\n{}",
        told.join("\n")
    );
}

/// `html` with made-up ids, classes and data attributes on every element, from `seed`.
fn hashed(html: &str, mut seed: u64) -> String {
    const HEX: &[u8] = b"0123456789abcdef";
    const ALNUM: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    const MIXED: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed >> 33).unwrap_or(0)
    };
    let mut letters = |of: &[u8], len: usize| -> String {
        (0..len)
            .map(|_| char::from(of[next() % of.len()]))
            .collect()
    };
    let mut out = String::with_capacity(html.len() * 2);
    let mut script = false;
    for piece in crate::extract::html::markup::tokens(html) {
        use crate::extract::html::markup::MarkupToken;
        match piece {
            MarkupToken::Start {
                name, raw, attrs, ..
            } => {
                let plain = !script && raw.ends_with('>') && !raw.ends_with("/>");
                script |= name.eq_ignore_ascii_case("script");
                if !plain {
                    out.push_str(raw);
                    continue;
                }
                let has = |name: &str| attrs.iter().any(|(n, _)| n.eq_ignore_ascii_case(name));
                let class = match letters(HEX, 1).as_str() {
                    "0" | "1" | "2" | "3" => format!("css-{}", letters(ALNUM, 6)),
                    "4" | "5" | "6" | "7" => format!("sc-{}", letters(MIXED, 6)),
                    "8" | "9" | "a" | "b" => format!("Foo__{}", letters(ALNUM, 5)),
                    _ => format!("jsx-{}", letters(HEX, 8)),
                };
                let mut tag = raw[..raw.len() - 1].to_owned();
                if let Some(at) = tag.find(" class=\"") {
                    if let Some(end) = tag[at + 8..].find('"') {
                        tag.insert_str(at + 8 + end, &format!(" {class}"));
                    }
                } else if !has("class") {
                    tag.push_str(&format!(" class={class}"));
                }
                if !has("id") {
                    let parts = [8, 4, 4, 4, 12].map(|len| letters(HEX, len));
                    tag.push_str(&format!(" id=SE-{}", parts.join("-")));
                }
                tag.push_str(&format!(
                    " data-v-{}={}",
                    letters(HEX, 8),
                    letters(ALNUM, 9)
                ));
                out.push_str(&tag);
                out.push('>');
            }
            MarkupToken::End { name, raw } => {
                script &= !name.eq_ignore_ascii_case("script");
                out.push_str(raw);
            }
            MarkupToken::Text(text) => out.push_str(text),
            MarkupToken::Data(_) | MarkupToken::Aside => {}
        }
    }
    out
}

#[test]
fn made_up_names_never_change_a_pages_text() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/extract");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "html") {
            continue;
        }
        let Ok(html) = std::fs::read_to_string(&path) else {
            continue;
        };
        let text = |html: &str| {
            super::super::html(html, &PageHint::default(), &Profiles::embedded()).text()
        };
        read += 1;
        let plain = text(&html);
        for seed in 1..=16_u64 {
            let made_up = hashed(&html, seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            assert_eq!(text(&made_up), plain, "{} with seed {seed}", path.display());
        }
    }
    assert!(read >= 60, "{read}");
}

#[test]
fn the_heading_in_the_path_of_links_is_not_the_printed_headline() {
    let page = |shared: &str| {
        let seo = "Night trains from Berlin to Paris: the new timetable";
        let html = format!(
            "<html lang=en><title>{seo} | The Paper</title><meta property=og:title content='{shared}'>\
             <ul class=breadcrumb><li><a href=/t>Travel</a><li class=breadcrumb__item><h1>{seo}</h1></ul>\
             <h2><span class=kicker>Railways</span><span>Asleep on the way to the Seine</span></h2>{}",
            "<p>The first train leaves the station at nine, and by seven the travellers see the \
             river, as the railway said on Monday when it showed its timetable.</p>"
                .repeat(4)
        );
        let article = crate::extract::html(&html, &PageHint::default(), &Profiles::embedded());
        article.title.to_string()
    };
    let printed = "Asleep on the way to the Seine";
    assert_eq!(page(printed), printed);
    // A headline that the head does not know is no rival.
    let other = "Two capitals, one night, eleven carriages";
    assert_eq!(
        page(other),
        "Night trains from Berlin to Paris: the new timetable"
    );
    let agreed = "Night trains from Berlin to Paris: the new timetable";
    assert_eq!(page(agreed), agreed);
}
