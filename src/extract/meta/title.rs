//! Chooses the headline and removes the site's name from it.

use crate::news::hangul::is_alphanumeric;
use crate::news::hangul::{push_lower, push_runs};

/// Separators between a headline and the site's name. `ㅣ` is a Hangul letter that some sites use as
/// a bar.
const BARS: [&str; 16] = [
    " - ", " | ", " – ", " — ", " :: ", " : ", " < ", " > ", " « ", " » ", " · ", "ㅣ", " ㅣ ",
    "|", " / ", " • ",
];

/// Shorter texts, in letters and digits, that head and heading agree on may be the site's name.
const MIN_AGREED: usize = 12;

/// The letters and digits of a text in lower case, to compare spellings of a headline.
pub(crate) fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let is_small = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    push_runs(&mut out, text, is_small, |out, c| {
        if is_alphanumeric(c) {
            push_lower(out, c);
        }
    });
    out
}

/// Whether a title is the way to the page through the site's menus: `알림마당>담양뉴스>보도자료 > 상세`. A
/// headline among such steps is longer than them.
pub(crate) fn is_breadcrumb(title: &str) -> bool {
    let steps: Vec<&str> = title.split(['>', '<', '›', '»']).map(str::trim).collect();
    steps.len() >= 3 && steps.iter().all(|s| s.chars().count() <= 10)
}

/// Whether a title names the board on which an article stands, alone or before the site's name:
/// `보도자료 상세 | 견본부`.
pub(crate) fn is_board_name(title: &str) -> bool {
    const WORDS: [&str; 20] = [
        "보도자료",
        "보도·해명",
        "알림마당",
        "알림",
        "공지사항",
        "공지",
        "고시",
        "공고",
        "고시·공고",
        "새소식",
        "소식",
        "뉴스",
        "자료실",
        "게시판",
        "자유게시판",
        "상세",
        "상세보기",
        "보기",
        "목록",
        "조회",
    ];
    let parts: Vec<&str> = title
        .split(['|', 'ㅣ', '-', '>', '<', '–'])
        .map(str::trim)
        .collect();
    let is_board = |part: &&&str| {
        let mut words = part.split_whitespace().peekable();
        words.peek().is_some() && words.all(|word| WORDS.contains(&word))
    };
    // Of several parts, one may be the site's name.
    let boards = parts.iter().filter(is_board).count();
    boards > 0 && parts.len() - boards <= 1
}

/// The best headline: `said` has those of the page's head, the most reliable first, `headings`
/// those of the page in order, `sites` the names of the site, and `shared` is the one of the head
/// for those who link to the page.
pub(crate) fn choose(
    said: &[String],
    headings: &[String],
    sites: &[String],
    shared: Option<&str>,
) -> Option<String> {
    let Some(first) = said.iter().find(|s| !letters(s).is_empty()) else {
        return headings.first().cloned();
    };
    if let Some(same) = as_printed(said, headings, sites) {
        return Some(match shared {
            Some(shared) => without_unshared_kicker(same, strip(shared, sites, said)),
            None => same,
        });
    }
    let whole = letters(first);
    // A heading that the head repeats is the headline as readers see it.
    let seen = headings
        .iter()
        .filter(|h| {
            let own = letters(h);
            own.chars().count() >= 4
                && whole.contains(&own)
                && own.len() * 5 >= whole.len() * 2
                && !is_kicker(h)
        })
        .max_by_key(|h| letters(h).len());
    if let Some(heading) = seen {
        return Some(heading.clone());
    }
    // The head may have another version of the headline for search engines: if the first heading
    // shares most of its words, it is used instead.
    let stripped = strip(first, sites, said);
    let kin = headings
        .first()
        .filter(|h| alike(h, &stripped) && !is_kicker(h));
    Some(kin.cloned().unwrap_or(stripped))
}

