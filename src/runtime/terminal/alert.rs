//! The sequences by which terminals alert the user. What a headline says can't end a sequence, or
//! be taken for a field of one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::app::protocol::abilities::AlertWay;
use crate::app::protocol::rules::Alert;
use crate::config::AlertMeans;

/// Most characters of a headline or name that are shown; kitty takes 2,048 bytes.
const LONGEST: usize = 200;

/// The bytes that make the terminal alert. `number` tells this alert from earlier ones.
pub(super) fn sequence(alert: &Alert, way: AlertWay, number: u32) -> String {
    // Semicolons part the fields of a sequence; `Clean` text has no control character.
    let short = |text: &str| -> String {
        let kept = text.chars().take(LONGEST);
        kept.map(|c| if c == ';' || c.is_control() { ',' } else { c })
            .collect()
    };
    let (title, publisher) = (short(&alert.title), short(&alert.publisher));
    let head = match publisher.is_empty() {
        true => "gisa".to_owned(),
        false => format!("gisa: {publisher}"),
    };
    let mut out = match way.means {
        // Begun with a word of our own: ConEmu and Windows Terminal take a number for a command.
        AlertMeans::Osc9 => format!("\x1b]9;{head} – {title}\x1b\\"),
        AlertMeans::Osc777 => format!("\x1b]777;notify;{head};{title}\x1b\\"),
        AlertMeans::Osc99 => {
            let (head, title) = (STANDARD.encode(head), STANDARD.encode(title));
            let part = |fields: &str, text: &str| {
                format!("\x1b]99;i=gisa{number}:{fields}:e=1;{text}\x1b\\")
            };
            part("d=0", &head) + &part("p=body", &title)
        }
        AlertMeans::Bell => return "\x07".to_owned(),
        AlertMeans::Auto | AlertMeans::Off => String::new(),
    };
    if way.wrapped && !out.is_empty() {
        out = format!("\x1bPtmux;{}\x1b\\", out.replace('\x1b', "\x1b\x1b"));
    }
    if way.bell {
        out.push('\x07');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Clean;

    fn way(means: AlertMeans) -> AlertWay {
        AlertWay {
            means,
            ..AlertWay::default()
        }
    }

    #[test]
    fn each_terminal_gets_its_own_sequence() {
        let alert = Alert {
            title: Clean::line("금리 그대로"),
            publisher: Clean::line("강물일보"),
        };
        assert_eq!(
            sequence(&alert, way(AlertMeans::Osc9), 1),
            "\x1b]9;gisa: 강물일보 – 금리 그대로\x1b\\"
        );
        assert_eq!(
            sequence(&alert, way(AlertMeans::Osc777), 1),
            "\x1b]777;notify;gisa: 강물일보;금리 그대로\x1b\\"
        );
        let kitty = sequence(&alert, way(AlertMeans::Osc99), 7);
        assert!(
            kitty.contains("i=gisa7:d=0:e=1;") && kitty.contains(&STANDARD.encode("금리 그대로"))
        );
        assert_eq!(sequence(&alert, way(AlertMeans::Bell), 1), "\x07");
        assert_eq!(sequence(&alert, way(AlertMeans::Off), 1), "");
        let wrapped = AlertWay {
            wrapped: true,
            bell: true,
            ..way(AlertMeans::Osc9)
        };
        assert_eq!(
            sequence(&alert, wrapped, 1),
            "\x1bPtmux;\x1b\x1b]9;gisa: 강물일보 – 금리 그대로\x1b\x1b\\\x1b\\\x07"
        );
    }

    #[test]
    fn a_headline_can_neither_end_the_sequence_nor_begin_another() {
        let alert = Alert {
            title: Clean::line("\x1b\\\x1b]52;c;QQ==\x07\u{9c}4;1;50"),
            publisher: Clean::line("4;3;\x07"),
        };
        for means in [AlertMeans::Osc9, AlertMeans::Osc777] {
            let sent = sequence(&alert, way(means), 1);
            let inner = &sent[1..sent.len() - 2];
            assert!(!inner.contains(char::is_control), "{sent:?}");
            assert!(!sent.starts_with("\x1b]9;4"), "{sent:?}");
            let parts = sent.matches(';').count();
            assert_eq!(
                parts,
                if means == AlertMeans::Osc9 { 1 } else { 3 },
                "{sent:?}"
            );
        }
        let long = Alert {
            title: Clean::line(&"가".repeat(10_000)),
            ..Alert::default()
        };
        assert!(sequence(&long, way(AlertMeans::Osc99), 1).len() < 2_048);
    }
}
