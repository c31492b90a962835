//! The pictures of the open article: which are asked for, how much room is kept for them, and which
//! rows are in view.
//!
//! Nothing that is being read moves when a picture comes: until its size is known, room of the
//! usual shape is kept; a picture in view is fitted into the room that it has, one out of view
//! takes the room that it needs. Of one that can't be had there is a sentence.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::sheet::Sheet;
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::jobs::JobKind;
use crate::app::protocol::failure::Failure;
use crate::app::protocol::network::NetworkJob;
use crate::app::protocol::picture::{PictureJob, PictureRequest, PictureSlot};
use crate::app::reply::{Intent, Reply};
use crate::news::{Article, ArticleId, Clean};
use crate::picture::{Canvas, DrawnPicture, Extent};
use crate::text::{Column, LineKind, PartRole, PictureFrame, wrap};

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
    /// Rows of the picture that are in view, from 0 at its top.
    pub rows: Range<u16>,
    /// What is written to the terminal to show those rows.
    pub sequence: Arc<str>,
    /// The picture that the rows were cut from.
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
    /// The room that it was asked for, and the terminal.
    asked: (PictureFrame, Canvas),
}

/// All pictures of the open article, by their parts.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// Whether pictures are shown in the text, where the user chose that in this session.
    chosen: Option<bool>,
    /// The article.
    article: Option<ArticleId>,
    /// Where it was read from; see [`PictureRequest::origin`].
    origin: Option<Clean>,
    /// Those in the text.
    in_text: BTreeMap<usize, InlinePicture>,
    /// The one alone on the screen.
    zoom: Option<Zoom>,
    /// The most that a picture in the text may fill, and the terminal, as rooms were last kept.
    kept: Option<(PictureFrame, Canvas)>,
    /// Pictures of an article that is no longer open may be under way: their jobs are to be
    /// cancelled.
    stale: bool,
}

impl Pictures {
    /// The pictures in the text, by the index of their part.
    pub fn in_text(&self) -> &BTreeMap<usize, InlinePicture> {
        &self.in_text
    }

    /// The picture alone on the screen.
    pub fn zoom(&self) -> Option<&Zoom> {
        self.zoom.as_ref()
    }

    /// Pictures that the terminal is to hold.
    pub fn drawn(&self) -> impl Iterator<Item = &Arc<DrawnPicture>> {
        let zoomed = self.zoom.iter().filter_map(|z| z.drawn.as_ref());
        self.in_text
            .values()
            .filter_map(|s| s.drawn.as_ref())
            .chain(zoomed)
    }

    /// Whether pictures are shown in the text; `usual` says so where the user chose nothing.
    pub fn are_shown(&self, usual: bool) -> bool {
        self.chosen.unwrap_or(usual)
    }

    /// None, since no single article is shown any more.
    pub fn of_no_article(&self) -> Self {
        Self {
            chosen: self.chosen,
            stale: true,
            ..Self::default()
        }
    }

    /// The pictures of `article`, known by `id`, which was opened instead of the one before; none
    /// of them is there yet.
    pub fn of_other_article(&self, id: ArticleId, article: &Article) -> Self {
        Self {
            article: Some(id),
            origin: (article.claimed || article.url.is_some()).then(|| article.origin()),
            ..self.of_no_article()
        }
    }

    /// The same pictures in a text whose parts stand elsewhere now.
    pub fn shift(&mut self, to: impl Fn(usize) -> usize) {
        let shots = std::mem::take(&mut self.in_text);
        self.in_text = shots
            .into_iter()
            .map(|(part, shot)| (to(part), shot))
            .collect();
        if let Some(zoom) = &mut self.zoom {
            zoom.part = to(zoom.part);
        }
    }

    /// Pictures on or off.
    pub fn toggle(&mut self, env: &Env<'_>) -> Reply {
        let on = !self.are_shown(env.start.pictures);
        self.chosen = Some(on);
        let key = if on {
            "notice.pictures-on"
        } else {
            "notice.pictures-off"
        };
        Reply::none().say(env.text(key))
    }

    /// The picture in view alone on the screen, where there is one.
    pub fn open(&mut self, body: &Sheet, env: &Env<'_>) -> Reply {
        match in_view(body, env.text_rows()) {
            Some((part, url)) => self.zoom_on(part, url, env),
            None => Reply::none(),
        }
    }

    fn zoom_on(&mut self, part: usize, url: Clean, env: &Env<'_>) -> Reply {
        self.zoom = Some(Zoom {
            part,
            url,
            drawn: None,
            failure: None,
            strip: None,
            asked: (zoom_room(env), env.start.canvas),
        });
        let reply = Reply::none().intent(Intent::ShowZoomedPicture);
        reply.and(self.ask_zoom(env))
    }

