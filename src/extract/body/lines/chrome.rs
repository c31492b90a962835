//! LabelSet of the page around the article: buttons, menus, marks, pleas, and the headings of boxes
//! beside it.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::measure::{columns, ends_sentence, key};

type LabelSet = LazyLock<HashSet<&'static str>>;

/// How surely a line is no part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chrome {
    /// Reads like a button or a plea; could be words in another text.
    Likely,
    /// The label of a button or a mark, and nothing else.
    Sure,
}

/// What a heading on the page announces instead of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxHeading {
    /// Other articles: 관련기사, 많이 본 뉴스, Most read.
    Others,
    /// What readers wrote.
    Comments,
    /// The page's own summary.
    Summary,
}

/// Labels by their letters alone, counts cut off ("댓글 12" is 댓글).
static LABELS: LabelSet = LazyLock::new(|| {
    "본문바로가기 본문으로바로가기 메뉴바로가기 푸터바로가기 주메뉴바로가기 뉴스바로가기 검색바로가기 바로가기 \
    dim영역 닫기 열기 확인 취소 등록 검색 검색하기 전체메뉴 메뉴 로그인 로그아웃 회원가입 마이페이지 구독 구독하기 구독중 \
    구독취소 구독신청 언론사홈 언론사홈구독 홈구독 뉴스듣기 기사듣기 기사읽어주기 음성으로듣기 듣기 스크랩 스크랩하기 글자크기 글씨크기 \
    글자크기설정 글자크기조정하기 글자크기조절 글자크기변경 글자크기변경하기 글자크기축소 글자크기확대 글자크기크게보기 \
    글자크기작게보기 가 가가 가가가 가가가가 인쇄 인쇄하기 프린트 프린터 공유 공유하기 기사공유 기사공유하기 sns공유 링크복사 링크복사하기 \
    url복사 url복사하기 주소복사 복사 복사하기 본문복사 ad 광고 원본보기 원본보기아이콘 원본이미지보기 이미지확대 이미지확대하기 이미지확대보기 \
    사진확대 확대보기 크게보기 확대하기 축소하기 불러오는중 로딩중 재생 일시정지 이전 다음 이전기사 다음기사 더보기 top top버튼 top으로이동 \
    맨위로 맨위로가기 위로 위로가기 상단으로 목록 목록보기 페이지최상단으로가기 댓글쓰기 댓글보기 댓글달기 댓글정책 좋아요 \
    싫어요 훌륭해요 슬퍼요 화나요 후속요청 후속기사원해요 놀랐어요 감동이에요 쏠쏠정보 흥미진진 공감백배 분석탁월 후속강추 북마크 즐겨찾기 \
    카카오톡 카카오스토리 카톡 페이스북 트위터 네이버블로그 네이버밴드 밴드 인스타그램 텔레그램 이메일 이메일보내기 번역 번역하기 \
    언어변경 언어변경하기 eng jpn chn english 간격처리를위한class 기사제보 제보 제보하기 지면보기 기사원문 원문보기 뉴스홈 최신순 공감순 \
    추천순 오래된순 반대순 기사상세 레이어닫기 상세기사보기 재생목록 연속재생 전체재생 이기사어땠나요 기사저장 사이트맵 \
    이용약관 개인정보처리방침 청소년보호정책 고충처리인 회사소개 광고안내 광고문의 이메일무단수집거부 기사배열원칙 편집원칙 저작권규약 rss \
    기사보내기 메일보내기 기사메일보내기 기사스크랩 기사인쇄 pc버전으로보기 이웃추가 본문글씨키우기 본문글씨줄이기 글씨키우기 글씨줄이기 sns보내기 본문요약봇 텍스트음성변환서비스사용하기 모바일버전 pc버전 맨위로이동 홈으로 \
    skiptocontent skiptomaincontent skiptomain skipnavigation skipadvertisement skippastnewsletterpromotion menu mainmenu search login \
    signin signup register subscribe subscribenow share sharethis sharethisarticle sharethisstory sharethispage sharefullarticle facebook \
    twitter linkedin whatsapp email print save savearticle savedarticles bookmark copylink copied advertisement advertisements \
    articlecontinuesbelowadvertisement storycontinuesbelowadvertisement continuereadingthemainstory \
    ads sponsored loading close openmenu closemenu togglenavigation listen listentothisarticle listentothestory readmore \
    seemore showmore loadmore viewcomments seecomments showcomments postacomment leaveacomment addacomment follow following backtotop gototop \
    textsize fontsize resizetext enlarge enlargeimage enlargethisimage hidecaption togglecaption viewimageinfullscreen openimagemodal gift \
    giftarticle giftthisarticle reprints orderreprints acceptallcookies acceptall acceptcookies managecookies cookiesettings cookiepolicy \
    myaccount newsletter newsletters getthenewsletter signupfornewsletters privacypolicy termsofservice termsofuse termsandconditions \
    contactus aboutus advertisewithus sitemap tweet pin reddit flipboard mail permalink views shares replay playvideo pausevideo unmute \
    enteryouremailaddress youremailaddress emailaddress enteryouremail".split_ascii_whitespace().collect()
});

