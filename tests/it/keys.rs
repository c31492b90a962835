//! Keys in a real terminal: rebound, of a Hangul layout, typed into a line, told apart by the kitty
//! keyboard protocol.

use gisa::news::write;

use crate::support::pages;
use crate::support::pty::Pty;
use crate::support::sandbox::Sandbox;

const WIDE: (u16, u16) = (100, 30);

/// The program on our four articles, the first of them chosen.
fn open(sandbox: &Sandbox) -> Pty {
    for (n, article) in pages::edition().iter().enumerate() {
        sandbox.file(&format!("in/{n}.json"), write::json(article).to_string());
    }
    let dir = sandbox.path("in").to_string_lossy().into_owned();
    let pty = Pty::start(sandbox, &[&dir], &[], WIDE);
    pty.wait_for("가람시 오솔골");
    pty
}

fn end(mut pty: Pty) {
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    pty.is_restored();
}

#[test]
fn keys_are_rebound_by_pane_and_do_several_things() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "config.toml",
        "[keys.list]\n\"j\" = \"none\"\n\"C-n\" = \"down\"\n\"E\" = [\"scrap\", \"next-article\"]\n",
    );
    let mut pty = open(&sandbox);
    pty.send("jj\x0e");
    pty.wait("one row on, by the new key alone", |s| {
        s.cursor_position().0 == 3
    });
    pty.send("E");
    pty.wait("a scrap, and the next row", |s| {
        s.contents().contains('★') && s.cursor_position().0 == 5
    });
    end(pty);
}

#[test]
fn keys_that_collide_are_named_and_the_rest_works() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "config.toml",
        "[keys.list]\n\"g\" = \"zen\"\n\"x\" = \"fly\"\n",
    );
    let pty = open(&sandbox);
    pty.wait("the first of them", |s| s.contents().contains("keys.list"));
    end(pty);
    let doctor = sandbox.run(&["doctor"]);
    assert!(
        doctor.out.contains("\"g\" ↔ \"g g\"") && doctor.out.contains("fly"),
        "{}",
        doctor.out
    );
}

#[test]
fn own_themes_that_can_not_be_read_are_named_by_doctor_and_the_others_work() {
    let sandbox = Sandbox::new();
    sandbox.file("config.toml", "theme = \"바다\"\n");
    sandbox.file(
        "themes/바다.toml",
        "base = \"light\"\ntitle = { fg = \"#004060\", bold = true }\n",
    );
    assert!(
        sandbox.run(&["doctor"]).ok().contains("바다"),
        "one that is read is listed"
    );
    sandbox.file("themes/a.toml", "title = { fg = \"blau\" }\n");
    sandbox.file("themes/b.toml", "\ntitel = { bold = true }\n");
    let doctor = sandbox.run(&["doctor"]);
    assert_eq!(doctor.code, 1);
    for fault in ["a.toml", "blau", "b.toml:2", "titel"] {
        assert!(doctor.out.contains(fault), "{fault}: {}", doctor.out);
    }
    sandbox.file("config.toml", "theme = \"산\"\n");
    assert!(
        sandbox.run(&["doctor", "--json"]).out.contains("산: "),
        "a theme that there is not"
    );
}

#[test]
fn a_hangul_layout_presses_the_same_keys_even_where_it_put_them_together() {
    let sandbox = Sandbox::new();
    let mut pty = open(&sandbox);
    pty.send("ㅓ");
    pty.wait("j", |s| s.cursor_position().0 == 3);
    // gg and j and j: an input method hands over ㅎ and 허 and ㅓ.
    pty.send("ㅓㅎ허ㅓ");
    pty.wait("j, gg, j, j", |s| s.cursor_position().0 == 5);
    end(pty);
}

