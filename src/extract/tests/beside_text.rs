//! What stands between and after the paragraphs of a page: teasers, captions of pictures that a
//! script loads, lines about the author, and the headline that only the page prints.

use crate::extract::publishers::Profiles;
use crate::extract::{PageHint, page};
use crate::news::{Article, Block};

const PROSE: &str = "<p>The harbour board opens the pier again on Monday, a year after the storm \
    took half of it away and left the isle without its ferry.</p><p>Two ferries an hour run until \
    midnight, and the last one waits for the train from the capital, the board says.</p><p>The new \
    pier stands a metre higher than the old one, which flooded each autumn for a century.</p>";

fn read(markup: &str) -> Article {
    let hint = PageHint {
        url: Some("https://paper.example/isle/pier"),
        ..PageHint::default()
    };
    page::read(markup, &hint, &Profiles::default())
}

fn captions(article: &Article) -> Vec<(&str, Option<&str>)> {
    article
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Image { url, caption, .. } => Some((&**url, caption.as_deref())),
            _ => None,
        })
        .collect()
}

/// A teaser as sites set one among the paragraphs.
fn teaser(n: usize, text: &str) -> String {
    format!(
        "<div class=box><div><img src=/p{n}.jpg></div><div><h3><a href=/isle/mill-{n}>The mill on \
         the hill grinds again, part {n}</a></h3><p>{text}</p></div></div>"
    )
}

#[test]
fn a_lone_teaser_is_no_text() {
    let teaser = teaser(
        1,
        "Grain from the isle comes to the mill for the first time since spring.",
    );
    let page = format!(
        "<title>Pier</title><article><h1>The pier opens again on Monday</h1>{PROSE}{teaser}{PROSE2}</article>"
    );
    let text = read(&page).text();
    assert!(!text.contains("mill") && !text.contains("Grain"), "{text}");
    assert!(text.contains("flooded each autumn") && text.contains("a bench of oak"));
}

const PROSE2: &str = "<p>Beside the waiting room stands a bench of oak that a carpenter of the isle \
    made from the beams of the old pier.</p>";

#[test]
fn a_round_up_of_linked_headlines_is_text() {
    let long = "Grain from the isle comes to the mill for the first time since spring. ".repeat(7);
    let items: String = (0..7)
        .map(|n| {
            teaser(
                n,
                if n == 3 {
                    "A short word about it, and that is all."
                } else {
                    &long
                },
            )
        })
        .collect();
    let page = format!(
        "<title>Week</title><article><h1>What the week brought to the isle</h1>{items}</article>"
    );
    assert!(read(&page).text().contains("A short word about it"));
}

#[test]
fn a_part_with_a_linked_heading_and_a_picture_is_text() {
    let part = |n: usize, link: bool| {
        let name = format!("A box of beech for tools and toys, part {n}");
        let name = if link {
            format!("<a href=/box-{n}>{name}</a>")
        } else {
            name
        };
        format!(
            "<div class=item><img src=/b{n}.jpg><h2 class=part>{name}</h2><p>Cut the board {n} in six \
             and glue it well.</p></div>{PROSE}"
        )
    };
    let parts: String = (0..4).map(|n| part(n, n % 2 == 0)).collect();
    let page =
        format!("<title>Boxes</title><article><h1>Four boxes of beech</h1>{parts}</article>");
    let text = read(&page).text();
    assert!(
        (0..4).all(|n| text.contains(&format!("Cut the board {n} in six"))),
        "{text}"
    );
}

