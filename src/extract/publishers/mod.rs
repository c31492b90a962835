//! Profiles of publishers' pages, one TOML file each; the user's own profiles have precedence over
//! those that come with the program (`embedded`).

pub(crate) mod embedded;

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use super::html::Selector;
use super::meta::title::letters;
use crate::news::site::{is_same_site, is_web_address};
use crate::news::{Article, Clean, FeedEntry};
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
    /// Hosts that are another publication than the rest of the site, with its name.
    publications: BTreeMap<String, String>,
    publisher_in: Vec<Spanned<String>>,
    hosts: Vec<String>,
    /// A selector that only pages of this publishing system match, on any host.
    when: Option<Spanned<String>>,
    body: Vec<Spanned<String>>,
    title: Vec<Spanned<String>>,
    subheads: Vec<Spanned<String>>,
    bylines: Vec<Spanned<String>>,
    published: Vec<Spanned<String>>,
    updated: Vec<Spanned<String>>,
    section: Vec<Spanned<String>>,
    captions: Vec<Spanned<String>>,
    page_summary: Vec<Spanned<String>>,
    related: Vec<Spanned<String>>,
    most_read: Vec<Spanned<String>>,
    links: Vec<Spanned<String>>,
    drop: Vec<Spanned<String>>,
    charset: Option<String>,
    user_agent: Option<String>,
    summary: SummaryPolicy,
    /// Whether it shows other publishers' articles under their names.
    portal: bool,
    /// Whether no real page of the publisher was read with it so far.
    untried: bool,
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
    /// Whether no real page of the publisher was read with it when it was written.
    pub untried: bool,
    hosts: Vec<String>,
    publications: BTreeMap<String, String>,
    /// Whether it shows other publishers' articles under their names.
    portal: bool,
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

impl Profile {
    /// Whether the site shows other publishers' articles, and says whose each is.
    fn is_portal(&self) -> bool {
        self.portal || !self.publisher_in.is_empty()
    }

    /// The name of the publication at `url`: of its host, where that is one of its own, or else the
    /// publisher's.
    pub(crate) fn publication(&self, url: Option<&str>) -> Option<&str> {
        let host = url.and_then(|u| url::Url::parse(u).ok());
        let host = host.as_ref().and_then(url::Url::host_str);
        let own = host.and_then(|host| {
            let mut all = self.publications.iter();
            all.find_map(|(pattern, name)| host_fits(pattern, host).then_some(name.as_str()))
        });
        own.or(self.publisher.as_deref())
    }

    /// The names under which its articles appear.
    fn names(&self) -> impl Iterator<Item = &str> {
        let publications = self.publications.values().map(String::as_str);
        self.publisher.as_deref().into_iter().chain(publications)
    }
}

/// Why a profile was not loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// The file is not TOML or has an unknown key.
    #[error("{file}:{line}: {cause}")]
    Syntax {
        /// The file's name.
        file: String,
        /// The line, from 1; 0 where the error concerns no particular line.
        line: usize,
        /// The parser's message.
        cause: String,
    },
    /// A selector has syntax that is not supported.
    #[error("{file}:{line}: invalid selector {selector:?}")]
    Selector {
        /// The file's name.
        file: String,
        /// The line in it, from 1.
        line: usize,
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

    /// Whether `name` is that of a publisher none of whose sites any of `addresses` is on.
    fn is_name_of_another(&self, name: &str, addresses: &[&str]) -> bool {
        let name = letters(name);
        let is_its_own = |p: &Profile| {
            addresses.iter().any(|at| {
                let of_host = |h: &String| {
                    is_same_site(at, &format!("https://{}/", h.trim_start_matches("*.")))
                };
                p.hosts.iter().any(of_host)
            })
        };
        let mut named = self
            .iter()
            .filter(|p| p.names().any(|n| letters(n) == name))
            .peekable();
        !name.is_empty() && named.peek().is_some() && !named.any(is_its_own)
    }

    /// Names the host as publisher of an article that was read at `from` and takes the name of a
    /// publisher on whose sites neither it nor `from` is. A portal is believed: it shows the
    /// articles of others.
    pub(crate) fn disown(&self, article: &mut Article, from: &str) {
        let Some(name) = article.publisher.as_deref() else {
            return;
        };
        let at = article.url.as_deref().unwrap_or(from);
        if is_web_address(from)
            && !self.of_url(from).is_some_and(|p| p.is_portal())
            && self.is_name_of_another(name, &[at, from])
        {
            article.publisher = host_of(at).or_else(|| host_of(from));
        }
    }

    /// As [`Profiles::disown`], of all entries of a feed or section page at `from`.
    pub fn disown_entries(&self, entries: &mut [FeedEntry], from: &str) {
        // Most entries bear the one name of their feed.
        let mut known: HashMap<Clean, bool> = HashMap::new();
        for entry in entries {
            let article = &mut entry.article;
            let Some(name) = &article.publisher else {
                continue;
            };
            let is_known = *known.entry(name.clone()).or_insert_with(|| {
                let name = letters(name);
                let mut names = self.iter().flat_map(Profile::names);
                names.any(|n| letters(n) == name)
            });
            if is_known {
                self.disown(article, from);
            }
        }
    }

    /// Whether two addresses belong to one publisher, by its profile.
    pub fn is_same_publisher(&self, a: &str, b: &str) -> bool {
        let profile = |address: &str| self.of_url(address).map(|p| &p.name);
        profile(a).zip(profile(b)).is_some_and(|(a, b)| a == b)
    }

    /// Every profile, in order of precedence.
    pub fn iter(&self) -> impl Iterator<Item = &Profile> {
        self.users.iter().chain(self.ours())
    }

    fn ours(&self) -> &'static [Profile] {
        if self.embedded { &OURS } else { &[] }
    }
}

