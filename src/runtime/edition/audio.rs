//! An edition as sound: a file for each article, and a playlist. What is said is what reading aloud
//! says.

use std::fs;
use std::path::Path;

use crate::app::{Cause, Failure};
use crate::news::edition::Edition;
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::of_write;
use crate::runtime::system::atomic_file::{self, Durability};
use crate::runtime::system::paths::private_dir;
use crate::runtime::workers::speech::Voice;
use crate::speech::{SpeechExtent, Utterance, utterances};

/// The name of the playlist.
const PLAYLIST: &str = "paper.m3u8";

/// Writes the articles into the folder `dir`, in order, each as a WAV file; `heard` is called after
/// each with how many are done. Files of another edition are left alone.
///
/// # Errors
/// No voice of the system writes files, it fails, or the folder can't be written. Files that were
/// finished stay; the playlist is written last.
pub fn write_audio(
    edition: &Edition,
    dir: &Path,
    voice: &Voice,
    rate: u16,
    cancel: &Cancel,
    heard: &mut dyn FnMut(usize),
) -> Result<(), Failure> {
    let shown = dir.display().to_string();
    private_dir(dir).map_err(|e| of_write(&e, &shown))?;
    atomic_file::sweep(dir);
    let mut list = format!("#EXTM3U\n#PLAYLIST:{} {}\n", edition.title, edition.date);
    for (index, it) in edition.articles.iter().enumerate() {
        let spoken = utterances(&it.article, SpeechExtent::Full, None);
        let sound = recorded(&spoken, dir, voice, rate, cancel)?;
        let name = format!("{:03} {}.wav", index + 1, file_stem(&it.article.title));
        let file = dir.join(&name);
        atomic_file::write(&file, &sound.file(), Durability::Private)
            .map_err(|e| of_write(&e, &file.display().to_string()))?;
        let title = it.article.title.replace('\n', " ");
        list.push_str(&format!("#EXTINF:{},{title}\n{name}\n", sound.seconds()));
        heard(index + 1);
    }
    let file = dir.join(PLAYLIST);
    atomic_file::write(&file, list.as_bytes(), Durability::Private)
        .map_err(|e| of_write(&e, &file.display().to_string()))
}

/// What a voice makes of the sentences. Those that follow each other in one language are one call.
fn recorded(
    spoken: &[Utterance],
    dir: &Path,
    voice: &Voice,
    rate: u16,
    cancel: &Cancel,
) -> Result<Sound, Failure> {
    let mut whole: Option<Sound> = None;
    for run in spoken.chunk_by(|a, b| a.lang == b.lang) {
        let Some(first) = run.first() else { continue };
        let texts: Vec<&str> = run.iter().map(|u| u.text.as_str()).collect();
        let words = Utterance {
            text: texts.join("\n"),
            ..first.clone()
        };
        let part = dir.join(format!(".gisa-partial-{}.wav", std::process::id()));
        let made = voice.record(&words, rate, &part, cancel);
        let bytes = fs::read(&part);
        // Left there, it would only take up space.
        let _ = fs::remove_file(&part);
        let program = made.map_err(|e| Failure::from(&e))?;
        let sound = bytes.ok().and_then(|bytes| Sound::read(&bytes));
        let sound = sound.ok_or_else(|| Failure::new(Cause::VoiceFailed, &program))?;
        match &mut whole {
            None => whole = Some(sound),
            Some(whole) if whole.format == sound.format => whole.samples.extend(sound.samples),
            // Two voices of different kinds can't share a file.
            Some(_) => return Err(Failure::new(Cause::VoiceFailed, &program)),
        }
    }
    whole.ok_or_else(|| Failure::new(Cause::NoVoice, ""))
}

/// The contents of a WAV file.
#[derive(Debug, PartialEq)]
struct Sound {
    /// The chunk `fmt `: coding, channels, rates.
    format: Vec<u8>,
    samples: Vec<u8>,
}

impl Sound {
    /// Reads a WAV file; `None` where it is none. Programs that write into a pipe first state sizes
    /// that are too large; what is there counts.
    fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.get(..4)? != b"RIFF" || bytes.get(8..12)? != b"WAVE" {
            return None;
        }
        let mut format = None;
        let mut at = 12;
        loop {
            let name = bytes.get(at..at + 4)?;
            let size: [u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
            let size = usize::try_from(u32::from_le_bytes(size)).ok()?;
            let body = bytes.get(at + 8..)?;
            let body = &body[..size.min(body.len())];
            match name {
                b"fmt " if body.len() >= 16 => format = Some(body.to_vec()),
                b"data" => {
                    return Some(Self {
                        format: format?,
                        samples: body.to_vec(),
                    });
                }
                _ => {}
            }
            at = at
                .checked_add(8)?
                .checked_add(size)?
                .checked_add(size % 2)?;
        }
    }

    fn file(&self) -> Vec<u8> {
        let length = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
        let mut out = Vec::with_capacity(self.samples.len() + 64);
        out.extend(b"RIFF");
        out.extend(length(4 + 8 + self.format.len() + 8 + self.samples.len()));
        out.extend(b"WAVEfmt ");
        out.extend(length(self.format.len()));
        out.extend(&self.format);
        out.extend(b"data");
        out.extend(length(self.samples.len()));
        out.extend(&self.samples);
        out
    }

    /// How long it lasts, by the bytes a second that the format states.
    fn seconds(&self) -> usize {
        let rate = self.format.get(8..12).and_then(|b| b.try_into().ok());
        let rate = rate.map_or(0, u32::from_le_bytes);
        self.samples.len() / usize::try_from(rate).unwrap_or(0).max(1)
    }
}

/// Longest name of a file in characters, without number and ending.
const LONGEST_NAME: usize = 50;

/// A title as part of a file's name that is valid on any system.
fn file_stem(title: &str) -> String {
    let safe: String = title
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .take(LONGEST_NAME)
        .collect();
    let name = safe.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        "gisa".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_are_joined_and_what_is_none_is_refused() {
        let sound = Sound {
            format: [1, 0, 1, 0, 0x22, 0x56, 0, 0, 0x44, 0xac, 0, 0, 2, 0, 16, 0].to_vec(),
            samples: vec![7; 88_200],
        };
        let file = sound.file();
        assert_eq!(Sound::read(&file), Some(sound));
        assert_eq!(Sound::read(&file).unwrap().seconds(), 2);
        let mut endless = file.clone();
        endless[40..44].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(Sound::read(&endless).unwrap().samples.len(), 88_200);
        for end in [0, 4, 12, 30, 40] {
            assert_eq!(Sound::read(&file[..end]), None);
        }
        assert_eq!(Sound::read(b"ID3 not a wave"), None);
    }
}
