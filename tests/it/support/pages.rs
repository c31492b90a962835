//! Pages and articles that we wrote for the tests.

use gisa::news::Article;

/// The title of [`page`].
pub(crate) const TITLE: &str = "한강 다리 밑 책방, 밤 열 시까지 문 연다";
/// The paragraphs of [`page`].
pub(crate) const PARAGRAPHS: [&str; 5] = [
    "가람시가 한강 다리 아래 버려진 창고를 고쳐 만든 책방이 다음 달부터 밤 열 시까지 문을 연다. 낮에 오기 어려운 직장인과 학생이 많다는 이웃의 말을 받아들인 것이다.",
    "가람시는 20일 책방 운영 시간을 네 시간 늘리고 일하는 사람 6명을 더 뽑는다고 밝혔다. 예산은 3억 2000만원으로, 절반은 시가 나머지는 출판사 열두 곳이 나누어 낸다.",
    "책방은 지난해 봄 문을 연 뒤 하루 평균 412명이 찾았다. 그 가운데 60%가 오후 여섯 시 이후에 왔다가 문 닫는 시간에 쫓겨 돌아갔다는 조사 결과도 있다.",
    "책방지기 오누리 씨는 \"불 켜진 창 하나가 골목을 바꾼다\"며 \"늦게 퇴근하는 사람이 책 한 장 읽고 갈 수 있으면 좋겠다\"고 말했다.",
    "시는 석 달 동안 이용 기록을 살핀 뒤 다른 다리 아래 창고 세 곳에도 같은 책방을 낼지 정하기로 했다. 결과는 내년 3월에 공개한다.",
];

/// A whole news page in HTML, with the chrome that pages have.
pub(crate) fn page() -> String {
    let [first, rest @ ..] = PARAGRAPHS;
    let rest: String = rest.iter().map(|p| format!("<p>{p}</p>\n")).collect();
    format!(
        r#"<!doctype html>
<html lang="ko"><head><meta charset="utf-8">
<title>{TITLE} - 가람신문</title>
<meta property="og:type" content="article">
<meta property="og:title" content="{TITLE}">
<meta property="og:site_name" content="가람신문">
<meta property="article:published_time" content="2026-11-20T09:12:00+09:00">
<link rel="canonical" href="https://news.garam.example/2026/11/20/book">
<script>var banner = "광고 스크립트";</script>
</head><body>
<header><nav><ul><li><a href="/">홈</a></li><li><a href="/politics">정치</a></li><li><a href="/economy">경제</a></li><li><a href="/login">로그인</a></li></ul></nav></header>
<main><article>
<h1>{TITLE}</h1>
<div class="article-info"><span class="byline">정하늘 기자 sky@garam.example</span> <span>입력 2026.11.20 09:12</span></div>
<div class="buttons"><button>스크랩</button><button>글자크기</button><button>인쇄</button></div>
<div class="article-body">
<p>{first}</p>
<figure><img src="/photo/book.jpg" alt="책방"><figcaption>밤에 불을 켠 다리 밑 책방. 가람시 제공</figcaption></figure>
{rest}</div>
<p class="copyright">ⓒ 가람신문, 무단전재 및 재배포 금지</p>
</article>
<aside class="most-read"><h3>많이 본 뉴스</h3><ol><li><a href="/1">강 건너 첫눈</a></li><li><a href="/2">버스 노선 바뀐다</a></li><li><a href="/3">김장 나눔 한마당</a></li></ol></aside>
</main>
<footer><p>가람신문 대표전화 02-000-0000 사업자등록번호 000-00-00000</p></footer>
</body></html>
"#
    )
}

/// Words that belong to the chrome of [`page`].
pub(crate) const CHROME: [&str; 7] = [
    "로그인",
    "광고 스크립트",
    "많이 본 뉴스",
    "강 건너 첫눈",
    "사업자등록번호",
    "인쇄",
    "홈",
];

