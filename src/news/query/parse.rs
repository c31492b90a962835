//! Parses queries by recursive descent: `or` over juxtaposition over negation over a single
//! condition.

use std::ops::Range;

use jiff::civil::Date;
use jiff::{ToSpan as _, ZonedDateTime};

use super::names::{FIELDS, FORMS, ORDERS};
use super::{Node, Pattern, Scope, fold};
use crate::news::{Form, SortOrder};

/// Most levels of nested groups and negations. A real query needs few; this limits the recursion.
const DEEPEST: usize = 48;

/// Why a query cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at byte {}", .at.start)]
pub struct QueryError {
    /// What is wrong.
    pub kind: QueryErrorKind,
    /// Its byte range in the input.
    pub at: Range<usize>,
}

/// What can be wrong with a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryErrorKind {
    /// `"금리`
    #[error("unclosed quotation mark")]
    OpenQuote,
    /// `(금리`
    #[error("unclosed parenthesis")]
    OpenGroup,
    /// `금리)`
    #[error("unexpected closing parenthesis")]
    StrayClose,
    /// `금리 or`, `-`, `()`
    #[error("a term is missing after this")]
    NothingFollows,
    /// `or 금리`
    #[error("a term is missing before this")]
    NothingPrecedes,
    /// `publsher:연합`
    #[error("unknown field")]
    UnknownField,
    /// `tag:`
    #[error("the field has no value")]
    NoValue,
    /// `before:13월`
    #[error("not a date")]
    NoDate,
    /// `has:wings`
    #[error("unknown property")]
    UnknownProperty,
    /// `form:poem`
    #[error("unknown form of article")]
    UnknownForm,
    /// `sort:best`
    #[error("unknown order")]
    UnknownOrder,
    /// `later:today`
    #[error("the field takes no value")]
    UnwantedValue,
    /// `words:many`
    #[error("not a number of words")]
    NoNumber,
    /// `/(/`
    #[error("not a regular expression")]
    NoPattern,
    /// `((((((…`
    #[error("nested too deeply")]
    TooDeep,
}

/// Parses a whole query.
pub(super) fn parse(
    input: &str,
    now: &ZonedDateTime,
) -> Result<(Node, Option<SortOrder>), QueryError> {
    let mut parser = Parser {
        input,
        at: 0,
        depth: 0,
        sort: None,
        now,
    };
    parser.skip_blanks();
    if parser.rest().is_empty() {
        return Ok((Node::And(Vec::new()), None));
    }
    let root = parser.either()?;
    if parser.rest().is_empty() {
        Ok((root, parser.sort))
    } else {
        Err(parser.error(QueryErrorKind::StrayClose, parser.at..parser.at + 1))
    }
}

