//! 두벌식, the standard Korean keyboard layout: from a Hangul character to the Latin letters on the
//! keys that type it.

/// Keys of the initial consonants, in the order of their numbers in a syllable.
const INITIALS: [&str; 19] = [
    "r", "R", "s", "e", "E", "f", "a", "q", "Q", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g",
];
/// Keys of the vowels in the same order; as separate jamo they begin at U+314F.
const VOWELS: [&str; 21] = [
    "k", "o", "i", "O", "j", "p", "u", "P", "h", "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b",
    "m", "ml", "l",
];
/// Keys of the final consonants in the same order; the first is for none.
const FINALS: [&str; 28] = [
    "", "r", "R", "rt", "s", "sw", "sg", "e", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a",
    "q", "qt", "t", "T", "d", "w", "c", "z", "x", "v", "g",
];
/// Keys of the consonants as separate jamo, from U+3131.
const CONSONANTS: [&str; 30] = [
    "r", "R", "rt", "s", "sw", "sg", "e", "E", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a",
    "q", "Q", "qt", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g",
];

/// The letters that type `c`, a capital for a shifted key; empty for a character that the layout
/// can't type.
pub fn letters(c: char) -> String {
    let at =
        |table: &[&'static str], index: u32| table.get(index as usize).copied().unwrap_or_default();
    let code = c as u32;
    match c {
        'ㄱ'..='ㅎ' => at(&CONSONANTS, code - 'ㄱ' as u32).to_owned(),
        'ㅏ'..='ㅣ' => at(&VOWELS, code - 'ㅏ' as u32).to_owned(),
        '가'..='힣' => {
            let (syllable, finals) = (code - '가' as u32, FINALS.len() as u32);
            let vowels = VOWELS.len() as u32;
            let initial = at(&INITIALS, syllable / (vowels * finals));
            [
                initial,
                at(&VOWELS, syllable / finals % vowels),
                at(&FINALS, syllable % finals),
            ]
            .concat()
        }
        _ => String::new(),
    }
}
