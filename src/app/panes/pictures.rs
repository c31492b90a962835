//! The pictures of the open article: which are asked for, how much room is kept for them, and which
//! rows are in view.
//!
//! Nothing that is being read moves when a picture comes: until its size is known, room of the
//! usual shape is kept; a picture in view is fitted into the room that it has, one out of view
//! takes the room that it needs.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::sheet::Sheet;
use crate::app::geometry::Pane;
use crate::app::jobs::JobKind;
use crate::app::popups::Popup;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::network::NetworkJob;
use crate::app::protocol::picture::{PictureJob, PictureRequest, PictureSlot};
use crate::app::{Failure, Model};
use crate::news::Clean;
use crate::picture::{DrawnPicture, Extent};
use crate::text::{LineKind, PartRole, PictureFrame};

/// A picture of the article.
#[derive(Clone, Debug)]
pub struct InlinePicture {
    /// Where it is.
    pub url: Clean,
    /// Its index among the article's pictures, which stays what it is when parts come to stand
    /// above it.
    index: usize,
    /// Its pixels, once they are known.
    extent: Option<Extent>,
    /// As it is shown.
    pub drawn: Option<Arc<DrawnPicture>>,
    /// Why it can't be.
    pub failure: Option<Failure>,
    /// The rows of it that are in view, and what the terminal is sent for them.
    pub strip: Option<Strip>,
}

/// Some rows of a picture in the form that the terminal takes.
#[derive(Clone, Debug)]
pub struct Strip {
    /// The rows.
    pub rows: Range<u16>,
    /// The sequence.
    pub sequence: Arc<str>,
    /// Whose rows.
    of: Arc<DrawnPicture>,
}

/// A picture alone on the screen.
#[derive(Clone, Debug)]
pub struct Zoom {
    /// The part that it stands in.
    pub part: usize,
    /// Where it is.
    pub url: Clean,
    /// As it is shown.
    pub drawn: Option<Arc<DrawnPicture>>,
    /// Why it can't be.
    pub failure: Option<Failure>,
    /// What the terminal is sent for it.
    pub strip: Option<Strip>,
    /// The room that it was asked for.
    room: PictureFrame,
}

/// All pictures of the open article, by their parts.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// Those in the text.
    pub in_text: BTreeMap<usize, InlinePicture>,
    /// The one alone on the screen.
    pub zoom: Option<Zoom>,
    /// Pictures of an article that is no longer open may be under way: their jobs are to be
    /// cancelled.
    stale: bool,
}

impl Pictures {
    /// Pictures that the terminal is to hold.
    pub fn drawn(&self) -> impl Iterator<Item = &Arc<DrawnPicture>> {
        let zoomed = self.zoom.iter().filter_map(|z| z.drawn.as_ref());
        self.in_text
            .values()
            .filter_map(|s| s.drawn.as_ref())
            .chain(zoomed)
    }

    /// No pictures, where another article is opened.
    pub(crate) fn renewed() -> Self {
        Self {
            stale: true,
            ..Self::default()
        }
    }

    /// The same pictures in a text whose parts stand elsewhere now.
    pub(crate) fn shift(&mut self, to: impl Fn(usize) -> usize) {
        let shots = std::mem::take(&mut self.in_text);
        self.in_text = shots
            .into_iter()
            .map(|(part, shot)| (to(part), shot))
            .collect();
        if let Some(zoom) = &mut self.zoom {
            zoom.part = to(zoom.part);
        }
    }
}

impl Model {
    /// Whether pictures are shown in the text.
    pub fn shows_pictures(&self) -> bool {
        self.pictures.unwrap_or(self.start.pictures)
    }
}

/// Pictures on or off.
pub fn toggle(model: &mut Model) -> Vec<Effect> {
    let on = !model.shows_pictures();
    model.pictures = Some(on);
    let key = if on {
        "notice.pictures-on"
    } else {
        "notice.pictures-off"
    };
    model.say(model.start.words.get(key).to_owned());
    Vec::new()
}

