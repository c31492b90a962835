//! The user's own dictionaries, in the folder `dictionaries` beside the library: words are looked
//! up in their files, without the network.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use flate2::read::{DeflateDecoder, GzDecoder};

use crate::dictionary::stardict::{EntryPlace, Pieces, StarDictInfo, info, places, text};
use crate::dictionary::{LookedUp, WordEntry, headwords};
use crate::news::Clean;
use crate::news::order::Order as _;
use crate::runtime::system::limited_read;

/// Most dictionaries that are opened.
const MOST_DICTIONARIES: usize = 16;
/// Largest index in bytes, unpacked; that of a million words has some 30 MB.
const LARGEST_INDEX: usize = 128 << 20;
/// Largest `.ifo` in bytes.
const LARGEST_INFO: usize = 64 << 10;
/// Most bytes of an entry that are read.
const LARGEST_ENTRY: u32 = 64 << 10;
/// Most bytes of the head of a `.dict.dz`.
const LARGEST_HEAD: u64 = 256 << 10;
/// Most characters of an entry that are shown.
const LONGEST: usize = 3_000;

/// The folder of the user's dictionaries, by the path of the library.
pub fn folder(library: &Path) -> PathBuf {
    library.with_file_name("dictionaries")
}

/// Looks up what `eojeol` may be a form of: the candidates, those that a dictionary has first.
/// Dictionaries that can't be read are passed over.
pub fn look_up(folder: &Path, eojeol: &str, sentence: &str) -> LookedUp {
    let words = headwords(eojeol);
    let mut found: Vec<Option<Clean>> = vec![None; words.len()];
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|e| e.path()).collect())
        .unwrap_or_default();
    files.retain(|path| path.extension().is_some_and(|e| e == "ifo"));
    files.order();
    for file in files.iter().take(MOST_DICTIONARIES) {
        let wanting: Vec<String> = words
            .iter()
            .zip(&found)
            .filter(|(_, entry)| entry.is_none())
            .map(|(word, _)| word.clone())
            .collect();
        if wanting.is_empty() {
            break;
        }
        for (word, entry) in entries(file, &wanting).unwrap_or_default() {
            let at = words.iter().position(|w| *w == word);
            if let Some(slot) = at.and_then(|at| found.get_mut(at)) {
                *slot = Some(entry);
            }
        }
    }
    let mut entries: Vec<WordEntry> = words
        .into_iter()
        .zip(found)
        .map(|(headword, entry)| WordEntry {
            headword: Clean::line(&headword),
            entry,
        })
        .collect();
    entries.order_by_key(|word| word.entry.is_none());
    LookedUp {
        eojeol: Clean::line(eojeol),
        sentence: Clean::line(sentence),
        entries,
    }
}

/// The entries of `words` in the dictionary of an `.ifo` file; `None` where it can't be read.
fn entries(file: &Path, words: &[String]) -> Option<Vec<(String, Clean)>> {
    let about = limited_read::file(file, LARGEST_INFO).ok()?;
    let about = info(&String::from_utf8_lossy(&about))?;
    let index = unpacked(file, "idx")?;
    let synonyms = unpacked(file, "syn").unwrap_or_default();
    let mut found: Vec<(String, Clean)> = Vec::new();
    for place in places(&index, about.wide, &synonyms, words) {
        let Some(word) = words.get(place.word) else {
            continue;
        };
        let Some(entry) = entry(file, &about, place) else {
            continue;
        };
        match found.iter_mut().find(|(of, _)| of == word) {
            // Homonyms are entries of their own.
            Some((_, known)) => *known = Clean::lines(&format!("{known}\n{entry}")),
            None => found.push((word.clone(), entry)),
        }
    }
    Some(found)
}

/// The file beside `.ifo` with this extension, or the same packed with gzip.
fn unpacked(file: &Path, extension: &str) -> Option<Vec<u8>> {
    if let Ok(bytes) = limited_read::file(&file.with_extension(extension), LARGEST_INDEX) {
        return Some(bytes);
    }
    let packed = File::open(file.with_extension(format!("{extension}.gz"))).ok()?;
    let mut bytes = Vec::new();
    let limit = u64::try_from(LARGEST_INDEX).unwrap_or(u64::MAX);
    GzDecoder::new(packed)
        .take(limit)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(bytes)
}

/// The text of one entry.
fn entry(file: &Path, about: &StarDictInfo, place: EntryPlace) -> Option<Clean> {
    let length = place.length.min(LARGEST_ENTRY);
    let data = match File::open(file.with_extension("dict")) {
        Ok(mut data) => {
            data.seek(SeekFrom::Start(place.start)).ok()?;
            read(&mut data, u64::from(length))?
        }
        Err(_) => packed_entry(&file.with_extension("dict.dz"), place.start, length)?,
    };
    let text: String = text(&data, about.fields.as_deref())
        .chars()
        .take(LONGEST)
        .collect();
    let text = Clean::lines(&text);
    (!text.is_blank()).then_some(text)
}

