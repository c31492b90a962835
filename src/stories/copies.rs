//! Copies of one text: wire stories that several publishers print with small changes.
//!
//! A text is represented by its five-letter shingles ("pieces"), of which a fixed eighth (by hash)
//! is kept. One text is a copy of another if half of the shorter one's pieces are in the other.
//! Measured against SimHash, this also finds copies with a cut end, another byline or changed
//! words. Reports written from one template share as many pieces; the caller decides by other means
//! whether two texts may be copies at all.

use crate::summary::characters::is_letter;

/// Letters of a piece.
const PIECE: usize = 5;
/// One piece in this many is kept.
const KEPT: u64 = 8;
/// A text is a copy if the longer one has this share of its pieces.
const COPY: f64 = 0.5;
/// Texts with fewer kept pieces (about a hundred letters) are too short to be called copies.
const FEWEST: usize = 12;
/// Candidates are found by each text's smallest pieces, this many, as in MinHash; texts that share
/// at least [`SHARED`] of them are compared in full.
const SKETCH: usize = 64;
const SHARED: usize = 2;
/// A text that shares a piece with more texts than this is paired with the two before it only, so
/// that a boilerplate phrase does not cost quadratic time. Copies of a very popular wire story are
/// still joined, as a chain.
const CROWD: usize = 24;

/// The kept pieces of `texts`, sorted, without duplicates.
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

/// Whether half of the shorter text's pieces are in the longer one.
pub(super) fn is_copy(a: &[u32], b: &[u32]) -> bool {
    let shorter = a.len().min(b.len());
    let needed = (COPY * shorter as f64).ceil() as usize;
    shorter >= FEWEST && have_in_common(a, b, needed)
}

/// Whether two sorted lists have `needed` numbers in common. Stops as soon as too few are left.
fn have_in_common(a: &[u32], b: &[u32], needed: usize) -> bool {
    let (mut i, mut j, mut found) = (0, 0, 0);
    while found < needed && found + (a.len() - i).min(b.len() - j) >= needed {
        // Which of the two is smaller can't be predicted, so this adds 0 or 1 instead of branching.
        let (x, y) = (a[i], b[j]);
        found += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    found >= needed
}

/// Packs two numbers into one that sorts by the first, then by the second.
fn pack(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

/// For each text the first text of its set of copies; itself if it has no copy. `may` says whether
/// two texts may be copies at all.
pub(super) fn sets(texts: &[&[u32]], may: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    // Both lists hold pairs packed into a u64: sorting is most of the time spent here, and sorting
    // integers is faster than sorting tuples.
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

/// The root of the set that `i` is in (union-find with path halving).
pub(super) fn root(roots: &mut [usize], mut i: usize) -> usize {
    while roots[i] != i {
        roots[i] = roots[roots[i]];
        i = roots[i];
    }
    i
}
