//! What a user changes about how things look: text size, measure, theme. All of it is remembered
//! among the preferences.

use super::jobs::PendingChange;
use super::protocol::change::Change;
use super::reply::Reply;
use super::{Cause, Failure, Start};
use crate::config::Words;
use crate::text::{Mechanism, TextSize};

/// Columns that a step of the measure keys changes.
const MEASURE_STEP: u16 = 4;

/// Columns that the measure can have.
const MEASURES: std::ops::RangeInclusive<i32> = 20..=200;

/// Makes letters larger by that many steps; says so where the screen has no room for larger ones.
pub fn enlarge(start: &mut Start, steps: usize) -> Reply {
    let size = start.text_size();
    let larger = (0..steps).try_fold(size, |size, _| start.larger(size).ok_or(size));
    let larger = larger.unwrap_or_else(|largest| largest);
    if has_sizes(start) && larger == size && size.larger() > size {
        return Reply::none().say(most(start, size));
    }
    resize(start, larger)
}

/// What is said of the largest size that the screen has room for.
fn most(start: &Start, size: TextSize) -> String {
    let name = start.words.get(size_key(size));
    start.words.fill("notice.size-most", &[("size", name)])
}

fn has_sizes(start: &Start) -> bool {
    !start.is_linear() && start.caps.mechanism().0 != Mechanism::Plain
}

/// Makes letters smaller by that many steps.
pub fn reduce(start: &mut Start, steps: usize) -> Reply {
    let smaller = (0..steps).fold(start.text_size(), |size, _| start.smaller(size));
    resize(start, smaller)
}

/// Changes the text size of this terminal; says so where its letters have one size only.
pub fn resize(start: &mut Start, size: TextSize) -> Reply {
    if start.is_linear() {
        return Reply::none().say(start.words.get("notice.size-linear").to_owned());
    }
    if start.caps.mechanism().0 == Mechanism::Plain {
        return Reply::none().say(start.words.get("notice.size-plain").to_owned());
    }
    start.prefs.sizes.insert(start.terminal.clone(), size);
    let notice = match start.same_as(size) {
        Some(same) => most(start, same),
        None => {
            let name = start.words.get(size_key(size));
            start.words.fill("notice.size", &[("size", name)])
        }
    };
    keep_prefs(start).say(notice)
}

/// The key of a text size's name.
pub fn size_key(size: TextSize) -> &'static str {
    match size {
        TextSize::Small => "size.small",
        TextSize::Normal => "size.normal",
        TextSize::Large => "size.large",
        TextSize::XLarge => "size.xlarge",
        TextSize::XXLarge => "size.xxlarge",
    }
}

/// Makes the measure wider by that many steps; narrower where `steps` is negative.
pub fn change_measure(start: &mut Start, steps: i32) -> Reply {
    let now = i32::from(start.prefs.measure(&start.config));
    let measure = (now + steps * i32::from(MEASURE_STEP)).clamp(*MEASURES.start(), *MEASURES.end());
    start.prefs.measure = u16::try_from(measure).ok();
    let notice = start
        .words
        .fill("notice.measure", &[("n", &measure.to_string())]);
    keep_prefs(start).say(notice)
}

/// Goes by the next of the themes.
pub fn next_theme(start: &mut Start) -> Reply {
    start.theme = start.themes.after(&start.theme.name);
    remember_theme(start)
}

/// Goes by the theme of that name: the name in the settings, or the one shown to the user.
pub fn theme_named(start: &mut Start, name: &str) -> Reply {
    let wanted = name.trim().to_lowercase();
    let is = |n: &String| *n == wanted || theme_title(&start.words, n).to_lowercase() == wanted;
    let found = start.themes.names().into_iter().find(is);
    let Some(theme) = found.and_then(|n| start.themes.named(&n)) else {
        return Reply::none().fail(Failure::new(Cause::NoTheme, name));
    };
    start.theme = theme;
    remember_theme(start)
}

/// The name of a theme as it is shown; a theme of the user's own is called like its file.
pub fn theme_title(words: &Words, name: &str) -> String {
    let key = format!("theme.{name}");
    if words.has(&key) {
        words.get(&key).to_owned()
    } else {
        name.to_owned()
    }
}

fn remember_theme(start: &mut Start) -> Reply {
    let name = start.theme.name.clone();
    let title = theme_title(&start.words, &name);
    start.prefs.theme = Some(name);
    let notice = start.words.fill("notice.theme", &[("theme", &title)]);
    keep_prefs(start).say(notice)
}

/// Goes by the next density of the list: one, two or three lines a row.
pub fn next_density(start: &mut Start) -> Reply {
    let lines = start.prefs.lines(&start.config) % 3 + 1;
    start.prefs.lines = Some(lines);
    let notice = start
        .words
        .fill("notice.density", &[("n", &lines.to_string())]);
    keep_prefs(start).say(notice)
}

/// Stores the preferences.
pub fn keep_prefs(start: &Start) -> Reply {
    Reply::none().change(Change::Prefs(start.prefs.clone()), PendingChange::Other)
}