/// An entry of a packed file: of the pieces that hold it, where the file has pieces.
fn packed_entry(path: &Path, start: u64, length: u32) -> Option<Vec<u8>> {
    let mut file = File::open(path).ok()?;
    let head = read(&mut file, LARGEST_HEAD)?;
    let wanted = usize::try_from(length).ok()?;
    let mut data = Vec::new();
    let skipped = match Pieces::of_head(&head) {
        Some(pieces) => {
            let (ranges, skipped) = pieces.holding(start, length);
            for range in ranges {
                file.seek(SeekFrom::Start(range.start)).ok()?;
                let piece = read(&mut file, range.end - range.start)?;
                // A piece ends with a flush, not with the end of the stream: what comes before the
                // error is all of it.
                let _ = DeflateDecoder::new(&*piece)
                    .take(1 << 20)
                    .read_to_end(&mut data);
            }
            skipped
        }
        None => {
            file.seek(SeekFrom::Start(0)).ok()?;
            let most = start.checked_add(u64::from(length))?;
            let limit = u64::try_from(LARGEST_INDEX).unwrap_or(u64::MAX);
            GzDecoder::new(file)
                .take(most.min(limit))
                .read_to_end(&mut data)
                .ok()?;
            usize::try_from(start).ok()?
        }
    };
    Some(data.get(skipped..skipped.checked_add(wanted)?)?.to_vec())
}

/// At most `length` bytes from where the file is.
fn read(file: &mut File, length: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compress, Compression, FlushCompress};

    use super::*;

    const ENTRIES: [(&str, &str); 3] = [
        ("다리", "강을 건너는 길"),
        ("다리", "몸을 받치는 것"),
        ("짓다", "집을 만들다"),
    ];

    /// A dictionary of our own: `.ifo` and `.idx`, and its data.
    fn write(folder: &Path, name: &str) -> Vec<u8> {
        let (mut index, mut data) = (Vec::new(), Vec::new());
        for (word, meaning) in ENTRIES {
            index.extend(word.as_bytes());
            index.push(0);
            index.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
            index.extend(u32::try_from(meaning.len()).unwrap().to_be_bytes());
            data.extend(meaning.as_bytes());
        }
        let info = "StarDict's dict ifo file\nversion=2.4.2\nbookname=우리\nsametypesequence=m\n";
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(folder.join(format!("{name}.ifo")), info).unwrap();
        std::fs::write(folder.join(format!("{name}.idx")), index).unwrap();
        data
    }

    /// `data` packed in pieces of ten bytes.
    fn in_pieces(data: &[u8]) -> Vec<u8> {
        let mut pieces = Vec::new();
        for piece in data.chunks(10) {
            let mut packer = Compress::new(Compression::default(), false);
            let mut out = Vec::with_capacity(100);
            packer
                .compress_vec(piece, &mut out, FlushCompress::Full)
                .unwrap();
            pieces.push(out);
        }
        let mut out = vec![0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 3];
        let number = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
        out.extend(number(10 + 2 * pieces.len()));
        out.extend(b"RA");
        out.extend(number(6 + 2 * pieces.len()));
        for n in [1, 10, pieces.len()] {
            out.extend(number(n));
        }
        pieces.iter().for_each(|p| out.extend(number(p.len())));
        pieces.iter().for_each(|p| out.extend(p));
        out
    }

    fn told(folder: &Path, eojeol: &str) -> Vec<(String, Option<String>)> {
        let words = look_up(folder, eojeol, "").entries;
        let told = words.iter();
        told.map(|w| {
            (
                w.headword.to_string(),
                w.entry.as_ref().map(ToString::to_string),
            )
        })
        .collect()
    }

    #[test]
    fn a_word_is_found_in_a_dictionary_however_its_data_is_packed() {
        let dir = tempfile::tempdir().unwrap();
        let bridge = (
            "다리".to_owned(),
            Some("강을 건너는 길\n몸을 받치는 것".to_owned()),
        );
        let build = ("짓다".to_owned(), Some("집을 만들다".to_owned()));
        for packing in 0..3 {
            let folder = dir.path().join(packing.to_string());
            let data = write(&folder, "a");
            match packing {
                0 => std::fs::write(folder.join("a.dict"), data).unwrap(),
                1 => std::fs::write(folder.join("a.dict.dz"), in_pieces(&data)).unwrap(),
                _ => {
                    let file = File::create(folder.join("a.dict.dz")).unwrap();
                    let mut packer = flate2::write::GzEncoder::new(file, Compression::default());
                    packer.write_all(&data).unwrap();
                }
            }
            assert_eq!(told(&folder, "다리에서")[0], bridge, "{packing}");
            assert_eq!(told(&folder, "지었다")[0], build, "{packing}");
        }
    }

    #[test]
    fn what_a_dictionary_has_comes_first_and_a_damaged_one_is_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        let data = write(dir.path(), "b");
        std::fs::write(dir.path().join("b.dict"), data).unwrap();
        std::fs::write(dir.path().join("a.ifo"), "StarDict's dict ifo file\n").unwrap();
        std::fs::write(dir.path().join("a.idx"), "다리\0\0\0").unwrap();
        assert!(told(dir.path(), "다리").first().unwrap().1.is_some());
        assert_eq!(told(dir.path(), "바다는")[0], ("바다".to_owned(), None));
        assert_eq!(told(&dir.path().join("none"), "바다는")[0].0, "바다");
    }
}
