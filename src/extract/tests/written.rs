use super::super::{PageHint, Profiles, fragment, html};
use crate::news::{Article, Block, Clean, ExtractionMethod, Problem};

pub(super) const BODY: [&str; 4] = [
    "가나시는 다음 달 1일부터 지하철 첫차 시각을 새벽 다섯 시로 30분 앞당긴다고 20일 밝혔다. 1호선과 3호선이 먼저 바뀐다.",
    "새벽에 일하러 나가는 시민이 한 해 사이 12% 늘었다는 조사 결과가 바탕이 됐다. 시는 지난봄 두 달 동안 교통카드 기록을 살폈다.",
    "노동조합은 사람을 더 뽑지 않으면 안전을 장담할 수 없다고 했다. 기관사 한 명이 맡는 운전 시간이 이미 법이 정한 끝에 닿아 있다는 것이다.",
    "시 관계자는 \"올해 안에 서른 명을 더 뽑겠다\"며 \"막차 시각은 그대로 둔다\"고 말했다. 버스 첫차도 그에 맞춰 당겨진다.",
];

fn read(text: &str, url: &str) -> Article {
    html(
        text,
        &PageHint {
            is_subscribed: false,
            url: Some(url),
            charset: None,
        },
        &Profiles::embedded(),
    )
}

fn paragraphs() -> String {
    BODY.iter().map(|p| format!("<p>{p}</p>\n")).collect()
}

fn assert_body(article: &Article) {
    assert_eq!(article.text(), BODY.join("\n\n"));
}

#[test]
fn a_page_of_no_known_publisher_is_read() {
    let page = format!(
        "<html lang=ko><head><title>첫차, 30분 빨라진다 - 가나신문</title><meta property='og:title' content='첫차, 30분 빨라진다'>
         <meta property='og:site_name' content='가나신문'><link rel=canonical href='/news/7?x=1'></head><body>
         <ul class='gnb'><li><a href=/1>정치</a><li><a href=/2>경제</a></ul>
         <h1>첫차, 30분 빨라진다</h1><div class='info'><span>입력 2024.03.20 09:12</span> <span>수정 2024.03.20 11:40</span></div>
         <div id=x>{}<p>김하나 기자 hana@gana.kr</p><p>&lt;저작권자 ⓒ 가나신문, 무단 전재 및 재배포 금지&gt;</p>
         <h3>많이 본 뉴스</h3><ol><li><a href=/8>다른 기사의 제목이 여기에 있다</a><li><a href=/9>또 다른 기사의 제목이 여기에 있다</a></ol></div>
         <div class='related'><a href=/10>관련된 기사의 제목이 여기에 있다</a></div></body></html>",
        paragraphs()
    );
    let article = read(&page, "https://www.gana.example/news/7");
    assert_body(&article);
    assert_eq!(&*article.title, "첫차, 30분 빨라진다");
    assert_eq!(&*article.bylines[0].name, "김하나");
    assert_eq!(article.bylines[0].email.as_deref(), Some("hana@gana.kr"));
    assert_eq!(
        article.published.unwrap().to_string(),
        "2024-03-20T09:12:00+09:00"
    );
    assert_eq!(
        article.updated.unwrap().to_string(),
        "2024-03-20T11:40:00+09:00"
    );
    assert_eq!(
        article.canonical_url.as_deref(),
        Some("https://www.gana.example/news/7?x=1")
    );
    assert!(article.copyright.unwrap().contains("무단 전재"));
    assert_eq!(article.related.len(), 1);
    assert_eq!(article.most_read[1].rank, 2);
    assert_eq!(article.extraction.problem, None);
}

#[test]
fn the_family_of_regional_papers_is_known_by_its_page() {
    let page = format!(
        "<html lang=ko><title>첫차 빨라진다 - 다라일보</title><h3 class=heading>첫차 빨라진다</h3><h4 class=subheading>다음 달 1일부터<br>노조 \"사람부터\"</h4>
         <article id='article-view-content-div'><figure class=photo-layout><img src='/p.jpg'><figcaption>첫차를 타는 시민들. /다라일보 자료</figcaption></figure>{}
         <div class='view-copyright'>저작권자 © 다라일보 무단전재 및 재배포 금지</div></article></html>",
        paragraphs()
    );
    let article = read(
        &page,
        "http://www.dara.example/news/articleView.html?idxno=5",
    );
    assert_eq!(
        article.extraction.method,
        ExtractionMethod::Publisher(Clean::line("ndsoft"))
    );
    assert_eq!(
        article.subheads.iter().map(|s| &**s).collect::<Vec<_>>(),
        ["다음 달 1일부터", "노조 \"사람부터\""]
    );
    assert!(
        matches!(&article.blocks[0], Block::Image { caption: Some(c), .. } if c.starts_with("첫차를 타는"))
    );
    assert_eq!(article.blocks.len(), 1 + BODY.len());
}

