//! What an element's tag, class, id and style say about it: hidden, furniture of the page, or the article itself.

use super::dom::{Dom, Id, Tag};
use super::tokens;

/// Not shown.
pub(crate) const HIDDEN: u8 = 1;
/// Part of the page, not of the article: menus, advertising, sharing, comments, other articles.
pub(crate) const JUNK: u8 = 2;
/// Says of itself that it holds the article's text.
pub(crate) const BODY: u8 = 4;
/// Byline, date, tags: fields of the article that are not its text.
pub(crate) const FIELD: u8 = 8;
/// A list of other articles, worth keeping as links.
pub(crate) const LINKS: u8 = 16;

/// One byte of flags a node.
pub(crate) struct Marks(Vec<u8>);

impl Marks {
    /// Looks at every element once.
    pub(crate) fn of(dom: &Dom<'_>) -> Self {
        let mut marks = vec![0; dom.len() as usize];
        for id in 1..dom.len() {
            if !dom.tag(id).is_text() {
                marks[id as usize] = mark(dom, id);
            }
        }
        Self(marks)
    }

    pub(crate) fn has(&self, id: Id, flags: u8) -> bool {
        self.0[id as usize] & flags != 0
    }

    pub(crate) fn set(&mut self, id: Id, flags: u8) {
        self.0[id as usize] |= flags;
    }

    pub(crate) fn unset(&mut self, id: Id, flags: u8) {
        self.0[id as usize] &= !flags;
    }
}

fn mark(dom: &Dom<'_>, id: Id) -> u8 {
    let tag = dom.tag(id);
    let mut flags = match tag {
        Tag::Nav | Tag::Footer | Tag::Aside | Tag::Menu | Tag::Dialog => JUNK,
        Tag::Html | Tag::Body | Tag::Head => return 0,
        _ => 0,
    };
    for (name, value) in dom.attrs(id) {
        match name.len() {
            4 if name.eq_ignore_ascii_case("role") => flags |= role(value),
            5 if name.eq_ignore_ascii_case("style") && hides(value) => flags |= HIDDEN,
            6 if name.eq_ignore_ascii_case("hidden") && value != "until-found" => flags |= HIDDEN,
            8 if name.eq_ignore_ascii_case("itemprop") => flags |= property(value),
            11 if name.eq_ignore_ascii_case("aria-hidden") && value == "true" && tag != Tag::Img => flags |= HIDDEN,
            _ => {}
        }
    }
    let mut words = Words::default();
    tokens::each(dom, id, |whole, part| words.see(whole, part));
    flags | words.flags(tag)
}

fn role(value: &str) -> u8 {
    match value {
        "navigation" | "complementary" | "contentinfo" | "banner" | "search" | "dialog" | "alert" | "toolbar"
        | "menu" => JUNK,
        _ => 0,
    }
}

fn property(value: &str) -> u8 {
    match value {
        "articleBody" | "reviewBody" => BODY,
        "author" | "datePublished" | "dateModified" | "keywords" | "publisher" => FIELD,
        "comment" | "relatedLink" => JUNK,
        _ => 0,
    }
}

fn hides(style: &str) -> bool {
    let plain: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    plain.contains("display:none") || plain.contains("visibility:hidden")
}

/// What the words of one element's class and id add up to.
#[derive(Default)]
struct Words {
    junk: bool,
    hidden: bool,
    article: bool,
    body: bool,
    exact_body: bool,
    field: bool,
    links: bool,
    /// Words that turn a junk word into a layout's name: `has-sidebar`, `no-ads`.
    layout: bool,
}

impl Words {
    fn see(&mut self, whole: &str, part: &str) {
        self.layout |= matches!(
            part,
            "has" | "no" | "with" | "without" | "enabled" | "open" | "layout" | "wrapper" | "container" | "page"
        );
        self.exact_body |= is_body(whole);
        match part {
            "article" | "post" | "entry" | "story" | "news" => self.article = true,
            "body" | "content" | "text" | "txt" | "contents" | "cont" => self.body = true,
            _ => {}
        }
        self.hidden |= matches!(
            whole,
            "hide"
                | "hidden"
                | "sr-only"
                | "visually-hidden"
                | "visuallyhidden"
                | "screen-reader-text"
                | "screen_out"
                | "blind"
                | "u_skip"
                | "offscreen"
                | "is-hidden"
                | "d-none"
                | "a11y"
                | "ir_txt"
                | "element-invisible"
                | "print-only"
        );
        self.field |= is_field(part) || is_field(whole);
        self.links |= is_links(part);
        self.junk |= is_junk(part) || is_junk_name(whole);
    }

    fn flags(&self, tag: Tag) -> u8 {
        let mut flags = 0;
        if self.hidden {
            flags |= HIDDEN;
        }
        if self.exact_body {
            flags |= BODY;
        }
        if (self.junk || self.links) && !(self.layout && self.article && !self.links) && tag != Tag::Main {
            flags |= JUNK;
        }
        if self.links {
            flags |= LINKS;
        }
        if self.field && !(self.article && self.body) {
            flags |= FIELD;
        }
        flags
    }
}

