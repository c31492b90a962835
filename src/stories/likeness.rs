//! The likeness of two articles: the cosine of their words, weighted by rarity (TF-IDF), over title
//! and lead; where both have their full text, also over that, and by how much of each headline the
//! other's text covers.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::copies;
use super::event::Clues;
use super::spelling::spelled_out;
use super::vectors::{DenseVector, WordVector, WordWorths};
use crate::summary::tokens::{Lexicon, counts, shared};

/// How many times the title's words are counted when added to the lead's.
const TITLE_IN_LEAD: usize = 4;
/// How many times the title's words are counted when added to the full text's, in which the lead
/// counts twice.
const TITLE_IN_TEXT: usize = 6;
/// A lead is cut after this many characters.
const LEAD_LENGTH: usize = 500;
/// Weights of the three parts of the likeness of two full texts: the cosine of title and lead, the
/// cosine of the full text, and the share of each headline that the other text covers. They add up
/// to 1, so that likenesses of articles with and without full text share one threshold.
const HEAD: f64 = 0.5;
const WHOLE: f64 = 0.25;
const HEADLINES: f64 = 0.25;
/// An article covers a headline if it holds this share of it, by the worth of its words.
const TOLD: f64 = 0.4;
/// Texts with fewer numbers than this are not checked for the same numbers before they count as
/// copies: so few may differ by chance.
const FIGURES: usize = 3;
/// A word in more articles than this (or than a hundredth of all, if that is more) is left out of
/// the index: it would pair almost everything with everything.
const COMMON: usize = 60;
/// Pairs are compared if the dot product over their indexed words is at least this in a pool of at
/// most a thousand articles, and twice this in one of ten thousand: so large a pool has a higher
/// threshold for a story too, and most of its pairs are below it by far.
const CANDIDATE: f32 = 0.04;
const LARGE_POOL: f32 = 1_000.0;

/// A word is rare in this many articles or fewer, or in one of so many, if that is more.
const RARE: usize = 8;
const RARE_PART: usize = 50;
/// Rare words of the headlines that two articles on one event share, and at most as many more that
/// count.
const EXPECTED: f64 = 3.0;
const MOST_SURPLUS: f64 = 4.0;
/// What each of them counts for in a pool of 1,000.
const EVIDENCE: f64 = 0.04;
/// What a pair's likeness gains where both headlines say that the same happened to one bearer of a
/// rare name, in whatever words.
const ONE_HAPPENING: f64 = 0.1;
/// A name is rarer than other rare words: it stands in this many articles or fewer, or in one of so
/// many, if that is more.
const NAME: usize = 4;
const NAME_PART: usize = 100;
/// In a pool of at most this many articles every pair is looked at.
const SMALL_POOL: usize = 100;
/// With fewer articles than this, starting a second thread costs more than it saves.
const WORTH_A_THREAD: usize = 1_000;
/// Articles that a thread takes from the queue at a time.
const PORTION: usize = 64;

/// The words of an article with their counts, as numbers of the [`Lexicon`].
#[derive(Clone, Debug, Default)]
pub(super) struct WordCounts {
    /// The words of the title, sorted, without duplicates.
    title: Vec<u32>,
    lead: Vec<(u32, u32)>,
    whole: Vec<(u32, u32)>,
    /// The runs of digits in the text, sorted, without duplicates.
    numbers: Vec<u32>,
    /// Hashes of five-letter shingles, by which [`copies`] finds copies.
    pub(super) pieces: Vec<u32>,
}

