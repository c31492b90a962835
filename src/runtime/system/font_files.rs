//! The font files of the system, and those that letters on the screen are drawn from.

use std::fs;
use std::path::{Path, PathBuf};

use crate::lettering::LetterFonts;
use crate::news::order::Order as _;
use crate::runtime::archive::expanded;
use crate::typeface::FontFace;

/// Most files examined in search of fonts.
const MOST_FILES: usize = 20_000;
/// Size of the largest font file that is read, in bytes.
const LARGEST: u64 = 96 << 20;

/// File names of Korean fonts and their bold faces, the best on a screen first; compared without
/// case. Fonts without serifs come first, since letters may be small.
const SCREEN_FAMILIES: &[(&str, &str)] = &[
    ("pretendard-regular.otf", "pretendard-bold.otf"),
    ("notosanskr-regular.otf", "notosanskr-bold.otf"),
    ("notosanscjk-regular.ttc", "notosanscjk-bold.ttc"),
    ("notosanscjkkr-regular.otf", "notosanscjkkr-bold.otf"),
    ("nanumbarungothic.ttf", "nanumbarungothicbold.ttf"),
    ("nanumgothic.ttf", "nanumgothicbold.ttf"),
    ("applesdgothicneo.ttc", ""),
    ("malgun.ttf", "malgunbd.ttf"),
    ("undotum.ttf", "undotumbold.ttf"),
    ("nanumgothiccoding.ttf", "nanumgothiccodingbold.ttf"),
    ("nanummyeongjo.ttf", "nanummyeongjobold.ttf"),
    ("notoserifcjk-regular.ttc", "notoserifcjk-bold.ttc"),
];

/// The font that the settings name for letters that are drawn as pictures, a family or a file;
/// `None` if they name none, or it has no Korean letters or is not there.
pub(crate) fn wished_fonts(wish: &str) -> Option<LetterFonts> {
    if wish.contains(['/', '\\'])
        && let Some(face) = load(&expanded(wish))
    {
        return Some(LetterFonts::new(vec![face], Vec::new()));
    }
    if wish.trim().is_empty() {
        return None;
    }
    of_family(&font_files(), wish)
}

/// The best Korean font of the system for letters on a screen; where there is none, the embedded
/// bitmaps.
pub(crate) fn usual_fonts() -> LetterFonts {
    let files = font_files();
    let named = |name: &str| {
        files
            .iter()
            .find(|p| lower(p) == name)
            .and_then(|p| load(p))
    };
    let found = SCREEN_FAMILIES
        .iter()
        .find_map(|(text, bold)| Some((named(text)?, named(bold))));
    let (text, bold) = match found {
        Some((text, bold)) => (Some(text), bold),
        None => (files.iter().find_map(|p| load(p)), None),
    };
    LetterFonts::new(text.into_iter().collect(), bold.into_iter().collect())
}

/// The faces of a family: by the names of its files, else by the names in them.
fn of_family(files: &[PathBuf], wish: &str) -> Option<LetterFonts> {
    let plain = |name: &str| name.replace([' ', '-', '_'], "").to_lowercase();
    let wish = plain(wish);
    if wish.is_empty() {
        return None;
    }
    let stem = |path: &Path| plain(&path.file_stem().unwrap_or_default().to_string_lossy());
    let with = |ends: &[&str]| {
        let is_it = |path: &&PathBuf| ends.iter().any(|end| stem(path) == format!("{wish}{end}"));
        files.iter().find(is_it).and_then(|path| load(path))
    };
    let text = with(&["", "regular", "r", "medium"]);
    let bold = with(&["bold", "b", "bd"]);
    if let Some(text) = text {
        return Some(LetterFonts::new(vec![text], bold.into_iter().collect()));
    }
    let within = |path: &PathBuf| {
        let is_small = fs::metadata(path).ok()?.len() <= LARGEST;
        let data = is_small.then(|| fs::read(path).ok()).flatten()?;
        let is_it = FontFace::is_of_family(&data, &wish);
        is_it.then(|| FontFace::korean(data)).flatten()
    };
    let face = files.iter().find_map(within)?;
    Some(LetterFonts::new(vec![face], Vec::new()))
}

/// The name of a file in small letters.
pub(super) fn lower(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase()
}

/// The Korean face of a file.
pub(super) fn load(path: &Path) -> Option<FontFace> {
    if fs::metadata(path).ok()?.len() > LARGEST {
        return None;
    }
    FontFace::korean(fs::read(path).ok()?)
}

/// The font files in the usual directories of the system.
pub(super) fn font_files() -> Vec<PathBuf> {
    let mut dirs = font_dirs();
    let (mut files, mut seen) = (Vec::new(), 0);
    while let Some(dir) = dirs.pop() {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            seen += 1;
            if seen > MOST_FILES {
                return files;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => dirs.push(entry.path()),
                _ if is_font(&lower(&entry.path())) => files.push(entry.path()),
                _ => {}
            }
        }
    }
    files.order();
    files
}

/// The usual directories of fonts: one's own, then the system's.
fn font_dirs() -> Vec<PathBuf> {
    let place = |variable: &str, within: &str| {
        let dir = std::env::var_os(variable).filter(|dir| !dir.is_empty())?;
        Some(Path::new(&dir).join(within))
    };
    let own = if cfg!(windows) {
        vec![
            place("LOCALAPPDATA", r"Microsoft\Windows\Fonts"),
            place("SystemRoot", "Fonts"),
        ]
    } else {
        vec![
            place("XDG_DATA_HOME", "fonts").or_else(|| place("HOME", ".local/share/fonts")),
            place("HOME", ".fonts"),
            place("HOME", "Library/Fonts"),
        ]
    };
    let system = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/Library/Fonts",
        "/System/Library/Fonts",
        "/run/host/fonts",
    ];
    let system = system.iter().filter(|_| !cfg!(windows)).map(PathBuf::from);
    own.into_iter().flatten().chain(system).collect()
}

fn is_font(name: &str) -> bool {
    [".ttf", ".otf", ".ttc"].iter().any(|e| name.ends_with(e))
}
