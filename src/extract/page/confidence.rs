//! Rates how certain it is that the article was found, and decides what the page is if it has none:
//! an error, a front page, a paywall, a video.

use foldhash::{HashMap, HashMapExt as _};

use super::body_text::PageBody;
use super::non_articles;
use super::page_kind;
use super::parsed::ParsedPage;
use crate::extract::body::blocks::BodyBlock;
use crate::extract::html::class_names;
use crate::extract::html::{ROOT, Tag};
use crate::extract::meta::title;
use crate::news::{Article, Block, ExtractionMethod, PageKind, Problem};

/// The fewest linked headlines of a front page.
const MIN_HEADLINES: usize = 6;
/// The most confidence in the text of a page for goods or a list, most of which is not prose.
const MAX_OF_NO_ARTICLE: f32 = 0.25;
/// The most confidence in a text that is only questions and answers, on a page that is about
/// something else.
const MAX_OF_ANSWERS: f32 = 0.45;
/// The fewest questions of such a text.
const MIN_QUESTIONS: usize = 5;
/// With more prose than this for each weight of text in links, a page is no front page.
const MIN_PROSE_PER_LINKED: f32 = 3.0;

/// Between 0 (a guess) and 1 (certain), from the method that found the body, its share of the
/// page's prose and how little of it is links. `dated`: a date of publication was found.
pub(crate) fn confidence(body: &PageBody, dated: bool, page: &ParsedPage<'_, '_>) -> f32 {
    let by_method: f32 = match body.method {
        ExtractionMethod::Publisher(_) => 0.95,
        ExtractionMethod::JsonLd => 0.8,
        ExtractionMethod::Script => 0.85,
        _ => 0.64,
    };
    let linked: usize = body.blocks.iter().map(|p| p.linked).sum();
    let pure = 1.0 - (linked as f32 / body.size().max(1) as f32).min(1.0);
    let declared = page.described.found
        || page
            .head
            .get(&["og:type"])
            .is_some_and(|t| t.contains("article"));
    let size = (body.size() as f32 / 400.0).min(1.0);
    // A Korean flash says all in a line; two lines of Latin letters are rarely an article.
    let least = if page.korean { 0.5 } else { 0.3 };
    let sure = by_method + if declared || dated { 0.11 } else { 0.0 };
    (sure * (0.5 + 0.5 * body.share) * (0.4 + 0.6 * pure) * (least + (1.0 - least) * size))
        .clamp(0.0, 1.0)
}

/// Counts of the body before it was trimmed, by which a list of other articles is recognised.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BodyShape {
    /// All text, in characters.
    prose: usize,
    /// Number of headlines that are links.
    headlines: usize,
    /// Number of blocks that are at least 40 characters long and mostly not links.
    paragraphs: usize,
    /// Number of headlines with the first words of their article, cut short, below.
    cut: usize,
}

impl BodyShape {
    pub(crate) fn of(body: &PageBody) -> Self {
        let is_headline = |p: &&BodyBlock| p.chars >= 10 && p.linked * 5 >= p.chars * 4;
        // A list of teasers: each item is a linked headline with the first words of its article.
        let teasers = |p: &BodyBlock| match &p.content {
            Block::List { items, .. } if p.linked * 5 >= p.chars && p.chars >= items.len() * 20 => {
                items.len()
            }
            _ => 0,
        };
        let headlines = body.blocks.iter().filter(is_headline).count()
            + body.blocks.iter().map(teasers).sum::<usize>();
        let paragraphs = body
            .blocks
            .iter()
            .filter(|p| p.chars >= 40 && p.linked * 2 < p.chars)
            .count();
        let is_line = |p: &BodyBlock| (10..=100).contains(&p.chars) && !is_cut(p);
        let cut = body.blocks.windows(2);
        let cut = cut.filter(|pair| is_line(&pair[0]) && pair[1].chars >= 50 && is_cut(&pair[1]));
        Self {
            prose: body.size(),
            headlines,
            paragraphs,
            cut: cut.count(),
        }
    }
}

/// Whether a text was cut short: it ends with dots.
fn is_cut(block: &BodyBlock) -> bool {
    matches!(&block.content, Block::Paragraph { text, .. } if text.ends_with('…') || text.ends_with("..."))
}

