//! Indents, markers, gaps and justification of single parts.

use super::*;
use crate::news::Clean;
use crate::text::part::PartSource;
use crate::text::{Spacing, WidthPolicy};

fn part(role: PartRole, text: &str) -> Part {
    Part::new(role, Clean::lines(text), PartSource::Other)
}

fn measure(width: u16) -> Measure {
    Measure::plain(width, WidthPolicy::default())
}

#[test]
fn a_list_hangs_beside_its_markers() {
    let set = set(
        &part(PartRole::Item, "가나 다라 마바").marked("12."),
        None,
        &measure(10),
    );
    let lines: Vec<_> = set
        .lines
        .iter()
        .map(|l| (l.indent, l.marker, l.range.clone()))
        .collect();
    assert_eq!(
        lines,
        [(4, true, 0..6), (4, false, 7..13), (4, false, 14..20)]
    );
}

#[test]
fn markers_and_indents_give_way_in_a_narrow_column() {
    let item = set(
        &part(PartRole::Item, "가나").marked("12."),
        None,
        &measure(5),
    );
    assert_eq!((item.lines[0].indent, item.lines[0].marker), (0, false));
    let quote = set(&part(PartRole::Quote, "가나"), None, &measure(3));
    assert_eq!(quote.lines[0].indent, 0);
    assert_eq!(set_indent(PartRole::Quote, 10), (2, 2));
}

fn set_indent(role: PartRole, width: u16) -> (u16, u16) {
    let set = set(&part(role, "가나다 라마바 사아자"), None, &measure(width));
    (set.lines[0].indent, set.lines[1].indent)
}

#[test]
fn only_the_first_line_of_a_paragraph_is_set_in() {
    let mut measure = measure(10);
    measure.spacing.first_indent = 2;
    let set = set(
        &part(PartRole::Paragraph, "가나다 라마바\n사아자 차카타"),
        None,
        &measure,
    );
    assert_eq!(
        set.lines.iter().map(|l| l.indent).collect::<Vec<_>>(),
        [2, 0, 2, 0]
    );
}

#[test]
fn justified_lines_share_out_their_slack() {
    let mut measure = measure(16);
    measure.justify = true;
    let text = "가나 다라 마바 사아자차 카타";
    let set = set(&part(PartRole::Paragraph, text), None, &measure);
    let line = &set.lines[0];
    assert_eq!(
        (&text[line.range.clone()], line.width, line.slack),
        ("가나 다라 마바", 14, 2)
    );
    assert_eq!(
        spread(&text[line.range.clone()], line.slack),
        [(6, 1), (13, 1)]
    );
    assert_eq!(spread("가 나 다", 3), [(3, 2), (7, 1)]);
    assert_eq!(spread("가나", 3), []);
    assert_eq!(
        set.lines.last().map(|l| l.slack),
        Some(0),
        "the last line stays ragged"
    );
}

#[test]
fn what_belongs_together_stands_together() {
    for (above, below, gaps) in [
        (PartRole::Paragraph, PartRole::Paragraph, [0, 1]),
        (PartRole::Item, PartRole::Item, [0, 0]),
        (PartRole::Image, PartRole::Caption, [0, 0]),
        (PartRole::Heading(2), PartRole::Paragraph, [0, 0]),
        (PartRole::Paragraph, PartRole::Heading(2), [1, 1]),
        (PartRole::Title, PartRole::Subhead, [1, 1]),
        (PartRole::Caption, PartRole::Paragraph, [1, 1]),
    ] {
        let of = |paragraph_gap| {
            let measure = Measure {
                spacing: Spacing {
                    paragraph_gap,
                    ..Spacing::default()
                },
                ..measure(20)
            };
            let set = set(&part(above, "가"), Some(below), &measure);
            set.lines.len() - set.filled
        };
        assert_eq!([of(0), of(1)], gaps, "{above:?} {below:?}");
    }
}

#[test]
fn a_table_turns_from_grid_to_text_where_columns_get_too_narrow() {
    let cells = |row: &[&str]| row.iter().map(|c| Clean::line(c)).collect::<Vec<_>>();
    let rows = vec![cells(&["지역", "인구"]), cells(&["서울", "9,331,828"])];
    let mut table = Part::new(PartRole::Table, table::as_text(&rows), PartSource::Other);
    table.cells = Some(rows);
    let wide = set(&table, None, &measure(20));
    assert_eq!(
        wide.lines.iter().map(|l| l.kind).collect::<Vec<_>>(),
        [LineKind::TableHead, LineKind::Table]
    );
    assert_eq!(wide.composed, ["지역       인구", "서울  9,331,828"]);
    let narrow = set(&table, None, &measure(12));
    assert!(narrow.lines.iter().all(|l| l.kind == LineKind::Text) && narrow.composed.is_empty());
}

#[test]
fn a_headline_breaks_no_word_that_fits_in_a_line_at_any_size() {
    let drawn = |num, den, rows| Scale::Drawn { num, den, rows };
    let protocol = |scale, num, den| Scale::Protocol { scale, num, den };
    let scales = [
        Scale::Cells,
        drawn(3, 2, 2),
        drawn(5, 2, 3),
        drawn(3, 1, 3),
        protocol(2, 3, 4),
        protocol(3, 1, 1),
        protocol(4, 1, 1),
    ];
    let titles = [
        "골목 음악회 \u{201c}첫 소리\u{201d}, 비 온 뒤에도 300명 모였다",
        "A bookshop under the bridge keeps its lights on",
        "[속보] 가람대교 통행 재개\u{2026}다음 달까지 한쪽 차로만",
        "기준금리를 연 2.50%로 0.25%포인트 내린 한국은행",
    ];
    for (title, scale, width) in titles.into_iter().flat_map(|title| {
        let sizes = scales.into_iter();
        sizes.flat_map(move |scale| (20..=200).map(move |width| (title, scale, width)))
    }) {
        for breaking in [Breaking::Eojeol, Breaking::Hybrid] {
            let measure = Measure {
                scale,
                title_scale: scale,
                breaking,
                ..measure(width)
            };
            let set = set(&part(PartRole::Title, title), None, &measure);
            let ends = set.lines.iter().filter(|l| l.kind == LineKind::Text);
            for end in ends
                .map(|line| line.range.end)
                .filter(|end| *end < title.len())
            {
                let from = title[..end].rfind(' ').map_or(0, |at| at + 1);
                let to = title[end..].find(' ').map_or(title.len(), |at| end + at);
                let word = &title[from..to];
                let used = super::scale(PartRole::Title, &measure);
                let is_wide = columns(word, used, measure.policy) > usize::from(width);
                assert!(to == end || is_wide, "{scale:?} {width}: {word}");
            }
        }
    }
}

#[test]
fn what_stands_above_the_headline_takes_few_rows_at_large_sizes() {
    let measure = Measure {
        scale: Scale::Drawn {
            num: 5,
            den: 2,
            rows: 3,
        },
        ..measure(38)
    };
    let kicker = part(PartRole::Kicker, "가람신문 · 문화 · 2026-11-20 11:57");
    let set = set(&kicker, Some(PartRole::Title), &measure);
    assert_eq!(set.rows, 1);
}