#[test]
fn hangul_is_typed_cut_and_gone_through_at_the_terminals_cursor() {
    let sandbox = Sandbox::new();
    let mut pty = open(&sandbox);
    pty.wait("no cursor in sight", |s| s.hide_cursor());
    pty.send("/");
    pty.wait("a cursor in the last row", |s| {
        !s.hide_cursor() && s.cursor_position().0 == 29
    });
    pty.send("강변길 서른");
    // A column of margin, the label and a blank, then eleven cells of text.
    let behind = 1 + 9 + 1 + 11;
    pty.wait("the text, and the cursor behind it", |s| {
        s.contents().contains("강변길 서른") && s.cursor_position() == (29, behind)
    });
    pty.send("\x1b[D");
    pty.wait("two cells back", |s| s.cursor_position().1 == behind - 2);
    pty.send("\x7f");
    pty.wait("a syllable less", |s| {
        s.contents().contains("강변길 른") && s.cursor_position().1 == behind - 4
    });
    // Decomposed, as some systems paste it, and with an emoji of seven code points.
    pty.send("\x1b[200~\u{1109}\u{1165}👨\u{200d}👩\u{200d}👧\x1b[201~");
    pty.wait("composed", |s| s.contents().contains("강변길 서"));
    pty.send("\x7f");
    pty.wait("the emoji gone whole", |s| {
        s.contents().contains("강변길 서른")
    });
    pty.send("\x17");
    pty.wait("a word less", |s| s.contents().contains("강변길 른"));
    pty.send("\x15\x0b골목\r");
    pty.wait("the list filtered", |s| {
        s.hide_cursor() && s.contents().contains("· 골목")
    });
    pty.send("/\x15");
    pty.send("\x1b[A");
    pty.wait("what was typed before", |s| {
        s.cursor_position().0 == 29 && s.contents().contains("골목")
    });
    pty.send("\x1b\x1b");
    pty.wait("no prompt", |s| s.hide_cursor());
    end(pty);
}

#[test]
fn a_long_line_scrolls_by_whole_letters() {
    let sandbox = Sandbox::new();
    let mut pty = open(&sandbox);
    pty.send("/");
    pty.send(&"가나다라".repeat(40));
    pty.wait("the end in view, the cursor on the screen", |s| {
        let row: String = s.contents_between(29, 0, 29, 100);
        s.cursor_position().0 == 29 && s.cursor_position().1 > 90 && row.contains("다라")
    });
    pty.send("\x1b");
    pty.wait("no prompt", |s| s.hide_cursor());
    end(pty);
}

#[cfg(target_os = "linux")]
#[test]
fn the_kitty_keyboard_is_asked_for_and_given_back() {
    let sandbox = Sandbox::new();
    sandbox.file("in/1.json", write::json(&pages::long()).to_string());
    let dir = sandbox.path("in").to_string_lossy().into_owned();
    let mut pty = Pty::start(&sandbox, &[&dir], &[], WIDE);
    let said = |pty: &Pty, what: &str| {
        let bytes = String::from_utf8_lossy(&pty.bytes()).into_owned();
        bytes.matches(what).count()
    };
    pty.wait_bytes("\x1b[c");
    pty.send("\x1b[?62;c");
    pty.wait_bytes("\x1b[?u");
    pty.send("\x1b[?0u\x1b[?62;c");
    pty.wait_bytes("\x1b[>1u");
    pty.wait_for("1번째 문단이다");
    // Enter and Escape as that protocol sends them.
    pty.send("\x1b[106u");
    pty.send("\x1b[13u");
    pty.wait_for("+ - 글자크기");
    pty.send("\x1b[122;5u");
    pty.wait("the shell's screen", |s| !s.alternate_screen());
    assert_eq!(
        said(&pty, "\x1b[<1u"),
        1,
        "given back before the shell has the terminal"
    );
    let state = || std::fs::read_to_string(format!("/proc/{}/stat", pty.id)).unwrap();
    while !state().contains(") T ") {
        std::thread::yield_now();
    }
    pty.signal("CONT");
    pty.wait("its own screen again", |s| {
        s.alternate_screen() && s.contents().contains("1번째 문단이다")
    });
    assert_eq!(said(&pty, "\x1b[>1u"), 2, "and asked for again");
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    // The last bytes may come after the program's end.
    pty.is_restored();
    let out = String::from_utf8_lossy(&pty.bytes()).into_owned();
    assert!(out.rfind("\x1b[<1u") < out.rfind("\x1b[?1049l") && said(&pty, "\x1b[<1u") == 2);
}

#[test]
fn an_empty_list_has_nothing_to_scrap() {
    let sandbox = Sandbox::new();
    let mut pty = Pty::start(&sandbox, &[], &[], WIDE);
    pty.wait_for("처음 오셨나요");
    pty.send("/없는낱말이다\r");
    pty.wait_for("찾은 기사가 없습니다");
    pty.send("s");
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    assert_eq!(sandbox.run(&["scraps", "--json"]).ok().trim(), "");
}

/// Answers the questions of the start as a terminal with the kitty keyboard protocol does.
fn answer_as_kitty(pty: &mut Pty) {
    pty.wait_bytes("\x1b[c");
    pty.send("\x1b[?62;c");
    pty.wait_bytes("\x1b[?u");
    pty.send("\x1b[?0u\x1b[?62;c");
    pty.wait_bytes("\x1b[>1u");
}