/// The host of an address, as the name of a publisher.
pub(crate) fn host_of(address: &str) -> Option<Clean> {
    let url = url::Url::parse(address).ok()?;
    let host = url.host_str()?;
    Some(Clean::line(host.strip_prefix("www.").unwrap_or(host)))
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

/// The error of a parser, with the key whose value is wrong.
fn syntax_error(name: &str, text: &str, error: &toml::de::Error) -> ProfileError {
    let at = error.span().map(|span| span.start);
    let key = at.and_then(|at| {
        let table = DeTable::parse(text).ok()?.into_inner();
        let mut values = table.into_iter();
        let (key, _) = values.find(|(_, value)| value.span().contains(&at))?;
        Some(format!(" in `{}`", key.into_inner()))
    });
    let message = error.message().lines().collect::<Vec<_>>().join(" ");
    ProfileError::Syntax {
        file: name.to_owned(),
        line: at.map_or(0, |at| line_of(text, at)),
        cause: format!("{message}{}", key.unwrap_or_default()),
    }
}

fn read(name: &str, text: &str) -> Result<Profile, ProfileError> {
    let file: ProfileFile = toml::from_str(text).map_err(|e| syntax_error(name, text, &e))?;
    let mut wrong = Vec::new();
    let mut all = |list: &[Spanned<String>]| -> Vec<Selector> {
        let one = |s: &Spanned<String>| match Selector::parse(s.get_ref()) {
            Ok(selector) => Some(selector),
            Err(selector) => {
                let line = line_of(text, s.span().start);
                wrong.push((line, selector));
                None
            }
        };
        list.iter().filter_map(one).collect()
    };
    let profile = Profile {
        name: name.trim_end_matches(".toml").to_owned(),
        when: all(file.when.as_slice()).pop(),
        publisher_in: all(&file.publisher_in),
        body: all(&file.body),
        title: all(&file.title),
        subheads: all(&file.subheads),
        bylines: all(&file.bylines),
        published: all(&file.published),
        updated: all(&file.updated),
        section: all(&file.section),
        captions: all(&file.captions),
        page_summary: all(&file.page_summary),
        related: all(&file.related),
        most_read: all(&file.most_read),
        links: all(&file.links),
        drop: all(&file.drop),
        publisher: file.publisher,
        publications: file.publications,
        charset: file.charset,
        user_agent: file.user_agent,
        summary: file.summary,
        portal: file.portal,
        untried: file.untried,
        hosts: file.hosts.iter().map(|h| h.to_ascii_lowercase()).collect(),
    };
    match wrong.into_iter().min() {
        Some((line, selector)) => Err(ProfileError::Selector {
            file: name.to_owned(),
            line,
            selector,
        }),
        None => Ok(profile),
    }
}

/// The line of `text`, from 1, that contains `byte`.
fn line_of(text: &str, byte: usize) -> usize {
    text.get(..byte)
        .map_or(0, |before| before.matches('\n').count() + 1)
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
        let (profiles, errors) = Profiles::with_user(&[
            ("a.toml", "bdoy = []"),
            (
                "b.toml",
                "title = ['h1']\nbody = [\n  'p:has(a)',\n  'p:hover',\n]",
            ),
            ("d.toml", "hosts = ['d.kr']\nbody = ['p:has(a)']"),
            ("c.toml", "x ="),
        ]);
        assert_eq!(errors.len(), 3);
        assert_eq!(
            errors[1].to_string(),
            "b.toml:4: invalid selector \"p:hover\""
        );
        assert_eq!(profiles.of_url("https://d.kr/1").unwrap().name, "d");
    }

    #[test]
    fn no_site_takes_the_name_of_a_publisher_that_is_elsewhere() {
        let profiles = Profiles::embedded();
        let publisher = |name: &str, at: &str, from: &str| {
            let mut article = Article {
                url: Some(Clean::line(at)),
                publisher: Some(Clean::line(name)),
                ..Article::default()
            };
            profiles.disown(&mut article, from);
            article.publisher.unwrap_or_default().to_string()
        };
        let feed = "https://feeds.elsewhere.example/rss";
        for (name, at, from, shown) in [
            (
                "한겨레",
                "https://www.false.example/1",
                feed,
                "false.example",
            ),
            ("한 겨레.", "https://false.example/1", feed, "false.example"),
            ("한겨레", "https://h21.hani.co.kr/1", feed, "한겨레"),
            (
                "한겨레",
                "https://t.example/1",
                "https://www.hani.co.kr/rss/",
                "한겨레",
            ),
            (
                "한겨레",
                "https://hani.co.kr.false.example/1",
                feed,
                "hani.co.kr.false.example",
            ),
            (
                "한겨레",
                "https://n.news.naver.com/1",
                "https://news.naver.com/",
                "한겨레",
            ),
            (
                "한겨레",
                "https://news.google.com/1",
                "https://news.google.com/rss",
                "한겨레",
            ),
            ("작은신문", "https://small.example/1", feed, "작은신문"),
            ("한겨레", "https://false.example/1", "page.html", "한겨레"),
        ] {
            assert_eq!(publisher(name, at, from), shown, "{name} {at} {from}");
        }
    }

    #[test]
    fn wildcards_fit_hosts_below() {
        assert!(host_fits("*.paper.kr", "news.paper.kr") && host_fits("*.paper.kr", "paper.kr"));
        assert!(!host_fits("*.paper.kr", "notpaper.kr") && host_fits("paper.kr", "m.paper.kr"));
    }
}
