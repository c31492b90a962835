//! Where Korean text may be broken: the class of each character, and the rank of the boundary
//! between two classes.
//!
//! The rules are 금칙 (no closing mark at a line's start, no opening mark or bullet at its end), 어절
//! (words are kept whole), and the practice of newspapers: a particle stays with the bracket or
//! number before it.

/// How a character affects the boundaries beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    /// White space at which a line may end.
    Blank,
    /// A forced end of a line.
    Newline,
    /// ZWSP: an invisible break opportunity.
    Seam,
    /// NBSP, WJ and similar: no break on either side.
    Glue,
    /// Opening bracket or quote.
    Open,
    /// Bullet: belongs to what follows, even across a space.
    Bullet,
    /// Closing bracket, closing quote, `!`.
    Close,
    /// `.`
    Stop,
    /// `,` `:` `;`
    Comma,
    /// `?`
    Query,
    /// `%` `℃`
    Percent,
    /// `㎡`: belongs to the number before it.
    Unit,
    /// `$` `#`: belongs to what follows.
    Prefix,
    /// `-`
    Hyphen,
    /// A list number, or `-` `*` `"` at the start of a word: belongs to what follows, less
    /// strictly.
    Lead,
    /// `/`
    Slash,
    /// `&` `=`
    Joint,
    /// `·` and the ideographic stops: a line may end with one, but not start with one.
    Dot,
    /// `—` `~`
    Dash,
    /// Small kana and prolonged sound marks: no line starts with one.
    Small,
    /// A digit.
    Digit,
    /// A letter of a script that is written with spaces between words.
    Word,
    /// A letter of a script that may be broken anywhere: Hangul, Hanja, kana.
    Syllable,
    /// Emoji, pictographs and other symbols.
    Other,
    /// `…`: belongs to what is before it.
    Trail,
    /// `"` `'`: a closing quote, unless [`resolve`] finds that it is a [`Class::Lead`].
    Quote,
    /// `*`: a bullet at the start of a word, otherwise a letter.
    Star,
}

const CLASSES: usize = Class::Star as usize + 1;

use Class::{
    Blank, Bullet, Close, Comma, Dash, Digit, Dot, Glue, Hyphen, Joint, Lead, Newline, Open, Other,
    Percent, Prefix, Query, Quote, Seam, Slash, Small, Star, Stop, Syllable, Trail, Unit, Word,
};

/// How suitable a boundary is for a break; 0 is best.
pub(super) type Rank = usize;
/// After white space.
pub(super) const SPACE: Rank = 0;
/// Inside an eojeol, after `·` `/` `—` or before an opening bracket.
pub(super) const INNER: Rank = 1;
/// Between two syllables.
pub(super) const SYLLABLE: Rank = 2;
/// After the `.` `,` `@` inside an address or a number.
const POINT: Rank = 3;
/// Inside a Latin word.
const LETTER: Rank = 4;
/// Inside a number.
const NUMBER: Rank = 5;
/// Between a bracket or digit and its particle.
const PARTICLE: Rank = 6;
/// Before a hyphen or dash, or between a number and its unit.
const AVOID: Rank = 7;
/// Beside NBSP or WJ.
const GLUED: Rank = 8;
/// Forbidden by 금칙.
const FORBIDDEN: Rank = 9;
/// The number of ranks after [`SYLLABLE`] that are inside words and numbers, and allowed.
pub(super) const INSIDE: usize = NUMBER - SYLLABLE;
/// The number of ranks.
pub(super) const RANKS: usize = FORBIDDEN + 1;

/// The class of ASCII characters.
pub(super) static ASCII: [Class; 128] = {
    let mut table = [Other; 128];
    let mut b = 0;
    while b < 128 {
        table[b] = ascii(b as u8);
        b += 1;
    }
    table
};

const fn ascii(b: u8) -> Class {
    match b {
        b'\n' => Newline,
        b' ' | b'\t' | b'\r' | 0xb | 0xc => Blank,
        b'(' | b'[' | b'{' | b'<' => Open,
        b')' | b']' | b'}' | b'>' | b'!' => Close,
        b'.' => Stop,
        b',' | b':' | b';' => Comma,
        b'?' => Query,
        b'%' => Percent,
        b'$' | b'#' | b'@' => Prefix,
        b'-' => Hyphen,
        b'/' => Slash,
        b'&' | b'=' => Joint,
        b'~' => Dash,
        b'"' | b'\'' => Quote,
        b'*' => Star,
        b'0'..=b'9' => Digit,
        b'|' => Other,
        _ => Word,
    }
}

