//! The real program on a real terminal: a pty, and an emulator that keeps what it shows.

use std::io::{Read as _, Write};
use std::num::NonZero;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{
    ChildKiller, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system,
};
use vt100::{Parser, Screen};

use super::sandbox::{Sandbox, program};

/// How long anything may take before a test gives up. Nothing is ever waited for longer than it
/// takes.
const DEADLINE: Duration = Duration::from_secs(30);

/// What came out so far.
struct Shown {
    parser: Parser,
    bytes: Vec<u8>,
}

/// A terminal with the program on it.
pub(crate) struct Pty {
    master: Box<dyn MasterPty + Send>,
    /// Held open, so that its modes can be asked for after the program is gone.
    slave: Option<Box<dyn SlavePty + Send>>,
    writer: Box<dyn Write + Send>,
    shown: Arc<(Mutex<Shown>, Condvar)>,
    killer: Box<dyn ChildKiller + Send + Sync>,
    exit: Receiver<ExitStatus>,
    /// Told when nothing more can come out.
    drained: Receiver<()>,
    /// Nobody looks at it any more.
    vanished: Arc<AtomicBool>,
    /// Its number.
    pub(crate) id: u32,
    modes: u64,
}

fn cells(n: u16) -> NonZero<u16> {
    NonZero::new(n).unwrap()
}

/// In cells of 8×16 pixels.
fn size(width: u16, height: u16) -> PtySize {
    PtySize {
        rows: height,
        cols: width,
        pixel_width: width * 8,
        pixel_height: height * 16,
    }
}

impl Pty {
    /// The program with these arguments.
    pub(crate) fn start(
        sandbox: &Sandbox,
        args: &[&str],
        variables: &[(&str, &str)],
        (width, height): (u16, u16),
    ) -> Self {
        let mut command = CommandBuilder::new(program());
        command.args(args);
        Self::spawn(sandbox, command, variables, (width, height))
    }

