//! Profiles of publishers' pages, one TOML file each; the user's own profiles have precedence over
//! those that come with the program (`embedded`).

pub(crate) mod embedded;

use std::sync::LazyLock;

use serde::Deserialize;

use super::html::Selector;
use embedded::EMBEDDED;

/// Whether a publisher allows a machine to summarise its texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SummaryPolicy {
    /// A summary made on this computer.
    #[default]
    Local,
    /// Only with the reader's consent.
    Ask,
    /// No summary.
    Never,
}

/// A profile as its file has it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ProfileFile {
    publisher: Option<String>,
    publisher_in: Vec<String>,
    hosts: Vec<String>,
    /// A selector that only pages of this publishing system match, on any host.
    when: Option<String>,
    body: Vec<String>,
    title: Vec<String>,
    subheads: Vec<String>,
    bylines: Vec<String>,
    published: Vec<String>,
    updated: Vec<String>,
    section: Vec<String>,
    captions: Vec<String>,
    page_summary: Vec<String>,
    related: Vec<String>,
    most_read: Vec<String>,
    links: Vec<String>,
    drop: Vec<String>,
    charset: Option<String>,
    user_agent: Option<String>,
    summary: SummaryPolicy,
}

/// What is known of one publisher's pages. The selectors of a field are tried in order.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// The file's name without `.toml`.
    pub name: String,
    /// The publisher's name as readers know it.
    pub publisher: Option<String>,
    /// The charset of its pages if neither they nor the server state it.
    pub charset: Option<String>,
    /// The `User-Agent` header that its server requires.
    pub user_agent: Option<String>,
    /// Whether its texts may be summarised.
    pub summary: SummaryPolicy,
    hosts: Vec<String>,
    /// Elements in which a portal names the publisher of an article.
    pub(crate) publisher_in: Vec<Selector>,
    pub(crate) when: Option<Selector>,
    pub(crate) body: Vec<Selector>,
    pub(crate) title: Vec<Selector>,
    pub(crate) subheads: Vec<Selector>,
    pub(crate) bylines: Vec<Selector>,
    pub(crate) published: Vec<Selector>,
    pub(crate) updated: Vec<Selector>,
    pub(crate) section: Vec<Selector>,
    pub(crate) captions: Vec<Selector>,
    pub(crate) page_summary: Vec<Selector>,
    pub(crate) related: Vec<Selector>,
    pub(crate) most_read: Vec<Selector>,
    /// Links to articles on a section page.
    pub(crate) links: Vec<Selector>,
    /// Elements within the body that are left out.
    pub(crate) drop: Vec<Selector>,
}

/// Why a profile was not loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// The file is not TOML or has an unknown key.
    #[error("{file}: {cause}")]
    Syntax {
        /// The file's name.
        file: String,
        /// The parser's message with the line.
        cause: String,
    },
    /// A selector has syntax that is not supported.
    #[error("{file}: invalid selector {selector:?}")]
    Selector {
        /// The file's name.
        file: String,
        /// The selector.
        selector: String,
    },
}

/// All profiles, the user's before those of the program.
#[derive(Clone, Debug, Default)]
pub struct Profiles {
    users: Vec<Profile>,
    /// Whether the profiles of the program are used, too.
    embedded: bool,
}

/// The profiles of the program, read when a page first needs them so that the list of articles
/// appears sooner.
static OURS: LazyLock<Vec<Profile>> = LazyLock::new(|| read_all(EMBEDDED).0);

impl Profiles {
    /// The profiles that come with the program.
    pub fn embedded() -> Self {
        Self::with_user(&[]).0
    }

    /// The user's profiles, given as names and contents of files, and those of the program. Files
    /// with errors are left out and reported.
    pub fn with_user(files: &[(&str, &str)]) -> (Self, Vec<ProfileError>) {
        let (users, errors) = read_all(files);
        (
            Self {
                users,
                embedded: true,
            },
            errors,
        )
    }

    /// The profile of the host in `url`: the user's before ours, then the longest host pattern.
    pub fn of_url(&self, url: &str) -> Option<&Profile> {
        let host = url::Url::parse(url).ok()?.host_str()?.to_ascii_lowercase();
        longest(&self.users, &host).or_else(|| longest(self.ours(), &host))
    }

    /// The `User-Agent` header that the server of `url` requires, if any.
    pub fn user_agent_for(&self, url: &str) -> Option<&str> {
        self.of_url(url)?.user_agent.as_deref()
    }

    /// The profiles of publishing systems, which apply by what a page contains and not by its host.
    pub(crate) fn families(&self) -> impl Iterator<Item = &Profile> {
        self.iter().filter(|p| p.when.is_some())
    }