/// Says what a page is that is not one article, sets the problem of a page without an article, and
/// lowers the confidence to what that problem
/// allows.
pub(crate) fn judge(page: &ParsedPage<'_, '_>, found: BodyShape, article: &mut Article) {
    let text: usize = article
        .blocks
        .iter()
        .map(|b| b.plain().chars().count())
        .sum();
    let is_dated = article.published.is_some();
    let is_signed = !article.bylines.is_empty();
    article.extraction.page = page_kind::of(
        page,
        text.min(found.prose),
        (is_dated, is_signed),
        repeated(&article.blocks),
    );
    if article.extraction.page.is_none() && is_of_another(page, article) {
        article.extraction.page = Some(PageKind::Listing);
    }
    if !matches!(article.extraction.page, None | Some(PageKind::Thread)) {
        let most = MAX_OF_NO_ARTICLE.min(article.extraction.confidence);
        article.extraction.confidence = most;
    }
    if !is_dated && article.bylines.is_empty() && is_only_answers(article) {
        let most = MAX_OF_ANSWERS.min(article.extraction.confidence);
        article.extraction.confidence = most;
    }
    let Some((problem, most)) = problem(page, text.min(found.prose), found, article) else {
        return;
    };
    // A forum's program makes the lists of its threads, too.
    if problem == Problem::Front && article.extraction.page == Some(PageKind::Thread) {
        article.extraction.page = None;
    }
    article.extraction.problem = Some(problem);
    article.extraction.confidence = article.extraction.confidence.min(most);
}

/// Whether a script's text has another headline than the page, which then lists several articles.
fn is_of_another(page: &ParsedPage<'_, '_>, article: &Article) -> bool {
    const MIN_LETTERS: usize = 12;
    let headline = page.described.headline.as_deref().unwrap_or_default();
    let is_long = |line: &str| title::letters(line).chars().count() >= MIN_LETTERS;
    article.extraction.method == ExtractionMethod::Script
        && is_long(headline)
        && is_long(&article.title)
        && !title::alike(headline, &article.title)
}

/// Whether a text is questions with their answers from its first line to its last, and the headline
/// asks nothing: what firms put below the description of what they offer.
fn is_only_answers(article: &Article) -> bool {
    const MAX_QUESTION: usize = 150;
    const NAMES: [&str; 8] = [
        "faq", "q&a", "question", "ask", "answer", "질문", "문답", "묻",
    ];
    let title = article.title.to_lowercase();
    if title.contains(['?', '？']) || NAMES.iter().any(|name| title.contains(name)) {
        return false;
    }
    let texts = article.blocks.iter().map(Block::plain);
    let asks: Vec<bool> = texts
        .filter(|text| !text.is_empty())
        .map(|text| text.ends_with(['?', '？']) && text.chars().count() <= MAX_QUESTION)
        .collect();
    let answered = asks.windows(2).filter(|pair| pair[0] && !pair[1]).count();
    asks.first() == Some(&true) && answered >= MIN_QUESTIONS && answered * 2 >= asks.len()
}

/// The share of blocks that are short lines which come again and again, at least 20 in all.
fn repeated(blocks: &[Block]) -> f32 {
    const MAX_LINE: usize = 40;
    let lines: Vec<_> = blocks.iter().map(Block::plain).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for line in &lines {
        if (1..MAX_LINE).contains(&line.len()) {
            *times.entry(&**line).or_default() += 1;
        }
    }
    let again: usize = times.values().filter(|n| **n >= 4).sum();
    let share = again as f32 / lines.len().max(1) as f32;
    if again >= 20 { share } else { 0.0 }
}

fn problem(
    page: &ParsedPage<'_, '_>,
    text: usize,
    found: BodyShape,
    article: &Article,
) -> Option<(Problem, f32)> {
    // One Hangul syllable says as much as two or three Latin letters.
    let short = if page.korean { 150 } else { 350 };
    if text < 2 * short
        && (is_error(page, article)
            || (article.published.is_none() && non_articles::says_gone(&page.dom)))
    {
        return Some((Problem::Error, 0.1));
    }
    let says_article = page.described.found
        || page
            .head
            .get(&["og:type"])
            .is_some_and(|t| t.eq_ignore_ascii_case("article"));
    if is_front(page, found, article) && !(says_article && text > short) {
        return Some((Problem::Front, 0.2));
    }
    if text < short * 3
        && (page.described.paywalled
            || asks_to_subscribe(page)
            || non_articles::says_wall(&page.dom))
    {
        return Some((Problem::Paywall, 0.3));
    }
    let is_video = page.described.is_video
        || page
            .head
            .get(&["og:type"])
            .is_some_and(|t| t.starts_with("video"));
    let holds = !says_article && plays(page);
    if text < short
        && (is_video || holds)
        && !(text > 0 && article.published.is_some() && !is_video)
    {
        return Some((Problem::Video, 0.3));
    }
    (text == 0).then_some((Problem::Empty, 0.0))
}