    /// Another program, with the sandbox's environment and these variables.
    pub(crate) fn of(
        sandbox: &Sandbox,
        (program, args): (&std::path::Path, &[&str]),
        variables: &[(&str, &str)],
        (width, height): (u16, u16),
    ) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(args);
        Self::spawn(sandbox, command, variables, (width, height))
    }

    /// The program as a shell starts it; `$GISA` is its path.
    pub(crate) fn shell(sandbox: &Sandbox, script: &str, (width, height): (u16, u16)) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", script]);
        Self::spawn(
            sandbox,
            command,
            &[("GISA", &program().to_string_lossy())],
            (width, height),
        )
    }

    fn spawn(
        sandbox: &Sandbox,
        mut command: CommandBuilder,
        variables: &[(&str, &str)],
        (width, height): (u16, u16),
    ) -> Self {
        command.env_clear();
        command.cwd(sandbox.path(""));
        for (name, value) in sandbox.environment() {
            command.env(name, value);
        }
        for (name, value) in variables {
            command.env(name, value);
        }
        let pair = native_pty_system().openpty(size(width, height)).unwrap();
        let modes = modes(&*pair.master);
        let mut child = pair.slave.spawn_command(command).unwrap();
        let shown = Arc::new((
            Mutex::new(Shown {
                parser: Parser::new(cells(height), cells(width), 0),
                bytes: Vec::new(),
            }),
            Condvar::new(),
        ));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let into = shown.clone();
        let (all, drained) = channel();
        let vanished = Arc::new(AtomicBool::new(false));
        let over = vanished.clone();
        std::thread::spawn(move || {
            // Tells by its end.
            let _all = all;
            let mut buffer = [0; 4096];
            while let Ok(n) = reader.read(&mut buffer) {
                if n == 0 || over.load(Ordering::SeqCst) {
                    return;
                }
                let mut shown = into.0.lock().unwrap();
                shown.parser.process(&buffer[..n]);
                shown.bytes.extend(&buffer[..n]);
                into.1.notify_all();
            }
        });
        let (killer, id) = (child.clone_killer(), child.process_id().unwrap());
        let (ended, exit) = channel();
        std::thread::spawn(move || child.wait().map(|status| ended.send(status)));
        let writer = pair.master.take_writer().unwrap();
        Self {
            master: pair.master,
            slave: Some(pair.slave),
            writer,
            shown,
            killer,
            exit,
            drained,
            vanished,
            id,
            modes,
        }
    }

    /// Types.
    pub(crate) fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.shown
            .0
            .lock()
            .unwrap()
            .parser
            .screen_mut()
            .set_size(cells(height), cells(width));
        self.master.resize(size(width, height)).unwrap();
    }

    /// Waits until the screen is as `wanted` says.
    #[track_caller]
    pub(crate) fn wait(&self, what: &str, wanted: impl Fn(&Screen) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        let mut shown = self.shown.0.lock().unwrap();
        while !wanted(shown.parser.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "waited in vain for {what}:\n{}",
                shown.parser.screen().contents()
            );
            shown = self.shown.1.wait_timeout(shown, left).unwrap().0;
        }
    }

    /// Waits until these words are on the screen.
    #[track_caller]
    pub(crate) fn wait_for(&self, words: &str) {
        self.wait(words, |screen| screen.contents().contains(words));
    }

    /// Waits until the program has written `what`, seen or not.
    #[track_caller]
    pub(crate) fn wait_bytes(&self, what: &str) {
        let deadline = Instant::now() + DEADLINE;
        let mut shown = self.shown.0.lock().unwrap();
        while !shown
            .bytes
            .windows(what.len())
            .any(|w| w == what.as_bytes())
        {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "waited in vain for {what:?}:\n{}",
                shown.parser.screen().contents()
            );
            shown = self.shown.1.wait_timeout(shown, left).unwrap().0;
        }
    }

    /// The screen as text.
    pub(crate) fn text(&self) -> String {
        self.shown.0.lock().unwrap().parser.screen().contents()
    }

    /// Where the cursor is: row and column.
    pub(crate) fn cursor(&self) -> (u16, u16) {
        self.shown
            .0
            .lock()
            .unwrap()
            .parser
            .screen()
            .cursor_position()
    }

    /// Every byte that came out.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.shown.0.lock().unwrap().bytes.clone()
    }

    /// Takes the terminal away, as a closed window or a lost connection does; tells when the
    /// program has ended.
    pub(crate) fn hang_up(mut self) -> Receiver<ExitStatus> {
        self.vanished.store(true, Ordering::SeqCst);
        // Something to draw, so that who reads wakes up and lets go.
        let _ = self.master.resize(size(71, 23));
        let _ = self.writer.write_all(b"\x0c");
        let gone = self.drained.recv_timeout(DEADLINE);
        assert_eq!(
            gone,
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected),
            "nothing was drawn"
        );
        let (_, unread) = channel();
        std::mem::replace(&mut self.exit, unread)
    }

    /// Waits for the program's end; every byte that came out, to the last.
    #[track_caller]
    pub(crate) fn all(&mut self) -> Vec<u8> {
        self.ended();
        drop(self.slave.take());
        let drained = self.drained.recv_timeout(DEADLINE);
        assert_eq!(
            drained,
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected),
            "somebody still holds the terminal"
        );
        self.bytes()
    }

    /// Sends the program a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        assert!(
            Command::new("sh")
                .args(["-c", &format!("kill -{name} {}", self.id)])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Waits until the program has ended.
    #[track_caller]
    pub(crate) fn ended(&self) -> ExitStatus {
        self.exit
            .recv_timeout(DEADLINE)
            .unwrap_or_else(|_| panic!("it does not end:\n{}", self.text()))
    }

    /// Whether lines are taken and echoed as they were before the program came.
    pub(crate) fn is_cooked(&self) -> bool {
        modes(&*self.master) == self.modes
    }

    /// Says what must be true of a terminal that was left in order.
    #[track_caller]
    pub(crate) fn is_restored(&self) {
        self.wait("the old screen and its cursor", |s| {
            !s.alternate_screen() && !s.hide_cursor()
        });
        self.wait("no mouse and no paste marks", |s| {
            s.mouse_protocol_mode() == vt100::MouseProtocolMode::None && !s.bracketed_paste()
        });
        assert!(self.is_cooked(), "raw mode is left on");
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It has mostly ended by now.
        let _ = self.killer.kill();
    }
}

fn modes(master: &dyn MasterPty) -> u64 {
    let termios = master.get_termios().unwrap();
    u64::from(termios.local_flags.bits()) << 32 | u64::from(termios.input_flags.bits())
}
