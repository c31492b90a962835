//! The key of a model's server: from a program or from the environment.

use crate::app::{Cause, Failure};
use crate::config::LanguageModel;
use crate::runtime::cancel::Cancel;
use crate::runtime::system::secret::{Secret, first_line};

/// The key that the settings lead to; `None` where they name no source for one.
///
/// # Errors
/// The program or the environment variable named has no key.
pub(crate) fn find(model: &LanguageModel, cancel: &Cancel) -> Result<Option<Secret>, Failure> {
    let (found, place) = if let Some(program) = model.key_command.first() {
        (first_line(&model.key_command, cancel), program)
    } else if model.key_env.is_empty() {
        return Ok(None);
    } else {
        let variable = std::env::var(&model.key_env).ok();
        (variable.and_then(|key| Secret::new(&key)), &model.key_env)
    };
    if cancel.is_cancelled() {
        return Err(Failure::new(Cause::Cancelled, place));
    }
    found
        .map(Some)
        .ok_or_else(|| Failure::new(Cause::ModelKey, place))
}