impl WordCounts {
    /// Counts the stems of an article; `body` is empty where only title and lead are known.
    pub(super) fn of(lexicon: &mut Lexicon, title: &str, lead: &str, body: &[&str]) -> Self {
        let title = lexicon.stems(&spelled_out(title, lead));
        let cut = lead
            .char_indices()
            .nth(LEAD_LENGTH)
            .map_or(lead.len(), |(b, _)| b);
        let text = if body.is_empty() {
            std::slice::from_ref(&lead)
        } else {
            body
        };
        let pieces = copies::pieces(text.iter().copied());
        let figures = text
            .iter()
            .flat_map(|t| t.split(|c: char| !c.is_ascii_digit()))
            .filter(|f| !f.is_empty());
        let mut numbers: Vec<u32> = figures.map(|figure| lexicon.id(figure)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut whole: Vec<u32> = body
            .iter()
            .flat_map(|s| lexicon.stems(&spelled_out(s, lead)))
            .collect();
        let lead = lexicon.stems(&spelled_out(&lead[..cut], lead));
        if !whole.is_empty() {
            whole.extend_from_slice(&lead);
            (0..TITLE_IN_TEXT).for_each(|_| whole.extend_from_slice(&title));
        }
        let mut head = lead;
        (0..TITLE_IN_LEAD).for_each(|_| head.extend_from_slice(&title));
        let mut title = title;
        title.sort_unstable();
        title.dedup();
        Self {
            title,
            lead: counts(head),
            whole: counts(whole),
            numbers,
            pieces,
        }
    }
}

/// The articles of one grouping as vectors.
pub(super) struct ArticleVectors<'a> {
    bags: &'a [&'a WordCounts],
    clues: &'a [&'a Clues],
    lead: Vec<WordVector>,
    whole: Vec<WordVector>,
    df: Vec<u32>,
    roles: Vec<u32>,
    /// Words that say what happens.
    happening: Vec<u32>,
    /// The rare words of each headline.
    rare_titles: Vec<Vec<u32>>,
    /// Inverse document frequency of each word, over titles and leads, and over full texts.
    worth_in_lead: Vec<f64>,
    worth: Vec<f64>,
    /// Likeness from which two articles may be of one story.
    least: f64,
}

