//! Checks that every theme defines every role, and that all texts are legible.

use super::*;

fn luminance(hex: &str) -> f64 {
    let channel = |i: usize| {
        let c = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0;
        if c <= 0.03928 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/// WCAG 2.2 contrast ratio.
fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_shipped_theme_paints_every_role() {
    for (name, text) in SHIPPED {
        let paints: BTreeMap<Role, Paint> =
            toml::from_str(text).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(paints.len(), Role::ALL.len(), "{name}");
    }
}

/// The required contrast ratio: 7:1 for text and selections (WCAG 1.4.6), 4.5:1 for what is read at
/// a glance, less for dividers.
fn least(role: Role) -> f64 {
    match role {
        Role::Border | Role::BorderFocus => 1.0,
        Role::Dim | Role::Byline | Role::Read | Role::Link | Role::Mark | Role::Key => 4.5,
        Role::Notice | Role::Error => 4.5,
        _ => 7.0,
    }
}

/// The contrast of each role with its own background, or with the theme's if it has none.
fn figures(name: &str) -> Vec<(Role, f64)> {
    let theme = Theme::named(name);
    let (ground, ink) = (
        theme.paint(Role::Text).bg.unwrap(),
        theme.paint(Role::Text).fg.unwrap(),
    );
    let ratio = |role: Role| {
        let paint = theme.paint(role);
        contrast(
            paint.fg.as_deref().unwrap_or(&ink),
            paint.bg.as_deref().unwrap_or(&ground),
        )
    };
    Role::ALL.iter().map(|role| (*role, ratio(*role))).collect()
}

#[test]
fn what_lies_on_another_ground_reads_too() {
    for name in ["dark", "light", "contrast", "safe", "safe-light"] {
        let theme = Theme::named(name);
        let ink = theme.paint(Role::Text).fg.unwrap();
        let ground = theme.paint(Role::Text).bg.unwrap();
        // What is drawn on bars and popups keeps its own colour; on a selected row, the row's
        // colour wins.
        let on_top = [Role::Bar, Role::Popup].map(|under| [(Role::Key, under), (Role::Dim, under)]);
        let on_top = on_top
            .into_iter()
            .flatten()
            .filter(|pair| *pair != (Role::Dim, Role::Bar));
        let rows = [Role::Selected, Role::SelectedAway, Role::BarFocus];
        let in_row = [Role::Dim, Role::Mark, Role::Unread, Role::Read, Role::Key].into_iter();
        let in_row = in_row.flat_map(|over| rows.map(|under| (over, under)));
        for ((over, under), is_row) in on_top.map(|p| (p, false)).chain(in_row.map(|p| (p, true))) {
            let (upper, lower) = (theme.paint(over), theme.paint(under));
            let fg = if is_row {
                lower.fg.or(upper.fg)
            } else {
                upper.fg.or(lower.fg)
            };
            let ratio = contrast(
                &fg.unwrap_or(ink.clone()),
                &lower.bg.unwrap_or(ground.clone()),
            );
            assert!(ratio >= 4.5, "{name}: {over:?} on {under:?}: {ratio:.2}");
        }
    }
}

#[test]
fn every_role_of_the_themes_with_colours_of_their_own_reads() {
    let mut table = String::new();
    for name in ["dark", "light", "contrast", "safe", "safe-light"] {
        for (role, ratio) in figures(name) {
            assert!(ratio >= least(role), "{name} {role:?}: {ratio:.1}");
            table.push_str(&format!(
                "{name:10} {:13} {ratio:5.1}\n",
                format!("{role:?}")
            ));
        }
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("contrast", table);
    });
}

#[test]
fn what_is_chosen_and_every_bar_reads_over_marks_and_keys_too() {
    for name in ["dark", "light", "contrast", "safe", "safe-light"] {
        let theme = Theme::named(name);
        let ink = |role: Role| theme.paint(role).fg.or(theme.paint(Role::Text).fg).unwrap();
        let ground = |role: Role| theme.paint(role).bg.unwrap();
        for (role, on) in [
            (Role::Unread, Role::SelectedAway),
            (Role::Text, Role::Popup),
            (Role::Key, Role::Popup),
            (Role::Dim, Role::Popup),
        ] {
            let fg = theme
                .paint(on)
                .fg
                .filter(|_| on != Role::Popup)
                .unwrap_or_else(|| ink(role));
            let ratio = contrast(&fg, &ground(on));
            assert!(ratio >= 4.5, "{name} {role:?} on {on:?}: {ratio:.1}");
        }
    }
}

/// Luminance as perceived without one kind of cones (Viénot, Brettel and Mollon 1999), computed in
/// linear light.
fn seen_without(hex: &str, red_cones: bool) -> [f64; 3] {
    let linear =
        |i: usize| (f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0).powf(2.2);
    let (r, g, b) = (linear(1), linear(3), linear(5));
    let l = 17.8824 * r + 43.5161 * g + 4.11935 * b;
    let m = 3.45565 * r + 27.1554 * g + 3.86714 * b;
    let s = 0.0299566 * r + 0.184309 * g + 1.46709 * b;
    let (l, m) = if red_cones {
        (2.02344 * m - 2.52581 * s, m)
    } else {
        (l, 0.494207 * l + 1.24827 * s)
    };
    [
        0.080_944_447_9 * l - 0.130_504_409 * m + 0.116_721_066 * s,
        -0.010_248_533_5 * l + 0.054_019_326_6 * m - 0.113_614_708 * s,
        -0.000_365_296_938 * l - 0.004_121_614_69 * m + 0.693_511_405 * s,
    ]
}

#[test]
fn good_and_bad_news_differ_for_eyes_without_red_or_green_cones() {
    for name in ["safe", "safe-light"] {
        let theme = Theme::named(name);
        let [good, bad, lit] =
            [Role::Notice, Role::Error, Role::Lit].map(|r| theme.paint(r).bg.unwrap());
        for red in [true, false] {
            for (a, b) in [(&good, &bad), (&good, &lit)] {
                let (a, b) = (seen_without(a, red), seen_without(b, red));
                let apart: f64 = a
                    .iter()
                    .zip(b)
                    .map(|(a, b)| (a - b).powi(2))
                    .sum::<f64>()
                    .sqrt();
                assert!(apart > 0.2, "{name}: {apart:.2}");
            }
        }
    }
}

#[test]
fn a_theme_of_ones_own_says_only_what_differs_and_is_refused_with_its_line() {
    let mine = Theme::read(
        "mine",
        "mine.toml",
        "base = \"light\"\nlink = { fg = \"#123456\" }\n",
    )
    .unwrap();
    assert_eq!(mine.paint(Role::Link).fg.as_deref(), Some("#123456"));
    assert_eq!(
        mine.paint(Role::Text),
        Theme::named("light").paint(Role::Text)
    );
    for (text, line, word) in [
        ("\ntxet = { fg = \"#000000\" }\n", 2, "txet"),
        ("text = { fg = \"#00000\" }\n", 1, "#00000"),
        ("dim = {}\ntext = { fg = \"rot\" }\n", 2, "rot"),
        ("base = \"blue\"\n", 1, "blue"),
        ("text = {\n", 1, ""),
    ] {
        let errors = Theme::read("x", "x.toml", text).unwrap_err();
        let error = &errors[0];
        assert!(
            error.line == line && error.reason.contains(word),
            "{text:?}: {error}"
        );
    }
    let themes = Themes::with(vec![mine]);
    assert_eq!(themes.names().last().map(String::as_str), Some("mine"));
    assert_eq!(
        (themes.after("mono").name, themes.after("mine").name),
        ("mine".to_owned(), "dark".to_owned())
    );
}
