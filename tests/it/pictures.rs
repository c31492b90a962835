//! Pictures on the pure program: the room that is kept for them, what comes and goes, and what the
//! cells carry.

use gisa::app::protocol::network::{NetworkJob, NetworkOutcome};
use gisa::app::protocol::picture::{PictureJob, PictureOutcome};
use std::sync::Arc;

use gisa::app::popups::Popup;
use gisa::app::protocol::abilities::Abilities;
use gisa::app::{Cause, Effect, Failure, Job, Message, Model};
use gisa::news::{Article, Block, Clean, sample};
use gisa::picture::{Bounds, Canvas, DrawnPicture, Means, open};
use gisa::text::LineKind;
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

use crate::support::screen::{cells_of, draw, text};
use crate::support::session::{Session, start, summarize};

const BOUNDS: Bounds = Bounds {
    bytes: 1 << 20,
    pixels: 1 << 22,
};

fn image(url: &str) -> Block {
    Block::Image {
        url: Clean::line(url),
        alt: None,
        caption: Some(Clean::line("사진의 설명")),
        credit: None,
    }
}

fn paragraphs(from: usize) -> impl Iterator<Item = Block> {
    (from..from + 12).map(|n| {
        Block::paragraph(&format!(
            "{n}번째 문단이다. 바닷가 마을의 아침은 등대의 불이 꺼지며 시작된다."
        ))
    })
}

/// Text, a picture, text, a picture, text.
fn article() -> Article {
    let mut blocks = vec![image("sample:lighthouse.png")];
    blocks.extend(paragraphs(0));
    blocks.push(image("sample:bicycles.png"));
    blocks.extend(paragraphs(12));
    Article {
        title: Clean::line("사진이 있는 기사"),
        lang: Some(Clean::line("ko")),
        blocks,
        ..Article::default()
    }
}

fn reading(width: u16, height: u16, means: Means) -> Session {
    let canvas = Canvas {
        means,
        cell: (8, 16),
        ..Canvas::default()
    };
    let mut session = Session::cold(
        gisa::app::Start {
            canvas,
            pictures: true,
            ..start(width, height)
        },
        vec![article()],
    );
    while let Some(at) = session
        .open
        .iter()
        .position(|(_, job)| !matches!(job, Job::Picture(PictureJob::Draw(_))))
    {
        session.answer_at(at);
    }
    session.keys("Enter");
    while let Some(at) = session
        .open
        .iter()
        .position(|(_, job)| !matches!(job, Job::Picture(PictureJob::Draw(_))))
    {
        session.answer_at(at);
    }
    session
}

/// Gives every picture that is asked for.
fn deliver(session: &mut Session) -> usize {
    let mut came = 0;
    while session
        .open
        .iter()
        .any(|(_, job)| matches!(job, Job::Picture(PictureJob::Draw(_))))
    {
        let (_, job) = session
            .open
            .iter()
            .find(|(_, job)| matches!(job, Job::Picture(PictureJob::Draw(_))))
            .unwrap()
            .clone();
        let Job::Picture(PictureJob::Draw(job)) = job else {
            unreachable!()
        };
        let file = sample::picture(&job.url).unwrap();
        let drawn = DrawnPicture::new(
            &open(file, BOUNDS).unwrap(),
            &job.canvas,
            job.room,
            0x0100_0001 + came,
        )
        .unwrap();
        session.answer(
            |j| matches!(j, Job::Picture(PictureJob::Draw(p)) if p.url == job.url),
            PictureOutcome::Draw(job.slot, Ok(Arc::new(drawn))),
        );
        came += 1;
        assert!(came < 20, "asked without end");
    }
    came as usize
}

/// The row in which these words begin.
fn row_of(model: &Model, words: &str) -> Option<usize> {
    let mut shown = draw(model);
    // What carries pixels is one cell, and not to be read.
    shown
        .content
        .iter_mut()
        .filter(|c| c.symbol().starts_with('\x1b'))
        .for_each(|c| {
            c.set_symbol("▀");
        });
    text(&shown).lines().position(|line| line.contains(words))
}

