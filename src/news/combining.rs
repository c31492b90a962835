//! Limits on characters that take no space of their own, or that join with others of their kind
//! into one grapheme cluster. Hostile text stacks them by the thousand; the limits keep a cluster
//! about as short as real text has them.

/// How many characters without ink of their own are kept after a character with ink; more is a
/// flood ("Zalgo" text). Vietnamese and pointed Hebrew need at most 3.
pub(super) const MARKS_KEPT: usize = 4;
/// How many characters that join with others of their kind are kept in a row: skin tones, leading
/// jamo.
pub(super) const ALIKE_KEPT: usize = 3;
/// How many joiners or viramas are kept in one chain. The longest family emoji has 3, the longest
/// Sanskrit cluster 5.
pub(super) const LINKS_KEPT: usize = 8;

/// Counts characters against these limits, in the order of the text.
#[derive(Default)]
pub(super) struct Flood {
    /// Characters without ink kept since the last one with ink.
    marks: usize,
    /// The class of the last character that was kept and has ink, and how many of that class came
    /// in a row.
    alike: (InkClass, usize),
    /// Number of links in the current chain.
    links: usize,
    /// Whether the last character kept was a link, so that the chain continues.
    linked: bool,
}

/// How a character joins the cluster before it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum InkClass {
    /// Starts a new cluster.
    #[default]
    Base,
    /// Combines with the character before it and has no width of its own.
    Mark,
    /// Joins the next character to the cluster.
    Link,
    /// Joins with others of its kind into one cluster: a skin tone.
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
    /// Whether to keep `c`: it is not part of a flood.
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
