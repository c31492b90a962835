//! Stories of what somebody said: who tells nothing of the speaker is not of the story, and the
//! flash that announced the words is.

use super::likeness::ArticleVectors;
use crate::news::order::Order as _;

/// A story of fewer articles is left as it is.
const FEWEST: usize = 4;
/// Share of a flash's letter pairs that an article of the story has in headline and lead.
const TOLD: f64 = 0.3;

/// Parts from stories that mostly quote one speaker what does not name him, and adds flashes: a
/// headline alone shares too few words with any article to be joined by these. `soon` says whether
/// two articles came within hours. Groups and their members stay ordered.
pub(super) fn settled(
    space: &ArticleVectors<'_>,
    groups: Vec<Vec<usize>>,
    soon: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut out = Vec::with_capacity(groups.len());
    let mut told: Vec<(&str, Vec<usize>)> = Vec::new();
    let mut flashes = Vec::new();
    for group in groups {
        match (space.speaker(&group), &*group) {
            (Some(speaker), [one]) if space.clues(*one).is_flash() => flashes.push((speaker, *one)),
            (_, [_]) | (None, _) => out.push(group),
            (Some(speaker), [_, _, ..]) => {
                let stays = |m: &usize| group.len() < FEWEST || space.clues(*m).names(speaker);
                let (of_story, others): (Vec<usize>, Vec<usize>) =
                    group.iter().partition(|m| stays(m));
                out.extend(others.into_iter().map(|m| vec![m]));
                told.push((speaker, of_story));
            }
            (Some(_), []) => {}
        }
    }
    for (speaker, flash) in flashes {
        let announces = |group: &[usize]| {
            let tells = |&m: &usize| space.clues(flash).told_by(space.clues(m)) >= TOLD;
            group.iter().any(|&m| soon(m, flash)) && group.iter().any(tells)
        };
        let mut fits = told
            .iter_mut()
            .filter(|(name, g)| *name == speaker && announces(g));
        match (fits.next(), fits.next()) {
            (Some((_, group)), None) => group.push(flash),
            _ => out.push(vec![flash]),
        }
    }
    out.extend(told.into_iter().map(|(_, group)| group));
    out.iter_mut().for_each(|g| g.sort_unstable());
    out.order_by_key(|g| g[0]);
    out
}
