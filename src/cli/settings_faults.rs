//! What is wrong with the settings file, each fault with its line, the first in the file first. The
//! file itself is checked by `config`; here is also what only the rest of the program can say:
//! themes, keys and rules that there are not.

use jiff::ZonedDateTime;

use crate::app::input::keymap::{self, Keymap};
use crate::app::{Cause, Failure};
use crate::config::{Config, ConfigError};
use crate::news::order::Order as _;
use crate::runtime::rules;
use crate::runtime::start::{OwnThemes, no_theme, own_themes};
use crate::runtime::system::paths::Paths;

/// A fault, and its line where it has one.
type Fault = (Option<usize>, Failure);

/// The faults of a file that can't be used: `errors`, and what is wrong with the rest, which
/// `config` has.
pub(super) fn all_faults(
    errors: &[ConfigError],
    config: Option<&Config>,
    paths: &Paths,
) -> Vec<Failure> {
    let error = |e: &ConfigError| {
        let line = Some(e.line).filter(|line| *line > 0);
        (line, Failure::new(Cause::Config, &e.to_string()))
    };
    let mut faults: Vec<Fault> = errors.iter().map(error).collect();
    if let Some(config) = config {
        faults.extend(theme(config, paths));
        faults.extend(keys(config));
        faults.extend(wrong_rules(config));
    }
    in_order(faults)
}

/// What a file that can be used says of themes, keys and rules that there are not.
pub(super) fn wrong_settings(config: &Config, paths: &Paths) -> Vec<Failure> {
    let faults = theme(config, paths).into_iter().chain(keys(config));
    in_order(faults.collect())
}

fn in_order(mut faults: Vec<Fault>) -> Vec<Failure> {
    faults.order_by_key(|(line, _)| line.unwrap_or(usize::MAX));
    faults.into_iter().map(|(_, failure)| failure).collect()
}

/// What is wrong with the theme of the settings: there is none of that name, or its file can't be
/// read.
fn theme(config: &Config, paths: &Paths) -> Vec<Fault> {
    let Some(name) = config.theme.name() else {
        return Vec::new();
    };
    let own = own_themes(paths);
    match missing_theme(config, &own) {
        Some(fault) => vec![fault],
        None => {
            let line = config.places.line("theme");
            let wrong = own.wrong.into_iter().filter(|(file, _)| file == name);
            wrong.map(|(_, failure)| (line, failure)).collect()
        }
    }
}

/// A theme of the settings that there is not.
pub(super) fn missing_theme(config: &Config, own: &OwnThemes) -> Option<Fault> {
    let name = config.theme.name()?;
    let is_there =
        own.themes.named(name).is_some() || own.wrong.iter().any(|(file, _)| file == name);
    (!is_there).then(|| (config.places.line("theme"), no_theme(config, name)))
}

/// Keys that collide, or are bound to nothing.
pub(super) fn keys(config: &Config) -> Vec<Fault> {
    if config.keys.is_empty() {
        return Vec::new();
    }
    let (_, errors) = Keymap::from_table(&config.key_table(), &config.keys);
    keymap::faults(config, &errors)
}

/// Rules with a wrong query or a step that there is not.
pub(super) fn wrong_rules(config: &Config) -> Vec<Fault> {
    let faults = rules::check(&config.rule_book(), &ZonedDateTime::now());
    let line = |failure: &Failure| {
        let (place, _) = failure.subject.split_once(": ")?;
        place.rsplit_once(':')?.1.parse().ok()
    };
    let faults = faults.into_iter().flatten();
    faults.map(|failure| (line(&failure), failure)).collect()
}