impl<'a> ArticleVectors<'a> {
    /// Weights the words by how few of `bags` hold them. `roles` are words that only say what
    /// somebody is, `happening` words that say what happens. `least` is the likeness from which two
    /// articles may be of one story.
    pub(super) fn new(
        bags: &'a [&'a WordCounts],
        clues: &'a [&'a Clues],
        mut roles: Vec<u32>,
        happening: Vec<u32>,
        least: f64,
    ) -> Self {
        roles.sort_unstable();
        let heads = WordWorths::of(bags.iter().map(|b| b.lead.as_slice()));
        let texts = WordWorths::of(bags.iter().map(|b| b.whole.as_slice()));
        let lead = bags.iter().map(|b| heads.vector(&b.lead, &roles)).collect();
        let whole = bags
            .iter()
            .map(|b| texts.vector(&b.whole, &roles))
            .collect();
        let mut space = Self {
            bags,
            clues,
            lead,
            whole,
            df: heads.df,
            roles,
            happening,
            rare_titles: Vec::new(),
            worth_in_lead: heads.worth,
            worth: texts.worth,
            least,
        };
        let rare = |bag: &&WordCounts| {
            let title = bag.title.iter().copied();
            title.filter(|t| space.is_rare(*t)).collect()
        };
        space.rare_titles = bags.iter().map(rare).collect();
        space
    }

    /// For each of `groups`, the member that is nearest to the group's mean; the first of equals.
    pub(super) fn centres(&self, groups: &[Vec<usize>]) -> Vec<usize> {
        let mut middle = DenseVector::new(&self.lead);
        groups
            .iter()
            .map(|members| self.centre(members, &mut middle))
            .collect()
    }

    /// The centre of one group. `middle` is a buffer for the group's sum, zero before and after.
    fn centre(&self, members: &[usize], middle: &mut DenseVector) -> usize {
        members.iter().for_each(|&m| middle.add(&self.lead[m]));
        let mut best = (members[0], f32::MIN);
        // Two members are equally far from their mean: the first stays.
        for &m in members.iter().filter(|_| members.len() > 2) {
            let near = middle.product(&self.lead[m]);
            if near > best.1 {
                best = (m, near);
            }
        }
        members.iter().for_each(|&m| middle.clear(&self.lead[m]));
        best.0
    }

    /// Pairs (a < b) that pass `may` and share enough rare words to be compared, with their
    /// likeness, 0 to 1: the cosine of title and lead; where both have their full text, the
    /// weighted mean of it, the text's cosine and [`Self::headlines`]. In no particular order, as
    /// threads share the work.
    pub(super) fn edges(
        &self,
        may: impl Fn(usize, usize) -> bool + Sync,
    ) -> Vec<(usize, usize, f64)> {
        let (all, rare) = (self.lead.len(), RareWordIndex::of(self));
        let threads = if all < WORTH_A_THREAD {
            1
        } else {
            thread::available_parallelism().map_or(1, NonZero::get)
        };
        // An article is compared with all before it, so later ones take longer: threads take small
        // portions in turn instead of a fixed share each.
        let next = AtomicUsize::new(0);
        let work = || {
            let (mut lead, mut whole) =
                (DenseVector::new(&self.lead), DenseVector::new(&self.whole));
            let (mut sums, mut found) = (vec![0.0; all], Vec::new());
            loop {
                let from = next.fetch_add(PORTION, Ordering::Relaxed);
                if from >= all {
                    return found;
                }
                for b in from..all.min(from + PORTION) {
                    self.edges_to(
                        b,
                        &may,
                        &rare,
                        (&mut lead, &mut whole, &mut sums),
                        &mut found,
                    );
                }
            }
        };
        thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let own = work();
            let rest = others
                .into_iter()
                .flat_map(|t| t.join().unwrap_or_else(|panic| resume_unwind(panic)));
            own.into_iter().chain(rest).collect()
        })
    }

    /// Appends the pairs of article `b` with earlier ones to `edges`. The buffers are zero before
    /// and after.
    fn edges_to(
        &self,
        b: usize,
        may: &impl Fn(usize, usize) -> bool,
        rare: &RareWordIndex<'_>,
        (lead, whole, sums): (&mut DenseVector, &mut DenseVector, &mut [f32]),
        edges: &mut Vec<(usize, usize, f64)>,
    ) {
        lead.add(&self.lead[b]);
        whole.add(&self.whole[b]);
        for a in rare
            .sharing(b, &self.lead[b], sums)
            .into_iter()
            .filter(|&a| may(a, b))
        {
            let head = lead.cosine(&self.lead[a]);
            let texts = !self.bags[a].whole.is_empty() && !self.bags[b].whole.is_empty();
            let likeness = if texts {
                let all = whole.cosine(&self.whole[a]);
                HEAD * head + WHOLE * all + HEADLINES * self.headlines(a, b, whole)
            } else {
                head
            };
            let likeness = self.with_evidence(a, b, likeness);
            let likeness = self.clues[a].judge(self.clues[b], likeness, self.least);
            if likeness < self.least || !self.of_one_form(a, b) {
                edges.push((a, b, likeness));
            }
        }
        lead.clear(&self.lead[b]);
        whole.clear(&self.whole[b]);
    }

    /// The likeness of a pair, more or less for the rare words of either headline that the other
    /// article has: an event is who, where and how many, and two articles on one event share
    /// several of these. As false pairs come with a large pool, nothing is changed in a small one.
    fn with_evidence(&self, a: usize, b: usize, likeness: f64) -> f64 {
        let large = (self.bags.len() as f64 / 100.0).max(1.0).log10().min(2.0);
        let (x, y) = (&self.rare_titles[a], &self.rare_titles[b]);
        let there = |t: &&u32, by: usize| {
            let words = &self.bags[by].lead;
            words.binary_search_by_key(*t, |(word, _)| *word).is_ok()
        };
        let first = x.iter().filter(|t| there(t, b)).count();
        let rest = y.iter().filter(|t| there(t, a));
        let found = first + rest.filter(|t| x.binary_search(t).is_err()).count();
        if self.tell_one_happening(a, b) {
            return likeness + ONE_HAPPENING;
        }
        let surplus = (found as f64 - EXPECTED).clamp(-EXPECTED, MOST_SURPLUS);
        likeness + EVIDENCE * large * surplus
    }

    /// Whether both headlines have one rare name, and say that the same happened to its bearer, be
    /// it in other words: `시장 강나루 사의`, `강나루 낙마`. Another such word stands in both texts: a
    /// firm is in the news for several things of one kind.
    fn tell_one_happening(&self, a: usize, b: usize) -> bool {
        let most = (self.bags.len() / NAME_PART).max(NAME);
        let is_name = |t: &u32| {
            let df = self.df.get(*t as usize).copied().unwrap_or(0);
            let number = self.bags[a].numbers.binary_search(t).is_ok();
            df as usize <= most && !number && !self.happening.contains(t)
        };
        let has = |words: &[(u32, u32)], t: u32| {
            words.binary_search_by_key(&t, |(word, _)| *word).is_ok()
        };
        let (x, y) = (&self.rare_titles[a], &self.rare_titles[b]);
        let named = |t: &u32| y.binary_search(t).is_ok() && is_name(t);
        let of_both = || {
            let words = self.bags[a].lead.iter().map(|(t, _)| *t);
            words.filter(|&t| is_name(&t) && self.is_rare(t) && has(&self.bags[b].lead, t))
        };
        self.clues[a].tells_the_same_kind(self.clues[b])
            && x.iter().any(named)
            && of_both().nth(1).is_some()
    }

    /// Whether a word tells one event from another: few articles hold it, and it says neither what
    /// somebody is nor what kind of thing happened.
    pub(super) fn is_rare(&self, word: u32) -> bool {
        let most = (self.bags.len() / RARE_PART).max(RARE);
        let df = self.df.get(word as usize).copied().unwrap_or(0);
        df as usize <= most && self.roles.binary_search(&word).is_err()
    }

    /// The rare words of an article's headline.
    pub(super) fn rare_in_title(&self, article: usize) -> impl Iterator<Item = u32> {
        self.rare_titles[article].iter().copied()
    }

    /// What an article's headline tells beside its words.
    pub(super) fn clues(&self, article: usize) -> &'a Clues {
        self.clues[article]
    }

    /// Whom most headlines of a group quote, where it is one person.
    pub(super) fn speaker(&self, members: &[usize]) -> Option<&'a str> {
        let mut quoted: BTreeMap<&str, usize> = BTreeMap::new();
        for name in members.iter().filter_map(|&m| self.clues[m].speaker()) {
            *quoted.entry(name).or_default() += 1;
        }
        let most = quoted.into_iter().find(|(_, n)| n * 2 > members.len());
        most.map(|(name, _)| name)
    }

    /// The telling words of an article's title and lead, with their weights.
    pub(super) fn telling(&self, article: usize) -> &[(u32, f32)] {
        &self.lead[article].telling
    }

    /// Whether two articles that share much of their text may be copies: they have most of their
    /// numbers in common, and one covers the other's headline. Reports written from one template
    /// (weather, stock market) share their text too, but not these.
    pub(super) fn may_be_copies(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.bags[a], self.bags[b]);
        let fewer = a.numbers.len().min(b.numbers.len());
        if fewer >= FIGURES && shared(&a.numbers, &b.numbers) * 2 < fewer {
            return false;
        }
        let whole = !a.whole.is_empty() && !b.whole.is_empty();
        let worth = if whole {
            &self.worth
        } else {
            &self.worth_in_lead
        };
        let told = |title: &[u32], by: &WordCounts| {
            let words = if whole { &by.whole } else { &by.lead };
            title.is_empty()
                || share(title, worth, |t| {
                    words.binary_search_by_key(&t, |(word, _)| *word).is_ok()
                }) >= TOLD
        };
        told(&a.title, b) || told(&b.title, a)
    }

    /// Whether two articles share their text and report different things: both were written from
    /// one template.
    fn of_one_form(&self, a: usize, b: usize) -> bool {
        !self.may_be_copies(a, b) && copies::is_copy(&self.bags[a].pieces, &self.bags[b].pieces)
    }

    /// The share of each article's headline that the other's text covers, by the worth of its
    /// words; the smaller of the two. A round-up of the day's news covers the headlines of many
    /// stories, but none of them covers its own. `text` is that of `b`.
    fn headlines(&self, a: usize, b: usize, text: &DenseVector) -> f64 {
        let in_b = share(&self.bags[a].title, &self.worth, |t| text.contains(t));
        in_b.min(share(&self.bags[b].title, &self.worth, |t| {
            self.whole[a].contains(t)
        }))
    }
}