struct Parser<'a> {
    input: &'a str,
    at: usize,
    depth: usize,
    /// The order that was asked for.
    sort: Option<SortOrder>,
    now: &'a ZonedDateTime,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.input[self.at..]
    }

    fn skip_blanks(&mut self) {
        self.at = self.input.len() - self.rest().trim_start().len();
    }

    /// An error at `at`, widened to whole characters.
    fn error(&self, kind: QueryErrorKind, at: Range<usize>) -> QueryError {
        let is_edge = |place: &usize| self.input.is_char_boundary(*place);
        let start = (0..=at.start).rev().find(is_edge).unwrap_or(0);
        let end = (at.end..self.input.len())
            .find(is_edge)
            .unwrap_or(self.input.len());
        QueryError {
            kind,
            at: start..end,
        }
    }

    /// The word that starts here, up to white space, a quotation mark or a parenthesis.
    fn word(&self) -> &'a str {
        let rest = self.rest();
        &rest[..rest
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '(' | ')'))
            .unwrap_or(rest.len())]
    }

    fn either(&mut self) -> Result<Node, QueryError> {
        let mut parts = vec![self.all()?];
        loop {
            self.skip_blanks();
            let start = self.at;
            match self.word() {
                word @ ("or" | "OR" | "또는" | "|") => self.at += word.len(),
                _ => {
                    return Ok(if parts.len() == 1 {
                        parts.swap_remove(0)
                    } else {
                        Node::Or(parts)
                    });
                }
            }
            self.skip_blanks();
            if self.rest().is_empty() || self.rest().starts_with(')') {
                return Err(self.error(QueryErrorKind::NothingFollows, start..self.at));
            }
            parts.push(self.all()?);
        }
    }

    fn all(&mut self) -> Result<Node, QueryError> {
        let (mut parts, mut is_ordered) = (Vec::new(), false);
        loop {
            self.skip_blanks();
            let rest = self.rest();
            if rest.is_empty()
                || rest.starts_with(')')
                || matches!(self.word(), "or" | "OR" | "또는" | "|")
            {
                break;
            }
            if matches!(self.word(), "and" | "AND") {
                self.at += 3;
                continue;
            }
            let ordered = self.sort.is_some();
            let part = self.one()?;
            // An order is no condition: it leaves the others as they are.
            is_ordered |= self.sort.is_some();
            if !(is_nothing(&part) && (self.sort.is_some() || ordered)) {
                parts.push(part);
            }
        }
        let is_or = matches!(self.word(), "or" | "OR" | "또는" | "|");
        match parts.len() {
            0 if is_ordered && !is_or => Ok(Node::And(Vec::new())),
            0 if is_or => Err(self.error(
                QueryErrorKind::NothingPrecedes,
                self.at..self.at + self.word().len(),
            )),
            0 => Err(self.error(
                QueryErrorKind::NothingFollows,
                self.at.saturating_sub(1)..self.input.len().min(self.at + 1),
            )),
            1 => Ok(parts.swap_remove(0)),
            _ => Ok(Node::And(parts)),
        }
    }

    fn one(&mut self) -> Result<Node, QueryError> {
        let start = self.at;
        self.depth += 1;
        if self.depth > DEEPEST {
            let letter = self.rest().chars().next().map_or(0, char::len_utf8);
            return Err(self.error(QueryErrorKind::TooDeep, start..start + letter));
        }
        let node = if self.rest().starts_with('(') {
            self.at += 1;
            let inner = self.either()?;
            if !self.rest().starts_with(')') {
                return Err(self.error(QueryErrorKind::OpenGroup, start..start + 1));
            }
            self.at += 1;
            inner
        } else if let Some(length) = self.negation() {
            self.at += length;
            self.skip_blanks();
            if self.rest().is_empty() || self.rest().starts_with(')') {
                return Err(self.error(QueryErrorKind::NothingFollows, start..start + length));
            }
            let before = self.sort;
            let part = self.one()?;
            if self.sort != before {
                return Err(self.error(QueryErrorKind::NothingFollows, start..start + length));
            }
            Node::Not(Box::new(part))
        } else if let Some(length) = self.pattern() {
            let expression = &self.input[start + 1..start + length - 1];
            self.at += length;
            let pattern = Pattern::new(expression).map(Node::Pattern);
            pattern.ok_or_else(|| self.error(QueryErrorKind::NoPattern, start..start + length))?
        } else if self.rest().starts_with('"') {
            Node::Text(Scope::Anywhere, fold(self.quoted()?))
        } else {
            self.condition()?
        };
        self.depth -= 1;
        Ok(node)
    }

    /// Length of the negation sign that starts here.
    fn negation(&self) -> Option<usize> {
        match self.word() {
            "not" | "NOT" => Some(3),
            // `-5` and a lone `!` before a space are negations, too; `--` is a double one.
            _ if self.rest().starts_with(['-', '!']) => Some(1),
            _ => None,
        }
    }

    /// Length of the regular expression between slashes that starts here. `/` alone, and a path
    /// without a second slash before the end or a blank, are words.
    fn pattern(&self) -> Option<usize> {
        let rest = self.rest().strip_prefix('/')?;
        let mut escaped = false;
        for (at, c) in rest.char_indices() {
            match c {
                '/' if !escaped => {
                    let after = rest[at + 1..].chars().next();
                    let ends = after.is_none_or(|c| c.is_whitespace() || c == ')');
                    return (at > 0 && ends).then_some(at + 2);
                }
                '\\' => escaped = !escaped,
                _ => escaped = false,
            }
        }
        None
    }

    fn quoted(&mut self) -> Result<&'a str, QueryError> {
        let start = self.at;
        let inner = &self.input[start + 1..];
        let Some(length) = inner.find('"') else {
            return Err(self.error(QueryErrorKind::OpenQuote, start..self.input.len()));
        };
        self.at = start + 1 + length + 1;
        Ok(&inner[..length])
    }

    fn condition(&mut self) -> Result<Node, QueryError> {
        let (start, word) = (self.at, self.word());
        let Some((name, value)) = word
            .split_once(':')
            .filter(|(n, v)| is_field(n) && !v.starts_with("//"))
        else {
            self.at += word.len();
            return Ok(match word {
                "unread" => Node::Read(false),
                "read" => Node::Read(true),
                "scrapped" => Node::Scrapped,
                "today" => self.days(self.now.date(), Some(1), true),
                _ => Node::Text(Scope::Anywhere, fold(word)),
            });
        };
        self.at += name.len() + 1;
        let value = if value.is_empty() && self.rest().starts_with('"') {
            self.quoted()?
        } else {
            self.at += value.len();
            value
        };
        if matches!(name, "later" | "나중에") {
            // A state like `unread`; with a colon, so that the word can still be searched for.
            return match value.trim().is_empty() {
                true => Ok(Node::Later),
                false => {
                    let at = self.at - value.len()..self.at;
                    Err(self.error(QueryErrorKind::UnwantedValue, at))
                }
            };
        }
        let is_revised = matches!(name, "changed" | "고침");
        if is_revised && value.trim().is_empty() {
            return Ok(Node::Revised(i64::MIN));
        }
        if value.trim().is_empty() {
            return Err(self.error(QueryErrorKind::NoValue, start..self.at));
        }
        let value_at = self.at - value.len()..self.at;
        if matches!(name, "sort" | "정렬") {
            let order = order(value);
            self.sort = order.or(self.sort);
            let wrong = || self.error(QueryErrorKind::UnknownOrder, value_at.clone());
            return order.map(|_| Node::And(Vec::new())).ok_or_else(wrong);
        }
        self.field(name, value).ok_or_else(|| match name {
            "before" | "이전" | "after" | "이후" | "changed" | "고침" => {
                self.error(QueryErrorKind::NoDate, value_at)
            }
            "words" | "길이" => self.error(QueryErrorKind::NoNumber, value_at),
            "has" => self.error(QueryErrorKind::UnknownProperty, value_at),
            "form" | "형식" => self.error(QueryErrorKind::UnknownForm, value_at),
            _ => self.error(QueryErrorKind::UnknownField, start..start + name.len()),
        })
    }

    fn field(&self, name: &str, value: &str) -> Option<Node> {
        Some(match name {
            "title" | "제목" => Node::Text(Scope::Title, fold(value)),
            "body" | "본문" => Node::Text(Scope::Body, fold(value)),
            "publisher" | "언론사" => Node::Publisher(fold(value)),
            "author" | "by" | "기자" => Node::Author(fold(value)),
            "url" | "주소" => Node::Url(fold(value)),
            "words" | "길이" => words(value)?,
            "feed" | "피드" => Node::Feed(fold(value)),
            "tag" | "태그" => Node::Tag(fold(value)),
            "lang" | "언어" => Node::Lang(fold(value)),
            "form" | "형식" => Node::Form(form(value)?),
            "after" | "이후" => self.days(self.day(value)?, None, false),
            "before" | "이전" => match self.days(self.day(value)?, None, false) {
                Node::Within { from, .. } => Node::Within {
                    from: i64::MIN,
                    until: from,
                    dated: false,
                },
                other => other,
            },
            "changed" | "고침" => match self.days(self.day(value)?, None, false) {
                Node::Within { from, .. } => Node::Revised(from),
                other => other,
            },
            "has" if matches!(value, "image" | "picture" | "사진") => Node::Pictured,
            _ => return None,
        })
    }

    /// From the first second of `day`, for `length` days, or without an end.
    fn days(&self, day: Date, length: Option<i64>, dated: bool) -> Node {
        let start = |d: Date| {
            d.to_zoned_datetime(self.now.time_zone().clone())
                .map_or(i64::MAX, |z| z.timestamp().as_second())
        };
        let until = length
            .and_then(|n| day.checked_add(n.days()).ok())
            .map_or(i64::MAX, start);
        Node::Within {
            from: start(day),
            until,
            dated,
        }
    }

    /// Parses a date: `2026-11-05` with `-`, `.` or `/`, a month, a year, `today`, `yesterday`, or
    /// `7d` or `2w` for that long ago.
    fn day(&self, value: &str) -> Option<Date> {
        let today = self.now.date();
        let back = |text: &str, days: i64| {
            let n: i64 = text.parse().ok().filter(|n| (0..=40_000).contains(n))?;
            today.checked_sub((n * days).days()).ok()
        };
        match value {
            "today" | "오늘" => return Some(today),
            "yesterday" | "어제" => return back("1", 1),
            _ => {}
        }
        if let Some(days) = value.strip_suffix(['d', '일']) {
            return back(days, 1);
        }
        if let Some(weeks) = value.strip_suffix(['w', '주']) {
            return back(weeks, 7);
        }
        let mut numbers = value.split(['-', '.', '/']).map(str::parse::<i32>);
        let year: i16 = numbers.next()?.ok()?.try_into().ok()?;
        let mut next = || numbers.next().map_or(Some(1), |n| n.ok()?.try_into().ok());
        let (month, day): (i8, i8) = (next()?, next()?);
        (numbers.next().is_none() && year >= 1000)
            .then(|| Date::new(year, month, day).ok())
            .flatten()
    }
}

