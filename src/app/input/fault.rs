//! What is wrong with the text of a prompt: the place in it, and a sentence.

use std::ops::Range;

use crate::config::{SETTINGS, SettingError, SettingErrorKind, Words};
use crate::news::query::names::{FORMS, ORDERS};
use crate::news::query::{QueryError, QueryErrorKind};

/// What is wrong with the text of a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is a query that can't be read.
    Query(QueryError),
    /// It is a line of a subscription's settings with a wrong one.
    Setting(SettingError),
}

impl Fault {
    /// The byte range of what is wrong.
    pub fn at(&self) -> Range<usize> {
        match self {
            Self::Query(error) => error.at.clone(),
            Self::Setting(error) => error.at.clone(),
        }
    }

    /// What is wrong, and what is right.
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::Query(error) => query_error_sentence(error.kind, words),
            Self::Setting(error) => match error.kind {
                SettingErrorKind::UnknownName => {
                    let names = SETTINGS.map(|(name, _)| name).join(", ");
                    words.fill("prompt.unknown-setting", &[("names", &names)])
                }
                SettingErrorKind::WrongValue(form) => {
                    words.fill("prompt.wrong-setting", &[("form", form)])
                }
            },
        }
    }
}

/// What is wrong with a query.
pub fn query_error_sentence(kind: QueryErrorKind, words: &Words) -> String {
    let first = |names: &[&'static str]| names.first().copied().unwrap_or_default();
    let values: Vec<&str> = match kind {
        QueryErrorKind::UnknownForm => FORMS.iter().map(|(_, names)| first(names)).collect(),
        QueryErrorKind::UnknownOrder => ORDERS.iter().map(|(_, names)| first(names)).collect(),
        _ => Vec::new(),
    };
    words.fill(query_error_key(kind), &[("values", &values.join(" "))])
}

fn query_error_key(kind: QueryErrorKind) -> &'static str {
    match kind {
        QueryErrorKind::OpenQuote => "query.open-quote",
        QueryErrorKind::OpenGroup => "query.open-group",
        QueryErrorKind::StrayClose => "query.stray-close",
        QueryErrorKind::NothingFollows => "query.nothing-follows",
        QueryErrorKind::NothingPrecedes => "query.nothing-precedes",
        QueryErrorKind::UnknownField => "query.unknown-field",
        QueryErrorKind::NoValue => "query.no-value",
        QueryErrorKind::NoDate => "query.no-date",
        QueryErrorKind::NoNumber => "query.no-number",
        QueryErrorKind::NoPattern => "query.no-pattern",
        QueryErrorKind::UnknownProperty => "query.unknown-property",
        QueryErrorKind::UnknownForm => "query.unknown-form",
        QueryErrorKind::UnknownOrder => "query.unknown-order",
        QueryErrorKind::UnwantedValue => "query.unwanted-value",
        QueryErrorKind::TooDeep => "query.too-deep",
    }
}
