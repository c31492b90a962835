//! Reads the rows of a damaged database page by page, without its schema and its trees: each leaf
//! of a table says itself where its rows lie. What a row is, is seen from its shape.
//!
//! The format is <https://sqlite.org/fileformat2.html>. Journal frames stand for the pages that
//! they replace, as SQLite would take them; frames after a damaged one are looked at as well.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use super::open::{beside, is_header};
use super::{Kept, PAGE};
use crate::news::order::Order as _;
use crate::news::{Clean, Feed, Scrap};

/// Largest row that is read, in bytes.
const LARGEST: u64 = 64 << 20;
/// Largest journal that is read, in bytes.
const LARGEST_JOURNAL: u64 = 1 << 30;
/// How many bytes of a file are looked at in one go.
const CHUNK: u64 = 1 << 20;
/// Most places at which bytes were lost or added that are followed.
const MOST_SHIFTS: usize = 8;
/// Length of the journal's header.
const JOURNAL_HEADER: usize = 32;
/// Length of a frame's header.
const FRAME_HEADER: usize = 24;
/// First byte of a page that holds rows of a table.
const TABLE_LEAF: u8 = 0x0d;
/// First byte of a page that holds entries of an index, or rows of a table without row numbers.
const INDEX_LEAF: u8 = 0x0a;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// What is kept.
    pub(super) kept: Kept,
    /// Addresses of feeds that were unsubscribed from.
    pub(super) gone: HashSet<Clean>,
    /// The count of changes.
    pub(super) acts: Option<u64>,
}

/// Walks all pages of the database at `path` and its journal.
///
/// # Errors
/// The file can't be read at all.
pub(super) fn walk(path: &Path) -> io::Result<Found> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut journal = Vec::new();
    if let Ok(wal) = File::open(beside(path, "-wal")) {
        wal.take(LARGEST_JOURNAL).read_to_end(&mut journal)?;
    }
    let (size, shifts) = layout(&mut file)?;
    let (sound, rest) = frames(&journal, size);
    let mut image = Image {
        file,
        length,
        size,
        shift: 0,
        shifts: std::iter::once(0).chain(shifts).collect(),
        free: HashSet::new(),
        journal: &journal,
        frames: sound,
    };
    image.free = image.named_free();
    let mut found = Found::default();
    for shift in image.shifts.clone() {
        image.shift = shift;
        found.add(image.rows());
    }
    if !rest.is_empty() {
        image.shift = 0;
        image.frames.extend(rest);
        image.free = image.named_free();
        found.add(image.rows());
    }
    Ok(found)
}

/// The size of the pages, and by how many bytes some of them lie behind (or, negative, before)
/// where their number says: a file from which bytes were lost, or to which some were added. The
/// header is believed where the pages bear it out.
fn layout(file: &mut File) -> io::Result<(usize, Vec<i64>)> {
    let mut head = [0; 100];
    file.seek(SeekFrom::Start(0))?;
    let has_header = file.read_exact(&mut head).is_ok() && is_header(&head);
    let stated = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        size => usize::from(size),
    };
    let plausible = has_header && (512..=65_536).contains(&stated) && stated.is_power_of_two();
    let mut sizes = vec![PAGE as usize, 4096];
    if plausible && !sizes.contains(&stated) {
        sizes.push(stated);
    }
    let found = leaves(file, &sizes)?;
    let weight = |size: &usize| {
        let leaves: usize = found[size].values().sum();
        // A page fits a larger size as well. Where no page tells, the header does.
        let is_stated = plausible && *size == stated && leaves == 0;
        (leaves, is_stated, Reverse(*size))
    };
    let size = sizes
        .into_iter()
        .max_by_key(weight)
        .unwrap_or(PAGE as usize);
    let mut by_count: Vec<(usize, usize)> = found[&size]
        .iter()
        .filter(|(offset, _)| **offset != 0)
        .map(|(offset, count)| (*count, *offset))
        .collect();
    by_count.order_by(|a, b| b.cmp(a));
    by_count.truncate(MOST_SHIFTS);
    // The last pages may be no leaves; where they begin, the file's length says.
    let behind = usize::try_from(file.metadata()?.len() % size as u64).unwrap_or(0);
    if behind != 0 && by_count.iter().all(|(_, offset)| *offset != behind) {
        by_count.push((0, behind));
    }
    let shifts = by_count.into_iter().flat_map(|(_, offset)| {
        let (offset, size) = (offset as i64, size as i64);
        [offset, offset - size]
    });
    Ok((size, shifts.collect()))
}

