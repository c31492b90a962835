//! The table of all actions that a key can trigger. The enum, the names in TOML and the lines of
//! help are generated from it.

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// Something that the user can ask for with a key, a button or the palette.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])* $variant,)* }

        impl Action {
            /// All actions, in the order in which help lists them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in `keys.toml`; `action.NAME` is its line in help.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The action with that name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|a| a.name() == name)
            }
        }
    };
}

actions! {
    /// Moves one line or row down.
    Down = "down",
    /// Moves one line or row up.
    Up = "up",
    /// Moves to the first line or row.
    First = "first",
    /// Moves to the last line or row.
    Last = "last",
    /// Moves half a page down.
    HalfPageDown = "half-page-down",
    /// Moves half a page up.
    HalfPageUp = "half-page-up",
    /// Moves a page down.
    PageDown = "page-down",
    /// Moves a page up.
    PageUp = "page-up",
    /// Opens the selected row.
    Open = "open",
    /// Leaves the pane, popup or view; in the outermost one it ends the program.
    Back = "back",
    /// The same as `Back`, but never ends the program.
    Close = "close",
    /// Opens the next article, also from the reader.
    NextArticle = "next-article",
    /// Opens the previous article.
    PreviousArticle = "previous-article",
    /// Searches: articles in the list, words in an article.
    Find = "find",
    /// Moves to the next match; without a search, to the next unread article.
    NextMatch = "next-match",
    /// Moves to the previous match.
    PreviousMatch = "previous-match",
    /// Opens the next unread article.
    NextUnread = "next-unread",
    /// Opens the previous unread article.
    PreviousUnread = "previous-unread",
    /// 본문 바로가기: scrolls to the beginning of the body.
    SkipToBody = "skip-to-body",
    /// Toggles 숏뉴스.
    ShortNews = "short-news",
    /// Makes 숏뉴스 with the language model.
    ModelNews = "model-news",
    /// Shows the unread articles one after the other as 숏뉴스.
    Briefing = "briefing",
    /// Shows the other publishers' versions of the article, and how they differ.
    Versions = "versions",
    /// 기사 고침: shows what the publisher rewrote in the article.
    Revisions = "revisions",
    /// Jumps from a line of the summary to its source sentence. Does nothing elsewhere.
    Follow = "follow",
    /// Toggles 스크랩.
    Scrap = "scrap",
    /// 나중에 읽기: puts the article into the read-later queue, or takes it out.
    Later = "later",
    /// 하이라이트: selects text with the keyboard.
    Highlight = "highlight",
    /// Writes a note on the article or on a highlight.
    Note = "note",
    /// Edits the labels of a scrap.
    Labels = "labels",
    /// Exports to a file.
    Export = "export",
    /// Saves a search for the reporter of the open article.
    FollowAuthor = "follow-author",
    /// Saves a search for the series of the open article.
    FollowSeries = "follow-series",
    /// Edits the settings of the selected subscription.
    FeedSettings = "feed-settings",
    /// 인쇄.
    Print = "print",
    /// 오늘의 신문: writes the newspaper to take along.
    Edition = "edition",
    /// While selecting text: looks the word up in the user's dictionaries.
    LookUp = "look-up",
    /// While selecting text: starts extending the selection, or drops it.
    Stretch = "stretch",
    /// While selecting text: uses the next highlight colour.
    NextColour = "next-colour",
    /// While selecting text: moves to the next word.
    NextWord = "next-word",
    /// While selecting text: moves to the previous word.
    PreviousWord = "previous-word",
    /// While selecting text: moves to the next letter.
    NextLetter = "next-letter",
    /// While selecting text: moves to the previous letter.
    PreviousLetter = "previous-letter",
    /// Lists the scraps.
    Scraps = "scraps",
    /// Lists the read-later queue.
    LaterList = "later-list",
    /// Moves the focus to the sources pane, and back.
    Sources = "sources",
    /// 오늘의 이슈: lists today's issues.
    Issues = "issues",
    /// 오늘의 신문: shows the front page.
    FrontPage = "front-page",
    /// Lists the publishers that come with the program.
    Publishers = "outlets",
    /// Lists the subscriptions that no longer come, with what can be done.
    DeadFeeds = "dead-feeds",
    /// 언론사 홈: shows what is known of the publisher.
    PublisherHome = "publisher-home",
    /// Toggles a row in a list of choices.
    Choose = "choose",
    /// 구독: subscribe to an address.
    Subscribe = "subscribe",
    /// Deletes the selected scrap.
    Remove = "remove",
    /// Undoes the last change.
    Undo = "undo",
    /// 글자크기: uses larger letters.
    Larger = "larger",
    /// 글자크기: uses smaller letters.
    Smaller = "smaller",
    /// 글자크기: uses the size from the settings.
    DefaultSize = "default-size",
    /// 글자크기 설정: opens the choice of sizes.
    SizePopup = "size-popup",
    /// Makes the lines of the article shorter.
    Narrower = "narrower",
    /// Makes the lines of the article longer.
    Wider = "wider",
    /// Shows the article alone, without bars.
    Zen = "zen",
    /// Switches to the next layout: three panes, two, one, the article alone.
    NextLayout = "next-layout",
    /// Moves the divider beside the focused pane to the left.
    DividerLeft = "divider-left",
    /// Moves the divider beside the focused pane to the right.
    DividerRight = "divider-right",
    /// Switches to the next theme.
    NextTheme = "next-theme",
    /// Switches between one, two and three lines in each row of the list.
    Density = "density",
    /// Toggles whether the article is marked as read.
    ToggleRead = "toggle-read",
    /// Marks all articles in the list as read.
    MarkAllRead = "mark-all-read",
    /// Marks all articles in the list as unread.
    MarkAllUnread = "mark-all-unread",
    /// Scraps all articles in the list.
    ScrapAll = "scrap-all",
    /// Scraps all articles in the list under a label.
    TagAll = "tag-all",
    /// Switches to the next sort order of the list.
    SortOrder = "sort-order",
    /// Saves the search that the list shows.
    SaveSearch = "save-search",
    /// Hides the articles that match a query.
    Mute = "mute",
    /// Fetches all subscriptions.
    Refresh = "refresh",
    /// Fetches only the subscription that is selected.
    RefreshThis = "refresh-this",
    /// Fetches the full text from the article's page.
    FullText = "full-text",
    /// Opens the article's page in the browser.
    OpenOriginal = "open-original",
    /// Copies the article's address.
    CopyLink = "copy-link",
    /// Shows a letter beside each visible link, to choose one.
    Links = "links",
    /// 공유: opens the menu of ways to copy or send the article.
    Share = "share",
    /// Opens the menu with only the ways to send the article: file, mail, a program.
    Send = "send",
    /// 많이 본 뉴스: shows the rankings.
    MostRead = "most-read",
    /// Toggles pictures.
    Pictures = "pictures",
    /// 원본보기: opens the picture in the viewer.
    ViewPicture = "view-picture",
    /// Moves the focus to the next pane.
    NextPane = "next-pane",
    /// Moves the focus to the previous pane.
    PreviousPane = "previous-pane",
    /// 뉴스듣기: starts, pauses or continues reading aloud.
    Listen = "listen",
    /// Skips to the next sentence.
    NextSentence = "next-sentence",
    /// Goes back to the previous sentence.
    PreviousSentence = "previous-sentence",
    /// Reads aloud faster.
    Faster = "faster",
    /// Reads aloud slower.
    Slower = "slower",
    /// Shows the key bindings.
    Help = "help",
    /// Opens the command palette.
    Palette = "palette",
    /// Redraws the whole screen.
    Redraw = "redraw",
    /// Suspends the program until `fg`.
    Suspend = "suspend",
    /// Ends the program.
    Quit = "quit",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Language, Words};

    #[test]
    fn every_action_has_a_line_in_both_languages() {
        for language in [Language::Korean, Language::English] {
            let words = Words::of(language);
            for action in Action::ALL {
                assert!(
                    words.has(&format!("action.{}", action.name())),
                    "{language:?} {}",
                    action.name()
                );
            }
        }
    }
}