/// Parts of short lines that only a page's furniture has.
const SHORT_PARTS: [&str; 40] = [
    "바로가기",
    "공유하기",
    "글자크기",
    "글자 크기",
    "글씨크기",
    "이메일 보내기",
    "메일보내기",
    "다른 기사 보기",
    "다른기사 보기",
    "프린트하기",
    "북마크했습니다",
    "구독하기",
    "기자 구독",
    "레이어 닫기",
    "전체보기",
    "원본 이미지",
    "이미지 확대",
    "확대이미지",
    "사진을 클릭",
    "이미지를 클릭",
    "앱으로 보기",
    "알림 받기",
    "원본보기",
    "메뉴 열기",
    "메뉴 닫기",
    "리스트 닫기",
    "목록 닫기",
    "메뉴 리스트",
    "이 기사 좋아요",
    "채널 추가",
    "뉴스레터 구독",
    "로그인 회원가입",
    "댓글 작성",
    "share on ",
    "share via",
    "opens in new",
    "(opens in",
    "min read",
    "sharing options",
    "share this",
];

/// Pleas, disclaimers and messages: whole sentences that are not the article's.
const PLEAS: [&str; 63] = [
    "i would like to be emailed",
    "read our privacy notice",
    "크롬기반의",
    "요약 기술은 핵심만",
    "요약은 openai",
    "전체 맥락을 이해",
    "전체 내용의 이해를",
    "기사 본문을 함께 확인",
    "기사 본문을 확인해",
    "자동 추출 기술로 요약",
    "집계 기준에 따라",
    "가장 많이 읽힌 뉴스를",
    "주소가 복사",
    "url이 복사",
    "링크가 복사",
    "기사를 재생 중",
    "브라우저가 video",
    "태그를 지원하지 않",
    "당신의 제보가",
    "제보를 기다립니다",
    "기사문의 및 제보",
    "기사 제보 및",
    "회원용 콘텐츠",
    "로그인이 필요",
    "로그인 후 이용",
    "의견을 남겨주세요",
    "이 기사가 마음에 들",
    "좋아요를 눌러",
    "구독해 주세요",
    "구독해주세요",
    "채널을 구독",
    "채널 추가하",
    "에서 이 뉴스를",
    "자동등록방지",
    "무료로 구독",
    "뉴스레터를 받아",
    "전용 콘텐츠입니다",
    "카카오톡에서 '",
    "이 기사를 공유",
    "we use cookies",
    "uses cookies",
    "by continuing to use",
    "sign up for our",
    "sign up for the",
    "sign up to our",
    "subscribe to our",
    "delivered to your inbox",
    "to your inbox",
    "privacy policy and",
    "and terms of service apply",
    "create a free account",
    "already a subscriber",
    "support our journalism",
    "unlimited access",
    "protected by recaptcha",
    "enable javascript",
    "thank you for reading",
    "download our app",
    "your browser does not support",
    "follow us on",
    "newsletter promotion",
    "sharing options for",
    "responsible for the content of external",
];