/// How many pages of rows begin at each offset from a multiple of the page's size, for each size.
fn leaves(file: &mut File, sizes: &[usize]) -> io::Result<HashMap<usize, HashMap<usize, usize>>> {
    let mut found: HashMap<usize, HashMap<usize, usize>> =
        sizes.iter().map(|size| (*size, HashMap::new())).collect();
    file.seek(SeekFrom::Start(0))?;
    let mut chunk = Vec::new();
    let mut before = 0_usize;
    loop {
        let held = chunk.len();
        (&mut *file).take(CHUNK).read_to_end(&mut chunk)?;
        let ends = chunk.len() == held;
        // The last pages of a chunk are looked at with the next one, which holds the rest of them.
        let upto = if ends {
            chunk.len()
        } else {
            chunk.len().saturating_sub(65_536)
        };
        for at in memchr::memchr_iter(TABLE_LEAF, &chunk[..upto]) {
            for size in sizes {
                if is_leaf(&chunk[at..chunk.len().min(at + size)], *size) {
                    let offset = (before + at) % size;
                    *found.entry(*size).or_default().entry(offset).or_default() += 1;
                }
            }
        }
        if ends {
            return Ok(found);
        }
        before += upto;
        chunk.drain(..upto);
    }
}

/// Whether a page of `size` bytes begins with the header of a leaf: the rows lie between its list
/// of them and its end.
fn is_leaf(page: &[u8], size: usize) -> bool {
    let word = |at| short(page, at).map(usize::from);
    let (Some(free), Some(cells), Some(content)) = (word(1), word(3), word(5)) else {
        return false;
    };
    let list = 8 + 2 * cells;
    cells > 0
        && (list..size).contains(&content)
        && (free == 0 || (content..size).contains(&free))
        && (0..cells).all(|n| word(8 + 2 * n).is_some_and(|at| (content..size).contains(&at)))
}

/// The pages as the journal leaves them.
struct Image<'a> {
    file: File,
    length: u64,
    size: usize,
    /// How many bytes behind its place by number a page lies in the file.
    shift: i64,
    /// All values of `shift` that the file bears out.
    shifts: Vec<i64>,
    /// Pages that hold nothing any more.
    free: HashSet<u32>,
    journal: &'a [u8],
    /// Where in the journal the page of a number lies.
    frames: HashMap<u32, usize>,
}

impl Image<'_> {
    fn page(&mut self, number: u32) -> Option<Vec<u8>> {
        if let Some(at) = self.frames.get(&number) {
            return self.journal.get(*at..at + self.size).map(<[u8]>::to_vec);
        }
        let at = u64::from(number.checked_sub(1)?) * self.size as u64;
        let at = at.checked_add_signed(self.shift)?;
        if at >= self.length {
            return None;
        }
        self.file.seek(SeekFrom::Start(at)).ok()?;
        let mut page = Vec::with_capacity(self.size);
        let size = self.size as u64;
        (&mut self.file).take(size).read_to_end(&mut page).ok()?;
        // The last page of a file that was cut short.
        page.resize(self.size, 0);
        Some(page)
    }

    /// Pages that hold nothing any more, as far as the header names them.
    fn named_free(&mut self) -> HashSet<u32> {
        let mut free = HashSet::new();
        let Some(first) = self.page(1).filter(|page| is_header(page)) else {
            return free;
        };
        let mut next = long(&first, 32).unwrap_or(0);
        while next != 0 && free.insert(next) {
            let Some(trunk) = self.page(next) else { break };
            next = long(&trunk, 0).unwrap_or(0);
            let count = long(&trunk, 4).unwrap_or(0) as usize;
            if count > self.size / 4 {
                break;
            }
            free.extend((0..count).filter_map(|n| long(&trunk, 8 + 4 * n)));
        }
        free
    }

    fn rows(&mut self) -> Found {
        let mut found = Found::default();
        let mut feeds: HashMap<Clean, Option<Feed>> = HashMap::new();
        let mut scraps: HashMap<i64, Scrap> = HashMap::new();
        for number in 1..=self.last() {
            if self.free.contains(&number) {
                continue;
            }
            let Some(page) = self.page(number) else {
                continue;
            };
            let start = if number == 1 { 100 } else { 0 };
            let kind = page.get(start).copied().unwrap_or(0);
            if kind != TABLE_LEAF && kind != INDEX_LEAF {
                continue;
            }
            let cells = usize::from(short(&page, start + 3).unwrap_or(0));
            for cell in 0..cells.min(self.size / 4) {
                let Some(at) = short(&page, start + 8 + 2 * cell) else {
                    break;
                };
                let Some(row) = self.row(&page, usize::from(at), kind == TABLE_LEAF) else {
                    continue;
                };
                found.take(&row, &mut feeds, &mut scraps);
            }
        }
        for (url, feed) in feeds {
            match feed {
                Some(feed) => found.kept.feeds.push(feed),
                None => drop(found.gone.insert(url)),
            }
        }
        found.kept.scraps = scraps.into_values().collect();
        found.kept.scraps.order_by_key(|scrap| scrap.kept);
        found.kept.feeds.order_by(|a, b| a.url.cmp(&b.url));
        found
    }

    /// A page that goes on with a row; the last one names no next. It may lie on the other side of
    /// the place where bytes were lost or added.
    fn overflow(&mut self, number: u32, is_last: bool) -> Option<Vec<u8>> {
        let here = self.shift;
        let last = self.last();
        let mut found = None;
        for shift in std::iter::once(here).chain(self.shifts.clone()) {
            self.shift = shift;
            found = self.page(number).filter(|page| {
                let next = long(page, 0).unwrap_or(u32::MAX);
                (next == 0) == is_last && next <= last
            });
            if found.is_some() {
                break;
            }
        }
        self.shift = here;
        found
    }

    /// The highest number that a page may have.
    fn last(&self) -> u32 {
        let of_file = u32::try_from(self.length / self.size as u64 + 2).unwrap_or(u32::MAX);
        self.frames.keys().copied().max().unwrap_or(0).max(of_file)
    }

    /// The row of the cell at `at`.
    fn row(&mut self, page: &[u8], at: usize, table: bool) -> Option<Vec<Field>> {
        let (length, mut at) = varint(page, at)?;
        if table {
            (_, at) = varint(page, at)?;
        }
        if !(2..=LARGEST).contains(&length) {
            return None;
        }
        let length = usize::try_from(length).ok()?;
        let usable = self.size;
        let most = if table {
            usable - 35
        } else {
            (usable - 12) * 64 / 255 - 23
        };
        if length <= most {
            return fields(page.get(at..at + length)?);
        }
        let least = (usable - 12) * 32 / 255 - 23;
        let local = least + (length - least) % (usable - 4);
        let local = if local <= most { local } else { least };
        let mut payload = page.get(at..at + local)?.to_vec();
        let mut next = long(page, at + local)?;
        // A ring of pages ends when the row is as long as it says.
        while payload.len() < length {
            let take = (length - payload.len()).min(usable - 4);
            let rest = self.overflow(next, payload.len() + take == length)?;
            next = long(&rest, 0)?;
            payload.extend_from_slice(rest.get(4..4 + take)?);
        }
        fields(&payload)
    }
}

