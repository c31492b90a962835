//! What holds for any text.

use proptest::prelude::*;

use super::*;

/// Pieces of Korean and English news, marks and blanks among them.
fn news() -> impl Strategy<Value = String> {
    let pieces = [
        "시는 다리를 놓는다고 밝혔다.",
        "“늦었다. 미안하다.”",
        "라고 말했다.",
        " ",
        " ",
        "\n",
        "김 씨는",
        "3.4%",
        "2023. 12. 20.",
        "(사진)",
        "\"",
        "'",
        "‘",
        "’",
        "“",
        "”",
        "[1]",
        "…",
        "?",
        "!",
        ".",
        "U.S.",
        "He left.",
        "Mr. Kim",
        "▶",
        "이어",
        "합니다",
        "a@b.kr",
        "기자",
        "다.",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60).prop_map(|p| p.concat())
}

fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #[test]
    fn sentences_hold_all_that_is_written(text in prop_oneof![news(), any::<String>()]) {
        let ranges = split(&text);
        prop_assert!(ranges.windows(2).all(|w| w[0].end <= w[1].start));
        let held: String = ranges.iter().map(|r| &text[r.clone()]).collect();
        prop_assert_eq!(dense(&held), dense(&text));
        for r in ranges {
            prop_assert_eq!(text[r.clone()].trim(), &text[r]);
        }
    }

    #[test]
    fn a_summary_is_drawn_from_the_article_and_always_the_same(lines in prop::collection::vec(news(), 0..12), count in 0_usize..6) {
        let blocks = lines.iter().map(|l| Block::paragraph(l)).collect();
        let article = Article { title: Clean::line("다리"), blocks, ..Article::default() };
        let all = sentences(&article);
        let once = summarize(&article, count);
        prop_assert_eq!(&once, &summarize(&article, count));
        prop_assert!(once.whole || once.sentences.len() <= count.max(1));
        for line in &once.sentences {
            // Marks of a speech may be added, and a capital; words never.
            let whole = line.whole.as_ref().unwrap_or(&line.text);
            let bare = whole.trim_matches(['“', '”', '"', '‘', '’', '\'', '…']).to_lowercase();
            prop_assert!(line.source.is_some_and(|s| all[s].text.to_lowercase().contains(&bare)));
            // A line lacks some of its letters and has words put in; nothing else.
            let mut letters = whole.chars();
            let put_in = |at: usize| line.inserted.iter().any(|(from, to)| (*from..*to).contains(&at));
            let own = line.text.chars().enumerate().filter(|(at, _)| !put_in(*at));
            let mut own = own.filter(|(_, c)| c.is_alphanumeric());
            prop_assert!(own.all(|(_, c)| letters.any(|w| w == c)));
        }
        let _ = Evidence::of(&article, &all).doubts(&lines.concat());
    }

    #[test]
    fn an_answer_of_any_bytes_is_read_without_harm(chunks in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..20)) {
        let mut reader = super::super::model::stream::AnswerReader::new();
        for chunk in &chunks {
            reader.push(chunk);
        }
        let (words, end) = reader.finish();
        let _ = super::super::model::prompt::lines(&words, &end, 3);
    }
}

#[test]
fn a_sentence_is_one_sentence() {
    let text = "시는 “다리를 놓는다. 곧 연다.”라고 밝혔다. 김 씨는 3일 \"늦었다\"며 떠났다.이어 2023. 12. 20. 발표가 있었다. He left the U.S. \
                on Monday. [서울=뉴스] 홍길동 기자 a@b.kr 다리가 열린다.";
    for range in split(text) {
        assert_eq!(split(&text[range.clone()]).len(), 1, "{}", &text[range]);
    }
}
