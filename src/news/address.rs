//! How an address is shown. A host whose letters could be mistaken for others is shown in punycode.
//!
//! Only what is displayed changes; the address that is fetched, opened or copied stays as it is. A
//! label is shown in its own script if it can't be mistaken for another: Hangul, Han or kana (with
//! Latin letters beside Hangul, as Koreans write), Latin with accents, or Cyrillic or Greek with at
//! least one letter that looks like no Latin one. Everything else is shown as `xn--…`.

use std::borrow::Cow;

use idna::AsciiDenyList;
use idna::uts46::{Hyphens, Uts46};

use super::Clean;
use super::hangul::is_hangul_syllable;

/// `address` in the form to display, with its host as by [`shown_host`]. Text without `://` is only
/// cleaned.
pub fn shown(address: &str) -> Clean {
    let Some((scheme, rest)) = address.split_once("://") else {
        return Clean::line(address);
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    // A user name before the host, as in `bank.kr@evil.example`, is left out: it is used to
    // deceive.
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => {
            (name, Some(port))
        }
        _ => (host, None),
    };
    let port = port.map(|p| format!(":{p}")).unwrap_or_default();
    Clean::line(&format!("{scheme}://{}{port}{path}", shown_host(name)))
}

/// A host name in the form to display.
pub fn shown_host(host: &str) -> Cow<'_, str> {
    if host.is_ascii()
        && !host.split('.').any(|label| {
            label
                .get(..4)
                .is_some_and(|p| p.eq_ignore_ascii_case("xn--"))
        })
    {
        return Cow::Borrowed(host);
    }
    let decide = |label: &[char], _: &[char], _: bool| is_unmistakable(label);
    Uts46::new()
        .to_user_interface(host.as_bytes(), AsciiDenyList::URL, Hyphens::Allow, decide)
        .0
}

/// Whether the letters of this label can't be mistaken for those of another.
fn is_unmistakable(label: &[char]) -> bool {
    let is_sign = |c: &char| c.is_ascii_digit() || *c == '-';
    let letters: Vec<char> = label.iter().copied().filter(|c| !is_sign(c)).collect();
    let all = |fits: fn(char) -> bool| letters.iter().all(|c| fits(*c));
    all(|c| is_hangul_syllable(c) || c.is_ascii_alphabetic())
        || all(|c| is_hangul_syllable(c) || is_han(c))
        || all(|c| is_han(c) || is_kana(c))
        || all(|c| c.is_ascii_alphabetic() || is_accented(c))
        || all(|c| ('а'..='я').contains(&c) || c == 'ё')
            && letters.iter().any(|c| !"асеорхукмнтвгьяпиз".contains(*c))
        || all(|c| ('α'..='ω').contains(&c) || "άέήίόύώϊϋΐΰ".contains(c))
            && letters.iter().any(|c| "θξπσφψωδλ".contains(*c))
}

fn is_han(c: char) -> bool {
    // Except characters that look like punctuation or kana.
    matches!(c, '\u{4e00}'..='\u{9fff}') && !"一丨丶丿乙二三口工卜".contains(c)
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ん' | 'ァ'..='ヺ') && !"ノニヘハロエトカヘりへ".contains(c)
}

fn is_accented(c: char) -> bool {
    matches!(c, 'ß'..='ö' | 'ø'..='ž') && !matches!(c, 'ı' | 'ĸ' | 'ŀ' | 'ŉ' | 'ſ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_shown_in_letters_that_look_like_no_others() {
        for (address, seen) in [
            ("https://한겨레.한국/a?b=가", "https://한겨레.한국/a?b=가"),
            ("https://xn--3e0b707e.kr:8080/x", "https://한국.kr:8080/x"),
            ("https://kbs뉴스.kr/", "https://kbs뉴스.kr/"),
            ("https://www.münchen.de/", "https://www.münchen.de/"),
            ("https://日本経済.jp/", "https://日本経済.jp/"),
            ("https://правда.example/", "https://правда.example/"),
            // Mixed, or all of one script and read as another.
            ("https://аpple.com/", "https://xn--pple-43d.com/"),
            ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/"),
            ("https://раура.com/", "https://xn--80aa0cbo.com/"),
            ("https://googlе.com/", "https://xn--googl-3we.com/"),
            ("https://naverᴏ.com/", "https://xn--naver-q29a.com/"),
            ("https://ο.com/", "https://xn--0xa.com/"),
            ("https://가ㅣ.kr/", "https://xn--o39al0d.kr/"),
            ("https://bank.kr@evil.example/", "https://evil.example/"),
            ("not an address", "not an address"),
            ("mailto:a@b.kr", "mailto:a@b.kr"),
            ("https://[::1]:80/", "https://[::1]:80/"),
        ] {
            let got = shown(address);
            if seen.contains("xn--") {
                assert!(got.contains("xn--"), "{address}: {got}");
            } else {
                assert_eq!(&*got, seen, "{address}");
            }
        }
    }

    #[test]
    fn what_is_no_name_at_all_is_harmless() {
        for host in [
            "xn--",
            "xn--a-\u{202e}",
            "..",
            "xn--999999999999",
            "\u{0}",
            "가\u{200d}나.kr",
        ] {
            let seen = shown(&format!("https://{host}/"));
            assert!(
                seen.chars().all(|c| !c.is_control() && c != '\u{202e}'),
                "{seen:?}"
            );
        }
    }
}
