//! The promises of the breaker, checked against lists of their own.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;

use super::*;
use crate::text::samples::{policy, scale, text};
use crate::text::{Sequences, columns};

const NO_START: &str = ")]}>」』”’〉》】〕）］｝!?.,:;%℃‰·、。，．！？％\
    ›»⁆‼⁇⁈⁉‰‱․‧∙⋅〗〙〛〞〟｝｠｣﹚﹜﹞﹂﹄﹥＞﹗・ㆍ：；｡､･﹐﹑﹒﹔﹕﹖﹪℉❩❫❭❯❱❳❵⟧⟩⟫";
const NO_END: &str = "([{<「『“‘〈《【〔（［｛▲△▶■□◆◇●○※•\
    «‹‚„‛‟⁅〖〘〚〝｛｟｢﹙﹛﹝﹁﹃﹤＜❨❪❬❮❰❲❴⟦⟨⟪‣◦⁎⁕▢▣▤▥▦▧▨▩▪▫▬▭▮▯▰▱▴▵▸▹►▻▼▽▾▿◀◁◂◃◈◉◊◌◍◎◐◑◒◓◔◕◖◗◘◙◚◛◜◝◞◟◠◡◢◣◤◥◦◧◨◩◪◫◬◭◮◯";

fn set(text: &str, width: usize) -> Vec<&str> {
    wrap(text, &Column::plain(width, WidthPolicy::default()))
        .into_iter()
        .map(|r| &text[r])
        .collect()
}

fn is_break_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Whether a line may end after `head` and the next begin with `tail` as far as 금칙 goes.
fn legal(head: &str, tail: &str) -> bool {
    let last = head
        .trim_end_matches(is_break_space)
        .graphemes(true)
        .next_back()
        .and_then(|g| g.chars().next());
    let first = tail.trim_start_matches(is_break_space).chars().next();
    !last.is_some_and(|c| NO_END.contains(c)) && !first.is_some_and(|c| NO_START.contains(c))
}

fn check(text: &str, column: &Column) -> Result<(), TestCaseError> {
    let lines = wrap(text, column);
    prop_assert_eq!(&lines, &wrap(text, column), "deterministic");
    let boundaries: Vec<usize> = text
        .grapheme_indices(true)
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let mut before = 0;
    for (index, line) in lines.iter().enumerate() {
        prop_assert!(line.start >= before && line.start <= line.end);
        let between = &text[before..line.start];
        prop_assert!(between.chars().all(is_break_space), "lost {between:?}");
        prop_assert!(
            !text[line.clone()].ends_with(is_break_space),
            "trailing white space"
        );
        prop_assert!(!text[line.clone()].contains('\n'));
        for at in [line.start, line.end] {
            let crlf = text.as_bytes().get(at) == Some(&b'\n');
            prop_assert!(
                crlf || boundaries.binary_search(&at).is_ok(),
                "cluster split at {at} in {text:?}"
            );
        }
        let starts_paragraph =
            index == 0 || between.contains('\n') || text[..line.start].ends_with('\n');
        let limit = column.width.saturating_sub(if starts_paragraph {
            column.first
        } else {
            column.rest
        });
        let words = &text[line.clone()];
        let used = columns(words, column.scale, column.policy);
        let one = words
            .graphemes(true)
            .filter(|g| column.policy.grapheme(g) > 0)
            .count()
            <= 1;
        prop_assert!(used <= limit || one, "{words:?} takes {used} of {limit}");
        if let Some(next) = lines.get(index + 1)
            && !text[line.end..next.start].contains('\n')
            && !legal(&text[line.clone()], &text[next.start..])
        {
            let better = boundaries.iter().copied().find(|&b| {
                b > line.start
                    && !text[line.start..b].trim().is_empty()
                    && !text[line.start..b].contains('\n')
                    && columns(
                        text[line.start..b].trim_end_matches(is_break_space),
                        column.scale,
                        column.policy,
                    ) <= limit
                    && !text[b..].starts_with(is_break_space)
                    && legal(&text[line.start..b], &text[b..])
            });
            prop_assert_eq!(
                better,
                None,
                "{:?} | {:?} of {:?}",
                words,
                &text[next.clone()],
                text
            );
        }
        before = line.end;
    }
    prop_assert!(
        text[before..].chars().all(is_break_space),
        "lost {:?}",
        &text[before..]
    );
    Ok(())
}

