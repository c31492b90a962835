//! Which pane has the keys, and how the keys go from one to another.

use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::jobs::JobKind;
use crate::app::layout;
use crate::app::panes::list::stack::ListStack;
use crate::app::panes::reader::Reader;
use crate::app::refresher::Refresher;
use crate::app::reply::{Intent, Reply};
use crate::app::start::Start;
use crate::news::Query;

use super::opening::leave_program;

/// Gives the keys to the pane on the right; from the last one to the first that is shown.
pub(super) fn next_pane(env: &Env<'_>) -> Reply {
    match env.focus {
        Pane::Sources => Reply::none().intent(Intent::Focus(Pane::List)),
        Pane::List => Reply::none().intent(Intent::EnterReader),
        Pane::Reader if env.geometry.sources.is_some() => enter_sources(),
        Pane::Reader => enter_list(),
    }
}

/// Gives the keys to the pane on the left; the sources are shown for that where they are hidden.
pub(super) fn previous_pane(env: &Env<'_>) -> Reply {
    match env.focus {
        Pane::Sources => Reply::none(),
        Pane::List => enter_sources(),
        Pane::Reader => enter_list(),
    }
}

fn enter_list() -> Reply {
    Reply::none()
        .intent(Intent::LeaveZen)
        .intent(Intent::Focus(Pane::List))
        .intent(Intent::LeaveArticle)
}

/// Gives the keys to the sources; back to the list where the sources have them.
pub(super) fn toggle_sources(env: &Env<'_>) -> Reply {
    match env.focus {
        Pane::Sources => Reply::none().intent(Intent::Focus(Pane::List)),
        Pane::List | Pane::Reader => enter_sources(),
    }
}

/// Gives the keys to the sources, on the row of the list that is shown.
fn enter_sources() -> Reply {
    Reply::none()
        .intent(Intent::LeaveArticle)
        .intent(Intent::Focus(Pane::Sources))
        .intent(Intent::LeaveZen)
        .intent(Intent::SelectShownSource)
}

/// Shows the article alone, or the panes again.
pub(super) fn toggle_zen(start: &mut Start, zen: &mut bool, reader: &Reader) -> Reply {
    if let Some(reply) = layout::leave_zen(start) {
        return reply;
    }
    *zen = !*zen && reader.readable();
    if *zen {
        Reply::none().intent(Intent::EnterReader)
    } else {
        Reply::none()
    }
}

/// One step back: from the reader and the sources to the list, from a filtered list to all of it,
/// from a list to the one below. From the lowest list, `out` leads out of the program.
pub(super) fn back(
    lists: &mut ListStack,
    reader: &mut Reader,
    refresher: &mut Refresher,
    out: bool,
    env: &Env<'_>,
) -> Reply {
    // A refresh that came in its time does not keep the user from leaving; Esc stops it all the
    // same.
    if (env.is_busy(JobKind::Refresh) || refresher.sync().is_asked_for(env))
        && !(out && (refresher.is_automatic() || env.focus == Pane::Reader))
    {
        return refresher.stop(env);
    }
    match env.focus {
        // Esc first takes away highlighted hits and the emphasized sentence; q leaves at once.
        Pane::Reader if reader.put_out() && !out => Reply::none(),
        Pane::Reader => enter_list(),
        Pane::Sources => Reply::none().intent(Intent::Focus(Pane::List)),
        Pane::List if !lists.shown.query().is_empty() => {
            lists.shown.filter(String::new(), Query::default(), env)
        }
        Pane::List => match lists.back(env) {
            Some(reply) => reply,
            None if out => leave_program(reader, env),
            None => Reply::none(),
        },
    }
}
