//! The search index: finds the articles that may contain a text of any length, from one syllable
//! up.
//!
//! Trigrams cannot find the two-syllable words that most Korean nouns are, and SQLite's full-text
//! index over bigrams takes longer to fill than all other work of a refresh. So each letter and
//! each pair of adjacent letters of an article is hashed to one of 65,536 buckets, and a *segment*
//! of up to 1,024 articles stores, for each bucket, the articles that have it – as a list, or as a
//! bitmap where the list would be longer. Segments are written once. The result may contain
//! articles whose letters only collide; it never misses one. `search.rs` checks the text itself.
//! Headlines have additional buckets of their own, since a common word occurs in few of them.
//!
//! New articles that come in large numbers become a segment at once, while their text is in memory;
//! others wait in `pending` until there are enough for one. Waiting articles are always candidates.

use std::panic::resume_unwind;
use std::thread::{self, JoinHandle};

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{Store, StoreError};
use crate::news::Clean;
use crate::news::query::{Node, Scope, grams};
use crate::runtime::cancel::Cancel;

/// Most articles in a segment.
const LARGEST: usize = 1024;
/// With fewer waiting articles than this no segment is written: checking each costs less than
/// reading one more segment.
const SMALLEST: usize = 384;
/// Buckets stored in one row of the table.
const SLICE: usize = 64;
const BUCKETS: usize = 1 << 16;
const SLICES: usize = BUCKETS / SLICE;

/// A set of articles of one segment, one bit each.
type Bits = [u64; LARGEST / 64];

impl Store {
    /// Adds waiting articles to the index, one segment in a transaction. Returns how many were
    /// added.
    ///
    /// # Errors
    /// The library can't be written; `Cancelled` between two segments.
    pub fn index(&self, cancel: &Cancel) -> Result<usize, StoreError> {
        self.index_from(SMALLEST, cancel)
    }

    /// As [`Store::index`], with segments of at least `smallest` articles.
    pub(super) fn index_from(&self, smallest: usize, cancel: &Cancel) -> Result<usize, StoreError> {
        let mut taken = 0;
        loop {
            let waiting: i64 = self
                .db
                .prepare_cached("select count(*) from pending")?
                .query_row([], |r| r.get(0))?;
            if waiting < i64::try_from(smallest).unwrap_or(i64::MAX) {
                return Ok(taken);
            }
            if cancel.is_cancelled() {
                return Err(StoreError::Cancelled);
            }
            taken += self.write(seal)?;
        }
    }

    /// The keys of the articles that may match `node`, newest first, including those that still
    /// wait; `None` where the index cannot narrow the query, so that any article may match.
    pub(super) fn candidates(&self, node: &Node) -> Result<Option<Vec<i64>>, StoreError> {
        if !asks_for_text(node) {
            return Ok(None);
        }
        let mut found: Vec<i64> = Vec::new();
        let mut segments = self.db.prepare_cached("select id, places from segment")?;
        let mut rows = segments.query([])?;
        while let Some(row) = rows.next()? {
            let places = row.get_ref(1)?.as_blob().unwrap_or_default();
            let segment = Segment {
                store: self,
                id: row.get(0)?,
                articles: places.len() / 8,
            };
            let (places, _) = places.as_chunks::<8>();
            match segment.answer(node)? {
                None => found.extend(places.iter().map(|p| i64::from_le_bytes(*p))),
                Some(bits) => {
                    let chosen = places
                        .iter()
                        .enumerate()
                        .filter(|(i, _)| bits[i / 64] >> (i % 64) & 1 == 1);
                    found.extend(chosen.map(|(_, p)| i64::from_le_bytes(*p)));
                }
            }
        }
        let mut waiting = self.db.prepare_cached("select n from pending")?;
        for n in waiting.query_map([], |r| r.get(0))? {
            found.push(n?);
        }
        found.sort_unstable();
        found.reverse();
        found.dedup();
        Ok(Some(found))
    }
}

/// Whether the index can narrow `node`: whether it asks for a text.
fn asks_for_text(node: &Node) -> bool {
    match node {
        Node::And(parts) => parts.iter().any(asks_for_text),
        Node::Or(parts) => parts.iter().all(asks_for_text),
        Node::Text(..) => true,
        _ => false,
    }
}

struct Segment<'a> {
    store: &'a Store,
    id: i64,
    articles: usize,
}

