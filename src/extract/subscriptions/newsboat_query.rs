//! Says newsboat's searches in our query language, where it can: read state, title, text, name of
//! the feed, age, joined by `and` and `or`.

use crate::news::Clean;

/// Groups nested deeper are not read.
const DEEPEST: usize = 20;

/// Name and query of the search `NAME:EXPRESSION`; `None` where our language can't say it.
pub(super) fn search(text: &str) -> Option<(Clean, Clean)> {
    let (name, expression) = text.split_once(':')?;
    let tokens = tokens(expression)?;
    let mut reading = QueryReading {
        tokens: &tokens,
        at: 0,
    };
    let query = reading.either(0)?;
    let name = Clean::headline(name);
    (reading.at == tokens.len() && !name.is_blank()).then(|| (name, Clean::line(&query)))
}

#[derive(Debug, PartialEq)]
enum QueryToken {
    Word(String),
    Text(String),
    Sign(String),
    Open,
    Close,
}

fn tokens(text: &str) -> Option<Vec<QueryToken>> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(&c) = letters.peek() {
        let mut take = |fits: fn(char) -> bool| {
            let mut taken = String::new();
            while let Some(c) = letters.next_if(|c| fits(*c)) {
                taken.push(c);
            }
            taken
        };
        match c {
            c if c.is_whitespace() => drop(take(char::is_whitespace)),
            '(' | ')' => {
                letters.next();
                tokens.push(if c == '(' {
                    QueryToken::Open
                } else {
                    QueryToken::Close
                });
            }
            '"' => {
                letters.next();
                let mut text = String::new();
                loop {
                    match letters.next()? {
                        '"' => break,
                        '\\' => text.push(letters.next()?),
                        c => text.push(c),
                    }
                }
                tokens.push(QueryToken::Text(text));
            }
            '=' | '!' | '~' | '<' | '>' | '#' => {
                tokens.push(QueryToken::Sign(take(|c| "=!~<>#".contains(c))));
            }
            _ => {
                let word = take(|c| !c.is_whitespace() && !"()\"=!~<>#".contains(c));
                tokens.push(QueryToken::Word(word));
            }
        }
    }
    Some(tokens)
}

struct QueryReading<'a> {
    tokens: &'a [QueryToken],
    at: usize,
}

impl QueryReading<'_> {
    fn next(&mut self) -> Option<&QueryToken> {
        self.at += 1;
        self.tokens.get(self.at - 1)
    }

    fn is_word(&self, word: &str) -> bool {
        let next = self.tokens.get(self.at);
        matches!(next, Some(QueryToken::Word(w)) if w.eq_ignore_ascii_case(word))
    }

    fn either(&mut self, depth: usize) -> Option<String> {
        let mut parts = vec![self.all(depth)?];
        while self.is_word("or") {
            self.at += 1;
            parts.push(self.all(depth)?);
        }
        Some(match parts.len() {
            1 => parts.swap_remove(0),
            _ if depth == 0 => parts.join(" or "),
            _ => format!("({})", parts.join(" or ")),
        })
    }

    fn all(&mut self, depth: usize) -> Option<String> {
        let mut parts = vec![self.one(depth)?];
        while self.is_word("and") {
            self.at += 1;
            parts.push(self.one(depth)?);
        }
        Some(parts.join(" "))
    }

    fn one(&mut self, depth: usize) -> Option<String> {
        if depth > DEEPEST {
            return None;
        }
        let name = match self.next()? {
            QueryToken::Open => {
                let inner = self.either(depth + 1)?;
                return matches!(self.next()?, QueryToken::Close).then_some(inner);
            }
            QueryToken::Word(name) => name.to_ascii_lowercase(),
            _ => return None,
        };
        let sign = match self.next()? {
            QueryToken::Sign(sign) | QueryToken::Word(sign) => sign.clone(),
            _ => return None,
        };
        let value = match self.next()? {
            QueryToken::Text(text) | QueryToken::Word(text) => text.clone(),
            _ => return None,
        };
        condition(&name, &sign, &value)
    }
}

fn condition(name: &str, sign: &str, value: &str) -> Option<String> {
    let is_not = match sign {
        "=" | "==" | "=~" => false,
        "!=" | "!~" => true,
        _ => return age(name, sign, value),
    };
    let field = match name {
        "unread" => {
            let unread = value.eq_ignore_ascii_case("yes");
            let is_known = unread || value.eq_ignore_ascii_case("no");
            return is_known.then(|| if unread == is_not { "read" } else { "unread" }.to_owned());
        }
        "title" if sign.ends_with('~') => "title:",
        "content" if sign.ends_with('~') => "body:",
        "feedtitle" if sign.ends_with('~') => "feed:",
        "rssurl" | "feedlink" if sign.ends_with('~') => "feed:",
        "age" => return age(name, sign, value),
        _ => return None,
    };
    let words: Vec<String> = alternatives(value)?
        .iter()
        .map(|words| format!("{field}\"{words}\""))
        .collect();
    let all = match words.len() {
        1 => words.concat(),
        _ => format!("({})", words.join(" or ")),
    };
    Some(if is_not { format!("-{all}") } else { all })
}

/// `age < 3`: younger than three days.
fn age(name: &str, sign: &str, value: &str) -> Option<String> {
    if name != "age" {
        return None;
    }
    if sign.eq_ignore_ascii_case("between") {
        let (from, until) = value.split_once(':')?;
        let (from, until): (u16, u16) = (from.parse().ok()?, until.parse().ok()?);
        let since = format!("after:{until}d");
        return Some(match from {
            0 => since,
            from => format!("{since} before:{from}d"),
        });
    }
    let days: u16 = value.parse().ok()?;
    match sign {
        "<" | "<=" => Some(format!("after:{days}d")),
        ">" | ">=" => Some(format!("before:{days}d")),
        _ => None,
    }
}

/// The words that a regular expression looks for, where it is no more than words between `|`.
fn alternatives(pattern: &str) -> Option<Vec<&str>> {
    let words: Vec<&str> = pattern
        .split('|')
        .map(|word| word.trim_start_matches(".*").trim_end_matches(".*").trim())
        .collect();
    let is_plain = |word: &&str| {
        !word.is_empty()
            && !word.contains([
                '.', '*', '+', '?', '(', ')', '[', ']', '{', '}', '^', '$', '\\', '"',
            ])
    };
    words.iter().all(is_plain).then_some(words)
}
