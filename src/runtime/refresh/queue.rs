//! Limits requests to each host (how many at once, and how soon after one another), and the number
//! of bodies held in memory.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use url::{Host, Url};

/// Requests to this machine at once. A local server is a bridge (RSSHub) or a proxy of the reader's
/// own, which needs no protection.
const PER_LOOPBACK_HOST: usize = 8;

/// Items to be fetched, each of which waits until its host may be asked.
pub(super) struct Queue<T> {
    state: Mutex<QueueState<T>>,
    changed: Condvar,
    per_host: usize,
    spacing: Duration,
}

struct QueueState<T> {
    /// Items with their hosts, in reverse order, since taking from the end of a vector is cheap.
    waiting: Vec<(T, String)>,
    hosts: HashMap<String, HostLimit>,
}

#[derive(Default)]
struct HostLimit {
    in_flight: usize,
    next: Option<Instant>,
}

impl<T> Queue<T> {
    /// A queue of `items`, whose addresses `url` returns.
    pub(super) fn new(
        items: Vec<T>,
        url: impl Fn(&T) -> &str,
        per_host: usize,
        spacing: Duration,
    ) -> Self {
        let waiting = items
            .into_iter()
            .rev()
            .map(|item| (host(url(&item)), item))
            .map(|(h, item)| (item, h))
            .collect();
        let state = QueueState {
            waiting,
            hosts: HashMap::new(),
        };
        Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
            per_host: per_host.max(1),
            spacing,
        }
    }

    /// Waits for the next item whose host may be asked; `None` when no item is left.
    pub(super) fn next_item(&self) -> Option<(T, HostPermit<'_, T>)> {
        let mut state = self.lock();
        loop {
            if state.waiting.is_empty() {
                return None;
            }
            let now = Instant::now();
            if let Some(at) = state.next_allowed(now, self.per_host) {
                let (item, host) = state.waiting.remove(at);
                let spacing = if is_loopback(&host) {
                    Duration::ZERO
                } else {
                    self.spacing
                };
                let entry = state.hosts.entry(host.clone()).or_default();
                entry.in_flight += 1;
                entry.next = Some(now + spacing);
                // One thread is enough to wait for the next pause to end. With no item left, all
                // must wake up to end.
                if state.waiting.is_empty() {
                    self.changed.notify_all();
                } else {
                    self.changed.notify_one();
                }
                return Some((item, HostPermit { queue: self, host }));
            }
            // Waits until a host's pause ends, or a permit is given back.
            let pause = state.pause(now, self.per_host);
            state = match pause {
                Some(pause) => {
                    self.changed
                        .wait_timeout(state, pause)
                        .unwrap_or_else(PoisonError::into_inner)
                        .0
                }
                None => self
                    .changed
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// Drops the waiting items, so that [`Queue::next_item`] returns `None` in all threads.
    pub(super) fn close(&self) {
        self.lock().waiting.clear();
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, QueueState<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> QueueState<T> {
    fn next_allowed(&self, now: Instant, per_host: usize) -> Option<usize> {
        let may = |host: &str| {
            let most = if is_loopback(host) {
                per_host.max(PER_LOOPBACK_HOST)
            } else {
                per_host
            };
            self.hosts
                .get(host)
                .is_none_or(|h| h.in_flight < most && h.next.is_none_or(|next| next <= now))
        };
        self.waiting.iter().rposition(|(_, host)| may(host))
    }

    /// How long until a host below its limit may be asked again.
    fn pause(&self, now: Instant, per_host: usize) -> Option<Duration> {
        let hosts = self
            .waiting
            .iter()
            .filter_map(|(_, host)| self.hosts.get(host));
        hosts
            .filter(|h| h.in_flight < per_host)
            .filter_map(|h| h.next)
            .map(|next| next.saturating_duration_since(now))
            .min()
    }
}

/// Permission for one request to a host; given back when dropped.
pub(super) struct HostPermit<'a, T> {
    queue: &'a Queue<T>,
    host: String,
}

impl<T> Drop for HostPermit<'_, T> {
    fn drop(&mut self) {
        if let Some(host) = self.queue.lock().hosts.get_mut(&self.host) {
            host.in_flight = host.in_flight.saturating_sub(1);
        }
        self.queue.changed.notify_one();
    }
}

/// Buffers for a limited number of bodies at once. They are reused: a hundred threads that each
/// allocate and free large blocks left the heap twice as large as what was in use.
pub(super) struct BufferPool {
    state: Mutex<PoolState>,
    changed: Condvar,
    few_waiting: Condvar,
}

struct PoolState {
    slots: usize,
    taken: usize,
    waiting: usize,
    /// How many buffers were given back so far.
    freed: usize,
    spare: Vec<Vec<u8>>,
}

/// Largest capacity in bytes of a buffer that is kept; one that grew larger is freed.
const LARGEST_KEPT: usize = 1 << 20;

impl BufferPool {
    pub(super) fn new(slots: usize) -> Self {
        let slots = slots.max(1);
        // This reserves address space only: the system provides memory when a page is first written
        // to.
        let spare = (0..slots)
            .map(|_| Vec::with_capacity(LARGEST_KEPT))
            .collect();
        let state = PoolState {
            slots,
            taken: 0,
            waiting: 0,
            freed: 0,
            spare,
        };
        Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
            few_waiting: Condvar::new(),
        }
    }

    /// Waits until few threads wait for a slot: a response should not be requested only to lie
    /// unread on the server's side.
    pub(super) fn wait_until_few_wait(&self) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        drop(
            self.few_waiting
                .wait_while(state, |s| s.waiting >= s.slots)
                .unwrap_or_else(PoisonError::into_inner),
        );
        // Wakes the next thread too: this one may find no item and never ask for a buffer.
        self.few_waiting.notify_one();
    }

    /// Waits for a slot. Where none was given back for as long as `patience`, all are held by slow
    /// servers, and the pool grows by one.
    pub(super) fn enter(&self, patience: Duration) -> PooledBuffer<'_> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting += 1;
        while state.taken >= state.slots {
            let freed = state.freed;
            let (back, waited) = self
                .changed
                .wait_timeout(state, patience)
                .unwrap_or_else(PoisonError::into_inner);
            state = back;
            if waited.timed_out() && state.freed == freed {
                state.slots += 1;
            }
        }
        state.waiting -= 1;
        state.taken += 1;
        self.few_waiting.notify_one();
        PooledBuffer {
            pool: self,
            buffer: state.spare.pop().unwrap_or_default(),
        }
    }
}

