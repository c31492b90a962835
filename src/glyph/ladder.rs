//! 글자크기: how each of the five text sizes is drawn, depending on the terminal.

use serde::{Deserialize, Serialize};

use super::font::Font;
use super::letter::LetterFace;
use super::mosaic::Mosaic;
use crate::text::{Mechanism, Scale, TextSize};

/// The fewest syllables in a line for a size to be used; otherwise a smaller size is taken.
const FEWEST_SYLLABLES: usize = 6;
/// The sizes larger than the normal one.
const LARGER_SIZES: usize = 3;
/// The fewest lines of a size that a screen must have room for.
const FEWEST_LINES: u16 = 2;
/// Width of a pane, in cells, from which headlines are larger than the text even at the normal
/// size.
const HEADLINE_PANE: u16 = 56;
/// The most that a letter of blocks may fill of the rows between its line and the next: above that,
/// a blank row parts them.
const FULLEST: f32 = 0.9;

/// Why a mechanism is in use; the view has a sentence for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The settings choose it.
    Forced,
    /// The terminal answered that it can scale text.
    Answered,
    /// The terminal shows pictures, and its connection is fast.
    Pictures,
    /// The terminal is known to draw these characters well.
    Listed,
    /// The terminal is not known to support anything better; these work nearly everywhere.
    Everywhere,
    /// Block characters are two cells wide here.
    BlocksAreWide,
    /// The terminal leaves gaps between block characters, which are still easier to read than
    /// braille.
    Seams,
    /// The locale is not UTF-8.
    NotUnicode,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 8] = [
        Self::Forced,
        Self::Answered,
        Self::Pictures,
        Self::Listed,
        Self::Everywhere,
        Self::BlocksAreWide,
        Self::Seams,
        Self::NotUnicode,
    ];

    /// Its name in the locale key of its sentence (`letters.NAME`).
    pub fn key(self) -> &'static str {
        match self {
            Self::Forced => "forced",
            Self::Answered => "answered",
            Self::Pictures => "pictures",
            Self::Listed => "listed",
            Self::Everywhere => "everywhere",
            Self::BlocksAreWide => "blocks-are-wide",
            Self::Seams => "seams",
            Self::NotUnicode => "not-unicode",
        }
    }
}

/// What the terminal can draw, and what the settings choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caps {
    /// Whether it scales text (OSC 66 with both `w` and `s`).
    pub scaling: bool,
    /// Whether lines can be drawn as pictures: the terminal shows pictures, its colours are known,
    /// and the connection is not known to be slow.
    #[serde(default)]
    pub pictures: bool,
    /// Whether it draws U+1CD00.. as 2×4 blocks, one cell each.
    pub octants: bool,
    /// Whether it draws U+1FB00.. as 2×3 blocks, one cell each.
    pub sextants: bool,
    /// Whether ▀▄█ are two cells wide, as other ambiguous characters are.
    pub blocks_are_wide: bool,
    /// Whether it takes block characters from the font, which leaves gaps with most Korean fonts.
    pub seams: bool,
    /// Whether the locale is UTF-8.
    pub unicode: bool,
    /// The mechanism that the settings choose.
    pub wish: Mechanism,
}

impl Default for Caps {
    fn default() -> Self {
        Self {
            scaling: false,
            pictures: false,
            octants: false,
            sextants: false,
            blocks_are_wide: false,
            seams: false,
            unicode: true,
            wish: Mechanism::Auto,
        }
    }
}

impl Caps {
    /// The same where there is no font to draw letters from: the terminal's own, scaled, are better
    /// than pictures of bitmaps.
    pub fn without_font(self) -> Self {
        Self {
            pictures: self.pictures && !self.scaling,
            ..self
        }
    }

