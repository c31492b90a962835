//! The terminal: enters raw mode and the alternate screen, draws frames, and restores everything at
//! the end, after a panic too.
//!
//! * `probe` – asks the terminal what it can do; `detection` – combines that with the settings
//! * `input` – keys, mouse and pastes as messages; `signals` – signals as messages
//! * `alert` – the sequences by which terminals alert
//! * `secret_line` – a password that is typed without being shown

mod alert;
pub mod detection;
pub mod input;
pub mod probe;
pub mod secret_line;
#[cfg(unix)]
pub mod signals;
#[cfg(not(unix))]
#[path = "no_signals.rs"]
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

use crate::app::protocol::abilities::AlertWay;
use crate::app::protocol::rules::Alert;
use crate::app::{Model, Screen};
use crate::lettering::LetterStrip;
use crate::news::Clean;
use crate::picture::placeholder::KittyPicture;
use crate::picture::{DrawnPicture, Form, placeholder};
use crate::view::{self, view};
use probe::remaining_questions;

/// Whether the alternate screen is in use. Static, since the panic hook has no [`Tty`].
static ENTERED: AtomicBool = AtomicBool::new(false);
/// Whether the flags of the kitty keyboard protocol are set and must be reset at the end.
static KEYS_ASKED: AtomicBool = AtomicBool::new(false);

/// The sequences that delete our pictures from the terminal's memory, written by [`restore`].
static DELETE_PICTURES: Mutex<String> = Mutex::new(String::new());

/// Standard output. The buffer is larger than a frame, which is about 4 kB for a page of Hangul, so
/// that each is one write.
type Out = CrosstermBackend<BufWriter<Stdout>>;

/// The terminal while the reader runs; dropping it restores the screen.
pub struct Tty {
    terminal: Terminal<CompactBackend>,
    /// The mouse is captured.
    mouse: bool,
    /// The terminal knows the kitty keyboard protocol.
    keyboard: bool,
    /// How the terminal alerts the user.
    alerts: AlertWay,
    /// Alerts so far.
    alerted: u32,
    /// The pictures in the terminal's memory, by their number in kitty's graphics protocol.
    stored: BTreeMap<u32, StoredPicture>,
    /// What the backend writes before the cells of the frame.
    ahead: Arc<Mutex<String>>,
}

impl Tty {
    /// The terminal, which is as it was until [`Tty::enter`]; the mouse is captured then if `mouse`
    /// is set.
    ///
    /// # Errors
    /// There is no terminal, or it is gone.
    pub fn new(mouse: bool) -> io::Result<Self> {
        let out = CrosstermBackend::new(BufWriter::with_capacity(1 << 16, stdout()));
        let ahead = Arc::new(Mutex::new(String::new()));
        let terminal = Terminal::new(CompactBackend {
            out,
            ahead: ahead.clone(),
        })?;
        Ok(Self {
            terminal,
            mouse,
            keyboard: false,
            alerts: AlertWay::default(),
            alerted: 0,
            stored: BTreeMap::new(),
            ahead,
        })
    }

