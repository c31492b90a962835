//! Shows the five sizes as this terminal can draw them: `cargo run --example letters -- [MECHANISM]
//! [SIZE]`.
//!
//! `+` `-` size, `m` mechanism, `j` `k` scroll, `p` popup, `q` quit.

use std::io;

use crossterm::event::{self, Event, KeyCode};
use gisa::glyph::{Caps, Room, ladder};
use gisa::runtime::terminal::probe::{ANSWER_TIMEOUT, ProbeSession};
use gisa::text::Mechanism;
use gisa::text::{Scale, TextSize, WidthPolicy, column_count};
use gisa::view::letters;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::widgets::{Block, Borders, Paragraph, Wrap};

const TITLE: &str = "율곡 을지 울산, 읽고 끓인 됐다·됬다";
const BODY: &str = "서울시가 ‘말레이시아’ 쿠알라룸푸르와 도시 협력에 나선다. “됐다”며 ▲지속 가능한 발전 ▲스마트시티 정책 등을 밝혔다. \
    인구 207만명, GDP의 19%(2006년 기준)를 차지하는 25.3℃ ㈜한국 美·中 정상회담… 율/울/을 읽다 끓다 뷁 쀍 값을 뚫훑 핥퀼 릴레이 \
    KOSPI 3,142.5p → ⓒ투자가 www.asiae.co.kr 무단전재 👍 빨리 흘러가는 물결을 틀림없이 들었을 것이다.";
const MECHANISMS: [Mechanism; 7] = [
    Mechanism::Auto,
    Mechanism::Protocol,
    Mechanism::Octants,
    Mechanism::Sextants,
    Mechanism::Blocks,
    Mechanism::Braille,
    Mechanism::Plain,
];

struct Demo {
    caps: Caps,
    policy: WidthPolicy,
    size: TextSize,
    first: usize,
    popup: bool,
    told: String,
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let named = |name: &String| {
        MECHANISMS
            .into_iter()
            .find(|m| format!("{m:?}").eq_ignore_ascii_case(name))
    };
    let wish = arguments.first().and_then(named).unwrap_or_default();
    let step = arguments
        .get(1)
        .and_then(|n| n.parse::<usize>().ok())
        .unwrap_or(2);
    let mut terminal = ratatui::init();
    let mut session = ProbeSession::begin(None);
    let probe = session
        .first(ANSWER_TIMEOUT)
        .unwrap_or_else(|| session.unanswered());
    let rows = probe.describe(&Caps {
        wish,
        ..probe.caps()
    });
    let told: Vec<String> = rows
        .into_iter()
        .map(|(key, value)| format!("{key} {value}"))
        .collect();
    let mut demo = Demo {
        caps: Caps {
            wish,
            ..probe.caps()
        },
        policy: probe.policy(),
        told: format!("{} · {:?}", told.join(" · "), probe.widths),
        size: TextSize::ALL[step.clamp(1, 5) - 1],
        first: 0,
        popup: false,
    };
    let outcome = loop {
        if let Err(error) = terminal.draw(|frame| demo.draw(frame)) {
            break Err(error);
        }
        match event::read() {
            Ok(Event::Key(key)) if key.code == KeyCode::Char('q') => break Ok(()),
            Ok(Event::Key(key)) => demo.press(key.code),
            Ok(_) => {}
            Err(error) => break Err(error),
        }
    };
    ratatui::restore();
    outcome
}

impl Demo {
    fn press(&mut self, key: KeyCode) {
        match key {
            KeyCode::Char('+') => self.size = self.size.larger(),
            KeyCode::Char('-') => self.size = self.size.smaller(),
            KeyCode::Char('m') => {
                let at = MECHANISMS
                    .iter()
                    .position(|m| *m == self.caps.wish)
                    .unwrap_or(0);
                self.caps.wish = MECHANISMS[(at + 1) % MECHANISMS.len()];
            }
            KeyCode::Char('j') => self.first += 1,
            KeyCode::Char('k') => self.first = self.first.saturating_sub(1),
            KeyCode::Char('p') => self.popup = !self.popup,
            _ => {}
        }
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        let scales = ladder(self.size, &self.caps, Room::endless(area.width));
        let status = format!(
            "{:?} {:?} {:?}",
            self.caps.mechanism(),
            self.size,
            scales.body
        );
        let title = wrap(TITLE, scales.title, &self.policy, area.width)
            .into_iter()
            .map(|l| (l, scales.title, Color::Yellow));
        let body = wrap(BODY, scales.body, &self.policy, area.width)
            .into_iter()
            .map(|l| (l, scales.body, Color::Reset));
        let mut y = area.y;
        for (text, scale, color) in title.chain(body).skip(self.first) {
            let mark = text.find("협력").map_or(0..0, |at| at..at + 6);
            letters::paint(
                frame.buffer_mut(),
                area,
                0,
                y,
                text,
                scale,
                &self.policy,
                |at| {
                    if mark.contains(&at) {
                        Style::new().bg(Color::Blue)
                    } else {
                        Style::new().fg(color)
                    }
                },
            );
            y += scale.rows();
        }
        let bottom = Rect {
            y: area.bottom() - 1,
            height: 1,
            ..area
        };
        letters::clear(frame.buffer_mut(), bottom, &self.policy);
        frame.render_widget(status, bottom);
        if self.popup {
            let popup = Rect::new(15, 3, 51, 14).intersection(area);
            letters::clear(frame.buffer_mut(), popup, &self.policy);
            let told = Paragraph::new(self.told.as_str()).wrap(Wrap { trim: true });
            frame.render_widget(
                told.block(Block::new().borders(Borders::ALL).title("글자크기")),
                popup,
            );
        }
    }
}

/// Breaks at blanks only: enough for a demonstration.
fn wrap<'a>(text: &'a str, scale: Scale, policy: &WidthPolicy, width: u16) -> Vec<&'a str> {
    let (mut lines, mut start, mut end) = (Vec::new(), 0, 0);
    for (at, _) in text.match_indices(' ').chain([(text.len(), "")]) {
        if end > start
            && column_count::columns(&text[start..at], scale, *policy) > usize::from(width)
        {
            lines.push(&text[start..end]);
            start = end + 1;
        }
        end = at;
    }
    lines.push(&text[start..]);
    lines
}