/// The cells that no frame writes, as one rectangle with the one that carries them.
fn carried(buffer: &Buffer) -> Option<Rect> {
    let heads = buffer
        .content()
        .iter()
        .enumerate()
        .filter(|(_, c)| c.symbol().contains("\x1bP"));
    let heads: Vec<usize> = heads.map(|(at, _)| at).collect();
    let [head] = heads[..] else { return None };
    let (x, y) = buffer.pos_of(head);
    let skipped = |x: u16, y: u16| {
        buffer
            .cell((x, y))
            .is_some_and(|c| c.diff_option == CellDiffOption::Skip)
    };
    let width = (x + 1..buffer.area.width)
        .take_while(|x| skipped(*x, y))
        .count() as u16
        + 1;
    let height = (y + 1..buffer.area.height)
        .take_while(|y| skipped(x, *y))
        .count() as u16
        + 1;
    Some(Rect {
        x,
        y,
        width,
        height,
    })
}

#[test]
fn nothing_that_is_read_moves_when_a_picture_comes() {
    for keys in ["", "j", "j j j", "Space", "G"] {
        let mut session = reading(90, 30, Means::Blocks);
        session.keys(keys);
        let before: Vec<_> = (0..24)
            .filter_map(|n| Some((n, row_of(&session.model, &format!("{n}번째 문단"))?)))
            .collect();
        assert!(!before.is_empty());
        deliver(&mut session);
        for (n, row) in before {
            assert_eq!(
                row_of(&session.model, &format!("{n}번째 문단")),
                Some(row),
                "{keys}: {n}"
            );
        }
    }
}

#[test]
fn a_picture_is_there_with_its_caption_below_and_text_around_it() {
    let mut session = reading(90, 40, Means::Blocks);
    assert!(row_of(&session.model, "사진을 받는 중").is_some());
    assert!(deliver(&mut session) >= 1);
    let shown = text(&draw(&session.model));
    assert!(shown.contains('▀') && !shown.contains("사진을 받는 중"));
    let (last, caption) = (
        shown
            .lines()
            .collect::<Vec<_>>()
            .iter()
            .rposition(|l| l.contains('▀')),
        row_of(&session.model, "사진의 설명"),
    );
    assert_eq!(last.unwrap() + 1, caption.unwrap());
    session.keys("G");
    assert!(deliver(&mut session) <= 1);
}

#[test]
fn the_pixels_follow_the_scroll_row_by_row() {
    let mut session = reading(100, 40, Means::Sixel);
    deliver(&mut session);
    let whole = carried(&cells_of(&session.model)).expect("a picture");
    assert!(whole.height > 10 && whole.width > 20);
    let top = session.model.geometry().text.y;
    let above = whole.y - top;
    for step in 1..above + whole.height + 2 {
        session.keys("j");
        let hidden = step.saturating_sub(above);
        let now = carried(&cells_of(&session.model));
        match whole.height.checked_sub(hidden).filter(|rows| *rows > 0) {
            Some(rows) => {
                let y = whole.y.saturating_sub(step).max(top);
                assert_eq!(
                    now,
                    Some(Rect {
                        y,
                        height: rows,
                        ..whole
                    }),
                    "step {step}"
                );
            }
            None => assert_eq!(now, None, "step {step}"),
        }
    }
}

#[test]
fn the_letter_below_the_left_edge_of_pixels_is_sent_again() {
    let mut session = reading(90, 30, Means::Sixel);
    deliver(&mut session);
    let buffer = cells_of(&session.model);
    let shown = carried(&buffer).expect("a picture");
    // foot wipes the second half of a wide letter there.
    let below = &buffer[(shown.x, shown.bottom())];
    assert_eq!(below.diff_option, CellDiffOption::AlwaysUpdate);
}

#[test]
fn a_popup_over_a_picture_leaves_nothing_of_either() {
    let mut session = reading(90, 40, Means::Sixel);
    deliver(&mut session);
    let before = cells_of(&session.model);
    assert!(carried(&before).is_some());
    session.keys("?");
    let under = cells_of(&session.model);
    assert_eq!(carried(&under), None);
    assert!(
        text(&under).contains('▀'),
        "what is beside it is half blocks"
    );
    session.keys("Esc");
    assert_eq!(cells_of(&session.model), before);
}

