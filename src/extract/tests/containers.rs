//! Where the text begins and ends: texts beside boxes, below headlines, in scripts and in data.

use super::super::{PageHint, Profiles, html};
use crate::news::{Article, Block, Problem};

const BODY: [&str; 4] = [
    "The ferry to the island will run every hour from the first of May, the town said on Tuesday, after a winter with two crossings a day.",
    "Islanders had asked for it since the second boat was sold three years ago, and more than four hundred of them signed a letter in March.",
    "A crossing stays at six euros. Children and bicycles travel free, and the last boat leaves the quay half an hour before midnight.",
    "The union said that it had not been asked, and that nobody can steer a boat for ten hours with a break of twenty minutes at noon.",
];

fn read(page: &str) -> Article {
    let hint = PageHint {
        url: Some("https://paper.example/news/ferry-runs-hourly"),
        charset: None,
        ..PageHint::default()
    };
    html(page, &hint, &Profiles::embedded())
}

fn paragraphs() -> String {
    BODY.iter().map(|p| format!("<p>{p}</p>")).collect()
}

#[test]
fn data_that_repeats_the_text_does_not_win() {
    let once = BODY.join(" ");
    let page = format!(
        "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Ferry runs hourly\",\
         \"articleBody\":\"{once} {once}\"}}</script><h1>Ferry runs hourly</h1><div>{}</div>",
        paragraphs()
    );
    assert_eq!(read(&page).text(), BODY.join("\n\n"));
}

#[test]
fn short_lines_in_the_texts_own_place_are_text() {
    let places = "<p>Boats leave from:</p><p>Old Harbour</p><p>Long Quay</p><p>North Pier</p>\
                  <p>West Landing</p><p>Fish Market</p><p>Upper Lock</p>";
    let page = format!(
        "<h1>Ferry runs hourly</h1><div>{}{places}</div>",
        paragraphs()
    );
    assert!(read(&page).text().ends_with("Fish Market\n\nUpper Lock"));
    // Buttons and names of sections stand in elements of other kinds.
    let labels = "<div class=b>Old Harbour</div><div class=b>Long Quay</div><div class=b>North Pier</div>\
                  <div class=b>West Landing</div><div class=b>Fish Market</div><div class=b>Upper Lock</div>";
    let page = format!(
        "<h1>Ferry runs hourly</h1><div>{}{labels}</div>",
        paragraphs()
    );
    assert_eq!(read(&page).text(), BODY.join("\n\n"));
}

#[test]
fn linked_names_beside_one_paragraph_are_text() {
    let names = |names: &[&str]| {
        let links = names
            .iter()
            .map(|n| format!("<a href='/topic/{n}'>{n}</a>"));
        links.collect::<Vec<_>>().join(", ")
    };
    let page = format!(
        "<h1>Boats at the landings</h1><main><div class=k3><p>{}</p><p>They call at:</p><p>In the north: {}</p>\
         <p>In the south: {}</p><p>In the west: {}</p></div></main>",
        BODY[0],
        names(&[
            "Ashby", "Birkdale", "Corham", "Denholm", "Easton", "Farleigh"
        ]),
        names(&[
            "Garth",
            "Hexworth",
            "Ilsington",
            "Jarrow",
            "Kelso",
            "Lowick"
        ]),
        names(&["Marldon", "Norham", "Orford", "Pinhoe", "Quorn", "Rothbury"])
    );
    let text = read(&page).text();
    assert!(
        text.contains("In the north: Ashby") && text.contains("Rothbury"),
        "{text}"
    );
}

#[test]
fn a_box_before_the_text_in_one_row_is_all_that_goes() {
    let cards = "<article><a href=/1>Mayor opens a second library near the station</a></article>\
                 <article><a href=/2>Storm takes the roof of the old market hall</a></article>";
    let page = format!(
        "<h1>Ferry runs hourly</h1><article><div class=row><div class=col>{}</div></div>\
         <div class=row><aside><div><b>Most read</b>{cards}</div></aside><div class=col>{}</div></div></article>",
        format_args!("<p>{}</p><p>{}</p>", BODY[0], BODY[1]),
        format_args!(
            "<p>{}</p><p>{}</p><p>Nobody knows yet whether the second boat comes back to the quay in summer.</p>",
            BODY[2], BODY[3]
        ),
    );
    let text = read(&page).text();
    assert!(
        text.contains(BODY[2]) && text.contains("second boat comes back"),
        "{text}"
    );
    assert!(!text.contains("second library"), "{text}");
}

