//! What a layout promises: all of the text, every line within reach, and a place that outlives it.

use proptest::prelude::*;

use super::*;
use crate::news::Clean;
use crate::text::part::{PartRole, PartSource};
use crate::text::samples;
use crate::text::{Breaking, Scale, Spacing, TextSize, WidthPolicy, columns};

/// A number of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowCount {
    /// Every part above is set: this is the number.
    Exact(usize),
    /// A lower bound: some parts above are not set yet.
    AtLeast(usize),
}

impl Layout {
    /// Rows of the whole document.
    fn rows(&self) -> RowCount {
        self.count(self.sets.len())
    }

    /// Rows above a line.
    fn rows_above(&self, spot: Spot) -> RowCount {
        let inside: usize = self
            .lines(spot.part)
            .iter()
            .take(spot.line)
            .map(|l| usize::from(l.rows))
            .sum();
        match self.count(spot.part) {
            RowCount::Exact(rows) => RowCount::Exact(rows + inside),
            RowCount::AtLeast(rows) => RowCount::AtLeast(rows + inside),
        }
    }

    fn count(&self, parts: usize) -> RowCount {
        let (mut rows, mut exact) = (0, true);
        for set in self.sets.iter().take(parts) {
            match set.get() {
                Some(set) => rows += set.rows,
                None => (rows, exact) = (rows + 1, false),
            }
        }
        if exact {
            RowCount::Exact(rows)
        } else {
            RowCount::AtLeast(rows)
        }
    }

    /// Sets parts that are not set yet until `budget` bytes of text are done, then counts the rows.
    fn count_some(&self, budget: usize) -> RowCount {
        let mut done = 0;
        for (index, part) in self.document.parts.iter().enumerate() {
            if done >= budget {
                break;
            }
            if self.sets.get(index).is_some_and(|s| s.get().is_none()) {
                self.set(index);
                done += part.text.len() + 1;
            }
        }
        self.rows()
    }
}

fn part() -> impl Strategy<Value = Part> {
    let role = proptest::sample::select(vec![
        PartRole::Title,
        PartRole::Byline,
        PartRole::Heading(2),
        PartRole::Paragraph,
        PartRole::Paragraph,
        PartRole::Quote,
        PartRole::Item,
        PartRole::Caption,
        PartRole::Code,
        PartRole::Table,
    ]);
    let cells =
        proptest::collection::vec(proptest::collection::vec("[가-힣a-z0-9 ]{0,9}", 1..4), 1..4);
    (role, samples::text(), cells).prop_map(|(role, text, cells)| {
        if role == PartRole::Table {
            let rows: Vec<Vec<Clean>> = cells
                .iter()
                .map(|r| r.iter().map(|c| Clean::line(c)).collect())
                .collect();
            let mut part = Part::new(role, crate::text::table::as_text(&rows), PartSource::Other);
            part.cells = Some(rows);
            return part;
        }
        let part = Part::new(role, Clean::lines(&text), PartSource::Other);
        if role == PartRole::Item {
            part.marked("•")
        } else {
            part
        }
    })
}

fn document() -> impl Strategy<Value = Arc<Document>> {
    proptest::collection::vec(part(), 0..6).prop_map(|parts| Arc::new(Document { parts }))
}

fn measure() -> impl Strategy<Value = Measure> {
    let breaking =
        proptest::sample::select(vec![Breaking::Eojeol, Breaking::Hybrid, Breaking::Syllable]);
    let spacing =
        (0_u16..3, 0_u16..2, 0_u16..3).prop_map(|(paragraph_gap, line_gap, first_indent)| {
            Spacing {
                paragraph_gap,
                line_gap,
                first_indent,
            }
        });
    let scales = (samples::scale(), samples::scale());
    (
        2_u16..=120,
        scales,
        samples::policy(),
        breaking,
        spacing,
        any::<bool>(),
    )
        .prop_map(
            |(width, (scale, title_scale), policy, breaking, spacing, justify)| Measure {
                width,
                size: TextSize::Normal,
                scale,
                title_scale,
                policy,
                breaking,
                spacing,
                justify,
            },
        )
}

