//! Fields that Korean papers, ministries, boards and blogs state in ways of their own.

use crate::extract::page::PageHint;
use crate::extract::publishers::Profiles;
use crate::news::{Article, Block, Problem};

const PROSE: [&str; 3] = [
    "가나시는 다음 달부터 지하철 첫차를 한 시간 앞당겨 새벽 네 시 반에 운행한다고 20일 밝혔다.",
    "시민들은 몇 해 전부터 첫차가 늦어 일터에 닿기 어렵다며 시간표를 고쳐 달라고 요구해 왔다.",
    "노사는 지난주 밤샘 협의 끝에 새 근무표에 합의했고 차고지 문도 새로 달기로 했다고 설명했다.",
];
const TITLE: &str = "지하철 첫차 한 시간 빨라진다";

fn prose() -> String {
    PROSE.map(|line| format!("<p>{line}</p>")).concat()
}

fn read_at(url: &str, html: &str) -> Article {
    let hint = PageHint {
        is_subscribed: false,
        url: Some(url),
        ..PageHint::default()
    };
    crate::extract::html(html, &hint, &Profiles::embedded())
}

fn read(body: &str) -> Article {
    let html = format!("<html lang=ko><title>{TITLE}</title><body><h1>{TITLE}</h1>{body}");
    read_at("https://news.example.kr/1", &html)
}

fn names(article: &Article) -> Vec<&str> {
    article.bylines.iter().map(|b| &*b.name).collect()
}

fn subheads(article: &Article) -> Vec<&str> {
    article.subheads.iter().map(|s| &**s).collect()
}

fn captions(article: &Article) -> Vec<&str> {
    let captions = article.blocks.iter().filter_map(|b| match b {
        Block::Image { caption, .. } => caption.as_deref(),
        _ => None,
    });
    captions.collect()
}

#[test]
fn a_host_of_its_own_is_another_publication() {
    let html = format!(
        "<html lang=ko><title>{TITLE}</title><h1>{TITLE}</h1>{}",
        prose()
    );
    for (url, name) in [
        ("https://it.chosun.com/a", "IT조선"),
        ("https://www.chosun.com/a", "조선일보"),
        ("https://m.osen.mt.co.kr/a", "OSEN"),
        ("https://news.mt.co.kr/a", "머니투데이"),
        ("https://sports.khan.co.kr/a", "스포츠경향"),
    ] {
        assert_eq!(
            read_at(url, &html).publisher.as_deref(),
            Some(name),
            "{url}"
        );
    }
}

#[test]
fn services_and_hosts_are_no_authors() {
    let with = |meta: &str| {
        let html = format!(
            "<html lang=ko><head><title>{TITLE}</title>{meta}<body><h1>{TITLE}</h1>{}",
            prose()
        );
        read_at("https://daymoney.example.kr/1", &html)
    };
    let article = with("<meta property='og:article:author' content='강변일보 | 네이버'>");
    assert_eq!(names(&article), ["강변일보"]);
    let article = with(
        "<meta property='og:article:author' content='나루터 이야..  | 블로그'>\
         <meta property='naverblog:nickname' content='River Walk'>",
    );
    assert_eq!(names(&article), ["River Walk"]);
    let article = with(
        "<meta name=author content='DayMoney'><p class=date>한나루 기자 | 입력 2024.03.20</p>",
    );
    assert_eq!(names(&article), ["한나루"]);
}

#[test]
fn the_head_of_a_boards_page_gives_title_author_and_date() {
    let article = read_at(
        "https://www.gana.go.kr/board/7",
        &format!(
            "<html lang=ko><title>소통마당 > 가나소식 > 보도자료</title><body><h2>가나시 누리집</h2>\
             <p class=t>{TITLE}</p><ul><li>등록일 2024-03-20</li><li>조회수 1,204</li><li>작성자 한나루</li></ul>{}",
            prose()
        ),
    );
    assert_eq!(&*article.title, TITLE);
    assert_eq!(names(&article), ["한나루"]);
    assert!(article.published.is_some());
    assert_eq!(article.blocks.len(), 3, "{:?}", article.blocks);

    let table = read(&format!(
        "<dl><dt>날짜</dt><dd>2024.03.20</dd><dt>조회수</dt><dd>52</dd></dl>{}",
        prose()
    ));
    assert!(table.published.is_some());
}

