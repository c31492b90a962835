//! `gisa doctor`: what this terminal can show, where files are, and how the library is.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::args::DoctorArgs;
use super::context::CommandContext;
use super::dead_feeds::trouble;
use super::error::CommandError;
use super::findings::{self, Finding, finding};
use super::output::print;
use super::settings_faults;
use super::voices;
use crate::app::protocol::feature::Feature;
use crate::app::{Cause, Failure};
use crate::config::Depth;
use crate::config::theme::SHIPPED;
use crate::news::address::feed_without_secrets;
use crate::news::{ExtractionMethod, Filter, PageStart, RowPage, StoredText};
use crate::runtime::start::{OwnThemes, open_store, own_themes};
use crate::runtime::store::{Store, last_copy};
use crate::runtime::system::font_files::wished_fonts;
use crate::runtime::terminal::detection::{canvas, caps, letter_fonts, no_font, policy};
use crate::runtime::terminal::probe::probe_terminal;

/// The latest articles that are checked for profiles that no longer fit their publisher's pages.
const LATEST: usize = 300;
/// Fewest pages of a publisher on which its profile is judged.
const ENOUGH: usize = 3;

/// Prints the report. The exit code is 1 where something needs attention.
pub(super) fn run(args: &DoctorArgs, context: &CommandContext) -> Result<(), CommandError> {
    if args.rescue {
        return rescue(context);
    }
    if args.voices {
        return voices::run(args.json, context);
    }
    let mut findings = terminal(context);
    findings.push(features(context));
    findings.extend(files(context));
    findings.extend(faults(context));
    findings.extend(themes(context));
    findings.extend(font(context));
    findings.extend(keys_and_rules(context));
    findings.extend(store(context));
    findings::report(&findings, args.json, context)
}

/// Puts a damaged library aside and saves what was kept, from it and from its copies; fills one
/// that is behind them. A sound library, or one of a newer version, is left alone.
fn rescue(context: &CommandContext) -> Result<(), CommandError> {
    let library = context.paths.library();
    let Some(rescued) = Store::rescue_if_damaged(&library)? else {
        return print(context.words.get("doctor.sound"));
    };
    let (scraps, feeds) = (rescued.scraps.to_string(), rescued.feeds.to_string());
    let Some(aside) = rescued.aside else {
        return context.say("doctor.refilled", &[("scraps", &scraps), ("feeds", &feeds)]);
    };
    let aside = aside.display().to_string();
    if rescued.scraps + rescued.feeds == 0 {
        return Err(Failure::new(Cause::NothingRescued, &aside).into());
    }
    context.say(
        "doctor.rescued",
        &[("scraps", &scraps), ("feeds", &feeds), ("path", &aside)],
    )
}

fn terminal(context: &CommandContext) -> Vec<Finding> {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let depth = Depth::of(
        !variable("NO_COLOR").is_empty(),
        &variable("COLORTERM"),
        &variable("TERM"),
    );
    let probe = probe_terminal();
    let canvas = canvas(&context.config, &probe);
    let mut caps = caps(&context.config, &probe, canvas);
    // Fonts are read only where another way is there without one.
    if caps != caps.without_font() && !letter_fonts(&context.config.reading.font).0.has_outlines() {
        caps = caps.without_font();
    }
    let mut findings = vec![
        finding("doctor.terminal", "TERM", variable("TERM"), false),
        finding(
            "doctor.terminal",
            "doctor.colours",
            format!("{depth:?}").to_lowercase(),
            false,
        ),
    ];
    let ambiguous = format!("{:?}", policy(&context.config, &probe).ambiguous).to_lowercase();
    findings.push(finding(
        "doctor.terminal",
        "doctor.ambiguous",
        ambiguous,
        false,
    ));
    for (name, value) in probe.describe(&caps) {
        findings.push(finding("doctor.terminal", name, value, false));
        if name == "doctor.letters" {
            let reason = format!("letters.{}", caps.mechanism().1.key());
            findings.push(finding(
                "doctor.terminal",
                "doctor.why",
                context.words.get(&reason),
                false,
            ));
        }
    }
    findings
}

