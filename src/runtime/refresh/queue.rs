//! Whose turn it is: what is to be fetched waits while their host is busy with us, or was asked a
//! moment ago.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use url::{Host, Url};

/// Requests to this machine itself at once: a bridge or a proxy of the reader's own.
const OWN: usize = 8;

/// What is to be fetched, in waiting.
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    per_host: usize,
    spacing: Duration,
}

struct State<T> {
    /// The first last, where it is cheap to take from.
    waiting: Vec<(T, String)>,
    hosts: HashMap<String, HostState>,
}

#[derive(Default)]
struct HostState {
    running: usize,
    next: Option<Instant>,
}

impl<T> Queue<T> {
    /// A queue of `items`, each at the address that `url` tells.
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
        let state = State {
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

    /// The next item whose host may be asked now; waits for one. `None` where none is left.
    pub(super) fn take(&self) -> Option<(T, Turn<'_, T>)> {
        let mut state = self.lock();
        loop {
            if state.waiting.is_empty() {
                return None;
            }
            let now = Instant::now();
            if let Some(at) = state.free(now, self.per_host) {
                let (item, host) = state.waiting.remove(at);
                let spacing = if is_own(&host) {
                    Duration::ZERO
                } else {
                    self.spacing
                };
                let entry = state.hosts.entry(host.clone()).or_default();
                entry.running += 1;
                entry.next = Some(now + spacing);
                // The next in line sees what is left, and minds its pauses; with nothing left, all
                // may go.
                if state.waiting.is_empty() {
                    self.changed.notify_all();
                } else {
                    self.changed.notify_one();
                }
                return Some((item, Turn { queue: self, host }));
            }
            // Either a host's pause ends, or somebody gives a turn back.
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

    /// Nothing more is to be taken.
    pub(super) fn close(&self) {
        self.lock().waiting.clear();
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> State<T> {
    fn free(&self, now: Instant, per_host: usize) -> Option<usize> {
        let may = |host: &str| {
            let most = if is_own(host) {
                per_host.max(OWN)
            } else {
                per_host
            };
            self.hosts
                .get(host)
                .is_none_or(|h| h.running < most && h.next.is_none_or(|next| next <= now))
        };
        self.waiting.iter().rposition(|(_, host)| may(host))
    }

    /// How long until some host that is not busy may be asked again.
    fn pause(&self, now: Instant, per_host: usize) -> Option<Duration> {
        let hosts = self
            .waiting
            .iter()
            .filter_map(|(_, host)| self.hosts.get(host));
        hosts
            .filter(|h| h.running < per_host)
            .filter_map(|h| h.next)
            .map(|next| next.saturating_duration_since(now))
            .min()
    }
}

/// A place at a host; given back when dropped.
pub(super) struct Turn<'a, T> {
    queue: &'a Queue<T>,
    host: String,
}

impl<T> Drop for Turn<'_, T> {
    fn drop(&mut self) {
        if let Some(host) = self.queue.lock().hosts.get_mut(&self.host) {
            host.running = host.running.saturating_sub(1);
        }
        self.queue.changed.notify_one();
    }
}

/// Room for so many bodies at once. The memory is lent, not made anew: a hundred threads that each
/// allocate and free large pieces leave the heap twice as large as what is in use.
pub(super) struct Room {
    state: Mutex<RoomState>,
    changed: Condvar,
    calmed: Condvar,
}

struct RoomState {
    places: usize,
    taken: usize,
    waiting: usize,
    /// Places given back so far.
    freed: usize,
    spare: Vec<Vec<u8>>,
}

/// A buffer that grew beyond this is not kept.
const KEPT: usize = 1 << 20;

impl Room {
    pub(super) fn new(places: usize) -> Self {
        let places = places.max(1);
        // Pages that no body reaches are never touched.
        let spare = (0..places).map(|_| Vec::with_capacity(KEPT)).collect();
        let state = RoomState {
            places,
            taken: 0,
            waiting: 0,
            freed: 0,
            spare,
        };
        Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
            calmed: Condvar::new(),
        }
    }

    /// Waits until few wait for a place: a server should not be asked for what would then lie at
    /// its end for long.
    pub(super) fn await_calm(&self) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        drop(
            self.calmed
                .wait_while(state, |s| s.waiting >= s.places)
                .unwrap_or_else(PoisonError::into_inner),
        );
        // Pass it on: who goes now may never come to ask for a place.
        self.calmed.notify_one();
    }

    /// Waits for a place. Where none was given back for as long as `patience`, those inside are
    /// stuck with slow servers, and the room is made larger by one.
    pub(super) fn enter(&self, patience: Duration) -> Place<'_> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting += 1;
        while state.taken >= state.places {
            let freed = state.freed;
            let (back, waited) = self
                .changed
                .wait_timeout(state, patience)
                .unwrap_or_else(PoisonError::into_inner);
            state = back;
            if waited.timed_out() && state.freed == freed {
                state.places += 1;
            }
        }
        state.waiting -= 1;
        state.taken += 1;
        self.calmed.notify_one();
        Place {
            room: self,
            buffer: state.spare.pop().unwrap_or_default(),
        }
    }
}

/// A place in a [`Room`], until dropped.
pub(super) struct Place<'a> {
    room: &'a Room,
    /// To be filled, and to be put back.
    pub(super) buffer: Vec<u8>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut state = self
            .room
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        state.taken -= 1;
        state.freed += 1;
        let buffer = std::mem::take(&mut self.buffer);
        if buffer.capacity() <= KEPT && state.spare.len() < state.places {
            state.spare.push(buffer);
        }
        drop(state);
        self.room.changed.notify_one();
    }
}

fn host(url: &str) -> String {
    Url::parse(url)
        .ok()
        .and_then(|u| u.host_str().map(str::to_ascii_lowercase))
        .unwrap_or_default()
}

fn is_own(host: &str) -> bool {
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
        let room = Room::new(1);
        let inside = room.enter(Duration::from_secs(3600));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| drop(room.enter(Duration::from_secs(3600))));
            while room.state.lock().unwrap().waiting == 0 {
                std::thread::yield_now();
            }
            let calm: Vec<_> = (0..4).map(|_| scope.spawn(|| room.await_calm())).collect();
            assert!(calm.iter().all(|c| !c.is_finished()));
            drop(inside);
            waiting.join().unwrap();
            calm.into_iter().for_each(|c| c.join().unwrap());
        });
    }

    #[test]
    fn a_room_full_of_stuck_bodies_grows() {
        let room = Room::new(1);
        let _stuck = room.enter(Duration::ZERO);
        let second = room.enter(Duration::from_millis(1));
        drop(second);
        let _third = room.enter(Duration::from_secs(3600));
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
        let (first, turn) = queue.take().unwrap();
        let (second, _other) = queue.take().unwrap();
        assert_eq!((first, second), ("http://a.kr/1", "http://b.kr/1"));
        drop(turn);
        assert_eq!(queue.take().unwrap().0, "http://a.kr/2");
        assert!(queue.take().is_none());
    }

    #[test]
    fn a_pause_is_kept_between_two_requests_to_a_host() {
        let queue = queue(&["http://a.kr/1", "http://a.kr/2"], 2, 40);
        let before = Instant::now();
        let (_first, _second) = (queue.take().unwrap(), queue.take().unwrap());
        assert!(before.elapsed() >= Duration::from_millis(40));
    }
}