    /// The mechanism in use, never [`Mechanism::Auto`], and why.
    pub fn mechanism(&self) -> (Mechanism, Reason) {
        if self.wish != Mechanism::Auto {
            (self.wish, Reason::Forced)
        } else if !self.unicode {
            (Mechanism::Plain, Reason::NotUnicode)
        } else if self.pictures {
            // Before the terminal's own scaling, which knows only blocks of whole cells: it sets
            // words unevenly at the steps between, and marks a whole block or nothing of it.
            (Mechanism::Pictures, Reason::Pictures)
        } else if self.scaling {
            (Mechanism::Protocol, Reason::Answered)
        } else if self.octants {
            (Mechanism::Octants, Reason::Listed)
        } else if self.sextants {
            (Mechanism::Sextants, Reason::Listed)
        } else if self.blocks_are_wide {
            (Mechanism::Braille, Reason::BlocksAreWide)
        } else if self.seams {
            // Braille shows no gaps, but its dots are harder to read than these (xterm 398).
            (Mechanism::Blocks, Reason::Seams)
        } else {
            (Mechanism::Blocks, Reason::Everywhere)
        }
    }
}

/// How headlines and text are drawn at one size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scales {
    /// For headlines; at least as large as the text.
    pub title: Scale,
    /// For the text.
    pub body: Scale,
}

/// The cells that text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Columns of a line.
    pub columns: u16,
    /// Rows in sight.
    pub rows: u16,
}

impl Room {
    /// Room for lines of so many columns, and for any number of them.
    pub fn endless(columns: u16) -> Self {
        let rows = u16::MAX;
        Self { columns, rows }
    }

    /// Whether six syllables fit a line, and two lines the rows.
    fn holds(self, scale: Scale) -> bool {
        scale.columns(0, FEWEST_SYLLABLES) <= usize::from(self.columns)
            && scale.rows() <= self.rows / FEWEST_LINES
    }
}

/// The scales of `size` in this room. A step that would not fit is replaced by the next smaller
/// one.
pub fn ladder(size: TextSize, caps: &Caps, room: Room) -> Scales {
    let mechanism = caps.mechanism().0;
    let step = (size as usize).saturating_sub(TextSize::Normal as usize);
    let fits = |scale: &Scale| room.holds(*scale);
    let steps = steps(mechanism, room);
    let at_most = |steps: &[Scale]| steps.iter().rev().copied().find(fits).unwrap_or_default();
    let up_to = |step: usize| &steps[..step.min(steps.len())];
    let body = match size {
        TextSize::Small => Some(small(mechanism)).filter(fits).unwrap_or_default(),
        _ => at_most(up_to(step.min(LARGER_SIZES))),
    };
    let title = match size {
        TextSize::Small => body,
        TextSize::Normal if room.columns < HEADLINE_PANE => Scale::Cells,
        TextSize::Normal => headline(mechanism),
        _ if matches!(mechanism, Mechanism::Protocol | Mechanism::Pictures) => {
            at_most(up_to(step + 1))
        }
        // A larger step would be too tall: a headline of three lines would fill a small screen.
        _ => body,
    };
    Scales { title, body }
}

/// The larger steps of the text, 크게, 아주 크게 and 최대, and one more for the headline of the
/// largest where the terminal scales letters.
fn steps(mechanism: Mechanism, room: Room) -> Vec<Scale> {
    let blocks = |mosaic| {
        [Font::Wide9, Font::Wide11, Font::Round16]
            .map(|font| apart(LetterFace { font, mosaic }))
            .to_vec()
    };
    match mechanism {
        Mechanism::Auto | Mechanism::Plain => Vec::new(),
        Mechanism::Protocol => [(2, 3, 4), (2, 1, 1), (3, 1, 1), (4, 1, 1)]
            .map(|(scale, num, den)| Scale::Protocol { scale, num, den })
            .to_vec(),
        // The first leaves half a row between lines, the third a whole one less a sixth.
        Mechanism::Pictures => [(3, 2, 2), (2, 1, 2), (5, 2, 3), (3, 1, 3)]
            .map(|(num, den, rows)| Scale::Drawn { num, den, rows })
            .to_vec(),
        Mechanism::Octants => blocks(Mosaic::Octant),
        Mechanism::Sextants => blocks(Mosaic::Sextant),
        Mechanism::Braille => blocks(Mosaic::Braille),
        // Letters of quadrants are more than twice as tall as wide, but half as wide as those of
        // half blocks.
        Mechanism::Blocks => {
            let steps = blocks(Mosaic::Half);
            if steps.iter().any(|scale| room.holds(*scale)) {
                steps
            } else {
                blocks(Mosaic::Quadrant)
            }
        }
    }
}