/// Whether the page contains a video player, its own or one of a video site.
fn plays(page: &ParsedPage<'_, '_>) -> bool {
    let house = |id| {
        let source = page
            .dom
            .attr(id, "src")
            .or_else(|| page.dom.attr(id, "data-src"))
            .unwrap_or_default();
        [
            "youtube",
            "vimeo",
            "dailymotion",
            "tv.naver",
            "kakaotv",
            "brightcove",
            "jwplayer",
        ]
        .iter()
        .any(|h| source.contains(h))
    };
    page.dom.all(ROOT, Tag::Video).next().is_some() || page.dom.all(ROOT, Tag::Iframe).any(house)
}

/// Whether the headline is one of a web server's error page or of a publisher's page for removed
/// articles.
fn is_error(page: &ParsedPage<'_, '_>, article: &Article) -> bool {
    let title = format!(
        "{} {}",
        page.head.title.as_deref().unwrap_or_default(),
        article.title
    )
    .to_lowercase();
    // A status code alone is not enough: headlines contain such numbers too.
    let says = [
        "not found",
        "access denied",
        "403 forbidden",
        "page unavailable",
        "service unavailable",
        "internal server error",
        "bad gateway",
        "찾을 수 없",
        "존재하지 않는",
        "잘못된 접근",
        "삭제된 기사",
        "오류가 발생",
        "just a moment",
        "attention required",
    ];
    let bare = title.split_whitespace().all(|w| {
        matches!(
            w,
            "404" | "403" | "500" | "502" | "503" | "error" | "오류" | "에러"
        )
    });
    let short = title.chars().count() < 80;
    short
        && (says.iter().any(|w| title.contains(w)) || (bare && !title.trim().is_empty()))
        && article.published.is_none()
}

/// Whether the page is a front or section page: its address has no path, or it has far more linked
/// headlines than prose.
fn is_front(page: &ParsedPage<'_, '_>, found: BodyShape, article: &Article) -> bool {
    let sum = page.density.of_subtree(&page.dom, ROOT);
    let home = article
        .address()
        .and_then(|u| url::Url::parse(u).ok())
        .is_some_and(|u| {
            let path = u.path().trim_matches('/');
            u.query().is_none()
                && (path.is_empty()
                    || matches!(path, "index.html" | "main" | "home" | "news" | "index.php"))
        });
    let links = page.dom.all(ROOT, Tag::A).count();
    let crowded = links > 60 && sum.linked > sum.prose * 2.0;
    let rows = found.headlines >= MIN_HEADLINES && found.headlines * 2 >= found.paragraphs;
    let root = page.dom.all(ROOT, Tag::A).nth(8).is_some() && home;
    let teasers = found.cut >= 3 && found.cut * 3 >= found.paragraphs;
    // A page that says three times as much as its links do is a text with links in it.
    let says_much = sum.prose > sum.linked * MIN_PROSE_PER_LINKED;
    let rows = rows && !(says_much && found.paragraphs >= found.headlines);
    let root = root && !(says_much && found.headlines < MIN_HEADLINES);
    teasers
        || (rows
            && article
                .published
                .is_none_or(|_| found.headlines * 4 >= found.paragraphs * 3))
        || root
        || (crowded && sum.prose < 1500.0 && article.published.is_none())
}

fn asks_to_subscribe(page: &ParsedPage<'_, '_>) -> bool {
    let mut found = false;
    for id in 1..page.dom.len() {
        let shown = || page.density.of_subtree(&page.dom, id).all > 30.0;
        if !page.dom.tag(id).is_text() && shown() {
            class_names::each(&page.dom, id, |whole, part| {
                found |= matches!(part, "paywall" | "regwall" | "paidwall")
                    || matches!(
                        whole,
                        "subscriber-only" | "premium-wall" | "piano-paywall" | "member-only"
                    );
            });
        }
        if found {
            return true;
        }
    }
    false
}
