//! Screens as cells and as text.

use gisa::app::Model;
use gisa::text::WidthPolicy;
use gisa::view::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// What the program draws on a screen of its size.
pub(crate) fn draw(model: &Model) -> Buffer {
    let screen = model.start().screen;
    let mut terminal = Terminal::new(TestBackend::new(screen.width, screen.height)).unwrap();
    terminal.draw(|frame| view(model, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The cells as they were drawn, those that are never written among them.
pub(crate) fn cells_of(model: &Model) -> Buffer {
    let screen = model.start().screen;
    let mut terminal = Terminal::new(TestBackend::new(screen.width, screen.height)).unwrap();
    let mut drawn = Buffer::default();
    terminal
        .draw(|frame| {
            view(model, frame);
            drawn = frame.buffer_mut().clone();
        })
        .unwrap();
    drawn
}

/// Cells of a symbol as the default terminal draws it, at least one.
pub(crate) fn cells(symbol: &str) -> u16 {
    u16::try_from(WidthPolicy::default().width(symbol))
        .unwrap()
        .max(1)
}

/// One row as a terminal shows it: the cell behind a wide letter is that letter's.
pub(crate) fn row(buffer: &Buffer, y: u16) -> String {
    let (mut out, mut x) = (String::new(), 0);
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        out.push_str(symbol);
        x += cells(symbol);
    }
    out.trim_end().to_owned()
}

/// All rows.
pub(crate) fn text(buffer: &Buffer) -> String {
    (0..buffer.area.height)
        .map(|y| row(buffer, y) + "\n")
        .collect()
}
