//! The words of pages' furniture: lower case, without blanks, parted by white space.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Headings over links to other articles, without blanks and marks.
pub(crate) static OTHERS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new("
    관련기사 관련뉴스 관련기사더보기 이기사와관련된기사 많이본뉴스 많이본기사 가장많이본뉴스 인기기사 인기뉴스 실시간인기기사 주요뉴스 주요기사 이시각주요뉴스 이시각헤드라인 헤드라인뉴스 추천기사
    추천뉴스 함께본기사 함께보면좋은기사 오늘의핫뉴스 핫이슈 최신기사 최신뉴스 다른기사보기 다른기사더보기 이기자의다른기사 기자의다른기사 베스트클릭 화제의뉴스 랭킹뉴스 오늘의주요뉴스
    relatedarticles relatedstories relatedcontent related relatedposts relatedlinks relatednews
    morestories recommended recommendedstories mostpopular mostread trendingnow ourlateststories
    explorefurther youmayalsolike youmightalsolike upnext readnext latestnews recommendedforyou youmaylike
    youmayalsobeinterestedin morefromthesection alsointhenews morenews moreonthisstory morelikethis
    topstories editorspicks popularposts recentposts fromaroundtheweb aroundtheweb vocêpodegostar
    vejatambém leiatambém leiamais tepuedeinteresar artículosrelacionados noticiasrelacionadas àlireaussi
    lireaussi articlesliés potrebbeinteressarti leggianche articolicorrelati leesook
    gerelateerdeartikelen mehrzumthema daskönntesieauchinteressieren ähnlicheartikel 関連記事 関連ニュース おすすめ記事
    アクセスランキング 相关阅读 相关新闻 推荐阅读 많이본콘텐츠 실시간뉴스 실시간이슈 당신이관심있을만한이슈 이시각인기기사 분야별추천뉴스 오늘의hot클릭 sns관심기사 화제뉴스 관심기사 지금뜨는뉴스
    지금뜨는기사 에디터픽 이시간주요뉴스 투데이핫이슈 오늘의많이본뉴스 주간인기뉴스 댓글많은뉴스 포토뉴스 인기포토 핫포토 이기사를추천합니다 연관기사 연재기사 이전다음기사 속보 오늘의운세
    프리미엄콘텐츠
")
});

/// How headings over other articles begin, whatever section or paper they name.
pub(crate) static OTHERS_START: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "
    morefrom moregreat morein moreabout readmoreabout readmorefrom moretoread morefor popularin latestfrom
    latestin trendingin
",
    )
});

/// Buttons and labels.
pub(crate) static BUTTONS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new("
    공유하기 기사공유 기사공유하기 인쇄하기 인쇄 스크랩 북마크 글자크기 글자크기조절 글자크기확대 글자크기축소 글자크기가가가 글자크기가가 기사저장 좋아요 싫어요 댓글 댓글쓰기 댓글보기 구독하기 구독 기자구독 더보기 닫기 목록
    목록으로 이전기사 다음기사 음성으로듣기 기사듣기 번역 광고 이미지확대 이미지확대하기 이미지크게보기 확대이미지보기 사진확대 크게보기 본문듣기 원본보기 동영상보기 영상보기 페이스북 트위터
    카카오톡 url복사 주소복사 맨위로 advertisement advert ad sponsored share tweet email print comments comment caption
    close readmore learnmore seemore loading viewgallery tags topics filedunder getshorturl play likethis
    likeloading postcomment shareonfacebook shareontwitter imagecaption viewcomments showcomments
    leaveacomment leaveareply subscribe signup video photos 기사원문 원문보기 원문 기사보내기 메일보내기 이메일 카카오스토리 네이버블로그 밴드 링크복사
    공유 응원하기 후원하기 기사추천 추천 본문글자크기 가 가가 전체보기 자세히보기 구독취소 팔로우 신고 새창 열기 재생 정지 음소거 전체화면 듣기 요약보기 댓글달기 이기사어땠나요 이기사어때요
    pdf보기 지면보기 뉴스듣기 기자페이지 프로필보기 동영상영역시작 동영상영역끝 기자정보 회원용 입력 수정 등록 승인 기사입력 기사수정
")
});

