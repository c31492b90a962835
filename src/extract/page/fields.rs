//! Fills the article's fields, each from the most reliable source that gives it.

use super::dates;
use super::headline;
use super::node_flags::{FIELD, HIDDEN, LINKS, SUBHEAD};
use super::parsed::ParsedPage;
use super::surroundings;
use crate::extract::html::class_names;
use crate::extract::html::{NodeId, ROOT, Tag};
use crate::extract::meta::{Described, byline, head, title};
use crate::extract::publishers::host_of;
use crate::news::site::{is_same_site, is_web_address};
use crate::news::{Article, Byline, Clean};

/// `first` with its gaps filled from `second`.
pub(crate) fn prefer(first: Described, second: Described) -> Described {
    Described {
        found: first.found || second.found,
        is_video: second.is_video,
        page: second.page.or(first.page),
        names_product: first.names_product || second.names_product,
        paywalled: second.paywalled,
        headline: first.headline.or(second.headline),
        alternative: first.alternative.or(second.alternative),
        description: first.description.or(second.description),
        body: first.body.or(second.body),
        published: first.published.or(second.published),
        modified: first.modified.or(second.modified),
        section: first.section.or(second.section),
        publisher: second.publisher.or(first.publisher),
        url: second.url.or(first.url),
        image: first.image.or(second.image),
        language: first.language.or(second.language),
        authors: if first.authors.is_empty() {
            second.authors
        } else {
            first.authors
        },
    }
}

/// Fills the fields that don't depend on the body's text; `body` is the element that contains it.
pub(crate) fn fill(page: &ParsedPage<'_, '_>, body: NodeId, article: &mut Article) {
    let line = |s: &str| Some(Clean::line(s)).filter(|c| !c.is_blank());
    let (head, said) = (&page.head, &page.described);
    article.canonical_url = canonical(page, article.url.as_deref());
    let at = article.url.as_deref();
    let profile = page.profiles.iter().find_map(|p| p.publication(at));
    let shown = page.by_profile(|p| &p.publisher_in);
    let shown = shown
        .iter()
        .map(|id| head::value_of(&page.dom, *id))
        .find(|v| !v.trim().is_empty());
    let named = head::name_within(&page.dom, head, "publisher");
    article.publisher = shown
        .as_deref()
        .or(profile)
        .or_else(|| {
            head.get(&[
                "og:site_name",
                "dable:publisher",
                "dd:publisher",
                "twitter:site_name",
            ])
        })
        .or(said.publisher.as_deref())
        .or(named.as_deref())
        .or_else(|| {
            head.get(&[
                "og:article:author",
                "publisher",
                "copyright",
                "application-name",
            ])
            .filter(|p| p.chars().count() < 30)
        })
        .and_then(line);
    let is_vouched_for = shown.is_some() || profile.is_some();
    if !is_vouched_for {
        disown(page, article);
    }
    article.section = page
        .words_of(&page.by_profile(|p| &p.section))
        .or_else(|| {
            head.get(&["article:section", "dd:category", "section"])
                .map(str::to_owned)
        })
        .or_else(|| said.section.clone())
        .and_then(|s| line(&s));
    article.lang = language(page);
    article.lead_image = head
        .get(&[
            "og:image",
            "og:image:url",
            "twitter:image",
            "twitter:image:src",
        ])
        .map(str::to_owned)
        .or_else(|| said.image.clone())
        .and_then(|u| page.addresses.join(&u));
    article.title = headline::find(page, article)
        .as_deref()
        .map(Clean::headline)
        .unwrap_or_default();
    article.subheads = subheads(page, body, article);
    article.page_summary = page
        .by_profile(|p| &p.page_summary)
        .iter()
        .flat_map(|id| {
            page.dom
                .text(*id)
                .lines()
                .filter_map(line)
                .collect::<Vec<_>>()
        })
        .collect();
    article.bylines = bylines(page, body);
    dates::fill(page, article);
}

/// The addresses that the page calls its own, the most reliable first.
fn own_addresses(page: &ParsedPage<'_, '_>) -> impl Iterator<Item = Clean> {
    let (head, said) = (&page.head, &page.described);
    let all = [
        head.canonical.as_deref(),
        head.get(&["og:url"]),
        said.url.as_deref(),
    ];
    let joined = all.map(|url| page.addresses.join(url?));
    joined
        .into_iter()
        .flatten()
        .filter(|url| is_web_address(url))
}

