//! Font faces of the system, and the widths of their letters.

use std::sync::Arc;

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider as _};

/// One face of a font file.
#[derive(Clone)]
pub struct FontFace {
    data: Arc<Vec<u8>>,
    index: u32,
}

/// A glyph of a face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FontGlyph {
    /// Its number in the font.
    pub id: u32,
    /// Its advance width, in ems.
    pub advance: f32,
}

impl FontFace {
    /// The face of a font file that has Hangul; of a collection, the Korean one before the others.
    ///
    /// # Errors
    /// `None` where the bytes are no font, or have no Hangul.
    pub fn korean(data: Vec<u8>) -> Option<Self> {
        let data = Arc::new(data);
        let mut best: Option<(bool, u32)> = None;
        for (index, font) in (0_u32..).zip(FontRef::fonts(&data).take(64)) {
            let Ok(font) = font else { continue };
            let map = font.charmap();
            if !['가', '각', '힣'].into_iter().all(|c| map.map(c).is_some()) {
                continue;
            }
            let name = font
                .localized_strings(skrifa::string::StringId::FAMILY_NAME)
                .english_or_first();
            let korean = name.is_some_and(|n| n.chars().collect::<String>().contains("KR"));
            if best.is_none_or(|(known, _)| korean && !known) {
                best = Some((korean, index));
            }
        }
        best.map(|(_, index)| Self { data, index })
    }

    /// The bytes of the font file, and the index of the face in it.
    pub fn bytes(&self) -> (Arc<Vec<u8>>, u32) {
        (self.data.clone(), self.index)
    }

    /// A [`Ruler`] for this face; `None` if its tables can't be read.
    pub fn ruler(&self) -> Option<Ruler<'_>> {
        let font = FontRef::from_index(&self.data, self.index).ok()?;
        // With a size of one, lengths are in ems.
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        Some(Ruler { font, metrics })
    }
}

/// Looks up the glyphs of a face.
pub struct Ruler<'a> {
    font: FontRef<'a>,
    metrics: GlyphMetrics<'a>,
}

impl Ruler<'_> {
    /// The glyph of a character, if the face has one.
    pub fn glyph(&self, c: char) -> Option<FontGlyph> {
        let id = self.font.charmap().map(c)?;
        Some(FontGlyph {
            id: id.to_u32(),
            advance: self.metrics.advance_width(id).unwrap_or(1.0),
        })
    }
}
