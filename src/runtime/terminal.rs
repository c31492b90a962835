//! The screen: entered, left, and left in order whatever happens.

use std::io::{self, BufWriter, Stdout, Write as _, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;

use crate::app::{Model, Screen};
use crate::news::Clean;
use crate::view::view;

/// Whether the alternate screen is in use, so that a panic knows what to restore.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// The terminal in our hands.
pub struct Tty {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    mouse: bool,
}

impl Tty {
    /// Takes the screen.
    ///
    /// # Errors
    /// As the system gives them.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        take(mouse)?;
        // One write a frame: a page of Hangul is some 8 kB.
        let terminal = Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(1 << 16, stdout())))?;
        Ok(Self { terminal, mouse })
    }

    /// Draws a frame, as one update where the terminal can.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, model: &Model) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| view(model, frame))?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.terminal.backend_mut().flush()
    }

    /// Forgets what is on the screen, so that the next frame draws all of it. Not by `clear`: that asks the terminal for
    /// the cursor's place, and the thread that reads the keys would get the answer.
    fn forget(&mut self) -> io::Result<()> {
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
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text.as_str()))
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
        self.forget()
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        restore();
    }
}

fn take(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
    if mouse {
        execute!(stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// Leaves the screen as it was found. Does nothing where it was not taken; errors are of no use on the way out.
pub fn restore() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let _ = execute!(
            stdout(),
            EndSynchronizedUpdate,
            DisableMouseCapture,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            cursor::Show
        );
        let _ = disable_raw_mode();
    }
}

/// On a panic of the main thread the screen is restored before the words are printed; a worker's panic is an answer to
/// its job and goes to the log alone.
pub fn install_panic_hook() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let main = std::thread::current().name() == Some("main");
        tracing::error!(thread = std::thread::current().name().unwrap_or("?"), "{info}");
        if main {
            restore();
            default(info);
        }
    }));
}