/// What this program was built with, and without.
fn features(context: &CommandContext) -> Finding {
    let names = |is_built: bool| -> Vec<&str> {
        let found = Feature::ALL.iter().filter(|f| f.is_built() == is_built);
        found.map(|f| f.name()).collect()
    };
    let (with, without) = (names(true).join(" "), names(false).join(" "));
    let value = match (with.is_empty(), without.is_empty()) {
        (_, true) => with,
        (true, false) => context.words.fill("doctor.without", &[("names", &without)]),
        (false, false) => {
            let without = context.words.fill("doctor.without", &[("names", &without)]);
            format!("{with} — {without}")
        }
    };
    finding("doctor.build", "doctor.features", value, false)
}

fn files(context: &CommandContext) -> Vec<Finding> {
    let config = &context.paths.config;
    let absent = if config.exists() {
        String::new()
    } else {
        format!(" — {}", context.words.get("doctor.absent"))
    };
    vec![
        finding(
            "doctor.files",
            "doctor.config-file",
            format!("{}{absent}", config.display()),
            false,
        ),
        finding(
            "doctor.files",
            "doctor.data-dir",
            context.paths.data.display().to_string(),
            false,
        ),
        finding(
            "doctor.files",
            "doctor.log-file",
            context.paths.log().display().to_string(),
            false,
        ),
    ]
}

/// The user's own themes, those of them that can't be read, and a theme of the settings that does
/// not exist.
fn themes(context: &CommandContext) -> Vec<Finding> {
    let own = own_themes(&context.paths);
    let missing = settings_faults::missing_theme(&context.config, &own);
    let missing = missing.map(|(_, failure)| failure);
    let OwnThemes { themes, wrong } = own;
    let own: Vec<String> = themes.names().into_iter().skip(SHIPPED.len()).collect();
    let found =
        (!own.is_empty()).then(|| finding("doctor.files", "doctor.themes", own.join(", "), false));
    let faults = wrong.into_iter().map(|(_, failure)| failure).chain(missing);
    let faults = faults.map(|f| {
        finding(
            "doctor.files",
            "doctor.themes",
            f.sentence(&context.words),
            true,
        )
    });
    found.into_iter().chain(faults).collect()
}

/// A font of the settings that does not exist or has no Korean letters.
fn font(context: &CommandContext) -> Option<Finding> {
    let name = context.config.reading.font.trim();
    let is_missing =
        Feature::Pictures.is_built() && !name.is_empty() && wished_fonts(name).is_none();
    is_missing.then(|| {
        let sentence = no_font(&context.config).sentence(&context.words);
        finding("doctor.files", "doctor.font", sentence, true)
    })
}

/// Keys of the settings that collide or are bound to nothing, and rules that are wrong.
fn keys_and_rules(context: &CommandContext) -> Vec<Finding> {
    let told = |name: &'static str| {
        move |(_, failure): (Option<usize>, Failure)| {
            finding("doctor.files", name, failure.sentence(&context.words), true)
        }
    };
    let keys = settings_faults::keys(&context.config).into_iter();
    let rules = settings_faults::wrong_rules(&context.config).into_iter();
    let keys = keys.map(told("doctor.keys"));
    keys.chain(rules.map(told("doctor.rules"))).collect()
}

/// What is wrong with the settings, profiles and settings of subscriptions.
fn faults(context: &CommandContext) -> Vec<Finding> {
    let told = |failure: &Failure| {
        let sentence = failure.sentence(&context.words);
        finding("doctor.files", "doctor.settings", sentence, true)
    };
    context.faults.iter().map(told).collect()
}

