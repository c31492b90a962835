//! Faces of font files: which one has Hangul, how wide its letters are, and their outlines. In
//! `not_built.rs` what stands there in a program without the features that need fonts.

use std::sync::Arc;

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

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

    /// Whether a face of a font file has this family name, in whatever language; compared without
    /// case and spaces.
    pub fn is_of_family(data: &[u8], family: &str) -> bool {
        let plain = |name: &str| name.replace([' ', '-', '_'], "").to_lowercase();
        let wanted = plain(family);
        FontRef::fonts(data).take(64).flatten().any(|font| {
            let names = font.localized_strings(skrifa::string::StringId::FAMILY_NAME);
            names
                .into_iter()
                .any(|name| plain(&name.chars().collect::<String>()) == wanted)
        })
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

/// A closed line of an outline, by its corners.
pub type Contour = Vec<(f32, f32)>;

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

    /// The outline of a glyph at `size` pixels an em, y upwards: closed contours of straight lines.
    /// Empty where it has none.
    pub fn outline(&self, glyph: FontGlyph, size: f32) -> Vec<Contour> {
        let mut pen = Flattener::default();
        let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
        if let Some(outline) = self.font.outline_glyphs().get(GlyphId::new(glyph.id))
            && outline.draw(settings, &mut pen).is_err()
        {
            return Vec::new();
        }
        pen.contours
    }
}

/// Collects an outline; a curve becomes [`CURVE_LINES`] lines.
#[derive(Default)]
struct Flattener {
    contours: Vec<Contour>,
}

/// Lines that a curve is drawn with: its error is below a tenth of a pixel at 100 pixels an em,
/// where a curve is at most a quarter of a circle.
const CURVE_LINES: u8 = 8;

impl Flattener {
    fn push(&mut self, point: (f32, f32)) {
        if let Some(contour) = self.contours.last_mut() {
            contour.push(point);
        }
    }

    fn here(&self) -> (f32, f32) {
        let last = self.contours.last().and_then(|contour| contour.last());
        last.copied().unwrap_or_default()
    }

    fn curve(&mut self, at: impl Fn(f32) -> (f32, f32)) {
        (1..=CURVE_LINES).for_each(|step| self.push(at(f32::from(step) / f32::from(CURVE_LINES))));
    }
}

impl OutlinePen for Flattener {
    fn move_to(&mut self, x: f32, y: f32) {
        self.contours.push(vec![(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push((x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let from = self.here();
        self.curve(|t| {
            let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
            (a * from.0 + b * cx + c * x, a * from.1 + b * cy + c * y)
        });
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let from = self.here();
        self.curve(|t| {
            let s = 1.0 - t;
            let [a, b, c, d] = [s * s * s, 3.0 * t * s * s, 3.0 * t * t * s, t * t * t];
            (
                a * from.0 + b * cx0 + c * cx1 + d * x,
                a * from.1 + b * cy0 + c * cy1 + d * y,
            )
        });
    }

    fn close(&mut self) {}
}
