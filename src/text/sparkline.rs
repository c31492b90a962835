//! Numbers as a row of bars.

/// The bars, from the lowest to the highest.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// One bar for each number, the highest for the largest; a dot for none.
pub fn sparkline(numbers: &[usize]) -> String {
    let most = numbers.iter().copied().max().unwrap_or(0).max(1);
    let bar = |n: usize| match n {
        0 => '·',
        n => BARS[(n * BARS.len()).div_ceil(most).clamp(1, BARS.len()) - 1],
    };
    numbers.iter().map(|n| bar(*n)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_number_has_the_highest_bar_and_none_has_a_dot() {
        assert_eq!(sparkline(&[0, 1, 4, 8]), "·▁▄█");
        assert_eq!(sparkline(&[3, 3]), "██");
        assert_eq!(sparkline(&[0, 0]), "··");
        assert_eq!(sparkline(&[]), "");
        assert_eq!(sparkline(&[1, 1_000_000]), "▁█");
    }
}
