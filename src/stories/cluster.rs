//! Average-link clustering over a sparse graph: the two groups with the highest mean likeness
//! merge, until none is above the threshold. Pairs without an edge count as likeness 0, which keeps
//! chains of loosely related articles from forming.
//!
//! It follows chains of nearest neighbours (Murtagh, "A survey of recent advances in hierarchical
//! clustering algorithms", 1983): if two groups are each other's nearest neighbours, it does not
//! matter when they merge, as the merged group is no nearer to a third than the nearer of the two
//! was. So there is no priority queue, and each group looks at its own neighbours only.

use super::copies::root;
use crate::news::order::Order as _;

/// Likenesses are summed as integers in units of 1/2³², so that a sum does not depend on the order
/// of its terms, as it would with floating point.
const UNIT: f64 = (1_u64 << 32) as f64;

/// An edge to another group: the likeness summed over all pairs of their members.
#[derive(Clone, Copy)]
struct Tie {
    to: usize,
    sum: i64,
}

struct Groups {
    /// For each group the one that it was merged into; itself if it was not merged.
    roots: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// Edges to other groups, in both directions. They may point to groups that have been merged
    /// since, and several may point to the same group, until [`Self::settle`].
    ties: Vec<Vec<Tie>>,
    least: f64,
}

impl Groups {
    /// The mean likeness of two groups.
    fn mean(&self, a: usize, tie: Tie) -> f64 {
        tie.sum as f64 / UNIT / (self.members[a].len() * self.members[tie.to].len()) as f64
    }

    /// Brings the edges of a group up to date: one for each other group, sorted.
    fn settle(&mut self, a: usize) {
        let mut ties = std::mem::take(&mut self.ties[a]);
        ties.iter_mut()
            .for_each(|t| t.to = root(&mut self.roots, t.to));
        ties.sort_unstable_by_key(|t| t.to);
        ties.dedup_by(|next, first| {
            let same = next.to == first.to;
            first.sum += if same { next.sum } else { 0 };
            same
        });
        ties.retain(|t| t.to != a);
        self.ties[a] = ties;
    }

    /// The nearest neighbour of `a` above the threshold. Among equals it is `before`, the group
    /// that the chain came from, so that the chain ends; else the first.
    fn nearest(&mut self, a: usize, before: Option<usize>) -> Option<usize> {
        self.settle(a);
        let mut best: Option<(usize, f64)> = None;
        for &tie in &self.ties[a] {
            let mean = self.mean(a, tie);
            let better =
                best.is_none_or(|(_, b)| mean > b || (mean == b && Some(tie.to) == before));
            if mean >= self.least && better {
                best = Some((tie.to, mean));
            }
        }
        best.map(|(to, _)| to)
    }

    /// Merges two groups.
    fn merge(&mut self, a: usize, b: usize) {
        let (a, b) = (a.min(b), a.max(b));
        self.roots[b] = a;
        let (gone, ties) = (
            std::mem::take(&mut self.members[b]),
            std::mem::take(&mut self.ties[b]),
        );
        self.members[a].extend(gone);
        self.ties[a].extend(ties);
    }

    /// Merges groups until no two are above the threshold.
    fn link(&mut self) {
        let mut chain: Vec<usize> = Vec::new();
        for first in 0..self.roots.len() {
            // A group without a neighbour above the threshold never gets one: it is finished.
            chain.push(first);
            while let Some(&tip) = chain.last() {
                let before = chain.len().checked_sub(2).map(|n| chain[n]);
                match if self.roots[tip] == tip {
                    self.nearest(tip, before)
                } else {
                    None
                } {
                    Some(next) if Some(next) == before => {
                        chain.truncate(chain.len() - 2);
                        self.merge(tip, next);
                        if chain.is_empty() {
                            chain.push(tip.min(next));
                        }
                    }
                    Some(next) => chain.push(next),
                    None => {
                        chain.pop();
                    }
                }
            }
        }
    }
}

