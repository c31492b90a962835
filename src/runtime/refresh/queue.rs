//! Limits requests to each host (how many at once, and how soon after one another), and the number
//! of bodies held in memory.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use url::{Host, Url};

/// Requests to this machine at once. A local server is a bridge (RSSHub) or a proxy of the reader's
/// own, which needs no protection.
const PER_LOOPBACK_HOST: usize = 8;

/// Items to be fetched, each of which waits until its host may be asked.
///
/// Hosts that may be asked are kept apart from those that may not, so that finding the next item
/// takes the same time however many wait: ten thousand feeds of one host were looked through for
/// each of its answers.
pub(super) struct Queue<T> {
    state: Mutex<QueueState<T>>,
    changed: Condvar,
}

struct QueueState<T> {
    hosts: Vec<HostQueue<T>>,
    /// Items of all hosts.
    waiting: usize,
    /// Hosts that may be asked now, by the place of their next item.
    ready: BTreeSet<(usize, usize)>,
    /// Hosts below their limit that may be asked after a pause, by its end.
    pausing: BTreeSet<(Instant, usize)>,
}

/// The items of one host.
struct HostQueue<T> {
    /// Each with its place among all items.
    items: VecDeque<(usize, T)>,
    in_flight: usize,
    /// Most requests at once.
    most: usize,
    /// Time between two requests.
    spacing: Duration,
    /// When it may be asked again.
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
        let mut state = QueueState {
            hosts: Vec::new(),
            waiting: items.len(),
            ready: BTreeSet::new(),
            pausing: BTreeSet::new(),
        };
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for (place, item) in items.into_iter().enumerate() {
            let name = host(url(&item));
            let number = *numbers.entry(name).or_insert_with_key(|name| {
                let is_loopback = is_loopback(name);
                let most = if is_loopback {
                    per_host.max(PER_LOOPBACK_HOST)
                } else {
                    per_host
                };
                state.ready.insert((place, state.hosts.len()));
                state.hosts.push(HostQueue {
                    items: VecDeque::new(),
                    in_flight: 0,
                    most: most.max(1),
                    spacing: if is_loopback { Duration::ZERO } else { spacing },
                    next: None,
                });
                state.hosts.len() - 1
            });
            state.hosts[number].items.push_back((place, item));
        }
        Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
        }
    }

    /// Waits for the next item whose host may be asked; `None` when no item is left.
    pub(super) fn next_item(&self) -> Option<(T, HostPermit<'_, T>)> {
        let mut state = self.lock();
        loop {
            if state.waiting == 0 {
                return None;
            }
            let now = Instant::now();
            if let Some((item, host)) = state.take(now) {
                // One thread is enough to wait for the next pause to end. With no item left, all
                // must wake up to end.
                if state.waiting == 0 {
                    self.changed.notify_all();
                } else {
                    self.changed.notify_one();
                }
                return Some((item, HostPermit { queue: self, host }));
            }
            // Waits until a host's pause ends, or a permit is given back.
            let pause = state.pausing.first().map(|(end, _)| *end - now);
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
        let mut state = self.lock();
        state.waiting = 0;
        state.hosts.iter_mut().for_each(|host| host.items.clear());
        (state.ready, state.pausing) = Default::default();
        drop(state);
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, QueueState<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> QueueState<T> {
    /// Takes the first item whose host may be asked `now`, with the number of the host.
    fn take(&mut self, now: Instant) -> Option<(T, usize)> {
        while let Some(&(end, number)) = self.pausing.first().filter(|(end, _)| *end <= now) {
            self.pausing.remove(&(end, number));
            self.sort_in(number, now);
        }
        let (_, number) = self.ready.pop_first()?;
        let host = &mut self.hosts[number];
        let (_, item) = host.items.pop_front()?;
        host.in_flight += 1;
        host.next = Some(now + host.spacing);
        self.waiting -= 1;
        self.sort_in(number, now);
        Some((item, number))
    }

    /// Notes that a request to a host has ended.
    fn give_back(&mut self, number: usize, now: Instant) {
        let host = &mut self.hosts[number];
        let was_full = host.in_flight >= host.most;
        host.in_flight = host.in_flight.saturating_sub(1);
        if was_full {
            self.sort_in(number, now);
        }
    }

    /// Puts a host that is in neither set where it belongs.
    fn sort_in(&mut self, number: usize, now: Instant) {
        let host = &self.hosts[number];
        let Some(&(place, _)) = host.items.front().filter(|_| host.in_flight < host.most) else {
            return;
        };
        match host.next.filter(|next| *next > now) {
            Some(next) => self.pausing.insert((next, number)),
            None => self.ready.insert((place, number)),
        };
    }
}

/// Permission for one request to a host; given back when dropped.
pub(super) struct HostPermit<'a, T> {
    queue: &'a Queue<T>,
    /// The number of the host.
    host: usize,
}

impl<T> Drop for HostPermit<'_, T> {
    fn drop(&mut self) {
        self.queue.lock().give_back(self.host, Instant::now());
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
    fn hosts_take_turns_in_the_order_of_their_items() {
        let urls = [
            "http://a.kr/1",
            "http://a.kr/2",
            "http://b.kr/1",
            "http://a.kr/3",
        ];
        let queue = queue(&urls, 9, 0);
        let order: Vec<_> = std::iter::from_fn(|| queue.next_item()).collect();
        let order: Vec<_> = order.iter().map(|(url, _)| *url).collect();
        assert_eq!(order, urls);
    }

    #[test]
    fn a_closed_queue_gives_nothing_whoever_comes_back() {
        let queue = queue(&["http://a.kr/1", "http://a.kr/2"], 1, 0);
        let first = queue.next_item().unwrap();
        queue.close();
        drop(first);
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
