//! Text to the clipboard, by the way that works in this terminal.

use super::env::Env;
use super::jobs::JobKind;
use super::protocol::effect::Effect;
use super::protocol::network::NetworkJob;
use super::protocol::sharing::Clipboard;
use super::reply::Reply;
use crate::news::Clean;

/// Puts `text` on the clipboard and says `said`; where nothing tells whether the terminal takes it,
/// that is said instead.
pub fn copy(text: Clean, said: String, env: &Env<'_>) -> Reply {
    match env.start.clipboard {
        Clipboard::Terminal => Reply::none().say(said).effect(Effect::Copy(text)),
        Clipboard::Unsure => Reply::none()
            .say(env.text("notice.copied-unsure"))
            .effect(Effect::Copy(text)),
        Clipboard::System => Reply::none()
            .say(said)
            .start(JobKind::Desktop, NetworkJob::Copy(text)),
    }
}
