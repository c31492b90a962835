//! Every action a key can name: one table. The enum, the names in TOML, and the help's lines come
//! from it.

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// Something that a reader can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])* $variant,)* }

        impl Action {
            /// All of them, in the order in which help lists them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in `keys.toml`; `action.NAME` is its line in help.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The action of that name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|a| a.name() == name)
            }
        }
    };
}

actions! {
    /// One line or row on.
    Down = "down",
    /// One line or row back.
    Up = "up",
    /// To the first line or row.
    First = "first",
    /// To the last.
    Last = "last",
    /// Half a page on.
    HalfPageDown = "half-page-down",
    /// Half a page back.
    HalfPageUp = "half-page-up",
    /// A page on.
    PageDown = "page-down",
    /// A page back.
    PageUp = "page-up",
    /// Open the selected row.
    Open = "open",
    /// Leave this pane, popup or view.
    Back = "back",
    /// The same, but never out of the program.
    Close = "close",
    /// The next article, from the reader too.
    NextArticle = "next-article",
    /// The one before.
    PreviousArticle = "previous-article",
    /// Find: articles in the list, words in an article.
    Find = "find",
    /// The next found word, else the next unread article.
    NextMatch = "next-match",
    /// The found word before.
    PreviousMatch = "previous-match",
    /// The next unread article.
    NextUnread = "next-unread",
    /// The one before.
    PreviousUnread = "previous-unread",
    /// 본문 바로가기.
    SkipToBody = "skip-to-body",
    /// 숏뉴스 on and off.
    ShortNews = "short-news",
    /// 숏뉴스 by the language model.
    ModelNews = "model-news",
    /// The unread articles as short news, one after the other.
    Briefing = "briefing",
    /// The other versions of the article, and how they differ.
    Versions = "versions",
    /// From a line of the short news to its source; elsewhere nothing.
    Follow = "follow",
    /// 스크랩 on and off.
    Scrap = "scrap",
    /// 하이라이트: choose text with the keyboard.
    Highlight = "highlight",
    /// Words of the reader's own: on the article, or on a highlight.
    Note = "note",
    /// Labels of a scrap.
    Labels = "labels",
    /// To a file.
    Export = "export",
    /// 인쇄.
    Print = "print",
    /// Choosing text: stretch the choice, or let go.
    Stretch = "stretch",
    /// The next colour.
    NextColour = "next-colour",
    /// Choosing text: the next word.
    NextWord = "next-word",
    /// The word before.
    PreviousWord = "previous-word",
    /// Choosing text: the next letter.
    NextLetter = "next-letter",
    /// The letter before.
    PreviousLetter = "previous-letter",
    /// The scrap view.
    Scraps = "scraps",
    /// The sources pane, and back from it.
    Sources = "sources",
    /// 오늘의 이슈.
    Issues = "issues",
    /// The publishers that come with the program, to choose among.
    Publishers = "outlets",
    /// 언론사 홈.
    PublisherHome = "publisher-home",
    /// Choose a row, or no more.
    Choose = "choose",
    /// 구독: subscribe to an address.
    Subscribe = "subscribe",
    /// Take the selected scrap away.
    Remove = "remove",
    /// Take the last change back.
    Undo = "undo",
    /// 글자크기: larger.
    Larger = "larger",
    /// 글자크기: smaller.
    Smaller = "smaller",
    /// 글자크기: the usual one.
    DefaultSize = "default-size",
    /// 글자크기 설정.
    SizePopup = "size-popup",
    /// A narrower measure.
    Narrower = "narrower",
    /// A wider one.
    Wider = "wider",
    /// The article alone.
    Zen = "zen",
    /// Three panes, two, one, the article alone: the next of them.
    NextLayout = "next-layout",
    /// The line right or left of the pane in focus: to the left.
    DividerLeft = "divider-left",
    /// To the right.
    DividerRight = "divider-right",
    /// The next theme.
    NextTheme = "next-theme",
    /// One, two or three lines a row of the list.
    Density = "density",
    /// Read ↔ unread.
    ToggleRead = "toggle-read",
    /// All of the list read.
    MarkAllRead = "mark-all-read",
    /// All of the list unread.
    MarkAllUnread = "mark-all-unread",
    /// All of the list kept.
    ScrapAll = "scrap-all",
    /// All of the list kept, under a label.
    TagAll = "tag-all",
    /// The next order of the list.
    SortOrder = "sort-order",
    /// Keep the search that the list shows.
    SaveSearch = "save-search",
    /// Hide what a query finds.
    Mute = "mute",
    /// Fetch everything that is subscribed.
    Refresh = "refresh",
    /// Fetch only the subscription of what is chosen.
    RefreshThis = "refresh-this",
    /// The whole text from the article's page.
    FullText = "full-text",
    /// The article's page in the browser.
    OpenOriginal = "open-original",
    /// Its address to the clipboard.
    CopyLink = "copy-link",
    /// Letters beside the links in view, to choose one.
    Links = "links",
    /// What can be copied, and where the article can go.
    Share = "share",
    /// Where the article can go: file, mail, a program.
    Send = "send",
    /// 많이 본 뉴스.
    MostRead = "most-read",
    /// Pictures on and off.
    Pictures = "pictures",
    /// 원본보기: the picture in the viewer.
    ViewPicture = "view-picture",
    /// To the next pane.
    NextPane = "next-pane",
    /// To the one before.
    PreviousPane = "previous-pane",
    /// 뉴스듣기, its pause, and on again.
    Listen = "listen",
    /// The next sentence.
    NextSentence = "next-sentence",
    /// The one before.
    PreviousSentence = "previous-sentence",
    /// A faster voice.
    Faster = "faster",
    /// A slower one.
    Slower = "slower",
    /// The keys.
    Help = "help",
    /// Everything that can be done, by name.
    Palette = "palette",
    /// Draw the whole screen again.
    Redraw = "redraw",
    /// To the shell, until `fg`.
    Suspend = "suspend",
    /// Leave the program.
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