/// The part of a picture that is in view: the topmost.
fn in_view(sheet: &Sheet, rows: u16) -> Option<(usize, Clean)> {
    let parts = &sheet.layout.document().parts;
    let shown = sheet
        .layout
        .window(sheet.top, rows)
        .into_iter()
        .map(|(_, spot)| spot.part);
    shown
        .filter_map(|at| Some((at, picture_of(parts.get(at)?)?)))
        .next()
}

/// The address of the picture that a part stands for.
fn picture_of(part: &crate::text::Part) -> Option<Clean> {
    part.url
        .clone()
        .filter(|url| part.role == PartRole::Image && !url.is_blank())
}

/// The picture in view alone on the screen; gives nothing where there is none.
pub fn open(model: &mut Model) -> Option<Vec<Effect>> {
    let rows = model.geometry().text.height;
    let sheet = model
        .reader
        .body
        .as_ref()
        .filter(|_| model.reader.shows_body())?;
    let (part, url) = in_view(sheet, rows)?;
    Some(zoom(model, part, url))
}

fn zoom(model: &mut Model, part: usize, url: Clean) -> Vec<Effect> {
    let room = zoom_room(model);
    let zoom = Zoom {
        part,
        url,
        drawn: None,
        failure: None,
        strip: None,
        room,
    };
    model.reader.pictures.zoom = Some(zoom);
    model.popup = Some(Popup::Picture);
    ask_zoom(model)
}

/// Asks for the picture that is alone on the screen, at the size that it has there.
fn ask_zoom(model: &mut Model) -> Vec<Effect> {
    let room = zoom_room(model);
    let Some(url) = model.reader.pictures.zoom.as_ref().map(|z| z.url.clone()) else {
        return Vec::new();
    };
    let job = job(model, PictureSlot::Zoomed, url, room, true);
    let Some(zoom) = model.reader.pictures.zoom.as_mut() else {
        return Vec::new();
    };
    zoom.room = room;
    model
        .jobs
        .restart(JobKind::Picture(PictureSlot::Zoomed), job)
}

/// All of the screen but the line below, and one for the caption.
fn zoom_room(model: &Model) -> PictureFrame {
    let screen = model.start.screen;
    PictureFrame {
        columns: screen.width.max(1),
        rows: screen.height.saturating_sub(3).max(1),
    }
}

/// To the picture `steps` further on, in the full view.
pub fn step(model: &mut Model, steps: isize) -> Vec<Effect> {
    let Some(zoom) = &model.reader.pictures.zoom else {
        return Vec::new();
    };
    let Some(body) = &model.reader.body else {
        return Vec::new();
    };
    let parts = body.layout.document().parts.iter().enumerate();
    let all: Vec<(usize, Clean)> = parts
        .filter_map(|(at, part)| Some((at, picture_of(part)?)))
        .collect();
    let here = all
        .iter()
        .position(|(part, _)| *part == zoom.part)
        .unwrap_or(0) as isize;
    let next = (here + steps).clamp(0, all.len().saturating_sub(1) as isize);
    match all
        .get(next.unsigned_abs())
        .cloned()
        .filter(|_| next != here)
    {
        Some((part, url)) => self::zoom(model, part, url),
        None => Vec::new(),
    }
}

/// Back from the full view.
pub fn close(model: &mut Model) -> Vec<Effect> {
    model.popup = None;
    model.reader.pictures.zoom = None;
    model.jobs.cancel(JobKind::Picture(PictureSlot::Zoomed))
}

/// 원본보기: the picture in view, in the viewer.
pub fn view_original(model: &mut Model) -> Vec<Effect> {
    let rows = model.geometry().text.height;
    let zoomed = model.reader.pictures.zoom.as_ref().map(|z| z.url.clone());
    let url = zoomed.or_else(|| in_view(model.reader.body.as_ref()?, rows).map(|(_, url)| url));
    let Some(url) = url else {
        model.say(model.start.words.get("notice.no-picture").to_owned());
        return Vec::new();
    };
    let job = NetworkJob::ViewPicture(url);
    vec![model.jobs.start(JobKind::Desktop, job)]
}