    /// Sets raw mode and enters the alternate screen.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn enter(&self) -> io::Result<()> {
        set_up(self.mouse)
    }

    /// Where the terminal `knows` the kitty keyboard protocol, asks it to send different sequences
    /// for keys that otherwise send the same bytes, such as Tab and Ctrl-I; Esc is then recognised
    /// at once, too.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn distinguish_keys(&mut self, knows: bool) -> io::Result<()> {
        self.keyboard = knows;
        push_keyboard_flags(knows)
    }

    /// Asks a terminal whose first answer came late the remaining questions. They erase the screen,
    /// so the next frame redraws all of it.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn ask_rest(&mut self) -> io::Result<()> {
        self.terminal
            .backend_mut()
            .write_all(remaining_questions().as_bytes())?;
        self.force_redraw()
    }

    /// Draws a frame, which a terminal with synchronized updates shows at once.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, model: &Model) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        let (stored, ahead) = (&mut self.stored, self.ahead.clone());
        self.terminal.draw(|frame| {
            view(model, frame);
            // What the cells of the frame show must be in the terminal's memory before them.
            *ahead.lock().unwrap_or_else(PoisonError::into_inner) = sync_pictures(stored, model);
        })?;
        // The hidden cursor is moved to the selected item, for screen readers and magnifiers. In an
        // input line it is there already.
        if let Some((x, y)) = view::place(model) {
            queue!(self.terminal.backend_mut(), cursor::MoveTo(x, y))?;
        }
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        io::Write::flush(self.terminal.backend_mut())
    }

    /// Width and height of a cell in pixels, if the terminal reports them; some report 0 or 1.
    pub fn cell() -> Option<(u16, u16)> {
        let size = crossterm::terminal::window_size().ok()?;
        let cell = (
            size.width.checked_div(size.columns)?,
            size.height.checked_div(size.rows)?,
        );
        (cell.0 > 1 && cell.1 > 1).then_some(cell)
    }

    /// Clears the screen, so that the next frame redraws all of it. `Terminal::clear` is not used,
    /// since it asks the terminal for the cursor's position, and the answer would reach the input
    /// thread.
    fn force_redraw(&mut self) -> io::Result<()> {
        self.stored.clear();
        let screen = Rect::from(self.terminal.size()?);
        self.terminal.resize(screen)
    }

    /// The size of the screen in columns and rows.
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

    /// Sets how the terminal alerts.
    pub fn alert_by(&mut self, way: AlertWay) {
        self.alerts = way;
    }

    /// Has the terminal alert the user.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn alert(&mut self, alert: &Alert) -> io::Result<()> {
        self.alerted = self.alerted.wrapping_add(1);
        let sequence = alert::sequence(alert, self.alerts, self.alerted);
        let backend = self.terminal.backend_mut();
        backend.write_all(sequence.as_bytes())?;
        io::Write::flush(backend)
    }

    /// Restores the screen and stops the process, as Ctrl-Z does elsewhere; takes the screen again
    /// when the shell continues it.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn suspend(&mut self) -> io::Result<()> {
        restore();
        signals::stop_this_process();
        self.resume()
    }

    /// Sets the screen up again after the process was stopped. Another program may have used it
    /// meanwhile, so the next frame redraws all of it.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn resume(&mut self) -> io::Result<()> {
        set_up(self.mouse)?;
        if !KEYS_ASKED.load(Ordering::SeqCst) {
            push_keyboard_flags(self.keyboard)?;
        }
        self.force_redraw()
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        restore();
    }
}

/// A picture in the terminal's memory.
#[derive(Clone)]
enum StoredPicture {
    /// A picture of an article.
    Picture(Arc<DrawnPicture>),
    /// A line of letters.
    Letters(Arc<LetterStrip>),
}

impl StoredPicture {
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Picture(a), Self::Picture(b)) => Arc::ptr_eq(a, b),
            (Self::Letters(a), Self::Letters(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }

    /// Its form in kitty's graphics protocol.
    fn form(&self) -> Option<&KittyPicture> {
        match self {
            Self::Picture(drawn) => match &drawn.form {
                Form::Placed(placed) => Some(placed),
                _ => None,
            },
            Self::Letters(strip) => strip.stored(),
        }
    }
}

