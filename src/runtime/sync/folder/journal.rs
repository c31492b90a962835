//! A journal's file: a first line that says what it is and whose, then *frames*. Each has a mark,
//! its length, a checksum and a deflated text of acts, sealed where a key is used. A frame that is
//! cut or damaged harms no other: the next one is found by its mark.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::act_lines::{of_lines, to_lines};
use super::seal::FolderKey;
use crate::runtime::store::{MachineId, SharedAct};

/// How the first line begins.
const MAGIC: &str = "gisa journal ";
/// The newest form that this version knows.
const FORM: u32 = 1;
/// How the names of journals end.
pub(super) const ENDING: &str = ".journal";
/// Longest first line, in bytes.
const LONGEST_HEAD: usize = 200;
/// Begins a frame. No byte of it is one of UTF-8.
const MARK: [u8; 4] = [0xf8, b'G', b'J', 0xff];
/// Bytes of a frame before what is in it: mark, length, checksum.
const FRONT: usize = 16;
/// The longest frame, in bytes.
const LONGEST_FRAME: usize = 24 << 20;
/// The longest text of a frame, in bytes; a bomb ends here.
const LONGEST_TEXT: u64 = 64 << 20;
/// How much of a file is held at a time, in bytes.
const WINDOW: usize = 32 << 20;

/// Why a file was not read, or not all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FolderFault {
    /// It ends in the middle of something; the rest may be on its way.
    Torn,
    /// Something within it is damaged.
    Damaged,
    /// It is no journal.
    Alien,
    /// A newer version wrote it.
    Newer,
    /// It is sealed, and there is no key, or the key does not open it.
    Sealed,
    /// It is not sealed, though a key is set.
    Open,
    /// It can't be read.
    Unreadable,
}

impl FolderFault {
    /// Its name, as it stands in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Torn => "torn",
            Self::Damaged => "damaged",
            Self::Alien => "alien",
            Self::Newer => "newer",
            Self::Sealed => "sealed",
            Self::Open => "open",
            Self::Unreadable => "unreadable",
        }
    }
}

/// The first line of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) machine: MachineId,
    /// Tells files of one name from each other, and is the salt of the key.
    pub(super) nonce: [u8; 16],
    pub(super) is_sealed: bool,
}

impl Head {
    /// As it stands in the file, with the line's end.
    pub(super) fn line(&self) -> String {
        let nonce: String = self.nonce.iter().map(|b| format!("{b:02x}")).collect();
        let form = if self.is_sealed { "sealed" } else { "plain" };
        format!("{MAGIC}{FORM} {} {nonce} {form}\n", self.machine)
    }

    /// Reads the first line of `bytes`.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, FolderFault> {
        let end = bytes.iter().take(LONGEST_HEAD).position(|b| *b == b'\n');
        let Some(end) = end else {
            let is_begun = MAGIC.as_bytes().starts_with(bytes)
                || bytes.starts_with(MAGIC.as_bytes()) && bytes.len() < LONGEST_HEAD;
            return Err(if is_begun {
                FolderFault::Torn
            } else {
                FolderFault::Alien
            });
        };
        let line = bytes
            .get(..end)
            .and_then(|line| std::str::from_utf8(line).ok());
        let rest = line
            .and_then(|line| line.strip_prefix(MAGIC))
            .ok_or(FolderFault::Alien)?;
        let mut words = rest.split(' ');
        let form: u32 = words
            .next()
            .and_then(|n| n.parse().ok())
            .ok_or(FolderFault::Alien)?;
        if form > FORM {
            return Err(FolderFault::Newer);
        }
        let machine = words
            .next()
            .and_then(MachineId::parse)
            .ok_or(FolderFault::Alien)?;
        let nonce = words.next().and_then(nonce).ok_or(FolderFault::Alien)?;
        let is_sealed = match words.next() {
            Some("plain") => false,
            Some("sealed") => true,
            _ => return Err(FolderFault::Alien),
        };
        Ok(Self {
            machine,
            nonce,
            is_sealed,
        })
    }
}

fn nonce(text: &str) -> Option<[u8; 16]> {
    let is_hex = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let number = is_hex.then(|| u128::from_str_radix(text, 16).ok())??;
    Some(number.to_be_bytes())
}

/// A frame with these acts of one machine.
pub(super) fn frame(
    head: &Head,
    key: Option<&FolderKey>,
    machine: MachineId,
    acts: &[SharedAct],
) -> io::Result<Vec<u8>> {
    let text = to_lines(machine, acts)?;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes())?;
    let mut body = encoder.finish()?;
    if let Some(key) = key {
        body = key.seal(head.line().as_bytes(), &body)?;
    }
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    let mut out = Vec::with_capacity(FRONT + body.len());
    out.extend_from_slice(&MARK);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&checksum(&body));
    out.extend_from_slice(&body);
    Ok(out)
}

fn checksum(body: &[u8]) -> [u8; 8] {
    let mut first = [0; 8];
    first.copy_from_slice(&blake3::hash(body).as_bytes()[..8]);
    first
}

/// What stands at a place of a file.
enum FrameFound<'a> {
    Frame {
        body: &'a [u8],
        end: usize,
    },
    /// The beginning of a frame whose rest is not there.
    Cut,
    Nothing,
}

