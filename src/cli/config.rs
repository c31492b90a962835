//! `gisa config`: where the settings are, a commented copy, what is in force.

use super::args::{ConfigAction, ConfigArgs};
use super::context::CommandContext;
use super::error::CommandError;
use super::output::print;
use crate::app::{Cause, Failure};
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
            print(&settings.map_err(|e| Failure::new(Cause::Bug, &e.to_string()))?)
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
    fn the_written_file_is_valid_and_changes_nothing() {
        let config = crate::config::Config::with_user("c", &commented()).unwrap();
        assert_eq!(config, crate::config::Config::standard());
    }
}
