//! Somebody's first session, in a real tmux: from the first start to the second, by what is on the
//! screen alone.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::support::sandbox::{Sandbox, program};
use crate::support::skip;

/// How long anything may take before a test gives up.
const DEADLINE: Duration = Duration::from_secs(60);
/// How often the screen is looked at.
const LOOK: Duration = Duration::from_millis(25);

/// Servers started so far.
static SERVERS: AtomicUsize = AtomicUsize::new(0);

/// A tmux server of the test's own with one window.
struct Tmux<'a> {
    sandbox: &'a Sandbox,
    /// One that ends may still hold its own when the next begins.
    socket: PathBuf,
}

impl<'a> Tmux<'a> {
    /// Starts it with the program in it; records a skip where there is no tmux.
    fn start(sandbox: &'a Sandbox, args: &str, (width, height): (u16, u16)) -> Option<Self> {
        let name = format!("tmux{}", SERVERS.fetch_add(1, Ordering::Relaxed));
        let tmux = Self {
            sandbox,
            socket: sandbox.path(&name),
        };
        if !skip::programs(&["tmux"]) {
            return None;
        }
        let (width, height) = (width.to_string(), height.to_string());
        let run = format!(
            "'{}' --lang ko {args}; echo left $?; exec cat",
            program().display()
        );
        let new = [
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-x",
            &width,
            "-y",
            &height,
            "sh",
            "-c",
            &run,
        ];
        let started = tmux.command(&new).output().unwrap();
        assert!(
            started.status.success(),
            "{}",
            String::from_utf8_lossy(&started.stderr)
        );
        Some(tmux)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("tmux");
        command
            .env_clear()
            .envs(self.sandbox.environment())
            .env("COLORTERM", "truecolor")
            .current_dir(self.sandbox.path(""));
        command
            .arg("-u")
            .arg("-S")
            .arg(&self.socket)
            .args(args)
            .stdin(Stdio::null());
        command
    }