impl Segment<'_> {
    /// The articles that may match `node`; `None` where the index cannot narrow it.
    fn answer(&self, node: &Node) -> Result<Option<Bits>, StoreError> {
        let mut sum: Option<Bits> = None;
        match node {
            Node::And(parts) => {
                for part in parts {
                    if let Some(bits) = self.answer(part)? {
                        sum =
                            Some(sum.map_or(bits, |sum| std::array::from_fn(|i| sum[i] & bits[i])));
                    }
                    if sum == Some(Bits::default()) {
                        break;
                    }
                }
            }
            Node::Or(parts) => {
                for part in parts {
                    let Some(bits) = self.answer(part)? else {
                        return Ok(None);
                    };
                    sum = Some(sum.map_or(bits, |sum| std::array::from_fn(|i| sum[i] | bits[i])));
                }
            }
            Node::Text(scope, needle) => return self.articles_with(*scope, needle).map(Some),
            _ => {}
        }
        Ok(sum)
    }

    /// The articles that have all terms of `needle`.
    fn articles_with(&self, scope: Scope, needle: &str) -> Result<Bits, StoreError> {
        let bucket = if scope == Scope::Title {
            title_bucket
        } else {
            bucket
        };
        let mut buckets = Vec::new();
        grams(needle, |term| buckets.push(bucket(term)));
        // The last term of a word is a pair, which is rarer than a letter and so empties the set
        // soonest.
        buckets.reverse();
        let mut sum: Bits = [u64::MAX; LARGEST / 64];
        for bucket in buckets {
            let bits = self.bucket(usize::from(bucket))?;
            sum = std::array::from_fn(|i| sum[i] & bits[i]);
            if sum == Bits::default() {
                break;
            }
        }
        Ok(sum)
    }

    fn bucket(&self, bucket: usize) -> Result<Bits, StoreError> {
        let key = self.id * SLICES as i64 + (bucket / SLICE) as i64;
        let mut query = self
            .store
            .db
            .prepare_cached("select lists from gram where key = ?")?;
        let found = query.query_row([key], |r| {
            Ok(unpack(
                r.get_ref(0)?.as_blob()?,
                bucket % SLICE,
                self.articles,
            ))
        });
        Ok(found.optional()?.unwrap_or_default())
    }
}

/// The articles of one transaction with their text, to be indexed.
#[derive(Default)]
pub(super) struct IndexBatch {
    articles: Vec<IndexedText>,
    /// The segment of those before them, made on a thread of its own: the one that writes has
    /// enough to do.
    building: Option<JoinHandle<SegmentBuilder>>,
}

/// An article's key, headline and text.
type IndexedText = (i64, Clean, String);

impl IndexBatch {
    /// Adds the article with the key `n`.
    pub(super) fn put(&mut self, n: i64, title: &Clean, words: String) {
        self.articles.push((n, title.clone(), words));
    }

    /// Begins the segments that are full, and lets their texts go. Each is written once the next
    /// one is full, or by [`IndexBatch::enter`].
    pub(super) fn enter_full(&mut self, step: &Transaction<'_>) -> Result<(), StoreError> {
        while self.articles.len() >= LARGEST {
            let rest = self.articles.split_off(LARGEST);
            let full = std::mem::replace(&mut self.articles, rest);
            let mut builder = self.write_built(step)?.unwrap_or_default();
            self.building = Some(thread::spawn(move || {
                builder.build(full);
                builder
            }));
        }
        Ok(())
    }

    /// Writes segments as long as there are enough articles for one; the others are left waiting.
    pub(super) fn enter(mut self, step: &Transaction<'_>) -> Result<(), StoreError> {
        self.enter_full(step)?;
        let builder = self.write_built(step)?;
        if self.articles.len() >= SMALLEST {
            let mut builder = builder.unwrap_or_default();
            builder.build(self.articles);
            return builder.write(step);
        }
        let mut few = self.articles.iter();
        few.try_for_each(|(n, ..)| wait(step, *n))
    }

    /// Writes the segment that is being made, if any; returns what made it, empty again.
    fn write_built(
        &mut self,
        step: &Transaction<'_>,
    ) -> Result<Option<SegmentBuilder>, StoreError> {
        let Some(building) = self.building.take() else {
            return Ok(None);
        };
        let mut builder = building.join().unwrap_or_else(|panic| resume_unwind(panic));
        builder.write(step)?;
        builder.clear();
        Ok(Some(builder))
    }
}

/// Adds an article to those that wait for a segment.
pub(super) fn wait(step: &Transaction<'_>, n: i64) -> Result<(), StoreError> {
    step.prepare_cached("insert or ignore into pending (n) values (?)")?
        .execute([n])?;
    Ok(())
}

/// Deletes a segment.
pub(super) fn forget(step: &Transaction<'_>, segment: i64) -> Result<(), StoreError> {
    let first = segment * SLICES as i64;
    step.execute(
        "delete from gram where key >= ? and key < ?",
        [first, first + SLICES as i64],
    )?;
    step.execute("delete from segment where id = ?", [segment])?;
    Ok(())
}