fn look(data: &[u8], at: usize) -> FrameFound<'_> {
    let Some(rest) = data.get(at..) else {
        return FrameFound::Nothing;
    };
    let Some(front) = rest.get(..FRONT) else {
        let shorter = rest.len().min(MARK.len());
        let is_cut = !rest.is_empty() && rest.get(..shorter) == MARK.get(..shorter);
        return if is_cut {
            FrameFound::Cut
        } else {
            FrameFound::Nothing
        };
    };
    let (mark, front) = front.split_at(4);
    let (length, sum) = front.split_at(4);
    let length = length
        .try_into()
        .map_or(usize::MAX, |bytes| u32::from_le_bytes(bytes) as usize);
    if mark != MARK || length > LONGEST_FRAME {
        return FrameFound::Nothing;
    }
    match rest.get(FRONT..FRONT + length) {
        None => FrameFound::Cut,
        Some(body) if checksum(body) == sum => FrameFound::Frame {
            body,
            end: at + FRONT + length,
        },
        Some(_) => FrameFound::Nothing,
    }
}

/// The place of the next mark from `at` on.
fn next_mark(data: &[u8], at: usize) -> Option<usize> {
    let rest = data.get(at..)?;
    memchr::memmem::find(rest, &MARK).map(|found| at + found)
}

/// Whether `data` is frames and nothing else, each of them sound.
pub(super) fn is_whole(data: &[u8]) -> bool {
    let mut at = 0;
    while at < data.len() {
        match look(data, at) {
            FrameFound::Frame { end, .. } => at = end,
            FrameFound::Cut | FrameFound::Nothing => return false,
        }
    }
    true
}

/// The acts of a frame's body.
fn acts_of(
    body: &[u8],
    head: &Head,
    key: Option<&FolderKey>,
) -> Result<Vec<SharedAct>, FolderFault> {
    let opened;
    let body = match key.filter(|_| head.is_sealed) {
        Some(key) => {
            let plain = key.open(head.line().as_bytes(), body);
            opened = plain.ok_or(FolderFault::Sealed)?;
            &opened[..]
        }
        None => body,
    };
    let mut text = String::new();
    let read = DeflateDecoder::new(body)
        .take(LONGEST_TEXT + 1)
        .read_to_string(&mut text);
    if read.is_err() || text.len() as u64 > LONGEST_TEXT {
        return Err(FolderFault::Damaged);
    }
    of_lines(&text).ok_or(FolderFault::Damaged)
}

/// How far a file was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReadSoFar {
    /// Bytes from its beginning, all of which were read well.
    pub(super) bytes: u64,
    /// Whether a frame was read well.
    pub(super) any: bool,
    /// Why the rest, or a part of it, was not.
    pub(super) fault: Option<FolderFault>,
}

/// The first line of a journal.
pub(super) fn read_head(path: &Path) -> io::Result<Result<Head, FolderFault>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LONGEST_HEAD as u64)
        .read_to_end(&mut bytes)?;
    Ok(Head::parse(&bytes))
}

/// Whether a key opens the first frame of a sealed journal; `None` where that frame is not whole.
pub(super) fn opens(path: &Path, head: &Head, key: &FolderKey) -> io::Result<Option<bool>> {
    let mut file = File::open(path)?;
    let start = head.line().len() as u64;
    file.seek(SeekFrom::Start(start))?;
    let mut data = Vec::new();
    file.take(WINDOW as u64).read_to_end(&mut data)?;
    Ok(match look(&data, 0) {
        FrameFound::Frame { body, .. } => {
            Some(acts_of(body, head, Some(key)) != Err(FolderFault::Sealed))
        }
        FrameFound::Cut | FrameFound::Nothing => None,
    })
}

/// Reads the frames from `from` on, and gives the acts of each to `take`. What is damaged is passed
/// over, and read again the next time.
pub(super) fn read_frames<E: From<io::Error>>(
    path: &Path,
    (head, from): (&Head, u64),
    key: Option<&FolderKey>,
    take: &mut dyn FnMut(Vec<SharedAct>) -> Result<(), E>,
) -> Result<ReadSoFar, E> {
    let mut file = File::open(path)?;
    let mut so_far = ReadSoFar {
        bytes: from.max(head.line().len() as u64),
        any: false,
        fault: None,
    };
    let mut base = so_far.bytes;
    let mut data = Vec::new();
    loop {
        file.seek(SeekFrom::Start(base))?;
        data.clear();
        let read = (&mut file).take(WINDOW as u64).read_to_end(&mut data)?;
        let is_last = read < WINDOW;
        let mut at = 0;
        while at < data.len() {
            match look(&data, at) {
                FrameFound::Frame { body, end } => {
                    match acts_of(body, head, key) {
                        Ok(acts) => {
                            so_far.any = true;
                            take(acts)?;
                        }
                        Err(FolderFault::Sealed) => {
                            so_far.fault = Some(FolderFault::Sealed);
                            return Ok(so_far);
                        }
                        Err(fault) => so_far.fault = Some(fault),
                    }
                    at = end;
                    if so_far.fault.is_none() {
                        so_far.bytes = base + at as u64;
                    }
                }
                FrameFound::Cut if !is_last && at > 0 => break,
                found => match next_mark(&data, at + 1) {
                    Some(next) => {
                        // A cut frame is only that where nothing follows it.
                        so_far.fault = Some(FolderFault::Damaged);
                        at = next;
                    }
                    None => {
                        let is_torn = matches!(found, FrameFound::Cut) && is_last;
                        let fault = if is_torn {
                            FolderFault::Torn
                        } else {
                            FolderFault::Damaged
                        };
                        so_far.fault = so_far.fault.or(Some(fault));
                        at = data.len();
                    }
                },
            }
        }
        if is_last {
            return Ok(so_far);
        }
        base += at as u64;
    }
}
