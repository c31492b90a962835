//! Marks inside marks, of our own making: each text with the sentences that a reader sees in it.

use super::cut;

const NESTED: &[&[&str]] = &[
    &[
        "시장은 “‘안 된다’고 말한 적은 없다. ‘어렵다’고 했을 뿐”이라며 “오해를 풀겠다”고 했다.",
        "회의는 끝났다.",
    ],
    &[
        "김 씨는 \"늦었다. 미안하다. 다음에는 꼭 지키겠다\"라고 적었다.",
        "답은 없었다.",
    ],
    &[
        "주민은 \"시가 '곧 놓는다'더니 세 해가 갔다. 이제는 못 믿는다\"며 돌아섰다.",
        "시는 \"기다려 달라\"고 했다.",
    ],
    &[
        "“비가 왔다. 눈도 왔다.”",
        "“정말인가.”",
        "“그렇다.”",
        "그는 웃었다.",
    ],
    &[
        "그는 “온다. 반드시 온다.” 라고 외쳤다.",
        "“언제?” 하고 아이가 물었다.",
    ],
    &[
        "다리 이름(시는 ‘한내’를 골랐다. 도는 반대했다)은 내달 정한다.",
        "시민 뜻을 묻는다.",
    ],
    &[
        "그 책(『다리를 놓다』에서 그는 “강은 길이다. 막히지 않는다”고 썼다)은 다 팔렸다.",
        "새로 찍는다.",
    ],
    &[
        "「강을 건너다」에는 “물이 차다. 그래도 간다.”라는 말이 나온다.",
        "긴 시다.",
    ],
    &[
        "“자리를 지키겠다.”(3일 회견)",
        "그 말은 이틀을 못 갔다.",
        "그는 5일 물러났다.",
    ],
    &[
        "그는 '간다'와 '온다'를 섞어 쓴다.",
        "‘가다’는 뜻이 여럿이다.",
    ],
    &[
        "위원회는 “예산이 모자란다”거나 “때가 아니다”라는 식의 답만 했다.",
        "주민은 지쳤다.",
    ],
    &[
        "“내년에 연다”는 시의 말은 “내후년에 연다”로 바뀌었다.",
        "까닭은 없었다.",
    ],
    &[
        "광고에는 \"바로 건넌다! 줄을 서지 않는다!\"라고 적혔다.",
        "줄은 길었다.",
    ],
    &[
        "<다리를 지켜라. 강을 지켜라.>라는 현수막이 걸렸다.",
        "<하나일보>가 처음 알렸다.",
    ],
    &[
        "《강의 노래》는 ‘물은 흐른다. 나는 선다’로 끝난다.",
        "모두 일어섰다.",
    ],
    &["그는 \"간다\" 했다.", "\"온다\" 그녀는 말했다."],
    &[
        "‘이 다리로 갈 수 있을까.’",
        "그는 강가에 섰다.",
        "‘두 해만 기다려라. 반드시 놓겠다!’",
        "약속은 지켜졌다.",
    ],
    &[
        "He said, \"She told me, 'Go home. Now.' and left.\"",
        "Nobody moved.",
    ],
    &[
        "“We will not stop,” she said.",
        "“Not now. Not ever.”",
        "The crowd cheered.",
    ],
    &[
        "시장은 “‘The bridge is safe. Use it.’라는 보고를 받았다”고 말했다.",
        "보고서는 공개됐다.",
    ],
];

#[test]
fn marks_inside_marks_hold_their_sentences_together() {
    for sentences in NESTED {
        assert_eq!(&cut(&sentences.join(" ")), sentences);
    }
}

/// As pages join paragraphs that have lost their blanks; English needs its blanks.
#[test]
fn so_they_do_where_the_blanks_are_lost() {
    let korean = |s: &&&[&str]| {
        s.iter()
            .all(|s| s.contains(crate::news::hangul::is_hangul_syllable))
    };
    let (mut right, mut all) = (0, 0);
    for sentences in NESTED.iter().filter(korean) {
        all += 1;
        right += usize::from(&cut(&sentences.concat()) == sentences);
    }
    assert!(right * 10 >= all * 8, "{right} of {all}");
}
