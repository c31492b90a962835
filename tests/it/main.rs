//! The tests that see the program from outside, as one binary.
//!
//! * `alerts`  – rules for arriving articles, and alerts
//! * `arch`    – the shape of the source
//! * `arrivals` – coming over from other readers: their lists and databases
//! * `book`    – the documents: their tables, links, queries and commands
//! * `brief`   – the day in brief
//! * `cli`     – commands, streams and exit codes
//! * `contrast` – every letter against its ground, in every theme and eight terminals
//! * `corrections` – what publishers rewrote after publication
//! * `cut`     – texts of which only the beginning is there
//! * `http`    – pages over the network
//! * `connections` – proxies, passwords of the settings, wrong labels, feeds that are too large
//! * `hints`   – what the screen says of keys, and what it says where a key does nothing
//! * `hostile` – commands to a terminal by every way in, and what comes out
//! * `servers` – servers and pages that do everything wrong
//! * `faults`  – full disks, damaged libraries, vanishing terminals, two programs at once
//! * `rescue`  – damaged, emptied, older, full and write-protected libraries; backups
//! * `kills`   – killed at random moments of all that writes
//! * `promises` – SECURITY.md, held to its word
//! * `laws`    – scraps stay, and undo undoes, whatever is done in between
//! * `outside` – public suites and real pages, where the folder that holds them is there
//! * `fuzz`    – the fuzz targets on kept seeds and crashes
//! * `features` – what a build leaves out, and what it says of that
//! * `flows`   – keys, effects and answers on the pure program
//! * `keys`    – keys in a real terminal: rebound, Hangul, typed text, the kitty protocol
//! * `streams` – random events: sound, and drawn, whatever happens
//! * `links` – links, sharing and 많이 본 뉴스
//! * `later`   – the read-later queue
//! * `linear`  – the screen for screen readers and braille displays
//! * `listen` – 뉴스듣기 with real programs
//! * `keeping` – highlights, notes, labels, export and print by keys
//! * `model`   – short news by a language model, and the briefing: keys, and the command line
//! * `scraps`  – scraps from outside: a server that goes away, folders of the reader's, a printer
//! * `screens` – pictures of the screen, and what holds of it at every size
//! * `logins`  – subscribers' logins, and settings of single feeds
//! * `most_read` – feeds that are a ranking
//! * `mouse`   – clicks and drags on the pure program
//! * `palette` – what can be done, found by name; help that is searched
//! * `newcomer` – a first session in tmux, and the cursor in every field
//! * `panes`   – layouts, dividers, focus
//! * `popups`  – every popup, at every width and in both languages
//! * `sources` – the sources pane
//! * `own_sources` – programs, files and mail as sources; settings of single subscriptions
//! * `oracle`  – no word invented, by another reader of HTML
//! * `outward` – what leaves for other programs and for the terminal's pictures, byte by byte
//! * `demo`    – the recorded demo
//! * `packages` – the files that packages are made from
//! * `pages`   – articles of several pages; publishers that want to be asked
//! * `pictures` – pictures: their room, their cells, what comes and goes
//! * `printing` – a PDF read by another program
//! * `profiles` – the user's own profiles, and those that no longer fit
//! * `library` – the library in the reader
//! * `queries` – the query language on the command line, and lists for scripts
//! * `recipes` – every command of `docs/recipes.md`
//! * `rules`   – saved searches, mute rules, marks by query
//! * `stories` – today's issues, versions of an article, the list's third line
//! * `trust`   – whom a text is believed to come from, what is asked for its sake, and passwords
//! * `sync`    – in step with a server: doubles, two readers, kills, real servers
//! * `words`   – a word in the user's dictionary
//! * `usage`   – whatever is typed: hostile arguments, wrong usage, help
//! * `pty`     – the real program on a real terminal
#![expect(
    clippy::disallowed_methods,
    reason = "tests start programs, read files and wait"
)]

#[cfg(test)]
mod alerts;
#[cfg(test)]
mod arch;
#[cfg(test)]
mod arrivals;
#[cfg(test)]
mod book;
#[cfg(test)]
mod brief;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod connections;
#[cfg(test)]
mod contrast;
#[cfg(test)]
mod corrections;
#[cfg(test)]
#[cfg(unix)]
mod cut;
#[cfg(test)]
mod demo;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod disk;
#[cfg(test)]
mod edition;
#[cfg(test)]
mod enclosures;
#[cfg(test)]
#[cfg(unix)]
mod faults;
#[cfg(test)]
mod features;
#[cfg(test)]
mod flows;
#[cfg(test)]
mod front;
#[cfg(test)]
mod fuzz;
mod given_up;
#[cfg(test)]
mod hints;
#[cfg(test)]
#[cfg(unix)]
mod hostile;
#[cfg(test)]
mod http;
#[cfg(test)]
mod keeping;
#[cfg(test)]
#[cfg(unix)]
mod keys;
#[cfg(test)]
#[cfg(unix)]
mod kills;
#[cfg(test)]
mod later;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod library;
#[cfg(test)]
mod linear;
#[cfg(test)]
mod links;
#[cfg(test)]
#[cfg(feature = "speech")]
#[cfg(unix)]
mod listen;
#[cfg(test)]
#[cfg(unix)]
mod logins;
#[cfg(test)]
#[cfg(unix)]
mod meeting;
#[cfg(test)]
mod model;
#[cfg(test)]
#[cfg(unix)]
mod most_read;
#[cfg(test)]
mod mouse;
#[cfg(test)]
#[cfg(unix)]
mod newcomer;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod outside;
#[cfg(test)]
#[cfg(unix)]
mod outward;
#[cfg(test)]
mod own_sources;
#[cfg(test)]
mod packages;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod palette;
#[cfg(test)]
mod panes;
#[cfg(test)]
#[cfg(feature = "pictures")]
mod pictures;
#[cfg(test)]
mod popups;
#[cfg(test)]
#[cfg(feature = "print")]
mod printing;
#[cfg(test)]
mod profiles;
#[cfg(test)]
mod promises;
#[cfg(all(test, unix))]
mod pty;
#[cfg(test)]
mod queries;
#[cfg(test)]
#[cfg(unix)]
mod recipes;
#[cfg(test)]
#[cfg(unix)]
mod rescue;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod scraps;
#[cfg(test)]
mod screens;
#[cfg(test)]
#[cfg(unix)]
mod servers;
mod settings_faults;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod streams;
#[cfg(test)]
mod support;
#[cfg(test)]
#[cfg(feature = "sync")]
mod sync;
#[cfg(test)]
mod trust;
#[cfg(test)]
#[cfg(unix)]
mod usage;
#[cfg(test)]
mod words;