#[test]
fn lines_above_the_text_are_ledes() {
    let bold =
        "<p><b>첫차 한 시간 당겨 새벽 네 시 반에</b><br><b>시민 요구 몇 해 만에 받아들여</b></p>";
    let repeated = format!("<p>{TITLE}</p><p>차고지에는 새 문과 새 지붕</p>");
    let dashed = format!("<p><strong>{TITLE}<br>- 시민 요구 몇 해 만에 받아들여</strong></p>");
    for (lines, ledes) in [
        (
            bold.to_owned(),
            vec![
                "첫차 한 시간 당겨 새벽 네 시 반에",
                "시민 요구 몇 해 만에 받아들여",
            ],
        ),
        (repeated, vec!["차고지에는 새 문과 새 지붕"]),
        (dashed, vec!["시민 요구 몇 해 만에 받아들여"]),
    ] {
        let article = read(&format!("<div class=body>{lines}{}</div>", prose()));
        assert_eq!(subheads(&article), ledes, "{lines}");
        assert!(!article.text().contains(ledes[0]));
    }
}

#[test]
fn a_sections_heading_is_no_lede() {
    let [first, second, third] = PROSE;
    let article = read(&format!(
        "<div class=body><p><b>새벽 네 시 반의 첫차</b></p><p>{first}</p><p>{second}</p>\
         <p><b>차고지에는 새 문</b></p><p>{third}</p></div>"
    ));
    assert_eq!(subheads(&article), [""; 0]);
    assert!(article.text().contains("새벽 네 시 반의 첫차"));
}

#[test]
fn what_points_elsewhere_is_no_text() {
    let article = read(&format!(
        "<div class=body>{}<p>▲ <a href='https://shop.example.com/1'>나루터 장터 반값 '오늘만'..</a></p>\
         <p>▶ <a href='https://event.example.org/2'>강변 걷기 대회</a></p>\
         <p>ⓒ GANA NEWS Co., Ltd.</p><h3>HOT</h3><p><img src='/t.jpg'></p></div>",
        prose()
    ));
    assert_eq!(article.blocks.len(), 3, "{:?}", article.blocks);
    assert!(article.copyright.is_some());
}

#[test]
fn captions_by_label_and_in_albums() {
    let labelled = read(&format!(
        "<div class=body>{}<p>*사진설명 : 새벽 차고지에서 첫차가 나오고 있다</p><p><img src='/depot.jpg' width=600></p></div>",
        prose()
    ));
    assert_eq!(
        captions(&labelled),
        ["사진설명 : 새벽 차고지에서 첫차가 나오고 있다"]
    );
    assert_eq!(labelled.blocks.len(), 4);
    let bracketed = read(&format!(
        "<div class=body>{}<p>▲ [사진설명] 새벽 차고지의 첫차</p><p><img src='/depot.jpg' width=600></p></div>",
        prose()
    ));
    assert_eq!(captions(&bracketed), ["[사진설명] 새벽 차고지의 첫차"]);

    let walk: String = ["옥수수밭", "봉숭아", "나루와 다리", "장독대"]
        .iter()
        .enumerate()
        .map(|(n, name)| format!("<p><img src='/{n}.jpg' width=600></p><p>{name}</p>"))
        .collect();
    let album = read(&format!(
        "<div class=body>{}{walk}{}</div>",
        prose(),
        prose().replace("시", "도")
    ));
    assert_eq!(
        captions(&album),
        ["옥수수밭", "봉숭아", "나루와 다리", "장독대"]
    );
}

