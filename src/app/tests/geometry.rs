//! Where things stand, at every size and in every division.

use super::*;

const FOCUSES: [Pane; 3] = [Pane::Sources, Pane::List, Pane::Reader];

fn of(width: u16, height: u16, focus: Pane, panes: Option<Panes>) -> Geometry {
    by(
        width,
        height,
        Division {
            focus,
            panes,
            ..usual()
        },
    )
}

fn by(width: u16, height: u16, division: Division) -> Geometry {
    Geometry::of(Screen { width, height }, division)
}

fn usual() -> Division {
    Division {
        focus: Pane::List,
        panes: None,
        alone: false,
        front: false,
        bare: false,
        sources_percent: 16,
        list_percent: 36,
        row_height: 2,
        measure: 80,
        guide: false,
    }
}

fn wishes() -> impl Iterator<Item = Option<Panes>> {
    let all = [
        Panes::Three,
        Panes::Two,
        Panes::Stacked,
        Panes::One,
        Panes::Zen,
    ];
    all.into_iter().map(Some).chain([None])
}

fn holds_together(g: &Geometry, width: u16, height: u16, what: &str) {
    let parts: Vec<Area> = [
        g.sources_bar,
        g.sources,
        g.sources_divider,
        g.list_bar,
        g.list,
        g.guide,
        g.divider,
        g.reader,
        g.reader_bar,
        Some(g.status),
    ]
    .into_iter()
    .flatten()
    .collect();
    let cells: u32 = parts
        .iter()
        .map(|a| u32::from(a.width) * u32::from(a.height))
        .sum();
    assert_eq!(cells, u32::from(width) * u32::from(height), "{what}");
    for (i, a) in parts.iter().enumerate() {
        assert!(
            a.x + a.width <= width && a.y + a.height <= height,
            "{what}: {a:?}"
        );
        assert!(
            parts[..i]
                .iter()
                .all(|b| !a.holds(b.x, b.y) && !b.holds(a.x, a.y)),
            "{what}: {a:?}"
        );
    }
    if let Some(reader) = g.reader {
        assert!(
            g.text.x >= reader.x && g.text.x + g.text.width < reader.x + reader.width,
            "{what}"
        );
    }
}

#[test]
fn nothing_overlaps_or_leaves_the_screen_at_any_size_in_any_division() {
    for width in 20..260 {
        for height in [5, 6, 15, 24, 60] {
            for (focus, panes) in FOCUSES
                .into_iter()
                .flat_map(|f| wishes().map(move |w| (f, w)))
            {
                for (alone, bare, guide) in [
                    (false, false, false),
                    (false, false, true),
                    (true, false, false),
                    (true, true, true),
                ] {
                    for (sources_percent, list_percent) in [(16, 36), (1, 1), (99, 99)] {
                        let division = Division {
                            focus,
                            panes,
                            alone,
                            bare,
                            sources_percent,
                            list_percent,
                            guide,
                            ..usual()
                        };
                        let g = by(width, height, division);
                        holds_together(
                            &g,
                            width,
                            height,
                            &format!("{width}×{height} {division:?}"),
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn the_pane_with_the_keys_is_always_there() {
    for width in [20, 79, 80, 99, 100, 160, 200] {
        for (focus, panes) in FOCUSES
            .into_iter()
            .flat_map(|f| wishes().map(move |w| (f, w)))
        {
            let g = of(width, 24, focus, panes);
            let pane = [g.sources, g.list, g.reader][focus as usize];
            assert!(pane.is_some(), "{width} {focus:?} {panes:?}");
        }
    }
}

#[test]
fn as_many_panes_as_fit() {
    let shown = |width, panes| {
        let g = of(width, 24, Pane::List, panes);
        [g.sources, g.list, g.reader].into_iter().flatten().count()
    };
    for (width, panes, n) in [
        (79, None, 2),
        (80, None, 2),
        (159, None, 2),
        (160, None, 3),
        (200, Some(Panes::Two), 2),
        (99, Some(Panes::Three), 2),
        (100, Some(Panes::Three), 3),
        (79, Some(Panes::Three), 2),
        (200, Some(Panes::One), 1),
        (200, Some(Panes::Zen), 1),
    ] {
        assert_eq!(shown(width, panes), n, "{width} {panes:?}");
    }
}

#[test]
fn on_a_narrow_screen_the_list_stands_above_the_article_in_full_width() {
    for (width, height) in [(40, 20), (60, 30), (80, 24), (99, 50)] {
        let list = of(width, height, Pane::List, None);
        let (l, r) = (list.list.unwrap(), list.reader.unwrap());
        assert_eq!((l.width, r.width), (width, width));
        assert!(l.y + l.height < r.y && list.divider.is_none());
        // While one reads, the list keeps two headlines and its place.
        let reading = of(width, height, Pane::Reader, None);
        assert_eq!(reading.list.unwrap().height, 4);
        assert_eq!(reading.list_rows, l.height);
        assert!(reading.reader.unwrap().height * 2 > height);
    }
    let low = of(80, 19, Pane::List, None);
    assert!(low.divider.is_some(), "a low screen has no room for both");
    assert!(of(60, 19, Pane::List, None).reader.is_none());
    assert!(of(100, 24, Pane::List, None).divider.is_some());
}

#[test]
fn zen_leaves_the_article_alone() {
    let g = of(200, 50, Pane::Reader, Some(Panes::Zen));
    assert!(g.reader_bar.is_none() && g.reader.is_some_and(|r| (r.y, r.height) == (0, 49)));
    assert!(of(200, 50, Pane::List, Some(Panes::Zen)).list.is_some());
}

#[test]
fn the_column_is_centred_and_never_wider_than_the_measure() {
    let g = by(
        200,
        50,
        Division {
            focus: Pane::Reader,
            alone: true,
            ..usual()
        },
    );
    assert_eq!(g.text.width, 80);
    assert!(g.text.x.abs_diff(200 - g.text.x - g.text.width) <= 2);
}
