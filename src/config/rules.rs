//! Rules for arriving articles, and the alerts that they give.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use crate::news::Clean;

/// A rule: what is done with each arriving article that a query finds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSettings {
    /// The query, in the query language of lists. It is parsed when the rule is applied, so that a
    /// wrong one stops this rule only.
    pub when: String,
    /// What is done, in order.
    #[serde(rename = "do")]
    pub steps: Vec<RuleStep>,
    /// The settings file and the line where the rule begins, as `FILE:LINE`; empty where it does
    /// not come from a file.
    #[serde(skip)]
    pub place: String,
}

/// One thing that a rule does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(
    untagged,
    expecting = "do = [\"scrap\", \"tag …\", { run = [\"…\", \"{url}\"] }]"
)]
pub enum RuleStep {
    /// A verb of the palette, with what belongs to it.
    Verb(String),
    /// A program with its arguments.
    Run {
        /// Program and arguments, in which `{url}`, `{title}`, `{publisher}` and `{id}` are filled.
        run: Vec<String>,
    },
}

/// What a step of a rule means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleAct {
    /// Scrap it, under this label.
    Tag(Clean),
    /// Scrap it.
    Scrap,
    /// Mark it as read.
    MarkRead,
    /// Mark it as unread.
    MarkUnread,
    /// Hide it.
    Mute,
    /// Alert the user.
    Notify,
    /// Run this program with these arguments.
    Run(Vec<String>),
}

impl RuleStep {
    /// How steps are written, as serde says it where one is not.
    pub const FORM: &str = "do = [\"scrap\", \"tag …\", { run = [\"…\", \"{url}\"] }]";

    /// What the step means; `None` where it is no verb, lacks a label or names no program.
    pub fn act(&self) -> Option<RuleAct> {
        let text = match self {
            Self::Run { run } => {
                let is_named = run.first().is_some_and(|program| !program.is_empty());
                return is_named.then(|| RuleAct::Run(run.clone()));
            }
            Self::Verb(text) => text.trim(),
        };
        Some(match text {
            "scrap" | "clip" => RuleAct::Scrap,
            "mark-read" => RuleAct::MarkRead,
            "mark-unread" => RuleAct::MarkUnread,
            "mute" => RuleAct::Mute,
            "notify" => RuleAct::Notify,
            _ => {
                let label = text.strip_prefix("tag")?;
                let is_apart = label.starts_with(char::is_whitespace);
                let label = Clean::line(label.trim().trim_matches('"'));
                return (is_apart && !label.is_blank()).then_some(RuleAct::Tag(label));
            }
        })
    }

    /// The step as it is written.
    pub fn written(&self) -> String {
        match self {
            Self::Verb(text) => text.clone(),
            Self::Run { run } => format!("run {}", run.join(" ")),
        }
    }
}

/// The rules of the settings, and what their alerts need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleBook {
    /// The rules, in their order.
    pub rules: Vec<RuleSettings>,
    /// How the user is alerted.
    pub alerts: AlertSettings,
    /// Articles published more than this many hours apart never tell one story.
    pub story_hours: u16,
}

/// How the user is alerted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AlertSettings {
    /// The sequence that makes the terminal alert.
    pub means: AlertMeans,
    /// Whether the terminal's bell rings as well.
    pub bell: bool,
    /// A command that alerts, as program and arguments; empty for none.
    pub command: Vec<String>,
    /// The hours without alerts, as `23:00-07:00`; empty for none.
    pub quiet: String,
}

/// `alerts.means`: how the terminal is asked to alert.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AlertMeans {
    /// The sequence that this terminal is known to take, else the bell.
    #[default]
    Auto,
    /// OSC 9: iTerm2, WezTerm, Windows Terminal.
    Osc9,
    /// OSC 777: foot, Ghostty, urxvt, VTE.
    Osc777,
    /// OSC 99: kitty.
    Osc99,
    /// The bell.
    Bell,
    /// Nothing.
    Off,
}

/// The hours of a day without alerts. They may go over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    from: Time,
    until: Time,
}

impl QuietHours {
    /// Parses `23:00-07:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, until) = text.split_once('-')?;
        let time = |text: &str| {
            let (hour, minute) = text.trim().split_once(':')?;
            let digits = |text: &str| -> Option<i8> {
                let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
                is_number.then(|| text.parse().ok()).flatten()
            };
            Time::new(digits(hour)?, digits(minute)?, 0, 0).ok()
        };
        Some(Self {
            from: time(from)?,
            until: time(until)?,
        })
    }

    /// Whether it is quiet at this time of day. Hours that begin when they end last the whole day.
    pub fn contains(self, time: Time) -> bool {
        if self.from < self.until {
            (self.from..self.until).contains(&time)
        } else {
            time >= self.from || time < self.until
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    #[test]
    fn verbs_are_those_of_the_palette() {
        let act = |text: &str| RuleStep::Verb(text.to_owned()).act();
        assert_eq!(act("tag \"읽을 것\""), Some(RuleAct::Tag("읽을 것".into())));
        assert_eq!(act(" tag  금리 "), Some(RuleAct::Tag("금리".into())));
        assert_eq!(act("mark-read"), Some(RuleAct::MarkRead));
        for wrong in ["tag", "tag ", "taggy", "delete", "", "scrap it"] {
            assert_eq!(act(wrong), None, "{wrong}");
        }
        assert_eq!(RuleStep::Run { run: Vec::new() }.act(), None);
    }

    #[test]
    fn quiet_hours_go_over_midnight() {
        let night = QuietHours::parse("23:00-07:30").unwrap();
        assert!(night.contains(time(23, 0, 0, 0)) && night.contains(time(7, 29, 0, 0)));
        assert!(!night.contains(time(7, 30, 0, 0)) && !night.contains(time(22, 59, 0, 0)));
        let noon = QuietHours::parse(" 12:00 - 13:00 ").unwrap();
        assert!(noon.contains(time(12, 30, 0, 0)) && !noon.contains(time(13, 0, 0, 0)));
        assert!(
            QuietHours::parse("0:00-0:00")
                .unwrap()
                .contains(time(5, 0, 0, 0))
        );
        for wrong in ["", "23:00", "24:00-1:00", "1-2", "+1:00-2:00", "a:b-c:d"] {
            assert_eq!(QuietHours::parse(wrong), None, "{wrong}");
        }
    }
}