#[test]
fn placed_pictures_are_cells_like_any_other() {
    let mut session = reading(90, 40, Means::Placed);
    deliver(&mut session);
    let count = |model: &Model| {
        cells_of(model)
            .content()
            .iter()
            .filter(|c| c.symbol().starts_with('\u{10EEEE}'))
            .count()
    };
    let whole = count(&session.model);
    let frame = session
        .model
        .reader()
        .pictures()
        .drawn()
        .next()
        .unwrap()
        .frame;
    assert_eq!(whole, usize::from(frame.columns) * usize::from(frame.rows));
    session.keys("?");
    assert!(count(&session.model) < whole);
    session.keys("Esc j j j j j j");
    assert!(
        count(&session.model) < whole
            && count(&session.model).is_multiple_of(usize::from(frame.columns))
    );
}

#[test]
fn pictures_go_off_and_on_at_the_same_place_in_the_text() {
    let mut session = reading(90, 30, Means::Blocks);
    deliver(&mut session);
    session.keys("Space");
    let place = session.top();
    session.keys("i");
    assert_eq!(session.top(), place);
    assert!(!text(&draw(&session.model)).contains('▀') && session.live().count() == 0);
    session.keys("g g");
    assert!(
        row_of(&session.model, "사진").is_some(),
        "a word stands for it"
    );
    session.keys("i");
    assert!(
        session
            .live()
            .any(|j| matches!(j, Job::Picture(PictureJob::Draw(_))))
    );
}

#[test]
fn a_picture_in_view_takes_the_size_that_a_resized_screen_has_for_it() {
    let size = |session: &Session| {
        let pictures = session.model.reader().pictures();
        let first = pictures.in_text().values().next().unwrap();
        first.drawn.as_ref().unwrap().frame
    };
    let mut session = reading(90, 30, Means::Sixel);
    deliver(&mut session);
    let before = size(&session);
    for (width, height) in [(40, 15), (24, 8), (90, 30)] {
        session.resize(width, height);
        deliver(&mut session);
    }
    assert_eq!(size(&session), before);
}

#[test]
fn a_picture_of_a_wider_column_stays_in_its_own_until_it_is_drawn_anew() {
    let mut session = reading(90, 30, Means::Sixel);
    deliver(&mut session);
    session.resize(40, 30);
    let column = session.model.geometry().text;
    let shown = draw(&session.model);
    let is_pixels = |x: u16, y: u16| shown[(x, y)].symbol() == "▀";
    assert!((0..30).any(|y| is_pixels(column.x, y)), "{}", text(&shown));
    for x in column.x + column.width..40 {
        assert!((0..30).all(|y| !is_pixels(x, y)), "{}", text(&shown));
    }
}

#[test]
fn one_picture_fills_the_screen_and_the_viewer_gets_its_address() {
    let mut session = reading(90, 30, Means::Sixel);
    deliver(&mut session);
    session.keys("Enter");
    assert!(matches!(session.model.popup(), Some(Popup::Picture)));
    deliver(&mut session);
    let shown = carried(&cells_of(&session.model)).expect("it");
    assert!(shown.height > 20 || shown.width > 80, "{shown:?}");
    assert!(row_of(&session.model, "사진의 설명").is_some());
    let effects = session.keys("O");
    assert!(effects.iter().any(
        |e| matches!(e, Effect::Start(_, Job::Network(NetworkJob::ViewPicture(url))) if url.as_str() == "sample:lighthouse.png")
    ));
    session.keys("j");
    deliver(&mut session);
    assert_eq!(
        session
            .model
            .reader()
            .pictures()
            .zoom()
            .unwrap()
            .url
            .as_str(),
        "sample:bicycles.png"
    );
    session.resize(120, 40);
    assert!(deliver(&mut session) >= 1, "at its new size");
    session.keys("Esc");
    assert!(session.model.popup().is_none() && session.model.reader().pictures().zoom().is_none());
}

#[test]
fn where_there_is_no_picture_that_is_said() {
    let mut session = Session::reading(80, 24, 1);
    session.keys("G O");
    assert!(
        session.notice().1.contains("사진이 없습니다")
            || session
                .live()
                .any(|j| matches!(j, Job::Network(NetworkJob::ViewPicture(_))))
    );
}

