//! The mouse over the panes: what a click opens, what a drag copies.

use gisa::app::protocol::message::{Mouse, MouseKind};
use gisa::app::protocol::network::NetworkJob;
use gisa::app::{Effect, Message, Pane};
use gisa::text::{LineKind, PartRole};

use crate::support::session::Session;

fn mouse(s: &mut Session, kind: MouseKind, x: u16, y: u16) -> Vec<Effect> {
    s.tell(Message::Mouse(Mouse { kind, x, y }))
}

/// Drags over the whole of the first paragraph in view; gives what is copied, and the paragraph.
fn drag_over_paragraph(s: &mut Session) -> (String, String) {
    let area = s.model.geometry().text;
    let sheet = s.model.reader().sheet().unwrap();
    let document = sheet.layout().document().clone();
    let lines: Vec<(u16, usize, u16)> = sheet
        .layout()
        .window(sheet.top(), area.height)
        .into_iter()
        .filter(|(_, spot)| sheet.layout().line(*spot).kind == LineKind::Text)
        .map(|(row, spot)| (row, spot.part, sheet.layout().line(spot).letters()))
        .collect();
    let part = lines
        .iter()
        .find(|(_, part, _)| document.parts[*part].role == PartRole::Paragraph)
        .unwrap()
        .1;
    let own: Vec<_> = lines.iter().filter(|(_, p, _)| *p == part).collect();
    let (first, last) = (own[0], own[own.len() - 1]);
    mouse(s, MouseKind::Press, area.x, area.y + first.0);
    mouse(
        s,
        MouseKind::Drag,
        area.x + area.width - 1,
        area.y + last.0 + last.2 - 1,
    );
    let effects = mouse(s, MouseKind::Release, 0, 0);
    let Some(Effect::Copy(copied)) = effects.first() else {
        panic!("{effects:?}")
    };
    (copied.to_string(), document.parts[part].text.to_string())
}

#[test]
fn a_drag_copies_the_text_as_it_was_written_at_every_size() {
    for keys in ["", "+", "+ +", "-"] {
        let mut s = Session::reading(120, 60, 0);
        s.keys(keys);
        let skip = if s.model.reader().sheet().is_some() {
            "b"
        } else {
            ""
        };
        s.keys(skip);
        let (copied, paragraph) = drag_over_paragraph(&mut s);
        assert!(
            paragraph.starts_with(&copied) && copied.chars().count() > 20,
            "{keys}: {copied}"
        );
        assert!(!copied.contains('\n'), "{keys}: {copied}");
    }
}

#[test]
fn a_click_chooses_a_row_and_a_second_one_opens_it() {
    let mut s = Session::new(120, 40);
    let list = s.model.geometry().list.unwrap();
    mouse(&mut s, MouseKind::Press, list.x + 3, list.y + 2);
    assert_eq!(
        (s.model.list().selected(), s.model.focus()),
        (1, Pane::List)
    );
    mouse(&mut s, MouseKind::Press, list.x + 3, list.y + 2);
    assert_eq!(s.model.focus(), Pane::Reader);
}

#[test]
fn the_buttons_of_the_top_line_do_what_their_keys_do() {
    use gisa::app::Job;
    use gisa::app::input::buttons::buttons;
    use gisa::app::popups::Popup;
    let mut s = Session::reading(160, 40, 0);
    let click = |s: &mut Session, name: &str| {
        let button = buttons(&s.model)
            .into_iter()
            .find(|b| b.action.name() == name)
            .unwrap();
        mouse(s, MouseKind::Press, button.area.x + 1, 0)
    };
    click(&mut s, "scrap");
    assert!(s.model.list().rows()[0].scrapped);
    assert!(
        click(&mut s, "short-news")
            .iter()
            .any(|e| matches!(e, Effect::Start(_, Job::Network(NetworkJob::Summary(_)))))
    );
    click(&mut s, "size-popup");
    assert!(matches!(s.model.popup(), Some(Popup::Size(_))));
    mouse(&mut s, MouseKind::Press, 0, 30);
    click(&mut s, "help");
    assert!(matches!(s.model.popup(), Some(Popup::Help(_))));
    let shown = buttons(&s.model);
    assert!(
        shown
            .windows(2)
            .all(|b| b[0].area.x + b[0].area.width < b[1].area.x)
    );
}