#[test]
fn what_a_blog_says_below_its_pictures_is_text() {
    let said = [
        "정말 맛있었어요",
        "국물이 아주 시원했다",
        "다음에 또 가야겠죠",
    ];
    let two = ["강가의 나루", "나무 두 그루"];
    for lines in [said.map(|l| vec![l]).to_vec(), vec![two.to_vec(); 4]] {
        let walk: String = (0..8)
            .map(|n| {
                let below = &lines[n % lines.len()];
                let below: String = below
                    .iter()
                    .map(|l| format!("<p>{l} {n}째요</p>"))
                    .collect();
                format!("<p><img src='/{n}.jpg' width=600></p>{below}")
            })
            .collect();
        let article = read(&format!("<div class=body>{}{walk}</div>", prose()));
        assert!(article.text().contains("0째요"), "{:?}", article.blocks);
    }
}

#[test]
fn pictures_between_two_parts_of_a_text_belong_to_it() {
    let [first, second, third] = PROSE;
    let html = format!(
        "<html lang=ko><title>{TITLE}</title><body><h1>{TITLE}</h1><div id=a><div class=par>{first}</div>\
         <div class=box><figure><img src='/p.jpg'><figcaption>새벽 차고지 풍경</figcaption></figure></div>\
         <div class=par>{second}</div><div class=par>{third}</div></div>"
    );
    let article = read_at("https://news.chosun.com/1", &html);
    assert_eq!(captions(&article), ["새벽 차고지 풍경"]);
}

#[test]
fn a_kicker_is_no_part_of_the_headline() {
    let html = format!(
        "<title>{TITLE} - 강변일보</title><body><h1><span class=kicker>새 시간표</span>\
         <span>{TITLE}</span></h1>{}",
        prose()
    );
    assert_eq!(&*read_at("https://news.example.kr/2", &html).title, TITLE);
}

#[test]
fn what_is_announced_after_the_text_goes_with_what_it_announced() {
    let article = read(&format!(
        "<div class=body>{}<h3>더 알아보기</h3><p>이 주제의 방송:</p></div>",
        prose()
    ));
    assert_eq!(article.blocks.len(), 3, "{:?}", article.blocks);
    // What does follow is the article's.
    let article = read(&format!(
        "<div class=body>{}<h3>첫차 행사 안내</h3><p>때: 3월 2일 새벽 네 시</p><p>곳: 가나 차고지 앞마당</p></div>",
        prose()
    ));
    assert!(
        article.text().contains("차고지 앞마당"),
        "{:?}",
        article.blocks
    );
}

#[test]
fn lists_of_cut_texts_are_no_article() {
    let teaser = |n: usize| {
        format!(
            "<div><p>나루터 다리 {n}호 다시 열린다</p><p>가나시는 {n}일부터 나루터 다리를 다시 열고 \
             시민들이 밤에도 걸을 수 있게 등을 달기로 했다고 밝혔는데 이번에 고친 곳은...</p></div>"
        )
    };
    let rows: String = (1..8).map(teaser).collect();
    let page = format!("<html lang=ko><title>오늘의 가나</title><body>{rows}");
    assert_eq!(
        read_at("https://www.gana.kr/a", &page).extraction.problem,
        Some(Problem::Front)
    );
    // One that a writer lets trail off is none.
    let page = format!(
        "<html lang=ko><title>나루에서</title><body><h1>나루에서</h1>{}{}",
        teaser(1),
        "<p>그는 새벽마다 나루에 나가 첫 배를 기다렸고 배가 오지 않는 날에도 그 자리를 떠나지 않았다.</p>"
    );
    assert_eq!(
        read_at("https://www.gana.kr/a", &page).extraction.problem,
        None
    );
}