/// The sequences that send the pictures of this frame that are shown by placeholder characters,
/// unless they are in the terminal's memory already, and delete those that the frame doesn't show.
fn sync_pictures(stored: &mut BTreeMap<u32, StoredPicture>, model: &Model) -> String {
    let wrapped = model.start().canvas.wrapped;
    let pictures = model.reader().pictures().drawn();
    let pictures = pictures.map(|drawn| StoredPicture::Picture(drawn.clone()));
    let press = model.start().press.as_ref();
    let strips = press.map(|press| press.placed()).unwrap_or_default();
    let strips = strips.into_iter().map(|p| StoredPicture::Letters(p.strip));
    let wanted: BTreeMap<u32, StoredPicture> = pictures
        .chain(strips)
        .filter_map(|picture| Some((picture.form()?.name(), picture)))
        .collect();
    let mut out = String::new();
    if wanted.is_empty() && stored.is_empty() {
        return out;
    }
    for (name, old) in stored.iter() {
        if wanted.get(name).is_none_or(|new| !new.is(old)) {
            out.push_str(&placeholder::forget(*name, wrapped));
        }
    }
    for (name, new) in &wanted {
        let is_stored = stored.get(name).is_some_and(|old| old.is(new));
        if let Some(form) = new.form().filter(|_| !is_stored) {
            out.push_str(form.sequence());
        }
    }
    *stored = wanted;
    let deletions = stored
        .keys()
        .map(|name| placeholder::forget(*name, wrapped))
        .collect();
    *DELETE_PICTURES
        .lock()
        .unwrap_or_else(PoisonError::into_inner) = deletions;
    out
}

/// A backend that writes runs of Hangul without cursor movements. [`CrosstermBackend`] takes the
/// second cell of a wide character for a gap and moves the cursor after each: eleven bytes for a
/// syllable instead of three. On every terminal a syllable is two cells wide, so the cursor is in
/// the right column already.
struct CompactBackend {
    out: Out,
    /// Written before the next cells.
    ahead: Arc<Mutex<String>>,
}

impl Backend for CompactBackend {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let ahead = std::mem::take(&mut *self.ahead.lock().unwrap_or_else(PoisonError::into_inner));
        if !ahead.is_empty() {
            self.out.write_all(ahead.as_bytes())?;
        }
        // The column given to the backend increases by one for each cell of a run, so that it finds
        // no gap. It writes columns only at the start of a run, where they are the real ones.
        let mut last: Option<(u16, u16, u16)> = None;
        self.out.draw(content.map(move |(x, y, cell)| {
            let given = match last {
                Some((next, row, given)) if (next, row) == (x, y) => given + 1,
                _ => x,
            };
            let is_syllable =
                cell.symbol().starts_with(is_hangul_syllable) && cell.symbol().len() == 3;
            last = Some((x + 1 + u16::from(is_syllable), y, given));
            (given, y, cell)
        }))
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.out.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        // ratatui prints an error when it is dropped, which panics where standard error was the
        // same terminal and is gone with it. The frame that shows the cursor fails by itself.
        let _ = self.out.show_cursor();
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.out.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.out.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.out.clear()
    }

    fn clear_region(&mut self, part: ClearType) -> io::Result<()> {
        self.out.clear_region(part)
    }

    fn size(&self) -> io::Result<Size> {
        self.out.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.out.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.out)
    }
}

impl io::Write for CompactBackend {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        io::Write::flush(&mut self.out)
    }
}

fn set_up(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    queue!(
        stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        EnableFocusChange,
        cursor::Hide
    )?;
    if mouse {
        queue!(stdout(), EnableMouseCapture)?;
    }
    stdout().flush()
}

fn push_keyboard_flags(knows: bool) -> io::Result<()> {
    if knows {
        KEYS_ASKED.store(true, Ordering::SeqCst);
        execute!(
            stdout(),
            PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES)
        )?;
    }
    Ok(())
}

/// Restores the terminal as it was before [`Tty::enter`]; does nothing if it isn't set up. Errors
/// are ignored, since nothing could be done about them at the end of the program.
pub fn restore() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let deletions = std::mem::take(
            &mut *DELETE_PICTURES
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        );
        let _ = stdout().write_all(deletions.as_bytes());
        // The main and the alternate screen have separate flags: these must be reset before leaving
        // the alternate screen.
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

/// Installs a panic hook. If the main thread panics, it restores the screen before the message is
/// printed. A worker's panic is only logged, since the executor turns it into an answer to its job.
pub fn install_panic_hook() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let main = std::thread::current().name() == Some("main");
        tracing::error!(
            thread = std::thread::current().name().unwrap_or("?"),
            "panic: {info}"
        );
        if main {
            restore();
            default(info);
        }
    }));
}
