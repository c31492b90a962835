//! Finds when an article was published and updated, from the most reliable source that says so.

use std::sync::LazyLock;

use jiff::tz::Offset;

use super::node_flags::{HIDDEN, LINKS};
use super::parsed::ParsedPage;
use crate::extract::dates::event::is_of_event;
use crate::extract::dates::parse;
use crate::extract::html::{NodeId, ROOT, Tag};
use crate::extract::meta::head;
use crate::news::hangul::is_alphabetic;
use crate::news::{Article, Stamp, word_list};

const WORDS: &str = include_str!("../../../assets/words/field_names.txt");

/// Names of `<meta>` elements with the time of publication, the most reliable first.
static PUBLISHED: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "published"));

/// What is shorter, in bytes, is a label and no paragraph.
const MAX_LABEL_BYTES: usize = 80;
/// Labels before a visible date of publication, in lower case.
const PUBLISHED_WORDS: [&str; 12] = [
    "입력",
    "등록",
    "송고",
    "승인",
    "작성",
    "발행",
    "게시",
    "최초",
    "published",
    "posted",
    "publié",
    "veröffentlicht",
];
/// Labels of the date of publication in the table above an article on a board.
const DATE_LABELS: [&str; 7] = [
    "날짜",
    "등록일",
    "등록일자",
    "작성일",
    "작성일자",
    "게시일",
    "배포일",
];
/// Labels before a visible date of the last update, in lower case.
const UPDATED_WORDS: [&str; 6] = [
    "수정",
    "업데이트",
    "최종",
    "updated",
    "mis à jour",
    "aktualisiert",
];

/// Whether the page declares itself an article or shows a date of publication.
pub(crate) fn says_article(page: &ParsedPage<'_, '_>) -> bool {
    let kind = page
        .head
        .get(&["og:type"])
        .is_some_and(|t| t.eq_ignore_ascii_case("article"));
    kind || page.described.found || !visible_dates(page, &PUBLISHED_WORDS, true).is_empty()
}

/// Fills the times of publication and of the last update.
pub(crate) fn fill(page: &ParsedPage<'_, '_>, article: &mut Article) {
    let (head, said) = (&page.head, &page.described);
    let texts = visible_dates(page, &PUBLISHED_WORDS, true);
    let zone = |raw: &str| parse::date(raw, page.home);
    let stated = first_element_date(page, &page.by_profile(|p| &p.published))
        .or_else(|| said.published.as_deref().and_then(zone))
        .or_else(|| {
            PUBLISHED
                .iter()
                .filter_map(|n| head.get(&[*n]))
                .find_map(zone)
        })
        .or_else(|| {
            head.property(&page.dom, "datePublished")
                .as_deref()
                .and_then(zone)
        });
    article.published = agreed(stated, &texts)
        .or_else(|| {
            let own = head.times.iter().filter(|id| !is_of_another(page, **id));
            own.filter_map(|id| page.dom.attr(*id, "datetime"))
                .find_map(zone)
        })
        .or_else(|| texts.first().copied())
        .or_else(|| {
            head::labelled(&page.dom, &DATE_LABELS)
                .as_deref()
                .and_then(zone)
        });
    article.updated = first_element_date(page, &page.by_profile(|p| &p.updated))
        .or_else(|| said.modified.as_deref().and_then(zone))
        .or_else(|| {
            head.get(&[
                "article:modified_time",
                "article:modified:time",
                "og:updated_time",
                "og:article:modified_time",
                "dd:modified_time",
                "datemodified",
            ])
            .and_then(zone)
        })
        .or_else(|| {
            head.property(&page.dom, "dateModified")
                .as_deref()
                .and_then(zone)
        })
        .or_else(|| visible_dates(page, &UPDATED_WORDS, false).first().copied())
        .filter(|u| article.published.is_none_or(|p| u.at > p.at));
}

/// Whether a time stands on a card that leads to another article.
fn is_of_another(page: &ParsedPage<'_, '_>, time: NodeId) -> bool {
    page.dom.ancestors(time).any(|up| {
        matches!(
            page.dom.tag(up),
            Tag::A | Tag::Aside | Tag::Footer | Tag::Nav
        ) || page.flags.has(up, LINKS)
    })
}

fn first_element_date(page: &ParsedPage<'_, '_>, ids: &[NodeId]) -> Option<Stamp> {
    ids.iter()
        .find_map(|id| parse::date(&head::value_of(&page.dom, *id), page.home))
}

/// Up to four visible dates in page order that have one of `labels` before them, or, with
/// `or_alone`, are a line of their own.
fn visible_dates(page: &ParsedPage<'_, '_>, labels: &[&str], or_alone: bool) -> Vec<Stamp> {
    let mut found = Vec::new();
    for id in page.dom.all(ROOT, Tag::Text) {
        let raw = page.dom.words(id);
        let bytes = raw.trim();
        if bytes.len() > 160 || !bytes.contains("20") || found.len() >= 4 {
            continue;
        }
        let lower = bytes.to_lowercase();
        let label = labels
            .iter()
            .filter_map(|l| lower.find(l))
            .min()
            .filter(|_| lower.len() == bytes.len());
        let labelled = label.is_some() || sibling_says(page, id, labels);
        if is_of_event(bytes) {
            continue;
        }
        let alone = or_alone
            && bytes.chars().filter(|c| is_alphabetic(*c)).count() <= 12
            && parse::has_clock(bytes)
            && !is_inside_text(page, id)
            && !UPDATED_WORDS.iter().any(|w| lower.starts_with(w));
        if (labelled || alone) && !page.dom.ancestors(id).any(|up| page.flags.has(up, HIDDEN)) {
            found.extend(parse::date(&bytes[label.unwrap_or(0)..], page.home));
        }
    }
    found
}

/// Whether a text is a paragraph that follows a longer one: an entry of a chronicle.
fn is_inside_text(page: &ParsedPage<'_, '_>, id: NodeId) -> bool {
    let block = page.dom.parent(id);
    let is_long_paragraph =
        |elder| page.dom.tag(elder) == Tag::P && page.dom.brief(elder, MAX_LABEL_BYTES).is_none();
    page.dom.tag(block) == Tag::P && page.dom.elder(block).is_some_and(is_long_paragraph)
}

fn sibling_says(page: &ParsedPage<'_, '_>, id: NodeId, labels: &[&str]) -> bool {
    let elder = page.dom.elder(page.dom.parent(id));
    elder
        .and_then(|b| page.dom.brief(b, 60))
        .is_some_and(|text| labels.iter().any(|l| text.contains(l)))
}

/// The stated time, or the visible one where they differ by exactly the time zone: then the page's
/// template got the zone wrong, and the visible time is right.
fn agreed(stated: Option<Stamp>, seen: &[Stamp]) -> Option<Stamp> {
    let stated = stated?;
    let off = |s: &&Stamp| (s.at.as_second() - stated.at.as_second()).abs() == 9 * 3600;
    Some(seen.iter().find(off).copied().unwrap_or(stated))
}

/// The date of an address such as `…/2023/04/07/…`.
pub(crate) fn date_in_path(url: &str, home: Offset) -> Option<Stamp> {
    let path = url.split("://").nth(1)?.split_once('/')?.1;
    let parts: Vec<&str> = path.split('/').collect();
    let numeric =
        |s: &&&str| s.len() <= 4 && !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let date = parts
        .windows(3)
        .find(|w| w[0].len() == 4 && w.iter().all(|s| numeric(&s)))?;
    parse::date(&date.join("-"), home)
}