/// How pleas begin.
pub(crate) static PLEAS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new("
    readmore: readmore– readmore- readalso alsoread alsoonrt seealso: related: relatedstory:
    relatedarticle: more:http readnext: clickheretosubscribe clickhereformore clickheretoread signupfor
    signuptoour subscribeto subscribenow followuson followusat likeuson joinuson sharethison
    sharethisstory sharethis: likethisstory? thisslideshowrequiresjavascript tapheretofollow downloadour
    getourapp supportour tellusyour telluswhatyouthink advertisement storycontinues articlecontinues
    scrolltocontinue scrolldown watch: listen: firstpublished: lastupdated: postedin: postedin filedunder:
    tags: tagged: relatedtags: needmorespace? wantmorestories [저작권 ▶관련 ▶[ ☞ ▶기사 기사제보및 newsletter:
    ourstandards: postcomment( reachthereporter followtheauthor formoreinformation,visit likeloading source:
    followusonfacebook moreonthis: àlireaussi lireaussi: leiamais: leiatambém vejatambém leggianche tambiénleer leetambién lesensieauch ifyouhaveanewstip gotanewstip haveanewstip doyouhaveanewstip thanksforreading ▶ytn ▶네이버 ▶카카오 ▶유튜브 ☎제보 ▷제보 ■제보 ▶제보 [▶ ▶바로가기 [구독 ★구독 ▷구독 *기사제보
")
});

/// Headings over a page's own summary.
pub(crate) static SUMMARIES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new("
    keypoints keytakeaways highlights ataglance storyhighlights 요약 핵심요약 ai요약 세줄요약 3줄요약 기사요약 한눈에보기 뉴스요약
")
});

/// Phrases that only pleas contain.
pub(crate) static PLEAS_INSIDE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new("
    구독과좋아요 네이버에서구독 네이버채널 카카오채널추가 채널추가 알림설정 뉴스레터구독 뉴스레터를구독 뉴스레터신청 구독하시겠습니까 기사가마음에들었다면 기사를추천 해당기사를북마크 주소가복사 url이복사 링크가복사 요약해서빠르게읽을
    클립보드에복사 브라우저가video태그 플레이어서비스종료 internetexplorer vod시청안내 로그인후이용 회원용콘텐츠 자동재생 음성재생설정 이동통신망에서음성 ai요약은
    본문의핵심문장 subscribetoournewsletter signupforournewsletter deliveredtoyourinbox
    clickhereformoreinformation followusonfacebook followhimontwitter@ enablejavascript sharethispost 여러분의제보
    reader-supportedpublication freeorpaidsubscriber subscribeforfreetoreceive 외부필진의글로본지 본지의편집방향과 본보의편집방향과 편집방향과다를수
    무단전재및재배포금지 기사를읽어드립니다 텍스트를음성으로 번역beta 기사의섹션정보는 언론사홈에서볼수있는 구독자님께 좋아요를눌러
")
});

/// A list, split once.
pub(crate) struct Phrases {
    set: HashSet<&'static str>,
    /// Whether a word begins with a letter whose code ends in this byte: most places of a text are
    /// no beginning of any.
    first: [bool; 256],
}

impl Phrases {
    fn new(list: &'static str) -> Self {
        let mut words = Self {
            set: list.split_ascii_whitespace().collect(),
            first: [false; 256],
        };
        for c in words.set.iter().filter_map(|w| w.chars().next()) {
            words.first[usize::from(c as u32 as u8)] = true;
        }
        words
    }

    fn may_begin(&self, c: char) -> bool {
        self.first[usize::from(c as u32 as u8)]
    }

    /// Whether `word` is one of them.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.set.contains(word)
    }

    /// Whether `text` begins with one of them.
    pub(crate) fn begins(&self, text: &str) -> bool {
        text.starts_with(|c| self.may_begin(c)) && self.set.iter().any(|w| text.starts_with(w))
    }

    /// Whether `text` holds one of them.
    pub(crate) fn holds(&self, text: &str) -> bool {
        text.char_indices()
            .any(|(at, c)| self.may_begin(c) && self.begins(&text[at..]))
    }
}

/// `text` in lower case without blanks: how the lists are written.
pub(crate) fn flatten(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c {
            _ if c.is_ascii() => flat.push(c.to_ascii_lowercase()),
            // Hangul has no case, and Unicode's tables are slow to ask.
            '가'..='힣' => flat.push(c),
            _ => flat.extend(c.to_lowercase()),
        }
    }
    flat
}