/// The keyboard is given back once, and on the screen where it was taken.
fn is_given_back(out: &str) {
    assert_eq!(
        (
            out.matches("\x1b[>1u").count(),
            out.matches("\x1b[<1u").count()
        ),
        (1, 1)
    );
    assert!(out.rfind("\x1b[<1u") < out.rfind("\x1b[?1049l"));
}

#[test]
fn the_kitty_keyboard_is_given_back_on_a_signal() {
    for signal in ["TERM", "HUP", "INT"] {
        let sandbox = Sandbox::new();
        sandbox.file("in/1.json", write::json(&pages::long()).to_string());
        let dir = sandbox.path("in").to_string_lossy().into_owned();
        let mut pty = Pty::start(&sandbox, &[&dir], &[], WIDE);
        answer_as_kitty(&mut pty);
        pty.wait_for("1번째 문단이다");
        pty.signal(signal);
        assert_eq!(pty.ended().exit_code(), 0, "{signal}");
        pty.is_restored();
        is_given_back(&String::from_utf8_lossy(&pty.bytes()));
    }
}

/// What the next test starts this program of tests again for: it takes the screen and the keyboard,
/// and panics.
#[test]
fn takes_the_screen_and_panics_where_it_is_told_to() {
    use gisa::runtime::terminal::{Tty, install_panic_hook};
    if std::env::var_os("PANIC_ON_THE_SCREEN").is_none() {
        return;
    }
    install_panic_hook();
    // On a thread of the name that the program's own has.
    let panics = || {
        let mut tty = Tty::new(true).unwrap();
        tty.enter().unwrap();
        tty.distinguish_keys(true).unwrap();
        // Not dropped before the words are out: the hook has to do it.
        std::mem::forget(tty);
        panic!("말할 것");
    };
    let main = std::thread::Builder::new()
        .name("main".to_owned())
        .spawn(panics)
        .unwrap();
    assert!(main.join().is_err());
}

#[test]
fn a_panic_leaves_the_terminal_in_order_before_it_speaks() {
    let sandbox = Sandbox::new();
    let own = std::env::current_exe().unwrap();
    let name = "keys::takes_the_screen_and_panics_where_it_is_told_to";
    let args = [name, "--exact", "--nocapture", "--test-threads=1"];
    let pty = Pty::of(
        &sandbox,
        (&own, &args),
        &[("PANIC_ON_THE_SCREEN", "1")],
        WIDE,
    );
    pty.wait_for("말할 것");
    assert_eq!(pty.ended().exit_code(), 0);
    pty.is_restored();
    let out = String::from_utf8_lossy(&pty.bytes()).into_owned();
    is_given_back(&out);
    assert!(
        out.rfind("\x1b[?1049l") < out.rfind("말할 것"),
        "said where it can be read"
    );
}

#[test]
fn the_linux_console_gets_plain_marks_and_its_own_sixteen_colours() {
    let sandbox = Sandbox::new();
    sandbox.file("in/1.json", write::json(&pages::rich()).to_string());
    let dir = sandbox.path("in").to_string_lossy().into_owned();
    let mut pty = Pty::start(
        &sandbox,
        &[&dir],
        &[("TERM", "linux"), ("COLORTERM", "")],
        WIDE,
    );
    pty.wait_for("가람시 오솔골");
    pty.send("s");
    pty.wait("a mark on the scrap", |s| s.contents().contains('+'));
    pty.send("?");
    pty.wait("a box of plain lines", |s| s.contents().contains("+-"));
    for glyph in ["●", "★", "╭", "│", "┃"] {
        assert!(!pty.text().contains(glyph), "{glyph}");
    }
    pty.send("q");
    end(pty);
}

#[test]
fn a_storm_of_sizes_leaves_the_last_one_drawn_whole() {
    let sandbox = Sandbox::new();
    let mut pty = open(&sandbox);
    for n in 0..200_u16 {
        pty.resize(20 + (n * 37) % 180, 5 + (n * 13) % 45);
    }
    pty.resize(100, 30);
    pty.send("\x0c");
    pty.wait("list, article and status line", |s| {
        let text = s.contents();
        text.contains("가람시 오솔골")
            && text.contains("강변길 서른 곳")
            && text.lines().last().is_some_and(|l| l.contains("Enter"))
    });
    end(pty);
}
