//! The screen: entered, left, and left in order whatever happens.

pub mod detection;
pub mod input;
pub mod probe;
pub mod signals;

use crate::news::hangul::is_hangul_syllable;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Stdout, Write as _, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste,
    EnableFocusChange, EnableMouseCapture, KeyboardEnhancementFlags, PopKeyboardEnhancementFlags,
    PushKeyboardEnhancementFlags,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Rect, Size};

use crate::app::{Model, Screen};
use crate::news::Clean;
use crate::picture::{DrawnPicture, Form, placed};
use crate::view::{self, view};
use probe::rest_of_questions;

/// Whether the alternate screen is in use, so that a panic knows what to restore.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// Whether the terminal was asked to tell keys apart by the kitty keyboard protocol.
static KEYS_ASKED: AtomicBool = AtomicBool::new(false);

/// What makes the terminal forget the pictures that it holds for us, for whoever restores it.
static FAREWELL: Mutex<String> = Mutex::new(String::new());

/// Where frames go: one write a frame, of a page of Hangul some 4 kB.
type Out = CrosstermBackend<BufWriter<Stdout>>;

/// The terminal in our hands.
pub struct Tty {
    terminal: Terminal<Lean>,
    mouse: bool,
    keyboard: bool,
    /// Pictures that it holds, by their numbers.
    held: BTreeMap<u32, Arc<DrawnPicture>>,
}

impl Tty {
    /// Takes the screen.
    ///
    /// # Errors
    /// As the system gives them.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        take(mouse)?;
        let out = CrosstermBackend::new(BufWriter::with_capacity(1 << 16, stdout()));
        let terminal = Terminal::new(Lean(out))?;
        Ok(Self {
            terminal,
            mouse,
            keyboard: false,
            held: BTreeMap::new(),
        })
    }

    /// Has keys told apart that are the same bytes in the old way of sending them (Tab and C-i, Esc
    /// at once), where the terminal knows how.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn tell_keys_apart(&mut self, knows: bool) -> io::Result<()> {
        self.keyboard = knows;
        ask_keys(knows)
    }

    /// Asks a terminal that has answered late what it was not asked before; the next frame draws
    /// all of the screen.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn ask_rest(&mut self) -> io::Result<()> {
        self.terminal
            .backend_mut()
            .write_all(rest_of_questions().as_bytes())?;
        self.forget()
    }

    /// Draws a frame, as one update where the terminal can.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, model: &Model) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.hold(model)?;
        self.terminal.draw(|frame| view(model, frame))?;
        // The cursor follows what is chosen, for screen readers and magnifiers. A line that is
        // typed into has it already.
        if let Some((x, y)) = view::place(model) {
            queue!(self.terminal.backend_mut(), cursor::MoveTo(x, y))?;
        }
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        io::Write::flush(self.terminal.backend_mut())
    }

    /// Sends the pictures that this frame places by name, and takes back those that none places any
    /// more.
    fn hold(&mut self, model: &Model) -> io::Result<()> {
        let wrapped = model.start.canvas.wrapped;
        let mut wanted = BTreeMap::new();
        for drawn in model.reader.pictures().drawn() {
            if let Form::Placed(placed) = &drawn.form {
                wanted.insert(placed.name(), drawn.clone());
            }
        }
        if wanted.is_empty() && self.held.is_empty() {
            return Ok(());
        }
        let backend = self.terminal.backend_mut();
        for (name, held) in &self.held {
            if wanted
                .get(name)
                .is_none_or(|drawn| !Arc::ptr_eq(drawn, held))
            {
                backend.write_all(placed::forget(*name, wrapped).as_bytes())?;
            }
        }
        for (name, drawn) in &wanted {
            let is_there = self
                .held
                .get(name)
                .is_some_and(|held| Arc::ptr_eq(drawn, held));
            if let (false, Form::Placed(placed)) = (is_there, &drawn.form) {
                backend.write_all(placed.sequence().as_bytes())?;
            }
        }
        self.held = wanted;
        let farewell: String = self
            .held
            .keys()
            .map(|name| placed::forget(*name, wrapped))
            .collect();
        *FAREWELL.lock().unwrap_or_else(PoisonError::into_inner) = farewell;
        Ok(())
    }

    /// Pixels of a cell, where the terminal tells.
    pub fn cell() -> Option<(u16, u16)> {
        let size = crossterm::terminal::window_size().ok()?;
        let cell = (
            size.width.checked_div(size.columns)?,
            size.height.checked_div(size.rows)?,
        );
        (cell.0 > 1 && cell.1 > 1).then_some(cell)
    }

    /// Forgets what is on the screen, so that the next frame draws all of it. Not by `clear`: that
    /// asks the terminal for the cursor's place, and the thread that reads the keys would get the
    /// answer.
    fn forget(&mut self) -> io::Result<()> {
        self.held.clear();
        let whole = Rect::from(self.terminal.size()?);
        self.terminal.resize(whole)
    }

    /// Columns and rows.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn size() -> io::Result<Screen> {
        let (width, height) = crossterm::terminal::size()?;
        Ok(Screen { width, height })
    }

    /// Puts `text` on the clipboard through the terminal (OSC 52), which works over SSH too.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn copy(&mut self, text: &Clean) -> io::Result<()> {
        execute!(
            self.terminal.backend_mut(),
            CopyToClipboard::to_clipboard_from(text.as_str())
        )
    }

    /// Gives the screen to the shell until the process is continued.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn suspend(&mut self) -> io::Result<()> {
        restore();
        let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
        self.resume()
    }

    /// Takes the screen again, whatever became of it meanwhile; the next frame draws all of it.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn resume(&mut self) -> io::Result<()> {
        take(self.mouse)?;
        if !KEYS_ASKED.load(Ordering::SeqCst) {
            ask_keys(self.keyboard)?;
        }
        self.forget()
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        restore();
    }
}

