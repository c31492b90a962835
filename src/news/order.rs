//! Sorting where time does not count.
//!
//! `slice::sort` is compiled again for each type and each way to compare, at 5 KB a time. Here one
//! sort of places serves all, and only the comparison and the moving are compiled for each: use it
//! wherever a list is short, or sorted once for a person's key.

use std::cmp::Ordering;

/// Stable sorting of slices, as the standard library's methods of like names do it.
pub(crate) trait Order<T> {
    /// Sorts by what `compare` says.
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// Sorts by the key of each.
    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);

    /// Sorts by the items' own order.
    fn order(&mut self)
    where
        T: Ord;
}

impl<T> Order<T> for [T] {
    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let mut places = sorted(self.len(), &mut |a, b| compare(&self[a], &self[b]));
        // Each circle of places is walked once: what belongs at `to` stands at `from`.
        for start in 0..places.len() {
            let mut to = start;
            loop {
                let from = std::mem::replace(&mut places[to], to);
                if from == start {
                    break;
                }
                self.swap(to, from);
                to = from;
            }
        }
    }

    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }

    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }
}

/// The places of `len` items in their order.
fn sorted(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_standard_librarys_sort(
            items in proptest::collection::vec((0_u8..9, any::<String>()), 0..80)
        ) {
            let (mut ours, mut theirs) = (items.clone(), items.clone());
            ours.order();
            theirs.sort();
            prop_assert_eq!(&ours, &theirs);
            let (mut ours, mut theirs) = (items.clone(), items);
            ours.order_by_key(|(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(ours, theirs);
        }
    }
}
