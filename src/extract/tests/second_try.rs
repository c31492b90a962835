//! Pages that say the wrong thing of their own elements: the article is found all the same.

use crate::extract::page::PageHint;
use crate::extract::publishers::Profiles;

const FIRST: &str = "The council voted on Tuesday to run the first train an hour earlier.";
const SECOND: &str = "Commuters had asked for the change for years, and the drivers agreed to it.";
const THIRD: &str = "The new timetable begins in March, when the depot will have its new gates.";

fn text(html: &str) -> String {
    crate::extract::html(html, &PageHint::default(), &Profiles::embedded()).text()
}

fn paragraphs() -> String {
    format!("<p>{FIRST}</p>\n<p>{SECOND}</p>\n<p>{THIRD}</p>")
}

#[track_caller]
fn finds(html: &str) {
    let text = text(html);
    for wanted in [FIRST, SECOND, THIRD] {
        assert!(text.contains(wanted), "{html}\n{text}");
    }
}

#[test]
fn junk_words_of_layouts_condemn_no_article() {
    for class in [
        "sidebar-grid__content",
        "no-tts",
        "has-sidebar",
        "share-box",
        "content-nav-section",
        "skip-item",
        "promo toolbar",
    ] {
        finds(&format!(
            "<title>First trains</title><body><div class='{class}'><div class='{class}'>{}</div></div>",
            paragraphs()
        ));
    }
}

#[test]
fn parts_that_are_each_junk_are_pardoned_together() {
    let box_of = |line: &str| format!("<div class='share-box'><p>{line}</p></div>");
    finds(&format!(
        "<title>First trains</title><body><h1>First trains</h1>{}{}{}",
        box_of(FIRST),
        box_of(SECOND),
        box_of(THIRD)
    ));
}

#[test]
fn text_that_a_script_would_show_is_found() {
    for attrs in [
        "style='visibility:hidden'",
        "aria-hidden=true",
        "hidden",
        "class=hide",
        "style='display:none'",
    ] {
        finds(&format!(
            "<title>First trains</title><body><div {attrs}>{}</div>",
            paragraphs()
        ));
    }
}

#[test]
fn a_css_variable_hides_nothing() {
    let page = format!(
        "<body><div style='--footer-display: none'>{}</div><p style='display: none'>{FIRST} Hidden.",
        paragraphs()
    );
    finds(&page);
    assert!(!text(&page).contains("Hidden."));
}

#[test]
fn hidden_text_stays_hidden_beside_an_article() {
    let article = paragraphs().repeat(4);
    let page = format!(
        "<body><article>{article}</article><div hidden><p>We have changed our terms of use, which you accept.</p></div>"
    );
    assert!(!text(&page).contains("terms of use"));
}

#[test]
fn streamed_parts_stand_where_they_belong() {
    let page = format!(
        "<body><main><h1>First trains</h1><p>{FIRST}</p><!--$?--><template id='B:0'></template><!--/$--><p>{THIRD}</p></main><div hidden id='S:0'><p>{SECOND}</p></div>"
    );
    let text = text(&page);
    let at = |line| text.find(line).unwrap();
    assert!(at(FIRST) < at(SECOND) && at(SECOND) < at(THIRD), "{text}");
}

#[test]
fn streamed_parts_that_hold_each_other_end() {
    let page = format!(
        "<body><template id='B:0'></template><div hidden id='S:0'>{}<template id='B:1'></template></div><div hidden id='S:1'><template id='B:0'></template></div>",
        paragraphs()
    );
    finds(&page);
}

#[test]
fn full_stops_of_all_scripts_end_sentences() {
    for (open, close) in [("", "\n"), ("", ""), ("<span>", "</span> \n ")] {
        let line = "市議会は火曜日、来年三月から始発列車を一時間早めることを決めた";
        let page = format!(
            "<body><div><p>{open}{line}。{close}</p><p>{open}{line}！{close}</p><p>{open}{line}。（了）{close}</p></div>"
        );
        assert!(text(&page).contains(line), "{page}");
    }
}

#[test]
fn lines_of_public_offices_are_prose() {
    let page = "<title>첫차 시간 조정</title><body><ul class=menu><li><a href=/a>알림</a></ul><div class=view><p>□ 가나시는 2월 1일부터 지하철과 경전철 첫차를 30분 앞당겨 운행할 예정</p><p>○ 시민 설문에 따른 조치로 시내 6개 노선에서 3월까지 석 달 동안 시범 실시</p><p>○ 역무원 교대 시간과 청소 시간도 함께 조정하기로 지난달 노사 합의</p></div>";
    let text = text(page);
    assert!(
        text.contains("앞당겨 운행할 예정") && text.contains("노사 합의"),
        "{text}"
    );
}