#[test]
fn what_can_not_be_had_is_a_sentence_and_no_frame() {
    let mut session = reading(90, 30, Means::Blocks);
    let before = row_of(&session.model, "0번째 문단");
    session.settle();
    let shown = text(&draw(&session.model));
    assert!(shown.contains("sample:lighthouse.png: "), "{shown}");
    assert!(shown.contains("사진의 설명"), "{shown}");
    let lines = |session: &Session| {
        let body = session.model.reader().body().unwrap();
        let window = body.layout().window(body.top(), 30);
        let is_of_picture = |line: &LineKind| *line == LineKind::Picture;
        let kinds = window
            .iter()
            .map(|(_, spot)| body.layout().line(*spot).kind);
        kinds.filter(is_of_picture).count()
    };
    assert_eq!(lines(&session), 2, "{shown}");
    assert!(row_of(&session.model, "0번째 문단") < before);
    session.keys("G");
    session.settle();
    session.keys("g g");
    assert_eq!(lines(&session), 2);
    session.resize(24, 30);
    session.settle();
    assert!(lines(&session) > 2, "it has the lines that it needs");
}

#[test]
fn at_every_size_and_place_it_can_be_drawn() {
    for means in [Means::Blocks, Means::Placed, Means::Sixel, Means::Inline] {
        let mut session = reading(100, 30, means);
        deliver(&mut session);
        for (width, height) in [(20, 5), (21, 6), (40, 15), (80, 24), (200, 50), (100, 30)] {
            session.resize(width, height);
            deliver(&mut session);
            for keys in [
                "g g", "j", "j j j", "C-d", "Space", "+ +", "- -", "G", "k k",
            ] {
                session.keys(keys);
                deliver(&mut session);
                draw(&session.model);
            }
        }
    }
}

#[test]
fn what_was_drawn_before_the_terminal_answered_is_drawn_anew() {
    let mut s = reading(100, 40, Means::Blocks);
    deliver(&mut s);
    assert_eq!(deliver(&mut s), 0, "nothing is asked for twice");
    let canvas = Canvas {
        means: Means::Sixel,
        ..s.model.start().canvas
    };
    let start = s.model.start();
    let able = Abilities {
        policy: start.policy,
        caps: start.caps,
        canvas,
        pictures: true,
        clipboard: start.clipboard,
        alerts: Default::default(),
        links: false,
        light: None,
        ground: None,
        keyboard: false,
        late: false,
    };
    s.tell(Message::Terminal(Box::new(able)));
    assert!(deliver(&mut s) > 0);
    let strips = s.model.reader().pictures().in_text();
    assert!(
        strips.values().any(|shot| shot.strip.is_some()),
        "as pixels now"
    );
}

#[test]
fn a_picture_says_by_which_key_its_original_opens() {
    let mut s = reading(100, 40, Means::Blocks);
    assert!(
        row_of(&s.model, "O 원본보기").is_none(),
        "there is no picture yet"
    );
    deliver(&mut s);
    let row = row_of(&s.model, "O 원본보기");
    assert!(row.is_some() && row == row_of(&s.model, "사진의 설명"));
}

#[test]
fn no_note_of_the_short_news_is_taken_for_a_picture_s_caption() {
    // The notes stand at other places in the text, depending on which line is the first with one.
    for first in 0..2 {
        let mut s = reading(100, 60, Means::Blocks);
        deliver(&mut s);
        s.keys("G");
        deliver(&mut s);
        s.keys("v");
        let mut answer = summarize(s.article(0), 9);
        if let NetworkOutcome::Summary(Ok(made)) = &mut answer {
            let lines = made.summary.sentences.iter_mut().skip(first);
            lines.for_each(|line| line.replaced = true);
        }
        s.answer(
            |j| matches!(j, Job::Network(NetworkJob::Summary(_))),
            answer,
        );
        assert!(row_of(&s.model, "원문 문장").is_some());
        assert!(row_of(&s.model, "O 원본보기").is_none(), "{first}");
    }
}

#[test]
fn a_font_that_was_not_found_is_told() {
    let mut s = Session::new(100, 30);
    let missing = Failure::new(Cause::UnknownFont, "No Such Font");
    s.tell(Message::FontMissing(missing));
    let (bad, said) = s.notice();
    assert!(bad && said.contains("No Such Font"), "{said}");
}
