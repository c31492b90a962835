//! Characters that make no ink of their own, or draw themselves into one cluster with their like,
//! in numbers that nobody could mean: a cluster stays as short as one that somebody could.

/// Characters without ink of their own that are kept after one that has some; more is a flood
/// ("Zalgo"). Vietnamese and pointed Hebrew need at most 3.
pub(super) const MARKS_KEPT: usize = 4;
/// Characters that draw themselves into one cluster with their like, kept in a row: skin tones,
/// leading jamo.
pub(super) const ALIKE_KEPT: usize = 3;
/// Links of one chain of joiners or viramas: the longest family has 3, the longest Sanskrit cluster
/// 5.
pub(super) const LINKS_KEPT: usize = 8;

/// Counts what comes in floods.
#[derive(Default)]
pub(super) struct Flood {
    /// Characters without ink since the last one with ink.
    marks: usize,
    /// The last character with ink, and how many of its kind came in a row.
    alike: (InkClass, usize),
    /// Links of the chain under way, and whether it goes on with the next character.
    links: usize,
    linked: bool,
}

/// What a character does to the cluster before it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum InkClass {
    /// Begins one of its own.
    #[default]
    Base,
    /// Hangs on to it and makes no ink of its own width.
    Mark,
    /// Ties the next character to it.
    Link,
    /// Draws itself into one cluster with its like.
    Tone,
    Leading,
    Prefix,
}

impl InkClass {
    fn of(c: char) -> Self {
        match c {
            ..='\u{2ff}' => Self::Base,
            '\u{200d}' => Self::Link,
            '\u{94d}' | '\u{9cd}' | '\u{a4d}' | '\u{acd}' | '\u{b4d}' | '\u{c4d}' | '\u{ccd}'
            | '\u{d4d}' => Self::Link,
            '\u{200b}' | '\u{200c}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' => Self::Mark,
            '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7fb}' => Self::Mark,
            '\u{1100}'..='\u{115f}' | '\u{a960}'..='\u{a97c}' => Self::Leading,
            '\u{1f3fb}'..='\u{1f3ff}' => Self::Tone,
            '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}' => {
                Self::Prefix
            }
            '\u{110bd}' | '\u{110cd}' | '\u{111c2}' | '\u{111c3}' => Self::Prefix,
            _ if unicode_normalization::char::is_combining_mark(c) => Self::Mark,
            _ => Self::Base,
        }
    }
}

impl Flood {
    /// Whether `c` is no part of a flood.
    pub(super) fn spares(&mut self, c: char) -> bool {
        let kind = InkClass::of(c);
        match kind {
            InkClass::Mark | InkClass::Link => {
                let fits =
                    self.marks < MARKS_KEPT && (kind == InkClass::Mark || self.links < LINKS_KEPT);
                if fits {
                    self.marks += 1;
                    self.links += usize::from(kind == InkClass::Link);
                    self.linked |= kind == InkClass::Link;
                }
                fits
            }
            _ => {
                let row = if self.alike.0 == kind {
                    self.alike.1 + 1
                } else {
                    1
                };
                if kind != InkClass::Base && row > ALIKE_KEPT {
                    return false;
                }
                self.alike = (kind, row);
                self.marks = 0;
                self.links = if self.linked { self.links } else { 0 };
                self.linked = false;
                true
            }
        }
    }
}