/// Whether a node has no condition.
fn is_nothing(node: &Node) -> bool {
    matches!(node, Node::And(parts) if parts.is_empty())
}

/// An order by its name.
fn order(value: &str) -> Option<SortOrder> {
    by_name(&ORDERS, value)
}

/// A form of article by its name.
fn form(value: &str) -> Option<Form> {
    by_name(&FORMS, value)
}

/// The value that has this name.
fn by_name<T: Copy>(named: &[(T, &[&str])], name: &str) -> Option<T> {
    let name = fold(name);
    let found = named.iter().find(|(_, names)| names.contains(&&*name));
    found.map(|(value, _)| *value)
}

/// A number of words, or a range of them: `300`, `300..`, `..100`, `100..300`; also `>300`, `<100`.
fn words(value: &str) -> Option<Node> {
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let (from, until) = if let Some(more) = value.strip_prefix('>') {
        (number(more)?.checked_add(1)?, usize::MAX)
    } else if let Some(less) = value.strip_prefix('<') {
        (0, number(less)?)
    } else if let Some((from, until)) = value.split_once("..") {
        let end = |until| number(until)?.checked_add(1);
        match (from.is_empty(), until.is_empty()) {
            (true, true) => return None,
            (true, false) => (0, end(until)?),
            (false, true) => (number(from)?, usize::MAX),
            (false, false) => (number(from)?, end(until)?),
        }
    } else {
        let words = number(value)?;
        (words, words.checked_add(1)?)
    };
    Some(Node::Words { from, until })
}

/// Whether the text before a colon is meant as a field: only Latin letters, or one of the Korean
/// names.
fn is_field(name: &str) -> bool {
    let latin = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic());
    latin || FIELDS.iter().any(|names| names.contains(&name))
}