#[test]
fn a_label_at_the_pages_top_does_not_take_the_page() {
    let more: String = (0..12)
        .map(|n| {
            format!("<li><a href=/{n}>Mayor opens library number {n} near the station</a></li>")
        })
        .collect();
    let page = format!(
        "<div id=wrap><div class=x1><div class=x2><b>Latest news</b></div></div><h3>Ferry runs hourly</h3>\
         <dl class=k>{}</dl><ul>{more}</ul></div><p>{}</p>",
        BODY.join("<br><br>"),
        "The Paper, 1 Quay Street. Founded in 1901. Telephone 555 1234. ".repeat(4)
    );
    assert!(read(&page).text().contains(BODY[2]));
}

#[test]
fn text_for_readers_without_scripts_is_read_where_there_is_no_other() {
    let page = format!(
        "<title>Ferry runs hourly</title><div id=app></div><noscript><div>{}</div></noscript>",
        paragraphs()
    );
    assert!(read(&page).text().contains(BODY[1]));
    let page = "<title>Ferry</title><div id=app></div><noscript>You need JavaScript for this page.</noscript>";
    assert_eq!(read(page).extraction.problem, Some(Problem::Empty));
}

#[test]
fn a_line_of_dates_above_or_inside_the_first_lines_is_no_text() {
    let page = format!(
        "<h1>Ferry runs hourly</h1><div><p>Publiziert6. November 2025, 12:26</p><p>{}</p>\
         <p>Actualizado a 10/07/2026 22:39</p><p>{}</p><p>{}</p></div>",
        BODY[0], BODY[1], BODY[2]
    );
    assert_eq!(read(&page).text(), BODY[..3].join("\n\n"));
}

#[test]
fn a_credit_abroad_makes_a_caption() {
    let page = format!(
        "<h1>Ferry runs hourly</h1><div><p>{}</p><img src=/boat.jpg><p>The boat at the quay. Foto: Jane Doe/dpa</p>\
         <p>{}</p><p>{}</p></div>",
        BODY[0], BODY[1], BODY[2]
    );
    let article = read(&page);
    let caption = article.blocks.iter().find_map(|b| match b {
        Block::Image { caption, .. } => caption.as_deref(),
        _ => None,
    });
    assert_eq!(caption, Some("The boat at the quay. Foto: Jane Doe/dpa"));
}

#[test]
fn a_name_in_bold_below_the_text_signs_it() {
    let page = format!(
        "<meta property='og:site_name' content='The Paper'><meta name=author content='The Paper'>\
         <h1>Ferry runs hourly</h1><div>{}<p style='text-align:right'><strong>Lena Quist</strong></p></div>",
        paragraphs()
    );
    let article = read(&page);
    assert_eq!(article.text(), BODY.join("\n\n"));
    let names: Vec<&str> = article.bylines.iter().map(|b| &*b.name).collect();
    assert_eq!(names, ["Lena Quist"]);
}

#[test]
fn previews_of_links_name_the_author() {
    let page = format!(
        "<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Lena Quist'>\
         <h1>Ferry runs hourly</h1><div>{}</div>",
        paragraphs()
    );
    let article = read(&page);
    assert!(article.bylines.iter().any(|b| &*b.name == "Lena Quist"));
}

#[test]
fn a_home_page_that_is_a_text_is_no_front() {
    let links: String = (0..12)
        .map(|n| format!("<a href=/{n}>Page {n}</a> "))
        .collect();
    let page = format!(
        "<nav>{links}</nav><h1>Ferry runs hourly</h1><main>{}</main>",
        paragraphs()
    );
    let hint = PageHint {
        url: Some("https://ferry.example/"),
        charset: None,
        ..PageHint::default()
    };
    let article = html(&page, &hint, &Profiles::embedded());
    assert_eq!(article.extraction.problem, None);
}

#[test]
fn lines_without_sentences_are_read_where_a_page_has_few_links() {
    let poem = "Grey is the harbour<br>and grey is the quay<br>the boat that went over<br>came back without me<br>\
                The lamp at the landing<br>burns all the night long<br>for who would cross over<br>and sing me the song";
    let page = format!("<h1>The ferry</h1><article>{poem}</article><a href=/>Home</a>");
    assert!(read(&page).text().contains("burns all the night long"));
    let rows: String = (1..15)
        .map(|n| format!("<tr><td>Landing number {n}</td><td>every {n} hours</td></tr>"))
        .collect();
    let page = format!(
        "<h1>Boats by landing</h1><div><p>They call at:</p><table>{rows}</table></div><a href=/>Home</a>"
    );
    assert!(read(&page).text().contains("Landing number 14"));
}