/// Groups the items `0..n`. `start[i]` is the first of the set that `i` begins in (the copies of
/// one text begin as one group). `edges` are (a, b, likeness). Groups merge while their mean
/// likeness is at least `least`; one below 0 keeps groups apart. Each group is sorted, and they are
/// sorted by their first member.
pub(super) fn average_link(
    start: &[usize],
    edges: &[(usize, usize, f64)],
    least: f64,
) -> Vec<Vec<usize>> {
    let n = start.len();
    // A mean is no larger than its largest term, so groups in different connected components of the
    // graph of edges above the threshold never merge. The edges between components, which are
    // nearly all there are, can be dropped.
    let mut whole: Vec<usize> = (0..n).collect();
    for &(a, b, _) in edges.iter().filter(|(_, _, likeness)| *likeness >= least) {
        let (a, b) = (root(&mut whole, start[a]), root(&mut whole, start[b]));
        whole[a.max(b)] = a.min(b);
    }
    let mut groups = Groups {
        roots: (0..n).collect(),
        members: vec![Vec::new(); n],
        ties: vec![Vec::new(); n],
        least,
    };
    for (i, &set) in start.iter().enumerate() {
        groups.roots[i] = set;
        groups.members[set].push(i);
    }
    for &(a, b, likeness) in edges {
        let (a, b) = (start[a], start[b]);
        if a != b && root(&mut whole, a) == root(&mut whole, b) {
            let sum = (likeness * UNIT) as i64;
            groups.ties[a].push(Tie { to: b, sum });
            groups.ties[b].push(Tie { to: a, sum });
        }
    }
    groups.link();
    let mut out: Vec<Vec<usize>> = groups
        .members
        .into_iter()
        .filter(|m| !m.is_empty())
        .collect();
    out.iter_mut().for_each(|m| m.sort_unstable());
    out.order_by_key(|m| m[0]);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition taken literally: compare all pairs of groups, merge the two most alike, start
    /// over.
    fn by_definition(
        start: &[usize],
        edges: &[(usize, usize, f64)],
        least: f64,
    ) -> Vec<Vec<usize>> {
        let n = start.len();
        let mut groups: Vec<Vec<usize>> = (0..n)
            .map(|g| (0..n).filter(|&i| start[i] == g).collect())
            .collect();
        groups.retain(|g| !g.is_empty());
        let likeness = |a: usize, b: usize| -> f64 {
            edges
                .iter()
                .filter(|e| (e.0, e.1) == (a.min(b), a.max(b)))
                .map(|e| e.2)
                .sum()
        };
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            for b in 0..groups.len() {
                for a in 0..b {
                    let sum: f64 = groups[a]
                        .iter()
                        .flat_map(|&x| groups[b].iter().map(move |&y| likeness(x, y)))
                        .sum();
                    let mean = sum / (groups[a].len() * groups[b].len()) as f64;
                    if mean >= least && best.is_none_or(|(m, ..)| mean > m) {
                        best = Some((mean, a, b));
                    }
                }
            }
            let Some((_, a, b)) = best else { break };
            let gone = groups.remove(b);
            groups[a].extend(gone);
        }
        groups.iter_mut().for_each(|g| g.sort_unstable());
        groups.order_by_key(|g| g[0]);
        groups
    }

    proptest! {
        #[test]
        fn chains_give_what_the_definition_gives(
            copies in prop::collection::vec(any::<bool>(), 2..24),
            pairs in prop::collection::btree_map(
                (0..24_usize, 0..24_usize), 1_u32..1_000_000, 0..80,
            ),
        ) {
            let n = copies.len();
            // Some begin as a set with the one before them.
            let mut start: Vec<usize> = (0..n).collect();
            for i in 1..n {
                if copies[i] && i % 3 == 1 {
                    start[i] = start[i - 1];
                }
            }
            let edges: Vec<(usize, usize, f64)> = pairs
                .into_iter()
                .filter(|&((a, b), _)| a < b && b < n)
                .map(|((a, b), l)| (a, b, f64::from(l) / 1e6))
                .collect();
            prop_assert_eq!(average_link(&start, &edges, 0.2), by_definition(&start, &edges, 0.2));
        }
    }
}
