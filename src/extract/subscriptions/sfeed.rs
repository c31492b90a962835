//! sfeed's `sfeedrc`: a shell script with a line `feed "name" "address" "site" "charset"` for each
//! feed.

use super::subscription_list::SubscriptionList;
use crate::news::{Clean, Feed};

/// Whether a text has a line of such a script.
pub(super) fn is_sfeed(text: &str) -> bool {
    !calls(text).is_empty()
}

pub(super) fn read(text: &str) -> SubscriptionList {
    let mut list = SubscriptionList::default();
    for arguments in calls(text) {
        let mut arguments = arguments.into_iter();
        let (title, url) = (arguments.next(), arguments.next());
        let site = arguments.next().filter(|site| !site.trim().is_empty());
        let feed = Feed {
            title: Clean::headline(&title.unwrap_or_default()),
            site: site.map(|site| Clean::line(&site)),
            ..Feed::default()
        };
        list.add(&url.unwrap_or_default(), feed, &[]);
    }
    list
}

/// The arguments of each call of `feed`: name and address at the least.
fn calls(text: &str) -> Vec<Vec<String>> {
    let mut calls = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            // Which ends no command.
            '\\' if matches!(letters.peek(), Some('\n' | '\r')) => {
                letters.next_if_eq(&'\r');
                letters.next_if_eq(&'\n');
                words.extend(word.take());
            }
            '\\' => word.get_or_insert_default().extend(letters.next()),
            '"' | '\'' => {
                let word = word.get_or_insert_default();
                while let Some(next) = letters.next_if(|next| *next != c) {
                    match next {
                        '\\' if c == '"' => word.extend(letters.next()),
                        next => word.push(next),
                    }
                }
                letters.next();
            }
            '#' if word.is_none() => while letters.next_if(|next| *next != '\n').is_some() {},
            '\n' | ';' | '&' | '|' | '{' | '}' => {
                words.extend(word.take());
                calls.extend(call(std::mem::take(&mut words)));
            }
            c if c.is_whitespace() => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    calls.extend(call(words));
    calls
}

/// The arguments, where a command is a call of `feed` with an address.
fn call(mut words: Vec<String>) -> Option<Vec<String>> {
    let is_call = words.first().is_some_and(|name| name == "feed") && words.get(2)?.contains("://");
    is_call.then(|| words.split_off(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_read_as_a_shell_reads_them() {
        let list = read(
            "maxjobs=8\nfeeds() {\n\
             \t# feed \"이름\" \"주소\"\n\
             \tfeed \"강 \\\"신문\\\"\" \"https://a.kr/1\"\n\
             \tfeed '둘' \\\n\t\t'https://a.kr/2' 'https://a.kr' 'euc-kr'\n\
             \t#feed \"꺼 둔 것\" \"https://a.kr/3\"\n\
             \tfeed five https://a.kr/5?a=1 ; feed six\\ teen \"https://a.kr/6#x\" # 여섯\n}\n\
             fetch() {\n\tcurl -L \"$2\"\n}\n",
        );
        let feeds: Vec<(&str, &str)> = list
            .feeds
            .iter()
            .map(|feed| (&*feed.title, &*feed.url))
            .collect();
        assert_eq!(
            feeds,
            [
                ("강 \"신문\"", "https://a.kr/1"),
                ("둘", "https://a.kr/2"),
                ("five", "https://a.kr/5?a=1"),
                ("six teen", "https://a.kr/6#x"),
            ]
        );
        assert!(!is_sfeed("feed the birds\nhttps://a.kr/1\n"));
        assert!(!is_sfeed("feed \"열기만"));
    }
}