impl Found {
    /// Adds what another look at the file found.
    fn add(&mut self, more: Self) {
        self.kept.fill(more.kept);
        self.gone.extend(more.gone);
        self.acts = self.acts.max(more.acts);
    }

    /// Takes a row in if it has the shape of something kept.
    fn take(
        &mut self,
        row: &[Field],
        feeds: &mut HashMap<Clean, Option<Feed>>,
        scraps: &mut HashMap<i64, Scrap>,
    ) {
        use Field::{Int, Null, Text};
        match row {
            [Text(key), Text(json)] if key == "acts" => {
                self.acts = self.acts.max(json.parse().ok());
            }
            [Null, Text(rule)] => {
                let rule = Clean::line(rule);
                if !self.kept.mutes.contains(&rule) {
                    self.kept.mutes.push(rule);
                }
            }
            [Null, Text(name), Text(query)] => {
                let saved = (Clean::line(name), Clean::line(query));
                if !self.kept.saved.iter().any(|s| s.0 == saved.0) {
                    self.kept.saved.push(saved);
                }
            }
            // id, url, title, site, folder, gone, etag, modified, ttl, due …; page is the 17th.
            [
                Null,
                Text(url),
                Text(title),
                site @ (Text(_) | Null),
                folder @ (Text(_) | Null),
                gone @ (Int(_) | Null),
                Text(_) | Null,
                Text(_) | Null,
                Int(_) | Null,
                Int(_),
                rest @ ..,
            ] if url.contains(':') && rest.len() >= 5 => {
                let text = |field: &Field| match field {
                    Text(text) => Some(Clean::line(text)),
                    _ => None,
                };
                let url = Clean::line(url);
                let feed = (*gone == Null).then(|| Feed {
                    url: url.clone(),
                    title: Clean::line(title),
                    site: text(site),
                    folder: text(folder),
                    page: rest.get(6) == Some(&Int(1)),
                });
                // Of two rows of one feed, that which is subscribed to counts.
                let held = feeds.entry(url).or_default();
                *held = held.take().or(feed);
            }
            // id, kept, title, publisher, url, published, zone, noted, tags, json …
            [
                Null,
                Int(_),
                Text(_),
                _,
                _,
                _,
                _,
                _,
                Text(_),
                Text(json),
                ..,
            ] => {
                let Ok(scrap) = serde_json::from_str::<Scrap>(json) else {
                    return;
                };
                let id = super::row::key(scrap.id());
                let richness = |s: &Scrap| {
                    (
                        s.note.is_some(),
                        s.highlights.len() + s.tags.len() + s.pictures.len(),
                    )
                };
                if scraps
                    .get(&id)
                    .is_none_or(|held| richness(held) < richness(&scrap))
                {
                    scraps.insert(id, scrap);
                }
            }
            _ => {}
        }
    }
}