/// A headline that the page's head and a heading agree on: the heading that the head repeats most
/// often, or the end of the first heading after a kicker, "New Leipzig School: The painter's dealer",
/// where the head has that end alone.
fn as_printed(said: &[String], headings: &[String], sites: &[String]) -> Option<String> {
    let bare: Vec<String> = said
        .iter()
        .map(|s| letters(&strip(s, sites, said)))
        .collect();
    let is_long = |s: &str| s.chars().count() >= MIN_AGREED;
    let times = |heading: &&String| {
        let own = letters(heading);
        let is_same = |n: &usize| bare[*n] == own || letters(&said[*n]) == own;
        if is_long(&own) {
            (0..said.len()).filter(is_same).count()
        } else {
            0
        }
    };
    // Of several as often repeated, the first.
    let most = headings.iter().rev().max_by_key(times);
    let same = most.filter(|heading| times(heading) > 0);
    let after_kicker = || {
        let whole = letters(headings.first()?);
        let ends = |s: &str| is_long(s) && whole.ends_with(s) && s.len() * 2 >= whole.len();
        let at = bare.iter().position(|s| ends(s))?;
        Some(said[at].clone())
    };
    same.cloned().or_else(after_kicker)
}

/// `headline` without its kicker where `shared` has none: the title that the page gives to those who
/// link to it.
fn without_unshared_kicker(headline: String, shared: String) -> String {
    let (own, other) = (letters(&headline), letters(&shared));
    let is_end = own.ends_with(&other) && other.len() < own.len() && other.len() * 2 >= own.len();
    if is_end && other.chars().count() >= MIN_AGREED {
        shared
    } else {
        headline
    }
}

/// Whether a heading is what stands before a headline: `Weapons:`.
fn is_kicker(heading: &str) -> bool {
    heading.trim_end().ends_with([':', '：'])
}

/// Whether two headlines share at least half of their pairs of neighbouring letters; shorter ones
/// than nine letters don't.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (bigrams(a), bigrams(b));
    let common = a.iter().filter(|g| b.contains(g)).count();
    a.len() >= 8 && common * 2 >= a.len().min(b.len())
}

fn bigrams(text: &str) -> Vec<(char, char)> {
    let chars: Vec<char> = letters(text).chars().take(200).collect();
    chars.windows(2).map(|w| (w[0], w[1])).collect()
}

/// Removes the site's name, and a section's, from the end or the start of `text`.
fn strip(text: &str, sites: &[String], said: &[String]) -> String {
    let mut best = text.trim().to_owned();
    for _ in 0..3 {
        let Some(shorter) = BARS.iter().find_map(|bar| cut(&best, bar, sites, said)) else {
            break;
        };
        best = shorter;
    }
    best
}