fn column() -> impl Strategy<Value = Column> {
    let breaking =
        proptest::sample::select(vec![Breaking::Eojeol, Breaking::Hybrid, Breaking::Syllable]);
    let width = prop_oneof![3 => 2_usize..24, 1 => 2_usize..=200];
    (width, 0_usize..5, 0_usize..5, scale(), policy(), breaking).prop_map(
        |(width, first, rest, scale, policy, breaking)| Column {
            width,
            first,
            rest,
            scale,
            policy,
            breaking,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(debug_assertions) { 2_000 } else { 300_000 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_line_keeps_the_promises(text in text(), column in column()) {
        check(&text, &column)?;
    }
}

#[test]
fn eojeol_stay_whole() {
    assert_eq!(
        set("업무협약을 체결했다고 밝혔다", 12),
        ["업무협약을", "체결했다고", "밝혔다"]
    );
    assert_eq!(set("가 나 다", 4), ["가", "나", "다"]);
    assert_eq!(set("가 나 다", 5), ["가 나", "다"]);
}

#[test]
fn a_hole_is_filled_at_a_syllable() {
    // Kept whole, the second eojeol would leave two thirds of the line empty.
    assert_eq!(
        set("가나 다라마바사아자차카타파하", 16),
        ["가나 다라마바사", "아자차카타파하"]
    );
}

#[test]
fn particles_stay_with_bracket_and_number() {
    assert_eq!(
        set("업무협약(MOU)을 맺었다", 14),
        ["업무협약", "(MOU)을 맺었다"]
    );
    assert_eq!(set("올해 15주년을", 8), ["올해", "15주년을"]);
    assert_eq!(set("관객 207만명,", 9), ["관객", "207만명,"]);
    assert_eq!(set("15주년을", 5), ["15주", "년을"]);
}

#[test]
fn bullets_and_brackets_go_with_what_follows() {
    assert_eq!(
        set("방안은 ▲ 지속 ▲ 확대", 9),
        ["방안은", "▲ 지속", "▲ 확대"]
    );
    assert_eq!(set("그는 “그렇다”며", 7), ["그는", "“그렇", "다”며"]);
}

#[test]
fn addresses_break_after_their_joints() {
    assert_eq!(
        set("https://news.example.kr/view/2026-11?id=12&page=3", 24),
        ["https://news.example.kr/", "view/2026-11?id=12&page=", "3"]
    );
}

#[test]
fn invisible_characters_are_obeyed() {
    assert_eq!(set("가나\u{200b}다라", 6), ["가나\u{200b}", "다라"]);
    assert_eq!(set("가 나\u{a0}다", 5), ["가", "나\u{a0}다"]);
    assert_eq!(set("가나\u{2060}다라마", 8), ["가나\u{2060}다라", "마"]);
}

#[test]
fn author_breaks_and_empty_lines_stay() {
    assert_eq!(set("", 10), [""]);
    assert_eq!(set("가\n\n나 \n", 10), ["가", "", "나", ""]);
    assert_eq!(set("  들여 쓴", 6), ["  들여", "쓴"]);
}

#[test]
fn a_cluster_wider_than_the_column_stands_alone() {
    assert_eq!(set("가나a", 1), ["가", "나", "a"]);
    let apart = WidthPolicy {
        emoji_sequence: Sequences::Apart,
        ..WidthPolicy::default()
    };
    let text = "가👨‍👩‍👧‍👦나";
    let lines: Vec<&str> = wrap(text, &Column::plain(4, apart))
        .into_iter()
        .map(|r| &text[r])
        .collect();
    assert_eq!(lines, ["가", "👨‍👩‍👧‍👦", "나"]);
}

#[test]
fn no_syllable_is_left_alone() {
    // The last syllable of 보도자료 alone would start a line; the first of 문화관광과 alone would end one.
    assert_eq!(set("및 보도자료", 9), ["및 보도", "자료"]);
    assert_eq!(
        set("가 문화관광과라마바사", 6),
        ["가", "문화관", "광과라", "마바사"]
    );
}

#[test]
fn numbers_and_mail_addresses_break_after_their_points() {
    assert_eq!(set("1,234,567,890원", 9), ["1,234,", "567,890원"]);
    assert_eq!(set("press@example.kr", 9), ["press@", "example.", "kr"]);
}

#[test]
fn marks_between_words_end_lines() {
    assert_eq!(set("서울 / 부산", 6), ["서울 /", "부산"]);
    assert_eq!(set("12일 ~ 13일", 7), ["12일 ~", "13일"]);
    assert_eq!(set("말했다…고 했다", 9), ["말했다…고", "했다"]);
    assert_eq!(set("기온은 -2.5도", 8), ["기온은", "-2.5도"]);
}

#[test]
fn each_mode_keeps_its_word() {
    let text = "가나 다라 마바 사아자차카";
    let set = |breaking| {
        let column = Column {
            breaking,
            ..Column::plain(20, WidthPolicy::default())
        };
        wrap(text, &column)
            .into_iter()
            .map(|r| &text[r])
            .collect::<Vec<_>>()
    };
    assert_eq!(set(Breaking::Eojeol), ["가나 다라 마바", "사아자차카"]);
    assert_eq!(set(Breaking::Hybrid), ["가나 다라 마바 사아", "자차카"]);
    assert_eq!(set(Breaking::Syllable), ["가나 다라 마바 사아", "자차카"]);
}