    fn told(&self, args: &[&str]) -> String {
        let output = self.command(args).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn screen(&self) -> String {
        self.told(&["capture-pane", "-p"])
    }

    /// Types these letters.
    fn types(&self, text: &str) {
        assert!(
            self.command(&["send-keys", "-l", text])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Presses keys by tmux's names.
    fn press(&self, keys: &[&str]) {
        assert!(
            self.command(&[&["send-keys"], keys].concat())
                .status()
                .unwrap()
                .success()
        );
    }

    /// Pastes as a terminal does, in brackets where the program asked for them.
    fn paste(&self, text: &str) {
        assert!(
            self.command(&["set-buffer", text])
                .status()
                .unwrap()
                .success()
        );
        assert!(
            self.command(&["paste-buffer", "-p"])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Column and row of the cursor, and whether it is seen.
    fn cursor(&self) -> (usize, usize, bool) {
        let told = self.told(&[
            "display-message",
            "-p",
            "#{cursor_x} #{cursor_y} #{cursor_flag}",
        ]);
        let mut numbers = told.split_whitespace().map(|n| n.parse::<usize>().unwrap());
        let mut next = || numbers.next().unwrap();
        (next(), next(), next() == 1)
    }

    #[track_caller]
    fn until(&self, what: &str, is_so: impl Fn(&str) -> bool) -> String {
        let begun = Instant::now();
        loop {
            let screen = self.screen();
            if is_so(&screen) {
                return screen;
            }
            assert!(
                begun.elapsed() < DEADLINE,
                "waited in vain for {what}:\n{screen}"
            );
            std::thread::sleep(LOOK);
        }
    }

    #[track_caller]
    fn sees(&self, words: &str) -> String {
        self.until(words, |screen| screen.contains(words))
    }

    #[track_caller]
    fn sees_no_more(&self, words: &str) -> String {
        self.until(&format!("no {words}"), |screen| !screen.contains(words))
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        let _ = self
            .command(&["kill-server"])
            .stderr(Stdio::null())
            .status();
    }
}

/// The row that is marked as chosen in the list.
fn chosen(screen: &str) -> String {
    let lines: Vec<&str> = screen.lines().collect();
    let at = lines.iter().position(|l| l.starts_with('>'));
    at.and_then(|at| lines.get(at.saturating_sub(1)))
        .copied()
        .unwrap_or_default()
        .to_owned()
}

/// The first start: the sample edition, three lines of guide, the publishers to choose among.
fn looks_around(tmux: &Tmux<'_>) {
    tmux.sees("기사 견본");
    // A screen may be caught in the middle of a frame.
    tmux.until("the guide", |s| {
        ["j k 고르기 · Enter 읽기", "? 단축키", "g p"]
            .iter()
            .all(|words| s.contains(words))
    });
    let title = tmux.told(&["display-message", "-p", "#{pane_title}"]);
    assert!(
        !title.contains("Gi="),
        "a question became the window's title: {title}"
    );
    // The publishers to choose among, without a network: told as it is, and closed.
    tmux.types("gp");
    tmux.until("publishers to choose", |s| {
        s.contains("Space 고르기") && s.contains("[ ]")
    });
    tmux.press(&["Space"]);
    tmux.sees("[x]");
    tmux.press(&["Escape"]);
    tmux.sees_no_more("[x]");
}

/// An article, its short news, its text size, and a copy of one's own.
fn reads(tmux: &Tmux<'_>) {
    let first = chosen(&tmux.screen());
    tmux.types("j");
    tmux.until("the second row", |s| chosen(s) != first);
    tmux.types("j");
    tmux.sees("강나루시, 자전거 도서관");
    tmux.press(&["Enter"]);
    tmux.sees("q 목록");
    tmux.types("v");
    tmux.sees("숏뉴스 · 본문에서 뽑은 문장");
    tmux.press(&["Enter"]);
    tmux.sees_no_more("숏뉴스 · 본문에서");
    // Text size.
    tmux.types("-");
    tmux.sees("글자크기: 작게");
    tmux.types("0");
    tmux.sees("글자크기: 보통");
    // A scrap.
    tmux.types("s");
    tmux.sees("스크랩했습니다");
    tmux.types("q");
    tmux.sees("q 끝내기");
    tmux.types("S");
    tmux.sees("스크랩 1");
    tmux.types("S");
    tmux.sees("기사 견본 · 안 읽음");
}

/// What was looked for: articles, keys, things to do, colours.
fn finds(tmux: &Tmux<'_>) {
    // Find, with committed syllables of an input method; the cursor stands behind what is typed.
    tmux.types("/");
    tmux.sees("기사 찾기");
    tmux.types("등대");
    tmux.sees("· 등대");
    // In the middle of a frame it stands elsewhere.
    tmux.until("the cursor behind the second syllable", |_| {
        tmux.cursor() == (1 + 9 + 1 + 4, 29, true)
    });
    tmux.press(&["BSpace", "BSpace"]);
    tmux.paste("김밥\n");
    tmux.sees("· 김밥");
    tmux.press(&["Escape"]);
    tmux.sees_no_more("· 김밥");
    // Help, and a search in it.
    tmux.types("?");
    tmux.sees("목록에서");
    tmux.types("/");
    tmux.types("스크랩함");
    tmux.sees("스크랩함 보기");
    tmux.press(&["Escape"]);
    tmux.sees("/ 찾기 · j k 넘기기");
    tmux.press(&["Escape"]);
    tmux.sees_no_more("/ 찾기 · j k 넘기기");
    // The palette, and the themes by it.
    tmux.types(":");
    tmux.sees("하고 싶은 일");
    tmux.types("색 밝게");
    tmux.sees("색 밝게");
    tmux.press(&["Enter"]);
    tmux.sees("테마: 밝게");
    tmux.types("t");
    tmux.sees("테마: 또렷하게");
}

/// Into the middle of a long article, and out of the program; what was on the screen.
fn leaves(tmux: &Tmux<'_>) -> String {
    tmux.types("ggjjjjj");
    tmux.until("the lighthouse chosen", |s| {
        chosen(s).contains("등대의 마지막")
    });
    tmux.press(&["Enter"]);
    tmux.sees("q 목록");
    tmux.sees("38년 만에 혼자 켜지는");
    tmux.press(&["Space"]);
    tmux.sees_no_more("38년 만에 혼자 켜지는");
    let middle = tmux.until("the next page, still", |s| {
        s.contains("고양이의 이름은 안개다") && tmux.screen() == s
    });
    tmux.types("Q");
    tmux.sees("left 0");
    middle
}

/// What was kept, what was typed, the place in the text and the colours are there.
fn comes_again(tmux: &Tmux<'_>, middle: &str) {
    tmux.sees("기사 견본");
    tmux.types("S");
    tmux.sees("스크랩 1");
    tmux.types("S");
    tmux.sees("기사 견본 · 안 읽음");
    tmux.types("/등대의 마지막");
    tmux.press(&["Enter"]);
    tmux.until("the article alone in the list", |s| {
        chosen(s).contains("등대의 마지막")
    });
    tmux.press(&["Enter"]);
    // The first lines of text, whatever stands left of them.
    let words = |s: &str| -> Vec<String> {
        let lines = s
            .lines()
            .skip(1)
            .filter_map(|l| Some(l.split_once('│')?.1.trim_matches(['┃', ' ']).to_owned()));
        lines.filter(|l| !l.is_empty()).take(3).collect()
    };
    tmux.until(&format!("the same place as\n{middle}"), |s| {
        words(s) == words(middle)
    });
    tmux.types("t");
    tmux.sees("테마: 색각 배려");
    tmux.types("Q");
    tmux.sees("left 0");
}

#[test]
fn a_newcomer_finds_the_way_and_the_second_start_is_where_the_first_ended() {
    let sandbox = Sandbox::new();
    let Some(tmux) = Tmux::start(&sandbox, "--offline", (100, 30)) else {
        return;
    };
    looks_around(&tmux);
    reads(&tmux);
    finds(&tmux);
    let middle = leaves(&tmux);
    drop(tmux);
    let Some(tmux) = Tmux::start(&sandbox, "--offline", (100, 30)) else {
        return;
    };
    comes_again(&tmux, &middle);
}

#[test]
fn the_cursor_stands_where_every_field_is_typed_into() {
    let sandbox = Sandbox::new();
    let Some(tmux) = Tmux::start(&sandbox, "--offline", (100, 30)) else {
        return;
    };
    tmux.sees("기사 견본");
    tmux.types("jj");
    tmux.sees("강나루시, 자전거 도서관");
    for open in ["/", ":", "?/", "a", "X", "T", "c", "E"] {
        tmux.until("no cursor in sight", |_| !tmux.cursor().2);
        tmux.types(open);
        tmux.until("a cursor", |_| tmux.cursor().2);
        if open == "E" {
            tmux.press(&["C-u"]);
        }
        tmux.types("뷁걥");
        tmux.sees("뷁걥");
        // The line of the cursor: what is looked for stands in the bar as well.
        let wide = gisa::text::WidthPolicy::default();
        tmux.until(
            &format!("{open}: the cursor behind what is typed"),
            |screen| {
                let (x, y, is_seen) = tmux.cursor();
                let before = screen
                    .lines()
                    .nth(y)
                    .and_then(|line| line.split_once("뷁걥"));
                is_seen && before.is_some_and(|(before, _)| x == wide.width(before) + 4)
            },
        );
        tmux.press(&["Escape"]);
        if open == "?/" {
            tmux.sees("/ 찾기 · j k 넘기기");
            tmux.press(&["q"]);
            tmux.sees_no_more("/ 찾기 · j k 넘기기");
        }
        tmux.sees_no_more("뷁걥");
    }
}