/// A value of a row; numbers that aren't whole and bytes are of no interest.
#[derive(Clone, Debug, PartialEq)]
enum Field {
    Null,
    Int(i64),
    Text(String),
    Other,
}

/// The values of a record.
fn fields(payload: &[u8]) -> Option<Vec<Field>> {
    let (header, mut at) = varint(payload, 0)?;
    let header = usize::try_from(header).ok()?;
    let mut value = header;
    let mut out = Vec::new();
    while at < header {
        let kind;
        (kind, at) = varint(payload, at)?;
        let length = match kind {
            0 | 8 | 9 => 0,
            n @ 1..=4 => n,
            5 => 6,
            6 | 7 => 8,
            10 | 11 => return None,
            n => (n - 12) / 2,
        };
        let length = usize::try_from(length).ok()?;
        let bytes = payload.get(value..value.checked_add(length)?)?;
        value += length;
        out.push(match kind {
            0 => Field::Null,
            1..=6 => {
                let sign = bytes
                    .first()
                    .map_or(0, |b| if b & 0x80 == 0 { 0 } else { -1 });
                Field::Int(bytes.iter().fold(sign, |n, b| n << 8 | i64::from(*b)))
            }
            8 => Field::Int(0),
            9 => Field::Int(1),
            n if n >= 13 && n % 2 == 1 => {
                String::from_utf8(bytes.to_vec()).map_or(Field::Other, Field::Text)
            }
            _ => Field::Other,
        });
    }
    Some(out)
}

/// Where the pages lie in the journal: up to the last commit as SQLite reads it, and those after
/// the first damaged frame that belong to the same run.
fn frames(journal: &[u8], size: usize) -> (HashMap<u32, usize>, HashMap<u32, usize>) {
    let (mut sound, mut rest) = (HashMap::new(), HashMap::new());
    let Some(head) = journal.get(..JOURNAL_HEADER) else {
        return (sound, rest);
    };
    let magic = long(head, 0).unwrap_or(0);
    let big = magic & 1 == 1;
    let mut sum = checksum(big, (0, 0), head.get(..24).unwrap_or_default());
    let known = magic & !1 == 0x377f_0682
        && long(head, 8) == u32::try_from(size).ok()
        && (long(head, 24), long(head, 28)) == (Some(sum.0), Some(sum.1));
    // Without a header the first frame says which run the others must be of.
    let run = if known {
        head.get(16..24)
    } else {
        journal.get(JOURNAL_HEADER + 8..JOURNAL_HEADER + 16)
    };
    let mut unbroken = known;
    let mut open = HashMap::new();
    let mut at = JOURNAL_HEADER;
    while let Some(frame) = journal.get(at..at + FRAME_HEADER + size) {
        let page = long(frame, 0).unwrap_or(0);
        let commits = long(frame, 4).unwrap_or(0) != 0;
        let same = frame.get(8..16) == run;
        if unbroken {
            sum = checksum(big, sum, frame.get(..8).unwrap_or_default());
            sum = checksum(big, sum, frame.get(FRAME_HEADER..).unwrap_or_default());
            if !same || (long(frame, 16), long(frame, 20)) != (Some(sum.0), Some(sum.1)) {
                unbroken = false;
                open.clear();
            }
        }
        if same && page != 0 {
            open.insert(page, at + FRAME_HEADER);
            if commits {
                let done = if unbroken { &mut sound } else { &mut rest };
                done.extend(open.drain());
            }
        }
        at += FRAME_HEADER + size;
    }
    (sound, rest)
}

/// SQLite's checksum of a journal, continued over `bytes`.
fn checksum(big: bool, from: (u32, u32), bytes: &[u8]) -> (u32, u32) {
    let word = |b: &[u8]| {
        let four = b.try_into().unwrap_or_default();
        if big {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four)
        }
    };
    bytes.chunks_exact(8).fold(from, |(a, b), pair| {
        let (first, second) = pair.split_at(4);
        let a = a.wrapping_add(word(first)).wrapping_add(b);
        (a, b.wrapping_add(word(second)).wrapping_add(a))
    })
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// A number of one to nine bytes, and where the next begins.
fn varint(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let mut value = 0_u64;
    for n in 0..8 {
        let byte = *bytes.get(at + n)?;
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, at + n + 1));
        }
    }
    Some((value << 8 | u64::from(*bytes.get(at + 8)?), at + 9))
}
