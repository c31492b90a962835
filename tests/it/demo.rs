//! The recorded demo in `assets/demo.cast`: that it plays, is small, and shows nothing but what is
//! ours.

use gisa::news::sample;
use serde_json::Value;

use crate::support::source::root;

const LARGEST: usize = 100_000;

/// All words of ours that can stand on the screen: of the sample edition, of the interface, and how
/// times are said.
fn ours() -> String {
    let articles = sample::edition();
    let mut all: Vec<String> = articles
        .iter()
        .map(|a| gisa::news::write::json(a).to_string())
        .collect();
    all.extend(articles.iter().map(gisa::news::write::text));
    let sentences =
        ["assets/locales/ko.toml", "assets/locales/en.toml"].map(|file| root().join(file));
    all.extend(sentences.map(|file| std::fs::read_to_string(file).unwrap()));
    all.concat()
}

#[test]
fn the_demo_plays_is_small_and_shows_only_our_own_text() {
    let cast = std::fs::read_to_string(root().join("assets/demo.cast")).unwrap();
    assert!(cast.len() < LARGEST, "{} bytes", cast.len());
    let mut lines = cast.lines();
    let head: Value = serde_json::from_str(lines.next().unwrap()).unwrap();
    assert_eq!(
        (&head["version"], &head["width"], &head["height"]),
        (&2.into(), &100.into(), &30.into())
    );
    let mut terminal = vt100::Parser::new(30.try_into().unwrap(), 100.try_into().unwrap(), 0);
    let (ours, mut last, mut shown) = (ours(), 0.0, 0);
    for line in lines {
        let event: Value = serde_json::from_str(line).unwrap();
        let (at, kind, data) = (
            event[0].as_f64().unwrap(),
            event[1].as_str().unwrap(),
            event[2].as_str().unwrap(),
        );
        assert!(at >= last && kind == "o", "{line}");
        last = at;
        assert!(!data.contains('\u{fffd}'), "a letter that was cut");
        terminal.process(data.as_bytes());
        let screen = terminal.screen().contents();
        shown += usize::from(screen.lines().count() > 20);
        for word in screen
            .split(|c: char| !('가'..='힣').contains(&c))
            .filter(|w| !w.is_empty())
        {
            assert!(
                ours.contains(word),
                "{word} is not of the sample edition:\n{screen}"
            );
        }
        for address in screen.split("://").skip(1) {
            let host = address.split(['/', ' ', '\n']).next().unwrap_or_default();
            assert!(
                host.ends_with("example.com") || host.ends_with(".example"),
                "{host}:\n{screen}"
            );
        }
        for place in ["/home", "/root", "/tmp"] {
            assert!(!screen.contains(place), "{place}:\n{screen}");
        }
    }
    assert!(
        shown >= 12 && last > 20.0,
        "{shown} screens in {last} seconds"
    );
    assert!(
        !terminal.screen().alternate_screen() && !terminal.screen().hide_cursor(),
        "and it leaves in order"
    );
}
