//! Raised and lowered words in plain characters: 10⁶, x^(n+1), H₂O, the mark of a note in brackets.

use crate::extract::html::{Dom, NodeId, Tag};
use crate::news::hangul::is_hangul_syllable;

/// Longer words, in bytes of source, are a text of their own.
const MAX_BYTES: usize = 120;
/// The most characters of the word that a raised one stands at.
const MAX_BASE: usize = 16;
/// Raised ends of ordinals and abbreviations that stand at one letter or a number: nᵗʰ, Nᵒ, 5ᵉ.
const ENDINGS: [&str; 18] = [
    "st", "nd", "rd", "th", "er", "re", "e", "o", "os", "a", "as", "d", "s", "h", "r", "ro", "ie",
    "te",
];
/// Marks of trade, which belong to no formula.
const TRADE: [&str; 6] = ["tm", "sm", "mc", "md", "r", "c"];

/// On which side of the line words stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Raised,
    Lowered,
}

impl Side {
    /// Small letters for digits, signs and the few letters that most fonts have.
    fn letters(self) -> (&'static str, &'static str) {
        match self {
            Self::Raised => ("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ"),
            Self::Lowered => ("0123456789+-=()nx.", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙₓ."),
        }
    }

    /// `text` in small letters; `None` where one is missing, or it is a word of several letters.
    fn small(self, text: &str) -> Option<String> {
        let (plain, small) = self.letters();
        let small_of = |c: char| {
            let c = if matches!(c, '−' | '–') { '-' } else { c };
            let nth = plain.chars().position(|p| p == c)?;
            small.chars().nth(nth)
        };
        let is_word = text.chars().count() > 1 && text.chars().all(char::is_alphabetic);
        let is_said = text.contains(|c: char| c.is_alphanumeric() || "+-−–".contains(c));
        if is_word || !is_said {
            return None;
        }
        text.chars().map(small_of).collect()
    }

    /// `text` as it stands in a formula: in small letters, else after a sign.
    pub(super) fn in_formula(self, text: &str) -> String {
        if let Some(small) = self.small(text) {
            return small;
        }
        let is_short = text.chars().count() <= 1
            || (self == Self::Lowered && text.chars().all(char::is_alphabetic));
        match (self, is_short) {
            (Self::Raised, true) => format!("^{text}"),
            (Self::Raised, false) => format!("^({text})"),
            (Self::Lowered, true) => format!("_{text}"),
            (Self::Lowered, false) => format!("_({text})"),
        }
    }
}

/// What the words of a `sup` or `sub` are in plain characters after `before`, the text so far;
/// `None` where they stand as well beside it: ordinals, abbreviations, marks of trade.
pub(super) fn raised(dom: &Dom<'_>, at: NodeId, before: &str) -> Option<String> {
    let text = words(dom, at)?;
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let side = side_of(dom.tag(at));
    if side == Side::Raised && is_note(dom, at) {
        let is_marked = text.starts_with(['[', '(', '*', '†', '‡', '※']);
        return Some(if is_marked {
            text.to_owned()
        } else {
            format!("[{text}]")
        });
    }
    if let Some(small) = side.small(text) {
        return Some(small);
    }
    let is_variable =
        || dom.ancestors(at).any(|up| dom.tag(up) == Tag::Var) || is_set_apart(dom, at);
    match role(side, text, before, is_variable) {
        Role::Plain => None,
        Role::Formula => Some(side.in_formula(text)),
        Role::Note => Some(format!("[{text}]")),
        Role::Gloss => Some(format!("({text})")),
    }
}

fn side_of(tag: Tag) -> Side {
    match tag {
        Tag::Sub => Side::Lowered,
        _ => Side::Raised,
    }
}

/// The words of a `sup` or `sub`, with those inside it in plain characters too.
fn words(dom: &Dom<'_>, at: NodeId) -> Option<String> {
    dom.brief(at, MAX_BYTES)?;
    let mut out = String::new();
    let (mut n, end) = (at + 1, dom.end(at));
    while n < end {
        match dom.tag(n) {
            Tag::Text => out.push_str(dom.words(n)),
            inner @ (Tag::Sup | Tag::Sub) => {
                let text = words(dom, n)?;
                out.push_str(&side_of(inner).in_formula(text.trim()));
                n = dom.end(n);
                continue;
            }
            Tag::Br => out.push(' '),
            _ => {}
        }
        n += 1;
    }
    Some(out)
}

/// Whether a raised text is the mark of a note: it is linked.
fn is_note(dom: &Dom<'_>, at: NodeId) -> bool {
    let parent = dom.parent(at);
    let says = |id: &NodeId| !dom.words(*id).trim().is_empty() || !dom.tag(*id).is_text();
    dom.all(at, Tag::A).next().is_some()
        || dom.tag(parent) == Tag::A && dom.children(parent).filter(says).count() == 1
}

/// Whether a text is set in italics by itself, or the letter before it is: so are variables.
fn is_set_apart(dom: &Dom<'_>, at: NodeId) -> bool {
    let is_slanted = |id: NodeId| matches!(dom.tag(id), Tag::I | Tag::Em | Tag::Var);
    dom.children(at).all(is_slanted)
        || dom
            .elder(at)
            .is_some_and(|elder| is_slanted(elder) && dom.end(elder) == at)
}

/// What a raised or lowered text is to the word before it.
enum Role {
    /// A part of it.
    Plain,
    Formula,
    /// The mark of a note.
    Note,
    /// Another word for it: 사과(沙果).
    Gloss,
}

fn role(side: Side, text: &str, before: &str, is_variable: impl Fn() -> bool) -> Role {
    let Some(last) = before.chars().next_back().filter(|c| !c.is_whitespace()) else {
        return Role::Plain;
    };
    if text.starts_with(['[', '(', '*', '†', '‡', '※', '®', '™', '℠']) {
        return Role::Plain;
    }
    // The letters of its word, or the digits: `2x` ends with a variable.
    let is_like = |c: &char| {
        c.is_alphanumeric()
            && c.is_numeric() == last.is_numeric()
            && is_eastern(*c) == is_eastern(last)
    };
    let base: String = before
        .chars()
        .rev()
        .take_while(is_like)
        .take(MAX_BASE)
        .collect();
    let base_len = base.chars().count();
    let (len, lower) = (text.chars().count(), text.to_lowercase());
    let is_letters = text.chars().all(char::is_alphabetic);
    if text.contains(is_eastern) || is_eastern(last) {
        return match () {
            // 3만원, 1위: large numbers with small units.
            () if last.is_numeric() || TRADE.contains(&&*lower) => Role::Plain,
            () if len == 1 || text.chars().all(|c| !c.is_alphabetic()) => Role::Note,
            () => Role::Gloss,
        };
    }
    let longest = text.split(|c: char| !c.is_alphabetic()).map(str::len).max();
    if !is_letters && longest.unwrap_or(0) < 4 {
        let counts = text.contains(['+', '−', '=', '/', '×', '·', '^', '_']);
        let is_marks = side == Side::Raised && base_len != 1 && !last.is_numeric() && !counts;
        let is_list = side == Side::Raised && text.contains(',') && base_len != 1;
        return if is_marks || is_list {
            Role::Note
        } else {
            Role::Formula
        };
    }
    if !is_letters || text.contains(char::is_whitespace) {
        return Role::Gloss;
    }
    if side == Side::Lowered {
        return if base_len < 4 || len < 4 {
            Role::Formula
        } else {
            Role::Gloss
        };
    }
    let is_ending = ENDINGS.contains(&&*lower) || TRADE.contains(&&*lower) && len > 1;
    let is_upper = |text: &str| text.chars().all(char::is_uppercase);
    let is_formula = match () {
        () if len > 4 => false,
        () if last.is_numeric() => len == 1 && !is_ending,
        // (a+b)^k.
        () if base.is_empty() => matches!(last, ')' | ']' | '|') && !is_ending,
        () if base_len > 1 => len == 1 && is_variable(),
        () if is_variable() => !is_ending || len == 1,
        () if !is_upper(&base) => !is_ending || len == 1 && lower == "a",
        // M^me is Mme, R^n is none.
        () => len == 1 && (is_upper(text) && !is_ending || "ijkmpqxyz".contains(text)),
    };
    if is_formula {
        Role::Formula
    } else {
        Role::Plain
    }
}

/// A letter of Korean, Chinese or Japanese.
fn is_eastern(c: char) -> bool {
    is_hangul_syllable(c) || matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use crate::extract::fragment;

    fn plain(markup: &str) -> String {
        let blocks = fragment(&format!("<p>{markup}</p>"), None);
        blocks.iter().map(|b| b.plain()).collect()
    }

    #[test]
    fn powers_and_indices_keep_their_meaning() {
        for (markup, text) in [
            ("10<sup>6</sup>톤", "10⁶톤"),
            ("10<sup>-3</sup>", "10⁻³"),
            ("x<sup>n</sup>", "xⁿ"),
            ("x<sup>n+1</sup>", "xⁿ⁺¹"),
            ("x<sup>k+1</sup>은", "x^(k+1)은"),
            ("x<sup><i>k</i></sup>", "x^k"),
            ("2<sup>k</sup>개", "2^k개"),
            ("e<sup>iπ</sup>", "e^(iπ)"),
            ("A<sup>T</sup>", "A^T"),
            ("R<sup>k</sup>", "R^k"),
            ("<i>W</i><sup>o</sup>", "W^o"),
            ("(a+b)<sup>k</sup>", "(a+b)^k"),
            ("2x<sup>2<sup>k</sup></sup>", "2x^(2^k)"),
            ("H<sub>2</sub>O", "H₂O"),
            ("C<sub>n</sub>H<sub>2n+2</sub>", "CₙH₂ₙ₊₂"),
            ("x<sub>i,j</sub>", "x_(i,j)"),
            ("x<sub>i</sub>", "x_i"),
            ("V<sub>max</sub>", "V_max"),
            ("NO<sub>x</sub>", "NOₓ"),
            ("PM<sub>2.5</sub>", "PM₂.₅"),
        ] {
            assert_eq!(plain(markup), text, "{markup}");
        }
    }

    #[test]
    fn ordinals_and_abbreviations_are_one_word() {
        for (markup, text) in [
            ("1<sup>st</sup>", "1st"),
            ("21<sup>ST</sup> century", "21ST century"),
            ("M<sup>me</sup> Bovary", "Mme Bovary"),
            ("N<sup>o</sup> 5", "No 5"),
            ("XIX<sup>e</sup>", "XIXe"),
            ("n<sup>th</sup>", "nth"),
            ("Mac<sup>TM</sup>", "MacTM"),
            ("갤럭시<sup>®</sup>", "갤럭시®"),
            ("3<sup>만원</sup>", "3만원"),
            ("5<sup>h</sup>", "5h"),
            ("<sup>작은 글</sup>", "작은 글"),
        ] {
            assert_eq!(plain(markup), text, "{markup}");
        }
    }

    #[test]
    fn notes_and_other_words_stand_apart() {
        for (markup, text) in [
            ("말했다<sup><a href=#1>1</a></sup>.", "말했다[1]."),
            ("말했다<a href=#1><sup>1</sup></a>.", "말했다[1]."),
            ("word<a class=footnote-anchor href=#1>1</a>.", "word[1]."),
            (
                "word<a role=doc-noteref href=#1><sup>2</sup></a>.",
                "word[2].",
            ),
            ("word<sup>1,2</sup>", "word[1,2]"),
            ("word<sup>a,b</sup>", "word[a,b]"),
            ("it ended.<sup>11,12</sup>", "it ended.[11,12]"),
            ("말<sup>1)</sup>", "말¹⁾"),
            ("말<sup>[주1]</sup>", "말[주1]"),
            ("말<sup>주</sup>", "말[주]"),
            ("말<sup>*</sup>", "말*"),
            ("새싹기업<sup>startup</sup>이", "새싹기업(startup)이"),
            ("사과<sub>沙果</sub>를", "사과(沙果)를"),
        ] {
            assert_eq!(plain(markup), text, "{markup}");
        }
    }
}
