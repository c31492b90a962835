//! `gisa config`: where the settings are, a commented copy, what is in force.

use super::args::{ConfigAction, ConfigArgs};
use super::context::CommandContext;
use super::error::CommandError;
use super::output::print;
use crate::app::{Cause, Failure};
use crate::config::Places;
use crate::config::load::DEFAULT_CONFIG;
use crate::runtime::failures::{of_io, of_write};
use crate::runtime::system::atomic_file;
use crate::runtime::system::atomic_file::Durability;
use crate::runtime::system::paths::private_dir;

/// Prints the path or the settings in force, or writes a commented copy of the defaults.
pub(super) fn run(args: &ConfigArgs, context: &CommandContext) -> Result<(), CommandError> {
    let path = &context.paths.config;
    let name = path.display().to_string();
    match args.action {
        ConfigAction::Path => print(&name),
        ConfigAction::Show => {
            let settings = context.config.to_toml();
            let settings = settings.map_err(|e| Failure::new(Cause::Bug, &e.to_string()))?;
            print(&with_origins(&settings, &context.config.places))
        }
        ConfigAction::Init => {
            if path.exists() {
                context.say("cli.exists", &[("path", &name)])?;
                return Err(CommandError::Reported(1));
            }
            if let Some(dir) = path.parent() {
                private_dir(dir).map_err(|e| of_io(&e, &name))?;
            }
            atomic_file::write(path, commented().as_bytes(), Durability::Private)
                .map_err(|e| of_write(&e, &name))?;
            context.say("cli.created", &[("path", &name)])
        }
    }
}

/// The settings in force, each with the file and line that it comes from as a comment, so that the
/// whole can be pasted into a settings file.
fn with_origins(settings: &str, places: &Places) -> String {
    let mut table = String::new();
    let mut out = String::new();
    for line in settings.lines() {
        out.push_str(line);
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            table = format!("{name}.");
        } else if let Some((key, _)) = line.split_once(" = ")
            && line.parse::<toml::Table>().is_ok()
        {
            match places.place(&format!("{table}{}", key.trim_matches('"'))) {
                Some(place) => out.push_str(&format!("  # {place}")),
                None => out.push_str("  # default"),
            }
        }
        out.push('\n');
    }
    out
}

/// The defaults with every setting commented out, so that later defaults are not frozen in a user's
/// file.
fn commented() -> String {
    let comment = |line: &str| {
        let bare = line.is_empty() || line.starts_with(['#', '[']);
        if bare {
            line.to_owned()
        } else {
            format!("# {line}")
        }
    };
    DEFAULT_CONFIG
        .lines()
        .map(comment)
        .collect::<Vec<_>>()
        .join("\n")
        + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_says_where_it_comes_from_and_can_be_pasted_back() {
        let own = "theme = \"light\"\n\n[reading]\n# wide\nmeasure = 66\n";
        let config = crate::config::Config::with_user("my.toml", own).unwrap();
        let shown = with_origins(&config.to_toml().unwrap(), &config.places);
        assert!(
            shown.contains("theme = \"light\"  # my.toml:1\n"),
            "{shown}"
        );
        assert!(shown.contains("measure = 66  # my.toml:5\n"), "{shown}");
        assert!(shown.contains("width = 36  # default\n"), "{shown}");
        let again = crate::config::Config::with_user("c", &shown).unwrap();
        assert_eq!(again.to_toml().unwrap(), config.to_toml().unwrap());
    }

    #[test]
    fn the_written_file_is_valid_and_changes_nothing() {
        let config = crate::config::Config::with_user("c", &commented()).unwrap();
        let standard = crate::config::Config::standard();
        assert_eq!(config.to_toml().unwrap(), standard.to_toml().unwrap());
    }
}