/// Headings of boxes with other articles, by their letters alone.
static OTHERS: LabelSet = LazyLock::new(|| {
    "관련기사 관련뉴스 관련기사더보기 많이본뉴스 많이본기사 가장많이본뉴스 가장많이본기사 많이본기사더보기 인기기사 인기뉴스 주요뉴스 이시각주요뉴스 \
    이시각인기기사 오늘의주요뉴스 실시간주요뉴스 실시간인기뉴스 실시간인기기사 핫뉴스 화제뉴스 추천기사 추천뉴스 함께본기사 이기사와함께본기사 이기사와함께보면좋은 \
    한눈에보는오늘의이슈 오늘의이슈 오늘의핫이슈 포토뉴스 최신기사 최신뉴스 랭킹뉴스 당신이좋아할만한기사 당신을위한추천 분야별추천뉴스 인기키워드 더많은기사 \
    이기자의다른기사 해당언론사주요뉴스 기획연재 이슈플러스 pick뉴스 에디터추천 섹션별많이본기사 종합많이본뉴스 많이본정보 관련태그 관련키워드 지금뜨는뉴스 함께본뉴스 이런기사어때요 이시각추천뉴스 실시간핫뉴스 주요기사 \
    댓글많은뉴스 댓글많은기사 공감많은뉴스 놓치면안될기사 이기사도함께보세요 오늘의추천뉴스 \
    relatedarticles relatedstories relatedcontent relatedtopics relatednews relatedinternetlinks related moreonthisstory morefrom mostread mostpopular mostviewed \
    mostreadarticles trending trendingnow recommended recommendedstories recommendedforyou youmayalsolike youmightalsolike youmayalsobeinterestedin \
    readnext upnext moreforyou editorspicks editorspick topstories latestnews latest popular popularstories whattoreadnext aroundtheweb sponsoredcontent \
    promotedcontent morestories morenews dontmiss sharethisstory tags filedunder alsoread seealso".split_ascii_whitespace().collect()
});

/// How the names of such boxes end, whatever section they name before.
const RANKED: [&str; 9] = [
    "많이본뉴스",
    "많이본기사",
    "많이보는기사",
    "많이읽은기사",
    "인기기사",
    "인기뉴스",
    "주요뉴스",
    "다른기사",
    "뜨는뉴스",
];

/// Headings over what readers wrote.
static COMMENTS: LabelSet = LazyLock::new(|| {
    "댓글 전체댓글 독자의견 독자댓글 기사의견 의견 한줄의견 comments comment jointheconversation jointhediscussion leaveareply \
    leaveacomment conversation".split_ascii_whitespace().collect()
});

/// Headings over the page's own summary.
static SUMMARIES: LabelSet = LazyLock::new(|| {
    "ai요약 3줄요약 세줄요약 기사요약 뉴스요약 뉴스요약쏙 핵심요약 요약봇 ai3줄요약 ai기사요약 숏뉴스 숏뉴스ai요약 기사3줄요약 요약 \
    keypoints keytakeaways ataglance thegist summary quickread aisummary".split_ascii_whitespace().collect()
});

/// Whether the line belongs to the page and not to the article, and how surely.
pub fn chrome(line: &str) -> Option<Chrome> {
    let letters = key(line);
    let label = without_count(&letters);
    if label.is_empty() && columns(line) <= 12 && !line.contains(|c: char| c.is_alphanumeric()) {
        return None;
    }
    if LABELS.contains(label) || is_button_row(line) || is_bracket_row(line) {
        return Some(Chrome::Sure);
    }
    let width = columns(line);
    let lower = line.to_lowercase();
    if (width <= 60 && SHORT_PARTS.iter().any(|p| lower.contains(p)))
        || (width <= 260 && PLEAS.iter().any(|p| lower.contains(p)))
    {
        return Some(Chrome::Likely);
    }
    None
}

/// Whether the line is the label of a button or a mark, or reads like a plea.
pub fn is_chrome(line: &str) -> bool {
    chrome(line).is_some()
}

