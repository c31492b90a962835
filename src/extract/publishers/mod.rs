//! What is known of publishers' pages: one TOML file each, the user's own before ours.

pub(crate) mod embedded;

use std::sync::LazyLock;

use serde::Deserialize;

use super::html::Selector;
use embedded::EMBEDDED;

/// Whether a publisher lets its text be shortened by a machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SummaryPolicy {
    /// Our own summary, on this machine.
    #[default]
    Local,
    /// Only after the reader said so.
    Ask,
    /// Not at all.
    Never,
}

/// A profile as its file says it.
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

/// What is known of one publisher's pages. Selectors of a field are tried in order.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// The file's name without `.toml`.
    pub name: String,
    /// The publisher as readers call it.
    pub publisher: Option<String>,
    /// The charset of its pages, where they and their server do not say.
    pub charset: Option<String>,
    /// What its server wants to be asked as.
    pub user_agent: Option<String>,
    /// Whether its text may be shortened by a machine.
    pub summary: SummaryPolicy,
    hosts: Vec<String>,
    /// Where a portal says whose article it shows.
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
    /// Headlines of a section page.
    pub(crate) links: Vec<Selector>,
    pub(crate) drop: Vec<Selector>,
}

/// Why a profile file was left out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// No TOML, or a key that profiles don't have.
    #[error("{file}: {cause}")]
    Syntax {
        /// The file's name.
        file: String,
        /// What the parser says, with the line.
        cause: String,
    },
    /// A selector that is not understood.
    #[error("{file}: selector {selector:?} is not understood")]
    Selector {
        /// The file's name.
        file: String,
        /// The selector.
        selector: String,
    },
}

/// All profiles; the first that fits a host counts.
#[derive(Clone, Debug, Default)]
pub struct Profiles {
    users: Vec<Profile>,
    /// Ours stand behind them.
    embedded: bool,
}

/// Ours, read when a page first asks for them: a list of articles is there before.
static OURS: LazyLock<Vec<Profile>> = LazyLock::new(|| read_all(EMBEDDED).0);

impl Profiles {
    /// The profiles that come with the program.
    pub fn embedded() -> Self {
        Self::with_user(&[]).0
    }

    /// Ours, and before them the user's: `files` are (name, text). A file that is wrong is left out
    /// and named.
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

    /// What the server of `url` wants to be asked as, where its profile says so.
    pub fn name_for(&self, url: &str) -> Option<&str> {
        self.of_url(url)?.user_agent.as_deref()
    }

    /// The profiles of publishing systems, which fit by what a page holds.
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

/// The profile whose host pattern fits at the greatest length, the first of equals.
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

/// `paper.kr` fits itself and `www.` and `m.` before it; `*.paper.kr` fits any host below.
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

/// The profiles of files, and what is wrong with the others.
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