/// The canonical address: the first that the page calls its own and that is of the site it was
/// fetched from. Of a page whose address is not known it is a claim.
fn canonical(page: &ParsedPage<'_, '_>, fetched: Option<&str>) -> Option<Clean> {
    own_addresses(page).find(|own| fetched.is_none_or(|at| is_same_site(at, own)))
}

/// Names the host as publisher of a page that passes itself off as another's: by an address of
/// another site that it calls its own, or by the name of a publisher whose site this is not. A host
/// without a name has none to show instead, and mostly serves copies, so there only the second
/// counts. What the page of a portal says, or the profile of its site, is believed.
fn disown(page: &ParsedPage<'_, '_>, article: &mut Article) {
    let Some(at) = article.url.clone() else {
        return;
    };
    let is_foreign = |own: Clean| !page.known.is_same_publisher(&at, &own);
    let is_of_another = || article.canonical_url.is_none() && own_addresses(page).any(is_foreign);
    if article.publisher.is_some() && has_host_name(&at) && is_of_another() {
        article.publisher = host_of(&at);
    }
    page.known.disown(article, &at);
}

fn has_host_name(address: &str) -> bool {
    let url = url::Url::parse(address).ok();
    let name = url.as_ref().and_then(url::Url::domain);
    name.is_some_and(|name| name.contains('.'))
}

/// How many nodes at the page's end are searched for the copyright line.
const NEAR_END: NodeId = 800;

/// Fills the gaps that need the finished text: bylines and dates in the lines around it, a
/// signature at its end, the copyright line. Bylines of people replace those of news desks.
pub(crate) fn finish(page: &ParsedPage<'_, '_>, body: NodeId, article: &mut Article) {
    let publisher = article.publisher.clone().unwrap_or_default();
    let host = article.url.as_deref().and_then(host_of).unwrap_or_default();
    let person = |b: &Byline| !byline::is_desk(&b.name, &publisher) && !is_label_of(&host, &b.name);
    let unsigned = !article.bylines.iter().any(person);
    let nameless = is_sites_name(page, article);
    if unsigned
        || nameless
        || article.published.is_none()
        || (article.subheads.is_empty() && marks_none(page))
    {
        let around = surroundings::read(page, body, article);
        if article.subheads.is_empty() {
            article.subheads = around.subheads(article, page.home);
        }
        if nameless && let Some(line) = around.headline(page.home) {
            article.title = Clean::headline(line);
            article.subheads.retain(|s| **s != *article.title);
        }
        if unsigned {
            article.bylines.extend(around.bylines());
        }
        if let [only] = article.bylines.as_mut_slice() {
            only.email = only.email.take().or_else(|| around.email());
        }
        article.published = article.published.or_else(|| around.published(page.home));
    }
    if page.korean {
        let mut last = article
            .blocks
            .iter()
            .rev()
            .map(crate::news::Block::plain)
            .filter(|t| !t.is_empty())
            .take(3);
        let signed = article.bylines.iter().any(person);
        if let Some(speaker) = last.find_map(|line| byline::sign_off(&line)) {
            match article.bylines.iter_mut().find(|b| b.name == speaker.name) {
                Some(known) => known.email = known.email.take().or(speaker.email),
                None if !signed => article.bylines.push(speaker),
                None => {}
            }
        }
    }
    if article.bylines.iter().any(person) {
        article.bylines.retain(person);
    }
    if article
        .bylines
        .iter()
        .any(|b| byline::is_korean_name(&b.name))
    {
        article
            .bylines
            .retain(|b| byline::is_korean_name(&b.name) || b.name.contains(' '));
    }
    article.bylines.truncate(12);
    if article.copyright.is_none() {
        article.copyright = copyright(page);
    }
    if article.publisher.is_none() {
        article.publisher = article
            .copyright
            .as_deref()
            .and_then(crate::extract::body::lines::publisher_in);
        disown(page, article);
    }
    if article.published.is_none() {
        article.published = page
            .head
            .canonical
            .as_deref()
            .or(article.url.as_deref())
            .and_then(|u| dates::date_in_path(u, page.home));
    }
}

/// Whether a name is a part of a host's name: `MoneyS` of `moneys.example.kr`.
fn is_label_of(host: &str, name: &str) -> bool {
    let name = title::letters(name);
    name.len() >= 4 && host.split('.').any(|label| label == name)
}