#[test]
fn a_cookie_dialog_is_no_article_however_much_it_says() {
    let legal = "<p>When you visit our website, we store cookies on your browser to collect information about you.</p>".repeat(12);
    let page = format!(
        "<body><article>{}</article><div id='onetrust-consent-sdk'>{legal}</div>",
        paragraphs()
    );
    finds(&page);
    assert!(!text(&page).contains("store cookies"));
}

#[test]
fn text_behind_a_closed_fold_is_read() {
    let part = |n: usize| {
        let line = format!("<p>Part {n} tells step by step how the old bridge will be mended.</p>");
        line.repeat(6)
    };
    let page = |fold: &str| {
        text(&format!(
            "<nav><div id=m hidden><p>A menu of parts</p></div></nav><main><div><h1>The bridge</h1>\
             <div>{}</div><div><button aria-expanded=false aria-controls='x a'>More</button>{fold}</div>\
             </div></main>",
            part(1)
        ))
    };
    for fold in [
        format!("<div id=a hidden>{}</div>", part(2)),
        format!(
            "<div id=b role=region style='display: none'>{}</div>",
            part(2)
        ),
    ] {
        let read = page(&fold);
        assert!(
            read.contains("Part 1") && read.contains("Part 2"),
            "{fold}: {read}"
        );
        assert!(!read.contains("A menu"), "{read}");
    }
    let hidden = page(&format!(
        "<p>A line between.</p><div id=c style='display: none'>{}</div>",
        part(2)
    ));
    assert!(!hidden.contains("Part 2"), "{hidden}");
}

#[test]
fn an_faq_keeps_its_questions_and_answers() {
    let fold = |n: usize, open: &str, panel: &str| {
        let question =
            format!("<button aria-expanded=false {open}>Is question {n} answered?</button>");
        let question = if n.is_multiple_of(2) {
            question
        } else {
            format!("<h3>{question}</h3>")
        };
        format!("{question}<div {panel}>Answer {n} is yes, since the council said so.</div>")
    };
    let folds = [
        fold(1, "aria-controls=a1", "id=a1 hidden"),
        fold(2, "aria-controls=a2", "id=a2 style='display:none'"),
        fold(3, "aria-controls=gone", "hidden"),
        fold(
            4,
            "id=q4 aria-controls=a4",
            "aria-labelledby=q4 id=a4 hidden",
        ),
        fold(
            5,
            "aria-controls=a5",
            "class=collapse style='display:none'><div id=a5",
        ) + "</div>",
    ];
    let page = format!(
        "<title>Questions</title><main><article><h1>Questions</h1>{}{}\
         <button aria-expanded=false aria-controls=s>Show share menu</button>\
         <div id=s hidden><a href=/a>One network</a> <a href=/b>Other network</a></div>\
         <h3>Part <button>Copy link</button></h3><p>The last part of the text stands here.</p>",
        paragraphs(),
        folds.concat()
    );
    let read = text(&page);
    for n in 1..=4 {
        assert!(
            read.contains(&format!("Is question {n} answered?")),
            "{read}"
        );
        assert!(read.contains(&format!("Answer {n} is yes")), "{read}");
    }
    for page_words in ["share menu", "network", "Copy link"] {
        assert!(!read.contains(page_words), "{read}");
    }
}

#[test]
fn notes_quotations_and_galleries_in_the_text_are_part_of_it() {
    let read = text(&format!(
        "<title>First trains</title><body><article><h1>First trains</h1>{}\
         <aside class='quote no-group'><blockquote><p>What Bob wrote before.</p></blockquote></aside>\
         <aside class=note><p>Bring a map of the line.</p></aside>\
         <figure class='kg-card kg-gallery-card'><img src=https://a.example/1.jpg>\
         <figcaption>Two views of the depot</figcaption></figure>\
         <aside class=promo><p>Read our other lines.</p></aside></article>",
        paragraphs()
    ));
    for wanted in ["What Bob wrote", "Bring a map", "Two views of the depot"] {
        assert!(read.contains(wanted), "{read}");
    }
    assert!(!read.contains("other lines"), "{read}");
}