fn store(context: &CommandContext) -> Vec<Finding> {
    let store = match open_store(&context.paths) {
        Ok(store) => store,
        Err(failure) => {
            return vec![finding(
                "doctor.store",
                "doctor.integrity",
                failure.sentence(&context.words),
                true,
            )];
        }
    };
    let troubles = store.check().unwrap_or_else(|e| vec![e.to_string()]);
    let integrity = if troubles.is_empty() {
        context.words.get("doctor.ok").to_owned()
    } else {
        format!(
            "{} — {}",
            context.words.get("failure.damaged"),
            troubles.join("; ")
        )
    };
    let mut findings = vec![finding(
        "doctor.store",
        "doctor.integrity",
        integrity,
        !troubles.is_empty(),
    )];
    findings.extend(copies(&store, context));
    if let Ok(counts) = store.counts() {
        findings.push(finding(
            "doctor.store",
            "doctor.articles",
            counts.articles.to_string(),
            false,
        ));
        findings.push(finding(
            "doctor.store",
            "doctor.muted",
            counts.muted.to_string(),
            false,
        ));
        findings.push(finding(
            "doctor.store",
            "doctor.scraps",
            counts.scraps.to_string(),
            false,
        ));
    }
    if let Ok((bytes, articles @ 1..)) = store.size() {
        let values = [
            (
                "mb",
                format!("{}.{}", bytes >> 20, ((bytes % (1 << 20)) * 10) >> 20),
            ),
            ("n", (bytes / articles).to_string()),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        findings.push(finding(
            "doctor.store",
            "doctor.size",
            context.words.fill("doctor.bytes", &values),
            false,
        ));
    }
    for feed in store.feeds().unwrap_or_default() {
        let error = trouble(&feed, &context.words);
        let care = error.is_some();
        let value = error.unwrap_or_else(|| context.words.get("doctor.ok").to_owned());
        findings.push(finding(
            "doctor.feeds",
            "",
            format!("{} — {value}", feed_without_secrets(&feed.feed.url)),
            care,
        ));
    }
    findings.extend(profiles(&store, context));
    findings
}

/// When the last copy was made and what is in it; whether the library can only be read, and whether
/// it is behind its copies, or lacks what those of a former library have.
fn copies(store: &Store, context: &CommandContext) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(obstacle) = store.obstacle() {
        let sentence = Failure::from(obstacle).sentence(&context.words);
        findings.push(finding("doctor.store", "doctor.writing", sentence, true));
    }
    if let Some(copy) = last_copy(store.path()) {
        let made = copy.made.to_zoned_datetime(TimeZone::system());
        let values = [
            ("at", made.strftime("%Y-%m-%d %H:%M").to_string()),
            ("scraps", copy.scraps.to_string()),
            ("feeds", copy.feeds.to_string()),
            ("path", copy.path.display().to_string()),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let value = context.words.fill("doctor.copy-value", &values);
        findings.push(finding("doctor.store", "doctor.copy", value, false));
    }
    if store.is_behind().unwrap_or(false) || store.lacks_former().unwrap_or(false) {
        let value = Failure::new(Cause::LibraryBehind, "").sentence(&context.words);
        findings.push(finding("doctor.store", "doctor.scraps", value, true));
    }
    findings
}

/// How a profile fared with its publisher's latest pages.
#[derive(Default)]
struct PagesRead {
    pages: usize,
    /// How many of them it read.
    fits: usize,
    /// Whether it was written without a page at hand.
    is_untried: bool,
}

impl PagesRead {
    /// Whether the profile does not fit the pages. Of one that was written without a page at hand,
    /// the first tells.
    fn is_stale(&self) -> bool {
        let enough = if self.is_untried { 1 } else { ENOUGH };
        self.pages >= enough && self.fits == 0
    }
}

/// Profiles that read none of their publisher's latest pages; the general extraction read them
/// instead. Most likely the publisher has changed its pages.
fn profiles(store: &Store, context: &CommandContext) -> Vec<Finding> {
    let page = RowPage {
        start: PageStart::Offset(0),
        limit: LATEST,
    };
    let rows = store.articles(&Filter::default(), page).unwrap_or_default();
    let mut read: BTreeMap<String, PagesRead> = BTreeMap::new();
    for row in rows
        .into_iter()
        .filter(|r| r.stored_text == StoredText::Page)
    {
        let Some(profile) = row
            .url
            .as_deref()
            .and_then(|u| context.fetch.profiles.of_url(u))
        else {
            continue;
        };
        let Ok(Some(article)) = store.article(row.id) else {
            continue;
        };
        let seen = read.entry(profile.name.clone()).or_default();
        seen.is_untried = profile.untried;
        seen.pages += 1;
        seen.fits += usize::from(matches!(
            article.extraction.method,
            ExtractionMethod::Publisher(_)
        ));
    }
    let stale = read.into_iter().filter(|(_, seen)| seen.is_stale());
    stale
        .map(|(name, PagesRead { pages, .. })| {
            let value = context.words.fill(
                "doctor.stale-profile",
                &[("name", &name), ("n", &pages.to_string())],
            );
            finding("doctor.feeds", "", value, true)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_judges_a_profile_that_met_none() {
        let read = |pages, fits, is_untried| {
            let seen = PagesRead {
                pages,
                fits,
                is_untried,
            };
            seen.is_stale()
        };
        assert!(read(1, 0, true));
        assert!(!read(1, 0, false));
        assert!(read(ENOUGH, 0, false));
        assert!(!read(ENOUGH, 1, true));
    }
}