    /// Asks for the picture that is alone on the screen, at the size that it has there.
    fn ask_zoom(&mut self, env: &Env<'_>) -> Reply {
        let Some(zoom) = &mut self.zoom else {
            return Reply::none();
        };
        let room = zoom_room(env);
        zoom.asked = (room, env.start.canvas);
        let url = zoom.url.clone();
        let slot = PictureSlot::Zoomed;
        let job = self.job(slot, url, room, true, env);
        Reply::none().restart(JobKind::Picture(slot), job)
    }

    /// To the picture `steps` further on, in the full view.
    pub fn step(&mut self, body: &Sheet, steps: isize, env: &Env<'_>) -> Reply {
        let Some(zoom) = &self.zoom else {
            return Reply::none();
        };
        let all = all_in(body);
        let shown = all.iter().position(|(part, _)| *part == zoom.part);
        let here = shown.unwrap_or(0) as isize;
        let next = (here + steps).clamp(0, all.len().saturating_sub(1) as isize);
        match all.into_iter().nth(next.unsigned_abs()) {
            Some((part, url)) if next != here => self.zoom_on(part, url, env),
            _ => Reply::none(),
        }
    }

    /// 원본보기: the picture in view, in the viewer.
    pub fn view_original(&self, body: Option<&Sheet>, env: &Env<'_>) -> Reply {
        let zoomed = self.zoom.as_ref().map(|z| z.url.clone());
        let shown = || in_view(body?, env.text_rows()).map(|(_, url)| url);
        match zoomed.or_else(shown) {
            Some(url) => Reply::none().start(JobKind::Desktop, NetworkJob::ViewPicture(url)),
            None => Reply::none().say(env.text("notice.no-picture")),
        }
    }

    fn job(
        &self,
        slot: PictureSlot,
        url: Clean,
        room: PictureFrame,
        at_once: bool,
        env: &Env<'_>,
    ) -> PictureJob {
        PictureJob::Draw(PictureRequest {
            slot,
            url,
            article: self.article,
            origin: self.origin.clone(),
            canvas: env.start.canvas,
            room,
            at_once,
        })
    }

    /// A picture came, or can't be had.
    pub fn came(&mut self, slot: PictureSlot, answer: Result<Arc<DrawnPicture>, Failure>) {
        let (drawn, failure) = match answer {
            Ok(drawn) => (Some(drawn), None),
            Err(failure) => (None, Some(failure)),
        };
        match slot {
            PictureSlot::Zoomed => {
                if let Some(zoom) = &mut self.zoom {
                    (zoom.drawn, zoom.failure) = (drawn, failure);
                }
            }
            PictureSlot::InText(index) => {
                if let Some(shot) = self.in_text.values_mut().find(|s| s.index == index) {
                    shot.extent = drawn.as_ref().map(|d| d.extent).or(shot.extent);
                    (shot.drawn, shot.failure) = (drawn, failure);
                }
            }
        }
    }

    /// What follows from any change: rooms kept in `body`, pictures near the view asked for, strips
    /// in view made. `is_zoom_open` and `is_body_shown` say what is on the screen.
    pub fn settle(
        &mut self,
        body: Option<&mut Sheet>,
        is_zoom_open: bool,
        is_body_shown: bool,
        env: &Env<'_>,
    ) -> Reply {
        let mut reply = Reply::none();
        let is_stale = std::mem::take(&mut self.stale);
        if is_stale {
            let zoomed = JobKind::Picture(PictureSlot::Zoomed);
            reply = reply.cancel_inline_pictures().cancel(zoomed);
        }
        if !is_zoom_open && self.zoom.take().is_some() {
            reply = reply.cancel(JobKind::Picture(PictureSlot::Zoomed));
        }
        let asked = (zoom_room(env), env.start.canvas);
        if self.zoom.as_ref().is_some_and(|z| z.asked != asked) {
            reply = reply.and(self.ask_zoom(env));
        }
        if let Some(zoom) = &mut self.zoom {
            let drawn = zoom.drawn.as_ref();
            zoom.strip = drawn.and_then(|d| strip(zoom.strip.take(), d, 0..d.frame.rows));
        }
        if !self.are_shown(env.start.pictures) {
            return reply.and(self.put_away(body));
        }
        let Some(body) = body else {
            return reply;
        };
        self.keep_rooms(body, env);
        if self.in_text.is_empty() || !is_body_shown {
            return reply;
        }
        self.make_strips(body, env.text_rows());
        reply.and(self.ask_near(body, is_stale, env))
    }

    /// Takes the pictures out of the text.
    fn put_away(&mut self, body: Option<&mut Sheet>) -> Reply {
        let shots = std::mem::take(&mut self.in_text);
        if let Some(body) = body {
            shots.keys().for_each(|part| body.reserve(*part, None));
        }
        Reply::none().cancel_inline_pictures()
    }

