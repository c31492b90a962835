//! Which text of an article is shown.

/// Body or short news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Showing {
    /// The full text.
    #[default]
    Body,
    /// 숏뉴스.
    ShortNews,
}