/// Whether the headline is empty or only the name of the site.
fn is_sites_name(page: &ParsedPage<'_, '_>, article: &Article) -> bool {
    let title = title::letters(&article.title);
    let copyright = copyright(page)
        .as_deref()
        .and_then(crate::extract::body::lines::publisher_in);
    let mut names = article
        .publisher
        .iter()
        .chain(&copyright)
        .map(|n| title::letters(n));
    title.is_empty() || names.any(|n| n == title)
}

/// Whether no class name or id on the page marks a subhead.
fn marks_none(page: &ParsedPage<'_, '_>) -> bool {
    !(1..page.dom.len()).any(|id| page.flags.has(id, SUBHEAD))
}

/// The copyright line near the page's end.
fn copyright(page: &ParsedPage<'_, '_>) -> Option<Clean> {
    let signs = [
        "ⓒ",
        "©",
        "opyright",
        "&copy;",
        "저작권자",
        "무단전재",
        "무단 전재",
    ];
    let end = page.dom.len();
    (end.saturating_sub(NEAR_END)..end)
        .filter(|id| page.dom.tag(*id) == Tag::Text && page.dom.words(*id).len() < 600)
        .filter(|id| signs.iter().any(|s| page.dom.words(*id).contains(s)))
        .map(|id| Clean::line(page.dom.words(id)))
        .find(|line| {
            crate::extract::body::trim::verdict::judge(line)
                == crate::extract::body::trim::verdict::LineVerdict::Copyright
        })
}

fn language(page: &ParsedPage<'_, '_>) -> Option<Clean> {
    let said = page.head.lang.clone().or_else(|| {
        page.head
            .get(&["og:locale", "content-language"])
            .map(str::to_owned)
    });
    let code = said
        .or_else(|| page.described.language.clone())
        .map(|l| l.replace('_', "-"));
    let code = code
        .map(|l| {
            l.split(['-', ',', ' '])
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase()
        })
        .filter(|l| l.len() == 2);
    match code {
        // Korean pages on English templates say `en`.
        Some(code) if code != "en" || !page.korean => Some(Clean::line(&code)),
        _ if page.korean => Some(Clean::line("ko")),
        code => code.map(|c| Clean::line(&c)),
    }
}

/// Second headlines (부제): from the profile, from class names, or from the alternative headline in
/// the metadata.
fn subheads(page: &ParsedPage<'_, '_>, body: NodeId, article: &Article) -> Vec<Clean> {
    let own = title::letters(&article.title);
    let mut ids = page.by_profile(|p| &p.subheads);
    if ids.is_empty() {
        ids = (1..page.dom.len())
            .filter(|id| {
                !page.dom.tag(*id).is_text()
                    && is_subhead(page, *id)
                    && (body == ROOT || before_text(page, body, *id))
            })
            .take(6)
            .collect();
    }
    let mut lines: Vec<Clean> = Vec::new();
    let alternative = page.described.alternative.clone().unwrap_or_default();
    let texts = ids
        .iter()
        .map(|id| page.dom.text(*id))
        .chain(std::iter::once(
            alternative.replace("<br>", "\n").replace("<br/>", "\n"),
        ));
    for text in texts {
        for part in text.split('\n') {
            let part = Clean::line(
                part.trim()
                    .trim_start_matches(['-', '·', '▶', '■', '○', '▲', '△', '…']),
            );
            let flat = title::letters(&part);
            let length = part.chars().count();
            let new = !lines.iter().any(|l| title::letters(l) == flat);
            if (4..=200).contains(&length)
                && flat != own
                && article.section.as_deref() != Some(&*part)
                && !flat.is_empty()
                && new
                && lines.len() < 8
            {
                lines.push(part);
            }
        }
    }
    lines
}

/// Whether an element is before the body or near its start, where subheads are.
fn before_text(page: &ParsedPage<'_, '_>, body: NodeId, id: NodeId) -> bool {
    id < body || (page.dom.within(id, body) && page.density.between(body, id).all < 1200.0)
}