    /// Keeps room for every picture of the text.
    fn keep_rooms(&mut self, body: &mut Sheet, env: &Env<'_>) {
        let text = env.geometry.text;
        let percent = u32::from(env.start.config.pictures.height);
        let most = u16::try_from(u32::from(text.height) * percent / 100)
            .unwrap_or(u16::MAX)
            .max(3);
        let room = PictureFrame {
            columns: text.width,
            rows: most,
        };
        if self.in_text.is_empty() {
            self.in_text = shots_of(body);
        }
        if self.in_text.is_empty() {
            return;
        }
        let seen = body.parts_in_view(text.height);
        // Where the text is set anew for another width or height, pictures are, too.
        let is_same = self.kept.replace((room, env.start.canvas)) == Some((room, env.start.canvas));
        for (part, shot) in &self.in_text {
            let needed = match &shot.failure {
                Some(failure) => sentence_room(&failure.sentence(&env.start.words), body, room),
                None => {
                    let extent = shot.extent.unwrap_or(Extent::USUAL);
                    env.start.canvas.frame(extent, room)
                }
            };
            let needed = Some(needed);
            // What is in view keeps the room that it has; what is out of view, or was never set,
            // takes what it needs. One that can't be had takes its sentence's.
            let is_in_view = is_same && seen.contains(part);
            let kept = body.layout().frame(*part);
            let is_free = !is_in_view || kept.is_none() || shot.failure.is_some();
            if kept != needed && is_free {
                body.reserve(*part, needed);
            }
        }
    }

    /// Asks for the pictures in view and on the next page. `is_stale` says that jobs under way are
    /// for another article.
    fn ask_near(&self, body: &Sheet, is_stale: bool, env: &Env<'_>) -> Reply {
        let at_once = env.focus == Pane::Reader;
        let mut reply = Reply::none();
        for part in body.parts_in_view(env.text_rows().saturating_mul(2)) {
            let (Some(room), Some(shot)) = (body.layout().frame(part), self.in_text.get(&part))
            else {
                continue;
            };
            // One that was drawn before the terminal said what it can do, or for a font of another
            // size, is drawn anew.
            let canvas = env.start.canvas;
            let fits = |d: &Arc<DrawnPicture>| {
                d.canvas == canvas && d.frame == canvas.frame(d.extent, room)
            };
            let slot = PictureSlot::InText(shot.index);
            let kind = JobKind::Picture(slot);
            let is_under_way = !is_stale && env.is_busy(kind);
            if shot.failure.is_some() || is_under_way || shot.drawn.as_ref().is_some_and(fits) {
                continue;
            }
            reply = reply.start(kind, self.job(slot, shot.url.clone(), room, at_once, env));
        }
        reply
    }

    /// Makes the strips of the pictures in view.
    fn make_strips(&mut self, body: &Sheet, rows: u16) {
        let mut visible: BTreeMap<usize, Range<u16>> = BTreeMap::new();
        for (_, spot) in body.layout().window(body.top(), rows) {
            if body.layout().line(spot).kind == LineKind::Picture {
                let row = u16::try_from(spot.line).unwrap_or(u16::MAX);
                let range = visible.entry(spot.part).or_insert(row..row);
                range.end = row.saturating_add(1);
            }
        }
        for (part, shot) in &mut self.in_text {
            let rows = visible.get(part).cloned().zip(shot.drawn.clone());
            shot.strip = rows.and_then(|(rows, drawn)| {
                strip(shot.strip.take(), &drawn, drawn_rows(&rows, &drawn))
            });
        }
    }
}

/// The part of a picture that is in view: the topmost.
fn in_view(sheet: &Sheet, rows: u16) -> Option<(usize, Clean)> {
    let parts = &sheet.document().parts;
    let shown = sheet.parts_in_view(rows).into_iter();
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

/// The room of the sentence that stands where a picture can't be had.
fn sentence_room(sentence: &str, body: &Sheet, room: PictureFrame) -> PictureFrame {
    let column = Column::plain(usize::from(room.columns), body.layout().measure().policy);
    let lines = wrap(sentence, &column).len().max(1);
    PictureFrame {
        rows: u16::try_from(lines).unwrap_or(u16::MAX).min(room.rows),
        ..room
    }
}

/// All of the screen but the line below, and one for the caption.
fn zoom_room(env: &Env<'_>) -> PictureFrame {
    let screen = env.screen();
    PictureFrame {
        columns: screen.width.max(1),
        rows: screen.height.saturating_sub(3).max(1),
    }
}

/// The pictures of a text, each with its part's index.
fn all_in(body: &Sheet) -> Vec<(usize, Clean)> {
    let parts = body.document().parts.iter().enumerate();
    parts
        .filter_map(|(at, part)| Some((at, picture_of(part)?)))
        .collect()
}

/// The state of every picture that has an address, before anything is known of it.
fn shots_of(body: &Sheet) -> BTreeMap<usize, InlinePicture> {
    let shot = |index, url| InlinePicture {
        url,
        index,
        extent: None,
        drawn: None,
        failure: None,
        strip: None,
    };
    let all = all_in(body).into_iter().enumerate();
    all.map(|(index, (at, url))| (at, shot(index, url)))
        .collect()
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