fn spots(layout: &Layout) -> Vec<Spot> {
    let first = Some(layout.first()).filter(|_| !layout.document.is_empty());
    std::iter::successors(first, |&s| layout.next(s)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(if cfg!(debug_assertions) { 600 } else { 20_000 }) })]

    #[test]
    fn nothing_of_the_text_is_lost_and_nothing_sticks_out(document in document(), measure in measure()) {
        let layout = Layout::new(document, measure.clone());
        for (index, part) in layout.document.parts.iter().enumerate() {
            let set = layout.set(index).unwrap();
            let set_apart: String = (0..set.filled).map(|line| layout.text(Spot { part: index, line })).collect();
            if set.composed.is_empty() {
                let kept = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                prop_assert_eq!(kept(&set_apart), kept(&part.text));
            } else {
                for cell in part.cells.iter().flatten().flatten().flat_map(|c| c.chars()) {
                    prop_assert!(cell == ' ' || set_apart.contains(cell));
                }
            }
            for (at, line) in set.lines.iter().enumerate() {
                let text = layout.text(Spot { part: index, line: at });
                let used = columns(text, line.scale, measure.policy);
                prop_assert!(used == usize::from(line.width));
                let one = measure.policy.graphemes(text).filter(|(_, cells)| *cells > 0).count() <= 1;
                prop_assert!(used + usize::from(line.indent + line.slack) <= usize::from(measure.width) || one);
            }
        }
    }

    #[test]
    fn every_line_is_reached_from_both_ends_and_by_scrolling(
        document in document(), measure in measure(), rows in 1_u16..30,
    ) {
        let layout = Layout::new(document, measure);
        let down = spots(&layout);
        if down.is_empty() {
            prop_assert!(layout.window(layout.first(), rows).is_empty());
            return Ok(());
        }
        let mut up: Vec<Spot> = std::iter::successors(Some(layout.last()), |&s| layout.prev(s)).collect();
        up.reverse();
        prop_assert_eq!(&down, &up);
        let mut seen: Vec<Spot> = Vec::new();
        let (mut top, bottom) = (layout.first(), layout.bottom(rows));
        loop {
            let window = layout.window(top, rows);
            for &(row, spot) in &window {
                prop_assert!(row + layout.line(spot).letters() <= rows);
            }
            // A line taller than the pane is passed by, but is the top line once.
            seen.extend(window.iter().map(|w| w.1).chain([top]));
            let below = layout.scroll(top, 1, rows);
            if below == top {
                break;
            }
            prop_assert_eq!(layout.scroll(below, -1, rows), top);
            top = below;
        }
        prop_assert_eq!(top, bottom);
        seen.sort();
        seen.dedup();
        prop_assert_eq!(seen, down);
    }

    #[test]
    fn pages_go_all_the_way_and_skip_nothing(document in document(), measure in measure(), rows in 1_u16..30) {
        let layout = Layout::new(document, measure);
        let all = spots(&layout);
        let (mut top, mut seen) = (layout.first(), Vec::new());
        loop {
            let window: Vec<Spot> = layout.window(top, rows).iter().map(|w| w.1).collect();
            seen.extend(window.iter().copied().chain((!all.is_empty()).then_some(top)));
            let next = layout.page(top, rows, true);
            prop_assert!(next >= top);
            if next == top {
                break;
            }
            if window.len() > 1 {
                prop_assert!(window.contains(&next), "a line of the old page stays in sight");
            }
            top = next;
        }
        seen.sort();
        seen.dedup();
        prop_assert_eq!(seen, all);
        while top > layout.first() {
            let above = layout.page(top, rows, false);
            prop_assert!(above < top);
            top = above;
        }
    }

    #[test]
    fn a_line_is_found_again_by_its_place(document in document(), measure in measure()) {
        let layout = Layout::new(document, measure);
        for spot in spots(&layout) {
            prop_assert_eq!(layout.spot(layout.anchor(spot)), spot);
        }
    }

    #[test]
    fn a_place_stays_in_its_line_through_any_change(
        document in document(), before in measure(), after in measure(), at in any::<proptest::sample::Index>(),
    ) {
        let (old, new) = (Layout::new(Arc::clone(&document), before), Layout::new(document, after));
        let all = spots(&old);
        if all.is_empty() {
            return Ok(());
        }
        let spot = *at.get(&all);
        let anchor = old.anchor(spot);
        let found = new.spot(anchor);
        prop_assert_eq!(found.part, spot.part);
        let (line, words) = (new.line(found), &new.document.parts[spot.part]);
        if old.line(spot).kind == LineKind::Text && line.kind == LineKind::Text && words.cells.is_none() {
            prop_assert!(line.range.start <= anchor.byte);
            let below = Spot { part: found.part, line: found.line + 1 };
            if new.line(below).kind == LineKind::Text {
                prop_assert!(anchor.byte < new.line(below).range.start);
            }
        }
    }

    #[test]
    fn counting_in_slices_comes_to_the_same(document in document(), measure in measure(), budget in 1_usize..200) {
        let layout = Layout::new(document, measure);
        let all: usize = {
            let whole = Layout::new(Arc::clone(&layout.document), layout.measure.clone());
            spots(&whole).iter().map(|&s| usize::from(whole.line(s).rows)).sum()
        };
        let mut slices = 0;
        let rows = loop {
            match layout.count_some(budget) {
                RowCount::Exact(rows) => break rows,
                RowCount::AtLeast(rows) => prop_assert!(rows <= all),
            }
            slices += 1;
            prop_assert!(slices <= layout.sets.len());
        };
        prop_assert_eq!(rows, all);
        let last = if all == 0 { 0 } else { usize::from(layout.line(layout.last()).rows) };
        prop_assert_eq!(layout.rows_above(layout.last()), RowCount::Exact(all - last));
    }
}

