//! Legibility: on every screen, in every theme and with every number of colours, each letter
//! differs from its ground by 4.5:1 or more. Where the colours are the terminal's own, that must
//! hold with the palettes of eight terminals.

use std::collections::BTreeMap;

use gisa::config::theme::{SHIPPED, Theme};
use gisa::config::{Depth, Role};
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use serde::Deserialize;

use crate::support::pages;
use crate::support::screen::draw;
use crate::support::session::{Session, start};

/// WCAG 2.2, 1.4.3.
const LEAST: f64 = 4.5;

/// What a terminal draws on its own.
#[derive(Deserialize)]
struct Palette {
    fg: String,
    bg: String,
    named: Vec<String>,
}

fn palettes() -> BTreeMap<String, Palette> {
    let palettes: BTreeMap<String, Palette> =
        toml::from_str(include_str!("contrast/palettes.toml")).unwrap();
    assert!(palettes.len() >= 8 && palettes.values().all(|p| p.named.len() == 16));
    palettes
}

type Rgb = [u8; 3];

fn rgb(hex: &str) -> Rgb {
    let [_, r, g, b] = u32::from_str_radix(hex, 16).unwrap().to_be_bytes();
    [r, g, b]
}

impl Palette {
    /// A named colour; terminals that draw bold letters in the bright one are asked about, too.
    fn named(&self, index: u8, bright: bool) -> Rgb {
        rgb(&self.named[usize::from(if bright && index < 8 {
            index + 8
        } else {
            index
        })])
    }

    fn color(&self, color: Color, own: &str, bright: bool) -> Rgb {
        let named = |index| self.named(index, bright);
        match color {
            Color::Reset => rgb(own),
            Color::Rgb(r, g, b) => [r, g, b],
            Color::Indexed(index @ 0..16) => named(index),
            Color::Indexed(index @ 232..) => [8 + (index - 232) * 10; 3],
            Color::Indexed(index) => {
                let level = |i: u8| [0, 95, 135, 175, 215, 255][usize::from(i)];
                let at = index - 16;
                [level(at / 36), level(at / 6 % 6), level(at % 6)]
            }
            Color::Black => named(0),
            Color::Red => named(1),
            Color::Green => named(2),
            Color::Yellow => named(3),
            Color::Blue => named(4),
            Color::Magenta => named(5),
            Color::Cyan => named(6),
            Color::Gray => named(7),
            Color::DarkGray => named(8),
            Color::LightRed => named(9),
            Color::LightGreen => named(10),
            Color::LightYellow => named(11),
            Color::LightBlue => named(12),
            Color::LightMagenta => named(13),
            Color::LightCyan => named(14),
            Color::White => named(15),
        }
    }

    /// The worst contrast with which a terminal of this palette draws the cell.
    fn contrast(&self, cell: &Cell) -> f64 {
        let bold = cell.modifier.contains(Modifier::BOLD);
        let brights: &[bool] = if bold { &[false, true] } else { &[false] };
        let of = |bright: &bool| {
            let mut fg = self.color(cell.fg, &self.fg, *bright);
            let mut bg = self.color(cell.bg, &self.bg, false);
            if cell.modifier.contains(Modifier::REVERSED) {
                (fg, bg) = (bg, fg);
            }
            if cell.modifier.contains(Modifier::DIM) {
                // Half way to the ground: what VTE, kitty and foot do, within a little.
                fg = [0, 1, 2].map(|i| fg[i] / 2 + bg[i] / 2);
            }
            ratio(fg, bg)
        };
        brights.iter().map(of).fold(f64::INFINITY, f64::min)
    }
}