fn job(
    model: &Model,
    slot: PictureSlot,
    url: Clean,
    room: PictureFrame,
    at_once: bool,
) -> PictureJob {
    let origin = model
        .reader
        .article
        .as_ref()
        .and_then(|a| a.address().cloned());
    PictureJob::Draw(PictureRequest {
        slot,
        url,
        origin,
        canvas: model.start.canvas,
        room,
        at_once,
    })
}

/// A picture came, or can't be had.
pub fn came(model: &mut Model, slot: PictureSlot, answer: Result<Arc<DrawnPicture>, Failure>) {
    let pictures = &mut model.reader.pictures;
    let (drawn, failure) = match answer {
        Ok(drawn) => (Some(drawn), None),
        Err(failure) => (None, Some(failure)),
    };
    match slot {
        PictureSlot::Zoomed => {
            if let Some(zoom) = &mut pictures.zoom {
                (zoom.drawn, zoom.failure) = (drawn, failure);
            }
        }
        PictureSlot::InText(index) => {
            if let Some(shot) = pictures.in_text.values_mut().find(|s| s.index == index) {
                shot.extent = drawn.as_ref().map(|d| d.extent).or(shot.extent);
                (shot.drawn, shot.failure) = (drawn, failure);
            }
        }
    }
}

/// What follows from any change: rooms kept, pictures near the view asked for, strips in view made.
pub fn settle(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    if std::mem::take(&mut model.reader.pictures.stale) {
        let is_picture = |kind: &JobKind| matches!(kind, JobKind::Picture(_));
        effects.extend(model.jobs.cancel_all(is_picture));
    }
    if model
        .popup
        .as_ref()
        .is_none_or(|p| !matches!(p, Popup::Picture))
        && model.reader.pictures.zoom.is_some()
    {
        model.reader.pictures.zoom = None;
        effects.extend(model.jobs.cancel(JobKind::Picture(PictureSlot::Zoomed)));
    }
    if model
        .reader
        .pictures
        .zoom
        .as_ref()
        .is_some_and(|z| z.room != zoom_room(model))
    {
        effects.extend(ask_zoom(model));
    }
    if let Some(zoom) = model.reader.pictures.zoom.as_mut() {
        zoom.strip = zoom
            .drawn
            .as_ref()
            .and_then(|d| strip(zoom.strip.take(), d, 0..d.frame.rows));
    }
    effects.extend(if model.shows_pictures() {
        settle_shots(model)
    } else {
        put_away(model)
    });
    effects
}

/// No pictures in the text.
fn put_away(model: &mut Model) -> Vec<Effect> {
    let shots = std::mem::take(&mut model.reader.pictures.in_text);
    if let Some(body) = model.reader.body.as_mut() {
        shots.keys().for_each(|part| body.reserve(*part, None));
    }
    model
        .jobs
        .cancel_all(|kind| matches!(kind, JobKind::Picture(PictureSlot::InText(_))))
}

fn settle_shots(model: &mut Model) -> Vec<Effect> {
    let text = model.geometry().text;
    let canvas = model.start.canvas;
    let percent = u32::from(model.start.config.pictures.height);
    let most = u16::try_from(u32::from(text.height) * percent / 100)
        .unwrap_or(u16::MAX)
        .max(3);
    let room = PictureFrame {
        columns: text.width,
        rows: most,
    };
    let Some(body) = model.reader.body.as_mut() else {
        return Vec::new();
    };
    if model.reader.pictures.in_text.is_empty() {
        model.reader.pictures.in_text = shots_of(body);
    }
    let shots = &mut model.reader.pictures.in_text;
    if shots.is_empty() {
        return Vec::new();
    }
    let seen = parts_within(body, text.height);
    for (part, shot) in shots.iter() {
        let needed = shot
            .failure
            .is_none()
            .then(|| canvas.frame(shot.extent.unwrap_or(Extent::USUAL), room));
        // What is in view keeps the room that it has; what is out of view, or was never set, takes
        // what it needs.
        if body.layout.frame(*part) != needed
            && (!seen.contains(part) || body.layout.frame(*part).is_none())
        {
            let failed_in_view = needed.is_none() && seen.contains(part);
            if !failed_in_view {
                body.reserve(*part, needed);
            }
        }
    }
    let shown = model.reader.shows_body() && model.geometry().reader.is_some();
    if !shown {
        Vec::new()
    } else {
        ask_near(model, text.height)
    }
}