/// An article with every kind of block.
pub(crate) fn rich() -> Article {
    article(
        r#"{
        "url": "https://news.garam.example/rich", "publisher": "가람신문", "section": "문화", "lang": "ko",
        "title": "골목 음악회 \"첫 소리\", 비 온 뒤에도 300명 모였다",
        "subheads": ["지붕 아래 옮겨 연 무대", "다음 음악회는 12월 6일"],
        "bylines": [{"name": "한가람", "role": "기자", "email": "han@garam.example"}],
        "published": "2026-11-20T09:12:00+09:00",
        "blocks": [
            {"kind": "paragraph", "text": "가람시 오솔골에서 열린 골목 음악회에 19일 저녁 주민 300여 명이 모였다. 오전부터 내린 비로 무대를 시장 지붕 아래로 옮겼지만 자리는 모자랐다.", "links": [{"start": 4, "end": 7, "url": "https://garam.example/osol"}]},
            {"kind": "image", "url": "https://garam.example/p.jpg", "alt": null, "caption": "시장 지붕 아래에서 노래하는 아이들", "credit": "가람시"},
            {"kind": "heading", "level": 2, "text": "지붕 아래의 두 시간"},
            {"kind": "paragraph", "text": "공연은 ▲아이들 합창 ▲거문고 독주 ▲재즈 트리오(Jazz Trio) 순서로 이어졌다. 마지막 곡 '강물'에서는 관객이 함께 노래했다. 👏"},
            {"kind": "quote", "text": "비가 와서 더 가까이 앉았다."},
            {"kind": "list", "ordered": false, "items": ["12월 6일 오후 5시, 오솔골 시장", "표는 따로 없고 모금함이 있다"]},
            {"kind": "table", "rows": [["달", "공연", "관객"], ["9월", "2", "410"], ["10월", "3", "655"]]},
            {"kind": "paragraph", "text": "음악회는 2023년 골목 상인(商人) 일곱 명이 시작했다. 지금은 상인회와 학교, 병원이 돌아가며 맡는다. 시는 내년에 예산 4500만원을 보태기로 했다."},
            {"kind": "code", "text": "곡목 = [\n  \"강물\",\n]"},
            {"kind": "embed", "url": "https://video.example/1", "title": "공연 영상"}
        ],
        "copyright": "ⓒ 가람신문", "extraction": {"method": "sample", "confidence": 1.0}
    }"#,
    )
}

/// A long one, an English one and a short one.
pub(crate) fn long() -> Article {
    let paragraphs: Vec<String> = (1..=30)
        .map(|n| format!("{{\"kind\": \"paragraph\", \"text\": \"{n}번째 문단이다. 가람시는 강을 따라 난 길 {n}곳을 걷기 좋게 고치고, 나무 {}그루를 더 심는다고 밝혔다. 공사는 밤에 하지 않는다.\"}}", n * 7))
        .collect();
    article(&format!(
        r#"{{"url": "https://news.garam.example/long", "publisher": "가람신문", "title": "강변길 서른 곳, 걷기 좋게 고친다", "published": "2026-11-20T11:57:00+09:00", "blocks": [{}]}}"#,
        paragraphs.join(",")
    ))
}

pub(crate) fn english() -> Article {
    article(
        r#"{"url": "https://news.garam.example/en", "publisher": "Garam Post", "lang": "en",
        "title": "A bookshop under the bridge keeps its lights on",
        "published": "2026-11-18T12:00:00+09:00",
        "blocks": [
            {"kind": "paragraph", "text": "The bookshop under the old bridge in Garam will stay open until ten at night from next month. Neighbours had asked for it since spring."},
            {"kind": "paragraph", "text": "The city hires six people and shares the cost with twelve publishers. It will decide in March whether three more storehouses follow."}
        ]}"#,
    )
}

pub(crate) fn short() -> Article {
    article(
        r#"{"title": "[속보] 가람대교 통행 재개", "blocks": [{"kind": "paragraph", "text": "가람대교 통행이 20일 오전 11시 다시 시작됐다."}]}"#,
    )
}

/// All four.
pub(crate) fn edition() -> Vec<Article> {
    vec![rich(), long(), english(), short()]
}

fn article(json: &str) -> Article {
    serde_json::from_str(json).unwrap()
}
