//! 오늘의 신문, as the reader writes it: into the folder of the settings, named after the day.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::pictures::Gallery;
use crate::app::Failure;
use crate::app::protocol::network::EditionMade;
use crate::config::{EditionSettings, SpeechSettings, Words};
use crate::runtime::archive::{documents, expanded};
use crate::runtime::cancel::Cancel;
use crate::runtime::edition::choose::EditionWish;
use crate::runtime::edition::output::{EditionOrder, send, write_edition};
use crate::runtime::failures::of_write;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::store::Store;
use crate::runtime::system::paths::private_dir;
use crate::text::Labels;

/// The settings for editions.
pub struct EditionTask {
    /// Form, folder, number of articles, and the command that sends it on.
    pub settings: EditionSettings,
    /// The voice of sound files.
    pub speech: SpeechSettings,
    /// Sentences of an article's short news.
    pub sentences: usize,
    /// Words of the interface.
    pub words: Words,
    /// Placeholders for pictures and videos on paper.
    pub labels: Labels,
    /// The reader's time zone.
    pub zone: TimeZone,
}

impl EditionTask {
    /// Writes the edition of today, and sends it on where the settings name a command.
    pub(super) fn write(
        &self,
        fetch: &Fetch,
        gallery: &Gallery,
        cancel: &Cancel,
    ) -> Result<EditionMade, Failure> {
        let folder = match self.settings.folder.trim() {
            "" => documents().join("gisa"),
            named => expanded(named),
        };
        let shown = folder.display().to_string();
        private_dir(&folder).map_err(|e| of_write(&e, &shown))?;
        let order = EditionOrder {
            wish: EditionWish {
                query: None,
                name: "",
                most: self.settings.articles.into(),
                sentences: self.sentences,
                words: &self.words,
                zone: self.zone.clone(),
                fetch,
            },
            form: self.settings.form,
            path: free_name(&folder, self.settings.form.ending(), &self.zone),
            gallery: self.settings.pictures.then_some(gallery),
            labels: &self.labels,
            speech: &self.speech,
        };
        let store = Store::open(&fetch.library)?;
        let report = write_edition(&store, &order, cancel, &mut |_| {})?;
        let program = self.settings.send.first();
        if program.is_some() {
            send(&self.settings.send, &order.path, &report.title)?;
        }
        Ok(EditionMade {
            path: order.path.display().to_string(),
            articles: report.articles,
            sent: program.cloned(),
        })
    }
}

/// A name of the day that nothing in the folder has yet.
fn free_name(folder: &Path, ending: &str, zone: &TimeZone) -> PathBuf {
    let day = zone
        .to_datetime(Timestamp::now())
        .strftime("%Y-%m-%d")
        .to_string();
    let named = |n: u32| {
        let number = if n == 1 {
            String::new()
        } else {
            format!("-{n}")
        };
        let dot = if ending.is_empty() { "" } else { "." };
        folder.join(format!("gisa-{day}{number}{dot}{ending}"))
    };
    (1..1000)
        .map(named)
        .find(|path| !path.exists())
        .unwrap_or_else(|| named(1))
}
