//! What a page is that has a text but is not one article: a thread, a product, a list of goods,
//! the results of a search. Such a page is read like any other, and says what it is.

use super::node_flags::HIDDEN;
use super::parsed::ParsedPage;
use crate::extract::html::{NodeId, Tag};
use crate::news::PageKind;

/// The least text of a review, in characters.
const MIN_REVIEW: usize = 800;
/// The fewest prices of a list of goods.
const MIN_PRICES: usize = 4;
/// A page with more characters of text than this for each price is an article that names prices.
const MAX_TEXT_PER_PRICE: usize = 200;
/// A price has at most this many bytes, with the words around it ("from US $1,299.99").
const MAX_PRICE: usize = 24;

/// A line that counts a list's items has at most this many bytes.
const MAX_COUNT: usize = 60;
/// And at most this many nodes.
const MAX_COUNT_NODES: u32 = 16;
/// An article has fewer than this share of its blocks in short lines that come again and again; in
/// a list of courses or flats each item has the same labels.
const MAX_REPEATED: f32 = 0.5;

/// What the page is; `None` for an article and where nothing says otherwise. `text`: the number of
/// characters of the text that was found; `dated`, `signed`: a date of publication and an author
/// were found; `repeated`: the share of its blocks that are the same short lines again and again.
pub(super) fn of(
    page: &ParsedPage<'_, '_>,
    text: usize,
    (dated, signed): (bool, bool),
    repeated: f32,
) -> Option<PageKind> {
    // A review describes what it is about as a shop would, but someone wrote it on some day.
    let is_review = dated && signed && text >= MIN_REVIEW;
    let said = page
        .described
        .page
        .filter(|said| *said != PageKind::Product || !is_review);
    if page.is_thread {
        return Some(PageKind::Thread);
    }
    if page.described.found {
        return None;
    }
    let og_type = page.head.get(&["og:type"]).unwrap_or_default();
    if said.is_some() {
        return said;
    }
    if og_type.eq_ignore_ascii_case("product.group") {
        return Some(PageKind::Listing);
    }
    // A page that is no article by its own word and describes a thing, if only its rating, sells
    // it.
    let is_site = og_type.eq_ignore_ascii_case("website");
    let names_product = is_site && page.described.names_product && !is_review;
    if og_type.to_ascii_lowercase().contains("product") || names_product {
        return Some(PageKind::Product);
    }
    if page.url.as_deref().is_some_and(is_address_of_search) {
        return Some(PageKind::Search);
    }
    if repeated > MAX_REPEATED {
        return Some(PageKind::Listing);
    }
    let is_article = dated || og_type.eq_ignore_ascii_case("article");
    let sells = || {
        let prices = prices(page);
        prices >= MIN_PRICES && text <= prices * MAX_TEXT_PER_PRICE
    };
    (!is_article && (sells() || counts_items(page))).then_some(PageKind::Listing)
}

/// Whether a line of the page says which items of how many it shows: `1-24 items of 33`.
fn counts_items(page: &ParsedPage<'_, '_>) -> bool {
    let dom = &page.dom;
    let is_line = |id: &NodeId| matches!(dom.tag(*id), Tag::P | Tag::Span | Tag::Div);
    (1..dom.len())
        .filter(|id| is_line(id) && dom.end(*id) - id <= MAX_COUNT_NODES)
        .filter(|id| !page.flags.has(*id, HIDDEN))
        .filter_map(|id| dom.brief(id, MAX_COUNT))
        .any(|line| is_count(&line))
}

fn is_count(line: &str) -> bool {
    let line = line.to_lowercase().replace(['-', '–', '~'], " - ");
    let words: Vec<&str> = line.split_whitespace().collect();
    let said = |word: &&str| {
        matches!(
            *word,
            "showing" | "items" | "results" | "products" | "of" | "-"
        )
    };
    let is_number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit() || b == b',');
    let numbers = words.iter().filter(|w| is_number(w)).count();
    numbers == 3
        && words.contains(&"of")
        && words.contains(&"-")
        && words
            .iter()
            .any(|w| matches!(*w, "items" | "results" | "products"))
        && words.iter().all(|w| said(w) || is_number(w))
}