/// The scale of a face, with a blank row between lines where their letters would touch.
fn apart(face: LetterFace) -> Scale {
    let dots = f32::from(face.rows()) * face.mosaic.dots().1 as f32;
    let leading = f32::from(face.font.size().1) > FULLEST * dots;
    face.scale(leading.into())
}

/// The scale of letters smaller than the terminal's own, where it can show them.
fn small(mechanism: Mechanism) -> Scale {
    match mechanism {
        Mechanism::Pictures => Scale::Drawn {
            num: 4,
            den: 5,
            rows: 1,
        },
        Mechanism::Protocol => Scale::Protocol {
            scale: 1,
            num: 3,
            den: 4,
        },
        _ => Scale::Cells,
    }
}

/// The scale of headlines over text of the normal size.
fn headline(mechanism: Mechanism) -> Scale {
    let face = |mosaic| {
        let font = Font::Wide9;
        LetterFace { font, mosaic }.scale(0)
    };
    match mechanism {
        Mechanism::Auto | Mechanism::Plain => Scale::Cells,
        Mechanism::Protocol => Scale::Protocol {
            scale: 2,
            num: 1,
            den: 1,
        },
        Mechanism::Pictures => Scale::Drawn {
            num: 2,
            den: 1,
            rows: 2,
        },
        Mechanism::Octants => face(Mosaic::Octant),
        Mechanism::Sextants => face(Mosaic::Sextant),
        Mechanism::Braille => face(Mosaic::Braille),
        Mechanism::Blocks => face(Mosaic::Quadrant),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOMY: Room = Room {
        columns: 200,
        rows: 50,
    };
    const MECHANISMS: [Mechanism; 6] = [
        Mechanism::Protocol,
        Mechanism::Pictures,
        Mechanism::Octants,
        Mechanism::Sextants,
        Mechanism::Blocks,
        Mechanism::Braille,
    ];

    fn forced(wish: Mechanism) -> Caps {
        Caps {
            wish,
            ..Caps::default()
        }
    }

    fn area(scale: Scale) -> usize {
        scale.columns(0, 4) * usize::from(scale.rows())
    }

    #[test]
    fn each_step_is_larger_than_the_one_before() {
        for mechanism in MECHANISMS {
            let bodies =
                TextSize::ALL.map(|size| area(ladder(size, &forced(mechanism), ROOMY).body));
            assert!(bodies[0] <= bodies[1], "{mechanism:?} {bodies:?}");
            assert!(
                bodies[1] < bodies[2] && bodies[2] < bodies[3] && bodies[3] < bodies[4],
                "{mechanism:?} {bodies:?}"
            );
        }
    }

    #[test]
    fn letters_of_blocks_are_little_taller_than_wide() {
        // The cells of most terminals are twice as tall as wide.
        let tallness = |scale| {
            let Scale::Blocks { face, .. } = scale else {
                panic!("{scale:?}")
            };
            let LetterFace { font, mosaic } = LetterFace::of(face).unwrap();
            let (across, down) = mosaic.dots();
            let (width, height) = font.size();
            2.0 * f64::from(height) / down as f64 / (f64::from(width) / across as f64)
        };
        for mechanism in &MECHANISMS[2..] {
            for size in &TextSize::ALL[2..] {
                let tall = tallness(ladder(*size, &forced(*mechanism), ROOMY).body);
                assert!((0.9..1.4).contains(&tall), "{mechanism:?} {size:?} {tall}");
            }
        }
        // Half blocks are too wide for few columns, where letters of quadrants stand close.
        let narrow = Room {
            columns: 38,
            rows: 13,
        };
        let blocks = |size| ladder(size, &forced(Mechanism::Blocks), narrow).body;
        let large = blocks(TextSize::Large);
        assert!(large.columns(0, 6) <= 38 && tallness(large) < 2.1);
        assert_eq!(blocks(TextSize::XXLarge), large, "two lines have no room");
    }

    #[test]
    fn a_headline_is_never_smaller_than_its_text() {
        for mechanism in MECHANISMS {
            for size in TextSize::ALL {
                for pane in 0..200 {
                    let scales = ladder(size, &forced(mechanism), Room::endless(pane));
                    assert!(
                        area(scales.title) >= area(scales.body),
                        "{mechanism:?} {size:?} {pane}"
                    );
                }
            }
        }
    }

    #[test]
    fn six_syllables_fit_every_pane_or_letters_stay_one_cell() {
        for mechanism in MECHANISMS {
            for size in TextSize::ALL {
                for pane in 0..200u16 {
                    let Scales { title, body } =
                        ladder(size, &forced(mechanism), Room::endless(pane));
                    for scale in [title, body] {
                        assert!(scale == Scale::Cells || scale.columns(0, 6) <= usize::from(pane));
                    }
                }
            }
        }
    }

    #[test]
    fn a_wide_pane_shows_a_larger_headline_at_the_normal_size() {
        for mechanism in MECHANISMS {
            assert_ne!(
                ladder(
                    TextSize::Normal,
                    &forced(mechanism),
                    Room::endless(HEADLINE_PANE)
                )
                .title,
                Scale::Cells
            );
            assert_eq!(
                ladder(
                    TextSize::Normal,
                    &forced(mechanism),
                    Room::endless(HEADLINE_PANE - 1)
                )
                .title,
                Scale::Cells
            );
            let small = ladder(TextSize::Small, &forced(mechanism), ROOMY);
            assert_eq!(small.title, small.body);
        }
    }

    #[test]
    fn a_terminal_that_shows_pictures_shows_small_letters_and_even_steps() {
        let caps = Caps {
            pictures: true,
            octants: true,
            ..Caps::default()
        };
        assert_eq!(caps.mechanism(), (Mechanism::Pictures, Reason::Pictures));
        let both = Caps {
            scaling: true,
            ..caps
        };
        assert_eq!(both.mechanism().0, Mechanism::Pictures);
        let scaling = Caps {
            pictures: false,
            ..both
        };
        assert_eq!(scaling.mechanism().0, Mechanism::Protocol);
        assert_eq!(both.without_font(), scaling);
        assert_eq!(caps.without_font(), caps, "bitmaps are better than blocks");
        let times = TextSize::ALL.map(|size| {
            let columns = ladder(size, &caps, ROOMY).body.columns(0, 50);
            columns as f64 / 100.0
        });
        assert_eq!(times, [0.8, 1.0, 1.5, 2.0, 2.5]);
        let rows = TextSize::ALL.map(|size| ladder(size, &caps, ROOMY).body.rows());
        assert_eq!(rows, [1, 1, 2, 2, 3], "the first step needs two rows");
    }

    #[test]
    fn the_best_known_mechanism_is_taken_and_a_wish_goes_first() {
        let none = Caps::default();
        let cases = [
            (none, Mechanism::Blocks, Reason::Everywhere),
            (
                Caps {
                    sextants: true,
                    ..none
                },
                Mechanism::Sextants,
                Reason::Listed,
            ),
            (
                Caps {
                    octants: true,
                    sextants: true,
                    ..none
                },
                Mechanism::Octants,
                Reason::Listed,
            ),
            (
                Caps {
                    scaling: true,
                    octants: true,
                    ..none
                },
                Mechanism::Protocol,
                Reason::Answered,
            ),
            (
                Caps {
                    blocks_are_wide: true,
                    ..none
                },
                Mechanism::Braille,
                Reason::BlocksAreWide,
            ),
            (
                Caps {
                    seams: true,
                    ..none
                },
                Mechanism::Blocks,
                Reason::Seams,
            ),
            (
                Caps {
                    unicode: false,
                    scaling: true,
                    ..none
                },
                Mechanism::Plain,
                Reason::NotUnicode,
            ),
            (
                Caps {
                    scaling: true,
                    wish: Mechanism::Plain,
                    ..none
                },
                Mechanism::Plain,
                Reason::Forced,
            ),
        ];
        for (caps, mechanism, reason) in cases {
            assert_eq!(caps.mechanism(), (mechanism, reason));
        }
        assert_eq!(
            ladder(TextSize::XXLarge, &forced(Mechanism::Plain), ROOMY).body,
            Scale::Cells
        );
    }
}