/// The backend below takes a wide letter for a gap and tells the terminal where to go on after
/// each: three bytes of Hangul became eleven. A syllable is two cells wide on every terminal, so
/// what follows one follows by itself.
struct Lean(Out);

impl Backend for Lean {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        // The column that the backend is told: one on for each cell of a run, so that it sees no
        // gap in it. It writes columns at the start of a run alone, and there they are true.
        let mut last: Option<(u16, u16, u16)> = None;
        self.0.draw(content.map(move |(x, y, cell)| {
            let told = match last {
                Some((next, row, told)) if (next, row) == (x, y) => told + 1,
                _ => x,
            };
            let is_syllable =
                cell.symbol().starts_with(is_hangul_syllable) && cell.symbol().len() == 3;
            last = Some((x + 1 + u16::from(is_syllable), y, told));
            (told, y, cell)
        }))
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.0.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, part: ClearType) -> io::Result<()> {
        self.0.clear_region(part)
    }

    fn size(&self) -> io::Result<Size> {
        self.0.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.0.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.0)
    }
}

impl io::Write for Lean {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        io::Write::flush(&mut self.0)
    }
}

fn take(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    execute!(
        stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        EnableFocusChange,
        cursor::Hide
    )?;
    if mouse {
        execute!(stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

fn ask_keys(knows: bool) -> io::Result<()> {
    if knows {
        KEYS_ASKED.store(true, Ordering::SeqCst);
        execute!(
            stdout(),
            PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES)
        )?;
    }
    Ok(())
}

/// Leaves the screen as it was found. Does nothing where it was not taken; errors are of no use on
/// the way out.
pub fn restore() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let farewell =
            std::mem::take(&mut *FAREWELL.lock().unwrap_or_else(PoisonError::into_inner));
        let _ = stdout().write_all(farewell.as_bytes());
        // Each screen has flags of its own: they are taken back on the one where they were set.
        if KEYS_ASKED.swap(false, Ordering::SeqCst) {
            let _ = execute!(stdout(), PopKeyboardEnhancementFlags);
        }
        let _ = execute!(
            stdout(),
            EndSynchronizedUpdate,
            DisableMouseCapture,
            DisableFocusChange,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            cursor::Show
        );
        let _ = disable_raw_mode();
    }
}

/// On a panic of the main thread the screen is restored before the words are printed; a worker's
/// panic is an answer to its job and goes to the log alone.
pub fn install_panic_hook() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let main = std::thread::current().name() == Some("main");
        tracing::error!(
            thread = std::thread::current().name().unwrap_or("?"),
            "{info}"
        );
        if main {
            restore();
            default(info);
        }
    }));
}
