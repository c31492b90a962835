//! Average-link grouping over a sparse graph: the two groups that are most alike on average merge, until none are alike
//! enough. Pairs without an edge count as not alike at all, which keeps chains from forming.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use super::copies::root;

/// An offer to merge two groups, as things stood when it was made.
struct Offer {
    mean: f64,
    a: usize,
    b: usize,
    /// Sizes then; an offer to a group that has grown is void.
    sizes: (usize, usize),
}

impl Ord for Offer {
    /// The best mean first, then the earliest groups.
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean.total_cmp(&other.mean).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Offer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Offer {}

struct Groups {
    members: Vec<Vec<usize>>,
    /// Sums of likenesses to other groups, both ways.
    ties: Vec<BTreeMap<usize, f64>>,
    offers: BinaryHeap<Offer>,
    least: f64,
}

impl Groups {
    fn offer(&mut self, a: usize, b: usize) {
        let (a, b) = (a.min(b), a.max(b));
        let sizes = (self.members[a].len(), self.members[b].len());
        let Some(sum) = self.ties[a].get(&b) else { return };
        let mean = sum / (sizes.0 * sizes.1) as f64;
        if mean >= self.least {
            self.offers.push(Offer { mean, a, b, sizes });
        }
    }

    fn merge(&mut self, a: usize, b: usize) {
        let gone = std::mem::take(&mut self.members[b]);
        self.members[a].extend(gone);
        for (c, sum) in std::mem::take(&mut self.ties[b]) {
            self.ties[c].remove(&b);
            if c != a {
                *self.ties[a].entry(c).or_default() += sum;
                *self.ties[c].entry(a).or_default() += sum;
            }
        }
        let neighbours: Vec<usize> = self.ties[a].keys().copied().collect();
        neighbours.into_iter().for_each(|c| self.offer(a, c));
    }
}

/// Groups `0..n`. `start[i]` is the first of the set that `i` begins in; `edges` are (a, b, likeness); groups merge while
/// their mean likeness is at least `least`. Each group is ordered; groups come by their first member.
pub(super) fn average_link(start: &[usize], edges: &[(usize, usize, f64)], least: f64) -> Vec<Vec<usize>> {
    let n = start.len();
    let mut groups =
        Groups { members: vec![Vec::new(); n], ties: vec![BTreeMap::new(); n], offers: BinaryHeap::new(), least };
    for (i, &set) in start.iter().enumerate() {
        groups.members[set].push(i);
    }
    // A mean is no more than the largest of its pairs: groups that no pair alike enough ties, by whatever way, never merge,
    // and all their other pairs, which are nearly all there are, need not be looked at.
    let mut roots: Vec<usize> = (0..n).collect();
    for &(a, b, _) in edges.iter().filter(|(_, _, likeness)| *likeness >= least) {
        let (a, b) = (root(&mut roots, start[a]), root(&mut roots, start[b]));
        roots[a.max(b)] = a.min(b);
    }
    for &(a, b, likeness) in edges {
        let (a, b) = (start[a], start[b]);
        if a != b && root(&mut roots, a) == root(&mut roots, b) {
            *groups.ties[a].entry(b).or_default() += likeness;
            *groups.ties[b].entry(a).or_default() += likeness;
        }
    }
    for a in 0..n {
        let later: Vec<usize> = groups.ties[a].range(a + 1..).map(|(&b, _)| b).collect();
        later.into_iter().for_each(|b| groups.offer(a, b));
    }
    while let Some(Offer { a, b, sizes, .. }) = groups.offers.pop() {
        if sizes == (groups.members[a].len(), groups.members[b].len()) {
            groups.merge(a, b);
        }
    }
    let mut out: Vec<Vec<usize>> = groups.members.into_iter().filter(|m| !m.is_empty()).collect();
    out.iter_mut().for_each(|m| m.sort_unstable());
    out.sort_unstable_by_key(|m| m[0]);
    out
}
