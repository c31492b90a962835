//! The flag that asks slow work to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often a sleeping thread checks the flag.
const LOOK: Duration = Duration::from_millis(20);

/// Shared by the thread that asked for some work and the one that does it. Once set it stays set.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A flag that is not set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the flag: asks the work to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// The flag itself, for a signal handler, which can do no more than set an atomic.
    #[cfg(unix)]
    pub(super) fn flag(&self) -> Arc<AtomicBool> {
        self.0.clone()
    }

    /// Sleeps for `how_long`, or until the flag is set; returns whether it is set.
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