fn ratio(a: Rgb, b: Rgb) -> f64 {
    let luminance = |[r, g, b]: Rgb| {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// What is on the screen, and the keys that lead there. Read rows, starred rows, selections with
/// and without the focus, hits, links, highlights, notices, errors, popups and prompts.
const SCREENS: [(&str, &str); 19] = [
    ("list", ""),
    ("read and starred row, focus in the article", "Enter s"),
    ("selected read and starred row", "Enter s q"),
    ("selected read row", "Enter q"),
    ("rows that were read", "A"),
    ("dense rows", "Enter s q D D"),
    ("hits in the list", "/ 서 울 Enter"),
    ("hits in an article", "Enter / 도 서 Enter"),
    ("bad query", "/ ( 가"),
    ("bad query, accepted", "/ ( 가 Enter"),
    ("short news", "j Enter v j"),
    ("a sentence that is lit", "j Enter v j Enter"),
    (
        "highlights",
        "Enter e Enter e j Tab Enter e j Tab Tab Enter e j Tab Tab Tab Enter",
    ),
    ("choosing text", "Enter e v j"),
    ("links", "Enter ;"),
    ("sources", "L"),
    ("help", "?"),
    ("palette", ": 서"),
    ("text sizes", "Enter F"),
];

fn screen(theme: &str, depth: Depth, keys: &str) -> Session {
    let start = gisa::app::Start {
        theme: Theme::named(theme),
        depth,
        pictures: false,
        ..start(120, 40)
    };
    let mut session = Session::cold(start, pages::edition());
    session.settle();
    for key in keys.split_whitespace() {
        session.keys(key);
        session.settle();
    }
    session
}

#[test]
fn every_letter_of_every_screen_in_every_theme_can_be_read() {
    let palettes = palettes();
    let mut faults = BTreeMap::new();
    let depths = [Depth::True, Depth::Indexed, Depth::Sixteen, Depth::None];
    for (theme, depth) in SHIPPED
        .iter()
        .flat_map(|(theme, _)| depths.map(|depth| (*theme, depth)))
    {
        // A theme with a ground of its own is not shown where its colours are not there.
        let own = matches!(theme, "terminal" | "mono");
        if !own && matches!(depth, Depth::Sixteen | Depth::None) {
            continue;
        }
        for (name, keys) in SCREENS {
            let drawn = draw(&screen(theme, depth, keys).model);
            for (terminal, palette) in &palettes {
                let worst = drawn
                    .content
                    .iter()
                    // Lines and bars are no letters, and need less.
                    .filter(|c| {
                        !matches!(c.symbol(), " " | "│" | "┃" | "─" | "╭" | "╮" | "╰" | "╯")
                    })
                    .map(|c| (palette.contrast(c), c))
                    .min_by(|a, b| a.0.total_cmp(&b.0));
                if let Some((contrast, cell)) = worst
                    && contrast < LEAST
                {
                    let look = (cell.fg, cell.bg, cell.modifier);
                    let (symbol, place) = (cell.symbol(), (theme, depth, look));
                    faults.entry(format!("{place:?}")).or_insert_with(|| {
                        format!("{theme} {depth:?} in {terminal}, {name}: {symbol:?} {contrast:.2} {look:?}")
                    });
                }
            }
        }
    }
    let faults: Vec<String> = faults.into_values().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn letters_are_never_faint_on_a_ground_that_is_not_known() {
    for name in ["terminal", "mono"] {
        let theme = Theme::named(name);
        for role in Role::ALL {
            assert!(!theme.paint(role).dim, "{name} {role:?}");
        }
    }
}

#[test]
fn the_pane_with_the_keys_is_plain_to_see() {
    for (theme, _) in SHIPPED {
        for keys in ["", "j Enter", "j Enter v", "L"] {
            let session = screen(theme, Depth::True, keys);
            let (drawn, places) = (draw(&session.model), session.model.geometry());
            let bars = [places.sources_bar, places.list_bar, places.reader_bar];
            let looks: Vec<_> = bars
                .into_iter()
                .flatten()
                .map(|bar| drawn[(bar.x, bar.y)].style())
                .collect();
            let focus = match session.model.focus() {
                gisa::app::Pane::Sources => places.sources_bar,
                gisa::app::Pane::List => places.list_bar,
                gisa::app::Pane::Reader => places.reader_bar,
            };
            let bar = focus.unwrap();
            let focused = drawn[(bar.x, bar.y)].style();
            assert!(looks.len() > 1, "{keys}");
            assert_eq!(
                looks.iter().filter(|look| **look == focused).count(),
                1,
                "{theme} {keys:?}: {looks:?}"
            );
        }
    }
}
