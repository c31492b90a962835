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

/// Says of itself that it is a second headline.
pub(crate) const SUBHEAD: u8 = 32;

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
    subhead: bool,
    field: bool,
    links: bool,
    /// Words that turn a junk word into a layout's name: `has-sidebar`, `no-ads`.
    layout: bool,
}

impl Words {
    fn see(&mut self, whole: &str, part: &str) {
        self.layout |= matches!(
            part.as_bytes(),
            b"has"
                | b"no"
                | b"with"
                | b"without"
                | b"enabled"
                | b"open"
                | b"layout"
                | b"wrapper"
                | b"container"
                | b"page"
        );
        self.exact_body |= is_body(whole);
        self.subhead |= is_subhead(whole);
        match part {
            "article" | "post" | "entry" | "story" | "news" => self.article = true,
            "body" | "content" | "text" | "txt" | "contents" | "cont" => self.body = true,
            _ => {}
        }
        self.hidden |= matches!(
            whole.as_bytes(),
            b"hide"
                | b"hidden"
                | b"sr-only"
                | b"visually-hidden"
                | b"visuallyhidden"
                | b"screen-reader-text"
                | b"screen_out"
                | b"blind"
                | b"u_skip"
                | b"offscreen"
                | b"is-hidden"
                | b"d-none"
                | b"a11y"
                | b"ir_txt"
                | b"element-invisible"
                | b"print-only"
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
        if self.subhead {
            flags |= SUBHEAD;
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
        whole.as_bytes(),
        b"articlebody"
            | b"article-body"
            | b"article_body"
            | b"article__body"
            | b"articletext"
            | b"article-text"
            | b"article_text"
            | b"article-content"
            | b"article_content"
            | b"articlecontent"
            | b"article__content"
            | b"article-view-content-div"
            | b"article_txt"
            | b"article_view"
            | b"articleview"
            | b"entry-content"
            | b"entry-body"
            | b"entrytext"
            | b"post-content"
            | b"post-body"
            | b"post_content"
            | b"postcontent"
            | b"post-entry"
            | b"post__content"
            | b"story-body"
            | b"storybody"
            | b"story-content"
            | b"story__content"
            | b"story-text"
            | b"storytext"
            | b"story_body"
            | b"news_body"
            | b"newsbody"
            | b"news-body"
            | b"newscontent"
            | b"news_cont"
            | b"news_text"
            | b"news_txt"
            | b"news_view"
            | b"news-content"
            | b"newsct_article"
            | b"dic_area"
            | b"td-post-content"
            | b"single-content"
            | b"body-text"
            | b"body-copy"
            | b"bodytext"
            | b"article-body-text"
            | b"articlebodycontents"
            | b"mw-parser-output"
            | b"newstext"
            | b"cont_newstext"
            | b"view_con"
            | b"viewcontent"
            | b"view_text"
            | b"article_body_content"
            | b"c-entry-content"
            | b"rich-text"
            | b"articletxt"
            | b"textbody"
            | b"detail-body"
            | b"blog-content"
            | b"blog-post-content"
            | b"pf-content"
            | b"asset-body"
            | b"paragraphs"
            | b"field-name-body"
            | b"field--name-body"
            | b"content__article-body"
            | b"caas-body"
            | b"zn-body__paragraph"
    )
}

fn is_field(part: &str) -> bool {
    matches!(
        part.as_bytes(),
        b"byline"
            | b"bylines"
            | b"author"
            | b"authors"
            | b"dateline"
            | b"timestamp"
            | b"date"
            | b"datetime"
            | b"pubdate"
            | b"postmeta"
            | b"entry-meta"
            | b"post-meta"
            | b"article-meta"
            | b"metadata"
            | b"meta"
            | b"tags"
            | b"taglist"
            | b"tagcloud"
            | b"categories"
            | b"category"
            | b"breadcrumb"
            | b"breadcrumbs"
            | b"kicker"
            | b"eyebrow"
            | b"reporter"
            | b"writer"
            | b"journalist"
            | b"posted"
            | b"contributor"
            | b"hashtag"
            | b"hashtags"
            | b"keywords"
            | b"keyword"
            | b"copyright"
            | b"published"
    )
}

fn is_links(part: &str) -> bool {
    matches!(
        part.as_bytes(),
        b"related"
            | b"relate"
            | b"recommend"
            | b"recommended"
            | b"recommendation"
            | b"recommendations"
            | b"recirc"
            | b"recirculation"
            | b"outbrain"
            | b"taboola"
            | b"trending"
            | b"popular"
            | b"mostread"
            | b"mostpopular"
            | b"mostviewed"
            | b"mostview"
            | b"ranking"
            | b"rank"
            | b"upnext"
            | b"suggested"
            | b"suggestions"
            | b"morenews"
            | b"hotnews"
            | b"relatednews"
            | b"relatedarticles"
            | b"readnext"
            | b"crosspromo"
            | b"zergnet"
            | b"dable"
            | b"newsrank"
            | b"bestnews"
    )
}

fn is_junk(part: &str) -> bool {
    matches!(
        part.as_bytes(),
        // What readers wrote.
        b"comment" | b"comments" | b"disqus" | b"respond" | b"replies" | b"livefyre" | b"commentlist" | b"reply" | b"reaction" | b"reactions"
            | b"emotion" | b"likeit"
            // Sharing and following.
            | b"share" | b"sharing" | b"shares" | b"social" | b"socials" | b"sns" | b"addthis" | b"addtoany" | b"sharedaddy" | b"sharebar" | b"bookmark"
            | b"follow" | b"fontsize"
            // The page's frame.
            | b"nav" | b"navbar" | b"navigation" | b"gnb" | b"lnb" | b"snb" | b"pagination" | b"pager" | b"paging" | b"sidebar" | b"footer"
            | b"masthead" | b"toolbar" | b"skip" | b"toc" | b"utility" | b"util" | b"utils"
            // Selling.
            | b"newsletter" | b"newsletters" | b"subscribe" | b"subscription" | b"signup" | b"promo" | b"promos" | b"promotion" | b"sponsor"
            | b"sponsored" | b"sponsors" | b"advert" | b"adverts" | b"advertisement" | b"advertising" | b"ad" | b"ads" | b"adv" | b"adsense"
            | b"adsbygoogle" | b"adbox" | b"adslot" | b"adwrap" | b"adarea" | b"dfp" | b"banner" | b"popup" | b"modal" | b"overlay" | b"cookie"
            | b"cookies" | b"gdpr" | b"consent" | b"donate" | b"donation" | b"affiliate" | b"shop" | b"coupon" | b"login"
            // Machinery.
            | b"poll" | b"quiz" | b"rating" | b"ratings" | b"vote" | b"survey" | b"printfriendly" | b"feedback" | b"tts" | b"tooltip" | b"player"
            | b"jebo" | b"copyright" | b"disclaimer"
            // Pictures by the dozen: the article's own stand in its text.
            | b"gallery" | b"slideshow" | b"carousel" | b"swiper" | b"slick" | b"slider" | b"lightbox"
    )
}

fn is_junk_name(whole: &str) -> bool {
    matches!(
        whole.as_bytes(),
        b"read-more"
            | b"readmore"
            | b"more-stories"
            | b"more-news"
            | b"author-bio"
            | b"author-box"
            | b"authorbox"
            | b"about-author"
            | b"about-the-author"
            | b"post-author"
            | b"author-info"
            | b"author-card"
            | b"article-footer"
            | b"post-footer"
            | b"entry-footer"
            | b"see-also"
            | b"seealso"
            | b"article-tools"
            | b"post-tools"
            | b"print-link"
            | b"mw-editsection"
            | b"navbox"
            | b"reflist"
            | b"infobox"
            | b"widget-area"
            | b"jp-relatedposts"
            | b"yarpp-related"
            | b"wp-playlist"
            | b"reporter_area"
            | b"reporter-area"
            | b"journalist_area"
            | b"writer-zone01"
            | b"txt-copyright"
            | b"video-player"
            | b"article-related"
            | b"story-footer"
    )
}

/// Class names that mean a subhead wherever they are used.
fn is_subhead(whole: &str) -> bool {
    matches!(
        whole.as_bytes(),
        b"subhead"
            | b"sub_title"
            | b"sub-title"
            | b"subtitle"
            | b"sub_tit"
            | b"sub-tit"
            | b"subheading"
            | b"midtitle_text"
            | b"mid_title"
            | b"sub-headline"
            | b"subheadline"
            | b"article-subtitle"
            | b"article_subtitle"
            | b"article__subtitle"
            | b"news_subtitle"
            | b"newssubtitle"
            | b"summary_title"
            | b"view_subtitle"
            | b"subtit"
            | b"media_end_summary"
            | b"article-sub-title"
            | b"news_sub_title"
            | b"precis"
            | b"sub-tit-ll"
    )
}
