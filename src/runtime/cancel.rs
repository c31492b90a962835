//! The flag that makes slow work stop of its own accord.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often one who rests looks at the flag.
const LOOK: Duration = Duration::from_millis(20);

/// Shared by who asked for some work and who does it. Once raised it stays raised.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A flag not yet raised.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// The flag itself, for who can raise nothing else: a signal.
    pub(super) fn flag(&self) -> Arc<AtomicBool> {
        self.0.clone()
    }

    /// Waits so long, or until the work should stop; whether it should.
    pub fn rest(&self, how_long: Duration) -> bool {
        let begun = Instant::now();
        while !self.is_cancelled() && begun.elapsed() < how_long {
            std::thread::sleep(LOOK.min(how_long));
        }
        self.is_cancelled()
    }

    /// Whether the work should stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