/// `댓글12` → `댓글`; longer numbers are no count but a date.
fn without_count(letters: &str) -> &str {
    let label = letters.trim_end_matches(|c: char| c.is_ascii_digit());
    if letters.len() - label.len() <= 5 {
        label
    } else {
        letters
    }
}

/// Several labels in one line: `뉴스듣기 스크랩 글자크기`.
fn is_button_row(line: &str) -> bool {
    let barred = line.contains('|');
    let split = |c: char| c == '|' || c == 'ㅣ' || (c.is_whitespace() && !barred);
    let words: Vec<&str> = line
        .split(split)
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .take(13)
        .collect();
    (2..=12).contains(&words.len())
        && words
            .iter()
            .all(|w| LABELS.contains(without_count(&key(w))))
}

/// `[가나뉴스 바로가기] [페이스북]`: nothing outside brackets, and a button inside one.
fn is_bracket_row(line: &str) -> bool {
    if columns(line) > 120 || !line.starts_with('[') || !line.ends_with(']') {
        return false;
    }
    let parts: Vec<&str> = line[1..line.len() - 1].split(']').collect();
    let joined = parts.len() > 1 && parts[1..].iter().all(|p| p.trim_start().starts_with('['));
    joined
        && parts
            .iter()
            .any(|p| LABELS.contains(key(p).as_str()) || key(p).ends_with("바로가기"))
}

/// The box that a heading opens, if it is such a heading. What follows the label ("많이 본 뉴스 !가장 많이
/// …") must be set off by a mark or be a count.
pub fn box_of(line: &str) -> Option<BoxHeading> {
    if columns(line) > 200 {
        return None;
    }
    let trimmed = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let head: &str = trimmed
        .split(['!', '(', ']', ':', '|', '>', '[', '?', '▶', '·'])
        .next()
        .unwrap_or_default();
    let letters = key(head);
    let label = letters.trim_matches(|c: char| c.is_ascii_digit());
    let is_all = columns(line) <= 40;
    let pointer = matches!(label, "readmore" | "watch" | "listen") && line.contains(": ");
    let more = is_all && trimmed.starts_with("More on ");
    let ranked =
        (more || (is_all && RANKED.iter().any(|end| label.ends_with(end)))) && !ends_sentence(line);
    if OTHERS.contains(label) || pointer || ranked {
        Some(BoxHeading::Others)
    } else if is_all
        && (COMMENTS.contains(label) || line.ends_with(" says:") || line.ends_with(" wrote:"))
    {
        Some(BoxHeading::Comments)
    } else if SUMMARIES.contains(label) && is_all {
        Some(BoxHeading::Summary)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_are_chrome_and_sentences_are_not() {
        for line in [
            "본문 바로가기",
            "AD",
            "댓글쓰기 3",
            "뉴스듣기 스크랩 글자크기",
            "top버튼",
            "[가나뉴스 바로가기] [페이스북]",
            "Skip to main content",
            "원본보기 아이콘",
        ] {
            assert!(chrome(line).is_some(), "{line}");
        }
        for line in [
            "광고 시장이 살아난다",
            "서울시가 메뉴를 바꿨다.",
            "The ad was shared by many.",
            "***",
            "12",
            "가나다",
        ] {
            assert_eq!(chrome(line), None, "{line}");
        }
    }

    #[test]
    fn headings_of_other_boxes_are_known() {
        assert_eq!(
            box_of("많이 본 뉴스 !가장 많이 읽힌 뉴스를 제공합니다."),
            Some(BoxHeading::Others)
        );
        assert_eq!(box_of("▶ 관련기사"), Some(BoxHeading::Others));
        assert_eq!(box_of("Most Read"), Some(BoxHeading::Others));
        assert_eq!(box_of("댓글 12"), Some(BoxHeading::Comments));
        assert_eq!(box_of("뉴스 요약쏙"), Some(BoxHeading::Summary));
        assert_eq!(box_of("관련기사 수가 크게 늘었다."), None);
    }
}
