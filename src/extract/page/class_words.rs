//! The words in class names and ids, and what they mean.

/// Class names and ids that mean the article's text wherever they are used.
#[rustfmt::skip]
pub(crate) fn is_body(whole: &str) -> bool {
    matches!(
        whole.as_bytes(),
        b"articlebody" | b"article-body" | b"article_body" | b"article__body" | b"articletext" | b"article-text"
            | b"article_text" | b"article-content" | b"article_content" | b"articlecontent" | b"article__content"
            | b"article-view-content-div" | b"article_txt" | b"article_view" | b"articleview" | b"entry-content"
            | b"entry-body" | b"entrytext" | b"post-content" | b"post-body" | b"post_content" | b"postcontent"
            | b"post-entry" | b"post__content" | b"story-body" | b"storybody" | b"story-content" | b"story__content"
            | b"story-text" | b"storytext" | b"story_body" | b"news_body" | b"newsbody" | b"news-body"
            | b"newscontent" | b"news_cont" | b"news_text" | b"news_txt" | b"news_view" | b"news-content"
            | b"newsct_article" | b"dic_area" | b"td-post-content" | b"single-content" | b"body-text" | b"body-copy"
            | b"bodytext" | b"article-body-text" | b"articlebodycontents" | b"mw-parser-output" | b"newstext"
            | b"cont_newstext" | b"view_con" | b"viewcontent" | b"view_text" | b"article_body_content"
            | b"c-entry-content" | b"rich-text" | b"articletxt" | b"textbody" | b"detail-body" | b"blog-content"
            | b"blog-post-content" | b"pf-content" | b"asset-body" | b"paragraphs" | b"field-name-body"
            | b"field--name-body" | b"content__article-body" | b"gh-content" | b"prose-content" | b"articlecontents" | b"news-contents" | b"view_contents" | b"artibody" | b"caas-body" | b"zn-body__paragraph"
    )
}

pub(crate) fn is_field(part: &str) -> bool {
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

pub(crate) fn is_links(part: &str) -> bool {
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

pub(crate) fn is_junk(part: &str) -> bool {
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
            // Advertisements, subscriptions and prompts to sign in.
            | b"newsletter" | b"newsletters" | b"subscribe" | b"subscription" | b"signup" | b"promo" | b"promos" | b"promotion" | b"sponsor"
            | b"sponsored" | b"sponsors" | b"advert" | b"adverts" | b"advertisement" | b"advertising" | b"ad" | b"ads" | b"adv" | b"adsense"
            | b"adsbygoogle" | b"adbox" | b"adslot" | b"adwrap" | b"adarea" | b"dfp" | b"banner" | b"popup" | b"modal" | b"overlay" | b"cookie"
            | b"cookies" | b"gdpr" | b"consent" | b"donate" | b"donation" | b"affiliate" | b"shop" | b"coupon" | b"login"
            // Polls, ratings, players and legal notices.
            | b"poll" | b"quiz" | b"rating" | b"ratings" | b"vote" | b"survey" | b"printfriendly" | b"feedback" | b"tts" | b"tooltip" | b"player"
            | b"jebo" | b"copyright" | b"disclaimer"
            // Galleries: pictures that belong to the article are in its text.
            | b"gallery" | b"slideshow" | b"carousel" | b"swiper" | b"slick" | b"slider" | b"lightbox"
    )
}

pub(crate) fn is_junk_name(whole: &str) -> bool {
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
pub(crate) fn is_subhead(whole: &str) -> bool {
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
            | b"gh-article-excerpt"
            | b"standfirst"
            | b"article-standfirst"
            | b"sub_headline"
            | b"art_subtitle"
            | b"view_sub_title"
            | b"news_sub_tit"
            | b"tit_sub"
            | b"tit-sub"
            | b"title_sub"
            | b"title-sub"
    )
}