fn paragraphs(words: &[&str]) -> Arc<Document> {
    let part = |w: &&str| Part::new(PartRole::Paragraph, Clean::lines(w), PartSource::Other);
    Arc::new(Document {
        parts: words.iter().map(part).collect(),
    })
}

#[test]
fn opening_sets_no_more_than_the_first_screen() {
    let words = "가나다 라마바 사아자 ".repeat(20);
    let layout = Layout::new(
        paragraphs(&vec![words.as_str(); 500]),
        Measure::plain(40, WidthPolicy::default()),
    );
    layout.window(layout.first(), 24);
    assert!(layout.sets.iter().filter(|s| s.get().is_some()).count() < 10);
    layout.window(layout.bottom(24), 24);
    assert!(layout.sets.iter().filter(|s| s.get().is_some()).count() < 20);
    assert!(matches!(layout.rows(), RowCount::AtLeast(_)));
    let end = layout.progress(layout.bottom(24), 24);
    assert_eq!(end.seen, end.total);
}

#[test]
fn blank_rows_belong_between_parts() {
    let layout = Layout::new(
        paragraphs(&["가", "나"]),
        Measure::plain(10, WidthPolicy::default()),
    );
    let window = layout.window(layout.first(), 9);
    let read: Vec<(u16, &str)> = window
        .iter()
        .map(|&(row, s)| (row, layout.text(s)))
        .collect();
    assert_eq!(read, [(0, "가"), (1, ""), (2, "나")]);
}

#[test]
fn letters_too_large_for_the_pane_are_set_small() {
    let mut measure = Measure::plain(10, WidthPolicy::default());
    measure.scale = Scale::Protocol {
        scale: 3,
        num: 1,
        den: 1,
    };
    let layout = Layout::new(paragraphs(&["가나다"]), measure.clone());
    assert_eq!(layout.line(layout.first()).scale, Scale::Cells);
    measure.width = 12;
    let layout = Layout::new(paragraphs(&["가나다"]), measure);
    assert_eq!(
        (
            layout.text(layout.first()),
            layout.line(layout.first()).rows
        ),
        ("가나", 3)
    );
}

#[test]
fn an_empty_document_has_nothing_to_show() {
    let layout = Layout::new(Arc::default(), Measure::plain(10, WidthPolicy::default()));
    assert!(layout.window(layout.first(), 10).is_empty());
    assert_eq!(layout.rows(), RowCount::Exact(0));
    assert_eq!(layout.page(layout.first(), 10, true), layout.first());
    assert_eq!(layout.spot(Anchor { part: 3, byte: 9 }), layout.first());
    assert_eq!(layout.text(Spot { part: 7, line: 7 }), "");
}

#[test]
fn the_rows_of_a_picture_are_places_that_can_be_kept() {
    let part = |role, text: &str| Part::new(role, Clean::line(text), PartSource::Other);
    let parts = vec![
        part(PartRole::Paragraph, "가"),
        part(PartRole::Image, "사진"),
        part(PartRole::Caption, "나"),
    ];
    let mut layout = Layout::new(
        Arc::new(Document { parts }),
        Measure::plain(40, WidthPolicy::default()),
    );
    layout.reserve(
        1,
        Some(PictureFrame {
            columns: 30,
            rows: 12,
        }),
    );
    let pictured: Vec<Spot> = (0..12).map(|line| Spot { part: 1, line }).collect();
    for spot in pictured
        .iter()
        .chain(&[Spot { part: 0, line: 1 }, Spot { part: 2, line: 0 }])
    {
        assert_eq!(layout.spot(layout.anchor(*spot)), *spot);
    }
    assert!(
        pictured
            .iter()
            .all(|s| layout.line(*s).kind == LineKind::Picture && layout.line(*s).rows == 1)
    );
    assert_eq!(layout.rows(), { layout.count_some(usize::MAX) });
    let caption = layout.anchor(Spot { part: 2, line: 0 });
    let inside = layout.anchor(pictured[9]);
    layout.reserve(1, None);
    assert_eq!(
        layout.spot(caption),
        Spot { part: 2, line: 0 },
        "what is below stays where it is in the text"
    );
    assert_eq!(layout.spot(inside).part, 1);
    assert_eq!(layout.text(Spot { part: 1, line: 0 }), "사진");
}