/// The class of a character beyond ASCII.
pub(super) fn class_of(c: char) -> Class {
    match c {
        // Syllables, and the jamo that make them up, which break as syllables do.
        '\u{ac00}'..='\u{d7a3}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{a960}'..='\u{a97c}'
        | '\u{d7b0}'..='\u{d7fb}' => Syllable,
        '\u{80}'..='\u{ff}' => latin1(c),
        '\u{2000}'..='\u{20cf}' => general_punctuation(c),
        '\u{2100}'..='\u{2bff}' => symbol(c),
        '\u{1680}' | '\u{3000}' => Blank,
        '\u{feff}' => Glue,
        '\u{2e80}'..='\u{33ff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ffee}' => cjk(c),
        '\u{3400}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' => Syllable,
        '\u{1f000}'..='\u{1ffff}' => Other,
        _ if c.is_numeric() => Digit,
        _ => Word,
    }
}

const fn latin1(c: char) -> Class {
    match c {
        '\u{85}' => Blank,
        '\u{a0}' => Glue,
        '«' => Open,
        '¡' | '¿' => Lead,
        '»' => Close,
        '·' => Dot,
        '°' => Unit,
        '£' | '¥' | '¤' | '±' | '§' | '©' => Prefix,
        '×' | '÷' | '¶' | '®' | '¦' | '¬' => Other,
        _ => Word,
    }
}

const fn general_punctuation(c: char) -> Class {
    match c {
        '\u{2007}' | '\u{202f}' | '\u{2060}' | '\u{2011}' | '\u{200d}' => Glue,
        '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{2028}' | '\u{2029}' => Blank,
        '\u{200b}' => Seam,
        '\u{2010}' => Hyphen,
        '–' | '—' | '―' | '‒' | '⁓' => Dash,
        '…' | '‥' => Trail,
        '‘' | '‚' | '“' | '„' | '‛' | '‟' | '‹' | '⁅' => Open,
        '’' | '”' | '›' | '⁆' | '‼' | '⁇'..='⁉' => Close,
        '‰' | '‱' => Percent,
        '′'..='‴' => Unit,
        '•' | '‣' | '◦' | '※' | '⁎' | '⁕' => Bullet,
        '․' | '‧' | '∙' => Dot,
        '₩' | '€' | '\u{20a0}'..='\u{20cf}' => Prefix,
        '\u{2070}'..='\u{209c}' => Word,
        _ => Other,
    }
}

const fn symbol(c: char) -> Class {
    match c {
        '℃' | '℉' => Percent,
        'ℓ' => Unit,
        '№' | '−' | '☎' | '☏' => Prefix,
        'Ⅰ'..='ↈ' | 'Å' | 'Ω' => Word,
        '■'..='◃' | '◆'..='◯' => Bullet,
        '①'..='⓿' | '★' | '☆' | '☞' | '☛' | '➢' | '➤' | '✓' | '✔' => Lead,
        '∙' | '⋅' => Dot,
        '∼' => Dash,
        '〈' | '❨' | '❪' | '❬' | '❮' | '❰' | '❲' | '❴' | '⟦' | '⟨' | '⟪' => {
            Open
        }
        '〉' | '❩' | '❫' | '❭' | '❯' | '❱' | '❳' | '❵' | '⟧' | '⟩' | '⟫' => {
            Close
        }
        _ => Other,
    }
}

const fn cjk(c: char) -> Class {
    match c {
        '〈' | '《' | '「' | '『' | '【' | '〔' | '〖' | '〘' | '〚' | '〝' => Open,
        '〉' | '》' | '」' | '』' | '】' | '〕' | '〗' | '〙' | '〛' | '〞' | '〟' => {
            Close
        }
        '（' | '［' | '｛' | '｟' | '｢' | '﹙' | '﹛' | '﹝' | '﹁' | '﹃' | '﹤' | '＜' => {
            Open
        }
        '）' | '］' | '｝' | '｠' | '｣' | '﹚' | '﹜' | '﹞' | '﹂' | '﹄' | '﹥' | '＞' | '！'
        | '﹗' => Close,
        '、'
        | '。'
        | '・'
        | 'ㆍ'
        | '，'
        | '．'
        | '：'
        | '；'
        | '｡'
        | '､'
        | '･'
        | '﹐'..='﹒'
        | '﹔'
        | '﹕' => Dot,
        '？' | '﹖' => Query,
        '％' | '﹪' => Percent,
        '￦' | '＄' | '￥' | '￡' | '＃' | '＠' => Prefix,
        '～' | '〜' | '〰' => Dash,
        '／' => Slash,
        '＆' | '＝' => Joint,
        '－' => Hyphen,
        '㎀'..='㏟' | '㍱'..='㍺' => Unit,
        '０'..='９' => Digit,
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Word,
        '〃' | '々' | '〻' | 'ゝ' | 'ゞ' | 'ー' | 'ヽ' | 'ヾ' | 'ｰ' | '\u{ff9e}' | '\u{ff9f}' => {
            Small
        }
        'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ' => {
            Small
        }
        'ァ'
        | 'ィ'
        | 'ゥ'
        | 'ェ'
        | 'ォ'
        | 'ッ'
        | 'ャ'
        | 'ュ'
        | 'ョ'
        | 'ヮ'
        | 'ヵ'
        | 'ヶ'
        | 'ㇰ'..='ㇿ' => Small,
        '㈀'..='㉃' | '㉈'..='㉏' | '㊀'..='㊰' | '㉑'..='㉿' | '㊱'..='㊿' => Word,
        _ => Syllable,
    }
}

