//! Copies of one text: wire stories that several publishers print with small changes.
//!
//! A text is the set of its five-letter pieces, of which a fixed eighth (by hash) is kept. One text
//! is a copy of another where half of the shorter one's pieces stand in the other: measured, that
//! finds copies with a cut tail, another byline and changed words, where SimHash does not. Texts
//! that are filled into one form share as much; whether two may be copies at all is for who asks to
//! say.

use crate::summary::characters::is_letter;

/// Letters of a piece.
const PIECE: usize = 5;
/// One piece in so many is kept.
const KEPT: u64 = 8;
/// Share of the shorter text's pieces that makes it a copy.
const COPY: f64 = 0.5;
/// Texts with fewer kept pieces (some hundred letters) are too short to tell.
const FEWEST: usize = 12;
/// Pieces of a text, the smallest, by which copies are looked for, and how many they share before
/// they are compared.
const SKETCH: usize = 64;
const SHARED: usize = 2;
/// A piece in more texts than this is looked up among its neighbours only: a formula, or a very
/// popular wire story, whose copies meet through the others.
const CROWD: usize = 24;

/// The kept pieces of `texts`, ordered, each once.
pub(super) fn pieces<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let letters: Vec<char> = texts
        .flat_map(str::chars)
        .filter(|c| is_letter(*c))
        .collect();
    let mut out: Vec<u32> = letters
        .windows(PIECE)
        .map(hash)
        .filter(|h| h % KEPT == 0)
        .map(|h| (h >> 32) as u32)
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// FNV-1a over the letters, then mixed so that every bit depends on every letter.
fn hash(piece: &[char]) -> u64 {
    let h = piece.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, &c| {
        (h ^ u64::from(c as u32)).wrapping_mul(0x0100_0000_01b3)
    });
    (h ^ (h >> 29))
        .wrapping_mul(0xbf58_476d_1ce4_e5b9)
        .rotate_left(31)
}

/// Whether half of the shorter text stands in the longer one.
pub(super) fn is_copy(a: &[u32], b: &[u32]) -> bool {
    let shorter = a.len().min(b.len());
    let needed = (COPY * shorter as f64).ceil() as usize;
    shorter >= FEWEST && have_in_common(a, b, needed)
}

/// Whether two ordered lists have `needed` numbers in common. It stops where too few are left.
fn have_in_common(a: &[u32], b: &[u32], needed: usize) -> bool {
    let (mut i, mut j, mut found) = (0, 0, 0);
    while found < needed && found + (a.len() - i).min(b.len() - j) >= needed {
        // Which of the two is smaller is as good as random: numbers instead of branches.
        let (x, y) = (a[i], b[j]);
        found += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    found >= needed
}

/// Two numbers in one, ordered by the first, then by the second.
fn pack(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

/// For each text the first text of its set of copies (itself where it has none).
pub(super) fn sets(texts: &[&[u32]], may: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    // Both lists hold two numbers in one word each: they are sorted as such, which is most of the
    // time spent here.
    let mut index: Vec<u64> = texts
        .iter()
        .enumerate()
        .flat_map(|(i, pieces)| pieces.iter().take(SKETCH).map(move |&p| pack(p, i as u32)))
        .collect();
    index.sort_unstable();
    let mut pairs: Vec<u64> = Vec::new();
    for posting in index.chunk_by(|a, b| a >> 32 == b >> 32) {
        for (at, &b) in posting.iter().enumerate() {
            let from = if posting.len() > CROWD {
                at.saturating_sub(2)
            } else {
                0
            };
            pairs.extend(posting[from..at].iter().map(|&a| pack(a as u32, b as u32)));
        }
    }
    pairs.sort_unstable();
    let mut roots: Vec<usize> = (0..texts.len()).collect();
    for same in pairs.chunk_by(|x, y| x == y) {
        let (a, b) = ((same[0] >> 32) as usize, same[0] as u32 as usize);
        let (first, second) = (root(&mut roots, a), root(&mut roots, b));
        if first != second && same.len() >= SHARED && is_copy(texts[a], texts[b]) && may(a, b) {
            roots[first.max(second)] = first.min(second);
        }
    }
    (0..texts.len()).map(|i| root(&mut roots, i)).collect()
}

/// The first of the set that `i` is in, by what each names as nearer to it.
pub(super) fn root(roots: &mut [usize], mut i: usize) -> usize {
    while roots[i] != i {
        roots[i] = roots[roots[i]];
        i = roots[i];
    }
    i
}
