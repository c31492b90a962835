//! Pairs of versions of our own: what a reader would call rewritten, and what not.

use super::*;

fn article(title: &str, lines: &[&str]) -> Article {
    Article {
        title: Clean::headline(title),
        lang: Some(Clean::line("ko")),
        blocks: lines.iter().map(|l| Block::paragraph(l)).collect(),
        ..Article::default()
    }
}

/// What was rewritten as `kind: old > new`.
fn told(old: &[&str], new: &[&str]) -> Vec<String> {
    rewrites(
        &article("다리가 열린다", old),
        &article("다리가 열린다", new),
    )
    .iter()
    .map(|r| format!("{:?}: {} > {}", r.kind, r.old, r.new))
    .collect()
}

const BRIDGE: &str = "가나시는 한내강 다리를 내년 3월에 연다고 밝혔다.";
const COST: &str = "짓는 데 든 돈은 모두 12억 3000만 원이다.";
const CROWD: &str = "첫날에는 시민 1,204명이 다리를 건널 것으로 보인다.";

#[test]
fn a_number_a_name_and_a_certainty_are_changes() {
    for (old, new) in [
        ("3월에", "5월에"),
        ("밝혔다", "밝힌 것으로 알려졌다"),
        ("한내강", "한네강"),
        ("연다고", "열지 않는다고"),
    ] {
        let rewritten = BRIDGE.replace(old, new);
        assert_eq!(
            told(&[BRIDGE, COST], &[&rewritten, COST]),
            [format!("Rewritten: {BRIDGE} > {rewritten}")]
        );
    }
    let tenth = COST.replace("12억", "1.2억");
    assert_eq!(told(&[COST], &[&tenth]).len(), 1);
    let below = ["밤에는 3도까지 떨어진다.", "밤에는 -3도까지 떨어진다."];
    assert_eq!(told(&below[..1], &below[1..]).len(), 1);
}

#[test]
fn spacing_marks_forms_and_order_are_no_change() {
    let quoted = "시장은 \"다리가 '길'이다...\"라고 말했다.";
    let typeset = "시장은 “다리가 ‘길’이다…”라고  말했다.";
    assert_eq!(
        told(&[BRIDGE, quoted, COST], &[COST, typeset, BRIDGE]),
        [""; 0]
    );
    let decomposed: String = CROWD.nfd().collect();
    assert_eq!(told(&[CROWD], &[&decomposed]), [""; 0]);
    assert_eq!(
        told(
            &["㈜가나가 1,500㎡를 샀다."],
            &["(주)가나가 1500m2를 샀다."]
        ),
        [""; 0]
    );
}

#[test]
fn paragraphs_cut_and_joined_are_no_change() {
    let both = format!("{BRIDGE} {COST}");
    let tight = format!("{BRIDGE}{COST}");
    assert_eq!(told(&[&both, CROWD], &[BRIDGE, COST, CROWD]), [""; 0]);
    assert_eq!(told(&[BRIDGE, COST, CROWD], &[&tight, CROWD]), [""; 0]);
    assert_eq!(
        told(
            &["첫 줄은 이렇게 \"가다. 나다\"라고 했다."],
            &["첫 줄은 이렇게 “가다.", "나다”라고 했다."]
        ),
        [""; 0]
    );
}

#[test]
fn what_was_added_and_dropped_is_told_in_its_place() {
    assert_eq!(
        told(&[BRIDGE, CROWD], &[BRIDGE, COST, CROWD]),
        [format!("Added:  > {COST}")]
    );
    assert_eq!(
        told(
            &[BRIDGE, COST, CROWD],
            &[BRIDGE, &CROWD.replace("1,204", "2,104")]
        ),
        [
            format!("Dropped: {COST} > "),
            format!("Rewritten: {CROWD} > {}", CROWD.replace("1,204", "2,104"))
        ]
    );
}

#[test]
fn a_sentence_put_in_anew_between_the_same_neighbours_is_one_change() {
    let old = "시장은 \"차가운 계절에 모두 따뜻하게 지내기를 바란다\"고 말했다.";
    let new = "시장은 \"도움이 필요한 이웃과 함께하겠다\"고 말했다.";
    assert_eq!(
        told(&[BRIDGE, old, COST], &[BRIDGE, new, COST]),
        [format!("Rewritten: {old} > {new}")]
    );
}

#[test]
fn furniture_is_no_change() {
    let old = [
        "입력 2024.03.05 09:12",
        "조회 204",
        "[가나=하나뉴스] 강나루 기자 = 다리가 내년에 열린다.",
        BRIDGE,
        "(사진=가나통신)",
        COST,
        "강나루 기자 naru@paper.example",
        "1 다른 강의 다리",
        "2 다리 없는 강",
    ];
    let new = [
        "입력 2024.03.05 09:12 수정 2024.03.05 11:40",
        "조회 9,204 댓글 3",
        "다리가 내년에 열린다.",
        "[광고]",
        "(사진=가나통신)",
        BRIDGE,
        COST,
        "강나루 기자",
        "1 오늘의 날씨, 맑음",
        "2 \"강가의 하루\"",
        "<저작권자 ⓒ 가나일보, AI 학습 금지>",
    ];
    assert_eq!(told(&old, &new), [""; 0]);
}

#[test]
fn the_headline_counts_without_the_desks_marks() {
    let of = |title: &str| article(title, &[BRIDGE]);
    let kinds = |old: &str, new: &str| -> Vec<RewriteKind> {
        rewrites(&of(old), &of(new))
            .iter()
            .map(|r| r.kind)
            .collect()
    };
    assert_eq!(kinds("[속보] 다리 열린다", "다리 열린다(종합)"), []);
    assert_eq!(
        kinds("다리 3월 열린다", "다리 5월 열린다"),
        [RewriteKind::Headline]
    );
    assert_eq!(kinds("", "다리 열린다"), []);
}

#[test]
fn a_line_under_the_headline_counts() {
    let of = |line: &str| Article {
        subheads: vec![Clean::line(line)],
        ..article("다리", &[BRIDGE])
    };
    let found = rewrites(&of("공사비 12억 원"), &of("공사비 21억 원"));
    assert_eq!(found[0].kind, RewriteKind::Subhead);
    assert_eq!(found.len(), 1);
}

#[test]
fn texts_without_end_are_compared_in_part() {
    let lines: Vec<String> = (0..3_000)
        .map(|i| format!("{i}번째 일이 있었다."))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(told(&lines, &lines), [""; 0]);
    assert_eq!(told(&lines, &[]).len(), MOST_SENTENCES);
}