#[test]
fn a_picture_for_readers_without_scripts_is_shown() {
    let lazy = "<figure><picture><noscript><img alt='The pier at dawn' src=/dawn.jpg></noscript>\
        </picture><figcaption>The pier at dawn. Photo: Jane Doe</figcaption></figure>";
    let counter = "<noscript><img src=https://count.example/tr?id=1></noscript>";
    let twice = "<div><img data-src=/noon.jpg src=data:,x><noscript><img alt=Noon src=/noon.jpg?w=9>\
        </noscript></div>";
    let article = read(&format!(
        "<article><h1>Pier</h1>{PROSE}{lazy}{PROSE2}{counter}{twice}</article>"
    ));
    let all = captions(&article);
    assert_eq!(
        all,
        [
            (
                "https://paper.example/dawn.jpg",
                Some("The pier at dawn. Photo: Jane Doe")
            ),
            ("https://paper.example/noon.jpg", None)
        ]
    );
}

#[test]
fn the_caption_of_a_missing_picture_is_a_caption() {
    let video = "<figure><div class=player data-id=4></div><div class='caption truncate'><figcaption>\
        The ferry drops its ramp. Video: The board.</figcaption></div></figure>";
    let photo = "<div class=lead><div class=placeholder></div><div class=Lead-imageCaption-4>The mayor \
        cuts a ribbon of sailcloth.</div></div>";
    let article = read(&format!(
        "<article><h1>Pier</h1>{PROSE}{video}{photo}{PROSE2}</article>"
    ));
    let said: Vec<_> = captions(&article)
        .into_iter()
        .filter_map(|(_, c)| c)
        .collect();
    assert_eq!(
        said.join(" "),
        "The ferry drops its ramp. Video: The board. The mayor cuts a ribbon of sailcloth."
    );
    // A figure that says more than its caption holds text.
    let table = "<figure><p>Ferries an hour: two.</p><figcaption>The timetable of the board</figcaption></figure>";
    let article = read(&format!(
        "<article><h1>Pier</h1>{PROSE}{table}{PROSE2}</article>"
    ));
    assert!(captions(&article).is_empty());
    assert!(article.text().contains("Ferries an hour: two."));
}

#[test]
fn a_line_about_the_author_is_no_text() {
    let signed = |line: &str| {
        let by = "<meta name=author content='Jane Writer'>";
        read(&format!(
            "<html lang=en><head>{by}</head><article><h1>Pier</h1>{PROSE}<p>{line}</p></article>"
        ))
        .text()
    };
    assert!(
        !signed("Jane Writer is our reporter on the isle and writes about ships.")
            .contains("ships")
    );
    assert!(!signed("Reporter Jane Writer covers the isle and its ships.").contains("ships"));
    // Somebody else, and the author's own part in what is told.
    assert!(signed("John Miller is the new captain of the ships.").contains("ships"));
    assert!(signed("When the ramp fell, Jane Writer stood on one of the ships.").contains("ships"));
}

#[test]
fn the_headline_that_is_printed_wins_where_no_program_is_told_it() {
    let page = |h1: &str| {
        format!(
            "<title>Pier chaos: why the ferry waits | The Paper</title><meta property=og:title \
             content='Pier chaos: why the ferry waits'><article>{h1}{PROSE}</article>"
        )
    };
    let printed = "How the isle got its pier back after a year";
    let h1 = format!("<h1>{printed}</h1>");
    assert_eq!(&*read(&page(&h1)).title, printed);
    // A section's name, and the path of links, are none.
    for h1 in [
        "<h1>Isle</h1>".to_owned(),
        format!("<ol class=breadcrumb><li><h1>{printed}</h1></li></ol>"),
        format!("<h1><a href=/isle>{printed}</a></h1>"),
        format!("{h1}{h1}"),
    ] {
        assert_eq!(
            &*read(&page(&h1)).title,
            "Pier chaos: why the ferry waits",
            "{h1}"
        );
    }
}

#[test]
fn questions_below_an_offer_are_not_sure_to_be_the_text() {
    let pairs: String = (0..7)
        .map(|n| {
            format!(
                "<p>How many ferries of kind {n} do you build?</p><p>We build as many of kind {n} as \
                 you order, with a crew that knows the isle and its weather.</p>"
            )
        })
        .collect();
    let sure = |title: &str| {
        read(&format!("<title>{title}</title><div>{pairs}</div>"))
            .extraction
            .confidence
    };
    assert!(sure("Building ferries") < 0.5);
    assert!(sure("Questions about ferries") > 0.5);
}

