use super::environment::TerminalEnvironment;
use super::profile::read;
use super::questions::{QUESTIONS, names_asked, widths_asked};
use super::replies::{ROW, Replies};
use super::*;
use crate::config::{Language, Words};
use crate::glyph::Reason;
use crate::text::Mechanism;
use crate::text::{Ambiguous, Sequences, WidthPolicy};

fn answers(widths: [u16; 13], rest: &str) -> Replies {
    let mut replies = Replies::default();
    for width in widths {
        replies.feed(format!("\x1b[{ROW};{}R", width + 1).as_bytes());
    }
    replies.feed(rest.as_bytes());
    replies
}

fn probed(widths: [u16; 13], rest: &str) -> Probe {
    read(
        &answers(widths, rest),
        &TerminalEnvironment {
            name: "term".into(),
            ..TerminalEnvironment::default()
        },
    )
    .unwrap()
}

const NARROW: [u16; 13] = [1, 1, 1, 1, 1, 2, 2, 2, 4, 1, 1, 0, 0];

#[test]
fn kitty_scales_text() {
    let mut widths = NARROW;
    widths[11..].copy_from_slice(&[2, 2]);
    let probe = probed(
        widths,
        "\x1bP>|kitty(0.41.1)\x1b\\\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b[?62;c",
    );
    assert_eq!(probe.caps().mechanism().0, Mechanism::Protocol);
    assert_eq!(
        (probe.terminal.as_str(), probe.is_light(), probe.sixel),
        ("kitty(0.41.1)", Some(false), false)
    );
    assert_eq!(probe.policy(), WidthPolicy::default());
}

#[test]
fn foot_takes_widths_but_does_not_scale_and_draws_octants() {
    let mut widths = NARROW;
    widths[11..].copy_from_slice(&[2, 1]);
    let probe = probed(widths, "\x1bP>|foot(1.21.0)\x1b\\\x1b[?62;4;22;28c");
    assert!(probe.sized_width && !probe.sized_scale && probe.sixel);
    assert_eq!(probe.caps().mechanism().0, Mechanism::Octants);
}

#[test]
fn an_octant_that_vanishes_is_not_used() {
    let mut widths = NARROW;
    widths[10] = 0;
    let mut probe = probed(widths, "\x1bP>|tmux 3.3a\x1b\\\x1b[?1;2c");
    assert_eq!(probe.caps().mechanism().0, Mechanism::Blocks);
    probe.outer = "foot(1.21.0)".into();
    assert_eq!(
        probe.caps().mechanism().0,
        Mechanism::Sextants,
        "what tmux lets through of what foot draws"
    );
}

#[test]
fn alacritty_is_known_by_its_second_answer() {
    let environment = TerminalEnvironment {
        name: "alacritty".into(),
        ..TerminalEnvironment::default()
    };
    let sextants = |version: &str| {
        let answers = answers(NARROW, &format!("\x1b[>0;{version};1c\x1b[?6c"));
        read(&answers, &environment).map(|probe| probe.caps().sextants)
    };
    assert_eq!(
        (sextants("2500"), sextants("1700")),
        (Some(true), Some(false))
    );
}

#[test]
fn a_terminal_that_draws_ambiguous_characters_wide_is_believed() {
    let probe = probed(
        [2, 2, 2, 2, 2, 1, 4, 6, 4, 1, 1, 0, 0],
        "\x1bP>|XTerm(398)\x1b\\\x1b[?63c",
    );
    let apart = WidthPolicy {
        ambiguous: Ambiguous::Wide,
        emoji_vs16: 1,
        emoji_sequence: Sequences::Apart,
    };
    assert_eq!(probe.policy(), apart);
    assert_eq!(probe.caps().mechanism().0, Mechanism::Braille);
}

#[test]
fn three_cells_for_three_bytes_are_no_unicode() {
    let mut widths = NARROW;
    widths[0] = 3;
    assert_eq!(
        probed(widths, "\x1b[?6c").caps().mechanism().0,
        Mechanism::Plain
    );
}

#[test]
fn answers_that_are_all_in_one_place_are_no_widths() {
    let probe = probed([7; 13], "\x1b[?6c");
    assert_eq!(
        (probe.widths, probe.sized_width),
        (Widths::default(), false)
    );
}

#[test]
fn a_terminal_that_left_a_question_out_has_the_usual_widths() {
    let mut replies = Replies::default();
    replies.feed(b"\x1b[2;3R\x1b[2;3R\x1b[?6c");
    let probe = read(&replies, &TerminalEnvironment::default()).unwrap();
    assert_eq!(probe.widths, Widths::default());
    assert_eq!(
        read(&Replies::default(), &TerminalEnvironment::default()),
        None,
        "no last answer: nothing is known"
    );
}

#[test]
fn a_probe_can_be_kept() {
    let probe = probed(
        NARROW,
        "\x1bP>|foot(1.21.0)\x1b\\\x1b]11;rgb:ff/ff/f0\x1b\\\x1b[?62c",
    );
    let kept = serde_json::to_string(&probe).unwrap();
    assert_eq!(serde_json::from_str::<Probe>(&kept).unwrap(), probe);
    assert_eq!(
        serde_json::from_str::<Probe>("{}").unwrap(),
        Probe::default(),
        "an older file lacks fields"
    );
}

#[test]
fn the_first_batch_leaves_no_mark_and_its_late_answers_are_no_keys() {
    let batch = widths_asked();
    assert_eq!(batch.matches("\x1b[6n").count(), QUESTIONS.len());
    // The question for the background is not put where its answer would come as keys.
    let asked = |passes_questions_on, is_in_tmux| {
        names_asked(&TerminalEnvironment {
            passes_questions_on,
            is_in_tmux,
            ..TerminalEnvironment::default()
        })
    };
    assert!(asked(false, false).contains("\x1b]11;") && !asked(true, false).contains("\x1b]11;"));
    // tmux takes kitty's question for a window's title.
    assert!(asked(false, false).contains("\x1b_G") && !asked(false, true).contains("\x1b_"));
    assert!(batch.find("\x1b[2J") > batch.rfind("\x1b[6n"));
    assert!(
        !batch.contains("\x1b[>q") && !batch.contains("\x1b]11"),
        "nothing whose answer could be taken for keys"
    );
}

#[test]
fn doctor_is_told_the_mechanism_and_why() {
    let probe = probed(NARROW, "\x1bP>|foot(1.21.0)\x1b\\\x1b[?62c");
    let rows = probe.describe(&probe.caps());
    let value = |key: &str| {
        rows.iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(
        (value("doctor.letters"), value("doctor.outer")),
        (Some("octants (listed)"), None)
    );
    let words = Words::of(Language::Korean);
    assert!(
        rows.iter().all(|(name, _)| words.has(name)),
        "each has its word"
    );
}

#[test]
fn every_reason_has_its_sentence() {
    for reason in Reason::ALL {
        for language in [Language::Korean, Language::English] {
            assert!(
                Words::of(language).has(&format!("letters.{}", reason.key())),
                "{reason:?}"
            );
        }
    }
}