/// Ranks of the boundaries between two classes, without and with spaces between them:
/// `[before][after]`.
static RANK: [[[u8; CLASSES]; CLASSES]; 2] = {
    let mut table = [[[0; CLASSES]; CLASSES]; 2];
    let mut p = 0;
    while p < CLASSES {
        assert!(ALL[p] as usize == p, "in the order of the enum");
        let mut c = 0;
        while c < CLASSES {
            table[0][p][c] = tight(ALL[p], ALL[c]) as u8;
            table[1][p][c] = spaced(ALL[p], ALL[c]) as u8;
            c += 1;
        }
        p += 1;
    }
    table
};

const ALL: [Class; CLASSES] = [
    Blank, Newline, Seam, Glue, Open, Bullet, Close, Stop, Comma, Query, Percent, Unit, Prefix,
    Hyphen, Lead, Slash, Joint, Dot, Dash, Small, Digit, Word, Syllable, Other, Trail, Quote, Star,
];

/// The rank of the boundary between clusters of classes `before` and `after`, with or without
/// blanks between them.
#[inline]
pub(super) fn rank(before: Class, after: Class, blanks: bool) -> Rank {
    Rank::from(RANK[usize::from(blanks)][before as usize][after as usize])
}

const fn tight(before: Class, after: Class) -> Rank {
    match (before, after) {
        (_, Close | Stop | Comma | Query | Percent | Dot) => FORBIDDEN,
        (Open | Bullet, _) => FORBIDDEN,
        (Glue, _) | (_, Glue) => GLUED,
        (_, Hyphen | Slash | Joint | Dash | Small | Trail | Quote | Seam)
        | (Lead, _)
        | (Digit, Unit) => AVOID,
        (Seam, _) => SPACE,
        (_, Open | Bullet | Lead) | (Dot | Dash | Slash, _) => INNER,
        (Hyphen, Digit) | (Joint, _) | (Query, Word | Digit | Prefix) => LETTER,
        (Hyphen, _) => INNER,
        (Comma | Stop, Digit) | (Stop | Prefix, Word) => POINT,
        (Digit, Digit | Word) => NUMBER,
        (Comma, _) => SYLLABLE,
        (Digit, Prefix) => LETTER,
        (_, Other) | (Other, _) => SYLLABLE,
        (Stop | Query | Close | Trail | Quote | Percent | Unit | Prefix | Digit, _) => PARTICLE,
        (Word, _) => LETTER,
        _ => SYLLABLE,
    }
}

const fn spaced(before: Class, after: Class) -> Rank {
    match (before, after) {
        (_, Close | Stop | Comma | Query | Percent | Dot) | (Open | Bullet, _) => FORBIDDEN,
        (Glue, _) | (_, Glue) => GLUED,
        (Lead, _) | (_, Small | Trail | Dash | Slash) => AVOID,
        _ => SPACE,
    }
}

/// The rank of a boundary inside a web address: breaks after `/`, `?`, `&` and the like are
/// preferred.
pub(super) fn rank_in_address(before: Class, after: Class, rank: Rank) -> Rank {
    match (before, after) {
        (Slash | Query | Joint | Hyphen, Word | Digit | Syllable | Prefix | Other) => INNER,
        _ => rank,
    }
}

/// Resolves the class of an ambiguous character at byte `at` of `text` by what is before it.
pub(super) fn resolve(class: Class, text: &str, at: usize) -> Class {
    let opens = opens(&text[..at]);
    match (class, opens) {
        (Quote | Hyphen | Star, true) => Lead,
        (Star, false) => Word,
        (other, _) => other,
    }
}

/// How many consecutive quotation marks are looked through.
const QUOTES: usize = 4;

/// Whether a word can start after `before`.
fn opens(before: &str) -> bool {
    for c in before.chars().rev().take(QUOTES) {
        match class_at(c) {
            Quote => {}
            Blank | Newline | Seam | Open | Bullet | Lead => return true,
            _ => return false,
        }
    }
    before.chars().nth(QUOTES - 1).is_none()
}

/// The class of a character, ambiguous ones not resolved.
pub(super) fn class_at(c: char) -> Class {
    if c.is_ascii() {
        ASCII[c as usize]
    } else {
        class_of(c)
    }
}
