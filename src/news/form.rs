//! What kind of piece an article is: news, weather, a list of headlines, …

use serde::{Deserialize, Serialize};

/// The form of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// A report; what no rule says otherwise.
    #[default]
    News,
    /// The script of a broadcast: anchor and reporter, formal spoken endings.
    Broadcast,
    /// Questions and answers.
    Interview,
    /// Opinion, review, feature, a series with a name of its own.
    Column,
    /// Prices of the stock and currency markets, analysts' targets.
    Market,
    /// Items under one heading: a round-up of headlines, new books, notices, a lesson.
    List,
    /// A picture and its caption.
    Photo,
    /// Something for sale.
    Ad,
    /// Appointments and obituaries.
    Personnel,
    /// 오늘의 운세.
    Horoscope,
    /// A forecast.
    Weather,
    /// A match, a player, a team.
    Sports,
    /// A flash or a running account.
    Live,
    /// What a firm or an office sent out.
    Release,
}

impl Form {
    /// Whether pieces of this form tell no event of their own: they are no part of an issue, unless
    /// headline and lead name the event of another article.
    pub fn is_routine(self) -> bool {
        matches!(
            self,
            Self::Weather
                | Self::Horoscope
                | Self::List
                | Self::Photo
                | Self::Personnel
                | Self::Ad
                | Self::Market
        )
    }
}