/// Number of texts that are nothing but a price, in what is shown.
fn prices(page: &ParsedPage<'_, '_>) -> usize {
    let dom = &page.dom;
    let (mut count, mut at) = (0, 1);
    while at < dom.len() {
        if page.flags.has(at, HIDDEN) {
            at = dom.end(at);
            continue;
        }
        count += usize::from(dom.tag(at) == Tag::Text && is_price(dom.words(at)));
        at += 1;
    }
    count
}

fn is_price(words: &str) -> bool {
    let words = words.trim();
    let is_sign = |c: char| matches!(c, '$' | '€' | '£' | '¥' | '₩' | '원' | '円' | '₹' | '₽');
    let is_number = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    words.len() <= MAX_PRICE
        && is_number(words)
        && words.contains(is_sign)
        && words.split_whitespace().filter(|w| !is_number(w)).count() <= 2
}

/// Whether an address asks for something to be searched.
fn is_address_of_search(url: &str) -> bool {
    let Ok(url) = url::Url::parse(url) else {
        return false;
    };
    let mut steps = url.path().split('/').filter(|s| !s.is_empty());
    let searches = steps.any(|s| s.to_ascii_lowercase().starts_with("search"));
    let is_query = |name: &str| {
        ["q", "query", "keyword", "kw", "s", "searchword", "search"]
            .iter()
            .any(|n| name.eq_ignore_ascii_case(n))
    };
    let asks = url
        .query_pairs()
        .any(|(name, value)| is_query(&name) && !value.is_empty());
    asks && (searches || url.path() == "/" && url.query_pairs().count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::publishers::Profiles;
    use crate::extract::{PageHint, page};

    fn kind(text: &str, url: &str) -> (Option<PageKind>, f32) {
        let hint = PageHint {
            url: Some(url),
            ..PageHint::default()
        };
        let article = page::read(text, &hint, &Profiles::default());
        (article.extraction.page, article.extraction.confidence)
    }

    const WORDS: &str = "<p>The lamp has a foot of beech and a shade of paper, and it is made in \
                         the workshop behind the shop. It takes any bulb of up to ten watts.</p>";

    #[test]
    fn a_thing_for_sale_is_a_product() {
        let offer = r#"<script type="application/ld+json">{"@type":"Product","name":"Lamp",
            "offers":{"price":"40"}}</script>"#;
        let rated = r#"<script type="application/ld+json">{"@type":"Product","name":"Lamp",
            "aggregateRating":{"ratingValue":"4"}}</script>"#;
        let (page, sure) = kind(
            &format!("{offer}{WORDS}{WORDS}"),
            "https://shop.example/lamp",
        );
        assert_eq!(page, Some(PageKind::Product));
        assert!(sure < 0.5);
        // What is only rated is what the text is about.
        assert_eq!(
            kind(&format!("{rated}{WORDS}"), "https://a.example/lamp").0,
            None
        );
        let site = "<meta property=og:type content=website>";
        assert_eq!(
            kind(&format!("{site}{rated}{WORDS}"), "https://shop.example/2").0,
            Some(PageKind::Product)
        );
        let described = "<div itemscope itemtype='https://schema.org/Product'>\
                         <span itemprop=price>40</span></div>";
        assert_eq!(
            kind(&format!("{described}{WORDS}"), "https://shop.example/1").0,
            Some(PageKind::Product)
        );
    }

    #[test]
    fn a_signed_review_of_a_thing_is_an_article() {
        let offer = r#"<script type="application/ld+json">{"@type":"Product","name":"Lamp",
            "offers":{"price":"40"},
            "review":{"@type":"Review","author":{"name":"Ann Reed"}}}</script>"#;
        let signed = "<meta name=author content='Ann Reed'>\
                      <meta property=article:published_time content=2026-03-02T09:00:00Z>";
        let url = "https://paper.example/reviews/lamp";
        let text: String = (0..7)
            .map(|n| WORDS.replacen("lamp", &format!("lamp {n}"), 1))
            .collect();
        assert_eq!(
            kind(
                &format!("{signed}{offer}<article><h1>A lamp</h1>{text}</article>"),
                url
            )
            .0,
            None
        );
        let product = Some(PageKind::Product);
        assert_eq!(
            kind(&format!("{offer}<article>{text}</article>"), url).0,
            product
        );
        assert_eq!(
            kind(&format!("{signed}{offer}<article>{WORDS}</article>"), url).0,
            product
        );
    }

    #[test]
    fn goods_with_prices_are_a_listing_and_an_article_about_prices_is_none() {
        let goods = "<li><b>Lamp</b> <i>from $40.00</i></li>".repeat(9);
        let url = "https://shop.example/lamps";
        assert_eq!(
            kind(&format!("<ul>{goods}</ul>{WORDS}"), url).0,
            Some(PageKind::Listing)
        );
        let article: String = (0..20)
            .map(|n| WORDS.replacen("lamp", &format!("lamp {n}"), 1))
            .collect();
        assert_eq!(kind(&format!("<ul>{goods}</ul>{article}"), url).0, None);
    }

    #[test]
    fn results_of_a_search_are_told_by_their_address() {
        for url in [
            "https://paper.example/search?query=lamp",
            "https://paper.example/Search/index.php?q=%EB%93%B1",
            "https://blog.example/?s=lamp",
        ] {
            assert_eq!(kind(WORDS, url).0, Some(PageKind::Search), "{url}");
        }
        for url in [
            "https://paper.example/view?id=1&q=2",
            "https://paper.example/research/lamp?page=2",
            "https://paper.example/search?query=",
        ] {
            assert_eq!(kind(WORDS, url).0, None, "{url}");
        }
    }

    #[test]
    fn a_line_that_counts_the_items_makes_a_listing() {
        let url = "https://shop.example/shoes";
        let counted = format!("<p>1<!-- -->-<!-- -->24 <span>items of</span> 33</p>{WORDS}");
        assert_eq!(kind(&counted, url).0, Some(PageKind::Listing));
        let dated = format!("<meta property=og:type content=article>{counted}");
        assert_eq!(kind(&dated, url).0, None);
        assert!(is_count("Showing 1–24 of 1,033 results"));
        assert!(!is_count("3 of 4 items"));
        assert!(!is_count("2 - 1 of 3"));
    }

    #[test]
    fn cards_with_the_same_labels_are_a_listing() {
        let url = "https://school.example/subjects";
        let cards: String = (0..20)
            .map(|n| {
                format!(
                    "<p>Online</p><p>Learn trade {n} in the evenings of the winter, with a teacher \
                     who works in it.</p><p>Price</p><p>Duration</p>"
                )
            })
            .collect();
        let (page, sure) = kind(&cards, url);
        assert_eq!(page, Some(PageKind::Listing));
        assert!(sure < 0.5);
    }

    #[test]
    fn a_script_with_the_text_of_another_article_belongs_to_a_list() {
        let text = "The lamp has a foot of beech and a shade of paper. ".repeat(12);
        let at = |printed: &str| {
            let html = format!(
                "<title>{printed}</title><h1>{printed}</h1><script>window.state = {{\"items\":[{{\
                 \"headline\":\"A lamp of beech lights the valley\",\"articleBody\":\"{text}\"}}]}}</script>"
            );
            kind(&html, "https://paper.example/lamps")
        };
        let (page, sure) = at("Rented cars and vans: our coverage");
        assert_eq!(page, Some(PageKind::Listing));
        assert!(sure < 0.5);
        assert_eq!(at("A lamp of beech lights the valley").0, None);
    }
}