#[test]
fn a_portals_page_names_the_paper_and_not_itself() {
    let page = format!(
        "<html lang=ko><meta property='og:article:author' content='가나신문 | 네이버'><a class='media_end_head_top_logo'><img class='media_end_head_top_logo_img' alt='가나신문'></a>
         <h2 class=media_end_head_headline><span>첫차 빨라진다</span></h2><span class='media_end_head_info_datestamp_time _ARTICLE_DATE_TIME' data-date-time='2026-01-05 09:30:00'>입력</span>
         <em class=media_end_head_journalist_name>김하나 기자</em><div id=newsct_article><article id=dic_area>
         <strong class=media_end_summary>다음 달 1일부터<br>막차는 그대로</strong>
         <span class=end_photo_org><img data-src='https://img.example/1.jpg'><em class=img_desc>첫차를 타는 시민들</em></span>{}</article></div></html>",
        BODY.join("<br><br>")
    );
    let article = read(&page, "https://n.news.naver.com/mnews/article/001/1");
    assert_eq!(article.publisher.as_deref(), Some("가나신문"));
    assert_eq!(article.subheads.len(), 2);
    assert!(matches!(
        &article.blocks[0],
        Block::Image {
            caption: Some(_),
            ..
        }
    ));
    assert_eq!(article.blocks.len(), 1 + BODY.len());
    assert_eq!(article.bylines.len(), 1);
    assert_eq!(
        article.published.unwrap().to_string(),
        "2026-01-05T09:30:00+09:00"
    );
}

#[test]
fn a_second_copy_of_the_text_is_dropped() {
    let page = format!(
        "<html lang=ko><div><div class=mail>{0}</div><div class=shown>{0}</div></div></html>",
        paragraphs()
    );
    assert_body(&read(&page, "https://a.example/1"));
}

#[test]
fn a_body_that_stands_in_script_alone_is_found() {
    let ld = serde_json::json!({"@type": "NewsArticle", "headline": "첫차", "articleBody": BODY.join("\n")});
    let page = format!(
        "<html lang=ko><div id=app></div><script type='application/ld+json'>{ld}</script></html>"
    );
    let article = read(&page, "https://a.example/1");
    assert_body(&article);
    assert_eq!(article.extraction.method, ExtractionMethod::JsonLd);
    let state = serde_json::json!({"props": {"pageProps": {"article": {"title": "첫차", "contentHtml": paragraphs()}}}});
    let page = format!(
        "<html lang=ko><div id=__next></div><script id='__NEXT_DATA__' type='application/json'>{state}</script></html>"
    );
    assert_body(&read(&page, "https://a.example/1"));
}

#[test]
fn pages_that_are_no_article_say_so() {
    let problem = |page: &str, url: &str| read(page, url).extraction.problem;
    let cards: String = (0..80)
        .map(|i| format!("<div class=card><a href='/a/{i}'>제법 긴 다른 기사의 제목이 여기에 {i}번째로 있다</a></div>"))
        .collect();
    assert_eq!(
        problem(
            &format!("<html lang=ko><title>가나신문</title>{cards}"),
            "https://a.example/"
        ),
        Some(Problem::Front)
    );
    assert_eq!(
        problem(
            "<title>404 Not Found</title><h1>Not Found</h1><p>The page is not here.</p>",
            "https://a.example/x"
        ),
        Some(Problem::Error)
    );
    let outage = format!(
        "<html lang=ko><title>가나톡 오류 두 시간</title><h1>가나톡 오류 두 시간</h1>{}",
        paragraphs()
    );
    assert_eq!(problem(&outage, "https://a.example/x"), None);
    let stub = "<html lang=ko><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"첫차\",\"isAccessibleForFree\":false}</script><h1>첫차</h1>
        <p>가나시는 다음 달부터 첫차를 당긴다고 밝혔다.</p><div class=paywall>이 기사는 유료 회원만 끝까지 읽을 수 있습니다.</div>";
    assert_eq!(problem(stub, "https://a.example/x"), Some(Problem::Paywall));
    let video =
        "<meta property='og:type' content='video.other'><h1>영상</h1><video src='/a.mp4'></video>";
    assert_eq!(problem(video, "https://a.example/x"), Some(Problem::Video));
    assert_eq!(problem("", "https://a.example/x"), Some(Problem::Empty));
}

#[test]
fn a_feeds_content_keeps_its_blocks_and_links() {
    let blocks = fragment(
        "<h2>소제목</h2>첫 줄입니다.<br><br><a href='/b'>둘째</a> 줄입니다.<ul><li>하나<li>둘</ul><pre><code>a  b</code></pre>",
        Some("https://a.example/x/"),
    );
    assert!(matches!(&blocks[0], Block::Heading { level: 2, .. }));
    assert!(
        matches!(&blocks[2], Block::Paragraph { links, .. } if links[0].end == 2 && &*links[0].url == "https://a.example/b")
    );
    assert!(matches!(&blocks[3], Block::List { items, .. } if items.len() == 2));
    assert!(matches!(&blocks[4], Block::Code { text } if &**text == "a  b"));
    assert_eq!(blocks.len(), 5);
}

#[test]
fn tables_of_data_stay_and_tables_of_layout_do_not() {
    let data = fragment(
        "<table><tr><th>역<th>첫차<tr><td>가나<td>5:00</table>",
        None,
    );
    assert!(matches!(&data[0], Block::Table { rows } if rows.len() == 2));
    let photo = fragment(
        "<table><tr><td><img src='https://a.example/1.jpg'></td></tr><tr><td>▲ 첫차를 타는 시민들</td></tr></table>",
        None,
    );
    assert!(
        matches!(photo.as_slice(), [Block::Image { caption: Some(c), .. }] if c.starts_with('▲'))
    );
}
