//! Addresses in running text as they are read aloud: the host of a link, and the parts of a mail
//! address.

use super::lang::Lang;

/// The link, mail address or host that begins at `at`: how it is read, and one past its end.
pub(super) fn address_at(chars: &[char], at: usize, lang: Lang) -> Option<(String, usize)> {
    let inside = |c: &char| {
        c.is_ascii_graphic() && !matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '"' | '\'' | ',')
    };
    if !chars[at].is_ascii_alphanumeric() || (at > 0 && inside(&chars[at - 1])) {
        return None;
    }
    let run: String = chars[at..].iter().take_while(|c| inside(c)).collect();
    address(&run, lang).map(|(said, length)| (said, at + length))
}

/// How the link, mail address or host at the start of `run` (ASCII without blanks) is read, and its
/// length in bytes.
fn address(run: &str, lang: Lang) -> Option<(String, usize)> {
    let core = run.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '/');
    let (dot, at) = match lang {
        Lang::Ko => (" 점 ", " 골뱅이 "),
        Lang::En => (" dot ", " at "),
    };
    let spell = |host: &str| {
        host.replace('.', dot).replace(
            '-',
            if lang == Lang::Ko {
                " 다시 "
            } else {
                " dash "
            },
        )
    };
    let said = if let Some((_, rest)) = core.split_once("://").filter(|(s, _)| is_scheme(s)) {
        spell(host_of(rest))
    } else if let Some((name, host)) = core
        .split_once('@')
        .filter(|(n, h)| is_name(n) && is_host(h))
    {
        let name = name
            .replace(
                '_',
                if lang == Lang::Ko {
                    " 밑줄 "
                } else {
                    " underscore "
                },
            )
            .replace('+', " plus ");
        format!("{}{at}{}", spell(&name), spell(host))
    } else if is_host(host_of(core)) {
        spell(host_of(core))
    } else {
        return None;
    };
    Some((said, core.len()))
}

/// The host at the start of `rest`, without user name, port, path and `www.`.
fn host_of(rest: &str) -> &str {
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// Whether an address may begin like this: `0://0` is none.
fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+'))
}

/// Whether `host` is made of labels of letters and digits, the last with at least two letters.
fn is_host(host: &str) -> bool {
    let mut labels = host.rsplit('.');
    let last = labels.next().unwrap_or_default();
    let mut rest = labels.peekable();
    last.len() >= 2
        && last.bytes().all(|b| b.is_ascii_lowercase())
        && rest.peek().is_some()
        && rest.all(|l| l.len() >= 2 && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}