/// Class names and ids that mean the article's text wherever they are used.
fn is_body(whole: &str) -> bool {
    matches!(
        whole,
        "articlebody"
            | "article-body"
            | "article_body"
            | "article__body"
            | "articletext"
            | "article-text"
            | "article_text"
            | "article-content"
            | "article_content"
            | "articlecontent"
            | "article__content"
            | "article-view-content-div"
            | "article_txt"
            | "article_view"
            | "articleview"
            | "entry-content"
            | "entry-body"
            | "entrytext"
            | "post-content"
            | "post-body"
            | "post_content"
            | "postcontent"
            | "post-entry"
            | "post__content"
            | "story-body"
            | "storybody"
            | "story-content"
            | "story__content"
            | "story-text"
            | "storytext"
            | "story_body"
            | "news_body"
            | "newsbody"
            | "news-body"
            | "newscontent"
            | "news_cont"
            | "news_text"
            | "news_txt"
            | "news_view"
            | "news-content"
            | "newsct_article"
            | "dic_area"
            | "td-post-content"
            | "single-content"
            | "body-text"
            | "body-copy"
            | "bodytext"
            | "article-body-text"
            | "articlebodycontents"
            | "mw-parser-output"
            | "newstext"
            | "cont_newstext"
            | "view_con"
            | "viewcontent"
            | "view_text"
            | "article_body_content"
            | "c-entry-content"
            | "rich-text"
            | "articletxt"
            | "textbody"
            | "detail-body"
            | "blog-content"
            | "blog-post-content"
            | "pf-content"
            | "asset-body"
            | "paragraphs"
            | "field-name-body"
            | "field--name-body"
            | "content__article-body"
            | "caas-body"
            | "zn-body__paragraph"
    )
}

fn is_field(part: &str) -> bool {
    matches!(
        part,
        "byline"
            | "bylines"
            | "author"
            | "authors"
            | "dateline"
            | "timestamp"
            | "date"
            | "datetime"
            | "pubdate"
            | "postmeta"
            | "entry-meta"
            | "post-meta"
            | "article-meta"
            | "metadata"
            | "meta"
            | "tags"
            | "taglist"
            | "tagcloud"
            | "categories"
            | "category"
            | "breadcrumb"
            | "breadcrumbs"
            | "kicker"
            | "eyebrow"
            | "reporter"
            | "writer"
            | "journalist"
            | "posted"
            | "contributor"
            | "hashtag"
            | "hashtags"
            | "keywords"
            | "keyword"
            | "copyright"
            | "published"
    )
}

fn is_links(part: &str) -> bool {
    matches!(
        part,
        "related"
            | "relate"
            | "recommend"
            | "recommended"
            | "recommendation"
            | "recommendations"
            | "recirc"
            | "recirculation"
            | "outbrain"
            | "taboola"
            | "trending"
            | "popular"
            | "mostread"
            | "mostpopular"
            | "mostviewed"
            | "mostview"
            | "ranking"
            | "rank"
            | "upnext"
            | "suggested"
            | "suggestions"
            | "morenews"
            | "hotnews"
            | "relatednews"
            | "relatedarticles"
            | "readnext"
            | "crosspromo"
            | "zergnet"
            | "dable"
            | "newsrank"
            | "bestnews"
    )
}

fn is_junk(part: &str) -> bool {
    matches!(
        part,
        // What readers wrote.
        "comment" | "comments" | "disqus" | "respond" | "replies" | "livefyre" | "commentlist" | "reply" | "reaction" | "reactions"
            | "emotion" | "likeit"
            // Sharing and following.
            | "share" | "sharing" | "shares" | "social" | "socials" | "sns" | "addthis" | "addtoany" | "sharedaddy" | "sharebar" | "bookmark"
            | "follow" | "fontsize"
            // The page's frame.
            | "nav" | "navbar" | "navigation" | "gnb" | "lnb" | "snb" | "pagination" | "pager" | "paging" | "sidebar" | "footer"
            | "masthead" | "toolbar" | "skip" | "toc" | "utility" | "util" | "utils"
            // Selling.
            | "newsletter" | "newsletters" | "subscribe" | "subscription" | "signup" | "promo" | "promos" | "promotion" | "sponsor"
            | "sponsored" | "sponsors" | "advert" | "adverts" | "advertisement" | "advertising" | "ad" | "ads" | "adv" | "adsense"
            | "adsbygoogle" | "adbox" | "adslot" | "adwrap" | "adarea" | "dfp" | "banner" | "popup" | "modal" | "overlay" | "cookie"
            | "cookies" | "gdpr" | "consent" | "donate" | "donation" | "affiliate" | "shop" | "coupon" | "login"
            // Machinery.
            | "poll" | "quiz" | "rating" | "ratings" | "vote" | "survey" | "printfriendly" | "feedback" | "tts" | "tooltip" | "player"
            | "jebo" | "copyright" | "disclaimer"
            // Pictures by the dozen: the article's own stand in its text.
            | "gallery" | "slideshow" | "carousel" | "swiper" | "slick" | "slider" | "lightbox"
    )
}

fn is_junk_name(whole: &str) -> bool {
    matches!(
        whole,
        "read-more"
            | "readmore"
            | "more-stories"
            | "more-news"
            | "author-bio"
            | "author-box"
            | "authorbox"
            | "about-author"
            | "about-the-author"
            | "post-author"
            | "author-info"
            | "author-card"
            | "article-footer"
            | "post-footer"
            | "entry-footer"
            | "see-also"
            | "seealso"
            | "article-tools"
            | "post-tools"
            | "print-link"
            | "mw-editsection"
            | "navbox"
            | "reflist"
            | "infobox"
            | "widget-area"
            | "jp-relatedposts"
            | "yarpp-related"
            | "wp-playlist"
            | "reporter_area"
            | "reporter-area"
            | "journalist_area"
            | "writer-zone01"
            | "txt-copyright"
            | "video-player"
            | "article-related"
            | "story-footer"
    )
}