#[inline]
fn bucket(term: u32) -> u16 {
    (term >> 16) as u16
}

/// The bucket of a term in a headline: the other half of its hash.
#[inline]
fn title_bucket(term: u32) -> u16 {
    (term & 0xffff) as u16
}

/// Writes one segment of waiting articles.
fn seal(step: &Transaction<'_>) -> Result<usize, StoreError> {
    let mut builder = SegmentBuilder::default();
    let mut waiting = step.prepare_cached(
        "select p.n, a.title, b.json from pending p
         left join article a on a.n = p.n left join body b on b.id = a.body
         order by p.n limit ?",
    )?;
    let mut rows = waiting.query([LARGEST as i64])?;
    let mut last = 0;
    while let Some(row) = rows.next()? {
        last = row.get(0)?;
        if let Some(title) = row.get_ref(1)?.as_str_or_null().unwrap_or_default() {
            builder.add(
                last,
                title,
                &super::body::text(row.get_ref(2)?.as_blob_or_null().unwrap_or_default()),
            );
        }
    }
    drop(rows);
    builder.finish();
    builder.write(step)?;
    step.prepare_cached("delete from pending where n <= ?")?
        .execute([last])?;
    Ok(builder.places.len())
}

/// A segment being built. Its memory serves many, since the allocator keeps some megabytes for each
/// thread that returns so much.
struct SegmentBuilder {
    places: Vec<i64>,
    /// For each bucket, the number of the last article that has it plus one; 0 for none.
    last: Box<[u16; BUCKETS]>,
    /// The buckets of the article being added.
    buckets: Box<[u16; BUCKETS]>,
    /// The buckets of each article, one article after the other, and where each ends.
    found: Vec<u16>,
    found_ends: Vec<usize>,
    /// Where the list of each bucket ends in `sorted`.
    ends: Box<[u32; BUCKETS]>,
    /// The articles of each bucket, one bucket after the other. May be longer than they are.
    sorted: Vec<u16>,
    /// The rows of the table `gram`, each with the lists of [`SLICE`] buckets, and their ends. May
    /// be longer than they are.
    rows: Vec<u8>,
    row_ends: Vec<usize>,
}

impl Default for SegmentBuilder {
    fn default() -> Self {
        let none = || Box::new([0; BUCKETS]);
        Self {
            places: Vec::new(),
            last: none(),
            buckets: none(),
            found: Vec::with_capacity(1 << 20),
            found_ends: Vec::with_capacity(LARGEST),
            ends: Box::new([0; BUCKETS]),
            sorted: Vec::with_capacity(1 << 20),
            rows: Vec::with_capacity(2 << 20),
            row_ends: Vec::with_capacity(SLICES),
        }
    }
}

impl SegmentBuilder {
    /// Makes the segment of `articles`, and lets each text go once it is in it.
    fn build(&mut self, articles: Vec<IndexedText>) {
        for (n, title, words) in articles {
            self.add(n, &title, &words);
        }
        self.finish();
    }

    /// Forgets the segment.
    fn clear(&mut self) {
        self.places.clear();
        self.last.fill(0);
        self.found.clear();
        self.found_ends.clear();
    }

    fn add(&mut self, n: i64, title: &str, body: &str) {
        let article = u16::try_from(self.places.len()).unwrap_or(u16::MAX);
        self.places.push(n);
        let (last, buckets, mut found) = (&mut *self.last, &mut *self.buckets, 0);
        // Whether a term occurred before is unpredictable for the processor, and a branch would be
        // mispredicted half of the time. So each bucket is written in any case, and overwritten by
        // the next one where it had occurred.
        let mut note = |bucket: u16| {
            if let Some(place) = buckets.get_mut(found) {
                *place = bucket;
            }
            let last = &mut last[usize::from(bucket)];
            found += usize::from(*last != article + 1);
            *last = article + 1;
        };
        grams(title, |term| {
            note(bucket(term));
            note(title_bucket(term));
        });
        grams(body, |term| note(bucket(term)));
        self.found.extend_from_slice(&self.buckets[..found]);
        self.found_ends.push(self.found.len());
    }

