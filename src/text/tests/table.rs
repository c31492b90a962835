//! Tables as grids and as text.

use super::*;

const POLICY: WidthPolicy = WidthPolicy {
    ambiguous: crate::text::Ambiguous::Narrow,
    emoji_vs16: 2,
    emoji_sequence: crate::text::Sequences::Joined,
};

fn rows(rows: &[&[&str]]) -> Vec<Vec<Clean>> {
    rows.iter()
        .map(|row| row.iter().map(|c| Clean::line(c)).collect())
        .collect()
}

fn set(rows: &[Vec<Clean>], cells: usize) -> Option<Vec<String>> {
    let lines = grid(rows, &as_text(rows), cells, POLICY)?;
    Some(lines.into_iter().map(|l| l.text).collect())
}

fn people() -> Vec<Vec<Clean>> {
    rows(&[
        &["지역", "인구", "비고"],
        &["서울", "9,331,828", "지난해보다 소폭 감소"],
        &["세종", "390,685", "증가"],
    ])
}

#[test]
fn a_table_that_fits_is_a_grid_with_numbers_flush_right() {
    assert_eq!(
        set(&people(), 60).unwrap(),
        [
            "지역       인구  비고",
            "서울  9,331,828  지난해보다 소폭 감소",
            "세종    390,685  증가"
        ]
    );
}

#[test]
fn wide_columns_are_cut_down_and_their_cells_wrapped() {
    let lines = set(&people(), 30).unwrap();
    assert_eq!(
        lines,
        [
            "지역       인구  비고",
            "서울  9,331,828  지난해보다",
            "                 소폭 감소",
            "세종    390,685  증가"
        ]
    );
    assert!(lines.iter().all(|l| POLICY.width(l) <= 30));
}

#[test]
fn a_table_that_can_not_be_a_grid_is_read_as_text() {
    assert_eq!(set(&people(), 16), None);
    assert_eq!(
        &*as_text(&people()),
        "지역 · 인구 · 비고\n서울\n인구: 9,331,828\n비고: 지난해보다 소폭 감소\n세종\n인구: 390,685\n비고: 증가"
    );
    assert_eq!(
        &*as_text(&rows(&[&["구분", "값"], &["기온", "25℃"]])),
        "구분 · 값\n기온: 25℃"
    );
}

#[test]
fn each_line_knows_its_row() {
    let rows = people();
    let text = as_text(&rows);
    let lines = grid(&rows, &text, 30, POLICY).unwrap();
    assert!(lines[0].head && !lines[1].head);
    assert_eq!(
        &text[lines[1].range.clone()],
        "서울\n인구: 9,331,828\n비고: 지난해보다 소폭 감소"
    );
    assert_eq!(lines[1].range, lines[2].range);
}

#[test]
fn ragged_and_blank_rows_do_no_harm() {
    assert_eq!(
        set(&rows(&[&["가"], &["", ""], &["나", "다", "라"]]), 20).unwrap(),
        ["가", "나  다  라"]
    );
    assert_eq!(set(&[], 20), None);
    assert_eq!(
        set(&rows(&[&[], &["", "\u{200b}"]]), 20).unwrap_or_default(),
        Vec::<String>::new()
    );
}