/// A shot for every picture that has an address.
fn shots_of(body: &Sheet) -> BTreeMap<usize, InlinePicture> {
    let parts = body.layout.document().parts.iter().enumerate();
    let shot = |index, url| InlinePicture {
        url,
        index,
        extent: None,
        drawn: None,
        failure: None,
        strip: None,
    };
    parts
        .filter_map(|(at, part)| Some((at, picture_of(part)?)))
        .enumerate()
        .map(|(index, (at, url))| (at, shot(index, url)))
        .collect()
}

/// The parts of which some rows are in view.
fn parts_within(body: &Sheet, rows: u16) -> Vec<usize> {
    let mut parts: Vec<usize> = body
        .layout
        .window(body.top, rows)
        .into_iter()
        .map(|(_, spot)| spot.part)
        .collect();
    parts.dedup();
    parts
}

/// Asks for the pictures in view and on the next page, and makes the strips of those in view.
fn ask_near(model: &mut Model, rows: u16) -> Vec<Effect> {
    let at_once = model.focus == Pane::Reader;
    let Some(body) = model.reader.body.as_ref() else {
        return Vec::new();
    };
    let near = parts_within(body, rows.saturating_mul(2));
    let mut visible: BTreeMap<usize, Range<u16>> = BTreeMap::new();
    for (_, spot) in body.layout.window(body.top, rows) {
        if body.layout.line(spot).kind == LineKind::Picture {
            let row = u16::try_from(spot.line).unwrap_or(u16::MAX);
            let range = visible.entry(spot.part).or_insert(row..row);
            range.end = row.saturating_add(1);
        }
    }
    let wanted: Vec<(usize, PictureFrame)> = near
        .into_iter()
        .filter_map(|part| Some((part, body.layout.frame(part)?)))
        .collect();
    let mut effects = Vec::new();
    for (part, room) in wanted {
        let Some(shot) = model.reader.pictures.in_text.get(&part) else {
            continue;
        };
        let fits = |d: &Arc<DrawnPicture>| d.frame == model.start.canvas.frame(d.extent, room);
        let slot = PictureSlot::InText(shot.index);
        let kind = JobKind::Picture(slot);
        if shot.failure.is_some()
            || model.jobs.is_busy(kind)
            || shot.drawn.as_ref().is_some_and(fits)
        {
            continue;
        }
        let job = job(model, slot, shot.url.clone(), room, at_once);
        effects.push(model.jobs.start(kind, job));
    }
    for (part, shot) in &mut model.reader.pictures.in_text {
        let rows = visible.get(part).cloned().zip(shot.drawn.clone());
        shot.strip = rows
            .and_then(|(rows, drawn)| strip(shot.strip.take(), &drawn, drawn_rows(&rows, &drawn)));
    }
    effects
}

/// Of rows of the room, those that the picture fills.
fn drawn_rows(rows: &Range<u16>, drawn: &DrawnPicture) -> Range<u16> {
    rows.start.min(drawn.frame.rows)..rows.end.min(drawn.frame.rows)
}

/// The strip of these rows: the old one where it is the same.
fn strip(old: Option<Strip>, drawn: &Arc<DrawnPicture>, rows: Range<u16>) -> Option<Strip> {
    if rows.is_empty() {
        return None;
    }
    if let Some(old) = old.filter(|s| s.rows == rows && Arc::ptr_eq(&s.of, drawn)) {
        return Some(old);
    }
    let sequence = drawn.strip(rows.clone())?;
    Some(Strip {
        rows,
        sequence: sequence.into(),
        of: drawn.clone(),
    })
}