    /// Makes the rows of the table.
    fn finish(&mut self) {
        // A counting sort by bucket; within a bucket the articles stay in order.
        let ends = &mut *self.ends;
        ends.fill(0);
        for &bucket in &self.found {
            ends[usize::from(bucket)] += 1;
        }
        // Until the lists are filled, each one's place says where it begins; then, where it ends.
        let mut begin = 0;
        for end in ends.iter_mut() {
            begin += std::mem::replace(end, begin);
        }
        let sorted = grown(&mut self.sorted, self.found.len());
        let mut start = 0;
        for (article, &end) in (0..).zip(&self.found_ends) {
            for &bucket in &self.found[start..end] {
                let place = &mut ends[usize::from(bucket)];
                if let Some(sorted) = sorted.get_mut(*place as usize) {
                    *sorted = article;
                }
                *place += 1;
            }
            start = end;
        }
        // Each number takes two bytes at most, and a bitmap fewer than the list in its place.
        let rows = grown(&mut self.rows, 2 * (self.found.len() + BUCKETS));
        self.row_ends.clear();
        let (mut start, mut at) = (0, 0);
        for slice in ends.chunks(SLICE) {
            for end in slice {
                let end = *end as usize;
                pack(&sorted[start..end], self.places.len(), rows, &mut at);
                start = end;
            }
            self.row_ends.push(at);
        }
    }

    /// Writes the segment that was finished.
    fn write(&self, step: &Transaction<'_>) -> Result<(), StoreError> {
        let places: Vec<u8> = self.places.iter().flat_map(|n| n.to_le_bytes()).collect();
        step.prepare_cached("insert into segment (places) values (?)")?
            .execute([places])?;
        let segment = step.last_insert_rowid();
        let mut insert = step.prepare_cached("insert into gram (key, lists) values (?, ?)")?;
        let mut start = 0;
        for (slice, &end) in self.row_ends.iter().enumerate() {
            let key = segment * SLICES as i64 + slice as i64;
            insert.execute(params![key, &self.rows[start..end]])?;
            start = end;
        }
        Ok(())
    }
}

/// The vector, made as long as `length` if it is shorter. Its memory is not written anew for each
/// segment: where loops are not vectorised that takes as long as what is done with it.
fn grown<T: Copy + Default>(vector: &mut Vec<T>, length: usize) -> &mut [T] {
    if vector.len() < length {
        vector.resize(length, T::default());
    }
    vector
}

/// Writes one bucket to `out` at `at`: the number of articles, then either the gaps between their
/// numbers or, where that would be longer, a bitmap.
fn pack(list: &[u16], articles: usize, out: &mut [u8], at: &mut usize) {
    put_number(list.len(), out, at);
    let bitmap = bitmap_bytes(articles);
    if list.len() > bitmap {
        let map = &mut out[*at..*at + bitmap];
        map.fill(0);
        for &article in list {
            map[usize::from(article) / 8] |= 1 << (article % 8);
        }
        *at += bitmap;
        return;
    }
    let mut next = 0;
    for &article in list {
        put_number(usize::from(article) - next, out, at);
        next = usize::from(article) + 1;
    }
}

/// The set in the `nth` bucket of a slice. A damaged slice yields an arbitrary set and never
/// panics.
fn unpack(mut bytes: &[u8], nth: usize, articles: usize) -> Bits {
    let mut bits = Bits::default();
    for i in 0..=nth {
        let count = take_number(&mut bytes);
        if count > bitmap_bytes(articles) {
            let (map, rest) = bytes.split_at(bitmap_bytes(articles).min(bytes.len()));
            bytes = rest;
            if i == nth {
                map.iter()
                    .enumerate()
                    .for_each(|(at, byte)| bits[at / 8] |= u64::from(*byte) << (at % 8 * 8));
            }
            continue;
        }
        let mut next = 0;
        for _ in 0..count {
            let article = next + take_number(&mut bytes);
            if i == nth && article < LARGEST {
                bits[article / 64] |= 1 << (article % 64);
            }
            next = article + 1;
        }
    }
    bits
}

fn bitmap_bytes(articles: usize) -> usize {
    articles.div_ceil(8).min(LARGEST / 8)
}

/// Writes a number below 2,048: one byte if it is below 128, else two. Which of them can't be
/// foreseen, so both bytes are written in any case, and the second one is written over.
#[inline(always)]
fn put_number(n: usize, out: &mut [u8], at: &mut usize) {
    let is_wide = n >= 128;
    if let Some([first, second]) = out.get_mut(*at..*at + 2) {
        *first = if is_wide {
            128 | (n >> 8) as u8
        } else {
            n as u8
        };
        *second = n as u8;
    }
    *at += 1 + usize::from(is_wide);
}

fn take_number(bytes: &mut &[u8]) -> usize {
    let Some((&first, rest)) = bytes.split_first() else {
        return 0;
    };
    *bytes = rest;
    if first < 128 {
        return usize::from(first);
    }
    let Some((&second, rest)) = bytes.split_first() else {
        return 0;
    };
    *bytes = rest;
    usize::from(first & 127) << 8 | usize::from(second)
}
