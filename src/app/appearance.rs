//! What a reader changes about how things look, and what is remembered of it: text size, measure,
//! theme.

use super::jobs::PendingChange;
use super::panes::typography::MEASURE_STEP;
use super::protocol::change::Change;
use super::protocol::effect::Effect;
use super::{Cause, Failure, Model};
use crate::config::Words;
use crate::text::TextSize;

/// Another text size, remembered for this terminal.
pub fn resize(model: &mut Model, change: impl Fn(TextSize) -> TextSize) -> Vec<Effect> {
    let size = change(model.start.text_size());
    let terminal = model.start.terminal.clone();
    model.start.prefs.sizes.insert(terminal, size);
    let name = model.start.words.get(size_key(size)).to_owned();
    if model.popup.is_none() {
        model.say(model.start.words.fill("notice.size", &[("size", &name)]));
    }
    keep_prefs(model)
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

/// A wider measure, or a narrower one.
pub fn remeasure(model: &mut Model, steps: i32) -> Vec<Effect> {
    let now = i32::from(model.start.prefs.measure(&model.start.config));
    let measure = (now + steps * i32::from(MEASURE_STEP)).clamp(20, 200);
    model.start.prefs.measure = u16::try_from(measure).ok();
    if model.popup.is_none() {
        model.say(
            model
                .start
                .words
                .fill("notice.measure", &[("n", &measure.to_string())]),
        );
    }
    keep_prefs(model)
}

/// The next of the themes.
pub fn next_theme(model: &mut Model) -> Vec<Effect> {
    model.start.theme = model.start.themes.after(&model.start.theme.name);
    chosen_theme(model)
}

/// The theme of that name, in the settings' words or people's.
pub fn theme_named(model: &mut Model, name: &str) -> Vec<Effect> {
    let wanted = name.trim().to_lowercase();
    let is =
        |n: &String| *n == wanted || theme_title(&model.start.words, n).to_lowercase() == wanted;
    let found = model.start.themes.names().into_iter().find(is);
    let Some(theme) = found.and_then(|n| model.start.themes.named(&n)) else {
        model.fail(&Failure::new(Cause::NoTheme, name));
        return Vec::new();
    };
    model.start.theme = theme;
    chosen_theme(model)
}

/// What a theme is called; one of the reader's own as its file is.
pub fn theme_title(words: &Words, name: &str) -> String {
    let key = format!("theme.{name}");
    if words.has(&key) {
        words.get(&key).to_owned()
    } else {
        name.to_owned()
    }
}

fn chosen_theme(model: &mut Model) -> Vec<Effect> {
    let name = model.start.theme.name.clone();
    let shown = theme_title(&model.start.words, &name);
    model.start.prefs.theme = Some(name);
    model.say(model.start.words.fill("notice.theme", &[("theme", &shown)]));
    keep_prefs(model)
}

/// Remembers what was chosen.
pub fn keep_prefs(model: &mut Model) -> Vec<Effect> {
    let prefs = model.start.prefs.clone();
    vec![
        model
            .jobs
            .change(Change::Prefs(prefs), PendingChange::Other),
    ]
}