#[test]
fn a_sentence_with_its_day_in_brackets_is_text() {
    for last in [
        "나루 옆 느티나무 아래의 풍경입니다.(2024. 7. 11)",
        "This is how the quay looks. (May 3, 2024)",
    ] {
        let page = format!(
            "<h1>Ferry runs hourly</h1><div>{}<p>{last}</p></div>",
            paragraphs()
        );
        assert!(read(&page).text().ends_with(last), "{last}");
    }
}

#[test]
fn junk_beside_a_named_text_stays_junk_however_much_it_says() {
    let rows: String = (1..25)
        .map(|n| format!("<tr><td>Landing number {n}</td><td>every {n} hours</td></tr>"))
        .collect();
    let page = format!(
        "<title>Boats by landing</title><div class=page><div class=articleBody><h1>Boats by landing</h1>\
         <p>They call at:</p><table>{rows}</table></div><aside class=sidebar>{}</aside></div>",
        paragraphs()
    );
    let text = read(&page).text();
    assert!(text.contains("Landing number 24"), "{text}");
    assert!(!text.contains(BODY[1]), "{text}");
}

#[test]
fn other_makers_tags_name_the_author() {
    for mark in [
        "<meta name='cXenseParse:author' content='Lena Quist'>",
        "<x-part id=authors><span>Lena Quist</span></x-part>",
    ] {
        let page = format!(
            "{mark}<h1>Ferry runs hourly</h1><div>{}</div>",
            paragraphs()
        );
        let article = read(&page);
        assert!(
            article.bylines.iter().any(|b| &*b.name == "Lena Quist"),
            "{mark}"
        );
    }
}

#[test]
fn dates_of_events_and_of_a_chronicle_are_text() {
    for line in [
        "일시: 2026. 12. 1. 14:00",
        "□ 신청 기간 : 2026. 12. 1. 09:00",
        "1994. 3. 2. 14:00",
        "Deadline: 2026-12-31 18:00",
    ] {
        let page = format!(
            "<h1>Ferry runs hourly</h1><article><p>{}</p><p>{line}</p><p>{}</p><p>{}</p></article>",
            BODY[0], BODY[1], BODY[2]
        );
        let article = read(&page);
        assert!(article.text().contains(line), "{line}");
        assert_eq!(article.published, None, "{line}");
    }
}

#[test]
fn a_short_text_beside_many_links_is_read_where_the_page_names_it() {
    let links: String = (0..30)
        .map(|n| format!("<li><a href=/{n}>The name of another page, {n}</a></li>"))
        .collect();
    for (tag, text) in [
        (
            "main",
            "<p>Grey is the harbour<br>and grey is the quay</p><p>the boat that went over<br>came back without me</p>",
        ),
        (
            "article",
            "<ul><li>two spoons of paste<li>half a block of curd</ul><ol><li>Boil water<li>Stir in the paste</ol>",
        ),
    ] {
        let page = format!(
            "<nav><ul>{links}</ul></nav><{tag}><h1>The ferry</h1>{text}</{tag}><aside><ol>{links}</ol></aside>"
        );
        let article = read(&page);
        let last = text.split(['<', '>']).rfind(|t| t.len() > 6);
        assert!(
            article.text().contains(last.unwrap_or_default()),
            "{tag} {}",
            article.text()
        );
        assert_eq!(article.extraction.problem, None, "{tag}");
    }
    // A main that is a list of links is none.
    let page = format!("<nav><ul>{links}</ul></nav><main><ol>{links}</ol></main>");
    assert!(read(&page).extraction.problem.is_some());
}

#[test]
fn a_paragraph_of_sentences_that_is_one_link_is_text() {
    let linked =
        "<p><a href=/y>The ferry leaves from the old pier. It takes twenty minutes</a></p>";
    let page = format!(
        "<h1>Ferry runs hourly</h1><div>{linked}{}{linked}</div>",
        paragraphs()
    );
    assert!(read(&page).text().contains("It takes twenty minutes"));
}