#[test]
fn a_date_is_found_under_each_spelling_of_its_name() {
    for name in [
        "article:published:time",
        "citation_publication_date",
        "publish-date",
    ] {
        let article = read(&format!(
            "<meta property='{name}' content='2026-03-02'><article>{PROSE}</article>"
        ));
        assert!(article.published.is_some(), "{name}");
    }
}

/// A Korean page of `lines` paragraphs with `inside` after the eighth.
fn korean(inside: &str, lines: usize) -> String {
    let line = |n: usize| {
        format!(
            "<p>{n}번째 문단은 읍내 축제를 다룬다. 상인 {n}명은 손님이 크게 늘었다고 말했고, 군청은 내년에도 연다고 밝혔다.</p>"
        )
    };
    let above: String = (1..=8).map(line).collect();
    let below: String = (9..=lines).map(line).collect();
    let page = format!(
        "<html lang=ko><title>축제가 열렸다</title><article><h1>축제가 열렸다</h1><div>{above}{inside}{below}</div></article>"
    );
    read(&page).text()
}

#[test]
fn a_line_amid_korean_paragraphs_cuts_nothing_after_it() {
    for inside in [
        "<h3>댓글</h3>",
        "<p>기사 제보는 받지 않는다고 그는 농담했다.</p>",
        "<p>※ 당신의 제보가 뉴스가 됩니다. [카카오톡] 가나 검색</p>",
        "<h3>관련기사</h3>",
        "<p>홍길동 기자 hong@gana.example</p>",
    ] {
        assert!(korean(inside, 12).contains("12번째"), "{inside}");
        assert!(korean(inside, 9).contains("9번째"), "{inside}");
    }
    let said = "<p>기사 제보는 받지 않는다고 그는 농담했다.</p>";
    assert!(korean(said, 12).contains("농담했다"));
    // Short paragraphs, after which nothing else stands.
    let short = "<p>군수가 온다.</p><p>길은 막힌다고 한다.</p>";
    for inside in ["<h3>관련기사</h3>", "<p>홍길동 기자 hong@gana.example</p>"] {
        assert!(
            korean(&format!("{inside}{short}"), 8).contains("막힌다고 한다"),
            "{inside}"
        );
    }
}

#[test]
fn comments_and_closing_lines_end_a_korean_text() {
    let comments = "<h3>댓글 2</h3><div class=reply><p>축제가 정말 좋았다고 생각한다. 내년에도 꼭 다시 오려고 벌써 숙소를 알아보는 중이다.</p></div>";
    assert!(!korean(comments, 8).contains("숙소를"));
    let tip = "<p>※ 당신의 제보가 뉴스가 됩니다. [카카오톡] 가나 검색</p><p>가나뉴스는 늘 여러분의 곁에 있겠습니다.</p>";
    assert!(!korean(tip, 8).contains("곁에 있겠"));
}

#[test]
fn sentences_that_begin_as_notices_do_are_text() {
    for line in [
        "Copyright law is to change next year, says the minister for the isle.",
        "Advertisement was banned on the ferry in the spring of the year before.",
        "The library of the isle starts a free weekly newsletter in May.",
        "The paper stands first on Google News, says a study of the board.",
    ] {
        let page =
            format!("<html lang=en><article><h1>Pier</h1>{PROSE}<p>{line}</p>{PROSE2}</article>");
        assert!(read(&page).text().contains(line), "{line}");
    }
    for line in [
        "Advertisement",
        "Sign up for our newsletter",
        "Copyright 2026 The Paper",
    ] {
        let page =
            format!("<html lang=en><article><h1>Pier</h1>{PROSE}<p>{line}</p>{PROSE2}</article>");
        assert!(!read(&page).text().contains(line), "{line}");
    }
}