/// How many times a pool is tenfold a large one, 0 for a smaller one.
fn tenfolds(articles: usize) -> f32 {
    (articles as f32 / LARGE_POOL).max(1.0).log10()
}

/// The share of a headline that is `told`, 0 to 1, by the worth of its words.
fn share(title: &[u32], worth: &[f64], told: impl Fn(u32) -> bool) -> f64 {
    let worth = |t: u32| worth.get(t as usize).copied().unwrap_or(0.0);
    let all: f64 = title.iter().map(|&t| worth(t)).sum();
    let there: f64 = title.iter().filter(|&&t| told(t)).map(|&t| worth(t)).sum();
    if all > 0.0 { there / all } else { 0.0 }
}

/// An inverted index of the rare words of titles and leads: for each word, the articles that hold
/// it, in order, with its weight there.
struct RareWordIndex<'a> {
    df: &'a [u32],
    common: u32,
    postings: Vec<Vec<(u32, f32)>>,
    /// The product from which a pair is compared.
    candidate: f32,
    /// In so small a pool that hardly any word is rare, all pairs are looked at.
    all: bool,
}

impl<'a> RareWordIndex<'a> {
    fn of(space: &'a ArticleVectors<'_>) -> Self {
        let common = u32::try_from(COMMON.max(space.lead.len() / 100)).unwrap_or(u32::MAX);
        let mut rare = Self {
            df: &space.df,
            common,
            postings: vec![Vec::new(); space.df.len()],
            candidate: CANDIDATE * (1.0 + tenfolds(space.lead.len()).min(1.0)),
            all: space.lead.len() <= SMALL_POOL,
        };
        for (a, vector) in (0_u32..).zip(&space.lead) {
            for (t, w) in vector
                .words()
                .filter(|(t, _)| space.df[*t as usize] <= common)
            {
                rare.postings[t as usize].push((a, w));
            }
        }
        rare
    }

    /// The articles before `b` whose product with it over rare words reaches [`CANDIDATE`]. `sums`
    /// is a buffer with a place for each article, zero before and after.
    fn sharing(&self, b: usize, vector: &WordVector, sums: &mut [f32]) -> Vec<usize> {
        if self.all {
            return (0..b).collect();
        }
        let mut touched: Vec<u32> = Vec::new();
        for (t, w) in vector
            .words()
            .filter(|(t, _)| self.df[*t as usize] <= self.common)
        {
            for &(a, v) in self.postings[t as usize]
                .iter()
                .take_while(|(a, _)| (*a as usize) < b)
            {
                let sum = &mut sums[a as usize];
                if *sum == 0.0 {
                    touched.push(a);
                }
                *sum += v * w;
            }
        }
        touched.sort_unstable();
        let enough = |&a: &u32| std::mem::take(&mut sums[a as usize]) >= self.candidate;
        touched
            .into_iter()
            .filter(enough)
            .map(|a| a as usize)
            .collect()
    }
}