/// A slot in a [`BufferPool`], until dropped.
pub(super) struct PooledBuffer<'a> {
    pool: &'a BufferPool,
    /// The memory, which returns to the pool with the slot.
    pub(super) buffer: Vec<u8>,
}

impl Drop for PooledBuffer<'_> {
    fn drop(&mut self) {
        let mut state = self
            .pool
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        state.taken -= 1;
        state.freed += 1;
        let buffer = std::mem::take(&mut self.buffer);
        if buffer.capacity() <= LARGEST_KEPT && state.spare.len() < state.slots {
            state.spare.push(buffer);
        }
        drop(state);
        self.pool.changed.notify_one();
    }
}

fn host(url: &str) -> String {
    Url::parse(url)
        .ok()
        .and_then(|u| u.host_str().map(str::to_ascii_lowercase))
        .unwrap_or_default()
}

fn is_loopback(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Ipv4(v4)) => v4.is_loopback(),
        Ok(Host::Ipv6(v6)) => v6.is_loopback(),
        Ok(Host::Domain(name)) => name == "localhost",
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn calm_frees_all_who_wait_for_it() {
        let pool = BufferPool::new(1);
        let inside = pool.enter(Duration::from_secs(3600));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| drop(pool.enter(Duration::from_secs(3600))));
            while pool.state.lock().unwrap().waiting == 0 {
                std::thread::yield_now();
            }
            let calm: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| pool.wait_until_few_wait()))
                .collect();
            assert!(calm.iter().all(|c| !c.is_finished()));
            drop(inside);
            waiting.join().unwrap();
            calm.into_iter().for_each(|c| c.join().unwrap());
        });
    }

    #[test]
    fn a_room_full_of_stuck_bodies_grows() {
        let pool = BufferPool::new(1);
        let _stuck = pool.enter(Duration::ZERO);
        let second = pool.enter(Duration::from_millis(1));
        drop(second);
        let _third = pool.enter(Duration::from_secs(3600));
    }

    use super::*;
    fn queue<'a>(urls: &[&'a str], per_host: usize, spacing: u64) -> Queue<&'a str> {
        Queue::new(
            urls.to_vec(),
            |url| url,
            per_host,
            Duration::from_millis(spacing),
        )
    }

    #[test]
    fn a_busy_host_lets_others_pass() {
        let queue = queue(&["http://a.kr/1", "http://a.kr/2", "http://b.kr/1"], 1, 0);
        let (first, turn) = queue.next_item().unwrap();
        let (second, _other) = queue.next_item().unwrap();
        assert_eq!((first, second), ("http://a.kr/1", "http://b.kr/1"));
        drop(turn);
        assert_eq!(queue.next_item().unwrap().0, "http://a.kr/2");
        assert!(queue.next_item().is_none());
    }

    #[test]
    fn a_pause_is_kept_between_two_requests_to_a_host() {
        let queue = queue(&["http://a.kr/1", "http://a.kr/2"], 2, 40);
        let before = Instant::now();
        let (_first, _second) = (queue.next_item().unwrap(), queue.next_item().unwrap());
        assert!(before.elapsed() >= Duration::from_millis(40));
    }
}