    /// Every profile, in order of precedence.
    pub fn iter(&self) -> impl Iterator<Item = &Profile> {
        self.users.iter().chain(self.ours())
    }

    fn ours(&self) -> &'static [Profile] {
        if self.embedded { &OURS } else { &[] }
    }
}

/// The profile with the longest host pattern that matches, the first of equals.
fn longest<'p>(profiles: &'p [Profile], host: &str) -> Option<&'p Profile> {
    let fit = |p: &Profile| {
        p.hosts
            .iter()
            .filter(|h| host_fits(h, host))
            .map(String::len)
            .max()
            .unwrap_or(0)
    };
    profiles
        .iter()
        .rev()
        .max_by_key(|p| fit(p))
        .filter(|p| fit(p) > 0)
}

/// Whether a host matches a pattern: `paper.kr` matches itself and `www.`, `m.` and `amp.` before
/// it, `*.paper.kr` also any other host below.
fn host_fits(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix("*.") {
        Some(below) => host
            .strip_suffix(below)
            .is_some_and(|h| h.is_empty() || h.ends_with('.')),
        None => {
            host == pattern
                || ["www.", "m.", "amp."]
                    .iter()
                    .any(|w| host.strip_prefix(w) == Some(pattern))
        }
    }
}

/// The profiles in `files`, and the errors of those that could not be read.
fn read_all(files: &[(&str, &str)]) -> (Vec<Profile>, Vec<ProfileError>) {
    let (mut list, mut errors) = (Vec::with_capacity(files.len()), Vec::new());
    for (file, text) in files {
        match read(file, text) {
            Ok(profile) => list.push(profile),
            Err(error) => errors.push(error),
        }
    }
    (list, errors)
}

fn read(name: &str, text: &str) -> Result<Profile, ProfileError> {
    let file: ProfileFile = toml::from_str(text).map_err(|e| ProfileError::Syntax {
        file: name.to_owned(),
        cause: e.to_string(),
    })?;
    let one = |s: &String| {
        Selector::parse(s).map_err(|_| ProfileError::Selector {
            file: name.to_owned(),
            selector: s.clone(),
        })
    };
    let all = |list: &Vec<String>| list.iter().map(one).collect::<Result<Vec<_>, _>>();
    Ok(Profile {
        name: name.trim_end_matches(".toml").to_owned(),
        when: file.when.as_ref().map(one).transpose()?,
        publisher_in: all(&file.publisher_in)?,
        body: all(&file.body)?,
        title: all(&file.title)?,
        subheads: all(&file.subheads)?,
        bylines: all(&file.bylines)?,
        published: all(&file.published)?,
        updated: all(&file.updated)?,
        section: all(&file.section)?,
        captions: all(&file.captions)?,
        page_summary: all(&file.page_summary)?,
        related: all(&file.related)?,
        most_read: all(&file.most_read)?,
        links: all(&file.links)?,
        drop: all(&file.drop)?,
        publisher: file.publisher,
        charset: file.charset,
        user_agent: file.user_agent,
        summary: file.summary,
        hosts: file.hosts.iter().map(|h| h.to_ascii_lowercase()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_profile_is_sound() {
        let (profiles, errors) = read_all(EMBEDDED);
        assert_eq!(errors, []);
        assert!(profiles.len() >= 30 && Profiles::embedded().iter().count() == profiles.len());
    }

    #[test]
    fn the_users_profile_comes_first() {
        let (profiles, _) = Profiles::with_user(&[("mine.toml", "hosts = ['*.co.kr']")]);
        assert_eq!(
            profiles.of_url("https://news.kbs.co.kr/x").unwrap().name,
            "mine"
        );
        assert_eq!(
            profiles.of_url("https://biz.chosun.com/x").unwrap().name,
            "chosunbiz"
        );
        assert!(profiles.of_url("https://example.org/").is_none());
    }

    #[test]
    fn a_wrong_file_is_named_and_left_out() {
        let (_, errors) = Profiles::with_user(&[
            ("a.toml", "bdoy = []"),
            ("b.toml", "body = ['p:has(a)']"),
            ("c.toml", "x ="),
        ]);
        assert_eq!(errors.len(), 3);
        assert!(errors[1].to_string().contains("p:has(a)"));
    }

    #[test]
    fn wildcards_fit_hosts_below() {
        assert!(host_fits("*.paper.kr", "news.paper.kr") && host_fits("*.paper.kr", "paper.kr"));
        assert!(!host_fits("*.paper.kr", "notpaper.kr") && host_fits("paper.kr", "m.paper.kr"));
    }
}