/// Cuts off the part before or after `bar`: if it is the site's name, if the head also has the
/// other part alone, or if it is short and the rest is not.
fn cut(text: &str, bar: &str, sites: &[String], said: &[String]) -> Option<String> {
    let (head, tail) = text.rsplit_once(bar)?;
    let (front, rest) = text.split_once(bar)?;
    let is_site = |part: &str| {
        let part = letters(part);
        !part.is_empty()
            && sites.iter().map(|s| letters(s)).any(|s| {
                !s.is_empty()
                    && (s == part
                        || (s.len() > 5 && part.starts_with(&s))
                        || (part.len() > 5 && s.contains(&part)))
            })
    };
    let is_said = |part: &str| said.iter().any(|s| letters(s) == letters(part));
    if is_site(tail) || is_said(head) {
        return Some(head.trim().to_owned());
    }
    if is_site(front) || is_said(rest) {
        return Some(rest.trim().to_owned());
    }
    // A short tail after a separator is a section or a name of the site that the page does not
    // mention elsewhere.
    let bare = tail.chars().count() <= 24 && tail.split_whitespace().count() <= 3;
    let enough = head.chars().count() >= 15 && head.split_whitespace().count() >= 3;
    (bare && enough && matches!(bar.trim(), "-" | "|" | ":" | "::" | "ㅣ" | "–" | "<"))
        .then(|| head.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(said: &[&str], headings: &[&str], sites: &[&str]) -> String {
        let list = |l: &[&str]| l.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        choose(&list(said), &list(headings), &list(sites), None).unwrap_or_default()
    }

    #[test]
    fn the_site_is_taken_off() {
        assert_eq!(
            own(
                &["지하철 첫차 빨라진다-사회ㅣ가나일보"],
                &["지하철 첫차 빨라진다"],
                &[]
            ),
            "지하철 첫차 빨라진다"
        );
        assert_eq!(
            own(
                &["지하철 첫차가 더 빨라진다 - 가나경제"],
                &[],
                &["가나경제"]
            ),
            "지하철 첫차가 더 빨라진다"
        );
        assert_eq!(
            own(&["Trains run earlier from May | The Paper"], &[], &[]),
            "Trains run earlier from May"
        );
    }

    #[test]
    fn names_of_boards_are_no_headlines() {
        for title in [
            "보도자료 상세 | 견본부",
            "알림마당 | 견본시청",
            "견본군청 > 소식 > 공지사항",
            "공지사항",
        ] {
            assert!(is_board_name(title), "{title}");
        }
        for title in [
            "지하철 첫차 시간표 공지 | 견본시청",
            "뉴스 보기 힘든 사람들",
            "가나일보",
            "첫차 빨라진다 - 사회 - 가나일보",
        ] {
            assert!(!is_board_name(title), "{title}");
        }
    }

    #[test]
    fn a_bar_inside_a_headline_stays() {
        assert_eq!(
            own(&["8 - 2 win: the night in detail"], &[], &["The Paper"]),
            "8 - 2 win: the night in detail"
        );
    }

    #[test]
    fn head_and_heading_agree_on_the_headline() {
        let said = ["The painter's dealer opens a barn", "Dealer opens barn"];
        let headings = ["New Leipzig School: The painter's dealer opens a barn"];
        assert_eq!(own(&said, &headings, &[]), said[0]);
        let said = [
            "Central bank admits faults: the collapse of a lender",
            "Bank admits faults in its control",
        ];
        let headings = [
            "The collapse of a lender",
            "Bank admits faults in its control",
        ];
        assert_eq!(own(&said, &headings, &[]), headings[1]);
    }

    #[test]
    fn the_heading_that_the_head_repeats_most_is_the_headline() {
        let said = [
            "Ferry to the isle leaves an hour earlier",
            "Ferry runs earlier from May",
            "Ferry runs earlier from May - The Paper",
        ];
        let headings = [
            "Ferry to the isle leaves an hour earlier",
            "Ferry runs earlier from May",
        ];
        assert_eq!(own(&said, &headings, &["The Paper"]), headings[1]);
    }

    #[test]
    fn a_kicker_goes_where_the_shared_title_has_none() {
        let list = |l: &[&str]| l.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        let (with, without) = ("Kenya: Nairobi seen from below", "Nairobi seen from below");
        let chosen = |shared| {
            let headline = choose(&list(&[with, without]), &list(&[with]), &[], Some(shared));
            headline.unwrap_or_default()
        };
        assert_eq!(chosen(without), without);
        assert_eq!(chosen(with), with);
        assert_eq!(chosen("below"), with);
    }

    #[test]
    fn a_kicker_is_no_headline() {
        let said = ["Weapons for the isle: complaint at the court of justice"];
        assert_eq!(own(&said, &["Weapons for the isle:"], &[]), said[0]);
    }

    #[test]
    fn a_label_is_no_headline() {
        assert_eq!(
            own(
                &["지하철 첫차 시간이 빨라진다"],
                &["사회", "많이 본 뉴스"],
                &[]
            ),
            "지하철 첫차 시간이 빨라진다"
        );
    }
}