/// Whether an element is a subhead by its class name, outside lists of other articles.
fn is_subhead(page: &ParsedPage<'_, '_>, id: NodeId) -> bool {
    let buried = |up: NodeId| {
        page.flags.has(up, HIDDEN | LINKS)
            || matches!(
                page.dom.tag(up),
                Tag::Li | Tag::A | Tag::Form | Tag::Aside | Tag::Footer | Tag::Nav
            )
    };
    page.flags.has(id, SUBHEAD)
        && page.dom.brief(id, 1600).is_some()
        && !page.dom.ancestors(id).any(buried)
}

fn bylines(page: &ParsedPage<'_, '_>, body: NodeId) -> Vec<Byline> {
    let mut all: Vec<Byline> = Vec::new();
    for id in page.by_profile(|p| &p.bylines) {
        add(&mut all, byline::stated(&page.dom.text(id)));
    }
    page.described
        .authors
        .iter()
        .for_each(|a| add(&mut all, byline::stated(a)));
    for name in [
        "dable:author",
        "dd:author",
        "naverblog:nickname",
        "author",
        "article:author",
        "og:article:author",
        "byl",
        "parsely-author",
        "sailthru.author",
        "cxenseparse:author",
        "dc.creator",
        "twitter:creator",
    ] {
        page.head
            .all(name)
            .filter(|a| !a.starts_with('@'))
            .for_each(|a| add(&mut all, byline::stated(a)));
    }
    if let Some(name) = labelled_author(page) {
        add(&mut all, byline::stated(name));
    }
    for id in page.head.properties("author").take(4) {
        add(&mut all, byline::stated(&head::value_of(&page.dom, id)));
    }
    let near = |id: &NodeId| {
        page.flags.has(*id, FIELD) && !page.flags.has(*id, HIDDEN) && !page.dom.within(body, *id)
    };
    let signed = (1..page.dom.len())
        .filter(|id| !page.dom.tag(*id).is_text())
        .filter(near)
        .take(60);
    for id in signed {
        if let Some(text) = page.dom.brief(id, 400) {
            let text = Clean::line(&text);
            add(&mut all, byline::signed(&text));
        }
    }
    if all.is_empty() && !page.korean {
        let link = |id: &NodeId| {
            page.dom.tag(*id) == Tag::A && page.dom.attr(*id, "rel") == Some("author")
        };
        let mut names: Vec<NodeId> = (1..page.dom.len())
            .filter(|id| !page.dom.tag(*id).is_text() && (link(id) || near(id)))
            .collect();
        names.retain(|id| is_author(page, *id));
        let names = names.into_iter().take(20);
        let first = |id| {
            page.dom
                .all(id, Tag::Text)
                .map(|t| page.dom.words(t))
                .find(|w| !w.trim().is_empty())
        };
        let named = |id| {
            byline::plain_name(&page.dom.brief(id, 200)?).or_else(|| byline::plain_name(first(id)?))
        };
        names.filter_map(named).for_each(|b| add(&mut all, vec![b]));
    }
    all
}

/// The author in the two lines that a page gives to previews of links to it, each with its label.
fn labelled_author<'p>(page: &'p ParsedPage<'_, '_>) -> Option<&'p str> {
    const LABELS: [&str; 9] = [
        "written by",
        "by",
        "author",
        "verfasst von",
        "écrit par",
        "escrito por",
        "scritto da",
        "geschreven door",
        "글쓴이",
    ];
    let pairs = [
        ("twitter:label1", "twitter:data1"),
        ("twitter:label2", "twitter:data2"),
    ];
    pairs.into_iter().find_map(|(label, value)| {
        let label = page.head.get(&[label])?.trim().to_lowercase();
        LABELS.contains(&label.as_str()).then_some(())?;
        page.head.get(&[value])
    })
}

/// Adds the bylines whose names are not contained in one of the list yet.
fn add(all: &mut Vec<Byline>, found: Vec<Byline>) {
    for byline in found {
        if !all.iter().any(|known| known.name.contains(&*byline.name)) {
            all.push(byline);
        }
    }
}

/// Whether an element names the author, by its attributes.
fn is_author(page: &ParsedPage<'_, '_>, id: NodeId) -> bool {
    let mut found = page
        .dom
        .attr(id, "rel")
        .is_some_and(|r| r.eq_ignore_ascii_case("author"));
    class_names::each(&page.dom, id, |_, part| {
        found |= matches!(
            part,
            "author" | "authors" | "byline" | "bylines" | "writer" | "contributor"
        );
    });
    found
}