#[test]
fn one_of_many_texts_in_a_script_is_no_article() {
    let item = |n: usize| {
        format!(
            "{{\"title\":\"나루 {n}\",\"content\":\"<p>나루터 다리 {n}호를 다시 연다는 글의 앞부분. 가나시는 이달부터 \
             다리를 다시 열고 등을 달기로 했다고 밝혔다. 고친 곳은...</p>\"}}"
        )
    };
    let list = (0..5).map(item).collect::<Vec<_>>().join(",");
    let page = format!(
        "<html lang=ko><title>나루 검색</title><body><script>x={{\"list\":[{list}]}}</script>"
    );
    assert!(
        read_at("https://www.gana.kr/a", &page)
            .extraction
            .problem
            .is_some()
    );
}

#[test]
fn news_of_one_sentence_is_an_article() {
    let page = |body: &str| {
        format!(
            "<html lang=ko><title>[속보] 나루 다리 다시 연다</title><header><a href=/>강변통신</a></header>{body}"
        )
    };
    for body in [
        "<article><h1>[속보] 나루 다리 다시 연다</h1><p>가나시가 나루 다리를 다시 열었다.</p></article><footer><p>발행인 한나루</p></footer>",
        "<div itemprop=articleBody><p>가나시가 나루 다리를 다시 열었다.</p></div>",
    ] {
        let article = read_at("https://news.example.kr/3", &page(body));
        assert_eq!(
            article.text(),
            "가나시가 나루 다리를 다시 열었다.",
            "{body}"
        );
        assert_eq!(article.extraction.problem, None);
    }
    let two = "<article><p>가나시가 나루 다리를 다시 열었다.</p></article><article><p>다라시가 둑길을 막았다.</p></article>";
    assert_eq!(read_at("https://news.example.kr/3", &page(two)).text(), "");
}

#[test]
fn raised_and_lowered_digits_keep_their_meaning() {
    let article = read(&format!(
        "<div class=body><p>배출은 10<sup>6</sup>톤, 넓이는 84m<sup>2</sup>이고 CO<sub>2</sub>가 많으며 \
         10<sup>-3</sup>그램까지 잰다고 했다<sup><a href=#n>7</a></sup>. 21<sup>st</sup> 회의였다.</p>{}</div>",
        prose()
    ));
    let text = article.text();
    for wanted in ["10⁶톤", "84m²이고", "CO₂가", "10⁻³그램", "했다[7].", "21st"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
}

#[test]
fn the_date_of_a_card_is_not_the_articles() {
    let html = format!(
        "<html lang=ko><title>{TITLE}</title><main><div>2026년 3월 20일</div><h1>{TITLE}</h1>\
         <article>{}</article><section class=related><a href=/r><h3>다른 글</h3>\
         <time datetime=2024-01-02T00:00:00Z>2024년 1월 2일</time></a></section></main>",
        prose()
    );
    let at = read_at("https://blog.example.kr/4", &html)
        .published
        .unwrap();
    assert!(at.to_string().starts_with("2026-03-20"), "{at}");
}

#[test]
fn a_page_named_after_its_board_has_the_headline_beside_the_text() {
    let page = "<title>보도자료 상세 | 견본부</title><div class=top><h3>내년부터 도서관 대출 권수 늘린다</h3>\
        <ul><li>담당부서 : 도서정책과</li><li>등록일 : 2026-11-02</li></ul></div><div class=view>\
        <p>□ 견본부는 11월 2일, 도서관 대출 권수를 다섯 권에서 열 권으로 늘린다고 밝혔다.</p>\
        <p>□ 도서정책과장은 “시민의 독서가 늘기를 바란다”라고 말했다.</p></div>";
    let article = read_at("https://office.example/view", page);
    assert_eq!(&*article.title, "내년부터 도서관 대출 권수 늘린다");
}

#[test]
fn lines_of_the_text_are_no_subheads() {
    let page = "<title>강가에서</title><main><h1>강가에서</h1><p>강물은 흐르고<br>나는 여기 서 있다 그대로<br>바람이 분다</p>\
        <p>물무늬 사라지고<br>나도 여기 사라진다 그대로</p></main>";
    assert!(read(page).subheads.is_empty());
}
